/* What may leave, and what never does. */
#include "sample.h"

#include "ihala/node.h"
#include "ihala/words.h"

static struct ih_release
to(const struct sample *s, const char *recipient)
{
	return (struct ih_release){ .mechanism = s->ma,
		.profile = "referral",
		.recipient = recipient,
		.authorisation = "EXEMPLE-7",
		.day = "2026-03-20",
		.instrument = s->instrument };
}

/* One answer changed, one recipient, what the gate says. */
static const struct {
	struct twist twist;
	const char *recipient, *code; /* NULL: passes */
} gates[] = {
	{ { "own-words", "Exemple" }, "TN", NULL },
	{ { "own-words", "Exemple" }, "court-support-unit", NULL },
	{ { "own-words", "Exemple" }, "MA", NULL },
	{ { "consent-referral", "no" }, "TN", "E_CONSENT" },
	{ { "consent-referral", "!refused" }, "TN", "E_CONSENT" },
	{ { "consent-referral", "!blank" }, "TN", "E_CONSENT" },
	{ { "consent-referral", "!unknown" }, "TN", "E_CONSENT" },
	{ { "consent-referral", "no" }, "court-support-unit", "E_CONSENT" },
	{ { "consent-abroad", "no" }, "TN", "E_CONSENT" },
	{ { "consent-abroad", "!refused" }, "TN", "E_CONSENT" },
	{ { "consent-abroad", "!blank" }, "TN", "E_CONSENT" },
	{ { "consent-abroad", "no" }, "court-support-unit", NULL },
	{ { "fears-which", "TN" }, "TN", "E_FEARS" },
	{ { "fears-which", "MA" }, "court-support-unit", "E_FEARS" },
	{ { "fears-which", "!blank" }, "TN", "E_FEARS_UNKNOWN" },
	{ { "fears-which", "!refused" }, "TN", "E_FEARS_UNKNOWN" },
	{ { "fears-state", "!refused" }, "TN", "E_FEARS_UNKNOWN" },
	{ { "fears-state", "!unknown" }, "TN", "E_FEARS_UNKNOWN" },
	{ { "fears-state", "!blank" }, "TN", "E_FEARS_UNKNOWN" },
	{ { "own-words", "Exemple" }, "EG", "E_FEARS" },
	{ { "own-words", "Exemple" }, "IOM", "E_RECIPIENT" },
	/* Services never imply the police or a court. */
	{ { "own-words", "Exemple" }, "prosecution", "E_RECIPIENT" },
	{ { "own-words", "Exemple" }, "tn", "E_RECIPIENT" },
	{ { "own-words", "Exemple" }, "no-such-body", "E_RECIPIENT" },
	/* A country the list has not may be the "other" that was meant. */
	{ { "fears-which", "XX" }, "XA", "E_FEARS" },
	{ { "fears-which", "TN" }, "XA", NULL },
};

static void
opens_the_gate_only_to_a_recorded_yes(void **state)
{
	const struct sample *s = *state;

	for (size_t i = 0; i < sizeof gates / sizeof gates[0]; i++) {
		const struct twist twists[] = { gates[i].twist,
			{ NULL, NULL } };
		struct docs docs = sample_case(s, twists);
		struct ih_release release = to(s, gates[i].recipient);
		struct ih_error err = { 0 };
		bool passed = ih_release_gate(&release, docs.facts, &err);

		if (passed != (gates[i].code == NULL) ||
		    strcmp(err.code, passed ? "" : gates[i].code) != 0)
			fail_msg("row %zu, %s to %s: %s %s", i,
			    gates[i].twist.answer, gates[i].recipient, err.code,
			    err.text);
		if (!passed)
			assert_int_equal(err.kind, IH_STATE);
		docs_free(&docs);
	}
}

static void
has_a_sentence_in_three_languages_for_each_refusal(void **state)
{
	static const char *const keys[] = { "code.E_CONSENT", "code.E_FEARS",
		"code.E_FEARS_UNKNOWN", "code.E_NO_PROFILE", "code.E_RECIPIENT",
		"code.E_AUTHORISATION" };

	(void)state;
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
		for (enum ih_lang lang = IH_AR; lang < IH_LANGS; lang++)
			assert_non_null(
			    ih_word((struct ih_tongue){ .lang = lang },
				keys[i]));
}

/* A yes that comes after the interview. */
static void
agree_later(const struct sample *s, struct docs *docs, const char *purpose)
{
	const struct ih_record_consent yes = { .purpose = purpose,
		.recipient = "any",
		.category = "any",
		.state = "given",
		.date = "2026-03-18",
		.mode = "written" };
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_error err = { 0 };

	assert_true(ih_record_add_consent(docs->facts, &yes, out, &err));
	advance(s, docs, out);
}

