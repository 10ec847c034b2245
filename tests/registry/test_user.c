#include "test.h"

#include "../../src/registry/query.h"
#include "ihala/access.h"
#include "ihala/file.h"
#include "ihala/message.h"
#include "ihala/partner.h"
#include "ihala/passphrase.h"
#include "ihala/request.h"
#include "ihala/seal.h"
#include "ihala/statistic.h"
#include "ihala/subject.h"
#include "ihala/wrap.h"
#include "ihala/xml.h"
#include "office.h"

#define REASON "The person has come back at night and is in danger"

/* ---- an office with one user for each role, and two cases */

static const char *
user_of(enum ih_role role)
{
	return ih_role_name(role);
}

static struct ih_registry *
open_as(const char *user)
{
	struct ih_error err = { 0 };
	struct ih_registry *registry = office_open_as(user, &err);

	if (registry == NULL)
		fail_msg("%s: %s %s", user, err.code, err.text);
	return registry;
}

/* The first user lets in an administrator; who registers all others, whom the
 * first user admits. */
static void
let_everybody_in(void)
{
	struct ih_error err = { 0 };
	const char *administrator = user_of(IH_ADMINISTRATOR);

	{
		IH_OWNED(ih_registry) first = open_as("office");
		office_admit(first, administrator,
		    IH_ROLE_BIT(IH_ADMINISTRATOR));
	}
	{
		IH_OWNED(ih_registry) registry = open_as(administrator);
		for (int r = 0; r < IH_ROLES; r++)
			if (r != IH_ADMINISTRATOR)
				assert_true(ih_user_register(registry,
				    user_of((enum ih_role)r), IH_ROLE_BIT(r),
				    PASSPHRASE_OF_OTHERS, &err));
	}
	IH_OWNED(ih_registry) first = open_as("office");
	for (int r = 0; r < IH_ROLES; r++)
		if (r != IH_ADMINISTRATOR)
			assert_true(ih_user_admit(first,
			    user_of((enum ih_role)r), &err));
}

struct office_of_all {
	char theirs[IH_CODE_TEXT];        /* opened by the first user */
	char own[IH_ROLES][IH_CODE_TEXT]; /* given to that role; "": none */
};

static bool
works_on_cases(int role)
{
	return ih_role_reach((enum ih_role)role, IH_MAY_FACTS) != IH_NO_CASE;
}

static struct office_of_all
fill_office(void)
{
	struct office_of_all all = { 0 };
	struct ih_error err = { 0 };

	let_everybody_in();
	IH_OWNED(ih_registry) first = open_as("office");
	add_case(first, 1, all.theirs);
	for (int r = 0; r < IH_ROLES; r++)
		if (works_on_cases(r)) {
			add_case(first, 100 + (unsigned)r, all.own[r]);
			assert_true(ih_case_assign(first, all.own[r],
			    user_of((enum ih_role)r), &err));
		}
	return all;
}

/* ---- through the program */

static bool
try_read(struct ih_registry *registry, const char *code, enum ih_part part,
    struct ih_error *err)
{
	IH_OWNED(ih_buffer) bytes = ih_case_read(registry, code, part, err);

	return bytes != NULL;
}

static bool
try_write(struct ih_registry *registry, const char *code, struct ih_error *err)
{
	struct ih_case_row row;

	return ih_case_row(registry, code, &row, err) &&
	       ih_case_write(registry, code, IH_FACTS, FACTS, strlen(FACTS),
		   row.version, err);
}

static bool
try_open(struct ih_registry *registry, struct ih_error *err)
{
	static unsigned number = 5000;
	struct ih_case_new fresh = new_case(number++);
	char code[IH_CODE_TEXT];

	return ih_case_add(registry, &fresh, code, err);
}

static bool
try_request(struct ih_registry *registry, struct ih_error *err)
{
	static unsigned number;
	char text[160], code[IH_CODE_TEXT];

	snprintf(text, sizeof text,
	    "<request xmlns='urn:ihala:request:1' channel='self' danger='no'"
	    " training='true'><about>%u</about></request>",
	    number++);
	IH_OWNED(xmlDoc)
	doc = ih_xml_read("request", text, strlen(text), err);
	return ih_request_add(registry, doc, code, err);
}

static bool
ignore_row(const struct ih_statistic *one, void *with)
{
	(void)one;
	(void)with;
	return true;
}

static bool
try_trust(struct ih_registry *registry, struct ih_error *err)
{
	struct ih_peer peer = { .committee = "YY", .sequence = 1 };

	memset(peer.fingerprint, 'a', 64);
	return ih_peer_propose(registry, &peer, "list", 4, err);
}

