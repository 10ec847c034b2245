/* This is where a case from elsewhere is read by the questionnaire here. */
#include "ihala/continuity.h"

#include <stdlib.h>
#include <string.h>

#include "case_tree.h"
#include "ihala/node.h"
#include "ihala/record.h"
#include "ihala/xml.h"

static const struct {
	const char *name;
	enum ih_asking asking;
} hads[IH_HADS] = {
	[IH_HAD_GIVEN] = { "given", IH_ASK_NOBODY },
	[IH_HAD_REFUSED] = { "refused", IH_ASK_NOBODY },
	[IH_HAD_UNKNOWN] = { "unknown", IH_ASK_NOBODY },
	[IH_HAD_OPEN] = { "open", IH_ASK_PERSON },
	/* The answer that made it irrelevant is there. */
	[IH_HAD_SKIPPED] = { "skipped", IH_ASK_SENDER },
	[IH_HAD_UNSENT] = { "not-sent", IH_ASK_SENDER },
	[IH_HAD_OTHER] = { "other-question", IH_ASK_SENDER },
};

const char *
ih_had_name(enum ih_had had)
{
	return hads[had].name;
}

enum ih_asking
ih_had_asking(enum ih_had had)
{
	return hads[had].asking;
}

const char *
ih_asking_name(enum ih_asking asking)
{
	static const char *const names[IH_ASKINGS] = { "person", "sender",
		"nobody" };

	return names[asking];
}

/* ---- what came */

struct reading {
	struct ih_continuity *into;
	const struct ih_instrument *there; /* NULL: not at hand */
	const xmlDoc *facts;
	xmlDoc *doc; /* a copy of the answers, made to fit here */
	struct ih_answer *said;
};

/* Said by an element; a skip is said there, and found out again here. */
static enum ih_had
had_of(const xmlNode *answer)
{
	const char *state = ih_attr(answer, "state");

	switch (state != NULL ? ih_state_of(state, strlen(state)) : IH_GIVEN) {
	case IH_GIVEN:
		return IH_HAD_GIVEN;
	case IH_REFUSED:
		return IH_HAD_REFUSED;
	case IH_UNKNOWN:
		return IH_HAD_UNKNOWN;
	case IH_NOT_ASKED:
		return IH_HAD_SKIPPED;
	default:
		return IH_HAD_OPEN;
	}
}

/* Does the question here take this answer?  Each is tried alone, so that one
 * that does not fit spoils no other. */
static bool
fits_here(const struct reading *r, const xmlNode *node,
    const struct ih_item *item, struct ih_arena *arena)
{
	const struct ih_instrument *here = r->into->here;
	const char *state = ih_attr(node, "state");
	struct ih_answer *alone =
	    ih_arena_take(arena, here->item_count * sizeof *alone);
	struct ih_filling filling;
	struct ih_error unsaid = { 0 };
	int stands =
	    state != NULL ? ih_state_of(state, strlen(state)) : IH_BLANK;

	ih_fill_start(&filling, here, alone);
	if (stands < 0 || !ih_fill_answer(&filling, item->id, item->length,
			      IH_BY_UNSAID, (enum ih_state)stands, &unsaid))
		return false;
	for (xmlNode *n = ih_child(node, "value"); n; n = ih_next(n, "value")) {
		const char *text = ih_text_of(arena, n);

		if (!ih_fill_value(&filling, text, strlen(text), &unsaid))
			return false;
	}
	r->said[item->at] = alone[item->at];
	return true;
}

static void
drop(xmlNode *node)
{
	xmlUnlinkNode(node);
	xmlFreeNode(node);
}

/* What does not fit the questionnaire here goes out of the copy. */
static void
take_answers(struct reading *r)
{
	xmlNode *root = xmlDocGetRootElement(r->doc);
	struct ih_continuity *c = r->into;

	for (xmlNode *n = ih_child(root, "answer"), *next; n; n = next) {
		const struct ih_item *item =
		    ih_instrument_item(c->here, case_attr(n, "item"));
		bool fits;

		next = ih_next(n, "answer");
		if (item == NULL) {
			drop(n);
			continue;
		}
		IH_OWNED(ih_arena) arena = ih_arena_new();
		fits = fits_here(r, n, item, arena);
		c->had[item->at] = (uint8_t)(fits ? had_of(n) : IH_HAD_OTHER);
		if (!fits)
			drop(n);
	}
}

