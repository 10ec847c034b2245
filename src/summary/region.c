/* This is where the returns of several committees stand side by side. */
#include "ihala/region.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "ihala/element.h"
#include "ihala/round.h"
#include "ihala/stylesheet.h"
#include "ihala/xml.h"
#include "inner.h"

#define DEFINITIONS "xml/summary/tables.xml"
#define REGION_MAX (4u << 20) /* bytes: 64 returns fit */

/* ---- may these returns stand together? */

/* By committee; a region has a handful. */
static void
sort_in(const struct ih_return *sorted[static IH_REGION_RETURNS], size_t count,
    const struct ih_return *one)
{
	size_t at = count;

	for (; at > 0; at--) {
		if (strcmp(sorted[at - 1]->committee, one->committee) <= 0)
			break;
		sorted[at] = sorted[at - 1];
	}
	sorted[at] = one;
}

static bool
fit_together(const struct ih_return *const *sorted, size_t count,
    struct ih_error *err)
{
	for (size_t i = 0; i < count; i++) {
		const char *who = sorted[i]->committee;

		if (sorted[i]->method != IH_ROUNDED)
			return ih_fail_code(err, IH_INPUT, "E_RETURN_METHOD",
			    "%s: not a rounded return", who);
		if (i == 0)
			continue;
		if (strcmp(sorted[i - 1]->committee, who) == 0)
			return ih_fail_code(err, IH_INPUT, "E_RETURN_TWICE",
			    "%s: two returns of this committee", who);
		if (strcmp(sorted[0]->period, sorted[i]->period) != 0)
			return ih_fail_code(err, IH_INPUT, "E_RETURN_PERIOD",
			    "%s: another period than %s", who,
			    sorted[0]->committee);
		if (sorted[0]->training != sorted[i]->training)
			return ih_fail_code(err, IH_INPUT, "E_RETURN_TRAINING",
			    "%s: training beside real returns", who);
	}
	return true;
}

/* ---- writing */

struct region {
	const struct ih_tables *tables;
	const struct ih_return *const *returns; /* sorted by committee */
	size_t count;
};

enum what { CELL, ROW, COLUMN };

/* A number of one return: a cell, or the total of a row or a column. */
static int64_t
number_of(const struct ih_return *one, enum what what, size_t t, size_t r,
    size_t c)
{
	switch (what) {
	case ROW:
		return one->row_totals[t][r];
	case COLUMN:
		return one->column_totals[t][c];
	case CELL:
	default:
		return one->cells[t][r][c];
	}
}

static int64_t
sum_of(const struct region *region, enum what what, size_t t, size_t r,
    size_t c)
{
	int64_t sum = 0;

	for (size_t i = 0; i < region->count; i++)
		sum += number_of(region->returns[i], what, t, r, c);
	return sum;
}

static void
write_parts(struct ih_writer *w, const struct region *region, enum what what,
    size_t t, size_t r, size_t c)
{
	for (size_t i = 0; i < region->count; i++) {
		char text[24];

		snprintf(text, sizeof text, "%" PRId64,
		    number_of(region->returns[i], what, t, r, c));
		ih_open(w, "from");
		ih_put(w, "committee", region->returns[i]->committee);
		ih_say_text(w, text);
		ih_close(w);
	}
}

static void
write_row(struct ih_writer *w, const struct region *region, size_t t, size_t r)
{
	const struct ih_tables *tables = region->tables;
	const struct ih_variable *rows =
	    &tables->variables[tables->tables[t].rows];
	const struct ih_variable *columns =
	    &tables->variables[tables->tables[t].columns];

	ih_open(w, "row");
	ih_put(w, "code", rows->categories[r].code);
	ih_put_number(w, "total", sum_of(region, ROW, t, r, 0));
	write_parts(w, region, ROW, t, r, 0);
	for (size_t c = 0; c < columns->count; c++) {
		ih_open(w, "cell");
		ih_put(w, "column", columns->categories[c].code);
		ih_put_number(w, "sum", sum_of(region, CELL, t, r, c));
		write_parts(w, region, CELL, t, r, c);
		ih_close(w);
	}
	ih_close(w);
}

