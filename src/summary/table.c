/* This is where a case becomes a row of codes, and rows become counts. */
#include "ihala/table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/element.h"
#include "ihala/text.h"
#include "ihala/xml.h"
#include "inner.h"

#define DEFINITIONS "xml/summary/tables.xml"

/* ---- the definitions */

static const char *const from_names[IH_FROMS] = {
	[IH_FROM_CHOICE] = "choice",
	[IH_FROM_CHOICES] = "choices",
	[IH_FROM_NUMBER] = "number",
	[IH_FROM_COUNTRY] = "country",
	[IH_FROM_OUTCOME] = "outcome",
	[IH_FROM_STEP] = "step",
	[IH_FROM_DAYS] = "days",
};

int64_t
ih_count_attr(const xmlNode *node, const char *attribute)
{
	const char *text = ih_attr(node, attribute);

	return text != NULL ? strtoll(text, NULL, 10) : -1;
}

int64_t
ih_count_text(const xmlNode *node)
{
	IH_OWNED(xmlChar) text = xmlNodeGetContent(node);

	return text != NULL ? strtoll((const char *)text, NULL, 10) : -1;
}

size_t
ih_category_at(const struct ih_variable *variable, const char *code)
{
	size_t at = 0;

	while (at < variable->count &&
	       strcmp(variable->categories[at].code, code) != 0)
		at++;
	return at;
}

static bool
same(const char *a, const char *b)
{
	return a != NULL && b != NULL && strcmp(a, b) == 0;
}

bool
ih_table_is(const struct ih_tables *tables, const struct ih_table *table,
    const xmlNode *node)
{
	return same(ih_attr(node, "id"), table->id) &&
	       same(ih_attr(node, "rows"), tables->variables[table->rows].id) &&
	       same(ih_attr(node, "columns"),
		   tables->variables[table->columns].id) &&
	       (ih_attr(node, "multi") != NULL) ==
		   ih_table_multi(tables, table);
}

bool
ih_table_multi(const struct ih_tables *tables, const struct ih_table *table)
{
	return tables->variables[table->rows].multi ||
	       tables->variables[table->columns].multi;
}

static bool
fault(const xmlNode *node, const char *what, struct ih_error *err)
{
	return ih_fail(err, IH_INPUT, DEFINITIONS ":%ld: %s", ih_line(node),
	    what);
}

static const char *
keep(struct ih_tables *tables, const char *text)
{
	return text != NULL ? ih_arena_text(tables->inner->arena, text) : NULL;
}

static void
note_role(struct ih_variable *variable, const char *role, size_t at)
{
	if (same(role, "unknown"))
		variable->unknown = at;
	else if (same(role, "own"))
		variable->own = at;
	else if (same(role, "other"))
		variable->other = at;
	else if (same(role, "opened"))
		variable->opened = at;
}

static bool
read_category(struct ih_tables *tables, struct ih_variable *variable,
    const xmlNode *node, struct ih_error *err)
{
	struct ih_category *category = &variable->categories[variable->count];
	const char *code = ih_attr(node, "code");

	if (variable->count == IH_CATEGORIES_MAX)
		return fault(node, "more categories than one table holds", err);
	if (ih_category_at(variable, code) < variable->count)
		return fault(node, "this category stands twice", err);
	category->code = keep(tables, code);
	category->least = (int)ih_count_attr(node, "least");
	category->most = (int)ih_count_attr(node, "most");
	category->reached = keep(tables, ih_attr(node, "reached"));
	note_role(variable, ih_attr(node, "role"), variable->count++);
	return true;
}

static bool
read_doubt(struct ih_tables *tables, struct ih_variable *variable,
    const xmlNode *node, struct ih_error *err)
{
	if (node == NULL)
		return true;
	variable->doubt_item = keep(tables, ih_attr(node, "item"));
	variable->doubt_code = keep(tables, ih_attr(node, "code"));
	variable->doubt = ih_category_at(variable, ih_attr(node, "category"));
	if (variable->doubt == variable->count)
		return fault(node, "no such category", err);
	return true;
}

static bool
counts_steps(const struct ih_variable *variable)
{
	return variable->from == IH_FROM_STEP || variable->from == IH_FROM_DAYS;
}

static bool
read_variable(struct ih_tables *tables, const xmlNode *node,
    struct ih_error *err)
{
	struct ih_variable *variable =
	    &tables->variables[tables->variable_count];
	const char *from = ih_attr(node, "from");

