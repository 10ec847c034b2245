/* This is where a passphrase leads to the keys, and to nothing else. */
#include <stdio.h>
#include <string.h>

#include "ihala/digest.h"
#include "ihala/passphrase.h"
#include "roster.h"

#define USER_CONTEXT "ihala user 2"
#define FIRST_USER "office"
#define OFFICE_SECRETS "ihala kept secrets 1"

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

struct ih_buffer *
ih_keys_seal_user(const struct ih_registry *registry, const char *passphrase,
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

bool
ih_keys_new_user(struct ih_member *member, struct ih_secret **private,
    struct ih_secret **hand, struct ih_error *err)
{
	*private = ih_wrap_new(member->public, err);
	*hand = *private != NULL ? ih_key_new(err) : NULL;
	return *hand != NULL && ih_sign_public(*hand, member->signer, err);
}

bool
ih_keys_put_user(struct ih_registry *registry, const char *name,
    const struct ih_buffer *sealed, struct ih_error *err)
{
	return ih_run(registry->keys, err,
	    "INSERT INTO user (name, sealed) VALUES (:name, :sealed)"
	    " ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed",
	    ih_text(":name", name),
	    ih_bytes(":sealed", sealed->data, sealed->size));
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
	    !ih_keys_new_user(first, &registry->self, &registry->hand, err))
		return false;
	memcpy(registry->first, first->signer, IH_SIGN_PUBLIC);
	/* The ledger's key is one of what each user's keys are bound to. */
	if (!ih_ledger_init(registry, err))
		return false;
	IH_OWNED(ih_buffer)
	sealed = ih_keys_seal_user(registry, passphrase, registry->self,
	    registry->hand, err);
	if (sealed == NULL ||
	    !ih_keys_put_user(registry, FIRST_USER, sealed, err) ||
	    !ih_roster_add(registry, roster, err))
		return false;
	for (int i = 0; i < IH_COMPARTMENTS; i++)
		if (!ih_keys_give(registry, (enum ih_compartment)i, first, err))
			return false;
	return true;
}

/* ---- unlocking */

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
	/* Who is not there is told what a wrong passphrase is told. */
	if (found == NULL || found->state == IH_REVOKED)
		return ih_fail_code(err, IH_DENIED, "E_PASSPHRASE", "%s", "");
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

/* One compartment's key, if this user holds it. */
static bool
unlock_compartment(struct ih_registry *registry, enum ih_compartment at,
    struct ih_error *err)
{
	char context[64];
	unsigned char public[IH_WRAP_PUBLIC];
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->keys, err,
	    "SELECT wrapped FROM holding"
	    " WHERE compartment = :name AND user = :user",
	    ih_text(":name", ih_compartment_names[at]),
	    ih_text(":user", registry->user));

	if (rows == NULL)
		return false;
	if (!ih_row(rows, err))
		return err->kind == IH_NONE;
	holding_context(at, context);
	registry->private[at] =
	    ih_unwrap(registry->self, context, sqlite3_column_blob(rows, 0),
		(size_t)sqlite3_column_bytes(rows, 0), err);
	if (registry->private[at] == NULL ||
	    !ih_wrap_public(registry->private[at], public, err))
		return ih_fail_in(err, "keys.db: holding");
	return memcmp(public, registry->public[at], sizeof public) == 0 ||
	       ih_fail(err, IH_TRUST, "keys.db: a holding was replaced");
}

