#include "test.h"

#include <stdio.h>
#include <string.h>

#include "ihala/instrument.h"
#include "ihala/records.h"
#include "ihala/submission.h"
#include "ihala/xml.h"
#include "tables.h"

#define ANSWER(item, value)                                                    \
	"<answer xmlns='urn:ihala:answers:1' item='" item "'><value>" value    \
	"</value></answer>"
#define STATE(item, state)                                                     \
	"<answer xmlns='urn:ihala:answers:1' item='" item "' state='" state    \
	"'/>"
#define CONSENT(purpose, state)                                                \
	"<consent purpose='" purpose "' recipient='any' category='any'"        \
	" state='" state "' date='2026-03-04'/>"
#define RESEARCH CONSENT("research", "given")

/* The facts of a case of Morocco. */
static xmlDoc *
facts_of(const char *answers, const char *more)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_arena) arena = ih_arena_new();
	const char *text = ih_arena_printf(arena,
	    "<case xmlns='urn:ihala:case:1' code='0000-0000-0'>"
	    "<answers xmlns='urn:ihala:answers:1'>%s</answers>%s</case>",
	    answers, more);

	return ih_xml_read("facts", text, strlen(text), &err);
}

static struct ih_records *
begin(void)
{
	struct ih_error err = { 0 };
	struct ih_records *records =
	    ih_records_new(library, "MA", "2026", "2026-11-20", &err);

	if (records == NULL)
		fail_msg("%s", err.text);
	return records;
}

static void
add(struct ih_records *records, const char *code, const char *file,
    const char *determination, const char *answers, const char *more)
{
	struct ih_error err = { 0 };
	IH_OWNED(xmlDoc) facts = facts_of(answers, more);
	const struct ih_recorded one = { code, file, determination, facts };

	assert_non_null(facts);
	if (!ih_records_add(records, &one, &err))
		fail_msg("%s %s", err.code, err.text);
}

static struct ih_buffer *
write_as(struct ih_records *records, const char *kind)
{
	struct ih_error err = { 0 };
	struct ih_buffer *out = ih_records_write(records, kind, &err);

	if (out == NULL)
		fail_msg("%s", err.text);
	return out;
}

