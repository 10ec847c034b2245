#include "test.h"

#include "ihala/date.h"
#include "ihala/hold.h"
#include "ihala/retention.h"
#include "office.h"

static void
move(struct ih_registry *registry, const char *code, const char *events)
{
	struct ih_error err = { 0 };
	char event[IH_STATE_TEXT];
	int used = 0;

	for (; sscanf(events, "%31s%n", event, &used) == 1; events += used)
		if (!ih_case_move(registry, code, IH_FILE, event, &err))
			fail_msg("%s: %s", event, err.text);
}

static int64_t
day_of(const char *text)
{
	struct ih_date date;

	assert_true(ih_date_parse(text, &date));
	return ih_date_first(date);
}

static struct ih_retained
of(struct ih_registry *registry, const char *code, bool *closed)
{
	struct ih_error err = { 0 };
	struct ih_retained one = { 0 };

	if (!ih_retention_of(registry, code, &one, closed, &err))
		fail_msg("%s", err.text);
	return one;
}

/* The office closes on 2026-01-01. */
static const struct {
	const char *events, *class, *due;
} ways[] = {
	{ "open finalise no-indication", "no-indication", "2028-01-01" },
	{ "redirect", "redirected", "2027-01-01" },
	{ "open finalise refuse approve-closure", "supported", "2036-01-01" },
	{ "transfer", "transferred", "2031-01-01" },
	{ "open finalise no-indication hold", "no-indication", "2028-01-01" },
	{ "open finalise", NULL, NULL },
	{ "open finalise no-indication reopen", NULL, NULL },
};
enum { WAYS = sizeof ways / sizeof ways[0] };

static void
goes_by_how_the_case_was_closed(void **state)
{
	char code[IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	for (unsigned i = 0; i < WAYS; i++) {
		bool closed = false;

		add_case(registry, i, code);
		move(registry, code, ways[i].events);
		struct ih_retained one = of(registry, code, &closed);
		assert_int_equal(closed, ways[i].class != NULL);
		if (!closed)
			continue;
		assert_string_equal(one.class->id, ways[i].class);
		assert_int_equal(one.due, day_of(ways[i].due));
		assert_int_equal(one.closed, NOON);
	}
}

struct list {
	char code[WAYS][IH_CODE_TEXT];
	bool held[WAYS];
	int count;
};

static bool
note(const struct ih_retained *one, void *with)
{
	struct list *list = with;

	snprintf(list->code[list->count], IH_CODE_TEXT, "%s", one->code);
	list->held[list->count++] = one->held;
	return true;
}

static void
lists_what_is_due_the_longest_first_and_says_what_is_held(void **state)
{
	struct ih_error err = { 0 };
	struct list list = { .count = 0 };
	char code[WAYS][IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	for (unsigned i = 0; i < WAYS; i++) {
		add_case(registry, i, code[i]);
		move(registry, code[i], ways[i].events);
	}
	assert_true(ih_retention_due(registry, day_of("2026-12-31"), note,
	    &list, &err));
	assert_int_equal(list.count, 0);
	assert_true(ih_retention_due(registry, day_of("2028-01-01"), note,
	    &list, &err));
	assert_int_equal(list.count, 3);
	assert_string_equal(list.code[0], code[1]);
	for (int i = 1; i < 3; i++)
		assert_int_equal(list.held[i],
		    strcmp(list.code[i], code[4]) == 0);
	move(registry, code[1], "destroy");
	list.count = 0;
	assert_true(ih_retention_due(registry, day_of("2099-01-01"), note,
	    &list, &err));
	assert_int_equal(list.count, 4); /* destroyed: no longer due */
}

static void
begins_anew_when_a_case_was_opened_again(void **state)
{
	char code[IH_CODE_TEXT];
	bool closed;
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	add_case(registry, 1, code);
	move(registry, code, "open finalise no-indication reopen finalise");
	office_world.now = NOON + INT64_C(365) * 86400;
	move(registry, code, "no-indication");
	assert_int_equal(of(registry, code, &closed).due, day_of("2029-01-01"));
}

static void
ends_on_1_march_where_there_is_no_29_february(void **state)
{
	char code[IH_CODE_TEXT];
	bool closed;
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	add_case(registry, 1, code);
	office_world.now = day_of("2028-02-29") * 86400 + 3600;
	move(registry, code, "redirect");
	assert_int_equal(of(registry, code, &closed).due, day_of("2029-03-01"));
}

static void
is_told_to_those_who_move_the_cases_of_the_office(void **state)
{
	struct ih_error err = { 0 };
	struct list list = { .count = 0 };
	IH_OWNED(ih_registry) registry = office_open();
	IH_OWNED(ih_registry) locked = office_open_with(NULL, &err);

	(void)state;
	office_admit(registry, "aid", IH_ROLE_BIT(IH_CASE_WORKER));
	IH_OWNED(ih_registry) worker = office_open_as("aid", &err);
	assert_false(ih_retention_due(worker, 0, note, &list, &err));
	assert_int_equal(err.kind, IH_DENIED);
	assert_false(ih_retention_due(locked, 0, note, &list, &err));
	assert_int_equal(err.kind, IH_DENIED);
}

#define WITH(test)                                                             \
	cmocka_unit_test_setup_teardown(test, office_start, office_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH(goes_by_how_the_case_was_closed),
		WITH(lists_what_is_due_the_longest_first_and_says_what_is_held),
		WITH(begins_anew_when_a_case_was_opened_again),
		WITH(ends_on_1_march_where_there_is_no_29_february),
		WITH(is_told_to_those_who_move_the_cases_of_the_office),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
