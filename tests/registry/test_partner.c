#include "test.h"

#include "ihala/partner.h"

#include "office.h"

#define KEY                                                                    \
	"3f2a 90bc 1177 0000 0000 0000 0000 0000 "                             \
	"0000 0000 0000 0000 0000 0000 0000 aa01"
#define KEY_TYPED                                                              \
	"3F2A:90BC:1177:0000:0000:0000:0000:0000:"                             \
	"0000:0000:0000:0000:0000:0000:0000:AA01"
#define OTHER_KEY                                                              \
	"0000 0000 0000 0000 0000 0000 0000 0000 "                             \
	"0000 0000 0000 0000 0000 0000 0000 aa02"

static struct ih_peer
peer_of(const char *committee, int64_t sequence)
{
	struct ih_peer peer = { .sequence = sequence };

	snprintf(peer.committee, sizeof peer.committee, "%s", committee);
	snprintf(peer.fingerprint, sizeof peer.fingerprint, "%s", KEY);
	return peer;
}

static bool
propose(struct ih_registry *registry, const char *committee, const char *list,
    struct ih_error *err)
{
	struct ih_peer peer = peer_of(committee, 1);

	*err = (struct ih_error){ 0 };
	return ih_peer_propose(registry, &peer, list, strlen(list), err);
}

static bool
add(struct ih_registry *registry, int64_t sequence, const char *list,
    struct ih_error *err)
{
	struct ih_peer peer = peer_of("YY", sequence);

	*err = (struct ih_error){ 0 };
	return ih_peer_add(registry, &peer, list, strlen(list), err);
}

/* Of a training registry with one user. */
static void
pin(struct ih_registry *registry, const char *committee, const char *list)
{
	struct ih_error err;

	if (!propose(registry, committee, list, &err) ||
	    !ih_peer_confirm(registry, committee, KEY_TYPED, &err))
		fail_msg("%s %s", err.code, err.text);
}

static void
assert_list(struct ih_registry *registry, const char *expected)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) list = ih_peer_get(registry, "YY", NULL, &err);

	if (list == NULL)
		fail_msg("%s %s", err.code, err.text);
	assert_string_equal((char *)list->data, expected);
}

static void
assert_no_list(struct ih_registry *registry, const char *code)
{
	struct ih_error err = { 0 };

	assert_null(ih_peer_get(registry, "YY", NULL, &err));
	assert_string_equal(err.code, code);
}

/* ---- the first list */

static void
believes_nobody_before_a_second_person_has_compared(void **state)
{
	struct ih_error err;
	struct ih_peer peer;
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	office_admit(registry, "second", IH_ROLE_BIT(IH_COMMITTEE_OFFICER));
	assert_true(propose(registry, "YY", "one", &err));
	assert_no_list(registry, "");
	assert_false(add(registry, 2, "two", &err));
	assert_string_equal(err.code, "E_PEER_UNKNOWN");
	IH_OWNED(ih_buffer)
	waiting = ih_peer_waiting(registry, "YY", &peer, &err);
	assert_string_equal((char *)waiting->data, "one");
	assert_string_equal(peer.fingerprint, KEY);
	IH_OWNED(ih_registry) second = office_open_as("second", &err);
	assert_true(ih_peer_confirm(second, "YY", KEY_TYPED, &err));
	assert_list(registry, "one");
	assert_null(ih_peer_waiting(registry, "YY", &peer, &err));
	assert_string_equal(err.code, "E_PEER_UNKNOWN");
}

static void
takes_no_confirmation_from_whoever_proposed(void **state)
{
	struct ih_error err;
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	office_admit(registry, "second", IH_ROLE_BIT(IH_COMMITTEE_OFFICER));
	assert_true(propose(registry, "YY", "one", &err));
	assert_false(ih_peer_confirm(registry, "YY", KEY, &err));
	assert_int_equal(err.kind, IH_STATE);
	assert_string_equal(err.code, "E_FOUR_EYES");
	assert_no_list(registry, "");
}

static int
in_earnest(void **state)
{
	struct ih_error err = { 0 };

	return office_place(state) != 0 || !office_init(false, &err);
}

static void
asks_for_two_people_in_earnest_even_of_an_office_of_one(void **state)
{
	struct ih_error err;
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	assert_true(propose(registry, "YY", "one", &err));
	assert_false(ih_peer_confirm(registry, "YY", KEY, &err));
	assert_string_equal(err.code, "E_FOUR_EYES");
}

static void
takes_another_fingerprint_from_nobody(void **state)
{
	struct ih_error err;
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	assert_true(propose(registry, "YY", "one", &err));
	assert_false(ih_peer_confirm(registry, "YY", OTHER_KEY, &err));
	assert_int_equal(err.kind, IH_TRUST);
	assert_string_equal(err.code, "E_LIST_KEY");
	assert_false(ih_peer_confirm(registry, "ZZ", KEY, &err));
	assert_string_equal(err.code, "E_PEER_UNKNOWN");
	assert_no_list(registry, "");
}

