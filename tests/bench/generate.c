/*
 * generate COUNT SEED [INSTRUMENT] - a stream of invented interviews on
 * standard output, over xml/instrument/adult.xml or another: see
 * tests/assess/generated.h.  Run from the root of the tree.
 */
#include <stdlib.h>

#include "assess/generated.h"
#include "ihala/world.h"

static void
write_interview(struct generator *generator,
    const struct ih_instrument *instrument)
{
	IH_OWNED(ih_arena) arena = ih_arena_new();
	IH_OWNED(ih_buffer) out = ih_buffer_new();

	generate_interview(generator, instrument,
	    ih_arena_take(arena,
		instrument->item_count * sizeof(struct ih_answer)),
	    out);
	fwrite(out->data, 1, out->size, stdout);
}

int
main(int argc, char **argv)
{
	struct ih_error err = { 0 };
	struct generator generator = { 0 };
	long count = argc > 2 ? strtol(argv[1], NULL, 10) : -1;
	IH_OWNED(ih_library) library = ih_library_open(".", &err);
	IH_OWNED(ih_instrument) instrument =
	    library == NULL ?
		NULL :
		ih_instrument_load(library, argc > 3 ? argv[3] : "adult", &err);

	if (count < 0 || instrument == NULL) {
		fprintf(stderr, "generate COUNT SEED [INSTRUMENT]: %s\n",
		    err.text);
		return 64;
	}
	generator.seed = strtoull(argv[2], NULL, 10);
	puts("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	     "<interviews xmlns=\"urn:ihala:interviews:1\">");
	while (count-- > 0)
		write_interview(&generator, instrument);
	puts("</interviews>");
	return 0;
}
