/*
 * batch.h - any number of interviews, a line each, and those that were
 * refused by name.
 */
#ifndef IHALA_CLI_BATCH_H
#define IHALA_CLI_BATCH_H

#include "command.h"

/* The files and folders of the request.  False: IH_STATE, some were refused;
 * or none could be begun. */
bool assess_batch(struct request *request, struct ih_error *err);

#endif
