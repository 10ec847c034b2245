#include "test.h"

#include <stdlib.h>
#include <string.h>

#include "rows.h"
#include "tables.h"

/* Every number between quotes or tags of a return but its dates, its base and
 * its bound. */
static void
holds_no_number_that_is_not_rounded(void **state)
{
	static const char *const before[] = { "total=\"", "persons=\"" };

	(void)state;
	for (unsigned persons = 1; persons < 400; persons += 37) {
		IH_OWNED(ih_buffer) bytes = rows_return(tables, "MA", persons);
		size_t numbers = 0;

		assert_non_null(bytes);
		for (size_t i = 0; i < 2; i++)
			for (char *at = (char *)bytes->data;
			     (at = strstr(at, before[i])) != NULL; numbers++) {
				at += strlen(before[i]);
				assert_int_equal(strtol(at, NULL, 10) % 5, 0);
			}
		for (char *at = (char *)bytes->data;
		     (at = strstr(at, "<cell ")) != NULL; numbers++) {
			at = strchr(at, '>') + 1;
			assert_int_equal(strtol(at, NULL, 10) % 5, 0);
		}
		assert_true(numbers > 100);
	}
}

static void
is_close_to_what_was_counted(void **state)
{
	struct ih_error err = { .kind = IH_NONE };
	uint64_t seed = 1;
	struct ih_world world = ih_world_fixed(1772600000, &seed);
	IH_OWNED(ih_count) count = rows_count(tables, "MA", 333);
	IH_OWNED(ih_buffer) bytes = ih_return_make(count, &world, &err);
	IH_OWNED(ih_return) one =
	    ih_return_read(tables, "MA", bytes->data, bytes->size, &err);

	(void)state;
	assert_non_null(one);
	for (size_t t = 0; t < tables->table_count; t++)
		for (size_t r = 0; r < IH_CATEGORIES_MAX; r++)
			for (size_t c = 0; c < IH_CATEGORIES_MAX; c++)
				assert_true(
				    llabs(one->cells[t][r][c] -
					  count->cells[t][r][c]) <= one->bound);
	assert_true(llabs(one->persons - 333) <= one->bound);
	assert_int_equal(one->bound, 4);
}

static void
says_what_zero_means_in_three_languages(void **state)
{
	IH_OWNED(ih_buffer) bytes = rows_return(tables, "MA", 12);

	(void)state;
	assert_non_null(strstr((char *)bytes->data, "0 means 0 to 4"));
	assert_non_null(strstr((char *)bytes->data, "0 signifie de 0 à 4"));
	assert_non_null(strstr((char *)bytes->data, "0 تعني من 0 إلى 4"));
	assert_non_null(strstr((char *)bytes->data, "bound=\"4\""));
}

static void
gives_the_same_bytes_for_the_same_rows(void **state)
{
	(void)state;
	rows_seed = 5;
	IH_OWNED(ih_buffer) one = rows_return(tables, "MA", 200);
	rows_seed = 5;
	IH_OWNED(ih_buffer) two = rows_return(tables, "MA", 200);
	assert_string_equal((char *)one->data, (char *)two->data);
}

static void
can_be_made_of_no_case_at_all(void **state)
{
	struct ih_error err = { .kind = IH_NONE };
	IH_OWNED(ih_buffer) bytes = rows_return(tables, "MA", 0);
	IH_OWNED(ih_return) one =
	    ih_return_admit(tables, "MA", bytes->data, bytes->size, &err);

	(void)state;
	assert_non_null(one);
	assert_int_equal(one->persons, 0);
}

static void
is_read_as_it_was_written(void **state)
{
	struct ih_error err = { .kind = IH_NONE };
	IH_OWNED(ih_buffer) bytes = rows_return(tables, "TN", 150);
	IH_OWNED(ih_return) own =
	    ih_return_read(tables, "TN", bytes->data, bytes->size, &err);
	IH_OWNED(ih_return) outside =
	    ih_return_admit(tables, "TN", bytes->data, bytes->size, &err);

	(void)state;
	assert_non_null(own);
	assert_non_null(outside);
	assert_memory_equal(own, outside, sizeof *own);
	assert_string_equal(own->committee, "TN");
	assert_string_equal(own->period, "2026");
	assert_true(own->training);
}

