/* This is where cases are counted without being read. */
#include "ihala/statistic.h"

#include <stdio.h>

#include "ihala/user.h"
#include "query.h"

static bool
enter(struct ih_registry *registry, struct ih_period period,
    struct ih_error *err)
{
	char first[IH_DATE_TEXT], last[IH_DATE_TEXT];
	char subject[IH_SUBJECT_TEXT];

	ih_date_format(ih_date_of_day(period.first), first);
	ih_date_format(ih_date_of_day(period.last), last);
	snprintf(subject, sizeof subject, "%s %s", first, last);
	return ih_ledger_add(registry, IH_ACT_COUNT, subject, NULL, err);
}

bool
ih_statistic_each(struct ih_registry *registry, struct ih_period period,
    ih_statistic_seen *each, void *with, struct ih_error *err)
{
	/* Entered first: what was seen was entered, even after a crash. */
	if (!ih_registry_may(registry, IH_MAY_COUNT, NULL, err) ||
	    !ih_keys_hold(registry, IH_HOLD_STATISTICS, err) ||
	    !enter(registry, period, err))
		return false;
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err,
	    "SELECT c.code, p.version, p.sealed FROM case_file AS c"
	    " JOIN case_part AS p ON p.code = c.code AND p.part = 'statistics'"
	    " WHERE c.opened BETWEEN :first AND :last"
	    " AND c.training = :training ORDER BY c.opened, c.code",
	    ih_number(":first", period.first), ih_number(":last", period.last),
	    ih_number(":training", registry->training));
	if (rows == NULL)
		return false;
	while (ih_row(rows, err)) {
		char code[IH_CODE_TEXT];

		ih_column_text(rows, 0, code, sizeof code);
		IH_OWNED(ih_buffer)
		bytes = ih_case_unseal(registry, code, IH_STATISTICS,
		    sqlite3_column_int64(rows, 1), sqlite3_column_blob(rows, 2),
		    (size_t)sqlite3_column_bytes(rows, 2), err);
		if (bytes == NULL)
			return ih_fail_in(err, code);
		if (!each(bytes->data, bytes->size, with))
			return true;
	}
	return err->kind == IH_NONE;
}
