/* This is where an assessment becomes sentences. */
#include "ihala/explain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "words_keys.h"

#define SETTLE_SHOWN 7 /* questions: more than that nobody takes in */

struct telling {
	const struct ih_assessment *a;
	struct ih_tongue tongue;
	struct ih_buffer *out;
	struct ih_arena *arena; /* for one sentence */
	size_t sufficient;      /* how many indicators the smallest set has */
};

static void
tell(struct telling *t, int depth, const char *sentence)
{
	while (depth-- > 0)
		ih_buffer_text(t->out, "  ");
	ih_buffer_text(t->out, sentence);
	ih_buffer_text(t->out, "\n");
}

static const char *
word(const struct telling *t, const char *key)
{
	return ih_word(t->tongue, key);
}

/* The word for one of the names a format uses: "assess.strength." "weak". */
static const char *
named(const struct telling *t, const char *room, const char *name)
{
	const char *found =
	    word(t, ih_arena_printf(t->arena, "%s%s", room, name));

	return found != NULL ? found : name;
}

static const char *
text(const struct telling *t, const struct ih_texts *texts)
{
	const char *said = ih_texts_say(texts, t->tongue);

	return said != NULL ? said : "";
}

/* A law calls its articles as its country does. */
static void
tell_source(struct telling *t, int depth, const struct ih_source *source)
{
	const char *country = t->a->framework->country;
	struct ih_tongue tongue = { t->tongue.lang, "" };

	if (country != NULL)
		snprintf(tongue.country, sizeof tongue.country, "%s", country);
	if (source->article == NULL)
		tell(t, depth,
		    ih_say(t->arena, t->tongue, W_ASSESS_SOURCE,
			IH_ARG(source->text)));
	else
		tell(t, depth,
		    ih_say(t->arena, tongue, W_ASSESS_SOURCE_ARTICLE,
			IH_ARG(source->text), IH_ARG(source->article)));
}

/* ---- answers */

static const char *
choices_text(const struct ih_item *item, const struct ih_answer *answer,
    struct ih_tongue tongue, struct ih_arena *arena)
{
	const char *all = NULL;

	for (size_t i = 0; i < item->choices->count; i++) {
		const char *one =
		    ih_texts_say(&item->choices->list[i].texts, tongue);

		if ((answer->codes >> i & 1) == 0)
			continue;
		if (one == NULL)
			one = item->choices->list[i].code;
		all = all == NULL ? one :
				    ih_say(arena, tongue, W_ANSWER_AND,
					IH_ARG(all), IH_ARG(one));
	}
	return all != NULL ? all : "";
}

const char *
ih_explain_answer(const struct ih_item *item, const struct ih_answer *answer,
    struct ih_tongue tongue, struct ih_arena *arena)
{
	static const char *const keys[IH_STATES] = {
		[IH_BLANK] = W_ANSWER_BLANK,
		[IH_GIVEN] = W_ANSWER_GIVEN,
		[IH_NOT_ASKED] = W_ANSWER_NOT_ASKED,
		[IH_UNKNOWN] = W_ANSWER_UNKNOWN,
		[IH_REFUSED] = W_ANSWER_REFUSED,
	};
	char *date;

	if (answer->state != IH_GIVEN)
		return ih_word(tongue, keys[answer->state]);
	switch (item->type) {
	case IH_CHOICE:
	case IH_CHOICES:
		return choices_text(item, answer, tongue, arena);
	case IH_NUMBER:
		return ih_arena_printf(arena, "%lld",
		    (long long)answer->number);
	case IH_DATE:
		date = ih_arena_take(arena, IH_DATE_TEXT);
		ih_date_format(answer->date, date);
		return date;
	default:
		return ih_word(tongue, W_ANSWER_GIVEN);
	}
}

static void
tell_because(struct telling *t, size_t at)
{
	const struct ih_item *item = &t->a->answers->instrument->items[at];
	const struct ih_answer *answer = &t->a->answers->answers[at];
	const char *question = text(t, &item->question),
		   *said = ih_explain_answer(item, answer, t->tongue, t->arena),
		   *by = ih_by_name((enum ih_by)answer->by);

	if (by[0] == '\0')
		tell(t, 3,
		    ih_say(t->arena, t->tongue, W_ASSESS_BECAUSE,
			IH_ARG(question), IH_ARG(said)));
	else
		tell(t, 3,
		    ih_say(t->arena, t->tongue, W_ASSESS_BECAUSE_BY,
			IH_ARG(question), IH_ARG(said),
			IH_ARG(named(t, "answer.by.", by))));
}

