/* ihala rescore - interviews judged again by other rules, old beside new.
 * Nothing that is stored changes: an assessment is pinned for ever. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "case_file.h"
#include "ihala/batch.h"
#include "ihala/confine.h"
#include "ihala/node.h"
#include "interview.h"
#include "knowledge.h"
#include "named.h"
#include "rescoring.h"
#include "stored.h"

#define CHUNK ((size_t)64 << 10) /* bytes read at a time */
#define DESKS 64 /* versions of questionnaires in use at one office */

/* ---- over the registry */

struct registry_run {
	struct request *request;
	struct rescoring *rescoring;
	struct ih_registry *registry;
	const char *only;            /* instrument of --framework; NULL: all */
	struct ih_instrument *given; /* --instrument, until a desk has it */
	struct desk *desks[DESKS];
	size_t count;
};

/* The questionnaire that was asked: the one given, or what a pack holds.  No
 * pack does: the error says how it differs from that of now. */
static struct ih_instrument *
instrument_asked(struct registry_run *run, const xmlNode *answers,
    struct ih_error *err)
{
	struct request *request = run->request;
	const char *id = ih_attr(answers, "instrument");
	const char *version = ih_attr(answers, "version");
	const char *digest = ih_attr(answers, "digest");
	struct ih_error here = { 0 };

	if (run->given != NULL && strcmp(run->given->digest, digest) == 0)
		return IH_GIVE(run->given);
	struct ih_instrument *held =
	    knowledge_instrument(run->registry, request, digest, &here);
	if (held != NULL || here.kind != IH_ABSENT) {
		*err = here;
		return held;
	}
	IH_OWNED(ih_instrument)
	now = ih_instrument_load(request->library, id, err);
	if (now == NULL || !ih_answers_fit(now, id, version, digest, err))
		return NULL;
	return IH_GIVE(now);
}

/* The desk of the questionnaire that was asked, with the rules of now. */
static struct desk *
desk_of(struct registry_run *run, const xmlNode *answers, struct ih_error *err)
{
	const char *digest = ih_attr(answers, "digest");

	for (size_t i = 0; i < run->count; i++)
		if (strcmp(run->desks[i]->instrument->digest, digest) == 0)
			return run->desks[i];
	if (run->count == DESKS) {
		ih_fail(err, IH_INPUT, "more than %d versions", DESKS);
		return NULL;
	}
	IH_OWNED(cli_desk) desk = desk_new();
	if (!desk_put(run->request, desk, instrument_asked(run, answers, err),
		err))
		return NULL;
	run->desks[run->count] = IH_GIVE(desk);
	return run->desks[run->count++];
}

/* The first child <assessment>, then the next one. */
static const xmlNode *
next_assessment(const xmlNode *node)
{
	while (node != NULL &&
	       (node->type != XML_ELEMENT_NODE ||
		   strcmp((const char *)node->name, "assessment") != 0))
		node = node->next;
	return node;
}

/* How it was judged under FRAMEWORK; no framework: it was not. */
static bool
judged_before(const xmlDoc *facts, const char *framework,
    struct ih_arena *arena, struct ih_standing *was, struct ih_error *err)
{
	*was = (struct ih_standing){ 0 };
	for (const xmlNode *n =
		 next_assessment(record_inner(facts, "assessment"));
	     n != NULL; n = next_assessment(n->next)) {
		const char *id = ih_attr(n, "framework");

		if (id != NULL && strcmp(id, framework) == 0)
			return ih_standing_read(n, arena, was, err);
	}
	return true;
}

static const struct ih_framework *
framework_on(const struct desk *desk, const char *id)
{
	for (size_t i = 0; id != NULL && i < desk->framework_count; i++)
		if (strcmp(desk->frameworks[i]->id, id) == 0)
			return desk->frameworks[i];
	return NULL;
}

/* Under each framework of now that judges these answers, or did before. */
static bool
compare_current(struct registry_run *run, const struct desk *desk,
    const struct stored *one, const struct ih_answers *answers,
    struct ih_arena *arena, struct ih_error *err)
{
	for (size_t i = 0; i < desk->framework_count; i++) {
		const struct ih_framework *f = desk->frameworks[i];
		struct ih_bounds bounds = ih_bounds_new(f, arena);
		struct ih_standing was, now;

		if (!judged_before(one->facts, f->id, arena, &was, err))
			return false;
		if (was.framework == NULL &&
		    !desk_judges(run->request, f, answers))
			continue;
		ih_bounds_find(f, answers->answers, &bounds);
		now = ih_standing_of(f, &bounds, arena);
		if (!rescoring_add(run->rescoring, one->row->code,
			one->row->training, was.framework != NULL ? &was : NULL,
			&now, f, err))
			return false;
	}
	return true;
}

/* And what it was judged by that is no longer there. */
static bool
compare_gone(struct registry_run *run, const struct desk *desk,
    const struct stored *one, struct ih_arena *arena, struct ih_error *err)
{
	for (const xmlNode *n =
		 next_assessment(record_inner(one->facts, "assessment"));
	     n != NULL && run->only == NULL; n = next_assessment(n->next)) {
		struct ih_standing was;

		if (framework_on(desk, ih_attr(n, "framework")) != NULL)
			continue;
		if (!ih_standing_read(n, arena, &was, err) ||
		    !rescoring_add(run->rescoring, one->row->code,
			one->row->training, &was, NULL, NULL, err))
			return false;
	}
	return true;
}

