/*
 * count FOLDER CASES - what it costs to count CASES invented ones as
 * "ihala return" does, from the files of a registry, beside SQLite's GROUP BY
 * of five of their variables in a table in the clear.  One line a round:
 *
 *	RATIO MILLISECONDS-OURS MILLISECONDS-GROUP-BY GROUPS
 *
 * The rows are of some thousand that were coded each for itself, and go into
 * the piece that the registry keeps (packed.h), again and again: to open a
 * million cases would take hours, and a count opens none that has not changed.
 * What was counted is held to what SQLite counts, table by table.  Ours are
 * all tables, steps and period among them.
 * Run from the root of the tree.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../summary/rows.h"
#include "ihala/packed.h"
#include "ihala/registry.h"

#define PASSPHRASE "an invented passphrase"
#define ROUNDS 7
#define NOW 1798884000 /* 2027-01-02T10:00:00Z */

enum { KINDS = 4096, FIVE = 5 };

/* The variables that are grouped by. */
static const char *const five[FIVE] = { "sex", "age", "citizenship", "form",
	"outcome" };

static struct ih_tables *tables;

static void
stop(const char *why)
{
	fprintf(stderr, "count: %s\n", why);
	exit(1);
}

static double
seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* ---- the rows */

struct made {
	char text[1200];
	struct ih_reached steps[4];
	size_t count;
};

static struct made made[KINDS];

static void
invent(void)
{
	for (size_t i = 0; i < KINDS; i++) {
		char day[IH_DATE_TEXT];
		int64_t opened = 20454 + rows_draw(365);

		made[i].count = rows_steps(made[i].steps, opened);
		ih_date_format(ih_date_of_day(opened), day);
		rows_write(made[i].text, tables, "MA", day, true);
	}
}

static struct ih_statistic
row(size_t i, char code[static IH_CODE_TEXT])
{
	struct made *one = &made[i % KINDS];

	snprintf(code, IH_CODE_TEXT, "%zu", i);
	return (struct ih_statistic){ code, one->text, strlen(one->text),
		one->steps, one->count };
}

/* ---- ours */

struct counting {
	struct ih_packed *packed;
	struct ih_error *err;
	const struct ih_buffer *instead; /* of what the registry would make */
};

static bool
take(void *with, struct ih_buffer *bytes, size_t offset)
{
	return ih_packed_take(((struct counting *)with)->packed, bytes, offset);
}

static void
forget(void *with, const char *code)
{
	ih_packed_forget(((struct counting *)with)->packed, code);
}

static bool
add(const struct ih_statistic *one, void *with)
{
	struct counting *counting = with;

	return ih_packed_add(counting->packed, one, counting->err);
}

static void
give(void *with, struct ih_buffer *out)
{
	const struct counting *counting = with;

	if (counting->instead != NULL)
		ih_buffer_add(out, counting->instead->data,
		    counting->instead->size);
	else
		ih_packed_give(counting->packed, out);
}

/* The registry is opened, and its counts are in COUNT. */
static struct ih_count *
count(struct ih_registry *registry, const struct ih_buffer *instead)
{
	struct ih_error err = { .kind = IH_NONE };
	IH_OWNED(ih_packed) packed = ih_packed_new(tables, "MA", true);
	struct ih_count *made_of =
	    ih_count_new(tables, "MA", "2026", true, &err);
	struct counting with = { packed, &err, instead };
	const struct ih_statistic_packer packer = { take, forget, add, give,
		&with };

	if (!ih_statistic_pack(registry, made_of->days, &packer, &err) ||
	    !ih_packed_count(packed, &made_of, 1, &err))
		stop(err.text);
	return made_of;
}

/* ---- the rows as they are kept */

/* Where things stand in a piece, as packed.h has it. */
enum { HEAD = 40, CODE = 12 };

struct piece {
	struct ih_buffer *bytes;
	size_t rows, width;
};

static const uint16_t *
numbers_at(const struct piece *piece, size_t row)
{
	return (const uint16_t *)(const void *)(piece->bytes->data + HEAD) +
	       row * piece->width;
}

