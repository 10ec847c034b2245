/* This is where a passphrase leads to the keys, and to nothing else. */
#include <stdio.h>
#include <string.h>

#include "ihala/digest.h"
#include "ihala/passphrase.h"
#include "roster.h"

#define USER_CONTEXT "ihala user 2"
#define FIRST_USER "office"

const char *const ih_compartment_names[IH_COMPARTMENTS] = {
	[IH_HOLD_IDENTITY] = "identity",
	[IH_HOLD_FACTS] = "facts",
	[IH_HOLD_STATISTICS] = "statistics",
	[IH_HOLD_AUDIT] = "audit",
	[IH_HOLD_OFFICE] = "office",
	[IH_HOLD_INDEX] = "index",
	[IH_HOLD_EMERGENCY] = "emergency",
};

/* What a user's sealed keys open to. */
struct identity {
	unsigned char private[IH_KEY]; /* X25519 */
	unsigned char hand[IH_KEY];    /* Ed25519 */
	unsigned char setup[IH_DIGEST];
};

_Static_assert(sizeof(struct identity) == 2 * IH_KEY + IH_DIGEST, "no padding");

/*
 * Whoever writes to the disk could put another roster in place of ours.
 * Therefore the digest of what never changes, the key that signed the first
 * generation among it, is sealed with each user's keys.
 */
static void
setup_digest(const struct ih_registry *registry,
    unsigned char digest[static IH_DIGEST])
{
	IH_OWNED(ih_buffer) bytes = ih_buffer_new();

	ih_buffer_printf(bytes, "ihala-setup-2\n%s\n%s\n%d\n", registry->id,
	    registry->committee, registry->training);
	ih_buffer_add(bytes, registry->signer, IH_SIGN_PUBLIC);
	ih_buffer_add(bytes, registry->first, IH_SIGN_PUBLIC);
	ih_digest(bytes->data, bytes->size, digest);
}

static void
holding_context(enum ih_compartment compartment, char context[static 64])
{
	snprintf(context, 64, "compartment %s",
	    ih_compartment_names[compartment]);
}

static struct ih_cost
cost(const struct ih_registry *registry)
{
	return registry->training ? IH_COST_TRAINING : IH_COST;
}

/* ---- a user's own keys */

static struct ih_buffer *
seal_user(const struct ih_registry *registry, const char *passphrase,
    const struct ih_secret *private, const struct ih_secret *hand,
    struct ih_error *err)
{
	IH_OWNED(ih_secret) all = ih_secret_new(sizeof(struct identity));
	struct identity *identity = (struct identity *)(void *)all->bytes;

	memcpy(identity->private, private->bytes, IH_KEY);
	memcpy(identity->hand, hand->bytes, IH_KEY);
	setup_digest(registry, identity->setup);
	return ih_passphrase_seal(passphrase, cost(registry), USER_CONTEXT,
	    all->bytes, all->size, err);
}

static bool
new_user(struct ih_member *member, struct ih_secret **private,
    struct ih_secret **hand, struct ih_error *err)
{
	*private = ih_wrap_new(member->public, err);
	*hand = *private != NULL ? ih_key_new(err) : NULL;
	return *hand != NULL && ih_sign_public(*hand, member->signer, err);
}

static bool
put_user(struct ih_registry *registry, const char *name,
    const struct ih_buffer *sealed, struct ih_error *err)
{
	return ih_run(registry->keys, err,
	    "INSERT INTO user (name, sealed) VALUES (:name, :sealed)"
	    " ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed",
	    ih_text(":name", name),
	    ih_bytes(":sealed", sealed->data, sealed->size));
}

bool
ih_keys_make_user(struct ih_registry *registry, struct ih_member *member,
    const char *passphrase, struct ih_error *err)
{
	struct ih_secret *made[2] = { NULL, NULL };
	struct ih_buffer *sealed = NULL;
	bool done;

	if (new_user(member, &made[0], &made[1], err))
		sealed = seal_user(registry, passphrase, made[0], made[1], err);
	ih_secret_free(made[0]);
	ih_secret_free(made[1]);
	done = sealed != NULL &&
	       put_user(registry, member->user.name, sealed, err);
	ih_buffer_free(sealed);
	return done;
}

