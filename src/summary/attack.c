/* This is where what was published is held against itself. */
#include "ihala/attack.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "bounds.h"
#include "layout.h"

#define PARTS ((size_t)6 * IH_ATTACK_CELLS) /* of all sums */

struct ih_attack {
	struct bounds bounds; /* what is known of each cell */
	struct ih_attack_cell *cells;
	bool full;
};

struct ih_attack *
ih_attack_new(void)
{
	struct ih_attack *attack = ih_zeroed(sizeof *attack);

	attack->cells = ih_zeroed(IH_ATTACK_CELLS * sizeof *attack->cells);
	attack->bounds.cells =
	    ih_zeroed(IH_ATTACK_CELLS * sizeof *attack->bounds.cells);
	attack->bounds.sums =
	    ih_zeroed(IH_ATTACK_CELLS * sizeof *attack->bounds.sums);
	attack->bounds.parts = ih_zeroed(PARTS * sizeof *attack->bounds.parts);
	return attack;
}

void
ih_attack_free(struct ih_attack *attack)
{
	if (attack == NULL)
		return;
	bounds_clear(&attack->bounds);
	free(attack->cells);
	free(attack);
}

size_t
ih_attack_cell(struct ih_attack *attack, const char *name, int64_t least,
    int64_t most)
{
	size_t at = attack->bounds.cell_count;

	if (at == IH_ATTACK_CELLS) {
		attack->full = true;
		return 0;
	}
	attack->cells[at].least = least;
	attack->cells[at].most = most;
	snprintf(attack->cells[at].name, IH_ATTACK_NAME, "%s", name);
	attack->bounds.cells[at] = (struct bounds_cell){ least, most };
	return attack->bounds.cell_count++;
}

void
ih_attack_sum(struct ih_attack *attack, size_t total)
{
	struct bounds *b = &attack->bounds;

	if (b->sum_count == IH_ATTACK_CELLS) {
		attack->full = true;
		return;
	}
	b->sums[b->sum_count++] =
	    (struct bounds_sum){ total, b->part_count, 0 };
}

void
ih_attack_part(struct ih_attack *attack, size_t part)
{
	struct bounds *b = &attack->bounds;

	if (b->part_count == PARTS || b->sum_count == 0) {
		attack->full = true;
		return;
	}
	b->parts[b->part_count++] = part;
	b->sums[b->sum_count - 1].count++;
}

bool
ih_attack_run(struct ih_attack *attack, struct ih_error *err)
{
	if (attack->full)
		return ih_fail(err, IH_INPUT,
		    "attack: more than %d cells at once", IH_ATTACK_CELLS);
	if (!bounds_find(&attack->bounds, err))
		return false;
	for (size_t i = 0; i < attack->bounds.cell_count; i++) {
		attack->cells[i].least = attack->bounds.cells[i].least;
		attack->cells[i].most = attack->bounds.cells[i].most;
	}
	return true;
}

const struct ih_attack_cell *
ih_attack_cells(const struct ih_attack *attack, size_t *count)
{
	*count = attack->bounds.cell_count;
	return attack->cells;
}

enum ih_known
ih_attack_known(const struct ih_attack_cell *cell)
{
	if (cell->least >= IH_ATTACK_SMALL || cell->most == 0)
		return IH_KNOWN_NOTHING;
	if (cell->least == cell->most)
		return IH_KNOWN_EXACTLY;
	if (cell->least > 0 && cell->most < IH_ATTACK_SMALL)
		return IH_KNOWN_SMALL;
	return cell->most - cell->least < IH_ATTACK_WIDTH ? IH_KNOWN_NARROW :
							    IH_KNOWN_NOTHING;
}

/* ---- what returns tell */

