/* This is where it is kept what is due, and told. */
#include "ihala/work.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/json.h"
#include "ihala/request.h"
#include "query.h"

enum rank { URGENT, RUNNING, PAUSED };

/* The clocks of this committee and its days. */
struct ih_clockwork {
	struct ih_arena *arena;
	struct ih_mechanism *mechanism; /* NULL: every day is worked */
	struct ih_clock_days days;
	struct ih_clock *clocks;
	size_t count;
	const char *danger; /* the event that makes a case urgent */
};
typedef struct ih_clockwork ih_clockwork;

void
ih_clockwork_free(struct ih_clockwork *work)
{
	if (work == NULL)
		return;
	ih_mechanism_free(work->mechanism);
	ih_arena_free(work->arena);
	free(work);
}

IH_OWNER(ih_clockwork, ih_clockwork_free)

static struct ih_clock *
clock_named(const struct ih_clockwork *work, const char *id)
{
	for (size_t i = 0; i < work->count; i++)
		if (strcmp(work->clocks[i].id, id) == 0)
			return &work->clocks[i];
	return NULL;
}

/* A clock of the country takes the place of the common one of its name. */
static bool
add_clocks(struct ih_clockwork *work, const struct ih_lifecycle *lifecycle,
    const struct ih_clock *clocks, size_t count, struct ih_error *err)
{
	struct ih_clock *all =
	    ih_arena_take(work->arena, (work->count + count + 1) * sizeof *all);

	if (work->count > 0)
		memcpy(all, work->clocks, work->count * sizeof *all);
	work->clocks = all;
	for (size_t i = 0; i < count; i++) {
		struct ih_clock *same = clock_named(work, clocks[i].id);

		if (!ih_lifecycle_fits(lifecycle, &clocks[i]))
			return ih_fail(err, IH_INPUT,
			    "mechanism: the clock %s names an event that the "
			    "axis does not have",
			    clocks[i].id);
		*(same != NULL ? same : &all[work->count++]) = clocks[i];
	}
	return true;
}

static const char *
danger_of(const struct ih_lifecycle *lifecycle)
{
	size_t count;
	const struct ih_move *moves =
	    ih_lifecycle_moves(lifecycle, IH_FILE, &count);

	for (size_t i = 0; i < count; i++)
		if (moves[i].urgent)
			return moves[i].event;
	return "";
}

/* A committee that practises may have no file of its own. */
static bool
take_mechanism(struct ih_registry *registry, struct ih_clockwork *work,
    const struct ih_lifecycle *lifecycle, struct ih_error *err)
{
	static const struct ih_mechanism none;
	struct ih_error absent = { 0 };
	const struct ih_clock *clocks;
	size_t count;

	work->days.mechanism = &none;
	work->mechanism =
	    ih_mechanism_load(registry->library, registry->committee, &absent);
	if (work->mechanism == NULL) {
		if (absent.kind == IH_ABSENT)
			return true;
		*err = absent;
		return false;
	}
	work->days.mechanism = work->mechanism;
	clocks = ih_clocks_read(work->arena,
	    xmlDocGetRootElement(work->mechanism->doc), &count);
	return add_clocks(work, lifecycle, clocks, count, err);
}

static const struct ih_clockwork *
clockwork_of(struct ih_registry *registry, struct ih_error *err)
{
	const struct ih_lifecycle *lifecycle;
	const struct ih_clock *clocks;
	size_t count;

	if (registry->clockwork != NULL)
		return registry->clockwork;
	lifecycle = ih_case_lifecycle(registry, err);
	if (lifecycle == NULL)
		return NULL;
	IH_OWNED(ih_clockwork) work = ih_zeroed(sizeof *work);
	work->arena = ih_arena_new();
	work->danger = danger_of(lifecycle);
	clocks = ih_lifecycle_clocks(lifecycle, &count);
	if (!add_clocks(work, lifecycle, clocks, count, err) ||
	    !take_mechanism(registry, work, lifecycle, err))
		return NULL;
	registry->clockwork = IH_GIVE(work);
	return registry->clockwork;
}

