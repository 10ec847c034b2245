/* This is where it is chosen which numbers are withheld. */
#include "ihala/suppress.h"

#include <lpsolve/lp_lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/attack.h"
#include "ihala/confine.h"
#include "layout.h"

#define NEAR 1e-6
#define EACH 1000000.0 /* a number more costs more than all persons in it */
#define CUTS 400       /* choices that did not suffice */
#define CHECKS 1500    /* of numbers that may be printed again */

static const struct ih_limits limits = {
	.seconds = 120,
	.patience = 300,
	.memory = (size_t)512 << 20,
};

/* Three models: what a reader may conclude; by which change of others a number
 * can move; which numbers to withhold. */
typedef struct search {
	const struct ih_suppression *set;
	lprec *reader, *change, *choice;
	bool withheld[IH_SUPPRESS_CELLS];
	double row[2 * IH_SUPPRESS_CELLS + 1];
	int columns[2 * IH_SUPPRESS_CELLS + 1];
	double found[2 * IH_SUPPRESS_CELLS + 1];
} search;

static bool
is_small(const struct ih_suppress_cell *cell)
{
	return cell->exact > 0 && cell->exact < IH_ATTACK_SMALL;
}

static double
cost_of(const struct ih_suppress_cell *cell)
{
	return EACH + (double)(cell->exact < 100000 ? cell->exact : 100000);
}

/* ---- the reader */

/* Cell I of SET as a term: its column in a model with SIDES columns a cell. */
static int
add_terms(struct search *s, int n, size_t cell, double sign, int sides)
{
	for (int side = 0; side < sides; side++, n++) {
		s->columns[n] = (int)cell * sides + side + 1;
		s->row[n] = side == 0 ? sign : -sign;
	}
	return n;
}

static bool
add_sums(struct search *s, lprec *lp, int sides)
{
	const struct ih_suppression *set = s->set;
	bool well = true;

	set_add_rowmode(lp, 1);
	for (size_t i = 0; i < set->sum_count && well; i++) {
		const struct ih_round_sum *sum = &set->sums[i];
		int n = add_terms(s, 0, sum->total, 1, sides);

		for (size_t p = 0; p < sum->count; p++)
			n = add_terms(s, n, set->parts[sum->first + p], -1,
			    sides);
		well = add_constraintex(lp, n, s->row, s->columns, EQ, 0) != 0;
	}
	set_add_rowmode(lp, 0);
	return well;
}

static double
most_of(const struct ih_suppress_cell *cell)
{
	return (double)(cell->most > 0 ? cell->most : IH_ATTACK_MOST);
}

static void
show(struct search *s, size_t cell)
{
	const struct ih_suppress_cell *one = &s->set->cells[cell];
	double exact = (double)one->exact;

	set_bounds(s->reader, (int)cell + 1,
	    s->withheld[cell] ? (double)one->least : exact,
	    s->withheld[cell] ? most_of(one) : exact);
}

static void
withhold(struct search *s, size_t cell, bool withheld)
{
	s->withheld[cell] = withheld;
	show(s, cell);
}

static double
extreme(struct search *s, size_t cell, bool up)
{
	int column = (int)cell + 1;
	double one = 1;

	set_obj_fnex(s->reader, 1, &one, &column);
	set_sense(s->reader, (unsigned char)up);
	if (solve(s->reader) != OPTIMAL)
		return (double)s->set->cells[cell].exact;
	get_variables(s->reader, s->found);
	return s->found[cell];
}

/* Is CELL hidden from who reads all that is printed now? */
static bool
is_hidden(struct search *s, size_t cell)
{
	struct ih_attack_cell known = {
		.least = (int64_t)ceil(extreme(s, cell, false) - NEAR),
		.most = (int64_t)floor(extreme(s, cell, true) + NEAR),
	};

	return ih_attack_known(&known) == IH_KNOWN_NOTHING;
}

/* A sum of which one number alone is withheld gives it away: it takes no
 * solver to see that. */
