#include "test.h"

#include <stdlib.h>
#include <string.h>

#include "ihala/masked.h"
#include "rows.h"
#include "tables.h"

#define NOW INT64_C(1772618400) /* 2026-03-04T10:00:00Z */

enum { MOST = 7 };

static const char *const names[MOST] = { "DZ", "EG", "JO", "LY", "MA", "MR",
	"TN" };
static struct ih_office *offices[MOST];
static struct ih_party parties[MOST];
static struct ih_world world;

static int
open_offices(void **state)
{
	static uint64_t seed = 11;
	struct ih_error err = { 0 };

	world = ih_world_fixed(NOW, &seed);
	for (size_t i = 0; i < MOST; i++) {
		offices[i] = ih_office_new(names[i], 2, &world, &err);
		if (offices[i] == NULL)
			return 1;
		memcpy(parties[i].committee, names[i], sizeof "DZ");
		parties[i].sealing =
		    offices[i]->pair[IH_USE_SEALING].certificate;
	}
	return load_tables(state);
}

static int
close_offices(void **state)
{
	for (size_t i = 0; i < MOST; i++)
		ih_office_free(offices[i]);
	return unload_tables(state);
}

/* The exact numbers of all, and their files, read again. */
struct region {
	size_t count;
	struct ih_return *exact[MOST];
	struct ih_masked *masked[MOST];
};

/* What office AT has to give to a sum of the first COUNT. */
static struct ih_masked *
masked_by(size_t at, size_t count, const struct ih_return *exact)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_masked)
	made = ih_masked_make(tables, exact, &offices[at]->pair[IH_USE_SEALING],
	    parties, count, &err);
	IH_OWNED(ih_buffer) bytes = ih_masked_write(tables, made, &err);

	return ih_masked_admit(tables, names[at], bytes->data, bytes->size,
	    &err);
}

static struct region
region_of(size_t count, const char *period)
{
	struct region region = { .count = count };

	for (size_t i = 0; i < count; i++) {
		region.exact[i] = rows_exact(tables, names[i], period,
		    20 + 30 * (unsigned)i, &world);
		region.masked[i] = masked_by(i, count, region.exact[i]);
		assert_non_null(region.masked[i]);
	}
	return region;
}

static void
free_region(struct region *region)
{
	for (size_t i = 0; i < region->count; i++) {
		ih_return_free(region->exact[i]);
		ih_masked_free(region->masked[i]);
	}
}

static void
gives_the_exact_sum_of_all_tables(void **state)
{
	static const size_t sizes[] = { 3, 7 };

	(void)state;
	for (size_t s = 0; s < 2; s++) {
		struct region region = region_of(sizes[s], "2026");
		struct ih_error err = { 0 };
		IH_OWNED(ih_return)
		sum = ih_masked_sum(tables, region.masked, region.count, &err);
		int64_t persons = 0;

		assert_non_null(sum);
		for (size_t i = 0; i < region.count; i++)
			persons += region.exact[i]->persons;
		assert_int_equal(sum->persons, persons);
		for (size_t t = 0; t < tables->table_count; t++) {
			int64_t total = 0;

			for (size_t i = 0; i < region.count; i++)
				total += region.exact[i]->totals[t];
			assert_int_equal(sum->totals[t], total);
			for (size_t r = 0; r < IH_CATEGORIES_MAX; r++)
				for (size_t c = 0; c < IH_CATEGORIES_MAX; c++) {
					int64_t cell = 0;

					for (size_t i = 0; i < region.count;
					     i++)
						cell += region.exact[i]
							    ->cells[t][r][c];
					assert_int_equal(sum->cells[t][r][c],
					    cell);
				}
		}
		free_region(&region);
	}
}

static void
gives_it_in_any_order(void **state)
{
	struct region region = region_of(3, "2026");
	struct ih_masked *turned[] = { region.masked[2], region.masked[0],
		region.masked[1] };
	struct ih_error err = { 0 };
	IH_OWNED(ih_return) one = ih_masked_sum(tables, region.masked, 3, &err);
	IH_OWNED(ih_return) two = ih_masked_sum(tables, turned, 3, &err);

	(void)state;
	assert_memory_equal(one, two, sizeof *one);
	free_region(&region);
}

