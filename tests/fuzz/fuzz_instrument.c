/*
 * Any bytes as an instrument: refused with a reason, or whole; and the check
 * that reports every fault agrees with the load that stops at the first.
 */
#include "small.h"

static struct ih_schema *schema;

static void
look_at(const struct ih_instrument *instrument)
{
	IH_OWNED(ih_arena) arena = ih_arena_new();
	struct ih_answer *answers =
	    ih_arena_take(arena, instrument->item_count * sizeof *answers);

	for (size_t i = 0; i < instrument->item_count; i++) {
		const struct ih_item *item = &instrument->items[i];

		assert(ih_instrument_item(instrument, item->id) == item);
		assert(ih_texts_say(&item->question,
			   (struct ih_tongue){ IH_AR, "MA" }) != NULL);
		ih_condition_holds(&item->ask_if, answers);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct ih_error err = { 0 };
	size_t faults = 0;

	if (schema == NULL)
		schema = schema_of("instrument");
	IH_OWNED(ih_instrument) read =
	    ih_instrument_read(schema, "fuzz", bytes, size, &err);

	assert((read == NULL) == (err.kind != IH_NONE));
	assert(ih_instrument_check(schema, "fuzz", bytes, size, count_fault,
		   &faults) == (read != NULL));
	assert((faults == 0) == (read != NULL));
	if (read != NULL)
		look_at(read);
	return 0;
}
