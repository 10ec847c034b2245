#include "test.h"

#include <sys/wait.h>

#include "ihala/access.h"
#include "ihala/backup.h"
#include "ihala/erase.h"
#include "ihala/file.h"
#include "ihala/person.h"
#include "ihala/verify.h"
#include "office.h"

static char data_folder[96], keys_folder[96], list_file[96], new_folder[96];

static int
start(void **state)
{
	if (office_start(state) != 0)
		return 1;
	snprintf(data_folder, sizeof data_folder, "%s/data", office_root);
	snprintf(keys_folder, sizeof keys_folder, "%s/keys", office_root);
	snprintf(list_file, sizeof list_file, "%s/list", office_root);
	snprintf(new_folder, sizeof new_folder, "%s/new", office_root);
	return 0;
}

static void
back_up(struct ih_registry *registry)
{
	struct ih_error err = { 0 };
	struct ih_backup made;

	if (!ih_backup_make(registry, data_folder, keys_folder, NULL, &made,
		&err))
		fail_msg("%s", err.text);
}

static void
write_list(struct ih_registry *registry)
{
	struct ih_error err = { 0 };
	size_t count;
	IH_OWNED(ih_buffer) list = ih_erasure_list(registry, &count, &err);

	assert_non_null(list);
	assert_true(ih_file_write(list_file, list->data, list->size, &err));
}

static bool
put_back(const char *list, struct ih_restored *restored, struct ih_error *err)
{
	struct ih_restore how = { .data = data_folder,
		.keys = keys_folder,
		.erasures = list,
		.forget_erasures = list == NULL,
		.folder = new_folder,
		.login = { NULL, PASSPHRASE },
		.library = office_library,
		.world = &office_world,
		.any_content = true };

	err->kind = IH_NONE;
	return ih_backup_restore(&how, restored, err);
}

static void
destroy(struct ih_registry *registry, const char *code)
{
	static const char *const events[] = { "open", "finalise",
		"no-indication", "destroy" };
	struct ih_error err = { 0 };

	for (size_t i = 0; i < sizeof events / sizeof events[0]; i++)
		if (!ih_case_move(registry, code, IH_FILE, events[i], &err))
			fail_msg("%s", err.text);
}

static struct ih_registry *
open_new(void)
{
	struct ih_error err = { 0 };
	struct ih_registry *registry = ih_registry_open(new_folder,
	    &(const struct ih_login){ NULL, PASSPHRASE }, office_library,
	    &office_world, &err);

	if (registry == NULL)
		fail_msg("%s", err.text);
	return registry;
}

static bool
can_read(struct ih_registry *registry, const char *code)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer)
	facts = ih_case_read(registry, code, IH_FACTS, &err);

	return facts != NULL;
}

static void
brings_every_case_back(void **state)
{
	char code[20][IH_CODE_TEXT];
	struct ih_error err = { 0 };
	struct ih_restored restored;

	(void)state;
	{
		IH_OWNED(ih_registry) registry = office_open();
		for (unsigned i = 0; i < 20; i++)
			add_case(registry, i, code[i]);
		back_up(registry);
		write_list(registry);
	}
	if (!put_back(list_file, &restored, &err))
		fail_msg("%s", err.text);
	assert_int_equal(restored.erased, 0);
	IH_OWNED(ih_registry) registry = open_new();
	for (unsigned i = 0; i < 20; i++)
		assert_true(can_read(registry, code[i]));
}

static void
erases_again_whoever_was_erased_since(void **state)
{
	char stays[IH_CODE_TEXT], goes[IH_CODE_TEXT], late[IH_CODE_TEXT];
	struct ih_error err = { 0 };
	struct ih_restored restored;
	struct ih_case_row row;

	(void)state;
	{
		IH_OWNED(ih_registry) registry = office_open();
		add_case(registry, 1, stays);
		add_case(registry, 2, goes);
		back_up(registry);
		add_case(registry, 3, late);
		destroy(registry, goes);
		destroy(registry, late); /* the backup never had it */
		write_list(registry);
	}
	if (!put_back(list_file, &restored, &err))
		fail_msg("%s", err.text);
	assert_int_equal(restored.erased, 1);
	IH_OWNED(ih_registry) registry = open_new();
	assert_true(can_read(registry, stays));
	assert_false(can_read(registry, goes));
	assert_true(ih_case_row(registry, goes, &row, &err));
	assert_string_equal(row.state[IH_FILE], "destroyed");
}

