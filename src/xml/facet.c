/* This is where the patterns of a grammar are compiled once. */
#include "facet.h"

#include <libxml/hash.h>
#include <libxml/xmlschemastypes.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/arena.h"
#include "ihala/node.h"
#include "pattern.h"

#define SCHEMA_TYPES "http://www.w3.org/2001/XMLSchema"

enum {
	FACETS = 3,   /* of one datatype */
	REFS_MAX = 64 /* one inside another, without an element between */
};

/* The datatype of one <data> of the grammar. */
struct data {
	const xmlNode *from;
	xmlSchemaType *type;
	bool keeps_space; /* string; of a token, space would be collapsed */
	bool compiled, sound;
	xmlSchemaFacet *facets[FACETS];
	struct data *next;
};

/* What all attributes of one name have to be, in elements of one name; or
 * these elements themselves. */
struct rule {
	struct data *data;
	struct rule *next;
};

/* All that is known of elements of one name. */
struct known {
	const char *attribute; /* NULL: their content */
	struct rule *rules;
	struct known *next;
};

/* Children of a node of the grammar, while they are out of it. */
struct hidden {
	xmlNode *from, *first, *last;
	struct hidden *next;
};

/* Definitions of one name, in all grammars of the document. */
struct definition {
	const xmlNode *node;
	struct definition *next;
};

struct ih_facets {
	struct ih_arena *arena;
	xmlHashTable *definitions; /* name -> struct definition */
	xmlHashTable *known;       /* element, namespace -> struct known */
	struct data *datas;
	struct hidden *hidden;
	bool gave_up;
};

static const xmlChar *
x(const char *text)
{
	return (const xmlChar *)text;
}

/* ---- Which datatypes can be asked here. */

/* What is one text, or nothing; NULL for all else. */
static const xmlChar *
only_text(const xmlNode *first)
{
	if (first == NULL)
		return x("");
	return first->next == NULL && first->type == XML_TEXT_NODE ?
		   first->content :
		   NULL;
}

static struct data *
data_new(struct ih_facets *f, const xmlNode *from)
{
	const char *type = ih_attr(from, "type");
	struct data *data;
	int count = 0;

	if (type == NULL ||
	    (strcmp(type, "token") != 0 && strcmp(type, "string") != 0))
		return NULL;
	for (const xmlNode *n = ih_child(from, NULL); n != NULL;
	     n = ih_next(n, NULL))
		if (!ih_rng_is(n, "param") || ++count > FACETS ||
		    ih_attr(n, "name") == NULL ||
		    (strcmp(ih_attr(n, "name"), "pattern") != 0 &&
			strcmp(ih_attr(n, "name"), "minLength") != 0 &&
			strcmp(ih_attr(n, "name"), "maxLength") != 0))
			return NULL;
	data = ih_arena_take(f->arena, sizeof *data);
	data->from = from;
	data->type = xmlSchemaGetPredefinedType(x(type), x(SCHEMA_TYPES));
	data->keeps_space = strcmp(type, "string") == 0;
	data->next = f->datas;
	f->datas = data;
	return data->type != NULL ? data : NULL;
}

/* Do two of them say the same?  What several schemas share is there as often
 * as they include it. */
static bool
says_the_same(const xmlNode *a, const xmlNode *b)
{
	const xmlNode *p = ih_child(a, NULL), *q = ih_child(b, NULL);

	if (!xmlStrEqual(x(ih_attr(a, "type")), x(ih_attr(b, "type"))))
		return false;
	for (; p != NULL && q != NULL;
	     p = ih_next(p, NULL), q = ih_next(q, NULL))
		if (!xmlStrEqual(x(ih_attr(p, "name")),
			x(ih_attr(q, "name"))) ||
		    only_text(p->children) == NULL ||
		    !xmlStrEqual(only_text(p->children),
			only_text(q->children)))
			return false;
	return p == q;
}

static struct data *
data_of(struct ih_facets *f, const xmlNode *from)
{
	for (struct data *data = f->datas; data != NULL; data = data->next)
		if (data->from == from || says_the_same(data->from, from))
			return data;
	return data_new(f, from);
}

/* All that stands in NODE: NULL where that is not one element. */
static const xmlNode *
only_child(const xmlNode *node)
{
	const xmlNode *only = ih_child(node, NULL);

	return only != NULL && ih_next(only, NULL) == NULL ? only : NULL;
}

static const struct definition *
definitions_of(const struct ih_facets *f, const xmlNode *ref)
{
	return xmlHashLookup(f->definitions, x(ih_attr(ref, "name")));
}

/* The rules for content that is one <data>, or named so; those of all
 * definitions of that name.  False: it is something else. */