/* ---- what happened to a case */

struct history {
	struct ih_arena *arena;
	const char *danger; /* NULL: it was made urgent by a move */
	struct ih_clock_step *steps;
	size_t count, room;
};

static void
add_step(struct history *h, const char *axis, const char *event,
    int64_t instant)
{
	h->steps = ih_arena_more(h->arena, h->steps, h->count, &h->room,
	    sizeof *h->steps);
	h->steps[h->count++] = (struct ih_clock_step){ axis,
		ih_arena_text(h->arena, event), instant };
}

static bool
keep_step(const struct ih_case_step *step, void *with)
{
	struct history *h = with;

	if (h->danger != NULL && strcmp(step->event, h->danger) == 0)
		h->danger = NULL;
	add_step(h, ih_axis_name(step->axis), step->event, step->instant);
	return true;
}

/* Being taken in is no move, but the first thing that happens; so is the
 * danger of a case that came in urgent. */
static bool
add_opening(struct ih_registry *registry, const char *code, struct history *h,
    bool *urgent, struct ih_error *err)
{
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err,
	    "SELECT l.instant, c.urgent FROM case_file AS c"
	    " LEFT JOIN ledger AS l ON l.act = 'open' AND l.subject = c.code"
	    " WHERE c.code = :code ORDER BY l.at LIMIT 1",
	    ih_text(":code", code));

	if (rows == NULL)
		return false;
	if (!ih_row(rows, err))
		return err->kind == IH_NONE &&
		       ih_fail_code(err, IH_ABSENT, "E_CASE_UNKNOWN",
			   "no case has this code");
	*urgent = sqlite3_column_int(rows, 1) != 0;
	if (sqlite3_column_type(rows, 0) != SQLITE_NULL)
		add_step(h, IH_CLOCK_AXIS, IH_CLOCK_TAKE_IN,
		    sqlite3_column_int64(rows, 0));
	return true;
}

/* The second place is kept for the danger and may stay empty. */
static bool
read_history(struct ih_registry *registry, const struct ih_clockwork *work,
    const char *code, struct history *h, struct ih_error *err)
{
	bool urgent = false;

	h->danger = work->danger;
	if (!add_opening(registry, code, h, &urgent, err))
		return false;
	size_t at = h->count;
	if (at > 0)
		add_step(h, IH_CLOCK_AXIS, "", h->steps[0].instant);
	if (!ih_case_steps(registry, code, keep_step, h, err))
		return false;
	if (urgent && at > 0 && h->danger != NULL)
		h->steps[at].event = h->danger;
	return true;
}

/* ---- keeping what is due */

static enum rank
rank_of(const struct ih_clock *clock, const struct ih_clock_run *run)
{
	if (run->is_paused)
		return PAUSED;
	return clock->urgent ? URGENT : RUNNING;
}

/* Nothing of a request is excused: it is looked at, or it is late. */
static bool
insert_request_due(struct ih_registry *registry, const char *code,
    const struct ih_clock *clock, const struct ih_clock_run *run,
    struct ih_error *err)
{
	return ih_run(registry->db, err,
	    "INSERT INTO request_due (code, clock, rank, due, started, excused)"
	    " VALUES (:code, :clock, :rank, :due, :started, 0)",
	    ih_text(":code", code), ih_text(":clock", clock->id),
	    ih_number(":rank", rank_of(clock, run)),
	    ih_number(":due", run->due), ih_number(":started", run->started));
}

static bool
insert_due(struct ih_registry *registry, const char *code,
    const struct ih_clock *clock, const struct ih_clock_run *run,
    struct ih_error *err)
{
	return ih_run(registry->db, err,
	    "INSERT INTO due (code, clock, rank, due, started, excused)"
	    " VALUES (:code, :clock, :rank, :due, :started,"
	    " EXISTS (SELECT 1 FROM excuse WHERE code = :code"
	    "  AND clock = :clock AND started = :started))",
	    ih_text(":code", code), ih_text(":clock", clock->id),
	    ih_number(":rank", rank_of(clock, run)),
	    ih_number(":due", run->due), ih_number(":started", run->started));
}

