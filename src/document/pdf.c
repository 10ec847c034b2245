/* This is where rows of text are drawn on pages, each in its tag. */
#include "ihala/pdf.h"

#include <cairo-pdf.h>
#include <hb.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/node.h"
#include "ihala/schema.h"
#include "ihala/xml.h"
#include "setting.h"
#include "typeface.h"

#define HAIR 0.4
#define THIN 0.6
#define BOLD 1.6
#define SLANT (-24 * 3.14159265358979 / 180) /* of the words across a page */

struct ih_press {
	struct ih_schema *schema;
	struct ih_typefaces *faces;
	cairo_surface_t *paper; /* made before a child is confined */
	struct ih_buffer *out;  /* where it is written to; NULL: nowhere */
};

/* ---- one line of text */

struct run {
	const PangoGlyphItem *item;
	double x;
};

static int
by_text(const void *a, const void *b, void *unused)
{
	const struct run *one = a, *other = b;

	(void)unused;
	return one->item->item->offset - other->item->item->offset;
}

/* The glyphs of a run as cairo takes them, and which letters each stands
 * for, so that what is copied out of the page is the text again. */
struct drawn {
	cairo_glyph_t *glyphs;
	cairo_text_cluster_t *clusters;
	char *text;
	int glyph_count, cluster_count, size;
};

static double
points(int units)
{
	return (double)units / PANGO_SCALE;
}

static bool
is_seen(const PangoGlyphInfo *info)
{
	return info->glyph != PANGO_GLYPH_EMPTY &&
	       (info->glyph & PANGO_GLYPH_UNKNOWN_FLAG) == 0;
}

/*
 * The alef of lam-alef is a glyph without a width that begins where that of
 * the lam begins: who sorts letters by their place cannot tell which is first.
 * Nobody sees a fiftieth of a point.
 */
#define APART 0.02

static double
apart(const struct run *run, const char *text, int glyph)
{
	const PangoGlyphString *string = run->item->glyphs;
	const char *letter =
	    text + run->item->item->offset + string->log_clusters[glyph];

	return string->glyphs[glyph].geometry.width == 0 &&
		       (run->item->item->analysis.level & 1) != 0 &&
		       g_unichar_isalpha(g_utf8_get_char(letter)) ?
		   -APART :
		   0;
}

static void
add_glyphs(struct drawn *d, const struct run *run, const char *text,
    double baseline)
{
	const PangoGlyphString *string = run->item->glyphs;
	double x = run->x;

	for (int i = 0; i < string->num_glyphs; i++) {
		const PangoGlyphGeometry *place = &string->glyphs[i].geometry;

		if (is_seen(&string->glyphs[i]))
			d->glyphs[d->glyph_count++] =
			    (cairo_glyph_t){ string->glyphs[i].glyph,
				    x + points(place->x_offset) +
					apart(run, text, i),
				    baseline + points(place->y_offset) };
		x += points(place->width);
	}
}

/* How many glyphs between FIRST and LAST are drawn. */
static int
seen(const PangoGlyphString *string, int first, int last)
{
	int count = 0;

	for (int i = first; i < last; i++)
		count += is_seen(&string->glyphs[i]);
	return count;
}

static void
add_cluster(struct drawn *d, const char *text, int size, int glyphs)
{
	memcpy(d->text + d->size, text, (size_t)size);
	d->size += size;
	d->clusters[d->cluster_count++] =
	    (cairo_text_cluster_t){ size, glyphs };
}

/* Letters that a font has bound together, but has a glyph for each of, are
 * told apart again: a page says of one glyph what it stands for, of several
 * only to those who ask. */
static void
add_letters(struct drawn *d, const char *text, int size, int glyphs)
{
	if (glyphs != g_utf8_strlen(text, size)) {
		add_cluster(d, text, size, glyphs);
		return;
	}
	for (int at = 0, step; at < size; at += step) {
		step = (unsigned char)g_utf8_skip[(unsigned char)text[at]];
		add_cluster(d, text + at, step, 1);
	}
}

