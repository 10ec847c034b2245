/* This is where exact counts become a return, and a return is believed. */
#include "ihala/return.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/element.h"
#include "ihala/round.h"
#include "ihala/words.h"
#include "ihala/xml.h"
#include "inner.h"
#include "words_keys.h"

/* ---- laying the counts out for rounding */

/* Where each number of the tables stands among the cells to be rounded. */
struct layout {
	struct ih_rounding rounding;
	uint16_t persons;
	uint16_t cells[IH_TABLES_MAX][IH_CATEGORIES_MAX][IH_CATEGORIES_MAX];
	uint16_t rows[IH_TABLES_MAX][IH_CATEGORIES_MAX];
	uint16_t columns[IH_TABLES_MAX][IH_CATEGORIES_MAX];
	uint16_t totals[IH_TABLES_MAX];
	bool full; /* more cells or parts than there is room for */
};

/* The place of the cell of that name, made where it is new: a margin that
 * two tables share is one cell. */
static uint16_t
place(struct layout *l, const char *name, int64_t exact)
{
	struct ih_rounding *r = &l->rounding;
	size_t at = 0;

	while (at < r->cell_count && strcmp(r->cells[at].name, name) != 0)
		at++;
	if (at < r->cell_count)
		return (uint16_t)at;
	if (r->cell_count == IH_ROUND_CELLS) {
		l->full = true;
		return 0;
	}
	snprintf(r->cells[at].name, sizeof r->cells[at].name, "%s", name);
	r->cells[at].exact = exact;
	r->cell_count++;
	return (uint16_t)at;
}

static void
begin_sum(struct layout *l, uint16_t total)
{
	struct ih_rounding *r = &l->rounding;

	if (r->sum_count == IH_ROUND_SUMS) {
		l->full = true;
		return;
	}
	r->sums[r->sum_count++] = (struct ih_round_sum){
		.total = total,
		.first = (uint16_t)r->part_count,
	};
}

static void
add_part(struct layout *l, uint16_t part)
{
	struct ih_rounding *r = &l->rounding;

	if (r->part_count == IH_ROUND_PARTS) {
		l->full = true;
		return;
	}
	r->parts[r->part_count++] = part;
	r->sums[r->sum_count - 1].count++;
}

static int64_t
sum_of_row(const struct ih_count *count, size_t t, size_t row)
{
	int64_t sum = 0;

	for (size_t c = 0; c < IH_CATEGORIES_MAX; c++)
		sum += count->cells[t][row][c];
	return sum;
}

static int64_t
sum_of_column(const struct ih_count *count, size_t t, size_t column)
{
	int64_t sum = 0;

	for (size_t r = 0; r < IH_CATEGORIES_MAX; r++)
		sum += count->cells[t][r][column];
	return sum;
}

static int64_t
sum_of_table(const struct ih_count *count, size_t t)
{
	int64_t sum = 0;

	for (size_t r = 0; r < IH_CATEGORIES_MAX; r++)
		sum += sum_of_row(count, t, r);
	return sum;
}

/*
 * The margin of VARIABLE in table T is the same in all tables, and shared,
 * where the other variable gives each person one category.
 */
static void
margin_name(char name[static 48], const struct ih_table *table,
    const struct ih_variable *variable, const struct ih_variable *across,
    size_t category)
{
	if (across->multi)
		snprintf(name, 48, "%.20s/%.24s", table->id,
		    variable->categories[category].code);
	else
		snprintf(name, 48, "%.20s=%.24s", variable->id,
		    variable->categories[category].code);
}

