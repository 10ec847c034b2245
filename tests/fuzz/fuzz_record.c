/*
 * A case from outside: read, held against its schema, then given every verb
 * that takes a case.  What does not fit goes no further; what fits never
 * fails without a reason, and what is cut from it is a case again.
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

#include "ihala/continuity.h"
#include "ihala/instrument.h"
#include "ihala/library.h"
#include "ihala/mechanism.h"
#include "ihala/record.h"
#include "ihala/release.h"
#include "ihala/schema.h"
#include "ihala/xml.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static struct {
	struct ih_library *library;
	struct ih_instrument *instrument;
	struct ih_mechanism *ma;
	struct ih_schema *cases, *notices;
} house;

static void
house_open(void)
{
	struct ih_error err = { 0 };

	house.library = ih_library_open(".", &err);
	house.instrument = ih_instrument_load(house.library, "adult", &err);
	house.ma = ih_mechanism_load(house.library, "MA", &err);
	house.cases = ih_schema_load(house.library, "case", &err);
	house.notices = ih_schema_load(house.library, "notification", &err);
	assert(err.kind == IH_NONE);
}

/* The corpus outlives versions of the instrument: be of this one. */
static void
be_current(xmlDoc *doc)
{
	xmlNode *node = xmlDocGetRootElement(doc)->children;

	for (; node != NULL; node = node->next)
		if (node->type == XML_ELEMENT_NODE &&
		    xmlStrEqual(node->name, (const xmlChar *)"answers")) {
			xmlSetProp(node, (const xmlChar *)"digest",
			    (const xmlChar *)house.instrument->digest);
			xmlSetProp(node, (const xmlChar *)"version",
			    (const xmlChar *)house.instrument->version);
		}
}

/* RESULT must fit SCHEMA where DONE, and say why it does not where not. */
static void
expect(struct ih_schema *schema, bool done, struct ih_buffer *result,
    struct ih_error *err)
{
	IH_OWNED(xmlDoc) doc = NULL;

	assert(done == (err->kind == IH_NONE));
	assert(done == (result->size > 0));
	if (!done)
		return;
	doc = ih_xml_read("result", result->data, result->size, err);
	assert(doc != NULL);
	assert(ih_schema_check(schema, doc, "result", err));
}

static void
release(xmlDoc *facts, xmlDoc *identity, const char *profile,
    const char *recipient, struct ih_schema *schema)
{
	struct ih_release asked = { .mechanism = house.ma,
		.profile = profile,
		.recipient = recipient,
		.file = "notify-only",
		.authorisation = "EXEMPLE-7",
		.day = "2026-03-20",
		.instrument = house.instrument };
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_error err = { 0 };
	bool done = ih_release_cut(&asked, facts, identity, out, &err);

	expect(schema, done, out, &err);
}

static void
next_versions(xmlDoc *facts)
{
	static const struct ih_record_referral referral = {
		.id = "21234567-89ab-4def-8123-456789abcdef",
		.to = "TN",
		.date = "2026-03-06",
		.status = "draft"
	};
	static const struct ih_record_status status = { .file = "review" };
	IH_OWNED(ih_buffer) one = ih_buffer_new();
	IH_OWNED(ih_buffer) two = ih_buffer_new();
	struct ih_error err = { 0 };

	expect(house.cases, ih_record_refer(facts, &referral, one, &err), one,
	    &err);
	err = (struct ih_error){ 0 };
	expect(house.cases, ih_record_set_status(facts, &status, two, &err),
	    two, &err);
}

/* As a case that came: what did not come is blank, or was skipped there and
 * here alike. */
static void
read_elsewhere(const xmlDoc *doc)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_continuity)
	c = ih_continuity_read(doc, house.instrument, NULL, "TN", "2026-03-20",
	    &err);

	assert((c == NULL) == (err.kind != IH_NONE));
	for (size_t i = 0; c != NULL && i < c->here->item_count; i++)
		if (c->had[i] == IH_HAD_UNSENT || c->had[i] == IH_HAD_OPEN)
			assert(c->answers->answers[i].state == IH_BLANK ||
			       c->answers->answers[i].state == IH_NOT_ASKED);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	IH_OWNED(xmlDoc) doc = NULL;
	struct ih_error err = { 0 };

	if (house.library == NULL)
		house_open();
	doc = ih_xml_read("fuzz", bytes, size, &err);
	assert((doc == NULL) == (err.kind != IH_NONE));
	if (doc == NULL || !ih_schema_check(house.cases, doc, "fuzz", &err))
		return 0;
	read_elsewhere(doc);
	be_current(doc);
	read_elsewhere(doc);
	release(doc, NULL, "referral", "TN", house.cases);
	release(doc, NULL, "referral", "court-support-unit", house.cases);
	release(doc, doc, "referral", "TN", house.cases);
	release(doc, doc, "disclosure", "prosecution", house.cases);
	release(doc, doc, "notification", "MA", house.notices);
	next_versions(doc);
	return 0;
}
