/*
 * tables.h - the definitions of the summary, read once for a fuzz target.
 */
#ifndef IHALA_FUZZ_TABLES_H
#define IHALA_FUZZ_TABLES_H

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

#include "ihala/table.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static inline const struct ih_tables *
the_tables(void)
{
	static struct ih_tables *tables;
	struct ih_error err = { 0 };

	if (tables == NULL) {
		IH_OWNED(ih_library) library = ih_library_open(".", &err);

		tables = ih_tables_load(library, &err);
	}
	if (tables == NULL)
		abort();
	return tables;
}

#endif
