#include "test.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "ihala/id.h"

#define SYMBOLS "23456789CDFHJKMPQRTVWXY"

/* Where the nine symbols stand in a code. */
static const int places[] = { 0, 1, 2, 3, 5, 6, 7, 8, 10 };

static struct ih_world
world(uint64_t *seed)
{
	return ih_world_fixed(0, seed);
}

static void
makes_codes_of_symbols_that_sound_and_look_apart(void **state)
{
	uint64_t seed = 1;
	struct ih_world chance = world(&seed);
	bool seen[128] = { false };

	(void)state;
	for (int i = 0; i < 1000; i++) {
		char code[IH_CODE_TEXT];

		ih_code_new(&chance, code);
		assert_int_equal(strlen(code), 11);
		assert_int_equal(code[4], '-');
		assert_int_equal(code[9], '-');
		for (size_t p = 0; p < 9; p++) {
			char symbol = code[places[p]];

			assert_non_null(strchr(SYMBOLS, symbol));
			seen[(unsigned char)symbol] = true;
		}
	}
	for (const char *symbol = SYMBOLS; *symbol != '\0'; symbol++)
		assert_true(seen[(unsigned char)*symbol]);
}

static void
draws_every_symbol_about_equally_often(void **state)
{
	uint64_t seed = 2;
	struct ih_world chance = world(&seed);
	int often[128] = { 0 };

	(void)state;
	for (int i = 0; i < 230000 / 8; i++) {
		char code[IH_CODE_TEXT];

		ih_code_new(&chance, code);
		for (size_t p = 0; p < 8; p++)
			often[(unsigned char)code[places[p]]]++;
	}
	for (const char *symbol = SYMBOLS; *symbol != '\0'; symbol++)
		assert_in_range(often[(unsigned char)*symbol], 9600, 10400);
}

static void
takes_every_code_it_made(void **state)
{
	uint64_t seed = 3;
	struct ih_world chance = world(&seed);

	(void)state;
	for (int i = 0; i < 1000; i++) {
		char code[IH_CODE_TEXT], back[IH_CODE_TEXT];

		ih_code_new(&chance, code);
		assert_true(ih_code_parse(code, back));
		assert_string_equal(code, back);
	}
}

static void
finds_every_single_wrong_symbol(void **state)
{
	uint64_t seed = 4;
	struct ih_world chance = world(&seed);

	(void)state;
	for (int i = 0; i < 500; i++) {
		char code[IH_CODE_TEXT], wrong[IH_CODE_TEXT], out[IH_CODE_TEXT];

		ih_code_new(&chance, code);
		for (size_t p = 0; p < 9; p++)
			for (const char *s = SYMBOLS; *s != '\0'; s++) {
				if (*s == code[places[p]])
					continue;
				memcpy(wrong, code, sizeof wrong);
				wrong[places[p]] = *s;
				if (ih_code_parse(wrong, out))
					fail_msg("%s for %s", wrong, code);
				assert_string_equal(out, "");
			}
	}
}

static void
finds_every_swap_of_two_symbols(void **state)
{
	uint64_t seed = 5;
	struct ih_world chance = world(&seed);

	(void)state;
	for (int i = 0; i < 1000; i++) {
		char code[IH_CODE_TEXT], wrong[IH_CODE_TEXT], out[IH_CODE_TEXT];

		ih_code_new(&chance, code);
		for (size_t a = 0; a < 9; a++)
			for (size_t b = a + 1; b < 9; b++) {
				if (code[places[a]] == code[places[b]])
					continue;
				memcpy(wrong, code, sizeof wrong);
				wrong[places[a]] = code[places[b]];
				wrong[places[b]] = code[places[a]];
				if (ih_code_parse(wrong, out))
					fail_msg("%s for %s", wrong, code);
			}
	}
}

/* A code that has every look-alike's symbol: found by trying checks. */
static void
complete(const char *symbols, char code[static IH_CODE_TEXT])
{
	char text[10];

	for (const char *check = SYMBOLS; *check != '\0'; check++) {
		memcpy(text, symbols, 8);
		text[8] = *check;
		text[9] = '\0';
		if (ih_code_parse(text, code))
			return;
	}
	fail_msg("%s has no check symbol", symbols);
}

static void
has_one_check_symbol_for_every_code(void **state)
{
	static const char *const starts[] = { "22222222", "YYYYYYYY",
		"2345CDFH", "8526M37K", "XXXXXXX2" };

	(void)state;
	for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
		char text[10], out[IH_CODE_TEXT];
		int fit = 0;

		for (const char *check = SYMBOLS; *check != '\0'; check++) {
			memcpy(text, starts[i], 8);
			text[8] = *check;
			text[9] = '\0';
			fit += ih_code_parse(text, out);
		}
		assert_int_equal(fit, 1);
	}
}

