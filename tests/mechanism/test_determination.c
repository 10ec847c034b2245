/* What is decided about a person, as a list that only grows. */
#include "sample.h"

#include "ihala/determination.h"
#include "ihala/node.h"

#define GROUNDS "Les papiers ont été retenus"

static const struct ih_decided presumed = { .kind = IH_DETERMINED,
	.state = "presumed",
	.body = "prosecution",
	.law = "penal-code",
	.article = "448-1",
	.date = "2026-03-06",
	.by = "amal",
	.until = "2026-04-20",
	.grounds = GROUNDS };

static void
added(const struct sample *s, struct docs *docs, const struct ih_decided *entry,
    const char *state)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_error err = { 0 };

	if (!ih_decided_add(docs->facts, entry, state, out, &err))
		fail_msg("%s %s", err.code, err.text);
	advance(s, docs, out);
}

/* Presumed, not confirmed by two, served, asked again. */
static void
add_story(const struct sample *s, struct docs *docs)
{
	struct ih_decided no = presumed;
	const struct ih_decided served = { .kind = IH_SERVED,
		.date = "2026-03-09",
		.how = "in-person",
		.language = "tzm",
		.with = "interpreter",
		.by = "basma",
		.until = "2026-04-08" };
	const struct ih_decided again = { .kind = IH_ASKED_AGAIN,
		.date = "2026-03-10",
		.asked = "advocate",
		.by = "basma",
		.grounds = "Deux collègues ont écrit" };

	added(s, docs, &presumed, "presumed");
	no.kind = IH_PROPOSED;
	no.state = "not-confirmed";
	no.differs = "Une personne a été entendue depuis";
	added(s, docs, &no, "presumed");
	no.kind = IH_DETERMINED;
	no.second = "chafik";
	added(s, docs, &no, "not-confirmed");
	added(s, docs, &served, "not-confirmed");
	added(s, docs, &again, "reconsideration-open");
}

static void
numbers_each_entry_and_says_what_it_is_about(void **state)
{
	const struct sample *s = *state;
	struct docs docs = sample_case(s, NULL);
	IH_OWNED(ih_arena) arena = ih_arena_new();
	static const long of[] = { 0, 0, 1, 3, 3 };
	size_t count;

	add_story(s, &docs);
	const struct ih_decided *list =
	    ih_decided_list(docs.facts, arena, &count);
	assert_int_equal(count, 5);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(list[i].number, i + 1);
		assert_int_equal(list[i].of, of[i]);
	}
	assert_string_equal(list[0].grounds, GROUNDS);
	assert_string_equal(list[2].second, "chafik");
	assert_string_equal(list[3].language, "tzm");
	assert_string_equal(list[4].asked, "advocate");
	assert_ptr_equal(ih_decided_last(list, count, IH_DETERMINED), &list[2]);
	assert_string_equal(ih_record_status(docs.facts).determination,
	    "reconsideration-open");
	docs_free(&docs);
}

static void
waits_for_a_second_signer_until_something_else_is_entered(void **state)
{
	const struct sample *s = *state;
	struct docs docs = sample_case(s, NULL);
	IH_OWNED(ih_arena) arena = ih_arena_new();
	struct ih_decided proposed = presumed;
	size_t count;

	assert_null(
	    ih_decided_open(ih_decided_list(docs.facts, arena, &count), 0));
	proposed.kind = IH_PROPOSED;
	added(s, &docs, &proposed, "presumed");
	const struct ih_decided *list =
	    ih_decided_list(docs.facts, arena, &count);
	assert_ptr_equal(ih_decided_open(list, count), &list[0]);
	added(s, &docs, &presumed, "presumed");
	list = ih_decided_list(docs.facts, arena, &count);
	assert_null(ih_decided_open(list, count));
	docs_free(&docs);
}

/* The bytes of the first entry. */
static struct ih_buffer *
first_entry(const xmlDoc *facts)
{
	return ih_xml_write_node(
	    ih_child(xmlDocGetRootElement(facts), "determination"));
}

static void
changes_nothing_that_was_entered_before(void **state)
{
	const struct sample *s = *state;
	struct docs docs = sample_case(s, NULL);
	const struct ih_record_consent yes = { .purpose = "abroad",
		.recipient = "TN",
		.category = "any",
		.state = "given",
		.date = "2026-03-20" };
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) out = ih_buffer_new();

	added(s, &docs, &presumed, "presumed");
	IH_OWNED(ih_buffer) before = first_entry(docs.facts);
	add_story(s, &docs);
	assert_true(ih_record_add_consent(docs.facts, &yes, out, &err));
	advance(s, &docs, out); /* and what was decided stays before it */
	IH_OWNED(ih_buffer) after = first_entry(docs.facts);
	assert_int_equal(before->size, after->size);
	assert_memory_equal(before->data, after->data, before->size);
	docs_free(&docs);
}

