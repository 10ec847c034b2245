/* This is where answers become bounds, an outcome and its reasons. */
#include "ihala/assess.h"

#include <stdlib.h>
#include <string.h>

#define GUESS_BITS 12  /* every way they can turn out is tried */
#define GUESS_FACTS 64 /* of all outcome rows together */
#define GUESS_NOT 0xff /* no bit: it is settled */

/* ---- bounds */

struct ih_bounds
ih_bounds_new(const struct ih_framework *framework, struct ih_arena *arena)
{
	size_t dimensions = framework->dimension_count;

	return (struct ih_bounds){
		.indicators = ih_arena_take(arena, framework->indicator_count),
		.dimensions = ih_arena_take(arena, dimensions),
		.outcomes = ih_arena_take(arena, framework->outcome_count),
		.urgencies = ih_arena_take(arena, framework->urgency_count),
		.least =
		    ih_arena_take(arena, dimensions * sizeof(struct ih_tally)),
		.most =
		    ih_arena_take(arena, dimensions * sizeof(struct ih_tally)),
	};
}

static enum ih_three
between(bool least, bool most)
{
	return least ? IH_TRUE : most ? IH_UNDETERMINED : IH_FALSE;
}

static void
find_indicators(const struct ih_framework *framework,
    const struct ih_answer *answers, struct ih_bounds *bounds)
{
	for (size_t i = 0; i < framework->indicator_count; i++)
		bounds->indicators[i] =
		    (uint8_t)ih_condition_holds(&framework->indicators[i].when,
			answers);
}

static unsigned
size_of(const struct ih_tally *tally)
{
	return tally->of[IH_STRONG] + tally->of[IH_MEDIUM] +
	       tally->of[IH_WEAK] + tally->of[IH_UNWEIGHTED];
}

/* Where the rule adds up, a dimension only groups what it adds. */
static bool
is_positive(const struct ih_framework *framework, const struct ih_tally *tally)
{
	return ih_framework_adds_up(framework) ?
		   size_of(tally) > 0 :
		   ih_framework_row(framework, tally) != NULL;
}

static void
find_dimension(const struct ih_framework *framework, size_t d,
    struct ih_bounds *bounds)
{
	const struct ih_dimension *dimension = &framework->dimensions[d];
	struct ih_tally least = { 0 }, most = { 0 };

	for (size_t i = dimension->first;
	     i < dimension->first + dimension->count; i++) {
		enum ih_strength s = framework->indicators[i].strength;

		least.of[s] += bounds->indicators[i] == IH_TRUE;
		most.of[s] += bounds->indicators[i] != IH_FALSE;
	}
	bounds->least[d] = least;
	bounds->most[d] = most;
	bounds->dimensions[d] = (uint8_t)between(is_positive(framework, &least),
	    is_positive(framework, &most));
}

static void
find_sum(const struct ih_framework *framework, struct ih_bounds *bounds)
{
	bounds->sum_least = bounds->sum_most = 0;
	if (!ih_framework_adds_up(framework))
		return;
	for (size_t i = 0; i < framework->indicator_count; i++) {
		unsigned points = framework->indicators[i].points;

		if (bounds->indicators[i] == IH_TRUE)
			bounds->sum_least += points;
		if (bounds->indicators[i] != IH_FALSE)
			bounds->sum_most += points;
	}
}

static void
find_dimensions(const struct ih_framework *framework, struct ih_bounds *bounds)
{
	for (size_t d = 0; d < framework->dimension_count; d++)
		find_dimension(framework, d, bounds);
	find_sum(framework, bounds);
}

static enum ih_three
joined(enum ih_join join, enum ih_three a, enum ih_three b)
{
	enum ih_three decides = join == IH_JOIN_ALL ? IH_FALSE : IH_TRUE;

	if (a == decides || b == decides)
		return decides;
	return a == IH_UNDETERMINED ? a : b;
}

/* What facts become if ITEMS are answered one way; no items: as they are. */
struct supposed {
	const bool *items;
	enum ih_three value;
};

