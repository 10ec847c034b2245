#include "test.h"

#include "ihala/words.h"

#include "office.h"

/* A ledger of ten entries: two cases, a read, a move. */
static int
start_with_ten(void **state)
{
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT];

	if (office_start(state) != 0)
		return 1;
	IH_OWNED(ih_registry) registry = office_open();
	add_case(registry, 1, code);
	add_case(registry, 2, code);
	IH_OWNED(ih_buffer) facts =
	    ih_case_read(registry, code, IH_FACTS, &err);
	return facts == NULL ||
	       !ih_case_move(registry, code, IH_FILE, "open", &err);
}

static bool
verify(const char *passphrase, uint64_t *size, struct ih_error *err)
{
	struct ih_hash root;
	IH_OWNED(ih_registry) registry = office_open_with(passphrase, err);

	if (registry == NULL)
		fail_msg("%s", err->text);
	return ih_ledger_verify(registry, size, &root, err);
}

static void
holds_when_nothing_was_touched(void **state)
{
	struct ih_error err = { 0 };
	uint64_t size = 0;

	(void)state;
	if (!verify(PASSPHRASE, &size, &err))
		fail_msg("%s", err.text);
	assert_int_equal(size, 10);
	assert_true(verify(NULL, &size, &err)); /* an auditor needs no key */
}

static bool
append_entry(const struct ih_entry *entry, void *with)
{
	size_t used = strlen(with);

	snprintf((char *)with + used, 600 - used, "%d %s %s\n", (int)entry->at,
	    ih_act_name(entry->act),
	    strchr(entry->subject, ' ') != NULL ?
		strchr(entry->subject, ' ') + 1 :
		"-");
	assert_string_equal(entry->actor, "office");
	assert_int_equal(entry->instant, NOON);
	return true;
}

static void
tells_who_did_what(void **state)
{
	struct ih_error err = { 0 };
	char told[600] = "";
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	assert_true(ih_ledger_each(registry, 4, append_entry, told, &err));
	assert_string_equal(told, "4 open -\n5 write facts\n6 write identity\n"
				  "7 write statistics\n8 read facts\n"
				  "9 move -\n");
}

/* Each column of each entry, changed by one who has the disk. */
static void
names_each_entry_that_was_changed(void **state)
{
	static const char *const changes[] = { "instant = instant + 1",
		"actor = 'officf'", "act = 'print'", "subject = subject || '.'",
		"digest = x'"
		"0000000000000000000000000000000000000000000000000000000000000"
		"001'",
		"leaf = zeroblob(32)", "mark = zeroblob(32)" };
	struct ih_error err = { 0 };
	uint64_t size;

	(void)state;
	tamper("registry.db", "CREATE TABLE saved AS SELECT * FROM ledger");
	for (size_t c = 0; c < sizeof changes / sizeof changes[0]; c++)
		for (int at = 0; at < 10; at++) {
			char sql[256], said[16];

			snprintf(sql, sizeof sql,
			    "UPDATE ledger SET %s WHERE at = %d", changes[c],
			    at);
			snprintf(said, sizeof said, "entry %d ", at);
			tamper("registry.db", sql);
			assert_false(verify(PASSPHRASE, &size, &err));
			assert_int_equal(err.kind, IH_TRUST);
			assert_string_equal(err.code, "E_LEDGER");
			if (strstr(err.text, said) == NULL)
				fail_msg("%s: %s", sql, err.text);
			tamper("registry.db",
			    "DELETE FROM ledger;"
			    "INSERT INTO ledger SELECT * FROM saved");
		}
	tamper("registry.db", "DROP TABLE saved");
	assert_true(verify(PASSPHRASE, &size, &err));
}

