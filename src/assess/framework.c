/* This is where indicators and their rules are read and compiled. */
#include "ihala/framework.h"

#include <stdlib.h>
#include <string.h>

#include "ihala/node.h"
#include "ihala/xml.h"

_Static_assert(IH_FORMULA_DEPTH > IH_XML_DEPTH, "a formula needs no more");

static const char *const strengths[IH_STRENGTHS] = {
	[IH_STRONG] = "strong",
	[IH_MEDIUM] = "medium",
	[IH_WEAK] = "weak",
	[IH_UNWEIGHTED] = "",
};
static const char *const shapes[] = {
	[IH_COUNTS] = "counts",
	[IH_ELEMENTS] = "elements",
	[IH_ANY_OF] = "any-of",
	[IH_POINTS] = "points",
};
static const char *const levels[IH_LEVELS] = {
	[IH_NO_INDICATION] = "no-indication",
	[IH_POSSIBLE] = "possible",
	[IH_INDICATED] = "indicated",
};

const char *
ih_strength_name(enum ih_strength strength)
{
	return strengths[strength];
}

const char *
ih_shape_name(enum ih_shape shape)
{
	return shapes[shape];
}

const char *
ih_level_name(enum ih_level level)
{
	return levels[level];
}

struct reader {
	struct ih_framework *into;
	struct ih_arena *arena;
	struct ih_scope scope;
	struct ih_faults *faults;
};

static const char *
attribute(struct reader *r, const xmlNode *node, const char *name)
{
	const char *value = ih_attr(node, name);

	return ih_arena_text(r->arena, value != NULL ? value : "");
}

/* An id that an earlier one of COUNT (each SIZE bytes, id first) has. */
static void
check_new(struct reader *r, const xmlNode *node, const char *id,
    const void *earlier, size_t count, size_t size)
{
	for (size_t i = 0; i < count; i++) {
		const char *const *other =
		    (const void *)((const char *)earlier + i * size);

		if (strcmp(*other, id) == 0) {
			ih_fault(r->faults, ih_line(node),
			    "there are two <%s> \"%s\"",
			    (const char *)node->name, id);
			return;
		}
	}
}

/* A conclusion that cites nothing convinces nobody. */
static struct ih_source
read_source(struct reader *r, const xmlNode *node)
{
	size_t count;
	const struct ih_source *sources =
	    ih_sources_read(r->arena, node, &count);

	if (count == 0 || sources[0].text[0] == '\0') {
		ih_fault(r->faults, ih_line(node),
		    "<%s> names no source: cite one, or say that it is the "
		    "project's policy",
		    (const char *)node->name);
		return (struct ih_source){ .text = "" };
	}
	return sources[0];
}

static void
read_when(struct reader *r, const xmlNode *node, struct ih_condition *when)
{
	ih_condition_compile(ih_child(ih_child(node, "when"), NULL), &r->scope,
	    r->arena, when, r->faults);
}

static unsigned
read_least(struct reader *r, const xmlNode *node, const char *name,
    unsigned most)
{
	const char *text = ih_attr(node, name);
	unsigned long value =
	    text != NULL && strlen(text) < 6 ? strtoul(text, NULL, 10) : 0;

	if (text != NULL && (value == 0 || value > most))
		ih_fault(r->faults, ih_line(node),
		    "%s must be a number from 1 to %u", name, most);
	return (unsigned)value;
}

/* Room for COUNT things of SIZE; says so where there are too many. */
static void *
take_room(struct reader *r, const xmlNode *node, const char *what, size_t count,
    size_t most, size_t size)
{
	if (count > most)
		ih_fault(r->faults, ih_line(node),
		    "%zu of <%s>; at most %zu are taken", count, what, most);
	return ih_arena_take(r->arena, count * size);
}

/* ---- the shape of the rule */

