#include "test.h"

#include <string.h>

#include "ihala/error.h"
#include "ihala/text.h"

static void
says_no_and_keeps_the_reason(void **state)
{
	struct ih_error err = { 0 };

	(void)state;
	assert_false(ih_fail(&err, IH_INPUT, "%s:%d: %s", "a.xml", 7, "why"));
	assert_int_equal(err.kind, IH_INPUT);
	assert_string_equal(err.text, "a.xml:7: why");
	assert_string_equal(err.code, "");
}

static void
carries_a_code_and_forgets_an_older_one(void **state)
{
	struct ih_error err = { 0 };

	(void)state;
	assert_false(ih_fail_code(&err, IH_TRUST, "E_ZIP_DUP", "entry %d", 2));
	assert_string_equal(err.code, "E_ZIP_DUP");
	assert_string_equal(err.text, "entry 2");
	assert_int_equal(err.kind, IH_TRUST);
	assert_false(ih_fail(&err, IH_STATE, "later"));
	assert_string_equal(err.code, "");
	assert_int_equal(err.kind, IH_STATE);
}

static void
puts_the_place_in_front_and_keeps_kind_and_code(void **state)
{
	struct ih_error err = { 0 };

	(void)state;
	ih_fail_code(&err, IH_BUSY, "E_X", "inner");
	assert_false(ih_fail_in(&err, "outer"));
	assert_false(ih_fail_in(&err, "far"));
	assert_string_equal(err.text, "far: outer: inner");
	assert_string_equal(err.code, "E_X");
	assert_int_equal(err.kind, IH_BUSY);
	ih_fail_code(&err, IH_BUSY, "E_X", "%s", "");
	ih_fail_in(&err, "place");
	assert_string_equal(err.text, "place");
}

static void
stays_one_line_that_a_terminal_can_show(void **state)
{
	static const struct row {
		const char *place, *text;
	} rows[] = {
		{ "a\nb\tc\rd", "a b c d" },
		{ "\x1b[2J\x7f", " [2J " },
		{ "a\xc2\x9b"
		  "2J",
		    "a?2J" },
		{ "a\xff"
		  "b",
		    "a?b" },
		{ "x\u202egnp", "x?gnp" },
		{ "إحالة.xml", "إحالة.xml" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct ih_error err = { 0 };

		ih_fail(&err, IH_INPUT, "%s", rows[i].place);
		assert_string_equal(err.text, rows[i].text);
		err.text[0] = '\0';
		ih_fail_in(&err, rows[i].place);
		assert_string_equal(err.text, rows[i].text);
	}
}

/* Whatever is cut off, what stays is text. */
static void
cuts_between_characters(void **state)
{
	static const char *const fills[] = { "x", "é", "€", "\U0001F600" };
	char place[2000];

	(void)state;
	for (size_t f = 0; f < 4; f++)
		for (size_t shift = 0; shift < 5; shift++) {
			struct ih_error err = { 0 };
			size_t width = strlen(fills[f]);

			memset(place, 'a', sizeof place);
			for (size_t i = shift; i + width < sizeof place;
			     i += width)
				memcpy(place + i, fills[f], width);
			place[sizeof place - 1] = '\0';
			ih_fail(&err, IH_INPUT, "%s", place);
			assert_true(
			    ih_text_is_plain(err.text, strlen(err.text)));
			assert_in_range(strlen(err.text), sizeof err.text - 4,
			    sizeof err.text - 1);
			assert_null(strchr(err.text, '?'));
			ih_fail_in(&err, place);
			assert_true(
			    ih_text_is_plain(err.text, strlen(err.text)));
			assert_null(strchr(err.text, '?'));
			ih_fail_code(&err, IH_INPUT, place, "x");
			assert_true(
			    ih_text_is_plain(err.code, strlen(err.code)));
		}
}

static void
keeps_the_reason_where_the_place_is_long(void **state)
{
	struct ih_error err = { 0 };
	char place[1000];

	(void)state;
	memset(place, 'p', sizeof place - 1);
	place[sizeof place - 1] = '\0';
	ih_fail(&err, IH_INPUT, "the reason");
	for (int i = 0; i < 3; i++)
		ih_fail_in(&err, place);
	assert_non_null(strstr(err.text, ": the reason"));
}

static void
may_be_told_in_terms_of_itself(void **state)
{
	struct ih_error err = { 0 };

	(void)state;
	ih_fail_code(&err, IH_INPUT, "E_X", "inner");
	ih_fail_code(&err, IH_TRUST, err.code, "outer: %s", err.text);
	assert_string_equal(err.text, "outer: inner");
	assert_string_equal(err.code, "E_X");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(says_no_and_keeps_the_reason),
		TEST(carries_a_code_and_forgets_an_older_one),
		TEST(puts_the_place_in_front_and_keeps_kind_and_code),
		TEST(stays_one_line_that_a_terminal_can_show),
		TEST(cuts_between_characters),
		TEST(keeps_the_reason_where_the_place_is_long),
		TEST(may_be_told_in_terms_of_itself),
	};

	return cmocka_run_group_tests_name("error", tests, NULL, NULL);
}
