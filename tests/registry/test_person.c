#include "test.h"

#include "../xml/names.h"
#include "ihala/arena.h"
#include "ihala/file.h"
#include "ihala/name.h"
#include "ihala/person.h"
#include "office.h"

/* A case with an identity of NAME, LATIN and BIRTH; NULL: not answered. */
static void
add_person(struct ih_registry *registry, unsigned number, const char *name,
    const char *latin, const char *birth, char code[static IH_CODE_TEXT])
{
	struct ih_error err = { 0 };
	struct ih_case_new fresh = new_case(number);
	IH_OWNED(ih_buffer) xml = ih_buffer_new();
	const char *const answers[][2] = { { "name", name },
		{ "name-latin", latin }, { "birth-date", birth } };

	ih_buffer_printf(xml,
	    "<identity xmlns=\"urn:ihala:case:1\" case=\"7KQF-3XMT-M\""
	    " version=\"1\" answers=\"%s\">",
	    interview(number));
	for (size_t i = 0; i < 3; i++)
		if (answers[i][1] != NULL)
			ih_buffer_printf(xml,
			    "<answer xmlns=\"urn:ihala:answers:1\" item=\"%s\">"
			    "<value>%s</value></answer>",
			    answers[i][0], answers[i][1]);
	ih_buffer_text(xml, "</identity>");
	fresh.part[IH_IDENTITY] = (struct ih_case_part){ xml->data, xml->size };
	if (!ih_case_add(registry, &fresh, code, &err))
		fail_msg("%s %s", err.code, err.text);
}

static void
check_ledger(struct ih_registry *registry)
{
	struct ih_error err = { 0 };
	struct ih_hash root;
	uint64_t size;

	if (!ih_ledger_verify(registry, &size, &root, &err))
		fail_msg("%s", err.text);
}

struct found {
	size_t count;
	struct ih_likely likely[16];
};

static bool
keep(const struct ih_likely *likely, void *with)
{
	struct found *found = with;

	if (found->count < 16)
		found->likely[found->count++] = *likely;
	return true;
}

static struct found
look_for(struct ih_registry *registry, const char *name, const char *birth)
{
	struct ih_error err = { 0 };
	struct found found = { 0 };
	struct ih_person person = { .count = 1, .name = { name } };

	if (birth != NULL)
		ih_date_parse(birth, &person.birth);
	if (!ih_person_search(registry, &person, keep, &found, &err))
		fail_msg("%s %s", err.code, err.text);
	return found;
}

static void
finds_a_person_however_the_name_is_written(void **state)
{
	static const struct {
		const char *name, *birth;
		unsigned score; /* 0: not found */
		enum ih_birth agrees;
	} rows[] = {
		{ "محمد بن عبد الكريم الخطابي", "1998-05-02", 100,
		    IH_BIRTH_AGREES },
		{ "محمَّد عبدالكريم الخطّابي", "1998", 100, IH_BIRTH_AGREES },
		{ "KHATTABI Mohamed Abdelkrim", "1998", 100, IH_BIRTH_AGREES },
		{ "Muhammad Abdul-Karim al-Khatabi", "1997", 80,
		    IH_BIRTH_NEAR },
		{ "Mohammed Abdelkarim Khattabi", "1996-12", 80,
		    IH_BIRTH_NEAR },
		{ "Mohammed Abdelkarim Khattabi", "1995", 0, 0 },
		{ "Mohammed Abdelkarim Khattabi", NULL, 85, IH_BIRTH_UNKNOWN },
		{ "Mohamed Khattabi", "1998", 90, IH_BIRTH_AGREES },
		{ "Mohamed Khattabi Tazi", "1998", 80, IH_BIRTH_AGREES },
		{ "Mohamed", "1998", 0, 0 },
		{ "Mohamed Tazi", "1998", 0, 0 },
		{ "Mahmoud Khattabi", "1998", 0, 0 },
	};
	char code[IH_CODE_TEXT], other[IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	add_person(registry, 1, "محمد بن عبد الكريم الخطابي",
	    "Mohamed Ben Abdelkrim Khattabi", "١٩٩٨-٠٥", code);
	add_person(registry, 2, "Fatima Zahra Alaoui", NULL, "1998", other);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct found found =
		    look_for(registry, rows[i].name, rows[i].birth);

		if (found.count != (rows[i].score > 0))
			fail_msg("row %zu: %zu found", i, found.count);
		if (found.count == 0)
			continue;
		assert_string_equal(found.likely[0].code, code);
		if (found.likely[0].score != rows[i].score)
			fail_msg("row %zu: %u", i, found.likely[0].score);
		assert_int_equal(found.likely[0].birth, rows[i].agrees);
	}
}

