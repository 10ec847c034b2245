/* ihala case choices|determine|serve|reconsider - what is decided about a
 * person. */
#include <string.h>

#include "case_file.h"
#include "ihala/date.h"
#include "ihala/determination.h"
#include "ihala/node.h"
#include "ihala/schema.h"
#include "ihala/work.h"
#include "listing.h"
#include "words_keys.h"

#define SERVE "serve"
#define ASK_AGAIN "ask-reconsideration"

/* ---- a case in hand */

/* What each verb works on; the registry and its transaction are the caller's.
 */
struct deciding {
	struct request *request;
	struct ih_registry *registry;
	struct ih_lifecycle *lifecycle;
	char code[IH_CODE_TEXT];
	struct ih_case_row row;
	xmlDoc *facts;
	const struct ih_decided *list;
	size_t count;
	char today[IH_DATE_TEXT], due[IH_DATE_TEXT];
};
typedef struct deciding cli_deciding;

static void
deciding_end(struct deciding *d)
{
	ih_lifecycle_free(d->lifecycle);
	xmlFreeDoc(d->facts);
}

IH_OWNER(cli_deciding, deciding_end)

static bool
deciding_start(struct deciding *d, struct request *request,
    struct ih_registry *registry, struct ih_error *err)
{
	d->request = request;
	d->registry = registry;
	ih_date_format(ih_instant_date(request->world.now), d->today);
	if (!case_code(request->words[0], d->code, err) ||
	    !case_is_ours(registry, d->code, err) ||
	    !ih_case_row(registry, d->code, &d->row, err))
		return false;
	d->facts = case_document(registry, d->code, IH_FACTS, err);
	d->lifecycle =
	    d->facts != NULL ? ih_lifecycle_read(request->library, err) : NULL;
	if (d->lifecycle == NULL)
		return false;
	d->list = ih_decided_list(d->facts, request->arena, &d->count);
	return true;
}

/* ---- the move, the entry */

/* The clock that the event of just now has begun. */
struct begun {
	const char *event; /* "determination:serve" */
	int64_t now, due;
	bool found;
};

static bool
note_begun(const struct ih_work *one, void *with)
{
	struct begun *b = with;

	if (one->run.started != b->now || one->run.is_ended ||
	    !ih_consent_names(one->clock->starts, b->event))
		return true;
	if (!b->found || one->run.due < b->due)
		b->due = one->run.due;
	b->found = true;
	return true;
}

/* When what follows from EVENT is due; NULL and no error: nothing is. */
static const char *
due_of(struct deciding *d, const char *event, struct ih_error *err)
{
	struct begun begun = { .event =
				   ih_arena_printf(d->request->arena, "%s:%s",
				       ih_axis_name(IH_DETERMINATION), event),
		.now = d->request->world.now };

	if (!ih_work_of_case(d->registry, d->code, note_begun, &begun, err) ||
	    !begun.found)
		return NULL;
	ih_date_format(ih_instant_date(begun.due), d->due);
	return d->due;
}

/* EVENT happens, and ENTRY says so in the record. */
static bool
enter(struct deciding *d, const char *event, struct ih_decided *entry,
    struct ih_error *err)
{
	IH_OWNED(ih_buffer) facts = ih_buffer_new();

	if (!case_is_ours(d->registry, d->code, err) ||
	    !ih_case_move(d->registry, d->code, IH_DETERMINATION, event, err) ||
	    !ih_case_row(d->registry, d->code, &d->row, err))
		return false;
	entry->until = due_of(d, event, err);
	return err->kind == IH_NONE &&
	       ih_decided_add(d->facts, entry, d->row.state[IH_DETERMINATION],
		   facts, err) &&
	       case_put(d->registry, d->code, IH_FACTS, facts, err);
}

static bool
no_move(const struct deciding *d, const char *what, struct ih_error *err)
{
	return ih_fail_code(err, IH_STATE, "E_MOVE",
	    "axis %s: %s does not happen in state %s",
	    ih_axis_name(IH_DETERMINATION), what,
	    d->row.state[IH_DETERMINATION]);
}

