/* This is where all that was said, and what it supports, becomes a page. */
#include <string.h>

#include "ihala/explain.h"
#include "interview_xml.h"
#include "words_keys.h"

/* ---- review */

static void
put_reviewed(struct view *view, const struct ih_item *item)
{
	const struct ih_sitting *sitting = view->kept->sitting;

	ih_open(&view->w, "item");
	ih_put(&view->w, "id", item->id);
	ih_put(&view->w, "part",
	    item->part == IH_IDENTITY ? "identity" : "facts");
	view_yes(view, "heard", ih_sitting_heard(sitting, item));
	view_both(view, "question", &item->question);
	view_answer(view, item, &sitting->said[item->at]);
	ih_close(&view->w);
}

/* In SECTION, those that are asked, or those that were set aside. */
static void
put_items(struct view *view, const struct ih_section *section, bool asked)
{
	const struct ih_sitting *sitting = view->kept->sitting;

	for (size_t i = 0; i < section->count; i++) {
		const struct ih_item *item =
		    &sitting->instrument->items[section->first + i];

		if (ih_sitting_asks(sitting, item) == asked &&
		    (asked || ih_sitting_heard(sitting, item)))
			put_reviewed(view, item);
	}
}

bool
interviewing_review(const struct request *request, struct ih_buffer *out,
    struct ih_error *err)
{
	const struct ih_sitting *sitting = request->interviewing->sitting;
	const struct ih_instrument *instrument = sitting->instrument;
	struct view view = view_begin(request, "interview-review", out);
	size_t count = 0;

	for (size_t s = 0; s < instrument->section_count; s++) {
		if (ih_sitting_section(sitting, s, &count) ==
		    (s > 0 ? ih_sitting_section(sitting, s - 1, &count) : 0))
			continue;
		view_section(&view, s);
		put_items(&view, &instrument->sections[s], true);
		ih_close(&view.w);
	}
	ih_open(&view.w, "aside");
	for (size_t s = 0; s < instrument->section_count; s++)
		put_items(&view, &instrument->sections[s], false);
	ih_close(&view.w);
	return view_end(&view, err);
}

/* ---- assess */

static void
put_named(struct view *view, const char *room, const char *name)
{
	view_word(view,
	    ih_arena_printf(view->request->arena, "%s%s", room, name));
}

static void
put_because(struct view *view, const struct ih_condition *when)
{
	const struct ih_sitting *sitting = view->kept->sitting;
	const struct ih_instrument *instrument = sitting->instrument;

	for (size_t i = 0; i < instrument->item_count; i++) {
		const struct ih_item *item = &instrument->items[i];

		if (!ih_condition_rests_on(when, sitting->stands, i))
			continue;
		ih_open(&view->w, "because");
		ih_put(&view->w, "item", item->id);
		view_said(view, "question", &item->question);
		view_answer(view, item, &sitting->stands[i]);
		ih_close(&view->w);
	}
}

static void
put_outcome(struct view *view, const struct ih_assessment *a)
{
	const struct ih_bounds *b = &a->bounds;
	const char *name = ih_outcome_name(b->at_least, b->at_most);

	ih_open(&view->w, "outcome");
	ih_put(&view->w, "level", name);
	ih_put(&view->w, "least", ih_outcome_name(b->at_least, b->at_least));
	ih_put(&view->w, "most", ih_outcome_name(b->at_most, b->at_most));
	view_yes(view, "settled", a->settled);
	put_named(view, "outcome.", name);
	if (b->withheld)
		view_said(view, "withheld", &a->framework->withheld.texts);
	else if (a->met_count > 0) {
		ih_open(&view->w, "rule");
		ih_put(&view->w, "id", a->met[0]->id);
		ih_put(&view->w, "status", a->met[0]->status);
		view_text(view, &a->met[0]->texts);
		view_source(view, &a->met[0]->source);
		ih_close(&view->w);
	}
	ih_close(&view->w);
}

static void
put_indicator(struct view *view, const struct ih_assessment *a, size_t at)
{
	const struct ih_indicator *indicator = &a->framework->indicators[at];

	ih_open(&view->w, "indicator");
	ih_put(&view->w, "id", indicator->id);
	if (a->framework->shape == IH_POINTS)
		ih_put_number(&view->w, "points", indicator->points);
	else if (indicator->strength != IH_UNWEIGHTED)
		ih_put(&view->w, "strength",
		    ih_strength_name(indicator->strength));
	view_yes(view, "sufficient", a->sufficient[at]);
	view_text(view, &indicator->texts);
	put_because(view, &indicator->when);
	for (size_t i = 0; i < indicator->source_count; i++)
		view_source(view, &indicator->sources[i]);
	ih_close(&view->w);
}

