#include "test.h"

#include "fixture.h"
#include "ihala/node.h"
#include "ihala/rescore.h"

static struct ih_arena *arena;

static int
open_arena(void **state)
{
	(void)state;
	arena = ih_arena_new();
	return 0;
}

static int
close_arena(void **state)
{
	(void)state;
	ih_arena_free(arena);
	return 0;
}

/* The small framework with the first WAS replaced by NOW. */
static struct ih_framework *
edited(const char *was, const char *now)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer)
	bytes = read_or_stop("tests/assess/small-framework.xml");
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	IH_OWNED(ih_schema) schema = ih_schema_load(library, "framework", &err);
	const char *text = (const char *)bytes->data;
	const char *at = strstr(text, was);

	if (at == NULL)
		fail_msg("the small framework has no: %s", was);
	ih_buffer_add(out, text, (size_t)(at - text));
	ih_buffer_text(out, now);
	ih_buffer_text(out, at + strlen(was));
	struct ih_framework *read = ih_framework_read(schema, small,
	    "edited.xml", out->data, out->size, &err);
	if (read == NULL)
		fail_msg("%s: %s", now, err.text);
	return read;
}

static struct ih_standing
judged(const struct ih_framework *framework, const struct ih_answers *answers)
{
	struct ih_bounds bounds = ih_bounds_new(framework, arena);

	ih_bounds_find(framework, answers->answers, &bounds);
	return ih_standing_of(framework, &bounds, arena);
}

/* As it was written down, and is read again. */
static struct ih_standing
written(const struct ih_framework *framework, const struct ih_answers *answers)
{
	struct ih_error err = { 0 };
	struct ih_standing standing;
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	IH_OWNED(ih_assessment) assessment = ih_assess(framework, answers);

	assert_true(ih_assessment_write(assessment, out, &err));
	IH_OWNED(xmlDoc)
	doc = ih_xml_read("assessment.xml", out->data, out->size, &err);
	assert_non_null(doc);
	assert_true(ih_standing_read(xmlDocGetRootElement(doc), arena,
	    &standing, &err));
	return standing;
}

/* "indicated>possible: dimension means true>false, ..." */
static const char *
told(const struct ih_rescore *r)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();

	ih_buffer_printf(out, "%s>%s", ih_found_name(r->was),
	    ih_found_name(r->now));
	for (size_t i = 0; i < r->count; i++) {
		const struct ih_change *c = &r->changes[i];

		ih_buffer_printf(out, "%s %s %s ", i == 0 ? ":" : ",",
		    ih_stand_name(c->what), c->id);
		if (c->was == c->now)
			ih_buffer_printf(out, "%s>%s", c->was_weight,
			    c->now_weight);
		else
			ih_buffer_printf(out, "%s>%s", ih_stood_name(c->was),
			    ih_stood_name(c->now));
	}
	return ih_arena_text(arena, (const char *)out->data);
}

static const char *const lines[] = {
	"",
	"s1=yes s2=yes p1=yes",
	"s1=yes m1=yes age=15 p1=yes",
	"s1=refused s2=yes m1=unknown p1=yes worked=yes paid=no",
	"s1=no s2=no m1=no m2=no m3=no w1=no w2=no p1=no p2=no worked=no",
};
#define LINES (sizeof lines / sizeof lines[0])

static void
the_same_rules_give_no_difference(void **state)
{
	(void)state;
	for (size_t i = 0; i < LINES; i++) {
		IH_OWNED(ih_answers) answers = answers_of(lines[i]);
		struct ih_standing was = written(small_framework, answers);
		struct ih_standing now = judged(small_framework, answers);
		struct ih_rescore r = ih_rescore(&was, &now, arena);

		assert_false(r.moved);
		assert_int_equal(r.was, r.now);
		assert_string_equal(told(&r),
		    ih_arena_printf(arena, "%s>%s", ih_found_name(r.was),
			ih_found_name(r.was)));
	}
}

/* From what was written, or judged again by the old rules: one answer. */
static void
what_was_written_says_what_is_judged(void **state)
{
	IH_OWNED(ih_framework)
	new = edited("id=\"sign-s1\" strength=\"strong\"",
	    "id=\"sign-s1\" strength=\"weak\"");

	(void)state;
	for (size_t i = 0; i < LINES; i++) {
		IH_OWNED(ih_answers) answers = answers_of(lines[i]);
		struct ih_standing a = written(small_framework, answers);
		struct ih_standing b = judged(small_framework, answers);
		struct ih_standing now = judged(new, answers);
		struct ih_rescore one = ih_rescore(&a, &now, arena);
		struct ih_rescore other = ih_rescore(&b, &now, arena);

		assert_string_equal(told(&one), told(&other));
		assert_int_equal(one.moved, other.moved);
	}
}

