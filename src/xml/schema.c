/* This is where a document is held against its schema. */
#include "ihala/schema.h"

#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "facet.h"
#include "fault.h"
#include "ihala/arena.h"
#include "ihala/node.h"
#include "ihala/xml.h"

IH_OWNER(xmlRelaxNG, xmlRelaxNGFree)
IH_OWNER(xmlRelaxNGParserCtxt, xmlRelaxNGFreeParserCtxt)
IH_OWNER(xmlRelaxNGValidCtxt, xmlRelaxNGFreeValidCtxt)

#define INCLUDES_MAX 8  /* one inside another */
#define CHILD_FAILED 71 /* the exit status of a failed allocation */

struct ih_schema {
	xmlDoc *grammar;      /* includes filled in */
	xmlRelaxNG *compiled; /* the same without these */
	struct ih_facets *facets;
	xmlRelaxNG *whole;      /* NULL: not asked yet */
	struct ih_child *child; /* reads outside bytes; NULL: none yet */
};

/* A definition in the include takes the place of one that is included. */
static void
drop_replaced(xmlNode *included, const xmlNode *include)
{
	xmlNode *next;

	for (xmlNode *n = ih_child(included, NULL); n != NULL; n = next) {
		bool replaced = false;

		next = ih_next(n, NULL);
		if (ih_is(n, "div")) {
			drop_replaced(n, include);
			continue;
		}
		for (const xmlNode *own = ih_child(include, NULL); own != NULL;
		     own = ih_next(own, NULL)) {
			const char *mine = ih_attr(own, "name");
			const char *its = ih_attr(n, "name");

			replaced |= xmlStrEqual(own->name, n->name) &&
				    ((mine == NULL && its == NULL) ||
					(mine != NULL && its != NULL &&
					    strcmp(mine, its) == 0));
		}
		if (replaced) {
			xmlUnlinkNode(n);
			xmlFreeNode(n);
		}
	}
}

static xmlDoc *read_grammar(struct ih_library *library, const char *name,
    int depth, struct ih_error *err);

/* <include href="common.rng"> becomes a div of what that file holds. */
static bool
fill_in(struct ih_library *library, xmlNode *include, int depth,
    struct ih_error *err)
{
	const char *href = ih_attr(include, "href");
	char path[256];

	if (href == NULL || strchr(href, '/') != NULL ||
	    strlen(href) > sizeof path - 16)
		return ih_fail(err, IH_SYSTEM,
		    "line %ld: include without the name of a schema beside it",
		    ih_line(include));
	snprintf(path, sizeof path, "xml/schema/%s", href);

	IH_OWNED(xmlDoc) other = read_grammar(library, path, depth + 1, err);
	xmlNode *content;

	if (other == NULL)
		return false;
	content = xmlDocCopyNode(xmlDocGetRootElement(other), include->doc, 1);
	if (content == NULL)
		return ih_fail(err, IH_SYSTEM, "no memory for a schema");
	xmlNodeSetName(content, (const xmlChar *)"div");
	drop_replaced(content, include);
	xmlUnsetProp(include, (const xmlChar *)"href");
	xmlNodeSetName(include, (const xmlChar *)"div");
	if (include->children != NULL)
		xmlAddPrevSibling(include->children, content);
	else
		xmlAddChild(include, content);
	return true;
}

static bool
fill_in_all(struct ih_library *library, xmlNode *node, int depth,
    struct ih_error *err)
{
	for (xmlNode *n = ih_child(node, NULL); n != NULL;
	     n = ih_next(n, NULL)) {
		if (ih_is(n, "externalRef"))
			return ih_fail(err, IH_SYSTEM,
			    "line %ld: externalRef; expected include",
			    ih_line(n));
		if (ih_is(n, "include") && !fill_in(library, n, depth, err))
			return false;
		if (!fill_in_all(library, n, depth, err))
			return false;
	}
	return true;
}

static xmlDoc *
read_grammar(struct ih_library *library, const char *name, int depth,
    struct ih_error *err)
{
	IH_OWNED(ih_buffer) bytes = ih_library_read(library, name, err);

	if (bytes == NULL)
		return NULL;
	if (depth > INCLUDES_MAX) {
		ih_fail(err, IH_SYSTEM, "%s: includes itself", name);
		return NULL;
	}

	IH_OWNED(xmlDoc) doc = ih_xml_read(name, bytes->data, bytes->size, err);

	if (doc == NULL)
		return NULL;
	if (!fill_in_all(library, xmlDocGetRootElement(doc), depth, err)) {
		ih_fail_in(err, name);
		return NULL;
	}
	return IH_GIVE(doc);
}

static void
say_nothing(void *unused, xmlError *error)
{
	(void)unused, (void)error;
}

static xmlRelaxNG *
compile(xmlDoc *grammar)
{
	IH_OWNED(xmlRelaxNGParserCtxt) parser =
	    xmlRelaxNGNewDocParserCtxt(grammar);

	if (parser == NULL)
		return NULL;
	xmlRelaxNGSetParserStructuredErrors(parser, say_nothing, NULL);
	return xmlRelaxNGParse(parser);
}

