/*
 * stored.h - the interviews that a registry keeps, one after another.
 *
 * Of each case the facts are read, and nothing of the identity; the reading
 * is entered in the ledger.  A case that came from another committee holds
 * what was released of its interview, not all of it, so it is left out.
 */
#ifndef IHALA_CLI_STORED_H
#define IHALA_CLI_STORED_H

#include "command.h"
#include "ihala/case.h"
#include "ihala/node.h"

/* One case; borrowed for the length of the call. */
struct stored {
	const struct ih_case_row *row;
	xmlDoc *facts;
	const xmlNode *answers; /* in the facts */
};

/* False: the case could not be used; the others still are. */
typedef bool
stored_each(const struct stored *one, void *with, struct ih_error *err);

/* What became of the cases. */
struct stored_tally {
	size_t read;           /* EACH said true */
	size_t refused;        /* EACH said false, or it could not be read */
	size_t received;       /* left out */
	size_t empty;          /* without facts, or without answers */
	struct ih_error first; /* what was wrong with the first refused */
};

/*
 * The cases named in the words of the request, or all.  What is wrong with
 * one is told on standard error, with its code; the first is left in TALLY
 * for the caller, who tells it last.  False: the registry itself does not
 * answer (locked, busy, no access to facts).
 */
bool stored_walk(struct request *request, struct ih_registry *registry,
    stored_each *each, void *with, struct stored_tally *tally,
    struct ih_error *err);

/* An error that concerns one document and not the whole registry. */
bool is_of_one(const struct ih_error *err);

#endif
