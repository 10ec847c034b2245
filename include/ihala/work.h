/*
 * work.h - the worklist: which clocks run in the cases of the office, the
 * urgent first, then what is overdue, then what is due, then what is paused.
 *
 * What is due is kept beside the cases and follows each move; it is made anew
 * when another pack is in force.  It says nothing that the rows of the cases
 * and their steps do not, so reading it enters nothing in the ledger.
 *
 * Whoever moves the cases of the whole office sees all of them, others those
 * that were given to them, and who moves none sees none.
 *
 * Source: xml/lifecycle/case.xml; clock.h.
 */
#ifndef IHALA_WORK_H
#define IHALA_WORK_H

#include "ihala/access.h"
#include "ihala/clock.h"

struct ih_work {
	char code[IH_CODE_TEXT];
	const struct ih_clock *clock; /* borrowed from the registry */
	struct ih_clock_run run;      /* of those that run, without `left` */
	bool excused;                 /* why it is late was said */
};
typedef bool ih_work_seen(const struct ih_work *work, void *with);

/* Which of them; all zero: all that the user may see. */
struct ih_work_asked {
	bool mine;        /* only cases that were given to the user */
	bool awaiting;    /* only where somebody outside has to answer */
	bool bounded;     /* only what is due from FROM to TO, and not paused */
	int64_t from, to; /* instants, both included */
};

/* Until EACH says false.  False: IH_DENIED (E_PASSPHRASE: locked; E_ROLE),
 * IH_USAGE (opened without a library), IH_BUSY, IH_SYSTEM. */
bool
ih_work_each(struct ih_registry *registry, const struct ih_work_asked *asked,
    ih_work_seen *each, void *with, struct ih_error *err);

/* Every run of every clock of one case, also those that ended.  False:
 * IH_ABSENT (E_CASE_UNKNOWN), IH_USAGE, IH_SYSTEM. */
bool ih_work_of_case(struct ih_registry *registry, const char *code,
    ih_work_seen *each, void *with, struct ih_error *err);

/*
 * Say why CLOCK of the case is late: sealed with the facts, and entered.  It
 * stays late.  False: IH_DENIED (E_ROLE), IH_ABSENT (E_CASE_UNKNOWN,
 * E_CLOCK_UNKNOWN), IH_STATE (E_CLOCK_IN_TIME; E_CASE_ERASED), IH_USAGE
 * (E_REASON: too short or too long).
 */
bool ih_clock_excuse(struct ih_registry *registry, const char *code,
    const char *clock, const char *reason, struct ih_error *err);

struct ih_excuse {
	int64_t entry, instant; /* in the ledger */
	char user[IH_USER_TEXT];
	char clock[IH_SUBJECT_TEXT];
	const char *reason; /* borrowed, while it is told */
};
typedef bool ih_excuse_seen(const struct ih_excuse *excuse, void *with);

/* What was said of the case, in order; the reading is entered.  False:
 * IH_DENIED, IH_ABSENT, IH_TRUST. */
bool ih_excuse_each(struct ih_registry *registry, const char *code,
    ih_excuse_seen *each, void *with, struct ih_error *err);

#endif
