/* This is where what a paper of a case is made of is gathered. */
#include "sheet.h"

#include <string.h>

#include "ihala/document.h"
#include "ihala/node.h"
#include "interview.h"

/* Words of a plan, of its states, of the ways in which help is asked for. */
static const struct {
	const char *folder, *id;
} catalogues[] = {
	{ "service", "common" },
	{ "lifecycle", "plan" },
	{ "lifecycle", "case" },
};
enum { CATALOGUES = sizeof catalogues / sizeof catalogues[0] };

/* All that the page is made of. */
struct sheet {
	xmlDoc *copy, *instrument, *consents;
	xmlDoc *catalogues[CATALOGUES];
	xmlDoc *frameworks[DESK_FRAMEWORKS];
	size_t framework_count;
};
typedef struct sheet cli_sheet;

static void
sheet_free(struct sheet *sheet)
{
	xmlFreeDoc(sheet->copy);
	xmlFreeDoc(sheet->instrument);
	xmlFreeDoc(sheet->consents);
	for (size_t i = 0; i < CATALOGUES; i++)
		xmlFreeDoc(sheet->catalogues[i]);
	for (size_t i = 0; i < sheet->framework_count; i++)
		xmlFreeDoc(sheet->frameworks[i]);
}

IH_OWNER(cli_sheet, sheet_free)

/* The record inside a copy, as a document. */
static xmlDoc *
record_in(xmlDoc *copy)
{
	xmlNode *record = ih_child(xmlDocGetRootElement(copy), "record");
	xmlNode *inner = record->children;
	xmlDoc *doc = xmlNewDoc(NULL);

	while (inner->type != XML_ELEMENT_NODE)
		inner = inner->next;
	xmlDocSetRootElement(doc, xmlDocCopyNode(inner, doc, 1));
	return doc;
}

static bool
is_there(const struct sheet *sheet, const char *id)
{
	for (size_t i = 0; i < sheet->framework_count; i++)
		if (strcmp(ih_attr(xmlDocGetRootElement(sheet->frameworks[i]),
			       "id"),
			id) == 0)
			return true;
	return false;
}

/* Each framework that the case was judged under, once. */
static bool
load_frameworks(struct request *request, const struct leaving *of,
    struct sheet *sheet, struct ih_error *err)
{
	for (const xmlNode *n = record_inner(of->facts, "assessment");
	     n != NULL && sheet->framework_count < DESK_FRAMEWORKS;
	     n = n->next) {
		xmlDoc **next = &sheet->frameworks[sheet->framework_count];

		if (n->type != XML_ELEMENT_NODE || !ih_is(n, "assessment") ||
		    is_there(sheet, ih_attr(n, "framework")))
			continue;
		*next = leaving_document(request, of, "framework",
		    ih_attr(n, "framework"), err);
		if (*next == NULL)
			return false;
		sheet->framework_count++;
	}
	return true;
}

static bool
load_catalogues(struct request *request, const struct leaving *of,
    struct sheet *sheet, struct ih_error *err)
{
	for (size_t i = 0; i < CATALOGUES; i++) {
		sheet->catalogues[i] = leaving_document(request, of,
		    catalogues[i].folder, catalogues[i].id, err);
		if (sheet->catalogues[i] == NULL)
			return false;
	}
	return true;
}

static bool
load_sheet(struct request *request, const struct leaving *of,
    const struct ih_buffer *bytes, struct sheet *sheet, struct ih_error *err)
{
	sheet->copy = ih_xml_read("copy", bytes->data, bytes->size, err);
	sheet->instrument = sheet->copy == NULL ?
				NULL :
				leaving_document(request, of, "instrument",
				    of->instrument->id, err);
	if (sheet->instrument == NULL ||
	    !load_frameworks(request, of, sheet, err) ||
	    !load_catalogues(request, of, sheet, err))
		return false;
	sheet->consents =
	    leaving_document(request, of, "consent", "purposes", err);
	return sheet->consents != NULL;
}

/* What does not come out of the case itself. */
static bool
know(struct request *request, struct ih_registry *registry,
    const struct ih_buffer *copy, struct leaving *of, struct sheet *sheet,
    struct ih_error *err)
{
	IH_OWNED(xmlDoc) doc = ih_xml_read("copy", copy->data, copy->size, err);

	if (doc == NULL)
		return false;
	of->facts = record_in(doc);
	of->ours = ih_mechanism_load(request->library,
	    ih_registry_committee(registry), err);
	return of->ours != NULL && leaving_know(request, registry, of, err) &&
	       load_sheet(request, of, copy, sheet, err);
}

xmlDoc *
sheet_blocks(struct request *request, struct ih_registry *registry,
    const struct ih_buffer *copy, const struct sheet_asked *asked,
    struct ih_error *err)
{
	char digest[IH_DIGEST_TEXT];
	struct sheet made = { 0 };
	IH_OWNED(cli_sheet) sheet = &made;
	IH_OWNED(cli_leaving) of = ih_zeroed(sizeof *of);
	struct ih_sources sources = { 0 };

	sources.tongue_count =
	    tongues_of(request->languages != NULL ? request->languages : "ar",
		ih_registry_committee(registry), sources.tongues, err);
	if (sources.tongue_count == 0 ||
	    !know(request, registry, copy, of, sheet, err))
		return NULL;
	ih_digest_text(copy->data, copy->size, digest);
	sources.record = sheet->copy;
	sources.sender = of->ours->doc;
	sources.instrument = sheet->instrument;
	sources.more_frameworks = sheet->frameworks;
	sources.more_count = sheet->framework_count;
	sources.consents = sheet->consents;
	sources.catalogues = sheet->catalogues;
	sources.catalogue_count = CATALOGUES;
	sources.digest = digest;
	sources.made = asked->made;
	sources.purpose = asked->purpose;
	sources.body = asked->to;
	return ih_document_blocks(request->library, asked->kind, &sources, err);
}
