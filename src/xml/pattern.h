/*
 * pattern.h - RELAX NG patterns and their derivatives.
 *
 * A pattern says what may still come.  After each event of a document
 * (an element begins, an attribute, text, an element ends) its derivative
 * says what may come then; where that is ih_nothing, the event was the
 * fault.  Nothing is said about speed: schema.c asks only about documents
 * that libxml2 has refused.
 *
 * Source: J. Clark, "An algorithm for RELAX NG validation" (2002); RELAX NG
 * (ISO/IEC 19757-2) section 4 for names and namespaces.
 */
#ifndef IHALA_SRC_XML_PATTERN_H
#define IHALA_SRC_XML_PATTERN_H

#include <libxml/tree.h>
#include <stdbool.h>

#include "ihala/arena.h"

enum shape {
	NOTHING, /* no document fits */
	EMPTY,
	TEXT,
	SIMPLE, /* data, value or list */
	CHOICE,
	INTERLEAVE,
	GROUP,
	MORE, /* one or more */
	ATTRIBUTE,
	ELEMENT,
	AFTER, /* a, inside the element at hand; b, after its end */
};

/* Made once each, so that equal patterns are one pointer. */
struct ih_pattern {
	enum shape shape;
	const struct ih_pattern *a, *b;
	const xmlNode *from; /* SIMPLE, ATTRIBUTE, ELEMENT: in the grammar */
	struct ih_pattern *next; /* of its bucket */
};

#define IH_PATTERN_BUCKETS 1024

/* The patterns of one search: zero but for the arena, then started. */
struct ih_patterns {
	struct ih_arena *arena; /* borrowed; they live as long as it */
	const xmlNode *grammar; /* its root element */
	struct ih_pattern *buckets[IH_PATTERN_BUCKETS];
	struct simple *simples; /* datatypes compiled so far */
	int count, refs;
	bool gave_up; /* too many, or more than this room knows */
};

struct ih_name {
	const char *space, *local; /* "" where it is in no namespace */
};

extern const struct ih_pattern ih_nothing;

/* What a whole document has to be.  GRAMMAR has no include, and is borrowed
 * until the end. */
const struct ih_pattern *
ih_patterns_start(struct ih_patterns *s, const xmlDoc *grammar);
void ih_patterns_end(struct ih_patterns *s);

/* After a start tag of that NAME; an attribute; the end of the attributes;
 * all the text between two tags; an end tag. */
const struct ih_pattern *ih_pattern_opened(struct ih_patterns *s,
    const struct ih_pattern *p, struct ih_name name);
const struct ih_pattern *ih_pattern_given(struct ih_patterns *s,
    const struct ih_pattern *p, struct ih_name name, const char *value);
const struct ih_pattern *
ih_pattern_tagged(struct ih_patterns *s, const struct ih_pattern *p);
const struct ih_pattern *ih_pattern_told(struct ih_patterns *s,
    const struct ih_pattern *p, const char *value);
const struct ih_pattern *
ih_pattern_closed(struct ih_patterns *s, const struct ih_pattern *p);

const struct ih_pattern *ih_pattern_either(struct ih_patterns *s,
    const struct ih_pattern *a, const struct ih_pattern *b);
bool ih_pattern_may_be_empty(const struct ih_pattern *p);

/* Is NODE of the grammar that element of RELAX NG ("value")? */
bool ih_rng_is(const xmlNode *node, const char *name);
/* What the name attribute of an element or attribute of the grammar says. */
struct ih_name ih_rng_own_name(const xmlNode *node);
/* Does the name class of FROM hold NAME? */
bool ih_rng_is_named(struct ih_patterns *s, const xmlNode *from,
    struct ih_name name);
/* Does the grammar name it anywhere, as KIND ("element")?  Only then may a
 * message. */
bool
ih_rng_is_known(struct ih_patterns *s, const char *kind, struct ih_name name);
struct ih_name ih_rng_name_of(const xmlNs *ns, const xmlChar *local);

#endif
