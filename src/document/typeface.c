/* This is where font files become fonts, without asking the machine. */
#include "typeface.h"

#include <cairo-ft.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include <hb.h>
#include <stdbool.h>
#include <stdlib.h>

#include "ihala/arena.h"
#include "ihala/file.h"

#define NOTO "truetype/noto/Noto"
#define AMIRI "opentype/fonts-hosny-amiri/Amiri"
#define FILE_MAX_BYTES ((size_t)8 << 20)

/*
 * In the order in which a letter is looked for.  Latin letters and digits come
 * first, so that a number looks the same in every language.  Heights are in
 * parts of the size, with room for vowel marks; Arabic is set a little larger.
 * What has no bold stands in its regular form.
 */
static const struct form {
	const char *file; /* in IH_FONTS */
	bool regular, bold;
	double scale, ascent, descent;
} forms[] = {
	{ NOTO "Serif-Regular.ttf", true, false, 1, 1.04, 0.36 },
	{ NOTO "Serif-Bold.ttf", false, true, 1, 1.04, 0.36 },
	{ NOTO "NaskhArabic-Regular.ttf", true, false, 1.1, 1.06, 0.52 },
	{ NOTO "NaskhArabic-Bold.ttf", false, true, 1.1, 1.06, 0.52 },
	/* signs of Arabic that the first has not */
	{ AMIRI "-Regular.ttf", true, true, 1.1, 1.06, 0.52 },
	/* the other official script of Morocco */
	{ NOTO "SansTifinagh-Regular.ttf", true, true, 1, 1.04, 0.36 },
	/* names as those who come write them */
	{ NOTO "SansEthiopic-Regular.ttf", true, true, 1, 1.04, 0.36 },
	{ NOTO "SansBengali-Regular.ttf", true, true, 1, 1.04, 0.4 },
	{ NOTO "SansDevanagari-Regular.ttf", true, true, 1, 1.04, 0.4 },
};

#define FORMS (sizeof forms / sizeof forms[0])
#define FONTSETS 32 /* sizes in use at once: a page has about eight */

/* From the right a sign is drawn as its mirror image.  Each way has a font of
 * its own in the PDF, in which a glyph stands for one letter only. */
#define WAYS 2

struct face {
	struct ih_buffer *bytes;
	hb_face_t *shape;
	cairo_font_face_t *drawn[WAYS];
	PangoCoverage *coverage;
};

struct ih_typefaces {
	FT_Library freetype;
	struct face faces[FORMS];
};

static struct ih_buffer *
read_font(const char *folder, const char *name, struct ih_error *err)
{
	IH_OWNED(ih_arena) arena = ih_arena_new();
	struct ih_error why = { .kind = IH_NONE };
	const char *path = ih_arena_printf(arena, "%s%s", folder, name);
	struct ih_buffer *bytes = ih_file_read(path, FILE_MAX_BYTES, &why);

	if (bytes == NULL)
		ih_fail(err, IH_SYSTEM,
		    "%s cannot be read; install fonts-noto-core and "
		    "fonts-hosny-amiri",
		    path);
	return bytes;
}

struct ih_typefaces *
ih_typefaces_read(const char *folder, struct ih_error *err)
{
	IH_OWNED(ih_typefaces) all = ih_zeroed(sizeof *all);

	for (size_t i = 0; i < FORMS; i++) {
		all->faces[i].bytes = read_font(folder, forms[i].file, err);
		if (all->faces[i].bytes == NULL)
			return NULL;
	}
	return IH_GIVE(all);
}

static void
close_face(struct face *face)
{
	if (face->coverage != NULL)
		g_object_unref(face->coverage);
	for (size_t i = 0; i < WAYS; i++)
		if (face->drawn[i] != NULL)
			cairo_font_face_destroy(face->drawn[i]);
	hb_face_destroy(face->shape);
	ih_buffer_free(face->bytes);
}

void
ih_typefaces_free(struct ih_typefaces *all)
{
	if (all == NULL)
		return;
	for (size_t i = 0; i < FORMS; i++)
		close_face(&all->faces[i]);
	/* cairo keeps what it drew with until it is told */
	cairo_debug_reset_static_data();
	if (all->freetype != NULL)
		FT_Done_FreeType(all->freetype);
	free(all);
}

/* ---- one face, as each of the three libraries wants it */

static PangoCoverage *
coverage_of(hb_face_t *shape)
{
	PangoCoverage *coverage = pango_coverage_new();
	hb_set_t *points = hb_set_create();
	hb_codepoint_t point = HB_SET_VALUE_INVALID;

	hb_face_collect_unicodes(shape, points);
	while (hb_set_next(points, &point))
		pango_coverage_set(coverage, (int)point, PANGO_COVERAGE_EXACT);
	hb_set_destroy(points);
	return coverage;
}

