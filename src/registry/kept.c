/* This is where the office keeps secrets that are not of a case. */
#include <string.h>

#include "ihala/digest.h"
#include "ihala/user.h"
#include "query.h"

#define SECRETS "ihala kept secrets 1"

static bool
put(struct ih_registry *registry, const char *name,
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
	key = ih_keys_grow(registry, IH_HOLD_OFFICE, SECRETS, err);
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
	       put(registry, name, sealed, err) &&
	       ih_transaction_commit(all, err);
}

struct ih_buffer *
ih_registry_kept(struct ih_registry *registry, const char *name,
    struct ih_error *err)
{
	IH_OWNED(ih_secret)
	key = ih_keys_grow(registry, IH_HOLD_OFFICE, SECRETS, err);
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

bool
ih_kept_renew(struct ih_registry *registry, const struct ih_secret *old,
    struct ih_error *err)
{
	char name[IH_USER_TEXT] = "";
	IH_OWNED(ih_secret) was = ih_keys_grown(old, SECRETS);
	IH_OWNED(ih_secret)
	is = ih_keys_grow(registry, IH_HOLD_OFFICE, SECRETS, err);

	/* Row by row: a cursor over rows that change under it may meet them
	 * twice. */
	while (is != NULL) {
		IH_OWNED(sqlite3_stmt)
		rows = ih_ask(registry->keys, err,
		    "SELECT name, sealed FROM kept WHERE name > :name"
		    " AND name NOT LIKE :packed || ' %'"
		    " ORDER BY name LIMIT 1",
		    ih_text(":name", name), ih_text(":packed", IH_KEPT_PACKED));
		if (rows == NULL || !ih_row(rows, err))
			return err->kind == IH_NONE;
		ih_column_text(rows, 0, name, sizeof name);
		IH_OWNED(ih_buffer)
		bytes = ih_seal_open(was->bytes, name, strlen(name),
		    sqlite3_column_blob(rows, 1),
		    (size_t)sqlite3_column_bytes(rows, 1), err);
		IH_OWNED(ih_buffer)
		sealed = bytes != NULL ? ih_seal(is->bytes, name, strlen(name),
					     bytes->data, bytes->size, err) :
					 NULL;
		if (sealed == NULL || !put(registry, name, sealed, err))
			return false;
	}
	return false;
}
