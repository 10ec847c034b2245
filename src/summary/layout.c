/* This is where the numbers of all tables become one row of cells. */
#include "layout.h"

#include <stdio.h>
#include <string.h>

/* The place of the cell of that name, made where it is new. */
static uint16_t
place(struct layout *l, const char *name)
{
	size_t at = 0;

	while (at < l->cell_count && strcmp(l->names[at], name) != 0)
		at++;
	if (at < l->cell_count)
		return (uint16_t)at;
	if (l->cell_count == LAYOUT_CELLS) {
		l->full = true;
		return 0;
	}
	snprintf(l->names[at], sizeof l->names[at], "%s", name);
	l->cell_count++;
	return (uint16_t)at;
}

static void
begin_sum(struct layout *l, uint16_t total)
{
	if (l->sum_count == LAYOUT_SUMS) {
		l->full = true;
		return;
	}
	l->sums[l->sum_count++] = (struct ih_round_sum){
		.total = total,
		.first = (uint16_t)l->part_count,
	};
}

static void
add_part(struct layout *l, uint16_t part)
{
	if (l->part_count == LAYOUT_PARTS) {
		l->full = true;
		return;
	}
	l->parts[l->part_count++] = part;
	l->sums[l->sum_count - 1].count++;
}

/* Two variables may ask the same of the same item. */
static void
shared_name(char name[static 48], const struct ih_variable *variable,
    size_t category, const char *committee)
{
	const char *code = variable->categories[category].code;
	const char *of = variable->id;

	if (variable->from == IH_FROM_COUNTRY &&
	    (category == variable->own || strcmp(code, committee) == 0)) {
		of = variable->item;
		code = "own";
	} else if (variable->from == IH_FROM_COUNTRY &&
		   category == variable->unknown) {
		of = variable->item;
	}
	snprintf(name, 48, "%.20s=%.24s", of, code);
}

/*
 * The margin of VARIABLE in table T is the same in all tables, and shared,
 * where the other variable gives each person one category.
 */
static void
margin_name(char name[static 48], const struct ih_table *table,
    const struct ih_variable *variable, const struct ih_variable *across,
    size_t category, const char *committee)
{
	if (variable->opened == category)
		snprintf(name, 48, "persons");
	else if (across->multi)
		snprintf(name, 48, "%.20s/%.24s", table->id,
		    variable->categories[category].code);
	else
		shared_name(name, variable, category, committee);
}

/* Those who were opened are all persons, by the other variable. */
static void
cell_name(char name[static 48], const struct ih_table *table,
    const struct ih_variable *rows, const struct ih_variable *columns, size_t r,
    size_t c, const char *committee)
{
	if (r == rows->opened)
		shared_name(name, columns, c, committee);
	else if (c == columns->opened)
		shared_name(name, rows, r, committee);
	else
		snprintf(name, 48, "%.16s %.14s %.14s", table->id,
		    rows->categories[r].code, columns->categories[c].code);
}

static void
place_table(struct layout *l, const char *committee, size_t t)
{
	const struct ih_table *table = &l->tables->tables[t];
	const struct ih_variable *rows = &l->tables->variables[table->rows];
	const struct ih_variable *columns =
	    &l->tables->variables[table->columns];
	char name[48];

	l->totals[t] =
	    ih_table_multi(l->tables, table) ? place(l, table->id) : l->persons;
	for (size_t r = 0; r < rows->count; r++) {
		margin_name(name, table, rows, columns, r, committee);
		l->rows[t][r] = place(l, name);
	}
	for (size_t c = 0; c < columns->count; c++) {
		margin_name(name, table, columns, rows, c, committee);
		l->columns[t][c] = place(l, name);
	}
	for (size_t r = 0; r < rows->count; r++)
		for (size_t c = 0; c < columns->count; c++) {
			cell_name(name, table, rows, columns, r, c, committee);
			l->cells[t][r][c] = place(l, name);
		}
}

static void
link_table(struct layout *l, size_t t)
{
	const struct ih_table *table = &l->tables->tables[t];
	size_t rows = l->tables->variables[table->rows].count;
	size_t columns = l->tables->variables[table->columns].count;

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

struct layout *
layout_of(const struct ih_tables *tables, const char *committee,
    struct ih_error *err)
{
	IH_OWNED(layout) l = ih_zeroed(sizeof *l);

	l->tables = tables;
	l->persons = place(l, "persons");
	for (size_t t = 0; t < tables->table_count; t++) {
		place_table(l, committee, t);
		link_table(l, t);
	}
	if (l->full) {
		ih_fail(err, IH_INPUT,
		    "the tables have more cells than are rounded at once");
		return NULL;
	}
	return IH_GIVE(l);
}

/* A number of ONE, and the cell of the layout that it is. */
typedef void number_seen(int64_t *number, size_t cell, void *with);

static void
each_number(const struct layout *l, struct ih_return *one, number_seen *seen,
    void *with)
{
	seen(&one->persons, l->persons, with);
	for (size_t t = 0; t < l->tables->table_count; t++) {
		const struct ih_table *table = &l->tables->tables[t];
		size_t rows = l->tables->variables[table->rows].count;
		size_t columns = l->tables->variables[table->columns].count;

		seen(&one->totals[t], l->totals[t], with);
		for (size_t c = 0; c < columns; c++)
			seen(&one->column_totals[t][c], l->columns[t][c], with);
		for (size_t r = 0; r < rows; r++) {
			seen(&one->row_totals[t][r], l->rows[t][r], with);
			for (size_t c = 0; c < columns; c++)
				seen(&one->cells[t][r][c], l->cells[t][r][c],
				    with);
		}
	}
}

static void
take(int64_t *number, size_t cell, void *with)
{
	((int64_t *)with)[cell] = *number;
}

static void
give(int64_t *number, size_t cell, void *with)
{
	*number = ((int64_t *)with)[cell];
}

void
layout_take(const struct layout *l, struct ih_return *one,
    int64_t values[static LAYOUT_CELLS])
{
	each_number(l, one, take, values);
}

void
layout_give(const struct layout *l, int64_t values[static LAYOUT_CELLS],
    struct ih_return *one)
{
	each_number(l, one, give, values);
}

struct agreeing {
	const int64_t *values;
	size_t differs; /* the first cell that does; LAYOUT_CELLS: none */
};

static void
compare(int64_t *number, size_t cell, void *with)
{
	struct agreeing *agreeing = with;

	if (*number != agreeing->values[cell] &&
	    agreeing->differs == LAYOUT_CELLS)
		agreeing->differs = cell;
}

const char *
layout_disagrees(const struct layout *l, struct ih_return *one)
{
	int64_t values[LAYOUT_CELLS];
	struct agreeing agreeing = { values, LAYOUT_CELLS };

	layout_take(l, one, values);
	each_number(l, one, compare, &agreeing);
	return agreeing.differs < LAYOUT_CELLS ? l->names[agreeing.differs] :
						 NULL;
}