	if (tables->variable_count++ == IH_VARIABLES_MAX)
		return fault(node, "too many variables", err);
	variable->id = keep(tables, ih_attr(node, "id"));
	variable->item = keep(tables, ih_attr(node, "item"));
	variable->reached = keep(tables, ih_attr(node, "reached"));
	while (!same(from_names[variable->from], from))
		variable->from++;
	/* Not everybody takes a step: such a table is not of all persons. */
	variable->multi =
	    ih_attr(node, "multi") != NULL || counts_steps(variable);
	variable->unknown = variable->own = IH_CATEGORIES_MAX;
	variable->other = variable->opened = IH_CATEGORIES_MAX;
	for (const xmlNode *c = ih_child(node, "category"); c != NULL;
	     c = ih_next(c, "category"))
		if (!read_category(tables, variable, c, err))
			return false;
	if (variable->unknown == IH_CATEGORIES_MAX && !counts_steps(variable))
		return fault(node, "has no category for what is not known",
		    err);
	if (variable->from == IH_FROM_COUNTRY &&
	    variable->other == IH_CATEGORIES_MAX)
		return fault(node, "needs the role other", err);
	return read_doubt(tables, variable, ih_child(node, "doubt"), err);
}

static size_t
variable_at(const struct ih_tables *tables, const char *id)
{
	size_t at = 0;

	while (
	    at < tables->variable_count && !same(tables->variables[at].id, id))
		at++;
	return at;
}

static bool
read_table(struct ih_tables *tables, const xmlNode *node, struct ih_error *err)
{
	struct ih_table *table = &tables->tables[tables->table_count];

	if (tables->table_count++ == IH_TABLES_MAX)
		return fault(node, "too many tables", err);
	table->id = keep(tables, ih_attr(node, "id"));
	table->rows = variable_at(tables, ih_attr(node, "rows"));
	table->columns = variable_at(tables, ih_attr(node, "columns"));
	if (table->rows == tables->variable_count ||
	    table->columns == tables->variable_count ||
	    table->rows == table->columns)
		return fault(node, "needs two variables that are defined", err);
	return true;
}

static void
read_urgent(struct ih_tables *tables, const xmlNode *root)
{
	for (const xmlNode *u = ih_child(root, "urgent");
	     u != NULL && tables->urgent_count < IH_URGENT_MAX;
	     u = ih_next(u, "urgent")) {
		struct ih_urgent *urgent =
		    &tables->urgent[tables->urgent_count++];

		urgent->item = keep(tables, ih_attr(u, "item"));
		urgent->code = keep(tables, ih_attr(u, "code"));
	}
}

static bool
read_definitions(struct ih_tables *tables, xmlDoc *doc, struct ih_error *err)
{
	const xmlNode *root = xmlDocGetRootElement(doc);

	tables->version = keep(tables, ih_attr(root, "version"));
	tables->due = (int)ih_count_attr(ih_child(root, "due"), "days");
	read_urgent(tables, root);
	for (const xmlNode *v = ih_child(root, "variable"); v != NULL;
	     v = ih_next(v, "variable"))
		if (!read_variable(tables, v, err))
			return false;
	for (const xmlNode *t = ih_child(root, "table"); t != NULL;
	     t = ih_next(t, "table"))
		if (!read_table(tables, t, err))
			return false;
	return true;
}

static bool
load_schemas(struct ih_tables_inner *inner, struct ih_library *library,
    struct ih_error *err)
{
	inner->statistic = ih_schema_load(library, "statistic", err);
	if (inner->statistic == NULL)
		return false;
	inner->returned = ih_schema_load(library, "return", err);
	if (inner->returned == NULL)
		return false;
	inner->region = ih_schema_load(library, "region", err);
	if (inner->region == NULL)
		return false;
	inner->masked = ih_schema_load(library, "masked", err);
	return inner->masked != NULL;
}

struct ih_tables *
ih_tables_load(struct ih_library *library, struct ih_error *err)
{
	IH_OWNED(xmlDoc) doc =
	    ih_schema_read(library, DEFINITIONS, "tables", err);
	IH_OWNED(ih_tables) tables = NULL;

	if (doc == NULL)
		return NULL;
	tables = ih_zeroed(sizeof *tables);
	tables->inner = ih_zeroed(sizeof *tables->inner);
	tables->inner->arena = ih_arena_new();
	if (!read_definitions(tables, doc, err) ||
	    !load_schemas(tables->inner, library, err))
		return NULL;
	return IH_GIVE(tables);
}

