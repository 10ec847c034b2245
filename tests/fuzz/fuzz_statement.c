/* A statement of a registry from outside: read or refused; what was read can
 * be written again, and is then the same bytes. */
#include <assert.h>
#include <stdint.h>

#include "../../src/registry/statement.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_statement) s = ih_statement_read(bytes, size, &err);

	assert((s == NULL) == (err.kind != IH_NONE));
	if (s != NULL)
		for (size_t i = 0; i < s->count; i++)
			assert(s->erased[i].code[4] == '-');
	return 0;
}
