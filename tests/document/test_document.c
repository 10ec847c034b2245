#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/document.h"
#include "ihala/file.h"
#include "ihala/schema.h"
#include "ihala/xml.h"

#define RECORD "tests/document/record.xml"
#define DIGEST                                                                 \
	"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

static struct ih_library *library;
static xmlDoc *record, *morocco, *tunisia, *egypt, *instrument, *framework;

static xmlDoc *
load(const char *path)
{
	struct ih_error err = { .kind = IH_NONE };
	IH_OWNED(ih_buffer) bytes = ih_file_read(path, IH_XML_MAX, &err);

	return bytes != NULL ?
		   ih_xml_read(path, bytes->data, bytes->size, &err) :
		   NULL;
}

static int
open_all(void **state)
{
	struct ih_error err = { .kind = IH_NONE };

	(void)state;
	library = ih_library_open(".", &err);
	record = load(RECORD);
	morocco = load("xml/mechanism/MA.xml");
	tunisia = load("xml/mechanism/TN.xml");
	egypt = load("xml/mechanism/EG.xml");
	instrument = load("xml/instrument/adult.xml");
	framework = load("xml/framework/ilo-adult-labour.xml");
	return library == NULL || record == NULL || morocco == NULL ||
	       tunisia == NULL || egypt == NULL || instrument == NULL ||
	       framework == NULL;
}

static int
close_all(void **state)
{
	(void)state;
	xmlFreeDoc(record);
	xmlFreeDoc(morocco);
	xmlFreeDoc(tunisia);
	xmlFreeDoc(egypt);
	xmlFreeDoc(instrument);
	xmlFreeDoc(framework);
	ih_library_close(library);
	return 0;
}

static struct ih_sources
from_morocco_to_tunisia(void)
{
	return (struct ih_sources){
		.record = record,
		.sender = morocco,
		.recipient = tunisia,
		.instrument = instrument,
		.framework = framework,
		.made = "2026-03-05",
		.digest = DIGEST,
		.tongues = { { IH_AR, "MA" }, { IH_FR, "MA" } },
		.tongue_count = 2,
	};
}

static struct ih_buffer *
page_of(const struct ih_sources *sources)
{
	struct ih_error err = { .kind = IH_NONE };
	struct ih_buffer *page =
	    ih_document_make(library, "referral", sources, &err);

	if (page == NULL)
		fail_msg("%s", err.text);
	return page;
}

static bool
says(const struct ih_buffer *page, const char *text)
{
	return strstr((const char *)page->data, text) != NULL;
}

/* The record with FROM in it made TO. */
static xmlDoc *
record_with(const char *from, const char *to)
{
	struct ih_error err = { .kind = IH_NONE };
	IH_OWNED(ih_buffer) bytes = ih_file_read(RECORD, IH_XML_MAX, &err);
	IH_OWNED(ih_buffer) changed = ih_buffer_new();
	const char *at = (const char *)bytes->data, *hit;

	while ((hit = strstr(at, from)) != NULL) {
		ih_buffer_add(changed, at, (size_t)(hit - at));
		ih_buffer_text(changed, to);
		at = hit + strlen(from);
	}
	ih_buffer_text(changed, at);
	return ih_xml_read(RECORD, changed->data, changed->size, &err);
}

static void
the_record_of_these_tests_is_a_case(void **state)
{
	struct ih_error err = { .kind = IH_NONE };
	IH_OWNED(ih_schema) schema = ih_schema_load(library, "case", &err);

	(void)state;
	assert_non_null(schema);
	assert_true(ih_schema_check(schema, record, RECORD, &err));
}

static void
stands_in_two_columns_with_arabic_right_to_left(void **state)
{
	struct ih_sources sources = from_morocco_to_tunisia();
	IH_OWNED(ih_buffer) page = page_of(&sources);

	(void)state;
	assert_true(says(page, "<html lang=\"ar-MA\" dir=\"rtl\">"));
	assert_true(says(page, "lang=\"ar-MA\" dir=\"rtl\">ورقة الإحالة"));
	assert_true(
	    says(page, "lang=\"fr-MA\" dir=\"ltr\">Fiche de référencement"));
	/* The Arabic text comes first: it stands at the right. */
	assert_true(strstr((char *)page->data, "ورقة الإحالة") <
		    strstr((char *)page->data, "Fiche de référencement"));
}

