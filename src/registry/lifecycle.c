/* This is where the moves of a case are read, and looked up. */
#include "ihala/lifecycle.h"

#include <stdlib.h>
#include <string.h>

#include "ihala/arena.h"
#include "ihala/node.h"
#include "ihala/schema.h"
#include "ihala/xml.h"

#define NAME "xml/lifecycle/case.xml"
#define DRAFT_DAYS 14 /* where the pack does not say */
#define QUESTION_SECONDS 40
#define STATES_MAX 64 /* of one axis: ours have 18 */
#define MOVES_MAX 512 /* of one axis, one for each state it starts from */

static const char *const names[IH_MOVE_TABLES] = {
	[IH_FILE] = "file",
	[IH_DETERMINATION] = "determination",
	[IH_REFERRAL] = "referral",
	[IH_CONSENT] = "consent",
	[IH_REQUEST] = "request",
};

struct table {
	const char *file; /* where it stands */
	const char *start;
	const char *states[STATES_MAX];
	const char *against[STATES_MAX]; /* NULL: nothing */
	const char *means[STATES_MAX];   /* of each; "": not said */
	struct ih_texts text[STATES_MAX];
	size_t state_count;
	struct ih_move *moves; /* in the arena */
	size_t count;
};

struct ih_lifecycle {
	struct ih_arena *arena;
	struct table axis[IH_MOVE_TABLES];
	const struct ih_clock *clocks; /* in the arena */
	size_t clock_count;
	struct ih_channel *channels; /* in the arena */
	size_t channel_count;
	int key_days, request_days;
	int draft_days, question_seconds;
	const struct ih_retention *classes; /* in the arena */
	size_t class_count;
};

const char *
ih_axis_name(enum ih_axis axis)
{
	return names[axis];
}

bool
ih_axis_parse(const char *name, enum ih_axis *axis)
{
	for (int i = 0; i < IH_AXES; i++)
		if (strcmp(name, names[i]) == 0) {
			*axis = (enum ih_axis)i;
			return true;
		}
	return false;
}

void
ih_lifecycle_free(struct ih_lifecycle *lifecycle)
{
	if (lifecycle == NULL)
		return;
	ih_arena_free(lifecycle->arena);
	free(lifecycle);
}

struct ih_moves {
	struct ih_arena *arena;
	struct table table;
};

static bool
refuse(const char *file, struct ih_error *err, const xmlNode *node,
    const char *why)
{
	return ih_fail(err, IH_INPUT, "%s:%ld: %s", file, ih_line(node), why);
}

/* One of the axis's states; NULL: it has no such state. */
static const char *
state(const struct table *table, const char *id)
{
	for (size_t i = 0; i < table->state_count; i++)
		if (strcmp(table->states[i], id) == 0)
			return table->states[i];
	return NULL;
}

static const char *
text_or_none(struct ih_arena *arena, const char *text)
{
	return text != NULL ? ih_arena_text(arena, text) : "";
}

static bool
read_states(struct ih_arena *arena, const xmlNode *axis, struct table *table,
    struct ih_error *err)
{
	const xmlNode *n = ih_child(axis, "state");

	for (; n != NULL; n = ih_next(n, "state")) {
		if (table->state_count == STATES_MAX)
			return refuse(table->file, err, n, "too many states");
		if (state(table, ih_attr(n, "id")) != NULL)
			return refuse(table->file, err, n,
			    "this state is there already");
		if (ih_attr(n, "against") != NULL)
			table->against[table->state_count] =
			    ih_arena_text(arena, ih_attr(n, "against"));
		table->means[table->state_count] =
		    text_or_none(arena, ih_attr(n, "means"));
		table->text[table->state_count] = ih_texts_read(arena, n);
		table->states[table->state_count++] =
		    ih_arena_text(arena, ih_attr(n, "id"));
	}
	table->start = state(table, ih_attr(axis, "start"));
	return table->start != NULL ||
	       refuse(table->file, err, axis,
		   "it starts in a state that it does not have");
}

