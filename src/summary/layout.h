/*
 * layout.h - the numbers of all tables of one committee and period as cells
 * in a row, each with its name, and which of them are sums of which.
 *
 * A margin that two tables share is one cell: so are "of the country" and the
 * country itself, and "screened" and all persons.  The layout follows from
 * the definitions and the committee alone, so cell I of the year is the sum of
 * the cells I of its half-years.
 */
#ifndef IHALA_SUMMARY_LAYOUT_H
#define IHALA_SUMMARY_LAYOUT_H

#include <stdlib.h>

#include "ihala/return.h"
#include "ihala/round.h"
#include "inner.h"

#define LAYOUT_CELLS 640
#define LAYOUT_SUMS 320
#define LAYOUT_PARTS 3000

typedef struct layout {
	const struct ih_tables *tables; /* borrowed */
	size_t cell_count, sum_count, part_count;
	char names[LAYOUT_CELLS][48];
	struct ih_round_sum sums[LAYOUT_SUMS];
	uint16_t parts[LAYOUT_PARTS];
	uint16_t persons; /* which cell */
	uint16_t cells[IH_TABLES_MAX][IH_CATEGORIES_MAX][IH_CATEGORIES_MAX];
	uint16_t rows[IH_TABLES_MAX][IH_CATEGORIES_MAX];
	uint16_t columns[IH_TABLES_MAX][IH_CATEGORIES_MAX];
	uint16_t totals[IH_TABLES_MAX];
	bool full; /* more than there is room for */
} layout;

/* Caller frees with free().  NULL: IH_INPUT (more cells than are rounded). */
struct layout *layout_of(const struct ih_tables *tables, const char *committee,
    struct ih_error *err);

/* The numbers of ONE, a cell each; and the other way. */
void layout_take(const struct layout *l, struct ih_return *one,
    int64_t values[static LAYOUT_CELLS]);
void layout_give(const struct layout *l, int64_t values[static LAYOUT_CELLS],
    struct ih_return *one);

/* The name of a cell that two tables of ONE tell differently; NULL: none. */
const char *layout_disagrees(const struct layout *l, struct ih_return *one);

/* return.c: the totals of ONE, which has none yet, from its cells. */
void ih_return_add_up(struct ih_return *one);

IH_OWNER(layout, free)

#endif
