#include "test.h"

#include "fixture.h"

#include "generated.h"
#include "ihala/explain.h"
#include "ihala/node.h"

/*
 * What holds for every interview and every framework of the library: tried
 * on generated ones, which are the same each time.
 */
static const struct pair {
	const char *instrument, *framework;
	unsigned rounds;
} pairs[] = {
	{ "adult", "ilo-adult-labour", 120 },
	{ "adult", "law-ma", 40 },
	{ "adult", "law-eg", 40 },
	{ "adult", "law-tn", 40 },
	{ "adult", "unodc-general", 40 },
	{ "adult", "domestic-servitude", 40 },
	{ "adult", "begging-crime", 40 },
	{ "adult", "sexual-provisional", 40 },
	{ "child", "ilo-child-labour", 80 },
	{ "rapid", "rapid-signs", 80 },
};
enum { PAIRS = sizeof pairs / sizeof pairs[0] };

/* One framework, and an interview at a time. */
struct stage {
	struct ih_arena *arena;
	struct ih_instrument *instrument;
	struct ih_framework *framework;
	struct generator generator;
	struct ih_buffer *text;    /* of the interview */
	struct ih_answers *given;  /* as read from it */
	struct ih_answer *answers; /* to change */
	struct ih_bounds bounds, other;
};

static size_t
size_of_all(const struct stage *s)
{
	return s->instrument->item_count * sizeof *s->answers;
}

/* The next interview, read from its text. */
static void
next_interview(struct stage *s)
{
	struct ih_error err = { 0 };

	memset(s->answers, 0, size_of_all(s));
	ih_buffer_clear(s->text);
	generate_interview(&s->generator, s->instrument, s->answers, s->text);
	IH_OWNED(xmlDoc) doc =
	    ih_xml_read("generated", s->text->data, s->text->size, &err);
	ih_answers_free(s->given);
	s->given =
	    doc == NULL ? NULL : ih_answers_read(doc, s->instrument, &err);
	if (s->given == NULL)
		fail_msg("%s", err.text);
	memcpy(s->answers, s->given->answers, size_of_all(s));
}

typedef void property(struct stage *s);

static void
holds_under(const struct pair *pair, property *holds)
{
	struct ih_error err = { 0 };
	struct stage s = { .arena = ih_arena_new(), .text = ih_buffer_new() };

	s.instrument = ih_instrument_load(library, pair->instrument, &err);
	s.framework =
	    ih_framework_load(library, pair->framework, s.instrument, &err);
	if (s.framework == NULL)
		fail_msg("%s", err.text);
	s.answers = ih_arena_take(s.arena, size_of_all(&s));
	s.bounds = ih_bounds_new(s.framework, s.arena);
	s.other = ih_bounds_new(s.framework, s.arena);
	for (unsigned left = pair->rounds; left > 0; left--) {
		next_interview(&s);
		holds(&s);
	}
	ih_answers_free(s.given);
	ih_framework_free(s.framework);
	ih_instrument_free(s.instrument);
	ih_buffer_free(s.text);
	ih_arena_free(s.arena);
}

static void
holds_everywhere(property *holds)
{
	for (int i = 0; i < PAIRS; i++) {
		struct pair pair = pairs[i];

		pair.rounds /= one_in(20);
		holds_under(&pair, holds);
	}
}

/* ---- what is generated */

/* How an item stands in a document. */
enum way {
	WAY_GIVEN,
	WAY_BLANK,
	WAY_LEFT_OUT,
	WAY_UNKNOWN,
	WAY_REFUSED,
	WAY_SKIPPED,
	WAY_SKIPPED_SAID,
	WAY_NOT_ASKED, /* though it was to be asked */
	WAYS
};

static const char *const ways[WAYS] = { "given", "blank", "left out", "unknown",
	"refused", "skipped", "skipped and said so",
	"not asked though it was to be" };
static const char *const types[IH_TYPES] = { "choice", "choices", "number",
	"date", "text" };

