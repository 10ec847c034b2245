/* This is where it is kept why a case may not be destroyed. */
#include "ihala/hold.h"

#include <stdio.h>
#include <string.h>

#include "ihala/date.h"
#include "query.h"

#define BINDING 64
#define HOLD "hold" /* the events, and what the ledger calls it */
#define RELEASE "release"

/* What a sealed reason belongs to. */
static void
hold_binding(const char *code, int64_t until, char binding[static BINDING])
{
	snprintf(binding, BINDING, "ihala-hold-1\n%.11s\n%lld\n", code,
	    (long long)until);
}

static bool
insert_hold(struct ih_registry *registry, const char *code, const char *reason,
    int64_t until, struct ih_error *err)
{
	char binding[BINDING];

	hold_binding(code, until, binding);
	IH_OWNED(ih_buffer)
	sealed = ih_note_seal(registry, code, IH_FACTS, binding, reason, err);
	return sealed != NULL &&
	       ih_note_enter(registry, code, HOLD, sealed, err) &&
	       ih_run(registry->db, err,
		   "INSERT INTO hold (entry, code, until, sealed) VALUES"
		   " ((SELECT max(at) FROM ledger), :code, :until, :sealed)",
		   ih_text(":code", code), ih_number(":until", until),
		   ih_bytes(":sealed", sealed->data, sealed->size));
}

bool
ih_case_hold(struct ih_registry *registry, const char *code, const char *reason,
    int64_t until, struct ih_error *err)
{
	if (!ih_note_is_reason(reason, err))
		return false;
	if (until < ih_date_first(ih_instant_date(registry->world->now)))
		return ih_fail_code(err, IH_USAGE, "E_HOLD_DAY", "%s", "");
	IH_OWNED(ih_transaction) all = ih_transaction_begin(registry, err);
	return all != NULL &&
	       ih_case_move(registry, code, IH_FILE, HOLD, err) &&
	       insert_hold(registry, code, reason, until, err) &&
	       ih_transaction_commit(all, err);
}

bool
ih_case_release(struct ih_registry *registry, const char *code,
    struct ih_error *err)
{
	struct ih_case_row row;

	if (!ih_case_row(registry, code, &row, err))
		return false;
	return row.held ?
		   ih_case_move(registry, code, IH_FILE, RELEASE, err) :
		   ih_fail_code(err, IH_STATE, "E_NOT_ON_HOLD", "%s", code);
}

static void
read_row(sqlite3_stmt *rows, struct ih_hold *hold)
{
	*hold = (struct ih_hold){ .entry = sqlite3_column_int64(rows, 1),
		.instant = sqlite3_column_int64(rows, 2),
		.until = sqlite3_column_int64(rows, 4) };
	ih_column_text(rows, 0, hold->code, sizeof hold->code);
	ih_column_text(rows, 3, hold->user, sizeof hold->user);
}

bool
ih_hold_each(struct ih_registry *registry, const char *code, ih_hold_seen *each,
    void *with, struct ih_error *err)
{
	struct ih_hold hold;
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err,
	    "SELECT c.code, h.entry, l.instant, l.actor, h.until"
	    " FROM case_file AS c LEFT JOIN hold AS h ON h.entry ="
	    "  (SELECT max(entry) FROM hold WHERE code = c.code)"
	    " LEFT JOIN ledger AS l ON l.at = h.entry"
	    " WHERE c.held = 1 AND (:code = '' OR c.code = :code)"
	    " ORDER BY h.until, c.code",
	    ih_text(":code", code != NULL ? code : ""));

	if (rows == NULL)
		return false;
	while (ih_row(rows, err)) {
		read_row(rows, &hold);
		if (!each(&hold, with))
			return true;
	}
	return err->kind == IH_NONE;
}

static bool
tell_reason(struct ih_registry *registry, sqlite3_stmt *rows, bool *more,
    ih_hold_seen *each, void *with, struct ih_error *err)
{
	char binding[BINDING];
	struct ih_hold hold;

	read_row(rows, &hold);
	hold_binding(hold.code, hold.until, binding);
	IH_OWNED(ih_buffer)
	reason =
	    ih_note_open(registry, hold.code, IH_FACTS, binding, rows, 5, err);
	if (reason == NULL)
		return false;
	hold.reason = (const char *)reason->data;
	*more = each(&hold, with);
	return true;
}

bool
ih_hold_history(struct ih_registry *registry, const char *code,
    ih_hold_seen *each, void *with, struct ih_error *err)
{
	char subject[IH_SUBJECT_TEXT];
	struct ih_case_row row;
	bool more = true;

	snprintf(subject, sizeof subject, "%.11s " HOLD, code);
	/* Entered first: what was seen was entered, even after a crash. */
	if (!ih_case_row(registry, code, &row, err) ||
	    !ih_registry_may(registry, IH_MAY_FACTS, code, err) ||
	    !ih_ledger_add(registry, IH_ACT_READ, subject, NULL, err))
		return false;
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err,
	    "SELECT h.code, h.entry, l.instant, l.actor, h.until, h.sealed"
	    " FROM hold AS h JOIN ledger AS l ON l.at = h.entry"
	    " WHERE h.code = :code ORDER BY h.entry",
	    ih_text(":code", code));
	if (rows == NULL)
		return false;
	while (more && ih_row(rows, err))
		if (!tell_reason(registry, rows, &more, each, with, err))
			return false;
	return err->kind == IH_NONE;
}

bool
ih_hold_forget(struct ih_registry *registry, const char *code,
    struct ih_error *err)
{
	return ih_run(registry->db, err, "DELETE FROM hold WHERE code = :code",
	    ih_text(":code", code));
}
