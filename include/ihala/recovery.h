/*
 * recovery.h - a way back into a registry whose passphrase is lost, which no
 * officer can go alone.
 *
 * Every compartment's key is also wrapped to a recovery key, whose private
 * half exists only as shares (share.h) in the hands of officers.  With enough
 * of them a user gets a new passphrase.  A new set of shares is a new recovery
 * key: the wrapped keys are written anew, and the shares of an earlier set
 * open nothing any more (but an earlier backup of keys.db still opens to
 * them: it is destroyed, or its 35 days are waited for).
 *
 * Whoever holds the disk could put a recovery key of his own in place of the
 * officers'.  So the set is signed with the ledger's key, to which each
 * user's sealed key is bound; and what only the officers' key opens says
 * which registry and which ledger's key it was made for, so that officers who
 * come back are not handed the compartments of somebody else.
 *
 * Source: src/README.md "The registry".
 */
#ifndef IHALA_RECOVERY_H
#define IHALA_RECOVERY_H

#include <stdbool.h>
#include <stdint.h>

#include "ihala/registry.h"
#include "ihala/share.h"

struct ih_recovery {
	unsigned set; /* the number on each share */
	unsigned shares, threshold;
	int64_t made; /* instant */
};

/* Hands the shares to the officers.  False: they did not get them all. */
typedef bool ih_recovery_given(const struct ih_shares *shares, void *with,
    struct ih_error *err);

/*
 * Make a recovery key of COUNT shares, THRESHOLD of which are needed.  GIVE
 * is called first: where it says false, nothing has changed and an earlier
 * set still works.  False: IH_DENIED (locked, or a compartment that this user
 * does not hold), IH_USAGE (count or threshold), IH_BUSY, IH_SYSTEM.
 */
bool ih_recovery_make(struct ih_registry *registry, unsigned count,
    unsigned threshold, ih_recovery_given *give, void *with,
    struct ih_error *err);

/* The set there is; a locked registry will do.  False: IH_ABSENT
 * (E_NO_RECOVERY), IH_TRUST (it was replaced). */
bool ih_recovery_get(struct ih_registry *registry, struct ih_recovery *recovery,
    struct ih_error *err);

/*
 * Give USER a new PASSPHRASE, with SHARES.  REGISTRY is opened without a
 * passphrase, and is locked afterwards.  The user holds what was held before
 * and nothing more.  False: IH_INPUT (the shares,
 * as ih_share_join()), IH_STATE (E_SHARE_OLD: an earlier set), IH_ABSENT (no
 * set was made; no such user), IH_TRUST (something was replaced), IH_USAGE
 * (E_PASSPHRASE_SHORT), and the registry is as it was.
 */
bool
ih_recovery_use(struct ih_registry *registry, const struct ih_shares *shares,
    const char *user, const char *passphrase, struct ih_error *err);

#endif