static int64_t
larger(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static int64_t
smaller(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* What a printed number says: zero stays zero, so what is not zero was not. */
static struct bounds_cell
said(const struct ih_return *one, int64_t number)
{
	struct bounds_cell cell = { 0, IH_ATTACK_MOST };

	if (number == IH_WITHHELD)
		return cell;
	cell.least = larger(number - one->bound, number > 0);
	cell.most = number + one->bound;
	return cell;
}

/* One state of a period's numbers: what was told of it by each method. */
struct state {
	const char *period;
	int64_t number;
	size_t first; /* its first cell */
};

struct telling {
	struct ih_attack *attack;
	const struct layout *l;
	struct ih_return *const *returns;
	size_t count;
	struct state states[IH_RETURNS_MAX];
	size_t state_count;
};

static struct state *
state_of(struct telling *t, const char *period, int64_t number)
{
	for (size_t i = 0; i < t->state_count; i++)
		if (t->states[i].number == number &&
		    strcmp(t->states[i].period, period) == 0)
			return &t->states[i];
	return NULL;
}

static void
narrow(struct ih_attack *attack, size_t at, struct bounds_cell by)
{
	struct ih_attack_cell *cell = &attack->cells[at];

	cell->least = larger(cell->least, by.least);
	cell->most = smaller(cell->most, by.most);
	attack->bounds.cells[at] =
	    (struct bounds_cell){ cell->least, cell->most };
}

/* Cells of which nothing is said yet, and the sums of their tables. */
static struct state *
add_state(struct telling *t, const struct ih_return *one)
{
	struct state *state = &t->states[t->state_count++];
	char name[IH_ATTACK_NAME];

	*state = (struct state){ one->period, one->number,
		t->attack->bounds.cell_count };
	for (size_t i = 0; i < t->l->cell_count; i++) {
		int length = snprintf(name, sizeof name, "%s %s",
		    one->committee, one->period);

		if (one->number != 0)
			length += snprintf(name + length,
			    sizeof name - (size_t)length, ".%" PRId64,
			    one->number);
		snprintf(name + length, sizeof name - (size_t)length, " %s",
		    t->l->names[i]);
		ih_attack_cell(t->attack, name, 0, IH_ATTACK_MOST);
	}
	for (size_t s = 0; s < t->l->sum_count; s++) {
		const struct ih_round_sum *sum = &t->l->sums[s];

		ih_attack_sum(t->attack, state->first + sum->total);
		for (size_t p = 0; p < sum->count; p++)
			ih_attack_part(t->attack,
			    state->first + t->l->parts[sum->first + p]);
	}
	return state;
}

static bool
add_return(struct telling *t, const struct ih_return *one)
{
	struct state *state = state_of(t, one->period, one->number);
	struct ih_return copy = *one;
	int64_t values[LAYOUT_CELLS];

	if (state == NULL && t->state_count == IH_RETURNS_MAX)
		return false;
	if (state == NULL)
		state = add_state(t, one);
	layout_take(t->l, &copy, values);
	for (size_t i = 0; i < t->l->cell_count && !t->attack->full; i++)
		narrow(t->attack, state->first + i, said(one, values[i]));
	return true;
}

/* The newest state of PERIOD. */
static const struct state *
newest(const struct telling *t, const char *period)
{
	const struct state *found = NULL;

	for (size_t i = 0; i < t->state_count; i++)
		if (strcmp(t->states[i].period, period) == 0 &&
		    (found == NULL || t->states[i].number > found->number))
			found = &t->states[i];
	return found;
}

/* PART of a year, of which maybe nothing was told: then its cells are there,
 * and say what the other part leaves. */
static size_t
first_of_part(struct telling *t, const struct ih_return *like, const char *year,
    const char *half)
{
	struct ih_return none = { 0 };
	const struct state *told;

	snprintf(none.period, sizeof none.period, "%.4s-%.2s", year, half);
	told = newest(t, none.period);
	if (told != NULL)
		return told->first;
	memcpy(none.committee, like->committee, sizeof none.committee);
	return add_state(t, &none)->first;
}

static bool
is_total(const struct layout *l, size_t cell)
{
	for (size_t s = 0; s < l->sum_count; s++)
		if (l->sums[s].total == cell)
			return true;
	return false;
}

/* The year is its halves, where the year and one of them were told. */
static bool
join_year(struct telling *t, const struct ih_return *like,
    const struct state *year)
{
	static const char *const halves[] = { "H1", "H2" };
	size_t parts[2], first = year->first, told = 0;
	char period[12];

	for (size_t h = 0; h < 2; h++) {
		snprintf(period, sizeof period, "%.4s-%s", year->period,
		    halves[h]);
		told += newest(t, period) != NULL;
	}
	if (told == 0)
		return true;
	if (t->state_count + 2 > IH_RETURNS_MAX)
		return false;
	for (size_t h = 0; h < 2; h++)
		parts[h] = first_of_part(t, like, year->period, halves[h]);
	for (size_t i = 0; i < t->l->cell_count; i++) {
		/* Of totals it follows. */
		if (is_total(t->l, i))
			continue;
		ih_attack_sum(t->attack, first + i);
		ih_attack_part(t->attack, parts[0] + i);
		ih_attack_part(t->attack, parts[1] + i);
	}
	return true;
}

bool
ih_attack_returns(struct ih_attack *attack, const struct ih_tables *tables,
    struct ih_return *const *returns, size_t count, struct ih_error *err)
{
	IH_OWNED(layout) l = layout_of(tables, returns[0]->committee, err);
	struct telling t = { .attack = attack,
		.l = l,
		.returns = returns,
		.count = count };
	bool fits = true;

	if (l == NULL)
		return false;
	for (size_t i = 0; i < count && fits; i++)
		fits = add_return(&t, returns[i]);
	for (size_t i = 0, told = t.state_count; i < told && fits; i++)
		if (strlen(t.states[i].period) == 4 &&
		    newest(&t, t.states[i].period) == &t.states[i])
			fits = join_year(&t, returns[0], &t.states[i]);
	return fits ||
	       ih_fail(err, IH_INPUT, "attack: more than %d files of %s",
		   IH_RETURNS_MAX, returns[0]->committee);
}

/* ---- all committees */

static void
note(struct ih_attacked *found, const struct ih_attack *attack)
{
	for (size_t i = 0; i < attack->bounds.cell_count; i++) {
		const struct ih_attack_cell *cell = &attack->cells[i];
		enum ih_known known = ih_attack_known(cell);
		int64_t width = cell->most - cell->least;

		if (known != IH_KNOWN_NOTHING &&
		    (found->worst.name[0] == '\0' ||
			known > ih_attack_known(&found->worst)))
			found->worst = *cell;
		if (cell->least < IH_ATTACK_SMALL && cell->most > 0 &&
		    (found->narrowest < 0 || width < found->narrowest))
			found->narrowest = width;
		found->known[known]++;
		found->cells++;
	}
}

static bool
was_seen(struct ih_return *const *returns, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (strcmp(returns[i]->committee, returns[at]->committee) == 0)
			return true;
	return false;
}

static bool
attack_committee(const struct ih_tables *tables,
    struct ih_return *const *returns, size_t count, const char *committee,
    struct ih_attacked *found, struct ih_error *err)
{
	IH_OWNED(ih_attack) attack = ih_attack_new();
	struct ih_return *theirs[IH_RETURNS_MAX];
	size_t n = 0;

	for (size_t i = 0; i < count; i++)
		if (strcmp(returns[i]->committee, committee) == 0) {
			if (n == IH_RETURNS_MAX)
				return ih_fail(err, IH_INPUT,
				    "attack: more than %d files of %s",
				    IH_RETURNS_MAX, committee);
			theirs[n++] = returns[i];
		}
	if (n == 0)
		return true;
	if (!ih_attack_returns(attack, tables, theirs, n, err) ||
	    !ih_attack_run(attack, err))
		return false;
	note(found, attack);
	return true;
}

bool
ih_attack_all(const struct ih_tables *tables, struct ih_return *const *returns,
    size_t count, struct ih_attacked *found, struct ih_error *err)
{
	*found = (struct ih_attacked){ .narrowest = -1 };
	for (size_t i = 0; i < count; i++)
		if (!was_seen(returns, i) &&
		    !attack_committee(tables, returns, count,
			returns[i]->committee, found, err))
			return false;
	return true;
}

bool
ih_attack_fails(const struct ih_tables *tables,
    struct ih_return *const *returns, size_t count, struct ih_error *err)
{
	struct ih_attacked found;

	if (!ih_attack_all(tables, returns, count, &found, err))
		return false;
	return found.worst.name[0] == '\0' ||
	       ih_fail_code(err, IH_STATE, "E_ATTACK",
		   "%s: from %" PRId64 " to %" PRId64, found.worst.name,
		   found.worst.least, found.worst.most);
}
