/* This is where a file is sealed for one receiver, and opened by it. */
#include "ihala/envelope.h"

#include <limits.h>
#include <openssl/rsa.h>
#include <string.h>

#include "der.h"
#include "ihala/certificate.h"
#include "openssl.h"

/* Object identifiers, as their DER content. */
static const unsigned char auth_enveloped[] = /* 1.2.840.113549.1.9.16.1.23 */
    { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x01, 0x17 };
static const unsigned char ec_public_key[] = /* 1.2.840.10045.2.1 */
    { 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01 };
static const unsigned char ecdh_sha256[] = /* 1.3.132.1.11.1 */
    { 0x2b, 0x81, 0x04, 0x01, 0x0b, 0x01 };
static const unsigned char rsa_oaep[] = /* 1.2.840.113549.1.1.7 */
    { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x07 };
static const unsigned char aes256_wrap[] = /* 2.16.840.1.101.3.4.1.45 */
    { 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2d };
static const unsigned char aes256_gcm[] = /* 2.16.840.1.101.3.4.1.46 */
    { 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2e };
static const unsigned char data[] = /* 1.2.840.113549.1.7.1 */
    { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01 };

enum {
	POINT_256 = 66, /* no unused bits, uncompressed, two coordinates */
	POINT_384 = 98,
	RSA_LEAST = 384, /* bytes of a modulus of 3072 bits */
	RSA_MOST = 1024,
	KEY_ID = 20,  /* SHA-1 of the key, RFC 5280 4.2.1.2: a name only */
	WRAPPED = 40, /* 32 bytes of key and the 8 of RFC 3394 */
	NONCE = 12,
	TAG = 16
};

/* What a screened envelope holds that is not fixed by the profile. */
struct view {
	struct der key_ids[IH_RECIPIENTS];
	size_t count;
};

static bool
not_format(struct ih_error *err, const char *place)
{
	return ih_fail_code(err, IH_INPUT, "E_ENV_FORMAT",
	    "envelope: %s is not as the profile has it", place);
}

static bool
not_allowed(struct ih_error *err, const char *place)
{
	return ih_fail_code(err, IH_INPUT, "E_ENV_ALG",
	    "envelope: %s is not one the profile allows", place);
}

/* The sender's fresh key: a point, and only the name of its kind. */
static bool
screen_originator(struct der *agreement, struct ih_error *err)
{
	struct der tagged, key, point;

	if (!der_take(agreement, DER_CONSTRUCTED | 0, &tagged) ||
	    !der_take(&tagged, DER_CONSTRUCTED | 1, &key) ||
	    !der_is_end(&tagged))
		return not_format(err, "the originator");
	if (!der_take_algorithm(&key, ec_public_key, sizeof ec_public_key,
		false))
		return not_allowed(err, "the originator's kind of key");
	if (!der_take(&key, DER_BITS, &point) || !der_is_end(&key))
		return not_format(err, "the originator's key");
	if ((point.left != POINT_256 && point.left != POINT_384) ||
	    point.at[0] != 0 || point.at[1] != 4)
		return not_allowed(err, "the originator's curve");
	return true;
}

static bool
screen_agreement_algorithm(struct der *agreement, struct ih_error *err)
{
	struct der algorithm;

	if (!der_take(agreement, DER_SEQUENCE, &algorithm))
		return not_format(err, "the key agreement");
	if (!DER_OID_IS(&algorithm, ecdh_sha256) ||
	    !der_take_algorithm(&algorithm, aes256_wrap, sizeof aes256_wrap,
		false) ||
	    !der_is_end(&algorithm))
		return not_allowed(err, "the key agreement");
	return true;
}

/* The receiver is named by the identifier of its key, and in no other way. */
static bool
screen_key_id(struct der *one, struct der *id, unsigned tag)
{
	struct der named;

	if (tag == DER_CONTEXT)
		return der_take(one, DER_CONTEXT | 0, id) && id->left == KEY_ID;
	return der_take(one, DER_CONSTRUCTED | 0, &named) &&
	       der_take(&named, DER_OCTETS, id) && der_is_end(&named) &&
	       id->left == KEY_ID;
}

