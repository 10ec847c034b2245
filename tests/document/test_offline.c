#include "test.h"

#include <stdio.h>
#include <string.h>

#include "ihala/digest.h"
#include "ihala/offline.h"
#include "ihala/schema.h"
#include "ihala/xml.h"

static struct ih_library *library;

static int
start(void **state)
{
	struct ih_error err = { 0 };

	(void)state;
	library = ih_library_open(".", &err);
	return library == NULL;
}

static int
end(void **state)
{
	(void)state;
	ih_library_close(library);
	return 0;
}

static struct ih_buffer *
made(enum ih_offline_kind kind, const struct ih_instrument *instrument,
    const char *country, struct ih_error *err)
{
	IH_OWNED(ih_mechanism)
	mechanism =
	    country != NULL ? ih_mechanism_load(library, country, err) : NULL;

	return ih_offline_make(library, kind,
	    &(struct ih_offline){ .instrument = instrument,
		.mechanism = mechanism,
		.key = "AAAA",
		.key_id = "00" },
	    err);
}

static struct ih_buffer *
made_of(enum ih_offline_kind kind, const char *id, const char *country)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_instrument) one = ih_instrument_load(library, id, &err);
	struct ih_buffer *form = made(kind, one, country, &err);

	if (form == NULL)
		fail_msg("%s: %s %s", id, err.code, err.text);
	return form;
}

static const char *const ids[] = { "adult", "child", "rapid" };
static const char *const countries[] = { "MA", "EG", "TN" };

/* Does a page allow the very bytes between TAG and its end? */
static bool
is_allowed(const char *page, const char *tag, const char *end, const char *by)
{
	char hash[IH_DIGEST_BASE64], policy[128];
	const char *text = strstr(page, tag);

	assert_non_null(text);
	text += strlen(tag);
	ih_digest_base64(text, (size_t)(strstr(text, end) - text), hash);
	snprintf(policy, sizeof policy, "%s 'sha256-%s'", by, hash);
	return strstr(page, policy) != NULL;
}

static void
makes_a_page_of_each_questionnaire_under_60_kilobytes(void **state)
{
	(void)state;
	for (size_t i = 0; i < 9; i++) {
		IH_OWNED(ih_buffer)
		page = made_of(IH_OFFLINE_PAGE, ids[i / 3], countries[i % 3]);

		assert_true(page->size < IH_OFFLINE_PAGE_BYTES);
	}
}

static void
lets_nothing_run_but_its_own_script_and_asks_for_nothing(void **state)
{
	struct ih_error err = { 0 };

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		IH_OWNED(ih_buffer)
		form = i < 3 ? made_of(IH_OFFLINE_PAGE, ids[i], "MA") :
			       made(IH_OFFLINE_ASK, NULL, "MA", &err);
		const char *page = (const char *)form->data;

		assert_true(
		    is_allowed(page, "<script>", "</script>", "script-src"));
		assert_true(
		    is_allowed(page, "<style>", "</style>", "style-src"));
		assert_non_null(strstr(page, "default-src 'none'"));
		assert_null(strstr(page, "unsafe"));
		assert_null(strstr(page, "src=\""));
		assert_null(strstr(page, "href="));
		assert_null(strstr(page, "eval("));
		assert_null(strstr(page, "localStorage"));
	}
}

static void
says_on_a_phone_which_questions_were_asked(void **state)
{
	struct ih_error err = { 0 };

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		IH_OWNED(ih_instrument)
		one = ih_instrument_load(library, ids[i], &err);
		IH_OWNED(ih_buffer)
		form = made(IH_OFFLINE_ODK, one, "MA", &err);
		IH_OWNED(xmlDoc)
		doc = form == NULL ?
			  NULL :
			  ih_xml_read("form", form->data, form->size, &err);

		if (doc == NULL)
			fail_msg("%s", err.text);
		assert_non_null(strstr((char *)form->data, one->digest));
		assert_non_null(
		    strstr((char *)form->data, "base64RsaPublicKey=\"AAAA\""));
	}
}

/* A library with `rapid`, where one item is asked if CONDITION. */
static struct ih_library *
asking_if(const char *condition, struct ih_error *err)
{
	static const char name[] = "xml/instrument/rapid.xml";
	IH_OWNED(ih_library) changed = ih_library_again(library, err);
	IH_OWNED(ih_buffer) bytes = ih_library_read(library, name, err);
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	const char *text = (const char *)bytes->data;
	const char *item = strstr(text, "<item id=\"consent-abroad\"");
	const char *from = strstr(item, "<ask-if>");

	ih_buffer_add(out, text, (size_t)(from - text));
	ih_buffer_printf(out, "<ask-if>%s%s", condition,
	    strstr(item, "</ask-if>"));
	ih_library_pin(changed, &(struct ih_page){ name, out->data, out->size },
	    1);
	return IH_GIVE(changed);
}

#define YES(item) "<is item='" item "' code='yes'/>"
#define NO(item) "<is item='" item "' code='no'/>"

static void
refuses_by_name_what_fhir_cannot_say(void **state)
{
	static const struct {
		const char *condition;
		bool said;
	} rows[] = {
		{ YES("safe-now"), true },
		{ "<not>" YES("safe-now") "</not>", true },
		{ "<all>" YES("safe-now") NO("age-doubt") "</all>", true },
		{ "<any>" YES("safe-now") NO("age-doubt") "</any>", true },
		{ "<not><any>" YES("safe-now") NO("alone") "</any></not>",
		    true },
		{ "<between item='age' least='1' most='9'/>", true },
		/* no words for these */
		{ "<answered item='age'/>", false },
		{ "<not><lt item='age' value='18'/></not>", false },
		{ "<not><all>" YES("safe-now") NO("alone") "</all></not>",
		    false },
		{ "<any>" YES("safe-now") "<all>" NO("alone")
			YES("age-doubt") "</all></any>",
		    false },
		/* where it was not asked "not" holds: said only beside what
		 * lets it be skipped */
		{ "<not>" YES("consent-referral") "</not>", true },
		{ "<not>" YES("free-to-leave") "</not>", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct ih_error err = { 0 };
		IH_OWNED(ih_library)
		changed = asking_if(rows[i].condition, &err);
		IH_OWNED(ih_instrument)
		one = ih_instrument_load(changed, "rapid", &err);
		IH_OWNED(ih_buffer)
		form = one == NULL ?
			   NULL :
			   ih_offline_make(changed, IH_OFFLINE_FHIR,
			       &(struct ih_offline){ .instrument = one }, &err);

		if ((form != NULL) != rows[i].said)
			fail_msg("%zu: %s %s", i, err.code, err.text);
		if (form != NULL)
			continue;
		assert_string_equal(err.code, "E_FHIR_CONDITION");
		assert_string_equal(err.text, "consent-abroad");
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(makes_a_page_of_each_questionnaire_under_60_kilobytes),
		TEST(lets_nothing_run_but_its_own_script_and_asks_for_nothing),
		TEST(says_on_a_phone_which_questions_were_asked),
		TEST(refuses_by_name_what_fhir_cannot_say),
	};

	return cmocka_run_group_tests(tests, start, end);
}
