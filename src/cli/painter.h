/*
 * painter.h - pages and forms, made by XSLT in a confined process without
 * keys.
 */
#ifndef IHALA_CLI_PAINTER_H
#define IHALA_CLI_PAINTER_H

#include "ihala/confine.h"
#include "ihala/library.h"
#include "ihala/stylesheet.h"

/* xslt/screen.xsl makes a page of a `page`, xslt/entry.xsl a document of a
 * `form`. */
typedef struct painter {
	struct ih_stylesheet *screen, *form;
} cli_painter;

/* Caller owns.  NULL: IH_INPUT. */
struct painter *painter_load(struct ih_library *library, struct ih_error *err);
void painter_free(struct painter *painter);

/* What is done in the child: WITH is the painter. */
ih_confined painter_work;

IH_OWNER(cli_painter, painter_free)

#endif
