/* ihala provider load|export|list|show|match|standards|check - to whom people
 * are sent. */
#include "ihala/provider.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "case_file.h"
#include "ihala/date.h"
#include "ihala/element.h"
#include "ihala/node.h"
#include "ihala/schema.h"
#include "ihala/user.h"
#include "listing.h"
#include "words_keys.h"

static const char *
today(struct request *request)
{
	char day[IH_DATE_TEXT];

	ih_date_format(ih_instant_date(request->world.now), day);
	return ih_arena_text(request->arena, day);
}

/* A number that may not be known. */
static const char *
number(struct ih_arena *arena, int n)
{
	return n >= 0 ? ih_arena_printf(arena, "%d", n) : "";
}

/* A document of provider.rng whose root is NAME. */
static xmlDoc *
read_document(struct request *request, const char *path, const char *name,
    struct ih_error *err)
{
	IH_OWNED(ih_buffer) bytes = read_input(path, err);
	IH_OWNED(ih_schema)
	schema = bytes != NULL ?
		     ih_schema_load(request->library, "provider", err) :
		     NULL;
	IH_OWNED(xmlDoc)
	doc = schema != NULL ?
		  ih_schema_admit(schema, path, bytes->data, bytes->size, err) :
		  NULL;

	if (doc != NULL && !ih_is(xmlDocGetRootElement(doc), name)) {
		ih_fail(err, IH_INPUT, "%s: expected <%s>", path, name);
		return NULL;
	}
	return doc != NULL ? IH_GIVE(doc) : NULL;
}

/* Of the office's country; NULL where there is no REGISTRY either. */
static struct ih_services *
catalogue_of(const struct request *request, const struct ih_registry *registry,
    struct ih_error *err)
{
	return registry != NULL ? ih_services_load(request->library,
				      ih_registry_committee(registry), err) :
				  NULL;
}

/* ---- entering */

static bool
load(struct request *request, struct ih_error *err)
{
	const char *path = request->words[0];
	int read = 0, new = 0;
	IH_OWNED(xmlDoc) doc = read_document(request, path, "providers", err);
	IH_OWNED(ih_registry)
	registry = doc != NULL ? open_registry(request, err) : NULL;
	IH_OWNED(ih_services)
	services = catalogue_of(request, registry, err);

	if (services == NULL || !ih_providers_sound(services, doc, err))
		return services != NULL && ih_fail_in(err, path);
	IH_OWNED(ih_transaction) all = ih_transaction_begin(registry, err);
	if (all == NULL)
		return false;
	for (const xmlNode *n = ih_child(xmlDocGetRootElement(doc), "provider");
	     n; n = ih_next(n, "provider"), read++) {
		bool changed = false;

		if (!ih_provider_put(registry, n, &changed, err))
			return false;
		new += changed;
	}
	if (!ih_transaction_commit(all, err))
		return false;
	say(request, W_DONE_PROVIDER, IH_NUM(read), IH_NUM(new));
	return true;
}

/* ---- as a file again */

struct export
{
	struct ih_registry *registry;
	struct ih_writer w;
	struct ih_error *err;
};

static bool
export_one(const struct ih_provider *p, void *with)
{
	struct export *to = with;
	IH_OWNED(xmlDoc) page = ih_provider_page(to->registry, p->id, to->err);

	if (page != NULL)
		ih_copy(&to->w, xmlDocGetRootElement(page));
	return page != NULL;
}

/* What load reads: one, or all. */
static bool export(struct request *request, struct ih_error *err)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	struct export to = { registry, ih_write_to(out), err };

	if (registry == NULL)
		return false;
	ih_open(&to.w, "providers");
	ih_put(&to.w, "xmlns", "urn:ihala:provider:1");
	if (request->count > 0) {
		IH_OWNED(ih_provider)
		one = ih_provider_get(registry, request->words[0], err);

		if (one == NULL || !export_one(one, &to))
			return false;
	} else if (!ih_provider_each(registry, export_one, &to, err) ||
		   err->kind != IH_NONE)
		return false;
	ih_close(&to.w);
	return ih_write_end(&to.w, err) &&
	       put_output(request, out->data, out->size, err);
}

/* ---- reading */

struct listed {
	struct request *request;
	struct listing *listing;
};

/* Does it take anybody for anything it offers? */
static bool
takes(const struct ih_provider *p, const char *day)
{
	struct ih_error unsaid = { 0 };

	return ih_provider_takes(p, p->services[0].id, day, &unsaid);
}

