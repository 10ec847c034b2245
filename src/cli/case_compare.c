/* ihala case compare CODE - what a case from elsewhere says there and here. */
#include <stdlib.h>
#include <string.h>

#include "asking.h"
#include "case_file.h"
#include "form.h"
#include "ihala/continuity.h"
#include "ihala/explain.h"
#include "ihala/node.h"
#include "interview.h"
#include "knowledge.h"
#include "listing.h"
#include "rescoring.h"
#include "words_keys.h"

#define OPEN_SHOWN 7 /* questions of a kind: more nobody takes in */
#define BESIDES (DESK_FRAMEWORKS + 8)

/* One framework: what came of it there, and here. */
struct beside {
	const char *id, *title;
	const struct ih_framework *framework; /* NULL: unknown here */
	const struct ih_standing *there;      /* NULL: none came */
	const struct ih_standing *here;       /* NULL: not judged here */
	struct ih_assessment *assessment;     /* of HERE */
	struct ih_rescore found;
	size_t unsent; /* questions that would settle it, and did not come */
};

/* A question that would settle something here. */
struct wanted {
	const struct ih_item *item;
	size_t indicators; /* that hang on it, over all frameworks */
	enum ih_had had;
};

typedef struct comparing {
	struct request *request;
	struct ih_case_row row;
	const char *committee; /* ours */
	xmlDoc *facts;
	struct desk *desk;
	struct ih_continuity *came;
	struct beside list[BESIDES];
	size_t count;
	struct wanted *wanted; /* most decisive first */
	size_t wanted_count;
} cli_comparing;

static void
comparing_free(struct comparing *c)
{
	for (size_t i = 0; i < c->count; i++)
		ih_assessment_free(c->list[i].assessment);
	ih_continuity_free(c->came);
	if (c->desk != NULL)
		desk_free(c->desk);
	if (c->facts != NULL)
		xmlFreeDoc(c->facts);
	free(c);
}

IH_OWNER(cli_comparing, comparing_free)

/* ---- what there is to compare */

static const char *
say_texts(const struct comparing *c, const struct ih_texts *texts)
{
	const char *said = ih_texts_say(texts, c->request->tongue);

	return said != NULL ? said : "";
}

static struct beside *
beside_of(struct comparing *c, const char *id)
{
	for (size_t i = 0; i < c->count; i++)
		if (strcmp(c->list[i].id, id) == 0)
			return &c->list[i];
	c->list[c->count] = (struct beside){ .id = id, .title = id };
	return &c->list[c->count++];
}

/* The frameworks of nobody's law, and that of the country here. */
static void
judge_here(struct comparing *c)
{
	struct ih_arena *arena = c->request->arena;

	for (size_t i = 0; i < c->desk->framework_count; i++) {
		const struct ih_framework *f = c->desk->frameworks[i];
		struct ih_standing *here;
		struct beside *b;

		if (!ih_framework_is_for(f, c->committee))
			continue;
		b = beside_of(c, f->id);
		b->framework = f;
		b->title = say_texts(c, &f->title);
		b->assessment = ih_assess(f, c->came->answers);
		here = ih_arena_take(arena, sizeof *here);
		*here =
		    ih_continuity_standing(f, &b->assessment->bounds, arena);
		b->here = here;
	}
}

/* As it came: nothing of it is counted again. */
static bool
read_there(struct comparing *c, struct ih_error *err)
{
	struct ih_arena *arena = c->request->arena;

	for (const xmlNode *n = record_inner(c->facts, "assessment"); n != NULL;
	     n = n->next) {
		struct ih_standing *there;

		if (n->type != XML_ELEMENT_NODE ||
		    strcmp((const char *)n->name, "assessment") != 0)
			continue;
		there = ih_arena_take(arena, sizeof *there);
		if (c->count == BESIDES)
			return ih_fail(err, IH_INPUT,
			    "more assessments than a case has");
		if (!ih_standing_read(n, arena, there, err))
			return false;
		beside_of(c, there->framework)->there = there;
	}
	return true;
}

