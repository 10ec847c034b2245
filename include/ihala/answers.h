/*
 * answers.h - one interview: who asked, when, and what stands for each item.
 *
 * Answers are believed only against the instrument they name: same id, same
 * version, same digest.  What a reader gets has exactly one struct ih_answer
 * for each item, in the order of the instrument:
 *
 *   - an item without an answer is blank, or not-asked where its ask-if is
 *     false; where the ask-if itself is undetermined it is blank;
 *   - an answer (given, unknown or refused) to an item whose ask-if is false
 *     is refused: E_SKIPPED;
 *   - "not-asked" counts as such only where the ask-if is false.  Elsewhere
 *     the interviewer chose not to ask, which tells nothing about the
 *     person: it becomes blank.
 *
 * Arabic-Indic and Persian digits are taken in numbers and dates.
 *
 * Failures carry a code (words: code.E_...) and name the line and the item,
 * never a value.
 *
 * Source: xml/schema/answers.rng.
 */
#ifndef IHALA_ANSWERS_H
#define IHALA_ANSWERS_H

#include <libxml/tree.h>
#include <stdbool.h>

#include "ihala/condition.h"
#include "ihala/instrument.h"

typedef struct ih_answers {
	struct ih_arena *arena;
	const struct ih_instrument *instrument; /* borrowed */
	const char *id;                         /* a UUID */
	char digest[IH_DIGEST_TEXT];            /* see ih_answers_pin() */
	bool training;                          /* invented */
	bool stopped;                           /* before the end */
	struct ih_date date;
	const char *committee;     /* "MA" */
	const char *channel;       /* "police", "border", "hospital"... */
	const char *language;      /* the one spoken */
	const char *area;          /* "MA-04"; NULL: not said */
	struct ih_answer *answers; /* one for each item */
} ih_answers;

/*
 * Of DOC, which fits answers.rng.  Caller owns; the instrument must outlive
 * it.  NULL: IH_INPUT with a code.
 */
struct ih_answers *ih_answers_read(xmlDoc *doc,
    const struct ih_instrument *instrument, struct ih_error *err);
void ih_answers_free(struct ih_answers *answers);

/*
 * The digest that an assessment will name.  After a read it is that of the
 * document as ih_xml_write() writes it; where the very bytes of a file are
 * at hand, pin those.
 */
void ih_answers_pin(struct ih_answers *answers, const void *bytes, size_t size);

/* What stands for item ID; NULL if the instrument has no such item. */
const struct ih_answer *
ih_answers_of(const struct ih_answers *answers, const char *id);

/* The code given for a single choice; NULL if none was given. */
const char *ih_answers_code(const struct ih_answers *answers, const char *id);

/*
 * Filling a vector of answers one element at a time: what reading a tree and
 * reading a stream share, so that they cannot differ.  No allocation.  Failures
 * name the item, not the line.
 */
struct ih_filling {
	const struct ih_instrument *instrument;
	struct ih_answer *answers;  /* item_count of them */
	size_t next;                /* the item that is likely next */
	const struct ih_item *item; /* the one being answered; NULL: none */
};

/* Forget all answers. */
void ih_fill_start(struct ih_filling *filling,
    const struct ih_instrument *instrument, struct ih_answer *answers);
/* <answer item=ITEM by=BY state=STATE>.  False: E_ITEM, E_TWICE. */
bool ih_fill_answer(struct ih_filling *filling, const char *item, size_t length,
    enum ih_by by, enum ih_state state, struct ih_error *err);
/* <value>TEXT</value>.  False: E_CODE, E_ONE, E_NUMBER, E_DATE, E_EMPTY. */
bool ih_fill_value(struct ih_filling *filling, const char *text, size_t length,
    struct ih_error *err);
/* All were read: apply the skips.  False: E_SKIPPED. */
bool ih_fill_end(struct ih_filling *filling, struct ih_error *err);

/* Is this the instrument that was asked?  False: E_INSTRUMENT,
 * E_INSTRUMENT_VERSION, E_INSTRUMENT_DIGEST. */
bool ih_answers_fit(const struct ih_instrument *instrument, const char *id,
    const char *version, const char *digest, struct ih_error *err);

/* May the element <interview> say NAME="VALUE", VALUE of LENGTH bytes?  Strict
 * where the schema forgives: no white space around a value. */
bool ih_interview_says(const char *name, const char *value, size_t length);

IH_OWNER(ih_answers, ih_answers_free)

#endif
