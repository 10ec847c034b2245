/*
 * agreed.h - what two key pairs give whoever holds one of them.
 *
 * Source: NIST SP 800-56A rev. 3 (ECDH), RFC 7748, RFC 5869 (HKDF).
 */
#ifndef IHALA_KEY_AGREED_H
#define IHALA_KEY_AGREED_H

#include <openssl/evp.h>

#include "ihala/buffer.h"
#include "ihala/secret.h"

/* The point both sides compute; libcrypto refuses the all-zero one.  Caller
 * owns.  NULL: they are not of one kind, or of one that agrees on nothing; the
 * library's queue of errors is left as it is. */
struct ih_secret *agreed_point(EVP_PKEY *mine, EVP_PKEY *theirs);

/* IH_KEY bytes by HKDF-SHA256.  Caller owns.  NULL: as above. */
struct ih_secret *
agreed_key(const struct ih_secret *point, const struct ih_buffer *info);

#endif
