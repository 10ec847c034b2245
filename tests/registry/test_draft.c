#include "test.h"

#include <sys/mman.h>
#include <sys/wait.h>

#include "../../src/registry/query.h"
#include "disk.h"
#include "ihala/draft.h"
#include "ihala/file.h"
#include "ihala/verify.h"
#include "office.h"

#define DAY 86400
#define SAID "<draft>Lieu Exemple Trois, Personne Exemple Sept</draft>"

static void
begin(struct ih_registry *registry, char code[static IH_CODE_TEXT])
{
	struct ih_error err = { 0 };

	if (!ih_draft_add(registry, "adult", SAID, strlen(SAID), code, &err))
		fail_msg("%s %s", err.code, err.text);
}

/* What CODE says now, and its row. */
static struct ih_buffer *
said(struct ih_registry *registry, const char *code, struct ih_draft_row *row)
{
	struct ih_error err = { 0 };
	struct ih_buffer *bytes = ih_draft_read(registry, code, row, &err);

	if (bytes == NULL)
		fail_msg("%s %s", err.code, err.text);
	return bytes;
}

static void
look(struct ih_registry *registry, const char *code, struct ih_draft_row *row)
{
	ih_buffer_free(said(registry, code, row));
}

static bool
save(struct ih_registry *registry, struct ih_draft_row *row, const char *text,
    struct ih_error *err)
{
	return ih_draft_write(registry, row, text, strlen(text), err);
}

static void
saved(struct ih_registry *registry, struct ih_draft_row *row, const char *text)
{
	struct ih_error err = { 0 };

	if (!save(registry, row, text, &err))
		fail_msg("%s %s", err.code, err.text);
}

static void
verified(struct ih_registry *registry)
{
	struct ih_error err = { 0 };
	const struct ih_verify how = { .library = NULL };

	if (!ih_registry_verify(registry, &how, &err))
		fail_msg("%s", err.text);
}

static long long
keys_of(const char *code)
{
	char sql[96];

	snprintf(sql, sizeof sql,
	    "SELECT count(*) FROM case_key WHERE code = '%.11s'", code);
	return number_in("keys.db", sql);
}

static void
is_gone(struct ih_registry *registry, const char *code)
{
	struct ih_error err = { 0 };
	struct ih_draft_row row;

	assert_null(ih_draft_read(registry, code, &row, &err));
	assert_string_equal(err.code, "E_DRAFT_UNKNOWN");
	assert_int_equal(keys_of(code), 0);
	assert_int_equal(number_in("registry.db", "SELECT count(*) FROM draft"),
	    0);
}

/* ---- kept */

static void
gives_back_what_was_saved_last(void **state)
{
	char code[IH_CODE_TEXT];
	struct ih_draft_row row;
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	begin(registry, code);
	IH_OWNED(ih_buffer) first = said(registry, code, &row);
	assert_string_equal((char *)first->data, SAID);
	assert_string_equal(row.instrument, "adult");
	assert_int_equal(row.begun, NOON);
	assert_int_equal(row.version, 1);
	office_world.now += 60;
	saved(registry, &row, "<draft>more</draft>");
	assert_int_equal(row.version, 2);
	IH_OWNED(ih_registry) later = office_open();
	IH_OWNED(ih_buffer) second = said(later, code, &row);
	assert_string_equal((char *)second->data, "<draft>more</draft>");
	assert_int_equal(row.version, 2);
	assert_int_equal(row.saved, NOON + 60);
	verified(later);
}

static bool
has_word(const char *file, const char *word)
{
	char path[160];
	struct ih_error err = { 0 };

	snprintf(path, sizeof path, "%s/%s", office_folder, file);
	IH_OWNED(ih_buffer) bytes = ih_file_read(path, 64 << 20, &err);
	return bytes != NULL &&
	       memmem(bytes->data, bytes->size, word, strlen(word)) != NULL;
}

