/* This is where what was made of all rows is kept, until a case changes. */
#include <stdio.h>
#include <string.h>

#include "ihala/digest.h"
#include "same.h"

#define USE "ihala packed rows 1"
#define SLICE ((size_t)1 << 20) /* bytes of one row of the table */
#define NAME 40

/* How much of the ledger was counted, and its last leaf: another ledger (a
 * backup that was put back) may be as long. */
struct stamp {
	int64_t size;
	unsigned char leaf[IH_DIGEST];
};

static bool
leaf_at(struct ih_registry *registry, int64_t size, struct stamp *stamp,
    struct ih_error *err)
{
	IH_OWNED(sqlite3_stmt)
	row =
	    ih_ask(registry->db, err, "SELECT leaf FROM ledger WHERE at = :at",
		ih_number(":at", size - 1));

	*stamp = (struct stamp){ .size = 0 };
	if (row == NULL || !ih_row(row, err))
		return row != NULL && err->kind == IH_NONE;
	stamp->size = size;
	memcpy(stamp->leaf, sqlite3_column_blob(row, 0), IH_DIGEST);
	return true;
}

static bool
stamp_now(struct ih_registry *registry, struct stamp *stamp,
    struct ih_error *err)
{
	int64_t last = 0;

	return ih_count(registry->db, err, &last, "SELECT max(at) FROM ledger",
		   IH_NOTHING) &&
	       leaf_at(registry, last + 1, stamp, err);
}

/* Slice AT of what is sealed in slices; the last is shorter, or empty, so that
 * none can be left out. */
static void
slice_name(size_t at, char name[static NAME])
{
	snprintf(name, NAME, IH_KEPT_PACKED " %06zu", at);
}

static struct ih_buffer *
open_slice(const struct ih_secret *key, size_t at, sqlite3_stmt *row)
{
	struct ih_error refused = { .kind = IH_NONE };
	char name[NAME];

	slice_name(at, name);
	return ih_seal_open(key->bytes, name, strlen(name),
	    sqlite3_column_blob(row, 0), (size_t)sqlite3_column_bytes(row, 0),
	    &refused);
}

#define KEPT " FROM kept WHERE name > :name AND name < :name || '!'"

/* What was kept; NULL without an error: nothing, or under another key. */
static struct ih_buffer *
open_kept(struct ih_registry *registry, struct ih_error *err)
{
	IH_OWNED(ih_buffer) all = ih_buffer_new();
	IH_OWNED(ih_secret)
	key = ih_keys_grow(registry, IH_HOLD_STATISTICS, USE, err);
	IH_OWNED(sqlite3_stmt)
	row = key == NULL ?
		  NULL :
		  ih_ask(registry->keys, err,
		      "SELECT sealed, (SELECT sum(length(sealed))" KEPT ")" KEPT
		      " ORDER BY name",
		      ih_text(":name", IH_KEPT_PACKED));
	size_t size = SLICE;

	for (size_t at = 0; size == SLICE; at++) {
		if (row == NULL || !ih_row(row, err))
			return NULL;
		IH_OWNED(ih_buffer) slice = open_slice(key, at, row);
		if (slice == NULL)
			return NULL;
		if (at == 0)
			ih_buffer_reserve(all,
			    (size_t)sqlite3_column_int64(row, 1));
		ih_buffer_add(all, slice->data, slice->size);
		size = slice->size;
	}
	return IH_GIVE(all);
}

/* *ALL: did more change than case by case? */
static bool
find_change(struct ih_registry *registry, int64_t since, bool *all,
    struct ih_error *err)
{
	int64_t count = 0;

	if (!ih_count(registry->db, err, &count,
		"SELECT count(*) FROM ledger WHERE at >= :since"
		" AND act IN ('link', 'unlink', 'erase', 'restore')",
		ih_number(":since", since)))
		return false;
	*all = count > 0;
	return true;
}

static bool
take_kept(struct ih_registry *registry,
    const struct ih_statistic_packer *packer, struct stamp *then,
    struct ih_error *err)
{
	IH_OWNED(ih_buffer) bytes = open_kept(registry, err);
	struct stamp is;
	bool all = true;

