#include "test.h"

#include <stdio.h>
#include <string.h>

#include "ihala/proof.h"
#include "ihala/seal.h"

enum { ENTRIES = 11 };

/* A ledger of one key, invented entries and any size up to ENTRIES. */
struct told {
	struct ih_secret *private;
	struct ih_hash leaf[ENTRIES];
	char line[ENTRIES][32];
};

static struct told
tell(void)
{
	struct told told = { .private = ih_secret_new(IH_KEY) };

	memset(told.private->bytes, 7, IH_KEY);
	for (int i = 0; i < ENTRIES; i++) {
		snprintf(told.line[i], sizeof told.line[i], "%d\tact\n", i);
		told.leaf[i] = ih_tree_leaf(told.line[i], strlen(told.line[i]));
	}
	return told;
}

static struct ih_evidence
sign(const struct told *told, size_t size)
{
	struct ih_error err = { 0 };
	struct ih_evidence e = { .kind = IH_OF_STATE, .committee = "MA" };
	struct ih_tree tree = { 0 };
	char text[IH_CHECKPOINT_TEXT];

	for (size_t i = 0; i < size; i++)
		ih_tree_add(&tree, told->leaf[i]);
	e.checkpoint.size = size;
	e.checkpoint.root = ih_tree_root(&tree);
	assert_true(ih_sign_public(told->private, e.key, &err));
	ih_checkpoint_text(e.committee, e.key, size, &e.checkpoint.root, text);
	assert_true(ih_sign(told->private, text, strlen(text),
	    e.checkpoint.signature, &err));
	return e;
}

static struct ih_evidence
prove(const struct told *told, size_t at, size_t size)
{
	struct ih_evidence e = sign(told, size);

	e.kind = IH_OF_ENTRY;
	e.at = at;
	snprintf(e.entry, sizeof e.entry, "%s", told->line[at]);
	e.path = ih_tree_inclusion(told->leaf, size, at);
	return e;
}

static struct ih_evidence
grow(const struct told *told, size_t old, size_t size)
{
	struct ih_evidence e = sign(told, size);

	e.kind = IH_OF_GROWTH;
	e.at = old;
	e.path = ih_tree_consistency(told->leaf, size, old);
	return e;
}

static bool
reads(const struct ih_buffer *file, struct ih_evidence *read,
    struct ih_error *err)
{
	*err = (struct ih_error){ 0 };
	return ih_evidence_read(file->data, file->size, read, err);
}

static void
shows_each_entry_of_each_size(void **state)
{
	struct ih_error err = { 0 };
	struct told told = tell();

	(void)state;
	for (size_t size = 1; size <= ENTRIES; size++)
		for (size_t at = 0; at < size; at++) {
			struct ih_evidence e = prove(&told, at, size), read;
			IH_OWNED(ih_buffer) file = ih_evidence_write(&e);

			assert_true(reads(file, &read, &err));
			assert_memory_equal(&read, &e, sizeof e);
			assert_true(ih_evidence_is_signed(&read, &err));
			assert_true(ih_evidence_includes(&read, &err));
			read.entry[strlen(read.entry) - 2] ^= 1;
			assert_false(ih_evidence_includes(&read, &err));
			assert_string_equal(err.code, "E_PROOF_PATH");
		}
	ih_secret_free(told.private);
}

static void
shows_that_it_only_grew(void **state)
{
	struct ih_error err = { 0 };
	struct told told = tell();

	(void)state;
	for (size_t size = 1; size <= ENTRIES; size++)
		for (size_t old = 1; old <= size; old++) {
			struct ih_evidence e = grow(&told, old, size), read;
			struct ih_evidence older = sign(&told, old);
			IH_OWNED(ih_buffer) file = ih_evidence_write(&e);

			assert_true(reads(file, &read, &err));
			assert_true(ih_evidence_extends(&read, &older, &err));
			older.checkpoint.root.bytes[31] ^= 1;
			assert_false(ih_evidence_extends(&read, &older, &err));
			older = sign(&told, old % ENTRIES + 1);
			assert_false(ih_evidence_extends(&read, &older, &err));
			assert_string_equal(err.code, "E_PROOF_PATH");
		}
	ih_secret_free(told.private);
}