static const struct {
	const char *says, *answers, *more, *file, *determination;
	const char *has, *has_not;
} written[] = {
	{ "sex", ANSWER("sex", "female"), "", "", "",
	    "\"prs_Gender\": [\"Feminine\"]", NULL },
	{ "another sex is the code of the tables, once", ANSWER("sex", "other"),
	    "", "", "", "\"prs_Gender\": [\"NonConforming\"]", NULL },
	{ "refused is not a sex", STATE("sex", "refused"), "", "", "",
	    "\"prs_Gender\": [\"NonSpecifiedUnknown\"]", NULL },
	{ "nor is nothing", "", "", "", "",
	    "\"prs_Gender\": [\"NonSpecifiedUnknown\"]", NULL },
	{ "a citizenship", ANSWER("citizenship", "CI"), "", "", "",
	    "\"prs_Citizenship\": [\"CI\"]", NULL },
	{ "what ISO has no code for stays empty", ANSWER("citizenship", "XX"),
	    "", "", "", "\"prs_Citizenship\": []", "XX" },
	{ "stateless is said beside", ANSWER("citizenship", "XS"), "", "", "",
	    "\"cco_CaseComment\": [\"prs_Citizenship=Stateless\"]", "XS" },
	{ "no movement: the list has no code, Other and a note",
	    ANSWER("limits", "leave-place"), "", "", "",
	    "\"vic_MethodsOfControl\": [\"Other\"]", "\"RestrictsMovement\"" },
	{ "and what it was", ANSWER("free-to-leave", "no"), "", "", "",
	    "[\"vic_MethodsOfControl=RestrictsMovement\"]", NULL },
	{ "two answers, one code",
	    ANSWER("free-to-leave", "no") ANSWER("limits", "go-alone"), "", "",
	    "", "\"vic_MethodsOfControl\": [\"Other\"], ", NULL },
	{ "two answers, one note",
	    ANSWER("free-to-leave", "no") ANSWER("limits", "go-alone"), "", "",
	    "",
	    "\"cco_CaseComment\": [\"vic_MethodsOfControl=RestrictsMovement\"]",
	    NULL },
	{ "forced criminality: the same",
	    ANSWER("exploitation-form", "ForcedCriminality"), "", "", "",
	    "\"vic_TypeOfExploitation\": [\"Other\"]",
	    "\"ForcedCriminality\"" },
	{ "another form is not a child's work",
	    ANSWER("exploitation-form", "Other"), "", "", "",
	    "\"vic_TypeOfExploitation\": [\"Other\"]", "ChildLabour" },
	{ "no form is none", ANSWER("exploitation-form", "None"), "", "", "",
	    "\"vic_TypeOfExploitation\": []", NULL },
	{ "a debt alone is no bondage", ANSWER("debt", "yes"), "", "", "",
	    "\"vic_MethodsOfControl\": []", NULL },
	{ "to work it off is", ANSWER("debt-terms", "work"), "", "", "",
	    "[\"DebtBondage\"]", NULL },
	{ "care withheld is a necessity, and not more",
	    ANSWER("hurt", "deprived"), "", "", "",
	    "[\"WithholdsNecessities\"]", "RestrictsMedicalCare" },
	{ "online is no network and no advertisement",
	    ANSWER("proposer", "online"), "", "", "",
	    "\"vic_MethodOfRecruitment\": [\"Other\"]", "ThroughOnline" },
	{ "an industry of forced labour",
	    ANSWER("exploitation-form", "ForcedLabour")
		ANSWER("sector", "fishing"),
	    "", "", "", "[\"A_AgricultureForestryAndFishing\"]", NULL },
	{ "and of nothing else",
	    ANSWER("exploitation-form", "ForcedMarriage")
		ANSWER("sector", "fishing"),
	    "", "", "", "\"vic_ForcedLabourIndustry\": []", NULL },
	{ "an indication is no status", ANSWER("sex", "male"),
	    "<assessment xmlns='urn:ihala:assessment:1'><outcome"
	    " level='indicated'/></assessment>",
	    "review", "none", "\"vic_TraffickingStatus\": []", "Victim\"" },
	{ "presumed is not actual", "", "", "support", "presumed",
	    "[\"PossibleVictimOfTrafficking\"]", "ActualVictim" },
	{ "confirmed is, by whom", "",
	    "<determination state='confirmed' body='prosecution' article='7'"
	    " date='2026-04-01'/>",
	    "support", "confirmed",
	    "[\"ActualVictimOfTrafficking\"], "
	    "\"vic_TraffickingStatusDecisionMakingOrg\": "
	    "[\"CourtOrProsecution\"]",
	    NULL },
	{ "the last decision counts", "",
	    "<determination state='presumed' body='prosecution' article='7'"
	    " date='2026-04-01'/>"
	    "<determination state='confirmed' body='cnclt' article='7'"
	    " date='2026-05-01'/>",
	    "support", "confirmed", "[\"NonPoliceGovernmentalOrganization\"]",
	    "CourtOrProsecution" },
	{ "what somebody asks to look at again is not final", "",
	    "<determination state='not-confirmed' body='cnclt' article='7'"
	    " date='2026-04-01'/>",
	    "support", "reconsideration-open",
	    "[\"PossibleVictimOfTrafficking\"], "
	    "\"vic_TraffickingStatusDecisionMakingOrg\": []",
	    "NotAVictim" },
	{ "consent to the interview", "", CONSENT("interview", "given"), "", "",
	    "\"con_Consent\": [\"TRUE\"]", NULL },
	{ "as it is now, not as it was then",
	    ANSWER("consent-interview", "yes"),
	    CONSENT("interview", "given") CONSENT("interview", "withdrawn"), "",
	    "", "\"con_Consent\": [\"FALSE\"]", "TRUE" },
	{ "a file in closing is not closed", "", "", "closing", "",
	    "\"cas_Status\": [\"Active\"]", NULL },
	{ "one that went elsewhere is closed", "", "", "transferred", "",
	    "[\"ClosedReferred\"]", NULL },
	{ "one referral, the last that left, and the others", "",
	    "<referral to='TN' date='2026-04-01' status='sent'/>"
	    "<referral to='court-support-unit' date='2026-05-01' status='done'>"
	    "<service code='legal'/></referral>"
	    "<referral to='EG' date='2026-06-01' status='draft'/>",
	    "", "",
	    "\"cas_ReferredOrganisation\": [\"court-support-unit\"], "
	    "\"cas_ReasonForOutgoingReferral\": "
	    "[\"AdditionalServicesRequired\"], "
	    "\"cas_OutgoingReferralDetails\": [\"TN\"]",
	    "EG" },
	{ "where it took place", ANSWER("exploitation-country", "LY"), "", "",
	    "", "\"hte_Type\": [\"Exploitation\"], \"hte_Country\": [\"LY\"]",
	    NULL },
	{ "the age of today is not that of then", ANSWER("age", "41"), "", "",
	    "", NULL, "41" },
};

