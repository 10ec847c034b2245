/* This is where a passphrase becomes a key. */
#include "ihala/passphrase.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <string.h>

#include "ihala/seal.h"

enum { VERSION = 1, SALT = 16, HEAD = 4 + SALT };

#define SECRET_MAX ((size_t)64 << 10) /* bytes: as secret.h */

/* Characters of UTF-8 are its bytes less the continuation bytes. */
static size_t
characters(const char *text)
{
	size_t count = 0;

	for (; *text != '\0'; text++)
		count += ((unsigned char)*text & 0xc0) != 0x80;
	return count;
}

static bool
is_between(struct ih_cost cost, struct ih_cost least, struct ih_cost most)
{
	return cost.log_n >= least.log_n && cost.r >= least.r &&
	       cost.p >= least.p && cost.log_n <= most.log_n &&
	       cost.r <= most.r && cost.p <= most.p;
}

static struct ih_secret *
derive(const char *passphrase, const unsigned char head[static HEAD],
    struct ih_error *err)
{
	IH_OWNED(ih_secret) key = ih_secret_new(IH_KEY);
	const uint64_t n = (uint64_t)1 << head[1];

	if (EVP_PBE_scrypt(passphrase, strlen(passphrase), head + 4, SALT, n,
		head[2], head[3], 0, key->bytes, IH_KEY) != 1) {
		ERR_clear_error();
		ih_fail(err, IH_SYSTEM, "libcrypto cannot compute scrypt");
		return NULL;
	}
	return IH_GIVE(key);
}

/* What is bound into the seal: the head and the context. */
static struct ih_buffer *
binding(const unsigned char head[static HEAD], const char *context)
{
	IH_OWNED(ih_buffer) bound = ih_buffer_copy(head, HEAD);

	ih_buffer_text(bound, context);
	return IH_GIVE(bound);
}

struct ih_buffer *
ih_passphrase_seal(const char *passphrase, struct ih_cost cost,
    const char *context, const void *bytes, size_t size, struct ih_error *err)
{
	unsigned char head[HEAD] = { VERSION, cost.log_n, cost.r, cost.p };

	if (characters(passphrase) < IH_PASSPHRASE_LEAST) {
		ih_fail_code(err, IH_USAGE, "E_PASSPHRASE_SHORT",
		    "at least %d characters", IH_PASSPHRASE_LEAST);
		return NULL;
	}
	if (strlen(passphrase) > IH_PASSPHRASE_MOST || size == 0 ||
	    size > SECRET_MAX ||
	    !is_between(cost, (struct ih_cost){ 1, 1, 1 }, IH_COST_MOST)) {
		ih_fail(err, IH_USAGE, "passphrase, cost or secret too large");
		return NULL;
	}
	if (RAND_bytes(head + 4, SALT) != 1) {
		ERR_clear_error();
		ih_fail(err, IH_SYSTEM, "libcrypto gives no random bytes");
		return NULL;
	}
	IH_OWNED(ih_secret) key = derive(passphrase, head, err);
	if (key == NULL)
		return NULL;
	IH_OWNED(ih_buffer) bound = binding(head, context);
	IH_OWNED(ih_buffer)
	inner = ih_seal(key->bytes, bound->data, bound->size, bytes, size, err);
	if (inner == NULL)
		return NULL;
	IH_OWNED(ih_buffer) sealed = ih_buffer_copy(head, HEAD);
	ih_buffer_add(sealed, inner->data, inner->size);
	return IH_GIVE(sealed);
}

struct ih_secret *
ih_passphrase_open(const char *passphrase, struct ih_cost least,
    const char *context, const void *sealed, size_t size, struct ih_error *err)
{
	const unsigned char *head = sealed;
	struct ih_cost cost;

	if (size <= HEAD + IH_SEAL_MORE ||
	    size > HEAD + IH_SEAL_MORE + SECRET_MAX || head[0] != VERSION) {
		ih_fail(err, IH_TRUST, "no secret under a passphrase");
		return NULL;
	}
	cost = (struct ih_cost){ head[1], head[2], head[3] };
	if (!is_between(cost, least, IH_COST_MOST)) {
		ih_fail(err, IH_TRUST,
		    "a secret's passphrase is protected at a cost that is"
		    " refused here");
		return NULL;
	}
	if (strlen(passphrase) > IH_PASSPHRASE_MOST) {
		ih_fail_code(err, IH_DENIED, "E_PASSPHRASE", "too long");
		return NULL;
	}
	IH_OWNED(ih_secret) key = derive(passphrase, head, err);
	if (key == NULL)
		return NULL;
	IH_OWNED(ih_buffer) bound = binding(head, context);
	IH_OWNED(ih_buffer)
	inner = ih_seal_open(key->bytes, bound->data, bound->size, head + HEAD,
	    size - HEAD, err);
	if (inner == NULL) {
		ih_fail_code(err, IH_DENIED, "E_PASSPHRASE", "not opened");
		return NULL;
	}
	return ih_secret_copy(inner->data, inner->size);
}
