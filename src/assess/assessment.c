/* This is where an assessment is written down, for ever or for a program. */
#include "ihala/assess.h"
#include "ihala/element.h"
#include "ihala/json.h"

static const char *const threes[] = {
	[IH_FALSE] = "false",
	[IH_TRUE] = "true",
	[IH_UNDETERMINED] = "undetermined",
};

static void
write_head(struct ih_writer *w, const struct ih_assessment *a)
{
	const struct ih_answers *answers = a->answers;
	const struct ih_instrument *instrument = answers->instrument;

	ih_open(w, "assessment");
	ih_put(w, "xmlns", "urn:ihala:assessment:1");
	ih_put(w, "answers", answers->id);
	ih_put(w, "answers-digest", answers->digest);
	ih_put(w, "instrument", instrument->id);
	ih_put(w, "instrument-version", instrument->version);
	ih_put(w, "instrument-digest", instrument->digest);
	ih_put(w, "framework", a->framework->id);
	ih_put(w, "framework-version", a->framework->version);
	ih_put(w, "framework-digest", a->framework->digest);
	ih_put(w, "framework-status", a->framework->status);
	ih_put(w, "engine", IH_ENGINE_VERSION);
	if (answers->training)
		ih_put(w, "training", "true");
}

static void
write_urgencies(struct ih_writer *w, const struct ih_assessment *a)
{
	for (size_t i = 0; i < a->framework->urgency_count; i++) {
		if (a->bounds.urgencies[i] == IH_FALSE)
			continue;
		ih_open(w, "urgent");
		ih_put(w, "row", a->framework->urgencies[i].id);
		ih_put(w, "present", threes[a->bounds.urgencies[i]]);
		ih_close(w);
	}
}

static void
write_because(struct ih_writer *w, const struct ih_assessment *a,
    const struct ih_condition *when)
{
	const struct ih_instrument *instrument = a->answers->instrument;

	for (size_t i = 0; i < instrument->item_count; i++) {
		const struct ih_answer *answer = &a->answers->answers[i];

		if (!ih_condition_rests_on(when, a->answers->answers, i))
			continue;
		ih_open(w, "because");
		ih_put(w, "item", instrument->items[i].id);
		ih_put(w, "state", ih_state_name((enum ih_state)answer->state));
		ih_put_if(w, "by", ih_by_name((enum ih_by)answer->by));
		ih_close(w);
	}
}

static void
write_contradictions(struct ih_writer *w, const struct ih_assessment *a)
{
	for (size_t i = 0; i < a->contradiction_count; i++) {
		ih_open(w, "contradiction");
		ih_put(w, "row", a->contradictions[i]->id);
		write_because(w, a, &a->contradictions[i]->when);
		ih_close(w);
	}
}

static void
write_outcome(struct ih_writer *w, const struct ih_assessment *a)
{
	const struct ih_bounds *b = &a->bounds;

	ih_open(w, "outcome");
	ih_put(w, "level", ih_outcome_name(b->at_least, b->at_most));
	ih_put(w, "at-least", ih_level_name(b->at_least));
	ih_put(w, "at-most", ih_level_name(b->at_most));
	if (ih_framework_adds_up(a->framework)) {
		ih_put_number(w, "sum-least", (int64_t)b->sum_least);
		ih_put_number(w, "sum-most", (int64_t)b->sum_most);
	}
	if (b->withheld)
		ih_put(w, "withheld", "true");
	for (size_t i = 0; i < a->met_count; i++) {
		ih_open(w, "row");
		ih_put(w, "id", a->met[i]->id);
		ih_put(w, "status", a->met[i]->status);
		ih_close(w);
	}
	ih_close(w);
}

static void
write_indicator(struct ih_writer *w, const struct ih_assessment *a, size_t at)
{
	const struct ih_indicator *indicator = &a->framework->indicators[at];

	if (a->bounds.indicators[at] == IH_FALSE)
		return;
	ih_open(w, "indicator");
	ih_put(w, "id", indicator->id);
	ih_put_if(w, "strength", ih_strength_name(indicator->strength));
	if (a->framework->shape == IH_POINTS)
		ih_put_number(w, "points", (int64_t)indicator->points);
	ih_put_if(w, "code", indicator->code);
	ih_put(w, "present", threes[a->bounds.indicators[at]]);
	if (a->sufficient[at])
		ih_put(w, "sufficient", "true");
	write_because(w, a, &indicator->when);
	ih_close(w);
}

static void
write_dimension(struct ih_writer *w, const struct ih_assessment *a, size_t d)
{
	const struct ih_dimension *dimension = &a->framework->dimensions[d];

	ih_open(w, "dimension");
	ih_put(w, "id", dimension->id);
	ih_put(w, "positive", threes[a->bounds.dimensions[d]]);
	if (a->rows[d] != NULL)
		ih_put(w, "row", a->rows[d]->id);
	for (size_t i = 0; i < dimension->count; i++)
		write_indicator(w, a, dimension->first + i);
	ih_close(w);
}