static bool
delete_due(struct ih_registry *registry, const char *code, struct ih_error *err)
{
	return ih_run(registry->db, err, "DELETE FROM due WHERE code = :code",
	    ih_text(":code", code));
}

bool
ih_work_forget(struct ih_registry *registry, const char *code,
    struct ih_error *err)
{
	return delete_due(registry, code, err) &&
	       ih_run(registry->db, err,
		   "DELETE FROM excuse WHERE code = :code",
		   ih_text(":code", code));
}

/* What is to be done with each clock that runs. */
typedef bool running_clock(struct ih_registry *registry, const char *code,
    const struct ih_clock *clock, const struct ih_clock_run *run,
    struct ih_error *err);

static bool
each_of(struct ih_registry *registry, const char *code,
    const struct ih_clockwork *work, const struct history *h,
    running_clock *each, int64_t *running, struct ih_error *err)
{
	struct ih_clock_run *runs =
	    ih_arena_take(h->arena, (h->count + 1) * sizeof *runs);

	*running = 0;
	for (size_t i = 0; i < work->count; i++) {
		const struct ih_clock *clock = &work->clocks[i];
		size_t count =
		    ih_clock_runs(clock, &work->days, h->steps, h->count, runs);

		if (count == 0 || runs[count - 1].is_ended)
			continue;
		if (!each(registry, code, clock, &runs[count - 1], err))
			return false;
		++*running;
	}
	return true;
}

static bool
each_running(struct ih_registry *registry, const char *code,
    running_clock *each, int64_t *running, struct ih_error *err)
{
	const struct ih_clockwork *work = clockwork_of(registry, err);
	IH_OWNED(ih_arena) arena = ih_arena_new();
	struct history h = { .arena = arena };

	return work != NULL && read_history(registry, work, code, &h, err) &&
	       each_of(registry, code, work, &h, each, running, err);
}

/* A request that nobody has looked at is taken in, and perhaps in danger:
 * nothing else has happened to it. */
static bool
each_of_request(struct ih_registry *registry, const struct ih_request_row *row,
    running_clock *each, int64_t *running, struct ih_error *err)
{
	const struct ih_clockwork *work = clockwork_of(registry, err);
	IH_OWNED(ih_arena) arena = ih_arena_new();
	struct history h = { .arena = arena };

	*running = 0;
	if (work == NULL)
		return false;
	if (strcmp(row->state,
		ih_lifecycle_start(registry->lifecycle, IH_REQUEST)) != 0)
		return true;
	add_step(&h, IH_CLOCK_AXIS, IH_CLOCK_TAKE_IN, row->asked);
	if (strcmp(row->danger, "yes") == 0)
		add_step(&h, IH_CLOCK_AXIS, work->danger, row->asked);
	return each_of(registry, row->code, work, &h, each, running, err);
}

bool
ih_work_follow_request(struct ih_registry *registry,
    const struct ih_request_row *row, struct ih_error *err)
{
	int64_t running;

	return ih_run(registry->db, err,
		   "DELETE FROM request_due WHERE code = :code",
		   ih_text(":code", row->code)) &&
	       each_of_request(registry, row, insert_request_due, &running,
		   err);
}

bool
ih_work_follow(struct ih_registry *registry, const char *code,
    struct ih_error *err)
{
	int64_t running;

	return delete_due(registry, code, err) &&
	       each_running(registry, code, insert_due, &running, err);
}

static bool
follow_all(struct ih_registry *registry, struct ih_error *err)
{
	char code[IH_CODE_TEXT];
	IH_OWNED(sqlite3_stmt)
	rows =
	    ih_ask(registry->db, err, "SELECT code FROM case_file", IH_NOTHING);

	if (rows == NULL)
		return false;
	while (ih_row(rows, err)) {
		ih_column_text(rows, 0, code, sizeof code);
		if (!ih_work_follow(registry, code, err))
			return false;
	}
	return err->kind == IH_NONE;
}

