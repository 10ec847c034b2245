/* ihala plan suggest|show|apply|unmet|services - what is needed, and what came
 * of it. */
#include "ihala/plan.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "case_file.h"
#include "ihala/consent.h"
#include "ihala/date.h"
#include "ihala/element.h"
#include "ihala/ledger.h"
#include "ihala/node.h"
#include "ihala/provider.h"
#include "ihala/schema.h"
#include "ihala/user.h"
#include "listing.h"
#include "words_keys.h"

enum { AT_ONCE = 256 }; /* cases that are counted in one transaction */

#define REVIEWED "review-plan" /* in xml/lifecycle/case.xml */

/* One plan, and what it is held against. */
typedef struct planning {
	struct request *request;
	struct ih_registry *registry; /* borrowed */
	struct ih_services *services;
	struct ih_moves *moves;
	xmlDoc *facts;
	struct ih_case_row row;
	char code[IH_CODE_TEXT], today[IH_DATE_TEXT];
	struct ih_plan plan;
} cli_planning;

static void
planning_free(struct planning *p)
{
	if (p->facts != NULL)
		xmlFreeDoc(p->facts);
	ih_moves_free(p->moves);
	ih_services_free(p->services);
	free(p);
}
IH_OWNER(cli_planning, planning_free)

/* The catalogue and the moves; no case yet. */
static struct planning *
planning_start(struct request *request, struct ih_registry *registry,
    struct ih_error *err)
{
	IH_OWNED(cli_planning) p = ih_zeroed(sizeof *p);

	p->request = request;
	p->registry = registry;
	ih_date_format(ih_instant_date(request->world.now), p->today);
	p->services = ih_services_load(request->library,
	    ih_registry_committee(registry), err);
	if (p->services == NULL)
		return NULL;
	p->moves = ih_moves_read(request->library, IH_PLAN_MOVES, err);
	return p->moves != NULL ? IH_GIVE(p) : NULL;
}

/* The case that was named, as it stands now. */
static struct planning *
planning_open(struct request *request, struct ih_registry *registry,
    enum ih_action action, struct ih_error *err)
{
	IH_OWNED(cli_planning)
	p = planning_start(request, registry, err);

	if (p == NULL || !case_code(request->words[0], p->code, err) ||
	    !ih_case_row(registry, p->code, &p->row, err) ||
	    !ih_registry_may(registry, action, p->code, err) ||
	    (action == IH_MAY_PLAN && !case_is_ours(registry, p->code, err)))
		return NULL;
	p->facts = case_document(registry, p->code, IH_FACTS, err);
	if (p->facts == NULL)
		return NULL;
	p->plan = ih_plan_read(request->arena, p->facts);
	return IH_GIVE(p);
}

/* ---- what is suggested */

static bool
is_planned(const struct planning *p, const char *service)
{
	for (size_t i = 0; i < p->plan.count; i++)
		if (strcmp(p->plan.items[i].service, service) == 0)
			return true;
	return false;
}

/* The needs that were named in the interview and that SERVICE meets. */
static const char *
asked_of(struct planning *p, const struct ih_service *service)
{
	const char *asked = "";

	for (size_t i = 0; i < p->services->needs.count; i++) {
		const char *need = p->services->needs.rows[i].id;

		if (ih_service_meets(service, need) &&
		    ih_services_asked(p->services, p->facts, need))
			asked = ih_arena_printf(p->request->arena, "%s%s%s",
			    asked, asked[0] != '\0' ? " " : "", need);
	}
	return asked;
}

/* For people by its name, for programs by its id. */
static const char *
stage_text(const struct request *request, const struct ih_stage *stage)
{
	if (stage == NULL)
		return "";
	return request->format == FORMAT_TEXT ?
		   ih_texts_say(&stage->name, request->tongue) :
		   stage->id;
}

