/*
 * envelope.h - sealed for one receiver, and for nobody else.
 *
 * CMS AuthEnvelopedData with AES-256-GCM; the key is agreed by ECDH on P-256
 * or P-384 (SHA-256 KDF, AES-256 wrap), or sent by RSA-OAEP (SHA-256), as the
 * receiver's certificate has it.  The receiver is named by key identifier, the
 * sender not at all.  The seal keeps a letter secret; that it is genuine is
 * what the signature inside says.
 *
 * Before libcrypto sees a file its DER is walked here: definite lengths, the
 * expected objects, sizes of nonce and tag, no byte left over.  What the walk
 * found is what is opened: nobody parses the file a second time.
 *
 * Source: RFC 5652, 5083 (AuthEnvelopedData), 5084 (AES-GCM), 5753 (ECDH),
 * 4055 (RSA-OAEP), 3394 (key wrap).
 */
#ifndef IHALA_ENVELOPE_H
#define IHALA_ENVELOPE_H

#include <stdbool.h>
#include <stddef.h>

#include "ihala/buffer.h"
#include "ihala/certificate.h"
#include "ihala/error.h"

enum { IH_RECIPIENTS = 3 }; /* the most in one envelope */

/* Seal SIZE BYTES for the holder of CERTIFICATE.  Caller owns.
 * NULL: IH_USAGE (the certificate is not for sealing), IH_SYSTEM. */
struct ih_buffer *ih_envelope_seal(const void *bytes, size_t size,
    X509 *certificate, struct ih_error *err);

/* False: IH_INPUT with E_ENV_FORMAT or E_ENV_ALG. */
bool ih_envelope_screen(const void *bytes, size_t size, struct ih_error *err);

/* The sealing pair of OFFICE, current or retired, that a screened envelope is
 * for; NULL: IH_TRUST with E_NOT_FOR_US. */
const struct ih_pair *ih_envelope_pair(const void *bytes, size_t size,
    const struct ih_office *office, struct ih_error *err);

/* The content.  Caller owns.  NULL: IH_TRUST with E_DECRYPT, one text for
 * every reason. */
struct ih_buffer *ih_envelope_open(const void *bytes, size_t size,
    const struct ih_pair *pair, struct ih_error *err);

#endif