static void
believes_no_other_size_root_committee_or_key(void **state)
{
	struct ih_error err = { 0 };
	struct told told = tell();
	struct ih_evidence right = sign(&told, 5), wrong[4];

	(void)state;
	for (int i = 0; i < 4; i++)
		wrong[i] = right;
	wrong[0].checkpoint.size++;
	wrong[1].checkpoint.root.bytes[0] ^= 1;
	wrong[2].committee[0] = 'T';
	wrong[3].key[0] ^= 1;
	assert_true(ih_evidence_is_signed(&right, &err));
	for (int i = 0; i < 4; i++) {
		assert_false(ih_evidence_is_signed(&wrong[i], &err));
		assert_string_equal(err.code, "E_PROOF_SIGNATURE");
	}
	ih_secret_free(told.private);
}

static void
passes_over_the_signatures_of_witnesses(void **state)
{
	struct ih_error err = { 0 };
	struct told told = tell();
	struct ih_evidence e = sign(&told, 5), read;
	IH_OWNED(ih_buffer) file = ih_evidence_write(&e);

	(void)state;
	ih_buffer_text(file, "\xe2\x80\x94 witness.example AAAAAAAA\n");
	assert_true(reads(file, &read, &err));
	assert_memory_equal(&read, &e, sizeof e);
	ih_secret_free(told.private);
}

/* The file of entry 2 of 5 with FROM, which is in it once, made TO. */
static void
changed(const struct told *told, const char *from, const char *to,
    const char *where)
{
	struct ih_error err = { 0 };
	struct ih_evidence e = prove(told, 2, 5), read;
	IH_OWNED(ih_buffer) file = ih_evidence_write(&e);
	IH_OWNED(ih_buffer) other = ih_buffer_new();
	const char *text = (const char *)file->data;
	const char *at = strstr(text, from);

	assert_non_null(at);
	ih_buffer_add(other, text, (size_t)(at - text));
	ih_buffer_text(other, to);
	ih_buffer_text(other, at + strlen(from));
	assert_false(reads(other, &read, &err));
	assert_int_equal(err.kind, IH_INPUT);
	if (strstr(err.text, where) == NULL)
		fail_msg("%s is not in: %s", where, err.text);
}

static void
takes_one_signature_of_the_ledger_by_its_own_key(void **state)
{
	struct ih_error err = { 0 };
	struct told told = tell();
	struct ih_evidence e = sign(&told, 5), read;
	IH_OWNED(ih_buffer) file = ih_evidence_write(&e);
	char *line = strstr((char *)file->data, "\xe2\x80\x94");
	IH_OWNED(ih_buffer) twice = ih_buffer_copy(file->data, file->size);

	(void)state;
	ih_buffer_text(twice, line);
	assert_false(reads(twice, &read, &err));
	assert_non_null(strstr(err.text, "one signature"));
	line = strrchr(line, ' ') + 1;
	line[0] = line[0] == 'A' ? 'B' : 'A'; /* of the key's number */
	assert_false(reads(file, &read, &err));
	assert_non_null(strstr(err.text, "a signature of the ledger"));
	ih_secret_free(told.private);
}

static void
reads_bytes_written_in_one_way_only(void **state)
{
	struct ih_error err = { 0 };
	struct told told = tell();
	struct ih_evidence e = sign(&told, 5), read;
	IH_OWNED(ih_buffer) file = ih_evidence_write(&e);
	char *root_end = strstr((char *)file->data, "=\n");

	(void)state;
	root_end[-1]++; /* bits that say nothing */
	assert_false(reads(file, &read, &err));
	assert_non_null(strstr(err.text, "line 3: expected a root"));
	ih_secret_free(told.private);
}