static void
confirms_no_list_that_somebody_put_there_by_hand(void **state)
{
	struct ih_error err;
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	assert_true(propose(registry, "ZZ", "one", &err));
	assert_true(propose(registry, "YY", "one", &err));
	tamper("registry.db",
	    "UPDATE partner_waiting SET list = CAST('hand' AS BLOB)");
	assert_false(ih_peer_confirm(registry, "YY", KEY, &err));
	assert_int_equal(err.kind, IH_TRUST);
	assert_string_equal(err.code, "E_TRUST_STORED");
	/* nor under an entry that says something else */
	tamper("registry.db",
	    "UPDATE partner_waiting SET list = CAST('one' AS BLOB), entry = 0");
	assert_false(ih_peer_confirm(registry, "YY", KEY, &err));
	assert_string_equal(err.code, "E_TRUST_STORED");
}

static void
proposes_nobody_who_is_believed_already(void **state)
{
	struct ih_error err;
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	pin(registry, "YY", "one");
	assert_false(propose(registry, "YY", "other", &err));
	assert_string_equal(err.code, "E_PEER_KNOWN");
	/* until its key is withdrawn: then two people begin anew */
	assert_true(ih_peer_withdraw(registry, "YY", KEY, NOON, &err));
	pin(registry, "YY", "other");
	assert_list(registry, "other");
}

static void
lets_a_role_without_the_right_neither_propose_nor_confirm(void **state)
{
	struct ih_error err;
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	office_admit(registry, "clerk", IH_ROLE_BIT(IH_CASE_WORKER));
	IH_OWNED(ih_registry) clerk = office_open_as("clerk", &err);
	assert_false(propose(clerk, "YY", "one", &err));
	assert_string_equal(err.code, "E_ROLE");
	assert_true(propose(registry, "YY", "one", &err));
	assert_false(ih_peer_confirm(clerk, "YY", KEY, &err));
	assert_string_equal(err.code, "E_ROLE");
	assert_false(ih_peer_withdraw(clerk, "YY", KEY, NOON, &err));
	assert_string_equal(err.code, "E_ROLE");
	assert_false(ih_peer_revoke(clerk, "YY", "crl", 3, &err));
	assert_string_equal(err.code, "E_ROLE");
}

/* ---- later lists */

static void
keeps_the_newest_list_of_a_partner(void **state)
{
	struct ih_error err;
	struct ih_peer peer;
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	pin(registry, "YY", "one");
	office_world.now += 60;
	assert_true(add(registry, 4, "four", &err));
	IH_OWNED(ih_buffer) list = ih_peer_get(registry, "YY", &peer, &err);
	assert_string_equal((char *)list->data, "four");
	assert_string_equal(peer.committee, "YY");
	assert_string_equal(peer.fingerprint, KEY);
	assert_int_equal(peer.sequence, 4);
	assert_int_equal(peer.added, NOON);
	assert_int_equal(peer.updated, NOON + 60);
}

static void
refuses_an_older_list_and_other_bytes_with_the_same_number(void **state)
{
	struct ih_error err;
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	pin(registry, "YY", "one");
	assert_true(add(registry, 4, "four", &err));
	assert_true(add(registry, 4, "four", &err));
	assert_false(add(registry, 3, "three", &err));
	assert_int_equal(err.kind, IH_STATE);
	assert_string_equal(err.code, "E_TRUST_ROLLBACK");
	assert_false(add(registry, 4, "Four", &err));
	assert_string_equal(err.code, "E_TRUST_ROLLBACK");
	assert_list(registry, "four");
}

static void
hands_out_no_list_that_somebody_put_there_by_hand(void **state)
{
	struct ih_error err;
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	pin(registry, "YY", "one");
	tamper("registry.db", "UPDATE partner SET list = CAST('hand' AS BLOB)");
	assert_no_list(registry, "E_TRUST_STORED");
	tamper("registry.db", "UPDATE partner SET list = CAST('one' AS BLOB),"
			      " fingerprint = replace(fingerprint, 'a', 'b')");
	assert_no_list(registry, "E_TRUST_STORED");
	tamper("registry.db",
	    "INSERT INTO partner SELECT 'ZZ', fingerprint, sequence, list,"
	    " added, updated FROM partner");
	assert_null(ih_peer_get(registry, "ZZ", NULL, &err));
	assert_string_equal(err.code, "E_TRUST_STORED");
	/* Locked, the ledger alone is asked: still not one it does not know. */
	IH_OWNED(ih_registry) locked = office_open_with(NULL, &err);
	assert_null(ih_peer_get(locked, "ZZ", NULL, &err));
	assert_string_equal(err.code, "E_TRUST_STORED");
}

