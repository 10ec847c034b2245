/* ihala user register|admit|revoke|rotate|passphrase|list - who works here. */
#include <string.h>

#include "command.h"
#include "ihala/user.h"
#include "listing.h"
#include "words_keys.h"

/* "case-worker,supervisor". */
static bool
read_roles(const struct request *request, ih_role_set *roles,
    struct ih_error *err)
{
	const char *rest = request->role != NULL ? request->role : "";

	*roles = 0;
	while (*rest != '\0') {
		size_t length = strcspn(rest, ",");
		enum ih_role role;
		char name[40];

		snprintf(name, sizeof name, "%.*s", (int)length, rest);
		if (!ih_role_parse(name, &role))
			return ih_fail_code(err, IH_USAGE, "E_USER_ROLES",
			    "--role");
		*roles |= IH_ROLE_BIT(role);
		rest += length + (rest[length] == ',');
	}
	return *roles != 0 ||
	       ih_fail_code(err, IH_USAGE, "E_USER_ROLES", "--role");
}

static bool
reg(struct request *request, struct ih_error *err)
{
	ih_role_set roles;

	if (!read_roles(request, &roles, err))
		return false;
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	IH_OWNED(ih_buffer)
	fresh = registry != NULL ? read_new_passphrase(request, err) : NULL;
	if (fresh == NULL || !ih_user_register(registry, request->words[0],
				 roles, (const char *)fresh->data, err))
		return false;
	say(request, W_DONE_USER_REGISTERED, IH_ARG(request->words[0]));
	return true;
}

static bool
admit(struct request *request, struct ih_error *err)
{
	IH_OWNED(ih_registry) registry = open_registry(request, err);

	if (registry == NULL ||
	    !ih_user_admit(registry, request->words[0], err))
		return false;
	say(request, W_DONE_USER_ADMITTED, IH_ARG(request->words[0]));
	return true;
}

static bool
revoke(struct request *request, struct ih_error *err)
{
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	size_t stale;

	if (registry == NULL ||
	    !ih_user_revoke(registry, request->words[0], err))
		return false;
	say(request, W_DONE_USER_REVOKED, IH_ARG(request->words[0]));
	stale = ih_user_stale(registry);
	if (stale > 0)
		say(request, W_DONE_USER_STALE, IH_NUM(stale));
	return true;
}

static bool
rotate(struct request *request, struct ih_error *err)
{
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	size_t count, stale;

	if (registry == NULL || !ih_user_rotate(registry, &count, err))
		return false;
	say(request, W_DONE_USER_ROTATED, IH_NUM(count));
	stale = ih_user_stale(registry);
	if (stale > 0)
		say(request, W_DONE_USER_STALE, IH_NUM(stale));
	return true;
}

static bool
passphrase(struct request *request, struct ih_error *err)
{
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	IH_OWNED(ih_buffer)
	old = registry != NULL ? read_passphrase(request, false, err) : NULL;
	IH_OWNED(ih_buffer)
	fresh = old != NULL ? read_new_passphrase(request, err) : NULL;

	if (fresh == NULL ||
	    !ih_registry_rekey(registry, (const char *)old->data,
		(const char *)fresh->data, err))
		return false;
	fprintf(stderr, "%s\n", word(request, W_DONE_USER_PASSPHRASE));
	return true;
}

static const struct column columns[] = {
	{ "user", W_COLUMN_USER, false },
	{ "state", W_COLUMN_STATE, false },
	{ "roles", W_COLUMN_ROLES, false },
	{ "by", W_COLUMN_BY, false },
};

static bool
list_one(const struct ih_user *user, void *with)
{
	char roles[160] = "";

	for (int r = 0; r < IH_ROLES; r++)
		if ((user->roles & IH_ROLE_BIT(r)) != 0)
			snprintf(roles + strlen(roles),
			    sizeof roles - strlen(roles), "%s%s",
			    roles[0] != '\0' ? "," : "",
			    ih_role_name((enum ih_role)r));
	LISTING_ADD((struct listing *)with, user->name,
	    ih_user_state_name(user->state), roles, user->by);
	return true;
}

static bool
list(struct request *request, struct ih_error *err)
{
	IH_OWNED(ih_registry) registry = open_registry_locked(request, err);
	struct listing listing = LISTING(request, "users", "user", columns);

	return registry != NULL &&
	       ih_user_each(registry, list_one, &listing, err) &&
	       listing_print(&listing, request, err) &&
	       remind_of_first(request, registry, err);
}

bool
cmd_user(struct request *request, struct ih_error *err)
{
	static const struct subcommand table[] = {
		{ "register", reg, 1, 1 },
		{ "admit", admit, 1, 1 },
		{ "revoke", revoke, 1, 1 },
		{ "rotate", rotate, 0, 0 },
		{ "passphrase", passphrase, 0, 0 },
		{ "list", list, 0, 0 },
	};

	return run_subcommand(table, sizeof table / sizeof table[0], request,
	    err);
}
