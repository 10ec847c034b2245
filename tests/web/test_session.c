#include "test.h"

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "ihala/session.h"

#define MORNING INT64_C(1000000)

static uint64_t seed;
static struct ih_world world;

/* One end of a pair; the other in OTHER, where the end of a session shows. */
static int
a_desk(int *other)
{
	int ends[2];

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	*other = ends[1];
	return ends[0];
}

static bool
is_closed(int other)
{
	char byte;

	return recv(other, &byte, 1, MSG_DONTWAIT) == 0;
}

static int
set_up(void **state)
{
	seed = 7;
	world = ih_world_fixed(MORNING, &seed);
	*state = ih_sessions_new(&world);
	return 0;
}

static int
tear_down(void **state)
{
	ih_sessions_free(*state);
	return 0;
}

static enum ih_session_found
found(struct ih_sessions *sessions, int64_t now, const char *token)
{
	struct ih_session *held = NULL;
	enum ih_session_found found =
	    ih_session_take(sessions, now, token, &held);

	assert_int_equal(held != NULL, found == IH_SESSION_HELD);
	if (held != NULL)
		ih_session_let_go(held, false);
	return found;
}

static void
is_found_by_its_token_and_by_no_other(void **state)
{
	struct ih_sessions *sessions = *state;
	char token[IH_TOKEN_TEXT], other[IH_TOKEN_TEXT];
	struct ih_session *held;
	int far;
	int fd = a_desk(&far);

	assert_true(ih_session_begin(sessions, MORNING, fd, "anna", token));
	assert_int_equal(strlen(token), IH_TOKEN_TEXT - 1);
	assert_int_equal(strspn(token, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklm"
				       "nopqrstuvwxyz0123456789-_"),
	    IH_TOKEN_TEXT - 1);
	assert_int_equal(ih_session_take(sessions, MORNING, token, &held),
	    IH_SESSION_HELD);
	assert_int_equal(ih_session_desk(held), fd);
	ih_session_let_go(held, false);
	memcpy(other, token, sizeof other);
	other[0] = other[0] == 'A' ? 'B' : 'A';
	assert_int_equal(found(sessions, MORNING, other), IH_SESSION_NONE);
	assert_int_equal(found(sessions, MORNING, ""), IH_SESSION_NONE);
	close(far);
}

static void
each_token_is_another(void **state)
{
	char tokens[20][IH_TOKEN_TEXT];
	int far[20];

	for (int i = 0; i < 20; i++) {
		char name[8];

		snprintf(name, sizeof name, "u%d", i);
		assert_true(ih_session_begin(*state, MORNING, a_desk(&far[i]),
		    name, tokens[i]));
		for (int k = 0; k < i; k++)
			assert_string_not_equal(tokens[i], tokens[k]);
	}
	for (int i = 0; i < 20; i++)
		close(far[i]);
}

static void
ends_after_a_quarter_of_an_hour_without_a_request(void **state)
{
	char token[IH_TOKEN_TEXT];
	int far;

	assert_true(
	    ih_session_begin(*state, MORNING, a_desk(&far), "anna", token));
	assert_int_equal(found(*state, MORNING + 900, token), IH_SESSION_HELD);
	assert_true(ih_session_lives(*state, MORNING + 1800, token));
	/* to look whether it lives does not keep it alive */
	assert_int_equal(found(*state, MORNING + 1801, token), IH_SESSION_NONE);
	assert_true(is_closed(far));
	close(far);
}

static void
ends_after_eight_hours_however_busy(void **state)
{
	char token[IH_TOKEN_TEXT];
	int64_t at = MORNING;
	int far;

	assert_true(
	    ih_session_begin(*state, MORNING, a_desk(&far), "anna", token));
	for (; at <= MORNING + 28800; at += 600)
		assert_int_equal(found(*state, at, token), IH_SESSION_HELD);
	assert_int_equal(found(*state, MORNING + 28801, token),
	    IH_SESSION_NONE);
	assert_true(is_closed(far));
	close(far);
}

