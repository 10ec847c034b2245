#include "test.h"

#include <stdio.h>
#include <string.h>

#include "ihala/paper.h"
#include "ihala/stylesheet.h"
#include "ihala/words.h"
#include "ihala/xml.h"

static struct ih_papers *
table_of(const char *folder)
{
	struct ih_error err = { .kind = IH_NONE };
	IH_OWNED(ih_library) library = ih_library_open(folder, &err);
	struct ih_papers *papers = ih_papers_load(library, &err);

	if (papers == NULL)
		print_error("%s\n", err.text);
	return papers;
}

static const char *
word_of(const char *room, const char *id, const char *what)
{
	static char key[80];

	snprintf(key, sizeof key, "%s.%s%s", room, id, what);
	return ih_word((struct ih_tongue){ .lang = IH_AR }, key);
}

static void
each_kind_has_a_name_a_purpose_and_a_stylesheet(void **state)
{
	struct ih_error err = { .kind = IH_NONE };
	IH_OWNED(ih_library) library = ih_library_open(".", &err);
	IH_OWNED(ih_papers) papers = table_of(".");

	(void)state;
	assert_non_null(papers);
	assert_true(papers->count >= 20);
	for (size_t i = 0; i < papers->count; i++) {
		const struct ih_paper *paper = &papers->rows[i];
		IH_OWNED(ih_stylesheet)
		sheet = ih_stylesheet_load(library, paper->id, &err);

		assert_non_null(sheet);
		assert_non_null(word_of("paper", paper->id, ""));
		assert_non_null(word_of("paper", paper->id, ".for"));
		assert_non_null(
		    word_of("paper.of", ih_paper_of_name(paper->of), ""));
		for (size_t n = 0; n < paper->need_count; n++)
			assert_non_null(
			    word_of("paper.needs", paper->needs[n].id, ""));
	}
	assert_null(ih_paper_find(papers, "certificate"));
}

/* ---- what is missing */

#define CASE                                                                   \
	"<copy xmlns='urn:ihala:copy:1'><record>"                              \
	"<case xmlns='urn:ihala:case:1'>%s</case></record>%s</copy>"

static const struct {
	const char *kind, *purpose;
	const char *in_case, *beside;
	const char *lacks; /* ids with spaces between them */
} cases[] = {
	{ "rights", "", "", "", "" },
	{ "consent", "referral", "", "", "" },
	{ "screening", "", "", "", "assessment" },
	{ "screening", "", "<assessment xmlns='urn:ihala:assessment:1'/>", "",
	    "" },
	{ "notice", "", "", "", "determination grounds" },
	{ "notice", "", "<determination state='presumed'/>", "", "grounds" },
	{ "notice", "", "<proposed state='presumed'><grounds/></proposed>", "",
	    "determination grounds" },
	{ "notice", "",
	    "<determination state='possible'><grounds/></determination>", "",
	    "determination grounds" },
	/* the last one counts, and it has no reasons */
	{ "notice", "",
	    "<determination state='presumed'><grounds/></determination>"
	    "<determination state='confirmed'/>",
	    "", "grounds" },
	{ "notice", "",
	    "<determination state='presumed'><grounds/></determination>", "",
	    "" },
	{ "withdrawal", "referral", "", "", "consent" },
	{ "withdrawal", "referral",
	    "<consent purpose='justice' state='given'/>", "", "consent" },
	{ "withdrawal", "referral",
	    "<consent purpose='referral' state='refused'/>", "", "consent" },
	{ "withdrawal", "referral",
	    "<consent purpose='referral' state='given'/>", "", "" },
	/* a purpose is a text, never a part of the path */
	{ "withdrawal", "x' or '1' = '1",
	    "<consent purpose='referral' state='given'/>", "", "consent" },
	{ "plan", "", "<plan/>", "", "plan" },
	{ "plan", "", "<plan><item/></plan>", "", "" },
	{ "follow-up", "", "<plan><item/></plan>", "", "support" },
	{ "follow-up", "", "<plan><item/></plan>",
	    "<step axis='file' to='support'/>", "" },
	{ "closure", "", "", "<step axis='file' to='support'/>", "closing" },
	{ "closure", "", "", "<step axis='file' to='closing'/>", "" },
	{ "closure", "", "",
	    "<step axis='file' to='closed'/>"
	    "<step axis='consent' to='withdrawn'/>",
	    "" },
	{ "cross-border", "", "<referral to='prosecution'/>", "", "abroad" },
	{ "cross-border", "", "<referral to='TN'/>", "", "" },
	{ "request", "", "<inquiry asked='there'/>", "", "asked" },
	{ "request", "", "<inquiry asked='here'/>", "", "" },
	{ "reply", "", "<inquiry asked='there'/>", "", "answered" },
	{ "reply", "", "<inquiry asked='there' answered='2026-12-01'/>", "",
	    "" },
	{ "receipt", "", "", "<letter direction='received' peer='MA'/>",
	    "letter" },
	/* it was opened again */
	{ "closure", "", "",
	    "<step axis='file' to='closed'/><step axis='file' to='screening'/>",
	    "closing" },
};

