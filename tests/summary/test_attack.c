#include "test.h"

#include <string.h>

#include "ihala/attack.h"
#include "rows.h"
#include "tables.h"

/* ---- tables of a few cells */

enum { SIDE = 4 };

/* A table whose margins are printed; HIDDEN says which cells are not. */
struct small {
	size_t rows, columns;
	int64_t cells[SIDE][SIDE];
	bool hidden[SIDE][SIDE];
};

static struct ih_attack *
publish(const struct small *table, size_t at[SIDE][SIDE])
{
	struct ih_attack *attack = ih_attack_new();
	char name[48];

	for (size_t r = 0; r < table->rows; r++)
		for (size_t c = 0; c < table->columns; c++) {
			int64_t n = table->cells[r][c];
			bool hidden = table->hidden[r][c];

			snprintf(name, sizeof name, "%zu %zu", r, c);
			at[r][c] = ih_attack_cell(attack, name, hidden ? 0 : n,
			    hidden ? IH_ATTACK_MOST : n);
		}
	for (size_t r = 0; r < table->rows; r++) {
		int64_t sum = 0;

		for (size_t c = 0; c < table->columns; c++)
			sum += table->cells[r][c];
		ih_attack_sum(attack, ih_attack_cell(attack, "row", sum, sum));
		for (size_t c = 0; c < table->columns; c++)
			ih_attack_part(attack, at[r][c]);
	}
	for (size_t c = 0; c < table->columns; c++) {
		int64_t sum = 0;

		for (size_t r = 0; r < table->rows; r++)
			sum += table->cells[r][c];
		ih_attack_sum(attack,
		    ih_attack_cell(attack, "column", sum, sum));
		for (size_t r = 0; r < table->rows; r++)
			ih_attack_part(attack, at[r][c]);
	}
	return attack;
}

/* Each row and each column withholds two numbers or three: two squares, and
 * a cell that joins them, which no other choice can move. */
static void
finds_the_cell_that_is_still_determined(void **state)
{
	static const struct small table = { 4, 4,
		{ { 12, 4, 30, 9 }, { 7, 15, 3, 11 }, { 20, 8, 16, 2 },
		    { 6, 40, 1, 13 } },
		{ { true, true, false, false }, { true, true, true, false },
		    { false, false, true, true },
		    { false, false, true, true } } };
	struct ih_error err = { 0 };
	size_t at[SIDE][SIDE], count;
	IH_OWNED(ih_attack) attack = publish(&table, at);
	const struct ih_attack_cell *cells;

	(void)state;
	assert_true(ih_attack_run(attack, &err));
	cells = ih_attack_cells(attack, &count);
	for (size_t r = 0; r < SIDE; r++)
		for (size_t c = 0; c < SIDE; c++) {
			const struct ih_attack_cell *cell = &cells[at[r][c]];
			bool joins = r == 1 && c == 2;

			if (!table.hidden[r][c])
				continue;
			assert_int_equal(cell->least == cell->most, joins);
			assert_int_equal(ih_attack_known(cell) ==
					     IH_KNOWN_EXACTLY,
			    joins);
		}
	assert_int_equal(cells[at[1][2]].least, 3);
	assert_string_equal(cells[at[1][2]].name, "1 2");
}

/* ---- against every table there is */

/* All whole tables that have these margins and these printed cells. */
static void
try_all(const struct small *table, size_t place, int64_t cells[SIDE][SIDE],
    const int64_t rows[SIDE], const int64_t columns[SIDE],
    int64_t least[SIDE][SIDE], int64_t most[SIDE][SIDE])
{
	size_t r = place / table->columns, c = place % table->columns;

	if (place == table->rows * table->columns) {
		for (size_t i = 0; i < table->rows; i++)
			for (size_t j = 0; j < table->columns; j++) {
				if (cells[i][j] < least[i][j])
					least[i][j] = cells[i][j];
				if (cells[i][j] > most[i][j])
					most[i][j] = cells[i][j];
			}
		return;
	}
	for (int64_t n = 0; n <= rows[r]; n++) {
		int64_t row = n, column = n;

		if (!table->hidden[r][c] && n != table->cells[r][c])
			continue;
		for (size_t j = 0; j < c; j++)
			row += cells[r][j];
		for (size_t i = 0; i < r; i++)
			column += cells[i][c];
		if (row > rows[r] || column > columns[c] ||
		    (c + 1 == table->columns && row != rows[r]) ||
		    (r + 1 == table->rows && column != columns[c]))
			continue;
		cells[r][c] = n;
		try_all(table, place + 1, cells, rows, columns, least, most);
	}
}

