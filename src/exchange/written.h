/*
 * written.h - what a writer here has written is known again without a parser.
 *
 * The bytes are looked through for the values that the writer put in, it
 * writes these anew, and only where that gives the same bytes, every one, are
 * they taken.  So it does not matter how the values were looked for: what is
 * not as the writer has it is another document, and a confined child reads
 * that.
 */
#ifndef IHALA_EXCHANGE_WRITTEN_H
#define IHALA_EXCHANGE_WRITTEN_H

#include <stdbool.h>
#include <stddef.h>

#include "ihala/arena.h"
#include "ihala/buffer.h"

struct written {
	const char *at, *end;   /* what is not looked through yet */
	struct ih_arena *arena; /* for the values */
};

struct written
written_of(const void *bytes, size_t size, struct ih_arena *arena);

/* The value between the next BEFORE and the STOP behind it.  NULL: there is
 * none, and nothing was passed over. */
const char *written_value(struct written *from, const char *before, char stop);

/* Is ANEW, which may be NULL, what stands in SIZE BYTES? */
bool written_so(const struct ih_buffer *anew, const void *bytes, size_t size);

#endif