/* FREETYPE keeps what cairo draws with. */
static cairo_font_face_t *
drawn_with(FT_Library freetype, const struct ih_buffer *bytes)
{
	FT_Face outline;

	if (FT_New_Memory_Face(freetype, bytes->data, (FT_Long)bytes->size, 0,
		&outline) != 0)
		return NULL;
	return cairo_ft_font_face_create_for_ft_face(outline,
	    FT_LOAD_NO_HINTING);
}

static bool
open_face(FT_Library freetype, struct face *face)
{
	hb_blob_t *blob;

	if (face->shape != NULL)
		return true;
	for (size_t i = 0; i < WAYS; i++) {
		face->drawn[i] = drawn_with(freetype, face->bytes);
		if (face->drawn[i] == NULL)
			return false;
	}
	blob = hb_blob_create((const char *)face->bytes->data,
	    (unsigned)face->bytes->size, HB_MEMORY_MODE_READONLY, NULL, NULL);
	face->shape = hb_face_create(blob, 0);
	hb_blob_destroy(blob);
	face->coverage = coverage_of(face->shape);
	return true;
}

/* ---- a font of Pango: a face at a size */

typedef struct {
	PangoFont parent;
	PangoFontMap *map; /* which owns it */
	struct face *face;
	const struct form *form;
	double size; /* points, of the description */
} IhFont;
typedef PangoFontClass IhFontClass;

static GType ih_font_get_type(void);
/* cppcheck-suppress unknownMacro; of GLib */
G_DEFINE_TYPE(IhFont, ih_font, PANGO_TYPE_FONT)

static IhFont *
font_of(PangoFont *font)
{
	return (IhFont *)(void *)font;
}

static int
units(const IhFont *font, double part)
{
	return (int)(font->size * part * PANGO_SCALE);
}

static PangoFontDescription *
describe(PangoFont *font)
{
	PangoFontDescription *desc = pango_font_description_new();

	pango_font_description_set_family_static(desc, "Ihala");
	pango_font_description_set_size(desc, units(font_of(font), 1));
	return desc;
}

static PangoCoverage *
get_coverage(PangoFont *font, PangoLanguage *language)
{
	(void)language;
	return g_object_ref(font_of(font)->face->coverage);
}

static void
extents_of_box(const IhFont *font, PangoRectangle *ink)
{
	*ink = (PangoRectangle){ 0, -units(font, IH_BOX), units(font, IH_BOX),
		units(font, IH_BOX) };
}

static void
extents_of_ink(PangoFont *font, PangoGlyph glyph, PangoRectangle *ink)
{
	hb_glyph_extents_t e = { 0 };

	hb_font_get_glyph_extents(pango_font_get_hb_font(font), glyph, &e);
	*ink =
	    (PangoRectangle){ e.x_bearing, -e.y_bearing, e.width, -e.height };
}

