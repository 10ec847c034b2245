/* A regional summary is read, or refused with a reason. */
#include "ihala/region.h"
#include "ihala/xml.h"
#include "tables.h"

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct ih_error err = { .kind = IH_NONE };
	IH_OWNED(xmlDoc) one =
	    ih_region_read(the_tables(), "fuzz", bytes, size, &err);
	assert((one == NULL) == (err.kind != IH_NONE));
	return 0;
}
