#include "test.h"

#include <sys/wait.h>

#include "../../src/registry/format.h"
#include "disk.h"
#include "ihala/access.h"
#include "ihala/backup.h"
#include "ihala/file.h"
#include "ihala/verify.h"
#include "office.h"

/*
 * An invented office as a program of format 3 left it (format-3): three cases,
 * GIVEN to a worker, HELD and opened in an emergency, ERASED; a letter, a
 * second user, officers with a recovery key.
 */
#define GIVEN "MP9T-3XV4-R"
#define HELD "53WW-49YT-D"
#define ERASED "5454-87HQ-6"
enum { ENTRIES = 25 }; /* of its ledger */

static void
load(const char *name)
{
	char path[160], from[64];
	struct ih_error err = { 0 };
	sqlite3 *db = NULL;

	snprintf(from, sizeof from, "tests/registry/format-3/%s.sql", name);
	snprintf(path, sizeof path, "%s/%s.db", office_folder, name);
	IH_OWNED(ih_buffer) sql = ih_file_read(from, 1 << 20, &err);
	assert_non_null(sql);
	ih_buffer_add(sql, "", 1);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, (const char *)sql->data, NULL, NULL,
			     NULL),
	    SQLITE_OK);
	sqlite3_close(db);
	chmod(path, 0600);
}

static void
lay_out(void)
{
	nftw(office_root, office_remove_one, 16, FTW_DEPTH | FTW_PHYS);
	mkdir(office_root, 0700);
	mkdir(office_folder, 0700);
	load("registry");
	load("keys");
	office_seed = 99;
}

static int
start(void **state)
{
	disk_start();
	disk.kill_at = disk.seen = 0;
	if (office_place(state) != 0)
		return 1;
	lay_out();
	return 0;
}

static long long
format_of(const char *file)
{
	return number_in(file, "PRAGMA user_version");
}

static long long
migrations(void)
{
	return number_in("registry.db",
	    "SELECT count(*) FROM ledger WHERE act = 'migrate'");
}

static void
holds(struct ih_registry *registry)
{
	struct ih_error err = { 0 };
	struct ih_verify how = { .library = NULL };
	struct ih_case_row row;

	if (!ih_registry_verify(registry, &how, &err))
		fail_msg("%s %s", err.code, err.text);
	IH_OWNED(ih_buffer)
	facts = ih_case_read(registry, GIVEN, IH_FACTS, &err);
	IH_OWNED(ih_buffer)
	identity = ih_case_read(registry, HELD, IH_IDENTITY, &err);
	assert_non_null(facts);
	assert_non_null(identity);
	assert_memory_equal(facts->data, FACTS, strlen(FACTS));
	assert_memory_equal(identity->data, IDENTITY, strlen(IDENTITY));
	assert_true(ih_case_row(registry, HELD, &row, &err));
	assert_true(row.held);
	assert_true(ih_case_row(registry, ERASED, &row, &err));
	assert_false(row.has[IH_FACTS]);
}

static void
opens_with_everything_in_it(void **state)
{
	struct ih_error err = { 0 };

	(void)state;
	for (int i = 0; i < 2; i++) { /* the second time there is nothing to do
				       */
		IH_OWNED(ih_registry) registry = office_open_as("office", &err);

		if (registry == NULL)
			fail_msg("%s %s", err.code, err.text);
		holds(registry);
		assert_int_equal(format_of("registry.db"), IH_FORMAT);
		assert_int_equal(format_of("keys.db"), IH_FORMAT);
		assert_int_equal(migrations(), 1);
	}
	assert_int_equal(number_in("registry.db", "SELECT at FROM ledger"
						  " WHERE act = 'migrate'"),
	    ENTRIES);
	IH_OWNED(ih_registry) worker = office_open_as("aid", &err);
	assert_non_null(worker);
	IH_OWNED(ih_buffer) facts = ih_case_read(worker, GIVEN, IH_FACTS, &err);
	assert_non_null(facts);
}

