/* This is where libcrypto is asked once for what is used again and again. */
#include "fetched.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/params.h>
#include <pthread.h>

static struct {
	EVP_MD *sha256;
	EVP_CIPHER *aes_256_gcm;
	EVP_KDF *hkdf;
	EVP_MAC_CTX *hmac;
} fetched;

static pthread_once_t once = PTHREAD_ONCE_INIT;

static EVP_MAC_CTX *
keyless_hmac(void)
{
	char sha256[] = "SHA256";
	OSSL_PARAM params[] = {
		OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, sha256,
		    0),
		OSSL_PARAM_construct_end(),
	};
	EVP_MAC *mac = EVP_MAC_fetch(NULL, "HMAC", NULL);
	EVP_MAC_CTX *ctx = mac != NULL ? EVP_MAC_CTX_new(mac) : NULL;

	EVP_MAC_free(mac); /* the context has its own hold on it */
	if (ctx != NULL && EVP_MAC_CTX_set_params(ctx, params) != 1) {
		EVP_MAC_CTX_free(ctx);
		ctx = NULL;
	}
	return ctx;
}

static void
fetch(void)
{
	fetched.sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
	fetched.aes_256_gcm = EVP_CIPHER_fetch(NULL, "AES-256-GCM", NULL);
	fetched.hkdf = EVP_KDF_fetch(NULL, "HKDF", NULL);
	fetched.hmac = keyless_hmac();
	ERR_clear_error();
}

const EVP_MD *
ih_fetched_sha256(void)
{
	pthread_once(&once, fetch);
	return fetched.sha256;
}

const EVP_CIPHER *
ih_fetched_aes_256_gcm(void)
{
	pthread_once(&once, fetch);
	return fetched.aes_256_gcm;
}

EVP_KDF *
ih_fetched_hkdf(void)
{
	pthread_once(&once, fetch);
	return fetched.hkdf;
}

const EVP_MAC_CTX *
ih_fetched_hmac(void)
{
	pthread_once(&once, fetch);
	return fetched.hmac;
}
