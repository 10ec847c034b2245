/*
 * small.h - the small instrument and framework of the tests, for fuzz
 * targets: read once, never freed, and without them there is nothing to try.
 */
#ifndef IHALA_FUZZ_SMALL_H
#define IHALA_FUZZ_SMALL_H

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

#include "ihala/file.h"
#include "ihala/framework.h"
#include "ihala/xml.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static inline struct ih_schema *
schema_of(const char *format)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_library) library = ih_library_open(".", &err);
	struct ih_schema *schema = ih_schema_load(library, format, &err);

	if (schema == NULL)
		abort();
	return schema;
}

static inline struct ih_instrument *
small_instrument(void)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_schema) schema = schema_of("instrument");
	IH_OWNED(ih_buffer) bytes =
	    ih_file_read("tests/assess/small.xml", IH_XML_MAX, &err);
	struct ih_instrument *small = ih_instrument_read(schema, "small.xml",
	    bytes->data, bytes->size, &err);

	if (small == NULL)
		abort();
	return small;
}

static inline struct ih_framework *
small_framework(const struct ih_instrument *instrument)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_schema) schema = schema_of("framework");
	IH_OWNED(ih_buffer) bytes =
	    ih_file_read("tests/assess/small-framework.xml", IH_XML_MAX, &err);
	struct ih_framework *small = ih_framework_read(schema, instrument,
	    "small-framework.xml", bytes->data, bytes->size, &err);

	if (small == NULL)
		abort();
	return small;
}

/* Count faults, each of which says something. */
static inline void
count_fault(const char *text, void *with)
{
	assert(text[0] != '\0');
	++*(size_t *)with;
}

#endif
