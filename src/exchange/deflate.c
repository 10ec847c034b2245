/* This is where bytes are packed, always in the same way. */
#include "deflate.h"

#include <stdint.h>
#include <string.h>

enum {
	LAST_BLOCK = 1,
	FIXED_CODES = 1,
	END_OF_BLOCK = 256,
	SYMBOLS = 288,
	LENGTHS = 257, /* the symbol of the shortest match, of 3 */
	LONGEST = 258, /* its symbol has no extra bits */
	LEAST = 4,     /* bytes of a match that is looked for */
	FARTHEST = 32768,
	PLACES = 1 << 12 /* where four bytes stood last, by their hash */
};

struct code {
	uint16_t bits; /* the first to be written is the lowest */
	uint16_t size;
};

struct packer {
	const unsigned char *bytes;
	size_t size;
	unsigned char *out, *end;
	uint64_t bits; /* that are not a byte yet */
	unsigned count;
	struct code codes[SYMBOLS];
	uint32_t places[PLACES]; /* and one: 0 is none */
};

/* ---- Codes: Huffman's are packed from the highest bit on, numbers from the
 * lowest. */

static unsigned
reversed(unsigned bits, unsigned size)
{
	static const unsigned char four[] = { 0, 8, 4, 12, 2, 10, 6, 14, 1, 9,
		5, 13, 3, 11, 7, 15 };
	unsigned twelve = (unsigned)four[bits & 15] << 8 |
			  (unsigned)four[bits >> 4 & 15] << 4 |
			  four[bits >> 8 & 15];

	return twelve >> (12 - size);
}

static void
make_codes(struct code codes[static SYMBOLS])
{
	static const struct {
		unsigned first, code, size;
	} runs[] = { { 0, 0x30, 8 }, { 144, 0x190, 9 }, { 256, 0, 7 },
		{ 280, 0xc0, 8 }, { SYMBOLS, 0, 0 } };

	for (size_t i = 0; runs[i].first < SYMBOLS; i++)
		for (unsigned s = runs[i].first; s < runs[i + 1].first; s++)
			codes[s] =
			    (struct code){ (uint16_t)reversed(runs[i].code + s -
								  runs[i].first,
					       runs[i].size),
				    (uint16_t)runs[i].size };
}

/* What does not fit any more is not written: see deflate_into(). */
static void
put_bytes(struct packer *p, unsigned count)
{
	for (; count > 0; count--, p->bits >>= 8, p->count -= 8) {
		if (p->out < p->end)
			*p->out = (unsigned char)p->bits;
		p->out++;
	}
}

static void
put(struct packer *p, unsigned bits, unsigned size)
{
	p->bits |= (uint64_t)bits << p->count;
	p->count += size;
	if (p->count >= 32)
		put_bytes(p, 4);
}

static void
put_symbol(struct packer *p, unsigned symbol)
{
	put(p, p->codes[symbol].bits, p->codes[symbol].size);
}

static unsigned
log_of(unsigned number)
{
	return 31 - (unsigned)__builtin_clz(number);
}

/* Four symbols for each number of extra bits. */
static void
put_length(struct packer *p, unsigned length)
{
	unsigned over = length - 3, extra;

	if (length == LONGEST) {
		put_symbol(p, LENGTHS + 28);
	} else if (over < 8) {
		put_symbol(p, LENGTHS + over);
	} else {
		extra = log_of(over) - 2;
		put_symbol(p, LENGTHS + 4 * extra + (over >> extra));
		put(p, over & ((1u << extra) - 1), extra);
	}
}

/* Two symbols for each number of extra bits. */
static void
put_distance(struct packer *p, unsigned distance)
{
	unsigned over = distance - 1, extra;

	if (over < 4) {
		put(p, reversed(over, 5), 5);
	} else {
		extra = log_of(over) - 1;
		put(p, reversed(2 * extra + (over >> extra), 5), 5);
		put(p, over & ((1u << extra) - 1), extra);
	}
}

/* ---- Matches. */

static uint32_t *
place_of(struct packer *p, size_t at)
{
	uint32_t four;

	four = (uint32_t)p->bytes[at] | (uint32_t)p->bytes[at + 1] << 8 |
	       (uint32_t)p->bytes[at + 2] << 16 |
	       (uint32_t)p->bytes[at + 3] << 24;
	return &p->places[four * 2654435761u >> 20];
}

static size_t
match(const struct packer *p, size_t from, size_t at)
{
	size_t most = p->size - at, length = 0;

	if (most > LONGEST)
		most = LONGEST;
	while (
	    length < most && p->bytes[from + length] == p->bytes[at + length])
		length++;
	return length;
}

/* What stands AT, packed: how many bytes. */
static size_t
pack(struct packer *p, size_t at)
{
	uint32_t *place = place_of(p, at);
	size_t from = *place, length = 0;

	*place = (uint32_t)at + 1;
	if (from != 0 && at - (from - 1) <= FARTHEST)
		length = match(p, from - 1, at);
	if (length < LEAST) {
		put_symbol(p, p->bytes[at]);
		return 1;
	}
	put_length(p, (unsigned)length);
	put_distance(p, (unsigned)(at - (from - 1)));
	if (at + 1 + LEAST <= p->size)
		*place_of(p, at + 1) = (uint32_t)at + 2;
	return length;
}

size_t
deflate_into(unsigned char *out, size_t room, const void *bytes, size_t size)
{
	struct packer p = { .bytes = bytes,
		.size = size,
		.out = out,
		.end = out + room };
	size_t at = 0;

	if (size >= UINT32_MAX)
		return 0;
	make_codes(p.codes);
	put(&p, LAST_BLOCK, 1);
	put(&p, FIXED_CODES, 2);
	while (at + LEAST <= size && p.out < p.end)
		at += pack(&p, at);
	while (at < size && p.out < p.end)
		put_symbol(&p, p.bytes[at++]);
	put_symbol(&p, END_OF_BLOCK);
	put(&p, 0, 7); /* to the end of the byte */
	put_bytes(&p, p.count / 8);
	return at == size && p.out <= p.end ? (size_t)(p.out - out) : 0;
}
