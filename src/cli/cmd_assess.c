/* ihala assess FILE... - what the answers support, and why. */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "ihala/batch.h"
#include "ihala/confine.h"
#include "ihala/explain.h"
#include "ihala/file.h"
#include "interview.h"
#include "words_keys.h"

#define CHUNK ((size_t)64 << 10) /* bytes read at a time from a stream */

static const char *
outcome_word(const struct request *request, const struct ih_assessment *a)
{
	char key[40];

	snprintf(key, sizeof key, "outcome.%s",
	    ih_outcome_name(a->bounds.at_least, a->bounds.at_most));
	return word(request, key);
}

/* One line, urgent danger before everything; then one for each further
 * framework. */
static void
add_sentences(struct request *request, const char *path,
    const struct interview *one, struct ih_buffer *out)
{
	const char *outcome = outcome_word(request, one->assessments[0]);

	ih_buffer_text(out,
	    interview_is_urgent(one) ?
		ih_say(request->arena, request->tongue, W_ASSESSED_URGENT,
		    IH_ARG(path), IH_ARG(word(request, W_DONE_CASE_URGENT)),
		    IH_ARG(outcome)) :
		ih_say(request->arena, request->tongue, W_ASSESSED_LINE,
		    IH_ARG(path), IH_ARG(outcome)));
	ih_buffer_text(out, "\n");
	for (size_t i = 1; i < one->assessment_count; i++) {
		const struct ih_assessment *a = one->assessments[i];

		ih_buffer_printf(out, "  %s\n",
		    ih_say(request->arena, request->tongue, W_ASSESSED_LINE,
			IH_ARG(ih_texts_say(&a->framework->title,
			    request->tongue)),
			IH_ARG(outcome_word(request, a))));
	}
}

static bool
print_one(struct request *request, const char *path,
    const struct interview *one, struct ih_error *err)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();

	if (request->format == FORMAT_XML) {
		if (!ih_assessments_write(one->assessments,
			one->assessment_count, out, err))
			return false;
	} else if (request->format == FORMAT_JSON) {
		ih_assessments_json(one->assessments, one->assessment_count,
		    out);
	} else if (request->explain) {
		ih_buffer_printf(out, "== %s\n", path);
		ih_explain_all(one->assessments, one->assessment_count,
		    request->tongue, out);
	} else {
		add_sentences(request, path, one, out);
	}
	return put_output(request, out->data, out->size, err);
}

static bool
assess_files(struct request *request, struct ih_error *err)
{
	IH_OWNED(cli_desk) desk = desk_new();
	struct ih_error first = { 0 };

	for (int i = 0; i < request->count; i++) {
		struct ih_error here = { 0 };
		IH_OWNED(cli_interview) one =
		    interview_open(request, desk, request->words[i], &here);

		if (one != NULL &&
		    !print_one(request, request->words[i], one, err))
			return false;
		if (one != NULL)
			continue;
		/* The others are still read; the last word is the first. */
		if (first.kind == IH_NONE)
			first = here;
		else
			tell_failure(request, &here);
	}
	*err = first;
	return first.kind == IH_NONE;
}

static void
add_line(const struct ih_batch_result *result, void *with)
{
	struct ih_buffer *out = with;

	ih_batch_line(result, out);
	ih_buffer_text(out, "\n");
	if (out->size >= CHUNK) {
		fwrite(out->data, 1, out->size, stdout);
		ih_buffer_clear(out);
	}
}

/* The files named, or standard input for "-"; closed with the program. */
static bool
open_files(struct request *request, int *files, struct ih_error *err)
{
	for (int i = 0; i < request->count; i++) {
		const char *path = request->words[i];

		files[i] = strcmp(path, "-") == 0 ?
			       STDIN_FILENO :
			       open(path, O_RDONLY | O_CLOEXEC);
		if (files[i] < 0)
			return ih_fail_code(err, IH_ABSENT, "E_FILE_ABSENT",
			    "%s", path);
	}
	return true;
}

static bool
feed_file(struct ih_batch *batch, int file, const char *path,
    struct ih_error *err)
{
	static char bytes[CHUNK];
	ssize_t size;
	bool fed = true;

	while (fed && (size = read(file, bytes, sizeof bytes)) > 0)
		fed = ih_batch_feed(batch, bytes, (size_t)size, err);
	return (fed && ih_batch_end(batch, err)) || ih_fail_in(err, path);
}

/* The stream comes from outside and is long: once its files are open, this
 * whole program can do nothing but read, write and end. */
static bool
assess_stream(struct request *request, struct ih_error *err)
{
	IH_OWNED(cli_desk) desk = desk_new();
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	int *files = ih_arena_take(request->arena,
	    (size_t)request->count * sizeof *files);

	if (!desk_prepare_any(request, desk, err) ||
	    !open_files(request, files, err) || !ih_confine_self(err))
		return false;
	IH_OWNED(ih_batch) batch =
	    ih_batch_new(desk->frameworks[0], add_line, out);
	for (int i = 0; i < request->count; i++)
		if (!feed_file(batch, files[i], request->words[i], err))
			return false;
	fwrite(out->data, 1, out->size, stdout);
	say(request, W_DONE_BATCH, IH_NUM(ih_batch_done(batch)));
	return ih_batch_bad(batch) == 0 ||
	       ih_fail(err, IH_STATE,
		   "%llu interviews of the stream were refused, see their "
		   "lines",
		   (unsigned long long)ih_batch_bad(batch));
}

bool
cmd_assess(struct request *request, struct ih_error *err)
{
	return request->batch ? assess_stream(request, err) :
				assess_files(request, err);
}
