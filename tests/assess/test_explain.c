#include "test.h"

#include "fixture.h"

#include "ihala/explain.h"

static struct ih_buffer *
explained(const char *line, enum ih_lang lang)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	IH_OWNED(ih_answers) answers = answers_of(line);
	IH_OWNED(ih_assessment) a = ih_assess(small_framework, answers);

	ih_explain(a, (struct ih_tongue){ lang, "" }, out);
	return IH_GIVE(out);
}

/* Where each of WORDS (NULL ends) stands; each after the one before. */
static void
assert_in_order(const struct ih_buffer *out, const char *const *words)
{
	const char *at = (const char *)out->data;

	for (; *words != NULL; words++) {
		const char *found = strstr(at, *words);

		if (found == NULL)
			fail_msg("no \"%s\" in its place in\n%s", *words,
			    (const char *)out->data);
		at = found + 1;
	}
}

static void
goes_from_urgency_to_outcome_rule_sign_answer_and_source(void **state)
{
	static const char *const words[] = { "Urgent, before anything else",
		"Not safe (en)", "What the answers support: Indicated",
		"Rule: Outcome means-and-purpose (en) (provisional",
		"Source, article 3(a): Protocol of tests.",
		"Means (en): present, by the rule: Row two-strong (en)",
		"Sign sign-s1 (en) (strong, enough together",
		"Question s1 (en) Yes (en) (the person)",
		"Source, article 448-1: Code of tests.",
		"Sign sign-m1 (en) (medium)",
		"Framework: Small (en), version 1.0.0 (provisional",
		"Source: Invented for tests.", NULL };
	IH_OWNED(ih_buffer) out =
	    explained("safe=no s1=yes s2=yes m1=yes p1=yes p2=yes", IH_EN);

	(void)state;
	assert_in_order(out, words);
}

static void
never_says_that_somebody_is_not_a_victim(void **state)
{
	static const char *const banned[] = { "not a victim", "victim",
		"non-victime", "ليس ضحية", "score", NULL };
	static const char *const so_far[IH_LANGS] = {
		[IH_AR] = "لا توجد مؤشرات إلى حد الآن",
		[IH_FR] = "Pas d’indice à ce stade",
		[IH_EN] = "No indication so far",
	};

	(void)state;
	for (int lang = 0; lang < IH_LANGS; lang++) {
		IH_OWNED(ih_buffer) out =
		    explained("s1=no s2=no m1=no m2=no m3=no w1=no w2=no "
			      "p1=no p2=no worked=no forms=Work age=34",
			(enum ih_lang)lang);

		for (const char *const *b = banned; *b != NULL; b++)
			assert_null(strstr((char *)out->data, *b));
		assert_non_null(strstr((char *)out->data, so_far[lang]));
	}
}

static void
says_what_is_not_known_and_what_to_ask(void **state)
{
	static const char *const words[] = { "To be checked now:",
		"Undetermined so far", "At least: Possibly indicated",
		"At most: Indicated", "questions without an answer (of ",
		"1 answer “I do not know”",
		"2 answers “I prefer not to answer”", "What could settle it",
		"Question s1 (en) (prefers not to", NULL };
	IH_OWNED(ih_buffer) out =
	    explained("s1=refused s2=refused m1=unknown p1=yes p2=yes", IH_EN);

	(void)state;
	assert_in_order(out, words);
}

static void
does_not_quote_the_identity_part_or_free_text(void **state)
{
	IH_OWNED(ih_arena) arena = ih_arena_new();
	IH_OWNED(ih_answers) answers =
	    answers_of("name=Personne-Exemple-Sept wishes=Secret");
	const struct ih_item *item = ih_instrument_item(small, "wishes");
	IH_OWNED(ih_buffer) out =
	    explained("name=Personne-Exemple-Sept wishes=Secret", IH_FR);

	(void)state;
	assert_null(strstr((char *)out->data, "Personne-Exemple"));
	assert_null(strstr(ih_explain_answer(item, &answers->answers[item->at],
			       (struct ih_tongue){ IH_FR, "" }, arena),
	    "Secret"));
}

