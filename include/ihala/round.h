/*
 * round.h - controlled rounding: tables that add up and tell nobody small.
 *
 * Every cell becomes a multiple of the base next below or above it; a true
 * zero stays zero; every sum of rounded cells is the rounded sum.  The whole
 * set of linked tables is solved at once, as two integer programmes: least
 * deviation first, then, among the tables that have it, the least of a weight
 * grown from the names of the cells, so that the same counts always give the
 * same table.  The solver works in a confined child and is not believed: what
 * it answers is checked here in whole numbers.
 *
 * A cell that was told before is fixed at what was told.  Where no table is
 * left then, a few cells may go one multiple further; the bound that was
 * really needed is told.
 *
 * Source: Cox, "A constructive procedure for unbiased controlled rounding",
 * JASA 82 (1987); src/README.md "Summaries".
 */
#ifndef IHALA_ROUND_H
#define IHALA_ROUND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ihala/error.h"

#define IH_ROUND_BASE 5
#define IH_ROUND_CELLS 2000 /* a year and its halves have 950 */
#define IH_ROUND_SUMS 2000
#define IH_ROUND_PARTS 12000 /* of all sums together */

struct ih_round_cell {
	char name[56]; /* unique: the weight is grown from it */
	int64_t exact; /* 0 or more */
	int64_t rounded;
	bool fixed; /* rounded was told before, and stays */
};

/* cells[total] = the sum of COUNT cells, at parts[first ...] */
struct ih_round_sum {
	uint16_t total, first, count;
};

struct ih_rounding {
	size_t cell_count, sum_count, part_count;
	struct ih_round_cell cells[IH_ROUND_CELLS];
	struct ih_round_sum sums[IH_ROUND_SUMS];
	uint16_t parts[IH_ROUND_PARTS];
	int64_t bound;    /* out: no cell differs by more: base - 1 as a rule */
	int64_t furthest; /* by how much one does */
};

/* Round all cells.  False: IH_INPUT (the exact cells do not add up; too
 * large), IH_SYSTEM (the solver failed, or its answer does not hold). */
bool ih_round(struct ih_rounding *rounding, struct ih_error *err);

/* Does ROUNDING hold: multiples, zeros, sums, bound?  Whole numbers only.
 * False: IH_SYSTEM, naming the cell. */
bool ih_round_holds(const struct ih_rounding *rounding, struct ih_error *err);

#endif
