/*
 * bounds.h - between which bounds whole numbers lie, by their own bounds and
 * by which of them are sums of which.
 */
#ifndef IHALA_SUMMARY_BOUNDS_H
#define IHALA_SUMMARY_BOUNDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ihala/error.h"

struct bounds_cell {
	int64_t least, most; /* in: each alone; out: all together */
};

/* cells[total] = the sum of COUNT cells, at parts[first ...] */
struct bounds_sum {
	size_t total, first, count;
};

/* The lists are from malloc(). */
struct bounds {
	size_t cell_count, sum_count, part_count;
	struct bounds_cell *cells;
	struct bounds_sum *sums;
	size_t *parts;
};

void bounds_clear(struct bounds *bounds); /* frees the lists */

/*
 * The tightest bounds that hold for whole numbers.  Where that of a cell was
 * not settled in time, the tightest it may be: nobody knows more.
 * False: IH_SYSTEM; IH_INPUT with E_ATTACK_IMPOSSIBLE.
 */
bool bounds_find(struct bounds *bounds, struct ih_error *err);

#endif
