/*
 * This is where names are made that say nothing.
 *
 * Of the digits and letters these are left out: 0 O, 1 I L (look alike), the
 * vowels (a code spells no word), B S Z G (read as 8 5 2 6), N (heard as M).
 * That leaves 23, which is prime, so that the pure system of ISO 7064 with
 * radix 2 finds every single wrong symbol and every swap of two, near or far:
 * its weights, 2^8 to 2^0 modulo 23, are all different and none is 0.
 *
 * 23^8 codes: among 10 000 cases of one office the odds that two are alike
 * are 1 in 1 500, so the registry, which keeps them unique, asks again.
 */
#include "ihala/id.h"

#include <ctype.h>
#include <string.h>

#include "ihala/text.h"

#define SYMBOLS "23456789CDFHJKMPQRTVWXY"

enum { MODULUS = sizeof SYMBOLS - 1, RANDOM = 8, TOGETHER = RANDOM + 1 };

/* What somebody typed or heard, and the one symbol it can only be. */
static const struct alike {
	char typed, meant;
} alikes[] = {
	{ 'B', '8' },
	{ 'S', '5' },
	{ 'Z', '2' },
	{ 'G', '6' },
	{ 'N', 'M' },
};

/* Every number below MODULUS, equally often. */
static int
draw(const struct ih_world *world)
{
	unsigned char byte;

	do
		world->random(world->state, &byte, 1);
	while (byte >= 256 / MODULUS * MODULUS);
	return byte % MODULUS;
}

/* ISO/IEC 7064, pure system: what the check symbol has to be. */
static int
check_of(const int symbols[static RANDOM])
{
	int sum = 0;

	for (int i = 0; i < RANDOM; i++)
		sum = (sum + symbols[i]) * 2 % MODULUS;
	return (MODULUS + 1 - sum) % MODULUS;
}

static void
spell(const int symbols[static TOGETHER], char code[static IH_CODE_TEXT])
{
	char *to = code;

	for (int i = 0; i < TOGETHER; i++) {
		if (i == 4 || i == 8)
			*to++ = '-';
		*to++ = SYMBOLS[symbols[i]];
	}
	*to = '\0';
}

void
ih_code_new(const struct ih_world *world, char code[static IH_CODE_TEXT])
{
	int symbols[TOGETHER];

	for (int i = 0; i < RANDOM; i++)
		symbols[i] = draw(world);
	symbols[RANDOM] = check_of(symbols);
	spell(symbols, code);
}

struct taken {
	const unsigned char *bytes;
	size_t left;
};

/* Chance that is given; zeros where there is no more. */
static void
take(void *state, void *bytes, size_t size)
{
	struct taken *taken = state;
	size_t now = size < taken->left ? size : taken->left;

	memset(bytes, 0, size);
	memcpy(bytes, taken->bytes, now);
	taken->bytes += now;
	taken->left -= now;
}

void
ih_code_of(const void *bytes, size_t size, char code[static IH_CODE_TEXT])
{
	struct taken taken = { bytes, size };

	ih_code_new(&(struct ih_world){ .random = take, .state = &taken },
	    code);
}

/* What a code may be broken up by: spaces, dashes, the marks that stand
 * between right-to-left and left-to-right text, and the tatweel. */
static bool
is_between(uint32_t point)
{
	static const uint32_t points[] = { ' ', '\t', '-', 0xa0, 0xad, 0x61c,
		0x640, 0x2009, 0x200e, 0x200f, 0x202f, 0x2212, 0xfe63, 0xff0d };

	if (point >= 0x2010 && point <= 0x2015)
		return true;
	for (size_t i = 0; i < sizeof points / sizeof points[0]; i++)
		if (points[i] == point)
			return true;
	return false;
}

/* The number of the symbol that POINT is, or can only be; -1 if none. */
static int
symbol_of(uint32_t point)
{
	const char *found;
	char c;

	if (point >= 0x660 && point <= 0x669)
		point = point - 0x660 + '0';
	if (point >= 0x6f0 && point <= 0x6f9)
		point = point - 0x6f0 + '0';
	if (point == 0 || point > 0x7f)
		return -1;
	c = (char)toupper((int)point);
	for (size_t i = 0; i < sizeof alikes / sizeof alikes[0]; i++)
		if (c == alikes[i].typed)
			c = alikes[i].meant;
	found = strchr(SYMBOLS, c);
	return found != NULL ? (int)(found - SYMBOLS) : -1;
}

/* How many symbols TEXT has; -1 if it is no code. */
static int
read_symbols(const char *text, int symbols[static TOGETHER])
{
	size_t size = strlen(text);
	int count = 0;

	while (size > 0) {
		uint32_t point;
		size_t taken = ih_text_next(text, size, &point);

		if (taken == 0)
			return -1;
		text += taken;
		size -= taken;
		if (is_between(point))
			continue;
		if (count == TOGETHER)
			return -1;
		symbols[count] = symbol_of(point);
		if (symbols[count++] < 0)
			return -1;
	}
	return count;
}

bool
ih_code_parse(const char *text, char code[static IH_CODE_TEXT])
{
	int symbols[TOGETHER] = { 0 };

	code[0] = '\0';
	if (read_symbols(text, symbols) != TOGETHER)
		return false;
	if (symbols[RANDOM] != check_of(symbols))
		return false;
	spell(symbols, code);
	return true;
}

void
ih_uuid_new(const struct ih_world *world, char uuid[static IH_UUID_TEXT])
{
	static const char hex[] = "0123456789abcdef";
	unsigned char bytes[16];
	char *to = uuid;

	world->random(world->state, bytes, sizeof bytes);
	bytes[6] = (unsigned char)((bytes[6] & 0x0f) | 0x40); /* version 4 */
	bytes[8] = (unsigned char)((bytes[8] & 0x3f) | 0x80); /* RFC 9562 */
	for (int i = 0; i < 16; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			*to++ = '-';
		*to++ = hex[bytes[i] >> 4];
		*to++ = hex[bytes[i] & 0x0f];
	}
	*to = '\0';
}

bool
ih_uuid_is(const char *text)
{
	static const char shape[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

	if (strlen(text) != IH_UUID_TEXT - 1)
		return false;
	for (size_t i = 0; shape[i] != '\0'; i++) {
		bool hex = (text[i] >= '0' && text[i] <= '9') ||
			   (text[i] >= 'a' && text[i] <= 'f');

		if (shape[i] == 'x' ? !hex : text[i] != '-')
			return false;
	}
	return true;
}

bool
ih_committee_is(const char *text)
{
	size_t length = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

	return (length == 2 || length == 3) && text[length] == '\0';
}