static void
what_a_case_lacks_for_a_paper_is_named(void **state)
{
	IH_OWNED(ih_papers) papers = table_of(".");

	(void)state;
	assert_non_null(papers);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const struct ih_paper *paper =
		    ih_paper_find(papers, cases[i].kind);
		const struct ih_paper_need *lacks[IH_PAPER_NEEDS];
		struct ih_error err = { .kind = IH_NONE };
		char text[1024], ids[200] = "";
		int size = 0;

		snprintf(text, sizeof text, CASE, cases[i].in_case,
		    cases[i].beside);
		IH_OWNED(xmlDoc)
		doc = ih_xml_read("case", text, strlen(text), &err);
		assert_non_null(doc);
		size_t count =
		    ih_paper_lacks(papers, paper, doc, cases[i].purpose, lacks);
		for (size_t n = 0; n < count; n++)
			size += snprintf(ids + size, sizeof ids - (size_t)size,
			    "%s%s", n > 0 ? " " : "", lacks[n]->id);
		assert_string_equal(ids, cases[i].lacks);
	}
}

/* ---- a table with a fault */

static const struct {
	const char *rows, *says;
} faults[] = {
	{ "<document kind='a' of='case'/><document kind='a' of='case'/>",
	    "twice" },
	{ "<document kind='a' of='case'><need id='b' at='c['/></document>",
	    "no path" },
	{ "<document kind='a' of='thing'/>", "of" },
	{ "<document kind='a' of='case'>"
	  "<need id='a' at='a'/><need id='b' at='b'/><need id='c' at='c'/>"
	  "<need id='d' at='d'/><need id='e' at='e'/><need id='f' at='f'/>"
	  "<need id='g' at='g'/><need id='h' at='h'/><need id='i' at='i'/>"
	  "</document>",
	    "at most 8" },
};

static void
a_table_with_a_fault_is_refused_with_its_line(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
		struct ih_error err = { .kind = IH_NONE };
		IH_OWNED(ih_library) library = ih_library_open(".", &err);
		char text[1024];
		int size = snprintf(text, sizeof text,
		    "<documents xmlns='urn:ihala:document:1' version='1.0.0'>"
		    "%s</documents>",
		    faults[i].rows);
		const struct ih_page page = { "xml/document/kinds.xml", text,
			(size_t)size };

		ih_library_pin(library, &page, 1);
		assert_null(ih_papers_load(library, &err));
		assert_int_equal(err.kind, IH_INPUT);
		assert_non_null(strstr(err.text, faults[i].says));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    each_kind_has_a_name_a_purpose_and_a_stylesheet),
		cmocka_unit_test(what_a_case_lacks_for_a_paper_is_named),
		cmocka_unit_test(a_table_with_a_fault_is_refused_with_its_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
