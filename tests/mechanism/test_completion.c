/* What was asked of another office comes into the case that came from there. */
#include "ihala/completion.h"

#include "sample.h"

/* A case as it came first, and what comes now, by the twists of each. */
struct came {
	struct docs here;
	xmlDoc *now;
};

static void
came_free(struct came *came)
{
	docs_free(&came->here);
	xmlFreeDoc(came->now);
}

static xmlDoc *
cut(const struct sample *s, const struct twist *twists, const char *only)
{
	struct docs docs = sample_case(s, twists);
	struct ih_error err = { 0 };
	const struct ih_record_consent yes = { .purpose = "abroad",
		.recipient = "TN",
		.category = "any",
		.state = "given",
		.date = "2026-03-04" };
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	const struct ih_release release = { .mechanism = s->ma,
		.profile = "referral",
		.recipient = "TN",
		.authorisation = "Exemple 7",
		.day = "2026-03-18",
		.instrument = s->instrument,
		.only = only };

	assert_true(ih_record_add_consent(docs.facts, &yes, out, &err));
	advance(s, &docs, out);
	if (!ih_release_cut(&release, docs.facts, docs.identity, out, &err))
		fail_msg("%s %s", err.code, err.text);
	docs_free(&docs);
	return reread(out);
}

/* FIRST of what was asked first, then NOW. */
static struct came
sent_twice(const struct sample *s, const struct twist *before,
    const char *first, const struct twist *twists, const char *now)
{
	struct came came = { .now = cut(s, twists, now) };
	struct ih_record_parts parts = { 0 };
	struct ih_error err = { 0 };
	IH_OWNED(xmlDoc) joined = cut(s, before, first);

	assert_true(ih_record_split(joined, &parts, &err));
	came.here.facts = reread(parts.facts);
	came.here.identity =
	    parts.identity != NULL ? reread(parts.identity) : NULL;
	ih_record_parts_free(&parts);
	return came;
}

static bool
complete(const struct came *came, const char *categories,
    struct ih_record_parts *out, struct ih_completed *counts,
    struct ih_error *err)
{
	*out = (struct ih_record_parts){ 0 };
	*err = (struct ih_error){ 0 };
	return ih_completion_write(came->here.facts, came->here.identity,
	    came->now, categories, out, counts, err);
}

static void
is_a_case(const struct sample *s, const struct ih_buffer *bytes)
{
	struct ih_error err = { 0 };
	IH_OWNED(xmlDoc) doc = reread(bytes);

	if (!ih_schema_check(s->cases, doc, "completed", &err))
		fail_msg("%s", err.text);
}

static void
adds_who_it_is_where_that_was_not_sent(void **state)
{
	const struct sample *s = *state;
	struct came came = sent_twice(s, NULL, "facts", NULL, "identity");
	struct ih_record_parts parts;
	struct ih_completed counts;
	struct ih_error err;

	assert_null(came.here.identity);
	assert_true(complete(&came, "identity", &parts, &counts, &err));
	assert_int_equal(counts.added, 3);
	assert_int_equal(counts.differs, 0);
	assert_true(says_item(parts.identity, "name"));
	assert_true(says(parts.identity, s->code));
	assert_false(says_item(parts.facts, "name"));
	is_a_case(s, parts.facts);
	is_a_case(s, parts.identity);
	ih_record_parts_free(&parts);
	came_free(&came);
}

static void
adds_means_of_contact_to_the_identity_that_is_there(void **state)
{
	const struct sample *s = *state;
	struct came came =
	    sent_twice(s, NULL, "facts identity", NULL, "contact");
	struct ih_record_parts parts;
	struct ih_completed counts;
	struct ih_error err;

	assert_true(complete(&came, "contact", &parts, &counts, &err));
	assert_int_equal(counts.added, 1);
	assert_true(says_item(parts.identity, "name"));
	assert_true(says_item(parts.identity, "phone"));
	is_a_case(s, parts.identity);
	ih_record_parts_free(&parts);
	came_free(&came);
}

