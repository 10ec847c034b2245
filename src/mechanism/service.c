/* This is where needs, services and baskets are read, and held against what
 * an interview said. */
#include "ihala/service.h"

#include <stdlib.h>
#include <string.h>

#include "case_tree.h"
#include "ihala/consent.h"
#include "ihala/node.h"
#include "ihala/schema.h"
#include "ihala/xml.h"

#define COMMON "xml/service/common.xml"

/* ---- reading */

static const char *
text_of(struct ih_arena *arena, const xmlNode *node, const char *name)
{
	return ih_arena_text(arena, case_attr(node, name));
}

static struct ih_named_list
read_named(struct ih_arena *arena, const xmlNode *node, const char *name)
{
	struct ih_named_list list = { NULL, 0 };
	struct ih_named *row =
	    ih_arena_take(arena, ih_children(node, name) * sizeof *row);

	list.rows = row;
	for (const xmlNode *n = ih_child(node, name); n; n = ih_next(n, name))
		row[list.count++] = (struct ih_named){ text_of(arena, n, "id"),
			ih_texts_read(arena, n) };
	return list;
}

static void
read_tests(struct ih_arena *arena, const xmlNode *node,
    struct ih_situation *situation)
{
	struct ih_situation_test *test;
	size_t count = 0;

	for (const xmlNode *w = ih_child(node, "when"); w;
	     w = ih_next(w, "when"))
		count += ih_children(w, "is");
	test = ih_arena_take(arena, count * sizeof *test);
	situation->tests = test;
	situation->count = count;
	for (const xmlNode *w = ih_child(node, "when"); w;
	     w = ih_next(w, "when"))
		for (const xmlNode *n = ih_child(w, "is"); n;
		     n = ih_next(n, "is"))
			*test++ = (struct ih_situation_test){
				.instrument = text_of(arena, n, "instrument"),
				.item = text_of(arena, n, "item"),
				.code = text_of(arena, n, "code"),
				.below = text_of(arena, n, "below"),
				.from = text_of(arena, n, "from"),
				.first = n == ih_child(w, "is"),
			};
}

static void
read_situations(struct ih_services *s, const xmlNode *root)
{
	struct ih_situation *row = ih_arena_take(s->arena,
	    ih_children(root, "situation") * sizeof *row);

	s->situations = row;
	for (const xmlNode *n = ih_child(root, "situation"); n;
	     n = ih_next(n, "situation"), row++) {
		*row = (struct ih_situation){
			.id = text_of(s->arena, n, "id"),
			.name = ih_texts_read(s->arena, n),
		};
		read_tests(s->arena, n, row);
		s->situation_count++;
	}
}

static void
read_steps(struct ih_arena *arena, const xmlNode *node,
    struct ih_service *service)
{
	struct ih_service_step *row =
	    ih_arena_take(arena, ih_children(node, "step") * sizeof *row);

	service->steps = row;
	for (const xmlNode *n = ih_child(node, "step"); n;
	     n = ih_next(n, "step"), service->step_count++)
		*row++ = (struct ih_service_step){
			.id = text_of(arena, n, "id"),
			.text = ih_texts_read(arena, n),
			.evidence =
			    ih_texts_read(arena, ih_child(n, "evidence")),
		};
}

static void
read_services(struct ih_services *s, const xmlNode *root)
{
	struct ih_service *row =
	    ih_arena_take(s->arena, ih_children(root, "service") * sizeof *row);

	s->services = row;
	for (const xmlNode *n = ih_child(root, "service"); n;
	     n = ih_next(n, "service"), row++) {
		*row = (struct ih_service){
			.id = text_of(s->arena, n, "id"),
			.meets = text_of(s->arena, n, "meets"),
			.name = ih_texts_read(s->arena, ih_child(n, "name")),
			.standards = read_named(s->arena, n, "standard"),
		};
		read_steps(s->arena, n, row);
		s->service_count++;
	}
}

/* ---- what refers to something refers to what is there */

static bool
refuse(struct ih_error *err, const char *name, const xmlNode *node,
    const char *why)
{
	return ih_fail(err, IH_INPUT, "%s:%ld: %s", name, ih_line(node), why);
}

/* Is every word of LIST the id of something that HAS? */
static bool
are_known(const struct ih_services *s, const char *list,
    bool (*has)(const struct ih_services *s, const char *id))
{
	while (*list != '\0') {
		size_t length = strcspn(list, " ");

		if (!has(s,
			ih_arena_printf(s->arena, "%.*s", (int)length, list)))
			return false;
		list += length;
		list += strspn(list, " ");
	}
	return true;
}

