/*
 * stylesheet.h - XSLT of our own library folder, that can reach nothing.
 *
 * A stylesheet is xslt/NAME.xsl of the library; it may import and include
 * others of that folder and nothing else.  What it could reach further with
 * is refused when it is loaded (document(), extension elements, EXSLT,
 * generate-id(), output without escaping), and forbidden again when it runs:
 * no file, no folder, no network, a limit on operations and on depth.
 * A transformation that fails gives no bytes at all; messages name the
 * stylesheet and its line, never what stood in the document.
 *
 * Functions that stylesheets have, in urn:ihala:xslt (prefix ih); a TONGUE is
 * "ar", "fr-MA", ...; '' stands for the parameter `tongue`:
 *
 *	ih:word(key, tongue)		the sentence of the catalogue
 *	ih:say(key, tongue, arg...)	the same with arguments
 *	ih:has-word(key)		is there such a key?
 *	ih:date(iso, tongue)		"4 مارس 2026", months as the country
 *					names them, numbers isolated; takes
 *					partial dates and instants
 *	ih:dated(iso, tongue)		a whole date with its approximate day
 *					of the Islamic calendar beside it
 *	ih:isolate(text)		left-to-right isolate around a number,
 *					a code, a Latin name (U+2066, U+2069)
 *	ih:apart(text)			the same, direction as the text has it
 *					(U+2068, U+2069)
 *	ih:json(text)			the text as a string of JSON, in quotes
 *	ih:nodes(made)			what a variable made, as nodes
 *
 * Source: XSLT 1.0 (W3C, 1999); UAX #9 (isolates); src/README.md.
 */
#ifndef IHALA_STYLESHEET_H
#define IHALA_STYLESHEET_H

#include <libxml/tree.h>
#include <stddef.h>

#include "ihala/buffer.h"
#include "ihala/error.h"
#include "ihala/library.h"
#include "ihala/owned.h"

#define IH_SHEET_OPERATIONS 2000000ul /* a page needs some ten thousand */
#define IH_SHEET_DEPTH 400            /* templates inside each other */
#define IH_SHEET_PARAMS 32

typedef struct ih_stylesheet ih_stylesheet;

/* A parameter of the stylesheet: VALUE is text, never an expression. */
struct ih_param {
	const char *name, *value;
};

/* xslt/NAME.xsl ("referral"), compiled.  Caller owns; it does not need the
 * library afterwards.  NULL: IH_ABSENT, IH_INPUT (what it may not do). */
struct ih_stylesheet *ih_stylesheet_load(struct ih_library *library,
    const char *name, struct ih_error *err);
void ih_stylesheet_free(struct ih_stylesheet *sheet);

/* The result tree of SOURCE.  Caller owns.  NULL: IH_INPUT, where. */
xmlDoc *ih_stylesheet_apply(struct ih_stylesheet *sheet, xmlDoc *source,
    const struct ih_param *params, size_t count, struct ih_error *err);

/* The same as bytes, as the xsl:output of the stylesheet says.  Caller owns.
 * NULL: as above. */
struct ih_buffer *
ih_stylesheet_render(struct ih_stylesheet *sheet, xmlDoc *source,
    const struct ih_param *params, size_t count, struct ih_error *err);

IH_OWNER(ih_stylesheet, ih_stylesheet_free)

#endif
