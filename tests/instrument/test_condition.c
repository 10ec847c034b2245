#include "test.h"

#include "../assess/fixture.h"

#include "ihala/condition.h"
#include "ihala/node.h"

/* The condition in XML, over the small instrument. */
static bool
compile(const char *xml, struct ih_arena *arena, struct ih_condition *condition,
    struct ih_error *err)
{
	IH_OWNED(xmlDoc) doc = ih_xml_read("c.xml", xml, strlen(xml), err);
	struct ih_faults faults = ih_faults_to(err, "c.xml");
	struct ih_scope scope = { .instrument = small,
		.before = small->item_count };

	if (doc == NULL)
		fail_msg("%s", err->text);
	return ih_condition_compile(xmlDocGetRootElement(doc), &scope, arena,
	    condition, &faults);
}

static enum ih_three
holds(const char *xml, const char *line)
{
	struct ih_error err = { 0 };
	struct ih_condition condition;
	IH_OWNED(ih_arena) arena = ih_arena_new();
	IH_OWNED(ih_answers) answers = answers_of(line);

	if (!compile(xml, arena, &condition, &err))
		fail_msg("%s: %s", xml, err.text);
	return ih_condition_holds(&condition, answers->answers);
}

struct row {
	const char *xml, *answers;
	enum ih_three is;
};

static void
check_rows(const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (holds(rows[i].xml, rows[i].answers) != rows[i].is)
			fail_msg("%s with \"%s\" is %d, expected %d",
			    rows[i].xml, rows[i].answers,
			    (int)holds(rows[i].xml, rows[i].answers),
			    (int)rows[i].is);
}

#define CHECK(rows) check_rows(rows, sizeof(rows) / sizeof(rows)[0])
#define IS "<is item='s1' code='yes'/>"

static void
a_given_answer_decides_by_its_value(void **state)
{
	static const struct row rows[] = {
		{ IS, "s1=yes", IH_TRUE },
		{ IS, "s1=no", IH_FALSE },
		{ "<has item='forms' code='Other'/>", "forms=Work,Other",
		    IH_TRUE },
		{ "<has item='forms' code='Other'/>", "forms=Work", IH_FALSE },
		{ "<lt item='age' value='18'/>", "age=17", IH_TRUE },
		{ "<lt item='age' value='18'/>", "age=18", IH_FALSE },
		{ "<gt item='age' value='18'/>", "age=18", IH_FALSE },
		{ "<gt item='age' value='18'/>", "age=19", IH_TRUE },
		{ "<between item='age' least='10' most='12'/>", "age=10",
		    IH_TRUE },
		{ "<between item='age' least='10' most='12'/>", "age=12",
		    IH_TRUE },
		{ "<between item='age' least='10' most='12'/>", "age=13",
		    IH_FALSE },
	};

	(void)state;
	CHECK(rows);
}

static void
refused_unknown_and_blank_are_never_no(void **state)
{
	static const struct row rows[] = {
		{ IS, "s1=refused", IH_UNDETERMINED },
		{ IS, "s1=unknown", IH_UNDETERMINED },
		{ IS, "s1=blank", IH_UNDETERMINED },
		{ IS, "", IH_UNDETERMINED },
		{ "<not>" IS "</not>", "s1=refused", IH_UNDETERMINED },
		{ "<not>" IS "</not>", "s1=unknown", IH_UNDETERMINED },
		{ "<has item='forms' code='Work'/>", "forms=refused",
		    IH_UNDETERMINED },
		{ "<lt item='age' value='18'/>", "age=refused",
		    IH_UNDETERMINED },
		{ "<gt item='age' value='17'/>", "age=unknown",
		    IH_UNDETERMINED },
	};

	(void)state;
	CHECK(rows);
}

static void
a_skipped_question_counts_as_false(void **state)
{
	static const struct row rows[] = {
		{ "<is item='paid' code='no'/>", "worked=no", IH_FALSE },
		{ "<is item='paid' code='no'/>", "worked=no paid=not-asked",
		    IH_FALSE },
		{ "<not><is item='paid' code='no'/></not>", "worked=no",
		    IH_TRUE },
		{ "<is item='paid' code='no'/>", "worked=yes",
		    IH_UNDETERMINED },
		{ "<is item='paid' code='no'/>", "worked=refused",
		    IH_UNDETERMINED },
	};

	(void)state;
	CHECK(rows);
}

static void
not_asked_by_choice_tells_nothing(void **state)
{
	static const struct row rows[] = {
		{ IS, "s1=not-asked", IH_UNDETERMINED },
		{ "<is item='paid' code='no'/>", "worked=yes paid=not-asked",
		    IH_UNDETERMINED },
	};

	(void)state;
	CHECK(rows);
}

