#include "test.h"

#include <string.h>

#include "ihala/text.h"

static size_t
encode(uint32_t point, char bytes[static 4])
{
	if (point < 0x80) {
		bytes[0] = (char)point;
		return 1;
	}
	if (point < 0x800) {
		bytes[0] = (char)(0xc0 | point >> 6);
		bytes[1] = (char)(0x80 | (point & 0x3f));
		return 2;
	}
	if (point < 0x10000) {
		bytes[0] = (char)(0xe0 | point >> 12);
		bytes[1] = (char)(0x80 | (point >> 6 & 0x3f));
		bytes[2] = (char)(0x80 | (point & 0x3f));
		return 3;
	}
	bytes[0] = (char)(0xf0 | point >> 18);
	bytes[1] = (char)(0x80 | (point >> 12 & 0x3f));
	bytes[2] = (char)(0x80 | (point >> 6 & 0x3f));
	bytes[3] = (char)(0x80 | (point & 0x3f));
	return 4;
}

static void
takes_every_code_point_and_no_surrogate(void **state)
{
	(void)state;
	for (uint32_t point = 0; point < 0x120000; point++) {
		bool is_one =
		    point < 0x110000 && (point < 0xd800 || point > 0xdfff);
		char bytes[4];
		size_t size = encode(point, bytes);
		uint32_t read;

		if (ih_text_is_utf8(bytes, size) != is_one)
			fail_msg("U+%04X", (unsigned)point);
		if (is_one &&
		    (ih_text_next(bytes, size, &read) != size || read != point))
			fail_msg("U+%04X is read as another", (unsigned)point);
	}
}