static void
says_no_more_in_the_codes_of_the_standard_than_was_answered(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof written / sizeof written[0]; i++) {
		IH_OWNED(ih_arena) arena = ih_arena_new();
		IH_OWNED(ih_records) records = begin();

		add(records, "AAAA-AAAA-A", written[i].file,
		    written[i].determination, written[i].answers,
		    ih_arena_printf(arena, "%s" RESEARCH, written[i].more));
		IH_OWNED(ih_buffer) out = write_as(records, "json");
		const char *said = strstr((char *)out->data, "AAAA-AAAA-A");
		assert_non_null(said);
		if (written[i].has != NULL &&
		    strstr(said, written[i].has) == NULL)
			fail_msg("%s: %s", written[i].says, said);
		if (written[i].has_not != NULL &&
		    strstr(said, written[i].has_not) != NULL)
			fail_msg("%s: %s", written[i].says, said);
	}
}

static void
tells_no_name_no_contact_no_words_and_no_day(void **state)
{
	IH_OWNED(ih_records) records = begin();

	(void)state;
	add(records, "AAAA-AAAA-A", "support", "confirmed",
	    ANSWER("name", "Personne Exemple Sept") ANSWER("birth-date",
		"1998-05-17") ANSWER("phone", "0600000007")
		ANSWER("contact-note", "Le soir") ANSWER("own-words", "Secret")
		    ANSWER("left-when", "2025-01-31"),
	    RESEARCH "<determination state='confirmed' body='cnclt' article='7'"
		     " date='2026-04-01'><grounds>Secret</grounds>"
		     "</determination><referral to='TN' date='2026-04-01'"
		     " status='sent'/>");
	for (const char *const *kind =
		 (const char *const[]){ "csv", "json", NULL };
	     *kind != NULL; kind++) {
		IH_OWNED(ih_buffer) out = write_as(records, *kind);

		for (const char *const *s = (const char *const[]){ "Personne",
			 "1998", "0600", "Le soir", "Secret", "2025", "2026-",
			 "0000-0000-0", "Name", "Phone", "Birthdate", NULL };
		     *s != NULL; s++)
			if (strstr((char *)out->data, *s) != NULL)
				fail_msg("%s: %s", *kind, *s);
	}
}

