/*
 * registry.h - the cases of one office, in one folder.
 *
 * The folder holds registry.db (rows without names, and sealed content) and
 * keys.db (every key, sealed or wrapped; backed up apart, so that a key
 * destroyed is gone from both).  Content can be read by whoever holds a
 * passphrase that leads to the right key, and by no one else whatever the
 * program does:
 *
 *	passphrase -> key of the user -> key of a compartment
 *	           -> key of one part of one case -> content
 *
 * Compartments: identity, facts, statistics, audit (the ledger's signing
 * key), office (the keys with which the office signs and receives), index
 * (under which what is looked for is found without being kept), emergency
 * (access.h).  Which of them a user holds follows from their roles (role.h);
 * who the users are, from the roster (user.h).
 *
 * Without a passphrase a registry is locked: rows, messages, partners and
 * the ledger can be listed and verified, nothing can be read or written.
 * Each act of a person or partner is entered in the ledger (ledger.h) in the
 * same transaction.  A write that meets another one waits twenty seconds,
 * then says IH_BUSY.
 *
 * A registry is for training or not, for ever.  A training registry takes
 * only training interviews, and its passphrase is protected at a lower cost:
 * it holds invented people.
 *
 * Source: src/README.md "The registry".
 */
#ifndef IHALA_REGISTRY_H
#define IHALA_REGISTRY_H

#include <stdbool.h>
#include <stddef.h>

#include "ihala/buffer.h"
#include "ihala/error.h"
#include "ihala/id.h"
#include "ihala/library.h"
#include "ihala/owned.h"
#include "ihala/world.h"

enum { IH_USER_TEXT = 65 }; /* with the NUL */

typedef struct ih_registry ih_registry;

struct ih_registry_setup {
	const char *committee; /* code of the committee: "MA" */
	bool training;
	const char *passphrase; /* at least IH_PASSPHRASE_LEAST characters */
};

/*
 * Make a registry in FOLDER, which must not exist or be empty.  It appears
 * whole or not at all.  One user, "office", who has every role, to let in the
 * others and then be revoked.
 * False: IH_STATE (something is there), IH_USAGE (E_PASSPHRASE_SHORT, a
 * committee that is not two or three of A-Z), IH_SYSTEM.
 */
bool ih_registry_init(const char *folder, const struct ih_registry_setup *setup,
    const struct ih_world *world, struct ih_error *err);

struct ih_login {
	const char *user; /* NULL: the only one who was let in */
	const char *passphrase;
};

/*
 * Open it as the user of LOGIN; NULL: locked.  LIBRARY (for the lifecycle of
 * cases; NULL where no case is added or moved) and WORLD are borrowed until it
 * is closed.  Caller owns. NULL: IH_ABSENT (no registry there), IH_DENIED
 * (E_PASSPHRASE; E_USER_WAITING: not admitted yet; E_USER_REVOKED), IH_USAGE
 * (E_USER_NEEDED), IH_STATE (another program made it; others can read the
 * folder; locked, and of an older format: E_REGISTRY_OLDER), IH_INPUT
 * (E_REGISTRY_FORMAT: of a newer one), IH_TRUST (files of two registries, or
 * a file was replaced), IH_SYSTEM.
 */
struct ih_registry *ih_registry_open(const char *folder,
    const struct ih_login *login, struct ih_library *library,
    const struct ih_world *world, struct ih_error *err);
void ih_registry_close(struct ih_registry *registry); /* NULL is fine */

/* The same, for one more owner, who closes it too. */
struct ih_registry *ih_registry_again(struct ih_registry *registry);

/*
 * May it be used on, by whoever holds it open for long?  Where somebody else
 * was let in or revoked since, it goes on with the roster of now, held to the
 * ledger as on opening.  False: IH_STATE (E_ROSTER_CHANGED: its user was
 * revoked or given other keys, keys that are held here were made anew, or a
 * change was cut off before it was entered: it must be opened anew), IH_TRUST
 * (the roster was forged or went back), IH_BUSY (somebody is changing it just
 * now: ask again, and do nothing until then), IH_SYSTEM.
 */
bool ih_registry_is_current(struct ih_registry *registry, struct ih_error *err);

/* Borrowed from the registry. */
const char *ih_registry_committee(const struct ih_registry *registry);
const char *ih_registry_user(const struct ih_registry *registry);
bool ih_registry_is_training(const struct ih_registry *registry);
bool ih_registry_is_locked(const struct ih_registry *registry);

/* May an interview that is TRAINING or not come in?  False: IH_STATE,
 * E_TRAINING (training into the real registry) or E_NOT_TRAINING. */
bool ih_registry_admits(const struct ih_registry *registry, bool training,
    struct ih_error *err);

/*
 * Small secrets of the office (its signing and receiving keys), sealed under
 * the compartment "office" in keys.db.  NAME is an id ("signing-key"); one
 * that is there is replaced.  At most IH_KEPT_MAX bytes.
 */
#define IH_KEPT_MAX ((size_t)1 << 20) /* bytes: a key and its certificate */
bool ih_registry_keep(struct ih_registry *registry, const char *name,
    const void *bytes, size_t size, struct ih_error *err);
/* Caller owns.  NULL: IH_ABSENT, IH_DENIED (locked), IH_TRUST. */
struct ih_buffer *ih_registry_kept(struct ih_registry *registry,
    const char *name, struct ih_error *err);

/* Seal the user's key under another passphrase.  False: IH_DENIED if OLD is
 * wrong, IH_USAGE if the new one is too short. */
bool ih_registry_rekey(struct ih_registry *registry, const char *old,
    const char *new_passphrase, struct ih_error *err);

/*
 * Several writes as one: all of them or none.
 *
 *	IH_OWNED(ih_transaction) all = ih_transaction_begin(registry, &err);
 *	...
 *	return ih_transaction_commit(all, &err);
 *
 * Rolled back when it goes out of scope without a commit.  One inside
 * another is committed with the outer one.  NULL: IH_BUSY, IH_DENIED
 * (locked), IH_SYSTEM.
 */
typedef struct ih_transaction ih_transaction;
struct ih_transaction *
ih_transaction_begin(struct ih_registry *registry, struct ih_error *err);
bool
ih_transaction_commit(struct ih_transaction *transaction, struct ih_error *err);
void ih_transaction_end(struct ih_transaction *transaction); /* frees */

IH_OWNER(ih_registry, ih_registry_close)
IH_OWNER(ih_transaction, ih_transaction_end)

#endif