static enum ih_three
fact_holds(const struct ih_condition *fact, const struct ih_answer *answers,
    const struct supposed *supposed)
{
	enum ih_three value = ih_condition_holds(fact, answers);

	return value == IH_UNDETERMINED && supposed->items != NULL &&
		       ih_condition_hangs_on(fact, answers, supposed->items) ?
		   supposed->value :
		   value;
}

/* A formula over what is known of each dimension. */
static enum ih_three
formula_holds(const struct ih_formula *formula, const uint8_t *dimensions,
    const struct ih_answer *answers, const struct supposed *supposed)
{
	uint8_t stack[IH_FORMULA_DEPTH] = { 0 };
	uint8_t *top = stack; /* the last value; none in stack[0] */

	for (size_t i = 0; i < formula->count; i++) {
		const struct ih_join_op *op = &formula->ops[i];

		if (op->what == IH_JOIN_POSITIVE)
			*++top = dimensions[op->dimension];
		else if (op->what == IH_JOIN_FACT)
			*++top =
			    (uint8_t)fact_holds(&op->fact, answers, supposed);
		else {
			top--;
			*top = (uint8_t)joined(op->what, top[0], top[1]);
		}
	}
	return (enum ih_three)top[0];
}

static enum ih_three
row_holds(const struct ih_framework *framework, size_t row,
    const struct ih_answer *answers, const struct supposed *supposed,
    const struct ih_bounds *bounds)
{
	const struct ih_outcome_row *outcome = &framework->outcomes[row];

	return ih_framework_adds_up(framework) ?
		   between(bounds->sum_least >= outcome->from,
		       bounds->sum_most >= outcome->from) :
		   formula_holds(&outcome->when, bounds->dimensions, answers,
		       supposed);
}

static void
find_outcome(const struct ih_framework *framework,
    const struct ih_answer *answers, const struct supposed *supposed,
    struct ih_bounds *bounds)
{
	bounds->at_least = bounds->at_most = IH_NO_INDICATION;
	for (size_t i = 0; i < framework->outcome_count; i++) {
		const struct ih_outcome_row *row = &framework->outcomes[i];
		enum ih_three met =
		    row_holds(framework, i, answers, supposed, bounds);

		bounds->outcomes[i] = (uint8_t)met;
		if (met == IH_TRUE && row->level > bounds->at_least)
			bounds->at_least = row->level;
		if (met != IH_FALSE && row->level > bounds->at_most)
			bounds->at_most = row->level;
	}
}

static const struct supposed nothing = { 0 };

static bool
is_withheld(const struct ih_framework *framework,
    const struct ih_answer *answers)
{
	return framework->withheld.texts.in[IH_EN] != NULL &&
	       ih_condition_holds(&framework->withheld.where, answers) ==
		   IH_TRUE;
}

void
ih_bounds_find(const struct ih_framework *framework,
    const struct ih_answer *answers, struct ih_bounds *bounds)
{
	find_indicators(framework, answers, bounds);
	find_dimensions(framework, bounds);
	find_outcome(framework, answers, &nothing, bounds);
	bounds->withheld = is_withheld(framework, answers);
	if (bounds->withheld) {
		bounds->at_least = IH_NO_INDICATION;
		bounds->at_most = IH_INDICATED;
	}
	for (size_t i = 0; i < framework->urgency_count; i++)
		bounds->urgencies[i] =
		    (uint8_t)ih_condition_holds(&framework->urgencies[i].when,
			answers);
}

const char *
ih_outcome_name(enum ih_level at_least, enum ih_level at_most)
{
	return at_least == at_most ? ih_level_name(at_least) : "undetermined";
}

/* ---- the smallest set that suffices */

/* Keep T where it is positive and shorter than BEST. */
static void
keep_shorter(const struct ih_framework *framework, const struct ih_tally *t,
    struct ih_tally *best, unsigned *least)
{
	if (size_of(t) < *least && is_positive(framework, t)) {
		*least = size_of(t);
		*best = *t;
	}
}

