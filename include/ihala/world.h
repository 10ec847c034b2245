/*
 * world.h - time and chance, passed in, so that the same input gives the
 * same bytes.
 *
 * Nothing below src/cli reads a clock or asks the kernel for random bytes:
 * it is handed a world.  Keys and nonces are the one exception: they come
 * from libcrypto's own generator and can never be replayed.
 *
 * Source: getrandom(2), time(2); splitmix64 (Steele, Lea, Flood, 2014).
 */
#ifndef IHALA_WORLD_H
#define IHALA_WORLD_H

#include <stddef.h>
#include <stdint.h>

struct ih_world {
	int64_t now; /* seconds since 1970-01-01T00:00:00Z */
	void (*random)(void *state, void *out, size_t size);
	void *state; /* handed to random */
};

/* The real one: the clock as it is now, and getrandom(2). */
struct ih_world ih_world_real(void);

/* A world that repeats itself, for tests: NOW, and bytes grown from *SEED. */
struct ih_world ih_world_fixed(int64_t now, uint64_t *seed);

#endif
