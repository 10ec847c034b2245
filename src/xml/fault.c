/* This is where a document that does not fit is followed to its first fault. */
#include "fault.h"

#include <libxml/relaxng.h>
#include <stdint.h>
#include <string.h>

#include "ihala/arena.h"
#include "ihala/buffer.h"
#include "ihala/node.h"
#include "ihala/xml.h"

IH_OWNER(xmlRelaxNG, xmlRelaxNGFree)
IH_OWNER(xmlRelaxNGParserCtxt, xmlRelaxNGFreeParserCtxt)
IH_OWNER(xmlRelaxNGValidCtxt, xmlRelaxNGFreeValidCtxt)

#define RELAX_NG "http://relaxng.org/ns/structure/1.0"

/* Beyond these the plain sentence of schema.c has to do. */
#define ELEMENTS_MAX 20000 /* of the document, before the fault */
#define PATTERNS_MAX 60000 /* that one search makes */
#define REFS_MAX 64        /* one inside another, without an element between */
#define NAMED_MAX 12       /* names said in one message */
#define BUCKETS 1024

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
struct pattern {
	enum shape shape;
	const struct pattern *a, *b;
	const xmlNode *from;  /* SIMPLE, ATTRIBUTE, ELEMENT: in the grammar */
	struct pattern *next; /* of its bucket */
};

/* A datatype of the grammar, compiled by libxml2 as a grammar of its own. */
struct simple {
	const xmlNode *from;
	xmlRelaxNG *compiled; /* NULL: could not be */
	struct simple *next;
};

struct search {
	const xmlNode *grammar;
	struct ih_arena *arena;
	struct pattern *buckets[BUCKETS];
	struct simple *simples;
	int patterns, elements, refs;
	bool gave_up;
	const char *name;
	struct ih_error *err;
	bool found;
};

/* ---- Making patterns. */

static const struct pattern nothing = { .shape = NOTHING };
static const struct pattern empty = { .shape = EMPTY };
static const struct pattern text = { .shape = TEXT };

static size_t
bucket_of(const struct pattern *p)
{
	uintptr_t mix = (uintptr_t)p->shape;

	mix = mix * 31 + ((uintptr_t)p->a >> 4);
	mix = mix * 31 + ((uintptr_t)p->b >> 4);
	mix = mix * 31 + ((uintptr_t)p->from >> 4);
	return (mix ^ (mix >> 11)) % BUCKETS;
}

static const struct pattern *
make(struct search *s, struct pattern wanted)
{
	struct pattern **bucket = &s->buckets[bucket_of(&wanted)];
	struct pattern *made;

	for (made = *bucket; made != NULL; made = made->next)
		if (made->shape == wanted.shape && made->a == wanted.a &&
		    made->b == wanted.b && made->from == wanted.from)
			return made;
	if (++s->patterns > PATTERNS_MAX)
		s->gave_up = true;
	if (s->gave_up)
		return &nothing;
	made = ih_arena_take(s->arena, sizeof *made);
	*made = wanted;
	made->next = *bucket;
	*bucket = made;
	return made;
}

static bool
is_alternative(const struct pattern *choice, const struct pattern *p)
{
	for (; choice->shape == CHOICE; choice = choice->b)
		if (choice->a == p)
			return true;
	return choice == p;
}

/* A list to the right, each alternative once. */
static const struct pattern *
choice(struct search *s, const struct pattern *a, const struct pattern *b)
{
	if (a->shape == CHOICE)
		return choice(s, a->a, choice(s, a->b, b));
	if (a == &nothing || is_alternative(b, a))
		return b;
	if (b == &nothing)
		return a;
	return make(s, (struct pattern){ .shape = CHOICE, .a = a, .b = b });
}

/* GROUP and INTERLEAVE: empty adds nothing, nothing spoils all. */
static const struct pattern *
both(struct search *s, enum shape shape, const struct pattern *a,
    const struct pattern *b)
{
	if (a == &nothing || b == &nothing)
		return &nothing;
	if (a == &empty)
		return b;
	if (b == &empty)
		return a;
	return make(s, (struct pattern){ .shape = shape, .a = a, .b = b });
}

static const struct pattern *
after(struct search *s, const struct pattern *a, const struct pattern *b)
{
	if (a == &nothing || b == &nothing)
		return &nothing;
	return make(s, (struct pattern){ .shape = AFTER, .a = a, .b = b });
}

