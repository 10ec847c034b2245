#include "test.h"

#include <sys/wait.h>

#include "../../src/registry/query.h"
#include "office.h"

static void
gives_back_each_part_as_it_was_written(void **state)
{
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	add_case(registry, 1, code);
	IH_OWNED(ih_buffer) facts =
	    ih_case_read(registry, code, IH_FACTS, &err);
	IH_OWNED(ih_buffer)
	identity = ih_case_read(registry, code, IH_IDENTITY, &err);
	assert_string_equal((char *)facts->data, FACTS);
	assert_string_equal((char *)identity->data, IDENTITY);
}

static void
has_a_row_that_says_where_it_stands(void **state)
{
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT], again[IH_CODE_TEXT];
	struct ih_case_row row;
	struct ih_case_new fresh = new_case(1);
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	fresh.urgent = true;
	fresh.origin = "YY";
	fresh.part[IH_IDENTITY] = (struct ih_case_part){ NULL, 0 };
	assert_true(ih_case_add(registry, &fresh, code, &err));
	assert_true(ih_code_parse(code, again));
	assert_true(ih_case_row(registry, code, &row, &err));
	assert_string_equal(row.code, code);
	assert_int_equal(row.opened, NOON / 86400);
	assert_int_equal(row.version, 1);
	assert_true(row.urgent);
	assert_true(row.training);
	assert_false(row.held);
	assert_string_equal(row.origin, "YY");
	assert_string_equal(row.their_code, "");
	assert_true(row.has[IH_FACTS]);
	assert_false(row.has[IH_IDENTITY]);
	assert_string_equal(row.state[IH_FILE], "request");
	assert_string_equal(row.state[IH_CONSENT], "none");
}

static void
takes_an_interview_once(void **state)
{
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT], again[IH_CODE_TEXT];
	struct ih_case_new fresh = new_case(1);
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	add_case(registry, 1, code);
	assert_false(ih_case_add(registry, &fresh, again, &err));
	assert_int_equal(err.kind, IH_STATE);
	assert_string_equal(err.code, "E_CASE_EXISTS");
	assert_non_null(strstr(err.text, code));
	assert_string_equal(again, "");
	assert_true(ih_case_of_interview(registry, interview(1), again, &err));
	assert_string_equal(again, code);
	assert_true(ih_case_of_interview(registry, interview(2), again, &err));
	assert_string_equal(again, "");
}

static void
finds_another_code_when_chance_repeats_itself(void **state)
{
	char one[IH_CODE_TEXT], two[IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	office_seed = 99;
	add_case(registry, 1, one);
	office_seed = 99;
	add_case(registry, 2, two);
	assert_string_not_equal(one, two);
}

static void
refuses_what_is_no_case(void **state)
{
	static char large[1];
	static const struct {
		const char *interview, *origin, *their_code;
		size_t size;
	} cases[] = {
		{ NULL, NULL, NULL, 1 },
		{ "", NULL, NULL, 1 },
		{ "00000000-0000-4000-8000-00000000000", NULL, NULL, 1 },
		{ "00000000-0000-4000-8000-00000000000A", NULL, NULL, 1 },
		{ "00000000-0000-4000-8000-000000000001", "Y Y", NULL, 1 },
		{ "00000000-0000-4000-8000-000000000001", "YY", "7KQF", 1 },
		{ "00000000-0000-4000-8000-000000000001", NULL, NULL,
		    IH_PART_MAX + 1 },
	};
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct ih_error err = { 0 };
		char code[IH_CODE_TEXT];
		struct ih_case_new fresh = { .interview = cases[i].interview,
			.training = true,
			.origin = cases[i].origin,
			.their_code = cases[i].their_code };

		fresh.part[IH_FACTS] =
		    (struct ih_case_part){ large, cases[i].size };
		assert_false(ih_case_add(registry, &fresh, code, &err));
		assert_int_equal(err.kind, IH_INPUT);
	}
}

