/*
 * Any bytes as a framework over the small instrument: refused with a reason,
 * or monotone: what is open when nothing is answered holds what comes out
 * when all is.
 */
#include "ihala/assess.h"
#include "small.h"

static struct ih_schema *schema;
static struct ih_instrument *instrument;

static void
use(const struct ih_framework *framework)
{
	IH_OWNED(ih_arena) arena = ih_arena_new();
	struct ih_answers answers = { .instrument = instrument, .id = "" };
	struct ih_bounds open = ih_bounds_new(framework, arena);

	answers.answers = ih_arena_take(arena,
	    instrument->item_count * sizeof *answers.answers);
	ih_bounds_find(framework, answers.answers, &open);
	IH_OWNED(ih_assessment) blank = ih_assess(framework, &answers);
	for (size_t i = 0; i < instrument->item_count; i++)
		answers.answers[i].state = IH_GIVEN;
	IH_OWNED(ih_assessment) given = ih_assess(framework, &answers);
	assert(given->settled);
	assert(given->bounds.at_least >= open.at_least);
	assert(given->bounds.at_most <= open.at_most);
	assert(blank->bounds.at_most == open.at_most);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct ih_error err = { 0 };
	size_t faults = 0;

	if (schema == NULL)
		schema = schema_of("framework");
	if (instrument == NULL)
		instrument = small_instrument();
	IH_OWNED(ih_framework) read =
	    ih_framework_read(schema, instrument, "fuzz", bytes, size, &err);

	assert((read == NULL) == (err.kind != IH_NONE));
	assert(ih_framework_check(schema, instrument, "fuzz", bytes, size,
		   count_fault, &faults) == (read != NULL));
	assert((faults == 0) == (read != NULL));
	if (read != NULL)
		use(read);
	return 0;
}
