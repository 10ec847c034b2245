#include "test.h"

#include "../../src/registry/roster.h"
#include "ihala/access.h"
#include "ihala/recovery.h"
#include "office.h"

/* ---- an office in which one registers, and the first user lets in */

static struct ih_registry *
open_as(const char *user)
{
	struct ih_error err = { 0 };
	struct ih_registry *registry = office_open_as(user, &err);

	if (registry == NULL)
		fail_msg("%s: %s %s", user, err.code, err.text);
	return registry;
}

static void
let_in(const char *user, enum ih_role role)
{
	struct ih_error err = { 0 };

	{
		IH_OWNED(ih_registry) registrar = open_as("registrar");
		assert_true(ih_user_register(registrar, user, IH_ROLE_BIT(role),
		    PASSPHRASE_OF_OTHERS, &err));
	}
	IH_OWNED(ih_registry) first = open_as("office");
	assert_true(ih_user_admit(first, user, &err));
}

static void
let_go(const char *user)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_registry) registrar = open_as("registrar");

	assert_true(ih_user_revoke(registrar, user, &err));
}

static void
renew_keys(void)
{
	struct ih_error err = { 0 };
	size_t count = 0;
	IH_OWNED(ih_registry) first = open_as("office");

	assert_true(ih_user_rotate(first, &count, &err));
	assert_true(count > 0);
}

static int
start(void **state)
{
	if (office_start(state) != 0)
		return 1;
	{
		IH_OWNED(ih_registry) first = open_as("office");
		office_admit(first, "registrar", IH_ROLE_BIT(IH_ADMINISTRATOR));
	}
	let_in("asker", IH_SCREENER);
	let_in("boss", IH_SUPERVISOR);
	let_in("other-boss", IH_SUPERVISOR);
	return 0;
}

static bool
goes_on(struct ih_registry *registry)
{
	struct ih_error err = { 0 };

	return ih_registry_is_current(registry, &err);
}

/* Why it does not. */
static struct ih_error
why_not(struct ih_registry *registry)
{
	struct ih_error err = { 0 };

	assert_false(ih_registry_is_current(registry, &err));
	return err;
}

static void
has_to_be_opened_anew(struct ih_registry *registry)
{
	/* However often it is asked. */
	for (int i = 0; i < 2; i++)
		assert_string_equal(why_not(registry).code, "E_ROSTER_CHANGED");
}

static bool
reads(const char *user, const char *code)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_registry) registry = open_as(user);
	IH_OWNED(ih_buffer)
	bytes = ih_case_read(registry, code, IH_FACTS, &err);

	return bytes != NULL;
}

/* ---- what concerns somebody else */

static void
goes_on_when_somebody_else_is_let_in(void **state)
{
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT];
	IH_OWNED(ih_registry) boss = open_as("boss");
	IH_OWNED(ih_registry) asker = open_as("asker");

	(void)state;
	add_case(boss, 1, code);
	let_in("new-asker", IH_SCREENER);
	assert_true(goes_on(asker));
	assert_true(goes_on(boss));
	/* ... and knows who is there now. */
	assert_true(ih_case_assign(boss, code, "new-asker", &err));
	assert_true(reads("new-asker", code));
}

static void
goes_on_when_somebody_else_is_revoked(void **state)
{
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT];
	IH_OWNED(ih_registry) boss = open_as("boss");

	(void)state;
	add_case(boss, 1, code);
	let_in("new-asker", IH_SCREENER);
	let_go("asker");
	let_go("other-boss");
	assert_true(goes_on(boss));
	assert_false(ih_case_assign(boss, code, "asker", &err));
	assert_string_equal(err.code, "E_USER_UNKNOWN");
	assert_int_equal(ih_user_stale(boss), 3);
}

static bool
keep_shares(const struct ih_shares *shares, void *with, struct ih_error *err)
{
	struct ih_shares *kept = with;

	(void)err;
	kept->count = shares->count;
	memcpy(kept->list, shares->list, sizeof shares->list);
	return true;
}

static void
make_shares(struct ih_shares *shares)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_registry) first = open_as("office");

	assert_true(ih_recovery_make(first, 2, 2, keep_shares, shares, &err));
}

