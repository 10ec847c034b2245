/* Any bytes either unwrap to a key or are refused with a reason. */
#include <assert.h>
#include <stdint.h>

#include "ihala/wrap.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static const unsigned char key[IH_KEY] =
	    "a key of thirty-two bytes, yes.";
	struct ih_error err = { 0 };
	IH_OWNED(ih_secret) private = ih_secret_copy(key, sizeof key);
	IH_OWNED(ih_secret)
	unwrapped = ih_unwrap(private, "use", bytes, size, &err);

	assert((unwrapped == NULL) == (err.kind != IH_NONE));
	assert(unwrapped == NULL || unwrapped->size == IH_KEY);
	return 0;
}
