/*
 * keys.h - the keys of a registry: whose they are, and what each leads to.
 *
 *	passphrase -> a user's own keys -> compartments -> parts of cases
 *	                                              \-> secrets of the office
 *
 * Source: NIST SP 800-57 part 1 rev. 5, 5.2 (a key, a purpose) and 6.2.2
 * (keys that protect keys).
 */
#ifndef IHALA_REGISTRY_KEYS_H
#define IHALA_REGISTRY_KEYS_H

#include <sqlite3.h>

#include "ihala/case.h"
#include "ihala/registry.h"
#include "ihala/wrap.h"

/* The first three are the compartments of the three parts of a case. */
enum ih_compartment {
	IH_HOLD_IDENTITY = IH_IDENTITY,
	IH_HOLD_FACTS = IH_FACTS,
	IH_HOLD_STATISTICS = IH_STATISTICS,
	IH_HOLD_AUDIT,
	IH_HOLD_OFFICE,
	IH_HOLD_INDEX,     /* of what is found again without being kept */
	IH_HOLD_EMERGENCY, /* a second way to the facts and the identity */
	IH_COMPARTMENTS
};

extern const char *const ih_compartment_names[IH_COMPARTMENTS];

struct ih_member; /* roster.h */
struct ih_roster; /* the same */

/* ---- users and compartments (keys.c) */

/* The keys of USER (NULL: the only one), from the passphrase.  False:
 * IH_DENIED, IH_TRUST; IH_USAGE (E_USER_NEEDED). */
bool ih_keys_unlock(struct ih_registry *registry, const char *user,
    const char *passphrase, struct ih_error *err);
/* What the roster says of the user whose own keys are open: roles, and the
 * compartments' keys.  False: IH_DENIED (E_USER_WAITING), IH_TRUST. */
bool ih_keys_take_place(struct ih_registry *registry, struct ih_error *err);
/* Fresh keys for a new registry, into its tables. */
bool ih_keys_init(struct ih_registry *registry, const char *passphrase,
    struct ih_error *err);

/* A user's keys: made, sealed under a passphrase, put in their place; and the
 * key of a compartment that we hold, handed over. */
bool ih_keys_make_user(struct ih_registry *registry, struct ih_member *member,
    const char *passphrase, struct ih_error *err);
bool ih_keys_give(struct ih_registry *registry, enum ih_compartment at,
    const struct ih_member *member, struct ih_error *err);
/* The key of a compartment as it is wrapped to HOLDER in ROW, column 0.
 * False: IH_TRUST. */
bool ih_keys_take(struct ih_registry *registry, enum ih_compartment at,
    const struct ih_secret *holder, const char *context, sqlite3_stmt *row,
    struct ih_error *err);
/* A new key for a compartment that we hold, and all that was under the old
 * one under it. */
bool ih_keys_renew(struct ih_registry *registry, enum ih_compartment at,
    struct ih_roster *roster, struct ih_error *err);

/* False: IH_DENIED, where COMPARTMENT is not held. */
bool ih_keys_hold(const struct ih_registry *registry,
    enum ih_compartment compartment, struct ih_error *err);
/* A key grown from KEY, or from that of a compartment, for one PURPOSE.
 * Caller owns.  NULL: IH_DENIED. */
struct ih_secret *
ih_keys_grown(const struct ih_secret *key, const char *purpose);
struct ih_secret *ih_keys_grow(const struct ih_registry *registry,
    enum ih_compartment compartment, const char *purpose, struct ih_error *err);

/* ---- cases (case_key.c) */

/* keys.db takes part in the transaction that is open. */
bool ih_keys_begin(struct ih_registry *registry, struct ih_error *err);

/* As a row of case_key names a user. */
enum { IH_HOLDER_TEXT = IH_USER_TEXT + 8 };
void ih_keys_holder(const char *user, char holder[static IH_HOLDER_TEXT]);
/* The key of one part, wrapped to HOLDER with the public key PUBLIC. */
bool ih_keys_wrap_case(struct ih_registry *registry, struct ih_wrapper *wrapper,
    const char *code, enum ih_part part, const char *holder,
    const unsigned char *public, const struct ih_secret *key,
    struct ih_error *err);
/* The key of one part.  NULL: IH_ABSENT, IH_DENIED, IH_TRUST. */
struct ih_secret *ih_keys_of_case(struct ih_registry *registry,
    const char *code, enum ih_part part, struct ih_error *err);
/* The same as it is wrapped to the registry's user alone.  NULL and no error:
 * it is not. */
struct ih_secret *ih_keys_own(struct ih_registry *registry, const char *code,
    enum ih_part part, struct ih_error *err);
/* Fresh keys for every part, in the transaction that is open: they are on the
 * disk before the case itself is. */
bool ih_keys_for_case(struct ih_registry *registry, struct ih_wrapper *wrapper,
    const char *code, struct ih_secret *new_keys[static IH_PARTS],
    struct ih_error *err);
/* Remove keys whose case never came to be. */
bool ih_keys_sweep(struct ih_registry *registry, struct ih_error *err);
/* Every key of a case that is wrapped to HOLDER, to the holder's new key
 * PUBLIC.  OLD: the one before; NULL: each is taken as its reader takes it. */
bool ih_keys_rewrap(struct ih_registry *registry, const char *holder,
    const struct ih_secret *old, const unsigned char *public,
    struct ih_error *err);

/* ---- secrets of the office (kept.c), and rows that are none: what
 * statistic.h keeps, under compartment "statistics" (packed.c) */

#define IH_KEPT_PACKED "packed rows" /* and a number: no secret has a space */

bool ih_packed_drop(struct ih_registry *registry, struct ih_error *err);

/* Sealed anew, when OLD is no longer the key of compartment "office". */
bool ih_kept_renew(struct ih_registry *registry, const struct ih_secret *old,
    struct ih_error *err);

#endif
