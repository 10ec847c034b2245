/* This is where a passphrase leads to the keys, and to nothing else. */
#include <stdio.h>
#include <string.h>

#include "ihala/digest.h"
#include "ihala/passphrase.h"
#include "query.h"

#define USER_CONTEXT "ihala user 1"
#define FIRST_USER "office"
#define OFFICE_SECRETS "ihala kept secrets 1"

const char *const ih_compartment_names[IH_COMPARTMENTS] = {
	[IH_HOLD_IDENTITY] = "identity",
	[IH_HOLD_FACTS] = "facts",
	[IH_HOLD_STATISTICS] = "statistics",
	[IH_HOLD_AUDIT] = "audit",
	[IH_HOLD_OFFICE] = "office",
};

/* What a user's sealed key opens to. */
struct identity {
	unsigned char private[IH_KEY];
	unsigned char setup[IH_DIGEST];
};

_Static_assert(sizeof(struct identity) == IH_KEY + IH_DIGEST, "no padding");

/*
 * Wrapping does not say who wrapped, so whoever writes to the disk could put
 * compartments of its own in place of ours and read what is sealed to them
 * later.  Therefore the digest of all that must not change is sealed with
 * each user's key.
 */
static void
setup_digest(const struct ih_registry *registry,
    unsigned char digest[static IH_DIGEST])
{
	IH_OWNED(ih_buffer) bytes = ih_buffer_new();

	ih_buffer_printf(bytes, "ihala-setup-1\n%s\n%s\n%d\n", registry->id,
	    registry->committee, registry->training);
	ih_buffer_add(bytes, registry->signer, IH_SIGN_PUBLIC);
	for (int i = 0; i < IH_COMPARTMENTS; i++)
		ih_buffer_add(bytes, registry->public[i], IH_WRAP_PUBLIC);
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

static struct ih_buffer *
seal_user(const struct ih_registry *registry, const char *passphrase,
    const struct ih_secret *private, struct ih_error *err)
{
	IH_OWNED(ih_secret) both = ih_secret_new(sizeof(struct identity));
	struct identity *identity = (struct identity *)(void *)both->bytes;

	memcpy(identity->private, private->bytes, IH_KEY);
	setup_digest(registry, identity->setup);
	return ih_passphrase_seal(passphrase, cost(registry), USER_CONTEXT,
	    both->bytes, both->size, err);
}

/* ---- a new registry */

static bool
add_user(struct ih_registry *registry, const unsigned char *public,
    const struct ih_buffer *sealed, struct ih_error *err)
{
	return ih_run(registry->keys, err,
	    "INSERT INTO user (name, public, sealed)"
	    " VALUES (:name, :public, :sealed)",
	    ih_text(":name", registry->user),
	    ih_bytes(":public", public, IH_WRAP_PUBLIC),
	    ih_bytes(":sealed", sealed->data, sealed->size));
}

static bool
add_compartment(struct ih_registry *registry, enum ih_compartment at,
    const unsigned char *user, struct ih_error *err)
{
	const char *name = ih_compartment_names[at];
	char context[64];

	holding_context(at, context);
	IH_OWNED(ih_buffer)
	wrapped = ih_wrap(user, context, registry->private[at], err);
	return wrapped != NULL &&
	       ih_run(registry->keys, err,
		   "INSERT INTO compartment (name, public)"
		   " VALUES (:name, :public)",
		   ih_text(":name", name),
		   ih_bytes(":public", registry->public[at], IH_WRAP_PUBLIC)) &&
	       ih_run(registry->keys, err,
		   "INSERT INTO holding (compartment, user, wrapped)"
		   " VALUES (:name, :user, :wrapped)",
		   ih_text(":name", name), ih_text(":user", registry->user),
		   ih_bytes(":wrapped", wrapped->data, wrapped->size));
}

bool
ih_keys_init(struct ih_registry *registry, const char *passphrase,
    struct ih_error *err)
{
	unsigned char public[IH_WRAP_PUBLIC];

	snprintf(registry->user, sizeof registry->user, "%s", FIRST_USER);
	for (int i = 0; i < IH_COMPARTMENTS; i++) {
		registry->private[i] = ih_wrap_new(registry->public[i], err);
		if (registry->private[i] == NULL)
			return false;
	}
	/* The ledger's key is one of what each user's key is bound to. */
	if (!ih_ledger_init(registry, err))
		return false;
	IH_OWNED(ih_secret) private = ih_wrap_new(public, err);
	if (private == NULL)
		return false;
	IH_OWNED(ih_buffer)
	sealed = seal_user(registry, passphrase, private, err);
	if (sealed == NULL || !add_user(registry, public, sealed, err))
		return false;
	for (int i = 0; i < IH_COMPARTMENTS; i++)
		if (!add_compartment(registry, (enum ih_compartment)i, public,
			err))
			return false;
	return true;
}

/* ---- unlocking */

static bool
load_compartments(struct ih_registry *registry, struct ih_error *err)
{
	for (int i = 0; i < IH_COMPARTMENTS; i++) {
		IH_OWNED(sqlite3_stmt)
		rows = ih_ask(registry->keys, err,
		    "SELECT public FROM compartment WHERE name = :name",
		    ih_text(":name", ih_compartment_names[i]));

		if (rows == NULL)
			return false;
		if (!ih_row(rows, err))
			return err->kind != IH_NONE ?
				   false :
				   ih_fail(err, IH_TRUST,
				       "keys.db: a compartment is missing");
		ih_column_bytes(rows, 0, registry->public[i], IH_WRAP_PUBLIC);
	}
	return true;
}

/* The user's own key, if the passphrase opens it and nothing was replaced. */
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
	both = ih_passphrase_open(passphrase, cost(registry), USER_CONTEXT,
	    sqlite3_column_blob(rows, 0), (size_t)sqlite3_column_bytes(rows, 0),
	    err);
	if (both == NULL)
		return NULL;
	setup_digest(registry, digest);
	if (both->size != sizeof(struct identity) ||
	    memcmp(both->bytes + IH_KEY, digest, IH_DIGEST) != 0) {
		ih_fail(err, IH_TRUST,
		    "registry: its setup or a compartment was replaced");
		return NULL;
	}
	return ih_secret_copy(both->bytes, IH_KEY);
}

