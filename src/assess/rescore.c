/* This is where a conclusion is laid beside an earlier one. */
#include "ihala/rescore.h"

#include <string.h>

#include "ihala/node.h"

static const char *const whats[IH_STAND_WHATS] = {
	[IH_STAND_URGENCY] = "urgency",
	[IH_STAND_ROW] = "row",
	[IH_STAND_DIMENSION] = "dimension",
	[IH_STAND_INDICATOR] = "indicator",
};

static const char *const stoods[IH_STOODS] = {
	[IH_STOOD_NOT_THERE] = "not-there",
	[IH_STOOD_FALSE] = "false",
	[IH_STOOD_UNDETERMINED] = "undetermined",
	[IH_STOOD_TRUE] = "true",
};

static const char *const founds[IH_FOUNDS] = {
	[IH_FOUND_INDICATED] = "indicated",
	[IH_FOUND_POSSIBLE] = "possible",
	[IH_FOUND_UNDETERMINED] = "undetermined",
	[IH_FOUND_NO_INDICATION] = "no-indication",
	[IH_FOUND_WITHHELD] = "withheld",
	[IH_FOUND_NONE] = "none",
};

const char *
ih_stand_name(enum ih_stand_what what)
{
	return whats[what];
}

const char *
ih_stood_name(enum ih_stood stood)
{
	return stoods[stood];
}

const char *
ih_found_name(enum ih_found found)
{
	return founds[found];
}

enum ih_found
ih_found(const struct ih_standing *standing)
{
	const char *name;
	int found = IH_FOUND_INDICATED;

	if (standing == NULL)
		return IH_FOUND_NONE;
	if (standing->withheld)
		return IH_FOUND_WITHHELD;
	name = ih_outcome_name(standing->at_least, standing->at_most);
	while (strcmp(founds[found], name) != 0)
		found++;
	return (enum ih_found)found;
}

static void
stand(struct ih_standing *standing, enum ih_stand_what what, const char *id,
    enum ih_stood stood)
{
	standing->list[standing->count++] =
	    (struct ih_stand){ what, id, stood, "" };
}

static void
weigh(struct ih_standing *standing, const char *weight)
{
	standing->list[standing->count - 1].weight = weight;
}

/* ---- as judged now */

static enum ih_stood
stood_of(uint8_t three)
{
	return three == IH_TRUE  ? IH_STOOD_TRUE :
	       three == IH_FALSE ? IH_STOOD_FALSE :
				   IH_STOOD_UNDETERMINED;
}

static const char *
weight_of(const struct ih_framework *f, const struct ih_indicator *indicator,
    struct ih_arena *arena)
{
	return f->shape == IH_POINTS ?
		   ih_arena_printf(arena, "%u", indicator->points) :
		   ih_strength_name(indicator->strength);
}

struct ih_standing
ih_standing_of(const struct ih_framework *framework,
    const struct ih_bounds *bounds, struct ih_arena *arena)
{
	const struct ih_framework *f = framework;
	struct ih_standing s = { .framework = f->id,
		.version = f->version,
		.digest = f->digest,
		.engine = IH_ENGINE_VERSION,
		.at_least = bounds->at_least,
		.at_most = bounds->at_most,
		.withheld = bounds->withheld,
		.whole = true };

	s.list =
	    ih_arena_take(arena, (f->urgency_count + f->outcome_count +
				     f->dimension_count + f->indicator_count) *
				     sizeof *s.list);
	for (size_t i = 0; i < f->urgency_count; i++)
		stand(&s, IH_STAND_URGENCY, f->urgencies[i].id,
		    stood_of(bounds->urgencies[i]));
	for (size_t i = 0; i < f->outcome_count; i++)
		stand(&s, IH_STAND_ROW, f->outcomes[i].id,
		    bounds->outcomes[i] == IH_TRUE ? IH_STOOD_TRUE :
						     IH_STOOD_FALSE);
	for (size_t i = 0; i < f->dimension_count; i++)
		stand(&s, IH_STAND_DIMENSION, f->dimensions[i].id,
		    stood_of(bounds->dimensions[i]));
	for (size_t i = 0; i < f->indicator_count; i++) {
		stand(&s, IH_STAND_INDICATOR, f->indicators[i].id,
		    stood_of(bounds->indicators[i]));
		weigh(&s, weight_of(f, &f->indicators[i], arena));
	}
	return s;
}

/* ---- as written down */

static bool
no_assessment(struct ih_error *err)
{
	return ih_fail(err, IH_INPUT, "the assessment is not as it has to be");
}

/* Where there is one: which of COUNT names it is; -1: none. */
static int
named(const char *name, const char *const *names, int count)
{
	for (int i = 0; name != NULL && i < count; i++)
		if (strcmp(names[i], name) == 0)
			return i;
	return -1;
}

static int
level_named(const char *name)
{
	const char *const levels[IH_LEVELS] = {
		ih_level_name(IH_NO_INDICATION),
		ih_level_name(IH_POSSIBLE),
		ih_level_name(IH_INDICATED),
	};

	return named(name, levels, IH_LEVELS);
}

/* NODE stands for WHAT, its id in ID, how it stood in STOOD (NULL: true). */
static bool
read_stand(struct ih_standing *s, struct ih_arena *arena, const xmlNode *node,
    enum ih_stand_what what, const char *id, const char *stood)
{
	const char *name = ih_attr(node, id);
	int how = stood == NULL ?
		      IH_STOOD_TRUE :
		      named(ih_attr(node, stood), stoods, IH_STOODS);

	if (name == NULL || how < 0)
		return false;
	stand(s, what, ih_arena_text(arena, name), (enum ih_stood)how);
	return true;
}

