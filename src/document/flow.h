/*
 * flow.h - rows of text, one below the other, and where pages end.
 *
 * A row has cells side by side; a cell has lines.  A row that does not fit is
 * broken between lines, with two of each paragraph kept together on either
 * side, or goes to the next page whole.  Lengths are in points, from the top
 * left; who made the rows has put the cells where their language wants them.
 *
 * Source: ISO 216 (A4); ISO 32000-1, 14.8.4 (names of structure).
 */
#ifndef IHALA_DOCUMENT_FLOW_H
#define IHALA_DOCUMENT_FLOW_H

#include <libxml/tree.h>
#include <pango/pango.h>
#include <stdbool.h>
#include <stddef.h>

#include "ihala/arena.h"
#include "ihala/error.h"

#define MM (72 / 25.4)
#define PAGE_WIDTH (210 * MM)
#define PAGE_HEIGHT (297 * MM)
#define PAGES_MAX 500
#define QR_SIDE (14 * MM)

struct line {
	PangoLayoutLine *set;
	const char *text; /* of its whole paragraph */
	double x, top, baseline, bottom;
	bool faint;
	double dots; /* where dots to write on run beneath it; 0: none */
};

struct cell {
	double x, width;
	const char *tag; /* "P", "TH": the structure of the page */
	struct line *lines;
	size_t count, room;
	double bottom; /* where the next line goes */
};

/* What is drawn around the text of a row. */
enum frame {
	FRAME_FILL = 1 << 0,
	FRAME_TOP = 1 << 1,
	FRAME_BOTTOM = 1 << 2,
	FRAME_SIDES = 1 << 3,
	FRAME_THICK = 1 << 4,  /* these three, and only so */
	FRAME_RULE = 1 << 5,   /* a rule beneath the row */
	FRAME_FAINT = 1 << 6,  /* which is faint */
	FRAME_CELLS = 1 << 7,  /* a box around each cell */
	FRAME_DASHED = 1 << 8, /* which is dashed */
};

enum group { ALONE, LIST, TABLE };

struct row {
	struct cell *cells;
	size_t count;
	double before; /* space above, not at the top of a page */
	double pad_top, pad_bottom, pad_side;
	double least; /* height of the text, at least */
	unsigned frame;
	enum group group;
	size_t number;     /* of the list or table it belongs to */
	bool keep;         /* on the page of the next row */
	bool whole;        /* not broken */
	const xmlNode *qr; /* drawn at its top; NULL: none */
	double qr_x;
	struct row *again; /* set above it where its table goes on */
	struct row *next;
};

struct flow {
	struct row *first, *last;
};

/* A row, or some of its lines, on a page. */
struct piece {
	const struct row *row;
	size_t page;
	double y, height;
	const size_t *from, *to; /* lines of each cell */
	bool begins, ends;       /* has the first, the last line of the row */
	bool again;              /* it stands on an earlier page too */
};

struct pages {
	struct piece *pieces;
	size_t count, room;
	size_t pages;
};

/* ROW, with COUNT cells, at the end of FLOW. */
struct row *flow_add(struct flow *flow, struct ih_arena *arena, size_t count);

/* The height of all of ROW. */
double row_height(const struct row *row);

/* Where each row of FLOW stands, between TOP and BOTTOM of each page.
 * False: IH_INPUT, there are too many pages. */
bool flow_place(const struct flow *flow, double top, double bottom,
    struct ih_arena *arena, struct pages *pages, struct ih_error *err);

#endif
