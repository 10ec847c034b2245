/* ihala validate - how good the questionnaire is, held against what the
 * committee determined. */
#include <stdlib.h>
#include <string.h>

#include "ihala/table.h"
#include "ihala/xml.h"
#include "interview.h"
#include "validation.h"
#include "words_keys.h"

#define DEFINITIONS "xml/summary/tables.xml" /* the words for its codes */

/* What the run gathers, one interview after another. */
struct gathering {
	struct request *request;
	const struct ih_truth *truth;
	const struct ih_variable *variables[BYS]; /* NULL: not by one */
	struct desk *desk;
	struct validation *validation;
	size_t room;    /* of groups */
	bool *seen;     /* for each determination: its interview was read */
	int8_t *values; /* readings: all the first ones, all the second */
};

/* ---- which group */

static const struct ih_variable *
variable_of(const struct ih_tables *tables, const char *id)
{
	for (size_t i = 0; i < tables->variable_count; i++)
		if (strcmp(tables->variables[i].id, id) == 0)
			return &tables->variables[i];
	return NULL;
}

static const char *
title_of_group(struct gathering *g, enum by by, const char *code)
{
	struct request *request = g->request;
	const char *title;

	switch (by) {
	case BY_SEX:
		return validation_title(g->validation, request, "sex", code);
	case BY_AGE:
		return validation_title(g->validation, request, "age", code);
	case BY_INSTRUMENT:
		title =
		    ih_texts_say(&g->desk->instrument->title, request->tongue);
		return ih_say(request->arena, request->tongue, W_QUALITY_GROUP,
		    IH_ARG(word(request, W_QUALITY_INSTRUMENT)),
		    IH_ARG(title != NULL ? title : code));
	default:
		return word(request, W_QUALITY_ALL);
	}
}

/* An instrument has one version and one main framework in a run. */
static const struct pins *
pins_of(struct gathering *g)
{
	struct request *request = g->request;
	const struct ih_instrument *i = g->desk->instrument;
	const struct ih_framework *f = g->desk->frameworks[0]; /* main */
	struct pins *pins = ih_arena_take(request->arena, sizeof *pins);
	const char *title = ih_texts_say(&f->title, request->tongue);
	char key[40];

	snprintf(key, sizeof key, "assess.status.%s", f->status);
	*pins = (struct pins){
		.version = ih_arena_text(request->arena, i->version),
		.digest = ih_arena_text(request->arena, i->digest),
		.framework = ih_arena_text(request->arena, f->id),
		.framework_version = ih_arena_text(request->arena, f->version),
		.framework_digest = ih_arena_text(request->arena, f->digest),
		.sentence = ih_say(request->arena, request->tongue,
		    W_ASSESS_FRAMEWORK, IH_ARG(title != NULL ? title : f->id),
		    IH_ARG(f->version), IH_ARG(word(request, key))),
	};
	return pins;
}

static struct group *
group_of(struct gathering *g, enum by by, size_t at, const char *code)
{
	struct validation *v = g->validation;

	for (size_t i = 0; i < v->group_count; i++)
		if (v->groups[i].by == by &&
		    strcmp(v->groups[i].code, code) == 0)
			return &v->groups[i];
	v->groups = ih_arena_more(g->request->arena, v->groups, v->group_count,
	    &g->room, sizeof *v->groups);
	v->groups[v->group_count] = (struct group){
		.by = by,
		.at = at,
		.code = ih_arena_text(g->request->arena, code),
		.title = title_of_group(g, by, code),
		.pins = by == BY_INSTRUMENT ? pins_of(g) : NULL,
	};
	return &v->groups[v->group_count++];
}

static int
in_order(const void *a, const void *b)
{
	const struct group *x = a, *y = b;

	if (x->by != y->by)
		return (int)x->by - (int)y->by;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return strcmp(x->code, y->code);
}

/* ---- one interview */

/* Was any question asked that an indicator hangs on?  Where the person
 * declined there was none, and there is no outcome to hold against
 * anything. */
static bool
was_interviewed(const struct ih_assessment *a)
{
	const struct ih_framework *f = a->framework;

	for (size_t i = 0; i < a->answers->instrument->item_count; i++) {
		if (a->answers->answers[i].state == IH_NOT_ASKED)
			continue;
		for (size_t n = 0; n < f->indicator_count; n++)
			if (ih_condition_names(&f->indicators[n].when, i))
				return true;
	}
	return false;
}

static void
count(struct gathering *g, const struct ih_verdict *verdict,
    const struct interview *one)
{
	const struct ih_assessment *a = one->assessments[0];
	const struct ih_answers *answers = a->answers;

	for (int by = 0; by < BYS; by++) {
		const char *code =
		    by == BY_INSTRUMENT ? answers->instrument->id : "";
		size_t at = 0;

		if (g->variables[by] != NULL) {
			at = ih_table_category(g->variables[by], one->doc);
			code = g->variables[by]->categories[at].code;
		}
		ih_cross_add(&group_of(g, (enum by)by, at, code)->cross,
		    verdict->confirmed, a->bounds.at_least, a->bounds.at_most);
	}
	g->validation->tally.compared++;
	g->validation->tally.training += answers->training;
	g->values[verdict - g->truth->verdicts] = (int8_t)ih_reading_of(
	    ih_outcome_name(a->bounds.at_least, a->bounds.at_most));
}

