/* Any blocks become pages, or are refused with a reason; the same ones become
 * the same pages. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/pdf.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static struct ih_press *
press_of_the_house(void)
{
	static struct ih_press *press;
	struct ih_error err = { 0 };

	if (press == NULL) {
		IH_OWNED(ih_library) library = ih_library_open(".", &err);

		press = ih_press_open(library, &err);
	}
	if (press == NULL)
		abort();
	return press;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct ih_press *press = press_of_the_house();
	struct ih_error err = { 0 }, why = { 0 };
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	IH_OWNED(ih_buffer) again = ih_buffer_new();
	bool set = ih_pdf_set(bytes, size, out, press, &err);

	assert(set == (err.kind == IH_NONE));
	if (!set)
		return 0;
	assert(out->size > 5 && memcmp(out->data, "%PDF-", 5) == 0);
	assert(ih_pdf_set(bytes, size, again, press, &why));
	assert(again->size == out->size &&
	       memcmp(again->data, out->data, out->size) == 0);
	return 0;
}
