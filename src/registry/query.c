/* This is where SQL meets its values, and SQLite's words become ours. */
#include "query.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define WAIT_LEAST 1000       /* microseconds between two tries */
#define WAIT_MORE 24000       /* at most, on top of that */
#define TRIES 4500            /* about a minute */
#define LENGTH_MAX (32 << 20) /* bytes of one value: twice IH_PART_MAX */
#define KEPT_MOST 96          /* statements of one connection */

bool
ih_query_fail(sqlite3 *db, struct ih_error *err)
{
	switch (sqlite3_extended_errcode(db) & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
	case SQLITE_PROTOCOL: /* at the log's first steps */
		return ih_fail(err, IH_BUSY,
		    "registry: another program is writing; try again");
	case SQLITE_CONSTRAINT:
		/* SQLite names table and column here, never the value. */
		return ih_fail(err, IH_STATE, "registry: %s",
		    sqlite3_errmsg(db));
	case SQLITE_FULL:
		return ih_fail(err, IH_SYSTEM, "registry: the disk is full");
	case SQLITE_NOTADB:
	case SQLITE_CORRUPT:
		return ih_fail(err, IH_SYSTEM,
		    "registry: a file is damaged; restore it from a backup");
	default:
		return ih_fail(err, IH_SYSTEM, "registry: %s",
		    sqlite3_errmsg(db));
	}
}

bool
ih_query_may_wait(struct ih_error *err)
{
	if (err->kind != IH_BUSY)
		return false;
	*err = (struct ih_error){ 0 };
	return true;
}

static bool
bind(sqlite3_stmt *stmt, const struct ih_bind *b)
{
	int at = sqlite3_bind_parameter_index(stmt, b->name);

	if (b->kind == IH_BIND_TEXT)
		return sqlite3_bind_text(stmt, at, b->bytes, -1,
			   SQLITE_TRANSIENT) == SQLITE_OK;
	if (b->kind == IH_BIND_NUMBER)
		return sqlite3_bind_int64(stmt, at, b->number) == SQLITE_OK;
	/* NULL bytes would become NULL: an empty value is not that. */
	return sqlite3_bind_blob64(stmt, at, b->size > 0 ? b->bytes : "",
		   b->size, SQLITE_TRANSIENT) == SQLITE_OK;
}

static bool
bind_all(sqlite3_stmt *stmt, const struct ih_bind *binds, struct ih_error *err)
{
	for (const struct ih_bind *b = binds; b->name != NULL; b++)
		if (!bind(stmt, b))
			return ih_query_fail(sqlite3_db_handle(stmt), err);
	return true;
}

/* One that was given back.  It has run since it was last taken, and is at rest:
 * one that is taken has not run yet, or is among its rows; or at their end, and
 * then nothing more is asked of it. */
static sqlite3_stmt *
kept(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *stmt = NULL;

	while ((stmt = sqlite3_next_stmt(db, stmt)) != NULL)
		if (sqlite3_stmt_status(stmt, SQLITE_STMTSTATUS_RUN, 0) > 0 &&
		    !sqlite3_stmt_busy(stmt) &&
		    strcmp(sqlite3_sql(stmt), sql) == 0)
			break;
	if (stmt != NULL)
		sqlite3_stmt_status(stmt, SQLITE_STMTSTATUS_RUN, 1);
	return stmt;
}

static size_t
count_kept(sqlite3 *db)
{
	size_t count = 0;

	for (sqlite3_stmt *stmt = NULL;
	     (stmt = sqlite3_next_stmt(db, stmt)) != NULL;)
		count++;
	return count;
}

void
ih_rows_free(sqlite3_stmt *rows)
{
	if (rows == NULL)
		return;
	if (sqlite3_stmt_status(rows, SQLITE_STMTSTATUS_RUN, 0) == 0 ||
	    count_kept(sqlite3_db_handle(rows)) > KEPT_MOST) {
		sqlite3_finalize(rows);
		return;
	}
	sqlite3_reset(rows);
	sqlite3_clear_bindings(rows); /* content, and wrapped keys */
}

sqlite3_stmt *
ih_ask_(sqlite3 *db, struct ih_error *err, const char *sql,
    const struct ih_bind *binds)
{
	IH_OWNED(sqlite3_stmt) stmt = kept(db, sql);

	err->kind = IH_NONE; /* so that the last ih_row() can be told apart */
	if (stmt == NULL &&
	    sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt,
		NULL) != SQLITE_OK) {
		ih_query_fail(db, err);
		return NULL;
	}
	return bind_all(stmt, binds, err) ? IH_GIVE(stmt) : NULL;
}

bool
ih_run_(sqlite3 *db, struct ih_error *err, const char *sql,
    const struct ih_bind *binds)
{
	IH_OWNED(sqlite3_stmt) stmt = ih_ask_(db, err, sql, binds);

	if (stmt == NULL)
		return false;
	int answer = sqlite3_step(stmt);
	return answer == SQLITE_DONE || answer == SQLITE_ROW ||
	       ih_query_fail(db, err);
}