static void
knows_nothing_of_a_code_that_no_case_has(void **state)
{
	struct ih_error err = { 0 };
	struct ih_case_row row;
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	assert_false(ih_case_row(registry, "7KQF-3XMT-R", &row, &err));
	assert_int_equal(err.kind, IH_ABSENT);
	assert_string_equal(err.code, "E_CASE_UNKNOWN");
	assert_null(ih_case_read(registry, "7KQF-3XMT-R", IH_FACTS, &err));
	assert_string_equal(err.code, "E_CASE_UNKNOWN");
	assert_false(
	    ih_case_write(registry, "7KQF-3XMT-R", IH_FACTS, "x", 1, 1, &err));
	assert_string_equal(err.code, "E_CASE_UNKNOWN");
	assert_false(
	    ih_case_move(registry, "7KQF-3XMT-R", IH_FILE, "open", &err));
	assert_string_equal(err.code, "E_CASE_UNKNOWN");
}

static void
writes_a_part_that_was_not_there_and_one_that_was(void **state)
{
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT];
	struct ih_case_row row;
	struct ih_case_new fresh = new_case(1);
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	fresh.part[IH_IDENTITY] = (struct ih_case_part){ NULL, 0 };
	assert_true(ih_case_add(registry, &fresh, code, &err));
	assert_null(ih_case_read(registry, code, IH_IDENTITY, &err));
	assert_int_equal(err.kind, IH_ABSENT);
	assert_true(
	    ih_case_write(registry, code, IH_IDENTITY, "new", 3, 1, &err));
	assert_true(
	    ih_case_write(registry, code, IH_FACTS, "other", 5, 2, &err));
	assert_true(ih_case_row(registry, code, &row, &err));
	assert_int_equal(row.version, 3);
	IH_OWNED(ih_buffer)
	identity = ih_case_read(registry, code, IH_IDENTITY, &err);
	IH_OWNED(ih_buffer) facts =
	    ih_case_read(registry, code, IH_FACTS, &err);
	assert_string_equal((char *)identity->data, "new");
	assert_string_equal((char *)facts->data, "other");
}

static void
does_not_write_over_what_somebody_else_wrote(void **state)
{
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = office_open();
	IH_OWNED(ih_registry) other = office_open();

	(void)state;
	add_case(registry, 1, code);
	assert_true(ih_case_write(other, code, IH_FACTS, "theirs", 6, 1, &err));
	assert_false(
	    ih_case_write(registry, code, IH_FACTS, "ours", 4, 1, &err));
	assert_int_equal(err.kind, IH_STATE);
	assert_string_equal(err.code, "E_CASE_CHANGED");
	IH_OWNED(ih_buffer) facts =
	    ih_case_read(registry, code, IH_FACTS, &err);
	assert_string_equal((char *)facts->data, "theirs");
}

struct told {
	char lines[256];
};

static bool
note_change(const struct ih_case_change *change, void *with)
{
	struct told *told = with;
	size_t used = strlen(told->lines);

	if (change->part < IH_PARTS)
		snprintf(told->lines + used, sizeof told->lines - used,
		    "%s by %s; ", ih_part_names[change->part], change->actor);
	else
		snprintf(told->lines + used, sizeof told->lines - used,
		    "%s %s to %s by %s; ", ih_axis_name(change->axis),
		    change->event, change->to, change->actor);
	return true;
}

static void
says_what_changed_since_a_version_and_by_whom(void **state)
{
	static const char *const expected[] = {
		("facts by other; file open to screening by office; "
		 "identity by office; "),
		"file open to screening by office; identity by office; ",
		"identity by office; ", "", ""
	};
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT], another[IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	office_admit(registry, "other", IH_ROLE_BIT(IH_COMMITTEE_OFFICER));
	IH_OWNED(ih_registry) other = office_open_as("other", &err);
	add_case(registry, 1, code);
	add_case(registry, 2, another);
	assert_true(ih_case_write(other, code, IH_FACTS, "a", 1, 1, &err));
	assert_true(ih_case_write(other, another, IH_FACTS, "a", 1, 1, &err));
	assert_true(ih_case_move(registry, code, IH_FILE, "open", &err));
	assert_true(
	    ih_case_write(registry, code, IH_IDENTITY, "b", 1, 3, &err));
	for (int64_t seen = 1; seen <= 5; seen++) {
		struct told told = { "" };

		assert_true(ih_case_changes(other, code, seen, note_change,
		    &told, &err));
		assert_string_equal(told.lines, expected[seen - 1]);
	}
	assert_false(ih_case_changes(other, "7KQF-3XMT-M", 1, note_change,
	    &(struct told){ "" }, &err));
	assert_string_equal(err.code, "E_CASE_UNKNOWN");
}

