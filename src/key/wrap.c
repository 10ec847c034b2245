/* This is where a key is handed to the holder of another key. */
#include "ihala/wrap.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <stdlib.h>
#include <string.h>

#include "agreed.h"

enum { VERSION = 1, HEAD = 1 + IH_WRAP_PUBLIC };
enum { HOLDERS = 8 }; /* points kept: of the compartments, and a user */

_Static_assert(HEAD + IH_KEY + IH_SEAL_MORE == IH_WRAPPED,
    "the layout is the header's");

IH_OWNER(EVP_PKEY, EVP_PKEY_free)

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

/* The point shared with the holder of PUBLIC. */
static struct ih_secret *
shared(EVP_PKEY *mine, const unsigned char *public)
{
	IH_OWNED(EVP_PKEY)
	theirs = EVP_PKEY_new_raw_public_key(EVP_PKEY_X25519, NULL, public,
	    IH_WRAP_PUBLIC);

	return agreed_point(mine, theirs);
}

/* The key that seals, from the point that both compute. */
static struct ih_secret *
sealing_key(const struct ih_secret *point, const char *context,
    const unsigned char *ephemeral, const unsigned char *holder)
{
	IH_OWNED(ih_buffer) info = ih_buffer_new();

	ih_buffer_text(info, "ihala wrap 1 ");
	ih_buffer_add(info, context, strlen(context) + 1);
	ih_buffer_add(info, ephemeral, IH_WRAP_PUBLIC);
	ih_buffer_add(info, holder, IH_WRAP_PUBLIC);
	return agreed_key(point, info);
}

/* ---- wrapping */

struct ih_wrapper {
	EVP_PKEY *ephemeral;
	unsigned char head[HEAD];
	size_t count;
	struct {
		unsigned char public[IH_WRAP_PUBLIC];
		struct ih_secret *point;
	} holder[HOLDERS];
};

void
ih_wrapper_free(struct ih_wrapper *wrapper)
{
	if (wrapper == NULL)
		return;
	EVP_PKEY_free(wrapper->ephemeral);
	for (size_t i = 0; i < wrapper->count; i++)
		ih_secret_free(wrapper->holder[i].point);
	free(wrapper);
}

struct ih_wrapper *
ih_wrapper_new(struct ih_error *err)
{
	size_t size = IH_WRAP_PUBLIC;
	IH_OWNED(ih_secret) private = random_secret(IH_KEY, err);
	IH_OWNED(ih_wrapper) wrapper = calloc(1, sizeof *wrapper);

	if (wrapper == NULL)
		abort();
	if (private == NULL)
		return NULL;
	wrapper->head[0] = VERSION;
	wrapper->ephemeral = private_key(private);
	if (wrapper->ephemeral == NULL ||
	    EVP_PKEY_get_raw_public_key(wrapper->ephemeral, wrapper->head + 1,
		&size) != 1) {
		no_library(err);
		return NULL;
	}
	return IH_GIVE(wrapper);
}

/* The point shared with the holder of PUBLIC, computed once.  One more than
 * there is room for takes the last one's place. */
static const struct ih_secret *
point_of(struct ih_wrapper *wrapper, const unsigned char *public)
{
	struct ih_secret *point;
	size_t at = 0;

	for (; at < wrapper->count; at++)
		if (memcmp(wrapper->holder[at].public, public,
			IH_WRAP_PUBLIC) == 0)
			return wrapper->holder[at].point;
	point = shared(wrapper->ephemeral, public);
	if (point == NULL)
		return NULL;
	if (at == HOLDERS)
		ih_secret_free(wrapper->holder[--at].point);
	memcpy(wrapper->holder[at].public, public, IH_WRAP_PUBLIC);
	wrapper->holder[at].point = point;
	wrapper->count = at + 1;
	return point;
}

struct ih_buffer *
ih_wrapper_wrap(struct ih_wrapper *wrapper,
    const unsigned char public[static IH_WRAP_PUBLIC], const char *context,
    const struct ih_secret *key, struct ih_error *err)
{
	const struct ih_secret *point = point_of(wrapper, public);
	IH_OWNED(ih_secret)
	sealing = point != NULL ?
		      sealing_key(point, context, wrapper->head + 1, public) :
		      NULL;

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
	IH_OWNED(ih_buffer) wrapped = ih_buffer_copy(wrapper->head, HEAD);
	ih_buffer_add(wrapped, sealed->data, sealed->size);
	return IH_GIVE(wrapped);
}

struct ih_buffer *
ih_wrap(const unsigned char public[static IH_WRAP_PUBLIC], const char *context,
    const struct ih_secret *key, struct ih_error *err)
{
	IH_OWNED(ih_wrapper) once = ih_wrapper_new(err);

	return once != NULL ? ih_wrapper_wrap(once, public, context, key, err) :
			      NULL;
}

/* ---- unwrapping */

struct ih_secret *
ih_unwrap(const struct ih_secret *private, const char *context,
    const void *wrapped, size_t size, struct ih_error *err)
{
	const unsigned char *in = wrapped;
	unsigned char holder[IH_WRAP_PUBLIC];
	size_t length = IH_WRAP_PUBLIC;

	if (size != IH_WRAPPED || in[0] != VERSION) {
		does_not_open(err);
		return NULL;
	}
	IH_OWNED(EVP_PKEY) mine = private_key(private);
	if (mine == NULL ||
	    EVP_PKEY_get_raw_public_key(mine, holder, &length) != 1) {
		no_library(err);
		return NULL;
	}
	IH_OWNED(ih_secret) point = shared(mine, in + 1);
	IH_OWNED(ih_secret)
	sealing =
	    point != NULL ? sealing_key(point, context, in + 1, holder) : NULL;
	IH_OWNED(ih_buffer)
	key = sealing != NULL ?
		  ih_seal_open(sealing->bytes, context, strlen(context),
		      in + HEAD, size - HEAD, err) :
		  NULL;
	if (key == NULL) {
		does_not_open(err);
		return NULL;
	}
	return ih_secret_copy(key->data, key->size);
}
