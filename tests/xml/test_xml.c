#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "ihala/buffer.h"
#include "ihala/node.h"
#include "ihala/xml.h"

/* A secret stands in each: no message may hold it. */
#define SECRET "Personne-Exemple-Sept"

static const struct row {
	const char *says, *bytes, *error; /* error NULL: it is read */
	size_t size;                      /* 0: as long as the text */
} rows[] = {
	{ "a form", "<a/>", NULL, 0 },
	{ "a form with a declaration",
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a b='c'>d</a>\n",
	    NULL, 0 },
	{ "encoding in small letters, single quotes, standalone",
	    "<?xml version='1.0' encoding='utf-8' standalone='yes' ?><a/>",
	    NULL, 0 },
	{ "a byte order mark", "\xef\xbb\xbf<a/>", NULL, 0 },
	{ "comments and CDATA",
	    "<!-- <b x=\"1\"> --><a><![CDATA[<b x=\"1\"><!-- ]]><!----></a>",
	    NULL, 0 },
	{ "the five entities and character numbers",
	    "<a b=\"&quot;&lt;&amp;\">&gt;&apos;&#65;&#x627;</a>", NULL, 0 },
	{ "> in a value", "<a b=\">/>\" c='\"'></a >", NULL, 0 },
	{ "Arabic names and text", "<اسم>أ</اسم>", NULL, 0 },
	{ "namespaces", "<p:a xmlns:p=\"urn:p\" xmlns=\"urn:d\" p:b=\"\"/>",
	    NULL, 0 },
	{ "xml:id, which nobody looks at",
	    "<a xml:id=\"x\"><b xml:id=\"x\"/></a>", NULL, 0 },

	{ "empty", "", "t:1: empty; expected an XML document", 0 },
	{ "white space alone", " \n ",
	    "t:2: there is no element; expected one root element", 0 },
	{ "text alone", SECRET,
	    "t:1: there is no element; expected one root element", 0 },
	{ "external entity",
	    "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>"
	    "<a>&e;</a>",
	    "t:1: has a DOCTYPE; expected a document without one", 0 },
	{ "external parameter entity",
	    "\n<!DOCTYPE a [<!ENTITY % e SYSTEM \"http://127.0.0.1/x\">%e;]>"
	    "<a/>",
	    "t:2: has a DOCTYPE; expected a document without one", 0 },
	{ "external subset", "<!DOCTYPE a SYSTEM \"/etc/passwd\"><a/>",
	    "t:1: has a DOCTYPE; expected a document without one", 0 },
	{ "billion laughs",
	    "<!DOCTYPE a [<!ENTITY b \"ha\"><!ENTITY c \"&b;&b;&b;&b;\">]>"
	    "<a>&c;</a>",
	    "t:1: has a DOCTYPE; expected a document without one", 0 },
	{ "a DOCTYPE and nothing else", "<!DOCTYPE a>",
	    "t:1: has a DOCTYPE; expected a document without one", 0 },
	{ "a DOCTYPE inside", "<a><!DOCTYPE a></a>",
	    "t:1: has a DOCTYPE; expected a document without one", 0 },
	{ "a DOCTYPE in small letters", "<!doctype a><a/>",
	    "t:1: a tag is not well-formed; expected <name "
	    "attribute=\"value\">",
	    0 },
	{ "processing instruction before", "<?x " SECRET "?><a/>",
	    "t:1: has a processing instruction; expected a document without "
	    "one",
	    0 },
	{ "processing instruction inside", "<a>\n<?xml-stylesheet?></a>",
	    "t:2: has a processing instruction; expected a document without "
	    "one",
	    0 },
	{ "processing instruction after", "<a/><?x?>",
	    "t:1: has a processing instruction; expected a document without "
	    "one",
	    0 },
	{ "a declaration that is not first", " <?xml version=\"1.0\"?><a/>",
	    "t:1: has a processing instruction; expected a document without "
	    "one",
	    0 },
	{ "XML 1.1", "<?xml version=\"1.1\"?><a/>",
	    "t:1: not XML 1.0; expected version=\"1.0\"", 0 },
	{ "no version", "<?xml encoding=\"UTF-8\"?><a/>",
	    "t:1: not XML 1.0; expected version=\"1.0\"", 0 },
	{ "more in the declaration than there can be",
	    "<?xml version=\"1.0\" x=\"" SECRET "\"?><a/>",
	    "t:1: the XML declaration is not well-formed; expected <?xml "
	    "version=\"1.0\" encoding=\"UTF-8\"?>",
	    0 },
	{ "Latin-1", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a/>",
	    "t:1: not in UTF-8; expected encoding=\"UTF-8\" or none", 0 },
	{ "UTF-7", "<?xml version=\"1.0\" encoding=\"UTF-7\"?><a/>",
	    "t:1: not in UTF-8; expected encoding=\"UTF-8\" or none", 0 },
	{ "UTF-16 that says so",
	    "<?xml version=\"1.0\" encoding=\"UTF-16\"?>"
	    "<a/>",
	    "t:1: not in UTF-8; expected encoding=\"UTF-8\" or none", 0 },
	{ "UTF-16, little end first", "\xff\xfe<\0a\0/\0>\0",
	    "t:1: not in UTF-8; expected UTF-8, not UTF-16", 10 },
	{ "UTF-16, big end first", "\xfe\xff\0<\0a\0/\0>",
	    "t:1: not in UTF-8; expected UTF-8, not UTF-16", 10 },
	{ "UTF-16 without a mark", "<\0a\0/\0>\0",
	    "t:1: a control character; expected text that XML can carry", 8 },
	{ "bad UTF-8", "<a>\n" SECRET "\xc3\x28</a>",
	    "t:2: a byte is not UTF-8; expected UTF-8 throughout", 0 },
	{ "UTF-8 of a surrogate", "<a>\xed\xa0\x80</a>",
	    "t:1: a byte is not UTF-8; expected UTF-8 throughout", 0 },
	{ "overlong UTF-8", "<a>\xc0\xbc</a>",
	    "t:1: a byte is not UTF-8; expected UTF-8 throughout", 0 },
	{ "NUL, and what libxml2 would not read", "<a/>\0<!DOCTYPE a>",
	    "t:1: a control character; expected text that XML can carry", 17 },
	{ "a control character", "<a>\n\n" SECRET "\x01</a>",
	    "t:3: a control character; expected text that XML can carry", 0 },
	{ "U+FFFE", "<a>" SECRET "\xef\xbf\xbe</a>",
	    "t:1: a character that XML cannot carry; expected text", 0 },
	{ "the number of NUL", "<a>" SECRET "&#0;</a>",
	    "t:1: a character that XML cannot carry; expected text", 0 },
	{ "the number of a surrogate", "<a>&#xD800;</a>",
	    "t:1: a character that XML cannot carry; expected text", 0 },
	{ "an entity in the name of a namespace", "<a xmlns='urn:x?a&amp;b'/>",
	    "t:1: a tag is not well-formed; expected <name "
	    "attribute=\"value\">",
	    0 },
	{ "cut short", "<a>\n<b>" SECRET,
	    "t:2: the document ends inside an element; expected its end tag",
	    0 },
	{ "cut inside a tag", "<a>\n<b c=\"" SECRET,
	    "t:2: a tag is not well-formed; expected <name "
	    "attribute=\"value\">",
	    0 },
	{ "cut inside a comment", "<a><!-- " SECRET " </a>",
	    "t:1: a comment does not end; expected --> and no -- before it",
	    0 },
	{ "two dashes in a comment", "<!-- a -- b --><a/>",
	    "t:1: a comment does not end; expected --> and no -- before it",
	    0 },
	{ "cut inside CDATA", "<a><![CDATA[ " SECRET " ]]</a>",
	    "t:1: a CDATA section does not end; expected ]]>", 0 },
	{ "CDATA outside the root", "<![CDATA[<b>]]><a/>",
	    "t:1: a tag is not well-formed; expected <name "
	    "attribute=\"value\">",
	    0 },
	{ "]]> in text", "<a>" SECRET "]]></a>",
	    "t:1: ]]> stands in text; expected ]]&gt;", 0 },
	{ "tags that cross", "<a>\n<b></a></b>",
	    "t:2: an end tag does not match its start tag; expected each "
	    "element closed in turn",
	    0 },
	{ "an end without a start", "<a/></a>",
	    "t:1: an end tag has no start tag; expected each element closed "
	    "once",
	    0 },
	{ "two roots", "<a/>\n<b/>",
	    "t:2: something stands after the end of the document; expected "
	    "one root element",
	    0 },
	{ "text after the root", "<a/>\n" SECRET,
	    "t:2: something stands outside the root element; expected nothing "
	    "after its end tag",
	    0 },
	{ "text before the root", SECRET "<a/>",
	    "t:1: there is no element; expected one root element", 0 },
	{ "an attribute twice", "<a b=\"1\" b=\"" SECRET "\"/>",
	    "t:1: an attribute stands twice on one element; expected it once",
	    0 },
	{ "an attribute twice, by two prefixes",
	    "<a xmlns:p=\"u\" xmlns:q=\"u\" p:b=\"1\" q:b=\"2\"/>",
	    "t:1: an attribute stands twice on one element; expected it once",
	    0 },
	{ "a prefix that is not declared", "<a>\n<p:b/></a>",
	    "t:2: a prefix is not declared; expected xmlns:PREFIX", 0 },
	{ "a prefix of an attribute that is not declared", "<a p:b=\"1\"/>",
	    "t:1: a prefix is not declared; expected xmlns:PREFIX", 0 },
	{ "the prefix xml bound anew", "<a xmlns:xml=\"urn:x\"/>",
	    "t:1: a prefix is bound to no namespace, or xml or xmlns anew; "
	    "expected a prefix with a namespace of its own",
	    0 },
	{ "a prefix bound to nothing", "<a xmlns:p=\"\"/>",
	    "t:1: a prefix is bound to no namespace, or xml or xmlns anew; "
	    "expected a prefix with a namespace of its own",
	    0 },
	{ "a namespace that is no URI", "<a xmlns='urn:" SECRET " \"'/>",
	    "t:1: a namespace is not a URI; expected a URI", 0 },
	{ "an attribute without quotes", "<a b=" SECRET "/>",
	    "t:1: a tag is not well-formed; expected <name "
	    "attribute=\"value\">",
	    0 },
	{ "an attribute without a value", "<a b/>",
	    "t:1: a tag is not well-formed; expected <name "
	    "attribute=\"value\">",
	    0 },
	{ "attributes that touch", "<a b=\"1\"c=\"2\"/>",
	    "t:1: a tag is not well-formed; expected <name "
	    "attribute=\"value\">",
	    0 },
	{ "< in an attribute", "<a b=\"<" SECRET "\"/>",
	    "t:1: a tag is not well-formed; expected <name "
	    "attribute=\"value\">",
	    0 },
	{ "a name that begins with a digit", "<a><1" SECRET "/></a>",
	    "t:1: ", 0 },
	{ "& alone", "<a>\nfish & " SECRET "</a>",
	    "t:2: a name or entity is missing; expected &amp; for &, &lt; for "
	    "<",
	    0 },
	{ "an entity without an end", "<a>&" SECRET "</a>",
	    "t:1: an & that starts no entity; expected &amp;", 0 },
	{ "an entity of HTML", "<a>&eacute;</a>",
	    "t:1: an entity that XML does not define; expected only &amp; "
	    "&lt; &gt; &quot; &apos; or a character number",
	    0 },
	{ "an entity in an attribute", "<a b=\"&" SECRET ";\"/>",
	    "t:1: an entity that XML does not define; expected only &amp; "
	    "&lt; &gt; &quot; &apos; or a character number",
	    0 },
};