static void
writes_nothing_of_it_in_clear(void **state)
{
	static const char *const files[] = { "registry.db", "registry.db-wal",
		"keys.db", "keys.db-wal" };
	char code[IH_CODE_TEXT];
	struct ih_draft_row row;
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	begin(registry, code);
	look(registry, code, &row);
	for (int i = 0; i < 20; i++)
		saved(registry, &row, SAID SAID);
	assert_true(has_word("registry.db-wal", code)); /* it is looked at */
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
		assert_false(has_word(files[i], "Exemple"));
}

static void
enters_that_it_was_begun_and_not_each_answer(void **state)
{
	char code[IH_CODE_TEXT];
	struct ih_draft_row row;
	IH_OWNED(ih_registry) registry = office_open();
	long long before;

	(void)state;
	begin(registry, code);
	before = number_in("registry.db", "SELECT count(*) FROM ledger");
	look(registry, code, &row);
	saved(registry, &row, SAID);
	assert_int_equal(number_in("registry.db",
			     "SELECT count(*) FROM ledger"),
	    before);
	assert_int_equal(number_in("registry.db",
			     "SELECT count(*) FROM ledger WHERE act = 'draft'"
			     " AND subject LIKE '% begin'"),
	    1);
}

static void
tells_the_second_of_two_who_save_at_once(void **state)
{
	char code[IH_CODE_TEXT];
	struct ih_draft_row here, there;
	struct ih_error err = { 0 };
	IH_OWNED(ih_registry) one = office_open();
	IH_OWNED(ih_registry) other = office_open();

	(void)state;
	begin(one, code);
	look(one, code, &here);
	look(other, code, &there);
	saved(other, &there, "<draft>first</draft>");
	assert_false(save(one, &here, "<draft>second</draft>", &err));
	assert_int_equal(err.kind, IH_STATE);
	assert_string_equal(err.code, "E_DRAFT_CHANGED");
	IH_OWNED(ih_buffer) c = said(one, code, &here);
	assert_string_equal((char *)c->data, "<draft>first</draft>");
	saved(one, &here, "<draft>second</draft>");
}

static void
refuses_what_is_too_large(void **state)
{
	char code[IH_CODE_TEXT];
	struct ih_draft_row row;
	struct ih_error err = { 0 };
	char *large = calloc(1, IH_DRAFT_MAX + 1);
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	begin(registry, code);
	look(registry, code, &row);
	assert_false(
	    ih_draft_write(registry, &row, large, IH_DRAFT_MAX + 1, &err));
	assert_string_equal(err.code, "E_DRAFT_LARGE");
	assert_true(ih_draft_write(registry, &row, large, IH_DRAFT_MAX, &err));
	free(large);
}

static void
refuses_a_blob_that_was_put_in_its_place(void **state)
{
	char code[IH_CODE_TEXT], other[IH_CODE_TEXT];
	struct ih_draft_row row;
	struct ih_error err = { 0 };
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	begin(registry, code);
	begin(registry, other);
	tamper("registry.db",
	    "UPDATE draft SET sealed = (SELECT sealed FROM draft AS d"
	    " WHERE d.code <> draft.code)");
	assert_null(ih_draft_read(registry, code, &row, &err));
	assert_int_equal(err.kind, IH_TRUST);
}

/* ---- whose it is */

