/*
 * linked.h - linked tables of invented counts, the same on every machine.
 */
#ifndef IHALA_TEST_LINKED_H
#define IHALA_TEST_LINKED_H

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "ihala/round.h"

/* The same numbers on every machine. */
static uint64_t seed;

static inline unsigned
draw(unsigned below)
{
	seed = seed * UINT64_C(6364136223846793005) +
	       UINT64_C(1442695040888963407);
	return (unsigned)(seed >> 33) % below;
}

static inline uint16_t
cell(struct ih_rounding *r, int64_t exact, const char *name, unsigned a,
    unsigned b)
{
	struct ih_round_cell *one = &r->cells[r->cell_count];

	snprintf(one->name, sizeof one->name, "%s %u %u", name, a, b);
	one->exact = exact;
	return (uint16_t)r->cell_count++;
}

static inline void
sum(struct ih_rounding *r, uint16_t total)
{
	r->sums[r->sum_count++] = (struct ih_round_sum){
		.total = total,
		.first = (uint16_t)r->part_count,
	};
}

static inline void
part(struct ih_rounding *r, uint16_t at)
{
	r->parts[r->part_count++] = at;
	r->sums[r->sum_count - 1].count++;
}

enum { TABLES = 3, COLUMNS = 4, ROWS_MAX = 9 };

/* Three two-way tables whose column totals are the same cells. */
static inline void
fill_linked(struct ih_rounding *r, unsigned persons)
{
	static const unsigned rows[TABLES] = { 6, 4, ROWS_MAX };
	int64_t exact[TABLES][ROWS_MAX][COLUMNS] = { 0 };
	int64_t margin[COLUMNS] = { 0 };
	uint16_t total, columns[COLUMNS];

	memset(r, 0, sizeof *r);
	for (unsigned i = 0; i < persons; i++) {
		unsigned c = draw(10) < 6 ? 0 : draw(COLUMNS);

		margin[c]++;
		for (unsigned t = 0; t < TABLES; t++)
			exact[t][draw(rows[t])][c]++;
	}
	total = cell(r, persons, "persons", 0, 0);
	for (unsigned c = 0; c < COLUMNS; c++)
		columns[c] = cell(r, margin[c], "column", c, 0);
	sum(r, total);
	for (unsigned c = 0; c < COLUMNS; c++)
		part(r, columns[c]);
	for (unsigned t = 0; t < TABLES; t++) {
		uint16_t cells[ROWS_MAX][COLUMNS], ends[ROWS_MAX];

		for (unsigned a = 0; a < rows[t]; a++) {
			int64_t row = 0;

			for (unsigned c = 0; c < COLUMNS; c++) {
				cells[a][c] = cell(r, exact[t][a][c], "cell",
				    t * 100 + a, c);
				row += exact[t][a][c];
			}
			ends[a] = cell(r, row, "row", t, a);
			sum(r, ends[a]);
			for (unsigned c = 0; c < COLUMNS; c++)
				part(r, cells[a][c]);
		}
		for (unsigned c = 0; c < COLUMNS; c++) {
			sum(r, columns[c]);
			for (unsigned a = 0; a < rows[t]; a++)
				part(r, cells[a][c]);
		}
		sum(r, total);
		for (unsigned a = 0; a < rows[t]; a++)
			part(r, ends[a]);
	}
}

#endif