/* One wrapped key, for one key identifier. */
static bool
screen_wrapped(struct der *agreement, struct der *id, struct ih_error *err)
{
	struct der keys, one, wrapped;

	if (!der_take(agreement, DER_SEQUENCE, &keys) ||
	    !der_take(&keys, DER_SEQUENCE, &one) || !der_is_end(&keys) ||
	    !screen_key_id(&one, id, DER_CONSTRUCTED))
		return not_format(err, "the receiver's key identifier");
	if (!der_take(&one, DER_OCTETS, &wrapped) || !der_is_end(&one) ||
	    wrapped.left != WRAPPED)
		return not_format(err, "the wrapped key");
	return true;
}

/* The key is agreed on: ECDH. */
static bool
screen_agreement(struct der *recipients, struct der *id, struct ih_error *err)
{
	struct der agreement;

	if (!der_take(recipients, DER_CONSTRUCTED | 1, &agreement) ||
	    !der_take_same(&agreement, DER_INTEGER, "\3", 1))
		return not_format(err, "a receiver's version");
	if (!screen_originator(&agreement, err) ||
	    !screen_agreement_algorithm(&agreement, err) ||
	    !screen_wrapped(&agreement, id, err))
		return false;
	return der_is_end(&agreement) || not_format(err, "a receiver");
}

/* The key is sent: RSA-OAEP. */
static bool
screen_transport(struct der *recipients, struct der *id, struct ih_error *err)
{
	struct der transport, algorithm, parameters, sealed;

	if (!der_take(recipients, DER_SEQUENCE, &transport) ||
	    !der_take_same(&transport, DER_INTEGER, "\2", 1))
		return not_format(err, "a receiver's version");
	if (!screen_key_id(&transport, id, DER_CONTEXT))
		return not_format(err, "the receiver's key identifier");
	if (!der_take(&transport, DER_SEQUENCE, &algorithm))
		return not_format(err, "the key transport");
	if (!DER_OID_IS(&algorithm, rsa_oaep) ||
	    !der_take(&algorithm, DER_SEQUENCE, &parameters) ||
	    !der_is_end(&algorithm) || !der_take_rsa_sha256(&parameters) ||
	    !der_is_end(&parameters))
		return not_allowed(err, "the key transport");
	if (!der_take(&transport, DER_OCTETS, &sealed) ||
	    !der_is_end(&transport) || sealed.left < RSA_LEAST ||
	    sealed.left > RSA_MOST)
		return not_format(err, "the sealed key");
	return true;
}

static bool
screen_recipient(struct der *recipients, struct der *id, struct ih_error *err)
{
	if (der_is_next(recipients, DER_CONSTRUCTED | 1))
		return screen_agreement(recipients, id, err);
	if (der_is_next(recipients, DER_SEQUENCE))
		return screen_transport(recipients, id, err);
	return not_allowed(err, "a receiver");
}

static bool
screen_recipients(struct der *body, struct view *view, struct ih_error *err)
{
	struct der recipients;

	if (!der_take(body, DER_SET, &recipients) || der_is_end(&recipients))
		return not_format(err, "the list of receivers");
	while (!der_is_end(&recipients)) {
		if (view->count == IH_RECIPIENTS)
			return not_format(err, "the number of receivers");
		if (!screen_recipient(&recipients,
			&view->key_ids[view->count++], err))
			return false;
	}
	return true;
}

/* Nonce of 12 bytes, tag of 16: libcrypto would take a tag of 12 too. */
static bool
screen_cipher(struct der *content, struct ih_error *err)
{
	struct der cipher, sizes, nonce;

	if (!der_take(content, DER_SEQUENCE, &cipher))
		return not_format(err, "the cipher");
	if (!DER_OID_IS(&cipher, aes256_gcm))
		return not_allowed(err, "the cipher");
	if (!der_take(&cipher, DER_SEQUENCE, &sizes) || !der_is_end(&cipher) ||
	    !der_take(&sizes, DER_OCTETS, &nonce))
		return not_format(err, "the cipher's parameters");
	if (nonce.left != NONCE)
		return not_allowed(err, "the size of the nonce");
	if (!der_take_same(&sizes, DER_INTEGER, "\x10", 1) ||
	    !der_is_end(&sizes))
		return not_allowed(err, "the size of the tag");
	return true;
}

