/*
 * der.h - a strict walk over DER, one expected element after the other.
 *
 * Each function takes the next element off its reader, or says false and the
 * file is refused: there is no other way through.  Lengths are definite and
 * minimal, tags are single bytes, nothing is skipped that was not named.
 *
 * Source: ITU-T X.690 (DER).
 */
#ifndef IHALA_DER_H
#define IHALA_DER_H

#include <stdbool.h>
#include <stddef.h>

enum {
	DER_INTEGER = 0x02,
	DER_BITS = 0x03,
	DER_OCTETS = 0x04,
	DER_NULL = 0x05,
	DER_OID = 0x06,
	DER_UTC_TIME = 0x17,
	DER_GENERAL_TIME = 0x18,
	DER_SEQUENCE = 0x30,
	DER_SET = 0x31,
	DER_CONTEXT = 0x80,     /* [n], primitive */
	DER_CONSTRUCTED = 0xa0, /* [n], constructed */
};

/* What is left to read; also one element's content. */
struct der {
	const unsigned char *at;
	size_t left;
};

struct der der_of(const void *bytes, size_t size);

/* Is the next element of that tag?  Takes nothing. */
bool der_is_next(const struct der *from, unsigned tag);

/* Take the next element, which must be of TAG; INSIDE is its content. */
bool der_take(struct der *from, unsigned tag, struct der *inside);

/* The same, with the element's own tag and length in WHOLE. */
bool der_take_whole(struct der *from, unsigned tag, struct der *whole);

/* Take the next element, whose content must be exactly SIZE BYTES. */
bool
der_take_same(struct der *from, unsigned tag, const void *bytes, size_t size);

/* A SEQUENCE of OID and nothing, or OID and NULL where NULL_TOO. */
bool der_take_algorithm(struct der *from, const void *oid, size_t size,
    bool null_too);

/* The parameters that RSA-OAEP and RSA-PSS begin with: SHA-256, and MGF1 with
 * SHA-256 (RFC 4055). */
bool der_take_rsa_sha256(struct der *parameters);

bool der_is_end(const struct der *from);
bool der_same(struct der a, struct der b);

#define DER_OID_IS(from, oid) der_take_same(from, DER_OID, oid, sizeof(oid))

#endif
