#include "test.h"

#include <libxml/relaxng.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ihala/file.h"
#include "ihala/node.h"
#include "ihala/schema.h"
#include "ihala/xml.h"

#define SECRET "Personne-Exemple-Sept"
#define UUID "00000000-0000-4000-8000-000000000007"
#define DIGEST                                                                 \
	"00000000000000000000000000000000"                                     \
	"00000000000000000000000000000000"
#define ANSWERS(id)                                                            \
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"                         \
	"<answers xmlns=\"urn:ihala:answers:1\" id=\"" id "\"\n"               \
	"    instrument=\"adult\" version=\"1.0.0\" digest=\"" DIGEST "\">\n"
#define INTERVIEW                                                              \
	"<interview date=\"2026-01-31\" committee=\"MA\" channel=\"ngo\" "     \
	"language=\"ar\"/>\n"
#define START ANSWERS(UUID) INTERVIEW
#define END "</answers>"

/* Line 5 is the first after the interview. */
static const struct row {
	const char *says, *bytes, *error; /* error NULL: it fits */
} rows[] = {
	{ "no answers", START END, NULL },
	{ "answers",
	    START "<answer item=\"age\" by=\"person\"><value>31</value>"
		  "</answer>\n"
		  "<answer item=\"alone\" state=\"refused\"/>" END,
	    NULL },
	{ "comments between",
	    START "<!-- a --><answer item=\"age\"><value>3<!-- b -->1</value>"
		  "<!-- c --></answer>" END,
	    NULL },
	{ "another root", "<" SECRET "/>",
	    "t:1: an element that the format does not have; expected "
	    "answers" },
	{ "a root without its namespace", "<answers/>",
	    "t:1: element answers is in another namespace; expected "
	    "urn:ihala:answers:1" },
	{ "a later format", "<answers xmlns=\"urn:ihala:answers:2\"/>",
	    "t:1: element answers is in another namespace; expected "
	    "urn:ihala:answers:1" },
	{ "an id that is no UUID", ANSWERS(SECRET) INTERVIEW END,
	    "t:3: element answers: attribute id is not one of the expected "
	    "values; expected the form [0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-"
	    "[0-9a-f]{4}-[0-9a-f]{12}" },
	{ "no attributes",
	    "<answers xmlns=\"urn:ihala:answers:1\">" INTERVIEW END,
	    "t:1: element answers: an attribute is missing; expected id, "
	    "instrument, version, digest" },
	{ "no interview", ANSWERS(UUID) END,
	    "t:3: element answers: something is missing in it; expected "
	    "interview" },
	{ "an answer before the interview",
	    ANSWERS(
		UUID) "<answer item=\"age\" state=\"blank\"/>" INTERVIEW END,
	    "t:4: element answer does not belong here; expected interview" },
	{ "a channel that is none",
	    ANSWERS(UUID) "<interview date=\"2026-01-31\" committee=\"MA\" "
			  "channel=\"" SECRET "\" language=\"ar\"/>" END,
	    "t:4: element interview: attribute channel is not one of the "
	    "expected values; expected police, border, hospital, ngo, "
	    "hotline, self" },
	{ "no committee",
	    ANSWERS(UUID) "<interview date=\"2026-01-31\" channel=\"ngo\" "
			  "language=\"ar\"/>" END,
	    "t:4: element interview: an attribute is missing; expected "
	    "committee" },
	{ "a date in words",
	    ANSWERS(UUID) "<interview date=\"" SECRET "\" committee=\"MA\" "
			  "channel=\"ngo\" language=\"ar\"/>" END,
	    "t:4: element interview: attribute date is not one of the "
	    "expected values; expected the form [0-9]{4}-[0-9]{2}-[0-9]{2}" },
	{ "a state that is none",
	    START "<answer item=\"a\" state=\"" SECRET "\"/>" END,
	    "t:5: element answer: attribute state is not one of the expected "
	    "values; expected blank, not-asked, unknown, refused" },
	{ "neither state nor value", START "\n\n<answer item=\"a\"/>" END,
	    "t:7: element answer: something is missing in it; expected "
	    "value" },
	{ "state and value",
	    START "<answer item=\"a\" state=\"blank\"><value>" SECRET
		  "</value></answer>" END,
	    "t:5: element value does not belong here; expected the end tag" },
	{ "an attribute nobody knows",
	    START "<answer item=\"a\" state=\"blank\" " SECRET "=\"1\"/>" END,
	    "t:5: element answer: an attribute that the format does not have; "
	    "expected by" },
	{ "an attribute of another element",
	    START "<answer item=\"a\" state=\"blank\" channel=\"" SECRET
		  "\"/>" END,
	    "t:5: element answer: attribute channel does not belong here; "
	    "expected by" },
	{ "the same name in another namespace",
	    START "<answer xmlns:p=\"urn:p\" p:item=\"a\"/>" END,
	    "t:5: element answer: an attribute that the format does not have; "
	    "expected item, by, state" },
	{ "the third of four",
	    START "<answer item=\"a\"><value/></answer>\n"
		  "<answer item=\"b\"><value>1</value></answer>\n"
		  "<answer item=\"" SECRET "\"><value>1</value></answer>\n"
		  "<answer item=\"c\"><value>1</value></answer>\n" END,
	    "t:7: element answer: attribute item is not one of the expected "
	    "values; expected the form [a-z][a-z0-9]*([-.][a-z0-9]+)*" },
	{ "the first of two faults",
	    START "<answer item=\"a\" state=\"bad\"/>\n<" SECRET "/>" END,
	    "t:5: element answer: attribute state is not one of the expected "
	    "values; expected blank, not-asked, unknown, refused" },
	{ "an element nobody knows", START "\n<" SECRET "/>" END,
	    "t:6: an element that the format does not have; expected answer, "
	    "the end tag" },
	{ "text between",
	    START "<answer item=\"a\" state=\"blank\"/>" SECRET END,
	    "t:3: element answers: text does not belong here; expected answer, "
	    "the end tag" },
	{ "an element where text stands",
	    START "<answer item=\"a\"><value>a<b/></value></answer>" END,
	    "t:5: an element that the format does not have; expected the end "
	    "tag" },
	{ "not well-formed", START "<answer>",
	    "t:5: the document ends inside an element; expected its end tag" },
	{ "a DOCTYPE", "<!DOCTYPE answers><answers/>",
	    "t:1: has a DOCTYPE; expected a document without one" },
};

