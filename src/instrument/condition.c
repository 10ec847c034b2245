/* This is where a condition becomes a small program, and is run. */
#include "ihala/condition.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/instrument.h"
#include "ihala/node.h"
#include "ihala/text.h"

struct word {
	const char *text;
	size_t length;
};

#define WORD(text)                                                             \
	{                                                                      \
		text, sizeof(text) - 1                                         \
	}

static const struct word states[IH_STATES] = {
	[IH_BLANK] = WORD("blank"),
	[IH_GIVEN] = WORD("given"),
	[IH_NOT_ASKED] = WORD("not-asked"),
	[IH_UNKNOWN] = WORD("unknown"),
	[IH_REFUSED] = WORD("refused"),
};

static const struct word bys[IH_BYS] = {
	[IH_BY_UNSAID] = WORD(""),
	[IH_BY_PERSON] = WORD("person"),
	[IH_BY_INTERPRETER] = WORD("interpreter"),
	[IH_BY_GUARDIAN] = WORD("guardian"),
	[IH_BY_OBSERVED] = WORD("observed"),
	[IH_BY_DOCUMENT] = WORD("document"),
};

static int
find_word(const struct word *words, int count, const char *text, size_t length)
{
	for (int i = 0; i < count; i++)
		if (words[i].length == length &&
		    ih_text_same(words[i].text, text, length))
			return i;
	return -1;
}

const char *
ih_state_name(enum ih_state state)
{
	return states[state].text;
}

int
ih_state_of(const char *name, size_t length)
{
	return find_word(states, IH_STATES, name, length);
}

const char *
ih_by_name(enum ih_by by)
{
	return bys[by].text;
}

int
ih_by_of(const char *name, size_t length)
{
	return length == 0 ? -1 : find_word(bys, IH_BYS, name, length);
}

/* ---- faults of data files */

static void
keep_first(const char *text, void *with)
{
	struct ih_error *err = with;

	if (err->kind == IH_NONE)
		ih_fail(err, IH_INPUT, "%s", text);
}

struct ih_faults
ih_faults_to(struct ih_error *err, const char *name)
{
	return (
	    struct ih_faults){ .name = name, .each = keep_first, .with = err };
}

bool
ih_fault(struct ih_faults *faults, long line, const char *fmt, ...)
{
	char why[300], text[420];
	va_list args;

	va_start(args, fmt);
	vsnprintf(why, sizeof why, fmt, args);
	va_end(args);
	snprintf(text, sizeof text, "%.100s:%ld: %s", faults->name, line, why);
	faults->count++;
	faults->each(text, faults->with);
	return false;
}

/* ---- compiling */

struct compiler {
	const struct ih_scope *scope;
	struct ih_faults *faults;
	struct ih_op *ops;
	size_t count;
	size_t depth, deepest; /* of the stack the program will need */
};

static void
emit(struct compiler *c, struct ih_op op)
{
	static const int grows[] = {
		[IH_OP_CODES] = 1,
		[IH_OP_RANGE] = 1,
		[IH_OP_ANSWERED] = 1,
		[IH_OP_ALL] = -1,
		[IH_OP_ANY] = -1,
		[IH_OP_NOT] = 0,
	};

	c->ops[c->count++] = op;
	c->depth = (size_t)((long)c->depth + grows[op.what]);
	if (c->depth > c->deepest)
		c->deepest = c->depth;
}

/* "One of these codes" of one item is one step, however it was written: a
 * missing answer leaves each of them open alike. */
static bool
merge_codes(struct compiler *c)
{
	struct ih_op *a, *b;

	if (c->count < 2)
		return false;
	a = &c->ops[c->count - 2];
	b = &c->ops[c->count - 1];
	if (a->what != IH_OP_CODES || b->what != IH_OP_CODES ||
	    a->item != b->item)
		return false;
	a->codes |= b->codes;
	c->count--;
	c->depth--;
	return true;
}

static bool
read_integer(const xmlNode *node, const char *name, int64_t *value,
    struct ih_faults *faults)
{
	const char *text = ih_attr(node, name);
	char *end = NULL;

	errno = 0;
	*value = text != NULL ? strtoll(text, &end, 10) : 0;
	if (text == NULL || errno != 0 || end == text || *end != '\0' ||
	    *value > INT32_MAX || *value < INT32_MIN)
		return ih_fault(faults, ih_line(node),
		    "%s of <%s> must be a whole number of at most nine digits",
		    name, (const char *)node->name);
	return true;
}