static const struct pattern *
more(struct search *s, const struct pattern *a)
{
	if (a == &nothing || a == &empty)
		return a;
	return make(s, (struct pattern){ .shape = MORE, .a = a });
}

static const struct pattern *
any_number(struct search *s, const struct pattern *a)
{
	return choice(s, more(s, a), &empty);
}

static bool
may_be_empty(const struct pattern *p)
{
	switch (p->shape) {
	case EMPTY:
	case TEXT:
		return true;
	case CHOICE:
		return may_be_empty(p->a) || may_be_empty(p->b);
	case GROUP:
	case INTERLEAVE:
		return may_be_empty(p->a) && may_be_empty(p->b);
	case MORE:
		return may_be_empty(p->a);
	default:
		return false;
	}
}

/* ---- Reading the grammar. */

static bool
is_rng(const xmlNode *node, const char *name)
{
	return ih_is(node, name) && node->ns != NULL &&
	       strcmp((const char *)node->ns->href, RELAX_NG) == 0;
}

static const struct pattern *read(struct search *s, const xmlNode *node);

/* What stands in NODE from its child FIRST on, joined as SHAPE. */
static const struct pattern *
read_from(struct search *s, const xmlNode *first, enum shape shape)
{
	const struct pattern *rest;

	if (first == NULL)
		return shape == CHOICE ? &nothing : &empty;
	rest = read_from(s, ih_next(first, NULL), shape);
	return shape == CHOICE ? choice(s, read(s, first), rest) :
				 both(s, shape, read(s, first), rest);
}

static const struct pattern *
read_all(struct search *s, const xmlNode *node)
{
	return read_from(s, ih_child(node, NULL), GROUP);
}

/* What stands in an element or attribute behind its name. */
static const struct pattern *
read_content(struct search *s, const xmlNode *node)
{
	const xmlNode *first = ih_child(node, NULL);

	if (ih_attr(node, "name") == NULL && first != NULL)
		first = ih_next(first, NULL);
	if (first == NULL && is_rng(node, "attribute"))
		return &text;
	return read_from(s, first, GROUP);
}

/* All definitions of NAME ("start" elements where NAME is NULL) in NODE,
 * added to FOUND as their combine attribute says. */
static const struct pattern *
read_definitions(struct search *s, const xmlNode *node, const char *name,
    const struct pattern *found)
{
	const char *kind = name != NULL ? "define" : "start";

	for (const xmlNode *n = ih_child(node, NULL); n != NULL;
	     n = ih_next(n, NULL)) {
		const char *own = ih_attr(n, "name");
		const struct pattern *p;
		const char *combine = ih_attr(n, "combine");

		if (is_rng(n, "div")) {
			found = read_definitions(s, n, name, found);
			continue;
		}
		if (!is_rng(n, kind) ||
		    (name != NULL && (own == NULL || strcmp(own, name) != 0)))
			continue;
		p = read_all(s, n);
		if (found == NULL)
			found = p;
		else if (combine != NULL && strcmp(combine, "interleave") == 0)
			found = both(s, INTERLEAVE, found, p);
		else
			found = choice(s, found, p);
	}
	return found;
}

static const struct pattern *
read_ref(struct search *s, const xmlNode *node)
{
	const char *name = ih_attr(node, "name");
	const struct pattern *found = NULL;

	if (name != NULL && ++s->refs < REFS_MAX)
		found = read_definitions(s, s->grammar, name, NULL);
	s->refs--;
	if (found == NULL) {
		s->gave_up = true;
		return &nothing;
	}
	return found;
}