/* A total that leaves is rounded, with the error of one return. */
static void
gives_totals_that_are_rounded_as_one_return(void **state)
{
	struct region region = region_of(3, "2026");
	struct ih_error err = { 0 };
	IH_OWNED(ih_return) sum = ih_masked_sum(tables, region.masked, 3, &err);
	const struct ih_told told = { .exact = sum };
	IH_OWNED(ih_return)
	rounded = ih_return_round(tables, &told, 1, 0, &err);

	(void)state;
	assert_non_null(rounded);
	assert_int_equal(rounded->bound, 4);
	assert_true(llabs(rounded->persons - sum->persons) <= 4);
	free_region(&region);
}

/* Small numbers are below 2^20; none of a file's is, but once in 2^34. */
static void
shows_nothing_in_the_file_of_one(void **state)
{
	struct region region = region_of(3, "2026");
	struct region other = region_of(3, "2025");
	size_t numbers = 1;

	(void)state;
	for (size_t t = 0; t < tables->table_count; t++)
		numbers += tables->variables[tables->tables[t].rows].count *
			   tables->variables[tables->tables[t].columns].count;
	assert_true(numbers > 100);
	for (size_t i = 0; i < 3; i++)
		for (size_t at = 0; at < numbers; at++) {
			assert_true(region.masked[i]->numbers[at] >> 20 != 0);
			assert_true(region.masked[i]->numbers[at] !=
				    other.masked[i]->numbers[at]);
		}
	free_region(&region);
	free_region(&other);
}

/* Another group, other masks: the two do not mix. */
static void
is_masked_otherwise_in_another_group(void **state)
{
	struct region three = region_of(3, "2026");
	IH_OWNED(ih_masked) four = masked_by(0, 4, three.exact[0]);

	(void)state;
	assert_int_equal(four->party_count, 4);
	for (size_t at = 0; at < 100; at++)
		assert_true(four->numbers[at] != three.masked[0]->numbers[at]);
	free_region(&three);
}

/* What was changed in the second file of three, and how that is refused. */
static struct ih_masked *
missing(struct region *region)
{
	ih_masked_free(region->masked[1]);
	region->masked[1] = region->masked[--region->count];
	ih_return_free(region->exact[region->count]);
	return NULL;
}

static struct ih_masked *
twice(struct region *region)
{
	(void)region;
	return masked_by(0, 3, region->exact[0]);
}

static struct ih_masked *
of_another_period(struct region *region)
{
	IH_OWNED(ih_return)
	exact = rows_exact(tables, "EG", "2025", 30, &world);

	(void)region;
	return masked_by(1, 3, exact);
}

static struct ih_masked *
of_another_group(struct region *region)
{
	return masked_by(1, 4, region->exact[1]);
}

static struct ih_masked *
of_real_people(struct region *region)
{
	region->exact[1]->training = false;
	return masked_by(1, 3, region->exact[1]);
}

static struct ih_masked *
with_a_renewed_key(struct region *region)
{
	struct ih_party was = parties[0];
	struct ih_masked *one;

	parties[0].sealing = offices[MOST - 1]->pair[0].certificate;
	one = masked_by(1, 3, region->exact[1]);
	parties[0] = was;
	return one;
}

static struct ih_masked *
with_a_number_changed(struct region *region)
{
	struct ih_masked *one = masked_by(1, 3, region->exact[1]);

	one->numbers[7]++;
	return one;
}

static struct ih_masked *
that_would_be_negative(struct region *region)
{
	struct ih_masked *one = masked_by(1, 3, region->exact[1]);

	one->numbers[0] -= 1000000;
	return one;
}

static const struct {
	const char *says;
	struct ih_masked *(*change)(struct region *region);
	const char *code, *place;
} faults[] = {
	{ "a file is missing", missing, "E_MASK_MISSING", "EG" },
	{ "a committee twice", twice, "E_RETURN_TWICE", "DZ" },
	{ "another period", of_another_period, "E_RETURN_PERIOD", "EG" },
	{ "another group", of_another_group, "E_MASK_PARTIES", "EG" },
	{ "training beside real", of_real_people, "E_RETURN_TRAINING", "EG" },
	{ "another key", with_a_renewed_key, "E_MASK_PARTIES", "DZ" },
	{ "a number changed", with_a_number_changed, "E_MASK_SUM", "" },
	{ "a sum below nothing", that_would_be_negative, "E_MASK_SUM",
	    "persons" },
};

