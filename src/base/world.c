/* This is where the clock is read and chance is asked. */
#include "ihala/world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

static void
ask_kernel(void *state, void *out, size_t size)
{
	unsigned char *bytes = out;

	(void)state;
	while (size > 0) {
		size_t want = size < 256 ? size : 256;

		/* Up to 256 bytes are given whole, and never fail. */
		if (getrandom(bytes, want, 0) != (ssize_t)want) {
			fputs("ihala: the kernel gives no random bytes\n",
			    stderr);
			abort();
		}
		bytes += want;
		size -= want;
	}
}

/* splitmix64 (Steele, Lea, Flood 2014): enough to make tests repeat. */
static void
grow(void *state, void *out, size_t size)
{
	uint64_t *seed = state;
	unsigned char *bytes = out;

	for (size_t i = 0; i < size; i++) {
		uint64_t z = (*seed += 0x9e3779b97f4a7c15u);

		z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
		z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
		bytes[i] = (unsigned char)((z ^ (z >> 31)) & 0xff);
	}
}

struct ih_world
ih_world_real(void)
{
	return (struct ih_world){ .now = time(NULL), .random = ask_kernel };
}

struct ih_world
ih_world_fixed(int64_t now, uint64_t *seed)
{
	return (struct ih_world){ .now = now, .random = grow, .state = seed };
}
