/* This is where key material lives. */
#include "ihala/secret.h"

#include <openssl/crypto.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>

#define SECRET_MAX ((size_t)64 << 10)
/* libcrypto's own: a few keys at a time, of at most some KiB. */
#define LIBRARY_HEAP ((size_t)256 << 10)
#define LIBRARY_LEAST ((size_t)32)

/* Of the process, as the memory is. */
static bool unlocked;

static _Noreturn void
stop(void)
{
	fputs("ihala: no memory for a key\n", stderr);
	abort();
}

void
ih_secret_start(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_MEMLOCK, &limit) == 0) {
		limit.rlim_cur = limit.rlim_max;
		(void)setrlimit(RLIMIT_MEMLOCK, &limit);
	}
	if (CRYPTO_secure_malloc_initialized() == 0 &&
	    CRYPTO_secure_malloc_init(LIBRARY_HEAP, LIBRARY_LEAST) != 1)
		unlocked = true;
}

void
ih_secret_guard(void *bytes, size_t size)
{
	if (mlock(bytes, size) != 0)
		unlocked = true;
}

bool
ih_secret_is_locked(void)
{
	return !unlocked;
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
	ih_secret_guard(secret->bytes, size);
	(void)madvise(secret->bytes, size, MADV_DONTDUMP);
	(void)madvise(secret->bytes, size, MADV_WIPEONFORK);
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