static bool
stands_alone(const struct search *s)
{
	const struct ih_suppression *set = s->set;

	for (size_t i = 0; i < set->sum_count; i++) {
		const struct ih_round_sum *sum = &set->sums[i];
		size_t last = sum->total, hidden = s->withheld[sum->total];

		for (size_t p = 0; p < sum->count; p++) {
			size_t part = set->parts[sum->first + p];

			hidden += s->withheld[part];
			if (s->withheld[part])
				last = part;
		}
		if (hidden == 1 && set->cells[last].withheld)
			return true;
	}
	return false;
}

/* Are all that must be? */
static bool
suffices(struct search *s)
{
	if (stands_alone(s))
		return false;
	for (size_t i = 0; i < s->set->cell_count; i++)
		if (s->set->cells[i].withheld && !is_hidden(s, i))
			return false;
	return true;
}

/* ---- the best choice of a small set */

static void
set_choice(struct search *s, const bool choice[static IH_SUPPRESS_CELLS])
{
	for (size_t i = 0; i < s->set->cell_count; i++)
		withhold(s, i, choice[i]);
}

/* What does not suffice is made as large as it can be and still not suffice:
 * one of what is left has to be withheld. */
static bool
exclude(struct search *s)
{
	int n = 0;

	for (size_t i = 0; i < s->set->cell_count; i++) {
		if (s->withheld[i])
			continue;
		withhold(s, i, true);
		if (suffices(s))
			withhold(s, i, false);
	}
	for (size_t i = 0; i < s->set->cell_count; i++)
		if (!s->withheld[i]) {
			s->columns[n] = (int)i + 1;
			s->row[n++] = 1;
		}
	return n > 0 &&
	       add_constraintex(s->choice, n, s->row, s->columns, GE, 1) != 0;
}

static bool
choose_best(struct search *s)
{
	for (int cut = 0; cut < CUTS; cut++) {
		bool choice[IH_SUPPRESS_CELLS] = { false };

		default_basis(s->choice);
		if (solve(s->choice) != OPTIMAL)
			return false;
		get_variables(s->choice, s->found);
		for (size_t i = 0; i < s->set->cell_count; i++)
			choice[i] = s->found[i] > 0.5;
		set_choice(s, choice);
		if (suffices(s))
			return true;
		if (!exclude(s))
			return false;
	}
	return false;
}

/* ---- a good choice of a large one */

/* How far CELL may move up (side 0) or down. */
static double
room_of(const struct ih_suppress_cell *cell, int side)
{
	return side == 0 ? most_of(cell) - (double)cell->exact :
			   (double)(cell->exact - cell->least);
}

/* By which change of the fewest others CELL can be more (side 0) or less BY
 * that much: they are withheld too. */
static bool
move_by(struct search *s, size_t cell, int side, double by)
{
	size_t count = s->set->cell_count;
	bool well;
	int n = 0;

	for (size_t i = 0; i < count; i++)
		for (int way = 0; way < 2; way++, n++) {
			s->columns[n] = n + 1;
			s->row[n] =
			    s->withheld[i] ? 0 : cost_of(&s->set->cells[i]);
		}
	set_obj_fnex(s->change, n, s->row, s->columns);
	set_bounds(s->change, (int)cell * 2 + side + 1, by, by);
	set_bounds(s->change, (int)cell * 2 + !side + 1, 0, 0);
	default_basis(s->change);
	well = solve(s->change) == OPTIMAL;
	if (well)
		get_variables(s->change, s->found);
	for (int to = 0; to < 2; to++)
		set_bounds(s->change, (int)cell * 2 + to + 1, 0,
		    room_of(&s->set->cells[cell], to));
	for (size_t i = 0; i < count && well; i++)
		if (s->found[2 * i] + s->found[2 * i + 1] > NEAR)
			withhold(s, i, true);
	return well;
}

