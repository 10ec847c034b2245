/*
 * schema.h - RELAX NG, on every way in.
 *
 * A schema is loaded once from xml/schema/FORMAT.rng.  A document that does
 * not fit is refused with the place of the first fault in words: line,
 * element, what was found to be wrong and what was expected.
 *
 * Source: RELAX NG (ISO/IEC 19757-2), XML syntax; XML Schema datatypes.
 */
#ifndef IHALA_SCHEMA_H
#define IHALA_SCHEMA_H

#include <libxml/tree.h>

#include "ihala/confine.h"
#include "ihala/error.h"
#include "ihala/library.h"
#include "ihala/owned.h"

typedef struct ih_schema ih_schema;

/* The schema of FORMAT ("answers").  Caller owns.  NULL: IH_SYSTEM. */
struct ih_schema *ih_schema_load(struct ih_library *library, const char *format,
    struct ih_error *err);
void ih_schema_free(struct ih_schema *schema);

/* Does DOC fit?  False: IH_INPUT, "NAME:LINE: ...". */
bool ih_schema_check(struct ih_schema *schema, xmlDoc *doc, const char *name,
    struct ih_error *err);

/* Bytes of ours, or that were verified: parsed and checked here.  Caller owns.
 * NULL: IH_INPUT, IH_SYSTEM. */
xmlDoc *ih_schema_parse(struct ih_schema *schema, const char *name,
    const void *bytes, size_t size, struct ih_error *err);

/* One of our own documents, "xml/lifecycle/case.xml", if it is of FORMAT:
 * whoever adapts it to a country deserves the line of a slip.  Caller owns.
 * NULL: IH_ABSENT, IH_INPUT, IH_SYSTEM. */
xmlDoc *ih_schema_read(struct ih_library *library, const char *name,
    const char *format, struct ih_error *err);

/*
 * Outside bytes: parsed, checked and written anew in a confined child; what
 * comes back is read here.  Caller owns the document.  NULL: IH_INPUT.
 */
xmlDoc *ih_schema_admit(struct ih_schema *schema, const char *name,
    const void *bytes, size_t size, struct ih_error *err);

/* The same for who only asks whether they fit: nothing is written anew.
 * False: IH_INPUT. */
bool ih_schema_fits(struct ih_schema *schema, const char *name,
    const void *bytes, size_t size, struct ih_error *err);

IH_OWNER(ih_schema, ih_schema_free)

#endif