static void
is_read_by_its_author_alone_whatever_the_role(void **state)
{
	char code[IH_CODE_TEXT];
	struct ih_draft_row row;
	struct ih_error err = { 0 };
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	begin(registry, code);
	office_admit(registry, "amina",
	    IH_ROLE_BIT(IH_SUPERVISOR) | IH_ROLE_BIT(IH_CASE_WORKER));
	/* One way to the key, and it is no compartment's. */
	assert_int_equal(keys_of(code), 1);
	assert_int_equal(number_in("keys.db", "SELECT count(*) FROM case_key"
					      " WHERE holder = 'user office'"),
	    1);
	IH_OWNED(ih_registry) theirs = office_open_as("amina", &err);
	assert_true(ih_draft_row(theirs, code, &row, &err));
	assert_string_equal(row.user, "office");
	assert_null(ih_draft_read(theirs, code, &row, &err));
	assert_string_equal(err.code, "E_DRAFT_OTHER");
	err = (struct ih_error){ 0 };
	row.version = 1;
	assert_false(save(theirs, &row, SAID, &err));
	err = (struct ih_error){ 0 };
	assert_false(ih_draft_discard(theirs, code, &err));
	assert_string_equal(err.code, "E_DRAFT_OTHER");
}

static bool
count_one(const struct ih_draft_row *row, void *with)
{
	size_t *count = with;

	assert_int_equal(row->expires, NOON / DAY + 14);
	++*count;
	return true;
}

static size_t
listed(const char *user)
{
	struct ih_error err = { 0 };
	size_t count = 0;
	IH_OWNED(ih_registry) registry = office_open_as(user, &err);

	if (!ih_draft_each(registry, count_one, &count, &err))
		return SIZE_MAX;
	return count;
}

static void
is_listed_to_its_author_and_to_who_gives_out_work(void **state)
{
	char code[IH_CODE_TEXT];
	struct ih_draft_row row;
	struct ih_error err = { 0 };
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	begin(registry, code);
	office_admit(registry, "accounts", IH_ROLE_BIT(IH_ADMINISTRATOR));
	IH_OWNED(ih_registry) accounts = office_open_as("accounts", &err);
	for (int i = 0; i < 2; i++) {
		const char *who = i == 0 ? "amina" : "nadia";

		assert_true(ih_user_register(accounts, who,
		    IH_ROLE_BIT(i == 0 ? IH_SCREENER : IH_SUPERVISOR),
		    PASSPHRASE_OF_OTHERS, &err));
		assert_true(ih_user_admit(registry, who, &err));
	}
	assert_int_equal(listed("office"), 1);
	assert_int_equal(listed("nadia"), 1);
	assert_int_equal(listed("amina"), 0);
	assert_int_equal(listed("accounts"), SIZE_MAX);
	IH_OWNED(ih_registry) screener = office_open_as("amina", &err);
	assert_false(ih_draft_row(screener, code, &row, &err));
	assert_string_equal(err.code, "E_DRAFT_UNKNOWN");
}

/* ---- its end */

static bool
become_case(struct ih_registry *registry, const struct ih_draft_row *row,
    bool commit, char code[static IH_CODE_TEXT], struct ih_error *err)
{
	const struct ih_case_new fresh = new_case(7);
	IH_OWNED(ih_transaction) all = ih_transaction_begin(registry, err);

	return all != NULL && ih_case_add(registry, &fresh, code, err) &&
	       ih_draft_finish(registry, row, err) &&
	       (!commit || ih_transaction_commit(all, err));
}

static void
becomes_a_case_and_leaves_no_key(void **state)
{
	char code[IH_CODE_TEXT], made[IH_CODE_TEXT];
	struct ih_draft_row row;
	struct ih_case_row open;
	struct ih_error err = { 0 };
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	begin(registry, code);
	look(registry, code, &row);
	assert_true(become_case(registry, &row, true, made, &err));
	assert_true(ih_draft_forget(registry, code, &err));
	assert_true(ih_case_row(registry, made, &open, &err));
	is_gone(registry, code);
	verified(registry);
}

static void
stays_where_the_case_did_not_come_to_be(void **state)
{
	char code[IH_CODE_TEXT], made[IH_CODE_TEXT];
	struct ih_draft_row row, old;
	struct ih_case_row open;
	struct ih_error err = { 0 };
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	begin(registry, code);
	look(registry, code, &row);
	assert_true(become_case(registry, &row, false, made, &err));
	assert_false(ih_case_row(registry, made, &open, &err));
	err = (struct ih_error){ 0 };
	old = row;
	saved(registry, &row, "<draft>more</draft>");
	assert_false(become_case(registry, &old, true, made, &err));
	assert_string_equal(err.code, "E_DRAFT_CHANGED");
	IH_OWNED(ih_registry) later = office_open();
	IH_OWNED(ih_buffer) still = said(later, code, &row);
	assert_string_equal((char *)still->data, "<draft>more</draft>");
}

