#include "test.h"

#include <string.h>

#include "ihala/element.h"
#include "ihala/node.h"
#include "ihala/xml.h"

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

static xmlDoc *
read_form(const char *text)
{
	struct ih_error err = { 0 };
	xmlDoc *doc = ih_xml_read("t", text, strlen(text), &err);

	if (doc == NULL)
		fail_msg("%s", err.text);
	return doc;
}

static void
writes_one_element_a_line(void **state)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_writer w = ih_write_to(out);
	struct ih_error err = { 0 };

	(void)state;
	ih_open(&w, "receipt");
	ih_put(&w, "xmlns", "urn:ihala:receipt:1");
	ih_put_number(&w, "least", INT64_MIN);
	ih_put_instant(&w, "at", 1772600000);
	ih_put_if(&w, "absent", NULL);
	ih_put_if(&w, "empty", "");
	ih_put_if(&w, "there", "1");
	ih_leaf(&w, "message", "a");
	ih_open(&w, "list");
	ih_leaf(&w, "item", "");
	ih_open(&w, "item");
	ih_put(&w, "empty", "");
	ih_close(&w);
	ih_close(&w);
	ih_close(&w);
	assert_true(ih_write_end(&w, &err));
	assert_string_equal(out->data,
	    HEAD "<receipt xmlns=\"urn:ihala:receipt:1\" "
		 "least=\"-9223372036854775808\" "
		 "at=\"2026-03-04T04:53:20Z\" there=\"1\">\n"
		 "  <message>a</message>\n"
		 "  <list>\n"
		 "    <item/>\n"
		 "    <item empty=\"\"/>\n"
		 "  </list>\n"
		 "</receipt>\n");
}

static void
adds_no_space_to_mixed_text(void **state)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_writer w = ih_write_to(out);
	struct ih_error err = { 0 };

	(void)state;
	ih_open(&w, "a");
	ih_open(&w, "p");
	ih_say_text(&w, "one ");
	ih_open(&w, "b");
	ih_leaf(&w, "i", "two");
	ih_close(&w);
	ih_say_text(&w, " three");
	ih_close(&w);
	ih_leaf(&w, "q", "x");
	ih_close(&w);
	assert_true(ih_write_end(&w, &err));
	assert_string_equal(out->data,
	    HEAD "<a>\n  <p>one <b><i>two</i></b> three</p>\n"
		 "  <q>x</q>\n</a>\n");
}

/* Read back, each is what it was. */
static const char *const hard_values[] = {
	"",
	"<&>\"'",
	"]]>",
	"<!-- --><![CDATA[",
	"&amp;&#13;",
	"a\tb\nc\rd\r\n",
	" two  spaces ",
	"Personne Exemple Sept",
	"شخص مثال سبعة",
	"\xef\xbb\xbf",
	"\xf0\x9f\x98\x80",
	"\xf4\x8f\xbf\xbf",
	"\x7f\xc2\x80\xc2\x85\xe2\x80\xa8",
	"\xef\xbf\xbd",
	"x=\"1\" b=\"2\"",
	" b=",
};

static void
a_value_comes_back_as_it_went_in(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof hard_values / sizeof hard_values[0];
	     i++) {
		IH_OWNED(ih_buffer) out = ih_buffer_new();
		struct ih_writer w = ih_write_to(out);
		struct ih_error err = { 0 };
		xmlChar *text;

		ih_open(&w, "a");
		ih_put(&w, "a", hard_values[i]);
		ih_put(&w, "b", hard_values[i]);
		ih_say_text(&w, hard_values[i]);
		ih_close(&w);
		assert_true(ih_write_end(&w, &err));
		IH_OWNED(xmlDoc) doc = read_form((const char *)out->data);
		xmlNode *root = xmlDocGetRootElement(doc);

		assert_string_equal(ih_attr(root, "a"), hard_values[i]);
		assert_string_equal(ih_attr(root, "b"), hard_values[i]);
		text = xmlNodeGetContent(root);
		assert_string_equal(text, hard_values[i]);
		xmlFree(text);
	}
}

static const char *const bad_values[] = {
	"\x01",
	"a\x1f",
	"\x0b",
	"\xff",
	"\xc3",
	"\xc0\xbc",
	"\xed\xa0\x80",
	"\xf4\x90\x80\x80",
	"\xef\xbf\xbe",
	"a\xef\xbf\xbf",
	"Personne\x02",
};

