/*
 * Any bytes as exchange.xml: read, or refused with a reason; and what was
 * read can be written, and is then read the same.  What is known again as
 * written here says the same to a parser.
 */
#include "forms.h"

static void
says_the_same(const struct ih_letter *a, const struct ih_letter *b)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) one = ih_letter_write(a, &err);
	IH_OWNED(ih_buffer) other = ih_letter_write(b, &err);

	assert(one != NULL && other != NULL && one->size == other->size);
	assert(memcmp(one->data, other->data, one->size) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct ih_error err = { 0 };
	struct ih_letter letter, known;
	IH_OWNED(ih_arena) arena = ih_arena_new();
	IH_OWNED(xmlDoc) doc = passed(the_forms()->exchange, bytes, size, &err);
	bool read = doc != NULL && ih_letter_from(doc, arena, &letter, &err);

	assert(read == (err.kind == IH_NONE));
	if (ih_letter_as_written(bytes, size, arena, &known)) {
		assert(read);
		says_the_same(&letter, &known);
	}
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