static void
is_destroyed_when_it_is_discarded(void **state)
{
	char code[IH_CODE_TEXT];
	struct ih_error err = { 0 };
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	begin(registry, code);
	assert_true(ih_draft_discard(registry, code, &err));
	is_gone(registry, code);
	assert_int_equal(number_in("keys.db", "SELECT count(*) FROM pending"),
	    0);
	verified(registry);
}

static void
is_destroyed_so_many_days_after_it_was_saved(void **state)
{
	char code[IH_CODE_TEXT];
	struct ih_draft_row row;

	(void)state;
	{
		IH_OWNED(ih_registry) registry = office_open();

		begin(registry, code);
		look(registry, code, &row);
		office_world.now += 10 * DAY;
		saved(registry, &row, SAID);
	}
	office_world.now += 14 * DAY;
	{
		IH_OWNED(ih_registry) registry = office_open();
		look(registry, code, &row);
	}
	office_world.now += DAY;
	IH_OWNED(ih_registry) registry = office_open();
	is_gone(registry, code);
	verified(registry);
}

static void
is_destroyed_when_its_author_is_let_go(void **state)
{
	char code[IH_CODE_TEXT];
	struct ih_error err = { 0 };
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	office_admit(registry, "amina", IH_ROLE_BIT(IH_SCREENER));
	{
		IH_OWNED(ih_registry) theirs = office_open_as("amina", &err);

		begin(theirs, code);
	}
	assert_true(ih_user_revoke(registry, "amina", &err));
	IH_OWNED(ih_registry) later = office_open_as("office", &err);
	is_gone(later, code);
	verified(later);
}

static void
is_missed_where_somebody_took_it_or_made_it_theirs(void **state)
{
	static const char *const deeds[] = {
		"UPDATE draft SET user = 'amina'",
		"DELETE FROM draft",
		"UPDATE draft SET entry = 0",
	};

	(void)state;
	for (size_t i = 0; i < sizeof deeds / sizeof deeds[0]; i++) {
		char code[IH_CODE_TEXT];
		struct ih_error err = { 0 };
		const struct ih_verify how = { .library = NULL };
		IH_OWNED(ih_registry) registry = office_open();

		begin(registry, code);
		begin(registry, code);
		verified(registry);
		tamper("registry.db", deeds[i]);
		assert_false(ih_registry_verify(registry, &how, &err));
		assert_int_equal(err.kind, IH_TRUST);
		ih_registry_close(IH_GIVE(registry));
		office_end(state);
		office_start(state);
	}
}

/* ---- killed */

enum { ANSWERS = 6, KILL_EVERY = 5 /* changes */ };

/* Shared with the child: what it was told. */
static struct {
	char code[IH_CODE_TEXT], made[IH_CODE_TEXT];
	int answers;
	bool finishing, done;
} * told;

static bool
hold(struct ih_error *err)
{
	struct ih_draft_row row;
	char text[] = "<draft>0</draft>";
	IH_OWNED(ih_registry) registry = office_open_with(PASSPHRASE, err);
	char code[IH_CODE_TEXT], made[IH_CODE_TEXT];

	if (registry == NULL ||
	    !ih_draft_add(registry, "adult", text, strlen(text), code, err))
		return false;
	memcpy(told->code, code, sizeof code);
	IH_OWNED(ih_buffer) bytes = ih_draft_read(registry, code, &row, err);
	for (int i = 1; bytes != NULL && i <= ANSWERS; i++) {
		text[7] = (char)('0' + i);
		if (!save(registry, &row, text, err))
			return false;
		told->answers = i;
	}
	told->finishing = true;
	if (!become_case(registry, &row, true, made, err))
		return false;
	memcpy(told->made, made, sizeof made);
	told->done = ih_draft_forget(registry, code, err);
	return told->done;
}

