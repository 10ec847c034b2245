/*
 * Any bytes as inquiry.xml or refusal.xml: read, or refused with a reason;
 * what was read is written again.
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

#include "ihala/inquiry.h"
#include "ihala/library.h"
#include "ihala/schema.h"
#include "ihala/xml.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static struct ih_schema *inquiries, *refusals;

static void
schemas_open(void)
{
	struct ih_error err = { 0 };
	struct ih_library *library = ih_library_open(".", &err);

	if (library == NULL)
		abort();
	inquiries = ih_schema_load(library, "inquiry", &err);
	refusals = ih_schema_load(library, "refusal", &err);
	ih_library_close(library);
	if (inquiries == NULL || refusals == NULL)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	IH_OWNED(ih_buffer) again = NULL;
	struct ih_error err = { 0 }, other = { 0 };
	struct ih_inquiry inquiry;
	struct ih_refusal refusal;
	bool read = false;

	if (inquiries == NULL)
		schemas_open();
	IH_OWNED(xmlDoc) doc = ih_xml_read("fuzz", bytes, size, &err);
	if (doc == NULL) {
		assert(err.kind != IH_NONE);
		return 0;
	}
	if (ih_schema_check(inquiries, doc, "fuzz", &err)) {
		read = ih_inquiry_from(doc, &inquiry, &err);
		if (read)
			again = ih_inquiry_write(&inquiry, &err);
	} else if (ih_schema_check(refusals, doc, "fuzz", &other)) {
		err = other;
		read = ih_refusal_from(doc, &refusal, &err);
		if (read)
			again = ih_refusal_write(&refusal, &err);
	}
	assert(read == (err.kind == IH_NONE));
	assert(read == (again != NULL));
	return 0;
}
