#include "test.h"

#include <string.h>

#include "ihala/date.h"

static struct ih_date
date(const char *text)
{
	struct ih_date read;

	if (!ih_date_parse(text, &read))
		fail_msg("%s is a date", text);
	return read;
}

static void
keeps_the_precision_it_was_given(void **state)
{
	static const char *const dates[] = { "2024", "2024-05", "2024-05-17",
		"0001-01-01", "9999-12-31", "2024-02-29", "2000-02-29" };
	char text[IH_DATE_TEXT];

	(void)state;
	for (size_t i = 0; i < sizeof dates / sizeof dates[0]; i++) {
		ih_date_format(date(dates[i]), text);
		assert_string_equal(text, dates[i]);
	}
}

static void
refuses_what_is_no_date(void **state)
{
	static const char *const texts[] = { "", "2", "202", "20245", "0000",
		"0000-01-01", "-2024", "+2024", " 2024", "2024 ", "2024-",
		"2024-1", "2024-00", "2024-13", "2024-1-1", "2024-01-00",
		"2024-01-32", "2023-02-29", "1900-02-29", "2024-04-31",
		"2024/05/17", "2024-05/17", "17-05-2024", "2024-05-17Z",
		"2024-05-17T", "20240517", "2024-0a", "٢٠٢٤", "2024-05-1 ",
		"2024-05- 1", "2024--5", "9999999999" };

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		struct ih_date read = { 1, 2, 3 };

		if (ih_date_parse(texts[i], &read))
			fail_msg("taken: %s", texts[i]);
		assert_int_equal(read.year | read.month | read.day, 0);
	}
}

static void
writes_nothing_for_no_date_at_all(void **state)
{
	char text[IH_DATE_TEXT] = "x";

	(void)state;
	ih_date_format((struct ih_date){ 0 }, text);
	assert_string_equal(text, "");
	ih_date_format((struct ih_date){ 12345, 1, 1 }, text);
	assert_string_equal(text, "");
}

/* The calendar told day by day, as a child learns it. */
static struct ih_date
next_day(struct ih_date d)
{
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
		30, 31 };
	bool leap = (d.year % 4 == 0 && d.year % 100 != 0) || d.year % 400 == 0;

	if (d.day++ < lengths[d.month - 1] + (d.month == 2 && leap))
		return d;
	d.day = 1;
	if (d.month++ < 12)
		return d;
	d.month = 1;
	d.year++;
	return d;
}

static void
counts_every_day_from_year_1_to_9999(void **state)
{
	struct ih_date walk = { 1, 1, 1 };
	int64_t number = ih_date_first(walk);

	(void)state;
	assert_int_equal(ih_date_first((struct ih_date){ 1970, 1, 1 }), 0);
	for (; walk.year < 10000; walk = next_day(walk), number++) {
		struct ih_date back = ih_date_of_day(number);

		if (ih_date_first(walk) != number ||
		    ih_date_last(walk) != number || back.year != walk.year ||
		    back.month != walk.month || back.day != walk.day)
			fail_msg("%d-%d-%d", walk.year, walk.month, walk.day);
	}
	assert_int_equal(ih_date_of_day(number).year, 0);
	assert_int_equal(
	    ih_date_of_day(ih_date_first((struct ih_date){ 1, 1, 1 }) - 1).year,
	    0);
	assert_int_equal(ih_date_of_day(INT64_MAX).year, 0);
	assert_int_equal(ih_date_of_day(INT64_MIN).year, 0);
}

static void
stands_for_every_day_it_may_mean(void **state)
{
	(void)state;
	assert_int_equal(ih_date_last(date("2024-02")),
	    ih_date_first(date("2024-02-29")));
	assert_int_equal(ih_date_last(date("2023-02")),
	    ih_date_first(date("2023-02-28")));
	assert_int_equal(ih_date_first(date("2024")),
	    ih_date_first(date("2024-01-01")));
	assert_int_equal(ih_date_last(date("2024")),
	    ih_date_first(date("2024-12-31")));
	assert_int_equal(ih_date_first((struct ih_date){ 0 }),
	    ih_date_first(date("0001")));
	assert_int_equal(ih_date_last((struct ih_date){ 0 }),
	    ih_date_last(date("9999")));
}