static void
fills_what_stood_open_and_leaves_what_was_said(void **state)
{
	static const struct twist before[] = { { "sex", "!blank" },
		{ "age", "27" }, { "age-doubt", "!refused" }, { NULL, NULL } };
	static const struct twist after[] = { { "sex", "male" },
		{ "age", "31" }, { "age-doubt", "no" }, { NULL, NULL } };
	const struct sample *s = *state;
	struct came came =
	    sent_twice(s, before, "facts", after, "facts health");
	struct ih_record_parts parts;
	struct ih_completed counts;
	struct ih_error err;

	assert_true(complete(&came, "facts health", &parts, &counts, &err));
	/* sex, and urgent-medical that was not sent */
	assert_int_equal(counts.added, 2);
	/* the age, and what was refused here and is told there */
	assert_int_equal(counts.differs, 2);
	assert_null(parts.identity);
	assert_true(says(parts.facts, "male</value>"));
	assert_true(says_item(parts.facts, "urgent-medical"));
	assert_true(says(parts.facts, "27</value>"));
	assert_false(says(parts.facts, "31</value>"));
	assert_true(says(parts.facts, "item=\"age-doubt\" state=\"refused\""));
	is_a_case(s, parts.facts);
	ih_record_parts_free(&parts);
	came_free(&came);
}

static void
changes_nothing_where_the_same_comes_again(void **state)
{
	const struct sample *s = *state;
	struct came came =
	    sent_twice(s, NULL, NULL, NULL, "facts identity contact health");
	struct ih_record_parts parts;
	struct ih_completed counts;
	struct ih_error err;

	assert_true(complete(&came, "facts identity contact health", &parts,
	    &counts, &err));
	assert_int_equal(counts.added, 0);
	assert_int_equal(counts.differs, 0);
	ih_record_parts_free(&parts);
	came_free(&came);
}

static void
takes_no_part_that_nobody_asked_for(void **state)
{
	static const struct {
		const char *sent, *asked;
	} rows[] = {
		{ "identity", "facts" },
		{ "identity", "health" },
		{ "contact", "facts health" },
		{ "facts", "identity" },
		{ "health", "identity contact" },
		{ "facts identity", "identity" },
	};
	const struct sample *s = *state;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct came came =
		    sent_twice(s, NULL, "facts", NULL, rows[i].sent);
		struct ih_record_parts parts;
		struct ih_completed counts;
		struct ih_error err;

		assert_false(
		    complete(&came, rows[i].asked, &parts, &counts, &err));
		assert_string_equal(err.code, "E_NOT_ASKED_FOR");
		assert_null(parts.facts);
		came_free(&came);
	}
}

static void
takes_nothing_of_another_case(void **state)
{
	static const struct {
		const char *element, *attribute, *value;
	} others[] = {
		{ "case", "code", "7KQF-3XMT-M" },
		{ "answers", "id", "21234567-89ab-4def-8123-456789abcdef" },
		{ "answers", "instrument", "child" },
		{ "answers", "version", "9.9.9" },
		{ "answers", "digest", ONES },
	};
	const struct sample *s = *state;

	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
		struct came came =
		    sent_twice(s, NULL, "facts", NULL, "identity");
		struct ih_record_parts parts;
		struct ih_completed counts;
		struct ih_error err;
		xmlNode *node = xmlDocGetRootElement(came.now);

		if (strcmp(others[i].element, "case") != 0)
			for (node = node->children;
			     strcmp((const char *)node->name,
				 others[i].element) != 0;)
				node = node->next;
		xmlSetProp(node, (const xmlChar *)others[i].attribute,
		    (const xmlChar *)others[i].value);
		assert_false(
		    complete(&came, "identity", &parts, &counts, &err));
		assert_string_equal(err.code, "E_OTHER_CASE");
		assert_int_equal(err.kind, IH_TRUST);
		assert_null(parts.facts);
		came_free(&came);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(adds_who_it_is_where_that_was_not_sent),
		cmocka_unit_test(
		    adds_means_of_contact_to_the_identity_that_is_there),
		cmocka_unit_test(
		    fills_what_stood_open_and_leaves_what_was_said),
		cmocka_unit_test(changes_nothing_where_the_same_comes_again),
		cmocka_unit_test(takes_no_part_that_nobody_asked_for),
		cmocka_unit_test(takes_nothing_of_another_case),
	};

	return cmocka_run_group_tests(tests, sample_open, sample_close);
}