/* Does the list LIST, of words between spaces, have WORD? */
static bool
has_word(const char *list, const char *word)
{
	size_t length = strlen(word);

	for (; list != NULL && *list != '\0'; list += strcspn(list, " ")) {
		list += strspn(list, " ");
		if (strcspn(list, " ") == length &&
		    strncmp(list, word, length) == 0)
			return true;
	}
	return false;
}

static const struct ih_move *
find(const struct table *table, const char *from, const char *event)
{
	for (size_t i = 0; i < table->count; i++)
		if (strcmp(table->moves[i].from, from) == 0 &&
		    strcmp(table->moves[i].event, event) == 0)
			return &table->moves[i];
	return NULL;
}

/* One element is one move for each state it starts from. */
static bool
add_moves(struct ih_arena *arena, const xmlNode *n, struct table *table,
    struct ih_error *err)
{
	const char *from = ih_attr(n, "from"), *to = ih_attr(n, "to");
	const char *guard = ih_attr(n, "guard");
	const char *effect = ih_attr(n, "effect");
	const char *event = ih_arena_text(arena, ih_attr(n, "event"));
	const char *role = ih_arena_text(arena, ih_attr(n, "role"));
	const char *asks = text_or_none(arena, ih_attr(n, "asks"));
	const char *cause = text_or_none(arena, ih_attr(n, "cause"));

	if (to != NULL && state(table, to) == NULL)
		return refuse(table->file, err, n,
		    "it leads to a state that is not there");
	for (from += strspn(from, " "); *from != '\0';
	     from += strspn(from, " ")) {
		size_t length = strcspn(from, " ");
		const char *word =
		    ih_arena_printf(arena, "%.*s", (int)length, from);
		const char *source = state(table, word);

		from += length;
		if (source == NULL)
			return refuse(table->file, err, n,
			    "it starts from a state that is not there");
		if (find(table, source, event) != NULL)
			return refuse(table->file, err, n,
			    "this event is there for this state");
		if (table->count == MOVES_MAX)
			return refuse(table->file, err, n, "too many moves");
		table->moves[table->count++] = (struct ih_move){
			.from = source,
			.event = event,
			.to = to != NULL ? state(table, to) : source,
			.role = role,
			.asks = asks,
			.cause = cause,
			.four_eyes = has_word(guard, "four-eyes"),
			.not_held = has_word(guard, "not-held"),
			.restoring = has_word(guard, "restoring"),
			.proposed = has_word(guard, "proposed"),
			.other_decider = has_word(guard, "other-decider"),
			.kept = has_word(guard, "kept"),
			.urgent = has_word(effect, "urgent"),
			.hold = has_word(effect, "hold"),
			.release = has_word(effect, "release"),
			.erase = has_word(effect, "erase"),
			.propose = has_word(effect, "propose"),
			.decide = has_word(effect, "decide"),
			.tell = has_word(effect, "tell"),
		};
	}
	return true;
}

/* A state that no move reaches would be a promise that is never kept. */
static bool
are_reached(const struct table *table, const xmlNode *axis,
    struct ih_error *err)
{
	for (size_t i = 0; i < table->state_count; i++) {
		bool reached = table->states[i] == table->start;

		for (size_t k = 0; k < table->count; k++)
			reached |= table->moves[k].to == table->states[i] &&
				   table->moves[k].from != table->states[i];
		if (!reached)
			return refuse(table->file, err, axis,
			    "a state is never reached");
	}
	return true;
}

static bool
read_axis(struct ih_arena *arena, const xmlNode *axis, struct table *table,
    struct ih_error *err)
{
	if (table->file == NULL)
		table->file = NAME;
	table->moves = ih_arena_take(arena, MOVES_MAX * sizeof table->moves[0]);
	if (!read_states(arena, axis, table, err))
		return false;
	for (const xmlNode *n = ih_child(axis, "move"); n != NULL;
	     n = ih_next(n, "move"))
		if (!add_moves(arena, n, table, err))
			return false;
	return are_reached(table, axis, err);
}

