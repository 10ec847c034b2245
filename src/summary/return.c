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
#include "layout.h"
#include "words_keys.h"

static const char *const method_names[IH_METHODS] = {
	[IH_ROUNDED] = "rounded",
	[IH_SUPPRESSED] = "suppressed",
	[IH_EXACT] = "exact",
};

/* What is said beneath the tables of each. */
static const char *const method_words[IH_METHODS] = {
	[IH_ROUNDED] = W_RETURN_LEGEND,
	[IH_SUPPRESSED] = W_RETURN_LEGEND_SUPPRESSED,
	[IH_EXACT] = W_RETURN_LEGEND_EXACT,
};

/* ---- exact numbers */

void
ih_return_add_up(struct ih_return *one)
{
	for (size_t t = 0; t < IH_TABLES_MAX; t++)
		for (size_t r = 0; r < IH_CATEGORIES_MAX; r++)
			for (size_t c = 0; c < IH_CATEGORIES_MAX; c++) {
				int64_t number = one->cells[t][r][c];

				one->row_totals[t][r] += number;
				one->column_totals[t][c] += number;
				one->totals[t] += number;
			}
}

struct ih_return *
ih_return_exact(const struct ih_count *count, const struct ih_world *world)
{
	IH_OWNED(ih_return) one = ih_zeroed(sizeof *one);

	memcpy(one->committee, count->committee, sizeof one->committee);
	memcpy(one->period, count->period, sizeof one->period);
	ih_instant_format(world->now, one->made);
	snprintf(one->tables_version, sizeof one->tables_version, "%s",
	    count->tables->version);
	one->training = count->training;
	one->method = IH_EXACT;
	one->base = 1;
	one->persons = count->persons;
	memcpy(one->cells, count->cells, sizeof one->cells);
	ih_return_add_up(one);
	return IH_GIVE(one);
}

/* ---- rounding, a year and its halves together */

/* Exact counts: wiped when they go. */
typedef struct rounding {
	struct ih_rounding all;
	int64_t exact[LAYOUT_CELLS], then[LAYOUT_CELLS], before[LAYOUT_CELLS];
	int64_t values[LAYOUT_CELLS];
} rounding;

static void
rounding_free(rounding *r)
{
	explicit_bzero(r, sizeof *r);
	free(r);
}

IH_OWNER(rounding, rounding_free)

static bool
add_sum(struct ih_rounding *all, size_t total, size_t first,
    const uint16_t *parts, size_t count)
{
	if (all->sum_count == IH_ROUND_SUMS ||
	    all->part_count + count > IH_ROUND_PARTS)
		return false;
	all->sums[all->sum_count++] = (struct ih_round_sum){
		.total = (uint16_t)total,
		.first = (uint16_t)all->part_count,
		.count = (uint16_t)count,
	};
	for (size_t i = 0; i < count; i++)
		all->parts[all->part_count++] = (uint16_t)(first + parts[i]);
	return true;
}

/* The cells of one period behind those that are there, and their sums. */
static bool
add_period(rounding *r, const struct layout *l, const struct ih_told *period)
{
	size_t first = r->all.cell_count;
	struct ih_return exact = *period->exact;

	if (first + l->cell_count > IH_ROUND_CELLS)
		return false;
	layout_take(l, &exact, r->exact);
	if (period->before != NULL) {
		struct ih_return then = *period->then;
		struct ih_return before = *period->before;

		layout_take(l, &then, r->then);
		layout_take(l, &before, r->before);
	}
	for (size_t i = 0; i < l->cell_count; i++) {
		struct ih_round_cell *cell = &r->all.cells[first + i];

		/* The name of the first alone is that of the cell: what is
		 * rounded alone and what is rounded with others agree. */
		snprintf(cell->name, sizeof cell->name, "%s%.*s", l->names[i],
		    (int)(first / l->cell_count), "''");
		cell->exact = r->exact[i];
		cell->fixed =
		    period->before != NULL && r->then[i] == r->exact[i];
		cell->rounded = cell->fixed ? r->before[i] : 0;
	}
	r->all.cell_count += l->cell_count;
	for (size_t s = 0; s < l->sum_count; s++)
		if (!add_sum(&r->all, first + l->sums[s].total, first,
			&l->parts[l->sums[s].first], l->sums[s].count))
			return false;
	return true;
}

/* Cell I of the first period is the sum of the cells I of the others. */
static bool
add_times(struct ih_rounding *all, const struct layout *l, size_t periods)
{
	for (size_t i = 0; i < l->cell_count; i++) {
		uint16_t parts[2] = { 0 };

		for (size_t p = 1; p < periods; p++)
			parts[p - 1] = (uint16_t)(p * l->cell_count + i);
		if (!add_sum(all, i, 0, parts, periods - 1))
			return false;
	}
	return true;
}

