/* This is where determinations are read, held to the law that they name, and
 * added to a case. */
#include "ihala/determination.h"

#include <stdlib.h>
#include <string.h>

#include "case_tree.h"
#include "ihala/node.h"

static const char *const names[IH_DECIDED_KINDS] = {
	[IH_PROPOSED] = "proposed",
	[IH_DETERMINED] = "determination",
	[IH_SERVED] = "served",
	[IH_ASKED_AGAIN] = "reconsideration",
};

const char *
ih_decided_name(enum ih_decided_kind kind)
{
	return names[kind];
}

/* ---- the file */

static const char *
text_in(const xmlNode *node, const char *name, struct ih_arena *arena)
{
	const xmlNode *child = ih_child(node, name);

	return child != NULL ? ih_text_of(arena, child) : NULL;
}

static const char *
kept(const xmlNode *node, const char *name, struct ih_arena *arena)
{
	const char *value = ih_attr(node, name);

	return value != NULL ? ih_arena_text(arena, value) : NULL;
}

static struct ih_decided
read_entry(const xmlNode *n, struct ih_arena *arena)
{
	return (struct ih_decided){
		.state = kept(n, "state", arena),
		.body = kept(n, "body", arena),
		.law = kept(n, "law", arena),
		.article = kept(n, "article", arena),
		.date = kept(n, "date", arena),
		.by = kept(n, "by", arena),
		.second = kept(n, "second", arena),
		.until = kept(n, "until", arena),
		.how = kept(n, "how", arena),
		.language = kept(n, "language", arena),
		.with = kept(n, "with", arena),
		.asked = kept(n, "asked", arena),
		.grounds = text_in(n, "grounds", arena),
		.differs = text_in(n, "differs", arena),
	};
}

struct ih_decided
ih_decided_read(const xmlDoc *doc, struct ih_arena *arena)
{
	return read_entry(xmlDocGetRootElement(doc), arena);
}

/* ---- the law */

static bool
is_named(const xmlNode *node, const char *attribute, const char *value)
{
	const char *found = ih_attr(node, attribute);

	return found != NULL && strcmp(found, value) == 0;
}

static const xmlNode *
law_named(const xmlNode *root, const char *id)
{
	const xmlNode *law = ih_child(root, "law");

	while (law != NULL && !is_named(law, "id", id))
		law = ih_next(law, "law");
	return law;
}

/* The articles of a law, each told. */
struct articles {
	const xmlNode *law;
	const char *id;
	ih_article_seen *each;
	void *with;
};

/* NODE and what is in it: articles of the law where INSIDE, or where they say
 * so themselves. */
static void
look(const xmlNode *node, bool inside, const struct articles *a)
{
	const char *article = ih_attr(node, "article");

	inside |= is_named(node, "law", a->id) ||
		  (ih_is(node, "law") && is_named(node, "id", a->id));
	if (inside && article != NULL)
		a->each(a->law, article, a->with);
	for (const xmlNode *n = ih_child(node, NULL); n; n = ih_next(n, NULL))
		look(n, inside, a);
}

/* What is looked for, and what was found. */
struct sought {
	const char *article;
	bool any, found;
};

static void
seek(const xmlNode *law, const char *article, void *with)
{
	struct sought *sought = with;

	(void)law;
	sought->any = true;
	sought->found |= strcmp(article, sought->article) == 0;
}

/* The article under which this body determines, where the mechanism has it. */
static bool
is_its_own(const struct ih_mechanism *m, const struct ih_decided *decided)
{
	for (size_t i = 0; i < m->determination_count; i++)
		if (strcmp(m->determinations[i].body->id, decided->body) == 0 &&
		    m->determinations[i].article != NULL &&
		    strcmp(m->determinations[i].article, decided->article) == 0)
			return true;
	return false;
}

bool
ih_decided_is_founded(const struct ih_decided *decided,
    const struct ih_mechanism *mechanism, struct ih_error *err)
{
	const xmlNode *root = xmlDocGetRootElement(mechanism->doc);
	struct sought sought = { decided->article, false, false };
	const struct articles a = { NULL, decided->law, seek, &sought };

	if (decided->body == NULL ||
	    ih_mechanism_body(mechanism, decided->body) == NULL)
		return ih_fail_code(err, IH_INPUT, "E_DECIDED_BODY",
		    "mechanism %s, @body", mechanism->code);
	if (law_named(root, decided->law) != NULL)
		look(root, false, &a);
	else
		sought.any = true;
	return sought.found || !sought.any ||
	       (law_named(root, decided->law) != NULL &&
		   is_its_own(mechanism, decided)) ||
	       ih_fail_code(err, IH_INPUT, "E_DECIDED_LAW",
		   "mechanism %s, @law, @article", mechanism->code);
}

static void
count_article(const xmlNode *law, const char *article, void *with)
{
	(void)law, (void)article;
	++*(size_t *)with;
}