static void
names_each_entry_that_was_taken_out(void **state)
{
	struct ih_error err = { 0 };
	uint64_t size;

	(void)state;
	tamper("registry.db", "CREATE TABLE saved AS SELECT * FROM ledger");
	for (int at = 0; at < 10; at++) {
		char sql[128], said[16];

		snprintf(sql, sizeof sql, "DELETE FROM ledger WHERE at = %d",
		    at);
		snprintf(said, sizeof said, "entry %d ", at);
		tamper("registry.db", sql);
		assert_false(verify(PASSPHRASE, &size, &err));
		assert_non_null(strstr(err.text, said));
		/* and the gap closed by moving the rest up */
		snprintf(sql, sizeof sql,
		    "UPDATE ledger SET at = at - 1 WHERE at > %d", at);
		tamper("registry.db", sql);
		assert_false(verify(PASSPHRASE, &size, &err));
		assert_non_null(strstr(err.text, said));
		assert_false(verify(NULL, &size, &err));
		assert_non_null(strstr(err.text, said));
		tamper("registry.db", "DELETE FROM ledger;"
				      "INSERT INTO ledger SELECT * FROM saved");
	}
}

static void
names_the_first_of_two_entries_that_changed_places(void **state)
{
	struct ih_error err = { 0 };
	uint64_t size;

	(void)state;
	for (int at = 0; at < 9; at++) {
		char sql[256], said[16];

		snprintf(sql, sizeof sql,
		    "UPDATE ledger SET at = 99 WHERE at = %d;"
		    "UPDATE ledger SET at = %d WHERE at = %d;"
		    "UPDATE ledger SET at = %d WHERE at = 99",
		    at, at, at + 1, at + 1);
		snprintf(said, sizeof said, "entry %d ", at);
		tamper("registry.db", sql);
		assert_false(verify(PASSPHRASE, &size, &err));
		assert_non_null(strstr(err.text, said));
		tamper("registry.db", sql); /* and back */
	}
	assert_true(verify(PASSPHRASE, &size, &err));
}

static void
finds_a_tail_that_was_cut_or_added(void **state)
{
	struct ih_error err = { 0 };
	uint64_t size;

	(void)state;
	tamper("registry.db", "CREATE TABLE saved AS SELECT * FROM ledger;"
			      "DELETE FROM ledger WHERE at >= 8");
	assert_false(verify(PASSPHRASE, &size, &err));
	assert_non_null(strstr(err.text, "entry 8 is missing"));
	tamper("registry.db", "UPDATE checkpoint SET size = 8");
	assert_false(verify(PASSPHRASE, &size, &err));
	assert_int_equal(err.kind, IH_TRUST);
	tamper("registry.db",
	    "UPDATE checkpoint SET size = 10; DELETE FROM ledger;"
	    "INSERT INTO ledger SELECT * FROM saved;"
	    "INSERT INTO ledger SELECT 10, instant, actor, act, subject,"
	    " digest, leaf, mark FROM ledger WHERE at = 9");
	assert_false(verify(PASSPHRASE, &size, &err));
	assert_int_equal(err.kind, IH_TRUST);
	assert_non_null(strstr(err.text, "entry 10"));
}

/* Somebody who knows the format recomputes the leaf too. */
static void
names_an_entry_that_was_made_to_look_right(void **state)
{
	struct ih_error err = { 0 };
	struct ih_hash leaf;
	char line[300], text[IH_DIGEST_TEXT], sql[400];
	uint64_t size;

	(void)state;
	snprintf(line, sizeof line, "3\t%d\toffice\tread\tnothing\t%064d\n",
	    NOON, 0);
	leaf = ih_tree_leaf(line, strlen(line));
	ih_hash_text(&leaf, text);
	snprintf(sql, sizeof sql,
	    "UPDATE ledger SET act = 'read', subject = 'nothing',"
	    " digest = zeroblob(32), leaf = x'%s' WHERE at = 3",
	    text);
	tamper("registry.db", sql);
	assert_false(verify(PASSPHRASE, &size, &err));
	assert_non_null(strstr(err.text, "entry 3 was changed"));
	assert_false(verify(NULL, &size, &err)); /* found, but not where */
	assert_int_equal(err.kind, IH_TRUST);
}

