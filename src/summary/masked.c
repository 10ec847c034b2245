/* This is where exact numbers are hidden from all, and their sum from nobody.
 */
#include "ihala/masked.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/element.h"
#include "ihala/mask.h"
#include "ihala/xml.h"
#include "layout.h"

_Static_assert(IH_MASKED_NUMBERS <= IH_MASK_MAX, "they are masked at once");

/* Table T, its variables, and where its first number stands. */
struct grid {
	const struct ih_table *table;
	const struct ih_variable *rows, *columns;
	size_t t, first;
};

static struct grid
grid_of(const struct ih_tables *tables, size_t t, size_t first)
{
	const struct ih_table *table = &tables->tables[t];

	return (struct grid){ table, &tables->variables[table->rows],
		&tables->variables[table->columns], t, first };
}

static size_t
grid_end(const struct grid *g)
{
	return g->first + g->rows->count * g->columns->count;
}

/* One way for both: the numbers of a return into a row, or out of it. */
static size_t
copy_numbers(const struct ih_tables *tables, struct ih_return *one,
    uint64_t *numbers, bool out)
{
	size_t at = 1;

	if (out)
		one->persons = (int64_t)numbers[0];
	else
		numbers[0] = (uint64_t)one->persons;
	for (size_t t = 0; t < tables->table_count; t++) {
		const struct grid g = grid_of(tables, t, at);

		for (; at < grid_end(&g); at++) {
			size_t inside = at - g.first;
			int64_t *cell =
			    &one->cells[t][inside / g.columns->count]
				       [inside % g.columns->count];

			if (out)
				*cell = (int64_t)numbers[at];
			else
				numbers[at] = (uint64_t)*cell;
		}
	}
	return at;
}

/* ---- making */

static bool
parties_fault(const char *place, struct ih_error *err)
{
	return ih_fail_code(err, IH_INPUT, "E_MASK_PARTIES", "%s", place);
}

/* From so few to so many, by code, each once, and whose they are among them. */
static bool
check_parties(const struct ih_masked *one, struct ih_error *err)
{
	bool there = false;

	if (one->party_count < IH_MASKED_LEAST)
		return parties_fault("fewer than 3 committees", err);
	for (size_t i = 0; i < one->party_count; i++) {
		const char *committee = one->parties[i].committee;

		if (i > 0 &&
		    strcmp(one->parties[i - 1].committee, committee) >= 0)
			return parties_fault(committee, err);
		there = there || strcmp(committee, one->committee) == 0;
	}
	return there || parties_fault(one->committee, err);
}

/* What the numbers are, and between whom: under which masks are drawn. */
static struct ih_buffer *
context_of(const struct ih_masked *one)
{
	struct ih_buffer *context = ih_buffer_new();

	ih_buffer_printf(context, "ihala masked 1\n%s\n%s\n%s\n", one->period,
	    one->tables_version, one->training ? "training" : "real");
	for (size_t i = 0; i < one->party_count; i++)
		ih_buffer_printf(context, "%s %s\n", one->parties[i].committee,
		    one->parties[i].key);
	return context;
}

static void
take_head(struct ih_masked *one, const struct ih_return *exact,
    const struct ih_party parties[], size_t count)
{
	memcpy(one->committee, exact->committee, sizeof one->committee);
	memcpy(one->period, exact->period, sizeof one->period);
	memcpy(one->made, exact->made, sizeof one->made);
	memcpy(one->tables_version, exact->tables_version,
	    sizeof one->tables_version);
	one->training = exact->training;
	one->party_count = count;
	for (size_t i = 0; i < count; i++) {
		memcpy(one->parties[i].committee, parties[i].committee,
		    sizeof one->parties[i].committee);
		ih_certificate_key(parties[i].sealing, one->parties[i].key);
	}
}

struct ih_masked *
ih_masked_make(const struct ih_tables *tables, const struct ih_return *exact,
    const struct ih_pair *own, const struct ih_party parties[], size_t count,
    struct ih_error *err)
{
	IH_OWNED(ih_masked) one = ih_zeroed(sizeof *one);
	IH_OWNED(ih_return) numbers = ih_zeroed(sizeof *numbers);
	size_t size;