void
ih_decided_each_article(const struct ih_mechanism *mechanism,
    ih_article_seen *each, void *with)
{
	const xmlNode *root = xmlDocGetRootElement(mechanism->doc);

	for (const xmlNode *law = ih_child(root, "law"); law != NULL;
	     law = ih_next(law, "law")) {
		const char *id = ih_attr(law, "id");
		size_t count = 0;
		struct articles a = { law, id, count_article, &count };

		look(root, false, &a);
		if (count == 0)
			each(law, "", with);
		a.each = each;
		a.with = with;
		look(root, false, &a);
		for (size_t i = 0; i < mechanism->determination_count; i++)
			if (mechanism->determinations[i].article != NULL)
				each(law, mechanism->determinations[i].article,
				    with);
	}
}

/* ---- the list in a case */

const char *
ih_decided_outcome(const xmlDoc *facts)
{
	const xmlNode *root = case_root(facts, CASE_SPACE, "case");
	const xmlNode *main =
	    root != NULL ? case_child(root, ASSESSMENT_SPACE, "assessment") :
			   NULL;
	const xmlNode *outcome =
	    main != NULL ? ih_child(main, "outcome") : NULL;

	return outcome != NULL ? case_attr(outcome, "level") : "";
}

/* The kind of NODE; IH_DECIDED_KINDS: it is of another list. */
static enum ih_decided_kind
kind_of(const xmlNode *node)
{
	int kind = 0;

	if (strcmp((const char *)node->ns->href, CASE_SPACE) != 0)
		return IH_DECIDED_KINDS;
	while (kind < IH_DECIDED_KINDS && !ih_is(node, names[kind]))
		kind++;
	return (enum ih_decided_kind)kind;
}

static long
number_in(const xmlNode *node, const char *name)
{
	const char *value = ih_attr(node, name);

	return value != NULL ? strtol(value, NULL, 10) : 0;
}

const struct ih_decided *
ih_decided_list(const xmlDoc *facts, struct ih_arena *arena, size_t *count)
{
	const xmlNode *root = case_root(facts, CASE_SPACE, "case");
	size_t room = root != NULL ? ih_children(root, NULL) : 0;
	struct ih_decided *list =
	    ih_arena_take(arena, (room + 1) * sizeof *list);

	*count = 0;
	for (const xmlNode *n = root != NULL ? ih_child(root, NULL) : NULL;
	     n != NULL; n = ih_next(n, NULL)) {
		enum ih_decided_kind kind = kind_of(n);

		if (kind == IH_DECIDED_KINDS)
			continue;
		list[*count] = read_entry(n, arena);
		list[*count].kind = kind;
		list[*count].number = number_in(n, "number");
		list[*count].of =
		    number_in(n, kind == IH_DETERMINED ? "supersedes" : "of");
		++*count;
	}
	return list;
}

const struct ih_decided *
ih_decided_last(const struct ih_decided *list, size_t count,
    enum ih_decided_kind kind)
{
	while (count-- > 0)
		if (list[count].kind == kind)
			return &list[count];
	return NULL;
}

const struct ih_decided *
ih_decided_open(const struct ih_decided *list, size_t count)
{
	return count > 0 && list[count - 1].kind == IH_PROPOSED ?
		   &list[count - 1] :
		   NULL;
}

/* ---- adding */

static void
write_entry(struct ih_writer *w, const void *with)
{
	const struct ih_decided *e = with;
	const struct {
		const char *name, *value;
	} attributes[] = {
		{ "state", e->state },
		{ "body", e->body },
		{ "law", e->law },
		{ "date", e->date },
		{ "how", e->how },
		{ "language", e->language },
		{ "with", e->with },
		{ "asked", e->asked },
		{ "by", e->by },
		{ "second", e->second },
		{ "until", e->until },
	};

	ih_open(w, names[e->kind]);
	ih_put_number(w, "number", e->number);
	if (e->of > 0)
		ih_put_number(w, e->kind == IH_DETERMINED ? "supersedes" : "of",
		    e->of);
	for (size_t i = 0; i < sizeof attributes / sizeof attributes[0]; i++)
		ih_put_if(w, attributes[i].name, attributes[i].value);
	if (e->state != NULL) /* nobody decided: there is none */
		ih_put(w, "article", e->article != NULL ? e->article : "");
	if (e->grounds != NULL)
		ih_leaf(w, "grounds", e->grounds);
	if (e->differs != NULL)
		ih_leaf(w, "differs", e->differs);
	ih_close(w);
}

bool
ih_decided_add(const xmlDoc *facts, const struct ih_decided *entry,
    const char *state, struct ih_buffer *out, struct ih_error *err)
{
	IH_OWNED(ih_arena) arena = ih_arena_new();
	struct ih_decided added = *entry;
	size_t count;
	const struct ih_decided *list = ih_decided_list(facts, arena, &count);
	const struct ih_decided *before =
	    ih_decided_last(list, count, IH_DETERMINED);
	bool needs = entry->kind == IH_SERVED || entry->kind == IH_ASKED_AGAIN;

	if (needs && before == NULL)
		return ih_fail_code(err, IH_STATE, "E_DECIDED_NONE", "%s", "");
	added.number = (long)count + 1;
	added.of =
	    before != NULL && entry->kind != IH_PROPOSED ? before->number : 0;
	return ih_record_add_decided(facts, write_entry, &added, state, out,
	    err);
}
