/* This is where blocks are set in type: which size, which side, how wide. */
#include "setting.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/node.h"
#include "ihala/text.h"

#define GAP (9 * MM)       /* between two languages */
#define INDENT (4 * MM)    /* of a list */
#define PLACE_GAP (8 * MM) /* between two places to sign */
#define MARK "–"
#define LANGUAGE "und"

enum align { AT_START, AT_END, CENTRED };

struct style {
	double size;
	bool bold, faint;
	enum align align;
};

static const struct style plain = { 10, false, false, AT_START };
static const struct style strong = { 10, true, false, AT_START };
static const struct style urgent = { 12.5, true, false, AT_START };
static const struct style heading = { 11.5, true, false, AT_START };
static const struct style titled = { 16, true, false, CENTRED };
static const struct style letterhead = { 10, false, false, CENTRED };
static const struct style letterhead_first = { 10, true, false, CENTRED };
static const struct style banner = { 10, true, false, CENTRED };
static const struct style label_first = { 9.5, false, true, AT_START };
static const struct style label_last = { 9.5, false, true, AT_START };
static const struct style shared = { 10, true, false, CENTRED };
static const struct style in_table = { 9.5, false, false, AT_START };
static const struct style in_table_too = { 9, false, true, AT_START };
static const struct style in_table_head = { 9.5, true, false, AT_START };
static const struct style in_table_shared = { 9.5, false, false, CENTRED };
static const struct style to_write = { 9, false, true, AT_START };
static const struct style small = { 7.5, false, true, AT_START };
static const struct style running = { 8, false, true, AT_START };
static const struct style running_middle = { 8, false, true, CENTRED };
static const struct style running_last = { 8, false, true, AT_END };
static const struct style short_digest = { 8.5, true, false, CENTRED };
static const struct style across = { 34, true, false, CENTRED };

/* ---- text */

/* A control that would make a name read as another name, or that ends a
 * paragraph inside of one. */
static bool
is_control(uint32_t point)
{
	return point < 0x20 || point == 0x7f || point == 0x85 ||
	       (point >= 0x202a && point <= 0x202e) || point == 0x2028 ||
	       point == 0x2029;
}

/* White space becomes one space, also where a line ended in the source. */
static const char *
clean(struct ih_arena *arena, const char *text)
{
	size_t size = strlen(text), kept = 0, step;
	char *out = ih_arena_take(arena, size + 1);
	uint32_t point;

	for (size_t at = 0; at < size; at += step) {
		step = ih_text_next(text + at, size - at, &point);
		if (step == 0)
			break;
		if (point != ' ' && !is_control(point)) {
			memcpy(out + kept, text + at, step);
			kept += step;
		} else if (kept > 0 && out[kept - 1] != ' ') {
			out[kept++] = ' ';
		}
	}
	while (kept > 0 && out[kept - 1] == ' ')
		kept--;
	out[kept] = '\0';
	return out;
}

/* One language for all, that has no letters of its own: which font a letter
 * stands in hangs on the letter, not on the language of the user.  And no
 * ornament: "ffi" as one sign of its own is lost to some who take the text out
 * of a page; what Arabic has to join it joins all the same.  A word that no
 * line holds gets no hyphen, which would be one more letter of a name. */
static PangoAttrList *
plainly(void)
{
	PangoAttrList *list = pango_attr_list_new();

	pango_attr_list_insert(list,
	    pango_attr_language_new(pango_language_from_string(LANGUAGE)));
	pango_attr_list_insert(list,
	    pango_attr_font_features_new("liga=0, clig=0"));
	pango_attr_list_insert(list, pango_attr_insert_hyphens_new(FALSE));
	return list;
}