void
ih_query_forget(sqlite3 *db)
{
	sqlite3_stmt *stmt;

	while (db != NULL && (stmt = sqlite3_next_stmt(db, NULL)) != NULL)
		sqlite3_finalize(stmt);
}

void
ih_query_close(sqlite3 *db)
{
	ih_query_forget(db);
	sqlite3_close(db);
}

bool
ih_row(sqlite3_stmt *rows, struct ih_error *err)
{
	int answer = sqlite3_step(rows);

	if (answer == SQLITE_ROW)
		return true;
	if (answer != SQLITE_DONE)
		ih_query_fail(sqlite3_db_handle(rows), err);
	return false;
}

bool
ih_count_(sqlite3 *db, struct ih_error *err, int64_t *number, const char *sql,
    const struct ih_bind *binds)
{
	IH_OWNED(sqlite3_stmt) rows = ih_ask_(db, err, sql, binds);

	if (rows == NULL)
		return false;
	switch (sqlite3_step(rows)) {
	case SQLITE_ROW:
		*number = sqlite3_column_int64(rows, 0);
		return true;
	case SQLITE_DONE:
		return ih_fail(err, IH_ABSENT, "registry: not there");
	default:
		return ih_query_fail(db, err);
	}
}

void
ih_column_text(sqlite3_stmt *row, int at, char *text, size_t size)
{
	const unsigned char *value = sqlite3_column_text(row, at);

	snprintf(text, size, "%s", value != NULL ? (const char *)value : "");
}

void
ih_column_bytes(sqlite3_stmt *row, int at, void *bytes, size_t size)
{
	const void *value = sqlite3_column_blob(row, at);

	memset(bytes, 0, size);
	if (value != NULL && (size_t)sqlite3_column_bytes(row, at) == size)
		memcpy(bytes, value, size);
}

static bool
configure(sqlite3 *db)
{
	static const struct {
		int option, on;
	} options[] = {
		{ SQLITE_DBCONFIG_DEFENSIVE, 1 },
		{ SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
		{ SQLITE_DBCONFIG_ENABLE_FKEY, 1 },
		{ SQLITE_DBCONFIG_ENABLE_TRIGGER, 0 },
		{ SQLITE_DBCONFIG_ENABLE_VIEW, 0 },
		{ SQLITE_DBCONFIG_DQS_DML, 0 },
		{ SQLITE_DBCONFIG_DQS_DDL, 0 },
	};

	for (size_t i = 0; i < sizeof options / sizeof options[0]; i++)
		if (sqlite3_db_config(db, options[i].option, options[i].on,
			NULL) != SQLITE_OK)
			return false;
	sqlite3_limit(db, SQLITE_LIMIT_LENGTH, LENGTH_MAX);
	sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
	return sqlite3_exec(db,
		   "PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0;"
		   "PRAGMA cell_size_check = ON; PRAGMA secure_delete = ON;"
		   "PRAGMA synchronous = FULL; PRAGMA journal_mode = WAL;",
		   NULL, NULL, NULL) == SQLITE_OK;
}

/* SQLite's own waiting gets longer and longer, so with fifty writers the last
 * to come are served before the first.  Here all have the same chance at each
 * try, and no two keep in step. */
static int
wait_a_little(void *nothing, int tries)
{
	unsigned mixed =
	    (unsigned)getpid() * 2654435761U + (unsigned)tries * 2246822519U;

	(void)nothing;
	mixed ^= mixed >> 15;
	usleep(WAIT_LEAST + mixed % WAIT_MORE);
	return tries < TRIES;
}

/* SQLite asks its caller to wait for a writer, but not at each step of finding
 * a log that another program is just making, mending or taking away. */
static bool
set_up(sqlite3 *db, struct ih_error *err)
{
	for (int tries = 0; !configure(db); tries++) {
		ih_query_fail(db, err);
		if (err->kind != IH_BUSY || wait_a_little(NULL, tries) == 0)
			return false;
	}
	return true;
}

sqlite3 *
ih_query_open(const char *path, struct ih_error *err)
{
	sqlite3 *db = NULL;
	int answer = sqlite3_open_v2(path, &db,
	    SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXRESCODE, NULL);

	if (db == NULL) {
		ih_fail(err, IH_SYSTEM, "registry: no memory");
		return NULL;
	}
	sqlite3_busy_handler(db, wait_a_little, NULL);
	if (answer == SQLITE_OK && set_up(db, err)) {
		err->kind = IH_NONE;
		return db;
	}
	if (answer != SQLITE_OK)
		ih_query_fail(db, err);
	ih_query_close(db);
	return NULL;
}

/* Is every one of TEXT's characters, 1 to MOST of them, in ALLOWED? */
static bool
is_made_of(const char *text, const char *allowed, size_t most)
{
	size_t length = strlen(text);

	return length >= 1 && length <= most && strspn(text, allowed) == length;
}

bool
ih_is_name(const char *text)
{
	return is_made_of(text,
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "0123456789._-",
	    IH_USER_TEXT - 1);
}

bool
ih_is_state(const char *text)
{
	return text[0] >= 'a' && text[0] <= 'z' &&
	       is_made_of(text, "abcdefghijklmnopqrstuvwxyz0123456789-",
		   IH_STATE_TEXT - 1);
}
