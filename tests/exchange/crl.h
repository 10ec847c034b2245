/*
 * crl.h - revocation lists of an invented authority, for the tests of this
 * floor.
 */
#ifndef IHALA_TEST_CRL_H
#define IHALA_TEST_CRL_H

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "ihala/buffer.h"
#include "ihala/certificate.h"

/* What stands in one. */
struct crl_plan {
	const struct ih_pair *signer;
	X509 *named; /* issuer; NULL: the signer */
	int64_t number, issued, next_update;
	X509 *revoked[4]; /* to the first NULL */
	int64_t since;    /* of all of them */
	int64_t invalid;  /* 0: not said */
	bool unnumbered, version_1, delta, scoped, weak;
};

static inline void
crl_add_time(X509_REVOKED *entry, int64_t at)
{
	ASN1_GENERALIZEDTIME *time = ASN1_GENERALIZEDTIME_set(NULL, (time_t)at);

	X509_REVOKED_add1_ext_i2d(entry, NID_invalidity_date, time, 0, 0);
	ASN1_GENERALIZEDTIME_free(time);
}

static inline void
crl_revoke(X509_CRL *crl, const struct crl_plan *plan, X509 *certificate)
{
	X509_REVOKED *entry = X509_REVOKED_new();
	ASN1_TIME *time = ASN1_TIME_set(NULL, (time_t)plan->since);

	X509_REVOKED_set_serialNumber(entry,
	    X509_get_serialNumber(certificate));
	X509_REVOKED_set_revocationDate(entry, time);
	ASN1_TIME_free(time);
	if (plan->invalid != 0)
		crl_add_time(entry, plan->invalid);
	X509_CRL_add0_revoked(crl, entry);
}

static inline void
crl_add_number(X509_CRL *crl, int nid, int64_t number, int critical)
{
	ASN1_INTEGER *value = ASN1_INTEGER_new();

	ASN1_INTEGER_set_int64(value, number);
	X509_CRL_add1_ext_i2d(crl, nid, value, critical, 0);
	ASN1_INTEGER_free(value);
}

static inline void
crl_add_scope(X509_CRL *crl)
{
	ISSUING_DIST_POINT *scope = ISSUING_DIST_POINT_new();

	scope->onlyuser = 0xff;
	X509_CRL_add1_ext_i2d(crl, NID_issuing_distribution_point, scope, 1, 0);
	ISSUING_DIST_POINT_free(scope);
}

static inline void
crl_set_times(X509_CRL *crl, const struct crl_plan *plan)
{
	ASN1_TIME *issued = ASN1_TIME_set(NULL, (time_t)plan->issued);
	ASN1_TIME *next = ASN1_TIME_set(NULL, (time_t)plan->next_update);

	X509_CRL_set1_lastUpdate(crl, issued);
	if (plan->next_update != 0)
		X509_CRL_set1_nextUpdate(crl, next);
	ASN1_TIME_free(issued);
	ASN1_TIME_free(next);
}

static inline X509_CRL *
crl_make(const struct crl_plan *plan)
{
	X509 *named =
	    plan->named != NULL ? plan->named : plan->signer->certificate;
	X509_CRL *crl = X509_CRL_new();

	X509_CRL_set_version(crl, plan->version_1 ? 0 : X509_CRL_VERSION_2);
	X509_CRL_set_issuer_name(crl, X509_get_subject_name(named));
	crl_set_times(crl, plan);
	for (size_t i = 0; i < 4 && plan->revoked[i] != NULL; i++)
		crl_revoke(crl, plan, plan->revoked[i]);
	if (!plan->unnumbered)
		crl_add_number(crl, NID_crl_number, plan->number, 0);
	if (plan->delta)
		crl_add_number(crl, NID_delta_crl, 1, 1);
	if (plan->scoped)
		crl_add_scope(crl);
	X509_CRL_sort(crl);
	X509_CRL_sign(crl, plan->signer->key,
	    plan->weak ? EVP_sha1() : EVP_sha256());
	return crl;
}

static inline struct ih_buffer *
crl_file(const struct crl_plan *plan, bool pem)
{
	X509_CRL *crl = crl_make(plan);
	BIO *out = BIO_new(BIO_s_mem());
	struct ih_buffer *file;
	char *bytes;
	long size;

	if (pem)
		PEM_write_bio_X509_CRL(out, crl);
	else
		i2d_X509_CRL_bio(out, crl);
	size = BIO_get_mem_data(out, &bytes);
	file = ih_buffer_copy(bytes, (size_t)size);
	BIO_free_all(out);
	X509_CRL_free(crl);
	return file;
}

#endif