static void
suggest_one(struct planning *p, struct listing *listing, const char *situation,
    const struct ih_stage *stage, const struct ih_service *service)
{
	struct request *request = p->request;
	bool now = stage == NULL ||
		   ih_consent_names(stage->files, p->row.state[IH_FILE]);

	LISTING_ADD(listing, situation, stage_text(request, stage),
	    yes_or_no(request, now), asked_of(p, service),
	    yes_or_no(request, is_planned(p, service->id)), service->id,
	    ih_texts_say(&service->name, request->tongue), yes_code(now));
}

/* What was asked for comes first, whatever the situation. */
static void
suggest_asked(struct planning *p, struct listing *listing)
{
	for (size_t i = 0; i < p->services->service_count; i++) {
		const struct ih_service *service = &p->services->services[i];

		if (asked_of(p, service)[0] != '\0')
			suggest_one(p, listing, "", NULL, service);
	}
}

static void
suggest_stage(struct planning *p, struct listing *listing,
    const struct ih_circuit *circuit, const struct ih_stage *stage)
{
	const char *list = stage->services;

	while (*list != '\0') {
		size_t length = strcspn(list, " ");

		suggest_one(p, listing, circuit->situation, stage,
		    ih_services_find(p->services,
			ih_arena_printf(p->request->arena, "%.*s", (int)length,
			    list)));
		list += length;
		list += strspn(list, " ");
	}
}

static bool
suggest(struct request *request, struct ih_error *err)
{
	static const struct column columns[] = {
		{ "situation", W_COLUMN_SITUATION, false },
		{ "stage", W_COLUMN_STAGE, false },
		{ "now", W_COLUMN_NOW, false },
		{ "asked", W_COLUMN_ASKED, false },
		{ "planned", W_COLUMN_PLANNED, false },
		{ "service", W_COLUMN_SERVICE, false },
		{ "name", W_COLUMN_NAME, false },
		{ "now-code", W_COLUMN_NOW, false },
	};
	struct listing listing =
	    LISTING_CODED(request, "suggestions", "suggestion", columns, 1);
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	IH_OWNED(cli_planning)
	p = registry != NULL ?
		planning_open(request, registry, IH_MAY_SEE_PLAN, err) :
		NULL;

	if (p == NULL)
		return false;
	suggest_asked(p, &listing);
	for (size_t i = 0; i < p->services->situation_count; i++) {
		const struct ih_situation *s = &p->services->situations[i];
		const struct ih_circuit *circuit =
		    ih_situation_holds(s, p->facts) ?
			ih_services_circuit(p->services, s->id) :
			NULL;

		for (size_t k = 0; circuit != NULL && k < circuit->count; k++)
			suggest_stage(p, &listing, circuit,
			    &circuit->stages[k]);
	}
	fprintf(stderr, "%s\n", word(request, W_PLAN_SUGGESTED));
	return listing_print(&listing, request, err);
}

/* ---- the plan as it stands */

static const char *
agreement_word(const struct request *request,
    const struct ih_plan_agreement *agreement)
{
	return ih_word(request->tongue,
	    ih_arena_printf(request->arena, "plan.agreement.%s",
		agreement->said));
}

/* What the person says, and when all of it is looked at again. */
static void
say_rest(struct request *request, const struct ih_plan *plan)
{
	struct ih_arena *arena = request->arena;

	for (size_t i = 0; i < plan->view_count; i++)
		printf("%s\n",
		    ih_say(arena, request->tongue, W_PLAN_VIEW,
			IH_ARG(plan->views[i].date),
			IH_ARG(listing_line(arena, plan->views[i].text))));
	for (size_t i = 0; i < plan->agreement_count; i++)
		printf("%s\n",
		    ih_say_pattern(arena, request->tongue,
			agreement_word(request, &plan->agreements[i]), 1,
			&IH_ARG(plan->agreements[i].date)));
	if (plan->review[0] != '\0')
		printf("%s\n", ih_say(arena, request->tongue, W_PLAN_REVIEW,
				   IH_ARG(plan->review)));
}

