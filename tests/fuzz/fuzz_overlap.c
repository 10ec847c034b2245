/* A declared overlap stands beside the returns it is of, or is refused. */
#include "ihala/region.h"
#include "ihala/xml.h"
#include "tables.h"

/* What the confined reader does, and what is made of what it lets through. */
int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static struct ih_schema *schema;
	static struct ih_return one = { .committee = "MA", .period = "2026" };
	static struct ih_return two = { .committee = "TN", .period = "2026" };
	struct ih_return *returns[] = { &one, &two };
	struct ih_world world = { .now = 0 };
	struct ih_error err = { .kind = IH_NONE };
	IH_OWNED(xmlDoc) doc = ih_xml_read("fuzz", bytes, size, &err);

	if (schema == NULL) {
		struct ih_error none = { .kind = IH_NONE };
		IH_OWNED(ih_library) library = ih_library_open(".", &none);

		schema = ih_schema_load(library, "overlap", &none);
	}
	if (doc == NULL || !ih_schema_check(schema, doc, "fuzz", &err))
		return 0;
	const struct ih_region_beside beside = { NULL, 0, doc, NULL };
	IH_OWNED(ih_buffer)
	region =
	    ih_region_make(the_tables(), returns, 2, &beside, &world, &err);
	assert((region == NULL) == (err.kind != IH_NONE));
	return 0;
}