static bool
screen_content(struct der *body, struct ih_error *err)
{
	struct der content, sealed, tag;

	if (!der_take(body, DER_SEQUENCE, &content) ||
	    !DER_OID_IS(&content, data))
		return not_format(err, "the content's type");
	if (!screen_cipher(&content, err))
		return false;
	if (!der_take(&content, DER_CONTEXT | 0, &sealed) ||
	    !der_is_end(&content) || sealed.left == 0)
		return not_format(err, "the sealed content");
	if (!der_take(body, DER_OCTETS, &tag))
		return not_format(err, "the tag");
	if (tag.left != TAG)
		return not_allowed(err, "the size of the tag");
	return true;
}

static bool
screen(const void *bytes, size_t size, struct view *view, struct ih_error *err)
{
	struct der file = der_of(bytes, size), info, tagged, body;

	if (size > INT_MAX || !der_take(&file, DER_SEQUENCE, &info) ||
	    !der_is_end(&file))
		return not_format(err, "its outermost element");
	if (!DER_OID_IS(&info, auth_enveloped))
		return not_allowed(err, "the kind of envelope");
	if (!der_take(&info, DER_CONSTRUCTED | 0, &tagged) ||
	    !der_is_end(&info) || !der_take(&tagged, DER_SEQUENCE, &body) ||
	    !der_is_end(&tagged) || !der_take_same(&body, DER_INTEGER, "\0", 1))
		return not_format(err, "its version");
	if (!screen_recipients(&body, view, err) || !screen_content(&body, err))
		return false;
	return der_is_end(&body) || not_format(err, "what follows the tag");
}

bool
ih_envelope_screen(const void *bytes, size_t size, struct ih_error *err)
{
	struct view view = { 0 };

	return screen(bytes, size, &view, err);
}

static bool
is_for(const struct view *view, const struct ih_pair *pair)
{
	const ASN1_OCTET_STRING *id =
	    X509_get0_subject_key_id(pair->certificate);
	struct der ours;

	if (id == NULL)
		return false;
	ours =
	    der_of(ASN1_STRING_get0_data(id), (size_t)ASN1_STRING_length(id));
	for (size_t i = 0; i < view->count; i++)
		if (der_same(view->key_ids[i], ours))
			return true;
	return false;
}

const struct ih_pair *
ih_envelope_pair(const void *bytes, size_t size, const struct ih_office *office,
    struct ih_error *err)
{
	struct view view = { 0 };

	if (!screen(bytes, size, &view, err))
		return NULL;
	if (is_for(&view, &office->pair[IH_USE_SEALING]))
		return &office->pair[IH_USE_SEALING];
	for (size_t i = 0; i < office->retireds; i++)
		if (is_for(&view, &office->retired[i]))
			return &office->retired[i];
	ih_fail_code(err, IH_TRUST, "E_NOT_FOR_US",
	    "envelope: sealed for a key that this office does not hold");
	return NULL;
}

/* The default of the key derivation, and of OAEP, is SHA-1. */
static bool
set_digests(EVP_PKEY_CTX *ctx, enum ih_key_kind kind)
{
	if (kind != IH_KEY_RSA)
		return EVP_PKEY_CTX_set_ecdh_kdf_md(ctx, EVP_sha256()) > 0;
	return EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_PKCS1_OAEP_PADDING) > 0 &&
	       EVP_PKEY_CTX_set_rsa_oaep_md(ctx, EVP_sha256()) > 0 &&
	       EVP_PKEY_CTX_set_rsa_mgf1_md(ctx, EVP_sha256()) > 0;
}

