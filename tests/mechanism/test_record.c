/* Opening a case, and writing its later versions. */
#include "sample.h"

static void
opens_into_two_documents_that_fit_the_schema(void **state)
{
	const struct sample *s = *state;
	struct docs docs = sample_case(s, NULL);
	struct ih_error err = { 0 };

	assert_non_null(docs.identity);
	assert_true(ih_schema_check(s->cases, docs.facts, "facts", &err));
	assert_true(ih_schema_check(s->cases, docs.identity, "identity", &err));
	assert_string_equal(ih_record_code(docs.facts), s->code);
	assert_int_equal(ih_record_version(docs.facts), 1);
	docs_free(&docs);
}

static void
keeps_every_answer_in_its_own_part_only(void **state)
{
	const struct sample *s = *state;
	struct docs docs = sample_case(s, NULL);
	IH_OWNED(ih_buffer) facts = ih_xml_write(docs.facts);
	IH_OWNED(ih_buffer) identity = ih_xml_write(docs.identity);

	for (size_t i = 0; i < s->instrument->item_count; i++) {
		const struct ih_item *item = &s->instrument->items[i];
		bool who = item->part == IH_IDENTITY;

		assert_int_equal(says_item(identity, item->id), who);
		if (who)
			assert_false(says_item(facts, item->id));
	}
	assert_false(says(facts, "Exemple Sept name"));
	assert_true(says(identity, "Exemple Sept name"));
	docs_free(&docs);
}

static void
keeps_the_digest_of_the_interview_from_who_reads_the_facts(void **state)
{
	struct docs docs = sample_case(*state, NULL);
	IH_OWNED(ih_buffer) facts = ih_xml_write(docs.facts);
	IH_OWNED(ih_buffer) identity = ih_xml_write(docs.identity);

	assert_false(says(facts, ONES));
	assert_true(says(identity, ONES));
	docs_free(&docs);
}

static const struct twist nobody[] = { { "name", "!blank" },
	{ "name-latin", "!refused" }, { "birth-date", "!blank" },
	{ "phone", "!blank" }, { "contact-note", "!blank" }, { NULL, NULL } };

static void
makes_no_identity_where_none_was_told(void **state)
{
	struct docs docs = sample_case(*state, nobody);
	IH_OWNED(ih_buffer) facts = ih_xml_write(docs.facts);

	assert_null(docs.identity);
	assert_true(says(facts, ONES)); /* it hides nobody */
	docs_free(&docs);
}

static const struct {
	const char *answer, *row, *axis;
} consents[] = {
	{ "yes", "given", "given" },
	{ "no", "refused", "refused" },
	{ "!refused", "asked", "asked" },
	{ "!unknown", "asked", "asked" },
	{ "!blank", NULL, "none" },
};

static void
writes_down_what_was_said_about_consent(void **state)
{
	for (size_t i = 0; i < sizeof consents / sizeof consents[0]; i++) {
		const struct twist twists[] = { { "consent-referral",
						    consents[i].answer },
			{ NULL, NULL } };
		struct docs docs = sample_case(*state, twists);
		const char *row = ih_record_consent_state(docs.facts,
		    "referral", "TN", "facts", CASE_DAY);

		if (consents[i].row == NULL)
			assert_null(row);
		else
			assert_string_equal(row, consents[i].row);
		assert_string_equal(ih_record_status(docs.facts).consent,
		    consents[i].axis);
		docs_free(&docs);
	}
}

static void
records_a_lawful_absence_as_not_able(void **state)
{
	const struct twist twists[] = {
		{ "consent-interview", "lawful-absence" }, { NULL, NULL }
	};
	struct docs docs = sample_case(*state, twists);

	assert_string_equal(ih_record_consent_state(docs.facts, "interview",
				"TN", "facts", CASE_DAY),
	    "not-able");
	docs_free(&docs);
}

static void
refuses_answers_to_another_version(void **state)
{
	const struct sample *s = *state;
	IH_OWNED(xmlDoc) answers = sample_answers(s, NULL);
	struct ih_record_parts parts = { 0 };
	struct ih_error err = { 0 };

	xmlSetProp(xmlDocGetRootElement(answers), (const xmlChar *)"digest",
	    (const xmlChar *)ZEROS);
	assert_false(ih_record_open(s->instrument, answers, NULL, 0, s->code,
	    "MA", CASE_DAY, &parts, &err));
	assert_string_equal(err.code, "E_INSTRUMENT_DIGEST");
	assert_null(parts.facts);
}

