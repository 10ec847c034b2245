/* This is where a signature is made, looked at, and verified. */
#include "signed.h"

#include <limits.h>
#include <openssl/rsa.h>
#include <string.h>

#include "ihala/certificate.h"
#include "ihala/digest.h"
#include "openssl.h"

#define STAMP_MAX ((size_t)32 << 10) /* bytes of a token: 5000 is usual */

/* Object identifiers, as their DER content. */
static const unsigned char signed_data[] = /* 1.2.840.113549.1.7.2 */
    { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02 };
static const unsigned char plain_data[] = /* 1.2.840.113549.1.7.1 */
    { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01 };
static const unsigned char sha256[] = /* 2.16.840.1.101.3.4.2.1 */
    { 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01 };
static const unsigned char time_stamp[] = /* 1.2.840.113549.1.9.16.2.14 */
    { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x02, 0x0e };
static const unsigned char sha384[] = /* 2.16.840.1.101.3.4.2.2 */
    { 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02 };
static const unsigned char content_type[] = /* 1.2.840.113549.1.9.3 */
    { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x03 };
static const unsigned char message_digest[] = /* 1.2.840.113549.1.9.4 */
    { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x04 };
static const unsigned char signing_time[] = /* 1.2.840.113549.1.9.5 */
    { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x05 };
static const unsigned char signing_certificate[] = /* ...9.16.2.47 */
    { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x02, 0x2f };

static const unsigned char ecdsa_sha256[] = /* 1.2.840.10045.4.3.2 */
    { 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02 };
static const unsigned char ecdsa_sha384[] = /* 1.2.840.10045.4.3.3 */
    { 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x03 };
static const unsigned char rsa_encryption[] = /* 1.2.840.113549.1.1.1 */
    { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01 };
static const unsigned char rsa_sha256[] = /* 1.2.840.113549.1.1.11 */
    { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b };
static const unsigned char rsa_pss[] = /* 1.2.840.113549.1.1.10 */
    { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0a };

static const struct digest {
	const unsigned char *oid; /* nine bytes, each */
	size_t size;              /* of a digest */
	const EVP_MD *(*md)(void);
} digests[] = {
	{ sha256, 32, EVP_sha256 },
	{ sha384, 48, EVP_sha384 },
};

/* SHA-256 is looked up once for all: EVP_Digest() would ask for it by name. */
static bool
digest_by(const struct digest *by, struct der bytes,
    unsigned char digest[static EVP_MAX_MD_SIZE])
{
	if (by != &digests[0])
		return EVP_Digest(bytes.at, bytes.left, digest, NULL, by->md(),
			   NULL) == 1;
	ih_digest(bytes.at, bytes.left, digest);
	return true;
}

/* SHA-256 twice, and a salt as long as it. */
static bool
are_pss_parameters(struct der *algorithm)
{
	struct der parameters, salt;

	return der_take(algorithm, DER_SEQUENCE, &parameters) &&
	       der_take_rsa_sha256(&parameters) &&
	       der_take(&parameters, DER_CONSTRUCTED | 2, &salt) &&
	       der_take_same(&salt, DER_INTEGER, "\x20", 1) &&
	       der_is_end(&salt) && der_is_end(&parameters);
}

static bool
are_null(struct der *algorithm)
{
	return der_take_same(algorithm, DER_NULL, "", 0);
}

/* Which digest is signed how.  PARAMETERS is NULL where there are none;
 * PADDING is RSA's, 0 where the key is of a curve. */
static const struct signing {
	const unsigned char *oid;
	size_t size;
	const struct digest *digest;
	bool (*parameters)(struct der *algorithm);
	int padding;
} signings[] = {
	{ ecdsa_sha256, sizeof ecdsa_sha256, &digests[0], NULL, 0 },
	{ ecdsa_sha384, sizeof ecdsa_sha384, &digests[1], NULL, 0 },
	{ rsa_encryption, sizeof rsa_encryption, &digests[0], are_null,
	    RSA_PKCS1_PADDING },
	{ rsa_sha256, sizeof rsa_sha256, &digests[0], are_null,
	    RSA_PKCS1_PADDING },
	{ rsa_pss, sizeof rsa_pss, &digests[0], are_pss_parameters,
	    RSA_PKCS1_PSS_PADDING },
};

