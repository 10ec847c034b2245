/* This is where two key pairs agree on a secret. */
#include "agreed.h"

#include <openssl/core_names.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include "fetched.h"
#include "ihala/seal.h"

IH_OWNER(EVP_PKEY_CTX, EVP_PKEY_CTX_free)
IH_OWNER(EVP_KDF_CTX, EVP_KDF_CTX_free)

struct ih_secret *
agreed_point(EVP_PKEY *mine, EVP_PKEY *theirs)
{
	IH_OWNED(EVP_PKEY_CTX) ctx = EVP_PKEY_CTX_new(mine, NULL);
	size_t size = 0;

	if (ctx == NULL || theirs == NULL || EVP_PKEY_derive_init(ctx) != 1 ||
	    EVP_PKEY_derive_set_peer(ctx, theirs) != 1 ||
	    EVP_PKEY_derive(ctx, NULL, &size) != 1)
		return NULL;
	IH_OWNED(ih_secret) point = ih_secret_new(size);
	if (EVP_PKEY_derive(ctx, point->bytes, &size) != 1 ||
	    size != point->size)
		return NULL;
	return IH_GIVE(point);
}

struct ih_secret *
agreed_key(const struct ih_secret *point, const struct ih_buffer *info)
{
	char sha256[] = "SHA256";
	const OSSL_PARAM params[] = {
		OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, sha256,
		    0),
		OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY,
		    point->bytes, point->size),
		OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO,
		    info->data, info->size),
		OSSL_PARAM_construct_end(),
	};
	IH_OWNED(EVP_KDF_CTX) ctx = EVP_KDF_CTX_new(ih_fetched_hkdf());
	IH_OWNED(ih_secret) key = ih_secret_new(IH_KEY);

	if (ctx == NULL || EVP_KDF_derive(ctx, key->bytes, IH_KEY, params) != 1)
		return NULL;
	return IH_GIVE(key);
}
