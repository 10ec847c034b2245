#include "test.h"

#include <stdio.h>
#include <string.h>

#include "ihala/id.h"
#include "ihala/screens.h"
#include "ihala/world.h"

#define HEAD                                                                   \
	"<screens xmlns='urn:ihala:screens:1' id='screens' version='1.0.0'>"
#define WORK "<screen id='work' path='/work' nav='main' may='move'/>"

/* The table as ROWS say it, with the schema of the house. */
static struct ih_screens *
screens_of(const char *rows, struct ih_error *err)
{
	char text[4096];
	IH_OWNED(ih_library) library = ih_library_open(".", err);
	int size = snprintf(text, sizeof text, HEAD WORK "%s</screens>", rows);
	const struct ih_page page = { "xml/screen/screens.xml", text,
		(size_t)size };

	assert_non_null(library);
	ih_library_pin(library, &page, 1);
	return ih_screens_load(library, err);
}

static struct ih_screens *
good(const char *rows)
{
	struct ih_error err = { 0 };
	struct ih_screens *screens = screens_of(rows, &err);

	if (screens == NULL)
		fail_msg("%s", err.text);
	return screens;
}

static const char small[] =
    "<screen id='cases' path='/case'><read as='cases' run='case list'/>"
    "</screen>"
    "<screen id='case' path='/case/{code}' may='read-facts'>"
    "<field name='code' type='code'/>"
    "<read as='clocks' may='move' run='case clocks {code} --format=xml'/>"
    "<read as='facts' run='case show {code}'/></screen>"
    "<screen id='new' path='/case/new'/>"
    "<act id='hold' path='/case/{code}/hold' back='case' "
    "then='/case/{code}/held/{printed}' run='case hold {code} --until={day} "
    "--reason-file=@{why}'>"
    "<field name='code' type='code'/><field name='day' type='day'/>"
    "<field name='why' type='text'/></act>"
    "<act id='copy' path='/case/{code}/copy' back='case' type='text/html' "
    "file='copy.html' run='case copy {code} --note?{note} {need*}'>"
    "<field name='code' type='code'/><field name='note' type='flag'/>"
    "<field name='need' type='id'/></act>";

static void
the_table_of_the_house_is_sound(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_library) library = ih_library_open(".", &err);
	IH_OWNED(ih_screens) screens = ih_screens_load(library, &err);

	(void)state;
	if (screens == NULL)
		fail_msg("%s", err.text);
	assert_non_null(ih_screens_named(screens, "work"));
	assert_non_null(ih_screens_named(screens, "account"));
	assert_null(ih_screens_named(screens, "nothing"));
}

static void
a_row_is_read_as_it_is_written(void **state)
{
	IH_OWNED(ih_screens) screens = good(small);
	const struct ih_screen *one = ih_screens_named(screens, "case");

	(void)state;
	assert_false(one->is_act);
	assert_string_equal(one->may, "read-facts");
	assert_null(one->nav);
	assert_int_equal(one->run_count, 2);
	assert_string_equal(one->runs[0].as, "clocks");
	assert_string_equal(one->runs[0].may, "move");
	assert_string_equal(one->runs[0].verb, "case");
	assert_int_equal(one->runs[0].count, 4);
	assert_string_equal(one->runs[0].words[2], "{code}");
	one = ih_screens_named(screens, "copy");
	assert_true(one->is_act);
	assert_null(one->then);
	assert_string_equal(one->file, "copy.html");
	assert_int_equal(one->field_count, 3);
	assert_int_equal(one->fields[1].type, IH_FIELD_FLAG);
}

