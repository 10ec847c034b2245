/* This is where a backup becomes a registry again, without those who were
 * erased since. */
#include <string.h>

#include "copy.h"
#include "folder.h"
#include "format.h"
#include "ihala/backup.h"
#include "ihala/digest.h"
#include "ihala/file.h"
#include "ihala/request.h"
#include "ihala/verify.h"
#include "statement.h"

static struct ih_statement *
read_statement(const char *path, struct ih_hash *digest, struct ih_error *err)
{
	IH_OWNED(ih_buffer) bytes = ih_file_read(path, IH_STATEMENT_MAX, err);
	struct ih_statement *statement;

	if (bytes == NULL)
		return NULL;
	ih_digest(bytes->data, bytes->size, digest->bytes);
	statement = ih_statement_read(bytes->data, bytes->size, err);
	if (statement == NULL)
		ih_fail_in(err, path);
	return statement;
}

/* Data and keys of one backup say the same of it. */
static struct ih_statement *
read_manifest(const struct ih_restore *how, struct ih_hash *digest,
    struct ih_error *err)
{
	char data[IH_PATH_ROOM], keys[IH_PATH_ROOM];
	struct ih_hash other;

	ih_folder_path(data, how->data, IH_MANIFEST);
	ih_folder_path(keys, how->keys, IH_MANIFEST);
	IH_OWNED(ih_statement) manifest = read_statement(data, digest, err);
	IH_OWNED(ih_statement)
	beside = manifest != NULL ? read_statement(keys, &other, err) : NULL;
	if (beside == NULL)
		return NULL;
	if (!ih_hash_is(digest, &other)) {
		ih_fail(err, IH_TRUST,
		    "the data and the keys are of two backups");
		return NULL;
	}
	return IH_GIVE(manifest);
}

static bool
copy_both(const struct ih_restore *how, const struct ih_statement *manifest,
    const char *made, struct ih_error *err)
{
	const char *const folder[IH_REGISTRY_FILES] = { how->data, how->keys };
	char from[IH_PATH_ROOM], to[IH_PATH_ROOM];
	struct ih_hash digest;

	for (int i = 0; i < IH_REGISTRY_FILES; i++) {
		ih_folder_path(from, folder[i], ih_registry_files[i]);
		ih_folder_path(to, made, ih_registry_files[i]);
		if (!ih_file_copy(from, to, &digest, err))
			return false;
		if (!ih_hash_is(&digest, &manifest->file[i]))
			return ih_fail(err, IH_TRUST,
			    "%s: it is not what its manifest says", from);
	}
	return true;
}

/* The manifest is this registry's, and of this state of it.  The passphrase
 * has vouched for the signer. */
static bool
is_what_was_copied(struct ih_registry *registry,
    const struct ih_statement *manifest, struct ih_error *err)
{
	uint64_t size;
	struct ih_hash root;

	if (!ih_statement_check(registry, manifest, IH_STATES_BACKUP, err))
		return ih_fail_in(err, IH_MANIFEST);
	if (!ih_ledger_verify(registry, &size, &root, err))
		return false;
	return (size == manifest->size && ih_hash_is(&root, &manifest->root)) ||
	       ih_fail(err, IH_TRUST,
		   IH_MANIFEST ": the ledger is another than was copied");
}

/* ---- erasing again */

/* The event that the lifecycle has for it. */
static const struct ih_move *
find_move(struct ih_registry *registry, const char *state)
{
	size_t count = 0;
	const struct ih_move *moves =
	    ih_lifecycle_moves(registry->lifecycle, IH_FILE, &count);

	for (size_t i = 0; i < count; i++)
		if (moves[i].restoring && moves[i].erase &&
		    strcmp(moves[i].from, state) == 0)
			return &moves[i];
	return NULL;
}

/* What is no case may be a request; or it was taken in since. */
static bool
erase_request_again(struct ih_registry *registry, const char *code,
    size_t *count, struct ih_error *err)
{
	struct ih_request_row row;
	struct ih_error absent = { 0 };
	bool erased = false;

	if (!ih_request_row(registry, code, &row, &absent)) {
		if (absent.kind != IH_ABSENT)
			*err = absent;
		return absent.kind == IH_ABSENT;
	}
	if (!ih_erase_was(registry, code, &erased, err) || erased)
		return erased;
	++*count;
	return ih_request_erase_again(registry, code, err);
}

