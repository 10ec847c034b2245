/* This is where a key leaves for a reader that is not Ihala. */
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <string.h>

#include "ihala/certificate.h"

IH_OWNER(BIO, BIO_free_all)
IH_OWNER(PKCS8_PRIV_KEY_INFO, PKCS8_PRIV_KEY_INFO_free)
IH_OWNER(X509_SIG, X509_SIG_free)

/* OpenSSL caps scrypt at 32 MiB: p is raised, not N. */
static X509_SIG *
under_passphrase(EVP_PKEY *key, const char *passphrase)
{
	IH_OWNED(PKCS8_PRIV_KEY_INFO) plain = EVP_PKEY2PKCS8(key);
	X509_ALGOR *scheme = PKCS5_pbe2_set_scrypt(EVP_aes_256_cbc(), NULL, 0,
	    NULL, 16384, 8, 8);

	if (plain == NULL || scheme == NULL)
		return NULL;
	/* The scheme belongs to the result from here on. */
	return PKCS8_set0_pbe(passphrase, (int)strlen(passphrase), plain,
	    scheme);
}

struct ih_buffer *
ih_pair_export(const struct ih_pair *pair, const char *passphrase,
    struct ih_error *err)
{
	IH_OWNED(BIO) out = BIO_new(BIO_s_mem());
	IH_OWNED(X509_SIG) sealed = under_passphrase(pair->key, passphrase);
	char *bytes = NULL;
	long size;

	if (out == NULL || sealed == NULL ||
	    PEM_write_bio_X509(out, pair->certificate) != 1 ||
	    PEM_write_bio_PKCS8(out, sealed) != 1) {
		ERR_clear_error();
		ih_fail(err, IH_SYSTEM, "the key cannot be exported");
		return NULL;
	}
	size = BIO_get_mem_data(out, &bytes);
	return ih_buffer_copy(bytes, (size_t)size);
}

struct ih_buffer *
ih_office_export(const struct ih_office *office, enum ih_use use,
    const char *passphrase, struct ih_error *err)
{
	return ih_pair_export(&office->pair[use], passphrase, err);
}