static void
what_is_over_is_swept_though_nobody_asks_for_it(void **state)
{
	char token[IH_TOKEN_TEXT];
	int far;

	assert_true(
	    ih_session_begin(*state, MORNING, a_desk(&far), "anna", token));
	assert_int_equal(ih_sessions_sweep(*state, MORNING + 900), 1);
	assert_false(is_closed(far));
	assert_int_equal(ih_sessions_sweep(*state, MORNING + 901), 0);
	assert_true(is_closed(far));
	close(far);
}

static void
one_request_at_a_time_is_in_it(void **state)
{
	char token[IH_TOKEN_TEXT];
	struct ih_session *held, *second = NULL;
	int far;

	assert_true(
	    ih_session_begin(*state, MORNING, a_desk(&far), "anna", token));
	assert_int_equal(ih_session_take(*state, MORNING, token, &held),
	    IH_SESSION_HELD);
	assert_int_equal(ih_session_take(*state, MORNING, token, &second),
	    IH_SESSION_BUSY);
	assert_null(second);
	ih_session_let_go(held, false);
	assert_int_equal(found(*state, MORNING, token), IH_SESSION_HELD);
	close(far);
}

static void
whoever_leaves_is_gone_though_a_request_is_under_way(void **state)
{
	char token[IH_TOKEN_TEXT];
	struct ih_session *held;
	int far;

	assert_true(
	    ih_session_begin(*state, MORNING, a_desk(&far), "anna", token));
	assert_int_equal(ih_session_take(*state, MORNING, token, &held),
	    IH_SESSION_HELD);
	ih_session_end(*state, token);
	assert_int_equal(found(*state, MORNING, token), IH_SESSION_NONE);
	assert_false(ih_session_lives(*state, MORNING, token));
	/* what is under way is not torn apart */
	assert_false(is_closed(far));
	ih_session_let_go(held, false);
	assert_true(is_closed(far));
	close(far);
	ih_session_end(*state, token);
	ih_session_end(*state, "of nobody");
}

static void
a_desk_that_died_ends_it(void **state)
{
	char token[IH_TOKEN_TEXT];
	struct ih_session *held;
	int far;

	assert_true(
	    ih_session_begin(*state, MORNING, a_desk(&far), "anna", token));
	assert_int_equal(ih_session_take(*state, MORNING, token, &held),
	    IH_SESSION_HELD);
	ih_session_let_go(held, true);
	assert_true(is_closed(far));
	assert_int_equal(found(*state, MORNING, token), IH_SESSION_NONE);
	close(far);
}

static void
an_account_has_eight_and_the_oldest_goes_first(void **state)
{
	char token[IH_SESSIONS_OF_ONE + 1][IH_TOKEN_TEXT], other[IH_TOKEN_TEXT];
	int far[IH_SESSIONS_OF_ONE + 1], others;

	assert_true(
	    ih_session_begin(*state, MORNING, a_desk(&others), "b", other));
	for (int i = 0; i < IH_SESSIONS_OF_ONE; i++)
		assert_true(ih_session_begin(*state, MORNING + i,
		    a_desk(&far[i]), "anna", token[i]));
	/* the first was used again: the second is the oldest */
	assert_int_equal(found(*state, MORNING + 20, token[0]),
	    IH_SESSION_HELD);
	assert_true(ih_session_begin(*state, MORNING + 30,
	    a_desk(&far[IH_SESSIONS_OF_ONE]), "anna",
	    token[IH_SESSIONS_OF_ONE]));
	for (int i = 0; i <= IH_SESSIONS_OF_ONE; i++)
		assert_int_equal(ih_session_lives(*state, MORNING + 30,
				     token[i]),
		    i != 1);
	assert_true(is_closed(far[1]));
	assert_true(ih_session_lives(*state, MORNING + 30, other));
	for (int i = 0; i <= IH_SESSIONS_OF_ONE; i++)
		close(far[i]);
	close(others);
}

static void
there_is_room_for_so_many_and_no_more(void **state)
{
	char token[IH_TOKEN_TEXT], name[8];
	int far, none = dup(0);

	for (int i = 0; i < IH_SESSIONS_MOST; i++) {
		snprintf(name, sizeof name, "u%d", i);
		assert_true(
		    ih_session_begin(*state, MORNING, dup(none), name, token));
	}
	assert_false(ih_session_begin(*state, MORNING, none, "late", token));
	assert_int_equal(ih_sessions_sweep(*state, MORNING), IH_SESSIONS_MOST);
	assert_int_equal(ih_sessions_sweep(*state, MORNING + 901), 0);
	assert_true(ih_session_begin(*state, MORNING + 901, a_desk(&far),
	    "late", token));
	close(far);
	close(none);
}

