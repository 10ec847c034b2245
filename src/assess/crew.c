/* This is where blocks of interviews go to threads, and come back in order. */
#include "ihala/crew.h"

#include <libxml/parser.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cut.h"
#include "ihala/id.h"
#include "reader.h"

#define PARTS 64        /* documents in one job */
#define JOBS_FOR_EACH 2 /* so that nobody waits for the slowest */

/* A document, or a block of one. */
struct part {
	uint64_t document; /* 1, 2, ... */
	size_t name;       /* of the document, in names */
	size_t at, size;   /* its bytes in the job */
	long head_lines;
	const char *why;         /* it is refused unread; NULL: it is not */
	struct ih_error refused; /* the rest of it could not be read */
	struct block block;      /* what the reader found */
	size_t out, bad;         /* its lines, and its refused, end here */
};

/* A refused interview.  Its index and line are known only in order. */
struct bad {
	size_t out; /* the lines before it end here */
	uint64_t number;
	long line;
	char id[IH_UUID_TEXT];
	char code[24];
	size_t text; /* in texts */
};

/* What one thread does at a time. */
struct job {
	struct ih_buffer *data, *names; /* in: documents, and their names */
	struct part parts[PARTS];
	size_t count;
	struct ih_buffer *out, *bad, *texts; /* out: lines, struct bad */
	bool done;
};

/* A thread, or the caller where there are none. */
struct hand {
	struct reader *reader;
	struct job *job;
	uint64_t before; /* interviews of the parts that are done */
};

struct ih_crew {
	const struct ih_framework *framework;
	struct ih_crew_sink sink;
	uint64_t good, bad; /* interviews */
	uint64_t refused;   /* those, and documents */

	/* Job N is jobs[N % job_count]. */
	struct job *jobs;
	size_t job_count;
	uint64_t given, told;

	/* the document that is being read */
	struct cut cut;
	uint64_t document;
	struct ih_buffer *name;
	size_t at; /* where it, or the rest of it, begins in the job */
	bool fits; /* so far; else the rest of it is passed over */

	/* the document that is being told */
	uint64_t telling;
	long lines;
	uint64_t seen; /* interviews */
	bool broken;

	pthread_t threads[IH_CREW_THREADS];
	unsigned thread_count;
	struct hand own; /* the caller's; no reader where there are threads */

	pthread_mutex_t lock; /* of given and done above, and of these */
	pthread_cond_t work, done;
	uint64_t taken;
	unsigned ready;
	bool ended;
};

static void *
must(void *memory)
{
	if (memory == NULL) {
		fputs("ihala: out of memory\n", stderr);
		abort();
	}
	return memory;
}

/* ---- working */

static void
keep_bad(struct hand *hand, const struct ih_batch_result *result)
{
	struct job *job = hand->job;
	struct bad bad = { .out = job->out->size,
		.number = result->index - hand->before,
		.line = result->line,
		.text = job->texts->size };

	memcpy(bad.id, result->id, strlen(result->id) + 1);
	memcpy(bad.code, result->err->code, sizeof bad.code);
	ih_buffer_add(job->texts, result->err->text,
	    strlen(result->err->text) + 1);
	ih_buffer_add(job->bad, &bad, sizeof bad);
}

static void
keep(const struct ih_batch_result *result, void *with)
{
	struct hand *hand = with;

	if (result->err != NULL) {
		keep_bad(hand, result);
		return;
	}
	ih_batch_line(result, hand->job->out);
	ih_buffer_add(hand->job->out, "\n", 1);
}

static void
do_job(struct hand *hand, struct job *job)
{
	hand->job = job;
	for (size_t i = 0; i < job->count; i++) {
		struct part *part = &job->parts[i];

		hand->before =
		    reader_done(hand->reader) + reader_bad(hand->reader);
		part->block = (struct block){ 0 };
		if (part->why != NULL)
			part->block =
			    (struct block){ .lines = 1, .why = part->why };
		else if (part->refused.kind == IH_NONE)
			reader_parse(hand->reader, job->data->data + part->at,
			    part->size, &part->block);
		part->out = job->out->size;
		part->bad = job->bad->size / sizeof(struct bad);
	}
}