static void
want(struct comparing *c, struct beside *b, const struct ih_settle *settle)
{
	enum ih_had had = (enum ih_had)c->came->had[settle->item->at];
	size_t i = 0;

	b->unsent += ih_had_asking(had) == IH_ASK_SENDER;
	while (i < c->wanted_count && c->wanted[i].item != settle->item)
		i++;
	if (i == c->wanted_count)
		c->wanted[c->wanted_count++] =
		    (struct wanted){ settle->item, 0, had };
	c->wanted[i].indicators += settle->indicators;
}

static int
more_decisive(const void *a, const void *b)
{
	const struct wanted *one = a, *other = b;

	if (one->indicators != other->indicators)
		return one->indicators > other->indicators ? -1 : 1;
	return one->item->at < other->item->at ? -1 : 1;
}

static void
lay_side_by_side(struct comparing *c)
{
	struct ih_arena *arena = c->request->arena;

	c->wanted =
	    ih_arena_take(arena, c->came->here->item_count * sizeof *c->wanted);
	for (size_t i = 0; i < c->count; i++) {
		struct beside *b = &c->list[i];

		b->found = ih_continuity_compare(b->there, b->here, arena);
		for (size_t k = 0;
		     b->assessment != NULL && k < b->assessment->settle_count;
		     k++)
			want(c, b, &b->assessment->settle[k]);
	}
	if (c->wanted_count > 1)
		qsort(c->wanted, c->wanted_count, sizeof *c->wanted,
		    more_decisive);
}

/* The questionnaire that was asked, where a pack here has it.  To have none
 * is no fault. */
static bool
asked_there(struct comparing *c, struct ih_registry *registry,
    struct ih_instrument **there, struct ih_error *err)
{
	const xmlNode *answers = record_inner(c->facts, "answers");

	*there = knowledge_instrument(registry, c->request,
	    ih_attr(answers, "digest"), err);
	if (*there == NULL && err->kind == IH_ABSENT)
		*err = (struct ih_error){ 0 };
	return err->kind == IH_NONE;
}

static bool
read_case(struct comparing *c, struct ih_registry *registry,
    struct ih_error *err)
{
	const xmlNode *answers = record_inner(c->facts, "answers");
	struct ih_instrument *there = NULL;
	char day[IH_DATE_TEXT];

	if (answers == NULL)
		return ih_fail(err, IH_INPUT, "the record has no interview");
	if (!desk_prepare(c->request, c->desk, ih_attr(answers, "instrument"),
		err) ||
	    !asked_there(c, registry, &there, err))
		return false;
	ih_date_format(ih_instant_date(c->request->world.now), day);
	c->came = ih_continuity_read(c->facts, c->desk->instrument, there,
	    c->committee, day, err);
	ih_instrument_free(there);
	return c->came != NULL;
}

static struct comparing *
compare(struct request *request, struct ih_registry *registry, const char *code,
    struct ih_error *err)
{
	IH_OWNED(cli_comparing) c = ih_zeroed(sizeof *c);

	c->request = request;
	c->committee = ih_registry_committee(registry);
	c->desk = desk_new();
	if (!ih_case_row(registry, code, &c->row, err))
		return NULL;
	if (c->row.origin[0] == '\0') {
		ih_fail_code(err, IH_STATE, "E_NOT_RECEIVED", "%s", code);
		return NULL;
	}
	c->facts = case_document(registry, code, IH_FACTS, err);
	if (c->facts == NULL || !read_case(c, registry, err))
		return NULL;
	judge_here(c);
	if (!read_there(c, err))
		return NULL;
	lay_side_by_side(c);
	return IH_GIVE(c);
}

/* ---- for programs */

static void
form_standing(struct form *f, const char *name, enum ih_found found,
    const struct ih_standing *s)
{
	form_open(f, name, false);
	form_text(f, "outcome", s != NULL ? ih_found_name(found) : "none");
	if (s != NULL) {
		form_text(f, "at-least", ih_level_name(s->at_least));
		form_text(f, "at-most", ih_level_name(s->at_most));
		form_text(f, "version", s->version);
		form_text(f, "digest", s->digest);
		form_text(f, "engine", s->engine);
	}
	form_close(f);
}

/* What a screen calls it: programs go by the id beside it. */
static void
form_title(struct form *f, const struct comparing *c, const char *title)
{
	form_text(f, "title", c->request->at_hand != NULL ? title : NULL);
}