/*
 * The fewest indicators of the tally PRESENT that make a dimension positive,
 * strong ones before medium before weak where two ways are equally short.
 */
static struct ih_tally
fewest(const struct ih_framework *framework, const struct ih_tally *present)
{
	const unsigned *most = present->of;
	struct ih_tally best = *present;
	unsigned least = UINT32_MAX;

	for (unsigned s = most[IH_STRONG] + 1; s-- > 0;)
		for (unsigned m = most[IH_MEDIUM] + 1; m-- > 0;)
			for (unsigned w = 0; w <= most[IH_WEAK]; w++)
				for (unsigned u = 0; u <= most[IH_UNWEIGHTED];
				     u++)
					keep_shorter(framework,
					    &(struct ih_tally){
						{ s, m, w, u } },
					    &best, &least);
	return best;
}

/* Would these dimensions alone (a bit each) reach the level? */
static bool
suffices(const struct ih_assessment *a, unsigned set)
{
	const struct ih_framework *f = a->framework;
	uint8_t dimensions[IH_DIMENSIONS_MAX];

	for (size_t d = 0; d < f->dimension_count; d++)
		dimensions[d] =
		    (set >> d & 1) != 0 ? (uint8_t)IH_TRUE : (uint8_t)IH_FALSE;
	for (size_t i = 0; i < f->outcome_count; i++)
		if (f->outcomes[i].level == a->bounds.at_least &&
		    formula_holds(&f->outcomes[i].when, dimensions,
			a->answers->answers, &nothing) == IH_TRUE)
			return true;
	return false;
}

/* The cheapest set of dimensions; COST is the price of each. */
static unsigned
cheapest(const struct ih_assessment *a, const unsigned *cost)
{
	size_t count = a->framework->dimension_count;
	unsigned best = 0, best_price = UINT32_MAX;

	for (unsigned set = 0; set < 1U << count; set++) {
		unsigned price = 0;
		bool positive = true;

		for (size_t d = 0; d < count; d++)
			if ((set >> d & 1) != 0) {
				price += cost[d];
				positive = positive &&
					   a->bounds.dimensions[d] == IH_TRUE;
			}
		if (positive && price < best_price && suffices(a, set)) {
			best = set;
			best_price = price;
		}
	}
	return best;
}

static void
mark_sufficient(struct ih_assessment *a, size_t d, struct ih_tally wanted)
{
	const struct ih_framework *f = a->framework;
	const struct ih_dimension *dimension = &f->dimensions[d];

	for (size_t i = dimension->first;
	     i < dimension->first + dimension->count; i++) {
		unsigned *left = &wanted.of[f->indicators[i].strength];

		if (a->bounds.indicators[i] == IH_TRUE && *left > 0) {
			a->sufficient[i] = true;
			--*left;
		}
	}
}

/* The sum at which the level that is sure begins. */
static unsigned
sum_wanted(const struct ih_assessment *a)
{
	const struct ih_framework *f = a->framework;

	for (size_t i = 0; i < f->outcome_count; i++)
		if (f->outcomes[i].level == a->bounds.at_least)
			return f->outcomes[i].from;
	return 0;
}

/* The most points first; in the order of the file where they are equal. */
static void
find_sufficient_sum(struct ih_assessment *a)
{
	const struct ih_framework *f = a->framework;
	unsigned wanted = sum_wanted(a), sum = 0;

	for (unsigned points = IH_POINTS_MAX; points > 0; points--)
		for (size_t i = 0; i < f->indicator_count && sum < wanted; i++)
			if (f->indicators[i].points == points &&
			    a->bounds.indicators[i] == IH_TRUE) {
				a->sufficient[i] = true;
				sum += points;
			}
}