static void
a_form_brings_what_only_its_session_knows(void **state)
{
	char token[IH_TOKEN_TEXT], other[IH_TOKEN_TEXT], form[IH_TOKEN_TEXT];
	char others[IH_TOKEN_TEXT];
	int far, far2;

	assert_true(
	    ih_session_begin(*state, MORNING, a_desk(&far), "anna", token));
	assert_true(
	    ih_session_begin(*state, MORNING, a_desk(&far2), "anna", other));
	ih_session_form_token(token, form);
	ih_session_form_token(other, others);
	assert_string_not_equal(form, token);
	assert_true(ih_session_is_form(form, form));
	assert_false(ih_session_is_form(others, form));
	assert_false(ih_session_is_form(form, token));
	assert_false(ih_session_is_form(form, ""));
	for (size_t i = 0; i < IH_TOKEN_TEXT - 1; i++) {
		char forged[IH_TOKEN_TEXT];

		memcpy(forged, form, sizeof forged);
		forged[i] = forged[i] == 'A' ? 'B' : 'A';
		assert_false(ih_session_is_form(form, forged));
		memcpy(forged, form, sizeof forged);
		forged[i] = '\0';
		assert_false(ih_session_is_form(form, forged));
	}
	close(far);
	close(far2);
}

/* ---- who tries passphrases */

static void
fail_times(struct ih_sessions *sessions, int64_t now, const char *name, int n)
{
	for (int i = 0; i < n; i++)
		ih_session_tried(sessions, now, name, false);
}

static void
the_third_failure_costs_and_each_more_twice_as_much(void **state)
{
	static const int64_t waits[] = { 0, 0, 0, 5, 10, 20, 40, 80, 160, 320,
		640, 900, 900 };

	for (size_t i = 0; i < sizeof waits / sizeof waits[0]; i++) {
		assert_int_equal(ih_session_wait(*state, MORNING, "anna"),
		    waits[i]);
		ih_session_tried(*state, MORNING, "anna", false);
	}
	assert_int_equal(ih_session_wait(*state, MORNING + 899, "anna"), 1);
	assert_int_equal(ih_session_wait(*state, MORNING + 900, "anna"), 0);
	assert_int_equal(ih_session_wait(*state, MORNING, "berta"), 0);
}

static void
who_passes_begins_anew(void **state)
{
	fail_times(*state, MORNING, "anna", 5);
	ih_session_tried(*state, MORNING + 60, "anna", true);
	assert_int_equal(ih_session_wait(*state, MORNING + 60, "anna"), 0);
	fail_times(*state, MORNING + 60, "anna", 2);
	assert_int_equal(ih_session_wait(*state, MORNING + 60, "anna"), 0);
}

static void
failures_are_forgotten_after_an_hour(void **state)
{
	fail_times(*state, MORNING, "anna", 9);
	assert_int_not_equal(ih_session_wait(*state, MORNING + 1, "anna"), 0);
	ih_session_tried(*state, MORNING + 3601, "anna", false);
	assert_int_equal(ih_session_wait(*state, MORNING + 3601, "anna"), 0);
}

static void
another_that_passes_takes_nothing_back(void **state)
{
	/* names of one place of the table wait together */
	char name[16];

	fail_times(*state, MORNING, "anna", 9);
	for (int i = 0; i < 20000; i++) {
		snprintf(name, sizeof name, "u%d", i);
		ih_session_tried(*state, MORNING, name, true);
	}
	assert_int_not_equal(ih_session_wait(*state, MORNING, "anna"), 0);
}

/* ---- the page that was made beforehand */

static struct ih_fields *
a_page(const char *body)
{
	struct ih_fields *page = ih_fields_new();

	ih_fields_text(page, ":body", body);
	return page;
}

static void
put_by(struct ih_sessions *sessions, int64_t now, const char *token,
    const char *body)
{
	struct ih_session *held = NULL;

	assert_int_equal(ih_session_take(sessions, now, token, &held),
	    IH_SESSION_HELD);
	ih_session_put_by(held, now, a_page("before"));
	ih_session_put_by(held, now, a_page(body));
	ih_session_let_go(held, false);
}