bool
ih_keys_unlock(struct ih_registry *registry, const char *user,
    const char *passphrase, struct ih_error *err)
{
	registry->roster = ih_roster_load(registry, registry->first, err);
	if (registry->roster == NULL || !name_user(registry, user, err) ||
	    !take_user(registry, passphrase, err) || !take_place(registry, err))
		return false;
	for (int i = 0; i < IH_COMPARTMENTS; i++)
		if (!unlock_compartment(registry, (enum ih_compartment)i, err))
			return false;
	return true;
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
	sealed = ih_keys_seal_user(registry, new_passphrase, registry->self,
	    registry->hand, err);
	IH_OWNED(ih_transaction)
	change = sealed != NULL ? ih_transaction_begin(registry, err) : NULL;
	return change != NULL &&
	       ih_ledger_add(registry, IH_ACT_KEEP, "passphrase", NULL, err) &&
	       ih_keys_put_user(registry, registry->user, sealed, err) &&
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
ih_keys_grow(const struct ih_registry *registry,
    enum ih_compartment compartment, const char *purpose, struct ih_error *err)
{
	struct ih_secret *grown;

	if (!ih_keys_hold(registry, compartment, err))
		return NULL;
	grown = ih_secret_new(IH_KEY);
	ih_digest_keyed(registry->private[compartment] -> bytes, IH_KEY,
	    purpose, strlen(purpose), grown -> bytes);
	return grown;
}

/* ---- secrets of the office */

static bool
put_kept(struct ih_registry *registry, const char *name,
    const struct ih_buffer *sealed, struct ih_error *err)
{
	return ih_run(registry->keys, err,
	    "INSERT INTO kept (name, sealed) VALUES (:name, :sealed)"
	    " ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed",
	    ih_text(":name", name),
	    ih_bytes(":sealed", sealed->data, sealed->size));
}

bool
ih_registry_keep(struct ih_registry *registry, const char *name,
    const void *bytes, size_t size, struct ih_error *err)
{
	struct ih_hash digest = { 0 };

	if (!ih_registry_may(registry, IH_MAY_EXCHANGE, NULL, err))
		return false;
	if (!ih_is_name(name) || size > IH_KEPT_MAX)
		return ih_fail(err, IH_INPUT,
		    "registry: a name or a size that cannot be kept");
	IH_OWNED(ih_secret)
	key = ih_keys_grow(registry, IH_HOLD_OFFICE, OFFICE_SECRETS, err);
	if (key == NULL)
		return false;
	IH_OWNED(ih_buffer)
	sealed = ih_seal(key->bytes, name, strlen(name), bytes, size, err);
	if (sealed == NULL)
		return false;
	ih_digest(sealed->data, sealed->size, digest.bytes);
	IH_OWNED(ih_transaction) all = ih_transaction_begin(registry, err);
	return all != NULL &&
	       ih_ledger_add(registry, IH_ACT_KEEP, name, &digest, err) &&
	       put_kept(registry, name, sealed, err) &&
	       ih_transaction_commit(all, err);
}

struct ih_buffer *
ih_registry_kept(struct ih_registry *registry, const char *name,
    struct ih_error *err)
{
	IH_OWNED(ih_secret)
	key = ih_keys_grow(registry, IH_HOLD_OFFICE, OFFICE_SECRETS, err);
	IH_OWNED(sqlite3_stmt)
	rows = key == NULL ? NULL :
			     ih_ask(registry->keys, err,
				 "SELECT sealed FROM kept WHERE name = :name",
				 ih_text(":name", name));

	if (rows == NULL)
		return NULL;
	if (!ih_row(rows, err)) {
		if (err->kind == IH_NONE)
			ih_fail(err, IH_ABSENT,
			    "registry: no such secret is kept");
		return NULL;
	}
	return ih_seal_open(key->bytes, name, strlen(name),
	    sqlite3_column_blob(rows, 0), (size_t)sqlite3_column_bytes(rows, 0),
	    err);
}

/* ---- keys of cases */

static void
case_context(const char *code, enum ih_part part, char context[static 64])
{
	snprintf(context, 64, "case-key %.11s %s", code,
	    ih_compartment_names[part]);
}

void
ih_keys_holder(const char *user, char holder[static IH_HOLDER_TEXT])
{
	snprintf(holder, IH_HOLDER_TEXT, "user %s", user);
}

/* The part's key as it is wrapped to HOLDER, whose key is PRIVATE.  NULL and
 * no error: it is not. */
static struct ih_secret *
unwrap_case_key(struct ih_registry *registry, const char *code,
    enum ih_part part, const char *holder, const struct ih_secret *private,
    struct ih_error *err)
{
	char context[64];
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->keys, err,
	    "SELECT wrapped FROM case_key"
	    " WHERE code = :code AND part = :part AND holder = :holder",
	    ih_text(":code", code),
	    ih_text(":part", ih_compartment_names[part]),
	    ih_text(":holder", holder));

	if (rows == NULL || !ih_row(rows, err))
		return NULL;
	case_context(code, part, context);
	return ih_unwrap(private, context, sqlite3_column_blob(rows, 0),
	    (size_t)sqlite3_column_bytes(rows, 0), err);
}