static void
recover(const struct ih_shares *shares, const char *user)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_registry) locked = office_open_with(NULL, &err);

	assert_true(
	    ih_recovery_use(locked, shares, user, PASSPHRASE_OF_OTHERS, &err));
}

static void
goes_on_when_officers_help_somebody_else(void **state)
{
	IH_OWNED(ih_registry) asker = open_as("asker");
	IH_OWNED(ih_registry) boss = open_as("boss");
	IH_OWNED(ih_shares) shares = ih_shares_new();

	(void)state;
	make_shares(shares);
	assert_true(goes_on(asker));
	assert_true(goes_on(boss));
	recover(shares, "boss");
	assert_true(goes_on(asker));
	has_to_be_opened_anew(boss);
}

/* Who reads only their own cases holds no key of those of all, and wraps what
 * they write to it. */
static void
wraps_to_the_keys_of_now_which_others_hold(void **state)
{
	char known[IH_CODE_TEXT], unasked[IH_CODE_TEXT];
	IH_OWNED(ih_registry) asker = open_as("asker");
	IH_OWNED(ih_registry) slow = open_as("asker");

	(void)state;
	let_go("other-boss");
	renew_keys();
	assert_true(goes_on(asker));
	add_case(asker, 1, known);
	add_case(slow, 2, unasked); /* in the midst of what it does */
	assert_true(reads("boss", known));
	assert_true(reads("boss", unasked));
	assert_true(reads("asker", known));
}

static int
count_statement(unsigned type, void *with, void *statement, void *text)
{
	(void)type;
	(void)statement;
	(void)text;
	++*(int *)with;
	return 0;
}

static void
asks_one_thing_where_nothing_changed(void **state)
{
	int count = 0;
	IH_OWNED(ih_registry) asker = open_as("asker");

	(void)state;
	let_go("other-boss");
	assert_true(goes_on(asker));
	sqlite3_trace_v2(asker->db, SQLITE_TRACE_STMT, count_statement, &count);
	sqlite3_trace_v2(asker->keys, SQLITE_TRACE_STMT, count_statement,
	    &count);
	assert_true(goes_on(asker));
	assert_int_equal(count, 1);
}

/* ---- what concerns this user */

static void
ends_when_its_own_user_is_revoked(void **state)
{
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT];
	IH_OWNED(ih_registry) boss = open_as("boss");
	IH_OWNED(ih_registry) asker = open_as("asker");

	(void)state;
	add_case(boss, 1, code);
	let_go("asker");
	has_to_be_opened_anew(asker);
	/* Also after something was refused in the midst of what it does. */
	let_go("boss");
	assert_false(ih_case_assign(boss, code, "other-boss", &err));
	assert_string_equal(err.code, "E_ROSTER_CHANGED");
	has_to_be_opened_anew(boss);
}

static void
ends_when_keys_that_it_holds_are_made_anew(void **state)
{
	struct ih_error err = { 0 };
	struct ih_case_new fresh = new_case(1);
	char code[IH_CODE_TEXT];
	IH_OWNED(ih_registry) boss = open_as("boss");
	IH_OWNED(ih_registry) slow = open_as("boss");

	(void)state;
	let_go("other-boss");
	assert_true(goes_on(boss));
	renew_keys();
	has_to_be_opened_anew(boss);
	/* Nobody could read what were written with the old ones. */
	assert_false(ih_case_add(slow, &fresh, code, &err));
	assert_string_equal(err.code, "E_ROSTER_CHANGED");
	IH_OWNED(ih_registry) again = open_as("boss");
	assert_true(goes_on(again));
}

static void
ends_for_officers_when_there_is_another_set_of_them(void **state)
{
	IH_OWNED(ih_registry) together = open_as("office");
	IH_OWNED(ih_shares) shares = ih_shares_new();

	(void)state;
	snprintf(together->user, sizeof together->user, IH_RECOVERY_USER);
	let_in("new-asker", IH_SCREENER);
	assert_true(goes_on(together));
	make_shares(shares);
	has_to_be_opened_anew(together);
}

/* ---- in between: in keys.db, and not yet in the ledger */

struct half {
	struct ih_roster_edit edit;
	struct ih_hash digest;
};

/* By REGISTRY, of USER; the first half of it. */
static void
begin_revoking(struct ih_registry *registry, const char *user,
    struct half *half)
{
	struct ih_error err = { 0 };

