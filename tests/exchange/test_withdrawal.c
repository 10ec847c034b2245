/* Consent that is taken back, and the answer. */
#include "test.h"

#include <string.h>

#include "ihala/library.h"
#include "ihala/schema.h"
#include "ihala/withdrawal.h"
#include "ihala/xml.h"

#define MESSAGE "01234567-89ab-4def-8123-456789abcdef"

static xmlDoc *
held_against(const char *schema, const struct ih_buffer *bytes)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_library) library = ih_library_open(".", &err);
	IH_OWNED(ih_schema) form = ih_schema_load(library, schema, &err);
	IH_OWNED(xmlDoc)
	doc = ih_xml_read(schema, bytes->data, bytes->size, &err);

	if (doc == NULL || !ih_schema_check(form, doc, schema, &err))
		fail_msg("%s", err.text);
	return IH_GIVE(doc);
}

static void
says_again_what_was_written(void **state)
{
	const struct ih_withdrawal said = { MESSAGE, "abroad", "2026-03-18" };
	struct ih_withdrawal read;
	struct ih_error err = { 0 };

	(void)state;
	IH_OWNED(ih_buffer) bytes = ih_withdrawal_write(&said, &err);
	IH_OWNED(xmlDoc) doc = held_against("withdrawal", bytes);
	assert_true(ih_withdrawal_from(doc, &read, &err));
	assert_memory_equal(&read, &said, sizeof said);
	for (enum ih_done done = 0; done < IH_DONES; done++) {
		const struct ih_reply answer = { MESSAGE, done, "2026-03-19" };
		struct ih_reply heard;
		IH_OWNED(ih_buffer) reply = ih_reply_write(&answer, &err);
		IH_OWNED(xmlDoc) form = held_against("reply", reply);

		assert_true(ih_reply_from(form, &heard, &err));
		assert_int_equal(heard.done, done);
		assert_string_equal(heard.message, MESSAGE);
		assert_int_equal(ih_done_parse(ih_done_text(done)), done);
	}
}

static void
writes_nothing_that_its_form_would_refuse(void **state)
{
	static const struct ih_withdrawal bad[] = {
		{ "no uuid", "referral", "2026-03-18" },
		{ MESSAGE, "", "2026-03-18" },
		{ MESSAGE, "Exemple Sept", "2026-03-18" },
		{ MESSAGE, "referral", "2026-02-30" },
		{ MESSAGE, "referral", "2026-03" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct ih_error err = { 0 };

		assert_null(ih_withdrawal_write(&bad[i], &err));
		assert_int_equal(err.kind, IH_USAGE);
	}
	assert_int_equal(ih_done_parse("sold"), IH_DONES);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(says_again_what_was_written),
		TEST(writes_nothing_that_its_form_would_refuse),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