/* The next job; NULL: there will be none. */
static struct job *
wait_for_work(struct ih_crew *crew)
{
	while (crew->taken == crew->given && !crew->ended)
		pthread_cond_wait(&crew->work, &crew->lock);
	return crew->ended ? NULL :
			     &crew->jobs[crew->taken++ % crew->job_count];
}

static void *
labour(void *with)
{
	struct ih_crew *crew = with;
	struct hand hand = { 0 };
	IH_OWNED(assess_reader) reader =
	    reader_new(crew->framework, keep, &hand);
	struct job *job;

	hand.reader = reader;
	pthread_mutex_lock(&crew->lock);
	crew->ready++;
	pthread_cond_signal(&crew->done);
	while ((job = wait_for_work(crew)) != NULL) {
		pthread_mutex_unlock(&crew->lock);
		do_job(&hand, job);
		pthread_mutex_lock(&crew->lock);
		job->done = true;
		pthread_cond_signal(&crew->done);
	}
	pthread_mutex_unlock(&crew->lock);
	return NULL;
}

/* ---- telling, in order */

static const char *
name_of(const struct job *job, const struct part *part)
{
	return (const char *)job->names->data + part->name;
}

static void
tell_lines(struct ih_crew *crew, const struct job *job, size_t from, size_t to)
{
	if (to > from)
		crew->sink.lines(job->out->data + from, to - from,
		    crew->sink.with);
}

static void
tell_bad(struct ih_crew *crew, const struct job *job, const struct part *part,
    const struct bad *bad, uint64_t before)
{
	IH_OWNED(ih_buffer) line = ih_buffer_new();
	struct ih_error err = { 0 };
	struct ih_batch_result result = { .index = before + bad->number,
		.id = bad->id,
		.line = crew->lines + bad->line,
		.err = &err };

	ih_fail_code(&err, IH_INPUT, bad->code, "%s",
	    (const char *)job->texts->data + bad->text);
	ih_batch_line(&result, line);
	ih_buffer_add(line, "\n", 1);
	crew->refused++;
	crew->sink.lines(line->data, line->size, crew->sink.with);
	crew->sink.bad(&(struct ih_crew_bad){ .document = name_of(job, part),
			   .index = result.index,
			   .id = result.id,
			   .line = result.line,
			   .err = &err },
	    crew->sink.with);
}

/* The document ends here for us, and has one entry. */
static void
tell_broken(struct ih_crew *crew, const struct job *job,
    const struct part *part)
{
	struct ih_error err = part->refused;

	if (err.kind == IH_NONE)
		ih_fail_code(&err, IH_INPUT, "E_STREAM",
		    "line %ld, after interview %llu: %s",
		    crew->lines + part->block.lines,
		    (unsigned long long)crew->seen, part->block.why);
	crew->refused++;
	crew->broken = true;
	/* What is left of it need not be read. */
	if (part->document == crew->document)
		crew->fits = false;
	crew->sink.bad(&(struct ih_crew_bad){ .document = name_of(job, part),
			   .id = "",
			   .err = &err },
	    crew->sink.with);
}

static void
tell_interviews(struct ih_crew *crew, const struct job *job, size_t p)
{
	const struct part *part = &job->parts[p];
	const struct bad *bad = (const void *)job->bad->data;
	size_t at = p > 0 ? part[-1].out : 0, first = p > 0 ? part[-1].bad : 0;
	uint64_t before = crew->good + crew->bad;

	for (size_t b = first; b < part->bad; b++) {
		tell_lines(crew, job, at, bad[b].out);
		tell_bad(crew, job, part, &bad[b], before);
		at = bad[b].out;
	}
	tell_lines(crew, job, at, part->out);
	crew->bad += part->bad - first;
	crew->good += part->block.count - (part->bad - first);
	crew->seen += part->block.count;
}

static void
tell_part(struct ih_crew *crew, const struct job *job, size_t p)
{
	const struct part *part = &job->parts[p];

	if (part->document != crew->telling) {
		crew->telling = part->document;
		crew->lines = 0;
		crew->seen = 0;
		crew->broken = false;
	}
	if (crew->broken)
		return;
	tell_interviews(crew, job, p);
	if (part->block.why != NULL || part->refused.kind != IH_NONE)
		tell_broken(crew, job, part);
	/* A foot ends where the next block begins to count, after the head. */
	crew->lines += part->block.lines - 1 - part->head_lines;
}

