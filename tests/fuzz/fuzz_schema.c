/* Any bytes against the schema of answers: they fit, or the first fault is
 * named; libxml2 and our own search for the fault agree. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/library.h"
#include "ihala/schema.h"
#include "ihala/xml.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* Loaded once, and kept. */
static struct ih_schema *
schema(void)
{
	static struct ih_schema *loaded;
	struct ih_error err = { 0 };

	if (loaded == NULL) {
		IH_OWNED(ih_library) library = ih_library_open(".", &err);

		if (library != NULL)
			loaded = ih_schema_load(library, "answers", &err);
	}
	if (loaded == NULL)
		abort();
	return loaded;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct ih_error err = { 0 };
	IH_OWNED(xmlDoc) doc = ih_xml_read("fuzz", bytes, size, &err);
	bool fits;

	assert((doc == NULL) == (err.kind != IH_NONE));
	if (doc == NULL)
		return 0;
	fits = ih_schema_check(schema(), doc, "fuzz", &err);
	assert(fits == (err.kind == IH_NONE));
	if (!fits) {
		assert(err.kind == IH_INPUT);
		assert(strncmp(err.text, "fuzz:", 5) == 0);
		assert(strstr(err.text, "its schema") == NULL);
	}
	return 0;
}