static bool
try_register(struct ih_registry *registry, struct ih_error *err)
{
	static unsigned number;
	char name[32];

	snprintf(name, sizeof name, "new-%u", number++);
	return ih_user_register(registry, name, IH_ROLE_BIT(IH_SCREENER),
	    PASSPHRASE_OF_OTHERS, err);
}

static bool
try_review(struct ih_registry *registry, struct ih_error *err)
{
	IH_OWNED(ih_buffer) reason = ih_break_review(registry, 999999, err);

	/* There is none of this number: who may look is told that. */
	return reason != NULL || err->kind == IH_ABSENT;
}

/* What is in the cases here is no record: who may copy is told that. */
static bool
try_copy(struct ih_registry *registry, const char *code, struct ih_error *err)
{
	IH_OWNED(ih_buffer) copy = ih_subject_copy(registry, code, err);

	return copy != NULL || err->kind == IH_INPUT;
}

/* The action itself, as a command would do it. */
static bool
do_it(struct ih_registry *registry, enum ih_action action, const char *code,
    struct ih_error *err)
{
	struct ih_period year = { NOON / 86400, NOON / 86400 + 365 };

	switch (action) {
	case IH_MAY_REQUEST:
		return try_request(registry, err);
	case IH_MAY_OPEN:
		return try_open(registry, err);
	case IH_MAY_FACTS:
		return try_read(registry, code, IH_FACTS, err);
	case IH_MAY_IDENTITY:
		return try_read(registry, code, IH_IDENTITY, err);
	case IH_MAY_WRITE:
		return try_write(registry, code, err);
	case IH_MAY_COPY:
		return try_copy(registry, code, err);
	case IH_MAY_ASSIGN:
		return ih_case_assign(registry, code, "supervisor", err);
	case IH_MAY_BREAK:
		return ih_case_break(registry, code, REASON, err);
	case IH_MAY_REVIEW:
		return try_review(registry, err);
	case IH_MAY_EXCHANGE:
		return ih_registry_keep(registry, "test", "x", 1, err);
	case IH_MAY_TRUST:
		return try_trust(registry, err);
	case IH_MAY_COUNT:
		return ih_statistic_each(registry, year, ignore_row, NULL, err);
	case IH_MAY_REGISTER:
		return try_register(registry, err);
	case IH_MAY_ADMIT:
		return ih_user_admit(registry, "nobody", err) ||
		       err->kind == IH_ABSENT;
	default: /* no function of the registry: what commands ask */
		return ih_registry_may(registry, action, code, err);
	}
}

static bool
is_allowed(enum ih_role role, enum ih_action action, bool own)
{
	enum ih_reach reach = ih_role_reach(role, action);

	return reach == IH_WHOLE_OFFICE || (reach == IH_OWN_CASES && own);
}

static void
does_for_each_role_what_the_table_says_and_nothing_else(void **state)
{
	struct office_of_all all = fill_office();
	int cases = 0, deviations = 0;

	(void)state;
	for (int r = 0; r < IH_ROLES; r++) {
		IH_OWNED(ih_registry) registry =
		    open_as(user_of((enum ih_role)r));

		for (int own = 1; own >= 0; own--)
			for (int a = 0; a < IH_ACTIONS; a++) {
				const char *code =
				    own && all.own[r][0] != '\0' ? all.own[r] :
								   all.theirs;
				bool is_own = code == all.own[r];
				struct ih_error err = { 0 };

				/* Breaking comes last: it opens the rest. */
				if (a == IH_MAY_BREAK)
					continue;
				bool done = do_it(registry, (enum ih_action)a,
				    code, &err);
				bool right =
				    done == is_allowed((enum ih_role)r,
						(enum ih_action)a, is_own);

				right &= done || err.kind == IH_DENIED;
				cases++;
				deviations += !right;
				if (!right)
					print_error("%s %s %s: %s %s\n",
					    user_of((enum ih_role)r),
					    ih_action_name((enum ih_action)a),
					    is_own ? "own" : "theirs", err.code,
					    err.text);
			}
		struct ih_error err = { 0 };
		bool done = do_it(registry, IH_MAY_BREAK, all.theirs, &err);
		cases++;
		deviations +=
		    done != is_allowed((enum ih_role)r, IH_MAY_BREAK, false);
	}
	print_message("# through the program: %d cases, %d deviations\n", cases,
	    deviations);
	assert_int_equal(deviations, 0);
}

/* ---- below the program: the two files and one user's passphrase */

enum { KEYS_MAX = 16 };

struct thief {
	sqlite3 *cases, *keys;
	struct ih_secret *key[KEYS_MAX]; /* the user's, then compartments' */
	size_t count;
};

