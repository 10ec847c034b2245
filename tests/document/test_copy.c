#include "test.h"

#include <stdio.h>
#include <string.h>

#include "ihala/document.h"
#include "ihala/file.h"
#include "ihala/node.h"
#include "ihala/schema.h"
#include "ihala/xml.h"

/*
 * What a record can hold is shown to the person, or left out for a reason that
 * stands here.  A new element or attribute of the schemas fails until it has
 * its row, and the row is held to the page: what is shown changes it.
 */
static const char technical[] = "says nothing of the person";
static const char weight[] = "how a list weighs; the outcome is shown";
static const char elsewhere[] = "stands elsewhere on the page";
static const char staff[] = "who works here: copy.withheld.staff";

static const struct {
	const char *name;     /* "element" or "element@attribute" */
	const char *left_out; /* why; NULL: it is shown */
} rows[] = {
	{ "case", NULL },
	{ "case@version", NULL },
	{ "case@code", NULL },
	{ "case@committee", NULL },
	{ "case@opened", NULL },
	{ "case@pseudonym", NULL },
	{ "case@profile", NULL },
	{ "case@training", NULL },
	{ "status", NULL },
	{ "status@file", NULL },
	{ "status@determination", NULL },
	{ "status@referral", NULL },
	{ "status@consent", NULL },
	{ "identity", NULL },
	{ "identity@case", elsewhere },
	{ "identity@version", technical },
	{ "identity@answers", technical },
	{ "identity@answers-digest", technical },
	{ "identity@training", elsewhere },
	{ "answer", NULL },
	{ "answer@item", NULL },
	{ "answer@by", NULL },
	{ "answer@state", NULL },
	{ "value", NULL },
	{ "earlier", technical },
	{ "earlier@answers-digest", technical },
	{ "earlier@until", technical },
	{ "rectification", NULL },
	{ "rectification@item", NULL },
	{ "rectification@date", NULL },
	{ "rectification@asked-by", NULL },
	{ "rectification@outcome", NULL },
	{ "was", NULL },
	{ "asked", NULL },
	{ "why", NULL },
	{ "determination", NULL },
	{ "determination@number", NULL },
	{ "determination@state", NULL },
	{ "determination@body", NULL },
	{ "determination@law", NULL },
	{ "determination@article", NULL },
	{ "determination@date", NULL },
	{ "determination@by", staff },
	{ "determination@until", NULL },
	{ "determination@second", staff },
	{ "determination@supersedes", NULL },
	{ "proposed", NULL },
	{ "proposed@number", NULL },
	{ "proposed@state", NULL },
	{ "proposed@body", NULL },
	{ "proposed@law", NULL },
	{ "proposed@article", NULL },
	{ "proposed@date", NULL },
	{ "proposed@by", staff },
	{ "proposed@until", NULL },
	{ "grounds", NULL },
	{ "differs", NULL },
	{ "served", NULL },
	{ "served@number", NULL },
	{ "served@of", NULL },
	{ "served@date", NULL },
	{ "served@how", NULL },
	{ "served@language", NULL },
	{ "served@with", NULL },
	{ "served@by", staff },
	{ "served@until", NULL },
	{ "reconsideration", NULL },
	{ "reconsideration@number", NULL },
	{ "reconsideration@of", NULL },
	{ "reconsideration@date", NULL },
	{ "reconsideration@asked", NULL },
	{ "reconsideration@by", staff },
	{ "reconsideration@until", NULL },
	{ "plan", NULL },
	{ "plan@review", NULL },
	{ "item", NULL },
	{ "item@id", technical },
	{ "item@need", NULL },
	{ "item@service", NULL },
	{ "item@provider", NULL },
	{ "item@due", NULL },
	{ "item@state", NULL },
	{ "item@cause", NULL },
	{ "item@result", NULL },
	{ "objective", NULL },
	{ "step", NULL },
	{ "step@event", NULL },
	{ "step@date", NULL },
	{ "view", NULL },
	{ "view@date", NULL },
	{ "agreement", NULL },
	{ "agreement@date", NULL },
	{ "agreement@said", NULL },
	{ "agreement@mode", NULL },
	{ "consent", NULL },
	{ "consent@purpose", NULL },
	{ "consent@recipient", NULL },
	{ "consent@category", NULL },
	{ "consent@state", NULL },
	{ "consent@date", NULL },
	{ "consent@from", NULL },
	{ "consent@until", NULL },
	{ "consent@language", NULL },
	{ "consent@mode", NULL },
	{ "consent@with", NULL },
	{ "consent@basis", NULL },
	{ "consent@text", NULL },
	{ "flag", NULL },
	{ "flag@id", NULL },
	{ "flag@about", NULL },
	{ "flag@raised", NULL },
	{ "flag@date", NULL },
	{ "inquiry", NULL },
	{ "inquiry@message", technical },
	{ "inquiry@asked", NULL },
	{ "inquiry@of", NULL },
	{ "inquiry@categories", NULL },
	{ "inquiry@purpose", NULL },
	{ "inquiry@date", NULL },
	{ "inquiry@until", NULL },
	{ "inquiry@answered", NULL },
	{ "inquiry@why", NULL },
	{ "referral", NULL },
	{ "referral@id", technical },
	{ "referral@to", NULL },
	{ "referral@date", NULL },
	{ "referral@status", NULL },
	{ "referral@why", NULL },
	{ "reason", NULL },
	{ "reason@code", NULL },
	{ "service", NULL },
	{ "service@code", NULL },
	/* answers.rng */
	{ "answers", NULL },
	{ "answers@id", technical },
	{ "answers@instrument", technical },
	{ "answers@version", technical },
	{ "answers@digest", technical },
	{ "answers@training", elsewhere },
	{ "interview", NULL },
	{ "interview@date", NULL },
	{ "interview@committee", NULL },
	{ "interview@channel", NULL },
	{ "interview@language", NULL },
	{ "interview@stopped", NULL },
	{ "interview@area", NULL },
	/* assessment.rng */
	{ "assessment", NULL },
	{ "assessment@answers", technical },
	{ "assessment@answers-digest", technical },
	{ "assessment@instrument", technical },
	{ "assessment@instrument-version", technical },
	{ "assessment@instrument-digest", technical },
	{ "assessment@framework", NULL },
	{ "assessment@framework-version", technical },
	{ "assessment@framework-digest", technical },
	{ "assessment@framework-status", NULL },
	{ "assessment@engine", technical },
	{ "assessment@training", elsewhere },
	{ "urgent", NULL },
	{ "urgent@row", NULL },
	{ "urgent@present", NULL },
	{ "contradiction", NULL },
	{ "contradiction@row", NULL },
	{ "outcome", NULL },
	{ "outcome@level", NULL },
	{ "outcome@at-least", weight },
	{ "outcome@at-most", weight },
	{ "outcome@sum-least", weight },
	{ "outcome@sum-most", weight },
	{ "outcome@withheld", NULL },
	{ "row", NULL },
	{ "row@id", NULL },
	{ "row@status", weight },
	{ "dimension", NULL },
	{ "dimension@id", NULL },
	{ "dimension@positive", NULL },
	{ "dimension@row", weight },
	{ "indicator", NULL },
	{ "indicator@id", NULL },
	{ "indicator@strength", weight },
	{ "indicator@points", weight },
	{ "indicator@code", weight },
	{ "indicator@present", NULL },
	{ "indicator@sufficient", weight },
	{ "settle", NULL },
	{ "settle@item", NULL },
	{ "settle@indicators", weight },
	{ "skipped", NULL },
	{ "skipped@item", NULL },
	{ "unanswered", NULL },
	{ "unanswered@blank", NULL },
	{ "unanswered@unknown", NULL },
	{ "unanswered@refused", NULL },
	{ "because", NULL },
	{ "because@item", NULL },
	{ "because@state", elsewhere },
	{ "because@by", elsewhere },
	/* request.rng: of that which became the case */
	{ "request", NULL },
	{ "request@channel", NULL },
	{ "request@danger", NULL },
	{ "request@received", elsewhere },
	{ "request@through", NULL },
	{ "request@language", NULL },
	{ "request@asks", NULL },
	{ "request@training", elsewhere },
	{ "interview@origin", NULL },
	{ "interview@entered", NULL },
	{ "interview@sealed", elsewhere },
	{ "interview@by", staff },
	{ "contact", NULL },
	{ "contact@safe", NULL },
	{ "contact@how", NULL },
	{ "contact@when", NULL },
	{ "about", NULL },
	{ "name", NULL },
	{ "phone", NULL },
	{ "place", NULL },
};
enum { ROWS = sizeof rows / sizeof rows[0] };