bool
ih_lifecycle_has_event(const struct ih_lifecycle *lifecycle, enum ih_axis axis,
    const char *event)
{
	const struct table *table = &lifecycle->axis[axis];

	if (axis == IH_FILE && strcmp(event, IH_CLOCK_TAKE_IN) == 0)
		return true;
	for (size_t i = 0; i < table->count; i++)
		if (strcmp(table->moves[i].event, event) == 0)
			return true;
	return false;
}

/* A clock that waits for what never happens would never be seen to. */
static bool
happens(const struct ih_lifecycle *lifecycle, const char *list)
{
	char word[IH_CLOCK_WORD], event[IH_CLOCK_WORD];
	enum ih_axis axis;

	while ((list = ih_clock_next_event(list, word, event)) != NULL)
		if (!ih_axis_parse(word, &axis) ||
		    !ih_lifecycle_has_event(lifecycle, axis, event))
			return false;
	return true;
}

bool
ih_lifecycle_fits(const struct ih_lifecycle *lifecycle,
    const struct ih_clock *clock)
{
	return happens(lifecycle, clock->starts) &&
	       happens(lifecycle, clock->ends) &&
	       happens(lifecycle, clock->pauses) &&
	       happens(lifecycle, clock->resumes);
}

static bool
read_clocks(struct ih_lifecycle *lifecycle, const xmlNode *root,
    struct ih_error *err)
{
	const xmlNode *n = ih_child(root, "clock");

	lifecycle->clocks =
	    ih_clocks_read(lifecycle->arena, root, &lifecycle->clock_count);
	for (size_t i = 0; i < lifecycle->clock_count;
	     i++, n = ih_next(n, "clock")) {
		if (!ih_lifecycle_fits(lifecycle, &lifecycle->clocks[i]))
			return refuse(NAME, err, n,
			    "it names an event that the axis does not have");
		for (size_t k = 0; k < i; k++)
			if (strcmp(lifecycle->clocks[k].id,
				lifecycle->clocks[i].id) == 0)
				return refuse(NAME, err, n,
				    "this clock is there already");
	}
	return true;
}

static void
read_channels(struct ih_lifecycle *lifecycle, const xmlNode *root)
{
	size_t count = 0;

	for (const xmlNode *n = ih_child(root, "channel"); n != NULL;
	     n = ih_next(n, "channel"))
		count++;
	lifecycle->channels = ih_arena_take(lifecycle->arena,
	    (count + 1) * sizeof *lifecycle->channels);
	for (const xmlNode *n = ih_child(root, "channel"); n != NULL;
	     n = ih_next(n, "channel"))
		lifecycle->channels[lifecycle->channel_count++] =
		    (struct ih_channel){ .id = ih_arena_text(lifecycle->arena,
					     ih_attr(n, "id")),
			    .text = ih_texts_read(lifecycle->arena, n) };
}

/* Does LIST have the event of AXIS? */
static bool
has_event(const char *list, enum ih_axis axis, const char *event)
{
	char word[IH_CLOCK_WORD], name[IH_CLOCK_WORD];

	while ((list = ih_clock_next_event(list, word, name)) != NULL)
		if (strcmp(word, names[axis]) == 0 && strcmp(name, event) == 0)
			return true;
	return false;
}

/* Two classes for one way of closing would be a guess. */
static bool
is_of_one_class(const struct ih_retention *classes, size_t count,
    const char *starts)
{
	char word[IH_CLOCK_WORD], event[IH_CLOCK_WORD];
	enum ih_axis axis = IH_FILE;

	while ((starts = ih_clock_next_event(starts, word, event)) != NULL)
		for (size_t i = 0; i < count; i++)
			if (ih_axis_parse(word, &axis) &&
			    has_event(classes[i].starts, axis, event))
				return false;
	return true;
}

static bool
read_retention(struct ih_lifecycle *lifecycle, const xmlNode *root,
    struct ih_error *err)
{
	struct ih_arena *arena = lifecycle->arena;
	size_t count = ih_children(root, "retention");
	struct ih_retention *classes =
	    ih_arena_take(arena, (count + 1) * sizeof *classes);
	const xmlNode *n = ih_child(root, "retention");

