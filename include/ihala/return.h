/*
 * return.h - what one committee tells of one period: rounded tables.
 *
 * A return holds no exact count anywhere: each cell, each total and the number
 * of persons is a multiple of the base, rounded together so that they add up
 * (round.h).  "0" means "0 to 4", and says so in three languages.
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

/* The return of COUNT, made at WORLD's now.  Caller owns.
 * NULL: as ih_round(). */
struct ih_buffer *ih_return_make(const struct ih_count *count,
    const struct ih_world *world, struct ih_error *err);

/* A return that was read.  Cells and totals are as in its tables. */
typedef struct ih_return {
	char committee[4];
	char period[12];
	char made[21];
	char tables_version[16];
	bool training;
	int64_t base, bound, persons;
	int64_t cells[IH_TABLES_MAX][IH_CATEGORIES_MAX][IH_CATEGORIES_MAX];
	int64_t row_totals[IH_TABLES_MAX][IH_CATEGORIES_MAX];
	int64_t column_totals[IH_TABLES_MAX][IH_CATEGORIES_MAX];
	int64_t totals[IH_TABLES_MAX];
} ih_return;

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

void ih_return_free(struct ih_return *one);

IH_OWNER(ih_return, ih_return_free)

#endif