static void
empty(struct job *job)
{
	job->data->size = 0; /* wiped by jobs_free(): it is soon full again */
	ih_buffer_clear(job->names);
	ih_buffer_clear(job->out);
	ih_buffer_clear(job->bad);
	ih_buffer_clear(job->texts);
	job->count = 0;
	job->done = false;
}

static void
wait_until_done(struct ih_crew *crew, const struct job *job)
{
	if (crew->thread_count == 0)
		return;
	pthread_mutex_lock(&crew->lock);
	while (!job->done)
		pthread_cond_wait(&crew->done, &crew->lock);
	pthread_mutex_unlock(&crew->lock);
}

/* The oldest job, once it is done. */
static void
tell_one(struct ih_crew *crew)
{
	struct job *job = &crew->jobs[crew->told % crew->job_count];

	wait_until_done(crew, job);
	for (size_t p = 0; p < job->count; p++)
		tell_part(crew, job, p);
	empty(job);
	crew->told++;
}

/* ---- reading */

/* The job that is being filled. */
static struct job *
filling(const struct ih_crew *crew)
{
	return &crew->jobs[crew->given % crew->job_count];
}

/* Until the job after the one that is being filled is empty. */
static void
make_way(struct ih_crew *crew)
{
	while (crew->given - crew->told >= crew->job_count - 1)
		tell_one(crew);
}

static void
give(struct ih_crew *crew)
{
	make_way(crew);
	if (crew->thread_count == 0)
		do_job(&crew->own, filling(crew));
	pthread_mutex_lock(&crew->lock);
	crew->given++;
	pthread_cond_signal(&crew->work);
	pthread_mutex_unlock(&crew->lock);
	crew->at = 0;
}

/* What the job holds from where the document is in it: SIZE bytes. */
static struct part *
add_part(struct ih_crew *crew, size_t size)
{
	struct job *job = filling(crew);
	struct part *part = &job->parts[job->count++];

	*part = (struct part){ .document = crew->document,
		.name = job->names->size,
		.at = crew->at,
		.size = size,
		.head_lines = crew->cut.head_lines };
	ih_buffer_add(job->names, crew->name->data, crew->name->size + 1);
	return part;
}

/* The first SIZE bytes of the document are a block; the rest goes on, after
 * the same head, in the next job. */
static void
cut_off(struct ih_crew *crew, size_t size)
{
	struct job *job = filling(crew), *next;
	const unsigned char *start = job->data->data + crew->at;
	size_t held = job->data->size - crew->at;

	make_way(crew);
	next = &crew->jobs[(crew->given + 1) % crew->job_count];
	ih_buffer_add(next->data, start, crew->cut.head);
	ih_buffer_add(next->data, start + size, held - size);
	job->data->size = crew->at + size;
	ih_buffer_add(job->data, crew->cut.foot, crew->cut.foot_size);
	add_part(crew, size + crew->cut.foot_size);
	give(crew);
}

/* Forget what is held of the document, and the rest when it comes. */
static struct part *
pass_over(struct ih_crew *crew)
{
	filling(crew)->data->size = crew->at;
	crew->fits = false;
	return add_part(crew, 0);
}

void
ih_crew_open(struct ih_crew *crew, const char *name)
{
	crew->document++;
	crew->cut = (struct cut){ 0 };
	crew->fits = true;
	ih_buffer_clear(crew->name);
	ih_buffer_text(crew->name, name);
}

void *
ih_crew_room(struct ih_crew *crew, size_t *room)
{
	struct ih_buffer *data = filling(crew)->data;

	*room = CUT_SLICE;
	ih_buffer_reserve(data, data->size + CUT_SLICE + sizeof crew->cut.foot);
	return data->data + data->size;
}

void
ih_crew_took(struct ih_crew *crew, size_t size)
{
	struct ih_buffer *data = filling(crew)->data;
	const char *why = NULL;
	size_t block, held;

	if (!crew->fits || size == 0)
		return;
	held = data->size - crew->at;
	if (held == 0)
		why = cut_begins(data->data + crew->at, size);
	data->size += size;
	held += size;
	block = cut_find(&crew->cut, data->data + crew->at, held);
	if (block > 0) {
		cut_off(crew, block);
		held = filling(crew)->data->size;
	}
	if (why == NULL)
		why = cut_limit(held);
	if (why != NULL)
		pass_over(crew)->why = why;
}