static struct ih_library *library;
static struct ih_schema *answers;

static int
set_up(void **state)
{
	struct ih_error err = { 0 };

	(void)state;
	library = ih_library_open(".", &err);
	answers =
	    library != NULL ? ih_schema_load(library, "answers", &err) : NULL;
	if (answers == NULL)
		print_error("%s\n", err.text);
	return answers != NULL ? 0 : 1;
}

static int
tear_down(void **state)
{
	(void)state;
	ih_schema_free(answers);
	ih_library_close(library);
	return 0;
}

static void
says_what_does_not_fit_and_what_would(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct ih_error err = { 0 };
		IH_OWNED(xmlDoc) doc = ih_schema_admit(answers, "t",
		    rows[i].bytes, strlen(rows[i].bytes), &err);

		if ((doc != NULL) != (rows[i].error == NULL))
			fail_msg("%s: %s", rows[i].says, err.text);
		if (doc != NULL)
			continue;
		assert_int_equal(err.kind, IH_INPUT);
		assert_string_equal(err.text, rows[i].error);
		assert_null(strstr(err.text, SECRET));
	}
}

static void
says_the_same_of_our_own_documents(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct ih_error err = { 0 };
		IH_OWNED(xmlDoc) doc = ih_xml_read("t", rows[i].bytes,
		    strlen(rows[i].bytes), &err);
		bool fits =
		    doc != NULL && ih_schema_check(answers, doc, "t", &err);

		assert_int_equal(fits, rows[i].error == NULL);
		if (!fits)
			assert_string_equal(err.text, rows[i].error);
	}
}

