/*
 * sign.h - short statements signed by a key that never leaves the registry.
 *
 * Ed25519 over the bytes as they are.  The ledger's checkpoints are signed
 * so; files between committees are signed with certificates, elsewhere.
 *
 * Source: RFC 8032.
 */
#ifndef IHALA_SIGN_H
#define IHALA_SIGN_H

#include <stdbool.h>
#include <stddef.h>

#include "ihala/error.h"
#include "ihala/secret.h"

enum { IH_SIGN_PUBLIC = 32, IH_SIGNATURE = 64 }; /* bytes */

/* The public key of PRIVATE, any 32 secret bytes (ih_key_new() makes fresh
 * ones).  False: IH_SYSTEM. */
bool ih_sign_public(const struct ih_secret *private,
    unsigned char public[static IH_SIGN_PUBLIC], struct ih_error *err);

bool ih_sign(const struct ih_secret *private, const void *bytes, size_t size,
    unsigned char signature[static IH_SIGNATURE], struct ih_error *err);

/* True only if SIGNATURE is PUBLIC's over exactly these bytes.
 * False: IH_TRUST. */
bool ih_sign_check(const unsigned char public[static IH_SIGN_PUBLIC],
    const void *bytes, size_t size,
    const unsigned char signature[static IH_SIGNATURE], struct ih_error *err);

#endif
