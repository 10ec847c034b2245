#include "test.h"

#include "ihala/digest.h"
#include "ihala/shelf.h"

#include "office.h"

static struct ih_hash
hash_of(const char *text)
{
	struct ih_hash hash = { 0 };

	ih_digest(text, strlen(text), hash.bytes);
	return hash;
}

/* Pack NUMBER, which is the word BYTES and holds the file FILE. */
static bool
add(struct ih_registry *registry, int64_t number, const char *bytes,
    const char *file, struct ih_error *err)
{
	struct ih_shelved pack = { .sequence = number, .made = NOON - 60 };
	struct ih_hash hash = hash_of(file);

	*err = (struct ih_error){ 0 };
	return ih_shelf_add(registry, &pack, bytes, strlen(bytes), &hash, 1,
	    err);
}

static void
add_three(struct ih_registry *registry)
{
	struct ih_error err;

	assert_true(add(registry, 1, "first", "adult-1", &err));
	assert_true(add(registry, 2, "second", "adult-1", &err));
	assert_true(add(registry, 4, "fourth", "adult-4", &err));
}

static void
gives_the_newest_as_it_was_put_there(void **state)
{
	IH_OWNED(ih_registry) registry = office_open();
	struct ih_error err = { 0 };
	struct ih_shelved pack;
	struct ih_hash digest = hash_of("fourth");

	(void)state;
	add_three(registry);
	assert_int_equal(ih_shelf_number(registry, &err), 4);
	IH_OWNED(ih_buffer) bytes = ih_shelf_newest(registry, &pack, &err);
	assert_non_null(bytes);
	assert_string_equal(bytes->data, "fourth");
	assert_int_equal(pack.sequence, 4);
	assert_int_equal(pack.made, NOON - 60);
	assert_int_equal(pack.loaded, NOON);
	assert_true(ih_hash_is(&pack.digest, &digest));
}

static void
says_when_there_is_none(void **state)
{
	IH_OWNED(ih_registry) registry = office_open();
	struct ih_error err = { 0 };

	(void)state;
	assert_int_equal(ih_shelf_number(registry, &err), 0);
	assert_null(ih_shelf_newest(registry, NULL, &err));
	assert_string_equal(err.code, "E_PACK_NONE");
}

static void
takes_no_older_one_and_no_other_of_the_same_number(void **state)
{
	IH_OWNED(ih_registry) registry = office_open();
	struct ih_error err;

	(void)state;
	add_three(registry);
	assert_false(add(registry, 3, "third", "adult-1", &err));
	assert_string_equal(err.code, "E_PACK_ROLLBACK");
	assert_false(add(registry, 2, "second", "adult-1", &err));
	assert_string_equal(err.code, "E_PACK_ROLLBACK");
	assert_false(add(registry, 4, "another", "adult-4", &err));
	assert_string_equal(err.code, "E_PACK_CONFLICT");
	assert_true(add(registry, 4, "fourth", "adult-4", &err));
	assert_int_equal(number_in("registry.db",
			     "SELECT count(*) FROM ledger WHERE act = 'pack'"),
	    3);
}

static void
refuses_a_number_or_a_size_out_of_bounds(void **state)
{
	IH_OWNED(ih_registry) registry = office_open();
	struct ih_error err;
	struct ih_shelved pack = { .sequence = 1 };

	(void)state;
	assert_false(add(registry, 0, "none", "x", &err));
	assert_int_equal(err.kind, IH_INPUT);
	assert_false(add(registry, 1, "", "x", &err));
	assert_int_equal(err.kind, IH_INPUT);
	assert_false(ih_shelf_add(registry, &pack, "x", IH_SHELF_MAX + 1, NULL,
	    0, &err));
	assert_int_equal(err.kind, IH_INPUT);
}

static void
finds_the_newest_that_holds_a_file(void **state)
{
	IH_OWNED(ih_registry) registry = office_open();
	struct ih_error err = { 0 };
	struct ih_hash old = hash_of("adult-1"), none = hash_of("adult-9");

	(void)state;
	add_three(registry);
	IH_OWNED(ih_buffer) bytes = ih_shelf_holding(registry, &old, 1, &err);
	assert_non_null(bytes);
	assert_string_equal(bytes->data, "second");
	assert_null(ih_shelf_holding(registry, &none, 1, &err));
	assert_int_equal(err.kind, IH_ABSENT);
	assert_null(ih_shelf_holding(registry, NULL, 0, &err));
	assert_int_equal(err.kind, IH_ABSENT);
}