static const struct ih_item *
item_named(const xmlNode *node, struct compiler *c)
{
	const char *id = ih_attr(node, "item");
	const struct ih_item *item =
	    id != NULL ? ih_instrument_item(c->scope->instrument, id) : NULL;

	if (item == NULL) {
		ih_fault(c->faults, ih_line(node),
		    "there is no item \"%s\"; see the items of instrument %s",
		    id != NULL ? id : "", c->scope->instrument->id);
		return NULL;
	}
	if (item->at >= c->scope->before) {
		ih_fault(c->faults, ih_line(node),
		    "item \"%s\" is asked later; an ask-if can look at "
		    "earlier items only",
		    id);
		return NULL;
	}
	if (c->scope->facts_only && item->part != IH_FACTS) {
		ih_fault(c->faults, ih_line(node),
		    "item \"%s\" belongs to the identity part, which a "
		    "framework never sees",
		    id);
		return NULL;
	}
	return item;
}

static bool
emit_code(const xmlNode *node, const struct ih_item *item, enum ih_type type,
    struct compiler *c)
{
	const char *code = ih_attr(node, "code");
	int at;

	if (item->type != type)
		return ih_fault(c->faults, ih_line(node),
		    "item \"%s\" is not a %s choice: use <%s>", item->id,
		    type == IH_CHOICE ? "single" : "multiple",
		    item->type == IH_CHOICE  ? "is" :
		    item->type == IH_CHOICES ? "has" :
		    item->type == IH_NUMBER  ? "between" :
					       "answered");
	at = ih_choices_find(item->choices, code, strlen(code));
	if (at < 0)
		return ih_fault(c->faults, ih_line(node),
		    "choice list \"%s\" of item \"%s\" has no code \"%s\"",
		    item->choices->id, item->id, code);
	emit(c, (struct ih_op){ .what = IH_OP_CODES,
		    .item = (uint16_t)item->at,
		    .codes = UINT64_C(1) << at });
	return true;
}

static bool
emit_range(const xmlNode *node, const struct ih_item *item, struct compiler *c)
{
	struct ih_op op = { .what = IH_OP_RANGE,
		.item = (uint16_t)item->at,
		.least = INT64_MIN,
		.most = INT64_MAX };
	int64_t value;

	if (item->type != IH_NUMBER)
		return ih_fault(c->faults, ih_line(node),
		    "item \"%s\" is not a number", item->id);
	if (ih_is(node, "between")) {
		if (!read_integer(node, "least", &op.least, c->faults) ||
		    !read_integer(node, "most", &op.most, c->faults))
			return false;
	} else {
		if (!read_integer(node, "value", &value, c->faults))
			return false;
		if (ih_is(node, "lt"))
			op.most = value - 1;
		else
			op.least = value + 1;
	}
	if (op.least > op.most || op.least > item->most ||
	    op.most < item->least)
		return ih_fault(c->faults, ih_line(node),
		    "no answer to item \"%s\" (%lld to %lld) can be in "
		    "this range",
		    item->id, (long long)item->least, (long long)item->most);
	emit(c, op);
	return true;
}

static bool
emit_atom(const xmlNode *node, struct compiler *c)
{
	const struct ih_item *item = item_named(node, c);

	if (item == NULL)
		return false;
	if (ih_is(node, "is"))
		return emit_code(node, item, IH_CHOICE, c);
	if (ih_is(node, "has"))
		return emit_code(node, item, IH_CHOICES, c);
	if (!ih_is(node, "answered"))
		return emit_range(node, item, c);
	if (c->scope->bounded)
		return ih_fault(c->faults, ih_line(node),
		    "<answered> has no place in a framework: an answer still "
		    "to come would count as no");
	emit(c, (struct ih_op){ .what = IH_OP_ANSWERED,
		    .item = (uint16_t)item->at });
	return true;
}

static bool compile(const xmlNode *node, struct compiler *c);

static bool
compile_joined(const xmlNode *node, enum ih_op_what join, struct compiler *c)
{
	bool fine = true, first = true;

	for (xmlNode *n = ih_child(node, NULL); n; n = ih_next(n, NULL)) {
		if (!compile(n, c)) {
			fine = false;
			continue;
		}
		if (!first && !(join == IH_OP_ANY && merge_codes(c)))
			emit(c, (struct ih_op){ .what = (uint8_t)join });
		first = false;
	}
	return fine;
}