static void
dress(PangoLayout *layout, const struct style *style, bool rtl, double width)
{
	PangoFontDescription *desc = pango_font_description_new();
	PangoAttrList *attributes = plainly();
	bool right = (style->align == AT_START) == rtl;

	pango_font_description_set_family_static(desc, "Ihala");
	pango_font_description_set_size(desc, (int)(style->size * PANGO_SCALE));
	pango_font_description_set_weight(desc,
	    style->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
	pango_layout_set_font_description(layout, desc);
	pango_font_description_free(desc);
	pango_layout_set_attributes(layout, attributes);
	pango_attr_list_unref(attributes);
	pango_layout_set_auto_dir(layout, FALSE);
	pango_layout_set_single_paragraph_mode(layout, TRUE);
	pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_width(layout,
	    width < 0 ? -1 : (int)(width * PANGO_SCALE));
	pango_layout_set_alignment(layout, style->align == CENTRED ?
					       PANGO_ALIGN_CENTER :
					   right ? PANGO_ALIGN_RIGHT :
						   PANGO_ALIGN_LEFT);
}

/* The caller unrefs it. */
static PangoLayout *
lay(struct ih_setting *s, const char *text, const struct style *style, bool rtl,
    double width)
{
	PangoLayout *layout = pango_layout_new(rtl ? s->rtl : s->ltr);

	dress(layout, style, rtl, width);
	pango_layout_set_text(layout, text, -1);
	return layout;
}

/* TEXT beneath what CELL holds already. */
static void
set_text(struct ih_setting *s, struct cell *cell, const char *text,
    const struct style *style, bool rtl)
{
	PangoLayout *layout = lay(s, text, style, rtl, cell->width);
	PangoLayoutIter *iter = pango_layout_get_iter(layout);
	double top = cell->bottom;

	g_ptr_array_add(s->layouts, layout);
	do {
		struct line *line;
		PangoRectangle box;

		cell->lines = ih_arena_more(s->arena, cell->lines, cell->count,
		    &cell->room, sizeof *cell->lines);
		line = &cell->lines[cell->count++];
		pango_layout_iter_get_line_extents(iter, NULL, &box);
		*line = (struct line){
			.set = pango_layout_iter_get_line_readonly(iter),
			.text = pango_layout_get_text(layout),
			.x = (double)box.x / PANGO_SCALE,
			.top = top + (double)box.y / PANGO_SCALE,
			.baseline =
			    top + (double)pango_layout_iter_get_baseline(iter) /
				      PANGO_SCALE,
			.bottom =
			    top + (double)(box.y + box.height) / PANGO_SCALE,
			.faint = style->faint,
		};
		cell->bottom = line->bottom;
	} while (pango_layout_iter_next_line(iter));
	pango_layout_iter_free(iter);
}

static bool
is_rtl(const xmlNode *text)
{
	return strcmp(ih_attr(text, "dir"), "rtl") == 0;
}

static void
set_node(struct ih_setting *s, struct cell *cell, const xmlNode *text,
    const struct style *style)
{
	set_text(s, cell, clean(s->arena, ih_text_of(s->arena, text)), style,
	    is_rtl(text));
}

/* What is the same in every language runs as its own letters do; a number
 * runs to the right. */
static bool
runs_rtl(const struct ih_setting *s, const char *text)
{
	PangoLayout *layout = pango_layout_new(s->ltr);
	bool rtl;

	pango_layout_set_text(layout, text, -1);
	rtl = pango_layout_get_direction(layout, 0) == PANGO_DIRECTION_RTL;
	g_object_unref(layout);
	return rtl;
}

static void
set_same(struct ih_setting *s, struct cell *cell, const xmlNode *same,
    const struct style *style)
{
	const char *text = clean(s->arena, ih_text_of(s->arena, same));
	struct style turned = *style;
	bool rtl = runs_rtl(s, text);

	/* At the side where the page begins, whichever way it runs. */
	if (style->align == AT_START && rtl != s->mirrored)
		turned.align = AT_END;
	set_text(s, cell, text, &turned, rtl);
}

/* The Nth of the texts of NODE in the order of columns: right-to-left first. */
static const xmlNode *
nth_text(const xmlNode *node, size_t n)
{
	for (int pass = 0; pass < 2; pass++)
		for (const xmlNode *t = ih_child(node, "text"); t != NULL;
		     t = ih_next(t, "text"))
			if (is_rtl(t) == (pass == 0) && n-- == 0)
				return t;
	return NULL;
}

/* ---- where cells stand, counted from the side where the page begins */

static void
stand(const struct ih_setting *s, struct cell *cell, double from, double width,
    const char *tag)
{
	cell->x = s->mirrored ? SHEET_WIDTH - from - width : from;
	cell->width = width;
	cell->tag = tag;
}

/* One cell for each language, side by side, in the WIDTH that begins FROM. */
static void
set_pair(struct ih_setting *s, struct cell *cells, const xmlNode *node,
    const struct style *style, double from, double width, double gap,
    const char *tag)
{
	double each =
	    (width - gap * (double)(s->tongues - 1)) / (double)s->tongues;

	for (size_t i = 0; i < s->tongues; i++) {
		const xmlNode *text = nth_text(node, i);

		stand(s, &cells[i], from + (double)i * (each + gap), each, tag);
		if (text != NULL)
			set_node(s, &cells[i], text, style);
	}
}

static struct row *
pair(struct ih_setting *s, struct flow *flow, const xmlNode *node,
    const struct style *style, const char *tag)
{
	struct row *row = flow_add(flow, s->arena, s->tongues);

	set_pair(s, row->cells, node, style, 0, SHEET_WIDTH, GAP, tag);
	return row;
}

/* ---- blocks */

static void
set_head(struct ih_setting *s, const xmlNode *head)
{
	struct row *row = NULL;

	for (const xmlNode *l = ih_child(head, "line"); l != NULL;
	     l = ih_next(l, "line")) {
		row = pair(s, &s->body, l,
		    row == NULL ? &letterhead_first : &letterhead, "P");
		row->keep = true;
	}
	if (row == NULL)
		return;
	row->frame = FRAME_RULE;
	row->pad_bottom = 2.5 * MM;
}

/* The QR code of DOC; NULL: it has none. */
static const xmlNode *
qr_of(const xmlNode *doc)
{
	const xmlNode *foot = ih_child(doc, "foot");
	const xmlNode *proof = foot != NULL ? ih_child(foot, "proof") : NULL;

	return proof != NULL ? ih_child(proof, "qr") : NULL;
}

/* Between two languages, or where the line ends; words keep away from it. */
static void
set_coded_title(struct ih_setting *s, struct row *row, const xmlNode *title)
{
	double aside = QR_SIDE + 3 * MM, height;

	if (s->tongues > 1)
		set_pair(s, row->cells, title, &titled, 0, SHEET_WIDTH,
		    QR_SIDE + 6 * MM, "H1");
	else
		set_pair(s, row->cells, title, &titled, aside,
		    SHEET_WIDTH - 2 * aside, 0, "H1");
	row->qr_x = s->tongues > 1 ? (SHEET_WIDTH - QR_SIDE) / 2 :
		    s->mirrored    ? 0 :
				     SHEET_WIDTH - QR_SIDE;
	height = row_height(row);
	row->least = QR_SIDE;
	if (height < QR_SIDE) {
		row->pad_top = (QR_SIDE - height) / 2;
		row->least -= row->pad_top;
	}
}

static void
set_title(struct ih_setting *s, const xmlNode *title)
{
	struct row *row = flow_add(&s->body, s->arena, s->tongues);

	row->qr = qr_of(s->doc);
	if (row->qr != NULL)
		set_coded_title(s, row, title);
	else
		set_pair(s, row->cells, title, &titled, 0, SHEET_WIDTH, GAP,
		    "H1");
	row->before = 4 * MM;
	row->pad_bottom = 2 * MM;
	row->whole = row->keep = true;
}

static void
set_heading(struct ih_setting *s, const xmlNode *node)
{
	struct row *row = pair(s, &s->body, node, &heading, "H2");

	row->before = 4.5 * MM;
	row->pad_bottom = 0.6 * MM;
	row->frame = FRAME_RULE | FRAME_FAINT;
	row->whole = row->keep = true;
}

static void
set_p(struct ih_setting *s, const xmlNode *node)
{
	pair(s, &s->body, node, &plain, "P")->before = 2 * MM;
}

/* Text inside a frame keeps off its sides. */
static void
indent(struct row *row, double side)
{
	row->pad_side = side;
}

static struct row *
boxed(struct ih_setting *s, const xmlNode *node, const struct style *style)
{
	struct row *row = flow_add(&s->body, s->arena, s->tongues);
	double side = 3 * MM;

	set_pair(s, row->cells, node, style, side, SHEET_WIDTH - 2 * side, GAP,
	    "P");
	indent(row, side);
	row->whole = true;
	return row;
}

static void
set_note(struct ih_setting *s, const xmlNode *node)
{
	struct row *row = boxed(s, node, &strong);

	row->before = 2.5 * MM;
	row->pad_top = row->pad_bottom = 1.5 * MM;
	row->frame = FRAME_FILL | FRAME_SIDES | FRAME_THICK;
}

static void
set_watermark(struct ih_setting *s, const xmlNode *node)
{
	struct row *row = boxed(s, node, &banner);

	row->before = 2 * MM;
	row->pad_top = row->pad_bottom = 1.2 * MM;
	row->frame = FRAME_TOP | FRAME_BOTTOM | FRAME_SIDES | FRAME_DASHED;
}

static void
set_alert(struct ih_setting *s, const xmlNode *node)
{
	struct row *row = NULL;

	for (const xmlNode *l = ih_child(node, "line"); l != NULL;
	     l = ih_next(l, "line")) {
		bool first = row == NULL;

		row = boxed(s, l, first ? &urgent : &strong);
		row->frame =
		    FRAME_SIDES | FRAME_THICK | (first ? FRAME_TOP : 0u);
		row->before = first ? 3 * MM : 0;
		row->pad_top = first ? 1.5 * MM : 0;
		row->keep = true;
	}
	if (row == NULL)
		return;
	row->frame |= FRAME_BOTTOM;
	row->pad_bottom = 2 * MM;
	row->keep = false;
}

static void
set_list(struct ih_setting *s, const xmlNode *node)
{
	size_t number = ++s->groups;

	for (const xmlNode *i = ih_child(node, "item"); i != NULL;
	     i = ih_next(i, "item")) {
		struct row *row = flow_add(&s->body, s->arena, 2 * s->tongues);
		double each = (SHEET_WIDTH - GAP * (double)(s->tongues - 1)) /
			      (double)s->tongues;

		row->group = LIST;
		row->number = number;
		row->before = 1 * MM;
		for (size_t t = 0; t < s->tongues; t++) {
			const xmlNode *text = nth_text(i, t);
			struct cell *mark = &row->cells[2 * t];
			double from = (double)t * (each + GAP);
			bool own = text == NULL || is_rtl(text) == s->mirrored;

			if (text == NULL)
				continue;
			/* The mark stands where its own language begins. */
			stand(s, mark, own ? from : from + each - INDENT,
			    INDENT, "Lbl");
			set_text(s, mark, MARK, &plain, is_rtl(text));
			stand(s, mark + 1, own ? from + INDENT : from,
			    each - INDENT, "LBody");
			set_node(s, mark + 1, text, &plain);
		}
	}
}

/* ---- fields: a label at each edge, and the value between them */

#define LABEL_WIDTH 0.17 /* of the sheet, in two languages */
#define LABEL_ALONE 0.26
#define FIELD_PAD (1.5 * MM)

static void
set_value(struct ih_setting *s, struct row *row, const xmlNode *value,
    double from, double width)
{
	const xmlNode *same = ih_child(value, "same");
	double each = width / (double)s->tongues;

	if (same != NULL) {
		stand(s, &row->cells[1], from + FIELD_PAD,
		    width - 2 * FIELD_PAD, "TD");
		set_same(s, &row->cells[1], same,
		    s->tongues == 1 ? &strong : &shared);
		return;
	}
	for (size_t t = 0; t < s->tongues; t++) {
		const xmlNode *text = nth_text(value, t);

		stand(s, &row->cells[1 + t],
		    from + (double)t * each + FIELD_PAD, each - 2 * FIELD_PAD,
		    "TD");
		if (text != NULL)
			set_node(s, &row->cells[1 + t], text, &plain);
	}
}

static void
set_field(struct ih_setting *s, const xmlNode *field, size_t number)
{
	const xmlNode *label = ih_child(field, "label");
	const xmlNode *value = ih_child(field, "value");
	bool two = s->tongues == 2;
	bool same = ih_child(value, "same") != NULL;
	double edge = SHEET_WIDTH * (two ? LABEL_WIDTH : LABEL_ALONE);
	struct row *row = flow_add(&s->body, s->arena,
	    1 + (same ? 1 : s->tongues) + (two ? 1 : 0));

	row->group = TABLE;
	row->number = number;
	row->frame = FRAME_RULE | FRAME_FAINT;
	row->pad_top = row->pad_bottom = 0.7 * MM;
	row->whole = true;
	for (size_t t = 0; t < s->tongues; t++) {
		struct cell *cell = &row->cells[t == 0 ? 0 : row->count - 1];
		const xmlNode *text = nth_text(label, t);

		stand(s, cell,
		    t == 0 ? FIELD_PAD : SHEET_WIDTH - edge + FIELD_PAD,
		    edge - 2 * FIELD_PAD, "TH");
		if (text != NULL)
			set_node(s, cell, text,
			    t == 0 ? &label_first : &label_last);
	}
	set_value(s, row, value, edge, SHEET_WIDTH - edge * (two ? 2 : 1));
}

static void
set_fields(struct ih_setting *s, const xmlNode *node)
{
	size_t number = ++s->groups;
	bool first = true;

	for (const xmlNode *f = ih_child(node, "field"); f != NULL;
	     f = ih_next(f, "field")) {
		set_field(s, f, number);
		if (first)
			s->body.last->before = 2.5 * MM;
		first = false;
	}
}

/* ---- tables: as wide as what stands in their columns */

#define CELL_PAD (1.6 * MM)

static void
set_cell(struct ih_setting *s, struct cell *cell, const xmlNode *node,
    bool head)
{
	const xmlNode *same = ih_child(node, "same");

	if (same != NULL)
		set_same(s, cell, same,
		    head            ? &in_table_head :
		    s->tongues == 2 ? &in_table_shared :
				      &in_table);
	for (size_t t = 0; same == NULL && t < s->tongues; t++) {
		const xmlNode *text = nth_text(node, t);

		if (text != NULL)
			set_node(s, cell, text,
			    t > 0 ? &in_table_too :
			    head  ? &in_table_head :
				    &in_table);
	}
}

struct widths {
	double least[CELLS_MAX]; /* the longest word */
	double most[CELLS_MAX];  /* all on one line */
	double given[CELLS_MAX];
	size_t count;
};

static double
widest_line(PangoLayout *layout)
{
	int width;

	pango_layout_get_size(layout, &width, NULL);
	return (double)width / PANGO_SCALE + 1;
}

static void
measure_text(struct ih_setting *s, const xmlNode *text, double *least,
    double *most)
{
	const char *said = clean(s->arena, ih_text_of(s->arena, text));
	PangoLayout *layout = lay(s, said, &in_table_head, s->mirrored, -1);
	double width = widest_line(layout);

	*most = width > *most ? width : *most;
	pango_layout_set_width(layout, 0);
	pango_layout_set_wrap(layout, PANGO_WRAP_WORD);
	width = widest_line(layout);
	*least = width > *least ? width : *least;
	g_object_unref(layout);
}

static void
measure(struct ih_setting *s, const xmlNode *table, struct widths *w)
{
	for (const xmlNode *r = ih_child(table, "row"); r != NULL;
	     r = ih_next(r, "row")) {
		size_t c = 0;

		for (const xmlNode *cell = ih_child(r, "cell");
		     cell != NULL && c < CELLS_MAX;
		     cell = ih_next(cell, "cell"), c++)
			for (const xmlNode *t = ih_child(cell, NULL); t != NULL;
			     t = ih_next(t, NULL))
				measure_text(s, t, &w->least[c], &w->most[c]);
		w->count = c > w->count ? c : w->count;
	}
}

static double
sum(const double *values, size_t count)
{
	double all = 0;

	for (size_t i = 0; i < count; i++)
		all += values[i];
	return all;
}

/* What room there is beyond the longest words goes where text is longest. */
static void
share_out(struct widths *w, double width)
{
	double pads = 2 * CELL_PAD * (double)w->count, room = width - pads;
	double least, over = 0, each = room / (double)w->count;

	for (size_t i = 0; i < w->count; i++) {
		w->least[i] = w->least[i] < 2 * each ? w->least[i] : 2 * each;
		w->most[i] =
		    w->most[i] > w->least[i] ? w->most[i] : w->least[i];
		/* No column starves beside one with a long text. */
		w->most[i] = w->most[i] < 3 * room ? w->most[i] : 3 * room;
	}
	least = sum(w->least, w->count);
	over = sum(w->most, w->count) - least;
	for (size_t i = 0; i < w->count; i++)
		w->given[i] =
		    least >= room ? w->least[i] * room / least :
		    over <= 0     ? each :
				    w->least[i] + (room - least) *
						  (w->most[i] - w->least[i]) /
						  over;
}

static struct row *
set_table_row(struct ih_setting *s, const xmlNode *node, const struct widths *w,
    struct row *head)
{
	struct row *row =
	    flow_add(&s->body, s->arena, ih_children(node, "cell"));
	double from = CELL_PAD;
	size_t c = 0;

	row->group = TABLE;
	row->number = s->groups;
	row->frame = FRAME_CELLS | (head == NULL ? FRAME_FILL : 0u);
	row->pad_top = row->pad_bottom = 0.8 * MM;
	row->pad_side = CELL_PAD;
	row->whole = true;
	row->again = head;
	for (const xmlNode *cell = ih_child(node, "cell"); cell != NULL;
	     cell = ih_next(cell, "cell"), c++) {
		stand(s, &row->cells[c], from, w->given[c],
		    head == NULL ? "TH" : "TD");
		set_cell(s, &row->cells[c], cell, head == NULL);
		from += w->given[c] + 2 * CELL_PAD;
	}
	return row;
}

static bool
set_table(struct ih_setting *s, const xmlNode *node, struct ih_error *err)
{
	struct row *head = NULL;
	struct widths w = { .count = 1 };

	for (const xmlNode *r = ih_child(node, "row"); r != NULL;
	     r = ih_next(r, "row"))
		if (ih_children(r, "cell") > CELLS_MAX)
			return ih_fail(err, IH_INPUT,
			    "line %ld: a row has more than %d cells",
			    ih_line(r), CELLS_MAX);
	measure(s, node, &w);
	share_out(&w, SHEET_WIDTH);
	s->groups++;
	for (const xmlNode *r = ih_child(node, "row"); r != NULL;
	     r = ih_next(r, "row")) {
		struct row *row = set_table_row(s, r, &w, head);

		if (head != NULL)
			continue;
		head = row;
		row->keep = true;
		row->before = 2.5 * MM;
	}
	return true;
}

/* ---- places to sign, two beside each other */

#define PLACES 2
#define STAMP (24 * MM)
#define PLACE_SPLIT (3 * MM) /* between the languages of one */

static double
place_from(size_t n, double *width)
{
	*width = (SHEET_WIDTH - PLACE_GAP) / PLACES;
	return (double)n * (*width + PLACE_GAP);
}

/* What comes next stands at one height in all cells of ROW. */
static void
make_level(struct row *row, double more)
{
	double most = 0;

	for (size_t c = 0; c < row->count; c++)
		if (row->cells[c].bottom > most)
			most = row->cells[c].bottom;
	for (size_t c = 0; c < row->count; c++)
		row->cells[c].bottom = most + more;
}

/* The Nth line of each place, and dots beneath it to write on. */
static void
set_writings(struct ih_setting *s, struct row *row,
    const xmlNode *const places[PLACES], size_t n)
{
	make_level(row, 3 * MM);
	for (size_t p = 0; p < PLACES && places[p] != NULL; p++) {
		const xmlNode *line = ih_child(places[p], "line");

		for (size_t i = 0; i < n && line != NULL; i++)
			line = ih_next(line, "line");
		for (size_t t = 0; t < s->tongues && line != NULL; t++)
			if (nth_text(line, t) != NULL)
				set_node(s, &row->cells[p * s->tongues + t],
				    nth_text(line, t), &to_write);
	}
	make_level(row, 1);
	for (size_t c = 0; c < row->count; c++)
		if (row->cells[c].count > 0)
			row->cells[c].lines[row->cells[c].count - 1].dots =
			    row->cells[c].bottom;
}

static void
set_places(struct ih_setting *s, const xmlNode *const places[PLACES])
{
	struct row *row = flow_add(&s->body, s->arena, PLACES * s->tongues);
	size_t lines = 0;

	row->before = 6 * MM;
	row->pad_bottom = 1 * MM;
	row->pad_side = PLACE_SPLIT / 2;
	row->whole = row->keep = true;
	for (size_t p = 0; p < PLACES && places[p] != NULL; p++) {
		double width, from = place_from(p, &width);
		size_t own = ih_children(places[p], "line");

		set_pair(s, &row->cells[p * s->tongues],
		    ih_child(places[p], "label"), &strong,
		    from + PLACE_SPLIT / 2, width - PLACE_SPLIT, PLACE_SPLIT,
		    "P");
		lines = own > lines ? own : lines;
	}
	for (size_t i = 0; i < lines; i++)
		set_writings(s, row, places, i);
}

static void
set_stamps(struct ih_setting *s, const xmlNode *const places[PLACES])
{
	struct row *row = flow_add(&s->body, s->arena, PLACES);
	double width, from;

	for (size_t p = 0; p < PLACES; p++) {
		from = place_from(p, &width);
		if (places[p] != NULL)
			stand(s, &row->cells[p], from, width, NULL);
	}
	row->before = 3 * MM;
	row->least = STAMP;
	row->whole = true;
	row->frame = FRAME_CELLS | FRAME_DASHED;
}

static void
set_sign(struct ih_setting *s, const xmlNode *node)
{
	const xmlNode *next = ih_child(node, "place");

	while (next != NULL) {
		const xmlNode *places[PLACES] = { next,
			ih_next(next, "place") };

		set_places(s, places);
		set_stamps(s, places);
		next = places[1] != NULL ? ih_next(places[1], "place") : NULL;
	}
}

/* ---- the foot of each page */

/* VALUE, in the middle, which is so much of the sheet, between what NODE calls
 * it. */
static void
set_between(struct ih_setting *s, const xmlNode *node, const char *value,
    double share)
{
	struct row *row = flow_add(&s->foot, s->arena, s->tongues + 1);
	double middle = SHEET_WIDTH * share, side;
	struct cell *cell = &row->cells[1];

	side = (SHEET_WIDTH - middle) / 2;
	stand(s, &row->cells[0], 0, side, "P");
	set_node(s, &row->cells[0], nth_text(node, 0), &small);
	stand(s, cell, side, middle, "P");
	set_text(s, cell, clean(s->arena, value), &short_digest, false);
	if (s->tongues > 1 && nth_text(node, 1) != NULL) {
		stand(s, &row->cells[2], side + middle, side, "P");
		set_node(s, &row->cells[2], nth_text(node, 1), &small);
	}
	row->whole = true;
}

static void
set_proof(struct ih_setting *s, const xmlNode *proof)
{
	const char *number = ih_attr(proof, "number");

	if (number == NULL)
		return;
	set_between(s, proof,
	    ih_arena_printf(s->arena, "%s \302\267 %s", number,
		ih_attr(proof, "short")),
	    0.34);
}

static void
set_foot(struct ih_setting *s, const xmlNode *foot)
{
	const xmlNode *digest = ih_child(foot, "digest");
	const xmlNode *proof = ih_child(foot, "proof");

	for (const xmlNode *p = ih_child(foot, "p"); p != NULL;
	     p = ih_next(p, "p"))
		pair(s, &s->foot, p, &small, "P");
	if (digest != NULL)
		set_between(s, digest,
		    ih_text_of(s->arena, ih_child(digest, "value")), 0.24);
	if (proof != NULL)
		set_proof(s, proof);
	if (s->foot.first != NULL)
		s->foot.first->pad_top = 1.2 * MM;
}

/* ---- the document */

static bool
set_block(struct ih_setting *s, const xmlNode *node, struct ih_error *err)
{
	static const struct {
		const char *name;
		void (*set)(struct ih_setting *, const xmlNode *);
	} blocks[] = {
		{ "head", set_head },
		{ "title", set_title },
		{ "watermark", set_watermark },
		{ "h", set_heading },
		{ "p", set_p },
		{ "note", set_note },
		{ "alert", set_alert },
		{ "list", set_list },
		{ "fields", set_fields },
		{ "sign", set_sign },
		{ "foot", set_foot },
	};

	if (ih_is(node, "table"))
		return set_table(s, node, err);
	for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++)
		if (ih_is(node, blocks[i].name))
			blocks[i].set(s, node);
	return true;
}