static void
write_table(struct ih_writer *w, const struct region *region, size_t t)
{
	const struct ih_tables *tables = region->tables;
	const struct ih_table *table = &tables->tables[t];
	const struct ih_variable *rows = &tables->variables[table->rows];
	const struct ih_variable *columns = &tables->variables[table->columns];
	int64_t total = 0;

	for (size_t i = 0; i < region->count; i++)
		total += region->returns[i]->totals[t];
	ih_open(w, "table");
	ih_put(w, "id", table->id);
	ih_put(w, "rows", rows->id);
	ih_put(w, "columns", columns->id);
	if (ih_table_multi(tables, table))
		ih_put(w, "multi", "true");
	ih_put_number(w, "total", total);
	for (size_t c = 0; c < columns->count; c++) {
		ih_open(w, "column");
		ih_put(w, "code", columns->categories[c].code);
		ih_put_number(w, "total", sum_of(region, COLUMN, t, 0, c));
		write_parts(w, region, COLUMN, t, 0, c);
		ih_close(w);
	}
	for (size_t r = 0; r < rows->count; r++)
		write_row(w, region, t, r);
	ih_close(w);
}

static bool
is_late(const struct ih_tables *tables, const struct ih_return *one)
{
	struct ih_period days;
	int64_t made;

	return ih_period_parse(one->period, &days) &&
	       ih_instant_parse(one->made, &made) &&
	       ih_date_first(ih_instant_date(made)) > days.last + tables->due;
}

static void
write_committees(struct ih_writer *w, const struct region *region)
{
	for (size_t i = 0; i < region->count; i++) {
		ih_open(w, "committee");
		ih_put(w, "code", region->returns[i]->committee);
		ih_put(w, "made", region->returns[i]->made);
		if (region->returns[i]->number != 0)
			ih_put_number(w, "restatement",
			    region->returns[i]->number);
		ih_put_number(w, "bound", region->returns[i]->bound);
		ih_put_number(w, "persons", region->returns[i]->persons);
		if (is_late(region->tables, region->returns[i]))
			ih_put(w, "late", "true");
		ih_close(w);
	}
}

static bool
has_return(const struct region *region, const char *committee)
{
	for (size_t i = 0; i < region->count; i++)
		if (strcmp(region->returns[i]->committee, committee) == 0)
			return true;
	return false;
}

/* In alphabetical order, each once, whatever order they were asked in. */
static void
write_missing(struct ih_writer *w, const struct region *region,
    const char *const *committees, size_t count)
{
	const char *last = "";

	for (;;) {
		const char *next = NULL;

		for (size_t i = 0; i < count; i++)
			if (strcmp(committees[i], last) > 0 &&
			    (next == NULL || strcmp(committees[i], next) < 0))
				next = committees[i];
		if (next == NULL)
			return;
		last = next;
		if (has_return(region, next))
			continue;
		ih_open(w, "missing");
		ih_put(w, "code", next);
		ih_close(w);
	}
}

/* Who comes first in the alphabet is A; pairs stand in that order too. */
struct pair {
	const char *a, *b;
	int64_t persons;
};

static struct pair
pair_of(const xmlNode *node)
{
	struct pair pair = { ih_attr(node, "a"), ih_attr(node, "b"),
		ih_count_attr(node, "persons") };

	if (strcmp(pair.a, pair.b) > 0) {
		const char *first = pair.b;

		pair.b = pair.a;
		pair.a = first;
	}
	return pair;
}

static int
compare_pairs(struct pair one, struct pair two)
{
	int order = strcmp(one.a, two.a);

	return order != 0 ? order : strcmp(one.b, two.b);
}

static bool
is_of(const struct region *region, const struct pair *pair)
{
	return strcmp(pair->a, pair->b) != 0 && has_return(region, pair->a) &&
	       has_return(region, pair->b) &&
	       pair->persons % IH_ROUND_BASE == 0;
}

/* Each pair once, all of committees that are here, rounded as they are. */
static bool
check_overlap(const struct region *region, const xmlNode *root,
    struct ih_error *err)
{
	const char *period = root != NULL ? ih_attr(root, "period") : NULL;

