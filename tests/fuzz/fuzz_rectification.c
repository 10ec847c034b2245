/*
 * A correction from outside: read, held against its schema, put into a case.
 * What does not fit goes no further; what fits makes a case again, both parts
 * of it.
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

#include "ihala/answers.h"
#include "ihala/file.h"
#include "ihala/rectify.h"
#include "ihala/schema.h"
#include "ihala/xml.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static struct {
	struct ih_instrument *instrument;
	struct ih_schema *asked, *cases;
	xmlDoc *facts, *identity;
} house;

static void
house_open(void)
{
	struct ih_error err = { 0 };
	struct ih_record_parts parts = { 0 };
	IH_OWNED(ih_library) library = ih_library_open(".", &err);
	IH_OWNED(ih_buffer)
	bytes = ih_file_read("tests/document/record.xml", IH_XML_MAX, &err);
	IH_OWNED(xmlDoc)
	joined = ih_xml_read("record", bytes->data, bytes->size, &err);

	house.instrument = ih_instrument_load(library, "adult", &err);
	house.asked = ih_schema_load(library, "rectification", &err);
	house.cases = ih_schema_load(library, "case", &err);
	if (!ih_record_split(joined, &parts, &err))
		abort();
	house.facts =
	    ih_xml_read("facts", parts.facts->data, parts.facts->size, &err);
	house.identity = ih_xml_read("identity", parts.identity->data,
	    parts.identity->size, &err);
	ih_record_parts_free(&parts);
	assert(err.kind == IH_NONE);
}

static void
expect_case(const struct ih_buffer *part)
{
	struct ih_error err = { 0 };
	IH_OWNED(xmlDoc)
	doc = ih_xml_read("case", part->data, part->size, &err);

	assert(doc != NULL && ih_schema_check(house.cases, doc, "case", &err));
}

/* The record outlives versions of the instrument: be of this one. */
static void
be_current(xmlDoc *interview)
{
	xmlNode *root = xmlDocGetRootElement(interview);

	xmlSetProp(root, (const xmlChar *)"digest",
	    (const xmlChar *)house.instrument->digest);
	xmlSetProp(root, (const xmlChar *)"version",
	    (const xmlChar *)house.instrument->version);
}

static void
put(const xmlDoc *asked)
{
	struct ih_error err = { 0 };
	struct ih_rectified counts;
	struct ih_record_parts parts = { 0 };
	IH_OWNED(xmlDoc)
	interview = ih_rectify_interview(house.facts, house.identity);
	const struct ih_rectifying what = { .instrument = house.instrument,
		.facts = house.facts,
		.identity = house.identity,
		.request = asked,
		.interview = interview,
		.day = "2026-03-09" };

	if (!ih_rectify_answers(interview, asked, house.instrument, &counts,
		&err)) {
		assert(err.kind != IH_NONE);
		return;
	}
	assert(counts.corrected + counts.refused > 0);
	be_current(interview);
	IH_OWNED(ih_answers)
	answers = ih_answers_read(interview, house.instrument, &err);
	if (answers == NULL) {
		assert(err.kind != IH_NONE);
		return;
	}
	if (!ih_rectify_write(&what, &parts, &err)) {
		assert(err.kind != IH_NONE);
		return;
	}
	expect_case(parts.facts);
	if (parts.identity != NULL)
		expect_case(parts.identity);
	ih_record_parts_free(&parts);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct ih_error err = { 0 };

	if (house.asked == NULL)
		house_open();
	IH_OWNED(xmlDoc) doc = ih_xml_read("fuzz", bytes, size, &err);
	bool fits =
	    doc != NULL && ih_schema_check(house.asked, doc, "fuzz", &err);
	assert(fits == (err.kind == IH_NONE));
	if (fits)
		put(doc);
	return 0;
}
