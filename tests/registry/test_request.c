#include "test.h"

#include "../../src/registry/query.h"
#include "ihala/backup.h"
#include "ihala/erase.h"
#include "ihala/file.h"
#include "ihala/request.h"
#include "ihala/schema.h"
#include "ihala/verify.h"
#include "ihala/work.h"
#include "ihala/xml.h"
#include "office.h"

#define DAY 86400
#define REASON "Not in our mandate; the consulate helps with papers"

/* ---- what is taken in */

#define REQUEST(head, inner)                                                   \
	"<request xmlns='urn:ihala:request:1' training='true' " head ">" inner \
	"</request>"
#define WHO                                                                    \
	"<identity><name>Personne Exemple Sept</name>"                         \
	"<phone>+000 12345</phone></identity>"
#define FULL                                                                   \
	REQUEST("channel='hotline' danger='yes'"                               \
		" received='2026-01-01T08:00:00Z' asks='relative'",            \
	    "<contact safe='no'/><about>Lieu Exemple Trois</about>" WHO)

static bool
take_in(struct ih_registry *registry, const char *text,
    char code[static IH_CODE_TEXT], struct ih_error *err)
{
	IH_OWNED(ih_schema)
	schema = ih_schema_load(office_library, "request", err);
	IH_OWNED(xmlDoc)
	doc = schema != NULL ?
		  ih_schema_admit(schema, "request", text, strlen(text), err) :
		  NULL;

	code[0] = '\0';
	return doc != NULL && ih_request_add(registry, doc, code, err);
}

static void
taken(struct ih_registry *registry, const char *text,
    char code[static IH_CODE_TEXT])
{
	struct ih_error err = { 0 };

	if (!take_in(registry, text, code, &err))
		fail_msg("%s %s", err.code, err.text);
}

static void
asks_for_channel_and_danger_and_nothing_else(void **state)
{
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT], canonical[IH_CODE_TEXT];
	struct ih_request_row row;
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	taken(registry, REQUEST("channel='walk-in' danger='unknown'", ""),
	    code);
	assert_true(ih_code_parse(code, canonical));
	assert_string_equal(code, canonical);
	assert_true(ih_request_row(registry, code, &row, &err));
	assert_string_equal(row.channel, "walk-in");
	assert_string_equal(row.danger, "unknown");
	assert_string_equal(row.state, "received");
	assert_string_equal(row.opened_as, "");
	assert_int_equal(row.asked, NOON);
}

static void
refuses_what_is_no_request(void **state)
{
	static const struct {
		const char *text, *code;
	} cases[] = {
		{ REQUEST("channel='hotline'", ""), "" },
		{ REQUEST("danger='no'", ""), "" },
		{ REQUEST("channel='pigeon' danger='no'", ""), "E_CHANNEL" },
		{ REQUEST("channel='self' danger='perhaps'", ""), "" },
		{ REQUEST("channel='self' danger='no'"
			  " received='2026-01-01T12:00:01Z'",
		      ""),
		    "E_REQUEST_WHEN" },
		{ REQUEST("channel='self' danger='no'"
			  " received='2026-02-31T12:00:00Z'",
		      ""),
		    "E_REQUEST_WHEN" },
		{ REQUEST("channel='self' danger='no'", WHO "<about/>"), "" },
		{ WHO, "" },
		{ "<identity xmlns='urn:ihala:request:1'/>", "" },
		{ "<request xmlns='urn:ihala:request:1' channel='self'"
		  " danger='no'/>",
		    "E_NOT_TRAINING" },
	};
	char code[IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct ih_error err = { 0 };

		assert_false(take_in(registry, cases[i].text, code, &err));
		if (strcmp(err.code, cases[i].code) != 0)
			fail_msg("%zu: %s %s", i, err.code, err.text);
		assert_string_equal(code, "");
	}
	assert_int_equal(number_in("registry.db",
			     "SELECT count(*) FROM request"),
	    0);
}