static void
place_table(struct layout *l, const struct ih_count *count, size_t t)
{
	const struct ih_table *table = &count->tables->tables[t];
	const struct ih_variable *rows = &count->tables->variables[table->rows];
	const struct ih_variable *columns =
	    &count->tables->variables[table->columns];
	char name[48];

	snprintf(name, sizeof name, "%s", table->id);
	l->totals[t] = ih_table_multi(count->tables, table) ?
			   place(l, name, sum_of_table(count, t)) :
			   l->persons;
	for (size_t r = 0; r < rows->count; r++) {
		margin_name(name, table, rows, columns, r);
		l->rows[t][r] = place(l, name, sum_of_row(count, t, r));
	}
	for (size_t c = 0; c < columns->count; c++) {
		margin_name(name, table, columns, rows, c);
		l->columns[t][c] = place(l, name, sum_of_column(count, t, c));
	}
	for (size_t r = 0; r < rows->count; r++)
		for (size_t c = 0; c < columns->count; c++) {
			snprintf(name, sizeof name, "%.15s %.14s %.14s",
			    table->id, rows->categories[r].code,
			    columns->categories[c].code);
			l->cells[t][r][c] =
			    place(l, name, count->cells[t][r][c]);
		}
}

static void
link_table(struct layout *l, const struct ih_tables *tables, size_t t)
{
	size_t rows = tables->variables[tables->tables[t].rows].count;
	size_t columns = tables->variables[tables->tables[t].columns].count;

	for (size_t r = 0; r < rows; r++) {
		begin_sum(l, l->rows[t][r]);
		for (size_t c = 0; c < columns; c++)
			add_part(l, l->cells[t][r][c]);
	}
	for (size_t c = 0; c < columns; c++) {
		begin_sum(l, l->columns[t][c]);
		for (size_t r = 0; r < rows; r++)
			add_part(l, l->cells[t][r][c]);
	}
	begin_sum(l, l->totals[t]);
	for (size_t r = 0; r < rows; r++)
		add_part(l, l->rows[t][r]);
	begin_sum(l, l->totals[t]);
	for (size_t c = 0; c < columns; c++)
		add_part(l, l->columns[t][c]);
}

static bool
lay_out(struct layout *l, const struct ih_count *count, struct ih_error *err)
{
	const struct ih_tables *tables = count->tables;

	l->persons = place(l, "persons", count->persons);
	for (size_t t = 0; t < tables->table_count; t++) {
		place_table(l, count, t);
		link_table(l, tables, t);
	}
	return !l->full ||
	       ih_fail(err, IH_INPUT,
		   "the tables have more cells than are rounded at once");
}

/* ---- writing */

static int64_t
rounded(const struct layout *l, uint16_t at)
{
	return l->rounding.cells[at].rounded;
}

static void
write_legend(struct ih_writer *w)
{
	ih_open(w, "legend");
	for (int lang = IH_AR; lang < IH_LANGS; lang++) {
		struct ih_tongue tongue = { .lang = (enum ih_lang)lang };

		ih_open(w, "text");
		ih_put(w, "xml:lang", ih_lang_tag(tongue.lang));
		ih_say_text(w, ih_word(tongue, W_RETURN_LEGEND));
		ih_close(w);
	}
	ih_close(w);
}

static void
write_row(struct ih_writer *w, const struct layout *l,
    const struct ih_tables *tables, size_t t, size_t r)
{
	const struct ih_table *table = &tables->tables[t];
	const struct ih_variable *columns = &tables->variables[table->columns];

	ih_open(w, "row");
	ih_put(w, "code", tables->variables[table->rows].categories[r].code);
	ih_put_number(w, "total", rounded(l, l->rows[t][r]));
	for (size_t c = 0; c < columns->count; c++) {
		char text[24];

		snprintf(text, sizeof text, "%" PRId64,
		    rounded(l, l->cells[t][r][c]));
		ih_open(w, "cell");
		ih_put(w, "column", columns->categories[c].code);
		ih_say_text(w, text);
		ih_close(w);
	}
	ih_close(w);
}

static void
write_table(struct ih_writer *w, const struct layout *l,
    const struct ih_tables *tables, size_t t)
{
	const struct ih_table *table = &tables->tables[t];
	const struct ih_variable *rows = &tables->variables[table->rows];
	const struct ih_variable *columns = &tables->variables[table->columns];

	ih_open(w, "table");
	ih_put(w, "id", table->id);
	ih_put(w, "rows", rows->id);
	ih_put(w, "columns", columns->id);
	if (ih_table_multi(tables, table))
		ih_put(w, "multi", "true");
	ih_put_number(w, "total", rounded(l, l->totals[t]));
	for (size_t c = 0; c < columns->count; c++) {
		ih_open(w, "column");
		ih_put(w, "code", columns->categories[c].code);
		ih_put_number(w, "total", rounded(l, l->columns[t][c]));
		ih_close(w);
	}
	for (size_t r = 0; r < rows->count; r++)
		write_row(w, l, tables, t, r);
	ih_close(w);
}