static sqlite3 *
open_file(const char *name)
{
	char path[160];
	sqlite3 *db = NULL;

	snprintf(path, sizeof path, "%s/%s", office_folder, name);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	return db;
}

static sqlite3_stmt *
rows_of(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *rows = NULL;

	if (sqlite3_prepare_v2(db, sql, -1, &rows, NULL) != SQLITE_OK)
		fail_msg("%s", sqlite3_errmsg(db));
	return rows;
}

static const void *
blob(sqlite3_stmt *row, int at, size_t *size)
{
	*size = (size_t)sqlite3_column_bytes(row, at);
	return sqlite3_column_blob(row, at);
}

static void
take_own_keys(struct thief *thief, const char *user)
{
	struct ih_error err = { 0 };
	sqlite3_stmt *rows =
	    rows_of(thief->keys, "SELECT sealed FROM user WHERE name = ?");
	size_t size;

	sqlite3_bind_text(rows, 1, user, -1, SQLITE_STATIC);
	assert_int_equal(sqlite3_step(rows), SQLITE_ROW);
	const void *sealed = blob(rows, 0, &size);
	IH_OWNED(ih_secret)
	all = ih_passphrase_open(PASSPHRASE_OF_OTHERS, IH_COST_TRAINING,
	    "ihala user 2", sealed, size, &err);
	assert_non_null(all);
	thief->key[thief->count++] = ih_secret_copy(all->bytes, 32);
	sqlite3_finalize(rows);
}

/* Every holding of everybody is tried with the user's own key. */
static void
take_compartments(struct thief *thief)
{
	sqlite3_stmt *rows =
	    rows_of(thief->keys, "SELECT compartment, wrapped FROM holding");

	while (sqlite3_step(rows) == SQLITE_ROW) {
		struct ih_error err = { 0 };
		char context[64];
		size_t size;
		const void *wrapped = blob(rows, 1, &size);

		snprintf(context, sizeof context, "compartment %s",
		    (const char *)sqlite3_column_text(rows, 0));
		struct ih_secret *key =
		    ih_unwrap(thief->key[0], context, wrapped, size, &err);
		if (key != NULL) {
			assert_true(thief->count < KEYS_MAX);
			thief->key[thief->count++] = key;
		}
	}
	sqlite3_finalize(rows);
}

/* Does KEY open the part as it lies there? */
static bool
opens(struct thief *thief, const struct ih_secret *key, const char *code,
    const char *part)
{
	struct ih_error err = { 0 };
	sqlite3_stmt *rows =
	    rows_of(thief->cases, "SELECT version, sealed FROM case_part"
				  " WHERE code = ? AND part = ?");
	bool opened = false;
	char binding[96];
	size_t size;

	sqlite3_bind_text(rows, 1, code, -1, SQLITE_STATIC);
	sqlite3_bind_text(rows, 2, part, -1, SQLITE_STATIC);
	if (sqlite3_step(rows) == SQLITE_ROW) {
		const void *sealed = blob(rows, 1, &size);

		snprintf(binding, sizeof binding,
		    "ihala-part-1\n%s\n%s\n%lld\n", code, part,
		    (long long)sqlite3_column_int64(rows, 0));
		IH_OWNED(ih_buffer)
		bytes = ih_seal_open(key->bytes, binding, strlen(binding),
		    sealed, size, &err);
		opened = bytes != NULL;
	}
	sqlite3_finalize(rows);
	return opened;
}

/* Every wrapped key of the part is tried with every key there is. */
static bool
can_read(struct thief *thief, const char *code, const char *part)
{
	sqlite3_stmt *rows = rows_of(thief->keys,
	    "SELECT wrapped FROM case_key WHERE code = ? AND part = ?");
	bool read = false;
	char context[64];

	sqlite3_bind_text(rows, 1, code, -1, SQLITE_STATIC);
	sqlite3_bind_text(rows, 2, part, -1, SQLITE_STATIC);
	snprintf(context, sizeof context, "case-key %s %s", code, part);
	while (sqlite3_step(rows) == SQLITE_ROW)
		for (size_t k = 0; k < thief->count; k++) {
			struct ih_error err = { 0 };
			size_t size;
			const void *wrapped = blob(rows, 0, &size);
			IH_OWNED(ih_secret)
			key = ih_unwrap(thief->key[k], context, wrapped, size,
			    &err);

			read |= key != NULL && opens(thief, key, code, part);
		}
	sqlite3_finalize(rows);
	return read;
}

static struct thief
steal(const char *user)
{
	struct thief thief = { .cases = open_file("registry.db"),
		.keys = open_file("keys.db") };

	take_own_keys(&thief, user);
	take_compartments(&thief);
	return thief;
}