enum { TURNS = 40 };

/* Until the other is here too. */
static void
meet(const int *out, const int *in)
{
	char byte = 0;

	if (write(out[1], &byte, 1) != 1 || read(in[0], &byte, 1) != 1)
		_exit(9);
}

/* As often as TURNS: read, one letter more, write over what was read. */
static int
add_letters(const char *code, char letter, const int *out, const int *in)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_registry) registry = office_open_with(PASSPHRASE, &err);

	meet(out, in);
	for (int left = registry != NULL ? TURNS : 0; left > 0;) {
		struct ih_case_row row;

		err = (struct ih_error){ 0 };
		if (!ih_case_row(registry, code, &row, &err))
			return 2;
		IH_OWNED(ih_buffer)
		facts = ih_case_read(registry, code, IH_FACTS, &err);
		if (facts == NULL)
			return 3;
		usleep(2000); /* and the other reads the same */
		ih_buffer_add(facts, &letter, 1);
		if (ih_case_write(registry, code, IH_FACTS, facts->data,
			facts->size, row.version, &err))
			left--;
		else if (strcmp(err.code, "E_CASE_CHANGED") != 0)
			return 4;
	}
	return registry == NULL;
}

static void
loses_nothing_of_what_two_programs_write_to_one_case(void **state)
{
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT];
	int status = 0, here[2], there[2];
	pid_t child;

	(void)state;
	assert_true(pipe(here) == 0 && pipe(there) == 0);
	{
		IH_OWNED(ih_registry) registry = office_open();
		add_case(registry, 1, code);
		assert_true(
		    ih_case_write(registry, code, IH_FACTS, "", 0, 1, &err));
	}
	child = fork();
	if (child == 0)
		_exit(add_letters(code, 'a', there, here));
	assert_int_equal(add_letters(code, 'b', here, there), 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	IH_OWNED(ih_registry) registry = office_open();
	IH_OWNED(ih_buffer)
	facts = ih_case_read(registry, code, IH_FACTS, &err);
	size_t a = 0;
	for (size_t i = 0; i < facts->size; i++)
		a += facts->data[i] == 'a';
	assert_int_equal(a, TURNS);
	assert_int_equal(facts->size, 2 * TURNS);
}

static void
refuses_a_part_put_in_another_place(void **state)
{
	static const char *const moves[] = {
		/* the other part of the same case */
		"UPDATE case_part SET sealed = (SELECT sealed FROM case_part"
		" WHERE part = 'identity' AND code = (SELECT min(code) FROM"
		" case_part)) WHERE part = 'facts'"
		" AND code = (SELECT min(code) FROM case_part)",
		/* the same part of the other case */
		"UPDATE case_part SET sealed = (SELECT sealed FROM case_part"
		" WHERE part = 'facts' AND code = (SELECT max(code) FROM"
		" case_part)) WHERE part = 'facts'"
		" AND code = (SELECT min(code) FROM case_part)",
		/* another version */
		"UPDATE case_part SET version = version + 1",
		/* one byte less */
		"UPDATE case_part SET sealed = substr(sealed, 1,"
		" length(sealed) - 1)",
		"UPDATE case_part SET sealed = x''",
	};

	(void)state;
	for (size_t i = 0; i < sizeof moves / sizeof moves[0]; i++) {
		struct ih_error err = { 0 };
		char one[IH_CODE_TEXT], two[IH_CODE_TEXT];
		void *again = NULL;

		{
			IH_OWNED(ih_registry) registry = office_open();
			add_case(registry, 1, one);
			add_case(registry, 2, two);
			tamper("registry.db", moves[i]);
			assert_null(ih_case_read(registry,
			    strcmp(one, two) < 0 ? one : two, IH_FACTS, &err));
			assert_int_equal(err.kind, IH_TRUST);
		}
		office_end(&again);
		assert_int_equal(office_start(&again), 0);
	}
}

