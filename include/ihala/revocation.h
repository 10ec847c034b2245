/*
 * revocation.h - which of a partner's certificates its own authority has
 * revoked before the next trust list says so.
 *
 * A revocation list is an X.509 CRL, DER or PEM, signed by the key of the
 * partner's trust list, which speaks for all certificates in it: its entries
 * name them by serial number, and serial numbers have 127 bits of chance.  A
 * profile that says more than that (a delta, a scope, another issuer of an
 * entry) marks it critical, and is refused.
 *
 * Source: RFC 5280 section 5; src/exchange/README.md "Trust".
 */
#ifndef IHALA_REVOCATION_H
#define IHALA_REVOCATION_H

#include <openssl/x509.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ihala/error.h"
#include "ihala/trust.h"

#define IH_REVOCATION_MAX ((size_t)1 << 20) /* bytes: an entry has 40 */

struct ih_revocation {
	int64_t number; /* the CRL's own; only rises */
	int64_t issued, next_update;
	/* From when the certificate in that place of the partner's list is
	 * not to be believed; 0: it is not revoked. */
	int64_t since[IH_TRUST_CERTIFICATES];
};

/*
 * Read a CRL of PARTNER in a confined child.
 * False: IH_INPUT with E_CRL_FORMAT; IH_TRUST with E_CRL_ISSUER (not signed by
 * the key of the partner's list).
 */
bool ih_revocation_admit(const struct ih_partner *partner, const void *bytes,
    size_t size, struct ih_revocation *revocation, struct ih_error *err);

/* The same, here: for bytes that were admitted before, and for the tests. */
bool ih_revocation_read(const struct ih_partner *partner, const void *bytes,
    size_t size, struct ih_revocation *revocation, struct ih_error *err);

/* What CRL says, whose signature holds.  False: IH_INPUT with E_CRL_FORMAT. */
bool ih_revocation_from(const struct ih_partner *partner, X509_CRL *crl,
    struct ih_revocation *revocation, struct ih_error *err);

/*
 * May FRESH take the place of HELD (NULL: none is held)?  A higher number, not
 * issued earlier, not expired and not from the future at NOW; the same again
 * is harmless.  False: IH_TRUST with E_CRL_ROLLBACK, E_CRL_EXPIRED, E_CLOCK.
 */
bool ih_revocation_follows(const struct ih_revocation *held,
    const struct ih_revocation *fresh, int64_t now, struct ih_error *err);

/* PARTNER's list with what REVOCATION takes back; where the next CRL is due
 * before the next list, that is when the list is out of date. */
void ih_trust_revoke(struct ih_partner *partner,
    const struct ih_revocation *revocation);

#endif