static void
what_is_admitted_is_the_document(void **state)
{
	static const char form[] = START
	    "<answer item=\"a\"><value>شخص &lt;&amp;\" </value></answer>" END;
	struct ih_error err = { 0 };
	IH_OWNED(xmlDoc) doc =
	    ih_schema_admit(answers, "t", form, strlen(form), &err);
	xmlNode *answer;
	xmlChar *text;

	(void)state;
	assert_non_null(doc);
	assert_string_equal(ih_format_of(doc), "answers");
	answer = ih_child(xmlDocGetRootElement(doc), "answer");
	assert_string_equal(ih_attr(answer, "item"), "a");
	text = xmlNodeGetContent(ih_child(answer, "value"));
	assert_string_equal(text, "شخص <&\" ");
	xmlFree(text);
}

static void
lines_stay_where_they_were(void **state)
{
	static const char form[] =
	    START "<!-- a\nb --><answer item=\"a\"\n\n\n state=\"blank\"/>\n"
		  "<answer\nitem=\"b\" state=\"blank\"/><answer item=\"c\"\n"
		  "><value>&#13;\n\n</value\n></answer>\n"
		  "<answer item=\"d\" state=\"blank\"/>" END;
	struct ih_error err = { 0 };
	IH_OWNED(xmlDoc) before = ih_xml_read("t", form, strlen(form), &err);
	IH_OWNED(xmlDoc) doc =
	    ih_schema_admit(answers, "t", form, strlen(form), &err);

	(void)state;
	assert_non_null(before);
	assert_non_null(doc);
	for (xmlNode *a = ih_child(xmlDocGetRootElement(before), NULL),
		     *b = ih_child(xmlDocGetRootElement(doc), NULL);
	     a != NULL; a = ih_next(a, NULL), b = ih_next(b, NULL))
		assert_int_equal(ih_line(a), ih_line(b));
}

static void
many_are_admitted_one_after_the_other(void **state)
{
	struct ih_error err = { 0 };

	(void)state;
	for (int i = 0; i < 200; i++) {
		const struct row *row =
		    &rows[(size_t)i % (sizeof rows / sizeof rows[0])];
		IH_OWNED(xmlDoc) doc = ih_schema_admit(answers, "t", row->bytes,
		    strlen(row->bytes), &err);

		assert_int_equal(doc != NULL, row->error == NULL);
	}
}

static void
refuses_what_is_too_large_unread(void **state)
{
	struct ih_error err = { 0 };

	(void)state;
	assert_null(
	    ih_schema_admit(answers, "t", "", (size_t)IH_XML_MAX + 1, &err));
	assert_int_equal(err.kind, IH_INPUT);
	assert_string_equal(err.text,
	    "t: too large; expected at most 8388608 bytes");
}

static void
admits_a_large_document(void **state)
{
	IH_OWNED(ih_buffer) form = ih_buffer_new();
	struct ih_error err = { 0 };

	(void)state;
	ih_buffer_text(form, START);
	for (int i = 0; i < 5000; i++)
		ih_buffer_text(form,
		    "<answer item=\"a\"><value>1</value></answer>\n");
	ih_buffer_text(form, END);
	IH_OWNED(xmlDoc) doc =
	    ih_schema_admit(answers, "t", form->data, form->size, &err);
	if (doc == NULL)
		fail_msg("%s", err.text);
}

