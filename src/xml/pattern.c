/* This is where a grammar becomes patterns, and a pattern what may follow. */
#include "pattern.h"

#include <libxml/relaxng.h>
#include <stdint.h>
#include <string.h>

#include "ihala/node.h"
#include "ihala/xml.h"

IH_OWNER(xmlRelaxNGParserCtxt, xmlRelaxNGFreeParserCtxt)
IH_OWNER(xmlRelaxNGValidCtxt, xmlRelaxNGFreeValidCtxt)

#define RELAX_NG "http://relaxng.org/ns/structure/1.0"
#define PATTERNS_MAX 60000 /* that one search makes */
#define REFS_MAX 64        /* one inside another, without an element between */

/* A datatype of the grammar, compiled by libxml2 as a grammar of its own. */
struct simple {
	const xmlNode *from;
	xmlRelaxNG *compiled; /* NULL: could not be */
	struct simple *next;
};

/* ---- Making patterns. */

const struct ih_pattern ih_nothing = { .shape = NOTHING };
static const struct ih_pattern empty = { .shape = EMPTY };
static const struct ih_pattern text = { .shape = TEXT };

static size_t
bucket_of(const struct ih_pattern *p)
{
	uintptr_t mix = (uintptr_t)p->shape;

	mix = mix * 31 + ((uintptr_t)p->a >> 4);
	mix = mix * 31 + ((uintptr_t)p->b >> 4);
	mix = mix * 31 + ((uintptr_t)p->from >> 4);
	return (mix ^ (mix >> 11)) % IH_PATTERN_BUCKETS;
}

static const struct ih_pattern *
make(struct ih_patterns *s, struct ih_pattern wanted)
{
	struct ih_pattern **bucket = &s->buckets[bucket_of(&wanted)];
	struct ih_pattern *made;

	for (made = *bucket; made != NULL; made = made->next)
		if (made->shape == wanted.shape && made->a == wanted.a &&
		    made->b == wanted.b && made->from == wanted.from)
			return made;
	if (++s->count > PATTERNS_MAX)
		s->gave_up = true;
	if (s->gave_up)
		return &ih_nothing;
	made = ih_arena_take(s->arena, sizeof *made);
	*made = wanted;
	made->next = *bucket;
	*bucket = made;
	return made;
}

static bool
is_alternative(const struct ih_pattern *choice, const struct ih_pattern *p)
{
	for (; choice->shape == CHOICE; choice = choice->b)
		if (choice->a == p)
			return true;
	return choice == p;
}

/* A list to the right, each alternative once. */
const struct ih_pattern *
ih_pattern_either(struct ih_patterns *s, const struct ih_pattern *a,
    const struct ih_pattern *b)
{
	if (a->shape == CHOICE)
		return ih_pattern_either(s, a->a,
		    ih_pattern_either(s, a->b, b));
	if (a == &ih_nothing || is_alternative(b, a))
		return b;
	if (b == &ih_nothing)
		return a;
	return make(s, (struct ih_pattern){ .shape = CHOICE, .a = a, .b = b });
}

/* GROUP and INTERLEAVE: empty adds nothing, nothing spoils all. */
static const struct ih_pattern *
both(struct ih_patterns *s, enum shape shape, const struct ih_pattern *a,
    const struct ih_pattern *b)
{
	if (a == &ih_nothing || b == &ih_nothing)
		return &ih_nothing;
	if (a == &empty)
		return b;
	if (b == &empty)
		return a;
	return make(s, (struct ih_pattern){ .shape = shape, .a = a, .b = b });
}

static const struct ih_pattern *
after(struct ih_patterns *s, const struct ih_pattern *a,
    const struct ih_pattern *b)
{
	if (a == &ih_nothing || b == &ih_nothing)
		return &ih_nothing;
	return make(s, (struct ih_pattern){ .shape = AFTER, .a = a, .b = b });
}

static const struct ih_pattern *
more(struct ih_patterns *s, const struct ih_pattern *a)
{
	if (a == &ih_nothing || a == &empty)
		return a;
	return make(s, (struct ih_pattern){ .shape = MORE, .a = a });
}

