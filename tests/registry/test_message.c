#include "test.h"

#include "ihala/message.h"

#include "office.h"

static struct ih_message
new_message(unsigned number)
{
	struct ih_message m = { .direction = IH_SENT,
		.peer = "YY",
		.purpose = "referral",
		.sequence = number,
		.state = "sealed",
		.created = NOON + number,
		.expires = NOON + 86400,
		.code = "7KQF-3XMT-R" };

	snprintf(m.id, sizeof m.id, "%s", interview(number));
	m.container.bytes[0] = (unsigned char)number;
	m.envelope.bytes[31] = 9;
	m.previous.bytes[5] = 5;
	return m;
}

static void
gives_back_a_message_as_it_was_added(void **state)
{
	struct ih_error err = { 0 };
	struct ih_message m = new_message(1), found;
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	snprintf(m.in_reply_to, sizeof m.in_reply_to, "%s", interview(77));
	assert_true(ih_message_add(registry, &m, &err));
	assert_true(ih_message_find(registry, m.id, &found, &err));
	assert_string_equal(found.id, m.id);
	assert_int_equal(found.direction, IH_SENT);
	assert_string_equal(found.peer, "YY");
	assert_string_equal(found.purpose, "referral");
	assert_int_equal(found.sequence, 1);
	assert_true(ih_hash_is(&found.container, &m.container));
	assert_true(ih_hash_is(&found.envelope, &m.envelope));
	assert_true(ih_hash_is(&found.previous, &m.previous));
	assert_string_equal(found.state, "sealed");
	assert_int_equal(found.created, NOON + 1);
	assert_int_equal(found.expires, NOON + 86400);
	assert_string_equal(found.in_reply_to, m.in_reply_to);
	assert_string_equal(found.code, "7KQF-3XMT-R");
	assert_true(ih_message_at(registry, IH_SENT, "YY", 1, &found, &err));
	assert_string_equal(found.id, m.id);
}

static void
counts_apart_for_each_partner_and_direction(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	assert_int_equal(ih_message_last(registry, IH_SENT, "YY", &err), 0);
	for (unsigned i = 1; i <= 3; i++) {
		struct ih_message m = new_message(i);

		assert_true(ih_message_add(registry, &m, &err));
	}
	struct ih_message m = new_message(10);
	m.direction = IH_RECEIVED;
	m.sequence = 7;
	assert_true(ih_message_add(registry, &m, &err));
	assert_int_equal(ih_message_last(registry, IH_SENT, "YY", &err), 3);
	assert_int_equal(ih_message_last(registry, IH_RECEIVED, "YY", &err), 7);
	assert_int_equal(ih_message_last(registry, IH_SENT, "ZZ", &err), 0);
}

static void
knows_whether_a_letter_of_a_partner_speaks_of_another(void **state)
{
	struct ih_error err = { 0 };
	struct ih_message m = new_message(2);
	IH_OWNED(ih_registry) registry = office_open();
	bool speaks = true;

	(void)state;
	assert_true(ih_message_speaks(registry, IH_SENT, "YY", interview(1),
	    &speaks, &err));
	assert_false(speaks);
	snprintf(m.in_reply_to, sizeof m.in_reply_to, "%s", interview(1));
	assert_true(ih_message_add(registry, &m, &err));
	assert_true(ih_message_speaks(registry, IH_SENT, "YY", interview(1),
	    &speaks, &err));
	assert_true(speaks);
	assert_true(ih_message_speaks(registry, IH_RECEIVED, "YY", interview(1),
	    &speaks, &err));
	assert_false(speaks);
}

static void
refuses_an_id_or_a_number_twice(void **state)
{
	struct ih_error err = { 0 };
	struct ih_message m = new_message(1);
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	assert_true(ih_message_add(registry, &m, &err));
	m.sequence = 2;
	assert_false(ih_message_add(registry, &m, &err));
	assert_int_equal(err.kind, IH_STATE);
	m = new_message(2);
	m.sequence = 1;
	assert_false(ih_message_add(registry, &m, &err));
	assert_int_equal(err.kind, IH_STATE);
	/* and the refused ones left no entry */
	assert_int_equal(number_in("registry.db",
			     "SELECT count(*) FROM ledger"),
	    1);
}

static void
refuses_a_malformed_message(void **state)
{
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	for (int i = 0; i < 6; i++) {
		struct ih_error err = { 0 };
		struct ih_message m = new_message(1);

		if (i == 0)
			m.id[3] = 'G';
		if (i == 1)
			m.peer[0] = '\0';
		if (i == 2)
			m.purpose[0] = ' ';
		if (i == 3)
			m.state[0] = '\0';
		if (i == 4)
			m.sequence = 0;
		if (i == 5)
			m.in_reply_to[0] = 'x';
		assert_false(ih_message_add(registry, &m, &err));
		assert_int_equal(err.kind, IH_INPUT);
	}
}

static void
changes_the_state_of_a_message_that_is_there(void **state)
{
	struct ih_error err = { 0 };
	struct ih_message m = new_message(1), found;
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	assert_false(ih_message_set_state(registry, m.id, "accepted", &err));
	assert_int_equal(err.kind, IH_ABSENT);
	assert_true(ih_message_add(registry, &m, &err));
	assert_true(ih_message_set_state(registry, m.id, "accepted", &err));
	assert_true(ih_message_find(registry, m.id, &found, &err));
	assert_string_equal(found.state, "accepted");
	assert_false(ih_message_set_state(registry, m.id, "Not OK", &err));
	assert_int_equal(err.kind, IH_INPUT);
}

static bool
add_sequence(const struct ih_message *message, void *with)
{
	size_t used = strlen(with);

	snprintf((char *)with + used, 40 - used, "%d ", (int)message->sequence);
	return true;
}

static void
lists_messages_by_time(void **state)
{
	struct ih_error err = { 0 };
	char told[40] = "";
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	for (unsigned i = 1; i <= 3; i++) {
		struct ih_message m = new_message(i);

		m.created = NOON - i;
		assert_true(ih_message_add(registry, &m, &err));
	}
	assert_true(ih_message_each(registry, add_sequence, told, &err));
	assert_string_equal(told, "3 2 1 ");
}

#define FRESH(function)                                                        \
	cmocka_unit_test_setup_teardown(function, office_start, office_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FRESH(gives_back_a_message_as_it_was_added),
		FRESH(counts_apart_for_each_partner_and_direction),
		FRESH(knows_whether_a_letter_of_a_partner_speaks_of_another),
		FRESH(refuses_an_id_or_a_number_twice),
		FRESH(refuses_a_malformed_message),
		FRESH(changes_the_state_of_a_message_that_is_there),
		FRESH(lists_messages_by_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