/* One compartment's key, if this user holds it. */
static bool
unlock_compartment(struct ih_registry *registry, const struct ih_secret *user,
    enum ih_compartment at, struct ih_error *err)
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
	    ih_unwrap(user, context, sqlite3_column_blob(rows, 0),
		(size_t)sqlite3_column_bytes(rows, 0), err);
	if (registry->private[at] == NULL ||
	    !ih_wrap_public(registry->private[at], public, err))
		return ih_fail_in(err, "keys.db: holding");
	return memcmp(public, registry->public[at], sizeof public) == 0 ||
	       ih_fail(err, IH_TRUST, "keys.db: a holding was replaced");
}

bool
ih_keys_unlock(struct ih_registry *registry, const char *passphrase,
    struct ih_error *err)
{
	snprintf(registry->user, sizeof registry->user, "%s", FIRST_USER);
	if (!load_compartments(registry, err))
		return false;
	IH_OWNED(ih_secret) user = open_user(registry, passphrase, err);
	if (user == NULL)
		return false;
	for (int i = 0; i < IH_COMPARTMENTS; i++)
		if (!unlock_compartment(registry, user, (enum ih_compartment)i,
			err))
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
	IH_OWNED(ih_secret) user = open_user(registry, old, err);
	if (user == NULL)
		return false;
	IH_OWNED(ih_buffer)
	sealed = seal_user(registry, new_passphrase, user, err);
	IH_OWNED(ih_transaction)
	all = sealed != NULL ? ih_transaction_begin(registry, err) : NULL;
	return all != NULL &&
	       ih_ledger_add(registry, IH_ACT_KEEP, "passphrase", NULL, err) &&
	       ih_run(registry->keys, err,
		   "UPDATE user SET sealed = :sealed WHERE name = :name",
		   ih_bytes(":sealed", sealed->data, sealed->size),
		   ih_text(":name", registry->user)) &&
	       ih_transaction_commit(all, err);
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

bool
ih_registry_keep(struct ih_registry *registry, const char *name,
    const void *bytes, size_t size, struct ih_error *err)
{
	struct ih_hash digest = { 0 };

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
	       ih_run(registry->keys, err,
		   "INSERT INTO kept (name, sealed) VALUES (:name, :sealed)"
		   " ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed",
		   ih_text(":name", name),
		   ih_bytes(":sealed", sealed->data, sealed->size)) &&
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

struct ih_secret *
ih_keys_of_case(struct ih_registry *registry, const char *code,
    enum ih_part part, struct ih_error *err)
{
	char context[64];
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->keys, err,
	    "SELECT wrapped FROM case_key WHERE code = :code AND part = :part",
	    ih_text(":code", code),
	    ih_text(":part", ih_compartment_names[part]));

	if (rows == NULL ||
	    !ih_keys_hold(registry, (enum ih_compartment)part, err))
		return NULL;
	if (!ih_row(rows, err)) {
		if (err->kind == IH_NONE)
			ih_fail(err, IH_ABSENT,
			    "keys.db: the key of this part is gone");
		return NULL;
	}
	case_context(code, part, context);
	return ih_unwrap(registry->private[part], context,
	    sqlite3_column_blob(rows, 0), (size_t)sqlite3_column_bytes(rows, 0),
	    err);
}

static bool
add_case_key(struct ih_registry *registry, const char *code, enum ih_part part,
    const struct ih_secret *key, struct ih_error *err)
{
	char context[64];

	case_context(code, part, context);
	IH_OWNED(ih_buffer)
	wrapped = ih_wrap(registry->public[part], context, key, err);
	return wrapped != NULL &&
	       ih_run(registry->keys, err,
		   "INSERT INTO case_key (code, part, wrapped)"
		   " VALUES (:code, :part, :wrapped)",
		   ih_text(":code", code),
		   ih_text(":part", ih_compartment_names[part]),
		   ih_bytes(":wrapped", wrapped->data, wrapped->size));
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
		if (new_keys[i] != NULL &&
		    !add_case_key(registry, code, (enum ih_part)i, new_keys[i],
			err))
			return false;
	return true;
}

static bool
begin_keys(struct ih_registry *registry, struct ih_error *err)
{
	/* Of a transaction around a smaller one cases may be pending. */
	return in_keys(registry, "BEGIN IMMEDIATE", err) &&
	       (registry->depth > 1 || settle(registry, err));
}

bool
ih_keys_for_case(struct ih_registry *registry, const char *code,
    const bool wanted[static IH_PARTS],
    struct ih_secret *new_keys[static IH_PARTS], struct ih_error *err)
{
	for (int i = 0; i < IH_PARTS; i++)
		if (wanted[i] && (new_keys[i] = ih_key_new(err)) == NULL)
			return false;
	/* Whoever is here holds the write lock of registry.db: there is one
	 * order, registry.db before keys.db, and so no deadlock.  Both are
	 * committed with the outermost transaction, the keys first: many
	 * cases in one are as many waits for the disk as one case. */
	if (sqlite3_get_autocommit(registry->keys) != 0 &&
	    !begin_keys(registry, err))
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
