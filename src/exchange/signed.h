/*
 * signed.h - one CMS SignedData as the profile has it, looked at as DER
 * before libcrypto reads it.
 *
 * One signer, one certificate; ECDSA with SHA-256 or SHA-384, RSA with SHA-256
 * (PSS or PKCS #1 v1.5); four signed attributes, and unsigned a time stamp at
 * most, on a letter.  Used for
 * letters (content apart) and for trust lists (content inside).
 *
 * Source: RFC 5652, RFC 5035, RFC 4056 (PSS), RFC 5754, ETSI EN 319 122-1
 * (CAdES-B-B).
 */
#ifndef IHALA_EXCHANGE_SIGNED_H
#define IHALA_EXCHANGE_SIGNED_H

#include <openssl/x509.h>
#include <stdbool.h>
#include <stdint.h>

#include "der.h"
#include "ihala/buffer.h"
#include "ihala/certificate.h"
#include "ihala/error.h"

struct signing; /* one of the ways that the profile allows */

struct signed_view {
	struct der content;     /* where it is inside; else empty */
	struct der certificate; /* the signer's, whole */
	struct der value;       /* of the signature */
	struct der stamp;       /* a time stamp token, whole; else empty */
	struct der attributes;  /* that are signed, whole */
	struct der digest;      /* of the content, as they have it */
	const struct signing *signing; /* how they are signed */
};

/*
 * The codes of the shape, of an algorithm, and of a certificate that is not
 * the one the signed attribute names are those of letters; a trust list has
 * one for all three.
 */
struct signed_codes {
	const char *shape, *algorithm, *certificate;
};

bool signed_screen(const void *bytes, size_t size, bool inside,
    const struct signed_codes *codes, struct signed_view *view,
    struct ih_error *err);

/* signature.c: a letter's signature.  False: as ih_signature_screen(). */
bool ih_signature_view(const void *signature, size_t size,
    struct signed_view *view, struct ih_error *err);

/* VIEW is of bytes that have been screened.  CONTENT empty: it is inside. */
bool signed_holds(const struct signed_view *view, struct der content,
    X509 *certificate);

/* Caller owns.  NULL: IH_SYSTEM. */
struct ih_buffer *signed_make(const struct ih_pair *signer, const void *bytes,
    size_t size, bool inside, int64_t at, struct ih_error *err);

#endif