/* Each kind, coded for itself. */
static struct piece
pack_kinds(void)
{
	struct ih_error err = { .kind = IH_NONE };
	IH_OWNED(ih_packed) packed = ih_packed_new(tables, "MA", true);
	struct piece piece = { ih_buffer_new(), KINDS, 0 };

	for (size_t i = 0; i < KINDS; i++) {
		char code[IH_CODE_TEXT];
		struct ih_statistic one = row(i, code);

		if (!ih_packed_add(packed, &one, &err))
			stop(err.text);
	}
	ih_packed_give(packed, piece.bytes);
	piece.width = ((piece.bytes->size - HEAD) / KINDS - CODE) / 2;
	return piece;
}

/* CASES rows of these kinds, drawn. */
static struct piece
pack(const struct piece *kinds, size_t cases)
{
	struct piece piece = { ih_buffer_new(), cases, kinds->width };
	uint64_t rows = cases;

	ih_buffer_reserve(piece.bytes,
	    HEAD + cases * (kinds->width * 2 + CODE));
	ih_buffer_add(piece.bytes, kinds->bytes->data, IH_DIGEST);
	ih_buffer_add(piece.bytes, &rows, sizeof rows);
	for (size_t i = 0; i < cases; i++)
		ih_buffer_add(piece.bytes, numbers_at(kinds, rows_draw(KINDS)),
		    kinds->width * 2);
	for (size_t i = 0; i < cases; i++) {
		char code[CODE] = "";

		snprintf(code, sizeof code, "%u", (unsigned)i);
		ih_buffer_add(piece.bytes, code, CODE);
	}
	return piece;
}

/* ---- SQLite's */

static size_t
variable_at(const char *id)
{
	size_t at = 0;

	while (strcmp(tables->variables[at].id, id) != 0)
		at++;
	return at;
}

/* Which number of a row is the variable's: those of steps are not there. */
static size_t
number_of(size_t variable)
{
	size_t at = 1;

	for (size_t v = 0; v < variable; v++)
		at += tables->variables[v].from != IH_FROM_STEP &&
		      tables->variables[v].from != IH_FROM_DAYS;
	return at;
}

static void
run(sqlite3 *db, const char *sql)
{
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		stop(sqlite3_errmsg(db));
}

static sqlite3 *
open_bare(const char *folder, const struct piece *piece)
{
	char path[512];
	sqlite3 *db = NULL;
	sqlite3_stmt *insert = NULL;
	size_t at[FIVE];

	snprintf(path, sizeof path, "%s/bare.db", folder);
	for (size_t v = 0; v < FIVE; v++)
		at[v] = number_of(variable_at(five[v]));
	if (sqlite3_open(path, &db) != SQLITE_OK)
		stop("the bare database cannot be made");
	run(db, "CREATE TABLE row (sex INTEGER, age INTEGER,"
		" citizenship INTEGER, form INTEGER, outcome INTEGER); BEGIN");
	sqlite3_prepare_v2(db, "INSERT INTO row VALUES (?, ?, ?, ?, ?)", -1,
	    &insert, NULL);
	for (size_t i = 0; i < piece->rows; i++) {
		for (size_t v = 0; v < FIVE; v++)
			sqlite3_bind_int(insert, (int)v + 1,
			    numbers_at(piece, i)[at[v]]);
		if (sqlite3_step(insert) != SQLITE_DONE)
			stop(sqlite3_errmsg(db));
		sqlite3_reset(insert);
	}
	sqlite3_finalize(insert);
	run(db, "COMMIT; ANALYZE");
	return db;
}

/* Where a variable of the tables stands among the five; FIVE: nowhere. */
static size_t
among(size_t variable)
{
	size_t at = 0;

	while (at < FIVE && variable_at(five[at]) != variable)
		at++;
	return at;
}

static void
add_group(struct ih_count *into, const int bits[FIVE], int64_t persons)
{
	for (size_t t = 0; t < tables->table_count; t++) {
		size_t r = among(tables->tables[t].rows);
		size_t c = among(tables->tables[t].columns);

		for (int i = 0; r < FIVE && c < FIVE && i < 256; i++)
			if (bits[r] >> (i / 16) & bits[c] >> (i % 16) & 1)
				into->cells[t][i / 16][i % 16] += persons;
	}
	into->persons += persons;
}