void
ih_tables_free(struct ih_tables *tables)
{
	if (tables == NULL)
		return;
	ih_schema_free(tables->inner->statistic);
	ih_schema_free(tables->inner->returned);
	ih_schema_free(tables->inner->region);
	ih_schema_free(tables->inner->masked);
	ih_arena_free(tables->inner->arena);
	free(tables->inner);
	free(tables);
}

/* ---- one case */

/* The answer to ITEM that was given; NULL where none was. */
static const xmlNode *
answer_to(const xmlNode *answers, const char *item)
{
	const xmlNode *answer = ih_child(answers, "answer");

	while (answer != NULL && !same(ih_attr(answer, "item"), item))
		answer = ih_next(answer, "answer");
	return answer != NULL && ih_attr(answer, "state") == NULL ? answer :
								    NULL;
}

static bool
has_value(const xmlNode *answer, const char *code)
{
	const xmlNode *value =
	    answer != NULL ? ih_child(answer, "value") : NULL;

	for (; value != NULL; value = ih_next(value, "value")) {
		IH_OWNED(xmlChar) text = xmlNodeGetContent(value);

		if (same((const char *)text, code))
			return true;
	}
	return false;
}

/* One bit for each category, by the way the variable is found. */
static unsigned
by_codes(const struct ih_variable *variable, const xmlNode *answer)
{
	unsigned bits = 0;

	for (size_t i = 0; i < variable->count; i++)
		if (has_value(answer, variable->categories[i].code))
			bits |= 1u << i;
	return bits;
}

/* Answers may be in Arabic-Indic digits; -1: there is none. */
static int64_t
answered_number(const xmlNode *answer)
{
	const xmlNode *value = ih_child(answer, "value");
	IH_OWNED(xmlChar)
	text = value != NULL ? xmlNodeGetContent(value) : NULL;

	if (text == NULL)
		return -1;
	ih_text_ascii_digits((char *)text);
	return strtoll((const char *)text, NULL, 10);
}

static unsigned
band_of(const struct ih_variable *variable, int64_t number)
{
	for (size_t i = 0; i < variable->count; i++)
		if (variable->categories[i].least >= 0 &&
		    number >= variable->categories[i].least &&
		    number <= variable->categories[i].most)
			return 1u << i;
	return 0;
}

static unsigned
by_band(const struct ih_variable *variable, const xmlNode *answer)
{
	return band_of(variable, answered_number(answer));
}

static unsigned
by_country(const struct ih_variable *variable, const xmlNode *answer,
    const char *committee)
{
	unsigned bits = by_codes(variable, answer);

	if (variable->own < variable->count && has_value(answer, committee))
		return 1u << variable->own;
	return bits != 0 ? bits : 1u << variable->other;
}

static unsigned
by_outcome(const struct ih_variable *variable, const xmlNode *assessment)
{
	const xmlNode *outcome =
	    assessment != NULL ? ih_child(assessment, "outcome") : NULL;
	size_t at = outcome != NULL && ih_attr(outcome, "level") != NULL ?
			ih_category_at(variable, ih_attr(outcome, "level")) :
			variable->count;

	return at < variable->count ? 1u << at : 0;
}

static unsigned
categories_of(const struct ih_variable *variable, const char *committee,
    const xmlNode *answers, const xmlNode *assessment)
{
	const xmlNode *answer =
	    variable->item != NULL ? answer_to(answers, variable->item) : NULL;
	unsigned bits = 0;

	if (variable->doubt_item != NULL &&
	    has_value(answer_to(answers, variable->doubt_item),
		variable->doubt_code))
		return 1u << variable->doubt;
	if (variable->from == IH_FROM_OUTCOME)
		bits = by_outcome(variable, assessment);
	else if (answer == NULL)
		bits = 0;
	else if (variable->from == IH_FROM_NUMBER)
		bits = by_band(variable, answer);
	else if (variable->from == IH_FROM_COUNTRY)
		bits = by_country(variable, answer, committee);
	else
		bits = by_codes(variable, answer);
	return bits != 0 ? bits : 1u << variable->unknown;
}

