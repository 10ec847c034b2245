/*
 * secret.h - key material, kept out of swap and core dumps, wiped when it
 * goes.
 *
 * Each secret has pages of its own: locked in memory and left out of core
 * dumps where the system allows it (best effort: a limit on locked memory
 * does not stop the work).  A secret that cannot be allocated ends the
 * program.
 *
 * Source: mlock(2), madvise(2).
 */
#ifndef IHALA_SECRET_H
#define IHALA_SECRET_H

#include <stdbool.h>
#include <stddef.h>

#include "ihala/owned.h"

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