/* Up as far as hides it, or as it may be; then, for the rest, down. */
static bool
make_room(struct search *s, size_t cell)
{
	double up = fmin(IH_ATTACK_WIDTH, room_of(&s->set->cells[cell], 0));

	if (!move_by(s, cell, 0, up))
		return false;
	return is_hidden(s, cell) || move_by(s, cell, 1,
					 fmin(room_of(&s->set->cells[cell], 1),
					     IH_ATTACK_WIDTH - up));
}

/* The largest that is not needed first. */
static void
print_again(struct search *s)
{
	size_t count = s->set->cell_count;
	bool tried[IH_SUPPRESS_CELLS] = { false };

	for (int checks = 0; checks < CHECKS;) {
		size_t best = count;

		for (size_t i = 0; i < count; i++)
			if (s->withheld[i] && !tried[i] &&
			    !s->set->cells[i].withheld &&
			    (best == count || s->set->cells[i].exact >
						  s->set->cells[best].exact))
				best = i;
		if (best == count)
			return;
		tried[best] = true;
		checks++;
		withhold(s, best, false);
		if (!suffices(s))
			withhold(s, best, true);
	}
}

static bool
choose_well(struct search *s)
{
	size_t count = s->set->cell_count;

	for (size_t i = 0; i < count; i++)
		withhold(s, i, s->set->cells[i].withheld);
	for (size_t i = 0; i < count; i++)
		if (s->set->cells[i].withheld && !is_hidden(s, i) &&
		    !make_room(s, i))
			return false;
	print_again(s);
	return true;
}

/* ---- the child and its parent */

/* Of a number that was withheld for another's sake, a reader may learn that
 * it is three to six: it has to be hidden as well then. */
static bool
all_hidden(struct search *s, struct ih_suppression *set)
{
	bool all = true;

	for (size_t i = 0; i < set->cell_count; i++)
		if (s->withheld[i] && !set->cells[i].withheld &&
		    !is_hidden(s, i)) {
			set->cells[i].withheld = true;
			set_lowbo(s->choice, (int)i + 1, 1);
			all = false;
		}
	return all;
}

static bool
search_confined(const void *bytes, size_t size, struct ih_buffer *out,
    void *with, struct ih_error *err)
{
	struct search *s = with;
	/* its own: it was forked */
	struct ih_suppression *set = (struct ih_suppression *)(uintptr_t)s->set;
	bool small = set->cell_count <= IH_SUPPRESS_BEST;

	(void)bytes, (void)size;
	do
		if (!(small ? choose_best(s) : choose_well(s)))
			return ih_fail(err, IH_SYSTEM,
			    "suppression: the solver stopped");
	while (!all_hidden(s, set));
	ih_buffer_add(out, s->withheld, set->cell_count);
	return true;
}

static lprec *
model(size_t columns)
{
	lprec *lp = make_lp(0, (int)columns);

	if (lp != NULL) {
		set_verbose(lp, NEUTRAL);
		set_mip_gap(lp, 1, 0.0);
		set_mip_gap(lp, 0, 0.0);
	}
	return lp;
}

static void
search_free(struct search *s)
{
	if (s->reader != NULL)
		delete_lp(s->reader);
	if (s->change != NULL)
		delete_lp(s->change);
	if (s->choice != NULL)
		delete_lp(s->choice);
	free(s);
}

IH_OWNER(search, search_free)

/* Made before the child, as in round.c. */
static bool
build(struct search *s)
{
	const struct ih_suppression *set = s->set;
	int n = 0;

	s->reader = model(set->cell_count);
	s->change = model(2 * set->cell_count);
	s->choice = model(set->cell_count);
	if (s->reader == NULL || s->change == NULL || s->choice == NULL ||
	    !add_sums(s, s->reader, 1) || !add_sums(s, s->change, 2))
		return false;
	for (size_t i = 0; i < set->cell_count; i++, n++) {
		s->columns[n] = n + 1;
		s->row[n] = cost_of(&set->cells[i]);
		set_binary(s->choice, n + 1, 1);
		if (set->cells[i].withheld)
			set_lowbo(s->choice, n + 1, 1);
		for (int side = 0; side < 2; side++)
			set_upbo(s->change, 2 * n + side + 1,
			    room_of(&set->cells[i], side));
		withhold(s, i, set->cells[i].withheld);
	}
	return set_obj_fnex(s->choice, n, s->row, s->columns) != 0;
}

