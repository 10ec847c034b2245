/* This is where a registry is copied while it is used. */
#include "ihala/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "copy.h"
#include "folder.h"
#include "ihala/file.h"
#include "ihala/progress.h"
#include "ihala/user.h"
#include "view.h"

#define PAGES 256 /* copied in one step */
#define DAY 86400 /* seconds */

/* A folder that is not there yet, without links in its path. */
static bool
true_path(const char *name, char path[static IH_PATH_ROOM],
    struct ih_error *err)
{
	char copy[PATH_MAX], *slash;
	const char *parent = ".", *last = copy;
	size_t length = strlen(name);

	while (length > 1 && name[length - 1] == '/')
		length--;
	if (length == 0 || length > PATH_MAX - 32)
		return ih_fail(err, IH_USAGE, "a backup needs a folder's name");
	snprintf(copy, sizeof copy, "%.*s", (int)length, name);
	if (realpath(copy, path) != NULL)
		return true;
	slash = strrchr(copy, '/');
	if (slash != NULL) {
		*slash = '\0';
		parent = slash == copy ? "/" : copy;
		last = slash + 1;
	}
	if (!ih_folder_make(parent, err))
		return false;
	if (realpath(parent, path) == NULL)
		return ih_fail(err, IH_SYSTEM, "%s: %s", parent,
		    strerror(errno));
	snprintf(path + strlen(path), 64 + PATH_MAX - strlen(path), "/%s",
	    last);
	return true;
}

static bool
is_inside(const char *inner, const char *outer)
{
	size_t length = strlen(outer);

	return strncmp(inner, outer, length) == 0 &&
	       (inner[length] == '/' || inner[length] == '\0');
}

/* What is kept for less long must not lie in what is kept longer. */
static bool
are_apart(const char *data, const char *keys, struct ih_error *err)
{
	char a[IH_PATH_ROOM], b[IH_PATH_ROOM];

	return true_path(data, a, err) && true_path(keys, b, err) &&
	       ((!is_inside(a, b) && !is_inside(b, a)) ||
		   ih_fail(err, IH_USAGE,
		       "the keys need another folder than the data, not one "
		       "inside it: they are kept apart and for less long"));
}

/* ---- copying */

static sqlite3 *
new_file(const char *path, struct ih_error *err)
{
	sqlite3 *db = NULL;

	if (!ih_file_create(path, "", 0, err)) /* mode 0600 */
		return NULL;
	if (sqlite3_open_v2(path, &db,
		SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXRESCODE,
		NULL) == SQLITE_OK)
		return db;
	ih_fail(err, IH_SYSTEM, "%s: it cannot be opened", path);
	ih_query_close(db);
	return NULL;
}

static bool
copy_pages(sqlite3 *from, sqlite3 *to, struct ih_progress *bar, uint64_t *done,
    struct ih_error *err)
{
	sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
	int answer = backup != NULL ? SQLITE_OK : SQLITE_ERROR;
	uint64_t before = *done;

	while (answer == SQLITE_OK) {
		answer = sqlite3_backup_step(backup, PAGES);
		*done = before + (uint64_t)(sqlite3_backup_pagecount(backup) -
					    sqlite3_backup_remaining(backup));
		if (bar->label != NULL)
			ih_progress_at(bar, *done);
	}
	sqlite3_backup_finish(backup);
	return answer == SQLITE_DONE || ih_query_fail(to, err);
}

/* One file without a log beside it, all of it on the disk. */
static bool
copy_file(sqlite3 *from, const char *path, struct ih_progress *bar,
    uint64_t *done, struct ih_error *err)
{
	sqlite3 *to = new_file(path, err);
	bool copied =
	    to != NULL && copy_pages(from, to, bar, done, err) &&
	    ih_run(to, err, "PRAGMA journal_mode = DELETE", IH_NOTHING);

	ih_query_close(to);
	return copied;
}

static uint64_t
pages_of(const struct ih_view *view)
{
	struct ih_error ignored = { 0 };
	int64_t pages, all = 0;

	for (int i = 0; i < IH_REGISTRY_FILES; i++)
		if (ih_count(view->db[i], &ignored, &pages, "PRAGMA page_count",
			IH_NOTHING))
			all += pages;
	return (uint64_t)all;
}