static size_t
size_of(const struct row *row)
{
	return row->size != 0 ? row->size : strlen(row->bytes);
}

static void
reads_forms_and_refuses_attacks(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct row *row = &rows[i];
		struct ih_error err = { 0 };
		IH_OWNED(xmlDoc) doc =
		    ih_xml_read("t", row->bytes, size_of(row), &err);

		if ((doc != NULL) != (row->error == NULL))
			fail_msg("%s: %s", row->says, err.text);
		if (doc != NULL)
			continue;
		assert_int_equal(err.kind, IH_INPUT);
		/* A row may give the beginning alone. */
		if (strncmp(err.text, row->error, strlen(row->error)) != 0)
			fail_msg("%s: %s", row->says, err.text);
	}
}

static void
no_message_holds_what_the_document_holds(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct ih_error err = { 0 };
		IH_OWNED(xmlDoc) doc =
		    ih_xml_read("t", rows[i].bytes, size_of(&rows[i]), &err);

		if (doc == NULL && strstr(err.text, SECRET) != NULL)
			fail_msg("%s: %s", rows[i].says, err.text);
	}
}

/* libxml2 printed bytes of a broken document to stderr, once. */
static void
prints_nothing_itself(void **state)
{
	FILE *file = tmpfile();
	int kept = dup(2);
	long printed;

	(void)state;
	assert_non_null(file);
	fflush(stderr);
	dup2(fileno(file), 2);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct ih_error err = { 0 };
		xmlFreeDoc(
		    ih_xml_read("t", rows[i].bytes, size_of(&rows[i]), &err));
	}
	fflush(stderr);
	dup2(kept, 2);
	close(kept);
	fseek(file, 0, SEEK_END);
	printed = ftell(file);
	fclose(file);
	assert_int_equal(printed, 0);
}