bool
ih_keys_give(struct ih_registry *registry, enum ih_compartment at,
    const struct ih_member *member, struct ih_error *err)
{
	char context[64];

	if (!ih_keys_hold(registry, at, err))
		return false;
	holding_context(at, context);
	IH_OWNED(ih_buffer)
	wrapped = ih_wrap(member->public, context, registry->private[at], err);
	return wrapped != NULL &&
	       ih_run(registry->keys, err,
		   "INSERT INTO holding (compartment, user, wrapped)"
		   " VALUES (:name, :user, :wrapped)"
		   " ON CONFLICT (compartment, user)"
		   " DO UPDATE SET wrapped = excluded.wrapped",
		   ih_text(":name", ih_compartment_names[at]),
		   ih_text(":user", member->user.name),
		   ih_bytes(":wrapped", wrapped->data, wrapped->size));
}

/* ---- a new registry */

static bool
make_compartments(struct ih_registry *registry, struct ih_roster *roster,
    struct ih_error *err)
{
	for (int i = 0; i < IH_COMPARTMENTS; i++) {
		registry->private[i] = ih_wrap_new(registry->public[i], err);
		if (registry->private[i] == NULL)
			return false;
		memcpy(roster->compartment[i].public, registry->public[i],
		    IH_WRAP_PUBLIC);
	}
	return true;
}

bool
ih_keys_init(struct ih_registry *registry, const char *passphrase,
    struct ih_error *err)
{
	IH_OWNED(ih_roster) roster = ih_roster_new();
	struct ih_member *first = &roster->members[0];

	snprintf(registry->user, sizeof registry->user, "%s", FIRST_USER);
	roster->count = 1;
	first->user =
	    (struct ih_user){ .state = IH_ACTIVE, .roles = IH_EVERY_ROLE };
	snprintf(first->user.name, sizeof first->user.name, "%s", FIRST_USER);
	if (!make_compartments(registry, roster, err) ||
	    !new_user(first, &registry->self, &registry->hand, err))
		return false;
	memcpy(registry->first, first->signer, IH_SIGN_PUBLIC);
	/* The ledger's key is one of what each user's keys are bound to. */
	if (!ih_ledger_init(registry, err))
		return false;
	IH_OWNED(ih_buffer)
	sealed = seal_user(registry, passphrase, registry->self, registry->hand,
	    err);
	if (sealed == NULL || !put_user(registry, FIRST_USER, sealed, err) ||
	    !ih_roster_add(registry, roster, err))
		return false;
	for (int i = 0; i < IH_COMPARTMENTS; i++)
		if (!ih_keys_give(registry, (enum ih_compartment)i, first, err))
			return false;
	return true;
}

/* ---- unlocking */

/* Who is not there is told what a wrong passphrase is told, and as late. */
static bool
turn_away(const struct ih_registry *registry, struct ih_error *err)
{
	struct ih_error unsaid = { 0 };

	ih_buffer_free(ih_passphrase_seal("what nobody types, for its time",
	    cost(registry), USER_CONTEXT, "", 1, &unsaid));
	return ih_fail_code(err, IH_DENIED, "E_PASSPHRASE", "%s", "");
}

/* The user who was named; or the only one who was let in. */
static bool
name_user(struct ih_registry *registry, const char *user, struct ih_error *err)
{
	const struct ih_roster *roster = registry->roster;
	const struct ih_user *found = NULL;

	if (user == NULL && ih_roster_active(roster) != 1)
		return ih_fail_code(err, IH_USAGE, "E_USER_NEEDED", "%s", "");
	for (size_t i = 0; i < roster->count; i++) {
		const struct ih_user *one = &roster->members[i].user;

		if (user != NULL ? strcmp(one->name, user) == 0 :
				   one->state == IH_ACTIVE)
			found = one;
	}
	if (found == NULL || found->state == IH_REVOKED)
		return turn_away(registry, err);
	snprintf(registry->user, sizeof registry->user, "%s", found->name);
	return true;
}

/* The user's own keys, if the passphrase opens them and nothing was
 * replaced. */
