/* This is where XML is written that cannot be ill-formed. */
#include "ihala/element.h"

#include <inttypes.h>
#include <libxml/uri.h>
#include <stdio.h>
#include <string.h>

#include "ihala/arena.h"
#include "ihala/date.h"
#include "ihala/text.h"

struct ih_writer
ih_write_to(struct ih_buffer *out)
{
	ih_buffer_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
	return (struct ih_writer){ .out = out, .indent = true };
}

/* The first fault is kept, and nothing is written after it. */
static void
spoil(struct ih_writer *w, enum ih_kind kind, const char *where,
    const char *why)
{
	if (w->bad != NULL)
		return;
	w->bad = where;
	w->why = why;
	w->kind = kind;
}

static const char *
innermost(const struct ih_writer *w)
{
	return w->depth > 0 ? w->open[w->depth - 1] : "document";
}

/* XML 1.0 section 2.2, Char: no control character but three, no U+FFFE, no
 * U+FFFF. */
static bool
xml_can_carry(const char *text, size_t size)
{
	const unsigned char *c = (const unsigned char *)text;

	if (!ih_text_is_utf8(text, size))
		return false;
	for (size_t i = 0; i < size; i++) {
		if (c[i] < ' ' && strchr("\t\n\r", c[i]) == NULL)
			return false;
		if (c[i] == 0xef && c[i + 1] == 0xbf && c[i + 2] >= 0xbe)
			return false;
	}
	return true;
}

/* A tab or newline in an attribute, and any carriage return, would be
 * changed by the next reader (sections 2.11 and 3.3.3): as numbers they
 * stay. */
static const char *
escape_of(char c, bool in_attribute)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '\r':
		return "&#13;";
	case '"':
		return in_attribute ? "&quot;" : NULL;
	case '\t':
		return in_attribute ? "&#9;" : NULL;
	case '\n':
		return in_attribute ? "&#10;" : NULL;
	default:
		return NULL;
	}
}

/* How many bytes from the first on are letters of US-ASCII that stand for
 * themselves: of ids, codes and dates all of them. */
static size_t
plain_run(const char *text)
{
	size_t size = 0;

	while (text[size] >= ' ' && text[size] < '\177' && text[size] != '&' &&
	       text[size] != '<' && text[size] != '>' && text[size] != '"')
		size++;
	return size;
}

static bool
add_escaped(struct ih_writer *w, const char *text, bool in_attribute)
{
	size_t size = plain_run(text), from = 0;

	if (text[size] == '\0') {
		ih_buffer_add(w->out, text, size);
		return true;
	}
	size += strlen(text + size);
	if (!xml_can_carry(text, size)) {
		spoil(w, IH_INPUT, innermost(w),
		    "holds a character that XML cannot carry; expected text "
		    "in UTF-8 without control characters");
		return false;
	}
	for (size_t i = 0; i < size; i++) {
		const char *escape = escape_of(text[i], in_attribute);

		if (escape == NULL)
			continue;
		ih_buffer_add(w->out, text + from, i - from);
		ih_buffer_text(w->out, escape);
		from = i + 1;
	}
	ih_buffer_add(w->out, text + from, size - from);
	return true;
}

static void
end_start_tag(struct ih_writer *w)
{
	if (w->in_tag)
		ih_buffer_text(w->out, ">");
	w->in_tag = false;
}

static void
new_line(struct ih_writer *w, int depth)
{
	if (!w->indent || w->mixed != 0)
		return;
	ih_buffer_text(w->out, "\n");
	for (int i = 0; i < depth; i++)
		ih_buffer_text(w->out, "  ");
}

/* Enough to keep a name from being anything but a name; which letters of
 * which script it may hold is for whoever chose it. */
static bool
is_name(const char *name)
{
	const char *colon = strchr(name, ':');

	if (strpbrk(name, " \t\r\n<>&'\"=/") != NULL ||
	    strchr("0123456789-.:", name[0]) != NULL)
		return false;
	return colon == NULL ||
	       (colon[1] != '\0' && strchr(colon + 1, ':') == NULL);
}

void
ih_open(struct ih_writer *w, const char *name)
{
	if (w->bad != NULL)
		return;
	if (w->done) {
		spoil(w, IH_SYSTEM, name, "is a second root element");
		return;
	}
	if (w->depth == IH_WRITE_DEPTH) {
		spoil(w, IH_INPUT, innermost(w),
		    "is nested too deep; expected at most 64 levels");
		return;
	}
	if (!is_name(name)) {
		spoil(w, IH_SYSTEM, innermost(w),
		    "has a child whose name is no XML name");
		return;
	}
	end_start_tag(w);
	if (w->depth > 0) {
		w->has_child[w->depth - 1] = true;
		new_line(w, w->depth);
	}
	w->tag = w->out->size;
	w->has_child[w->depth] = false;
	w->space[w->depth] = 0;
	w->open[w->depth++] = name;
	w->in_tag = true;
	ih_buffer_text(w->out, "<");
	ih_buffer_text(w->out, name);
}

