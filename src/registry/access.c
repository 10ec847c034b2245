/* This is where it is decided who may do what to which case, and where a case
 * is given to somebody. */
#include "ihala/access.h"

#include <stdio.h>
#include <string.h>

#include "ihala/request.h"
#include "roster.h"

#define HOURS (4 * INT64_C(3600)) /* that an emergency lasts, in seconds */

/* ---- may the user */

static bool
was_given(struct ih_registry *registry, const char *code, bool *given,
    struct ih_error *err)
{
	char holder[IH_HOLDER_TEXT];
	int64_t count = 0;

	ih_keys_holder(registry->user, holder);
	if (!ih_count(registry->keys, err, &count,
		"SELECT count(*) FROM case_key"
		" WHERE code = :code AND holder = :holder",
		ih_text(":code", code), ih_text(":holder", holder)))
		return false;
	*given = count > 0;
	return true;
}

static bool
was_broken(struct ih_registry *registry, const char *code, bool *broken,
    struct ih_error *err)
{
	int64_t count = 0;

	if (!ih_count(registry->db, err, &count,
		"SELECT count(*) FROM break_glass WHERE code = :code"
		" AND user = :user AND until > :now",
		ih_text(":code", code), ih_text(":user", registry->user),
		ih_number(":now", registry->world->now)))
		return false;
	*broken = count > 0;
	return true;
}

bool
ih_registry_may(struct ih_registry *registry, enum ih_action action,
    const char *code, struct ih_error *err)
{
	enum ih_reach scope = ih_roles_reach(registry->roles, action);
	bool is_own = false;

	if (ih_registry_is_locked(registry))
		return ih_fail_code(err, IH_DENIED, "E_PASSPHRASE",
		    "the registry is locked");
	if (scope == IH_WHOLE_OFFICE)
		return true;
	if (scope == IH_OWN_CASES && code != NULL) {
		if (!was_given(registry, code, &is_own, err) ||
		    (!is_own && !was_broken(registry, code, &is_own, err)))
			return false;
		if (is_own)
			return true;
	}
	return ih_fail_code(err, IH_DENIED, "E_ROLE", "%s",
	    ih_action_name(action));
}

/* ---- giving a case */

static struct ih_member *
find_worker(struct ih_registry *registry, const char *user,
    struct ih_error *err)
{
	struct ih_member *member = ih_roster_find(registry->roster, user);

	if (member == NULL || member->user.state != IH_ACTIVE) {
		ih_fail_code(err, IH_ABSENT, "E_USER_UNKNOWN", "%s", "");
		return NULL;
	}
	if (ih_roles_reach(member->user.roles, IH_MAY_FACTS) == IH_NO_CASE) {
		ih_fail_code(err, IH_STATE, "E_USER_NO_CASES", "%s", "");
		return NULL;
	}
	return member;
}

static bool
enter(struct ih_registry *registry, enum ih_act act, const char *code,
    const char *what, const char *user, struct ih_error *err)
{
	char subject[IH_SUBJECT_TEXT];

	snprintf(subject, sizeof subject, "%.11s %s %s", code, what, user);
	return ih_ledger_add(registry, act, subject, NULL, err);
}

/* Each part's key, wrapped to the user too. */
static bool
wrap_parts(struct ih_registry *registry, const char *code,
    const struct ih_member *member, struct ih_error *err)
{
	char holder[IH_HOLDER_TEXT];
	IH_OWNED(ih_wrapper) wrapper = ih_wrapper_new(err);

	ih_keys_holder(member->user.name, holder);
	for (int i = 0; wrapper != NULL && i < IH_STATISTICS; i++) {
		IH_OWNED(ih_secret)
		key = ih_keys_of_case(registry, code, (enum ih_part)i, err);

		if (key == NULL ||
		    !ih_keys_wrap_case(registry, wrapper, code, (enum ih_part)i,
			holder, member->public, key, err))
			return false;
	}
	return wrapper != NULL;
}

/* By the roster of now, which nobody else changes meanwhile; all parts or
 * none. */
