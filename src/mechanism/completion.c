/* This is where what another office was asked for comes into the case. */
#include "ihala/completion.h"

#include <stdlib.h>
#include <string.h>

#include "case_tree.h"
#include "ihala/consent.h"
#include "ihala/node.h"
#include "ihala/xml.h"

/* The answers of one part, as they are here and as they came. */
struct completing {
	const xmlNode *here, *came; /* NULL: there are none */
	struct ih_completed *counts;
};

static const xmlNode *
answer_in(const xmlNode *answers, const char *item)
{
	const xmlNode *n = answers != NULL ?
			       case_child(answers, ANSWERS_SPACE, "answer") :
			       NULL;

	while (n != NULL && !case_same(n, "item", item))
		n = case_next(n, ANSWERS_SPACE, "answer");
	return n;
}

/* Nobody was asked, or has said: somebody else's answer fills it. */
static bool
is_open(const xmlNode *answer)
{
	return answer == NULL || case_same(answer, "state", "blank") ||
	       case_same(answer, "state", "not-asked");
}

/* Whoever said it, it is the same. */
static bool
is_same(const xmlNode *a, const xmlNode *b)
{
	IH_OWNED(ih_arena) arena = ih_arena_new();
	const xmlNode *x = ih_child(a, "value"), *y = ih_child(b, "value");

	if (strcmp(case_attr(a, "state"), case_attr(b, "state")) != 0)
		return false;
	for (; x != NULL && y != NULL;
	     x = ih_next(x, "value"), y = ih_next(y, "value"))
		if (strcmp(ih_text_of(arena, x), ih_text_of(arena, y)) != 0)
			return false;
	return x == NULL && y == NULL;
}

/* What stands in the place of HERE. */
static const xmlNode *
settled(const struct completing *c, const xmlNode *here)
{
	const xmlNode *came = answer_in(c->came, case_attr(here, "item"));

	if (came == NULL || is_same(here, came))
		return here;
	if (is_open(here)) {
		c->counts->added += !is_open(came);
		return came;
	}
	c->counts->differs += !is_open(came);
	return here;
}

static void
write_answers(struct ih_writer *w, const struct completing *c)
{
	const xmlNode *n = c->here != NULL ?
			       case_child(c->here, ANSWERS_SPACE, "answer") :
			       NULL;

	for (; n != NULL; n = case_next(n, ANSWERS_SPACE, "answer"))
		ih_copy(w, settled(c, n));
	n = c->came != NULL ? case_child(c->came, ANSWERS_SPACE, "answer") :
			      NULL;
	for (; n != NULL; n = case_next(n, ANSWERS_SPACE, "answer"))
		if (answer_in(c->here, case_attr(n, "item")) == NULL) {
			c->counts->added += !is_open(n);
			ih_copy(w, n);
		}
}

/* ---- the two parts */

static bool
write_facts(const xmlDoc *facts, const struct completing *c,
    struct ih_buffer *out, struct ih_error *err)
{
	struct ih_writer w = ih_write_to(out);
	const xmlNode *root = case_root(facts, CASE_SPACE, "case");

	ih_open(&w, "case");
	ih_put(&w, "xmlns", CASE_SPACE);
	ih_put_number(&w, "version", ih_record_version(facts) + 1);
	case_put_all(&w, root, "version");
	for (const xmlNode *n = root->children; n != NULL; n = n->next) {
		if (n->type != XML_ELEMENT_NODE)
			continue;
		if (n != c->here) {
			ih_copy(&w, n);
			continue;
		}
		ih_open(&w, "answers");
		ih_put(&w, "xmlns", ANSWERS_SPACE);
		case_put_all(&w, n, NULL);
		ih_copy(&w, ih_child(n, "interview"));
		write_answers(&w, c);
		ih_close(&w);
	}
	ih_close(&w);
	return ih_write_end(&w, err);
}

