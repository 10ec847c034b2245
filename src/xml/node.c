/* This is where a document that fits its schema is walked. */
#include "ihala/node.h"

#include <stdint.h>
#include <string.h>

static bool
same(const xmlChar *a, const char *b)
{
	return strcmp((const char *)a, b) == 0;
}

/* The parser joins the text of an attribute into one node. */
static const char *
value_of(const xmlAttr *attribute)
{
	const xmlNode *text = attribute->children;

	return text != NULL && text->content != NULL ?
		   (const char *)text->content :
		   "";
}

const char *
ih_attr(const xmlNode *node, const char *name)
{
	for (const xmlAttr *a = node->properties; a != NULL; a = a->next)
		if (a->ns == NULL && same(a->name, name))
			return value_of(a);
	return NULL;
}

const char *
ih_lang_of(const xmlNode *node)
{
	for (const xmlAttr *a = node->properties; a != NULL; a = a->next)
		if (a->ns != NULL && same(a->name, "lang") &&
		    xmlStrEqual(a->ns->href, XML_XML_NAMESPACE))
			return value_of(a);
	return "";
}

static const xmlChar *
space_of(const xmlNode *node)
{
	return node->type == XML_ELEMENT_NODE && node->ns != NULL ?
		   node->ns->href :
		   NULL;
}

/* NODE or the first sibling after it that is an element of that name, in the
 * namespace of their parent. */
static xmlNode *
first_from(xmlNode *node, const char *name)
{
	for (; node != NULL; node = node->next)
		if (node->type == XML_ELEMENT_NODE &&
		    (name == NULL || same(node->name, name)) &&
		    (node->parent == NULL ||
			node->parent->type != XML_ELEMENT_NODE ||
			xmlStrEqual(space_of(node), space_of(node->parent))))
			return node;
	return NULL;
}

xmlNode *
ih_child(const xmlNode *node, const char *name)
{
	return first_from(node->children, name);
}

xmlNode *
ih_next(const xmlNode *node, const char *name)
{
	return first_from(node->next, name);
}

size_t
ih_children(const xmlNode *node, const char *name)
{
	size_t count = 0;

	for (xmlNode *n = ih_child(node, name); n; n = ih_next(n, name))
		count++;
	return count;
}

int
ih_attr_word(const xmlNode *node, const char *name, const char *const *words,
    int count)
{
	const char *value = ih_attr(node, name);

	for (int i = 0; value != NULL && i < count; i++)
		if (strcmp(value, words[i]) == 0)
			return i;
	return 0;
}

bool
ih_is(const xmlNode *node, const char *name)
{
	return node->type == XML_ELEMENT_NODE && same(node->name, name);
}

static bool
is_text(const xmlNode *node)
{
	return (node->type == XML_TEXT_NODE ||
		   node->type == XML_CDATA_SECTION_NODE) &&
	       node->content != NULL;
}

const char *
ih_text_of(struct ih_arena *arena, const xmlNode *node)
{
	static const char space[] = " \t\r\n";
	size_t size = 0;
	char *text, *end;

	for (const xmlNode *n = node->children; n != NULL; n = n->next)
		if (is_text(n))
			size += strlen((const char *)n->content);
	text = end = ih_arena_take(arena, size + 1);
	for (const xmlNode *n = node->children; n != NULL; n = n->next)
		if (is_text(n))
			end = stpcpy(end, (const char *)n->content);
	while (end > text && strchr(space, end[-1]) != NULL)
		*--end = '\0';
	return text + strspn(text, space);
}

/* The name is kept in the document's own dictionary, which a document from
 * the parser or from a stylesheet always has. */
const char *
ih_format_of(const xmlDoc *doc)
{
	static const char before[] = "urn:ihala:", after[] = ":1";
	const xmlNode *root = doc->children;
	const char *space, *end;
	const xmlChar *name;

	while (root != NULL && root->type != XML_ELEMENT_NODE)
		root = root->next;
	if (root == NULL || root->ns == NULL || doc->dict == NULL)
		return "";
	space = (const char *)root->ns->href;
	if (strncmp(space, before, sizeof before - 1) != 0)
		return "";
	space += sizeof before - 1;
	end = strchr(space, ':');
	if (end == NULL || end == space || strcmp(end, after) != 0)
		return "";
	name = xmlDictLookup(doc->dict, (const xmlChar *)space,
	    (int)(end - space));
	return name != NULL ? (const char *)name : "";
}

long
ih_line(const xmlNode *node)
{
	return xmlGetLineNo(node);
}

bool
ih_graft(xmlNode *to, const char *name, const xmlNode *node)
{
	xmlNode *under = xmlNewChild(to, to->ns, (const xmlChar *)name, NULL);
	xmlNode *copy =
	    under != NULL ?
		xmlDocCopyNode((xmlNode *)(uintptr_t)node, to->doc, 1) :
		NULL;

	return copy != NULL && xmlAddChild(under, copy) != NULL;
}
