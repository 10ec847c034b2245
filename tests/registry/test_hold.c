#include "test.h"

#include "ihala/hold.h"
#include "ihala/verify.h"
#include "office.h"

#define REASON "The court of appeal has asked for it"
#define DAY (NOON / 86400 + 30)

static void
hold(struct ih_registry *registry, const char *code, int64_t day)
{
	struct ih_error err = { 0 };

	if (!ih_case_hold(registry, code, REASON, day, &err))
		fail_msg("%s %s", err.code, err.text);
}

struct seen {
	int count;
	struct ih_hold last;
	char reason[80];
};

static bool
see(const struct ih_hold *hold, void *with)
{
	struct seen *seen = with;

	seen->count++;
	seen->last = *hold;
	snprintf(seen->reason, sizeof seen->reason, "%s",
	    hold->reason != NULL ? hold->reason : "");
	return true;
}

static void
keeps_a_closed_case_from_being_destroyed(void **state)
{
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	add_case(registry, 1, code);
	close_case(registry, code);
	hold(registry, code, DAY);
	assert_false(ih_case_move(registry, code, IH_FILE, "destroy", &err));
	assert_int_equal(err.kind, IH_STATE);
	assert_string_equal(err.code, "E_HELD");
	/* a day that has passed releases nothing */
	office_world.now += INT64_C(60) * 86400;
	assert_false(ih_case_move(registry, code, IH_FILE, "destroy", &err));
	assert_string_equal(err.code, "E_HELD");
	assert_true(ih_case_release(registry, code, &err));
	if (!ih_case_move(registry, code, IH_FILE, "destroy", &err))
		fail_msg("%s", err.text);
	assert_int_equal(number_in("registry.db", "SELECT count(*) FROM hold"),
	    0);
}

static void
is_listed_until_it_is_released_and_told_with_its_reason_after(void **state)
{
	struct ih_error err = { 0 };
	struct seen seen = { 0 };
	char code[IH_CODE_TEXT], other[IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = office_open();
	IH_OWNED(ih_registry) locked = office_open_with(NULL, &err);

	(void)state;
	add_case(registry, 1, code);
	add_case(registry, 2, other);
	hold(registry, code, DAY);
	hold(registry, code, DAY + 5); /* held on */
	assert_true(ih_hold_each(locked, NULL, see, &seen, &err));
	assert_int_equal(seen.count, 1);
	assert_string_equal(seen.last.code, code);
	assert_string_equal(seen.last.user, "office");
	assert_int_equal(seen.last.until, DAY + 5);
	assert_string_equal(seen.reason, "");
	assert_false(ih_hold_history(locked, code, see, &seen, &err));
	assert_int_equal(err.kind, IH_DENIED);
	assert_true(ih_case_release(registry, code, &err));
	seen = (struct seen){ 0 };
	assert_true(ih_hold_each(registry, NULL, see, &seen, &err));
	assert_int_equal(seen.count, 0);
	assert_true(ih_hold_history(registry, code, see, &seen, &err));
	assert_int_equal(seen.count, 2);
	assert_string_equal(seen.reason, REASON);
}

static void
shows_one_from_before_reasons_were_kept(void **state)
{
	struct ih_error err = { 0 };
	struct seen seen = { 0 };
	char code[IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	add_case(registry, 1, code);
	assert_true(ih_case_move(registry, code, IH_FILE, "hold", &err));
	assert_true(ih_hold_each(registry, NULL, see, &seen, &err));
	assert_int_equal(seen.count, 1);
	assert_int_equal(seen.last.entry, 0);
}

static void
needs_a_reason_a_day_to_come_and_whoever_looks_after_data(void **state)
{
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	add_case(registry, 1, code);
	assert_false(ih_case_hold(registry, code, "x", DAY, &err));
	assert_string_equal(err.code, "E_REASON");
	assert_false(
	    ih_case_hold(registry, code, REASON, NOON / 86400 - 1, &err));
	assert_string_equal(err.code, "E_HOLD_DAY");
	assert_false(ih_case_release(registry, code, &err));
	assert_string_equal(err.code, "E_NOT_ON_HOLD");
	office_admit(registry, "aid", IH_ROLE_BIT(IH_SUPERVISOR));
	IH_OWNED(ih_registry) worker = office_open_as("aid", &err);
	assert_non_null(worker);
	assert_false(ih_case_hold(worker, code, REASON, DAY, &err));
	assert_int_equal(err.kind, IH_DENIED);
	assert_int_equal(number_in("registry.db",
			     "SELECT count(*) FROM step WHERE event = 'hold'"),
	    0);
}

static void
is_found_where_somebody_takes_it_away_or_puts_another_in_its_place(void **state)
{
	static const char *const changes[] = {
		"UPDATE hold SET sealed = (SELECT sealed FROM hold"
		" ORDER BY entry LIMIT 1)",
		"UPDATE hold SET entry = 1 WHERE entry = (SELECT max(entry)"
		" FROM hold)",
		"DELETE FROM hold WHERE entry = (SELECT max(entry) FROM hold)",
	};
	struct ih_verify how = { .library = NULL };

	(void)state;
	for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
		struct ih_error err = { 0 };
		char code[IH_CODE_TEXT], other[IH_CODE_TEXT];
		IH_OWNED(ih_registry) registry = office_open();

		add_case(registry, 2 * (unsigned)i + 1, code);
		add_case(registry, 2 * (unsigned)i + 2, other);
		hold(registry, code, DAY);
		hold(registry, other, DAY);
		if (!ih_registry_verify(registry, &how, &err))
			fail_msg("%s", err.text);
		tamper("registry.db", "CREATE TABLE was AS SELECT * FROM hold");
		tamper("registry.db", changes[i]);
		assert_false(ih_registry_verify(registry, &how, &err));
		assert_int_equal(err.kind, IH_TRUST);
		tamper("registry.db",
		    "DELETE FROM hold; INSERT INTO hold SELECT * FROM was;"
		    "DROP TABLE was");
	}
}

#define WITH(test)                                                             \
	cmocka_unit_test_setup_teardown(test, office_start, office_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH(keeps_a_closed_case_from_being_destroyed),
		WITH(
		    is_listed_until_it_is_released_and_told_with_its_reason_after),
		WITH(shows_one_from_before_reasons_were_kept),
		WITH(needs_a_reason_a_day_to_come_and_whoever_looks_after_data),
		WITH(
		    is_found_where_somebody_takes_it_away_or_puts_another_in_its_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