static bool
add_recipient(CMS_ContentInfo *cms, X509 *certificate)
{
	CMS_RecipientInfo *recipient = CMS_add1_recipient_cert(cms, certificate,
	    CMS_USE_KEYID | CMS_KEY_PARAM);
	EVP_PKEY_CTX *ctx = recipient != NULL ?
				CMS_RecipientInfo_get0_pkey_ctx(recipient) :
				NULL;

	return ctx != NULL &&
	       set_digests(ctx, ih_key_kind_of(X509_get0_pubkey(certificate)));
}

struct ih_buffer *
ih_envelope_seal(const void *bytes, size_t size, X509 *certificate,
    struct ih_error *err)
{
	const unsigned flags = CMS_BINARY | CMS_PARTIAL;

	if (size == 0 || size > INT_MAX - 4096) {
		ih_fail(err, IH_USAGE, "seal: nothing, or too much, to seal");
		return NULL;
	}
	if (!ih_certificate_seals(certificate)) {
		ih_fail(err, IH_USAGE,
		    "seal: the receiver's certificate is not for sealing");
		return NULL;
	}
	IH_OWNED(BIO) content = BIO_new_mem_buf(bytes, (int)size);
	IH_OWNED(CMS_ContentInfo) cms =
	    CMS_encrypt(NULL, NULL, EVP_aes_256_gcm(), flags);
	if (content == NULL || cms == NULL ||
	    !add_recipient(cms, certificate) ||
	    CMS_final(cms, content, NULL, CMS_BINARY) != 1) {
		ih_crypto_failed(err, "seal");
		return NULL;
	}
	IH_OWNED(ih_buffer) sealed = cms_bytes(cms);
	if (sealed == NULL) {
		ih_crypto_failed(err, "seal");
		return NULL;
	}
	/* What we would refuse, we do not send. */
	if (!ih_envelope_screen(sealed->data, sealed->size, err))
		return NULL;
	return IH_GIVE(sealed);
}

/* One sentence, whatever failed: an answer that tells is an oracle. */
static struct ih_buffer *
not_opened(struct ih_error *err)
{
	ERR_clear_error();
	ih_fail_code(err, IH_TRUST, "E_DECRYPT",
	    "envelope: cannot be opened; it was changed or is not whole");
	return NULL;
}

/* ---- where libcrypto puts what it opens: into a buffer of ours, at once.
 * It holds all of it back until the tag is right; then there is one copy, and
 * not a second that grows beside it. */

IH_OWNER(BIO_METHOD, BIO_meth_free)

struct opened {
	struct ih_buffer *bytes;
	size_t most;
};

static int
keep(BIO *bio, const char *bytes, int size)
{
	struct opened *opened = BIO_get_data(bio);

	if (size <= 0)
		return 0;
	ih_buffer_reserve(opened->bytes, opened->most);
	ih_buffer_add(opened->bytes, bytes, (size_t)size);
	return size;
}

static bool
decrypt(CMS_ContentInfo *cms, const struct ih_pair *pair, struct opened *opened)
{
	IH_OWNED(BIO_METHOD)
	method = BIO_meth_new(BIO_TYPE_SOURCE_SINK, "buffer");
	IH_OWNED(BIO)
	bio = method != NULL && BIO_meth_set_write(method, keep) == 1 ?
		  BIO_new(method) :
		  NULL;

	if (bio == NULL)
		return false;
	BIO_set_data(bio, opened);
	BIO_set_init(bio, 1);
	return CMS_decrypt(cms, pair->key, pair->certificate, NULL, bio,
		   CMS_BINARY) == 1;
}

struct ih_buffer *
ih_envelope_open(const void *bytes, size_t size, const struct ih_pair *pair,
    struct ih_error *err)
{
	if (!ih_envelope_screen(bytes, size, err))
		return NULL;
	IH_OWNED(CMS_ContentInfo) cms = cms_of(bytes, size);
	IH_OWNED(ih_buffer) content = ih_buffer_new();
	struct opened opened = { content, size };

	if (cms == NULL || !decrypt(cms, pair, &opened) || content->size == 0)
		return not_opened(err);
	return IH_GIVE(content);
}