static const struct pattern *
read(struct search *s, const xmlNode *node)
{
	const char *is = (const char *)node->name;

	if (strcmp(is, "element") == 0)
		return make(s,
		    (struct pattern){ .shape = ELEMENT, .from = node });
	if (strcmp(is, "attribute") == 0)
		return make(s, (struct pattern){ .shape = ATTRIBUTE,
				   .a = read_content(s, node),
				   .from = node });
	if (strcmp(is, "data") == 0 || strcmp(is, "value") == 0 ||
	    strcmp(is, "list") == 0)
		return make(s,
		    (struct pattern){ .shape = SIMPLE, .from = node });
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
		return choice(s, read_all(s, node), &empty);
	if (strcmp(is, "zeroOrMore") == 0)
		return any_number(s, read_all(s, node));
	if (strcmp(is, "oneOrMore") == 0)
		return more(s, read_all(s, node));
	if (strcmp(is, "mixed") == 0)
		return both(s, INTERLEAVE, read_all(s, node), &text);
	/* notAllowed; a grammar inside a grammar we have no use for. */
	s->gave_up |= strcmp(is, "notAllowed") != 0;
	return &nothing;
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

struct name {
	const char *space, *local;
};

static bool
same(struct name a, struct name b)
{
	return strcmp(a.space, b.space) == 0 && strcmp(a.local, b.local) == 0;
}

/* QNAME as it stands at NODE of the grammar; SPACE where it has no prefix. */
static struct name
resolve(const xmlNode *node, const char *qname, const char *space)
{
	const char *colon = strchr(qname, ':');

	if (colon == NULL)
		return (struct name){ space, qname };
	return (
	    struct name){ space_of_prefix(node, qname, (size_t)(colon - qname)),
		colon + 1 };
}

static struct name
name_of(const xmlNs *ns, const xmlChar *local)
{
	return (struct name){ ns != NULL ? (const char *)ns->href : "",
		(const char *)local };
}

/* RELAX NG section 4.8: an attribute's name does not inherit ns. */
static struct name
own_name(const xmlNode *node)
{
	const char *space = is_rng(node, "attribute") ? ih_attr(node, "ns") :
							inherited(node, "ns");

	return resolve(node, ih_attr(node, "name"), space != NULL ? space : "");
}

static bool
class_holds(struct search *s, const xmlNode *class, struct name name);

static bool
any_class_holds(struct search *s, const xmlNode *around, struct name name)
{
	for (const xmlNode *n = ih_child(around, NULL); n != NULL;
	     n = ih_next(n, NULL))
		if (class_holds(s, n, name))
			return true;
	return false;
}

static bool
class_holds(struct search *s, const xmlNode *class, struct name name)
{
	if (is_rng(class, "name"))
		return same(resolve(class, ih_text_of(s->arena, class),
				inherited(class, "ns")),
		    name);
	if (is_rng(class, "nsName") &&
	    strcmp(inherited(class, "ns"), name.space) != 0)
		return false;
	if (is_rng(class, "anyName") || is_rng(class, "nsName")) {
		const xmlNode *except = ih_child(class, "except");

		return except == NULL || !any_class_holds(s, except, name);
	}
	return any_class_holds(s, class, name); /* choice */
}

/* Does the name of FROM, an element or attribute of the grammar, fit? */
static bool
is_named(struct search *s, const xmlNode *from, struct name name)
{
	if (ih_attr(from, "name") != NULL)
		return same(own_name(from), name);
	return ih_child(from, NULL) != NULL &&
	       class_holds(s, ih_child(from, NULL), name);
}

/* Does the grammar name it anywhere?  Only then may a message. */
static bool
names(struct search *s, const xmlNode *node, const char *kind, struct name name)
{
	if (is_rng(node, kind) && ih_attr(node, "name") != NULL &&
	    same(own_name(node), name))
		return true;
	if (is_rng(node, "name") && class_holds(s, node, name))
		return true;
	for (const xmlNode *n = ih_child(node, NULL); n != NULL;
	     n = ih_next(n, NULL))
		if (names(s, n, kind, name))
			return true;
	return false;
}

static bool
is_known(struct search *s, const char *kind, struct name name)
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
simple_for(struct search *s, const xmlNode *from)
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
simple_fits(struct search *s, const xmlNode *from, const char *value)
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
	const struct pattern *other;
	bool other_first;
};

static const struct pattern *
put_around(struct search *s, struct around how, const struct pattern *p)
{
	const struct pattern *a = how.other_first ? how.other : p;
	const struct pattern *b = how.other_first ? p : how.other;

	return how.shape == AFTER ? after(s, a, b) : both(s, how.shape, a, b);
}

static const struct pattern *
around_rest(struct search *s, struct around how, const struct pattern *p)
{
	if (p->shape == AFTER)
		return after(s, p->a, put_around(s, how, p->b));
	if (p->shape == CHOICE)
		return choice(s, around_rest(s, how, p->a),
		    around_rest(s, how, p->b));
	return &nothing;
}

