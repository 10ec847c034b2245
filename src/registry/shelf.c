/* This is where the packs that a registry judges by are kept. */
#include "ihala/shelf.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "ihala/digest.h"
#include "ihala/ledger.h"
#include "ihala/user.h"
#include "query.h"

#define MARKER "ihala pack marks 1"

struct shelf_row {
	struct ih_shelved pack;
	int64_t entry;
	struct ih_hash mark;
};

/* What only this registry could have written beside a pack. */
static bool
mark_of(struct ih_registry *registry, const struct shelf_row *row,
    struct ih_hash *mark, struct ih_error *err)
{
	char digest[IH_DIGEST_TEXT], text[256];
	IH_OWNED(ih_secret)
	marker = ih_keys_grow(registry, IH_HOLD_AUDIT, MARKER, err);

	if (marker == NULL)
		return false;
	ih_hash_text(&row->pack.digest, digest);
	snprintf(text, sizeof text,
	    "ihala-pack-1\n%s\n%" PRId64 "\n%" PRId64 "\n%" PRId64 "\n%" PRId64
	    "\n%s\n",
	    registry->id, row->pack.sequence, row->pack.made, row->pack.loaded,
	    row->entry, digest);
	ih_digest_keyed(marker->bytes, marker->size, text, strlen(text),
	    mark->bytes);
	return true;
}

/* ---- putting one in force */

static bool
is_sound(const struct ih_shelved *pack, size_t size, struct ih_error *err)
{
	return (pack->sequence >= 1 && size >= 1 && size <= IH_SHELF_MAX) ||
	       ih_fail(err, IH_INPUT, "pack: malformed");
}

static bool
was_touched(struct ih_error *err, const char *why)
{
	return ih_fail_code(err, IH_TRUST, "E_PACK_STORED", "registry: %s",
	    why);
}

/* Whoever takes the newest away would put the one before in force again: the
 * ledger knows better. */
int64_t
ih_shelf_number(struct ih_registry *registry, struct ih_error *err)
{
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err,
	    "SELECT (SELECT coalesce(max(sequence), 0) FROM pack),"
	    " (SELECT coalesce(max(CAST(subject AS INTEGER)), 0)"
	    " FROM ledger WHERE act = 'pack')",
	    IH_NOTHING);

	if (rows == NULL || !ih_row(rows, err))
		return -1;
	int64_t number = sqlite3_column_int64(rows, 0);
	if (number == sqlite3_column_int64(rows, 1))
		return number;
	was_touched(err, "the newest pack was taken away");
	return -1;
}

/* True where the very same pack is in force, and there is nothing to do;
 * false with no error where this one is newer. */
static bool
is_there(struct ih_registry *registry, const struct ih_shelved *pack,
    struct ih_error *err)
{
	int64_t held = ih_shelf_number(registry, err), same = 0;

	if (held < 0 || pack->sequence > held)
		return false;
	if (pack->sequence < held)
		return ih_fail_code(err, IH_TRUST, "E_PACK_ROLLBACK",
		    "pack %" PRId64 ", and %" PRId64 " is loaded",
		    pack->sequence, held);
	if (!ih_count(registry->db, err, &same,
		"SELECT count(*) FROM pack WHERE sequence = :sequence AND"
		" digest = :digest",
		ih_number(":sequence", held),
		ih_bytes(":digest", pack->digest.bytes, IH_DIGEST)))
		return false;
	return same == 1 || ih_fail_code(err, IH_TRUST, "E_PACK_CONFLICT",
				"pack %" PRId64, held);
}

static bool
put_files(struct ih_registry *registry, int64_t sequence,
    const struct ih_hash files[], size_t count, struct ih_error *err)
{
	for (size_t i = 0; i < count; i++)
		if (!ih_run(registry->db, err,
			"INSERT OR IGNORE INTO pack_file (sequence, digest)"
			" VALUES (:sequence, :digest)",
			ih_number(":sequence", sequence),
			ih_bytes(":digest", files[i].bytes, IH_DIGEST)))
			return false;
	return true;
}

static bool
put(struct ih_registry *registry, struct shelf_row *row, const void *bytes,
    size_t size, struct ih_error *err)
{
	const struct ih_shelved *pack = &row->pack;
	char subject[IH_SUBJECT_TEXT];

	snprintf(subject, sizeof subject, "%" PRId64, pack->sequence);
	return ih_ledger_add(registry, IH_ACT_PACK, subject, &pack->digest,
		   err) &&
	       ih_count(registry->db, err, &row->entry,
		   "SELECT max(at) FROM ledger", IH_NOTHING) &&
	       mark_of(registry, row, &row->mark, err) &&
	       ih_run(registry->db, err,
		   "INSERT INTO pack (sequence, entry, made, loaded, digest,"
		   " mark, bytes) VALUES (:sequence, :entry, :made, :loaded,"
		   " :digest, :mark, :bytes)",
		   ih_number(":sequence", pack->sequence),
		   ih_number(":entry", row->entry),
		   ih_number(":made", pack->made),
		   ih_number(":loaded", pack->loaded),
		   ih_bytes(":digest", pack->digest.bytes, IH_DIGEST),
		   ih_bytes(":mark", row->mark.bytes, IH_DIGEST),
		   ih_bytes(":bytes", bytes, size));
}

bool
ih_shelf_add(struct ih_registry *registry, const struct ih_shelved *pack,
    const void *bytes, size_t size, const struct ih_hash files[], size_t count,
    struct ih_error *err)
{
	struct shelf_row row = { .pack = *pack };

