#include "test.h"

#include "../assess/fixture.h"

static void
reads_who_when_and_where(void **state)
{
	IH_OWNED(ih_answers) answers = answers_of("s1=yes age=34");

	(void)state;
	assert_string_equal(answers->id, SMALL_ID);
	assert_string_equal(answers->committee, "MA");
	assert_string_equal(answers->channel, "ngo");
	assert_string_equal(answers->language, "ar");
	assert_null(answers->area);
	assert_true(answers->training);
	assert_false(answers->stopped);
	assert_int_equal(answers->date.day, 17);
	assert_int_equal(ih_answers_of(answers, "age")->number, 34);
	assert_int_equal(ih_answers_of(answers, "age")->by, IH_BY_PERSON);
	assert_string_equal(ih_answers_code(answers, "s1"), "yes");
	assert_null(ih_answers_code(answers, "s2"));
	assert_null(ih_answers_code(answers, "forms"));
	assert_null(ih_answers_of(answers, "nothing"));
}

static void
keeps_blank_unknown_and_refused_apart(void **state)
{
	IH_OWNED(ih_answers) answers =
	    answers_of("s1=blank s2=unknown m1=refused");

	(void)state;
	assert_int_equal(state_of(answers, "s1"), IH_BLANK);
	assert_int_equal(state_of(answers, "s2"), IH_UNKNOWN);
	assert_int_equal(state_of(answers, "m1"), IH_REFUSED);
	assert_int_equal(state_of(answers, "m2"), IH_BLANK);
}

static void
skips_follow_their_conditions(void **state)
{
	static const struct {
		const char *line;
		enum ih_state paid, late;
	} rows[] = {
		{ "worked=no", IH_NOT_ASKED, IH_NOT_ASKED },
		{ "worked=yes", IH_BLANK, IH_BLANK },
		{ "worked=yes paid=no", IH_GIVEN, IH_NOT_ASKED },
		{ "worked=refused", IH_BLANK, IH_BLANK },
		{ "worked=unknown paid=yes paid-late=no", IH_GIVEN, IH_GIVEN },
		{ "worked=no paid=not-asked", IH_NOT_ASKED, IH_NOT_ASKED },
		{ "worked=no paid=blank", IH_NOT_ASKED, IH_NOT_ASKED },
		{ "worked=yes paid=not-asked", IH_BLANK, IH_BLANK },
		{ "", IH_BLANK, IH_BLANK },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		IH_OWNED(ih_answers) answers = answers_of(rows[i].line);

		if (state_of(answers, "paid") != rows[i].paid ||
		    state_of(answers, "paid-late") != rows[i].late)
			fail_msg("%s", rows[i].line);
	}
}

static void
a_section_is_skipped_as_a_whole(void **state)
{
	IH_OWNED(ih_answers) unsafe = answers_of("safe=no");
	IH_OWNED(ih_answers) safe = answers_of("safe=yes wishes=Exemple");

	(void)state;
	assert_int_equal(state_of(unsafe, "wishes"), IH_NOT_ASKED);
	assert_int_equal(state_of(safe, "wishes"), IH_GIVEN);
	assert_string_equal(ih_answers_of(safe, "wishes")->text, "Exemple");
}

