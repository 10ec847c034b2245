/* What is due, and when: worked out by hand with a calendar on the table. */
#include "sample.h"

#include "ihala/clock.h"
#include "ihala/date.h"

static int64_t
instant(const char *text)
{
	int64_t at = 0;

	if (!ih_instant_parse(text, &at))
		fail_msg("%s is no instant", text);
	return at;
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

#define STEPS 8
#define W IH_WORKING_DAYS
#define D IH_DAYS
#define H IH_HOURS

/* What happened, "EVENT INSTANT"; when the last run is due. */
static const struct {
	const char *because, *country;
	int length;
	enum ih_clock_unit unit;
	const char *steps[STEPS];
	const char *due;
} cases[] = {
	{ "Saturday and Sunday are not counted", "MA", 5, W,
	    { "start 2026-03-05T09:00:00Z" }, "2026-03-12T23:59:59Z" },
	{ "a Friday is worked here", "MA", 1, W,
	    { "start 2026-03-05T09:00:00Z" }, "2026-03-06T23:59:59Z" },
	{ "and not there, nor the Saturday", "EG", 1, W,
	    { "start 2026-03-05T09:00:00Z" }, "2026-03-08T23:59:59Z" },
	{ "begun on a Friday there", "EG", 1, W,
	    { "start 2026-03-06T23:59:59Z" }, "2026-03-08T23:59:59Z" },
	{ "a holiday and a weekend", "MA", 3, W,
	    { "start 2026-08-12T09:00:00Z" }, "2026-08-18T23:59:59Z" },
	{ "New Year, then a weekend", "TN", 1, W,
	    { "start 2026-12-31T09:00:00Z" }, "2027-01-04T23:59:59Z" },
	{ "begun in the first second of its day", "MA", 1, W,
	    { "start 2026-03-05T00:00:00Z" }, "2026-03-06T23:59:59Z" },
	{ "29 February is a day", "TN", 1, W, { "start 2028-02-28T09:00:00Z" },
	    "2028-02-29T23:59:59Z" },
	{ "in a leap year", "MA", 30, D, { "start 2028-02-01T09:00:00Z" },
	    "2028-03-02T23:59:59Z" },
	{ "in another", "MA", 30, D, { "start 2027-02-01T09:00:00Z" },
	    "2027-03-03T23:59:59Z" },
	{ "days may end on a Sunday", "MA", 3, D,
	    { "start 2026-03-05T09:00:00Z" }, "2026-03-08T23:59:59Z" },
	{ "hours run through a weekend", "EG", 24, H,
	    { "start 2026-03-06T22:30:00Z" }, "2026-03-07T22:30:00Z" },
	{ "four hours, a pause, and the other twenty", "MA", 24, H,
	    { "start 2026-03-06T10:00:00Z", "pause 2026-03-06T14:00:00Z",
		"resume 2026-03-09T08:00:00Z" },
	    "2026-03-10T04:00:00Z" },
	{ "a pause keeps the days that are left", "MA", 5, W,
	    { "start 2026-03-02T09:00:00Z", "pause 2026-03-03T09:00:00Z",
		"resume 2026-03-05T09:00:00Z" },
	    "2026-03-11T23:59:59Z" },
	{ "a pause over two holidays, ended on the second", "MA", 3, W,
	    { "start 2026-08-17T09:00:00Z", "pause 2026-08-19T09:00:00Z",
		"resume 2026-08-21T09:00:00Z" },
	    "2026-08-24T23:59:59Z" },
	{ "the same, ended on the next day that is worked", "MA", 3, W,
	    { "start 2026-08-17T09:00:00Z", "pause 2026-08-19T09:00:00Z",
		"resume 2026-08-24T09:00:00Z" },
	    "2026-08-25T23:59:59Z" },
	{ "two pauses", "MA", 5, W,
	    { "start 2026-03-02T09:00:00Z", "pause 2026-03-03T09:00:00Z",
		"resume 2026-03-05T09:00:00Z", "pause 2026-03-09T09:00:00Z",
		"resume 2026-03-16T09:00:00Z" },
	    "2026-03-18T23:59:59Z" },
	{ "a pause of an hour changes nothing", "MA", 5, W,
	    { "start 2026-03-02T09:00:00Z", "pause 2026-03-03T09:00:00Z",
		"resume 2026-03-03T10:00:00Z" },
	    "2026-03-09T23:59:59Z" },
	{ "a second pause inside the first, a second resume", "MA", 5, W,
	    { "start 2026-03-02T09:00:00Z", "pause 2026-03-03T09:00:00Z",
		"pause 2026-03-04T09:00:00Z", "resume 2026-03-05T09:00:00Z",
		"resume 2026-03-10T09:00:00Z" },
	    "2026-03-11T23:59:59Z" },
	{ "a pause on the last day, ended on a Saturday", "MA", 1, W,
	    { "start 2026-03-05T09:00:00Z", "pause 2026-03-06T09:00:00Z",
		"resume 2026-03-14T09:00:00Z" },
	    "2026-03-16T23:59:59Z" },
	{ "a pause in the last second", "MA", 1, W,
	    { "start 2026-03-05T09:00:00Z", "pause 2026-03-06T23:59:59Z",
		"resume 2026-03-10T09:00:00Z" },
	    "2026-03-10T23:59:59Z" },
	{ "a pause that comes too late", "MA", 1, W,
	    { "start 2026-03-05T09:00:00Z", "pause 2026-03-09T09:00:00Z",
		"resume 2026-03-20T09:00:00Z" },
	    "2026-03-06T23:59:59Z" },
	{ "begun again while it runs", "MA", 5, W,
	    { "start 2026-03-02T09:00:00Z", "start 2026-03-04T09:00:00Z" },
	    "2026-03-11T23:59:59Z" },
	{ "begun again after a pause, which is over", "MA", 5, W,
	    { "start 2026-03-02T09:00:00Z", "pause 2026-03-03T09:00:00Z",
		"start 2026-03-04T09:00:00Z", "resume 2026-03-09T09:00:00Z" },
	    "2026-03-11T23:59:59Z" },
	{ "ended, and begun again", "MA", 1, W,
	    { "start 2026-03-02T09:00:00Z", "end 2026-03-03T09:00:00Z",
		"start 2026-03-10T09:00:00Z" },
	    "2026-03-11T23:59:59Z" },
};

static struct ih_clock
clock_of(int length, enum ih_clock_unit unit)
{
	return (struct ih_clock){ .id = "example",
		.starts = "consent:none file:start",
		.ends = "file:end",
		.pauses = "file:pause",
		.resumes = "file:resume",
		.length = length,
		.unit = unit };
}

/* STEPS, up to a NULL, as the clock reads them. */
static size_t
read_steps(const char *const steps[STEPS], struct ih_clock_step out[STEPS],
    char words[STEPS][16])
{
	size_t count = 0;

	for (; count < STEPS && steps[count] != NULL; count++) {
		const char *space = strchr(steps[count], ' ');

		snprintf(words[count], 16, "%.*s", (int)(space - steps[count]),
		    steps[count]);
		out[count] = (struct ih_clock_step){ "file", words[count],
			instant(space + 1) };
	}
	return count;
}

static size_t
run(const struct ih_clock *clock, const struct ih_mechanism *m,
    const char *const steps[STEPS], struct ih_clock_run runs[STEPS])
{
	const struct ih_clock_days days = { m, NULL };
	struct ih_clock_step read[STEPS];
	char words[STEPS][16];
	size_t count = read_steps(steps, read, words);

	return ih_clock_runs(clock, &days, read, count, runs);
}

static void
is_due_on_the_day_that_was_worked_out_by_hand(void **state)
{
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		IH_OWNED(ih_mechanism) m = load(state, cases[i].country);
		struct ih_clock clock =
		    clock_of(cases[i].length, cases[i].unit);
		struct ih_clock_run runs[STEPS];
		char due[IH_INSTANT_TEXT];
		size_t count = run(&clock, m, cases[i].steps, runs);

		assert_true(count > 0);
		ih_instant_format(runs[count - 1].due, due);
		if (strcmp(due, cases[i].due) != 0)
			fail_msg("%s: due %s, not %s", cases[i].because, due,
			    cases[i].due);
	}
}

