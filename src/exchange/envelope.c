/* This is where a file is sealed for one receiver, and opened by it. */
#include "ihala/envelope.h"

#include <limits.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/params.h>
#include <openssl/rsa.h>
#include <stdint.h>
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
	KEY = 32,     /* bytes of AES-256 */
	WRAPPED = 40, /* a key and the 8 bytes of RFC 3394 */
	NONCE = 12,
	TAG = 16
};

/* What a screened envelope holds that is not fixed by the profile. */
struct recipient {
	struct der id;    /* of the receiver's key */
	struct der point; /* what the key is agreed with; empty: it is sent */
	struct der key;   /* wrapped, or sealed */
};

struct view {
	struct recipient recipients[IH_RECIPIENTS];
	size_t count;
	struct der nonce, content, tag;
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
screen_originator(struct der *agreement, struct der *point,
    struct ih_error *err)
{
	struct der tagged, key;

	if (!der_take(agreement, DER_CONSTRUCTED | 0, &tagged) ||
	    !der_take(&tagged, DER_CONSTRUCTED | 1, &key) ||
	    !der_is_end(&tagged))
		return not_format(err, "the originator");
	if (!der_take_algorithm(&key, ec_public_key, sizeof ec_public_key,
		false))
		return not_allowed(err, "the originator's kind of key");
	if (!der_take(&key, DER_BITS, point) || !der_is_end(&key))
		return not_format(err, "the originator's key");
	if ((point->left != POINT_256 && point->left != POINT_384) ||
	    point->at[0] != 0 || point->at[1] != 4)
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
screen_wrapped(struct der *agreement, struct recipient *to,
    struct ih_error *err)
{
	struct der keys, one;

	if (!der_take(agreement, DER_SEQUENCE, &keys) ||
	    !der_take(&keys, DER_SEQUENCE, &one) || !der_is_end(&keys) ||
	    !screen_key_id(&one, &to->id, DER_CONSTRUCTED))
		return not_format(err, "the receiver's key identifier");
	if (!der_take(&one, DER_OCTETS, &to->key) || !der_is_end(&one) ||
	    to->key.left != WRAPPED)
		return not_format(err, "the wrapped key");
	return true;
}

/* The key is agreed on: ECDH. */
static bool
screen_agreement(struct der *recipients, struct recipient *to,
    struct ih_error *err)
{
	struct der agreement;

	if (!der_take(recipients, DER_CONSTRUCTED | 1, &agreement) ||
	    !der_take_same(&agreement, DER_INTEGER, "\3", 1))
		return not_format(err, "a receiver's version");
	if (!screen_originator(&agreement, &to->point, err) ||
	    !screen_agreement_algorithm(&agreement, err) ||
	    !screen_wrapped(&agreement, to, err))
		return false;
	return der_is_end(&agreement) || not_format(err, "a receiver");
}

/* The key is sent: RSA-OAEP. */
static bool
screen_transport(struct der *recipients, struct recipient *to,
    struct ih_error *err)
{
	struct der transport, algorithm, parameters;

	if (!der_take(recipients, DER_SEQUENCE, &transport) ||
	    !der_take_same(&transport, DER_INTEGER, "\2", 1))
		return not_format(err, "a receiver's version");
	if (!screen_key_id(&transport, &to->id, DER_CONTEXT))
		return not_format(err, "the receiver's key identifier");
	if (!der_take(&transport, DER_SEQUENCE, &algorithm))
		return not_format(err, "the key transport");
	if (!DER_OID_IS(&algorithm, rsa_oaep) ||
	    !der_take(&algorithm, DER_SEQUENCE, &parameters) ||
	    !der_is_end(&algorithm) || !der_take_rsa_sha256(&parameters) ||
	    !der_is_end(&parameters))
		return not_allowed(err, "the key transport");
	if (!der_take(&transport, DER_OCTETS, &to->key) ||
	    !der_is_end(&transport) || to->key.left < RSA_LEAST ||
	    to->key.left > RSA_MOST)
		return not_format(err, "the sealed key");
	return true;
}

static bool
screen_recipient(struct der *recipients, struct recipient *to,
    struct ih_error *err)
{
	if (der_is_next(recipients, DER_CONSTRUCTED | 1))
		return screen_agreement(recipients, to, err);
	if (der_is_next(recipients, DER_SEQUENCE))
		return screen_transport(recipients, to, err);
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
			&view->recipients[view->count++], err))
			return false;
	}
	return true;
}