static void
finds_the_bounds_that_every_possible_table_has(void **state)
{
	(void)state;
	rows_seed = 3;
	for (unsigned round = 0; round < 60; round++) {
		struct small table = { 2 + rows_draw(2), 2 + rows_draw(2),
			{ { 0 } }, { { false } } };
		int64_t rows[SIDE] = { 0 }, columns[SIDE] = { 0 };
		int64_t cells[SIDE][SIDE], least[SIDE][SIDE], most[SIDE][SIDE];
		size_t at[SIDE][SIDE], count;
		struct ih_error err = { 0 };

		for (size_t r = 0; r < table.rows; r++)
			for (size_t c = 0; c < table.columns; c++) {
				table.cells[r][c] = rows_draw(5);
				table.hidden[r][c] = rows_draw(3) != 0;
				rows[r] += table.cells[r][c];
				columns[c] += table.cells[r][c];
				least[r][c] = INT64_MAX;
				most[r][c] = -1;
			}
		IH_OWNED(ih_attack) attack = publish(&table, at);
		assert_true(ih_attack_run(attack, &err));
		try_all(&table, 0, cells, rows, columns, least, most);
		for (size_t r = 0; r < table.rows; r++)
			for (size_t c = 0; c < table.columns; c++) {
				const struct ih_attack_cell *cell =
				    &ih_attack_cells(attack, &count)[at[r][c]];

				assert_int_equal(cell->least, least[r][c]);
				assert_int_equal(cell->most, most[r][c]);
			}
	}
}

static const struct {
	const char *says;
	int64_t least, most;
	enum ih_known known;
} kinds[] = {
	{ "nobody", 0, 0, IH_KNOWN_NOTHING },
	{ "exactly one", 1, 1, IH_KNOWN_EXACTLY },
	{ "exactly four", 4, 4, IH_KNOWN_EXACTLY },
	{ "exactly five", 5, 5, IH_KNOWN_NOTHING },
	{ "few", 1, 4, IH_KNOWN_SMALL },
	{ "three or four", 3, 4, IH_KNOWN_SMALL },
	{ "nobody or few", 0, 4, IH_KNOWN_NOTHING },
	{ "at most three", 0, 3, IH_KNOWN_NARROW },
	{ "four to seven", 4, 7, IH_KNOWN_NARROW },
	{ "a printed five", 1, 9, IH_KNOWN_NOTHING },
	{ "many, and closely", 30, 31, IH_KNOWN_NOTHING },
};

static void
says_what_of_a_cell_is_known(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		struct ih_attack_cell cell = { "", kinds[i].least,
			kinds[i].most };

		if (ih_attack_known(&cell) != kinds[i].known)
			fail_msg("%s", kinds[i].says);
	}
}

static void
refuses_numbers_that_cannot_be(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_attack) attack = ih_attack_new();
	size_t total = ih_attack_cell(attack, "total", 5, 5);
	size_t a = ih_attack_cell(attack, "a", 3, 9);
	size_t b = ih_attack_cell(attack, "b", 3, 9);

	(void)state;
	ih_attack_sum(attack, total);
	ih_attack_part(attack, a);
	ih_attack_part(attack, b);
	assert_false(ih_attack_run(attack, &err));
	assert_string_equal(err.code, "E_ATTACK_IMPOSSIBLE");
}

/* Half of the total each is no whole number. */
static void
knows_that_people_are_whole(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_attack) attack = ih_attack_new();
	size_t total = ih_attack_cell(attack, "total", 0, 9);
	size_t a = ih_attack_cell(attack, "a", 0, 9);
	size_t b = ih_attack_cell(attack, "b", 0, 9);
	size_t all = ih_attack_cell(attack, "all", 7, 7);

	(void)state;
	ih_attack_sum(attack, total);
	ih_attack_part(attack, a);
	ih_attack_part(attack, b);
	ih_attack_sum(attack, b);
	ih_attack_part(attack, a);
	ih_attack_sum(attack, all);
	ih_attack_part(attack, total);
	assert_false(ih_attack_run(attack, &err));
	assert_string_equal(err.code, "E_ATTACK_IMPOSSIBLE");
}