	lifecycle->classes = classes;
	for (; n != NULL; n = ih_next(n, "retention")) {
		const char *years = ih_attr(n, "years");
		struct ih_retention one = {
			.id = ih_arena_text(arena, ih_attr(n, "id")),
			.starts = ih_arena_text(arena, ih_attr(n, "starts")),
			.years =
			    years != NULL ? (int)strtol(years, NULL, 10) : 0,
			.status = ih_arena_text(arena, ih_attr(n, "status")),
			.text = ih_texts_read(arena, n),
		};

		if (!happens(lifecycle, one.starts))
			return refuse(NAME, err, n,
			    "it names an event that the axis does not have");
		if (!is_of_one_class(classes, lifecycle->class_count,
			one.starts))
			return refuse(NAME, err, n,
			    "this event has another class already");
		classes[lifecycle->class_count++] = one;
	}
	return true;
}

const struct ih_retention *
ih_lifecycle_retention(const struct ih_lifecycle *lifecycle, enum ih_axis axis,
    const char *event)
{
	for (size_t i = 0; i < lifecycle->class_count; i++)
		if (has_event(lifecycle->classes[i].starts, axis, event))
			return &lifecycle->classes[i];
	return NULL;
}

const struct ih_clock *
ih_lifecycle_clocks(const struct ih_lifecycle *lifecycle, size_t *count)
{
	*count = lifecycle->clock_count;
	return lifecycle->clocks;
}

/* A pack that was signed before there were drafts does not speak of them. */
static void
read_drafts(struct ih_lifecycle *lifecycle, const xmlNode *root)
{
	const xmlNode *drafts = ih_child(root, "drafts");

	lifecycle->draft_days = DRAFT_DAYS;
	lifecycle->question_seconds = QUESTION_SECONDS;
	if (drafts == NULL)
		return;
	lifecycle->draft_days = (int)strtol(ih_attr(drafts, "days"), NULL, 10);
	lifecycle->question_seconds =
	    (int)strtol(ih_attr(drafts, "question-seconds"), NULL, 10);
}

struct ih_lifecycle *
ih_lifecycle_read(struct ih_library *library, struct ih_error *err)
{
	IH_OWNED(xmlDoc) doc = ih_schema_read(library, NAME, "lifecycle", err);
	IH_OWNED(ih_lifecycle)
	lifecycle = doc != NULL ? calloc(1, sizeof *lifecycle) : NULL;
	const xmlNode *axis;

	if (lifecycle == NULL)
		return NULL;
	lifecycle->arena = ih_arena_new();
	lifecycle->key_days = (int)strtol(
	    ih_attr(ih_child(xmlDocGetRootElement(doc), "key-backups"), "days"),
	    NULL, 10);
	read_drafts(lifecycle, xmlDocGetRootElement(doc));
	axis = ih_child(xmlDocGetRootElement(doc), "axis");
	/* The schema has passed: the axes are there, in order. */
	for (int i = 0; i < IH_MOVE_TABLES; i++, axis = ih_next(axis, "axis")) {
		if (!read_axis(lifecycle->arena, axis, &lifecycle->axis[i],
			err))
			return NULL;
		if (i == IH_REQUEST)
			lifecycle->request_days =
			    (int)strtol(ih_attr(axis, "kept-days"), NULL, 10);
	}
	read_channels(lifecycle, xmlDocGetRootElement(doc));
	if (!read_clocks(lifecycle, xmlDocGetRootElement(doc), err) ||
	    !read_retention(lifecycle, xmlDocGetRootElement(doc), err))
		return NULL;
	return IH_GIVE(lifecycle);
}

int
ih_lifecycle_key_days(const struct ih_lifecycle *lifecycle)
{
	return lifecycle->key_days;
}

int
ih_lifecycle_draft_days(const struct ih_lifecycle *lifecycle)
{
	return lifecycle->draft_days;
}

