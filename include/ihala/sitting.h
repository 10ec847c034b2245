/*
 * sitting.h - an interview while it goes on: what was said so far, what
 * counts of it, and what is asked next.
 *
 * What was said stays where it is when a later answer makes its question
 * irrelevant: it is set aside, counts for nothing, and counts again when that
 * answer is taken back.  Only that is asked of which the instrument's ask-if is
 * surely true, as on a page and a phone: who does not say that the interview
 * may go on is not asked on.  While it hangs on a question that is still to
 * come, it is open.
 *
 * An item for which "blank" was said was passed over: it has no answer and is
 * not asked again by itself.
 *
 * For each section it is noted when it was answered, which says something
 * about the data and is never held against the person.
 *
 * Source: xml/schema/draft.rng, xml/schema/answers.rng.
 */
#ifndef IHALA_SITTING_H
#define IHALA_SITTING_H

#include "ihala/answers.h"
#include "ihala/id.h"

#define IH_SAID_MAX ((size_t)20000) /* bytes of one value */

/* When a section was answered: instants, 0 where it was not. */
struct ih_pace {
	int64_t first, last, answers;
};

/* What an interview says of itself; area NULL: not said. */
struct ih_sitting_head {
	const char *id; /* a UUID */
	const char *committee, *channel, *language, *area;
	struct ih_date date; /* on which it was begun */
	bool training;
};

typedef struct ih_sitting {
	struct ih_arena *arena;
	const struct ih_instrument *instrument; /* borrowed */
	struct ih_sitting_head head;
	struct ih_answer *said;   /* one for each item, counting or not */
	struct ih_answer *stands; /* the same as it counts */
	bool *asks;               /* is it asked? */
	struct ih_pace *paces;    /* one for each section */
	/* How each of them is written; only what is new is written anew. */
	const char *head_written;
	const char **said_written, **pace_written; /* NULL: nothing there */
} ih_sitting;

/* Nothing was said yet; HEAD is copied.  Caller owns; the instrument must
 * outlive it.  NULL: IH_USAGE (E_INTERVIEW: a part of the head is not as
 * answers.rng has it). */
struct ih_sitting *ih_sitting_begin(const struct ih_instrument *instrument,
    const struct ih_sitting_head *head, struct ih_error *err);

/* Of DOC, which fits draft.rng.  Caller owns.  NULL: IH_INPUT, where it is to
 * another instrument, among others. */
struct ih_sitting *ih_sitting_read(const xmlDoc *doc,
    const struct ih_instrument *instrument, struct ih_error *err);
void ih_sitting_free(struct ih_sitting *sitting);

/* All of it, as draft.rng. */
void ih_sitting_write(const struct ih_sitting *sitting, struct ih_buffer *out);
/* What counts, as answers.rng.  False: IH_INPUT. */
bool ih_sitting_answers(const struct ih_sitting *sitting, bool stopped,
    struct ih_buffer *out, struct ih_error *err);

/* What is said to one item. */
struct ih_saying {
	enum ih_by by;
	enum ih_state state;       /* IH_GIVEN: the values */
	const char *const *values; /* codes, or one text, number or date */
	size_t count;
};

/*
 * It is said at NOW, in the place of what was said before.  Values are cut at
 * both ends; lines end in LF; digits may be Arabic.  False, and nothing was
 * changed: IH_INPUT with a code (E_ITEM, E_CODE, E_NUMBER, E_DATE, E_ONE,
 * E_EMPTY, E_TWICE; E_SAID: a sign that XML cannot carry, or too long);
 * IH_STATE (E_SKIPPED: earlier answers skip it).
 */
bool ih_sitting_take(struct ih_sitting *sitting, const char *item,
    const struct ih_saying *saying, int64_t now, struct ih_error *err);

/* Is ITEM asked, as far as was said; and was something said to it? */
bool
ih_sitting_asks(const struct ih_sitting *sitting, const struct ih_item *item);
bool
ih_sitting_heard(const struct ih_sitting *sitting, const struct ih_item *item);
/* The first that is asked and to which nothing was said; NULL: none. */
const struct ih_item *ih_sitting_next(const struct ih_sitting *sitting);
/* The one that is asked before ITEM (STEP -1) or behind it (1); NULL: none. */
const struct ih_item *ih_sitting_beside(const struct ih_sitting *sitting,
    const struct ih_item *item, int step);

/* How many items are asked: all, and those to which something was said. */
struct ih_sitting_count {
	size_t asked, heard;
};
struct ih_sitting_count ih_sitting_count(const struct ih_sitting *sitting);
/* The place of SECTION among those that are asked, from 1, and their number in
 * *COUNT. */
size_t ih_sitting_section(const struct ih_sitting *sitting, size_t section,
    size_t *count);

/* What counts, for the engine: it is borrowed from the sitting. */
struct ih_answers ih_sitting_so_far(const struct ih_sitting *sitting);

IH_OWNER(ih_sitting, ih_sitting_free)

#endif