/* What was seen; reset by the test. */
static struct {
	unsigned ways[IH_TYPES][WAYS], levels[IH_LEVELS + 1];
	unsigned withheld, stopped, urgent, contradicted, several;
	unsigned arabic[IH_TYPES], persian[IH_TYPES], lengths[3];
	unsigned ages[120 + 1];
	bool reachable[IH_LEVELS + 1]; /* some row says so */
} seen;

static enum way
way_of(const xmlNode *node, const struct ih_answer *answer)
{
	static const enum way said[IH_STATES] = {
		[IH_BLANK] = WAY_BLANK,
		[IH_NOT_ASKED] = WAY_NOT_ASKED,
		[IH_UNKNOWN] = WAY_UNKNOWN,
		[IH_REFUSED] = WAY_REFUSED,
	};
	const char *state = node != NULL ? ih_attr(node, "state") : NULL;

	if (answer->state == IH_NOT_ASKED)
		return node != NULL ? WAY_SKIPPED_SAID : WAY_SKIPPED;
	if (node == NULL)
		return WAY_LEFT_OUT;
	return state == NULL ? WAY_GIVEN :
			       said[ih_state_of(state, strlen(state))];
}

static void
see_values(const struct ih_item *item, const struct ih_answer *answer)
{
	const char *text = answer->text != NULL ? answer->text : "";

	seen.several += __builtin_popcountll(answer->codes) > 1;
	seen.arabic[item->type] += strstr(text, "١") != NULL;
	seen.persian[item->type] += strstr(text, "۱") != NULL;
	if (item->type == IH_DATE && answer->date.year != 0)
		seen.lengths[(answer->date.month != 0) +
			     (answer->date.day != 0)]++;
	if (strcmp(item->id, "age") == 0 && answer->state == IH_GIVEN)
		seen.ages[answer->number]++;
}

static const xmlNode *
node_of(const xmlNode *root, const struct ih_item *item)
{
	for (const xmlNode *n = ih_child(root, "answer"); n != NULL;
	     n = ih_next(n, "answer"))
		if (strcmp(ih_attr(n, "item"), item->id) == 0)
			return n;
	return NULL;
}

static void
see(struct stage *s)
{
	struct ih_error err = { 0 };
	IH_OWNED(xmlDoc) doc =
	    ih_xml_read("generated", s->text->data, s->text->size, &err);
	IH_OWNED(ih_assessment) a = ih_assess(s->framework, s->given);
	const xmlNode *root = xmlDocGetRootElement(doc);

	for (size_t i = 0; i < s->instrument->item_count; i++) {
		const struct ih_item *item = &s->instrument->items[i];
		const struct ih_answer *answer = &s->given->answers[i];

		seen.ways[item->type][way_of(node_of(root, item), answer)]++;
		see_values(item, answer);
	}
	seen.levels[a->settled ? a->bounds.at_least : IH_LEVELS]++;
	for (size_t i = 0; i < s->framework->outcome_count; i++)
		seen.reachable[s->framework->outcomes[i].level] = true;
	seen.withheld += a->bounds.withheld;
	seen.stopped += s->given->stopped;
	seen.contradicted += a->contradiction_count > 0;
	for (size_t i = 0; i < s->framework->urgency_count; i++)
		seen.urgent += a->bounds.urgencies[i] == IH_TRUE;
}

static void
assert_each_way_was_seen(void)
{
	for (int type = 0; type < IH_TYPES; type++)
		for (int way = 0; way < WAYS; way++)
			if (seen.ways[type][way] == 0)
				fail_msg("no %s is %s", types[type], ways[way]);
	assert_true(seen.several > 0);
	for (int length = 0; length < 3; length++)
		assert_true(seen.lengths[length] > 0);
	for (int type = IH_NUMBER; type <= IH_DATE; type++)
		assert_true(seen.arabic[type] > 0 && seen.persian[type] > 0);
}

