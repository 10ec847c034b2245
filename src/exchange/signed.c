/* This is where a signature is made, looked at, and verified. */
#include "signed.h"

#include <limits.h>
#include <string.h>

#include "ihala/certificate.h"
#include "openssl.h"

/* Object identifiers, as their DER content. */
static const unsigned char signed_data[] = /* 1.2.840.113549.1.7.2 */
    { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02 };
static const unsigned char plain_data[] = /* 1.2.840.113549.1.7.1 */
    { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01 };
static const unsigned char sha256[] = /* 2.16.840.1.101.3.4.2.1 */
    { 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01 };
static const unsigned char ecdsa_sha256[] = /* 1.2.840.10045.4.3.2 */
    { 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02 };
static const unsigned char content_type[] = /* 1.2.840.113549.1.9.3 */
    { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x03 };
static const unsigned char message_digest[] = /* 1.2.840.113549.1.9.4 */
    { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x04 };
static const unsigned char signing_time[] = /* 1.2.840.113549.1.9.5 */
    { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x05 };
static const unsigned char signing_certificate[] = /* ...9.16.2.47 */
    { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x02, 0x2f };

/* What the walk knows, and where it says no. */
struct walk {
	const struct signed_codes *codes;
	struct signed_view *view;
	struct der issuer, serial; /* of the certificate */
	bool seen[4];              /* signed attributes, in table order */
	struct ih_error *err;
};

static bool
not_shaped(struct walk *walk, const char *place)
{
	return ih_fail_code(walk->err, IH_INPUT, walk->codes->shape,
	    "signature: %s is not as the profile has it", place);
}

static bool
not_allowed(struct walk *walk, const char *place)
{
	return ih_fail_code(walk->err, IH_INPUT, walk->codes->algorithm,
	    "signature: %s is not one the profile allows", place);
}

static bool
not_the_certificate(struct walk *walk, const char *place)
{
	return ih_fail_code(walk->err, IH_INPUT, walk->codes->certificate,
	    "signature: %s is not that of the signing certificate", place);
}

static bool
walk_content(struct walk *walk, struct der *body, bool inside)
{
	struct der content, tagged;

	if (!der_take(body, DER_SEQUENCE, &content) ||
	    !DER_OID_IS(&content, plain_data))
		return not_shaped(walk, "the content's type");
	if (inside &&
	    (!der_take(&content, DER_CONSTRUCTED | 0, &tagged) ||
		!der_take(&tagged, DER_OCTETS, &walk->view->content) ||
		!der_is_end(&tagged)))
		return not_shaped(walk, "the content");
	return der_is_end(&content) || not_shaped(walk, "the content");
}

/* Issuer and serial number, to be compared with the signer identifier. */
static bool
walk_certificate(struct walk *walk, struct der *body)
{
	struct der list, outer, inner, skipped;

	if (!der_take(body, DER_CONSTRUCTED | 0, &list))
		return not_shaped(walk, "the list of certificates");
	outer = list;
	if (!der_take_whole(&list, DER_SEQUENCE, &walk->view->certificate) ||
	    !der_is_end(&list))
		return not_shaped(walk, "the number of certificates");
	if (!der_take(&outer, DER_SEQUENCE, &inner) ||
	    !der_take(&inner, DER_SEQUENCE, &outer) ||
	    !der_take(&outer, DER_CONSTRUCTED | 0, &skipped) ||
	    !der_take_whole(&outer, DER_INTEGER, &walk->serial) ||
	    !der_take(&outer, DER_SEQUENCE, &skipped) ||
	    !der_take_whole(&outer, DER_SEQUENCE, &walk->issuer))
		return not_shaped(walk, "the certificate");
	return true;
}

static bool
walk_signer_id(struct walk *walk, struct der *signer)
{
	struct der id, issuer, serial;

	if (!der_take_same(signer, DER_INTEGER, "\1", 1) ||
	    !der_take(signer, DER_SEQUENCE, &id) ||
	    !der_take_whole(&id, DER_SEQUENCE, &issuer) ||
	    !der_take_whole(&id, DER_INTEGER, &serial) || !der_is_end(&id))
		return not_shaped(walk, "the signer identifier");
	if (!der_same(issuer, walk->issuer) || !der_same(serial, walk->serial))
		return not_the_certificate(walk, "the signer identifier");
	return true;
}

/* ---- signed attributes: each exactly once, and none but these */

