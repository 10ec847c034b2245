#include "test.h"

#include <stdio.h>
#include <string.h>

#include "ihala/words.h"
#include "words_keys.h"

#define AR ((struct ih_tongue){ .lang = IH_AR })
#define FR ((struct ih_tongue){ .lang = IH_FR })
#define EN ((struct ih_tongue){ .lang = IH_EN })

#define ISOLATE "\xe2\x81\xa8"
#define POP "\xe2\x81\xa9"

static void
a_tag_is_a_language_and_perhaps_a_country(void **state)
{
	static const struct {
		const char *tag;
		bool good;
		enum ih_lang lang;
		const char *country;
	} rows[] = {
		{ "ar", true, IH_AR, "" },
		{ "fr", true, IH_FR, "" },
		{ "en", true, IH_EN, "" },
		{ "ar-MA", true, IH_AR, "MA" },
		{ "fr-TN", true, IH_FR, "TN" },
		{ "en-EG", true, IH_EN, "EG" },
		{ "", false, IH_AR, "" },
		{ "a", false, IH_AR, "" },
		{ "de", false, IH_AR, "" },
		{ "AR", false, IH_AR, "" },
		{ "ar-", false, IH_AR, "" },
		{ "ar-ma", false, IH_AR, "" },
		{ "ar_MA", false, IH_AR, "" },
		{ "ar-MAR", false, IH_AR, "" },
		{ "ara", false, IH_AR, "" },
		{ "ar-MA-x", false, IH_AR, "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct ih_tongue tongue = { 0 };
		char tag[IH_TAG_TEXT];

		if (ih_tongue_parse(rows[i].tag, &tongue) != rows[i].good)
			fail_msg("%s", rows[i].tag);
		if (!rows[i].good)
			continue;
		assert_int_equal(tongue.lang, rows[i].lang);
		assert_string_equal(tongue.country, rows[i].country);
		ih_tongue_tag(tongue, tag);
		assert_string_equal(tag, rows[i].tag);
	}
}

static void
a_language_has_a_tag(void **state)
{
	(void)state;
	assert_string_equal(ih_lang_tag(IH_AR), "ar");
	assert_string_equal(ih_lang_tag(IH_FR), "fr");
	assert_string_equal(ih_lang_tag(IH_EN), "en");
}

static void
a_key_has_its_word_in_three_languages(void **state)
{
	(void)state;
	assert_string_equal(ih_word(EN, W_ANSWER_YES), "yes");
	assert_string_equal(ih_word(FR, W_ANSWER_YES), "oui");
	assert_string_equal(ih_word(AR, W_ANSWER_YES), "نعم");
}

static void
a_key_that_is_not_there_is_null(void **state)
{
	(void)state;
	assert_null(ih_word(EN, "no.such-key"));
	assert_null(ih_word(EN, ""));
	assert_null(ih_word(EN, "~"));
	assert_null(ih_word_review("no.such-key"));
}

static void
a_country_has_its_own_word_or_the_neutral_one(void **state)
{
	struct ih_tongue ma = { IH_AR, "MA" }, eg = { IH_AR, "EG" };
	struct ih_tongue dz = { IH_AR, "DZ" }, fr = { IH_FR, "MA" };

	(void)state;
	assert_string_equal(ih_word(ma, W_TRAINING_WATERMARK),
	    "معطيات للتكوين، مختلقة");
	assert_string_equal(ih_word(eg, W_TRAINING_WATERMARK),
	    "بيانات تدريبية مختلقة");
	assert_string_equal(ih_word(dz, W_TRAINING_WATERMARK),
	    "بيانات تدريبية مختلقة");
	assert_string_equal(ih_word(fr, W_TRAINING_WATERMARK),
	    "Données de formation, inventées");
}

static void
every_key_is_found_and_sorted(void **state)
{
	size_t count = 0;
	const char *before = "";

	(void)state;
	for (const char *key = ih_word_key(0); key != NULL;
	     key = ih_word_key(++count)) {
		assert_true(strcmp(before, key) < 0);
		for (int lang = 0; lang < IH_LANGS; lang++)
			assert_non_null(ih_word(
			    (struct ih_tongue){ .lang = (enum ih_lang)lang },
			    key));
		assert_true(strcmp(ih_word_review(key), "project") == 0 ||
			    strcmp(ih_word_review(key), "official") == 0);
		before = key;
	}
	assert_true(count > 20);
	assert_null(ih_word_key(count + 1));
}

/* CLDR. */
static void
arabic_counts_in_six_forms(void **state)
{
	static const struct {
		const char *key;
		double number;
		const char *says;
	} rows[] = {
		{ W_PLURAL_INDICATORS, 0, "لا توجد مؤشرات" },
		{ W_PLURAL_INDICATORS, 1, "مؤشر واحد" },
		{ W_PLURAL_INDICATORS, 2, "مؤشران" },
		{ W_PLURAL_INDICATORS, 3, "3 مؤشرات" },
		{ W_PLURAL_INDICATORS, 10, "10 مؤشرات" },
		{ W_PLURAL_INDICATORS, 11, "11 مؤشرا" },
		{ W_PLURAL_INDICATORS, 99, "99 مؤشرا" },
		{ W_PLURAL_INDICATORS, 100, "100 مؤشر" },
		{ W_PLURAL_INDICATORS, 102, "102 مؤشر" },
		{ W_PLURAL_INDICATORS, 103, "103 مؤشرات" },
		{ W_PLURAL_INDICATORS, 111, "111 مؤشرا" },
		{ W_PLURAL_INDICATORS, 1000, "1000 مؤشر" },
		{ W_PLURAL_VICTIMS, 0, "لا ضحايا" },
		{ W_PLURAL_VICTIMS, 1, "ضحية واحدة" },
		{ W_PLURAL_VICTIMS, 2, "ضحيتان" },
		{ W_PLURAL_VICTIMS, 3, "3 ضحايا" },
		{ W_PLURAL_VICTIMS, 11, "11 ضحية" },
		{ W_PLURAL_VICTIMS, 100, "100 ضحية" },
		{ W_PLURAL_DAYS, 0, "لا أيام" },
		{ W_PLURAL_DAYS, 1, "يوم واحد" },
		{ W_PLURAL_DAYS, 2, "يومان" },
		{ W_PLURAL_DAYS, 7, "7 أيام" },
		{ W_PLURAL_DAYS, 30, "30 يوما" },
		{ W_PLURAL_DAYS, 100, "100 يوم" },
	};
	IH_OWNED(ih_arena) arena = ih_arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		assert_string_equal(ih_say(arena, AR, rows[i].key,
					IH_NUM(rows[i].number)),
		    rows[i].says);
}

static void
french_and_english_count_in_two_forms(void **state)
{
	IH_OWNED(ih_arena) arena = ih_arena_new();

	(void)state;
	/* In French zero is singular. */
	assert_string_equal(ih_say(arena, FR, W_PLURAL_DAYS, IH_NUM(0)),
	    "0 jour");
	assert_string_equal(ih_say(arena, FR, W_PLURAL_DAYS, IH_NUM(1.5)),
	    "1,5 jour");
	assert_string_equal(ih_say(arena, FR, W_PLURAL_DAYS, IH_NUM(2)),
	    "2 jours");
	assert_string_equal(ih_say(arena, FR, W_PLURAL_DAYS, IH_NUM(1000000)),
	    "1000000 jours");
	assert_string_equal(ih_say(arena, EN, W_PLURAL_DAYS, IH_NUM(0)),
	    "0 days");
	assert_string_equal(ih_say(arena, EN, W_PLURAL_DAYS, IH_NUM(1)),
	    "1 day");
	assert_string_equal(ih_say(arena, EN, W_PLURAL_DAYS, IH_NUM(1.25)),
	    "1.25 days");
}

static const char *
say(struct ih_arena *arena, struct ih_tongue tongue, const char *pattern)
{
	return ih_say_pattern(arena, tongue, pattern, 3,
	    (struct ih_arg[]){ IH_ARG("one"), IH_NUM(2), IH_NUM(12) });
}

static void
patterns_take_arguments(void **state)
{
	static const struct {
		const char *pattern, *says;
	} rows[] = {
		{ "", "" },
		{ "no argument, l'un, #", "no argument, l'un, #" },
		{ "{0} {1} { 2 } {0}", "one 2 12 one" },
		{ "l''{0}, d''un", "l'one, d'un" },
		{ "{1, plural, one {# day} other {# days}}.", "2 days." },
		{ "{1,plural,=2{a pair}one{one}other{#}}", "a pair" },
		{ "{2, plural, =0 {none} =12 {a dozen} other {#}}", "a dozen" },
		{ "<{1, plural, one {} other {# for {0} ({2})}}>",
		    "<2 for one (12)>" },
		{ "{1, plural, two {never in English} other {o}}", "o" },
		{ "{1, plural, other {a}} {2, plural, other {b}}", "a b" },
		{ "{1, plural, other {l''autre}}", "l'autre" },
		{ "{3}", "{3}" },
	};
	IH_OWNED(ih_arena) arena = ih_arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		assert_string_equal(say(arena, EN, rows[i].pattern),
		    rows[i].says);
}

/* The build refuses them; a pattern from elsewhere must not do harm. */
static void
broken_patterns_end(void **state)
{
	static const char *const patterns[] = { "{", "}", "{0", "{0,",
		"{0, plural", "{0, plural,", "{1, plural, other",
		"{1, plural, other {", "{1, plural, other {#", "{1, plural, {",
		"{1, plural, =", "{x}", "{}", "{99999999999999999999}",
		"{1, plural, other {{1, plural, other {", "'", "''", "{1}}" };
	IH_OWNED(ih_arena) arena = ih_arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof patterns / sizeof patterns[0]; i++)
		assert_non_null(say(arena, AR, patterns[i]));
}

