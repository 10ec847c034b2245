/*
 * hold.h - a case that may not be destroyed, by whose word and until when.
 *
 * A legal hold is a move of the lifecycle (effect "hold") with a reason, which
 * is sealed with the facts, and a last day.  When that day has passed it
 * still holds: somebody has to look at it and release it, or hold it on.  A
 * move whose guard is "not-held" (destruction) is refused meanwhile.
 *
 * Source: xml/lifecycle/case.xml (hold, release); law 09-08 of Morocco,
 * organic law 2004-63 of Tunisia and law 151/2020 of Egypt let data be kept
 * past their term where a court or a law asks for them.
 */
#ifndef IHALA_HOLD_H
#define IHALA_HOLD_H

#include "ihala/access.h"

struct ih_hold {
	char code[IH_CODE_TEXT];
	int64_t entry, instant; /* in the ledger; 0: nothing says why */
	int64_t until;          /* day since 1970-01-01 */
	char user[IH_USER_TEXT];
	const char *reason; /* borrowed while it is told; NULL: not opened */
};
typedef bool ih_hold_seen(const struct ih_hold *hold, void *with);

/*
 * Hold CODE until UNTIL, a day; a case that is held already is held on.
 * False: IH_DENIED (E_ROLE), IH_ABSENT (E_CASE_UNKNOWN), IH_STATE (E_MOVE,
 * E_CASE_ERASED), IH_USAGE (E_REASON; E_HOLD_DAY: a day that has passed).
 */
bool ih_case_hold(struct ih_registry *registry, const char *code,
    const char *reason, int64_t until, struct ih_error *err);
/* False: as above, and IH_STATE (E_NOT_ON_HOLD). */
bool ih_case_release(struct ih_registry *registry, const char *code,
    struct ih_error *err);

/* Those in force, by day and code, without the reason; CODE: of one case;
 * NULL: of all.  Needs no passphrase.  False: IH_SYSTEM. */
bool ih_hold_each(struct ih_registry *registry, const char *code,
    ih_hold_seen *each, void *with, struct ih_error *err);
/* All that ever were of one case, with their reasons; the reading is entered.
 * False: IH_DENIED, IH_ABSENT, IH_TRUST. */
bool ih_hold_history(struct ih_registry *registry, const char *code,
    ih_hold_seen *each, void *with, struct ih_error *err);

#endif
