/*
 * name.h - one person's name, however it is written.
 *
 * Mohamed, Muhammad and محمد are one name; so are فاطمة, فاطمه and Fatma.  A
 * name becomes parts; each part is folded (case, accents, tashkeel, tatweel,
 * seats of hamza, look-alike letters) and sounded: the consonants that Arabic
 * and Latin script share, in up to IH_NAME_WAYS ways where a letter may stand
 * for two.  Articles, "son of" and titles say nothing; "Abd" and "Abu" are
 * one with what follows.  The rows are data with their reasons:
 * xml/names/folding.xml.
 *
 * What cannot be told apart by consonants is not: Hassan and Hussein sound
 * alike here.  So a match is something to look at, never a decision.
 *
 * Source: Unicode 15, UAX #15 (NFKC_Casefold, NFD), UAX #9 and chapter 23
 * (characters that are not seen); xml/names/folding.xml.
 */
#ifndef IHALA_NAME_H
#define IHALA_NAME_H

#include <stdbool.h>
#include <stddef.h>

#include "ihala/arena.h"
#include "ihala/error.h"
#include "ihala/library.h"
#include "ihala/owned.h"

enum {
	IH_NAME_MAX = 512, /* bytes of a name */
	IH_NAME_PARTS = 8, /* what comes after is left out */
	IH_NAME_WAYS = 6,  /* in which one part may sound */
	IH_SOUND_TEXT = 32 /* with the NUL; a longer one is cut */
};

struct ih_name_part {
	const char *fold;                        /* as written, folded */
	size_t ways;                             /* at least 1 */
	char sound[IH_NAME_WAYS][IH_SOUND_TEXT]; /* a-z; the likeliest first */
};

struct ih_name {
	const char *fold; /* the folded parts in the order of their bytes,
			     a space between: whoever comes first */
	size_t count;     /* 0: nothing but signs and titles */
	struct ih_name_part part[IH_NAME_PARTS];
};

typedef struct ih_names ih_names;

/* Read xml/names/folding.xml.  Caller owns.  NULL: IH_INPUT, IH_SYSTEM. */
struct ih_names *
ih_names_load(struct ih_library *library, struct ih_error *err);
void ih_names_free(struct ih_names *names);

/*
 * Is there nothing in TEXT that is not seen: no control but tab and newline,
 * no bidirectional control of any kind (U+200E, U+200F, U+061C, U+202A-202E,
 * U+2066-2069), no character without width (U+200B-200D, U+2060, U+FEFF), no
 * non-character, and well-formed UTF-8?  A name with one reads as another
 * than it is.
 */
bool ih_name_is_plain(const char *text, size_t size);

/*
 * TEXT as a name, in ARENA.  NULL: IH_INPUT, E_NAME_HIDDEN (see
 * ih_name_is_plain()) or E_NAME_LONG.
 */
struct ih_name *ih_name_read(struct ih_names *names, struct ih_arena *arena,
    const char *text, struct ih_error *err);

/* May two parts be one: written the same, or sounding the same in some way? */
bool
ih_name_part_is(const struct ih_name_part *a, const struct ih_name_part *b);

/*
 * How far A and B may be one person's name: 100 written the same once
 * folded; 60 to 90 where they share two parts or more, or each is one part
 * and the same (one that the other does not have costs up to 30); 0: not.
 */
unsigned ih_name_likeness(const struct ih_name *a, const struct ih_name *b);

IH_OWNER(ih_names, ih_names_free)

#endif
