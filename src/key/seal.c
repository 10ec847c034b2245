/* This is where bytes are sealed and opened. */
#include "ihala/seal.h"

#include <limits.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <stdbool.h>
#include <string.h>
#include <sys/random.h>

#include "fetched.h"

enum { VERSION = 1, NONCE = 12, TAG = 16, HEAD = 1 + NONCE };

_Static_assert(HEAD + TAG == IH_SEAL_MORE, "the layout is the header's");
_Static_assert(IH_SEAL_MAX < INT_MAX, "libcrypto counts in int");

IH_OWNER(EVP_CIPHER_CTX, EVP_CIPHER_CTX_free)

static struct ih_buffer *
no_library(struct ih_error *err)
{
	ERR_clear_error();
	ih_fail(err, IH_SYSTEM, "libcrypto cannot seal");
	return NULL;
}

static struct ih_buffer *
does_not_open(struct ih_error *err)
{
	ERR_clear_error();
	ih_fail(err, IH_TRUST,
	    "a seal does not hold: another key, or the bytes were changed");
	return NULL;
}

struct ih_buffer *
ih_seal(const unsigned char key[static IH_KEY], const void *binding,
    size_t binding_size, const void *bytes, size_t size, struct ih_error *err)
{
	IH_OWNED(ih_buffer) sealed = ih_buffer_new();
	IH_OWNED(EVP_CIPHER_CTX) ctx = EVP_CIPHER_CTX_new();
	unsigned char *out;
	int n = 0;

	if (size > IH_SEAL_MAX || binding_size > IH_SEAL_MAX) {
		ih_fail(err, IH_INPUT, "at most %zu bytes can be sealed",
		    IH_SEAL_MAX);
		return NULL;
	}
	ih_buffer_reserve(sealed, size + IH_SEAL_MORE);
	out = sealed->data;
	out[0] = VERSION;
	/* Libcrypto's own generator takes longer than the sealing. */
	if (ctx == NULL || getrandom(out + 1, NONCE, 0) != NONCE ||
	    EVP_EncryptInit_ex(ctx, ih_fetched_aes_256_gcm(), NULL, key,
		out + 1) != 1 ||
	    (binding_size > 0 && EVP_EncryptUpdate(ctx, NULL, &n, binding,
				     (int)binding_size) != 1) ||
	    (size > 0 && EVP_EncryptUpdate(ctx, out + HEAD, &n, bytes,
			     (int)size) != 1) ||
	    EVP_EncryptFinal_ex(ctx, out + HEAD + size, &n) != 1 ||
	    EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_GET_TAG, TAG,
		out + HEAD + size) != 1)
		return no_library(err);
	sealed->size = size + IH_SEAL_MORE;
	sealed->data[sealed->size] = '\0';
	return IH_GIVE(sealed);
}

struct ih_buffer *
ih_seal_open(const unsigned char key[static IH_KEY], const void *binding,
    size_t binding_size, const void *sealed, size_t size, struct ih_error *err)
{
	const unsigned char *in = sealed;
	unsigned char tag[TAG];
	int n = 0;

	if (size < IH_SEAL_MORE || size - IH_SEAL_MORE > IH_SEAL_MAX ||
	    in[0] != VERSION || binding_size > IH_SEAL_MAX)
		return does_not_open(err);
	IH_OWNED(ih_buffer) bytes = ih_buffer_new();
	IH_OWNED(EVP_CIPHER_CTX) ctx = EVP_CIPHER_CTX_new();
	size -= IH_SEAL_MORE;
	ih_buffer_reserve(bytes, size);
	/* Set at once, so that what was opened is wiped if the tag fails. */
	bytes->size = size;
	memcpy(tag, in + HEAD + size, TAG);
	if (ctx == NULL || EVP_DecryptInit_ex(ctx, ih_fetched_aes_256_gcm(),
			       NULL, key, in + 1) != 1)
		return no_library(err);
	if ((binding_size > 0 && EVP_DecryptUpdate(ctx, NULL, &n, binding,
				     (int)binding_size) != 1) ||
	    (size > 0 && EVP_DecryptUpdate(ctx, bytes->data, &n, in + HEAD,
			     (int)size) != 1) ||
	    EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_SET_TAG, TAG, tag) != 1 ||
	    EVP_DecryptFinal_ex(ctx, bytes->data + size, &n) != 1)
		return does_not_open(err);
	bytes->data[size] = '\0';
	return IH_GIVE(bytes);
}
