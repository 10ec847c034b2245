/*
 * Any bytes as an interview: refused with a reason, or assessed, written and
 * explained; and then the stream says what the tree said.
 */
#include "ihala/answers.h"
#include "ihala/assess.h"
#include "ihala/batch.h"
#include "ihala/explain.h"
#include "small.h"

static struct ih_schema *schema;
static struct ih_instrument *instrument;
static struct ih_framework *framework;

static void
set_up(void)
{
	schema = schema_of("answers");
	instrument = small_instrument();
	framework = small_framework(instrument);
}

struct seen {
	size_t good, bad;
	enum ih_level at_least, at_most;
};

static void
keep(const struct ih_batch_result *result, void *with)
{
	struct seen *seen = with;

	assert((result->err == NULL) == (result->bounds != NULL));
	if (result->err != NULL) {
		seen->bad++;
		return;
	}
	seen->good++;
	seen->at_least = result->bounds->at_least;
	seen->at_most = result->bounds->at_most;
}

static void
use(const struct ih_answers *answers, const uint8_t *bytes, size_t size)
{
	struct ih_error err = { 0 };
	struct seen seen = { 0 };
	IH_OWNED(ih_assessment) a = ih_assess(framework, answers);
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	IH_OWNED(ih_batch) batch = ih_batch_new(framework, keep, &seen);

	assert(ih_assessment_write(a, out, &err));
	ih_assessment_json(a, out);
	for (int lang = 0; lang < IH_LANGS; lang++)
		ih_explain(a, (struct ih_tongue){ (enum ih_lang)lang, "" },
		    out);
	if (ih_batch_feed(batch, bytes, size, &err) &&
	    ih_batch_end(batch, &err) && seen.good == 1)
		assert(seen.at_least == a->bounds.at_least &&
		       seen.at_most == a->bounds.at_most);
	else
		/* Only what is too large for a batch may differ. */
		assert(err.kind != IH_NONE && size > 4096);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct ih_error err = { 0 };

	if (framework == NULL)
		set_up();
	IH_OWNED(xmlDoc) doc = ih_xml_read("fuzz", bytes, size, &err);
	IH_OWNED(ih_answers) answers =
	    doc != NULL && ih_schema_check(schema, doc, "fuzz", &err) ?
		ih_answers_read(doc, instrument, &err) :
		NULL;

	assert((answers == NULL) == (err.kind != IH_NONE));
	if (answers != NULL)
		use(answers, bytes, size);
	return 0;
}
