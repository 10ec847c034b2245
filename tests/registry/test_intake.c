#include "test.h"

#include "ihala/erase.h"
#include "ihala/file.h"
#include "ihala/intake.h"
#include "ihala/node.h"
#include "ihala/schema.h"
#include "ihala/verify.h"
#include "ihala/xml.h"
#include "office.h"

#define NAME "Personne Exemple Sept"
#define REASON "The sheet cannot be read, and nobody knows who wrote it"

static struct ih_instrument *adult;

static int
load_adult(void **state)
{
	struct ih_error err = { 0 };

	if (office_start(state) != 0)
		return 1;
	adult = ih_instrument_load(office_library, "adult", &err);
	return adult == NULL;
}

static int
unload_adult(void **state)
{
	ih_instrument_free(adult);
	return office_end(state);
}

/* Interview NUMBER, at the age of AGE. */
static xmlDoc *
held(unsigned number, int age)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_arena) arena = ih_arena_new();
	const char *text = ih_arena_printf(arena,
	    "<answers xmlns='urn:ihala:answers:1' id='%s' instrument='adult'"
	    " version='%s' digest='%s' training='true'><interview"
	    " date='2025-12-30' committee='XX' channel='border'"
	    " language='ar'/><answer item='consent-interview'><value>yes"
	    "</value></answer><answer item='age'><value>%d</value></answer>"
	    "<answer item='name' state='refused'/><answer item='name-latin'>"
	    "<value>" NAME "</value></answer></answers>",
	    interview(number), adult->version, adult->digest, age);

	return ih_xml_read("answers", text, strlen(text), &err);
}

static bool
try_in(struct ih_registry *registry, unsigned number, int age,
    char code[static IH_CODE_TEXT], struct ih_error *err)
{
	IH_OWNED(xmlDoc) doc = held(number, age);

	return ih_intake_add(registry,
	    &(struct ih_intake_new){ .origin = "page",
		.answers = doc,
		.instrument = adult,
		.danger = "yes",
		.sealed = true },
	    code, err);
}

static void
taken(struct ih_registry *registry, unsigned number, int age,
    char code[static IH_CODE_TEXT])
{
	struct ih_error err = { 0 };

	if (!try_in(registry, number, age, code, &err))
		fail_msg("%s %s", err.code, err.text);
}

static void
keeps_who_it_is_apart_and_gives_all_of_it_back(void **state)
{
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT];
	struct ih_intake_row row;
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	taken(registry, 1, 30, code);
	assert_true(ih_intake_row(registry, code, &row, &err));
	assert_string_equal(row.origin, "page");
	assert_string_equal(row.request.danger, "yes");
	assert_string_equal(row.request.channel, "body");
	IH_OWNED(ih_buffer)
	facts = ih_request_read(registry, code, IH_FACTS, &err);
	assert_non_null(facts);
	assert_null(strstr((char *)facts->data, NAME));
	assert_null(strstr((char *)facts->data, "item=\"name\""));
	IH_OWNED(ih_buffer)
	who = ih_request_read(registry, code, IH_IDENTITY, &err);
	assert_non_null(strstr((char *)who->data, NAME));
	char by[IH_USER_TEXT] = "";
	IH_OWNED(xmlDoc)
	told = ih_intake_answers(registry, code, false, by, &err);
	assert_string_equal(by, ih_registry_user(registry));
	assert_int_equal(ih_children(xmlDocGetRootElement(told), "answer"), 2);
	IH_OWNED(xmlDoc) all =
	    ih_intake_answers(registry, code, true, NULL, &err);
	assert_int_equal(ih_children(xmlDocGetRootElement(all), "answer"), 4);
	assert_string_equal(ih_attr(xmlDocGetRootElement(all), "id"),
	    interview(1));
}

static void
is_kept_as_a_request_that_fits_its_schema(void **state)
{
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = office_open();
	IH_OWNED(ih_schema)
	schema = ih_schema_load(office_library, "request", &err);

	(void)state;
	taken(registry, 1, 30, code);
	for (enum ih_part part = IH_IDENTITY; part <= IH_FACTS; part++) {
		IH_OWNED(ih_buffer)
		bytes = ih_request_read(registry, code, part, &err);
		IH_OWNED(xmlDoc)
		doc = ih_xml_read("part", bytes->data, bytes->size, &err);

		if (!ih_schema_check(schema, doc, "part", &err))
			fail_msg("%s", err.text);
	}
}

