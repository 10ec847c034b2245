/* This is where an answer is put right, and what was said first is kept. */
#include "ihala/rectify.h"

#include <stdlib.h>
#include <string.h>

#include "case_tree.h"
#include "ihala/name.h"
#include "ihala/node.h"

/* ---- the interview as one */

static xmlNode *
answer_of(const xmlNode *answers, const char *item)
{
	xmlNode *n = ih_child(answers, "answer");

	while (n != NULL && !case_same(n, "item", item))
		n = ih_next(n, "answer");
	return n;
}

xmlDoc *
ih_rectify_interview(const xmlDoc *facts, const xmlDoc *identity)
{
	const xmlNode *case_ = case_root(facts, CASE_SPACE, "case");
	const xmlNode *who = identity == NULL ?
				 NULL :
				 case_root(identity, CASE_SPACE, "identity");
	const xmlNode *answers = case_child(case_, ANSWERS_SPACE, "answers");
	xmlDoc *doc = xmlNewDoc((const xmlChar *)"1.0");
	xmlNode *root = xmlDocCopyNode((xmlNode *)(uintptr_t)answers, doc, 1);

	xmlDocSetRootElement(doc, root);
	for (const xmlNode *n =
		 who != NULL ? case_child(who, ANSWERS_SPACE, "answer") : NULL;
	     n != NULL; n = case_next(n, ANSWERS_SPACE, "answer"))
		xmlAddChild(root,
		    xmlDocCopyNode((xmlNode *)(uintptr_t)n, doc, 1));
	return doc;
}

/* ---- what is asked for */

static bool
is_consent(const char *item)
{
	return strncmp(item, "consent-", 8) == 0;
}

static const xmlNode *
first_of(const xmlDoc *request)
{
	return ih_child(xmlDocGetRootElement(request), NULL);
}

/* What is typed in free words may be a name. */
static bool
is_plain(const xmlNode *one, const char *name, struct ih_error *err)
{
	xmlNode *n = ih_child(one, name);
	xmlChar *text = n != NULL ? xmlNodeGetContent(n) : NULL;
	bool plain = text == NULL || ih_name_is_plain((const char *)text,
					 strlen((const char *)text));

	xmlFree(text);
	return plain || ih_fail_code(err, IH_INPUT, "E_NAME_HIDDEN", "line %ld",
			    ih_line(one));
}

static bool
may_be_named(const xmlDoc *request, const xmlNode *one,
    const struct ih_instrument *instrument, struct ih_error *err)
{
	const char *item = case_attr(one, "item");

	if (ih_instrument_item(instrument, item) == NULL)
		return ih_fail_code(err, IH_INPUT, "E_ITEM",
		    "line %ld: instrument %s has no such item", ih_line(one),
		    instrument->id);
	if (is_consent(item))
		return ih_fail_code(err, IH_STATE, "E_RECTIFY_CONSENT",
		    "line %ld", ih_line(one));
	for (const xmlNode *n = first_of(request); n != one;
	     n = ih_next(n, NULL))
		if (case_same(n, "item", item))
			return ih_fail_code(err, IH_INPUT, "E_RECTIFY_TWICE",
			    "line %ld", ih_line(one));
	return is_plain(one, "asked", err) && is_plain(one, "why", err);
}

/* The answer that CORRECT gives, in the place of the one there was. */
static void
put_right(xmlNode *answers, const xmlNode *correct)
{
	xmlNode *was = answer_of(answers, case_attr(correct, "item"));
	xmlNode *now = xmlNewNode(answers->ns, (const xmlChar *)"answer");
	static const char *const kept[] = { "item", "by", "state" };

	for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
		if (ih_attr(correct, kept[i]) != NULL)
			xmlNewProp(now, (const xmlChar *)kept[i],
			    (const xmlChar *)ih_attr(correct, kept[i]));
	for (const xmlNode *v = ih_child(correct, "value"); v != NULL;
	     v = ih_next(v, "value")) {
		xmlChar *text = xmlNodeGetContent(v);

		xmlNewTextChild(now, answers->ns, (const xmlChar *)"value",
		    text);
		xmlFree(text);
	}
	if (was == NULL) {
		xmlAddChild(answers, now);
		return;
	}
	xmlReplaceNode(was, now);
	xmlFreeNode(was);
}

bool
ih_rectify_answers(xmlDoc *interview, const xmlDoc *request,
    const struct ih_instrument *instrument, struct ih_rectified *counts,
    struct ih_error *err)
{
	xmlNode *answers = xmlDocGetRootElement(interview);

	*counts = (struct ih_rectified){ 0 };
	for (const xmlNode *n = first_of(request); n != NULL;
	     n = ih_next(n, NULL)) {
		if (!may_be_named(request, n, instrument, err))
			return false;
		if (ih_is(n, "correct"))
			put_right(answers, n);
		counts->corrected += ih_is(n, "correct");
		counts->refused += ih_is(n, "refuse");
	}
	return true;
}

/* ---- the entries */

