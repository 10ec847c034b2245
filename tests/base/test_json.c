#include "test.h"

#include <string.h>

#include "child.h"
#include "ihala/json.h"

static void
nests_objects_and_arrays_with_their_commas(void **state)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_json json = ih_json_to(out);

	(void)state;
	ih_json_open(&json, NULL, '{');
	ih_json_text(&json, "code", "7KQF");
	ih_json_open(&json, "levels", '[');
	ih_json_text(&json, NULL, "a");
	ih_json_number(&json, NULL, -3);
	ih_json_open(&json, NULL, '{');
	ih_json_close(&json, '}');
	ih_json_open(&json, NULL, '[');
	ih_json_close(&json, ']');
	ih_json_close(&json, ']');
	ih_json_decimal(&json, "share", 0.84444, 4);
	ih_json_decimal(&json, "below", -2, 1);
	ih_json_bool(&json, "yes", true);
	ih_json_bool(&json, "no", false);
	ih_json_null(&json, "none");
	ih_json_text(&json, "nothing", NULL);
	ih_json_close(&json, '}');
	assert_string_equal((char *)out->data,
	    "{\"code\":\"7KQF\",\"levels\":[\"a\",-3,{},[]],"
	    "\"share\":0.8444,\"below\":-2.0,\"yes\":true,"
	    "\"no\":false,\"none\":null,\"nothing\":null}\n");
}

static void
writes_one_line_for_each_value_at_the_top(void **state)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_json json = ih_json_to(out);

	(void)state;
	ih_json_open(&json, NULL, '[');
	ih_json_close(&json, ']');
	ih_json_number(&json, NULL, 1);
	ih_json_text(&json, NULL, "two\nlines");
	assert_string_equal((char *)out->data, "[]\n1\n\"two\\nlines\"\n");
}

static void
escapes_what_json_and_terminals_need(void **state)
{
	static const struct row {
		const char *text, *json;
	} rows[] = {
		{ "", "\"\"\n" },
		{ "\"", "\"\\\"\"\n" },
		{ "\\", "\"\\\\\"\n" },
		{ "/", "\"/\"\n" },
		{ "\b\f\n\r\t", "\"\\b\\f\\n\\r\\t\"\n" },
		{ "\x01\x1f", "\"\\u0001\\u001f\"\n" },
		{ "\x7f", "\"\\u007f\"\n" },
		{ "\xc2\x9b", "\"\\u009b\"\n" },
		{ "a\u202e", "\"a\\u202e\"\n" },
		{ "\xf4\x8f\xbf\xbf", "\"\\udbff\\udfff\"\n" },
		{ "\u2028\u2029", "\"\\u2028\\u2029\"\n" },
		{ "إحالة", "\"إحالة\"\n" },
		{ "\U0001F600", "\"\U0001F600\"\n" },
		{ "a\xff"
		  "b",
		    "\"a\xef\xbf\xbd"
		    "b\"\n" },
		{ "\xed\xa0\x80",
		    "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		IH_OWNED(ih_buffer) out = ih_buffer_new();
		struct ih_json json = ih_json_to(out);

		ih_json_text(&json, NULL, rows[i].text);
		assert_string_equal((char *)out->data, rows[i].json);
	}
}

static void
escapes_every_control_character(void **state)
{
	(void)state;
	for (char c = 1; c < 0x20; c++) {
		IH_OWNED(ih_buffer) out = ih_buffer_new();
		struct ih_json json = ih_json_to(out);
		char text[] = { c, '\0' };

		ih_json_text(&json, NULL, text);
		assert_int_equal(out->data[1], '\\');
		for (size_t i = 0; i + 1 < out->size; i++)
			assert_true(out->data[i] >= 0x20);
	}
}

static void
escapes_keys_too(void **state)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_json json = ih_json_to(out);

	(void)state;
	ih_json_open(&json, NULL, '{');
	ih_json_number(&json, "a\"b", 1);
	ih_json_close(&json, '}');
	assert_string_equal((char *)out->data, "{\"a\\\"b\":1}\n");
}

static void
writes_the_largest_and_smallest_numbers(void **state)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_json json = ih_json_to(out);

	(void)state;
	ih_json_number(&json, NULL, INT64_MAX);
	ih_json_number(&json, NULL, INT64_MIN);
	assert_string_equal((char *)out->data,
	    "9223372036854775807\n-9223372036854775808\n");
}

static void
nests_as_deep_as_it_says(void **state)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_json json = ih_json_to(out);

	(void)state;
	for (int i = 0; i < IH_JSON_DEPTH; i++)
		ih_json_open(&json, NULL, '[');
	for (int i = 0; i < IH_JSON_DEPTH; i++)
		ih_json_close(&json, ']');
	assert_int_equal(out->size, 2 * IH_JSON_DEPTH + 1);
}

static void
nest_too_deep(void)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_json json = ih_json_to(out);

	for (int i = 0; i <= IH_JSON_DEPTH; i++)
		ih_json_open(&json, NULL, '[');
}

static void
close_what_is_not_open(void)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_json json = ih_json_to(out);

	ih_json_close(&json, ']');
}

static void
ends_the_program_where_ours_is_nested_badly(void **state)
{
	(void)state;
	assert_int_equal(signal_that_ends(nest_too_deep), SIGABRT);
	assert_int_equal(signal_that_ends(close_what_is_not_open), SIGABRT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(nests_objects_and_arrays_with_their_commas),
		TEST(writes_one_line_for_each_value_at_the_top),
		TEST(escapes_what_json_and_terminals_need),
		TEST(escapes_every_control_character),
		TEST(escapes_keys_too),
		TEST(writes_the_largest_and_smallest_numbers),
		TEST(nests_as_deep_as_it_says),
		TEST(ends_the_program_where_ours_is_nested_badly),
	};

	return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
