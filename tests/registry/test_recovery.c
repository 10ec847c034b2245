#include "test.h"

#include "../../src/registry/query.h"
#include "ihala/access.h"
#include "ihala/recovery.h"
#include "office.h"

#define NEW_PASSPHRASE "cinq mots encore plus longs"

/* What the officers were given. */
static struct ih_shares *officers;

static bool
hand_out(const struct ih_shares *shares, void *with, struct ih_error *err)
{
	(void)with;
	(void)err;
	ih_shares_free(officers);
	officers = ih_shares_new();
	officers->count = shares->count;
	memcpy(officers->list, shares->list, sizeof shares->list);
	return true;
}

static bool
printer_fails(const struct ih_shares *shares, void *with, struct ih_error *err)
{
	(void)shares;
	(void)with;
	return ih_fail(err, IH_SYSTEM, "no paper");
}

static int
end(void **state)
{
	ih_shares_free(officers);
	officers = NULL;
	return office_end(state);
}

static bool
make(unsigned count, unsigned threshold, ih_recovery_given *give,
    struct ih_error *err)
{
	IH_OWNED(ih_registry) registry = office_open();

	return ih_recovery_make(registry, count, threshold, give, NULL, err);
}

static void
make_well(unsigned count, unsigned threshold)
{
	struct ih_error err = { 0 };

	if (!make(count, threshold, hand_out, &err))
		fail_msg("%s", err.text);
}

/* Officers in MASK of SHARES come together. */
static bool
use(const struct ih_shares *shares, unsigned mask, const char *user,
    const char *passphrase, struct ih_error *err)
{
	IH_OWNED(ih_registry) registry = office_open_with(NULL, err);
	IH_OWNED(ih_shares) some = ih_shares_new();

	*err = (struct ih_error){ 0 };
	for (unsigned i = 0; i < shares->count; i++)
		if (mask >> i & 1)
			some->list[some->count++] = shares->list[i];
	return ih_recovery_use(registry, some, user, passphrase, err);
}

static bool
opens_with(const char *passphrase)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_registry) registry = office_open_with(passphrase, &err);

	return registry != NULL;
}

static struct ih_buffer *
identity_of(const char *code, const char *passphrase, struct ih_error *err)
{
	IH_OWNED(ih_registry) registry = office_open_with(passphrase, err);

	return registry == NULL ?
		   NULL :
		   ih_case_read(registry, code, IH_IDENTITY, err);
}

static void
enough_officers_give_the_user_a_new_passphrase(void **state)
{
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT];

	(void)state;
	{
		IH_OWNED(ih_registry) registry = office_open();
		add_case(registry, 1, code);
	}
	make_well(3, 2);
	assert_true(use(officers, 0x5, "office", NEW_PASSPHRASE, &err));
	assert_true(opens_with(NEW_PASSPHRASE));
	assert_false(opens_with(PASSPHRASE));
	IH_OWNED(ih_buffer)
	identity = identity_of(code, NEW_PASSPHRASE, &err);
	assert_non_null(identity);
	assert_string_equal((char *)identity->data, IDENTITY);
}

static void
fewer_officers_get_nothing(void **state)
{
	struct ih_error err;

	(void)state;
	make_well(4, 3);
	assert_false(use(officers, 0x3, "office", NEW_PASSPHRASE, &err));
	assert_string_equal(err.code, "E_SHARE_FEW");
	assert_true(opens_with(PASSPHRASE));
}

static void
a_new_set_makes_the_earlier_one_useless(void **state)
{
	struct ih_error err;

	(void)state;
	make_well(2, 2);
	IH_OWNED(ih_shares) earlier = officers;
	officers = NULL;
	make_well(2, 2);
	assert_false(use(earlier, 0x3, "office", NEW_PASSPHRASE, &err));
	assert_string_equal(err.code, "E_SHARE_OLD");
	assert_true(use(officers, 0x3, "office", NEW_PASSPHRASE, &err));
}

static void
a_set_that_was_not_handed_out_changes_nothing(void **state)
{
	struct ih_error err = { 0 };

	(void)state;
	make_well(2, 2);
	assert_false(make(5, 5, printer_fails, &err));
	assert_true(use(officers, 0x3, "office", NEW_PASSPHRASE, &err));
}