static void
find_sufficient(struct ih_assessment *a)
{
	const struct ih_framework *f = a->framework;
	struct ih_tally wanted[IH_DIMENSIONS_MAX] = { 0 };
	unsigned cost[IH_DIMENSIONS_MAX] = { 0 };
	unsigned set;

	if (a->bounds.at_least == IH_NO_INDICATION)
		return;
	if (ih_framework_adds_up(f)) {
		find_sufficient_sum(a);
		return;
	}
	for (size_t d = 0; d < f->dimension_count; d++) {
		wanted[d] = fewest(f, &a->bounds.least[d]);
		cost[d] = size_of(&wanted[d]);
	}
	set = cheapest(a, cost);
	for (size_t d = 0; d < f->dimension_count; d++)
		if ((set >> d & 1) != 0)
			mark_sufficient(a, d, wanted[d]);
}

/* ---- what would settle it */

/* A row matters where it is undetermined and above what is already sure. */
static bool
row_matters(const struct ih_assessment *a, size_t row)
{
	return a->bounds.outcomes[row] == IH_UNDETERMINED &&
	       a->framework->outcomes[row].level > a->bounds.at_least;
}

/*
 * Does the formula hang on DIMENSION, or, where ITEMS is not NULL, on answers
 * to those items by way of a fact?  As in ih_condition_hangs_on().
 */
static bool
formula_hangs_on(const struct ih_formula *formula, const uint8_t *dimensions,
    const struct ih_answer *answers, size_t dimension, const bool *items)
{
	enum ih_three value[IH_FORMULA_DEPTH] = { 0 };
	bool hangs[IH_FORMULA_DEPTH] = { 0 };
	size_t top = 0;

	for (size_t i = 0; i < formula->count; i++) {
		const struct ih_join_op *op = &formula->ops[i];

		if (op->what == IH_JOIN_POSITIVE) {
			value[top] = (enum ih_three)dimensions[op->dimension];
			hangs[top] = op->dimension == dimension &&
				     value[top] == IH_UNDETERMINED;
			top++;
		} else if (op->what == IH_JOIN_FACT) {
			value[top] = ih_condition_holds(&op->fact, answers);
			hangs[top++] =
			    items != NULL &&
			    ih_condition_hangs_on(&op->fact, answers, items);
		} else {
			top--;
			value[top - 1] =
			    joined(op->what, value[top - 1], value[top]);
			hangs[top - 1] = (hangs[top - 1] || hangs[top]) &&
					 value[top - 1] == IH_UNDETERMINED;
		}
	}
	return hangs[0];
}

static bool
outcome_hangs_on(const struct ih_assessment *a, size_t dimension,
    const bool *items)
{
	for (size_t i = 0; i < a->framework->outcome_count; i++)
		if (row_matters(a, i) &&
		    formula_hangs_on(&a->framework->outcomes[i].when,
			a->bounds.dimensions, a->answers->answers, dimension,
			items))
			return true;
	return false;
}

/* Does one more of STRENGTH make T positive that is not? */
static bool
tips(const struct ih_assessment *a, struct ih_tally t,
    enum ih_strength strength)
{
	if (is_positive(a->framework, &t))
		return false;
	t.of[strength]++;
	return is_positive(a->framework, &t);
}

/*
 * Is there a way the other undetermined indicators of the dimension could
 * turn out, such that one more of STRENGTH makes it positive?
 */
static bool
is_pivotal(const struct ih_assessment *a, size_t d, enum ih_strength strength)
{
	const unsigned *lo = a->bounds.least[d].of;
	struct ih_tally most = a->bounds.most[d];
	const unsigned *hi = most.of;

	most.of[strength]--;
	for (unsigned s = lo[IH_STRONG]; s <= hi[IH_STRONG]; s++)
		for (unsigned m = lo[IH_MEDIUM]; m <= hi[IH_MEDIUM]; m++)
			for (unsigned w = lo[IH_WEAK]; w <= hi[IH_WEAK]; w++)
				for (unsigned u = lo[IH_UNWEIGHTED];
				     u <= hi[IH_UNWEIGHTED]; u++)
					if (tips(a,
						(struct ih_tally){
						    { s, m, w, u } },
						strength))
						return true;
	return false;
}