static const struct ih_pattern *
any_number(struct ih_patterns *s, const struct ih_pattern *a)
{
	return ih_pattern_either(s, more(s, a), &empty);
}

bool
ih_pattern_may_be_empty(const struct ih_pattern *p)
{
	switch (p->shape) {
	case EMPTY:
	case TEXT:
		return true;
	case CHOICE:
		return ih_pattern_may_be_empty(p->a) ||
		       ih_pattern_may_be_empty(p->b);
	case GROUP:
	case INTERLEAVE:
		return ih_pattern_may_be_empty(p->a) &&
		       ih_pattern_may_be_empty(p->b);
	case MORE:
		return ih_pattern_may_be_empty(p->a);
	default:
		return false;
	}
}

/* ---- Reading the grammar. */

bool
ih_rng_is(const xmlNode *node, const char *name)
{
	return ih_is(node, name) && node->ns != NULL &&
	       strcmp((const char *)node->ns->href, RELAX_NG) == 0;
}

static const struct ih_pattern *
read(struct ih_patterns *s, const xmlNode *node);

/* What stands in NODE from its child FIRST on, joined as SHAPE. */
static const struct ih_pattern *
read_from(struct ih_patterns *s, const xmlNode *first, enum shape shape)
{
	const struct ih_pattern *rest;

	if (first == NULL)
		return shape == CHOICE ? &ih_nothing : &empty;
	rest = read_from(s, ih_next(first, NULL), shape);
	return shape == CHOICE ? ih_pattern_either(s, read(s, first), rest) :
				 both(s, shape, read(s, first), rest);
}

static const struct ih_pattern *
read_all(struct ih_patterns *s, const xmlNode *node)
{
	return read_from(s, ih_child(node, NULL), GROUP);
}

/* What stands in an element or attribute behind its name. */
static const struct ih_pattern *
read_content(struct ih_patterns *s, const xmlNode *node)
{
	const xmlNode *first = ih_child(node, NULL);

	if (ih_attr(node, "name") == NULL && first != NULL)
		first = ih_next(first, NULL);
	if (first == NULL && ih_rng_is(node, "attribute"))
		return &text;
	return read_from(s, first, GROUP);
}

/* All definitions of NAME ("start" elements where NAME is NULL) in NODE,
 * added to FOUND as their combine attribute says. */
static const struct ih_pattern *
read_definitions(struct ih_patterns *s, const xmlNode *node, const char *name,
    const struct ih_pattern *found)
{
	const char *kind = name != NULL ? "define" : "start";

	for (const xmlNode *n = ih_child(node, NULL); n != NULL;
	     n = ih_next(n, NULL)) {
		const char *own = ih_attr(n, "name");
		const struct ih_pattern *p;
		const char *combine = ih_attr(n, "combine");

		if (ih_rng_is(n, "div")) {
			found = read_definitions(s, n, name, found);
			continue;
		}
		if (!ih_rng_is(n, kind) ||
		    (name != NULL && (own == NULL || strcmp(own, name) != 0)))
			continue;
		p = read_all(s, n);
		if (found == NULL)
			found = p;
		else if (combine != NULL && strcmp(combine, "interleave") == 0)
			found = both(s, INTERLEAVE, found, p);
		else
			found = ih_pattern_either(s, found, p);
	}
	return found;
}

static const struct ih_pattern *
read_ref(struct ih_patterns *s, const xmlNode *node)
{
	const char *name = ih_attr(node, "name");
	const struct ih_pattern *found = NULL;

	if (name != NULL && ++s->refs < REFS_MAX)
		found = read_definitions(s, s->grammar, name, NULL);
	s->refs--;
	if (found == NULL) {
		s->gave_up = true;
		return &ih_nothing;
	}
	return found;
}

