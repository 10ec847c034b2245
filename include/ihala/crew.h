/*
 * crew.h - a batch on several threads, in the order of its input.
 *
 * The caller's thread reads: it puts the bytes of document after document
 * where ih_crew_room() says.  They are cut into blocks (batch.h), small
 * documents share one, and each block goes to a thread with a parser and
 * arrays of its own.  What comes back is told in the order of the input, on
 * the caller's thread; so the same input gives the same bytes whatever the
 * number of threads, and memory stays the same however much there is.
 *
 * A document that is not XML as we take it, or that cannot be read, is one
 * bad entry; what of it was read before stands, and the others go on.
 *
 * All threads are there when ih_crew_new() returns: confine the program after
 * it (ih_confine_self()), before the first byte.
 *
 * Source: POSIX.1-2017 threads; src/README.md "A batch".
 */
#ifndef IHALA_CREW_H
#define IHALA_CREW_H

#include "ihala/batch.h"

#define IH_CREW_THREADS 8 /* more are not started: memory is for each */

/* What was refused; borrowed for the length of the call. */
struct ih_crew_bad {
	const char *document;       /* as ih_crew_open() had it */
	uint64_t index;             /* of the interview; 0: the document */
	const char *id;             /* "" where it could not be read */
	long line;                  /* 0: err says where */
	const struct ih_error *err; /* kind, code and text */
};

struct ih_crew_sink {
	/* SIZE BYTES of whole lines, see ih_batch_line(). */
	void (*lines)(const void *bytes, size_t size, void *with);
	void (*bad)(const struct ih_crew_bad *bad, void *with);
	void *with;
};

typedef struct ih_crew ih_crew;

/*
 * THREADS beside the caller's; with one or none the caller's own does it all.
 * Caller owns; the framework must outlive it.  NULL: IH_SYSTEM.
 */
struct ih_crew *ih_crew_new(const struct ih_framework *framework,
    unsigned threads, struct ih_crew_sink sink, struct ih_error *err);
/* Waits for the threads; what was not told is not. */
void ih_crew_free(struct ih_crew *crew);

/* The next document begins; the one before must have been closed. */
void ih_crew_open(struct ih_crew *crew, const char *name);
/* Where its next bytes belong, and how many at most. */
void *ih_crew_room(struct ih_crew *crew, size_t *room);
/* There are SIZE of them now. */
void ih_crew_took(struct ih_crew *crew, size_t size);
/* It ends; where ERR is not NULL, because the rest cannot be read. */
void ih_crew_close(struct ih_crew *crew, const struct ih_error *err);

/* No more will come: all the rest is told. */
void ih_crew_finish(struct ih_crew *crew);

/* Interviews that were assessed; interviews and documents refused; as far as
 * they are told. */
uint64_t ih_crew_done(const struct ih_crew *crew);
uint64_t ih_crew_refused(const struct ih_crew *crew);

IH_OWNER(ih_crew, ih_crew_free)

#endif
