/* This is where numbers are hidden in ways that cancel. */
#include "ihala/mask.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <string.h>

#include "agreed.h"

#define USE "ihala mask 1"

IH_OWNER(EVP_CIPHER_CTX, EVP_CIPHER_CTX_free)

static bool
no_key(struct ih_error *err)
{
	ERR_clear_error();
	return ih_fail_code(err, IH_TRUST, "E_MASK_KEY",
	    "both sealing keys have to be of one kind, p256 or p384");
}

/* The key of the masks: the same on both sides, so the lesser name first. */
static struct ih_secret *
key_of(const struct ih_pair *own, X509 *other, const char *less,
    const char *more, const char *context)
{
	IH_OWNED(ih_buffer) info = ih_buffer_new();
	IH_OWNED(ih_secret)
	point = agreed_point(own->key, X509_get0_pubkey(other));

	if (point == NULL)
		return NULL;
	ih_buffer_printf(info, USE "\n%s\n%s\n%s", less, more, context);
	return agreed_key(point, info);
}

/* COUNT masks, as bytes.  Caller owns. */
static struct ih_buffer *
masks_of(const struct ih_secret *key, size_t count)
{
	static const unsigned char first[16]; /* a key has one row */
	IH_OWNED(EVP_CIPHER_CTX) ctx = EVP_CIPHER_CTX_new();
	IH_OWNED(ih_buffer) masks = ih_buffer_new();
	int size = (int)(count * sizeof(uint64_t)), n = 0;

	ih_buffer_reserve(masks, (size_t)size);
	memset(masks->data, 0, (size_t)size);
	masks->size = (size_t)size;
	if (ctx == NULL ||
	    EVP_EncryptInit_ex(ctx, EVP_aes_256_ctr(), NULL, key->bytes,
		first) != 1 ||
	    EVP_EncryptUpdate(ctx, masks->data, &n, masks->data, size) != 1 ||
	    n != size)
		return NULL;
	return IH_GIVE(masks);
}

static uint64_t
mask_at(const unsigned char *bytes)
{
	uint64_t mask = 0;

	for (size_t i = 0; i < sizeof mask; i++)
		mask = mask << 8 | bytes[i];
	return mask;
}

bool
ih_mask(const struct ih_pair *own, X509 *other, const char *context,
    uint64_t *numbers, size_t count, struct ih_error *err)
{
	char mine[IH_DIGEST_TEXT], theirs[IH_DIGEST_TEXT];
	bool adds;

	ih_certificate_key(own->certificate, mine);
	ih_certificate_key(other, theirs);
	adds = strcmp(mine, theirs) < 0;
	IH_OWNED(ih_secret)
	key = strcmp(mine, theirs) == 0 ?
		  NULL :
		  key_of(own, other, adds ? mine : theirs, adds ? theirs : mine,
		      context);
	if (key == NULL)
		return no_key(err);
	IH_OWNED(ih_buffer)
	masks = count <= IH_MASK_MAX ? masks_of(key, count) : NULL;
	if (masks == NULL)
		return ih_crypto_failed(err, "mask numbers");
	for (size_t i = 0; i < count; i++) {
		uint64_t mask = mask_at(masks->data + i * sizeof mask);

		numbers[i] += adds ? mask : -mask;
	}
	return true;
}
