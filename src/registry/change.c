/* This is where it is found what happened to a case since somebody saw it. */
#include <string.h>

#include "ihala/case.h"
#include "query.h"

/* Each version after the first is one write or one move: as many of the last
 * ones as there are versions between. */
#define SINCE                                                                  \
	"SELECT * FROM (SELECT l.at, l.instant, l.actor,"                      \
	" substr(l.subject, 13), s.axis, s.event, s.target"                    \
	" FROM ledger AS l LEFT JOIN step AS s ON s.entry = l.at"              \
	" WHERE l.act IN ('write', 'move', 'erase')"                           \
	" AND substr(l.subject, 1, 11) = :code ORDER BY l.at DESC"             \
	" LIMIT :count) ORDER BY at"

static enum ih_part
part_named(const char *name)
{
	int part = 0;

	while (part < IH_PARTS && strcmp(name, ih_part_names[part]) != 0)
		part++;
	return (enum ih_part)part;
}

static void
read_change(sqlite3_stmt *rows, struct ih_case_change *change)
{
	char name[IH_STATE_TEXT];

	*change =
	    (struct ih_case_change){ .instant = sqlite3_column_int64(rows, 1) };
	ih_column_text(rows, 2, change->actor, sizeof change->actor);
	ih_column_text(rows, 3, name, sizeof name);
	change->part = part_named(name);
	ih_column_text(rows, 4, name, sizeof name);
	ih_axis_parse(name, &change->axis);
	ih_column_text(rows, 5, change->event, sizeof change->event);
	ih_column_text(rows, 6, change->to, sizeof change->to);
}

bool
ih_case_changes(struct ih_registry *registry, const char *code, int64_t version,
    ih_case_change_seen *each, void *with, struct ih_error *err)
{
	struct ih_case_change change;
	struct ih_case_row row;

	if (!ih_case_row(registry, code, &row, err))
		return false;
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err, SINCE, ih_text(":code", row.code),
	    ih_number(":count",
		row.version > version ? row.version - version : 0));
	if (rows == NULL)
		return false;
	while (ih_row(rows, err)) {
		read_change(rows, &change);
		if (!each(&change, with))
			return true;
	}
	return err->kind == IH_NONE;
}
