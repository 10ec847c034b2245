#include "test.h"

#include <string.h>

#include "ihala/xml.h"
#include "rows.h"
#include "tables.h"

#define DIGEST                                                                 \
	"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

/* The row of these answers, assessed at LEVEL, counted by Morocco. */
static struct ih_buffer *
row_of(const char *answers, const char *level, bool training)
{
	struct ih_error err = { .kind = IH_NONE };
	char text[4000], judged[400];
	struct ih_date opened = { 2026, 3, 4 };

	snprintf(text, sizeof text,
	    "<answers xmlns=\"urn:ihala:answers:1\"%s>%s</answers>",
	    training ? " training=\"true\"" : "", answers);
	snprintf(judged, sizeof judged,
	    "<assessment xmlns=\"urn:ihala:assessment:1\">"
	    "<outcome level=\"%s\"/></assessment>",
	    level);
	IH_OWNED(xmlDoc) a = ih_xml_read("a", text, strlen(text), &err);
	IH_OWNED(xmlDoc) j = ih_xml_read("j", judged, strlen(judged), &err);
	return ih_table_row(tables, "MA", opened, a, j, &err);
}

#define ANSWER(item, value)                                                    \
	"<answer item=\"" item "\"><value>" value "</value></answer>"
#define STATE(item, state) "<answer item=\"" item "\" state=\"" state "\"/>"
#define IS(variable, code) "<is variable=\"" variable "\" code=\"" code "\"/>"

static const struct {
	const char *says, *answers, *row;
} codings[] = {
	{ "sex as answered", ANSWER("sex", "male"), IS("sex", "male") },
	{ "another sex", ANSWER("sex", "other"), IS("sex", "other") },
	{ "sex refused", STATE("sex", "refused"), IS("sex", "unknown") },
	{ "sex not answered", "", IS("sex", "unknown") },
	{ "a child of 17", ANSWER("age", "17"), IS("age", "child") },
	{ "a child of 0", ANSWER("age", "0"), IS("age", "child") },
	{ "an adult of 18", ANSWER("age", "18"), IS("age", "18-24") },
	{ "24", ANSWER("age", "24"), IS("age", "18-24") },
	{ "25", ANSWER("age", "25"), IS("age", "25-34") },
	{ "49", ANSWER("age", "49"), IS("age", "35-49") },
	{ "Arabic-Indic digits", ANSWER("age", "٢٥"), IS("age", "25-34") },
	{ "50", ANSWER("age", "50"), IS("age", "50-plus") },
	{ "age not known", STATE("age", "unknown"), IS("age", "unknown") },
	{ "doubt makes a child", ANSWER("age", "20") ANSWER("age-doubt", "yes"),
	    IS("age", "child") },
	{ "doubt without an age", ANSWER("age-doubt", "yes"),
	    IS("age", "child") },
	{ "no doubt", ANSWER("age", "20") ANSWER("age-doubt", "no"),
	    IS("age", "18-24") },
	{ "a citizen of the country", ANSWER("citizenship", "MA"),
	    IS("citizenship", "own") },
	{ "of another", ANSWER("citizenship", "CI"),
	    IS("citizenship", "other") },
	{ "stateless", ANSWER("citizenship", "XS"),
	    IS("citizenship", "other") },
	{ "citizenship refused", STATE("citizenship", "refused"),
	    IS("citizenship", "unknown") },
	{ "two forms",
	    "<answer item=\"exploitation-form\"><value>ForcedLabour</value>"
	    "<value>Servitude</value></answer>",
	    IS("form", "ForcedLabour") "\n  " IS("form", "Servitude") },
	{ "no form", "", IS("form", "unknown") },
	{ "a form that is not counted", ANSWER("exploitation-form", "None"),
	    IS("form", "unknown") },
};

static void
codes_each_answer_as_the_definitions_say(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof codings / sizeof codings[0]; i++) {
		IH_OWNED(ih_buffer) row =
		    row_of(codings[i].answers, "indicated", false);

		assert_non_null(row);
		if (strstr((char *)row->data, codings[i].row) == NULL)
			fail_msg("%s: %s", codings[i].says, row->data);
	}
}

