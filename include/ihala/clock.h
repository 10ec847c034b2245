/*
 * clock.h - what is due, and when: terms that events of a case begin, end,
 * pause and resume.
 *
 * Clocks are data: those of every committee in xml/lifecycle/case.xml, those
 * that the law of a country gives in its own file.  A clock that ran out
 * closes nothing and takes nothing from the person; it is shown to who has to
 * act.
 *
 * The day of the event is not counted; the last day is included, up to its
 * end.  Days are days of UTC, as everywhere in the registry.  Hours run
 * through nights and holidays.  A working day is one of the calendar
 * (calendar.h); "days" are all days, and may end on a holiday.  A pause keeps
 * what is left: the day on which it begins has been counted, the day on which
 * it ends is not.  A pause that begins after the last day changes nothing.
 * An event that begins a clock which runs ends that run and begins another.
 *
 * Source: xml/lifecycle/case.xml and the mechanisms, which cite their own;
 * each mechanism's <calendar>.
 */
#ifndef IHALA_CLOCK_H
#define IHALA_CLOCK_H

#include <libxml/tree.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ihala/arena.h"
#include "ihala/calendar.h"
#include "ihala/instrument.h"

/* The event by which a case is there at all: no move of the lifecycle. */
#define IH_CLOCK_AXIS "file"
#define IH_CLOCK_TAKE_IN "take-in"

enum ih_clock_unit { IH_HOURS, IH_DAYS, IH_WORKING_DAYS, IH_CLOCK_UNITS };

struct ih_clock {
	const char *id;
	const char *starts, *ends;    /* "file:danger file:open" */
	const char *pauses, *resumes; /* NULL: it is never paused */
	int length;
	enum ih_clock_unit unit;
	const char *role;   /* who has something to do */
	const char *status; /* "verified", "provisional", "project-policy" */
	bool urgent;        /* before all others */
	bool awaits;        /* somebody outside has to answer */
	struct ih_texts text;
};

/* The clocks of a lifecycle or a mechanism that fits its schema; all of it in
 * ARENA, nothing borrowed from ROOT. */
const struct ih_clock *
ih_clocks_read(struct ih_arena *arena, const xmlNode *root, size_t *count);

/* The next word of a list of events, or NULL: "file:danger" is cut into AXIS
 * and EVENT, each of at most 32 bytes. */
enum { IH_CLOCK_WORD = 33 };
const char *ih_clock_next_event(const char *list,
    char axis[static IH_CLOCK_WORD], char event[static IH_CLOCK_WORD]);

/* What happened to a case, in order. */
struct ih_clock_step {
	const char *axis, *event;
	int64_t instant;
};

/* The days on which a clock counts. */
struct ih_clock_days {
	const struct ih_mechanism *mechanism;
	const struct ih_days *office; /* NULL: none were entered */
};

/* From one beginning to its end, if it has one yet. */
struct ih_clock_run {
	int64_t started, due; /* instants; due is the last that is in time */
	int64_t ended;        /* where is_ended */
	bool is_ended, is_paused;
	int64_t left; /* while paused: seconds or days, as the clock counts */
};

/* Each run of CLOCK in STEPS, the first first, into RUNS, which has room for
 * COUNT; how many. */
size_t
ih_clock_runs(const struct ih_clock *clock, const struct ih_clock_days *days,
    const struct ih_clock_step *steps, size_t count, struct ih_clock_run *runs);

enum ih_clock_state {
	IH_CLOCK_RUNNING,
	IH_CLOCK_PAUSED,
	IH_CLOCK_OVERDUE, /* runs still, past what was due */
	IH_CLOCK_KEPT,    /* ended in time */
	IH_CLOCK_LATE     /* ended too late */
};
enum ih_clock_state ih_clock_state(const struct ih_clock_run *run, int64_t now);

/* Whole days from the day of NOW to the last day: 0 today, below 0 past it. */
int64_t ih_clock_days_left(int64_t due, int64_t now);

#endif
