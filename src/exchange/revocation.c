/* This is where a revocation list is read, in a confined child, and believed
 * where the partner's list key signed it. */
#include "ihala/revocation.h"

#include <inttypes.h>
#include <limits.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <string.h>

#include "ihala/confine.h"
#include "ihala/date.h"
#include "openssl.h"

enum { AHEAD = 300 }; /* seconds another clock may be ahead */
#define DAY INT64_C(86400)

typedef ASN1_INTEGER ih_asn1_number;
typedef ASN1_GENERALIZEDTIME ih_asn1_time;

IH_OWNER(X509_CRL, X509_CRL_free)
IH_OWNER(ih_asn1_number, ASN1_INTEGER_free)
IH_OWNER(ih_asn1_time, ASN1_GENERALIZEDTIME_free)

static bool
bad_format(struct ih_error *err, const char *place)
{
	return ih_fail_code(err, IH_INPUT, "E_CRL_FORMAT",
	    "revocation list: %s is not as expected", place);
}

/* ---- the bytes */

static bool
is_pem(const void *bytes, size_t size)
{
	static const char head[] = "-----BEGIN X509 CRL-----";

	return size >= sizeof head - 1 &&
	       memcmp(bytes, head, sizeof head - 1) == 0;
}

static X509_CRL *
parse(const void *bytes, size_t size)
{
	const unsigned char *at = bytes;

	if (is_pem(bytes, size)) {
		IH_OWNED(BIO) in = BIO_new_mem_buf(bytes, (int)size);
		IH_OWNED(X509_CRL) crl =
		    in == NULL ? NULL :
				 PEM_read_bio_X509_CRL(in, NULL, NULL, NULL);

		return crl != NULL && BIO_pending(in) == 0 ? IH_GIVE(crl) :
							     NULL;
	}
	IH_OWNED(X509_CRL) crl = d2i_X509_CRL(NULL, &at, (long)size);
	return crl != NULL && at == (const unsigned char *)bytes + size ?
		   IH_GIVE(crl) :
		   NULL;
}

/* Not timegm(3), which opens the file of a time zone. */
static bool
instant_of(const ASN1_TIME *time, int64_t *instant)
{
	struct tm civil = { 0 };

	if (time == NULL || ASN1_TIME_to_tm(time, &civil) != 1)
		return false;
	*instant = ih_date_first((struct ih_date){ civil.tm_year + 1900,
		       civil.tm_mon + 1, civil.tm_mday }) *
		       DAY +
		   civil.tm_hour * INT64_C(3600) + civil.tm_min * INT64_C(60) +
		   civil.tm_sec;
	return *instant > 0 && *instant <= IH_INSTANT_MAX;
}

static bool
number_of(const X509_CRL *crl, int64_t *number)
{
	IH_OWNED(ih_asn1_number)
	said = X509_CRL_get_ext_d2i(crl, NID_crl_number, NULL, NULL);

	return said != NULL && ASN1_INTEGER_get_int64(number, said) == 1 &&
	       *number >= 0;
}

/* What is critical has to be understood, and nothing that is critical is. */
static bool
has_critical(const X509_CRL *crl)
{
	for (int i = 0; i < X509_CRL_get_ext_count(crl); i++)
		if (X509_EXTENSION_get_critical(X509_CRL_get_ext(crl, i)) != 0)
			return true;
	return false;
}

static bool
entry_has_critical(const X509_REVOKED *entry)
{
	for (int i = 0; i < X509_REVOKED_get_ext_count(entry); i++)
		if (X509_EXTENSION_get_critical(
			X509_REVOKED_get_ext(entry, i)) != 0)
			return true;
	return false;
}

/* ---- whose it is */

static bool
is_signed_by(X509_CRL *crl, X509 *list)
{
	int digest = NID_undef;
	bool is = X509_NAME_cmp(X509_CRL_get_issuer(crl),
		      X509_get_subject_name(list)) == 0 &&
		  OBJ_find_sigid_algs(X509_CRL_get_signature_nid(crl), &digest,
		      NULL) == 1 &&
		  (digest == NID_sha256 || digest == NID_sha384 ||
		      digest == NID_sha512) &&
		  X509_CRL_verify(crl, X509_get0_pubkey(list)) == 1;

	ERR_clear_error();
	return is;
}

/* ---- what it says */

/* From when: the day it became invalid, where that is said and is earlier. */
static bool
since_of(const X509_REVOKED *entry, int64_t *since)
{
	int64_t invalid = 0;
	IH_OWNED(ih_asn1_time)
	said = X509_REVOKED_get_ext_d2i(entry, NID_invalidity_date, NULL, NULL);

	if (entry_has_critical(entry) ||
	    !instant_of(X509_REVOKED_get0_revocationDate(entry), since))
		return false;
	if (said != NULL && instant_of(said, &invalid) && invalid < *since)
		*since = invalid;
	return true;
}

static bool
look_up(X509_CRL *crl, X509 *certificate, int64_t *since)
{
	X509_REVOKED *entry = NULL;

	if (X509_CRL_get0_by_serial(crl, &entry,
		X509_get_serialNumber(certificate)) == 0 ||
	    entry == NULL)
		return true;
	return since_of(entry, since);
}

