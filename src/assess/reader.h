/*
 * reader.h - one block of interviews: events in, results out.
 *
 * A block is a whole document: the head of a stream, some of its interviews,
 * its end tag (cut.h).  A reader has a parser and arrays of its own, so each
 * thread has one.
 *
 * Source: XML 1.0 (5th ed.), SAX 2.
 */
#ifndef IHALA_ASSESS_READER_H
#define IHALA_ASSESS_READER_H

#include "ihala/batch.h"

struct block {
	long before;     /* lines of the document that are not in the block */
	uint64_t count;  /* interviews that were seen */
	long lines;      /* up to its end, or to where its fault is */
	const char *why; /* its fault; NULL: none */
};

typedef struct reader assess_reader;

/* Caller owns; the framework must outlive it. */
struct reader *reader_new(const struct ih_framework *framework,
    ih_batch_each *each, void *with);
void reader_free(struct reader *reader);

/* SIZE BYTES, and a NUL after them.  BEFORE is given, the rest is told.
 * False: it is not XML as we take it. */
bool reader_parse(struct reader *reader, const unsigned char *bytes,
    size_t size, struct block *block);

/* Interviews that were assessed, and that were refused, so far. */
uint64_t reader_done(const struct reader *reader);
uint64_t reader_bad(const struct reader *reader);

/* The ">" of the tag that begins at AT; NULL: it is still to come. */
const unsigned char *
reader_tag_end(const unsigned char *at, const unsigned char *end);

IH_OWNER(assess_reader, reader_free)

#endif