/*
 * REACHED, for each sum below LIMIT: the undetermined indicators, one of
 * POINTS left out, can add up to it.
 */
static void
find_reached(const struct ih_assessment *a, unsigned points, bool *reached,
    unsigned limit)
{
	const struct ih_framework *f = a->framework;
	bool left_out = false;

	memset(reached, 0, limit);
	reached[0] = true;
	for (size_t i = 0; i < f->indicator_count; i++) {
		unsigned more = f->indicators[i].points;

		if (a->bounds.indicators[i] != IH_UNDETERMINED)
			continue;
		if (more == points && !left_out) {
			left_out = true;
			continue;
		}
		for (unsigned sum = limit; sum-- > more;)
			reached[sum] = reached[sum] || reached[sum - more];
	}
}

/* Does the level rise at this row, and is it open whether it is met? */
static bool
row_raises(const struct ih_assessment *a, size_t row)
{
	const struct ih_outcome_row *rows = a->framework->outcomes;

	return row_matters(a, row) &&
	       (row == 0 || rows[row - 1].level < rows[row].level);
}

/* Is there a way the others could turn out such that these POINTS decide? */
static bool
points_are_pivotal(const struct ih_assessment *a, unsigned points,
    struct ih_arena *scratch)
{
	const struct ih_framework *f = a->framework;

	for (size_t i = 0; i < f->outcome_count; i++) {
		unsigned gap = f->outcomes[i].from - a->bounds.sum_least;

		if (!row_raises(a, i))
			continue;
		bool *reached = ih_arena_take(scratch, gap);
		find_reached(a, points, reached, gap);
		for (unsigned sum = gap > points ? gap - points : 0; sum < gap;
		     sum++)
			if (reached[sum])
				return true;
	}
	return false;
}

static void
find_open_sum(const struct ih_assessment *a, struct ih_arena *scratch,
    bool *open)
{
	const struct ih_framework *f = a->framework;
	bool known[IH_POINTS_MAX + 1] = { 0 }, pivotal[IH_POINTS_MAX + 1];

	for (size_t i = 0; i < f->indicator_count; i++) {
		unsigned points = f->indicators[i].points;

		if (a->bounds.indicators[i] != IH_UNDETERMINED)
			continue;
		if (!known[points])
			pivotal[points] =
			    points_are_pivotal(a, points, scratch);
		known[points] = true;
		open[i] = pivotal[points];
	}
}

/*
 * What is open above the indicators: dimensions, then facts of outcome rows
 * in the order they stand, each with the place of its bit in a guess.
 */
struct guessing {
	const struct ih_assessment *a;
	uint8_t dimensions[IH_DIMENSIONS_MAX]; /* bit; GUESS_NOT: settled */
	uint8_t facts[GUESS_FACTS];            /* the same */
	enum ih_three known[GUESS_FACTS];
	unsigned count; /* bits */
};

static unsigned
add_guess(struct guessing *g, enum ih_three value)
{
	return value == IH_UNDETERMINED ? g->count++ : GUESS_NOT;
}

/* False: too much is open to try every way. */
static bool
start_guessing(struct guessing *g, const struct ih_assessment *a)
{
	const struct ih_framework *f = a->framework;
	size_t facts = 0;

	*g = (struct guessing){ .a = a };
	for (size_t d = 0; d < f->dimension_count; d++)
		g->dimensions[d] = (uint8_t)add_guess(g,
		    (enum ih_three)a->bounds.dimensions[d]);
	for (size_t i = 0; i < f->outcome_count; i++)
		for (size_t o = 0; o < f->outcomes[i].when.count; o++) {
			const struct ih_join_op *op =
			    &f->outcomes[i].when.ops[o];

			if (op->what != IH_JOIN_FACT)
				continue;
			if (facts == GUESS_FACTS)
				return false;
			g->known[facts] =
			    ih_condition_holds(&op->fact, a->answers->answers);
			g->facts[facts] =
			    (uint8_t)add_guess(g, g->known[facts]);
			facts++;
		}
	return g->count <= GUESS_BITS;
}

