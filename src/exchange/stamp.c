/* This is where a signature is stamped with the time, and a stamp believed. */
#include "ihala/stamp.h"

#include <openssl/pkcs7.h>
#include <openssl/ts.h>
#include <string.h>

#include "der.h"
#include "ihala/signature.h"
#include "openssl.h"
#include "signed.h"

IH_OWNER(PKCS7, PKCS7_free)
IH_OWNER(TS_REQ, TS_REQ_free)
IH_OWNER(TS_RESP, TS_RESP_free)
IH_OWNER(TS_MSG_IMPRINT, TS_MSG_IMPRINT_free)
IH_OWNER(TS_TST_INFO, TS_TST_INFO_free)
IH_OWNER(TS_VERIFY_CTX, TS_VERIFY_CTX_free)
IH_OWNER(X509_ALGOR, X509_ALGOR_free)

static bool
refuse(struct ih_error *err, const char *why)
{
	ERR_clear_error();
	return ih_fail_code(err, IH_TRUST, "E_STAMP", "time stamp: %s", why);
}

/* ---- asking */

static bool
set_imprint(TS_REQ *request, struct der value)
{
	unsigned char digest[IH_DIGEST];
	IH_OWNED(TS_MSG_IMPRINT) imprint = TS_MSG_IMPRINT_new();
	IH_OWNED(X509_ALGOR) algorithm = X509_ALGOR_new();

	ih_digest(value.at, value.left, digest);
	return imprint != NULL && algorithm != NULL &&
	       X509_ALGOR_set0(algorithm, OBJ_nid2obj(NID_sha256), V_ASN1_NULL,
		   NULL) == 1 &&
	       TS_MSG_IMPRINT_set_algo(imprint, algorithm) == 1 &&
	       TS_MSG_IMPRINT_set_msg(imprint, digest, sizeof digest) == 1 &&
	       TS_REQ_set_msg_imprint(request, imprint) == 1;
}

/* No nonce: the digest is of a value that was never there before. */
struct ih_buffer *
ih_stamp_request(const void *signature, size_t size, struct ih_error *err)
{
	struct signed_view view = { 0 };
	unsigned char *der = NULL;
	struct ih_buffer *request;
	int length;

	if (!ih_signature_view(signature, size, &view, err))
		return NULL;
	if (view.stamp.left > 0) {
		ih_fail_code(err, IH_STATE, "E_STAMPED", "%s", "");
		return NULL;
	}
	IH_OWNED(TS_REQ) asked = TS_REQ_new();
	if (asked == NULL || TS_REQ_set_version(asked, 1) != 1 ||
	    !set_imprint(asked, view.value) ||
	    TS_REQ_set_cert_req(asked, 1) != 1 ||
	    (length = i2d_TS_REQ(asked, &der)) <= 0) {
		ih_crypto_failed(err, "time stamp request");
		return NULL;
	}
	request = ih_buffer_copy(der, (size_t)length);
	OPENSSL_free(der);
	return request;
}

/* ---- the token */

static PKCS7_SIGNER_INFO *
only_signer(PKCS7 *token)
{
	STACK_OF(PKCS7_SIGNER_INFO) *all = PKCS7_get_signer_info(token);

	return PKCS7_type_is_signed(token) &&
		       sk_PKCS7_SIGNER_INFO_num(all) == 1 ?
		   sk_PKCS7_SIGNER_INFO_value(all, 0) :
		   NULL;
}

static bool
same_name(const X509_NAME *a, const X509_NAME *b)
{
	const unsigned char *one, *other;
	size_t size, length;

	return X509_NAME_get0_der(a, &one, &size) == 1 &&
	       X509_NAME_get0_der(b, &other, &length) == 1 &&
	       der_same(der_of(one, size), der_of(other, length));
}

/* ECDSA names its digest, and has no parameters; RSA names it, or only
 * itself, and has NULL. */
static bool
is_signed_by(const PKCS7_SIGNER_INFO *signer, X509 *certificate)
{
	const X509_ALGOR *how = signer->digest_enc_alg;
	bool rsa = ih_key_kind_of(X509_get0_pubkey(certificate)) == IH_KEY_RSA;
	int nid = OBJ_obj2nid(how->algorithm), digest = NID_undef, type;

	if (how->parameter == NULL ?
		rsa :
		!rsa || how->parameter->type != V_ASN1_NULL)
		return false;
	if (rsa && nid == NID_rsaEncryption)
		return true;
	return OBJ_find_sigid_algs(nid, &digest, &type) == 1 &&
	       digest == OBJ_obj2nid(signer->digest_alg->algorithm) &&
	       type == (rsa ? NID_rsaEncryption : NID_X9_62_id_ecPublicKey);
}