	if (count > IH_MASKED_MOST) {
		parties_fault("more than 12 committees", err);
		return NULL;
	}
	take_head(one, exact, parties, count);
	if (!check_parties(one, err))
		return NULL;
	*numbers = *exact;
	size = copy_numbers(tables, numbers, one->numbers, false);
	IH_OWNED(ih_buffer) context = context_of(one);
	for (size_t i = 0; i < count; i++)
		if (strcmp(parties[i].committee, one->committee) != 0 &&
		    !ih_mask(own, parties[i].sealing,
			(const char *)context->data, one->numbers, size, err)) {
			ih_fail_in(err, parties[i].committee);
			return NULL;
		}
	return IH_GIVE(one);
}

/* ---- writing */

static const char *
hex(uint64_t number, char text[static 17])
{
	snprintf(text, 17, "%016" PRIx64, number);
	return text;
}

static void
write_table(struct ih_writer *w, const struct ih_tables *tables,
    const struct grid *g, const uint64_t *numbers)
{
	char text[17];

	ih_open(w, "table");
	ih_put(w, "id", g->table->id);
	ih_put(w, "rows", g->rows->id);
	ih_put(w, "columns", g->columns->id);
	if (ih_table_multi(tables, g->table))
		ih_put(w, "multi", "true");
	for (size_t r = 0; r < g->rows->count; r++) {
		ih_open(w, "row");
		ih_put(w, "code", g->rows->categories[r].code);
		for (size_t c = 0; c < g->columns->count; c++) {
			ih_open(w, "cell");
			ih_put(w, "column", g->columns->categories[c].code);
			ih_say_text(w, hex(*numbers++, text));
			ih_close(w);
		}
		ih_close(w);
	}
	ih_close(w);
}

struct ih_buffer *
ih_masked_write(const struct ih_tables *tables, const struct ih_masked *one,
    struct ih_error *err)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_writer w = ih_write_to(out);
	size_t at = 1;
	char text[17];

	ih_open(&w, "masked");
	ih_put(&w, "xmlns", "urn:ihala:masked:1");
	ih_put(&w, "committee", one->committee);
	ih_put(&w, "period", one->period);
	ih_put(&w, "made", one->made);
	ih_put(&w, "tables", one->tables_version);
	ih_put(&w, "persons", hex(one->numbers[0], text));
	if (one->training)
		ih_put(&w, "training", "true");
	for (size_t i = 0; i < one->party_count; i++) {
		ih_open(&w, "party");
		ih_put(&w, "committee", one->parties[i].committee);
		ih_put(&w, "key", one->parties[i].key);
		ih_close(&w);
	}
	for (size_t t = 0; t < tables->table_count; t++) {
		const struct grid g = grid_of(tables, t, at);

		write_table(&w, tables, &g, one->numbers + at);
		at = grid_end(&g);
	}
	ih_close(&w);
	if (!ih_write_end(&w, err))
		return NULL;
	return IH_GIVE(out);
}

/* ---- reading */

static bool
tables_fault(const char *name, const xmlNode *node, struct ih_error *err)
{
	return ih_fail_code(err, IH_INPUT, "E_RETURN_TABLES",
	    "%s:%ld: not the tables of xml/summary/tables.xml", name,
	    ih_line(node));
}

/* The children of NODE bear the codes of VARIABLE in ATTRIBUTE, in its order.
 */
static bool
bears_codes(const xmlNode *node, const char *child, const char *attribute,
    const struct ih_variable *variable)
{
	const xmlNode *at = ih_child(node, child);
	size_t i = 0;

	for (; at != NULL && i < variable->count; at = ih_next(at, child), i++)
		if (strcmp(ih_attr(at, attribute),
			variable->categories[i].code) != 0)
			return false;
	return at == NULL && i == variable->count;
}

static bool
read_table(const struct ih_tables *tables, const char *name,
    const xmlNode *table, const struct grid *g, uint64_t *numbers,
    struct ih_error *err)
{
	if (!ih_table_is(tables, g->table, table) ||
	    !bears_codes(table, "row", "code", g->rows))
		return tables_fault(name, table, err);
	for (const xmlNode *row = ih_child(table, "row"); row != NULL;
	     row = ih_next(row, "row")) {
		if (!bears_codes(row, "cell", "column", g->columns))
			return tables_fault(name, row, err);
		for (const xmlNode *cell = ih_child(row, "cell"); cell != NULL;
		     cell = ih_next(cell, "cell")) {
			IH_OWNED(xmlChar) text = xmlNodeGetContent(cell);

			*numbers++ = strtoull((const char *)text, NULL, 16);
		}
	}
	return true;
}

