/*
 * interviewing.h - an interview question by question: what "ihala interview"
 * does, for the command line and for whoever runs many of its verbs in one
 * process.
 *
 * What all of them need (the questionnaire, its frameworks, the country, the
 * draft that was used last) is kept in a struct interviewing.  A command line
 * makes one and frees it; a process that goes on hangs its own on the request,
 * and then an answer costs no more than sealing and one write.  It holds
 * answers in clear: it is freed with the registry that they came from.
 */
#ifndef IHALA_CLI_INTERVIEWING_H
#define IHALA_CLI_INTERVIEWING_H

#include "command.h"
#include "ihala/draft.h"
#include "ihala/mechanism.h"
#include "ihala/sitting.h"
#include "ihala/table.h"
#include "interview.h"

/* What the engine says of it now, whatever was not asked yet. */
struct so_far {
	bool urgent;   /* danger that is urgent now, for sure */
	bool declined; /* nothing is concluded: the person did not agree */
};

typedef struct interviewing {
	struct desk *desk;
	bool in_force; /* the desk's instrument is that of the pack in force */
	struct ih_schema *schema;       /* of drafts */
	struct ih_mechanism *mechanism; /* of the office */
	struct ih_tables *tables;       /* for the row of a case */
	struct ih_sitting *sitting;     /* used last; NULL: none */
	struct ih_draft_row row;        /* as it was read or saved */
	bool is_fresh; /* just now: nobody looks again in the same turn */
	struct so_far so_far; /* of it */
} cli_interviewing;

/* The caller owns it. */
struct interviewing *interviewing_new(void);
void interviewing_free(struct interviewing *kept); /* NULL is fine */
/* Another turn begins: whoever shows the draft looks whether it was saved
 * elsewhere. */
void interviewing_next_turn(struct interviewing *kept);
/* What is of the pack in force, and the draft: the next verb loads it anew. */
void interviewing_forget(struct interviewing *kept);
IH_OWNER(cli_interviewing, interviewing_free)

/*
 * Each of these works with request->interviewing, which is there.  The person's
 * language, the channel and the area are those of the request (--read-in, --as,
 * --area).  Codes are those of drafts, in canonical form.
 */

/* Load now what interviews of COMMITTEE usually need.  What could not be
 * loaded is tried again when it is needed. */
bool interviewing_prepare(struct request *request, const char *committee,
    struct ih_error *err);

/* False: IH_USAGE (E_INTERVIEW), IH_ABSENT (no such instrument), IH_DENIED. */
bool interviewing_begin(struct request *request, struct ih_registry *registry,
    const char *instrument, char code[static IH_CODE_TEXT],
    struct ih_error *err);

/* The draft CODE, as it is saved, in request->interviewing.  False: as
 * ih_draft_read(). */
bool interviewing_load(struct request *request, struct ih_registry *registry,
    const char *code, struct ih_error *err);

/* The same, as it was loaded or saved here last: what is answered is the
 * question as it was shown, and whether the draft was saved elsewhere since
 * is found when it is saved. */
bool interviewing_at_hand(struct request *request, struct ih_registry *registry,
    const char *code, struct ih_error *err);

/* SAYING to ITEM, saved.  False: as ih_sitting_take() and ih_draft_write(). */
bool interviewing_answer(struct request *request, struct ih_registry *registry,
    const char *code, const char *item, const struct ih_saying *saying,
    struct ih_error *err);

/* It becomes a case, which is told as "ihala case open" does.  False: as
 * there, and IH_STATE (E_DRAFT_CHANGED). */
bool interviewing_finish(struct request *request, struct ih_registry *registry,
    const char *code, bool stopped, struct ih_error *err);

bool interviewing_discard(struct request *request, struct ih_registry *registry,
    const char *code, struct ih_error *err);

/* ---- of the draft that is loaded */

/* What is asked next; NULL: nothing, or the interview was declined. */
const struct ih_item *interviewing_next(const struct request *request);

/* ITEM where it is asked, or the next where it is NULL.  NULL and no error:
 * none is left.  IH_USAGE (E_ITEM), IH_STATE (E_SKIPPED). */
const struct ih_item *interviewing_item(const struct request *request,
    const char *item, struct ih_error *err);

/* The user's tongue, and that of the person where it is another one of ours;
 * how many. */
size_t interviewing_tongues(const struct request *request,
    struct ih_tongue tongues[static 2]);

/* Minutes that the rest takes, as the pack estimates a question. */
size_t interviewing_minutes(struct ih_registry *registry,
    const struct request *request);

/* ---- for a screen: xml/schema/interview.rng; ITEM NULL: the next
 * (interview_page.c, interview_view.c) */
bool
interviewing_page(const struct request *request, struct ih_registry *registry,
    const char *item, struct ih_buffer *out, struct ih_error *err);
bool interviewing_review(const struct request *request, struct ih_buffer *out,
    struct ih_error *err);
bool interviewing_assess(struct request *request, struct ih_buffer *out,
    struct ih_error *err);

#endif
