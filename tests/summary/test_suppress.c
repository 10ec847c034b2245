#include "test.h"

#include <stdlib.h>
#include <string.h>

#include "ihala/attack.h"
#include "ihala/suppress.h"
#include "rows.h"
#include "tables.h"

/* A table of ROWS by COLUMNS with all its sums; the inner cells first. */
static void
fill_table(struct ih_suppression *set, size_t rows, size_t columns)
{
	size_t row = rows * columns, column = row + rows;
	size_t total = column + columns;

	memset(set, 0, sizeof *set);
	set->cell_count = total + 1;
	for (size_t r = 0; r < rows; r++)
		for (size_t c = 0; c < columns; c++) {
			int64_t n =
			    rows_draw(3) == 0 ? rows_draw(5) : rows_draw(40);

			set->cells[r * columns + c].exact = n;
			set->cells[row + r].exact += n;
			set->cells[column + c].exact += n;
			set->cells[total].exact += n;
		}
	for (size_t r = 0; r <= rows; r++) {
		set->sums[set->sum_count++] = (struct ih_round_sum){
			.total = (uint16_t)(r < rows ? row + r : total),
			.first = (uint16_t)set->part_count,
			.count = (uint16_t)columns,
		};
		for (size_t c = 0; c < columns; c++)
			set->parts[set->part_count++] =
			    (uint16_t)(r < rows ? r * columns + c : column + c);
	}
	for (size_t c = 0; c <= columns; c++) {
		set->sums[set->sum_count++] = (struct ih_round_sum){
			.total = (uint16_t)(c < columns ? column + c : total),
			.first = (uint16_t)set->part_count,
			.count = (uint16_t)rows,
		};
		for (size_t r = 0; r < rows; r++)
			set->parts[set->part_count++] =
			    (uint16_t)(c < columns ? r * columns + c : row + r);
	}
}

static bool
is_small(const struct ih_suppress_cell *cell)
{
	return cell->exact > 0 && cell->exact < 5;
}

/* What a reader knows of each cell where HIDDEN are withheld. */
static struct ih_attack *
read_set(const struct ih_suppression *set, const bool *hidden)
{
	struct ih_attack *attack = ih_attack_new();
	struct ih_error err = { 0 };

	for (size_t i = 0; i < set->cell_count; i++) {
		int64_t n = set->cells[i].exact;

		ih_attack_cell(attack, "", hidden[i] ? 0 : n,
		    hidden[i] ? IH_ATTACK_MOST : n);
	}
	for (size_t s = 0; s < set->sum_count; s++) {
		ih_attack_sum(attack, set->sums[s].total);
		for (size_t p = 0; p < set->sums[s].count; p++)
			ih_attack_part(attack,
			    set->parts[set->sums[s].first + p]);
	}
	assert_true(ih_attack_run(attack, &err));
	return attack;
}

/* Is every small number withheld, and hidden? */
static bool
hides(const struct ih_suppression *set, const bool *hidden)
{
	size_t count;

	for (size_t s = 0; s < set->sum_count; s++) {
		const struct ih_round_sum *sum = &set->sums[s];
		size_t last = sum->total, n = hidden[sum->total];

		for (size_t p = 0; p < sum->count; p++)
			if (hidden[set->parts[sum->first + p]]) {
				last = set->parts[sum->first + p];
				n++;
			}
		if (n == 1 && is_small(&set->cells[last]))
			return false;
	}
	IH_OWNED(ih_attack) attack = read_set(set, hidden);
	const struct ih_attack_cell *cells = ih_attack_cells(attack, &count);
	for (size_t i = 0; i < count; i++)
		if (is_small(&set->cells[i]) &&
		    ih_attack_known(&cells[i]) != IH_KNOWN_NOTHING)
			return false;
	return true;
}

struct cost {
	size_t numbers;
	int64_t persons;
};

static bool
is_less(struct cost a, struct cost b)
{
	return a.numbers != b.numbers ? a.numbers < b.numbers :
					a.persons < b.persons;
}

/* Every choice that costs less than BEST, cell FROM and after it. */
static bool
find_better(const struct ih_suppression *set, bool *hidden, size_t from,
    struct cost cost, struct cost best)
{
	if (!is_less(cost, best))
		return false;
	if (hides(set, hidden))
		return true;
	for (size_t i = from; i < set->cell_count; i++) {
		struct cost more = { cost.numbers + 1,
			cost.persons + set->cells[i].exact };

		if (hidden[i] || !is_less(more, best))
			continue;
		hidden[i] = true;
		if (find_better(set, hidden, i + 1, more, best))
			return true;
		hidden[i] = false;
	}
	return false;
}

static struct cost
cost_of(const struct ih_suppression *set)
{
	struct cost cost = { 0, 0 };

	for (size_t i = 0; i < set->cell_count; i++)
		if (set->cells[i].withheld) {
			cost.numbers++;
			cost.persons += set->cells[i].exact;
		}
	return cost;
}

