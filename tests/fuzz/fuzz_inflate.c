/*
 * Any bytes as what deflate.h packed: what is unpacked here, zlib unpacks to
 * the same bytes; and what is packed here comes back.
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "../../src/exchange/deflate.h"
#include "../../src/exchange/inflate.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

enum { MOST = 1 << 16 };

/* How many bytes come of it; MOST + 1: not so many, or it is unsound. */
static size_t
by_zlib(unsigned char *out, const uint8_t *bytes, size_t size)
{
	z_stream z = { .next_in = (z_const Bytef *)(uintptr_t)bytes,
		.avail_in = (unsigned)size,
		.next_out = out,
		.avail_out = MOST };
	bool whole;

	assert(inflateInit2(&z, -MAX_WBITS) == Z_OK);
	whole = inflate(&z, Z_FINISH) == Z_STREAM_END && z.avail_in == 0;
	inflateEnd(&z);
	return whole ? MOST - z.avail_out : MOST + 1;
}

static void
unpack(const uint8_t *bytes, size_t size)
{
	static unsigned char expected[MOST];
	size_t count = by_zlib(expected, bytes, size);
	size_t wanted = count <= MOST ? count : size;
	unsigned char *out = malloc(wanted + 1); /* so that ASan sees its end */

	assert(out != NULL);
	if (inflate_into(out, wanted, bytes, size))
		assert(count <= MOST && memcmp(out, expected, count) == 0);
	if (wanted > 0)
		assert(!inflate_into(out, wanted - 1, bytes, size));
	free(out);
}

static void
pack_and_unpack(const uint8_t *bytes, size_t size)
{
	unsigned char *packed = malloc(size * 2 + 64);
	unsigned char *out = malloc(size + 1);
	size_t count;

	assert(packed != NULL && out != NULL);
	count = deflate_into(packed, size * 2 + 64, bytes, size);
	assert(count > 0 && inflate_into(out, size, packed, count));
	assert(memcmp(out, bytes, size) == 0);
	free(packed);
	free(out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	if (size <= MOST) {
		unpack(bytes, size);
		pack_and_unpack(bytes, size);
	}
	return 0;
}
