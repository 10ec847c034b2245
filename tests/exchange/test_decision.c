/* What is decided about a case that was sent, and which decision stands. */
#include "test.h"

#include <string.h>

#include "ihala/decision.h"
#include "ihala/library.h"
#include "ihala/schema.h"
#include "ihala/xml.h"

#define MESSAGE "01234567-89ab-4def-8123-456789abcdef"

static xmlDoc *
fits_its_form(const struct ih_buffer *bytes)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_library) library = ih_library_open(".", &err);
	IH_OWNED(ih_schema) form = ih_schema_load(library, "decision", &err);
	IH_OWNED(xmlDoc)
	doc = ih_xml_read("decision", bytes->data, bytes->size, &err);

	if (doc == NULL || !ih_schema_check(form, doc, "decision", &err))
		fail_msg("%s", err.text);
	return IH_GIVE(doc);
}

static void
says_again_what_was_written(void **state)
{
	(void)state;
	for (int why = 0; why < IH_WHYS + 2; why++) {
		const struct ih_decision said = { MESSAGE,
			why < IH_WHYS  ? IH_SAYS_DECLINED :
			why == IH_WHYS ? IH_SAYS_ACCEPTED :
					 IH_SAYS_REVOKED,
			why < IH_WHYS ? (enum ih_why)why : IH_WHYS,
			"2026-03-18" };
		struct ih_decision read;
		struct ih_error err = { 0 };
		IH_OWNED(ih_buffer) bytes = ih_decision_write(&said, &err);
		IH_OWNED(xmlDoc) doc = fits_its_form(bytes);

		assert_true(ih_decision_from(doc, &read, &err));
		assert_string_equal(read.message, MESSAGE);
		assert_int_equal(read.says, said.says);
		assert_int_equal(read.why, said.why);
		assert_string_equal(read.day, said.day);
	}
}

static void
writes_nothing_that_its_form_would_refuse(void **state)
{
	static const struct ih_decision bad[] = {
		{ "no uuid", IH_SAYS_ACCEPTED, IH_WHYS, "2026-03-18" },
		{ MESSAGE, IH_SAYINGS, IH_WHYS, "2026-03-18" },
		{ MESSAGE, IH_SAYS_DECLINED, IH_WHYS, "2026-03-18" },
		{ MESSAGE, IH_SAYS_ACCEPTED, IH_WHY_UNSAFE, "2026-03-18" },
		{ MESSAGE, IH_SAYS_REVOKED, IH_WHYS, "2026-02-30" },
		{ MESSAGE, IH_SAYS_REVOKED, IH_WHYS, "2026-02" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct ih_error err = { 0 };

		assert_null(ih_decision_write(&bad[i], &err));
		assert_int_equal(err.kind, IH_USAGE);
	}
	assert_int_equal(ih_why_parse("busy"), IH_WHYS);
}

static void
lets_the_first_decision_stand(void **state)
{
	static const char *const open[] = { "sealed", "delivered", "accepted",
		"revoking" };
	static const struct {
		const char *state;
		const char *bars[IH_SAYINGS]; /* accepted, declined, revoked */
	} decided[] = {
		{ "agreed", { NULL, "E_ACCEPTED", "E_ACCEPTED" } },
		{ "declined", { "E_DECLINED", NULL, "E_DECLINED" } },
		{ "revoked", { "E_REVOKED", "E_REVOKED", NULL } },
		{ "withdrawn", { "E_REVOKED", "E_REVOKED", NULL } },
	};

	(void)state;
	for (int says = 0; says < IH_SAYINGS; says++) {
		for (size_t i = 0; i < sizeof open / sizeof open[0]; i++)
			assert_null(
			    ih_decision_bars((enum ih_says)says, open[i]));
		for (size_t i = 0; i < sizeof decided / sizeof decided[0];
		     i++) {
			const char *bar = ih_decision_bars((enum ih_says)says,
			    decided[i].state);
			const char *want = decided[i].bars[says];

			assert_string_equal(bar != NULL ? bar : "",
			    want != NULL ? want : "");
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(says_again_what_was_written),
		TEST(writes_nothing_that_its_form_would_refuse),
		TEST(lets_the_first_decision_stand),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
