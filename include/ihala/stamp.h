/*
 * stamp.h - when a signature was there at the latest: a time stamp of an
 * authority, as CAdES-B-T has it.
 *
 * The authority is asked by a file and answers by a file, over any way; it
 * sees the digest of a signature's value and nothing else.  Its token becomes
 * the one unsigned attribute of the signature.  It is believed where the
 * sender's trust list names the authority's certificate, byte for byte: a key
 * that ran out or was withdrawn later does not undo what it signed before.
 *
 * A token that is added keeps one certificate, the authority's, and nothing
 * that it did not sign: each bit that could be changed unseen is left out.
 *
 * Source: RFC 3161, RFC 5816, ETSI EN 319 122-1 (signature-time-stamp).
 */
#ifndef IHALA_STAMP_H
#define IHALA_STAMP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ihala/buffer.h"
#include "ihala/certificate.h"
#include "ihala/error.h"

#define IH_STAMP_MAX ((size_t)32 << 10) /* bytes of a reply: 6000 is usual */

/* The request (DER TimeStampReq, SHA-256) for a signature that has no stamp.
 * Caller owns.  NULL: as ih_signature_screen(); IH_STATE, it has one;
 * IH_SYSTEM. */
struct ih_buffer *
ih_stamp_request(const void *signature, size_t size, struct ih_error *err);

/*
 * The signature with the token of REPLY (DER TimeStampResp).  Whose it is and
 * whether it is believed is asked when it is opened.  Caller owns.
 * NULL: IH_INPUT with E_STAMP (no reply, refused, of another signature).
 */
struct ih_buffer *ih_stamp_add(const void *signature, size_t size,
    const void *reply, size_t reply_size, struct ih_error *err);

/*
 * The instant at which one of STAMPERS says a screened signature was there;
 * *AT stays as it is where it has no stamp.
 * False: IH_TRUST with E_STAMP (it does not hold) or E_STAMP_UNKNOWN (of none
 * of them, or of one that was not valid then).
 */
bool ih_stamp_time(const void *signature, size_t size, X509 *const stampers[],
    size_t count, int64_t *at, struct ih_error *err);

#endif