size_t
ih_table_category(const struct ih_variable *variable, const xmlDoc *answers)
{
	unsigned bits =
	    categories_of(variable, "", xmlDocGetRootElement(answers), NULL);
	size_t at = 0;

	while ((bits >> at & 1u) == 0)
		at++;
	return at;
}

static bool
is_urgent(const struct ih_tables *tables, const xmlNode *answers)
{
	for (size_t i = 0; i < tables->urgent_count; i++)
		if (has_value(answer_to(answers, tables->urgent[i].item),
			tables->urgent[i].code))
			return true;
	return false;
}

static void
write_categories(struct ih_writer *w, const struct ih_variable *variable,
    unsigned bits)
{
	for (size_t i = 0; i < variable->count; i++) {
		if ((bits & 1u << i) == 0)
			continue;
		ih_open(w, "is");
		ih_put(w, "variable", variable->id);
		ih_put(w, "code", variable->categories[i].code);
		ih_close(w);
	}
}

struct ih_buffer *
ih_table_row(const struct ih_tables *tables, const char *committee,
    struct ih_date opened, xmlDoc *answers, xmlDoc *assessment,
    struct ih_error *err)
{
	const xmlNode *from = xmlDocGetRootElement(answers);
	const xmlNode *judged = xmlDocGetRootElement(assessment);
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_writer w = ih_write_to(out);
	char day[IH_DATE_TEXT];

	ih_date_format(opened, day);
	ih_open(&w, "statistic");
	ih_put(&w, "xmlns", "urn:ihala:statistic:1");
	ih_put(&w, "tables", tables->version);
	ih_put(&w, "committee", committee);
	ih_put(&w, "opened", day);
	ih_put(&w, "urgent", is_urgent(tables, from) ? "true" : "false");
	ih_put_if(&w, "training", ih_attr(from, "training"));
	for (size_t i = 0; i < tables->variable_count; i++)
		if (!counts_steps(&tables->variables[i]))
			write_categories(&w, &tables->variables[i],
			    categories_of(&tables->variables[i], committee,
				from, judged));
	ih_close(&w);
	if (!ih_write_end(&w, err))
		return NULL;
	return IH_GIVE(out);
}

/* ---- counting */

struct ih_count *
ih_count_new(const struct ih_tables *tables, const char *committee,
    const char *period, bool training, struct ih_error *err)
{
	IH_OWNED(ih_count) count = ih_zeroed(sizeof *count);

	count->tables = tables;
	count->training = training;
	snprintf(count->committee, sizeof count->committee, "%s", committee);
	snprintf(count->period, sizeof count->period, "%s", period);
	if (strlen(period) >= sizeof count->period ||
	    !ih_period_parse(period, &count->days)) {
		ih_fail_code(err, IH_USAGE, "E_PERIOD", "--period");
		return NULL;
	}
	return IH_GIVE(count);
}

void
ih_count_free(struct ih_count *count)
{
	if (count == NULL)
		return;
	explicit_bzero(count, sizeof *count);
	free(count);
}

static bool
read_categories(const struct ih_tables *tables, const xmlNode *row,
    uint16_t bits[static IH_VARIABLES_MAX], struct ih_error *err)
{
	for (const xmlNode *is = ih_child(row, "is"); is != NULL;
	     is = ih_next(is, "is")) {
		size_t v = variable_at(tables, ih_attr(is, "variable")), c;

		if (v == tables->variable_count)
			return ih_fail(err, IH_INPUT,
			    "statistic:%ld: no such variable in " DEFINITIONS,
			    ih_line(is));
		c = ih_category_at(&tables->variables[v], ih_attr(is, "code"));
		if (c == tables->variables[v].count)
			return ih_fail(err, IH_INPUT,
			    "statistic:%ld: no such category in " DEFINITIONS,
			    ih_line(is));
		if (bits[v] != 0 && !tables->variables[v].multi)
			return ih_fail(err, IH_INPUT,
			    "statistic:%ld: this variable holds one category",
			    ih_line(is));
		bits[v] |= (uint16_t)(1u << c);
	}
	return true;
}