static void
answered_has_two_values(void **state)
{
	static const struct row rows[] = {
		{ "<answered item='name'/>", "name=Exemple", IH_TRUE },
		{ "<answered item='name'/>", "name=refused", IH_FALSE },
		{ "<answered item='name'/>", "name=unknown", IH_FALSE },
		{ "<answered item='name'/>", "", IH_FALSE },
		{ "<answered item='paid'/>", "worked=no", IH_FALSE },
		{ "<not><answered item='name'/></not>", "", IH_TRUE },
	};

	(void)state;
	CHECK(rows);
}

/* Kleene's tables, by three items: T is yes, F is no, U is refused. */
static void
all_any_and_not_follow_kleene(void **state)
{
	static const char *const said[] = { [IH_FALSE] = "no",
		[IH_TRUE] = "yes",
		[IH_UNDETERMINED] = "refused" };
	static const enum ih_three all[3][3] = {
		{ IH_FALSE, IH_FALSE, IH_FALSE },
		{ IH_FALSE, IH_TRUE, IH_UNDETERMINED },
		{ IH_FALSE, IH_UNDETERMINED, IH_UNDETERMINED },
	};
	static const enum ih_three any[3][3] = {
		{ IH_FALSE, IH_TRUE, IH_UNDETERMINED },
		{ IH_TRUE, IH_TRUE, IH_TRUE },
		{ IH_UNDETERMINED, IH_TRUE, IH_UNDETERMINED },
	};
	static const enum ih_three not [3] = { IH_TRUE, IH_FALSE,
		IH_UNDETERMINED };

	(void)state;
	for (int a = 0; a < 3; a++)
		for (int b = 0; b < 3; b++) {
			char line[64];

			snprintf(line, sizeof line, "s1=%s s2=%s", said[a],
			    said[b]);
			assert_int_equal(holds("<all>" IS
					       "<is item='s2' code='yes'/>"
					       "</all>",
					     line),
			    all[a][b]);
			assert_int_equal(holds("<any>" IS
					       "<is item='s2' code='yes'/>"
					       "</any>",
					     line),
			    any[a][b]);
			assert_int_equal(holds("<not>" IS "</not>", line),
			    not [a]);
		}
}

static void
nested_conditions_keep_their_shape(void **state)
{
	static const struct row rows[] = {
		{ "<any><all>" IS "<is item='s2' code='yes'/></all>"
		  "<not><is item='m1' code='yes'/></not></any>",
		    "s1=yes s2=refused m1=yes", IH_UNDETERMINED },
		{ "<all><any>" IS "<is item='s2' code='yes'/></any>"
		  "<is item='m1' code='no'/></all>",
		    "s1=refused s2=yes m1=no", IH_TRUE },
		{ "<not><any>" IS "<all><is item='s2' code='yes'/>"
		  "<is item='m1' code='yes'/></all></any></not>",
		    "s1=no s2=no m1=refused", IH_TRUE },
		{ "<all>" IS "</all>", "s1=yes", IH_TRUE },
	};

	(void)state;
	CHECK(rows);
}

static void
codes_of_one_item_may_be_joined_in_one_step(void **state)
{
	static const struct row rows[] = {
		{ "<any><has item='forms' code='Work'/>"
		  "<has item='forms' code='Other'/></any>",
		    "forms=Other", IH_TRUE },
		{ "<any><has item='forms' code='Work'/>"
		  "<has item='forms' code='Other'/></any>",
		    "forms=Begging", IH_FALSE },
		{ "<any><has item='forms' code='Work'/>"
		  "<has item='forms' code='Other'/></any>",
		    "forms=refused", IH_UNDETERMINED },
		{ "<all><has item='forms' code='Work'/>"
		  "<has item='forms' code='Other'/></all>",
		    "forms=Other", IH_FALSE },
		{ "<any>" IS "<has item='forms' code='Work'/>"
		  "<has item='forms' code='Other'/></any>",
		    "s1=no forms=Other", IH_TRUE },
		{ "<any><not>" IS "</not>" IS "</any>", "s1=yes", IH_TRUE },
	};

	(void)state;
	CHECK(rows);
}