/* Into the tables that are of the five alone; how many groups. */
static int
group(sqlite3 *db, struct ih_count *into, double *took)
{
	sqlite3_stmt *rows = NULL;
	int groups = 0;
	double before = seconds();

	*took = 0;
	sqlite3_prepare_v2(db,
	    "SELECT sex, age, citizenship, form, outcome, count(*) FROM row"
	    " GROUP BY 1, 2, 3, 4, 5",
	    -1, &rows, NULL);
	while (sqlite3_step(rows) == SQLITE_ROW) {
		int bits[FIVE];

		for (int v = 0; v < FIVE; v++)
			bits[v] = sqlite3_column_int(rows, v);
		*took += seconds() - before;
		add_group(into, bits, sqlite3_column_int64(rows, FIVE));
		before = seconds();
		groups++;
	}
	*took += seconds() - before;
	sqlite3_finalize(rows);
	return groups;
}

static void
compare(const struct ih_count *ours, const struct ih_count *theirs)
{
	size_t compared = 0;

	if (ours->persons != theirs->persons)
		stop("not as many persons");
	for (size_t t = 0; t < tables->table_count; t++) {
		if (among(tables->tables[t].rows) == FIVE ||
		    among(tables->tables[t].columns) == FIVE)
			continue;
		compared++;
		if (memcmp(ours->cells[t], theirs->cells[t],
			sizeof ours->cells[t]) != 0)
			stop("a table differs");
	}
	if (compared < FIVE)
		stop("nothing to compare");
}

/* ---- both, in turn */

static struct ih_registry *
open_registry(const char *folder, const struct ih_world *world,
    struct ih_library *library)
{
	struct ih_registry_setup setup = { .committee = "MA",
		.training = true,
		.passphrase = PASSPHRASE };
	struct ih_error err = { .kind = IH_NONE };
	char path[512];
	struct ih_registry *registry;

	snprintf(path, sizeof path, "%s/office", folder);
	if (!ih_registry_init(path, &setup, world, &err))
		stop(err.text);
	registry = ih_registry_open(path,
	    &(const struct ih_login){ NULL, PASSPHRASE }, library, world, &err);
	if (registry == NULL)
		stop(err.text);
	return registry;
}

static void
one_round(struct ih_registry *registry, sqlite3 *bare)
{
	struct ih_error err = { .kind = IH_NONE };
	IH_OWNED(ih_count)
	theirs = ih_count_new(tables, "MA", "2026", true, &err);
	double before, ours_took, theirs_took;
	int groups = group(bare, theirs, &theirs_took);

	before = seconds();
	IH_OWNED(ih_count) ours = count(registry, NULL);
	ours_took = seconds() - before;
	compare(ours, theirs);
	printf("%.3f %.1f %.1f %d\n", ours_took / theirs_took, ours_took * 1e3,
	    theirs_took * 1e3, groups);
}

int
main(int argc, char **argv)
{
	uint64_t seed = 3;
	struct ih_world world = ih_world_fixed(NOW, &seed);
	struct ih_error err = { .kind = IH_NONE };
	size_t cases = argc == 3 ? strtoul(argv[2], NULL, 10) : 0;

	if (cases == 0)
		return 64;
	IH_OWNED(ih_library) library = ih_library_open(".", &err);
	tables = ih_tables_load(library, &err);
	if (tables == NULL)
		stop(err.text);
	invent();
	struct piece kinds = pack_kinds();
	struct piece all = pack(&kinds, cases);
	IH_OWNED(ih_registry)
	registry = open_registry(argv[1], &world, library);
	ih_count_free(count(registry, all.bytes));
	sqlite3 *bare = open_bare(argv[1], &all);
	for (int i = 0; i < ROUNDS; i++)
		one_round(registry, bare);
	sqlite3_close(bare);
	ih_buffer_free(kinds.bytes);
	ih_buffer_free(all.bytes);
	ih_tables_free(tables);
	return 0;
}