static const char *
services_of(struct ih_arena *arena, const struct ih_provider *p)
{
	const char *list = p->services[0].id;

	for (size_t i = 1; i < p->service_count; i++)
		list = ih_arena_printf(arena, "%s %s", list, p->services[i].id);
	return list;
}

/* The provider goes when it was seen; its texts stay. */
#define KEEP(text) ih_arena_text(request->arena, text)

static bool
list_one(const struct ih_provider *p, void *with)
{
	struct listed *l = with;
	struct request *request = l->request;

	LISTING_ADD(l->listing, KEEP(p->id), KEEP(p->region),
	    yes_or_no(request, takes(p, today(request))), KEEP(p->accredited),
	    KEEP(p->until), KEEP(p->suspended), KEEP(p->languages),
	    KEEP(services_of(request->arena, p)),
	    KEEP(ih_texts_say(&p->name, request->tongue)));
	return true;
}

static bool
list(struct request *request, struct ih_error *err)
{
	static const struct column columns[] = {
		{ "id", W_COLUMN_ID, false },
		{ "region", W_COLUMN_REGION, false },
		{ "takes", W_COLUMN_TAKES, false },
		{ "accredited", W_COLUMN_ACCREDITED, false },
		{ "until", W_COLUMN_UNTIL, false },
		{ "suspended", W_COLUMN_SUSPENDED, false },
		{ "languages", W_COLUMN_LANGUAGES, false },
		{ "services", W_COLUMN_SERVICE, false },
		{ "name", W_COLUMN_NAME, false },
	};
	struct listing listing =
	    LISTING(request, "providers", "provider", columns);
	struct listed with = { request, &listing };
	IH_OWNED(ih_registry) registry = open_registry(request, err);

	return registry != NULL &&
	       ih_provider_each(registry, list_one, &with, err) &&
	       listing_print(&listing, request, err);
}

/* "female 18-25, 0-17"; "" for everybody. */
static const char *
public_of(struct ih_arena *arena, const struct ih_provider *p)
{
	const char *all = p->female_only ? "female-only" : "";

	for (size_t i = 0; i < p->public_count; i++) {
		const struct ih_provider_public *one = &p->publics[i];

		all = ih_arena_printf(arena, "%s%s%s%s%d-%s", all,
		    all[0] != '\0' ? ", " : "", one->sex,
		    one->sex[0] != '\0' ? " " : "", one->from,
		    one->to <= 150 ? number(arena, one->to) : "");
	}
	return all;
}

static bool
show(struct request *request, struct ih_error *err)
{
	static const struct column columns[] = {
		{ "service", W_COLUMN_SERVICE, false },
		{ "places", W_COLUMN_PLACES, false },
		{ "free", W_COLUMN_FREE, false },
		{ "takes", W_COLUMN_TAKES, false },
		{ "until", W_COLUMN_UNTIL, false },
		{ "suspended", W_COLUMN_SUSPENDED, false },
		{ "public", W_COLUMN_PUBLIC, false },
		{ "languages", W_COLUMN_LANGUAGES, false },
		{ "contact", W_COLUMN_CONTACT, false },
		{ "name", W_COLUMN_NAME, false },
	};
	struct listing listing =
	    LISTING(request, "provider", "service", columns);
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	IH_OWNED(ih_provider)
	p = registry != NULL ?
		ih_provider_get(registry, request->words[0], err) :
		NULL;

	if (p == NULL)
		return false;
	for (size_t i = 0; i < p->service_count; i++)
		LISTING_ADD(&listing, p->services[i].id,
		    number(request->arena, p->services[i].places),
		    number(request->arena, p->services[i].free),
		    yes_or_no(request, takes(p, today(request))), p->until,
		    p->suspended, public_of(request->arena, p), p->languages,
		    listing_line(request->arena, p->contact),
		    ih_texts_say(&p->name, request->tongue));
	return listing_print(&listing, request, err);
}

/* ---- who suits */

struct match {
	const char *id, *service, *region, *name, *free;
	unsigned unfit;
	bool barred;
};

struct matching {
	struct request *request;
	const struct ih_services *services;
	struct ih_suited suited;
	const char *need, *day;
	struct match *list;
	size_t count, room;
};

static bool
is_barred(unsigned unfit)
{
	for (int i = 0; i < IH_UNFITS; i++)
		if ((unfit & (1u << i)) != 0 &&
		    ih_unfit_code((enum ih_unfit)i) != NULL)
			return true;
	return false;
}

