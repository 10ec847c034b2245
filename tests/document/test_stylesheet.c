#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ihala/stylesheet.h"
#include "ihala/xml.h"

/* A library of one test, with sheets that no honest library has. */
static char folder[] = "/tmp/ihala-sheets-XXXXXX";
static struct ih_library *library;

static const char *
in_folder(const char *name)
{
	static char path[128];

	snprintf(path, sizeof path, "%s/%s", folder, name);
	return path;
}

static void
put(const char *name, const char *body)
{
	FILE *file = fopen(in_folder(name), "w");

	assert_non_null(file);
	fprintf(file,
	    "<xsl:stylesheet version=\"1.0\" "
	    "xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\" "
	    "xmlns:ih=\"urn:ihala:xslt\" exclude-result-prefixes=\"ih\">%s"
	    "</xsl:stylesheet>",
	    body);
	fclose(file);
}

static int
make_library(void **state)
{
	struct ih_error err = { .kind = IH_NONE };

	(void)state;
	assert_non_null(mkdtemp(folder));
	mkdir(in_folder("xml"), 0700);
	mkdir(in_folder("xml/schema"), 0700);
	mkdir(in_folder("xslt"), 0700);
	library = ih_library_open(folder, &err);
	return library == NULL;
}

static int
remove_library(void **state)
{
	char command[160];

	(void)state;
	ih_library_close(library);
	snprintf(command, sizeof command, "rm -r '%s'", folder);
	return system(command); /* NOLINT(cert-env33-c): our own folder */
}

static xmlDoc *
source(const char *text)
{
	struct ih_error err = { .kind = IH_NONE };

	return ih_xml_read("source", text, strlen(text), &err);
}

/* The bytes that sheet "one" makes of TEXT; NULL and ERR. */
static struct ih_buffer *
run(const char *body, const char *text, const char *tongue,
    struct ih_error *err)
{
	struct ih_param params[] = { { "tongue", tongue } };
	IH_OWNED(xmlDoc) doc = source(text);
	IH_OWNED(ih_stylesheet) sheet = NULL;

	memset(err, 0, sizeof *err);
	put("xslt/one.xsl", body);
	sheet = ih_stylesheet_load(library, "one", err);
	if (sheet == NULL)
		return NULL;
	return ih_stylesheet_render(sheet, doc, params, 1, err);
}

#define TEXT_OUT "<xsl:output method=\"text\"/><xsl:param name=\"tongue\"/>"
#define AT_ROOT(x) "<xsl:template match=\"/\">" x "</xsl:template>"
#define VALUE(x) TEXT_OUT AT_ROOT("<xsl:value-of select=\"" x "\"/>")

/* What a sheet could reach the outside with, or leak through. */
static const struct {
	const char *says, *body;
} reaches[] = {
	{ "document() of a file", VALUE("document('/etc/passwd')") },
	{ "document() with a space", VALUE("document ('other.xml')") },
	{ "document() of the network", VALUE("document('http://[::1]/')") },
	{ "document() in an attribute", AT_ROOT("<a b=\"{document('x')}\"/>") },
	{ "generate-id()", VALUE("generate-id(.)") },
	{ "system-property()", VALUE("system-property('xsl:vendor')") },
	{ "unparsed-entity-uri()", VALUE("unparsed-entity-uri('x')") },
	{ "an import from above",
	    "<xsl:import href=\"../../../etc/passwd\"/>" AT_ROOT("x") },
	{ "an import beside the folder",
	    "<xsl:import href=\"../xml/x.xsl\"/>" AT_ROOT("x") },
	{ "an import by an absolute path",
	    "<xsl:import href=\"/etc/passwd\"/>" AT_ROOT("x") },
	{ "an import by a file URL",
	    "<xsl:import href=\"file:///etc/passwd\"/>" AT_ROOT("x") },
	{ "an import from the network",
	    "<xsl:import href=\"http://localhost/x.xsl\"/>" AT_ROOT("x") },
	{ "an include from above",
	    "<xsl:include href=\"../one.xsl\"/>" AT_ROOT("x") },
	{ "an import of what is not there",
	    "<xsl:import href=\"absent.xsl\"/>" AT_ROOT("x") },
	{ "exsl:document",
	    AT_ROOT("<e:document xmlns:e=\"http://exslt.org/common\" "
		    "href=\"/tmp/ihala-written\"/>") },
	{ "saxon:output", AT_ROOT("<s:output xmlns:s=\"http://icl.com/saxon\" "
				  "file=\"/tmp/ihala-written\"/>") },
	{ "redirect:write",
	    AT_ROOT("<r:write xmlns:r=\"org.apache.xalan.xslt.extensions."
		    "Redirect\" select=\"'/tmp/ihala-written'\"/>") },
	{ "xsl:document of XSLT 1.1",
	    AT_ROOT("<xsl:document href=\"/tmp/ihala-written\"/>") },
	{ "output without escaping",
	    AT_ROOT("<a><xsl:value-of select=\".\" "
		    "disable-output-escaping=\"yes\"/></a>") },
	{ "a moved base",
	    "<xsl:template match=\"/\" xml:base=\"file:///etc/\">x"
	    "</xsl:template>" },
	{ "an EXSLT function",
	    "<xsl:template match=\"/\" xmlns:d=\"http://exslt.org/"
	    "dates-and-times\"><a><xsl:value-of select=\"d:date-time()\"/></a>"
	    "</xsl:template>" },
	{ "a processing instruction",
	    AT_ROOT("<xsl:processing-instruction name=\"x\"/>") },
};

