/*
 * intake.h - interviews that were held elsewhere, and that nobody vouches for
 * yet.
 *
 * Whoever has the blank form can fill it in and seal it: what comes back from
 * a page, a phone or a sheet of paper says nothing of who made it.  So it is
 * no case.  It is kept as a request for help (request.h), sealed in two parts,
 * due like one, destroyed like one, with the danger that the answers tell, and
 * the interview inside.  Somebody of the office confirms it, and only then it
 * is opened as a case; or refuses it, with a reason.  A request is never
 * referred.
 *
 * The same interview is taken in once.  Its id is known by a keyed mark, and so
 * is what was answered: two files of one id that say different things are
 * refused, and the same answers under two ids are pointed out, for an interview
 * may have come by two ways.
 *
 * Source: request.h; xml/schema/request.rng; xml/lifecycle/case.xml, axis
 * "request".
 */
#ifndef IHALA_INTAKE_H
#define IHALA_INTAKE_H

#include "ihala/instrument.h"
#include "ihala/request.h"

/* What is taken in; all borrowed. */
struct ih_intake_new {
	const char *origin;    /* "odk", "page", "paper", "htcds" */
	const xmlDoc *answers; /* fits answers.rng, and was read */
	const struct ih_instrument *instrument; /* of the answers */
	const char *danger;                     /* "yes", "no", "unknown" */
	bool sealed; /* it came sealed to a key of the office */
};

struct ih_intake_row {
	struct ih_request_row request;
	char origin[IH_STATE_TEXT];
	char like[IH_CODE_TEXT]; /* another with the same answers; "": none */
};

/*
 * Take it in; CODE is its fresh code.  False: IH_STATE (E_INTAKE_SAME: it is
 * here already, and CODE is its code; E_INTAKE_TWO: another interview has its
 * id; E_CASE_EXISTS: it is a case; E_TRAINING, E_NOT_TRAINING), IH_DENIED.
 */
bool
ih_intake_add(struct ih_registry *registry, const struct ih_intake_new *fresh,
    char code[static IH_CODE_TEXT], struct ih_error *err);

/* False: IH_ABSENT (E_INTAKE_UNKNOWN). */
bool ih_intake_row(struct ih_registry *registry, const char *code,
    struct ih_intake_row *row, struct ih_error *err);

/* Each that waits, those in danger first; until EACH says false. */
typedef bool ih_intake_seen(const struct ih_intake_row *row, void *with);
bool ih_intake_each(struct ih_registry *registry, ih_intake_seen *each,
    void *with, struct ih_error *err);

/* The interview, whole where IDENTITY, else without who the person is, and in
 * BY (NULL: not wanted) the account that entered it; the reading is entered.
 * The caller owns it.  NULL: as ih_request_read(). */
xmlDoc *ih_intake_answers(struct ih_registry *registry, const char *code,
    bool identity, char *by, struct ih_error *err);

/* It was confirmed, and is the case CASE_CODE.  False: IH_STATE (E_MOVE),
 * IH_DENIED (E_ROLE). */
bool ih_intake_confirm(struct ih_registry *registry, const char *code,
    const char *case_code, struct ih_error *err);

/* It was refused, for REASON.  False: as above; IH_USAGE (E_REASON). */
bool ih_intake_refuse(struct ih_registry *registry, const char *code,
    const char *reason, struct ih_error *err);

#endif