static void
finds_each_change_of_its_checkpoint(void **state)
{
	static const char *const changes[] = {
		"UPDATE checkpoint SET size = size + 1",
		"UPDATE checkpoint SET root = zeroblob(32)",
		"UPDATE checkpoint SET signature = zeroblob(64)",
		"DELETE FROM checkpoint",
	};
	struct ih_error err = { 0 };
	uint64_t size;

	(void)state;
	tamper("registry.db", "CREATE TABLE saved AS SELECT * FROM checkpoint");
	for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
		tamper("registry.db", changes[i]);
		assert_false(verify(PASSPHRASE, &size, &err));
		assert_int_equal(err.kind, IH_TRUST);
		tamper("registry.db",
		    "DELETE FROM checkpoint;"
		    "INSERT INTO checkpoint SELECT * FROM saved");
	}
	assert_true(verify(PASSPHRASE, &size, &err));
}

static void
enters_nothing_after_what_was_never_signed(void **state)
{
	static const char *const changes[] = {
		"UPDATE checkpoint SET subtrees = zeroblob(64)",
		"UPDATE checkpoint SET signature = zeroblob(64)",
		"UPDATE checkpoint SET size = 9",
	};
	struct ih_error err = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
		tamper("registry.db", changes[i]);
		IH_OWNED(ih_registry) registry = office_open();
		assert_false(
		    ih_ledger_add(registry, IH_ACT_PRINT, "x", NULL, &err));
		assert_int_equal(err.kind, IH_TRUST);
		assert_int_equal(number_in("registry.db",
				     "SELECT count(*) FROM ledger"),
		    10);
	}
}

static void
finds_content_that_is_not_what_was_entered(void **state)
{
	static const char *const changes[] = {
		"UPDATE case_part SET sealed = x'00' WHERE part = 'facts'",
		"DELETE FROM case_part WHERE part = 'identity'",
		"UPDATE case_part SET entry = 1",
		"UPDATE case_file SET file = 'closed'",
		"UPDATE step SET target = 'closed'",
		"DELETE FROM step",
	};
	uint64_t size;

	(void)state;
	for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
		struct ih_error err = { 0 };
		void *again = NULL;

		tamper("registry.db", changes[i]);
		if (i == 3) /* only what moved has a step to say so */
			tamper("registry.db",
			    "UPDATE case_file SET file = 'request' WHERE code"
			    " NOT IN (SELECT code FROM step)");
		assert_false(verify(PASSPHRASE, &size, &err));
		assert_string_equal(err.code, "E_LEDGER");
		office_end(&again);
		assert_int_equal(start_with_ten(&again), 0);
	}
}

/* An older version of a part, put back with its own entry. */
static void
finds_a_part_that_was_put_back(void **state)
{
	struct ih_error err = { 0 };
	uint64_t size;
	char code[IH_CODE_TEXT];

	(void)state;
	{
		IH_OWNED(ih_registry) registry = office_open();
		add_case(registry, 3, code);
		tamper("registry.db",
		    "CREATE TABLE saved AS SELECT * FROM case_part");
		assert_true(ih_case_write(registry, code, IH_FACTS, "newer", 5,
		    1, &err));
	}
	tamper("registry.db", "DELETE FROM case_part;"
			      "INSERT INTO case_part SELECT * FROM saved");
	assert_false(verify(PASSPHRASE, &size, &err));
	assert_string_equal(err.code, "E_LEDGER");
}

