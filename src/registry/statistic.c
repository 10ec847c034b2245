/* This is where cases are counted without being read. */
#include "ihala/statistic.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/user.h"
#include "same.h"

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

/* The place of that state among those that ONE has; one behind: it has not. */
static size_t
place(const struct ih_reached *reached, size_t count, const char *axis,
    const char *state)
{
	size_t at = 0;

	while (at < count && (strcmp(reached[at].axis, axis) != 0 ||
				 strcmp(reached[at].state, state) != 0))
		at++;
	return at;
}

static int
by_day(const void *a, const void *b)
{
	const struct ih_reached *one = a, *two = b;

	return (one->day > two->day) - (one->day < two->day);
}

/* Where CODE came, each state once, the earliest first, beside where another
 * case of the same person did. */
static bool
read_reached(struct ih_registry *registry, const char *code,
    struct ih_reached reached[static IH_REACHED_MAX], size_t *count,
    struct ih_error *err)
{
	bool more = *count > 0;
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err,
	    "SELECT s.axis, s.target, l.instant / 86400 FROM step AS s"
	    " JOIN ledger AS l ON l.at = s.entry WHERE s.code = :code"
	    " ORDER BY s.entry",
	    ih_text(":code", code));

	if (rows == NULL)
		return false;
	while (*count < IH_REACHED_MAX && ih_row(rows, err)) {
		struct ih_reached one = { .day =
					      sqlite3_column_int64(rows, 2) };
		size_t at;

		ih_column_text(rows, 0, one.axis, sizeof one.axis);
		ih_column_text(rows, 1, one.state, sizeof one.state);
		at = place(reached, *count, one.axis, one.state);
		if (at == *count)
			reached[(*count)++] = one;
		else if (one.day < reached[at].day)
			reached[at].day = one.day;
	}
	if (more)
		qsort(reached, *count, sizeof *reached, by_day);
	return err->kind == IH_NONE;
}

/* Open the row of CODE and show it; *MORE: EACH wants another. */
static bool
show(struct ih_registry *registry, const char *code, sqlite3_stmt *row,
    struct ih_statistic *one, ih_statistic_seen *each, void *with, bool *more,
    struct ih_error *err)
{
	IH_OWNED(ih_buffer)
	bytes = ih_case_unseal(registry, code, IH_STATISTICS,
	    sqlite3_column_int64(row, 1), sqlite3_column_blob(row, 2),
	    (size_t)sqlite3_column_bytes(row, 2), err);

	if (bytes == NULL)
		return ih_fail_in(err, code);
	one->code = code;
	one->bytes = bytes->data;
	one->size = bytes->size;
	*more = each(one, with);
	return true;
}

/* ---- persons of several cases */

static bool
is_within(struct ih_period period, int64_t day)
{
	return day >= period.first && day <= period.last;
}

static bool
falls_in(struct ih_period period, const struct ih_same_case *first,
    const struct ih_statistic *one)
{
	bool falls = is_within(period, first->opened);

	for (size_t i = 0; i < one->reached_count; i++)
		falls = falls || is_within(period, one->reached[i].day);
	return falls;
}

/* The person for whom FIRST stands, with what was done in COUNT cases. */
static bool
show_person(struct ih_registry *registry, struct ih_period period,
    const struct ih_same_case *first, size_t count, ih_statistic_seen *each,
    void *with, bool *more, struct ih_error *err)
{
	struct ih_reached reached[IH_REACHED_MAX];
	struct ih_statistic one = { .reached = reached };

	for (size_t i = 0; i < count; i++)
		if (!read_reached(registry, first[i].code, reached,
			&one.reached_count, err))
			return false;
	if (!falls_in(period, first, &one))
		return true;
	IH_OWNED(sqlite3_stmt)
	row = ih_ask(registry->db, err,
	    "SELECT code, version, sealed FROM case_part"
	    " WHERE code = :code AND part = 'statistics'",
	    ih_text(":code", first->code));
	if (row == NULL || !ih_row(row, err))
		return err->kind == IH_NONE;
	return show(registry, first->code, row, &one, each, with, more, err);
}

static bool
show_persons(struct ih_registry *registry, struct ih_period period,
    const struct ih_same *same, ih_statistic_seen *each, void *with,
    struct ih_error *err)
{
	bool more = true;
	size_t end;