static const char *const schemas[] = { "xml/schema/case.rng",
	"xml/schema/answers.rng", "xml/schema/assessment.rng",
	"xml/schema/request.rng" };

static struct ih_library *library;
static xmlDoc *sample, *morocco, *instrument, *framework, *consents;

static const char *const words_of[] = { "xml/service/common.xml",
	"xml/lifecycle/plan.xml", "xml/lifecycle/case.xml" };
enum { CATALOGUES = sizeof words_of / sizeof words_of[0] };
static xmlDoc *catalogues[CATALOGUES];

static xmlDoc *
load(const char *path)
{
	struct ih_error err = { .kind = IH_NONE };
	IH_OWNED(ih_buffer) bytes = ih_file_read(path, IH_XML_MAX, &err);

	return bytes != NULL ?
		   ih_xml_read(path, bytes->data, bytes->size, &err) :
		   NULL;
}

static int
open_all(void **state)
{
	struct ih_error err = { .kind = IH_NONE };

	(void)state;
	library = ih_library_open(".", &err);
	sample = load("tests/document/copy.xml");
	morocco = load("xml/mechanism/MA.xml");
	instrument = load("xml/instrument/adult.xml");
	framework = load("xml/framework/ilo-adult-labour.xml");
	consents = load("xml/consent/purposes.xml");
	for (size_t i = 0; i < CATALOGUES; i++) {
		catalogues[i] = load(words_of[i]);
		if (catalogues[i] == NULL)
			return 1;
	}
	return library == NULL || sample == NULL || morocco == NULL ||
	       instrument == NULL || framework == NULL || consents == NULL;
}

