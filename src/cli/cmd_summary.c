/* ihala summary attack|export|show|check|quality|records - what tables give
 * away, and whether they are right. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "case_file.h"
#include "counting.h"
#include "ihala/attack.h"
#include "ihala/export.h"
#include "ihala/statistic.h"
#include "ihala/user.h"
#include "ihala/xml.h"
#include "listing.h"
#include "published.h"
#include "records.h"
#include "serving.h"
#include "stored.h"
#include "words_keys.h"

/* ---- attack */

static bool
attack(struct request *request, struct ih_error *err)
{
	IH_OWNED(ih_tables) tables = ih_tables_load(request->library, err);
	IH_OWNED(cli_published)
	p = tables != NULL ? published_read(request, tables, err) : NULL;
	struct ih_attacked found;

	if (p == NULL || !ih_attack_all(tables, p->list, p->count, &found, err))
		return false;
	const struct counted rows[] = {
		{ W_SUMMARY_ATTACK_CELLS, found.cells },
		{ W_SUMMARY_ATTACK_NARROWEST,
		    found.narrowest > 0 ? (uint64_t)found.narrowest : 0 },
		{ W_SUMMARY_ATTACK_EXACTLY, found.known[IH_KNOWN_EXACTLY] },
		{ W_SUMMARY_ATTACK_SMALL, found.known[IH_KNOWN_SMALL] },
		{ W_SUMMARY_ATTACK_NARROW, found.known[IH_KNOWN_NARROW] },
	};
	if (!listing_print_counts(request, W_SUMMARY_ATTACK_WHAT,
		W_SUMMARY_ATTACK_COUNT, rows, sizeof rows / sizeof rows[0],
		err))
		return false;
	return found.worst.name[0] == '\0' ||
	       ih_fail_code(err, IH_STATE, "E_ATTACK",
		   "%s: from %" PRId64 " to %" PRId64, found.worst.name,
		   found.worst.least, found.worst.most);
}

/* ---- export */

static bool export(struct request *request, struct ih_error *err)
{
	if (request->as == NULL)
		return ih_fail(err, IH_USAGE, "--as one of %s",
		    ih_export_kinds());
	IH_OWNED(ih_tables) tables = ih_tables_load(request->library, err);
	IH_OWNED(cli_published)
	p = tables != NULL ? published_read(request, tables, err) : NULL;
	IH_OWNED(ih_buffer)
	out = p != NULL ? ih_export(request->library, tables, p->last, p->list,
			      p->count, request->as, request->tongue, err) :
			  NULL;

	return out != NULL && put_output(request, out->data, out->size, err);
}

/* ---- show: exact numbers, for the office alone */

static void
list_table(struct listing *listing, const struct ih_tables *tables, size_t t,
    const struct ih_return *one)
{
	const struct ih_table *table = &tables->tables[t];
	const struct ih_variable *rows = &tables->variables[table->rows];
	const struct ih_variable *columns = &tables->variables[table->columns];

	for (size_t r = 0; r < rows->count; r++)
		for (size_t c = 0; c < columns->count; c++) {
			char number[24];

			snprintf(number, sizeof number, "%" PRId64,
			    one->cells[t][r][c]);
			LISTING_ADD(listing, table->id,
			    rows->categories[r].code,
			    columns->categories[c].code, number);
		}
}

static bool
list_exact(struct request *request, const struct ih_tables *tables,
    const struct ih_return *one, struct ih_error *err)
{
	static const struct column columns[] = {
		{ "table", W_COLUMN_TABLE, false },
		{ "row", W_COLUMN_ROW, false },
		{ "column", W_COLUMN_COLUMN, false },
		{ "number", W_COLUMN_NUMBER, true },
	};
	struct listing listing = LISTING(request, "summary", "cell", columns);

	for (size_t t = 0; t < tables->table_count; t++)
		list_table(&listing, tables, t, one);
	return listing_print(&listing, request, err);
}

static bool
needs_period(const struct request *request, struct ih_error *err)
{
	return request->period != NULL ||
	       ih_fail(err, IH_USAGE, "name the --period, as in 2026");
}

static bool
show(struct request *request, struct ih_error *err)
{
	if (!needs_period(request, err))
		return false;
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	IH_OWNED(ih_tables) tables =
	    registry == NULL ? NULL : ih_tables_load(request->library, err);
	IH_OWNED(ih_count) count =
	    tables == NULL ? NULL :
			     counting_period(request, registry, tables, err);
	if (count == NULL)
		return false;
	IH_OWNED(ih_return) exact = ih_return_exact(count, &request->world);
	if (request->output == NULL)
		return list_exact(request, tables, exact, err);
	IH_OWNED(ih_buffer) bytes = ih_return_write(tables, exact, NULL, err);
	return bytes != NULL &&
	       put_output(request, bytes->data, bytes->size, err);
}

/* ---- check: each row coded again from the interview */

struct recoding {
	const struct ih_tables *tables;
	struct ih_registry *registry;
	struct recoded {
		char code[IH_CODE_TEXT];
		struct ih_buffer *row;
	} * rows;
	size_t count, room;
	struct ih_count *kept, *again;
	struct ih_error *err;
};