static PangoContext *
context_of(PangoFontMap *fonts, PangoDirection direction)
{
	PangoContext *context = pango_font_map_create_context(fonts);

	pango_context_set_base_dir(context, direction);
	pango_context_set_language(context,
	    pango_language_from_string(LANGUAGE));
	/* A page is not a screen: no place is rounded to whole points. */
	pango_context_set_round_glyph_positions(context, FALSE);
	return context;
}

#define TONGUES_MAX 2

/* No text is left out: each stands in a column of the title. */
static bool
check_texts(const struct ih_setting *s, const xmlNode *node,
    struct ih_error *err)
{
	if (ih_children(node, "text") > s->tongues)
		return ih_fail(err, IH_INPUT,
		    "line %ld: it is said in more languages than the title",
		    ih_line(node));
	for (const xmlNode *n = ih_child(node, NULL); n != NULL;
	     n = ih_next(n, NULL))
		if (!check_texts(s, n, err))
			return false;
	return true;
}

static bool
begin_in(struct ih_setting *s, const xmlNode *title, struct ih_error *err)
{
	s->tongues = ih_children(title, "text");
	if (s->tongues > TONGUES_MAX)
		return ih_fail(err, IH_INPUT,
		    "line %ld: a paper is in one language or in two",
		    ih_line(title));
	s->mirrored = is_rtl(nth_text(title, 0));
	return check_texts(s, s->doc, err);
}

