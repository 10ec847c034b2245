/* This is where it is worked out for how long a closed case is kept. */
#include "ihala/retention.h"

#include <stdlib.h>
#include <string.h>

#include "ihala/arena.h"
#include "ihala/date.h"
#include "ihala/user.h"
#include "query.h"

/* The step by which each case came where its file stands: a hold is a step
 * that leads nowhere. */
#define LAST                                                                   \
	"SELECT c.code, c.held, s.event, l.instant FROM case_file AS c"        \
	" JOIN step AS s ON s.entry = (SELECT max(entry) FROM step"            \
	"  WHERE code = c.code AND axis = 'file' AND source <> target)"        \
	" JOIN ledger AS l ON l.at = s.entry"

/* So many years after the day of INSTANT: 29 February becomes 1 March. */
static int64_t
years_after(int64_t instant, int years)
{
	struct ih_date day = ih_instant_date(instant);

	day.year = (int16_t)(day.year + years);
	if (day.month == 2 && day.day == 29 &&
	    ih_date_of_day(ih_date_first(day)).day != 29)
		day = (struct ih_date){ day.year, 3, 1 };
	return ih_date_first(day);
}

/* False: the case is not closed. */
static bool
read_row(const struct ih_lifecycle *lifecycle, sqlite3_stmt *rows,
    struct ih_retained *one)
{
	char event[IH_STATE_TEXT];

	*one = (struct ih_retained){ .held = sqlite3_column_int(rows, 1) != 0,
		.closed = sqlite3_column_int64(rows, 3) };
	ih_column_text(rows, 0, one->code, sizeof one->code);
	ih_column_text(rows, 2, event, sizeof event);
	one->class = ih_lifecycle_retention(lifecycle, IH_FILE, event);
	if (one->class != NULL && one->class->years > 0)
		one->due = years_after(one->closed, one->class->years);
	return one->class != NULL;
}

bool
ih_retention_of(struct ih_registry *registry, const char *code,
    struct ih_retained *one, bool *closed, struct ih_error *err)
{
	const struct ih_lifecycle *lifecycle = ih_case_lifecycle(registry, err);

	*closed = false;
	if (lifecycle == NULL)
		return false;
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err, LAST " WHERE c.code = :code",
	    ih_text(":code", code));
	if (rows == NULL)
		return false;
	*closed = ih_row(rows, err) && read_row(lifecycle, rows, one);
	return err->kind == IH_NONE;
}

struct all {
	struct ih_arena *arena;
	struct ih_retained *rows;
	size_t count, room;
};

static bool
read_due(const struct ih_lifecycle *lifecycle, sqlite3_stmt *rows, int64_t day,
    struct all *all, struct ih_error *err)
{
	struct ih_retained one;

	while (ih_row(rows, err)) {
		if (!read_row(lifecycle, rows, &one) || one.due == 0 ||
		    one.due > day)
			continue;
		all->rows = ih_arena_more(all->arena, all->rows, all->count,
		    &all->room, sizeof *all->rows);
		all->rows[all->count++] = one;
	}
	return err->kind == IH_NONE;
}

static int
by_day(const void *a, const void *b)
{
	const struct ih_retained *one = a, *other = b;

	if (one->due != other->due)
		return one->due < other->due ? -1 : 1;
	return strcmp(one->code, other->code);
}

bool
ih_retention_due(struct ih_registry *registry, int64_t day,
    ih_retained_seen *each, void *with, struct ih_error *err)
{
	IH_OWNED(ih_arena) arena = ih_arena_new();
	struct all all = { .arena = arena };
	const struct ih_lifecycle *lifecycle;

	if (!ih_registry_may(registry, IH_MAY_MOVE, NULL, err))
		return false;
	lifecycle = ih_case_lifecycle(registry, err);
	IH_OWNED(sqlite3_stmt)
	rows = lifecycle == NULL ? NULL :
				   ih_ask(registry->db, err, LAST, IH_NOTHING);
	if (rows == NULL || !read_due(lifecycle, rows, day, &all, err))
		return false;
	if (all.count > 0)
		qsort(all.rows, all.count, sizeof *all.rows, by_day);
	for (size_t i = 0; i < all.count; i++)
		if (!each(&all.rows[i], with))
			return true;
	return true;
}
