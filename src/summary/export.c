/* This is where tables become files for other programs. */
#include "ihala/export.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "ihala/file.h"
#include "ihala/node.h"
#include "ihala/stylesheet.h"
#include "ihala/xml.h"
#include "inner.h"
#include "words_keys.h"

#define DEFINITIONS "xml/summary/tables.xml"
#define BOOK_MAX ((size_t)16 << 20) /* bytes of a workbook */

static const char *const kinds[] = { "csv", "json", "sdmx-csv", "sdmx-ml",
	"sdmx-structure", "codebook", "r", "stata" };

const char *
ih_export_kinds(void)
{
	return "csv, json, sdmx-csv, sdmx-ml, sdmx-structure, codebook, r, "
	       "stata, xlsx";
}

static char credit[] =
    "Human Trafficking Case Data Standard 2.0, IOM, CC BY 4.0";

/* ---- by stylesheet */

static struct ih_buffer *
by_stylesheet(struct ih_library *library, const xmlDoc *definitions,
    const xmlDoc *told, const char *kind, struct ih_tongue tongue,
    struct ih_error *err)
{
	IH_OWNED(xmlDoc) doc = ih_sources_new();
	xmlNode *root = xmlDocGetRootElement(doc);
	char tag[IH_TAG_TEXT], name[40];
	struct ih_param params[] = { { "tongue", tag } };

	ih_tongue_tag(tongue, tag);
	snprintf(name, sizeof name, "export-%s", kind);
	IH_OWNED(ih_stylesheet) sheet = ih_stylesheet_load(library, name, err);
	if (sheet == NULL ||
	    !ih_graft(root, "told", xmlDocGetRootElement(told)) ||
	    !ih_graft(root, "tables", xmlDocGetRootElement(definitions)))
		return NULL;
	return ih_stylesheet_render(sheet, doc, params, 1, err);
}

/* ---- a workbook */

struct book {
	lxw_workbook *workbook;
	lxw_format *title, *bold, *line, *text, *names, *head, *number;
	const struct ih_tables *tables;
	const xmlNode *definitions;
	struct ih_return *const *returns;
	size_t count;
	struct ih_tongue tongue;
	struct ih_arena *arena;
};

static const xmlNode *
find(const xmlNode *under, const char *element, const char *attribute,
    const char *value)
{
	const xmlNode *node = ih_child(under, element);

	while (node != NULL && strcmp(ih_attr(node, attribute), value) != 0)
		node = ih_next(node, element);
	return node;
}

static const xmlNode *
text_in(const xmlNode *node, const char *tag)
{
	const xmlNode *text = node != NULL ? ih_child(node, "text") : NULL;

	for (; text != NULL; text = ih_next(text, "text")) {
		IH_OWNED(xmlChar)
		lang = xmlNodeGetLang((xmlNode *)(uintptr_t)text);

		if (lang != NULL && strcmp((const char *)lang, tag) == 0)
			return text;
	}
	return NULL;
}

/* The text below NODE as the country of the book has it, or its language. */
static const char *
said(const struct book *book, const xmlNode *node)
{
	char tag[IH_TAG_TEXT];
	const xmlNode *text;

	ih_tongue_tag(book->tongue, tag);
	text = text_in(node, tag);
	if (text == NULL)
		text = text_in(node, ih_lang_tag(book->tongue.lang));
	return text != NULL ? ih_text_of(book->arena, text) : "";
}

static const xmlNode *
variable_of(const struct book *book, const struct ih_variable *variable)
{
	return find(book->definitions, "variable", "id", variable->id);
}

/* ISO A4, as libxlsxwriter numbers papers. */
enum { A4 = 9 };

static bool
is_from_right(const struct book *book)
{
	return book->tongue.lang == IH_AR;
}