static void
assert_is_put_by(struct ih_sessions *sessions, int64_t now, const char *token,
    const char *body)
{
	IH_OWNED(ih_fields) page = ih_session_take_out(sessions, now, token);

	if (body == NULL)
		assert_null(page);
	else
		assert_string_equal(ih_fields_get(page, ":body"), body);
}

static void
a_page_is_there_for_one_request(void **state)
{
	char token[IH_TOKEN_TEXT], other[IH_TOKEN_TEXT];
	int far, farther;

	assert_true(
	    ih_session_begin(*state, MORNING, a_desk(&far), "anna", token));
	assert_true(
	    ih_session_begin(*state, MORNING, a_desk(&farther), "anna", other));
	put_by(*state, MORNING, token, "two");
	assert_is_put_by(*state, MORNING, other, NULL);
	assert_is_put_by(*state, MORNING, token, "two");
	assert_is_put_by(*state, MORNING, token, NULL);
	put_by(*state, MORNING, token, "three");
	assert_int_equal(found(*state, MORNING, token), IH_SESSION_HELD);
	assert_is_put_by(*state, MORNING, token, NULL);
	close(far);
	close(farther);
}

static void
a_page_is_gone_after_seconds(void **state)
{
	char token[IH_TOKEN_TEXT];
	int far;

	assert_true(
	    ih_session_begin(*state, MORNING, a_desk(&far), "anna", token));
	put_by(*state, MORNING, token, "one");
	ih_sessions_sweep(*state, MORNING + IH_SESSION_PAGE);
	assert_is_put_by(*state, MORNING + IH_SESSION_PAGE, token, "one");
	put_by(*state, MORNING, token, "two");
	assert_is_put_by(*state, MORNING + IH_SESSION_PAGE + 1, token, NULL);
	assert_is_put_by(*state, MORNING, token, NULL);
	put_by(*state, MORNING, token, "three");
	ih_sessions_sweep(*state, MORNING + IH_SESSION_PAGE + 1);
	assert_is_put_by(*state, MORNING, token, NULL);
	close(far);
}

static void
a_page_ends_with_its_session(void **state)
{
	char token[IH_TOKEN_TEXT];
	int far;

	assert_true(
	    ih_session_begin(*state, MORNING, a_desk(&far), "anna", token));
	put_by(*state, MORNING, token, "one");
	assert_is_put_by(*state, MORNING + IH_SESSION_LONGEST + 1, token, NULL);
	put_by(*state, MORNING, token, "two");
	ih_session_end(*state, token);
	assert_is_put_by(*state, MORNING, token, NULL);
	close(far);
}

#define WITH_SESSIONS(function)                                                \
	cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_SESSIONS(is_found_by_its_token_and_by_no_other),
		WITH_SESSIONS(each_token_is_another),
		WITH_SESSIONS(
		    ends_after_a_quarter_of_an_hour_without_a_request),
		WITH_SESSIONS(ends_after_eight_hours_however_busy),
		WITH_SESSIONS(what_is_over_is_swept_though_nobody_asks_for_it),
		WITH_SESSIONS(one_request_at_a_time_is_in_it),
		WITH_SESSIONS(
		    whoever_leaves_is_gone_though_a_request_is_under_way),
		WITH_SESSIONS(a_desk_that_died_ends_it),
		WITH_SESSIONS(an_account_has_eight_and_the_oldest_goes_first),
		WITH_SESSIONS(there_is_room_for_so_many_and_no_more),
		WITH_SESSIONS(a_form_brings_what_only_its_session_knows),
		WITH_SESSIONS(
		    the_third_failure_costs_and_each_more_twice_as_much),
		WITH_SESSIONS(who_passes_begins_anew),
		WITH_SESSIONS(failures_are_forgotten_after_an_hour),
		WITH_SESSIONS(another_that_passes_takes_nothing_back),
		WITH_SESSIONS(a_page_is_there_for_one_request),
		WITH_SESSIONS(a_page_is_gone_after_seconds),
		WITH_SESSIONS(a_page_ends_with_its_session),
	};

	return cmocka_run_group_tests_name("session", tests, NULL, NULL);
}
