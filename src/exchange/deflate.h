/*
 * deflate.h - bytes packed, always in the same way.
 *
 * One block with the fixed codes of deflate, and for each place the last one
 * where the same four bytes stood: half the time of zlib's fastest level and
 * 18 KB for 80, for texts that are a fifth larger.  What is written depends on
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
