/*
 * text.h - UTF-8, checked before it is believed.
 *
 * Source: Unicode 15, table 3-7 (well-formed UTF-8); UAX #9 (the
 * bidirectional controls); XML 1.0 section 2.2 (what XML can carry).
 */
#ifndef IHALA_TEXT_H
#define IHALA_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/*
 * The first code point of SIZE bytes into *POINT, and how many bytes it
 * takes; 0 at the end, and where the bytes are not well-formed.
 */
size_t ih_text_next(const char *text, size_t size, uint32_t *point);

/* The SIZE bytes, at most eight, as a number: those of the middle twice where
 * they are neither four nor eight, so that no branch hangs on each. */
static inline uint64_t
ih_text_word(const char *text, size_t size)
{
	uint64_t word = 0;
	uint32_t first, last;

	if (size == sizeof word) {
		memcpy(&word, text, sizeof word);
		return word;
	}
	if (size >= sizeof first) {
		memcpy(&first, text, sizeof first);
		memcpy(&last, text + (size - sizeof last), sizeof last);
		return (uint64_t)first << 32 | last;
	}
	for (size_t i = 0; i < size; i++)
		word = word << 8 | (unsigned char)text[i];
	return word;
}

/* Are they the same LENGTH bytes?  For names, which are short: there the call
 * of memcmp() is most of its time. */
static inline bool
ih_text_same(const char *a, const char *b, size_t length)
{
	const size_t step = sizeof(uint64_t);

	if (length < step)
		return ih_text_word(a, length) == ih_text_word(b, length);
	for (size_t i = 0; i + step < length; i += step)
		if (ih_text_word(a + i, step) != ih_text_word(b + i, step))
			return false;
	return ih_text_word(a + (length - step), step) ==
	       ih_text_word(b + (length - step), step);
}

/* Is it well-formed UTF-8: no overlong form, surrogate or stray byte? */
bool ih_text_is_utf8(const char *text, size_t size);

/*
 * May a person have typed this: well-formed, no control character but tab
 * and newline, no non-character, no bidirectional override or embedding
 * (U+202A-202E, U+2066-2069), which make a name read as another name?
 */
bool ih_text_is_plain(const char *text, size_t size);

/* How many code points; SIZE_MAX if it is not UTF-8. */
size_t ih_text_length(const char *text, size_t size);

/*
 * Turn Arabic-Indic (U+0660-0669) and Persian (U+06F0-06F9) digits of the
 * NUL-terminated TEXT into 0-9, in place; the text gets shorter.
 */
void ih_text_ascii_digits(char *text);

/*
 * Edit distance in code points (insert, delete, replace, swap neighbours),
 * for "did you mean".  Text over 128 code points is like nothing: SIZE_MAX.
 */
size_t ih_text_distance(const char *a, const char *b);

/*
 * Terminal columns: marks and controls count 0, wide ones 2, others 1, a byte
 * that is not UTF-8 too.  By Unicode's tables, not the locale's.
 */
size_t ih_text_columns(const char *text);

#endif