static void
what_is_generated_covers_each_state_of_each_kind_of_item(void **state)
{
	(void)state;
	memset(&seen, 0, sizeof seen);
	for (int i = 0; i < PAIRS; i++)
		holds_under(&pairs[i], see);
	assert_each_way_was_seen();
	assert_true(seen.withheld > 0 && seen.stopped > 0);
	assert_true(seen.urgent > 0 && seen.contradicted > 0);
	/* The borders of the laws, and of the item. */
	assert_true(seen.ages[17] > 0 && seen.ages[18] > 0);
	assert_true(seen.ages[0] > 0 && seen.ages[120] > 0);
}

static void
what_is_generated_covers_each_outcome_of_each_framework(void **state)
{
	(void)state;
	for (int i = 0; i < PAIRS; i++) {
		struct pair pair = pairs[i];

		memset(&seen, 0, sizeof seen);
		seen.reachable[IH_NO_INDICATION] = true;
		seen.reachable[IH_LEVELS] = true; /* undetermined */
		pair.rounds = 300;
		holds_under(&pair, see);
		for (int level = 0; level <= IH_LEVELS; level++)
			if ((seen.levels[level] > 0) != seen.reachable[level])
				fail_msg("%s: level %d: %u", pair.framework,
				    level, seen.levels[level]);
	}
}

/* ---- changing an interview */

static bool
is_missing(const struct ih_answer *answer)
{
	return answer->state == IH_BLANK || answer->state == IH_UNKNOWN ||
	       answer->state == IH_REFUSED;
}

/* The skips again, after a change.  False: it skips what was answered. */
static bool
apply_skips(struct stage *s)
{
	struct ih_error err = { 0 };
	struct ih_filling filling = { .instrument = s->instrument,
		.answers = s->answers };

	return ih_fill_end(&filling, &err);
}

/* Some answer to ITEM. */
static struct ih_answer
some_answer(struct stage *s, size_t item)
{
	struct ih_answer answer = { .state = IH_GIVEN };
	IH_OWNED(ih_buffer) text = ih_buffer_new();

	s->generator.quiet = (unsigned)below(&s->generator, 13);
	generate_value(&s->generator, &s->instrument->items[item], &answer,
	    text);
	return answer;
}

static bool
within(const struct ih_bounds *inner, const struct ih_bounds *outer)
{
	return inner->at_least >= outer->at_least &&
	       inner->at_most <= outer->at_most;
}

/* Each letter of A is that of B, or B left it open. */
static bool
settles(const uint8_t *a, const uint8_t *b, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (a[i] != b[i] && b[i] != IH_UNDETERMINED)
			return false;
	return true;
}

/* Nothing that BEFORE knew does AFTER know otherwise. */
static void
assert_knows_more(const struct stage *s, const struct ih_bounds *after,
    const struct ih_bounds *before)
{
	const struct ih_framework *f = s->framework;

	assert_true(after->withheld || within(after, before));
	assert_true(
	    settles(after->indicators, before->indicators, f->indicator_count));
	assert_true(
	    settles(after->dimensions, before->dimensions, f->dimension_count));
	assert_true(
	    settles(after->outcomes, before->outcomes, f->outcome_count));
	assert_true(
	    settles(after->urgencies, before->urgencies, f->urgency_count));
	assert_true(after->sum_least >= before->sum_least);
	assert_true(after->sum_most <= before->sum_most);
}

/* ---- the properties */

static void
answer_all(struct stage *s)
{
	for (size_t i = 0; i < s->instrument->item_count; i++) {
		struct ih_answer was = s->answers[i];

		if (!is_missing(&was))
			continue;
		ih_bounds_find(s->framework, s->answers, &s->bounds);
		s->answers[i] = some_answer(s, i);
		if (!apply_skips(s)) {
			s->answers[i] = was;
			assert_true(apply_skips(s));
			continue;
		}
		ih_bounds_find(s->framework, s->answers, &s->other);
		assert_knows_more(s, &s->other, &s->bounds);
	}
}

static void
answering_more_never_widens_the_bounds(void **state)
{
	(void)state;
	holds_everywhere(answer_all);
}

/*
 * Whatever is refused could have been any answer: each way to answer it
 * stays inside what is known of the refusal, "no" among them.
 */