	if (root == NULL)
		return true;
	if (strcmp(period, region->returns[0]->period) != 0)
		return ih_fail_code(err, IH_INPUT, "E_RETURN_PERIOD",
		    "overlap: another period");
	for (const xmlNode *n = ih_child(root, "pair"); n != NULL;
	     n = ih_next(n, "pair")) {
		struct pair pair = pair_of(n);

		if (!is_of(region, &pair))
			return ih_fail_code(err, IH_INPUT, "E_REGION_OVERLAP",
			    "overlap:%ld: %s and %s", ih_line(n), pair.a,
			    pair.b);
		for (const xmlNode *o = ih_next(n, "pair"); o != NULL;
		     o = ih_next(o, "pair"))
			if (compare_pairs(pair, pair_of(o)) == 0)
				return ih_fail_code(err, IH_INPUT,
				    "E_REGION_OVERLAP",
				    "overlap:%ld: %s and %s twice", ih_line(o),
				    pair.a, pair.b);
	}
	return true;
}

static void
write_overlap(struct ih_writer *w, const xmlNode *root)
{
	struct pair last = { "", "", 0 };

	while (root != NULL) {
		struct pair next = { NULL, NULL, 0 };

		for (const xmlNode *n = ih_child(root, "pair"); n != NULL;
		     n = ih_next(n, "pair")) {
			struct pair pair = pair_of(n);

			if (compare_pairs(pair, last) > 0 &&
			    (next.a == NULL || compare_pairs(pair, next) < 0))
				next = pair;
		}
		if (next.a == NULL)
			return;
		ih_open(w, "overlap");
		ih_put(w, "a", next.a);
		ih_put(w, "b", next.b);
		ih_put_number(w, "persons", next.persons);
		ih_close(w);
		last = next;
	}
}

static void
write_one_earlier(struct ih_writer *w, const xmlNode *of, int64_t committees)
{
	ih_open(w, "earlier");
	ih_put(w, "period", ih_attr(of, "period"));
	ih_put(w, "persons", ih_attr(of, "persons"));
	ih_put(w, "bound", ih_attr(of, "bound"));
	ih_put_number(w, "committees", committees);
	ih_close(w);
}

/* Those of the earlier region, and it itself. */
static void
write_earlier(struct ih_writer *w, const xmlNode *root)
{
	if (root == NULL)
		return;
	for (const xmlNode *e = ih_child(root, "earlier"); e != NULL;
	     e = ih_next(e, "earlier"))
		write_one_earlier(w, e, ih_count_attr(e, "committees"));
	write_one_earlier(w, root, (int64_t)ih_children(root, "committee"));
}

static bool
check_earlier(const struct region *region, const xmlNode *root,
    struct ih_error *err)
{
	struct ih_period now, then;

	if (root == NULL)
		return true;
	if ((ih_attr(root, "training") != NULL) != region->returns[0]->training)
		return ih_fail_code(err, IH_INPUT, "E_RETURN_TRAINING",
		    "training beside real");
	return (ih_period_parse(region->returns[0]->period, &now) &&
		   ih_period_parse(ih_attr(root, "period"), &then) &&
		   then.last < now.first) ||
	       ih_fail_code(err, IH_INPUT, "E_RETURN_PERIOD",
		   "%s is not before %s", ih_attr(root, "period"),
		   region->returns[0]->period);
}

static const xmlNode *
root_of(const xmlDoc *doc)
{
	return doc != NULL ? xmlDocGetRootElement(doc) : NULL;
}

static void
write_head(struct ih_writer *w, const struct region *region,
    const struct ih_world *world)
{
	int64_t bound = 0, persons = 0;

	for (size_t i = 0; i < region->count; i++) {
		bound += region->returns[i]->bound;
		persons += region->returns[i]->persons;
	}
	ih_put(w, "xmlns", "urn:ihala:region:1");
	ih_put(w, "period", region->returns[0]->period);
	ih_put_instant(w, "made", world->now);
	ih_put(w, "tables", region->tables->version);
	ih_put_number(w, "base", region->returns[0]->base);
	ih_put_number(w, "bound", bound);
	ih_put_number(w, "persons", persons);
	if (region->returns[0]->training)
		ih_put(w, "training", "true");
}

