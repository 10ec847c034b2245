/* A request for help is cut in two documents that are requests again, and the
 * one that tells what happened does not tell who. */
#include "forms.h"

#include <string.h>

#include "ihala/node.h"
#include "ihala/request.h"

static struct ih_schema *
the_schema(void)
{
	static struct ih_schema *schema;
	struct ih_error err = { 0 };

	if (schema == NULL) {
		IH_OWNED(ih_library) library = ih_library_open(".", &err);

		schema = ih_schema_load(library, "request", &err);
	}
	if (schema == NULL)
		abort();
	return schema;
}

static void
fits_again(const struct ih_buffer *part, const char *root)
{
	struct ih_error err = { 0 };
	IH_OWNED(xmlDoc)
	doc = passed(the_schema(), part->data, part->size, &err);

	assert(doc != NULL);
	assert(ih_is(xmlDocGetRootElement(doc), root));
	assert(ih_child(xmlDocGetRootElement(doc), "identity") == NULL);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct ih_error err = { 0 };
	IH_OWNED(xmlDoc) doc = passed(the_schema(), bytes, size, &err);
	IH_OWNED(ih_buffer) identity = NULL;
	IH_OWNED(ih_buffer)
	facts = doc != NULL ? ih_request_split(doc, &identity, &err) : NULL;

	assert((facts != NULL) == (err.kind == IH_NONE));
	if (facts != NULL)
		fits_again(facts, "request");
	if (identity != NULL)
		fits_again(identity, "identity");
	return 0;
}