static struct ih_secret *
open_user(struct ih_registry *registry, const char *passphrase,
    struct ih_error *err)
{
	unsigned char digest[IH_DIGEST];
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->keys, err,
	    "SELECT sealed FROM user WHERE name = :name",
	    ih_text(":name", registry->user));

	if (rows == NULL)
		return NULL;
	if (!ih_row(rows, err)) {
		if (err->kind == IH_NONE)
			ih_fail(err, IH_TRUST, "keys.db: the user is missing");
		return NULL;
	}
	IH_OWNED(ih_secret)
	all = ih_passphrase_open(passphrase, cost(registry), USER_CONTEXT,
	    sqlite3_column_blob(rows, 0), (size_t)sqlite3_column_bytes(rows, 0),
	    err);
	if (all == NULL)
		return NULL;
	setup_digest(registry, digest);
	if (all->size != sizeof(struct identity) ||
	    memcmp(all->bytes + (size_t)2 * IH_KEY, digest, IH_DIGEST) != 0) {
		ih_fail(err, IH_TRUST,
		    "registry: its setup or its roster was replaced");
		return NULL;
	}
	return IH_GIVE(all);
}

static bool
take_user(struct ih_registry *registry, const char *passphrase,
    struct ih_error *err)
{
	IH_OWNED(ih_secret) all = open_user(registry, passphrase, err);

	if (all == NULL)
		return false;
	registry->self = ih_secret_copy(all->bytes, IH_KEY);
	registry->hand = ih_secret_copy(all->bytes + IH_KEY, IH_KEY);
	return true;
}

/* What the roster says of the user whose keys were opened. */
static bool
take_place(struct ih_registry *registry, struct ih_error *err)
{
	const struct ih_member *me =
	    ih_roster_find(registry->roster, registry->user);
	unsigned char public[IH_WRAP_PUBLIC], signer[IH_SIGN_PUBLIC];

	if (!ih_wrap_public(registry->self, public, err) ||
	    !ih_sign_public(registry->hand, signer, err))
		return false;
	if (me == NULL || memcmp(public, me->public, sizeof public) != 0 ||
	    memcmp(signer, me->signer, sizeof signer) != 0)
		return ih_fail(err, IH_TRUST, "keys.db: a user was replaced");
	if (me->user.state != IH_ACTIVE)
		return ih_fail_code(err, IH_DENIED, "E_USER_WAITING", "%s", "");
	registry->roles = me->user.roles;
	for (int i = 0; i < IH_COMPARTMENTS; i++)
		memcpy(registry->public[i],
		    registry -> roster -> compartment[i].public,
		    IH_WRAP_PUBLIC);
	return true;
}

bool
ih_keys_take(struct ih_registry *registry, enum ih_compartment at,
    const struct ih_secret *holder, const char *context, sqlite3_stmt *row,
    struct ih_error *err)
{
	unsigned char public[IH_WRAP_PUBLIC];

	ih_secret_free(registry->private[at]);
	registry->private[at] =
	    ih_unwrap(holder, context, sqlite3_column_blob(row, 0),
		(size_t)sqlite3_column_bytes(row, 0), err);
	if (registry->private[at] == NULL ||
	    !ih_wrap_public(registry->private[at], public, err))
		return ih_fail_in(err, "keys.db: holding");
	return memcmp(public, registry->public[at], sizeof public) == 0 ||
	       ih_fail(err, IH_TRUST, "keys.db: a holding was replaced");
}

/* One compartment's key, if this user holds it. */
static bool
unlock_compartment(struct ih_registry *registry, enum ih_compartment at,
    struct ih_error *err)
{
	char context[64];
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->keys, err,
	    "SELECT wrapped FROM holding"
	    " WHERE compartment = :name AND user = :user",
	    ih_text(":name", ih_compartment_names[at]),
	    ih_text(":user", registry->user));

	ih_secret_free(registry->private[at]);
	registry->private[at] = NULL;
	if (rows == NULL)
		return false;
	if (!ih_row(rows, err))
		return err->kind == IH_NONE;
	holding_context(at, context);
	return ih_keys_take(registry, at, registry->self, context, rows, err);
}

bool
ih_keys_take_place(struct ih_registry *registry, struct ih_error *err)
{
	if (!take_place(registry, err))
		return false;
	for (int i = 0; i < IH_COMPARTMENTS; i++)
		if (!unlock_compartment(registry, (enum ih_compartment)i, err))
			return false;
	return true;
}