/* What CREATE statements a file has, in one text. */
static struct ih_buffer *
tables_of(const char *folder, const char *file)
{
	char path[160];
	sqlite3 *db = NULL;
	sqlite3_stmt *rows = NULL;
	struct ih_buffer *all = ih_buffer_new();

	snprintf(path, sizeof path, "%s/%s", folder, file);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(
	    sqlite3_prepare_v2(db,
		"SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL"
		" ORDER BY name",
		-1, &rows, NULL),
	    SQLITE_OK);
	while (sqlite3_step(rows) == SQLITE_ROW)
		ih_buffer_printf(all, "%s: %s\n", sqlite3_column_text(rows, 0),
		    sqlite3_column_text(rows, 1));
	sqlite3_finalize(rows);
	sqlite3_close(db);
	return all;
}

static void
has_the_tables_of_a_new_one(void **state)
{
	struct ih_error err = { 0 };
	struct ih_registry_setup setup = { .committee = "XX",
		.training = true,
		.passphrase = PASSPHRASE };
	char fresh[128];

	(void)state;
	snprintf(fresh, sizeof fresh, "%s/fresh", office_root);
	assert_true(ih_registry_init(fresh, &setup, &office_world, &err));
	IH_OWNED(ih_registry) registry = office_open_as("office", &err);
	assert_non_null(registry);
	for (int i = 0; i < IH_FORMAT_FILES; i++) {
		IH_OWNED(ih_buffer)
		was = tables_of(office_folder, ih_format_names[i]);
		IH_OWNED(ih_buffer) is = tables_of(fresh, ih_format_names[i]);

		ih_buffer_add(was, "", 1);
		ih_buffer_add(is, "", 1);
		assert_string_equal((char *)was->data, (char *)is->data);
	}
}

/* ---- cut short */

