/*
 * sets - years of three countries, rounded, told and attacked.
 *
 *	sets [SETS]
 *
 * Each country has 100 to 1 000 cases in a year.  The year and its halves are
 * rounded together and attacked together; then once more with the first half
 * told before, which is the harder problem.
 */
#include <stdlib.h>
#include <time.h>

#include "ihala/attack.h"
#include "rows.h"
#include "tables.h"

enum { PERIODS = 3, COUNTRIES = 3 };

static const char *const periods[PERIODS] = { "2026", "2026-H1", "2026-H2" };
static const char *const countries[COUNTRIES] = { "MA", "EG", "TN" };

static struct {
	unsigned years, told_before, further;
	size_t cells, known[IH_KNOWN_KINDS], small;
	int64_t narrowest, bound;
	double slowest; /* seconds to round a year and its halves */
} seen;

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void
fail(const char *what, const struct ih_error *err)
{
	printf("%s: %s\n", what, err->text);
	exit(1);
}

/* Rounded within the bound that it tells, and able to be read: that is, it
 * adds up. */
static void
hold(const struct ih_return *one, const struct ih_return *exact)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) bytes = ih_return_write(tables, one, NULL, &err);
	IH_OWNED(ih_return) read = bytes != NULL ?
				       ih_return_read(tables, one->committee,
					   bytes->data, bytes->size, &err) :
				       NULL;

	if (read == NULL)
		fail("return", &err);
	for (size_t t = 0; t < tables->table_count; t++)
		for (size_t r = 0; r < IH_CATEGORIES_MAX; r++)
			for (size_t c = 0; c < IH_CATEGORIES_MAX; c++) {
				int64_t was = exact->cells[t][r][c];

				if (llabs(one->cells[t][r][c] - was) >
				    one->bound)
					fail("a cell beyond the bound", &err);
				seen.small += was > 0 && was < 5;
			}
}

static void
attack(struct ih_return *const *told, size_t count)
{
	struct ih_error err = { 0 };
	struct ih_attacked found;

	if (!ih_attack_all(tables, told, count, &found, &err))
		fail("attack", &err);
	for (size_t k = 0; k < IH_KNOWN_KINDS; k++)
		seen.known[k] += found.known[k];
	seen.cells += found.cells;
	if (seen.narrowest < 0 || found.narrowest < seen.narrowest)
		seen.narrowest = found.narrowest;
}

static struct ih_return *
round_one(const struct ih_told *told, size_t at)
{
	struct ih_error err = { 0 };
	double began = now();
	struct ih_return *one =
	    ih_return_round(tables, told, PERIODS, at, &err);

	if (one == NULL)
		fail("rounding", &err);
	if (now() - began > seen.slowest)
		seen.slowest = now() - began;
	if (one->bound > seen.bound)
		seen.bound = one->bound;
	return one;
}

/* FIRST half told in July, as it was then; NULL: nothing was. */
static void
tell_year(struct ih_return *exact[PERIODS], struct ih_return *first)
{
	struct ih_told told[PERIODS] = { { exact[0], NULL, NULL },
		{ exact[1], first != NULL ? exact[1] : NULL, first },
		{ exact[2], NULL, NULL } };
	struct ih_return *out[PERIODS];

	for (size_t p = 0; p < PERIODS; p++) {
		out[p] = round_one(told, p);
		hold(out[p], exact[p]);
	}
	if (first != NULL) {
		seen.told_before++;
		seen.further += out[0]->bound > 4;
		if (ih_return_differences(tables, first, out[1]) != 0)
			fail("what was told has changed",
			    &(struct ih_error){ 0 });
	}
	seen.years++;
	attack(out, PERIODS);
	for (size_t p = 0; p < PERIODS; p++)
		ih_return_free(out[p]);
}

static void
one_year(const char *country, unsigned persons)
{
	uint64_t seed = 1, from = rows_seed;
	struct ih_world world = ih_world_fixed(1772600000, &seed);
	struct ih_return *exact[PERIODS], *first;
	struct ih_error err = { 0 };

	for (size_t p = 0; p < PERIODS; p++) {
		rows_seed = from;
		exact[p] =
		    rows_exact(tables, country, periods[p], persons, &world);
	}
	tell_year(exact, NULL);
	first = ih_return_round(tables,
	    &(struct ih_told){ exact[1], NULL, NULL }, 1, 0, &err);
	if (first == NULL)
		fail("the first half", &err);
	tell_year(exact, first);
	ih_return_free(first);
	for (size_t p = 0; p < PERIODS; p++)
		ih_return_free(exact[p]);
}

int
main(int argc, char **argv)
{
	unsigned sets = argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 1;

	if (load_tables(NULL) != 0)
		return 1;
	seen.narrowest = -1;
	rows_skewed = true;
	for (unsigned s = 0; s < sets; s++) {
		rows_seed = 1000 + s;
		for (size_t c = 0; c < COUNTRIES; c++)
			one_year(countries[c], 100 + rows_draw(901));
	}
	printf("%u years: %zu numbers, %zu small ones; known exactly %zu, "
	       "known small %zu, narrow %zu; narrowest %d\n",
	    seen.years, seen.cells, seen.small, seen.known[IH_KNOWN_EXACTLY],
	    seen.known[IH_KNOWN_SMALL], seen.known[IH_KNOWN_NARROW],
	    (int)seen.narrowest);
	printf("%u with a half told before, %u further than 4; bound %d; "
	       "slowest %.2f s\n",
	    seen.told_before, seen.further, (int)seen.bound, seen.slowest);
	unload_tables(NULL);
	return seen.known[IH_KNOWN_EXACTLY] + seen.known[IH_KNOWN_SMALL] +
		       seen.known[IH_KNOWN_NARROW] !=
		   0 ||
	       seen.narrowest < 4 || seen.bound > 9 || seen.slowest > 10;
}
