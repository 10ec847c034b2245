/*
 * signature.h - what was signed, and by whom.
 *
 * A signature covers one manifest, and the manifest the SHA-256 of every
 * other file of the container: ASiC-E with CAdES.  The signature is CAdES-B-B
 * (detached, with signing-certificate-v2), so that any CMS tool can verify
 * it.  Keys are never taken from the file: a signer is looked for among the
 * certificates the caller brings.
 *
 * Source: ETSI EN 319 162-1 (ASiCManifest), ETSI EN 319 122-1 (CAdES-B-B),
 * RFC 5652, RFC 5035 (signing-certificate-v2).
 */
#ifndef IHALA_SIGNATURE_H
#define IHALA_SIGNATURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ihala/buffer.h"
#include "ihala/certificate.h"
#include "ihala/container.h"
#include "ihala/error.h"
#include "ihala/letter.h"

#define IH_SIGNATURE_MAX ((size_t)64 << 10) /* bytes of one signature */

enum { IH_SIGNATURE_NAME = 32 }; /* "META-INF/ASiCManifest001.xml" */

/* Names of manifest and signature NUMBER, 1 to 3. */
void ih_manifest_name(int number, char name[static IH_SIGNATURE_NAME]);
void ih_signature_name(int number, char name[static IH_SIGNATURE_NAME]);

/* Manifest NUMBER over PARTS.  Caller owns.  NULL: IH_USAGE. */
struct ih_buffer *ih_manifest_write(int number, const struct ih_part_of parts[],
    size_t count, struct ih_error *err);

/* The same for another signature: FIRST is the manifest of the first one.
 * Caller owns. */
struct ih_buffer *ih_manifest_again(const struct ih_buffer *first, int number);

/*
 * Does manifest NUMBER, as read from CONTAINER, list exactly the data files
 * of the container, with equal digests?
 * False: IH_INPUT with E_MANIFEST, E_REF_SET; IH_TRUST with E_DIGEST.
 */
bool ih_manifest_check(const struct ih_forms *forms, int number,
    const struct ih_container *container, struct ih_error *err);

/* Is manifest NUMBER, to the byte, manifest 1 of CONTAINER under its own
 * number?  Then what is said of that one holds of it, too. */
bool ih_manifest_repeats(int number, const struct ih_container *container);

/*
 * Is manifest NUMBER, to the byte, what ih_manifest_write() says of the data
 * files of CONTAINER?  Then it is sound, and nobody has to parse it.  False:
 * nothing is said of it.
 */
bool ih_manifest_as_written(int number, const struct ih_container *container);

/* As ih_manifest_check(), of a manifest that its schema has passed. */
bool ih_manifest_from(const xmlDoc *doc, int number,
    const struct ih_container *container, struct ih_error *err);

/* Sign BYTES, detached, at instant AT.  Caller owns.  NULL: IH_SYSTEM. */
struct ih_buffer *ih_signature_make(const struct ih_pair *signer,
    const void *bytes, size_t size, int64_t at, struct ih_error *err);

/*
 * Look at a signature before any key is used: its shape, its algorithms, its
 * signed attributes.  False: IH_INPUT with E_SIG_SHAPE, E_ALG, E_SIGCERT.
 */
bool
ih_signature_screen(const void *signature, size_t size, struct ih_error *err);

/*
 * The place in CANDIDATES of the certificate that the signature names in its
 * signer identifier and in signing-certificate-v2; -1: IH_TRUST with
 * E_SIGNER_UNKNOWN or E_SIGCERT.
 */
int ih_signature_signer(const void *signature, size_t size,
    X509 *const candidates[], size_t count, struct ih_error *err);

/* Does it hold over BYTES with that certificate's key?
 * False: IH_TRUST with E_SIGNATURE. */
bool ih_signature_verify(const void *signature, size_t signature_size,
    const void *bytes, size_t size, X509 *certificate, struct ih_error *err);

#endif