/* ---- determine */

static bool
read_file(struct deciding *d, const char *path, struct ih_decided *entry,
    struct ih_error *err)
{
	IH_OWNED(ih_buffer) bytes = read_input(path, err);
	IH_OWNED(ih_schema)
	schema = bytes != NULL ?
		     ih_schema_load(d->request->library, "determination", err) :
		     NULL;
	IH_OWNED(xmlDoc)
	doc = schema != NULL ?
		  ih_schema_admit(schema, path, bytes->data, bytes->size, err) :
		  NULL;

	if (doc == NULL)
		return false;
	*entry = ih_decided_read(doc, d->request->arena);
	entry->by = ih_registry_user(d->registry);
	return true;
}

/* Who decided, under which law; where nobody did, the committee enters what
 * the person says. */
static bool
is_founded(struct deciding *d, const struct ih_move *move,
    struct ih_decided *entry, struct ih_error *err)
{
	if (!move->decide) {
		entry->body = ih_registry_committee(d->registry);
		entry->law = entry->article = NULL;
		return true;
	}
	IH_OWNED(ih_mechanism)
	mechanism = ih_mechanism_load(d->request->library,
	    ih_registry_committee(d->registry), err);
	return mechanism != NULL &&
	       ih_decided_is_founded(entry, mechanism, err);
}

static bool
is_explained(struct deciding *d, struct ih_decided *entry, struct ih_error *err)
{
	if (entry->date == NULL)
		entry->date = d->today;
	if (strcmp(entry->date, d->today) > 0)
		return ih_fail_code(err, IH_INPUT, "E_DECIDED_WHEN", "@date");
	return entry->differs != NULL ||
	       !ih_lifecycle_is_against(d->lifecycle, IH_DETERMINATION,
		   entry->state, ih_decided_outcome(d->facts)) ||
	       ih_fail_code(err, IH_STATE, "E_DECIDED_DIFFERS", "<differs>");
}

/* The event by which a decision is laid before another from STATE; NULL: none.
 */
static const char *
proposing(const struct deciding *d)
{
	size_t count;
	const struct ih_move *moves =
	    ih_lifecycle_moves(d->lifecycle, IH_DETERMINATION, &count);

	for (size_t i = 0; i < count; i++)
		if (moves[i].propose &&
		    strcmp(moves[i].from, d->row.state[IH_DETERMINATION]) == 0)
			return moves[i].event;
	return NULL;
}

/* The first of two signs, or the only one. */
static bool
decide(struct deciding *d, struct ih_decided *entry, struct ih_error *err)
{
	const struct ih_move *move = ih_lifecycle_way(d->lifecycle,
	    IH_DETERMINATION, d->row.state[IH_DETERMINATION], entry->state);

	if (move == NULL)
		return no_move(d, entry->state, err);
	if (!is_founded(d, move, entry, err) || !is_explained(d, entry, err))
		return false;
	entry->kind = move->proposed ? IH_PROPOSED : IH_DETERMINED;
	return enter(d, move->proposed ? proposing(d) : move->event, entry,
	    err);
}

/* The second signs what was proposed, as it was proposed. */
static bool
sign(struct deciding *d, struct ih_decided *entry, struct ih_error *err)
{
	const struct ih_decided *open = ih_decided_open(d->list, d->count);
	const struct ih_move *move =
	    open != NULL ? ih_lifecycle_way(d->lifecycle, IH_DETERMINATION,
			       d->row.state[IH_DETERMINATION], open->state) :
			   NULL;

	if (open == NULL)
		return ih_fail_code(err, IH_STATE, "E_NOT_PROPOSED", "%s",
		    d->code);
	if (move == NULL)
		return no_move(d, open->state, err);
	*entry = *open;
	entry->kind = IH_DETERMINED;
	entry->date = d->today;
	entry->second = ih_registry_user(d->registry);
	return enter(d, move->event, entry, err);
}