static void
takes_a_code_as_people_type_it(void **state)
{
	static const char *const forms[] = { "%.4s-%.4s-%c", "%.4s%.4s%c",
		" %.4s %.4s %c ", "%.4s\u2010%.4s\u2011%c",
		"%.4s\u2012%.4s\u2013%c", "%.4s\u2014%.4s\u2015%c",
		"%.4s\u2212%.4s\u2212%c", "%.4s\u0640%.4s\u0640%c",
		"\u200e%.4s\u00a0%.4s\u202f%c\u200f", "--%.4s--%.4s--%c--",
		"%.4s\t%.4s\uff0d%c" };
	char code[IH_CODE_TEXT], out[IH_CODE_TEXT], typed[64];

	(void)state;
	complete("7KQF3XMT", code);
	for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
		for (int lower = 0; lower < 2; lower++) {
/* The forms stand in the table above. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
			snprintf(typed, sizeof typed, forms[i], code, code + 5,
			    code[10]);
#pragma GCC diagnostic pop
			for (char *c = typed; lower && *c != '\0'; c++)
				if ((*c & 0x80) == 0)
					*c = (char)tolower(*c);
			if (!ih_code_parse(typed, out))
				fail_msg("refused: %s", typed);
			assert_string_equal(out, code);
		}
}

static void
takes_arabic_digits_and_look_alikes(void **state)
{
	char code[IH_CODE_TEXT], out[IH_CODE_TEXT], typed[64];

	(void)state;
	complete("8526M37K", code);
	snprintf(typed, sizeof typed, "٨٥٢٦-M٣٧K-%c", code[10]);
	assert_true(ih_code_parse(typed, out));
	assert_string_equal(out, code);
	snprintf(typed, sizeof typed, "۸۵۲۶-M۳۷K-%c", code[10]);
	assert_true(ih_code_parse(typed, out));
	assert_string_equal(out, code);
	snprintf(typed, sizeof typed, "bSzG-n37k-%c", code[10]);
	assert_true(ih_code_parse(typed, out));
	assert_string_equal(out, code);
}

static void
refuses_what_is_no_code(void **state)
{
	char code[IH_CODE_TEXT], out[IH_CODE_TEXT], typed[64];
	static const char *const others[] = { "", "-", "7", "7KQF-3XMT",
		"7KQF-3XMT-\xff", "0000-0000-0", "OOOO-OOOO-O", "1111-1111-1",
		"AAAA-AAAA-A", "7KQF/3XMT/R", "٠٠٠٠٠٠٠٠٠", "7KQF-3XMT-\n" };

	(void)state;
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
		memset(out, 'x', sizeof out);
		if (ih_code_parse(others[i], out))
			fail_msg("taken: %s", others[i]);
		assert_string_equal(out, "");
	}
	complete("7KQF3XMT", code);
	snprintf(typed, sizeof typed, "%s2", code); /* one too many */
	assert_false(ih_code_parse(typed, out));
	snprintf(typed, sizeof typed, "%.10s", code); /* no check */
	assert_false(ih_code_parse(typed, out));
	snprintf(typed, sizeof typed, "0%s", code + 1);
	assert_false(ih_code_parse(typed, out));
}

static void
never_hands_out_a_symbol_that_is_left_out(void **state)
{
	char out[IH_CODE_TEXT], text[10];

	(void)state;
	/* 0 O 1 I L and the vowels are nothing; each alone spoils a code. */
	for (const char *c = "0O1ILAEU"; *c != '\0'; c++)
		for (const char *check = SYMBOLS; *check != '\0'; check++) {
			memset(text, *c, 8);
			text[8] = *check;
			text[9] = '\0';
			assert_false(ih_code_parse(text, out));
		}
}

static void
makes_random_uuids_of_version_4(void **state)
{
	uint64_t seed = 6;
	struct ih_world chance = world(&seed);
	char first[IH_UUID_TEXT], second[IH_UUID_TEXT];

	(void)state;
	ih_uuid_new(&chance, first);
	ih_uuid_new(&chance, second);
	assert_true(ih_uuid_is(first));
	assert_true(ih_uuid_is(second));
	assert_string_not_equal(first, second);
	for (int i = 0; i < 100; i++) {
		ih_uuid_new(&chance, first);
		assert_int_equal(first[14], '4');
		assert_non_null(strchr("89ab", first[19]));
	}
}

static void
tells_a_uuid_from_what_is_none(void **state)
{
	static const char *const others[] = { "",
		"00000000-0000-4000-8000-00000000000",
		"00000000-0000-4000-8000-0000000000000",
		"00000000-0000-4000-8000-00000000000G",
		"00000000-0000-4000-8000-00000000000A",
		"0000000000000-4000-8000-000000000000",
		"{0000000-0000-4000-8000-00000000000}",
		"00000000-0000-4000-8000-00000000000 " };

	(void)state;
	assert_true(ih_uuid_is("01234567-89ab-4def-8123-456789abcdef"));
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
		if (ih_uuid_is(others[i]))
			fail_msg("taken: %s", others[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(makes_codes_of_symbols_that_sound_and_look_apart),
		TEST(draws_every_symbol_about_equally_often),
		TEST(takes_every_code_it_made),
		TEST(finds_every_single_wrong_symbol),
		TEST(finds_every_swap_of_two_symbols),
		TEST(has_one_check_symbol_for_every_code),
		TEST(takes_a_code_as_people_type_it),
		TEST(takes_arabic_digits_and_look_alikes),
		TEST(refuses_what_is_no_code),
		TEST(never_hands_out_a_symbol_that_is_left_out),
		TEST(makes_random_uuids_of_version_4),
		TEST(tells_a_uuid_from_what_is_none),
	};

	return cmocka_run_group_tests_name("id", tests, NULL, NULL);
}