static double
seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Refused with the beginning of a message, and within a second even under
 * valgrind's eyes; libxml2 alone takes a minute for the attributes. */
static void
refuses_fast(struct ih_buffer *bytes, const char *error)
{
	struct ih_error err = { 0 };
	double before = seconds();

	assert_null(ih_xml_read("t", bytes->data, bytes->size, &err));
	assert_true(seconds() - before < 5);
	assert_int_equal(err.kind, IH_INPUT);
	if (strncmp(err.text, error, strlen(error)) != 0)
		fail_msg("%s", err.text);
}

static void
add_attributes(struct ih_buffer *out, int count)
{
	for (int i = 0; i < count; i++)
		ih_buffer_printf(out, " a%d=\"\"", i);
}

static void
refuses_100_000_attributes_at_once(void **state)
{
	IH_OWNED(ih_buffer) bytes = ih_buffer_new();

	(void)state;
	ih_buffer_text(bytes, "<a><!-- it's \" --><![CDATA[ \"' ]]>\n<b");
	add_attributes(bytes, 100000);
	ih_buffer_text(bytes, "/></a>");
	refuses_fast(bytes,
	    "t:2: too many attributes on one element; expected at most 64");
}

/* After a fault libxml2 reads on: nothing may hide the tag from the look. */
static void
refuses_100_000_attributes_behind_a_fault(void **state)
{
	static const char *const before[] = {
		"<a>& <b",
		"<a>&e; ]]> <b",
		"<a></c><b",
		"<a b='1' b='2'><b",
		"<1><b",
		"<a><!----><b",
		"<a b='&e;'><![CDATA[]]><b",
	};

	(void)state;
	for (size_t i = 0; i < sizeof before / sizeof before[0]; i++) {
		IH_OWNED(ih_buffer) bytes =
		    ih_buffer_copy(before[i], strlen(before[i]));

		add_attributes(bytes, 100000);
		ih_buffer_text(bytes, "/></a>");
		refuses_fast(bytes, "t:1: ");
	}
}

