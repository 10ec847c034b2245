/*
 * named.h - a questionnaire or a framework as the user names it: the id
 * of an installed one, or a file.
 *
 * A name with "/" in it or ".xml" at its end is a file; it comes from
 * outside and passes its schema in a confined child before it is read.
 */
#ifndef IHALA_CLI_NAMED_H
#define IHALA_CLI_NAMED_H

#include "command.h"
#include "ihala/framework.h"
#include "ihala/instrument.h"

/* The caller owns it.  NULL: IH_ABSENT, or IH_INPUT naming file and line. */
struct ih_instrument *instrument_named(struct request *request,
    const char *name, struct ih_error *err);

/* Over INSTRUMENT, which must outlive it. */
struct ih_framework *framework_named(struct request *request, const char *name,
    const struct ih_instrument *instrument, struct ih_error *err);

/* The id of the instrument that framework NAME speaks of, in the request's
 * arena.  NULL: as above. */
const char *framework_speaks_of(struct request *request, const char *name,
    struct ih_error *err);

#endif