static void
codes_the_outcome_and_what_is_urgent(void **state)
{
	static const char *const levels[] = { "indicated", "possible",
		"undetermined", "no-indication" };

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		IH_OWNED(ih_buffer) row =
		    row_of(ANSWER("safe-now", "no"), levels[i], true);
		char is[80];

		snprintf(is, sizeof is, "variable=\"outcome\" code=\"%s\"",
		    levels[i]);
		assert_non_null(strstr((char *)row->data, is));
		assert_non_null(strstr((char *)row->data, "urgent=\"true\""));
		assert_non_null(strstr((char *)row->data, "training=\"true\""));
	}
	IH_OWNED(ih_buffer) calm =
	    row_of(ANSWER("safe-now", "yes"), "possible", false);
	assert_non_null(strstr((char *)calm->data, "urgent=\"false\""));
	assert_null(strstr((char *)calm->data, "training"));
}

static void
holds_no_text_and_no_identity(void **state)
{
	IH_OWNED(ih_buffer) row =
	    row_of(ANSWER("name", "Personne Exemple Sept") ANSWER("birth-date",
		       "1998-05-17") ANSWER("own-words", "Secret")
		       ANSWER("phone", "0600000007"),
		"indicated", false);

	(void)state;
	assert_null(strstr((char *)row->data, "Exemple"));
	assert_null(strstr((char *)row->data, "1998"));
	assert_null(strstr((char *)row->data, "Secret"));
	assert_null(strstr((char *)row->data, "0600"));
}

static bool
count_one(struct ih_count *count, const char *committee, const char *day,
    bool training, struct ih_error *err)
{
	char text[1200];

	rows_write(text, tables, committee, day, training);
	return ih_count_row(count, text, strlen(text), err);
}

/* Both end days belong to the period. */
static void
counts_the_days_of_its_period_and_no_other(void **state)
{
	static const struct {
		const char *day;
		bool counted;
	} rows[] = {
		{ "2025-12-31", false },
		{ "2026-01-01", true },
		{ "2026-03-04", true },
		{ "2026-06-30", true },
		{ "2026-07-01", false },
	};
	struct ih_error err = { .kind = IH_NONE };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		IH_OWNED(ih_count) count =
		    ih_count_new(tables, "MA", "2026-H1", false, &err);

		assert_true(count_one(count, "MA", rows[i].day, false, &err));
		assert_int_equal(count->persons, rows[i].counted);
		assert_int_equal(count->passed, !rows[i].counted);
	}
}

static void
never_counts_training_beside_real(void **state)
{
	struct ih_error err = { .kind = IH_NONE };
	IH_OWNED(ih_count) real =
	    ih_count_new(tables, "MA", "2026", false, &err);
	IH_OWNED(ih_count) training =
	    ih_count_new(tables, "MA", "2026", true, &err);

	(void)state;
	assert_true(count_one(real, "MA", "2026-03-04", true, &err));
	assert_int_equal(real->persons, 0);
	assert_true(count_one(training, "MA", "2026-03-04", false, &err));
	assert_int_equal(training->persons, 0);
	assert_true(count_one(training, "MA", "2026-03-04", true, &err));
	assert_int_equal(training->persons, 1);
}

static void
counts_each_person_once_but_in_each_form(void **state)
{
	struct ih_error err = { .kind = IH_NONE };
	IH_OWNED(ih_count) count =
	    ih_count_new(tables, "MA", "2026", false, &err);
	IH_OWNED(ih_buffer) row =
	    row_of("<answer item=\"exploitation-form\"><value>ForcedLabour"
		   "</value><value>Servitude</value></answer>" ANSWER("sex",
		       "female"),
		"indicated", false);

	(void)state;
	assert_true(ih_count_row(count, row->data, row->size, &err));
	for (size_t t = 0; t < tables->table_count; t++) {
		int64_t sum = 0;

		for (size_t r = 0; r < IH_CATEGORIES_MAX; r++)
			for (size_t c = 0; c < IH_CATEGORIES_MAX; c++)
				sum += count->cells[t][r][c];
		/* two forms; one stage, and no decision yet */
		assert_int_equal(sum,
		    strncmp(tables->tables[t].id, "form-", 5) == 0 ? 2 :
		    strcmp(tables->tables[t].id, "time-sex") == 0  ? 0 :
								     1);
	}
	assert_int_equal(count->persons, 1);
}

