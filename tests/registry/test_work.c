/* What is due follows each move, and a delay never stops showing. */
#include "test.h"

#include "office.h"

#include "ihala/verify.h"
#include "ihala/work.h"

#define DAYS INT64_C(86400)
#define REASON "the interpreter was ill"

#define FRESH(test)                                                            \
	cmocka_unit_test_setup_teardown(test, office_start, office_end)

/* The list as text: "CLOCK DAYS-LEFT[!]" of each, "!" where it is paused. */
struct seen {
	struct ih_registry *registry;
	char text[400];
	char first[IH_CODE_TEXT];
	size_t count;
	bool excused;
};

static bool
see(const struct ih_work *work, void *with)
{
	struct seen *seen = with;
	size_t used = strlen(seen->text);

	if (seen->count++ == 0)
		snprintf(seen->first, sizeof seen->first, "%s", work->code);
	seen->excused |= work->excused;
	snprintf(seen->text + used, sizeof seen->text - used, "%s%s %lld%s",
	    used > 0 ? ", " : "", work->clock->id,
	    (long long)ih_clock_days_left(work->run.due, office_world.now),
	    work->run.is_paused ? "!" : "");
	return true;
}

static const char *
list(struct ih_registry *registry, const struct ih_work_asked *asked)
{
	static struct seen seen;
	static struct ih_error err;

	seen = (struct seen){ 0 };
	err = (struct ih_error){ 0 };
	if (!ih_work_each(registry, asked, see, &seen, &err))
		return err.code[0] != '\0' ? err.code : err.text;
	return seen.text;
}

static const char *
all(struct ih_registry *registry)
{
	return list(registry, &(const struct ih_work_asked){ 0 });
}

static void
move(struct ih_registry *registry, const char *code, enum ih_axis axis,
    const char *event)
{
	struct ih_error err = { 0 };

	if (!ih_case_move(registry, code, axis, event, &err))
		fail_msg("%s: %s %s", event, err.code, err.text);
}

