#include "test.h"

#include "ihala/person.h"
#include "ihala/statistic.h"

#include "office.h"

/* Cases 1 to 5, a day apart from 2026-01-01 on; case 5 has no row. */
static int
start_with_five(void **state)
{
	struct ih_error err = { 0 };

	if (office_start(state) != 0)
		return 1;
	IH_OWNED(ih_registry) registry = office_open();
	for (unsigned i = 1; i <= 5; i++) {
		char code[IH_CODE_TEXT], row[16];
		struct ih_case_new fresh = new_case(i);

		snprintf(row, sizeof row, "%u ", i);
		fresh.opened = NOON + (int64_t)(i - 1) * 86400;
		fresh.part[IH_STATISTICS] =
		    (struct ih_case_part){ i == 5 ? NULL : row, strlen(row) };
		if (!ih_case_add(registry, &fresh, code, &err))
			return 1;
	}
	return 0;
}

static bool
add_row(const struct ih_statistic *one, void *with)
{
	strncat(with, one->bytes, one->size);
	return true;
}

static void
gives_the_rows_of_a_period_both_ends_included(void **state)
{
	static const struct {
		const char *period, *rows;
	} cases[] = {
		{ "2026", "1 2 3 4 " },
		{ "2026-01", "1 2 3 4 " },
		{ "2026-Q1", "1 2 3 4 " },
		{ "2025", "" },
		{ "2026-02", "" },
	};
	IH_OWNED(ih_registry) registry = office_open();
	struct ih_error err = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct ih_period period;
		char rows[40] = "";

		assert_true(ih_period_parse(cases[i].period, &period));
		assert_true(
		    ih_statistic_each(registry, period, add_row, rows, &err));
		assert_string_equal(rows, cases[i].rows);
	}
	struct ih_period two = { NOON / 86400 + 1, NOON / 86400 + 2 };
	char rows[40] = "";
	assert_true(ih_statistic_each(registry, two, add_row, rows, &err));
	assert_string_equal(rows, "2 3 ");
}

static bool
refuse_row(const struct ih_statistic *one, void *with)
{
	(void)one;
	++*(int *)with;
	return false;
}

static bool
note_reached(const struct ih_statistic *one, void *with)
{
	char *text = with;

	strncat(text, one->bytes, one->size);
	for (size_t i = 0; i < one->reached_count; i++) {
		strcat(text, one->reached[i].state);
		strcat(text, " ");
	}
	return true;
}

static bool
take_first(const struct ih_case_row *row, void *with)
{
	strcpy(with, row->code);
	return false;
}

/* A case that was opened before, and moved within. */
static void
gives_a_case_that_moved_in_the_period_and_where_it_came(void **state)
{
	struct ih_error err = { 0 };
	struct ih_period second = { NOON / 86400 + 9, NOON / 86400 + 9 };
	struct ih_period third = { NOON / 86400 + 10, NOON / 86400 + 10 };
	char code[IH_CODE_TEXT], rows[200] = "";

	(void)state;
	office_world.now = NOON + (int64_t)9 * 86400;
	IH_OWNED(ih_registry) registry = office_open();
	assert_true(ih_case_each(registry, take_first, code, &err));
	assert_true(ih_case_move(registry, code, IH_FILE, "open", &err));
	assert_true(
	    ih_statistic_each(registry, second, note_reached, rows, &err));
	assert_string_equal(rows, "1 screening ");
	rows[0] = '\0';
	assert_true(
	    ih_statistic_each(registry, third, note_reached, rows, &err));
	assert_string_equal(rows, "");
}

static void
stops_when_asked(void **state)
{
	struct ih_error err = { 0 };
	struct ih_period year = { NOON / 86400, NOON / 86400 + 365 };
	int seen = 0;
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	assert_true(ih_statistic_each(registry, year, refuse_row, &seen, &err));
	assert_int_equal(seen, 1);
}

static void
leaves_out_cases_that_are_not_of_its_kind(void **state)
{
	struct ih_error err = { 0 };
	struct ih_period year = { NOON / 86400, NOON / 86400 + 365 };
	char rows[40] = "";
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	tamper("registry.db", "UPDATE case_file SET training = 0"
			      " WHERE opened = 20454 + 2");
	assert_true(ih_statistic_each(registry, year, add_row, rows, &err));
	assert_int_equal(NOON / 86400, 20454);
	assert_string_equal(rows, "1 2 4 ");
}

static void
needs_the_compartment_and_no_other(void **state)
{
	struct ih_error err = { 0 };
	struct ih_period year = { NOON / 86400, NOON / 86400 + 365 };
	char rows[40] = "";

	(void)state;
	tamper("keys.db", "DELETE FROM holding WHERE compartment IN"
			  " ('identity', 'office')");
	{
		IH_OWNED(ih_registry) registry = office_open();
		assert_true(
		    ih_statistic_each(registry, year, add_row, rows, &err));
		assert_string_equal(rows, "1 2 3 4 ");
	}
	tamper("keys.db",
	    "DELETE FROM holding WHERE compartment = 'statistics'");
	IH_OWNED(ih_registry) registry = office_open();
	assert_false(ih_statistic_each(registry, year, add_row, rows, &err));
	assert_int_equal(err.kind, IH_DENIED);
}