static bool
walk_type(struct walk *walk, struct der *value)
{
	return DER_OID_IS(value, plain_data) ||
	       not_shaped(walk, "the content type");
}

static bool
walk_digest(struct walk *walk, struct der *value)
{
	struct der digest;

	return (der_take(value, DER_OCTETS, &digest) &&
		   digest.left == IH_DIGEST) ||
	       not_shaped(walk, "the message digest");
}

static bool
walk_time(struct walk *walk, struct der *value)
{
	struct der time;
	unsigned tag =
	    der_is_next(value, DER_UTC_TIME) ? DER_UTC_TIME : DER_GENERAL_TIME;

	return der_take(value, tag, &time) ||
	       not_shaped(walk, "the signing time");
}

/* One ESSCertIDv2: SHA-256 by default, so no algorithm; issuer and serial
 * number may follow, and say no more than the signer identifier does. */
static bool
walk_signing_certificate(struct walk *walk, struct der *value)
{
	struct der list, one, hash, skipped;
	unsigned char digest[IH_DIGEST];

	if (!der_take(value, DER_SEQUENCE, &list) ||
	    !der_take(&list, DER_SEQUENCE, &one) || !der_is_end(&list) ||
	    !der_take(&one, DER_SEQUENCE, &list) || !der_is_end(&one) ||
	    !der_take(&list, DER_OCTETS, &hash))
		return not_shaped(walk, "the signing certificate's attribute");
	if (!der_is_end(&list) &&
	    (!der_take(&list, DER_SEQUENCE, &skipped) || !der_is_end(&list)))
		return not_shaped(walk, "the signing certificate's attribute");
	ih_digest(walk->view->certificate.at, walk->view->certificate.left,
	    digest);
	return der_same(hash, der_of(digest, sizeof digest)) ||
	       not_the_certificate(walk, "the signed digest");
}

static const struct attribute {
	const unsigned char *oid;
	size_t size;
	bool (*walk)(struct walk *walk, struct der *value);
} attributes[] = {
	{ content_type, sizeof content_type, walk_type },
	{ message_digest, sizeof message_digest, walk_digest },
	{ signing_time, sizeof signing_time, walk_time },
	{ signing_certificate, sizeof signing_certificate,
	    walk_signing_certificate },
};

enum { ATTRIBUTES = sizeof attributes / sizeof attributes[0] };

static bool
walk_attribute(struct walk *walk, struct der *list)
{
	struct der attribute, oid, values;

	if (!der_take(list, DER_SEQUENCE, &attribute) ||
	    !der_take(&attribute, DER_OID, &oid) ||
	    !der_take(&attribute, DER_SET, &values) || !der_is_end(&attribute))
		return not_shaped(walk, "a signed attribute");
	for (size_t i = 0; i < ATTRIBUTES; i++) {
		if (!der_same(oid,
			der_of(attributes[i].oid, attributes[i].size)))
			continue;
		if (walk->seen[i])
			return not_shaped(walk, "a signed attribute's number");
		walk->seen[i] = true;
		if (!attributes[i].walk(walk, &values))
			return false;
		return der_is_end(&values) ||
		       not_shaped(walk, "a signed attribute's value");
	}
	return not_shaped(walk, "the kind of a signed attribute");
}

static bool
walk_attributes(struct walk *walk, struct der *signer)
{
	struct der list;

	if (!der_take(signer, DER_CONSTRUCTED | 0, &list))
		return not_shaped(walk, "the list of signed attributes");
	while (!der_is_end(&list))
		if (!walk_attribute(walk, &list))
			return false;
	for (size_t i = 0; i < ATTRIBUTES - 1; i++)
		if (!walk->seen[i])
			return not_shaped(walk, "the set of signed attributes");
	return walk->seen[ATTRIBUTES - 1] ||
	       not_the_certificate(walk, "what is signed");
}

static bool
walk_signer(struct walk *walk, struct der *body)
{
	struct der signers, signer, value;

	if (!der_take(body, DER_SET, &signers) ||
	    !der_take(&signers, DER_SEQUENCE, &signer) || !der_is_end(&signers))
		return not_shaped(walk, "the number of signers");
	if (!walk_signer_id(walk, &signer))
		return false;
	if (!der_take_algorithm(&signer, sha256, sizeof sha256, true))
		return not_allowed(walk, "the digest");
	if (!walk_attributes(walk, &signer))
		return false;
	if (!der_take_algorithm(&signer, ecdsa_sha256, sizeof ecdsa_sha256,
		false))
		return not_allowed(walk, "the kind of signature");
	if (!der_take(&signer, DER_OCTETS, &value) || !der_is_end(&signer))
		return not_shaped(walk, "the signature's value");
	return true;
}

