/* This is where bytes become a tree, or are refused at the first doubt. */
#include "ihala/xml.h"

#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlsave.h>
#include <limits.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "ihala/element.h"
#include "ihala/text.h"

_Static_assert(IH_XML_MAX <= INT_MAX, "libxml2 counts bytes in an int");

IH_OWNER(xmlParserCtxt, xmlFreeParserCtxt)

static const int quiet_and_offline =
    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;

/*
 * A first look over the bytes, before libxml2 sees one: it counts what has a
 * cap, and is strict about where a tag, a comment and a CDATA section begin
 * and end.  libxml2 reads on for a while after a fault, so a look that was
 * lenient could be led past a tag that libxml2 then hangs on.
 */
struct look {
	const char *name; /* of the document, for messages */
	const unsigned char *start, *at, *end;
	int depth;
	int pieces; /* elements, comments, CDATA sections */
	bool has_root;
	struct ih_error *err;
};

static long
line_of(const struct look *look)
{
	long line = 1;

	for (const unsigned char *c = look->start; c < look->at; c++)
		line += *c == '\n';
	return line;
}

static bool
refuse(struct look *look, const char *what)
{
	return ih_fail(look->err, IH_INPUT, "%s:%ld: %s", look->name,
	    line_of(look), what);
}

static bool
too_many(struct look *look, const char *what, int cap)
{
	return ih_fail(look->err, IH_INPUT, "%s:%ld: %s; expected at most %d",
	    look->name, line_of(look), what, cap);
}

static const char no_tag[] =
    "a tag is not well-formed; expected <name attribute=\"value\">";

static bool
follows(const struct look *look, const char *text)
{
	size_t size = strlen(text);

	return (size_t)(look->end - look->at) >= size &&
	       memcmp(look->at, text, size) == 0;
}