/* Elements of the law have no strengths: the first indicator tells. */
static enum ih_shape
shape_of(const xmlNode *root)
{
	const xmlNode *first =
	    ih_child(ih_child(root, "dimension"), "indicator");

	if (ih_child(root, "any-rule") != NULL)
		return IH_ANY_OF;
	if (ih_child(root, "points-rule") != NULL)
		return IH_POINTS;
	return ih_attr(first, "strength") != NULL ? IH_COUNTS : IH_ELEMENTS;
}

bool
ih_framework_is_for(const struct ih_framework *framework, const char *committee)
{
	return framework->country == NULL ||
	       strcmp(framework->country, committee) == 0;
}

bool
ih_framework_adds_up(const struct ih_framework *framework)
{
	return framework->shape == IH_ANY_OF || framework->shape == IH_POINTS;
}

/* An attribute of an indicator that belongs to one shape of rule alone. */
static void
check_weight(struct reader *r, const xmlNode *node, const char *name,
    enum ih_shape shape)
{
	bool has = ih_attr(node, name) != NULL, is = r->into->shape == shape;

	if (has != is)
		ih_fault(r->faults, ih_line(node),
		    "indicator \"%s\" %s %s, which a rule of the shape \"%s\" "
		    "%s",
		    attribute(r, node, "id"), has ? "has" : "has no", name,
		    shapes[r->into->shape],
		    has ? "does not count" : "cannot do without");
}

/* ---- dimensions and indicators */

static bool
cites_article(const struct ih_indicator *indicator)
{
	for (size_t i = 0; i < indicator->source_count; i++)
		if (indicator->sources[i].article != NULL)
			return true;
	return false;
}

static void
check_indicator(struct reader *r, const xmlNode *node,
    const struct ih_indicator *indicator)
{
	check_weight(r, node, "strength", IH_COUNTS);
	check_weight(r, node, "points", IH_POINTS);
	if (indicator->code[0] != '\0' && !cites_article(indicator))
		ih_fault(r->faults, ih_line(node),
		    "element \"%s\" of the law cites no article",
		    indicator->id);
}

static void
read_indicator(struct reader *r, const xmlNode *node, size_t dimension)
{
	struct ih_framework *into = r->into;
	struct ih_indicator indicator = {
		.id = attribute(r, node, "id"),
		.dimension = dimension,
		.strength = IH_UNWEIGHTED,
		.points = read_least(r, node, "points", IH_POINTS_MAX),
		.code = attribute(r, node, "code"),
		.texts = ih_texts_read(r->arena, node),
	};

	if (ih_attr(node, "strength") != NULL)
		indicator.strength = (enum ih_strength)ih_attr_word(node,
		    "strength", strengths, IH_STRENGTHS);
	if (indicator.points == 0)
		indicator.points = 1;

	check_new(r, node, indicator.id, into->indicators,
	    into->indicator_count, sizeof indicator);
	indicator.sources =
	    ih_sources_read(r->arena, node, &indicator.source_count);
	check_indicator(r, node, &indicator);
	read_when(r, node, &indicator.when);
	into->indicators[into->indicator_count++] = indicator;
}

static void
read_dimension(struct reader *r, const xmlNode *node)
{
	struct ih_framework *into = r->into;
	size_t at = into->dimension_count;
	struct ih_dimension dimension = {
		.id = attribute(r, node, "id"),
		.title = ih_texts_read(r->arena, ih_child(node, "title")),
		.first = into->indicator_count,
	};

	check_new(r, node, dimension.id, into->dimensions, at,
	    sizeof dimension);
	for (xmlNode *n = ih_child(node, "indicator"); n;
	     n = ih_next(n, "indicator")) {
		read_indicator(r, n, at);
		dimension.count++;
	}
	into->dimensions[into->dimension_count++] = dimension;
}

/* ---- the dimension rule */