struct ih_return *
ih_return_round(const struct ih_tables *tables, const struct ih_told *periods,
    size_t count, size_t at, struct ih_error *err)
{
	IH_OWNED(layout) l =
	    layout_of(tables, periods[at].exact->committee, err);
	IH_OWNED(rounding) r = ih_zeroed(sizeof *r);
	IH_OWNED(ih_return) one = ih_zeroed(sizeof *one);
	bool fits = l != NULL && (count == 1 || count == 3);

	if (l == NULL)
		return NULL;
	for (size_t p = 0; p < count && fits; p++)
		fits = add_period(r, l, &periods[p]);
	if (!fits || (count > 1 && !add_times(&r->all, l, count))) {
		ih_fail(err, IH_INPUT,
		    "the tables have more cells than are rounded at once");
		return NULL;
	}
	if (!ih_round(&r->all, err))
		return NULL;
	for (size_t i = 0; i < l->cell_count; i++)
		r->values[i] = r->all.cells[at * l->cell_count + i].rounded;
	*one = *periods[at].exact;
	layout_give(l, r->values, one);
	one->method = IH_ROUNDED;
	one->base = IH_ROUND_BASE;
	one->bound = r->all.bound;
	one->number =
	    periods[at].before != NULL ? periods[at].before->number + 1 : 0;
	return IH_GIVE(one);
}

/* ---- writing */

static const char *
number_text(int64_t number, char text[static 24])
{
	if (number == IH_WITHHELD)
		return "x";
	snprintf(text, 24, "%" PRId64, number);
	return text;
}

static void
put_number(struct ih_writer *w, const char *name, int64_t number)
{
	char text[24];

	ih_put(w, name, number_text(number, text));
}

static void
write_legend(struct ih_writer *w, const struct ih_return *one)
{
	IH_OWNED(ih_arena) arena = ih_arena_new();

	ih_open(w, "legend");
	for (int lang = IH_AR; lang < IH_LANGS; lang++) {
		struct ih_tongue tongue = { .lang = (enum ih_lang)lang };

		ih_open(w, "text");
		ih_put(w, "xml:lang", ih_lang_tag(tongue.lang));
		ih_say_text(w, ih_say(arena, tongue, method_words[one->method],
				   IH_NUM(one->bound)));
		ih_close(w);
	}
	ih_close(w);
}

/* What a table is called, and what its rows and columns are. */
struct grid {
	const struct ih_table *table;
	const struct ih_variable *rows, *columns;
	size_t t;
};

static struct grid
grid_of(const struct ih_tables *tables, size_t t)
{
	const struct ih_table *table = &tables->tables[t];

	return (struct grid){ table, &tables->variables[table->rows],
		&tables->variables[table->columns], t };
}

static void
write_row(struct ih_writer *w, const struct grid *g,
    const struct ih_return *one, size_t r)
{
	ih_open(w, "row");
	ih_put(w, "code", g->rows->categories[r].code);
	put_number(w, "total", one->row_totals[g->t][r]);
	for (size_t c = 0; c < g->columns->count; c++) {
		char text[24];

		ih_open(w, "cell");
		ih_put(w, "column", g->columns->categories[c].code);
		ih_say_text(w, number_text(one->cells[g->t][r][c], text));
		ih_close(w);
	}
	ih_close(w);
}

static void
write_table(struct ih_writer *w, const struct ih_tables *tables,
    const struct ih_return *one, size_t t)
{
	const struct grid g = grid_of(tables, t);

	ih_open(w, "table");
	ih_put(w, "id", g.table->id);
	ih_put(w, "rows", g.rows->id);
	ih_put(w, "columns", g.columns->id);
	if (ih_table_multi(tables, g.table))
		ih_put(w, "multi", "true");
	put_number(w, "total", one->totals[t]);
	for (size_t c = 0; c < g.columns->count; c++) {
		ih_open(w, "column");
		ih_put(w, "code", g.columns->categories[c].code);
		put_number(w, "total", one->column_totals[t][c]);
		ih_close(w);
	}
	for (size_t r = 0; r < g.rows->count; r++)
		write_row(w, &g, one, r);
	ih_close(w);
}

/* Where a number differs: table, row, column; an empty code is a total. */
struct change {
	struct ih_writer *w; /* NULL: they are only counted */
	size_t count;
};

static void
note_change(struct change *change, const char *table, const char *row,
    const char *column, int64_t from, int64_t to)
{
	if (from == to)
		return;
	change->count++;
	if (change->w == NULL)
		return;
	ih_open(change->w, "change");
	ih_put_if(change->w, "table", table);
	ih_put_if(change->w, "row", row);
	ih_put_if(change->w, "column", column);
	put_number(change->w, "from", from);
	put_number(change->w, "to", to);
	ih_close(change->w);
}

