/*
 * look.h - a file is looked at check by check, and nothing is stored: what
 * "ihala open" and "ihala verify" have in common.
 */
#ifndef IHALA_CLI_LOOK_H
#define IHALA_CLI_LOOK_H

#include "mailroom.h"

/* Look at the file that REQUEST names, and tell what was found. */
bool look(struct request *request, struct mailroom *room, struct ih_error *err);

#endif