/* 2026-01-01 is day 20454; 2026-12-31 day 20818. */
static const struct {
	const char *says, *opened;
	int64_t presumed, confirmed; /* days; 0: never */
	int64_t persons;
	int64_t stages[5];
	const char *time; /* the band in which the decision is; NULL: none */
} ways[] = {
	{ "opened and no more", "2026-03-04", 0, 0, 1, { 1, 0, 0 }, NULL },
	{ "presumed on the last day of the year", "2026-12-31", 20818, 0, 1,
	    { 1, 1, 0 }, NULL },
	{ "presumed a day later", "2026-12-31", 20819, 0, 1, { 1, 0, 0 },
	    NULL },
	{ "opened the year before, presumed on the first day", "2025-12-31",
	    20454, 0, 0, { 0, 1, 0 }, NULL },
	{ "presumed the year before, identified in this one", "2025-12-31",
	    20453, 20483, 0, { 0, 0, 1 }, "to-30" },
	{ "identified a day over thirty", "2026-01-01", 20454, 20485, 1,
	    { 1, 1, 1 }, "31-90" },
	{ "before and after, and nothing within", "2025-06-01", 20400, 20819, 0,
	    { 0, 0, 0 }, NULL },
};

static size_t
table_named(const char *id)
{
	size_t t = 0;

	while (strcmp(tables->tables[t].id, id) != 0)
		t++;
	return t;
}

static int64_t
row_sum(const struct ih_count *count, size_t t, size_t r)
{
	int64_t sum = 0;

	for (size_t c = 0; c < IH_CATEGORIES_MAX; c++)
		sum += count->cells[t][r][c];
	return sum;
}

static void
counts_a_step_in_the_period_in_which_it_was_first_taken(void **state)
{
	size_t stage = table_named("stage-sex"), time = table_named("time-sex");

	(void)state;
	for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
		struct ih_error err = { .kind = IH_NONE };
		IH_OWNED(ih_count) count =
		    ih_count_new(tables, "MA", "2026", true, &err);
		const struct ih_reached reached[] = {
			{ "determination", "presumed", ways[i].presumed },
			{ "determination", "confirmed", ways[i].confirmed },
		};
		char text[1200];
		struct ih_statistic one = { .bytes = text,
			.reached = reached,
			.reached_count = (size_t)(ways[i].presumed != 0) +
					 (ways[i].confirmed != 0) };
		const struct ih_variable *bands =
		    &tables->variables[tables->tables[time].rows];

		rows_write(text, tables, "MA", ways[i].opened, true);
		one.size = strlen(text);
		assert_true(ih_count_case(count, &one, &err));
		if (count->persons != ways[i].persons)
			fail_msg("%s: %d persons", ways[i].says,
			    (int)count->persons);
		for (size_t r = 0; r < 5; r++)
			if (row_sum(count, stage, r) != ways[i].stages[r])
				fail_msg("%s: stage %zu", ways[i].says, r);
		for (size_t r = 0; r < bands->count; r++)
			if (row_sum(count, time, r) !=
			    (ways[i].time != NULL &&
				strcmp(bands->categories[r].code,
				    ways[i].time) == 0))
				fail_msg("%s: band %zu", ways[i].says, r);
	}
}

/* Half-years make the year, in every cell. */
static void
counts_halves_that_make_the_year(void **state)
{
	static const char *const periods[] = { "2026", "2026-H1", "2026-H2" };
	struct ih_error err = { .kind = IH_NONE };
	struct ih_count *counts[3];

	(void)state;
	for (size_t p = 0; p < 3; p++) {
		counts[p] = ih_count_new(tables, "MA", periods[p], true, &err);
		rows_seed = 11;
		for (unsigned i = 0; i < 300; i++) {
			char text[1200], day[IH_DATE_TEXT];
			int64_t opened = 20300 + rows_draw(700);
			struct ih_reached steps[4];
			struct ih_statistic one = { .bytes = text,
				.reached = steps,
				.reached_count = rows_steps(steps, opened) };

			ih_date_format(ih_date_of_day(opened), day);
			rows_write(text, tables, "MA", day, true);
			one.size = strlen(text);
			assert_true(ih_count_case(counts[p], &one, &err));
		}
	}
	assert_int_equal(counts[0]->persons,
	    counts[1]->persons + counts[2]->persons);
	for (size_t t = 0; t < tables->table_count; t++)
		for (size_t r = 0; r < IH_CATEGORIES_MAX; r++)
			for (size_t c = 0; c < IH_CATEGORIES_MAX; c++)
				assert_int_equal(counts[0]->cells[t][r][c],
				    counts[1]->cells[t][r][c] +
					counts[2]->cells[t][r][c]);
	for (size_t p = 0; p < 3; p++)
		ih_count_free(counts[p]);
}