/* A cluster that shows nothing (an isolate) has no text either. */
static void
add_clusters(struct drawn *d, const struct run *run, const char *text)
{
	PangoGlyphItemIter iter;
	PangoGlyphItem *item = (PangoGlyphItem *)(void *)(uintptr_t)run->item;
	bool more = pango_glyph_item_iter_init_start(&iter, item, text);

	for (; more; more = pango_glyph_item_iter_next_cluster(&iter)) {
		bool back = iter.start_glyph > iter.end_glyph;
		int first = back ? iter.end_glyph + 1 : iter.start_glyph;
		int last = back ? iter.start_glyph + 1 : iter.end_glyph;
		int glyphs = seen(item->glyphs, first, last);

		if (glyphs > 0)
			add_letters(d, text + iter.start_index,
			    iter.end_index - iter.start_index, glyphs);
	}
}

/* A letter that no font has is seen to be missing. */
static void
draw_boxes(cairo_t *cr, const struct run *run, double baseline, double size)
{
	const PangoGlyphString *string = run->item->glyphs;
	double x = run->x, side = size * IH_BOX - HAIR;

	cairo_set_line_width(cr, HAIR);
	for (int i = 0; i < string->num_glyphs; i++) {
		const PangoGlyphInfo *info = &string->glyphs[i];

		if (!is_seen(info) && info->glyph != PANGO_GLYPH_EMPTY) {
			cairo_rectangle(cr, x + HAIR, baseline - side,
			    side - HAIR, side);
			cairo_stroke(cr);
		}
		x += points(info->geometry.width);
	}
}

/* cairo leaves out what has no ink and stands on a whole point, for it takes
 * it to have no place. */
static double
off_points(double at)
{
	double part = at - floor(at);

	return part < APART ? at + APART : part > 1 - APART ? at - APART : at;
}

static void
keep_off_points(cairo_glyph_t *glyph)
{
	glyph->x = off_points(glyph->x);
	glyph->y = off_points(glyph->y);
}

/* As letters, or (SHAPES) as what they look like. */
static void
draw_run(cairo_t *cr, struct ih_arena *arena, const struct run *run,
    const char *text, double baseline, bool shapes)
{
	size_t glyphs = (size_t)run->item->glyphs->num_glyphs;
	size_t length = (size_t)run->item->item->length;
	bool back = (run->item->item->analysis.level & 1) != 0;
	struct drawn d = { .glyphs =
			       ih_arena_take(arena, glyphs * sizeof *d.glyphs),
		.clusters = ih_arena_take(arena, length * sizeof *d.clusters),
		.text = ih_arena_take(arena, length + 1) };
	double size;

	cairo_set_font_face(cr,
	    ih_typeface_of(run->item->item->analysis.font, back, &size));
	draw_boxes(cr, run, baseline, size);
	add_glyphs(&d, run, text, baseline);
	add_clusters(&d, run, text);
	if (d.glyph_count == 0)
		return;
	if (d.glyph_count == 1)
		keep_off_points(&d.glyphs[0]);
	cairo_set_font_size(cr, size);
	if (shapes) {
		cairo_glyph_path(cr, d.glyphs, d.glyph_count);
		cairo_fill(cr);
		return;
	}
	cairo_show_text_glyphs(cr, d.text, d.size, d.glyphs, d.glyph_count,
	    d.clusters, d.cluster_count,
	    back ? CAIRO_TEXT_CLUSTER_FLAG_BACKWARD : 0);
}

/* The runs of a line from X, and where they end. */
struct runs {
	struct run *list;
	size_t count;
	double from, to;
};

static struct runs
runs_of(struct ih_arena *arena, const PangoLayoutLine *line, double x)
{
	size_t most = g_slist_length(line->runs) + 1;
	struct runs runs = { ih_arena_take(arena, most * sizeof *runs.list), 0,
		x, x };

	for (const GSList *r = line->runs; r != NULL; r = r->next) {
		const PangoGlyphItem *item = r->data;

		runs.list[runs.count++] = (struct run){ item, runs.to };
		runs.to += points(pango_glyph_string_get_width(item->glyphs));
	}
	/* That of libc asks how much memory the machine has. */
	g_qsort_with_data(runs.list, (int)runs.count, sizeof *runs.list,
	    by_text, NULL);
	return runs;
}

