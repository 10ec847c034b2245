/* Deadlines fall on days that somebody works. */
#include "sample.h"

#include "ihala/calendar.h"
#include "ihala/date.h"
#include "ihala/node.h"

static int64_t
day_of(const char *text)
{
	struct ih_date date;

	assert_true(ih_date_parse(text, &date));
	return ih_date_first(date);
}

static struct ih_mechanism *
load(void **state, const char *code)
{
	const struct sample *s = *state;
	struct ih_error err = { 0 };
	struct ih_mechanism *m = ih_mechanism_load(s->library, code, &err);

	assert_non_null(m);
	return m;
}

static const struct {
	const char *country, *day;
	bool worked;
	const char *because;
} days[] = {
	{ "MA", "2026-03-05", true, "a Thursday" },
	{ "MA", "2026-03-06", true, "a Friday" },
	{ "MA", "2026-03-07", false, "a Saturday" },
	{ "MA", "2026-03-08", false, "a Sunday" },
	{ "MA", "2026-01-14", false, "Amazigh new year" },
	{ "EG", "2026-03-06", false, "a Friday" },
	{ "EG", "2026-03-07", false, "a Saturday" },
	{ "EG", "2026-03-08", true, "a Sunday" },
	{ "EG", "2026-07-23", false, "a fixed holiday" },
	{ "TN", "2026-03-20", false, "a fixed holiday" },
	{ "TN", "2026-01-14", true, "no longer a holiday" },
	{ "TN", "1969-12-31", true, "a Wednesday before 1970" },
};

static void
knows_the_week_and_the_fixed_days_of_each_country(void **state)
{
	for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
		IH_OWNED(ih_mechanism) m = load(state, days[i].country);

		if (ih_calendar_is_working_day(m, NULL, day_of(days[i].day)) !=
		    days[i].worked)
			fail_msg("%s %s: %s", days[i].country, days[i].day,
			    days[i].because);
	}
}

static const struct {
	const char *country, *from;
	int n;
	const char *due;
} deadlines[] = {
	{ "MA", "2026-03-05", 1, "2026-03-06" },
	{ "MA", "2026-03-06", 1, "2026-03-09" },
	{ "EG", "2026-03-05", 1, "2026-03-08" },
	{ "MA", "2026-03-07", 0, "2026-03-09" },
	{ "MA", "2026-03-05", 0, "2026-03-05" },
	{ "MA", "2026-03-05", -3, "2026-03-05" },
	{ "MA", "2026-08-13", 5, "2026-08-25" }, /* 14, 20, 21 August */
	{ "TN", "2026-12-31", 1, "2027-01-04" },
};

static void
counts_working_days(void **state)
{
	for (size_t i = 0; i < sizeof deadlines / sizeof deadlines[0]; i++) {
		IH_OWNED(ih_mechanism) m = load(state, deadlines[i].country);
		char due[IH_DATE_TEXT];

		ih_date_format(ih_date_of_day(ih_calendar_add_days(m, NULL,
				   day_of(deadlines[i].from), deadlines[i].n)),
		    due);
		assert_string_equal(due, deadlines[i].due);
	}
}

static void
takes_the_days_that_the_office_entered(void **state)
{
	IH_OWNED(ih_mechanism) m = load(state, "EG");
	/* Moved by decision: Thursday 8 January for Wednesday the 7th. */
	const int64_t off[] = { day_of("2026-01-08") };
	const int64_t on[] = { day_of("2026-01-07") };
	const struct ih_days office = { off, 1, on, 1 };

	assert_false(ih_calendar_is_working_day(m, &office, off[0]));
	assert_true(ih_calendar_is_working_day(m, &office, on[0]));
	assert_int_equal(ih_calendar_add_days(m, &office, day_of("2026-01-07"),
			     1),
	    day_of("2026-01-11"));
}

#define TEXT(s) ((const xmlChar *)(s))