static bool
guessed(unsigned guess, uint8_t bit, enum ih_three known)
{
	return bit == GUESS_NOT ? known == IH_TRUE : (guess >> bit & 1) != 0;
}

static bool
row_is_guessed(const struct guessing *g, const struct ih_formula *formula,
    unsigned guess, size_t *fact)
{
	bool stack[IH_FORMULA_DEPTH] = { 0 };
	bool *top = stack; /* as in formula_holds() */

	for (size_t i = 0; i < formula->count; i++) {
		const struct ih_join_op *op = &formula->ops[i];

		if (op->what == IH_JOIN_POSITIVE) {
			*++top = guessed(guess, g->dimensions[op->dimension],
			    (enum ih_three)
				g->a->bounds.dimensions[op->dimension]);
		} else if (op->what == IH_JOIN_FACT) {
			*++top =
			    guessed(guess, g->facts[*fact], g->known[*fact]);
			++*fact;
		} else {
			top--;
			*top = op->what == IH_JOIN_ALL ? top[0] && top[1] :
							 top[0] || top[1];
		}
	}
	return *top;
}

static enum ih_level
level_guessed(const struct guessing *g, unsigned guess)
{
	const struct ih_framework *f = g->a->framework;
	enum ih_level level = IH_NO_INDICATION;
	size_t fact = 0;

	for (size_t i = 0; i < f->outcome_count; i++)
		if (row_is_guessed(g, &f->outcomes[i].when, guess, &fact) &&
		    f->outcomes[i].level > level)
			level = f->outcomes[i].level;
	return level;
}

/*
 * DECISIVE, for each dimension: there is a way all else could turn out such
 * that it changes the level.  Where too much is open: such that it could
 * change a row.
 */
static void
find_decisive(const struct ih_assessment *a, bool *decisive)
{
	const struct ih_framework *f = a->framework;
	uint8_t levels[1 << GUESS_BITS];
	struct guessing g;
	bool every = start_guessing(&g, a);

	for (unsigned guess = 0; every && guess < 1U << g.count; guess++)
		levels[guess] = (uint8_t)level_guessed(&g, guess);
	for (size_t d = 0; d < f->dimension_count; d++) {
		unsigned bit = g.dimensions[d];

		decisive[d] = outcome_hangs_on(a, d, NULL);
		if (!every || !decisive[d])
			continue;
		decisive[d] = false;
		for (unsigned guess = 0; guess < 1U << g.count; guess++)
			decisive[d] =
			    decisive[d] ||
			    levels[guess] != levels[guess | 1U << bit];
	}
}

/* OPEN, for each indicator: it can still change the outcome. */
static void
find_open(const struct ih_assessment *a, bool *open)
{
	const struct ih_framework *f = a->framework;
	bool decisive[IH_DIMENSIONS_MAX];

	find_decisive(a, decisive);
	for (size_t d = 0; d < f->dimension_count; d++) {
		bool pivotal[IH_STRENGTHS] = { 0 };

		if (!decisive[d])
			continue;
		for (int s = 0; s < IH_STRENGTHS; s++)
			pivotal[s] = a->bounds.most[d].of[s] >
					 a->bounds.least[d].of[s] &&
				     is_pivotal(a, d, (enum ih_strength)s);
		for (size_t i = f->dimensions[d].first;
		     i < f->dimensions[d].first + f->dimensions[d].count; i++)
			open[i] = a->bounds.indicators[i] == IH_UNDETERMINED &&
				  pivotal[f->indicators[i].strength];
	}
}

static bool
is_missing(const struct ih_answer *answer)
{
	return answer->state == IH_BLANK || answer->state == IH_UNKNOWN ||
	       answer->state == IH_REFUSED;
}