/* Who takes the text out of the page joins what stands side by side: a space
 * behind each line keeps the last word of a cell from the first of the next. */
static void
draw_space(cairo_t *cr, const struct runs *runs, bool rtl, double baseline)
{
	const struct run *last = &runs->list[runs->count - 1];
	PangoFont *font = last->item->item->analysis.font;
	hb_font_t *shaped = pango_font_get_hb_font(font);
	cairo_text_cluster_t one = { 1, 1 };
	hb_codepoint_t glyph;
	cairo_glyph_t space;

	if (!hb_font_get_nominal_glyph(shaped, ' ', &glyph))
		return;
	space = (cairo_glyph_t){ glyph, runs->to, baseline };
	if (rtl)
		space.x = runs->from -
			  points(hb_font_get_glyph_h_advance(shaped, glyph));
	keep_off_points(&space);
	cairo_show_text_glyphs(cr, " ", 1, &space, 1, &one, 1, 0);
}

/* In the order it is read, whichever way it runs. */
static void
draw_line(cairo_t *cr, struct ih_arena *arena, const struct line *line,
    double x, double y, bool shapes)
{
	struct runs runs = runs_of(arena, line->set, x + line->x);
	bool rtl = line->set->resolved_dir == PANGO_DIRECTION_RTL;

	for (size_t i = 0; i < runs.count; i++)
		draw_run(cr, arena, &runs.list[i], line->text,
		    y + line->baseline, shapes);
	if (runs.count > 0 && !shapes)
		draw_space(cr, &runs, rtl, y + line->baseline);
	ih_arena_reset(arena);
}

/* ---- what is drawn around a row */

static void
grey(cairo_t *cr, double shade)
{
	cairo_set_source_rgb(cr, shade, shade, shade);
}

static void
stroke(cairo_t *cr, double x1, double y1, double x2, double y2)
{
	cairo_move_to(cr, x1, y1);
	cairo_line_to(cr, x2, y2);
	cairo_stroke(cr);
}

static void
set_pen(cairo_t *cr, unsigned frame)
{
	static const double dashes[] = { 3, 2 };

	grey(cr, (frame & (FRAME_CELLS | FRAME_DASHED)) != 0 ? 0.54 : 0.1);
	cairo_set_line_width(cr, (frame & FRAME_THICK) != 0 ? BOLD : THIN);
	cairo_set_dash(cr, dashes, (frame & FRAME_DASHED) != 0 ? 2 : 0, 0);
}

static void
draw_rule(cairo_t *cr, unsigned frame, double left, double right, double y)
{
	if ((frame & FRAME_FAINT) != 0) {
		grey(cr, 0.78);
		cairo_set_line_width(cr, HAIR);
	}
	stroke(cr, left, y, right, y);
}

static void
draw_frame(cairo_t *cr, const struct piece *p)
{
	unsigned frame = p->row->frame;
	double left = MARGIN_SIDE, right = MARGIN_SIDE + SHEET_WIDTH;
	double bottom = p->y + p->height;

	if ((frame & FRAME_FILL) != 0) {
		grey(cr, 0.945);
		cairo_rectangle(cr, left, p->y, right - left, p->height);
		cairo_fill(cr);
	}
	set_pen(cr, frame);
	if ((frame & FRAME_TOP) != 0 && p->begins)
		stroke(cr, left, p->y, right, p->y);
	if ((frame & FRAME_BOTTOM) != 0 && p->ends)
		stroke(cr, left, bottom, right, bottom);
	if ((frame & FRAME_SIDES) != 0) {
		stroke(cr, left, p->y, left, bottom);
		stroke(cr, right, p->y, right, bottom);
	}
	if ((frame & FRAME_RULE) != 0 && p->ends)
		draw_rule(cr, frame, left, right, bottom);
}

static void
draw_cell_frame(cairo_t *cr, const struct piece *p, const struct cell *cell)
{
	double left = MARGIN_SIDE + cell->x - p->row->pad_side;
	double width = cell->width + 2 * p->row->pad_side;

	if (cell->width <= 0 || (p->row->frame & FRAME_CELLS) == 0)
		return;
	cairo_rectangle(cr, left, p->y, width, p->height);
	cairo_stroke(cr);
}