static const struct pattern *
opened(struct search *s, const struct pattern *p, struct name name)
{
	const struct pattern *first;

	switch (p->shape) {
	case CHOICE:
		return choice(s, opened(s, p->a, name), opened(s, p->b, name));
	case ELEMENT:
		return is_named(s, p->from, name) ?
			   after(s, read_content(s, p->from), &empty) :
			   &nothing;
	case INTERLEAVE:
		return choice(s,
		    around_rest(s, (struct around){ INTERLEAVE, p->b, false },
			opened(s, p->a, name)),
		    around_rest(s, (struct around){ INTERLEAVE, p->a, true },
			opened(s, p->b, name)));
	case MORE:
		return around_rest(s,
		    (struct around){ GROUP, any_number(s, p->a), false },
		    opened(s, p->a, name));
	case GROUP:
		first = around_rest(s, (struct around){ GROUP, p->b, false },
		    opened(s, p->a, name));
		return may_be_empty(p->a) ?
			   choice(s, first, opened(s, p->b, name)) :
			   first;
	case AFTER:
		return around_rest(s, (struct around){ AFTER, p->b, false },
		    opened(s, p->a, name));
	default:
		return &nothing;
	}
}

static const struct pattern *
told(struct search *s, const struct pattern *p, const char *value)
{
	const struct pattern *first;

	switch (p->shape) {
	case CHOICE:
		return choice(s, told(s, p->a, value), told(s, p->b, value));
	case INTERLEAVE:
		return choice(s,
		    both(s, INTERLEAVE, told(s, p->a, value), p->b),
		    both(s, INTERLEAVE, p->a, told(s, p->b, value)));
	case GROUP:
		first = both(s, GROUP, told(s, p->a, value), p->b);
		return may_be_empty(p->a) ?
			   choice(s, first, told(s, p->b, value)) :
			   first;
	case MORE:
		return both(s, GROUP, told(s, p->a, value),
		    any_number(s, p->a));
	case AFTER:
		return after(s, told(s, p->a, value), p->b);
	case TEXT:
		return p;
	case SIMPLE:
		return simple_fits(s, p->from, value) ? &empty : &nothing;
	default:
		return &nothing;
	}
}

static bool
is_blank(const char *value)
{
	return value[strspn(value, " \t\r\n")] == '\0';
}

static bool
value_fits(struct search *s, const struct pattern *p, const char *value)
{
	return (may_be_empty(p) && is_blank(value)) ||
	       may_be_empty(told(s, p, value));
}

static const struct pattern *
given(struct search *s, const struct pattern *p, struct name name,
    const char *value)
{
	switch (p->shape) {
	case CHOICE:
		return choice(s, given(s, p->a, name, value),
		    given(s, p->b, name, value));
	case GROUP:
	case INTERLEAVE:
		return choice(s,
		    both(s, p->shape, given(s, p->a, name, value), p->b),
		    both(s, p->shape, p->a, given(s, p->b, name, value)));
	case MORE:
		return both(s, GROUP, given(s, p->a, name, value),
		    any_number(s, p->a));
	case AFTER:
		return after(s, given(s, p->a, name, value), p->b);
	case ATTRIBUTE:
		return is_named(s, p->from, name) &&
			       value_fits(s, p->a, value) ?
			   &empty :
			   &nothing;
	default:
		return &nothing;
	}
}

/* No attribute comes any more. */
static const struct pattern *
tagged(struct search *s, const struct pattern *p)
{
	switch (p->shape) {
	case CHOICE:
		return choice(s, tagged(s, p->a), tagged(s, p->b));
	case GROUP:
	case INTERLEAVE:
		return both(s, p->shape, tagged(s, p->a), tagged(s, p->b));
	case MORE:
		return more(s, tagged(s, p->a));
	case AFTER:
		return after(s, tagged(s, p->a), p->b);
	case ATTRIBUTE:
		return &nothing;
	default:
		return p;
	}
}

static const struct pattern *
closed(struct search *s, const struct pattern *p)
{
	if (p->shape == CHOICE)
		return choice(s, closed(s, p->a), closed(s, p->b));
	if (p->shape == AFTER && may_be_empty(p->a))
		return p->b;
	return &nothing;
}

/* ---- Saying what was expected. */

struct list {
	struct search *search;
	struct ih_buffer *out;
	const char *said[NAMED_MAX];
	int count;
};

/* "a, b, c": each once, in the order of the grammar. */
static void
list_add(struct list *list, const char *item)
{
	for (int i = 0; i < list->count; i++)
		if (strcmp(list->said[i], item) == 0)
			return;
	if (list->count == NAMED_MAX) {
		ih_buffer_text(list->out, ", ...");
		return;
	}
	if (list->count > 0)
		ih_buffer_text(list->out, ", ");
	ih_buffer_text(list->out, item);
	list->said[list->count++] = item;
}

