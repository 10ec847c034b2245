/*
 * access.h - to whom a case is given, and what happens in an emergency.
 *
 * Roles that read only their own cases (role.h) hold no compartment's key.
 * Whoever opens a case holds the keys of its parts; a case is given to another
 * by wrapping these to them, and taken back by removing what was wrapped.  So
 * with the database in hand and their own keys they can open those cases and
 * no other.
 *
 * In an emergency a case worker opens a case that is not theirs: for four
 * hours, with a reason, entered in the ledger, and listed until somebody else
 * has looked at it.  For this the role holds the key "emergency", to which
 * the facts and the identity of each case are wrapped as well: with the
 * database in hand a case worker could open any case.  That is the price of
 * help at night; a screener does not hold it.
 *
 * Source: src/README.md "The registry".
 */
#ifndef IHALA_ACCESS_H
#define IHALA_ACCESS_H

#include "ihala/case.h"
#include "ihala/ledger.h"
#include "ihala/user.h"

/* Give the case CODE to USER, or take it back.  False: IH_DENIED (E_ROLE),
 * IH_ABSENT (E_CASE_UNKNOWN, E_USER_UNKNOWN), IH_STATE (E_USER_NO_CASES: the
 * role has nothing to do with cases). */
bool ih_case_assign(struct ih_registry *registry, const char *code,
    const char *user, struct ih_error *err);
bool ih_case_unassign(struct ih_registry *registry, const char *code,
    const char *user, struct ih_error *err);

/* To whom it is given, by name, until EACH says false.  False: IH_BUSY,
 * IH_SYSTEM. */
typedef bool ih_holder_seen(const char *user, void *with);
bool ih_case_holders(struct ih_registry *registry, const char *code,
    ih_holder_seen *each, void *with, struct ih_error *err);

/*
 * What USER has known of the case, by the ledger: how often they read, printed
 * or wrote a part, and when last (0: never).  Taking a case back takes the
 * way to its keys, not what was read; and the keys of the parts stay the
 * same, so whoever copied them opens the case in any copy of the files.
 * False: IH_BUSY, IH_SYSTEM.
 */
struct ih_known {
	int64_t times, last; /* last: instant */
};
bool ih_case_known(struct ih_registry *registry, const char *code,
    const char *user, struct ih_known *known, struct ih_error *err);

#define IH_REASON_LEAST 10   /* bytes: "x" is no reason */
#define IH_REASON_MOST 10000 /* bytes */

/* Open the case to this user for four hours.  False: IH_DENIED (E_ROLE),
 * IH_ABSENT, IH_USAGE (E_REASON: none, or too long). */
bool ih_case_break(struct ih_registry *registry, const char *code,
    const char *reason, struct ih_error *err);

struct ih_break {
	int64_t entry;          /* in the ledger; its number here */
	int64_t instant, until; /* seconds, UTC */
	char code[IH_CODE_TEXT];
	char user[IH_USER_TEXT];
	char reviewer[IH_USER_TEXT]; /* "": nobody has looked at it */
};
typedef bool ih_break_seen(const struct ih_break *one, void *with);
bool ih_break_each(struct ih_registry *registry, ih_break_seen *each,
    void *with, struct ih_error *err);

/* Look at it: the reason, which the caller owns, and an entry that it was
 * looked at.  NULL: IH_DENIED (E_ROLE), IH_ABSENT (E_BREAK_UNKNOWN: no such,
 * or it was looked at), IH_STATE (E_FOUR_EYES: one's own). */
struct ih_buffer *ih_break_review(struct ih_registry *registry, int64_t entry,
    struct ih_error *err);

#endif