/* What the walk knows, and where it says no. */
struct walk {
	const struct signed_codes *codes;
	struct signed_view *view;
	bool inside;               /* the content; then no stamp is allowed */
	struct der issuer, serial; /* of the certificate */
	const struct digest *digest;
	bool seen[4]; /* signed attributes, in table order */
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
walk_content(struct walk *walk, struct der *body)
{
	struct der content, tagged;

	if (!der_take(body, DER_SEQUENCE, &content) ||
	    !DER_OID_IS(&content, plain_data))
		return not_shaped(walk, "the content's type");
	if (walk->inside &&
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
	struct der *digest = &walk->view->digest;

	return (der_take(value, DER_OCTETS, digest) &&
		   digest->left == walk->digest->size) ||
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

/* Takes the next AlgorithmIdentifier, one of the digests that are allowed. */
static const struct digest *
take_digest(struct der *from)
{
	for (size_t i = 0; i < sizeof digests / sizeof digests[0]; i++) {
		struct der at = *from;

		if (!der_take_algorithm(&at, digests[i].oid, sizeof sha256,
			true))
			continue;
		*from = at;
		return &digests[i];
	}
	return NULL;
}

/* One ESSCertIDv2 with the digest of the signature: SHA-256 is the default,
 * and has no algorithm; issuer and serial number may follow, and say no more
 * than the signer identifier does. */
static bool
walk_signing_certificate(struct walk *walk, struct der *value)
{
	struct der list, one, hash, skipped;
	const struct digest *by = &digests[0];
	unsigned char digest[EVP_MAX_MD_SIZE];

	if (!der_take(value, DER_SEQUENCE, &list) ||
	    !der_take(&list, DER_SEQUENCE, &one) || !der_is_end(&list) ||
	    !der_take(&one, DER_SEQUENCE, &list) || !der_is_end(&one) ||
	    (der_is_next(&list, DER_SEQUENCE) &&
		((by = take_digest(&list)) == NULL || by == &digests[0])) ||
	    by != walk->digest || !der_take(&list, DER_OCTETS, &hash))
		return not_shaped(walk, "the signing certificate's attribute");
	if (!der_is_end(&list) &&
	    (!der_take(&list, DER_SEQUENCE, &skipped) || !der_is_end(&list)))
		return not_shaped(walk, "the signing certificate's attribute");
	return (digest_by(by, walk->view->certificate, digest) &&
		   der_same(hash, der_of(digest, by->size))) ||
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
	struct der whole = *signer, list;

	if (!der_take(signer, DER_CONSTRUCTED | 0, &list) ||
	    !der_take_whole(&whole, DER_CONSTRUCTED | 0,
		&walk->view->attributes))
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
is_signed_so(const struct signing *signing, struct der algorithm)
{
	return der_take_same(&algorithm, DER_OID, signing->oid,
		   signing->size) &&
	       (signing->parameters == NULL ||
		   signing->parameters(&algorithm)) &&
	       der_is_end(&algorithm);
}

static bool
walk_algorithm(struct walk *walk, struct der *signer)
{
	struct der algorithm;

	if (!der_take(signer, DER_SEQUENCE, &algorithm))
		return not_shaped(walk, "the kind of signature");
	for (size_t i = 0; i < sizeof signings / sizeof signings[0]; i++)
		if (signings[i].digest == walk->digest &&
		    is_signed_so(&signings[i], algorithm)) {
			walk->view->signing = &signings[i];
			return true;
		}
	return not_allowed(walk, "the kind of signature");
}

/* One unsigned attribute, if any: a token, which stamp.c reads. */
static bool
walk_stamp(struct walk *walk, struct der *signer)
{
	struct der list, attribute, values, whole, inner;

	if (der_is_end(signer))
		return true;
	if (walk->inside || !der_take(signer, DER_CONSTRUCTED | 1, &list) ||
	    !der_is_end(signer) || !der_take(&list, DER_SEQUENCE, &attribute) ||
	    !der_is_end(&list) || !DER_OID_IS(&attribute, time_stamp) ||
	    !der_take(&attribute, DER_SET, &values) || !der_is_end(&attribute))
		return not_shaped(walk, "what is not signed");
	whole = values;
	return (der_take_whole(&values, DER_SEQUENCE, &walk->view->stamp) &&
		   der_is_end(&values) && walk->view->stamp.left <= STAMP_MAX &&
		   der_take(&whole, DER_SEQUENCE, &inner) &&
		   DER_OID_IS(&inner, signed_data)) ||
	       not_shaped(walk, "the time stamp");
}

static bool
walk_signer(struct walk *walk, struct der *body)
{
	struct der signers, signer;

	if (!der_take(body, DER_SET, &signers) ||
	    !der_take(&signers, DER_SEQUENCE, &signer) || !der_is_end(&signers))
		return not_shaped(walk, "the number of signers");
	if (!walk_signer_id(walk, &signer))
		return false;
	if (take_digest(&signer) != walk->digest)
		return not_allowed(walk, "the digest");
	if (!walk_attributes(walk, &signer) || !walk_algorithm(walk, &signer))
		return false;
	if (!der_take(&signer, DER_OCTETS, &walk->view->value))
		return not_shaped(walk, "the signature's value");
	return walk_stamp(walk, &signer);
}

static bool
walk_body(struct walk *walk, struct der *body)
{
	struct der set;

	if (!der_take_same(body, DER_INTEGER, "\1", 1) ||
	    !der_take(body, DER_SET, &set))
		return not_shaped(walk, "its version");
	walk->digest = take_digest(&set);
	if (walk->digest == NULL || !der_is_end(&set))
		return not_allowed(walk, "the digest");
	if (!walk_content(walk, body) || !walk_certificate(walk, body) ||
	    !walk_signer(walk, body))
		return false;
	return der_is_end(body) || not_shaped(walk, "what follows");
}

bool
signed_screen(const void *bytes, size_t size, bool inside,
    const struct signed_codes *codes, struct signed_view *view,
    struct ih_error *err)
{
	struct walk walk = { .codes = codes,
		.view = view,
		.inside = inside,
		.err = err };
	struct der file = der_of(bytes, size), info, tagged, body;

	*view = (struct signed_view){ 0 };
	if (size > INT_MAX || !der_take(&file, DER_SEQUENCE, &info) ||
	    !der_is_end(&file) || !DER_OID_IS(&info, signed_data) ||
	    !der_take(&info, DER_CONSTRUCTED | 0, &tagged) ||
	    !der_is_end(&info) || !der_take(&tagged, DER_SEQUENCE, &body) ||
	    !der_is_end(&tagged))
		return not_shaped(&walk, "its outermost element");
	return walk_body(&walk, &body);
}

/* ---- What holds is what was screened: its pieces go to libcrypto's
 * verification.  Its CMS would parse the same bytes once more, with the file's
 * own certificate, whose key nobody asked for. */

IH_OWNER(EVP_MD_CTX, EVP_MD_CTX_free)

static bool
has_digest(const struct signed_view *view, struct der content)
{
	unsigned char digest[EVP_MAX_MD_SIZE];
	const struct digest *by = view->signing->digest;

	return digest_by(by, content, digest) &&
	       der_same(view->digest, der_of(digest, by->size));
}

/* A key of another kind than the signature says would be asked with what is
 * meant for that other. */
static bool
is_of_kind(const struct signing *signing, const EVP_PKEY *key)
{
	return EVP_PKEY_is_a(key, signing->padding != 0 ? "RSA" : "EC") == 1;
}

static bool
pads_so(const struct signing *signing, EVP_PKEY_CTX *ctx)
{
	if (signing->padding == 0)
		return true;
	if (EVP_PKEY_CTX_set_rsa_padding(ctx, signing->padding) <= 0)
		return false;
	return signing->padding != RSA_PKCS1_PSS_PADDING ||
	       (EVP_PKEY_CTX_set_rsa_mgf1_md(ctx, signing->digest->md()) > 0 &&
		   EVP_PKEY_CTX_set_rsa_pss_saltlen(ctx,
		       RSA_PSS_SALTLEN_DIGEST) > 0);
}

/* What is signed are the attributes as a SET, not as the [0] that they are
 * in the file (RFC 5652, 5.4). */
static bool
signs_attributes(const struct signed_view *view, EVP_MD_CTX *ctx)
{
	static const unsigned char set = DER_SET;

	return EVP_DigestVerifyUpdate(ctx, &set, 1) == 1 &&
	       EVP_DigestVerifyUpdate(ctx, view->attributes.at + 1,
		   view->attributes.left - 1) == 1 &&
	       EVP_DigestVerifyFinal(ctx, view->value.at, view->value.left) ==
		   1;
}

/*
 * The certificate is the caller's, never the file's; whether it may sign and
 * is valid now are checks of their own, with codes of their own.
 */
bool
signed_holds(const struct signed_view *view, struct der content,
    X509 *certificate)
{
	const struct signing *signing = view->signing;
	IH_OWNED(EVP_MD_CTX) ctx = EVP_MD_CTX_new();
	EVP_PKEY *key = X509_get0_pubkey(certificate);
	EVP_PKEY_CTX *how = NULL;
	bool holds =
	    ctx != NULL && key != NULL && is_of_kind(signing, key) &&
	    has_digest(view, content.at != NULL ? content : view->content) &&
	    EVP_DigestVerifyInit(ctx, &how, signing->digest->md(), NULL, key) ==
		1 &&
	    pads_so(signing, how) && signs_attributes(view, ctx);

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

/* PSS where the key is RSA: v1.5 is read, and not written. */
static bool
set_padding(CMS_SignerInfo *signer, enum ih_key_kind kind)
{
	EVP_PKEY_CTX *ctx = CMS_SignerInfo_get0_pkey_ctx(signer);

	if (kind != IH_KEY_RSA)
		return true;
	return ctx != NULL &&
	       EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_PKCS1_PSS_PADDING) > 0 &&
	       EVP_PKEY_CTX_set_rsa_mgf1_md(ctx, EVP_sha256()) > 0 &&
	       EVP_PKEY_CTX_set_rsa_pss_saltlen(ctx, RSA_PSS_SALTLEN_DIGEST) >
		   0;
}

struct ih_buffer *
signed_make(const struct ih_pair *signer, const void *bytes, size_t size,
    bool inside, int64_t at, struct ih_error *err)
{
	const unsigned flags = CMS_BINARY | CMS_NOSMIMECAP | CMS_CADES |
			       (inside ? 0 : CMS_DETACHED);
	const enum ih_key_kind kind =
	    ih_key_kind_of(X509_get0_pubkey(signer->certificate));

	if (size > INT_MAX || kind == IH_KEY_KINDS) {
		ih_fail(err, IH_USAGE,
		    "sign: too much to sign, or with a key of a kind that is "
		    "not allowed");
		return NULL;
	}
	IH_OWNED(BIO) content = BIO_new_mem_buf(bytes, (int)size);
	IH_OWNED(CMS_ContentInfo) cms =
	    CMS_sign(NULL, NULL, NULL, content, flags | CMS_PARTIAL);
	CMS_SignerInfo *info =
	    cms != NULL ?
		CMS_add1_signer(cms, signer->certificate, signer->key,
		    ih_key_digest(kind), flags | CMS_PARTIAL | CMS_KEY_PARAM) :
		NULL;

	if (content == NULL || info == NULL || !set_padding(info, kind) ||
	    !set_signing_time(info, at) ||
	    CMS_final(cms, content, NULL, flags) != 1) {
		ih_crypto_failed(err, "sign");
		return NULL;
	}
	struct ih_buffer *made = cms_bytes(cms);
	if (made == NULL)
		ih_crypto_failed(err, "sign");
	return made;
}