static bool
is_service(const struct ih_services *s, const char *id)
{
	return ih_services_find(s, id) != NULL;
}

static bool
is_need(const struct ih_services *s, const char *id)
{
	return ih_named_find(&s->needs, id) != NULL;
}

static bool
is_situation(const struct ih_services *s, const char *id)
{
	for (size_t i = 0; i < s->situation_count; i++)
		if (strcmp(s->situations[i].id, id) == 0)
			return true;
	return false;
}

static bool
check_services(const struct ih_services *s, const xmlNode *root,
    struct ih_error *err)
{
	const xmlNode *n = ih_child(root, "service");

	for (size_t i = 0; i < s->service_count; i++, n = ih_next(n, "service"))
		if (!are_known(s, s->services[i].meets, is_need))
			return refuse(err, COMMON, n, "there is no such need");
	return true;
}

/* ---- circuits */

static bool
read_stages(struct ih_services *s, const char *name, const xmlNode *node,
    struct ih_circuit *circuit, struct ih_error *err)
{
	struct ih_stage *row =
	    ih_arena_take(s->arena, ih_children(node, "stage") * sizeof *row);

	circuit->stages = row;
	for (const xmlNode *n = ih_child(node, "stage"); n;
	     n = ih_next(n, "stage"), row++) {
		const xmlNode *basket = ih_child(n, "basket");

		*row = (struct ih_stage){
			.id = text_of(s->arena, n, "id"),
			.files = text_of(s->arena, n, "file"),
			.name = ih_texts_read(s->arena, ih_child(n, "name")),
			.services = text_of(s->arena, basket, "services"),
		};
		if (!are_known(s, row->services, is_service))
			return refuse(err, name, basket,
			    "there is no such service");
		circuit->count++;
	}
	return true;
}

static bool
add_circuits(struct ih_services *s, const char *name, const xmlNode *root,
    struct ih_error *err)
{
	struct ih_circuit *row = ih_arena_take(s->arena,
	    (s->circuit_count + ih_children(root, "circuit")) * sizeof *row);

	if (s->circuit_count > 0)
		memcpy(row, s->circuits, s->circuit_count * sizeof *row);
	s->circuits = row;
	for (const xmlNode *n = ih_child(root, "circuit"); n;
	     n = ih_next(n, "circuit")) {
		struct ih_circuit *circuit = &row[s->circuit_count];

		*circuit = (struct ih_circuit){
			.situation = text_of(s->arena, n, "situation"),
		};
		if (!is_situation(s, circuit->situation))
			return refuse(err, name, n,
			    "there is no such situation");
		if (!read_stages(s, name, n, circuit, err))
			return false;
		s->circuit_count++;
	}
	return true;
}

static void
read_common(struct ih_services *s, const xmlNode *root)
{
	const xmlNode *reads = ih_child(root, "reads");

	s->needs = read_named(s->arena, root, "need");
	s->causes = read_named(s->arena, root, "cause");
	s->results = read_named(s->arena, root, "result");
	if (reads != NULL) {
		s->item_needs = text_of(s->arena, reads, "needs");
		s->item_sex = text_of(s->arena, reads, "sex");
		s->item_age = text_of(s->arena, reads, "age");
	}
	read_situations(s, root);
	read_services(s, root);
}

/* What the country says; nothing where it has no file. */
static bool
add_country(struct ih_services *s, struct ih_library *library,
    const char *committee, struct ih_error *err)
{
	struct ih_error absent = { 0 };
	const char *name =
	    ih_arena_printf(s->arena, "xml/service/%s.xml", committee);
	IH_OWNED(ih_buffer) there = ih_library_read(library, name, &absent);

	if (there == NULL && absent.kind == IH_ABSENT)
		return true;
	IH_OWNED(xmlDoc) doc = ih_schema_read(library, name, "service", err);
	return doc != NULL &&
	       add_circuits(s, name, xmlDocGetRootElement(doc), err);
}

struct ih_services *
ih_services_load(struct ih_library *library, const char *committee,
    struct ih_error *err)
{
	IH_OWNED(xmlDoc) doc = ih_schema_read(library, COMMON, "service", err);
	IH_OWNED(ih_services) s = doc != NULL ? ih_zeroed(sizeof *s) : NULL;
	const xmlNode *root;