static void
is_about_the_ledger_and_the_size_that_were_held(void **state)
{
	struct ih_error err = { 0 };
	struct told told = tell();
	struct ih_evidence e = grow(&told, 4, 7), older = sign(&told, 4);

	(void)state;
	assert_true(ih_evidence_extends(&e, &older, &err));
	older.committee[0] = 'T';
	assert_false(ih_evidence_extends(&e, &older, &err));
	older.committee[0] = 'M';
	e.at++;
	assert_false(ih_evidence_extends(&e, &older, &err));
	ih_secret_free(told.private);
}

static void
believes_no_entry_that_says_it_is_elsewhere(void **state)
{
	struct ih_error err = { 0 };
	struct told told = tell();

	(void)state;
	told.line[2][0] = '7';
	told.leaf[2] = ih_tree_leaf(told.line[2], strlen(told.line[2]));
	struct ih_evidence e = prove(&told, 2, 5);
	assert_false(ih_evidence_includes(&e, &err));
	ih_secret_free(told.private);
}

static void
names_the_line_that_is_not_as_it_has_to_be(void **state)
{
	static const struct {
		const char *from, *to, *where;
	} table[] = {
		{ "proof@v1", "proof@v2", "line 1: expected the name" },
		{ "extra ", "extras ", "line 2: expected \"extra\"" },
		{ "extra M", "extra M=", "line 2: expected \"extra\"" },
		{ "index 2", "index 02", "line 3: expected \"index\"" },
		{ "index 2", "index -2", "line 3: expected \"index\"" },
		{ "index 2", "index 1000000000000000", "line 3" },
		{ "index 2\n", "index 2\nAAAA\n", "line 4: expected a digest" },
		{ "ihala/MA/", "ihala/ma/", "line 8: expected the name" },
		{ "ihala/MA/", "ihala/MA/0", "line 8: expected the name" },
		{ "\n5\n", "\n5 \n", "line 9: expected a number" },
		{ "=\n\n\xe2\x80\x94", "=\nmore\n\n\xe2\x80\x94", "line 11" },
		{ "\xe2\x80\x94", "--", "line 12: expected a signature" },
		{ "\xe2\x80\x94 ihala/MA", "\xe2\x80\x94 ihala/TN",
		    "line 12: expected a signature of the ledger" },
		{ "index 2", "index \xff", "UTF-8" },
	};
	struct told told = tell();

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
		changed(&told, table[i].from, table[i].to, table[i].where);
	ih_secret_free(told.private);
}

static void
refuses_a_file_that_was_cut_anywhere(void **state)
{
	struct ih_error err = { 0 };
	struct told told = tell();
	struct ih_evidence e = prove(&told, 2, 5), read;
	IH_OWNED(ih_buffer) file = ih_evidence_write(&e);

	(void)state;
	for (size_t size = 0; size < file->size; size++) {
		err = (struct ih_error){ 0 };
		assert_false(ih_evidence_read(file->data, size, &read, &err));
		assert_int_equal(err.kind, IH_INPUT);
	}
	ih_secret_free(told.private);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shows_each_entry_of_each_size),
		cmocka_unit_test(shows_that_it_only_grew),
		cmocka_unit_test(believes_no_other_size_root_committee_or_key),
		cmocka_unit_test(passes_over_the_signatures_of_witnesses),
		cmocka_unit_test(
		    takes_one_signature_of_the_ledger_by_its_own_key),
		cmocka_unit_test(reads_bytes_written_in_one_way_only),
		cmocka_unit_test(
		    is_about_the_ledger_and_the_size_that_were_held),
		cmocka_unit_test(believes_no_entry_that_says_it_is_elsewhere),
		cmocka_unit_test(names_the_line_that_is_not_as_it_has_to_be),
		cmocka_unit_test(refuses_a_file_that_was_cut_anywhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