static void
is_entered_in_the_ledger_with_its_period(void **state)
{
	struct ih_error err = { 0 };
	struct ih_period period;
	char rows[40] = "";
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	assert_true(ih_period_parse("2026-Q1", &period));
	assert_true(ih_statistic_each(registry, period, add_row, rows, &err));
	assert_int_equal(
	    number_in("registry.db",
		"SELECT count(*) FROM ledger WHERE act = 'count' AND"
		" subject = '2026-01-01 2026-03-31'"),
	    1);
}

static void
stops_at_a_row_that_was_changed(void **state)
{
	struct ih_error err = { 0 };
	struct ih_period year = { NOON / 86400, NOON / 86400 + 365 };
	char rows[40] = "";
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	tamper("registry.db", "UPDATE case_part SET sealed = x'01'"
			      " WHERE part = 'statistics'");
	assert_false(ih_statistic_each(registry, year, add_row, rows, &err));
	assert_int_equal(err.kind, IH_TRUST);
	assert_string_equal(rows, "");
}

/* ---- cases of one person */

struct codes {
	char list[5][IH_CODE_TEXT];
	size_t count;
};

static bool
take_code(const struct ih_case_row *row, void *with)
{
	struct codes *codes = with;

	strcpy(codes->list[codes->count++], row->code);
	return true;
}

static void
bind(struct ih_registry *registry, const struct codes *codes, size_t a,
    size_t b, const char *kind)
{
	struct ih_error err = { 0 };

	assert_true(ih_person_link(registry, codes->list[a - 1],
	    codes->list[b - 1], kind, &err));
}

static void
sees(struct ih_registry *registry, unsigned first, unsigned last,
    const char *expected)
{
	struct ih_period days = { NOON / 86400 + first - 1,
		NOON / 86400 + last - 1 };
	struct ih_error err = { 0 };
	char rows[200] = "";

	assert_true(
	    ih_statistic_each(registry, days, note_reached, rows, &err));
	assert_string_equal(rows, expected);
}

static void
sees_a_person_of_two_cases_once_by_the_first(void **state)
{
	struct ih_error err = { 0 };
	struct codes codes = { .count = 0 };
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	assert_true(ih_case_each(registry, take_code, &codes, &err));
	bind(registry, &codes, 2, 4, "family");
	sees(registry, 1, 5, "1 2 3 4 ");
	bind(registry, &codes, 3, 1, "same");
	sees(registry, 1, 5, "2 4 1 ");
	sees(registry, 1, 1, "1 ");
	sees(registry, 3, 3, "");
	/* 5 has no row: it is nobody who is counted. */
	bind(registry, &codes, 1, 5, "same");
	sees(registry, 1, 5, "2 4 1 ");
	bind(registry, &codes, 4, 3, "same");
	sees(registry, 1, 5, "2 1 ");
	assert_true(
	    ih_person_unlink(registry, codes.list[0], codes.list[2], &err));
	sees(registry, 1, 5, "1 2 3 ");
}

static void
sees_what_was_done_in_any_case_of_a_person(void **state)
{
	struct ih_error err = { 0 };
	struct codes codes = { .count = 0 };

	(void)state;
	office_world.now = NOON + (int64_t)9 * 86400;
	IH_OWNED(ih_registry) registry = office_open();
	assert_true(ih_case_each(registry, take_code, &codes, &err));
	bind(registry, &codes, 1, 3, "same");
	assert_true(
	    ih_case_move(registry, codes.list[2], IH_FILE, "open", &err));
	sees(registry, 10, 10, "1 screening ");
	sees(registry, 11, 11, "");
	sees(registry, 3, 3, "");
	office_world.now += 86400;
	assert_true(
	    ih_case_move(registry, codes.list[0], IH_FILE, "open", &err));
	sees(registry, 11, 11, ""); /* it was there the day before */
}

static void
needs_the_identities_where_cases_are_linked(void **state)
{
	struct ih_error err = { 0 };
	struct ih_period year = { NOON / 86400, NOON / 86400 + 365 };
	struct codes codes = { .count = 0 };
	char rows[40] = "";

	(void)state;
	{
		IH_OWNED(ih_registry) registry = office_open();
		assert_true(ih_case_each(registry, take_code, &codes, &err));
		bind(registry, &codes, 1, 3, "same");
	}
	tamper("keys.db", "DELETE FROM holding WHERE compartment IN"
			  " ('identity', 'emergency')");
	IH_OWNED(ih_registry) registry = office_open();
	assert_false(ih_statistic_each(registry, year, add_row, rows, &err));
	assert_int_equal(err.kind, IH_DENIED);
	assert_string_equal(rows, "");
}

#define FIVE(function)                                                         \
	cmocka_unit_test_setup_teardown(function, start_with_five, office_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FIVE(gives_the_rows_of_a_period_both_ends_included),
		FIVE(gives_a_case_that_moved_in_the_period_and_where_it_came),
		FIVE(stops_when_asked),
		FIVE(leaves_out_cases_that_are_not_of_its_kind),
		FIVE(needs_the_compartment_and_no_other),
		FIVE(is_entered_in_the_ledger_with_its_period),
		FIVE(stops_at_a_row_that_was_changed),
		FIVE(sees_a_person_of_two_cases_once_by_the_first),
		FIVE(sees_what_was_done_in_any_case_of_a_person),
		FIVE(needs_the_identities_where_cases_are_linked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
