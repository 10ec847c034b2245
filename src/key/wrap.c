/* This is where a key is handed to the holder of another key. */
#include "ihala/wrap.h"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/rand.h>
#include <string.h>

enum { VERSION = 1, HEAD = 1 + IH_WRAP_PUBLIC };

_Static_assert(HEAD + IH_KEY + IH_SEAL_MORE == IH_WRAPPED,
    "the layout is the header's");

IH_OWNER(EVP_PKEY, EVP_PKEY_free)
IH_OWNER(EVP_PKEY_CTX, EVP_PKEY_CTX_free)

static bool
no_library(struct ih_error *err)
{
	ERR_clear_error();
	return ih_fail(err, IH_SYSTEM, "libcrypto cannot make a key");
}

static bool
does_not_open(struct ih_error *err)
{
	ERR_clear_error();
	return ih_fail(err, IH_TRUST,
	    "a wrapped key does not open: it is for another holder or use, or"
	    " was changed");
}

static struct ih_secret *
random_secret(size_t size, struct ih_error *err)
{
	IH_OWNED(ih_secret) secret = ih_secret_new(size);

	if (RAND_priv_bytes(secret->bytes, (int)size) != 1) {
		no_library(err);
		return NULL;
	}
	return IH_GIVE(secret);
}

struct ih_secret *
ih_key_new(struct ih_error *err)
{
	return random_secret(IH_KEY, err);
}

static EVP_PKEY *
private_key(const struct ih_secret *private)
{
	return private->size == IH_KEY ?
		   EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, NULL,
		       private->bytes, IH_KEY) :
		   NULL;
}

bool
ih_wrap_public(const struct ih_secret *private,
    unsigned char public[static IH_WRAP_PUBLIC], struct ih_error *err)
{
	IH_OWNED(EVP_PKEY) key = private_key(private);
	size_t size = IH_WRAP_PUBLIC;

	if (key == NULL || EVP_PKEY_get_raw_public_key(key, public, &size) != 1)
		return no_library(err);
	return true;
}

struct ih_secret *
ih_wrap_new(unsigned char public[static IH_WRAP_PUBLIC], struct ih_error *err)
{
	/* Any 32 bytes are an X25519 private key (RFC 7748, section 5). */
	IH_OWNED(ih_secret) private = random_secret(IH_KEY, err);

	if (private == NULL || !ih_wrap_public(private, public, err))
		return NULL;
	return IH_GIVE(private);
}

/* The point both sides compute; libcrypto refuses the all-zero one. */
static struct ih_secret *
shared(const struct ih_secret *private, const unsigned char *public)
{
	IH_OWNED(EVP_PKEY) mine = private_key(private);
	IH_OWNED(EVP_PKEY)
	theirs = EVP_PKEY_new_raw_public_key(EVP_PKEY_X25519, NULL, public,
	    IH_WRAP_PUBLIC);
	IH_OWNED(EVP_PKEY_CTX)
	ctx = mine != NULL ? EVP_PKEY_CTX_new(mine, NULL) : NULL;
	IH_OWNED(ih_secret) secret = ih_secret_new(IH_KEY);
	size_t size = IH_KEY;

	if (ctx == NULL || theirs == NULL || EVP_PKEY_derive_init(ctx) != 1 ||
	    EVP_PKEY_derive_set_peer(ctx, theirs) != 1 ||
	    EVP_PKEY_derive(ctx, secret->bytes, &size) != 1 || size != IH_KEY)
		return NULL;
	return IH_GIVE(secret);
}

static struct ih_secret *
hkdf(const struct ih_secret *from, const struct ih_buffer *info)
{
	IH_OWNED(EVP_PKEY_CTX)
	ctx = EVP_PKEY_CTX_new_id(EVP_PKEY_HKDF, NULL);
	IH_OWNED(ih_secret) key = ih_secret_new(IH_KEY);
	size_t size = IH_KEY;

	if (ctx == NULL || EVP_PKEY_derive_init(ctx) != 1 ||
	    EVP_PKEY_CTX_set_hkdf_md(ctx, EVP_sha256()) != 1 ||
	    EVP_PKEY_CTX_set1_hkdf_key(ctx, from->bytes, (int)from->size) !=
		1 ||
	    EVP_PKEY_CTX_add1_hkdf_info(ctx, info->data, (int)info->size) !=
		1 ||
	    EVP_PKEY_derive(ctx, key->bytes, &size) != 1)
		return NULL;
	return IH_GIVE(key);
}

/* The key that seals, from one's own private key and the other's public. */
static struct ih_secret *
sealing_key(const struct ih_secret *private, const unsigned char *public,
    const char *context, const unsigned char *ephemeral,
    const unsigned char *holder)
{
	IH_OWNED(ih_secret) point = shared(private, public);
	IH_OWNED(ih_buffer) info = ih_buffer_new();

	if (point == NULL)
		return NULL;
	ih_buffer_text(info, "ihala wrap 1 ");
	ih_buffer_add(info, context, strlen(context) + 1);
	ih_buffer_add(info, ephemeral, IH_WRAP_PUBLIC);
	ih_buffer_add(info, holder, IH_WRAP_PUBLIC);
	return hkdf(point, info);
}

struct ih_buffer *
ih_wrap(const unsigned char public[static IH_WRAP_PUBLIC], const char *context,
    const struct ih_secret *key, struct ih_error *err)
{
	unsigned char head[HEAD] = { VERSION };
	IH_OWNED(ih_secret) ephemeral = ih_wrap_new(head + 1, err);

	if (ephemeral == NULL)
		return NULL;
	IH_OWNED(ih_secret)
	sealing = sealing_key(ephemeral, public, context, head + 1, public);
	if (sealing == NULL || key->size != IH_KEY) {
		ERR_clear_error();
		ih_fail(err, IH_TRUST, "a public key cannot be used");
		return NULL;
	}
	IH_OWNED(ih_buffer)
	sealed = ih_seal(sealing->bytes, context, strlen(context), key->bytes,
	    key->size, err);
	if (sealed == NULL)
		return NULL;
	IH_OWNED(ih_buffer) wrapped = ih_buffer_copy(head, sizeof head);
	ih_buffer_add(wrapped, sealed->data, sealed->size);
	return IH_GIVE(wrapped);
}

struct ih_secret *
ih_unwrap(const struct ih_secret *private, const char *context,
    const void *wrapped, size_t size, struct ih_error *err)
{
	const unsigned char *in = wrapped;
	unsigned char holder[IH_WRAP_PUBLIC];

	if (size != IH_WRAPPED || in[0] != VERSION) {
		does_not_open(err);
		return NULL;
	}
	if (!ih_wrap_public(private, holder, err))
		return NULL;
	IH_OWNED(ih_secret)
	sealing = sealing_key(private, in + 1, context, in + 1, holder);
	if (sealing == NULL) {
		does_not_open(err);
		return NULL;
	}
	IH_OWNED(ih_buffer)
	key = ih_seal_open(sealing->bytes, context, strlen(context), in + HEAD,
	    size - HEAD, err);
	if (key == NULL) {
		does_not_open(err);
		return NULL;
	}
	return ih_secret_copy(key->data, key->size);
}
