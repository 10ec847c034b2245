/*
 * judge FILE FRAMEWORK... - what the engine finds for each interview of FILE
 * (one <answers>, or a stream) by each framework, as the lines that
 * oracle.xsl prints.  Run from the root of the tree.
 */
#include <libxml/parser.h>
#include <stdio.h>
#include <string.h>

#include "ihala/assess.h"
#include "ihala/node.h"
#include "ihala/xml.h"

#define FRAMEWORKS 16

struct bench {
	struct ih_instrument *instrument;
	struct ih_framework *frameworks[FRAMEWORKS];
	size_t count;
};

static void
put_letters(const uint8_t *three, size_t count)
{
	static const char letters
	    [] = { [IH_FALSE] = 'f', [IH_TRUE] = 't', [IH_UNDETERMINED] = 'u' };

	for (size_t i = 0; i < count; i++)
		putchar(letters[three[i]]);
	fputs(count == 0 ? "- " : " ", stdout);
}

static void
put_contradictions(const struct ih_assessment *a)
{
	for (size_t i = 0; i < a->contradiction_count; i++)
		printf("%s,", a->contradictions[i]->id);
	fputs(a->contradiction_count == 0 ? "- " : " ", stdout);
}

static size_t
open_indicators(const struct ih_assessment *a)
{
	size_t count = 0;

	for (size_t i = 0; i < a->framework->indicator_count; i++)
		count += a->bounds.indicators[i] == IH_UNDETERMINED;
	return count;
}

static void
put_line(const struct ih_assessment *a)
{
	const struct ih_framework *f = a->framework;
	const struct ih_bounds *b = &a->bounds;

	printf("%s %s %s %s %s %s ", a->answers->id, f->id,
	    ih_outcome_name(b->at_least, b->at_most),
	    ih_level_name(b->at_least), ih_level_name(b->at_most),
	    b->withheld ? "withheld" : "open");
	put_letters(b->dimensions, f->dimension_count);
	put_letters(b->indicators, f->indicator_count);
	put_letters(b->outcomes, f->outcome_count);
	put_letters(b->urgencies, f->urgency_count);
	if (ih_framework_adds_up(f))
		printf("%u..%u ", b->sum_least, b->sum_most);
	else
		fputs("- ", stdout);
	put_contradictions(a);
	printf("%zu %zu/%zu/%zu/%zu\n", open_indicators(a),
	    a->unanswered[IH_BLANK], a->unanswered[IH_UNKNOWN],
	    a->unanswered[IH_REFUSED], a->asked);
}

static bool
judge(const struct bench *bench, xmlNode *node, struct ih_error *err)
{
	IH_OWNED(xmlDoc) doc = xmlNewDoc(NULL);

	xmlDocSetRootElement(doc, xmlDocCopyNode(node, doc, 1));
	IH_OWNED(ih_answers) answers =
	    ih_answers_read(doc, bench->instrument, err);
	if (answers == NULL)
		return false;
	for (size_t i = 0; i < bench->count; i++) {
		IH_OWNED(ih_assessment) a =
		    ih_assess(bench->frameworks[i], answers);

		put_line(a);
	}
	return true;
}

/* The instrument is that of the first interview. */
static bool
set_up(struct bench *bench, struct ih_library *library, const xmlNode *first,
    char **ids, struct ih_error *err)
{
	const char *asked = ih_attr(first, "instrument");

	bench->instrument = ih_instrument_load(library, asked, err);
	while (bench->instrument != NULL && bench->count < FRAMEWORKS &&
	       ids[bench->count] != NULL) {
		struct ih_framework *f = ih_framework_load(library,
		    ids[bench->count], bench->instrument, err);

		if (f == NULL)
			return false;
		bench->frameworks[bench->count++] = f;
	}
	return bench->instrument != NULL;
}

static void
tear_down(struct bench *bench)
{
	for (size_t i = 0; i < bench->count; i++)
		ih_framework_free(bench->frameworks[i]);
	ih_instrument_free(bench->instrument);
}

int
main(int argc, char **argv)
{
	struct ih_error err = { 0 };
	struct bench bench = { 0 };
	IH_OWNED(ih_library) library = ih_library_open(".", &err);
	IH_OWNED(xmlDoc) doc =
	    argc > 2 ? xmlReadFile(argv[1], NULL, XML_PARSE_NONET) : NULL;
	xmlNode *node = doc != NULL ? xmlDocGetRootElement(doc) : NULL;
	bool fine = library != NULL && node != NULL;

	if (node != NULL && ih_is(node, "interviews"))
		node = xmlFirstElementChild(node);
	fine = fine &&
	       (node == NULL || set_up(&bench, library, node, argv + 2, &err));
	for (; fine && node != NULL; node = xmlNextElementSibling(node))
		fine = judge(&bench, node, &err);
	tear_down(&bench);
	if (!fine)
		fprintf(stderr, "judge FILE FRAMEWORK...: %s\n", err.text);
	return fine ? 0 : 1;
}