static void
leaves_no_name_on_the_disk(void **state)
{
	static const char *const files[] = { "registry.db", "registry.db-wal",
		"keys.db", "keys.db-wal" };
	char code[IH_CODE_TEXT], path[160];
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	taken(registry, 1, 30, code);
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
		struct ih_error err = { 0 };

		snprintf(path, sizeof path, "%s/%s", office_folder, files[i]);
		IH_OWNED(ih_buffer) bytes = ih_file_read(path, 1 << 24, &err);
		if (bytes == NULL)
			continue;
		assert_null(
		    memmem(bytes->data, bytes->size, NAME, strlen(NAME)));
		assert_null(memmem(bytes->data, bytes->size, interview(1), 36));
	}
}

static void
knows_the_same_interview_again(void **state)
{
	static const struct {
		unsigned number;
		int age;
		const char *code;
	} rows[] = {
		{ 1, 30, "E_INTAKE_SAME" },
		{ 1, 31, "E_INTAKE_TWO" },
		{ 9, 30, "E_CASE_EXISTS" },
	};
	char first[IH_CODE_TEXT], code[IH_CODE_TEXT], of_case[IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	taken(registry, 1, 30, first);
	add_case(registry, 9, of_case);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct ih_error err = { 0 };

		assert_false(
		    try_in(registry, rows[i].number, rows[i].age, code, &err));
		assert_string_equal(err.code, rows[i].code);
		assert_string_equal(code, i < 2 ? first : of_case);
	}
	assert_int_equal(number_in("registry.db",
			     "SELECT count(*) FROM request"),
	    1);
}

static void
points_out_the_same_answers_under_another_id(void **state)
{
	struct ih_error err = { 0 };
	char first[IH_CODE_TEXT], second[IH_CODE_TEXT], other[IH_CODE_TEXT];
	struct ih_intake_row row;
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	taken(registry, 1, 30, first);
	taken(registry, 2, 30, second);
	taken(registry, 3, 44, other);
	assert_true(ih_intake_row(registry, first, &row, &err));
	assert_string_equal(row.like, second);
	assert_true(ih_intake_row(registry, second, &row, &err));
	assert_string_equal(row.like, first);
	assert_true(ih_intake_row(registry, other, &row, &err));
	assert_string_equal(row.like, "");
}

static bool
count_one(const struct ih_intake_row *row, void *with)
{
	assert_string_equal(row->request.state, "received");
	++*(int *)with;
	return true;
}

static int
waiting(struct ih_registry *registry)
{
	struct ih_error err = { 0 };
	int count = 0;

	assert_true(ih_intake_each(registry, count_one, &count, &err));
	return count;
}

