/*
 * oracle - is what lp_solve found what GLPK finds?
 *
 *	oracle agree [SETS]	optimum, table and bounds of linked sets
 *	oracle time [RUNS]	CPU to round a set of some 460 cells: ours,
 *				with its child and the check; GLPK's bare solve
 *
 * GLPK knows the same programmes by this file alone: nothing of src/summary
 * but its answers is used.
 */
#include <glpk.h>
#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "ihala/attack.h"
#include "linked.h"

static int64_t
rest(const struct ih_rounding *r, size_t i)
{
	return r->cells[i].exact % 5;
}

/* As round.c says in its contract: grown from the name alone. */
static double
weight(const char *name)
{
	uint32_t hash = 2166136261u;

	for (const char *c = name; *c != '\0'; c++)
		hash = (hash ^ (unsigned char)*c) * 16777619u;
	hash ^= hash >> 15;
	hash *= 2246822519u;
	hash ^= hash >> 13;
	return (double)(hash % 999983u);
}

static void
set_row(glp_prob *p, int row, const struct ih_rounding *r,
    const struct ih_round_sum *sum, bool multiples)
{
	int columns[600];
	double values[600];
	int64_t right = multiples ? -(r->cells[sum->total].exact / 5) : 0;
	int n = 1;

	columns[1] = sum->total + 1;
	values[1] = 1;
	for (size_t i = 0; i < sum->count; i++) {
		size_t part = r->parts[sum->first + i];

		n++;
		columns[n] = (int)part + 1;
		values[n] = -1;
		if (multiples)
			right += r->cells[part].exact / 5;
	}
	glp_set_row_bnds(p, row, GLP_FX, (double)right, (double)right);
	glp_set_mat_row(p, row, n, columns, values);
}

static glp_prob *
problem(const struct ih_rounding *r, bool multiples)
{
	glp_prob *p = glp_create_prob();

	glp_add_cols(p, (int)r->cell_count);
	glp_add_rows(p, (int)r->sum_count);
	for (size_t s = 0; s < r->sum_count; s++)
		set_row(p, (int)s + 1, r, &r->sums[s], multiples);
	return p;
}

/* One multiple up or not, for each cell with a rest. */
static glp_prob *
rounding_problem(const struct ih_rounding *r)
{
	glp_prob *p = problem(r, true);

	for (size_t i = 0; i < r->cell_count; i++) {
		glp_set_col_kind(p, (int)i + 1, GLP_BV);
		if (rest(r, i) == 0)
			glp_set_col_bnds(p, (int)i + 1, GLP_FX, 0, 0);
		glp_set_obj_coef(p, (int)i + 1, (double)(5 - 2 * rest(r, i)));
	}
	return p;
}

static double
solve(glp_prob *p)
{
	glp_iocp how;

	glp_init_iocp(&how);
	how.msg_lev = GLP_MSG_OFF;
	how.presolve = GLP_ON;
	if (glp_intopt(p, &how) != 0 || glp_mip_status(p) != GLP_OPT)
		return NAN;
	return glp_mip_obj_val(p);
}

/* Then, of the tables that are as close, the one of least weight. */
static void
prefer_light(glp_prob *p, const struct ih_rounding *r, double least)
{
	int row = glp_add_rows(p, 1), columns[2000];
	double values[2000];

	for (size_t i = 0; i < r->cell_count; i++) {
		columns[i + 1] = (int)i + 1;
		values[i + 1] = (double)(5 - 2 * rest(r, i));
		glp_set_obj_coef(p, (int)i + 1,
		    rest(r, i) != 0 ? weight(r->cells[i].name) : 0);
	}
	glp_set_row_bnds(p, row, GLP_UP, 0, round(least));
	glp_set_mat_row(p, row, (int)r->cell_count, columns, values);
}

static bool
same_table(const struct ih_rounding *r)
{
	glp_prob *p = rounding_problem(r);
	double least = solve(p), ours = 0;
	bool same = true;

	for (size_t i = 0; i < r->cell_count; i++)
		if (r->cells[i].rounded > r->cells[i].exact / 5 * 5)
			ours += (double)(5 - 2 * rest(r, i));
	if (fabs(least - ours) > 1e-6) {
		printf("optimum %g, not %g\n", ours, least);
		same = false;
	}
	prefer_light(p, r, least);
	if (isnan(solve(p)))
		same = false;
	for (size_t i = 0; i < r->cell_count && same; i++) {
		int64_t theirs =
		    5 * (r->cells[i].exact / 5 +
			    llround(glp_mip_col_val(p, (int)i + 1)));

		if (theirs != r->cells[i].rounded) {
			printf("%s: %" PRId64 ", not %" PRId64 "\n",
			    r->cells[i].name, r->cells[i].rounded, theirs);
			same = false;
		}
	}
	glp_delete_prob(p);
	return same;
}

static struct ih_attack *
attack_on(const struct ih_rounding *r)
{
	struct ih_attack *attack = ih_attack_new();
	struct ih_error err = { 0 };

	for (size_t i = 0; i < r->cell_count; i++) {
		int64_t n = r->cells[i].rounded;

		ih_attack_cell(attack, r->cells[i].name, n > 4 ? n - 4 : n > 0,
		    n + 4);
	}
	for (size_t s = 0; s < r->sum_count; s++) {
		ih_attack_sum(attack, r->sums[s].total);
		for (size_t i = 0; i < r->sums[s].count; i++)
			ih_attack_part(attack, r->parts[r->sums[s].first + i]);
	}
	if (!ih_attack_run(attack, &err)) {
		printf("attack: %s\n", err.text);
		exit(1);
	}
	return attack;
}

