/*
 * receipting.h - the receipt of a letter that came, once more: the first may
 * have been lost, or was not asked for when the letter was taken in.
 */
#ifndef IHALA_CLI_RECEIPTING_H
#define IHALA_CLI_RECEIPTING_H

#include "command.h"

/* ihala send --to CC --as receipt --from MESSAGE.  False: IH_ABSENT (there is
 * no such letter), IH_STATE (E_UNANSWERED: it came from somebody else, or is
 * not answered). */
bool receipt_send(struct request *request, struct ih_registry *registry,
    struct ih_error *err);

#endif