static void
stands_in_one_column_in_one_language(void **state)
{
	static const struct {
		struct ih_tongue tongue;
		const char *root, *title;
	} rows[] = {
		{ { IH_AR, "TN" }, "<html lang=\"ar-TN\" dir=\"rtl\">",
		    "بطاقة إحالة" },
		{ { IH_AR, "EG" }, "<html lang=\"ar-EG\" dir=\"rtl\">",
		    "خطاب الإحالة" },
		{ { IH_FR, "TN" }, "<html lang=\"fr-TN\" dir=\"ltr\">",
		    "Fiche d’orientation" },
		{ { IH_EN, "" }, "<html lang=\"en\" dir=\"ltr\">",
		    "Referral letter" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct ih_sources sources = from_morocco_to_tunisia();
		IH_OWNED(ih_buffer) page = NULL;

		sources.tongues[0] = rows[i].tongue;
		sources.tongue_count = 1;
		page = page_of(&sources);
		assert_true(says(page, rows[i].root));
		assert_true(says(page, rows[i].title));
		assert_true(says(page, "class=\"in-1\""));
	}
}

/* A window, a tab and a file are called by it. */
static void
has_a_title_that_tells_nothing(void **state)
{
	static const char *const telling[] = { "traffick", "Traffick", "victim",
		"Victim", "traite", "الاتجار", "ضحية", "الضحية", "إحالة",
		"Exemple", "مثال" };

	(void)state;
	for (int lang = IH_AR; lang < IH_LANGS; lang++) {
		struct ih_sources sources = from_morocco_to_tunisia();
		IH_OWNED(ih_buffer) page = NULL;
		char *title, *end;

		sources.tongues[0] =
		    (struct ih_tongue){ .lang = (enum ih_lang)lang };
		sources.tongue_count = 1;
		page = page_of(&sources);
		title = strstr((char *)page->data, "<title>");
		assert_non_null(title);
		end = strstr(title, "</title>");
		*end = '\0';
		assert_non_null(strstr(title, "7KQF-3XMT-R"));
		for (size_t i = 0; i < sizeof telling / sizeof *telling; i++)
			assert_null(strstr(title, telling[i]));
	}
}

static void
needs_nothing_but_itself(void **state)
{
	static const char *const reaching[] = { "<script", "<link", "<img",
		"<iframe", "@import", "url(", "http://", "https://",
		"@font-face", "src=" };
	struct ih_sources sources = from_morocco_to_tunisia();
	IH_OWNED(ih_buffer) page = page_of(&sources);

	(void)state;
	for (size_t i = 0; i < sizeof reaching / sizeof *reaching; i++)
		if (says(page, reaching[i]))
			fail_msg("the page has %s", reaching[i]);
}

static void
isolates_numbers_and_codes(void **state)
{
	struct ih_sources sources = from_morocco_to_tunisia();
	IH_OWNED(ih_buffer) page = page_of(&sources);

	(void)state;
	assert_true(says(page, "<bdi dir=\"ltr\">80104748</bdi>"));
	assert_true(says(page, "<bdi>448-1 al.1</bdi>"));
	assert_true(says(page, "<bdi class=\"same\">+212 600 000 007</bdi>"));
	assert_true(says(page, "<bdi>5 مارس 2026</bdi>"));
	assert_false(says(page, "\u2066"));
	assert_false(says(page, "\u2069"));
}

static void
tells_what_the_recipient_has_to_know(void **state)
{
	static const char *const told[] = {
		"Royaume du Maroc",
		"Instance nationale de lutte contre la traite des personnes",
		"7KQF-3XMT-R",
		"5 mars 2026",
		"Personne Exemple Sept",
		"شخص مثال سبعة",
		"mai 1998",
		"27 ans",
		"Féminin",
		"Côte d’Ivoire",
		"Travail forcé",
		"Indices présents",
		"Recrutement par tromperie",
		"3 questions sans réponse",
		"seule l’autorité compétente décide",
		"القرار للجهة المختصة وحدها",
		"Transfert vers l’étranger",
		"Par téléphone",
		"80104748",
		"(Vérifié en",
		"Code pénal",
		"Signature et cachet",
		"التوقيع والطابع",
		"9f86 d081 884c 7d65",
		"العلاج المجاني",
	};
	struct ih_sources sources = from_morocco_to_tunisia();
	IH_OWNED(ih_buffer) page = page_of(&sources);

	(void)state;
	for (size_t i = 0; i < sizeof told / sizeof told[0]; i++)
		if (!says(page, told[i]))
			fail_msg("the page does not say: %s", told[i]);
}

static void
puts_danger_before_all_else(void **state)
{
	struct ih_sources sources = from_morocco_to_tunisia();
	IH_OWNED(ih_buffer) page = page_of(&sources);
	IH_OWNED(xmlDoc) safe =
	    record_with("\"safe-now\" by=\"person\"><value>no",
		"\"safe-now\" by=\"person\"><value>yes");

	(void)state;
	assert_true(says(page, "class=\"alert\""));
	assert_true(strstr((char *)page->data, "استعجالي") <
		    strstr((char *)page->data, "الخدمات المطلوبة"));
	sources.record = safe;
	ih_buffer_free(page);
	page = page_of(&sources);
	assert_false(says(page, "class=\"alert\""));
}

static void
says_no_identity_where_none_was_released(void **state)
{
	struct ih_error err = { .kind = IH_NONE };
	struct ih_sources sources = from_morocco_to_tunisia();
	IH_OWNED(ih_buffer) bytes = ih_file_read(RECORD, IH_XML_MAX, &err);
	char *from = strstr((char *)bytes->data, "<identity");
	char *to =
	    strstr((char *)bytes->data, "</identity>") + strlen("</identity>");
	IH_OWNED(xmlDoc) cut = NULL;
	IH_OWNED(ih_buffer) page = NULL;

	(void)state;
	memset(from, ' ', (size_t)(to - from));
	cut = ih_xml_read(RECORD, bytes->data, bytes->size, &err);
	sources.record = cut;
	page = page_of(&sources);
	assert_false(says(page, "Exemple"));
	assert_true(says(page, "L’identité de la personne ne figure pas"));
}

static void
goes_by_the_pseudonym_where_there_is_one(void **state)
{
	struct ih_sources sources = from_morocco_to_tunisia();
	IH_OWNED(xmlDoc) hidden = record_with("code=\"7KQF-3XMT-R\"",
	    "code=\"7KQF-3XMT-R\" pseudonym=\"ABCD-EFGH-J\"");
	IH_OWNED(ih_buffer) page = NULL;

	(void)state;
	sources.record = hidden;
	page = page_of(&sources);
	assert_true(says(page, "ABCD-EFGH-J"));
	assert_false(says(page, "7KQF"));
}

static void
marks_training_and_only_training(void **state)
{
	struct ih_sources sources = from_morocco_to_tunisia();
	IH_OWNED(ih_buffer) page = page_of(&sources);
	IH_OWNED(xmlDoc) real = record_with(" training=\"true\"", "");

	(void)state;
	assert_true(says(page, "تكوين: أشخاص ووقائع من نسج الخيال"));
	sources.record = real;
	ih_buffer_free(page);
	page = page_of(&sources);
	assert_false(says(page, "نسج الخيال"));
}

static void
escapes_what_a_person_wrote(void **state)
{
	struct ih_sources sources = from_morocco_to_tunisia();
	IH_OWNED(xmlDoc) hostile = record_with("Personne Exemple Sept",
	    "&lt;script&gt;alert(1)&lt;/script&gt; \" ' &amp; {x}");
	IH_OWNED(ih_buffer) page = NULL;

	(void)state;
	sources.record = hostile;
	page = page_of(&sources);
	assert_false(says(page, "<script"));
	assert_true(says(page, "&lt;script&gt;alert(1)"));
}

static void
treats_doubt_about_age_as_a_child(void **state)
{
	struct ih_sources sources = from_morocco_to_tunisia();
	IH_OWNED(xmlDoc) doubt =
	    record_with("\"age-doubt\" by=\"observed\"><value>no",
		"\"age-doubt\" by=\"observed\"><value>yes");
	IH_OWNED(ih_buffer) page = page_of(&sources);

	(void)state;
	assert_false(says(page, "Enfant : son intérêt supérieur"));
	sources.record = doubt;
	ih_buffer_free(page);
	page = page_of(&sources);
	assert_true(says(page, "Enfant : son intérêt supérieur"));
	assert_true(says(page, "Enfant de moins de dix-huit ans"));
}

static void
shows_every_outcome_without_denying_anybody(void **state)
{
	static const struct {
		const char *level, *says;
	} rows[] = {
		{ "indicated", "Indices présents" },
		{ "possible", "Indices possibles" },
		{ "undetermined", "Indéterminé" },
		{ "no-indication", "Pas d’indice à ce stade" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct ih_sources sources = from_morocco_to_tunisia();
		char level[64];
		IH_OWNED(xmlDoc) other = NULL;
		IH_OWNED(ih_buffer) page = NULL;

		snprintf(level, sizeof level, "<outcome level=\"%s\"",
		    rows[i].level);
		other = record_with("<outcome level=\"indicated\"", level);
		sources.record = other;
		page = page_of(&sources);
		assert_true(says(page, rows[i].says));
		assert_false(says(page, "non-victime"));
		assert_false(says(page, "ليس ضحية"));
	}
}

static void
gives_the_same_bytes_for_the_same_sources(void **state)
{
	struct ih_sources sources = from_morocco_to_tunisia();
	IH_OWNED(ih_buffer) one = page_of(&sources);
	IH_OWNED(ih_buffer) two = page_of(&sources);

	(void)state;
	assert_int_equal(one->size, two->size);
	assert_memory_equal(one->data, two->data, one->size);
}

static void
is_made_between_any_two_committees(void **state)
{
	xmlDoc *all[] = { morocco, egypt, tunisia };
	const char *codes[] = { "MA", "EG", "TN" };

	(void)state;
	for (size_t i = 0; i < 9; i++) {
		struct ih_sources sources = from_morocco_to_tunisia();
		IH_OWNED(ih_buffer) page = NULL;

		sources.sender = all[i / 3];
		sources.recipient = all[i % 3];
		for (size_t t = 0; t < 2; t++)
			memcpy(sources.tongues[t].country, codes[i / 3], 3);
		page = page_of(&sources);
		assert_true(page->size > 4000);
	}
}

/* 5 March 2026 is about 16 Ramadan 1447. */
static void
has_its_islamic_day_where_the_country_asks_and_says_about(void **state)
{
	xmlDoc *all[] = { morocco, egypt, tunisia };
	const char *codes[] = { "MA", "EG", "TN" };

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct ih_sources sources = from_morocco_to_tunisia();
		IH_OWNED(ih_buffer) page = NULL;
		bool asks = all[i] == egypt;

		sources.sender = all[i];
		for (size_t t = 0; t < 2; t++)
			memcpy(sources.tongues[t].country, codes[i], 3);
		page = page_of(&sources);
		assert_int_equal(says(page,
				     "١٦ رمضان سنة ١٤٤٧ هـ تقريبا، الموافق "),
		    asks);
		assert_int_equal(says(page,
				     "vers le 16 ramadan 1447 de l’hégire"),
		    asks);
		assert_true(says(page, "5 mars 2026"));
	}
}

/* What is typed again or dialled has the digits that keys have. */
static void
has_the_digits_of_its_country_but_in_codes_and_numbers_to_dial(void **state)
{
	static const struct {
		const char *country, *day, *dialled;
	} rows[] = {
		{ "MA", "5 مارس 2026", ">80104748<" },
		{ "EG", "٥ مارس ٢٠٢٦", ">80104748<" },
		{ "TN", "5 مارس 2026", ">80104748<" },
	};
	xmlDoc *all[] = { morocco, egypt, tunisia };

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct ih_sources sources = from_morocco_to_tunisia();
		IH_OWNED(ih_buffer) page = NULL;

		sources.sender = all[i];
		for (size_t t = 0; t < 2; t++)
			memcpy(sources.tongues[t].country, rows[i].country, 3);
		page = page_of(&sources);
		assert_true(says(page, rows[i].day));
		assert_true(says(page, rows[i].dialled));
		assert_true(says(page, "7KQF-3XMT-R"));
		assert_true(says(page, "(<bdi dir=\"ltr\">SHA-256</bdi>)"));
		assert_true(says(page, "5 mars 2026"));
	}
}