static bool
compile(const xmlNode *node, struct compiler *c)
{
	if (ih_is(node, "all"))
		return compile_joined(node, IH_OP_ALL, c);
	if (ih_is(node, "any"))
		return compile_joined(node, IH_OP_ANY, c);
	if (!ih_is(node, "not"))
		return emit_atom(node, c);
	if (!compile(ih_child(node, NULL), c))
		return false;
	emit(c, (struct ih_op){ .what = IH_OP_NOT });
	return true;
}

/* Each element gives at most itself and one join. */
static size_t
count_elements(const xmlNode *node)
{
	size_t count = 1;

	for (xmlNode *n = ih_child(node, NULL); n; n = ih_next(n, NULL))
		count += count_elements(n);
	return count;
}

bool
ih_condition_compile(const xmlNode *node, const struct ih_scope *scope,
    struct ih_arena *arena, struct ih_condition *condition,
    struct ih_faults *faults)
{
	size_t room = 2 * count_elements(node);
	struct compiler c = { .scope = scope, .faults = faults };

	*condition = (struct ih_condition){ 0 };
	if (room > IH_CONDITION_OPS)
		return ih_fault(faults, ih_line(node),
		    "a condition of more than %d parts: split it",
		    IH_CONDITION_OPS / 2);
	c.ops = ih_arena_take(arena, room * sizeof *c.ops);
	if (!compile(node, &c))
		return false;
	if (c.deepest > IH_CONDITION_DEPTH / 2)
		return ih_fault(faults, ih_line(node),
		    "a condition nested too deeply");
	*condition = (struct ih_condition){ c.ops, c.count };
	return true;
}

struct ih_condition
ih_condition_both(struct ih_arena *arena, struct ih_condition a,
    struct ih_condition b)
{
	struct ih_op *ops;

	if (a.count == 0)
		return b;
	if (b.count == 0)
		return a;
	ops = ih_arena_take(arena, (a.count + b.count + 1) * sizeof *ops);
	memcpy(ops, a.ops, a.count * sizeof *ops);
	memcpy(ops + a.count, b.ops, b.count * sizeof *ops);
	ops[a.count + b.count] = (struct ih_op){ .what = IH_OP_ALL };
	return (struct ih_condition){ ops, a.count + b.count + 1 };
}

/* ---- running */

/*
 * A value is two bits: it must be true, it can be true.  All is then "and",
 * any is "or", and not swaps the bits of the complement.
 */
enum { MUST = 1, CAN = 2, SURE = MUST | CAN };

static unsigned
negated(unsigned value)
{
	return ((value & MUST) != 0 ? 0U : (unsigned)CAN) |
	       ((value & CAN) != 0 ? 0U : (unsigned)MUST);
}

static inline bool
meets(const struct ih_op *op, const struct ih_answer *answer)
{
	if (op->what == IH_OP_CODES)
		return (answer->codes & op->codes) != 0;
	return op->what == IH_OP_ANSWERED ||
	       (answer->number >= op->least && answer->number <= op->most);
}

/* Answers are as good as random, so no branch hangs on what they are. */
static inline unsigned
atom(const struct ih_op *op, const struct ih_answer *answer)
{
	static const uint8_t open[IH_STATES] = { [IH_BLANK] = CAN,
		[IH_UNKNOWN] = CAN,
		[IH_REFUSED] = CAN };
	unsigned given = answer->state == IH_GIVEN;

	return (meets(op, answer) & given) * SURE |
	       (op->what == IH_OP_ANSWERED ? 0U : open[answer->state]);
}

static inline enum ih_three
three(unsigned value)
{
	static const uint8_t values[] = {
		[0] = IH_FALSE,
		[MUST] = IH_UNDETERMINED,
		[CAN] = IH_UNDETERMINED,
		[SURE] = IH_TRUE,
	};

	return (enum ih_three)values[value];
}

/* The two bits of each value, the last one lowest. */
struct stack {
	uint64_t must, can;
};

_Static_assert(IH_CONDITION_DEPTH / 2 < 64, "a bit for each value");

static inline struct stack
joined_last(struct stack s, bool all)
{
	if (all)
		return (struct stack){ s.must >> 1 & (s.must | ~UINT64_C(1)),
			s.can >> 1 & (s.can | ~UINT64_C(1)) };
	return (struct stack){ s.must >> 1 | (s.must & 1),
		s.can >> 1 | (s.can & 1) };
}