static bool
read_rows(struct ih_standing *s, struct ih_arena *arena, const xmlNode *node)
{
	const char *withheld = ih_attr(node, "withheld");
	int least = level_named(ih_attr(node, "at-least"));
	int most = level_named(ih_attr(node, "at-most"));

	if (least < 0 || most < 0)
		return false;
	s->at_least = (enum ih_level)least;
	s->at_most = (enum ih_level)most;
	s->withheld = withheld != NULL && strcmp(withheld, "true") == 0;
	for (xmlNode *n = ih_child(node, "row"); n; n = ih_next(n, "row"))
		if (!read_stand(s, arena, n, IH_STAND_ROW, "id", NULL))
			return false;
	return true;
}

static bool
read_indicator(struct ih_standing *s, struct ih_arena *arena,
    const xmlNode *node)
{
	const char *points = ih_attr(node, "points");
	const char *weight =
	    points != NULL ? points : ih_attr(node, "strength");

	if (!read_stand(s, arena, node, IH_STAND_INDICATOR, "id", "present"))
		return false;
	weigh(s, weight != NULL ? ih_arena_text(arena, weight) : "");
	return true;
}

static bool
read_dimension(struct ih_standing *s, struct ih_arena *arena,
    const xmlNode *node)
{
	if (!read_stand(s, arena, node, IH_STAND_DIMENSION, "id", "positive"))
		return false;
	for (xmlNode *n = ih_child(node, "indicator"); n;
	     n = ih_next(n, "indicator"))
		if (!read_indicator(s, arena, n))
			return false;
	return true;
}

static bool
read_child(struct ih_standing *s, struct ih_arena *arena, const xmlNode *node)
{
	if (ih_is(node, "urgent"))
		return read_stand(s, arena, node, IH_STAND_URGENCY, "row",
		    "present");
	if (ih_is(node, "outcome"))
		return read_rows(s, arena, node);
	if (ih_is(node, "dimension"))
		return read_dimension(s, arena, node);
	return true;
}

/* More than enough: each element below is at most one entry. */
static size_t
count_below(const xmlNode *node)
{
	size_t count = 0;

	for (xmlNode *n = ih_child(node, NULL); n; n = ih_next(n, NULL))
		count += 1 + count_below(n);
	return count;
}

bool
ih_standing_read(const xmlNode *assessment, struct ih_arena *arena,
    struct ih_standing *standing, struct ih_error *err)
{
	const struct {
		const char *name;
		const char **into;
	} pins[] = {
		{ "framework", &standing->framework },
		{ "framework-version", &standing->version },
		{ "framework-digest", &standing->digest },
		{ "engine", &standing->engine },
	};

	*standing = (struct ih_standing){ 0 };
	for (size_t i = 0; i < sizeof pins / sizeof pins[0]; i++) {
		const char *value = ih_attr(assessment, pins[i].name);

		if (value == NULL)
			return no_assessment(err);
		*pins[i].into = ih_arena_text(arena, value);
	}
	if (ih_child(assessment, "outcome") == NULL)
		return no_assessment(err);
	standing->list = ih_arena_take(arena,
	    (1 + count_below(assessment)) * sizeof *standing->list);
	for (xmlNode *n = ih_child(assessment, NULL); n; n = ih_next(n, NULL))
		if (!read_child(standing, arena, n))
			return no_assessment(err);
	return true;
}

/* ---- side by side */

/* How it stood there; HINT is where it is likely found. */
static struct ih_stand
find(const struct ih_standing *standing, const struct ih_stand *like,
    size_t *hint)
{
	for (size_t k = 0; k < standing->count; k++) {
		size_t at = (*hint + k) % standing->count;
		const struct ih_stand *here = &standing->list[at];

		if (here->what != like->what || strcmp(here->id, like->id) != 0)
			continue;
		*hint = at + 1;
		return *here;
	}
	return (struct ih_stand){ like->what, like->id,
		standing->whole ? IH_STOOD_NOT_THERE : IH_STOOD_FALSE, "" };
}

static bool
holds(const struct ih_stand *stand)
{
	return stand->stood == IH_STOOD_TRUE ||
	       stand->stood == IH_STOOD_UNDETERMINED;
}

/* A rule that went, came or weighs otherwise without ever having held makes
 * no difference. */
static void
add_change(struct ih_rescore *r, const struct ih_stand *was,
    const struct ih_stand *now)
{
	bool same =
	    was->stood == now->stood && strcmp(was->weight, now->weight) == 0;

	if (!same && (holds(was) || holds(now)))
		r->changes[r->count++] = (struct ih_change){ now->what, now->id,
			was->stood, now->stood, was->weight, now->weight };
}

static void
find_changes(struct ih_rescore *r, const struct ih_standing *was,
    const struct ih_standing *now)
{
	size_t hint = 0;

	for (size_t i = 0; i < now->count; i++) {
		struct ih_stand stood = find(was, &now->list[i], &hint);

		add_change(r, &stood, &now->list[i]);
	}
	hint = 0;
	/* What only the earlier side lists. */
	for (size_t i = 0; i < was->count; i++) {
		struct ih_stand stands = find(now, &was->list[i], &hint);

		if (stands.stood == IH_STOOD_NOT_THERE)
			add_change(r, &was->list[i], &stands);
	}
}

struct ih_rescore
ih_rescore(const struct ih_standing *was, const struct ih_standing *now,
    struct ih_arena *arena)
{
	struct ih_rescore r = { .was = ih_found(was), .now = ih_found(now) };

	r.moved = r.was != r.now;
	if (was == NULL || now == NULL)
		return r;
	r.moved = r.moved || was->at_least != now->at_least ||
		  was->at_most != now->at_most;
	r.changes =
	    ih_arena_take(arena, (was->count + now->count) * sizeof *r.changes);
	find_changes(&r, was, now);
	return r;
}