/* Far down the exact fault is not looked for; the place is still named. */
static void
names_a_line_far_down(void **state)
{
	IH_OWNED(ih_buffer) form = ih_buffer_new();
	struct ih_error err = { 0 };

	(void)state;
	ih_buffer_text(form, START);
	for (int i = 0; i < 15000; i++)
		ih_buffer_text(form,
		    "<answer item=\"a\"><value>1</value></answer>\n");
	ih_buffer_text(form, "<answer item=\"" SECRET "\"/>" END);
	IH_OWNED(xmlDoc) doc = ih_xml_read("t", form->data, form->size, &err);
	assert_non_null(doc);
	assert_false(ih_schema_check(answers, doc, "t", &err));
	assert_int_equal(err.kind, IH_INPUT);
	assert_string_equal(err.text,
	    "t:15005: does not fit its schema; expected the elements, "
	    "attributes and values of xml/schema");
}

static bool
loads(const char *format, void *with)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_schema) schema = ih_schema_load(library, format, &err);

	if (schema == NULL)
		fail_msg("%s: %s", format, err.text);
	++*(int *)with;
	return true;
}

/* Each schema of the house, but what the others include. */
static void
every_schema_of_the_house_loads(void **state)
{
	static const char *const formats[] = { "answers", "assessment",
		"framework", "instrument", "words" };
	int count = 0;

	(void)state;
	for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
		loads(formats[i], &count);
	assert_int_equal(count, 5);
}

/* ---- The patterns that are compiled once, beside libxml2 alone. */

IH_OWNER(xmlRelaxNG, xmlRelaxNGFree)
IH_OWNER(xmlRelaxNGParserCtxt, xmlRelaxNGFreeParserCtxt)
IH_OWNER(xmlRelaxNGValidCtxt, xmlRelaxNGFreeValidCtxt)

static void
say_nothing(void *unused, xmlError *error)
{
	(void)unused, (void)error;
}

static xmlRelaxNG *
compile_alone(const char *format)
{
	char path[128];

	snprintf(path, sizeof path, "xml/schema/%s.rng", format);
	IH_OWNED(xmlRelaxNGParserCtxt) parser = xmlRelaxNGNewParserCtxt(path);
	assert_non_null(parser);
	return xmlRelaxNGParse(parser);
}

static bool
fits_alone(xmlRelaxNG *compiled, xmlDoc *doc)
{
	IH_OWNED(xmlRelaxNGValidCtxt) ctxt = xmlRelaxNGNewValidCtxt(compiled);

	assert_non_null(ctxt);
	xmlRelaxNGSetValidStructuredErrors(ctxt, say_nothing, NULL);
	return xmlRelaxNGValidateDoc(ctxt, doc) == 0;
}

struct both {
	const char *format;
	struct ih_schema *schema;
	xmlRelaxNG *alone;
	xmlDoc *doc;
	int fit, unfit;
};

static void
say_the_same(struct both *both, const char *place, const char *value)
{
	struct ih_error err = { 0 };
	bool fits = ih_schema_check(both->schema, both->doc, "t", &err);

	if (fits != fits_alone(both->alone, both->doc))
		fail_msg("%s: %s=\"%s\": %s here", both->format, place, value,
		    fits ? "fits" : "does not fit");
	both->fit += fits;
	both->unfit += !fits;
}

/* Each of them in the place of what stands in NODE, an attribute or element
 * that holds one text. */
static void
try_values(struct both *both, xmlNode *node)
{
	static const char *const values[] = { "", " ", "a", " a", "a ", "a b",
		"A", "AA", "aa", "MA", "any", "é", "\u0661", "0", "1", "01",
		"1.0.0", "-", "a-", "-a", "a-b", "a.b", "a..b", "true", "1998",
		"1998-05", "1998-13", "1998-12-31", "1998-12-32", "1998-12-31 ",
		"2026-03-04T10:00:00Z", "00000000-0000-4000-8000-000000000007",
		"00000000-0000-4000-8000-00000000000g",
		"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcd"
		"ef",
		"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcd"
		"efa",
		"JF3R-JMHD-H", "JF3R-JMHD-HH",
		"47DEQpj8HBSa+/TImW+5JCeuQeRkm5"
		"NMpJWZG3hSuFU=" };
	xmlChar *before = xmlNodeGetContent(node);

	for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
		xmlNodeSetContent(node, (const xmlChar *)values[i]);
		say_the_same(both, (const char *)node->name, values[i]);
	}
	xmlNodeSetContent(node, before);
	xmlFree(before);
}

