/*
 * draft.h - an interview that is not finished, kept until it is.
 *
 * A draft is one sealed blob: what it says only its author knows, for its key
 * is wrapped to that user alone, to no compartment and not for an emergency.
 * Its row says who asks, by which questionnaire and when, and nothing else.
 *
 * To begin one and to end one are entered in the ledger; to read or to save it
 * is not, for it is done with each answer.  What was saved is on the disk when
 * the call says so.
 *
 * It ends by becoming a case, in one transaction with it; by being discarded;
 * or by itself, so many days after it was last saved (xml/lifecycle/case.xml,
 * drafts) or once its author was let go: whoever opens the registry next
 * destroys it.  Its key is then destroyed as that of a case is (erase.h).
 *
 * Source: xml/lifecycle/case.xml (drafts); src/README.md "The registry".
 */
#ifndef IHALA_DRAFT_H
#define IHALA_DRAFT_H

#include "ihala/access.h"

#define IH_DRAFT_MAX ((size_t)1 << 20) /* bytes: 200 long texts */

enum { IH_DRAFT_INSTRUMENT = 65 }; /* with the NUL */

struct ih_draft_row {
	char code[IH_CODE_TEXT];
	char user[IH_USER_TEXT]; /* whose it is */
	char instrument[IH_DRAFT_INSTRUMENT];
	int64_t begun, saved; /* instants */
	int64_t expires;      /* day: the last on which it is kept */
	int64_t version;      /* rises by one with each save */
};

/*
 * A new draft of the registry's user; CODE is its fresh code.  False:
 * IH_DENIED (E_ROLE, locked), IH_INPUT (too large), IH_USAGE (opened without a
 * library), IH_BUSY, IH_SYSTEM.
 */
bool ih_draft_add(struct ih_registry *registry, const char *instrument,
    const void *bytes, size_t size, char code[static IH_CODE_TEXT],
    struct ih_error *err);

/* The row of one that the user may see.  False: IH_ABSENT (E_DRAFT_UNKNOWN),
 * IH_DENIED (E_ROLE). */
bool ih_draft_row(struct ih_registry *registry, const char *code,
    struct ih_draft_row *row, struct ih_error *err);

/* The user's own, or those of the office to who gives out its work; the one
 * that was saved last first, until EACH says false.  False: IH_DENIED. */
typedef bool ih_draft_seen(const struct ih_draft_row *row, void *with);
bool ih_draft_each(struct ih_registry *registry, ih_draft_seen *each,
    void *with, struct ih_error *err);

/* What was saved last, and its ROW.  Caller owns.  NULL: IH_ABSENT
 * (E_DRAFT_UNKNOWN), IH_DENIED (E_DRAFT_OTHER: it is another's; E_ROLE),
 * IH_TRUST. */
struct ih_buffer *ih_draft_read(struct ih_registry *registry, const char *code,
    struct ih_draft_row *row, struct ih_error *err);

/* Save it; ROW is that which was read, and becomes that which is saved.
 * False: IH_STATE (E_DRAFT_CHANGED: it was saved elsewhere since), and as
 * above. */
bool ih_draft_write(struct ih_registry *registry, struct ih_draft_row *row,
    const void *bytes, size_t size, struct ih_error *err);

/*
 * It becomes a case, in the transaction that is open, which no other is
 * around; afterwards ih_draft_forget() takes the key away.  ROW as above.
 * False: IH_STATE (E_DRAFT_CHANGED), IH_ABSENT, IH_DENIED.
 */
bool ih_draft_finish(struct ih_registry *registry,
    const struct ih_draft_row *row, struct ih_error *err);

/* Destroy it, now.  False: IH_ABSENT, IH_DENIED. */
bool ih_draft_discard(struct ih_registry *registry, const char *code,
    struct ih_error *err);

/* The key of one that has ended; where somebody else reads just now it goes
 * when the registry is next opened.  False: IH_SYSTEM. */
bool ih_draft_forget(struct ih_registry *registry, const char *code,
    struct ih_error *err);

/* How many seconds a question takes, as the lifecycle estimates.  0: it cannot
 * be read. */
int
ih_draft_question_seconds(struct ih_registry *registry, struct ih_error *err);

#endif