/* Rows of before there was a country to count by. */
static void
reads_a_row_of_older_definitions(void **state)
{
	struct ih_error err = { .kind = IH_NONE };
	IH_OWNED(ih_count) count =
	    ih_count_new(tables, "MA", "2026", false, &err);
	static const char *const rows[] = { IS("citizenship", "own"),
		IS("citizenship", "other"), IS("citizenship", "unknown") };
	static const char *const countries[] = { "MA", "other", "unknown" };
	size_t flow = table_named("flow");
	const struct ih_variable *from =
	    &tables->variables[tables->tables[flow].rows];

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		char text[400];

		snprintf(text, sizeof text,
		    "<statistic xmlns=\"urn:ihala:statistic:1\" "
		    "tables=\"1.0.0\" committee=\"MA\" "
		    "opened=\"2026-03-04\" urgent=\"false\">%s</statistic>",
		    rows[i]);
		assert_true(ih_count_row(count, text, strlen(text), &err));
	}
	for (size_t r = 0; r < from->count; r++) {
		int64_t expected = 0;

		for (size_t i = 0; i < 3; i++)
			expected +=
			    strcmp(from->categories[r].code, countries[i]) == 0;
		assert_int_equal(row_sum(count, flow, r), expected);
	}
}

static void
refuses_rows_that_are_not_its_own(void **state)
{
	static const char *const rows[] = {
		"",
		"<a/>",
		"<statistic/>",
		"<statistic xmlns=\"urn:ihala:statistic:1\" tables=\"1.0.0\" "
		"committee=\"EG\" opened=\"2026-03-04\" urgent=\"false\">" IS(
		    "sex", "male") "</statistic>",
		"<statistic xmlns=\"urn:ihala:statistic:1\" tables=\"1.0.0\" "
		"committee=\"MA\" opened=\"2026-03-04\" urgent=\"false\">" IS(
		    "sex", "robot") "</statistic>",
		"<statistic xmlns=\"urn:ihala:statistic:1\" tables=\"1.0.0\" "
		"committee=\"MA\" opened=\"2026-03-04\" urgent=\"false\">" IS(
		    "height", "tall") "</statistic>",
		"<statistic xmlns=\"urn:ihala:statistic:1\" tables=\"1.0.0\" "
		"committee=\"MA\" opened=\"2026-03-04\" urgent=\"false\">" IS(
		    "sex", "male") IS("sex", "female") "</statistic>",
	};
	struct ih_error err = { .kind = IH_NONE };
	IH_OWNED(ih_count) count =
	    ih_count_new(tables, "MA", "2026", false, &err);

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		err.kind = IH_NONE;
		assert_false(
		    ih_count_row(count, rows[i], strlen(rows[i]), &err));
		assert_int_equal(err.kind, IH_INPUT);
	}
	assert_int_equal(count->persons, 0);
}

static void
takes_a_period_of_the_calendar_only(void **state)
{
	static const char *const periods[] = { "", "26", "2026-13", "2026-H3",
		"2026-Q5", "2026-03-04", "2026-03-04-and-more", "next" };

	(void)state;
	for (size_t i = 0; i < sizeof periods / sizeof periods[0]; i++) {
		struct ih_error err = { .kind = IH_NONE };

		assert_null(
		    ih_count_new(tables, "MA", periods[i], false, &err));
		assert_int_equal(err.kind, IH_USAGE);
	}
}

/* Names of HTCDS 2.0; IC-TIP stays empty until somebody has its codes. */
static void
leaves_the_column_of_ic_tip_empty(void **state)
{
	struct ih_error err = { .kind = IH_NONE };
	IH_OWNED(ih_buffer) bytes =
	    ih_library_read(library, "xml/summary/tables.xml", &err);
	const char *at = (const char *)bytes->data;
	size_t categories = 0;

	(void)state;
	while ((at = strstr(at, "ic-tip=\"")) != NULL) {
		at += strlen("ic-tip=\"");
		assert_int_equal(*at, '"');
		categories++;
	}
	assert_true(categories > 20);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(codes_each_answer_as_the_definitions_say),
		TEST(codes_the_outcome_and_what_is_urgent),
		TEST(holds_no_text_and_no_identity),
		TEST(counts_the_days_of_its_period_and_no_other),
		TEST(never_counts_training_beside_real),
		TEST(counts_each_person_once_but_in_each_form),
		TEST(counts_a_step_in_the_period_in_which_it_was_first_taken),
		TEST(counts_halves_that_make_the_year),
		TEST(reads_a_row_of_older_definitions),
		TEST(refuses_rows_that_are_not_its_own),
		TEST(takes_a_period_of_the_calendar_only),
		TEST(leaves_the_column_of_ic_tip_empty),
	};

	return cmocka_run_group_tests(tests, load_tables, unload_tables);
}