static void
serves_and_reconsiders_only_what_was_determined(void **state)
{
	const struct sample *s = *state;
	struct docs docs = sample_case(s, NULL);
	static const enum ih_decided_kind kinds[] = { IH_SERVED,
		IH_ASKED_AGAIN };

	for (size_t i = 0; i < 2; i++) {
		struct ih_error err = { 0 };
		IH_OWNED(ih_buffer) out = ih_buffer_new();

		assert_false(ih_decided_add(docs.facts,
		    &(struct ih_decided){ .kind = kinds[i],
			.date = "2026-03-09" },
		    "none", out, &err));
		assert_string_equal(err.code, "E_DECIDED_NONE");
		assert_int_equal(out->size, 0);
	}
	docs_free(&docs);
}

static void
stands_on_a_body_and_an_article_that_there_are(void **state)
{
	static const struct {
		const char *country, *body, *law, *article, *code;
	} cases[] = {
		{ "MA", "prosecution", "penal-code", "448-1", "" },
		{ "MA", "cnclt", "penal-code", "448-9", "" },
		{ "MA", "prosecution", "penal-code", "1", "E_DECIDED_LAW" },
		{ "MA", "prosecution", "law-0", "448-1", "E_DECIDED_LAW" },
		{ "MA", "inltp", "penal-code", "448-1", "E_DECIDED_BODY" },
		{ "MA", NULL, NULL, NULL, "E_DECIDED_BODY" },
		/* no article of it stands in the file */
		{ "MA", "prosecution", "law-27-14", "31", "" },
		/* the article under which this body determines, and no other */
		{ "EG", "prosecution", "law-64-2010", "23", "" },
		{ "EG", "nccpimtip", "law-64-2010", "23", "E_DECIDED_LAW" },
		{ "EG", "prosecution", "law-64-2010", "9", "" },
		{ "EG", "prosecution", "law-0", "23", "E_DECIDED_LAW" },
		{ "TN", "inltp", "law-2016-61", "5", "" },
		{ "TN", "inltp", "law-2016-61", "448-1", "E_DECIDED_LAW" },
	};
	const struct sample *s = *state;

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct ih_error err = { 0 };
		IH_OWNED(ih_mechanism)
		m = ih_mechanism_load(s->library, cases[i].country, &err);
		const struct ih_decided decided = { .body = cases[i].body,
			.law = cases[i].law,
			.article = cases[i].article };
		bool founded = ih_decided_is_founded(&decided, m, &err);

		if (founded != (cases[i].code[0] == '\0') ||
		    strcmp(err.code, cases[i].code) != 0)
			fail_msg("%zu: %s %s", i, err.code, err.text);
	}
}

static void
lets_neither_reasons_nor_signers_leave(void **state)
{
	const struct sample *s = *state;
	struct docs docs = sample_case(s, NULL);
	const struct ih_release release = { .mechanism = s->ma,
		.profile = "referral",
		.recipient = "TN",
		.authorisation = "EXEMPLE-7",
		.day = "2026-03-20",
		.instrument = s->instrument };
	static const char *const kept[] = { GROUNDS, "entendue", "collègues",
		"amal", "basma", "chafik", "<served", "<proposed",
		"<reconsideration ", "tzm", "2026-04-20" };
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_error err = { 0 };

	add_story(s, &docs);
	IH_OWNED(ih_buffer) whole = ih_xml_write(docs.facts);
	if (!ih_release_cut(&release, docs.facts, docs.identity, out, &err))
		fail_msg("%s %s", err.code, err.text);
	assert_true(says(out, "state=\"not-confirmed\""));
	assert_true(says(out, "law=\"penal-code\""));
	for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++) {
		assert_true(says(whole, kept[i]));
		if (says(out, kept[i]))
			fail_msg("%s left", kept[i]);
	}
	advance(s, &docs, out);
	docs_free(&docs);
}

static void
knows_the_outcome_of_the_main_framework(void **state)
{
	const struct sample *s = *state;
	struct docs docs = sample_case(s, NULL);
	IH_OWNED(ih_buffer) bytes = ih_xml_write(docs.facts);
	IH_OWNED(xmlDoc) none = reread(bytes);
	xmlNode *root = xmlDocGetRootElement(none);

	assert_string_equal(ih_decided_outcome(docs.facts), "possible");
	for (xmlNode *n = root->children, *next; n != NULL; n = next) {
		next = n->next;
		if (strcmp((const char *)n->name, "assessment") != 0)
			continue;
		xmlUnlinkNode(n);
		xmlFreeNode(n);
	}
	assert_string_equal(ih_decided_outcome(none), "");
	docs_free(&docs);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(numbers_each_entry_and_says_what_it_is_about),
		TEST(waits_for_a_second_signer_until_something_else_is_entered),
		TEST(changes_nothing_that_was_entered_before),
		TEST(serves_and_reconsiders_only_what_was_determined),
		TEST(stands_on_a_body_and_an_article_that_there_are),
		TEST(lets_neither_reasons_nor_signers_leave),
		TEST(knows_the_outcome_of_the_main_framework),
	};

	return cmocka_run_group_tests(tests, sample_open, sample_close);
}