static void
refuses_what_is_not_one_sum_and_names_whose(void **state)
{
	(void)state;
	for (size_t f = 0; f < sizeof faults / sizeof faults[0]; f++) {
		struct region region = region_of(3, "2026");
		struct ih_masked *other = faults[f].change(&region);
		struct ih_error err = { 0 };
		size_t count = region.count;

		print_message("%s\n", faults[f].says);
		if (other != NULL && strcmp(faults[f].code, "E_RETURN_TWICE")) {
			ih_masked_free(region.masked[1]);
			region.masked[1] = other;
			other = NULL;
		}
		if (other != NULL) {
			struct ih_masked *four[] = { region.masked[0],
				region.masked[1], region.masked[2], other };

			assert_null(ih_masked_sum(tables, four, 4, &err));
		} else {
			assert_null(
			    ih_masked_sum(tables, region.masked, count, &err));
		}
		assert_string_equal(err.code, faults[f].code);
		assert_non_null(strstr(err.text, faults[f].place));
		ih_masked_free(other);
		free_region(&region);
	}
}

static void
takes_part_among_three_by_code_and_itself(void **state)
{
	struct region region = region_of(3, "2026");
	const struct ih_pair *own = &offices[0]->pair[IH_USE_SEALING];
	const struct ih_party turned[] = { parties[1], parties[0], parties[2] };
	const struct {
		const struct ih_party *parties;
		size_t count;
	} groups[] = {
		{ parties, 2 },     /* two know of each other */
		{ turned, 3 },      /* not by code */
		{ parties + 1, 3 }, /* of others */
	};

	(void)state;
	for (size_t g = 0; g < 3; g++) {
		struct ih_error err = { 0 };

		assert_null(ih_masked_make(tables, region.exact[0], own,
		    groups[g].parties, groups[g].count, &err));
		assert_string_equal(err.code, "E_MASK_PARTIES");
	}
	free_region(&region);
}

/* FROM in the bytes of a file made TO, and how it is refused. */
static const struct {
	const char *from, *to, *code;
} bent[] = {
	{ "tables=\"1", "tables=\"9", "E_RETURN_TABLES" },
	{ "<party committee=\"DZ\"", "<party committee=\"ZZ\"",
	    "E_MASK_PARTIES" },
	{ " committee=\"EG\"", " committee=\"QA\"", "E_MASK_PARTIES" },
	{ "<row code=\"female\"", "<row code=\"male\"", "E_RETURN_TABLES" },
	{ "<cell column=\"child\"", "<cell column=\"adult\"",
	    "E_RETURN_TABLES" },
	{ "persons=\"", "persons=\"x", "" },
	{ "period=\"2026\"", "period=\"2026-05\"", "" },
};

static void
refuses_a_file_that_is_not_of_these_tables(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_return)
	exact = rows_exact(tables, "EG", "2026", 30, &world);
	IH_OWNED(ih_masked)
	made = ih_masked_make(tables, exact, &offices[1]->pair[IH_USE_SEALING],
	    parties, 3, &err);
	IH_OWNED(ih_buffer) bytes = ih_masked_write(tables, made, &err);

	(void)state;
	for (size_t i = 0; i < sizeof bent / sizeof bent[0]; i++) {
		IH_OWNED(ih_buffer)
		other = rows_changed(bytes, bent[i].from, bent[i].to);

		assert_true(other->size != bytes->size ||
			    memcmp(other->data, bytes->data, other->size) != 0);
		err = (struct ih_error){ 0 };
		assert_null(ih_masked_read(tables, "EG", other->data,
		    other->size, &err));
		assert_int_equal(err.kind, IH_INPUT);
		assert_string_equal(err.code, bent[i].code);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gives_the_exact_sum_of_all_tables),
		cmocka_unit_test(gives_it_in_any_order),
		cmocka_unit_test(gives_totals_that_are_rounded_as_one_return),
		cmocka_unit_test(shows_nothing_in_the_file_of_one),
		cmocka_unit_test(is_masked_otherwise_in_another_group),
		cmocka_unit_test(refuses_what_is_not_one_sum_and_names_whose),
		cmocka_unit_test(takes_part_among_three_by_code_and_itself),
		cmocka_unit_test(refuses_a_file_that_is_not_of_these_tables),
	};

	return cmocka_run_group_tests(tests, open_offices, close_offices);
}
