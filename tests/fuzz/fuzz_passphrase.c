/* Any bytes either open under the passphrase or are refused with a reason,
 * and no cost that is written in them takes long. */
#include <assert.h>
#include <stdint.h>

#include "ihala/passphrase.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct ih_error err = { 0 };
	/* What is dear is only tried where it is asked for. */
	uint8_t cheap = size > 3 && bytes[1] <= 6 && bytes[3] <= 2;
	struct ih_cost least = cheap ? (struct ih_cost){ 1, 1, 1 } :
				       (struct ih_cost){ 255, 255, 255 };
	IH_OWNED(ih_secret)
	opened = ih_passphrase_open("quatre mots assez longs", least, "user",
	    bytes, size, &err);

	assert((opened == NULL) == (err.kind != IH_NONE));
	return 0;
}
