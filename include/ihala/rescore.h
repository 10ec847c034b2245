/*
 * rescore.h - an interview judged before, beside the same one judged now.
 *
 * What was concluded once is pinned and stays: here two conclusions are only
 * laid side by side.  One side may be an assessment as it was written down,
 * whose rules are no longer at hand; it lists what held or was undetermined,
 * so what it does not list counts as not holding.
 *
 * Contradictions between answers are left out: nothing follows from them.
 *
 * Source: xml/schema/assessment.rng; src/README.md "How the engine reasons".
 */
#ifndef IHALA_RESCORE_H
#define IHALA_RESCORE_H

#include <libxml/tree.h>

#include "ihala/assess.h"

enum ih_stand_what {
	IH_STAND_URGENCY,
	IH_STAND_ROW, /* of the outcome rule: holds where it is met for sure */
	IH_STAND_DIMENSION,
	IH_STAND_INDICATOR,
	IH_STAND_WHATS
};

enum ih_stood {
	IH_STOOD_NOT_THERE, /* the rules have none of this name */
	IH_STOOD_FALSE,
	IH_STOOD_UNDETERMINED,
	IH_STOOD_TRUE,
	IH_STOODS
};

/* "urgency", "row"...; "not-there", "false"... */
const char *ih_stand_name(enum ih_stand_what what);
const char *ih_stood_name(enum ih_stood stood);

struct ih_stand {
	enum ih_stand_what what;
	const char *id;
	enum ih_stood stood;
	const char *weight; /* of an indicator: "strong", "3" points; "" */
};

/* One side.  All of it lives in the arena it was made in. */
struct ih_standing {
	const char *framework, *version, *digest; /* of the framework */
	const char *engine;
	enum ih_level at_least, at_most;
	bool withheld;
	bool whole; /* lists also what does not hold */
	struct ih_stand *list;
	size_t count;
};

/* BOUNDS found under FRAMEWORK by this engine. */
struct ih_standing ih_standing_of(const struct ih_framework *framework,
    const struct ih_bounds *bounds, struct ih_arena *arena);

/* The element <assessment>.  False: IH_INPUT, it is none. */
bool ih_standing_read(const xmlNode *assessment, struct ih_arena *arena,
    struct ih_standing *standing, struct ih_error *err);

/* What was concluded, as one word. */
enum ih_found {
	IH_FOUND_INDICATED,
	IH_FOUND_POSSIBLE,
	IH_FOUND_UNDETERMINED,
	IH_FOUND_NO_INDICATION,
	IH_FOUND_WITHHELD, /* nothing is concluded */
	IH_FOUND_NONE,     /* not judged by this framework at all */
	IH_FOUNDS
};
const char *ih_found_name(enum ih_found found);
enum ih_found
ih_found(const struct ih_standing *standing); /* NULL: IH_FOUND_NONE */

struct ih_change {
	enum ih_stand_what what;
	const char *id;
	enum ih_stood was, now;
	const char *was_weight, *now_weight; /* "": none, or not there */
};

struct ih_rescore {
	enum ih_found was, now;
	bool moved; /* another outcome, or other bounds of it */
	struct ih_change *changes;
	size_t count;
};

/*
 * WAS beside NOW, the weight of what holds included; one of them may be NULL:
 * not judged there, and then there are no changes to list.  In ARENA; ids are
 * borrowed from both.
 */
struct ih_rescore ih_rescore(const struct ih_standing *was,
    const struct ih_standing *now, struct ih_arena *arena);

#endif