static void
let_go(struct thief *thief)
{
	for (size_t k = 0; k < thief->count; k++)
		ih_secret_free(thief->key[k]);
	sqlite3_close(thief->cases);
	sqlite3_close(thief->keys);
}

static bool
should_read(enum ih_role role, enum ih_part part, bool own)
{
	static const enum ih_action actions[IH_PARTS] = {
		[IH_FACTS] = IH_MAY_FACTS,
		[IH_IDENTITY] = IH_MAY_IDENTITY,
		[IH_STATISTICS] = IH_MAY_COUNT,
	};

	return is_allowed(role, actions[part], own) ||
	       (part != IH_STATISTICS && is_allowed(role, IH_MAY_BREAK, own));
}

static void
opens_for_each_role_no_more_with_the_database_in_hand(void **state)
{
	static const char *const parts[IH_PARTS] = { [IH_FACTS] = "facts",
		[IH_IDENTITY] = "identity",
		[IH_STATISTICS] = "statistics" };
	struct office_of_all all = fill_office();
	int cases = 0, deviations = 0;

	(void)state;
	for (int r = 0; r < IH_ROLES; r++) {
		struct thief thief = steal(user_of((enum ih_role)r));

		for (int c = -1; c < IH_ROLES; c++)
			for (int p = 0; p < IH_PARTS; p++) {
				const char *code =
				    c < 0 ? all.theirs : all.own[c];
				bool own = c == r;

				if (code[0] == '\0')
					continue;
				bool right = can_read(&thief, code, parts[p]) ==
					     should_read((enum ih_role)r,
						 (enum ih_part)p, own);
				cases++;
				deviations += !right;
				if (!right)
					print_error("%s: %s of %s\n",
					    user_of((enum ih_role)r), parts[p],
					    own ? "own" : "others'");
			}
		let_go(&thief);
	}
	print_message("# below the program: %d cases, %d deviations\n", cases,
	    deviations);
	assert_int_equal(deviations, 0);
}

/* ---- letting in */

static void
needs_two_people_to_let_somebody_in(void **state)
{
	struct ih_error err = { 0 };

	(void)state;
	IH_OWNED(ih_registry) first = open_as("office");
	office_admit(first, "second", IH_ROLE_BIT(IH_SUPERVISOR));
	assert_true(ih_user_register(first, "third", IH_ROLE_BIT(IH_SCREENER),
	    PASSPHRASE_OF_OTHERS, &err));
	assert_false(ih_user_admit(first, "third", &err));
	assert_string_equal(err.code, "E_FOUR_EYES");
	assert_null(office_open_as("third", &err));
	assert_string_equal(err.code, "E_USER_WAITING");
	IH_OWNED(ih_registry) second = open_as("second");
	assert_true(ih_user_admit(second, "third", &err));
	IH_OWNED(ih_registry) third = open_as("third");
	assert_int_equal(ih_registry_roles(third), IH_ROLE_BIT(IH_SCREENER));
}

static void
hands_over_no_key_that_one_does_not_hold(void **state)
{
	struct ih_error err = { 0 };

	(void)state;
	IH_OWNED(ih_registry) first = open_as("office");
	office_admit(first, "second", IH_ROLE_BIT(IH_SUPERVISOR));
	assert_true(ih_user_register(first, "third",
	    IH_ROLE_BIT(IH_COMMITTEE_OFFICER), PASSPHRASE_OF_OTHERS, &err));
	IH_OWNED(ih_registry) second = open_as("second");
	assert_false(ih_user_admit(second, "third", &err));
	assert_string_equal(err.code, "E_NOT_HELD");
	assert_null(office_open_as("third", &err));
}

static void
asks_for_a_name_where_there_are_several(void **state)
{
	struct ih_error err = { 0 };

	(void)state;
	IH_OWNED(ih_registry) first = open_as("office");
	office_admit(first, "second", IH_ROLE_BIT(IH_SUPERVISOR));
	assert_null(office_open_as(NULL, &err));
	assert_string_equal(err.code, "E_USER_NEEDED");
	assert_null(office_open_as("nobody", &err));
	assert_string_equal(err.code, "E_PASSPHRASE");
}

