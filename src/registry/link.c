/* This is where people who belong together are linked, and where who is said
 * to have done it is noted apart. */
#include <stdio.h>
#include <string.h>

#include "ihala/digest.h"
#include "ihala/node.h"
#include "ihala/person.h"
#include "ihala/schema.h"
#include "ihala/user.h"
#include "ihala/xml.h"
#include "same.h"

#define KINDS "xml/link/kinds.xml"
#define BINDING 64

/* ---- kinds of links */

static bool
is_kind(struct ih_registry *registry, const char *kind, struct ih_error *err)
{
	if (registry->library == NULL)
		return ih_fail(err, IH_USAGE,
		    "registry: opened without the library of links");
	IH_OWNED(xmlDoc) doc =
	    ih_schema_read(registry->library, KINDS, "link", err);
	if (doc == NULL)
		return false;
	for (const xmlNode *n = ih_child(xmlDocGetRootElement(doc), "link");
	     n != NULL; n = ih_next(n, "link"))
		if (strcmp(ih_attr(n, "id"), kind) == 0)
			return true;
	return ih_fail_code(err, IH_USAGE, "E_LINK_KIND", "see %s", KINDS);
}

/* ---- links */

/* The two codes in order, whichever was named first; both must be cases. */
struct pair {
	const char *first, *second;
};

static bool
order(struct ih_registry *registry, const char *a, const char *b,
    struct pair *pair, struct ih_error *err)
{
	struct ih_case_row row;
	bool turn = strcmp(a, b) > 0;

	*pair = (struct pair){ turn ? b : a, turn ? a : b };
	return ih_case_row(registry, a, &row, err) &&
	       ih_case_row(registry, b, &row, err);
}

static void
link_binding(const struct pair *pair, char binding[static BINDING])
{
	snprintf(binding, BINDING, "ihala-link-1\n%.11s\n%.11s\n", pair->first,
	    pair->second);
}

static bool
enter_link(struct ih_registry *registry, enum ih_act act,
    const struct pair *pair, struct ih_error *err)
{
	char subject[IH_SUBJECT_TEXT];

	snprintf(subject, sizeof subject, "%.11s %.11s", pair->first,
	    pair->second);
	return ih_ledger_add(registry, act, subject, NULL, err);
}

static bool
is_free(struct ih_registry *registry, const struct pair *pair,
    struct ih_error *err)
{
	int64_t there = 0;

	if (strcmp(pair->first, pair->second) == 0)
		return ih_fail(err, IH_STATE, "a case is not linked to itself");
	return ih_count(registry->db, err, &there,
		   "SELECT count(*) FROM person_link WHERE a = :a AND b = :b",
		   ih_text(":a", pair->first), ih_text(":b", pair->second)) &&
	       (there == 0 || ih_fail_code(err, IH_STATE, "E_LINK_THERE",
				  "%s %s", pair->first, pair->second));
}

/* What is said of two cases is said by who works on both. */
static bool
may_write(struct ih_registry *registry, const struct pair *pair,
    struct ih_error *err)
{
	return ih_registry_may(registry, IH_MAY_WRITE, pair->first, err) &&
	       ih_registry_may(registry, IH_MAY_WRITE, pair->second, err);
}

static bool
insert_link(struct ih_registry *registry, const struct pair *pair,
    const char *kind, struct ih_error *err)
{
	char binding[BINDING];

	link_binding(pair, binding);
	IH_OWNED(ih_buffer)
	sealed = ih_note_seal(registry, pair->first, IH_IDENTITY, binding, kind,
	    err);
	return sealed != NULL &&
	       ih_run(registry->db, err,
		   "INSERT INTO person_link (a, b, sealed)"
		   " VALUES (:a, :b, :sealed)",
		   ih_text(":a", pair->first), ih_text(":b", pair->second),
		   ih_bytes(":sealed", sealed->data, sealed->size));
}

bool
ih_person_link(struct ih_registry *registry, const char *a, const char *b,
    const char *kind, struct ih_error *err)
{
	struct pair pair;

	if (!is_kind(registry, kind, err))
		return false;
	IH_OWNED(ih_transaction) all = ih_transaction_begin(registry, err);
	return all != NULL && order(registry, a, b, &pair, err) &&
	       may_write(registry, &pair, err) &&
	       is_free(registry, &pair, err) &&
	       insert_link(registry, &pair, kind, err) &&
	       enter_link(registry, IH_ACT_LINK, &pair, err) &&
	       ih_transaction_commit(all, err);
}

bool
ih_person_unlink(struct ih_registry *registry, const char *a, const char *b,
    struct ih_error *err)
{
	struct pair pair;
	IH_OWNED(ih_transaction) all = ih_transaction_begin(registry, err);

	if (all == NULL || !order(registry, a, b, &pair, err) ||
	    !may_write(registry, &pair, err) ||
	    !ih_run(registry->db, err,
		"DELETE FROM person_link WHERE a = :a AND b = :b",
		ih_text(":a", pair.first), ih_text(":b", pair.second)))
		return false;
	if (sqlite3_changes(registry->db) == 0)
		return ih_fail_code(err, IH_ABSENT, "E_LINK_NONE", "%s %s",
		    pair.first, pair.second);
	return enter_link(registry, IH_ACT_UNLINK, &pair, err) &&
	       ih_transaction_commit(all, err);
}