static bool
take_interview(struct gathering *g, const char *path, struct ih_error *err)
{
	struct tally *tally = &g->validation->tally;
	IH_OWNED(cli_interview) one =
	    interview_open(g->request, g->desk, path, err);
	const struct ih_verdict *verdict;

	if (one == NULL)
		return false;
	verdict = ih_truth_of(g->truth, one->answers->id);
	if (verdict == NULL) {
		tally->no_verdict++;
		return true;
	}
	if (g->seen[verdict - g->truth->verdicts])
		return ih_fail_code(err, IH_INPUT, "E_INTERVIEW_TWICE", "%s",
		    path);
	g->seen[verdict - g->truth->verdicts] = true;
	if (was_interviewed(one->assessments[0]))
		count(g, verdict, one);
	else
		tally->declined++;
	return true;
}

/* Those that cannot be read are told; the rest is still counted. */
static void
take_interviews(struct gathering *g, struct ih_error *first)
{
	struct request *request = g->request;

	for (int i = 0; i < request->count; i++) {
		struct ih_error here = { 0 };

		if (take_interview(g, request->words[i], &here))
			continue;
		g->validation->tally.refused++;
		keep_failure(request, &here, first);
	}
}

/* ---- the whole */

static void
compare_readings(struct gathering *g)
{
	struct validation *v = g->validation;
	size_t units = g->truth->verdict_count;
	uint64_t table[IH_READINGS * IH_READINGS] = { 0 };

	for (size_t i = 0; i < units; i++) {
		int8_t first = g->values[i], second = g->values[units + i];

		if (first >= 0 && second >= 0)
			table[first * IH_READINGS + second]++;
		else if (first >= 0 || second >= 0)
			v->single++;
		v->tally.no_interview += !g->seen[i];
	}
	v->kappa = ih_kappa(table, IH_READINGS);
	v->alpha_known = ih_alpha(g->values, 2, units, IH_READINGS, &v->alpha);
	if (v->group_count > 1)
		qsort(v->groups, v->group_count, sizeof *v->groups, in_order);
}

static bool
take_thresholds(const struct request *request, struct validation *v,
    struct ih_error *err)
{
	const char *asked = request->positive;

	for (int level = IH_INDICATED; level > IH_NO_INDICATION; level--)
		if (asked == NULL ||
		    strcmp(asked, ih_level_name((enum ih_level)level)) == 0)
			v->positive[v->positive_count++] = (enum ih_level)level;
	return v->positive_count > 0 ||
	       ih_fail(err, IH_USAGE, "--positive is indicated or possible");
}

static struct ih_truth *
open_truth(struct request *request, struct ih_error *err)
{
	IH_OWNED(ih_schema) schema =
	    ih_schema_load(request->library, "truth", err);
	IH_OWNED(ih_buffer) bytes =
	    schema == NULL ? NULL : read_input(request->truth, err);
	IH_OWNED(xmlDoc) doc = bytes == NULL ?
				   NULL :
				   ih_schema_admit(schema, request->truth,
				       bytes->data, bytes->size, err);
	struct ih_truth *truth = doc == NULL ? NULL : ih_truth_read(doc, err);

	if (doc != NULL && truth == NULL)
		ih_fail_in(err, request->truth);
	return truth;
}

static bool
gather(struct gathering *g, struct ih_error *err)
{
	struct request *request = g->request;
	size_t units = g->truth->verdict_count;
	IH_OWNED(cli_desk) desk = desk_new();
	IH_OWNED(ih_tables) tables = ih_tables_load(request->library, err);
	IH_OWNED(ih_buffer) bytes =
	    tables == NULL ?
		NULL :
		ih_library_read(request->library, DEFINITIONS, err);
	IH_OWNED(xmlDoc) definitions =
	    bytes == NULL ?
		NULL :
		ih_xml_read(DEFINITIONS, bytes->data, bytes->size, err);
	struct ih_error first = { 0 };

	if (definitions == NULL)
		return false;
	g->variables[BY_SEX] = variable_of(tables, "sex");
	g->variables[BY_AGE] = variable_of(tables, "age");
	if (g->variables[BY_SEX] == NULL || g->variables[BY_AGE] == NULL)
		return ih_fail(err, IH_SYSTEM,
		    DEFINITIONS ": expected the variables sex and age");
	g->desk = desk;
	g->validation->definitions = definitions;
	g->seen = ih_arena_take(request->arena, units * sizeof *g->seen);
	g->values = ih_arena_take(request->arena, 2 * units);
	for (size_t i = 0; i < units; i++) {
		g->values[i] = IH_READ_NOTHING;
		g->values[units + i] = (int8_t)g->truth->verdicts[i].second;
	}
	take_interviews(g, &first);
	compare_readings(g);
	*err = first;
	if (!validation_print(g->validation, request, err))
		return false;
	/* Before the words of a failure, where both go to one file. */
	fflush(stdout);
	return first.kind == IH_NONE;
}

bool
cmd_validate(struct request *request, struct ih_error *err)
{
	struct validation validation = { 0 };
	struct gathering g = { .request = request, .validation = &validation };

	if (request->truth == NULL)
		return ih_fail(err, IH_USAGE,
		    "name the determinations with --truth");
	if (!take_thresholds(request, &validation, err))
		return false;
	IH_OWNED(ih_truth) truth = open_truth(request, err);
	if (truth == NULL)
		return false;
	validation.truth = g.truth = truth;
	return gather(&g, err);
}
