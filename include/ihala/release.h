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
 * Two recipients do not share a code or an id of the case: each has its own
 * (struct ih_alias), which the registry computes (alias.h).
 *
 * An anonymous profile is for an adult who refuses a referral: what is cut is
 * no case but a notification (urn:ihala:notification:1), a few coarse codes.
 * It needs no consent, and no profile of it can name a person:
 * ih_release_check().
 *
 * Source: urn:ihala:mechanism:1, <profile>; src/README.md "Release".
 */
#ifndef IHALA_RELEASE_H
#define IHALA_RELEASE_H

#include <libxml/tree.h>
#include <stdbool.h>

#include "ihala/buffer.h"
#include "ihala/error.h"
#include "ihala/id.h"
#include "ihala/mechanism.h"

/* How one recipient knows the case and its interview. */
struct ih_alias {
	char code[IH_CODE_TEXT];
	char interview[IH_UUID_TEXT];
};

/* One release: what is asked.  All borrowed. */
struct ih_release {
	const struct ih_mechanism *mechanism; /* of the office that sends */
	const char *profile;                  /* "referral" */
	const char *recipient;     /* committee code "TN", or id of a body */
	const char *authorisation; /* reference of the data-protection
				      authority, supplied by the office; NULL */
	const char *day;           /* today, ISO 8601: consents may end */
	const struct ih_instrument *instrument; /* of the answers */
	const struct ih_alias *alias; /* NULL: codes and ids as they are here */
	const char *file;             /* where the file is; NULL: not known */
	/* Some categories of data, "identity contact", all of them, and nothing
	 * else; NULL: whatever may leave. */
	const char *only;
};

/*
 * May FACTS leave?  False, IH_STATE, with a code of the catalogue:
 *	E_NO_PROFILE	   the country has no such profile
 *	E_RECIPIENT	   no committee, nor a body of this country (a partner
 *			   sees no case), or not one the profile is for
 *	E_LEGAL_BASIS	   the profile says under which law nowhere
 *	E_RETENTION	   nor how long the recipient may keep it
 *	E_CONSENT	   consent was not given, or was withdrawn
 *	E_FEARS		   the person fears what the recipient may do
 *	E_FEARS_UNKNOWN	   whether they do was not recorded
 *	E_ASYLUM_UNKNOWN   whether they seek asylum was not, and it is for
 *			   another state
 *	E_AUTHORISATION	   the reference is missing
 *	E_NOTHING_HELD	   of a category in ONLY nothing is there to tell
 *	E_NOT_REFUSED	   an anonymous profile, and the file is not at
 *			   "notify-only"
 * or whatever code the profile's own gates have.
 */
bool ih_release_gate(const struct ih_release *release, xmlDoc *facts,
    struct ih_error *err);

/*
 * The case as the recipient gets it, a document of case.rng, or, by an
 * anonymous profile, of notification.rng.  Passes the
 * gate first.  IDENTITY (NULL: none) goes in only as far as the profile
 * names items and consent covers identity.  False: as the gate, or IH_INPUT.
 */
bool ih_release_cut(const struct ih_release *release, xmlDoc *facts,
    xmlDoc *identity, struct ih_buffer *out, struct ih_error *err);

/*
 * Do the profiles of MECHANISM name what they say they name, in INSTRUMENT:
 * facts as facts, identity as identity; and can no answer show through an
 * anonymous one but as one of its codes?  False: IH_INPUT, E_RELEASE_FLOOR,
 * with the profile and the item.
 */
bool ih_release_check(const struct ih_mechanism *mechanism,
    const struct ih_instrument *instrument, struct ih_error *err);

#endif
