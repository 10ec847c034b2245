/*
 * words.h - every sentence a person reads, in Arabic, French and English.
 *
 * The catalogue is xml/words/ *.xml, compiled into the program.  C names a
 * key by its macro (W_OUTCOME_INDICATED for "outcome.indicated", in the
 * generated words_keys.h), so a missing key fails the build; a key without
 * one of the three languages fails it too.  A country may have its own word
 * (ar-MA, ar-EG, ar-TN, fr-MA, fr-TN); where it has none the neutral one is
 * used.
 *
 * Patterns are ICU MessageFormat with numbered arguments and plural forms:
 * "{0, plural, zero {...} one {...} two {...} few {...} many {...} other
 * {...}}"; Arabic has six.  Digits are always 0-9: a country whose papers have
 * the digits of Arabic says so in its mechanism (xslt/texts.xsl).
 *
 * Source: CLDR plural rules; ICU MessageFormat; each word's own source.
 */
#ifndef IHALA_WORDS_H
#define IHALA_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "ihala/arena.h"

enum ih_lang { IH_AR, IH_FR, IH_EN, IH_LANGS };

struct ih_tongue {
	enum ih_lang lang;
	char country[3]; /* "MA"; "" for the neutral wording */
};

/* "ar", "fr", "en", "ar-MA"...  False if TAG is none of these. */
bool ih_tongue_parse(const char *tag, struct ih_tongue *tongue);
const char *ih_lang_tag(enum ih_lang lang); /* "ar" */

/* The sentence for KEY, static.  NULL if there is no such key. */
const char *ih_word(struct ih_tongue tongue, const char *key);

/* One argument of a pattern: a text, or a number where text is NULL. */
struct ih_arg {
	const char *text;
	double number;
};
#define IH_ARG(t) ((struct ih_arg){ .text = (t) })
#define IH_NUM(n) ((struct ih_arg){ .number = (double)(n) })

/*
 * The sentence for KEY with its arguments, in ARENA.  KEY must exist; where it
 * does not, the key itself is what the reader sees.  A text argument that
 * would change its order in the sentence around it (Latin letters or 448-1 in
 * Arabic, Arabic letters in French) stands between U+2068 and U+2069.
 */
const char *ih_say_(struct ih_arena *arena, struct ih_tongue tongue,
    const char *key, size_t count, const struct ih_arg *args);
#define ih_say(arena, tongue, key, ...)                                        \
	ih_say_(arena, tongue, key,                                            \
	    sizeof((struct ih_arg[]){ __VA_ARGS__ }) / sizeof(struct ih_arg),  \
	    (struct ih_arg[]){ __VA_ARGS__ })

/* The same for a PATTERN itself. */
const char *ih_say_pattern(struct ih_arena *arena, struct ih_tongue tongue,
    const char *pattern, size_t count, const struct ih_arg *args);

/* Of the TEXT children of NODE-like lists: see node.h; the order in which to
 * try tags for a tongue: "ar-MA", then "ar". */
#define IH_TAG_TEXT 6
void ih_tongue_tag(struct ih_tongue tongue, char tag[static IH_TAG_TEXT]);

/* All keys, for those that list or check them; NULL past the end. */
const char *ih_word_key(size_t at);
/* How the wording of KEY was reviewed: "official", "project" (awaits a native
 * reviewer).  NULL if there is no such key. */
const char *ih_word_review(const char *key);

#endif
