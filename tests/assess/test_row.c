#include "test.h"

#include "fixture.h"

#include "generated.h"

/*
 * Each row of each framework of the library is a test, named by the row's own
 * sentence.  For each an interview is looked for that meets the row, and then
 * made as short as can be: it meets the row, and without any one of its
 * answers it does not.
 */
static const char *const libraries[][2] = {
	{ "adult", "ilo-adult-labour" },
	{ "adult", "law-ma" },
	{ "adult", "law-eg" },
	{ "adult", "law-tn" },
	{ "adult", "unodc-general" },
	{ "adult", "domestic-servitude" },
	{ "adult", "begging-crime" },
	{ "adult", "sexual-provisional" },
	{ "child", "ilo-child-labour" },
	{ "rapid", "rapid-signs" },
};
enum {
	LIBRARIES = sizeof libraries / sizeof libraries[0],
	ROWS = 300,
	TRIES = 20000, /* interviews before a row counts as out of reach */
	WAYS = 10      /* shortest interviews for each row */
};

enum kind { OF_DIMENSION, OF_OUTCOME, OF_URGENCY, OF_CONTRADICTIONS };

struct row {
	const struct ih_framework *framework;
	enum kind kind;
	size_t at, dimension;
	char name[400];
};

/* ---- is it met */

/* The rule of a row as framework.rng tells it. */
static bool
reaches(const struct ih_tally *tally, const struct ih_count_row *row)
{
	unsigned lesser = tally->of[IH_MEDIUM] + tally->of[IH_WEAK], any = 0;
	bool enough = lesser >= row->lesser;

	for (int s = 0; s < IH_STRENGTHS; s++) {
		enough = enough && tally->of[s] >= row->least.of[s];
		any += tally->of[s];
	}
	return enough && any >= row->any;
}

static enum ih_three
is_met(const struct row *row, const struct ih_answer *answers,
    struct ih_bounds *bounds)
{
	const struct ih_framework *f = row->framework;
	bool least, most;

	if (row->kind == OF_CONTRADICTIONS)
		return ih_condition_holds(&f->contradictions[row->at].when,
		    answers);
	ih_bounds_find(f, answers, bounds);
	if (row->kind == OF_URGENCY)
		return (enum ih_three)bounds->urgencies[row->at];
	if (row->kind == OF_OUTCOME)
		return (enum ih_three)bounds->outcomes[row->at];
	least = reaches(&bounds->least[row->dimension], &f->counts[row->at]);
	most = reaches(&bounds->most[row->dimension], &f->counts[row->at]);
	return least ? IH_TRUE : most ? IH_UNDETERMINED : IH_FALSE;
}

/* ---- interviews in which only some things are so */

/* What an item says where nothing is so.  An age is that of an adult. */
static struct ih_answer
nothing_so(const struct ih_item *item)
{
	return (struct ih_answer){ .state = IH_GIVEN,
		.number = item->most >= 34 ? 34 : item->least };
}

/* What is wanted of each item, as far as skips let it be asked. */
static void
ask(const struct ih_instrument *instrument, const struct ih_answer *wanted,
    struct ih_answer *answers)
{
	for (size_t i = 0; i < instrument->item_count; i++) {
		answers[i] = wanted[i];
		if (ih_condition_holds(&instrument->items[i].ask_if, answers) ==
		    IH_FALSE)
			answers[i] =
			    (struct ih_answer){ .state = IH_NOT_ASKED };
	}
}

static void
want_at_random(struct generator *g, const struct ih_item *item,
    struct ih_answer *wanted)
{
	IH_OWNED(ih_buffer) text = ih_buffer_new();

	*wanted = (struct ih_answer){ .state = IH_GIVEN };
	g->quiet = 0;
	if (item->type == IH_CHOICES)
		for (size_t c = 0; c < item->choices->count; c++)
			wanted->codes |= below(g, 2) << c;
	else
		generate_value(g, item, wanted, text);
}

struct search {
	const struct row *row;
	struct generator generator;
	size_t count;
	struct ih_answer *wanted, *answers;
	struct ih_bounds bounds;
};

static enum ih_three
finds(struct search *s)
{
	ask(s->row->framework->instrument, s->wanted, s->answers);
	return is_met(s->row, s->answers, &s->bounds);
}

