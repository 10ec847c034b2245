/*
 * inner.h - what the rooms of the summary floor share among themselves.
 */
#ifndef IHALA_SUMMARY_INNER_H
#define IHALA_SUMMARY_INNER_H

#include <libxml/tree.h>

#include "ihala/arena.h"
#include "ihala/error.h"
#include "ihala/node.h"
#include "ihala/schema.h"
#include "ihala/table.h"

/* Beside the open definitions: the text of the file, and the schemas. */
struct ih_tables_inner {
	struct ih_arena *arena;
	struct ih_schema *statistic, *returned, *region, *masked;
};

/*
 * A row of codes, read: what can be counted of one person in any period.
 * Days count from 1970-01-01; steps stand in the order of the variables and
 * their categories.
 */
enum { CODED_STEPS = 24, CODED_NEVER = UINT16_MAX };

struct coded {
	uint16_t opened;
	uint16_t bits[IH_VARIABLES_MAX]; /* one for each category */
	uint16_t steps[CODED_STEPS];     /* first day; CODED_NEVER */
};

/* How many steps the definitions count; at most CODED_STEPS. */
size_t ih_coded_steps(const struct ih_tables *tables);
/* Is the variable found in the row itself, and not by steps? */
bool ih_coded_stands(const struct ih_variable *variable);

/* ONE, a row of COMMITTEE.  False: as ih_count_case(). */
bool ih_coded_read(const struct ih_tables *tables, const char *committee,
    const struct ih_statistic *one, struct coded *coded, bool *training,
    struct ih_error *err);
/* False: IH_INPUT (more than IH_COUNT_MAX). */
bool ih_coded_count(struct ih_count *count, const struct coded *coded,
    struct ih_error *err);

/* The number of ATTRIBUTE, which its schema has passed. */
int64_t ih_count_attr(const xmlNode *node, const char *attribute);
/* The number that is the text of NODE. */
int64_t ih_count_text(const xmlNode *node);

/* Are SIZE bytes at most MOST?  False: IH_INPUT. */
static inline bool
ih_fits(const char *name, size_t size, unsigned most, struct ih_error *err)
{
	return size <= most ||
	       ih_fail(err, IH_INPUT, "%s: larger than %u bytes", name, most);
}

/* A tree for a stylesheet, into which documents are grafted.  Caller owns. */
static inline xmlDoc *
ih_sources_new(void)
{
	xmlDoc *doc = xmlNewDoc((const xmlChar *)"1.0");
	xmlNode *root =
	    xmlNewDocNode(doc, NULL, (const xmlChar *)"sources", NULL);

	xmlDocSetRootElement(doc, root);
	xmlSetNs(root, xmlNewNs(root, (const xmlChar *)"urn:ihala:sources:1",
			   (const xmlChar *)"s"));
	return doc;
}

/* Position of CODE among the categories; COUNT where it is none. */
size_t ih_category_at(const struct ih_variable *variable, const char *code);

/* Does NODE say that it is TABLE, by these variables? */
bool ih_table_is(const struct ih_tables *tables, const struct ih_table *table,
    const xmlNode *node);

#endif
