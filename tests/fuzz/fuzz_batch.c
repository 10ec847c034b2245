/*
 * Any bytes as a stream of interviews, whole and in pieces: the same lines,
 * and an end or a reason.
 */
#include <string.h>

#include "ihala/batch.h"
#include "small.h"

static struct ih_framework *framework;

static void
keep(const struct ih_batch_result *result, void *with)
{
	struct ih_buffer *out = with;

	assert((result->err == NULL) == (result->bounds != NULL));
	ih_batch_line(result, out);
	ih_buffer_add(out, "\n", 1);
}

static bool
run(const uint8_t *bytes, size_t size, size_t step, struct ih_buffer *out)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_batch) batch = ih_batch_new(framework, keep, out);
	bool fine = true;

	for (size_t at = 0; at < size && fine; at += step)
		fine = ih_batch_feed(batch, bytes + at,
		    size - at < step ? size - at : step, &err);
	fine = fine && ih_batch_end(batch, &err);
	assert(fine == (err.kind == IH_NONE));
	return fine;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	IH_OWNED(ih_buffer) whole = ih_buffer_new();
	IH_OWNED(ih_buffer) pieces = ih_buffer_new();

	if (framework == NULL)
		framework = small_framework(small_instrument());
	bool fine = run(bytes, size, size + 1, whole);
	bool fine_too = run(bytes, size, 1 + size / 7, pieces);

	assert(fine == fine_too);
	assert(whole->size == pieces->size);
	assert(memcmp(whole->data, pieces->data, whole->size) == 0);
	return 0;
}