/* An act on what stands beside the parts of a case. */
static bool
enter_on(struct ih_registry *registry, enum ih_act act, const char *code,
    const char *what, struct ih_error *err)
{
	char subject[IH_SUBJECT_TEXT];

	snprintf(subject, sizeof subject, "%.11s %s", code, what);
	return ih_ledger_add(registry, act, subject, NULL, err);
}

struct ih_buffer *
ih_link_kind(struct ih_registry *registry, const char *a, const char *b,
    sqlite3_stmt *row, int at, struct ih_error *err)
{
	const struct pair pair = { a, b };
	char binding[BINDING];

	link_binding(&pair, binding);
	return ih_note_open(registry, pair.first, IH_IDENTITY, binding, row, at,
	    err);
}

bool
ih_person_links(struct ih_registry *registry, const char *code,
    ih_person_linked *each, void *with, struct ih_error *err)
{
	struct ih_case_row row;

	/* Entered first: what was seen was entered, even after a crash. */
	if (!ih_case_row(registry, code, &row, err) ||
	    !ih_registry_may(registry, IH_MAY_IDENTITY, code, err) ||
	    !enter_on(registry, IH_ACT_READ, code, "links", err))
		return false;
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err,
	    "SELECT a, b, sealed FROM person_link WHERE a = :code"
	    " UNION ALL SELECT a, b, sealed FROM person_link WHERE b = :code"
	    " ORDER BY 1, 2",
	    ih_text(":code", code));
	if (rows == NULL)
		return false;
	while (ih_row(rows, err)) {
		char a[IH_CODE_TEXT], b[IH_CODE_TEXT];

		ih_column_text(rows, 0, a, sizeof a);
		ih_column_text(rows, 1, b, sizeof b);
		IH_OWNED(ih_buffer)
		kind = ih_link_kind(registry, a, b, rows, 2, err);
		if (kind == NULL)
			return false;
		if (!each(strcmp(a, code) == 0 ? b : a,
			(const char *)kind->data, with))
			return true;
	}
	return err->kind == IH_NONE;
}

/* ---- who is said to have done it */

static void
accused_binding(const char *code, int64_t entry, char binding[static BINDING])
{
	snprintf(binding, BINDING, "ihala-accused-1\n%.11s\n%lld\n", code,
	    (long long)entry);
}

/* Sealed by the entry that records it, so that notes cannot change places. */
static bool
insert_accused(struct ih_registry *registry, const char *code, const char *note,
    struct ih_error *err)
{
	char binding[BINDING];
	int64_t entry = 0;

	if (!ih_count(registry->db, err, &entry, "SELECT max(at) FROM ledger",
		IH_NOTHING))
		return false;
	accused_binding(code, entry, binding);
	IH_OWNED(ih_buffer)
	sealed = ih_note_seal(registry, code, IH_IDENTITY, binding, note, err);
	return sealed != NULL &&
	       ih_run(registry->db, err,
		   "INSERT INTO accused (entry, code, sealed)"
		   " VALUES (:entry, :code, :sealed)",
		   ih_number(":entry", entry), ih_text(":code", code),
		   ih_bytes(":sealed", sealed->data, sealed->size));
}

bool
ih_person_accuse(struct ih_registry *registry, const char *code,
    const char *note, struct ih_error *err)
{
	struct ih_case_row row;

	if (strlen(note) > IH_ACCUSED_MAX)
		return ih_fail(err, IH_INPUT, "a note has at most %zu bytes",
		    IH_ACCUSED_MAX);
	if (!ih_name_is_plain(note, strlen(note)))
		return ih_fail_code(err, IH_INPUT, "E_NAME_HIDDEN", "a note");
	IH_OWNED(ih_transaction) all = ih_transaction_begin(registry, err);
	return all != NULL && ih_case_row(registry, code, &row, err) &&
	       ih_registry_may(registry, IH_MAY_WRITE, code, err) &&
	       enter_on(registry, IH_ACT_NOTE, code, "accused", err) &&
	       insert_accused(registry, code, note, err) &&
	       ih_transaction_commit(all, err);
}

static bool
tell_accused(struct ih_registry *registry, const char *code, sqlite3_stmt *rows,
    bool *more, ih_person_accused *each, void *with, struct ih_error *err)
{
	char binding[BINDING];

	accused_binding(code, sqlite3_column_int64(rows, 0), binding);
	IH_OWNED(ih_buffer)
	note = ih_note_open(registry, code, IH_IDENTITY, binding, rows, 1, err);
	if (note == NULL)
		return false;
	*more =
	    each(sqlite3_column_int64(rows, 2), (const char *)note->data, with);
	return true;
}

bool
ih_person_accused_each(struct ih_registry *registry, const char *code,
    ih_person_accused *each, void *with, struct ih_error *err)
{
	struct ih_case_row row;
	bool more = true;

	/* Entered first: what was seen was entered, even after a crash. */
	if (!ih_case_row(registry, code, &row, err) ||
	    !ih_registry_may(registry, IH_MAY_IDENTITY, code, err) ||
	    !enter_on(registry, IH_ACT_READ, code, "accused", err))
		return false;
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err,
	    "SELECT n.entry, n.sealed, l.instant FROM accused AS n"
	    " JOIN ledger AS l ON l.at = n.entry WHERE n.code = :code"
	    " ORDER BY n.entry",
	    ih_text(":code", code));
	if (rows == NULL)
		return false;
	while (more && ih_row(rows, err))
		if (!tell_accused(registry, code, rows, &more, each, with, err))
			return false;
	return err->kind == IH_NONE;
}