static bool
killed_at(int change)
{
	int status = 0;
	pid_t child;

	lay_out();
	child = fork();
	if (child == 0) {
		struct ih_error err = { 0 };
		struct ih_registry *registry;

		disk.kill_at = change;
		disk.seen = 0;
		registry = office_open_as("office", &err);
		ih_registry_close(registry);
		_exit(registry != NULL ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	if (WIFEXITED(status))
		assert_int_equal(WEXITSTATUS(status), 0);
	return WIFSIGNALED(status);
}

static void
is_the_old_or_the_new_at_every_point_it_is_killed(void **state)
{
	int points = 0, between = 0;

	(void)state;
	for (int at = 1; killed_at(at); at++, points++) {
		struct ih_error err = { 0 };
		long long cases = format_of("registry.db");
		long long keys = format_of("keys.db");
		long long entered = migrations();

		assert_true(cases == 3 || cases == IH_FORMAT);
		assert_true(keys == IH_FORMAT || cases == 3);
		assert_int_equal(entered, cases == IH_FORMAT);
		between += keys != cases;
		IH_OWNED(ih_registry) registry = office_open_as("office", &err);
		if (registry == NULL)
			fail_msg("at %d: %s %s", at, err.code, err.text);
		holds(registry);
		assert_int_equal(migrations(), 1);
	}
	print_message("killed at %d points, %d between the files\n", points,
	    between);
	assert_true(points > 20);
	assert_true(between > 0);
}

static void
happens_once_where_several_programs_open_it(void **state)
{
	enum { PROGRAMS = 6 };
	pid_t child[PROGRAMS];

	(void)state;
	for (int i = 0; i < PROGRAMS; i++) {
		child[i] = fork();
		if (child[i] == 0) {
			struct ih_error err = { 0 };

			_exit(office_open_as("office", &err) != NULL ? 0 : 1);
		}
	}
	for (int i = 0; i < PROGRAMS; i++) {
		int status = 0;

		assert_int_equal(waitpid(child[i], &status, 0), child[i]);
		assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	}
	assert_int_equal(migrations(), 1);
}

/* ---- what is not brought forward */

static void
is_refused_where_the_format_is_not_known(void **state)
{
	static const struct {
		const char *file, *sql;
		long long format;
	} cases[] = {
		{ "registry.db", "PRAGMA user_version = 6", 6 },
		{ "registry.db", "PRAGMA user_version = 2", 2 },
		{ "registry.db", "PRAGMA user_version = 0", 0 },
		{ "registry.db", "PRAGMA user_version = -1", -1 },
		{ "keys.db", "PRAGMA user_version = 2147483647", 2147483647 },
		{ "keys.db", "PRAGMA user_version = 1", 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct ih_error err = { 0 };

		lay_out();
		tamper(cases[i].file, cases[i].sql);
		assert_null(office_open_as("office", &err));
		assert_int_equal(err.kind, IH_INPUT);
		assert_string_equal(err.code, "E_REGISTRY_FORMAT");
		assert_non_null(strstr(err.text, cases[i].file));
		assert_null(strchr(err.text, '\n'));
		assert_int_equal(format_of(cases[i].file), cases[i].format);
		assert_int_equal(migrations(), 0);
	}
}

static void
says_that_it_is_older_where_it_is_locked(void **state)
{
	struct ih_error err = { 0 };

	(void)state;
	assert_null(office_open_with(NULL, &err));
	assert_int_equal(err.kind, IH_STATE);
	assert_string_equal(err.code, "E_REGISTRY_OLDER");
	assert_int_equal(format_of("registry.db"), 3);
	assert_int_equal(format_of("keys.db"), 3);
}

static void
is_left_alone_by_a_wrong_passphrase(void **state)
{
	struct ih_error err = { 0 };
	const struct ih_login wrong = { "office", "pas celle du registre" };

	(void)state;
	assert_null(ih_registry_open(office_folder, &wrong, office_library,
	    &office_world, &err));
	assert_int_equal(err.kind, IH_DENIED);
	assert_int_equal(format_of("registry.db"), 3);
	assert_int_equal(format_of("keys.db"), 3);
}

/* ---- a backup of then */

static void
comes_back_from_a_backup_of_then(void **state)
{
	struct ih_error err = { 0 };
	char data[80], keys[80], back[80];
	struct ih_backup made;
	struct ih_restored restored;
	const struct ih_login login = { "office", PASSPHRASE };

	(void)state;
	snprintf(data, sizeof data, "%s/data", office_root);
	snprintf(keys, sizeof keys, "%s/keys", office_root);
	snprintf(back, sizeof back, "%s/back", office_root);
	{
		IH_OWNED(ih_registry)
		then = ih_registry_open_as_it_is(office_folder, &login,
		    office_library, &office_world, &err);

		if (then == NULL ||
		    !ih_backup_make(then, data, keys, NULL, &made, &err))
			fail_msg("%s %s", err.code, err.text);
	}
	assert_int_equal(format_of("registry.db"), 3);
	struct ih_restore how = { .data = data,
		.keys = keys,
		.forget_erasures = true,
		.folder = back,
		.login = login,
		.any_content = true,
		.library = office_library,
		.world = &office_world };
	if (!ih_backup_restore(&how, &restored, &err))
		fail_msg("%s %s", err.code, err.text);
	snprintf(office_folder, sizeof office_folder, "%s", back);
	IH_OWNED(ih_registry) registry = office_open_as("office", &err);
	assert_non_null(registry);
	holds(registry);
	assert_int_equal(format_of("registry.db"), IH_FORMAT);
	assert_int_equal(migrations(), 1);
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, start, office_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH(opens_with_everything_in_it),
		WITH(has_the_tables_of_a_new_one),
		WITH(is_the_old_or_the_new_at_every_point_it_is_killed),
		WITH(happens_once_where_several_programs_open_it),
		WITH(is_refused_where_the_format_is_not_known),
		WITH(says_that_it_is_older_where_it_is_locked),
		WITH(is_left_alone_by_a_wrong_passphrase),
		WITH(comes_back_from_a_backup_of_then),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
