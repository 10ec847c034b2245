/* This is where it is decided at which line a page ends. */
#include "flow.h"

#define TOGETHER                                                               \
	((size_t)2) /* lines of a paragraph, at the foot and at the head */

struct row *
flow_add(struct flow *flow, struct ih_arena *arena, size_t count)
{
	struct row *row = ih_arena_take(arena, sizeof *row);

	row->cells = ih_arena_take(arena, count * sizeof *row->cells);
	row->count = count;
	if (flow->last != NULL)
		flow->last->next = row;
	else
		flow->first = row;
	flow->last = row;
	return row;
}

/* ---- how high the lines FROM to TO of each cell are */

static double
cell_height(const struct cell *cell, size_t from, size_t to)
{
	return from < to ? cell->lines[to - 1].bottom - cell->lines[from].top :
			   0;
}

static double
text_height(const struct row *row, const size_t *from, const size_t *to)
{
	double most = row->least;

	for (size_t c = 0; c < row->count; c++) {
		const struct cell *cell = &row->cells[c];
		double height = cell_height(cell, from != NULL ? from[c] : 0,
		    to != NULL ? to[c] : cell->count);

		most = height > most ? height : most;
	}
	return row->pad_top + most + row->pad_bottom;
}

double
row_height(const struct row *row)
{
	return text_height(row, NULL, NULL);
}

/* ---- how many lines of a cell fit */

/* The last line before END at which the paragraph may be broken, if at all:
 * two lines stay above, two go below. */
static size_t
break_before(const struct cell *cell, size_t from, size_t end)
{
	const struct line *lines = cell->lines;
	size_t begin = end, stop = end;

	if (end == from || end == cell->count ||
	    lines[end - 1].text != lines[end].text)
		return end;
	while (begin > from && lines[begin - 1].text == lines[end].text)
		begin--;
	while (stop < cell->count && lines[stop].text == lines[end].text)
		stop++;
	if (stop - end < TOGETHER)
		end = stop - TOGETHER > begin ? stop - TOGETHER : begin;
	/* What went on from the page before may leave one line of it. */
	if (end - begin < TOGETHER && begin > from)
		return begin;
	return end - begin < TOGETHER && from == 0 ? from : end;
}

static size_t
lines_within(const struct cell *cell, size_t from, double height)
{
	size_t to = from;

	while (to < cell->count && cell_height(cell, from, to + 1) <= height)
		to++;
	return to;
}

/* Some lines of each cell from FROM into TO, no more than HEIGHT.  False:
 * no good place; FORCED takes a bad one. */
static bool
fit(const struct row *row, const size_t *from, size_t *to, double height,
    bool forced)
{
	bool some = false, stuck = false;

	height -= row->pad_top + row->pad_bottom;
	for (size_t c = 0; c < row->count; c++) {
		const struct cell *cell = &row->cells[c];
		size_t most = lines_within(cell, from[c], height);
		size_t good = break_before(cell, from[c], most);

		if (forced && good == from[c])
			good = most;
		if (forced && good == from[c] && good < cell->count)
			good++;
		to[c] = good;
		some = some || good > from[c];
		stuck = stuck || (good == from[c] && good < cell->count);
	}
	return some && (forced || !stuck);
}

/* The least height that ROW may take at the foot of a page. */
static double
first_height(const struct row *row)
{
	double most = 0, all = row_height(row);

	if (row->whole)
		return all;
	for (size_t c = 0; c < row->count; c++) {
		const struct cell *cell = &row->cells[c];
		size_t lines =
		    cell->count < 2 * TOGETHER ? cell->count : TOGETHER;
		double height = cell_height(cell, 0, lines);

		most = height > most ? height : most;
	}
	most += row->pad_top + row->pad_bottom;
	return most < all ? most : all;
}

/* ---- placing */

struct placing {
	struct pages *pages;
	struct ih_arena *arena;
	double top, bottom, y;
	size_t page;
	bool fresh; /* nothing of its own stands on the page yet */
};

static struct piece *
put(struct placing *p, const struct row *row, const size_t *from,
    const size_t *to)
{
	struct pages *pages = p->pages;
	struct piece *piece;

	pages->pieces = ih_arena_more(p->arena, pages->pieces, pages->count,
	    &pages->room, sizeof *pages->pieces);
	piece = &pages->pieces[pages->count++];
	*piece = (struct piece){ .row = row,
		.page = p->page,
		.y = p->y,
		.height = text_height(row, from, to),
		.from = from,
		.to = to,
		.begins = true,
		.ends = true };
	p->y += piece->height;
	p->fresh = false;
	return piece;
}

static size_t *
numbers(struct placing *p, const struct row *row, bool ends)
{
	size_t *list = ih_arena_take(p->arena, row->count * sizeof *list);

	for (size_t c = 0; c < row->count && ends; c++)
		list[c] = row->cells[c].count;
	return list;
}

static void
put_whole(struct placing *p, const struct row *row, bool again)
{
	put(p, row, numbers(p, row, false), numbers(p, row, true))->again =
	    again;
}

static bool
turn_page(struct placing *p, const struct row *row, struct ih_error *err)
{
	p->page++;
	p->y = p->top;
	if (p->page >= PAGES_MAX)
		return ih_fail(err, IH_INPUT,
		    "the document has more than %d pages", PAGES_MAX);
	if (row->again != NULL &&
	    row_height(row->again) < (p->bottom - p->top) / 3)
		put_whole(p, row->again, true);
	p->fresh = true;
	return true;
}

/* With all that has to stand on the same page. */
static double
needed(const struct row *row, double page)
{
	double height = row->before;

	for (; row->keep && row->next != NULL && height < page; row = row->next)
		height += row_height(row) + row->next->before;
	return height + first_height(row);
}

static bool
is_done(const struct row *row, const size_t *from)
{
	for (size_t c = 0; c < row->count; c++)
		if (from[c] < row->cells[c].count)
			return false;
	return true;
}

/* Page after page, as much as each takes. */
static bool
put_broken(struct placing *p, const struct row *row, struct ih_error *err)
{
	const size_t *from = numbers(p, row, false);
	bool begins = true;

	while (!is_done(row, from)) {
		size_t *to = numbers(p, row, false);
		struct piece *piece;

		if (!fit(row, from, to, p->bottom - p->y, p->fresh)) {
			if (!turn_page(p, row, err))
				return false;
			continue;
		}
		piece = put(p, row, from, to);
		piece->begins = begins;
		piece->ends = is_done(row, to);
		if (!piece->ends && !turn_page(p, row, err))
			return false;
		begins = false;
		from = to;
	}
	return true;
}

static bool
place(struct placing *p, const struct row *row, struct ih_error *err)
{
	double page = p->bottom - p->top, need = needed(row, page);

	if (need > page)
		need = row->before + first_height(row);
	if (!p->fresh && p->y + need > p->bottom && !turn_page(p, row, err))
		return false;
	if (!p->fresh)
		p->y += row->before;
	if (p->y + row_height(row) <= p->bottom || row->count == 0) {
		put_whole(p, row, false);
		return true;
	}
	return put_broken(p, row, err);
}

bool
flow_place(const struct flow *flow, double top, double bottom,
    struct ih_arena *arena, struct pages *pages, struct ih_error *err)
{
	struct placing p = { .pages = pages,
		.arena = arena,
		.top = top,
		.bottom = bottom,
		.y = top,
		.fresh = true };

	for (const struct row *row = flow->first; row != NULL; row = row->next)
		if (!place(&p, row, err))
			return false;
	pages->pages = p.page + 1;
	return true;
}
