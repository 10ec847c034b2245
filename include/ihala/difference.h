/*
 * difference.h - what changed from one instrument to another, and what that
 * does to interviews that were taken with the first.
 *
 * Each change has an effect, by a table: a text alone, which a reader has to
 * judge; answers that can still be compared; answers that no longer can.
 * Items, sections and lists are known by their ids; one that was renamed is
 * one removed and one added.  Two skips are the same where they are written
 * the same way, with the codes of one answer in any order; so two that only
 * mean the same are told as changed.
 *
 * Source: xml/schema/instrument.rng, part by part.
 */
#ifndef IHALA_DIFFERENCE_H
#define IHALA_DIFFERENCE_H

#include "ihala/answers.h"
#include "ihala/instrument.h"

enum ih_effect {
	IH_WORDING,    /* whether the meaning is the same, a reader judges */
	IH_COMPARABLE, /* an answer says what it said */
	IH_NOT_COMPARABLE,
	IH_EFFECTS
};

enum ih_difference_what {
	IH_DIFF_TITLE,
	IH_DIFF_SECTION_ADDED,
	IH_DIFF_SECTION_REMOVED,
	IH_DIFF_SECTION_MOVED,
	IH_DIFF_SECTION_TITLE,
	IH_DIFF_SECTION_SKIP,
	IH_DIFF_ITEM_ADDED,
	IH_DIFF_ITEM_REMOVED,
	IH_DIFF_ITEM_MOVED,   /* among those of its section */
	IH_DIFF_ITEM_SECTION, /* to another section */
	IH_DIFF_ITEM_QUESTION,
	IH_DIFF_ITEM_NOTE,
	IH_DIFF_ITEM_TYPE,
	IH_DIFF_ITEM_SEVERAL, /* one code before, now any number */
	IH_DIFF_ITEM_WIDER,   /* more numbers than before, and all of those */
	IH_DIFF_ITEM_RANGE,   /* other numbers */
	IH_DIFF_ITEM_HOW,
	IH_DIFF_ITEM_PART,
	IH_DIFF_ITEM_LIST,      /* another list, without some of the codes */
	IH_DIFF_ITEM_LIST_MORE, /* another list, which has all of them */
	IH_DIFF_ITEM_SKIP,
	IH_DIFF_CODE_ADDED,
	IH_DIFF_CODE_REMOVED,
	IH_DIFF_CODE_MOVED,
	IH_DIFF_CODE_TEXT,
	IH_DIFF_WHATS
};

/* "item-removed"; "wording", "comparable", "not-comparable". */
const char *ih_difference_name(enum ih_difference_what what);
const char *ih_effect_name(enum ih_effect effect);
enum ih_effect ih_difference_effect(enum ih_difference_what what);

struct ih_difference {
	enum ih_difference_what what;
	const char *place;     /* id of the item, section or list; "" */
	const char *code;      /* of the list; NULL: it is not about one */
	const char *tag;       /* language of the texts; NULL: none */
	const char *was, *now; /* NULL: nothing to show */
};

/* Borrows from both instruments, which must outlive it. */
typedef struct ih_differences {
	struct ih_arena *arena;
	const struct ih_instrument *was, *now;
	struct ih_difference *list; /* in the order of the instruments */
	size_t count, room;
	size_t of[IH_EFFECTS]; /* how many */
} ih_differences;

/* Caller owns.  Never fails; none at all where nothing that is asked, or how,
 * is different. */
struct ih_differences *ih_differences_find(const struct ih_instrument *was,
    const struct ih_instrument *now);
void ih_differences_free(struct ih_differences *differences);

/* Why an answer would not stand as it does. */
enum ih_touch {
	IH_TOUCH_NONE,
	IH_TOUCH_REMOVED,   /* answered, and no longer asked of anybody */
	IH_TOUCH_TYPE,      /* given to another type of question */
	IH_TOUCH_CODE,      /* a code that was given is no longer there */
	IH_TOUCH_RANGE,     /* the number given is out of range now */
	IH_TOUCH_SKIPPED,   /* was open to an answer, would be skipped */
	IH_TOUCH_NOT_ASKED, /* was skipped, would be asked */
	IH_TOUCHES
};

const char *ih_touch_name(enum ih_touch touch); /* "code"; "" for none */

/*
 * What the new instrument does to each answer of an interview taken with the
 * old one: TOUCHES has an enum ih_touch for each item of the old one.  How
 * many are touched.  The first reason counts, in the order above.
 */
size_t ih_differences_touch(const struct ih_differences *differences,
    const struct ih_answers *answers, uint8_t *touches);

IH_OWNER(ih_differences, ih_differences_free)

#endif