static void
takes_the_same_file_once_and_says_under_which_code(void **state)
{
	struct ih_error err = { 0 };
	char first[IH_CODE_TEXT], again[IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	taken(registry, FULL, first);
	assert_false(take_in(registry, FULL, again, &err));
	assert_int_equal(err.kind, IH_STATE);
	assert_string_equal(err.code, "E_REQUEST_EXISTS");
	assert_string_equal(again, first);
	taken(registry, REQUEST("channel='hotline' danger='yes'", WHO), again);
	assert_string_not_equal(again, first);
}

static void
keeps_who_it_is_apart_from_what_was_told(void **state)
{
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	taken(registry, FULL, code);
	IH_OWNED(ih_buffer)
	facts = ih_request_read(registry, code, IH_FACTS, &err);
	IH_OWNED(ih_buffer)
	who = ih_request_read(registry, code, IH_IDENTITY, &err);
	assert_non_null(facts);
	assert_non_null(who);
	assert_non_null(strstr((const char *)facts->data, "Exemple Trois"));
	assert_non_null(strstr((const char *)facts->data, "safe=\"no\""));
	assert_null(strstr((const char *)facts->data, "Sept"));
	assert_null(strstr((const char *)facts->data, "12345"));
	assert_non_null(strstr((const char *)who->data, "Exemple Sept"));
	assert_null(strstr((const char *)who->data, "Trois"));
	assert_null(ih_request_read(registry, code, IH_STATISTICS, &err));
}

static bool
is_on_the_disk(const char *word)
{
	static const char *const files[] = { "registry.db", "registry.db-wal",
		"keys.db", "keys.db-wal" };
	char path[160];
	struct ih_error err = { 0 };

	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
		snprintf(path, sizeof path, "%s/%s", office_folder, files[i]);
		IH_OWNED(ih_buffer) bytes =
		    ih_file_read(path, (size_t)64 << 20, &err);
		if (bytes != NULL && memmem(bytes->data, bytes->size, word,
					 strlen(word)) != NULL)
			return true;
	}
	return false;
}

static void
leaves_no_name_and_no_number_on_the_disk(void **state)
{
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	taken(registry, FULL, code);
	assert_true(ih_request_redirect(registry, code, "cnclt", REASON, &err));
	assert_true(is_on_the_disk(code)); /* else this would prove nothing */
	assert_false(is_on_the_disk("Exemple"));
	assert_false(is_on_the_disk("12345"));
	assert_false(is_on_the_disk("consulate"));
	assert_false(is_on_the_disk("cnclt"));
}

/* ---- the list, and what is due */

struct seen {
	char order[16];
	size_t count;
};

static bool
note(const struct ih_request_row *row, void *with)
{
	struct seen *seen = with;

	seen->order[seen->count++] = row->channel[0];
	return true;
}