/* What libcrypto reads and does not compare: versions, algorithms that are
 * named twice, a name in other letters. */
static bool
is_exact(const PKCS7 *token, const PKCS7_SIGNER_INFO *signer)
{
	const PKCS7_SIGNED *body = token->d.sign;
	X509 *certificate = sk_X509_value(body->cert, 0);

	return ASN1_INTEGER_get(body->version) == 3 &&
	       ASN1_INTEGER_get(signer->version) == 1 &&
	       sk_X509_ALGOR_num(body->md_algs) == 1 &&
	       X509_ALGOR_cmp(sk_X509_ALGOR_value(body->md_algs, 0),
		   signer->digest_alg) == 0 &&
	       same_name(signer->issuer_and_serial->issuer,
		   X509_get_issuer_name(certificate)) &&
	       is_signed_by(signer, certificate);
}

/* The token in SIZE BYTES, which must be its DER and nothing more, with one
 * signer, one certificate, and nothing that is not signed. */
static PKCS7 *
token_of(struct der bytes)
{
	const unsigned char *at = bytes.at;
	IH_OWNED(PKCS7) token = d2i_PKCS7(NULL, &at, (long)bytes.left);
	PKCS7_SIGNER_INFO *signer = token != NULL ? only_signer(token) : NULL;
	unsigned char *again = NULL;
	int size;
	bool same;

	if (signer == NULL || signer->unauth_attr != NULL ||
	    token->d.sign->crl != NULL ||
	    sk_X509_num(token->d.sign->cert) != 1 || !is_exact(token, signer))
		return NULL;
	size = i2d_PKCS7(token, &again);
	same = size > 0 && der_same(bytes, der_of(again, (size_t)size));
	OPENSSL_free(again);
	return same ? IH_GIVE(token) : NULL;
}

static bool
is_sound_digest(const X509_ALGOR *algorithm)
{
	int nid = OBJ_obj2nid(algorithm->algorithm);

	return nid == NID_sha256 || nid == NID_sha384 || nid == NID_sha512;
}

/* Signed by STAMPER over the digest of VALUE?  The time at which the
 * certificate must be valid is the token's, and asked apart. */
static bool
token_holds(PKCS7 *token, struct der value, X509 *stamper)
{
	IH_OWNED(TS_VERIFY_CTX) how = TS_VERIFY_CTX_new();
	const PKCS7_SIGNER_INFO *signer = only_signer(token);
	X509_STORE *store = X509_STORE_new();
	BIO *data = BIO_new_mem_buf(value.at, (int)value.left);

	if (how == NULL || store == NULL || data == NULL ||
	    X509_STORE_add_cert(store, stamper) != 1 ||
	    X509_STORE_set_flags(store,
		X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_NO_CHECK_TIME) != 1) {
		X509_STORE_free(store);
		BIO_free(data);
		return false;
	}
	/* Both belong to HOW from here on. */
	TS_VERIFY_CTX_set_store(how, store);
	TS_VERIFY_CTX_set_data(how, data);
	TS_VERIFY_CTX_set_flags(how,
	    TS_VFY_VERSION | TS_VFY_SIGNATURE | TS_VFY_DATA);
	return signer != NULL && is_sound_digest(signer->digest_alg) &&
	       TS_RESP_verify_token(how, token) == 1;
}

/* When, and by a digest of which kind. */
static bool
read_info(PKCS7 *token, int64_t *at)
{
	IH_OWNED(TS_TST_INFO) info = PKCS7_to_TS_TST_INFO(token);
	struct tm civil = { 0 };

	if (info == NULL ||
	    !is_sound_digest(
		TS_MSG_IMPRINT_get_algo(TS_TST_INFO_get_msg_imprint(info))) ||
	    ASN1_TIME_to_tm(TS_TST_INFO_get_time(info), &civil) != 1)
		return false;
	*at = (int64_t)timegm(&civil);
	return true;
}

/* ---- adding */

static bool
is_of(X509 *certificate, const PKCS7_SIGNER_INFO *signer)
{
	const PKCS7_ISSUER_AND_SERIAL *id = signer->issuer_and_serial;

	return X509_NAME_cmp(X509_get_issuer_name(certificate), id->issuer) ==
		   0 &&
	       ASN1_INTEGER_cmp(X509_get0_serialNumber(certificate),
		   id->serial) == 0;
}