static void
gives_no_byte_of_a_sheet_that_reaches_out(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof reaches / sizeof reaches[0]; i++) {
		struct ih_error err;
		IH_OWNED(ih_buffer) out =
		    run(reaches[i].body, "<a>x</a>", "en", &err);

		if (out != NULL || err.kind == IH_NONE)
			fail_msg("%s was let through", reaches[i].says);
	}
	assert_int_equal(access("/tmp/ihala-written", F_OK), -1);
}

static void
names_the_sheet_and_line_of_what_it_refuses(void **state)
{
	struct ih_error err;
	IH_OWNED(ih_buffer) out =
	    run("\n\n" VALUE("document('x')"), "<a/>", "en", &err);

	(void)state;
	assert_null(out);
	assert_int_equal(err.kind, IH_INPUT);
	assert_non_null(strstr(err.text, "xslt/one.xsl:3"));
}

static void
imports_a_sheet_beside_it(void **state)
{
	struct ih_error err;
	IH_OWNED(ih_buffer) out = NULL;

	(void)state;
	put("xslt/beside.xsl",
	    "<xsl:template name=\"say\"><xsl:param name=\"what\"/>"
	    "[<xsl:value-of select=\"$what\"/>]</xsl:template>");
	out = run("<xsl:import href=\"beside.xsl\"/>" TEXT_OUT AT_ROOT(
		      "<xsl:call-template name=\"say\"><xsl:with-param "
		      "name=\"what\" select=\"'here'\"/></xsl:call-template>"),
	    "<a/>", "en", &err);
	assert_non_null(out);
	assert_string_equal((char *)out->data, "[here]");
}

static void
cannot_be_asked_for_a_name_outside(void **state)
{
	static const char *const names[] = { "../xslt/one", "/etc/passwd",
		"one.xsl", "", "ONE", "a/b", "absent" };

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		struct ih_error err = { .kind = IH_NONE };

		assert_null(ih_stylesheet_load(library, names[i], &err));
		assert_int_not_equal(err.kind, IH_NONE);
	}
}

static void
stops_a_sheet_that_never_ends(void **state)
{
	struct ih_error err;
	IH_OWNED(ih_buffer) deep =
	    run(TEXT_OUT "<xsl:template match=\"/\" name=\"again\">"
			 "<xsl:call-template name=\"again\"/></xsl:template>",
		"<a/>", "en", &err);

	(void)state;
	assert_null(deep);
	assert_int_equal(err.kind, IH_INPUT);
}

static void
stops_a_sheet_that_works_too_long(void **state)
{
	static char text[1200 * 4 + 16];
	struct ih_error err;
	char *end = stpcpy(text, "<a>");

	(void)state;
	for (int i = 0; i < 1200; i++)
		end = stpcpy(end, "<b/>");
	strcpy(end, "</a>");
	IH_OWNED(ih_buffer) out =
	    run(TEXT_OUT AT_ROOT(
		    "<xsl:for-each select=\"//b\"><xsl:for-each select=\"//b\">"
		    "<xsl:for-each select=\"//b\"><xsl:text>x</xsl:text>"
		    "</xsl:for-each></xsl:for-each></xsl:for-each>"),
		text, "en", &err);
	assert_null(out);
	assert_int_equal(err.kind, IH_INPUT);
}

static void
keeps_values_out_of_its_errors(void **state)
{
	struct ih_error err;
	IH_OWNED(ih_buffer) out =
	    run(TEXT_OUT AT_ROOT("<xsl:message terminate=\"yes\">"
				 "<xsl:value-of select=\".\"/></xsl:message>"),
		"<a>Personne Exemple Sept</a>", "en", &err);

	(void)state;
	assert_null(out);
	assert_null(strstr(err.text, "Exemple"));
	out = run(VALUE("ih:word(string(/a))"), "<a>Personne Exemple</a>", "en",
	    &err);
	assert_null(out);
	assert_null(strstr(err.text, "Exemple"));
}

static void
takes_parameters_as_text_only(void **state)
{
	static const char *const values[] = { "concat('a','b')", "'", "\"",
		"'\"'", "/a", "1 div 0", "<b>&", "" };

	(void)state;
	put("xslt/one.xsl",
	    "<xsl:output method=\"text\"/><xsl:param name=\"p\"/>" AT_ROOT(
		"[<xsl:value-of select=\"$p\"/>]"));
	for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
		struct ih_error err = { .kind = IH_NONE };
		struct ih_param param = { "p", values[i] };
		IH_OWNED(xmlDoc) doc = source("<a>inside</a>");
		IH_OWNED(ih_stylesheet) sheet =
		    ih_stylesheet_load(library, "one", &err);
		IH_OWNED(ih_buffer) out =
		    ih_stylesheet_render(sheet, doc, &param, 1, &err);
		char expected[64];

		snprintf(expected, sizeof expected, "[%s]", values[i]);
		assert_non_null(out);
		assert_string_equal((char *)out->data, expected);
	}
}

