/* ihala case rectify CODE FILE - what is wrong in a case is put right. */
#include "ihala/rectify.h"

#include "case_file.h"
#include "ihala/ledger.h"
#include "ihala/node.h"
#include "ihala/schema.h"
#include "ihala/table.h"
#include "interview.h"
#include "words_keys.h"

static xmlDoc *
read_request(struct request *request, struct ih_error *err)
{
	IH_OWNED(ih_buffer) bytes = read_input(request->words[1], err);
	IH_OWNED(ih_schema)
	schema = bytes == NULL ?
		     NULL :
		     ih_schema_load(request->library, "rectification", err);

	return schema == NULL ? NULL :
				ih_schema_admit(schema, request->words[1],
				    bytes->data, bytes->size, err);
}

/* What is at hand while a case is put right. */
struct rectifying {
	struct request *request;
	struct ih_registry *registry;
	const char *code;
	struct leaving *of; /* the record, and what it was made with */
	struct desk *desk;
	struct interview *now; /* as it is from here on */
	char day[IH_DATE_TEXT];
};

static bool
read_record(struct rectifying *r, struct ih_error *err)
{
	struct ih_case_row row;

	if (!ih_case_row(r->registry, r->code, &row, err))
		return false;
	r->of->facts = case_document(r->registry, r->code, IH_FACTS, err);
	if (r->of->facts == NULL)
		return false;
	if (row.has[IH_IDENTITY])
		r->of->identity =
		    case_document(r->registry, r->code, IH_IDENTITY, err);
	return (!row.has[IH_IDENTITY] || r->of->identity != NULL) &&
	       leaving_know(r->request, r->registry, r->of, err);
}

static xmlDoc *
assessed(struct rectifying *r, struct ih_error *err)
{
	IH_OWNED(ih_buffer) all = ih_buffer_new();

	if (!leaving_judge(r->of, r->desk, r->now, err) ||
	    r->now->assessment_count == 0 ||
	    !ih_assessments_write(r->now->assessments, r->now->assessment_count,
		all, err))
		return NULL;
	return ih_xml_read("assessments", all->data, all->size, err);
}

/* The coded row, counted on the day on which the case was opened.  Not
 * everybody who writes holds its key. */
static bool
put_row(struct rectifying *r, struct ih_error *err)
{
	IH_OWNED(ih_buffer) main = ih_buffer_new();
	struct ih_error denied = { 0 };
	struct ih_date opened;

	if (r->now->assessment_count == 0 ||
	    !ih_assessment_write(r->now->assessments[0], main, err))
		return err->kind == IH_NONE;
	ih_date_parse(ih_attr(xmlDocGetRootElement(r->of->facts), "opened"),
	    &opened);
	IH_OWNED(xmlDoc)
	assessment = ih_xml_read("assessment", main->data, main->size, err);
	IH_OWNED(ih_tables)
	tables = assessment == NULL ? NULL :
				      ih_tables_load(r->request->library, err);
	IH_OWNED(ih_buffer)
	row = tables == NULL ?
		  NULL :
		  ih_table_row(tables, ih_registry_committee(r->registry),
		      opened, r->now->doc, assessment, err);
	if (row == NULL)
		return false;
	if (case_put(r->registry, r->code, IH_STATISTICS, row, &denied))
		return true;
	if (denied.kind != IH_DENIED) {
		*err = denied;
		return false;
	}
	fprintf(stderr, "%s\n", word(r->request, W_DONE_RECTIFY_ROW));
	return true;
}

static bool
put_parts(struct rectifying *r, const xmlDoc *asked,
    const struct ih_rectified *counts, struct ih_error *err)
{
	IH_OWNED(record_parts) parts = record_parts_new();
	IH_OWNED(xmlDoc) all = counts->corrected > 0 ? assessed(r, err) : NULL;
	const struct ih_rectifying what = { .instrument = r->of->instrument,
		.facts = r->of->facts,
		.identity = r->of->identity,
		.request = asked,
		.interview = r->now->doc,
		.assessed = all,
		.day = r->day };

	if (err->kind != IH_NONE || !ih_rectify_write(&what, parts, err) ||
	    !case_put(r->registry, r->code, IH_FACTS, parts->facts, err))
		return false;
	if (parts->identity != NULL &&
	    !case_put(r->registry, r->code, IH_IDENTITY, parts->identity, err))
		return false;
	return counts->corrected == 0 || put_row(r, err);
}

static bool
rectify(struct rectifying *r, const xmlDoc *asked, struct ih_rectified *counts,
    struct ih_error *err)
{
	IH_OWNED(ih_transaction) all = ih_transaction_begin(r->registry, err);

	if (all == NULL || !case_is_ours(r->registry, r->code, err) ||
	    !read_record(r, err))
		return false;
	r->now->doc = ih_rectify_interview(r->of->facts, r->of->identity);
	return ih_rectify_answers(r->now->doc, asked, r->of->instrument, counts,
		   err) &&
	       put_parts(r, asked, counts, err) &&
	       ih_ledger_add(r->registry, IH_ACT_RECTIFY, r->code, NULL, err) &&
	       ih_transaction_commit(all, err);
}

bool
case_rectify(struct request *request, struct ih_error *err)
{
	char code[IH_CODE_TEXT];
	struct ih_rectified counts;
	IH_OWNED(xmlDoc) asked = read_request(request, err);
	IH_OWNED(ih_registry)
	registry = asked != NULL ? open_registry(request, err) : NULL;
	IH_OWNED(cli_leaving) of = ih_zeroed(sizeof *of);
	IH_OWNED(cli_desk) desk = desk_new();
	IH_OWNED(cli_interview) now = ih_zeroed(sizeof *now);
	struct rectifying r = { .request = request,
		.registry = registry,
		.code = code,
		.of = of,
		.desk = desk,
		.now = now };

	if (registry == NULL || !case_code(request->words[0], code, err))
		return false;
	ih_date_format(ih_instant_date(request->world.now), r.day);
	if (!rectify(&r, asked, &counts, err))
		return false;
	say(request, W_DONE_RECTIFY, IH_ARG(code), IH_NUM(counts.corrected),
	    IH_NUM(counts.refused));
	if (interview_is_urgent(now))
		fprintf(stderr, "%s\n", word(request, W_DONE_CASE_URGENT));
	return true;
}
