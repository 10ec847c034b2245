/* This is where a case is destroyed, so that nobody can read it again. */
#include "ihala/erase.h"

#include <stdio.h>
#include <string.h>

#include "ihala/digest.h"
#include "ihala/person.h"
#include "statement.h"

#define DAY 86400 /* seconds */

bool
ih_erase_was(struct ih_registry *registry, const char *code, bool *erased,
    struct ih_error *err)
{
	int64_t count = 0;

	if (!ih_count(registry->db, err, &count,
		"SELECT (SELECT count(*) FROM draft_end WHERE code = :code)"
		" + (SELECT count(*) FROM ledger"
		"  WHERE act = 'erase' AND at IN"
		"  (SELECT entry FROM step WHERE code = :code UNION ALL"
		"   SELECT entry FROM request_step WHERE code = :code))",
		ih_text(":code", code)))
		return false;
	*erased = count > 0;
	return true;
}

bool
ih_erase_not_yet(struct ih_registry *registry, const char *code,
    struct ih_error *err)
{
	bool erased = false;

	return ih_erase_was(registry, code, &erased, err) &&
	       (!erased ||
		   ih_fail_code(err, IH_STATE, "E_CASE_ERASED", "%s", code));
}

/* ---- the case itself */

/* The row needs something unique in place of the interview's keyed digest:
 * what says nothing that the code does not. */
struct ih_hash
ih_erase_nothing(const char *code)
{
	char text[64];
	struct ih_hash hash = { 0 };
	int length =
	    snprintf(text, sizeof text, "ihala-erased-1\n%.11s\n", code);

	ih_digest(text, (size_t)length, hash.bytes);
	return hash;
}

bool
ih_erase_intend(struct ih_registry *registry, const char *code,
    struct ih_error *err)
{
	/* The keys may only go once the outermost transaction is through. */
	if (registry->depth != 1)
		return ih_fail(err, IH_STATE,
		    "a case is erased in a transaction of its own");
	return ih_run(registry->keys, err,
	    "INSERT OR IGNORE INTO pending (code) VALUES (:code)",
	    ih_text(":code", code));
}

bool
ih_erase_content(struct ih_registry *registry, const char *code,
    struct ih_error *err)
{
	struct ih_hash nothing = ih_erase_nothing(code);

	return ih_erase_intend(registry, code, err) &&
	       ih_person_forget(registry, code, err) &&
	       ih_work_forget(registry, code, err) &&
	       ih_hold_forget(registry, code, err) &&
	       ih_request_forget(registry, code, err) &&
	       ih_run(registry->db, err,
		   "DELETE FROM case_part WHERE code = :code",
		   ih_text(":code", code)) &&
	       ih_run(registry->db, err,
		   "UPDATE case_file SET interview = :nothing, origin = '',"
		   " their_code = '', urgent = 0 WHERE code = :code",
		   ih_bytes(":nothing", nothing.bytes, IH_DIGEST),
		   ih_text(":code", code));
}

/* Nobody can be making a backup of the pair while a key goes. */
static bool
delete_keys(struct ih_registry *registry, const char *code,
    struct ih_error *err)
{
	IH_OWNED(ih_transaction) lock = ih_transaction_begin(registry, err);

	return lock != NULL &&
	       ih_run(registry->keys, err,
		   "DELETE FROM case_key WHERE code = :code",
		   ih_text(":code", code)) &&
	       ih_packed_drop(registry, err);
}

/* All frames of the log into the file, and the log cut to nothing. */
static bool
cut_log(sqlite3 *db, struct ih_error *err)
{
	int64_t busy = 1;

	return ih_count(db, err, &busy, "PRAGMA wal_checkpoint(TRUNCATE)",
		   IH_NOTHING) &&
	       (busy == 0 ||
		   ih_fail(err, IH_BUSY,
		       "registry: the case is erased; another program is "
		       "reading, so its old bytes go when the registry is "
		       "next opened"));
}

/* secure_delete overwrites what is freed, but a page that was divided can
 * keep a second copy of a row in its gap: so the file is written anew.
 * VACUUM attaches a database of its own, in memory. */
bool
ih_erase_scrub(struct ih_registry *registry, struct ih_error *err)
{
	int attached = sqlite3_limit(registry->keys, SQLITE_LIMIT_ATTACHED, 1);
	bool done = ih_run(registry->keys, err, "VACUUM", IH_NOTHING);

	sqlite3_limit(registry->keys, SQLITE_LIMIT_ATTACHED, attached);
	return done && cut_log(registry->keys, err) &&
	       cut_log(registry->db, err);
}

