/*
 * forms.h - the schemas of the exchange, loaded once for a fuzz target.
 */
#ifndef IHALA_FUZZ_FORMS_H
#define IHALA_FUZZ_FORMS_H

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

#include "ihala/letter.h"
#include "ihala/xml.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static inline const struct ih_forms *
the_forms(void)
{
	static struct ih_library *library;
	static struct ih_forms *forms;
	struct ih_error err = { 0 };

	if (library == NULL)
		library = ih_library_open(".", &err);
	if (library != NULL && forms == NULL)
		forms = ih_forms_load(library, &err);
	if (forms == NULL)
		abort();
	return forms;
}

/* A document that its schema has passed; NULL: ERR says why. */
static inline xmlDoc *
passed(struct ih_schema *schema, const uint8_t *bytes, size_t size,
    struct ih_error *err)
{
	IH_OWNED(xmlDoc) doc = ih_xml_read("fuzz", bytes, size, err);

	if (doc == NULL || !ih_schema_check(schema, doc, "fuzz", err))
		return NULL;
	return IH_GIVE(doc);
}

#endif
