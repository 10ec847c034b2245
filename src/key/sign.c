/* This is where short statements are signed and checked. */
#include "ihala/sign.h"

#include <openssl/err.h>
#include <openssl/evp.h>

enum { PRIVATE = 32 };

IH_OWNER(EVP_PKEY, EVP_PKEY_free)
IH_OWNER(EVP_MD_CTX, EVP_MD_CTX_free)

static bool
no_library(struct ih_error *err)
{
	ERR_clear_error();
	return ih_fail(err, IH_SYSTEM, "libcrypto cannot sign");
}

static EVP_PKEY *
private_key(const struct ih_secret *private)
{
	return private->size == PRIVATE ?
		   EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL,
		       private->bytes, PRIVATE) :
		   NULL;
}

bool
ih_sign_public(const struct ih_secret *private,
    unsigned char public[static IH_SIGN_PUBLIC], struct ih_error *err)
{
	IH_OWNED(EVP_PKEY) key = private_key(private);
	size_t size = IH_SIGN_PUBLIC;

	if (key == NULL || EVP_PKEY_get_raw_public_key(key, public, &size) != 1)
		return no_library(err);
	return true;
}

bool
ih_sign(const struct ih_secret *private, const void *bytes, size_t size,
    unsigned char signature[static IH_SIGNATURE], struct ih_error *err)
{
	IH_OWNED(EVP_PKEY) key = private_key(private);
	IH_OWNED(EVP_MD_CTX) ctx = EVP_MD_CTX_new();
	size_t length = IH_SIGNATURE;

	if (key == NULL || ctx == NULL ||
	    EVP_DigestSignInit(ctx, NULL, NULL, NULL, key) != 1 ||
	    EVP_DigestSign(ctx, signature, &length, bytes, size) != 1 ||
	    length != IH_SIGNATURE)
		return no_library(err);
	return true;
}

bool
ih_sign_check(const unsigned char public[static IH_SIGN_PUBLIC],
    const void *bytes, size_t size,
    const unsigned char signature[static IH_SIGNATURE], struct ih_error *err)
{
	IH_OWNED(EVP_PKEY)
	key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, public,
	    IH_SIGN_PUBLIC);
	IH_OWNED(EVP_MD_CTX) ctx = EVP_MD_CTX_new();

	if (key == NULL || ctx == NULL ||
	    EVP_DigestVerifyInit(ctx, NULL, NULL, NULL, key) != 1 ||
	    EVP_DigestVerify(ctx, signature, IH_SIGNATURE, bytes, size) != 1) {
		ERR_clear_error();
		return ih_fail(err, IH_TRUST, "a signature does not hold");
	}
	return true;
}
