/*
 * Any bytes as exchange.xml: read, or refused with a reason; and what was
 * read can be written, and is then read the same.
 */
#include "forms.h"

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct ih_error err = { 0 };
	struct ih_letter letter;
	IH_OWNED(ih_arena) arena = ih_arena_new();
	IH_OWNED(xmlDoc) doc = passed(the_forms()->exchange, bytes, size, &err);
	bool read = doc != NULL && ih_letter_from(doc, arena, &letter, &err);

	assert(read == (err.kind == IH_NONE));
	if (read) {
		IH_OWNED(ih_buffer) once = ih_letter_write(&letter, &err);
		assert(once != NULL);
		IH_OWNED(xmlDoc) again =
		    passed(the_forms()->exchange, once->data, once->size, &err);
		assert(again != NULL);
		assert(ih_letter_from(again, arena, &letter, &err));
		IH_OWNED(ih_buffer) twice = ih_letter_write(&letter, &err);
		assert(twice != NULL && twice->size == once->size);
	}
	return 0;
}
