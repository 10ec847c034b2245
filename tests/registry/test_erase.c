#include "test.h"

#include "ihala/backup.h"
#include "ihala/erase.h"
#include "ihala/person.h"
#include "ihala/statistic.h"
#include "ihala/verify.h"
#include "ihala/wrap.h"
#include "office.h"

static void
erase(struct ih_registry *registry, const char *code)
{
	struct ih_error err = { 0 };

	if (!ih_case_move(registry, code, IH_FILE, "destroy", &err))
		fail_msg("%s", err.text);
}

static void
closed_case(struct ih_registry *registry, unsigned number,
    char code[static IH_CODE_TEXT])
{
	add_case(registry, number, code);
	close_case(registry, code);
}

static bool
is_whole(struct ih_registry *registry)
{
	struct ih_verify how = { .library = NULL };
	struct ih_error err = { 0 };

	if (ih_registry_verify(registry, &how, &err))
		return true;
	print_error("%s\n", err.text);
	return false;
}

/* ---- raw bytes */

struct bytes {
	unsigned char data[1 << 12];
	size_t size;
};

/* One column of one row, as somebody with sqlite3(1) reads it. */
static struct bytes
blob_in(const char *file, const char *sql)
{
	struct bytes bytes = { .size = 0 };
	char path[160];
	sqlite3 *db = NULL;
	sqlite3_stmt *row = NULL;

	snprintf(path, sizeof path, "%s/%s", office_folder, file);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &row, NULL),
	    SQLITE_OK);
	assert_int_equal(sqlite3_step(row), SQLITE_ROW);
	bytes.size = (size_t)sqlite3_column_bytes(row, 0);
	assert_in_range(bytes.size, 1, sizeof bytes.data);
	memcpy(bytes.data, sqlite3_column_blob(row, 0), bytes.size);
	sqlite3_finalize(row);
	sqlite3_close(db);
	return bytes;
}

/* Is any run of 16 of these bytes in the file, used or not? */
static bool
is_in_file(const char *file, const struct bytes *bytes)
{
	char path[160];
	unsigned char *all = NULL;
	long size;
	bool found = false;

	snprintf(path, sizeof path, "%s/%s", office_folder, file);
	FILE *in = fopen(path, "r");
	if (in == NULL)
		return false;
	fseek(in, 0, SEEK_END);
	size = ftell(in);
	rewind(in);
	all = malloc((size_t)size + 1);
	assert_int_equal(fread(all, 1, (size_t)size, in), (size_t)size);
	fclose(in);
	for (size_t i = 0; !found && i + 16 <= bytes->size; i += 16)
		found = memmem(all, (size_t)size, bytes->data + i, 16) != NULL;
	free(all);
	return found;
}

static bool
is_anywhere(const struct bytes *bytes)
{
	static const char *const files[] = { "registry.db", "registry.db-wal",
		"keys.db", "keys.db-wal", "keys.db-journal",
		"registry.db-journal" };

	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
		if (is_in_file(files[i], bytes))
			return true;
	return false;
}

static struct bytes
of_case(const char *file, const char *table, const char *column,
    const char *part, const char *code)
{
	char sql[256];

	snprintf(sql, sizeof sql,
	    "SELECT %s FROM %s WHERE code = '%.11s' AND part = '%s'", column,
	    table, code, part);
	return blob_in(file, sql);
}

/* A wrapped key, without the public key before it: other cases that were
 * wrapped in the same row have that one too, and it opens nothing. */
static struct bytes
wrapped(const char *part, const char *code)
{
	struct bytes all =
	    of_case("keys.db", "case_key", "wrapped", part, code);
	const size_t head = 1 + IH_WRAP_PUBLIC;

	assert_int_equal(all.size, IH_WRAPPED);
	all.size -= head;
	memmove(all.data, all.data + head, all.size);
	return all;
}

static void
leaves_no_byte_of_a_key_or_of_the_content_in_any_file(void **state)
{
	enum { CASES = 40 };
	static char code[CASES][IH_CODE_TEXT];
	static struct bytes key[CASES][3], sealed[CASES];
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	/* So many that pages were divided, and the last keys are still in the
	 * log beside the file. */
	for (unsigned i = 0; i < CASES; i++)
		closed_case(registry, i, code[i]);
	for (unsigned i = 0; i < CASES; i += 3) {
		key[i][0] = wrapped("facts", code[i]);
		key[i][1] = wrapped("identity", code[i]);
		key[i][2] = wrapped("statistics", code[i]);
		sealed[i] = of_case("registry.db", "case_part", "sealed",
		    "identity", code[i]);
		assert_true(is_anywhere(&key[i][0]));
		assert_true(is_anywhere(&sealed[i]));
	}
	/* While it is open, from the files as they are now. */
	for (unsigned i = 0; i < CASES; i += 3) {
		erase(registry, code[i]);
		for (int part = 0; part < 3; part++)
			assert_false(is_anywhere(&key[i][part]));
		assert_false(is_anywhere(&sealed[i]));
	}
	assert_true(is_whole(registry));
}

