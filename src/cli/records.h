/*
 * records.h - the cases of the office as records of a case data standard, for
 * its own use.
 */
#ifndef IHALA_CLI_RECORDS_H
#define IHALA_CLI_RECORDS_H

#include "command.h"

/* ihala summary records --period 2026 --as csv|json [-o F]: the cases that were
 * opened in the period.  False: IH_STATE (E_RECORDS_TRAINING), IH_DENIED. */
command summary_records;

#endif