	if (bytes == NULL || bytes->size < sizeof *then)
		return false;
	memcpy(then, bytes->data, sizeof *then);
	if (!leaf_at(registry, then->size, &is, err) ||
	    memcmp(&is, then, sizeof is) != 0 ||
	    !find_change(registry, then->size, &all, err) || all ||
	    !packer->take(packer->with, bytes, sizeof *then))
		return false;
	(void)IH_GIVE(bytes); /* the packer's now */
	return true;
}

/* Put the row of each case anew that the ledger names since. */
static bool
show_changed(struct ih_registry *registry, int64_t since,
    const struct ih_statistic_packer *packer, bool *changed,
    struct ih_error *err)
{
	IH_OWNED(ih_same) same = ih_same_load(registry, err);
	IH_OWNED(sqlite3_stmt)
	rows = same == NULL ?
		   NULL :
		   ih_ask(registry->db, err,
		       "SELECT DISTINCT substr(subject, 1, 11) FROM ledger"
		       " WHERE at >= :since AND (act IN ('open', 'move')"
		       " OR (act = 'write' AND subject LIKE '% statistics'))",
		       ih_number(":since", since));

	if (rows == NULL)
		return false;
	while (ih_row(rows, err)) {
		char code[IH_CODE_TEXT];

		ih_column_text(rows, 0, code, sizeof code);
		*changed = true;
		if (!ih_statistic_see_one(registry, same, code, packer, err))
			return false;
	}
	return err->kind == IH_NONE;
}

static bool
keep_slice(struct ih_registry *registry, const struct ih_secret *key, size_t at,
    const struct ih_buffer *bytes, struct ih_error *err)
{
	size_t left = bytes->size - at * SLICE;
	char name[NAME];

	slice_name(at, name);
	IH_OWNED(ih_buffer)
	sealed = ih_seal(key->bytes, name, strlen(name),
	    bytes->data + at * SLICE, left < SLICE ? left : SLICE, err);
	return sealed != NULL &&
	       ih_run(registry->keys, err,
		   "INSERT INTO kept (name, sealed) VALUES (:name, :sealed)",
		   ih_text(":name", name),
		   ih_bytes(":sealed", sealed->data, sealed->size));
}

static bool
keep(struct ih_registry *registry, const struct stamp *now,
    const struct ih_statistic_packer *packer, struct ih_error *err)
{
	IH_OWNED(ih_secret)
	key = ih_keys_grow(registry, IH_HOLD_STATISTICS, USE, err);
	IH_OWNED(ih_buffer) bytes = ih_buffer_copy(now, sizeof *now);
	IH_OWNED(ih_transaction) all = ih_transaction_begin(registry, err);

	if (key == NULL || all == NULL || !ih_packed_drop(registry, err))
		return false;
	packer->give(packer->with, bytes);
	for (size_t at = 0; at <= bytes->size / SLICE; at++)
		if (!keep_slice(registry, key, at, bytes, err))
			return false;
	return ih_transaction_commit(all, err);
}

bool
ih_statistic_pack(struct ih_registry *registry, struct ih_period period,
    const struct ih_statistic_packer *packer, struct ih_error *err)
{
	static const struct ih_period ever = { 0, IH_STATISTIC_EVER };
	struct stamp now, then;
	bool changed = false, well;

	/* What is written meanwhile is behind this stamp, and seen again. */
	if (!ih_statistic_begin(registry, period, err) ||
	    !stamp_now(registry, &now, err))
		return false;
	if (take_kept(registry, packer, &then, err)) {
		well = show_changed(registry, then.size, packer, &changed, err);
	} else {
		changed = true;
		well =
		    err->kind == IH_NONE && ih_statistic_see(registry, ever,
						packer->add, packer->with, err);
	}
	return well && (!changed || keep(registry, &now, packer, err));
}

bool
ih_packed_drop(struct ih_registry *registry, struct ih_error *err)
{
	return ih_run(registry->keys, err, "DELETE" KEPT,
	    ih_text(":name", IH_KEPT_PACKED));
}
