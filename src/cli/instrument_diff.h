/*
 * instrument_diff.h - two questionnaires side by side, and the stored
 * interviews that the change would touch.
 */
#ifndef IHALA_CLI_INSTRUMENT_DIFF_H
#define IHALA_CLI_INSTRUMENT_DIFF_H

#include "command.h"

/* ihala instrument diff A B: each an id or a file. */
command instrument_diff;

#endif