static void
without_a_set_there_is_no_way_back(void **state)
{
	struct ih_error err = { 0 };
	struct ih_recovery set;
	IH_OWNED(ih_registry) registry = office_open_with(NULL, &err);

	(void)state;
	assert_false(ih_recovery_get(registry, &set, &err));
	assert_int_equal(err.kind, IH_ABSENT);
	assert_string_equal(err.code, "E_NO_RECOVERY");
}

static void
says_how_many_and_when_and_no_more(void **state)
{
	struct ih_error err = { 0 };
	struct ih_recovery set = { 0 };

	(void)state;
	make_well(5, 3);
	IH_OWNED(ih_registry) registry = office_open_with(NULL, &err);
	assert_true(ih_recovery_get(registry, &set, &err));
	assert_int_equal(set.shares, 5);
	assert_int_equal(set.threshold, 3);
	assert_int_equal(set.set, officers->list[0].set);
	assert_int_equal(set.made, NOON);
	assert_false(ih_recovery_make(registry, 5, 3, hand_out, NULL, &err));
	assert_int_equal(err.kind, IH_DENIED);
}

static void
what_cannot_be_done_leaves_the_registry_as_it_was(void **state)
{
	static const struct {
		const char *user, *passphrase;
		enum ih_kind kind;
	} rows[] = {
		{ "office", "short", IH_USAGE },
		{ "nobody", NEW_PASSPHRASE, IH_ABSENT },
	};
	long long entries;

	(void)state;
	make_well(2, 2);
	entries = number_in("registry.db", "SELECT count(*) FROM ledger");
	for (size_t i = 0; i < 2; i++) {
		struct ih_error err;

		assert_false(
		    use(officers, 0x3, rows[i].user, rows[i].passphrase, &err));
		assert_int_equal(err.kind, rows[i].kind);
		assert_true(opens_with(PASSPHRASE));
		assert_int_equal(entries,
		    number_in("registry.db", "SELECT count(*) FROM ledger"));
	}
}

static void
the_user_gets_back_what_was_held_and_no_more(void **state)
{
	struct ih_error err = { 0 };
	char own[IH_CODE_TEXT], other[IH_CODE_TEXT];
	const struct ih_login login = { "second", NEW_PASSPHRASE };

	(void)state;
	{
		IH_OWNED(ih_registry) registry = office_open();
		add_case(registry, 1, own);
		add_case(registry, 2, other);
		make_well(2, 2);
	}
	{
		IH_OWNED(ih_registry) registry = office_open();
		office_admit(registry, "second", IH_ROLE_BIT(IH_SCREENER));
		assert_true(ih_case_assign(registry, own, "second", &err));
	}
	assert_true(use(officers, 0x3, "second", NEW_PASSPHRASE, &err));
	assert_null(office_open_as("second", &err));
	IH_OWNED(ih_registry)
	second = ih_registry_open(office_folder, &login, office_library,
	    &office_world, &err);
	assert_non_null(second);
	IH_OWNED(ih_buffer) read = ih_case_read(second, own, IH_FACTS, &err);
	assert_non_null(read);
	assert_null(ih_case_read(second, other, IH_FACTS, &err));
	assert_string_equal(err.code, "E_ROLE");
	/* Whoever else works here is not touched. */
	IH_OWNED(ih_registry) office = office_open_as("office", &err);
	assert_non_null(office);
}

static void
nobody_is_called_as_the_officers_are(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	assert_false(ih_user_register(registry, "recovery",
	    IH_ROLE_BIT(IH_SCREENER), PASSPHRASE_OF_OTHERS, &err));
	assert_string_equal(err.code, "E_USER_NAME");
}

static void
both_acts_are_in_the_ledger(void **state)
{
	struct ih_error err = { 0 };
	uint64_t size;
	struct ih_hash root;

	(void)state;
	make_well(2, 2);
	assert_true(use(officers, 0x3, "office", NEW_PASSPHRASE, &err));
	assert_int_equal(number_in("registry.db",
			     "SELECT count(*) FROM ledger WHERE act = 'share'"
			     " AND actor = 'office'"),
	    1);
	assert_int_equal(number_in("registry.db",
			     "SELECT count(*) FROM ledger WHERE act ="
			     " 'recover' AND actor = 'recovery' AND subject ="
			     " 'office'"),
	    1);
	IH_OWNED(ih_registry) registry = office_open_with(NULL, &err);
	assert_true(ih_ledger_verify(registry, &size, &root, &err));
}

