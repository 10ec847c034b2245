/* This is where the plan of a case is read, changed and written anew. */
#include "ihala/plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/consent.h"
#include "ihala/date.h"
#include "ihala/element.h"
#include "ihala/node.h"
#include "ihala/record.h"
#include "ihala/xml.h"

#define CASE_SPACE "urn:ihala:case:1"

static const char *
attr_of(const xmlNode *node, const char *name)
{
	const char *value = ih_attr(node, name);

	return value != NULL ? value : "";
}

/* ---- reading */

static struct ih_plan_step *
add_step(struct ih_arena *arena, struct ih_plan_item *item)
{
	item->steps = ih_arena_more(arena, item->steps, item->step_count,
	    &item->step_room, sizeof *item->steps);
	return &item->steps[item->step_count++];
}

static struct ih_plan_item *
add_item(struct ih_arena *arena, struct ih_plan *plan)
{
	plan->items = ih_arena_more(arena, plan->items, plan->count,
	    &plan->room, sizeof *plan->items);
	return &plan->items[plan->count++];
}

static void
add_view(struct ih_arena *arena, struct ih_plan *plan, struct ih_plan_view view)
{
	plan->views = ih_arena_more(arena, plan->views, plan->view_count,
	    &plan->view_room, sizeof *plan->views);
	plan->views[plan->view_count++] = view;
}

static void
add_agreement(struct ih_arena *arena, struct ih_plan *plan,
    struct ih_plan_agreement agreement)
{
	plan->agreements =
	    ih_arena_more(arena, plan->agreements, plan->agreement_count,
		&plan->agreement_room, sizeof *plan->agreements);
	plan->agreements[plan->agreement_count++] = agreement;
}

/* The words of <objective>; "" where there is none. */
static const char *
objective_of(struct ih_arena *arena, const xmlNode *node)
{
	const xmlNode *objective = ih_child(node, "objective");

	return objective != NULL ? ih_text_of(arena, objective) : "";
}

static void
read_item(struct ih_arena *arena, struct ih_plan *plan, const xmlNode *node)
{
	struct ih_plan_item *item = add_item(arena, plan);

	*item = (struct ih_plan_item){ .id = attr_of(node, "id"),
		.need = attr_of(node, "need"),
		.service = attr_of(node, "service"),
		.provider = attr_of(node, "provider"),
		.due = attr_of(node, "due"),
		.state = attr_of(node, "state"),
		.cause = attr_of(node, "cause"),
		.result = attr_of(node, "result"),
		.objective = objective_of(arena, node) };
	for (const xmlNode *n = ih_child(node, "step"); n;
	     n = ih_next(n, "step"))
		*add_step(arena, item) =
		    (struct ih_plan_step){ attr_of(n, "event"),
			    attr_of(n, "date") };
}

struct ih_plan
ih_plan_read(struct ih_arena *arena, const xmlDoc *facts)
{
	const xmlNode *root = ih_record_plan(facts);
	struct ih_plan plan = { .review = "" };

	if (root == NULL)
		return plan;
	plan.review = attr_of(root, "review");
	for (const xmlNode *n = ih_child(root, NULL); n; n = ih_next(n, NULL))
		if (ih_is(n, "item"))
			read_item(arena, &plan, n);
		else if (ih_is(n, "view"))
			add_view(arena, &plan,
			    (struct ih_plan_view){ attr_of(n, "date"),
				ih_text_of(arena, n) });
		else
			add_agreement(arena, &plan,
			    (struct ih_plan_agreement){ attr_of(n, "date"),
				attr_of(n, "said"), attr_of(n, "mode") });
	return plan;
}

/* ---- writing */

static void
write_item(struct ih_writer *w, const struct ih_plan_item *item)
{
	ih_open(w, "item");
	ih_put(w, "id", item->id);
	ih_put(w, "need", item->need);
	ih_put_if(w, "service", item->service);
	ih_put_if(w, "provider", item->provider);
	ih_put_if(w, "due", item->due);
	ih_put(w, "state", item->state);
	ih_put_if(w, "cause", item->cause);
	ih_put_if(w, "result", item->result);
	if (item->objective[0] != '\0')
		ih_leaf(w, "objective", item->objective);
	for (size_t i = 0; i < item->step_count; i++) {
		ih_open(w, "step");
		ih_put(w, "event", item->steps[i].event);
		ih_put(w, "date", item->steps[i].date);
		ih_close(w);
	}
	ih_close(w);
}

static void
write_said(struct ih_writer *w, const struct ih_plan *plan)
{
	for (size_t i = 0; i < plan->view_count; i++) {
		ih_open(w, "view");
		ih_put(w, "date", plan->views[i].date);
		ih_say_text(w, plan->views[i].text);
		ih_close(w);
	}
	for (size_t i = 0; i < plan->agreement_count; i++) {
		ih_open(w, "agreement");
		ih_put(w, "date", plan->agreements[i].date);
		ih_put(w, "said", plan->agreements[i].said);
		ih_put(w, "mode", plan->agreements[i].mode);
		ih_close(w);
	}
}

