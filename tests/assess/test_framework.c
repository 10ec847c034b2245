#include "test.h"

#include "fixture.h"

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

static struct ih_buffer *
changed(const char *after, const char *from, const char *to)
{
	IH_OWNED(ih_buffer) bytes =
	    read_or_stop("tests/assess/small-framework.xml");
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	char *start = (char *)bytes->data, *at = strstr(start, after);

	at = at != NULL ? strstr(at, from) : NULL;
	if (at == NULL)
		fail_msg("no %s after %s", from, after);
	ih_buffer_add(out, start, (size_t)(at - start));
	ih_buffer_text(out, to);
	ih_buffer_text(out, at + strlen(from));
	return IH_GIVE(out);
}

static bool
check(const struct ih_buffer *bytes, struct found *found)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_schema) schema = ih_schema_load(library, "framework", &err);

	assert_non_null(schema);
	return ih_framework_check(schema, small, "f.xml", bytes->data,
	    bytes->size, keep, found);
}

static void
reads_dimensions_rules_and_sources(void **state)
{
	const struct ih_framework *f = small_framework;

	(void)state;
	assert_string_equal(f->status, "provisional");
	assert_int_equal(f->dimension_count, 2);
	assert_int_equal(f->indicator_count, 10);
	assert_int_equal(f->count_count, 4);
	assert_int_equal(f->outcome_count, 3);
	assert_int_equal(f->urgency_count, 1);
	assert_int_equal(f->indicators[2].strength, IH_MEDIUM);
	assert_int_equal(f->indicators[0].source_count, 1);
	assert_string_equal(f->indicators[0].sources[0].article, "448-1");
	assert_string_equal(f->count_source.confidence, "medium");
	assert_string_equal(f->outcomes[1].status, "project-policy");
	assert_string_equal(f->outcomes[0].source.article, "3(a)");
}

