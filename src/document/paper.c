/* This is where the table of papers is read, and a record held to the needs of
 * one. */
#include "ihala/paper.h"

#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/node.h"
#include "ihala/schema.h"

#define TABLE "xml/document/kinds.xml"

static const char *const sources[IH_PAPER_SOURCES] = {
	[IH_OF_CASE] = "case",
	[IH_OF_RELEASE] = "release",
	[IH_OF_INSTRUMENT] = "instrument",
	[IH_OF_OFFICE] = "office",
	[IH_OF_COPY] = "copy",
	[IH_OF_ERASURE] = "erasure",
	[IH_OF_RETURN] = "return",
};

IH_OWNER(xmlXPathContext, xmlXPathFreeContext)
IH_OWNER(xmlXPathObject, xmlXPathFreeObject)
IH_OWNER(xmlXPathCompExpr, xmlXPathFreeCompExpr)

const char *
ih_paper_of_name(enum ih_paper_of of)
{
	return sources[of];
}

/* ---- the table */

static void
say_nothing(void *unused, xmlError *error)
{
	(void)unused, (void)error;
}

/* What the prefixes of the table mean; nothing is printed. */
static xmlXPathContext *
context_of(const struct ih_papers *papers, xmlDoc *record)
{
	xmlXPathContext *context = xmlXPathNewContext(record);
	const xmlNode *root = xmlDocGetRootElement(papers->doc);

	if (context == NULL)
		return NULL;
	context->error = say_nothing;
	for (const xmlNs *ns = root->nsDef; ns != NULL; ns = ns->next)
		if (ns->prefix != NULL)
			xmlXPathRegisterNs(context, ns->prefix, ns->href);
	return context;
}

static bool
take_need(struct ih_papers *papers, struct ih_paper *paper, const xmlNode *node,
    struct ih_error *err)
{
	struct ih_paper_need need = { ih_attr(node, "id"),
		ih_attr(node, "at") };
	IH_OWNED(xmlXPathContext) context = context_of(papers, papers->doc);
	IH_OWNED(xmlXPathCompExpr)
	path = context == NULL ?
		   NULL :
		   xmlXPathCtxtCompile(context, (const xmlChar *)need.at);

	if (path == NULL)
		return ih_fail(err, IH_INPUT, TABLE ":%ld: this is no path",
		    ih_line(node));
	if (paper->need_count == IH_PAPER_NEEDS)
		return ih_fail(err, IH_INPUT,
		    TABLE ":%ld: a kind has at most %d needs", ih_line(node),
		    IH_PAPER_NEEDS);
	paper->needs[paper->need_count++] = need;
	return true;
}

static bool
take_kind(struct ih_papers *papers, const xmlNode *node, struct ih_error *err)
{
	struct ih_paper *paper = &papers->rows[papers->count];

	paper->id = ih_attr(node, "kind");
	if (ih_paper_find(papers, paper->id) != NULL)
		return ih_fail(err, IH_INPUT,
		    TABLE ":%ld: this kind is there twice", ih_line(node));
	paper->of = (enum ih_paper_of)ih_attr_word(node, "of", sources,
	    IH_PAPER_SOURCES);
	paper->plan = ih_attr(node, "plan") != NULL;
	paper->purpose = ih_attr(node, "purpose") != NULL;
	paper->decides = ih_attr(node, "decides") != NULL;
	for (const xmlNode *need = ih_child(node, "need"); need != NULL;
	     need = ih_next(need, "need"))
		if (!take_need(papers, paper, need, err))
			return false;
	papers->count++;
	return true;
}

struct ih_papers *
ih_papers_load(struct ih_library *library, struct ih_error *err)
{
	IH_OWNED(ih_papers) papers = ih_zeroed(sizeof *papers);
	const xmlNode *root;

	papers->doc = ih_schema_read(library, TABLE, "document", err);
	if (papers->doc == NULL)
		return NULL;
	root = xmlDocGetRootElement(papers->doc);
	papers->rows =
	    ih_zeroed(ih_children(root, "document") * sizeof *papers->rows);
	for (const xmlNode *node = ih_child(root, "document"); node != NULL;
	     node = ih_next(node, "document"))
		if (!take_kind(papers, node, err))
			return NULL;
	return IH_GIVE(papers);
}

void
ih_papers_free(struct ih_papers *papers)
{
	xmlFreeDoc(papers->doc);
	free(papers->rows);
	free(papers);
}

const struct ih_paper *
ih_paper_find(const struct ih_papers *papers, const char *id)
{
	for (size_t i = 0; i < papers->count; i++)
		if (strcmp(papers->rows[i].id, id) == 0)
			return &papers->rows[i];
	return NULL;
}

/* ---- a record held to it */

/* What cannot be looked up is not there. */
static bool
is_there(xmlXPathContext *context, const struct ih_paper_need *need)
{
	IH_OWNED(xmlXPathObject)
	found = xmlXPathEvalExpression((const xmlChar *)need->at, context);

	return found != NULL && xmlXPathCastToBoolean(found) == 1;
}

size_t
ih_paper_lacks(const struct ih_papers *papers, const struct ih_paper *paper,
    xmlDoc *record, const char *purpose,
    const struct ih_paper_need *lacks[static IH_PAPER_NEEDS])
{
	IH_OWNED(xmlXPathContext) context = context_of(papers, record);
	size_t count = 0;

	if (context != NULL) {
		context->node = xmlDocGetRootElement(record);
		xmlXPathRegisterVariable(context, (const xmlChar *)"purpose",
		    xmlXPathNewCString(purpose));
	}
	for (size_t i = 0; i < paper->need_count; i++)
		if (context == NULL || !is_there(context, &paper->needs[i]))
			lacks[count++] = &paper->needs[i];
	return count;
}