static bool
is_of_identity(const struct ih_rectifying *what, const xmlNode *answer)
{
	const struct ih_item *item =
	    ih_instrument_item(what->instrument, case_attr(answer, "item"));

	return item != NULL && item->part == IH_IDENTITY;
}

static const xmlNode *
said_before(const struct ih_rectifying *what, const char *item)
{
	const xmlNode *answers =
	    case_child(case_root(what->facts, CASE_SPACE, "case"),
		ANSWERS_SPACE, "answers");
	const xmlNode *n = answer_of(answers, item);

	if (n != NULL || what->identity == NULL)
		return n;
	n = case_child(case_root(what->identity, CASE_SPACE, "identity"),
	    ANSWERS_SPACE, "answer");
	while (n != NULL && !case_same(n, "item", item))
		n = case_next(n, ANSWERS_SPACE, "answer");
	return n;
}

static void
write_text(struct ih_writer *w, const xmlNode *parent, const char *name)
{
	xmlNode *n = ih_child(parent, name);
	xmlChar *text = n != NULL ? xmlNodeGetContent(n) : NULL;

	if (text != NULL)
		ih_leaf(w, name, (const char *)text);
	xmlFree(text);
}

static void
write_entry(struct ih_writer *w, const struct ih_rectifying *what,
    const xmlNode *one)
{
	const char *item = case_attr(one, "item");
	const xmlNode *was = said_before(what, item);

	ih_open(w, "rectification");
	ih_put(w, "item", item);
	ih_put(w, "date", what->day);
	ih_put(w, "asked-by",
	    case_attr(xmlDocGetRootElement(what->request), "asked-by"));
	ih_put(w, "outcome", ih_is(one, "correct") ? "corrected" : "refused");
	if (was != NULL) {
		ih_open(w, "was");
		ih_copy(w, was);
		ih_close(w);
	}
	write_text(w, one, "asked");
	write_text(w, one, "why");
	ih_close(w);
}

/* Those about who the person is, or the others; how many. */
static size_t
write_entries(struct ih_writer *w, const struct ih_rectifying *what,
    bool identity)
{
	size_t count = 0;

	for (const xmlNode *n = first_of(what->request); n != NULL;
	     n = ih_next(n, NULL)) {
		if (is_of_identity(what, n) != identity)
			continue;
		count++;
		if (w != NULL)
			write_entry(w, what, n);
	}
	return count;
}

/* ---- the facts */

static bool
has_identity(const struct ih_rectifying *what)
{
	for (const xmlNode *n =
		 ih_child(xmlDocGetRootElement(what->interview), "answer");
	     n != NULL; n = ih_next(n, "answer"))
		if (is_of_identity(what, n))
			return true;
	return false;
}

static void
write_answers(struct ih_writer *w, const struct ih_rectifying *what)
{
	const xmlNode *answers = xmlDocGetRootElement(what->interview);

	ih_open(w, "answers");
	ih_put(w, "xmlns", ANSWERS_SPACE);
	case_put_all(w, answers, NULL);
	ih_copy(w, ih_child(answers, "interview"));
	for (const xmlNode *n = ih_child(answers, "answer"); n != NULL;
	     n = ih_next(n, "answer"))
		if (!is_of_identity(what, n))
			ih_copy(w, n);
	ih_close(w);
}

/* As in record.c: the digest of the whole interview stays with the identity. */
static void
write_assessments(struct ih_writer *w, const struct ih_rectifying *what)
{
	const xmlNode *list = what->assessed != NULL ?
				  xmlDocGetRootElement(what->assessed) :
				  NULL;
	bool withheld = has_identity(what);

	for (const xmlNode *a =
		 list == NULL ?
		     NULL :
		     case_child(list, ASSESSMENT_SPACE, "assessment");
	     a != NULL; a = case_next(a, ASSESSMENT_SPACE, "assessment")) {
		ih_open(w, "assessment");
		ih_put(w, "xmlns", ASSESSMENT_SPACE);
		case_put_all(w, a, withheld ? "answers-digest" : NULL);
		if (withheld)
			ih_put(w, "answers-digest", WITHHELD);
		for (const xmlNode *n = ih_child(a, NULL); n != NULL;
		     n = ih_next(n, NULL))
			ih_copy(w, n);
		ih_close(w);
	}
}

/* A fear that is told now counts from now on, whatever was said before. */
static void
write_flags(struct ih_writer *w, const struct ih_rectifying *what)
{
	bool raises = false;

	for (const xmlNode *n = first_of(what->request); n != NULL;
	     n = ih_next(n, NULL))
		raises |= ih_is(n, "correct") &&
			  case_raises_flag(case_attr(n, "item"));
	if (raises)
		case_write_flags(w, xmlDocGetRootElement(what->interview),
		    what->day);
}

/* What stands before the end of what is new, in the order of the schema;
 * consents and flags are mixed. */
static const char *const order[] = { "status", "identity", "plan", "inquiry",
	"answers", "assessment", "rectification", "determination", "consent",
	"flag" };