bool
ih_erase_keys(struct ih_registry *registry, const char *code,
    struct ih_error *err)
{
	return delete_keys(registry, code, err) &&
	       ih_erase_scrub(registry, err) &&
	       ih_run(registry->keys, err,
		   "DELETE FROM pending WHERE code = :code",
		   ih_text(":code", code));
}

/* One that is noted and erased; "" where there is none. */
static bool
next_half_done(struct ih_registry *registry, char code[static IH_CODE_TEXT],
    struct ih_error *err)
{
	bool erased = false;
	IH_OWNED(sqlite3_stmt)
	rows =
	    ih_ask(registry->keys, err, "SELECT code FROM pending", IH_NOTHING);

	if (rows == NULL)
		return false;
	while (!erased && ih_row(rows, err)) {
		ih_column_text(rows, 0, code, IH_CODE_TEXT);
		if (!ih_erase_was(registry, code, &erased, err))
			return false;
	}
	if (!erased)
		code[0] = '\0';
	return err->kind == IH_NONE;
}

bool
ih_erase_finish(struct ih_registry *registry, struct ih_error *err)
{
	char code[IH_CODE_TEXT];

	while (next_half_done(registry, code, err)) {
		if (code[0] == '\0')
			return true;
		if (!ih_erase_keys(registry, code, err))
			return ih_query_may_wait(err); /* for the next one */
	}
	return false;
}

/* ---- the proof of it */

#define ERASED                                                                 \
	"SELECT l.subject, l.instant, l.at FROM ledger AS l"                   \
	" WHERE l.act = 'erase'"

static void
read_row(sqlite3_stmt *row, int days, struct ih_erasure *e)
{
	ih_column_text(row, 0, e->code, sizeof e->code);
	e->instant = sqlite3_column_int64(row, 1);
	e->entry = (uint64_t)sqlite3_column_int64(row, 2);
	ih_date_format(ih_instant_date(e->instant + (int64_t)days * DAY),
	    e->until);
}

bool
ih_erasure_of(struct ih_registry *registry, const char *code,
    struct ih_erasure *erasure, struct ih_error *err)
{
	const struct ih_lifecycle *lifecycle = ih_case_lifecycle(registry, err);
	IH_OWNED(sqlite3_stmt)
	rows = lifecycle == NULL ?
		   NULL :
		   ih_ask(registry->db, err, ERASED " AND l.subject = :code",
		       ih_text(":code", code));

	if (rows == NULL)
		return false;
	if (!ih_row(rows, err))
		return err->kind != IH_NONE ?
			   false :
			   ih_fail(err, IH_ABSENT, "case %s was not erased",
			       code);
	read_row(rows, ih_lifecycle_key_days(lifecycle), erasure);
	return true;
}

struct ih_buffer *
ih_erasure_receipt(struct ih_registry *registry, const char *code,
    struct ih_error *err)
{
	struct ih_erasure erasure;

	if (!ih_erasure_of(registry, code, &erasure, err))
		return NULL;
	IH_OWNED(ih_statement)
	statement = ih_statement_new(registry, IH_STATES_RECEIPT, err);
	if (statement == NULL)
		return NULL;
	ih_statement_add(statement, &erasure);
	return ih_statement_write(registry, statement, err);
}

struct ih_buffer *
ih_erasure_list(struct ih_registry *registry, size_t *count,
    struct ih_error *err)
{
	struct ih_erasure erasure;
	const struct ih_lifecycle *lifecycle = ih_case_lifecycle(registry, err);
	/* The size of the ledger, and what is in it, of one moment. */
	IH_OWNED(ih_transaction)
	now = lifecycle != NULL ? ih_transaction_begin(registry, err) : NULL;
	IH_OWNED(ih_statement)
	statement = now == NULL ?
			NULL :
			ih_statement_new(registry, IH_STATES_ERASURES, err);
	IH_OWNED(sqlite3_stmt)
	rows = statement == NULL ? NULL :
				   ih_ask(registry->db, err,
				       ERASED " ORDER BY l.at", IH_NOTHING);

	if (rows == NULL)
		return NULL;
	while (ih_row(rows, err)) {
		read_row(rows, ih_lifecycle_key_days(lifecycle), &erasure);
		ih_statement_add(statement, &erasure);
	}
	if (err->kind != IH_NONE)
		return NULL;
	*count = statement->count;
	return ih_statement_write(registry, statement, err);
}
