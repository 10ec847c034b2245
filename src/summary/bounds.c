/* This is where the bounds of numbers follow from their sums. */
#include "bounds.h"

#include <lpsolve/lp_lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/arena.h"
#include "ihala/confine.h"

#define NEAR 1e-6
#define SECONDS_EACH 5 /* for the whole numbers of one cell */
#define ROUNDS 50      /* of narrowing, before the solver */

/* A year and its halves, solved cell by cell, take some seconds. */
static const struct ih_limits limits = {
	.seconds = 300,
	.patience = 600,
	.memory = (size_t)512 << 20,
};

void
bounds_clear(struct bounds *bounds)
{
	free(bounds->cells);
	free(bounds->sums);
	free(bounds->parts);
	*bounds = (struct bounds){ 0 };
}

/* ---- without a solver: what each sum says by itself */

struct range {
	int64_t least, most;
};

static struct range
range_of(const struct bounds *b, const struct bounds_sum *sum)
{
	struct range range = { 0, 0 };

	for (size_t p = 0; p < sum->count; p++) {
		const struct bounds_cell *part =
		    &b->cells[b->parts[sum->first + p]];

		range.least += part->least;
		range.most += part->most;
	}
	return range;
}

/* NONE_LEFT: no number is in the range any more. */
enum narrowed { SAME, NARROWER, NONE_LEFT };

/* CELL is within LEAST and MOST from now on. */
static enum narrowed
narrow(struct bounds_cell *cell, int64_t least, int64_t most)
{
	bool changed = least > cell->least || most < cell->most;

	if (least > cell->least)
		cell->least = least;
	if (most < cell->most)
		cell->most = most;
	if (cell->least > cell->most)
		return NONE_LEFT;
	return changed ? NARROWER : SAME;
}

static enum narrowed
narrow_sum(struct bounds *b, const struct bounds_sum *sum)
{
	struct bounds_cell *total = &b->cells[sum->total];
	struct range all = range_of(b, sum);
	enum narrowed found = narrow(total, all.least, all.most);

	for (size_t p = 0; p < sum->count && found != NONE_LEFT; p++) {
		struct bounds_cell *part = &b->cells[b->parts[sum->first + p]];
		int64_t other_least = all.least - part->least;
		int64_t other_most = all.most - part->most;
		enum narrowed how = narrow(part, total->least - other_most,
		    total->most - other_least);

		if (how == SAME)
			continue;
		found = how;
		all.least = other_least + part->least;
		all.most = other_most + part->most;
	}
	return found;
}

/* It ends where a cell has no number left: from there each step would double
 * the ones before, beyond what an integer holds. */
static bool
propagate(struct bounds *b)
{
	bool changed = true;

	for (size_t i = 0; i < b->cell_count; i++)
		if (b->cells[i].least > b->cells[i].most)
			return false;
	for (int round = 0; round < ROUNDS && changed; round++) {
		changed = false;
		for (size_t s = 0; s < b->sum_count; s++) {
			enum narrowed found = narrow_sum(b, &b->sums[s]);

			if (found == NONE_LEFT)
				return false;
			changed |= found == NARROWER;
		}
	}
	return true;
}

/* ---- with one */

struct search {
	const struct bounds *bounds;
	lprec *lp;
	double *found;               /* the last solution */
	struct bounds_cell *reached; /* by whole solutions so far */
	struct bounds_cell *certain; /* nothing lies outside */
};

static bool
add_sum(struct search *s, const struct bounds_sum *sum, double *row,
    int *columns)
{
	int n = 0;

	row[n] = 1;
	columns[n++] = (int)sum->total + 1;
	for (size_t p = 0; p < sum->count; p++, n++) {
		row[n] = -1;
		columns[n] = (int)s->bounds->parts[sum->first + p] + 1;
	}
	return add_constraintex(s->lp, n, row, columns, EQ, 0) != 0;
}

static bool
build(struct search *s)
{
	const struct bounds *b = s->bounds;
	double *row = calloc(b->cell_count + 1, sizeof *row);
	int *columns = calloc(b->cell_count + 1, sizeof *columns);
	bool well = row != NULL && columns != NULL;

	s->lp = make_lp(0, (int)b->cell_count);
	well = well && s->lp != NULL;
	if (well) {
		set_verbose(s->lp, NEUTRAL);
		set_mip_gap(s->lp, 1, 0.0);
		set_mip_gap(s->lp, 0, 0.0);
		set_add_rowmode(s->lp, 1);
	}
	for (size_t i = 0; i < b->sum_count && well; i++)
		well = add_sum(s, &b->sums[i], row, columns);
	if (well)
		set_add_rowmode(s->lp, 0);
	for (size_t i = 0; i < b->cell_count && well; i++)
		well = set_bounds(s->lp, (int)i + 1, (double)b->cells[i].least,
		    (double)b->cells[i].most);
	free(row);
	free(columns);
	return well;
}

static bool
is_whole(const struct search *s)
{
	for (size_t i = 0; i < s->bounds->cell_count; i++)
		if (fabs(s->found[i] - round(s->found[i])) > NEAR)
			return false;
	return true;
}

/* A whole solution moves what is reached, if the sums hold in whole numbers:
 * the solver is not believed. */
static void
reach(struct search *s)
{
	const struct bounds *b = s->bounds;

	for (size_t i = 0; i < b->cell_count; i++) {
		int64_t number = llround(s->found[i]);

		if (number < b->cells[i].least || number > b->cells[i].most)
			return;
	}
	for (size_t k = 0; k < b->sum_count; k++) {
		int64_t left = llround(s->found[b->sums[k].total]);

		for (size_t p = 0; p < b->sums[k].count; p++)
			left -=
			    llround(s->found[b->parts[b->sums[k].first + p]]);
		if (left != 0)
			return;
	}
	for (size_t i = 0; i < b->cell_count; i++) {
		int64_t number = llround(s->found[i]);

		if (number < s->reached[i].least)
			s->reached[i].least = number;
		if (number > s->reached[i].most)
			s->reached[i].most = number;
	}
}

