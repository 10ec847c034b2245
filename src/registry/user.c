/* This is where somebody is let into the office, and let go. */
#include "ihala/user.h"

#include <stdio.h>
#include <string.h>

#include "roster.h"

ih_role_set
ih_registry_roles(const struct ih_registry *registry)
{
	return registry->roles;
}

/* ---- a change of the roster: the keys first, then the entry that says so.
 * If the program ends in between, whoever opens the registry next enters it
 * (ih_users_settle()). */

typedef struct roster_edit {
	struct ih_registry *registry;
	struct ih_transaction *all;
	struct ih_roster *roster; /* to be the next generation */
} roster_edit;

static void
edit_end(struct roster_edit *edit)
{
	struct ih_error ignored = { 0 };
	sqlite3 *keys = edit->registry->keys;

	if (sqlite3_get_autocommit(keys) == 0)
		ih_run(keys, &ignored, "ROLLBACK", IH_NOTHING);
	ih_transaction_end(edit->all);
	ih_roster_free(edit->roster);
}

IH_OWNER(roster_edit, edit_end)

static bool
begin(struct ih_registry *registry, struct roster_edit *edit,
    struct ih_error *err)
{
	unsigned char first[IH_SIGN_PUBLIC];

	edit->registry = registry;
	edit->all = ih_transaction_begin(registry, err);
	if (edit->all == NULL ||
	    !ih_run(registry->keys, err, "BEGIN IMMEDIATE", IH_NOTHING))
		return false;
	/* As it is now: another user may have changed it since. */
	struct ih_roster *now = ih_roster_load(registry, first, err);
	if (now == NULL)
		return false;
	ih_roster_free(registry->roster);
	registry->roster = now;
	edit->roster = ih_roster_new();
	*edit->roster = *now;
	return true;
}

/* In the ledger: what was done, to whom, and the roster's digest. */
static bool
enter(struct ih_registry *registry, const char *what, const char *name,
    const struct ih_roster *roster, struct ih_error *err)
{
	char subject[IH_SUBJECT_TEXT];
	struct ih_hash digest = ih_roster_digest(roster, registry->id);

	snprintf(subject, sizeof subject, "%s%s%s", what,
	    name[0] != '\0' ? " " : "", name);
	return ih_ledger_add(registry, IH_ACT_USERS, subject, &digest, err);
}

static bool
finish(struct roster_edit *edit, const char *what, const char *name,
    struct ih_error *err)
{
	struct ih_registry *registry = edit->registry;

	if (!ih_roster_add(registry, edit->roster, err) ||
	    !enter(registry, what, name, edit->roster, err) ||
	    !ih_run(registry->keys, err, "COMMIT", IH_NOTHING) ||
	    !ih_transaction_commit(edit->all, err))
		return false;
	ih_roster_free(registry->roster);
	registry->roster = edit->roster;
	edit->roster = NULL;
	return true;
}

/* The digest of the roster that was last entered; *THERE: was one? */
static bool
last_entered(struct ih_registry *registry, struct ih_hash *digest, bool *there,
    struct ih_error *err)
{
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err,
	    "SELECT digest FROM ledger WHERE act = 'users'"
	    " ORDER BY at DESC LIMIT 1",
	    IH_NOTHING);

	if (rows == NULL)
		return false;
	*there = ih_row(rows, err);
	if (*there)
		ih_column_bytes(rows, 0, digest->bytes, IH_DIGEST);
	return err->kind == IH_NONE;
}

bool
ih_users_settle(struct ih_registry *registry, struct ih_error *err)
{
	const struct ih_roster *roster = registry->roster;
	struct ih_hash now = ih_roster_digest(roster, registry->id);
	struct ih_hash entered = { 0 };
	bool there = false;

	if (!last_entered(registry, &entered, &there, err))
		return false;
	if (there ? ih_hash_is(&entered, &now) : roster->generation == 1)
		return true;
	if (there ? ih_hash_is(&entered, &roster->previous) :
		    roster->generation == 2)
		return enter(registry, "settle", "", roster, err);
	return ih_fail(err, IH_TRUST,
	    "keys.db: the roster is not the one last entered in the ledger");
}

/* ---- letting in */