static void
finds_the_newest_that_holds_all_of_several(void **state)
{
	/* Which of the files a, b, c each pack holds. */
	static const char *const packs[] = { "abc", "ab", "ac", "bc", "c" };
	static const struct {
		const char *wanted;
		int found; /* 0: none */
	} cases[] = { { "a", 3 }, { "b", 4 }, { "c", 5 }, { "ab", 2 },
		{ "ac", 3 }, { "bc", 4 }, { "cb", 4 }, { "abc", 1 },
		{ "cba", 1 }, { "ad", 0 }, { "d", 0 }, { "aa", 3 } };
	IH_OWNED(ih_registry) registry = office_open();
	struct ih_error err = { 0 };
	struct ih_hash files[3];

	(void)state;
	for (size_t p = 0; p < 5; p++) {
		struct ih_shelved pack = { .sequence = (int64_t)p + 1 };

		for (size_t f = 0; packs[p][f] != '\0'; f++)
			ih_digest(&packs[p][f], 1, files[f].bytes);
		assert_true(ih_shelf_add(registry, &pack, &"12345"[p], 1, files,
		    strlen(packs[p]), &err));
	}
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const char *wanted = cases[i].wanted;

		for (size_t f = 0; wanted[f] != '\0'; f++)
			ih_digest(&wanted[f], 1, files[f].bytes);
		err = (struct ih_error){ 0 };
		IH_OWNED(ih_buffer) bytes =
		    ih_shelf_holding(registry, files, strlen(wanted), &err);
		if (cases[i].found == 0)
			assert_int_equal(err.kind, IH_ABSENT);
		else
			assert_int_equal(bytes->data[0], '0' + cases[i].found);
	}
}

static void
a_pack_that_was_touched_is_found(void **state)
{
	static const char *const touches[] = {
		"UPDATE pack SET bytes = x'00' WHERE sequence = 4",
		"UPDATE pack SET digest = zeroblob(32) WHERE sequence = 4",
		"UPDATE pack SET mark = zeroblob(32) WHERE sequence = 4",
		"UPDATE pack SET made = 1 WHERE sequence = 4",
		"UPDATE pack SET loaded = 1 WHERE sequence = 4",
		"UPDATE pack SET sequence = 9 WHERE sequence = 4",
		"UPDATE pack SET bytes = (SELECT bytes FROM pack WHERE"
		" sequence = 1), digest = (SELECT digest FROM pack WHERE"
		" sequence = 1), mark = (SELECT mark FROM pack WHERE"
		" sequence = 1) WHERE sequence = 4",
		"DELETE FROM pack WHERE sequence = 4",
		"DELETE FROM pack",
		"UPDATE ledger SET digest = zeroblob(32) WHERE act = 'pack'",
		"UPDATE ledger SET act = 'keep' WHERE act = 'pack'",
	};
	void *again = NULL;

	(void)state;
	for (size_t i = 0; i < sizeof touches / sizeof touches[0]; i++) {
		struct ih_error err = { 0 };

		{
			IH_OWNED(ih_registry) registry = office_open();
			add_three(registry);
		}
		tamper("registry.db", touches[i]);
		{
			IH_OWNED(ih_registry) registry = office_open();
			assert_null(ih_shelf_newest(registry, NULL, &err));
		}
		assert_string_equal(err.code, "E_PACK_STORED");
		office_end(&again);
		assert_int_equal(office_start(&again), 0);
	}
}

static void
an_older_one_that_was_touched_is_found_when_it_is_asked_for(void **state)
{
	struct ih_error err = { 0 };
	struct ih_hash old = hash_of("adult-1");

	(void)state;
	{
		IH_OWNED(ih_registry) registry = office_open();
		add_three(registry);
	}
	tamper("registry.db", "UPDATE pack SET bytes = x'00' WHERE sequence = "
			      "2");
	IH_OWNED(ih_registry) registry = office_open();
	assert_null(ih_shelf_holding(registry, &old, 1, &err));
	assert_string_equal(err.code, "E_PACK_STORED");
	IH_OWNED(ih_buffer) newest = ih_shelf_newest(registry, NULL, &err);
	assert_non_null(newest);
}

static void
a_locked_registry_gives_and_takes_none(void **state)
{
	struct ih_error err = { 0 };

	(void)state;
	{
		IH_OWNED(ih_registry) registry = office_open();
		add_three(registry);
	}
	IH_OWNED(ih_registry) locked = office_open_with(NULL, &err);
	assert_null(ih_shelf_newest(locked, NULL, &err));
	assert_int_equal(err.kind, IH_DENIED);
	assert_false(add(locked, 5, "fifth", "x", &err));
	assert_int_equal(err.kind, IH_DENIED);
}

#define FRESH(function)                                                        \
	cmocka_unit_test_setup_teardown(function, office_start, office_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FRESH(gives_the_newest_as_it_was_put_there),
		FRESH(says_when_there_is_none),
		FRESH(takes_no_older_one_and_no_other_of_the_same_number),
		FRESH(refuses_a_number_or_a_size_out_of_bounds),
		FRESH(finds_the_newest_that_holds_a_file),
		FRESH(finds_the_newest_that_holds_all_of_several),
		FRESH(a_pack_that_was_touched_is_found),
		FRESH(
		    an_older_one_that_was_touched_is_found_when_it_is_asked_for),
		FRESH(a_locked_registry_gives_and_takes_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
