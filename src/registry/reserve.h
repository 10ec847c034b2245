/*
 * reserve.h - codes whose keys are on the disk before there is a case for
 * them, so that a case waits for the disk once and not twice.
 *
 * A program that takes in one case makes keys for one; one that goes on makes
 * them for two, four, up to IH_RESERVE at a time.  Those not used are pending
 * in keys.db like any key without a case, and whoever adds or opens next may
 * sweep them away: so, under the write lock, it is looked whether they are
 * there still.
 */
#ifndef IHALA_REGISTRY_RESERVE_H
#define IHALA_REGISTRY_RESERVE_H

#include "query.h"

enum { IH_RESERVE = 16 };

typedef struct ih_reserve {
	int count; /* left */
	int more;  /* to make when there is none; 0: the first time */
	struct {
		char code[IH_CODE_TEXT];
		struct ih_secret *key[IH_PARTS];
	} spare[IH_RESERVE];
} ih_reserve;

/* A code of no case, and a key for each part, in the transaction that is
 * open.  Caller owns the keys.  False: IH_BUSY, IH_SYSTEM. */
bool
ih_reserve_take(struct ih_registry *registry, char code[static IH_CODE_TEXT],
    struct ih_secret *keys[static IH_PARTS], struct ih_error *err);
void ih_reserve_free(struct ih_reserve *reserve); /* NULL is fine */

#endif
