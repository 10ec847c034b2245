/* This is where old and new conclusions are gathered and written down. */
#include "rescoring.h"

#include <string.h>

#include "form.h"
#include "listing.h"
#include "words_keys.h"

/* ---- gathering */

static struct rescore_rules *
rules_of(struct rescoring *r, const char *framework, struct ih_error *err)
{
	struct ih_arena *arena = r->request->arena;

	if (r->rules == NULL)
		r->rules =
		    ih_arena_take(arena, RESCORE_RULES * sizeof *r->rules);
	for (size_t i = 0; i < r->count; i++)
		if (strcmp(r->rules[i].framework, framework) == 0)
			return &r->rules[i];
	if (r->count == RESCORE_RULES) {
		ih_fail(err, IH_INPUT, "more than %d frameworks",
		    RESCORE_RULES);
		return NULL;
	}
	r->rules[r->count] = (struct rescore_rules){
		.framework = ih_arena_text(arena, framework),
		.was = ih_arena_take(arena,
		    RESCORE_PINS * sizeof(struct rescore_pin)),
		.now = ih_arena_take(arena,
		    RESCORE_PINS * sizeof(struct rescore_pin)),
	};
	r->rules[r->count].title = r->rules[r->count].framework;
	return &r->rules[r->count++];
}

static bool
is_pin(const struct rescore_pin *pin, const struct ih_standing *s)
{
	return strcmp(pin->version, s->version) == 0 &&
	       strcmp(pin->digest, s->digest) == 0 &&
	       strcmp(pin->engine, s->engine) == 0;
}

/* One more interview that was judged so; NULL: it was not judged. */
static bool
pin(struct rescore_pin *pins, size_t *count, const struct ih_standing *s,
    struct ih_arena *arena, struct ih_error *err)
{
	size_t at = 0;

	if (s == NULL)
		return true;
	while (at < *count && !is_pin(&pins[at], s))
		at++;
	if (at == RESCORE_PINS)
		return ih_fail(err, IH_INPUT,
		    "more than %d versions of one framework", RESCORE_PINS);
	if (at == *count)
		pins[(*count)++] =
		    (struct rescore_pin){ ih_arena_text(arena, s->version),
			    ih_arena_text(arena, s->digest),
			    ih_arena_text(arena, s->engine), 0 };
	pins[at].interviews++;
	return true;
}

/* The head of a standing, without what it lists. */
static const struct ih_standing *
keep(struct ih_arena *arena, const struct ih_standing *s)
{
	struct ih_standing *kept;

	if (s == NULL)
		return NULL;
	kept = ih_arena_take(arena, sizeof *kept);
	*kept = *s;
	kept->framework = ih_arena_text(arena, s->framework);
	kept->version = ih_arena_text(arena, s->version);
	kept->digest = ih_arena_text(arena, s->digest);
	kept->engine = ih_arena_text(arena, s->engine);
	kept->list = NULL;
	kept->count = 0;
	return kept;
}

static const struct ih_texts *
texts_of(const struct ih_framework *f, const struct ih_change *change)
{
	const char *id = change->id;

	for (size_t i = 0; i < f->urgency_count; i++)
		if (change->what == IH_STAND_URGENCY &&
		    strcmp(f->urgencies[i].id, id) == 0)
			return &f->urgencies[i].texts;
	for (size_t i = 0; i < f->outcome_count; i++)
		if (change->what == IH_STAND_ROW &&
		    strcmp(f->outcomes[i].id, id) == 0)
			return &f->outcomes[i].texts;
	for (size_t i = 0; i < f->dimension_count; i++)
		if (change->what == IH_STAND_DIMENSION &&
		    strcmp(f->dimensions[i].id, id) == 0)
			return &f->dimensions[i].title;
	for (size_t i = 0; i < f->indicator_count; i++)
		if (change->what == IH_STAND_INDICATOR &&
		    strcmp(f->indicators[i].id, id) == 0)
			return &f->indicators[i].texts;
	return NULL;
}

const char *
rescoring_title(struct request *request, const struct ih_framework *framework,
    const struct ih_change *change)
{
	const struct ih_texts *texts =
	    framework != NULL ? texts_of(framework, change) : NULL;

	return texts != NULL ? ih_texts_say(texts, request->tongue) :
			       change->id;
}

static struct rescore_change *
keep_changes(struct request *request, const struct ih_rescore *found,
    const struct ih_framework *framework)
{
	struct ih_arena *arena = request->arena;
	struct rescore_change *kept =
	    ih_arena_take(arena, found->count * sizeof *kept);

	for (size_t i = 0; i < found->count; i++) {
		kept[i].change = found->changes[i];
		kept[i].change.id = ih_arena_text(arena, found->changes[i].id);
		kept[i].change.was_weight =
		    ih_arena_text(arena, found->changes[i].was_weight);
		kept[i].change.now_weight =
		    ih_arena_text(arena, found->changes[i].now_weight);
		kept[i].text = ih_arena_text(arena,
		    rescoring_title(request, framework, &found->changes[i]));
	}
	return kept;
}