static void
finds_whoever_has_one_name_or_no_year(void **state)
{
	char one[IH_CODE_TEXT], two[IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	add_person(registry, 1, "Fatou", NULL, "2004", one);
	add_person(registry, 2, NULL, "Aminata Traoré", NULL, two);
	assert_string_equal(look_for(registry, "FATOU", "2005").likely[0].code,
	    one);
	assert_string_equal(look_for(registry, "Fatou", NULL).likely[0].code,
	    one);
	assert_int_equal(look_for(registry, "Fatou Traoré", "2004").count, 0);
	assert_string_equal(
	    look_for(registry, "Traore Aminata", "1990").likely[0].code, two);
	assert_int_equal(
	    look_for(registry, "Traore Aminata", "1990").likely[0].birth,
	    IH_BIRTH_UNKNOWN);
}

static void
puts_the_likeliest_first(void **state)
{
	char code[4][IH_CODE_TEXT];
	struct found found;
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	add_person(registry, 1, "Ahmed Tazi Bouzid", NULL, "1993", code[3]);
	add_person(registry, 2, "أحمد التازي", NULL, "1991", code[1]);
	add_person(registry, 3, "Ahmed Tazi", NULL, "1991", code[0]);
	add_person(registry, 4, "Ahmad Et-Tazi", NULL, NULL, code[2]);
	found = look_for(registry, "Tazi Ahmed", "1991");
	assert_int_equal(found.count, 4);
	for (size_t i = 0; i < 4; i++)
		assert_string_equal(found.likely[i].code, code[i]);
	assert_true(found.likely[0].same);
	assert_false(found.likely[1].same);
}

static void
tells_of_others_who_are_like_a_case(void **state)
{
	struct ih_error err = { 0 };
	struct found found = { 0 };
	char one[IH_CODE_TEXT], two[IH_CODE_TEXT], bare[IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	add_person(registry, 1, "Khadija Benali", NULL, "2001", one);
	assert_true(ih_person_like(registry, one, keep, &found, &err));
	assert_int_equal(found.count, 0);
	add_person(registry, 2, "خديجة بن علي", NULL, "2001-03-04", two);
	assert_true(ih_person_like(registry, two, keep, &found, &err));
	assert_int_equal(found.count, 1);
	assert_string_equal(found.likely[0].code, one);
	/* no name, or a sign for one: nothing to be like */
	add_person(registry, 3, "-", NULL, "2001", bare);
	assert_true(ih_person_like(registry, bare, keep, &found, &err));
	add_case(registry, 4, bare);
	assert_true(ih_person_like(registry, bare, keep, &found, &err));
	assert_int_equal(found.count, 1);
}

static void
follows_what_is_written_and_erased(void **state)
{
	static const char corrected[] =
	    "<identity xmlns=\"urn:ihala:case:1\" case=\"7KQF-3XMT-M\""
	    " version=\"2\"><answer xmlns=\"urn:ihala:answers:1\""
	    " item=\"name\"><value>Zineb Trabelsi</value></answer></identity>";
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	add_person(registry, 1, "Zineb Bouzid", NULL, NULL, code);
	assert_true(ih_case_write(registry, code, IH_IDENTITY, corrected,
	    strlen(corrected), 1, &err));
	assert_int_equal(look_for(registry, "Zineb Bouzid", NULL).count, 0);
	assert_int_equal(look_for(registry, "Zaynab Trabelsi", NULL).count, 1);
	assert_true(ih_person_forget(registry, code, &err));
	assert_int_equal(look_for(registry, "Zineb Trabelsi", NULL).count, 0);
	assert_int_equal(number_in("registry.db",
			     "SELECT count(*) FROM name_mark"),
	    0);
}

static void
refuses_an_identity_that_hides_something(void **state)
{
	static const char hidden[] =
	    "<identity xmlns=\"urn:ihala:case:1\"><answer"
	    " xmlns=\"urn:ihala:answers:1\" item=\"name\">"
	    "<value>Personne\xe2\x80\xae Exemple</value></answer></identity>";
	struct ih_error err = { 0 };
	struct ih_case_new fresh = new_case(1);
	char code[IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	fresh.part[IH_IDENTITY] =
	    (struct ih_case_part){ hidden, strlen(hidden) };
	assert_false(ih_case_add(registry, &fresh, code, &err));
	assert_int_equal(err.kind, IH_INPUT);
	assert_string_equal(err.code, "E_NAME_HIDDEN");
	assert_int_equal(number_in("registry.db",
			     "SELECT count(*) FROM case_file"),
	    0);
}

static bool
keep_entry(const struct ih_entry *entry, void *with)
{
	*(struct ih_entry *)with = *entry;
	return true;
}

static void
enters_a_search_without_what_was_looked_for(void **state)
{
	struct ih_error err = { 0 };
	struct ih_entry last = { 0 };
	struct ih_person person = { .count = 1, .name = { " - " } };
	struct found found = { 0 };
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	look_for(registry, "Personne Exemple", "1999");
	assert_true(ih_ledger_each(registry, 0, keep_entry, &last, &err));
	assert_int_equal(last.act, IH_ACT_SEARCH);
	assert_string_equal(last.subject, "person");
	assert_false(ih_person_search(registry, &person, keep, &found, &err));
	assert_string_equal(err.code, "E_NAME_NONE");
	assert_string_equal(err.text, "");
}

static void
is_for_those_who_take_cases_in(void **state)
{
	struct ih_error err = { 0 };
	struct found found = { 0 };
	struct ih_person person = { .count = 1, .name = { "Tarek Sabri" } };
	char code[IH_CODE_TEXT];

	(void)state;
	{
		IH_OWNED(ih_registry) locked = office_open_with(NULL, &err);

		assert_false(
		    ih_person_search(locked, &person, keep, &found, &err));
		assert_string_equal(err.code, "E_PASSPHRASE");
	}
	{
		IH_OWNED(ih_registry) registry = office_open();
		office_admit(registry, "accounts",
		    IH_ROLE_BIT(IH_ADMINISTRATOR));
	}
	{
		IH_OWNED(ih_registry) first = office_open_as("office", &err);
		add_person(first, 1, "Tarek Sabri", NULL, NULL, code);
	}
	IH_OWNED(ih_registry) accounts = office_open_as("accounts", &err);
	assert_false(ih_person_search(accounts, &person, keep, &found, &err));
	assert_string_equal(err.code, "E_ROLE");
	assert_false(ih_person_accuse(accounts, code, "a note", &err));
	assert_string_equal(err.code, "E_ROLE");
}

static void
marks_what_was_not_marked(void **state)
{
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT];
	int64_t marked = 0;

	(void)state;
	{
		IH_OWNED(ih_registry) registry = office_open();

		add_person(registry, 1, "Tarek Sabri", NULL, NULL, code);
	}
	tamper("registry.db", "DELETE FROM name_mark");
	IH_OWNED(ih_registry) registry = office_open();
	assert_int_equal(look_for(registry, "Tariq Sabry", NULL).count, 0);
	assert_true(ih_person_mark_all(registry, &marked, &err));
	assert_int_equal(marked, 1);
	assert_int_equal(look_for(registry, "Tariq Sabry", NULL).count, 1);
	assert_true(ih_person_mark_all(registry, &marked, &err));
	assert_int_equal(marked, 0);
	check_ledger(registry);
}

static void
another_registry_has_other_marks(void **state)
{
	char sql[512], code[IH_CODE_TEXT];
	unsigned char mark[16];
	size_t used;

	{
		IH_OWNED(ih_registry) registry = office_open();
		sqlite3 *db = NULL;
		sqlite3_stmt *row = NULL;
		char path[160];

		add_person(registry, 1, "Tarek Sabri", NULL, NULL, code);
		snprintf(path, sizeof path, "%s/registry.db", office_folder);
		sqlite3_open(path, &db);
		sqlite3_prepare_v2(db, "SELECT mark FROM name_mark LIMIT 1", -1,
		    &row, NULL);
		assert_int_equal(sqlite3_step(row), SQLITE_ROW);
		memcpy(mark, sqlite3_column_blob(row, 0), sizeof mark);
		sqlite3_finalize(row);
		sqlite3_close(db);
	}
	office_end(state);
	assert_int_equal(office_start(state), 0);
	IH_OWNED(ih_registry) registry = office_open();
	add_person(registry, 1, "Tarek Sabri", NULL, NULL, code);
	used = (size_t)snprintf(sql, sizeof sql,
	    "SELECT count(*) FROM name_mark WHERE mark = x'");
	for (size_t i = 0; i < sizeof mark; i++)
		used += (size_t)snprintf(sql + used, sizeof sql - used, "%02x",
		    mark[i]);
	snprintf(sql + used, sizeof sql - used, "'");
	assert_int_equal(number_in("registry.db", sql), 0);
	assert_true(
	    number_in("registry.db", "SELECT count(*) FROM name_mark") > 0);
}

/* ---- what frequency tells */

static uint64_t chance;

static double
any(void)
{
	chance = chance * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (double)(chance >> 11) / 9007199254740992.0;
}

/* Of COUNT, the first COUNT times as often as the last. */
static size_t
unevenly(size_t count)
{
	double all = 0, at;
	size_t i = 0;

	for (size_t k = 1; k <= count; k++)
		all += 1.0 / (double)k;
	at = any() * all;
	while (i + 1 < count && (at -= 1.0 / (double)(i + 1)) > 0)
		i++;
	return i;
}

static void
gives_no_name_away_by_its_frequency(void **state)
{
	enum { PEOPLE = 2000 };
	size_t borne[GIVEN_NAMES] = { 0 }, most = 0;
	struct ih_error err = { 0 };
	long long marked;
	IH_OWNED(ih_registry) registry = office_open();
	IH_OWNED(ih_transaction) all = ih_transaction_begin(registry, &err);

	(void)state;
	chance = 7;
	for (unsigned i = 0; i < PEOPLE; i++) {
		char name[256], birth[16], code[IH_CODE_TEXT];
		size_t given = unevenly(GIVEN_NAMES);
		size_t father = unevenly(GIVEN_NAMES);

		borne[given]++;
		if (father != given)
			borne[father]++;
		snprintf(name, sizeof name, "%s %s %s", given_names[given][0],
		    given_names[father][0],
		    family_names[unevenly(FAMILY_NAMES)][0]);
		snprintf(birth, sizeof birth, "%d", 1975 + (int)(any() * 40));
		add_person(registry, i + 1, name, NULL, birth, code);
	}
	assert_true(ih_transaction_commit(all, &err));
	for (size_t i = 0; i < GIVEN_NAMES; i++)
		most = borne[i] > most ? borne[i] : most;
	marked = number_in("registry.db",
	    "SELECT max(n) FROM (SELECT count(*) AS n FROM name_mark"
	    " GROUP BY mark)");
	print_message("of %d people %zu bear the commonest name; the commonest"
		      " mark is on %lld\n",
	    PEOPLE, most, marked);
	assert_true(marked * 20 < (long long)most);
}

/* ---- nothing in the clear */

enum { PLANTED = 1000, WAYS = 6, HEADS = 1 << 16 };

struct needle {
	unsigned char bytes[128];
	size_t size;
	struct needle *next; /* whose first four bytes hash the same */
};

static struct needle needles[PLANTED * WAYS];
static struct needle *heads[HEADS];
static size_t needle_count;

static size_t
head_of(const unsigned char *bytes)
{
	uint32_t head;

	memcpy(&head, bytes, sizeof head);
	return (head * UINT32_C(2654435761)) >> 16;
}

static void
plant(const void *bytes, size_t size)
{
	struct needle *n = &needles[needle_count++];

	assert_in_range(size, 6, sizeof n->bytes);
	memcpy(n->bytes, bytes, size);
	n->size = size;
	n->next = heads[head_of(n->bytes)];
	heads[head_of(n->bytes)] = n;
}

static void
plant_text(const char *text)
{
	unsigned char wide[2][128] = { { 0 } };
	size_t length = strlen(text);

	for (size_t i = 0; i < length; i++)
		wide[0][2 * i] = wide[1][2 * i + 1] = (unsigned char)text[i];
	plant(text, length);
	plant(wide[0], 2 * length);
	plant(wide[1], 2 * length);
}

static size_t
count_in(const void *bytes, size_t size)
{
	const unsigned char *from = bytes;
	size_t found = 0;

	for (size_t at = 0; at + 6 <= size; at++)
		for (const struct needle *n = heads[head_of(from + at)];
		     n != NULL; n = n->next)
			found += n->size <= size - at &&
				 memcmp(from + at, n->bytes, n->size) == 0;
	return found;
}

static size_t
count_in_file(const char *name)
{
	struct ih_error err = { 0 };
	char path[160];

	snprintf(path, sizeof path, "%s/%s", office_folder, name);
	IH_OWNED(ih_buffer) bytes = ih_file_read(path, 1 << 28, &err);
	if (bytes == NULL)
		fail_msg("%s", err.text);
	assert_true(bytes->size > 0);
	return count_in(bytes->data, bytes->size);
}

/* A name that nobody bears, of as many consonants as digits. */
static void
invent(unsigned number, char name[static 64])
{
	static const char *const syllables[] = { "bar", "dun", "fim", "gol",
		"jat", "kep", "lur", "mov", "nis", "zed" };
	unsigned a = number % 10, b = number / 10 % 10, c = number / 100;

	snprintf(name, 64, "%s%s%sab %s%s%sul", syllables[a], syllables[b],
	    syllables[c], syllables[c], syllables[a], syllables[b]);
}

static void
holds_no_name_in_the_clear(void **state)
{
	static const char *const files[] = { "registry.db", "registry.db-wal",
		"keys.db" };
	struct ih_error err = { 0 };
	struct found found = { 0 };
	char name[64], code[IH_CODE_TEXT];
	IH_OWNED(ih_arena) arena = ih_arena_new();
	IH_OWNED(ih_names) names = ih_names_load(office_library, &err);
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	for (unsigned i = 0; i < PLANTED; i++) {
		struct ih_name *read;

		invent(i, name);
		add_person(registry, i + 1, name, NULL, "1990", code);
		read = ih_name_read(names, arena, name, &err);
		plant_text(name);
		plant(read->fold, strlen(read->fold));
		/* a shorter sound stands in random bytes by chance */
		for (size_t k = 0; k < read->count; k++)
			if (strlen(read->part[k].sound[0]) >= 6)
				plant(read->part[k].sound[0],
				    strlen(read->part[k].sound[0]));
	}
	assert_true(needle_count > PLANTED * (WAYS - 1));
	assert_int_equal(count_in(name, strlen(name)) > 0, 1);
	for (unsigned i = 0; i < PLANTED; i += 50) {
		invent(i, name);
		assert_true(look_for(registry, name, NULL).count >= 1);
		assert_true(ih_person_like(registry, code, keep, &found, &err));
	}
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
		assert_int_equal(count_in_file(files[i]), 0);
}

/* ---- people who belong together */

struct linked {
	int count;
	char other[IH_CODE_TEXT], kind[32];
};

static bool
keep_link(const char *other, const char *kind, void *with)
{
	struct linked *linked = with;

	linked->count++;
	snprintf(linked->other, sizeof linked->other, "%s", other);
	snprintf(linked->kind, sizeof linked->kind, "%s", kind);
	return true;
}

static struct linked
links_of(struct ih_registry *registry, const char *code)
{
	struct ih_error err = { 0 };
	struct linked linked = { 0 };

	if (!ih_person_links(registry, code, keep_link, &linked, &err))
		fail_msg("%s %s", err.code, err.text);
	return linked;
}

static void
links_two_cases_until_they_are_not(void **state)
{
	struct ih_error err = { 0 };
	char a[IH_CODE_TEXT], b[IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	add_case(registry, 1, a);
	add_case(registry, 2, b);
	assert_true(ih_person_link(registry, a, b, "family", &err));
	assert_string_equal(links_of(registry, a).other, b);
	assert_string_equal(links_of(registry, b).other, a);
	assert_string_equal(links_of(registry, b).kind, "family");
	assert_false(ih_person_link(registry, b, a, "same", &err));
	assert_string_equal(err.code, "E_LINK_THERE");
	assert_int_equal(number_in("registry.db",
			     "SELECT count(*) FROM person_link WHERE"
			     " instr(sealed, 'family') > 0"),
	    0);
	assert_true(ih_person_unlink(registry, b, a, &err));
	assert_int_equal(links_of(registry, a).count, 0);
	assert_false(ih_person_unlink(registry, a, b, &err));
	assert_string_equal(err.code, "E_LINK_NONE");
	assert_true(ih_person_link(registry, b, a, "companion", &err));
	assert_true(ih_person_forget(registry, b, &err));
	assert_int_equal(links_of(registry, a).count, 0);
}

static void
refuses_a_link_that_is_none(void **state)
{
	struct ih_error err = { 0 };
	char a[IH_CODE_TEXT], b[IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	add_case(registry, 1, a);
	add_case(registry, 2, b);
	assert_false(ih_person_link(registry, a, b, "perpetrator", &err));
	assert_string_equal(err.code, "E_LINK_KIND");
	assert_false(ih_person_link(registry, a, a, "same", &err));
	assert_int_equal(err.kind, IH_STATE);
	assert_false(ih_person_link(registry, a, "7KQF-3XMT-M", "same", &err));
	assert_string_equal(err.code, "E_CASE_UNKNOWN");
}

/* ---- who is said to have done it */

#define ACCUSED "Auteur Exemple Neuf, dit le chauffeur"

static bool
keep_note(int64_t instant, const char *note, void *with)
{
	assert_int_equal(instant, NOON);
	ih_buffer_text(with, note);
	ih_buffer_text(with, "|");
	return true;
}

static void
notes_apart_who_is_said_to_have_done_it(void **state)
{
	struct ih_error err = { 0 };
	char code[IH_CODE_TEXT];
	IH_OWNED(ih_buffer) notes = ih_buffer_new();
	IH_OWNED(ih_registry) registry = office_open();

	(void)state;
	add_case(registry, 1, code);
	assert_true(ih_person_accuse(registry, code, ACCUSED, &err));
	assert_true(ih_person_accuse(registry, code, "Rue Exemple", &err));
	assert_true(
	    ih_person_accused_each(registry, code, keep_note, notes, &err));
	assert_string_equal((char *)notes->data, ACCUSED "|Rue Exemple|");
	/* release, refer and send read these parts, and nothing else */
	for (int part = 0; part < IH_PARTS; part++) {
		IH_OWNED(ih_buffer)
		bytes = ih_case_read(registry, code, (enum ih_part)part, &err);

		assert_non_null(bytes);
		assert_null(strstr((char *)bytes->data, "Auteur"));
	}
	assert_int_equal(number_in("registry.db",
			     "SELECT count(*) FROM accused WHERE"
			     " instr(sealed, 'Auteur') > 0"),
	    0);
	assert_true(ih_person_forget(registry, code, &err));
	ih_buffer_clear(notes);
	assert_true(
	    ih_person_accused_each(registry, code, keep_note, notes, &err));
	assert_int_equal(notes->size, 0);
	check_ledger(registry);
}

static void
refuses_a_note_that_hides_or_was_moved(void **state)
{
	struct ih_error err = { 0 };
	char a[IH_CODE_TEXT], b[IH_CODE_TEXT];
	IH_OWNED(ih_buffer) notes = ih_buffer_new();

	(void)state;
	{
		IH_OWNED(ih_registry) registry = office_open();

		add_case(registry, 1, a);
		add_case(registry, 2, b);
		assert_false(ih_person_accuse(registry, a, "a\x01", &err));
		assert_string_equal(err.code, "E_NAME_HIDDEN");
		assert_true(ih_person_accuse(registry, a, ACCUSED, &err));
		assert_true(ih_person_accuse(registry, b, "Rue", &err));
	}
	tamper("registry.db",
	    "UPDATE accused SET sealed = (SELECT sealed FROM accused AS o"
	    " WHERE o.entry <> accused.entry)");
	IH_OWNED(ih_registry) registry = office_open();
	assert_false(
	    ih_person_accused_each(registry, a, keep_note, notes, &err));
	assert_int_equal(err.kind, IH_TRUST);
	assert_int_equal(notes->size, 0);
}

#define OFFICE(test)                                                           \
	cmocka_unit_test_setup_teardown(test, office_start, office_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		OFFICE(finds_a_person_however_the_name_is_written),
		OFFICE(finds_whoever_has_one_name_or_no_year),
		OFFICE(puts_the_likeliest_first),
		OFFICE(tells_of_others_who_are_like_a_case),
		OFFICE(follows_what_is_written_and_erased),
		OFFICE(refuses_an_identity_that_hides_something),
		OFFICE(enters_a_search_without_what_was_looked_for),
		OFFICE(is_for_those_who_take_cases_in),
		OFFICE(marks_what_was_not_marked),
		OFFICE(another_registry_has_other_marks),
		OFFICE(gives_no_name_away_by_its_frequency),
		OFFICE(holds_no_name_in_the_clear),
		OFFICE(links_two_cases_until_they_are_not),
		OFFICE(refuses_a_link_that_is_none),
		OFFICE(notes_apart_who_is_said_to_have_done_it),
		OFFICE(refuses_a_note_that_hides_or_was_moved),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