static bool
walk_body(struct walk *walk, struct der *body, bool inside)
{
	struct der digests;

	if (!der_take_same(body, DER_INTEGER, "\1", 1) ||
	    !der_take(body, DER_SET, &digests))
		return not_shaped(walk, "its version");
	if (!der_take_algorithm(&digests, sha256, sizeof sha256, true) ||
	    !der_is_end(&digests))
		return not_allowed(walk, "the digest");
	if (!walk_content(walk, body, inside) ||
	    !walk_certificate(walk, body) || !walk_signer(walk, body))
		return false;
	return der_is_end(body) || not_shaped(walk, "what follows");
}

bool
signed_screen(const void *bytes, size_t size, bool inside,
    const struct signed_codes *codes, struct signed_view *view,
    struct ih_error *err)
{
	struct walk walk = { .codes = codes, .view = view, .err = err };
	struct der file = der_of(bytes, size), info, tagged, body;

	*view = (struct signed_view){ 0 };
	if (size > INT_MAX || !der_take(&file, DER_SEQUENCE, &info) ||
	    !der_is_end(&file) || !DER_OID_IS(&info, signed_data) ||
	    !der_take(&info, DER_CONSTRUCTED | 0, &tagged) ||
	    !der_is_end(&info) || !der_take(&tagged, DER_SEQUENCE, &body) ||
	    !der_is_end(&tagged))
		return not_shaped(&walk, "its outermost element");
	return walk_body(&walk, &body, inside);
}

/*
 * The certificate is the caller's, never the file's; whether it may sign and
 * is valid now are checks of their own, with codes of their own.
 */
bool
signed_holds(const void *bytes, size_t size, struct der content,
    X509 *certificate)
{
	const unsigned flags =
	    CMS_BINARY | CMS_NOINTERN | CMS_NO_SIGNER_CERT_VERIFY;
	IH_OWNED(CMS_ContentInfo) cms = cms_of(bytes, size);
	IH_OWNED(X509_list) signers = sk_X509_new_null();
	IH_OWNED(BIO) apart = content.at != NULL ? BIO_new_mem_buf(content.at,
						       (int)content.left) :
						   NULL;
	bool holds = cms != NULL && signers != NULL &&
		     (content.at == NULL || apart != NULL) &&
		     sk_X509_push(signers, certificate) > 0 &&
		     CMS_verify(cms, signers, NULL, apart, NULL,
			 flags | (content.at != NULL ? CMS_DETACHED : 0)) == 1;

	ERR_clear_error();
	return holds;
}

/* Ours, so that libcrypto does not ask the clock. */
static bool
set_signing_time(CMS_SignerInfo *signer, int64_t at)
{
	ASN1_TIME *time = ASN1_TIME_set(NULL, (time_t)at);
	bool set = time != NULL &&
		   CMS_signed_add1_attr_by_NID(signer, NID_pkcs9_signingTime,
		       ASN1_STRING_type(time), time, -1) == 1;

	ASN1_TIME_free(time);
	return set;
}

struct ih_buffer *
signed_make(const struct ih_pair *signer, const void *bytes, size_t size,
    bool inside, int64_t at, struct ih_error *err)
{
	const unsigned flags = CMS_BINARY | CMS_NOSMIMECAP | CMS_CADES |
			       (inside ? 0 : CMS_DETACHED);

	if (size > INT_MAX) {
		ih_fail(err, IH_USAGE, "sign: too much to sign");
		return NULL;
	}
	IH_OWNED(BIO) content = BIO_new_mem_buf(bytes, (int)size);
	IH_OWNED(CMS_ContentInfo) cms =
	    CMS_sign(NULL, NULL, NULL, content, flags | CMS_PARTIAL);
	CMS_SignerInfo *info =
	    cms != NULL ? CMS_add1_signer(cms, signer->certificate, signer->key,
			      EVP_sha256(), flags | CMS_PARTIAL) :
			  NULL;

	if (content == NULL || info == NULL || !set_signing_time(info, at) ||
	    CMS_final(cms, content, NULL, flags) != 1) {
		ih_crypto_failed(err, "sign");
		return NULL;
	}
	struct ih_buffer *made = cms_bytes(cms);
	if (made == NULL)
		ih_crypto_failed(err, "sign");
	return made;
}
