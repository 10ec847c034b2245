/* ihala work - what is due in the cases of the office; ihala case clocks,
 * excuse and excuses - the same of one case, and why something was late. */
#include "ihala/work.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "case_file.h"
#include "ihala/date.h"
#include "ihala/digest.h"
#include "ihala/ical.h"
#include "ihala/ledger.h"
#include "ihala/request.h"
#include "listing.h"
#include "words_keys.h"

#define DAY INT64_C(86400)
#define WEEK 7 /* days that --week looks ahead */

/* ---- one row */

static const char *const state_words[] = {
	[IH_CLOCK_RUNNING] = W_WORK_STATE_DUE,
	[IH_CLOCK_PAUSED] = W_WORK_STATE_PAUSED,
	[IH_CLOCK_OVERDUE] = W_WORK_STATE_OVERDUE,
	[IH_CLOCK_KEPT] = W_WORK_STATE_KEPT,
	[IH_CLOCK_LATE] = W_WORK_STATE_LATE,
};

/* A clock that counts hours says the hour. */
static const char *
due_text(struct ih_arena *arena, const struct ih_work *one)
{
	char text[IH_INSTANT_TEXT];

	if (one->run.is_paused)
		return "";
	if (one->clock->unit == IH_HOURS)
		ih_instant_format(one->run.due, text);
	else
		ih_date_format(ih_instant_date(one->run.due), text);
	return ih_arena_text(arena, text);
}

/* The same for a screen, which says it in its own way. */
static const char *
state_code(const struct request *request, const struct ih_work *one)
{
	static const char *const codes[] = {
		[IH_CLOCK_RUNNING] = "due",
		[IH_CLOCK_PAUSED] = "paused",
		[IH_CLOCK_OVERDUE] = "overdue",
		[IH_CLOCK_KEPT] = "kept",
		[IH_CLOCK_LATE] = "late",
	};

	return codes[ih_clock_state(&one->run, request->world.now)];
}

static const char *
state_text(const struct request *request, const struct ih_work *one)
{
	return word(request,
	    state_words[ih_clock_state(&one->run, request->world.now)]);
}

/* ---- the worklist */

struct totals {
	uint64_t urgent, overdue, due, paused;
};

struct worklist {
	struct request *request;
	struct ih_registry *registry; /* borrowed; of the whole list */
	struct listing *listing;      /* or */
	struct ih_buffer *file;
	struct totals totals;
};

static void
count_one(struct worklist *list, const struct ih_work *one)
{
	struct totals *t = &list->totals;
	enum ih_clock_state state =
	    ih_clock_state(&one->run, list->request->world.now);

	t->urgent += one->clock->urgent;
	t->paused += state == IH_CLOCK_PAUSED;
	t->overdue += state == IH_CLOCK_OVERDUE;
	t->due += state == IH_CLOCK_RUNNING;
}

/* Where a screen finds it. */
static const char *
about(const struct worklist *list, const struct ih_work *one)
{
	struct ih_error none = { 0 };
	struct ih_request_row row;

	return list->request->at_hand != NULL &&
		       ih_request_row(list->registry, one->code, &row, &none) ?
		   "request" :
		   "case";
}

static bool
list_one(const struct ih_work *one, void *with)
{
	struct worklist *list = with;
	struct request *request = list->request;
	const char *left =
	    one->run.is_paused ?
		"" :
		ih_arena_printf(request->arena, "%" PRId64,
		    ih_clock_days_left(one->run.due, request->world.now));

	count_one(list, one);
	LISTING_ADD(list->listing, one->code,
	    yes_or_no(request, one->clock->urgent), state_text(request, one),
	    due_text(request->arena, one), left, one->clock->role,
	    one->clock->id, yes_or_no(request, one->excused),
	    ih_texts_say(&one->clock->text, request->tongue),
	    yes_code(one->clock->urgent), state_code(request, one),
	    yes_code(one->excused), about(list, one));
	return true;
}

/* Says nothing of what is due: a calendar is shown to whoever passes by. */
static const char *
uid_of(struct ih_arena *arena, const struct ih_work *one)
{
	struct ih_hash hash = { 0 };
	char hex[IH_DIGEST_TEXT];
	const char *text = ih_arena_printf(arena, "%s %s %" PRId64, one->code,
	    one->clock->id, one->run.started);

	ih_digest(text, strlen(text), hash.bytes);
	ih_hash_text(&hash, hex);
	return ih_arena_printf(arena, "%.32s@office", hex);
}

static bool
file_one(const struct ih_work *one, void *with)
{
	struct worklist *list = with;
	struct request *request = list->request;

	if (one->run.is_paused)
		return true;
	ih_ical_add(list->file,
	    &(const struct ih_ical_day){ .uid = uid_of(request->arena, one),
		.title = ih_say(request->arena, request->tongue, W_WORK_TITLE,
		    IH_ARG(one->code)),
		.day = ih_date_first(ih_instant_date(one->run.due)) },
	    request->world.now);
	return true;
}

static struct ih_work_asked
asked_of(const struct request *request)
{
	int64_t now = request->world.now;
	int64_t today = now / DAY * DAY;

	return (struct ih_work_asked){ .mine = request->mine,
		.awaiting = request->awaiting,
		.bounded = request->overdue || request->week,
		.from = request->overdue ? INT64_MIN : now,
		.to = request->week ? today + (WEEK + 1) * DAY - 1 : now - 1 };
}

