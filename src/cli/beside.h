/*
 * beside.h - the other programs that are installed with this one.
 */
#ifndef IHALA_CLI_BESIDE_H
#define IHALA_CLI_BESIDE_H

#include <limits.h>
#include <stdbool.h>

#include "ihala/error.h"

enum { BESIDE_TEXT = PATH_MAX + 32 };

/* The path of program NAME, in the folder of this one.  False: IH_SYSTEM. */
bool
beside(const char *name, char path[static BESIDE_TEXT], struct ih_error *err);

#endif