/* One working day from Thursday, 5 March, in MA; what it is at an instant. */
static const struct {
	const char *steps[STEPS];
	const char *now;
	enum ih_clock_state is;
} states[] = {
	{ { "start 2026-03-05T09:00:00Z" }, "2026-03-06T23:59:59Z",
	    IH_CLOCK_RUNNING },
	{ { "start 2026-03-05T09:00:00Z" }, "2026-03-07T00:00:00Z",
	    IH_CLOCK_OVERDUE },
	{ { "start 2026-03-05T09:00:00Z", "end 2026-03-06T23:59:59Z" },
	    "2026-05-01T00:00:00Z", IH_CLOCK_KEPT },
	{ { "start 2026-03-05T09:00:00Z", "end 2026-03-07T00:00:00Z" },
	    "2026-05-01T00:00:00Z", IH_CLOCK_LATE },
	{ { "start 2026-03-05T09:00:00Z", "pause 2026-03-06T10:00:00Z" },
	    "2026-05-01T00:00:00Z", IH_CLOCK_PAUSED },
	{ { "start 2026-03-05T09:00:00Z", "pause 2026-03-07T10:00:00Z" },
	    "2026-05-01T00:00:00Z", IH_CLOCK_OVERDUE },
	{ { "start 2026-03-05T09:00:00Z", "pause 2026-03-06T10:00:00Z",
	      "end 2026-04-06T10:00:00Z" },
	    "2026-05-01T00:00:00Z", IH_CLOCK_KEPT },
};