	if (s == NULL)
		return NULL;
	s->arena = ih_arena_new();
	s->item_needs = s->item_sex = s->item_age = "";
	root = xmlDocGetRootElement(doc);
	read_common(s, root);
	if (!check_services(s, root, err) ||
	    !add_country(s, library, committee, err) ||
	    !add_circuits(s, COMMON, root, err))
		return NULL;
	return IH_GIVE(s);
}

void
ih_services_free(struct ih_services *services)
{
	if (services == NULL)
		return;
	ih_arena_free(services->arena);
	free(services);
}

/* ---- looking up */

const struct ih_named *
ih_named_find(const struct ih_named_list *list, const char *id)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->rows[i].id, id) == 0)
			return &list->rows[i];
	return NULL;
}

const struct ih_service *
ih_services_find(const struct ih_services *services, const char *id)
{
	for (size_t i = 0; i < services->service_count; i++)
		if (strcmp(services->services[i].id, id) == 0)
			return &services->services[i];
	return NULL;
}

const struct ih_circuit *
ih_services_circuit(const struct ih_services *services, const char *situation)
{
	for (size_t i = 0; i < services->circuit_count; i++)
		if (strcmp(services->circuits[i].situation, situation) == 0)
			return &services->circuits[i];
	return NULL;
}

bool
ih_service_meets(const struct ih_service *service, const char *need)
{
	return ih_consent_names(service->meets, need);
}

/* ---- what an interview said */

static const xmlNode *
answers_of(const xmlDoc *facts)
{
	const xmlNode *root = case_root(facts, CASE_SPACE, "case");

	return root != NULL ? case_child(root, ANSWERS_SPACE, "answers") : NULL;
}

/* The first value that was given to ITEM; NULL: none was. */
static const xmlNode *
value_of(const xmlDoc *facts, const char *item)
{
	const xmlNode *answers = answers_of(facts);
	const xmlNode *n = answers != NULL ? ih_child(answers, "answer") : NULL;

	while (n != NULL && !case_same(n, "item", item))
		n = ih_next(n, "answer");
	return n != NULL ? ih_child(n, "value") : NULL;
}

static bool
says(const xmlNode *value, const char *text)
{
	IH_OWNED(ih_arena) arena = ih_arena_new();

	return strcmp(ih_text_of(arena, value), text) == 0;
}

static bool
has_value(const xmlDoc *facts, const char *item, const char *text)
{
	const xmlNode *value = value_of(facts, item);

	while (value != NULL && !says(value, text))
		value = ih_next(value, "value");
	return value != NULL;
}

/* The number given to ITEM; -1: none was. */
static long
number_of(const xmlDoc *facts, const char *item)
{
	IH_OWNED(ih_arena) arena = ih_arena_new();
	const xmlNode *value = value_of(facts, item);

	return value != NULL ? strtol(ih_text_of(arena, value), NULL, 10) : -1;
}

static bool
test_holds(const struct ih_situation_test *test, const xmlDoc *facts)
{
	const xmlNode *answers = answers_of(facts);
	long number;

	if (answers == NULL)
		return false;
	if (test->instrument[0] != '\0')
		return case_same(answers, "instrument", test->instrument);
	if (test->code[0] != '\0')
		return has_value(facts, test->item, test->code);
	number = number_of(facts, test->item);
	if (number < 0)
		return false;
	return test->below[0] != '\0' ? number < strtol(test->below, NULL, 10) :
					number >= strtol(test->from, NULL, 10);
}

bool
ih_situation_holds(const struct ih_situation *situation, const xmlDoc *facts)
{
	bool holds = situation->count == 0;

	for (size_t i = 0; i < situation->count; i++) {
		const struct ih_situation_test *test = &situation->tests[i];

		if (test->first && holds)
			return true;
		holds = (test->first || holds) && test_holds(test, facts);
	}
	return holds;
}

bool
ih_services_asked(const struct ih_services *services, const xmlDoc *facts,
    const char *need)
{
	return has_value(facts, services->item_needs, need);
}

struct ih_suited
ih_services_suited(const struct ih_services *services, const xmlDoc *facts)
{
	const xmlNode *answers = answers_of(facts);
	const xmlNode *interview =
	    answers != NULL ? ih_child(answers, "interview") : NULL;
	const xmlNode *sex = value_of(facts, services->item_sex);
	struct ih_suited suited = { .sex = "", .language = "" };

	suited.age = (int)number_of(facts, services->item_age);
	if (interview != NULL)
		suited.language = case_attr(interview, "language");
	if (sex != NULL)
		suited.sex = ih_text_of(services->arena, sex);
	return suited;
}