static bool
unlock(struct ih_registry *registry, const char *user, const char *passphrase,
    struct ih_error *err)
{
	registry->roster = ih_roster_load(registry, registry->first, err);
	return registry->roster != NULL && name_user(registry, user, err) &&
	       take_user(registry, passphrase, err) &&
	       ih_keys_take_place(registry, err);
}

/* One view of keys.db: between the roster and the keys it speaks of somebody
 * may make new ones. */
bool
ih_keys_unlock(struct ih_registry *registry, const char *user,
    const char *passphrase, struct ih_error *err)
{
	struct ih_error ignored = { 0 };
	bool done = ih_run(registry->keys, err, "SAVEPOINT unlock", IH_NOTHING);

	if (!done)
		return false;
	done = unlock(registry, user, passphrase, err);
	return ih_run(registry->keys, &ignored, "RELEASE unlock", IH_NOTHING) &&
	       done;
}

bool
ih_registry_rekey(struct ih_registry *registry, const char *old,
    const char *new_passphrase, struct ih_error *err)
{
	if (ih_registry_is_locked(registry))
		return ih_fail_code(err, IH_DENIED, "E_PASSPHRASE",
		    "the registry is locked");
	IH_OWNED(ih_secret) all = open_user(registry, old, err);
	if (all == NULL)
		return false;
	IH_OWNED(ih_buffer)
	sealed = seal_user(registry, new_passphrase, registry->self,
	    registry->hand, err);
	IH_OWNED(ih_transaction)
	change = sealed != NULL ? ih_transaction_begin(registry, err) : NULL;
	return change != NULL &&
	       ih_ledger_add(registry, IH_ACT_KEEP, "passphrase", NULL, err) &&
	       put_user(registry, registry->user, sealed, err) &&
	       ih_transaction_commit(change, err);
}

/* ---- what follows from a compartment's key */

bool
ih_keys_hold(const struct ih_registry *registry,
    enum ih_compartment compartment, struct ih_error *err)
{
	if (registry->private[compartment] != NULL)
		return true;
	return ih_fail_code(err, IH_DENIED,
	    ih_registry_is_locked(registry) ? "E_PASSPHRASE" : "E_NOT_HELD",
	    "compartment %s", ih_compartment_names[compartment]);
}

struct ih_secret *
ih_keys_grown(const struct ih_secret *key, const char *purpose)
{
	struct ih_secret *grown = ih_secret_new(IH_KEY);

	ih_digest_keyed(key->bytes, key->size, purpose, strlen(purpose),
	    grown->bytes);
	return grown;
}

struct ih_secret *
ih_keys_grow(const struct ih_registry *registry,
    enum ih_compartment compartment, const char *purpose, struct ih_error *err)
{
	return ih_keys_hold(registry, compartment, err) ?
		   ih_keys_grown(registry->private[compartment], purpose) :
		   NULL;
}

/* ---- a compartment's key made anew */

static bool
give_to_all(struct ih_registry *registry, enum ih_compartment at,
    const struct ih_roster *roster, struct ih_error *err)
{
	for (size_t i = 0; i < roster->count; i++) {
		const struct ih_member *m = &roster->members[i];

		if (m->user.state == IH_ACTIVE &&
		    ih_roles_hold(m->user.roles, at) &&
		    !ih_keys_give(registry, at, m, err))
			return false;
	}
	return true;
}

bool
ih_keys_renew(struct ih_registry *registry, enum ih_compartment at,
    struct ih_roster *roster, struct ih_error *err)
{
	unsigned char public[IH_WRAP_PUBLIC];
	IH_OWNED(ih_secret) new_key = ih_wrap_new(public, err);
	IH_OWNED(ih_secret) old = registry->private[at];

	registry->private[at] = NULL;
	if (new_key == NULL || !ih_keys_rewrap(registry,
				   ih_compartment_names[at], old, public, err))
		return false;
	registry->private[at] = IH_GIVE(new_key);
	memcpy(registry->public[at], public, IH_WRAP_PUBLIC);
	memcpy(roster->compartment[at].public, public, IH_WRAP_PUBLIC);
	roster->compartment[at].stale = false;
	return (at != IH_HOLD_OFFICE || ih_kept_renew(registry, old, err)) &&
	       give_to_all(registry, at, roster, err);
}