static bool
find_some(struct search *s)
{
	const struct ih_instrument *instrument = s->row->framework->instrument;

	for (int i = 0; i < TRIES; i++) {
		for (size_t at = 0; at < s->count; at++)
			want_at_random(&s->generator, &instrument->items[at],
			    &s->wanted[at]);
		if (finds(s) == IH_TRUE)
			return true;
	}
	return false;
}

/* Each thing that an item says: a code, or the whole of it. */
typedef void each_thing(struct search *s, size_t item, struct ih_answer less);

static void
for_each_thing(struct search *s, each_thing *each)
{
	for (size_t i = 0; i < s->count; i++) {
		const struct ih_item *item =
		    &s->row->framework->instrument->items[i];
		struct ih_answer none = nothing_so(item), less = s->wanted[i];

		if (item->type != IH_CHOICES) {
			if (less.codes != 0 || less.number != none.number)
				each(s, i, none);
			continue;
		}
		for (uint64_t left = less.codes; left != 0; left &= left - 1) {
			less = s->wanted[i];
			less.codes &= ~(left & -left);
			each(s, i, less);
		}
	}
}

/* Leave it out where the row is met all the same. */
static void
leave_out(struct search *s, size_t item, struct ih_answer less)
{
	struct ih_answer was = s->wanted[item];

	s->wanted[item] = less;
	if (finds(s) != IH_TRUE)
		s->wanted[item] = was;
}

/* Without it the row is not met; refused instead, it still may be. */
static void
must_matter(struct search *s, size_t item, struct ih_answer less)
{
	const char *id = s->row->framework->instrument->items[item].id;
	struct ih_answer was = s->wanted[item];

	s->wanted[item] = less;
	if (finds(s) != IH_FALSE)
		fail_msg("%s: met without an answer to %s", s->row->name, id);
	s->wanted[item] = (struct ih_answer){ .state = IH_REFUSED };
	if (finds(s) == IH_FALSE)
		fail_msg("%s: as if %s had been answered by no", s->row->name,
		    id);
	s->wanted[item] = was;
}

/* Does the shortest interview have what the row counts, and nothing more?
 * One answer can be two indicators: then it has. */
static bool
is_just_enough(struct search *s)
{
	const struct ih_count_row *row = &s->row->framework->counts[s->row->at];

	assert_int_equal(finds(s), IH_TRUE);
	assert_int_equal(s->bounds.dimensions[s->row->dimension], IH_TRUE);
	for (int strength = 0; strength < IH_STRENGTHS; strength++) {
		struct ih_tally tally = s->bounds.least[s->row->dimension];

		if (tally.of[strength] == 0)
			continue;
		tally.of[strength]--;
		if (reaches(&tally, row))
			return false;
	}
	return true;
}

/* ---- a test for each row */

/* The interview on paper: only what is so, all else left out. */
static void
must_be_met_as_written(struct search *s)
{
	const struct ih_instrument *instrument = s->row->framework->instrument;
	char line[4096] = "";
	struct ih_error err = { 0 };

	ask(instrument, s->wanted, s->answers);
	for (size_t i = 0; i < s->count; i++) {
		const struct ih_item *item = &instrument->items[i];
		const struct ih_answer *a = &s->answers[i];
		size_t length = strlen(line);
		const char *join = "=";

		if (a->state != IH_GIVEN)
			continue;
		if (item->type == IH_NUMBER)
			snprintf(line + length, sizeof line - length,
			    " %s=%lld", item->id, (long long)a->number);
		else if (a->codes != 0)
			snprintf(line + length, sizeof line - length, " %s",
			    item->id);
		for (uint64_t left = a->codes; left != 0; left &= left - 1) {
			length = strlen(line);
			snprintf(line + length, sizeof line - length, "%s%s",
			    join,
			    item->choices->list[__builtin_ctzll(left)].code);
			join = ",";
		}
	}
	IH_OWNED(ih_answers) answers = try_answers_to(instrument, line, &err);
	if (answers == NULL)
		fail_msg("%s: %s", line, err.text);
	if (is_met(s->row, answers->answers, &s->bounds) != IH_TRUE)
		fail_msg("%s: not met by%s", s->row->name, line);
}

