/*
 * id.h - names that say nothing of a person: case codes, message ids, and the
 * codes of committees.
 *
 * A case code is random, so that it tells neither order nor number of cases,
 * and is made to be read aloud over a bad line: no letter or digit that
 * sounds or looks like another, in groups, with a check character that finds
 * each single wrong character and each swap of neighbours.
 *
 *	code  = 4 symbols "-" 4 symbols "-" check        e.g. 7KQF-3XMT-M
 *
 * The 23 symbols are 2 to 9 and C D F H J K M P Q R T V W X Y; how the check
 * is reckoned stands in src/base/id.c.  A room that keeps codes keeps them
 * unique: 23^8 are many, but chance may give one twice.
 *
 * Source: ISO/IEC 7064 (pure system, prime modulus); RFC 9562 (UUID v4).
 */
#ifndef IHALA_ID_H
#define IHALA_ID_H

#include <stdbool.h>
#include <stddef.h>

#include "ihala/world.h"

enum { /* with the NUL */
	IH_CODE_TEXT = 12,
	IH_UUID_TEXT = 37,
	IH_COMMITTEE_TEXT = 4 /* "MA"; three letters for a partner */
};

/* A fresh case code. */
void ih_code_new(const struct ih_world *world, char code[static IH_CODE_TEXT]);

/* The code that stands for SIZE BYTES, and always does: the number of a paper
 * is made of its digest.  16 bytes are enough. */
void ih_code_of(const void *bytes, size_t size, char code[static IH_CODE_TEXT]);

/*
 * TEXT as somebody typed it in the canonical form: lower case, Arabic-Indic
 * or Persian digits, spaces, any dash or tatweel or none between the symbols,
 * and what the alphabet leaves out for being taken for one symbol only: B for
 * 8, S for 5, Z for 2, G for 6, N for M.  0 O 1 I L and vowels are refused.
 * False if its length, a symbol or the check is wrong; CODE is then "".
 */
bool ih_code_parse(const char *text, char code[static IH_CODE_TEXT]);

/* A fresh random UUID, lower case. */
void ih_uuid_new(const struct ih_world *world, char uuid[static IH_UUID_TEXT]);

/* Is TEXT a UUID in lower-case canonical form? */
bool ih_uuid_is(const char *text);

/* Is TEXT the code of a committee: two or three of A-Z? */
bool ih_committee_is(const char *text);

#endif
