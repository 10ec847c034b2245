/*
 * This is where a batch meets the machine: its files, its processors, its two
 * outputs.
 */
#include "batch.h"

#include <errno.h>
#include <sched.h>
#include <string.h>
#include <unistd.h>

#include "ihala/confine.h"
#include "ihala/crew.h"
#include "ihala/opener.h"
#include "interview.h"
#include "words_keys.h"

#define NAMED_MAX 1000 /* refusals that are named; of the others the number */

struct refusals {
	struct ih_error *named; /* grows to NAMED_MAX */
	size_t count, room;
	uint64_t others;
};

/* ---- what the crew tells */

struct told {
	struct ih_arena *arena;
	struct refusals refusals;
};

static void
put_lines(const void *bytes, size_t size, void *with)
{
	(void)with;
	fwrite(bytes, 1, size, stdout);
}

/* "FILE: #3 ID: line 7: why" behind the code. */
static void
describe(const struct ih_crew_bad *bad, struct ih_error *err)
{
	char place[96];

	*err = *bad->err;
	if (bad->index == 0 && bad->err->kind != IH_INPUT)
		return; /* it names the file */
	if (bad->index != 0) {
		snprintf(place, sizeof place, "#%llu%s%s: line %ld",
		    (unsigned long long)bad->index,
		    bad->id[0] != '\0' ? " " : "", bad->id, bad->line);
		ih_fail_in(err, place);
	}
	ih_fail_in(err, bad->document);
}

static void
keep_refusal(const struct ih_crew_bad *bad, void *with)
{
	struct told *told = with;
	struct refusals *r = &told->refusals;

	if (r->count == NAMED_MAX) {
		r->others++;
		return;
	}
	if (r->count == r->room) {
		struct ih_error *more;

		r->room = r->room > 0 ? 2 * r->room : 16;
		more = ih_arena_take(told->arena, r->room * sizeof *more);
		if (r->count > 0)
			memcpy(more, r->named, r->count * sizeof *more);
		r->named = more;
	}
	describe(bad, &r->named[r->count++]);
}

/* ---- what it is fed */

static unsigned
processors(void)
{
	cpu_set_t set;

	return sched_getaffinity(0, sizeof set, &set) == 0 ?
		   (unsigned)CPU_COUNT(&set) :
		   1;
}

static void
read_file(struct ih_crew *crew, const struct ih_opened *opened)
{
	struct ih_error err = { 0 };
	ssize_t got;
	size_t room;

	do {
		void *at = ih_crew_room(crew, &room);

		got = read(opened->file, at, room);
		if (got > 0)
			ih_crew_took(crew, (size_t)got);
	} while (got > 0 || (got < 0 && errno == EINTR));
	if (got < 0)
		ih_fail(&err, IH_SYSTEM, "%s: %s", opened->name,
		    strerror(errno));
	close(opened->file);
	ih_crew_close(crew, got < 0 ? &err : NULL);
}

static void
read_all(struct ih_crew *crew, struct ih_opener *opener)
{
	static struct ih_opened opened;

	while (ih_opener_next(opener, &opened)) {
		ih_crew_open(crew, opened.name);
		if (opened.file < 0)
			ih_crew_close(crew, &opened.err);
		else
			read_file(crew, &opened);
	}
	ih_crew_finish(crew);
}

/* ---- the batch */

/* What is named must be there before anything is read. */
static bool
are_there(const struct request *request, struct ih_error *err)
{
	for (int i = 0; i < request->count; i++)
		if (strcmp(request->words[i], "-") != 0 &&
		    access(request->words[i], F_OK) != 0)
			return ih_fail_code(err, IH_ABSENT, "E_FILE_ABSENT",
			    "%s", request->words[i]);
	return true;
}

static bool
name_refusals(struct request *request, const struct refusals *refusals,
    struct ih_error *err)
{
	for (size_t i = 0; i < refusals->count; i++)
		tell_failure(request, &refusals->named[i]);
	if (refusals->others > 0)
		say(request, W_DONE_BATCH_UNNAMED, IH_NUM(refusals->others));
	return refusals->count == 0 ||
	       ih_fail_code(err, IH_STATE, "E_BATCH", "%llu",
		   (unsigned long long)refusals->others + refusals->count);
}

/*
 * The stream comes from outside and is long: from its first byte on this
 * whole program can do nothing but read, write and end.
 */
static bool
run(struct request *request, struct desk *desk, struct told *told,
    uint64_t *done, struct ih_error *err)
{
	struct ih_crew_sink sink = { put_lines, keep_refusal, told };
	IH_OWNED(ih_opener) opener =
	    ih_opener_start(request->words, (size_t)request->count, err);

	if (opener == NULL || !desk_prepare_any(request, desk, err))
		return false;
	IH_OWNED(ih_crew) crew =
	    ih_crew_new(desk->frameworks[0], processors(), sink, err);
	if (crew == NULL || !ih_confine_self(err))
		return false;
	read_all(crew, opener);
	*done = ih_crew_done(crew);
	return true;
}

bool
assess_batch(struct request *request, struct ih_error *err)
{
	IH_OWNED(cli_desk) desk = desk_new();
	struct told told = { .arena = request->arena };
	uint64_t done = 0;

	/* The crew is gone before words are made, which take memory. */
	if (!are_there(request, err) || !run(request, desk, &told, &done, err))
		return false;
	fflush(stdout); /* the lines first */
	say(request, W_DONE_BATCH, IH_NUM(done));
	return name_refusals(request, &told.refusals, err);
}