static void
counts_namespace_declarations_as_attributes(void **state)
{
	IH_OWNED(ih_buffer) bytes = ih_buffer_new();

	(void)state;
	ih_buffer_text(bytes, "<a");
	for (int i = 0; i < 65; i++)
		ih_buffer_printf(bytes, "\nxmlns:a%d='urn:%d'", i, i);
	ih_buffer_text(bytes, "/>");
	refuses_fast(bytes, "t:66: too many attributes");
}

static void
takes_as_many_attributes_as_the_cap(void **state)
{
	IH_OWNED(ih_buffer) bytes = ih_buffer_new();
	struct ih_error err = { 0 };

	(void)state;
	ih_buffer_text(bytes, "<a");
	add_attributes(bytes, IH_XML_ATTRIBUTES);
	ih_buffer_text(bytes, "/>");
	IH_OWNED(xmlDoc) doc = ih_xml_read("t", bytes->data, bytes->size, &err);
	assert_non_null(doc);
}

static void
reads_the_root_alone_whatever_is_inside_it(void **state)
{
	static const char *const texts[] = { "<a b='>'><c></a>", "<a b='>'/>",
		"<?xml version='1.0'?>\n<!-- <x> --><a b='>' ><" SECRET,
		"\xef\xbb\xbf<a b='>'>\xff" };

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		struct ih_error err = { 0 };
		IH_OWNED(xmlDoc) doc =
		    ih_xml_read_root("t", texts[i], strlen(texts[i]), &err);
		const xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;

		assert_non_null(root);
		assert_true(ih_is(root, "a"));
		assert_string_equal(ih_attr(root, "b"), ">");
		assert_null(root->children);
	}
}