static void
includes_the_last_day_and_no_second_more(void **state)
{
	IH_OWNED(ih_mechanism) m = load(state, "MA");
	struct ih_clock clock = clock_of(1, IH_WORKING_DAYS);

	for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) {
		struct ih_clock_run runs[STEPS];

		assert_int_equal(run(&clock, m, states[i].steps, runs), 1);
		if (ih_clock_state(&runs[0], instant(states[i].now)) !=
		    states[i].is)
			fail_msg("row %zu at %s", i, states[i].now);
	}
}

static void
keeps_each_run_of_a_clock_that_begins_again(void **state)
{
	static const char *const steps[STEPS] = { "end 2026-03-01T09:00:00Z",
		"start 2026-03-02T09:00:00Z", "start 2026-03-12T09:00:00Z",
		"end 2026-03-13T09:00:00Z", "end 2026-03-20T09:00:00Z" };
	IH_OWNED(ih_mechanism) m = load(state, "MA");
	struct ih_clock clock = clock_of(5, IH_WORKING_DAYS);
	struct ih_clock_run runs[STEPS];

	assert_int_equal(run(&clock, m, steps, runs), 2);
	assert_int_equal(ih_clock_state(&runs[0], 0), IH_CLOCK_LATE);
	assert_int_equal(ih_clock_state(&runs[1], 0), IH_CLOCK_KEPT);
	assert_int_equal(runs[1].ended, instant("2026-03-13T09:00:00Z"));
}

static void
does_not_run_before_it_begins(void **state)
{
	static const char *const steps[STEPS] = { "pause 2026-03-01T09:00:00Z",
		"end 2026-03-02T09:00:00Z", "starting 2026-03-02T09:00:00Z" };
	IH_OWNED(ih_mechanism) m = load(state, "MA");
	struct ih_clock clock = clock_of(5, IH_WORKING_DAYS);
	struct ih_clock_run runs[STEPS];

	assert_int_equal(run(&clock, m, steps, runs), 0);
}

static void
takes_the_days_that_the_office_entered(void **state)
{
	const int64_t feast = instant("2026-03-20T00:00:00Z") / 86400;
	const struct ih_days office = { .off = &feast, .off_count = 1 };
	const struct ih_clock_step step = { "file", "start",
		instant("2026-03-19T09:00:00Z") };
	IH_OWNED(ih_mechanism) m = load(state, "MA");
	const struct ih_clock_days days = { m, &office };
	struct ih_clock clock = clock_of(1, IH_WORKING_DAYS);
	struct ih_clock_run one;

	assert_int_equal(ih_clock_runs(&clock, &days, &step, 1, &one), 1);
	assert_int_equal(one.due, instant("2026-03-23T23:59:59Z"));
}

static void
counts_the_days_that_are_left_by_the_calendar(void **state)
{
	int64_t due = instant("2026-03-12T23:59:59Z");

	(void)state;
	assert_int_equal(ih_clock_days_left(due,
			     instant("2026-03-12T00:00:00Z")),
	    0);
	assert_int_equal(ih_clock_days_left(due,
			     instant("2026-03-11T23:59:59Z")),
	    1);
	assert_int_equal(ih_clock_days_left(due,
			     instant("2026-03-13T00:00:00Z")),
	    -1);
	assert_int_equal(ih_clock_days_left(instant("1969-12-31T23:59:59Z"), 0),
	    -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(is_due_on_the_day_that_was_worked_out_by_hand),
		TEST(includes_the_last_day_and_no_second_more),
		TEST(keeps_each_run_of_a_clock_that_begins_again),
		TEST(does_not_run_before_it_begins),
		TEST(takes_the_days_that_the_office_entered),
		TEST(counts_the_days_that_are_left_by_the_calendar),
	};

	return cmocka_run_group_tests(tests, sample_open, sample_close);
}