struct ih_setting *
setting_new(PangoFontMap *fonts, const xmlDoc *doc, struct ih_error *err)
{
	IH_OWNED(ih_setting) s = ih_zeroed(sizeof *s);

	s->arena = ih_arena_new();
	s->ltr = context_of(fonts, PANGO_DIRECTION_LTR);
	s->rtl = context_of(fonts, PANGO_DIRECTION_RTL);
	s->layouts = g_ptr_array_new_with_free_func(g_object_unref);
	s->doc = doc->children;
	while (s->doc->type != XML_ELEMENT_NODE)
		s->doc = s->doc->next;
	if (!begin_in(s, ih_child(s->doc, "title"), err))
		return NULL;
	for (const xmlNode *n = ih_child(s->doc, NULL); n != NULL;
	     n = ih_next(n, NULL))
		if (!set_block(s, n, err))
			return NULL;
	return IH_GIVE(s);
}

void
setting_free(struct ih_setting *s)
{
	if (s == NULL)
		return;
	g_ptr_array_free(s->layouts, TRUE);
	g_object_unref(s->ltr);
	g_object_unref(s->rtl);
	ih_arena_free(s->arena);
	free(s);
}

/* ---- what stands on every page */

struct row *
setting_running(struct ih_setting *s, size_t this, size_t all)
{
	struct flow alone = { 0 };
	struct row *row = flow_add(&alone, s->arena, 3);
	const xmlNode *title = ih_child(s->doc, "title");
	const char *page = ih_arena_printf(s->arena, "%zu / %zu", this, all);
	const char *reference = clean(s->arena, ih_attr(s->doc, "reference"));
	double third = SHEET_WIDTH / 3;

	for (size_t i = 0; i < 3; i++)
		stand(s, &row->cells[i], (double)i * third, third, "P");
	set_node(s, &row->cells[0], nth_text(title, 0), &running);
	if (s->tongues == 2) {
		set_text(s, &row->cells[1],
		    ih_arena_printf(s->arena, "%s  ·  %s", reference, page),
		    &running_middle, false);
		set_node(s, &row->cells[2], nth_text(title, 1), &running);
		return row;
	}
	set_text(s, &row->cells[1], reference, &running_middle, false);
	set_text(s, &row->cells[2], page,
	    s->mirrored ? &running : &running_last, false);
	return row;
}

#define ACROSS_WIDTH (175 * MM)

/* On one line, as large as there is place for. */
static void
set_across(struct ih_setting *s, struct cell *cell, const xmlNode *text)
{
	const char *words = clean(s->arena, ih_text_of(s->arena, text));
	struct style style = across;
	PangoLayout *layout = lay(s, words, &style, is_rtl(text), -1);
	double width = widest_line(layout);

	g_object_unref(layout);
	if (width > ACROSS_WIDTH)
		style.size = style.size * ACROSS_WIDTH / width - 0.5;
	style.size = style.size > 8 ? style.size : 8;
	set_text(s, cell, words, &style, is_rtl(text));
}

struct row *
setting_watermark(struct ih_setting *s)
{
	struct flow alone = { 0 };
	const xmlNode *words = ih_child(s->doc, "watermark");
	struct row *row;

	if (words == NULL)
		return NULL;
	row = flow_add(&alone, s->arena, 1);
	stand(s, &row->cells[0], 0, ACROSS_WIDTH, NULL);
	for (size_t i = 0; i < s->tongues; i++)
		if (nth_text(words, i) != NULL)
			set_across(s, &row->cells[0], nth_text(words, i));
	return row;
}
