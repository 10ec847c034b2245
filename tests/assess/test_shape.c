#include "test.h"

#include "fixture.h"

#include "ihala/explain.h"

/* Six questions decide each shape's file; in the third the age does too. */
static const char *const items[] = { "s1", "s2", "m1", "m2", "p1", "p2" };
enum { ITEMS = sizeof items / sizeof items[0], WAYS = 729 };

static struct ih_framework *
load(const char *path)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_schema) schema = ih_schema_load(library, "framework", &err);
	IH_OWNED(ih_buffer) bytes = read_or_stop(path);
	struct ih_framework *f = ih_framework_read(schema, small, path,
	    bytes->data, bytes->size, &err);

	if (f == NULL)
		fail_msg("%s", err.text);
	return f;
}

/* ---- each rule once more, as one would say it */

static enum ih_level
two_three_four(unsigned yes, bool child)
{
	int count = __builtin_popcount(yes);

	(void)child;
	return count >= 4 ? IH_INDICATED :
	       count >= 2 ? IH_POSSIBLE :
			    IH_NO_INDICATION;
}

static enum ih_level
five_eight_points(unsigned yes, bool child)
{
	static const unsigned points[] = { 4, 3, 3, 1, 1, 6 };
	unsigned sum = 0;

	(void)child;
	for (int i = 0; i < ITEMS; i++)
		sum += yes >> i & 1 ? points[i] : 0;
	return sum >= 8 ? IH_INDICATED :
	       sum >= 5 ? IH_POSSIBLE :
			  IH_NO_INDICATION;
}

static enum ih_level
act_means_purpose(unsigned yes, bool child)
{
	bool act = (yes & 3) != 0, means = (yes & 12) != 0,
	     purpose = (yes & 48) != 0;

	if (!purpose || (!act && !means))
		return IH_NO_INDICATION;
	return act && (means || child) ? IH_INDICATED : IH_POSSIBLE;
}

static const struct {
	const char *path;
	enum ih_shape shape;
	enum ih_level (*rule)(unsigned yes, bool child);
} shapes[] = {
	{ "tests/assess/shape-any.xml", IH_ANY_OF, two_three_four },
	{ "tests/assess/shape-points.xml", IH_POINTS, five_eight_points },
	{ "tests/assess/shape-elements.xml", IH_ELEMENTS, act_means_purpose },
};
enum { SHAPES = sizeof shapes / sizeof shapes[0] };

/* ---- every way the six questions and the age can be answered or not */

enum { ADULT, CHILD, UNSAID, AGES };

struct way {
	unsigned yes, open; /* bits of items */
	int age;
	bool declined;
};

static struct way
way_of(unsigned number, int age)
{
	struct way way = { .age = age };

	for (int i = 0; i < ITEMS; i++, number /= 3) {
		way.yes |= (unsigned)(number % 3 == 1) << i;
		way.open |= (unsigned)(number % 3 == 2) << i;
	}
	return way;
}

static struct ih_answers *
answers_for(struct way way)
{
	static const char *const ages[] = { "age=34", "age=17", "age=refused" };
	char line[256];

	snprintf(line, sizeof line, "%s worked=no safe=%s", ages[way.age],
	    way.declined ? "no" : "yes");
	for (int i = 0; i < ITEMS; i++)
		snprintf(line + strlen(line), sizeof line - strlen(line),
		    " %s=%s", items[i],
		    way.open >> i & 1 ? "unknown" :
		    way.yes >> i & 1  ? "yes" :
					"no");
	return answers_of(line);
}

struct span {
	enum ih_level least, most;
};

/* Over every completion of WAY. */
static struct span
span_of(int shape, struct way way)
{
	struct span span = { IH_INDICATED, IH_NO_INDICATION };

	for (unsigned more = 0; more < 1U << ITEMS; more++)
		for (int child = 0; child < 2; child++) {
			enum ih_level level;

			if ((more & ~way.open) != 0 ||
			    (way.age != UNSAID && child != (way.age == CHILD)))
				continue;
			level = shapes[shape].rule(way.yes | more, child);
			span.least = level < span.least ? level : span.least;
			span.most = level > span.most ? level : span.most;
		}
	return span;
}

typedef void
check_way(int shape, struct way way, const struct ih_assessment *a);

static void
check_every(check_way *check, bool declined, unsigned step)
{
	for (int shape = 0; shape < SHAPES; shape++) {
		IH_OWNED(ih_framework) f = load(shapes[shape].path);

		assert_int_equal(f->shape, shapes[shape].shape);
		for (unsigned n = 0; n < WAYS * AGES; n += step) {
			struct way way = way_of(n / AGES, (int)(n % AGES));

			way.declined = declined;
			IH_OWNED(ih_answers) answers = answers_for(way);
			IH_OWNED(ih_assessment) a = ih_assess(f, answers);
			check(shape, way, a);
		}
	}
}

