/*
 * withdrawal.h - consent was taken back after a case was sent: the letter
 * that says so, and the letter that says what was done.
 *
 * Both name the letter they are about and nothing of the person; which case
 * it is, each side finds by that letter.  What a receiver did is one of a few
 * words; whether it is true, its own ledger shows.
 *
 * Source: src/exchange/README.md "The kinds of letters";
 * xml/lifecycle/case.xml, axis referral.
 */
#ifndef IHALA_WITHDRAWAL_H
#define IHALA_WITHDRAWAL_H

#include <libxml/tree.h>
#include <stdbool.h>

#include "ihala/buffer.h"
#include "ihala/date.h"
#include "ihala/error.h"
#include "ihala/id.h"

struct ih_withdrawal {
	char message[IH_UUID_TEXT]; /* the letter that brought the case */
	char purpose[40];           /* of the consent: "referral", "abroad" */
	char day[IH_DATE_TEXT];     /* from which on it holds no more */
};

enum ih_done {
	IH_DONE_ERASED,  /* the case and its keys are gone */
	IH_DONE_STOPPED, /* nothing more is done with it; it is sealed away */
	IH_DONE_KEPT,    /* a law of the receiver's country keeps it */
	IH_DONES
};

struct ih_reply {
	char message[IH_UUID_TEXT]; /* the withdrawal */
	enum ih_done done;
	char day[IH_DATE_TEXT];
};

const char *ih_done_text(enum ih_done done);  /* "erased" */
enum ih_done ih_done_parse(const char *text); /* IH_DONES if it is none */

/* Caller owns.  NULL: IH_USAGE, a field is not as expected. */
struct ih_buffer *ih_withdrawal_write(const struct ih_withdrawal *withdrawal,
    struct ih_error *err);
struct ih_buffer *
ih_reply_write(const struct ih_reply *reply, struct ih_error *err);

/* From a document that withdrawal.rng, or reply.rng, has passed.
 * False: IH_INPUT with E_LETTER. */
bool ih_withdrawal_from(const xmlDoc *doc, struct ih_withdrawal *withdrawal,
    struct ih_error *err);
bool
ih_reply_from(const xmlDoc *doc, struct ih_reply *reply, struct ih_error *err);

#endif