/* In the order in which they are tried: the compartment of the part, the user
 * whom the case was given, and what is kept for an emergency. */
struct ih_secret *
ih_keys_of_case(struct ih_registry *registry, const char *code,
    enum ih_part part, struct ih_error *err)
{
	char own[IH_HOLDER_TEXT];
	const struct {
		const char *holder;
		const struct ih_secret *private;
	} ways[] = {
		{ ih_compartment_names[part], registry->private[part] },
		{ own, registry->self },
		{ ih_compartment_names[IH_HOLD_EMERGENCY],
		    registry->private[IH_HOLD_EMERGENCY] },
	};
	int64_t count = 0;

	ih_keys_holder(registry->user, own);
	err->kind = IH_NONE;
	for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
		if (ways[i].private == NULL)
			continue;
		struct ih_secret *key = unwrap_case_key(registry, code, part,
		    ways[i].holder, ways[i].private, err);

		if (key != NULL || err->kind != IH_NONE)
			return key;
	}
	if (!ih_count(registry->keys, err, &count,
		"SELECT count(*) FROM case_key"
		" WHERE code = :code AND part = :part",
		ih_text(":code", code),
		ih_text(":part", ih_compartment_names[part])))
		return NULL;
	if (count == 0)
		ih_fail(err, IH_ABSENT,
		    "keys.db: the key of this part is gone");
	else
		ih_keys_hold(registry, (enum ih_compartment)part, err);
	return NULL;
}

bool
ih_keys_wrap_case(struct ih_registry *registry, const char *code,
    enum ih_part part, const char *holder, const unsigned char *public,
    const struct ih_secret *key, struct ih_error *err)
{
	char context[64];

	case_context(code, part, context);
	IH_OWNED(ih_buffer) wrapped = ih_wrap(public, context, key, err);
	return wrapped != NULL &&
	       ih_run(registry->keys, err,
		   "INSERT INTO case_key (code, part, holder, wrapped)"
		   " VALUES (:code, :part, :holder, :wrapped)"
		   " ON CONFLICT (code, part, holder)"
		   " DO UPDATE SET wrapped = excluded.wrapped",
		   ih_text(":code", code),
		   ih_text(":part", ih_compartment_names[part]),
		   ih_text(":holder", holder),
		   ih_bytes(":wrapped", wrapped->data, wrapped->size));
}

/* Wrapped to its compartment; for an emergency, but for the coded row; and to
 * the user who makes it, where the role reads only its own. */
static bool
add_case_key(struct ih_registry *registry, const char *code, enum ih_part part,
    const struct ih_secret *key, struct ih_error *err)
{
	char own[IH_HOLDER_TEXT];
	const struct ih_member *me =
	    ih_roster_find(registry->roster, registry->user);

	ih_keys_holder(registry->user, own);
	return ih_keys_wrap_case(registry, code, part,
		   ih_compartment_names[part], registry->public[part], key,
		   err) &&
	       (part == IH_STATISTICS ||
		   ih_keys_wrap_case(registry, code, part,
		       ih_compartment_names[IH_HOLD_EMERGENCY],
		       registry->public[IH_HOLD_EMERGENCY], key, err)) &&
	       (registry->private[part] != NULL ||
		   ih_keys_wrap_case(registry, code, part, own, me->public, key,
		       err));
}

/* Does the case exist, as far as this transaction sees? */
static bool
is_there(struct ih_registry *registry, const char *code, bool *there,
    struct ih_error *err)
{
	int64_t count = 0;

	if (!ih_count(registry->db, err, &count,
		"SELECT count(*) FROM case_file WHERE code = :code",
		ih_text(":code", code)))
		return false;
	*there = count > 0;
	return true;
}

