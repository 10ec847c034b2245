/*
 * plan.h - the plan of a case: what is needed, by which service of which
 * provider, by when, and what came of it.
 *
 * It stands in the sealed facts of the case (case.rng).  A need moves as
 * xml/lifecycle/plan.xml says; what the person refuses is a result like
 * another, never an error, and lowers nothing.  A need that is not met keeps
 * its cause, so that causes can be counted without anybody's name.
 *
 * Changes come as one list (urn:ihala:plan:1) that has passed plan.rng: all
 * are made or none.  What is read is borrowed from the case, in the arena that
 * was handed in.
 *
 * Source: xml/lifecycle/plan.xml, xml/service/common.xml; xml/schema/plan.rng.
 */
#ifndef IHALA_PLAN_H
#define IHALA_PLAN_H

#include <stdbool.h>
#include <stddef.h>

#include "ihala/arena.h"
#include "ihala/buffer.h"
#include "ihala/error.h"
#include "ihala/lifecycle.h"
#include "ihala/role.h"
#include "ihala/service.h"
#include "ihala/xml.h"

#define IH_PLAN_MOVES "xml/lifecycle/plan.xml"
#define IH_PLAN_ITEMS 256  /* of one plan */
#define IH_PLAN_NOTES 1000 /* steps of one item, views, agreements */

struct ih_plan_step {
	const char *event, *date;
};

/* What is not said is "". */
struct ih_plan_item {
	const char *id, *need, *service, *provider, *due, *state, *cause,
	    *result, *objective;
	struct ih_plan_step *steps;
	size_t step_count, step_room;
};

struct ih_plan_view {
	const char *date, *text;
};

struct ih_plan_agreement {
	const char *date, *said, *mode;
};

struct ih_plan {
	const char *review; /* when it is to be looked at again; "" */
	struct ih_plan_item *items;
	size_t count, room;
	struct ih_plan_view *views;
	size_t view_count, view_room;
	struct ih_plan_agreement *agreements;
	size_t agreement_count, agreement_room;
};

/* The plan in FACTS; an empty one where there is none. */
struct ih_plan ih_plan_read(struct ih_arena *arena, const xmlDoc *facts);

/* May the person of the case be sent to PROVIDER for SERVICE?  False: why. */
typedef bool ih_plan_may(const char *provider, const char *service, void *with,
    struct ih_error *err);

/* What changes are held against.  Borrowed. */
struct ih_plan_rules {
	const struct ih_services *services;
	const struct ih_moves *moves;
	ih_role_set roles; /* of whoever makes them */
	const char *day;   /* on which they are made */
	ih_plan_may *may;
	void *with; /* for MAY */
};

/*
 * The next version of FACTS, with CHANGES made to its plan, into OUT, which is
 * untouched on failure.  Errors name the line of the list.
 * False: IH_INPUT with E_PLAN_CASE (a list for another case), E_PLAN_NEED,
 * E_PLAN_SERVICE (unknown, or it does not meet the need), E_PLAN_ITEM (not
 * there, or there already), E_PLAN_ASKS (a move without the provider, cause or
 * result it asks for, or one that is not known), E_PLAN_FULL; IH_STATE with
 * E_PLAN_MOVE; IH_DENIED with E_ROLE; whatever MAY says.
 */
bool ih_plan_apply(xmlDoc *facts, const xmlDoc *changes,
    const struct ih_plan_rules *rules, struct ih_buffer *out,
    struct ih_error *err);

/* Of a list that has passed its schema: its case, borrowed, and the version
 * that its writer has seen. */
const char *ih_plan_changes_case(const xmlDoc *changes);
long ih_plan_changes_version(const xmlDoc *changes);

/* Add to COUNTS, of as many numbers as SERVICES has causes, each need of FACTS
 * that is not met, by its cause.  Nothing else is looked at. */
void
ih_plan_count_unmet(const xmlDoc *facts, const struct ih_services *services,
    const struct ih_moves *moves, size_t counts[]);

#endif