enum {
	ORDER = sizeof order / sizeof order[0],
	ASSESSED = 5,
	ENTERED = 6,
	FLAGGED = 9
};

static int
rank_of(const xmlNode *node)
{
	for (int i = 0; i < ORDER; i++)
		if (strcmp((const char *)node->name, order[i]) == 0)
			return i;
	return ORDER;
}

/* What is new goes behind what was there of its kind. */
static void
write_new(struct ih_writer *w, const struct ih_rectifying *what, int from,
    int to)
{
	if (from <= ASSESSED && to > ASSESSED)
		write_assessments(w, what);
	if (from <= ENTERED && to > ENTERED)
		write_entries(w, what, false);
	if (from <= FLAGGED && to > FLAGGED)
		write_flags(w, what);
}

static bool
write_facts(const struct ih_rectifying *what, struct ih_buffer *out,
    struct ih_error *err)
{
	struct ih_writer w = ih_write_to(out);
	const xmlNode *root = case_root(what->facts, CASE_SPACE, "case");
	int at = 0;

	ih_open(&w, "case");
	ih_put(&w, "xmlns", CASE_SPACE);
	ih_put_number(&w, "version", ih_record_version(what->facts) + 1);
	case_put_all(&w, root, "version");
	for (const xmlNode *n = root->children; n != NULL; n = n->next) {
		if (n->type != XML_ELEMENT_NODE)
			continue;
		write_new(&w, what, at, rank_of(n));
		at = rank_of(n);
		if (strcmp((const char *)n->name, "answers") == 0)
			write_answers(&w, what);
		else
			ih_copy(&w, n);
	}
	write_new(&w, what, at, ORDER);
	ih_close(&w);
	return ih_write_end(&w, err);
}

/* ---- who the person is */

/* Which interview the assessments before this one are of. */
static void
write_earlier(struct ih_writer *w, const struct ih_rectifying *what,
    const xmlNode *was)
{
	for (const xmlNode *n =
		 was != NULL ? case_child(was, CASE_SPACE, "earlier") : NULL;
	     n != NULL; n = case_next(n, CASE_SPACE, "earlier"))
		ih_copy(w, n);
	if (was == NULL || what->assessed == NULL ||
	    ih_attr(was, "answers-digest") == NULL)
		return;
	ih_open(w, "earlier");
	ih_put(w, "answers-digest", case_attr(was, "answers-digest"));
	ih_put(w, "until", what->day);
	ih_close(w);
}

static const char *
digest_of(const struct ih_rectifying *what, const xmlNode *was)
{
	const xmlNode *first =
	    what->assessed == NULL ?
		NULL :
		case_child(xmlDocGetRootElement(what->assessed),
		    ASSESSMENT_SPACE, "assessment");

	if (first != NULL)
		return case_attr(first, "answers-digest");
	return was != NULL ? case_attr(was, "answers-digest") : "";
}

static bool
write_identity(const struct ih_rectifying *what, struct ih_buffer *out,
    struct ih_error *err)
{
	struct ih_writer w = ih_write_to(out);
	const xmlNode *answers = xmlDocGetRootElement(what->interview);
	const xmlNode *was =
	    what->identity == NULL ?
		NULL :
		case_root(what->identity, CASE_SPACE, "identity");
	long version =
	    was != NULL ? strtol(case_attr(was, "version"), NULL, 10) : 0;

	ih_open(&w, "identity");
	ih_put(&w, "xmlns", CASE_SPACE);
	ih_put(&w, "case", ih_record_code(what->facts));
	ih_put_number(&w, "version", version + 1);
	ih_put(&w, "answers", case_attr(answers, "id"));
	ih_put_if(&w, "answers-digest", digest_of(what, was));
	ih_put_if(&w, "training", case_attr(answers, "training"));
	for (const xmlNode *n = ih_child(answers, "answer"); n != NULL;
	     n = ih_next(n, "answer"))
		if (is_of_identity(what, n))
			ih_copy(&w, n);
	write_earlier(&w, what, was);
	for (const xmlNode *n =
		 was != NULL ? case_child(was, CASE_SPACE, "rectification") :
			       NULL;
	     n != NULL; n = case_next(n, CASE_SPACE, "rectification"))
		ih_copy(&w, n);
	write_entries(&w, what, true);
	ih_close(&w);
	return ih_write_end(&w, err);
}

bool
ih_rectify_write(const struct ih_rectifying *what, struct ih_record_parts *out,
    struct ih_error *err)
{
	IH_OWNED(ih_buffer) facts = ih_buffer_new();
	IH_OWNED(ih_buffer) identity = ih_buffer_new();
	bool changed = write_entries(NULL, what, true) > 0 ||
		       (what->assessed != NULL && has_identity(what));

	if (!write_facts(what, facts, err) ||
	    (changed && !write_identity(what, identity, err)))
		return false;
	out->facts = IH_GIVE(facts);
	out->identity = changed ? IH_GIVE(identity) : NULL;
	return true;
}