static void
passes_where_consent_comes_after_a_no(void **state)
{
	const struct sample *s = *state;
	const struct twist twists[] = { { "consent-abroad", "no" },
		{ NULL, NULL } };
	struct docs docs = sample_case(s, twists);
	struct ih_release release = to(s, "TN");
	struct ih_error err = { 0 };

	assert_false(ih_release_gate(&release, docs.facts, &err));
	agree_later(s, &docs, "abroad");
	assert_true(ih_release_gate(&release, docs.facts, &err));
	docs_free(&docs);
}

static void
still_asks_about_fears_where_the_interview_had_skipped_them(void **state)
{
	const struct sample *s = *state;
	const struct twist twists[] = { { "consent-referral", "no" },
		{ "fears-state", "!not-asked" },
		{ "fears-which", "!not-asked" }, { NULL, NULL } };
	struct docs docs = sample_case(s, twists);
	struct ih_release release = to(s, "court-support-unit");
	struct ih_error err = { 0 };

	assert_false(ih_release_gate(&release, docs.facts, &err));
	assert_string_equal(err.code, "E_CONSENT");
	agree_later(s, &docs, "referral");
	assert_false(ih_release_gate(&release, docs.facts, &err));
	assert_string_equal(err.code, "E_FEARS_UNKNOWN");
	docs_free(&docs);
}

static const char *const withdrawals[][3] = {
	{ "referral", "any", "facts" },
	{ "referral", "TN", "any" },
	{ "abroad", "any", "any" },
	{ "abroad", "TN", "facts" },
};

static void
closes_once_consent_is_withdrawn(void **state)
{
	const struct sample *s = *state;

	for (size_t i = 0; i < sizeof withdrawals / sizeof withdrawals[0];
	     i++) {
		const struct ih_record_consent row = {
			.purpose = withdrawals[i][0],
			.recipient = withdrawals[i][1],
			.category = withdrawals[i][2],
			.state = "withdrawn",
			.date = "2026-03-18",
		};
		struct docs docs = sample_case(s, NULL);
		struct ih_release release = to(s, "TN");
		IH_OWNED(ih_buffer) out = ih_buffer_new();
		struct ih_error err = { 0 };

		assert_true(ih_record_add_consent(docs.facts, &row, out, &err));
		advance(s, &docs, out);
		assert_false(ih_release_cut(&release, docs.facts, docs.identity,
		    out, &err));
		assert_string_equal(err.code, "E_CONSENT");
		assert_int_equal(out->size, 0);
		docs_free(&docs);
	}
}

static void
asks_for_the_reference_of_the_data_authority(void **state)
{
	static const char *const missing[] = { NULL, "", "  " };
	const struct sample *s = *state;
	struct docs docs = sample_case(s, NULL);

	for (size_t i = 0; i < sizeof missing / sizeof missing[0]; i++) {
		struct ih_release abroad = to(s, "TN");
		struct ih_release home = to(s, "court-support-unit");
		struct ih_error err = { 0 };

		abroad.authorisation = home.authorisation = missing[i];
		assert_false(ih_release_gate(&abroad, docs.facts, &err));
		assert_string_equal(err.code, "E_AUTHORISATION");
		assert_true(ih_release_gate(&home, docs.facts, &err));
	}
	docs_free(&docs);
}

static void
sends_nothing_without_a_profile(void **state)
{
	const struct sample *s = *state;
	struct docs docs = sample_case(s, NULL);
	struct ih_release release = to(s, "TN");
	struct ih_error err = { 0 };

	release.profile = "everything";
	assert_false(ih_release_gate(&release, docs.facts, &err));
	assert_string_equal(err.code, "E_NO_PROFILE");
	docs_free(&docs);
}

static bool
is_named(const struct ih_allowed *list, size_t count, const char *id)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i].id, id) == 0)
			return true;
	return false;
}

/* Two referrals and a consent that concern another recipient. */
static void
add_rows(const struct sample *s, struct docs *docs)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_error err = { 0 };
	const struct ih_record_referral one = { .id = REFERRAL_ID,
		.to = "TN",
		.date = "2026-03-06",
		.status = "approved" };
	const struct ih_record_referral two = { .id = ANSWERS_ID,
		.to = "court-support-unit",
		.date = "2026-03-07",
		.status = "accepted" };
	const struct ih_record_consent no = { .purpose = "referral",
		.recipient = "LY",
		.category = "any",
		.state = "refused",
		.date = "2026-03-07" };

	assert_true(ih_record_refer(docs->facts, &one, out, &err));
	advance(s, docs, out);
	assert_true(ih_record_refer(docs->facts, &two, out, &err));
	advance(s, docs, out);
	assert_true(ih_record_add_consent(docs->facts, &no, out, &err));
	advance(s, docs, out);
}

