#include "test.h"

#include "ihala/person.h"
#include "ihala/statistic.h"

#include "office.h"

static const struct ih_period year = { NOON / 86400, NOON / 86400 + 365 };

/* A packer that keeps the texts of rows, in order, "1 2 3 "; and notes what it
 * was asked to do. */
struct noting {
	char rows[200], shown[200];
	size_t taken, forgotten;
};

static bool
take(void *with, struct ih_buffer *bytes, size_t offset)
{
	struct noting *noting = with;

	strcat(noting->rows, (const char *)bytes->data + offset);
	noting->taken++;
	ih_buffer_free(bytes);
	return true;
}

static bool
take_not(void *with, struct ih_buffer *bytes, size_t offset)
{
	(void)with;
	(void)bytes;
	(void)offset;
	return false;
}

static void
forget(void *with, const char *code)
{
	(void)code;
	((struct noting *)with)->forgotten++;
}

static bool
add(const struct ih_statistic *one, void *with)
{
	struct noting *noting = with;

	strncat(noting->rows, one->bytes, one->size);
	strncat(noting->shown, one->bytes, one->size);
	return true;
}

static void
give(void *with, struct ih_buffer *out)
{
	ih_buffer_text(out, ((struct noting *)with)->rows);
}

static struct noting
count_by(struct ih_registry *registry,
    bool (*taking)(void *, struct ih_buffer *, size_t))
{
	struct noting noting = { .taken = 0 };
	const struct ih_statistic_packer packer = { taking, forget, add, give,
		&noting };
	struct ih_error err = { 0 };

	assert_true(ih_statistic_pack(registry, year, &packer, &err));
	return noting;
}

static void
shows(struct ih_registry *registry, const char *rows)
{
	struct noting noting = count_by(registry, take);

	assert_string_equal(noting.shown, rows);
}

static int
start_with_three(void **state)
{
	struct ih_error err = { 0 };

	if (office_start(state) != 0)
		return 1;
	IH_OWNED(ih_registry) registry = office_open();
	for (unsigned i = 1; i <= 3; i++) {
		char code[IH_CODE_TEXT], row[16];
		struct ih_case_new fresh = new_case(i);

		snprintf(row, sizeof row, "%u ", i);
		fresh.opened = NOON + (int64_t)(i - 1) * 86400;
		fresh.part[IH_STATISTICS] =
		    (struct ih_case_part){ row, strlen(row) };
		if (!ih_case_add(registry, &fresh, code, &err))
			return 1;
	}
	return 0;
}

struct codes {
	char list[8][IH_CODE_TEXT];
	size_t count;
};

static bool
take_code(const struct ih_case_row *row, void *with)
{
	struct codes *codes = with;

	strcpy(codes->list[codes->count++], row->code);
	return true;
}

static struct codes
codes_of(struct ih_registry *registry)
{
	struct codes codes = { .count = 0 };
	struct ih_error err = { 0 };

	assert_true(ih_case_each(registry, take_code, &codes, &err));
	return codes;
}

static void
opens_each_case_once_and_then_what_changed(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_registry) registry = office_open();
	struct codes codes = codes_of(registry);
	struct ih_case_new fresh = new_case(9);
	char code[IH_CODE_TEXT];
	struct noting noting;

	(void)state;
	shows(registry, "1 2 3 ");
	shows(registry, "");
	assert_true(
	    ih_case_move(registry, codes.list[1], IH_FILE, "open", &err));
	noting = count_by(registry, take);
	assert_string_equal(noting.shown, "2 ");
	assert_int_equal(noting.forgotten, 1);
	shows(registry, "");
	fresh.part[IH_STATISTICS] = (struct ih_case_part){ "9 ", 2 };
	assert_true(ih_case_add(registry, &fresh, code, &err));
	shows(registry, "9 ");
	/* Reading and what is no row of codes change nothing. */
	IH_OWNED(ih_buffer)
	facts = ih_case_read(registry, codes.list[0], IH_FACTS, &err);
	shows(registry, "");
}

static void
opens_each_case_where_what_was_kept_is_of_no_use(void **state)
{
	static const char *const changes[] = {
		"UPDATE kept SET sealed = x'01' WHERE name = 'packed rows "
		"000000'",
		"DELETE FROM kept WHERE name = 'packed rows 000000'",
	};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		{
			IH_OWNED(ih_registry) registry = office_open();
			count_by(registry, take);
			shows(registry, "");
		}
		tamper("keys.db", changes[i]);
		IH_OWNED(ih_registry) registry = office_open();
		shows(registry, "1 2 3 ");
	}
	IH_OWNED(ih_registry) registry = office_open();
	struct noting noting = count_by(registry, take_not);
	assert_string_equal(noting.shown, "1 2 3 ");
}

/* A backup of keys.db that is newer than the cases beside it. */
static void
opens_each_case_where_the_ledger_is_another(void **state)
{
	(void)state;
	{
		IH_OWNED(ih_registry) registry = office_open();
		count_by(registry, take);
		shows(registry, "");
	}
	tamper("registry.db",
	    "UPDATE ledger SET leaf = zeroblob(32) WHERE act = 'count'");
	IH_OWNED(ih_registry) registry = office_open();
	struct noting noting = count_by(registry, take);
	assert_int_equal(noting.taken, 0);
	assert_string_equal(noting.shown, "1 2 3 ");
}

static void
opens_each_case_where_two_became_one_person(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_registry) registry = office_open();
	struct codes codes = codes_of(registry);
	struct noting noting;

	(void)state;
	shows(registry, "1 2 3 ");
	assert_true(ih_person_link(registry, codes.list[0], codes.list[1],
	    "same", &err));
	shows(registry, "3 1 ");
	/* What is done in the second changes the row of the first. */
	assert_true(
	    ih_case_move(registry, codes.list[1], IH_FILE, "open", &err));
	noting = count_by(registry, take);
	assert_string_equal(noting.shown, "1 ");
	assert_true(noting.forgotten >= 2);
	assert_true(
	    ih_person_unlink(registry, codes.list[0], codes.list[1], &err));
	shows(registry, "1 2 3 ");
}

static void
keeps_nothing_in_clear_and_only_under_its_own_compartment(void **state)
{
	struct ih_error err = { 0 };
	struct noting noting = { .taken = 0 };
	const struct ih_statistic_packer packer = { take, forget, add, give,
		&noting };

	(void)state;
	{
		IH_OWNED(ih_registry) registry = office_open();
		count_by(registry, take);
	}
	assert_int_equal(
	    number_in("keys.db",
		"SELECT count(*) FROM kept WHERE name ="
		" 'packed rows 000000' AND instr(sealed, '1 2 3') = 0"),
	    1);
	tamper("keys.db",
	    "DELETE FROM holding WHERE compartment = 'statistics'");
	IH_OWNED(ih_registry) registry = office_open();
	assert_false(ih_statistic_pack(registry, year, &packer, &err));
	assert_int_equal(err.kind, IH_DENIED);
	assert_int_equal(noting.taken, 0);
}

#define THREE(function)                                                        \
	cmocka_unit_test_setup_teardown(function, start_with_three, office_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		THREE(opens_each_case_once_and_then_what_changed),
		THREE(opens_each_case_where_what_was_kept_is_of_no_use),
		THREE(opens_each_case_where_the_ledger_is_another),
		THREE(opens_each_case_where_two_became_one_person),
		THREE(
		    keeps_nothing_in_clear_and_only_under_its_own_compartment),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
