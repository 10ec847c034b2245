/* A regional summary is read, or refused with a reason. */
#include <assert.h>
#include <stdint.h>

#include "ihala/region.h"
#include "ihala/xml.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static struct ih_tables *tables;
	struct ih_error err = { .kind = IH_NONE };

	if (tables == NULL) {
		IH_OWNED(ih_library) library = ih_library_open(".", &err);

		tables = ih_tables_load(library, &err);
		assert(tables != NULL);
	}
	IH_OWNED(xmlDoc) one =
	    ih_region_read(tables, "fuzz", bytes, size, &err);
	assert((one == NULL) == (err.kind != IH_NONE));
	return 0;
}