static void
shows_a_witness_that_it_only_grew(void **state)
{
	struct ih_error err = { 0 };
	struct ih_checkpoint seen, now;
	unsigned char key[IH_SIGN_PUBLIC];
	char text[IH_CHECKPOINT_TEXT];
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	assert_true(ih_ledger_checkpoint(registry, &seen, &err));
	assert_true(
	    ih_ledger_add(registry, IH_ACT_PRINT, "7KQF-3XMT-R", NULL, &err));
	assert_true(ih_ledger_checkpoint(registry, &now, &err));
	assert_int_equal(now.size, seen.size + 1);
	assert_true(ih_ledger_had(registry, seen.size, &seen.root, &err));
	assert_true(ih_ledger_had(registry, now.size, &now.root, &err));
	assert_false(ih_ledger_had(registry, seen.size, &now.root, &err));
	assert_int_equal(err.kind, IH_TRUST);
	assert_false(ih_ledger_had(registry, 99, &now.root, &err));
	/* The witness can check the signature alone. */
	assert_true(ih_ledger_key(registry, key, &err));
	ih_checkpoint_text(ih_registry_committee(registry), key, seen.size,
	    &seen.root, text);
	assert_true(
	    ih_sign_check(key, text, strlen(text), seen.signature, &err));
}

static void
refuses_a_subject_of_two_lines(void **state)
{
	struct ih_error err = { 0 };
	char longer[IH_SUBJECT_TEXT + 1];
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	assert_false(ih_ledger_add(registry, IH_ACT_PRINT, "a\nb", NULL, &err));
	assert_int_equal(err.kind, IH_INPUT);
	assert_false(ih_ledger_add(registry, IH_ACT_PRINT, "a\tb", NULL, &err));
	memset(longer, 'x', sizeof longer - 1);
	longer[sizeof longer - 1] = '\0';
	assert_false(ih_ledger_add(registry, IH_ACT_PRINT, longer, NULL, &err));
	assert_int_equal(err.kind, IH_INPUT);
}

static void
enters_once_what_one_look_reads_again(void **state)
{
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT], told[600] = "";
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	add_case(registry, 3, code); /* entries 10 to 13 */
	for (int look = 0; look < 2; look++) {
		ih_ledger_look(registry);
		for (int again = 0; again < 3; again++) {
			IH_OWNED(ih_buffer)
			facts = ih_case_read(registry, code, IH_FACTS, &err);
			assert_non_null(facts);
			/* What was written between is an act each time. */
			assert_true(ih_ledger_add(registry, IH_ACT_PRINT,
			    "x paper", NULL, &err));
		}
		IH_OWNED(ih_buffer)
		identity = ih_case_read(registry, code, IH_IDENTITY, &err);
		assert_non_null(identity);
	}
	assert_true(ih_ledger_each(registry, 14, append_entry, told, &err));
	assert_string_equal(told,
	    "14 read facts\n15 print paper\n16 print paper\n"
	    "17 print paper\n18 read identity\n"
	    "19 read facts\n20 print paper\n21 print paper\n"
	    "22 print paper\n23 read identity\n");
}

static void
has_a_word_for_each_act_on_its_screen(void **state)
{
	(void)state;
	for (int act = 0; act < IH_ACTS; act++) {
		char key[64];

		snprintf(key, sizeof key, "screen.act.%s",
		    ih_act_name((enum ih_act)act));
		if (ih_word((struct ih_tongue){ .lang = IH_EN }, key) == NULL)
			fail_msg("%s", key);
	}
}

#define TEN(function)                                                          \
	cmocka_unit_test_setup_teardown(function, start_with_ten, office_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEN(holds_when_nothing_was_touched),
		TEN(tells_who_did_what),
		TEN(names_each_entry_that_was_changed),
		TEN(names_each_entry_that_was_taken_out),
		TEN(names_the_first_of_two_entries_that_changed_places),
		TEN(finds_a_tail_that_was_cut_or_added),
		TEN(names_an_entry_that_was_made_to_look_right),
		TEN(finds_each_change_of_its_checkpoint),
		TEN(enters_nothing_after_what_was_never_signed),
		TEN(finds_content_that_is_not_what_was_entered),
		TEN(finds_a_part_that_was_put_back),
		TEN(shows_a_witness_that_it_only_grew),
		TEN(refuses_a_subject_of_two_lines),
		TEN(enters_once_what_one_look_reads_again),
		cmocka_unit_test(has_a_word_for_each_act_on_its_screen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
