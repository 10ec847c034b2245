/* This is where the interviews of a registry are walked over. */
#include "stored.h"

#include <string.h>

#include "case_file.h"
#include "ihala/node.h"

/* The codes are gathered first: each reading is a transaction of its own,
 * so that it is in the ledger before anything of it is shown. */
struct gathered {
	struct ih_arena *arena;
	struct ih_case_row *rows;
	size_t count, room;
};

static bool
gather(const struct ih_case_row *row, void *with)
{
	struct gathered *g = with;

	g->rows = ih_arena_more(g->arena, g->rows, g->count, &g->room,
	    sizeof *g->rows);
	g->rows[g->count++] = *row;
	return true;
}

static bool
gather_named(struct request *request, struct ih_registry *registry,
    struct gathered *g, struct ih_error *err)
{
	for (int i = 0; i < request->count; i++) {
		char code[IH_CODE_TEXT];
		struct ih_case_row row;

		if (!case_code(request->words[i], code, err) ||
		    !ih_case_row(registry, code, &row, err))
			return ih_fail_in(err, request->words[i]);
		gather(&row, g);
	}
	return true;
}

bool
is_of_one(const struct ih_error *err)
{
	return err->kind == IH_INPUT || err->kind == IH_ABSENT ||
	       err->kind == IH_TRUST || err->kind == IH_STATE;
}

static bool
use_one(struct ih_registry *registry, const struct ih_case_row *row,
    stored_each *each, void *with, struct stored_tally *tally,
    struct ih_error *err)
{
	IH_OWNED(xmlDoc)
	facts = case_document(registry, row->code, IH_FACTS, err);
	const xmlNode *answers =
	    facts != NULL ? record_inner(facts, "answers") : NULL;

	if (facts == NULL)
		return false;
	if (answers == NULL) {
		tally->empty++;
		return true;
	}
	if (!each(&(struct stored){ row, facts, answers }, with, err))
		return false;
	tally->read++;
	return true;
}

static bool
walk(struct request *request, struct ih_registry *registry,
    const struct gathered *g, stored_each *each, void *with,
    struct stored_tally *tally, struct ih_error *err)
{
	for (size_t i = 0; i < g->count; i++) {
		const struct ih_case_row *row = &g->rows[i];
		struct ih_error here = { 0 };

		tally->received += row->origin[0] != '\0';
		tally->empty += row->origin[0] == '\0' && !row->has[IH_FACTS];
		if (row->origin[0] != '\0' || !row->has[IH_FACTS] ||
		    use_one(registry, row, each, with, tally, &here))
			continue;
		ih_fail_in(&here, row->code);
		if (!is_of_one(&here)) {
			*err = here;
			return false;
		}
		tally->refused++;
		keep_failure(request, &here, &tally->first);
	}
	return true;
}

bool
stored_walk(struct request *request, struct ih_registry *registry,
    stored_each *each, void *with, struct stored_tally *tally,
    struct ih_error *err)
{
	struct gathered g = { .arena = request->arena };

	if (request->count > 0 ? !gather_named(request, registry, &g, err) :
				 !ih_case_each(registry, gather, &g, err))
		return false;
	return walk(request, registry, &g, each, with, tally, err);
}