/* ---- returns */

enum { PERIODS = 3 };

/* The same cases counted for a year and each of its halves. */
static void
count_year(struct ih_return *exact[PERIODS], unsigned persons, uint64_t from)
{
	static const char *const periods[PERIODS] = { "2026", "2026-H1",
		"2026-H2" };
	uint64_t seed = 1;
	struct ih_world world = ih_world_fixed(1772600000, &seed);

	for (size_t p = 0; p < PERIODS; p++) {
		rows_seed = from;
		exact[p] =
		    rows_exact(tables, "MA", periods[p], persons, &world);
	}
}

static void
free_all(struct ih_return *returns[], size_t count)
{
	for (size_t i = 0; i < count; i++)
		ih_return_free(returns[i]);
}

static void
succeeds_on_exact_numbers_and_names_the_cell(void **state)
{
	struct ih_error err = { 0 };
	struct ih_return *exact[PERIODS];

	(void)state;
	count_year(exact, 60, 4);
	assert_false(ih_attack_fails(tables, exact, 1, &err));
	assert_int_equal(err.kind, IH_STATE);
	assert_string_equal(err.code, "E_ATTACK");
	assert_non_null(strstr(err.text, "MA 2026 "));
	free_all(exact, PERIODS);
}

static void
fails_on_what_was_rounded_together(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 3; seed++) {
		struct ih_error err = { 0 };
		struct ih_return *exact[PERIODS], *told[PERIODS];
		struct ih_told periods[PERIODS] = { { NULL, NULL, NULL } };
		struct ih_attacked found;

		count_year(exact, 120 + 100 * (unsigned)seed, seed);
		for (size_t p = 0; p < PERIODS; p++)
			periods[p].exact = exact[p];
		for (size_t p = 0; p < PERIODS; p++) {
			told[p] =
			    ih_return_round(tables, periods, PERIODS, p, &err);
			assert_non_null(told[p]);
		}
		assert_true(ih_attack_all(tables, told, PERIODS, &found, &err));
		assert_int_equal(found.known[IH_KNOWN_EXACTLY], 0);
		assert_int_equal(found.known[IH_KNOWN_SMALL], 0);
		assert_int_equal(found.known[IH_KNOWN_NARROW], 0);
		assert_true(found.narrowest >= 4);
		assert_true(ih_attack_fails(tables, told, PERIODS, &err));
		free_all(told, PERIODS);
		free_all(exact, PERIODS);
	}
}

/* Each is fit to be told by itself; together they are not. */
static void
succeeds_on_a_year_and_halves_that_were_rounded_apart(void **state)
{
	struct ih_error err = { 0 };
	struct ih_return *exact[PERIODS], *told[PERIODS];

	(void)state;
	count_year(exact, 150, 9);
	for (size_t p = 0; p < PERIODS; p++) {
		const struct ih_told alone = { .exact = exact[p] };

		told[p] = ih_return_round(tables, &alone, 1, 0, &err);
		assert_non_null(told[p]);
		assert_true(ih_attack_fails(tables, &told[p], 1, &err));
	}
	assert_false(ih_attack_fails(tables, told, PERIODS, &err));
	assert_true(err.kind == IH_STATE || err.kind == IH_INPUT);
	free_all(told, PERIODS);
	free_all(exact, PERIODS);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(finds_the_cell_that_is_still_determined),
		TEST(finds_the_bounds_that_every_possible_table_has),
		TEST(says_what_of_a_cell_is_known),
		TEST(refuses_numbers_that_cannot_be),
		TEST(knows_that_people_are_whole),
		TEST(succeeds_on_exact_numbers_and_names_the_cell),
		TEST(fails_on_what_was_rounded_together),
		TEST(succeeds_on_a_year_and_halves_that_were_rounded_apart),
	};

	return cmocka_run_group_tests(tests, load_tables, unload_tables);
}
