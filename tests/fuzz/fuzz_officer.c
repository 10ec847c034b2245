/* Any bytes as the certificates of officers, and as a key file. */
#include <assert.h>
#include <stdint.h>

#include "ihala/officer.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct ih_error err = { 0 }, denied = { 0 };
	IH_OWNED(ih_officers) officers =
	    ih_officers_read("MA", bytes, size, &err);
	IH_OWNED(ih_officer) officer =
	    ih_officer_load(bytes, size, "phrase exemple", &denied);

	assert((officers == NULL) == (err.kind != IH_NONE));
	assert((officer == NULL) == (denied.kind != IH_NONE));
	return 0;
}
