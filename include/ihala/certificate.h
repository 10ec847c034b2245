/*
 * certificate.h - the three key pairs of an office, and their certificates.
 *
 * One key does one thing.  The list key signs the office's trust list and is
 * the one that two people compare in person; the signing key signs letters;
 * the sealing key opens what was sealed for the office, and signs nothing but
 * its own certificate.  There is no authority above: the certificates are
 * self-signed, and believed because the trust list says so (trust.h).
 *
 * A certificate names the committee's code and its use ("CN=MA signing"),
 * never a person.
 *
 * Source: RFC 5280 (X.509v3, key usage), RFC 5480 (P-256, P-384), RFC 4055
 * (RSA), SEC 2 v2.
 */
#ifndef IHALA_CERTIFICATE_H
#define IHALA_CERTIFICATE_H

#include <openssl/evp.h>
#include <openssl/x509.h>
#include <stdbool.h>
#include <stddef.h>

#include "ihala/buffer.h"
#include "ihala/digest.h"
#include "ihala/error.h"
#include "ihala/id.h"
#include "ihala/owned.h"
#include "ihala/world.h"

enum ih_use { IH_USE_LIST, IH_USE_SIGNING, IH_USE_SEALING, IH_USES };

/* The keys that the profile allows; an office is made with the first, where
 * nothing else is said. */
enum ih_key_kind {
	IH_KEY_P256, /* with SHA-256 */
	IH_KEY_P384, /* with SHA-384 */
	IH_KEY_RSA,  /* 3072 bits or more, with SHA-256 */
	IH_KEY_KINDS
};

enum {
	IH_OFFICERS = 2, /* who sign beside the office, at most */
	IH_STAMPERS = 4, /* authorities for time stamps that one list names */
	IH_FINGERPRINT_TEXT = 80, /* 16 groups of 4 hex digits, and NUL */
	IH_RETIRED = 4,           /* former sealing keys that are kept */
	IH_OFFICE_YEARS = 10      /* the longest validity that is made */
};

typedef struct ih_pair {
	EVP_PKEY *key; /* private */
	X509 *certificate;
} ih_pair;

typedef struct ih_office {
	char committee[IH_COMMITTEE_TEXT];
	struct ih_pair pair[IH_USES];
	/* Former sealing pairs, newest first: what was sealed for them before
	 * they were replaced can still be opened. */
	struct ih_pair retired[IH_RETIRED];
	size_t retireds;
	/* Borrowed: whose signatures stand beside the office's (officer.h).
	 * Not saved. */
	const struct ih_pair *officers[IH_OFFICERS];
	size_t officer_count;
} ih_office;

/*
 * Fresh keys for COMMITTEE ("MA"), valid from now for YEARS.
 * Caller owns.  NULL: IH_USAGE (not a committee code, years out of 1 to
 * IH_OFFICE_YEARS), IH_SYSTEM.
 */
struct ih_office *ih_office_new(const char *committee, int years,
    const struct ih_world *world, struct ih_error *err);

/* The same with keys of KIND. */
struct ih_office *ih_office_new_as(const char *committee, enum ih_key_kind kind,
    int years, const struct ih_world *world, struct ih_error *err);

/*
 * Replace the signing and the sealing pair; the former sealing pair is
 * retired and kept, the list key stays.  False: IH_SYSTEM, OFFICE unchanged.
 */
bool ih_office_renew(struct ih_office *office, int years,
    const struct ih_world *world, struct ih_error *err);

/* The same with keys of KIND. */
bool ih_office_renew_as(struct ih_office *office, enum ih_key_kind kind,
    int years, const struct ih_world *world, struct ih_error *err);
void ih_office_free(struct ih_office *office); /* NULL is fine */

/*
 * All pairs as PEM, private keys in clear: whoever calls seals it before it
 * touches a disk.  Caller owns.  NULL: IH_SYSTEM.
 */