static struct ih_member *
find(struct roster_edit *edit, const char *name, struct ih_error *err)
{
	struct ih_member *member = ih_roster_find(edit->roster, name);

	if (member == NULL)
		ih_fail_code(err, IH_ABSENT, "E_USER_UNKNOWN", "%s", "");
	return member;
}

/* A new member at the roster's end; the sealed keys.  NULL: why. */
static struct ih_buffer *
make_member(struct roster_edit *edit, const char *name, ih_role_set roles,
    const char *passphrase, struct ih_error *err)
{
	struct ih_roster *roster = edit->roster;
	struct ih_member *member = &roster->members[roster->count];
	struct ih_secret *made[2] = { NULL, NULL };
	struct ih_buffer *sealed = NULL;

	member->user =
	    (struct ih_user){ .state = IH_REGISTERED, .roles = roles };
	snprintf(member->user.name, sizeof member->user.name, "%s", name);
	snprintf(member->user.by, sizeof member->user.by, "%s",
	    edit->registry->user);
	roster->count++;
	if (ih_keys_new_user(member, &made[0], &made[1], err))
		sealed = ih_keys_seal_user(edit->registry, passphrase, made[0],
		    made[1], err);
	ih_secret_free(made[0]);
	ih_secret_free(made[1]);
	return sealed;
}

bool
ih_user_register(struct ih_registry *registry, const char *name,
    ih_role_set roles, const char *passphrase, struct ih_error *err)
{
	struct roster_edit made = { 0 };

	if (!ih_registry_may(registry, IH_MAY_REGISTER, NULL, err))
		return false;
	if (!ih_is_name(name))
		return ih_fail_code(err, IH_USAGE, "E_USER_NAME", "%s", "");
	if (!ih_roles_agree(roles))
		return ih_fail_code(err, IH_USAGE, "E_USER_ROLES", "%s", "");
	IH_OWNED(roster_edit) edit = &made;
	if (!begin(registry, edit, err))
		return false;
	if (ih_roster_find(edit->roster, name) != NULL ||
	    edit->roster->count == IH_USERS_MAX)
		return ih_fail_code(err, IH_USAGE, "E_USER_NAME", "%s", "");
	IH_OWNED(ih_buffer)
	sealed = make_member(edit, name, roles, passphrase, err);
	return sealed != NULL &&
	       ih_keys_put_user(registry, name, sealed, err) &&
	       finish(edit, "register", name, err);
}

/* An analyst holds the office's keys, which open case files: so only where
 * there are none. */
static bool
has_place(struct ih_registry *registry, ih_role_set roles, struct ih_error *err)
{
	int64_t cases = 0;

	if ((roles & IH_ROLE_BIT(IH_ANALYST)) == 0)
		return true;
	return ih_count(registry->db, err, &cases,
		   "SELECT count(*) FROM case_file", IH_NOTHING) &&
	       (cases == 0 ||
		   ih_fail_code(err, IH_STATE, "E_ANALYST", "%s", ""));
}

bool
ih_user_admit(struct ih_registry *registry, const char *name,
    struct ih_error *err)
{
	struct roster_edit made = { 0 };
	struct ih_member *member;

	if (!ih_registry_may(registry, IH_MAY_ADMIT, NULL, err))
		return false;
	IH_OWNED(roster_edit) edit = &made;
	if (!begin(registry, edit, err) ||
	    (member = find(edit, name, err)) == NULL ||
	    !has_place(registry, member->user.roles, err))
		return false;
	if (member->user.state != IH_REGISTERED)
		return ih_fail_code(err, IH_STATE, "E_USER_STATE", "%s",
		    ih_user_state_name(member->user.state));
	member->user.state = IH_ACTIVE;
	for (int i = 0; i < IH_COMPARTMENTS; i++)
		if (ih_roles_hold(member->user.roles, (enum ih_compartment)i) &&
		    !ih_keys_give(registry, (enum ih_compartment)i, member,
			err))
			return false;
	return finish(edit, "admit", name, err);
}

/* ---- letting go */