int
ih_lifecycle_question_seconds(const struct ih_lifecycle *lifecycle)
{
	return lifecycle->question_seconds;
}

int
ih_lifecycle_request_days(const struct ih_lifecycle *lifecycle)
{
	return lifecycle->request_days;
}

const struct ih_channel *
ih_lifecycle_channel(const struct ih_lifecycle *lifecycle, const char *id)
{
	for (size_t i = 0; i < lifecycle->channel_count; i++)
		if (strcmp(lifecycle->channels[i].id, id) == 0)
			return &lifecycle->channels[i];
	return NULL;
}

bool
ih_lifecycle_is_against(const struct ih_lifecycle *lifecycle, enum ih_axis axis,
    const char *at, const char *outcome)
{
	const struct table *table = &lifecycle->axis[axis];

	for (size_t i = 0; i < table->state_count; i++)
		if (strcmp(table->states[i], at) == 0)
			return has_word(table->against[i], outcome);
	return false;
}

const struct ih_move *
ih_lifecycle_way(const struct ih_lifecycle *lifecycle, enum ih_axis axis,
    const char *from, const char *to)
{
	const struct table *table = &lifecycle->axis[axis];

	for (size_t i = 0; i < table->count; i++)
		if (strcmp(table->moves[i].from, from) == 0 &&
		    strcmp(table->moves[i].to, to) == 0 &&
		    strcmp(from, to) != 0)
			return &table->moves[i];
	return NULL;
}

const char *
ih_lifecycle_start(const struct ih_lifecycle *lifecycle, enum ih_axis axis)
{
	return lifecycle->axis[axis].start;
}

const struct ih_move *
ih_lifecycle_move(const struct ih_lifecycle *lifecycle, enum ih_axis axis,
    const char *from, const char *event)
{
	return find(&lifecycle->axis[axis], from, event);
}

const struct ih_move *
ih_lifecycle_moves(const struct ih_lifecycle *lifecycle, enum ih_axis axis,
    size_t *count)
{
	*count = lifecycle->axis[axis].count;
	return lifecycle->axis[axis].moves;
}

/* ---- a table of its own */

struct ih_moves *
ih_moves_read(struct ih_library *library, const char *name,
    struct ih_error *err)
{
	IH_OWNED(xmlDoc) doc = ih_schema_read(library, name, "lifecycle", err);
	IH_OWNED(ih_moves) moves =
	    doc != NULL ? ih_zeroed(sizeof *moves) : NULL;
	const xmlNode *root = doc != NULL ? xmlDocGetRootElement(doc) : NULL;

	if (moves == NULL)
		return NULL;
	moves->arena = ih_arena_new();
	moves->table.file = ih_arena_text(moves->arena, name);
	if (!ih_is(root, "moves")) {
		refuse(name, err, root, "this is no table of moves");
		return NULL;
	}
	if (!read_axis(moves->arena, root, &moves->table, err))
		return NULL;
	return IH_GIVE(moves);
}

void
ih_moves_free(struct ih_moves *moves)
{
	if (moves == NULL)
		return;
	ih_arena_free(moves->arena);
	free(moves);
}

const char *
ih_moves_start(const struct ih_moves *moves)
{
	return moves->table.start;
}

const struct ih_move *
ih_moves_find(const struct ih_moves *moves, const char *from, const char *event)
{
	return find(&moves->table, from, event);
}

/* Where state ID stands in the table; -1: it has none. */
static int
place_of(const struct table *table, const char *id)
{
	for (size_t i = 0; i < table->state_count; i++)
		if (strcmp(table->states[i], id) == 0)
			return (int)i;
	return -1;
}

bool
ih_moves_means(const struct ih_moves *moves, const char *id, const char *what)
{
	int at = place_of(&moves->table, id);

	return at >= 0 && has_word(moves->table.means[at], what);
}

const char *
ih_moves_say(const struct ih_moves *moves, const char *id,
    struct ih_tongue tongue)
{
	int at = place_of(&moves->table, id);

	return at >= 0 ? ih_texts_say(&moves->table.text[at], tongue) : id;
}
