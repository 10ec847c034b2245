/*
 * asking.h - whoever got a case asks whoever sent it for what is missing, and
 * is answered: ihala send --as information-request, information and
 * information-refusal, and the same as it comes in.
 *
 * What was asked and answered stands in the sealed record of the case, on both
 * sides; whether an answer is still awaited, in the state of the letter that
 * asked: "superseded" where it was asked anew, "answered".
 */
#ifndef IHALA_CLI_ASKING_H
#define IHALA_CLI_ASKING_H

#include "following.h"

/* ihala send --as information-request, --as information-refusal. */
bool inquiry_send(struct request *request, struct ih_registry *registry,
    struct ih_error *err);
bool refusal_send(struct request *request, struct ih_registry *registry,
    struct ih_error *err);

/* ihala send --as information: LEAVING answers what its recipient asked, and
 * is cut to that.  False: E_INQUIRY_NONE, E_ANSWERED, E_NO_PROFILE. */
bool information_prepare(struct ih_registry *registry, struct leaving *leaving,
    struct ih_error *err);
/* It was posted, in the transaction that is open. */
bool information_sent(struct request *request, struct ih_registry *registry,
    const struct leaving *leaving, struct ih_error *err);

/* False: E_NOT_OURS (also of what was not asked), E_DECLINED, E_REVOKED,
 * E_ANSWERED, E_OTHER_CASE, E_NOT_ASKED_FOR. */
following_take inquiry_take, information_take, refusal_take;

/* Was it refused for what it is about?  Its sender waits for that. */
bool
asking_is_refused(const struct ih_opened *opened, const struct ih_error *err);
/* OURS was refused there: nobody waits for an answer any more. */
bool asking_refused(struct ih_registry *registry, const struct ih_message *ours,
    struct ih_error *err);

/* The list of it, on standard output, where there is any. */
bool
asking_tell(struct request *request, const xmlDoc *facts, struct ih_error *err);

#endif
