/* This is where an officer's key is read, and found among those admitted. */
#include "ihala/officer.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/arena.h"
#include "token.h"

#define FILE_MAX (64u << 10) /* bytes of a key file: ours have 4000 */

/* What a key file may ask for before its passphrase is known to be right: the
 * file says so itself.  Ours ask for an eighth of the first. */
#define SCRYPT_MOST (UINT64_C(1) << 23) /* N times r times p */
#define PBKDF2_MOST UINT64_C(2000000)   /* rounds */

IH_OWNER(BIO, BIO_free_all)
IH_OWNER(X509, X509_free)
IH_OWNER(X509_SIG, X509_SIG_free)
IH_OWNER(PKCS8_PRIV_KEY_INFO, PKCS8_PRIV_KEY_INFO_free)
IH_OWNER(PBE2PARAM, PBE2PARAM_free)
IH_OWNER(PBKDF2PARAM, PBKDF2PARAM_free)
IH_OWNER(SCRYPT_PARAMS, SCRYPT_PARAMS_free)

static int
give_nothing(char *text, int size, int writing, void *with)
{
	(void)text, (void)size, (void)writing, (void)with;
	return -1;
}

/* COST times NUMBER.  False: that is more than MOST. */
static bool
costs(uint64_t *cost, const ASN1_INTEGER *number, uint64_t most)
{
	uint64_t value = 0;

	if (ASN1_INTEGER_get_uint64(&value, number) != 1 || value == 0 ||
	    value > most / *cost)
		return false;
	*cost *= value;
	return true;
}

static bool
is_scrypt(const X509_ALGOR *how)
{
	IH_OWNED(SCRYPT_PARAMS)
	p = ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(SCRYPT_PARAMS),
	    how->parameter);
	uint64_t cost = 1;

	return OBJ_obj2nid(how->algorithm) == NID_id_scrypt && p != NULL &&
	       costs(&cost, p->costParameter, SCRYPT_MOST) &&
	       costs(&cost, p->blockSize, SCRYPT_MOST) &&
	       costs(&cost, p->parallelizationParameter, SCRYPT_MOST);
}

static bool
is_pbkdf2(const X509_ALGOR *how)
{
	IH_OWNED(PBKDF2PARAM)
	p = ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(PBKDF2PARAM),
	    how->parameter);
	uint64_t cost = 1;

	return OBJ_obj2nid(how->algorithm) == NID_id_pbkdf2 && p != NULL &&
	       costs(&cost, p->iter, PBKDF2_MOST);
}

static bool
is_affordable(const X509_SIG *sealed)
{
	const X509_ALGOR *how;

	X509_SIG_get0(sealed, &how, NULL);
	if (OBJ_obj2nid(how->algorithm) != NID_pbes2)
		return false;
	IH_OWNED(PBE2PARAM)
	scheme = ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(PBE2PARAM),
	    how->parameter);
	return scheme != NULL &&
	       (is_scrypt(scheme->keyfunc) || is_pbkdf2(scheme->keyfunc));
}

static EVP_PKEY *
read_key(BIO *in, const char *passphrase)
{
	IH_OWNED(X509_SIG) sealed =
	    PEM_read_bio_PKCS8(in, NULL, give_nothing, NULL);

	if (sealed == NULL || !is_affordable(sealed))
		return NULL;
	IH_OWNED(PKCS8_PRIV_KEY_INFO)
	plain = PKCS8_decrypt(sealed, passphrase, (int)strlen(passphrase));
	return plain != NULL ? EVP_PKCS82PKEY(plain) : NULL;
}

static bool
read_pair(BIO *in, const char *passphrase, struct ih_pair *pair)
{
	pair->certificate = PEM_read_bio_X509(in, NULL, give_nothing, NULL);
	pair->key = read_key(in, passphrase);
	return pair->key != NULL && pair->certificate != NULL &&
	       X509_check_private_key(pair->certificate, pair->key) == 1;
}

struct ih_officer *
ih_officer_load(const void *bytes, size_t size, const char *passphrase,
    struct ih_error *err)
{
	IH_OWNED(ih_officer) officer = ih_zeroed(sizeof *officer);
	IH_OWNED(BIO)
	in = size <= FILE_MAX ? BIO_new_mem_buf(bytes, (int)size) : NULL;
	bool read = in != NULL && read_pair(in, passphrase, &officer->pair);

	ERR_clear_error();
	if (!read) {
		ih_fail_code(err, IH_DENIED, "E_OFFICER_KEY", "%s", "");
		return NULL;
	}
	return IH_GIVE(officer);
}

struct ih_officer *
ih_officer_on_token(const char *uri, const char *pin, struct ih_error *err)
{
	IH_OWNED(ih_officer) officer = ih_zeroed(sizeof *officer);

	officer->token = ih_token_open(uri, pin, err);
	if (officer->token == NULL)
		return NULL;
	officer->pair.key = ih_token_key(officer->token);
	EVP_PKEY_up_ref(officer->pair.key);
	return IH_GIVE(officer);
}