struct following {
	struct ih_registry *registry;
	struct ih_error *err;
	bool done;
};

static bool
follow_request(const struct ih_request_row *row, void *with)
{
	struct following *f = with;

	f->done = ih_work_follow_request(f->registry, row, f->err);
	return f->done;
}

static bool
follow_requests(struct ih_registry *registry, struct ih_error *err)
{
	struct ih_error fault = { 0 };
	struct following f = { registry, &fault, true };

	if (!ih_request_each(registry, follow_request, &f, err))
		return false;
	if (!f.done)
		*err = fault;
	return f.done;
}

/* Other clocks or another calendar, with another pack: all is made anew. */
static bool
is_of_pack(struct ih_registry *registry, int64_t *pack, bool *made,
    struct ih_error *err)
{
	int64_t by = 0;

	if (!ih_count(registry->db, err, pack,
		"SELECT coalesce(max(sequence), 0) FROM pack", IH_NOTHING) ||
	    !ih_count(registry->db, err, &by,
		"SELECT coalesce(max(sequence), -1) FROM due_made", IH_NOTHING))
		return false;
	*made = by == *pack;
	return true;
}

static bool
keep_up(struct ih_registry *registry, struct ih_error *err)
{
	int64_t pack = 0;
	bool made = false;

	if (!is_of_pack(registry, &pack, &made, err) || made)
		return made;
	IH_OWNED(ih_transaction) all = ih_transaction_begin(registry, err);
	return all != NULL && follow_all(registry, err) &&
	       follow_requests(registry, err) &&
	       ih_run(registry->db, err,
		   "INSERT OR REPLACE INTO due_made (one, sequence)"
		   " VALUES (1, :pack)",
		   ih_number(":pack", pack)) &&
	       ih_transaction_commit(all, err);
}

/* ---- is it so */

static bool
differs(struct ih_error *err)
{
	return ih_fail(err, IH_TRUST, "what is due is not what the steps say");
}

#define STANDS_IN(table)                                                       \
	"SELECT count(*) FROM " table " WHERE code = :code AND clock = :clock" \
	" AND due = :due AND started = :started AND rank = :rank"

static bool
stands(struct ih_registry *registry, const char *sql, const char *code,
    const struct ih_clock *clock, const struct ih_clock_run *run,
    struct ih_error *err)
{
	int64_t count = 0;

	return ih_count(registry->db, err, &count, sql, ih_text(":code", code),
		   ih_text(":clock", clock->id), ih_number(":due", run->due),
		   ih_number(":started", run->started),
		   ih_number(":rank", rank_of(clock, run))) &&
	       (count == 1 || differs(err));
}

static bool
is_due(struct ih_registry *registry, const char *code,
    const struct ih_clock *clock, const struct ih_clock_run *run,
    struct ih_error *err)
{
	return stands(registry, STANDS_IN("due"), code, clock, run, err);
}

static bool
is_request_due(struct ih_registry *registry, const char *code,
    const struct ih_clock *clock, const struct ih_clock_run *run,
    struct ih_error *err)
{
	return stands(registry, STANDS_IN("request_due"), code, clock, run,
	    err);
}

/* Without a library nobody knows what the clocks are; another pack will make
 * what is due anew. */
static bool
is_to_check(struct ih_registry *registry, bool *check, struct ih_error *err)
{
	int64_t pack = 0;

	*check = false;
	return registry->library == NULL ||
	       is_of_pack(registry, &pack, check, err);
}

bool
ih_work_check(struct ih_registry *registry, const char *code,
    struct ih_error *err)
{
	int64_t running = 0, rows = 0;
	bool check;