static void
match_service(struct matching *m, const struct ih_provider *p,
    const struct ih_provider_service *service)
{
	struct request *request = m->request;
	unsigned unfit = ih_provider_unfit(p, service->id, &m->suited, m->day);

	m->list = ih_arena_more(request->arena, m->list, m->count, &m->room,
	    sizeof *m->list);
	m->list[m->count++] = (struct match){ .id = KEEP(p->id),
		.service = KEEP(service->id),
		.region = KEEP(p->region),
		.name = KEEP(ih_texts_say(&p->name, request->tongue)),
		.free = number(request->arena, service->free),
		.unfit = unfit,
		.barred = is_barred(unfit) };
}

/* Each service of P that meets the need. */
static bool
match_one(const struct ih_provider *p, void *with)
{
	struct matching *m = with;

	for (size_t i = 0; i < p->service_count; i++) {
		const struct ih_service *service =
		    ih_services_find(m->services, p->services[i].id);

		if (service != NULL && ih_service_meets(service, m->need))
			match_service(m, p, &p->services[i]);
	}
	return true;
}

/* Who suits best first; whoever can take nobody last; then by id. */
static int
compare(const void *a, const void *b)
{
	const struct match *x = a, *y = b;
	int order = x->barred - y->barred;

	if (order == 0)
		order = ih_unfit_count(x->unfit) - ih_unfit_count(y->unfit);
	if (order == 0)
		order = strcmp(x->id, y->id);
	return order != 0 ? order : strcmp(x->service, y->service);
}

/* For people in their words, for programs by their ids. */
static const char *
reason_of(struct request *request, enum ih_unfit unfit)
{
	const char *name = ih_unfit_name(unfit);

	return request->format == FORMAT_TEXT ?
		   ih_word(request->tongue,
		       ih_arena_printf(request->arena, "unfit.%s", name)) :
		   name;
}

static const char *
and_also(struct request *request, const char *all, const char *one)
{
	if (all[0] == '\0')
		return one;
	return request->format == FORMAT_TEXT ?
		   ih_say(request->arena, request->tongue, W_UNFIT_AND,
		       IH_ARG(all), IH_ARG(one)) :
		   ih_arena_printf(request->arena, "%s %s", all, one);
}

static const char *
reasons_of(struct request *request, unsigned unfit)
{
	const char *all = "";

	for (int i = 0; i < IH_UNFITS; i++)
		if ((unfit & (1u << i)) != 0)
			all = and_also(request, all,
			    reason_of(request, (enum ih_unfit)i));
	return all;
}

static bool
print_matches(struct matching *m, struct ih_error *err)
{
	static const struct column columns[] = {
		{ "provider", W_COLUMN_PROVIDER, false },
		{ "service", W_COLUMN_SERVICE, false },
		{ "fits", W_COLUMN_FITS, false },
		{ "free", W_COLUMN_FREE, false },
		{ "region", W_COLUMN_REGION, false },
		{ "why-not", W_COLUMN_WHY_NOT, false },
		{ "name", W_COLUMN_NAME, false },
	};
	struct listing listing =
	    LISTING(m->request, "matches", "match", columns);

	if (m->count > 0)
		qsort(m->list, m->count, sizeof *m->list, compare);
	for (size_t i = 0; i < m->count; i++) {
		const struct match *one = &m->list[i];

		LISTING_ADD(&listing, one->id, one->service,
		    yes_or_no(m->request, one->unfit == 0), one->free,
		    one->region, reasons_of(m->request, one->unfit), one->name);
	}
	return listing_print(&listing, m->request, err);
}

