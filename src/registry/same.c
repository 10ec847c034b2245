/* This is where it is found which cases are of one person. */
#include "same.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SAME "same" /* of xml/link/kinds.xml */

const struct ih_same_case *
ih_same_find(const struct ih_same *same, const char *code)
{
	for (size_t i = 0; i < same->count; i++)
		if (strcmp(same->list[i].code, code) == 0)
			return &same->list[i];
	return NULL;
}

/* The place of CODE, made where it is new. */
static size_t
place(struct ih_same *same, const char *code, int64_t opened)
{
	const struct ih_same_case *there = ih_same_find(same, code);
	struct ih_same_case *fresh;

	if (there != NULL)
		return (size_t)(there - same->list);
	if (same->count == same->room) {
		same->room = same->room == 0 ? 16 : same->room * 2;
		same->list =
		    reallocarray(same->list, same->room, sizeof *same->list);
		if (same->list == NULL)
			abort();
	}
	fresh = &same->list[same->count];
	memset(fresh, 0, sizeof *fresh);
	snprintf(fresh->code, sizeof fresh->code, "%s", code);
	snprintf(fresh->first, sizeof fresh->first, "%s", code);
	fresh->opened = opened;
	return same->count++;
}

static int
by_opening(const struct ih_same_case *a, const struct ih_same_case *b)
{
	return a->opened != b->opened ? (a->opened > b->opened) * 2 - 1 :
					strcmp(a->code, b->code);
}

/* Who stands for the person of ONE. */
static const struct ih_same_case *
first_of(const struct ih_same *same, const struct ih_same_case *one)
{
	const struct ih_same_case *first = ih_same_find(same, one->first);

	return first != NULL ? first : one;
}

/* Whoever stood for either person stands for both: the earlier of them. */
static void
join(struct ih_same *same, size_t a, size_t b)
{
	struct ih_same_case one = *first_of(same, &same->list[a]);
	struct ih_same_case two = *first_of(same, &same->list[b]);
	bool turn = by_opening(&one, &two) > 0;
	const char *first = turn ? two.code : one.code;
	const char *other = turn ? one.code : two.code;

	for (size_t i = 0; i < same->count; i++)
		if (strcmp(same->list[i].first, other) == 0)
			memcpy(same->list[i].first, first, IH_CODE_TEXT);
}

static bool
take_link(struct ih_registry *registry, struct ih_same *same,
    sqlite3_stmt *rows, struct ih_error *err)
{
	char a[IH_CODE_TEXT], b[IH_CODE_TEXT];

	ih_column_text(rows, 0, a, sizeof a);
	ih_column_text(rows, 1, b, sizeof b);
	IH_OWNED(ih_buffer) kind = ih_link_kind(registry, a, b, rows, 2, err);
	if (kind == NULL)
		return ih_fail_in(err, a);
	if (strcmp((const char *)kind->data, SAME) == 0) {
		size_t one = place(same, a, sqlite3_column_int64(rows, 3));
		size_t two = place(same, b, sqlite3_column_int64(rows, 4));

		join(same, one, two);
	}
	return true;
}

static int
by_first(const void *a, const void *b, void *with)
{
	const struct ih_same_case *one = a, *two = b;

	if (strcmp(one->first, two->first) == 0)
		return by_opening(one, two);
	return by_opening(first_of(with, one), first_of(with, two));
}

static void
sort(struct ih_same *same)
{
	struct ih_same before = *same;

	if (same->count == 0)
		return;
	before.list = reallocarray(NULL, same->count, sizeof *same->list);
	if (before.list == NULL)
		abort();
	memcpy(before.list, same->list, same->count * sizeof *same->list);
	qsort_r(same->list, same->count, sizeof *same->list, by_first, &before);
	free(before.list);
}

struct ih_same *
ih_same_load(struct ih_registry *registry, struct ih_error *err)
{
	IH_OWNED(ih_same) same = ih_zeroed(sizeof *same);
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err,
	    "SELECT l.a, l.b, l.sealed, a.opened, b.opened"
	    " FROM person_link AS l"
	    " JOIN case_file AS a ON a.code = l.a"
	    " JOIN case_file AS b ON b.code = l.b"
	    " JOIN case_part AS p ON p.code = l.a AND p.part = 'statistics'"
	    " JOIN case_part AS q ON q.code = l.b AND q.part = 'statistics'"
	    " WHERE a.training = :training AND b.training = :training",
	    ih_number(":training", registry->training));

	if (rows == NULL)
		return NULL;
	while (ih_row(rows, err))
		if (!take_link(registry, same, rows, err))
			return NULL;
	if (err->kind != IH_NONE)
		return NULL;
	sort(same);
	return IH_GIVE(same);
}

void
ih_same_free(struct ih_same *same)
{
	if (same == NULL)
		return;
	free(same->list);
	free(same);
}