static void
lists_danger_first_then_who_waits_longest(void **state)
{
	struct ih_error err = { 0 };
	struct seen seen = { 0 };
	char code[IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
#define AT(hour) " received='2026-01-01T" hour ":00:00Z'"
	taken(registry, REQUEST("channel='self' danger='no'" AT("01"), ""),
	    code);
	taken(registry, REQUEST("channel='app' danger='no'" AT("03"), ""),
	    code);
	taken(registry,
	    REQUEST("channel='outreach' danger='unknown'" AT("09"), ""), code);
	taken(registry, REQUEST("channel='hotline' danger='yes'" AT("10"), ""),
	    code);
	taken(registry, REQUEST("channel='walk-in' danger='yes'" AT("02"), ""),
	    code);
	assert_true(ih_request_redirect(registry, code, "cnclt", REASON, &err));
	assert_true(ih_request_each(registry, note, &seen, &err));
	assert_string_equal(seen.order, "hosaw");
}

struct due {
	char text[160];
};

static bool
note_due(const struct ih_work *one, void *with)
{
	struct due *due = with;
	size_t used = strlen(due->text);

	snprintf(due->text + used, sizeof due->text - used, "%s%s:%s",
	    used > 0 ? " " : "", one->clock->id, one->code);
	return true;
}

static const char *
due_now(struct ih_registry *registry, bool mine)
{
	static struct due due;
	struct ih_error err = { 0 };

	due.text[0] = '\0';
	if (!ih_work_each(registry, &(struct ih_work_asked){ .mine = mine },
		note_due, &due, &err))
		fail_msg("%s", err.text);
	return due.text;
}

static void
is_due_until_somebody_has_looked_at_it(void **state)
{
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT], expected[160];
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	taken(registry, FULL, code);
	snprintf(expected, sizeof expected, "emergency:%s request:%s", code,
	    code);
	assert_string_equal(due_now(registry, false), expected);
	/* Another pack, other clocks: all of it made anew. */
	tamper("registry.db", "DELETE FROM due_made; DELETE FROM request_due");
	assert_string_equal(due_now(registry, false), expected);
	assert_true(ih_request_redirect(registry, code, "cnclt", REASON, &err));
	assert_string_equal(due_now(registry, false), "");
}

static void
waits_for_every_screener_and_is_read_by_the_one_who_took_it_in(void **state)
{
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT];

	(void)state;
	{
		IH_OWNED(ih_registry) first = office_open();
		office_admit(first, "hakima", IH_ROLE_BIT(IH_SCREENER));
		taken(first, FULL, code);
	}
	IH_OWNED(ih_registry) registry = office_open_as("hakima", &err);
	assert_non_null(registry);
	assert_non_null(strstr(due_now(registry, false), code));
	assert_string_equal(due_now(registry, true), "");
	assert_null(ih_request_read(registry, code, IH_FACTS, &err));
	assert_string_equal(err.code, "E_ROLE");
	assert_null(ih_request_note(registry, code, &err));
	{
		struct ih_error why = { 0 };
		IH_OWNED(ih_registry) first = office_open_as("office", &why);
		assert_true(ih_case_assign(first, code, "hakima", &why));
	}
	IH_OWNED(ih_buffer)
	facts = ih_request_read(registry, code, IH_FACTS, &err);
	assert_non_null(facts);
	assert_non_null(strstr(due_now(registry, true), code));
}

/* A case worker holds the key for an emergency, and there is none. */
static void
is_redirected_by_none_but_those_it_was_given_to(void **state)
{
	struct ih_error err = { 0 }, denied = { 0 };
	char code[IH_CODE_TEXT];
	struct ih_request_row row;

	(void)state;
	{
		IH_OWNED(ih_registry) first = office_open();
		office_admit(first, "aid", IH_ROLE_BIT(IH_CASE_WORKER));
		taken(first, FULL, code);
	}
	IH_OWNED(ih_registry) registry = office_open_as("aid", &err);
	assert_non_null(registry);
	assert_false(
	    ih_request_redirect(registry, code, "cnclt", REASON, &denied));
	assert_string_equal(denied.code, "E_ROLE");
	assert_true(ih_request_row(registry, code, &row, &err));
	assert_string_equal(row.state, "received");
	{
		IH_OWNED(ih_registry) first = office_open_as("office", &err);
		assert_true(ih_case_assign(first, code, "aid", &err));
	}
	assert_true(ih_request_redirect(registry, code, "cnclt", REASON, &err));
}

/* ---- what becomes of it */

