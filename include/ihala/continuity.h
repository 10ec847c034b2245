/*
 * continuity.h - a case that came from another committee, as the
 * questionnaire here reads it, so that the person tells it once.
 *
 * What came of each question is said: answered, refused, not known, open,
 * left out - or not sent.  What was not sent is never "no": it stands as
 * blank, which is undetermined, and the one to ask for it is the committee
 * that has it, not the person.  A record that leaves an item out says nothing
 * of it (release.h writes the open ones in so many words).
 *
 * The questionnaire here may be another version than the one that was asked:
 * an answer is taken over where the question, its type and its codes are
 * still there, and else counts as not sent.
 *
 * Source: src/README.md "How the engine reasons"; src/exchange/README.md.
 */
#ifndef IHALA_CONTINUITY_H
#define IHALA_CONTINUITY_H

#include <libxml/tree.h>

#include "ihala/answers.h"
#include "ihala/rescore.h"

enum ih_had {
	IH_HAD_GIVEN,
	IH_HAD_REFUSED,
	IH_HAD_UNKNOWN, /* the person does not know */
	IH_HAD_OPEN,    /* not asked there, or without an answer */
	IH_HAD_SKIPPED, /* other answers made it irrelevant there */
	IH_HAD_UNSENT,  /* whatever was said there did not come */
	IH_HAD_OTHER,   /* it came, and is no answer to the question here */
	IH_HADS
};
const char *ih_had_name(enum ih_had had); /* "given", "not-sent"... */

/* Whom to ask, where it would settle something. */
enum ih_asking { IH_ASK_PERSON, IH_ASK_SENDER, IH_ASK_NOBODY, IH_ASKINGS };
enum ih_asking ih_had_asking(enum ih_had had);
const char *ih_asking_name(enum ih_asking asking); /* "person" */

typedef struct ih_continuity {
	struct ih_arena *arena;
	const struct ih_instrument *here; /* borrowed */
	struct ih_answers *answers;       /* as HERE reads them */
	uint8_t *had;                     /* enum ih_had, for each item */
	size_t count[IH_HADS];            /* items of the facts part */
	const char *version, *digest;     /* of the questionnaire there */
	bool same;                        /* questionnaire, to the byte */
} ih_continuity;

/*
 * FACTS fit case.rng; HERE is the questionnaire of now, of the same id.
 * THERE is the one that was asked, where it is at hand (else NULL): what it
 * had not was not asked.  What was said to COMMITTEE of consent by DAY counts
 * as answered.  Caller owns; HERE must outlive it.
 * NULL: IH_INPUT (no case, or E_INSTRUMENT: of another questionnaire).
 */
struct ih_continuity *ih_continuity_read(const xmlDoc *facts,
    const struct ih_instrument *here, const struct ih_instrument *there,
    const char *committee, const char *day, struct ih_error *err);
void ih_continuity_free(struct ih_continuity *continuity);

/* BOUNDS found under FRAMEWORK, as ih_standing_of(); but a rule that may still
 * be met is undetermined, not false. */
struct ih_standing ih_continuity_standing(const struct ih_framework *framework,
    const struct ih_bounds *bounds, struct ih_arena *arena);

/*
 * THERE beside HERE, as ih_rescore(), without what did not come: what a
 * record cut down does not list is not known to have been false.
 */
struct ih_rescore ih_continuity_compare(const struct ih_standing *there,
    const struct ih_standing *here, struct ih_arena *arena);

IH_OWNER(ih_continuity, ih_continuity_free)

#endif