static void
refuses_what_xml_cannot_carry(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof bad_values / sizeof bad_values[0]; i++)
		for (int where = 0; where < 3; where++) {
			IH_OWNED(ih_buffer) out = ih_buffer_new();
			struct ih_writer w = ih_write_to(out);
			struct ih_error err = { 0 };

			ih_open(&w, "form");
			ih_open(&w, "name");
			if (where == 0)
				ih_put(&w, "a", bad_values[i]);
			else if (where == 1)
				ih_say_text(&w, bad_values[i]);
			else
				ih_leaf(&w, "name", bad_values[i]);
			ih_close(&w);
			ih_leaf(&w, "next", "good");
			ih_close(&w);
			assert_false(ih_write_end(&w, &err));
			assert_int_equal(err.kind, IH_INPUT);
			assert_string_equal(err.text,
			    "element name: holds a character that XML cannot "
			    "carry; expected text in UTF-8 without control "
			    "characters");
		}
}

static void
open_only(struct ih_writer *w)
{
	ih_open(w, "a");
}

static void
close_twice(struct ih_writer *w)
{
	ih_open(w, "a");
	ih_close(w);
	ih_close(w);
}

static void
two_roots(struct ih_writer *w)
{
	ih_leaf(w, "a", "");
	ih_leaf(w, "b", "");
}

static void
text_outside(struct ih_writer *w)
{
	ih_say_text(w, "a");
}

static void
attribute_late(struct ih_writer *w)
{
	ih_open(w, "a");
	ih_say_text(w, "b");
	ih_put(w, "c", "d");
	ih_close(w);
}

static void
attribute_twice(struct ih_writer *w)
{
	ih_open(w, "a");
	ih_put(w, "bc", "1");
	ih_put(w, "b", " bc=");
	ih_put(w, "bc", "2");
	ih_close(w);
}

static void
attribute_without_element(struct ih_writer *w)
{
	ih_put(w, "a", "b");
}

static void
bad_name(struct ih_writer *w)
{
	ih_open(w, "a b");
	ih_close(w);
}

static void
bad_attribute_name(struct ih_writer *w)
{
	ih_open(w, "a");
	ih_put(w, "x=\"1\" y", "b");
	ih_close(w);
}

static void
bad_colon(struct ih_writer *w)
{
	ih_leaf(w, "a:", "");
}

static void
bad_namespace(struct ih_writer *w)
{
	ih_open(w, "a");
	ih_put(w, "xmlns", "urn:x y");
	ih_close(w);
}

static void
prefix_without_namespace(struct ih_writer *w)
{
	ih_open(w, "a");
	ih_put(w, "xmlns:p", "");
	ih_close(w);
}

static void
nothing_at_all(struct ih_writer *w)
{
	(void)w;
}

static void
refuses_calls_out_of_turn(void **state)
{
	static void (*const mistakes[])(struct ih_writer *) = { open_only,
		close_twice, two_roots, text_outside, attribute_late,
		attribute_twice, attribute_without_element, bad_name,
		bad_attribute_name, bad_colon, bad_namespace,
		prefix_without_namespace, nothing_at_all };

	(void)state;
	for (size_t i = 0; i < sizeof mistakes / sizeof mistakes[0]; i++) {
		IH_OWNED(ih_buffer) out = ih_buffer_new();
		struct ih_writer w = ih_write_to(out);
		struct ih_error err = { 0 };

		mistakes[i](&w);
		assert_false(ih_write_end(&w, &err));
		assert_int_equal(err.kind, IH_SYSTEM);
	}
}

static void
refuses_one_level_too_many(void **state)
{
	(void)state;
	for (int depth = IH_WRITE_DEPTH; depth <= IH_WRITE_DEPTH + 1; depth++) {
		IH_OWNED(ih_buffer) out = ih_buffer_new();
		struct ih_writer w = ih_write_to(out);
		struct ih_error err = { 0 };

		for (int i = 0; i < depth; i++)
			ih_open(&w, "a");
		for (int i = 0; i < depth; i++)
			ih_close(&w);
		assert_int_equal(ih_write_end(&w, &err),
		    depth == IH_WRITE_DEPTH);
	}
}