/* ---- urgency */

static void
tell_urgencies(struct telling *t, enum ih_three present, const char *key)
{
	const struct ih_framework *f = t->a->framework;
	bool first = true;

	for (size_t i = 0; i < f->urgency_count; i++) {
		if (t->a->bounds.urgencies[i] != present)
			continue;
		if (first)
			tell(t, 0, word(t, key));
		first = false;
		tell(t, 1, text(t, &f->urgencies[i].texts));
	}
}

/* ---- outcome */

static const char *
outcome(const struct telling *t, enum ih_level least, enum ih_level most)
{
	return named(t, "outcome.", ih_outcome_name(least, most));
}

/* Of the rows met, the first is the highest and, at its level, the one its
 * author put first; "so far" in the others may no longer hold. */
static void
tell_rule(struct telling *t, const struct ih_outcome_row *row)
{
	tell(t, 1,
	    ih_say(t->arena, t->tongue, W_ASSESS_RULE,
		IH_ARG(text(t, &row->texts)),
		IH_ARG(named(t, "assess.status.", row->status))));
	tell_source(t, 2, &row->source);
}

static void
tell_sum(struct telling *t)
{
	static const char *const keys[2][2] = {
		{ W_ASSESS_SUM, W_ASSESS_SUM_OPEN },
		{ W_ASSESS_SUM_POINTS, W_ASSESS_SUM_POINTS_OPEN },
	};
	const struct ih_bounds *b = &t->a->bounds;
	bool points = t->a->framework->shape == IH_POINTS;

	if (ih_framework_adds_up(t->a->framework))
		tell(t, 1,
		    ih_say(t->arena, t->tongue,
			keys[points][b->sum_least < b->sum_most],
			IH_NUM(b->sum_least), IH_NUM(b->sum_most)));
}

/* Whose law it is, and where that of the committee is another, that too. */
static void
tell_country(struct telling *t)
{
	const struct ih_framework *f = t->a->framework;
	const char *committee = t->a->answers->committee;

	if (f->country == NULL)
		return;
	tell(t, 1,
	    ih_say(t->arena, t->tongue,
		ih_framework_is_for(f, committee) ? W_ASSESS_COUNTRY_OWN :
						    W_ASSESS_COUNTRY_OTHER,
		IH_ARG(f->country), IH_ARG(committee)));
}

static void
tell_outcome(struct telling *t)
{
	const struct ih_bounds *b = &t->a->bounds;

	tell(t, 0,
	    ih_say(t->arena, t->tongue, W_ASSESS_OUTCOME,
		IH_ARG(outcome(t, b->at_least, b->at_most))));
	tell_country(t);
	if (b->withheld) {
		tell(t, 1,
		    ih_texts_say(&t->a->framework->withheld.texts, t->tongue));
		return;
	}
	if (!t->a->settled)
		tell(t, 1,
		    ih_say(t->arena, t->tongue, W_ASSESS_BOUNDS,
			IH_ARG(outcome(t, b->at_least, b->at_least)),
			IH_ARG(outcome(t, b->at_most, b->at_most))));
	if (b->at_least == IH_NO_INDICATION)
		tell(t, 1, word(t, W_ASSESS_MAY_CHANGE));
	tell(t, 1, word(t, W_ASSESS_CAUTION));
	if (t->a->answers->stopped)
		tell(t, 1, word(t, W_ASSESS_STOPPED));
	tell_sum(t);
	if (t->a->met_count > 0)
		tell_rule(t, t->a->met[0]);
}

/* ---- dimensions */

/* What it weighs: its strength, its points, or nothing said; and whether it
 * is of the smallest set that suffices. */
