/*
 * officer.h - the signing key of one officer, who signs beside the office.
 *
 * The office's own key lies in its registry; an officer's lies in a file
 * under a passphrase of the officer's, or on a token, and the office holds
 * only its certificate.  So a letter that two must sign needs two people.
 *
 * Source: RFC 5958 and 8018 (PKCS #8, PBES2), RFC 7914 (scrypt); PKCS #11
 * v2.40 and RFC 7512 (its URI).
 */
#ifndef IHALA_OFFICER_H
#define IHALA_OFFICER_H

#include <stdbool.h>
#include <stddef.h>

#include "ihala/buffer.h"
#include "ihala/certificate.h"
#include "ihala/error.h"
#include "ihala/owned.h"

enum { IH_OFFICERS_ADMITTED = 12 }; /* certificates in one trust list: 16 */

typedef struct ih_officer {
	struct ih_pair pair;    /* certificate NULL: not found yet */
	struct ih_token *token; /* where the key is; NULL: in memory */
} ih_officer;

/*
 * What ih_pair_export() gave, or alike: a certificate and then a key in PEM,
 * under PBES2 with scrypt or PBKDF2 that does not ask for too much.  Caller
 * owns.
 * NULL: IH_DENIED with E_OFFICER_KEY, one text for a wrong passphrase and
 * for what is no such file.
 */
struct ih_officer *ih_officer_load(const void *bytes, size_t size,
    const char *passphrase, struct ih_error *err);

/*
 * The key that URI names ("pkcs11:token=T;object=O?module-path=FILE"), on a
 * token that PIN opens; it stays there, and its certificate is not known yet.
 * Caller owns.
 * NULL: IH_USAGE (not such a URI; one with a PIN in it is not), IH_ABSENT
 * with E_TOKEN, IH_DENIED with E_OFFICER_KEY.
 */
struct ih_officer *
ih_officer_on_token(const char *uri, const char *pin, struct ih_error *err);

/*
 * From now on the certificate is the one of ADMITTED that has the officer's
 * key.  False: IH_TRUST with E_OFFICER_UNKNOWN.
 */
bool ih_officer_find(struct ih_officer *officer, X509 *const admitted[],
    size_t count, struct ih_error *err);
void ih_officer_free(struct ih_officer *officer);

/* The certificates of the officers of an office, and those of the authorities
 * for time stamps that it names. */
typedef struct ih_officers {
	X509 *list[IH_OFFICERS_ADMITTED];
	size_t count;
	X509 *stampers[IH_STAMPERS];
	size_t stamper_count;
} ih_officers;

/*
 * The certificates in SIZE BYTES of PEM, each for signing for COMMITTEE or for
 * time stamps; anything else in it, a private key, is passed over.  Caller
 * owns. NULL: IH_INPUT with E_OFFICER_CERTIFICATE.
 */
struct ih_officers *ih_officers_read(const char *committee, const void *bytes,
    size_t size, struct ih_error *err);

/* As PEM.  Caller owns.  NULL: IH_SYSTEM. */
struct ih_buffer *
ih_officers_save(const struct ih_officers *officers, struct ih_error *err);

/* CERTIFICATE's reference is counted.  False: IH_STATE, E_OFFICER_THERE (its
 * key) or no room. */
bool ih_officers_add(struct ih_officers *officers, X509 *certificate,
    struct ih_error *err);
void ih_officers_free(struct ih_officers *officers);

IH_OWNER(ih_officer, ih_officer_free)
IH_OWNER(ih_officers, ih_officers_free)

#endif