/* As wide as one sheet of paper, however many columns it has. */
static lxw_worksheet *
add_sheet(const struct book *book, const char *name)
{
	lxw_worksheet *sheet = workbook_add_worksheet(book->workbook, name);

	if (is_from_right(book))
		worksheet_right_to_left(sheet);
	worksheet_set_landscape(sheet);
	worksheet_set_paper(sheet, A4);
	worksheet_fit_to_pages(sheet, 1, 0);
	return sheet;
}

/* As libxlsxwriter numbers the directions of a cell. */
enum { FROM_LEFT = 1, FROM_RIGHT = 2 };

/* Text stands where its line begins, a code in Latin letters too: a
 * spreadsheet would put that at the other end, against the next column, and
 * read a line that begins with a number in the wrong direction. */
static lxw_format *
add_format(const struct book *book)
{
	lxw_format *format = workbook_add_format(book->workbook);

	format_set_align(format,
	    is_from_right(book) ? LXW_ALIGN_RIGHT : LXW_ALIGN_LEFT);
	format_set_reading_order(format,
	    is_from_right(book) ? FROM_RIGHT : FROM_LEFT);
	format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
	return format;
}

static void
make_head(lxw_format *format)
{
	format_set_bold(format);
	format_set_text_wrap(format);
	format_set_align(format, LXW_ALIGN_VERTICAL_BOTTOM);
	format_set_bottom(format, LXW_BORDER_THIN);
}

static void
add_formats(struct book *book)
{
	book->title = add_format(book);
	format_set_bold(book->title);
	format_set_font_size(book->title, 14);
	book->bold = add_format(book);
	format_set_bold(book->bold);
	book->line = add_format(book);
	book->text = add_format(book);
	format_set_text_wrap(book->text);
	book->names = add_format(book);
	make_head(book->names);
	/* over numbers, which stand at the right in either direction */
	book->head = add_format(book);
	make_head(book->head);
	format_set_align(book->head, LXW_ALIGN_RIGHT);
	book->number = workbook_add_format(book->workbook);
	format_set_num_format(book->number, "0");
	format_set_align(book->number, LXW_ALIGN_RIGHT);
	format_set_align(book->number, LXW_ALIGN_VERTICAL_TOP);
}

/* The sum of what each told; withheld where one of them is. */
static int64_t
sum_at(const struct book *book, const int64_t *at)
{
	size_t offset =
	    (size_t)((const char *)at - (const char *)book->returns[0]);
	int64_t sum = 0;

	for (size_t i = 0; i < book->count; i++) {
		const char *base = (const char *)book->returns[i] + offset;
		int64_t number;

		memcpy(&number, base, sizeof number);
		if (number == IH_WITHHELD)
			return IH_WITHHELD;
		sum += number;
	}
	return sum;
}

static void
put(const struct book *book, lxw_worksheet *sheet, size_t row, size_t column,
    const int64_t *at, lxw_format *format)
{
	int64_t number = sum_at(book, at);

	if (number == IH_WITHHELD)
		worksheet_write_string(sheet, (lxw_row_t)row, (lxw_col_t)column,
		    "x", format);
	else
		worksheet_write_number(sheet, (lxw_row_t)row, (lxw_col_t)column,
		    (double)number, format);
}

static void
say_at(lxw_worksheet *sheet, size_t row, size_t column, const char *text,
    lxw_format *format)
{
	worksheet_write_string(sheet, (lxw_row_t)row, (lxw_col_t)column, text,
	    format);
}

/* In points: a title, and two lines of a head. */
enum { TITLE_HEIGHT = 22, HEAD_HEIGHT = 32 };
enum { HEAD = 2, FIRST = 2 }; /* row of the head; column of the numbers */