static void
refuses_what_has_no_root(void **state)
{
	static const char *const texts[] = { "", SECRET, "<a", "<a b>", "</a>",
		"<!DOCTYPE a><a/>", "<?xml version='1.1'?><a/>", "<b:a>",
		"<a b='\xff'>" };

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		struct ih_error err = { 0 };

		assert_null(
		    ih_xml_read_root("t", texts[i], strlen(texts[i]), &err));
		assert_int_equal(err.kind, IH_INPUT);
		assert_null(strstr(err.text, SECRET));
	}
}

static void
nest(struct ih_buffer *out, int depth)
{
	for (int i = 0; i < depth; i++)
		ih_buffer_text(out, "<a>");
	for (int i = 0; i < depth; i++)
		ih_buffer_text(out, "</a>");
}

static void
takes_depth_to_the_cap_and_no_deeper(void **state)
{
	IH_OWNED(ih_buffer) fits = ih_buffer_new();
	IH_OWNED(ih_buffer) deep = ih_buffer_new();
	IH_OWNED(ih_buffer) deepest = ih_buffer_new();
	struct ih_error err = { 0 };

	(void)state;
	nest(fits, IH_XML_DEPTH);
	nest(deep, IH_XML_DEPTH + 1);
	nest(deepest, 1000000);
	IH_OWNED(xmlDoc) doc = ih_xml_read("t", fits->data, fits->size, &err);
	assert_non_null(doc);
	refuses_fast(deep, "t:1: elements are too deep inside each other; "
			   "expected at most 64");
	refuses_fast(deepest, "t:1: elements are too deep");
}

static void
refuses_too_many_elements_comments_or_sections(void **state)
{
	static const char *const pieces[] = { "<b/>", "<b></b>", "<!---->",
		"<![CDATA[]]>" };

	(void)state;
	for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
		IH_OWNED(ih_buffer) bytes = ih_buffer_copy("<a>", 3);

		for (int n = 0; n < IH_XML_ELEMENTS; n++)
			ih_buffer_text(bytes, pieces[i]);
		ih_buffer_text(bytes, "</a>");
		refuses_fast(bytes, "t:1: too many elements");
	}
}

static void
refuses_more_than_a_form_can_be(void **state)
{
	struct ih_error err = { 0 };

	(void)state;
	/* Not a byte is looked at. */
	assert_null(ih_xml_read("t", "", (size_t)IH_XML_MAX + 1, &err));
	assert_int_equal(err.kind, IH_INPUT);
	assert_string_equal(err.text,
	    "t: too large; expected at most 8388608 bytes");
	assert_null(ih_xml_read("t", "", SIZE_MAX, &err));
}