static int
close_all(void **state)
{
	(void)state;
	xmlFreeDoc(sample);
	xmlFreeDoc(morocco);
	xmlFreeDoc(instrument);
	xmlFreeDoc(framework);
	xmlFreeDoc(consents);
	for (size_t i = 0; i < CATALOGUES; i++)
		xmlFreeDoc(catalogues[i]);
	ih_library_close(library);
	return 0;
}

/* ---- every name has its row */

static int
row_of(const char *name)
{
	for (int i = 0; i < ROWS; i++)
		if (strcmp(rows[i].name, name) == 0)
			return i;
	return -1;
}

struct naming {
	bool seen[ROWS];
	int missing;
};

static void
note(struct naming *naming, const char *element, const char *attribute)
{
	char name[80];
	int row;

	snprintf(name, sizeof name, "%s%s%s", element,
	    attribute != NULL ? "@" : "", attribute != NULL ? attribute : "");
	row = row_of(name);
	if (row >= 0)
		naming->seen[row] = true;
	else if (naming->missing++ < 20)
		print_error("neither shown nor left out for a reason: %s\n",
		    name);
}

static const xmlNode *
define_of(const xmlNode *ref)
{
	const xmlNode *n = ih_child(xmlDocGetRootElement(ref->doc), "define");

	while (
	    n != NULL && strcmp(ih_attr(n, "name"), ih_attr(ref, "name")) != 0)
		n = ih_next(n, "define");
	return n;
}

