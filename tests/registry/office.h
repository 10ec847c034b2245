/*
 * office.h - a registry to test on, in a folder that goes away.
 */
#ifndef IHALA_TEST_OFFICE_H
#define IHALA_TEST_OFFICE_H

#include <ftw.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ihala/case.h"
#include "ihala/ledger.h"
#include "ihala/registry.h"
#include "ihala/user.h"

#define PASSPHRASE "quatre mots assez longs"
#define NOON 1767268800 /* 2026-01-01T12:00:00Z */

static char office_root[64]; /* holds the registries of one test */
static char office_folder[96];
static uint64_t office_seed;
static struct ih_world office_world;
static struct ih_library *office_library;

static inline int
office_remove_one(const char *path, const struct stat *info, int type,
    struct FTW *where)
{
	(void)info;
	(void)type;
	(void)where;
	return remove(path);
}

static inline int
office_end(void **state)
{
	(void)state;
	ih_library_close(office_library);
	office_library = NULL;
	return nftw(office_root, office_remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static inline bool
office_init(bool training, struct ih_error *err)
{
	struct ih_registry_setup setup = { .committee = "XX",
		.training = training,
		.passphrase = PASSPHRASE };

	return ih_registry_init(office_folder, &setup, &office_world, err);
}

/* An empty place, with a world and a library. */
static inline int
office_place(void **state)
{
	struct ih_error err = { 0 };

	(void)state;
	/* In memory where that is possible: what is tested is what survives a
	 * program, not a power cut, and fsync on a disk takes its time. */
	snprintf(office_root, sizeof office_root, "%s/ihala-test-XXXXXX",
	    access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	if (mkdtemp(office_root) == NULL)
		return 1;
	snprintf(office_folder, sizeof office_folder, "%s/registry",
	    office_root);
	office_seed = 7;
	office_world = ih_world_fixed(NOON, &office_seed);
	office_library = ih_library_open(".", &err);
	return office_library == NULL;
}

/* A training registry in it. */
static inline int
office_start(void **state)
{
	struct ih_error err = { 0 };

	if (office_place(state) != 0)
		return 1;
	if (!office_init(true, &err)) {
		print_error("%s\n", err.text);
		return 1;
	}
	return 0;
}

static inline struct ih_registry *
office_open_with(const char *passphrase, struct ih_error *err)
{
	const struct ih_login login = { NULL, passphrase };

	return ih_registry_open(office_folder,
	    passphrase != NULL ? &login : NULL, office_library, &office_world,
	    err);
}

static inline struct ih_registry *
office_open(void)
{
	struct ih_error err = { 0 };
	struct ih_registry *registry = office_open_with(PASSPHRASE, &err);

	if (registry == NULL)
		fail_msg("%s", err.text);
	return registry;
}

#define PASSPHRASE_OF_OTHERS "cinq autres mots encore plus longs"

static inline struct ih_registry *
office_open_as(const char *user, struct ih_error *err)
{
	const struct ih_login login = { user,
		user == NULL || strcmp(user, "office") == 0 ?
		    PASSPHRASE :
		    PASSPHRASE_OF_OTHERS };

	return ih_registry_open(office_folder, &login, office_library,
	    &office_world, err);
}

/* Another user, let in by the first, who was alone until then; later ones
 * have to be let in by somebody else than who registers them. */
static inline void
office_admit(struct ih_registry *registry, const char *user, ih_role_set roles)
{
	struct ih_error err = { 0 };

	if (!ih_user_register(registry, user, roles, PASSPHRASE_OF_OTHERS,
		&err) ||
	    !ih_user_admit(registry, user, &err))
		fail_msg("%s %s", err.code, err.text);
}

static inline const char *
interview(unsigned number)
{
	static char uuid[IH_UUID_TEXT];

	snprintf(uuid, sizeof uuid, "00000000-0000-4000-8000-%012x", number);
	return uuid;
}

#define FACTS "<facts>Lieu Exemple Trois</facts>"
#define IDENTITY "<identity>Personne Exemple Sept, 1991-02-03</identity>"

/* Interview NUMBER, of an invented person. */
static inline struct ih_case_new
new_case(unsigned number)
{
	struct ih_case_new new_case = { .interview = interview(number),
		.opened = NOON,
		.training = true };

	new_case.part[IH_FACTS] = (struct ih_case_part){ FACTS, strlen(FACTS) };
	new_case.part[IH_IDENTITY] =
	    (struct ih_case_part){ IDENTITY, strlen(IDENTITY) };
	new_case.part[IH_STATISTICS] = (struct ih_case_part){ "<row/>", 6 };
	return new_case;
}

static inline void
add_case(struct ih_registry *registry, unsigned number,
    char code[static IH_CODE_TEXT])
{
	struct ih_error err = { 0 };
	struct ih_case_new fresh = new_case(number);

	if (!ih_case_add(registry, &fresh, code, &err))
		fail_msg("%s", err.text);
}

/* Closed, so that it can be destroyed. */
static inline void
close_case(struct ih_registry *registry, const char *code)
{
	static const char *const events[] = { "open", "finalise",
		"no-indication" };
	struct ih_error err = { 0 };

	for (size_t i = 0; i < sizeof events / sizeof events[0]; i++)
		if (!ih_case_move(registry, code, IH_FILE, events[i], &err))
			fail_msg("%s", err.text);
}

/* What somebody with the disk and sqlite3(1) could do. */
static inline void
tamper(const char *file, const char *sql)
{
	char path[160];
	sqlite3 *db = NULL;
	char *why = NULL;

	snprintf(path, sizeof path, "%s/%s", office_folder, file);
	if (sqlite3_open(path, &db) != SQLITE_OK ||
	    sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
		fail_msg("%s: %s", sql, why != NULL ? why : "not opened");
	sqlite3_close(db);
}

/* One number out of a file of the registry. */
static inline long long
number_in(const char *file, const char *sql)
{
	char path[160];
	sqlite3 *db = NULL;
	sqlite3_stmt *rows = NULL;
	long long number = -1;

	snprintf(path, sizeof path, "%s/%s", office_folder, file);
	if (sqlite3_open(path, &db) == SQLITE_OK &&
	    sqlite3_prepare_v2(db, sql, -1, &rows, NULL) == SQLITE_OK &&
	    sqlite3_step(rows) == SQLITE_ROW)
		number = sqlite3_column_int64(rows, 0);
	sqlite3_finalize(rows);
	sqlite3_close(db);
	return number;
}

#endif
