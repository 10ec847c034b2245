/*
 * determination.h - what was decided about a person: by whom, under which law,
 * why, and what came of it.
 *
 * In the facts of a case stands a list that only grows: a decision that was
 * proposed, a determination, that it was served on the person, that somebody
 * asked to look at it again.  Each has a number; a determination takes the
 * place of the one before it, and the last one counts.  Nothing of it is
 * edited.  Who may do what, and in which order, is the table of the lifecycle.
 *
 * Support never waits for any of it.
 *
 * Source: xml/schema/case.rng; xml/lifecycle/case.xml; the laws are those of
 * xml/mechanism, which cites its own.
 */
#ifndef IHALA_DETERMINATION_H
#define IHALA_DETERMINATION_H

#include "ihala/mechanism.h"
#include "ihala/record.h"

enum ih_decided_kind {
	IH_PROPOSED,
	IH_DETERMINED,
	IH_SERVED,
	IH_ASKED_AGAIN,
	IH_DECIDED_KINDS
};

/* One entry of the list; NULL: it does not have this. */
struct ih_decided {
	enum ih_decided_kind kind;
	long number, of;   /* of: the determination that it is about, or takes
			    * the place of; 0: none */
	const char *state; /* "presumed", "confirmed"... */
	const char *body, *law, *article; /* ids of the mechanism; its text */
	const char *date;                 /* ISO 8601 day */
	const char *by, *second;          /* users */
	const char *until; /* the day on which what follows is due */
	const char *how, *language, *with; /* it was served */
	const char *asked;                 /* "person", "advocate"... */
	const char *grounds, *differs;     /* why; why not as the interview */
};

/* The file that somebody wrote, which fits determination.rng; in ARENA. */
struct ih_decided ih_decided_read(const xmlDoc *doc, struct ih_arena *arena);

/* Does the mechanism name body, law and article?  A law of which it names no
 * article is taken with any.  False: IH_INPUT (E_DECIDED_BODY,
 * E_DECIDED_LAW). */
bool ih_decided_is_founded(const struct ih_decided *decided,
    const struct ih_mechanism *mechanism, struct ih_error *err);

/* Each article that the mechanism names of each of its laws; LAW is the
 * element, ARTICLE "" for a law without any.  One may come more than once. */
typedef void
ih_article_seen(const xmlNode *law, const char *article, void *with);
void ih_decided_each_article(const struct ih_mechanism *mechanism,
    ih_article_seen *each, void *with);

/* The outcome of the interview by its main framework; "": not assessed. */
const char *ih_decided_outcome(const xmlDoc *facts);

/* The list, *COUNT of it, in ARENA; the first first. */
const struct ih_decided *
ih_decided_list(const xmlDoc *facts, struct ih_arena *arena, size_t *count);
/* Its last entry of KIND; NULL: none. */
const struct ih_decided *ih_decided_last(const struct ih_decided *list,
    size_t count, enum ih_decided_kind kind);
/* The proposal that waits for its second signer; NULL: none. */
const struct ih_decided *
ih_decided_open(const struct ih_decided *list, size_t count);

/* "proposed", "determination", "served", "reconsideration". */
const char *ih_decided_name(enum ih_decided_kind kind);

/* Add ENTRY as the last, its number and what it is about set here; the axis
 * is now at STATE.  False: IH_STATE (E_DECIDED_NONE: there is no determination
 * that it could be about), IH_INPUT. */
bool ih_decided_add(const xmlDoc *facts, const struct ih_decided *entry,
    const char *state, struct ih_buffer *out, struct ih_error *err);

#endif