struct ih_schema *
ih_schema_load(struct ih_library *library, const char *format,
    struct ih_error *err)
{
	char name[128];

	snprintf(name, sizeof name, "xml/schema/%s.rng", format);
	xmlSetStructuredErrorFunc(NULL, say_nothing);

	IH_OWNED(xmlDoc) grammar = read_grammar(library, name, 0, err);

	if (grammar == NULL) {
		err->kind = IH_SYSTEM;
		return NULL;
	}

	IH_OWNED(ih_facets) facets = ih_facets_take(grammar);
	IH_OWNED(xmlRelaxNG) compiled = compile(grammar);
	struct ih_schema *schema;

	ih_facets_put_back(facets);
	if (compiled == NULL) {
		ih_fail(err, IH_SYSTEM,
		    "%s: not a RELAX NG schema; try xmllint --relaxng %s", name,
		    name);
		return NULL;
	}
	schema = ih_zeroed(sizeof *schema);
	schema->compiled = IH_GIVE(compiled);
	schema->facets = IH_GIVE(facets);
	schema->grammar = IH_GIVE(grammar);
	return schema;
}

void
ih_schema_free(struct ih_schema *schema)
{
	if (schema == NULL)
		return;
	ih_child_free(schema->child);
	xmlRelaxNGFree(schema->compiled);
	xmlRelaxNGFree(schema->whole);
	ih_facets_free(schema->facets);
	xmlFreeDoc(schema->grammar);
	free(schema);
}

/* The first line libxml2 complained of, for want of something better. */
static void
keep_line(void *line, xmlError *error)
{
	long *first = line;

	if (*first == 0)
		*first = error->line;
}

/* As xmlRelaxNGValidateDoc(): 0, it fits. */
static int
validate(xmlRelaxNG *against, xmlDoc *doc, long *line)
{
	IH_OWNED(xmlRelaxNGValidCtxt)
	ctxt = against != NULL ? xmlRelaxNGNewValidCtxt(against) : NULL;

	if (ctxt == NULL)
		return -1;
	xmlRelaxNGSetValidStructuredErrors(ctxt, keep_line, line);
	return xmlRelaxNGValidateDoc(ctxt, doc);
}

bool
ih_schema_check(struct ih_schema *schema, xmlDoc *doc, const char *name,
    struct ih_error *err)
{
	long line = 0;
	int result;

	xmlSetStructuredErrorFunc(NULL, say_nothing);
	if (validate(schema->compiled, doc, &line) == 0 &&
	    ih_facets_hold(schema->facets, doc))
		return true;
	if (schema->whole == NULL)
		schema->whole = compile(schema->grammar);
	line = 0;
	result = validate(schema->whole, doc, &line);
	if (result == 0)
		return true;
	if (result < 0)
		return ih_fail(err, IH_SYSTEM, "%s: could not be checked",
		    name);
	if (!ih_fault_find(schema->grammar, doc, name, err))
		ih_fail(err, IH_INPUT,
		    "%s:%ld: does not fit its schema; expected the elements, "
		    "attributes and values of xml/schema",
		    name, line > 0 ? line : 1);
	return false;
}

xmlDoc *
ih_schema_parse(struct ih_schema *schema, const char *name, const void *bytes,
    size_t size, struct ih_error *err)
{
	IH_OWNED(xmlDoc) doc = ih_xml_read(name, bytes, size, err);

	return doc != NULL && ih_schema_check(schema, doc, name, err) ?
		   IH_GIVE(doc) :
		   NULL;
}

/* Instead of allocators whose failure libxml2 does not survive. */
static void *
take_or_exit(size_t size)
{
	void *taken = malloc(size);

	if (taken == NULL)
		_exit(CHILD_FAILED);
	return taken;
}

static void *
grow_or_exit(void *held, size_t size)
{
	void *taken = realloc(held, size);

	if (taken == NULL)
		_exit(CHILD_FAILED);
	return taken;
}

static char *
copy_or_exit(const char *text)
{
	size_t size = strlen(text) + 1;

	return memcpy(take_or_exit(size), text, size);
}

/*
 * A document written anew has its tags on other lines.  The lines of its
 * elements come along, so that whoever finds fault with it later can name
 * the line in the file: the size of the document, the document, then a line
 * for each element.
 */
typedef uint16_t line_number; /* as libxml2 keeps it: 65535 and more is one */

static void
add_lines(struct ih_buffer *out, const xmlNode *element)
{
	line_number line = element->line;

	ih_buffer_add(out, &line, sizeof line);
	for (const xmlNode *n = element->children; n != NULL; n = n->next)
		if (n->type == XML_ELEMENT_NODE)
			add_lines(out, n);
}