static void
reads_no_part_whose_key_was_destroyed(void **state)
{
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	add_case(registry, 1, code);
	tamper("keys.db", "DELETE FROM case_key WHERE part = 'identity'");
	assert_null(ih_case_read(registry, code, IH_IDENTITY, &err));
	assert_int_equal(err.kind, IH_ABSENT);
	IH_OWNED(ih_buffer) facts =
	    ih_case_read(registry, code, IH_FACTS, &err);
	assert_non_null(facts);
}

static void
reads_no_part_whose_compartment_the_user_does_not_hold(void **state)
{
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT];

	(void)state;
	{
		IH_OWNED(ih_registry) registry = office_open();
		add_case(registry, 1, code);
	}
	tamper("keys.db", "DELETE FROM holding WHERE compartment IN"
			  " ('identity', 'emergency')");
	IH_OWNED(ih_registry) registry = office_open();
	assert_null(ih_case_read(registry, code, IH_IDENTITY, &err));
	assert_int_equal(err.kind, IH_DENIED);
	assert_string_equal(err.code, "E_NOT_HELD");
	IH_OWNED(ih_buffer) facts =
	    ih_case_read(registry, code, IH_FACTS, &err);
	assert_non_null(facts);
}

static bool
collect(const struct ih_case_row *row, void *with)
{
	char(*codes)[IH_CODE_TEXT] = with;

	while ((*codes)[0] != '\0')
		codes++;
	memcpy(*codes, row->code, IH_CODE_TEXT);
	return true;
}

static void
lists_cases_by_day_then_code(void **state)
{
	struct ih_error err = { 0 };
	char codes[5][IH_CODE_TEXT] = { "" }, seen[6][IH_CODE_TEXT] = { "" };
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	for (unsigned i = 0; i < 5; i++) {
		struct ih_case_new fresh = new_case(i);

		fresh.opened = NOON - (int64_t)(i / 2) * 86400;
		assert_true(ih_case_add(registry, &fresh, codes[i], &err));
	}
	assert_true(ih_case_each(registry, collect, seen, &err));
	assert_string_equal(seen[0], codes[4]);
	assert_true(strcmp(seen[1], seen[2]) < 0);
	assert_true(strcmp(seen[3], seen[4]) < 0);
	assert_string_equal(seen[5], "");
}

static bool
stop_at_once(const struct ih_case_row *row, void *with)
{
	(void)row;
	++*(int *)with;
	return false;
}

static void
stops_a_list_when_asked(void **state)
{
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT];
	int seen = 0;
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	add_case(registry, 1, code);
	add_case(registry, 2, code);
	assert_true(ih_case_each(registry, stop_at_once, &seen, &err));
	assert_int_equal(seen, 1);
}

/* ---- moves */

static void
moves_a_case_as_the_lifecycle_says(void **state)
{
	static const struct {
		enum ih_axis axis;
		const char *event, *state;
	} steps[] = {
		{ IH_FILE, "open", "screening" },
		{ IH_FILE, "danger", "screening" },
		{ IH_FILE, "finalise", "review" },
		{ IH_FILE, "confirm-possible", "referred-for-determination" },
		{ IH_DETERMINATION, "confirm-possible", "possible" },
		/* support does not wait for a determination */
		{ IH_FILE, "start-support", "support" },
		{ IH_DETERMINATION, "presume", "presumed" },
		{ IH_CONSENT, "ask", "asked" },
		{ IH_CONSENT, "give", "given" },
		{ IH_REFERRAL, "draft", "draft" },
		{ IH_CONSENT, "withdraw", "withdrawn" },
	};
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT];
	struct ih_case_row row;
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	add_case(registry, 1, code);
	for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
		if (!ih_case_move(registry, code, steps[i].axis, steps[i].event,
			&err))
			fail_msg("%s", err.text);
		assert_true(ih_case_row(registry, code, &row, &err));
		assert_string_equal(row.state[steps[i].axis], steps[i].state);
		assert_int_equal(row.version, i + 2);
	}
	assert_true(row.urgent);
}