static void
read_count_row(struct reader *r, const xmlNode *node)
{
	struct ih_framework *into = r->into;
	struct ih_count_row row = {
		.id = attribute(r, node, "id"),
		.texts = ih_texts_read(r->arena, node),
		.lesser = read_least(r, node, "lesser", IH_INDICATORS_MAX),
		.any = read_least(r, node, "any", IH_INDICATORS_MAX),
	};
	unsigned all = row.lesser + row.any;

	check_new(r, node, row.id, into->counts, into->count_count, sizeof row);
	for (int s = 0; s < IH_UNWEIGHTED; s++) {
		row.least.of[s] =
		    read_least(r, node, strengths[s], IH_INDICATORS_MAX);
		all += row.least.of[s];
	}
	if (all == 0)
		ih_fault(r->faults, ih_line(node),
		    "row \"%s\" asks for no indicator and would always be "
		    "met",
		    row.id);
	into->counts[into->count_count++] = row;
}

static bool
row_is_met(const struct ih_count_row *row, const struct ih_tally *tally)
{
	unsigned lesser = tally->of[IH_MEDIUM] + tally->of[IH_WEAK];

	return tally->of[IH_STRONG] >= row->least.of[IH_STRONG] &&
	       tally->of[IH_MEDIUM] >= row->least.of[IH_MEDIUM] &&
	       tally->of[IH_WEAK] >= row->least.of[IH_WEAK] &&
	       lesser >= row->lesser &&
	       tally->of[IH_STRONG] + lesser + tally->of[IH_UNWEIGHTED] >=
		   row->any;
}

const struct ih_count_row *
ih_framework_row(const struct ih_framework *framework,
    const struct ih_tally *tally)
{
	for (size_t i = 0; i < framework->count_count; i++)
		if (row_is_met(&framework->counts[i], tally))
			return &framework->counts[i];
	return NULL;
}

/* A dimension that no answers can make positive is a slip of the author. */
static void
check_reachable(struct reader *r, const xmlNode *root)
{
	const struct ih_framework *f = r->into;
	const xmlNode *node = ih_child(root, "dimension");

	for (size_t d = 0; d < f->dimension_count;
	     d++, node = ih_next(node, "dimension")) {
		const struct ih_dimension *dimension = &f->dimensions[d];
		struct ih_tally all = { 0 };

		for (size_t i = 0; i < dimension->count; i++)
			all.of[f->indicators[dimension->first + i].strength]++;
		if (ih_framework_row(f, &all) == NULL)
			ih_fault(r->faults, ih_line(node),
			    "dimension \"%s\" can meet no row of the "
			    "dimension rule",
			    dimension->id);
	}
}

/* ---- the outcome rule */

static bool
add_op(struct reader *r, const xmlNode *node, struct ih_formula *formula,
    struct ih_join_op op)
{
	if (formula->count == IH_FORMULA_OPS)
		return ih_fault(r->faults, ih_line(node),
		    "an outcome row of more than %d parts", IH_FORMULA_OPS);
	formula->ops[formula->count++] = op;
	return true;
}

static bool
read_positive(struct reader *r, const xmlNode *node, struct ih_formula *formula)
{
	const char *id = attribute(r, node, "dimension");

	for (size_t d = 0; d < r->into->dimension_count; d++)
		if (strcmp(r->into->dimensions[d].id, id) == 0)
			return add_op(r, node, formula,
			    (struct ih_join_op){ .what = IH_JOIN_POSITIVE,
				.dimension = d });
	return ih_fault(r->faults, ih_line(node),
	    "there is no dimension \"%s\"", id);
}

static bool
read_fact(struct reader *r, const xmlNode *node, struct ih_formula *formula)
{
	struct ih_join_op op = { .what = IH_JOIN_FACT };

	return ih_condition_compile(ih_child(node, NULL), &r->scope, r->arena,
		   &op.fact, r->faults) &&
	       add_op(r, node, formula, op);
}

/* Only shapes that rise with their dimensions are known here: a "not" above
 * a dimension cannot be written. */