/* Somebody else can let people in and out, and holds what LEAVER holds. */
static bool
is_needed(const struct ih_roster *roster, const struct ih_member *leaver)
{
	bool held[IH_COMPARTMENTS] = { false }, registers = false;

	for (size_t i = 0; i < roster->count; i++) {
		const struct ih_user *user = &roster->members[i].user;

		if (user->state != IH_ACTIVE || &roster->members[i] == leaver)
			continue;
		registers |= ih_roles_reach(user->roles, IH_MAY_REGISTER) ==
			     IH_WHOLE_OFFICE;
		for (int c = 0; c < IH_COMPARTMENTS; c++)
			held[c] |=
			    ih_roles_hold(user->roles, (enum ih_compartment)c);
	}
	for (int c = 0; c < IH_COMPARTMENTS; c++)
		if (!held[c] && c != IH_HOLD_EMERGENCY &&
		    ih_roles_hold(leaver->user.roles, (enum ih_compartment)c))
			return true;
	return !registers;
}

static bool
forget(struct ih_registry *registry, const char *name, struct ih_error *err)
{
	char holder[IH_HOLDER_TEXT];

	ih_keys_holder(name, holder);
	return ih_run(registry->keys, err,
		   "DELETE FROM case_key WHERE holder = :holder",
		   ih_text(":holder", holder)) &&
	       ih_run(registry->keys, err,
		   "DELETE FROM holding WHERE user = :user",
		   ih_text(":user", name)) &&
	       ih_run(registry->keys, err,
		   "DELETE FROM user WHERE name = :user",
		   ih_text(":user", name));
}

/* Is the key of COMPARTMENT made anew when a holder leaves?  Not those that
 * everybody holds: see user.h. */
static bool
is_renewed(enum ih_compartment compartment)
{
	return compartment != IH_HOLD_AUDIT && compartment != IH_HOLD_INDEX;
}

bool
ih_user_revoke(struct ih_registry *registry, const char *name,
    struct ih_error *err)
{
	struct roster_edit made = { 0 };
	struct ih_member *member;
	bool was_active;

	if (!ih_registry_may(registry, IH_MAY_REGISTER, NULL, err))
		return false;
	IH_OWNED(roster_edit) edit = &made;
	if (!begin(registry, edit, err) ||
	    (member = find(edit, name, err)) == NULL)
		return false;
	was_active = member->user.state == IH_ACTIVE;
	if (member->user.state == IH_REVOKED)
		return ih_fail_code(err, IH_STATE, "E_USER_STATE", "%s",
		    ih_user_state_name(IH_REVOKED));
	if (was_active && is_needed(edit->roster, member))
		return ih_fail_code(err, IH_STATE, "E_USER_LAST", "%s", "");
	member->user.state = IH_REVOKED;
	for (int i = 0; i < IH_COMPARTMENTS; i++)
		edit->roster->compartment[i].stale |=
		    was_active && is_renewed((enum ih_compartment)i) &&
		    ih_roles_hold(member->user.roles, (enum ih_compartment)i);
	return forget(registry, name, err) && finish(edit, "revoke", name, err);
}

bool
ih_user_rotate(struct ih_registry *registry, size_t *count,
    struct ih_error *err)
{
	struct roster_edit made = { 0 };

	*count = 0;
	if (!ih_registry_may(registry, IH_MAY_ADMIT, NULL, err))
		return false;
	IH_OWNED(roster_edit) edit = &made;
	if (!begin(registry, edit, err))
		return false;
	for (int i = 0; i < IH_COMPARTMENTS; i++) {
		if (!edit->roster->compartment[i].stale ||
		    registry->private[i] == NULL)
			continue;
		if (!ih_keys_renew(registry, (enum ih_compartment)i,
			edit->roster, err))
			return false;
		++*count;
	}
	return *count == 0 || finish(edit, "rotate", "", err);
}

size_t
ih_user_stale(const struct ih_registry *registry)
{
	size_t count = 0;

	for (int i = 0; registry->roster != NULL && i < IH_COMPARTMENTS; i++)
		count += registry->roster->compartment[i].stale;
	return count;
}

bool
ih_user_each(struct ih_registry *registry, ih_user_seen *each, void *with,
    struct ih_error *err)
{
	unsigned char first[IH_SIGN_PUBLIC];
	IH_OWNED(ih_roster) roster = ih_roster_load(registry, first, err);

	if (roster == NULL)
		return false;
	for (size_t i = 0; i < roster->count; i++)
		if (!each(&roster->members[i].user, with))
			break;
	return true;
}