/* By what is written of them: libcrypto does not compare the key of a token
 * with any other. */
static bool
same_key(EVP_PKEY *a, EVP_PKEY *b)
{
	unsigned char *one = NULL, *other = NULL;
	int size = i2d_PUBKEY(a, &one);
	bool same = size > 0 && i2d_PUBKEY(b, &other) == size &&
		    memcmp(one, other, (size_t)size) == 0;

	OPENSSL_free(one);
	OPENSSL_free(other);
	ERR_clear_error();
	return same;
}

bool
ih_officer_find(struct ih_officer *officer, X509 *const admitted[],
    size_t count, struct ih_error *err)
{
	for (size_t i = 0; i < count; i++) {
		if (!same_key(X509_get0_pubkey(admitted[i]), officer->pair.key))
			continue;
		X509_free(officer->pair.certificate);
		officer->pair.certificate = admitted[i];
		X509_up_ref(admitted[i]);
		return true;
	}
	return ih_fail_code(err, IH_TRUST, "E_OFFICER_UNKNOWN", "%s", "");
}

void
ih_officer_free(struct ih_officer *officer)
{
	if (officer == NULL)
		return;
	ih_pair_free(&officer->pair);
	ih_token_free(officer->token);
	free(officer);
}

/* ---- the certificates of all */

static bool
add_to(X509 *list[], size_t *count, size_t most, X509 *certificate,
    struct ih_error *err)
{
	if (*count == most)
		return ih_fail(err, IH_STATE,
		    "at most %zu certificates of that use", most);
	for (size_t i = 0; i < *count; i++)
		if (same_key(X509_get0_pubkey(list[i]),
			X509_get0_pubkey(certificate)))
			return ih_fail_code(err, IH_STATE, "E_OFFICER_THERE",
			    "%s", "");
	X509_up_ref(certificate);
	list[(*count)++] = certificate;
	return true;
}

bool
ih_officers_add(struct ih_officers *officers, X509 *certificate,
    struct ih_error *err)
{
	return ih_certificate_stamps(certificate) ?
		   add_to(officers->stampers, &officers->stamper_count,
		       IH_STAMPERS, certificate, err) :
		   add_to(officers->list, &officers->count,
		       IH_OFFICERS_ADMITTED, certificate, err);
}

/* False: a certificate that is not one, or not of this office. */
static bool
read_all(BIO *in, const char *committee, struct ih_officers *officers,
    struct ih_error *err)
{
	for (;;) {
		IH_OWNED(X509)
		certificate = PEM_read_bio_X509(in, NULL, give_nothing, NULL);

		if (certificate == NULL)
			return ERR_GET_REASON(ERR_peek_last_error()) ==
			       PEM_R_NO_START_LINE;
		if ((!ih_certificate_is(certificate, committee,
			 IH_USE_SIGNING) &&
			!ih_certificate_stamps(certificate)) ||
		    !ih_officers_add(officers, certificate, err))
			return false;
	}
}

struct ih_officers *
ih_officers_read(const char *committee, const void *bytes, size_t size,
    struct ih_error *err)
{
	IH_OWNED(ih_officers) officers = ih_zeroed(sizeof *officers);
	IH_OWNED(BIO)
	in = size <= FILE_MAX ? BIO_new_mem_buf(bytes, (int)size) : NULL;
	bool read = in != NULL && read_all(in, committee, officers, err);

	ERR_clear_error();
	if (!read) {
		ih_fail_code(err, IH_INPUT, "E_OFFICER_CERTIFICATE", "%s", "");
		return NULL;
	}
	return IH_GIVE(officers);
}

struct ih_buffer *
ih_officers_save(const struct ih_officers *officers, struct ih_error *err)
{
	IH_OWNED(BIO) out = BIO_new(BIO_s_mem());
	bool put = out != NULL;
	char *bytes = NULL;
	long size;

	for (size_t i = 0; i < officers->count && put; i++)
		put = PEM_write_bio_X509(out, officers->list[i]) == 1;
	for (size_t i = 0; i < officers->stamper_count && put; i++)
		put = PEM_write_bio_X509(out, officers->stampers[i]) == 1;
	if (!put) {
		ih_crypto_failed(err, "save the officers' certificates");
		return NULL;
	}
	size = BIO_get_mem_data(out, &bytes);
	return ih_buffer_copy(bytes != NULL ? bytes : "", (size_t)size);
}

void
ih_officers_free(struct ih_officers *officers)
{
	if (officers == NULL)
		return;
	for (size_t i = 0; i < officers->count; i++)
		X509_free(officers->list[i]);
	for (size_t i = 0; i < officers->stamper_count; i++)
		X509_free(officers->stampers[i]);
	free(officers);
}
