/*
 * user.h - who works in an office, and how each came to.
 *
 * The roster lists every user with their roles, state and public keys, and
 * the public keys of the compartments.  Each change makes a new generation,
 * signed with the key of the user who made it (Ed25519) and naming the digest
 * of the one before; the first is signed by the first user.  A user's sealed
 * key is bound to the first user's public key.  So whoever can write to the
 * disk can neither add a user nor put a compartment's key of their own in
 * place of ours, and a holder of keys cannot do what their role does not
 * allow without its being found when the registry is next opened.
 *
 * It takes two people to let somebody in: one who registers users gives the
 * name, the roles and a first passphrase; another, who holds the keys of
 * those roles, hands them over.  Until then a registered user can read
 * nothing.  Nobody lets in whom they registered themselves, except where the
 * office has but one user.
 *
 * Whoever is revoked cannot open the registry from that moment.  What they
 * copied before they may still hold; so the compartments that they held get
 * new keys (ih_user_rotate()), and what is sealed from then on is closed to
 * them.  Not renewed are the keys that everybody holds: that of the ledger,
 * which is watched over by whoever has seen a checkpoint, and that of the
 * blind indexes.
 *
 * Source: The Update Framework specification 1.0, section 5.3, for the chain
 * of generations; src/README.md "The registry".
 */
#ifndef IHALA_USER_H
#define IHALA_USER_H

#include <stdbool.h>
#include <stddef.h>

#include "ihala/registry.h"
#include "ihala/role.h"

#define IH_USERS_MAX                                                           \
	((size_t)1024) /* of an office, those who left included                \
			*/

enum ih_user_state { IH_REGISTERED, IH_ACTIVE, IH_REVOKED, IH_USER_STATES };
const char *ih_user_state_name(enum ih_user_state state); /* "active" */

struct ih_user {
	char name[IH_USER_TEXT];
	enum ih_user_state state;
	ih_role_set roles;
	char by[IH_USER_TEXT]; /* who registered them; "": the first user */
};

/* Register NAME: 1 to 64 of a-z A-Z 0-9 . _ -, never used here before; no
 * person's name, since it stands in the ledger.  False: IH_DENIED (E_ROLE),
 * IH_USAGE (E_USER_NAME, E_USER_ROLES, E_PASSPHRASE_SHORT). */
bool ih_user_register(struct ih_registry *registry, const char *name,
    ih_role_set roles, const char *passphrase, struct ih_error *err);

/* Hand a registered user the keys of the roles.  False: IH_ABSENT
 * (E_USER_UNKNOWN), IH_STATE (E_FOUR_EYES; E_USER_STATE: not waiting for it;
 * E_ANALYST: an analyst where there are cases), IH_DENIED (E_ROLE, E_NOT_HELD).
 */
bool ih_user_admit(struct ih_registry *registry, const char *name,
    struct ih_error *err);

/* From now on NAME cannot open the registry, and is given no key.  False: as
 * above; IH_STATE (E_USER_LAST: nobody else could then do their work). */
bool ih_user_revoke(struct ih_registry *registry, const char *name,
    struct ih_error *err);

/* New keys for every compartment that the caller holds and a revoked user
 * held since it was last renewed; *COUNT: how many.  Those that the caller
 * does not hold wait for one who does.  False: IH_DENIED (E_ROLE). */
bool ih_user_rotate(struct ih_registry *registry, size_t *count,
    struct ih_error *err);
/* How many compartments wait for that. */
size_t ih_user_stale(const struct ih_registry *registry);

/* The account that a registry begins with has every role, which is for letting
 * in the others and no longer: one person alone could then take a case from
 * beginning to end.  What is still to be done about it: */
enum ih_handover {
	IH_HANDED_OVER,   /* nothing: it is revoked */
	IH_LET_IN_OTHERS, /* there is work that nobody else can do */
	IH_REVOKE_FIRST   /* others can do all of it */
};
/* ... and the account's NAME.  Needs no key.  False: as ih_user_each(). */
bool ih_user_handover(struct ih_registry *registry, enum ih_handover *what,
    char name[static IH_USER_TEXT], struct ih_error *err);

/* All, as they were registered, until EACH says false.  Where the registry is
 * locked the roster is what the disk says. */
typedef bool ih_user_seen(const struct ih_user *user, void *with);
bool ih_user_each(struct ih_registry *registry, ih_user_seen *each, void *with,
    struct ih_error *err);

/* The roles of the user who opened the registry; 0: it is locked. */
ih_role_set ih_registry_roles(const struct ih_registry *registry);

/*
 * May this user do ACTION to the case CODE (NULL: to the office)?
 * False: IH_DENIED (E_PASSPHRASE: locked; E_ROLE, naming the action).
 */
bool ih_registry_may(struct ih_registry *registry, enum ih_action action,
    const char *code, struct ih_error *err);

#endif
