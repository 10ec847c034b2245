/*
 * wrap.h - a key handed to the holder of another key.
 *
 * A key of 32 bytes is wrapped to an X25519 public key: anybody can wrap,
 * only the holder of the private key unwraps.  A fresh key pair for each
 * wrapping or row of wrappings, HKDF-SHA256 over the shared secret
 *(information: the context and both public keys), AES-256-GCM bound to the
 *context.  The context says what the key is for ("case-key 7KQF-3XMT-M
 *identity"); unwrapping under another is refused.  It says nothing about who
 *wrapped: see ledger.h for what does.
 *
 *	wrapped = version (1 byte, 0x01) ephemeral public key (32)
 *	          sealed key (61, as in seal.h)
 *
 * A wrapper makes one key pair for a row of wrappings, as HPKE seals a row of
 * messages after one encapsulation.  Nothing is weaker for it: each context
 * and each holder gives HKDF other information, so each key that seals is
 * independent of the others (RFC 5869, 3.2), and whoever learns one learns
 * nothing of the rest; the same context again gets another random nonce.  The
 * ephemeral private key is gone with the wrapper, which is kept no longer than
 * the keys it wraps are.  That the wrappings were made together can be seen.
 *
 * Source: RFC 7748 (X25519), RFC 5869 (HKDF), RFC 9180, 5.2 (HPKE, a row of
 * messages).
 */
#ifndef IHALA_WRAP_H
#define IHALA_WRAP_H

#include <stddef.h>

#include "ihala/buffer.h"
#include "ihala/error.h"
#include "ihala/seal.h"
#include "ihala/secret.h"

enum { IH_WRAP_PUBLIC = 32, IH_WRAPPED = 94 }; /* bytes */

/* A fresh key pair.  Caller owns the private key.  NULL: IH_SYSTEM. */
struct ih_secret *
ih_wrap_new(unsigned char public[static IH_WRAP_PUBLIC], struct ih_error *err);

/* The public key of PRIVATE (32 bytes).  False: IH_SYSTEM. */
bool ih_wrap_public(const struct ih_secret *private,
    unsigned char public[static IH_WRAP_PUBLIC], struct ih_error *err);

/* Wrap KEY (32 bytes).  Caller owns.  NULL: IH_SYSTEM, IH_TRUST (PUBLIC is
 * no usable key). */
struct ih_buffer *ih_wrap(const unsigned char public[static IH_WRAP_PUBLIC],
    const char *context, const struct ih_secret *key, struct ih_error *err);

/* The same, many times, with one key pair.  Caller owns.  NULL: as above. */
typedef struct ih_wrapper ih_wrapper;

struct ih_wrapper *ih_wrapper_new(struct ih_error *err);
struct ih_buffer *ih_wrapper_wrap(struct ih_wrapper *wrapper,
    const unsigned char public[static IH_WRAP_PUBLIC], const char *context,
    const struct ih_secret *key, struct ih_error *err);
void ih_wrapper_free(struct ih_wrapper *wrapper); /* NULL is fine */

IH_OWNER(ih_wrapper, ih_wrapper_free)

/* The key again.  Caller owns.  NULL: IH_TRUST. */
struct ih_secret *
ih_unwrap(const struct ih_secret *private, const char *context,
    const void *wrapped, size_t size, struct ih_error *err);

/* A fresh random key of IH_KEY bytes.  Caller owns.  NULL: IH_SYSTEM. */
struct ih_secret *ih_key_new(struct ih_error *err);

#endif