static const struct ih_pattern *
read(struct ih_patterns *s, const xmlNode *node)
{
	const char *is = (const char *)node->name;

	if (strcmp(is, "element") == 0)
		return make(s,
		    (struct ih_pattern){ .shape = ELEMENT, .from = node });
	if (strcmp(is, "attribute") == 0)
		return make(s, (struct ih_pattern){ .shape = ATTRIBUTE,
				   .a = read_content(s, node),
				   .from = node });
	if (strcmp(is, "data") == 0 || strcmp(is, "value") == 0 ||
	    strcmp(is, "list") == 0)
		return make(s,
		    (struct ih_pattern){ .shape = SIMPLE, .from = node });
	if (strcmp(is, "ref") == 0)
		return read_ref(s, node);
	if (strcmp(is, "text") == 0)
		return &text;
	if (strcmp(is, "empty") == 0)
		return &empty;
	if (strcmp(is, "group") == 0)
		return read_all(s, node);
	if (strcmp(is, "choice") == 0)
		return read_from(s, ih_child(node, NULL), CHOICE);
	if (strcmp(is, "interleave") == 0)
		return read_from(s, ih_child(node, NULL), INTERLEAVE);
	if (strcmp(is, "optional") == 0)
		return ih_pattern_either(s, read_all(s, node), &empty);
	if (strcmp(is, "zeroOrMore") == 0)
		return any_number(s, read_all(s, node));
	if (strcmp(is, "oneOrMore") == 0)
		return more(s, read_all(s, node));
	if (strcmp(is, "mixed") == 0)
		return both(s, INTERLEAVE, read_all(s, node), &text);
	/* notAllowed; a grammar inside a grammar we have no use for. */
	s->gave_up |= strcmp(is, "notAllowed") != 0;
	return &ih_nothing;
}

/* ---- Names. */

/* The nearest attribute NAME of NODE or around it. */
static const char *
inherited(const xmlNode *node, const char *name)
{
	for (; node != NULL && node->type == XML_ELEMENT_NODE;
	     node = node->parent) {
		const char *value = ih_attr(node, name);

		if (value != NULL)
			return value;
	}
	return "";
}

static const char *
space_of_prefix(const xmlNode *node, const char *prefix, size_t size)
{
	if (size == 3 && strncmp(prefix, "xml", 3) == 0)
		return (const char *)XML_XML_NAMESPACE;
	for (; node != NULL && node->type == XML_ELEMENT_NODE;
	     node = node->parent)
		for (const xmlNs *ns = node->nsDef; ns != NULL; ns = ns->next)
			if (ns->prefix != NULL &&
			    strlen((const char *)ns->prefix) == size &&
			    memcmp(ns->prefix, prefix, size) == 0)
				return (const char *)ns->href;
	return "";
}

static bool
same(struct ih_name a, struct ih_name b)
{
	return strcmp(a.space, b.space) == 0 && strcmp(a.local, b.local) == 0;
}

/* QNAME as it stands at NODE of the grammar; SPACE where it has no prefix. */
static struct ih_name
resolve(const xmlNode *node, const char *qname, const char *space)
{
	const char *colon = strchr(qname, ':');

	if (colon == NULL)
		return (struct ih_name){ space, qname };
	return (struct ih_name){
		space_of_prefix(node, qname, (size_t)(colon - qname)), colon + 1
	};
}

struct ih_name
ih_rng_name_of(const xmlNs *ns, const xmlChar *local)
{
	return (struct ih_name){ ns != NULL ? (const char *)ns->href : "",
		(const char *)local };
}

/* RELAX NG section 4.8: an attribute's name does not inherit ns. */
struct ih_name
ih_rng_own_name(const xmlNode *node)
{
	const char *space = ih_rng_is(node, "attribute") ?
				ih_attr(node, "ns") :
				inherited(node, "ns");

	return resolve(node, ih_attr(node, "name"), space != NULL ? space : "");
}

static bool
class_holds(struct ih_patterns *s, const xmlNode *class, struct ih_name name);

static bool
any_class_holds(struct ih_patterns *s, const xmlNode *around,
    struct ih_name name)
{
	for (const xmlNode *n = ih_child(around, NULL); n != NULL;
	     n = ih_next(n, NULL))
		if (class_holds(s, n, name))
			return true;
	return false;
}