static void
form_changes(struct form *f, const struct comparing *c, const struct beside *b)
{
	const struct ih_rescore *found = &b->found;

	form_list(f, "differences");
	for (size_t i = 0; i < found->count; i++) {
		const struct ih_change *change = &found->changes[i];

		form_open(f, "difference", true);
		form_text(f, "what", ih_stand_name(change->what));
		form_text(f, "id", change->id);
		form_text(f, "there", ih_stood_name(change->was));
		form_text(f, "here", ih_stood_name(change->now));
		form_title(f, c,
		    c->request->at_hand == NULL || b->framework == NULL ?
			NULL :
			rescoring_title(c->request, b->framework, change));
		form_close(f);
	}
	form_list_end(f);
}

static void
form_held(struct form *f, const struct comparing *c, const char *what,
    const char *id, const struct ih_texts *texts,
    const struct ih_source *source)
{
	form_open(f, "holds", true);
	form_text(f, "what", what);
	form_text(f, "id", id);
	form_text(f, "article", source != NULL ? source->article : NULL);
	form_title(f, c, say_texts(c, texts));
	form_close(f);
}

/* What the result here rests on. */
static void
form_holds(struct form *f, const struct comparing *c,
    const struct ih_assessment *a)
{
	form_list(f, "holding");
	for (size_t i = 0; a != NULL && i < a->met_count; i++)
		form_held(f, c, ih_stand_name(IH_STAND_ROW), a->met[i]->id,
		    &a->met[i]->texts, &a->met[i]->source);
	for (size_t i = 0; a != NULL && i < a->framework->indicator_count; i++)
		if (a->bounds.indicators[i] == IH_TRUE)
			form_held(f, c, ih_stand_name(IH_STAND_INDICATOR),
			    a->framework->indicators[i].id,
			    &a->framework->indicators[i].texts,
			    a->framework->indicators[i].sources);
	form_list_end(f);
}

static void
form_besides(struct form *f, const struct comparing *c)
{
	form_list(f, "rules");
	for (size_t i = 0; i < c->count; i++) {
		const struct beside *b = &c->list[i];

		form_open(f, "rules", true);
		form_text(f, "framework", b->id);
		form_text(f, "country",
		    b->framework != NULL ? b->framework->country : NULL);
		form_count(f, "unsent", b->unsent);
		form_title(f, c, b->title);
		form_standing(f, "there", b->found.was, b->there);
		form_standing(f, "here", b->found.now, b->here);
		form_changes(f, c, b);
		form_holds(f, c, b->assessment);
		form_close(f);
	}
	form_list_end(f);
}

static void
form_items(struct form *f, const struct comparing *c)
{
	const struct ih_instrument *here = c->came->here;

	form_list(f, "questions");
	for (size_t i = 0; i < here->item_count; i++) {
		if (here->items[i].part != IH_FACTS)
			continue;
		const char *by =
		    ih_by_name((enum ih_by)c->came->answers->answers[i].by);

		form_open(f, "question", true);
		form_text(f, "item", here->items[i].id);
		form_text(f, "had", ih_had_name((enum ih_had)c->came->had[i]));
		form_text(f, "by", by[0] != '\0' ? by : NULL);
		form_close(f);
	}
	form_list_end(f);
	form_list(f, "settle");
	for (size_t i = 0; i < c->wanted_count; i++) {
		const struct wanted *w = &c->wanted[i];

		form_open(f, "settle", true);
		form_text(f, "item", w->item->id);
		form_count(f, "indicators", w->indicators);
		form_text(f, "ask", ih_asking_name(ih_had_asking(w->had)));
		form_title(f, c, say_texts(c, &w->item->question));
		form_close(f);
	}
	form_list_end(f);
}

