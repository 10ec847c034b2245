/*
 * work FOLDER CASES - what the worklist over CASES invented ones costs,
 * beside a bare SQLite query on a table indexed in its order that returns the
 * same rows.  One line a round:
 *
 *	RATIO MILLISECONDS-OURS MILLISECONDS-BARE ROWS
 *
 * for all that is due, then for what is due within a week ("week" in front).
 * FOLDER is where a registry and the bare database are made.  Run from the
 * root of the tree.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../../src/registry/query.h"
#include "ihala/work.h"

#define PASSPHRASE "an invented passphrase"
#define ROUNDS 7
#define NOW 1772704800 /* 2026-03-05T10:00:00Z */
#define DAY INT64_C(86400)

static void
stop(const char *why)
{
	fprintf(stderr, "work: %s\n", why);
	exit(1);
}

static double
seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
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
		"CREATE TABLE due (rank INTEGER, due INTEGER, code TEXT,"
		" clock TEXT, started INTEGER, excused INTEGER,"
		" PRIMARY KEY (rank, due, code, clock)) STRICT, WITHOUT ROWID",
		NULL, NULL, NULL) != SQLITE_OK)
		stop(sqlite3_errmsg(db));
	return db;
}

/* A tenth urgent, the rest due over a hundred days: some are past. */
static void
plant(struct ih_registry *registry, size_t cases)
{
	static const char *const clocks[] = { "emergency", "request",
		"screening", "review", "follow-up", "first-decision", "receipt",
		"closure", "answer", "determination" };
	struct ih_error err = { 0 };

	for (size_t i = 0; i < cases; i++) {
		char code[IH_CODE_TEXT];
		unsigned char unique[32] = { 0 };
		int64_t due =
		    NOW + ((int64_t)(i * 7919 % 100) - 20) * DAY + (int64_t)i;

		ih_code_new(registry->world, code);
		memcpy(unique, &i, sizeof i);
		/* A code that chance gives twice is skipped. */
		if (ih_run(registry->db, &err,
			"INSERT INTO case_file VALUES (:code, :unique, 0, 1, 0,"
			" 0, 1, '', '', 'request', 'none', 'none', 'none')",
			ih_text(":code", code),
			ih_bytes(":unique", unique, sizeof unique)) &&
		    !ih_run(registry->db, &err,
			"INSERT INTO due VALUES (:code, :clock, :rank, :due,"
			" 0, 0)",
			ih_text(":code", code),
			ih_text(":clock", clocks[i % 10]),
			ih_number(":rank", i % 10 == 0 ? 0 : 1),
			ih_number(":due", due)))
			stop(err.text);
	}
}

/* The same rows, as they stand in the registry. */
static void
copy(const char *folder, sqlite3 *bare)
{
	char sql[4200];

	snprintf(sql, sizeof sql,
	    "ATTACH '%s/registry/registry.db' AS ours;"
	    "INSERT INTO due SELECT rank, due, code, clock, started, excused"
	    " FROM ours.due; DETACH ours",
	    folder);
	if (sqlite3_exec(bare, sql, NULL, NULL, NULL) != SQLITE_OK)
		stop(sqlite3_errmsg(bare));
}

struct sum {
	size_t rows;
	uint64_t bytes; /* so that every value is looked at */
};

static bool
add_one(const struct ih_work *work, void *with)
{
	struct sum *sum = with;

	sum->rows++;
	sum->bytes += (uint64_t)work->run.due + (unsigned char)work->code[0] +
		      (unsigned char)work->clock->id[0];
	return true;
}

static struct sum
list_ours(struct ih_registry *registry, const struct ih_work_asked *asked)
{
	struct ih_error err = { 0 };
	struct sum sum = { 0 };

	if (!ih_work_each(registry, asked, add_one, &sum, &err))
		stop(err.text);
	return sum;
}

static struct sum
list_bare(sqlite3 *bare, const struct ih_work_asked *asked)
{
	sqlite3_stmt *rows = NULL;
	struct sum sum = { 0 };

	if (sqlite3_prepare_v2(bare,
		asked->bounded ?
		    "SELECT code, clock, rank, due, started, excused FROM due"
		    " WHERE rank IN (0, 1) AND due BETWEEN ? AND ?"
		    " ORDER BY rank, due, code, clock" :
		    "SELECT code, clock, rank, due, started, excused FROM due"
		    " ORDER BY rank, due, code, clock",
		-1, &rows, NULL) != SQLITE_OK)
		stop(sqlite3_errmsg(bare));
	if (asked->bounded) {
		sqlite3_bind_int64(rows, 1, asked->from);
		sqlite3_bind_int64(rows, 2, asked->to);
	}
	while (sqlite3_step(rows) == SQLITE_ROW) {
		sum.rows++;
		sum.bytes += (uint64_t)sqlite3_column_int64(rows, 3) +
			     sqlite3_column_text(rows, 0)[0] +
			     sqlite3_column_text(rows, 1)[0];
	}
	sqlite3_finalize(rows);
	return sum;
}

static void
compare(struct ih_registry *registry, sqlite3 *bare,
    const struct ih_work_asked *asked)
{
	double start = seconds(), middle, end;
	struct sum ours = list_ours(registry, asked), peer;

	middle = seconds();
	peer = list_bare(bare, asked);
	end = seconds();
	if (ours.rows != peer.rows || ours.bytes != peer.bytes)
		stop("the two returned other rows");
	printf("%s%.2f %.2f %.2f %zu\n", asked->bounded ? "week " : "",
	    (middle - start) / (end - middle), 1e3 * (middle - start),
	    1e3 * (end - middle), ours.rows);
}

int
main(int argc, char **argv)
{
	char path[4096];
	uint64_t seed = 7;
	struct ih_error err = { 0 };
	struct ih_world world = ih_world_fixed(NOW, &seed);
	struct ih_registry_setup setup = { .committee = "QQ",
		.training = true,
		.passphrase = PASSPHRASE };
	const struct ih_work_asked everything = { 0 };
	const struct ih_work_asked week = { .bounded = true,
		.from = NOW,
		.to = NOW + 7 * DAY };

	if (argc != 3)
		stop("FOLDER CASES");
	snprintf(path, sizeof path, "%s/registry", argv[1]);
	IH_OWNED(ih_library) library = ih_library_open(".", &err);
	if (library == NULL || !ih_registry_init(path, &setup, &world, &err))
		stop(err.text);
	IH_OWNED(ih_registry)
	registry =
	    ih_registry_open(path, &(const struct ih_login){ NULL, PASSPHRASE },
		library, &world, &err);
	if (registry == NULL)
		stop(err.text);
	sqlite3 *bare = open_bare(argv[1]);
	list_ours(registry, &everything); /* nothing yet: made for this pack */
	{
		IH_OWNED(ih_transaction)
		all = ih_transaction_begin(registry, &err);

		if (all == NULL)
			stop(err.text);
		plant(registry, strtoul(argv[2], NULL, 10));
		if (!ih_transaction_commit(all, &err))
			stop(err.text);
	}
	copy(argv[1], bare);
	for (int round = 0; round < ROUNDS; round++)
		compare(registry, bare, &everything);
	for (int round = 0; round < ROUNDS; round++)
		compare(registry, bare, &week);
	sqlite3_close(bare);
	return 0;
}