static void
a_path_leads_to_its_screen(void **state)
{
	IH_OWNED(ih_screens) screens = good(small);
	static const struct {
		bool is_act;
		const char *path, *id, *code;
	} cases[] = {
		{ false, "/work", "work", NULL },
		{ false, "/case", "cases", NULL },
		{ false, "/case/new", "new", NULL },
		{ false, "/case/7K3M-9QRT-2", "case", "7K3M-9QRT-2" },
		{ true, "/case/7K3M-9QRT-2/hold", "hold", "7K3M-9QRT-2" },
		{ true, "/case/new/hold", "hold", "new" },
		{ true, "/case", NULL, NULL },
		{ false, "/case/7K3M-9QRT-2/hold", NULL, NULL },
		{ false, "/case/", NULL, NULL },
		{ false, "/case/a/", NULL, NULL },
		{ false, "/cas", NULL, NULL },
		{ false, "/cases", NULL, NULL },
		{ false, "/casE", NULL, NULL },
		{ true, "/case/7K3M-9QRT-2/holD", NULL, NULL },
		{ true, "/case//hold", NULL, NULL },
		{ false, "/", NULL, NULL },
		{ false, "", NULL, NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		IH_OWNED(ih_fields) fields = ih_fields_new();
		const struct ih_screen *found = ih_screens_at(screens,
		    cases[i].is_act, cases[i].path, fields);

		if (found == NULL ? cases[i].id != NULL :
				    cases[i].id == NULL ||
					strcmp(found->id, cases[i].id) != 0)
			fail_msg("%s: %s", cases[i].path,
			    found != NULL ? found->id : "none");
		assert_int_equal(fields->count, cases[i].code != NULL);
		if (cases[i].code != NULL)
			assert_string_equal(ih_fields_get(fields, "code"),
			    cases[i].code);
	}
}

static void
what_stands_in_the_path_counts_and_not_what_a_form_says(void **state)
{
	IH_OWNED(ih_screens) screens = good(small);
	IH_OWNED(ih_fields) fields = ih_fields_new();

	(void)state;
	ih_fields_text(fields, "code", "BBBB-BBBB-B");
	ih_fields_text(fields, "day", "2026-12-01");
	ih_fields_text(fields, "code", "CCCC-CCCC-C");
	assert_non_null(
	    ih_screens_at(screens, true, "/case/AAAA-AAAA-A/hold", fields));
	assert_int_equal(fields->count, 2);
	assert_string_equal(ih_fields_get(fields, "code"), "AAAA-AAAA-A");
	assert_string_equal(ih_fields_get(fields, "day"), "2026-12-01");
	/* where none is found all stay */
	assert_null(ih_screens_at(screens, true, "/case/A/none", fields));
	assert_int_equal(fields->count, 2);
}

static void
a_path_or_a_target_is_filled_with_what_was_asked(void **state)
{
	IH_OWNED(ih_arena) arena = ih_arena_new();
	IH_OWNED(ih_fields) fields = ih_fields_new();
	static const struct {
		const char *text, *filled;
	} cases[] = {
		{ "/case/{code}", "/case/AAAA" },
		{ "/{code}/{day}", "/AAAA/2026-12-01" },
		{ "/{none}x", "/x" },
		{ "/plain", "/plain" },
		{ "", "" },
		{ "/{code", "/" },
		{ "{", "" },
		{ "/}", "/}" },
	};

	(void)state;
	ih_fields_text(fields, "code", "AAAA");
	ih_fields_text(fields, "day", "2026-12-01");
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		assert_string_equal(ih_screen_fill(arena, cases[i].text,
					fields),
		    cases[i].filled);
}

/* ---- types */

static void
each_field_holds_what_its_type_says(void **state)
{
	static const char *const types[] = { "code", "id", "name", "day",
		"number", "flag", "language", "line", "text", "secret",
		"file" };
	static const struct {
		const char *value;
		const char *fits; /* a letter for each type above: y or n */
	} cases[] = {
		{ "sexual-exploitation", "nyynnnnyyyy" },
		{ "Anna_2", "nnynnnnyyyy" },
		{ "2026-12-01", "nyyynnnyyyy" },
		{ "42", "nyyyyynyyyy" },
		{ "1234567890", "nyyynynyyyy" },
		{ "on", "nyynnynyyyy" },
		{ "fr", "nyynnyyyyyy" },
		{ "--now", "nnnnnnnyyyy" },
		{ "a b", "nnnnnnnyyyy" },
		{ "شخص", "nnnnnnnyyyy" },
		{ "one\ntwo", "nnnnnnnnyny" },
		{ "one\rtwo", "nnnnnnnnnny" },
		{ "a\tb", "nnnnnnnyyyy" },
		{ "bell\a", "nnnnnnnnnny" },
		{ "escape\x1b[2J", "nnnnnnnnnny" },
		{ "\xe2\x80\xaeturned", "nnnnnnnnnny" },
		{ "\xff", "nnnnnnnnnny" },
		{ "\xf0\x9f\x98\x80", "nnnnnnnyyyy" },
		{ "'; DROP TABLE user; --", "nnnnnnnyyyy" },
		{ "<script>alert(1)</script>", "nnnnnnnyyyy" },
		{ "", "yyyyyyyyyyy" },
	};

	(void)state;
	for (size_t t = 0; t < sizeof types / sizeof types[0]; t++) {
		char row[200];

		snprintf(row, sizeof row,
		    "<screen id='s' path='/s'><field name='f' type='%s'/>"
		    "</screen>",
		    types[t]);
		IH_OWNED(ih_screens) screens = good(row);
		for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
			IH_OWNED(ih_fields) fields = ih_fields_new();
			struct ih_error err = { 0 };

			ih_fields_text(fields, "f", cases[i].value);
			ih_fields_text(fields, "other", "\x1b");
			bool fits =
			    ih_screen_takes(ih_screens_named(screens, "s"),
				fields, &err);
			if (fits != (cases[i].fits[t] == 'y'))
				fail_msg("%s: %s", types[t], cases[i].value);
			if (!fits) {
				assert_string_equal(err.code, "E_FIELD");
				assert_string_equal(err.text, "f");
			}
		}
	}
}

static void
a_code_is_one_that_could_have_been_given_out(void **state)
{
	IH_OWNED(ih_screens) screens = good(small);
	const struct ih_screen *one = ih_screens_named(screens, "case");
	IH_OWNED(ih_fields) right = ih_fields_new();
	IH_OWNED(ih_fields) wrong = ih_fields_new();
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT];
	uint64_t seed = 3;
	struct ih_world world = ih_world_fixed(0, &seed);

	(void)state;
	ih_code_new(&world, code);
	ih_fields_text(right, "code", code);
	assert_true(ih_screen_takes(one, right, &err));
	code[0] = code[0] == '2' ? '3' : '2';
	ih_fields_text(wrong, "code", code);
	assert_false(ih_screen_takes(one, wrong, &err));
}

