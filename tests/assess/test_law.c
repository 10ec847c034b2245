#include "test.h"

#include "fixture.h"

#include "ihala/explain.h"

/* The frameworks of the library over the adult questionnaire. */
static struct ih_instrument *adult;

static int
open_adult(void **state)
{
	struct ih_error err = { 0 };

	if (set_up(state) != 0)
		return 1;
	adult = ih_instrument_load(library, "adult", &err);
	return adult == NULL;
}

static int
close_adult(void **state)
{
	ih_instrument_free(adult);
	return tear_down(state);
}

static struct ih_framework *
load(const char *id)
{
	struct ih_error err = { 0 };
	struct ih_framework *f = ih_framework_load(library, id, adult, &err);

	if (f == NULL)
		fail_msg("%s", err.text);
	return f;
}

static struct ih_answers *
said(const char *line)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) bytes = ih_buffer_new();
	struct ih_answers *answers;

	write_answers(bytes, adult, line);
	IH_OWNED(xmlDoc) doc =
	    ih_xml_read("answers.xml", bytes->data, bytes->size, &err);
	answers = doc != NULL ? ih_answers_read(doc, adult, &err) : NULL;
	if (answers == NULL)
		fail_msg("%s: %s", line, err.text);
	return answers;
}

/* The level that is sure, and the row that says why ("": none). */
static void
assert_says(const char *framework, const char *line, const char *sentence,
    enum ih_level level, const char *row)
{
	IH_OWNED(ih_framework) f = load(framework);
	IH_OWNED(ih_answers) answers = said(line);
	IH_OWNED(ih_assessment) a = ih_assess(f, answers);
	const char *met = a->met_count > 0 ? a->met[0]->id : "";

	if (a->bounds.at_least != level || strcmp(met, row) != 0)
		fail_msg("%s: %s: %s, %s", framework, sentence,
		    ih_level_name(a->bounds.at_least), met);
}

/* Act and purpose, with nothing that any of the laws calls a means. */
#define NO_MEANS                                                               \
	"others-role=Transported exploitation-form=ForcedLabour "              \
	"pressure-before=none told-untrue=none situation-used=none "           \
	"hurt=none threats=none imposed=none influence=none limits=none "      \
	"papers-held=with-me debt=no free-to-leave=yes "

/* Who needs no means, a test each; open: the level that it can still reach. */
static const struct waiver {
	const char *sentence, *law, *who;
	enum ih_level level;
	const char *row;
	bool open;
} waivers[] = {
	{ "Morocco asks for no means under eighteen", "law-ma",
	    "age=17 health=none", IH_INDICATED, "no-means-asked", false },
	{ "Morocco: who may be a child counts as one", "law-ma",
	    "age=20 age-doubt=yes health=none", IH_INDICATED, "no-means-asked",
	    false },
	{ "Morocco asks for a means from eighteen on", "law-ma",
	    "age=18 age-doubt=no health=none", IH_POSSIBLE, "act-and-purpose",
	    false },
	{ "Morocco waives nothing for an infirmity", "law-ma",
	    "age=34 age-doubt=no health=disability", IH_POSSIBLE,
	    "act-and-purpose", false },
	{ "Morocco: an age that is refused leaves it open", "law-ma",
	    "age=refused age-doubt=no health=none", IH_POSSIBLE,
	    "act-and-purpose", true },
	{ "Egypt asks for no means for a child", "law-eg", "age=17 health=none",
	    IH_INDICATED, "no-means-asked", false },
	{ "Egypt: who may be a child counts as one", "law-eg",
	    "age=20 age-doubt=yes health=none", IH_INDICATED, "no-means-asked",
	    false },
	{ "Egypt asks for a means from eighteen on", "law-eg",
	    "age=18 age-doubt=no health=none", IH_POSSIBLE, "act-and-purpose",
	    false },
	{ "Egypt: an infirmity alone is not incapacity", "law-eg",
	    "age=34 age-doubt=no health=disability", IH_POSSIBLE,
	    "act-and-purpose", false },
	{ "Egypt: an age that is refused leaves it open", "law-eg",
	    "age=refused age-doubt=no health=none", IH_POSSIBLE,
	    "act-and-purpose", true },
	{ "Tunisia asks for no means for a child", "law-tn",
	    "age=17 health=none", IH_INDICATED, "no-means-asked", false },
	{ "Tunisia: who may be a child counts as one", "law-tn",
	    "age=20 age-doubt=yes health=none", IH_INDICATED, "no-means-asked",
	    false },
	{ "Tunisia asks for no means with an infirmity", "law-tn",
	    "age=34 age-doubt=no health=disability", IH_INDICATED,
	    "no-means-asked", false },
	{ "Tunisia asks for a means of everybody else from eighteen on",
	    "law-tn", "age=18 age-doubt=no health=none", IH_POSSIBLE,
	    "act-and-purpose", false },
	{ "Tunisia: an age that is refused leaves it open", "law-tn",
	    "age=refused age-doubt=no health=none", IH_POSSIBLE,
	    "act-and-purpose", true },
	{ "Tunisia: health that is refused leaves it open", "law-tn",
	    "age=34 age-doubt=no health=refused", IH_POSSIBLE,
	    "act-and-purpose", true },
};
enum { WAIVERS = sizeof waivers / sizeof waivers[0] };