static struct ih_buffer *
cut_for(const struct sample *s, struct docs *docs, const char *recipient)
{
	struct ih_release release = to(s, recipient);
	struct ih_buffer *out = ih_buffer_new();
	struct ih_error err = { 0 };

	if (!ih_release_cut(&release, docs->facts, docs->identity, out, &err))
		fail_msg("%s %s", err.code, err.text);
	return out;
}

static void
lets_no_item_leave_that_is_not_named(void **state)
{
	const struct sample *s = *state;
	const struct ih_profile *profile =
	    ih_mechanism_profile(s->ma, "referral");
	struct docs docs = sample_case(s, NULL);
	IH_OWNED(ih_buffer) out = cut_for(s, &docs, "TN");
	size_t left = 0, kept = 0;

	for (size_t i = 0; i < s->instrument->item_count; i++) {
		const struct ih_item *item = &s->instrument->items[i];
		bool who = item->part == IH_IDENTITY;
		bool named = is_named(who ? profile->identity : profile->items,
		    who ? profile->identity_count : profile->item_count,
		    item->id);

		if (says_item(out, item->id) != named)
			fail_msg("%s", item->id);
		left += named;
		kept += !named;
	}
	assert_int_equal(left, profile->item_count + profile->identity_count);
	assert_true(kept > 30);
	docs_free(&docs);
}

static void
writes_a_cut_that_is_a_case(void **state)
{
	const struct sample *s = *state;
	struct docs docs = sample_case(s, NULL);
	struct ih_error err = { 0 };

	add_rows(s, &docs);
	for (int i = 0; i < 2; i++) {
		IH_OWNED(ih_buffer) out =
		    cut_for(s, &docs, i == 0 ? "TN" : "court-support-unit");
		IH_OWNED(xmlDoc) doc = reread(out);

		if (!ih_schema_check(s->cases, doc, "cut", &err))
			fail_msg("%s", err.text);
		assert_true(says(out, "profile=\"referral\""));
		assert_true(says(out, "training=\"true\""));
	}
	docs_free(&docs);
}

static void
keeps_free_text_area_and_digests_here(void **state)
{
	const struct sample *s = *state;
	struct docs docs = sample_case(s, NULL);
	IH_OWNED(ih_buffer) out = cut_for(s, &docs, "TN");

	assert_false(says(out, "own-words"));
	assert_false(says(out, "MA-04"));
	assert_false(says(out, ONES));
	assert_false(says(out, "contact-note"));
	docs_free(&docs);
}

/* Without identity the facts hold the digest of the interview. */
static void
keeps_the_digest_here_though_the_facts_hold_it(void **state)
{
	const struct sample *s = *state;
	const struct twist nobody[] = { { "name", "!blank" },
		{ "name-latin", "!blank" }, { "birth-date", "!blank" },
		{ "phone", "!blank" }, { "contact-note", "!blank" },
		{ NULL, NULL } };
	struct docs docs = sample_case(s, nobody);
	IH_OWNED(ih_buffer) facts = ih_xml_write(docs.facts);
	IH_OWNED(ih_buffer) out = cut_for(s, &docs, "TN");

	assert_true(says(facts, ONES));
	assert_false(says(out, ONES));
	docs_free(&docs);
}

static void
keeps_what_concerns_other_recipients_here(void **state)
{
	const struct sample *s = *state;
	struct docs docs = sample_case(s, NULL);

	add_rows(s, &docs);
	IH_OWNED(ih_buffer) out = cut_for(s, &docs, "TN");
	assert_true(says(out, REFERRAL_ID));
	assert_false(says(out, "court-support-unit"));
	assert_false(says(out, "\"LY\""));
	assert_false(says(out, "fears"));
	assert_true(says(out, "referral=\"approved\" consent=\"given\""));
	docs_free(&docs);
}

static void
shows_dimensions_and_no_indicator_that_betrays_an_answer(void **state)
{
	const struct sample *s = *state;
	struct docs docs = sample_case(s, NULL);
	IH_OWNED(ih_buffer) out = cut_for(s, &docs, "TN");

	assert_true(says(out, "<outcome level=\"possible\""));
	assert_true(says(out, "<dimension id=\"exploitation\""));
	assert_false(says(out, "<indicator"));
	assert_false(says(out, "<settle"));
	docs_free(&docs);
}

