/*
 * consent.h - what the person agreed to: whom it may reach, for what, which
 * data, until when.
 *
 * An entry is a decision about a purpose, a recipient ("any", a committee, a
 * body) and categories of data ("any", or some).  Entries are only added,
 * never edited; what counts on a day is computed from all of them:
 *
 *	- a later "given" lifts an earlier "no" only where it is at least as
 *	  particular: who told one recipient no has not taken that back by a
 *	  yes to all, and a yes to all that was there before lifts nothing;
 *	- what was given ends on its last day, and then counts as a no to what
 *	  it named;
 *	- "not-able" with a legal basis stands in for a consent that could not
 *	  be asked for.  It never lifts a refusal or a withdrawal.
 *
 * Flags come before consent and count more: a state the person fears, a state
 * from which asylum is sought, contact that is not safe.
 *
 * Nothing here reads a document: strings are borrowed, days are ISO 8601.
 *
 * Source: xml/consent/purposes.xml; xml/lifecycle/case.xml, axis consent.
 */
#ifndef IHALA_CONSENT_H
#define IHALA_CONSENT_H

#include <stdbool.h>
#include <stddef.h>

#include "ihala/arena.h"
#include "ihala/error.h"
#include "ihala/instrument.h"
#include "ihala/library.h"
#include "ihala/owned.h"
#include "ihala/part.h"

/* ---- what counts */

struct ih_consent_entry {
	const char *purpose;    /* "referral" */
	const char *recipient;  /* "any", "TN", "prosecution" */
	const char *categories; /* "any", or "facts contact" */
	const char *state;      /* "asked", "given", "refused", "not-able",
				   "withdrawn", "superseded" */
	const char *from;       /* first day it holds; "": at once */
	const char *until;      /* last day; "": no end */
	const char *basis;      /* with "not-able": id of the basis; "": none */
};

/* May this CATEGORY go to this RECIPIENT for this PURPOSE on DAY? */
struct ih_consent_question {
	const char *purpose, *recipient, *category, *day;
};

/* Is WORD one of LIST ("facts health"), which has spaces between them? */
bool ih_consent_names(const char *list, const char *word);
/* Is each word of WORDS one of LIST? */
bool ih_consent_names_all(const char *list, const char *words);

/* Of COUNT entries, the first the oldest, the one that decides; NULL: nothing
 * was said. */
const struct ih_consent_entry *
ih_consent_decides(const struct ih_consent_entry *entries, size_t count,
    const struct ih_consent_question *question);

/* The state of ENTRY on DAY: what was given may be "expired". */
const char *
ih_consent_state(const struct ih_consent_entry *entry, const char *day);

/* Does ENTRY let data go on DAY: given, or not able and with a basis? */
bool ih_consent_permits(const struct ih_consent_entry *entry, const char *day);

/* ---- flags */

enum ih_flag { IH_FLAG_FEAR, IH_FLAG_ASYLUM, IH_FLAG_CONTACT, IH_FLAGS };

const char *ih_flag_name(enum ih_flag flag); /* "fear" */
bool ih_flag_parse(const char *name, enum ih_flag *flag);
const char *ih_flag_code(enum ih_flag flag); /* of a refusal: "E_FEARS" */

struct ih_flag_entry {
	enum ih_flag flag;
	const char *about; /* a country; "any": not one in particular */
	bool raised;       /* false: asked, and nothing of the kind */
};

/*
 * Does FLAG keep CATEGORY from a recipient in COUNTRY (ABROAD: not ours)?  The
 * last entry about a country counts, and so does the last about "any".  Raised
 * about a country: nothing goes there.  About any: a fear keeps everything
 * here, asylum keeps it from every state abroad, and contact that is not safe
 * keeps back the category "contact".
 */
bool ih_flag_blocks(const struct ih_flag_entry *entries, size_t count,
    enum ih_flag flag, const char *country, bool abroad, const char *category);

/* Was FLAG asked about at all? */
bool ih_flag_asked(const struct ih_flag_entry *entries, size_t count,
    enum ih_flag flag);

/* ---- categories of data: a closed list, of the formats */

struct ih_data_category {
	const char *id;    /* "contact" */
	enum ih_part part; /* of the record that its items stand in */
};

/* Each, in their order; NULL: there are no more. */
const struct ih_data_category *ih_data_category(size_t at);
/* The one that holds all the rest of PART: "facts", "identity". */
const char *ih_data_category_of(enum ih_part part);

/* ---- what is asked, in which words */

struct ih_consent_purpose {
	const char *id;
	struct ih_texts name;
	struct ih_texts said;  /* what is read to the person, word by word */
	int days;              /* for how long, where nothing else is said */
	const char *const *to; /* kinds of recipients; NULL ends the list */
};

struct ih_consent_mode {
	const char *id;
	const char *needs; /* who has to be present: "witness"; NULL: nobody */
};

typedef struct ih_consents {
	const struct ih_consent_purpose *purposes;
	size_t purpose_count;
	const char *const *categories; /* ids; NULL ends the list */
	const struct ih_consent_mode *modes;
	size_t mode_count;
	struct ih_arena *arena;
} ih_consents;

/* Read xml/consent/purposes.xml.  Caller owns.  NULL: IH_INPUT, IH_ABSENT. */
struct ih_consents *
ih_consents_load(struct ih_library *library, struct ih_error *err);
void ih_consents_free(struct ih_consents *consents);
/* Each NULL where there is none of that name. */
const struct ih_consent_purpose *
ih_consents_purpose(const struct ih_consents *consents, const char *id);
const struct ih_consent_mode *
ih_consents_mode(const struct ih_consents *consents, const char *id);

IH_OWNER(ih_consents, ih_consents_free)

#endif