static void
wants_a_list_that_is_not_older_than_the_backup(void **state)
{
	char code[IH_CODE_TEXT];
	struct ih_error err = { 0 };
	struct ih_restored restored;

	(void)state;
	{
		IH_OWNED(ih_registry) registry = office_open();
		write_list(registry);
		add_case(registry, 1, code);
		back_up(registry);
	}
	assert_false(put_back(list_file, &restored, &err));
	assert_int_equal(err.kind, IH_STATE);
	assert_non_null(strstr(err.text, "older"));
	assert_int_equal(access(new_folder, F_OK), -1);
	assert_true(put_back(NULL, &restored, &err));
}

static void
turn_a_byte(const char *folder, const char *name, long at)
{
	char path[160];
	int byte;

	snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *file = fopen(path, "r+");
	assert_non_null(file);
	fseek(file, at, SEEK_SET);
	byte = fgetc(file);
	fseek(file, at, SEEK_SET);
	fputc(byte ^ 1, file);
	fclose(file);
}

static void
refuses_a_backup_that_was_changed_anywhere(void **state)
{
	char code[IH_CODE_TEXT];
	struct ih_restored restored;
	const struct {
		const char *folder, *name;
		long at;
	} places[] = {
		{ data_folder, "registry.db", 5000 },
		{ keys_folder, "keys.db", 5000 },
		{ data_folder, "manifest", 100 },
		{ keys_folder, "manifest", 200 },
	};

	(void)state;
	{
		IH_OWNED(ih_registry) registry = office_open();
		add_case(registry, 1, code);
		back_up(registry);
	}
	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
		struct ih_error err = { 0 };

		turn_a_byte(places[i].folder, places[i].name, places[i].at);
		assert_false(put_back(NULL, &restored, &err));
		assert_true(err.kind == IH_TRUST || err.kind == IH_INPUT);
		assert_int_equal(access(new_folder, F_OK), -1);
		turn_a_byte(places[i].folder, places[i].name, places[i].at);
	}
}

static void
refuses_a_list_that_was_changed_anywhere(void **state)
{
	char code[IH_CODE_TEXT];
	struct ih_restored restored;
	struct ih_error err = { 0 };
	struct stat info;

	(void)state;
	{
		IH_OWNED(ih_registry) registry = office_open();
		add_case(registry, 1, code);
		back_up(registry);
		destroy(registry, code);
		write_list(registry);
	}
	assert_int_equal(stat(list_file, &info), 0);
	for (long at = 0; at < info.st_size; at += 23) {
		turn_a_byte(office_root, "list", at);
		assert_false(put_back(list_file, &restored, &err));
		turn_a_byte(office_root, "list", at);
	}
	assert_true(put_back(list_file, &restored, &err));
}

static void
keeps_the_keys_apart_from_the_data(void **state)
{
	struct ih_error err = { 0 };
	struct ih_backup made;
	char inner[128];
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	snprintf(inner, sizeof inner, "%s/inner", data_folder);
	assert_false(ih_backup_make(registry, data_folder, data_folder, NULL,
	    &made, &err));
	assert_int_equal(err.kind, IH_USAGE);
	assert_false(
	    ih_backup_make(registry, data_folder, inner, NULL, &made, &err));
	assert_int_equal(err.kind, IH_USAGE);
	assert_false(
	    ih_backup_make(registry, inner, data_folder, NULL, &made, &err));
	assert_int_equal(err.kind, IH_USAGE);
}

static void
is_readable_by_its_owner_only(void **state)
{
	static const char *const files[] = { "data", "data/registry.db",
		"data/manifest", "keys", "keys/keys.db", "keys/manifest" };
	struct stat info;
	char path[160];
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	back_up(registry);
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
		snprintf(path, sizeof path, "%s/%s", office_root, files[i]);
		assert_int_equal(stat(path, &info), 0);
		assert_int_equal(info.st_mode & 0077, 0);
	}
}

