/* This is where key material lives. */
#include "ihala/secret.h"

#include <openssl/crypto.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define SECRET_MAX ((size_t)64 << 10)

static _Noreturn void
stop(void)
{
	fputs("ihala: no memory for a key\n", stderr);
	abort();
}

struct ih_secret *
ih_secret_new(size_t size)
{
	struct ih_secret *secret = calloc(1, sizeof *secret);
	void *bytes;

	if (secret == NULL || size == 0 || size > SECRET_MAX)
		stop();
	bytes = mmap(NULL, size, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (bytes == MAP_FAILED)
		stop();
	secret->bytes = bytes;
	secret->size = size;
	/* Best effort: a small RLIMIT_MEMLOCK must not stop the work. */
	(void)mlock(secret->bytes, size);
	(void)madvise(secret->bytes, size, MADV_DONTDUMP);
	return secret;
}

struct ih_secret *
ih_secret_copy(const void *bytes, size_t size)
{
	struct ih_secret *secret = ih_secret_new(size);

	memcpy(secret->bytes, bytes, size);
	return secret;
}

void
ih_secret_free(struct ih_secret *secret)
{
	if (secret == NULL)
		return;
	OPENSSL_cleanse(secret->bytes, secret->size);
	munmap(secret->bytes, secret->size); /* unlocks */
	free(secret);
}

bool
ih_secret_is(const struct ih_secret *secret, const void *bytes, size_t size)
{
	return secret->size == size &&
	       CRYPTO_memcmp(secret->bytes, bytes, size) == 0;
}
