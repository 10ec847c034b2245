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

/* ---- letting in */

static struct ih_member *
find(struct ih_roster_edit *edit, const char *name, struct ih_error *err)
{
	struct ih_member *member = ih_roster_find(edit->roster, name);

	if (member == NULL)
		ih_fail_code(err, IH_ABSENT, "E_USER_UNKNOWN", "%s", "");
	return member;
}

/* A new member at the roster's end. */
static bool
make_member(struct ih_roster_edit *edit, const char *name, ih_role_set roles,
    const char *passphrase, struct ih_error *err)
{
	struct ih_roster *roster = edit->roster;
	struct ih_member *member = &roster->members[roster->count++];

	member->user =
	    (struct ih_user){ .state = IH_REGISTERED, .roles = roles };
	snprintf(member->user.name, sizeof member->user.name, "%s", name);
	snprintf(member->user.by, sizeof member->user.by, "%s",
	    edit->registry->user);
	return ih_keys_make_user(edit->registry, member, passphrase, err);
}

bool
ih_user_register(struct ih_registry *registry, const char *name,
    ih_role_set roles, const char *passphrase, struct ih_error *err)
{
	struct ih_roster_edit made = { 0 };

	if (!ih_registry_may(registry, IH_MAY_REGISTER, NULL, err))
		return false;
	if (!ih_is_name(name) || strcmp(name, IH_RECOVERY_USER) == 0)
		return ih_fail_code(err, IH_USAGE, "E_USER_NAME", "%s", "");
	if (!ih_roles_agree(roles))
		return ih_fail_code(err, IH_USAGE, "E_USER_ROLES", "%s", "");
	IH_OWNED(ih_roster_edit) edit = &made;
	if (!ih_roster_begin(registry, edit, err))
		return false;
	if (ih_roster_find(edit->roster, name) != NULL ||
	    edit->roster->count == IH_USERS_MAX)
		return ih_fail_code(err, IH_USAGE, "E_USER_NAME", "%s", "");
	return make_member(edit, name, roles, passphrase, err) &&
	       ih_roster_finish(edit, "register", name, err);
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
	struct ih_roster_edit made = { 0 };
	struct ih_member *member;

	if (!ih_registry_may(registry, IH_MAY_ADMIT, NULL, err))
		return false;
	IH_OWNED(ih_roster_edit) edit = &made;
	if (!ih_roster_begin(registry, edit, err) ||
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
	return ih_roster_finish(edit, "admit", name, err);
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

/* Is there an action that nobody else can do for the whole office? */
static bool
is_alone(const struct ih_roster *roster, const struct ih_member *first)
{
	ih_role_set others = 0;

	for (size_t i = 0; i < roster->count; i++)
		if (roster->members[i].user.state == IH_ACTIVE &&
		    &roster->members[i] != first)
			others |= roster->members[i].user.roles;
	for (int a = 0; a < IH_ACTIONS; a++)
		if (ih_roles_reach(others, (enum ih_action)a) !=
		    IH_WHOLE_OFFICE)
			return true;
	return false;
}

bool
ih_user_handover(struct ih_registry *registry, enum ih_handover *what,
    char name[static IH_USER_TEXT], struct ih_error *err)
{
	unsigned char key[IH_SIGN_PUBLIC];
	IH_OWNED(ih_roster) roster = ih_roster_load(registry, key, err);
	const struct ih_member *first;

	if (roster == NULL)
		return false;
	first = &roster->members[0];
	snprintf(name, IH_USER_TEXT, "%s", first->user.name);
	if (first->user.state != IH_ACTIVE)
		*what = IH_HANDED_OVER;
	else if (is_needed(roster, first) || is_alone(roster, first))
		*what = IH_LET_IN_OTHERS;
	else
		*what = IH_REVOKE_FIRST;
	return true;
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
	struct ih_roster_edit made = { 0 };
	struct ih_member *member;
	bool was_active;

	if (!ih_registry_may(registry, IH_MAY_REGISTER, NULL, err))
		return false;
	IH_OWNED(ih_roster_edit) edit = &made;
	if (!ih_roster_begin(registry, edit, err) ||
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
	return forget(registry, name, err) &&
	       ih_roster_finish(edit, "revoke", name, err);
}

/* What is held in memory is not what stands on the disk: nothing more is done
 * with it.  Always false. */
static bool
lock(struct ih_registry *registry)
{
	registry->roles = 0;
	return false;
}

bool
ih_user_rotate(struct ih_registry *registry, size_t *count,
    struct ih_error *err)
{
	struct ih_roster_edit made = { 0 };
	unsigned char before[IH_COMPARTMENTS][IH_WRAP_PUBLIC];

	*count = 0;
	if (!ih_registry_may(registry, IH_MAY_ADMIT, NULL, err))
		return false;
	IH_OWNED(ih_roster_edit) edit = &made;
	if (!ih_roster_begin(registry, edit, err))
		return false;
	memcpy(before, registry->public, sizeof before);
	for (int i = 0; i < IH_COMPARTMENTS; i++) {
		if (!edit->roster->compartment[i].stale ||
		    registry->private[i] == NULL)
			continue;
		if (!ih_keys_renew(registry, (enum ih_compartment)i,
			edit->roster, err))
			return lock(registry);
		++*count;
	}
	return *count == 0 ||
	       (ih_recovery_follow(registry, before, err) &&
		   ih_roster_finish(edit, "rotate", "", err)) ||
	       lock(registry);
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
