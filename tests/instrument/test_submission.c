#include "test.h"

#include <stdio.h>
#include <string.h>

#include "ihala/answers.h"
#include "ihala/node.h"
#include "ihala/submission.h"
#include "ihala/xml.h"

static struct ih_library *library;
static struct ih_instrument *rapid, *adult;

static int
start(void **state)
{
	struct ih_error err = { 0 };

	(void)state;
	library = ih_library_open(".", &err);
	rapid = ih_instrument_load(library, "rapid", &err);
	adult = ih_instrument_load(library, "adult", &err);
	return rapid == NULL || adult == NULL;
}

static int
end(void **state)
{
	(void)state;
	ih_instrument_free(rapid);
	ih_instrument_free(adult);
	ih_library_close(library);
	return 0;
}

/* A submission of `rapid` with INSIDE. */
static struct ih_answers *
came(const char *inside, struct ih_error *err)
{
	IH_OWNED(ih_arena) arena = ih_arena_new();
	const char *text = ih_arena_printf(arena,
	    "<data id='rapid' version='%s'><_interview><digest>%s</digest>"
	    "<committee>MA</committee><date>2026-11-20</date>"
	    "<channel>ngo</channel><language>ar</language></_interview>%s"
	    "<meta><instanceID>uuid:00000000-0000-4000-8000-00000000000A"
	    "</instanceID></meta></data>",
	    rapid->version, rapid->digest, inside);
	IH_OWNED(xmlDoc) doc = ih_xml_read("sent", text, strlen(text), err);
	IH_OWNED(ih_buffer)
	made = doc != NULL ?
		   ih_submission_answers(doc, rapid, NULL, "MA", true, err) :
		   NULL;
	IH_OWNED(xmlDoc)
	read = made != NULL ? ih_xml_read("made", made->data, made->size, err) :
			      NULL;

	return read != NULL ? ih_answers_read(read, rapid, err) : NULL;
}

static void
tells_blank_unknown_refused_and_not_asked_apart(void **state)
{
	static const struct {
		const char *inside, *item;
		enum ih_state state;
	} rows[] = {
		{ "", "age", IH_BLANK },
		{ "<person/>", "age", IH_BLANK },
		{ "<person><age/></person>", "age", IH_BLANK },
		{ "<person><age> </age></person>", "age", IH_BLANK },
		{ "<person><age>25</age></person>", "age", IH_GIVEN },
		{ "<person><age>٢٥</age></person>", "age", IH_GIVEN },
		{ "<person><age/><age_why>_unknown</age_why></person>", "age",
		    IH_UNKNOWN },
		{ "<person><age_why>_refused</age_why></person>", "age",
		    IH_REFUSED },
		{ "<person><sex>_refused</sex></person>", "sex", IH_REFUSED },
		{ "<person><sex>_unknown</sex></person>", "sex", IH_UNKNOWN },
		{ "<person><sex>male</sex></person>", "sex", IH_GIVEN },
		{ "<going-about><limits>_unknown</limits></going-about>",
		    "limits", IH_UNKNOWN },
		{ "<going-about><limits>go-alone talk-others</limits>"
		  "</going-about>",
		    "limits", IH_GIVEN },
		{ "<consent><consent-interview>no</consent-interview>"
		  "</consent>",
		    "age", IH_NOT_ASKED },
		/* a client that empties, one that leaves out */
		{ "<consent><consent-interview>no</consent-interview>"
		  "</consent><person><age/></person>",
		    "age", IH_NOT_ASKED },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct ih_error err = { 0 };
		IH_OWNED(ih_answers) answers = came(rows[i].inside, &err);

		if (answers == NULL)
			fail_msg("%zu: %s %s", i, err.code, err.text);
		assert_int_equal(ih_answers_of(answers, rows[i].item)->state,
		    rows[i].state);
	}
}

static void
takes_the_id_in_small_letters_and_keeps_several_choices(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_answers)
	answers = came("<going-about><limits> go-alone\n talk-others go-alone"
		       "</limits></going-about>",
	    &err);
	const struct ih_item *item = ih_instrument_item(rapid, "limits");
	uint64_t codes =
	    UINT64_C(1) << ih_choices_find(item->choices, "go-alone", 8) |
	    UINT64_C(1) << ih_choices_find(item->choices, "talk-others", 11);

	(void)state;
	assert_non_null(answers);
	assert_string_equal(answers->id,
	    "00000000-0000-4000-8000-00000000000a");
	assert_int_equal(ih_answers_of(answers, "limits")->codes, codes);
}

