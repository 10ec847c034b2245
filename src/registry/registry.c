/* This is where the registry of an office is made and opened. */
#include "ihala/registry.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "folder.h"
#include "format.h"
#include "ihala/passphrase.h"
#include "reserve.h"
#include "roster.h"

#define CASES_FILE "registry.db"
#define KEYS_FILE "keys.db"

void
ih_registry_close(struct ih_registry *registry)
{
	if (registry == NULL || registry->holders-- > 0)
		return;
	ih_query_close(registry->db);
	ih_query_close(registry->keys);
	for (int i = 0; i < IH_COMPARTMENTS; i++)
		ih_secret_free(registry->private[i]);
	ih_secret_free(registry->self);
	ih_secret_free(registry->hand);
	ih_roster_free(registry->roster);
	ih_clockwork_free(registry->clockwork);
	ih_lifecycle_free(registry->lifecycle);
	ih_names_free(registry->names);
	ih_reserve_free(registry->reserve);
	ih_draft_key_drop(registry);
	free(registry);
}

struct ih_registry *
ih_registry_again(struct ih_registry *registry)
{
	registry->holders++;
	return registry;
}

bool
ih_registry_is_current(struct ih_registry *registry, struct ih_error *err)
{
	return ih_users_follow(registry, err);
}

static struct ih_registry *
registry_new(void)
{
	struct ih_registry *registry = calloc(1, sizeof *registry);

	if (registry == NULL)
		abort();
	return registry;
}

/* ---- making one */

static bool
setup_is_sound(const struct ih_registry_setup *setup, struct ih_error *err)
{
	if (setup->committee == NULL || !ih_committee_is(setup->committee))
		return ih_fail(err, IH_USAGE,
		    "a committee is two or three of A-Z");
	return setup->passphrase != NULL ||
	       ih_fail_code(err, IH_USAGE, "E_PASSPHRASE_SHORT",
		   "a registry needs a passphrase");
}

/* An empty file that only its owner can read; SQLite gives the files it puts
 * beside it the same mode. */
static bool
make_file(const char *folder, const char *name, struct ih_error *err)
{
	char path[IH_PATH_ROOM];
	int fd;

	ih_folder_path(path, folder, name);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return ih_fail(err, IH_SYSTEM, "%s: %s", path, strerror(errno));
	close(fd);
	return true;
}

static sqlite3 *
make_database(const char *folder, enum ih_format_file file,
    struct ih_error *err)
{
	char path[IH_PATH_ROOM];
	sqlite3 *db;

	if (!make_file(folder, ih_format_names[file], err))
		return NULL;
	ih_folder_path(path, folder, ih_format_names[file]);
	db = ih_query_open(path, err);
	if (db != NULL && !ih_format_make(db, file, err)) {
		ih_query_close(db);
		return NULL;
	}
	return db;
}

static bool
write_setup(struct ih_registry *registry, struct ih_error *err)
{
	return ih_run(registry->db, err,
		   "INSERT INTO setup"
		   " (one, id, committee, training, created, signer) VALUES"
		   " (1, :id, :committee, :training, :created, :signer)",
		   ih_text(":id", registry->id),
		   ih_text(":committee", registry->committee),
		   ih_number(":training", registry->training),
		   ih_number(":created", registry->world->now),
		   ih_bytes(":signer", registry->signer, IH_SIGN_PUBLIC)) &&
	       ih_run(registry->keys, err,
		   "INSERT INTO setup (one, id) VALUES (1, :id)",
		   ih_text(":id", registry->id));
}

/* Everything a registry starts with, in a folder that is empty. */
static bool
fill(const char *folder, const struct ih_registry_setup *setup,
    const struct ih_world *world, struct ih_error *err)
{
	IH_OWNED(ih_registry) registry = registry_new();

	registry->world = world;
	registry->training = setup->training;
	snprintf(registry->committee, sizeof registry->committee, "%s",
	    setup->committee);
	ih_uuid_new(world, registry->id);
	registry->db = make_database(folder, IH_FORMAT_CASES, err);
	if (registry->db == NULL)
		return false;
	registry->keys = make_database(folder, IH_FORMAT_KEYS, err);
	return registry->keys != NULL &&
	       ih_run(registry->db, err, "BEGIN", IH_NOTHING) &&
	       ih_run(registry->keys, err, "BEGIN", IH_NOTHING) &&
	       ih_keys_init(registry, setup->passphrase, err) &&
	       write_setup(registry, err) &&
	       ih_run(registry->keys, err, "COMMIT", IH_NOTHING) &&
	       ih_run(registry->db, err, "COMMIT", IH_NOTHING);
}

bool
ih_registry_init(const char *folder, const struct ih_registry_setup *setup,
    const struct ih_world *world, struct ih_error *err)
{
	if (!setup_is_sound(setup, err))
		return false;
	IH_OWNED(ih_folder) new = ih_folder_begin(folder, err);
	return new != NULL &&fill(new->made, setup, world, err) &&
	       ih_folder_finish(new, err);
}

/* ---- opening one */

/* Another user of the machine who can read the folder has one half of what
 * it takes; keys.db must not be that easy to copy. */
static bool
is_private(const char *folder, struct ih_error *err)
{
	char path[IH_PATH_ROOM];
	struct stat info;

	ih_folder_path(path, folder, CASES_FILE);
	if (stat(folder, &info) != 0 || !S_ISDIR(info.st_mode) ||
	    access(path, F_OK) != 0)
		return ih_fail(err, IH_ABSENT,
		    "%s: no registry here; make"
		    " one with `ihala init`",
		    folder);
	if ((info.st_mode & 077) != 0)
		return ih_fail(err, IH_STATE,
		    "%s: others can open this folder; take that away with"
		    " `chmod 700`",
		    folder);
	ih_folder_path(path, folder, KEYS_FILE);
	return access(path, F_OK) == 0 ||
	       ih_fail(err, IH_ABSENT,
		   "%s: the keys are missing; restore them"
		   " from their backup",
		   path);
}

