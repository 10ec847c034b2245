/*
 * pdf.h - block XML as a tagged PDF, ready for the printer.
 *
 * A4, in the fonts of the release, embedded.  A language that runs from the
 * right has its page, its tables and its columns from the right; two
 * languages stand side by side, each in its direction.  What a paper is, its
 * number and the page stand above each page, the words of its foot below.
 * Tables go on under their header row; headings stay with what follows.
 *
 * The same blocks give the same bytes on every machine of a release: the
 * clock, the locale and the language of the user are not asked, and no font
 * but those of the release.  The metadata hold the neutral title of the
 * blocks, and no other word about anybody, and no day.
 *
 * The blocks hold what people wrote, so that they are read and set in a
 * confined child, with less than IH_PDF_SECONDS of CPU time.
 *
 * Source: ISO 32000-1 (PDF 1.7), 14.8 (tagged PDF); xml/schema/block.rng.
 */
#ifndef IHALA_PDF_H
#define IHALA_PDF_H

#include <stddef.h>

#include "ihala/buffer.h"
#include "ihala/confine.h"
#include "ihala/error.h"
#include "ihala/library.h"
#include "ihala/owned.h"

#define IH_PDF_SECONDS 20                 /* a page takes some 10 ms */
#define IH_PDF_MEMORY ((size_t)768 << 20) /* beyond what the caller has */

typedef struct ih_press ih_press;

/* What every PDF is made with: the schema and the fonts.  Caller owns.
 * NULL: IH_SYSTEM. */
struct ih_press *
ih_press_open(struct ih_library *library, struct ih_error *err);
void ih_press_close(struct ih_press *press);

/* The SIZE BYTES of block XML as a PDF.  Caller owns.  NULL: IH_INPUT (not
 * blocks, too many pages; E_READER_STOPPED: too large), IH_SYSTEM. */
struct ih_buffer *ih_pdf_make(struct ih_press *press, const void *bytes,
    size_t size, struct ih_error *err);

/* The same in this process, for the child and for tests: WITH is a press. */
ih_confined ih_pdf_set;

IH_OWNER(ih_press, ih_press_close)

#endif
