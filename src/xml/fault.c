/* This is where a document that does not fit is followed to its first fault. */
#include "fault.h"

#include <string.h>

#include "ihala/arena.h"
#include "ihala/buffer.h"
#include "ihala/node.h"
#include "pattern.h"

/* Beyond these the plain sentence of schema.c has to do. */
#define ELEMENTS_MAX 20000 /* of the document, before the fault */
#define NAMED_MAX 12       /* names said in one message */

struct search {
	struct ih_patterns patterns;
	int elements;
	const char *name; /* of the document */
	struct ih_error *err;
	bool found;
};

static bool
is_blank(const char *value)
{
	return value[strspn(value, " \t\r\n")] == '\0';
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

	if (name == NULL && class != NULL && ih_rng_is(class, "name"))
		name = ih_text_of(s->patterns.arena, class);
	if (name == NULL)
		return ih_rng_is(from, "attribute") ? "any attribute" :
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
			return ih_arena_printf(s->patterns.arena, "the form %s",
			    ih_text_of(s->patterns.arena, n));
	return ih_arena_printf(s->patterns.arena, "%s%s",
	    type != NULL ? type : "data",
	    ih_child(data, "param") != NULL ? " within its limits" : "");
}

/* What may stand as text. */
static void
list_values(struct list *list, const struct ih_pattern *p)
{
	if (p->shape == AFTER || p->shape == MORE) {
		list_values(list, p->a);
	} else if (p->shape == CHOICE || p->shape == GROUP ||
		   p->shape == INTERLEAVE) {
		list_values(list, p->a);
		list_values(list, p->b);
	} else if (p->shape == SIMPLE && ih_rng_is(p->from, "value")) {
		list_add(list,
		    ih_text_of(list->search->patterns.arena, p->from));
	} else if (p->shape == SIMPLE && ih_rng_is(p->from, "data")) {
		list_add(list, data_word(list->search, p->from));
	} else if (p->shape == SIMPLE) {
		list_add(list, "a list");
	} else if (p->shape == TEXT) {
		list_add(list, "text");
	}
}

/* What elements may come next. */
static void
list_elements(struct list *list, const struct ih_pattern *p)
{
	switch (p->shape) {
	case ELEMENT:
		list_add(list, word_for(list->search, p->from));
		break;
	case GROUP:
		list_elements(list, p->a);
		if (ih_pattern_may_be_empty(p->a))
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
		if (ih_pattern_may_be_empty(p->a))
			list_add(list, "the end tag");
		break;
	default:
		break;
	}
}

/* Those that P has room for, or only those for want of which the tag cannot
 * end. */
static void
list_attributes(struct list *list, const struct ih_pattern *p, bool missing)
{
	if (missing &&
	    ih_pattern_tagged(&list->search->patterns, p) != &ih_nothing)
		return;
	switch (p->shape) {
	case ATTRIBUTE:
		list_add(list, word_for(list->search, p->from));
		break;
	case GROUP:
	case CHOICE:
	case INTERLEAVE:
		list_attributes(list, p->a, missing);
		list_attributes(list, p->b, missing);
		break;
	case MORE:
	case AFTER:
		list_attributes(list, p->a, missing);
		break;
	default:
		break;
	}
}

