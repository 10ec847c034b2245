/* What somebody wrote of a decision is read, held to a mechanism, and added to
 * a case that is a case afterwards, with the same entry as its last. */
#include "forms.h"

#include <string.h>

#include "ihala/determination.h"
#include "ihala/file.h"

static struct ih_schema *determinations, *cases;
static struct ih_mechanism *mechanism;
static xmlDoc *facts;

static void
load(void)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_library) library = ih_library_open(".", &err);
	IH_OWNED(ih_buffer) bytes =
	    ih_file_read("tests/fuzz/corpus/record/facts.xml", 1 << 20, &err);

	determinations = ih_schema_load(library, "determination", &err);
	cases = ih_schema_load(library, "case", &err);
	mechanism = ih_mechanism_load(library, "TN", &err);
	if (bytes != NULL)
		facts = ih_xml_read("facts", bytes->data, bytes->size, &err);
	if (determinations == NULL || cases == NULL || mechanism == NULL ||
	    facts == NULL)
		abort();
}

static bool
same(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* The schema of a case knows the states of today; another is no case. */
static void
add(const struct ih_decided *entry, struct ih_arena *arena)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	size_t count = 0;

	if (!ih_decided_add(facts, entry, entry->state, out, &err)) {
		assert(err.kind != IH_NONE);
		return;
	}
	IH_OWNED(xmlDoc) doc = ih_xml_read("case", out->data, out->size, &err);
	assert(doc != NULL);
	const struct ih_decided *list = ih_decided_list(doc, arena, &count);
	const struct ih_decided *last =
	    ih_decided_last(list, count, IH_DETERMINED);
	assert(last != NULL && same(last->grounds, entry->grounds));
	assert(same(last->law, entry->law) && same(last->body, entry->body));
	struct ih_error unfit = { 0 };
	if (strcmp(entry->state, "presumed") == 0 && entry->date != NULL &&
	    entry->body != NULL)
		assert(ih_schema_check(cases, doc, "case", &unfit));
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_arena) arena = ih_arena_new();

	if (facts == NULL)
		load();
	IH_OWNED(xmlDoc) doc = passed(determinations, bytes, size, &err);
	assert((doc == NULL) == (err.kind != IH_NONE));
	if (doc == NULL)
		return 0;
	struct ih_decided entry = ih_decided_read(doc, arena);
	entry.kind = IH_DETERMINED;
	assert(entry.state != NULL && entry.grounds != NULL);
	bool founded = ih_decided_is_founded(&entry, mechanism, &err);
	assert(founded == (err.kind == IH_NONE));
	add(&entry, arena);
	return 0;
}