static bool
determine(struct deciding *d, struct ih_error *err)
{
	struct request *request = d->request;
	struct ih_decided entry = { 0 };
	bool done = request->count > 1 ?
			read_file(d, request->words[1], &entry, err) &&
			    decide(d, &entry, err) :
			sign(d, &entry, err);

	if (!done)
		return false;
	printf("%s\n", d->row.state[IH_DETERMINATION]);
	if (entry.kind == IH_PROPOSED)
		say(request, W_DECIDED_PROPOSED, IH_ARG(d->code));
	else
		say(request, W_DECIDED_ENTERED, IH_ARG(d->code));
	return true;
}

/* ---- serve */

static bool
is_one_of(const char *const *list, const char *value)
{
	while (*list != NULL && strcmp(*list, value) != 0)
		list++;
	return *list != NULL;
}

static bool
take_service(struct deciding *d, struct ih_decided *entry, struct ih_error *err)
{
	static const char *const ways[] = { "in-person", "post", "advocate",
		"service", NULL };
	static const char *const there[] = { "interpreter", "guardian",
		"witness", NULL };
	const struct request *r = d->request;
	struct ih_date date;

	if (r->mode == NULL || !is_one_of(ways, r->mode))
		return ih_fail(err, IH_USAGE,
		    "say how with --mode: in-person, post, advocate, service");
	if (r->read_in == NULL || strlen(r->read_in) < 2 ||
	    strlen(r->read_in) > 3 ||
	    r->read_in[strspn(r->read_in, "abcdefghijklmnopqrstuvwxyz")] != 0)
		return ih_fail(err, IH_USAGE,
		    "say in which language with --read-in: ar, fr, tzm");
	if (r->with != NULL && !is_one_of(there, r->with))
		return ih_fail(err, IH_USAGE,
		    "--with is interpreter, guardian or witness");
	entry->date = r->from != NULL ? r->from : d->today;
	if (!ih_date_parse(entry->date, &date) || date.day == 0 ||
	    strcmp(entry->date, d->today) > 0)
		return ih_fail_code(err, IH_USAGE, "E_DECIDED_WHEN", "--from");
	entry->how = r->mode;
	entry->language = r->read_in;
	entry->with = r->with;
	return true;
}

static bool
serve(struct deciding *d, struct ih_error *err)
{
	struct ih_decided entry = { .kind = IH_SERVED,
		.by = ih_registry_user(d->registry) };

	if (!take_service(d, &entry, err) || !enter(d, SERVE, &entry, err))
		return false;
	say(d->request, W_DECIDED_SERVED, IH_ARG(d->code),
	    IH_ARG(entry.until != NULL ? entry.until : "-"));
	return true;
}

/* ---- reconsider */

static bool
reconsider(struct deciding *d, struct ih_error *err)
{
	static const char *const who[] = { "person", "advocate", "provider",
		NULL };
	const struct request *r = d->request;
	struct ih_decided entry = { .kind = IH_ASKED_AGAIN,
		.by = ih_registry_user(d->registry),
		.asked = r->as,
		.date = d->today };

	if (r->as == NULL || !is_one_of(who, r->as))
		return ih_fail(err, IH_USAGE,
		    "say who asks with --as: person, advocate, provider");
	IH_OWNED(ih_buffer)
	reason =
	    r->reason_file != NULL ? read_input(r->reason_file, err) : NULL;
	if (r->reason_file != NULL && reason == NULL)
		return false;
	if (reason != NULL)
		entry.grounds =
		    ih_arena_text(r->arena, (const char *)reason->data);
	if (!enter(d, ASK_AGAIN, &entry, err))
		return false;
	say(d->request, W_DECIDED_ASKED_AGAIN, IH_ARG(d->code),
	    IH_ARG(entry.until != NULL ? entry.until : "-"));
	return true;
}

/* ---- the verbs */

typedef bool deciding_done(struct deciding *d, struct ih_error *err);

/* All of it or nothing: the move and what is written about it. */
static bool
together(struct request *request, deciding_done *act, struct ih_error *err)
{
	struct deciding made = { 0 };
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	IH_OWNED(ih_transaction)
	all = registry != NULL ? ih_transaction_begin(registry, err) : NULL;
	IH_OWNED(cli_deciding) d = &made;

	return all != NULL && deciding_start(d, request, registry, err) &&
	       act(d, err) && ih_transaction_commit(all, err);
}

