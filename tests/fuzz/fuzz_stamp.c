/*
 * Any bytes as an authority's reply to a request, and as a stamped signature:
 * added or read, or refused with a code.
 */
#include <assert.h>
#include <stdint.h>

#include "ihala/file.h"
#include "ihala/stamp.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static struct ih_buffer *signature;
	struct ih_error err = { 0 }, said = { 0 };
	int64_t at = 0;

	if (signature == NULL)
		signature = ih_file_read("tests/fuzz/corpus/der/signature-pss",
		    1 << 16, &err);
	assert(signature != NULL);
	IH_OWNED(ih_buffer)
	stamped =
	    ih_stamp_add(signature->data, signature->size, bytes, size, &err);
	assert((stamped == NULL) == (err.kind != IH_NONE));
	assert(ih_stamp_time(bytes, size, NULL, 0, &at, &said) ==
	       (said.kind == IH_NONE));
	return 0;
}