static void
nothing_hides_behind_a_zero_nor_is_longer_than_it_may(void **state)
{
	IH_OWNED(ih_screens) screens = good(small);
	const struct ih_screen *one = ih_screens_named(screens, "hold");
	static const struct {
		const char *name;
		size_t size;
		char filler;
		bool fits;
	} cases[] = {
		{ "why", 20000, 'a', true },
		{ "why", 20001, 'a', false },
		{ "why", 5, '\0', false },
		{ "day", 64, '1', true },
		{ "day", 65, '1', false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		static char value[20002];
		struct ih_error err = { 0 };
		IH_OWNED(ih_fields) fields = ih_fields_new();

		memset(value, cases[i].filler, cases[i].size);
		value[0] = '1';
		ih_fields_add(fields, cases[i].name, value, cases[i].size);
		assert_int_equal(ih_screen_takes(one, fields, &err),
		    cases[i].fits);
	}
}

/* ---- what is not a table */

static void
is_refused_where_it_could_not_work(void **state)
{
#define ACT(more, fields)                                                      \
	"<act id='a' path='/a' back='work' " more ">" fields "</act>"
#define TEXT "<field name='t' type='text'/>"
#define NEED "<field name='n' type='id'/>"
	static const struct {
		const char *rows, *what;
	} cases[] = {
		{ "<screen id='s' path='/s/{code}'/>", "not declared" },
		{ "<screen id='s' path='/s'><read as='r' run='case {code}'/>"
		  "</screen>",
		    "not declared" },
		{ "<screen id='s' path='/s'><read as='r' run='case {code?}'/>"
		  "</screen>",
		    "not declared" },
		{ "<screen id='s' path='/s'><read as='r' "
		  "run='case {printed}'/></screen>",
		    "not declared" },
		{ ACT("then='/{code}' run='case x'", ""), "not declared" },
		{ ACT("then='/work' run='case --reason-file=@{why}'", ""),
		    "not declared" },
		{ ACT("then='/work' run='case --mine?{m}'", ""),
		    "not declared" },
		{ ACT("then='/work' run='case {t'", TEXT), "a brace" },
		{ ACT("then='/work' run='case {}'", TEXT), "a brace" },
		{ ACT("then='/x/{t}' run='case {t}'", TEXT), "in a path" },
		{ "<screen id='s' path='/s/{t}'>" TEXT "</screen>",
		    "in a path" },
		{ ACT("then='/work' run='plan {n*} {n*}'", NEED), "twice" },
		{ ACT("then='/work' run='plan {n!m}'", NEED), "not declared" },
		{ "<act id='a' path='/a' back='none' then='/work' run='case'/>",
		    "there is not" },
		{ ACT("then='/work' run='case'",
		      "") "<act id='b' path='/b' back='a' then='/work' "
			  "run='case'/>",
		    "there is not" },
		{ "<screen id='s' path='/work'/>", "a path twice" },
		{ "<screen id='s' path='/c/{n}'>" NEED "</screen>"
		  "<screen id='z' path='/c/{m}'><field name='m' type='id'/>"
		  "</screen>",
		    "a path twice" },
		{ "<screen id='work' path='/s'/>", "an id twice" },
		{ "<screen id='s' path='/s'><field name='token' type='line'/>"
		  "</screen>",
		    "named as ours" },
		{ ACT("then='/work' run='case x'",
		      "<field name='once' type='id'/>"),
		    "named as ours" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct ih_error err = { 0 };
		IH_OWNED(ih_screens) screens = screens_of(cases[i].rows, &err);

		if (screens != NULL || err.kind != IH_INPUT ||
		    strstr(err.text, cases[i].what) == NULL)
			fail_msg("%s: %s", cases[i].rows, err.text);
	}
}

static void
a_form_may_be_sent_to_where_a_screen_is(void **state)
{
	IH_OWNED(ih_screens)
	screens = good(
	    "<act id='a' path='/work' back='work' then='/work' run='case'/>");

	(void)state;
	assert_int_equal(screens->count, 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_table_of_the_house_is_sound),
		TEST(a_row_is_read_as_it_is_written),
		TEST(a_path_leads_to_its_screen),
		TEST(what_stands_in_the_path_counts_and_not_what_a_form_says),
		TEST(a_path_or_a_target_is_filled_with_what_was_asked),
		TEST(each_field_holds_what_its_type_says),
		TEST(a_code_is_one_that_could_have_been_given_out),
		TEST(nothing_hides_behind_a_zero_nor_is_longer_than_it_may),
		TEST(is_refused_where_it_could_not_work),
		TEST(a_form_may_be_sent_to_where_a_screen_is),
	};

	return cmocka_run_group_tests_name("screens", tests, NULL, NULL);
}