/* Every shape up to four by four. */
static void
withholds_what_no_cheaper_choice_would_hide(void **state)
{
	static struct ih_suppression set;
	unsigned rounds = getenv("IHALA_FEW") != NULL ? 1 : 12, tables_seen = 0;

	(void)state;
	rows_seed = 21;
	for (size_t rows = 2; rows <= 4; rows++)
		for (size_t columns = 2; columns <= 4; columns++)
			for (unsigned round = 0; round < rounds; round++) {
				bool hidden[IH_SUPPRESS_CELLS] = { false };
				struct cost primary = { 0, 0 };
				struct ih_error err = { 0 };

				fill_table(&set, rows, columns);
				assert_true(ih_suppress(&set, &err));
				for (size_t i = 0; i < set.cell_count; i++) {
					hidden[i] = is_small(&set.cells[i]);
					primary.numbers += hidden[i];
					primary.persons +=
					    hidden[i] ? set.cells[i].exact : 0;
				}
				if (find_better(&set, hidden, 0, primary,
					cost_of(&set)))
					fail_msg("%zu by %zu, round %u", rows,
					    columns, round);
				tables_seen++;
			}
	assert_true(tables_seen >= 9);
}

static void
leaves_nothing_small_to_be_found(void **state)
{
	static struct ih_suppression set;

	(void)state;
	rows_seed = 31;
	for (unsigned round = 0; round < 20; round++) {
		bool hidden[IH_SUPPRESS_CELLS] = { false };
		struct ih_error err = { 0 };
		size_t count;

		/* beyond what is solved for the best */
		fill_table(&set, 2 + rows_draw(6), 3 + rows_draw(5));
		assert_true(ih_suppress(&set, &err));
		for (size_t i = 0; i < set.cell_count; i++)
			hidden[i] = set.cells[i].withheld;
		IH_OWNED(ih_attack) attack = read_set(&set, hidden);
		const struct ih_attack_cell *cells =
		    ih_attack_cells(attack, &count);
		for (size_t i = 0; i < count; i++)
			assert_int_equal(ih_attack_known(&cells[i]),
			    IH_KNOWN_NOTHING);
	}
}

static void
withholds_nothing_where_nothing_is_small(void **state)
{
	static struct ih_suppression set;
	struct ih_error err = { 0 };

	(void)state;
	fill_table(&set, 3, 3);
	for (size_t i = 0; i < set.cell_count; i++)
		set.cells[i].exact = i < 9 ? 10 : i < 15 ? 30 : 90;
	assert_true(ih_suppress(&set, &err));
	assert_int_equal(cost_of(&set).numbers, 0);
}

static void
makes_a_return_that_withstands_an_attack(void **state)
{
	uint64_t seed = 1;
	struct ih_world world = ih_world_fixed(1772600000, &seed);

	(void)state;
	for (unsigned persons = 40; persons <= 640; persons *= 4) {
		struct ih_error err = { 0 };
		IH_OWNED(ih_return) exact =
		    rows_exact(tables, "MA", "2026", persons, &world);
		IH_OWNED(ih_return) one =
		    ih_return_suppress(tables, exact, NULL, &err);

		assert_non_null(one);
		assert_true(ih_attack_fails(tables, &one, 1, &err));
		IH_OWNED(ih_buffer) bytes =
		    ih_return_write(tables, one, NULL, &err);
		IH_OWNED(ih_return) read = ih_return_admit(tables, "MA",
		    bytes->data, bytes->size, &err);
		assert_non_null(read);
		assert_memory_equal(read, one, sizeof *one);
		assert_null(strstr((char *)bytes->data, ">1<"));
		assert_null(strstr((char *)bytes->data, "\"4\""));
		assert_non_null(strstr((char *)bytes->data, ">x<"));
	}
}

/* The same numbers rounded for all and withheld for one: together they say
 * more than each. */
static void
is_attacked_with_what_was_told_by_another_method(void **state)
{
	uint64_t seed = 1;
	struct ih_world world = ih_world_fixed(1772600000, &seed);
	struct ih_error err = { 0 };
	IH_OWNED(ih_return) exact =
	    rows_exact(tables, "MA", "2026", 200, &world);
	const struct ih_told told = { .exact = exact };
	struct ih_return *both[2] = {
		ih_return_suppress(tables, exact, NULL, &err),
		ih_return_round(tables, &told, 1, 0, &err),
	};
	struct ih_attacked one, two;

	(void)state;
	assert_true(ih_attack_all(tables, both, 1, &one, &err));
	assert_true(ih_attack_all(tables, both, 2, &two, &err));
	assert_int_equal(one.cells, two.cells);
	assert_true(two.narrowest <= one.narrowest);
	assert_true(two.known[IH_KNOWN_NOTHING] <= one.known[IH_KNOWN_NOTHING]);
	ih_return_free(both[0]);
	/* one that is made for who knows the other withstands both */
	both[0] = ih_return_suppress(tables, exact, both[1], &err);
	assert_non_null(both[0]);
	assert_true(ih_attack_fails(tables, both, 2, &err));
	ih_return_free(both[0]);
	ih_return_free(both[1]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(withholds_what_no_cheaper_choice_would_hide),
		TEST(leaves_nothing_small_to_be_found),
		TEST(withholds_nothing_where_nothing_is_small),
		TEST(makes_a_return_that_withstands_an_attack),
		TEST(is_attacked_with_what_was_told_by_another_method),
	};

	return cmocka_run_group_tests(tests, load_tables, unload_tables);
}