static void
for_each_way(check_way *check)
{
	check_every(check, false, 1);
}

static void
check_bounds(int shape, struct way way, const struct ih_assessment *a)
{
	struct span span = span_of(shape, way);

	assert_int_equal(a->bounds.at_least, span.least);
	assert_int_equal(a->bounds.at_most, span.most);
}

static void
bounds_of_every_shape_are_those_of_all_completions(void **state)
{
	(void)state;
	for_each_way(check_bounds);
}

static void
check_sufficient(int shape, struct way way, const struct ih_assessment *a)
{
	unsigned marked = 0;
	int best = ITEMS + 1;
	bool child = way.age == CHILD;

	for (unsigned i = 0; i < ITEMS; i++)
		marked |= (unsigned)a->sufficient[i] << i;
	assert_int_equal(marked & ~way.yes, 0);
	assert_int_equal(shapes[shape].rule(marked, child), a->bounds.at_least);
	for (unsigned some = 0; some < 1U << ITEMS; some++)
		if ((some & ~way.yes) == 0 &&
		    shapes[shape].rule(some, child) == a->bounds.at_least &&
		    __builtin_popcount(some) < best)
			best = __builtin_popcount(some);
	assert_int_equal(__builtin_popcount(marked), best);
}

static void
the_sufficient_set_of_every_shape_is_the_smallest(void **state)
{
	(void)state;
	for_each_way(check_sufficient);
}

static bool
lists(const struct ih_assessment *a, const char *item)
{
	for (size_t i = 0; i < a->settle_count; i++)
		if (strcmp(a->settle[i].item->id, item) == 0)
			return true;
	return false;
}

/* Could a yes to ITEM instead of a no matter in some completion? */
static bool
matters(int shape, struct way way, int item)
{
	for (unsigned more = 0; more < 1U << ITEMS; more++)
		for (int child = 0; child < 2; child++) {
			unsigned yes = way.yes | more;

			if ((more & ~way.open) == 0 && (yes >> item & 1) == 0 &&
			    (way.age == UNSAID ||
				child == (way.age == CHILD)) &&
			    shapes[shape].rule(yes, child) !=
				shapes[shape].rule(yes | 1U << item, child))
				return true;
		}
	return false;
}

static void
check_settle(int shape, struct way way, const struct ih_assessment *a)
{
	for (int i = 0; i < ITEMS; i++)
		if (lists(a, items[i]) !=
		    ((way.open >> i & 1) != 0 && matters(shape, way, i)))
			fail_msg("%s: %s, yes %x, open %x, age %d",
			    shapes[shape].path, items[i], way.yes, way.open,
			    way.age);
}

static void
every_shape_lists_exactly_the_questions_that_could_change_it(void **state)
{
	(void)state;
	for_each_way(check_settle);
}

/* ---- what cannot be loaded */

struct found {
	size_t count;
	char first[420];
};

static void
keep(const char *text, void *with)
{
	struct found *found = with;

	if (found->count++ == 0)
		snprintf(found->first, sizeof found->first, "%s", text);
}

static void
check_changed(const char *path, const char *from, const char *to,
    struct found *found)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_schema) schema = ih_schema_load(library, "framework", &err);
	IH_OWNED(ih_buffer) bytes = read_or_stop(path);
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	char *start = (char *)bytes->data, *at = strstr(start, from);

	if (at == NULL)
		fail_msg("no %s in %s", from, path);
	ih_buffer_add(out, start, (size_t)(at - start));
	ih_buffer_text(out, to);
	ih_buffer_text(out, at + strlen(from));
	if (ih_framework_check(schema, small, "f.xml", out->data, out->size,
		keep, found))
		fail_msg("%s: %s was let through", path, to);
}

/* Whatever was said, nothing is concluded, asked for or held up as enough. */
static void
check_declined(int shape, struct way way, const struct ih_assessment *a)
{
	(void)shape;
	(void)way;
	assert_true(a->bounds.withheld);
	assert_int_equal(a->bounds.at_least, IH_NO_INDICATION);
	assert_int_equal(a->bounds.at_most, IH_INDICATED);
	assert_false(a->settled);
	assert_int_equal(a->settle_count, 0);
	assert_int_equal(a->met_count, 0);
	for (int i = 0; i < ITEMS; i++)
		assert_false(a->sufficient[i]);
}

