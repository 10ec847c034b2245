/*
 * Any bytes as an envelope and as a signature: screened, or refused with a
 * code; what passes the screen is given to libcrypto.
 */
#include <assert.h>
#include <openssl/cms.h>
#include <openssl/err.h>
#include <stdint.h>

#include "ihala/envelope.h"
#include "ihala/signature.h"
#include "list_certificate.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void
parse(const uint8_t *bytes, size_t size)
{
	const unsigned char *at = bytes;
	CMS_ContentInfo *cms = d2i_CMS_ContentInfo(NULL, &at, (long)size);

	CMS_ContentInfo_free(cms);
	ERR_clear_error();
}

static void
verify(const uint8_t *bytes, size_t size)
{
	static X509 *certificate;
	const unsigned char *at = list_certificate;
	struct ih_error err = { 0 };
	bool holds;

	if (certificate == NULL)
		certificate = d2i_X509(NULL, &at, sizeof list_certificate);
	holds = ih_signature_verify(bytes, size, "x", 1, certificate, &err);
	assert(!holds && err.code[0] != '\0');
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct ih_error sealed = { 0 }, made = { 0 };
	bool envelope = ih_envelope_screen(bytes, size, &sealed);
	bool signature = ih_signature_screen(bytes, size, &made);

	assert(envelope == (sealed.kind == IH_NONE));
	assert(signature == (made.kind == IH_NONE));
	assert(!(envelope && signature));
	if (envelope)
		parse(bytes, size);
	if (signature)
		verify(bytes, size);
	return 0;
}