struct ih_buffer *
ih_office_save(const struct ih_office *office, struct ih_error *err);

/* What ih_office_save() gave.  Caller owns.  NULL: IH_INPUT. */
struct ih_office *
ih_office_load(const void *bytes, size_t size, struct ih_error *err);

/*
 * The certificate of USE and its private key as PEM, the key under PASSPHRASE
 * (PKCS#8, PBES2 with scrypt and AES-256): for a reader that is not Ihala.
 * Caller owns.  NULL: IH_SYSTEM.
 */
struct ih_buffer *ih_office_export(const struct ih_office *office,
    enum ih_use use, const char *passphrase, struct ih_error *err);

/*
 * A fresh pair of COMMITTEE for USE.  False: IH_USAGE (the committee, the
 * years), IH_SYSTEM; PAIR is then empty.
 */
bool ih_pair_new(struct ih_pair *pair, const char *committee, enum ih_use use,
    enum ih_key_kind kind, int years, const struct ih_world *world,
    struct ih_error *err);

/* The certificate for a key that is there already.  Caller owns.
 * NULL: IH_USAGE (also: the kind of key is not allowed), IH_SYSTEM. */
X509 *ih_pair_certify(EVP_PKEY *key, const char *committee, enum ih_use use,
    int years, const struct ih_world *world, struct ih_error *err);

/* As ih_office_export(), one pair. */
struct ih_buffer *ih_pair_export(const struct ih_pair *pair,
    const char *passphrase, struct ih_error *err);
void ih_pair_free(struct ih_pair *pair); /* what it holds; it is emptied */

/* IH_KEY_KINDS: none that is allowed. */
enum ih_key_kind ih_key_kind_of(EVP_PKEY *key);
const EVP_MD *ih_key_digest(enum ih_key_kind kind);  /* that it signs with */
const char *ih_key_kind_text(enum ih_key_kind kind); /* "p256" */
enum ih_key_kind ih_key_kind_parse(const char *text);

/* SHA-256 of the certificate's DER, "3f2a 90bc ...", to be read aloud. */
void ih_certificate_fingerprint(X509 *certificate,
    char text[static IH_FINGERPRINT_TEXT]);

/* SHA-256 of the subject public key info, lower-case hex. */
void ih_certificate_key(X509 *certificate, char text[static IH_DIGEST_TEXT]);

/* The first and the last instant of its validity. */
int64_t ih_certificate_since(X509 *certificate);
int64_t ih_certificate_until(X509 *certificate);

/* Is NOW within its validity? */
bool ih_certificate_is_current(X509 *certificate, int64_t now);

/*
 * Does it say what a certificate of USE of COMMITTEE says, and nothing else:
 * version 3, a kind of key that is allowed, exact key usage, not an authority,
 * subject, issuer?
 */
bool
ih_certificate_is(X509 *certificate, const char *committee, enum ih_use use);

/* Is its key usage that of sealing, for its kind of key? */
bool ih_certificate_seals(X509 *certificate);

/* May it be that of an authority for time stamps (stamp.h): version 3, not
 * for certificates, a kind of key that is allowed, and for time stamps alone,
 * which is critical?  Its name and issuer are its own. */
bool ih_certificate_stamps(X509 *certificate);

/* The one certificate in DER.  The caller owns it.  NULL: IH_INPUT. */
X509 *ih_certificate_read(const void *bytes, size_t size, struct ih_error *err);

/* "list", "signing", "sealing"; and back, IH_USES if TEXT is none. */
const char *ih_use_text(enum ih_use use);
enum ih_use ih_use_parse(const char *text);

/* libcrypto refused STEP: ERR takes the last word of its queue of errors, which
 * is left empty.  Always false: IH_SYSTEM. */
bool ih_crypto_failed(struct ih_error *err, const char *step);

IH_OWNER(ih_office, ih_office_free)
IH_OWNER(ih_pair, ih_pair_free)

#endif
