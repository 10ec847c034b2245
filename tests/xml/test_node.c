#include "test.h"

#include <string.h>

#include "ihala/node.h"
#include "ihala/xml.h"

static const char form[] =
    "<answers xmlns=\"urn:ihala:answers:1\" xmlns:o=\"urn:other\" id=\"7\"\n"
    " o:id=\"8\" empty=\"\">\n"
    "  <!-- one --><answer item=\"a\" xml:lang=\"ar-MA\"/>\n"
    "  <o:answer item=\"b\"/>text<note>\t one <b>two</b> <![CDATA[<3>]]>\n"
    "  </note>\n"
    "  <answer item=\"c\"/>\n"
    "</answers>";

static xmlDoc *
read_form(const char *text)
{
	struct ih_error err = { 0 };
	xmlDoc *doc = ih_xml_read("t", text, strlen(text), &err);

	assert_non_null(doc);
	return doc;
}

static void
an_attribute_is_found_or_is_null(void **state)
{
	IH_OWNED(xmlDoc) doc = read_form(form);
	xmlNode *root = xmlDocGetRootElement(doc);

	(void)state;
	assert_string_equal(ih_attr(root, "id"), "7");
	assert_string_equal(ih_attr(root, "empty"), "");
	assert_null(ih_attr(root, "absent"));
	assert_null(ih_attr(ih_child(root, "answer"), "lang"));
}

static void
the_language_is_the_elements_own(void **state)
{
	IH_OWNED(xmlDoc) doc = read_form(form);
	xmlNode *root = xmlDocGetRootElement(doc);

	(void)state;
	assert_string_equal(ih_lang_of(ih_child(root, "answer")), "ar-MA");
	assert_string_equal(ih_lang_of(root), "");
}

static void
children_are_walked_in_the_namespace_of_their_parent(void **state)
{
	IH_OWNED(xmlDoc) doc = read_form(form);
	xmlNode *root = xmlDocGetRootElement(doc);
	char seen[8] = "";

	(void)state;
	for (xmlNode *a = ih_child(root, "answer"); a != NULL;
	     a = ih_next(a, "answer"))
		strcat(seen, ih_attr(a, "item"));
	assert_string_equal(seen, "ac");
	assert_null(ih_child(root, "absent"));
	assert_null(ih_child(ih_child(root, "answer"), NULL));
}

static void
children_of_any_name_are_walked(void **state)
{
	IH_OWNED(xmlDoc) doc = read_form(form);
	int count = 0;

	(void)state;
	for (xmlNode *n = ih_child(xmlDocGetRootElement(doc), NULL); n != NULL;
	     n = ih_next(n, NULL))
		count++;
	assert_int_equal(count, 3);
}

static void
children_of_a_name_are_counted(void **state)
{
	IH_OWNED(xmlDoc) doc = read_form(form);
	xmlNode *root = xmlDocGetRootElement(doc);

	(void)state;
	assert_int_equal(ih_children(root, "answer"), 2);
	assert_int_equal(ih_children(root, "absent"), 0);
}

static void
an_attribute_is_one_of_a_list_of_words(void **state)
{
	static const char *const words[] = { "", "c", "a" };
	IH_OWNED(xmlDoc) doc = read_form(form);
	xmlNode *first = ih_child(xmlDocGetRootElement(doc), "answer");

	(void)state;
	assert_int_equal(ih_attr_word(first, "item", words, 3), 2);
	assert_int_equal(ih_attr_word(ih_next(first, "answer"), "item", words,
			     3),
	    1);
	assert_int_equal(ih_attr_word(first, "item", words, 2), 0);
	assert_int_equal(ih_attr_word(first, "absent", words, 3), 0);
}

static void
an_element_is_known_by_its_name(void **state)
{
	IH_OWNED(xmlDoc) doc = read_form(form);
	xmlNode *root = xmlDocGetRootElement(doc);

	(void)state;
	assert_true(ih_is(root, "answers"));
	assert_false(ih_is(root, "answer"));
	assert_false(ih_is(root->children, "text"));
}

static void
text_is_what_stands_directly_inside(void **state)
{
	IH_OWNED(xmlDoc) doc = read_form(form);
	IH_OWNED(ih_arena) arena = ih_arena_new();
	xmlNode *root = xmlDocGetRootElement(doc);

	(void)state;
	assert_string_equal(ih_text_of(arena, ih_child(root, "note")),
	    "one  <3>");
	assert_string_equal(ih_text_of(arena, ih_child(root, "answer")), "");
}

static void
the_format_is_in_the_namespace(void **state)
{
	static const struct {
		const char *form, *format;
	} rows[] = {
		{ "<x xmlns='urn:ihala:answers:1'/>", "answers" },
		{ "<!-- c --><x xmlns='urn:ihala:trust-list:1'/>",
		    "trust-list" },
		{ "<x/>", "" },
		{ "<x xmlns='urn:ihala:answers:2'/>", "" },
		{ "<x xmlns='urn:ihala:answers:1:1'/>", "" },
		{ "<x xmlns='urn:ihala::1'/>", "" },
		{ "<x xmlns='urn:ihala:'/>", "" },
		{ "<x xmlns='urn:other:answers:1'/>", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		IH_OWNED(xmlDoc) doc = read_form(rows[i].form);

		assert_string_equal(ih_format_of(doc), rows[i].format);
	}
}

static void
the_line_is_the_one_in_the_file(void **state)
{
	IH_OWNED(xmlDoc) doc = read_form(form);

	(void)state;
	assert_int_equal(ih_line(ih_child(xmlDocGetRootElement(doc), "answer")),
	    3);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_attribute_is_found_or_is_null),
		TEST(the_language_is_the_elements_own),
		TEST(children_are_walked_in_the_namespace_of_their_parent),
		TEST(children_of_any_name_are_walked),
		TEST(children_of_a_name_are_counted),
		TEST(an_attribute_is_one_of_a_list_of_words),
		TEST(an_element_is_known_by_its_name),
		TEST(text_is_what_stands_directly_inside),
		TEST(the_format_is_in_the_namespace),
		TEST(the_line_is_the_one_in_the_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