	if (!is_sound(pack, size, err) ||
	    !ih_registry_may(registry, IH_MAY_ADOPT, NULL, err))
		return false;
	row.pack.loaded = registry->world->now;
	ih_digest(bytes, size, row.pack.digest.bytes);
	IH_OWNED(ih_transaction) all = ih_transaction_begin(registry, err);
	if (all == NULL)
		return false;
	if (is_there(registry, &row.pack, err))
		return true;
	return err->kind == IH_NONE && put(registry, &row, bytes, size, err) &&
	       put_files(registry, pack->sequence, files, count, err) &&
	       ih_transaction_commit(all, err);
}

/* ---- taking one out */

/* Bytes, mark and ledger entry say the same. */
static bool
is_as_loaded(struct ih_registry *registry, const struct shelf_row *row,
    const void *bytes, size_t size, struct ih_error *err)
{
	struct ih_hash digest = { 0 }, mark = { 0 };
	int64_t entered = 0;

	ih_digest(bytes, size, digest.bytes);
	if (!mark_of(registry, row, &mark, err))
		return false;
	if (!ih_hash_is(&digest, &row->pack.digest) ||
	    !ih_hash_is(&mark, &row->mark))
		return was_touched(err, "the pack is not the one that was "
					"loaded");
	if (!ih_count(registry->db, err, &entered,
		"SELECT count(*) FROM ledger WHERE at = :entry AND"
		" act = 'pack' AND digest = :digest",
		ih_number(":entry", row->entry),
		ih_bytes(":digest", digest.bytes, IH_DIGEST)))
		return false;
	return entered == 1 ||
	       was_touched(err, "the ledger knows nothing of the pack");
}

static void
read_row(sqlite3_stmt *rows, struct shelf_row *row)
{
	*row = (struct shelf_row){ 0 };
	row->pack.sequence = sqlite3_column_int64(rows, 0);
	row->entry = sqlite3_column_int64(rows, 1);
	row->pack.made = sqlite3_column_int64(rows, 2);
	row->pack.loaded = sqlite3_column_int64(rows, 3);
	ih_column_bytes(rows, 4, row->pack.digest.bytes, IH_DIGEST);
	ih_column_bytes(rows, 5, row->mark.bytes, IH_DIGEST);
}

/* Pack SEQUENCE, proved to be as it was loaded. */
static struct ih_buffer *
take(struct ih_registry *registry, int64_t sequence, struct shelf_row *row,
    struct ih_error *err)
{
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err,
	    "SELECT sequence, entry, made, loaded, digest, mark, bytes"
	    " FROM pack WHERE sequence = :sequence",
	    ih_number(":sequence", sequence));

	if (rows == NULL)
		return NULL;
	if (!ih_row(rows, err)) {
		if (err->kind == IH_NONE)
			was_touched(err, "a pack is gone");
		return NULL;
	}
	read_row(rows, row);
	IH_OWNED(ih_buffer)
	bytes = ih_buffer_copy(sqlite3_column_blob(rows, 6),
	    (size_t)sqlite3_column_bytes(rows, 6));
	if (!is_as_loaded(registry, row, bytes->data, bytes->size, err))
		return NULL;
	return IH_GIVE(bytes);
}

struct ih_buffer *
ih_shelf_newest(struct ih_registry *registry, struct ih_shelved *pack,
    struct ih_error *err)
{
	struct shelf_row row;
	int64_t number = ih_shelf_number(registry, err);

	if (number <= 0) {
		if (number == 0)
			ih_fail_code(err, IH_STATE, "E_PACK_NONE", "%s", "");
		return NULL;
	}
	IH_OWNED(ih_buffer) bytes = take(registry, number, &row, err);
	if (bytes == NULL)
		return NULL;
	if (pack != NULL)
		*pack = row.pack;
	return IH_GIVE(bytes);
}

/* The newest below BELOW that holds FILE; 0: none; -1: failed. */
static int64_t
newest_with(struct ih_registry *registry, const struct ih_hash *file,
    int64_t below, struct ih_error *err)
{
	int64_t number = -1;

	return ih_count(registry->db, err, &number,
		   "SELECT coalesce(max(sequence), 0) FROM pack_file"
		   " WHERE digest = :digest AND sequence < :below",
		   ih_bytes(":digest", file->bytes, IH_DIGEST),
		   ih_number(":below", below)) ?
		   number :
		   -1;
}

/* Each file in turn pushes the number down until all of them agree. */
static int64_t
newest_with_all(struct ih_registry *registry, const struct ih_hash files[],
    size_t count, struct ih_error *err)
{
	int64_t number = INT64_MAX - 1;
	size_t agree = 0;

	for (size_t i = 0; agree < count; i = (i + 1) % count) {
		int64_t one = newest_with(registry, &files[i], number + 1, err);

		if (one <= 0)
			return one;
		agree = one == number ? agree + 1 : 1;
		number = one;
	}
	return number;
}

struct ih_buffer *
ih_shelf_holding(struct ih_registry *registry, const struct ih_hash files[],
    size_t count, struct ih_error *err)
{
	struct shelf_row row;
	int64_t number =
	    count == 0 ? 0 : newest_with_all(registry, files, count, err);

	if (number == 0)
		ih_fail(err, IH_ABSENT, "no pack here holds these versions");
	return number > 0 ? take(registry, number, &row, err) : NULL;
}