static void
refuses_names_and_roles_that_cannot_be(void **state)
{
	static const struct {
		const char *name;
		ih_role_set roles;
		const char *code;
	} slips[] = {
		{ "", IH_ROLE_BIT(IH_SCREENER), "E_USER_NAME" },
		{ "two words", IH_ROLE_BIT(IH_SCREENER), "E_USER_NAME" },
		{ "office", IH_ROLE_BIT(IH_SCREENER), "E_USER_NAME" },
		{ "a\tb", IH_ROLE_BIT(IH_SCREENER), "E_USER_NAME" },
		{ "second", 0, "E_USER_ROLES" },
		{ "second", IH_EVERY_ROLE, "E_USER_ROLES" },
		{ "second",
		    IH_ROLE_BIT(IH_ADMINISTRATOR) | IH_ROLE_BIT(IH_SCREENER),
		    "E_USER_ROLES" },
	};
	IH_OWNED(ih_registry) first = open_as("office");

	(void)state;
	for (size_t i = 0; i < sizeof slips / sizeof slips[0]; i++) {
		struct ih_error err = { 0 };

		assert_false(ih_user_register(first, slips[i].name,
		    slips[i].roles, PASSPHRASE_OF_OTHERS, &err));
		assert_string_equal(err.code, slips[i].code);
	}
}

static void
admits_an_analyst_only_where_there_is_no_case(void **state)
{
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT];

	(void)state;
	IH_OWNED(ih_registry) first = open_as("office");
	add_case(first, 1, code);
	assert_true(ih_user_register(first, "second", IH_ROLE_BIT(IH_ANALYST),
	    PASSPHRASE_OF_OTHERS, &err));
	assert_false(ih_user_admit(first, "second", &err));
	assert_string_equal(err.code, "E_ANALYST");
}

/* ---- letting go */

static void
closes_the_registry_to_whoever_is_revoked(void **state)
{
	struct office_of_all all = fill_office();
	struct ih_error err = { 0 };
	const char *gone = user_of(IH_SCREENER);

	(void)state;
	struct thief before = steal(gone);
	assert_true(can_read(&before, all.own[IH_SCREENER], "facts"));
	IH_OWNED(ih_registry) administrator =
	    open_as(user_of(IH_ADMINISTRATOR));
	assert_true(ih_user_revoke(administrator, gone, &err));
	assert_null(office_open_as(gone, &err));
	assert_int_equal(err.kind, IH_DENIED);
	/* What was wrapped to them is gone too. */
	assert_false(can_read(&before, all.own[IH_SCREENER], "facts"));
	let_go(&before);
	assert_false(ih_user_register(administrator, gone,
	    IH_ROLE_BIT(IH_SCREENER), PASSPHRASE_OF_OTHERS, &err));
	assert_string_equal(err.code, "E_USER_NAME");
}

static void
closes_new_cases_to_the_keys_of_whoever_left(void **state)
{
	struct office_of_all all = fill_office();
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT];
	size_t count = 0;
	struct thief gone = steal(user_of(IH_SUPERVISOR));

	(void)state;
	assert_true(can_read(&gone, all.theirs, "identity"));
	{
		IH_OWNED(ih_registry) administrator =
		    open_as(user_of(IH_ADMINISTRATOR));
		assert_true(ih_user_revoke(administrator,
		    user_of(IH_SUPERVISOR), &err));
		/* facts, identity, emergency */
		assert_int_equal(ih_user_stale(administrator), 3);
		assert_false(ih_user_rotate(administrator, &count, &err));
	}
	{
		IH_OWNED(ih_registry) officer =
		    open_as(user_of(IH_COMMITTEE_OFFICER));
		assert_true(ih_user_rotate(officer, &count, &err));
		assert_int_equal(count, 3);
		assert_int_equal(ih_user_stale(officer), 0);
		add_case(officer, 77, code);
	}
	assert_false(can_read(&gone, code, "facts"));
	assert_false(can_read(&gone, code, "identity"));
	let_go(&gone);
	/* Everybody else reads on, old and new. */
	IH_OWNED(ih_registry) officer =
	    open_as(user_of(IH_DATA_PROTECTION_OFFICER));
	assert_true(try_read(officer, code, IH_IDENTITY, &err));
	assert_true(try_read(officer, all.theirs, IH_FACTS, &err));
	IH_OWNED(ih_registry) screener = open_as(user_of(IH_SCREENER));
	assert_true(try_read(screener, all.own[IH_SCREENER], IH_FACTS, &err));
}

static void
keeps_the_secrets_of_the_office_through_a_new_key(void **state)
{
	struct ih_error err = { 0 };
	size_t count = 0;

	(void)state;
	let_everybody_in();
	IH_OWNED(ih_registry) first = open_as("office");
	assert_true(ih_registry_keep(first, "signing-key", "abc", 3, &err));
	{
		IH_OWNED(ih_registry) administrator =
		    open_as(user_of(IH_ADMINISTRATOR));
		assert_true(
		    ih_user_revoke(administrator, user_of(IH_ANALYST), &err));
	}
	assert_true(ih_user_rotate(first, &count, &err));
	assert_int_equal(count, 1);
	IH_OWNED(ih_buffer)
	kept = ih_registry_kept(first, "signing-key", &err);
	assert_non_null(kept);
	assert_string_equal((char *)kept->data, "abc");
	IH_OWNED(ih_registry) officer = open_as(user_of(IH_COMMITTEE_OFFICER));
	IH_OWNED(ih_buffer)
	read = ih_registry_kept(officer, "signing-key", &err);
	assert_non_null(read);
}

