/*
 * Any bytes as a revocation list of a fixed partner.  A fuzzer cannot sign:
 * what it makes is read once as it would come, and once as if it were signed.
 */
#include <openssl/err.h>
#include <string.h>

#include "ihala/revocation.h"
#include "list_certificate.h"
#include "small.h"

static void
read_signed(const struct ih_partner *partner, const uint8_t *bytes, size_t size)
{
	struct ih_revocation revocation;
	struct ih_error err = { 0 };
	bool is = ih_revocation_read(partner, bytes, size, &revocation, &err);

	assert(!is && strncmp(err.code, "E_CRL_", 6) == 0);
}

static void
read_inside(const struct ih_partner *partner, const uint8_t *bytes, size_t size)
{
	const unsigned char *at = bytes;
	X509_CRL *crl = d2i_X509_CRL(NULL, &at, (long)size);
	struct ih_revocation revocation;
	struct ih_error err = { 0 };

	ERR_clear_error();
	if (crl == NULL)
		return;
	bool is = ih_revocation_from(partner, crl, &revocation, &err);
	assert(is == (err.kind == IH_NONE));
	for (size_t i = 0; i < IH_TRUST_CERTIFICATES; i++)
		assert(revocation.since[i] >= 0);
	X509_CRL_free(crl);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static struct ih_partner partner;
	const unsigned char *at = list_certificate;

	if (partner.list == NULL) {
		partner.list = d2i_X509(NULL, &at, sizeof list_certificate);
		assert(partner.list != NULL);
		partner.certificates[0].certificate = partner.list;
		partner.count = 1;
	}
	read_signed(&partner, bytes, size);
	read_inside(&partner, bytes, size);
	return 0;
}
