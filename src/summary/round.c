/* This is where tables are rounded so that they still add up. */
#include "ihala/round.h"

#include <inttypes.h>
#include <lpsolve/lp_lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/buffer.h"
#include "ihala/confine.h"

#define EXACT_MAX INT64_C(100000000) /* a double holds it many times over */

/* One multiple further than adjacent is worth more than all deviations. */
#define SPECIAL_COST 100000.0
#define WEIGHTS 999983u /* prime: many cells, few equal sums */

enum { UP, FURTHER_UP, FURTHER_DOWN, MOVES };

static int64_t
floor_of(const struct ih_round_cell *cell)
{
	return cell->exact / IH_ROUND_BASE;
}

static int64_t
rest_of(const struct ih_round_cell *cell)
{
	return cell->exact % IH_ROUND_BASE;
}

/* In multiples, the least that CELL may become without going further. */
static int64_t
start_of(const struct ih_round_cell *cell)
{
	return cell->fixed ? cell->rounded / IH_ROUND_BASE : floor_of(cell);
}

/* ---- what is asked, and whether the answer holds */

static bool
adds_up(const struct ih_rounding *r, bool rounded, struct ih_error *err)
{
	for (size_t s = 0; s < r->sum_count; s++) {
		const struct ih_round_sum *sum = &r->sums[s];
		const struct ih_round_cell *total = &r->cells[sum->total];
		int64_t left = rounded ? total->rounded : total->exact;

		for (size_t p = 0; p < sum->count; p++) {
			const struct ih_round_cell *part =
			    &r->cells[r->parts[sum->first + p]];

			left -= rounded ? part->rounded : part->exact;
		}
		if (left != 0)
			return ih_fail(err, rounded ? IH_SYSTEM : IH_INPUT,
			    "rounding: the parts of %s do not add up",
			    total->name);
	}
	return true;
}

static bool
is_sound(const struct ih_rounding *r, struct ih_error *err)
{
	if (r->cell_count == 0 || r->cell_count > IH_ROUND_CELLS ||
	    r->sum_count > IH_ROUND_SUMS || r->part_count > IH_ROUND_PARTS)
		return ih_fail(err, IH_INPUT,
		    "rounding: more cells than are solved at once (%d)",
		    IH_ROUND_CELLS);
	for (size_t i = 0; i < r->cell_count; i++)
		if (r->cells[i].exact < 0 || r->cells[i].exact > EXACT_MAX ||
		    (r->cells[i].fixed &&
			(r->cells[i].rounded < 0 ||
			    r->cells[i].rounded > EXACT_MAX ||
			    r->cells[i].rounded % IH_ROUND_BASE != 0)))
			return ih_fail(err, IH_INPUT,
			    "rounding: %s is not a count", r->cells[i].name);
	for (size_t s = 0; s < r->sum_count; s++) {
		const struct ih_round_sum *sum = &r->sums[s];

		if (sum->total >= r->cell_count ||
		    (size_t)sum->first + sum->count > r->part_count)
			return ih_fail(err, IH_INPUT,
			    "rounding: a sum of cells that are not there");
	}
	for (size_t p = 0; p < r->part_count; p++)
		if (r->parts[p] >= r->cell_count)
			return ih_fail(err, IH_INPUT,
			    "rounding: a sum of cells that are not there");
	return adds_up(r, false, err);
}

bool
ih_round_holds(const struct ih_rounding *r, struct ih_error *err)
{
	for (size_t i = 0; i < r->cell_count; i++) {
		const struct ih_round_cell *cell = &r->cells[i];
		int64_t off = cell->rounded - cell->exact;

		if (cell->rounded < 0 || cell->rounded % IH_ROUND_BASE != 0 ||
		    (cell->exact == 0 && off != 0) || off > r->bound ||
		    off < -r->bound)
			return ih_fail(err, IH_SYSTEM,
			    "rounding: %s is not within its bounds",
			    cell->name);
	}
	return adds_up(r, true, err);
}

/* ---- the programme: for each cell, one multiple up or not */

/* FNV-1a, stirred: the same names give the same weights on any machine. */
static double
weight_of(const char *name, unsigned move)
{
	uint32_t hash = 2166136261u ^ (move * 0x9e3779b9u);

	for (const char *c = name; *c != '\0'; c++)
		hash = (hash ^ (unsigned char)*c) * 16777619u;
	hash ^= hash >> 15;
	hash *= 2246822519u;
	hash ^= hash >> 13;
	return (double)(hash % WEIGHTS);
}