static void
fetches_nothing(void **state)
{
	static const char form[] =
	    "<a xmlns:xi=\"http://www.w3.org/2001/XInclude\" "
	    "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
	    "xsi:schemaLocation=\"urn:x file:///etc/passwd\">"
	    "<xi:include href=\"/etc/passwd\" parse=\"text\"/></a>";
	struct ih_error err = { 0 };
	IH_OWNED(xmlDoc) doc = ih_xml_read("t", form, strlen(form), &err);
	xmlNode *include;

	(void)state;
	assert_non_null(doc);
	include = xmlDocGetRootElement(doc)->children;
	assert_int_equal(include->type, XML_ELEMENT_NODE);
	assert_null(include->children);
}

static void
writes_what_it_read(void **state)
{
	static const char *const forms[] = {
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a/>\n",
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<a xmlns=\"urn:x\" z=\"1\" b=\"&lt;&amp;&quot;&#9;\">\n"
		"  <b>اسم &amp; é</b><c/>\n</a>\n",
		"<!--x--><a>t<b>u</b>v<![CDATA[<]]></a>\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
		struct ih_error err = { 0 };
		IH_OWNED(xmlDoc) doc =
		    ih_xml_read("t", forms[i], strlen(forms[i]), &err);

		assert_non_null(doc);
		IH_OWNED(ih_buffer) out = ih_xml_write(doc);

		/* Comments before the root get a line of their own. */
		if (i == 2)
			assert_non_null(strstr((char *)out->data,
			    "<a>t<b>u</b>v<![CDATA[<]]></a>\n"));
		else
			assert_string_equal(out->data, forms[i]);
	}
}

static void
writes_the_same_bytes_twice(void **state)
{
	static const char form[] = "<a c='1' b=\"2\"><b/>&#13; x\r\n</a>";
	struct ih_error err = { 0 };
	IH_OWNED(xmlDoc) doc = ih_xml_read("t", form, strlen(form), &err);

	(void)state;
	assert_non_null(doc);
	IH_OWNED(ih_buffer) one = ih_xml_write(doc);
	IH_OWNED(xmlDoc) again = ih_xml_read("t", one->data, one->size, &err);

	assert_non_null(again);
	IH_OWNED(ih_buffer) two = ih_xml_write(again);

	assert_string_equal(one->data, two->data);
	assert_non_null(strstr((char *)one->data, "&#13; x\n"));
}

static void
a_node_takes_its_namespace_along(void **state)
{
	static const char form[] =
	    "<a xmlns=\"urn:x\" xmlns:p=\"urn:p\" xmlns:q=\"urn:q\">"
	    "<b p:k=\"1\"><c xmlns=\"\">x <p:d/> y</c></b></a>";
	struct ih_error err = { 0 };
	IH_OWNED(xmlDoc) doc = ih_xml_read("t", form, strlen(form), &err);

	(void)state;
	assert_non_null(doc);
	IH_OWNED(ih_buffer) out =
	    ih_xml_write_node(ih_child(xmlDocGetRootElement(doc), "b"));

	assert_string_equal(out->data,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<b xmlns=\"urn:x\" xmlns:p=\"urn:p\" p:k=\"1\">"
	    "<c xmlns=\"\">x <p:d/> y</c></b>\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(reads_forms_and_refuses_attacks),
		TEST(no_message_holds_what_the_document_holds),
		TEST(prints_nothing_itself),
		TEST(refuses_100_000_attributes_at_once),
		TEST(refuses_100_000_attributes_behind_a_fault),
		TEST(counts_namespace_declarations_as_attributes),
		TEST(takes_as_many_attributes_as_the_cap),
		TEST(reads_the_root_alone_whatever_is_inside_it),
		TEST(refuses_what_has_no_root),
		TEST(takes_depth_to_the_cap_and_no_deeper),
		TEST(refuses_too_many_elements_comments_or_sections),
		TEST(refuses_more_than_a_form_can_be),
		TEST(fetches_nothing),
		TEST(writes_what_it_read),
		TEST(writes_the_same_bytes_twice),
		TEST(a_node_takes_its_namespace_along),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