/*
 * The items that go with ITEM: itself, and the questions whose ask-if hangs
 * on it, for a "no" to the one closes the others.
 */
static bool
find_companions(const struct ih_assessment *a, size_t item, bool *companions)
{
	const struct ih_instrument *instrument = a->answers->instrument;
	const struct ih_answer *answers = a->answers->answers;
	bool gate = false;

	memset(companions, 0, instrument->item_count);
	companions[item] = true;
	for (size_t i = item + 1; i < instrument->item_count; i++)
		if (is_missing(&answers[i]) &&
		    ih_condition_hangs_on(&instrument->items[i].ask_if, answers,
			companions))
			companions[i] = gate = true;
	return gate;
}

struct weighed {
	struct ih_settle settle;
	unsigned levels;     /* by how many the outcome narrows */
	unsigned dimensions; /* that become settled */
	unsigned weight;     /* of the open indicators: 3, 2, 1; points */
};

/* How things would stand if the TOUCHED indicators, and the facts that hang
 * on the companions, were all VALUE; what is won goes to WEIGHED. */
static void
weigh_supposed(const struct ih_assessment *a, const bool *touched,
    struct supposed what, struct ih_bounds *then, struct weighed *weighed)
{
	const struct ih_framework *f = a->framework;

	memcpy(then->indicators, a->bounds.indicators, f->indicator_count);
	for (size_t i = 0; i < f->indicator_count; i++)
		if (touched[i])
			then->indicators[i] = (uint8_t)what.value;
	find_dimensions(f, then);
	for (size_t d = 0; d < f->dimension_count; d++)
		weighed->dimensions +=
		    a->bounds.dimensions[d] == IH_UNDETERMINED &&
		    then->dimensions[d] != IH_UNDETERMINED;
	find_outcome(f, a->answers->answers, &what, then);
	weighed->levels += (unsigned)(then->at_least - a->bounds.at_least);
	weighed->levels += (unsigned)(a->bounds.at_most - then->at_most);
}

/* False: no answer to this item can change the outcome. */
static bool
weigh(const struct ih_assessment *a, const bool *open, size_t item,
    bool *companions, struct ih_bounds *then, struct weighed *weighed)
{
	static const unsigned weights[IH_STRENGTHS] = { 3, 2, 1, 1 };
	const struct ih_framework *f = a->framework;
	bool touched[IH_INDICATORS_MAX] = { 0 };

	*weighed = (struct weighed){
		.settle = { .item = &a->answers->instrument->items[item] }
	};
	weighed->settle.gate = find_companions(a, item, companions);
	for (size_t i = 0; i < f->indicator_count; i++) {
		touched[i] =
		    open[i] && ih_condition_hangs_on(&f->indicators[i].when,
				   a->answers->answers, companions);
		weighed->settle.indicators += touched[i];
		if (touched[i])
			weighed->weight += f->indicators[i].points *
					   weights[f->indicators[i].strength];
	}
	if (weighed->settle.indicators == 0 &&
	    !outcome_hangs_on(a, SIZE_MAX, companions))
		return false;
	weigh_supposed(a, touched, (struct supposed){ companions, IH_TRUE },
	    then, weighed);
	weigh_supposed(a, touched, (struct supposed){ companions, IH_FALSE },
	    then, weighed);
	return true;
}

static int
by_decisiveness(const void *one, const void *other)
{
	const struct weighed *a = one, *b = other;

	if (a->levels != b->levels)
		return a->levels > b->levels ? -1 : 1;
	if (a->dimensions != b->dimensions)
		return a->dimensions > b->dimensions ? -1 : 1;
	if (a->weight != b->weight)
		return a->weight > b->weight ? -1 : 1;
	return a->settle.item->at < b->settle.item->at ? -1 : 1;
}

