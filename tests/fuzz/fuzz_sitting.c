/*
 * Any bytes as an interview that is going on: refused with a reason, or kept
 * as it is: written and read again it is the same, and what counts of it is an
 * interview.
 */
#include <string.h>

#include "ihala/answers.h"
#include "ihala/sitting.h"
#include "small.h"

static struct ih_schema *schema;
static struct ih_instrument *instrument;

static struct ih_sitting *
sitting_of(const void *bytes, size_t size, struct ih_error *err)
{
	IH_OWNED(xmlDoc) doc = ih_xml_read("fuzz", bytes, size, err);

	return doc != NULL && ih_schema_check(schema, doc, "fuzz", err) ?
		   ih_sitting_read(doc, instrument, err) :
		   NULL;
}

static void
use(struct ih_sitting *sitting)
{
	static const char *const yes[] = { "yes" };
	const struct ih_saying saying = { IH_BY_PERSON, IH_GIVEN, yes, 1 };
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) once = ih_buffer_new();
	IH_OWNED(ih_buffer) twice = ih_buffer_new();
	IH_OWNED(ih_buffer) counting = ih_buffer_new();

	ih_sitting_write(sitting, once);
	IH_OWNED(ih_sitting) again = sitting_of(once->data, once->size, &err);
	assert(again != NULL);
	ih_sitting_write(again, twice);
	assert(once->size == twice->size &&
	       memcmp(once->data, twice->data, once->size) == 0);
	assert(ih_sitting_answers(sitting, false, counting, &err));
	IH_OWNED(xmlDoc)
	doc = ih_xml_read("fuzz", counting->data, counting->size, &err);
	IH_OWNED(ih_answers) answers = ih_answers_read(doc, instrument, &err);
	assert(answers != NULL);
	while (ih_sitting_next(sitting) != NULL) {
		const struct ih_item *item = ih_sitting_next(sitting);

		if (!ih_sitting_take(sitting, item->id, &saying, 1, &err))
			break;
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct ih_error err = { 0 };

	if (instrument == NULL) {
		schema = schema_of("draft");
		instrument = small_instrument();
	}
	IH_OWNED(ih_sitting) sitting = sitting_of(bytes, size, &err);
	assert((sitting == NULL) == (err.kind != IH_NONE));
	if (sitting != NULL)
		use(sitting);
	return 0;
}