static const struct {
	const char *says, *from, *to, *code;
} faults[] = {
	{ "a cell that is not rounded", "<cell column=\"child\">",
	    "<cell column=\"child\">1", "E_RETURN" },
	{ "a total that is not", "persons=\"150\"", "persons=\"151\"",
	    "E_RETURN_BASE" },
	{ "persons that differ from the tables", "persons=\"150\"",
	    "persons=\"155\"", "E_RETURN_SUM" },
	{ "another base", "base=\"5\"", "base=\"1\"", "E_RETURN_BASE" },
	{ "a base of zero", "base=\"5\"", "base=\"0\"", "E_RETURN_BASE" },
	{ "a bound that promises less", "bound=\"4\"", "bound=\"1\"",
	    "E_RETURN_BASE" },
	{ "tables of another version", "tables=\"1.1.0\"", "tables=\"9.0.0\"",
	    "E_RETURN_TABLES" },
	{ "a table of another name", "id=\"sex-age\"", "id=\"sex-eye\"",
	    "E_RETURN_TABLES" },
	{ "a table of other rows", "rows=\"sex\"", "rows=\"age\"",
	    "E_RETURN_TABLES" },
	{ "a table that is secretly multi", "columns=\"age\"",
	    "columns=\"age\" multi=\"true\"", "E_RETURN_TABLES" },
	{ "a row that is not ours", "<row code=\"female\"",
	    "<row code=\"robot\"", "E_RETURN_TABLES" },
	{ "columns in another order", "<column code=\"child\"",
	    "<column code=\"18-24\"", "E_RETURN_TABLES" },
	{ "a cell twice", "<cell column=\"18-24\"", "<cell column=\"child\"",
	    "E_RETURN_TABLES" },
	{ "a negative number", "persons=\"150\"", "persons=\"-5\"", "" },
	{ "a number too long", "persons=\"150\"", "persons=\"1500000000000\"",
	    "" },
	{ "a month that is none", "period=\"2026\"", "period=\"2026-00\"", "" },
	{ "a day that is none", "made=\"2026-03", "made=\"2026-99", "" },
	{ "an exact count smuggled in", "<legend>", "<exact>7</exact><legend>",
	    "" },
	{ "an attribute of its own", "base=\"5\"", "base=\"5\" exact=\"7\"",
	    "" },
	{ "a DOCTYPE", "<return", "<!DOCTYPE return><return", "" },
};

static void
is_refused_with_any_fault_by_its_name(void **state)
{
	IH_OWNED(ih_buffer) good = rows_return(tables, "MA", 150);

	(void)state;
	for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
		struct ih_error err = { .kind = IH_NONE };
		IH_OWNED(ih_buffer) bad =
		    rows_changed(good, faults[i].from, faults[i].to);

		if (strcmp((char *)bad->data, (char *)good->data) == 0)
			fail_msg("%s: nothing was changed", faults[i].says);
		if (ih_return_read(tables, "MA", bad->data, bad->size, &err))
			fail_msg("%s was let through", faults[i].says);
		assert_int_equal(err.kind, IH_INPUT);
		if (strncmp(err.code, faults[i].code, strlen(faults[i].code)) !=
		    0)
			fail_msg("%s: %s", faults[i].says, err.code);
	}
}

/* Each number moved by one multiple is found, and its place is told. */
static void
adds_up_or_names_the_cell(void **state)
{
	IH_OWNED(ih_buffer) good = rows_return(tables, "MA", 150);
	size_t moved = 0;

	(void)state;
	for (char *at = (char *)good->data; (at = strstr(at, "<cell ")) != NULL;
	     moved++) {
		struct ih_error err = { .kind = IH_NONE };
		char *end;
		char number[24];
		IH_OWNED(ih_buffer) bad = ih_buffer_new();

		at = strchr(at, '>') + 1;
		ih_buffer_add(bad, good->data,
		    (size_t)(at - (char *)good->data));
		snprintf(number, sizeof number, "%ld",
		    strtol(at, &end, 10) + 5);
		ih_buffer_text(bad, number);
		ih_buffer_text(bad, end);
		assert_null(
		    ih_return_read(tables, "MA", bad->data, bad->size, &err));
		assert_string_equal(err.code, "E_RETURN_SUM");
		assert_non_null(strstr(err.text, "row"));
	}
	assert_true(moved > 80);
}

/* Each table adds up, but they are not of the same persons. */
static void
is_refused_where_tables_are_of_other_persons(void **state)
{
	struct ih_error err = { .kind = IH_NONE };
	IH_OWNED(ih_buffer) one = rows_return(tables, "MA", 150);
	IH_OWNED(ih_buffer) two = rows_return(tables, "MA", 150);
	IH_OWNED(ih_buffer) mixed = ih_buffer_new();
	char *from = strstr((char *)one->data, "<table id=\"outcome-sex\"");
	char *other = strstr((char *)two->data, "<table id=\"outcome-sex\"");

	(void)state;
	ih_buffer_add(mixed, one->data, (size_t)(from - (char *)one->data));
	ih_buffer_text(mixed, other);
	assert_null(
	    ih_return_read(tables, "MA", mixed->data, mixed->size, &err));
	assert_string_equal(err.code, "E_RETURN_SUM");
	assert_non_null(strstr(err.text, "tables differ in"));
}

