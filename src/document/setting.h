/*
 * setting.h - block XML becomes rows of text.
 *
 * Source: xml/schema/block.rng; UAX #9 (direction of a paragraph).
 */
#ifndef IHALA_DOCUMENT_SETTING_H
#define IHALA_DOCUMENT_SETTING_H

#include <libxml/tree.h>

#include "flow.h"
#include "ihala/owned.h"

#define MARGIN_SIDE (15 * MM)
#define MARGIN_TOP (11 * MM)
#define MARGIN_BOTTOM (12 * MM)
#define SHEET_WIDTH (PAGE_WIDTH - 2 * MARGIN_SIDE)
#define CELLS_MAX 12 /* of a table, side by side */

typedef struct ih_setting ih_setting;

struct ih_setting {
	struct ih_arena *arena;
	PangoContext *ltr, *rtl;
	GPtrArray *layouts; /* the lines are theirs */
	const xmlNode *doc;
	bool mirrored; /* the page begins at the right */
	size_t tongues;
	size_t groups; /* lists and tables so far */
	struct flow body, foot;
};

/* Lay DOC out with FONTS; rows for its body and for its foot.  The caller
 * owns it.  NULL: IH_INPUT. */
struct ih_setting *
setting_new(PangoFontMap *fonts, const xmlDoc *doc, struct ih_error *err);
void setting_free(struct ih_setting *setting);

/* The line above each page: what it is, which one, and page THIS of ALL. */
struct row *
setting_running(struct ih_setting *setting, size_t this, size_t all);

/* The words that stand across each page of an exercise, as one row of lines;
 * NULL: there are none. */
struct row *setting_watermark(struct ih_setting *setting);

IH_OWNER(ih_setting, setting_free)

#endif