/* As an older version of the program left it. */
static void
has_a_list_of_before_confirmed_again(void **state)
{
	struct ih_error err;
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	pin(registry, "YY", "one");
	tamper("registry.db", "DELETE FROM partner_pin");
	assert_no_list(registry, "E_TRUST_UNMARKED");
	assert_false(add(registry, 2, "two", &err));
	assert_string_equal(err.code, "E_TRUST_UNMARKED");
	pin(registry, "YY", "one");
	assert_list(registry, "one");
	/* But only what was taken in then. */
	tamper("registry.db", "DELETE FROM partner_pin");
	tamper("registry.db", "UPDATE partner SET list = CAST('hand' AS BLOB)");
	assert_no_list(registry, "E_TRUST_STORED");
}

static void
hands_out_no_older_list_that_was_put_back(void **state)
{
	struct ih_error err;
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	pin(registry, "YY", "one");
	tamper("registry.db", "CREATE TABLE a AS SELECT * FROM partner;"
			      "CREATE TABLE b AS SELECT * FROM partner_pin");
	assert_true(add(registry, 2, "two", &err));
	tamper("registry.db", "REPLACE INTO partner SELECT * FROM a;"
			      "REPLACE INTO partner_pin SELECT * FROM b");
	assert_no_list(registry, "E_TRUST_STORED");
}

