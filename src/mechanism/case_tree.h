/*
 * case_tree.h - walking a case, whose parts are of several formats.
 */
#ifndef IHALA_MECHANISM_CASE_TREE_H
#define IHALA_MECHANISM_CASE_TREE_H

#include <libxml/tree.h>
#include <stdbool.h>

#include "ihala/element.h"

#define CASE_SPACE "urn:ihala:case:1"
#define ANSWERS_SPACE "urn:ihala:answers:1"
#define ASSESSMENT_SPACE "urn:ihala:assessment:1"

/* In the place of a digest that does not leave its compartment. */
#define WITHHELD                                                               \
	"0000000000000000000000000000000000000000000000000000000000000000"

/* The first child NAME of SPACE, and the one after NODE; NULL: none. */
const xmlNode *
case_child(const xmlNode *parent, const char *space, const char *name);
const xmlNode *
case_next(const xmlNode *node, const char *space, const char *name);

/* The root, where it is of SPACE and called NAME; else NULL. */
const xmlNode *
case_root(const xmlDoc *doc, const char *space, const char *name);

/* The assessment that counts: the last under the framework of the first, which
 * is the main one.  NULL: none yet. */
const xmlNode *case_assessment(const xmlNode *root);

/* The attribute; "" where it is absent. */
const char *case_attr(const xmlNode *node, const char *name);
bool case_same(const xmlNode *node, const char *name, const char *value);

/* What ANSWERS say of fear, asylum and contact, as flags said on DAY; and
 * whether an answer to ITEM says something of these (record.c). */
void
case_write_flags(struct ih_writer *w, const xmlNode *answers, const char *day);
bool case_raises_flag(const char *item);

/* All attributes of NODE but EXCEPT (NULL: none left out); those in a
 * namespace are left out. */
void case_put_all(struct ih_writer *w, const xmlNode *node, const char *except);

/* The same, and those of OTHERS with another value (NULL: left out). */
struct case_other {
	const char *name, *value;
};
void case_put_others(struct ih_writer *w, const xmlNode *node,
    const struct case_other others[], size_t count);

#endif
