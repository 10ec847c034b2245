/*
 * node.h - walking a document that a schema has already passed.
 *
 * All results are borrowed from the document.  Names are local names; the
 * namespace is that of the parent, or the one asked for.
 *
 * Source: Namespaces in XML 1.0; XML 1.0 section 2.12 (xml:lang).
 */
#ifndef IHALA_NODE_H
#define IHALA_NODE_H

#include <libxml/tree.h>
#include <stdbool.h>

#include "ihala/arena.h"

/* The attribute's value; NULL where it is absent. */
const char *ih_attr(const xmlNode *node, const char *name);
/* xml:lang of the element itself; "" where absent. */
const char *ih_lang_of(const xmlNode *node);

/* First child element (of that name; NULL: of any name), and the next. */
xmlNode *ih_child(const xmlNode *node, const char *name);
xmlNode *ih_next(const xmlNode *node, const char *name);

/*	for (xmlNode *a = ih_child(n, "answer"); a; a = ih_next(a, "answer")) */

bool ih_is(const xmlNode *node, const char *name);

/* How many child elements of that name. */
size_t ih_children(const xmlNode *node, const char *name);

/* Which of COUNT words the attribute is; 0 where it is none of them, or
 * absent, which the schema does not let pass or means the first. */
int ih_attr_word(const xmlNode *node, const char *name,
    const char *const *words, int count);

/* The text directly inside NODE, white space at both ends cut, in ARENA. */
const char *ih_text_of(struct ih_arena *arena, const xmlNode *node);

/* The format a root element belongs to: "answers" for urn:ihala:answers:1.
 * "" where it is none of ours. */
const char *ih_format_of(const xmlDoc *doc);

long ih_line(const xmlNode *node);

/* A copy of NODE in a new child NAME of TO, of its namespace: how documents
 * are put into one tree for a stylesheet.  False: there was no memory. */
bool ih_graft(xmlNode *to, const char *name, const xmlNode *node);

#endif
