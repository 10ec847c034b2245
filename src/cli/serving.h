/*
 * serving.h - how soon, and whether, those answered whom cases were sent to.
 */
#ifndef IHALA_CLI_SERVING_H
#define IHALA_CLI_SERVING_H

#include "command.h"

/* A row a body: letters sent in the period, how many were acknowledged and
 * answered, the median hours until both.  Bodies with few letters are one row
 * together.  For the office alone. */
bool serving_list(struct request *request, struct ih_registry *registry,
    struct ih_error *err);

#endif