static inline struct stack
negated_last(struct stack s)
{
	return (struct stack){ (s.must & ~UINT64_C(1)) | (~s.can & 1),
		(s.can & ~UINT64_C(1)) | (~s.must & 1) };
}

static inline struct stack
with_atom(struct stack s, unsigned value)
{
	return (struct stack){ s.must << 1 | (value & MUST),
		s.can << 1 | (value & CAN) >> 1 };
}

enum ih_three
ih_condition_holds(const struct ih_condition *condition,
    const struct ih_answer *answers)
{
	struct stack s = { 0 };

	if (condition->count == 0)
		return IH_TRUE;
	/* Most are one question. */
	if (condition->count == 1)
		return three(
		    atom(condition->ops, &answers[condition->ops->item]));
	for (size_t i = 0; i < condition->count; i++) {
		const struct ih_op *op = &condition->ops[i];

		if (op->what < IH_OP_ALL)
			s = with_atom(s, atom(op, &answers[op->item]));
		else if (op->what == IH_OP_NOT)
			s = negated_last(s);
		else
			s = joined_last(s, op->what == IH_OP_ALL);
	}
	return three((unsigned)(s.must & 1) | (unsigned)(s.can & 1) << 1);
}

bool
ih_condition_names(const struct ih_condition *condition, size_t item)
{
	for (size_t i = 0; i < condition->count; i++)
		if (condition->ops[i].what <= IH_OP_ANSWERED &&
		    condition->ops[i].item == item)
			return true;
	return false;
}

/* Where the part that ends before END begins. */
static size_t
part_before(const struct ih_condition *condition, size_t end)
{
	size_t wanted = 1;

	while (wanted > 0) {
		uint8_t what = condition->ops[--end].what;

		if (what == IH_OP_ALL || what == IH_OP_ANY)
			wanted++;
		else if (what != IH_OP_NOT)
			wanted--;
	}
	return end;
}

/* A half whose value is not that of the whole has not made it. */
bool
ih_condition_rests_on(const struct ih_condition *condition,
    const struct ih_answer *answers, size_t item)
{
	enum ih_three value = ih_condition_holds(condition, answers);
	size_t end = condition->count > 0 ? condition->count - 1 : 0, half;
	struct ih_condition first = { condition->ops, end }, second;

	if (condition->count == 0)
		return false;
	if (condition->ops[end].what == IH_OP_NOT)
		return ih_condition_rests_on(&first, answers, item);
	if (end == 0)
		return condition->ops->item == item;
	half = part_before(condition, end);
	first.count = half;
	second = (struct ih_condition){ condition->ops + half, end - half };
	return (ih_condition_holds(&first, answers) == value &&
		   ih_condition_rests_on(&first, answers, item)) ||
	       (ih_condition_holds(&second, answers) == value &&
		   ih_condition_rests_on(&second, answers, item));
}

/* A third bit: the value is undetermined, and hangs on the items. */
enum { HANGS = 4 };

static unsigned
joined(enum ih_op_what join, unsigned a, unsigned b)
{
	unsigned value = join == IH_OP_ALL ? a & b & SURE : (a | b) & SURE;

	return value == CAN ? value | ((a | b) & HANGS) : value;
}

bool
ih_condition_hangs_on(const struct ih_condition *condition,
    const struct ih_answer *answers, const bool *items)
{
	unsigned char stack[IH_CONDITION_DEPTH] = { 0 };
	size_t top = 0;

	for (size_t i = 0; i < condition->count; i++) {
		const struct ih_op *op = &condition->ops[i];
		unsigned value;

		if (op->what == IH_OP_ALL || op->what == IH_OP_ANY) {
			top--;
			stack[top - 1] = (unsigned char)joined(op->what,
			    stack[top - 1], stack[top]);
		} else if (op->what == IH_OP_NOT) {
			value = negated(stack[top - 1]);
			stack[top - 1] =
			    (unsigned char)(value | (stack[top - 1] & HANGS));
		} else {
			value = atom(op, &answers[op->item]);
			if (value == CAN && items[op->item])
				value |= HANGS;
			stack[top++] = (unsigned char)value;
		}
	}
	return (stack[0] & HANGS) != 0;
}
