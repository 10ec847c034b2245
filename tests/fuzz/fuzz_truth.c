/* Determinations are read, or refused with a reason; each that was read can be
 * found, and every table can be computed. */
#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "ihala/truth.h"
#include "ihala/xml.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void
compute(const struct ih_confusion *counts)
{
	for (int m = 0; m < IH_MEASURES; m++) {
		struct ih_estimate e =
		    ih_estimate(counts, (enum ih_measure)m, IH_LEAST);

		for (int i = 0; i < IH_METHODS; i++) {
			assert(!e.has[i] || e.known);
			assert(!e.has[i] ||
			       e.intervals[i].low <= e.intervals[i].high);
			assert(!e.has[i] || isfinite(e.intervals[i].high));
		}
	}
}

static void
use(const struct ih_truth *truth)
{
	for (size_t i = 0; i < truth->verdict_count; i++)
		assert(ih_truth_of(truth, truth->verdicts[i].interview) ==
		       &truth->verdicts[i]);
	/* A few: the rest is the same arithmetic. */
	for (size_t i = 0; i < truth->study_count && i < 3; i++)
		compute(&truth->studies[i].counts);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static struct ih_schema *schema;
	struct ih_error err = { 0 };

	if (schema == NULL) {
		IH_OWNED(ih_library) library = ih_library_open(".", &err);

		schema = ih_schema_load(library, "truth", &err);
		if (schema == NULL)
			abort();
	}
	IH_OWNED(xmlDoc) doc = ih_xml_read("fuzz", bytes, size, &err);
	IH_OWNED(ih_truth) truth =
	    doc != NULL && ih_schema_check(schema, doc, "fuzz", &err) ?
		ih_truth_read(doc, &err) :
		NULL;
	assert((truth == NULL) == (err.kind != IH_NONE));
	if (truth != NULL)
		use(truth);
	return 0;
}