static bool
read_formula(struct reader *r, const xmlNode *node, struct ih_formula *formula)
{
	struct ih_join_op join = {
		.what = ih_is(node, "all") ? IH_JOIN_ALL : IH_JOIN_ANY,
	};
	bool fine = true, first = true;

	if (ih_is(node, "positive"))
		return read_positive(r, node, formula);
	if (ih_is(node, "fact"))
		return read_fact(r, node, formula);
	if (!ih_is(node, "all") && !ih_is(node, "any"))
		return ih_fault(r->faults, ih_line(node),
		    "<%s> has no place in an outcome rule",
		    (const char *)node->name);
	for (xmlNode *n = ih_child(node, NULL); n; n = ih_next(n, NULL)) {
		fine = read_formula(r, n, formula) && fine;
		if (fine && !first)
			fine = add_op(r, n, formula, join);
		first = false;
	}
	return fine;
}

static struct ih_outcome_row
read_outcome_head(struct reader *r, const xmlNode *node)
{
	const struct ih_framework *into = r->into;
	struct ih_outcome_row row = {
		.id = attribute(r, node, "id"),
		.level = (enum ih_level)ih_attr_word(node, "level", levels,
		    IH_LEVELS),
		.status = attribute(r, node, "status"),
		.texts = ih_texts_read(r->arena, node),
		.source = read_source(r, node),
	};

	check_new(r, node, row.id, into->outcomes, into->outcome_count,
	    sizeof row);
	return row;
}

static void
read_outcome_row(struct reader *r, const xmlNode *node)
{
	struct ih_framework *into = r->into;
	struct ih_outcome_row row = read_outcome_head(r, node);

	row.when.ops =
	    ih_arena_take(r->arena, IH_FORMULA_OPS * sizeof *row.when.ops);
	read_formula(r, ih_child(ih_child(node, "when"), NULL), &row.when);
	into->outcomes[into->outcome_count++] = row;
}

/* ---- a rule that adds up */

static unsigned
sum_of_all(const struct ih_framework *framework)
{
	unsigned sum = 0;

	for (size_t i = 0; i < framework->indicator_count; i++)
		sum += framework->indicators[i].points;
	return sum;
}

/* More points must never mean less. */
static void
check_band(struct reader *r, const xmlNode *node,
    const struct ih_outcome_row *row)
{
	const struct ih_framework *f = r->into;
	const struct ih_outcome_row *before =
	    f->outcome_count > 0 ? &f->outcomes[f->outcome_count - 1] : NULL;

	if (before != NULL && row->from <= before->from)
		ih_fault(r->faults, ih_line(node),
		    "row \"%s\" must ask for more than the one before it",
		    row->id);
	if (before != NULL && row->level < before->level)
		ih_fault(r->faults, ih_line(node),
		    "not monotone: row \"%s\" asks for more and says less than "
		    "the one before it",
		    row->id);
	if (row->from > sum_of_all(f))
		ih_fault(r->faults, ih_line(node),
		    "row \"%s\" can never be met: all indicators together "
		    "make %u",
		    row->id, sum_of_all(f));
}

static void
read_bands(struct reader *r, const xmlNode *node, const char *name,
    const char *least)
{
	struct ih_framework *into = r->into;

	into->outcomes = take_room(r, node, name, ih_children(node, name),
	    IH_ROWS_MAX, sizeof *into->outcomes);
	for (xmlNode *n = ih_child(node, name); n; n = ih_next(n, name)) {
		struct ih_outcome_row row = read_outcome_head(r, n);

		row.from =
		    read_least(r, n, least, IH_INDICATORS_MAX * IH_POINTS_MAX);
		check_band(r, n, &row);
		into->outcomes[into->outcome_count++] = row;
	}
}

/* ---- what is judged apart */

static void
read_apart_row(struct reader *r, const xmlNode *node, struct ih_apart_row *rows,
    size_t *count)
{
	struct ih_apart_row row = {
		.id = attribute(r, node, "id"),
		.status = attribute(r, node, "status"),
		.texts = ih_texts_read(r->arena, node),
		.source = read_source(r, node),
	};

	check_new(r, node, row.id, rows, *count, sizeof row);
	read_when(r, node, &row.when);
	rows[(*count)++] = row;
}