/* ---- what was said of consent */

static void
add_answer(struct reading *r, const struct ih_item *item, const char *code)
{
	xmlNode *root = xmlDocGetRootElement(r->doc);
	xmlNode *answer =
	    xmlNewChild(root, root->ns, (const xmlChar *)"answer", NULL);

	xmlSetProp(answer, (const xmlChar *)"item", (const xmlChar *)item->id);
	xmlNewChild(answer, root->ns, (const xmlChar *)"value",
	    (const xmlChar *)code);
	r->into->had[item->at] = IH_HAD_GIVEN;
	r->said[item->at].state = IH_GIVEN;
	r->said[item->at].codes =
	    UINT64_C(1) << ih_choices_find(item->choices, code, strlen(code));
}

/* What was withdrawn had been given: neither is what the question asked. */
static const char *
consent_code(const char *state)
{
	if (state == NULL)
		return NULL;
	if (strcmp(state, "given") == 0)
		return "yes";
	return strcmp(state, "refused") == 0 ? "no" : NULL;
}

/* A yes or no that came as an entry of the ledger need not be asked again. */
static void
take_consents(struct reading *r, const char *committee, const char *day)
{
	static const char before[] = "consent-";
	const struct ih_instrument *here = r->into->here;

	for (size_t i = 0; i < here->item_count; i++) {
		const struct ih_item *item = &here->items[i];
		const char *state, *code;

		if (r->into->had[i] != IH_HAD_UNSENT ||
		    item->type != IH_CHOICE ||
		    strncmp(item->id, before, sizeof before - 1) != 0)
			continue;
		state = ih_record_consent_state(r->facts,
		    item->id + sizeof before - 1, committee, "facts", day);
		code = consent_code(state);
		if (code != NULL &&
		    ih_choices_find(item->choices, code, strlen(code)) >= 0)
			add_answer(r, item, code);
	}
}

/* ---- what is skipped here */

static void
drop_item(struct reading *r, const struct ih_item *item)
{
	xmlNode *n = ih_child(xmlDocGetRootElement(r->doc), "answer");

	while (n != NULL && !case_same(n, "item", item->id))
		n = ih_next(n, "answer");
	if (n != NULL)
		drop(n);
	r->into->had[item->at] = IH_HAD_OTHER;
}

/* Another version may skip what was asked there: such an answer has no
 * question here. */
static void
apply_skips(struct reading *r)
{
	const struct ih_instrument *here = r->into->here;

	for (size_t i = 0; i < here->item_count; i++) {
		const struct ih_item *item = &here->items[i];
		struct ih_answer *answer = &r->said[i];
		bool open =
		    answer->state == IH_BLANK || answer->state == IH_NOT_ASKED;

		if (ih_condition_holds(&item->ask_if, r->said) != IH_FALSE) {
			if (answer->state == IH_NOT_ASKED)
				answer->state = IH_BLANK;
			continue;
		}
		if (!open)
			drop_item(r, item);
		else if (r->into->had[i] == IH_HAD_UNSENT)
			r->into->had[i] = IH_HAD_SKIPPED;
		*answer = (struct ih_answer){ .state = IH_NOT_ASKED };
	}
}

/* ---- all of it */

static void
start(struct reading *r)
{
	const struct ih_instrument *here = r->into->here;

	for (size_t i = 0; i < here->item_count; i++)
		r->into->had[i] =
		    r->there != NULL && ih_instrument_item(r->there,
					    here->items[i].id) == NULL ?
			IH_HAD_OPEN :
			IH_HAD_UNSENT;
}

/* The copy is of the questionnaire here from now on. */
static bool
name_here(struct reading *r, struct ih_error *err)
{
	struct ih_continuity *c = r->into;
	xmlNode *root = xmlDocGetRootElement(r->doc);

	if (!case_same(root, "instrument", c->here->id))
		return ih_fail_code(err, IH_INPUT, "E_INSTRUMENT",
		    "these are answers to another instrument than %s",
		    c->here->id);
	c->version = ih_arena_text(c->arena, case_attr(root, "version"));
	c->digest = ih_arena_text(c->arena, case_attr(root, "digest"));
	c->same = strcmp(c->digest, c->here->digest) == 0;
	xmlSetProp(root, (const xmlChar *)"version",
	    (const xmlChar *)c->here->version);
	xmlSetProp(root, (const xmlChar *)"digest",
	    (const xmlChar *)c->here->digest);
	return true;
}

