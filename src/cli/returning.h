/*
 * returning.h - the tables of a period, as a return and a report tell them.
 */
#ifndef IHALA_CLI_RETURNING_H
#define IHALA_CLI_RETURNING_H

#include "command.h"
#include "ihala/return.h"

/* What is to be told: by which method, and whether it corrects. */
struct wanted {
	enum ih_method method;
	bool restated;
	bool as_told; /* what was told stays what is said, whatever changed */
};

/* As --as says it.  False: IH_USAGE. */
bool returning_wanted(const struct request *request, struct wanted *wanted,
    struct ih_error *err);

/*
 * The tables of --period, in the transaction that is open: as they were told,
 * or told from now on and so locked.  *PERSONS: who was counted.  The caller
 * owns them.  NULL: IH_USAGE (no period); IH_STATE (E_RETURN_LOCKED,
 * E_RETURN_SAME, E_RETURN_FEW; an attack on them succeeds).
 */
struct ih_buffer *
returning_tables(struct request *request, struct ih_registry *registry,
    const struct wanted *wanted, int64_t *persons, struct ih_error *err);

#endif