static void
form_interview(struct form *f, const struct comparing *c)
{
	const struct ih_answers *said = c->came->answers;
	char day[IH_DATE_TEXT];

	ih_date_format(said->date, day);
	form_open(f, "interview", false);
	form_text(f, "date", day);
	form_text(f, "committee", said->committee);
	form_text(f, "channel", said->channel);
	form_text(f, "language", said->language);
	form_text(f, "stopped", said->stopped ? "true" : NULL);
	form_close(f);
	form_open(f, "questionnaire", false);
	form_text(f, "instrument", c->came->here->id);
	form_text(f, "there", c->came->version);
	form_text(f, "there-digest", c->came->digest);
	form_text(f, "here", c->came->here->version);
	form_text(f, "here-digest", c->came->here->digest);
	form_text(f, "same", c->came->same ? "true" : "false");
	form_close(f);
}

static bool
print_form(const struct comparing *c, struct ih_error *err)
{
	const struct request *request = c->request;
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct form f =
	    form_start(request->format == FORMAT_JSON, out, "comparison");

	form_text(&f, "case", c->row.code);
	form_text(&f, "from", c->row.origin);
	form_text(&f, "their-case", c->row.their_code);
	form_text(&f, "profile",
	    ih_attr(xmlDocGetRootElement(c->facts), "profile"));
	form_text(&f, "training", c->row.training ? "true" : NULL);
	form_interview(&f, c);
	form_besides(&f, c);
	form_items(&f, c);
	return form_end(&f, err) &&
	       put_output(c->request, out->data, out->size, err);
}

/* ---- for people */

/* The word for one of the names a format uses; else the name. */
static const char *
named(const struct comparing *c, const char *room, const char *name)
{
	const char *found = ih_word(c->request->tongue,
	    ih_arena_printf(c->request->arena, "%s%s", room, name));

	return found != NULL ? found : name;
}

#define TELL(c, depth, key, ...)                                               \
	printf("%*s%s\n", 2 * (depth), "",                                     \
	    ih_say((c)->request->arena, (c)->request->tongue, key,             \
		__VA_ARGS__))

/* What cannot wait comes first, as far as what came tells. */
static void
tell_urgent(const struct comparing *c, enum ih_three present, const char *key)
{
	bool first = true;

	for (size_t i = 0; i < c->count; i++) {
		const struct ih_assessment *a = c->list[i].assessment;

		for (size_t k = 0; a != NULL && k < a->framework->urgency_count;
		     k++) {
			if (a->bounds.urgencies[k] != present)
				continue;
			if (first)
				printf("%s\n", word(c->request, key));
			first = false;
			printf("  %s\n",
			    say_texts(c, &a->framework->urgencies[k].texts));
		}
	}
}

static void
tell_interview(const struct comparing *c)
{
	const struct ih_answers *said = c->came->answers;
	const char *profile =
	    ih_attr(xmlDocGetRootElement(c->facts), "profile");
	char day[IH_DATE_TEXT];
	size_t interpreted = 0;

	ih_date_format(said->date, day);
	for (size_t i = 0; i < c->came->here->item_count; i++)
		interpreted += said->answers[i].by == IH_BY_INTERPRETER;
	if (said->training)
		printf("%s\n", word(c->request, W_ASSESS_TRAINING));
	tell_urgent(c, IH_TRUE, W_ASSESS_URGENT_NOW);
	tell_urgent(c, IH_UNDETERMINED, W_ASSESS_URGENT_CHECK);
	TELL(c, 0, W_CONTINUITY_CAME, IH_ARG(c->row.origin),
	    IH_ARG(c->row.their_code), IH_ARG(profile != NULL ? profile : ""));
	TELL(c, 0, W_CONTINUITY_INTERVIEW, IH_ARG(day), IH_ARG(said->committee),
	    IH_ARG(named(c, "continuity.channel.", said->channel)),
	    IH_ARG(named(c, "language.", said->language)));
	if (interpreted > 0)
		TELL(c, 1, W_CONTINUITY_INTERPRETED, IH_NUM(interpreted));
	if (said->stopped)
		printf("  %s\n", word(c->request, W_ASSESS_STOPPED));
	TELL(c, 0,
	    c->came->same ? W_CONTINUITY_QUESTIONNAIRE_SAME :
			    W_CONTINUITY_QUESTIONNAIRE_OTHER,
	    IH_ARG(c->came->here->id), IH_ARG(c->came->version),
	    IH_ARG(c->came->here->version));
}

