/*
 * packed.h - the coded rows of a whole office in one piece, to be counted in
 * one pass.
 *
 * A row is read once (table.h); what can be counted of it is a handful of
 * small numbers.  All of them together are sealed by the registry
 * (statistic.h) and go stale case by case: a count reads the piece, takes in
 * what changed, and goes over it once, whatever the period.  Nothing stands
 * here that could not be made anew, and whoever counts the rows one by one
 * finds the same.
 *
 *	piece = digest of the definitions (32) rows (8) row... code...
 *
 * in the byte order of the machine: it leaves the office in a backup at most,
 * and elsewhere it is made anew.
 *
 * Source: src/README.md "Summaries".
 */
#ifndef IHALA_PACKED_H
#define IHALA_PACKED_H

#include <stdbool.h>
#include <stddef.h>

#include "ihala/buffer.h"
#include "ihala/error.h"
#include "ihala/owned.h"
#include "ihala/statistic.h"
#include "ihala/table.h"

typedef struct ih_packed ih_packed;

/* An empty piece.  TABLES and COMMITTEE are borrowed.  Caller owns. */
struct ih_packed *ih_packed_new(const struct ih_tables *tables,
    const char *committee, bool training);
void ih_packed_free(struct ih_packed *packed); /* wiped */

/* What ih_packed_give() gave, from OFFSET on; PACKED owns BYTES from now on.
 * False: made by other definitions, or not such bytes; PACKED is as before. */
bool ih_packed_take(struct ih_packed *packed, struct ih_buffer *bytes,
    size_t offset);
/* Behind what is in OUT. */
void ih_packed_give(const struct ih_packed *packed, struct ih_buffer *out);

/* One more row; whoever has one already is to be forgotten first.  False: as
 * ih_count_case(). */
bool ih_packed_add(struct ih_packed *packed, const struct ih_statistic *one,
    struct ih_error *err);
void ih_packed_forget(struct ih_packed *packed, const char *code);
size_t ih_packed_rows(const struct ih_packed *packed);

/* Each row into each of COUNTS, which are of the same tables, committee and
 * kind.  False: IH_INPUT (more than IH_COUNT_MAX persons). */
bool ih_packed_count(const struct ih_packed *packed,
    struct ih_count *const *counts, size_t count, struct ih_error *err);

IH_OWNER(ih_packed, ih_packed_free)

#endif
