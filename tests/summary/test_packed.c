#include "test.h"

#include <string.h>

#include "ihala/packed.h"
#include "rows.h"
#include "tables.h"

enum { ROWS = 300, PERIODS = 5 };

static const char *const periods[PERIODS] = { "2026", "2026-H1", "2026-H2",
	"2025", "2027" };

/* The same rows, one by one and packed; with codes "0".."299". */
static void
fill(struct ih_packed *packed, struct ih_count *counts[PERIODS], unsigned from,
    unsigned to)
{
	struct ih_error err = { .kind = IH_NONE };

	for (unsigned i = from; i < to; i++) {
		char text[1200], day[IH_DATE_TEXT], code[IH_CODE_TEXT];
		int64_t opened = 20454 + rows_draw(365);
		struct ih_reached steps[4];
		struct ih_statistic one = { .code = code,
			.bytes = text,
			.reached = steps,
			.reached_count = rows_steps(steps, opened) };

		snprintf(code, sizeof code, "%u", i);
		ih_date_format(ih_date_of_day(opened), day);
		rows_write(text, tables, "MA", day, true);
		one.size = strlen(text);
		assert_true(ih_packed_add(packed, &one, &err));
		for (size_t p = 0; p < PERIODS; p++)
			assert_true(ih_count_case(counts[p], &one, &err));
	}
}

static void
make_counts(struct ih_count *counts[PERIODS])
{
	struct ih_error err = { .kind = IH_NONE };

	for (size_t p = 0; p < PERIODS; p++)
		counts[p] = ih_count_new(tables, "MA", periods[p], true, &err);
}

static void
free_counts(struct ih_count *counts[PERIODS])
{
	for (size_t p = 0; p < PERIODS; p++)
		ih_count_free(counts[p]);
}

static void
assert_counts(const struct ih_packed *packed, struct ih_count *rows[PERIODS])
{
	struct ih_error err = { .kind = IH_NONE };
	struct ih_count *counts[PERIODS];

	make_counts(counts);
	assert_true(ih_packed_count(packed, counts, PERIODS, &err));
	for (size_t p = 0; p < PERIODS; p++) {
		assert_int_equal(counts[p]->persons, rows[p]->persons);
		assert_memory_equal(counts[p]->cells, rows[p]->cells,
		    sizeof counts[p]->cells);
	}
	free_counts(counts);
}

static void
counts_what_the_rows_count_one_by_one_in_any_period(void **state)
{
	IH_OWNED(ih_packed) packed = ih_packed_new(tables, "MA", true);
	struct ih_count *counts[PERIODS];

	(void)state;
	make_counts(counts);
	fill(packed, counts, 0, ROWS);
	assert_int_equal(ih_packed_rows(packed), ROWS);
	assert_int_equal(counts[0]->persons, ROWS);
	assert_true(counts[1]->persons > 50);
	assert_counts(packed, counts);
	free_counts(counts);
}

static struct ih_packed *
taken_again(const struct ih_packed *packed)
{
	struct ih_buffer *bytes = ih_buffer_copy("0123456789", 10);
	struct ih_packed *again = ih_packed_new(tables, "MA", true);

	ih_packed_give(packed, bytes);
	assert_true(ih_packed_take(again, bytes, 10));
	return again;
}

static void
is_the_same_when_it_was_kept_and_goes_on_from_there(void **state)
{
	IH_OWNED(ih_packed) packed = ih_packed_new(tables, "MA", true);
	struct ih_count *counts[PERIODS];

	(void)state;
	make_counts(counts);
	fill(packed, counts, 0, 100);
	IH_OWNED(ih_packed) again = taken_again(packed);
	assert_counts(again, counts);
	fill(again, counts, 100, ROWS);
	assert_counts(again, counts);
	free_counts(counts);
}

static void
forgets_the_row_of_one_case_and_no_other(void **state)
{
	IH_OWNED(ih_packed) all = ih_packed_new(tables, "MA", true);
	IH_OWNED(ih_packed) rest = ih_packed_new(tables, "MA", true);
	struct ih_count *counts[PERIODS], *without[PERIODS];

	(void)state;
	make_counts(counts);
	make_counts(without);
	fill(all, counts, 0, 50);
	IH_OWNED(ih_packed) kept = taken_again(all);
	for (unsigned i = 0; i < 50; i++) {
		char code[8];

		snprintf(code, sizeof code, "%u", i);
		ih_packed_forget(kept, code);
		ih_packed_forget(kept, code);
		assert_int_equal(ih_packed_rows(kept), 49 - i);
	}
	assert_counts(kept, without);
	fill(rest, without, 50, 60);
	ih_packed_forget(rest, "7");
	assert_counts(rest, without);
	free_counts(counts);
	free_counts(without);
}

static void
takes_nothing_that_is_cut_short_or_of_other_definitions(void **state)
{
	IH_OWNED(ih_packed) packed = ih_packed_new(tables, "MA", true);
	IH_OWNED(ih_packed) other = ih_packed_new(tables, "EG", true);
	IH_OWNED(ih_packed) real = ih_packed_new(tables, "MA", false);
	IH_OWNED(ih_buffer) bytes = ih_buffer_new();
	struct ih_count *counts[PERIODS];

	(void)state;
	make_counts(counts);
	fill(packed, counts, 0, 5);
	ih_packed_give(packed, bytes);
	assert_false(ih_packed_take(other, bytes, 0));
	assert_false(ih_packed_take(real, bytes, 0));
	for (size_t size = 0, whole = bytes->size; size < whole; size++) {
		bytes->size = size;
		assert_false(ih_packed_take(packed, bytes, 0));
	}
	assert_int_equal(ih_packed_rows(packed), 5);
	free_counts(counts);
}

static void
leaves_out_what_is_not_of_its_kind(void **state)
{
	IH_OWNED(ih_packed) packed = ih_packed_new(tables, "MA", true);
	struct ih_error err = { .kind = IH_NONE };
	char text[1200];
	struct ih_statistic one = { .code = "1", .bytes = text };

	(void)state;
	rows_write(text, tables, "MA", "2026-03-04", false);
	one.size = strlen(text);
	assert_true(ih_packed_add(packed, &one, &err));
	assert_int_equal(ih_packed_rows(packed), 0);
	rows_write(text, tables, "EG", "2026-03-04", true);
	one.size = strlen(text);
	assert_false(ih_packed_add(packed, &one, &err));
	assert_int_equal(err.kind, IH_INPUT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    counts_what_the_rows_count_one_by_one_in_any_period),
		cmocka_unit_test(
		    is_the_same_when_it_was_kept_and_goes_on_from_there),
		cmocka_unit_test(forgets_the_row_of_one_case_and_no_other),
		cmocka_unit_test(
		    takes_nothing_that_is_cut_short_or_of_other_definitions),
		cmocka_unit_test(leaves_out_what_is_not_of_its_kind),
	};

	return cmocka_run_group_tests(tests, load_tables, unload_tables);
}