static bool
read_body(const struct ih_partner *partner, X509_CRL *crl,
    struct ih_revocation *out, struct ih_error *err)
{
	if (X509_CRL_get_version(crl) != X509_CRL_VERSION_2 ||
	    has_critical(crl) || !number_of(crl, &out->number))
		return bad_format(err, "its version, number or extensions");
	if (!instant_of(X509_CRL_get0_lastUpdate(crl), &out->issued) ||
	    !instant_of(X509_CRL_get0_nextUpdate(crl), &out->next_update) ||
	    out->next_update <= out->issued)
		return bad_format(err, "a date");
	for (size_t i = 0; i < partner->count; i++)
		if (!look_up(crl, partner->certificates[i].certificate,
			&out->since[i]))
			return bad_format(err, "an entry");
	return true;
}

bool
ih_revocation_from(const struct ih_partner *partner, X509_CRL *crl,
    struct ih_revocation *revocation, struct ih_error *err)
{
	bool is;

	*revocation = (struct ih_revocation){ 0 };
	is = read_body(partner, crl, revocation, err);
	if (!is)
		*revocation = (struct ih_revocation){ 0 };
	ERR_clear_error();
	return is;
}

bool
ih_revocation_read(const struct ih_partner *partner, const void *bytes,
    size_t size, struct ih_revocation *revocation, struct ih_error *err)
{
	IH_OWNED(X509_CRL) crl =
	    size <= IH_REVOCATION_MAX ? parse(bytes, size) : NULL;

	*revocation = (struct ih_revocation){ 0 };
	ERR_clear_error();
	if (crl == NULL)
		return bad_format(err, "the file");
	if (!is_signed_by(crl, partner->list))
		return ih_fail_code(err, IH_TRUST, "E_CRL_ISSUER",
		    "revocation list: not signed by the list key of %s",
		    partner->committee);
	return ih_revocation_from(partner, crl, revocation, err);
}

/* ---- the confined child: a CRL goes in, a line of numbers comes out */

static bool
flatten(const void *bytes, size_t size, struct ih_buffer *out, void *with,
    struct ih_error *err)
{
	const struct ih_partner *partner = with;
	struct ih_revocation r;

	if (!ih_revocation_read(partner, bytes, size, &r, err))
		return false;
	ih_buffer_printf(out, "%" PRId64 " %" PRId64 " %" PRId64, r.number,
	    r.issued, r.next_update);
	for (size_t i = 0; i < IH_TRUST_CERTIFICATES; i++)
		ih_buffer_printf(out, " %" PRId64, r.since[i]);
	return true;
}

/* The next number; a child that was taken may say anything. */
static bool
take_number(const char **at, int64_t most, int64_t *number)
{
	char *end;
	long long said = strtoll(*at, &end, 10);

	if (end == *at || said < 0 || said > most)
		return false;
	*number = said;
	*at = end;
	return true;
}

static bool
take_line(const struct ih_buffer *line, struct ih_revocation *r)
{
	const char *at = (const char *)line->data;

	*r = (struct ih_revocation){ 0 };
	if (!take_number(&at, INT64_MAX, &r->number) ||
	    !take_number(&at, IH_INSTANT_MAX, &r->issued) ||
	    !take_number(&at, IH_INSTANT_MAX, &r->next_update))
		return false;
	for (size_t i = 0; i < IH_TRUST_CERTIFICATES; i++)
		if (!take_number(&at, IH_INSTANT_MAX, &r->since[i]))
			return false;
	return *at == '\0';
}

bool
ih_revocation_admit(const struct ih_partner *partner, const void *bytes,
    size_t size, struct ih_revocation *revocation, struct ih_error *err)
{
	struct ih_partner *with = (struct ih_partner *)(uintptr_t)partner;

	if (size > IH_REVOCATION_MAX)
		return bad_format(err, "its size");
	/* libcrypto has fetched what it needs before it can open nothing. */
	X509_verify(partner->list, X509_get0_pubkey(partner->list));
	ERR_clear_error();
	IH_OWNED(ih_buffer) line = ih_confine(flatten, with, bytes, size, err);
	if (line == NULL)
		return false;
	return take_line(line, revocation) || bad_format(err, "what it says");
}

/* ---- believing */

bool
ih_revocation_follows(const struct ih_revocation *held,
    const struct ih_revocation *fresh, int64_t now, struct ih_error *err)
{
	if (held != NULL &&
	    (fresh->number < held->number || fresh->issued < held->issued ||
		(fresh->number == held->number &&
		    memcmp(fresh, held, sizeof *held) != 0)))
		return ih_fail_code(err, IH_TRUST, "E_CRL_ROLLBACK",
		    "revocation list: number %" PRId64
		    " does not follow %" PRId64 ", which is in hand",
		    fresh->number, held->number);
	if (fresh->issued > now + AHEAD)
		return ih_fail_code(err, IH_TRUST, "E_CLOCK",
		    "revocation list: issued later than now; one of the two "
		    "clocks is wrong");
	return fresh->next_update > now ||
	       ih_fail_code(err, IH_TRUST, "E_CRL_EXPIRED",
		   "revocation list: its next one is due; ask for it");
}

void
ih_trust_revoke(struct ih_partner *partner,
    const struct ih_revocation *revocation)
{
	char its[IH_FINGERPRINT_TEXT];

	for (size_t i = 0; i < partner->count; i++) {
		if (revocation->since[i] == 0)
			continue;
		ih_certificate_fingerprint(partner->certificates[i].certificate,
		    its);
		ih_trust_withdraw(partner, its, revocation->since[i]);
	}
	if (revocation->next_update < partner->next_update)
		partner->next_update = revocation->next_update;
}