static void
refuses_an_answer_of_no_known_part(void **state)
{
	const struct sample *s = *state;
	IH_OWNED(xmlDoc) answers = sample_answers(s, NULL);
	xmlNode *last = xmlDocGetRootElement(answers)->last;
	struct ih_record_parts parts = { 0 };
	struct ih_error err = { 0 };

	while (last->type != XML_ELEMENT_NODE)
		last = last->prev;
	xmlSetProp(last, (const xmlChar *)"item", (const xmlChar *)"alias");
	assert_false(ih_record_open(s->instrument, answers, NULL, 0, s->code,
	    "MA", CASE_DAY, &parts, &err));
	assert_string_equal(err.code, "E_ITEM");
}

static void
refuses_an_assessment_of_another_interview(void **state)
{
	const struct sample *s = *state;
	IH_OWNED(xmlDoc) answers = sample_answers(s, NULL);
	struct ih_record_parts parts = { 0 };
	struct ih_error err = { 0 };

	xmlSetProp(xmlDocGetRootElement(answers), (const xmlChar *)"id",
	    (const xmlChar *)REFERRAL_ID);
	assert_false(ih_record_open(s->instrument, answers, sample_assessment,
	    sizeof sample_assessment - 1, s->code, "MA", CASE_DAY, &parts,
	    &err));
	assert_int_equal(err.kind, IH_INPUT);
}

/* A list of the sample and SECOND. */
static bool
opens_with(const struct sample *s, const char *second,
    struct ih_record_parts *parts, struct ih_error *err)
{
	IH_OWNED(xmlDoc) answers = sample_answers(s, NULL);
	IH_OWNED(ih_buffer) list = ih_buffer_new();

	ih_buffer_printf(list,
	    "<assessments xmlns='urn:ihala:assessments:1'>%s%s</assessments>",
	    second[0] != '\0' ? sample_assessment : "", second);
	return ih_record_open(s->instrument, answers, list->data, list->size,
	    s->code, "MA", CASE_DAY, parts, err);
}

static void
keeps_what_each_framework_concluded_the_first_first(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_arena) arena = ih_arena_new();
	struct ih_record_parts parts = { 0 };
	char *second = ih_arena_text(arena, sample_assessment);
	const char *one, *other;

	memcpy(strstr(second, "ilo-adult-labour"), "law-of-an-office",
	    strlen("law-of-an-office"));
	if (!opens_with(*state, second, &parts, &err))
		fail_msg("%s", err.text);
	one = strstr((char *)parts.facts->data, "\"ilo-adult-labour\"");
	other = strstr((char *)parts.facts->data, "\"law-of-an-office\"");
	assert_non_null(one);
	assert_non_null(other);
	assert_true(one < other);
	/* A name was told: neither may help to try names. */
	assert_false(says(parts.facts, ONES));
	ih_record_parts_free(&parts);
}

static void
refuses_a_list_with_an_assessment_of_another_interview(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_arena) arena = ih_arena_new();
	struct ih_record_parts parts = { 0 };
	char *second = ih_arena_text(arena, sample_assessment);

	memcpy(strstr(second, ANSWERS_ID), REFERRAL_ID, strlen(REFERRAL_ID));
	assert_false(opens_with(*state, second, &parts, &err));
	assert_int_equal(err.kind, IH_INPUT);
	err = (struct ih_error){ 0 };
	assert_false(opens_with(*state, "", &parts, &err));
	assert_int_equal(err.kind, IH_INPUT);
	assert_null(parts.facts);
}

static void
refuses_a_mistyped_case_code(void **state)
{
	const struct sample *s = *state;
	IH_OWNED(xmlDoc) answers = sample_answers(s, NULL);
	struct ih_record_parts parts = { 0 };
	struct ih_error err = { 0 };

	assert_false(ih_record_open(s->instrument, answers, NULL, 0, "case 1",
	    "MA", CASE_DAY, &parts, &err));
	assert_int_equal(err.kind, IH_USAGE);
}

static void
starts_suspended_where_the_person_stopped(void **state)
{
	const struct sample *s = *state;
	IH_OWNED(xmlDoc) answers = sample_answers(s, NULL);
	struct ih_record_parts parts = { 0 };
	struct ih_error err = { 0 };
	xmlNode *interview = xmlDocGetRootElement(answers)->children;

	while (interview->type != XML_ELEMENT_NODE)
		interview = interview->next;
	xmlSetProp(interview, (const xmlChar *)"stopped",
	    (const xmlChar *)"true");
	assert_true(ih_record_open(s->instrument, answers, NULL, 0, s->code,
	    "MA", CASE_DAY, &parts, &err));
	assert_true(says(parts.facts, "file=\"suspended\""));
	ih_record_parts_free(&parts);
}

