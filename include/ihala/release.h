/*
 * release.h - what may leave, cut by an allow list, and only if it may.
 *
 * First the gate: conditions over the answers and the consent ledger, all
 * data of the country's mechanism.  Then the cut: what the profile names is
 * copied, and nothing else; an answer the profile does not name, an indicator
 * that would betray such an answer, another recipient's referral or consent,
 * and the digest of the whole interview stay here.
 *
 * Nothing goes without a recorded answer: blank, unknown and refused are
 * refusals at the gate, each with its code.
 *
 * Source: urn:ihala:mechanism:1, <profile>; src/README.md "Release".
 */
#ifndef IHALA_RELEASE_H
#define IHALA_RELEASE_H

#include <libxml/tree.h>
#include <stdbool.h>

#include "ihala/buffer.h"
#include "ihala/error.h"
#include "ihala/mechanism.h"

/* One release: what is asked.  All borrowed. */
struct ih_release {
	const struct ih_mechanism *mechanism; /* of the office that sends */
	const char *profile;                  /* "referral" */
	const char *recipient;     /* committee code "TN", or id of a body */
	const char *authorisation; /* reference of the data-protection
				      authority, supplied by the office; NULL */
	const char *day;           /* today, ISO 8601: consents may end */
	const struct ih_instrument *instrument; /* of the answers */
};

/*
 * May FACTS leave?  False, IH_STATE, with a code of the catalogue:
 *	E_NO_PROFILE	   the country has no such profile
 *	E_RECIPIENT	   no committee, nor a body of this country: a partner
 *			   sees no case
 *	E_CONSENT	   consent was not given, or was withdrawn
 *	E_FEARS		   the person fears what the recipient may do
 *	E_FEARS_UNKNOWN	   whether they do was not recorded
 *	E_AUTHORISATION	   the reference is missing
 * or whatever code the profile's own gates have.
 */
bool ih_release_gate(const struct ih_release *release, xmlDoc *facts,
    struct ih_error *err);

/*
 * The case as the recipient gets it, a document of case.rng.  Passes the
 * gate first.  IDENTITY (NULL: none) goes in only as far as the profile
 * names items and consent covers identity.  False: as the gate, or IH_INPUT.
 */
bool ih_release_cut(const struct ih_release *release, xmlDoc *facts,
    xmlDoc *identity, struct ih_buffer *out, struct ih_error *err);

#endif
