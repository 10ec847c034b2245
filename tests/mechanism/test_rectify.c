#include "ihala/rectify.h"

#include "ihala/node.h"
#include "sample.h"

#define SPACE "xmlns='urn:ihala:rectification:1' asked-by='person'"

static const char corrections[] =
    "<rectification " SPACE ">"
    "<correct item='name' by='document'><value>Personne Exemple Trente</value>"
    "<why>The passport says so</why></correct>"
    "<correct item='alone' by='person'><value>no</value><why>w</why></correct>"
    "<refuse item='age'><asked>12</asked><why>No paper</why></refuse>"
    "</rectification>";

static xmlDoc *
parse(const char *text)
{
	struct ih_error err = { 0 };
	xmlDoc *doc = ih_xml_read("test", text, strlen(text), &err);

	if (doc == NULL)
		fail_msg("%s", err.text);
	return doc;
}

static xmlDoc *
document_of(const struct ih_buffer *bytes)
{
	struct ih_error err = { 0 };
	xmlDoc *doc = ih_xml_read("case", bytes->data, bytes->size, &err);

	if (doc == NULL)
		fail_msg("%s", err.text);
	return doc;
}

struct outcome {
	xmlDoc *facts, *identity; /* identity: NULL, it stays as it is */
};

static void
outcome_free(struct outcome *outcome)
{
	xmlFreeDoc(outcome->facts);
	xmlFreeDoc(outcome->identity);
}

/* The case with TEXT put into it; ASSESSED: judged anew, as it was. */
static struct outcome
rectified(const struct sample *s, xmlDoc *facts, xmlDoc *identity,
    const char *text, bool assessed)
{
	struct ih_error err = { 0 };
	struct ih_record_parts parts = { 0 };
	struct ih_rectified counts;
	struct outcome out = { 0 };
	char list[sizeof sample_assessment + 100];
	IH_OWNED(xmlDoc) asked = parse(text);
	IH_OWNED(xmlDoc) interview = ih_rectify_interview(facts, identity);

	snprintf(list, sizeof list,
	    "<assessments xmlns='urn:ihala:assessments:1'>%s</assessments>",
	    sample_assessment);
	IH_OWNED(xmlDoc) all = assessed ? parse(list) : NULL;
	const struct ih_rectifying what = { .instrument = s->instrument,
		.facts = facts,
		.identity = identity,
		.request = asked,
		.interview = interview,
		.assessed = all,
		.day = "2026-03-09" };

	if (!ih_rectify_answers(interview, asked, s->instrument, &counts,
		&err) ||
	    !ih_rectify_write(&what, &parts, &err))
		fail_msg("%s %s", err.code, err.text);
	out.facts = document_of(parts.facts);
	if (!ih_schema_check(s->cases, out.facts, "facts", &err))
		fail_msg("%s", err.text);
	if (parts.identity != NULL) {
		out.identity = document_of(parts.identity);
		if (!ih_schema_check(s->cases, out.identity, "identity", &err))
			fail_msg("%s", err.text);
	}
	ih_record_parts_free(&parts);
	return out;
}

static struct ih_buffer *
text_of(xmlDoc *doc)
{
	struct ih_buffer *text = ih_xml_write(doc);

	ih_buffer_add(text, "", 1);
	return text;
}

static bool
tells(xmlDoc *doc, const char *text)
{
	IH_OWNED(ih_buffer) all = text_of(doc);

	return strstr((const char *)all->data, text) != NULL;
}

static int
times(xmlDoc *doc, const char *text)
{
	IH_OWNED(ih_buffer) all = text_of(doc);
	int count = 0;

	for (const char *at = (const char *)all->data;
	     (at = strstr(at, text)) != NULL; at++)
		count++;
	return count;
}

static void
keeps_what_was_said_beside_what_is(void **state)
{
	const struct sample *s = *state;
	struct docs docs = sample_case(s, NULL);
	struct outcome now =
	    rectified(s, docs.facts, docs.identity, corrections, true);
	const xmlNode *answers = NULL;

	/* who the person is, in the identity and nowhere else */
	assert_true(tells(now.identity, "Personne Exemple Trente"));
	assert_true(tells(now.identity, "<was>"));
	assert_true(tells(now.identity, "The passport says so"));
	assert_false(tells(now.facts, "Trente"));
	assert_false(tells(now.facts, "passport"));
	assert_int_equal(times(now.identity, "<rectification "), 1);
	/* the facts: one put right, one refused */
	assert_int_equal(times(now.facts, "<rectification "), 2);
	assert_true(tells(now.facts, "outcome=\"refused\""));
	assert_true(tells(now.facts, "<asked>12</asked>"));
	assert_int_equal(ih_record_version(now.facts),
	    ih_record_version(docs.facts) + 1);
	for (answers = xmlDocGetRootElement(now.facts)->children;
	     !ih_is(answers, "answers") || answers->type != XML_ELEMENT_NODE;
	     answers = answers->next)
		;
	for (const xmlNode *n = ih_child(answers, "answer"); n != NULL;
	     n = ih_next(n, "answer"))
		if (strcmp(ih_attr(n, "item"), "alone") == 0) {
			xmlChar *text = xmlNodeGetContent(n);

			assert_non_null(strstr((char *)text, "no"));
			assert_string_equal(ih_attr(n, "by"), "person");
			xmlFree(text);
		}
	outcome_free(&now);
	docs_free(&docs);
}

