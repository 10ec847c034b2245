#include "test.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "office.h"

static void
keeps_what_it_was_told_at_the_start(void **state)
{
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	assert_string_equal(ih_registry_committee(registry), "XX");
	assert_string_equal(ih_registry_user(registry), "office");
	assert_true(ih_registry_is_training(registry));
	assert_false(ih_registry_is_locked(registry));
}

static void
is_readable_by_its_owner_only(void **state)
{
	struct stat info;
	char path[160];

	(void)state;
	assert_int_equal(stat(office_folder, &info), 0);
	assert_int_equal(info.st_mode & 0777, 0700);
	IH_OWNED(ih_registry) registry = office_open();
	DIR *folder = opendir(office_folder);
	for (struct dirent *e = readdir(folder); e; e = readdir(folder)) {
		if (e->d_name[0] == '.')
			continue;
		snprintf(path, sizeof path, "%s/%.60s", office_folder,
		    e->d_name);
		assert_int_equal(stat(path, &info), 0);
		assert_int_equal(info.st_mode & 0777, 0600);
	}
	closedir(folder);
}

static void
refuses_to_start_where_something_is(void **state)
{
	struct ih_error err = { 0 };
	char path[160];

	(void)state;
	assert_false(office_init(true, &err));
	assert_int_equal(err.kind, IH_STATE);
	IH_OWNED(ih_registry) registry = office_open(); /* still whole */
	snprintf(path, sizeof path, "%s/other", office_root);
	FILE *file = fopen(path, "w");
	fclose(file);
	struct ih_registry_setup setup = { "XX", true, PASSPHRASE };
	assert_false(ih_registry_init(path, &setup, &office_world, &err));
	assert_int_equal(err.kind, IH_STATE);
}

static size_t
entries_in(const char *path)
{
	DIR *folder = opendir(path);
	size_t count = 0;

	for (struct dirent *e = readdir(folder); e; e = readdir(folder))
		count += e->d_name[0] != '.';
	closedir(folder);
	return count;
}

static void
leaves_nothing_half_made_behind(void **state)
{
	static const struct {
		const char *committee, *passphrase;
	} setups[] = {
		{ "XX", "court" },
		{ "", PASSPHRASE },
		{ "X/", PASSPHRASE },
		{ NULL, PASSPHRASE },
		{ "XX", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof setups / sizeof setups[0]; i++) {
		struct ih_error err = { 0 };
		struct ih_registry_setup setup = { setups[i].committee, true,
			setups[i].passphrase };

		assert_false(ih_registry_init(office_folder, &setup,
		    &office_world, &err));
		assert_int_equal(err.kind, IH_USAGE);
		assert_int_equal(entries_in(office_root), 0);
	}
}

static void
says_that_there_is_no_registry(void **state)
{
	struct ih_error err = { 0 };

	(void)state;
	assert_null(office_open_with(PASSPHRASE, &err));
	assert_int_equal(err.kind, IH_ABSENT);
	assert_non_null(strstr(err.text, "ihala init"));
}

static void
denies_a_wrong_passphrase_and_says_nothing_more(void **state)
{
	struct ih_error err = { 0 };

	(void)state;
	assert_null(office_open_with("une autre phrase", &err));
	assert_int_equal(err.kind, IH_DENIED);
	assert_string_equal(err.code, "E_PASSPHRASE");
	assert_null(strstr(err.text, "committee"));
}

static void
opens_locked_and_then_reads_and_writes_nothing(void **state)
{
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT];
	struct ih_case_row row;
	struct ih_case_new fresh = new_case(2);

	(void)state;
	{
		IH_OWNED(ih_registry) registry = office_open();
		add_case(registry, 1, code);
	}
	IH_OWNED(ih_registry) locked = office_open_with(NULL, &err);
	assert_true(ih_registry_is_locked(locked));
	assert_true(ih_case_row(locked, code, &row, &err));
	assert_null(ih_case_read(locked, code, IH_FACTS, &err));
	assert_int_equal(err.kind, IH_DENIED);
	assert_false(ih_case_add(locked, &fresh, code, &err));
	assert_int_equal(err.kind, IH_DENIED);
	assert_null(ih_registry_kept(locked, "signing-key", &err));
	assert_int_equal(err.kind, IH_DENIED);
	assert_false(ih_ledger_add(locked, IH_ACT_PRINT, "x", NULL, &err));
	assert_int_equal(err.kind, IH_DENIED);
}