static void
has_no_record_of_who_did_not_agree_to_research(void **state)
{
	static const char *const not_agreed[] = { "",
		CONSENT("research", "refused"), CONSENT("research", "not-able"),
		CONSENT("referral", "given"),
		RESEARCH CONSENT("research", "withdrawn"),
		"<consent purpose='research' recipient='TN' category='any'"
		" state='given' date='2026-03-04'/>",
		"<consent purpose='research' recipient='any' category='any'"
		" state='given' date='2026-03-04' until='2026-11-19'/>" };

	(void)state;
	for (size_t i = 0; i < sizeof not_agreed / sizeof not_agreed[0]; i++) {
		struct ih_error err = { 0 };
		IH_OWNED(ih_records) records = begin();
		IH_OWNED(xmlDoc) facts = facts_of("", not_agreed[i]);

		assert_non_null(facts);
		if (ih_records_may(records, facts))
			fail_msg("%s", not_agreed[i]);
		assert_false(ih_records_add(records,
		    &(struct ih_recorded){ "AAAA-AAAA-A", "", "", facts },
		    &err));
		assert_string_equal(err.code, "E_CONSENT");
		assert_int_equal(ih_records_count(records), 0);
	}
}

static void
stands_in_the_order_of_the_codes_not_of_the_cases(void **state)
{
	IH_OWNED(ih_records) records = begin();

	(void)state;
	add(records, "BBBB-BBBB-B", "", "", "", RESEARCH);
	add(records, "CCCC-CCCC-C", "", "", "", RESEARCH);
	add(records, "AAAA-AAAA-A", "", "", "", RESEARCH);
	IH_OWNED(ih_buffer) out = write_as(records, "csv");
	const char *text = (char *)out->data;
	assert_true(strstr(text, "AAAA") < strstr(text, "BBBB"));
	assert_true(strstr(text, "BBBB") < strstr(text, "CCCC"));
}

static void
names_whose_standard_it_is_in_each_file(void **state)
{
	IH_OWNED(ih_records) records = begin();

	(void)state;
	add(records, "AAAA-AAAA-A", "", "", ANSWER("sex", "male"), RESEARCH);
	IH_OWNED(ih_buffer) csv = write_as(records, "csv");
	IH_OWNED(ih_buffer) json = write_as(records, "json");
	for (struct ih_buffer *const *b =
		 (struct ih_buffer *const[]){ csv, json, NULL };
	     *b != NULL; b++) {
		assert_non_null(strstr((char *)(*b)->data,
		    "Human Trafficking Case Data Standard 2.0, IOM, CC BY 4.0 "
		    "(https://creativecommons.org/licenses/by/4.0/)"));
		assert_non_null(
		    strstr((char *)(*b)->data, "filled in by Ihala"));
	}
	assert_memory_equal(csv->data, "\xef\xbb\xbf\"record\",", 12);
	assert_memory_equal(csv->data + csv->size - 2, "\r\n", 2);
}

/* What a spreadsheet would run stands behind an apostrophe. */
static void
has_no_field_that_a_spreadsheet_takes_for_a_formula(void **state)
{
	static const struct {
		const char *answers, *field;
	} rows[] = {
		{ ANSWER("exploitation-country", "=1+1"), ",\"'=1+1\"," },
		{ ANSWER("exploitation-country", "+212"), ",\"'+212\"," },
		{ ANSWER("exploitation-country", "-1"), ",\"'-1\"," },
		{ ANSWER("exploitation-country", "@A1"), ",\"'@A1\"," },
		{ ANSWER("exploitation-country", "\t=1"), ",\"'\t=1\"," },
		{ ANSWER("exploitation-country", "a\"=1"), ",\"a\"\"=1\"," },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		IH_OWNED(ih_records) records = begin();

		add(records, "AAAA-AAAA-A", "", "", rows[i].answers, RESEARCH);
		IH_OWNED(ih_buffer) out = write_as(records, "csv");
		if (strstr((char *)out->data, rows[i].field) == NULL)
			fail_msg("%s: %s", rows[i].field, out->data);
	}
}

static void
writes_a_file_without_records_too(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_records) records = begin();

	(void)state;
	IH_OWNED(ih_buffer) csv = write_as(records, "csv");
	IH_OWNED(ih_buffer) json = write_as(records, "json");
	assert_null(strchr(strstr((char *)csv->data, "\r\n") + 2, '"'));
	assert_non_null(strstr((char *)json->data, "\"records\": []}"));
	assert_null(ih_records_write(records, "xls", &err));
	assert_int_equal(err.kind, IH_USAGE);
}