static bool
tell_counts(const struct comparing *c, struct ih_error *err)
{
	static const char *const titles[IH_HADS] = {
		[IH_HAD_GIVEN] = W_CONTINUITY_HAD_GIVEN,
		[IH_HAD_REFUSED] = W_CONTINUITY_HAD_REFUSED,
		[IH_HAD_UNKNOWN] = W_CONTINUITY_HAD_UNKNOWN,
		[IH_HAD_OPEN] = W_CONTINUITY_HAD_OPEN,
		[IH_HAD_SKIPPED] = W_CONTINUITY_HAD_SKIPPED,
		[IH_HAD_UNSENT] = W_CONTINUITY_HAD_NOT_SENT,
		[IH_HAD_OTHER] = W_CONTINUITY_HAD_OTHER_QUESTION,
	};
	struct counted rows[IH_HADS];

	for (int i = 0; i < IH_HADS; i++)
		rows[i] = (struct counted){ titles[i], c->came->count[i] };
	return listing_print_counts(c->request, W_CONTINUITY_QUESTIONS,
	    W_RESCORE_COUNT, rows, IH_HADS, err);
}

/* A result as one cell; what did not come is never a finding. */
static const char *
cell(const struct comparing *c, enum ih_found found,
    const struct ih_standing *s, const char *none)
{
	return s == NULL ? word(c->request, none) :
			   rescoring_found(c->request, found, s);
}

static bool
tell_table(const struct comparing *c, struct ih_error *err)
{
	static const struct column columns[] = {
		{ "framework", W_CONTINUITY_RULES, false },
		{ "there", W_CONTINUITY_THERE, false },
		{ "version-there", W_COLUMN_VERSION, false },
		{ "here", W_CONTINUITY_HERE, false },
		{ "version-here", W_COLUMN_VERSION, false },
	};
	struct listing list = LISTING(c->request, "rules", "rules", columns);

	for (size_t i = 0; i < c->count; i++) {
		const struct beside *b = &c->list[i];

		LISTING_ADD(&list, b->title,
		    cell(c, b->found.was, b->there, W_CONTINUITY_NOT_SENT),
		    b->there != NULL ? b->there->version : "",
		    cell(c, b->found.now, b->here, W_RESCORE_NONE),
		    b->here != NULL ? b->here->version : "");
	}
	return listing_print(&list, c->request, err);
}

static void
tell_source(const struct comparing *c, const struct ih_framework *f,
    const struct ih_source *source)
{
	struct ih_tongue tongue = { c->request->tongue.lang, "" };

	if (source == NULL || source->article == NULL)
		return;
	/* A law calls its articles as its country does. */
	if (f->country != NULL)
		snprintf(tongue.country, sizeof tongue.country, "%s",
		    f->country);
	printf("      %s\n",
	    ih_say(c->request->arena, tongue, W_ASSESS_SOURCE_ARTICLE,
		IH_ARG(source->text), IH_ARG(source->article)));
}

/* The rule that is met here, and what is met of it. */
static void
tell_holds(const struct comparing *c, const struct ih_assessment *a)
{
	const struct ih_framework *f = a->framework;
	bool first = true;

	if (a->met_count > 0) {
		TELL(c, 1, W_ASSESS_RULE,
		    IH_ARG(say_texts(c, &a->met[0]->texts)),
		    IH_ARG(named(c, "assess.status.", a->met[0]->status)));
		tell_source(c, f, &a->met[0]->source);
	}
	for (size_t i = 0; i < f->indicator_count; i++) {
		if (a->bounds.indicators[i] != IH_TRUE)
			continue;
		if (first)
			printf("  %s\n", word(c->request, W_CONTINUITY_HOLDS));
		first = false;
		printf("    %s\n", say_texts(c, &f->indicators[i].texts));
		tell_source(c, f, f->indicators[i].sources);
	}
}