/* Only what the authority signed, and its certificate once. */
static bool
strip(PKCS7 *token)
{
	PKCS7_SIGNER_INFO *signer = only_signer(token);
	STACK_OF(X509) *all = token->d.sign->cert;
	bool kept = false;

	if (signer == NULL)
		return false;
	for (int i = sk_X509_num(all) - 1; i >= 0; i--)
		if (!kept && is_of(sk_X509_value(all, i), signer))
			kept = true;
		else
			X509_free(sk_X509_delete(all, i));
	sk_X509_CRL_pop_free(token->d.sign->crl, X509_CRL_free);
	token->d.sign->crl = NULL;
	sk_X509_ATTRIBUTE_pop_free(signer->unauth_attr, X509_ATTRIBUTE_free);
	signer->unauth_attr = NULL;
	return kept;
}

/* The stripped token of a reply that grants one.  Caller owns. */
static struct ih_buffer *
token_of_reply(const void *reply, size_t size)
{
	const unsigned char *at = reply;
	IH_OWNED(TS_RESP)
	read = size <= IH_STAMP_MAX ? d2i_TS_RESP(NULL, &at, (long)size) : NULL;
	unsigned char *der = NULL;
	struct ih_buffer *token;
	int length;

	if (read == NULL || at != (const unsigned char *)reply + size ||
	    ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(
		TS_RESP_get_status_info(read))) > TS_STATUS_GRANTED_WITH_MODS ||
	    TS_RESP_get_token(read) == NULL ||
	    !PKCS7_type_is_signed(TS_RESP_get_token(read)) ||
	    !strip(TS_RESP_get_token(read)))
		return NULL;
	length = i2d_PKCS7(TS_RESP_get_token(read), &der);
	if (length <= 0)
		return NULL;
	token = ih_buffer_copy(der, (size_t)length);
	OPENSSL_free(der);
	return token;
}

static struct ih_buffer *
with_token(const void *signature, size_t size, const struct ih_buffer *token)
{
	IH_OWNED(CMS_ContentInfo) cms = cms_of(signature, size);
	CMS_SignerInfo *signer =
	    cms != NULL ?
		sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(cms), 0) :
		NULL;

	if (signer == NULL ||
	    CMS_unsigned_add1_attr_by_NID(signer,
		NID_id_smime_aa_timeStampToken, V_ASN1_SEQUENCE, token->data,
		(int)token->size) != 1)
		return NULL;
	return cms_bytes(cms);
}

static X509 *
its_certificate(const PKCS7 *token)
{
	return sk_X509_value(token->d.sign->cert, 0);
}

struct ih_buffer *
ih_stamp_add(const void *signature, size_t size, const void *reply,
    size_t reply_size, struct ih_error *err)
{
	struct signed_view view = { 0 };

	if (!ih_signature_view(signature, size, &view, err))
		return NULL;
	if (view.stamp.left > 0) {
		ih_fail_code(err, IH_STATE, "E_STAMPED", "%s", "");
		return NULL;
	}
	IH_OWNED(ih_buffer) bytes = token_of_reply(reply, reply_size);
	IH_OWNED(PKCS7)
	token =
	    bytes == NULL ? NULL : token_of(der_of(bytes->data, bytes->size));
	if (token == NULL || !ih_certificate_stamps(its_certificate(token))) {
		refuse(err, "no token, or not one that could be believed");
		return NULL;
	}
	if (!token_holds(token, view.value, its_certificate(token))) {
		refuse(err, "it is not of this signature");
		return NULL;
	}
	IH_OWNED(ih_buffer) stamped = with_token(signature, size, bytes);
	if (stamped == NULL) {
		ih_crypto_failed(err, "time stamp");
		return NULL;
	}
	/* What we would refuse, we do not make. */
	if (!ih_signature_screen(stamped->data, stamped->size, err))
		return NULL;
	return IH_GIVE(stamped);
}

/* ---- believing */

static bool
is_pinned(X509 *certificate, X509 *const stampers[], size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (X509_cmp(certificate, stampers[i]) == 0)
			return true;
	return false;
}

bool
ih_stamp_time(const void *signature, size_t size, X509 *const stampers[],
    size_t count, int64_t *at, struct ih_error *err)
{
	struct signed_view view = { 0 };
	int64_t said = 0;

	if (!ih_signature_view(signature, size, &view, err))
		return false;
	if (view.stamp.left == 0)
		return true;
	IH_OWNED(PKCS7) token = token_of(view.stamp);
	if (token == NULL || !read_info(token, &said))
		return refuse(err, "it is not as the profile has it");
	if (!is_pinned(its_certificate(token), stampers, count) ||
	    !ih_certificate_is_current(its_certificate(token), said))
		return ih_fail_code(err, IH_TRUST, "E_STAMP_UNKNOWN",
		    "time stamp: of an authority that the sender's trust "
		    "list does not name");
	if (!token_holds(token, view.value, its_certificate(token)))
		return refuse(err, "it does not hold");
	*at = said;
	return true;
}
