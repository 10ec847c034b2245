/* This is where key material lives. */
#include "ihala/secret.h"

#include <openssl/crypto.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define SECRET_MAX ((size_t)64 << 10)
#define PAGE ((size_t)4096)

/* Pages that were given back, wiped and still locked: locking one takes
 * longer than what most keys are used for. */
static struct {
	void *page[32];
	size_t count;
	pid_t owner; /* a child's pages are not locked */
} spare;

static _Noreturn void
stop(void)
{
	fputs("ihala: no memory for a key\n", stderr);
	abort();
}

/* Whole pages for SIZE bytes. */
static size_t
room(size_t size)
{
	return (size + PAGE - 1) / PAGE * PAGE;
}

static void *
take_spare(size_t size)
{
	if (spare.owner != getpid()) {
		spare.owner = getpid();
		spare.count = 0;
	}
	return size <= PAGE && spare.count > 0 ? spare.page[--spare.count] :
						 NULL;
}

static bool
give_spare(void *page, size_t size)
{
	if (size > PAGE || spare.owner != getpid() ||
	    spare.count == sizeof spare.page / sizeof spare.page[0])
		return false;
	spare.page[spare.count++] = page;
	return true;
}

static void *
map_locked(size_t size)
{
	void *bytes = mmap(NULL, room(size), PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (bytes == MAP_FAILED)
		stop();
	/* Best effort: a small RLIMIT_MEMLOCK must not stop the work. */
	(void)mlock(bytes, room(size));
	(void)madvise(bytes, room(size), MADV_DONTDUMP);
	return bytes;
}

struct ih_secret *
ih_secret_new(size_t size)
{
	struct ih_secret *secret = calloc(1, sizeof *secret);
	void *bytes;

	if (secret == NULL || size == 0 || size > SECRET_MAX)
		stop();
	bytes = take_spare(size);
	secret->bytes = bytes != NULL ? bytes : map_locked(size);
	secret->size = size;
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
	if (!give_spare(secret->bytes, secret->size))
		munmap(secret->bytes, room(secret->size)); /* unlocks */
	free(secret);
}

bool
ih_secret_is(const struct ih_secret *secret, const void *bytes, size_t size)
{
	return secret->size == size &&
	       CRYPTO_memcmp(secret->bytes, bytes, size) == 0;
}