static void
waits_until_it_is_confirmed_or_refused_and_not_twice(void **state)
{
	struct ih_error err = { 0 };
	char first[IH_CODE_TEXT], second[IH_CODE_TEXT], of_case[IH_CODE_TEXT];
	char asked[IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	taken(registry, 1, 30, first);
	taken(registry, 2, 31, second);
	assert_int_equal(waiting(registry), 2);
	add_case(registry, 1, of_case);
	assert_true(ih_intake_confirm(registry, first, of_case, &err));
	assert_true(ih_request_of_case(registry, of_case, asked, &err));
	assert_string_equal(asked, first);
	assert_int_equal(waiting(registry), 1);
	assert_false(ih_intake_confirm(registry, first, of_case, &err));
	assert_string_equal(err.code, "E_MOVE");
	err = (struct ih_error){ 0 };
	assert_false(ih_intake_refuse(registry, second, "no", &err));
	assert_string_equal(err.code, "E_REASON");
	err = (struct ih_error){ 0 };
	assert_true(ih_intake_refuse(registry, second, REASON, &err));
	assert_int_equal(waiting(registry), 0);
	assert_false(ih_intake_refuse(registry, second, REASON, &err));
	assert_string_equal(err.code, "E_MOVE");
	err = (struct ih_error){ 0 };
	IH_OWNED(ih_buffer) note = ih_request_note(registry, second, &err);
	assert_string_equal((char *)note->data, "\n" REASON);
}

static void
is_confirmed_by_a_supervisor_or_the_committee_alone(void **state)
{
	static const struct {
		enum ih_role role;
		bool may;
	} rows[] = {
		{ IH_SCREENER, false },
		{ IH_CASE_WORKER, false },
		{ IH_SUPERVISOR, true },
		{ IH_COMMITTEE_OFFICER, true },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct ih_error err = { 0 };
		char code[IH_CODE_TEXT], of_case[IH_CODE_TEXT];
		{
			IH_OWNED(ih_registry) registry = office_open();

			office_admit(registry, "other",
			    IH_ROLE_BIT(rows[i].role));
			taken(registry, 1, 30, code);
			add_case(registry, 2, of_case);
		}
		{
			IH_OWNED(ih_registry)
			registry = office_open_as("other", &err);

			assert_non_null(registry);
			assert_int_equal(ih_intake_confirm(registry, code,
					     of_case, &err),
			    rows[i].may);
			if (!rows[i].may)
				assert_string_equal(err.code, "E_ROLE");
		}
		unload_adult(state);
		load_adult(state);
	}
}

static void
leaves_no_mark_when_it_is_destroyed(void **state)
{
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT];

	(void)state;
	{
		IH_OWNED(ih_registry) registry = office_open();

		taken(registry, 1, 30, code);
		assert_true(ih_intake_refuse(registry, code, REASON, &err));
	}
	office_world =
	    ih_world_fixed(NOON + 181 * INT64_C(86400), &office_seed);
	IH_OWNED(ih_registry) registry = office_open();
	if (!ih_request_destroy(registry, code, &err))
		fail_msg("%s %s", err.code, err.text);
	assert_null(ih_intake_answers(registry, code, false, NULL, &err));
	taken(registry, 1, 30, code);
}

static void
finds_what_was_taken_off_or_put_on_the_list(void **state)
{
	static const char *const tampering[] = {
		"DELETE FROM intake",
		"UPDATE intake SET origin = 'odk'",
		"INSERT INTO intake SELECT code, 'page', randomblob(32),"
		" randomblob(32) FROM request WHERE code NOT IN"
		" (SELECT code FROM intake)",
	};

	for (size_t i = 0; i < sizeof tampering / sizeof tampering[0]; i++) {
		struct ih_error err = { 0 };
		const struct ih_verify how = { 0 };
		char code[IH_CODE_TEXT];
		static const char asks[] =
		    "<request xmlns='urn:ihala:request:1' training='true'"
		    " channel='self' danger='no'/>";
		{
			IH_OWNED(ih_registry) registry = office_open();
			IH_OWNED(xmlDoc)
			doc = ih_xml_read("r", asks, strlen(asks), &err);

			taken(registry, 1, 30, code);
			assert_true(ih_request_add(registry, doc, code, &err));
			if (!ih_registry_verify(registry, &how, &err))
				fail_msg("%s", err.text);
		}
		tamper("registry.db", tampering[i]);
		{
			IH_OWNED(ih_registry) registry = office_open();

			if (ih_registry_verify(registry, &how, &err))
				fail_msg("%s", tampering[i]);
			assert_int_equal(err.kind, IH_TRUST);
		}
		unload_adult(state);
		load_adult(state);
	}
}

int
main(void)
{
#define FRESH(test)                                                            \
	cmocka_unit_test_setup_teardown(test, load_adult, unload_adult)
	const struct CMUnitTest tests[] = {
		FRESH(keeps_who_it_is_apart_and_gives_all_of_it_back),
		FRESH(is_kept_as_a_request_that_fits_its_schema),
		FRESH(leaves_no_name_on_the_disk),
		FRESH(knows_the_same_interview_again),
		FRESH(points_out_the_same_answers_under_another_id),
		FRESH(waits_until_it_is_confirmed_or_refused_and_not_twice),
		FRESH(is_confirmed_by_a_supervisor_or_the_committee_alone),
		FRESH(leaves_no_mark_when_it_is_destroyed),
		FRESH(finds_what_was_taken_off_or_put_on_the_list),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