static const char *const reasons[] = { "protection", NULL };
static const char *const services[] = { "shelter", "legal", NULL };
static const struct ih_record_referral to_tunis = { .id = REFERRAL_ID,
	.to = "TN",
	.date = "2026-03-06",
	.status = "draft",
	.reasons = reasons,
	.services = services };

static void
adds_a_referral_and_counts_a_version(void **state)
{
	struct docs docs = sample_case(*state, NULL);
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_error err = { 0 };

	assert_true(ih_record_refer(docs.facts, &to_tunis, out, &err));
	assert_true(says(out, "<service code=\"legal\"/>"));
	advance(*state, &docs, out);
	assert_int_equal(ih_record_version(docs.facts), 2);
	assert_string_equal(ih_record_status(docs.facts).referral, "draft");
	docs_free(&docs);
}

static void
adds_no_referral_twice(void **state)
{
	struct docs docs = sample_case(*state, NULL);
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_error err = { 0 };

	assert_true(ih_record_refer(docs.facts, &to_tunis, out, &err));
	advance(*state, &docs, out);
	assert_false(ih_record_refer(docs.facts, &to_tunis, out, &err));
	assert_int_equal(err.kind, IH_STATE);
	assert_int_equal(out->size, 0);
	docs_free(&docs);
}

static void
moves_one_referral_and_the_axis_with_it(void **state)
{
	struct docs docs = sample_case(*state, NULL);
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_error err = { 0 };

	assert_true(ih_record_refer(docs.facts, &to_tunis, out, &err));
	advance(*state, &docs, out);
	assert_true(ih_record_set_referral(docs.facts, REFERRAL_ID, "approved",
	    NULL, out, &err));
	assert_true(says(out, "<service code=\"shelter\"/>"));
	advance(*state, &docs, out);
	assert_string_equal(ih_record_status(docs.facts).referral, "approved");
	assert_false(ih_record_set_referral(docs.facts, ANSWERS_ID, "approved",
	    NULL, out, &err));
	assert_int_equal(err.kind, IH_ABSENT);
	docs_free(&docs);
}

#define FIRST "31234567-89ab-4def-8123-456789abcdef"
#define SECOND "41234567-89ab-4def-8123-456789abcdef"

static const struct ih_record_inquiry asked = { .message = FIRST,
	.asked_here = true,
	.of = "MA",
	.categories = "identity contact",
	.purpose = "referral",
	.date = "2026-03-18",
	.until = "2026-03-28" };

static void
keeps_what_was_asked_and_how_it_was_answered(void **state)
{
	struct docs docs = sample_case(*state, NULL);
	struct ih_record_inquiry other = asked, read;
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_error err = { 0 };

	other.message = SECOND;
	other.asked_here = false;
	assert_false(ih_record_inquiry(docs.facts, 0, &read));
	assert_true(ih_record_inquire(docs.facts, &asked, out, &err));
	advance(*state, &docs, out);
	assert_false(ih_record_inquire(docs.facts, &asked, out, &err));
	assert_int_equal(err.kind, IH_STATE);
	assert_true(ih_record_inquire(docs.facts, &other, out, &err));
	advance(*state, &docs, out);
	assert_true(ih_record_refer(docs.facts, &to_tunis, out, &err));
	advance(*state, &docs, out);
	assert_true(ih_record_answer(docs.facts, SECOND, "no-consent",
	    "2026-03-20", out, &err));
	advance(*state, &docs, out);
	assert_true(
	    ih_record_answer(docs.facts, FIRST, NULL, "2026-03-21", out, &err));
	advance(*state, &docs, out);
	assert_true(ih_record_inquiry(docs.facts, 0, &read));
	assert_string_equal(read.message, FIRST);
	assert_true(read.asked_here);
	assert_string_equal(read.of, "MA");
	assert_string_equal(read.categories, "identity contact");
	assert_string_equal(read.until, "2026-03-28");
	assert_string_equal(read.answered, "2026-03-21");
	assert_string_equal(read.why, "");
	assert_true(ih_record_inquiry(docs.facts, 1, &read));
	assert_false(read.asked_here);
	assert_string_equal(read.answered, "2026-03-20");
	assert_string_equal(read.why, "no-consent");
	assert_false(ih_record_inquiry(docs.facts, 2, &read));
	assert_false(ih_record_answer(docs.facts, ANSWERS_ID, NULL,
	    "2026-03-21", out, &err));
	assert_int_equal(err.kind, IH_ABSENT);
	docs_free(&docs);
}