static void
try_all(struct both *both, xmlNode *element)
{
	for (xmlAttr *a = element->properties; a != NULL; a = a->next)
		try_values(both, (xmlNode *)a);
	if (ih_child(element, NULL) == NULL)
		try_values(both, element);
	for (xmlNode *n = ih_child(element, NULL); n != NULL;
	     n = ih_next(n, NULL))
		try_all(both, n);
}

static void
a_value_fits_as_libxml2_alone_says(void **state)
{
	static const struct {
		const char *format, *path;
	} forms[] = {
		{ "answers", "xml/example/06-refusals-fr.xml" },
		{ "case", "tests/document/record.xml" },
		{ "exchange", "tests/fuzz/corpus/letter/letter" },
		{ "asic-manifest", "tests/fuzz/corpus/manifest/one" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
		struct ih_error err = { 0 };
		IH_OWNED(ih_schema)
		schema = ih_schema_load(library, forms[i].format, &err);
		IH_OWNED(xmlRelaxNG) alone = compile_alone(forms[i].format);
		IH_OWNED(ih_buffer)
		bytes = ih_file_read(forms[i].path, IH_XML_MAX, &err);
		assert_non_null(bytes);
		IH_OWNED(xmlDoc)
		doc = ih_xml_read("t", bytes->data, bytes->size, &err);
		struct both both = { forms[i].format, schema, alone, doc, 0,
			0 };

		assert_non_null(schema);
		assert_non_null(alone);
		assert_non_null(doc);
		assert_true(fits_alone(alone, doc));
		try_all(&both, xmlDocGetRootElement(doc));
		assert_true(both.fit > 0 && both.unfit > both.fit / 8);
	}
}

/* ---- Schemas that are not ours. */

struct folder {
	char path[64];
};

static int
make_folder(void **state)
{
	struct folder *folder = calloc(1, sizeof *folder);
	struct ih_error err = { 0 };
	char path[128];

	assert_non_null(folder);
	strcpy(folder->path, "/tmp/ihala-schema-XXXXXX");
	assert_non_null(mkdtemp(folder->path));
	snprintf(path, sizeof path, "%s/xml/schema", folder->path);
	assert_true(ih_folder_make(path, &err));
	*state = folder;
	return 0;
}

static int
remove_folder(void **state)
{
	struct folder *folder = *state;
	char command[128];

	snprintf(command, sizeof command, "rm -rf '%s'", folder->path);
	free(folder);
	return system(command);
}

static void
put(void **state, const char *name, const char *text)
{
	struct folder *folder = *state;
	struct ih_error err = { 0 };
	char path[256];

	snprintf(path, sizeof path, "%s/%s", folder->path, name);
	assert_true(ih_file_write(path, text, strlen(text), &err));
}

#define GRAMMAR "<grammar xmlns=\"http://relaxng.org/ns/structure/1.0\" "

static struct ih_schema *
load(void **state, const char *format, struct ih_error *err)
{
	struct folder *folder = *state;
	IH_OWNED(ih_library) other = ih_library_open(folder->path, err);

	assert_non_null(other);
	return ih_schema_load(other, format, err);
}

static void
a_schema_that_is_not_there_is_named(void **state)
{
	struct ih_error err = { 0 };

	assert_null(load(state, "none", &err));
	assert_int_equal(err.kind, IH_SYSTEM);
	assert_non_null(strstr(err.text, "xml/schema/none.rng"));
	assert_null(load(state, "../none", &err));
	assert_int_equal(err.kind, IH_SYSTEM);
}

static void
a_schema_includes_only_what_stands_beside_it(void **state)
{
	static const char *const bad[] = {
		"<include href=\"../outside.rng\"/>",
		"<include href=\"/etc/passwd\"/>",
		"<include href=\"file:///etc/passwd\"/>",
		"<include href=\"http://127.0.0.1/x.rng\"/>",
		"<include href=\"\"/>",
		"<include/>",
		"<include href=\"a.rng\"/>",
		"<include href=\"absent.rng\"/>",
		"<start><externalRef href=\"b.rng\"/></start>",
		"<start><ref name=\"absent\"/></start>",
	};

	put(state, "xml/schema/b.rng", GRAMMAR "/>");
	put(state, "xml/outside.rng",
	    GRAMMAR "><start><element name=\"a\"><text/></element></start>"
		    "</grammar>");
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct ih_error err = { 0 };
		char text[512];

		snprintf(text, sizeof text, GRAMMAR ">%s</grammar>", bad[i]);
		put(state, "xml/schema/a.rng", text);
		if (load(state, "a", &err) != NULL)
			fail_msg("%s", bad[i]);
		assert_int_equal(err.kind, IH_SYSTEM);
		assert_non_null(strstr(err.text, "xml/schema/a"));
	}
}