static void
each_law_waives_the_means_for_its_own_people(void **state)
{
	const struct waiver *waiver = *state;
	char line[512];

	snprintf(line, sizeof line, NO_MEANS "%s", waiver->who);
	assert_says(waiver->law, line, waiver->sentence, waiver->level,
	    waiver->row);
	IH_OWNED(ih_framework) f = load(waiver->law);
	IH_OWNED(ih_answers) answers = said(line);
	IH_OWNED(ih_assessment) a = ih_assess(f, answers);
	assert_int_equal(a->bounds.at_most,
	    waiver->open ? IH_INDICATED : waiver->level);
}

static void
each_law_judges_the_interviews_of_its_own_country(void **state)
{
	static const struct {
		const char *law, *own, *other;
	} rows[] = {
		{ "law-ma", "MA", "TN" },
		{ "law-eg", "EG", "MA" },
		{ "law-tn", "TN", "EG" },
	};
	IH_OWNED(ih_framework) of_no_country = load("ilo-adult-labour");

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		IH_OWNED(ih_framework) law = load(rows[i].law);

		assert_true(ih_framework_is_for(law, rows[i].own));
		assert_false(ih_framework_is_for(law, rows[i].other));
		assert_true(ih_framework_is_for(of_no_country, rows[i].own));
	}
}

/* What LAW says of a child of whom nothing else is known. */
static struct ih_buffer *
of_a_child(const char *law, struct ih_tongue tongue)
{
	IH_OWNED(ih_framework) framework = load(law);
	IH_OWNED(ih_answers) answers = said("age=17");
	IH_OWNED(ih_assessment) a = ih_assess(framework, answers);
	struct ih_buffer *out = ih_buffer_new();

	ih_explain(a, tongue, out);
	return out;
}