	assert_true(ih_roster_begin(registry, &half->edit, &err));
	ih_roster_find(half->edit.roster, user)->user.state = IH_REVOKED;
	assert_true(ih_roster_add(registry, half->edit.roster, &err));
	half->digest = ih_roster_digest(half->edit.roster, registry->id);
	assert_true(ih_run(registry->keys, &err, "COMMIT", IH_NOTHING));
}

static void
finish_revoking(struct ih_registry *registry, struct half *half)
{
	struct ih_error err = { 0 };

	assert_true(ih_ledger_add(registry, IH_ACT_USERS, "revoke",
	    &half->digest, &err));
	assert_true(ih_transaction_commit(half->edit.all, &err));
	ih_roster_edit_end(&half->edit);
}

static void
waits_for_a_change_that_is_not_yet_entered(void **state)
{
	static const char *const users[] = { "asker", "boss" };
	struct half half = { 0 };
	IH_OWNED(ih_registry) registrar = open_as("registrar");
	IH_OWNED(ih_registry) asker = open_as("asker");
	IH_OWNED(ih_registry) boss = open_as("boss");
	struct ih_registry *const open[] = { asker, boss };

	(void)state;
	begin_revoking(registrar, users[0], &half);
	for (size_t i = 0; i < 2; i++) {
		sqlite3_busy_timeout(open[i]->db, 1);
		assert_int_equal(why_not(open[i]).kind, IH_BUSY);
	}
	finish_revoking(registrar, &half);
	has_to_be_opened_anew(asker);
	assert_true(goes_on(boss));
}

static void
is_opened_anew_where_a_change_was_cut_off(void **state)
{
	struct half half = { 0 };
	IH_OWNED(ih_registry) asker = open_as("asker");
	IH_OWNED(ih_registry) boss = open_as("boss");
	IH_OWNED(ih_registry) registrar = open_as("registrar");

	(void)state;
	begin_revoking(registrar, "asker", &half);
	ih_roster_edit_end(&half.edit);
	has_to_be_opened_anew(asker);
	has_to_be_opened_anew(boss);
	/* Whoever does so enters it. */
	IH_OWNED(ih_registry) again = open_as("boss");
	assert_true(goes_on(again));
	assert_true(goes_on(boss));
	has_to_be_opened_anew(asker);
}

/* ---- whoever can write to the disk, and whoever may sign */

/* A generation with other roles of USER, as the first user would sign it. */
static void
forge_roles(const char *user, ih_role_set roles)
{
	struct ih_error err = { 0 };
	unsigned char signature[IH_SIGNATURE];
	IH_OWNED(ih_registry) first = open_as("office");
	IH_OWNED(ih_roster) next = ih_roster_new();
	IH_OWNED(ih_buffer) document = ih_buffer_new();

	*next = *first->roster;
	next->previous = ih_roster_digest(next, first->id);
	next->generation++;
	ih_roster_find(next, user)->user.roles = roles;
	ih_roster_write(next, first->id, document);
	assert_true(ih_sign(first->hand, document->data, document->size,
	    signature, &err));
	assert_true(ih_run(first->keys, &err,
	    "INSERT INTO roster (generation, document, signer, signature)"
	    " VALUES (:generation, :document, 'office', :signature)",
	    ih_number(":generation", next->generation),
	    ih_bytes(":document", document->data, document->size),
	    ih_bytes(":signature", signature, sizeof signature)));
}

static void
takes_other_roles_for_forged(void **state)
{
	static const struct {
		const char *user;
		ih_role_set roles;
	} changes[] = {
		{ "boss", 0 },
		{ "boss", IH_ROLE_BIT(IH_SCREENER) },
		{ "boss", IH_ROLE_BIT(IH_SUPERVISOR) |
			      IH_ROLE_BIT(IH_ADMINISTRATOR) },
		{ "asker", IH_ROLE_BIT(IH_SUPERVISOR) },
	};

	for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
		{
			IH_OWNED(ih_registry) boss = open_as("boss");
			forge_roles(changes[i].user, changes[i].roles);
			assert_int_equal(why_not(boss).kind, IH_TRUST);
		}
		office_end(state);
		assert_int_equal(start(state), 0);
	}
}

