/* This is where the cases of a period are handed to whoever works with their
 * records. */
#include "records.h"

#include <stdio.h>
#include <string.h>

#include "case_file.h"
#include "ihala/date.h"
#include "ihala/ledger.h"
#include "ihala/records.h"
#include "ihala/user.h"
#include "words_keys.h"

/* The rows are gathered first: each reading is a transaction of its own, so
 * that it is in the ledger before anything of it is written. */
struct gathering {
	struct ih_arena *arena;
	struct ih_period days;
	struct ih_case_row *rows;
	size_t count, room;
	size_t received; /* of these the office that opened them tells */
};

static bool
gather(const struct ih_case_row *row, void *with)
{
	struct gathering *g = with;
	bool ours = row->origin[0] == '\0';

	if (row->opened < g->days.first || row->opened > g->days.last ||
	    !row->has[IH_FACTS])
		return true;
	g->received += !ours;
	if (!ours)
		return true;
	g->rows = ih_arena_more(g->arena, g->rows, g->count, &g->room,
	    sizeof *g->rows);
	g->rows[g->count++] = *row;
	return true;
}

/* The code of a record is another for each period and is no recipient's: it
 * joins with no letter and no list. */
static bool
name_record(struct request *request, struct ih_registry *registry,
    const char *code, struct ih_alias *alias, struct ih_error *err)
{
	return ih_alias_of(registry, code,
	    ih_arena_printf(request->arena, "records %s", request->period),
	    alias, err);
}

static bool
add(struct request *request, struct ih_registry *registry,
    struct ih_records *records, const struct ih_case_row *row,
    size_t *unconsented, struct ih_error *err)
{
	IH_OWNED(xmlDoc)
	facts = case_document(registry, row->code, IH_FACTS, err);
	struct ih_alias alias;

	if (facts == NULL)
		return false;
	if (!ih_records_may(records, facts)) {
		++*unconsented;
		return true;
	}
	if (!name_record(request, registry, row->code, &alias, err))
		return false;
	return ih_records_add(records,
	    &(struct ih_recorded){ alias.code, row->state[IH_FILE],
		row->state[IH_DETERMINATION], facts },
	    err);
}

static bool
add_all(struct request *request, struct ih_registry *registry,
    struct ih_records *records, struct ih_error *err)
{
	struct gathering g = { .arena = request->arena };
	size_t unconsented = 0;

	ih_period_parse(request->period, &g.days);
	if (!ih_case_each(registry, gather, &g, err))
		return false;
	for (size_t i = 0; i < g.count; i++)
		if (!add(request, registry, records, &g.rows[i], &unconsented,
			err))
			return ih_fail_in(err, g.rows[i].code);
	say(request, W_DONE_RECORDS, IH_NUM(ih_records_count(records)),
	    IH_NUM(unconsented), IH_NUM(g.received));
	return true;
}

static bool
is_asked_well(const struct request *request, struct ih_error *err)
{
	struct ih_period days;

	if (request->period == NULL || !ih_period_parse(request->period, &days))
		return ih_fail(err, IH_USAGE, "name the --period, as in 2026");
	return request->as != NULL ||
	       ih_fail(err, IH_USAGE, "--as one of %s", ih_records_kinds());
}

/* Both: to draw statistics, and to read what happened, of the whole office.
 * People who were invented are no records of anybody. */
static bool
may(struct ih_registry *registry, struct ih_error *err)
{
	if (!ih_registry_may(registry, IH_MAY_COUNT, NULL, err) ||
	    !ih_registry_may(registry, IH_MAY_FACTS, NULL, err))
		return false;
	return !ih_registry_is_training(registry) ||
	       ih_fail_code(err, IH_STATE, "E_RECORDS_TRAINING", "%s",
		   ih_registry_committee(registry));
}

static struct ih_buffer *
make(struct request *request, struct ih_registry *registry,
    struct ih_error *err)
{
	char day[IH_DATE_TEXT];

	ih_date_format(ih_instant_date(request->world.now), day);
	IH_OWNED(ih_records)
	records = ih_records_new(request->library,
	    ih_registry_committee(registry), request->period, day, err);
	if (records == NULL || !add_all(request, registry, records, err))
		return NULL;
	return ih_records_write(records, request->as, err);
}

bool
summary_records(struct request *request, struct ih_error *err)
{
	if (!is_asked_well(request, err))
		return false;
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	IH_OWNED(ih_buffer)
	file = registry != NULL && may(registry, err) ?
		   make(request, registry, err) :
		   NULL;

	return file != NULL && put_export(request, registry,
				   ih_arena_printf(request->arena, "records %s",
				       request->period),
				   file, err);
}
