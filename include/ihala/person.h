/*
 * person.h - who may be whom, found without a name in clear.
 *
 * Names stand in the sealed identity of a case and nowhere else.  So that a
 * person is found again, however the name was written (name.h), the registry
 * keeps marks: HMAC-SHA256 under a key grown from that of compartment "index",
 * which whoever opens cases holds, digested with a year and cut to 16 bytes.  A
 * mark is made of two parts of a name as they sound, and the year of birth (or
 * that it is not known); of a whole name as written, and the year; of a name of
 * one part, and the year.  Marks are written with the identity, and go with it.
 *
 * What a thief of registry.db can learn: how many marks a case has, so about
 * how many parts its name; and that two cases have a mark in common.  He
 * cannot test a name: that takes the key.  One mark for each part would give
 * a name away by its frequency, since some names are borne by one man in ten;
 * two parts and a year do not: of 2 000 invented people with names spread
 * more unevenly than any country's, the commonest part would stand on 846
 * cases, the commonest mark stands on 10 (tests/registry/test_person.c).  The
 * price: a search needs two parts, unless the person is known by one only;
 * and without a year of birth it looks in each year.
 *
 * A backup of registry.db keeps the marks of a case that was erased since,
 * until it expires; they can be tested with the key alone.
 *
 * ih_person_mark_all() marks cases that came without the marks: from before
 * there were any.
 *
 * Source: FIPS 198-1; src/README.md "The registry"; the frequencies, Zipf's
 * law with exponent 1.
 */
#ifndef IHALA_PERSON_H
#define IHALA_PERSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ihala/arena.h"
#include "ihala/date.h"
#include "ihala/error.h"
#include "ihala/id.h"
#include "ihala/registry.h"

enum {
	IH_PERSON_NAMES = 4, /* one person's, in several scripts */
	IH_PERSON_YEARS = 2  /* a year of birth so far off is near */
};

struct ih_person {
	size_t count; /* of names */
	const char *name[IH_PERSON_NAMES];
	struct ih_date birth; /* year 0: not known */
};

enum ih_birth {
	IH_BIRTH_UNKNOWN, /* on one of both sides */
	IH_BIRTH_NEAR,
	IH_BIRTH_AGREES
};

struct ih_likely {
	char code[IH_CODE_TEXT];
	unsigned score; /* to 100 */
	bool same;      /* the whole name, as written */
	unsigned parts; /* that sound alike */
	enum ih_birth birth;
};

/*
 * Cases whose person may be PERSON, the likeliest first, until EACH says
 * false.  It is a proposal: nobody is joined to anybody.  Entered in the
 * ledger as "search", without what was looked for.
 * False: IH_DENIED (E_NOT_HELD, E_PASSPHRASE), IH_INPUT (E_NAME_HIDDEN,
 * E_NAME_LONG, E_NAME_NONE: nothing to look for), IH_BUSY, IH_SYSTEM.
 */
typedef bool ih_person_seen(const struct ih_likely *likely, void *with);
bool
ih_person_search(struct ih_registry *registry, const struct ih_person *person,
    ih_person_seen *each, void *with, struct ih_error *err);

/* The same, without the entry; for a caller that makes its own. */
bool
ih_person_find(struct ih_registry *registry, const struct ih_person *person,
    ih_person_seen *each, void *with, struct ih_error *err);

/* Other cases whose person may be that of CODE, by its sealed identity; none
 * where it has none.  Part of opening a case, and entered with it. */
bool ih_person_like(struct ih_registry *registry, const char *code,
    ih_person_seen *each, void *with, struct ih_error *err);

/* The person of CODE: names and birth in ARENA.  Entered as a reading.
 * False: as ih_case_read(). */
bool ih_person_read(struct ih_registry *registry, const char *code,
    struct ih_arena *arena, struct ih_person *person, struct ih_error *err);

/* Mark each case that has an identity and no mark; how many were marked. */
bool ih_person_mark_all(struct ih_registry *registry, int64_t *marked,
    struct ih_error *err);

/* ---- people who belong together */

/*
 * A and B are linked as KIND, a row of xml/link/kinds.xml; what binds them
 * is sealed.  False: IH_USAGE (E_LINK_KIND), IH_STATE (E_LINK_THERE, or A is
 * B), IH_ABSENT (E_CASE_UNKNOWN), IH_DENIED.
 */
bool ih_person_link(struct ih_registry *registry, const char *a, const char *b,
    const char *kind, struct ih_error *err);
/* False: IH_ABSENT (E_LINK_NONE). */
bool ih_person_unlink(struct ih_registry *registry, const char *a,
    const char *b, struct ih_error *err);
/* Each case linked to CODE, by code, until EACH says false. */
typedef bool ih_person_linked(const char *other, const char *kind, void *with);
bool ih_person_links(struct ih_registry *registry, const char *code,
    ih_person_linked *each, void *with, struct ih_error *err);

/* ---- who is said to have done it */

#define IH_ACCUSED_MAX ((size_t)64 << 10) /* bytes of one note */

/*
 * Notes on alleged perpetrators.  They are no part of a case: sealed apart
 * with the identity's key, in no document that release, refer or send can
 * read.  Only added; written and read are entered.
 * False: IH_DENIED, IH_ABSENT (E_CASE_UNKNOWN), IH_INPUT (too long, or not
 * plain text: E_NAME_HIDDEN).
 */
bool ih_person_accuse(struct ih_registry *registry, const char *code,
    const char *note, struct ih_error *err);
typedef bool ih_person_accused(int64_t instant, const char *note, void *with);
bool ih_person_accused_each(struct ih_registry *registry, const char *code,
    ih_person_accused *each, void *with, struct ih_error *err);

/* ---- erasure */

/* Marks, links and notes of CODE are gone from registry.db; inside the
 * transaction that erases the case. */
bool ih_person_forget(struct ih_registry *registry, const char *code,
    struct ih_error *err);

#endif