static void
says_answers_in_words(void **state)
{
	static const struct {
		const char *line, *item, *says;
	} rows[] = {
		{ "forms=Work,Other", "forms", "Work (en); Other (en)" },
		{ "s1=no", "s1", "No (en)" },
		{ "age=34", "age", "34" },
		{ "born=1992-03", "born", "1992-03" },
		{ "worked=no", "paid", "not asked" },
		{ "name=Exemple", "name", "answer on record" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		IH_OWNED(ih_arena) arena = ih_arena_new();
		IH_OWNED(ih_answers) answers = answers_of(rows[i].line);
		const struct ih_item *item =
		    ih_instrument_item(small, rows[i].item);

		assert_string_equal(ih_explain_answer(item,
					&answers->answers[item->at],
					(struct ih_tongue){ IH_EN, "" }, arena),
		    rows[i].says);
	}
}

static void
uses_the_words_of_the_country(void **state)
{
	IH_OWNED(ih_arena) arena = ih_arena_new();
	IH_OWNED(ih_answers) answers = answers_of("forms=Work");
	const struct ih_item *item = ih_instrument_item(small, "forms");

	(void)state;
	assert_string_equal(ih_explain_answer(item, &answers->answers[item->at],
				(struct ih_tongue){ IH_AR, "MA" }, arena),
	    "Work (ar-MA)");
}

static void
speaks_three_languages(void **state)
{
	static const char *const words[IH_LANGS] = {
		[IH_AR] = "ما تسنده الأجوبة",
		[IH_FR] = "Ce que les réponses indiquent",
		[IH_EN] = "What the answers support",
	};

	(void)state;
	for (int lang = 0; lang < IH_LANGS; lang++) {
		IH_OWNED(ih_buffer) out =
		    explained("s1=yes s2=yes p1=refused", (enum ih_lang)lang);

		assert_non_null(strstr((char *)out->data, words[lang]));
		for (int other = 0; other < IH_LANGS; other++)
			if (other != lang)
				assert_null(
				    strstr((char *)out->data, words[other]));
	}
}

/* Violence or threats, here the one without the other. */
static void
names_only_the_answers_that_make_it_so(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_instrument) adult =
	    ih_instrument_load(library, "adult", &err);
	IH_OWNED(ih_framework) general =
	    ih_framework_load(library, "unodc-general", adult, &err);
	IH_OWNED(ih_buffer) bytes = ih_buffer_new();
	IH_OWNED(ih_buffer) out = ih_buffer_new();

	(void)state;
	assert_non_null(general);
	write_answers(bytes, adult, "age=30 worked=yes threats=none hurt=body");
	IH_OWNED(xmlDoc) doc =
	    ih_xml_read("answers.xml", bytes->data, bytes->size, &err);
	IH_OWNED(ih_answers) answers = ih_answers_read(doc, adult, &err);
	if (answers == NULL)
		fail_msg("%s", err.text);
	IH_OWNED(ih_assessment) a = ih_assess(general, answers);
	ih_explain(a, (struct ih_tongue){ IH_EN, "" }, out);
	assert_non_null(strstr((char *)out->data, "(enough on its own)"));
	assert_non_null(strstr((char *)out->data, "Bodily harm"));
	assert_null(strstr((char *)out->data, "None of these"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(goes_from_urgency_to_outcome_rule_sign_answer_and_source),
		TEST(never_says_that_somebody_is_not_a_victim),
		TEST(says_what_is_not_known_and_what_to_ask),
		TEST(does_not_quote_the_identity_part_or_free_text),
		TEST(says_answers_in_words),
		TEST(uses_the_words_of_the_country),
		TEST(names_only_the_answers_that_make_it_so),
		TEST(speaks_three_languages),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