static void
refuse_each(struct stage *s)
{
	for (size_t i = 0; i < s->instrument->item_count; i++) {
		const struct ih_item *item = &s->instrument->items[i];

		memcpy(s->answers, s->given->answers, size_of_all(s));
		if (s->answers[i].state == IH_NOT_ASKED ||
		    item->type != IH_CHOICE)
			continue;
		s->answers[i] = (struct ih_answer){ .state = IH_REFUSED };
		if (!apply_skips(s))
			continue;
		ih_bounds_find(s->framework, s->answers, &s->bounds);
		for (size_t c = 0; c < item->choices->count; c++) {
			s->answers[i] = (struct ih_answer){ .state = IH_GIVEN,
				.codes = UINT64_C(1) << c };
			if (!apply_skips(s))
				continue;
			ih_bounds_find(s->framework, s->answers, &s->other);
			assert_knows_more(s, &s->other, &s->bounds);
		}
	}
}

static void
refused_is_never_no_but_leaves_each_answer_open(void **state)
{
	(void)state;
	holds_everywhere(refuse_each);
}

/* Blank, unknown and refused: counted apart, and open alike. */
static void
miss_each_way(struct stage *s)
{
	static const uint8_t states[] = { IH_BLANK, IH_UNKNOWN, IH_REFUSED };

	ih_bounds_find(s->framework, s->given->answers, &s->bounds);
	for (int state = 0; state < 3; state++) {
		for (size_t i = 0; i < s->instrument->item_count; i++)
			if (is_missing(&s->answers[i]))
				s->answers[i].state = states[state];
		ih_bounds_find(s->framework, s->answers, &s->other);
		assert_knows_more(s, &s->other, &s->bounds);
		assert_knows_more(s, &s->bounds, &s->other);
	}
}

static void
it_does_not_matter_why_an_answer_is_missing(void **state)
{
	(void)state;
	holds_everywhere(miss_each_way);
}

/* An item that is skipped, and "no" to it: the same. */
static void
skip_each(struct stage *s)
{
	ih_bounds_find(s->framework, s->answers, &s->bounds);
	for (size_t i = 0; i < s->instrument->item_count; i++)
		if (s->answers[i].state == IH_NOT_ASKED &&
		    s->instrument->items[i].choices != NULL)
			s->answers[i].state = IH_GIVEN; /* and no code */
	ih_bounds_find(s->framework, s->answers, &s->other);
	assert_true(s->bounds.withheld || s->other.withheld ||
		    (s->bounds.at_least == s->other.at_least &&
			s->bounds.at_most == s->other.at_most));
}

static void
what_was_skipped_counts_as_absent(void **state)
{
	(void)state;
	holds_everywhere(skip_each);
}

/* ---- the same in, the same out */

static struct ih_buffer *
told(struct stage *s, struct ih_answers *answers)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	IH_OWNED(ih_assessment) a = ih_assess(s->framework, answers);

	if (!ih_assessment_write(a, out, &err))
		fail_msg("%s", err.text);
	ih_assessment_json(a, out);
	for (int lang = 0; lang < IH_LANGS; lang++)
		ih_explain(a, (struct ih_tongue){ (enum ih_lang)lang, "" },
		    out);
	return IH_GIVE(out);
}

/* The answers of the interview in another order, as read again. */
static struct ih_answers *
reordered(struct stage *s, bool shuffle)
{
	struct ih_error err = { 0 };
	IH_OWNED(xmlDoc) doc =
	    ih_xml_read("generated", s->text->data, s->text->size, &err);
	xmlNode *root = xmlDocGetRootElement(doc);
	struct ih_answers *again;

	for (unsigned long turns = xmlChildElementCount(root);
	     shuffle && turns > 1; turns--) {
		xmlNode *node = xmlNextElementSibling(
		    xmlFirstElementChild(root)); /* after <interview> */

		for (uint64_t n = below(&s->generator, turns - 1); n > 0; n--)
			node = xmlNextElementSibling(node);
		xmlUnlinkNode(node);
		xmlAddChild(root, node);
	}
	again = ih_answers_read(doc, s->instrument, &err);
	if (again == NULL)
		fail_msg("%s", err.text);
	return again;
}