static void
note_table(struct change *change, const struct grid *g,
    const struct ih_return *a, const struct ih_return *b)
{
	const struct ih_category *rows = g->rows->categories;
	const struct ih_category *columns = g->columns->categories;
	const char *id = g->table->id;
	size_t t = g->t;

	note_change(change, id, "", "", a->totals[t], b->totals[t]);
	for (size_t c = 0; c < g->columns->count; c++)
		note_change(change, id, "", columns[c].code,
		    a->column_totals[t][c], b->column_totals[t][c]);
	for (size_t r = 0; r < g->rows->count; r++) {
		note_change(change, id, rows[r].code, "", a->row_totals[t][r],
		    b->row_totals[t][r]);
		for (size_t c = 0; c < g->columns->count; c++)
			note_change(change, id, rows[r].code, columns[c].code,
			    a->cells[t][r][c], b->cells[t][r][c]);
	}
}

static void
note_changes(struct change *change, const struct ih_tables *tables,
    const struct ih_return *a, const struct ih_return *b)
{
	note_change(change, "", "", "", a->persons, b->persons);
	for (size_t t = 0; t < tables->table_count; t++) {
		const struct grid g = grid_of(tables, t);

		note_table(change, &g, a, b);
	}
}

size_t
ih_return_differences(const struct ih_tables *tables, const struct ih_return *a,
    const struct ih_return *b)
{
	struct change change = { NULL, 0 };

	note_changes(&change, tables, a, b);
	return change.count;
}

struct ih_buffer *
ih_return_write(const struct ih_tables *tables, const struct ih_return *one,
    const struct ih_return *before, struct ih_error *err)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_writer w = ih_write_to(out);
	struct change change = { &w, 0 };

	ih_open(&w, "return");
	ih_put(&w, "xmlns", "urn:ihala:return:1");
	ih_put(&w, "committee", one->committee);
	ih_put(&w, "period", one->period);
	ih_put(&w, "made", one->made);
	ih_put(&w, "tables", tables->version);
	if (one->method != IH_ROUNDED)
		ih_put(&w, "method", method_names[one->method]);
	if (one->number != 0)
		ih_put_number(&w, "restatement", one->number);
	ih_put_number(&w, "base", one->base);
	ih_put_number(&w, "bound", one->bound);
	put_number(&w, "persons", one->persons);
	if (one->training)
		ih_put(&w, "training", "true");
	write_legend(&w, one);
	if (before != NULL)
		note_changes(&change, tables, before, one);
	for (size_t t = 0; t < tables->table_count; t++)
		write_table(&w, tables, one, t);
	ih_close(&w);
	if (!ih_write_end(&w, err))
		return NULL;
	return IH_GIVE(out);
}

struct ih_buffer *
ih_return_make(const struct ih_count *count, const struct ih_world *world,
    struct ih_error *err)
{
	IH_OWNED(ih_return) exact = ih_return_exact(count, world);
	const struct ih_told told = { .exact = exact };
	IH_OWNED(ih_return) one =
	    ih_return_round(count->tables, &told, 1, 0, err);

