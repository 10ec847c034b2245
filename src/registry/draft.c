/* This is where an interview is kept until it is finished. */
#include "ihala/draft.h"

#include <stdio.h>
#include <string.h>

#include "roster.h"

#define BINDING 64
#define DAY INT64_C(86400)

/* How a draft begins and ends, as the ledger says it. */
#define BEGIN "begin"
#define FINISH "finish"
#define DISCARD "discard"
#define EXPIRE "expire"

static int64_t
today(const struct ih_registry *registry)
{
	return registry->world->now / DAY;
}

/* ---- rows */

#define ROW                                                                    \
	"SELECT code, user, instrument, begun, saved, expires, version, "      \
	"sealed"                                                               \
	" FROM draft"

static void
read_row(sqlite3_stmt *rows, struct ih_draft_row *row)
{
	*row = (struct ih_draft_row){ .begun = sqlite3_column_int64(rows, 3),
		.saved = sqlite3_column_int64(rows, 4),
		.expires = sqlite3_column_int64(rows, 5),
		.version = sqlite3_column_int64(rows, 6) };
	ih_column_text(rows, 0, row->code, sizeof row->code);
	ih_column_text(rows, 1, row->user, sizeof row->user);
	ih_column_text(rows, 2, row->instrument, sizeof row->instrument);
}

/* The row of CODE, with what was sealed.  Caller owns; NULL: E_DRAFT_UNKNOWN.
 */
static sqlite3_stmt *
find(struct ih_registry *registry, const char *code, struct ih_draft_row *row,
    struct ih_error *err)
{
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err, ROW " WHERE code = :code",
	    ih_text(":code", code));

	memset(row, 0, sizeof *row);
	if (rows == NULL)
		return NULL;
	if (!ih_row(rows, err)) {
		if (err->kind == IH_NONE)
			ih_fail_code(err, IH_ABSENT, "E_DRAFT_UNKNOWN", "%s",
			    code);
		return NULL;
	}
	read_row(rows, row);
	return IH_GIVE(rows);
}

static bool
is_mine(const struct ih_registry *registry, const struct ih_draft_row *row)
{
	return strcmp(row->user, registry->user) == 0;
}

/* Who gives out the work of the office sees who is at it. */
static bool
sees_all(const struct ih_registry *registry)
{
	return ih_roles_reach(registry->roles, IH_MAY_ASSIGN) ==
	       IH_WHOLE_OFFICE;
}

static bool
may(struct ih_registry *registry, struct ih_error *err)
{
	return ih_registry_may(registry, IH_MAY_OPEN, NULL, err);
}

bool
ih_draft_row(struct ih_registry *registry, const char *code,
    struct ih_draft_row *row, struct ih_error *err)
{
	if (!may(registry, err))
		return false;
	IH_OWNED(sqlite3_stmt) rows = find(registry, code, row, err);
	return rows != NULL &&
	       (is_mine(registry, row) || sees_all(registry) ||
		   ih_fail_code(err, IH_ABSENT, "E_DRAFT_UNKNOWN", "%s", code));
}

bool
ih_draft_each(struct ih_registry *registry, ih_draft_seen *each, void *with,
    struct ih_error *err)
{
	struct ih_draft_row row;

	if (!may(registry, err))
		return false;
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err, ROW " ORDER BY saved DESC, code",
	    IH_NOTHING);
	if (rows == NULL)
		return false;
	while (ih_row(rows, err)) {
		read_row(rows, &row);
		if (!is_mine(registry, &row) && !sees_all(registry))
			continue;
		if (!each(&row, with))
			return true;
	}
	return err->kind == IH_NONE;
}

/* ---- its key */

/* The last one is at hand: it is used with each answer. */
static const struct ih_secret *
key_of(struct ih_registry *registry, const char *code, struct ih_error *err)
{
	struct ih_draft_key *at_hand = &registry->draft;

	if (at_hand->key != NULL && strcmp(at_hand->code, code) == 0)
		return at_hand->key;
	struct ih_secret *key = ih_keys_own(registry, code, IH_FACTS, err);

	if (key == NULL) {
		if (err->kind == IH_NONE)
			ih_fail(err, IH_ABSENT,
			    "keys.db: the key of this draft is gone");
		return NULL;
	}
	ih_draft_key_drop(registry);
	at_hand->key = key;
	snprintf(at_hand->code, sizeof at_hand->code, "%s", code);
	return key;
}

void
ih_draft_key_drop(struct ih_registry *registry)
{
	ih_secret_free(registry->draft.key);
	registry->draft = (struct ih_draft_key){ 0 };
}

/* ---- what is sealed */

static void
bind(const char *code, int64_t version, char text[static BINDING])
{
	snprintf(text, BINDING, "ihala-draft-1\n%.11s\n%lld\n", code,
	    (long long)version);
}