static void
find_settle(struct ih_assessment *a)
{
	size_t count = a->answers->instrument->item_count;
	IH_OWNED(ih_arena) scratch = ih_arena_new();
	struct weighed *found = ih_arena_take(scratch, count * sizeof *found);
	bool *companions = ih_arena_take(scratch, count);
	struct ih_bounds then = ih_bounds_new(a->framework, scratch);
	bool *open = ih_arena_take(scratch, a->framework->indicator_count);

	if (ih_framework_adds_up(a->framework))
		find_open_sum(a, scratch, open);
	else
		find_open(a, open);
	for (size_t i = 0; i < count; i++)
		if (is_missing(&a->answers->answers[i]) &&
		    weigh(a, open, i, companions, &then,
			&found[a->settle_count]))
			a->settle_count++;
	qsort(found, a->settle_count, sizeof *found, by_decisiveness);
	a->settle =
	    ih_arena_take(a->arena, a->settle_count * sizeof *a->settle);
	for (size_t i = 0; i < a->settle_count; i++)
		a->settle[i] = found[i].settle;
}

/* ---- the whole */

/* Of two rows of one level the author's first comes first; of two bands the
 * higher. */
static void
find_met(struct ih_assessment *a, enum ih_level level)
{
	const struct ih_framework *f = a->framework;

	for (size_t i = 0; i < f->outcome_count; i++) {
		size_t at =
		    ih_framework_adds_up(f) ? f->outcome_count - 1 - i : i;

		if (f->outcomes[at].level == level &&
		    a->bounds.outcomes[at] == IH_TRUE)
			a->met[a->met_count++] = &f->outcomes[at];
	}
}

static void
find_rows(struct ih_assessment *a)
{
	const struct ih_framework *f = a->framework;

	a->rows = ih_arena_take(a->arena, f->dimension_count * sizeof(void *));
	a->met = ih_arena_take(a->arena, f->outcome_count * sizeof(void *));
	for (size_t d = 0; d < f->dimension_count; d++)
		a->rows[d] = ih_framework_row(f, &a->bounds.least[d]);
	for (int level = IH_INDICATED;
	     level > IH_NO_INDICATION && !a->bounds.withheld; level--)
		find_met(a, (enum ih_level)level);
}

static void
find_contradictions(struct ih_assessment *a)
{
	const struct ih_framework *f = a->framework;

	a->contradictions =
	    ih_arena_take(a->arena, f->contradiction_count * sizeof(void *));
	for (size_t i = 0; i < f->contradiction_count; i++)
		if (ih_condition_holds(&f->contradictions[i].when,
			a->answers->answers) == IH_TRUE)
			a->contradictions[a->contradiction_count++] =
			    &f->contradictions[i];
}

/* The identity part is no evidence: who is nameless here is not evasive. */
static void
count_unanswered(struct ih_assessment *a)
{
	const struct ih_instrument *instrument = a->answers->instrument;

	for (size_t i = 0; i < instrument->item_count; i++) {
		enum ih_state state =
		    (enum ih_state)a->answers->answers[i].state;

		if (instrument->items[i].part != IH_FACTS)
			continue;
		a->unanswered[state]++;
		a->asked += state != IH_NOT_ASKED;
	}
}

struct ih_assessment *
ih_assess(const struct ih_framework *framework,
    const struct ih_answers *answers)
{
	struct ih_arena *arena = ih_arena_new();
	struct ih_assessment *a = ih_arena_take(arena, sizeof *a);

	a->arena = arena;
	a->framework = framework;
	a->answers = answers;
	a->bounds = ih_bounds_new(framework, arena);
	a->sufficient = ih_arena_take(arena, framework->indicator_count);
	ih_bounds_find(framework, answers->answers, &a->bounds);
	a->settled = a->bounds.at_least == a->bounds.at_most;
	find_rows(a);
	find_sufficient(a);
	if (!a->settled && !a->bounds.withheld)
		find_settle(a);
	find_contradictions(a);
	count_unanswered(a);
	return a;
}

void
ih_assessment_free(struct ih_assessment *assessment)
{
	if (assessment != NULL)
		ih_arena_free(assessment->arena);
}
