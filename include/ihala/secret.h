/*
 * secret.h - key material, kept out of swap and core dumps, wiped when it
 * goes.
 *
 * Each secret has pages of its own: locked in memory, left out of core dumps,
 * and zero in a child that reads what strangers wrote.  Where the system
 * locks too little memory the work goes on, and ih_secret_is_locked() says
 * so: an office that cannot raise the limit must still reach a person in
 * danger.  A secret that cannot be allocated ends the program.
 *
 * Source: mlock(2), madvise(2), getrlimit(2), OPENSSL_secure_malloc(3).
 */
#ifndef IHALA_SECRET_H
#define IHALA_SECRET_H

#include <stdbool.h>
#include <stddef.h>

#include "ihala/owned.h"

/*
 * Before the first secret: the limit of locked memory is raised as far as may
 * be, and libcrypto is given locked memory for its own copies of keys.
 */
void ih_secret_start(void);

/* Lock SIZE BYTES that are not a secret's own (what is being typed), for as
 * long as the program runs. */
void ih_secret_guard(void *bytes, size_t size);

/* Was all that had to be locked?  False from the first time it was not. */
bool ih_secret_is_locked(void);

typedef struct ih_secret {
	unsigned char *bytes; /* never NULL */
	size_t size;
} ih_secret;

/* SIZE zero bytes, at most 64 KiB.  The caller owns it. */
struct ih_secret *ih_secret_new(size_t size);
/* A copy of SIZE BYTES; the caller wipes its own.  The caller owns it. */
struct ih_secret *ih_secret_copy(const void *bytes, size_t size);
void ih_secret_free(struct ih_secret *secret); /* wiped; NULL is fine */

/* Are they the same?  Takes the same time wherever they differ. */
bool
ih_secret_is(const struct ih_secret *secret, const void *bytes, size_t size);

IH_OWNER(ih_secret, ih_secret_free)

#endif
