/*
 * record.h - one case as a document: urn:ihala:case:1.
 *
 * A case is two documents, sealed apart: the facts (<case>) and, where any
 * identity item was answered, the identity (<identity>).  Neither holds what
 * the other has: the digest of the whole interview stays with the identity,
 * for with it a reader of the facts could try names until one fits.
 *
 * Four axes, never one status: file, determination, referral, consent
 * (xml/lifecycle/case.xml).  Consent rows and flags are only added,
 * never edited; consent.h says which count.  The consent to a
 * purpose is the item "consent-PURPOSE" of the instrument.
 *
 * Documents handed in have passed case.rng, answers.rng or assessment.rng
 * (ih_schema_admit, ih_schema_check).  No function changes a document it is
 * given; each writes a new version into OUT.  OUT is untouched on failure.
 *
 * Source: xml/schema/case.rng; xml/lifecycle/case.xml.
 */
#ifndef IHALA_RECORD_H
#define IHALA_RECORD_H

#include <libxml/tree.h>
#include <stdbool.h>
#include <stddef.h>

#include "ihala/arena.h"
#include "ihala/buffer.h"
#include "ihala/consent.h"
#include "ihala/error.h"

struct ih_instrument;

/* Caller owns both; ih_record_parts_free releases what is there. */
struct ih_record_parts {
	struct ih_buffer *facts;
	struct ih_buffer *identity; /* NULL: no identity item was answered */
};

/*
 * Open a case on one interview: ANSWERS split by the part each item has in
 * INSTRUMENT, the ASSESSMENT or the list of them, the main first (SIZE 0: none
 * yet), first consent rows and statuses.  CODE is the case code, COMMITTEE its
 * country, DAY (ISO 8601) the day it is opened.
 * False: IH_INPUT, where ANSWERS names an item that INSTRUMENT has not, or
 * the assessment is of other answers.
 */
bool ih_record_open(const struct ih_instrument *instrument, xmlDoc *answers,
    const void *assessment, size_t size, const char *code,
    const char *committee, const char *day, struct ih_record_parts *out,
    struct ih_error *err);
void ih_record_parts_free(struct ih_record_parts *parts); /* not PARTS */

/* One referral; the strings are borrowed, lists end with NULL. */
struct ih_record_referral {
	const char *id;              /* UUID */
	const char *to;              /* committee code, or id of a body */
	const char *date;            /* ISO 8601 day */
	const char *status;          /* "draft", "approved", "sent", ... */
	const char *const *reasons;  /* codes; NULL: none */
	const char *const *services; /* codes of `needs`; NULL: none */
};

/* Add a referral; the referral axis follows it.  False: IH_STATE where its
 * id is already there; IH_INPUT where the result would not be a case. */
bool ih_record_refer(xmlDoc *facts, const struct ih_record_referral *referral,
    struct ih_buffer *out, struct ih_error *err);

/* Referral ID now has STATUS, WHY as a code (NULL: none).  False: IH_ABSENT
 * where there is none. */
bool ih_record_set_referral(xmlDoc *facts, const char *id, const char *status,
    const char *why, struct ih_buffer *out, struct ih_error *err);

/* The four axes; NULL leaves one as it is. */
struct ih_record_status {
	const char *file, *determination, *referral, *consent;
};
bool ih_record_set_status(xmlDoc *facts, const struct ih_record_status *status,
    struct ih_buffer *out, struct ih_error *err);
/* Read; borrowed from FACTS. */
struct ih_record_status ih_record_status(const xmlDoc *facts);