/* The name the grammar gives, without a prefix unless it is xml. */
static const char *
word_for(struct search *s, const xmlNode *from)
{
	const xmlNode *class = ih_child(from, NULL);
	const char *name = ih_attr(from, "name");
	const char *colon;

	if (name == NULL && class != NULL && is_rng(class, "name"))
		name = ih_text_of(s->arena, class);
	if (name == NULL)
		return is_rng(from, "attribute") ? "any attribute" :
						   "any element";
	colon = strchr(name, ':');
	return colon != NULL && strncmp(name, "xml:", 4) != 0 ? colon + 1 :
								name;
}

static const char *
data_word(struct search *s, const xmlNode *data)
{
	const char *type = ih_attr(data, "type");

	for (const xmlNode *n = ih_child(data, "param"); n != NULL;
	     n = ih_next(n, "param"))
		if (strcmp(ih_attr(n, "name") != NULL ? ih_attr(n, "name") : "",
			"pattern") == 0)
			return ih_arena_printf(s->arena, "the form %s",
			    ih_text_of(s->arena, n));
	return ih_arena_printf(s->arena, "%s%s", type != NULL ? type : "data",
	    ih_child(data, "param") != NULL ? " within its limits" : "");
}

/* What may stand as text. */
static void
list_values(struct list *list, const struct pattern *p)
{
	if (p->shape == AFTER || p->shape == MORE) {
		list_values(list, p->a);
	} else if (p->shape == CHOICE || p->shape == GROUP ||
		   p->shape == INTERLEAVE) {
		list_values(list, p->a);
		list_values(list, p->b);
	} else if (p->shape == SIMPLE && is_rng(p->from, "value")) {
		list_add(list, ih_text_of(list->search->arena, p->from));
	} else if (p->shape == SIMPLE && is_rng(p->from, "data")) {
		list_add(list, data_word(list->search, p->from));
	} else if (p->shape == SIMPLE) {
		list_add(list, "a list");
	} else if (p->shape == TEXT) {
		list_add(list, "text");
	}
}

/* What elements may come next. */
static void
list_elements(struct list *list, const struct pattern *p)
{
	switch (p->shape) {
	case ELEMENT:
		list_add(list, word_for(list->search, p->from));
		break;
	case GROUP:
		list_elements(list, p->a);
		if (may_be_empty(p->a))
			list_elements(list, p->b);
		break;
	case CHOICE:
	case INTERLEAVE:
		list_elements(list, p->a);
		list_elements(list, p->b);
		break;
	case MORE:
		list_elements(list, p->a);
		break;
	case AFTER:
		list_elements(list, p->a);
		if (may_be_empty(p->a))
			list_add(list, "the end tag");
		break;
	default:
		break;
	}
}

static void
list_attributes(struct list *list, const struct pattern *p)
{
	switch (p->shape) {
	case ATTRIBUTE:
		list_add(list, word_for(list->search, p->from));
		break;
	case GROUP:
	case CHOICE:
	case INTERLEAVE:
		list_attributes(list, p->a);
		list_attributes(list, p->b);
		break;
	case MORE:
	case AFTER:
		list_attributes(list, p->a);
		break;
	default:
		break;
	}
}

/* The attributes for want of which the tag cannot end. */
static void
list_missing(struct list *list, const struct pattern *p)
{
	if (tagged(list->search, p) != &nothing)
		return;
	switch (p->shape) {
	case ATTRIBUTE:
		list_add(list, word_for(list->search, p->from));
		break;
	case GROUP:
	case CHOICE:
	case INTERLEAVE:
		list_missing(list, p->a);
		list_missing(list, p->b);
		break;
	case MORE:
	case AFTER:
		list_missing(list, p->a);
		break;
	default:
		break;
	}
}

/* What the attribute of that NAME may hold. */
static void
list_attribute_values(struct list *list, const struct pattern *p,
    struct name name)
{
	switch (p->shape) {
	case ATTRIBUTE:
		if (is_named(list->search, p->from, name))
			list_values(list, p->a);
		break;
	case GROUP:
	case CHOICE:
	case INTERLEAVE:
		list_attribute_values(list, p->a, name);
		list_attribute_values(list, p->b, name);
		break;
	case MORE:
	case AFTER:
		list_attribute_values(list, p->a, name);
		break;
	default:
		break;
	}
}