static bool
copy_both(const struct ih_view *view,
    struct ih_folder *const folder[IH_REGISTRY_FILES], const char *label,
    struct ih_statement *manifest, struct ih_error *err)
{
	struct ih_progress bar = ih_progress_start(label, pages_of(view));
	uint64_t done = 0;
	bool copied = true;

	for (int i = 0; copied && i < IH_REGISTRY_FILES; i++) {
		char path[IH_PATH_ROOM];

		ih_folder_path(path, folder[i]->made, ih_registry_files[i]);
		copied = copy_file(view->db[i], path, &bar, &done, err) &&
			 ih_file_digest(path, &manifest->file[i], err);
	}
	if (label != NULL)
		ih_progress_end(&bar);
	return copied;
}

/* What the copy holds, not what was written since. */
static bool
read_moment(const struct ih_view *view, struct ih_statement *manifest,
    struct ih_error *err)
{
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(view->db[IH_FILE_CASES], err,
	    "SELECT size, root FROM checkpoint", IH_NOTHING);

	if (rows == NULL || !ih_row(rows, err))
		return false;
	manifest->size = (uint64_t)sqlite3_column_int64(rows, 0);
	ih_column_bytes(rows, 1, manifest->root.bytes, IH_DIGEST);
	return true;
}

static bool
write_manifests(struct ih_registry *registry,
    struct ih_folder *const folder[IH_REGISTRY_FILES],
    const struct ih_statement *manifest, struct ih_error *err)
{
	char path[IH_PATH_ROOM];
	IH_OWNED(ih_buffer) bytes = ih_statement_write(registry, manifest, err);

	for (int i = 0; bytes != NULL && i < IH_REGISTRY_FILES; i++) {
		ih_folder_path(path, folder[i]->made, IH_MANIFEST);
		if (!ih_file_create(path, bytes->data, bytes->size, err))
			return false;
	}
	return bytes != NULL;
}

/* Keys first: where the data are, the keys are. */
static bool
finish_both(struct ih_folder *const folder[IH_REGISTRY_FILES],
    struct ih_error *err)
{
	if (!ih_folder_finish(folder[IH_FILE_KEYS], err))
		return false;
	if (ih_folder_finish(folder[IH_FILE_CASES], err))
		return true;
	ih_folder_undo(folder[IH_FILE_KEYS]);
	return false;
}

static void
say_until(const struct ih_registry *registry, int days,
    char until[static IH_DATE_TEXT])
{
	ih_date_format(ih_instant_date(
			   registry->world->now + (int64_t)days * DAY),
	    until);
}

bool
ih_backup_make(struct ih_registry *registry, const char *data, const char *keys,
    const char *label, struct ih_backup *made, struct ih_error *err)
{
	const struct ih_lifecycle *lifecycle = ih_case_lifecycle(registry, err);

	if (lifecycle == NULL || !are_apart(data, keys, err) ||
	    !ih_registry_may(registry, IH_MAY_BACKUP, NULL, err))
		return false;
	IH_OWNED(ih_folder) data_folder = ih_folder_begin(data, err);
	IH_OWNED(ih_folder)
	keys_folder = data_folder != NULL ? ih_folder_begin(keys, err) : NULL;
	struct ih_folder *const folder[IH_REGISTRY_FILES] = { data_folder,
		keys_folder };
	if (keys_folder == NULL ||
	    !ih_ledger_add(registry, IH_ACT_BACKUP, "backup", NULL, err))
		return false;
	IH_OWNED(ih_view) view = ih_view_open(registry, err);
	IH_OWNED(ih_statement)
	manifest = view == NULL ?
		       NULL :
		       ih_statement_new(registry, IH_STATES_BACKUP, err);
	if (manifest == NULL)
		return false;
	say_until(registry, ih_lifecycle_key_days(lifecycle), manifest->until);
	if (!read_moment(view, manifest, err) ||
	    !copy_both(view, folder, label, manifest, err) ||
	    !write_manifests(registry, folder, manifest, err) ||
	    !finish_both(folder, err))
		return false;
	*made = (struct ih_backup){ .size = manifest->size };
	memcpy(made->until, manifest->until, sizeof made->until);
	return true;
}
