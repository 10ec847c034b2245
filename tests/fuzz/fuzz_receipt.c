/*
 * Any bytes as receipt.xml: read, or refused with a reason.
 */
#include "forms.h"

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct ih_error err = { 0 };
	struct ih_receipt receipt;
	IH_OWNED(xmlDoc) doc = passed(the_forms()->receipt, bytes, size, &err);
	bool read = doc != NULL && ih_receipt_from(doc, &receipt, &err);

	assert(read == (err.kind == IH_NONE));
	if (read) {
		IH_OWNED(ih_buffer) again = ih_receipt_write(&receipt, &err);
		assert(again != NULL);
	}
	return 0;
}
