/*
 * inflate.h - what deflate.h packed, unpacked; the rest is zlib's.
 *
 * One block with the fixed codes of deflate: a table for all their nine bits
 * is there once, where zlib has its state made anew for each file.  Whatever
 * is taken here, zlib takes, too, and gives the same bytes.
 *
 * Source: RFC 1951, sections 3.2.5 and 3.2.6.
 */
#ifndef IHALA_EXCHANGE_INFLATE_H
#define IHALA_EXCHANGE_INFLATE_H

#include <stdbool.h>
#include <stddef.h>

/* PACKED into OUT, exactly SIZE bytes from exactly PACKED_SIZE.  False: it is
 * unsound, or packed in another way; what stands in OUT is of no use. */
bool inflate_into(unsigned char *out, size_t size, const void *packed,
    size_t packed_size);

#endif