static void
finds_a_roster_that_was_forged_or_went_back(void **state)
{
	static const char *const changes[] = {
		"INSERT INTO roster SELECT generation + 1, document, signer,"
		" signature FROM roster ORDER BY generation DESC LIMIT 1",
		"INSERT INTO roster SELECT generation + 1, document, signer,"
		" randomblob(64) FROM roster ORDER BY generation DESC LIMIT 1",
		"DELETE FROM roster WHERE generation ="
		" (SELECT max(generation) FROM roster)",
		"DELETE FROM roster WHERE generation > 1",
		"DELETE FROM roster",
	};

	for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
		{
			IH_OWNED(ih_registry) asker = open_as("asker");
			tamper("keys.db", changes[i]);
			assert_int_equal(why_not(asker).kind, IH_TRUST);
		}
		office_end(state);
		assert_int_equal(start(state), 0);
	}
}

static void
finds_a_change_that_nobody_signed(void **state)
{
	IH_OWNED(ih_registry) asker = open_as("asker");

	(void)state;
	let_go("other-boss");
	tamper("keys.db",
	    "UPDATE roster SET signature = randomblob(64) WHERE generation ="
	    " (SELECT max(generation) FROM roster)");
	assert_int_equal(why_not(asker).kind, IH_TRUST);
}

/* Somebody was let go; then it is as if that had never been, and what came
 * instead is signed and entered as it should be. */
static void
finds_that_another_history_was_put_in_its_place(void **state)
{
	char copy[128], sql[1024];
	struct ih_error err = { 0 };

	(void)state;
	snprintf(copy, sizeof copy, "%s/copy", office_root);
	snprintf(sql, sizeof sql, "cp -r %s %s", office_folder, copy);
	assert_int_equal(system(sql), 0);
	let_go("asker");
	IH_OWNED(ih_registry) boss = open_as("boss");
	{
		const struct ih_login login = { "registrar",
			PASSPHRASE_OF_OTHERS };
		IH_OWNED(ih_registry)
		there = ih_registry_open(copy, &login, office_library,
		    &office_world, &err);
		for (int i = 0; i < 2; i++) {
			char name[16];

			snprintf(name, sizeof name, "somebody-%d", i);
			assert_true(ih_user_register(there, name,
			    IH_ROLE_BIT(IH_SCREENER), PASSPHRASE_OF_OTHERS,
			    &err));
		}
	}
	snprintf(sql, sizeof sql,
	    "ATTACH '%s/keys.db' AS theirs; DELETE FROM roster;"
	    "INSERT INTO roster SELECT * FROM theirs.roster",
	    copy);
	tamper("keys.db", sql);
	snprintf(sql, sizeof sql,
	    "ATTACH '%s/registry.db' AS theirs; UPDATE ledger SET digest ="
	    " (SELECT digest FROM theirs.ledger WHERE act = 'users'"
	    " ORDER BY at DESC LIMIT 1) WHERE at = (SELECT max(at) FROM"
	    " main.ledger WHERE act = 'users')",
	    copy);
	tamper("registry.db", sql);
	{
		/* Who opens it now cannot know. */
		IH_OWNED(ih_registry) opened = open_as("boss");
		assert_true(goes_on(opened));
	}
	assert_int_equal(why_not(boss).kind, IH_TRUST);
}

#define FRESH(function)                                                        \
	cmocka_unit_test_setup_teardown(function, start, office_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FRESH(goes_on_when_somebody_else_is_let_in),
		FRESH(goes_on_when_somebody_else_is_revoked),
		FRESH(goes_on_when_officers_help_somebody_else),
		FRESH(wraps_to_the_keys_of_now_which_others_hold),
		FRESH(asks_one_thing_where_nothing_changed),
		FRESH(ends_when_its_own_user_is_revoked),
		FRESH(ends_when_keys_that_it_holds_are_made_anew),
		FRESH(ends_for_officers_when_there_is_another_set_of_them),
		FRESH(waits_for_a_change_that_is_not_yet_entered),
		FRESH(is_opened_anew_where_a_change_was_cut_off),
		FRESH(takes_other_roles_for_forged),
		FRESH(finds_a_roster_that_was_forged_or_went_back),
		FRESH(finds_a_change_that_nobody_signed),
		FRESH(finds_that_another_history_was_put_in_its_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