static void
says_before_only_where_it_is_certain(void **state)
{
	static const struct row {
		const char *a, *b;
		enum ih_three before;
	} rows[] = {
		{ "2024-05-16", "2024-05-17", IH_TRUE },
		{ "2024-05-17", "2024-05-17", IH_FALSE },
		{ "2024-05-18", "2024-05-17", IH_FALSE },
		{ "2023", "2024", IH_TRUE },
		{ "2024", "2023", IH_FALSE },
		{ "2024", "2024", IH_UNDETERMINED },
		{ "2024-05", "2024-05-17", IH_UNDETERMINED },
		{ "2024-05", "2024-06", IH_TRUE },
		{ "2024-05", "2024-05-01", IH_FALSE },
		{ "2024-05-31", "2024-05", IH_FALSE },
		{ "2024-05-30", "2024-05", IH_UNDETERMINED },
		{ "2024", "2024-12-31", IH_UNDETERMINED },
		{ "2023-12-31", "2024", IH_TRUE },
	};
	struct ih_date none = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (ih_date_before(date(rows[i].a), date(rows[i].b)) !=
		    rows[i].before)
			fail_msg("%s before %s", rows[i].a, rows[i].b);
	assert_int_equal(ih_date_before(none, date("2024")), IH_UNDETERMINED);
	assert_int_equal(ih_date_before(date("2024"), none), IH_UNDETERMINED);
}

static void
knows_the_least_and_the_most_of_an_age(void **state)
{
	static const struct row {
		const char *birth, *on;
		int least, most;
	} rows[] = {
		{ "2008-05-17", "2026-05-16", 17, 17 },
		{ "2008-05-17", "2026-05-17", 18, 18 },
		{ "2008-05", "2026-05-16", 17, 18 },
		{ "2008-05", "2026-05-31", 18, 18 },
		{ "2008-05", "2026-04-30", 17, 17 },
		{ "2008", "2026-05-16", 17, 18 },
		{ "2008", "2026-12-31", 18, 18 },
		{ "2008", "2026", 17, 18 },
		{ "2026-05-17", "2026-05-17", 0, 0 },
		{ "2026-05-18", "2026-05-17", -1, -1 },
		{ "2026", "2026-05-17", 0, 0 },
		{ "2027", "2026-05-17", -1, -1 },
		{ "2008-02-29", "2026-02-28", 17, 17 },
		{ "2008-02-29", "2026-03-01", 18, 18 },
		{ "2008-02-29", "2028-02-29", 20, 20 },
		{ "1900", "2026-06-01", 125, 126 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct ih_age age =
		    ih_date_age(date(rows[i].birth), date(rows[i].on));

		if (age.least != rows[i].least || age.most != rows[i].most)
			fail_msg("born %s, on %s: %d to %d", rows[i].birth,
			    rows[i].on, age.least, age.most);
	}
}

/* An age from a month or year is what its days give, tried one by one. */
static void
gives_for_a_year_what_its_days_give(void **state)
{
	static const char *const births[] = { "2008", "2008-02", "2007-02" };
	int64_t first = ih_date_first(date("2006-12-01"));

	(void)state;
	for (size_t i = 0; i < 3; i++)
		for (int64_t on = first; on < first + 7600; on += 13) {
			struct ih_date birth = date(births[i]);
			struct ih_age age =
			    ih_date_age(birth, ih_date_of_day(on));
			int least = 1000, most = -1;

			for (int64_t day = ih_date_first(birth);
			     day <= ih_date_last(birth) && day <= on; day++) {
				struct ih_age one =
				    ih_date_age(ih_date_of_day(day),
					ih_date_of_day(on));

				assert_int_equal(one.least, one.most);
				least = one.least < least ? one.least : least;
				most = one.most > most ? one.most : most;
			}
			assert_int_equal(age.least, most < 0 ? -1 : least);
			assert_int_equal(age.most, most);
		}
}

static void
reads_and_writes_instants(void **state)
{
	static const struct row {
		const char *text;
		int64_t instant;
	} rows[] = {
		{ "1970-01-01T00:00:00Z", 0 },
		{ "1969-12-31T23:59:59Z", -1 },
		{ "2026-03-04T10:00:00Z", 1772618400 },
		{ "2038-01-19T03:14:08Z", 2147483648 },
		{ "0001-01-01T00:00:00Z", -62135596800 },
		{ "9999-12-31T23:59:59Z", 253402300799 },
	};
	char text[IH_INSTANT_TEXT];
	int64_t instant;

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		assert_true(ih_instant_parse(rows[i].text, &instant));
		assert_int_equal(instant, rows[i].instant);
		ih_instant_format(instant, text);
		assert_string_equal(text, rows[i].text);
	}
}

