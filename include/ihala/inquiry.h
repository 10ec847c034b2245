/*
 * inquiry.h - whoever got a case asks whoever sent it for what is missing, in
 * closed terms: which categories of data, for which purpose, by when.
 *
 * An inquiry names the letter that brought the case and nothing of the
 * person.  Its answer is a letter with exactly the categories that were asked
 * for, cut and held back as any case that leaves (release.h), or a refusal
 * with one reason of a closed list.  Each answers one inquiry, once.
 *
 * Source: src/exchange/README.md "The kinds of letters"; xml/consent, the
 * categories of data and the purposes; xml/lifecycle/case.xml, axis referral.
 */
#ifndef IHALA_INQUIRY_H
#define IHALA_INQUIRY_H

#include <libxml/tree.h>
#include <stdbool.h>

#include "ihala/buffer.h"
#include "ihala/date.h"
#include "ihala/error.h"
#include "ihala/id.h"

enum {
	IH_INQUIRY_CATEGORIES = 48, /* all of them, with the NUL */
	IH_INQUIRY_PURPOSE = 40
};

struct ih_inquiry {
	char message[IH_UUID_TEXT]; /* the letter that brought the case */
	char categories[IH_INQUIRY_CATEGORIES]; /* "identity contact" */
	char purpose[IH_INQUIRY_PURPOSE];       /* "referral" */
	char until[IH_DATE_TEXT];               /* the answer is needed by */
	char day[IH_DATE_TEXT];
};

/* Why nothing is told. */
enum ih_unsaid {
	IH_UNSAID_CONSENT,      /* the person has not agreed */
	IH_UNSAID_BASIS,        /* no law allows it */
	IH_UNSAID_HELD,         /* it is not held here, or no more */
	IH_UNSAID_CONFIDENTIAL, /* a secret of a profession or an inquiry */
	IH_UNSAID_UNSAFE,       /* it would not be safe */
	IH_UNSAIDS
};

struct ih_refusal {
	char message[IH_UUID_TEXT]; /* the inquiry */
	enum ih_unsaid why;
	char day[IH_DATE_TEXT];
};

const char *ih_unsaid_text(enum ih_unsaid why);   /* "no-consent" */
enum ih_unsaid ih_unsaid_parse(const char *text); /* IH_UNSAIDS: it is none */

/* "identity,contact", as it is typed, in the order of their list, with spaces
 * between them.  False: empty, one that is none, or one twice. */
bool ih_inquiry_categories(const char *typed,
    char categories[static IH_INQUIRY_CATEGORIES]);

/* Caller owns.  NULL: IH_USAGE, a field is not as expected; an answer is
 * never needed by a day before that of the inquiry. */
struct ih_buffer *
ih_inquiry_write(const struct ih_inquiry *inquiry, struct ih_error *err);
struct ih_buffer *
ih_refusal_write(const struct ih_refusal *refusal, struct ih_error *err);

/* From a document that inquiry.rng, or refusal.rng, has passed.
 * False: IH_INPUT with E_LETTER. */
bool ih_inquiry_from(const xmlDoc *doc, struct ih_inquiry *inquiry,
    struct ih_error *err);
bool ih_refusal_from(const xmlDoc *doc, struct ih_refusal *refusal,
    struct ih_error *err);

/*
 * May ANSWER be sent to an inquiry in STATE (message.h)?  What was said once
 * may be said again, the same way, while nobody has heard it: ANSWERED is how
 * it was answered ("information", "information-refusal"), UNHEARD that no
 * receipt of that is here.  NULL: yes.  Else the code of what stands against
 * it: E_INQUIRY_NONE (nothing was asked, or it was asked anew since),
 * E_ANSWERED.
 */
const char *ih_inquiry_bars(const char *state, const char *answer,
    const char *answered, bool unheard);

#endif
