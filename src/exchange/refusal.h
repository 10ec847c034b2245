/*
 * refusal.h - a failure of another room under a code of this one.
 */
#ifndef IHALA_EXCHANGE_REFUSAL_H
#define IHALA_EXCHANGE_REFUSAL_H

#include "ihala/error.h"

/* The same text under CODE, where it was the document that failed and not
 * the machine.  Always false. */
static inline bool
refused_as(const char *code, struct ih_error *err)
{
	const struct ih_error inner = *err;

	if (inner.kind == IH_SYSTEM)
		return false;
	return ih_fail_code(err, IH_INPUT, code, "%s", inner.text);
}

#endif