static bool
class_holds(struct ih_patterns *s, const xmlNode *class, struct ih_name name)
{
	if (ih_rng_is(class, "name"))
		return same(resolve(class, ih_text_of(s->arena, class),
				inherited(class, "ns")),
		    name);
	if (ih_rng_is(class, "nsName") &&
	    strcmp(inherited(class, "ns"), name.space) != 0)
		return false;
	if (ih_rng_is(class, "anyName") || ih_rng_is(class, "nsName")) {
		const xmlNode *except = ih_child(class, "except");

		return except == NULL || !any_class_holds(s, except, name);
	}
	return any_class_holds(s, class, name); /* choice */
}

/* Does the name of FROM, an element or attribute of the grammar, fit? */
bool
ih_rng_is_named(struct ih_patterns *s, const xmlNode *from, struct ih_name name)
{
	if (ih_attr(from, "name") != NULL)
		return same(ih_rng_own_name(from), name);
	return ih_child(from, NULL) != NULL &&
	       class_holds(s, ih_child(from, NULL), name);
}

static bool
names(struct ih_patterns *s, const xmlNode *node, const char *kind,
    struct ih_name name)
{
	if (ih_rng_is(node, kind) && ih_attr(node, "name") != NULL &&
	    same(ih_rng_own_name(node), name))
		return true;
	if (ih_rng_is(node, "name") && class_holds(s, node, name))
		return true;
	for (const xmlNode *n = ih_child(node, NULL); n != NULL;
	     n = ih_next(n, NULL))
		if (names(s, n, kind, name))
			return true;
	return false;
}

bool
ih_rng_is_known(struct ih_patterns *s, const char *kind, struct ih_name name)
{
	return names(s, s->grammar, kind, name);
}

/* ---- Datatypes: libxml2 knows them. */

static void
say_nothing(void *unused, xmlError *error)
{
	(void)unused, (void)error;
}

/* <element name="v"> around a copy of FROM. */
static xmlRelaxNG *
compile_simple(const xmlNode *from)
{
	IH_OWNED(xmlDoc) doc = xmlNewDoc((const xmlChar *)"1.0");
	xmlNode *root, *copy;

	if (doc == NULL)
		return NULL;
	root = xmlNewDocNode(doc, NULL, (const xmlChar *)"element", NULL);
	if (root == NULL)
		return NULL;
	xmlDocSetRootElement(doc, root);
	xmlSetNs(root, xmlNewNs(root, (const xmlChar *)RELAX_NG, NULL));
	xmlNewProp(root, (const xmlChar *)"name", (const xmlChar *)"v");
	xmlNewProp(root, (const xmlChar *)"datatypeLibrary",
	    (const xmlChar *)inherited(from, "datatypeLibrary"));
	copy = xmlDocCopyNode((xmlNode *)(uintptr_t)from, doc, 1);
	if (copy == NULL)
		return NULL;
	xmlAddChild(root, copy);

	IH_OWNED(xmlRelaxNGParserCtxt) parser = xmlRelaxNGNewDocParserCtxt(doc);

	if (parser == NULL)
		return NULL;
	xmlRelaxNGSetParserStructuredErrors(parser, say_nothing, NULL);
	return xmlRelaxNGParse(parser);
}

static const struct simple *
simple_for(struct ih_patterns *s, const xmlNode *from)
{
	struct simple *simple;

	for (simple = s->simples; simple != NULL; simple = simple->next)
		if (simple->from == from)
			return simple;
	simple = ih_arena_take(s->arena, sizeof *simple);
	*simple = (struct simple){ from, compile_simple(from), s->simples };
	s->gave_up |= simple->compiled == NULL;
	s->simples = simple;
	return simple;
}