static void
is_met_and_without_any_one_answer_it_is_not(void **state)
{
	const struct row *row = *state;
	IH_OWNED(ih_arena) arena = ih_arena_new();
	struct search s = { .row = row,
		.generator = { .seed = 7 },
		.count = row->framework->instrument->item_count };

	int exact = 0;

	s.wanted = ih_arena_take(arena, s.count * sizeof *s.wanted);
	s.answers = ih_arena_take(arena, s.count * sizeof *s.answers);
	s.bounds = ih_bounds_new(row->framework, arena);
	for (int way = 0; way < WAYS; way++) {
		if (!find_some(&s))
			fail_msg("%s: no interview meets it", row->name);
		for_each_thing(&s, leave_out);
		/* Once more: less of one thing can make another needless. */
		for_each_thing(&s, leave_out);
		for_each_thing(&s, must_matter);
		must_be_met_as_written(&s);
		exact += row->kind != OF_DIMENSION || is_just_enough(&s);
	}
	if (exact == 0)
		fail_msg("%s: never just enough", row->name);
}

/* ---- which rows there are */

static struct row rows[ROWS];
static struct CMUnitTest tests[ROWS];
static size_t row_count;

static void __attribute__((format(printf, 5, 6)))
add(const struct ih_framework *f, enum kind kind, size_t at, size_t dimension,
    const char *fmt, ...)
{
	struct row *row = &rows[row_count];
	va_list args;

	assert_true(row_count < ROWS);
	*row = (struct row){ f, kind, at, dimension, "" };
	va_start(args, fmt);
	vsnprintf(row->name, sizeof row->name, fmt, args);
	va_end(args);
	tests[row_count++] = (struct CMUnitTest){ .name = row->name,
		.test_func = is_met_and_without_any_one_answer_it_is_not,
		.initial_state = row };
}

/* A dimension without enough strong ones cannot meet a row of strong ones. */
static void
add_dimension(const struct ih_framework *f, size_t d)
{
	struct ih_tally all = { 0 };

	for (size_t i = 0; i < f->dimensions[d].count; i++)
		all.of[f->indicators[f->dimensions[d].first + i].strength]++;
	for (size_t i = 0; i < f->count_count; i++)
		if (reaches(&all, &f->counts[i]))
			add(f, OF_DIMENSION, i, d, "%s: %s: %s, and no fewer",
			    f->id, f->dimensions[d].title.in[IH_EN],
			    f->counts[i].texts.in[IH_EN]);
}

static void
add_apart(const struct ih_framework *f, enum kind kind,
    const struct ih_apart_row *list, size_t count, const char *says)
{
	for (size_t i = 0; i < count; i++)
		add(f, kind, i, 0, "%s: %s: %s", f->id, says,
		    list[i].texts.in[IH_EN]);
}

static void
add_framework(const struct ih_framework *f)
{
	for (size_t d = 0; d < f->dimension_count; d++)
		add_dimension(f, d);
	for (size_t i = 0; i < f->outcome_count; i++)
		add(f, OF_OUTCOME, i, 0, "%s: %s: %s", f->id,
		    ih_level_name(f->outcomes[i].level),
		    f->outcomes[i].texts.in[IH_EN]);
	add_apart(f, OF_URGENCY, f->urgencies, f->urgency_count, "urgent");
	add_apart(f, OF_CONTRADICTIONS, f->contradictions,
	    f->contradiction_count, "does not agree");
}

int
main(void)
{
	struct ih_error err = { 0 };
	struct ih_instrument *instruments[LIBRARIES] = { NULL };
	struct ih_framework *frameworks[LIBRARIES] = { NULL };
	int failed = 1;

	library = ih_library_open(".", &err);
	for (size_t i = 0; i < LIBRARIES; i++) {
		instruments[i] =
		    ih_instrument_load(library, libraries[i][0], &err);
		frameworks[i] = ih_framework_load(library, libraries[i][1],
		    instruments[i], &err);
		if (frameworks[i] != NULL)
			add_framework(frameworks[i]);
	}
	if (err.kind == IH_NONE)
		failed = _cmocka_run_group_tests("rows", tests, row_count, NULL,
		    NULL);
	for (size_t i = 0; i < LIBRARIES; i++) {
		ih_framework_free(frameworks[i]);
		ih_instrument_free(instruments[i]);
	}
	ih_library_close(library);
	return failed;
}