static void
refuses_every_move_that_the_lifecycle_has_not(void **state)
{
	static const struct {
		enum ih_axis axis;
		const char *event, *said;
	} cases[] = {
		{ IH_FILE, "approve-closure", "approve-closure" },
		{ IH_FILE, "destroy", "request" },
		{ IH_FILE, "Personne Exemple Sept", "this event" },
		{ IH_FILE, "", "axis file" },
		{ IH_DETERMINATION, "confirm", "axis determination" },
		{ IH_REFERRAL, "revoke", "axis referral" },
		{ IH_CONSENT, "withdraw", "axis consent" },
	};
	char code[IH_CODE_TEXT];
	struct ih_case_row row;
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	add_case(registry, 1, code);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct ih_error err = { 0 };

		assert_false(ih_case_move(registry, code, cases[i].axis,
		    cases[i].event, &err));
		assert_int_equal(err.kind, IH_STATE);
		assert_string_equal(err.code, "E_MOVE");
		assert_non_null(strstr(err.text, cases[i].said));
		assert_null(strstr(err.text, "Personne"));
		assert_true(ih_case_row(registry, code, &row, &err));
		assert_int_equal(row.version, 1);
	}
}

/* Revoking what is done was possible in a system before this one. */
static void
allows_exactly_the_moves_of_the_table(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_lifecycle)
	lifecycle = ih_lifecycle_read(office_library, &err);

	(void)state;
	assert_non_null(lifecycle);
	for (int a = 0; a < IH_AXES; a++) {
		size_t count = 0;
		const struct ih_move *moves =
		    ih_lifecycle_moves(lifecycle, (enum ih_axis)a, &count);
		enum ih_axis again;

		assert_true(count > 0);
		assert_true(
		    ih_axis_parse(ih_axis_name((enum ih_axis)a), &again));
		assert_int_equal(again, a);
		for (size_t i = 0; i < count; i++)
			assert_ptr_equal(ih_lifecycle_move(lifecycle,
					     (enum ih_axis)a, moves[i].from,
					     moves[i].event),
			    &moves[i]);
	}
	assert_null(
	    ih_lifecycle_move(lifecycle, IH_REFERRAL, "done", "revoke"));
	assert_null(
	    ih_lifecycle_move(lifecycle, IH_FILE, "destroyed", "reopen"));
	assert_true(ih_lifecycle_move(lifecycle, IH_FILE, "closed", "destroy")
			->not_held);
	assert_true(
	    ih_lifecycle_move(lifecycle, IH_FILE, "review", "no-indication")
		->four_eyes);
}

static void
does_not_destroy_a_case_under_legal_hold(void **state)
{
	static const char *const events[] = { "open", "finalise",
		"no-indication", "hold" };
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT];
	struct ih_case_row row;
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	add_case(registry, 1, code);
	for (size_t i = 0; i < sizeof events / sizeof events[0]; i++)
		assert_true(
		    ih_case_move(registry, code, IH_FILE, events[i], &err));
	assert_true(ih_case_row(registry, code, &row, &err));
	assert_true(row.held);
	assert_false(ih_case_move(registry, code, IH_FILE, "destroy", &err));
	assert_string_equal(err.code, "E_HELD");
	assert_true(ih_case_move(registry, code, IH_FILE, "release", &err));
	assert_true(ih_case_move(registry, code, IH_FILE, "destroy", &err));
}

static void
asks_for_a_second_pair_of_eyes_once_there_is_one(void **state)
{
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	add_case(registry, 1, code);
	office_admit(registry, "second", IH_ROLE_BIT(IH_SUPERVISOR));
	assert_true(ih_case_move(registry, code, IH_FILE, "open", &err));
	assert_true(ih_case_move(registry, code, IH_FILE, "finalise", &err));
	assert_false(
	    ih_case_move(registry, code, IH_FILE, "no-indication", &err));
	assert_int_equal(err.kind, IH_STATE);
	assert_string_equal(err.code, "E_FOUR_EYES");
	assert_true(ih_case_move(registry, code, IH_FILE, "return", &err));
}

static bool
append_step(const struct ih_case_step *step, void *with)
{
	size_t used = strlen(with);

	snprintf((char *)with + used, 400 - used, "%s %s: %s > %s by %s\n",
	    ih_axis_name(step->axis), step->event, step->from, step->to,
	    step->actor);
	return true;
}

static void
tells_how_a_case_came_where_it_is(void **state)
{
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT], told[400] = "";
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	add_case(registry, 1, code);
	assert_true(ih_case_move(registry, code, IH_FILE, "open", &err));
	assert_true(ih_case_move(registry, code, IH_CONSENT, "ask", &err));
	assert_true(ih_case_steps(registry, code, append_step, told, &err));
	assert_string_equal(told, "file open: request > screening by office\n"
				  "consent ask: none > asked by office\n");
}