static bool
killed_at(int change)
{
	int status = 0;
	pid_t child;

	nftw(office_root, office_remove_one, 16, FTW_DEPTH | FTW_PHYS);
	mkdir(office_root, 0700);
	office_seed = 7;
	memset(told, 0, sizeof *told);
	assert_true(office_init(true, &(struct ih_error){ 0 }));
	child = fork();
	if (child == 0) {
		struct ih_error err = { 0 };

		disk.kill_at = change;
		disk.seen = 0;
		if (!hold(&err))
			print_error("%s\n", err.text);
		_exit(err.kind == IH_NONE ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	if (WIFEXITED(status))
		assert_int_equal(WEXITSTATUS(status), 0);
	return WIFSIGNALED(status);
}

/* Either the draft with all that was acknowledged, or the case. */
static void
goes_on(void)
{
	struct ih_error err = { 0 };
	struct ih_draft_row row;
	long long cases, drafts;
	IH_OWNED(ih_registry) registry = office_open();

	verified(registry);
	cases = number_in("registry.db", "SELECT count(*) FROM case_file");
	drafts = number_in("registry.db", "SELECT count(*) FROM draft");
	if (told->code[0] == '\0')
		return;
	assert_int_equal(cases + drafts, 1);
	if (told->made[0] != '\0')
		assert_int_equal(cases, 1);
	if (!told->finishing)
		assert_int_equal(drafts, 1);
	if (drafts == 0) {
		is_gone(registry, told->code);
		return;
	}
	IH_OWNED(ih_buffer) bytes =
	    ih_draft_read(registry, told->code, &row, &err);
	if (bytes == NULL)
		fail_msg("%s", err.text);
	assert_true(bytes->data[7] - '0' >= told->answers);
	assert_true(bytes->data[7] - '0' <= told->answers + 1);
}

static void
loses_no_answer_that_was_saved_when_it_is_killed(void **state)
{
	int points = 0, step = KILL_EVERY * (int)one_in(7);

	(void)state;
	for (int at = 1; killed_at(at); at += step, points++)
		goes_on();
	assert_true(told->done);
	goes_on();
	print_message("killed at %d points\n", points);
}

static int
start(void **state)
{
	disk_start();
	disk.kill_at = 0;
	told = mmap(NULL, sizeof *told, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	return told == MAP_FAILED ? 1 : office_place(state);
}

#define OFFICE(test)                                                           \
	cmocka_unit_test_setup_teardown(test, office_start, office_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		OFFICE(gives_back_what_was_saved_last),
		OFFICE(writes_nothing_of_it_in_clear),
		OFFICE(enters_that_it_was_begun_and_not_each_answer),
		OFFICE(tells_the_second_of_two_who_save_at_once),
		OFFICE(refuses_what_is_too_large),
		OFFICE(refuses_a_blob_that_was_put_in_its_place),
		OFFICE(is_read_by_its_author_alone_whatever_the_role),
		OFFICE(is_listed_to_its_author_and_to_who_gives_out_work),
		OFFICE(becomes_a_case_and_leaves_no_key),
		OFFICE(stays_where_the_case_did_not_come_to_be),
		OFFICE(is_destroyed_when_it_is_discarded),
		OFFICE(is_destroyed_so_many_days_after_it_was_saved),
		OFFICE(is_destroyed_when_its_author_is_let_go),
		OFFICE(is_missed_where_somebody_took_it_or_made_it_theirs),
		cmocka_unit_test_setup_teardown(
		    loses_no_answer_that_was_saved_when_it_is_killed, start,
		    office_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