static void
takes_the_digits_people_type(void **state)
{
	static const struct {
		const char *line;
		int age, year;
	} rows[] = {
		{ "age=34 born=1992-03", 34, 1992 },
		{ "age=٣٤ born=١٩٩٢-٠٣", 34, 1992 },
		{ "age=۳۴ born=۱۹۹۲", 34, 1992 },
		{ "age=0 born=2024-02-29", 0, 2024 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		IH_OWNED(ih_answers) answers = answers_of(rows[i].line);

		assert_int_equal(ih_answers_of(answers, "age")->number,
		    rows[i].age);
		assert_int_equal(ih_answers_of(answers, "born")->date.year,
		    rows[i].year);
	}
}

static void
refuses_answers_that_do_not_fit(void **state)
{
	static const struct {
		const char *line, *code;
	} rows[] = {
		{ "nothing=yes", "E_ITEM" },
		{ "s1=maybe", "E_CODE" },
		{ "s1=YES", "E_CODE" },
		{ "forms=Work,Sorcery", "E_CODE" },
		{ "forms=Work,Work", "E_TWICE" },
		{ "s1=yes s1=no", "E_TWICE" },
		{ "s1=refused s1=no", "E_TWICE" },
		{ "s1=yes,no", "E_ONE" },
		{ "age=1,2", "E_ONE" },
		{ "name=A,B", "E_ONE" },
		{ "name=Personne\xe2\x80\xae"
		  "Exemple",
		    "E_NAME_HIDDEN" },
		{ "name=Personne\xe2\x80\x8b"
		  "Exemple",
		    "E_NAME_HIDDEN" },
		{ "age=many", "E_NUMBER" },
		{ "age=-1", "E_NUMBER" },
		{ "age=121", "E_NUMBER" },
		{ "age=99999999999999999999", "E_NUMBER" },
		{ "age=1e2", "E_NUMBER" },
		{ "age=3.5", "E_NUMBER" },
		{ "born=1992-13", "E_DATE" },
		{ "born=2023-02-29", "E_DATE" },
		{ "born=yesterday", "E_DATE" },
		{ "worked=no paid=yes", "E_SKIPPED" },
		{ "worked=no paid=refused", "E_SKIPPED" },
		{ "worked=no paid=unknown", "E_SKIPPED" },
		{ "worked=yes paid=no paid-late=yes", "E_SKIPPED" },
		{ "safe=no wishes=Exemple", "E_SKIPPED" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct ih_error err = { 0 };
		IH_OWNED(ih_answers) answers = try_answers(rows[i].line, &err);

		assert_null(answers);
		assert_int_equal(err.kind, IH_INPUT);
		if (strcmp(err.code, rows[i].code) != 0)
			fail_msg("%s: %s %s", rows[i].line, err.code, err.text);
	}
}

static void
an_error_names_the_item_and_never_the_value(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_answers) answers =
	    try_answers("s1=yes born=Personne-Exemple-Sept", &err);

	(void)state;
	assert_null(answers);
	assert_non_null(strstr(err.text, "born"));
	assert_non_null(strstr(err.text, "line 4"));
	assert_null(strstr(err.text, "Personne"));
}

static struct ih_answers *
read_as(const char *from, const char *to, struct ih_error *err)
{
	IH_OWNED(ih_buffer) bytes = ih_buffer_new();
	IH_OWNED(ih_buffer) changed = ih_buffer_new();
	char *at;

	write_answers(bytes, small, "s1=yes");
	at = strstr((char *)bytes->data, from);
	assert_non_null(at);
	ih_buffer_add(changed, bytes->data, (size_t)(at - (char *)bytes->data));
	ih_buffer_text(changed, to);
	ih_buffer_text(changed, at + strlen(from));
	IH_OWNED(xmlDoc) doc =
	    ih_xml_read("answers.xml", changed->data, changed->size, err);
	return doc != NULL ? ih_answers_read(doc, small, err) : NULL;
}

static void
refuses_answers_to_other_questions(void **state)
{
	static const struct {
		const char *from, *to, *code;
	} rows[] = {
		{ "instrument=\"small\"", "instrument=\"other\"",
		    "E_INSTRUMENT" },
		{ "version=\"1.0.0\"", "version=\"1.0.1\"",
		    "E_INSTRUMENT_VERSION" },
		{ "digest=\"", "digest=\"0", "E_INSTRUMENT_DIGEST" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct ih_error err = { 0 };
		IH_OWNED(ih_answers) answers =
		    read_as(rows[i].from, rows[i].to, &err);

		assert_null(answers);
		assert_string_equal(err.code, rows[i].code);
	}
}

static void
refuses_a_head_that_is_not_one(void **state)
{
	static const char *const rows[][2] = {
		{ "id=\"0", "id=\"g" },
		{ "training=\"true\"", "training=\"no\"" },
		{ "committee=\"MA\"", "committee=\"ma\"" },
		{ "channel=\"ngo\"", "channel=\"street\"" },
		{ "language=\"ar\"", "language=\"\"" },
		{ "date=\"2026-05-17\"", "date=\"2026-05\"" },
		{ "date=\"2026-05-17\"", "date=\"2026-02-30\"" },
		{ "date=\"2026-05-17\"", "" },
		{ "language=\"ar\"", "language=\"ar\" area=\"Rabat\"" },
		{ "language=\"ar\"", "language=\"ar\" stopped=\"1\"" },
		{ "<value>yes", "<value> " },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct ih_error err = { 0 };
		IH_OWNED(ih_answers) answers =
		    read_as(rows[i][0], rows[i][1], &err);

		if (answers != NULL || err.code[0] == '\0')
			fail_msg("%s", rows[i][1]);
	}
}

static void
takes_white_space_around_a_value(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_answers) answers =
	    read_as("<value>yes", "<value>\n  yes\n ", &err);

	(void)state;
	assert_non_null(answers);
	assert_string_equal(ih_answers_code(answers, "s1"), "yes");
}

static void
pins_the_bytes_it_is_given(void **state)
{
	IH_OWNED(ih_answers) answers = answers_of("s1=yes");
	IH_OWNED(ih_answers) again = answers_of("s1=yes");
	IH_OWNED(ih_answers) other = answers_of("s1=no");

	(void)state;
	assert_string_equal(answers->digest, again->digest);
	assert_string_not_equal(answers->digest, other->digest);
	ih_answers_pin(answers, "abc", 3);
	assert_string_equal(answers->digest,
	    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a"
	    "d");
}

static void
the_schema_takes_what_the_reader_takes(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) bytes = ih_buffer_new();
	IH_OWNED(ih_schema) schema = ih_schema_load(library, "answers", &err);

	(void)state;
	write_answers(bytes, small, "s1=yes forms=Work,Other s2=refused");
	IH_OWNED(xmlDoc) doc =
	    ih_xml_read("answers.xml", bytes->data, bytes->size, &err);
	assert_non_null(doc);
	if (!ih_schema_check(schema, doc, "answers.xml", &err))
		fail_msg("%s", err.text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(reads_who_when_and_where),
		TEST(keeps_blank_unknown_and_refused_apart),
		TEST(skips_follow_their_conditions),
		TEST(a_section_is_skipped_as_a_whole),
		TEST(takes_the_digits_people_type),
		TEST(refuses_answers_that_do_not_fit),
		TEST(an_error_names_the_item_and_never_the_value),
		TEST(refuses_answers_to_other_questions),
		TEST(refuses_a_head_that_is_not_one),
		TEST(takes_white_space_around_a_value),
		TEST(pins_the_bytes_it_is_given),
		TEST(the_schema_takes_what_the_reader_takes),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