	if (!is_to_check(registry, &check, err))
		return false;
	if (!check)
		return true;
	return each_running(registry, code, is_due, &running, err) &&
	       ih_count(registry->db, err, &rows,
		   "SELECT count(*) FROM due WHERE code = :code",
		   ih_text(":code", code)) &&
	       (rows == running || differs(err));
}

bool
ih_work_check_request(struct ih_registry *registry,
    const struct ih_request_row *row, struct ih_error *err)
{
	int64_t running = 0, rows = 0;
	bool check;

	if (!is_to_check(registry, &check, err))
		return false;
	if (!check)
		return true;
	return each_of_request(registry, row, is_request_due, &running, err) &&
	       ih_count(registry->db, err, &rows,
		   "SELECT count(*) FROM request_due WHERE code = :code",
		   ih_text(":code", row->code)) &&
	       (rows == running || differs(err));
}

/* ---- telling it */

/* The codes of the cases that were given to the user, as a JSON array. */
static struct ih_buffer *
own_codes(struct ih_registry *registry, struct ih_error *err)
{
	char holder[IH_HOLDER_TEXT], code[IH_CODE_TEXT];
	IH_OWNED(ih_buffer) codes = ih_buffer_new();
	struct ih_json json = ih_json_to(codes);

	ih_keys_holder(registry->user, holder);
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->keys, err,
	    "SELECT DISTINCT code FROM case_key WHERE holder = :holder",
	    ih_text(":holder", holder));
	if (rows == NULL)
		return NULL;
	ih_json_open(&json, NULL, '[');
	while (ih_row(rows, err)) {
		ih_column_text(rows, 0, code, sizeof code);
		ih_json_text(&json, NULL, code);
	}
	ih_json_close(&json, ']');
	return err->kind == IH_NONE ? IH_GIVE(codes) : NULL;
}

/* Requests wait for whoever may take them in, not for one. */
#define ROWS                                                                   \
	"SELECT code, clock, rank, due, started, excused FROM"                 \
	" (SELECT code, clock, rank, due, started, excused, 0 AS shared"       \
	"  FROM due UNION ALL"                                                 \
	"  SELECT code, clock, rank, due, started, excused, 1"                 \
	"  FROM request_due)"
#define ORDER " ORDER BY rank, due, code, clock"
#define IN_TIME " rank IN (0, 1) AND due BETWEEN :from AND :to"
#define OWN " (shared > :mine OR code IN (SELECT value FROM json_each(:codes)))"

static sqlite3_stmt *
ask(struct ih_registry *registry, const struct ih_work_asked *asked, bool own,
    struct ih_error *err)
{
	static const char *const sql[2][2] = {
		{ ROWS ORDER, ROWS " WHERE" IN_TIME ORDER },
		{ ROWS " WHERE" OWN ORDER,
		    ROWS " WHERE" IN_TIME " AND" OWN ORDER },
	};
	IH_OWNED(ih_buffer) codes = own ? own_codes(registry, err) : NULL;
	struct ih_bind binds[5] = { 0 }; /* the last one ends the list */
	size_t count = 0;

	if (own && codes == NULL)
		return NULL;
	if (own) {
		binds[count++] = ih_text(":codes", (const char *)codes->data);
		binds[count++] = ih_number(":mine", asked->mine);
	}
	if (asked->bounded) {
		binds[count++] = ih_number(":from", asked->from);
		binds[count++] = ih_number(":to", asked->to);
	}
	return ih_ask_(registry->db, err, sql[own][asked->bounded], binds);
}

static bool
read_due(const struct ih_clockwork *work, sqlite3_stmt *rows,
    struct ih_work *one)
{
	const char *id = (const char *)sqlite3_column_text(rows, 1);

	/* Neighbours often are of one kind. */
	if (one->clock == NULL || strcmp(one->clock->id, id) != 0)
		one->clock = clock_named(work, id);
	if (one->clock == NULL)
		return false;
	ih_column_text(rows, 0, one->code, sizeof one->code);
	one->run = (struct ih_clock_run){ .is_paused = sqlite3_column_int(rows,
							   2) == PAUSED,
		.due = sqlite3_column_int64(rows, 3),
		.started = sqlite3_column_int64(rows, 4) };
	one->excused = sqlite3_column_int(rows, 5) != 0;
	return true;
}