static bool
read_tables(const struct ih_tables *tables, const char *name,
    const xmlNode *root, uint64_t *numbers, struct ih_error *err)
{
	const xmlNode *table = ih_child(root, "table");
	size_t at = 1;

	for (size_t t = 0; t < tables->table_count; t++) {
		const struct grid g = grid_of(tables, t, at);

		if (table == NULL)
			return tables_fault(name, root, err);
		if (!read_table(tables, name, table, &g, numbers + at, err))
			return false;
		at = grid_end(&g);
		table = ih_next(table, "table");
	}
	return table == NULL || tables_fault(name, table, err);
}

static bool
read_head(const struct ih_tables *tables, struct ih_masked *one,
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
	one->numbers[0] = strtoull(ih_attr(root, "persons"), NULL, 16);
	if (!ih_period_parse(one->period, &days) ||
	    !ih_instant_parse(one->made, &made))
		return ih_fail(err, IH_INPUT,
		    "%s:%ld: a period or instant that no calendar has", name,
		    ih_line(root));
	if (strcmp(one->tables_version, tables->version) != 0)
		return tables_fault(name, root, err);
	for (const xmlNode *p = ih_child(root, "party"); p != NULL;
	     p = ih_next(p, "party")) {
		size_t at = one->party_count++;

		if (at == IH_MASKED_MOST)
			return parties_fault(name, err);
		snprintf(one->parties[at].committee, IH_COMMITTEE_TEXT, "%s",
		    ih_attr(p, "committee"));
		snprintf(one->parties[at].key, IH_DIGEST_TEXT, "%s",
		    ih_attr(p, "key"));
	}
	return check_parties(one, err) || ih_fail_in(err, name);
}

static struct ih_masked *
masked_of(const struct ih_tables *tables, const char *name, xmlDoc *doc,
    struct ih_error *err)
{
	const xmlNode *root = xmlDocGetRootElement(doc);
	IH_OWNED(ih_masked) one = ih_zeroed(sizeof *one);

	if (!read_head(tables, one, name, root, err) ||
	    !read_tables(tables, name, root, one->numbers, err))
		return NULL;
	return IH_GIVE(one);
}

struct ih_masked *
ih_masked_read(const struct ih_tables *tables, const char *name,
    const void *bytes, size_t size, struct ih_error *err)
{
	IH_OWNED(xmlDoc)
	doc =
	    ih_fits(name, size, IH_RETURN_MAX, err) ?
		ih_schema_parse(tables->inner->masked, name, bytes, size, err) :
		NULL;

	return doc != NULL ? masked_of(tables, name, doc, err) : NULL;
}

struct ih_masked *
ih_masked_admit(const struct ih_tables *tables, const char *name,
    const void *bytes, size_t size, struct ih_error *err)
{
	IH_OWNED(xmlDoc)
	doc =
	    ih_fits(name, size, IH_RETURN_MAX, err) ?
		ih_schema_admit(tables->inner->masked, name, bytes, size, err) :
		NULL;

	return doc != NULL ? masked_of(tables, name, doc, err) : NULL;
}

/* ---- the sum */

/* Is ONE of the same sum as FIRST? */
static bool
check_same(const struct ih_masked *first, const struct ih_masked *one,
    struct ih_error *err)
{
	const char *from = one->committee, *to = first->committee;

	if (strcmp(one->period, first->period) != 0)
		return ih_fail_code(err, IH_INPUT, "E_RETURN_PERIOD",
		    "%s: another period than %s", from, to);
	if (one->training != first->training)
		return ih_fail_code(err, IH_INPUT, "E_RETURN_TRAINING",
		    "%s and %s", from, to);
	if (one->party_count != first->party_count)
		return ih_fail_code(err, IH_INPUT, "E_MASK_PARTIES",
		    "%s: others than %s has", from, to);
	for (size_t i = 0; i < first->party_count; i++) {
		const char *party = first->parties[i].committee;

		if (strcmp(party, one->parties[i].committee) != 0)
			return ih_fail_code(err, IH_INPUT, "E_MASK_PARTIES",
			    "%s: others than %s has", from, to);
		if (strcmp(first->parties[i].key, one->parties[i].key) != 0)
			return ih_fail_code(err, IH_INPUT, "E_MASK_PARTIES",
			    "%s: another key of %s than %s has", from, party,
			    to);
	}
	return true;
}

