/* This is where events of a case become days on which something is due. */
#include "ihala/clock.h"

#include <stdlib.h>
#include <string.h>

#include "ihala/node.h"

#define DAY INT64_C(86400) /* seconds */
#define HOUR INT64_C(3600)

/* ---- reading */

static const char *
attribute(struct ih_arena *arena, const xmlNode *node, const char *name)
{
	const char *value = ih_attr(node, name);

	return value != NULL ? ih_arena_text(arena, value) : NULL;
}

const struct ih_clock *
ih_clocks_read(struct ih_arena *arena, const xmlNode *root, size_t *count)
{
	static const char *const units[IH_CLOCK_UNITS] = {
		[IH_HOURS] = "hours",
		[IH_DAYS] = "days",
		[IH_WORKING_DAYS] = "working-days",
	};
	struct ih_clock *clocks, *to;

	*count = ih_children(root, "clock");
	clocks = to = ih_arena_take(arena, (*count + 1) * sizeof *clocks);
	for (const xmlNode *n = ih_child(root, "clock"); n != NULL;
	     n = ih_next(n, "clock"))
		*to++ = (struct ih_clock){
			.id = attribute(arena, n, "id"),
			.starts = attribute(arena, n, "starts"),
			.ends = attribute(arena, n, "ends"),
			.pauses = attribute(arena, n, "pauses"),
			.resumes = attribute(arena, n, "resumes"),
			.length = (int)strtol(ih_attr(n, "length"), NULL, 10),
			.unit = (enum ih_clock_unit)ih_attr_word(n, "counts",
			    units, IH_CLOCK_UNITS),
			.role = attribute(arena, n, "role"),
			.status = attribute(arena, n, "status"),
			.urgent = ih_attr(n, "urgent") != NULL,
			.awaits = ih_attr(n, "awaits") != NULL,
			.text = ih_texts_read(arena, n),
		};
	return clocks;
}

/* ---- lists of events */

static void
take_word(const char *from, size_t length, char to[static IH_CLOCK_WORD])
{
	if (length >= IH_CLOCK_WORD)
		length = IH_CLOCK_WORD - 1;
	memcpy(to, from, length);
	to[length] = '\0';
}

const char *
ih_clock_next_event(const char *list, char axis[static IH_CLOCK_WORD],
    char event[static IH_CLOCK_WORD])
{
	size_t length, colon;

	if (list == NULL)
		return NULL;
	list += strspn(list, " \t\r\n");
	length = strcspn(list, " \t\r\n");
	colon = strcspn(list, ":");
	if (length == 0 || colon >= length)
		return NULL;
	take_word(list, colon, axis);
	take_word(list + colon + 1, length - colon - 1, event);
	return list + length;
}

static bool
is_among(const char *list, const struct ih_clock_step *step)
{
	char axis[IH_CLOCK_WORD], event[IH_CLOCK_WORD];

	while ((list = ih_clock_next_event(list, axis, event)) != NULL)
		if (strcmp(axis, step->axis) == 0 &&
		    strcmp(event, step->event) == 0)
			return true;
	return false;
}

/* ---- counting */

static int64_t
day_of(int64_t instant)
{
	return instant / DAY - (instant % DAY < 0);
}

static int64_t
end_of(int64_t day)
{
	return (day + 1) * DAY - 1;
}

/* The last instant that is in time, LENGTH after AT. */
static int64_t
due_after(const struct ih_clock *clock, const struct ih_clock_days *days,
    int64_t at, int64_t length)
{
	switch (clock->unit) {
	case IH_HOURS:
		return at + length;
	case IH_DAYS:
		return end_of(day_of(at) + length);
	default:
		return end_of(ih_calendar_add_days(days->mechanism,
		    days->office, day_of(at), (int)length));
	}
}

/* The inverse: what is left at AT, as the clock counts. */
static int64_t
left_at(const struct ih_clock *clock, const struct ih_clock_days *days,
    int64_t due, int64_t at)
{
	int64_t left = 0;

	if (clock->unit == IH_HOURS)
		return due - at;
	if (clock->unit == IH_DAYS)
		return day_of(due) - day_of(at);
	for (int64_t day = day_of(at) + 1; day <= day_of(due); day++)
		left += ih_calendar_is_working_day(days->mechanism,
		    days->office, day);
	return left;
}

/* ---- running */

static void
end_run(struct ih_clock_run *run, int64_t at)
{
	run->is_ended = true;
	run->ended = at;
}

static struct ih_clock_run
begin_run(const struct ih_clock *clock, const struct ih_clock_days *days,
    int64_t at)
{
	int64_t unit = clock->unit == IH_HOURS ? HOUR : 1;

	return (struct ih_clock_run){ .started = at,
		.due = due_after(clock, days, at, clock->length * unit) };
}

static void
pause_run(const struct ih_clock *clock, const struct ih_clock_days *days,
    struct ih_clock_run *run, int64_t at)
{
	if (run->is_paused || at > run->due)
		return;
	run->is_paused = true;
	run->left = left_at(clock, days, run->due, at);
}

static void
resume_run(const struct ih_clock *clock, const struct ih_clock_days *days,
    struct ih_clock_run *run, int64_t at)
{
	if (!run->is_paused)
		return;
	run->is_paused = false;
	run->due = due_after(clock, days, at, run->left);
}

size_t
ih_clock_runs(const struct ih_clock *clock, const struct ih_clock_days *days,
    const struct ih_clock_step *steps, size_t count, struct ih_clock_run *runs)
{
	size_t begun = 0;

	for (size_t i = 0; i < count; i++) {
		const struct ih_clock_step *step = &steps[i];
		struct ih_clock_run *run = begun > 0 ? &runs[begun - 1] : NULL;
		bool is_open = run != NULL && !run->is_ended;

		if (is_among(clock->starts, step)) {
			if (is_open)
				end_run(run, step->instant);
			runs[begun++] = begin_run(clock, days, step->instant);
		} else if (is_open && is_among(clock->ends, step))
			end_run(run, step->instant);
		else if (is_open && is_among(clock->pauses, step))
			pause_run(clock, days, run, step->instant);
		else if (is_open && is_among(clock->resumes, step))
			resume_run(clock, days, run, step->instant);
	}
	return begun;
}

enum ih_clock_state
ih_clock_state(const struct ih_clock_run *run, int64_t now)
{
	bool in_time = (run->is_ended ? run->ended : now) <= run->due;

	if (run->is_ended)
		return in_time || run->is_paused ? IH_CLOCK_KEPT :
						   IH_CLOCK_LATE;
	if (run->is_paused)
		return IH_CLOCK_PAUSED;
	return in_time ? IH_CLOCK_RUNNING : IH_CLOCK_OVERDUE;
}

int64_t
ih_clock_days_left(int64_t due, int64_t now)
{
	return day_of(due) - day_of(now);
}