struct ih_buffer *
ih_region_make(const struct ih_tables *tables, struct ih_return *const *returns,
    size_t count, const struct ih_region_beside *beside,
    const struct ih_world *world, struct ih_error *err)
{
	const struct ih_return *sorted[IH_REGION_RETURNS];
	struct region region = { tables, sorted, count };
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_writer w = ih_write_to(out);

	if (count == 0 || count > IH_REGION_RETURNS) {
		ih_fail(err, IH_USAGE, "a region is made of 1 to %d returns",
		    IH_REGION_RETURNS);
		return NULL;
	}
	for (size_t i = 0; i < count; i++)
		sort_in(sorted, i, returns[i]);
	if (!fit_together(sorted, count, err) ||
	    !check_overlap(&region, root_of(beside->overlap), err) ||
	    !check_earlier(&region, root_of(beside->earlier), err))
		return NULL;
	ih_open(&w, "region");
	write_head(&w, &region, world);
	write_committees(&w, &region);
	write_missing(&w, &region, beside->committees, beside->committee_count);
	write_overlap(&w, root_of(beside->overlap));
	write_earlier(&w, root_of(beside->earlier));
	for (size_t t = 0; t < tables->table_count; t++)
		write_table(&w, &region, t);
	ih_close(&w);
	if (!ih_write_end(&w, err))
		return NULL;
	return IH_GIVE(out);
}

/* ---- reading: every number is added up again from its parts */

struct reading {
	const struct ih_tables *tables;
	const char *name;
	const char *committees[IH_REGION_RETURNS];
	size_t count;
	int64_t persons;
};

struct parts {
	int64_t of[IH_REGION_RETURNS];
};

static bool
sum_fault(const struct reading *in, const xmlNode *node, struct ih_error *err)
{
	return ih_fail_code(err, IH_INPUT, "E_RETURN_SUM",
	    "%s:%ld: this %s does not add up", in->name, ih_line(node),
	    (const char *)node->name);
}

static bool
tables_fault(const struct reading *in, const xmlNode *node,
    struct ih_error *err)
{
	return ih_fail_code(err, IH_INPUT, "E_RETURN_TABLES",
	    "%s:%ld: not the tables of " DEFINITIONS, in->name, ih_line(node));
}

/* The shares at NODE, one a committee in their order; they make TOTAL. */
static bool
read_parts(const struct reading *in, const xmlNode *node, int64_t total,
    struct parts *parts, struct ih_error *err)
{
	const xmlNode *from = ih_child(node, "from");
	int64_t sum = 0;

	for (size_t i = 0; i < in->count; i++) {
		if (from == NULL ||
		    strcmp(ih_attr(from, "committee"), in->committees[i]) != 0)
			return ih_fail(err, IH_INPUT,
			    "%s:%ld: the shares are not one of each committee",
			    in->name, ih_line(node));
		parts->of[i] = ih_count_text(from);
		sum += parts->of[i];
		from = ih_next(from, "from");
	}
	if (from != NULL || sum != total)
		return sum_fault(in, node, err);
	return true;
}

static void
add_parts(struct parts *to, const struct parts *more, size_t count)
{
	for (size_t i = 0; i < count; i++)
		to->of[i] += more->of[i];
}

static bool
same_parts(const struct parts *a, const struct parts *b, size_t count)
{
	return memcmp(a->of, b->of, count * sizeof a->of[0]) == 0;
}

static bool
has_code(const xmlNode *node, const char *attribute, const char *code)
{
	return node != NULL && strcmp(ih_attr(node, attribute), code) == 0;
}

static bool
read_row(const struct reading *in, const xmlNode *row,
    const struct ih_variable *columns,
    struct parts by_column[static IH_CATEGORIES_MAX], struct ih_error *err)
{
	struct parts whole, cells = { { 0 } };
	const xmlNode *cell = ih_child(row, "cell");

