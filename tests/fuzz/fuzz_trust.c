/*
 * Any bytes as a signed trust list, and as the list inside one.  The list
 * certificate is fixed: a fuzzer cannot sign.
 */
#include "forms.h"
#include "ihala/trust.h"
#include "list_certificate.h"

/* Pinned to a fingerprint that none has: what passes would fork a child. */
static void
read_signed(const uint8_t *bytes, size_t size)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_partner) partner =
	    ih_trust_read(the_forms(), bytes, size, "0", &err);

	assert(partner == NULL && err.code[0] != '\0');
}

static void
read_inside(const uint8_t *bytes, size_t size, X509 *list)
{
	struct ih_error err = { 0 };
	IH_OWNED(xmlDoc) doc =
	    passed(the_forms()->trust_list, bytes, size, &err);
	IH_OWNED(ih_partner) partner =
	    doc != NULL ? ih_trust_from(doc, list, &err) : NULL;

	assert((partner == NULL) == (err.kind != IH_NONE));
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static X509 *list;
	const unsigned char *at = list_certificate;

	if (list == NULL)
		list = d2i_X509(NULL, &at, sizeof list_certificate);
	assert(list != NULL);
	read_signed(bytes, size);
	read_inside(bytes, size, list);
	return 0;
}