static bool
is_space(unsigned char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* What may stand in a name; libxml2 knows exactly, this only finds its end. */
static bool
is_in_name(unsigned char c)
{
	return c > ' ' && c != '<' && c != '>' && c != '&' && c != '\'' &&
	       c != '"' && c != '=' && c != '/';
}

static void
skip_space(struct look *look)
{
	while (look->at < look->end && is_space(*look->at))
		look->at++;
}

static bool
skip_name(struct look *look)
{
	const unsigned char *from = look->at;

	while (look->at < look->end && is_in_name(*look->at))
		look->at++;
	return look->at > from;
}

/* To the end of the next TEXT. */
static bool
skip_past(struct look *look, const char *text)
{
	size_t size = strlen(text);
	const unsigned char *found =
	    memmem(look->at, (size_t)(look->end - look->at), text, size);

	if (found != NULL)
		look->at = found + size;
	return found != NULL;
}

/* "value" or 'value', to the end of which none of NOT stands. */
static bool
skip_value(struct look *look, const char * not )
{
	unsigned char quote;

	if (look->at == look->end || (*look->at != '"' && *look->at != '\''))
		return false;
	quote = *look->at++;
	while (look->at < look->end && *look->at != quote &&
	       strchr(not, *look->at) == NULL)
		look->at++;
	if (look->at == look->end || *look->at != quote)
		return false;
	look->at++;
	return true;
}

/* No "<" in a value: libxml2 ends a tag at one.  No entity in the name of a
 * namespace: libxml2 reads "&amp;" there as "&#38;", and each time anew. */
static bool
skip_attribute(struct look *look)
{
	bool binds = follows(look, "xmlns");

	if (!skip_name(look))
		return false;
	skip_space(look);
	if (look->at == look->end || *look->at != '=')
		return false;
	look->at++;
	skip_space(look);
	return skip_value(look, binds ? "<&" : "<");
}

static bool
count_piece(struct look *look)
{
	if (++look->pieces > IH_XML_ELEMENTS)
		return too_many(look, "too many elements", IH_XML_ELEMENTS);
	return true;
}

/* <name attribute="value">, the "<" already passed. */
static bool
look_at_start_tag(struct look *look)
{
	int attributes = 0;

	if (look->depth == 0 && look->has_root)
		return refuse(look, "something stands after the end of the "
				    "document; expected one root element");
	if (!skip_name(look))
		return refuse(look, no_tag);
	for (;;) {
		bool spaced = look->at < look->end && is_space(*look->at);

		skip_space(look);
		if (follows(look, ">") || follows(look, "/>"))
			break;
		if (!spaced || !skip_attribute(look))
			return refuse(look, no_tag);
		if (++attributes > IH_XML_ATTRIBUTES)
			return too_many(look,
			    "too many attributes on one element",
			    IH_XML_ATTRIBUTES);
	}
	look->has_root = true;
	if (!count_piece(look))
		return false;
	if (*look->at == '/')
		look->at++;
	else if (++look->depth > IH_XML_DEPTH)
		return too_many(look, "elements are too deep inside each other",
		    IH_XML_DEPTH);
	look->at++;
	return true;
}

static bool
look_at_end_tag(struct look *look)
{
	look->at++;
	if (!skip_name(look))
		return refuse(look, no_tag);
	skip_space(look);
	if (!follows(look, ">"))
		return refuse(look, no_tag);
	if (look->depth == 0)
		return refuse(look,
		    "an end tag has no start tag; expected each element "
		    "closed once");
	look->depth--;
	look->at++;
	return true;
}

/* <!-- comment -->, <![CDATA[ text ]]>, or a DOCTYPE, which ends it all. */
static bool
look_at_declaration(struct look *look)
{
	if (follows(look, "!--")) {
		look->at += 3;
		if (!skip_past(look, "--") || !follows(look, ">"))
			return refuse(look,
			    "a comment does not end; expected --> and no "
			    "-- before it");
		look->at++;
		return count_piece(look);
	}
	if (look->depth > 0 && follows(look, "![CDATA[")) {
		if (!skip_past(look, "]]>"))
			return refuse(look,
			    "a CDATA section does not end; expected ]]>");
		return count_piece(look);
	}
	if (follows(look, "!DOCTYPE"))
		return refuse(look,
		    "has a DOCTYPE; expected a document without one");
	return refuse(look, no_tag);
}

static bool
look_at_tag(struct look *look)
{
	look->at++;
	if (look->at == look->end)
		return refuse(look, no_tag);
	switch (*look->at) {
	case '?':
		return refuse(look, "has a processing instruction; expected a "
				    "document without one");
	case '!':
		return look_at_declaration(look);
	case '/':
		return look_at_end_tag(look);
	default:
		return look_at_start_tag(look);
	}
}

/* Is the attribute of the XML declaration at hand NAME, and does its value
 * begin with one of the allowed? */
static bool
declares(struct look *look, const char *name, const char *const allowed[])
{
	const unsigned char *value;
	size_t size;

	skip_space(look);
	if (!follows(look, name) || !skip_name(look))
		return true; /* absent: libxml2 knows which may be */
	skip_space(look);
	if (!follows(look, "="))
		return false;
	look->at++;
	skip_space(look);
	value = look->at + 1;
	if (!skip_value(look, "<"))
		return false;
	size = (size_t)(look->at - 1 - value);
	for (; *allowed != NULL; allowed++)
		if (strlen(*allowed) == size &&
		    strncasecmp((const char *)value, *allowed, size) == 0)
			return true;
	return false;
}

/* <?xml version="1.0" encoding="UTF-8"?>, where there is one. */
static bool
look_at_declared(struct look *look)
{
	static const char *const versions[] = { "1.0", NULL };
	static const char *const encodings[] = { "UTF-8", NULL };
	static const char *const alone[] = { "yes", "no", NULL };

	if (!follows(look, "<?xml") || look->end - look->at < 6 ||
	    !is_space(look->at[5]))
		return true;
	look->at += 5;
	skip_space(look);
	if (!follows(look, "version") || !declares(look, "version", versions))
		return refuse(look, "not XML 1.0; expected version=\"1.0\"");
	if (!declares(look, "encoding", encodings))
		return refuse(look, "not in UTF-8; expected "
				    "encoding=\"UTF-8\" or none");
	if (!declares(look, "standalone", alone))
		return refuse(look, "the XML declaration is not well-formed");
	skip_space(look);
	if (!follows(look, "?>"))
		return refuse(look, "the XML declaration is not well-formed; "
				    "expected <?xml version=\"1.0\" "
				    "encoding=\"UTF-8\"?>");
	look->at += 2;
	return true;
}

/* Line by line, so that the message can name it: no UTF-8 sequence holds a
 * newline. */
static bool
look_at_encoding(struct look *look)
{
	const unsigned char *from = look->at, *line = from;

	if (ih_text_is_utf8((const char *)from, (size_t)(look->end - from)))
		return true;
	while (line < look->end) {
		const unsigned char *stop =
		    memchr(line, '\n', (size_t)(look->end - line));
		size_t size = (size_t)((stop ? stop : look->end) - line);

		look->at = line;
		if (!ih_text_is_utf8((const char *)line, size))
			break;
		line += size + 1;
	}
	return refuse(look, "a byte is not UTF-8; expected UTF-8 throughout");
}

/* NUL above all: libxml2 takes it for the end, and what follows unread. */
static bool
look_at_characters(struct look *look)
{
	const unsigned char *from = look->at;

	for (; look->at < look->end; look->at++)
		if (*look->at < ' ' && !is_space(*look->at))
			return refuse(look,
			    "a control character; expected text that XML can "
			    "carry");
	look->at = from;
	return true;
}

static bool
find_tag(struct look *look)
{
	size_t left = (size_t)(look->end - look->at);
	const unsigned char *tag =
	    left > 0 ? memchr(look->at, '<', left) : NULL;

	if (tag != NULL)
		look->at = tag;
	return tag != NULL;
}

static bool
look_over(struct look *look)
{
	if (follows(look, "\xfe\xff") || follows(look, "\xff\xfe"))
		return refuse(look, "not in UTF-8; expected UTF-8, not UTF-16");
	if (follows(look, "\xef\xbb\xbf"))
		look->at += 3;
	if (!look_at_encoding(look) || !look_at_characters(look) ||
	    !look_at_declared(look))
		return false;
	while (find_tag(look))
		if (!look_at_tag(look))
			return false;
	return true;
}

/* What libxml2 found first; its own sentences hold pieces of the document. */
struct fault {
	int code; /* xmlParserErrors */
	int line;
	bool doctype, instruction;
};

static const struct sentence {
	int code;
	const char *says;
} sentences[] = {
	{ XML_ERR_DOCUMENT_EMPTY,
	    "there is no element; expected one root element" },
	{ XML_ERR_DOCUMENT_END, "something stands outside the root element; "
				"expected nothing after its end tag" },
	{ XML_ERR_TAG_NAME_MISMATCH,
	    "an end tag does not match its start tag; expected each element "
	    "closed in turn" },
	{ XML_ERR_TAG_NOT_FINISHED,
	    "the document ends inside an element; expected its end tag" },
	{ XML_ERR_LTSLASH_REQUIRED,
	    "the document ends inside an element; expected its end tag" },
	{ XML_ERR_GT_REQUIRED, "a tag does not end; expected >" },
	{ XML_ERR_NAME_REQUIRED,
	    "a name or entity is missing; expected &amp; for &, &lt; for <" },
	{ XML_ERR_ENTITYREF_SEMICOL_MISSING,
	    "an & that starts no entity; expected &amp;" },
	{ XML_ERR_UNDECLARED_ENTITY,
	    "an entity that XML does not define; expected only &amp; &lt; "
	    "&gt; &quot; &apos; or a character number" },
	{ XML_WAR_UNDECLARED_ENTITY,
	    "an entity that XML does not define; expected only &amp; &lt; "
	    "&gt; &quot; &apos; or a character number" },
	{ XML_ERR_INVALID_CHAR,
	    "a character that XML cannot carry; expected text" },
	{ XML_ERR_INVALID_HEX_CHARREF,
	    "a character number is not well-formed; expected &#xHEX;" },
	{ XML_ERR_INVALID_DEC_CHARREF,
	    "a character number is not well-formed; expected &#NUMBER;" },
	{ XML_ERR_INVALID_CHARREF,
	    "a character number that XML cannot carry; expected text" },
	{ XML_ERR_ATTRIBUTE_REDEFINED,
	    "an attribute stands twice on one element; expected it once" },
	{ XML_NS_ERR_ATTRIBUTE_REDEFINED,
	    "an attribute stands twice on one element; expected it once" },
	{ XML_NS_ERR_UNDEFINED_NAMESPACE,
	    "a prefix is not declared; expected xmlns:PREFIX" },
	{ XML_NS_ERR_QNAME, "a name has more than one colon, or one at an "
			    "end; expected PREFIX:NAME" },
	{ XML_NS_ERR_COLON, "a colon where none may stand; expected a name" },
	{ XML_NS_ERR_XML_NAMESPACE,
	    "a prefix is bound to no namespace, or xml or xmlns anew; expected "
	    "a prefix with a namespace of its own" },
	{ XML_WAR_NS_URI, "a namespace is not a URI; expected a URI" },
	{ XML_ERR_LT_IN_ATTRIBUTE, "a < in an attribute; expected &lt;" },
	{ XML_ERR_ATTRIBUTE_NOT_STARTED,
	    "an attribute has no value in quotes; expected NAME=\"VALUE\"" },
	{ XML_ERR_ATTRIBUTE_WITHOUT_VALUE,
	    "an attribute has no value; expected NAME=\"VALUE\"" },
	{ XML_ERR_MISPLACED_CDATA_END, "]]> stands in text; expected ]]&gt;" },
	{ XML_ERR_INVALID_ENCODING,
	    "a byte is not UTF-8; expected UTF-8 throughout" },
	{ XML_ERR_SPACE_REQUIRED,
	    "two attributes touch; expected a space between" },
	{ XML_ERR_NAME_TOO_LONG, "a name is too long; expected a short one" },
};

static const char *
sentence_for(const struct fault *fault)
{
	if (fault->doctype)
		return "has a DOCTYPE; expected a document without one";
	if (fault->instruction)
		return "has a processing instruction; expected a document "
		       "without one";
	for (size_t i = 0; i < sizeof sentences / sizeof sentences[0]; i++)
		if (sentences[i].code == fault->code)
			return sentences[i].says;
	return "not well-formed XML; expected elements closed in turn";
}

/* Left alone, libxml2 prints bytes of a broken document to stderr. */
static void
say_nothing(void *unused, xmlError *error)
{
	(void)unused, (void)error;
}

static void
keep_first(void *parser, xmlError *error)
{
	xmlParserCtxt *ctxt = parser;
	struct fault *fault = ctxt->_private;

	if (fault->code != 0 || error->level < XML_ERR_ERROR)
		return;
	fault->code = error->code;
	fault->line = error->line;
}

/* An entity is the usual way in (XXE, billion laughs); forms need none. */
static void
refuse_doctype(void *parser, const xmlChar *name, const xmlChar *public_id,
    const xmlChar *system_id)
{
	xmlParserCtxt *ctxt = parser;
	struct fault *fault = ctxt->_private;

	(void)name, (void)public_id, (void)system_id;
	fault->doctype = true;
	xmlStopParser(ctxt);
}

static void
refuse_instruction(void *parser, const xmlChar *target, const xmlChar *data)
{
	xmlParserCtxt *ctxt = parser;
	struct fault *fault = ctxt->_private;

	(void)target, (void)data;
	fault->instruction = true;
	xmlStopParser(ctxt);
}

xmlDoc *
ih_xml_read(const char *name, const void *bytes, size_t size,
    struct ih_error *err)
{
	struct look look = { .name = name, .start = bytes, .err = err };
	struct fault fault = { .line = 1 };

	if (size > IH_XML_MAX) {
		ih_fail(err, IH_INPUT,
		    "%s: too large; expected at most %u "
		    "bytes",
		    name, IH_XML_MAX);
		return NULL;
	}
	if (size == 0) {
		ih_fail(err, IH_INPUT, "%s:1: empty; expected an XML document",
		    name);
		return NULL;
	}
	look.at = look.start;
	look.end = look.start + size;
	if (!look_over(&look))
		return NULL;

	IH_OWNED(xmlParserCtxt) ctxt = xmlNewParserCtxt();

	if (ctxt == NULL) {
		ih_fail(err, IH_SYSTEM, "%s: no memory to parse", name);
		return NULL;
	}
	xmlSetStructuredErrorFunc(NULL, say_nothing);
	ctxt->sax->serror = keep_first;
	ctxt->sax->internalSubset = refuse_doctype;
	ctxt->sax->processingInstruction = refuse_instruction;
	ctxt->_private = &fault;

	/* Whoever names an encoding has all bytes converted; after the look
	 * there is none but UTF-8, and no NUL that another is known by. */
	IH_OWNED(xmlDoc) doc = xmlCtxtReadMemory(ctxt, bytes, (int)size, NULL,
	    NULL, quiet_and_offline);

	if (doc == NULL || !ctxt->wellFormed || !ctxt->nsWellFormed ||
	    fault.doctype || fault.instruction ||
	    xmlDocGetRootElement(doc) == NULL) {
		ih_fail(err, IH_INPUT, "%s:%d: %s", name,
		    fault.line > 0 ? fault.line : 1, sentence_for(&fault));
		return NULL;
	}
	return IH_GIVE(doc);
}

xmlDoc *
ih_xml_read_root(const char *name, const void *bytes, size_t size,
    struct ih_error *err)
{
	struct look look = { .name = name,
		.start = bytes,
		.at = bytes,
		.end = (const unsigned char *)bytes + size,
		.err = err };
	IH_OWNED(ih_buffer) root = ih_buffer_new();

	while (!look.has_root && find_tag(&look))
		if (follows(&look, "<?xml") ? !look_at_declared(&look) :
					      !look_at_tag(&look))
			return NULL;
	ih_buffer_add(root, bytes, (size_t)(look.at - look.start));
	if (look.depth > 0) {
		root->size--;
		ih_buffer_text(root, "/>");
	}
	return ih_xml_read(name, root->data, root->size, err);
}

static int
add(void *buffer, const char *bytes, int size)
{
	ih_buffer_add(buffer, bytes, (size_t)size);
	return size;
}

static int
added(void *buffer)
{
	(void)buffer;
	return 0;
}

/* Straight into a buffer that is wiped: libxml2's own would not be. */
struct ih_buffer *
ih_xml_write(xmlDoc *doc)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	xmlSaveCtxt *save = xmlSaveToIO(add, added, out, "UTF-8", 0);

	if (save != NULL) {
		xmlSaveDoc(save, doc);
		xmlSaveClose(save);
	}
	return IH_GIVE(out);
}

struct ih_buffer *
ih_xml_write_node(xmlNode *node)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_writer writer = ih_write_to(out);
	struct ih_error err;

	writer.indent = false;
	ih_copy(&writer, node);
	return ih_write_end(&writer, &err) ? IH_GIVE(out) : NULL;
}