bool
ih_work_each(struct ih_registry *registry, const struct ih_work_asked *asked,
    ih_work_seen *each, void *with, struct ih_error *err)
{
	enum ih_reach reach = ih_roles_reach(registry->roles, IH_MAY_MOVE);
	const struct ih_clockwork *work;
	struct ih_work one = { 0 };

	/* Refuses, and says why, whom no case concerns. */
	if (reach == IH_NO_CASE || ih_registry_is_locked(registry))
		return ih_registry_may(registry, IH_MAY_MOVE, NULL, err);
	work = clockwork_of(registry, err);
	if (work == NULL || !keep_up(registry, err))
		return false;
	IH_OWNED(sqlite3_stmt)
	rows = ask(registry, asked, asked->mine || reach == IH_OWN_CASES, err);
	if (rows == NULL)
		return false;
	while (ih_row(rows, err))
		if (read_due(work, rows, &one) &&
		    (!asked->awaiting || one.clock->awaits) &&
		    !each(&one, with))
			return true;
	return err->kind == IH_NONE;
}

/* ---- one case */

static bool
is_excused(struct ih_registry *registry, const struct ih_work *one,
    bool *excused, struct ih_error *err)
{
	int64_t count = 0;
	bool done = ih_count(registry->db, err, &count,
	    "SELECT count(*) FROM excuse WHERE code = :code"
	    " AND clock = :clock AND started = :started",
	    ih_text(":code", one->code), ih_text(":clock", one->clock->id),
	    ih_number(":started", one->run.started));

	*excused = count > 0;
	return done;
}

bool
ih_work_of_case(struct ih_registry *registry, const char *code,
    ih_work_seen *each, void *with, struct ih_error *err)
{
	const struct ih_clockwork *work = clockwork_of(registry, err);
	IH_OWNED(ih_arena) arena = ih_arena_new();
	struct history h = { .arena = arena };
	struct ih_work one = { 0 };

	if (work == NULL || !read_history(registry, work, code, &h, err))
		return false;
	struct ih_clock_run *runs =
	    ih_arena_take(arena, (h.count + 1) * sizeof *runs);
	snprintf(one.code, sizeof one.code, "%s", code);
	for (size_t i = 0; i < work->count; i++) {
		size_t count = ih_clock_runs(&work->clocks[i], &work->days,
		    h.steps, h.count, runs);

		one.clock = &work->clocks[i];
		for (size_t k = 0; k < count; k++) {
			one.run = runs[k];
			if (!is_excused(registry, &one, &one.excused, err))
				return false;
			if (!each(&one, with))
				return true;
		}
	}
	return true;
}

/* ---- why it is late */

#define BINDING 160

static void
excuse_binding(const char *code, const char *clock, int64_t started,
    char binding[static BINDING])
{
	snprintf(binding, BINDING, "ihala-excuse-1\n%.11s\n%.64s\n%lld\n", code,
	    clock, (long long)started);
}

struct late {
	const char *clock;
	int64_t now;
	bool is_known, is_late;
	int64_t started;
};

/* The last late run of the clock. */
static bool
find_late(const struct ih_work *one, void *with)
{
	struct late *late = with;
	enum ih_clock_state state = ih_clock_state(&one->run, late->now);

	if (strcmp(one->clock->id, late->clock) != 0)
		return true;
	late->is_known = true;
	if (state == IH_CLOCK_OVERDUE || state == IH_CLOCK_LATE) {
		late->is_late = true;
		late->started = one->run.started;
	}
	return true;
}