/* A case keeps what every framework says; the main one alone leaves. */
static void
sends_one_assessment_the_main_one(void **state)
{
	const struct sample *s = *state;
	struct docs docs = sample_case(s, NULL);
	struct ih_release release = to(s, "TN");
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_error err = { 0 };
	xmlNode *first = xmlDocGetRootElement(docs.facts)->children;
	const char *at;

	while (!ih_is(first, "assessment"))
		first = first->next;
	xmlAddNextSibling(first, xmlCopyNode(first, 1));
	assert_true(
	    ih_release_cut(&release, docs.facts, docs.identity, out, &err));
	at = strstr((const char *)out->data, "<assessment");
	assert_non_null(at);
	assert_null(strstr(at + 1, "<assessment"));
	docs_free(&docs);
}

static void
keeps_the_number_where_a_call_is_not_safe(void **state)
{
	static const char *const contacts[] = { "through-service", "none",
		"!blank", "!refused" };
	const struct sample *s = *state;

	for (size_t i = 0; i < sizeof contacts / sizeof contacts[0]; i++) {
		const struct twist twists[] = { { "safe-contact", contacts[i] },
			{ NULL, NULL } };
		struct docs docs = sample_case(s, twists);
		IH_OWNED(ih_buffer) out = cut_for(s, &docs, "TN");

		assert_false(says_item(out, "phone"));
		assert_true(says_item(out, "name"));
		docs_free(&docs);
	}
}

static void
says_of_a_question_that_it_stood_open(void **state)
{
	const struct sample *s = *state;
	const struct twist twists[] = { { "needs", "!not-asked" },
		{ "sex", "!refused" }, { NULL, NULL } };
	struct docs docs = sample_case(s, twists);
	IH_OWNED(ih_buffer) out = cut_for(s, &docs, "TN");

	assert_true(says(out, "item=\"needs\" state=\"blank\""));
	assert_true(says(out, "item=\"sex\" state=\"refused\""));
	docs_free(&docs);
}

/* Whether an interpreter was needed does not leave, so neither does that the
 * question about the interpreter was skipped. */
static void
says_nothing_of_a_skip_that_tells_what_stays_here(void **state)
{
	static const char *const needed[] = { "no", "!refused" };
	const struct sample *s = *state;

	for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++) {
		const struct twist twists[] = { { "interpreter-needed",
						    needed[i] },
			{ "interpreter-neutral", "!blank" }, { NULL, NULL } };
		struct docs docs = sample_case(s, twists);
		IH_OWNED(ih_buffer) out = cut_for(s, &docs, "TN");

		assert_false(says_item(out, "interpreter-neutral"));
		docs_free(&docs);
	}
}

static void
sends_facts_alone_where_consent_to_identity_is_withdrawn(void **state)
{
	static const char *const purposes[] = { "referral", "abroad" };
	const struct sample *s = *state;

	for (size_t i = 0; i < sizeof purposes / sizeof purposes[0]; i++) {
		const struct ih_record_consent row = { .purpose = purposes[i],
			.recipient = "any",
			.category = "identity",
			.state = "withdrawn",
			.date = "2026-03-18" };
		struct docs docs = sample_case(s, NULL);
		IH_OWNED(ih_buffer) out = ih_buffer_new();
		struct ih_error err = { 0 };

		assert_true(ih_record_add_consent(docs.facts, &row, out, &err));
		advance(s, &docs, out);
		IH_OWNED(ih_buffer) sent = cut_for(s, &docs, "TN");
		assert_false(says(sent, "<identity"));
		assert_true(says_item(sent, "age"));
		docs_free(&docs);
	}
}

static void
refuses_the_identity_of_another_case(void **state)
{
	const struct sample *s = *state;
	struct docs docs = sample_case(s, NULL);
	struct ih_release release = to(s, "TN");
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_error err = { 0 };

	xmlSetProp(xmlDocGetRootElement(docs.identity), (const xmlChar *)"case",
	    (const xmlChar *)"0000-0000-0");
	assert_false(
	    ih_release_cut(&release, docs.facts, docs.identity, out, &err));
	assert_int_equal(err.kind, IH_INPUT);
	assert_int_equal(out->size, 0);
	docs_free(&docs);
}

/* ---- what was asked for */

static bool
cut_to(const struct sample *s, struct docs *docs, const char *only,
    struct ih_buffer *out, struct ih_error *err)
{
	struct ih_release release = to(s, "TN");

	release.only = only;
	ih_buffer_clear(out);
	*err = (struct ih_error){ 0 };
	return ih_release_cut(&release, docs->facts, docs->identity, out, err);
}