static void
refuses_what_the_form_does_not_know(void **state)
{
	static const struct {
		const char *inside, *code;
	} rows[] = {
		{ "<nothing/>", "E_ODK_ELEMENT" },
		{ "<person><height>1</height></person>", "E_ODK_ELEMENT" },
		/* of another section */
		{ "<consent><age>25</age></consent>", "E_ODK_ELEMENT" },
		{ "<person><_why>_unknown</_why></person>", "E_ODK_ELEMENT" },
		{ "<person><age>25</age><age>25</age></person>", "" },
		{ "<person><age>25</age><age>26</age></person>",
		    "E_ODK_STATE" },
		{ "<person><age>25</age><age_why>_unknown</age_why></person>",
		    "E_ODK_STATE" },
		{ "<person><age_why>_unknown _refused</age_why></person>",
		    "E_ODK_STATE" },
		{ "<person><sex>male female</sex></person>", "E_ODK_STATE" },
		{ "<going-about><limits>go-alone _refused</limits>"
		  "</going-about>",
		    "E_ODK_STATE" },
		{ "<person><age>250</age></person>", "E_NUMBER" },
		{ "<person><sex>unsaid</sex></person>", "E_CODE" },
		{ "<consent><consent-interview>no</consent-interview>"
		  "</consent><person><age>25</age></person>",
		    "E_SKIPPED" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct ih_error err = { 0 };
		IH_OWNED(ih_answers) answers = came(rows[i].inside, &err);

		if (strcmp(err.code, rows[i].code) != 0)
			fail_msg("%zu: %s %s", i, err.code, err.text);
		assert_int_equal(answers == NULL, rows[i].code[0] != '\0');
	}
}

static xmlDoc *
mapping_of(const char *path, struct ih_error *err)
{
	IH_OWNED(ih_buffer) bytes = ih_library_read(library, path, err);

	return ih_xml_read(path, bytes->data, bytes->size, err);
}

static void
row_is_of_the_questionnaire(const xmlNode *row)
{
	const char *id = ih_attr(row, "item"), *value = ih_attr(row, "value");
	const char *same = ih_attr(row, "same");

	if (id == NULL)
		return;
	const struct ih_item *item = ih_instrument_item(adult, id);
	if (item == NULL)
		fail_msg("line %ld: no item %s", ih_line(row), id);
	if (same != NULL)
		value = ih_attr(row, "is");
	if (value != NULL &&
	    ih_choices_find(item->choices, value, strlen(value)) < 0)
		fail_msg("line %ld: no code %s", ih_line(row), value);
}

static bool
has(const struct ih_instrument *instrument, const char *id, const char *code)
{
	const struct ih_item *item = ih_instrument_item(instrument, id);

	return item != NULL && (code == NULL || ih_choices_find(item->choices,
						    code, strlen(code)) >= 0);
}

/* A case may be of either. */
static void
row_is_of_a_questionnaire(const xmlNode *row)
{
	const char *id = ih_attr(row, "item"), *value = ih_attr(row, "value");

	if (id != NULL && !has(adult, id, value) && !has(rapid, id, value))
		fail_msg("line %ld: no %s of %s", ih_line(row),
		    value != NULL ? value : "item", id);
}

static void
maps_each_field_of_the_published_form_to_a_question_there_is(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(xmlDoc) doc = mapping_of("xml/mapping/htcds.xml", &err);
	IH_OWNED(ih_schema) schema = ih_schema_load(library, "mapping", &err);
	int fields = 0;

	(void)state;
	if (!ih_schema_check(schema, doc, "htcds", &err))
		fail_msg("%s", err.text);
	for (const xmlNode *f = ih_child(xmlDocGetRootElement(doc), "field");
	     f != NULL; f = ih_next(f, "field"), fields++) {
		row_is_of_the_questionnaire(f);
		for (const xmlNode *c = ih_child(f, "code"); c != NULL;
		     c = ih_next(c, "code"))
			row_is_of_the_questionnaire(c);
		for (const xmlNode *w = ih_child(f, "write"); w != NULL;
		     w = ih_next(w, "write"))
			row_is_of_a_questionnaire(w);
	}
	assert_true(fields > 30);
}

static void
reads_a_case_sheet_of_the_published_form(void **state)
{
	static const char sheet[] =
	    "<data id='htcds_xlsform' version='v'><start>2026-11-19T08:00:00Z"
	    "</start><con_Consent>TRUE</con_Consent><prs_First_Name>Personne"
	    "</prs_First_Name><prs_Second_Name>Exemple</prs_Second_Name>"
	    "<prs_Citizenship>AF</prs_Citizenship><prs_Gender>"
	    "NonSpecifiedUnknown</prs_Gender><vic_Methods_of_Control>"
	    "PhysicalAbuse SexualAbuse DebtBondage Other"
	    "</vic_Methods_of_Control><cas_Status>Active</cas_Status>"
	    "<prs_Title>Exemple</prs_Title><meta><instanceID>"
	    "uuid:00000000-0000-4000-8000-00000000000a</instanceID></meta>"
	    "</data>";
	struct ih_error err = { 0 };
	IH_OWNED(xmlDoc) map = mapping_of("xml/mapping/htcds.xml", &err);
	IH_OWNED(xmlDoc) doc = ih_xml_read("s", sheet, strlen(sheet), &err);
	IH_OWNED(ih_buffer)
	made = ih_submission_answers(doc, adult, map, "MA", true, &err);
	if (made == NULL || err.kind != IH_NONE)
		fail_msg("%s %s", err.code, err.text);
	IH_OWNED(xmlDoc) read = ih_xml_read("m", made->data, made->size, &err);
	IH_OWNED(ih_answers) answers = ih_answers_read(read, adult, &err);

	(void)state;
	if (answers == NULL)
		fail_msg("%s %s", err.code, err.text);
	assert_string_equal(ih_answers_code(answers, "citizenship"), "XX");
	assert_string_equal(ih_answers_code(answers, "debt"), "yes");
	assert_string_equal(ih_answers_of(answers, "name")->text,
	    "Personne Exemple");
	assert_int_equal(ih_answers_of(answers, "sex")->state, IH_UNKNOWN);
	assert_int_equal(ih_answers_of(answers, "pay")->state, IH_BLANK);
	assert_int_equal(answers->date.day, 19);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(tells_blank_unknown_refused_and_not_asked_apart),
		TEST(takes_the_id_in_small_letters_and_keeps_several_choices),
		TEST(refuses_what_the_form_does_not_know),
		TEST(
		    maps_each_field_of_the_published_form_to_a_question_there_is),
		TEST(reads_a_case_sheet_of_the_published_form),
	};

	return cmocka_run_group_tests(tests, start, end);
}