static void
put_dimension(struct view *view, const struct ih_assessment *a, size_t d)
{
	static const char *const states[] = {
		[IH_FALSE] = "negative",
		[IH_TRUE] = "positive",
		[IH_UNDETERMINED] = "undetermined",
	};
	const struct ih_dimension *dimension = &a->framework->dimensions[d];

	ih_open(&view->w, "dimension");
	ih_put(&view->w, "id", dimension->id);
	if (!ih_framework_adds_up(a->framework))
		ih_put(&view->w, "state", states[a->bounds.dimensions[d]]);
	view_said(view, "title", &dimension->title);
	if (a->rows[d] != NULL)
		view_said(view, "row", &a->rows[d]->texts);
	for (size_t i = 0; i < dimension->count; i++)
		if (a->bounds.indicators[dimension->first + i] == IH_TRUE)
			put_indicator(view, a, dimension->first + i);
	ih_close(&view->w);
}

static void
put_contradictions(struct view *view, const struct ih_assessment *a)
{
	for (size_t i = 0; i < a->contradiction_count; i++) {
		ih_open(&view->w, "contradiction");
		ih_put(&view->w, "id", a->contradictions[i]->id);
		view_text(view, &a->contradictions[i]->texts);
		put_because(view, &a->contradictions[i]->when);
		ih_close(&view->w);
	}
}

static void
put_settle(struct view *view, const struct ih_assessment *a)
{
	for (size_t i = 0; i < a->settle_count; i++) {
		const struct ih_settle *one = &a->settle[i];

		ih_open(&view->w, "settle");
		ih_put(&view->w, "item", one->item->id);
		ih_put_number(&view->w, "indicators", (int64_t)one->indicators);
		view_yes(view, "gate", one->gate);
		view_said(view, "question", &one->item->question);
		view_answer(view, one->item,
		    &view->kept->sitting->stands[one->item->at]);
		ih_close(&view->w);
	}
}

static void
put_framework(struct view *view, const struct ih_assessment *a)
{
	const struct ih_framework *f = a->framework;

	ih_open(&view->w, "framework");
	ih_put(&view->w, "id", f->id);
	ih_put(&view->w, "version", f->version);
	ih_put(&view->w, "status", f->status);
	view_yes(view, "main", f->main);
	ih_put_if(&view->w, "country", f->country);
	if (ih_framework_adds_up(f)) {
		ih_put_number(&view->w, "sum-least", a->bounds.sum_least);
		ih_put_number(&view->w, "sum-most", a->bounds.sum_most);
	}
	view_said(view, "title", &f->title);
	put_outcome(view, a);
	for (size_t d = 0; !a->bounds.withheld && d < f->dimension_count; d++)
		put_dimension(view, a, d);
	put_contradictions(view, a);
	put_settle(view, a);
	for (size_t i = 0; i < f->source_count; i++)
		view_source(view, &f->sources[i]);
	ih_close(&view->w);
}

static void
put_unanswered(struct view *view, const struct ih_assessment *a)
{
	static const enum ih_state states[] = { IH_BLANK, IH_UNKNOWN,
		IH_REFUSED };

	ih_open(&view->w, "unanswered");
	ih_put_number(&view->w, "asked", (int64_t)a->asked);
	for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
		ih_put_number(&view->w, ih_state_name(states[i]),
		    (int64_t)a->unanswered[states[i]]);
	ih_close(&view->w);
}

bool
interviewing_assess(struct request *request, struct ih_buffer *out,
    struct ih_error *err)
{
	const struct desk *desk = request->interviewing->desk;
	struct ih_answers answers =
	    ih_sitting_so_far(request->interviewing->sitting);
	struct view view = view_begin(request, "interview-assessment", out);
	bool first = true;

	view_urgent(&view, true);
	ih_open(&view.w, "caution");
	view_word(&view, W_ASSESS_CAUTION);
	ih_close(&view.w);
	for (size_t i = 0; i < desk->framework_count; i++) {
		if (!desk_judges(request, desk->frameworks[i], &answers))
			continue;
		IH_OWNED(ih_assessment)
		one = ih_assess(desk->frameworks[i], &answers);
		if (first)
			put_unanswered(&view, one);
		first = false;
		put_framework(&view, one);
	}
	return view_end(&view, err);
}