/* The answers of these tests are of the committee of Morocco. */
static void
says_whose_law_it_is(void **state)
{
	static const struct {
		const char *law, *says;
	} rows[] = {
		{ "law-ma", "The law of the committee’s country: MA" },
		{ "law-tn", "The law of another country: TN." },
		{ "unodc-general", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		IH_OWNED(ih_buffer) out =
		    of_a_child(rows[i].law, (struct ih_tongue){ IH_EN, "" });

		if (rows[i].says == NULL)
			assert_null(strstr((char *)out->data, "country:"));
		else
			assert_non_null(
			    strstr((char *)out->data, rows[i].says));
	}
}

/* "Article" is one word in Morocco's Penal Code and in Tunisia, another in
 * Egypt. */
static void
calls_its_articles_as_its_country_does(void **state)
{
	static const struct {
		const char *law, *says;
	} rows[] = {
		{ "law-ma", "المصدر، الفصل \xe2\x81\xa8"
			    "448-1" },
		{ "law-tn", "المصدر، الفصل \xe2\x81\xa8"
			    "2(1)" },
		{ "law-eg", "المصدر، المادة 2" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		/* Whatever the country of whoever reads it. */
		IH_OWNED(ih_buffer) out =
		    of_a_child(rows[i].law, (struct ih_tongue){ IH_AR, "EG" });

		assert_non_null(strstr((char *)out->data, rows[i].says));
	}
}

static void
each_law_joins_act_means_and_purpose(void **state)
{
	static const char *const laws[] = { "law-ma", "law-eg", "law-tn" };
	static const struct {
		const char *line, *sentence;
		enum ih_level level;
		const char *row;
	} rows[] = {
		{ "others-role=Transported told-untrue=work "
		  "exploitation-form=ForcedLabour age=34 age-doubt=no",
		    "all three speak for the elements", IH_INDICATED,
		    "all-three" },
		{ "told-untrue=work exploitation-form=OrganRemoval",
		    "means and purpose are possible", IH_POSSIBLE,
		    "means-and-purpose" },
		{ "others-role=Harboured pressure-before=taken",
		    "act and means are possible before any exploitation",
		    IH_POSSIBLE, "act-and-means" },
		{ "exploitation-form=ForcedBegging",
		    "a purpose alone is possible", IH_POSSIBLE,
		    "purpose-alone" },
		{ "others-role=Transported", "an act alone is nothing",
		    IH_NO_INDICATION, "" },
		{ "threats=violence", "a means alone is nothing",
		    IH_NO_INDICATION, "" },
		{ "consent-interview=no", "a declined interview is no finding",
		    IH_NO_INDICATION, "" },
	};

	(void)state;
	for (size_t l = 0; l < sizeof laws / sizeof laws[0]; l++)
		for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
			assert_says(laws[l], rows[i].line, rows[i].sentence,
			    rows[i].level, rows[i].row);
}

static void
each_list_keeps_to_what_it_can_say(void **state)
{
	static const struct {
		const char *framework, *line, *sentence;
		enum ih_level level;
		const char *row;
	} rows[] = {
		{ "unodc-general", "signs=fear", "one sign calls for a look",
		    IH_POSSIBLE, "any-one" },
		{ "unodc-general",
		    "signs=fear,marks papers-held=kept free-to-leave=no "
		    "hurt=body threats=violence limits=leave-place",
		    "any number of signs is no more than possible", IH_POSSIBLE,
		    "any-one" },
		{ "domestic-servitude",
		    "worked=yes sector=household hours-day=14",
		    "long hours in a home are not enough", IH_NO_INDICATION,
		    "" },
		{ "domestic-servitude",
		    "worked=yes sector=household limits=leave-place",
		    "work in a home one cannot leave calls for a look",
		    IH_POSSIBLE, "some-signs" },
		{ "domestic-servitude",
		    "worked=yes sector=construction limits=leave-place",
		    "work elsewhere is not for this list", IH_NO_INDICATION,
		    "" },
		{ "begging-crime", "imposed=illicit",
		    "imposed acts call for a look first", IH_POSSIBLE,
		    "some-signs" },
		{ "begging-crime",
		    "imposed=illicit exploitation-form=ForcedBegging",
		    "several signs, still no more than possible", IH_POSSIBLE,
		    "many-signs" },
		{ "sexual-provisional", "hurt=intimate",
		    "sexual harm calls for a look", IH_POSSIBLE, "any-one" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		assert_says(rows[i].framework, rows[i].line, rows[i].sentence,
		    rows[i].level, rows[i].row);
}

static void
what_is_provisional_says_so_in_each_language(void **state)
{
	static const char *const says[IH_LANGS] = {
		[IH_AR] = "مؤقت في انتظار قوائم منظمة العمل الدولية",
		[IH_FR] = "provisoire, en attente des listes de l’OIT",
		[IH_EN] = "provisional until the ILO’s own lists are supplied",
	};
	IH_OWNED(ih_framework) f = load("sexual-provisional");

	(void)state;
	for (int lang = 0; lang < IH_LANGS; lang++) {
		assert_non_null(strstr(f->title.in[lang], says[lang]));
		assert_non_null(
		    strstr(f->outcomes[0].texts.in[lang], says[lang]));
	}
}

/* ---- answers that do not agree */

static void
what_does_not_agree_is_pointed_out_and_changes_nothing(void **state)
{
	static const struct {
		const char *line, *row; /* NULL: they agree */
	} rows[] = {
		{ "free-to-leave=yes limits=leave-place", "leave-and-limits" },
		{ "free-to-leave=no limits=leave-place", NULL },
		{ "free-to-leave=refused limits=leave-place", NULL },
		{ "debt=no pressure-before=debt", "debt" },
		{ "journey-made=no others-role=Transported", "journey" },
		{ "worked=no exploitation-form=ForcedLabour", "work" },
		{ "hurt=none,body", "harm" },
		{ "hurt=none", NULL },
		{ "exploitation-form=None,Other", "form" },
	};
	IH_OWNED(ih_framework) ilo = load("ilo-adult-labour");

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		IH_OWNED(ih_answers) answers = said(rows[i].line);
		IH_OWNED(ih_assessment) a = ih_assess(ilo, answers);
		size_t kept = ilo->contradiction_count;

		if (a->contradiction_count != (rows[i].row != NULL))
			fail_msg("%s", rows[i].line);
		if (rows[i].row == NULL)
			continue;
		assert_string_equal(a->contradictions[0]->id, rows[i].row);
		ilo->contradiction_count = 0;
		IH_OWNED(ih_assessment) without = ih_assess(ilo, answers);
		ilo->contradiction_count = kept;
		assert_int_equal(without->bounds.at_least, a->bounds.at_least);
		assert_int_equal(without->bounds.at_most, a->bounds.at_most);
		assert_int_equal(without->settle_count, a->settle_count);
	}
}

static void
what_does_not_agree_is_told_with_its_questions_and_no_doubt(void **state)
{
	static const char *const says[IH_LANGS] = {
		[IH_AR] = "هذا مألوف ولا يدعو إلى الشك",
		[IH_FR] = "ce n’est pas une raison de douter",
		[IH_EN] = "no reason for doubt",
	};
	struct ih_error err = { 0 };
	IH_OWNED(ih_framework) ilo = load("ilo-adult-labour");
	IH_OWNED(ih_answers) answers = said("debt=no pressure-before=debt");
	IH_OWNED(ih_assessment) a = ih_assess(ilo, answers);
	IH_OWNED(ih_schema) schema =
	    ih_schema_load(library, "assessment", &err);
	IH_OWNED(ih_buffer) out = ih_buffer_new();

	(void)state;
	for (int lang = 0; lang < IH_LANGS; lang++) {
		ih_buffer_clear(out);
		ih_explain(a, (struct ih_tongue){ (enum ih_lang)lang, "" },
		    out);
		assert_non_null(strstr((char *)out->data, says[lang]));
	}
	assert_non_null(strstr((char *)out->data, "Is there a debt because"));
	ih_buffer_clear(out);
	ih_answers_pin(answers, "", 0);
	assert_true(ih_assessment_write(a, out, &err));
	IH_OWNED(xmlDoc) doc = ih_xml_read("a.xml", out->data, out->size, &err);
	if (doc == NULL || !ih_schema_check(schema, doc, "a.xml", &err))
		fail_msg("%s", err.text);
	assert_non_null(
	    strstr((char *)out->data, "<contradiction row=\"debt\">"));
	ih_buffer_clear(out);
	ih_assessment_json(a, out);
	assert_non_null(strstr((char *)out->data,
	    "\"contradictions\":[{\"row\":\"debt\"}]"));
}

/* ---- several at once */

struct both {
	struct ih_framework *frameworks[2];
	struct ih_answers *answers;
	struct ih_assessment *assessments[2];
};

static struct both
judge(const char *line)
{
	struct both both = { { load("ilo-adult-labour"), load("law-tn") },
		said(line), { NULL, NULL } };

	for (int i = 0; i < 2; i++)
		both.assessments[i] =
		    ih_assess(both.frameworks[i], both.answers);
	ih_answers_pin(both.answers, "", 0);
	return both;
}

static void
judge_free(struct both *both)
{
	for (int i = 0; i < 2; i++) {
		ih_assessment_free(both->assessments[i]);
		ih_framework_free(both->frameworks[i]);
	}
	ih_answers_free(both->answers);
}

static unsigned
times(const struct ih_buffer *out, const char *word)
{
	unsigned count = 0;

	for (const char *at = (char *)out->data; (at = strstr(at, word));
	     at += strlen(word))
		count++;
	return count;
}

static void
danger_is_told_once_and_then_each_framework(void **state)
{
	struct both both = judge("safe-now=no others-role=Recruited");
	IH_OWNED(ih_buffer) out = ih_buffer_new();

	(void)state;
	ih_explain_all(both.assessments, 2, (struct ih_tongue){ IH_EN, "" },
	    out);
	assert_int_equal(times(out, "Urgent, before anything else"), 1);
	assert_int_equal(times(out, "questions without an answer"), 1);
	assert_int_equal(times(out, "Under the framework: "), 2);
	assert_int_equal(times(out, "What the answers support: "), 2);
	assert_true(strstr((char *)out->data, "Not safe now") <
		    strstr((char *)out->data, "Under the framework: ILO"));
	judge_free(&both);
}

static void
several_are_written_as_a_list_that_fits_its_schema(void **state)
{
	struct ih_error err = { 0 };
	struct both both = judge("others-role=Recruited threats=violence");
	IH_OWNED(ih_schema) schema =
	    ih_schema_load(library, "assessments", &err);
	IH_OWNED(ih_buffer) out = ih_buffer_new();

	(void)state;
	assert_true(ih_assessments_write(both.assessments, 2, out, &err));
	IH_OWNED(xmlDoc) doc =
	    ih_xml_read("list.xml", out->data, out->size, &err);
	if (doc == NULL || !ih_schema_check(schema, doc, "list.xml", &err))
		fail_msg("%s", err.text);
	ih_buffer_clear(out);
	ih_assessments_json(both.assessments, 2, out);
	assert_memory_equal(out->data, "[{\"answers\"", 11);
	assert_int_equal(times(out, "\"framework\":"), 2);
	assert_int_equal(times(out, "\n"), 1);
	ih_buffer_clear(out);
	ih_assessments_json(both.assessments, 1, out);
	assert_memory_equal(out->data, "{\"answers\"", 10);
	judge_free(&both);
}

int
main(void)
{
	const struct CMUnitTest others[] = {
		TEST(each_law_judges_the_interviews_of_its_own_country),
		TEST(says_whose_law_it_is),
		TEST(calls_its_articles_as_its_country_does),
		TEST(each_law_joins_act_means_and_purpose),
		TEST(each_list_keeps_to_what_it_can_say),
		TEST(what_is_provisional_says_so_in_each_language),
		TEST(what_does_not_agree_is_pointed_out_and_changes_nothing),
		TEST(
		    what_does_not_agree_is_told_with_its_questions_and_no_doubt),
		TEST(danger_is_told_once_and_then_each_framework),
		TEST(several_are_written_as_a_list_that_fits_its_schema),
	};

	enum { OTHERS = sizeof others / sizeof others[0] };
	struct CMUnitTest tests[WAIVERS + OTHERS];

	for (size_t i = 0; i < WAIVERS; i++)
		tests[i] = (struct CMUnitTest){ .name = waivers[i].sentence,
			.test_func =
			    each_law_waives_the_means_for_its_own_people,
			.initial_state = (void *)(uintptr_t)&waivers[i] };
	memcpy(tests + WAIVERS, others, sizeof others);
	return cmocka_run_group_tests(tests, open_adult, close_adult);
}