/* ---- tags */

/* What is open of the tree beneath the document. */
struct tree {
	cairo_t *cr;
	enum group group;
	size_t number;
};

static const struct {
	const char *whole, *part;
} group_tags[] = {
	[ALONE] = { NULL, NULL },
	[LIST] = { "L", "LI" },
	[TABLE] = { "Table", "TR" },
};

static void
begin(cairo_t *cr, const char *tag)
{
	if (tag != NULL)
		cairo_tag_begin(cr, tag, NULL);
}

static void
end(cairo_t *cr, const char *tag)
{
	if (tag != NULL)
		cairo_tag_end(cr, tag);
}

static void
enter_group(struct tree *tree, enum group group, size_t number)
{
	if (tree->group == group && tree->number == number)
		return;
	end(tree->cr, group_tags[tree->group].whole);
	tree->group = group;
	tree->number = number;
	begin(tree->cr, group_tags[group].whole);
}

/* ---- pieces */

static void
draw_dots(cairo_t *cr, const struct cell *cell, double pad, double y)
{
	static const double dots[] = { 0.6, 1.8 };
	double x = MARGIN_SIDE + cell->x - pad;

	cairo_set_line_width(cr, THIN);
	cairo_set_dash(cr, dots, 2, 0);
	stroke(cr, x, y, x + cell->width + 2 * pad, y);
}

static void
draw_lines(cairo_t *cr, const struct piece *p, size_t c,
    struct ih_arena *scratch)
{
	const struct cell *cell = &p->row->cells[c];
	double y = p->y + p->row->pad_top;

	if (p->from[c] < p->to[c])
		y -= cell->lines[p->from[c]].top;
	for (size_t i = p->from[c]; i < p->to[c]; i++) {
		grey(cr, cell->lines[i].faint ? 0.35 : 0.1);
		draw_line(cr, scratch, &cell->lines[i], MARGIN_SIDE + cell->x,
		    y, false);
		if (cell->lines[i].dots > 0)
			draw_dots(cr, cell, p->row->pad_side,
			    y + cell->lines[i].dots);
	}
}

static double
number_of(const xmlNode *node, const char *name)
{
	return strtod(ih_attr(node, name), NULL);
}

/* No words: the number that stands below says the same. */
static void
draw_qr(cairo_t *cr, const struct piece *p)
{
	double side = QR_SIDE / number_of(p->row->qr, "size");
	double left = MARGIN_SIDE + p->row->qr_x;

	for (const xmlNode *run = ih_child(p->row->qr, "run"); run != NULL;
	     run = ih_next(run, "run"))
		cairo_rectangle(cr, left + number_of(run, "x") * side,
		    p->y + number_of(run, "y") * side,
		    number_of(run, "width") * side, side);
	grey(cr, 0);
	cairo_fill(cr);
}

/* What stands on an earlier page too is not in the tree again. */
static void
draw_piece(struct tree *tree, const struct piece *p, struct ih_arena *scratch)
{
	cairo_t *cr = tree->cr;
	bool tagged = !p->again;

	draw_frame(cr, p);
	if (p->row->qr != NULL)
		draw_qr(cr, p);
	if (tagged) {
		enter_group(tree, p->row->group, p->row->number);
		begin(cr, group_tags[p->row->group].part);
	}
	for (size_t c = 0; c < p->row->count; c++) {
		const char *tag = tagged ? p->row->cells[c].tag : NULL;

		set_pen(cr, p->row->frame);
		draw_cell_frame(cr, p, &p->row->cells[c]);
		begin(cr, tag);
		draw_lines(cr, p, c, scratch);
		end(cr, tag);
	}
	if (tagged)
		end(cr, group_tags[p->row->group].part);
}

/* ---- pages */

struct sheet {
	struct ih_setting *setting;
	struct pages body, foot;
	struct row *watermark;
	struct tree tree;
	struct ih_arena *scratch;
};