/* PLAN in the place of that of FACTS. */
static bool
write_plan(xmlDoc *facts, const struct ih_plan *plan, struct ih_buffer *out,
    struct ih_error *err)
{
	IH_OWNED(ih_buffer) bytes = ih_buffer_new();
	struct ih_writer w = ih_write_to(bytes);

	ih_open(&w, "plan");
	ih_put(&w, "xmlns", CASE_SPACE);
	ih_put_if(&w, "review", plan->review);
	for (size_t i = 0; i < plan->count; i++)
		write_item(&w, &plan->items[i]);
	write_said(&w, plan);
	ih_close(&w);
	if (!ih_write_end(&w, err))
		return false;
	IH_OWNED(xmlDoc) doc =
	    ih_xml_read("plan", bytes->data, bytes->size, err);
	return doc != NULL &&
	       ih_record_set_plan(facts, xmlDocGetRootElement(doc), out, err);
}

/* ---- changing */

struct changing {
	const struct ih_plan_rules *rules;
	struct ih_arena *arena;
	struct ih_plan plan;
	struct ih_error *err;
};

static bool
refuse(struct changing *c, const xmlNode *node, enum ih_kind kind,
    const char *code)
{
	return ih_fail_code(c->err, kind, code, "line %ld", ih_line(node));
}

static struct ih_plan_item *
find_item(struct changing *c, const char *id)
{
	for (size_t i = 0; i < c->plan.count; i++)
		if (strcmp(c->plan.items[i].id, id) == 0)
			return &c->plan.items[i];
	return NULL;
}

static bool
is_day(const char *text)
{
	struct ih_date date;

	return ih_date_parse(text, &date) && date.day != 0;
}

/* What <add> and <set> say beside the need. */
static bool
take_details(struct changing *c, const xmlNode *node, struct ih_plan_item *item)
{
	const char *id = attr_of(node, "service"), *due = attr_of(node, "due");
	const char *objective = objective_of(c->arena, node);
	const struct ih_service *service =
	    ih_services_find(c->rules->services, id);

	if (id[0] != '\0' &&
	    (service == NULL || !ih_service_meets(service, item->need)))
		return refuse(c, node, IH_INPUT, "E_PLAN_SERVICE");
	if (due[0] != '\0' && !is_day(due))
		return refuse(c, node, IH_INPUT, "E_PLAN_DAY");
	/* Who was asked for one service was not asked for another. */
	if (id[0] != '\0' && strcmp(id, item->service) != 0)
		item->provider = "";
	if (id[0] != '\0')
		item->service = id;
	if (due[0] != '\0')
		item->due = due;
	if (objective[0] != '\0')
		item->objective = objective;
	return true;
}

static bool
add(struct changing *c, const xmlNode *node)
{
	const char *id = attr_of(node, "id"), *need = attr_of(node, "need");

	if (c->plan.count == IH_PLAN_ITEMS)
		return refuse(c, node, IH_INPUT, "E_PLAN_FULL");
	if (find_item(c, id) != NULL)
		return refuse(c, node, IH_INPUT, "E_PLAN_ITEM");
	if (ih_named_find(&c->rules->services->needs, need) == NULL)
		return refuse(c, node, IH_INPUT, "E_PLAN_NEED");
	struct ih_plan_item *item = add_item(c->arena, &c->plan);

	*item = (struct ih_plan_item){ .id = id,
		.need = need,
		.service = "",
		.provider = "",
		.due = "",
		.state = ih_moves_start(c->rules->moves),
		.cause = "",
		.result = "",
		.objective = "" };
	return take_details(c, node, item);
}

static bool
set(struct changing *c, const xmlNode *node)
{
	struct ih_plan_item *item = find_item(c, attr_of(node, "item"));

	return item != NULL ? take_details(c, node, item) :
			      refuse(c, node, IH_INPUT, "E_PLAN_ITEM");
}

/* A provider is said once and stays; each is looked at again when something
 * is asked of it. */
static bool
take_provider(struct changing *c, const xmlNode *node,
    struct ih_plan_item *item)
{
	const char *provider = attr_of(node, "provider");
	char place[32];

	if (provider[0] != '\0')
		item->provider = provider;
	if (item->provider[0] == '\0' || item->service[0] == '\0')
		return refuse(c, node, IH_INPUT, "E_PLAN_ASKS");
	if (c->rules->may(item->provider, item->service, c->rules->with,
		c->err))
		return true;
	snprintf(place, sizeof place, "line %ld", ih_line(node));
	return ih_fail_in(c->err, place);
}

static bool
take_id(struct changing *c, const xmlNode *node, const char *name,
    const struct ih_named_list *list, const char **taken)
{
	*taken = attr_of(node, name);
	return ih_named_find(list, *taken) != NULL ||
	       refuse(c, node, IH_INPUT, "E_PLAN_ASKS");
}

