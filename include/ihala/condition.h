/*
 * condition.h - is it so, given these answers: yes, no, or not known yet.
 *
 * A condition is data in an instrument or a framework (all, any, not, is,
 * has, lt, gt, between, answered).  It is compiled once into a short postfix
 * program and then evaluated without allocating, for one interview or for
 * a million.
 *
 * Three values (strong Kleene logic).  An answer that was given decides by
 * its value.  A question that a skip made irrelevant (not-asked) counts as
 * false.  Blank, unknown and refused are undetermined: refused is never
 * "no".  `answered` alone has two values: true where an answer was given.
 *
 * Source: S. C. Kleene, Introduction to Metamathematics (1952), section 64;
 * src/README.md "How the engine reasons".
 */
#ifndef IHALA_CONDITION_H
#define IHALA_CONDITION_H

#include <libxml/tree.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ihala/arena.h"
#include "ihala/date.h"
#include "ihala/error.h"

struct ih_instrument;

enum ih_state {
	IH_BLANK, /* no answer yet */
	IH_GIVEN,
	IH_NOT_ASKED, /* a skip made it irrelevant */
	IH_UNKNOWN,   /* the person does not know */
	IH_REFUSED,
	IH_STATES
};

enum ih_by { /* who said it */
	IH_BY_UNSAID,
	IH_BY_PERSON,
	IH_BY_INTERPRETER,
	IH_BY_GUARDIAN,
	IH_BY_OBSERVED,
	IH_BY_DOCUMENT,
	IH_BYS
};

/* What stands for one item in one interview. */
struct ih_answer {
	uint64_t codes;      /* choice, choices: bit N is code N of the list */
	int64_t number;      /* number */
	struct ih_date date; /* date */
	const char *text;    /* text, as written; NULL where nobody keeps it */
	uint8_t state;       /* enum ih_state */
	uint8_t by;          /* enum ih_by */
	bool said;           /* the document holds an answer for the item */
};

/* "blank", "given", "not-asked", "unknown", "refused", and back (-1). */
const char *ih_state_name(enum ih_state state);
int ih_state_of(const char *name, size_t length);
/* "person", "interpreter"...; "" for IH_BY_UNSAID; and back (-1). */
const char *ih_by_name(enum ih_by by);
int ih_by_of(const char *name, size_t length);

/* A fault of a data file: "NAME:LINE: what is wrong and what to do". */
typedef void ih_fault_each(const char *text, void *with);

struct ih_faults {
	const char *name; /* of the file, borrowed */
	ih_fault_each *each;
	void *with;
	size_t count; /* so far */
};

/* Faults that end up in ERR: the first one, as IH_INPUT. */
struct ih_faults ih_faults_to(struct ih_error *err, const char *name);
/* Report one.  Always false. */
bool ih_fault(struct ih_faults *faults, long line, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

#define IH_CONDITION_DEPTH 80 /* twice what a schema-valid file can nest */
#define IH_CONDITION_OPS 4096 /* of one condition */

enum ih_op_what {
	IH_OP_CODES,    /* one of these codes was given */
	IH_OP_RANGE,    /* the number is least to most */
	IH_OP_ANSWERED, /* an answer was given */
	IH_OP_ALL,      /* of the two before */
	IH_OP_ANY,      /* of the two before */
	IH_OP_NOT       /* of the one before */
};

struct ih_op {
	uint8_t what;  /* enum ih_op_what */
	uint16_t item; /* its place in the instrument */
	uint64_t codes;
	int64_t least, most;
};

/* Lives in the arena it was compiled into.  No ops: always true. */
struct ih_condition {
	const struct ih_op *ops;
	size_t count;
};

/* Which items a condition may speak of. */
struct ih_scope {
	const struct ih_instrument *instrument;
	size_t before;   /* items that stand before this one only */
	bool facts_only; /* not items of the identity part */
	bool bounded;    /* not `answered`, which a later answer can flip */
};

/*
 * Compile the condition element NODE, of a document that fits its schema.
 * False: every fault was reported: unknown item or code, an item that comes
 * later, an atom that does not fit the type of its item.
 */
bool ih_condition_compile(const xmlNode *node, const struct ih_scope *scope,
    struct ih_arena *arena, struct ih_condition *condition,
    struct ih_faults *faults);

/* Both, in ARENA. */
struct ih_condition ih_condition_both(struct ih_arena *arena,
    struct ih_condition a, struct ih_condition b);

/* Over ANSWERS, one for each item of the instrument.  No allocation. */
enum ih_three ih_condition_holds(const struct ih_condition *condition,
    const struct ih_answer *answers);

/* Does the condition speak of ITEM at all? */
bool ih_condition_names(const struct ih_condition *condition, size_t item);

/*
 * Does the answer to ITEM help to make it what it is: true, false, or
 * undetermined?  Of several that would each suffice, all do.
 */
bool ih_condition_rests_on(const struct ih_condition *condition,
    const struct ih_answer *answers, size_t item);

/*
 * Is it undetermined, and could answers to ITEMS (a flag for each item of
 * the instrument) change that?
 */
bool ih_condition_hangs_on(const struct ih_condition *condition,
    const struct ih_answer *answers, const bool *items);

#endif
