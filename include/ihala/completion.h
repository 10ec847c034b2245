/*
 * completion.h - what was asked of another office comes into the case that
 * came from there.
 *
 * An answer that was not sent, or stood open, is filled in; an answer that is
 * here already is left as it is, whatever the other office says now, and that
 * it differs is counted, for somebody to ask.  What is not of this case, or
 * of a part nobody asked for, is refused as a whole.
 *
 * Source: xml/schema/case.rng; include/ihala/inquiry.h.
 */
#ifndef IHALA_COMPLETION_H
#define IHALA_COMPLETION_H

#include <libxml/tree.h>
#include <stdbool.h>
#include <stddef.h>

#include "ihala/error.h"
#include "ihala/record.h"

struct ih_completed {
	size_t added;   /* answers that were not here */
	size_t differs; /* that are here, and were left */
};

/*
 * FACTS and IDENTITY (NULL: none yet) with the answers of CAME, a case as a
 * release profile cut it, about CATEGORIES ("identity contact").  Into OUT the
 * facts, and the identity where that changed.
 * False: IH_TRUST with E_OTHER_CASE (its code, interview or questionnaire are
 * not those of this case) or E_NOT_ASKED_FOR (a part nobody asked for).
 */
bool ih_completion_write(const xmlDoc *facts, const xmlDoc *identity,
    const xmlDoc *came, const char *categories, struct ih_record_parts *out,
    struct ih_completed *counts, struct ih_error *err);

#endif