static void
refuses_what_is_no_instant(void **state)
{
	static const char *const texts[] = { "", "2026-03-04",
		"2026-03-04T10:00:00", "2026-03-04T10:00:00z",
		"2026-03-04 10:00:00Z", "2026-03-04T10:00:00+00:00",
		"2026-03-04T24:00:00Z", "2026-03-04T10:60:00Z",
		"2026-03-04T10:00:60Z", "2026-02-30T10:00:00Z",
		"2026-03-04T1:00:00ZZ", "2026-03-04T10:00:00ZZ",
		"2026-03-04T10.00.00Z", "0000-01-01T00:00:00Z",
		"2026-03-04T-1:00:00Z", "2026-03   T10:00:00Z" };

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		int64_t instant = 7;

		if (ih_instant_parse(texts[i], &instant))
			fail_msg("taken: %s", texts[i]);
		assert_int_equal(instant, 0);
	}
}

static void
writes_the_nearest_instant_there_is(void **state)
{
	char text[IH_INSTANT_TEXT];

	(void)state;
	ih_instant_format(INT64_MAX, text);
	assert_string_equal(text, "9999-12-31T23:59:59Z");
	ih_instant_format(INT64_MIN, text);
	assert_string_equal(text, "0001-01-01T00:00:00Z");
}

static void
dates_an_instant_in_utc(void **state)
{
	char text[IH_DATE_TEXT];

	(void)state;
	ih_date_format(ih_instant_date(-1), text);
	assert_string_equal(text, "1969-12-31");
	ih_date_format(ih_instant_date(1772618400), text);
	assert_string_equal(text, "2026-03-04");
}

static void
reads_periods_with_both_ends(void **state)
{
	static const struct row {
		const char *text, *first, *last;
	} rows[] = {
		{ "2026", "2026-01-01", "2026-12-31" },
		{ "2024-02", "2024-02-01", "2024-02-29" },
		{ "2026-12", "2026-12-01", "2026-12-31" },
		{ "2026-H1", "2026-01-01", "2026-06-30" },
		{ "2026-H2", "2026-07-01", "2026-12-31" },
		{ "2026-Q1", "2026-01-01", "2026-03-31" },
		{ "2026-Q2", "2026-04-01", "2026-06-30" },
		{ "2026-Q3", "2026-07-01", "2026-09-30" },
		{ "2026-Q4", "2026-10-01", "2026-12-31" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct ih_period period;

		assert_true(ih_period_parse(rows[i].text, &period));
		assert_int_equal(period.first,
		    ih_date_first(date(rows[i].first)));
		assert_int_equal(period.last, ih_date_last(date(rows[i].last)));
	}
}

static void
refuses_what_is_no_period(void **state)
{
	static const char *const texts[] = { "", "26", "2026-", "2026-Q0",
		"2026-Q5", "2026-H0", "2026-H3", "2026-q1", "2026-13",
		"2026-05-17", "2026-Q11", "2026Q1", "0000-Q1", "0000", "2026-Q",
		"2026/Q1", "abcd-Q1" };

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		struct ih_period period = { 1, 2 };

		if (ih_period_parse(texts[i], &period))
			fail_msg("taken: %s", texts[i]);
		assert_int_equal(period.first | period.last, 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(keeps_the_precision_it_was_given),
		TEST(refuses_what_is_no_date),
		TEST(writes_nothing_for_no_date_at_all),
		TEST(counts_every_day_from_year_1_to_9999),
		TEST(stands_for_every_day_it_may_mean),
		TEST(says_before_only_where_it_is_certain),
		TEST(knows_the_least_and_the_most_of_an_age),
		TEST(gives_for_a_year_what_its_days_give),
		TEST(reads_and_writes_instants),
		TEST(refuses_what_is_no_instant),
		TEST(writes_the_nearest_instant_there_is),
		TEST(dates_an_instant_in_utc),
		TEST(reads_periods_with_both_ends),
		TEST(refuses_what_is_no_period),
	};

	return cmocka_run_group_tests_name("date", tests, NULL, NULL);
}