/* The value of FIELD in a record, the first, as a submission has it. */
static const char *
field_in(struct ih_arena *arena, const char *json, const char *name)
{
	const char *at =
	    strstr(json, ih_arena_printf(arena, "\"%s\": [", name));
	char *text;

	assert_non_null(at);
	at = strchr(at, '[') + 1;
	text = ih_arena_printf(arena, "%.*s", (int)strcspn(at, "]"), at);
	for (char *c = text; *c != '\0'; c++)
		if (*c == '"' || *c == ',')
			*c = ' ';
	return text;
}

#define SAME                                                                   \
	ANSWER("sex", "female")                                                \
	ANSWER("citizenship", "SN")                                            \
	ANSWER("threats", "violence")                                          \
	ANSWER("papers-held", "kept")                                          \
	ANSWER("exploitation-form", "ForcedBegging")                           \
	ANSWER("proposer", "acquaintance")

static void
reads_back_what_it_wrote(void **state)
{
	static const char *const fields[] = { "prs_Gender", "prs_Citizenship",
		"vic_MethodsOfControl", "vic_TypeOfExploitation",
		"vic_MethodOfRecruitment", "vic_TraffickingStatus",
		"cas_Status" };
	static const char *const items[] = { "sex", "citizenship", "threats",
		"papers-held", "exploitation-form", "proposer" };
	static const char *const codes[] = { "female", "SN", "violence", "kept",
		"ForcedBegging", "acquaintance" };
	struct ih_error err = { 0 };
	IH_OWNED(ih_arena) arena = ih_arena_new();
	IH_OWNED(ih_records) records = begin();
	IH_OWNED(ih_instrument)
	adult = ih_instrument_load(library, "adult", &err);
	IH_OWNED(ih_buffer)
	map = ih_library_read(library, "xml/mapping/htcds.xml", &err);
	const char *sent = "<data id='htcds_xlsform' version='v'>"
			   "<start>2026-11-19T08:00:00Z</start>";

	(void)state;
	add(records, "AAAA-AAAA-A", "support", "presumed", SAME, RESEARCH);
	IH_OWNED(ih_buffer) json = write_as(records, "json");
	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
		sent = ih_arena_printf(arena, "%s<%s>%s</%s>", sent, fields[i],
		    field_in(arena, (char *)json->data, fields[i]), fields[i]);
	sent = ih_arena_printf(arena,
	    "%s<meta><instanceID>uuid:00000000-0000-4000-8000-00000000000a"
	    "</instanceID></meta></data>",
	    sent);
	IH_OWNED(xmlDoc) doc = ih_xml_read("s", sent, strlen(sent), &err);
	IH_OWNED(xmlDoc) mapping = ih_xml_read("m", map->data, map->size, &err);
	IH_OWNED(ih_buffer)
	made = ih_submission_answers(doc, adult, mapping, "MA", true, &err);
	if (made == NULL)
		fail_msg("%s %s", err.code, err.text);
	for (size_t i = 0; i < sizeof items / sizeof items[0]; i++) {
		const char *at = strstr((char *)made->data,
		    ih_arena_printf(arena, "item=\"%s\"", items[i]));

		assert_non_null(at);
		at = strstr(at, "<value>") + strlen("<value>");
		if (strncmp(at, codes[i], strlen(codes[i])) != 0)
			fail_msg("%s: %s", items[i], at);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(
		    says_no_more_in_the_codes_of_the_standard_than_was_answered),
		TEST(tells_no_name_no_contact_no_words_and_no_day),
		TEST(has_no_record_of_who_did_not_agree_to_research),
		TEST(stands_in_the_order_of_the_codes_not_of_the_cases),
		TEST(names_whose_standard_it_is_in_each_file),
		TEST(has_no_field_that_a_spreadsheet_takes_for_a_formula),
		TEST(writes_a_file_without_records_too),
		TEST(reads_back_what_it_wrote),
	};

	return cmocka_run_group_tests(tests, load_tables, unload_tables);
}
