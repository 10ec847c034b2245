/*
 * decision.h - what is decided about a case that was sent: whoever got it
 * accepts or declines it, whoever sent it takes it back before that.
 *
 * It names the letter that brought the case and nothing of the person; which
 * case it is, each side finds by that letter.  Whoever got it is the one who
 * decides: what was accepted cannot be taken back, what was taken back cannot
 * be accepted, and the same said again changes nothing.
 *
 * Source: src/exchange/README.md "The kinds of letters";
 * xml/lifecycle/case.xml, axes file and referral.
 */
#ifndef IHALA_DECISION_H
#define IHALA_DECISION_H

#include <libxml/tree.h>
#include <stdbool.h>

#include "ihala/buffer.h"
#include "ihala/date.h"
#include "ihala/error.h"
#include "ihala/id.h"

enum ih_says {
	IH_SAYS_ACCEPTED,
	IH_SAYS_DECLINED,
	IH_SAYS_REVOKED,
	IH_SAYINGS
};

/* Why it is declined. */
enum ih_why {
	IH_WHY_CAPACITY,   /* no room */
	IH_WHY_COMPETENCE, /* another office is competent */
	IH_WHY_SERVICE,    /* what is needed is not offered */
	IH_WHY_PERSON,     /* the person declines */
	IH_WHY_UNSAFE,     /* it would not be safe */
	IH_WHYS
};

struct ih_decision {
	char message[IH_UUID_TEXT]; /* the letter that brought the case */
	enum ih_says says;
	enum ih_why why; /* of IH_SAYS_DECLINED; else IH_WHYS */
	char day[IH_DATE_TEXT];
};

const char *ih_why_text(enum ih_why why);   /* "no-capacity" */
enum ih_why ih_why_parse(const char *text); /* IH_WHYS if it is none */

/* Caller owns.  NULL: IH_USAGE, a field is not as expected. */
struct ih_buffer *
ih_decision_write(const struct ih_decision *decision, struct ih_error *err);

/* From a document that decision.rng has passed.
 * False: IH_INPUT with E_LETTER. */
bool ih_decision_from(const xmlDoc *doc, struct ih_decision *decision,
    struct ih_error *err);

/*
 * May SAYS be said of a letter in STATE (message.h)?  NULL: yes, and so where
 * it was said before.  Else the code of what stands against it: E_ACCEPTED,
 * E_DECLINED, E_REVOKED.
 */
const char *ih_decision_bars(enum ih_says says, const char *state);
/* The state of a letter of which SAYS was said: "agreed". */
const char *ih_decision_state(enum ih_says says);
/* What another decision is refused with from then on: "E_ACCEPTED". */
const char *ih_decision_code(enum ih_says says);

#endif
