/*
 * mask.h - numbers that say nothing, until those of all others are added.
 *
 * Two committees agree on a secret by the sealing keys that each has of the
 * other already (ECDH); from it both draw the same row of 64-bit masks, which
 * one adds to its numbers and the other takes away, modulo 2^64.  Whoever adds
 * the numbers of all has the sum, for every mask is in it twice, with opposite
 * signs; whoever lacks the numbers of one has nothing but noise.
 *
 *	key  = HKDF-SHA256 (point; "ihala mask 1", both keys, the context)
 *	mask = AES-256-CTR (key, counter 0), 8 bytes a number, big-endian
 *
 * The context says what the numbers are and between whom.  Under one context
 * ONE row of numbers may be masked, ever: of two, the difference shows.  That
 * is for the caller to keep.
 *
 * Source: K. Bonawitz et al., "Practical Secure Aggregation for
 * Privacy-Preserving Machine Learning", ACM CCS 2017, 4.0.1 (pairwise masks;
 * without its recovery of who drops out); RFC 5869 (HKDF); NIST SP 800-56A
 * rev. 3 (static unified model), SP 800-38A (CTR).
 */
#ifndef IHALA_MASK_H
#define IHALA_MASK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ihala/certificate.h"
#include "ihala/error.h"

#define IH_MASK_MAX 4096 /* numbers of one row */

/*
 * Mask COUNT NUMBERS with what OWN, a sealing pair, shares with the sealing
 * certificate OTHER under CONTEXT.  Which of both adds follows from the keys.
 * False: IH_TRUST with E_MASK_KEY (RSA, another curve, our own key), IH_SYSTEM;
 * NUMBERS are then unchanged.
 */
bool ih_mask(const struct ih_pair *own, X509 *other, const char *context,
    uint64_t *numbers, size_t count, struct ih_error *err);

#endif
