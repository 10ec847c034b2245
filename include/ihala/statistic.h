/*
 * statistic.h - the coded columns of many cases, without their identity or
 * their facts.
 *
 * Each case has a part IH_STATISTICS of its own (case.h), sealed to the
 * compartment "statistics": who counts needs no other key.  Cases whose
 * training flag is not the registry's are left out; so are those that were
 * neither opened nor moved in the period, both of whose ends are in it.
 *
 * Cases that are linked as of the same person are one person: the case that
 * was opened first is seen, with where any of them came and when for the first
 * time, so that nobody is counted twice, and half-years make the year.  What
 * binds cases is sealed with an identity; where there are links, who counts
 * holds that compartment too.
 *
 * Source: src/README.md "The registry", "Summaries".
 */
#ifndef IHALA_STATISTIC_H
#define IHALA_STATISTIC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ihala/buffer.h"
#include "ihala/date.h"
#include "ihala/lifecycle.h"
#include "ihala/registry.h"

#define IH_REACHED_MAX 32 /* states of one case */

/* A state that a case came to, and when for the first time. */
struct ih_reached {
	char axis[IH_STATE_TEXT], state[IH_STATE_TEXT];
	int64_t day; /* since 1970-01-01 */
};

/* One case, as it is counted; all borrowed until EACH returns. */
struct ih_statistic {
	const char *code; /* of the case: for messages */
	const void *bytes;
	size_t size;
	const struct ih_reached *reached; /* the earliest first */
	size_t reached_count;
};

/* False stops, without failure. */
typedef bool ih_statistic_seen(const struct ih_statistic *one, void *with);

/* By day and code, persons of several cases last; one entry in the ledger.
 * False: IH_DENIED (locked, or not this user's compartment), IH_TRUST (a part
 * was changed), IH_SYSTEM. */
bool ih_statistic_each(struct ih_registry *registry, struct ih_period period,
    ih_statistic_seen *each, void *with, struct ih_error *err);

/*
 * The same of all days, for a caller that packs the rows and lets the registry
 * keep what it made, sealed to the compartment: only cases that the ledger
 * says were changed since are opened.  What is kept goes when a case is
 * destroyed or two are linked, and with the keys of the compartment.
 */
struct ih_statistic_packer {
	/* What was kept, from OFFSET on.  True: the caller owns BYTES from now
	 * on; false: they are of no use, and each case is shown. */
	bool (*take)(void *with, struct ih_buffer *bytes, size_t offset);
	void (*forget)(void *with, const char *code); /* its row, if any */
	ih_statistic_seen *add;
	void (*give)(void *with, struct ih_buffer *out); /* behind the rest */
	void *with;
};

/* One entry in the ledger, with PERIOD.  False: as above. */
bool ih_statistic_pack(struct ih_registry *registry, struct ih_period period,
    const struct ih_statistic_packer *packer, struct ih_error *err);

#endif