/* How many of LIST are of COMMITTEE? */
static size_t
times(struct ih_masked *const *list, size_t count, const char *committee)
{
	size_t found = 0;

	for (size_t i = 0; i < count; i++)
		found += strcmp(list[i]->committee, committee) == 0;
	return found;
}

static bool
check_list(struct ih_masked *const *list, size_t count, struct ih_error *err)
{
	for (size_t i = 1; i < count; i++)
		if (!check_same(list[0], list[i], err))
			return false;
	for (size_t i = 0; i < list[0]->party_count; i++) {
		const char *party = list[0]->parties[i].committee;
		size_t found = times(list, count, party);

		if (found == 0)
			return ih_fail_code(err, IH_INPUT, "E_MASK_MISSING",
			    "%s", party);
		if (found > 1)
			return ih_fail_code(err, IH_INPUT, "E_RETURN_TWICE",
			    "%s", party);
	}
	return true;
}

static bool
sum_fault(const char *place, struct ih_error *err)
{
	return ih_fail_code(err, IH_INPUT, "E_MASK_SUM", "%s", place);
}

/* Masks that do not cancel leave numbers of any size, in no order. */
static bool
is_possible(const struct ih_tables *tables, struct ih_return *sum, size_t count,
    struct ih_error *err)
{
	int64_t most = (int64_t)count * IH_COUNT_MAX;
	IH_OWNED(layout) l = layout_of(tables, sum->committee, err);
	const char *differs;

	if (l == NULL)
		return false;
	if (sum->persons < 0 || sum->persons > most)
		return sum_fault("persons", err);
	for (size_t t = 0; t < tables->table_count; t++) {
		const struct ih_table *table = &tables->tables[t];

		for (size_t r = 0; r < IH_CATEGORIES_MAX; r++)
			for (size_t c = 0; c < IH_CATEGORIES_MAX; c++)
				if (sum->cells[t][r][c] < 0 ||
				    sum->cells[t][r][c] > most)
					return sum_fault(table->id, err);
	}
	ih_return_add_up(sum);
	for (size_t t = 0; t < tables->table_count; t++)
		if (!ih_table_multi(tables, &tables->tables[t]) &&
		    sum->totals[t] != sum->persons)
			return sum_fault(tables->tables[t].id, err);
	differs = layout_disagrees(l, sum);
	return differs == NULL || sum_fault(differs, err);
}

struct ih_return *
ih_masked_sum(const struct ih_tables *tables, struct ih_masked *const *list,
    size_t count, struct ih_error *err)
{
	IH_OWNED(ih_return) sum = ih_zeroed(sizeof *sum);
	IH_OWNED(ih_masked) all = ih_zeroed(sizeof *all);

	if (count == 0) {
		ih_fail(err, IH_USAGE, "no file was named");
		return NULL;
	}
	if (!check_list(list, count, err))
		return NULL;
	for (size_t i = 0; i < count; i++) {
		for (size_t at = 0; at < IH_MASKED_NUMBERS; at++)
			all->numbers[at] += list[i]->numbers[at];
		if (strcmp(list[i]->made, sum->made) > 0)
			memcpy(sum->made, list[i]->made, sizeof sum->made);
	}
	copy_numbers(tables, sum, all->numbers, true);
	memcpy(sum->period, list[0]->period, sizeof sum->period);
	memcpy(sum->tables_version, list[0]->tables_version,
	    sizeof sum->tables_version);
	sum->training = list[0]->training;
	sum->method = IH_EXACT;
	sum->base = 1;
	if (!is_possible(tables, sum, count, err))
		return NULL;
	return IH_GIVE(sum);
}

void
ih_masked_free(struct ih_masked *one)
{
	if (one == NULL)
		return;
	explicit_bzero(one, sizeof *one);
	free(one);
}