/* ---- what was told before */

/* Both halves were told, each by itself: the year is their sum, and says by
 * how much it may then be off. */
static void
announces_how_far_a_year_is_off_whose_halves_were_told(void **state)
{
	static const char *const periods[] = { "2026", "2026-H1", "2026-H2" };
	uint64_t seed = 1;
	struct ih_world world = ih_world_fixed(1772600000, &seed);
	struct ih_error err = { .kind = IH_NONE };
	struct ih_told told[3] = { { NULL, NULL, NULL } };
	struct ih_return *exact[3], *alone[3] = { NULL };
	int64_t furthest = 0;

	(void)state;
	for (size_t p = 0; p < 3; p++) {
		rows_seed = 40;
		exact[p] = rows_exact(tables, "MA", periods[p], 300, &world);
		told[p].exact = exact[p];
		if (p == 0)
			continue;
		alone[p] = ih_return_round(tables, &told[p], 1, 0, &err);
		told[p].then = exact[p];
		told[p].before = alone[p];
	}
	IH_OWNED(ih_return) year = ih_return_round(tables, told, 3, 0, &err);
	assert_non_null(year);
	for (size_t t = 0; t < tables->table_count; t++)
		for (size_t r = 0; r < IH_CATEGORIES_MAX; r++)
			for (size_t c = 0; c < IH_CATEGORIES_MAX; c++) {
				int64_t off = llabs(year->cells[t][r][c] -
						    exact[0]->cells[t][r][c]);

				assert_int_equal(year->cells[t][r][c],
				    alone[1]->cells[t][r][c] +
					alone[2]->cells[t][r][c]);
				furthest = off > furthest ? off : furthest;
			}
	assert_true(furthest > 4);
	assert_int_equal(year->bound, 9);
	IH_OWNED(ih_buffer) bytes = ih_return_write(tables, year, NULL, &err);
	assert_non_null(strstr((char *)bytes->data, "0 means 0 to 9"));
	for (size_t p = 0; p < 3; p++) {
		ih_return_free(exact[p]);
		ih_return_free(alone[p]);
	}
}

/* One person more: what is not of that person stays as it was told. */
static void
restates_only_what_changed(void **state)
{
	uint64_t seed = 1;
	struct ih_world world = ih_world_fixed(1772600000, &seed);
	struct ih_error err = { .kind = IH_NONE };
	IH_OWNED(ih_return) now = NULL;
	IH_OWNED(ih_return) then = NULL;
	struct ih_told told = { NULL, NULL, NULL };

	(void)state;
	rows_seed = 50;
	then = rows_exact(tables, "MA", "2026", 200, &world);
	rows_seed = 50;
	now = rows_exact(tables, "MA", "2026", 201, &world);
	told.exact = then;
	IH_OWNED(ih_return) before = ih_return_round(tables, &told, 1, 0, &err);
	told = (struct ih_told){ now, then, before };
	IH_OWNED(ih_return) after = ih_return_round(tables, &told, 1, 0, &err);
	assert_non_null(after);
	assert_int_equal(after->number, 1);
	for (size_t t = 0; t < tables->table_count; t++)
		for (size_t r = 0; r < IH_CATEGORIES_MAX; r++)
			for (size_t c = 0; c < IH_CATEGORIES_MAX; c++)
				if (now->cells[t][r][c] == then->cells[t][r][c])
					assert_int_equal(after->cells[t][r][c],
					    before->cells[t][r][c]);
	IH_OWNED(ih_buffer)
	bytes = ih_return_write(tables, after, before, &err);
	IH_OWNED(ih_return) read =
	    ih_return_admit(tables, "MA", bytes->data, bytes->size, &err);
	assert_non_null(read);
	assert_int_equal(read->number, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(holds_no_number_that_is_not_rounded),
		TEST(is_close_to_what_was_counted),
		TEST(says_what_zero_means_in_three_languages),
		TEST(gives_the_same_bytes_for_the_same_rows),
		TEST(can_be_made_of_no_case_at_all),
		TEST(is_read_as_it_was_written),
		TEST(is_refused_with_any_fault_by_its_name),
		TEST(adds_up_or_names_the_cell),
		TEST(is_refused_where_tables_are_of_other_persons),
		TEST(announces_how_far_a_year_is_off_whose_halves_were_told),
		TEST(restates_only_what_changed),
	};

	return cmocka_run_group_tests(tests, load_tables, unload_tables);
}
