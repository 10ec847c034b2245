/*
 * framework.h - indicators, and the rules that join them, as read from
 * xml/framework/ID.xml and compiled against one instrument.
 *
 * A rule has one of four shapes (enum ih_shape).  All are monotone in their
 * indicators: a dimension rule is rows of "at least so many", an outcome rule
 * is all, any and positive over dimensions, points are positive and bands
 * rise, and there is no "not" above an indicator.  One more indicator can
 * therefore never lower a result, and bounds are exact at both ends.
 *
 * Urgent danger is judged apart from likelihood, by conditions of its own;
 * so are answers that do not agree with each other, from which nothing
 * follows.
 *
 * Source: xml/schema/framework.rng; each file cites its own sources and
 * says how sure they are (status, confidence).
 */
#ifndef IHALA_FRAMEWORK_H
#define IHALA_FRAMEWORK_H

#include "ihala/condition.h"
#include "ihala/instrument.h"

#define IH_DIMENSIONS_MAX 16  /* subsets of them are searched */
#define IH_INDICATORS_MAX 512 /* of one framework; the longest known has 67 */
#define IH_ROWS_MAX 64        /* of one rule */
#define IH_FORMULA_OPS 256    /* of one outcome row */
#define IH_FORMULA_DEPTH 72   /* more than a document can nest */
#define IH_POINTS_MAX 100     /* of one indicator */

enum ih_shape {
	IH_COUNTS,   /* strong, medium and weak ones, by dimension */
	IH_ELEMENTS, /* of the law: one of each group suffices */
	IH_ANY_OF,   /* so many of all of them */
	IH_POINTS    /* their points, in bands */
};

enum ih_strength {
	IH_STRONG,
	IH_MEDIUM,
	IH_WEAK,
	IH_UNWEIGHTED, /* only counts uses the others */
	IH_STRENGTHS
};
/* The order is the order of levels. */
enum ih_level { IH_NO_INDICATION, IH_POSSIBLE, IH_INDICATED, IH_LEVELS };

const char *ih_shape_name(enum ih_shape shape);          /* "points" */
const char *ih_strength_name(enum ih_strength strength); /* "strong"; "" */
const char *ih_level_name(enum ih_level level);          /* "possible" */

struct ih_indicator {
	const char *id;
	size_t dimension;
	enum ih_strength strength;
	unsigned points;  /* what it adds to the sum: 1 where none are given */
	const char *code; /* the element of the law that it is; "": none */
	struct ih_texts texts;
	const struct ih_source *sources;
	size_t source_count;
	struct ih_condition when;
};

struct ih_dimension {
	const char *id;
	struct ih_texts title;
	size_t first, count; /* indicators */
};

/* How many indicators of each strength. */
struct ih_tally {
	unsigned of[IH_STRENGTHS];
};

/* Met where each count is reached. */
struct ih_count_row {
	const char *id;
	struct ih_texts texts;
	struct ih_tally least;
	unsigned lesser; /* medium and weak together */
	unsigned any;    /* all together */
};

enum ih_join { IH_JOIN_POSITIVE, IH_JOIN_FACT, IH_JOIN_ALL, IH_JOIN_ANY };

/* Postfix, as in a condition. */
struct ih_formula {
	struct ih_join_op {
		enum ih_join what;
		size_t dimension;         /* positive */
		struct ih_condition fact; /* fact */
	} * ops;
	size_t count;
};

struct ih_outcome_row {
	const char *id;
	enum ih_level level;
	const char *status; /* "verified", "provisional", "project-policy" */
	struct ih_texts texts;
	struct ih_source source;
	struct ih_formula when; /* IH_COUNTS, IH_ELEMENTS */
	unsigned from;          /* IH_ANY_OF, IH_POINTS: the sum it takes */
};

/* Where it holds nothing is concluded: a declined interview is no finding. */
struct ih_withheld {
	struct ih_texts texts;     /* in[] NULL: there is no such condition */
	struct ih_condition where; /* only where there are texts */
};

/* Judged apart from the outcome: what is urgent, what does not agree. */
struct ih_apart_row {
	const char *id;
	const char *status;
	struct ih_texts texts;
	struct ih_source source;
	struct ih_condition when;
};

typedef struct ih_framework {
	struct ih_arena *arena;
	const struct ih_instrument *instrument; /* borrowed */
	const char *id, *version, *status;
	bool main;           /* of the frameworks of its instrument */
	const char *country; /* whose law it is: "MA"; NULL: of no one's */
	enum ih_shape shape;
	char digest[IH_DIGEST_TEXT];
	struct ih_texts title;
	struct ih_withheld withheld;
	const struct ih_source *sources;
	size_t source_count;
	struct ih_dimension *dimensions;
	size_t dimension_count;
	struct ih_indicator *indicators;
	size_t indicator_count;
	struct ih_source count_source; /* text NULL: the shape has none */
	struct ih_count_row *counts;
	size_t count_count;
	struct ih_outcome_row *outcomes;
	size_t outcome_count;
	struct ih_apart_row *urgencies;
	size_t urgency_count;
	struct ih_apart_row *contradictions;
	size_t contradiction_count;
} ih_framework;

/*
 * Framework ID of LIBRARY, over INSTRUMENT, which must outlive it.  Caller
 * owns.  NULL: IH_ABSENT, or IH_INPUT with the first fault.
 */
struct ih_framework *
ih_framework_load(struct ih_library *library, const char *id,
    const struct ih_instrument *instrument, struct ih_error *err);

/* The same from SIZE BYTES of our own; NAME is for messages. */
struct ih_framework *ih_framework_read(struct ih_schema *schema,
    const struct ih_instrument *instrument, const char *name, const void *bytes,
    size_t size, struct ih_error *err);

/* Look for every fault, as ih_instrument_check() does. */
bool ih_framework_check(struct ih_schema *schema,
    const struct ih_instrument *instrument, const char *name, const void *bytes,
    size_t size, ih_fault_each *each, void *with);

/* The id of the instrument that the framework in SIZE BYTES speaks of, in
 * ARENA; and whether it is the MAIN one of it.  SCHEMA NULL: it will be held
 * against it when it is read, and only its root is looked at.  NULL: IH_INPUT.
 */
const char *ih_framework_instrument(struct ih_schema *schema,
    struct ih_arena *arena, const char *name, const void *bytes, size_t size,
    bool *main, struct ih_error *err);

void ih_framework_free(struct ih_framework *framework);

/* Does it judge the interviews of COMMITTEE ("MA") without being asked for? */
bool ih_framework_is_for(const struct ih_framework *framework,
    const char *committee);

/* Does the rule add up all indicators, whatever their dimension? */
bool ih_framework_adds_up(const struct ih_framework *framework);

/* The first row that TALLY meets; NULL if it meets none. */
const struct ih_count_row *
ih_framework_row(const struct ih_framework *framework,
    const struct ih_tally *tally);

IH_OWNER(ih_framework, ih_framework_free)

#endif