static bool
rules_of(struct ih_facets *f, const xmlNode *content, struct rule **rules)
{
	struct rule *rule;
	struct data *data;

	if (content == NULL)
		return false;
	if (ih_rng_is(content, "ref")) {
		const struct definition *d = definitions_of(f, content);

		for (; d != NULL; d = d->next) {
			const xmlNode *only = only_child(d->node);

			if (only == NULL || !ih_rng_is(only, "data") ||
			    !rules_of(f, only, rules))
				return false;
		}
		return *rules != NULL;
	}
	data = ih_rng_is(content, "data") ? data_of(f, content) : NULL;
	if (data == NULL)
		return false;
	rule = ih_arena_take(f->arena, sizeof *rule);
	*rule = (struct rule){ data, *rules };
	*rules = rule;
	return true;
}

/* ---- Taking them out. */

static void
hide(struct ih_facets *f, const xmlNode *from)
{
	struct hidden *hidden;

	for (hidden = f->hidden; hidden != NULL; hidden = hidden->next)
		if (hidden->from == from)
			return;
	hidden = ih_arena_take(f->arena, sizeof *hidden);
	*hidden = (struct hidden){ (xmlNode *)(uintptr_t)from, from->children,
		from->last, f->hidden };
	f->hidden = hidden;
}

static bool
is_among(const struct rule *rules, const struct data *data)
{
	while (rules != NULL && rules->data != data)
		rules = rules->next;
	return rules != NULL;
}

