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
 * axis; asked for once the registry has a second user), "not-held" (no legal
 * hold), "restoring" (a backup is being put back).  Effects: "urgent", "hold",
 * "release", "erase" (the keys and the content of the case are destroyed).
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

enum ih_axis { IH_FILE, IH_DETERMINATION, IH_REFERRAL, IH_CONSENT, IH_AXES };

enum { IH_STATE_TEXT = 33 }; /* with the NUL */

struct ih_move {
	const char *from, *event, *to;
	const char *role; /* who may: "screener", "supervisor"... */
	bool four_eyes, not_held, restoring;
	bool urgent, hold, release, erase; /* effects */
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

/* The state in which a new case starts. */
const char *
ih_lifecycle_start(const struct ih_lifecycle *lifecycle, enum ih_axis axis);

/* The move that EVENT makes from state FROM; NULL: none.  Borrowed. */
const struct ih_move *ih_lifecycle_move(const struct ih_lifecycle *lifecycle,
    enum ih_axis axis, const char *from, const char *event);

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

#endif
