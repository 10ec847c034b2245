/*
 * typeface.h - the letters of a printed page: the fonts of the release, and
 * no other that a machine may have.
 *
 * The files are read before a child is confined; what Pango is given then is
 * a font map of our own, that asks no configuration and starts no thread.
 *
 * Source: the Debian packages fonts-noto-core and fonts-hosny-amiri; OpenType
 * 1.9; Pango 1.50 (PangoFontMap, PangoFont).
 */
#ifndef IHALA_DOCUMENT_TYPEFACE_H
#define IHALA_DOCUMENT_TYPEFACE_H

#include <cairo.h>
#include <pango/pango.h>
#include <stdbool.h>

#include "ihala/error.h"
#include "ihala/owned.h"

typedef struct ih_typefaces ih_typefaces;

#define IH_FONTS "/usr/share/fonts/"
#define IH_BOX 0.6 /* of the size: what stands for a letter no font has */

/* The bytes of every file, in FOLDER (IH_FONTS).  Caller owns.  NULL:
 * IH_SYSTEM, which is not there. */
struct ih_typefaces *
ih_typefaces_read(const char *folder, struct ih_error *err);
void ih_typefaces_free(struct ih_typefaces *faces);

/* The fonts made of them, for pango_font_map_create_context(); a size is in
 * points.  FACES are borrowed and stay.  The caller unrefs it.  NULL:
 * IH_SYSTEM. */
PangoFontMap *
ih_typefaces_map(struct ih_typefaces *faces, struct ih_error *err);

/* What cairo draws the glyphs of FONT with, at SIZE, in text that runs from
 * the right or from the left; borrowed. */
cairo_font_face_t *ih_typeface_of(PangoFont *font, bool rtl, double *size);

IH_OWNER(ih_typefaces, ih_typefaces_free)

#endif
