/*
 * counting.h - the cases of the office, counted.
 */
#ifndef IHALA_CLI_COUNTING_H
#define IHALA_CLI_COUNTING_H

#include "command.h"
#include "ihala/table.h"

/* Each case of the period of the first of COUNTS into all of them: it has to
 * hold the others'. */
bool counting_fill(struct ih_registry *registry, struct ih_count **counts,
    size_t count, struct ih_error *err);

/* Those of the period that is asked for.  Caller owns.  NULL: as above. */
struct ih_count *
counting_period(const struct request *request, struct ih_registry *registry,
    const struct ih_tables *tables, struct ih_error *err);

#endif