/* The namespace in which an element of that local name is expected. */
static const char *
expected_space(const struct pattern *p, const char *local)
{
	const char *found = NULL;

	if (p->shape == ELEMENT)
		return ih_attr(p->from, "name") != NULL &&
			       strcmp(own_name(p->from).local, local) == 0 ?
			   own_name(p->from).space :
			   NULL;
	if (p->a != NULL && p->shape != ATTRIBUTE)
		found = expected_space(p->a, local);
	if (found == NULL && p->b != NULL && p->shape != AFTER)
		found = expected_space(p->b, local);
	return found;
}

static void
found(struct search *s, const xmlNode *node, const char *what,
    const char *expected)
{
	if (s->found || s->gave_up)
		return;
	s->found = true;
	ih_fail(s->err, IH_INPUT, "%s:%ld: %s; expected %s", s->name,
	    ih_line(node), what, expected[0] != '\0' ? expected : "nothing");
}

/* "element answer", or "an element" where the grammar does not name it. */
static const char *
element_word(struct search *s, const xmlNode *node)
{
	if (!is_known(s, "element", name_of(node->ns, node->name)))
		return "an element";
	return ih_arena_printf(s->arena, "element %s",
	    (const char *)node->name);
}

/* ---- Following the document. */

static void
fault_in_name(struct search *s, const struct pattern *p, const xmlNode *node)
{
	IH_OWNED(ih_buffer) expected = ih_buffer_new();
	struct list list = { .search = s, .out = expected };
	const char *space = expected_space(p, (const char *)node->name);
	struct name name = name_of(node->ns, node->name);

	if (space != NULL && strcmp(space, name.space) != 0) {
		found(s, node,
		    ih_arena_printf(s->arena,
			"element %s is in another namespace",
			(const char *)node->name),
		    space);
		return;
	}
	list_elements(&list, p);
	found(s, node,
	    is_known(s, "element", name) ?
		ih_arena_printf(s->arena, "element %s does not belong here",
		    (const char *)node->name) :
		"an element that the format does not have",
	    (const char *)expected->data);
}

static void
fault_in_attribute(struct search *s, const struct pattern *p,
    const xmlNode *node, const xmlAttr *attribute)
{
	IH_OWNED(ih_buffer) expected = ih_buffer_new();
	struct list list = { .search = s, .out = expected };
	struct name name = name_of(attribute->ns, attribute->name);
	const char *element = element_word(s, node);

	list_attribute_values(&list, p, name);
	if (list.count > 0) {
		found(s, node,
		    ih_arena_printf(s->arena,
			"%s: attribute %s is not one of the expected values",
			element, (const char *)attribute->name),
		    (const char *)expected->data);
		return;
	}
	list_attributes(&list, p);
	found(s, node,
	    is_known(s, "attribute", name) ?
		ih_arena_printf(s->arena,
		    "%s: attribute %s does not belong here", element,
		    (const char *)attribute->name) :
		ih_arena_printf(s->arena,
		    "%s: an attribute that the format does not have", element),
	    list.count > 0 ? (const char *)expected->data :
			     "no more attributes");
}

static void
fault_in_missing(struct search *s, const struct pattern *p, const xmlNode *node)
{
	IH_OWNED(ih_buffer) expected = ih_buffer_new();
	struct list list = { .search = s, .out = expected };

	list_missing(&list, p);
	found(s, node,
	    ih_arena_printf(s->arena, "%s: an attribute is missing",
		element_word(s, node)),
	    (const char *)expected->data);
}

static void
fault_in_text(struct search *s, const struct pattern *p, const xmlNode *node)
{
	IH_OWNED(ih_buffer) expected = ih_buffer_new();
	struct list list = { .search = s, .out = expected };
	const char *element = element_word(s, node);

	list_values(&list, p);
	if (list.count > 0) {
		found(s, node,
		    ih_arena_printf(s->arena,
			"%s: its text is not one of the expected values",
			element),
		    (const char *)expected->data);
		return;
	}
	list_elements(&list, p);
	found(s, node,
	    ih_arena_printf(s->arena, "%s: text does not belong here", element),
	    (const char *)expected->data);
}

