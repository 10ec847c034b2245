/*
 * statistic.h - the coded columns of many cases, without their identity or
 * their facts.
 *
 * Each case has a part IH_STATISTICS of its own (case.h), sealed to the
 * compartment "statistics": who counts needs no other key.  Cases whose
 * training flag is not the registry's are left out; so are those opened
 * outside the period, both of whose ends are in it.
 *
 * Source: src/README.md "The registry", "Summaries".
 */
#ifndef IHALA_STATISTIC_H
#define IHALA_STATISTIC_H

#include <stdbool.h>
#include <stddef.h>

#include "ihala/date.h"
#include "ihala/registry.h"

/* The bytes are borrowed until EACH returns; false stops, without failure. */
typedef bool ih_statistic_seen(const void *bytes, size_t size, void *with);

/* By day and code; one entry in the ledger.  False: IH_DENIED (locked, or not
 * this user's compartment), IH_TRUST (a part was changed), IH_SYSTEM. */
bool ih_statistic_each(struct ih_registry *registry, struct ih_period period,
    ih_statistic_seen *each, void *with, struct ih_error *err);

#endif
