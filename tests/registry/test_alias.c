/* How two recipients know one case. */
#include "test.h"

#include "ihala/alias.h"

#include "office.h"

#define OF(registry, code, to)                                                 \
	(*alias_of(registry, code, to, &(struct ih_alias){ 0 }))

static struct ih_alias *
alias_of(struct ih_registry *registry, const char *code, const char *to,
    struct ih_alias *alias)
{
	struct ih_error err = { 0 };

	if (!ih_alias_of(registry, code, to, alias, &err))
		fail_msg("%s %s", err.code, err.text);
	return alias;
}

static bool
is_same(struct ih_alias a, struct ih_alias b)
{
	return strcmp(a.code, b.code) == 0 &&
	       strcmp(a.interview, b.interview) == 0;
}

static void
gives_each_recipient_a_code_that_passes_as_one_and_is_not_ours(void **state)
{
	static const char *const to[] = { "TN", "EG", "MA", "prosecution" };
	IH_OWNED(ih_registry) registry = office_open();
	char code[IH_CODE_TEXT], read[IH_CODE_TEXT];

	(void)state;
	add_case(registry, 1, code);
	for (size_t i = 0; i < 4; i++) {
		struct ih_alias one = OF(registry, code, to[i]);

		assert_true(ih_code_parse(one.code, read));
		assert_true(ih_uuid_is(one.interview));
		assert_string_not_equal(one.code, code);
		assert_string_not_equal(one.interview, interview(1));
		for (size_t j = 0; j < i; j++) {
			struct ih_alias other = OF(registry, code, to[j]);

			assert_string_not_equal(one.code, other.code);
			assert_string_not_equal(one.interview, other.interview);
		}
	}
}

static void
gives_a_recipient_the_same_names_whenever_it_is_asked(void **state)
{
	struct ih_alias first, again;
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT];
	size_t count = 0;

	(void)state;
	{
		IH_OWNED(ih_registry) registry = office_open();

		add_case(registry, 1, code);
		first = OF(registry, code, "TN");
		if (!ih_user_rotate(registry, &count, &err))
			fail_msg("%s %s", err.code, err.text);
	}
	IH_OWNED(ih_registry) registry = office_open();
	again = OF(registry, code, "TN");
	assert_true(is_same(first, again));
}

static void
names_two_cases_of_one_recipient_apart(void **state)
{
	IH_OWNED(ih_registry) registry = office_open();
	char one[IH_CODE_TEXT], two[IH_CODE_TEXT];

	(void)state;
	add_case(registry, 1, one);
	add_case(registry, 2, two);
	assert_false(is_same(OF(registry, one, "TN"), OF(registry, two, "TN")));
}

static void
is_known_only_to_whom_may_read_the_case(void **state)
{
	IH_OWNED(ih_registry) registry = office_open();
	struct ih_alias alias = { 0 };
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT];

	(void)state;
	add_case(registry, 1, code);
	office_admit(registry, "worker", IH_ROLE_BIT(IH_CASE_WORKER));
	IH_OWNED(ih_registry) worker = office_open_as("worker", &err);
	assert_non_null(worker);
	assert_false(ih_alias_of(worker, code, "TN", &alias, &err));
	assert_int_equal(err.kind, IH_DENIED);
	assert_string_equal(alias.code, "");
	err = (struct ih_error){ 0 };
	assert_false(ih_alias_of(registry, "2222-2222-2", "TN", &alias, &err));
	assert_int_equal(err.kind, IH_ABSENT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    gives_each_recipient_a_code_that_passes_as_one_and_is_not_ours,
		    office_start, office_end),
		cmocka_unit_test_setup_teardown(
		    gives_a_recipient_the_same_names_whenever_it_is_asked,
		    office_start, office_end),
		cmocka_unit_test_setup_teardown(
		    names_two_cases_of_one_recipient_apart, office_start,
		    office_end),
		cmocka_unit_test_setup_teardown(
		    is_known_only_to_whom_may_read_the_case, office_start,
		    office_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
