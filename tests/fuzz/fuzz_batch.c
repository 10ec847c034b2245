/*
 * Any bytes as a stream of interviews, whole and in pieces: the same lines,
 * and an end or a reason.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/batch.h"
#include "ihala/file.h"
#include "ihala/xml.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static struct ih_instrument *instrument;
static struct ih_framework *framework;

static void
set_up(void)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_library) library = ih_library_open(".", &err);
	IH_OWNED(ih_schema) instruments =
	    ih_schema_load(library, "instrument", &err);
	IH_OWNED(ih_schema) frameworks =
	    ih_schema_load(library, "framework", &err);
	IH_OWNED(ih_buffer) small =
	    ih_file_read("tests/assess/small.xml", IH_XML_MAX, &err);
	IH_OWNED(ih_buffer) rules =
	    ih_file_read("tests/assess/small-framework.xml", IH_XML_MAX, &err);

	instrument = ih_instrument_read(instruments, "small.xml", small->data,
	    small->size, &err);

	framework = ih_framework_read(frameworks, instrument,
	    "small-framework.xml", rules->data, rules->size, &err);
	if (framework == NULL)
		abort();
}

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
		set_up();
	bool fine = run(bytes, size, size + 1, whole);
	bool fine_too = run(bytes, size, 1 + size / 7, pieces);

	assert(fine == fine_too);
	assert(whole->size == pieces->size);
	assert(memcmp(whole->data, pieces->data, whole->size) == 0);
	return 0;
}