static bool
print_items(struct planning *p, struct ih_error *err)
{
	static const struct column columns[] = {
		{ "item", W_COLUMN_ID, false },
		{ "need", W_COLUMN_NEED, false },
		{ "service", W_COLUMN_SERVICE, false },
		{ "provider", W_COLUMN_PROVIDER, false },
		{ "due", W_COLUMN_DUE, false },
		{ "state", W_COLUMN_STATE, false },
		{ "cause", W_COLUMN_CAUSE, false },
		{ "result", W_COLUMN_RESULT, false },
		{ "objective", W_COLUMN_OBJECTIVE, false },
	};
	struct request *request = p->request;
	struct listing listing = LISTING(request, "plan", "item", columns);

	for (size_t i = 0; i < p->plan.count; i++) {
		const struct ih_plan_item *item = &p->plan.items[i];

		LISTING_ADD(&listing, item->id, item->need, item->service,
		    item->provider, item->due,
		    request->format == FORMAT_TEXT ?
			ih_moves_say(p->moves, item->state, request->tongue) :
			item->state,
		    item->cause, item->result,
		    listing_line(request->arena, item->objective));
	}
	return listing_print(&listing, request, err);
}

/* All of it, as it stands in the case. */
static bool
print_document(struct planning *p, struct ih_error *err)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_writer w = ih_write_to(out);
	const xmlNode *plan = ih_record_plan(p->facts);

	if (plan == NULL)
		return print_items(p, err);
	ih_copy(&w, plan);
	return ih_write_end(&w, err) &&
	       put_output(p->request, out->data, out->size, err);
}

static bool
show(struct request *request, struct ih_error *err)
{
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	IH_OWNED(cli_planning)
	p = registry != NULL ?
		planning_open(request, registry, IH_MAY_SEE_PLAN, err) :
		NULL;

	if (p == NULL)
		return false;
	say(request, W_PLAN_VERSION, IH_NUM(p->row.version));
	if (request->format == FORMAT_XML)
		return print_document(p, err);
	if (!print_items(p, err))
		return false;
	if (request->format == FORMAT_TEXT)
		say_rest(request, &p->plan);
	return true;
}

/* ---- changing it */

static bool
may_refer(const char *provider, const char *service, void *with,
    struct ih_error *err)
{
	struct planning *p = with;
	IH_OWNED(ih_provider)
	one = ih_provider_get(p->registry, provider, err);

	return one != NULL && ih_provider_takes(one, service, p->today, err);
}

/* Whoever writes has seen the case as it is. */
static bool
is_as_seen(const struct planning *p, const xmlDoc *changes,
    struct ih_error *err)
{
	long seen = ih_plan_changes_version(changes);

	/* That of another case is refused for that. */
	if (strcmp(ih_plan_changes_case(changes), p->code) != 0)
		return true;
	if (p->row.version == seen)
		return true;
	ih_fail_code(err, IH_STATE, "E_CASE_CHANGED",
	    "case %s has version %" PRId64 ", not %ld", p->code, p->row.version,
	    seen);
	case_tell_changes(p->request, p->registry, p->code, seen, err);
	return false;
}

/* The plan was looked at, and is to be looked at again: the worklist says by
 * when, wherever the file is in a state that knows of plans. */
static bool
tell_work(struct planning *p, const xmlDoc *changes, struct ih_error *err)
{
	if (ih_attr(xmlDocGetRootElement(changes), "review") == NULL)
		return true;
	IH_OWNED(ih_lifecycle)
	lifecycle = ih_lifecycle_read(p->request->library, err);
	if (lifecycle == NULL)
		return false;
	return ih_lifecycle_move(lifecycle, IH_FILE, p->row.state[IH_FILE],
		   REVIEWED) == NULL ||
	       ih_case_move(p->registry, p->code, IH_FILE, REVIEWED, err);
}