/* The main assessment, which is the first; nothing where none was made. */
static xmlDoc *
assessment_of(const xmlDoc *facts)
{
	const xmlNode *several = record_inner(facts, "assessments");
	const xmlNode *one = several != NULL ?
				 ih_child(several, "assessment") :
				 record_inner(facts, "assessment");
	xmlDoc *doc = xmlNewDoc((const xmlChar *)"1.0");

	if (one != NULL)
		xmlDocSetRootElement(doc,
		    xmlDocCopyNode((xmlNode *)(uintptr_t)one, doc, 1));
	return doc;
}

static bool
recode(const struct stored *one, void *with, struct ih_error *err)
{
	struct recoding *r = with;
	IH_OWNED(xmlDoc) answers = record_answers(one->facts);
	IH_OWNED(xmlDoc) assessment = assessment_of(one->facts);
	IH_OWNED(ih_buffer)
	row = ih_table_row(r->tables, ih_registry_committee(r->registry),
	    ih_date_of_day(one->row->opened), answers, assessment, err);

	if (row == NULL)
		return false;
	if (r->count == r->room) {
		r->room = r->room == 0 ? 64 : r->room * 2;
		r->rows = reallocarray(r->rows, r->room, sizeof *r->rows);
		if (r->rows == NULL)
			abort();
	}
	snprintf(r->rows[r->count].code, IH_CODE_TEXT, "%s", one->row->code);
	r->rows[r->count++].row = IH_GIVE(row);
	return true;
}

static const struct ih_buffer *
row_of(const struct recoding *r, const char *code)
{
	for (size_t i = 0; i < r->count; i++)
		if (strcmp(r->rows[i].code, code) == 0)
			return r->rows[i].row;
	return NULL;
}

/* As it is kept, and as it was coded again; a case that cannot be (it came
 * from elsewhere) counts as it is kept. */
static bool
count_both(const struct ih_statistic *one, void *with)
{
	struct recoding *r = with;
	const struct ih_buffer *row = row_of(r, one->code);
	struct ih_statistic again = *one;

	if (row != NULL) {
		again.bytes = row->data;
		again.size = row->size;
	}
	return ih_count_case(r->kept, one, r->err) &&
	       ih_count_case(r->again, &again, r->err);
}

static bool
agree(const struct request *request, const struct recoding *r,
    const struct ih_count *a, const struct ih_count *b, struct ih_error *err)
{
	IH_OWNED(ih_return) one = ih_return_exact(a, &request->world);
	IH_OWNED(ih_return) two = ih_return_exact(b, &request->world);
	size_t differ = ih_return_differences(r->tables, one, two);

	return differ == 0 || ih_fail_code(err, IH_STATE, "E_SUMMARY_DIFFERS",
				  "%s: %zu numbers", request->period, differ);
}

/* As every summary counts, row by row, and coded again. */
static bool
compare(struct request *request, struct recoding *r, struct ih_error *err)
{
	IH_OWNED(ih_count) packed =
	    counting_period(request, r->registry, r->tables, err);

	if (packed == NULL || !agree(request, r, packed, r->kept, err) ||
	    !agree(request, r, r->kept, r->again, err))
		return false;
	say(request, W_DONE_SUMMARY_CHECK, IH_NUM(r->count));
	return true;
}

static void
recoding_clear(struct recoding *r)
{
	for (size_t i = 0; i < r->count; i++)
		ih_buffer_free(r->rows[i].row);
	free(r->rows);
	ih_count_free(r->kept);
	ih_count_free(r->again);
}

static bool
count_again(struct request *request, struct recoding *r, struct ih_error *err)
{
	struct stored_tally tally = { 0 };
	const char *committee = ih_registry_committee(r->registry);
	bool training = ih_registry_is_training(r->registry);

	request->count = 0;
	r->kept =
	    ih_count_new(r->tables, committee, request->period, training, err);
	if (r->kept == NULL)
		return false;
	r->again =
	    ih_count_new(r->tables, committee, request->period, training, err);
	if (!stored_walk(request, r->registry, recode, r, &tally, err))
		return false;
	if (tally.refused > 0) {
		*err = tally.first;
		return false;
	}
	return ih_statistic_each(r->registry, r->kept->days, count_both, r,
		   err) &&
	       err->kind == IH_NONE && compare(request, r, err);
}

static bool
check(struct request *request, struct ih_error *err)
{
	bool well;

	if (!needs_period(request, err))
		return false;
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	IH_OWNED(ih_tables) tables =
	    registry == NULL ? NULL : ih_tables_load(request->library, err);
	struct recoding r = { .tables = tables,
		.registry = registry,
		.err = err };
	if (tables == NULL)
		return false;
	well = ih_registry_may(registry, IH_MAY_COUNT, NULL, err) &&
	       ih_registry_may(registry, IH_MAY_FACTS, NULL, err) &&
	       count_again(request, &r, err);
	recoding_clear(&r);
	return well;
}

/* ---- quality */

static bool
quality(struct request *request, struct ih_error *err)
{
	if (!needs_period(request, err))
		return false;
	IH_OWNED(ih_registry) registry = open_registry(request, err);

	return registry != NULL && serving_list(request, registry, err);
}

bool
cmd_summary(struct request *request, struct ih_error *err)
{
	static const struct subcommand table[] = {
		{ "attack", attack, 1, -1 },
		{ "export", export, 1, 1 },
		{ "show", show, 0, 0 },
		{ "check", check, 0, 0 },
		{ "quality", quality, 0, 0 },
		{ "records", summary_records, 0, 0 },
	};

	return run_subcommand(table, sizeof table / sizeof table[0], request,
	    err);
}
