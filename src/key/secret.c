/* This is where key material lives. */
#include "ihala/secret.h"

#include <openssl/crypto.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#define SECRET_MAX ((size_t)64 << 10)
/* libcrypto's own: a few keys at a time, of at most some KiB. */
#define LIBRARY_HEAP ((size_t)256 << 10)
#define LIBRARY_LEAST ((size_t)32)

/* Of the process, as the memory is. */
static bool unlocked;
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
	ih_secret_guard(bytes, room(size));
	(void)madvise(bytes, room(size), MADV_DONTDUMP);
	(void)madvise(bytes, room(size), MADV_WIPEONFORK);
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