static void
refuses_a_folder_that_others_can_open(void **state)
{
	struct ih_error err = { 0 };

	(void)state;
	chmod(office_folder, 0750);
	assert_null(office_open_with(PASSPHRASE, &err));
	assert_int_equal(err.kind, IH_STATE);
	assert_non_null(strstr(err.text, "chmod 700"));
}

static void
refuses_files_of_another_version_or_program(void **state)
{
	static const struct {
		const char *file, *sql, *said;
		enum ih_kind kind;
	} cases[] = {
		{ "registry.db", "PRAGMA user_version = 1", "format 1",
		    IH_INPUT },
		{ "keys.db", "PRAGMA user_version = 0", "registry.db",
		    IH_INPUT },
		{ "registry.db", "PRAGMA application_id = 5", "not Ihala's",
		    IH_STATE },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct ih_error err = { 0 };

		tamper(cases[i].file, cases[i].sql);
		assert_null(office_open_with(PASSPHRASE, &err));
		assert_int_equal(err.kind, cases[i].kind);
		assert_non_null(strstr(err.text, cases[i].said));
	}
}

static void
refuses_a_file_that_is_no_database(void **state)
{
	struct ih_error err = { 0 };
	char path[160];

	(void)state;
	snprintf(path, sizeof path, "%s/registry.db", office_folder);
	FILE *file = fopen(path, "w");
	for (int i = 0; i < 4096; i++)
		fputc('x', file);
	fclose(file);
	assert_null(office_open_with(PASSPHRASE, &err));
	assert_int_equal(err.kind, IH_SYSTEM);
}

static void
refuses_when_the_keys_are_missing(void **state)
{
	struct ih_error err = { 0 };
	char path[160];

	(void)state;
	snprintf(path, sizeof path, "%s/keys.db", office_folder);
	unlink(path);
	assert_null(office_open_with(PASSPHRASE, &err));
	assert_int_equal(err.kind, IH_ABSENT);
	assert_non_null(strstr(err.text, "keys"));
}

/* Wrapping is for anybody: somebody with the disk could put keys of their own
 * in place of ours, and wait. */
static void
finds_each_thing_that_was_replaced_under_the_passphrase(void **state)
{
	static const char *const changes[][2] = {
		{ "registry.db", "UPDATE setup SET committee = 'YY'" },
		{ "registry.db", "UPDATE setup SET signer = zeroblob(32)" },
		{ "registry.db", "UPDATE setup SET id ="
				 " '00000000-0000-4000-8000-000000000000'" },
		{ "keys.db",
		    "UPDATE roster SET document = CAST(replace(CAST(document"
		    " AS TEXT), 'current', 'stale') AS BLOB)" },
		{ "keys.db", "UPDATE roster SET signature = zeroblob(64)" },
		{ "keys.db", "DELETE FROM roster" },
		{ "keys.db", "UPDATE holding SET wrapped = (SELECT wrapped FROM"
			     " holding WHERE compartment = 'facts')"
			     " WHERE compartment = 'identity'" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
		struct ih_error err = { 0 };
		void *again = NULL;

		tamper(changes[i][0], changes[i][1]);
		assert_null(office_open_with(PASSPHRASE, &err));
		assert_int_equal(err.kind, IH_TRUST);
		office_end(&again);
		assert_int_equal(office_start(&again), 0);
	}
}

static void
refuses_a_production_registry_called_a_training_one(void **state)
{
	struct ih_error err = { 0 };

	(void)state;
	assert_true(office_init(false, &err));
	tamper("registry.db", "UPDATE setup SET training = 1");
	assert_null(office_open_with(PASSPHRASE, &err));
	assert_int_equal(err.kind, IH_TRUST);
	tamper("registry.db", "UPDATE setup SET training = 0");
	IH_OWNED(ih_registry) registry = office_open();
	assert_false(ih_registry_is_training(registry));
}

static void
admits_only_its_own_kind_of_interview(void **state)
{
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT];
	struct ih_case_new fresh = new_case(1);

	(void)state;
	{
		IH_OWNED(ih_registry) training = office_open();

		fresh.training = false;
		assert_false(ih_registry_admits(training, false, &err));
		assert_string_equal(err.code, "E_NOT_TRAINING");
		assert_false(ih_case_add(training, &fresh, code, &err));
		assert_string_equal(err.code, "E_NOT_TRAINING");
		assert_string_equal(code, "");
	}
	office_folder[strlen(office_folder) - 1]++;
	assert_true(office_init(false, &err));
	IH_OWNED(ih_registry) production = office_open();
	fresh.training = true;
	assert_false(ih_case_add(production, &fresh, code, &err));
	assert_string_equal(err.code, "E_TRAINING");
	assert_true(ih_registry_admits(production, false, &err));
}

