/* This is where cases are counted without being read. */
#include "ihala/statistic.h"

#include <stdio.h>
#include <string.h>

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

static bool
is_there(const struct ih_reached *reached, size_t count, const char *axis,
    const char *state)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(reached[i].axis, axis) == 0 &&
		    strcmp(reached[i].state, state) == 0)
			return true;
	return false;
}

/* Where CODE came, each state once, the earliest first. */
static bool
read_reached(struct ih_registry *registry, const char *code,
    struct ih_reached reached[static IH_REACHED_MAX], size_t *count,
    struct ih_error *err)
{
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err,
	    "SELECT s.axis, s.target, l.instant / 86400 FROM step AS s"
	    " JOIN ledger AS l ON l.at = s.entry WHERE s.code = :code"
	    " ORDER BY s.entry",
	    ih_text(":code", code));

	*count = 0;
	if (rows == NULL)
		return false;
	while (*count < IH_REACHED_MAX && ih_row(rows, err)) {
		struct ih_reached *one = &reached[*count];

		ih_column_text(rows, 0, one->axis, sizeof one->axis);
		ih_column_text(rows, 1, one->state, sizeof one->state);
		one->day = sqlite3_column_int64(rows, 2);
		if (!is_there(reached, *count, one->axis, one->state))
			++*count;
	}
	return err->kind == IH_NONE;
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
	    " WHERE c.opened <= :last AND c.training = :training"
	    " AND (c.opened >= :first OR EXISTS (SELECT 1 FROM step AS s"
	    " JOIN ledger AS l ON l.at = s.entry WHERE s.code = c.code"
	    " AND l.instant BETWEEN :first * 86400 AND :last * 86400 + 86399))"
	    " ORDER BY c.opened, c.code",
	    ih_number(":first", period.first), ih_number(":last", period.last),
	    ih_number(":training", registry->training));
	if (rows == NULL)
		return false;
	while (ih_row(rows, err)) {
		char code[IH_CODE_TEXT];
		struct ih_reached reached[IH_REACHED_MAX];
		struct ih_statistic one = { .code = code, .reached = reached };

		ih_column_text(rows, 0, code, sizeof code);
		IH_OWNED(ih_buffer)
		bytes = ih_case_unseal(registry, code, IH_STATISTICS,
		    sqlite3_column_int64(rows, 1), sqlite3_column_blob(rows, 2),
		    (size_t)sqlite3_column_bytes(rows, 2), err);
		if (bytes == NULL)
			return ih_fail_in(err, code);
		if (!read_reached(registry, code, reached, &one.reached_count,
			err))
			return false;
		one.bytes = bytes->data;
		one.size = bytes->size;
		if (!each(&one, with))
			return true;
	}
	return err->kind == IH_NONE;
}
