/*
 * submission.h - what came back from a phone, as an interview.
 *
 * A submission of a form that odk.xsl made has a group for each section and an
 * element for each item.  An element that is absent or empty says nothing: what
 * follows from that (blank, not asked) is for answers.h, which knows the skips;
 * clients differ in whether they empty such an element or leave it out.  "Not
 * known" and "refused" are codes that no list has.
 *
 * A form that somebody else published is read through a mapping, which is data
 * (xml/mapping): every field and every code has a question of ours, or says why
 * it is left out.
 *
 * Nothing is forgiven: an element or a code that is not known refuses all of
 * it.  Failures carry a code and name the line and the element, never a value.
 *
 * Source: ODK XForms Specification; xml/schema/answers.rng, mapping.rng.
 */
#ifndef IHALA_SUBMISSION_H
#define IHALA_SUBMISSION_H

#include <libxml/tree.h>

#include "ihala/buffer.h"
#include "ihala/error.h"
#include "ihala/instrument.h"

/* What the root of a submission says of itself; borrowed from DOC. */
struct ih_submitted {
	const char *form; /* id of the form: of an instrument, or a mapping */
	const char *version; /* "": not said */
	/* The manifest of an encrypted one; NULL: it is none, or lacks it. */
	const char *key, *signature, *file;
	const char *instance; /* "uuid:..." */
	bool encrypted;
};

/* False: IH_INPUT with E_ODK_FORM (no submission), E_ODK_PICTURES (an encrypted
 * one with files that our forms do not ask for).  The strings live in ARENA. */
bool ih_submission_head(const xmlDoc *doc, struct ih_arena *arena,
    struct ih_submitted *head, struct ih_error *err);

/*
 * The interview in DOC, as answers.rng.  MAPPING: NULL for a form of ours, else
 * a document that fits mapping.rng.  COMMITTEE is whose interview it is, where
 * the form does not say.  Caller owns.
 * NULL: IH_INPUT with E_ODK_INSTANCE, E_ODK_DATE, E_ODK_INTERVIEW,
 * E_ODK_ELEMENT, E_ODK_STATE, E_ITEM, E_CODE.
 */
struct ih_buffer *ih_submission_answers(const xmlDoc *doc,
    const struct ih_instrument *instrument, const xmlDoc *mapping,
    const char *committee, bool training, struct ih_error *err);

#endif