static void
leaves_what_was_asked_with_the_office_that_asked(void **state)
{
	struct docs docs = sample_case(*state, NULL);
	struct ih_record_parts parts = { 0 };
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_error err = { 0 };

	assert_true(ih_record_inquire(docs.facts, &asked, out, &err));
	advance(*state, &docs, out);
	assert_true(ih_record_split(docs.facts, &parts, &err));
	assert_false(says(parts.facts, "<inquiry"));
	ih_record_parts_free(&parts);
	docs_free(&docs);
}

static void
moves_one_axis_and_leaves_the_others(void **state)
{
	struct docs docs = sample_case(*state, NULL);
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_error err = { 0 };
	struct ih_record_status now = { .determination = "possible" };

	assert_true(ih_record_set_status(docs.facts, &now, out, &err));
	advance(*state, &docs, out);
	now = ih_record_status(docs.facts);
	assert_string_equal(now.determination, "possible");
	assert_string_equal(now.file, "screening");
	assert_string_equal(now.consent, "given");
	docs_free(&docs);
}

/* Rows after an interview in which all was agreed. */
static const struct {
	const char *recipient, *category, *state, *date, *until;
} said[] = {
	{ "any", "any", "withdrawn", "2026-03-10", NULL },
	{ "any", "any", "given", "2026-03-11", NULL },
	{ "TN", "any", "refused", "2026-03-12", NULL },
	{ "any", "any", "given", "2026-03-13", NULL },
	{ "TN", "any", "given", "2026-03-14", "2026-06-30" },
	{ "any", "identity", "withdrawn", "2026-03-15", NULL },
};

static const struct {
	size_t rows; /* of those above, so far */
	const char *recipient, *category, *day, *state, *because;
} ledger[] = {
	{ 1, "TN", "facts", "2026-03-20", "withdrawn", "taken back" },
	{ 2, "TN", "facts", "2026-03-20", "given", "given anew" },
	{ 3, "TN", "facts", "2026-03-20", "refused", "not to this one" },
	{ 3, "EG", "facts", "2026-03-20", "given", "to others" },
	{ 4, "TN", "facts", "2026-03-20", "refused",
	    "a yes to all is no "
	    "yes to this one" },
	{ 5, "TN", "facts", "2026-03-20", "given", "to this very one" },
	{ 5, "TN", "facts", "2026-06-30", "given", "its last day" },
	{ 5, "TN", "facts", "2026-07-01", "expired", "the day after" },
	{ 6, "TN", "facts", "2026-03-20", "given", "only identity" },
	{ 6, "TN", "identity", "2026-03-20", "withdrawn", "was withdrawn" },
};

static void
reads_the_consent_ledger_as_the_person_meant_it(void **state)
{
	for (size_t i = 0; i < sizeof ledger / sizeof ledger[0]; i++) {
		struct docs docs = sample_case(*state, NULL);
		IH_OWNED(ih_buffer) out = ih_buffer_new();
		struct ih_error err = { 0 };

		for (size_t n = 0; n < ledger[i].rows; n++) {
			const struct ih_record_consent row = {
				.purpose = "referral",
				.recipient = said[n].recipient,
				.category = said[n].category,
				.state = said[n].state,
				.date = said[n].date,
				.until = said[n].until,
				.mode = "written",
			};

			assert_true(
			    ih_record_add_consent(docs.facts, &row, out, &err));
			advance(*state, &docs, out);
		}
		if (strcmp(ih_record_consent_state(docs.facts, "referral",
			       ledger[i].recipient, ledger[i].category,
			       ledger[i].day),
			ledger[i].state) != 0)
			fail_msg("row %zu: %s", i, ledger[i].because);
		docs_free(&docs);
	}
}

static void
refuses_a_consent_without_a_day(void **state)
{
	struct docs docs = sample_case(*state, NULL);
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_error err = { 0 };
	const struct ih_record_consent row = { .purpose = "referral",
		.recipient = "any",
		.category = "any",
		.state = "given",
		.date = "2026" };

	assert_false(ih_record_add_consent(docs.facts, &row, out, &err));
	assert_int_equal(err.kind, IH_USAGE);
	docs_free(&docs);
}

