#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "linked.h"

static struct ih_rounding one, two; /* too large for the stack */

static void
adds_up_within_its_bound_on_two_hundred_linked_sets(void **state)
{
	static const unsigned sizes[] = { 3, 30, 200, 3000 };

	(void)state;
	seed = 1;
	for (unsigned i = 0; i < 200; i++) {
		struct ih_error err = { .kind = IH_NONE };

		fill_linked(&one, draw(sizes[i % 4]) + 1);
		if (!ih_round(&one, &err))
			fail_msg("set %u: %s", i, err.text);
		assert_int_equal(one.bound, 4);
		assert_true(ih_round_holds(&one, &err));
		for (size_t c = 0; c < one.cell_count; c++) {
			int64_t off = one.cells[c].rounded - one.cells[c].exact;

			assert_int_equal(one.cells[c].rounded % 5, 0);
			assert_true(off > -5 && off < 5);
			if (one.cells[c].exact % 5 == 0)
				assert_int_equal(off, 0);
		}
	}
}

static void
gives_the_same_table_each_time(void **state)
{
	struct ih_error err = { .kind = IH_NONE };

	(void)state;
	for (uint64_t s = 1; s <= 10; s++) {
		seed = s;
		fill_linked(&one, 300);
		memcpy(&two, &one, sizeof two);
		assert_true(ih_round(&one, &err));
		assert_true(ih_round(&two, &err));
		for (size_t c = 0; c < one.cell_count; c++)
			assert_int_equal(one.cells[c].rounded,
			    two.cells[c].rounded);
	}
}

/* The weights make one table the only best one, whatever the order. */
static void
gives_the_same_table_in_another_order(void **state)
{
	(void)state;
	for (uint64_t s = 1; s <= 30; s++) {
		struct ih_error err = { .kind = IH_NONE };
		size_t last;

		seed = s;
		fill_linked(&one, 120);
		memcpy(&two, &one, sizeof two);
		last = two.cell_count - 1;
		for (size_t c = 0; c <= last; c++)
			two.cells[c] = one.cells[last - c];
		for (size_t p = 0; p < two.part_count; p++)
			two.parts[p] = (uint16_t)(last - one.parts[p]);
		for (size_t q = 0; q < two.sum_count; q++)
			two.sums[q].total =
			    (uint16_t)(last - one.sums[q].total);
		assert_true(ih_round(&one, &err));
		assert_true(ih_round(&two, &err));
		for (size_t c = 0; c <= last; c++)
			assert_int_equal(one.cells[c].rounded,
			    two.cells[last - c].rounded);
	}
}

static void
keeps_a_true_zero(void **state)
{
	struct ih_error err = { .kind = IH_NONE };

	(void)state;
	seed = 3;
	fill_linked(&one, 20);
	assert_true(ih_round(&one, &err));
	for (size_t c = 0; c < one.cell_count; c++)
		if (one.cells[c].exact == 0)
			assert_int_equal(one.cells[c].rounded, 0);
	/* also where cells may go further */
	memset(&one, 0, sizeof one);
	cell(&one, 0, "nobody", 0, 0);
	one.cells[0].rounded = 5;
	one.bound = 9;
	assert_false(ih_round_holds(&one, &err));
}

/* Whole sums leave no adjacent table: of a and b one goes up, and so of b and
 * c, so that a and c go together; of a, c and x one goes up, which is x; then
 * d does not, and a, c, d and y cannot make 10. */
static void
goes_one_multiple_further_where_it_must_and_says_so(void **state)
{
	static const int64_t exact[] = { 2, 3, 2, 1, 4, 2 }; /* a b c x d y */
	static const struct {
		int64_t total;
		const char *parts;
	} sums[] = { { 5, "01" }, { 5, "12" }, { 5, "023" }, { 5, "34" },
		{ 10, "0245" } };
	struct ih_error err = { .kind = IH_NONE };

	(void)state;
	memset(&one, 0, sizeof one);
	for (unsigned i = 0; i < 6; i++)
		cell(&one, exact[i], "part", i, 0);
	for (unsigned i = 0; i < 5; i++) {
		sum(&one, cell(&one, sums[i].total, "total", i, 0));
		for (const char *c = sums[i].parts; *c != '\0'; c++)
			part(&one, (uint16_t)(*c - '0'));
	}
	assert_true(ih_round(&one, &err));
	assert_int_equal(one.bound, 9);
	assert_true(ih_round_holds(&one, &err));
}

static void
refuses_cells_that_do_not_add_up_exactly(void **state)
{
	struct ih_error err = { .kind = IH_NONE };

	(void)state;
	seed = 5;
	fill_linked(&one, 50);
	one.cells[0].exact++;
	assert_false(ih_round(&one, &err));
	assert_int_equal(err.kind, IH_INPUT);
	assert_non_null(strstr(err.text, "persons"));
}

static void
refuses_what_is_not_a_count(void **state)
{
	static const int64_t values[] = { -1, INT64_MIN, INT64_MAX,
		INT64_C(100000001) };

	(void)state;
	for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
		struct ih_error err = { .kind = IH_NONE };

		memset(&one, 0, sizeof one);
		cell(&one, values[i], "a", 0, 0);
		assert_false(ih_round(&one, &err));
		assert_int_equal(err.kind, IH_INPUT);
	}
}

static void
refuses_sums_of_cells_that_are_not_there(void **state)
{
	struct ih_error err = { .kind = IH_NONE };

	(void)state;
	memset(&one, 0, sizeof one);
	assert_false(ih_round(&one, &err));
	cell(&one, 5, "a", 0, 0);
	sum(&one, 7);
	assert_false(ih_round(&one, &err));
	one.sums[0].total = 0;
	part(&one, 9);
	assert_false(ih_round(&one, &err));
	one.parts[0] = 0;
	one.sums[0].count = 2;
	assert_false(ih_round(&one, &err));
	one.cell_count = IH_ROUND_CELLS + 1;
	assert_false(ih_round(&one, &err));
}

/* What the solver answers is not believed: each fault is found. */
static void
finds_every_fault_in_an_answer(void **state)
{
	static const int64_t off[] = { 1, -1, 5, -5, 10, -10 };

	(void)state;
	seed = 11;
	fill_linked(&one, 200);
	struct ih_error err = { .kind = IH_NONE };
	assert_true(ih_round(&one, &err));
	for (size_t c = 0; c < one.cell_count; c++)
		for (size_t i = 0; i < sizeof off / sizeof off[0]; i++) {
			one.cells[c].rounded += off[i];
			assert_false(ih_round_holds(&one, &err));
			assert_int_equal(err.kind, IH_SYSTEM);
			one.cells[c].rounded -= off[i];
		}
	assert_true(ih_round_holds(&one, &err));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(adds_up_within_its_bound_on_two_hundred_linked_sets),
		TEST(gives_the_same_table_each_time),
		TEST(gives_the_same_table_in_another_order),
		TEST(keeps_a_true_zero),
		TEST(goes_one_multiple_further_where_it_must_and_says_so),
		TEST(refuses_cells_that_do_not_add_up_exactly),
		TEST(refuses_what_is_not_a_count),
		TEST(refuses_sums_of_cells_that_are_not_there),
		TEST(finds_every_fault_in_an_answer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
