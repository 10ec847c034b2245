/*
 * fault.h - the first thing that is wrong with a document, in words.
 *
 * libxml2 says whether a document fits, but where it does not it names the
 * wrong element, or the value.  This follows the document a second time,
 * with derivatives of the schema, to the first node after which nothing
 * could fit any more, and says what was expected there.
 *
 * Source: J. Clark, "An algorithm for RELAX NG validation" (2002).
 */
#ifndef IHALA_SRC_XML_FAULT_H
#define IHALA_SRC_XML_FAULT_H

#include <libxml/tree.h>
#include <stdbool.h>

#include "ihala/error.h"

/*
 * GRAMMAR is a RELAX NG schema without include.  True: ERR holds the place
 * and the fault of DOC, IH_INPUT; names and values in it are the schema's.
 * False, ERR untouched: no fault was found, or not within reason.
 */
bool ih_fault_find(const xmlDoc *grammar, const xmlDoc *doc, const char *name,
    struct ih_error *err);

#endif