/* What the attribute of that NAME may hold. */
static void
list_attribute_values(struct list *list, const struct ih_pattern *p,
    struct ih_name name)
{
	switch (p->shape) {
	case ATTRIBUTE:
		if (ih_rng_is_named(&list->search->patterns, p->from, name))
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
expected_space(const struct ih_pattern *p, const char *local)
{
	const char *found = NULL;

	if (p->shape == ELEMENT)
		return ih_attr(p->from, "name") != NULL &&
			       strcmp(ih_rng_own_name(p->from).local, local) ==
				   0 ?
			   ih_rng_own_name(p->from).space :
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
	if (s->found || s->patterns.gave_up)
		return;
	s->found = true;
	ih_fail(s->err, IH_INPUT, "%s:%ld: %s; expected %s", s->name,
	    ih_line(node), what, expected[0] != '\0' ? expected : "nothing");
}

/* "element answer", or "an element" where the grammar does not name it. */
static const char *
element_word(struct search *s, const xmlNode *node)
{
	if (!ih_rng_is_known(&s->patterns, "element",
		ih_rng_name_of(node->ns, node->name)))
		return "an element";
	return ih_arena_printf(s->patterns.arena, "element %s",
	    (const char *)node->name);
}

/* ---- Following the document. */

static void
fault_in_name(struct search *s, const struct ih_pattern *p, const xmlNode *node)
{
	IH_OWNED(ih_buffer) expected = ih_buffer_new();
	struct list list = { .search = s, .out = expected };
	const char *space = expected_space(p, (const char *)node->name);
	struct ih_name name = ih_rng_name_of(node->ns, node->name);

	if (space != NULL && strcmp(space, name.space) != 0) {
		found(s, node,
		    ih_arena_printf(s->patterns.arena,
			"element %s is in another namespace",
			(const char *)node->name),
		    space);
		return;
	}
	list_elements(&list, p);
	found(s, node,
	    ih_rng_is_known(&s->patterns, "element", name) ?
		ih_arena_printf(s->patterns.arena,
		    "element %s does not belong here",
		    (const char *)node->name) :
		"an element that the format does not have",
	    (const char *)expected->data);
}

static void
fault_in_attribute(struct search *s, const struct ih_pattern *p,
    const xmlNode *node, const xmlAttr *attribute)
{
	IH_OWNED(ih_buffer) expected = ih_buffer_new();
	struct list list = { .search = s, .out = expected };
	struct ih_name name = ih_rng_name_of(attribute->ns, attribute->name);
	const char *element = element_word(s, node);

	list_attribute_values(&list, p, name);
	if (list.count > 0) {
		found(s, node,
		    ih_arena_printf(s->patterns.arena,
			"%s: attribute %s is not one of the expected values",
			element, (const char *)attribute->name),
		    (const char *)expected->data);
		return;
	}
	list_attributes(&list, p, false);
	found(s, node,
	    ih_rng_is_known(&s->patterns, "attribute", name) ?
		ih_arena_printf(s->patterns.arena,
		    "%s: attribute %s does not belong here", element,
		    (const char *)attribute->name) :
		ih_arena_printf(s->patterns.arena,
		    "%s: an attribute that the format does not have", element),
	    list.count > 0 ? (const char *)expected->data :
			     "no more attributes");
}

static void
fault_in_missing(struct search *s, const struct ih_pattern *p,
    const xmlNode *node)
{
	IH_OWNED(ih_buffer) expected = ih_buffer_new();
	struct list list = { .search = s, .out = expected };

	list_attributes(&list, p, true);
	found(s, node,
	    ih_arena_printf(s->patterns.arena, "%s: an attribute is missing",
		element_word(s, node)),
	    (const char *)expected->data);
}

static void
fault_in_text(struct search *s, const struct ih_pattern *p, const xmlNode *node)
{
	IH_OWNED(ih_buffer) expected = ih_buffer_new();
	struct list list = { .search = s, .out = expected };
	const char *element = element_word(s, node);

	list_values(&list, p);
	if (list.count > 0) {
		found(s, node,
		    ih_arena_printf(s->patterns.arena,
			"%s: its text is not one of the expected values",
			element),
		    (const char *)expected->data);
		return;
	}
	list_elements(&list, p);
	found(s, node,
	    ih_arena_printf(s->patterns.arena, "%s: text does not belong here",
		element),
	    (const char *)expected->data);
}

static void
fault_in_end(struct search *s, const struct ih_pattern *p, const xmlNode *node)
{
	IH_OWNED(ih_buffer) expected = ih_buffer_new();
	struct list list = { .search = s, .out = expected };

	list_elements(&list, p);
	list_values(&list, p);
	found(s, node,
	    ih_arena_printf(s->patterns.arena, "%s: something is missing in it",
		element_word(s, node)),
	    (const char *)expected->data);
}

static const struct ih_pattern *
follow(struct search *s, const struct ih_pattern *p, const xmlNode *node);

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
	return ih_arena_text(s->patterns.arena, (const char *)joined->data);
}

/* White space between elements does not count; alone in an element it may. */
static const struct ih_pattern *
follow_text(struct search *s, const struct ih_pattern *p, const xmlNode *node,
    const char *value, bool alone)
{
	const struct ih_pattern *next;

	if (is_blank(value) && !alone)
		return p;
	next = ih_pattern_told(&s->patterns, p, value);
	if (is_blank(value))
		return ih_pattern_either(&s->patterns, p, next);
	if (next == &ih_nothing)
		fault_in_text(s, p, node);
	return next;
}

static const struct ih_pattern *
follow_children(struct search *s, const struct ih_pattern *p,
    const xmlNode *node)
{
	const xmlNode *at = node->children;
	bool alone = true;

	for (const xmlNode *n = at; n != NULL; n = n->next)
		alone &= n->type != XML_ELEMENT_NODE;
	do {
		p = follow_text(s, p, node, gather_text(s, &at), alone);
		if (p == &ih_nothing || at == NULL)
			break;
		p = follow(s, p, at);
		at = at->next;
	} while (p != &ih_nothing);
	return p;
}

static const struct ih_pattern *
follow_attributes(struct search *s, const struct ih_pattern *p,
    const xmlNode *node)
{
	for (const xmlAttr *a = node->properties; a != NULL; a = a->next) {
		const struct ih_pattern *next = ih_pattern_given(&s->patterns,
		    p, ih_rng_name_of(a->ns, a->name),
		    a->children != NULL && a->children->content != NULL ?
			(const char *)a->children->content :
			"");

		if (next == &ih_nothing) {
			fault_in_attribute(s, p, node, a);
			return next;
		}
		p = next;
	}
	return p;
}

/* Through one element; nothing where the fault was in it. */
static const struct ih_pattern *
follow(struct search *s, const struct ih_pattern *p, const xmlNode *node)
{
	const struct ih_pattern *next = ih_pattern_opened(&s->patterns, p,
	    ih_rng_name_of(node->ns, node->name));

	s->patterns.gave_up |= ++s->elements > ELEMENTS_MAX;
	if (next == &ih_nothing) {
		fault_in_name(s, p, node);
		return next;
	}
	p = follow_attributes(s, next, node);
	if (p == &ih_nothing)
		return p;
	next = ih_pattern_tagged(&s->patterns, p);
	if (next == &ih_nothing) {
		fault_in_missing(s, p, node);
		return next;
	}
	p = follow_children(s, next, node);
	if (p == &ih_nothing)
		return p;
	next = ih_pattern_closed(&s->patterns, p);
	if (next == &ih_nothing)
		fault_in_end(s, p, node);
	return next;
}

bool
ih_fault_find(const xmlDoc *grammar, const xmlDoc *doc, const char *name,
    struct ih_error *err)
{
	IH_OWNED(ih_arena) arena = ih_arena_new();
	struct search search = {
		.patterns = { .arena = arena },
		.name = name,
		.err = err,
	};
	const struct ih_pattern *start =
	    ih_patterns_start(&search.patterns, grammar);
	const xmlNode *root = doc->children;

	while (root != NULL && root->type != XML_ELEMENT_NODE)
		root = root->next;
	if (root != NULL)
		follow(&search, start, root);
	ih_patterns_end(&search.patterns);
	return search.found;
}