static void
write_return(struct ih_writer *w, const struct layout *l,
    const struct ih_count *count, const struct ih_world *world)
{

	ih_open(w, "return");
	ih_put(w, "xmlns", "urn:ihala:return:1");
	ih_put(w, "committee", count->committee);
	ih_put(w, "period", count->period);
	ih_put_instant(w, "made", world->now);
	ih_put(w, "tables", count->tables->version);
	ih_put_number(w, "base", IH_ROUND_BASE);
	ih_put_number(w, "bound", l->rounding.bound);
	ih_put_number(w, "persons", rounded(l, l->persons));
	if (count->training)
		ih_put(w, "training", "true");
	write_legend(w);
	for (size_t t = 0; t < count->tables->table_count; t++)
		write_table(w, l, count->tables, t);
	ih_close(w);
}

/* Exact counts: wiped when they go. */
static void
layout_free(struct layout *l)
{
	explicit_bzero(l, sizeof *l);
	free(l);
}

typedef struct layout layout;
IH_OWNER(layout, layout_free)

struct ih_buffer *
ih_return_make(const struct ih_count *count, const struct ih_world *world,
    struct ih_error *err)
{
	IH_OWNED(layout) l = ih_zeroed(sizeof *l);
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_writer w = ih_write_to(out);

	if (l == NULL) {
		ih_fail(err, IH_SYSTEM, "no memory for the tables");
		return NULL;
	}
	if (!lay_out(l, count, err) || !ih_round(&l->rounding, err))
		return NULL;
	write_return(&w, l, count, world);
	if (!ih_write_end(&w, err))
		return NULL;
	return IH_GIVE(out);
}

/* ---- reading */

static bool
sum_fault(const char *name, const xmlNode *table, const xmlNode *part,
    struct ih_error *err)
{
	return ih_fail_code(err, IH_INPUT, "E_RETURN_SUM",
	    "%s:%ld: table %s, %s %s does not add up", name, ih_line(part),
	    ih_attr(table, "id"), (const char *)part->name,
	    ih_attr(part, "code") != NULL ? ih_attr(part, "code") : "total");
}

static bool
tables_fault(const char *name, const xmlNode *node, struct ih_error *err)
{
	return ih_fail_code(err, IH_INPUT, "E_RETURN_TABLES",
	    "%s:%ld: not the tables of xml/summary/tables.xml", name,
	    ih_line(node));
}

/* A number of the return: a multiple of its base. */
static bool
take_number(int64_t number, const struct ih_return *one, const char *name,
    const xmlNode *node, int64_t *out, struct ih_error *err)
{
	*out = number;
	if (number >= 0 && number % one->base == 0)
		return true;
	return ih_fail_code(err, IH_INPUT, "E_RETURN_BASE",
	    "%s:%ld: %s is not a multiple of the base", name, ih_line(node),
	    (const char *)node->name);
}

struct place {
	const struct ih_tables *tables;
	const char *name;
	struct ih_return *one;
	size_t t;
};

static bool
read_columns(const struct place *at, const xmlNode *table, struct ih_error *err)
{
	const struct ih_variable *columns =
	    &at->tables->variables[at->tables->tables[at->t].columns];
	const xmlNode *column = ih_child(table, "column");

	for (size_t c = 0; c < columns->count; c++) {
		if (column == NULL || strcmp(ih_attr(column, "code"),
					  columns->categories[c].code) != 0)
			return tables_fault(at->name, table, err);
		if (!take_number(ih_count_attr(column, "total"), at->one,
			at->name, column, &at->one->column_totals[at->t][c],
			err))
			return false;
		column = ih_next(column, "column");
	}
	return column == NULL || tables_fault(at->name, column, err);
}