static bool
hand_out(struct ih_registry *registry, const char *code, const char *user,
    struct ih_error *err)
{
	struct ih_roster_edit now = { 0 };
	IH_OWNED(ih_roster_edit) lock = &now;
	const struct ih_member *member;

	return ih_roster_begin(registry, lock, err) &&
	       (member = find_worker(registry, user, err)) != NULL &&
	       wrap_parts(registry, code, member, err) &&
	       ih_transaction_commit(lock->all, err);
}

/* The keys of a request are given as those of a case. */
static bool
is_here(struct ih_registry *registry, const char *code, struct ih_error *err)
{
	struct ih_case_row row;
	struct ih_request_row request;
	struct ih_error none = { 0 };

	return ih_request_row(registry, code, &request, &none) ||
	       ih_case_row(registry, code, &row, err);
}

bool
ih_case_assign(struct ih_registry *registry, const char *code, const char *user,
    struct ih_error *err)
{
	/* Entered before it is handed out: nobody reads what the ledger does
	 * not say they were given, even after a crash in between. */
	return ih_registry_may(registry, IH_MAY_ASSIGN, code, err) &&
	       is_here(registry, code, err) &&
	       find_worker(registry, user, err) != NULL &&
	       enter(registry, IH_ACT_ASSIGN, code, "to", user, err) &&
	       hand_out(registry, code, user, err);
}

bool
ih_case_known(struct ih_registry *registry, const char *code, const char *user,
    struct ih_known *known, struct ih_error *err)
{
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err,
	    "SELECT count(*), max(instant) FROM ledger WHERE actor = :user"
	    " AND act IN ('read', 'print', 'write')"
	    " AND substr(subject, 1, 11) = :code",
	    ih_text(":user", user), ih_text(":code", code));

	*known = (struct ih_known){ 0 };
	if (rows == NULL || !ih_row(rows, err))
		return false;
	known->times = sqlite3_column_int64(rows, 0);
	known->last = sqlite3_column_int64(rows, 1);
	return true;
}

/* The user's way to the keys, and no byte of it left. */
static bool
take_back(struct ih_registry *registry, const char *code, const char *user,
    struct ih_error *err)
{
	char holder[IH_HOLDER_TEXT];

	ih_keys_holder(user, holder);
	return ih_run(registry->keys, err,
		   "DELETE FROM case_key"
		   " WHERE code = :code AND holder = :holder",
		   ih_text(":code", code), ih_text(":holder", holder)) &&
	       (ih_erase_scrub(registry, err) || ih_query_may_wait(err));
}

bool
ih_case_unassign(struct ih_registry *registry, const char *code,
    const char *user, struct ih_error *err)
{
	return ih_registry_may(registry, IH_MAY_ASSIGN, code, err) &&
	       is_here(registry, code, err) &&
	       find_worker(registry, user, err) != NULL &&
	       enter(registry, IH_ACT_ASSIGN, code, "from", user, err) &&
	       take_back(registry, code, user, err);
}

bool
ih_case_holders(struct ih_registry *registry, const char *code,
    ih_holder_seen *each, void *with, struct ih_error *err)
{
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->keys, err,
	    "SELECT DISTINCT substr(holder, 6) FROM case_key"
	    " WHERE code = :code AND holder GLOB 'user *' ORDER BY 1",
	    ih_text(":code", code));
	char user[IH_USER_TEXT];

	if (rows == NULL)
		return false;
	while (ih_row(rows, err)) {
		ih_column_text(rows, 0, user, sizeof user);
		if (!each(user, with))
			break;
	}
	return err->kind == IH_NONE;
}

/* ---- an emergency */

static void
reason_binding(const char *code, const char *user, char text[static 128])
{
	snprintf(text, 128, "ihala-break-glass-1\n%.11s\n%.64s\n", code, user);
}