/* As shapes, not as letters: it is a mark, and nobody reads it aloud. */
static void
draw_watermark(struct sheet *sheet)
{
	cairo_t *cr = sheet->tree.cr;
	const struct cell *cell;

	if (sheet->watermark == NULL)
		return;
	cell = &sheet->watermark->cells[0];
	cairo_save(cr);
	cairo_translate(cr, PAGE_WIDTH / 2, PAGE_HEIGHT / 2);
	cairo_rotate(cr, SLANT);
	cairo_translate(cr, -cell->width / 2,
	    -row_height(sheet->watermark) / 2);
	cairo_set_source_rgb(cr, 0.9, 0.9, 0.9);
	for (size_t i = 0; i < cell->count; i++)
		draw_line(cr, sheet->scratch, &cell->lines[i], 0, 0, true);
	cairo_restore(cr);
}

static struct piece
all_of(struct ih_arena *arena, const struct row *row, double y)
{
	size_t *none = ih_arena_take(arena, row->count * sizeof *none);
	size_t *all = ih_arena_take(arena, row->count * sizeof *all);

	for (size_t c = 0; c < row->count; c++)
		all[c] = row->cells[c].count;
	return (struct piece){ .row = row,
		.y = y,
		.height = row_height(row),
		.from = none,
		.to = all,
		.begins = true,
		.ends = true,
		.again = true };
}

#define FOOT_MOST (PAGE_HEIGHT / 4)
#define RUNNING (6 * MM)

static double
flow_height(const struct flow *flow)
{
	double height = 0;

	for (const struct row *row = flow->first; row != NULL; row = row->next)
		height += row->before + row_height(row);
	return height;
}

/* A foot that would leave no page stands once, at the end. */
static void
move_long_foot(struct ih_setting *s)
{
	if (s->foot.first == NULL || flow_height(&s->foot) < FOOT_MOST)
		return;
	s->body.last->next = s->foot.first;
	s->body.last = s->foot.last;
	s->foot = (struct flow){ 0 };
}

static bool
place_all(struct sheet *sheet, struct ih_error *err)
{
	struct ih_setting *s = sheet->setting;
	double foot, bottom = PAGE_HEIGHT - MARGIN_BOTTOM;

	move_long_foot(s);
	foot = bottom - flow_height(&s->foot);
	return flow_place(&s->body, MARGIN_TOP + RUNNING, foot - 2 * MM,
		   s->arena, &sheet->body, err) &&
	       flow_place(&s->foot, foot, PAGE_HEIGHT, s->arena, &sheet->foot,
		   err);
}

static void
draw_foot(struct sheet *sheet, bool last)
{
	struct pages *foot = &sheet->foot;

	if (foot->count == 0)
		return;
	set_pen(sheet->tree.cr, 0);
	stroke(sheet->tree.cr, MARGIN_SIDE, foot->pieces[0].y,
	    MARGIN_SIDE + SHEET_WIDTH, foot->pieces[0].y);
	for (size_t i = 0; i < foot->count; i++) {
		foot->pieces[i].again = !last;
		draw_piece(&sheet->tree, &foot->pieces[i], sheet->scratch);
	}
}

static void
draw_page(struct sheet *sheet, size_t page, size_t *next)
{
	struct ih_setting *s = sheet->setting;
	struct pages *body = &sheet->body;
	struct piece running = all_of(s->arena,
	    setting_running(s, page + 1, body->pages), MARGIN_TOP);

	draw_watermark(sheet);
	draw_piece(&sheet->tree, &running, sheet->scratch);
	for (; *next < body->count && body->pieces[*next].page == page; ++*next)
		draw_piece(&sheet->tree, &body->pieces[*next], sheet->scratch);
	if (page + 1 == body->pages)
		enter_group(&sheet->tree, ALONE, 0);
	draw_foot(sheet, page + 1 == body->pages);
	cairo_show_page(sheet->tree.cr);
}

static cairo_status_t
keep(void *with, const unsigned char *bytes, unsigned size)
{
	const struct ih_press *press = with;

	if (press->out != NULL)
		ih_buffer_add(press->out, bytes, size);
	return CAIRO_STATUS_SUCCESS;
}

/* cairo asks for the time and its zone, which is a file, when it takes a new
 * sheet; what it was told is never written. */
