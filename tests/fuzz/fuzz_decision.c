/*
 * Any bytes as decision.xml: read, or refused with a reason; what was read is
 * written again.
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

#include "ihala/decision.h"
#include "ihala/library.h"
#include "ihala/schema.h"
#include "ihala/xml.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static struct ih_schema *decisions;

static void
schema_open(void)
{
	struct ih_error err = { 0 };
	struct ih_library *library = ih_library_open(".", &err);

	if (library == NULL)
		abort();
	decisions = ih_schema_load(library, "decision", &err);
	ih_library_close(library);
	if (decisions == NULL)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	IH_OWNED(ih_buffer) again = NULL;
	struct ih_error err = { 0 };
	struct ih_decision decision;
	bool read = false;

	if (decisions == NULL)
		schema_open();
	IH_OWNED(xmlDoc) doc = ih_xml_read("fuzz", bytes, size, &err);
	if (doc != NULL && ih_schema_check(decisions, doc, "fuzz", &err))
		read = ih_decision_from(doc, &decision, &err);
	if (read)
		again = ih_decision_write(&decision, &err);
	assert(read == (err.kind == IH_NONE));
	assert(read == (again != NULL));
	return 0;
}