/* What leaves for a telephone is entered, though it tells no content. */
static bool
write_calendar(struct request *request, struct ih_registry *registry,
    const struct ih_work_asked *asked, struct ih_error *err)
{
	IH_OWNED(ih_buffer) file = ih_buffer_new();
	struct worklist list = { .request = request, .file = file };
	struct ih_hash digest = { 0 };

	ih_ical_open(file);
	if (!ih_work_each(registry, asked, file_one, &list, err))
		return false;
	ih_ical_close(file);
	ih_digest(file->data, file->size, digest.bytes);
	return ih_ledger_add(registry, IH_ACT_EXPORT, "calendar", &digest,
		   err) &&
	       put_output(request, file->data, file->size, err);
}

static bool
print_list(struct request *request, struct ih_registry *registry,
    const struct ih_work_asked *asked, struct ih_error *err)
{
	static const struct column columns[] = {
		{ "code", W_COLUMN_CODE, false },
		{ "urgent", W_COLUMN_URGENT, false },
		{ "state", W_COLUMN_STATE, false },
		{ "due", W_COLUMN_DUE, false },
		{ "days", W_COLUMN_DAYS_LEFT, false },
		{ "role", W_COLUMN_WHO, false },
		{ "clock", W_COLUMN_CLOCK, false },
		{ "explained", W_COLUMN_EXPLAINED, false },
		{ "what", W_COLUMN_STEP, false },
		{ "urgent-code", W_COLUMN_URGENT, false },
		{ "state-code", W_COLUMN_STATE, false },
		{ "explained-code", W_COLUMN_EXPLAINED, false },
		{ "about-code", W_COLUMN_WHAT, false },
	};
	struct listing listing =
	    LISTING_CODED(request, "work", "step", columns, 4);
	struct worklist list = { .request = request,
		.registry = registry,
		.listing = &listing };
	const struct totals *t = &list.totals;

	if (!ih_work_each(registry, asked, list_one, &list, err) ||
	    !listing_print(&listing, request, err))
		return false;
	say(request, W_WORK_TOTAL, IH_NUM(t->urgent), IH_NUM(t->overdue),
	    IH_NUM(t->due), IH_NUM(t->paused));
	return true;
}

bool
cmd_work(struct request *request, struct ih_error *err)
{
	struct ih_work_asked asked = asked_of(request);
	IH_OWNED(ih_registry) registry = open_registry(request, err);

	if (registry == NULL)
		return false;
	if (request->output != NULL && !request->calendar)
		return ih_fail(err, IH_USAGE, "-o is for --calendar");
	return (request->calendar ?
		       write_calendar(request, registry, &asked, err) :
		       print_list(request, registry, &asked, err)) &&
	       remind_of_first(request, registry, err);
}

/* ---- one case */

static bool
list_run(const struct ih_work *one, void *with)
{
	struct worklist *list = with;
	struct request *request = list->request;
	char started[IH_INSTANT_TEXT], ended[IH_INSTANT_TEXT] = "";

	ih_instant_format(one->run.started, started);
	if (one->run.is_ended)
		ih_instant_format(one->run.ended, ended);
	LISTING_ADD(list->listing, one->clock->id, state_text(request, one),
	    started, due_text(request->arena, one), ended,
	    yes_or_no(request, one->excused), one->clock->status,
	    ih_texts_say(&one->clock->text, request->tongue),
	    state_code(request, one), yes_code(one->excused));
	return true;
}

bool
case_clocks(struct request *request, struct ih_error *err)
{
	static const struct column columns[] = {
		{ "clock", W_COLUMN_CLOCK, false },
		{ "state", W_COLUMN_STATE, false },
		{ "started", W_COLUMN_STARTED, false },
		{ "due", W_COLUMN_DUE, false },
		{ "ended", W_COLUMN_ENDED, false },
		{ "explained", W_COLUMN_EXPLAINED, false },
		{ "status", W_COLUMN_STATUS, false },
		{ "what", W_COLUMN_STEP, false },
		{ "state-code", W_COLUMN_STATE, false },
		{ "explained-code", W_COLUMN_EXPLAINED, false },
	};
	char code[IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = open_registry_locked(request, err);
	struct listing listing =
	    LISTING_CODED(request, "clocks", "clock", columns, 2);
	struct worklist list = { .request = request, .listing = &listing };

	return registry != NULL && case_code(request->words[0], code, err) &&
	       ih_work_of_case(registry, code, list_run, &list, err) &&
	       listing_print(&listing, request, err);
}

bool
case_excuse(struct request *request, struct ih_error *err)
{
	char code[IH_CODE_TEXT];
	IH_OWNED(ih_buffer) reason = read_reason(request, err);
	IH_OWNED(ih_registry)
	registry = reason != NULL ? open_registry(request, err) : NULL;
	if (registry == NULL || !case_code(request->words[0], code, err) ||
	    !ih_clock_excuse(registry, code, request->words[1],
		(const char *)reason->data, err))
		return false;
	say(request, W_WORK_EXCUSED, IH_ARG(code));
	return true;
}

static bool
list_excuse(const struct ih_excuse *excuse, void *with)
{
	struct listing *listing = with;
	char instant[IH_INSTANT_TEXT];

	ih_instant_format(excuse->instant, instant);
	LISTING_ADD(listing, excuse->clock, instant, excuse->user,
	    listing_line(listing->arena, excuse->reason));
	return true;
}

bool
case_excuses(struct request *request, struct ih_error *err)
{
	static const struct column columns[] = {
		{ "clock", W_COLUMN_CLOCK, false },
		{ "added", W_COLUMN_ADDED, false },
		{ "user", W_COLUMN_USER, false },
		{ "reason", W_COLUMN_REASON, false },
	};
	char code[IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	struct listing listing = LISTING(request, "excuses", "excuse", columns);

	return registry != NULL && case_code(request->words[0], code, err) &&
	       ih_excuse_each(registry, code, list_excuse, &listing, err) &&
	       listing_print(&listing, request, err);
}