static bool
simple_fits(struct ih_patterns *s, const xmlNode *from, const char *value)
{
	const struct simple *simple = simple_for(s, from);
	IH_OWNED(xmlDoc) doc = xmlNewDoc((const xmlChar *)"1.0");
	xmlNode *root;

	if (simple->compiled == NULL || doc == NULL)
		return false;
	root = xmlNewDocNode(doc, NULL, (const xmlChar *)"v", NULL);
	if (root == NULL)
		return false;
	xmlDocSetRootElement(doc, root);
	if (value[0] != '\0')
		xmlAddChild(root, xmlNewDocText(doc, (const xmlChar *)value));

	IH_OWNED(xmlRelaxNGValidCtxt) ctxt =
	    xmlRelaxNGNewValidCtxt(simple->compiled);

	if (ctxt == NULL)
		return false;
	xmlRelaxNGSetValidStructuredErrors(ctxt, say_nothing, NULL);
	return xmlRelaxNGValidateDoc(ctxt, doc) == 0;
}

/* ---- Derivatives: what may still follow after one event. */

/* How a pattern is put around what comes after an element. */
struct around {
	enum shape shape; /* GROUP, INTERLEAVE or AFTER */
	const struct ih_pattern *other;
	bool other_first;
};

static const struct ih_pattern *
put_around(struct ih_patterns *s, struct around how, const struct ih_pattern *p)
{
	const struct ih_pattern *a = how.other_first ? how.other : p;
	const struct ih_pattern *b = how.other_first ? p : how.other;

	return how.shape == AFTER ? after(s, a, b) : both(s, how.shape, a, b);
}

static const struct ih_pattern *
around_rest(struct ih_patterns *s, struct around how,
    const struct ih_pattern *p)
{
	if (p->shape == AFTER)
		return after(s, p->a, put_around(s, how, p->b));
	if (p->shape == CHOICE)
		return ih_pattern_either(s, around_rest(s, how, p->a),
		    around_rest(s, how, p->b));
	return &ih_nothing;
}

const struct ih_pattern *
ih_pattern_opened(struct ih_patterns *s, const struct ih_pattern *p,
    struct ih_name name)
{
	const struct ih_pattern *first;

	switch (p->shape) {
	case CHOICE:
		return ih_pattern_either(s, ih_pattern_opened(s, p->a, name),
		    ih_pattern_opened(s, p->b, name));
	case ELEMENT:
		return ih_rng_is_named(s, p->from, name) ?
			   after(s, read_content(s, p->from), &empty) :
			   &ih_nothing;
	case INTERLEAVE:
		return ih_pattern_either(s,
		    around_rest(s, (struct around){ INTERLEAVE, p->b, false },
			ih_pattern_opened(s, p->a, name)),
		    around_rest(s, (struct around){ INTERLEAVE, p->a, true },
			ih_pattern_opened(s, p->b, name)));
	case MORE:
		return around_rest(s,
		    (struct around){ GROUP, any_number(s, p->a), false },
		    ih_pattern_opened(s, p->a, name));
	case GROUP:
		first = around_rest(s, (struct around){ GROUP, p->b, false },
		    ih_pattern_opened(s, p->a, name));
		return ih_pattern_may_be_empty(p->a) ?
			   ih_pattern_either(s, first,
			       ih_pattern_opened(s, p->b, name)) :
			   first;
	case AFTER:
		return around_rest(s, (struct around){ AFTER, p->b, false },
		    ih_pattern_opened(s, p->a, name));
	default:
		return &ih_nothing;
	}
}

const struct ih_pattern *
ih_pattern_told(struct ih_patterns *s, const struct ih_pattern *p,
    const char *value)
{
	const struct ih_pattern *first;

	switch (p->shape) {
	case CHOICE:
		return ih_pattern_either(s, ih_pattern_told(s, p->a, value),
		    ih_pattern_told(s, p->b, value));
	case INTERLEAVE:
		return ih_pattern_either(s,
		    both(s, INTERLEAVE, ih_pattern_told(s, p->a, value), p->b),
		    both(s, INTERLEAVE, p->a, ih_pattern_told(s, p->b, value)));
	case GROUP:
		first = both(s, GROUP, ih_pattern_told(s, p->a, value), p->b);
		return ih_pattern_may_be_empty(p->a) ?
			   ih_pattern_either(s, first,
			       ih_pattern_told(s, p->b, value)) :
			   first;
	case MORE:
		return both(s, GROUP, ih_pattern_told(s, p->a, value),
		    any_number(s, p->a));
	case AFTER:
		return after(s, ih_pattern_told(s, p->a, value), p->b);
	case TEXT:
		return p;
	case SIMPLE:
		return simple_fits(s, p->from, value) ? &empty : &ih_nothing;
	default:
		return &ih_nothing;
	}
}

