/*
 * deciding.h - what is decided about a case that was sent: ihala send --as
 * acceptance, decline and revocation, and the same as it comes in.
 *
 * Whoever got the case is the one who decides.  A revocation is asked for, and
 * stands once its receipt is here; an acceptance that was sealed before wins.
 */
#ifndef IHALA_CLI_DECIDING_H
#define IHALA_CLI_DECIDING_H

#include "following.h"

/* ihala send --as acceptance, --as decline, --as revocation. */
bool decision_send(struct request *request, struct ih_registry *registry,
    struct ih_error *err);

/* May the case be sent to TO?  False: E_TRANSFER_PENDING, another committee
 * has yet to say whether it takes it over. */
bool decision_allows(struct ih_registry *registry, const char *code,
    const char *to, struct ih_error *err);
/* Is the case on its way to TO by a transfer of which nothing was heard? */
bool transfer_is_unheard(struct ih_registry *registry, const char *code,
    const char *to);

/* CODE is "" where a letter was taken back that never came.
 * False: E_NOT_OURS, E_ACCEPTED, E_DECLINED, E_REVOKED. */
following_take decision_take;
/* Was it refused for a decision that stands?  Its sender waits for that. */
bool
decision_is_refused(const struct ih_opened *opened, const struct ih_error *err);

/* What the refusal of OURS with the coarse CODE of a receipt means: of a
 * decision, that another stands there. */
const char *decision_refusal(const struct ih_message *ours, const char *code);

/* The receipt for OURS, a letter that was sent, is here. */
bool decision_answered(struct ih_registry *registry,
    const struct ih_message *ours, bool accepted, struct ih_error *err);

#endif