static void
tell_why(const struct comparing *c, const struct beside *b)
{
	if (b->there != NULL && b->here != NULL &&
	    strcmp(b->there->digest, b->here->digest) != 0)
		TELL(c, 1, W_CONTINUITY_OTHER_RULES, IH_ARG(b->there->version),
		    IH_ARG(b->here->version));
	for (size_t i = 0; i < b->found.count; i++) {
		const struct ih_change *change = &b->found.changes[i];

		TELL(c, 1, W_CONTINUITY_DIFFERS,
		    IH_ARG(rescoring_title(c->request, b->framework, change)),
		    IH_ARG(named(c, "stood.", ih_stood_name(change->was))),
		    IH_ARG(named(c, "stood.", ih_stood_name(change->now))));
	}
	if (b->unsent > 0)
		TELL(c, 1, W_CONTINUITY_BECAUSE_UNSENT, IH_NUM(b->unsent),
		    IH_ARG(c->row.origin));
}

static void
tell_rules(const struct comparing *c)
{
	for (size_t i = 0; i < c->count; i++) {
		const struct beside *b = &c->list[i];

		printf("== %s (%s)\n", b->title, b->id);
		tell_why(c, b);
		if (b->assessment != NULL)
			tell_holds(c, b->assessment);
	}
}

static void
tell_wanted(const struct comparing *c, enum ih_asking asking, const char *key)
{
	size_t told = 0;

	for (size_t i = 0; i < c->wanted_count; i++) {
		const struct wanted *w = &c->wanted[i];

		if (ih_had_asking(w->had) != asking)
			continue;
		if (told == 0)
			TELL(c, 0, key, IH_ARG(c->row.origin));
		if (told++ < OPEN_SHOWN)
			TELL(c, 1, W_ASSESS_SETTLE_ITEM,
			    IH_ARG(say_texts(c, &w->item->question)),
			    IH_ARG(named(c, "continuity.had.",
				ih_had_name(w->had))));
	}
	if (told > OPEN_SHOWN)
		TELL(c, 1, W_ASSESS_SETTLE_MORE, IH_NUM(told - OPEN_SHOWN));
}

/* "(the person)", "(through the interpreter)": who said it. */
static void
tell_answer(const struct comparing *c, const struct ih_item *item)
{
	const struct ih_answer *answer = &c->came->answers->answers[item->at];
	const char *by = ih_by_name((enum ih_by)answer->by);
	const char *question = say_texts(c, &item->question);
	const char *said = ih_explain_answer(item, answer, c->request->tongue,
	    c->request->arena);

	if (by[0] == '\0')
		TELL(c, 1, W_ASSESS_BECAUSE, IH_ARG(question), IH_ARG(said));
	else
		TELL(c, 1, W_ASSESS_BECAUSE_BY, IH_ARG(question), IH_ARG(said),
		    IH_ARG(named(c, "answer.by.", by)));
}

static void
tell_answers(const struct comparing *c)
{
	const struct ih_instrument *here = c->came->here;

	printf("%s\n", word(c->request, W_CONTINUITY_ANSWERS));
	for (size_t i = 0; i < here->item_count; i++)
		if (here->items[i].part == IH_FACTS &&
		    c->came->had[i] <= IH_HAD_UNKNOWN)
			tell_answer(c, &here->items[i]);
}

static bool
print_text(const struct comparing *c, struct ih_error *err)
{
	tell_interview(c);
	if (!tell_counts(c, err))
		return false;
	if (!tell_table(c, err))
		return false;
	printf("%s\n", word(c->request, W_ASSESS_CAUTION));
	tell_rules(c);
	tell_wanted(c, IH_ASK_PERSON, W_CONTINUITY_ASK_PERSON);
	tell_wanted(c, IH_ASK_SENDER, W_CONTINUITY_ASK_SENDER);
	tell_wanted(c, IH_ASK_NOBODY, W_CONTINUITY_ASK_NOBODY);
	tell_answers(c);
	return asking_tell(c->request, c->facts, err);
}

bool
case_side_by_side(struct request *request, struct ih_registry *registry,
    const char *code, struct ih_error *err)
{
	IH_OWNED(cli_comparing) c = compare(request, registry, code, err);

	if (c == NULL)
		return false;
	return request->format == FORMAT_TEXT ? print_text(c, err) :
						print_form(c, err);
}

bool
case_compare(struct request *request, struct ih_error *err)
{
	char code[IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = open_registry(request, err);

	return registry != NULL && case_code(request->words[0], code, err) &&
	       case_side_by_side(request, registry, code, err);
}
