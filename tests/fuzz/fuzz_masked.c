/* Masked numbers are read, or refused with a reason. */
#include "ihala/masked.h"
#include "tables.h"

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct ih_error err = { .kind = IH_NONE };
	IH_OWNED(ih_masked) one =
	    ih_masked_read(the_tables(), "fuzz", bytes, size, &err);
	assert((one == NULL) == (err.kind != IH_NONE));
	return 0;
}
