/*
 * library.h - the folder of domain knowledge: schemas, instruments,
 * frameworks, mechanisms, stylesheets.
 *
 * A country, a question or a law is a file here, never C.  Names asked for
 * are letters, digits, "-" and ".", and one "/" a level, each of which begins
 * with a letter or digit: nothing outside the folder can be reached.
 *
 * Source: src/README.md, "Domain knowledge is data".
 */
#ifndef IHALA_LIBRARY_H
#define IHALA_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>

#include "ihala/buffer.h"
#include "ihala/error.h"
#include "ihala/owned.h"

typedef struct ih_library ih_library;

/* The folder that holds xml/ and xslt/.  Caller owns.  NULL: IH_SYSTEM. */
struct ih_library *ih_library_open(const char *folder, struct ih_error *err);
/* Another one on the same folder, with nothing pinned.  Caller owns.
 * NULL: IH_SYSTEM. */
struct ih_library *
ih_library_again(const struct ih_library *library, struct ih_error *err);
void ih_library_close(struct ih_library *library);

/* As it was opened; borrowed. */
const char *ih_library_folder(const struct ih_library *library);

struct ih_page {
	const char *name; /* "xml/instrument/adult.xml" */
	const void *bytes;
	size_t size;
};

/*
 * From now on the folders in which PAGES stand hold these pages and no
 * other: what the disk has there is neither read nor listed.  PAGES are
 * copied, and take the place of those that were pinned before.  False: these
 * were, and nothing is another than it was.
 */
bool ih_library_pin(struct ih_library *library, const struct ih_page pages[],
    size_t count);

/* The bytes of NAME ("xml/instrument/adult.xml").  Caller owns.
 * NULL: IH_ABSENT, IH_SYSTEM. */
struct ih_buffer *ih_library_read(struct ih_library *library, const char *name,
    struct ih_error *err);

/* The full path of NAME, borrowed until the next call for any name.  NULL
 * where NAME is not of the form above. */
const char *ih_library_path(struct ih_library *library, const char *name);

/*
 * Names (without ".xml") in FOLDER ("xml/instrument"), sorted; EACH is called
 * with every one until it says false.  True once the folder was read, also
 * where EACH stopped early.  False: IH_ABSENT, IH_SYSTEM.
 */
bool ih_library_list(struct ih_library *library, const char *folder,
    bool (*each)(const char *name, void *with), void *with,
    struct ih_error *err);

IH_OWNER(ih_library, ih_library_close)

#endif
