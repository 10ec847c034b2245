/* Any bytes either open under the key or are refused with a reason. */
#include <assert.h>
#include <stdint.h>

#include "ihala/seal.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static const unsigned char key[IH_KEY] =
	    "a key of thirty-two bytes, yes.";
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer)
	opened = ih_seal_open(key, "case 1", 6, bytes, size, &err);

	assert((opened == NULL) == (err.kind != IH_NONE));
	assert(opened == NULL || opened->size + IH_SEAL_MORE == size);
	return 0;
}
