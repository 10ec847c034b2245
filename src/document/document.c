/* This is where the sources of a paper are gathered and become a page. */
#include "ihala/document.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "gather.h"
#include "ihala/node.h"
#include "ihala/schema.h"
#include "ihala/stylesheet.h"
#include "ihala/xml.h"

#define SOURCES "urn:ihala:sources:1"

/* ---- one tree of all sources, so that no sheet ever opens a file */

static xmlNode *
add(xmlNode *to, const char *name)
{
	return xmlNewChild(to, to->ns, (const xmlChar *)name, NULL);
}

static bool
add_document(xmlNode *root, const char *name, const xmlDoc *doc)
{
	const xmlNode *from = doc != NULL ? doc->children : NULL;

	while (from != NULL && from->type != XML_ELEMENT_NODE)
		from = from->next;
	return from == NULL || ih_graft(root, name, from);
}

static bool
add_tongues(xmlNode *root, const struct ih_sources *sources)
{
	for (size_t i = 0; i < sources->tongue_count; i++) {
		xmlNode *tongue = add(root, "tongue");
		char tag[IH_TAG_TEXT];

		ih_tongue_tag(sources->tongues[i], tag);
		if (tongue == NULL ||
		    xmlNewProp(tongue, (const xmlChar *)"tag",
			(const xmlChar *)tag) == NULL ||
		    xmlNewProp(tongue, (const xmlChar *)"lang",
			(const xmlChar *)ih_lang_tag(
			    sources->tongues[i].lang)) == NULL)
			return false;
	}
	return true;
}

static bool
add_all(xmlNode *root, const char *name, xmlDoc *const *docs, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!add_document(root, name, docs[i]))
			return false;
	return true;
}

xmlDoc *
ih_sources_gather(const struct ih_sources *sources, struct ih_error *err)
{
	IH_OWNED(xmlDoc) doc = xmlNewDoc((const xmlChar *)"1.0");
	xmlNode *root =
	    xmlNewDocNode(doc, NULL, (const xmlChar *)"sources", NULL);
	bool well;

	xmlDocSetRootElement(doc, root);
	xmlSetNs(root,
	    xmlNewNs(root, (const xmlChar *)SOURCES, (const xmlChar *)"s"));
	well = add_tongues(root, sources) &&
	       add_document(root, "record", sources->record) &&
	       add_document(root, "sender", sources->sender) &&
	       add_document(root, "recipient", sources->recipient) &&
	       add_document(root, "instrument", sources->instrument) &&
	       add_document(root, "framework", sources->framework) &&
	       add_document(root, "consents", sources->consents) &&
	       add_all(root, "framework", sources->more_frameworks,
		   sources->more_count) &&
	       add_all(root, "catalogue", sources->catalogues,
		   sources->catalogue_count);
	if (!well) {
		ih_fail(err, IH_SYSTEM, "no memory for a document");
		return NULL;
	}
	return IH_GIVE(doc);
}

/* ---- from sources to blocks */

/* A kind is a stylesheet: the table of paper.h says of what it is made. */
static struct ih_stylesheet *
sheet_of(struct ih_library *library, const char *kind, struct ih_error *err)
{
	struct ih_stylesheet *sheet = ih_stylesheet_load(library, kind, err);

	if (sheet == NULL && err->kind == IH_ABSENT)
		ih_fail(err, IH_USAGE, "there is no such kind of document");
	return sheet;
}

static bool
is_asked_well(const struct ih_sources *sources, struct ih_error *err)
{
	return (sources->record != NULL && sources->tongue_count >= 1 &&
		   sources->tongue_count <= 2) ||
	       ih_fail(err, IH_USAGE,
		   "a document needs a record and one or two languages");
}

static bool
fits_blocks(struct ih_library *library, xmlDoc *blocks, struct ih_error *err)
{
	IH_OWNED(ih_schema) schema = ih_schema_load(library, "block", err);

	return schema != NULL && ih_schema_check(schema, blocks, "block", err);
}

xmlDoc *
ih_document_blocks(struct ih_library *library, const char *kind,
    const struct ih_sources *sources, struct ih_error *err)
{
	const struct ih_param params[] = {
		{ "made", sources->made },
		{ "digest", sources->digest },
		{ "referral", sources->referral },
		{ "body", sources->body },
		{ "purpose", sources->purpose },
	};
	IH_OWNED(xmlDoc) gathered = NULL;
	IH_OWNED(ih_stylesheet) sheet = NULL;
	IH_OWNED(xmlDoc) blocks = NULL;

	if (!is_asked_well(sources, err))
		return NULL;
	gathered = ih_sources_gather(sources, err);
	if (gathered == NULL)
		return NULL;
	sheet = sheet_of(library, kind, err);
	if (sheet == NULL)
		return NULL;
	blocks = ih_stylesheet_apply(sheet, gathered, params,
	    sizeof params / sizeof params[0], err);
	if (blocks == NULL || !fits_blocks(library, blocks, err))
		return NULL;
	return IH_GIVE(blocks);
}

struct ih_buffer *
ih_document_print(struct ih_library *library, xmlDoc *blocks,
    struct ih_error *err)
{
	IH_OWNED(ih_stylesheet)
	sheet = ih_stylesheet_load(library, "print", err);

	return sheet != NULL ?
		   ih_stylesheet_render(sheet, blocks, NULL, 0, err) :
		   NULL;
}

struct ih_buffer *
ih_document_make(struct ih_library *library, const char *kind,
    const struct ih_sources *sources, struct ih_error *err)
{
	IH_OWNED(xmlDoc)
	blocks = ih_document_blocks(library, kind, sources, err);

	return blocks != NULL ? ih_document_print(library, blocks, err) : NULL;
}
