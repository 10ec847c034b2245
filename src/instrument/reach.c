/* This is where interviews are tried out, to find a question that no interview
 * can come to. */
#include "reach.h"

#include <string.h>

#define SUBSETS 6 /* codes of a multiple choice whose sets are all tried */
#define ROOM 140  /* answers to one item, those to ranges of numbers aside */

/* What is worth answering to one item. */
struct domain {
	size_t item;
	struct ih_answer *answers;
	size_t count;
};

struct search {
	const struct ih_instrument *instrument;
	const struct ih_condition *goal;
	struct ih_arena *arena;
	bool *counts; /* for each item: the goal hangs on it */
	struct domain *domains;
	size_t count;
	struct ih_answer *answers; /* the interview that is being tried */
	size_t *work;
};

static void
spend(struct search *s, size_t cost)
{
	*s->work -= cost < *s->work ? cost : *s->work;
}

/* ---- the items that count */

static void
note_items(struct search *s, const struct ih_condition *condition)
{
	for (size_t i = 0; i < condition->count; i++)
		if (condition->ops[i].what <= IH_OP_ANSWERED)
			s->counts[condition->ops[i].item] = true;
}

/* Conditions look back only, so that one pass from the end finds all.  What
 * it takes to read them for each item is spent. */
static void
find_items(struct search *s)
{
	size_t ops = s->goal->count, items = 0;

	note_items(s, s->goal);
	for (size_t i = s->instrument->item_count; i-- > 0;) {
		const struct ih_item *item = &s->instrument->items[i];

		if (!s->counts[i])
			continue;
		note_items(s, &item->ask_if);
		ops += item->ask_if.count;
		items++;
	}
	spend(s, ops * items + s->instrument->item_count);
}

/* ---- the answers that conditions tell apart */

/* Counted only, while there is no room yet. */
static void
add_answer(struct domain *domain, struct ih_answer answer)
{
	answer.state = IH_GIVEN;
	if (domain->answers != NULL)
		domain->answers[domain->count] = answer;
	domain->count++;
}

static void
add_number(const struct ih_item *item, struct domain *domain, int64_t number)
{
	if (number >= item->least && number <= item->most)
		add_answer(domain, (struct ih_answer){ .number = number });
}

static void
add_codes(struct domain *domain, uint64_t codes)
{
	if (codes != 0)
		add_answer(domain, (struct ih_answer){ .codes = codes });
}

/* Every set of the first codes named, then each code named, then all, then
 * one that nobody names. */
static void
add_choices(const struct ih_item *item, struct domain *domain, uint64_t named)
{
	size_t count = item->choices->count;
	uint64_t all = count < 64 ? ((uint64_t)1 << count) - 1 : UINT64_MAX;
	uint64_t others = all & ~named, sets = 0;
	size_t bits = 0;

	for (uint64_t left = named; left != 0; left &= left - 1) {
		add_codes(domain, left & -left);
		if (bits++ < SUBSETS)
			sets |= left & -left;
	}
	if (item->type == IH_CHOICES) {
		for (uint64_t set = sets; set != 0; set = (set - 1) & sets)
			add_codes(domain, set);
		add_codes(domain, named);
	}
	add_codes(domain, others & -others);
}

/* What CONDITION says of the item. */
static void
read_condition(const struct ih_item *item, struct domain *domain,
    const struct ih_condition *condition, uint64_t *named)
{
	for (size_t i = 0; i < condition->count; i++) {
		const struct ih_op *op = &condition->ops[i];

		if (op->what > IH_OP_ANSWERED || op->item != item->at)
			continue;
		if (op->what == IH_OP_CODES)
			*named |= op->codes;
		if (op->what != IH_OP_RANGE)
			continue;
		add_number(item, domain, op->least);
		add_number(item, domain, op->most);
		if (op->least > item->least)
			add_number(item, domain, op->least - 1);
		if (op->most < item->most)
			add_number(item, domain, op->most + 1);
	}
}

/* The conditions that may speak of the item: all that come after it. */
static void
read_conditions(struct search *s, const struct ih_item *item,
    struct domain *domain, uint64_t *named)
{
	read_condition(item, domain, s->goal, named);
	for (size_t i = item->at + 1; i < s->instrument->item_count; i++)
		if (s->counts[i])
			read_condition(item, domain,
			    &s->instrument->items[i].ask_if, named);
}

static void
make_domain(struct search *s, const struct ih_item *item)
{
	struct domain *domain = &s->domains[s->count++];
	uint64_t named = 0;

	domain->item = item->at;
	read_conditions(s, item, domain, &named);
	domain->answers = ih_arena_take(s->arena,
	    (domain->count + ROOM) * sizeof *domain->answers);
	domain->count = 0;
	read_conditions(s, item, domain, &named);
	if (item->type == IH_CHOICE || item->type == IH_CHOICES)
		add_choices(item, domain, named);
	if (domain->count == 0)
		add_answer(domain, (struct ih_answer){ .number = item->least });
	/* Left blank: the last that is tried. */
	domain->answers[domain->count++] = (struct ih_answer){ 0 };
}

static void
make_domains(struct search *s)
{
	for (size_t i = 0; i < s->instrument->item_count; i++)
		if (s->counts[i])
			make_domain(s, &s->instrument->items[i]);
}

/* ---- trying */

static enum ih_three
holds(struct search *s, const struct ih_condition *condition)
{
	spend(s, condition->count + 1);
	return ih_condition_holds(condition, s->answers);
}

static bool
try_from(struct search *s, size_t at)
{
	const struct domain *domain = &s->domains[at];
	struct ih_answer *answer;

	if (*s->work == 0)
		return true;
	if (at == s->count)
		return holds(s, s->goal) == IH_TRUE;
	answer = &s->answers[domain->item];
	if (holds(s, &s->instrument->items[domain->item].ask_if) == IH_FALSE) {
		*answer = (struct ih_answer){ .state = IH_NOT_ASKED };
		return try_from(s, at + 1);
	}
	for (size_t i = 0; i < domain->count; i++) {
		*answer = domain->answers[i];
		if (try_from(s, at + 1))
			return true;
	}
	return false;
}

bool
ih_can_be_asked(const struct ih_instrument *instrument,
    const struct ih_condition *goal, size_t *work)
{
	size_t items = instrument->item_count;
	IH_OWNED(ih_arena) arena = ih_arena_new();
	struct search s = { .instrument = instrument,
		.goal = goal,
		.arena = arena,
		.counts = ih_arena_take(arena, items * sizeof *s.counts),
		.domains =
		    ih_arena_take(arena, (items + 1) * sizeof *s.domains),
		.answers = ih_arena_take(arena, items * sizeof *s.answers),
		.work = work };

	if (goal->count == 0)
		return true;
	find_items(&s);
	if (*work == 0)
		return true;
	make_domains(&s);
	return try_from(&s, 0);
}
