/*
 * batch.h - any number of interviews, as a stream, on one thread.  On several:
 * crew.h.
 *
 * SAX events fill one vector of answers; conditions run over it when an
 * interview ends.  No tree, and no allocation for an interview once warm.
 * Input is <interviews xmlns="urn:ihala:interviews:1"> around any number of
 * <answers>, or one <answers> alone.  An interview that is not right is
 * reported and the rest goes on; XML that is not well-formed, a DOCTYPE or
 * a processing instruction ends the stream.
 *
 * Checked here: names, namespaces, attributes, items, codes, numbers, dates,
 * skips, version and digest.  The result for an interview is the one that
 * ih_answers_read() and ih_assess() give.
 *
 * The stream is cut after an end tag "answers" every 128 KiB or so, and each
 * block is parsed between the head and the foot of the whole; memory stays
 * the same however long the stream.  So an interview larger than 2 MiB is
 * refused, and one that hides the letters of that end tag in a comment or a
 * CDATA section may be taken for ill-formed: none of our writers does.
 *
 * Outside bytes still belong in a confined child (confine.h): run the whole
 * batch there.
 *
 * Source: XML 1.0 (5th ed.), SAX 2; src/README.md.
 */
#ifndef IHALA_BATCH_H
#define IHALA_BATCH_H

#include "ihala/assess.h"
#include "ihala/framework.h"

/* One interview's result; borrowed for the length of the call. */
struct ih_batch_result {
	uint64_t index;             /* 1, 2, ... over the batch */
	const char *id;             /* "" where it could not be read */
	long line;                  /* of its document: where err was seen */
	const struct ih_error *err; /* NULL: it was assessed */
	const struct ih_framework *framework;
	const struct ih_bounds *bounds; /* NULL where err is not */
	bool training;
};

typedef void ih_batch_each(const struct ih_batch_result *result, void *with);

typedef struct ih_batch ih_batch;

/* Caller owns; the framework must outlive it. */
struct ih_batch *ih_batch_new(const struct ih_framework *framework,
    ih_batch_each *each, void *with);
void ih_batch_free(struct ih_batch *batch);

/* The next SIZE BYTES of a document.  False: IH_INPUT, it is not XML as we
 * take it; the batch can go on with another document. */
bool ih_batch_feed(struct ih_batch *batch, const void *bytes, size_t size,
    struct ih_error *err);
/* The document ends; the next feed starts another.  False: IH_INPUT. */
bool ih_batch_end(struct ih_batch *batch, struct ih_error *err);

/* Interviews that were assessed, and that were refused, so far. */
uint64_t ih_batch_done(const struct ih_batch *batch);
uint64_t ih_batch_bad(const struct ih_batch *batch);

/* One line: "ID OUTCOME AT-LEAST AT-MOST tfu..." (a letter a dimension), or
 * "#INDEX ID CODE: line N: why".  Without the newline. */
void ih_batch_line(const struct ih_batch_result *result, struct ih_buffer *out);

IH_OWNER(ih_batch, ih_batch_free)

#endif
