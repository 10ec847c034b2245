/*
 * roster.h - the signed list of users and compartments, as the registry reads
 * and writes it.  What it promises is said in user.h.
 *
 * Its canonical bytes, with a TAB between fields and a LF after each line:
 *
 *	ihala-roster-1
 *	registry ID
 *	generation NUMBER
 *	previous SHA-256 OF THE ONE BEFORE
 *	recovery PUBLIC			of the officers together; 0: none
 *	compartment NAME PUBLIC current|stale		each, in order
 *	user NAME STATE ROLE,... BY PUBLIC SIGNER	as they came
 */
#ifndef IHALA_REGISTRY_ROSTER_H
#define IHALA_REGISTRY_ROSTER_H

#include "ihala/user.h"
#include "query.h"

struct ih_member {
	struct ih_user user;
	unsigned char public[IH_WRAP_PUBLIC]; /* keys are wrapped to it */
	unsigned char signer[IH_SIGN_PUBLIC]; /* generations are signed by it */
};

typedef struct ih_roster {
	int64_t generation; /* from 1 */
	struct ih_hash previous;
	unsigned char recovery[IH_SIGN_PUBLIC]; /* zero: no set was made */
	struct {
		unsigned char public[IH_WRAP_PUBLIC];
		bool stale; /* somebody who left holds it */
	} compartment[IH_COMPARTMENTS];
	size_t count;
	struct ih_member members[IH_USERS_MAX];
} ih_roster;

/* Who signs for the officers who recover an account together. */
#define IH_RECOVERY_USER "recovery"

struct ih_roster *ih_roster_new(void);
void ih_roster_free(struct ih_roster *roster); /* NULL is fine */

/* Does one of ROLES hold the key of COMPARTMENT? */
bool ih_roles_hold(ih_role_set roles, enum ih_compartment compartment);

/* NULL: nobody has that name. */
struct ih_member *ih_roster_find(struct ih_roster *roster, const char *name);
size_t ih_roster_active(const struct ih_roster *roster);

void ih_roster_write(const struct ih_roster *roster, const char *registry,
    struct ih_buffer *out);
struct ih_hash
ih_roster_digest(const struct ih_roster *roster, const char *registry);

/* Read every generation in keys.db and check each signature and each change;
 * the caller owns the last.  FIRST: the key that signed the first.
 * NULL: IH_TRUST, IH_SYSTEM. */
struct ih_roster *ih_roster_load(struct ih_registry *registry,
    unsigned char first[static IH_SIGN_PUBLIC], struct ih_error *err);

/* The same, held to who is known to have signed the first, and to what was
 * last entered in the ledger.  NULL: as above. */
struct ih_roster *
ih_roster_entered(const struct ih_registry *registry, struct ih_error *err);

/* In a transaction of both files, where nobody else changes it: go on with the
 * roster as it is now, if the registry's user is in it as before and the keys
 * that are held here are still those of it.  False: IH_STATE
 * (E_ROSTER_CHANGED), IH_TRUST (also where it went back), IH_SYSTEM. */
bool ih_roster_follow(struct ih_registry *registry, struct ih_error *err);

/* The next generation, signed by the registry's user, into keys.db: refused
 * as it would be on reading.  ROSTER's generation and previous are set here.
 * False: IH_STATE, IH_DENIED, IH_SYSTEM. */
bool ih_roster_add(struct ih_registry *registry, struct ih_roster *roster,
    struct ih_error *err);

/*
 * A change of the roster, in a transaction of both files: the keys first, then
 * the entry that says so.  If the program ends in between, whoever opens the
 * registry next enters it (ih_users_settle()).
 *
 *	struct ih_roster_edit made = { 0 };
 *	IH_OWNED(ih_roster_edit) edit = &made;
 *	return ih_roster_begin(registry, edit, err) && ... edit->roster ... &&
 *	       ih_roster_finish(edit, "admit", name, err);
 */
typedef struct ih_roster_edit {
	struct ih_registry *registry;
	struct ih_transaction *all;
	struct ih_roster *roster; /* to be the next generation */
} ih_roster_edit;

bool ih_roster_begin(struct ih_registry *registry, struct ih_roster_edit *edit,
    struct ih_error *err);
/* WHAT was done and to whom are in the ledger's entry. */
bool ih_roster_finish(struct ih_roster_edit *edit, const char *what,
    const char *name, struct ih_error *err);
void ih_roster_edit_end(struct ih_roster_edit *edit); /* what it holds */

IH_OWNER(ih_roster, ih_roster_free)
IH_OWNER(ih_roster_edit, ih_roster_edit_end)

#endif
