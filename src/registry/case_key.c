/* This is where the key of each part of a case is wrapped to whoever may read
 * it. */
#include <stdio.h>
#include <string.h>

#include "roster.h"

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
ih_keys_wrap_case(struct ih_registry *registry, struct ih_wrapper *wrapper,
    const char *code, enum ih_part part, const char *holder,
    const unsigned char *public, const struct ih_secret *key,
    struct ih_error *err)
{
	char context[64];

	case_context(code, part, context);
	IH_OWNED(ih_buffer) wrapped =
	    ih_wrapper_wrap(wrapper, public, context, key, err);
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
add_case_key(struct ih_registry *registry, struct ih_wrapper *wrapper,
    const char *code, enum ih_part part, const struct ih_secret *key,
    struct ih_error *err)
{
	char own[IH_HOLDER_TEXT];
	const struct ih_member *me =
	    ih_roster_find(registry->roster, registry->user);

	ih_keys_holder(registry->user, own);
	return ih_keys_wrap_case(registry, wrapper, code, part,
		   ih_compartment_names[part], registry->public[part], key,
		   err) &&
	       (part == IH_STATISTICS ||
		   ih_keys_wrap_case(registry, wrapper, code, part,
		       ih_compartment_names[IH_HOLD_EMERGENCY],
		       registry->public[IH_HOLD_EMERGENCY], key, err)) &&
	       (registry->private[part] != NULL ||
		   ih_keys_wrap_case(registry, wrapper, code, part, own,
		       me->public, key, err));
}

struct ih_secret *
ih_keys_own(struct ih_registry *registry, const char *code, enum ih_part part,
    struct ih_error *err)
{
	char own[IH_HOLDER_TEXT];

	ih_keys_holder(registry->user, own);
	return unwrap_case_key(registry, code, part, own, registry->self, err);
}

/* Does the case, the request or the draft exist, as far as this transaction
 * sees? */
static bool
is_there(struct ih_registry *registry, const char *code, bool *there,
    struct ih_error *err)
{
	int64_t count = 0;

	if (!ih_count(registry->db, err, &count,
		"SELECT (SELECT count(*) FROM case_file WHERE code = :code)"
		" + (SELECT count(*) FROM request WHERE code = :code)"
		" + (SELECT count(*) FROM draft WHERE code = :code)",
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
write_case_keys(struct ih_registry *registry, struct ih_wrapper *wrapper,
    const char *code, struct ih_secret *new_keys[static IH_PARTS],
    struct ih_error *err)
{
	if (!ih_run(registry->keys, err,
		"INSERT OR IGNORE INTO pending (code) VALUES (:code)",
		ih_text(":code", code)))
		return false;
	for (int i = 0; i < IH_PARTS; i++)
		if (!add_case_key(registry, wrapper, code, (enum ih_part)i,
			new_keys[i], err))
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
	/* Nothing is wrapped to a key that was made anew meanwhile.  Of a
	 * transaction around a smaller one cases may be pending. */
	return in_keys(registry, "BEGIN IMMEDIATE", err) &&
	       ih_roster_follow(registry, err) &&
	       (registry->depth > 1 || settle(registry, err));
}

bool
ih_keys_for_case(struct ih_registry *registry, struct ih_wrapper *wrapper,
    const char *code, struct ih_secret *new_keys[static IH_PARTS],
    struct ih_error *err)
{
	for (int i = 0; i < IH_PARTS; i++)
		if ((new_keys[i] = ih_key_new(err)) == NULL)
			return false;
	if (!ih_keys_begin(registry, err))
		return false;
	return write_case_keys(registry, wrapper, code, new_keys, err);
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

/* ---- wrapped anew */

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

/* Row by row: a cursor over rows that change under it may meet them twice. */
bool
ih_keys_rewrap(struct ih_registry *registry, const char *holder,
    const struct ih_secret *old, const unsigned char *public,
    struct ih_error *err)
{
	char code[IH_CODE_TEXT] = "", name[16] = "";
	IH_OWNED(ih_wrapper) wrapper = ih_wrapper_new(err);

	while (wrapper != NULL) {
		IH_OWNED(sqlite3_stmt)
		rows = next_wrapped(registry, holder, code, name, err);
		if (rows == NULL || !ih_row(rows, err))
			return err->kind == IH_NONE;
		ih_column_text(rows, 0, code, sizeof code);
		ih_column_text(rows, 1, name, sizeof name);
		IH_OWNED(ih_secret)
		key = old != NULL ?
			  unwrap_case_key(registry, code, part_of(name), holder,
			      old, err) :
			  ih_keys_of_case(registry, code, part_of(name), err);
		if (key == NULL || !ih_keys_wrap_case(registry, wrapper, code,
				       part_of(name), holder, public, key, err))
			return false;
	}
	return false;
}