static void
a_declined_interview_is_not_judged_whatever_was_said(void **state)
{
	(void)state;
	check_every(check_declined, true, 7);
}

/* What an answer to ITEM would win: levels, then dimensions settled. */
static unsigned
won_by(const struct ih_framework *f, struct way way, int item,
    const struct ih_assessment *a)
{
	unsigned levels = 0, dimensions = 0;

	for (unsigned yes = 0; yes < 2; yes++) {
		struct way then = way;

		then.open &= ~(1U << item);
		then.yes |= yes << item;
		IH_OWNED(ih_answers) answers = answers_for(then);
		IH_OWNED(ih_assessment) after = ih_assess(f, answers);
		levels += after->bounds.at_least - a->bounds.at_least;
		levels += a->bounds.at_most - after->bounds.at_most;
		for (size_t d = 0; d < f->dimension_count; d++)
			dimensions +=
			    a->bounds.dimensions[d] == IH_UNDETERMINED &&
			    after->bounds.dimensions[d] != IH_UNDETERMINED;
	}
	return levels * 100 + dimensions;
}

static void
check_order(int shape, struct way way, const struct ih_assessment *a)
{
	unsigned last = UINT32_MAX;

	for (size_t i = 0; i < a->settle_count; i++)
		for (int item = 0; item < ITEMS; item++) {
			unsigned won;

			if (strcmp(a->settle[i].item->id, items[item]) != 0)
				continue;
			won = won_by(a->framework, way, item, a);
			if (won > last)
				fail_msg("%s: %s comes late",
				    shapes[shape].path, items[item]);
			last = won;
		}
}

static void
what_narrows_the_outcome_most_is_asked_first(void **state)
{
	(void)state;
	check_every(check_order, false, 7);
}