static void
add_row(struct rescore_rules *rules, struct ih_arena *arena,
    struct rescore_row row)
{
	rules->rows = ih_arena_more(arena, rules->rows, rules->count,
	    &rules->room, sizeof row);
	rules->rows[rules->count++] = row;
	rules->cross[row.was_found][row.now_found]++;
	rules->moved += row.moved;
}

bool
rescoring_add(struct rescoring *rescoring, const char *name, bool training,
    const struct ih_standing *was, const struct ih_standing *now,
    const struct ih_framework *framework, struct ih_error *err)
{
	struct request *request = rescoring->request;
	struct ih_arena *arena = request->arena;
	struct rescore_rules *rules = rules_of(rescoring,
	    now != NULL ? now->framework : was->framework, err);
	IH_OWNED(ih_arena) scratch = ih_arena_new();

	if (rules == NULL ||
	    !pin(rules->was, &rules->was_count, was, arena, err) ||
	    !pin(rules->now, &rules->now_count, now, arena, err))
		return false;
	if (framework != NULL && strcmp(rules->title, rules->framework) == 0)
		rules->title = ih_arena_text(arena,
		    ih_texts_say(&framework->title, request->tongue));
	struct ih_rescore found = ih_rescore(was, now, scratch);
	add_row(rules, arena,
	    (struct rescore_row){ .name = ih_arena_text(arena, name),
		.training = training,
		.moved = found.moved,
		.was = keep(arena, was),
		.now = keep(arena, now),
		.was_found = found.was,
		.now_found = found.now,
		.changes = keep_changes(request, &found, framework),
		.count = found.count });
	return true;
}

/* ---- for programs */

static void
form_pins(struct form *f, const char *names, const char *name,
    const struct rescore_pin *pins, size_t count)
{
	form_list(f, names);
	for (size_t i = 0; i < count; i++) {
		form_open(f, name, true);
		form_text(f, "version", pins[i].version);
		form_text(f, "digest", pins[i].digest);
		form_text(f, "engine", pins[i].engine);
		form_count(f, "interviews", pins[i].interviews);
		form_close(f);
	}
	form_list_end(f);
}

static void
form_cross(struct form *f, const struct rescore_rules *rules)
{
	form_list(f, "counts");
	for (int was = 0; was < IH_FOUNDS; was++)
		for (int now = 0; now < IH_FOUNDS; now++) {
			if (rules->cross[was][now] == 0)
				continue;
			form_open(f, "count", true);
			form_text(f, "was", ih_found_name((enum ih_found)was));
			form_text(f, "now", ih_found_name((enum ih_found)now));
			form_count(f, "interviews", rules->cross[was][now]);
			form_close(f);
		}
	form_list_end(f);
}

static void
form_standing(struct form *f, const char *name, enum ih_found found,
    const struct ih_standing *s)
{
	form_open(f, name, false);
	form_text(f, "outcome", ih_found_name(found));
	if (s != NULL) {
		form_text(f, "at-least", ih_level_name(s->at_least));
		form_text(f, "at-most", ih_level_name(s->at_most));
		form_text(f, "version", s->version);
		form_text(f, "digest", s->digest);
		form_text(f, "engine", s->engine);
	}
	form_close(f);
}

/* Of what holds on both sides, where that is the difference. */
static bool
weighs_otherwise(const struct ih_change *c)
{
	return c->was >= IH_STOOD_UNDETERMINED &&
	       c->now >= IH_STOOD_UNDETERMINED &&
	       strcmp(c->was_weight, c->now_weight) != 0;
}

static void
form_weights(struct form *f, const struct ih_change *c)
{
	if (!weighs_otherwise(c))
		return;
	form_text(f, "was-weight", c->was_weight);
	form_text(f, "now-weight", c->now_weight);
}

static void
form_row(struct form *f, const struct rescore_row *row)
{
	form_open(f, "interview", true);
	form_text(f, "name", row->name);
	form_text(f, "training", row->training ? "true" : NULL);
	form_text(f, "moved", row->moved ? "true" : "false");
	form_standing(f, "was", row->was_found, row->was);
	form_standing(f, "now", row->now_found, row->now);
	form_list(f, "changes");
	for (size_t i = 0; i < row->count; i++) {
		const struct ih_change *c = &row->changes[i].change;

		form_open(f, "change", true);
		form_text(f, "what", ih_stand_name(c->what));
		form_text(f, "id", c->id);
		form_text(f, "was", ih_stood_name(c->was));
		form_text(f, "now", ih_stood_name(c->now));
		form_weights(f, c);
		form_close(f);
	}
	form_list_end(f);
	form_close(f);
}