	if (!read_parts(in, row, ih_count_attr(row, "total"), &whole, err))
		return false;
	for (size_t c = 0; c < columns->count; c++) {
		struct parts one;

		if (!has_code(cell, "column", columns->categories[c].code))
			return tables_fault(in, row, err);
		if (!read_parts(in, cell, ih_count_attr(cell, "sum"), &one,
			err))
			return false;
		add_parts(&cells, &one, in->count);
		add_parts(&by_column[c], &one, in->count);
		cell = ih_next(cell, "cell");
	}
	if (cell != NULL)
		return tables_fault(in, cell, err);
	return same_parts(&whole, &cells, in->count) || sum_fault(in, row, err);
}

static bool
read_columns(const struct reading *in, const xmlNode *table,
    const struct ih_variable *columns,
    const struct parts by_column[static IH_CATEGORIES_MAX],
    struct ih_error *err)
{
	const xmlNode *column = ih_child(table, "column");

	for (size_t c = 0; c < columns->count; c++) {
		struct parts whole;

		if (!has_code(column, "code", columns->categories[c].code))
			return tables_fault(in, table, err);
		if (!read_parts(in, column, ih_count_attr(column, "total"),
			&whole, err))
			return false;
		if (!same_parts(&whole, &by_column[c], in->count))
			return sum_fault(in, column, err);
		column = ih_next(column, "column");
	}
	return column == NULL || tables_fault(in, column, err);
}

static bool
read_table(const struct reading *in, size_t t, const xmlNode *node,
    struct ih_error *err)
{
	const struct ih_table *table = &in->tables->tables[t];
	const struct ih_variable *rows = &in->tables->variables[table->rows];
	const struct ih_variable *columns =
	    &in->tables->variables[table->columns];
	struct parts by_column[IH_CATEGORIES_MAX] = { { { 0 } } };
	const xmlNode *row = ih_child(node, "row");
	int64_t total = 0;

	if (!ih_table_is(in->tables, table, node))
		return tables_fault(in, node, err);
	for (size_t r = 0; r < rows->count; r++) {
		if (!has_code(row, "code", rows->categories[r].code))
			return tables_fault(in, node, err);
		if (!read_row(in, row, columns, by_column, err))
			return false;
		total += ih_count_attr(row, "total");
		row = ih_next(row, "row");
	}
	if (row != NULL)
		return tables_fault(in, row, err);
	if (!read_columns(in, node, columns, by_column, err))
		return false;
	if (total != ih_count_attr(node, "total") ||
	    (!ih_table_multi(in->tables, table) && total != in->persons))
		return sum_fault(in, node, err);
	return true;
}

static bool
read_committees(struct reading *in, const xmlNode *root, struct ih_error *err)
{
	int64_t persons = 0, bound = 0;

	for (const xmlNode *c = ih_child(root, "committee"); c != NULL;
	     c = ih_next(c, "committee")) {
		const char *code = ih_attr(c, "code");

		if (in->count == IH_REGION_RETURNS)
			return ih_fail(err, IH_INPUT, "%s:%ld: more than %d",
			    in->name, ih_line(c), IH_REGION_RETURNS);
		if (in->count > 0 &&
		    strcmp(in->committees[in->count - 1], code) >= 0)
			return ih_fail_code(err, IH_INPUT, "E_RETURN_TWICE",
			    "%s:%ld: a committee twice, or out of order",
			    in->name, ih_line(c));
		in->committees[in->count++] = code;
		persons += ih_count_attr(c, "persons");
		bound += ih_count_attr(c, "bound");
	}
	in->persons = ih_count_attr(root, "persons");
	if (persons != in->persons || bound != ih_count_attr(root, "bound"))
		return sum_fault(in, root, err);
	return true;
}

static bool
adds_up(struct reading *in, const xmlNode *root, struct ih_error *err)
{
	const xmlNode *table = ih_child(root, "table");

	if (strcmp(ih_attr(root, "tables"), in->tables->version) != 0)
		return tables_fault(in, root, err);
	if (!read_committees(in, root, err))
		return false;
	for (size_t t = 0; t < in->tables->table_count; t++) {
		if (table == NULL)
			return tables_fault(in, root, err);
		if (!read_table(in, t, table, err))
			return false;
		table = ih_next(table, "table");
	}
	return table == NULL || tables_fault(in, table, err);
}

