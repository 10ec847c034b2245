#include "test.h"

#include "office.h"

/*
 * A ledger of 10 000 entries against one checkpoint.  To recompute all of it
 * for each change would take 10 000 times 10 000 leaves; but a tree is
 * recomputed from left to right, and what stands before the change is the
 * same.  So the unchanged prefix is kept as it grows, and only what follows
 * the change is added: half as much, in memory, with the very functions that
 * ih_ledger_verify() uses (ih_tree_leaf(), ih_tree_add(), ih_tree_root()).
 * Every 41st place is changed in each of four ways here, and every place with
 * IHALA_ALL=1, which takes a minute.  That the program itself finds changes is
 * looked at in places over the whole, below.
 */
enum { ENTRIES = 10000, PLACES = 12 };

static struct ih_hash leaf[ENTRIES];

static void
fill(void)
{
	char line[64];

	for (int i = 0; i < ENTRIES; i++) {
		int length = snprintf(line, sizeof line, "entry %d", i);

		leaf[i] = ih_tree_leaf(line, (size_t)length);
	}
}

enum way { CHANGED, DELETED, SWAPPED, CUT, WAYS };

static struct ih_tree
with(struct ih_tree tree, int at, enum way way)
{
	struct ih_hash other = leaf[at];

	other.bytes[at % IH_DIGEST] ^= 1;
	if (way == CHANGED)
		ih_tree_add(&tree, other);
	if (way == SWAPPED && at + 1 < ENTRIES) {
		ih_tree_add(&tree, leaf[at + 1]);
		ih_tree_add(&tree, leaf[at]);
	}
	if (way == CUT)
		return tree;
	for (int i = at + (way == SWAPPED ? 2 : 1); i < ENTRIES; i++)
		ih_tree_add(&tree, leaf[i]);
	return tree;
}

static void
no_change_of_any_entry_has_the_same_root(void **state)
{
	struct ih_tree whole = { 0 }, before = { 0 };
	struct ih_hash root;
	bool all = getenv("IHALA_ALL") != NULL;
	int step = all ? 1 : 41, found = 0;

	(void)state;
	fill();
	for (int i = 0; i < ENTRIES; i++)
		ih_tree_add(&whole, leaf[i]);
	root = ih_tree_root(&whole);
	for (int at = 0; at < ENTRIES; at++) {
		for (int way = 0; way < WAYS && at % step == 0; way++) {
			struct ih_tree tree = with(before, at, (enum way)way);
			struct ih_hash now = ih_tree_root(&tree);

			if (tree.size == whole.size && ih_hash_is(&now, &root))
				fail_msg("not found at %d", at);
			found++;
		}
		ih_tree_add(&before, leaf[at]);
	}
	print_message("%d changes, %d found\n", found, found);
}

/* ---- in the file itself */

static void
enter_many(void)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_registry) registry = office_open();
	IH_OWNED(ih_transaction) all = ih_transaction_begin(registry, &err);

	for (int i = 0; i < ENTRIES; i++)
		if (!ih_ledger_add(registry, IH_ACT_PRINT, "a page", NULL,
			&err))
			fail_msg("%s", err.text);
	assert_true(ih_transaction_commit(all, &err));
}

static bool
holds(void)
{
	struct ih_error err = { 0 };
	uint64_t size;
	struct ih_hash root;
	IH_OWNED(ih_registry) locked = office_open_with(NULL, &err);

	return ih_ledger_verify(locked, &size, &root, &err);
}

static void
finds_each_change_of_a_long_ledger_against_its_checkpoint(void **state)
{
	static const char *const changes[] = {
		"UPDATE ledger SET instant = instant + 1 WHERE at = ",
		"UPDATE ledger SET actor = 'other' WHERE at = ",
		"UPDATE ledger SET leaf = zeroblob(32) WHERE at = ",
		"DELETE FROM ledger WHERE at = ",
		"DELETE FROM ledger WHERE at >= ",
	};
	char sql[160];

	(void)state;
	enter_many();
	assert_true(holds());
	tamper("registry.db", "CREATE TABLE kept AS SELECT * FROM ledger");
	for (int i = 0; i < PLACES; i++) {
		int at = i * (ENTRIES - 1) / (PLACES - 1);

		snprintf(sql, sizeof sql, "%s%d",
		    changes[(size_t)i % (sizeof changes / sizeof changes[0])],
		    at);
		tamper("registry.db", sql);
		assert_false(holds());
		tamper("registry.db", "DELETE FROM ledger;"
				      "INSERT INTO ledger SELECT * FROM kept");
	}
	assert_true(holds());
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(no_change_of_any_entry_has_the_same_root),
		cmocka_unit_test_setup_teardown(
		    finds_each_change_of_a_long_ledger_against_its_checkpoint,
		    office_start, office_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