static void
form_rules(struct form *f, const struct rescore_rules *rules)
{
	form_open(f, "rules", true);
	form_text(f, "framework", rules->framework);
	form_count(f, "interviews", rules->count);
	form_count(f, "moved", rules->moved);
	form_pins(f, "before", "before", rules->was, rules->was_count);
	form_pins(f, "after", "after", rules->now, rules->now_count);
	form_cross(f, rules);
	form_list(f, "interviews-judged");
	for (size_t i = 0; i < rules->count; i++)
		form_row(f, &rules->rows[i]);
	form_list_end(f);
	form_close(f);
}

static bool
print_form(const struct rescoring *r, struct ih_error *err)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct form f =
	    form_start(r->request->format == FORMAT_JSON, out, "rescore");

	form_text(&f, "engine", IH_ENGINE_VERSION);
	form_count(&f, "compared", r->compared);
	form_count(&f, "training", r->training);
	form_count(&f, "other-instrument", r->other);
	form_count(&f, "received", r->received);
	form_count(&f, "without-interview", r->empty);
	form_count(&f, "refused", r->refused);
	form_list(&f, "rules");
	for (size_t i = 0; i < r->count; i++)
		form_rules(&f, &r->rules[i]);
	form_list_end(&f);
	if (!form_end(&f, err))
		return false;
	/* Where files were read the program is confined: no put_output(). */
	fwrite(out->data, 1, out->size, stdout);
	return true;
}

/* ---- for people */

static const char *
number(struct request *request, size_t count)
{
	return ih_arena_printf(request->arena, "%zu", count);
}

static const char *
found_key(enum ih_found found)
{
	static const char *const keys[IH_FOUNDS] = {
		[IH_FOUND_INDICATED] = W_OUTCOME_INDICATED,
		[IH_FOUND_POSSIBLE] = W_OUTCOME_POSSIBLE,
		[IH_FOUND_UNDETERMINED] = W_OUTCOME_UNDETERMINED,
		[IH_FOUND_NO_INDICATION] = W_OUTCOME_NO_INDICATION,
		[IH_FOUND_WITHHELD] = W_RESCORE_WITHHELD,
		[IH_FOUND_NONE] = W_RESCORE_NONE,
	};

	return keys[found];
}

/* "Undetermined so far (at least: ...; at most: ...)" */
const char *
rescoring_found(struct request *request, enum ih_found found,
    const struct ih_standing *s)
{
	const char *outcome = word(request, found_key(found));

	if (found != IH_FOUND_UNDETERMINED)
		return outcome;
	return ih_say(request->arena, request->tongue, W_RESCORE_BETWEEN,
	    IH_ARG(outcome),
	    IH_ARG(
		word(request, ih_arena_printf(request->arena, "outcome.%s",
				  ih_outcome_name(s->at_least, s->at_least)))),
	    IH_ARG(
		word(request, ih_arena_printf(request->arena, "outcome.%s",
				  ih_outcome_name(s->at_most, s->at_most)))));
}

/* "yes", or "yes (strong)" where that is the difference; points are a number
 * and have no word. */
static const char *
stood_text(struct request *request, enum ih_stood stood, const char *weight,
    bool weighs)
{
	const char *text = word(request,
	    ih_arena_printf(request->arena, "stood.%s", ih_stood_name(stood)));
	const char *named;

	if (!weighs)
		return text;
	named = ih_word(request->tongue,
	    ih_arena_printf(request->arena, "assess.strength.%s", weight));
	return ih_say(request->arena, request->tongue, W_RESCORE_WEIGHT,
	    IH_ARG(text), IH_ARG(named != NULL ? named : weight));
}

static void
print_change(struct request *request, const struct rescore_change *change)
{
	const struct ih_change *c = &change->change;
	const char *key = ih_arena_printf(request->arena, "rescore.%s",
	    ih_stand_name(c->what));
	bool weighs = weighs_otherwise(c);

	printf("    %s\n",
	    ih_say(request->arena, request->tongue, key, IH_ARG(change->text),
		IH_ARG(stood_text(request, c->was, c->was_weight, weighs)),
		IH_ARG(stood_text(request, c->now, c->now_weight, weighs))));
}

static void
print_row(struct request *request, const struct rescore_row *row)
{
	struct ih_arena *arena = request->arena;
	const char *was = rescoring_found(request, row->was_found, row->was);
	const char *now = rescoring_found(request, row->now_found, row->now);
	const char *name = !row->training ?
			       row->name :
			       ih_say(arena, request->tongue,
				   W_RESCORE_TRAINING, IH_ARG(row->name));

	printf("  %s\n", row->moved ?
			     ih_say(arena, request->tongue, W_RESCORE_MOVED,
				 IH_ARG(name), IH_ARG(was), IH_ARG(now)) :
			     ih_say(arena, request->tongue, W_RESCORE_SAME,
				 IH_ARG(name), IH_ARG(now)));
	for (size_t i = 0; i < row->count; i++)
		print_change(request, &row->changes[i]);
}