/* How much further from the exact count it is to go up than down. */
static double
cost_of(const struct ih_round_cell *cell, unsigned move)
{
	if (move != UP)
		return SPECIAL_COST;
	return (double)(IH_ROUND_BASE - 2 * rest_of(cell));
}

static bool
may_move(const struct ih_round_cell *cell, unsigned move)
{
	if (cell->fixed)
		return false;
	if (move == UP)
		return rest_of(cell) != 0;
	if (cell->exact == 0)
		return false;
	return move == FURTHER_UP || cell->exact >= IH_ROUND_BASE;
}

static double
step_of(unsigned move)
{
	return move == FURTHER_DOWN ? -1 : 1;
}

struct programme {
	lprec *lp;
	unsigned moves; /* UP alone, or all */
	double row[IH_ROUND_CELLS * MOVES];
	int columns[IH_ROUND_CELLS * MOVES];
	double found[IH_ROUND_CELLS * MOVES];
};

/* Variable MOVE of cell I, as lp_solve counts them. */
static int
column_of(const struct programme *p, size_t i, unsigned move)
{
	return (int)(i * p->moves + move) + 1;
}

static int
add_terms(struct programme *p, int n, size_t cell, double sign)
{
	for (unsigned move = 0; move < p->moves; move++, n++) {
		p->columns[n] = column_of(p, cell, move);
		p->row[n] = sign * step_of(move);
	}
	return n;
}

/* total - parts = 0, in multiples; the floors go to the right side. */
static bool
add_sum(struct programme *p, const struct ih_rounding *r,
    const struct ih_round_sum *sum)
{
	int64_t right = -start_of(&r->cells[sum->total]);
	int n = add_terms(p, 0, sum->total, 1);

	for (size_t i = 0; i < sum->count; i++) {
		size_t part = r->parts[sum->first + i];

		right += start_of(&r->cells[part]);
		n = add_terms(p, n, part, -1);
	}
	return add_constraintex(p->lp, n, p->row, p->columns, EQ,
		   (double)right) != 0;
}

static void
bound_columns(struct programme *p, const struct ih_rounding *r)
{
	for (size_t i = 0; i < r->cell_count; i++)
		for (unsigned move = 0; move < p->moves; move++) {
			int column = column_of(p, i, move);

			set_bounds(p->lp, column, 0,
			    may_move(&r->cells[i], move) ? 1 : 0);
			set_int(p->lp, column, 1);
		}
}

/* Fills the row with what each move costs, by COST or by weight. */
static int
objective(struct programme *p, const struct ih_rounding *r, bool weight)
{
	int n = 0;

	for (size_t i = 0; i < r->cell_count; i++)
		for (unsigned move = 0; move < p->moves; move++, n++) {
			p->columns[n] = column_of(p, i, move);
			p->row[n] = weight ? weight_of(r->cells[i].name, move) :
					     cost_of(&r->cells[i], move);
		}
	return n;
}

static bool
build(struct programme *p, const struct ih_rounding *r, bool further)
{
	bool well = true;

	p->moves = further ? MOVES : UP + 1;
	p->lp = make_lp(0, (int)(r->cell_count * p->moves));
	if (p->lp == NULL)
		return false;
	set_verbose(p->lp, NEUTRAL);
	set_mip_gap(p->lp, 1, 0.0);
	set_mip_gap(p->lp, 0, 0.0);
	set_add_rowmode(p->lp, 1);
	for (size_t s = 0; s < r->sum_count && well; s++)
		well = add_sum(p, r, &r->sums[s]);
	set_add_rowmode(p->lp, 0);
	bound_columns(p, r);
	set_minim(p->lp);
	return well;
}

/* Least deviation first; then, among equals, the least weight. */
static int
solve_twice(struct programme *p, const struct ih_rounding *r)
{
	int n = objective(p, r, false), status;
	double least;

	if (!set_obj_fnex(p->lp, n, p->row, p->columns))
		return NOMEMORY;
	status = solve(p->lp);
	if (status != OPTIMAL && status != PRESOLVED)
		return status;
	least = round(get_objective(p->lp));
	n = objective(p, r, false);
	if (!add_constraintex(p->lp, n, p->row, p->columns, LE, least))
		return NOMEMORY;
	n = objective(p, r, true);
	if (!set_obj_fnex(p->lp, n, p->row, p->columns))
		return NOMEMORY;
	default_basis(p->lp);
	return solve(p->lp);
}