/* Office XX has no weekend and no holiday: every day is worked. */
static void
shows_what_is_due_after_each_move(void **state)
{
	char code[IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	assert_string_equal(all(registry), "");
	add_case(registry, 1, code);
	assert_string_equal(all(registry), "request 2");
	move(registry, code, IH_FILE, "open");
	assert_string_equal(all(registry), "screening 10");
	office_world.now += 3 * DAYS;
	move(registry, code, IH_FILE, "suspend");
	assert_string_equal(all(registry), "screening 7!");
	office_world.now += 30 * DAYS;
	move(registry, code, IH_FILE, "resume");
	assert_string_equal(all(registry), "screening 7");
	move(registry, code, IH_FILE, "danger");
	assert_string_equal(all(registry), "emergency 1, screening 7");
	move(registry, code, IH_FILE, "safe");
	move(registry, code, IH_FILE, "finalise");
	assert_string_equal(all(registry), "review 5");
	move(registry, code, IH_FILE, "no-indication");
	assert_string_equal(all(registry), "");
}

static void
puts_the_urgent_first_then_the_overdue_then_the_due(void **state)
{
	char code[IH_CODE_TEXT], urgent[IH_CODE_TEXT];
	struct ih_error err = { 0 };
	struct ih_case_new fresh;
	struct seen seen = { 0 };
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	add_case(registry, 1, code);
	move(registry, code, IH_FILE, "open");
	office_world.now += 12 * DAYS;
	add_case(registry, 2, code);
	fresh = new_case(3);
	fresh.urgent = true;
	assert_true(ih_case_add(registry, &fresh, urgent, &err));
	assert_string_equal(all(registry),
	    "emergency 1, screening -2, request 2, request 2");
	assert_true(ih_work_each(registry, &(const struct ih_work_asked){ 0 },
	    see, &seen, &err));
	assert_string_equal(seen.first, urgent);
}

static void
lists_only_what_was_asked_for(void **state)
{
	char code[IH_CODE_TEXT];
	struct ih_work_asked asked = { .bounded = true, .from = INT64_MIN };
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	add_case(registry, 1, code);
	move(registry, code, IH_FILE, "open");
	office_world.now += 12 * DAYS;
	add_case(registry, 2, code);
	move(registry, code, IH_FILE, "open");
	move(registry, code, IH_FILE, "suspend");
	add_case(registry, 3, code);
	asked.to = office_world.now - 1;
	assert_string_equal(list(registry, &asked), "screening -2");
	asked.from = office_world.now;
	asked.to = office_world.now + 7 * DAYS;
	assert_string_equal(list(registry, &asked), "request 2");
	assert_string_equal(
	    list(registry, &(const struct ih_work_asked){ .awaiting = true }),
	    "");
	assert_string_equal(list(registry,
				&(const struct ih_work_asked){ .mine = true }),
	    "");
}

static void
shows_each_user_the_cases_that_were_given_to_them(void **state)
{
	char mine[IH_CODE_TEXT], other[IH_CODE_TEXT];
	struct ih_error err = { 0 };

	(void)state;
	{
		IH_OWNED(ih_registry) registry = office_open();

		add_case(registry, 1, mine);
		add_case(registry, 2, other);
		office_admit(registry, "worker", IH_ROLE_BIT(IH_CASE_WORKER));
		assert_true(ih_case_assign(registry, mine, "worker", &err));
	}
	IH_OWNED(ih_registry) worker = office_open_as("worker", &err);
	struct seen seen = { 0 };
	assert_non_null(worker);
	assert_true(ih_work_each(worker, &(const struct ih_work_asked){ 0 },
	    see, &seen, &err));
	assert_int_equal(seen.count, 1);
	assert_string_equal(seen.first, mine);
}

static void
shows_nothing_to_whom_no_case_concerns(void **state)
{
	struct ih_error err = { 0 };

	(void)state;
	{
		IH_OWNED(ih_registry) registry = office_open();

		office_admit(registry, "keeper", IH_ROLE_BIT(IH_ADMINISTRATOR));
	}
	IH_OWNED(ih_registry) keeper = office_open_as("keeper", &err);
	IH_OWNED(ih_registry) locked = office_open_with(NULL, &err);
	assert_string_equal(all(keeper), "E_ROLE");
	assert_string_equal(all(locked), "E_PASSPHRASE");
}

/* ---- why it is late */

static bool
see_reason(const struct ih_excuse *excuse, void *with)
{
	struct seen *seen = with;

	snprintf(seen->text, sizeof seen->text, "%s %s %s", excuse->clock,
	    excuse->user, excuse->reason);
	seen->count++;
	return true;
}

static const char *
excuse(struct ih_registry *registry, const char *code, const char *clock,
    const char *reason)
{
	static struct ih_error err;

	err = (struct ih_error){ 0 };
	return ih_clock_excuse(registry, code, clock, reason, &err) ? "" :
								      err.code;
}

static void
explains_a_delay_without_hiding_it(void **state)
{
	char code[IH_CODE_TEXT];
	struct ih_error err = { 0 };
	struct seen seen = { 0 }, told = { 0 };
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	add_case(registry, 1, code);
	assert_string_equal(excuse(registry, code, "request", REASON),
	    "E_CLOCK_IN_TIME");
	office_world.now += 5 * DAYS;
	assert_string_equal(excuse(registry, code, "review", REASON),
	    "E_CLOCK_UNKNOWN");
	assert_string_equal(excuse(registry, code, "request", "ill"),
	    "E_REASON");
	assert_string_equal(excuse(registry, "0000-0000-0", "request", REASON),
	    "E_CASE_UNKNOWN");
	assert_string_equal(excuse(registry, code, "request", REASON), "");
	assert_string_equal(all(registry), "request -3");
	assert_true(ih_work_of_case(registry, code, see, &seen, &err));
	assert_true(seen.excused);
	assert_true(ih_excuse_each(registry, code, see_reason, &told, &err));
	assert_string_equal(told.text, "request office " REASON);
	/* and after it is done, it was late */
	move(registry, code, IH_FILE, "open");
	assert_string_equal(excuse(registry, code, "request", REASON), "");
}

static void
notices_a_reason_that_was_put_in_the_place_of_another(void **state)
{
	char code[IH_CODE_TEXT];
	struct ih_error err = { 0 };
	struct seen told = { 0 };
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	add_case(registry, 1, code);
	office_world.now += 30 * DAYS;
	move(registry, code, IH_FILE, "open");
	assert_string_equal(excuse(registry, code, "request", REASON), "");
	tamper("registry.db", "UPDATE excuse SET clock = 'screening'");
	assert_false(ih_excuse_each(registry, code, see_reason, &told, &err));
	assert_int_equal(err.kind, IH_TRUST);
}

static void
finds_a_reason_that_was_changed_or_taken_away(void **state)
{
	static const char *const changes[] = {
		"UPDATE excuse SET sealed = zeroblob(64)",
		"UPDATE excuse SET clock = 'screening'",
		"UPDATE excuse SET entry = 0",
		"DELETE FROM excuse",
	};
	const struct ih_verify how = { 0 };
	char code[IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	add_case(registry, 1, code);
	office_world.now += 30 * DAYS;
	move(registry, code, IH_FILE, "open");
	assert_string_equal(excuse(registry, code, "request", REASON), "");
	tamper("registry.db", "CREATE TABLE was AS SELECT * FROM excuse");
	for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
		struct ih_error err = { 0 };

		tamper("registry.db",
		    "DELETE FROM excuse; INSERT INTO excuse SELECT * FROM was");
		if (!ih_registry_verify(registry, &how, &err))
			fail_msg("%s", err.text);
		tamper("registry.db", changes[i]);
		if (ih_registry_verify(registry, &how, &err))
			fail_msg("%s", changes[i]);
		assert_int_equal(err.kind, IH_TRUST);
	}
}

static void
keeps_nothing_of_a_case_that_was_destroyed(void **state)
{
	char code[IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	add_case(registry, 1, code);
	office_world.now += 30 * DAYS;
	assert_string_equal(excuse(registry, code, "request", REASON), "");
	move(registry, code, IH_FILE, "open");
	move(registry, code, IH_FILE, "finalise");
	move(registry, code, IH_FILE, "no-indication");
	move(registry, code, IH_FILE, "destroy");
	assert_int_equal(number_in("registry.db",
			     "SELECT count(*) FROM excuse"),
	    0);
	assert_int_equal(number_in("registry.db", "SELECT count(*) FROM due"),
	    0);
}

/* ---- made anew */

static void
makes_the_list_anew_for_another_pack(void **state)
{
	char code[IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	add_case(registry, 1, code);
	assert_string_equal(all(registry), "request 2");
	tamper("registry.db", "DELETE FROM due; UPDATE due_made SET"
			      " sequence = 7");
	assert_string_equal(all(registry), "request 2");
}

static const char *const hidden[] = {
	"DELETE FROM due",
	"UPDATE due SET due = due + 86400",
	"UPDATE due SET rank = 2",
	"INSERT INTO due SELECT code, 'review', 1, 0, 0, 0 FROM due",
};

static void
finds_a_delay_that_was_hidden_on_the_disk(void **state)
{
	char code[IH_CODE_TEXT];
	const struct ih_verify how = { 0 };
	struct ih_error err = { 0 };
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	add_case(registry, 1, code);
	assert_string_equal(all(registry), "request 2");
	for (size_t i = 0; i < sizeof hidden / sizeof hidden[0]; i++) {
		tamper("registry.db", hidden[i]);
		assert_false(ih_registry_verify(registry, &how, &err));
		/* of another pack it is no lie: it will be made anew */
		tamper("registry.db", "UPDATE due_made SET sequence = 7");
		assert_true(ih_registry_verify(registry, &how, &err));
		assert_true(strstr(all(registry), "request 2") != NULL);
		assert_true(ih_registry_verify(registry, &how, &err));
	}
}

/* ---- the table of clocks */

static bool
is_ended_by(const struct ih_clock *clock, const char *asked)
{
	char axis[IH_CLOCK_WORD], event[IH_CLOCK_WORD];
	const char *list = clock->ends;

	while ((list = ih_clock_next_event(list, axis, event)) != NULL)
		if (strcmp(axis, "file") == 0 && strcmp(event, asked) == 0)
			return true;
	return false;
}

static void
leaves_no_clock_running_in_a_case_that_is_gone(void **state)
{
	static const char *const gone[] = { "transfer", "destroy",
		"destroy-again" };
	struct ih_error err = { 0 };
	size_t count;
	IH_OWNED(ih_lifecycle)
	lifecycle = ih_lifecycle_read(office_library, &err);
	const struct ih_clock *clocks = ih_lifecycle_clocks(lifecycle, &count);

	(void)state;
	assert_true(count > 10);
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < sizeof gone / sizeof gone[0]; k++)
			if (!is_ended_by(&clocks[i], gone[k]))
				fail_msg("%s runs after %s", clocks[i].id,
				    gone[k]);
}

/* Nobody has confirmed a number, and none may look as if. */
static void
says_of_every_number_that_it_is_project_policy(void **state)
{
	struct ih_error err = { 0 };
	size_t count;
	IH_OWNED(ih_lifecycle)
	lifecycle = ih_lifecycle_read(office_library, &err);
	const struct ih_clock *clocks = ih_lifecycle_clocks(lifecycle, &count);

	(void)state;
	for (size_t i = 0; i < count; i++) {
		assert_string_equal(clocks[i].status, "project-policy");
		for (int lang = 0; lang < IH_LANGS; lang++)
			assert_non_null(clocks[i].text.in[lang]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FRESH(shows_what_is_due_after_each_move),
		FRESH(puts_the_urgent_first_then_the_overdue_then_the_due),
		FRESH(lists_only_what_was_asked_for),
		FRESH(shows_each_user_the_cases_that_were_given_to_them),
		FRESH(shows_nothing_to_whom_no_case_concerns),
		FRESH(explains_a_delay_without_hiding_it),
		FRESH(notices_a_reason_that_was_put_in_the_place_of_another),
		FRESH(finds_a_reason_that_was_changed_or_taken_away),
		FRESH(keeps_nothing_of_a_case_that_was_destroyed),
		FRESH(makes_the_list_anew_for_another_pack),
		FRESH(finds_a_delay_that_was_hidden_on_the_disk),
		FRESH(leaves_no_clock_running_in_a_case_that_is_gone),
		FRESH(says_of_every_number_that_it_is_project_policy),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
