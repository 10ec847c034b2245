/* Any bytes are either a share, which is written and read again as the same,
 * or refused with a reason. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "ihala/share.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void
is_written_as_it_was_read(const struct ih_share *share)
{
	struct ih_error err = { 0 };
	struct ih_share again = { 0 };
	IH_OWNED(ih_secret) text = ih_share_text(share);
	const char *written = (const char *)text->bytes;

	assert(ih_share_read(written, strlen(written), &again, &err));
	assert(memcmp(share, &again, sizeof again) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	const char *text = (const char *)bytes;
	struct ih_error err = { 0 }, piece = { 0 };
	struct ih_share share = { 0 };
	unsigned groups = 0;
	bool read = ih_share_read(text, size, &share, &err);

	assert(read == (err.kind == IH_NONE));
	assert(ih_share_piece(text, size, 1, &groups, &piece) ==
	       (piece.kind == IH_NONE));
	assert(!read || groups == IH_SHARE_GROUPS);
	if (read)
		is_written_as_it_was_read(&share);
	return 0;
}