static struct ih_buffer *
seal(const struct ih_secret *key, const char *code, int64_t version,
    const void *bytes, size_t size, struct ih_error *err)
{
	char binding[BINDING];

	if (size > IH_DRAFT_MAX) {
		ih_fail_code(err, IH_INPUT, "E_DRAFT_LARGE", "%s", code);
		return NULL;
	}
	bind(code, version, binding);
	return ih_seal(key->bytes, binding, strlen(binding), bytes, size, err);
}

struct ih_buffer *
ih_draft_read(struct ih_registry *registry, const char *code,
    struct ih_draft_row *row, struct ih_error *err)
{
	char binding[BINDING];
	const struct ih_secret *key;

	if (!may(registry, err))
		return NULL;
	IH_OWNED(sqlite3_stmt) rows = find(registry, code, row, err);
	if (rows == NULL)
		return NULL;
	if (!is_mine(registry, row)) {
		ih_fail_code(err, IH_DENIED, "E_DRAFT_OTHER", "%s", code);
		return NULL;
	}
	key = key_of(registry, code, err);
	if (key == NULL)
		return NULL;
	bind(code, row->version, binding);
	return ih_seal_open(key->bytes, binding, strlen(binding),
	    sqlite3_column_blob(rows, 7), (size_t)sqlite3_column_bytes(rows, 7),
	    err);
}

/* ---- beginning */

static bool
enter(struct ih_registry *registry, const char *code, const char *what,
    struct ih_error *err)
{
	char subject[IH_SUBJECT_TEXT];

	snprintf(subject, sizeof subject, "%.11s %s", code, what);
	return ih_ledger_add(registry, IH_ACT_DRAFT, subject, NULL, err);
}

/* The last day on which what is saved now is kept. */
static bool
find_last_day(struct ih_registry *registry, int64_t *day, struct ih_error *err)
{
	const struct ih_lifecycle *lifecycle = ih_case_lifecycle(registry, err);

	if (lifecycle == NULL)
		return false;
	*day = today(registry) + ih_lifecycle_draft_days(lifecycle);
	return true;
}

int
ih_draft_question_seconds(struct ih_registry *registry, struct ih_error *err)
{
	const struct ih_lifecycle *lifecycle = ih_case_lifecycle(registry, err);

	return lifecycle != NULL ? ih_lifecycle_question_seconds(lifecycle) : 0;
}

/* Pending until the row is there, as the keys of a case are. */
static bool
add_key(struct ih_registry *registry, const char *code,
    const struct ih_secret *key, struct ih_error *err)
{
	char own[IH_HOLDER_TEXT];
	const struct ih_member *me =
	    ih_roster_find(registry->roster, registry->user);
	IH_OWNED(ih_wrapper) wrapper = ih_wrapper_new(err);

	ih_keys_holder(registry->user, own);
	return wrapper != NULL && ih_keys_begin(registry, err) &&
	       ih_run(registry->keys, err,
		   "INSERT OR IGNORE INTO pending (code) VALUES (:code)",
		   ih_text(":code", code)) &&
	       ih_keys_wrap_case(registry, wrapper, code, IH_FACTS, own,
		   me->public, key, err);
}

static bool
insert(struct ih_registry *registry, const char *code, const char *instrument,
    const struct ih_buffer *sealed, struct ih_error *err)
{
	int64_t last = 0;

	return find_last_day(registry, &last, err) &&
	       enter(registry, code, BEGIN, err) &&
	       ih_run(registry->db, err,
		   "INSERT INTO draft (code, entry, user, instrument, begun,"
		   " saved, expires, version, sealed) VALUES (:code,"
		   " (SELECT max(at) FROM ledger), :user, :instrument, :now,"
		   " :now, :last, 1, :sealed)",
		   ih_text(":code", code), ih_text(":user", registry->user),
		   ih_text(":instrument", instrument),
		   ih_number(":now", registry->world->now),
		   ih_number(":last", last),
		   ih_bytes(":sealed", sealed->data, sealed->size));
}

bool
ih_draft_add(struct ih_registry *registry, const char *instrument,
    const void *bytes, size_t size, char code[static IH_CODE_TEXT],
    struct ih_error *err)
{
	if (!may(registry, err))
		return false;
	IH_OWNED(ih_transaction) all = ih_transaction_begin(registry, err);
	IH_OWNED(ih_secret) key = all != NULL ? ih_key_new(err) : NULL;
	if (key == NULL || !ih_case_fresh_code(registry, code, err))
		return false;
	IH_OWNED(ih_buffer) sealed = seal(key, code, 1, bytes, size, err);
	return sealed != NULL && add_key(registry, code, key, err) &&
	       insert(registry, code, instrument, sealed, err) &&
	       ih_transaction_commit(all, err);
}

/* ---- saving */