bool
case_determine(struct request *request, struct ih_error *err)
{
	return together(request, determine, err);
}

bool
case_serve(struct request *request, struct ih_error *err)
{
	return together(request, serve, err);
}

bool
case_reconsider(struct request *request, struct ih_error *err)
{
	return together(request, reconsider, err);
}

bool
case_is_written_down(struct request *request, enum ih_axis axis,
    const char *event, struct ih_error *err)
{
	size_t count;
	IH_OWNED(ih_lifecycle)
	lifecycle = ih_lifecycle_read(request->library, err);

	if (lifecycle == NULL)
		return false;
	const struct ih_move *moves =
	    ih_lifecycle_moves(lifecycle, axis, &count);
	/* A file is another's once that one has said so, under its signature.
	 */
	for (size_t i = 0; i < count; i++)
		if (axis == IH_FILE && strcmp(moves[i].event, event) == 0 &&
		    strcmp(moves[i].role, "recipient") == 0)
			return ih_fail_code(err, IH_USAGE, "E_BY_LETTER",
			    "axis %s: %s", ih_axis_name(axis), moves[i].event);
	for (size_t i = 0; i < count; i++)
		if (strcmp(moves[i].event, event) == 0 &&
		    (moves[i].propose || moves[i].decide || moves[i].tell))
			return ih_fail_code(err, IH_USAGE, "E_DECIDED_RECORD",
			    "axis %s: %s", ih_axis_name(axis), moves[i].event);
	return true;
}

/* ---- what can be decided */

static const struct column choice_columns[] = {
	{ "kind", W_COLUMN_KIND, false },
	{ "id", W_COLUMN_ID, false },
	{ "article", W_COLUMN_ARTICLE, false },
	{ "name", W_COLUMN_TITLE, false },
};

static bool
is_listed(const struct listing *l, const char *law, const char *article)
{
	for (size_t row = 0; row < l->count; row++)
		if (strcmp(l->cells[row * l->width], "law") == 0 &&
		    strcmp(l->cells[row * l->width + 1], law) == 0 &&
		    strcmp(l->cells[row * l->width + 2], article) == 0)
			return true;
	return false;
}

struct choosing {
	struct request *request;
	struct listing *listing;
};

static void
add_article(const xmlNode *law, const char *article, void *with)
{
	struct choosing *c = with;
	struct ih_arena *arena = c->request->arena;
	const struct ih_texts name = ih_texts_read(arena, law);
	const char *id = ih_arena_text(arena, ih_attr(law, "id"));

	if (!is_listed(c->listing, id, article))
		LISTING_ADD(c->listing, "law", id, article,
		    ih_texts_say(&name, c->request->tongue));
}

/* Somebody else's: who proposes, or decides alone, decided here before. */
static bool
is_for_another(struct ih_registry *registry, const struct ih_case_row *row,
    const struct ih_move *moves, size_t count, bool proposed)
{
	for (size_t i = 0; i < count; i++) {
		struct ih_error why = { 0 };

		if (strcmp(moves[i].from, row->state[IH_DETERMINATION]) == 0 &&
		    (proposed ? moves[i].propose : moves[i].decide) &&
		    !ih_case_allows(registry, row, IH_DETERMINATION, &moves[i],
			&why))
			return strcmp(why.code, "E_OTHER_DECIDER") == 0;
	}
	return false;
}

/* The outcomes that the case may come to from where it is. */
static void
add_outcomes(struct request *request, struct listing *listing,
    struct ih_registry *registry, const struct ih_lifecycle *lifecycle,
    const struct ih_case_row *row)
{
	const char *state = row->state[IH_DETERMINATION];
	size_t count;
	const struct ih_move *moves =
	    ih_lifecycle_moves(lifecycle, IH_DETERMINATION, &count);

	for (size_t i = 0; i < count; i++)
		if (moves[i].decide && strcmp(moves[i].from, state) == 0)
			LISTING_ADD(listing,
			    is_for_another(registry, row, moves, count,
				moves[i].proposed) ?
				"another" :
			    moves[i].proposed ? "proposal" :
						"outcome",
			    moves[i].to, "",
			    word(request,
				ih_arena_printf(request->arena,
				    "document.determination.%s", moves[i].to)));
}

