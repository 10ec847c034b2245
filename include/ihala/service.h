/*
 * service.h - what people need, the services that meet it, and the basket that
 * is suggested in a situation and at a stage.
 *
 * All of it is data: xml/service/common.xml, and xml/service/CC.xml where a
 * country says more.  A circuit of the country stands in the place of the
 * common one of the same situation.  A basket is a suggestion; nothing here
 * decides anything.
 *
 * Everything is borrowed from the catalogue, or from the case it was asked
 * about.
 *
 * Source: xml/service/common.xml and those beside it, which cite their own.
 */
#ifndef IHALA_SERVICE_H
#define IHALA_SERVICE_H

#include <libxml/tree.h>
#include <stdbool.h>
#include <stddef.h>

#include "ihala/arena.h"
#include "ihala/error.h"
#include "ihala/instrument.h"
#include "ihala/library.h"
#include "ihala/owned.h"

/* An id and its words: a need, a cause, a result, a standard. */
struct ih_named {
	const char *id;
	struct ih_texts name;
};

struct ih_named_list {
	const struct ih_named *rows;
	size_t count;
};

struct ih_service_step {
	const char *id;
	struct ih_texts text, evidence;
};

struct ih_service {
	const char *id;
	const char *meets; /* needs: "legal documents" */
	struct ih_texts name;
	const struct ih_service_step *steps; /* the least, in order */
	size_t step_count;
	struct ih_named_list standards; /* what a provider is held to */
};

struct ih_stage {
	const char *id;
	const char *files; /* states of the file: "support follow-up" */
	struct ih_texts name;
	const char *services; /* the basket: "listening shelter" */
};

struct ih_circuit {
	const char *situation;
	const struct ih_stage *stages;
	size_t count;
};

/* One test of an interview; the rest is "". */
struct ih_situation_test {
	const char *instrument, *item, *code, *below, *from;
	bool first; /* of a group, of which every test holds */
};

struct ih_situation {
	const char *id;
	struct ih_texts name;
	const struct ih_situation_test *tests; /* COUNT 0: always */
	size_t count;
};

typedef struct ih_services {
	struct ih_named_list needs, causes, results;
	const struct ih_situation *situations;
	size_t situation_count;
	const struct ih_service *services;
	size_t service_count;
	const struct ih_circuit *circuits; /* those of the country first */
	size_t circuit_count;
	const char *item_needs, *item_sex, *item_age; /* of an interview */
	struct ih_arena *arena;
} ih_services;

/* With what COMMITTEE's country says; one that says nothing has no file.
 * Caller owns.  NULL: IH_INPUT, naming file and line; IH_ABSENT, IH_SYSTEM. */
struct ih_services *ih_services_load(struct ih_library *library,
    const char *committee, struct ih_error *err);
void ih_services_free(struct ih_services *services);

/* Each NULL where there is none of that id. */
const struct ih_named *
ih_named_find(const struct ih_named_list *list, const char *id);
const struct ih_service *
ih_services_find(const struct ih_services *services, const char *id);
const struct ih_circuit *
ih_services_circuit(const struct ih_services *services, const char *situation);

/* Does SERVICE meet NEED? */
bool ih_service_meets(const struct ih_service *service, const char *need);

/* Is SITUATION that of the case FACTS?  What was not answered is not. */
bool
ih_situation_holds(const struct ih_situation *situation, const xmlDoc *facts);

/* Did the interview of FACTS name NEED? */
bool ih_services_asked(const struct ih_services *services, const xmlDoc *facts,
    const char *need);

/* What a provider has to suit. */
struct ih_suited {
	const char *sex;      /* "" not said */
	const char *language; /* the one spoken; "" not said */
	int age;              /* -1: not said */
};
struct ih_suited
ih_services_suited(const struct ih_services *services, const xmlDoc *facts);

IH_OWNER(ih_services, ih_services_free)

#endif
