/*
 * telling.h - what was told of a year and its halves, and of which exact
 * numbers it was made.
 *
 * Both are kept among the secrets of the office, under a name that is given
 * once; the ledger knows each name, so that none goes unseen.
 */
#ifndef IHALA_CLI_TELLING_H
#define IHALA_CLI_TELLING_H

#include "command.h"
#include "ihala/return.h"

enum { WHOLE, FIRST_HALF, SECOND_HALF, TOLD_PERIODS };

/* Of one period.  NULL: nothing. */
struct told {
	char period[12];
	int64_t number;          /* of the newest state; -1: none was told */
	struct ih_return *exact; /* the numbers as they are now */
	struct ih_return *state; /* as they were when it was last told */
	struct ih_return *rounded, *then; /* told last, rounded; made of THEN */
};

typedef struct telling {
	const struct ih_tables *tables; /* borrowed */
	struct told periods[TOLD_PERIODS];
	struct ih_return *all[IH_RETURNS_MAX + 1]; /* that was told */
	size_t count;
	int kept; /* names found among the secrets */
} cli_telling;

/* All that was told of the year of PERIOD; the exact numbers are for the
 * caller to set, who gives them.  NULL: IH_USAGE (not a year or a half),
 * IH_TRUST with E_RETURN_STORED, IH_DENIED. */
struct telling *telling_load(struct ih_registry *registry,
    const struct ih_tables *tables, const char *period, struct ih_error *err);
void telling_free(struct telling *telling);

/* Which of its periods PERIOD is. */
size_t telling_which(const char *period);

/* What was told before of AT by METHOD, in its newest state, as bytes.  Caller
 * owns.  NULL: IH_ABSENT. */
struct ih_buffer *telling_same(struct ih_registry *registry,
    const struct told *at, enum ih_method method, struct ih_error *err);

/* ONE is told from now on, made of EXACT.  In the transaction that is open. */
bool telling_keep(struct ih_registry *registry, const struct ih_tables *tables,
    const struct ih_return *one, const struct ih_buffer *bytes,
    const struct ih_return *exact, struct ih_error *err);

IH_OWNER(cli_telling, telling_free)

#endif
