/*
 * formkey.h - the key to which forms that are filled in elsewhere are sealed,
 * and what ODK seals to it.
 *
 * It is an RSA key of the office that does nothing else: a form goes out in
 * many copies, and the key that opens letters does not go with it.
 *
 * ODK: a fresh AES-256 key is sent by RSA-OAEP (SHA-256; MGF1 with SHA-256 or
 * SHA-1, as clients differ), the submission stands under AES-256-CFB with
 * PKCS #7 padding, its nonce the MD5 of instanceID and key, of which one byte
 * is raised by one for each file.  There is no MAC; an MD5 digest of all,
 * sealed to the same public key, finds what was altered on its way, and not who
 * wrote it: whoever has the blank form can seal one.  Enketo until August 2025
 * digested UTF-16 units where the specification has bytes of UTF-8, so that
 * what is not in Latin letters fits another digest; both are taken.
 *
 * Source: ODK XForms Specification, "Encryption"; RFC 8017 (RSA-OAEP); issue
 * 1421 of Enketo.
 */
#ifndef IHALA_FORMKEY_H
#define IHALA_FORMKEY_H

#include <stdbool.h>
#include <stddef.h>

#include "ihala/buffer.h"
#include "ihala/certificate.h"
#include "ihala/error.h"

/* base64 of the key's SubjectPublicKeyInfo.  Caller owns; NULL: IH_SYSTEM. */
struct ih_buffer *ih_formkey_public(X509 *certificate, struct ih_error *err);

/* The identifier by which a sealed file names it, in hex. */
enum { IH_FORMKEY_ID = 41 };
bool ih_formkey_id(X509 *certificate, char text[static IH_FORMKEY_ID],
    struct ih_error *err);

/* SHA-256 of the key itself, in groups to be read aloud: what a page can
 * compute of the key that it holds. */
void ih_formkey_print(X509 *certificate, char text[static IH_FINGERPRINT_TEXT]);

/* What the manifest of one encrypted submission says, and the file beside it.
 * All borrowed. */
struct ih_odk_sealed {
	const char *form, *version; /* as the manifest has them */
	const char *key;            /* base64EncryptedKey */
	const char *instance;       /* instanceID */
	const char *signature;      /* base64EncryptedElementSignature */
	const void *bytes;          /* submission.xml.enc */
	size_t size;
};

/*
 * The submission.  PAIRS: current and former keys, of which one opens it.
 * Caller owns.  NULL: IH_TRUST with E_ODK_KEY (sealed to a key that is not
 * here), E_ODK_ALTERED (cut short or changed).
 */
struct ih_buffer *ih_odk_open(const struct ih_odk_sealed *sealed,
    const struct ih_pair *const pairs[], size_t count, struct ih_error *err);

#endif
