/*
 * facet.h - the patterns of a grammar, each compiled once.
 *
 * libxml2 compiles the pattern of a datatype anew for each value that it
 * checks: six parts in seven of what a check costs.  So what an attribute or
 * an element holds is taken out of the grammar before libxml2 compiles that,
 * and asked of libxml2's own facets here.  What fits such a grammar and holds
 * these facets fits the grammar as it was; what does not may still fit, and
 * is held against that.
 *
 * Source: RELAX NG (ISO/IEC 19757-2); XML Schema Part 2, section 4.3.
 */
#ifndef IHALA_SRC_XML_FACET_H
#define IHALA_SRC_XML_FACET_H

#include <libxml/tree.h>
#include <stdbool.h>

#include "ihala/owned.h"

typedef struct ih_facets ih_facets;

/* Takes out of GRAMMAR, which has no include, what can be asked here.  It is
 * borrowed until the end.  Caller owns. */
struct ih_facets *ih_facets_take(xmlDoc *grammar);
/* Makes the grammar whole again: once, before the end. */
void ih_facets_put_back(struct ih_facets *facets);
void ih_facets_free(struct ih_facets *facets);

/* Has each attribute and element of DOC what was taken out?  False, too,
 * where that is not certain.  One thread at a time. */
bool ih_facets_hold(struct ih_facets *facets, const xmlDoc *doc);

IH_OWNER(ih_facets, ih_facets_free)

#endif