static void
check(struct ih_schema *schema, const char *form, const char *error)
{
	struct ih_error err = { 0 };
	IH_OWNED(xmlDoc) doc = ih_xml_read("t", form, strlen(form), &err);

	assert_non_null(doc);
	if (ih_schema_check(schema, doc, "t", &err))
		strcpy(err.text, "fits");
	assert_string_equal(err.text, error);
}

static void
an_include_may_be_overridden(void **state)
{
	struct ih_error err = { 0 };

	put(state, "xml/schema/part.rng",
	    GRAMMAR "><div><define name=\"x\"><value>old</value></define></div>"
		    "<define name=\"y\"><attribute name=\"y\"/></define>"
		    "</grammar>");
	put(state, "xml/schema/a.rng",
	    GRAMMAR "ns=\"urn:a\"><include href=\"part.rng\"><define "
		    "name=\"x\"><value>new</value></define></include>"
		    "<start><element name=\"a\"><ref name=\"y\"/>"
		    "<ref name=\"x\"/></element></start></grammar>");
	IH_OWNED(ih_schema) schema = load(state, "a", &err);
	if (schema == NULL)
		fail_msg("%s", err.text);
	check(schema, "<a xmlns=\"urn:a\" y=\"\">new</a>", "fits");
	check(schema, "<a xmlns=\"urn:a\" y=\"\">old</a>",
	    "t:1: element a: its text is not one of the expected values; "
	    "expected new");
}

/* One grammar with a little of everything that RELAX NG has. */
static const char everything[] = GRAMMAR
    "xmlns:p=\"urn:p\" ns=\"urn:a\" "
    "datatypeLibrary=\"http://www.w3.org/2001/XMLSchema-datatypes\"><start>"
    "<element name=\"a\"><interleave>"
    "<element name=\"b\"><data type=\"integer\"/></element>"
    "<optional><element><name>c</name><list><oneOrMore><data type=\"date\"/>"
    "</oneOrMore></list></element></optional>"
    "<oneOrMore><choice><element name=\"p:d\"><empty/></element>"
    "<element name=\"e\"><mixed><zeroOrMore><ref name=\"f\"/></zeroOrMore>"
    "</mixed></element></choice></oneOrMore>"
    "<zeroOrMore><element><nsName ns=\"urn:n\"><except><name ns=\"urn:n\">no"
    "</name></except></nsName><zeroOrMore><attribute><anyName/></attribute>"
    "</zeroOrMore><text/></element></zeroOrMore>"
    "</interleave></element></start>"
    "<define name=\"f\" combine=\"choice\"><element name=\"f\">"
    "<attribute name=\"xml:lang\"><choice><value>ar</value><value>fr</value>"
    "</choice></attribute><zeroOrMore><ref name=\"f\"/></zeroOrMore>"
    "</element></define>"
    "<define name=\"f\" combine=\"choice\"><element name=\"g\"><group>"
    "<data type=\"string\"><param name=\"maxLength\">2</param></data></group>"
    "</element></define></grammar>";

