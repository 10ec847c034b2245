/*
 * Any bytes as a container: read, or refused with a code.
 */
#include <assert.h>
#include <stdint.h>

#include "ihala/container.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_container) read = ih_container_read(bytes, size, &err);

	assert((read == NULL) == (err.kind != IH_NONE));
	assert((read == NULL) == (err.code[0] != '\0'));
	return 0;
}
