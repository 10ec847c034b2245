#include "test.h"

#include "ihala/role.h"

static bool
all_of(enum ih_role role, enum ih_action action)
{
	return ih_role_reach(role, action) == IH_WHOLE_OFFICE;
}

static void
gives_the_administrator_no_case(void **state)
{
	(void)state;
	for (int a = 0; a < IH_ACTIONS; a++)
		assert_int_equal(ih_role_reach(IH_ADMINISTRATOR,
				     (enum ih_action)a),
		    a == IH_MAY_REGISTER || a == IH_MAY_BACKUP ?
			IH_WHOLE_OFFICE :
			IH_NO_CASE);
}

static void
lets_nobody_but_the_administrator_register(void **state)
{
	(void)state;
	for (int r = 0; r < IH_ROLES; r++)
		assert_int_equal(all_of((enum ih_role)r, IH_MAY_REGISTER),
		    r == IH_ADMINISTRATOR);
}

static void
gives_whoever_registers_no_right_to_admit(void **state)
{
	(void)state;
	for (int r = 0; r < IH_ROLES; r++)
		assert_false(all_of((enum ih_role)r, IH_MAY_REGISTER) &&
			     all_of((enum ih_role)r, IH_MAY_ADMIT));
}

static void
lets_no_one_look_at_an_emergency_that_may_make_one(void **state)
{
	(void)state;
	for (int r = 0; r < IH_ROLES; r++)
		assert_false(all_of((enum ih_role)r, IH_MAY_BREAK) &&
			     all_of((enum ih_role)r, IH_MAY_REVIEW));
}

/* What is opened is looked for first: a case that is here twice is two
 * cases of one person. */
static void
lets_everybody_search_who_may_open(void **state)
{
	(void)state;
	for (int r = 0; r < IH_ROLES; r++)
		assert_true(!all_of((enum ih_role)r, IH_MAY_OPEN) ||
			    all_of((enum ih_role)r, IH_MAY_SEARCH));
}

static void
gives_an_analyst_neither_a_case_nor_a_coded_row(void **state)
{
	(void)state;
	for (int a = 0; a < IH_ACTIONS; a++)
		assert_int_equal(ih_role_reach(IH_ANALYST, (enum ih_action)a),
		    a == IH_MAY_SUMMARISE ? IH_WHOLE_OFFICE : IH_NO_CASE);
}

static void
keeps_accounts_audit_and_analysis_apart_from_cases(void **state)
{
	static const enum ih_role alone[] = { IH_AUDITOR, IH_ADMINISTRATOR,
		IH_ANALYST };

	(void)state;
	for (size_t i = 0; i < 3; i++)
		for (int r = 0; r < IH_ROLES; r++)
			assert_int_equal(ih_roles_agree(IH_ROLE_BIT(alone[i]) |
							IH_ROLE_BIT(r)),
			    r == (int)alone[i]);
	assert_true(ih_roles_agree(
	    IH_ROLE_BIT(IH_SCREENER) | IH_ROLE_BIT(IH_CASE_WORKER)));
	assert_false(ih_roles_agree(0));
}

static void
takes_the_widest_reach_of_several_roles(void **state)
{
	ih_role_set both =
	    IH_ROLE_BIT(IH_SCREENER) | IH_ROLE_BIT(IH_SUPERVISOR);

	(void)state;
	assert_int_equal(ih_roles_reach(both, IH_MAY_FACTS), IH_WHOLE_OFFICE);
	assert_int_equal(ih_roles_reach(IH_ROLE_BIT(IH_SCREENER), IH_MAY_FACTS),
	    IH_OWN_CASES);
	assert_int_equal(ih_roles_reach(0, IH_MAY_FACTS), IH_NO_CASE);
}

static void
reads_back_each_name_of_a_role(void **state)
{
	enum ih_role role;

	(void)state;
	for (int r = 0; r < IH_ROLES; r++) {
		assert_true(
		    ih_role_parse(ih_role_name((enum ih_role)r), &role));
		assert_int_equal(role, r);
	}
	assert_false(ih_role_parse("root", &role));
}

static void
lets_whoever_hears_a_person_enter_what_she_says(void **state)
{
	(void)state;
	assert_true(ih_roles_act_as(IH_ROLE_BIT(IH_SCREENER), "person"));
	assert_false(ih_roles_act_as(IH_ROLE_BIT(IH_AUDITOR), "person"));
	assert_false(ih_roles_act_as(IH_EVERY_ROLE, "nobody"));
	assert_true(
	    ih_roles_act_as(IH_ROLE_BIT(IH_SUPERVISOR), "screener supervisor"));
	assert_false(
	    ih_roles_act_as(IH_ROLE_BIT(IH_SCREENER), "second-signer"));
}

/* The plan stands in the facts. */
static void
shows_the_plan_to_nobody_who_may_not_read_the_facts(void **state)
{
	(void)state;
	for (int r = 0; r < IH_ROLES; r++) {
		enum ih_role role = (enum ih_role)r;

		assert_true(ih_role_reach(role, IH_MAY_SEE_PLAN) <=
			    ih_role_reach(role, IH_MAY_FACTS));
		assert_true(ih_role_reach(role, IH_MAY_PLAN) <=
			    ih_role_reach(role, IH_MAY_WRITE));
		assert_true(ih_role_reach(role, IH_MAY_PLAN) <=
			    ih_role_reach(role, IH_MAY_SEE_PLAN));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gives_the_administrator_no_case),
		cmocka_unit_test(lets_nobody_but_the_administrator_register),
		cmocka_unit_test(gives_whoever_registers_no_right_to_admit),
		cmocka_unit_test(
		    lets_no_one_look_at_an_emergency_that_may_make_one),
		cmocka_unit_test(lets_everybody_search_who_may_open),
		cmocka_unit_test(
		    gives_an_analyst_neither_a_case_nor_a_coded_row),
		cmocka_unit_test(
		    keeps_accounts_audit_and_analysis_apart_from_cases),
		cmocka_unit_test(takes_the_widest_reach_of_several_roles),
		cmocka_unit_test(reads_back_each_name_of_a_role),
		cmocka_unit_test(
		    lets_whoever_hears_a_person_enter_what_she_says),
		cmocka_unit_test(
		    shows_the_plan_to_nobody_who_may_not_read_the_facts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
