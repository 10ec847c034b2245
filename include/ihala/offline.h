/*
 * offline.h - a questionnaire for where Ihala is not: on a phone, in a
 * browser without a network, in the records of a hospital.
 *
 * Each is made of the instrument by a stylesheet, in Arabic, French and
 * English, and says the instrument's id, version and digest, so that what
 * comes back is held to the very questions that were asked.
 *
 *	odk.xsl		ODK XForm: ODK Collect, Enketo, KoBo
 *	page.xsl	one HTML file that needs nothing else
 *	fhir.xsl	FHIR R4 Questionnaire, as JSON
 *	ask.xsl		no questionnaire: a page by which help is asked for
 *
 * A question is asked there where its ask-if is true for sure; one whose
 * ask-if is undetermined (what it hangs on was refused) is left out, and
 * stands as blank.  The answers are sealed to a key of the office that is for
 * nothing else.  That keeps them secret; it does not say who wrote them.
 *
 * Source: xml/schema/instrument.rng; ODK XForms Specification; HL7 FHIR R4
 * (4.0.1); W3C Web Cryptography API; Content Security Policy Level 3.
 */
#ifndef IHALA_OFFLINE_H
#define IHALA_OFFLINE_H

#include "ihala/buffer.h"
#include "ihala/error.h"
#include "ihala/instrument.h"
#include "ihala/library.h"
#include "ihala/mechanism.h"

/* All borrowed. */
struct ih_offline {
	const struct ih_instrument *instrument; /* NULL: ask does without */
	/* Whose numbers and words; NULL: only fhir does without. */
	const struct ih_mechanism *mechanism;
	const char *key;    /* base64 of the key's SubjectPublicKeyInfo; NULL */
	const char *key_id; /* its identifier, hex */
	bool training;      /* what comes back is invented */
};

enum ih_offline_kind {
	IH_OFFLINE_ODK,
	IH_OFFLINE_PAGE,
	IH_OFFLINE_FHIR,
	IH_OFFLINE_ASK
};

#define IH_OFFLINE_PAGE_BYTES 60000 /* as much as a page may have */

/* The form.  Caller owns.  NULL: IH_USAGE (what OF lacks), IH_INPUT (for FHIR:
 * E_FHIR_CONDITION, a condition that it cannot say, with its item). */
struct ih_buffer *
ih_offline_make(struct ih_library *library, enum ih_offline_kind kind,
    const struct ih_offline *of, struct ih_error *err);

#endif