static void
tells_what_was_asked_for_and_nothing_else(void **state)
{
	static const char *const names[] = { "facts", "identity", "contact",
		"health" };
	static const struct {
		const char *item;
		int category;
	} items[] = { { "age", 0 }, { "exploitation-form", 0 }, { "needs", 0 },
		{ "name", 1 }, { "birth-date", 1 }, { "phone", 2 },
		{ "urgent-medical", 3 }, { "papers-held", -1 } };
	const struct sample *s = *state;
	struct docs docs = sample_case(s, NULL);
	IH_OWNED(ih_buffer) out = ih_buffer_new();

	for (unsigned asked = 1; asked < 16; asked++) {
		struct ih_error err;
		char only[64] = "";

		for (unsigned c = 0; c < 4; c++)
			if ((asked & 1U << c) != 0)
				snprintf(only + strlen(only),
				    sizeof only - strlen(only), " %s",
				    names[c]);
		if (!cut_to(s, &docs, only + 1, out, &err))
			fail_msg("%s: %s", only, err.code);
		for (size_t i = 0; i < sizeof items / sizeof items[0]; i++)
			if (says_item(out, items[i].item) !=
			    (items[i].category >= 0 &&
				(asked & 1U << items[i].category) != 0))
				fail_msg("%s: %s", only, items[i].item);
		assert_int_equal(says(out, "<assessment"), asked & 1U);
		assert_int_equal(says(out, "<consent "), asked & 1U);
		assert_int_equal(says(out, "<identity"), (asked & 6U) != 0);
		IH_OWNED(xmlDoc) doc = reread(out);
		assert_true(ih_schema_check(s->cases, doc, only, &err));
	}
	docs_free(&docs);
}

static void
answers_nothing_where_one_of_what_was_asked_may_not_leave(void **state)
{
	static const struct {
		struct twist twist;
		const char *withdrawn; /* category; NULL: none */
		const char *only, *code;
	} rows[] = {
		{ { "age", "27" }, "identity", "facts", "" },
		{ { "age", "27" }, "identity", "identity", "E_CONSENT" },
		{ { "age", "27" }, "identity", "facts identity", "E_CONSENT" },
		{ { "age", "27" }, "identity", "contact", "E_CONSENT" },
		{ { "age", "27" }, "contact", "identity", "" },
		{ { "age", "27" }, "contact", "contact", "E_CONSENT" },
		{ { "age", "27" }, "facts", "identity", "E_CONSENT" },
		{ { "age", "27" }, "health", "facts", "" },
		{ { "age", "27" }, "health", "health", "E_CONSENT" },
		{ { "urgent-medical", "!refused" }, NULL, "health",
		    "E_NOTHING_HELD" },
		{ { "urgent-medical", "!refused" }, NULL, "facts health",
		    "E_NOTHING_HELD" },
		{ { "safe-contact", "through-service" }, NULL, "contact",
		    "E_NOTHING_HELD" },
		{ { "safe-contact", "none" }, NULL, "contact", "E_CONTACT" },
	};
	const struct sample *s = *state;
	IH_OWNED(ih_buffer) out = ih_buffer_new();

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct twist twists[] = { rows[i].twist, { NULL, NULL } };
		const struct ih_record_consent row = { .purpose = "referral",
			.recipient = "any",
			.category = rows[i].withdrawn,
			.state = "withdrawn",
			.date = "2026-03-18" };
		struct docs docs = sample_case(s, twists);
		struct ih_error err = { 0 };

		if (rows[i].withdrawn != NULL) {
			IH_OWNED(ih_buffer) next = ih_buffer_new();

			assert_true(ih_record_add_consent(docs.facts, &row,
			    next, &err));
			advance(s, &docs, next);
		}
		if (cut_to(s, &docs, rows[i].only, out, &err) !=
			(rows[i].code[0] == '\0') ||
		    strcmp(err.code, rows[i].code) != 0)
			fail_msg("row %zu: %s", i, err.code);
		assert_true(err.kind == IH_NONE || out->size == 0);
		docs_free(&docs);
	}
	/* Of a case without an identity nobody tells one. */
	struct docs docs = sample_case(s, NULL);
	struct ih_error err;
	xmlFreeDoc(docs.identity);
	docs.identity = NULL;
	assert_false(cut_to(s, &docs, "identity", out, &err));
	assert_string_equal(err.code, "E_NOTHING_HELD");
	docs_free(&docs);
}

static void
cuts_the_same_bytes_each_time(void **state)
{
	const struct sample *s = *state;
	struct docs docs = sample_case(s, NULL);
	IH_OWNED(ih_buffer) a = cut_for(s, &docs, "TN");
	IH_OWNED(ih_buffer) b = cut_for(s, &docs, "TN");

	assert_int_equal(a->size, b->size);
	assert_memory_equal(a->data, b->data, a->size);
	docs_free(&docs);
}

#define T                                                                       \
	"<text xml:lang='ar'>مثال</text><text xml:lang='fr'>exemple</text>" \
	"<text xml:lang='en'>example</text>"