static void
does_without_what_is_not_there(void **state)
{
	struct ih_sources sources = from_morocco_to_tunisia();
	IH_OWNED(ih_buffer) page = NULL;

	(void)state;
	sources.sender = sources.recipient = NULL;
	sources.instrument = sources.framework = NULL;
	sources.digest = NULL;
	page = page_of(&sources);
	assert_true(says(page, "7KQF-3XMT-R"));
	assert_true(says(page, "deceptive-recruitment"));
}

static void
refuses_what_cannot_be_asked(void **state)
{
	struct ih_error err = { .kind = IH_NONE };
	struct ih_sources sources = from_morocco_to_tunisia();

	(void)state;
	assert_null(ih_document_make(library, "verdict", &sources, &err));
	assert_int_equal(err.kind, IH_USAGE);
	assert_null(ih_document_make(library, "print", &sources, &err));
	sources.tongue_count = 0;
	assert_null(ih_document_make(library, "referral", &sources, &err));
	sources.tongue_count = 3;
	assert_null(ih_document_make(library, "referral", &sources, &err));
	sources.tongue_count = 1;
	sources.record = NULL;
	assert_null(ih_document_make(library, "referral", &sources, &err));
	assert_int_equal(err.kind, IH_USAGE);
}

static void
leaves_its_sources_as_they_were(void **state)
{
	struct ih_sources sources = from_morocco_to_tunisia();
	IH_OWNED(ih_buffer) before = ih_xml_write(record);
	IH_OWNED(ih_buffer) page = page_of(&sources);
	IH_OWNED(ih_buffer) after = ih_xml_write(record);

	(void)state;
	assert_string_equal((char *)before->data, (char *)after->data);
	assert_non_null(page);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_record_of_these_tests_is_a_case),
		TEST(stands_in_two_columns_with_arabic_right_to_left),
		TEST(stands_in_one_column_in_one_language),
		TEST(has_a_title_that_tells_nothing),
		TEST(needs_nothing_but_itself),
		TEST(isolates_numbers_and_codes),
		TEST(tells_what_the_recipient_has_to_know),
		TEST(puts_danger_before_all_else),
		TEST(says_no_identity_where_none_was_released),
		TEST(goes_by_the_pseudonym_where_there_is_one),
		TEST(marks_training_and_only_training),
		TEST(escapes_what_a_person_wrote),
		TEST(treats_doubt_about_age_as_a_child),
		TEST(shows_every_outcome_without_denying_anybody),
		TEST(gives_the_same_bytes_for_the_same_sources),
		TEST(is_made_between_any_two_committees),
		TEST(has_its_islamic_day_where_the_country_asks_and_says_about),
		TEST(
		    has_the_digits_of_its_country_but_in_codes_and_numbers_to_dial),
		TEST(does_without_what_is_not_there),
		TEST(refuses_what_cannot_be_asked),
		TEST(leaves_its_sources_as_they_were),
	};

	return cmocka_run_group_tests(tests, open_all, close_all);
}