/* Has the tag in hand an attribute of that NAME?  Values hold no quote. */
static bool
has_attribute(const struct ih_writer *w, const char *name)
{
	const char *at = (const char *)w->out->data + w->tag;
	size_t size = strlen(name);

	for (at += strcspn(at, " "); *at == ' ';) {
		at++;
		if (strncmp(at, name, size) == 0 && at[size] == '=')
			return true;
		at += strcspn(at, "\"") + 1;
		at += strcspn(at, "\"") + 1;
	}
	return false;
}

static bool
is_binding(const char *name)
{
	return strcmp(name, "xmlns") == 0 || strncmp(name, "xmlns:", 6) == 0;
}

/* May VALUE stand in xmlns or xmlns:prefix, as the reader sees it: a URI
 * without "&", and none of the two that nobody may bind. */
static bool
can_be_bound(const char *name, const char *value)
{
	xmlURI *uri;

	if (value[0] == '\0')
		return strcmp(name, "xmlns") == 0;
	if (strchr(value, '&') != NULL ||
	    strcmp(value, (const char *)XML_XML_NAMESPACE) == 0 ||
	    strcmp(value, "http://www.w3.org/2000/xmlns/") == 0)
		return false;
	uri = xmlParseURI(value);
	xmlFreeURI(uri);
	return uri != NULL;
}

void
ih_put(struct ih_writer *w, const char *name, const char *value)
{
	if (w->bad != NULL)
		return;
	if (!w->in_tag || !is_name(name) || has_attribute(w, name)) {
		spoil(w, IH_SYSTEM, innermost(w),
		    "was given an attribute out of turn, twice, or without "
		    "an XML name");
		return;
	}
	if (is_binding(name) && !can_be_bound(name, value)) {
		spoil(w, IH_SYSTEM, innermost(w),
		    "was given a namespace that is not a URI");
		return;
	}
	ih_buffer_text(w->out, " ");
	ih_buffer_text(w->out, name);
	ih_buffer_text(w->out, "=\"");
	if (strcmp(name, "xmlns") == 0)
		w->space[w->depth - 1] = w->out->size;
	if (add_escaped(w, value, true))
		ih_buffer_text(w->out, "\"");
}

void
ih_put_number(struct ih_writer *w, const char *name, int64_t value)
{
	char digits[24];

	snprintf(digits, sizeof digits, "%" PRId64, value);
	ih_put(w, name, digits);
}

void
ih_put_instant(struct ih_writer *w, const char *name, int64_t instant)
{
	char text[IH_INSTANT_TEXT];

	ih_instant_format(instant, text);
	ih_put(w, name, text);
}

void
ih_put_if(struct ih_writer *w, const char *name, const char *value)
{
	if (value != NULL && value[0] != '\0')
		ih_put(w, name, value);
}

void
ih_say_text(struct ih_writer *w, const char *text)
{
	if (w->bad != NULL || text[0] == '\0')
		return;
	if (w->depth == 0) {
		spoil(w, IH_SYSTEM, "document", "has text outside its root");
		return;
	}
	end_start_tag(w);
	if (w->mixed == 0)
		w->mixed = w->depth;
	add_escaped(w, text, false);
}

void
ih_close(struct ih_writer *w)
{
	if (w->bad != NULL)
		return;
	if (w->depth == 0) {
		spoil(w, IH_SYSTEM, "document", "was closed twice");
		return;
	}
	w->depth--;
	if (w->in_tag) {
		ih_buffer_text(w->out, "/>");
		w->in_tag = false;
	} else {
		if (w->has_child[w->depth])
			new_line(w, w->depth);
		ih_buffer_text(w->out, "</");
		ih_buffer_text(w->out, w->open[w->depth]);
		ih_buffer_text(w->out, ">");
	}
	if (w->mixed > w->depth)
		w->mixed = 0;
	if (w->depth == 0) {
		ih_buffer_text(w->out, "\n");
		w->done = true;
	}
}

void
ih_leaf(struct ih_writer *w, const char *name, const char *text)
{
	ih_open(w, name);
	ih_say_text(w, text);
	ih_close(w);
}

/* A namespace that is in force where the copy has come to. */
struct space {
	const char *prefix, *name; /* "" for the default, for no namespace */
	const struct space *outer;
};

struct copy {
	struct ih_writer *writer;
	struct ih_arena *arena; /* names, until the copy is whole */
};

static const char *
or_empty(const xmlChar *text)
{
	return text != NULL ? (const char *)text : "";
}

static const char *
qualified(struct copy *copy, const xmlNs *ns, const xmlChar *name)
{
	if (ns == NULL || ns->prefix == NULL)
		return (const char *)name;
	return ih_arena_printf(copy->arena, "%s:%s", (const char *)ns->prefix,
	    (const char *)name);
}