static void
tell_twice(struct stage *s)
{
	IH_OWNED(ih_answers) again = reordered(s, false);
	IH_OWNED(ih_buffer) one = told(s, s->given);
	IH_OWNED(ih_buffer) other = told(s, again);

	assert_string_equal((char *)one->data, (char *)other->data);
}

static void
the_same_answers_give_the_same_bytes(void **state)
{
	(void)state;
	holds_everywhere(tell_twice);
}

static void
tell_in_another_order(struct stage *s)
{
	IH_OWNED(ih_answers) again = reordered(s, true);

	/* The digest is of the document, not of what it says. */
	ih_answers_pin(s->given, "", 0);
	ih_answers_pin(again, "", 0);
	IH_OWNED(ih_buffer) one = told(s, s->given);
	IH_OWNED(ih_buffer) other = told(s, again);
	assert_string_equal((char *)one->data, (char *)other->data);
}

static void
the_order_of_the_answers_changes_nothing(void **state)
{
	(void)state;
	holds_everywhere(tell_in_another_order);
}

/* ---- what could settle it */

/* An answer to each question without one, as far as skips go. */
static void
complete(struct stage *s)
{
	memcpy(s->answers, s->given->answers, size_of_all(s));
	for (size_t i = 0; i < s->instrument->item_count; i++) {
		struct ih_answer was = s->answers[i];

		if (!is_missing(&was))
			continue;
		s->answers[i] = some_answer(s, i);
		if (!apply_skips(s)) {
			s->answers[i] = was;
			assert_true(apply_skips(s));
		}
	}
}

/* Another answer to ITEM; what only it left open is skipped with it.  False:
 * it skips what the interview has answered. */
static bool
answer_otherwise(struct stage *s, size_t item)
{
	s->answers[item] = some_answer(s, item);
	for (size_t i = item + 1; i < s->instrument->item_count; i++)
		if (is_missing(&s->given->answers[i]) &&
		    ih_condition_holds(&s->instrument->items[i].ask_if,
			s->answers) == IH_FALSE)
			s->answers[i] =
			    (struct ih_answer){ .state = IH_NOT_ASKED };
	return apply_skips(s);
}

static bool
is_listed(const struct ih_assessment *a, size_t item)
{
	for (size_t i = 0; i < a->settle_count; i++)
		if (a->settle[i].item->at == item)
			return true;
	return false;
}

static void
change_what_is_not_listed(struct stage *s)
{
	IH_OWNED(ih_assessment) a = ih_assess(s->framework, s->given);

	if (a->bounds.withheld)
		return;
	for (size_t i = 0; i < s->instrument->item_count; i++) {
		if (!is_missing(&s->given->answers[i]) || is_listed(a, i))
			continue;
		complete(s);
		ih_bounds_find(s->framework, s->answers, &s->bounds);
		if (s->answers[i].state != IH_GIVEN || s->bounds.withheld ||
		    !answer_otherwise(s, i))
			continue;
		ih_bounds_find(s->framework, s->answers, &s->other);
		if (s->other.withheld)
			continue;
		if (s->bounds.at_least != s->other.at_least ||
		    s->bounds.at_most != s->other.at_most)
			fail_msg("%s: %s is not listed and matters",
			    s->framework->id, s->instrument->items[i].id);
	}
}

static void
a_question_that_is_not_listed_cannot_change_the_outcome(void **state)
{
	(void)state;
	holds_everywhere(change_what_is_not_listed);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_is_generated_covers_each_state_of_each_kind_of_item),
		TEST(what_is_generated_covers_each_outcome_of_each_framework),
		TEST(answering_more_never_widens_the_bounds),
		TEST(refused_is_never_no_but_leaves_each_answer_open),
		TEST(it_does_not_matter_why_an_answer_is_missing),
		TEST(what_was_skipped_counts_as_absent),
		TEST(the_same_answers_give_the_same_bytes),
		TEST(the_order_of_the_answers_changes_nothing),
		TEST(a_question_that_is_not_listed_cannot_change_the_outcome),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