/* Pending keys whose case is there are pending no longer; those whose case is
 * not are keys of nothing; those of an erasure wait for ih_erase_keys().
 * Nobody else may be adding now. */
static bool
settle(struct ih_registry *registry, struct ih_error *err)
{
	IH_OWNED(sqlite3_stmt)
	rows =
	    ih_ask(registry->keys, err, "SELECT code FROM pending", IH_NOTHING);
	char code[IH_CODE_TEXT];
	bool there = false, erased = false;

	if (rows == NULL)
		return false;
	while (ih_row(rows, err)) {
		ih_column_text(rows, 0, code, sizeof code);
		if (!is_there(registry, code, &there, err) ||
		    !ih_erase_was(registry, code, &erased, err))
			return false;
		if (!there && !ih_run(registry->keys, err,
				  "DELETE FROM case_key WHERE code = :code",
				  ih_text(":code", code)))
			return false;
		if (!erased && !ih_run(registry->keys, err,
				   "DELETE FROM pending WHERE code = :code",
				   ih_text(":code", code)))
			return false;
	}
	return err->kind == IH_NONE;
}

static bool
in_keys(struct ih_registry *registry, const char *sql, struct ih_error *err)
{
	return ih_run(registry->keys, err, sql, IH_NOTHING);
}

static bool
write_case_keys(struct ih_registry *registry, const char *code,
    struct ih_secret *new_keys[static IH_PARTS], struct ih_error *err)
{
	if (!ih_run(registry->keys, err,
		"INSERT OR IGNORE INTO pending (code) VALUES (:code)",
		ih_text(":code", code)))
		return false;
	for (int i = 0; i < IH_PARTS; i++)
		if (!add_case_key(registry, code, (enum ih_part)i, new_keys[i],
			err))
			return false;
	return true;
}

/* Whoever is here holds the write lock of registry.db: there is one order,
 * registry.db before keys.db, and so no deadlock.  Both are committed with the
 * outermost transaction, the keys first: many cases in one are as many waits
 * for the disk as one case. */
bool
ih_keys_begin(struct ih_registry *registry, struct ih_error *err)
{
	if (sqlite3_get_autocommit(registry->keys) == 0)
		return true;
	/* Of a transaction around a smaller one cases may be pending. */
	return in_keys(registry, "BEGIN IMMEDIATE", err) &&
	       (registry->depth > 1 || settle(registry, err));
}

bool
ih_keys_for_case(struct ih_registry *registry, const char *code,
    struct ih_secret *new_keys[static IH_PARTS], struct ih_error *err)
{
	for (int i = 0; i < IH_PARTS; i++)
		if ((new_keys[i] = ih_key_new(err)) == NULL)
			return false;
	if (!ih_keys_begin(registry, err))
		return false;
	return write_case_keys(registry, code, new_keys, err);
}

bool
ih_keys_sweep(struct ih_registry *registry, struct ih_error *err)
{
	struct ih_error ignored = { 0 };
	IH_OWNED(ih_transaction) all = ih_transaction_begin(registry, err);

	if (all == NULL || !in_keys(registry, "BEGIN IMMEDIATE", err))
		return false;
	if (settle(registry, err) && in_keys(registry, "COMMIT", err))
		return true;
	if (sqlite3_get_autocommit(registry->keys) == 0)
		in_keys(registry, "ROLLBACK", &ignored);
	return false;
}

/* ---- a compartment's key made anew */

/* What is rewritten is asked for row by row: a cursor over rows that change
 * under it may meet them twice. */

static enum ih_part
part_of(const char *name)
{
	enum ih_part part = IH_FACTS;

	while (part < IH_STATISTICS &&
	       strcmp(name, ih_compartment_names[part]) != 0)
		part++;
	return part;
}

/* Code and part of the next key that is wrapped to HOLDER. */
static sqlite3_stmt *
next_wrapped(struct ih_registry *registry, const char *holder, const char *code,
    const char *part, struct ih_error *err)
{
	return ih_ask(registry->keys, err,
	    "SELECT code, part FROM case_key WHERE holder = :holder"
	    " AND (code, part) > (:code, :part) ORDER BY code, part LIMIT 1",
	    ih_text(":holder", holder), ih_text(":code", code),
	    ih_text(":part", part));
}

