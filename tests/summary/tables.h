/*
 * tables.h - the definitions, loaded once for all tests of a file.
 */
#ifndef IHALA_TEST_TABLES_H
#define IHALA_TEST_TABLES_H

#include "ihala/table.h"

static struct ih_library *library;
static struct ih_tables *tables;

static inline int
load_tables(void **state)
{
	struct ih_error err = { .kind = IH_NONE };

	(void)state;
	library = ih_library_open(".", &err);
	tables = ih_tables_load(library, &err);
	return tables == NULL;
}

static inline int
unload_tables(void **state)
{
	(void)state;
	ih_tables_free(tables);
	ih_library_close(library);
	return 0;
}

#endif
