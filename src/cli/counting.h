/*
 * counting.h - the cases of a period, counted as both the return and the annual
 * report have them.
 */
#ifndef IHALA_CLI_COUNTING_H
#define IHALA_CLI_COUNTING_H

#include "command.h"
#include "ihala/buffer.h"
#include "ihala/registry.h"

/* The rounded tables of the period that REQUEST names (return.rng); how many
 * persons were counted in *PERSONS, which leaves the office in no form.  The
 * caller owns them.  NULL: IH_USAGE (no period), as ih_statistic_each() and
 * ih_return_make(). */
struct ih_buffer *counting_tables(struct request *request,
    struct ih_registry *registry, int64_t *persons, struct ih_error *err);

#endif
