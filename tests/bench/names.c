/*
 * names FOLDER CASES SEARCHES - what it costs to look for a person among
 * CASES invented ones, beside a bare SQLite query over the same names in the
 * clear, indexed, that finds the same cases.  One line a round:
 *
 *	RATIO MICROSECONDS-OURS MICROSECONDS-BARE CASES-FOUND
 *
 * for searches with a year of birth, then the same without ("any" in front).
 * FOLDER is where a registry and the bare database are made.  Run from the
 * root of the tree.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../../src/registry/query.h"
#include "../xml/names.h"
#include "ihala/person.h"

#define PASSPHRASE "an invented passphrase"
#define ROUNDS 5

static uint64_t seed = 7;

static double
any(void)
{
	seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (double)(seed >> 11) / 9007199254740992.0;
}

/* Of COUNT, the first as many times as often as the last. */
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

static const char *
any_spelling(const char *const row[SPELLINGS])
{
	size_t count = 0;

	while (count < SPELLINGS && row[count] != NULL)
		count++;
	return row[(size_t)(any() * (double)count)];
}

struct one {
	char name[200];
	int year;
};

static void
invent(struct one *one)
{
	const char *family = any_spelling(family_names[unevenly(FAMILY_NAMES)]);

	snprintf(one->name, sizeof one->name, "%s %s %s",
	    any_spelling(given_names[unevenly(GIVEN_NAMES)]),
	    any_spelling(given_names[unevenly(GIVEN_NAMES)]), family);
	one->year = 1960 + (int)(any() * 55);
}

static void
stop(const char *why)
{
	fprintf(stderr, "names: %s\n", why);
	exit(1);
}

static sqlite3 *
open_bare(const char *folder)
{
	char path[4096];
	sqlite3 *db = NULL;

	snprintf(path, sizeof path, "%s/bare.db", folder);
	if (sqlite3_open(path, &db) != SQLITE_OK ||
	    sqlite3_exec(db,
		"PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;"
		"CREATE TABLE pair (pair TEXT, year INTEGER, code TEXT,"
		" PRIMARY KEY (pair, year, code)) WITHOUT ROWID; BEGIN",
		NULL, NULL, NULL) != SQLITE_OK)
		stop(sqlite3_errmsg(db));
	return db;
}

/* Each pair of sounds of NAME, as the registry marks it, to EACH. */
static void
each_pair(const struct ih_name *name, void each(const char *pair, void *with),
    void *with)
{
	char pair[2 * IH_SOUND_TEXT + 2];

	for (size_t i = 0; i < name->count; i++)
		for (size_t k = 0; k < i; k++)
			for (size_t x = 0; x < name->part[i].ways; x++)
				for (size_t y = 0; y < name->part[k].ways;
				     y++) {
					const char *a = name->part[i].sound[x];
					const char *b = name->part[k].sound[y];
					bool turn = strcmp(a, b) > 0;

					snprintf(pair, sizeof pair, "%s %s",
					    turn ? b : a, turn ? a : b);
					each(pair, with);
				}
}

struct filling {
	sqlite3_stmt *insert;
	const char *code;
	int year;
};

static void
fill_pair(const char *pair, void *with)
{
	struct filling *f = with;

	sqlite3_reset(f->insert);
	sqlite3_bind_text(f->insert, 1, pair, -1, SQLITE_TRANSIENT);
	sqlite3_bind_int(f->insert, 2, f->year);
	sqlite3_bind_text(f->insert, 3, f->code, -1, SQLITE_TRANSIENT);
	sqlite3_step(f->insert);
}

static void
fill(struct ih_registry *registry, sqlite3 *bare, struct one *people,
    size_t cases)
{
	struct ih_error err = { 0 };
	struct filling f = { 0 };
	IH_OWNED(ih_arena) arena = ih_arena_new();

	sqlite3_prepare_v2(bare, "INSERT OR IGNORE INTO pair VALUES (?, ?, ?)",
	    -1, &f.insert, NULL);
	for (size_t i = 0; i < cases; i++) {
		char code[IH_CODE_TEXT], xml[640];
		unsigned char unique[32] = { 0 };

		invent(&people[i]);
		ih_code_new(registry->world, code);
		memcpy(unique, &i, sizeof i);
		snprintf(xml, sizeof xml,
		    "<identity xmlns=\"urn:ihala:case:1\"><answer"
		    " xmlns=\"urn:ihala:answers:1\" item=\"name\"><value>%s"
		    "</value></answer><answer xmlns=\"urn:ihala:answers:1\""
		    " item=\"birth-date\"><value>%d</value></answer>"
		    "</identity>",
		    people[i].name, people[i].year);
		/* A code that chance gives twice is skipped. */
		if (!ih_run(registry->db, &err,
			"INSERT INTO case_file VALUES (:code, :unique, 0, 1, 0,"
			" 0, 1, '', '', 'request', 'none', 'none', 'none')",
			ih_text(":code", code),
			ih_bytes(":unique", unique, sizeof unique)))
			continue;
		if (!ih_person_mark(registry, code, xml, strlen(xml), &err))
			stop(err.text);
		f.code = code;
		f.year = people[i].year;
		each_pair(ih_name_read(registry->names, arena, people[i].name,
			      &err),
		    fill_pair, &f);
		ih_arena_reset(arena);
	}
	sqlite3_finalize(f.insert);
	sqlite3_exec(bare, "COMMIT", NULL, NULL, NULL);
}