/* Nonce of 12 bytes, tag of 16: libcrypto would take a tag of 12 too. */
static bool
screen_cipher(struct der *content, struct der *nonce, struct ih_error *err)
{
	struct der cipher, sizes;

	if (!der_take(content, DER_SEQUENCE, &cipher))
		return not_format(err, "the cipher");
	if (!DER_OID_IS(&cipher, aes256_gcm))
		return not_allowed(err, "the cipher");
	if (!der_take(&cipher, DER_SEQUENCE, &sizes) || !der_is_end(&cipher) ||
	    !der_take(&sizes, DER_OCTETS, nonce))
		return not_format(err, "the cipher's parameters");
	if (nonce->left != NONCE)
		return not_allowed(err, "the size of the nonce");
	if (!der_take_same(&sizes, DER_INTEGER, "\x10", 1) ||
	    !der_is_end(&sizes))
		return not_allowed(err, "the size of the tag");
	return true;
}

static bool
screen_content(struct der *body, struct view *view, struct ih_error *err)
{
	struct der content;

	if (!der_take(body, DER_SEQUENCE, &content) ||
	    !DER_OID_IS(&content, data))
		return not_format(err, "the content's type");
	if (!screen_cipher(&content, &view->nonce, err))
		return false;
	if (!der_take(&content, DER_CONTEXT | 0, &view->content) ||
	    !der_is_end(&content) || view->content.left == 0)
		return not_format(err, "the sealed content");
	if (!der_take(body, DER_OCTETS, &view->tag))
		return not_format(err, "the tag");
	if (view->tag.left != TAG)
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
	if (!screen_recipients(&body, view, err) ||
	    !screen_content(&body, view, err))
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
is_to(const struct recipient *to, const struct ih_pair *pair)
{
	const ASN1_OCTET_STRING *id =
	    X509_get0_subject_key_id(pair->certificate);

	return id != NULL &&
	       der_same(to->id, der_of(ASN1_STRING_get0_data(id),
				    (size_t)ASN1_STRING_length(id)));
}

static bool
is_for(const struct view *view, const struct ih_pair *pair)
{
	for (size_t i = 0; i < view->count; i++)
		if (is_to(&view->recipients[i], pair))
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

/*
 * ---- What is opened here is what was screened: the pieces that the walk
 * found go to libcrypto's ciphers.  Its CMS would parse the same bytes once
 * more, copy the content twice, and multiply twice where once is enough.
 */

IH_OWNER(EVP_PKEY, EVP_PKEY_free)
IH_OWNER(EVP_PKEY_CTX, EVP_PKEY_CTX_free)
IH_OWNER(EVP_CIPHER_CTX, EVP_CIPHER_CTX_free)

/* The sender's fresh key, on the curve of OURS; a point that is not on it is
 * refused.  Caller owns. */
static EVP_PKEY *
sender_key(const EVP_PKEY *ours, struct der point)
{
	IH_OWNED(EVP_PKEY) key = EVP_PKEY_new();

	/* Before the point stands how many of its bits are unused. */
	if (key == NULL || EVP_PKEY_copy_parameters(key, ours) != 1 ||
	    EVP_PKEY_set1_encoded_public_key(key, point.at + 1,
		point.left - 1) != 1)
		return NULL;
	return IH_GIVE(key);
}

/* RFC 5753, 7.2: what is agreed on is a key for AES-256 wrap, of 256 bits. */
static const unsigned char shared_info[] = { 0x30, 0x15, 0x30, 0x0b, 0x06, 0x09,
	0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2d, 0xa2, 0x06, 0x04,
	0x04, 0x00, 0x00, 0x01, 0x00 };

static EVP_PKEY_CTX *
start_agreement(EVP_PKEY *ours)
{
	char kdf[] = OSSL_KDF_NAME_X963KDF,
	     digest[] = OSSL_DIGEST_NAME_SHA2_256;
	unsigned char info[sizeof shared_info];
	size_t size = KEY;
	const OSSL_PARAM how[] = {
		OSSL_PARAM_utf8_string(OSSL_EXCHANGE_PARAM_KDF_TYPE, kdf,
		    sizeof kdf - 1),
		OSSL_PARAM_utf8_string(OSSL_EXCHANGE_PARAM_KDF_DIGEST, digest,
		    sizeof digest - 1),
		OSSL_PARAM_size_t(OSSL_EXCHANGE_PARAM_KDF_OUTLEN, &size),
		OSSL_PARAM_octet_string(OSSL_EXCHANGE_PARAM_KDF_UKM, info,
		    sizeof info),
		OSSL_PARAM_END
	};
	IH_OWNED(EVP_PKEY_CTX) ctx = EVP_PKEY_CTX_new(ours, NULL);

	memcpy(info, shared_info, sizeof info);
	if (ctx == NULL || EVP_PKEY_derive_init_ex(ctx, how) != 1)
		return NULL;
	return IH_GIVE(ctx);
}

/*
 * The point is not multiplied by the order once more: on curves of cofactor 1
 * each point but infinity has that order, and infinity has no coordinates
 * (SP 800-56A, 5.6.2.3.4).
 */
static bool
agree(EVP_PKEY *ours, struct der point, unsigned char key[static KEY])
{
	IH_OWNED(EVP_PKEY) theirs = sender_key(ours, point);
	IH_OWNED(EVP_PKEY_CTX)
	ctx = theirs != NULL ? start_agreement(ours) : NULL;
	size_t size = KEY;

	return ctx != NULL &&
	       EVP_PKEY_derive_set_peer_ex(ctx, theirs, 0) == 1 &&
	       EVP_PKEY_derive(ctx, key, &size) == 1 && size == KEY;
}

static bool
unwrap(const unsigned char with[static KEY], struct der wrapped,
    unsigned char key[static KEY])
{
	IH_OWNED(EVP_CIPHER_CTX) ctx = EVP_CIPHER_CTX_new();
	int size = 0;

	if (ctx == NULL)
		return false;
	EVP_CIPHER_CTX_set_flags(ctx, EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
	return EVP_DecryptInit_ex(ctx, EVP_aes_256_wrap(), NULL, with, NULL) ==
		   1 &&
	       EVP_DecryptUpdate(ctx, key, &size, wrapped.at,
		   (int)wrapped.left) == 1 &&
	       size == KEY;
}

static bool
take_agreed_key(const struct recipient *to, EVP_PKEY *ours,
    unsigned char key[static KEY])
{
	unsigned char between[KEY];
	bool taken = EVP_PKEY_is_a(ours, "EC") == 1 &&
		     agree(ours, to->point, between) &&
		     unwrap(between, to->key, key);

	OPENSSL_cleanse(between, sizeof between);
	return taken;
}

static bool
take_sent_key(const struct recipient *to, EVP_PKEY *ours,
    unsigned char key[static KEY])
{
	IH_OWNED(EVP_PKEY_CTX) ctx = EVP_PKEY_CTX_new(ours, NULL);
	unsigned char sent[RSA_MOST];
	size_t size = sizeof sent;
	bool taken =
	    to->point.at == NULL && ctx != NULL &&
	    EVP_PKEY_decrypt_init(ctx) == 1 && set_digests(ctx, IH_KEY_RSA) &&
	    EVP_PKEY_decrypt(ctx, sent, &size, to->key.at, to->key.left) == 1 &&
	    size == KEY;

	if (taken)
		memcpy(key, sent, KEY);
	OPENSSL_cleanse(sent, sizeof sent);
	return taken;
}

/* AES-256-GCM: true where the tag is right. */
static bool
decrypt(const struct view *view, const unsigned char key[static KEY],
    struct ih_buffer *out)
{
	IH_OWNED(EVP_CIPHER_CTX) ctx = EVP_CIPHER_CTX_new();
	void *tag = (void *)(uintptr_t)view->tag.at; /* only read */
	int size = 0;

	ih_buffer_reserve(out, view->content.left);
	out->size = view->content.left; /* so that all of it is wiped */
	out->data[out->size] = '\0';
	return ctx != NULL &&
	       EVP_DecryptInit_ex(ctx, EVP_aes_256_gcm(), NULL, key,
		   view->nonce.at) == 1 &&
	       EVP_DecryptUpdate(ctx, out->data, &size, view->content.at,
		   (int)view->content.left) == 1 &&
	       EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_SET_TAG, TAG, tag) == 1 &&
	       EVP_DecryptFinal_ex(ctx, out->data + size, &size) == 1;
}

static bool
open_as(const struct view *view, const struct recipient *to,
    const struct ih_pair *pair, struct ih_buffer *out)
{
	unsigned char key[KEY];
	bool open =
	    (to->point.at != NULL ? take_agreed_key(to, pair->key, key) :
				    take_sent_key(to, pair->key, key)) &&
	    decrypt(view, key, out);

	OPENSSL_cleanse(key, sizeof key);
	return open;
}

struct ih_buffer *
ih_envelope_open(const void *bytes, size_t size, const struct ih_pair *pair,
    struct ih_error *err)
{
	struct view view = { 0 };

	if (!screen(bytes, size, &view, err))
		return NULL;
	IH_OWNED(ih_buffer) content = ih_buffer_new();
	for (size_t i = 0; i < view.count; i++)
		if (is_to(&view.recipients[i], pair) &&
		    open_as(&view, &view.recipients[i], pair, content))
			return IH_GIVE(content);
	return not_opened(err);
}