static bool
is_full(const struct job *job)
{
	return job->data->size >= CUT_BLOCK || job->count == PARTS;
}

void
ih_crew_close(struct ih_crew *crew, const struct ih_error *err)
{
	struct ih_buffer *data = filling(crew)->data;

	if (crew->fits && err != NULL) {
		pass_over(crew)->refused = *err;
	} else if (crew->fits && data->size == crew->at) {
		pass_over(crew)->why = "expected XML, got nothing";
	} else if (crew->fits) {
		add_part(crew, data->size - crew->at);
		ih_buffer_add(data, "", 1); /* a NUL ends it */
	}
	crew->at = data->size;
	if (is_full(filling(crew)))
		give(crew);
}

void
ih_crew_finish(struct ih_crew *crew)
{
	give(crew);
	while (crew->told < crew->given)
		tell_one(crew);
}

/* ---- the crew */

static struct job *
jobs_new(size_t count)
{
	struct job *jobs = must(calloc(count, sizeof *jobs));

	for (size_t i = 0; i < count; i++) {
		jobs[i].data = ih_buffer_new();
		jobs[i].names = ih_buffer_new();
		jobs[i].out = ih_buffer_new();
		jobs[i].bad = ih_buffer_new();
		jobs[i].texts = ih_buffer_new();
	}
	return jobs;
}

static void
jobs_free(struct job *jobs, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		jobs[i].data->size = jobs[i].data->room;
		ih_buffer_free(jobs[i].data);
		ih_buffer_free(jobs[i].names);
		ih_buffer_free(jobs[i].out);
		ih_buffer_free(jobs[i].bad);
		ih_buffer_free(jobs[i].texts);
	}
	free(jobs);
}

/* Each has made its parser before the program is confined. */
static bool
start_threads(struct ih_crew *crew, unsigned count)
{
	while (crew->thread_count < count &&
	       pthread_create(&crew->threads[crew->thread_count], NULL, labour,
		   crew) == 0)
		crew->thread_count++;
	pthread_mutex_lock(&crew->lock);
	while (crew->ready < crew->thread_count)
		pthread_cond_wait(&crew->done, &crew->lock);
	pthread_mutex_unlock(&crew->lock);
	return crew->thread_count == count;
}

struct ih_crew *
ih_crew_new(const struct ih_framework *framework, unsigned threads,
    struct ih_crew_sink sink, struct ih_error *err)
{
	IH_OWNED(ih_crew) crew = must(calloc(1, sizeof *crew));

	if (threads > IH_CREW_THREADS)
		threads = IH_CREW_THREADS;
	if (threads == 1)
		threads = 0;
	crew->framework = framework;
	crew->sink = sink;
	crew->name = ih_buffer_new();
	crew->job_count = threads * JOBS_FOR_EACH + 2;
	crew->jobs = jobs_new(crew->job_count);
	pthread_mutex_init(&crew->lock, NULL);
	pthread_cond_init(&crew->work, NULL);
	pthread_cond_init(&crew->done, NULL);
	xmlInitParser();
	if (threads == 0)
		crew->own.reader = reader_new(framework, keep, &crew->own);
	else if (!start_threads(crew, threads)) {
		ih_fail(err, IH_SYSTEM, "the threads cannot be started");
		return NULL;
	}
	return IH_GIVE(crew);
}

void
ih_crew_free(struct ih_crew *crew)
{
	if (crew == NULL)
		return;
	pthread_mutex_lock(&crew->lock);
	crew->ended = true;
	pthread_cond_broadcast(&crew->work);
	pthread_mutex_unlock(&crew->lock);
	for (unsigned i = 0; i < crew->thread_count; i++)
		pthread_join(crew->threads[i], NULL);
	reader_free(crew->own.reader);
	jobs_free(crew->jobs, crew->job_count);
	ih_buffer_free(crew->name);
	pthread_cond_destroy(&crew->work);
	pthread_cond_destroy(&crew->done);
	pthread_mutex_destroy(&crew->lock);
	free(crew);
}

uint64_t
ih_crew_done(const struct ih_crew *crew)
{
	return crew->good;
}

uint64_t
ih_crew_refused(const struct ih_crew *crew)
{
	return crew->refused;
}