static void
fault_in_end(struct search *s, const struct pattern *p, const xmlNode *node)
{
	IH_OWNED(ih_buffer) expected = ih_buffer_new();
	struct list list = { .search = s, .out = expected };

	list_elements(&list, p);
	list_values(&list, p);
	found(s, node,
	    ih_arena_printf(s->arena, "%s: something is missing in it",
		element_word(s, node)),
	    (const char *)expected->data);
}

static const struct pattern *
follow(struct search *s, const struct pattern *p, const xmlNode *node);

static bool
is_text(const xmlNode *node)
{
	return node->type == XML_TEXT_NODE ||
	       node->type == XML_CDATA_SECTION_NODE;
}

/* Text from *AT on, comments inside it left out; *AT is moved to the element
 * after it, or NULL. */
static const char *
gather_text(struct search *s, const xmlNode **at)
{
	IH_OWNED(ih_buffer) joined = ih_buffer_new();

	for (; *at != NULL && (*at)->type != XML_ELEMENT_NODE;
	     *at = (*at)->next)
		if (is_text(*at) && (*at)->content != NULL)
			ih_buffer_text(joined, (const char *)(*at)->content);
	return ih_arena_text(s->arena, (const char *)joined->data);
}

/* White space between elements does not count; alone in an element it may. */
static const struct pattern *
follow_text(struct search *s, const struct pattern *p, const xmlNode *node,
    const char *value, bool alone)
{
	const struct pattern *next;

	if (is_blank(value) && !alone)
		return p;
	next = told(s, p, value);
	if (is_blank(value))
		return choice(s, p, next);
	if (next == &nothing)
		fault_in_text(s, p, node);
	return next;
}

static const struct pattern *
follow_children(struct search *s, const struct pattern *p, const xmlNode *node)
{
	const xmlNode *at = node->children;
	bool alone = true;

	for (const xmlNode *n = at; n != NULL; n = n->next)
		alone &= n->type != XML_ELEMENT_NODE;
	do {
		p = follow_text(s, p, node, gather_text(s, &at), alone);
		if (p == &nothing || at == NULL)
			break;
		p = follow(s, p, at);
		at = at->next;
	} while (p != &nothing);
	return p;
}

static const struct pattern *
follow_attributes(struct search *s, const struct pattern *p,
    const xmlNode *node)
{
	for (const xmlAttr *a = node->properties; a != NULL; a = a->next) {
		const struct pattern *next =
		    given(s, p, name_of(a->ns, a->name),
			a->children != NULL && a->children->content != NULL ?
			    (const char *)a->children->content :
			    "");

		if (next == &nothing) {
			fault_in_attribute(s, p, node, a);
			return next;
		}
		p = next;
	}
	return p;
}

/* Through one element; nothing where the fault was in it. */
static const struct pattern *
follow(struct search *s, const struct pattern *p, const xmlNode *node)
{
	const struct pattern *next =
	    opened(s, p, name_of(node->ns, node->name));

	s->gave_up |= ++s->elements > ELEMENTS_MAX;
	if (next == &nothing) {
		fault_in_name(s, p, node);
		return next;
	}
	p = follow_attributes(s, next, node);
	if (p == &nothing)
		return p;
	next = tagged(s, p);
	if (next == &nothing) {
		fault_in_missing(s, p, node);
		return next;
	}
	p = follow_children(s, next, node);
	if (p == &nothing)
		return p;
	next = closed(s, p);
	if (next == &nothing)
		fault_in_end(s, p, node);
	return next;
}

bool
ih_fault_find(const xmlDoc *grammar, const xmlDoc *doc, const char *name,
    struct ih_error *err)
{
	IH_OWNED(ih_arena) arena = ih_arena_new();
	struct search search = { .arena = arena, .name = name, .err = err };
	const xmlNode *root = doc->children;
	const struct pattern *start;

	while (root != NULL && root->type != XML_ELEMENT_NODE)
		root = root->next;
	search.grammar = grammar->children;
	while (
	    search.grammar != NULL && search.grammar->type != XML_ELEMENT_NODE)
		search.grammar = search.grammar->next;
	if (root == NULL || search.grammar == NULL)
		return false;
	start = is_rng(search.grammar, "grammar") ?
		    read_definitions(&search, search.grammar, NULL, NULL) :
		    read(&search, search.grammar);
	if (start != NULL)
		follow(&search, start, root);
	for (struct simple *s = search.simples; s != NULL; s = s->next)
		xmlRelaxNGFree(s->compiled);
	return search.found;
}