/* ---- a lifecycle that is not one */

static void
write_lifecycle(const char *from, const char *to)
{
	char path[160], line[1024];
	FILE *in = fopen("xml/lifecycle/case.xml", "r");
	FILE *out;

	snprintf(path, sizeof path, "%s/xml/lifecycle/case.xml", office_root);
	out = fopen(path, "w");
	while (fgets(line, sizeof line, in) != NULL) {
		char *at = strstr(line, from);

		if (at != NULL)
			fprintf(out, "%.*s%s%s", (int)(at - line), line, to,
			    at + strlen(from));
		else
			fputs(line, out);
	}
	fclose(in);
	fclose(out);
}

static void
refuses_a_lifecycle_that_cannot_be_lived(void **state)
{
	static const struct {
		const char *from, *to, *said;
	} slips[] = {
		{ "<state id=\"review\"/>", "", "not there" },
		{ "<state id=\"review\"/>",
		    "<state id=\"review\"/><state id=\"review\"/>", "already" },
		{ "<state id=\"review\"/>",
		    "<state id=\"review\"/><state id=\"alone\"/>",
		    "never reached" },
		{ "start=\"request\"", "start=\"nowhere\"", "starts" },
		{ "event=\"redirect\"", "event=\"open\"", "for this state" },
		{ "starts=\"file:redirect\" years",
		    "starts=\"file:fade\" years", "does not have" },
		{ "starts=\"file:redirect\" years",
		    "starts=\"file:transfer\" years", "another class" },
		{ "role=\"supervisor\"", "role=\"administrator\"", "" },
		{ "<axis id=\"consent\"", "<axis id=\"mood\"", "" },
	};
	char command[200];

	(void)state;
	snprintf(command, sizeof command,
	    "mkdir -p %s/xml/lifecycle && cp -R xml/schema %s/xml/",
	    office_root, office_root);
	assert_int_equal(system(command), 0); /* NOLINT(cert-env33-c) */
	for (size_t i = 0; i < sizeof slips / sizeof slips[0]; i++) {
		struct ih_error err = { 0 };
		IH_OWNED(ih_library)
		library = ih_library_open(office_root, &err);

		write_lifecycle(slips[i].from, slips[i].to);
		assert_non_null(library);
		assert_null(ih_lifecycle_read(library, &err));
		assert_int_equal(err.kind, IH_INPUT);
		assert_non_null(strstr(err.text, "lifecycle/case.xml:"));
		assert_non_null(strstr(err.text, slips[i].said));
	}
}

#define FRESH(function)                                                        \
	cmocka_unit_test_setup_teardown(function, office_start, office_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FRESH(gives_back_each_part_as_it_was_written),
		FRESH(has_a_row_that_says_where_it_stands),
		FRESH(takes_an_interview_once),
		FRESH(finds_another_code_when_chance_repeats_itself),
		FRESH(refuses_what_is_no_case),
		FRESH(knows_nothing_of_a_code_that_no_case_has),
		FRESH(writes_a_part_that_was_not_there_and_one_that_was),
		FRESH(does_not_write_over_what_somebody_else_wrote),
		FRESH(says_what_changed_since_a_version_and_by_whom),
		FRESH(loses_nothing_of_what_two_programs_write_to_one_case),
		FRESH(refuses_a_part_put_in_another_place),
		FRESH(reads_no_part_whose_key_was_destroyed),
		FRESH(reads_no_part_whose_compartment_the_user_does_not_hold),
		FRESH(lists_cases_by_day_then_code),
		FRESH(stops_a_list_when_asked),
		FRESH(moves_a_case_as_the_lifecycle_says),
		FRESH(refuses_every_move_that_the_lifecycle_has_not),
		FRESH(allows_exactly_the_moves_of_the_table),
		FRESH(does_not_destroy_a_case_under_legal_hold),
		FRESH(asks_for_a_second_pair_of_eyes_once_there_is_one),
		FRESH(tells_how_a_case_came_where_it_is),
		FRESH(refuses_a_lifecycle_that_cannot_be_lived),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
