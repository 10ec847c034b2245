/*
 * request.h - somebody asked for help: not a case, and perhaps never one.
 *
 * A request comes by a channel (the person, an application, the hotline, a
 * body, outreach, at the door) and says whether there is danger; nothing else
 * is asked of it.  Its row says no more than that and when; what was told and
 * who the person is are two parts, sealed apart with keys of their own, which
 * are wrapped as those of a case are.  Whether, how and when it is safe to
 * answer comes first in it; where it is not said to be safe it is not.
 *
 * A request is never edited.  It is opened, and a case that was made from an
 * interview is then linked with it, or the person is shown the way to somebody
 * else, with a reason.  Its keys are destroyed after the days that
 * xml/lifecycle/case.xml says, or with the case that came of it; not while
 * that case is on legal hold.
 *
 * The same file is taken once: HMAC-SHA256 of it is kept, under a key in
 * keys.db.
 *
 * Source: xml/lifecycle/case.xml; xml/schema/request.rng; src/README.md "The
 * registry".
 */
#ifndef IHALA_REQUEST_H
#define IHALA_REQUEST_H

#include "ihala/access.h"
#include "ihala/xml.h"

struct ih_request_row {
	char code[IH_CODE_TEXT];
	int64_t asked; /* instant */
	char channel[IH_STATE_TEXT];
	char danger[8]; /* "yes", "no", "unknown" */
	char state[IH_STATE_TEXT];
	char opened_as[IH_CODE_TEXT]; /* the case; "": none */
	bool training;
};

/*
 * DOC, which fits request.rng, as the two documents that are sealed: what was
 * told, which is returned, and who the person is (*IDENTITY; NULL: nothing of
 * it was said).  Caller owns both.  NULL: IH_INPUT, where it is no request.
 */
struct ih_buffer *ih_request_split(const xmlDoc *doc,
    struct ih_buffer **identity, struct ih_error *err);

/*
 * Take in DOC, which fits request.rng; CODE is its fresh code.  False:
 * IH_STATE (E_REQUEST_EXISTS: the same file is here, and CODE is its code;
 * E_TRAINING, E_NOT_TRAINING), IH_DENIED, IH_INPUT (E_CHANNEL; asked for after
 * now).
 */
bool ih_request_add(struct ih_registry *registry, xmlDoc *doc,
    char code[static IH_CODE_TEXT], struct ih_error *err);

/* False: IH_ABSENT (E_REQUEST_UNKNOWN). */
bool ih_request_row(struct ih_registry *registry, const char *code,
    struct ih_request_row *row, struct ih_error *err);

/* Each, those in danger first, then those that wait longest, then what is
 * done; until EACH says false. */
typedef bool ih_request_seen(const struct ih_request_row *row, void *with);
bool ih_request_each(struct ih_registry *registry, ih_request_seen *each,
    void *with, struct ih_error *err);

/* The request that the case CODE came from; "" in REQUEST: none. */
bool ih_request_of_case(struct ih_registry *registry, const char *code,
    char request[static IH_CODE_TEXT], struct ih_error *err);

/* One part, which the caller owns; the reading is entered.  NULL: IH_ABSENT
 * (E_REQUEST_UNKNOWN; no such part), IH_DENIED, IH_TRUST. */
struct ih_buffer *ih_request_read(struct ih_registry *registry,
    const char *code, enum ih_part part, struct ih_error *err);

/* It became the case CASE_CODE, of which no other request came.  False:
 * IH_STATE (E_MOVE), IH_DENIED (E_ROLE). */
bool ih_request_open(struct ih_registry *registry, const char *code,
    const char *case_code, struct ih_error *err);

/* The person was shown the way to TO, for REASON.  False: as above; IH_USAGE
 * (E_REASON). */
bool ih_request_redirect(struct ih_registry *registry, const char *code,
    const char *to, const char *reason, struct ih_error *err);

/* Where to, and why; NULL and no error: the person was not redirected.
 * Caller owns: the first line is TO. */
struct ih_buffer *ih_request_note(struct ih_registry *registry,
    const char *code, struct ih_error *err);

/* Destroy its keys and its content; erase.h says how.  False: IH_STATE
 * (E_KEPT: not before its day; E_FOUR_EYES; E_HELD: its case is on hold),
 * IH_DENIED (E_ROLE). */
bool ih_request_destroy(struct ih_registry *registry, const char *code,
    struct ih_error *err);

#endif