/* One that was not here has no more than its answers; the digest of the whole
 * interview stays where that is. */
static bool
write_identity(const struct completing *c, struct ih_buffer *out,
    struct ih_error *err)
{
	struct ih_writer w = ih_write_to(out);
	const xmlNode *like = c->here != NULL ? c->here : c->came;
	long version = c->here != NULL ?
			   strtol(case_attr(c->here, "version"), NULL, 10) :
			   0;

	ih_open(&w, "identity");
	ih_put(&w, "xmlns", CASE_SPACE);
	ih_put_number(&w, "version", version + 1);
	case_put_all(&w, like, "version");
	write_answers(&w, c);
	for (const xmlNode *n = c->here != NULL ? ih_child(c->here, NULL) :
						  NULL;
	     n != NULL; n = ih_next(n, NULL))
		if (!ih_is(n, "answer"))
			ih_copy(&w, n);
	ih_close(&w);
	return ih_write_end(&w, err);
}

/* ---- is it of this case, and asked for? */

static bool
is_of_case(const xmlNode *facts, const xmlNode *came, struct ih_error *err)
{
	static const char *const pinned[] = { "id", "instrument", "version",
		"digest" };
	const xmlNode *here = case_child(facts, ANSWERS_SPACE, "answers");
	const xmlNode *there = case_child(came, ANSWERS_SPACE, "answers");
	bool same = here != NULL && there != NULL &&
		    case_same(came, "code", case_attr(facts, "code"));

	for (size_t i = 0; same && i < sizeof pinned / sizeof pinned[0]; i++)
		same = case_same(there, pinned[i], case_attr(here, pinned[i]));
	return same || ih_fail_code(err, IH_TRUST, "E_OTHER_CASE",
			   "what came is not of this case");
}

static bool
is_asked_for(const char *categories, const xmlNode *answers,
    const xmlNode *identity, struct ih_error *err)
{
	bool asked[IH_PARTS] = { false };

	for (size_t i = 0; ih_data_category(i) != NULL; i++)
		asked[ih_data_category(i)->part] |=
		    ih_consent_names(categories, ih_data_category(i)->id);
	return ((asked[IH_FACTS] ||
		    case_child(answers, ANSWERS_SPACE, "answer") == NULL) &&
		   (asked[IH_IDENTITY] || identity == NULL)) ||
	       ih_fail_code(err, IH_TRUST, "E_NOT_ASKED_FOR",
		   "a part came that nobody asked for");
}

bool
ih_completion_write(const xmlDoc *facts, const xmlDoc *identity,
    const xmlDoc *came, const char *categories, struct ih_record_parts *out,
    struct ih_completed *counts, struct ih_error *err)
{
	const xmlNode *here = case_root(facts, CASE_SPACE, "case");
	const xmlNode *there = case_root(came, CASE_SPACE, "case");
	IH_OWNED(ih_buffer) new_facts = ih_buffer_new();
	IH_OWNED(ih_buffer) new_identity = ih_buffer_new();

	*counts = (struct ih_completed){ 0 };
	if (here == NULL || there == NULL)
		return ih_fail(err, IH_INPUT, "this is no case");
	if (!is_of_case(here, there, err))
		return false;
	const struct completing fact = { case_child(here, ANSWERS_SPACE,
					     "answers"),
		case_child(there, ANSWERS_SPACE, "answers"), counts };
	const struct completing who = {
		identity != NULL ? case_root(identity, CASE_SPACE, "identity") :
				   NULL,
		case_child(there, CASE_SPACE, "identity"), counts
	};
	if (!is_asked_for(categories, fact.came, who.came, err) ||
	    !write_facts(facts, &fact, new_facts, err) ||
	    (who.came != NULL && !write_identity(&who, new_identity, err)))
		return false;
	out->facts = IH_GIVE(new_facts);
	out->identity = who.came != NULL ? IH_GIVE(new_identity) : NULL;
	return true;
}