static bool
is_sound(const struct ih_suppression *set, struct ih_error *err)
{
	if (set->cell_count == 0 || set->cell_count > IH_SUPPRESS_CELLS ||
	    set->sum_count > IH_ROUND_SUMS || set->part_count > IH_ROUND_PARTS)
		return ih_fail(err, IH_INPUT, "suppression: more cells than %d",
		    IH_SUPPRESS_CELLS);
	for (size_t i = 0; i < set->sum_count; i++)
		if (set->sums[i].total >= set->cell_count ||
		    (size_t)set->sums[i].first + set->sums[i].count >
			set->part_count)
			return ih_fail(err, IH_INPUT,
			    "suppression: a sum of cells that are not there");
	return true;
}

bool
ih_suppress(struct ih_suppression *set, struct ih_error *err)
{
	IH_OWNED(search) s = ih_zeroed(sizeof *s);

	s->set = set;
	if (!is_sound(set, err))
		return false;
	for (size_t i = 0; i < set->cell_count; i++)
		set->cells[i].withheld |= is_small(&set->cells[i]);
	if (!build(s))
		return ih_fail(err, IH_SYSTEM,
		    "suppression: no memory for the solver");
	IH_OWNED(ih_confined_child)
	child = ih_child_start_within(search_confined, s, limits, err);
	IH_OWNED(ih_buffer)
	out = child != NULL ? ih_child_ask(child, "", 0, err) : NULL;
	if (out == NULL)
		return false;
	if (out->size != set->cell_count)
		return ih_fail(err, IH_SYSTEM,
		    "suppression: an answer of another size");
	for (size_t i = 0; i < set->cell_count; i++)
		set->cells[i].withheld |= out->data[i] != 0;
	return true;
}

/* ---- a return */

typedef struct ih_suppression suppression;
static void
suppression_free(suppression *set)
{
	explicit_bzero(set, sizeof *set);
	free(set);
}
IH_OWNER(suppression, suppression_free)

static void
know(suppression *set, const struct layout *l, const struct ih_return *rounded)
{
	struct ih_return told = *rounded;
	int64_t values[LAYOUT_CELLS];

	layout_take(l, &told, values);
	for (size_t i = 0; i < l->cell_count; i++) {
		int64_t least = values[i] - told.bound;

		set->cells[i].least = least > 0 ? least : values[i] > 0;
		set->cells[i].most = values[i] + told.bound;
	}
}

struct ih_return *
ih_return_suppress(const struct ih_tables *tables,
    const struct ih_return *exact, const struct ih_return *rounded,
    struct ih_error *err)
{
	IH_OWNED(layout) l = layout_of(tables, exact->committee, err);
	IH_OWNED(suppression) set = ih_zeroed(sizeof *set);
	IH_OWNED(ih_return) one = ih_zeroed(sizeof *one);
	int64_t values[LAYOUT_CELLS];

	if (l == NULL)
		return NULL;
	*one = *exact;
	one->method = IH_SUPPRESSED;
	layout_take(l, one, values);
	set->cell_count = l->cell_count;
	set->sum_count = l->sum_count;
	set->part_count = l->part_count;
	memcpy(set->sums, l->sums, sizeof l->sums);
	memcpy(set->parts, l->parts, sizeof l->parts);
	for (size_t i = 0; i < l->cell_count; i++)
		set->cells[i].exact = values[i];
	if (rounded != NULL)
		know(set, l, rounded);
	if (!ih_suppress(set, err))
		return NULL;
	for (size_t i = 0; i < l->cell_count; i++)
		if (set->cells[i].withheld)
			values[i] = IH_WITHHELD;
	layout_give(l, values, one);
	explicit_bzero(values, sizeof values);
	return IH_GIVE(one);
}