static void
refuses_a_malformed_partner(void **state)
{
	IH_OWNED(ih_registry) registry = office_open();
	const struct {
		const char *committee, *fingerprint;
		int64_t sequence;
		size_t size;
	} rows[] = {
		{ "", KEY, 1, 1 },
		{ "Y Y", KEY, 1, 1 },
		{ "YY", "aa", 1, 1 },
		{ "YY", KEY " 1", 1, 1 },
		{ "YY", KEY, -1, 1 },
		{ "YY", KEY, 1, 0 },
		{ "YY", KEY, 1, IH_TRUST_LIST_MAX + 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct ih_error err = { 0 };
		struct ih_peer peer =
		    peer_of(rows[i].committee, rows[i].sequence);

		snprintf(peer.fingerprint, sizeof peer.fingerprint, "%s",
		    rows[i].fingerprint);
		assert_false(
		    ih_peer_propose(registry, &peer, "x", rows[i].size, &err));
		assert_int_equal(err.kind, IH_INPUT);
		assert_false(
		    ih_peer_add(registry, &peer, "x", rows[i].size, &err));
		assert_int_equal(err.kind, IH_INPUT);
	}
}

static bool
add_committee(const struct ih_peer *peer, void *with)
{
	size_t used = strlen(with);

	snprintf((char *)with + used, 40 - used, "%s ", peer->committee);
	return true;
}

static void
lists_by_name_who_is_believed_and_who_waits(void **state)
{
	struct ih_error err;
	char told[40] = "", waiting[40] = "";
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	pin(registry, "ZZ", "x");
	pin(registry, "YY", "x");
	assert_true(propose(registry, "XY", "x", &err));
	assert_true(ih_peer_each(registry, add_committee, told, &err));
	assert_string_equal(told, "YY ZZ ");
	assert_true(
	    ih_peer_waiting_each(registry, add_committee, waiting, &err));
	assert_string_equal(waiting, "XY ");
}

/* ---- what is believed no longer */

static void
note_key(const char *fingerprint, int64_t since, void *with)
{
	size_t used = strlen(with);

	snprintf((char *)with + used, 80 - used, "%.4s %+d, ", fingerprint,
	    (int)(since - NOON));
}

static void
tells_the_keys_that_were_withdrawn(void **state)
{
	struct ih_error err;
	char told[80] = "", none[80] = "";
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	assert_true(ih_peer_withdraw(registry, "YY", KEY_TYPED, NOON, &err));
	assert_true(
	    ih_peer_withdraw(registry, "YY", OTHER_KEY, NOON - 60, &err));
	assert_true(ih_peer_withdraw(registry, "YYZ", KEY, NOON, &err));
	assert_true(
	    ih_peer_withdrawn_each(registry, "YY", note_key, told, &err));
	assert_string_equal(told, "3f2a +0, 0000 -60, ");
	assert_true(
	    ih_peer_withdrawn_each(registry, "Y", note_key, none, &err));
	assert_string_equal(none, "");
	assert_false(ih_peer_withdraw(registry, "YY", "aa", NOON, &err));
	assert_int_equal(err.kind, IH_INPUT);
}

static void
keeps_the_newest_revocation_list_and_misses_one_taken_away(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	pin(registry, "YY", "one");
	assert_null(ih_peer_revocation(registry, "YY", &err));
	assert_int_equal(err.kind, IH_ABSENT);
	assert_true(ih_peer_revoke(registry, "YY", "first", 5, &err));
	assert_true(ih_peer_revoke(registry, "YY", "second", 6, &err));
	IH_OWNED(ih_buffer) crl = ih_peer_revocation(registry, "YY", &err);
	assert_string_equal((char *)crl->data, "second");
	tamper("registry.db",
	    "UPDATE partner_revocation SET crl = CAST('first' AS BLOB)");
	assert_null(ih_peer_revocation(registry, "YY", &err));
	assert_string_equal(err.code, "E_TRUST_STORED");
	tamper("registry.db", "DELETE FROM partner_revocation");
	assert_null(ih_peer_revocation(registry, "YY", &err));
	assert_string_equal(err.code, "E_TRUST_STORED");
	assert_true(ih_peer_revoke(registry, "YY", NULL, 0, &err));
	assert_null(ih_peer_revocation(registry, "YY", &err));
	assert_int_equal(err.kind, IH_ABSENT);
}

/* ---- letters */

static void
receive(struct ih_registry *registry, unsigned number, const char *key)
{
	struct ih_error err = { 0 };
	struct ih_message m = { .direction = IH_RECEIVED,
		.peer = "YY",
		.purpose = "referral",
		.sequence = number,
		.state = "accepted",
		.created = NOON,
		.expires = NOON + 86400 };

	snprintf(m.id, sizeof m.id, "%s", interview(number));
	m.container.bytes[0] = (unsigned char)number;
	office_world.now = NOON + 60 * (int64_t)number;
	if (!ih_message_add(registry, &m, &err) ||
	    (key != NULL && !ih_message_signed(registry, m.id, key, &err)))
		fail_msg("%s", err.text);
}

static bool
add_number(const struct ih_message *message, void *with)
{
	size_t used = strlen(with);

	snprintf((char *)with + used, 40 - used, "%d ", (int)message->sequence);
	return true;
}

static void
finds_what_came_from_a_key_since_a_day(void **state)
{
	struct ih_error err = { 0 };
	char all[40] = "", later[40] = "", other[40] = "", foreign[40] = "";
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	receive(registry, 1, KEY);
	receive(registry, 2, OTHER_KEY);
	receive(registry, 3, NULL); /* of before signers were noted */
	receive(registry, 4, KEY);
	assert_true(ih_message_each_from(registry, "YY", KEY, 0, add_number,
	    all, &err));
	assert_string_equal(all, "1 3 4 ");
	assert_true(ih_message_each_from(registry, "YY", KEY, NOON + 120,
	    add_number, later, &err));
	assert_string_equal(later, "3 4 ");
	assert_true(ih_message_each_from(registry, "YY", OTHER_KEY, 0,
	    add_number, other, &err));
	assert_string_equal(other, "2 3 ");
	assert_true(ih_message_each_from(registry, "ZZ", KEY, 0, add_number,
	    foreign, &err));
	assert_string_equal(foreign, "");
}

static void
says_when_a_container_was_taken_in(void **state)
{
	struct ih_error err = { 0 };
	struct ih_hash container = { .bytes = { 2 } };
	int64_t at = -1;
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	receive(registry, 2, KEY);
	assert_true(ih_message_taken(registry, &container, &at, &err));
	assert_int_equal(at, NOON + 120);
	container.bytes[0] = 3;
	assert_true(ih_message_taken(registry, &container, &at, &err));
	assert_int_equal(at, 0);
}

#define FRESH(function)                                                        \
	cmocka_unit_test_setup_teardown(function, office_start, office_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FRESH(believes_nobody_before_a_second_person_has_compared),
		FRESH(takes_no_confirmation_from_whoever_proposed),
		cmocka_unit_test_setup_teardown(
		    asks_for_two_people_in_earnest_even_of_an_office_of_one,
		    in_earnest, office_end),
		FRESH(takes_another_fingerprint_from_nobody),
		FRESH(confirms_no_list_that_somebody_put_there_by_hand),
		FRESH(proposes_nobody_who_is_believed_already),
		FRESH(
		    lets_a_role_without_the_right_neither_propose_nor_confirm),
		FRESH(keeps_the_newest_list_of_a_partner),
		FRESH(
		    refuses_an_older_list_and_other_bytes_with_the_same_number),
		FRESH(hands_out_no_list_that_somebody_put_there_by_hand),
		FRESH(has_a_list_of_before_confirmed_again),
		FRESH(hands_out_no_older_list_that_was_put_back),
		FRESH(refuses_a_malformed_partner),
		FRESH(lists_by_name_who_is_believed_and_who_waits),
		FRESH(tells_the_keys_that_were_withdrawn),
		FRESH(
		    keeps_the_newest_revocation_list_and_misses_one_taken_away),
		FRESH(finds_what_came_from_a_key_since_a_day),
		FRESH(says_when_a_container_was_taken_in),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