/* Copies FORM's root into <out xmlns="urn:x"> and gives what came out. */
static struct ih_buffer *
copy_into(const char *form)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	IH_OWNED(xmlDoc) doc = read_form(form);
	struct ih_writer w = ih_write_to(out);
	struct ih_error err = { 0 };

	ih_open(&w, "out");
	ih_put(&w, "xmlns", "urn:x");
	ih_copy(&w, xmlDocGetRootElement(doc));
	ih_close(&w);
	if (!ih_write_end(&w, &err))
		fail_msg("%s", err.text);
	return IH_GIVE(out);
}

static void
a_copy_declares_what_differs(void **state)
{
	static const struct {
		const char *says, *form, *copy;
	} rows[] = {
		{ "the same namespace", "<a xmlns='urn:x'><b/></a>",
		    "  <a>\n    <b/>\n  </a>\n" },
		{ "another", "<a xmlns='urn:y'><b/></a>",
		    "  <a xmlns=\"urn:y\">\n    <b/>\n  </a>\n" },
		{ "none", "<a><b xmlns='urn:x'/></a>",
		    "  <a xmlns=\"\">\n    <b xmlns=\"urn:x\"/>\n  </a>\n" },
		{ "prefixes", "<p:a xmlns:p='urn:x' p:k='1'><p:b/><b/></p:a>",
		    "  <p:a xmlns:p=\"urn:x\" p:k=\"1\">\n    <p:b/>\n"
		    "    <b xmlns=\"\"/>\n  </p:a>\n" },
		{ "a prefix bound anew",
		    "<p:a xmlns:p='urn:1' xmlns='urn:x'><p:b xmlns:p='urn:2'>"
		    "<c/></p:b><p:d/></p:a>",
		    "  <p:a xmlns:p=\"urn:1\">\n    <p:b xmlns:p=\"urn:2\">\n"
		    "      <c/>\n    </p:b>\n    <p:d/>\n  </p:a>\n" },
		{ "a prefix nobody uses", "<a xmlns='urn:x' xmlns:q='urn:q'/>",
		    "  <a/>\n" },
		{ "xml:lang", "<a xmlns='urn:x' xml:lang='ar'/>",
		    "  <a xml:lang=\"ar\"/>\n" },
		{ "layout is made anew",
		    "<a xmlns='urn:x'>\n\n<b> </b>\t<!-- c --><b>d</b></a>",
		    "  <a>\n    <b> </b>\n    <b>d</b>\n  </a>\n" },
		{ "mixed text is kept",
		    "<a xmlns='urn:x'> b <c/> \n<d><e/> </d>&amp;</a>",
		    "  <a> b <c/> \n<d><e/> </d>&amp;</a>\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		IH_OWNED(ih_buffer) out = copy_into(rows[i].form);
		IH_OWNED(ih_buffer) wanted = ih_buffer_new();

		ih_buffer_printf(wanted,
		    HEAD "<out xmlns=\"urn:x\">\n%s</out>\n", rows[i].copy);
		if (strcmp((char *)out->data, (char *)wanted->data) != 0)
			fail_msg("%s: %s", rows[i].says, (char *)out->data);
	}
}

static void
a_copy_that_is_too_deep_is_refused(void **state)
{
	IH_OWNED(ih_buffer) deep = ih_buffer_new();
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_writer w = ih_write_to(out);
	struct ih_error err = { 0 };

	(void)state;
	for (int i = 0; i < IH_XML_DEPTH; i++)
		ih_buffer_text(deep, "<a>");
	for (int i = 0; i < IH_XML_DEPTH; i++)
		ih_buffer_text(deep, "</a>");
	{
		IH_OWNED(xmlDoc) doc = read_form((char *)deep->data);

		ih_open(&w, "out");
		ih_copy(&w, xmlDocGetRootElement(doc));
		ih_close(&w);
	}
	/* The document is gone: the message must not need it. */
	assert_false(ih_write_end(&w, &err));
	assert_int_equal(err.kind, IH_INPUT);
	assert_string_equal(err.text,
	    "element out: is nested too deep; expected at most 64 levels");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(writes_one_element_a_line),
		TEST(adds_no_space_to_mixed_text),
		TEST(a_value_comes_back_as_it_went_in),
		TEST(refuses_what_xml_cannot_carry),
		TEST(refuses_calls_out_of_turn),
		TEST(refuses_one_level_too_many),
		TEST(a_copy_declares_what_differs),
		TEST(a_copy_that_is_too_deep_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