/* The rule of the brochure, and what follows from it, said as sentences. */
static void
a_dimension_is_positive_as_the_ilo_counts(void **state)
{
	static const struct {
		const char *says;
		struct ih_tally tally; /* strong, medium, weak */
		const char *row;       /* NULL: not positive */
	} rows[] = {
		{ "nothing is negative", { { 0, 0, 0 } }, NULL },
		{ "one strong alone is negative", { { 1, 0, 0 } }, NULL },
		{ "two strong are positive", { { 2, 0, 0 } }, "two-strong" },
		{ "one strong and one medium are positive", { { 1, 1, 0 } },
		    "strong-and-lesser" },
		{ "one strong and one weak are positive", { { 1, 0, 1 } },
		    "strong-and-lesser" },
		{ "one medium is negative", { { 0, 1, 0 } }, NULL },
		{ "two medium alone are negative", { { 0, 2, 0 } }, NULL },
		{ "three medium are positive", { { 0, 3, 0 } },
		    "three-medium" },
		{ "two medium and one weak are positive", { { 0, 2, 1 } },
		    "two-medium-and-weak" },
		{ "one medium with any weak is negative", { { 0, 1, 9 } },
		    NULL },
		{ "weak ones never add up", { { 0, 0, 9 } }, NULL },
		{ "the first row that fits is the reason", { { 2, 3, 1 } },
		    "two-strong" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct ih_count_row *row =
		    ih_framework_row(small_framework, &rows[i].tally);
		const char *is = row != NULL ? row->id : "negative";

		if (strcmp(is,
			rows[i].row != NULL ? rows[i].row : "negative") != 0)
			fail_msg("%s: %s", rows[i].says, is);
	}
}

static void
one_more_indicator_never_lowers_a_dimension(void **state)
{
	(void)state;
	for (unsigned s = 0; s < 5; s++)
		for (unsigned m = 0; m < 5; m++)
			for (unsigned w = 0; w < 5; w++) {
				struct ih_tally t = { { s, m, w } };

				if (ih_framework_row(small_framework, &t) ==
				    NULL)
					continue;
				for (int k = 0; k < IH_STRENGTHS; k++) {
					struct ih_tally more = t;

					more.of[k]++;
					assert_non_null(
					    ih_framework_row(small_framework,
						&more));
				}
			}
}

static void
finds_what_does_not_fit(void **state)
{
	static const struct {
		const char *after, *from, *to, *says;
	} rows[] = {
		{ "<framework", "instrument=\"small\"", "instrument=\"adult\"",
		    "another instrument" },
		{ "sign-s1", "item=\"s1\"", "item=\"none\"",
		    "there is no item" },
		{ "sign-s1", "code=\"yes\"", "code=\"maybe\"", "has no code" },
		{ "sign-s1", "<is item=\"s1\" code=\"yes\"/>",
		    "<answered item=\"s1\"/>", "has no place in a framework" },
		{ "sign-s1", "<is item=\"s1\" code=\"yes\"/>",
		    "<answered item=\"name\"/>", "identity part" },
		{ "sign-s1", "id=\"sign-s2\"", "id=\"sign-s1\"",
		    "two <indicator> \"sign-s1\"" },
		{ "id=\"purpose\"", "id=\"purpose\"", "id=\"means\"",
		    "two <dimension> \"means\"" },
		{ "id=\"two-strong\"", "id=\"two-strong\"",
		    "id=\"three-medium\"", "two <row> \"three-medium\"" },
		{ "id=\"two-strong\"", " strong=\"2\"", "",
		    "would always be met" },
		{ "id=\"two-strong\"", "strong=\"2\"", "strong=\"9999\"",
		    "must be a number" },
		{ "<outcome-rule>", "dimension=\"means\"", "dimension=\"ends\"",
		    "no dimension \"ends\"" },
		{ "purpose-alone", "Protocol of tests.", " ",
		    "names no source" },
		{ "<dimension-rule>",
		    "ILO and EC, Operational indicators (2009).", "",
		    "names no source" },
		{ "<urgency>", "item=\"safe\"", "item=\"name\"",
		    "identity part" },
		{ "<outcome-rule>", "item=\"age\" value=\"18\"",
		    "item=\"age\" value=\"0\"", "no answer" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		IH_OWNED(ih_buffer) bytes =
		    changed(rows[i].after, rows[i].from, rows[i].to);
		struct found found = { 0 };

		if (check(bytes, &found) || found.count == 0)
			fail_msg("%s was not found", rows[i].says);
		if (strstr(found.first, rows[i].says) == NULL)
			fail_msg("%s: %s", rows[i].says, found.first);
		assert_memory_equal(found.first, "f.xml:", 6);
	}
}

static void
a_rule_that_falls_with_an_indicator_cannot_be_written(void **state)
{
	IH_OWNED(ih_buffer) bytes =
	    changed("id=\"purpose-alone\"", "<positive dimension=\"purpose\"/>",
		"<not><positive dimension=\"purpose\"/></not>");
	struct found found = { 0 };

	(void)state;
	assert_false(check(bytes, &found));
	assert_int_equal(found.count, 1);
}

static void
a_dimension_that_nothing_can_reach_is_a_fault(void **state)
{
	IH_OWNED(ih_buffer) bytes =
	    changed("sign-p1", "strength=\"strong\"", "strength=\"weak\"");
	IH_OWNED(ih_buffer) worse = ih_buffer_new();
	char *at = strstr((char *)bytes->data, "id=\"sign-p2\" strength=\"");
	struct found found = { 0 };

	(void)state;
	at += strlen("id=\"sign-p2\" strength=\"");
	ih_buffer_add(worse, bytes->data, (size_t)(at - (char *)bytes->data));
	ih_buffer_text(worse, "weak");
	ih_buffer_text(worse, at + strlen("strong"));
	assert_true(check(bytes, &found));
	assert_false(check(worse, &found));
	assert_non_null(strstr(found.first, "\"purpose\" can meet no row"));
}

static void
every_framework_we_ship_loads(void **state)
{
	/* The sizes of the adult list agree with an independent record. */
	static const struct {
		const char *id, *instrument;
		size_t dimensions, sizes[6];
	} rows[] = {
		{ "ilo-adult-labour", "adult", 6, { 10, 10, 16, 9, 15, 7 } },
		{ "ilo-child-labour", "child", 6, { 10, 10, 15, 8, 15, 7 } },
		{ "rapid-signs", "rapid", 1, { 17 } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct ih_error err = { 0 };
		IH_OWNED(ih_instrument) instrument =
		    ih_instrument_load(library, rows[i].instrument, &err);
		IH_OWNED(ih_framework) shipped =
		    instrument == NULL ? NULL :
					 ih_framework_load(library, rows[i].id,
					     instrument, &err);

		if (shipped == NULL)
			fail_msg("%s: %s", rows[i].id, err.text);
		assert_int_equal(shipped->dimension_count, rows[i].dimensions);
		for (size_t d = 0; d < rows[i].dimensions; d++)
			assert_int_equal(shipped->dimensions[d].count,
			    rows[i].sizes[d]);
		assert_true(shipped->urgency_count >= 3);
	}
}

static void
tells_which_instrument_a_framework_needs(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_arena) arena = ih_arena_new();
	IH_OWNED(ih_schema) schema = ih_schema_load(library, "framework", &err);
	IH_OWNED(ih_buffer) bytes =
	    read_or_stop("tests/assess/small-framework.xml");
	bool main = true;

	(void)state;
	assert_string_equal(ih_framework_instrument(schema, arena, "f.xml",
				bytes->data, bytes->size, &main, &err),
	    "small");
	assert_false(main);
	assert_string_equal(ih_framework_instrument(NULL, arena, "f.xml",
				bytes->data, bytes->size, &main, &err),
	    "small");
	assert_null(ih_framework_instrument(schema, arena, "f.xml",
	    "<framework/>", 12, &main, &err));
	assert_int_equal(err.kind, IH_INPUT);
	err.kind = IH_NONE;
	assert_null(ih_framework_instrument(NULL, arena, "f.xml",
	    "<framework/>", 12, &main, &err));
	assert_int_equal(err.kind, IH_INPUT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(reads_dimensions_rules_and_sources),
		TEST(a_dimension_is_positive_as_the_ilo_counts),
		TEST(one_more_indicator_never_lowers_a_dimension),
		TEST(finds_what_does_not_fit),
		TEST(a_rule_that_falls_with_an_indicator_cannot_be_written),
		TEST(a_dimension_that_nothing_can_reach_is_a_fault),
		TEST(every_framework_we_ship_loads),
		TEST(tells_which_instrument_a_framework_needs),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