static bool
match(struct request *request, struct ih_error *err)
{
	char code[IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	IH_OWNED(ih_services)
	services = catalogue_of(request, registry, err);
	struct matching m = { .request = request,
		.services = services,
		.need = request->words[1],
		.day = today(request) };

	if (services == NULL || !case_code(request->words[0], code, err) ||
	    !ih_registry_may(registry, IH_MAY_SEE_PLAN, code, err))
		return false;
	if (ih_named_find(&services->needs, m.need) == NULL)
		return ih_fail_code(err, IH_USAGE, "E_PLAN_NEED", "NEED");
	IH_OWNED(xmlDoc) facts = case_document(registry, code, IH_FACTS, err);
	if (facts == NULL)
		return false;
	m.suited = ih_services_suited(services, facts);
	return ih_provider_each(registry, match_one, &m, err) &&
	       print_matches(&m, err);
}

/* ---- standards */

/* What was answered; NULL: nothing. */
static const xmlNode *
answer_to(const xmlDoc *check, const char *service, const char *standard)
{
	const xmlNode *n = check == NULL ?
			       NULL :
			       ih_child(xmlDocGetRootElement(check), "answer");

	while (n != NULL && (strcmp(ih_attr(n, "service"), service) != 0 ||
				strcmp(ih_attr(n, "standard"), standard) != 0))
		n = ih_next(n, "answer");
	return n;
}

static void
report_one(struct request *request, struct listing *listing,
    const struct ih_service *service, const struct ih_named *standard,
    const xmlNode *answer)
{
	const char *state =
	    answer != NULL ? ih_attr(answer, "state") : "not-seen";
	const xmlNode *evidence =
	    answer != NULL ? ih_child(answer, "evidence") : NULL;

	if (request->format == FORMAT_TEXT)
		state = ih_word(request->tongue,
		    ih_arena_printf(request->arena, "standard.%s", state));
	LISTING_ADD(listing, service->id, standard->id, state,
	    ih_texts_say(&standard->name, request->tongue),
	    evidence != NULL ? listing_line(request->arena,
				   ih_text_of(request->arena, evidence)) :
			       "");
}

/* Every standard of what the provider offers; what was not answered was not
 * seen. */
static bool
report(struct request *request, const struct ih_services *services,
    const struct ih_provider *provider, const xmlDoc *check,
    struct ih_error *err)
{
	static const struct column columns[] = {
		{ "service", W_COLUMN_SERVICE, false },
		{ "id", W_COLUMN_ID, false },
		{ "state", W_COLUMN_STATE, false },
		{ "standard", W_COLUMN_STANDARD, false },
		{ "evidence", W_COLUMN_EVIDENCE, false },
	};
	struct listing listing = LISTING(request, "check", "answer", columns);

	for (size_t i = 0; i < provider->service_count; i++) {
		const struct ih_service *service =
		    ih_services_find(services, provider->services[i].id);

		for (size_t k = 0;
		     service != NULL && k < service->standards.count; k++) {
			const struct ih_named *one =
			    &service->standards.rows[k];

			report_one(request, &listing, service, one,
			    answer_to(check, service->id, one->id));
		}
	}
	return listing_print(&listing, request, err);
}

/* With a file: what was found is entered first. */
static bool
enter_check(struct request *request, struct ih_registry *registry,
    const struct ih_services *services, struct ih_error *err)
{
	const char *path = request->words[1];
	IH_OWNED(xmlDoc) doc = read_document(request, path, "check", err);

	if (doc == NULL)
		return false;
	if (strcmp(ih_attr(xmlDocGetRootElement(doc), "provider"),
		request->words[0]) != 0)
		return ih_fail_code(err, IH_INPUT, "E_PROVIDER", "%s", path);
	if (!ih_provider_check(registry, services, doc, err))
		return ih_fail_in(err, path);
	say(request, W_DONE_PROVIDER_CHECK, IH_ARG(request->words[0]));
	return true;
}

static bool
check(struct request *request, struct ih_error *err)
{
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	IH_OWNED(ih_services)
	services = catalogue_of(request, registry, err);

	if (services == NULL ||
	    (request->count == 2 &&
		!enter_check(request, registry, services, err)))
		return false;
	IH_OWNED(ih_provider)
	provider = ih_provider_get(registry, request->words[0], err);
	IH_OWNED(xmlDoc)
	found = provider != NULL ?
		    ih_provider_checked(registry, provider->id, err) :
		    NULL;
	return found != NULL && report(request, services, provider, found, err);
}

/* The same of one that nobody has looked at yet: each is not seen. */
static bool
standards(struct request *request, struct ih_error *err)
{
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	IH_OWNED(ih_services)
	services = catalogue_of(request, registry, err);
	IH_OWNED(ih_provider)
	provider = services != NULL ?
		       ih_provider_get(registry, request->words[0], err) :
		       NULL;

	if (provider == NULL)
		return false;
	IH_OWNED(xmlDoc)
	found = ih_provider_checked(registry, provider->id, err);
	if (found == NULL && err->kind != IH_ABSENT)
		return false;
	*err = (struct ih_error){ 0 };
	return report(request, services, provider, found, err);
}

bool
cmd_provider(struct request *request, struct ih_error *err)
{
	static const struct subcommand table[] = {
		{ "load", load, 1, 1 },
		{ "export", export, 0, 1 },
		{ "list", list, 0, 0 },
		{ "show", show, 1, 1 },
		{ "match", match, 2, 2 },
		{ "standards", standards, 1, 1 },
		{ "check", check, 1, 2 },
	};

	return run_subcommand(table, sizeof table / sizeof table[0], request,
	    err);
}
