/*
 * return.h - what one committee tells of one period: tables.
 *
 * A return that is for everybody is rounded: each cell, each total and the
 * number of persons is a multiple of the base, rounded together so that they
 * add up (round.h).  "0" means "0 to 4", and says so in three languages.  For
 * a partner who needs exact numbers there is a return in which small numbers,
 * and those that would give them away, are withheld (suppress.h).  An exact
 * return never leaves the office: it is what is kept beside what was told.
 *
 * What was told of a period is locked.  A correction is told as a restatement
 * with a number of its own and each number that differs.  A year and its
 * halves are rounded together, whatever of them was told before stays.
 *
 * Source: xml/schema/return.rng; src/README.md "Summaries".
 */
#ifndef IHALA_RETURN_H
#define IHALA_RETURN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ihala/buffer.h"
#include "ihala/error.h"
#include "ihala/owned.h"
#include "ihala/table.h"
#include "ihala/world.h"

#define IH_RETURN_MAX (1u << 20) /* bytes */
#define IH_RETURN_HALF 100       /* persons from which a half-year is told */
#define IH_RETURNS_MAX 64        /* told by one committee, together */
#define IH_WITHHELD INT64_C(-1)

enum ih_method { IH_ROUNDED, IH_SUPPRESSED, IH_EXACT, IH_METHODS };

/* A return that was read.  Cells and totals are as in its tables. */
typedef struct ih_return {
	char committee[4];
	char period[12];
	char made[21];
	char tables_version[16];
	bool training;
	enum ih_method method;
	int64_t number; /* 0: the first; else which restatement it is */
	int64_t base, bound, persons;
	int64_t cells[IH_TABLES_MAX][IH_CATEGORIES_MAX][IH_CATEGORIES_MAX];
	int64_t row_totals[IH_TABLES_MAX][IH_CATEGORIES_MAX];
	int64_t column_totals[IH_TABLES_MAX][IH_CATEGORIES_MAX];
	int64_t totals[IH_TABLES_MAX];
} ih_return;

/* The exact numbers of COUNT, for the office alone.  Caller owns. */
struct ih_return *
ih_return_exact(const struct ih_count *count, const struct ih_world *world);

/* A period: its exact numbers now; what was told of it last, and of what. */
struct ih_told {
	const struct ih_return *exact;
	const struct ih_return *then;   /* NULL: nothing was told yet */
	const struct ih_return *before; /* NULL: the same */
};

/*
 * Round period AT of PERIODS, which are that period alone, or a year and its
 * two halves in this order.  What was told stays wherever the exact number
 * is as it was then.  Caller owns.  NULL: as ih_round(); IH_INPUT with
 * E_RETURN_SUM (the halves do not make the year).
 */
struct ih_return *
ih_return_round(const struct ih_tables *tables, const struct ih_told *periods,
    size_t count, size_t at, struct ih_error *err);

/* ONE as bytes; each number that differs from BEFORE (NULL: none) is named.
 * Caller owns.  NULL: IH_INPUT. */
struct ih_buffer *
ih_return_write(const struct ih_tables *tables, const struct ih_return *one,
    const struct ih_return *before, struct ih_error *err);

/* The rounded return of COUNT alone, made at WORLD's now.  Caller owns.
 * NULL: as ih_round(). */
struct ih_buffer *ih_return_make(const struct ih_count *count,
    const struct ih_world *world, struct ih_error *err);

/* How many numbers of A and B differ. */
size_t ih_return_differences(const struct ih_tables *tables,
    const struct ih_return *a, const struct ih_return *b);

/*
 * A return of ours, or one whose signature was verified: parsed, checked
 * against its schema, and added up.  NAME is for messages.  Caller owns.
 * NULL: IH_INPUT; E_RETURN_SUM (the table, row and column that do not add
 * up), E_RETURN_BASE (a number that is not rounded), E_RETURN_TABLES (made by
 * other definitions than ours).
 */
struct ih_return *ih_return_read(const struct ih_tables *tables,
    const char *name, const void *bytes, size_t size, struct ih_error *err);

/* The same from outside bytes, read in a confined child first. */
struct ih_return *ih_return_admit(const struct ih_tables *tables,
    const char *name, const void *bytes, size_t size, struct ih_error *err);

void ih_return_free(struct ih_return *one); /* wiped */

IH_OWNER(ih_return, ih_return_free)

#endif