/* Multiples of each cell as found; the parent checks them. */
static void
write_answer(const struct programme *p, const struct ih_rounding *r,
    struct ih_buffer *out)
{
	for (size_t i = 0; i < r->cell_count; i++) {
		int64_t up = start_of(&r->cells[i]);

		for (unsigned move = 0; move < p->moves; move++)
			up += llround(step_of(move) *
				      p->found[column_of(p, i, move) - 1]);
		up *= IH_ROUND_BASE;
		ih_buffer_add(out, &up, sizeof up);
	}
}

/* What the child is handed: forked, it holds the parent's model. */
struct task {
	struct programme *programme;
	const struct ih_rounding *rounding;
};

/* Runs in the confined child.  No bytes: no such table exists. */
static bool
solve_confined(const void *bytes, size_t size, struct ih_buffer *out,
    void *with, struct ih_error *err)
{
	struct task *task = with;
	int status = solve_twice(task->programme, task->rounding);

	(void)bytes, (void)size;
	if (status == INFEASIBLE)
		return true;
	if (status != OPTIMAL && status != PRESOLVED)
		return ih_fail(err, IH_SYSTEM, "rounding: the solver stopped");
	get_variables(task->programme->lp, task->programme->found);
	write_answer(task->programme, task->rounding, out);
	return true;
}

/* ---- the parent */

enum answer { SOLVED, NONE_EXISTS, FAILED };

static void
programme_free(struct programme *p)
{
	if (p->lp != NULL)
		delete_lp(p->lp);
	free(p);
}

typedef struct programme programme;
IH_OWNER(programme, programme_free)

/*
 * The model is made here, for lp_solve looks on the disk for a BLAS of the
 * user's when it makes one, which the child may not.
 */
static enum answer
ask(struct ih_rounding *r, bool further, struct ih_error *err)
{
	IH_OWNED(programme) p = calloc(1, sizeof *p);
	IH_OWNED(ih_buffer) out = NULL;
	struct task task = { p, r };

	if (p == NULL || !build(p, r, further)) {
		ih_fail(err, IH_SYSTEM, "rounding: no memory for the solver");
		return FAILED;
	}
	out = ih_confine(solve_confined, &task, "", 0, err);
	if (out == NULL)
		return FAILED;
	if (out->size == 0)
		return NONE_EXISTS;
	if (out->size != r->cell_count * sizeof(int64_t)) {
		ih_fail(err, IH_SYSTEM, "rounding: an answer of another size");
		return FAILED;
	}
	for (size_t i = 0; i < r->cell_count; i++)
		memcpy(&r->cells[i].rounded, out->data + i * sizeof(int64_t),
		    sizeof(int64_t));
	return SOLVED;
}

/* By how much the furthest cell is off. */
static int64_t
furthest(const struct ih_rounding *r)
{
	int64_t most = 0;

	for (size_t i = 0; i < r->cell_count; i++) {
		int64_t off = r->cells[i].rounded - r->cells[i].exact;

		if (off > most || -off > most)
			most = off < 0 ? -off : off;
	}
	return most;
}

bool
ih_round(struct ih_rounding *rounding, struct ih_error *err)
{
	enum answer answer;

	if (!is_sound(rounding, err))
		return false;
	rounding->bound = IH_ROUND_BASE - 1;
	answer = ask(rounding, false, err);
	if (answer == NONE_EXISTS) {
		rounding->bound = 2 * IH_ROUND_BASE - 1;
		answer = ask(rounding, true, err);
	}
	if (answer == NONE_EXISTS)
		ih_fail(err, IH_SYSTEM, "rounding: no table adds up");
	if (answer != SOLVED)
		return false;
	/* What was told before may itself have gone further. */
	rounding->furthest = furthest(rounding);
	if (rounding->furthest > IH_ROUND_BASE - 1)
		rounding->bound = 2 * IH_ROUND_BASE - 1;
	return ih_round_holds(rounding, err);
}
