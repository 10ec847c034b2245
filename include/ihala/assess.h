/*
 * assess.h - what the answers support under one framework, and why.
 *
 * Each result is computed twice: with what is undetermined as absent, and as
 * present.  Rules are monotone, so these are the true bounds.  Where both
 * agree the result is settled; where not the outcome is undetermined, and
 * the assessment lists the questions that could settle it, the most decisive
 * first.
 *
 * An outcome never says that somebody is not a victim and never gives a
 * legal status: the body that the law names decides.
 *
 * The same answers, instrument, framework and engine version give the same
 * bytes.
 *
 * Source: ILO/EC, Operational indicators of trafficking in human beings
 * (2009), for the rule shapes; src/README.md for bounds.
 */
#ifndef IHALA_ASSESS_H
#define IHALA_ASSESS_H

#include "ihala/answers.h"
#include "ihala/buffer.h"
#include "ihala/framework.h"

/* Goes up whenever the same answers could give another result. */
#define IH_ENGINE_VERSION "1.1.1"

/*
 * The bounds alone: what a batch computes for each interview.  The arrays
 * belong to whoever made the struct; see ih_bounds_new().
 */
struct ih_bounds {
	uint8_t *indicators; /* enum ih_three, for each indicator */
	uint8_t *dimensions; /* positive: enum ih_three */
	uint8_t *outcomes;   /* met: enum ih_three, for each outcome row */
	uint8_t *urgencies;  /* enum ih_three, for each urgency row */
	struct ih_tally *least, *most; /* for each dimension */
	unsigned sum_least, sum_most;  /* where the rule adds up */
	enum ih_level at_least, at_most;
	bool withheld; /* nothing is concluded, whatever was said: the bounds
			* are as wide as can be; struct ih_withheld */
};

/* Arrays for FRAMEWORK, in ARENA. */
struct ih_bounds
ih_bounds_new(const struct ih_framework *framework, struct ih_arena *arena);

/* From one answer for each item of the instrument.  No allocation. */
void ih_bounds_find(const struct ih_framework *framework,
    const struct ih_answer *answers, struct ih_bounds *bounds);

struct ih_settle {
	const struct ih_item *item;
	size_t indicators; /* that hang on it */
	bool gate;         /* its answer opens or closes other questions */
};

typedef struct ih_assessment {
	struct ih_arena *arena;
	const struct ih_framework *framework; /* borrowed */
	const struct ih_answers *answers;     /* borrowed */
	struct ih_bounds bounds;
	bool settled;     /* at_least and at_most agree */
	bool *sufficient; /* for each indicator: in the smallest set */
	const struct ih_count_row **rows;  /* for each dimension, met for sure;
					    * NULL: none */
	const struct ih_outcome_row **met; /* for sure, highest level first */
	size_t met_count;
	/* Answers that do not agree: told, and nothing follows. */
	const struct ih_apart_row **contradictions;
	size_t contradiction_count;
	struct ih_settle *settle; /* most decisive first */
	size_t settle_count;
	size_t unanswered[IH_STATES]; /* IH_BLANK, IH_UNKNOWN, IH_REFUSED */
	size_t asked;                 /* items that are not skipped */
} ih_assessment;

/* Caller owns; framework and answers must outlive it.  Never fails. */
struct ih_assessment *ih_assess(const struct ih_framework *framework,
    const struct ih_answers *answers);
void ih_assessment_free(struct ih_assessment *assessment);

/* "indicated", "possible", "undetermined", "no-indication". */
const char *ih_outcome_name(enum ih_level at_least, enum ih_level at_most);

/* As assessment.rng.  False: IH_INPUT. */
bool ih_assessment_write(const struct ih_assessment *assessment,
    struct ih_buffer *out, struct ih_error *err);
/* Several of the same answers: as assessments.rng; one: as above. */
bool ih_assessments_write(struct ih_assessment *const *assessments,
    size_t count, struct ih_buffer *out, struct ih_error *err);
/* One line of JSON, with the same names. */
void ih_assessment_json(const struct ih_assessment *assessment,
    struct ih_buffer *out);
/* Several: one line, an array of them. */
void ih_assessments_json(struct ih_assessment *const *assessments, size_t count,
    struct ih_buffer *out);

IH_OWNER(ih_assessment, ih_assessment_free)

#endif
