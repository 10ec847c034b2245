/* This is where what was packed here is unpacked. */
#include "inflate.h"

#include <endian.h>
#include <pthread.h>
#include <stdint.h>
#include <string.h>

enum {
	HEAD = 3,      /* the last block, and fixed codes: the bits 1, 1, 0 */
	HEAD_BITS = 3, /* how many these are */
	LONGEST = 9,   /* bits of a code */
	CODES = 1 << LONGEST,
	END_OF_BLOCK = 256,
	LENGTHS = 257,     /* the symbol of the shortest match, of 3 */
	LENGTH_CODES = 29, /* the last is a match of 258; two more are none */
	DISTANCE_BITS = 5, /* of a code */
	DISTANCES = 30,    /* two more are none */
	MATCH_BITS = 32    /* 8 and 5 of a length, 5 and 13 of a distance: 31 */
};

/* What the next bits mean, in one word: how many the code has, and how many
 * are added to VALUE behind it.  0: no code is so. */
enum {
	SIZE_MASK = 15,
	EXTRA_AT = 4,
	BYTE = 1 << 8,
	END = 1 << 9,
	VALUE_AT = 16
};

static uint32_t symbols[CODES], distances[1 << DISTANCE_BITS];

/* ---- RFC 1951, 3.2.5 and 3.2.6, as tables */

static unsigned
reversed(unsigned bits, unsigned size)
{
	unsigned out = 0;

	for (; size > 0; size--, bits >>= 1)
		out = out << 1 | (bits & 1);
	return out;
}

/* What GROUP symbols have the same number of extra bits for, from twice that
 * many on, and what the first of them is. */
static uint32_t
stepped(unsigned number, unsigned group, unsigned first)
{
	unsigned extra = number / group > 1 ? number / group - 1 : 0;
	unsigned over = extra > 0 ? (group + number % group) << extra : number;

	return extra << EXTRA_AT | (first + over) << VALUE_AT;
}

static uint32_t
meaning_of(unsigned symbol)
{
	if (symbol < END_OF_BLOCK)
		return BYTE | symbol << VALUE_AT;
	if (symbol == END_OF_BLOCK)
		return END;
	if (symbol == LENGTHS + LENGTH_CODES - 1)
		return 258u << VALUE_AT;
	return stepped(symbol - LENGTHS, 4, 3);
}

static void
make_tables(void)
{
	static const struct {
		unsigned first, last, code, size;
	} runs[] = { { 0, 143, 0x30, 8 }, { 144, 255, 0x190, 9 },
		{ 256, 279, 0, 7 }, { 280, 285, 0xc0, 8 } };

	for (size_t i = 0; i < sizeof runs / sizeof runs[0]; i++)
		for (unsigned s = runs[i].first; s <= runs[i].last; s++)
			for (unsigned code =
				 reversed(runs[i].code + s - runs[i].first,
				     runs[i].size);
			     code < CODES; code += 1u << runs[i].size)
				symbols[code] = meaning_of(s) | runs[i].size;
	for (unsigned s = 0; s < DISTANCES; s++)
		distances[reversed(s, DISTANCE_BITS)] =
		    stepped(s, 2, 1) | DISTANCE_BITS;
}

/* ---- bits */

/* Its address is known to nobody, so that it stays in registers. */
struct reader {
	const unsigned char *at, *end;
	uint64_t bits; /* that were read and not taken, the next one lowest */
	unsigned count;
};

/* Enough for a match, or all there are.  Behind the last there is a zero for
 * each that is taken: the end of a block; COUNT wraps, and is_short(). */
static inline void
refill(struct reader *r)
{
	uint64_t next;

	if (r->count >= MATCH_BITS)
		return;
	if (r->end - r->at >= 8) {
		memcpy(&next, r->at, sizeof next);
		r->bits |= le64toh(next) << r->count;
		r->at += (63 - r->count) / 8;
		r->count |= 56;
		return;
	}
	for (; r->count < 56 && r->at < r->end; r->count += 8)
		r->bits |= (uint64_t)*r->at++ << r->count;
}

static inline bool
is_short(const struct reader *r)
{
	return r->count > 63;
}

static inline unsigned
take(struct reader *r, unsigned count)
{
	unsigned bits = (unsigned)r->bits & ((1u << count) - 1);

	r->bits >>= count;
	r->count -= count;
	return bits;
}

/* The value of a code, which is next. */
static inline size_t
take_value(struct reader *r, uint32_t meaning)
{
	take(r, meaning & SIZE_MASK);
	return (meaning >> VALUE_AT) + take(r, meaning >> EXTRA_AT & SIZE_MASK);
}

/* ---- matches */

/* Eight at a time where what is copied is behind them, and there is room for
 * what is written too far; most are done with two. */
static inline void
repeat(unsigned char *out, size_t distance, size_t length, size_t room)
{
	const unsigned char *from = out - distance;

	if (distance >= 8 && room >= length + 16) {
		memcpy(out, from, 8);
		memcpy(out + 8, from + 8, 8);
		for (size_t i = 16; i < length; i += 8)
			memcpy(out + i, from + i, 8);
		return;
	}
	for (size_t i = 0; i < length; i++)
		out[i] = from[i];
}

/* From the first code on to the end of the block: SIZE bytes, and none of
 * PACKED left but bits of the last. */
static bool
unpack(struct reader r, unsigned char *out, size_t size)
{
	size_t at = 0, length, distance;
	uint32_t meaning, far;

	for (;;) {
		refill(&r);
		meaning = symbols[r.bits % CODES];
		length = take_value(&r, meaning);
		if ((meaning & BYTE) != 0) {
			if (at == size)
				return false;
			out[at++] = (unsigned char)length;
			continue;
		}
		if (meaning == 0 || (meaning & END) != 0)
			break;
		far = distances[r.bits % (1u << DISTANCE_BITS)];
		distance = take_value(&r, far);
		if (far == 0 || distance > at || length > size - at)
			return false;
		repeat(out + at, distance, length, size - at);
		at += length;
	}
	return meaning != 0 && at == size && !is_short(&r) &&
	       (size_t)(r.end - r.at) + r.count / 8 == 0;
}

bool
inflate_into(unsigned char *out, size_t size, const void *packed,
    size_t packed_size)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	struct reader r = { .at = packed };

	pthread_once(&once, make_tables);
	r.end = r.at + packed_size;
	refill(&r);
	return take(&r, HEAD_BITS) == HEAD && unpack(r, out, size);
}