static void
digits_are_ours_in_every_language(void **state)
{
	static const struct {
		double number;
		const char *arabic, *french;
	} rows[] = {
		{ 0, "0", "0" },
		{ -7, "-7", "-7" },
		{ 1234567, "1234567", "1234567" },
		{ 74.55, "74.55", "74,55" },
		{ 0.5, "0.5", "0,5" },
		{ 1e15, "1000000000000000", "1000000000000000" },
	};
	IH_OWNED(ih_arena) arena = ih_arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct ih_arg number = IH_NUM(rows[i].number);

		assert_string_equal(ih_say_pattern(arena, AR, "{0}", 1,
					&number),
		    rows[i].arabic);
		assert_string_equal(ih_say_pattern(arena, FR, "{0}", 1,
					&number),
		    rows[i].french);
	}
}

/* UAX #9. */
static void
what_would_turn_round_is_isolated(void **state)
{
	static const struct {
		enum ih_lang lang;
		const char *argument;
		bool isolated;
	} rows[] = {
		{ IH_AR, "Personne Exemple Sept", true },
		{ IH_AR, "Émile", true },
		{ IH_AR, "É", true },
		{ IH_AR, "ⵜⴰⴳⵍⴷⵉⵜ", true },
		{ IH_AR, "448-1", true },
		{ IH_AR, "2(1)", true },
		{ IH_AR, "2016-08-03", true },
		{ IH_AR, "+212 5", true },
		{ IH_AR, "80 104 748", true },
		{ IH_AR, "03/08/2016", true },
		{ IH_AR, "2026", false },
		{ IH_AR, "27.14", false },
		{ IH_AR, "شخص مثال سبعة", false },
		{ IH_AR, "“شخص”", false },
		{ IH_AR, "", false },
		{ IH_FR, "شخص مثال سبعة", true },
		{ IH_FR, "Personne Exemple Sept", false },
		{ IH_FR, "448-1", false },
		{ IH_EN, "شخص", true },
		{ IH_EN, "ﷲ", true },
		{ IH_EN, "“quoted”", false },
	};
	IH_OWNED(ih_arena) arena = ih_arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct ih_tongue tongue = { .lang = rows[i].lang };
		struct ih_arg text = IH_ARG(rows[i].argument);
		const char *wanted = ih_arena_printf(arena,
		    rows[i].isolated ? ISOLATE "%s" POP : "%s",
		    rows[i].argument);

		assert_string_equal(ih_say_pattern(arena, tongue, "{0}", 1,
					&text),
		    wanted);
	}
}