static void
becomes_a_case_that_tells_which_request_it_was(void **state)
{
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT], other[IH_CODE_TEXT], case_code[IH_CODE_TEXT];
	char request[IH_CODE_TEXT];
	struct ih_request_row row;
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	taken(registry, FULL, code);
	taken(registry, REQUEST("channel='self' danger='no'", ""), other);
	add_case(registry, 1, case_code);
	assert_true(ih_request_of_case(registry, case_code, request, &err));
	assert_string_equal(request, "");
	assert_true(ih_request_open(registry, code, case_code, &err));
	assert_true(ih_request_of_case(registry, case_code, request, &err));
	assert_string_equal(request, code);
	assert_true(ih_request_row(registry, code, &row, &err));
	assert_string_equal(row.state, "opened");
	assert_string_equal(row.opened_as, case_code);
	/* once */
	assert_false(ih_request_open(registry, code, case_code, &err));
	assert_string_equal(err.code, "E_MOVE");
	assert_non_null(strstr(err.text, "opened"));
}

static void
shows_the_way_elsewhere_for_a_reason(void **state)
{
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	taken(registry, FULL, code);
	assert_null(ih_request_note(registry, code, &err));
	assert_int_equal(err.kind, IH_NONE);
	assert_false(ih_request_redirect(registry, code, "cnclt", "x", &err));
	assert_string_equal(err.code, "E_REASON");
	err = (struct ih_error){ 0 };
	assert_true(ih_request_redirect(registry, code, "cnclt", REASON, &err));
	IH_OWNED(ih_buffer) note = ih_request_note(registry, code, &err);
	assert_string_equal((const char *)note->data, "cnclt\n" REASON);
}

/* ---- destroyed */

/* Redirected by the first user, and kept for DAYS. */
static void
redirected(struct ih_registry *registry, char code[static IH_CODE_TEXT],
    int days)
{
	struct ih_error err = { 0 };

	office_admit(registry, "dpo", IH_ROLE_BIT(IH_DATA_PROTECTION_OFFICER));
	taken(registry, FULL, code);
	assert_true(ih_request_redirect(registry, code, "cnclt", REASON, &err));
	office_world.now += (int64_t)days * DAY;
}

static void
is_destroyed_by_somebody_else_and_not_before_its_day(void **state)
{
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT];
	struct ih_erasure erasure;
	struct ih_request_row row;

	(void)state;
	{
		IH_OWNED(ih_registry) first = office_open_as("office", &err);
		redirected(first, code, 179);
	}
	IH_OWNED(ih_registry) registry = office_open_as("dpo", &err);
	assert_false(ih_request_destroy(registry, code, &err));
	assert_string_equal(err.code, "E_KEPT");
	assert_string_equal(err.text, "2026-06-30");
	office_world.now += DAY;
	{
		struct ih_error why = { 0 };
		IH_OWNED(ih_registry) first = office_open_as("office", &why);
		assert_false(ih_request_destroy(first, code, &why));
		assert_string_equal(why.code, "E_FOUR_EYES");
	}
	err = (struct ih_error){ 0 };
	if (!ih_request_destroy(registry, code, &err))
		fail_msg("%s %s", err.code, err.text);
	assert_int_equal(number_in("keys.db", "SELECT count(*) FROM case_key"),
	    0);
	assert_int_equal(number_in("registry.db",
			     "SELECT (SELECT count(*) FROM"
			     " request_part) + (SELECT count(*)"
			     " FROM request_note)"),
	    0);
	assert_null(ih_request_read(registry, code, IH_FACTS, &err));
	err = (struct ih_error){ 0 };
	assert_true(ih_request_row(registry, code, &row, &err));
	assert_string_equal(row.state, "destroyed");
	assert_true(ih_erasure_of(registry, code, &erasure, &err));
	assert_string_equal(erasure.until, "2026-08-04");
	/* the file that it came in is no proof that it was here */
	IH_OWNED(ih_registry) first = office_open_as("office", &err);
	taken(first, FULL, code);
}

/* A closed case that came of the request CODE. */
static void
opened_and_closed(struct ih_registry *registry, char code[static IH_CODE_TEXT],
    char case_code[static IH_CODE_TEXT])
{
	struct ih_error err = { 0 };

	taken(registry, FULL, code);
	add_case(registry, 1, case_code);
	assert_true(ih_request_open(registry, code, case_code, &err));
	close_case(registry, case_code);
}