/* Does an indicator go by this item, and was it never to be asked? */
static bool
is_skipped(const struct ih_assessment *a, size_t item)
{
	bool named = false;

	if (a->answers->answers[item].state != IH_NOT_ASKED)
		return false;
	for (size_t i = 0; i < a->framework->indicator_count && !named; i++)
		named =
		    ih_condition_names(&a->framework->indicators[i].when, item);
	return named;
}

/* What closed the question: its own ask-if, or that of its section. */
static const struct ih_condition *
reason(const struct ih_assessment *a, const struct ih_item *item)
{
	return ih_condition_holds(&item->own_if, a->answers->answers) ==
		       IH_FALSE ?
		   &item->own_if :
		   &a->answers->instrument->sections[item->section].ask_if;
}

/* What hangs on these is absent, because of earlier answers. */
static void
write_skipped(struct ih_writer *w, const struct ih_assessment *a)
{
	const struct ih_instrument *instrument = a->answers->instrument;

	for (size_t i = 0; i < instrument->item_count; i++) {
		if (!is_skipped(a, i))
			continue;
		ih_open(w, "skipped");
		ih_put(w, "item", instrument->items[i].id);
		write_because(w, a, reason(a, &instrument->items[i]));
		ih_close(w);
	}
}

static void
write_tail(struct ih_writer *w, const struct ih_assessment *a)
{
	for (size_t i = 0; i < a->settle_count; i++) {
		ih_open(w, "settle");
		ih_put(w, "item", a->settle[i].item->id);
		ih_put_number(w, "indicators",
		    (int64_t)a->settle[i].indicators);
		ih_close(w);
	}
	write_skipped(w, a);
	ih_open(w, "unanswered");
	ih_put_number(w, "blank", (int64_t)a->unanswered[IH_BLANK]);
	ih_put_number(w, "unknown", (int64_t)a->unanswered[IH_UNKNOWN]);
	ih_put_number(w, "refused", (int64_t)a->unanswered[IH_REFUSED]);
	ih_close(w);
}

static void
write_whole(struct ih_writer *w, const struct ih_assessment *a)
{
	write_head(w, a);
	write_urgencies(w, a);
	write_contradictions(w, a);
	write_outcome(w, a);
	for (size_t d = 0; d < a->framework->dimension_count; d++)
		write_dimension(w, a, d);
	write_tail(w, a);
	ih_close(w);
}

bool
ih_assessment_write(const struct ih_assessment *assessment,
    struct ih_buffer *out, struct ih_error *err)
{
	struct ih_writer w = ih_write_to(out);

	write_whole(&w, assessment);
	return ih_write_end(&w, err);
}

bool
ih_assessments_write(struct ih_assessment *const *assessments, size_t count,
    struct ih_buffer *out, struct ih_error *err)
{
	if (count == 1)
		return ih_assessment_write(assessments[0], out, err);

	struct ih_writer w = ih_write_to(out);

	ih_open(&w, "assessments");
	ih_put(&w, "xmlns", "urn:ihala:assessments:1");
	for (size_t i = 0; i < count; i++)
		write_whole(&w, assessments[i]);
	ih_close(&w);
	return ih_write_end(&w, err);
}

/* ---- JSON */

static void
json_head(struct ih_json *json, const struct ih_assessment *a)
{
	ih_json_text(json, "answers", a->answers->id);
	ih_json_text(json, "answers-digest", a->answers->digest);
	ih_json_text(json, "instrument", a->answers->instrument->id);
	ih_json_text(json, "instrument-version",
	    a->answers->instrument->version);
	ih_json_text(json, "instrument-digest", a->answers->instrument->digest);
	ih_json_text(json, "framework", a->framework->id);
	ih_json_text(json, "framework-version", a->framework->version);
	ih_json_text(json, "framework-digest", a->framework->digest);
	ih_json_text(json, "framework-status", a->framework->status);
	ih_json_text(json, "engine", IH_ENGINE_VERSION);
	ih_json_bool(json, "training", a->answers->training);
}

static void
json_outcome(struct ih_json *json, const struct ih_assessment *a)
{
	const struct ih_bounds *b = &a->bounds;

	ih_json_open(json, "urgent", '[');
	for (size_t i = 0; i < a->framework->urgency_count; i++) {
		if (b->urgencies[i] == IH_FALSE)
			continue;
		ih_json_open(json, NULL, '{');
		ih_json_text(json, "row", a->framework->urgencies[i].id);
		ih_json_text(json, "present", threes[b->urgencies[i]]);
		ih_json_close(json, '}');
	}
	ih_json_close(json, ']');
	ih_json_text(json, "level", ih_outcome_name(b->at_least, b->at_most));
	ih_json_text(json, "at-least", ih_level_name(b->at_least));
	ih_json_text(json, "at-most", ih_level_name(b->at_most));
	if (ih_framework_adds_up(a->framework)) {
		ih_json_number(json, "sum-least", (int64_t)b->sum_least);
		ih_json_number(json, "sum-most", (int64_t)b->sum_most);
	}
	ih_json_bool(json, "withheld", b->withheld);
	ih_json_open(json, "rows", '[');
	for (size_t i = 0; i < a->met_count; i++) {
		ih_json_open(json, NULL, '{');
		ih_json_text(json, "id", a->met[i]->id);
		ih_json_text(json, "status", a->met[i]->status);
		ih_json_close(json, '}');
	}
	ih_json_close(json, ']');
}