static void
aim(struct search *s, size_t cell, bool up)
{
	int column = (int)cell + 1;
	double one = 1;

	set_obj_fnex(s->lp, 1, &one, &column);
	set_sense(s->lp, (unsigned char)up);
}

static int
solve_here(struct search *s)
{
	int status = solve(s->lp);

	if (status == OPTIMAL || status == PRESOLVED || status == SUBOPTIMAL) {
		get_variables(s->lp, s->found);
		if (is_whole(s))
			reach(s);
	}
	return status;
}

static void
set_whole(struct search *s, bool whole)
{
	for (size_t i = 0; i < s->bounds->cell_count; i++)
		set_int(s->lp, (int)i + 1, whole);
}

static bool
is_settled(const struct search *s, size_t cell, bool up)
{
	return up ? s->reached[cell].most >= s->certain[cell].most :
		    s->reached[cell].least <= s->certain[cell].least;
}

/* Over all numbers, whole or not. */
static bool
bound(struct search *s, size_t cell, bool up)
{
	int status;

	if (is_settled(s, cell, up))
		return true;
	aim(s, cell, up);
	status = solve_here(s);
	if (status != OPTIMAL && status != PRESOLVED)
		return false;
	if (up)
		s->certain[cell].most = (int64_t)floor(s->found[cell] + NEAR);
	else
		s->certain[cell].least = (int64_t)ceil(s->found[cell] - NEAR);
	return true;
}

/* Over whole ones, where that is not reached by now. */
static bool
settle(struct search *s, size_t cell, bool up)
{
	int status;

	if (is_settled(s, cell, up))
		return true;
	aim(s, cell, up);
	set_whole(s, true);
	set_timeout(s->lp, SECONDS_EACH);
	status = solve_here(s);
	set_whole(s, false);
	return status != INFEASIBLE;
}

static bool
impossible(struct ih_error *err)
{
	return ih_fail_code(err, IH_INPUT, "E_ATTACK_IMPOSSIBLE",
	    "attack: no numbers are as these files say");
}

/* Runs in the confined child; what it was forked with is its own. */
static bool
search_confined(const void *bytes, size_t size, struct ih_buffer *out,
    void *with, struct ih_error *err)
{
	struct search *s = with;
	size_t count = s->bounds->cell_count;

	(void)bytes, (void)size;
	for (size_t i = 0; i < count; i++)
		if (!bound(s, i, false) || !bound(s, i, true))
			return impossible(err);
	for (size_t i = 0; i < count; i++)
		if (!settle(s, i, false) || !settle(s, i, true))
			return impossible(err);
	ih_buffer_add(out, s->reached, count * sizeof *s->reached);
	ih_buffer_add(out, s->certain, count * sizeof *s->certain);
	return true;
}

static void
search_free(struct search *s)
{
	if (s->lp != NULL)
		delete_lp(s->lp);
	free(s->found);
	free(s->reached);
	free(s->certain);
	free(s);
}

typedef struct search search;
IH_OWNER(search, search_free)

static struct search *
search_new(const struct bounds *b)
{
	struct search *s = ih_zeroed(sizeof *s);

	s->bounds = b;
	s->found = ih_zeroed((b->cell_count + 1) * sizeof *s->found);
	s->reached = ih_zeroed((b->cell_count + 1) * sizeof *s->reached);
	s->certain = ih_zeroed((b->cell_count + 1) * sizeof *s->certain);
	for (size_t i = 0; i < b->cell_count; i++) {
		s->reached[i] = (struct bounds_cell){ INT64_MAX, INT64_MIN };
		s->certain[i] = b->cells[i];
	}
	return s;
}

/* What the child answered.  Of a cell that it did not settle in time, what was
 * reached is certain to be possible; that it is all, is assumed. */
static bool
take(struct bounds *b, const struct ih_buffer *out, struct ih_error *err)
{
	size_t size = b->cell_count * sizeof(struct bounds_cell);

	if (out->size != 2 * size)
		return ih_fail(err, IH_SYSTEM,
		    "attack: an answer of another size");
	for (size_t i = 0; i < b->cell_count; i++) {
		struct bounds_cell reached, certain;

		memcpy(&reached, out->data + i * sizeof reached,
		    sizeof reached);
		memcpy(&certain, out->data + size + i * sizeof certain,
		    sizeof certain);
		if (reached.least > reached.most)
			reached = certain;
		if (reached.least < b->cells[i].least ||
		    reached.most > b->cells[i].most)
			return ih_fail(err, IH_SYSTEM,
			    "attack: an answer that was not asked for");
		b->cells[i] = reached;
	}
	return true;
}

bool
bounds_find(struct bounds *bounds, struct ih_error *err)
{
	if (bounds->cell_count == 0)
		return true;
	if (!propagate(bounds))
		return impossible(err);
	IH_OWNED(search) s = search_new(bounds);
	/* Made here, for lp_solve looks on the disk for a BLAS of the user's
	 * when it makes a model, which the child may not. */
	if (!build(s))
		return ih_fail(err, IH_SYSTEM,
		    "attack: no memory for the solver");
	IH_OWNED(ih_confined_child)
	child = ih_child_start_within(search_confined, s, limits, err);
	IH_OWNED(ih_buffer)
	out = child != NULL ? ih_child_ask(child, "", 0, err) : NULL;
	return out != NULL && take(bounds, out, err);
}