/* The attributes that a define brings to ELEMENT, which refers to it. */
static void
lend(struct naming *naming, const xmlNode *define, const char *element)
{
	for (const xmlNode *n = define != NULL ? ih_child(define, NULL) : NULL;
	     n != NULL; n = ih_next(n, NULL)) {
		if (ih_is(n, "attribute") && ih_attr(n, "name") != NULL)
			note(naming, element, ih_attr(n, "name"));
		else if (ih_is(n, "ref"))
			lend(naming, define_of(n), element);
		else if (!ih_is(n, "element"))
			lend(naming, n, element);
	}
}

/* Attributes belong to the element around them. */
static void
walk(struct naming *naming, const xmlNode *node, const char *element)
{
	for (const xmlNode *n = ih_child(node, NULL); n != NULL;
	     n = ih_next(n, NULL)) {
		const char *name = ih_attr(n, "name");
		const char *inner = element;

		if (ih_is(n, "element") && name != NULL) {
			inner = name;
			note(naming, name, NULL);
		}
		if (ih_is(n, "attribute") && name != NULL && element[0] != '\0')
			note(naming, element, name);
		if (ih_is(n, "ref") && element[0] != '\0')
			lend(naming, define_of(n), element);
		walk(naming, n, inner);
	}
}

static void
leaves_out_nothing_of_a_record_without_a_reason(void **state)
{
	struct naming naming = { .missing = 0 };

	(void)state;
	for (size_t i = 0; i < sizeof schemas / sizeof schemas[0]; i++) {
		IH_OWNED(xmlDoc) schema = load(schemas[i]);

		assert_non_null(schema);
		walk(&naming, xmlDocGetRootElement(schema), "");
	}
	assert_int_equal(naming.missing, 0);
	for (int i = 0; i < ROWS; i++)
		if (!naming.seen[i])
			fail_msg("the schemas no longer have %s", rows[i].name);
}

/* ---- and the row is true */

static struct ih_buffer *
page_of(xmlDoc *copy, struct ih_tongue tongue)
{
	struct ih_error err = { .kind = IH_NONE };
	const struct ih_sources sources = { .record = copy,
		.sender = morocco,
		.instrument = instrument,
		.more_frameworks = &framework,
		.more_count = 1,
		.consents = consents,
		.catalogues = catalogues,
		.catalogue_count = CATALOGUES,
		.tongues = { tongue },
		.tongue_count = 1 };

	return ih_document_make(library, "copy", &sources, &err);
}

/* Of whatever format it is. */
static xmlNode *
find(xmlNode *node, const char *element, const char *attribute)
{
	if (strcmp((const char *)node->name, element) == 0 &&
	    (attribute == NULL || ih_attr(node, attribute) != NULL))
		return node;
	for (xmlNode *n = node->children; n != NULL; n = n->next) {
		xmlNode *found = n->type == XML_ELEMENT_NODE ?
				     find(n, element, attribute) :
				     NULL;

		if (found != NULL)
			return found;
	}
	return NULL;
}

/* A day becomes another day, a number another; what else it is, nonsense. */
static const char *
another(const char *value)
{
	if (strlen(value) == 10 && value[4] == '-')
		return "2031-07-08";
	return strspn(value, "0123456789") == strlen(value) ? "7" : "zz";
}

enum { CHANGED, REMOVED, WAYS };

/* The sample without NAME, or with something else there; NULL where the
 * sample has none. */
static xmlDoc *
sample_without(const char *name, int way)
{
	char element[64] = "";
	const char *at = strchr(name, '@');
	xmlDoc *doc = xmlCopyDoc(sample, 1);
	xmlNode *node;

	snprintf(element, sizeof element, "%.*s",
	    (int)(at != NULL ? at - name : (long)strlen(name)), name);
	node = find(xmlDocGetRootElement(doc), element,
	    at != NULL ? at + 1 : NULL);
	if (node == NULL)
		fail_msg("tests/document/copy.xml has no %s", name);
	if (at == NULL) {
		xmlUnlinkNode(node);
		xmlFreeNode(node);
	} else if (way == REMOVED) {
		xmlUnsetProp(node, (const xmlChar *)at + 1);
	} else {
		xmlSetProp(node, (const xmlChar *)at + 1,
		    (const xmlChar *)another(ih_attr(node, at + 1)));
	}
	return doc;
}