static bool
same_name(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static const struct known *
find_known(const struct known *known, const char *attribute)
{
	while (known != NULL && !same_name(known->attribute, attribute))
		known = known->next;
	return known;
}

/* The place for what is known of it. */
static struct known *
known_of(struct ih_facets *f, struct ih_name element, const char *attribute)
{
	struct known *first =
	    xmlHashLookup2(f->known, x(element.local), x(element.space));
	struct known *known = first;

	while (known != NULL && !same_name(known->attribute, attribute))
		known = known->next;
	if (known != NULL)
		return known;
	known = ih_arena_take(f->arena, sizeof *known);
	*known = (struct known){ attribute, NULL, first };
	xmlHashUpdateEntry2(f->known, x(element.local), x(element.space), known,
	    NULL);
	return known;
}

/* All of them are asked: where two definitions of one name differ, less is
 * certain here, and nothing is let through. */
static void
add_rules(struct ih_facets *f, struct ih_name element, const char *attribute,
    struct rule *rules)
{
	struct known *known = known_of(f, element, attribute);

	while (rules != NULL) {
		struct rule *next = rules->next;

		if (!is_among(known->rules, rules->data)) {
			rules->next = known->rules;
			known->rules = rules;
		}
		rules = next;
	}
}

static void
take_attribute(struct ih_facets *f, struct ih_name element,
    const xmlNode *attribute)
{
	const char *name = ih_attr(attribute, "name");
	struct rule *rules = NULL;

	if (name == NULL || strchr(name, ':') != NULL ||
	    ih_rng_own_name(attribute).space[0] != '\0' ||
	    !rules_of(f, only_child(attribute), &rules))
		return;
	add_rules(f, element, name, rules);
	hide(f, attribute);
}

/* The attributes in NODE that an element of that name may have. */
static void
take_attributes(struct ih_facets *f, struct ih_name element,
    const xmlNode *node, int depth)
{
	if (depth > REFS_MAX)
		f->gave_up = true;
	for (const xmlNode *n = ih_child(node, NULL); n != NULL && !f->gave_up;
	     n = ih_next(n, NULL)) {
		if (ih_rng_is(n, "attribute"))
			take_attribute(f, element, n);
		else if (ih_rng_is(n, "ref") || ih_rng_is(n, "parentRef"))
			for (const struct definition *d = definitions_of(f, n);
			     d != NULL; d = d->next)
				take_attributes(f, element, d->node, depth + 1);
		else if (!ih_rng_is(n, "element"))
			take_attributes(f, element, n, depth);
	}
}

static void
take_element(struct ih_facets *f, const xmlNode *element)
{
	const xmlNode *only = only_child(element);
	struct rule *rules = NULL;

	if (ih_attr(element, "name") == NULL) {
		f->gave_up = true; /* a class of names */
		return;
	}
	take_attributes(f, ih_rng_own_name(element), element, 0);
	if (only != NULL && ih_rng_is(only, "data") &&
	    rules_of(f, only, &rules)) {
		add_rules(f, ih_rng_own_name(element), NULL, rules);
		hide(f, only);
	}
}

static void
take_elements(struct ih_facets *f, const xmlNode *node)
{
	for (const xmlNode *n = ih_child(node, NULL); n != NULL;
	     n = ih_next(n, NULL)) {
		if (ih_rng_is(n, "element"))
			take_element(f, n);
		take_elements(f, n);
	}
}

static void
find_definitions(struct ih_facets *f, const xmlNode *node)
{
	for (const xmlNode *n = ih_child(node, NULL); n != NULL;
	     n = ih_next(n, NULL)) {
		const char *name = ih_attr(n, "name");

		if (ih_rng_is(n, "define") && name != NULL) {
			struct definition *d =
			    ih_arena_take(f->arena, sizeof *d);

			*d = (struct definition){ n,
				xmlHashLookup(f->definitions, x(name)) };
			xmlHashUpdateEntry(f->definitions, x(name), d, NULL);
		}
		find_definitions(f, n);
	}
}

struct ih_facets *
ih_facets_take(xmlDoc *grammar)
{
	struct ih_facets *f = ih_zeroed(sizeof *f);
	const xmlNode *root = xmlDocGetRootElement(grammar);

	f->arena = ih_arena_new();
	f->definitions = xmlHashCreate(64);
	f->known = xmlHashCreate(128);
	f->gave_up = f->definitions == NULL || f->known == NULL;
	if (!f->gave_up) {
		find_definitions(f, root);
		take_elements(f, root);
	}
	if (f->gave_up)
		f->hidden = NULL;
	for (struct hidden *h = f->hidden; h != NULL; h = h->next)
		h->from->children = h->from->last = NULL;
	return f;
}

void
ih_facets_put_back(struct ih_facets *f)
{
	for (struct hidden *h = f->hidden; h != NULL; h = h->next) {
		h->from->children = h->first;
		h->from->last = h->last;
	}
	f->hidden = NULL;
}

void
ih_facets_free(struct ih_facets *f)
{
	if (f == NULL)
		return;
	for (struct data *data = f->datas; data != NULL; data = data->next)
		for (int i = 0; i < FACETS; i++)
			if (data->facets[i] != NULL)
				xmlSchemaFreeFacet(data->facets[i]);
	xmlHashFree(f->definitions, NULL);
	xmlHashFree(f->known, NULL);
	ih_arena_free(f->arena);
	free(f);
}

/* ---- Asking. */

static xmlSchemaFacet *
facet_of(const struct data *data, const xmlNode *param)
{
	const char *name = ih_attr(param, "name");
	xmlSchemaFacet *facet = xmlSchemaNewFacet();

	if (facet == NULL)
		return NULL;
	facet->type =
	    strcmp(name, "pattern") == 0   ? XML_SCHEMA_FACET_PATTERN :
	    strcmp(name, "minLength") == 0 ? XML_SCHEMA_FACET_MINLENGTH :
					     XML_SCHEMA_FACET_MAXLENGTH;
	facet->value = only_text(param->children);
	if (facet->value != NULL &&
	    xmlSchemaCheckFacet(facet, data->type, NULL, x("data")) == 0)
		return facet;
	xmlSchemaFreeFacet(facet);
	return NULL;
}

static void
compile(struct data *data)
{
	int count = 0;

	data->compiled = data->sound = true;
	for (const xmlNode *n = ih_child(data->from, NULL); n != NULL;
	     n = ih_next(n, NULL)) {
		data->facets[count] = facet_of(data, n);
		data->sound &= data->facets[count++] != NULL;
	}
}

/* Of an empty value libxml2 does not say the same each time it is asked. */
static bool
holds(const struct rule *rule, const xmlChar *value)
{
	if (value[0] == '\0')
		return false;
	for (; rule != NULL; rule = rule->next) {
		struct data *data = rule->data;

		if (!data->compiled)
			compile(data);
		if (!data->sound ||
		    (!data->keeps_space &&
			value[strcspn((const char *)value, " \t\r\n")] != '\0'))
			return false;
		for (int i = 0; i < FACETS && data->facets[i] != NULL; i++)
			if (xmlSchemaValidateFacet(data->type, data->facets[i],
				value, NULL) != 0)
				return false;
	}
	return true;
}

static bool
content_holds(const struct known *known, const char *attribute,
    const xmlNode *first)
{
	const xmlChar *value;

	known = find_known(known, attribute);
	if (known == NULL)
		return true;
	value = only_text(first);
	return value != NULL && holds(known->rules, value);
}

static bool
element_holds(struct ih_facets *f, const xmlNode *element)
{
	struct ih_name name = ih_rng_name_of(element->ns, element->name);
	const struct known *known =
	    xmlHashLookup2(f->known, x(name.local), x(name.space));

	for (const xmlAttr *a = element->properties; a != NULL; a = a->next)
		if (a->ns == NULL &&
		    !content_holds(known, (const char *)a->name, a->children))
			return false;
	if (!content_holds(known, NULL, element->children))
		return false;
	for (const xmlNode *n = element->children; n != NULL; n = n->next)
		if (n->type == XML_ELEMENT_NODE && !element_holds(f, n))
			return false;
	return true;
}

bool
ih_facets_hold(struct ih_facets *f, const xmlDoc *doc)
{
	return f->gave_up || element_holds(f, xmlDocGetRootElement(doc));
}