static void
refuses_bytes_that_are_not_utf8(void **state)
{
	static const struct row {
		const char *says, *bytes;
	} rows[] = {
		{ "a stray continuation", "a\x80" },
		{ "an overlong slash", "\xc0\xaf" },
		{ "an overlong NUL", "\xc0\x80" },
		{ "C1, the last overlong pair", "\xc1\xbf" },
		{ "an overlong slash of three", "\xe0\x80\xaf" },
		{ "an overlong slash of four", "\xf0\x80\x80\xaf" },
		{ "the largest overlong of four", "\xf0\x8f\xbf\xbf" },
		{ "a surrogate", "\xed\xa0\x80" },
		{ "a pair of surrogates", "\xed\xa1\x8c\xed\xbe\xb4" },
		{ "one after U+10FFFF", "\xf4\x90\x80\x80" },
		{ "F5", "\xf5\x80\x80\x80" },
		{ "a form of five", "\xf8\x88\x80\x80\x80" },
		{ "FE", "\xfe" },
		{ "FF", "\xff" },
		{ "a pair cut off", "\xd9" },
		{ "a triple cut off", "\xe2\x82" },
		{ "a quadruple cut off", "\xf0\x9f\x98" },
		{ "a pair that goes on with ASCII", "\xd9x" },
		{ "a triple whose third is ASCII", "\xe2\x82x" },
		{ "a quadruple whose fourth is a first", "\xf0\x9f\x98\xd9" },
		{ "latin-1", "R\xe9"
			     "fugi\xe9" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		size_t size = strlen(rows[i].bytes);

		if (ih_text_is_utf8(rows[i].bytes, size) ||
		    ih_text_is_plain(rows[i].bytes, size) ||
		    ih_text_length(rows[i].bytes, size) != SIZE_MAX)
			fail_msg("taken: %s", rows[i].says);
	}
}

static void
reads_no_byte_after_the_last(void **state)
{
	uint32_t point;

	(void)state;
	assert_int_equal(ih_text_next("\xd9\xa0", 1, &point), 0);
	assert_int_equal(ih_text_next("\xe2\x82\xac", 2, &point), 0);
	assert_int_equal(ih_text_next("x", 0, &point), 0);
	assert_true(ih_text_is_utf8("\xff", 0));
}

static void
tells_what_a_person_can_have_typed(void **state)
{
	static const struct row {
		const char *says, *text;
		bool plain;
	} rows[] = {
		{ "nothing", "", true },
		{ "Latin", "Personne Exemple Sept", true },
		{ "Arabic with marks", "شَخْص مِثَال", true },
		{ "two lines and a tab", "a\n\tb", true },
		{ "a joiner, which Persian needs", "می‌خواهم", true },
		{ "a left-to-right mark", "a\u200eb", true },
		{ "an emoji", "\U0001F600", true },
		{ "a carriage return", "a\rb", false },
		{ "a bell", "a\a", false },
		{ "an escape", "\x1b[2J", false },
		{ "a delete", "\x7f", false },
		{ "a C1 control",
		    "\xc2\x9b"
		    "2J",
		    false },
		{ "the last C1 control", "\xc2\x9f", false },
		{ "a hard space, right after them", "\u00a0", true },
		{ "an embedding", "a\u202a", false },
		{ "an override to the right", "a\u202e", false },
		{ "an isolate", "\u2066", false },
		{ "its end", "\u2069", false },
		{ "the points around them", "\u2029\u202f\u2065\u206a", true },
		{ "U+FDD0", "\xef\xb7\x90", false },
		{ "U+FDEF", "\xef\xb7\xaf", false },
		{ "U+FFFE", "\xef\xbf\xbe", false },
		{ "U+FFFF", "\xef\xbf\xbf", false },
		{ "U+1FFFE", "\xf0\x9f\xbf\xbe", false },
		{ "U+10FFFF", "\xf4\x8f\xbf\xbf", false },
		{ "U+FFFD", "\xef\xbf\xbd", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (ih_text_is_plain(rows[i].text, strlen(rows[i].text)) !=
		    rows[i].plain)
			fail_msg("%s", rows[i].says);
}

static void
refuses_a_nul_within(void **state)
{
	(void)state;
	assert_true(ih_text_is_utf8("a\0b", 3));
	assert_false(ih_text_is_plain("a\0b", 3));
}

static void
counts_code_points(void **state)
{
	(void)state;
	assert_int_equal(ih_text_length("", 0), 0);
	assert_int_equal(ih_text_length("إحالة", strlen("إحالة")), 5);
	assert_int_equal(ih_text_length("é\U0001F600x", 7), 3);
}

static void
makes_arabic_and_persian_digits_ascii(void **state)
{
	char all[] = "٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹";
	char mixed[] = "سنة ٢٠٢٤/5 é";
	char broken[] = "٣\xd9";
	char empty[] = "";

	(void)state;
	ih_text_ascii_digits(all);
	assert_string_equal(all, "0123456789 0123456789");
	ih_text_ascii_digits(mixed);
	assert_string_equal(mixed, "سنة 2024/5 é");
	ih_text_ascii_digits(broken);
	assert_string_equal(broken, "3\xd9");
	ih_text_ascii_digits(empty);
	assert_string_equal(empty, "");
}

static void
counts_the_keystrokes_between_two_words(void **state)
{
	static const struct row {
		const char *a, *b;
		size_t distance;
	} rows[] = {
		{ "", "", 0 },
		{ "", "abc", 3 },
		{ "assess", "assess", 0 },
		{ "asess", "assess", 1 },
		{ "assses", "assess", 1 }, /* a swap */
		{ "asssess", "assess", 1 },
		{ "assist", "assess", 2 },
		{ "ca", "abc", 3 },
		{ "إحالة", "احالة", 1 },
		{ "kitten", "sitting", 3 },
		{ "\xff", "\xfe", 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		if (ih_text_distance(rows[i].a, rows[i].b) !=
			rows[i].distance ||
		    ih_text_distance(rows[i].b, rows[i].a) != rows[i].distance)
			fail_msg("%s, %s", rows[i].a, rows[i].b);
	}
}

static void
finds_nothing_near_a_text_that_is_too_long(void **state)
{
	char most[129], over[130];

	(void)state;
	memset(most, 'a', 128);
	memset(over, 'a', 129);
	most[128] = over[129] = '\0';
	assert_int_equal(ih_text_distance(most, ""), 128);
	assert_int_equal(ih_text_distance(most, most), 0);
	assert_true(ih_text_distance(over, "a") == SIZE_MAX);
	assert_true(ih_text_distance("a", over) == SIZE_MAX);
}

static void
measures_terminal_columns(void **state)
{
	static const struct row {
		const char *text;
		size_t columns;
	} rows[] = {
		{ "", 0 },
		{ "abc", 3 },
		{ "é", 1 },
		{ "e\u0301", 1 },
		{ "إحالة", 5 },
		{ "مَثَلٌ", 3 },
		{ "\u0600", 1 }, /* a number sign, which is drawn */
		{ "\u200b\u200e\ufeff", 0 },
		{ "日本", 4 },
		{ "한글", 4 },
		{ "\U0001F600", 2 },
		{ "\U000E0100", 0 },
		{ "a\nb", 2 },
		{ "a\xff", 2 },
		{ "\u00ad", 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (ih_text_columns(rows[i].text) != rows[i].columns)
			fail_msg("row %zu: %zu", i,
			    ih_text_columns(rows[i].text));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(takes_every_code_point_and_no_surrogate),
		TEST(refuses_bytes_that_are_not_utf8),
		TEST(reads_no_byte_after_the_last),
		TEST(tells_what_a_person_can_have_typed),
		TEST(refuses_a_nul_within),
		TEST(counts_code_points),
		TEST(makes_arabic_and_persian_digits_ascii),
		TEST(counts_the_keystrokes_between_two_words),
		TEST(finds_nothing_near_a_text_that_is_too_long),
		TEST(measures_terminal_columns),
	};

	return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