static void
list_pins(struct listing *list, struct request *request, const char *side,
    const struct rescore_pin *pins, size_t count)
{
	for (size_t i = 0; i < count; i++)
		LISTING_ADD(list, word(request, side), pins[i].version,
		    pins[i].engine, number(request, pins[i].interviews),
		    pins[i].digest);
}

static bool
print_pins(const struct rescore_rules *rules, struct request *request,
    struct ih_error *err)
{
	static const struct column columns[] = {
		{ "rules", W_RESCORE_RULES, false },
		{ "version", W_COLUMN_VERSION, false },
		{ "engine", W_RESCORE_ENGINE, false },
		{ "interviews", W_RESCORE_INTERVIEWS, true },
		{ "digest", W_COLUMN_DIGEST, false },
	};
	struct listing list = LISTING(request, "pins", "pin", columns);

	list_pins(&list, request, W_RESCORE_BEFORE, rules->was,
	    rules->was_count);
	list_pins(&list, request, W_RESCORE_NOW, rules->now, rules->now_count);
	return listing_print(&list, request, err);
}

/* Is there any interview in this column? */
static bool
is_found_now(const struct rescore_rules *rules, int now)
{
	for (int was = 0; was < IH_FOUNDS; was++)
		if (rules->cross[was][now] > 0)
			return true;
	return false;
}

static bool
is_found_before(const struct rescore_rules *rules, int was)
{
	for (int now = 0; now < IH_FOUNDS; now++)
		if (rules->cross[was][now] > 0)
			return true;
	return false;
}

/* Rows and columns that hold no interview are left out. */
static bool
print_cross(const struct rescore_rules *rules, struct request *request,
    struct ih_error *err)
{
	struct column columns[1 + IH_FOUNDS] = { { "before",
	    W_RESCORE_BEFORE_NOW, false } };
	const char *cells[1 + IH_FOUNDS];
	struct listing list = LISTING(request, "counts", "count", columns);

	list.width = 1;
	for (int now = 0; now < IH_FOUNDS; now++)
		if (is_found_now(rules, now))
			columns[list.width++] =
			    (struct column){ ih_found_name((enum ih_found)now),
				    found_key((enum ih_found)now), true };
	for (int was = 0; was < IH_FOUNDS; was++) {
		size_t width = 1;

		if (!is_found_before(rules, was))
			continue;
		cells[0] = word(request, found_key((enum ih_found)was));
		for (int now = 0; now < IH_FOUNDS; now++)
			if (is_found_now(rules, now))
				cells[width++] =
				    number(request, rules->cross[was][now]);
		listing_add(&list, cells);
	}
	return listing_print(&list, request, err);
}

static bool
print_tally(const struct rescoring *r, struct ih_error *err)
{
	struct request *request = r->request;
	const struct counted rows[] = {
		{ W_RESCORE_COMPARED, r->compared },
		{ W_QUALITY_TRAINING, r->training },
		{ W_RESCORE_OTHER, r->other },
		{ W_RESCORE_RECEIVED, r->received },
		{ W_RESCORE_EMPTY, r->empty },
		{ W_RESCORE_REFUSED, r->refused },
	};
	return listing_print_counts(request, W_RESCORE_READ, W_RESCORE_COUNT,
	    rows, sizeof rows / sizeof rows[0], err);
}

static bool
print_text(const struct rescoring *r, struct ih_error *err)
{
	struct request *request = r->request;

	if (!print_tally(r, err))
		return false;
	for (size_t i = 0; i < r->count; i++) {
		const struct rescore_rules *rules = &r->rules[i];

		printf("== %s (%s)\n", rules->title, rules->framework);
		if (!print_pins(rules, request, err) ||
		    !print_cross(rules, request, err))
			return false;
		for (size_t k = 0; k < rules->count; k++)
			print_row(request, &rules->rows[k]);
	}
	printf("%s\n", word(request, W_RESCORE_ONLY_SHOWN));
	return true;
}

bool
rescoring_print(const struct rescoring *rescoring, struct ih_error *err)
{
	if (!(rescoring->request->format == FORMAT_TEXT ?
		    print_text(rescoring, err) :
		    print_form(rescoring, err)))
		return false;
	/* What was wrong with single interviews comes after it. */
	return fflush(stdout) == 0 && !ferror(stdout) ?
		   true :
		   ih_fail(err, IH_SYSTEM, "standard output: write failed");
}