static void
knows_all_of_relax_ng(void **state)
{
	static const struct {
		const char *inside, *error;
	} forms[] = {
		{ "<b> 7 </b><e/>", "fits" },
		{ "<e>x<f xml:lang='ar'><g>ab</g></f>y</e><c>2026-01-01 "
		  "2026-01-02</c><b>7</b><p:d/>",
		    "fits" },
		{ "<b>7</b><e/><n:x n:y='' z=''>t</n:x>", "fits" },
		{ "<b/><e/>",
		    "t:1: element b: something is missing in it; expected "
		    "integer" },
		{ "<b>x</b><e/>",
		    "t:1: element b: its text is not one of the expected "
		    "values; expected integer" },
		{ "<b>7</b>",
		    "t:1: element a: something is missing in it; expected c, "
		    "d, e, any element" },
		{ "<b>7</b><b>7</b>",
		    "t:1: element b does not belong here; expected c, d, e, "
		    "any element" },
		{ "<b>7</b><c>2026-01-01 x</c>",
		    "t:1: element c: its text is not one of the expected "
		    "values; expected a list" },
		{ "<b>7</b><d/>",
		    "t:1: element d is in another namespace; expected urn:p" },
		{ "<e><f/></e>",
		    "t:1: element f: an attribute is missing; expected "
		    "xml:lang" },
		{ "<e><f xml:lang='en'/></e>",
		    "t:1: element f: attribute lang is not one of the expected "
		    "values; expected ar, fr" },
		{ "<e><f lang='ar'/></e>",
		    "t:1: element f: an attribute that the format does not "
		    "have; expected xml:lang" },
		{ "<e><g>abc</g></e>",
		    "t:1: element g: its text is not one of the expected "
		    "values; expected string within its limits" },
		{ "<n:no/>",
		    "t:1: element no does not belong here; expected b, c, d, "
		    "e, any element" },
		{ "<" SECRET "/>",
		    "t:1: an element that the format does not have; expected "
		    "b, c, d, e, any element" },
		{ "<p:d>x</p:d>",
		    "t:1: element d: text does not belong here; expected the "
		    "end tag" },
	};
	struct ih_error err = { 0 };

	put(state, "xml/schema/a.rng", everything);
	IH_OWNED(ih_schema) schema = load(state, "a", &err);
	if (schema == NULL)
		fail_msg("%s", err.text);
	for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
		char form[512];

		snprintf(form, sizeof form,
		    "<a xmlns='urn:a' xmlns:p='urn:p' xmlns:n='urn:n'>%s</a>",
		    forms[i].inside);
		check(schema, form, forms[i].error);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(says_what_does_not_fit_and_what_would),
		TEST(says_the_same_of_our_own_documents),
		TEST(what_is_admitted_is_the_document),
		TEST(lines_stay_where_they_were),
		TEST(many_are_admitted_one_after_the_other),
		TEST(refuses_what_is_too_large_unread),
		TEST(admits_a_large_document),
		TEST(names_a_line_far_down),
		TEST(every_schema_of_the_house_loads),
		TEST(a_value_fits_as_libxml2_alone_says),
		cmocka_unit_test_setup_teardown(
		    a_schema_that_is_not_there_is_named, make_folder,
		    remove_folder),
		cmocka_unit_test_setup_teardown(
		    a_schema_includes_only_what_stands_beside_it, make_folder,
		    remove_folder),
		cmocka_unit_test_setup_teardown(an_include_may_be_overridden,
		    make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(knows_all_of_relax_ng,
		    make_folder, remove_folder),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