static void
keeps_somebody_who_can_do_what_the_last_one_could(void **state)
{
	struct ih_error err = { 0 };

	(void)state;
	IH_OWNED(ih_registry) first = open_as("office");
	assert_false(ih_user_revoke(first, "office", &err));
	assert_string_equal(err.code, "E_USER_LAST");
	let_everybody_in();
	IH_OWNED(ih_registry) administrator =
	    open_as(user_of(IH_ADMINISTRATOR));
	assert_false(
	    ih_user_revoke(administrator, user_of(IH_ADMINISTRATOR), &err) &&
	    ih_user_revoke(administrator, "office", &err));
}

/* ---- whoever can write to the disk */

static void
finds_each_change_of_the_roster(void **state)
{
	static const char *const changes[] = {
		"UPDATE roster SET document = CAST(replace(CAST(document AS "
		"TEXT), 'screener',"
		" 'supervisor') AS BLOB)",
		"UPDATE roster SET signer = 'administrator' WHERE signer ="
		" 'office'",
		"DELETE FROM roster WHERE generation ="
		" (SELECT max(generation) FROM roster)",
		"DELETE FROM roster WHERE generation = 2",
		"DELETE FROM roster WHERE generation = 1",
	};

	for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
		struct ih_error err = { 0 };

		let_everybody_in();
		tamper("keys.db", changes[i]);
		assert_null(office_open_as("office", &err));
		assert_int_equal(err.kind, IH_TRUST);
		office_end(state);
		assert_int_equal(office_start(state), 0);
	}
}

/* ---- the account that a registry begins with */

static enum ih_handover
left_to_do(struct ih_registry *registry)
{
	enum ih_handover what;
	char name[IH_USER_TEXT];
	struct ih_error err = { 0 };

	if (!ih_user_handover(registry, &what, name, &err))
		fail_msg("%s", err.text);
	assert_string_equal(name, "office");
	return what;
}

static void
says_of_the_first_account_when_it_can_go(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_registry) first = office_open();

	(void)state;
	assert_int_equal(left_to_do(first), IH_LET_IN_OTHERS);
	office_admit(first, "accounts", IH_ROLE_BIT(IH_ADMINISTRATOR));
	assert_int_equal(left_to_do(first), IH_LET_IN_OTHERS);
	IH_OWNED(ih_registry) accounts = open_as("accounts");
	assert_true(ih_user_register(accounts, "officer",
	    IH_ROLE_BIT(IH_COMMITTEE_OFFICER), PASSPHRASE_OF_OTHERS, &err));
	assert_int_equal(left_to_do(first), IH_LET_IN_OTHERS);
	assert_true(ih_user_admit(first, "officer", &err));
	/* nobody yet to open a case at night, to review it, to audit */
	assert_int_equal(left_to_do(first), IH_LET_IN_OTHERS);
	assert_true(ih_user_register(accounts, "others",
	    IH_ROLE_BIT(IH_CASE_WORKER) |
		IH_ROLE_BIT(IH_DATA_PROTECTION_OFFICER),
	    PASSPHRASE_OF_OTHERS, &err));
	assert_true(ih_user_admit(first, "others", &err));
	assert_int_equal(left_to_do(first), IH_REVOKE_FIRST);
	assert_true(ih_user_revoke(accounts, "office", &err));
	assert_int_equal(left_to_do(accounts), IH_HANDED_OVER);
}

/* ---- to whom a case is given */

static void
opens_a_case_to_whom_it_is_given_until_it_is_taken_back(void **state)
{
	struct office_of_all all = fill_office();
	struct ih_error err = { 0 };
	const char *name = user_of(IH_CASE_WORKER);

	(void)state;
	IH_OWNED(ih_registry) supervisor = open_as(user_of(IH_SUPERVISOR));
	IH_OWNED(ih_registry) worker = open_as(name);
	assert_false(try_read(worker, all.theirs, IH_FACTS, &err));
	assert_true(ih_case_assign(supervisor, all.theirs, name, &err));
	assert_true(try_read(worker, all.theirs, IH_FACTS, &err));
	assert_true(ih_case_unassign(supervisor, all.theirs, name, &err));
	assert_false(try_read(worker, all.theirs, IH_FACTS, &err));
	assert_int_equal(number_in("registry.db",
			     "SELECT count(*) FROM ledger WHERE act = 'assign'"
			     " AND actor = 'supervisor'"),
	    2);
	assert_false(ih_case_assign(supervisor, all.theirs, "auditor", &err));
	assert_string_equal(err.code, "E_USER_NO_CASES");
}

