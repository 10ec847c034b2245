/*
 * truth.h - what a committee determined of interviews, to hold their outcomes
 * against.
 *
 * A truth file names interviews by their id and nothing else of a person.  It
 * may also hold tables of published studies, as counts; where these are not
 * printed but follow from printed rates the table says that it is
 * reconstructed, and what the study prints stands beside it as text.
 *
 * All of it is borrowed from the truth.
 *
 * Source: xml/schema/truth.rng.
 */
#ifndef IHALA_TRUTH_H
#define IHALA_TRUTH_H

#include <libxml/tree.h>
#include <stdbool.h>
#include <stddef.h>

#include "ihala/instrument.h"
#include "ihala/quality.h"

#define IH_STUDIES_MAX 100 /* of one file */

struct ih_verdict {
	const char *interview; /* a UUID */
	long line;             /* in the file */
	bool confirmed;
	enum ih_reading second; /* another screener's; IH_READ_NOTHING */
};

/* What a study prints: shares in per cent, ratios as they are. */
struct ih_printed {
	enum ih_measure measure;
	const char *estimate, *low, *high; /* low, high: NULL where absent */
};

struct ih_study {
	const char *label;
	const char *instrument, *sex, *age; /* NULL: not said */
	bool reconstructed;
	struct ih_confusion counts; /* none open */
	const struct ih_source *sources;
	size_t source_count;
	struct ih_printed *printed;
	size_t printed_count;
};

typedef struct ih_truth {
	struct ih_arena *arena;
	struct ih_verdict *verdicts; /* in the order of their interviews */
	size_t verdict_count;
	struct ih_study *studies;
	size_t study_count;
} ih_truth;

/*
 * Of DOC, which fits truth.rng.  Caller owns.  NULL: IH_INPUT; E_TRUTH_TWICE
 * where an interview stands twice.  The error names the line.
 */
struct ih_truth *ih_truth_read(xmlDoc *doc, struct ih_error *err);
void ih_truth_free(struct ih_truth *truth);

/* What was determined of INTERVIEW; NULL where nothing was. */
const struct ih_verdict *
ih_truth_of(const struct ih_truth *truth, const char *interview);

IH_OWNER(ih_truth, ih_truth_free)

#endif