/* Every key of a case that is wrapped to a compartment, to its new key. */
static bool
rewrap_cases(struct ih_registry *registry, enum ih_compartment at,
    const struct ih_secret *old, const unsigned char *public,
    struct ih_error *err)
{
	const char *holder = ih_compartment_names[at];
	char code[IH_CODE_TEXT] = "", name[16] = "";

	for (;;) {
		IH_OWNED(sqlite3_stmt)
		rows = next_wrapped(registry, holder, code, name, err);
		if (rows == NULL || !ih_row(rows, err))
			return err->kind == IH_NONE;
		ih_column_text(rows, 0, code, sizeof code);
		ih_column_text(rows, 1, name, sizeof name);
		IH_OWNED(ih_secret)
		key = unwrap_case_key(registry, code, part_of(name), holder,
		    old, err);
		if (key == NULL || !ih_keys_wrap_case(registry, code,
				       part_of(name), holder, public, key, err))
			return false;
	}
}

/* The cases that were given to MEMBER, to the member's new key. */
bool
ih_keys_rewrap_user(struct ih_registry *registry,
    const struct ih_member *member, struct ih_error *err)
{
	char holder[IH_HOLDER_TEXT], code[IH_CODE_TEXT] = "", name[16] = "";

	ih_keys_holder(member->user.name, holder);
	for (;;) {
		IH_OWNED(sqlite3_stmt)
		rows = next_wrapped(registry, holder, code, name, err);
		if (rows == NULL || !ih_row(rows, err))
			return err->kind == IH_NONE;
		ih_column_text(rows, 0, code, sizeof code);
		ih_column_text(rows, 1, name, sizeof name);
		IH_OWNED(ih_secret)
		key = ih_keys_of_case(registry, code, part_of(name), err);
		if (key == NULL ||
		    !ih_keys_wrap_case(registry, code, part_of(name), holder,
			member->public, key, err))
			return false;
	}
}

/* What is sealed with a key grown from that of the office. */
static bool
reseal_kept(struct ih_registry *registry, const struct ih_secret *old,
    const struct ih_secret *new_key, struct ih_error *err)
{
	char name[IH_USER_TEXT] = "";

	for (;;) {
		IH_OWNED(sqlite3_stmt)
		rows = ih_ask(registry->keys, err,
		    "SELECT name, sealed FROM kept WHERE name > :name"
		    " ORDER BY name LIMIT 1",
		    ih_text(":name", name));
		if (rows == NULL || !ih_row(rows, err))
			return err->kind == IH_NONE;
		ih_column_text(rows, 0, name, sizeof name);
		IH_OWNED(ih_buffer)
		bytes = ih_seal_open(old->bytes, name, strlen(name),
		    sqlite3_column_blob(rows, 1),
		    (size_t)sqlite3_column_bytes(rows, 1), err);
		IH_OWNED(ih_buffer)
		sealed = bytes != NULL ?
			     ih_seal(new_key->bytes, name, strlen(name),
				 bytes->data, bytes->size, err) :
			     NULL;
		if (sealed == NULL || !put_kept(registry, name, sealed, err))
			return false;
	}
}

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
	IH_OWNED(ih_secret)
	sealer = ih_keys_grow(registry, at, OFFICE_SECRETS, err);
	IH_OWNED(ih_secret) old = registry->private[at];

	registry->private[at] = NULL;
	if (new_key == NULL || sealer == NULL ||
	    !rewrap_cases(registry, at, old, public, err))
		return false;
	registry->private[at] = IH_GIVE(new_key);
	memcpy(registry->public[at], public, IH_WRAP_PUBLIC);
	memcpy(roster->compartment[at].public, public, IH_WRAP_PUBLIC);
	roster->compartment[at].stale = false;
	IH_OWNED(ih_secret)
	resealer = ih_keys_grow(registry, at, OFFICE_SECRETS, err);
	return resealer != NULL &&
	       (at != IH_HOLD_OFFICE ||
		   reseal_kept(registry, sealer, resealer, err)) &&
	       give_to_all(registry, at, roster, err);
}
