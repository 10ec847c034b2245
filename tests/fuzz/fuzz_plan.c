/* A list of changes is made to the plan of a case, or refused with a reason;
 * what comes of it is a case again, and the same list twice is told apart. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

#include "ihala/element.h"
#include "ihala/file.h"
#include "ihala/plan.h"
#include "ihala/record.h"
#include "ihala/schema.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

#define FACTS "tests/fuzz/corpus/record/facts.xml"

static struct {
	struct ih_library *library;
	struct ih_schema *changes, *cases;
	struct ih_services *services;
	struct ih_moves *moves;
	xmlDoc *facts;
} house;

static void
house_open(void)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) facts = ih_file_read(FACTS, 1 << 20, &err);

	house.library = ih_library_open(".", &err);
	house.changes = ih_schema_load(house.library, "plan", &err);
	house.cases = ih_schema_load(house.library, "case", &err);
	house.services = ih_services_load(house.library, "MA", &err);
	house.moves = ih_moves_read(house.library, IH_PLAN_MOVES, &err);
	house.facts = ih_xml_read(FACTS, facts->data, facts->size, &err);
	if (err.kind != IH_NONE)
		abort();
}

/* One provider takes nobody. */
static bool
may(const char *provider, const char *service, void *with, struct ih_error *err)
{
	(void)service;
	(void)with;
	return provider[0] != 'x' ||
	       ih_fail_code(err, IH_STATE, "E_PROVIDER_SUSPENDED", "x");
}

/* The case that follows FACTS; NULL: the list was refused. */
static xmlDoc *
follow(xmlDoc *facts, xmlDoc *list)
{
	const struct ih_plan_rules rules = { .services = house.services,
		.moves = house.moves,
		.roles = IH_EVERY_ROLE,
		.day = "2026-06-15",
		.may = may };
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	bool made = ih_plan_apply(facts, list, &rules, out, &err);
	xmlDoc *next;

	assert(made == (err.kind == IH_NONE));
	assert(made == (out->size > 0));
	if (!made)
		return NULL;
	next = ih_xml_read("next", out->data, out->size, &err);
	assert(next != NULL);
	assert(ih_schema_check(house.cases, next, "next", &err));
	assert(ih_record_version(next) == ih_record_version(facts) + 1);
	return next;
}

static void
count(const xmlDoc *facts)
{
	size_t counts[64] = { 0 }, all = 0;
	IH_OWNED(ih_arena) arena = ih_arena_new();
	struct ih_plan plan = ih_plan_read(arena, facts);

	assert(house.services->causes.count <= 64);
	ih_plan_count_unmet(facts, house.services, house.moves, counts);
	for (size_t i = 0; i < 64; i++)
		all += counts[i];
	assert(all <= plan.count && plan.count <= IH_PLAN_ITEMS);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct ih_error err = { 0 };

	if (house.library == NULL)
		house_open();
	IH_OWNED(xmlDoc) list = ih_xml_read("fuzz", bytes, size, &err);
	assert((list == NULL) == (err.kind != IH_NONE));
	if (list == NULL || !ih_schema_check(house.changes, list, "fuzz", &err))
		return 0;
	/* Whatever case it names, it is tried on ours. */
	xmlSetProp(xmlDocGetRootElement(list), (const xmlChar *)"case",
	    (const xmlChar *)ih_record_code(house.facts));
	IH_OWNED(xmlDoc) next = follow(house.facts, list);
	if (next == NULL)
		return 0;
	count(next);
	IH_OWNED(xmlDoc) again = follow(next, list);
	if (again != NULL)
		count(again);
	return 0;
}