/* Declare PREFIX for NAME in the tag in hand, unless it is so already. */
static const struct space *
declare(struct copy *copy, const struct space *spaces, const char *prefix,
    const char *name)
{
	struct space *space;

	if (strcmp(prefix, "xml") == 0)
		return spaces;
	for (const struct space *s = spaces; s != NULL; s = s->outer) {
		if (strcmp(s->prefix, prefix) != 0)
			continue;
		if (strcmp(s->name, name) == 0)
			return spaces;
		break;
	}
	space = ih_arena_take(copy->arena, sizeof *space);
	*space = (struct space){ .prefix = prefix, .name = name };
	space->outer = spaces;
	ih_put(copy->writer,
	    prefix[0] != '\0' ?
		ih_arena_printf(copy->arena, "xmlns:%s", prefix) :
		"xmlns",
	    name);
	return space;
}

static const struct space *
declare_all(struct copy *copy, const struct space *spaces, const xmlNode *node)
{
	const xmlNs *own = node->ns;

	spaces = declare(copy, spaces, own != NULL ? or_empty(own->prefix) : "",
	    own != NULL ? or_empty(own->href) : "");
	for (const xmlAttr *a = node->properties; a != NULL; a = a->next)
		if (a->ns != NULL)
			spaces = declare(copy, spaces, or_empty(a->ns->prefix),
			    or_empty(a->ns->href));
	return spaces;
}

static bool
is_blank(const xmlNode *node)
{
	const char *text = or_empty(node->content);

	return text[strspn(text, " \t\r\n")] == '\0';
}

static bool
is_text(const xmlNode *node)
{
	return node->type == XML_TEXT_NODE ||
	       node->type == XML_CDATA_SECTION_NODE;
}

/* Only elements inside, and white space between them that was there for the
 * eye: it is laid out anew. */
static bool
is_laid_out(const xmlNode *node)
{
	bool elements = false;

	for (const xmlNode *n = node->children; n != NULL; n = n->next) {
		if (is_text(n) && !is_blank(n))
			return false;
		elements |= n->type == XML_ELEMENT_NODE;
	}
	return elements;
}

static void copy_element(struct copy *copy, const struct space *spaces,
    const xmlNode *node);

static void
copy_children(struct copy *copy, const struct space *spaces,
    const xmlNode *node)
{
	struct ih_writer *w = copy->writer;
	bool lay_out = w->indent && w->mixed == 0 && is_laid_out(node);

	if (!lay_out && w->mixed == 0)
		w->mixed = w->depth;
	for (const xmlNode *n = node->children; n != NULL; n = n->next) {
		if (n->type == XML_ELEMENT_NODE)
			copy_element(copy, spaces, n);
		else if (is_text(n) && !lay_out)
			ih_say_text(w, or_empty(n->content));
	}
}

static void
copy_element(struct copy *copy, const struct space *spaces, const xmlNode *node)
{
	struct ih_writer *w = copy->writer;

	ih_open(w, qualified(copy, node->ns, node->name));
	if (w->bad != NULL)
		return; /* also the end of a tree that is too deep */
	spaces = declare_all(copy, spaces, node);
	for (const xmlAttr *a = node->properties; a != NULL; a = a->next)
		ih_put(w, qualified(copy, a->ns, a->name),
		    a->children != NULL ? or_empty(a->children->content) : "");
	copy_children(copy, spaces, node);
	ih_close(w);
}

/* The default namespace in force where the writer stands, as it was written:
 * one with an escape in it is merely declared again. */
static const char *
default_space(const struct ih_writer *w, struct ih_arena *arena)
{
	int depth = w->depth;
	const char *value;

	while (depth > 0 && w->space[depth - 1] == 0)
		depth--;
	if (depth == 0)
		return "";
	value = (const char *)w->out->data + w->space[depth - 1];
	return ih_arena_printf(arena, "%.*s", (int)strcspn(value, "\""), value);
}

void
ih_copy(struct ih_writer *w, const xmlNode *node)
{
	IH_OWNED(ih_arena) arena = ih_arena_new();
	struct copy copy = { w, arena };
	const char *around = innermost(w);
	struct space outermost = { "", default_space(w, arena), NULL };

	if (w->bad != NULL)
		return;
	copy_element(&copy, &outermost, node);
	/* The names in the copy go with the arena and the document. */
	if (w->bad != NULL)
		w->bad = around;
}

bool
ih_write_end(struct ih_writer *w, struct ih_error *err)
{
	if (w->bad != NULL)
		return ih_fail(err, w->kind, "element %s: %s", w->bad, w->why);
	if (!w->done)
		return ih_fail(err, IH_SYSTEM, "element %s: was left open",
		    innermost(w));
	return true;
}