static void
keeps_a_secret_of_the_office_and_gives_it_back(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	assert_null(ih_registry_kept(registry, "signing-key", &err));
	assert_int_equal(err.kind, IH_ABSENT);
	assert_true(ih_registry_keep(registry, "signing-key", "old", 3, &err));
	assert_true(ih_registry_keep(registry, "signing-key", "key", 3, &err));
	IH_OWNED(ih_buffer)
	kept = ih_registry_kept(registry, "signing-key", &err);
	assert_non_null(kept);
	assert_string_equal((char *)kept->data, "key");
	assert_false(ih_registry_keep(registry, "../x y", "key", 3, &err));
	assert_int_equal(err.kind, IH_INPUT);
}

static void
gives_no_kept_secret_under_another_name(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	assert_true(ih_registry_keep(registry, "one", "secret", 6, &err));
	tamper("keys.db", "UPDATE kept SET name = 'two'");
	assert_null(ih_registry_kept(registry, "two", &err));
	assert_int_equal(err.kind, IH_TRUST);
}

static void
changes_its_passphrase_and_keeps_its_content(void **state)
{
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT];

	(void)state;
	{
		IH_OWNED(ih_registry) registry = office_open();

		add_case(registry, 1, code);
		assert_false(ih_registry_rekey(registry, "une autre phrase",
		    "cinq mots", &err));
		assert_int_equal(err.kind, IH_DENIED);
		assert_false(
		    ih_registry_rekey(registry, PASSPHRASE, "court", &err));
		assert_int_equal(err.kind, IH_USAGE);
		assert_true(ih_registry_rekey(registry, PASSPHRASE,
		    "cinq mots encore plus", &err));
	}
	assert_null(office_open_with(PASSPHRASE, &err));
	IH_OWNED(ih_registry)
	registry = office_open_with("cinq mots encore plus", &err);
	assert_non_null(registry);
	IH_OWNED(ih_buffer)
	facts = ih_case_read(registry, code, IH_FACTS, &err);
	assert_string_equal((char *)facts->data, FACTS);
}

static void
takes_back_what_was_not_committed(void **state)
{
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT], kept[IH_CODE_TEXT];
	struct ih_case_row row;
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	{
		IH_OWNED(ih_transaction)
		all = ih_transaction_begin(registry, &err);
		assert_non_null(all);
		add_case(registry, 1, code);
	}
	assert_false(ih_case_row(registry, code, &row, &err));
	assert_int_equal(err.kind, IH_ABSENT);
	{
		IH_OWNED(ih_transaction)
		all = ih_transaction_begin(registry, &err);
		add_case(registry, 1, kept);
		{
			IH_OWNED(ih_transaction)
			inner = ih_transaction_begin(registry, &err);
			assert_non_null(inner);
			add_case(registry, 2, code);
		}
		assert_true(ih_transaction_commit(all, &err));
	}
	assert_true(ih_case_row(registry, kept, &row, &err));
	assert_false(ih_case_row(registry, code, &row, &err));
	struct ih_hash root;
	uint64_t size;
	assert_true(ih_ledger_verify(registry, &size, &root, &err));
	assert_int_equal(size, 4);
}

static void
sweeps_keys_whose_case_never_came_to_be(void **state)
{
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT];

	(void)state;
	{
		IH_OWNED(ih_registry) registry = office_open();
		add_case(registry, 1, code);
		IH_OWNED(ih_transaction)
		all = ih_transaction_begin(registry, &err);
		add_case(registry, 2, code);
	}
	/* three parts of each case, two of them for an emergency too */
	assert_int_equal(number_in("keys.db", "SELECT count(*) FROM case_key"),
	    5);
	/* As after a crash between the keys and their case. */
	tamper("keys.db", "INSERT INTO pending (code) VALUES ('2222-2222-2');"
			  "INSERT INTO case_key (code, part, holder, wrapped)"
			  " VALUES ('2222-2222-2', 'facts', 'facts',"
			  " zeroblob(94))");
	IH_OWNED(ih_registry) registry = office_open();
	assert_int_equal(number_in("keys.db", "SELECT count(*) FROM case_key"),
	    5);
}

/* ---- crashes, full disks, neighbours */

/* In a child: cases FIRST and on, each code written to FD once it is kept. */
static void
add_without_end(int fd, unsigned first)
{
	struct ih_error err = { 0 };
	struct ih_world world = ih_world_real();
	const struct ih_login login = { NULL, PASSPHRASE };
	IH_OWNED(ih_registry)
	registry = ih_registry_open(office_folder, &login, office_library,
	    &world, &err);

	if (registry == NULL)
		_exit(1);
	for (unsigned i = first;; i++) {
		char code[IH_CODE_TEXT];
		struct ih_case_new fresh = new_case(i);

		if (!ih_case_add(registry, &fresh, code, &err) ||
		    write(fd, code, sizeof code) != sizeof code)
			_exit(1);
	}
}