xmlDoc *
ih_region_read(const struct ih_tables *tables, const char *name,
    const void *bytes, size_t size, struct ih_error *err)
{
	struct reading in = { .tables = tables, .name = name };
	IH_OWNED(xmlDoc)
	doc =
	    ih_fits(name, size, REGION_MAX, err) ?
		ih_schema_parse(tables->inner->region, name, bytes, size, err) :
		NULL;

	if (doc == NULL || !adds_up(&in, xmlDocGetRootElement(doc), err))
		return NULL;
	return IH_GIVE(doc);
}

xmlDoc *
ih_region_admit(const struct ih_tables *tables, const char *name,
    const void *bytes, size_t size, struct ih_error *err)
{
	struct reading in = { .tables = tables, .name = name };
	IH_OWNED(xmlDoc)
	doc =
	    ih_fits(name, size, REGION_MAX, err) ?
		ih_schema_admit(tables->inner->region, name, bytes, size, err) :
		NULL;

	if (doc == NULL || !adds_up(&in, xmlDocGetRootElement(doc), err))
		return NULL;
	return IH_GIVE(doc);
}

/* ---- taking apart again */

/* The share at NODE of the committee that is AT. */
static int64_t
share(const xmlNode *node, size_t at)
{
	const xmlNode *from = ih_child(node, "from");

	while (at-- > 0)
		from = ih_next(from, "from");
	return ih_count_text(from);
}

static void
take_table(const xmlNode *table, size_t t, size_t at, struct ih_return *one)
{
	size_t r = 0, c = 0;

	for (const xmlNode *column = ih_child(table, "column"); column != NULL;
	     column = ih_next(column, "column"))
		one->column_totals[t][c++] = share(column, at);
	for (const xmlNode *row = ih_child(table, "row"); row != NULL;
	     row = ih_next(row, "row"), r++) {
		one->row_totals[t][r] = share(row, at);
		one->totals[t] += one->row_totals[t][r];
		c = 0;
		for (const xmlNode *cell = ih_child(row, "cell"); cell != NULL;
		     cell = ih_next(cell, "cell"))
			one->cells[t][r][c++] = share(cell, at);
	}
}

static struct ih_return *
take_committee(const struct ih_tables *tables, const xmlNode *root,
    const xmlNode *committee, size_t at)
{
	struct ih_return *one = ih_zeroed(sizeof *one);
	size_t t = 0;

	snprintf(one->committee, sizeof one->committee, "%s",
	    ih_attr(committee, "code"));
	snprintf(one->period, sizeof one->period, "%s",
	    ih_attr(root, "period"));
	snprintf(one->made, sizeof one->made, "%s", ih_attr(committee, "made"));
	snprintf(one->tables_version, sizeof one->tables_version, "%s",
	    tables->version);
	one->training = ih_attr(root, "training") != NULL;
	one->base = ih_count_attr(root, "base");
	one->bound = ih_count_attr(committee, "bound");
	one->persons = ih_count_attr(committee, "persons");
	if (ih_attr(committee, "restatement") != NULL)
		one->number = ih_count_attr(committee, "restatement");
	for (const xmlNode *table = ih_child(root, "table"); table != NULL;
	     table = ih_next(table, "table"))
		take_table(table, t++, at, one);
	return one;
}

size_t
ih_region_returns(const struct ih_tables *tables, const xmlDoc *region,
    struct ih_return *returns[static IH_REGION_RETURNS])
{
	const xmlNode *root = xmlDocGetRootElement(region);
	size_t count = 0;

	for (const xmlNode *c = ih_child(root, "committee"); c != NULL;
	     c = ih_next(c, "committee"), count++)
		returns[count] = take_committee(tables, root, c, count);
	return count;
}

/* ---- showing: region, definitions and names of countries in one tree */