/* On which day ONE first came to one of the STATES; INT64_MAX: never. */
static int64_t
first_day(const struct ih_statistic *one, const char *states)
{
	int64_t day = INT64_MAX;
	char axis[IH_CLOCK_WORD], state[IH_CLOCK_WORD];

	while (states != NULL &&
	       (states = ih_clock_next_event(states, axis, state)) != NULL)
		for (size_t i = 0; i < one->reached_count; i++)
			if (one->reached[i].day < day &&
			    same(one->reached[i].axis, axis) &&
			    same(one->reached[i].state, state))
				day = one->reached[i].day;
	return day;
}

bool
ih_coded_stands(const struct ih_variable *variable)
{
	return !counts_steps(variable);
}

size_t
ih_coded_steps(const struct ih_tables *tables)
{
	size_t steps = 0;

	for (size_t v = 0; v < tables->variable_count; v++) {
		const struct ih_variable *variable = &tables->variables[v];

		if (variable->from == IH_FROM_DAYS)
			steps++;
		else if (variable->from == IH_FROM_STEP)
			steps += variable->count -
				 (variable->opened < variable->count);
	}
	return steps;
}

static bool
note_step(struct coded *coded, size_t *at, const struct ih_statistic *one,
    const char *states, struct ih_error *err)
{
	int64_t day = first_day(one, states);

	if (*at == CODED_STEPS ||
	    (day != INT64_MAX && (day < 0 || day >= CODED_NEVER)))
		return ih_fail(err, IH_INPUT,
		    "statistic: more steps than are counted, or on a day that"
		    " is not");
	coded->steps[(*at)++] = day == INT64_MAX ? CODED_NEVER : (uint16_t)day;
	return true;
}

static bool
read_steps(const struct ih_tables *tables, const struct ih_statistic *one,
    struct coded *coded, struct ih_error *err)
{
	size_t at = 0;

	for (size_t v = 0; v < tables->variable_count; v++) {
		const struct ih_variable *variable = &tables->variables[v];

		if (variable->from == IH_FROM_DAYS &&
		    !note_step(coded, &at, one, variable->reached, err))
			return false;
		if (variable->from != IH_FROM_STEP)
			continue;
		for (size_t i = 0; i < variable->count; i++)
			if (i != variable->opened &&
			    !note_step(coded, &at, one,
				variable->categories[i].reached, err))
				return false;
	}
	return true;
}

/* The category of VARIABLE that is the committee's own country. */
static size_t
own_country(const char *committee, const struct ih_variable *variable)
{
	size_t named = ih_category_at(variable, committee);

	if (variable->own < variable->count)
		return variable->own;
	return named < variable->count ? named : variable->other;
}

/* What AT says of the same country, as far as it does. */
static unsigned
by_sibling(const char *committee, const struct ih_variable *variable,
    const struct ih_variable *at, unsigned bits)
{
	if (bits == 1u << own_country(committee, at))
		return 1u << own_country(committee, variable);
	return bits == 1u << at->unknown ? 1u << variable->unknown :
					   1u << variable->other;
}

/* A row made by older definitions may lack a variable; one that asks for the
 * same item may still be there, and both must agree. */
static unsigned
missing(const struct ih_tables *tables, const char *committee,
    const struct ih_variable *variable,
    const uint16_t bits[static IH_VARIABLES_MAX])
{
	for (size_t v = 0; v < tables->variable_count; v++)
		if (variable->from == IH_FROM_COUNTRY && bits[v] != 0 &&
		    same(tables->variables[v].item, variable->item))
			return by_sibling(committee, variable,
			    &tables->variables[v], bits[v]);
	return 1u << variable->unknown;
}

static void
complete(const struct ih_tables *tables, const char *committee,
    uint16_t bits[static IH_VARIABLES_MAX])
{
	for (size_t v = 0; v < tables->variable_count; v++)
		if (bits[v] == 0 && ih_coded_stands(&tables->variables[v]))
			bits[v] = (uint16_t)missing(tables, committee,
			    &tables->variables[v], bits);
}

bool
ih_coded_read(const struct ih_tables *tables, const char *committee,
    const struct ih_statistic *one, struct coded *coded, bool *training,
    struct ih_error *err)
{
	IH_OWNED(xmlDoc)
	doc = ih_schema_parse(tables->inner->statistic, "statistic", one->bytes,
	    one->size, err);
	struct ih_date day;
	const xmlNode *row;