static bool
rescore_case(const struct stored *one, void *with, struct ih_error *err)
{
	struct registry_run *run = with;
	IH_OWNED(ih_arena) arena = ih_arena_new();

	if (run->only != NULL &&
	    strcmp(run->only, ih_attr(one->answers, "instrument")) != 0) {
		run->rescoring->other++;
		return true;
	}
	const struct desk *desk = desk_of(run, one->answers, err);
	if (desk == NULL)
		return false;
	IH_OWNED(xmlDoc) doc = record_answers(one->facts);
	IH_OWNED(ih_answers)
	answers = ih_answers_read(doc, desk->instrument, err);
	if (answers == NULL ||
	    !compare_current(run, desk, one, answers, arena, err) ||
	    !compare_gone(run, desk, one, arena, err))
		return false;
	run->rescoring->compared++;
	run->rescoring->training += one->row->training;
	return true;
}

static bool
walk_registry(struct registry_run *run, struct ih_error *err)
{
	struct rescoring *r = run->rescoring;
	struct stored_tally tally = { 0 };

	if (!stored_walk(run->request, run->registry, rescore_case, run, &tally,
		err))
		return false;
	r->received = tally.received;
	r->empty = tally.empty;
	r->refused = tally.refused;
	if (!rescoring_print(r, err))
		return false;
	*err = tally.first;
	return err->kind == IH_NONE;
}

/* What the request names, once its library holds the rules of now. */
static bool
take_named(struct registry_run *run, struct ih_error *err)
{
	struct request *request = run->request;

	if (request->framework != NULL) {
		run->only =
		    framework_speaks_of(request, request->framework, err);
		if (run->only == NULL)
			return false;
	}
	if (request->instrument != NULL)
		run->given =
		    instrument_named(request, request->instrument, err);
	return request->instrument == NULL || run->given != NULL;
}

/* The rules of now are those of the pack in force, or of the one to try. */
static struct ih_registry *
open_with_rules(struct request *request, struct ih_error *err)
{
	if (request->pack == NULL)
		return open_registry(request, err);
	IH_OWNED(ih_registry) registry = open_registry_as_is(request, err);
	if (registry == NULL ||
	    !knowledge_try(request, registry, request->pack, err))
		return NULL;
	return IH_GIVE(registry);
}

static bool
rescore_registry(struct request *request, struct ih_error *err)
{
	struct rescoring rescoring = { .request = request };
	struct registry_run run = { .request = request,
		.rescoring = &rescoring };
	bool done;

	if (request->from != NULL)
		return ih_fail(err, IH_USAGE,
		    "--from is for files; a stored case has its own earlier "
		    "result");
	IH_OWNED(ih_registry) registry = open_with_rules(request, err);
	if (registry == NULL)
		return false;
	run.registry = registry;
	done = take_named(&run, err) && walk_registry(&run, err);
	ih_instrument_free(run.given);
	for (size_t i = 0; i < run.count; i++)
		desk_free(run.desks[i]);
	return done;
}

/* ---- over files: two batches read the same bytes in step */

struct file_run {
	struct request *request;
	struct rescoring *rescoring;
	struct ih_framework *was, *now;
	struct ih_arena *arena;      /* for what waits */
	struct ih_standing *waiting; /* of WAS, for NOW to catch up */
	size_t count, room, next;
	const char *path;
	struct ih_error first; /* what was wrong with the first refused */
	struct ih_error own;   /* what ends the run */
};

/* A refused one waits as well: it is refused again. */
static void
wait_for_now(const struct ih_batch_result *result, void *with)
{
	struct file_run *run = with;

	run->waiting = ih_arena_more(run->arena, run->waiting, run->count,
	    &run->room, sizeof *run->waiting);
	if (result->err == NULL)
		run->waiting[run->count] = ih_standing_of(result->framework,
		    result->bounds, run->arena);
	run->count++;
}

static void
refuse(struct file_run *run, const struct ih_batch_result *result)
{
	struct ih_error here = *result->err;
	char place[32];

	snprintf(place, sizeof place, "interview %llu",
	    (unsigned long long)result->index);
	ih_fail_in(&here, place);
	ih_fail_in(&here, run->path);
	run->rescoring->refused++;
	keep_failure(run->request, &here, &run->first);
}

static void
compare_now(const struct ih_batch_result *result, void *with)
{
	struct file_run *run = with;
	const struct ih_standing *was = &run->waiting[run->next++];

	if (result->err != NULL) {
		refuse(run, result);
		return;
	}
	struct ih_standing now =
	    ih_standing_of(result->framework, result->bounds, run->arena);
	run->rescoring->compared++;
	run->rescoring->training += result->training;
	if (run->own.kind == IH_NONE)
		rescoring_add(run->rescoring, result->id, result->training, was,
		    &now, result->framework, &run->own);
}