/* A country that joins by a file alone: other gates, other items. */
static const char fourth[] =
    "<mechanism xmlns='urn:ihala:mechanism:1' version='1.0.0'"
    " status='project-policy' kind='committee' code='XA'>"
    "<name>" T "<source>example</source></name><short>" T "</short>"
    "<header><line><text xml:lang='en'>Exampleland</text></line>"
    "<reference><text xml:lang='en'>No.</text></reference>"
    "<place><text xml:lang='en'>at</text></place>"
    "<foot><text xml:lang='en'>signed</text></foot>"
    "<source>example</source></header>"
    "<languages><language code='en'/><source>example</source></languages>"
    "<body id='office' kind='committee'><name>" T
    "</name><source>example</source></body>"
    "<body id='data-office' kind='data-protection'><name>" T
    "</name><source>example</source></body>"
    "<determination body='office' article='9' status='verified'>" T
    "<source>example</source></determination>"
    "<law id='law'>" T "<source>example</source>"
    "<element kind='act' code='ACT.RECRUIT' article='1' status='verified'>" T
    "<source>example</source></element></law>"
    "<calendar><weekend day='sunday'/><source>example</source></calendar>"
    "<profile id='short' purpose='referral'"
    " to='abroad committee'><name>" T "</name>"
    "<legal-basis article='2' status='verified'>" T
    "<source>example</source></legal-basis>"
    "<protection authority='data-office'"
    " authorisation-abroad='not-required' status='verified'>" T
    "<source>example</source><retention days='30' status='verified'>" T
    "<source>example</source></retention></protection>"
    "<allow><section id='health'/><item id='age'/>"
    "<assessment detail='indicators'/></allow>"
    "<refuse code='E_EXAMPLE'><if><lt item='age' value='20'/></if>" T
    "</refuse></profile></mechanism>";

static struct ih_mechanism *
read_fourth(const struct sample *s, const char *from, const char *into)
{
	IH_OWNED(ih_schema) schema = NULL;
	IH_OWNED(ih_buffer) bytes = ih_buffer_new();
	IH_OWNED(xmlDoc) doc = NULL;
	struct ih_error err = { 0 };
	const char *at = strstr(fourth, from);
	struct ih_mechanism *m;

	assert_non_null(at);
	ih_buffer_add(bytes, fourth, (size_t)(at - fourth));
	ih_buffer_text(bytes, into);
	ih_buffer_text(bytes, at + strlen(from));
	schema = ih_schema_load(s->library, "mechanism", &err);
	doc = ih_xml_read("XA", bytes->data, bytes->size, &err);
	if (!ih_schema_check(schema, doc, "XA", &err))
		fail_msg("%s", err.text);
	m = ih_mechanism_read(IH_GIVE(doc), &err);
	if (m == NULL)
		assert_int_equal(err.kind, IH_INPUT);
	return m;
}

static void
lets_a_fourth_country_join_by_data_alone(void **state)
{
	const struct sample *s = *state;
	IH_OWNED(ih_mechanism) xa =
	    read_fourth(s, "Exampleland", "Exampleland");
	struct docs docs = sample_case(s, NULL);
	struct ih_release release = to(s, "TN");
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_error err = { 0 };

	assert_non_null(xa);
	release.mechanism = xa;
	release.profile = "short";
	release.authorisation = NULL;
	assert_true(
	    ih_release_cut(&release, docs.facts, docs.identity, out, &err));
	assert_true(says_item(out, "age"));
	assert_true(says_item(out, "own-words")); /* of section health */
	assert_false(says_item(out, "sex"));
	assert_false(says(out, "<identity"));
	assert_false(says(out, "<consent"));
	/* None of the indicators rests on these items alone. */
	assert_false(says(out, "<indicator"));
	docs_free(&docs);
}

static void
applies_the_gates_of_the_fourth_country(void **state)
{
	const struct sample *s = *state;
	IH_OWNED(ih_mechanism) xa =
	    read_fourth(s, "Exampleland", "Exampleland");
	const struct twist twists[] = { { "age", "19" }, { NULL, NULL } };
	struct docs docs = sample_case(s, twists);
	struct ih_release release = to(s, "TN");
	struct ih_error err = { 0 };

	release.mechanism = xa;
	release.profile = "short";
	assert_false(ih_release_gate(&release, docs.facts, &err));
	assert_string_equal(err.code, "E_EXAMPLE");
	docs_free(&docs);
}

static void
shows_an_indicator_whose_every_item_may_leave(void **state)
{
	const struct sample *s = *state;
	IH_OWNED(ih_mechanism) xa = read_fourth(s, "<item id='age'/>",
	    "<item id='exploitation-form'/>");
	struct docs docs = sample_case(s, NULL);
	struct ih_release release = to(s, "TN");
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_error err = { 0 };

	release.mechanism = xa;
	release.profile = "short";
	assert_true(
	    ih_release_cut(&release, docs.facts, docs.identity, out, &err));
	assert_true(says(out, "\"i-form\""));
	assert_false(says(out, "\"i-held\""));
	assert_false(says(out, "\"i-both\""));
	assert_false(says(out, "\"threats\""));
	docs_free(&docs);
}