/* With the files of now and the keys of NAME. */
static bool
still_reads(const char *name, const char *code)
{
	struct thief thief = steal(name);
	bool reads = can_read(&thief, code, "facts") ||
		     can_read(&thief, code, "identity");

	let_go(&thief);
	return reads;
}

/* Is any run of 16 of these bytes in the file? */
static bool
is_in_file(const char *name, const unsigned char *bytes, size_t size)
{
	struct ih_error err = { 0 };
	char path[160];
	bool found = false;

	snprintf(path, sizeof path, "%s/%s", office_folder, name);
	IH_OWNED(ih_buffer) all = ih_file_read(path, 1 << 28, &err);
	for (size_t i = 0; all != NULL && i + 16 <= size; i++)
		found |= memmem(all->data, all->size, bytes + i, 16) != NULL;
	return found;
}

static void
takes_a_case_back_below_the_program_too(void **state)
{
	static const char *const files[] = { "keys.db", "keys.db-wal",
		"registry.db", "registry.db-wal" };
	struct office_of_all all = fill_office();
	struct ih_error err = { 0 };
	struct ih_known known;
	const char *name = user_of(IH_SCREENER);
	unsigned char wrapped[512];
	size_t size;

	(void)state;
	IH_OWNED(ih_registry) supervisor = open_as(user_of(IH_SUPERVISOR));
	assert_false(still_reads(name, all.theirs));
	assert_true(ih_case_assign(supervisor, all.theirs, name, &err));
	assert_true(still_reads(name, all.theirs));
	assert_true(ih_case_known(supervisor, all.theirs, name, &known, &err));
	assert_int_equal(known.times, 0);
	{
		IH_OWNED(ih_registry) worker = open_as(name);
		assert_true(try_read(worker, all.theirs, IH_FACTS, &err));
		assert_true(try_write(worker, all.theirs, &err));
	}
	sqlite3 *keys = open_file("keys.db");
	sqlite3_stmt *rows = rows_of(keys,
	    "SELECT wrapped FROM case_key WHERE holder = 'user screener'"
	    " AND code = ?");
	sqlite3_bind_text(rows, 1, all.theirs, -1, SQLITE_STATIC);
	assert_int_equal(sqlite3_step(rows), SQLITE_ROW);
	const void *bytes = blob(rows, 0, &size);
	assert_in_range(size, 32, sizeof wrapped);
	memcpy(wrapped, bytes, size);
	sqlite3_finalize(rows);
	sqlite3_close(keys);

	assert_true(ih_case_unassign(supervisor, all.theirs, name, &err));
	assert_false(still_reads(name, all.theirs));
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
		assert_false(is_in_file(files[i], wrapped, size));
	assert_true(ih_case_known(supervisor, all.theirs, name, &known, &err));
	assert_int_equal(known.times, 2);
	assert_int_equal(known.last, NOON);
	/* Others read it as before. */
	assert_true(still_reads(user_of(IH_SUPERVISOR), all.theirs));
	assert_true(still_reads(user_of(IH_COMMITTEE_OFFICER), all.theirs));
}

static void
gives_no_case_to_whom_another_has_revoked_meanwhile(void **state)
{
	struct office_of_all all = fill_office();
	struct ih_error err = { 0 };
	const char *name = user_of(IH_SCREENER);

	(void)state;
	IH_OWNED(ih_registry) supervisor = open_as(user_of(IH_SUPERVISOR));
	{
		IH_OWNED(ih_registry) administrator =
		    open_as(user_of(IH_ADMINISTRATOR));
		assert_true(ih_user_revoke(administrator, name, &err));
	}
	assert_false(ih_case_assign(supervisor, all.theirs, name, &err));
	assert_string_equal(err.code, "E_USER_UNKNOWN");
	assert_int_equal(number_in("keys.db",
			     "SELECT count(*) FROM case_key WHERE holder ="
			     " 'user screener'"),
	    0);
}

static void
opens_a_case_for_four_hours_in_an_emergency(void **state)
{
	struct office_of_all all = fill_office();
	struct ih_error err = { 0 };
	IH_OWNED(ih_registry) worker = open_as(user_of(IH_CASE_WORKER));

	(void)state;
	assert_false(ih_case_break(worker, all.theirs, "x", &err));
	assert_string_equal(err.code, "E_REASON");
	assert_true(ih_case_break(worker, all.theirs, REASON, &err));
	assert_true(try_read(worker, all.theirs, IH_IDENTITY, &err));
	office_world.now = NOON + 4 * 3600 - 1;
	assert_true(try_read(worker, all.theirs, IH_FACTS, &err));
	office_world.now = NOON + 4 * 3600;
	assert_false(try_read(worker, all.theirs, IH_FACTS, &err));
	assert_string_equal(err.code, "E_ROLE");
}