static void
is_there(struct ih_registry *registry, const char *code)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) facts =
	    ih_case_read(registry, code, IH_FACTS, &err);

	if (facts == NULL)
		fail_msg("an acknowledged case: %s", err.text);
	assert_string_equal((char *)facts->data, FACTS);
}

/* Codes read until the end; each must be a case that opens. */
static unsigned
all_are_there(struct ih_registry *registry, int fd)
{
	char code[IH_CODE_TEXT];
	unsigned count = 0;

	for (; read(fd, code, sizeof code) == sizeof code; count++)
		is_there(registry, code);
	return count;
}

static void
has_every_acknowledged_case_after_each_kill(void **state)
{
	enum { KILLS = 40, AWAITED = 4 };
	unsigned acknowledged = 0;
	struct ih_error err = { 0 };
	struct ih_hash root;
	uint64_t size;

	(void)state;
	for (unsigned i = 0; i < KILLS; i++) {
		char awaited[AWAITED][IH_CODE_TEXT];
		unsigned wanted = i % AWAITED;
		int ends[2];
		pid_t child;

		assert_int_equal(pipe(ends), 0);
		child = fork();
		if (child == 0)
			add_without_end(ends[1], i * 100000);
		close(ends[1]);
		/* Anywhere between opening and the fourth case and a bit. */
		for (unsigned k = 0; k < wanted; k++)
			assert_int_equal(read(ends[0], awaited[k],
					     IH_CODE_TEXT),
			    IH_CODE_TEXT);
		usleep((i * 7919) % 4000);
		kill(child, SIGKILL);
		waitpid(child, NULL, 0);
		IH_OWNED(ih_registry) registry = office_open();
		for (unsigned k = 0; k < wanted; k++)
			is_there(registry, awaited[k]);
		acknowledged += wanted + all_are_there(registry, ends[0]);
		close(ends[0]);
	}
	IH_OWNED(ih_registry) registry = office_open();
	if (!ih_ledger_verify(registry, &size, &root, &err))
		fail_msg("%s", err.text);
	assert_true(acknowledged >= KILLS / AWAITED * 6);
	assert_true(size >= acknowledged * 5);
}

static void
loses_nothing_when_two_programs_write(void **state)
{
	enum { EACH = 25, WRITERS = 2 };
	struct ih_error err = { 0 };
	struct ih_hash root;
	uint64_t size;
	pid_t child[WRITERS];

	(void)state;
	for (unsigned w = 0; w < WRITERS; w++) {
		child[w] = fork();
		if (child[w] != 0)
			continue;
		struct ih_world world = ih_world_real();
		const struct ih_login login = { NULL, PASSPHRASE };
		struct ih_registry *registry = ih_registry_open(office_folder,
		    &login, office_library, &world, &err);
		bool kept = registry != NULL;

		for (unsigned i = 0; kept && i < EACH; i++) {
			char code[IH_CODE_TEXT];
			struct ih_case_new fresh = new_case(w * 1000 + i);

			/* Whoever is told that it is busy tries again. */
			do {
				err = (struct ih_error){ 0 };
				kept =
				    ih_case_add(registry, &fresh, code, &err);
			} while (!kept && err.kind == IH_BUSY);
		}
		ih_registry_close(registry);
		_exit(kept ? 0 : 1);
	}
	for (unsigned w = 0; w < WRITERS; w++) {
		int status = 0;

		waitpid(child[w], &status, 0);
		assert_int_equal(status, 0);
	}
	IH_OWNED(ih_registry) registry = office_open();
	assert_int_equal(number_in("registry.db",
			     "SELECT count(*) FROM case_file"),
	    EACH * WRITERS);
	if (!ih_ledger_verify(registry, &size, &root, &err))
		fail_msg("%s", err.text);
	assert_int_equal(size, EACH * WRITERS * 4);
}