static void
escapes_what_looks_like_markup(void **state)
{
	struct ih_error err;
	IH_OWNED(ih_buffer) out =
	    run("<xsl:output method=\"html\"/>" AT_ROOT(
		    "<p title=\"{.}\"><xsl:value-of select=\".\"/></p>"),
		"<a>&lt;script&gt;&quot;</a>", "en", &err);

	(void)state;
	assert_non_null(out);
	assert_null(strstr((char *)out->data, "<script>"));
	assert_non_null(strstr((char *)out->data, "&lt;script&gt;"));
	assert_null(strstr((char *)out->data, "\">\"\""));
}

/* Months as each country names them; numbers and dates isolated. */
static const struct {
	const char *select, *tongue, *says;
} functions[] = {
	{ "ih:word('month.8')", "ar-MA", "غشت" },
	{ "ih:word('month.8')", "ar-EG", "أغسطس" },
	{ "ih:word('month.8', 'ar-TN')", "fr", "أوت" },
	{ "ih:word('month.8', '')", "fr", "août" },
	{ "ih:has-word('month.8')", "en", "true" },
	{ "ih:has-word('month.13')", "en", "false" },
	{ "ih:say('document.age.years', '', '2')", "ar", "سنتان" },
	{ "ih:say('document.age.years', '', '1')", "fr", "1 an" },
	{ "ih:say('document.age.years', '', '11')", "ar", "11 سنة" },
	{ "ih:isolate('448-1')", "ar", "\u2066448-1\u2069" },
	{ "ih:isolate('')", "ar", "" },
	{ "ih:apart('x')", "ar", "\u2068x\u2069" },
	{ "ih:date('2026-03-04')", "ar-TN", "\u20684 مارس 2026\u2069" },
	{ "ih:date('2026-03-01')", "fr", "\u20681er mars 2026\u2069" },
	{ "ih:date('2026-01')", "ar-TN", "\u2068جانفي 2026\u2069" },
	{ "ih:date('2026')", "en", "\u20682026\u2069" },
	{ "ih:date('2026-08-03T10:00:00Z')", "en",
	    "\u20683 August 2026\u2069" },
	{ "ih:date('soon')", "en", "\u2068soon\u2069" },
};

static void
speaks_as_each_country_does(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++) {
		char body[400];
		struct ih_error err;
		IH_OWNED(ih_buffer) out = NULL;

		snprintf(body, sizeof body,
		    TEXT_OUT AT_ROOT("<xsl:value-of select=\"%s\"/>"),
		    functions[i].select);
		out = run(body, "<a/>", functions[i].tongue, &err);
		if (*functions[i].says == '\0' && out == NULL)
			continue; /* an empty text is an empty document */
		assert_non_null(out);
		assert_string_equal((char *)out->data, functions[i].says);
	}
}

static void
fails_on_a_word_that_is_not_there(void **state)
{
	struct ih_error err;

	(void)state;
	assert_null(run(VALUE("ih:word('no.such-word')"), "<a/>", "en", &err));
	assert_int_equal(err.kind, IH_INPUT);
	assert_null(
	    run(VALUE("ih:say('no.such-word', '')"), "<a/>", "en", &err));
	assert_null(run(VALUE("ih:word('month.1')"), "<a/>", "xx", &err));
	assert_null(run(VALUE("ih:word()"), "<a/>", "en", &err));
}

static void
gives_the_same_bytes_each_time(void **state)
{
	struct ih_error err;
	const char *body = "<xsl:output method=\"html\"/>" AT_ROOT(
	    "<p><xsl:for-each select=\"//b\"><xsl:sort select=\".\"/>"
	    "<i><xsl:value-of select=\".\"/></i></xsl:for-each></p>");
	IH_OWNED(ih_buffer) one =
	    run(body, "<a><b>2</b><b>1</b></a>", "en", &err);
	IH_OWNED(ih_buffer) two =
	    run(body, "<a><b>2</b><b>1</b></a>", "en", &err);

	(void)state;
	assert_int_equal(one->size, two->size);
	assert_memory_equal(one->data, two->data, one->size);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(gives_no_byte_of_a_sheet_that_reaches_out),
		TEST(names_the_sheet_and_line_of_what_it_refuses),
		TEST(imports_a_sheet_beside_it),
		TEST(cannot_be_asked_for_a_name_outside),
		TEST(stops_a_sheet_that_never_ends),
		TEST(stops_a_sheet_that_works_too_long),
		TEST(keeps_values_out_of_its_errors),
		TEST(takes_parameters_as_text_only),
		TEST(escapes_what_looks_like_markup),
		TEST(speaks_as_each_country_does),
		TEST(fails_on_a_word_that_is_not_there),
		TEST(gives_the_same_bytes_each_time),
	};

	return cmocka_run_group_tests(tests, make_library, remove_library);
}