/* Why nothing was written: it is not there, or not as it was read. */
static bool
tell_why(struct ih_registry *registry, const char *code, struct ih_error *err)
{
	struct ih_draft_row now;
	IH_OWNED(sqlite3_stmt) rows = find(registry, code, &now, err);

	if (rows == NULL)
		return false;
	return is_mine(registry, &now) ?
		   ih_fail_code(err, IH_STATE, "E_DRAFT_CHANGED", "%s", code) :
		   ih_fail_code(err, IH_DENIED, "E_DRAFT_OTHER", "%s", code);
}

bool
ih_draft_write(struct ih_registry *registry, struct ih_draft_row *row,
    const void *bytes, size_t size, struct ih_error *err)
{
	int64_t last = 0;
	const struct ih_secret *key;

	if (!may(registry, err) || !find_last_day(registry, &last, err) ||
	    (key = key_of(registry, row->code, err)) == NULL)
		return false;
	IH_OWNED(ih_buffer)
	sealed = seal(key, row->code, row->version + 1, bytes, size, err);
	if (sealed == NULL ||
	    !ih_run(registry->db, err,
		"UPDATE draft SET sealed = :sealed, version = version + 1,"
		" saved = :now, expires = :last WHERE code = :code"
		" AND version = :version AND user = :user",
		ih_bytes(":sealed", sealed->data, sealed->size),
		ih_number(":now", registry->world->now),
		ih_number(":last", last), ih_text(":code", row->code),
		ih_number(":version", row->version),
		ih_text(":user", registry->user)))
		return false;
	if (sqlite3_changes(registry->db) == 0)
		return tell_why(registry, row->code, err);
	row->version++;
	row->saved = registry->world->now;
	row->expires = last;
	return true;
}

/* ---- ending */

static bool
end(struct ih_registry *registry, const char *code, const char *how,
    struct ih_error *err)
{
	return ih_erase_intend(registry, code, err) &&
	       enter(registry, code, how, err) &&
	       ih_run(registry->db, err,
		   "INSERT INTO draft_end (code, entry) VALUES (:code,"
		   " (SELECT max(at) FROM ledger))",
		   ih_text(":code", code)) &&
	       ih_run(registry->db, err, "DELETE FROM draft WHERE code = :code",
		   ih_text(":code", code));
}

bool
ih_draft_finish(struct ih_registry *registry, const struct ih_draft_row *row,
    struct ih_error *err)
{
	struct ih_draft_row now;

	if (!may(registry, err))
		return false;
	IH_OWNED(sqlite3_stmt) rows = find(registry, row->code, &now, err);
	if (rows == NULL)
		return false;
	if (!is_mine(registry, &now) || now.version != row->version)
		return tell_why(registry, row->code, err);
	return end(registry, row->code, FINISH, err);
}

bool
ih_draft_forget(struct ih_registry *registry, const char *code,
    struct ih_error *err)
{
	if (strcmp(registry->draft.code, code) == 0)
		ih_draft_key_drop(registry);
	return ih_erase_keys(registry, code, err) || ih_query_may_wait(err);
}

static bool
destroy(struct ih_registry *registry, const char *code, const char *how,
    struct ih_error *err)
{
	IH_OWNED(ih_transaction) all = ih_transaction_begin(registry, err);

	return all != NULL && end(registry, code, how, err) &&
	       ih_transaction_commit(all, err);
}

bool
ih_draft_discard(struct ih_registry *registry, const char *code,
    struct ih_error *err)
{
	struct ih_draft_row row;

	if (!may(registry, err))
		return false;
	IH_OWNED(sqlite3_stmt) rows = find(registry, code, &row, err);
	if (rows == NULL)
		return false;
	if (!is_mine(registry, &row))
		return ih_fail_code(err, IH_DENIED, "E_DRAFT_OTHER", "%s",
		    code);
	sqlite3_reset(rows);
	return destroy(registry, code, DISCARD, err) &&
	       ih_draft_forget(registry, code, err);
}

/* ---- by itself */

/* One whose days are over, or whose author is gone; "" in CODE: none. */
static bool
next_over(struct ih_registry *registry, char code[static IH_CODE_TEXT],
    struct ih_error *err)
{
	struct ih_draft_row row;
	IH_OWNED(sqlite3_stmt) rows =
	    ih_ask(registry->db, err, ROW, IH_NOTHING);

	code[0] = '\0';
	if (rows == NULL)
		return false;
	while (code[0] == '\0' && ih_row(rows, err)) {
		const struct ih_member *author;

		read_row(rows, &row);
		author = ih_roster_find(registry->roster, row.user);
		if (row.expires < today(registry) || author == NULL ||
		    author->user.state != IH_ACTIVE)
			snprintf(code, IH_CODE_TEXT, "%s", row.code);
	}
	return err->kind == IH_NONE;
}

bool
ih_draft_settle(struct ih_registry *registry, struct ih_error *err)
{
	char code[IH_CODE_TEXT];

	while (next_over(registry, code, err)) {
		if (code[0] == '\0')
			return true;
		if (!destroy(registry, code, EXPIRE, err) ||
		    !ih_draft_forget(registry, code, err))
			return ih_query_may_wait(err);
	}
	return false;
}