/* Both have read the same: nothing waits any longer. */
static void
start_over(struct file_run *run)
{
	ih_arena_reset(run->arena);
	run->waiting = NULL;
	run->count = run->room = run->next = 0;
}

/* WAS goes ahead by one chunk; where it stops at a fault, so does NOW.  Each
 * file has batches of its own, which count its interviews from 1. */
static bool
feed_file(struct file_run *run, int file, struct ih_error *err)
{
	static char bytes[CHUNK];
	IH_OWNED(ih_batch) was = ih_batch_new(run->was, wait_for_now, run);
	IH_OWNED(ih_batch) now = ih_batch_new(run->now, compare_now, run);
	struct ih_error same = { 0 };
	ssize_t size;
	bool fed = true;

	while (fed && (size = read(file, bytes, sizeof bytes)) > 0) {
		ih_batch_feed(was, bytes, (size_t)size, &same);
		fed = ih_batch_feed(now, bytes, (size_t)size, err);
		start_over(run);
	}
	if (fed) {
		ih_batch_end(was, &same);
		fed = ih_batch_end(now, err);
	}
	start_over(run);
	return fed || ih_fail_in(err, run->path);
}

/* The files named, or standard input for "-"; -1: told, and left out. */
static void
open_files(struct file_run *run, int *files)
{
	for (int i = 0; i < run->request->count; i++) {
		const char *path = run->request->words[i];
		struct ih_error here = { 0 };

		files[i] = strcmp(path, "-") == 0 ?
			       STDIN_FILENO :
			       open(path, O_RDONLY | O_CLOEXEC);
		if (files[i] >= 0)
			continue;
		ih_fail_code(&here, IH_ABSENT, "E_FILE_ABSENT", "%s", path);
		run->rescoring->refused++;
		keep_failure(run->request, &here, &run->first);
	}
}

/* What is read comes from outside: once the files are open, this whole
 * program can do nothing but read, write and end. */
static bool
walk_files(struct file_run *run, struct ih_error *err)
{
	int count = run->request->count;
	int *files =
	    ih_arena_take(run->request->arena, (size_t)count * sizeof *files);

	open_files(run, files);
	if (!ih_confine_self(err))
		return false;
	for (int i = 0; i < count; i++) {
		struct ih_error here = { 0 };

		run->path = run->request->words[i];
		if (files[i] < 0 || feed_file(run, files[i], &here))
			continue;
		run->rescoring->refused++;
		keep_failure(run->request, &here, &run->first);
	}
	*err = run->own;
	if (err->kind != IH_NONE || !rescoring_print(run->rescoring, err))
		return false;
	*err = run->first;
	return err->kind == IH_NONE;
}

/* The name given, or the installed one of the same id as THE OTHER. */
static struct ih_framework *
framework_or(struct request *request, const char *name,
    const struct ih_framework *other, const struct ih_instrument *instrument,
    struct ih_error *err)
{
	return framework_named(request, name != NULL ? name : other->id,
	    instrument, err);
}

static bool
load_pair(struct file_run *run, const struct ih_instrument *instrument,
    struct ih_error *err)
{
	struct request *request = run->request;

	if (request->from != NULL) {
		run->was =
		    framework_named(request, request->from, instrument, err);
		run->now = run->was == NULL ?
			       NULL :
			       framework_or(request, request->framework,
				   run->was, instrument, err);
	} else {
		run->now = framework_named(request, request->framework,
		    instrument, err);
		run->was = run->now == NULL ? NULL :
					      framework_or(request, NULL,
						  run->now, instrument, err);
	}
	return run->was != NULL && run->now != NULL;
}

static struct ih_instrument *
instrument_of_pair(struct request *request, struct ih_error *err)
{
	const char *id;

	if (request->instrument != NULL)
		return instrument_named(request, request->instrument, err);
	id = framework_speaks_of(request,
	    request->framework != NULL ? request->framework : request->from,
	    err);
	return id == NULL ? NULL : instrument_named(request, id, err);
}

static bool
rescore_files(struct request *request, struct ih_error *err)
{
	struct rescoring rescoring = { .request = request };
	IH_OWNED(ih_arena) arena = ih_arena_new();
	struct file_run run = { .request = request,
		.rescoring = &rescoring,
		.arena = arena };
	bool done;

	if (request->count == 0)
		return ih_fail(err, IH_USAGE,
		    "name a registry with --registry, or files");
	if (request->pack != NULL)
		return ih_fail(err, IH_USAGE,
		    "--pack is for a registry, which knows who may sign it");
	if (request->from == NULL && request->framework == NULL)
		return ih_fail(err, IH_USAGE,
		    "name the framework of before with --from, the one of now "
		    "with --framework, or both");
	IH_OWNED(ih_instrument) instrument = instrument_of_pair(request, err);
	done = instrument != NULL && load_pair(&run, instrument, err) &&
	       walk_files(&run, err);
	ih_framework_free(run.was);
	ih_framework_free(run.now);
	return done;
}

bool
cmd_rescore(struct request *request, struct ih_error *err)
{
	return request->registry != NULL ? rescore_registry(request, err) :
					   rescore_files(request, err);
}