static bool
erase_again(struct ih_registry *registry, const char *code, size_t *count,
    struct ih_error *err)
{
	struct ih_case_row row;
	const struct ih_move *move;
	struct ih_error absent = { 0 };
	bool erased = false;

	if (!ih_case_row(registry, code, &row, &absent)) {
		if (absent.kind == IH_ABSENT)
			return erase_request_again(registry, code, count, err);
		*err = absent;
		return false;
	}
	if (!ih_erase_was(registry, code, &erased, err) || erased)
		return erased;
	move = find_move(registry, row.state[IH_FILE]);
	++*count;
	return move != NULL ?
		   ih_case_move(registry, code, IH_FILE, move->event, err) :
		   ih_fail(err, IH_STATE,
		       "case %s: the lifecycle does not say how it is "
		       "erased again",
		       code);
}

/* A list that is older than the backup leaves out whoever was erased between
 * the two. */
static bool
is_recent(const struct ih_statement *list, const struct ih_statement *manifest,
    struct ih_error *err)
{
	if (list->size < manifest->size)
		return ih_fail(err, IH_STATE,
		    "it is older than the backup; give the newest list");
	return list->size > manifest->size ||
	       ih_hash_is(&list->root, &manifest->root) ||
	       ih_fail(err, IH_TRUST, "it is of another ledger");
}

static bool
erase_listed(struct ih_registry *registry, const struct ih_restore *how,
    const struct ih_statement *manifest, struct ih_restored *restored,
    struct ih_error *err)
{
	struct ih_hash digest;

	if (how->erasures == NULL)
		return true;
	IH_OWNED(ih_statement)
	list = read_statement(how->erasures, &digest, err);
	if (list == NULL)
		return false;
	if (!ih_statement_check(registry, list, IH_STATES_ERASURES, err) ||
	    !is_recent(list, manifest, err))
		return ih_fail_in(err, how->erasures);
	restored->listed = list->made;
	for (size_t i = 0; i < list->count; i++)
		if (!erase_again(registry, list->erased[i].code,
			&restored->erased, err))
			return false;
	return true;
}

/* ---- all of it */

static bool
bring_up(const struct ih_restore *how, const char *made,
    const struct ih_statement *manifest, const struct ih_hash *digest,
    struct ih_restored *restored, struct ih_error *err)
{
	const struct ih_verify verify = {
		.library = how->any_content ? NULL : how->library
	};
	IH_OWNED(ih_registry)
	registry = ih_registry_open_as_it_is(made, &how->login, how->library,
	    how->world, err);

	/* Held to the manifest before anything is written to it; what checks
	 * it looks at tables that an older one has not, empty as they are. */
	if (registry == NULL || ih_case_lifecycle(registry, err) == NULL ||
	    !ih_format_add_tables(registry, err) ||
	    !is_what_was_copied(registry, manifest, err) ||
	    !ih_registry_settle(registry, err))
		return false;
	registry->restoring = true;
	restored->made = manifest->made;
	restored->size = manifest->size;
	return ih_ledger_add(registry, IH_ACT_RESTORE, "backup", digest, err) &&
	       erase_listed(registry, how, manifest, restored, err) &&
	       ih_registry_verify(registry, &verify, err);
}

bool
ih_backup_restore(const struct ih_restore *how, struct ih_restored *restored,
    struct ih_error *err)
{
	struct ih_hash digest;

	memset(restored, 0, sizeof *restored);
	if (how->erasures == NULL && !how->forget_erasures)
		return ih_fail_code(err, IH_USAGE, "E_NO_ERASURES", "%s", "");
	IH_OWNED(ih_statement) manifest = read_manifest(how, &digest, err);
	if (manifest == NULL)
		return false;
	IH_OWNED(ih_folder) folder = ih_folder_begin(how->folder, err);
	return folder != NULL && copy_both(how, manifest, folder->made, err) &&
	       bring_up(how, folder->made, manifest, &digest, restored, err) &&
	       ih_folder_finish(folder, err);
}
