/*
 * deflate.h - bytes packed, always in the same way.
 *
 * One block with the fixed codes of deflate, and the last place where the
 * same four bytes stood: half the time of the fastest level of zlib and 16 KB,
 * for a letter that is some hundredths larger.  What is written depends on
 * no release of a library.  Reading is zlib's.
 *
 * Source: RFC 1951, sections 3.2.5 and 3.2.6.
 */
#ifndef IHALA_EXCHANGE_DEFLATE_H
#define IHALA_EXCHANGE_DEFLATE_H

#include <stddef.h>

/* SIZE BYTES into ROOM bytes of OUT: how many they became; 0: more than ROOM.
 */
size_t
deflate_into(unsigned char *out, size_t room, const void *bytes, size_t size);

#endif
