/*
 * seal.h - bytes that cannot be read or changed without their key.
 *
 * AES-256-GCM.  The nonce is 96 random bits from libcrypto, so one key seals
 * at most 2^32 times; ours seal a handful.  What the bytes belong to (which
 * case, part, version) is bound in: it is not stored, and opening with
 * another is refused.
 *
 *	sealed = version (1 byte, 0x01) nonce (12) ciphertext tag (16)
 *
 * Source: NIST SP 800-38D.
 */
#ifndef IHALA_SEAL_H
#define IHALA_SEAL_H

#include <stddef.h>

#include "ihala/buffer.h"
#include "ihala/error.h"

enum { IH_KEY = 32, IH_SEAL_MORE = 29 }; /* bytes; what sealing adds */

#define IH_SEAL_MAX ((size_t)64 << 20) /* bytes: the largest file we carry */

/* Seal SIZE BYTES, bound to BINDING.  Caller owns.  NULL: IH_SYSTEM, or
 * IH_INPUT above IH_SEAL_MAX. */
struct ih_buffer *
ih_seal(const unsigned char key[static IH_KEY], const void *binding,
    size_t binding_size, const void *bytes, size_t size, struct ih_error *err);

/*
 * The bytes that were sealed.  Caller owns.  NULL: IH_TRUST (another key or
 * binding, a changed byte, or not sealed bytes at all), and not one byte.
 */
struct ih_buffer *
ih_seal_open(const unsigned char key[static IH_KEY], const void *binding,
    size_t binding_size, const void *sealed, size_t size, struct ih_error *err);

#endif
