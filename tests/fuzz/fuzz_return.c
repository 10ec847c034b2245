/* A return is read, or refused with a reason. */
#include <assert.h>
#include <stdint.h>

#include "ihala/return.h"

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
	IH_OWNED(ih_return) one =
	    ih_return_read(tables, "fuzz", bytes, size, &err);
	assert((one == NULL) == (err.kind != IH_NONE));
	return 0;
}