static void
read_apart(struct reader *r, const xmlNode *node, struct ih_apart_row **rows,
    size_t *count)
{
	if (node == NULL)
		return;
	*rows = take_room(r, node, "row", ih_children(node, "row"), IH_ROWS_MAX,
	    sizeof **rows);
	for (xmlNode *n = ih_child(node, "row"); n; n = ih_next(n, "row"))
		read_apart_row(r, n, *rows, count);
}

/* ---- the whole */

static void
read_head(struct reader *r, const xmlNode *root)
{
	struct ih_framework *into = r->into;

	into->id = attribute(r, root, "id");
	into->version = attribute(r, root, "version");
	into->status = attribute(r, root, "status");
	into->title = ih_texts_read(r->arena, ih_child(root, "title"));
	into->main = ih_attr(root, "main") != NULL;
	if (ih_attr(root, "country") != NULL)
		into->country = attribute(r, root, "country");
	into->shape = shape_of(root);
	into->sources = ih_sources_read(r->arena, root, &into->source_count);
	read_source(r, root);
	if (strcmp(attribute(r, root, "instrument"), into->instrument->id) != 0)
		ih_fault(r->faults, ih_line(root),
		    "this framework speaks of another instrument than %s",
		    into->instrument->id);
}

static void
read_dimensions(struct reader *r, const xmlNode *root)
{
	struct ih_framework *into = r->into;
	size_t indicators = 0;

	for (xmlNode *n = ih_child(root, "dimension"); n;
	     n = ih_next(n, "dimension"))
		indicators += ih_children(n, "indicator");
	into->dimensions =
	    take_room(r, root, "dimension", ih_children(root, "dimension"),
		IH_DIMENSIONS_MAX, sizeof *into->dimensions);
	into->indicators = take_room(r, root, "indicator", indicators,
	    IH_INDICATORS_MAX, sizeof *into->indicators);
	for (xmlNode *n = ih_child(root, "dimension"); n;
	     n = ih_next(n, "dimension"))
		read_dimension(r, n);
}

static void
read_counts(struct reader *r, const xmlNode *node)
{
	r->into->count_source = read_source(r, node);
	r->into->counts = take_room(r, node, "row", ih_children(node, "row"),
	    IH_ROWS_MAX, sizeof *r->into->counts);
	for (xmlNode *n = ih_child(node, "row"); n; n = ih_next(n, "row"))
		read_count_row(r, n);
}

static void
read_outcomes(struct reader *r, const xmlNode *node)
{
	r->into->outcomes = take_room(r, node, "row", ih_children(node, "row"),
	    IH_ROWS_MAX, sizeof *r->into->outcomes);
	for (xmlNode *n = ih_child(node, "row"); n; n = ih_next(n, "row"))
		read_outcome_row(r, n);
}

/* The condition stands after the texts. */
static void
read_withheld(struct reader *r, const xmlNode *node)
{
	xmlNode *condition;

	if (node == NULL)
		return;
	condition = ih_child(node, NULL);
	while (ih_is(condition, "text"))
		condition = ih_next(condition, NULL);
	r->into->withheld.texts = ih_texts_read(r->arena, node);
	ih_condition_compile(condition, &r->scope, r->arena,
	    &r->into->withheld.where, r->faults);
}

static void
read_rule(struct reader *r, const xmlNode *root)
{
	switch (r->into->shape) {
	case IH_ANY_OF:
		read_bands(r, ih_child(root, "any-rule"), "row", "at-least");
		return;
	case IH_POINTS:
		read_bands(r, ih_child(root, "points-rule"), "band", "from");
		return;
	default:
		read_counts(r, ih_child(root, "dimension-rule"));
		check_reachable(r, root);
		read_outcomes(r, ih_child(root, "outcome-rule"));
	}
}

static bool
read_root(struct reader *r, const xmlNode *root)
{
	read_head(r, root);
	read_withheld(r, ih_child(root, "withheld-if"));
	read_dimensions(r, root);
	read_rule(r, root);
	read_apart(r, ih_child(root, "urgency"), &r->into->urgencies,
	    &r->into->urgency_count);
	read_apart(r, ih_child(root, "contradictions"),
	    &r->into->contradictions, &r->into->contradiction_count);
	return r->faults->count == 0;
}