static bool
is_late(struct ih_registry *registry, const char *code, struct late *late,
    struct ih_error *err)
{
	if (!ih_work_of_case(registry, code, find_late, late, err))
		return false;
	if (!late->is_known)
		return ih_fail_code(err, IH_ABSENT, "E_CLOCK_UNKNOWN", "%s",
		    code);
	return late->is_late ||
	       ih_fail_code(err, IH_STATE, "E_CLOCK_IN_TIME", "%s", code);
}

static bool
insert_excuse(struct ih_registry *registry, const char *code,
    const struct late *late, const char *reason, struct ih_error *err)
{
	char binding[BINDING], about[IH_SUBJECT_TEXT];

	excuse_binding(code, late->clock, late->started, binding);
	snprintf(about, sizeof about, "late %.64s", late->clock);
	IH_OWNED(ih_buffer)
	sealed = ih_note_seal(registry, code, IH_FACTS, binding, reason, err);
	return sealed != NULL &&
	       ih_note_enter(registry, code, about, sealed, err) &&
	       ih_run(registry->db, err,
		   "INSERT INTO excuse (entry, code, clock, started, sealed)"
		   " VALUES ((SELECT max(at) FROM ledger), :code, :clock,"
		   " :started, :sealed)",
		   ih_text(":code", code), ih_text(":clock", late->clock),
		   ih_number(":started", late->started),
		   ih_bytes(":sealed", sealed->data, sealed->size)) &&
	       ih_work_follow(registry, code, err);
}

bool
ih_clock_excuse(struct ih_registry *registry, const char *code,
    const char *clock, const char *reason, struct ih_error *err)
{
	struct late late = { .clock = clock, .now = registry->world->now };

	if (!ih_note_is_reason(reason, err))
		return false;
	IH_OWNED(ih_transaction) all = ih_transaction_begin(registry, err);
	return all != NULL && ih_erase_not_yet(registry, code, err) &&
	       ih_registry_may(registry, IH_MAY_MOVE, code, err) &&
	       is_late(registry, code, &late, err) &&
	       insert_excuse(registry, code, &late, reason, err) &&
	       ih_transaction_commit(all, err);
}

static bool
tell_excuse(struct ih_registry *registry, const char *code, sqlite3_stmt *rows,
    bool *more, ih_excuse_seen *each, void *with, struct ih_error *err)
{
	char binding[BINDING];
	struct ih_excuse one = { .entry = sqlite3_column_int64(rows, 0),
		.instant = sqlite3_column_int64(rows, 1) };

	ih_column_text(rows, 2, one.user, sizeof one.user);
	ih_column_text(rows, 3, one.clock, sizeof one.clock);
	excuse_binding(code, one.clock, sqlite3_column_int64(rows, 4), binding);
	IH_OWNED(ih_buffer)
	reason = ih_note_open(registry, code, IH_FACTS, binding, rows, 5, err);
	if (reason == NULL)
		return false;
	one.reason = (const char *)reason->data;
	*more = each(&one, with);
	return true;
}

bool
ih_excuse_each(struct ih_registry *registry, const char *code,
    ih_excuse_seen *each, void *with, struct ih_error *err)
{
	char subject[IH_SUBJECT_TEXT];
	struct ih_case_row row;
	bool more = true;

	snprintf(subject, sizeof subject, "%.11s late", code);
	/* Entered first: what was seen was entered, even after a crash. */
	if (!ih_case_row(registry, code, &row, err) ||
	    !ih_registry_may(registry, IH_MAY_FACTS, code, err) ||
	    !ih_ledger_add(registry, IH_ACT_READ, subject, NULL, err))
		return false;
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err,
	    "SELECT e.entry, l.instant, l.actor, e.clock, e.started, e.sealed"
	    " FROM excuse AS e JOIN ledger AS l ON l.at = e.entry"
	    " WHERE e.code = :code ORDER BY e.entry",
	    ih_text(":code", code));
	if (rows == NULL)
		return false;
	while (more && ih_row(rows, err))
		if (!tell_excuse(registry, code, rows, &more, each, with, err))
			return false;
	return err->kind == IH_NONE;
}