static void
goes_with_the_case_that_came_of_it(void **state)
{
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT], case_code[IH_CODE_TEXT], sql[256];
	const struct ih_verify how = { 0 };
	struct ih_erasure erasure;
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	opened_and_closed(registry, code, case_code);
	if (!ih_case_move(registry, case_code, IH_FILE, "destroy", &err))
		fail_msg("%s %s", err.code, err.text);
	assert_int_equal(number_in("registry.db",
			     "SELECT count(*) FROM request_part"),
	    0);
	snprintf(sql, sizeof sql,
	    "SELECT count(*) FROM (SELECT code FROM case_key UNION ALL"
	    " SELECT code FROM pending) WHERE code IN ('%s', '%s')",
	    code, case_code);
	assert_int_equal(number_in("keys.db", sql), 0);
	assert_true(ih_erasure_of(registry, code, &erasure, &err));
	if (!ih_registry_verify(registry, &how, &err))
		fail_msg("%s", err.text);
}

static void
stays_while_the_case_that_came_of_it_may_not_be_destroyed(void **state)
{
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT], case_code[IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	opened_and_closed(registry, code, case_code);
	assert_true(ih_case_move(registry, case_code, IH_FILE, "hold", &err));
	office_world.now += 400 * DAY;
	assert_false(ih_request_destroy(registry, code, &err));
	assert_string_equal(err.code, "E_HELD");
	assert_string_equal(err.text, case_code);
	assert_true(
	    ih_case_move(registry, case_code, IH_FILE, "release", &err));
	assert_true(ih_request_destroy(registry, code, &err));
	/* the case, after it, finds nothing left to take along */
	assert_true(
	    ih_case_move(registry, case_code, IH_FILE, "destroy", &err));
}

static void
is_destroyed_again_when_a_backup_is_put_back(void **state)
{
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT], data[96], keys[96], list[96], back[96];
	struct ih_restored restored;
	struct ih_backup made;
	size_t count = 0;

	(void)state;
	snprintf(data, sizeof data, "%s/data", office_root);
	snprintf(keys, sizeof keys, "%s/keys", office_root);
	snprintf(list, sizeof list, "%s/erased", office_root);
	snprintf(back, sizeof back, "%s/back", office_root);
	{
		IH_OWNED(ih_registry) first = office_open_as("office", &err);
		redirected(first, code, 200);
		if (!ih_backup_make(first, data, keys, NULL, &made, &err))
			fail_msg("%s", err.text);
	}
	{
		IH_OWNED(ih_registry) registry = office_open_as("dpo", &err);
		assert_true(ih_request_destroy(registry, code, &err));
	}
	{
		IH_OWNED(ih_registry) first = office_open_as("office", &err);
		IH_OWNED(ih_buffer)
		erased = ih_erasure_list(first, &count, &err);
		assert_int_equal(count, 1);
		assert_true(
		    ih_file_write(list, erased->data, erased->size, &err));
	}
	const struct ih_restore how = { .folder = back,
		.data = data,
		.keys = keys,
		.erasures = list,
		.login = { "office", PASSPHRASE },
		.library = office_library,
		.any_content = true,
		.world = &office_world };
	if (!ih_backup_restore(&how, &restored, &err))
		fail_msg("%s", err.text);
	assert_int_equal(restored.erased, 1);
	snprintf(office_folder, sizeof office_folder, "%s", back);
	assert_int_equal(number_in("keys.db", "SELECT count(*) FROM case_key"),
	    0);
	assert_int_equal(number_in("registry.db",
			     "SELECT count(*) FROM request_part"),
	    0);
}