static void
needs_consent_even_where_no_gate_asks_for_it(void **state)
{
	const struct sample *s = *state;
	IH_OWNED(ih_mechanism) xa =
	    read_fourth(s, "Exampleland", "Exampleland");
	const struct twist twists[] = { { "consent-referral", "no" },
		{ NULL, NULL } };
	struct docs docs = sample_case(s, twists);
	struct ih_release release = to(s, "TN");
	struct ih_error err = { 0 };

	release.mechanism = xa;
	release.profile = "short";
	assert_false(ih_release_gate(&release, docs.facts, &err));
	assert_string_equal(err.code, "E_CONSENT");
	docs_free(&docs);
}

static void
sends_nothing_where_a_gate_speaks_of_no_item(void **state)
{
	const struct sample *s = *state;
	IH_OWNED(ih_mechanism) xa =
	    read_fourth(s, "<lt item='age'", "<lt item='years'");
	struct docs docs = sample_case(s, NULL);
	struct ih_release release = to(s, "TN");
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_error err = { 0 };

	release.mechanism = xa;
	release.profile = "short";
	assert_false(
	    ih_release_cut(&release, docs.facts, docs.identity, out, &err));
	assert_int_equal(err.kind, IH_INPUT);
	assert_int_equal(out->size, 0);
	docs_free(&docs);
}

static const char *const broken[][2] = {
	{ "authority='data-office'", "authority='nobody'" },
	{ "determination body='office'", "determination body='nobody'" },
	{ "body id='data-office'", "body id='office'" },
};

static void
refuses_a_mechanism_that_names_what_it_has_not(void **state)
{
	for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++)
		assert_null(read_fourth(*state, broken[i][0], broken[i][1]));
}

/* ---- names that cannot be joined */

/* Every code, id and digest of one letter: words of those characters. */
static size_t
names_in(const struct ih_buffer *out, char names[][80], size_t most)
{
	static const char symbols[] = "0123456789abcdefABCDEFGHIJKLMNOPQRSTUV"
				      "WXYZ-";
	const char *at = (const char *)out->data;
	size_t count = 0;

	while (*at != '\0') {
		size_t length = strspn(at, symbols);

		if ((length == IH_CODE_TEXT - 1 ||
			length == IH_UUID_TEXT - 1) &&
		    length < 80 && count < most)
			snprintf(names[count++], 80, "%.*s", (int)length, at);
		at += length > 0 ? length : 1;
	}
	return count;
}

static void
gives_two_recipients_no_code_and_no_id_in_common(void **state)
{
	static const struct ih_alias aliases[2] = {
		{ "2222-2222-2", "21234567-89ab-4def-8123-456789abcdef" },
		{ "3333-3333-3", "31234567-89ab-4def-8123-456789abcdef" }
	};
	static const char *const recipients[2] = { "TN", "court-support-unit" };
	static char names[2][64][80];
	const struct sample *s = *state;
	struct docs docs = sample_case(s, NULL);
	size_t counts[2];

	add_rows(s, &docs);
	for (int i = 0; i < 2; i++) {
		struct ih_release release = to(s, recipients[i]);
		IH_OWNED(ih_buffer) out = ih_buffer_new();
		struct ih_error err = { 0 };

		release.alias = &aliases[i];
		if (!ih_release_cut(&release, docs.facts, docs.identity, out,
			&err))
			fail_msg("%s %s", err.code, err.text);
		assert_false(says(out, s->code));
		assert_true(says(out, aliases[i].code));
		counts[i] = names_in(out, names[i], 64);
		assert_true(counts[i] >= 5);
	}
	for (size_t i = 0; i < counts[0]; i++)
		for (size_t j = 0; j < counts[1]; j++)
			if (strcmp(names[0][i], names[1][j]) == 0)
				fail_msg("both have %s", names[0][i]);
	docs_free(&docs);
}

/* ---- on which grounds */

static const struct {
	const char *code;
	bool basis, retention;
} grounds[] = {
	{ NULL, true, true },
	{ "E_LEGAL_BASIS", false, true },
	{ "E_RETENTION", true, false },
};