static bool
read_cells(const struct place *at, const xmlNode *row, size_t r,
    struct ih_error *err)
{
	const struct ih_variable *columns =
	    &at->tables->variables[at->tables->tables[at->t].columns];
	const xmlNode *cell = ih_child(row, "cell");

	for (size_t c = 0; c < columns->count; c++) {
		if (cell == NULL || strcmp(ih_attr(cell, "column"),
					columns->categories[c].code) != 0)
			return tables_fault(at->name, row, err);
		if (!take_number(ih_count_text(cell), at->one, at->name, cell,
			&at->one->cells[at->t][r][c], err))
			return false;
		cell = ih_next(cell, "cell");
	}
	return cell == NULL || tables_fault(at->name, cell, err);
}

static bool
read_rows(const struct place *at, const xmlNode *table, struct ih_error *err)
{
	const struct ih_variable *rows =
	    &at->tables->variables[at->tables->tables[at->t].rows];
	const xmlNode *row = ih_child(table, "row");

	for (size_t r = 0; r < rows->count; r++) {
		if (row == NULL ||
		    strcmp(ih_attr(row, "code"), rows->categories[r].code) != 0)
			return tables_fault(at->name, table, err);
		if (!take_number(ih_count_attr(row, "total"), at->one, at->name,
			row, &at->one->row_totals[at->t][r], err) ||
		    !read_cells(at, row, r, err))
			return false;
		row = ih_next(row, "row");
	}
	return row == NULL || tables_fault(at->name, row, err);
}

/* Rows, columns and total, each against the cells. */
static bool
check_sums(const struct place *at, const xmlNode *table, struct ih_error *err)
{
	const struct ih_return *one = at->one;
	const xmlNode *row = ih_child(table, "row");
	const xmlNode *column = ih_child(table, "column");
	int64_t all = 0;

	for (size_t r = 0; row != NULL; r++, row = ih_next(row, "row")) {
		int64_t sum = 0;

		for (size_t c = 0; c < IH_CATEGORIES_MAX; c++)
			sum += one->cells[at->t][r][c];
		if (sum != one->row_totals[at->t][r])
			return sum_fault(at->name, table, row, err);
		all += sum;
	}
	for (size_t c = 0; column != NULL;
	     c++, column = ih_next(column, "column")) {
		int64_t sum = 0;

		for (size_t r = 0; r < IH_CATEGORIES_MAX; r++)
			sum += one->cells[at->t][r][c];
		if (sum != one->column_totals[at->t][c])
			return sum_fault(at->name, table, column, err);
	}
	if (all != one->totals[at->t])
		return sum_fault(at->name, table, table, err);
	return true;
}

static bool
read_table(const struct place *at, const xmlNode *table, struct ih_error *err)
{
	const struct ih_table *expected = &at->tables->tables[at->t];

	if (!ih_table_is(at->tables, expected, table))
		return tables_fault(at->name, table, err);
	if (!take_number(ih_count_attr(table, "total"), at->one, at->name,
		table, &at->one->totals[at->t], err) ||
	    !read_columns(at, table, err) || !read_rows(at, table, err) ||
	    !check_sums(at, table, err))
		return false;
	/* Each person stands once in a table that is not multi. */
	return ih_table_multi(at->tables, expected) ||
	       at->one->totals[at->t] == at->one->persons ||
	       sum_fault(at->name, table, table, err);
}