static bool
change(struct planning *p, const xmlDoc *changes, struct ih_error *err)
{
	IH_OWNED(ih_buffer) facts = ih_buffer_new();
	const struct ih_plan_rules rules = { .services = p->services,
		.moves = p->moves,
		.roles = ih_registry_roles(p->registry),
		.day = p->today,
		.may = may_refer,
		.with = p };

	return is_as_seen(p, changes, err) &&
	       ih_plan_apply(p->facts, changes, &rules, facts, err) &&
	       ih_case_write(p->registry, p->code, IH_FACTS, facts->data,
		   facts->size, p->row.version, err) &&
	       ih_ledger_add(p->registry, IH_ACT_PLAN, p->code, NULL, err) &&
	       tell_work(p, changes, err);
}

static xmlDoc *
read_changes(struct request *request, const char *path, struct ih_error *err)
{
	IH_OWNED(ih_buffer) bytes = read_input(path, err);
	IH_OWNED(ih_schema)
	schema = bytes != NULL ? ih_schema_load(request->library, "plan", err) :
				 NULL;

	return schema != NULL ? ih_schema_admit(schema, path, bytes->data,
				    bytes->size, err) :
				NULL;
}

static bool
apply(struct request *request, struct ih_error *err)
{
	IH_OWNED(xmlDoc)
	changes = read_changes(request, request->words[1], err);
	IH_OWNED(ih_registry)
	registry = changes != NULL ? open_registry(request, err) : NULL;
	IH_OWNED(ih_transaction)
	all = registry != NULL ? ih_transaction_begin(registry, err) : NULL;
	IH_OWNED(cli_planning)
	p = all != NULL ? planning_open(request, registry, IH_MAY_PLAN, err) :
			  NULL;

	if (p == NULL || !change(p, changes, err) ||
	    !ih_transaction_commit(all, err))
		return false;
	say(request, W_DONE_PLAN, IH_ARG(p->code));
	return true;
}

/* ---- needs that are not met */

struct codes {
	struct ih_arena *arena;
	char (*list)[IH_CODE_TEXT];
	size_t count, room;
};

static bool
keep_code(const struct ih_case_row *row, void *with)
{
	struct codes *codes = with;

	if (!row->has[IH_FACTS])
		return true;
	codes->list = ih_arena_more(codes->arena, codes->list, codes->count,
	    &codes->room, sizeof *codes->list);
	memcpy(codes->list[codes->count++], row->code, IH_CODE_TEXT);
	return true;
}

/* What was erased since the list was made is passed over. */
static bool
count_one(struct planning *p, const char *code, size_t counts[],
    struct ih_error *err)
{
	struct ih_case_row row;

	if (!ih_case_row(p->registry, code, &row, err))
		return false;
	if (!row.has[IH_FACTS])
		return true;
	IH_OWNED(xmlDoc) facts =
	    case_document(p->registry, code, IH_FACTS, err);
	if (facts == NULL)
		return false;
	ih_plan_count_unmet(facts, p->services, p->moves, counts);
	return true;
}

/* So many at once, so that others may write in between. */
static bool
count_some(struct planning *p, const struct codes *codes, size_t from,
    size_t counts[], struct ih_error *err)
{
	size_t end =
	    codes->count - from > AT_ONCE ? from + AT_ONCE : codes->count;
	IH_OWNED(ih_transaction) all = ih_transaction_begin(p->registry, err);

	if (all == NULL)
		return false;
	for (size_t i = from; i < end; i++)
		if (!count_one(p, codes->list[i], counts, err))
			return false;
	return ih_transaction_commit(all, err);
}

static bool
count_all(struct planning *p, size_t counts[], struct ih_error *err)
{
	struct codes codes = { .arena = p->request->arena };

	if (!ih_case_each(p->registry, keep_code, &codes, err))
		return false;
	for (size_t i = 0; i < codes.count; i += AT_ONCE)
		if (!count_some(p, &codes, i, counts, err))
			return false;
	return ih_ledger_add(p->registry, IH_ACT_COUNT, "unmet", NULL, err);
}