static void
a_weaker_indicator_shows_in_its_dimension_and_outcome(void **state)
{
	IH_OWNED(ih_framework)
	new = edited("id=\"sign-s1\" strength=\"strong\"",
	    "id=\"sign-s1\" strength=\"weak\"");
	IH_OWNED(ih_answers)
	answers = answers_of("s1=yes s2=no m1=yes m2=no m3=no w1=no w2=no "
			     "p1=yes p2=yes age=30 worked=no");
	struct ih_standing was = written(small_framework, answers);
	struct ih_standing now = judged(new, answers);
	struct ih_rescore r = ih_rescore(&was, &now, arena);

	(void)state;
	assert_true(r.moved);
	assert_string_equal(told(&r),
	    "indicated>possible: row means-and-purpose true>false, "
	    "dimension means true>false, indicator sign-s1 strong>weak");
}

static void
an_indicator_that_is_new_or_gone_is_told_where_it_holds(void **state)
{
	IH_OWNED(ih_framework)
	new = edited("id=\"sign-m1\"", "id=\"sign-new\"");
	IH_OWNED(ih_answers) holds = answers_of("m1=yes");
	IH_OWNED(ih_answers) holds_not = answers_of("m1=no");
	struct ih_standing was = written(small_framework, holds);
	struct ih_standing now = judged(new, holds);
	struct ih_rescore r = ih_rescore(&was, &now, arena);
	struct ih_standing no_was = written(small_framework, holds_not);
	struct ih_standing no_now = judged(new, holds_not);
	struct ih_rescore none = ih_rescore(&no_was, &no_now, arena);

	(void)state;
	assert_non_null(strstr(told(&r), "indicator sign-new false>true"));
	assert_non_null(strstr(told(&r), "indicator sign-m1 true>not-there"));
	assert_int_equal(none.count, 0);
}

static void
one_side_may_be_missing(void **state)
{
	IH_OWNED(ih_answers) answers = answers_of("s1=yes s2=yes p1=yes");
	struct ih_standing one = judged(small_framework, answers);
	struct ih_rescore added = ih_rescore(NULL, &one, arena);
	struct ih_rescore gone = ih_rescore(&one, NULL, arena);

	(void)state;
	assert_int_equal(added.was, IH_FOUND_NONE);
	assert_int_equal(gone.now, IH_FOUND_NONE);
	assert_true(added.moved && gone.moved);
	assert_int_equal(added.count + gone.count, 0);
}

/* Undetermined, but between other bounds: that is another result too. */
static void
bounds_that_move_are_told_though_the_outcome_stays(void **state)
{
	IH_OWNED(ih_answers) answers = answers_of("");
	struct ih_standing was = judged(small_framework, answers);
	struct ih_standing now = was;
	struct ih_rescore r;

	(void)state;
	assert_int_equal(ih_found(&was), IH_FOUND_UNDETERMINED);
	now.at_least = IH_POSSIBLE;
	r = ih_rescore(&was, &now, arena);
	assert_int_equal(r.was, r.now);
	assert_true(r.moved);
	now = was;
	now.at_most = IH_POSSIBLE;
	assert_true(ih_rescore(&was, &now, arena).moved);
}

static void
a_declined_interview_is_found_as_such(void **state)
{
	struct ih_standing withheld = { .at_most = IH_INDICATED,
		.withheld = true };

	(void)state;
	assert_int_equal(ih_found(&withheld), IH_FOUND_WITHHELD);
}

static void
refuses_what_is_no_assessment(void **state)
{
	static const char *const bad[] = {
		"<assessment/>",
		"<assessment framework='f' framework-version='1.0.0' "
		"framework-digest='0' engine='1.0.0'/>",
		"<assessment framework='f' framework-version='1.0.0' "
		"framework-digest='0' engine='1.0.0'>"
		"<outcome at-least='low' at-most='high'/></assessment>",
		"<assessment framework='f' framework-version='1.0.0' "
		"framework-digest='0' engine='1.0.0'>"
		"<outcome at-least='possible' at-most='indicated'/>"
		"<dimension id='d' positive='perhaps'/></assessment>",
		"<assessment framework='f' framework-version='1.0.0' "
		"framework-digest='0' engine='1.0.0'><urgent row='u'/>"
		"<outcome at-least='possible' at-most='indicated'/>"
		"</assessment>",
	};

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct ih_error err = { 0 };
		struct ih_standing standing;
		IH_OWNED(xmlDoc)
		doc = ih_xml_read("bad", bad[i], strlen(bad[i]), &err);

		assert_non_null(doc);
		assert_false(ih_standing_read(xmlDocGetRootElement(doc), arena,
		    &standing, &err));
		assert_int_equal(err.kind, IH_INPUT);
	}
}

#define KEPT(test)                                                             \
	cmocka_unit_test_setup_teardown(test, open_arena, close_arena)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		KEPT(the_same_rules_give_no_difference),
		KEPT(what_was_written_says_what_is_judged),
		KEPT(a_weaker_indicator_shows_in_its_dimension_and_outcome),
		KEPT(an_indicator_that_is_new_or_gone_is_told_where_it_holds),
		KEPT(one_side_may_be_missing),
		KEPT(bounds_that_move_are_told_though_the_outcome_stays),
		KEPT(a_declined_interview_is_found_as_such),
		KEPT(refuses_what_is_no_assessment),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