static void
tell_weight(struct telling *t, const struct ih_indicator *indicator,
    bool enough)
{
	bool points = t->a->framework->shape == IH_POINTS;
	const char *said = text(t, &indicator->texts);
	const char *weight =
	    points ? ih_say(t->arena, t->tongue, W_ASSESS_POINTS,
			 IH_NUM(indicator->points)) :
	    indicator->strength == IH_UNWEIGHTED ?
		     NULL :
		     ih_say(t->arena, t->tongue, W_ASSESS_STRENGTH,
			 IH_ARG(named(t, "assess.strength.",
			     ih_strength_name(indicator->strength))));
	const char *mark =
	    !enough ? NULL :
		      word(t, t->sufficient == 1 ? W_ASSESS_ENOUGH_ALONE :
						   W_ASSESS_ENOUGH);

	if (weight != NULL && mark != NULL)
		said = ih_say(t->arena, t->tongue, W_ASSESS_INDICATOR_ENOUGH,
		    IH_ARG(said), IH_ARG(weight), IH_ARG(mark));
	else if (weight != NULL || mark != NULL)
		said = ih_say(t->arena, t->tongue, W_ASSESS_INDICATOR,
		    IH_ARG(said), IH_ARG(weight != NULL ? weight : mark));
	tell(t, 2, said);
}

static void
tell_indicator(struct telling *t, size_t at)
{
	const struct ih_indicator *indicator = &t->a->framework->indicators[at];

	tell_weight(t, indicator, t->a->sufficient[at]);
	for (size_t i = 0; i < t->a->answers->instrument->item_count; i++)
		if (ih_condition_rests_on(&indicator->when,
			t->a->answers->answers, i))
			tell_because(t, i);
	for (size_t i = 0; i < indicator->source_count; i++)
		tell_source(t, 3, &indicator->sources[i]);
}

static size_t
count_sufficient(const struct ih_assessment *a)
{
	size_t count = 0;

	for (size_t i = 0; i < a->framework->indicator_count; i++)
		count += a->sufficient[i];
	return count;
}

static bool
shows_anything(const struct telling *t, const struct ih_dimension *dimension)
{
	for (size_t i = 0; i < dimension->count; i++)
		if (t->a->bounds.indicators[dimension->first + i] == IH_TRUE)
			return true;
	return false;
}

static void
tell_dimension(struct telling *t, size_t d)
{
	static const char *const keys[] = {
		[IH_FALSE] = W_ASSESS_DIMENSION_NEGATIVE,
		[IH_TRUE] = W_ASSESS_DIMENSION_POSITIVE,
		[IH_UNDETERMINED] = W_ASSESS_DIMENSION_UNDETERMINED,
	};
	const struct ih_dimension *dimension = &t->a->framework->dimensions[d];
	const struct ih_count_row *row = t->a->rows[d];

	if (!shows_anything(t, dimension) &&
	    (t->a->bounds.dimensions[d] == IH_FALSE ||
		ih_framework_adds_up(t->a->framework)))
		return;
	if (ih_framework_adds_up(t->a->framework))
		tell(t, 1, text(t, &dimension->title));
	else
		tell(t, 1,
		    ih_say(t->arena, t->tongue,
			keys[t->a->bounds.dimensions[d]],
			IH_ARG(text(t, &dimension->title)),
			IH_ARG(row != NULL ? text(t, &row->texts) : "")));
	for (size_t i = 0; i < dimension->count; i++)
		if (t->a->bounds.indicators[dimension->first + i] == IH_TRUE)
			tell_indicator(t, dimension->first + i);
}

/* ---- what is not known */

static void
tell_count(struct telling *t, enum ih_state state, const char *key)
{
	size_t count = t->a->unanswered[state];

	if (count > 0)
		tell(t, 1,
		    ih_say(t->arena, t->tongue, key, IH_NUM(count),
			IH_NUM(t->a->asked)));
}

static void
tell_unanswered(struct telling *t)
{
	tell_count(t, IH_BLANK, W_ASSESS_UNANSWERED_BLANK);
	tell_count(t, IH_UNKNOWN, W_ASSESS_UNANSWERED_UNKNOWN);
	tell_count(t, IH_REFUSED, W_ASSESS_UNANSWERED_REFUSED);
}