static void
says_when_the_disk_is_full_and_opens_again(void **state)
{
	pid_t child;
	int status = 0, ends[2];
	struct ih_error err = { 0 };
	struct ih_hash root;
	uint64_t size;

	(void)state;
	assert_int_equal(pipe(ends), 0);
	child = fork();
	if (child == 0) {
		struct rlimit limit = { 400000, 400000 };
		struct ih_registry *registry = office_open();

		signal(SIGXFSZ, SIG_IGN);
		setrlimit(RLIMIT_FSIZE, &limit);
		for (unsigned i = 0; i < 2000; i++) {
			char code[IH_CODE_TEXT];
			struct ih_case_new fresh = new_case(i);

			if (ih_case_add(registry, &fresh, code, &err)) {
				if (write(ends[1], code, sizeof code) !=
				    sizeof code)
					_exit(3);
				continue;
			}
			/* Valgrind counts what an ending child still holds. */
			ih_registry_close(registry);
			_exit(err.kind == IH_SYSTEM ? 42 : 2);
		}
		_exit(1);
	}
	close(ends[1]);
	waitpid(child, &status, 0);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 42);
	IH_OWNED(ih_registry) registry = office_open();
	assert_true(all_are_there(registry, ends[0]) > 0);
	close(ends[0]);
	if (!ih_ledger_verify(registry, &size, &root, &err))
		fail_msg("%s", err.text);
}

/* ---- what the disk shows */

static bool
file_has(const char *path, const char *word)
{
	struct ih_buffer *bytes = ih_buffer_new();
	char piece[4096];
	FILE *file = fopen(path, "rb");
	bool has;

	for (size_t n; (n = fread(piece, 1, sizeof piece, file)) > 0;)
		ih_buffer_add(bytes, piece, n);
	fclose(file);
	has = memmem(bytes->data, bytes->size, word, strlen(word)) != NULL;
	ih_buffer_free(bytes);
	return has;
}

static bool
folder_has(const char *word)
{
	DIR *folder = opendir(office_folder);
	bool has = false;

	for (struct dirent *e = readdir(folder); e; e = readdir(folder)) {
		char path[160];

		if (e->d_name[0] == '.')
			continue;
		snprintf(path, sizeof path, "%s/%.60s", office_folder,
		    e->d_name);
		has |= file_has(path, word);
	}
	closedir(folder);
	return has;
}

static void
shows_nothing_of_a_person_in_any_of_its_files(void **state)
{
	static const char *const words[] = { "Personne", "Exemple Sept", "1991",
		"Lieu Exemple", "00000000-0000-4000-8000-000000000001",
		PASSPHRASE, "<facts>" };
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	add_case(registry, 1, code);
	IH_OWNED(ih_buffer)
	read = ih_case_read(registry, code, IH_IDENTITY, &err);
	assert_non_null(read);
	assert_true(ih_case_write(registry, code, IH_IDENTITY, IDENTITY " ",
	    strlen(IDENTITY) + 1, 1, &err));
	assert_true(
	    ih_registry_keep(registry, "office", "Exemple Sept", 12, &err));
	assert_true(folder_has(code)); /* the search itself works */
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (folder_has(words[i]))
			fail_msg("word %zu is in clear", i);
	ih_registry_close(IH_GIVE(registry));
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (folder_has(words[i]))
			fail_msg("word %zu is in clear once closed", i);
}

#define FRESH(function)                                                        \
	cmocka_unit_test_setup_teardown(function, office_start, office_end)
#define BARE(function)                                                         \
	cmocka_unit_test_setup_teardown(function, office_place, office_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FRESH(keeps_what_it_was_told_at_the_start),
		FRESH(is_readable_by_its_owner_only),
		FRESH(refuses_to_start_where_something_is),
		BARE(leaves_nothing_half_made_behind),
		BARE(says_that_there_is_no_registry),
		FRESH(denies_a_wrong_passphrase_and_says_nothing_more),
		FRESH(opens_locked_and_then_reads_and_writes_nothing),
		FRESH(refuses_a_folder_that_others_can_open),
		FRESH(refuses_files_of_another_version_or_program),
		FRESH(refuses_a_file_that_is_no_database),
		FRESH(refuses_when_the_keys_are_missing),
		FRESH(finds_each_thing_that_was_replaced_under_the_passphrase),
		BARE(refuses_a_production_registry_called_a_training_one),
		FRESH(admits_only_its_own_kind_of_interview),
		FRESH(keeps_a_secret_of_the_office_and_gives_it_back),
		FRESH(gives_no_kept_secret_under_another_name),
		FRESH(changes_its_passphrase_and_keeps_its_content),
		FRESH(takes_back_what_was_not_committed),
		FRESH(sweeps_keys_whose_case_never_came_to_be),
		FRESH(has_every_acknowledged_case_after_each_kill),
		FRESH(loses_nothing_when_two_programs_write),
		FRESH(says_when_the_disk_is_full_and_opens_again),
		FRESH(shows_nothing_of_a_person_in_any_of_its_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
