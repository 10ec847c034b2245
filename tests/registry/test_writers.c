#include "test.h"

#include <sys/wait.h>

#include "ihala/backup.h"
#include "ihala/verify.h"
#include "office.h"

/* IHALA_WRITERS and IHALA_CASES make it larger: 50 and 200 are what an office
 * must bear. */
static int
asked(const char *name, int usual)
{
	const char *value = getenv(name);

	return value != NULL ? atoi(value) : usual;
}

static struct ih_registry *
open_for_real(struct ih_error *err)
{
	static struct ih_world world;

	world = ih_world_real();
	return ih_registry_open(office_folder,
	    &(const struct ih_login){ NULL, PASSPHRASE }, office_library,
	    &world, err);
}

static int
told(const char *who, const struct ih_error *err)
{
	fprintf(stderr, "# %s: %s\n", who, err->text);
	return 1;
}

static int
write_cases(unsigned first, unsigned count)
{
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = open_for_real(&err);

	if (registry == NULL)
		return told("a writer", &err);
	for (unsigned i = 0; i < count; i++) {
		struct ih_case_new fresh = new_case(first + i);

		if (!ih_case_add(registry, &fresh, code, &err))
			return told("a writer", &err);
	}
	return 0;
}

struct seen {
	char code[IH_CODE_TEXT];
	size_t count;
};

static bool
see(const struct ih_case_row *row, void *with)
{
	struct seen *seen = with;

	memcpy(seen->code, row->code, sizeof seen->code);
	seen->count++;
	return true;
}

/* Lists and reads until all are there. */
static int
read_cases(size_t all)
{
	struct ih_error err = { 0 };
	struct seen seen = { .count = 0 };
	IH_OWNED(ih_registry) registry = open_for_real(&err);

	while (registry != NULL && seen.count < all) {
		seen.count = 0;
		if (!ih_case_each(registry, see, &seen, &err))
			return told("the reader", &err);
		if (seen.count == 0)
			continue;
		IH_OWNED(ih_buffer)
		facts = ih_case_read(registry, seen.code, IH_FACTS, &err);
		if (facts == NULL)
			return told("the reader", &err);
		usleep(20000);
	}
	return registry == NULL;
}

static int
back_up(void)
{
	struct ih_error err = { 0 };
	struct ih_backup made;
	char data[96], keys[96];
	IH_OWNED(ih_registry) registry = open_for_real(&err);

	snprintf(data, sizeof data, "%s/data", office_root);
	snprintf(keys, sizeof keys, "%s/keys", office_root);
	if (registry == NULL ||
	    !ih_backup_make(registry, data, keys, NULL, &made, &err))
		return told("the backup", &err);
	return 0;
}

static void
stores_every_case_of_many_writers_a_reader_and_a_backup(void **state)
{
	int writers = asked("IHALA_WRITERS", 10);
	int cases = asked("IHALA_CASES", 20);
	int status, failed = 0;
	struct ih_error err = { 0 };
	struct ih_verify how = { .library = NULL };

	(void)state;
	for (int i = 0; i < writers + 2; i++) {
		pid_t child = fork();

		assert_true(child >= 0);
		if (child > 0)
			continue;
		if (i < writers)
			_exit(write_cases((unsigned)(i * cases),
			    (unsigned)cases));
		_exit(i == writers ? read_cases((size_t)(writers * cases)) :
				     back_up());
	}
	for (int i = 0; i < writers + 2; i++) {
		assert_true(wait(&status) > 0);
		failed += status != 0;
	}
	assert_int_equal(failed, 0);
	assert_int_equal(number_in("registry.db",
			     "SELECT count(*) FROM case_file"),
	    writers * cases);
	IH_OWNED(ih_registry) registry = office_open();
	if (!ih_registry_verify(registry, &how, &err))
		fail_msg("%s", err.text);
	print_message("%d cases stored\n", writers * cases);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    stores_every_case_of_many_writers_a_reader_and_a_backup,
		    office_start, office_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