/* What the move asks for.  What belonged to the state before goes with it. */
static bool
take_asked(struct changing *c, const xmlNode *node, const struct ih_move *move,
    struct ih_plan_item *item)
{
	const struct ih_services *services = c->rules->services;

	item->cause = move->cause;
	item->result = "";
	if (ih_consent_names(move->asks, "provider") &&
	    !take_provider(c, node, item))
		return false;
	if (ih_consent_names(move->asks, "cause") &&
	    !take_id(c, node, "cause", &services->causes, &item->cause))
		return false;
	return !ih_consent_names(move->asks, "result") ||
	       take_id(c, node, "result", &services->results, &item->result);
}

static bool
move(struct changing *c, const xmlNode *node)
{
	struct ih_plan_item *item = find_item(c, attr_of(node, "item"));
	const struct ih_move *move;

	if (item == NULL)
		return refuse(c, node, IH_INPUT, "E_PLAN_ITEM");
	move =
	    ih_moves_find(c->rules->moves, item->state, attr_of(node, "event"));
	if (move == NULL)
		return refuse(c, node, IH_STATE, "E_PLAN_MOVE");
	if (!ih_roles_act_as(c->rules->roles, move->role))
		return refuse(c, node, IH_DENIED, "E_ROLE");
	if (item->step_count == IH_PLAN_NOTES)
		return refuse(c, node, IH_INPUT, "E_PLAN_FULL");
	if (!take_asked(c, node, move, item))
		return false;
	item->state = move->to;
	*add_step(c->arena, item) =
	    (struct ih_plan_step){ move->event, c->rules->day };
	return true;
}

static bool
view(struct changing *c, const xmlNode *node)
{
	if (c->plan.view_count == IH_PLAN_NOTES)
		return refuse(c, node, IH_INPUT, "E_PLAN_FULL");
	add_view(c->arena, &c->plan,
	    (struct ih_plan_view){ c->rules->day, ih_text_of(c->arena, node) });
	return true;
}

static bool
agreement(struct changing *c, const xmlNode *node)
{
	if (c->plan.agreement_count == IH_PLAN_NOTES)
		return refuse(c, node, IH_INPUT, "E_PLAN_FULL");
	add_agreement(c->arena, &c->plan,
	    (struct ih_plan_agreement){ c->rules->day, attr_of(node, "said"),
		attr_of(node, "mode") });
	return true;
}

static const struct {
	const char *name;
	bool (*make)(struct changing *c, const xmlNode *node);
} makers[] = {
	{ "add", add },
	{ "set", set },
	{ "move", move },
	{ "view", view },
	{ "agreement", agreement },
};

static bool
make(struct changing *c, const xmlNode *node)
{
	for (size_t i = 0; i < sizeof makers / sizeof makers[0]; i++)
		if (ih_is(node, makers[i].name))
			return makers[i].make(c, node);
	return true; /* the schema knows no other */
}

static bool
make_all(struct changing *c, const xmlNode *root)
{
	const char *review = attr_of(root, "review");

	if (review[0] != '\0' && !is_day(review))
		return refuse(c, root, IH_INPUT, "E_PLAN_DAY");
	if (review[0] != '\0')
		c->plan.review = review;
	for (const xmlNode *n = ih_child(root, NULL); n; n = ih_next(n, NULL))
		if (!make(c, n))
			return false;
	return true;
}

bool
ih_plan_apply(xmlDoc *facts, const xmlDoc *changes,
    const struct ih_plan_rules *rules, struct ih_buffer *out,
    struct ih_error *err)
{
	IH_OWNED(ih_arena) arena = ih_arena_new();
	struct changing c = { .rules = rules, .arena = arena, .err = err };
	const xmlNode *root = xmlDocGetRootElement(changes);

	c.plan = ih_plan_read(arena, facts);
	if (strcmp(ih_plan_changes_case(changes), ih_record_code(facts)) != 0)
		return refuse(&c, root, IH_INPUT, "E_PLAN_CASE");
	return make_all(&c, root) && write_plan(facts, &c.plan, out, err);
}

const char *
ih_plan_changes_case(const xmlDoc *changes)
{
	return attr_of(xmlDocGetRootElement(changes), "case");
}

long
ih_plan_changes_version(const xmlDoc *changes)
{
	return strtol(attr_of(xmlDocGetRootElement(changes), "version"), NULL,
	    10);
}

/* ---- counting */

void
ih_plan_count_unmet(const xmlDoc *facts, const struct ih_services *services,
    const struct ih_moves *moves, size_t counts[])
{
	IH_OWNED(ih_arena) arena = ih_arena_new();
	struct ih_plan plan = ih_plan_read(arena, facts);

	for (size_t i = 0; i < plan.count; i++) {
		const struct ih_named *cause =
		    ih_moves_means(moves, plan.items[i].state, "unmet") ?
			ih_named_find(&services->causes, plan.items[i].cause) :
			NULL;

		if (cause != NULL)
			counts[cause - services->causes.rows]++;
	}
}
