/* This is where interviews stream past on one thread, and become lines. */
#include "ihala/batch.h"

#include <string.h>

#include "cut.h"
#include "reader.h"

struct ih_batch {
	struct ih_arena *arena;
	struct reader *reader;
	struct ih_buffer *held; /* the head, and what is not yet parsed */
	struct cut cut;
	bool started;
	long lines; /* in the blocks that are done */
};

struct ih_batch *
ih_batch_new(const struct ih_framework *framework, ih_batch_each *each,
    void *with)
{
	struct ih_arena *arena = ih_arena_new();
	struct ih_batch *batch = ih_arena_take(arena, sizeof *batch);

	batch->arena = arena;
	batch->reader = reader_new(framework, each, with);
	batch->held = ih_buffer_new();
	return batch;
}

void
ih_batch_free(struct ih_batch *batch)
{
	if (batch == NULL)
		return;
	reader_free(batch->reader);
	ih_buffer_free(batch->held);
	ih_arena_free(batch->arena);
}

static bool
end_stream(struct ih_batch *batch, long line, const char *why,
    struct ih_error *err)
{
	batch->started = false;
	return ih_fail_code(err, IH_INPUT, "E_STREAM",
	    "line %ld, after interview %llu: %s", line,
	    (unsigned long long)ih_batch_done(batch) + ih_batch_bad(batch),
	    why);
}

/*
 * Parse the first SIZE bytes that are held, and the foot, which takes for
 * that time the place of what comes next.
 */
static bool
parse_block(struct ih_batch *batch, size_t size, size_t foot_size,
    struct ih_error *err)
{
	unsigned char *data = batch->held->data, next[sizeof batch->cut.foot];
	struct block block = { .before = batch->lines };

	memcpy(next, data + size, foot_size + 1);
	memcpy(data + size, batch->cut.foot, foot_size);
	data[size + foot_size] = '\0';
	reader_parse(batch->reader, data, size + foot_size, &block);
	memcpy(data + size, next, foot_size + 1);
	if (block.why != NULL)
		return end_stream(batch, batch->lines + block.lines, block.why,
		    err);
	/* The foot ends where the next block begins to count, after the head.
	 */
	batch->lines += block.lines - 1 - batch->cut.head_lines;
	return true;
}

static bool
feed_slice(struct ih_batch *batch, const char *bytes, size_t size,
    struct ih_error *err)
{
	struct ih_buffer *held = batch->held;
	const char *why;
	size_t block;

	ih_buffer_reserve(held, held->size + size + sizeof batch->cut.foot);
	ih_buffer_add(held, bytes, size);
	block = cut_find(&batch->cut, held->data, held->size);
	if (block > 0) {
		unsigned char *rest = held->data + batch->cut.head;

		if (!parse_block(batch, block, batch->cut.foot_size, err))
			return false;
		held->size -= block - batch->cut.head;
		memmove(rest, held->data + block,
		    held->size - batch->cut.head + 1);
	}
	why = cut_limit(held->size);
	return why == NULL || end_stream(batch, batch->lines + 1, why, err);
}

bool
ih_batch_feed(struct ih_batch *batch, const void *bytes, size_t size,
    struct ih_error *err)
{
	const char *at = bytes;

	if (size == 0)
		return true;
	if (!batch->started) {
		const char *why = cut_begins(bytes, size);

		batch->started = true;
		batch->cut = (struct cut){ 0 };
		batch->lines = 0;
		ih_buffer_clear(batch->held);
		if (why != NULL)
			return end_stream(batch, 1, why, err);
	}
	for (size_t n; size > 0; size -= n, at += n) {
		n = size < CUT_SLICE ? size : CUT_SLICE;
		if (!feed_slice(batch, at, n, err))
			return false;
	}
	return true;
}

bool
ih_batch_end(struct ih_batch *batch, struct ih_error *err)
{
	bool fine;

	if (!batch->started)
		return end_stream(batch, 1, "expected XML, got nothing", err);
	fine = parse_block(batch, batch->held->size, 0, err);
	ih_buffer_clear(batch->held);
	batch->started = false;
	return fine;
}

uint64_t
ih_batch_done(const struct ih_batch *batch)
{
	return reader_done(batch->reader);
}

uint64_t
ih_batch_bad(const struct ih_batch *batch)
{
	return reader_bad(batch->reader);
}

/* ---- one line */

static void
add_words(struct ih_buffer *out, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			ih_buffer_add(out, " ", 1);
		ih_buffer_text(out, words[i]);
	}
}

void
ih_batch_line(const struct ih_batch_result *result, struct ih_buffer *out)
{
	static const char letters
	    [] = { [IH_FALSE] = 'f', [IH_TRUE] = 't', [IH_UNDETERMINED] = 'u' };
	const struct ih_bounds *b = result->bounds;
	char dimensions[IH_DIMENSIONS_MAX + 1] = { 0 };

	if (b == NULL) {
		ih_buffer_printf(out, "#%llu %s %s: line %ld: %s",
		    (unsigned long long)result->index, result->id,
		    result->err->code, result->line, result->err->text);
		return;
	}
	for (size_t d = 0; d < result->framework->dimension_count; d++)
		dimensions[d] = letters[b->dimensions[d]];
	add_words(out,
	    (const char *const[]){ result->id,
		ih_outcome_name(b->at_least, b->at_most),
		ih_level_name(b->at_least), ih_level_name(b->at_most),
		dimensions },
	    5);
}