/* The program ended after the entry, before the keys were gone. */
static void
is_destroyed_to_the_end_when_the_program_was_cut_short(void **state)
{
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT], sql[256];

	(void)state;
	{
		IH_OWNED(ih_registry) first = office_open_as("office", &err);
		redirected(first, code, 200);
	}
	{
		IH_OWNED(ih_registry) registry = office_open_as("dpo", &err);
		assert_true(ih_request_destroy(registry, code, &err));
	}
	snprintf(sql, sizeof sql,
	    "INSERT INTO pending (code) VALUES ('%s');"
	    "INSERT INTO case_key (code, part, holder, wrapped)"
	    " VALUES ('%s', 'facts', 'facts', zeroblob(92))",
	    code, code);
	tamper("keys.db", sql);
	IH_OWNED(ih_registry) again = office_open_as("office", &err);
	assert_non_null(again);
	assert_int_equal(number_in("keys.db", "SELECT count(*) FROM case_key"),
	    0);
}

/* ---- is it so */

static void
finds_what_was_changed_on_the_disk(void **state)
{
	static const char *const tampering[] = {
		"UPDATE request SET state = 'received'",
		"UPDATE request SET opened_as = (SELECT max(code) FROM"
		" case_file)",
		"UPDATE request_step SET event = 'redirect'",
		"DELETE FROM request_step",
		"UPDATE request_part SET sealed = zeroblob(64)",
		"DELETE FROM request_part WHERE part = 'identity'",
		"UPDATE request_note SET sealed = zeroblob(64)",
		"DELETE FROM request_note",
		"DELETE FROM request_due WHERE clock = 'emergency'",
		"UPDATE request_due SET due = due + 86400",
		"INSERT INTO request_due (code, clock, rank, due, started,"
		" excused) SELECT code, 'other', rank, due, started, 0"
		" FROM request_due WHERE clock = 'request'",
	};

	for (size_t i = 0; i < sizeof tampering / sizeof tampering[0]; i++) {
		struct ih_error err = { 0 };
		char code[IH_CODE_TEXT], case_code[IH_CODE_TEXT];
		const struct ih_verify how = { 0 };

		{
			IH_OWNED(ih_registry) registry = office_open();
			taken(registry, FULL, code);
			add_case(registry, 1, case_code);
			assert_true(
			    ih_request_open(registry, code, case_code, &err));
			add_case(registry, 2, case_code);
			taken(registry,
			    REQUEST("channel='self' danger='no'", ""), code);
			assert_true(ih_request_redirect(registry, code, "cnclt",
			    REASON, &err));
			taken(registry,
			    REQUEST("channel='self' danger='yes'", ""), code);
			due_now(registry, false); /* it is made when asked */
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
		office_end(state);
		office_start(state);
	}
}

int
main(void)
{
#define FRESH(test)                                                            \
	cmocka_unit_test_setup_teardown(test, office_start, office_end)
	const struct CMUnitTest tests[] = {
		FRESH(asks_for_channel_and_danger_and_nothing_else),
		FRESH(refuses_what_is_no_request),
		FRESH(takes_the_same_file_once_and_says_under_which_code),
		FRESH(keeps_who_it_is_apart_from_what_was_told),
		FRESH(leaves_no_name_and_no_number_on_the_disk),
		FRESH(lists_danger_first_then_who_waits_longest),
		FRESH(is_due_until_somebody_has_looked_at_it),
		FRESH(
		    waits_for_every_screener_and_is_read_by_the_one_who_took_it_in),
		FRESH(is_redirected_by_none_but_those_it_was_given_to),
		FRESH(becomes_a_case_that_tells_which_request_it_was),
		FRESH(shows_the_way_elsewhere_for_a_reason),
		FRESH(is_destroyed_by_somebody_else_and_not_before_its_day),
		FRESH(goes_with_the_case_that_came_of_it),
		FRESH(
		    stays_while_the_case_that_came_of_it_may_not_be_destroyed),
		FRESH(is_destroyed_again_when_a_backup_is_put_back),
		FRESH(is_destroyed_to_the_end_when_the_program_was_cut_short),
		FRESH(finds_what_was_changed_on_the_disk),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