static void
sends_nothing_without_a_law_and_a_term(void **state)
{
	const struct sample *s = *state;
	struct docs docs = sample_case(s, NULL);

	for (size_t i = 0; i < sizeof grounds / sizeof grounds[0]; i++) {
		struct ih_profile profile =
		    *ih_mechanism_profile(s->ma, "referral");
		struct ih_mechanism ma = *s->ma;
		struct ih_release release = to(s, "TN");
		struct ih_error err = { 0 };

		if (!grounds[i].basis)
			profile.legal_basis = (struct ih_texts){ 0 };
		if (!grounds[i].retention)
			profile.retention_days = 0;
		ma.profiles = &profile;
		ma.profile_count = 1;
		release.mechanism = &ma;
		assert_int_equal(ih_release_gate(&release, docs.facts, &err),
		    grounds[i].code == NULL);
		if (grounds[i].code != NULL)
			assert_string_equal(err.code, grounds[i].code);
	}
	docs_free(&docs);
}

static void
asks_whether_asylum_is_sought_before_it_sends_abroad(void **state)
{
	const struct sample *s = *state;
	const struct twist twists[] = { { "stay-status", "!blank" },
		{ NULL, NULL } };
	struct docs docs = sample_case(s, twists);
	struct ih_release abroad = to(s, "TN");
	struct ih_release home = to(s, "court-support-unit");
	struct ih_error err = { 0 };

	assert_true(ih_release_gate(&home, docs.facts, &err));
	assert_false(ih_release_gate(&abroad, docs.facts, &err));
	assert_string_equal(err.code, "E_ASYLUM_UNKNOWN");
	docs_free(&docs);
}

/* Help is agreed to in the interview; the prosecution never is. */
static void
discloses_to_the_prosecution_by_a_consent_of_its_own(void **state)
{
	const struct sample *s = *state;
	struct docs docs = sample_case(s, NULL);
	struct ih_release release = to(s, "prosecution");
	struct ih_error err = { 0 };
	const struct ih_record_consent yes = { .purpose = "justice",
		.recipient = "prosecution",
		.category = "any",
		.state = "given",
		.date = "2026-03-18",
		.mode = "written" };
	IH_OWNED(ih_buffer) out = ih_buffer_new();

	release.profile = "disclosure";
	assert_false(ih_release_gate(&release, docs.facts, &err));
	assert_string_equal(err.code, "E_CONSENT");
	agree_later(s, &docs, "referral");
	assert_false(ih_release_gate(&release, docs.facts, &err));
	assert_true(ih_record_add_consent(docs.facts, &yes, out, &err));
	advance(s, &docs, out);
	assert_true(ih_release_gate(&release, docs.facts, &err));
	docs_free(&docs);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(opens_the_gate_only_to_a_recorded_yes),
		TEST(has_a_sentence_in_three_languages_for_each_refusal),
		TEST(passes_where_consent_comes_after_a_no),
		TEST(
		    still_asks_about_fears_where_the_interview_had_skipped_them),
		TEST(closes_once_consent_is_withdrawn),
		TEST(asks_for_the_reference_of_the_data_authority),
		TEST(sends_nothing_without_a_profile),
		TEST(lets_no_item_leave_that_is_not_named),
		TEST(writes_a_cut_that_is_a_case),
		TEST(keeps_free_text_area_and_digests_here),
		TEST(keeps_the_digest_here_though_the_facts_hold_it),
		TEST(keeps_what_concerns_other_recipients_here),
		TEST(shows_dimensions_and_no_indicator_that_betrays_an_answer),
		TEST(sends_one_assessment_the_main_one),
		TEST(keeps_the_number_where_a_call_is_not_safe),
		TEST(sends_facts_alone_where_consent_to_identity_is_withdrawn),
		cmocka_unit_test(says_of_a_question_that_it_stood_open),
		cmocka_unit_test(
		    says_nothing_of_a_skip_that_tells_what_stays_here),
		TEST(refuses_the_identity_of_another_case),
		TEST(tells_what_was_asked_for_and_nothing_else),
		TEST(answers_nothing_where_one_of_what_was_asked_may_not_leave),
		TEST(cuts_the_same_bytes_each_time),
		TEST(lets_a_fourth_country_join_by_data_alone),
		TEST(applies_the_gates_of_the_fourth_country),
		TEST(shows_an_indicator_whose_every_item_may_leave),
		TEST(needs_consent_even_where_no_gate_asks_for_it),
		TEST(sends_nothing_where_a_gate_speaks_of_no_item),
		TEST(refuses_a_mechanism_that_names_what_it_has_not),
		TEST(gives_two_recipients_no_code_and_no_id_in_common),
		TEST(sends_nothing_without_a_law_and_a_term),
		TEST(asks_whether_asylum_is_sought_before_it_sends_abroad),
		TEST(discloses_to_the_prosecution_by_a_consent_of_its_own),
	};

	return cmocka_run_group_tests(tests, sample_open, sample_close);
}