static bool
unmet(struct request *request, struct ih_error *err)
{
	static const struct column columns[] = {
		{ "cause", W_COLUMN_CAUSE, false },
		{ "count", W_COLUMN_UNMET, true },
		{ "name", W_COLUMN_NAME, false },
	};
	struct listing listing = LISTING(request, "unmet", "cause", columns);
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	IH_OWNED(cli_planning)
	p = registry != NULL &&
		    ih_registry_may(registry, IH_MAY_COUNT, NULL, err) ?
		planning_start(request, registry, err) :
		NULL;

	if (p == NULL)
		return false;
	const struct ih_named_list *causes = &p->services->causes;
	size_t *counts =
	    ih_arena_take(request->arena, causes->count * sizeof *counts);
	if (!count_all(p, counts, err))
		return false;
	for (size_t i = 0; i < causes->count; i++)
		LISTING_ADD(&listing, causes->rows[i].id,
		    ih_arena_printf(request->arena, "%zu", counts[i]),
		    ih_texts_say(&causes->rows[i].name, request->tongue));
	return listing_print(&listing, request, err);
}

/* ---- the catalogue */

static void
list_services(struct request *request, const struct ih_services *services,
    struct listing *listing)
{
	for (size_t i = 0; i < services->service_count; i++) {
		const struct ih_service *one = &services->services[i];

		LISTING_ADD(listing, one->id, one->meets,
		    ih_texts_say(&one->name, request->tongue));
	}
}

/* The least that is done, in its order, and what shows that it was. */
static void
list_steps(struct request *request, const struct ih_service *service,
    struct listing *listing)
{
	for (size_t i = 0; i < service->step_count; i++) {
		const struct ih_service_step *step = &service->steps[i];

		LISTING_ADD(listing, step->id, service->id,
		    ih_texts_say(&step->text, request->tongue),
		    ih_texts_say(&step->evidence, request->tongue));
	}
}

static bool
services(struct request *request, struct ih_error *err)
{
	static const struct column all[] = {
		{ "service", W_COLUMN_SERVICE, false },
		{ "meets", W_COLUMN_NEED, false },
		{ "name", W_COLUMN_NAME, false },
	};
	static const struct column steps[] = {
		{ "step", W_COLUMN_ID, false },
		{ "service", W_COLUMN_SERVICE, false },
		{ "what", W_COLUMN_STEP, false },
		{ "evidence", W_COLUMN_EVIDENCE, false },
	};
	struct listing listing = LISTING(request, "services", "service", all);
	struct listing of_one = LISTING(request, "steps", "step", steps);
	IH_OWNED(ih_registry) registry = open_registry_locked(request, err);
	IH_OWNED(ih_services)
	catalogue = registry != NULL ?
			ih_services_load(request->library,
			    ih_registry_committee(registry), err) :
			NULL;
	const struct ih_service *service;

	if (catalogue == NULL)
		return false;
	if (request->count == 0) {
		list_services(request, catalogue, &listing);
		return listing_print(&listing, request, err);
	}
	service = ih_services_find(catalogue, request->words[0]);
	if (service == NULL)
		return ih_fail_code(err, IH_USAGE, "E_PLAN_SERVICE", "SERVICE");
	list_steps(request, service, &of_one);
	return listing_print(&of_one, request, err);
}

bool
cmd_plan(struct request *request, struct ih_error *err)
{
	static const struct subcommand table[] = {
		{ "suggest", suggest, 1, 1 },
		{ "show", show, 1, 1 },
		{ "apply", apply, 2, 2 },
		{ "unmet", unmet, 0, 0 },
		{ "services", services, 0, 1 },
	};

	return run_subcommand(table, sizeof table / sizeof table[0], request,
	    err);
}