static cairo_surface_t *
new_paper(struct ih_press *press)
{
	return cairo_pdf_surface_create_for_stream(keep, press, PAGE_WIDTH,
	    PAGE_HEIGHT);
}

/* Its neutral title, and no day: cairo would put the clock's, and writes any
 * other without the "D:" that ISO 32000-1 7.9.4 asks for. */
static void
describe(cairo_surface_t *surface, const xmlNode *doc)
{
	cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE,
	    ih_attr(doc, "title"));
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR,
	    "Ihala");
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE,
	    "");
}

static bool
draw(struct sheet *sheet, cairo_surface_t *surface, struct ih_error *err)
{
	cairo_t *cr = cairo_create(surface);
	cairo_status_t status;
	size_t next = 0;

	sheet->tree.cr = cr;
	describe(surface, sheet->setting->doc);
	begin(cr, "Document");
	for (size_t page = 0; page < sheet->body.pages; page++)
		draw_page(sheet, page, &next);
	end(cr, "Document");
	status = cairo_status(cr);
	cairo_destroy(cr);
	cairo_surface_finish(surface);
	if (status == CAIRO_STATUS_SUCCESS)
		status = cairo_surface_status(surface);
	return status == CAIRO_STATUS_SUCCESS ||
	       ih_fail(err, IH_SYSTEM, "the pages cannot be drawn: %s",
		   cairo_status_to_string(status));
}

static bool
print(const xmlDoc *doc, PangoFontMap *fonts, cairo_surface_t *paper,
    struct ih_error *err)
{
	IH_OWNED(ih_setting) setting = setting_new(fonts, doc, err);
	IH_OWNED(ih_arena) scratch = ih_arena_new();
	struct sheet sheet = { .setting = setting, .scratch = scratch };

	if (setting == NULL || !place_all(&sheet, err))
		return false;
	sheet.watermark = setting_watermark(setting);
	return draw(&sheet, paper, err);
}

bool
ih_pdf_set(const void *bytes, size_t size, struct ih_buffer *out, void *with,
    struct ih_error *err)
{
	struct ih_press *press = with;
	IH_OWNED(xmlDoc) doc =
	    ih_schema_parse(press->schema, "block", bytes, size, err);
	PangoFontMap *fonts;
	cairo_surface_t *paper;
	bool set;

	if (doc == NULL)
		return false;
	/* Which language the user reads is none of its affair. */
	unsetenv("PANGO_LANGUAGE");
	unsetenv("LANGUAGE");
	fonts = ih_typefaces_map(press->faces, err);
	if (fonts == NULL)
		return false;
	paper = press->paper != NULL ? cairo_surface_reference(press->paper) :
				       new_paper(press);
	press->out = out;
	set = print(doc, fonts, paper, err);
	press->out = NULL;
	cairo_surface_destroy(paper);
	g_object_unref(fonts);
	return set;
}

/* ---- the press */

struct ih_press *
ih_press_open(struct ih_library *library, struct ih_error *err)
{
	IH_OWNED(ih_press) press = ih_zeroed(sizeof *press);

	press->schema = ih_schema_load(library, "block", err);
	if (press->schema == NULL)
		return NULL;
	press->faces = ih_typefaces_read(IH_FONTS, err);
	return press->faces != NULL ? IH_GIVE(press) : NULL;
}

void
ih_press_close(struct ih_press *press)
{
	if (press == NULL)
		return;
	ih_schema_free(press->schema);
	ih_typefaces_free(press->faces);
	free(press);
}

struct ih_buffer *
ih_pdf_make(struct ih_press *press, const void *bytes, size_t size,
    struct ih_error *err)
{
	const struct ih_limits limits = { IH_PDF_SECONDS, IH_CONFINE_PATIENCE,
		IH_PDF_MEMORY };

	IH_OWNED(ih_confined_child) child = NULL;

	press->paper = new_paper(press);
	child = ih_child_start_within(ih_pdf_set, press, limits, err);
	cairo_surface_destroy(press->paper);
	press->paper = NULL;
	return child != NULL ? ih_child_ask(child, bytes, size, err) : NULL;
}