static void
leaves_nothing_where_one_folder_is_taken(void **state)
{
	struct ih_error err = { 0 };
	struct ih_backup made;
	char path[160];
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	mkdir(data_folder, 0700);
	snprintf(path, sizeof path, "%s/other", data_folder);
	assert_true(ih_file_write(path, "x", 1, &err));
	assert_false(ih_backup_make(registry, data_folder, keys_folder, NULL,
	    &made, &err));
	assert_int_equal(err.kind, IH_STATE);
	assert_int_equal(access(keys_folder, F_OK), -1);
}

static void
is_whole_while_others_write(void **state)
{
	struct ih_error err = { 0 };
	struct ih_restored restored;
	struct ih_verify how = { .library = NULL };
	pid_t child;
	int status;

	(void)state;
	child = fork();
	if (child == 0) {
		char code[IH_CODE_TEXT];
		struct ih_world world = ih_world_real();
		IH_OWNED(ih_registry)
		registry = ih_registry_open(office_folder,
		    &(const struct ih_login){ NULL, PASSPHRASE },
		    office_library, &world, &err);

		for (unsigned i = 0; i < 60; i++) {
			struct ih_case_new fresh = new_case(i);

			if (registry == NULL ||
			    !ih_case_add(registry, &fresh, code, &err))
				_exit(1);
			if (i % 4 == 0)
				destroy(registry, code);
		}
		_exit(0);
	}
	IH_OWNED(ih_registry) registry = office_open();
	for (int i = 0; i < 8; i++) {
		snprintf(data_folder, sizeof data_folder, "%s/data%d",
		    office_root, i);
		snprintf(keys_folder, sizeof keys_folder, "%s/keys%d",
		    office_root, i);
		snprintf(new_folder, sizeof new_folder, "%s/new%d", office_root,
		    i);
		back_up(registry);
		if (!put_back(NULL, &restored, &err))
			fail_msg("%s", err.text);
		if (!ih_registry_verify(registry, &how, &err))
			fail_msg("while it is used: %s", err.text);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

/* ---- going through it */

static struct {
	enum ih_check first;
	unsigned wrong;
} heard;

static void
hear(enum ih_check check, uint64_t count, const struct ih_error *fault,
    void *with)
{
	(void)count;
	(void)with;
	if (fault == NULL)
		return;
	if (heard.wrong == 0)
		heard.first = check;
	heard.wrong |= 1u << check;
}

/* A case that was moved, one that was erased, a note, an emergency and a
 * second user. */
static void
fill_every_table(struct ih_registry *registry, struct ih_error *err)
{
	static const char *const events[] = { "open", "finalise",
		"no-indication", "destroy" };
	char code[IH_CODE_TEXT], other[IH_CODE_TEXT];

	add_case(registry, 1, code);
	add_case(registry, 2, other);
	assert_true(ih_case_move(registry, code, IH_FILE, "open", err));
	for (size_t e = 0; e < sizeof events / sizeof events[0]; e++)
		assert_true(
		    ih_case_move(registry, other, IH_FILE, events[e], err));
	assert_true(ih_person_accuse(registry, code, "a note", err));
	assert_true(ih_case_break(registry, code,
	    "The person has come back at night", err));
	office_admit(registry, "aid", IH_ROLE_BIT(IH_CASE_WORKER));
}

static void
finds_each_fault_where_it_is(void **state)
{
	static const struct {
		const char *file, *sql;
		enum ih_check found;
	} faults[] = {
		{ "registry.db", "DELETE FROM checkpoint", IH_CHECK_LEDGER },
		{ "registry.db", "UPDATE ledger SET instant = 1 WHERE at = 3",
		    IH_CHECK_LEDGER },
		{ "registry.db",
		    "UPDATE case_part SET sealed = zeroblob(64)"
		    " WHERE part = 'facts'",
		    IH_CHECK_PARTS },
		{ "keys.db", "DELETE FROM case_key WHERE part = 'facts'",
		    IH_CHECK_KEYS },
		{ "keys.db",
		    "INSERT INTO case_key VALUES ('2222-2222-2', 'facts', "
		    "'facts', "
		    "x'00')",
		    IH_CHECK_KEYS },
		{ "keys.db",
		    "INSERT INTO case_key SELECT code, part, 'user nobody',"
		    " wrapped FROM case_key WHERE part = 'facts'"
		    " AND holder = 'facts'",
		    IH_CHECK_USERS },
		{ "keys.db",
		    "INSERT INTO case_key SELECT code, 'statistics',"
		    " 'emergency', wrapped FROM case_key WHERE part = 'facts'"
		    " AND holder = 'facts'",
		    IH_CHECK_USERS },
		{ "keys.db",
		    "INSERT INTO holding SELECT compartment, 'nobody', wrapped"
		    " FROM holding LIMIT 1",
		    IH_CHECK_USERS },
		{ "keys.db", "UPDATE roster SET signature = zeroblob(64)",
		    IH_CHECK_USERS },
		{ "keys.db", "DELETE FROM roster WHERE generation = 2",
		    IH_CHECK_USERS },
		{ "registry.db",
		    "INSERT INTO break_glass SELECT 1, code, 'office', 0,"
		    " x'00', NULL FROM case_file LIMIT 1",
		    IH_CHECK_USERS },
		{ "registry.db", "DELETE FROM break_glass", IH_CHECK_USERS },
		{ "registry.db", "UPDATE break_glass SET reviewed = entry",
		    IH_CHECK_USERS },
		{ "registry.db", "UPDATE accused SET entry = 1",
		    IH_CHECK_STEPS },
		{ "registry.db",
		    "INSERT INTO person_link SELECT min(code), max(code),"
		    " x'00' FROM case_file",
		    IH_CHECK_PERSONS },
		{ "registry.db",
		    "INSERT INTO name_mark SELECT zeroblob(16), code"
		    " FROM case_file WHERE file = 'destroyed'",
		    IH_CHECK_PERSONS },
		{ "registry.db",
		    "INSERT INTO name_mark VALUES (zeroblob(16),"
		    " '2222-2222-2')",
		    IH_CHECK_FILES },
		{ "registry.db", "UPDATE case_file SET held = 1",
		    IH_CHECK_STEPS },
		{ "registry.db", "UPDATE case_file SET consent = 'given'",
		    IH_CHECK_STEPS },
		{ "registry.db", "UPDATE step SET event = 'reopen'",
		    IH_CHECK_STEPS },
		{ "registry.db",
		    "INSERT INTO message VALUES"
		    " ('00000000-0000-4000-8000-000000000001', 'sent', 'EG',"
		    " 'referral', 2, zeroblob(32), zeroblob(32), zeroblob(32),"
		    " 'sent', 0, 0, '', '')",
		    IH_CHECK_LETTERS },
	};
	struct ih_verify how = { .each = hear };

	(void)state;
	for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
		struct ih_error err = { 0 };

		assert_int_equal(office_end(state), 0);
		assert_int_equal(start(state), 0);
		IH_OWNED(ih_registry) registry = office_open();
		fill_every_table(registry, &err);
		heard.wrong = 0;
		assert_true(ih_registry_verify(registry, &how, &err));
		assert_int_equal(heard.wrong, 0);
		/* What settles pending keys has run. */
		tamper("keys.db", "DELETE FROM pending");
		tamper(faults[i].file, faults[i].sql);
		assert_false(ih_registry_verify(registry, &how, &err));
		if ((heard.wrong & 1u << faults[i].found) == 0)
			fail_msg("not found by %s: %s",
			    ih_check_name(faults[i].found), faults[i].sql);
	}
}

static void
says_nothing_of_a_locked_registry(void **state)
{
	struct ih_error err = { 0 };
	struct ih_verify how = { .library = NULL };
	IH_OWNED(ih_registry) locked = office_open_with(NULL, &err);

	(void)state;
	assert_false(ih_registry_verify(locked, &how, &err));
	assert_int_equal(err.kind, IH_DENIED);
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, start, office_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH(brings_every_case_back),
		WITH(erases_again_whoever_was_erased_since),
		WITH(wants_a_list_that_is_not_older_than_the_backup),
		WITH(refuses_a_backup_that_was_changed_anywhere),
		WITH(refuses_a_list_that_was_changed_anywhere),
		WITH(keeps_the_keys_apart_from_the_data),
		WITH(is_readable_by_its_owner_only),
		WITH(leaves_nothing_where_one_folder_is_taken),
		WITH(is_whole_while_others_write),
		WITH(finds_each_fault_where_it_is),
		WITH(says_nothing_of_a_locked_registry),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