static void
json_contradictions(struct ih_json *json, const struct ih_assessment *a)
{
	ih_json_open(json, "contradictions", '[');
	for (size_t i = 0; i < a->contradiction_count; i++) {
		ih_json_open(json, NULL, '{');
		ih_json_text(json, "row", a->contradictions[i]->id);
		ih_json_close(json, '}');
	}
	ih_json_close(json, ']');
}

static void
json_indicator(struct ih_json *json, const struct ih_assessment *a, size_t at)
{
	const struct ih_indicator *indicator = &a->framework->indicators[at];

	if (a->bounds.indicators[at] == IH_FALSE)
		return;
	ih_json_open(json, NULL, '{');
	ih_json_text(json, "id", indicator->id);
	if (indicator->strength != IH_UNWEIGHTED)
		ih_json_text(json, "strength",
		    ih_strength_name(indicator->strength));
	if (a->framework->shape == IH_POINTS)
		ih_json_number(json, "points", (int64_t)indicator->points);
	if (indicator->code[0] != '\0')
		ih_json_text(json, "code", indicator->code);
	ih_json_text(json, "present", threes[a->bounds.indicators[at]]);
	ih_json_bool(json, "sufficient", a->sufficient[at]);
	ih_json_close(json, '}');
}

static void
json_dimensions(struct ih_json *json, const struct ih_assessment *a)
{
	ih_json_open(json, "dimensions", '[');
	for (size_t d = 0; d < a->framework->dimension_count; d++) {
		const struct ih_dimension *dimension =
		    &a->framework->dimensions[d];

		ih_json_open(json, NULL, '{');
		ih_json_text(json, "id", dimension->id);
		ih_json_text(json, "positive", threes[a->bounds.dimensions[d]]);
		if (a->rows[d] != NULL)
			ih_json_text(json, "row", a->rows[d]->id);
		ih_json_open(json, "indicators", '[');
		for (size_t i = 0; i < dimension->count; i++)
			json_indicator(json, a, dimension->first + i);
		ih_json_close(json, ']');
		ih_json_close(json, '}');
	}
	ih_json_close(json, ']');
}

static void
json_skipped(struct ih_json *json, const struct ih_assessment *a)
{
	const struct ih_instrument *instrument = a->answers->instrument;

	ih_json_open(json, "skipped", '[');
	for (size_t i = 0; i < instrument->item_count; i++) {
		if (!is_skipped(a, i))
			continue;
		ih_json_open(json, NULL, '{');
		ih_json_text(json, "item", instrument->items[i].id);
		ih_json_close(json, '}');
	}
	ih_json_close(json, ']');
}

static void
json_tail(struct ih_json *json, const struct ih_assessment *a)
{
	ih_json_open(json, "settle", '[');
	for (size_t i = 0; i < a->settle_count; i++) {
		ih_json_open(json, NULL, '{');
		ih_json_text(json, "item", a->settle[i].item->id);
		ih_json_number(json, "indicators",
		    (int64_t)a->settle[i].indicators);
		ih_json_close(json, '}');
	}
	ih_json_close(json, ']');
	json_skipped(json, a);
	ih_json_open(json, "unanswered", '{');
	ih_json_number(json, "blank", (int64_t)a->unanswered[IH_BLANK]);
	ih_json_number(json, "unknown", (int64_t)a->unanswered[IH_UNKNOWN]);
	ih_json_number(json, "refused", (int64_t)a->unanswered[IH_REFUSED]);
	ih_json_close(json, '}');
}

static void
json_whole(struct ih_json *json, const struct ih_assessment *a)
{
	ih_json_open(json, NULL, '{');
	json_head(json, a);
	json_outcome(json, a);
	json_contradictions(json, a);
	json_dimensions(json, a);
	json_tail(json, a);
	ih_json_close(json, '}');
}

void
ih_assessment_json(const struct ih_assessment *assessment,
    struct ih_buffer *out)
{
	struct ih_json json = ih_json_to(out);

	json_whole(&json, assessment);
}

void
ih_assessments_json(struct ih_assessment *const *assessments, size_t count,
    struct ih_buffer *out)
{
	struct ih_json json = ih_json_to(out);

	if (count != 1)
		ih_json_open(&json, NULL, '[');
	for (size_t i = 0; i < count; i++)
		json_whole(&json, assessments[i]);
	if (count != 1)
		ih_json_close(&json, ']');
}