/* One entry of the consent ledger; NULL leaves an attribute out. */
struct ih_record_consent {
	const char *purpose;   /* "referral", "abroad", "interview" */
	const char *recipient; /* "any", a committee code, or id of a body */
	const char *category;  /* "any", or some of "facts identity contact
				  health" */
	const char *state;     /* "given", "refused", "not-able", "withdrawn" */
	const char *date;      /* ISO 8601 day */
	const char *from;      /* first day it holds; NULL: at once */
	const char *until;     /* last day it holds; NULL: no end set */
	const char *language;  /* in which it was asked: "ar" */
	const char *mode;      /* "interview", "oral", "written", "thumbprint",
				  "guardian" */
	const char *with;      /* who was there: "interpreter witness" */
	const char *basis;     /* of the mechanism, with "not-able" */
	const char *text;      /* SHA-256 of the words that were read, hex */
};
bool ih_record_add_consent(xmlDoc *facts, const struct ih_record_consent *row,
    struct ih_buffer *out, struct ih_error *err);

/* Add what WRITE writes of WITH behind all that was decided before
 * (determination.h); the determination axis is now at STATE. */
struct ih_writer;
typedef void ih_record_written(struct ih_writer *w, const void *with);
bool ih_record_add_decided(const xmlDoc *facts, ih_record_written *write,
    const void *with, const char *state, struct ih_buffer *out,
    struct ih_error *err);

/* A flag about a country, or "any", is raised, or was asked about and is not
 * (consent.h). */
bool ih_record_add_flag(xmlDoc *facts, const struct ih_flag_entry *flag,
    const char *day, struct ih_buffer *out, struct ih_error *err);

/* The plan of the case (plan.h); NULL: none yet.  Borrowed. */
const xmlNode *ih_record_plan(const xmlDoc *facts);
/* PLAN, a <plan> of case.rng, stands in the place of the one there is. */
bool ih_record_set_plan(xmlDoc *facts, const xmlNode *plan,
    struct ih_buffer *out, struct ih_error *err);

/* What one office asked the other about the case (inquiry.h). */
struct ih_record_inquiry {
	const char *message; /* UUID of the letter that asked */
	bool asked_here;     /* false: the other office asked us */
	const char *of;      /* the other office */
	const char *categories, *purpose;
	const char *date, *until; /* days */
	const char *answered;     /* day; "": not yet */
	const char *why;          /* it is not told; "": it was */
};
/* Add one that is not answered.  False: IH_STATE where its letter is there
 * already. */
bool ih_record_inquire(xmlDoc *facts, const struct ih_record_inquiry *inquiry,
    struct ih_buffer *out, struct ih_error *err);
/* The one of that letter is answered, WHY not (NULL: it was told).  False:
 * IH_ABSENT where there is none. */
bool ih_record_answer(xmlDoc *facts, const char *message, const char *why,
    const char *day, struct ih_buffer *out, struct ih_error *err);
/* The COUNTth, from 0, strings borrowed.  False: there are no more. */
bool ih_record_inquiry(const xmlDoc *facts, size_t count,
    struct ih_record_inquiry *inquiry);

/* All that was said, in its order; in ARENA, the strings borrowed from FACTS.
 */
struct ih_record_consents {
	struct ih_consent_entry *entries;
	size_t count;
	struct ih_flag_entry *flags;
	size_t flag_count;
};
struct ih_record_consents
ih_record_consents(const xmlDoc *facts, struct ih_arena *arena);

/*
 * The state of consent to PURPOSE for RECIPIENT and CATEGORY on DAY, as
 * consent.h computes it: "expired" past its end, and never more than the
 * person told this very recipient.  NULL: none recorded.
 */
const char *ih_record_consent_state(const xmlDoc *facts, const char *purpose,
    const char *recipient, const char *category, const char *day);

/* Facts and identity (NULL: none) in one document, for those who may see
 * both.  False: IH_INPUT where they are of two cases. */
bool ih_record_join(xmlDoc *facts, xmlDoc *identity, struct ih_buffer *out,
    struct ih_error *err);

/* The reverse: a case that came from a partner, as two documents to seal
 * apart.  Caller owns both.  False: IH_INPUT where it is no case. */
bool ih_record_split(xmlDoc *joined, struct ih_record_parts *out,
    struct ih_error *err);

/* "7KQF-3XMT-M", and the version; borrowed. */
const char *ih_record_code(const xmlDoc *facts);
long ih_record_version(const xmlDoc *facts);

#endif