static xmlDoc *
copy_answers(const xmlDoc *facts, struct ih_error *err)
{
	const xmlNode *root = case_root(facts, CASE_SPACE, "case");
	const xmlNode *answers =
	    root != NULL ? case_child(root, ANSWERS_SPACE, "answers") : NULL;
	xmlDoc *doc;

	if (answers == NULL) {
		ih_fail(err, IH_INPUT, "this is no case");
		return NULL;
	}
	doc = xmlNewDoc(NULL);
	/* libxml2 copies a node it does not change. */
	xmlDocSetRootElement(doc,
	    xmlDocCopyNode((xmlNode *)(uintptr_t)answers, doc, 1));
	return doc;
}

static void
count_facts(struct ih_continuity *c)
{
	for (size_t i = 0; i < c->here->item_count; i++)
		c->count[c->had[i]] += c->here->items[i].part == IH_FACTS;
}

struct ih_continuity *
ih_continuity_read(const xmlDoc *facts, const struct ih_instrument *here,
    const struct ih_instrument *there, const char *committee, const char *day,
    struct ih_error *err)
{
	struct ih_arena *arena = ih_arena_new();
	IH_OWNED(ih_continuity) c = ih_arena_take(arena, sizeof *c);
	IH_OWNED(xmlDoc) doc = copy_answers(facts, err);
	struct reading r = { .into = c,
		.there = there,
		.facts = facts,
		.doc = doc };

	c->arena = arena;
	c->here = here;
	if (doc == NULL || !name_here(&r, err))
		return NULL;
	c->had = ih_arena_take(arena, here->item_count * sizeof *c->had);
	r.said = ih_arena_take(arena, here->item_count * sizeof *r.said);
	start(&r);
	take_answers(&r);
	take_consents(&r, committee, day);
	apply_skips(&r);
	c->answers = ih_answers_read(doc, here, err);
	if (c->answers == NULL)
		return NULL;
	count_facts(c);
	return IH_GIVE(c);
}

void
ih_continuity_free(struct ih_continuity *continuity)
{
	if (continuity == NULL)
		return;
	ih_answers_free(continuity->answers);
	ih_arena_free(continuity->arena);
}

/* ---- side by side */

static bool
lists(const struct ih_standing *standing, enum ih_stand_what what,
    const char *id)
{
	for (size_t i = 0; i < standing->count; i++)
		if (standing->list[i].what == what &&
		    (id == NULL || strcmp(standing->list[i].id, id) == 0))
			return true;
	return false;
}

/* All dimensions come or none; of the rest only what is listed, and a rule
 * that is met here. */
static bool
came(const struct ih_standing *there, const struct ih_change *change)
{
	return lists(there, change->what,
		   change->what == IH_STAND_DIMENSION ? NULL : change->id) ||
	       (change->what == IH_STAND_ROW && change->now == IH_STOOD_TRUE);
}

/* Met for sure is all that is written down of a rule. */
static struct ih_change
as_known(const struct ih_standing *there, struct ih_change change)
{
	if (change.what == IH_STAND_ROW && change.was == IH_STOOD_FALSE &&
	    there->at_least != there->at_most)
		change.was = IH_STOOD_UNDETERMINED;
	return change;
}

struct ih_standing
ih_continuity_standing(const struct ih_framework *framework,
    const struct ih_bounds *bounds, struct ih_arena *arena)
{
	struct ih_standing s = ih_standing_of(framework, bounds, arena);
	size_t row = 0;

	for (size_t i = 0; i < s.count; i++)
		if (s.list[i].what == IH_STAND_ROW &&
		    bounds->outcomes[row++] == IH_UNDETERMINED)
			s.list[i].stood = IH_STOOD_UNDETERMINED;
	return s;
}

struct ih_rescore
ih_continuity_compare(const struct ih_standing *there,
    const struct ih_standing *here, struct ih_arena *arena)
{
	struct ih_rescore found = ih_rescore(there, here, arena);
	size_t kept = 0;

	for (size_t i = 0; there != NULL && i < found.count; i++)
		if (came(there, &found.changes[i]))
			found.changes[kept++] =
			    as_known(there, found.changes[i]);
	found.count = kept;
	return found;
}
