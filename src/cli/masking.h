/*
 * masking.h - the numbers of a period that say nothing alone, and their sum.
 */
#ifndef IHALA_CLI_MASKING_H
#define IHALA_CLI_MASKING_H

#include "office.h"

#define MASKED "masked" /* of --as */

bool masking_is_asked(const struct request *request);

/*
 * The numbers of --period, masked towards the committees in the words, in the
 * transaction that is open: counted the first time, and from then on those
 * that were given.  *PARTIES: of the sum.  Caller owns.
 * NULL: IH_USAGE; IH_STATE (E_MASK_TOLD: they were given to another group);
 * IH_TRUST (E_RETURN_STORED, E_NO_SEALING_KEY, E_MASK_KEY).
 */
struct ih_buffer *masking_numbers(struct request *request,
    struct ih_registry *registry, size_t *parties, struct ih_error *err);

/* The files in the words, added up and listed: rounded together, and exact for
 * whoever may count. */
bool masking_list(struct request *request, struct ih_registry *registry,
    const struct partners *partners, const struct ih_forms *forms,
    struct ih_error *err);

#endif