	return one != NULL ? ih_return_write(count->tables, one, NULL, err) :
			     NULL;
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

/* A number of the return: a multiple of its base; or withheld, where such
 * numbers are. */
static bool
take_number(const char *text, const struct ih_return *one, const char *name,
    const xmlNode *node, int64_t *out, struct ih_error *err)
{
	if (one->method == IH_SUPPRESSED && text != NULL &&
	    strcmp(text, "x") == 0) {
		*out = IH_WITHHELD;
		return true;
	}
	*out = text != NULL ? strtoll(text, NULL, 10) : -1;
	if (*out >= 0 && *out % one->base == 0 &&
	    (text == NULL || text[0] != 'x'))
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
		if (!take_number(ih_attr(column, "total"), at->one, at->name,
			column, &at->one->column_totals[at->t][c], err))
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
		IH_OWNED(xmlChar) text = xmlNodeGetContent(cell);
		if (!take_number((const char *)text, at->one, at->name, cell,
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
		if (!take_number(ih_attr(row, "total"), at->one, at->name, row,
			&at->one->row_totals[at->t][r], err) ||
		    !read_cells(at, row, r, err))
			return false;
		row = ih_next(row, "row");
	}
	return row == NULL || tables_fault(at->name, row, err);
}

/* A sum of which a part is withheld says nothing, and neither does one that
 * is withheld itself. */
struct adding {
	int64_t sum;
	bool withheld;
};

static void
add(struct adding *to, int64_t number)
{
	if (number == IH_WITHHELD)
		to->withheld = true;
	else
		to->sum += number;
}

static bool
makes(struct adding parts, int64_t total)
{
	return parts.withheld || total == IH_WITHHELD ?
		   total == IH_WITHHELD || total >= parts.sum :
		   total == parts.sum;
}

/* Rows, columns and total, each against the cells. */
static bool
check_sums(const struct place *at, const xmlNode *table, struct ih_error *err)
{
	const struct ih_return *one = at->one;
	const xmlNode *row = ih_child(table, "row");
	const xmlNode *column = ih_child(table, "column");
	struct adding all = { 0 };

	for (size_t r = 0; row != NULL; r++, row = ih_next(row, "row")) {
		struct adding sum = { 0 };

		for (size_t c = 0; c < IH_CATEGORIES_MAX; c++)
			add(&sum, one->cells[at->t][r][c]);
		if (!makes(sum, one->row_totals[at->t][r]))
			return sum_fault(at->name, table, row, err);
		add(&all, one->row_totals[at->t][r]);
	}
	for (size_t c = 0; column != NULL;
	     c++, column = ih_next(column, "column")) {
		struct adding sum = { 0 };

		for (size_t r = 0; r < IH_CATEGORIES_MAX; r++)
			add(&sum, one->cells[at->t][r][c]);
		if (!makes(sum, one->column_totals[at->t][c]))
			return sum_fault(at->name, table, column, err);
	}
	if (!makes(all, one->totals[at->t]))
		return sum_fault(at->name, table, table, err);
	return true;
}

static bool
read_table(const struct place *at, const xmlNode *table, struct ih_error *err)
{
	const struct ih_table *expected = &at->tables->tables[at->t];

	if (!ih_table_is(at->tables, expected, table))
		return tables_fault(at->name, table, err);
	if (!take_number(ih_attr(table, "total"), at->one, at->name, table,
		&at->one->totals[at->t], err) ||
	    !read_columns(at, table, err) || !read_rows(at, table, err) ||
	    !check_sums(at, table, err))
		return false;
	/* Each person stands once in a table that is not multi. */
	return ih_table_multi(at->tables, expected) ||
	       at->one->totals[at->t] == at->one->persons ||
	       sum_fault(at->name, table, table, err);
}

static bool
has_its_bound(const struct ih_return *one)
{
	if (one->method != IH_ROUNDED)
		return one->base == 1 && one->bound == 0;
	return one->base == IH_ROUND_BASE &&
	       (one->bound == IH_ROUND_BASE - 1 ||
		   one->bound == 2 * IH_ROUND_BASE - 1);
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
	while (ih_attr(root, "method") != NULL &&
	       strcmp(method_names[one->method], ih_attr(root, "method")) != 0)
		one->method++;
	if (ih_attr(root, "restatement") != NULL)
		one->number = ih_count_attr(root, "restatement");
	one->base = ih_count_attr(root, "base");
	one->bound = ih_count_attr(root, "bound");
	if (!ih_period_parse(one->period, &days) ||
	    !ih_instant_parse(one->made, &made))
		return ih_fail(err, IH_INPUT,
		    "%s:%ld: a period or instant that no calendar has", name,
		    ih_line(root));
	if (!has_its_bound(one))
		return ih_fail_code(err, IH_INPUT, "E_RETURN_BASE",
		    "%s:%ld: base %d is expected, and its bound", name,
		    ih_line(root), IH_ROUND_BASE);
	if (strcmp(one->tables_version, tables->version) != 0)
		return tables_fault(name, root, err);
	return take_number(ih_attr(root, "persons"), one, name, root,
	    &one->persons, err);
}

/* Two tables of the same persons agree on what they have in common. */
static bool
check_shared(const struct place *at, const xmlNode *root, struct ih_error *err)
{
	IH_OWNED(layout) l = layout_of(at->tables, at->one->committee, err);
	const char *differs = l != NULL ? layout_disagrees(l, at->one) : NULL;

	return l != NULL &&
	       (differs == NULL || ih_fail_code(err, IH_INPUT, "E_RETURN_SUM",
				       "%s:%ld: tables differ in %s", at->name,
				       ih_line(root), differs));
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
	if (!check_shared(&at, root, err))
		return NULL;
	return IH_GIVE(one);
}

struct ih_return *
ih_return_read(const struct ih_tables *tables, const char *name,
    const void *bytes, size_t size, struct ih_error *err)
{
	IH_OWNED(xmlDoc)
	doc = ih_fits(name, size, IH_RETURN_MAX, err) ?
		  ih_schema_parse(tables->inner->returned, name, bytes, size,
		      err) :
		  NULL;

	return doc != NULL ? return_of(tables, name, doc, err) : NULL;
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
	if (one == NULL)
		return;
	explicit_bzero(one, sizeof *one);
	free(one);
}