/* Lines are as high as the form says, whatever stands in them. */
static void
get_glyph_extents(PangoFont *font, PangoGlyph glyph, PangoRectangle *ink,
    PangoRectangle *logical)
{
	const IhFont *own = font_of(font);
	PangoRectangle inked = { 0 }, whole = { 0 };

	whole.y = -units(own, own->form->ascent);
	whole.height = units(own, own->form->ascent + own->form->descent);
	if (glyph != PANGO_GLYPH_EMPTY &&
	    (glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0) {
		extents_of_box(own, &inked);
		whole.width = units(own, IH_BOX);
	} else if (glyph != PANGO_GLYPH_EMPTY) {
		extents_of_ink(font, glyph, &inked);
		whole.width =
		    hb_font_get_glyph_h_advance(pango_font_get_hb_font(font),
			glyph);
	}
	if (ink != NULL)
		*ink = inked;
	if (logical != NULL)
		*logical = whole;
}

static PangoFontMetrics *
get_metrics(PangoFont *font, PangoLanguage *language)
{
	const IhFont *own = font_of(font);
	PangoFontMetrics *metrics = g_slice_new0(PangoFontMetrics);

	(void)language;
	metrics->ref_count = 1;
	metrics->ascent = units(own, own->form->ascent);
	metrics->descent = units(own, own->form->descent);
	metrics->height = metrics->ascent + metrics->descent;
	metrics->approximate_char_width = units(own, 0.5);
	metrics->approximate_digit_width = units(own, 0.5);
	return metrics;
}

static PangoFontMap *
get_font_map(PangoFont *font)
{
	return font_of(font)->map;
}

static hb_font_t *
create_hb_font(PangoFont *font)
{
	const IhFont *own = font_of(font);
	hb_font_t *shaped = hb_font_create(own->face->shape);
	int scale = units(own, own->form->scale);

	hb_font_set_scale(shaped, scale, scale);
	return shaped;
}

static void
ih_font_init(IhFont *font)
{
	(void)font;
}

static void
ih_font_class_init(IhFontClass *class)
{
	class->describe = describe;
	class->describe_absolute = describe;
	class->get_coverage = get_coverage;
	class->get_glyph_extents = get_glyph_extents;
	class->get_metrics = get_metrics;
	class->get_font_map = get_font_map;
	class->create_hb_font = create_hb_font;
}

cairo_font_face_t *
ih_typeface_of(PangoFont *font, bool rtl, double *size)
{
	const IhFont *own = font_of(font);

	*size = own->size * own->form->scale;
	return own->face->drawn[rtl ? 1 : 0];
}

/* ---- the map: a size and a weight give a set, in the order of the table */

typedef struct {
	PangoFontMap parent;
	struct ih_typefaces *faces;
	struct {
		int size; /* Pango's units */
		bool bold;
		PangoFontset *set;
	} sets[FONTSETS];
	size_t count;
} IhFontMap;
typedef PangoFontMapClass IhFontMapClass;

static GType ih_font_map_get_type(void);
/* cppcheck-suppress unknownMacro; of GLib */
G_DEFINE_TYPE(IhFontMap, ih_font_map, PANGO_TYPE_FONT_MAP)

static PangoFontset *
make_set(IhFontMap *map, PangoLanguage *language, int size, bool bold)
{
	PangoFontsetSimple *set = pango_fontset_simple_new(language);

	for (size_t i = 0; i < FORMS; i++) {
		IhFont *font;

		if (bold ? !forms[i].bold : !forms[i].regular)
			continue;
		font = g_object_new(ih_font_get_type(), NULL);
		font->map = &map->parent;
		font->face = &map->faces->faces[i];
		font->form = &forms[i];
		font->size = (double)size / PANGO_SCALE;
		pango_fontset_simple_append(set, &font->parent);
	}
	return (PangoFontset *)set;
}

static PangoFontset *
load_fontset(PangoFontMap *font_map, PangoContext *context,
    const PangoFontDescription *desc, PangoLanguage *language)
{
	IhFontMap *map = (IhFontMap *)(void *)font_map;
	int size = pango_font_description_get_size(desc);
	bool bold =
	    pango_font_description_get_weight(desc) >= PANGO_WEIGHT_BOLD;
	PangoFontset *made;

	(void)context;
	for (size_t i = 0; i < map->count; i++)
		if (map->sets[i].size == size && map->sets[i].bold == bold)
			return g_object_ref(map->sets[i].set);
	made = make_set(map, language, size, bold);
	if (map->count < FONTSETS) {
		map->sets[map->count].size = size;
		map->sets[map->count].bold = bold;
		map->sets[map->count++].set = g_object_ref(made);
	}
	return made;
}

static PangoFont *
load_font(PangoFontMap *map, PangoContext *context,
    const PangoFontDescription *desc)
{
	PangoFontset *set = load_fontset(map, context, desc, NULL);
	PangoFont *font = pango_fontset_get_font(set, ' ');

	g_object_unref(set);
	return font;
}

static void
list_families(PangoFontMap *map, PangoFontFamily ***families, int *count)
{
	(void)map;
	*families = NULL;
	*count = 0;
}

static guint
get_serial(PangoFontMap *map)
{
	(void)map;
	return 1;
}

static void
finalize(GObject *object)
{
	IhFontMap *map = (IhFontMap *)(void *)object;

	for (size_t i = 0; i < map->count; i++)
		g_object_unref(map->sets[i].set);
	G_OBJECT_CLASS(ih_font_map_parent_class)->finalize(object);
}

static void
ih_font_map_init(IhFontMap *map)
{
	(void)map;
}

static void
ih_font_map_class_init(IhFontMapClass *class)
{
	((GObjectClass *)class)->finalize = finalize;
	class->load_font = load_font;
	class->load_fontset = load_fontset;
	class->list_families = list_families;
	class->get_serial = get_serial;
}

PangoFontMap *
ih_typefaces_map(struct ih_typefaces *faces, struct ih_error *err)
{
	IhFontMap *map;

	if (faces->freetype == NULL &&
	    FT_Init_FreeType(&faces->freetype) != 0) {
		ih_fail(err, IH_SYSTEM, "FreeType does not start");
		return NULL;
	}
	for (size_t i = 0; i < FORMS; i++)
		if (!open_face(faces->freetype, &faces->faces[i])) {
			ih_fail(err, IH_SYSTEM, "%s is not a font",
			    forms[i].file);
			return NULL;
		}
	map = g_object_new(ih_font_map_get_type(), NULL);
	map->faces = faces;
	return &map->parent;
}