/* What the owner of the disk could do: SQL on keys.db. */
static void
a_key_in_the_place_of_the_officers_is_found(void **state)
{
	static const char *const swaps[] = {
		"UPDATE recovery SET public = randomblob(32)",
		"UPDATE recovery SET threshold = 2",
		"UPDATE recovery SET shares = 16",
		"UPDATE recovery SET sealed = randomblob(61)",
		"UPDATE recovery SET signature = randomblob(64)",
		"UPDATE roster SET signature = randomblob(64)",
	};

	(void)state;
	make_well(4, 3);
	for (size_t i = 0; i < sizeof swaps / sizeof swaps[0]; i++) {
		struct ih_error err = { 0 };
		struct ih_recovery set;

		tamper("keys.db",
		    "CREATE TABLE saved AS SELECT * FROM recovery");
		tamper("keys.db",
		    "CREATE TABLE saved_too AS SELECT * FROM roster");
		tamper("keys.db", swaps[i]);
		{
			IH_OWNED(ih_registry)
			registry = office_open_with(NULL, &err);
			assert_false(ih_recovery_get(registry, &set, &err));
			assert_int_equal(err.kind, IH_TRUST);
		}
		assert_false(
		    use(officers, 0xf, "office", NEW_PASSPHRASE, &err));
		tamper("keys.db", "REPLACE INTO recovery SELECT * FROM saved;"
				  "REPLACE INTO roster SELECT * FROM saved_too;"
				  "DROP TABLE saved; DROP TABLE saved_too");
		if (i == 0)
			assert_true(opens_with(PASSPHRASE));
	}
}

/* The officers' row as it stands in a registry that is all the forger's:
 * signed by its ledger, its compartments wrapped to the officers. */
static void
forge(void)
{
	struct ih_error err = { 0 };
	unsigned char public[IH_WRAP_PUBLIC], sealed[IH_DIGEST + IH_SEAL_MORE];
	unsigned char signature[IH_SIGNATURE];
	IH_OWNED(ih_registry) mine = office_open();
	IH_OWNED(ih_buffer) text = ih_buffer_new();
	IH_OWNED(sqlite3_stmt)
	row = ih_ask(mine->keys, &err,
	    "SELECT number, public, sealed FROM recovery", IH_NOTHING);

	assert_true(ih_row(row, &err));
	ih_column_bytes(row, 1, public, sizeof public);
	ih_column_bytes(row, 2, sealed, sizeof sealed);
	ih_buffer_printf(text, "ihala-recovery-1\n%s\n%s\n%d\n2\n2\n%d\n",
	    mine->id, mine->committee, sqlite3_column_int(row, 0), NOON);
	sqlite3_reset(row);
	ih_buffer_add(text, public, sizeof public);
	ih_buffer_add(text, sealed, sizeof sealed);
	for (int i = 0; i < IH_COMPARTMENTS; i++) {
		char context[64];

		ih_buffer_add(text, mine->public[i], IH_WRAP_PUBLIC);
		snprintf(context, sizeof context, "recovery %s",
		    ih_compartment_names[i]);
		IH_OWNED(ih_buffer)
		wrapped = ih_wrap(public, context, mine->private[i], &err);
		assert_true(ih_run(mine->keys, &err,
		    "UPDATE recovery_holding SET wrapped = :wrapped WHERE"
		    " compartment = :name",
		    ih_bytes(":wrapped", wrapped->data, wrapped->size),
		    ih_text(":name", ih_compartment_names[i])));
	}
	assert_true(
	    ih_ledger_sign(mine, text->data, text->size, signature, &err));
	assert_true(
	    ih_run(mine->keys, &err, "UPDATE recovery SET signature = :s",
		ih_bytes(":s", signature, sizeof signature)));
}

/* Officers who come back must not be led to seal people under the keys of
 * somebody who gave them a registry of his own. */