/* A page that can no longer be made has looked at it too. */
static bool
is_shown(const char *name, const struct ih_buffer *page)
{
	for (int way = CHANGED; way < WAYS; way++) {
		IH_OWNED(xmlDoc) doc = sample_without(name, way);
		IH_OWNED(ih_buffer)
		other = page_of(doc, (struct ih_tongue){ IH_FR, "MA" });

		if (other == NULL || other->size != page->size ||
		    memcmp(other->data, page->data, page->size) != 0)
			return true;
	}
	return false;
}

static void
shows_what_it_says_it_shows_and_nothing_it_leaves_out(void **state)
{
	IH_OWNED(ih_buffer)
	page = page_of(sample, (struct ih_tongue){ IH_FR, "MA" });
	int wrong = 0;

	(void)state;
	assert_non_null(page);
	for (int i = 0; i < ROWS; i++)
		if (is_shown(rows[i].name, page) !=
		    (rows[i].left_out == NULL)) {
			print_error("%s: not as its row says\n", rows[i].name);
			wrong++;
		}
	assert_int_equal(wrong, 0);
}

/* ---- in her language */

static bool
says(const struct ih_buffer *page, const char *text)
{
	return strstr((const char *)page->data, text) != NULL;
}

static void
speaks_the_language_it_was_asked_for_in(void **state)
{
	static const struct {
		struct ih_tongue tongue;
		const char *direction, *words, *other;
	} pages[] = {
		{ { IH_AR, "MA" }, "dir=\"rtl\"", "ولماذا", "why" },
		{ { IH_FR, "MA" }, "dir=\"ltr\"", "et pourquoi", "why" },
		{ { IH_EN, "MA" }, "dir=\"ltr\"", "and why", "pourquoi" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
		IH_OWNED(ih_buffer) page = page_of(sample, pages[i].tongue);

		assert_non_null(page);
		assert_true(says(page, pages[i].direction));
		assert_true(says(page, pages[i].words));
		assert_false(says(page, pages[i].other));
		assert_true(says(page, "Personne Exemple Sept"));
		/* the title tells nothing */
		assert_non_null(
		    strstr((char *)page->data, "7KQF-3XMT-R</title>"));
	}
}

/* A state that the lifecycle has and the page has no word for would be told as
 * its code. */
static void
has_a_word_for_every_state_there_is(void **state)
{
	IH_OWNED(xmlDoc) lifecycle = load("xml/lifecycle/case.xml");
	char key[80];

	(void)state;
	assert_non_null(lifecycle);
	for (const xmlNode *a =
		 ih_child(xmlDocGetRootElement(lifecycle), "axis");
	     a != NULL; a = ih_next(a, "axis")) {
		const char *axis = ih_attr(a, "id");
		if (strcmp(axis, "request") == 0)
			continue; /* of who asked, before there is a case */
		bool ours =
		    strcmp(axis, "file") == 0 || strcmp(axis, "referral") == 0;

		for (const xmlNode *s = ih_child(a, "state"); s != NULL;
		     s = ih_next(s, "state")) {
			if (strcmp(ih_attr(s, "id"), "none") == 0)
				continue;
			snprintf(key, sizeof key, "%s.%s.%s",
			    ours ? "copy" : "document", axis, ih_attr(s, "id"));
			if (ih_word_review(key) == NULL)
				fail_msg("no word %s", key);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    leaves_out_nothing_of_a_record_without_a_reason),
		cmocka_unit_test(
		    shows_what_it_says_it_shows_and_nothing_it_leaves_out),
		cmocka_unit_test(speaks_the_language_it_was_asked_for_in),
		cmocka_unit_test(has_a_word_for_every_state_there_is),
	};

	return cmocka_run_group_tests(tests, open_all, close_all);
}
