/*
 * alias.h - how one recipient knows a case of ours.
 *
 * Each recipient has a code and an interview id of its own for a case, always
 * the same: two of them cannot join their files by either, and a third letter
 * about a case still finds the first.  Both are grown from the key of the
 * case's facts and the recipient's name, so that whoever may read the case
 * can name it as any recipient does, and nobody else can.  They survive a
 * new key of a compartment, and go when the case is erased.
 *
 * Source: src/exchange/README.md "Names that cannot be joined"; RFC 2104.
 */
#ifndef IHALA_ALIAS_H
#define IHALA_ALIAS_H

#include "ihala/registry.h"
#include "ihala/release.h"

/* RECIPIENT: a committee's code, or the id of a body.  False: IH_DENIED (the
 * facts may not be read), IH_ABSENT (erased, or no such case), IH_TRUST. */
bool ih_alias_of(struct ih_registry *registry, const char *code,
    const char *recipient, struct ih_alias *alias, struct ih_error *err);

#endif