/* Morocco with an invented decision for the days; NULL: it is refused. */
static struct ih_mechanism *
with_days(const struct sample *s, const char *const (*list)[2],
    struct ih_error *err)
{
	IH_OWNED(ih_buffer) bytes = ih_xml_write(s->ma->doc);
	IH_OWNED(ih_schema) schema =
	    ih_schema_load(s->library, "mechanism", err);
	xmlDoc *doc = ih_xml_read("MA", bytes->data, bytes->size, err);
	xmlNode *root = xmlDocGetRootElement(doc);
	xmlNode *source = ih_child(ih_child(root, "calendar"), "source");

	for (; (*list)[0] != NULL; list++) {
		xmlNode *day = xmlNewNode(root->ns, TEXT("dated"));

		xmlSetProp(day, TEXT("date"), TEXT((*list)[0]));
		xmlSetProp(day, TEXT("worked"), TEXT((*list)[1]));
		xmlNewTextChild(day, root->ns, TEXT("source"),
		    TEXT("an invented decision"));
		xmlAddPrevSibling(source, day);
	}
	if (!ih_schema_check(schema, doc, "MA", err)) {
		xmlFreeDoc(doc);
		return NULL;
	}
	return ih_mechanism_read(doc, err);
}

static void
takes_days_that_were_announced_for_one_year(void **state)
{
	static const char *const list[][2] = { { "2026-03-20", "no" },
		{ "2026-03-23", "no" }, { "2026-08-14", "yes" },
		{ "2026-03-22", "yes" }, { NULL, NULL } };
	static const struct {
		const char *day;
		bool worked;
	} expected[] = { { "2026-03-19", true }, { "2026-03-20", false },
		{ "2027-03-22", true }, /* a Monday of another year */
		{ "2026-03-22", true }, /* a Sunday that is worked */
		{ "2026-08-14", true }, { "2028-08-14", false } };
	struct ih_error err = { 0 };
	IH_OWNED(ih_mechanism) m = with_days(*state, list, &err);

	if (m == NULL)
		fail_msg("%s", err.text);
	for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++)
		if (ih_calendar_is_working_day(m, NULL,
			day_of(expected[i].day)) != expected[i].worked)
			fail_msg("%s", expected[i].day);
	/* 20 off, 21 Saturday, 22 worked, 23 off */
	assert_int_equal(ih_calendar_add_days(m, NULL, day_of("2026-03-19"), 2),
	    day_of("2026-03-24"));
	/* What the office itself knows counts first. */
	const int64_t on[] = { day_of("2026-03-20") };
	const struct ih_days office = { NULL, 0, on, 1 };
	assert_true(ih_calendar_is_working_day(m, &office, on[0]));
}

static void
refuses_a_day_that_is_none_or_stands_there_twice(void **state)
{
	static const char *const lists[][3][2] = {
		{ { "2026-02-30", "no" } },
		{ { "2026-03-20", "no" }, { "2026-03-20", "yes" } },
		{ { "2026-3-20", "no" } },
		{ { "1447-10-01", "maybe" } },
	};

	for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
		struct ih_error err = { 0 };
		IH_OWNED(ih_mechanism) m = with_days(*state, lists[i], &err);

		assert_null(m);
		assert_int_equal(err.kind, IH_INPUT);
	}
}

static void
gives_the_day_back_where_nobody_ever_works(void **state)
{
	struct ih_mechanism never = { .weekend = { true, true, true, true, true,
					  true, true } };

	(void)state;
	assert_int_equal(ih_calendar_add_days(&never, NULL, 100, 3), 100);
	assert_int_equal(ih_calendar_add_days(&never, NULL, 100, 0), 100);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(knows_the_week_and_the_fixed_days_of_each_country),
		TEST(counts_working_days),
		TEST(takes_the_days_that_the_office_entered),
		TEST(takes_days_that_were_announced_for_one_year),
		TEST(refuses_a_day_that_is_none_or_stands_there_twice),
		TEST(gives_the_day_back_where_nobody_ever_works),
	};

	return cmocka_run_group_tests(tests, sample_open, sample_close);
}