static void
write_head(const struct book *book, lxw_worksheet *sheet,
    const struct ih_variable *rows, const struct ih_variable *columns)
{
	const xmlNode *across = variable_of(book, columns);

	say_at(sheet, HEAD, 0,
	    said(book, ih_child(variable_of(book, rows), "title")),
	    book->names);
	say_at(sheet, HEAD, 1, "HTCDS 2.0", book->names);
	for (size_t c = 0; c < columns->count; c++)
		say_at(sheet, HEAD, FIRST + c,
		    said(book, find(across, "category", "code",
				   columns->categories[c].code)),
		    book->head);
	say_at(sheet, HEAD, FIRST + columns->count,
	    ih_word(book->tongue, W_REGION_TOTAL), book->head);
}

static const char *
legend(const struct book *book)
{
	static const char *const words[IH_METHODS] = {
		[IH_ROUNDED] = W_RETURN_LEGEND,
		[IH_SUPPRESSED] = W_RETURN_LEGEND_SUPPRESSED,
		[IH_EXACT] = W_RETURN_LEGEND_EXACT,
	};
	int64_t bound = 0;

	for (size_t i = 0; i < book->count; i++)
		if (book->returns[i]->bound > bound)
			bound = book->returns[i]->bound;
	return ih_say(book->arena, book->tongue,
	    words[book->returns[0]->method], IH_NUM(bound));
}

static void
write_table(const struct book *book, size_t t)
{
	const struct ih_return *one = book->returns[0];
	const struct ih_table *table = &book->tables->tables[t];
	const struct ih_variable *rows = &book->tables->variables[table->rows];
	const struct ih_variable *columns =
	    &book->tables->variables[table->columns];
	const xmlNode *down = variable_of(book, rows);
	lxw_worksheet *sheet = add_sheet(book, table->id);
	size_t row = HEAD + 1, last = FIRST + columns->count;

	worksheet_set_column(sheet, 0, 0, 34, NULL);
	worksheet_set_column(sheet, 1, 1, 27, NULL);
	worksheet_set_column(sheet, FIRST, (lxw_col_t)last, 15, NULL);
	worksheet_set_row(sheet, 0, TITLE_HEIGHT, NULL);
	worksheet_set_row(sheet, HEAD, HEAD_HEIGHT, NULL);
	worksheet_freeze_panes(sheet, HEAD + 1, FIRST);
	worksheet_repeat_rows(sheet, HEAD, HEAD);
	say_at(sheet, 0, 0,
	    said(book,
		ih_child(find(book->definitions, "table", "id", table->id),
		    "title")),
	    book->title);
	/* a sheet may be printed alone */
	say_at(sheet, 1, 0, legend(book), book->line);
	write_head(book, sheet, rows, columns);
	for (size_t r = 0; r < rows->count; r++, row++) {
		const xmlNode *category =
		    find(down, "category", "code", rows->categories[r].code);

		say_at(sheet, row, 0, said(book, category), book->text);
		say_at(sheet, row, 1, ih_attr(category, "htcds"), book->text);
		for (size_t c = 0; c < columns->count; c++)
			put(book, sheet, row, FIRST + c, &one->cells[t][r][c],
			    book->number);
		put(book, sheet, row, last, &one->row_totals[t][r],
		    book->number);
	}
	say_at(sheet, row, 0, ih_word(book->tongue, W_REGION_TOTAL),
	    book->bold);
	for (size_t c = 0; c < columns->count; c++)
		put(book, sheet, row, FIRST + c, &one->column_totals[t][c],
		    book->number);
	put(book, sheet, row, last, &one->totals[t], book->number);
}

static void
write_about(const struct book *book)
{
	lxw_worksheet *sheet = add_sheet(book, "about");
	const struct ih_return *one = book->returns[0];
	size_t row = 5;

	worksheet_set_column(sheet, 0, 0, 28, NULL);
	worksheet_set_column(sheet, 1, 1, 76, NULL);
	say_at(sheet, 0, 0, ih_word(book->tongue, W_REGION_PERIOD), book->bold);
	say_at(sheet, 0, 1, one->period, book->text);
	say_at(sheet, 1, 0, ih_word(book->tongue, W_REGION_PERSONS),
	    book->bold);
	put(book, sheet, 1, 1, &one->persons, book->text);
	say_at(sheet, 2, 1, legend(book), book->text);
	if (one->training)
		say_at(sheet, 3, 1, ih_word(book->tongue, W_REGION_TRAINING),
		    book->bold);
	say_at(sheet, 4, 1, credit, book->text);
	for (size_t i = 0; i < book->count; i++, row++) {
		say_at(sheet, row, 0, book->returns[i]->committee, book->text);
		say_at(sheet, row, 1, book->returns[i]->made, book->text);
	}
}