static void
a_number_in_arabic_is_not_isolated(void **state)
{
	IH_OWNED(ih_arena) arena = ih_arena_new();
	struct ih_arg number = IH_NUM(-12.5);

	(void)state;
	assert_string_equal(ih_say_pattern(arena, AR, "{0}", 1, &number),
	    "-12.5");
}

static void
a_key_that_is_not_there_is_seen(void **state)
{
	IH_OWNED(ih_arena) arena = ih_arena_new();

	(void)state;
	assert_string_equal(ih_say(arena, AR, "no.such-key", IH_NUM(1)),
	    "no.such-key");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_tag_is_a_language_and_perhaps_a_country),
		TEST(a_language_has_a_tag),
		TEST(a_key_has_its_word_in_three_languages),
		TEST(a_key_that_is_not_there_is_null),
		TEST(a_country_has_its_own_word_or_the_neutral_one),
		TEST(every_key_is_found_and_sorted),
		TEST(arabic_counts_in_six_forms),
		TEST(french_and_english_count_in_two_forms),
		TEST(patterns_take_arguments),
		TEST(broken_patterns_end),
		TEST(digits_are_ours_in_every_language),
		TEST(what_would_turn_round_is_isolated),
		TEST(a_number_in_arabic_is_not_isolated),
		TEST(a_key_that_is_not_there_is_seen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