static sqlite3 *
open_database(const char *folder, enum ih_format_file file,
    struct ih_error *err)
{
	char path[IH_PATH_ROOM];
	sqlite3 *db;

	ih_folder_path(path, folder, ih_format_names[file]);
	db = ih_query_open(path, err);
	if (db != NULL && ih_format_check(db, file, err))
		return db;
	ih_fail_in(err, path);
	ih_query_close(db);
	return NULL;
}

static bool
read_setup(struct ih_registry *registry, struct ih_error *err)
{
	char id[IH_UUID_TEXT];
	IH_OWNED(sqlite3_stmt)
	cases = ih_ask(registry->db, err,
	    "SELECT id, committee, training, signer FROM setup", IH_NOTHING);
	IH_OWNED(sqlite3_stmt)
	keys = cases == NULL ? NULL :
			       ih_ask(registry->keys, err,
				   "SELECT id FROM setup", IH_NOTHING);

	if (keys == NULL)
		return false;
	if (!ih_row(cases, err) || !ih_row(keys, err))
		return err->kind != IH_NONE ?
			   false :
			   ih_fail(err, IH_TRUST,
			       "registry: its setup is gone");
	ih_column_text(cases, 0, registry->id, sizeof registry->id);
	ih_column_text(cases, 1, registry->committee,
	    sizeof registry->committee);
	registry->training = sqlite3_column_int(cases, 2) != 0;
	ih_column_bytes(cases, 3, registry->signer, IH_SIGN_PUBLIC);
	ih_column_text(keys, 0, id, sizeof id);
	return strcmp(id, registry->id) == 0 ||
	       ih_fail(err, IH_TRUST,
		   "registry: " CASES_FILE " and " KEYS_FILE
		   " are of two different registries");
}

/* Keys left behind by a crash; harmless, so a busy registry may wait. */
static bool
sweep(struct ih_registry *registry, struct ih_error *err)
{
	IH_OWNED(sqlite3_stmt)
	rows =
	    ih_ask(registry->keys, err, "SELECT code FROM pending", IH_NOTHING);
	int64_t there = 1;

	if (rows == NULL)
		return false;
	while (there > 0 && ih_row(rows, err))
		if (!ih_count(registry->db, err, &there,
			"SELECT (SELECT count(*) FROM case_file"
			"  WHERE code = :code) + (SELECT count(*) FROM draft"
			"  WHERE code = :code)",
			ih_text(":code",
			    (const char *)sqlite3_column_text(rows, 0))))
			return false;
	if (err->kind != IH_NONE)
		return false;
	sqlite3_reset(rows);
	return there > 0 || ih_keys_sweep(registry, err) ||
	       ih_query_may_wait(err);
}

struct ih_registry *
ih_registry_open_as_it_is(const char *folder, const struct ih_login *login,
    struct ih_library *library, const struct ih_world *world,
    struct ih_error *err)
{
	IH_OWNED(ih_registry) registry = registry_new();

	registry->library = library;
	registry->world = world;
	if (strlen(folder) > PATH_MAX - 32) {
		ih_fail(err, IH_USAGE, "a registry needs a folder's name");
		return NULL;
	}
	if (!is_private(folder, err))
		return NULL;
	registry->db = open_database(folder, IH_FORMAT_CASES, err);
	if (registry->db == NULL)
		return NULL;
	registry->keys = open_database(folder, IH_FORMAT_KEYS, err);
	if (registry->keys == NULL || !read_setup(registry, err))
		return NULL;
	if (login != NULL &&
	    !ih_keys_unlock(registry, login->user, login->passphrase, err))
		return NULL;
	return IH_GIVE(registry);
}

bool
ih_registry_settle(struct ih_registry *registry, struct ih_error *err)
{
	return ih_format_follow(registry, err) &&
	       (ih_registry_is_locked(registry) ||
		   (ih_users_settle(registry, err) &&
		       ih_erase_finish(registry, err) && sweep(registry, err) &&
		       ih_draft_settle(registry, err)));
}

struct ih_registry *
ih_registry_open(const char *folder, const struct ih_login *login,
    struct ih_library *library, const struct ih_world *world,
    struct ih_error *err)
{
	IH_OWNED(ih_registry)
	registry =
	    ih_registry_open_as_it_is(folder, login, library, world, err);

	if (registry == NULL || !ih_registry_settle(registry, err))
		return NULL;
	ih_query_forget(registry->db);
	ih_query_forget(registry->keys);
	return IH_GIVE(registry);
}

/* ---- what it is */

const char *
ih_registry_committee(const struct ih_registry *registry)
{
	return registry->committee;
}

const char *
ih_registry_user(const struct ih_registry *registry)
{
	return registry->user;
}

bool
ih_registry_is_training(const struct ih_registry *registry)
{
	return registry->training;
}

bool
ih_registry_is_locked(const struct ih_registry *registry)
{
	return registry->roles == 0;
}

bool
ih_registry_admits(const struct ih_registry *registry, bool training,
    struct ih_error *err)
{
	if (training == registry->training)
		return true;
	return training ?
		   ih_fail_code(err, IH_STATE, "E_TRAINING",
		       "a training interview, and this registry holds real "
		       "ones") :
		   ih_fail_code(err, IH_STATE, "E_NOT_TRAINING",
		       "a real interview, and this registry is for training");
}