static void
write_codes(const struct book *book)
{
	lxw_worksheet *sheet = add_sheet(book, "codes");
	size_t row = 0;

	worksheet_set_column(sheet, 0, 4, 24, NULL);
	for (const xmlNode *v = ih_child(book->definitions, "variable");
	     v != NULL; v = ih_next(v, "variable")) {
		say_at(sheet, row, 0, ih_attr(v, "id"), book->bold);
		say_at(sheet, row++, 2, said(book, ih_child(v, "title")),
		    book->bold);
		for (const xmlNode *c = ih_child(v, "category"); c != NULL;
		     c = ih_next(c, "category"), row++) {
			say_at(sheet, row, 0, ih_attr(v, "id"), book->text);
			say_at(sheet, row, 1, ih_attr(c, "code"), book->text);
			say_at(sheet, row, 2, said(book, c), book->text);
			say_at(sheet, row, 3, ih_attr(c, "htcds"), book->text);
			say_at(sheet, row, 4, ih_attr(c, "ic-tip"), book->text);
		}
	}
}

/* The same tables give the same bytes: the day is that of the tables. */
static void
write_properties(const struct book *book)
{
	int64_t made = 0;
	lxw_doc_properties properties = { .comments = credit };

	ih_instant_parse(book->returns[0]->made, &made);
	properties.created = (time_t)made;
	workbook_set_properties(book->workbook, &properties);
}

/* libxlsxwriter writes to a name: to that of a file in memory. */
static struct ih_buffer *
write_book(struct book *book, struct ih_error *err)
{
	int fd = memfd_create("ihala", MFD_CLOEXEC);
	char path[40];
	struct ih_buffer *out = NULL;

	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	book->workbook = fd >= 0 ? workbook_new(path) : NULL;
	if (book->workbook == NULL) {
		ih_fail(err, IH_SYSTEM, "export: no memory for the workbook");
		if (fd >= 0)
			close(fd);
		return NULL;
	}
	add_formats(book);
	write_properties(book);
	write_about(book);
	for (size_t t = 0; t < book->tables->table_count; t++)
		write_table(book, t);
	write_codes(book);
	if (workbook_close(book->workbook) != LXW_NO_ERROR)
		ih_fail(err, IH_SYSTEM, "export: the workbook failed");
	else
		out = ih_file_read(path, BOOK_MAX, err);
	close(fd);
	return out;
}

struct ih_buffer *
ih_export(struct ih_library *library, const struct ih_tables *tables,
    xmlDoc *told, struct ih_return *const *returns, size_t count,
    const char *kind, struct ih_tongue tongue, struct ih_error *err)
{
	IH_OWNED(ih_arena) arena = ih_arena_new();
	IH_OWNED(xmlDoc)
	definitions = ih_schema_read(library, DEFINITIONS, "tables", err);
	struct book book = { .tables = tables,
		.returns = returns,
		.count = count,
		.tongue = tongue,
		.arena = arena };

	if (definitions == NULL)
		return NULL;
	book.definitions = xmlDocGetRootElement(definitions);
	if (strcmp(kind, "xlsx") == 0)
		return write_book(&book, err);
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (strcmp(kinds[i], kind) == 0)
			return by_stylesheet(library, definitions, told, kind,
			    tongue, err);
	ih_fail(err, IH_USAGE, "--as one of %s", ih_export_kinds());
	return NULL;
}