bool
case_choices(struct request *request, struct ih_error *err)
{
	char code[IH_CODE_TEXT];
	struct ih_case_row row;
	struct listing listing =
	    LISTING(request, "choices", "choice", choice_columns);
	struct choosing with = { request, &listing };
	IH_OWNED(ih_registry) registry = open_registry(request, err);

	if (registry == NULL || !case_code(request->words[0], code, err) ||
	    !ih_case_row(registry, code, &row, err))
		return false;
	IH_OWNED(ih_lifecycle)
	lifecycle = ih_lifecycle_read(request->library, err);
	IH_OWNED(ih_mechanism)
	mechanism = lifecycle != NULL ?
			ih_mechanism_load(request->library,
			    ih_registry_committee(registry), err) :
			NULL;
	if (mechanism == NULL)
		return false;
	add_outcomes(request, &listing, registry, lifecycle, &row);
	for (size_t i = 0; i < mechanism->body_count; i++)
		LISTING_ADD(&listing, "body", mechanism->bodies[i].id, "",
		    ih_texts_say(&mechanism->bodies[i].name, request->tongue));
	ih_decided_each_article(mechanism, add_article, &with);
	return listing_print(&listing, request, err);
}

/* ---- told */

/* What an entry says, in the reader's words. */
static const char *
what_of(struct request *request, const struct ih_decided *e)
{
	const char *state = e->state != NULL ? e->state :
			    e->how != NULL   ? e->how :
					       e->asked;

	return ih_arena_printf(request->arena, "%s: %s",
	    word(request, ih_arena_printf(request->arena, "decided.kind.%s",
			      ih_decided_name(e->kind))),
	    state);
}

static void
tell_entry(struct request *request, struct listing *listing,
    const struct ih_decided *e, bool counts)
{
	const char *signers =
	    e->second != NULL ?
		ih_arena_printf(request->arena, "%s, %s", e->by, e->second) :
		e->by;
	const char *basis = e->law != NULL ? ih_arena_printf(request->arena,
						 "%s %s", e->law, e->article) :
					     NULL;

	LISTING_ADD(listing, ih_arena_printf(request->arena, "%ld", e->number),
	    what_of(request, e), e->date, e->body, basis, signers, e->until,
	    word(request, counts ? W_STATE_YES : W_STATE_NO),
	    e->grounds != NULL ? listing_line(request->arena, e->grounds) :
				 NULL,
	    e->differs != NULL ? listing_line(request->arena, e->differs) :
				 NULL);
}

bool
case_tell_decided(struct request *request, const xmlDoc *facts,
    struct ih_error *err)
{
	static const struct column columns[] = {
		{ "number", W_COLUMN_NUMBER, true },
		{ "what", W_COLUMN_WHAT, false },
		{ "date", W_COLUMN_DATE, false },
		{ "body", W_COLUMN_BODY, false },
		{ "basis", W_COLUMN_BASIS, false },
		{ "by", W_COLUMN_USER, false },
		{ "until", W_COLUMN_DUE, false },
		{ "counts", W_COLUMN_COUNTS, false },
		{ "grounds", W_COLUMN_REASON, false },
		{ "differs", W_COLUMN_DIFFERS, false },
	};
	struct listing listing =
	    LISTING(request, "determinations", "entry", columns);
	size_t count;
	const struct ih_decided *list =
	    ih_decided_list(facts, request->arena, &count);
	const struct ih_decided *last =
	    ih_decided_last(list, count, IH_DETERMINED);

	for (size_t i = 0; i < count; i++)
		tell_entry(request, &listing, &list[i], &list[i] == last);
	return count == 0 || listing_print(&listing, request, err);
}