static bool
is_blank(const char *value)
{
	return value[strspn(value, " \t\r\n")] == '\0';
}

static bool
value_fits(struct ih_patterns *s, const struct ih_pattern *p, const char *value)
{
	return (ih_pattern_may_be_empty(p) && is_blank(value)) ||
	       ih_pattern_may_be_empty(ih_pattern_told(s, p, value));
}

const struct ih_pattern *
ih_pattern_given(struct ih_patterns *s, const struct ih_pattern *p,
    struct ih_name name, const char *value)
{
	switch (p->shape) {
	case CHOICE:
		return ih_pattern_either(s,
		    ih_pattern_given(s, p->a, name, value),
		    ih_pattern_given(s, p->b, name, value));
	case GROUP:
	case INTERLEAVE:
		return ih_pattern_either(s,
		    both(s, p->shape, ih_pattern_given(s, p->a, name, value),
			p->b),
		    both(s, p->shape, p->a,
			ih_pattern_given(s, p->b, name, value)));
	case MORE:
		return both(s, GROUP, ih_pattern_given(s, p->a, name, value),
		    any_number(s, p->a));
	case AFTER:
		return after(s, ih_pattern_given(s, p->a, name, value), p->b);
	case ATTRIBUTE:
		return ih_rng_is_named(s, p->from, name) &&
			       value_fits(s, p->a, value) ?
			   &empty :
			   &ih_nothing;
	default:
		return &ih_nothing;
	}
}

/* No attribute comes any more. */
const struct ih_pattern *
ih_pattern_tagged(struct ih_patterns *s, const struct ih_pattern *p)
{
	switch (p->shape) {
	case CHOICE:
		return ih_pattern_either(s, ih_pattern_tagged(s, p->a),
		    ih_pattern_tagged(s, p->b));
	case GROUP:
	case INTERLEAVE:
		return both(s, p->shape, ih_pattern_tagged(s, p->a),
		    ih_pattern_tagged(s, p->b));
	case MORE:
		return more(s, ih_pattern_tagged(s, p->a));
	case AFTER:
		return after(s, ih_pattern_tagged(s, p->a), p->b);
	case ATTRIBUTE:
		return &ih_nothing;
	default:
		return p;
	}
}

const struct ih_pattern *
ih_pattern_closed(struct ih_patterns *s, const struct ih_pattern *p)
{
	if (p->shape == CHOICE)
		return ih_pattern_either(s, ih_pattern_closed(s, p->a),
		    ih_pattern_closed(s, p->b));
	if (p->shape == AFTER && ih_pattern_may_be_empty(p->a))
		return p->b;
	return &ih_nothing;
}

const struct ih_pattern *
ih_patterns_start(struct ih_patterns *s, const xmlDoc *grammar)
{
	const struct ih_pattern *start;

	s->grammar = grammar->children;
	while (s->grammar != NULL && s->grammar->type != XML_ELEMENT_NODE)
		s->grammar = s->grammar->next;
	if (s->grammar == NULL)
		return &ih_nothing;
	start = ih_rng_is(s->grammar, "grammar") ?
		    read_definitions(s, s->grammar, NULL, NULL) :
		    read(s, s->grammar);
	return start != NULL ? start : &ih_nothing;
}

void
ih_patterns_end(struct ih_patterns *s)
{
	for (struct simple *simple = s->simples; simple != NULL;
	     simple = simple->next)
		xmlRelaxNGFree(simple->compiled);
	s->simples = NULL;
}