bool
ih_case_break(struct ih_registry *registry, const char *code,
    const char *reason, struct ih_error *err)
{
	char binding[128];
	struct ih_case_row row;

	if (!ih_registry_may(registry, IH_MAY_BREAK, code, err))
		return false;
	if (!ih_note_is_reason(reason, err))
		return false;
	IH_OWNED(ih_transaction) all = ih_transaction_begin(registry, err);
	if (all == NULL || !ih_case_row(registry, code, &row, err))
		return false;
	reason_binding(row.code, registry->user, binding);
	IH_OWNED(ih_buffer)
	sealed =
	    ih_note_seal(registry, row.code, IH_FACTS, binding, reason, err);
	return sealed != NULL &&
	       enter(registry, IH_ACT_BREAK, row.code, "by", registry->user,
		   err) &&
	       ih_run(registry->db, err,
		   "INSERT INTO break_glass (entry, code, user, until, reason)"
		   " VALUES ((SELECT max(at) FROM ledger), :code, :user,"
		   " :until, :reason)",
		   ih_text(":code", row.code), ih_text(":user", registry->user),
		   ih_number(":until", registry->world->now + HOURS),
		   ih_bytes(":reason", sealed->data, sealed->size)) &&
	       ih_transaction_commit(all, err);
}

bool
ih_break_each(struct ih_registry *registry, ih_break_seen *each, void *with,
    struct ih_error *err)
{
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err,
	    "SELECT b.entry, b.code, b.user, l.instant, b.until, b.reviewed,"
	    " r.actor FROM break_glass AS b JOIN ledger AS l ON l.at = b.entry"
	    " LEFT JOIN ledger AS r ON r.at = b.reviewed ORDER BY b.entry",
	    IH_NOTHING);

	if (rows == NULL)
		return false;
	while (ih_row(rows, err)) {
		struct ih_break one = { .entry = sqlite3_column_int64(rows, 0),
			.instant = sqlite3_column_int64(rows, 3),
			.until = sqlite3_column_int64(rows, 4) };

		ih_column_text(rows, 1, one.code, sizeof one.code);
		ih_column_text(rows, 2, one.user, sizeof one.user);
		ih_column_text(rows, 6, one.reviewer, sizeof one.reviewer);
		if (!each(&one, with))
			return true;
	}
	return err->kind == IH_NONE;
}

/* The reason, in clear, of an emergency that nobody has looked at yet. */
static struct ih_buffer *
open_reason(struct ih_registry *registry, int64_t entry,
    char code[static IH_CODE_TEXT], struct ih_error *err)
{
	char binding[128], user[IH_USER_TEXT];
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err,
	    "SELECT code, user, reason FROM break_glass"
	    " WHERE entry = :entry AND reviewed IS NULL",
	    ih_number(":entry", entry));

	if (rows == NULL)
		return NULL;
	if (!ih_row(rows, err)) {
		if (err->kind == IH_NONE)
			ih_fail_code(err, IH_ABSENT, "E_BREAK_UNKNOWN", "%s",
			    "");
		return NULL;
	}
	ih_column_text(rows, 0, code, IH_CODE_TEXT);
	ih_column_text(rows, 1, user, sizeof user);
	if (strcmp(user, registry->user) == 0) {
		ih_fail_code(err, IH_STATE, "E_FOUR_EYES", "%s", "");
		return NULL;
	}
	reason_binding(code, user, binding);
	return ih_note_open(registry, code, IH_FACTS, binding, rows, 2, err);
}

struct ih_buffer *
ih_break_review(struct ih_registry *registry, int64_t entry,
    struct ih_error *err)
{
	char code[IH_CODE_TEXT];

	if (!ih_registry_may(registry, IH_MAY_REVIEW, NULL, err))
		return NULL;
	IH_OWNED(ih_transaction) all = ih_transaction_begin(registry, err);
	IH_OWNED(ih_buffer)
	reason = all != NULL ? open_reason(registry, entry, code, err) : NULL;
	if (reason == NULL ||
	    !enter(registry, IH_ACT_REVIEW, code, "by", registry->user, err) ||
	    !ih_run(registry->db, err,
		"UPDATE break_glass SET reviewed = (SELECT max(at) FROM ledger)"
		" WHERE entry = :entry",
		ih_number(":entry", entry)) ||
	    !ih_transaction_commit(all, err))
		return NULL;
	return IH_GIVE(reason);
}
