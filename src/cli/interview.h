/*
 * interview.h - a completed questionnaire from outside, and all it takes to
 * judge it.
 */
#ifndef IHALA_CLI_INTERVIEW_H
#define IHALA_CLI_INTERVIEW_H

#include "command.h"
#include "ihala/answers.h"
#include "ihala/assess.h"
#include "ihala/framework.h"
#include "ihala/instrument.h"
#include "ihala/schema.h"

/* What many interviews share: loaded once, when the first one needs it. */
#define DESK_FRAMEWORKS 32 /* that speak of one instrument */

typedef struct desk {
	struct ih_schema *answers_schema;
	struct ih_instrument *instrument;
	/* The main one first, then by id. */
	struct ih_framework *frameworks[DESK_FRAMEWORKS];
	size_t framework_count;
} cli_desk;

void desk_free(struct desk *desk);

/* One interview, good as long as its desk is there and has the same instrument:
 * two of different instruments that are held together have a desk each. */
typedef struct interview {
	xmlDoc *doc;
	struct ih_answers *answers;
	/* In the order of the desk, the main one first; without those that are
	 * the law of another country. */
	struct ih_assessment *assessments[DESK_FRAMEWORKS];
	size_t assessment_count;
} cli_interview;

void interview_free(struct interview *interview);

IH_OWNER(cli_desk, desk_free)
IH_OWNER(cli_interview, interview_free)

/* The caller owns it. */
struct desk *desk_new(void);

/*
 * Read PATH in a confined child, check it, assess it.  The caller owns it.
 * NULL: the error names the file and line.
 */
struct interview *interview_open(struct request *request, struct desk *desk,
    const char *path, struct ih_error *err);

/* The same of a document of ours, which it takes over, also where it fails. */
struct interview *interview_of(struct request *request, struct desk *desk,
    xmlDoc *doc, struct ih_error *err);

/* Instrument ID and the framework asked for (or all that speak of it), on
 * the desk. */
bool desk_prepare(struct request *request, struct desk *desk,
    const char *instrument, struct ih_error *err);

/* The same with an instrument that is at hand, which the desk then owns.
 * NULL: the error says why there is none. */
bool desk_put(struct request *request, struct desk *desk,
    struct ih_instrument *instrument, struct ih_error *err);

/* The framework asked for, or the first main one there is, and its
 * instrument. */
bool desk_prepare_any(struct request *request, struct desk *desk,
    struct ih_error *err);

/* Does FRAMEWORK judge ANSWERS?  Always where --framework named it; otherwise
 * not where it is the law of another country. */
bool desk_judges(const struct request *request,
    const struct ih_framework *framework, const struct ih_answers *answers);

/* Is there urgent danger, as far as was answered? */
bool interview_is_urgent(const struct interview *interview);

#endif