static bool
take_nothing(void *with, struct ih_buffer *bytes, size_t offset)
{
	(void)with;
	(void)bytes;
	(void)offset;
	return false;
}

static void
forget_nothing(void *with, const char *code)
{
	(void)with;
	(void)code;
}

static bool
add_nothing(const struct ih_statistic *one, void *with)
{
	(void)one;
	(void)with;
	return true;
}

static void
give_some(void *with, struct ih_buffer *out)
{
	(void)with;
	ih_buffer_printf(out, "%0200d", 1);
}

static void
leaves_nothing_of_what_was_made_of_its_coded_row(void **state)
{
	static const struct ih_statistic_packer packer = { take_nothing,
		forget_nothing, add_nothing, give_some, NULL };
	struct ih_period year = { NOON / 86400, NOON / 86400 + 365 };
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	closed_case(registry, 1, code);
	assert_true(ih_statistic_pack(registry, year, &packer, &err));
	struct bytes packed = blob_in("keys.db",
	    "SELECT sealed FROM kept WHERE name = 'packed rows 000000'");
	assert_true(is_anywhere(&packed));
	erase(registry, code);
	assert_false(is_anywhere(&packed));
}

static void
keeps_a_tombstone_that_says_nothing_of_the_person(void **state)
{
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT], other[IH_CODE_TEXT];
	struct ih_case_row row;
	struct ih_case_new again = new_case(1);
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	closed_case(registry, 1, code);
	struct bytes index =
	    blob_in("registry.db", "SELECT interview FROM case_file");
	erase(registry, code);
	assert_true(ih_case_row(registry, code, &row, &err));
	assert_string_equal(row.state[IH_FILE], "destroyed");
	assert_true(row.training);
	assert_false(row.urgent);
	assert_string_equal(row.origin, "");
	for (int part = 0; part < IH_PARTS; part++)
		assert_false(row.has[part]);
	assert_false(is_anywhere(&index));
	/* Nobody can tell that it is the same interview. */
	assert_true(ih_case_add(registry, &again, other, &err));
}

#define NAMED                                                                  \
	"<identity xmlns=\"urn:ihala:case:1\" case=\"7KQF-3XMT-M\""            \
	" version=\"1\" answers=\"00000000-0000-4000-8000-000000000001\">"     \
	"<answer xmlns=\"urn:ihala:answers:1\" item=\"name\">"                 \
	"<value>Personne Exemple Sept</value></answer></identity>"

static void
leaves_no_mark_link_or_note_of_the_person(void **state)
{
	static const char *const left[] = { "SELECT count(*) FROM name_mark",
		"SELECT count(*) FROM person_link",
		"SELECT count(*) FROM accused" };
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT], other[IH_CODE_TEXT];
	struct ih_case_new fresh = new_case(1);
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	fresh.part[IH_IDENTITY] = (struct ih_case_part){ NAMED, strlen(NAMED) };
	assert_true(ih_case_add(registry, &fresh, code, &err));
	add_case(registry, 2, other);
	assert_true(ih_person_link(registry, code, other, "family", &err));
	assert_true(ih_person_accuse(registry, code, "a note", &err));
	for (size_t i = 0; i < sizeof left / sizeof left[0]; i++)
		assert_true(number_in("registry.db", left[i]) > 0);
	close_case(registry, code);
	erase(registry, code);
	for (size_t i = 0; i < sizeof left / sizeof left[0]; i++)
		assert_int_equal(number_in("registry.db", left[i]), 0);
	assert_true(is_whole(registry));
}

static void
is_neither_read_nor_written_nor_moved_again(void **state)
{
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT];
	struct ih_case_row row;
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	closed_case(registry, 1, code);
	erase(registry, code);
	assert_null(ih_case_read(registry, code, IH_FACTS, &err));
	assert_int_equal(err.kind, IH_ABSENT);
	assert_true(ih_case_row(registry, code, &row, &err));
	assert_false(ih_case_write(registry, code, IH_FACTS, "<x/>", 4,
	    row.version, &err));
	assert_string_equal(err.code, "E_CASE_ERASED");
	assert_false(ih_case_move(registry, code, IH_CONSENT, "ask", &err));
	assert_string_equal(err.code, "E_CASE_ERASED");
	assert_false(
	    ih_case_move(registry, code, IH_FILE, "destroy-again", &err));
	assert_true(is_whole(registry));
}