	for (size_t at = 0; at < same->count && more; at = end) {
		const struct ih_same_case *first = &same->list[at];

		end = at;
		while (end < same->count &&
		       strcmp(same->list[end].first, first->first) == 0)
			end++;
		if (!show_person(registry, period, first, end - at, each, with,
			&more, err))
			return false;
	}
	return true;
}

bool
ih_statistic_begin(struct ih_registry *registry, struct ih_period period,
    struct ih_error *err)
{
	/* Entered first: what was seen was entered, even after a crash. */
	return ih_registry_may(registry, IH_MAY_COUNT, NULL, err) &&
	       ih_keys_hold(registry, IH_HOLD_STATISTICS, err) &&
	       enter(registry, period, err);
}

bool
ih_statistic_see(struct ih_registry *registry, struct ih_period period,
    ih_statistic_seen *each, void *with, struct ih_error *err)
{
	bool more = true;
	IH_OWNED(ih_same) same = ih_same_load(registry, err);
	IH_OWNED(sqlite3_stmt)
	rows =
	    same == NULL ?
		NULL :
		ih_ask(registry->db, err,
		    "SELECT c.code, p.version, p.sealed FROM case_file AS c"
		    " JOIN case_part AS p ON p.code = c.code AND p.part = "
		    "'statistics'"
		    " WHERE c.opened <= :last AND c.training = :training"
		    " AND (c.opened >= :first OR EXISTS (SELECT 1 FROM step AS "
		    "s"
		    " JOIN ledger AS l ON l.at = s.entry WHERE s.code = c.code"
		    " AND l.instant BETWEEN :first * 86400 AND :last * 86400 + "
		    "86399))"
		    " ORDER BY c.opened, c.code",
		    ih_number(":first", period.first),
		    ih_number(":last", period.last),
		    ih_number(":training", registry->training));
	if (rows == NULL)
		return false;
	while (more && ih_row(rows, err)) {
		char code[IH_CODE_TEXT];
		struct ih_reached reached[IH_REACHED_MAX];
		struct ih_statistic one = { .reached = reached };

		ih_column_text(rows, 0, code, sizeof code);
		if (ih_same_find(same, code) != NULL)
			continue;
		if (!read_reached(registry, code, reached, &one.reached_count,
			err) ||
		    !show(registry, code, rows, &one, each, with, &more, err))
			return false;
	}
	return err->kind == IH_NONE &&
	       (!more || show_persons(registry, period, same, each, with, err));
}

/* One case, or the person of several whom it is of. */
static bool
see_one(struct ih_registry *registry, const char *code, ih_statistic_seen *each,
    void *with, struct ih_error *err)
{
	struct ih_reached reached[IH_REACHED_MAX];
	struct ih_statistic one = { .reached = reached };
	bool more;
	IH_OWNED(sqlite3_stmt)
	row = ih_ask(registry->db, err,
	    "SELECT p.code, p.version, p.sealed FROM case_part AS p"
	    " JOIN case_file AS c ON c.code = p.code"
	    " WHERE p.code = :code AND p.part = 'statistics'"
	    " AND c.training = :training",
	    ih_text(":code", code), ih_number(":training", registry->training));

	if (row == NULL || !ih_row(row, err))
		return row != NULL && err->kind == IH_NONE;
	return read_reached(registry, code, reached, &one.reached_count, err) &&
	       show(registry, code, row, &one, each, with, &more, err);
}

bool
ih_statistic_see_one(struct ih_registry *registry, const struct ih_same *same,
    const char *code, const struct ih_statistic_packer *packer,
    struct ih_error *err)
{
	static const struct ih_period ever = { 0, IH_STATISTIC_EVER };
	const struct ih_same_case *at = ih_same_find(same, code);
	bool more = true;
	size_t first = 0, end;

	packer->forget(packer->with, code);
	if (at == NULL)
		return see_one(registry, code, packer->add, packer->with, err);
	while (strcmp(same->list[first].first, at->first) != 0)
		first++;
	for (end = first;
	     end < same->count && strcmp(same->list[end].first, at->first) == 0;
	     end++)
		packer->forget(packer->with, same->list[end].code);
	return show_person(registry, ever, &same->list[first], end - first,
	    packer->add, packer->with, &more, err);
}

bool
ih_statistic_each(struct ih_registry *registry, struct ih_period period,
    ih_statistic_seen *each, void *with, struct ih_error *err)
{
	return ih_statistic_begin(registry, period, err) &&
	       ih_statistic_see(registry, period, each, with, err);
}
