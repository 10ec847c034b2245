/* Any bytes are either what an outsider can hold about a ledger, which is
 * written and read again as the same, or refused with a reason; and what is
 * read can be checked, whatever it says. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "ihala/proof.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void
is_written_as_it_was_read(const struct ih_evidence *evidence)
{
	struct ih_error err = { 0 };
	struct ih_evidence again;
	IH_OWNED(ih_buffer) file = ih_evidence_write(evidence);

	assert(ih_evidence_read(file->data, file->size, &again, &err));
	assert(memcmp(evidence, &again, sizeof again) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct ih_error err = { 0 }, why = { 0 };
	struct ih_evidence evidence;
	bool read = ih_evidence_read(bytes, size, &evidence, &err);

	assert(read == (err.kind == IH_NONE));
	if (!read)
		return 0;
	is_written_as_it_was_read(&evidence);
	assert(ih_evidence_is_signed(&evidence, &why) == (why.kind == IH_NONE));
	ih_evidence_includes(&evidence, &why);
	ih_evidence_extends(&evidence, &evidence, &why);
	return 0;
}