static void
joins_both_parts_for_who_may_see_both(void **state)
{
	const struct sample *s = *state;
	struct docs docs = sample_case(s, NULL);
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_error err = { 0 };

	assert_true(ih_record_join(docs.facts, docs.identity, out, &err));
	for (size_t i = 0; i < s->instrument->item_count; i++)
		assert_true(says_item(out, s->instrument->items[i].id));
	advance(s, &docs, out);
	assert_int_equal(ih_record_version(docs.facts), 1);
	docs_free(&docs);
}

static void
splits_again_what_was_joined(void **state)
{
	struct docs docs = sample_case(*state, NULL);
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	IH_OWNED(ih_buffer) facts = ih_xml_write(docs.facts);
	IH_OWNED(ih_buffer) identity = ih_xml_write(docs.identity);
	struct ih_record_parts parts = { 0 };
	struct ih_error err = { 0 };

	assert_true(ih_record_join(docs.facts, docs.identity, out, &err));
	IH_OWNED(xmlDoc) joined = reread(out);
	assert_true(ih_record_split(joined, &parts, &err));
	assert_string_equal(parts.facts->data, facts->data);
	assert_string_equal(parts.identity->data, identity->data);
	ih_record_parts_free(&parts);
	docs_free(&docs);
}

static void
never_joins_two_cases(void **state)
{
	struct docs docs = sample_case(*state, NULL);
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_error err = { 0 };

	xmlSetProp(xmlDocGetRootElement(docs.identity), (const xmlChar *)"case",
	    (const xmlChar *)"0000-0000-0");
	assert_false(ih_record_join(docs.facts, docs.identity, out, &err));
	assert_int_equal(out->size, 0);
	docs_free(&docs);
}

static void
takes_no_other_document_for_a_case(void **state)
{
	const struct sample *s = *state;
	IH_OWNED(xmlDoc) answers = sample_answers(s, NULL);
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_error err = { 0 };
	struct ih_record_status now = { .file = "review" };

	assert_false(ih_record_set_status(answers, &now, out, &err));
	assert_int_equal(err.kind, IH_INPUT);
	assert_string_equal(ih_record_code(answers), "");
	assert_null(ih_record_consent_state(answers, "referral", "TN", "facts",
	    CASE_DAY));
}

static void
writes_the_same_bytes_for_the_same_interview(void **state)
{
	struct docs one = sample_case(*state, NULL);
	struct docs two = sample_case(*state, NULL);
	IH_OWNED(ih_buffer) a = ih_xml_write(one.facts);
	IH_OWNED(ih_buffer) b = ih_xml_write(two.facts);

	assert_int_equal(a->size, b->size);
	assert_memory_equal(a->data, b->data, a->size);
	docs_free(&one);
	docs_free(&two);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(opens_into_two_documents_that_fit_the_schema),
		TEST(keeps_every_answer_in_its_own_part_only),
		TEST(
		    keeps_the_digest_of_the_interview_from_who_reads_the_facts),
		TEST(makes_no_identity_where_none_was_told),
		TEST(writes_down_what_was_said_about_consent),
		TEST(records_a_lawful_absence_as_not_able),
		TEST(refuses_answers_to_another_version),
		TEST(refuses_an_answer_of_no_known_part),
		TEST(refuses_an_assessment_of_another_interview),
		TEST(keeps_what_each_framework_concluded_the_first_first),
		TEST(refuses_a_list_with_an_assessment_of_another_interview),
		TEST(refuses_a_mistyped_case_code),
		TEST(starts_suspended_where_the_person_stopped),
		TEST(adds_a_referral_and_counts_a_version),
		TEST(adds_no_referral_twice),
		TEST(moves_one_referral_and_the_axis_with_it),
		TEST(keeps_what_was_asked_and_how_it_was_answered),
		TEST(leaves_what_was_asked_with_the_office_that_asked),
		TEST(moves_one_axis_and_leaves_the_others),
		TEST(reads_the_consent_ledger_as_the_person_meant_it),
		TEST(refuses_a_consent_without_a_day),
		TEST(joins_both_parts_for_who_may_see_both),
		TEST(splits_again_what_was_joined),
		TEST(never_joins_two_cases),
		TEST(takes_no_other_document_for_a_case),
		TEST(writes_the_same_bytes_for_the_same_interview),
	};

	return cmocka_run_group_tests(tests, sample_open, sample_close);
}
