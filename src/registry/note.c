/* This is where a short text about a case or a request is sealed, entered, and
 * held to what was entered. */
#include <stdio.h>
#include <string.h>

#include "ihala/access.h"
#include "ihala/digest.h"
#include "query.h"

bool
ih_note_is_reason(const char *text, struct ih_error *err)
{
	size_t length = strlen(text);

	return (length >= IH_REASON_LEAST && length <= IH_REASON_MOST) ||
	       ih_fail_code(err, IH_USAGE, "E_REASON", "%s", "");
}

struct ih_buffer *
ih_note_seal(struct ih_registry *registry, const char *code, enum ih_part part,
    const char *binding, const char *text, struct ih_error *err)
{
	IH_OWNED(ih_secret) key = ih_keys_of_case(registry, code, part, err);

	return key != NULL ? ih_seal(key->bytes, binding, strlen(binding), text,
				 strlen(text), err) :
			     NULL;
}

struct ih_buffer *
ih_note_open(struct ih_registry *registry, const char *code, enum ih_part part,
    const char *binding, sqlite3_stmt *row, int at, struct ih_error *err)
{
	IH_OWNED(ih_secret) key = ih_keys_of_case(registry, code, part, err);

	return key != NULL ? ih_seal_open(key->bytes, binding, strlen(binding),
				 sqlite3_column_blob(row, at),
				 (size_t)sqlite3_column_bytes(row, at), err) :
			     NULL;
}

bool
ih_note_enter(struct ih_registry *registry, const char *code, const char *about,
    const struct ih_buffer *sealed, struct ih_error *err)
{
	char subject[IH_SUBJECT_TEXT];
	struct ih_hash digest = { 0 };

	snprintf(subject, sizeof subject, "%.11s %s", code, about);
	ih_digest(sealed->data, sealed->size, digest.bytes);
	return ih_ledger_add(registry, IH_ACT_NOTE, subject, &digest, err);
}

/* What stands in the tables, and what was entered of cases and requests that
 * were not erased: each once, or one side of it is missing. */
#define NOTES                                                                  \
	"WITH note AS"                                                         \
	" (SELECT entry, code, code || ' hold' AS subject, sealed FROM hold"   \
	"  UNION ALL"                                                          \
	"  SELECT entry, code, code || ' redirect', sealed FROM request_note"  \
	"  UNION ALL"                                                          \
	"  SELECT entry, code, code || ' late ' || clock, sealed FROM excuse"  \
	"  UNION ALL"                                                          \
	"  SELECT entry, code, code || ' accused', sealed FROM accused),"      \
	" entered AS"                                                          \
	" (SELECT at, subject, digest FROM ledger WHERE act = 'note'"          \
	"  AND subject <> 'name marks' AND substr(subject, 1, 11) NOT IN"      \
	"  (SELECT subject FROM ledger WHERE act = 'erase'))"                  \
	" SELECT substr(e.subject, 1, 11), n.sealed, e.digest,"                \
	"  n.subject IS e.subject"                                             \
	" FROM entered AS e LEFT JOIN note AS n ON n.entry = e.at"             \
	" UNION ALL"                                                           \
	" SELECT code, NULL, NULL, 0 FROM note"                                \
	" WHERE entry NOT IN (SELECT at FROM entered)"

/* Who is accused is entered without a digest: it would be one more trace. */
static bool
is_as_entered(sqlite3_stmt *row)
{
	static const struct ih_hash none;
	struct ih_hash found = { 0 }, entered = { 0 };

	ih_digest(sqlite3_column_blob(row, 1),
	    (size_t)sqlite3_column_bytes(row, 1), found.bytes);
	ih_column_bytes(row, 2, entered.bytes, IH_DIGEST);
	return sqlite3_column_int(row, 3) != 0 &&
	       (ih_hash_is(&entered, &none) || ih_hash_is(&entered, &found));
}

bool
ih_note_check(struct ih_registry *registry, struct ih_error *err)
{
	char code[IH_CODE_TEXT];
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err, NOTES, IH_NOTHING);

	if (rows == NULL)
		return false;
	while (ih_row(rows, err)) {
		ih_column_text(rows, 0, code, sizeof code);
		if (!is_as_entered(rows))
			return ih_fail(err, IH_TRUST,
			    "%s: a note that is not what was entered", code);
	}
	return err->kind == IH_NONE;
}