static void
officers_are_not_led_into_another_registry(void **state)
{
	struct ih_error err = { 0 };
	struct ih_recovery set = { 0 };
	char sql[512];

	(void)state;
	make_well(2, 2);
	IH_OWNED(ih_shares) ours = officers;
	officers = NULL;
	snprintf(office_folder, sizeof office_folder, "%s/another",
	    office_root);
	assert_true(office_init(true, &err));
	make_well(2, 2);
	snprintf(sql, sizeof sql,
	    "ATTACH '%s/registry/keys.db' AS theirs;"
	    "REPLACE INTO recovery SELECT * FROM theirs.recovery",
	    office_root);
	tamper("keys.db", sql);
	forge();
	{
		IH_OWNED(ih_registry) registry = office_open_with(NULL, &err);
		assert_true(ih_recovery_get(registry, &set, &err));
	}
	assert_int_equal(set.set, ours->list[0].set);
	assert_false(use(ours, 0x3, "office", NEW_PASSPHRASE, &err));
	assert_int_equal(err.kind, IH_TRUST);
}

static void
a_wrapped_key_that_is_gone_or_changed_is_found(void **state)
{
	struct ih_error err;

	(void)state;
	make_well(2, 2);
	tamper("keys.db",
	    "UPDATE recovery_holding SET wrapped = (SELECT wrapped FROM"
	    " recovery_holding WHERE compartment = 'facts')"
	    " WHERE compartment = 'identity'");
	assert_false(use(officers, 0x3, "office", NEW_PASSPHRASE, &err));
	assert_int_equal(err.kind, IH_TRUST);
	tamper("keys.db",
	    "DELETE FROM recovery_holding WHERE compartment = 'identity'");
	assert_false(use(officers, 0x3, "office", NEW_PASSPHRASE, &err));
	assert_int_equal(err.kind, IH_TRUST);
}

/* The identities get another key, since somebody left the office. */
static bool
change_compartment(struct ih_error *err)
{
	static unsigned number;
	char name[32];
	size_t count = 0;
	IH_OWNED(ih_registry) registry = office_open();

	snprintf(name, sizeof name, "leaver-%u", number++);
	office_admit(registry, name, IH_ROLE_BIT(IH_SUPERVISOR));
	assert_true(ih_user_revoke(registry, name, err));
	return ih_user_rotate(registry, &count, err);
}

static void
officers_keep_their_shares_where_a_compartment_gets_another_key(void **state)
{
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT];

	(void)state;
	assert_true(change_compartment(&err)); /* and there is no set */
	make_well(3, 2);
	assert_true(change_compartment(&err));
	{
		IH_OWNED(ih_registry) registry = office_open();
		add_case(registry, 1, code);
	}
	assert_true(use(officers, 0x6, "office", NEW_PASSPHRASE, &err));
	IH_OWNED(ih_buffer)
	identity = identity_of(code, NEW_PASSPHRASE, &err);
	assert_non_null(identity);
}

static void
no_compartment_follows_to_a_key_that_was_put_there(void **state)
{
	struct ih_error err = { 0 };

	(void)state;
	make_well(3, 2);
	tamper("keys.db", "UPDATE recovery SET public = randomblob(32)");
	assert_false(change_compartment(&err));
	assert_int_equal(err.kind, IH_TRUST);
}

#define OFFICE_TEST(test)                                                      \
	cmocka_unit_test_setup_teardown(test, office_start, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		OFFICE_TEST(enough_officers_give_the_user_a_new_passphrase),
		OFFICE_TEST(fewer_officers_get_nothing),
		OFFICE_TEST(a_new_set_makes_the_earlier_one_useless),
		OFFICE_TEST(a_set_that_was_not_handed_out_changes_nothing),
		OFFICE_TEST(without_a_set_there_is_no_way_back),
		OFFICE_TEST(says_how_many_and_when_and_no_more),
		OFFICE_TEST(what_cannot_be_done_leaves_the_registry_as_it_was),
		OFFICE_TEST(the_user_gets_back_what_was_held_and_no_more),
		OFFICE_TEST(nobody_is_called_as_the_officers_are),
		OFFICE_TEST(both_acts_are_in_the_ledger),
		OFFICE_TEST(a_key_in_the_place_of_the_officers_is_found),
		OFFICE_TEST(officers_are_not_led_into_another_registry),
		OFFICE_TEST(a_wrapped_key_that_is_gone_or_changed_is_found),
		OFFICE_TEST(
		    officers_keep_their_shares_where_a_compartment_gets_another_key),
		OFFICE_TEST(no_compartment_follows_to_a_key_that_was_put_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
