/* A submission from a phone, of a form of ours or of somebody else, becomes an
 * interview that fits its schema, or nothing. */
#include "forms.h"

#include <string.h>

#include "ihala/arena.h"
#include "ihala/submission.h"

struct known {
	struct ih_schema *submission, *answers;
	struct ih_instrument *rapid, *adult;
	xmlDoc *mapping;
};

static const struct known *
the_known(void)
{
	static struct known k;
	struct ih_error err = { 0 };

	if (k.mapping != NULL)
		return &k;
	IH_OWNED(ih_library) library = ih_library_open(".", &err);
	k.submission = ih_schema_load(library, "submission", &err);
	k.answers = ih_schema_load(library, "answers", &err);
	k.rapid = ih_instrument_load(library, "rapid", &err);
	k.adult = ih_instrument_load(library, "adult", &err);
	IH_OWNED(ih_buffer)
	map = ih_library_read(library, "xml/mapping/htcds.xml", &err);
	k.mapping =
	    map != NULL ? ih_xml_read("map", map->data, map->size, &err) : NULL;
	if (k.mapping == NULL)
		abort();
	return &k;
}

/* What is written is well-formed, whatever came. */
static void
becomes(const xmlDoc *doc, const struct ih_instrument *instrument,
    const xmlDoc *mapping)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer)
	made =
	    ih_submission_answers(doc, instrument, mapping, "MA", true, &err);

	assert((made == NULL) == (err.kind != IH_NONE));
	if (made == NULL)
		return;
	IH_OWNED(xmlDoc)
	read = ih_xml_read("made", made->data, made->size, &err);
	assert(read != NULL);
	ih_schema_check(the_known()->answers, read, "made", &err);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct ih_error err = { 0 };
	struct ih_submitted head;
	const struct known *k = the_known();
	IH_OWNED(ih_arena) arena = ih_arena_new();
	IH_OWNED(xmlDoc) doc = passed(k->submission, bytes, size, &err);

	if (doc == NULL || !ih_submission_head(doc, arena, &head, &err)) {
		assert(err.kind != IH_NONE);
		return 0;
	}
	assert(!head.encrypted || head.file != NULL);
	becomes(doc, k->rapid, NULL);
	becomes(doc, k->adult, k->mapping);
	return 0;
}