static void
what_is_not_monotone_or_has_no_source_is_refused(void **state)
{
	static const struct {
		int shape;
		const char *from, *to, *says;
	} rows[] = {
		{ 0, "at-least=\"3\"", "at-least=\"2\"",
		    "must ask for more than the one before" },
		{ 0, "level=\"indicated\"", "level=\"no-indication\"",
		    "attribute level" },
		{ 0, "at-least=\"4\"", "at-least=\"7\"",
		    "all indicators together make 6" },
		{ 0, "at-least=\"4\"", "at-least=\"0\"", "at-least" },
		{ 0, "\"sign-s1\"", "\"sign-s1\" strength=\"weak\"",
		    "has strength" },
		{ 0, "\"sign-s1\"", "\"sign-s1\" points=\"2\"", "has points" },
		{ 1, " points=\"6\"", "", "has no points" },
		{ 1, "points=\"6\"", "points=\"101\"", "from 1 to 100" },
		{ 1, "points=\"6\"", "points=\"-1\"", "points" },
		{ 1, "from=\"15\"", "from=\"19\"", "together make 18" },
		{ 2, "<source article=\"1\">", "<source>", "cites no article" },
		{ 2, "any=\"1\"", "strong=\"1\"", "can meet no row" },
		{ 2, "any=\"1\"", "any=\"0\"", "any" },
		{ 2, "<source>Invented for tests.</source>", "<source/>",
		    "names no source" },
		{ 2, "      <source>Invented for tests.</source>\n", "",
		    "expected" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct found found = { 0 };

		check_changed(shapes[rows[i].shape].path, rows[i].from,
		    rows[i].to, &found);
		if (strstr(found.first, rows[i].says) == NULL)
			fail_msg("%s: %s", rows[i].says, found.first);
	}
}

static void
a_band_that_asks_for_more_and_says_less_is_refused(void **state)
{
	struct found found = { 0 };

	(void)state;
	/* From 15 points "possible", after 8 points "indicated". */
	check_changed("tests/assess/shape-points.xml",
	    "<band id=\"most\" level=\"indicated\"",
	    "<band id=\"most\" level=\"possible\"", &found);
	assert_non_null(strstr(found.first, "not monotone"));
}

/* ---- what is said of it */

static struct ih_buffer *
explained(const char *path, const char *line, enum ih_lang lang)
{
	IH_OWNED(ih_framework) f = load(path);
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	IH_OWNED(ih_answers) answers = answers_of(line);
	IH_OWNED(ih_assessment) a = ih_assess(f, answers);

	ih_explain(a, (struct ih_tongue){ lang, "" }, out);
	return IH_GIVE(out);
}

static void
each_shape_explains_itself_in_three_languages(void **state)
{
	static const struct {
		int shape;
		const char *line;
		const char *says[IH_LANGS][3];
	} rows[] = {
		{ 0, "s1=yes s2=yes m1=no m2=no p1=refused p2=no",
		    { [IH_AR] = { "المؤشرات الحاضرة: 2 على الأقل، 3 على الأكثر",
			  "(يكفي مع ما أشير", "Outcome some (ar)" },
			[IH_FR] = { "Indices présents : 2 au moins, 3 au plus",
			    "Sign sign-s1 (fr) (suffit", "Outcome some (fr)" },
			[IH_EN] = { "Indicators present: 2 at least, 3 at most",
			    "Sign sign-s1 (en) (enough together",
			    "Outcome some (en)" } } },
		{ 1, "s1=yes s2=no m1=no m2=yes p1=no p2=yes",
		    { [IH_AR] = { "النقاط: 11\n", "(نقطة واحدة)",
			  "Outcome many (ar)" },
			[IH_FR] = { "Points : 11\n",
			    "Sign sign-p2 (fr) (6 points, suffit",
			    "Outcome many (fr)" },
			[IH_EN] = { "Points: 11\n",
			    "Sign sign-p2 (en) (6 points, enough",
			    "Outcome many (en)" } } },
		{ 2, "s1=yes s2=no m1=no m2=no p1=yes p2=no age=17",
		    { [IH_AR] = { "Outcome waived (ar)", "المادة 1",
			  "العناصر كافية، حسب القاعدة: " },
			[IH_FR] = { "Outcome waived (fr)", "article 1",
			    "Purpose (fr) : éléments suffisants" },
			[IH_EN] = { "Outcome waived (en)", "article 1",
			    "Purpose (en): present, by the rule: Row one" } } },
		{ 0, "s1=yes s2=yes m1=yes m2=yes p1=yes p2=yes",
		    { [IH_AR] = { "المؤشرات الحاضرة: 6\n", "(يكفي مع ما أشير",
			  "Outcome many (ar)" },
			[IH_FR] = { "Indices présents : 6\n",
			    "Sign sign-s1 (fr) (suffit avec",
			    "Outcome many (fr)" },
			[IH_EN] = { "Indicators present: 6\n",
			    "Sign sign-s1 (en) (enough together",
			    "Outcome many (en)" } } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		for (int lang = 0; lang < IH_LANGS; lang++) {
			IH_OWNED(ih_buffer) out =
			    explained(shapes[rows[i].shape].path, rows[i].line,
				(enum ih_lang)lang);

			for (int s = 0; s < 3; s++)
				if (strstr((char *)out->data,
					rows[i].says[lang][s]) == NULL)
					fail_msg("no \"%s\" in\n%s",
					    rows[i].says[lang][s],
					    (char *)out->data);
		}
}

static void
each_shape_fits_the_schema_of_assessments(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_schema) schema =
	    ih_schema_load(library, "assessment", &err);

	(void)state;
	for (int shape = 0; shape < SHAPES; shape++) {
		static const char *const says[] = { "sum-most=\"3\"",
			"points=\"4\"", "code=\"ACT.ONE\"" };
		IH_OWNED(ih_framework) f = load(shapes[shape].path);
		IH_OWNED(ih_answers) answers =
		    answers_of("s1=yes s2=refused p1=yes m1=no m2=no p2=no");
		IH_OWNED(ih_assessment) a = ih_assess(f, answers);
		IH_OWNED(ih_buffer) out = ih_buffer_new();

		ih_answers_pin(answers, "", 0);
		assert_true(ih_assessment_write(a, out, &err));
		IH_OWNED(xmlDoc) doc =
		    ih_xml_read("a.xml", out->data, out->size, &err);
		if (doc == NULL || !ih_schema_check(schema, doc, "a.xml", &err))
			fail_msg("%s", err.text);
		assert_non_null(strstr((char *)out->data, says[shape]));
		ih_buffer_clear(out);
		ih_assessment_json(a, out);
		assert_non_null(strstr((char *)out->data, "\"level\":"));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(bounds_of_every_shape_are_those_of_all_completions),
		TEST(the_sufficient_set_of_every_shape_is_the_smallest),
		TEST(
		    every_shape_lists_exactly_the_questions_that_could_change_it),
		TEST(a_declined_interview_is_not_judged_whatever_was_said),
		TEST(what_narrows_the_outcome_most_is_asked_first),
		TEST(what_is_not_monotone_or_has_no_source_is_refused),
		TEST(a_band_that_asks_for_more_and_says_less_is_refused),
		TEST(each_shape_explains_itself_in_three_languages),
		TEST(each_shape_fits_the_schema_of_assessments),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
