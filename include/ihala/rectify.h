/*
 * rectify.h - what is wrong in a case is put right, and what was said first
 * stays.
 *
 * A request (rectification.rng) corrects answers, or says why one is not
 * corrected.  The answers are what is true now; each correction and each
 * refusal is an entry of its own beside them: what was said, who asked, when,
 * why.  Entries about who the person is stand in the sealed identity, others
 * in the facts.  An assessment that was made stays as it is, pinned to what
 * was known then; the new one stands after it.
 * Where what is corrected tells of a fear, of asylum or of unsafe contact, the
 * flags follow (consent.h).
 *
 * What a person agreed to is not corrected here: it is said anew (consent.h).
 *
 * Source: xml/schema/rectification.rng, xml/schema/case.rng; law 09-08 art. 8
 * (Morocco), organic law 2004-63 art. 32 (Tunisia), law 151/2020 art. 2
 * (Egypt).
 */
#ifndef IHALA_RECTIFY_H
#define IHALA_RECTIFY_H

#include <libxml/tree.h>
#include <stddef.h>

#include "ihala/error.h"
#include "ihala/instrument.h"
#include "ihala/record.h"

/* The whole interview of a record, answers about who the person is included
 * (IDENTITY may be NULL), as answers.rng has it.  Caller owns. */
xmlDoc *ih_rectify_interview(const xmlDoc *facts, const xmlDoc *identity);

struct ih_rectified {
	size_t corrected, refused;
};

/*
 * The corrections of REQUEST put into INTERVIEW.  False: IH_INPUT (E_ITEM: the
 * instrument has no such item; E_RECTIFY_TWICE: it is named twice;
 * E_NAME_HIDDEN), IH_STATE (E_RECTIFY_CONSENT), and INTERVIEW may then have
 * some of them.
 */
bool ih_rectify_answers(xmlDoc *interview, const xmlDoc *request,
    const struct ih_instrument *instrument, struct ih_rectified *counts,
    struct ih_error *err);

struct ih_rectifying {
	const struct ih_instrument *instrument;
	const xmlDoc *facts, *identity; /* as they are; identity: or NULL */
	const xmlDoc *request;
	const xmlDoc *interview; /* as it is now; ih_answers_read() passed */
	const xmlDoc *assessed;  /* assessments.rng, of it; NULL: nothing was
				  * corrected */
	const char *day;         /* ISO 8601 */
};

/* The next version of both parts; OUT->identity is NULL where it stays as it
 * is.  False: IH_INPUT, and OUT is untouched. */
bool ih_rectify_write(const struct ih_rectifying *what,
    struct ih_record_parts *out, struct ih_error *err);

#endif