/* With the questions, so that one can go back to them. */
static void
tell_contradictions(struct telling *t)
{
	const struct ih_instrument *instrument = t->a->answers->instrument;

	if (t->a->contradiction_count > 0)
		tell(t, 0, word(t, W_ASSESS_CONTRADICTIONS));
	for (size_t i = 0; i < t->a->contradiction_count; i++) {
		const struct ih_apart_row *row = t->a->contradictions[i];

		tell(t, 1, text(t, &row->texts));
		for (size_t at = 0; at < instrument->item_count; at++)
			if (ih_condition_rests_on(&row->when,
				t->a->answers->answers, at))
				tell_because(t, at);
	}
}

/* Who has refused to answer is not to be pressed: it is said beside. */
static void
tell_question(struct telling *t, const struct ih_item *item)
{
	const struct ih_answer *answer = &t->a->answers->answers[item->at];
	const char *question = text(t, &item->question);

	if (answer->state == IH_BLANK)
		tell(t, 1, question);
	else
		tell(t, 1,
		    ih_say(t->arena, t->tongue, W_ASSESS_SETTLE_ITEM,
			IH_ARG(question),
			IH_ARG(ih_explain_answer(item, answer, t->tongue,
			    t->arena))));
}

static void
tell_settle(struct telling *t)
{
	size_t count = t->a->settle_count;

	if (count == 0)
		return;
	tell(t, 0, word(t, W_ASSESS_SETTLE));
	for (size_t i = 0; i < count && i < SETTLE_SHOWN; i++)
		tell_question(t, t->a->settle[i].item);
	if (count > SETTLE_SHOWN)
		tell(t, 1,
		    ih_say(t->arena, t->tongue, W_ASSESS_SETTLE_MORE,
			IH_NUM(count - SETTLE_SHOWN)));
}

static void
tell_framework(struct telling *t)
{
	const struct ih_framework *f = t->a->framework;

	tell(t, 0,
	    ih_say(t->arena, t->tongue, W_ASSESS_FRAMEWORK,
		IH_ARG(text(t, &f->title)), IH_ARG(f->version),
		IH_ARG(named(t, "assess.status.", f->status))));
	for (size_t i = 0; i < f->source_count; i++)
		tell_source(t, 1, &f->sources[i]);
	if (f->count_source.text != NULL)
		tell_source(t, 1, &f->count_source);
}

/* Under several frameworks: each under its name, and what is not answered
 * once. */
static void
tell_one(struct telling *t, bool first, bool only)
{
	if (!only) {
		tell(t, 0, "");
		tell(t, 0,
		    ih_say(t->arena, t->tongue, W_ASSESS_UNDER,
			IH_ARG(text(t, &t->a->framework->title))));
	}
	t->sufficient = count_sufficient(t->a);
	tell_outcome(t);
	for (size_t d = 0; d < t->a->framework->dimension_count; d++)
		tell_dimension(t, d);
	if (first)
		tell_unanswered(t);
	tell_contradictions(t);
	tell_settle(t);
	tell_framework(t);
}

static void
tell_all_urgencies(struct telling *t, struct ih_assessment *const *all,
    size_t count, enum ih_three present, const char *key)
{
	for (size_t i = 0; i < count; i++) {
		t->a = all[i];
		tell_urgencies(t, present, key);
	}
}

void
ih_explain_all(struct ih_assessment *const *assessments, size_t count,
    struct ih_tongue tongue, struct ih_buffer *out)
{
	IH_OWNED(ih_arena) arena = ih_arena_new();
	struct telling t = { NULL, tongue, out, arena, 0 };

	if (assessments[0]->answers->training)
		tell(&t, 0, word(&t, W_ASSESS_TRAINING));
	tell_all_urgencies(&t, assessments, count, IH_TRUE,
	    W_ASSESS_URGENT_NOW);
	tell_all_urgencies(&t, assessments, count, IH_UNDETERMINED,
	    W_ASSESS_URGENT_CHECK);
	for (size_t i = 0; i < count; i++) {
		t.a = assessments[i];
		tell_one(&t, i == 0, count == 1);
	}
}

void
ih_explain(struct ih_assessment *assessment, struct ih_tongue tongue,
    struct ih_buffer *out)
{
	ih_explain_all(&assessment, 1, tongue, out);
}
