/* ihala assess FILE... - what the answers support, and why. */
#include <string.h>

#include "batch.h"
#include "ihala/explain.h"
#include "interview.h"
#include "words_keys.h"

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
		keep_failure(request, &here, &first);
	}
	*err = first;
	return first.kind == IH_NONE;
}

bool
cmd_assess(struct request *request, struct ih_error *err)
{
	return request->batch ? assess_batch(request, err) :
				assess_files(request, err);
}