static void
refuses_what_does_not_fit_the_instrument(void **state)
{
	static const struct {
		const char *xml, *says;
	} rows[] = {
		{ "<is item='none' code='yes'/>", "there is no item" },
		{ "<is item='s1' code='maybe'/>", "has no code" },
		{ "<has item='s1' code='yes'/>", "use <is>" },
		{ "<is item='forms' code='Work'/>", "use <has>" },
		{ "<lt item='s1' value='1'/>", "is not a number" },
		{ "<is item='age' code='yes'/>", "use <between>" },
		{ "<lt item='age' value='0'/>", "no answer" },
		{ "<gt item='age' value='120'/>", "no answer" },
		{ "<between item='age' least='9' most='3'/>", "no answer" },
		{ "<gt item='age' value='99999999999999999999'/>",
		    "nine digits" },
		{ "<lt item='age' value='-9223372036854775808'/>",
		    "nine digits" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct ih_error err = { 0 };
		struct ih_condition condition;
		IH_OWNED(ih_arena) arena = ih_arena_new();

		assert_false(compile(rows[i].xml, arena, &condition, &err));
		assert_int_equal(err.kind, IH_INPUT);
		if (strstr(err.text, rows[i].says) == NULL)
			fail_msg("%s: %s", rows[i].xml, err.text);
		assert_non_null(strstr(err.text, "c.xml:1: "));
	}
}

static void
tells_which_answers_it_hangs_on(void **state)
{
	struct ih_error err = { 0 };
	struct ih_condition condition;
	IH_OWNED(ih_arena) arena = ih_arena_new();
	IH_OWNED(ih_answers) answers = answers_of("s1=refused s2=no m1=yes");
	bool *items = ih_arena_take(arena, small->item_count);
	size_t s1 = ih_instrument_item(small, "s1")->at,
	       s2 = ih_instrument_item(small, "s2")->at,
	       m2 = ih_instrument_item(small, "m2")->at;

	(void)state;
	assert_true(compile("<any>" IS "<all><is item='s2' code='yes'/>"
			    "<is item='m2' code='yes'/></all></any>",
	    arena, &condition, &err));
	assert_true(ih_condition_names(&condition, s2));
	assert_false(ih_condition_names(&condition,
	    ih_instrument_item(small, "w1")->at));
	items[s1] = true;
	assert_true(ih_condition_hangs_on(&condition, answers->answers, items));
	items[s1] = false;
	/* m2 is blank, but s2=no has already closed its branch. */
	items[m2] = true;
	assert_false(
	    ih_condition_hangs_on(&condition, answers->answers, items));
}

/* The condition, the answers, and the items it rests on. */
static void
tells_which_answers_make_it_what_it_is(void **state)
{
	static const struct {
		const char *xml, *line, *items;
	} rows[] = {
		{ IS, "s1=yes", "s1 " },
		{ IS, "s1=no", "s1 " },
		{ "<any>" IS "<is item='s2' code='yes'/></any>", "s1=yes s2=no",
		    "s1 " },
		{ "<any>" IS "<is item='s2' code='yes'/></any>",
		    "s1=yes s2=yes", "s1 s2 " },
		{ "<any>" IS "<is item='s2' code='yes'/></any>", "s1=no s2=no",
		    "s1 s2 " },
		{ "<all>" IS "<is item='s2' code='yes'/></all>",
		    "s1=yes s2=yes", "s1 s2 " },
		{ "<all>" IS "<is item='s2' code='yes'/></all>", "s1=yes s2=no",
		    "s2 " },
		{ "<all>" IS "<is item='s2' code='yes'/></all>",
		    "s1=yes s2=refused", "s2 " },
		{ "<not><any>" IS "<is item='s2' code='yes'/></any></not>",
		    "s1=yes s2=no", "s1 " },
		{ "<any>" IS "<all><is item='s2' code='yes'/>"
		  "<not><is item='m1' code='yes'/></not></all>"
		  "<is item='m2' code='yes'/></any>",
		    "s1=no s2=yes m1=no m2=no", "s2 m1 " },
	};

	(void)state;
	for (size_t r = 0; r < sizeof rows / sizeof rows[0]; r++) {
		struct ih_error err = { 0 };
		struct ih_condition condition;
		IH_OWNED(ih_arena) arena = ih_arena_new();
		IH_OWNED(ih_answers) answers = answers_of(rows[r].line);
		char items[200] = "";

		assert_true(compile(rows[r].xml, arena, &condition, &err));
		for (size_t i = 0; i < small->item_count; i++)
			if (ih_condition_rests_on(&condition, answers->answers,
				i)) {
				strcat(items, small->items[i].id);
				strcat(items, " ");
			}
		if (strcmp(items, rows[r].items) != 0)
			fail_msg("%s: %s: %s", rows[r].xml, rows[r].line,
			    items);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_given_answer_decides_by_its_value),
		TEST(refused_unknown_and_blank_are_never_no),
		TEST(a_skipped_question_counts_as_false),
		TEST(not_asked_by_choice_tells_nothing),
		TEST(answered_has_two_values),
		TEST(all_any_and_not_follow_kleene),
		TEST(nested_conditions_keep_their_shape),
		TEST(codes_of_one_item_may_be_joined_in_one_step),
		TEST(refuses_what_does_not_fit_the_instrument),
		TEST(tells_which_answers_it_hangs_on),
		TEST(tells_which_answers_make_it_what_it_is),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