	*coded = (struct coded){ .opened = 0 };
	if (doc == NULL)
		return false;
	row = xmlDocGetRootElement(doc);
	if (!same(ih_attr(row, "committee"), committee))
		return ih_fail(err, IH_INPUT,
		    "statistic: a row of another committee");
	if (!ih_date_parse(ih_attr(row, "opened"), &day) || day.day == 0 ||
	    ih_date_first(day) < 0 || ih_date_first(day) >= CODED_NEVER)
		return ih_fail(err, IH_INPUT,
		    "statistic: opened on a day that no calendar has");
	coded->opened = (uint16_t)ih_date_first(day);
	*training = ih_attr(row, "training") != NULL;
	if (!read_categories(tables, row, coded->bits, err) ||
	    !read_steps(tables, one, coded, err))
		return false;
	complete(tables, committee, coded->bits);
	return true;
}

/* Without a branch: which days there are follows no order. */
static unsigned
is_within(struct ih_period days, uint16_t day)
{
	return (unsigned)(day != CODED_NEVER) & (unsigned)(day >= days.first) &
	       (unsigned)(day <= days.last);
}

/* The steps that fall into the period; *AT is the first of VARIABLE's. */
static unsigned
by_steps(const struct ih_variable *variable, struct ih_period days,
    const struct coded *coded, size_t *at)
{
	unsigned bits = 0;

	for (size_t i = 0; i < variable->count; i++)
		bits |= is_within(days, i == variable->opened ?
					    coded->opened :
					    coded->steps[(*at)++])
			<< i;
	return bits;
}

static unsigned
by_days(const struct ih_variable *variable, struct ih_period days,
    const struct coded *coded, size_t *at)
{
	uint16_t day = coded->steps[(*at)++];

	return is_within(days, day) != 0 ?
		   band_of(variable, day - coded->opened) :
		   0;
}

static void
bits_within(const struct ih_count *count, const struct coded *coded,
    unsigned bits[static IH_VARIABLES_MAX])
{
	size_t at = 0;

	for (size_t v = 0; v < count->tables->variable_count; v++) {
		const struct ih_variable *variable =
		    &count->tables->variables[v];

		if (variable->from == IH_FROM_STEP)
			bits[v] = by_steps(variable, count->days, coded, &at);
		else if (variable->from == IH_FROM_DAYS)
			bits[v] = by_days(variable, count->days, coded, &at);
		else
			bits[v] = coded->bits[v];
	}
}

/* Who was not opened in the period stands where steps are counted, only. */
static bool
stands_in(const struct ih_tables *tables, const struct ih_table *table,
    bool opened)
{
	return opened || counts_steps(&tables->variables[table->rows]) ||
	       counts_steps(&tables->variables[table->columns]);
}

static void
add_person(struct ih_count *count, bool opened,
    const unsigned bits[static IH_VARIABLES_MAX])
{
	const struct ih_tables *tables = count->tables;

	for (size_t t = 0; t < tables->table_count; t++) {
		const struct ih_table *table = &tables->tables[t];

		if (!stands_in(tables, table, opened))
			continue;
		for (unsigned r = bits[table->rows]; r != 0; r &= r - 1)
			for (unsigned c = bits[table->columns]; c != 0;
			     c &= c - 1)
				count->cells[t][__builtin_ctz(r)]
					    [__builtin_ctz(c)]++;
	}
	if (opened)
		count->persons++;
	else
		count->passed++;
}

bool
ih_coded_count(struct ih_count *count, const struct coded *coded,
    struct ih_error *err)
{
	unsigned bits[IH_VARIABLES_MAX] = { 0 };

	if (count->persons == IH_COUNT_MAX)
		return ih_fail(err, IH_INPUT, "more than %d rows in one return",
		    IH_COUNT_MAX);
	bits_within(count, coded, bits);
	add_person(count, is_within(count->days, coded->opened) != 0, bits);
	return true;
}

bool
ih_count_case(struct ih_count *count, const struct ih_statistic *one,
    struct ih_error *err)
{
	struct coded coded;
	bool training = false;

	if (!ih_coded_read(count->tables, count->committee, one, &coded,
		&training, err))
		return false;
	if (training != count->training) {
		count->passed++;
		return true;
	}
	return ih_coded_count(count, &coded, err);
}

bool
ih_count_row(struct ih_count *count, const void *bytes, size_t size,
    struct ih_error *err)
{
	const struct ih_statistic one = { .bytes = bytes, .size = size };

	return ih_count_case(count, &one, err);
}
