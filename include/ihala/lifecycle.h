/*
 * lifecycle.h - which event may take a case from where to where.
 *
 * Four axes, never one status: what is done with the file, what was
 * determined about the person, where the referral is, what was consented to.
 * Each axis is a table of moves in xml/lifecycle/case.xml: state, event, new
 * state, role, guard, effect.  An id that C knows is an axis, a guard or an
 * effect; a state or an event is only ever data.
 *
 * Guards: "four-eyes" (another user than the one of the last move on this
 * axis, not counting what moves and records nothing; asked for once the
 * registry has a second user), "not-held" (no legal hold), "restoring" (a
 * backup is being put back), "proposed" (the last step on this axis was a
 * proposal), "other-decider" (not somebody who proposed or decided on this axis
 * before the state it is in), "kept" (a request has been kept for its days).
 * Effects: "urgent", "hold", "release", "erase" (the keys and the content of
 * the case are destroyed), "propose", "decide" and "tell" (something that is
 * written in the record, with who and why).
 *
 * A request, from which a case may come, moves by a table of the same kind.
 *
 * Source: xml/lifecycle/case.xml, which cites its own.
 */
#ifndef IHALA_LIFECYCLE_H
#define IHALA_LIFECYCLE_H

#include <stdbool.h>
#include <stddef.h>

#include "ihala/clock.h"
#include "ihala/error.h"
#include "ihala/library.h"
#include "ihala/owned.h"

enum ih_axis {
	IH_FILE,
	IH_DETERMINATION,
	IH_REFERRAL,
	IH_CONSENT,
	IH_AXES,
	IH_REQUEST = IH_AXES, /* no axis of a case */
	IH_MOVE_TABLES
};

enum { IH_STATE_TEXT = 33 }; /* with the NUL */

struct ih_move {
	const char *from, *event, *to;
	const char *role; /* who may: "screener", "supervisor"... */
	bool four_eyes, not_held, restoring, proposed, other_decider, kept;
	bool urgent, hold, release, erase, propose, decide, tell; /* effects */
	const char *asks;  /* of a plan: "provider cause result"; "": nothing */
	const char *cause; /* of a plan: the one that it records; "": none */
};

/* By which way somebody asked for help. */
struct ih_channel {
	const char *id;
	struct ih_texts text;
};

typedef struct ih_lifecycle ih_lifecycle;

/* Read xml/lifecycle/case.xml.  Caller owns.  NULL: IH_INPUT, IH_SYSTEM. */
struct ih_lifecycle *
ih_lifecycle_read(struct ih_library *library, struct ih_error *err);
void ih_lifecycle_free(struct ih_lifecycle *lifecycle);

/* "file", "determination", "referral", "consent". */
const char *ih_axis_name(enum ih_axis axis);
bool ih_axis_parse(const char *name, enum ih_axis *axis);

/* For how many days a backup of the keys may exist. */
int ih_lifecycle_key_days(const struct ih_lifecycle *lifecycle);

/* For how many days an interview that is not finished is kept, and how long a
 * question takes, in seconds. */
int ih_lifecycle_draft_days(const struct ih_lifecycle *lifecycle);
int ih_lifecycle_question_seconds(const struct ih_lifecycle *lifecycle);

/* For how many days a request is kept once nothing more is done with it. */
int ih_lifecycle_request_days(const struct ih_lifecycle *lifecycle);
/* NULL: there is no such channel.  Borrowed. */
const struct ih_channel *
ih_lifecycle_channel(const struct ih_lifecycle *lifecycle, const char *id);

/* Does STATE need a reason beside OUTCOME of the interview? */
bool ih_lifecycle_is_against(const struct ih_lifecycle *lifecycle,
    enum ih_axis axis, const char *state, const char *outcome);

/* The state in which a new case starts. */
const char *
ih_lifecycle_start(const struct ih_lifecycle *lifecycle, enum ih_axis axis);

/* The move that EVENT makes from state FROM; NULL: none.  Borrowed. */
const struct ih_move *ih_lifecycle_move(const struct ih_lifecycle *lifecycle,
    enum ih_axis axis, const char *from, const char *event);

/* The move that leads from state FROM to another, TO; NULL: none. */
const struct ih_move *ih_lifecycle_way(const struct ih_lifecycle *lifecycle,
    enum ih_axis axis, const char *from, const char *to);

/* All moves of an axis, *COUNT of them.  Borrowed. */
const struct ih_move *ih_lifecycle_moves(const struct ih_lifecycle *lifecycle,
    enum ih_axis axis, size_t *count);

/* Does EVENT happen on AXIS at all, from whatever state? */
bool ih_lifecycle_has_event(const struct ih_lifecycle *lifecycle,
    enum ih_axis axis, const char *event);

/* The clocks that every committee has, *COUNT of them.  Borrowed. */
const struct ih_clock *
ih_lifecycle_clocks(const struct ih_lifecycle *lifecycle, size_t *count);
/* Does each event that CLOCK waits for happen? */
bool ih_lifecycle_fits(const struct ih_lifecycle *lifecycle,
    const struct ih_clock *clock);

IH_OWNER(ih_lifecycle, ih_lifecycle_free)

/*
 * A table of moves that is no axis of a case but moves something in it:
 * xml/lifecycle/plan.xml.  Caller owns.  NULL: IH_ABSENT, IH_INPUT, IH_SYSTEM.
 */
typedef struct ih_moves ih_moves;
struct ih_moves *ih_moves_read(struct ih_library *library, const char *name,
    struct ih_error *err);
void ih_moves_free(struct ih_moves *moves);

/* The state in which something starts.  Borrowed. */
const char *ih_moves_start(const struct ih_moves *moves);
/* The move that EVENT makes from state FROM; NULL: none.  Borrowed. */
const struct ih_move *ih_moves_find(const struct ih_moves *moves,
    const char *from, const char *event);
/* Does state ID mean WHAT ("unmet")? */
bool
ih_moves_means(const struct ih_moves *moves, const char *id, const char *what);
/* State ID for people; ID itself where there is none. */
const char *ih_moves_say(const struct ih_moves *moves, const char *id,
    struct ih_tongue tongue);

IH_OWNER(ih_moves, ih_moves_free)

/* For how long a case is kept that was closed in a certain way. */
struct ih_retention {
	const char *id;
	const char *starts; /* "file:approve-closure" */
	int years;          /* 0: nobody has decided it yet */
	const char *status; /* "verified", "provisional", "project-policy" */
	struct ih_texts text;
};

/* The class of a case that EVENT closes; NULL: it closes none.  Borrowed. */
const struct ih_retention *
ih_lifecycle_retention(const struct ih_lifecycle *lifecycle, enum ih_axis axis,
    const char *event);

#endif
