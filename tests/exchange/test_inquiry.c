/* What is asked about a case that was sent, and that it is not told. */
#include "test.h"

#include <string.h>

#include "ihala/inquiry.h"
#include "ihala/library.h"
#include "ihala/schema.h"
#include "ihala/xml.h"

#define MESSAGE "01234567-89ab-4def-8123-456789abcdef"

static xmlDoc *
fits_its_form(const struct ih_buffer *bytes, const char *name)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_library) library = ih_library_open(".", &err);
	IH_OWNED(ih_schema) form = ih_schema_load(library, name, &err);
	IH_OWNED(xmlDoc) doc =
	    ih_xml_read(name, bytes->data, bytes->size, &err);

	if (doc == NULL || !ih_schema_check(form, doc, name, &err))
		fail_msg("%s", err.text);
	return IH_GIVE(doc);
}

static void
reads_an_inquiry_as_it_was_written(void **state)
{
	static const struct ih_inquiry said = { MESSAGE,
		"facts identity contact health", "referral", "2026-03-18",
		"2026-03-18" };
	struct ih_inquiry read;
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) bytes = ih_inquiry_write(&said, &err);
	IH_OWNED(xmlDoc) doc = fits_its_form(bytes, "inquiry");

	(void)state;
	assert_true(ih_inquiry_from(doc, &read, &err));
	assert_string_equal(read.message, said.message);
	assert_string_equal(read.categories, said.categories);
	assert_string_equal(read.purpose, said.purpose);
	assert_string_equal(read.until, said.until);
	assert_string_equal(read.day, said.day);
}

static void
reads_each_refusal_as_it_was_written(void **state)
{
	(void)state;
	for (int why = 0; why < IH_UNSAIDS; why++) {
		const struct ih_refusal said = { MESSAGE, (enum ih_unsaid)why,
			"2026-03-18" };
		struct ih_refusal read;
		struct ih_error err = { 0 };
		IH_OWNED(ih_buffer) bytes = ih_refusal_write(&said, &err);
		IH_OWNED(xmlDoc) doc = fits_its_form(bytes, "refusal");

		assert_true(ih_refusal_from(doc, &read, &err));
		assert_string_equal(read.message, MESSAGE);
		assert_int_equal(read.why, why);
		assert_string_equal(read.day, said.day);
	}
	assert_int_equal(ih_unsaid_parse("busy"), IH_UNSAIDS);
}

static void
takes_categories_in_any_order_and_writes_them_in_one(void **state)
{
	static const struct {
		const char *typed, *list; /* NULL: refused */
	} rows[] = {
		{ "identity", "identity" },
		{ "health,contact,identity,facts",
		    "facts identity contact health" },
		{ "contact identity", "identity contact" },
		{ "identity,identity", NULL },
		{ "identity,", NULL },
		{ ",identity", NULL },
		{ "identit", NULL },
		{ "identity,all", NULL },
		{ "any", NULL },
		{ "", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char list[IH_INQUIRY_CATEGORIES];

		if (ih_inquiry_categories(rows[i].typed, list) !=
		    (rows[i].list != NULL))
			fail_msg("'%s'", rows[i].typed);
		if (rows[i].list != NULL)
			assert_string_equal(list, rows[i].list);
	}
}

static void
writes_nothing_that_its_form_would_refuse(void **state)
{
	static const struct ih_inquiry bad[] = {
		{ "no uuid", "facts", "referral", "2026-03-18", "2026-03-18" },
		{ MESSAGE, "", "referral", "2026-03-18", "2026-03-18" },
		{ MESSAGE, "identity facts", "referral", "2026-03-18",
		    "2026-03-18" },
		{ MESSAGE, "facts,identity", "referral", "2026-03-18",
		    "2026-03-18" },
		{ MESSAGE, "facts", "for help", "2026-03-18", "2026-03-18" },
		{ MESSAGE, "facts", "", "2026-03-18", "2026-03-18" },
		{ MESSAGE, "facts", "referral", "2026-03-17", "2026-03-18" },
		{ MESSAGE, "facts", "referral", "2026-02-30", "2026-02-18" },
		{ MESSAGE, "facts", "referral", "2026-03-18", "2026-03" },
	};
	static const struct ih_refusal none[] = {
		{ "no uuid", IH_UNSAID_HELD, "2026-03-18" },
		{ MESSAGE, IH_UNSAIDS, "2026-03-18" },
		{ MESSAGE, IH_UNSAID_HELD, "2026-13-18" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct ih_error err = { 0 };

		assert_null(ih_inquiry_write(&bad[i], &err));
		assert_int_equal(err.kind, IH_USAGE);
	}
	for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
		struct ih_error err = { 0 };

		assert_null(ih_refusal_write(&none[i], &err));
		assert_int_equal(err.kind, IH_USAGE);
	}
}

static void
is_answered_once(void **state)
{
	static const struct {
		const char *state, *answer, *answered;
		bool unheard;
		const char *bar;
	} rows[] = {
		{ "accepted", "information", "", false, NULL },
		{ "accepted", "information-refusal", "", false, NULL },
		{ "answered", "information", "information", true, NULL },
		{ "answered", "information", "information", false,
		    "E_ANSWERED" },
		{ "answered", "information-refusal", "information", true,
		    "E_ANSWERED" },
		{ "answered", "information", "information-refusal", true,
		    "E_ANSWERED" },
		{ "superseded", "information", "", false, "E_INQUIRY_NONE" },
		{ "", "information", "", false, "E_INQUIRY_NONE" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const char *bar = ih_inquiry_bars(rows[i].state, rows[i].answer,
		    rows[i].answered, rows[i].unheard);

		assert_string_equal(bar != NULL ? bar : "",
		    rows[i].bar != NULL ? rows[i].bar : "");
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(reads_an_inquiry_as_it_was_written),
		TEST(reads_each_refusal_as_it_was_written),
		TEST(takes_categories_in_any_order_and_writes_them_in_one),
		TEST(writes_nothing_that_its_form_would_refuse),
		TEST(is_answered_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