/* From LINES on; past the last that was used, NULL where there is none. */
static const unsigned char *
put_lines(const unsigned char *lines, const unsigned char *end,
    xmlNode *element)
{
	line_number line;

	if ((size_t)(end - lines) < sizeof line)
		return NULL;
	memcpy(&line, lines, sizeof line);
	element->line = line;
	lines += sizeof line;
	for (xmlNode *n = element->children; n != NULL && lines != NULL;
	     n = n->next)
		if (n->type == XML_ELEMENT_NODE)
			lines = put_lines(lines, end, n);
	return lines;
}

/* What is asked of the child. */
enum { WRITE_ANEW = 'w', CHECK_ONLY = 'c' };

/* In the child.  BYTES are what is asked, the name of the document, a NUL,
 * and the document. */
static bool
read_outside(const void *bytes, size_t size, struct ih_buffer *out, void *with,
    struct ih_error *err)
{
	const char *asked = bytes, *name = asked + 1;
	size_t before = strlen(name) + 1;

	xmlMemSetup(free, take_or_exit, grow_or_exit, copy_or_exit);

	IH_OWNED(xmlDoc) doc =
	    ih_schema_parse(with, name, name + before, size - 1 - before, err);

	if (doc == NULL)
		return false;
	if (*asked == CHECK_ONLY)
		return true;

	IH_OWNED(ih_buffer) anew = ih_xml_write(doc);

	ih_buffer_add(out, &anew->size, sizeof anew->size);
	ih_buffer_add(out, anew->data, anew->size);
	add_lines(out, xmlDocGetRootElement(doc));
	return true;
}

static struct ih_buffer *
ask_child(struct ih_schema *schema, char asked, const char *name,
    const void *bytes, size_t size, struct ih_error *err)
{
	IH_OWNED(ih_buffer) question = ih_buffer_new();

	if (schema->child == NULL)
		schema->child = ih_child_start(read_outside, schema, err);
	if (schema->child == NULL)
		return NULL;
	ih_buffer_add(question, &asked, 1);
	ih_buffer_add(question, name, strlen(name) + 1);
	ih_buffer_add(question, bytes, size);
	return ih_child_ask(schema->child, question->data, question->size, err);
}

/* What the child said, believed no further than outside bytes are. */
static xmlDoc *
read_anew(const char *name, const struct ih_buffer *reply, struct ih_error *err)
{
	const unsigned char *end = reply->data + reply->size, *lines;
	size_t size = 0;

	if (reply->size >= sizeof size)
		memcpy(&size, reply->data, sizeof size);
	if (reply->size < sizeof size || size > reply->size - sizeof size) {
		ih_fail(err, IH_INPUT,
		    "%s: the confined reader gave no "
		    "document",
		    name);
		return NULL;
	}
	lines = reply->data + sizeof size + size;

	IH_OWNED(xmlDoc) doc =
	    ih_xml_read(name, reply->data + sizeof size, size, err);

	if (doc == NULL)
		return NULL;
	if (put_lines(lines, end, xmlDocGetRootElement(doc)) != end) {
		ih_fail(err, IH_INPUT,
		    "%s: the confined reader gave another "
		    "document",
		    name);
		return NULL;
	}
	return IH_GIVE(doc);
}

/* The child's answer.  Caller owns.  NULL: as ih_schema_admit(). */
static struct ih_buffer *
ask(struct ih_schema *schema, char asked, const char *name, const void *bytes,
    size_t size, struct ih_error *err)
{
	struct ih_buffer *reply;

	if (size > IH_XML_MAX) {
		ih_fail(err, IH_INPUT,
		    "%s: too large; expected at most %u bytes", name,
		    IH_XML_MAX);
		return NULL;
	}
	reply = ask_child(schema, asked, name, bytes, size, err);
	/* A child that was stopped does not know the name. */
	if (reply == NULL && strncmp(err->text, name, strlen(name)) != 0)
		ih_fail_in(err, name);
	return reply;
}

xmlDoc *
ih_schema_admit(struct ih_schema *schema, const char *name, const void *bytes,
    size_t size, struct ih_error *err)
{
	IH_OWNED(ih_buffer)
	reply = ask(schema, WRITE_ANEW, name, bytes, size, err);

	return reply != NULL ? read_anew(name, reply, err) : NULL;
}

bool
ih_schema_fits(struct ih_schema *schema, const char *name, const void *bytes,
    size_t size, struct ih_error *err)
{
	IH_OWNED(ih_buffer)
	reply = ask(schema, CHECK_ONLY, name, bytes, size, err);

	return reply != NULL;
}

xmlDoc *
ih_schema_read(struct ih_library *library, const char *name, const char *format,
    struct ih_error *err)
{
	IH_OWNED(ih_buffer) bytes = ih_library_read(library, name, err);
	IH_OWNED(ih_schema)
	schema = bytes != NULL ? ih_schema_load(library, format, err) : NULL;

	return schema != NULL ? ih_schema_parse(schema, name, bytes->data,
				    bytes->size, err) :
				NULL;
}
