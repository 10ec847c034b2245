/* This is where the determinations of a committee are read. */
#include "ihala/truth.h"

#include <stdlib.h>
#include <string.h>

#include "ihala/id.h"
#include "ihala/node.h"
#include "ihala/text.h"

static bool
fault(const xmlNode *node, const char *attribute, struct ih_error *err)
{
	return ih_fail(err, IH_INPUT,
	    "line %ld: element %s: attribute %s holds white space, or what "
	    "nobody types; expected the value alone",
	    ih_line(node), (const char *)node->name, attribute);
}

/* An attribute in the arena; NULL where it is absent. */
static const char *
kept(struct ih_arena *arena, const xmlNode *node, const char *name)
{
	const char *value = ih_attr(node, name);

	return value != NULL ? ih_arena_text(arena, value) : NULL;
}

/* The schema forgives white space around a value, and the characters of a
 * label reach a terminal. */
static bool
is_clean(const xmlNode *node, const char *name, bool words,
    struct ih_error *err)
{
	const char *text = ih_attr(node, name);

	return text == NULL ||
	       (ih_text_is_plain(text, strlen(text)) &&
		   strcspn(text, words ? "\t\r\n" : " \t\r\n") ==
		       strlen(text)) ||
	       fault(node, name, err);
}

static bool
read_count(const xmlNode *node, const char *name, uint64_t *count,
    struct ih_error *err)
{
	const char *text = ih_attr(node, name);

	if (strspn(text, "0123456789") != strlen(text))
		return fault(node, name, err);
	*count = strtoull(text, NULL, 10);
	return true;
}

static bool
read_printed(struct ih_arena *arena, const xmlNode *node,
    struct ih_printed *printed, struct ih_error *err)
{
	int measure = ih_measure_of(ih_attr(node, "measure"));

	if (measure < 0)
		return fault(node, "measure", err);
	*printed = (struct ih_printed){
		.measure = (enum ih_measure)measure,
		.estimate = kept(arena, node, "estimate"),
		.low = kept(arena, node, "low"),
		.high = kept(arena, node, "high"),
	};
	return is_clean(node, "estimate", false, err) &&
	       is_clean(node, "low", false, err) &&
	       is_clean(node, "high", false, err);
}

static bool
read_study(struct ih_truth *truth, const xmlNode *node, struct ih_error *err)
{
	struct ih_study *study = &truth->studies[truth->study_count++];
	struct ih_arena *arena = truth->arena;

	*study = (struct ih_study){
		.label = kept(arena, node, "label"),
		.instrument = kept(arena, node, "instrument"),
		.sex = kept(arena, node, "sex"),
		.age = kept(arena, node, "age"),
		.reconstructed = ih_attr(node, "reconstructed") != NULL,
		.printed = ih_arena_take(arena,
		    ih_children(node, "printed") * sizeof *study->printed),
	};
	study->sources = ih_sources_read(arena, node, &study->source_count);
	for (const xmlNode *p = ih_child(node, "printed"); p != NULL;
	     p = ih_next(p, "printed"))
		if (!read_printed(arena, p,
			&study->printed[study->printed_count++], err))
			return false;
	return is_clean(node, "label", true, err) &&
	       is_clean(node, "instrument", false, err) &&
	       is_clean(node, "sex", false, err) &&
	       is_clean(node, "age", false, err) &&
	       read_count(node, "tp", &study->counts.tp, err) &&
	       read_count(node, "fn", &study->counts.fn, err) &&
	       read_count(node, "fp", &study->counts.fp, err) &&
	       read_count(node, "tn", &study->counts.tn, err);
}

static bool
read_verdict(struct ih_truth *truth, const xmlNode *node, struct ih_error *err)
{
	const char *determination = ih_attr(node, "determination"),
		   *second = ih_attr(node, "second");
	struct ih_verdict *verdict = &truth->verdicts[truth->verdict_count++];

	*verdict = (struct ih_verdict){
		.interview = kept(truth->arena, node, "interview"),
		.line = ih_line(node),
		.confirmed = strcmp(determination, "confirmed") == 0,
		.second =
		    second != NULL ? ih_reading_of(second) : IH_READ_NOTHING,
	};
	if (!ih_uuid_is(verdict->interview))
		return fault(node, "interview", err);
	if (!verdict->confirmed && strcmp(determination, "not-confirmed") != 0)
		return fault(node, "determination", err);
	return second == NULL || verdict->second != IH_READ_NOTHING ||
	       fault(node, "second", err);
}

static int
by_interview(const void *a, const void *b)
{
	const struct ih_verdict *x = a, *y = b;
	int order = strcmp(x->interview, y->interview);

	/* So that of two the later line is named. */
	return order != 0 ? order : (x->line > y->line) - (x->line < y->line);
}

static bool
each_stands_once(const struct ih_truth *truth, struct ih_error *err)
{
	for (size_t i = 1; i < truth->verdict_count; i++)
		if (strcmp(truth->verdicts[i - 1].interview,
			truth->verdicts[i].interview) == 0)
			return ih_fail_code(err, IH_INPUT, "E_TRUTH_TWICE",
			    "line %ld", truth->verdicts[i].line);
	return true;
}

static bool
read_all(struct ih_truth *truth, const xmlNode *root, struct ih_error *err)
{
	size_t studies = ih_children(root, "table");

	if (studies > IH_STUDIES_MAX)
		return ih_fail(err, IH_INPUT, "expected at most %d tables",
		    IH_STUDIES_MAX);
	truth->verdicts = ih_arena_take(truth->arena,
	    ih_children(root, "row") * sizeof *truth->verdicts);
	truth->studies =
	    ih_arena_take(truth->arena, studies * sizeof *truth->studies);
	for (const xmlNode *n = ih_child(root, "row"); n != NULL;
	     n = ih_next(n, "row"))
		if (!read_verdict(truth, n, err))
			return false;
	for (const xmlNode *n = ih_child(root, "table"); n != NULL;
	     n = ih_next(n, "table"))
		if (!read_study(truth, n, err))
			return false;
	if (truth->verdict_count > 1)
		qsort(truth->verdicts, truth->verdict_count,
		    sizeof *truth->verdicts, by_interview);
	return each_stands_once(truth, err);
}

struct ih_truth *
ih_truth_read(xmlDoc *doc, struct ih_error *err)
{
	IH_OWNED(ih_truth) truth = ih_zeroed(sizeof *truth);

	truth->arena = ih_arena_new();
	if (!read_all(truth, xmlDocGetRootElement(doc), err))
		return NULL;
	return IH_GIVE(truth);
}

void
ih_truth_free(struct ih_truth *truth)
{
	if (truth == NULL)
		return;
	ih_arena_free(truth->arena);
	free(truth);
}

static int
is_interview(const void *id, const void *verdict)
{
	return strcmp(id, ((const struct ih_verdict *)verdict)->interview);
}

const struct ih_verdict *
ih_truth_of(const struct ih_truth *truth, const char *interview)
{
	return truth->verdict_count == 0 ?
		   NULL :
		   bsearch(interview, truth->verdicts, truth->verdict_count,
		       sizeof *truth->verdicts, is_interview);
}