static bool
add_file(xmlNode *to, const char *name, struct ih_library *library,
    const char *path, struct ih_error *err)
{
	IH_OWNED(ih_buffer) bytes = ih_library_read(library, path, err);
	IH_OWNED(xmlDoc) doc = NULL;

	if (bytes == NULL)
		return false;
	doc = ih_xml_read(path, bytes->data, bytes->size, err);
	return doc != NULL && ih_graft(to, name, xmlDocGetRootElement(doc));
}

/* A committee the library has no file of goes by its code. */
static bool
add_names(xmlNode *to, struct ih_library *library, const xmlNode *root,
    const char *element, struct ih_error *err)
{
	for (const xmlNode *c = ih_child(root, element); c != NULL;
	     c = ih_next(c, element)) {
		struct ih_error absent = { .kind = IH_NONE };
		char path[64];

		snprintf(path, sizeof path, "xml/mechanism/%s.xml",
		    ih_attr(c, "code"));
		if (!add_file(to, "mechanism", library, path, &absent) &&
		    absent.kind != IH_ABSENT) {
			*err = absent;
			return false;
		}
	}
	return true;
}

static xmlDoc *
gather(struct ih_library *library, xmlDoc *region, struct ih_error *err)
{
	IH_OWNED(xmlDoc) doc = ih_sources_new();
	xmlNode *root = xmlDocGetRootElement(doc);
	const xmlNode *shown = xmlDocGetRootElement(region);

	if (!ih_graft(root, "region", shown) ||
	    !add_file(root, "tables", library, DEFINITIONS, err) ||
	    !add_names(root, library, shown, "committee", err) ||
	    !add_names(root, library, shown, "missing", err))
		return NULL;
	return IH_GIVE(doc);
}

struct ih_buffer *
ih_region_sources(struct ih_library *library, xmlDoc *region,
    struct ih_error *err)
{
	IH_OWNED(xmlDoc) sources = gather(library, region, err);
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_writer w = ih_write_to(out);

	if (sources == NULL)
		return NULL;
	ih_copy(&w, xmlDocGetRootElement(sources));
	return ih_write_end(&w, err) ? IH_GIVE(out) : NULL;
}

/* The stylesheet NAME, and the sources it is shown. */
struct showing {
	struct ih_stylesheet *sheet;
	xmlDoc *sources;
	char tag[IH_TAG_TEXT];
};

static bool
prepare(struct showing *s, struct ih_library *library, const char *name,
    xmlDoc *region, struct ih_tongue tongue, struct ih_error *err)
{
	ih_tongue_tag(tongue, s->tag);
	s->sources = gather(library, region, err);
	if (s->sources != NULL)
		s->sheet = ih_stylesheet_load(library, name, err);
	return s->sheet != NULL;
}

static void
showing_clear(struct showing *s)
{
	ih_stylesheet_free(s->sheet);
	xmlFreeDoc(s->sources);
}

static struct ih_buffer *
show(struct ih_library *library, const char *name, xmlDoc *region,
    struct ih_tongue tongue, struct ih_error *err)
{
	struct showing s = { .sheet = NULL };
	struct ih_param params[] = { { "tongue", s.tag } };
	struct ih_buffer *out = NULL;

	if (prepare(&s, library, name, region, tongue, err))
		out = ih_stylesheet_render(s.sheet, s.sources, params, 1, err);
	showing_clear(&s);
	return out;
}

xmlDoc *
ih_region_blocks(struct ih_library *library, xmlDoc *region,
    struct ih_tongue tongue, struct ih_error *err)
{
	struct showing s = { .sheet = NULL };
	struct ih_param params[] = { { "tongue", s.tag } };
	xmlDoc *out = NULL;

	if (prepare(&s, library, "region-blocks", region, tongue, err))
		out = ih_stylesheet_apply(s.sheet, s.sources, params, 1, err);
	showing_clear(&s);
	return out;
}

struct ih_buffer *
ih_region_page(struct ih_library *library, xmlDoc *region,
    struct ih_tongue tongue, struct ih_error *err)
{
	return show(library, "region", region, tongue, err);
}

struct ih_buffer *
ih_region_chart(struct ih_library *library, xmlDoc *region,
    struct ih_tongue tongue, struct ih_error *err)
{
	return show(library, "region-chart", region, tongue, err);
}
