/*
 * digest.h - SHA-256, the one digest of the house.
 *
 * Source: FIPS 180-4; FIPS 198-1 (with a key).
 */
#ifndef IHALA_DIGEST_H
#define IHALA_DIGEST_H

#include <stdbool.h>
#include <stddef.h>

#include "ihala/buffer.h"

enum { IH_DIGEST = 32, IH_DIGEST_TEXT = 65 }; /* bytes; hex with the NUL */

void ih_digest(const void *bytes, size_t size,
    unsigned char digest[static IH_DIGEST]);
/* Lower-case hexadecimal, as in every format of ours. */
void ih_digest_text(const void *bytes, size_t size,
    char text[static IH_DIGEST_TEXT]);
/* A digest that was made, in lower-case hexadecimal. */
void ih_digest_hex(const unsigned char digest[static IH_DIGEST],
    char text[static IH_DIGEST_TEXT]);

/* Of BYTES in base64, as a Content Security Policy and an XML signature have
 * it. */
enum { IH_DIGEST_BASE64 = 45 };
void ih_digest_base64(const void *bytes, size_t size,
    char text[static IH_DIGEST_BASE64]);

/* Bytes in base64, without line ends.  The caller owns it. */
struct ih_buffer *ih_base64(const void *bytes, size_t size);

/* A digest as people say and type it, in groups and capitals, with colons or
 * hyphens.  False: not 64 hexadecimal digits. */
bool ih_digest_typed(const char *typed, char text[static IH_DIGEST_TEXT]);
/* Do both say the same digest? */
bool ih_digest_is(const char *typed, const char *other);

/* HMAC-SHA256: what only the holder of KEY can compute. */
void ih_digest_keyed(const void *key, size_t key_size, const void *bytes,
    size_t size, unsigned char digest[static IH_DIGEST]);

#endif