static void
erases_again_only_where_a_backup_is_put_back(void **state)
{
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	add_case(registry, 1, code);
	assert_false(
	    ih_case_move(registry, code, IH_FILE, "destroy-again", &err));
	assert_string_equal(err.code, "E_MOVE");
}

static void
is_a_transaction_of_its_own(void **state)
{
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	closed_case(registry, 1, code);
	{
		IH_OWNED(ih_transaction)
		all = ih_transaction_begin(registry, &err);
		assert_false(
		    ih_case_move(registry, code, IH_FILE, "destroy", &err));
		assert_int_equal(err.kind, IH_STATE);
	}
	IH_OWNED(ih_buffer)
	facts = ih_case_read(registry, code, IH_FACTS, &err);
	assert_non_null(facts);
}

static void
finishes_what_a_crash_cut_short_when_it_is_next_opened(void **state)
{
	char code[IH_CODE_TEXT], sql[256];
	struct bytes key;

	(void)state;
	{
		IH_OWNED(ih_registry) registry = office_open();
		closed_case(registry, 1, code);
		key = of_case("keys.db", "case_key", "wrapped", "facts", code);
		erase(registry, code);
	}
	/* As after step 2 of 4: the note is there, and the keys. */
	snprintf(sql, sizeof sql,
	    "INSERT OR IGNORE INTO pending (code) VALUES ('%s')", code);
	tamper("keys.db", sql);
	snprintf(sql, sizeof sql,
	    "INSERT INTO case_key (code, part, holder, wrapped)"
	    " VALUES ('%s', 'facts', 'facts', zeroblob(94))",
	    code);
	tamper("keys.db", sql);
	IH_OWNED(ih_registry) registry = office_open();
	assert_int_equal(number_in("keys.db", "SELECT count(*) FROM case_key"),
	    0);
	assert_int_equal(number_in("keys.db", "SELECT count(*) FROM pending"),
	    0);
	assert_false(is_anywhere(&key));
	assert_true(is_whole(registry));
}

static void
leaves_a_case_alone_whose_erasure_was_only_noted(void **state)
{
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT], sql[128];

	(void)state;
	{
		IH_OWNED(ih_registry) registry = office_open();
		closed_case(registry, 1, code);
	}
	snprintf(sql, sizeof sql,
	    "INSERT OR IGNORE INTO pending (code) VALUES ('%s')", code);
	tamper("keys.db", sql);
	IH_OWNED(ih_registry) registry = office_open();
	IH_OWNED(ih_buffer)
	facts = ih_case_read(registry, code, IH_FACTS, &err);
	assert_non_null(facts);
}

/* A ledger in which content vanished is not one in which it was erased. */
static void
tells_erased_from_removed(void **state)
{
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT];
	uint64_t size;
	struct ih_hash root;

	(void)state;
	{
		IH_OWNED(ih_registry) registry = office_open();
		closed_case(registry, 1, code);
	}
	tamper("registry.db", "DELETE FROM case_part WHERE part = 'facts'");
	IH_OWNED(ih_registry) registry = office_open();
	assert_false(ih_ledger_verify(registry, &size, &root, &err));
	assert_string_equal(err.code, "E_LEDGER");
}

static void
gives_a_receipt_that_names_the_last_day_of_the_keys(void **state)
{
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT];
	struct ih_erasure erasure;
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	closed_case(registry, 1, code);
	assert_null(ih_erasure_receipt(registry, code, &err));
	assert_int_equal(err.kind, IH_ABSENT);
	erase(registry, code);
	assert_true(ih_erasure_of(registry, code, &erasure, &err));
	assert_string_equal(erasure.until, "2026-02-05"); /* 35 days on */
	IH_OWNED(ih_buffer)
	receipt = ih_erasure_receipt(registry, code, &err);
	assert_non_null(receipt);
	assert_non_null(strstr((char *)receipt->data, code));
	assert_non_null(strstr((char *)receipt->data, " 2026-02-05\n"));
}

#define WITH(test)                                                             \
	cmocka_unit_test_setup_teardown(test, office_start, office_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH(leaves_no_byte_of_a_key_or_of_the_content_in_any_file),
		WITH(leaves_nothing_of_what_was_made_of_its_coded_row),
		WITH(keeps_a_tombstone_that_says_nothing_of_the_person),
		WITH(leaves_no_mark_link_or_note_of_the_person),
		WITH(is_neither_read_nor_written_nor_moved_again),
		WITH(erases_again_only_where_a_backup_is_put_back),
		WITH(is_a_transaction_of_its_own),
		WITH(finishes_what_a_crash_cut_short_when_it_is_next_opened),
		WITH(leaves_a_case_alone_whose_erasure_was_only_noted),
		WITH(tells_erased_from_removed),
		WITH(gives_a_receipt_that_names_the_last_day_of_the_keys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