/* ---- searches */

static bool
count_one(const struct ih_likely *likely, void *with)
{
	(void)likely;
	++*(size_t *)with;
	return true;
}

static size_t
search_ours(struct ih_registry *registry, const struct one *one, bool year)
{
	struct ih_error err = { 0 };
	struct ih_person person = { .count = 1, .name = { one->name } };
	size_t found = 0;

	person.birth.year = year ? one->year : 0;
	if (!ih_person_find(registry, &person, count_one, &found, &err))
		stop(err.text);
	return found;
}

struct asking {
	struct ih_buffer *sql;
	size_t count;
	char pair[64][2 * IH_SOUND_TEXT + 2];
};

static void
ask_pair(const char *pair, void *with)
{
	struct asking *a = with;

	for (size_t i = 0; i < a->count; i++)
		if (strcmp(a->pair[i], pair) == 0)
			return;
	if (a->count < 64)
		snprintf(a->pair[a->count++], sizeof a->pair[0], "%s", pair);
}

/* What stands ready before the clock starts: the folded name. */
static struct asking
prepare_bare(struct ih_registry *registry, const struct one *one, bool year)
{
	struct ih_error err = { 0 };
	struct asking a = { .sql = ih_buffer_new() };
	IH_OWNED(ih_arena) arena = ih_arena_new();

	each_pair(ih_name_read(registry->names, arena, one->name, &err),
	    ask_pair, &a);
	ih_buffer_text(a.sql,
	    "SELECT DISTINCT code FROM pair WHERE pair IN (?");
	for (size_t i = 1; i < a.count; i++)
		ih_buffer_text(a.sql, ",?");
	ih_buffer_text(a.sql, ")");
	if (year)
		ih_buffer_printf(a.sql, " AND year IN (0,%d,%d,%d,%d,%d)",
		    one->year - 2, one->year - 1, one->year, one->year + 1,
		    one->year + 2);
	return a;
}

static size_t
search_bare(sqlite3 *bare, const struct asking *a)
{
	sqlite3_stmt *rows = NULL;
	size_t found = 0;

	if (sqlite3_prepare_v2(bare, (const char *)a->sql->data, -1, &rows,
		NULL) != SQLITE_OK)
		stop(sqlite3_errmsg(bare));
	for (size_t i = 0; i < a->count; i++)
		sqlite3_bind_text(rows, (int)i + 1, a->pair[i], -1,
		    SQLITE_STATIC);
	while (sqlite3_step(rows) == SQLITE_ROW)
		found += sqlite3_column_text(rows, 0) != NULL;
	sqlite3_finalize(rows);
	return found;
}

static double
seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void
compare(struct ih_registry *registry, sqlite3 *bare, const struct one *people,
    size_t cases, size_t searches, bool year)
{
	double ours = 0, peer = 0;
	size_t found = 0;

	for (size_t i = 0; i < searches; i++) {
		const struct one *one =
		    &people[(size_t)(any() * (double)cases)];
		struct asking a = prepare_bare(registry, one, year);
		double start = seconds(), middle;
		size_t here = search_ours(registry, one, year);

		middle = seconds();
		if (here != search_bare(bare, &a))
			stop("the two found other cases");
		ours += middle - start;
		peer += seconds() - middle;
		found += here;
		ih_buffer_free(a.sql);
	}
	printf("%s%.2f %.1f %.1f %.1f\n", year ? "" : "any ", ours / peer,
	    1e6 * ours / (double)searches, 1e6 * peer / (double)searches,
	    (double)found / (double)searches);
}

int
main(int argc, char **argv)
{
	char path[4096];
	struct ih_error err = { 0 };
	struct ih_world world = ih_world_real();
	struct ih_registry_setup setup = { .committee = "QQ",
		.training = true,
		.passphrase = PASSPHRASE };
	size_t cases, searches;
	struct one *people;

	if (argc != 4)
		stop("FOLDER CASES SEARCHES");
	cases = strtoul(argv[2], NULL, 10);
	searches = strtoul(argv[3], NULL, 10);
	people = calloc(cases, sizeof *people);
	snprintf(path, sizeof path, "%s/registry", argv[1]);
	IH_OWNED(ih_library) library = ih_library_open(".", &err);
	if (people == NULL || library == NULL ||
	    !ih_registry_init(path, &setup, &world, &err))
		stop(err.text);
	IH_OWNED(ih_registry)
	registry =
	    ih_registry_open(path, &(const struct ih_login){ NULL, PASSPHRASE },
		library, &world, &err);
	if (registry == NULL)
		stop(err.text);
	sqlite3 *bare = open_bare(argv[1]);
	{
		IH_OWNED(ih_transaction)
		all = ih_transaction_begin(registry, &err);

		if (all == NULL)
			stop(err.text);
		fill(registry, bare, people, cases);
		if (!ih_transaction_commit(all, &err))
			stop(err.text);
	}
	for (int round = 0; round < ROUNDS; round++)
		compare(registry, bare, people, cases, searches, true);
	for (int round = 0; round < ROUNDS; round++)
		compare(registry, bare, people, cases, searches / 4, false);
	sqlite3_close(bare);
	free(people);
	return 0;
}
