/* This is where bytes are held to be text, or not. */
#include "ihala/text.h"

#include <string.h>

#define LONGEST 128 /* code points that a near miss is looked for in */

/* Unicode, table 3-7: what may follow a first byte.  Later bytes are 80-BF. */
static const struct form {
	unsigned char first, last; /* of the first byte */
	unsigned char low, high;   /* of the second byte */
	size_t size;
} forms[] = {
	{ 0xc2, 0xdf, 0x80, 0xbf, 2 },
	{ 0xe0, 0xe0, 0xa0, 0xbf, 3 }, /* no overlong form */
	{ 0xe1, 0xec, 0x80, 0xbf, 3 },
	{ 0xed, 0xed, 0x80, 0x9f, 3 }, /* no surrogate */
	{ 0xee, 0xef, 0x80, 0xbf, 3 },
	{ 0xf0, 0xf0, 0x90, 0xbf, 4 }, /* no overlong form */
	{ 0xf1, 0xf3, 0x80, 0xbf, 4 },
	{ 0xf4, 0xf4, 0x80, 0x8f, 4 }, /* no more than U+10FFFF */
};

static const struct form *
form_of(unsigned char first)
{
	for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
		if (first >= forms[i].first && first <= forms[i].last)
			return &forms[i];
	return NULL;
}

static uint32_t
join(const unsigned char *bytes, size_t size)
{
	uint32_t point = bytes[0] & (0xffu >> (size + 1));

	for (size_t i = 1; i < size; i++)
		point = point << 6 | (bytes[i] & 0x3fu);
	return point;
}

size_t
ih_text_next(const char *text, size_t size, uint32_t *point)
{
	const unsigned char *bytes = (const unsigned char *)text;
	const struct form *form;

	*point = 0;
	if (size == 0)
		return 0;
	if (bytes[0] < 0x80) {
		*point = bytes[0];
		return 1;
	}
	form = form_of(bytes[0]);
	if (form == NULL || size < form->size)
		return 0;
	if (bytes[1] < form->low || bytes[1] > form->high)
		return 0;
	for (size_t i = 2; i < form->size; i++)
		if ((bytes[i] & 0xc0) != 0x80)
			return 0;
	*point = join(bytes, form->size);
	return form->size;
}

static bool
is_any(uint32_t point)
{
	(void)point;
	return true;
}

static bool
is_control(uint32_t point)
{
	return (point < 0x20 && point != '\t' && point != '\n') ||
	       (point >= 0x7f && point < 0xa0);
}

static bool
is_no_character(uint32_t point)
{
	return (point >= 0xfdd0 && point <= 0xfdef) ||
	       (point & 0xfffe) == 0xfffe;
}

static bool
turns_around(uint32_t point)
{
	return (point >= 0x202a && point <= 0x202e) ||
	       (point >= 0x2066 && point <= 0x2069);
}

static bool
is_plain(uint32_t point)
{
	return !is_control(point) && !is_no_character(point) &&
	       !turns_around(point);
}

/* How many code points, all of them good ones; else SIZE_MAX. */
static size_t
count(const char *text, size_t size, bool good(uint32_t point))
{
	size_t points = 0;

	while (size > 0) {
		uint32_t point;
		size_t taken = ih_text_next(text, size, &point);

		if (taken == 0 || !good(point))
			return SIZE_MAX;
		text += taken;
		size -= taken;
		points++;
	}
	return points;
}

bool
ih_text_is_utf8(const char *text, size_t size)
{
	uint32_t point;

	while (size > 0) {
		/* Most of it is ASCII. */
		size_t taken = (unsigned char)*text < 0x80 ?
				   1 :
				   ih_text_next(text, size, &point);

		if (taken == 0)
			return false;
		text += taken;
		size -= taken;
	}
	return true;
}

bool
ih_text_is_plain(const char *text, size_t size)
{
	return count(text, size, is_plain) != SIZE_MAX;
}

size_t
ih_text_length(const char *text, size_t size)
{
	return count(text, size, is_any);
}

void
ih_text_ascii_digits(char *text)
{
	const unsigned char *from = (const unsigned char *)text;
	char *to = text;

	while (*from != '\0') {
		if (from[0] == 0xd9 && from[1] >= 0xa0 && from[1] <= 0xa9) {
			*to++ = (char)('0' + from[1] - 0xa0);
			from += 2;
		} else if (from[0] == 0xdb && from[1] >= 0xb0 &&
			   from[1] <= 0xb9) {
			*to++ = (char)('0' + from[1] - 0xb0);
			from += 2;
		} else {
			*to++ = (char)*from++;
		}
	}
	*to = '\0';
}

/* Spell TEXT into code points; a byte that is not UTF-8 stands for itself. */
static size_t
spell(const char *text, uint32_t points[static LONGEST])
{
	size_t size = strlen(text), length = 0;

	while (size > 0) {
		uint32_t point;
		size_t taken = ih_text_next(text, size, &point);

		if (length == LONGEST)
			return SIZE_MAX;
		if (taken == 0) {
			point = 0x110000u + (unsigned char)*text;
			taken = 1;
		}
		points[length++] = point;
		text += taken;
		size -= taken;
	}
	return length;
}

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

size_t
ih_text_distance(const char *a, const char *b)
{
	/* Optimal string alignment; row i is kept in table[i % 3]. */
	size_t table[3][LONGEST + 1];
	uint32_t x[LONGEST], y[LONGEST];
	size_t rows = spell(a, x), columns = spell(b, y);

	if (rows == SIZE_MAX || columns == SIZE_MAX)
		return SIZE_MAX;
	for (size_t j = 0; j <= columns; j++)
		table[0][j] = j;
	for (size_t i = 1; i <= rows; i++) {
		size_t *row = table[i % 3];
		const size_t *above = table[(i + 2) % 3];
		const size_t *second = table[(i + 1) % 3];

		row[0] = i;
		for (size_t j = 1; j <= columns; j++) {
			row[j] = above[j - 1] + (x[i - 1] != y[j - 1]);
			row[j] = least(row[j], above[j] + 1);
			row[j] = least(row[j], row[j - 1] + 1);
			if (i > 1 && j > 1 && x[i - 1] == y[j - 2] &&
			    x[i - 2] == y[j - 1])
				row[j] = least(row[j], second[j - 2] + 1);
		}
	}
	return table[rows % 3][columns];
}