/* A reader's programme over whole numbers, each way for every STEP-th cell. */
static bool
same_bounds(const struct ih_rounding *r, size_t step)
{
	IH_OWNED(ih_attack) attack = attack_on(r);
	glp_prob *p = problem(r, false);
	bool same = true;
	size_t count;
	const struct ih_attack_cell *cells = ih_attack_cells(attack, &count);

	for (size_t i = 0; i < count; i++) {
		int64_t n = r->cells[i].rounded;

		glp_set_col_kind(p, (int)i + 1, GLP_IV);
		glp_set_col_bnds(p, (int)i + 1, GLP_DB,
		    (double)(n > 4 ? n - 4 : n > 0), (double)(n + 4));
	}
	for (size_t i = 0; i < count && same; i += step) {
		double least, most;

		glp_set_obj_coef(p, (int)i + 1, 1);
		glp_set_obj_dir(p, GLP_MIN);
		least = solve(p);
		glp_set_obj_dir(p, GLP_MAX);
		most = solve(p);
		glp_set_obj_coef(p, (int)i + 1, 0);
		if (llround(least) == cells[i].least &&
		    llround(most) == cells[i].most)
			continue;
		printf("%s: %" PRId64 " to %" PRId64 ", not %g to %g\n",
		    cells[i].name, cells[i].least, cells[i].most, least, most);
		same = false;
	}
	glp_delete_prob(p);
	return same;
}

static int
agree(unsigned sets)
{
	static const unsigned sizes[] = { 100, 250, 500, 1000 };
	static struct ih_rounding r;
	unsigned tables = 0, bounds = 0;

	seed = 77;
	for (unsigned i = 0; i < sets; i++) {
		struct ih_error err = { 0 };

		fill_linked(&r, sizes[i % 4]);
		if (!ih_round(&r, &err)) {
			printf("set %u: %s\n", i, err.text);
			return 1;
		}
		tables += same_table(&r);
		bounds += same_bounds(&r, 7);
	}
	printf("%u sets: the same table %u times, the same bounds %u times\n",
	    sets, tables, bounds);
	return tables != sets || bounds != sets;
}

/* ---- how long */

/* 460 cells: two-way tables that share the margin of their columns. */
static void
fill_large(struct ih_rounding *r)
{
	uint16_t total, columns[4];
	int64_t exact[11][9][4] = { { { 0 } } }, margin[4] = { 0 };

	memset(r, 0, sizeof *r);
	for (unsigned i = 0; i < 800; i++) {
		unsigned c = draw(10) < 6 ? 0 : draw(4);

		margin[c]++;
		for (unsigned t = 0; t < 10; t++)
			exact[t][draw(9)][c]++;
	}
	total = cell(r, 800, "persons", 0, 0);
	for (unsigned c = 0; c < 4; c++)
		columns[c] = cell(r, margin[c], "column", c, 0);
	sum(r, total);
	for (unsigned c = 0; c < 4; c++)
		part(r, columns[c]);
	for (unsigned t = 0; t < 10; t++) {
		uint16_t cells[9][4], ends[9];

		for (unsigned a = 0; a < 9; a++) {
			int64_t row = 0;

			for (unsigned c = 0; c < 4; c++) {
				cells[a][c] = cell(r, exact[t][a][c], "cell",
				    t * 100 + a, c);
				row += exact[t][a][c];
			}
			ends[a] = cell(r, row, "row", t, a);
			sum(r, ends[a]);
			for (unsigned c = 0; c < 4; c++)
				part(r, cells[a][c]);
		}
		for (unsigned c = 0; c < 4; c++) {
			sum(r, columns[c]);
			for (unsigned a = 0; a < 9; a++)
				part(r, cells[a][c]);
		}
		sum(r, total);
		for (unsigned a = 0; a < 9; a++)
			part(r, ends[a]);
	}
}

/* Seconds of CPU of this process and of the children it has waited for. */
static double
now(void)
{
	double seconds = 0;

	for (int who = RUSAGE_CHILDREN; who <= RUSAGE_SELF; who++) {
		struct rusage used;

		getrusage(who, &used);
		seconds +=
		    (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
		    1e-6 *
			(double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
	}
	return seconds;
}

static int
by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static int
measure(unsigned runs)
{
	static struct ih_rounding r;
	double ratios[64];

	seed = 5;
	runs = runs > 64 ? 64 : runs;
	for (unsigned i = 0; i < runs; i++) {
		struct ih_error err = { 0 };
		glp_prob *p;
		double began, theirs, ours;

		fill_large(&r);
		p = rounding_problem(&r);
		began = now();
		if (isnan(solve(p)))
			return 1;
		theirs = now() - began;
		began = now();
		if (!ih_round(&r, &err))
			return 1;
		ours = now() - began;
		ratios[i] = ours / theirs;
		fprintf(stderr, "%zu cells: ours %.4f s, GLPK %.4f s\n",
		    r.cell_count, ours, theirs);
		glp_delete_prob(p);
	}
	qsort(ratios, runs, sizeof ratios[0], by_size);
	printf("%g\n", ratios[runs / 2]);
	return 0;
}

int
main(int argc, char **argv)
{
	unsigned n = argc > 2 ? (unsigned)strtoul(argv[2], NULL, 10) : 10;

	glp_term_out(GLP_OFF);
	if (argc > 1 && strcmp(argv[1], "time") == 0)
		return measure(n);
	return agree(n);
}