static bool
take_entry(const struct ih_break *one, void *with)
{
	*(struct ih_break *)with = *one;
	return true;
}

static void
lists_an_emergency_until_somebody_else_has_looked_at_it(void **state)
{
	struct office_of_all all = fill_office();
	struct ih_error err = { 0 };
	struct ih_break one = { 0 };
	IH_OWNED(ih_registry) worker = open_as(user_of(IH_CASE_WORKER));
	IH_OWNED(ih_registry) supervisor = open_as(user_of(IH_SUPERVISOR));

	(void)state;
	assert_true(ih_case_break(worker, all.theirs, REASON, &err));
	assert_true(ih_break_each(supervisor, take_entry, &one, &err));
	assert_string_equal(one.user, user_of(IH_CASE_WORKER));
	assert_string_equal(one.reviewer, "");
	assert_null(ih_break_review(worker, one.entry, &err));
	assert_int_equal(err.kind, IH_DENIED);
	IH_OWNED(ih_buffer) reason =
	    ih_break_review(supervisor, one.entry, &err);
	assert_non_null(reason);
	assert_string_equal((char *)reason->data, REASON);
	assert_true(ih_break_each(supervisor, take_entry, &one, &err));
	assert_string_equal(one.reviewer, user_of(IH_SUPERVISOR));
	assert_null(ih_break_review(supervisor, one.entry, &err));
	assert_string_equal(err.code, "E_BREAK_UNKNOWN");
}

/* ---- two programs at once */

static void
takes_a_change_made_while_it_opens_for_what_it_is(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_registry) opening = office_open();
	IH_OWNED(ih_registry) other = office_open();

	(void)state;
	office_admit(other, "aid", IH_ROLE_BIT(IH_CASE_WORKER));
	if (!ih_users_settle(opening, &err))
		fail_msg("%s", err.text);
	assert_int_equal(number_in("registry.db",
			     "SELECT count(*) FROM ledger"
			     " WHERE subject LIKE 'settle%'"),
	    0);
}

static void
hands_over_no_key_that_was_made_anew_meanwhile(void **state)
{
	struct ih_error err = { 0 };
	size_t count = 0;
	IH_OWNED(ih_registry) slow = office_open();
	IH_OWNED(ih_registry) other = office_open();

	(void)state;
	office_admit(other, "boss", IH_ROLE_BIT(IH_SUPERVISOR));
	assert_true(ih_user_register(other, "aid", IH_ROLE_BIT(IH_CASE_WORKER),
	    PASSPHRASE_OF_OTHERS, &err));
	assert_true(ih_user_revoke(other, "boss", &err));
	assert_true(ih_user_rotate(other, &count, &err));
	assert_true(count > 0);
	assert_false(ih_user_admit(slow, "aid", &err));
	assert_int_equal(err.kind, IH_STATE);
	assert_true(ih_user_admit(other, "aid", &err));
}

#define FRESH(function)                                                        \
	cmocka_unit_test_setup_teardown(function, office_start, office_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FRESH(does_for_each_role_what_the_table_says_and_nothing_else),
		FRESH(opens_for_each_role_no_more_with_the_database_in_hand),
		FRESH(needs_two_people_to_let_somebody_in),
		FRESH(hands_over_no_key_that_one_does_not_hold),
		FRESH(asks_for_a_name_where_there_are_several),
		FRESH(refuses_names_and_roles_that_cannot_be),
		FRESH(admits_an_analyst_only_where_there_is_no_case),
		FRESH(closes_the_registry_to_whoever_is_revoked),
		FRESH(closes_new_cases_to_the_keys_of_whoever_left),
		FRESH(keeps_the_secrets_of_the_office_through_a_new_key),
		FRESH(keeps_somebody_who_can_do_what_the_last_one_could),
		FRESH(finds_each_change_of_the_roster),
		FRESH(opens_a_case_to_whom_it_is_given_until_it_is_taken_back),
		FRESH(says_of_the_first_account_when_it_can_go),
		FRESH(takes_a_case_back_below_the_program_too),
		FRESH(gives_no_case_to_whom_another_has_revoked_meanwhile),
		FRESH(opens_a_case_for_four_hours_in_an_emergency),
		FRESH(lists_an_emergency_until_somebody_else_has_looked_at_it),
		FRESH(takes_a_change_made_while_it_opens_for_what_it_is),
		FRESH(hands_over_no_key_that_was_made_anew_meanwhile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