static struct ih_framework *
framework_new(const struct ih_instrument *instrument)
{
	struct ih_arena *arena = ih_arena_new();
	struct ih_framework *made = ih_arena_take(arena, sizeof *made);

	made->arena = arena;
	made->instrument = instrument;
	return made;
}

static struct reader
reader_of(struct ih_framework *into, struct ih_faults *faults)
{
	return (struct reader){
		.into = into,
		.arena = into->arena,
		.scope = { .instrument = into->instrument,
		    .before = into->instrument->item_count,
		    .facts_only = true,
		    .bounded = true },
		.faults = faults,
	};
}

struct ih_framework *
ih_framework_read(struct ih_schema *schema,
    const struct ih_instrument *instrument, const char *name, const void *bytes,
    size_t size, struct ih_error *err)
{
	IH_OWNED(xmlDoc) doc = ih_schema_parse(schema, name, bytes, size, err);
	struct ih_faults faults = ih_faults_to(err, name);

	if (doc == NULL)
		return NULL;
	IH_OWNED(ih_framework) into = framework_new(instrument);
	struct reader r = reader_of(into, &faults);

	if (!read_root(&r, xmlDocGetRootElement(doc)))
		return NULL;
	ih_digest_text(bytes, size, into->digest);
	return IH_GIVE(into);
}

struct ih_framework *
ih_framework_load(struct ih_library *library, const char *id,
    const struct ih_instrument *instrument, struct ih_error *err)
{
	char name[128];

	snprintf(name, sizeof name, "xml/framework/%s.xml", id);
	IH_OWNED(ih_buffer) bytes = ih_library_read(library, name, err);
	if (bytes == NULL)
		return NULL;
	IH_OWNED(ih_schema) schema = ih_schema_load(library, "framework", err);
	if (schema == NULL)
		return NULL;
	IH_OWNED(ih_framework) read = ih_framework_read(schema, instrument,
	    name, bytes->data, bytes->size, err);
	if (read != NULL && strcmp(read->id, id) != 0) {
		ih_fail(err, IH_INPUT, "%s: the id inside is another one",
		    name);
		return NULL;
	}
	return IH_GIVE(read);
}

bool
ih_framework_check(struct ih_schema *schema,
    const struct ih_instrument *instrument, const char *name, const void *bytes,
    size_t size, ih_fault_each *each, void *with)
{
	struct ih_error err = { 0 };
	struct ih_faults faults = { .name = name, .each = each, .with = with };
	IH_OWNED(xmlDoc) doc = ih_schema_parse(schema, name, bytes, size, &err);

	if (doc == NULL) {
		each(err.text, with);
		return false;
	}
	IH_OWNED(ih_framework) into = framework_new(instrument);
	struct reader r = reader_of(into, &faults);

	return read_root(&r, xmlDocGetRootElement(doc));
}

const char *
ih_framework_instrument(struct ih_schema *schema, struct ih_arena *arena,
    const char *name, const void *bytes, size_t size, bool *main,
    struct ih_error *err)
{
	IH_OWNED(xmlDoc) doc = schema != NULL ?
				   ih_xml_read(name, bytes, size, err) :
				   ih_xml_read_root(name, bytes, size, err);
	const char *instrument;
	const xmlNode *root;

	if (doc == NULL ||
	    (schema != NULL && !ih_schema_check(schema, doc, name, err)))
		return NULL;
	root = xmlDocGetRootElement(doc);
	*main = ih_attr(root, "main") != NULL;
	instrument = ih_attr(root, "instrument");
	if (instrument == NULL) {
		ih_fail(err, IH_INPUT, "%s:%ld: names no instrument", name,
		    ih_line(root));
		return NULL;
	}
	return ih_arena_text(arena, instrument);
}

void
ih_framework_free(struct ih_framework *framework)
{
	if (framework != NULL)
		ih_arena_free(framework->arena);
}