static void
leaves_assessments_pinned_and_puts_the_new_behind(void **state)
{
	const struct sample *s = *state;
	struct docs docs = sample_case(s, NULL);
	int before = times(docs.facts, "<assessment ");
	struct outcome now =
	    rectified(s, docs.facts, docs.identity, corrections, true);
	struct outcome again =
	    rectified(s, now.facts, now.identity, corrections, true);

	assert_int_equal(times(now.facts, "<assessment "), before + 1);
	assert_int_equal(times(again.facts, "<assessment "), before + 2);
	/* the digest of the whole interview stays with the identity */
	assert_false(tells(now.facts, ONES));
	assert_true(tells(now.identity, ONES));
	assert_int_equal(times(now.identity, "<earlier "), 1);
	assert_int_equal(times(again.identity, "<earlier "), 2);
	assert_int_equal(times(again.facts, "<rectification "), 4);
	outcome_free(&again);
	outcome_free(&now);
	docs_free(&docs);
}

/* What stands before the answers stays there: rectified() holds the result to
 * its schema. */
static void
leaves_a_plan_and_what_was_asked_in_their_place(void **state)
{
	const struct sample *s = *state;
	struct docs docs = sample_case(s, NULL);
	const struct ih_record_inquiry asked = { .message = REFERRAL_ID,
		.of = "TN",
		.categories = "facts",
		.purpose = "referral",
		.date = "2026-03-08",
		.until = "2026-03-09" };
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	IH_OWNED(xmlDoc)
	plan = parse("<plan xmlns='urn:ihala:case:1' review='2026-04-01'/>");
	struct ih_error err = { 0 };

	assert_true(ih_record_inquire(docs.facts, &asked, out, &err));
	advance(s, &docs, out);
	assert_true(ih_record_set_plan(docs.facts, xmlDocGetRootElement(plan),
	    out, &err));
	advance(s, &docs, out);
	struct outcome now =
	    rectified(s, docs.facts, docs.identity, corrections, true);
	assert_int_equal(times(now.facts, "<plan "), 1);
	assert_int_equal(times(now.facts, "<inquiry "), 1);
	assert_int_equal(times(now.facts, "<rectification "), 2);
	outcome_free(&now);
	docs_free(&docs);
}

static void
changes_no_answer_where_it_refuses(void **state)
{
	const struct sample *s = *state;
	struct docs docs = sample_case(s, NULL);
	struct outcome now = rectified(s, docs.facts, docs.identity,
	    "<rectification " SPACE "><refuse item='age'><asked>12</asked>"
	    "<why>No paper</why></refuse></rectification>",
	    false);

	assert_null(now.identity);
	assert_int_equal(times(now.facts, "<assessment "),
	    times(docs.facts, "<assessment "));
	assert_int_equal(times(now.facts, "<value>"),
	    times(docs.facts, "<value>") + 1); /* in what was said */
	outcome_free(&now);
	docs_free(&docs);
}

static void
raises_the_flag_of_a_fear_that_is_told_now(void **state)
{
	static const struct twist calm[] = { { "fears-state", "no" },
		{ NULL, NULL } };
	const struct sample *s = *state;
	struct docs docs = sample_case(s, calm);
	struct outcome now = rectified(s, docs.facts, docs.identity,
	    "<rectification " SPACE ">"
	    "<correct "
	    "item='fears-state'><value>yes</value><why>w</why></correct>"
	    "<correct "
	    "item='fears-which'><value>EG</value><why>w</why></correct>"
	    "</rectification>",
	    true);
	IH_OWNED(ih_arena) arena = ih_arena_new();
	struct ih_record_consents all = ih_record_consents(now.facts, arena);
	bool raised = false;

	for (size_t i = 0; i < all.flag_count; i++)
		if (all.flags[i].flag == IH_FLAG_FEAR &&
		    strcmp(all.flags[i].about, "EG") == 0)
			raised = all.flags[i].raised;
	assert_true(raised);
	outcome_free(&now);
	docs_free(&docs);
}

static void
refuses_what_is_no_correction(void **state)
{
	static const struct {
		const char *text, *code;
	} slips[] = {
		{ "<correct item='nowhere'><value>1</value><why>w</why>"
		  "</correct>",
		    "E_ITEM" },
		{ "<correct item='consent-referral'><value>yes</value>"
		  "<why>w</why></correct>",
		    "E_RECTIFY_CONSENT" },
		{ "<correct item='age'><value>1</value><why>w</why></correct>"
		  "<refuse item='age'><asked>2</asked><why>w</why></refuse>",
		    "E_RECTIFY_TWICE" },
		{ "<refuse item='name'><asked>a\u202Eb</asked><why>w</why>"
		  "</refuse>",
		    "E_NAME_HIDDEN" },
	};
	const struct sample *s = *state;
	struct docs docs = sample_case(s, NULL);

	for (size_t i = 0; i < sizeof slips / sizeof slips[0]; i++) {
		struct ih_error err = { 0 };
		struct ih_rectified counts;
		char text[400];
		IH_OWNED(xmlDoc)
		interview = ih_rectify_interview(docs.facts, docs.identity);

		snprintf(text, sizeof text,
		    "<rectification " SPACE ">%s</rectification>",
		    slips[i].text);
		IH_OWNED(xmlDoc) asked = parse(text);
		assert_false(ih_rectify_answers(interview, asked, s->instrument,
		    &counts, &err));
		assert_string_equal(err.code, slips[i].code);
	}
	docs_free(&docs);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keeps_what_was_said_beside_what_is),
		cmocka_unit_test(
		    leaves_assessments_pinned_and_puts_the_new_behind),
		cmocka_unit_test(
		    leaves_a_plan_and_what_was_asked_in_their_place),
		cmocka_unit_test(changes_no_answer_where_it_refuses),
		cmocka_unit_test(raises_the_flag_of_a_fear_that_is_told_now),
		cmocka_unit_test(refuses_what_is_no_correction),
	};

	return cmocka_run_group_tests(tests, sample_open, sample_close);
}