static bool
read_head(const struct ih_tables *tables, struct ih_return *one,
    const char *name, const xmlNode *root, struct ih_error *err)
{
	struct ih_period days;
	int64_t made;

	snprintf(one->committee, sizeof one->committee, "%s",
	    ih_attr(root, "committee"));
	snprintf(one->period, sizeof one->period, "%s",
	    ih_attr(root, "period"));
	snprintf(one->made, sizeof one->made, "%s", ih_attr(root, "made"));
	snprintf(one->tables_version, sizeof one->tables_version, "%s",
	    ih_attr(root, "tables"));
	one->training = ih_attr(root, "training") != NULL;
	one->base = ih_count_attr(root, "base");
	one->bound = ih_count_attr(root, "bound");
	if (!ih_period_parse(one->period, &days) ||
	    !ih_instant_parse(one->made, &made))
		return ih_fail(err, IH_INPUT,
		    "%s:%ld: a period or instant that no calendar has", name,
		    ih_line(root));
	if (one->base != IH_ROUND_BASE ||
	    (one->bound != IH_ROUND_BASE - 1 &&
		one->bound != 2 * IH_ROUND_BASE - 1))
		return ih_fail_code(err, IH_INPUT, "E_RETURN_BASE",
		    "%s:%ld: base %d is expected, and its bound", name,
		    ih_line(root), IH_ROUND_BASE);
	if (strcmp(one->tables_version, tables->version) != 0)
		return tables_fault(name, root, err);
	return take_number(ih_count_attr(root, "persons"), one, name, root,
	    &one->persons, err);
}

/* The totals of VARIABLE in table T: one a category; NULL where a person may
 * be counted in several, or the table does not have it. */
static const int64_t *
margin_of(const struct place *at, size_t t, size_t variable)
{
	const struct ih_table *table = &at->tables->tables[t];
	const struct ih_variable *variables = at->tables->variables;

	if (table->rows == variable && !variables[table->columns].multi)
		return at->one->row_totals[t];
	if (table->columns == variable && !variables[table->rows].multi)
		return at->one->column_totals[t];
	return NULL;
}

/* Two tables of the same persons agree on what they have in common. */
static bool
check_margins(const struct place *at, const xmlNode *root, struct ih_error *err)
{
	for (size_t v = 0; v < at->tables->variable_count; v++) {
		const int64_t *first = NULL;

		for (size_t t = 0; t < at->tables->table_count; t++) {
			const int64_t *margin = margin_of(at, t, v);

			if (first == NULL)
				first = margin;
			else if (margin != NULL &&
				 memcmp(first, margin,
				     IH_CATEGORIES_MAX * sizeof *margin) != 0)
				return ih_fail_code(err, IH_INPUT,
				    "E_RETURN_SUM",
				    "%s:%ld: tables differ in their totals of "
				    "%s",
				    at->name, ih_line(root),
				    at->tables->variables[v].id);
		}
	}
	return true;
}

static struct ih_return *
return_of(const struct ih_tables *tables, const char *name, xmlDoc *doc,
    struct ih_error *err)
{
	const xmlNode *root = xmlDocGetRootElement(doc);
	const xmlNode *table = ih_child(root, "table");
	IH_OWNED(ih_return) one = ih_zeroed(sizeof *one);
	struct place at = { tables, name, one, 0 };

	if (!read_head(tables, one, name, root, err))
		return NULL;
	for (; at.t < tables->table_count; at.t++) {
		if (table == NULL) {
			tables_fault(name, root, err);
			return NULL;
		}
		if (!read_table(&at, table, err))
			return NULL;
		table = ih_next(table, "table");
	}
	if (table != NULL) {
		tables_fault(name, table, err);
		return NULL;
	}
	if (!check_margins(&at, root, err))
		return NULL;
	return IH_GIVE(one);
}

struct ih_return *
ih_return_read(const struct ih_tables *tables, const char *name,
    const void *bytes, size_t size, struct ih_error *err)
{
	IH_OWNED(xmlDoc)
	doc = ih_fits(name, size, IH_RETURN_MAX, err) ?
		  ih_xml_read(name, bytes, size, err) :
		  NULL;

	if (doc == NULL ||
	    !ih_schema_check(tables->inner->returned, doc, name, err))
		return NULL;
	return return_of(tables, name, doc, err);
}

struct ih_return *
ih_return_admit(const struct ih_tables *tables, const char *name,
    const void *bytes, size_t size, struct ih_error *err)
{
	IH_OWNED(xmlDoc)
	doc = ih_fits(name, size, IH_RETURN_MAX, err) ?
		  ih_schema_admit(tables->inner->returned, name, bytes, size,
		      err) :
		  NULL;

	return doc != NULL ? return_of(tables, name, doc, err) : NULL;
}

void
ih_return_free(struct ih_return *one)
{
	free(one);
}
