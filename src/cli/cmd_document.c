/* ihala document list | KIND ... - a page to print, from what may be seen. */
#include <string.h>

#include "case_file.h"
#include "ihala/consent.h"
#include "ihala/document.h"
#include "ihala/element.h"
#include "ihala/erase.h"
#include "ihala/imprint.h"
#include "ihala/ledger.h"
#include "ihala/paper.h"
#include "ihala/schema.h"
#include "ihala/subject.h"
#include "ihala/user.h"
#include "listing.h"
#include "paper.h"
#include "returning.h"
#include "sheet.h"
#include "words_keys.h"

/* One paper in the making. */
struct making {
	struct request *request;
	struct ih_registry *registry;  /* borrowed */
	const struct ih_papers *table; /* borrowed */
	const struct ih_paper *paper;
	const char *subject; /* as typed: a code, a questionnaire; or NULL */
	char code[IH_CODE_TEXT]; /* of the case it is about; "": none */
	const char *entered; /* by what the ledger finds it; NULL: not at all */
	char day[IH_DATE_TEXT];    /* today */
	struct ih_sources sources; /* with the tongues of the request */
};

/* ---- a case that was destroyed */

/* What is left to say of a case that was destroyed. */
static xmlDoc *
erasure_of(struct ih_registry *registry, const char *code, struct ih_error *err)
{
	struct ih_erasure erasure;
	char day[IH_DATE_TEXT];
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_writer w = ih_write_to(out);

	if (!ih_erasure_of(registry, code, &erasure, err))
		return NULL;
	ih_date_format(ih_instant_date(erasure.instant), day);
	ih_open(&w, "erasure");
	ih_put(&w, "xmlns", "urn:ihala:erasure:1");
	ih_put(&w, "code", erasure.code);
	ih_put(&w, "day", day);
	ih_put(&w, "until", erasure.until);
	ih_put_number(&w, "entry", (int64_t)erasure.entry);
	ih_put_if(&w, "training",
	    ih_registry_is_training(registry) ? "true" : "");
	ih_close(&w);
	return ih_write_end(&w, err) ?
		   ih_xml_read("erasure", out->data, out->size, err) :
		   NULL;
}

static xmlDoc *
blocks_of_erasure(struct making *m, struct ih_error *err)
{
	IH_OWNED(xmlDoc) erased = erasure_of(m->registry, m->code, err);
	IH_OWNED(ih_mechanism)
	ours = erased == NULL ? NULL :
				ih_mechanism_load(m->request->library,
				    ih_registry_committee(m->registry), err);

	if (ours == NULL)
		return NULL;
	m->sources.record = erased;
	m->sources.sender = ours->doc;
	return ih_document_blocks(m->request->library, m->paper->id,
	    &m->sources, err);
}

/* ---- what is missing */

static const char *
need_name(const struct request *request, const char *id)
{
	return word(request,
	    ih_arena_printf(request->arena, "paper.needs.%s", id));
}

/* Each thing that is missing by its name; the first failure names them all. */
static bool
lacks_nothing(const struct making *m, const struct ih_buffer *record,
    const char *purpose, struct ih_error *err)
{
	struct request *request = m->request;
	const struct ih_paper_need *lacks[IH_PAPER_NEEDS];
	IH_OWNED(xmlDoc) doc =
	    ih_xml_read("record", record->data, record->size, err);
	const char *ids = "";
	size_t count;

	if (doc == NULL)
		return false;
	count = ih_paper_lacks(m->table, m->paper, doc, purpose, lacks);
	for (size_t i = 0; i < count; i++) {
		ids = ih_arena_printf(request->arena, "%s%s%s", ids,
		    i > 0 ? ", " : "", lacks[i]->id);
		say(request, W_PAPER_LACKS,
		    IH_ARG(need_name(request, lacks[i]->id)));
	}
	return count == 0 ||
	       ih_fail_code(err, IH_INPUT, "E_PAPER_LACKS", "%s", ids);
}

/* ---- what a recipient may see of a case */

/* A decision is asked of those alone who may decide. */
static bool
may_receive(const struct making *m, const struct leaving *leaving,
    struct ih_error *err)
{
	return !m->paper->decides ||
	       ih_mechanism_decides(leaving->ours, leaving->to) ||
	       ih_fail_code(err, IH_STATE, "E_NOT_DECIDER", "mechanism %s, %s",
		   leaving->ours->code, leaving->to);
}

static xmlDoc *
blocks_of_release(struct making *m, struct ih_error *err)
{
	IH_OWNED(ih_buffer) case_xml = ih_buffer_new();
	IH_OWNED(cli_leaving)
	leaving = leaving_prepare(m->request, m->registry, m->subject,
	    m->paper->id, m->request->to, err);

	if (leaving == NULL || !may_receive(m, leaving, err) ||
	    !ih_release_cut(&leaving->release, leaving->facts,
		leaving->identity, case_xml, err) ||
	    !lacks_nothing(m, case_xml, "", err))
		return NULL;
	return leaving_blocks(m->request, leaving, case_xml, m->sources.tongues,
	    m->sources.tongue_count, err);
}

/* ---- a case of this office, without who it is about */

/* The purpose that a paper is about; "": it is about none.  NULL: IH_USAGE. */
static const char *
purpose_of(const struct making *m, struct ih_error *err)
{
	const char *asked = m->request->purpose;

	if (!m->paper->purpose)
		return "";
	if (asked == NULL) {
		ih_fail(err, IH_USAGE, "say for what with --purpose");
		return NULL;
	}
	IH_OWNED(ih_consents)
	known = ih_consents_load(m->request->library, err);
	if (known == NULL)
		return NULL;
	if (ih_consents_purpose(known, asked) == NULL) {
		ih_fail_code(err, IH_USAGE, "E_CONSENT_PURPOSE", "--purpose");
		return NULL;
	}
	return asked;
}

static xmlDoc *
blocks_of_case(struct making *m, struct ih_error *err)
{
	const char *purpose = purpose_of(m, err);

	if (purpose == NULL ||
	    (m->paper->plan &&
		!ih_registry_may(m->registry, IH_MAY_SEE_PLAN, m->code, err)))
		return NULL;
	IH_OWNED(ih_buffer)
	copy = ih_subject_standing(m->registry, m->code, err);
	if (copy == NULL || !lacks_nothing(m, copy, purpose, err))
		return NULL;
	return sheet_blocks(m->request, m->registry, copy,
	    &(struct sheet_asked){ m->paper->id, m->day, purpose,
		m->request->to },
	    err);
}

/* ---- no case: a questionnaire, or the mechanism alone */

static xmlDoc *
blocks_of_office(struct making *m, struct ih_error *err)
{
	IH_OWNED(ih_mechanism)
	ours = ih_mechanism_load(m->request->library,
	    ih_registry_committee(m->registry), err);

	if (ours == NULL)
		return NULL;
	m->sources.record =
	    m->sources.record != NULL ? m->sources.record : ours->doc;
	m->sources.sender = ours->doc;
	m->sources.made = m->day;
	return ih_document_blocks(m->request->library, m->paper->id,
	    &m->sources, err);
}

static xmlDoc *
blocks_of_instrument(struct making *m, struct ih_error *err)
{
	IH_OWNED(ih_instrument)
	instrument = ih_instrument_load(m->request->library, m->subject, err);

	if (instrument == NULL)
		return NULL;
	IH_OWNED(ih_buffer)
	bytes = ih_library_read(m->request->library,
	    ih_arena_printf(m->request->arena, "xml/instrument/%s.xml",
		instrument->id),
	    err);
	IH_OWNED(xmlDoc)
	doc = bytes != NULL ?
		  ih_xml_read("instrument", bytes->data, bytes->size, err) :
		  NULL;
	if (doc == NULL)
		return NULL;
	m->sources.record = doc;
	m->sources.instrument = doc;
	return blocks_of_office(m, err);
}

/* ---- the rounded tables of a year */

/* Exact counts end where the tables are made: the paper knows these alone. */
static xmlDoc *
tables_of_year(struct making *m, struct ih_error *err)
{
	const struct wanted wanted = { .method = IH_ROUNDED, .as_told = true };
	int64_t persons;
	IH_OWNED(ih_transaction) all = ih_transaction_begin(m->registry, err);
	IH_OWNED(ih_buffer)
	tables = all == NULL ? NULL :
			       returning_tables(m->request, m->registry,
				   &wanted, &persons, err);

	return tables != NULL && ih_transaction_commit(all, err) ?
		   ih_xml_read("return", tables->data, tables->size, err) :
		   NULL;
}

static xmlDoc *
blocks_of_return(struct making *m, struct ih_error *err)
{
	if (m->request->period != NULL && strlen(m->request->period) != 4) {
		ih_fail(err, IH_USAGE, "this is a report of a year, as 2026");
		return NULL;
	}
	IH_OWNED(xmlDoc)
	names = ih_schema_read(m->request->library, "xml/summary/tables.xml",
	    "tables", err);
	IH_OWNED(xmlDoc) tables = names != NULL ? tables_of_year(m, err) : NULL;
	if (tables == NULL)
		return NULL;
	m->entered = m->request->period;
	m->sources.record = tables;
	m->sources.catalogues = &names;
	m->sources.catalogue_count = 1;
	return blocks_of_office(m, err);
}

/* ---- the way of each */

/* What a paper is made of, and what has to be named for it. */
static const struct way {
	xmlDoc *(*blocks)(struct making *m, struct ih_error *err);
	bool of_case; /* CODE is named */
	bool named;   /* something is */
} ways[IH_PAPER_SOURCES] = {
	[IH_OF_CASE] = { blocks_of_case, true, true },
	[IH_OF_RELEASE] = { blocks_of_release, true, true },
	[IH_OF_INSTRUMENT] = { blocks_of_instrument, false, true },
	[IH_OF_OFFICE] = { blocks_of_office, false, false },
	[IH_OF_COPY] = { NULL, true, true },
	[IH_OF_ERASURE] = { blocks_of_erasure, true, true },
	[IH_OF_RETURN] = { blocks_of_return, false, false },
};

static bool
is_asked_well(struct making *m, struct ih_error *err)
{
	const struct way *way = &ways[m->paper->of];

	if (way->blocks == NULL)
		return ih_fail(err, IH_USAGE,
		    "it is given to the person by: ihala case copy CODE -o F");
	m->subject = m->request->words[1];
	if (way->named != (m->subject != NULL))
		return ih_fail(err, IH_USAGE, "%s of this kind of document",
		    way->named ? "name the case, or the questionnaire," :
				 "nothing is named");
	if (m->request->format == FORMAT_JSON)
		return ih_fail(err, IH_USAGE,
		    "a paper is a page, a PDF, or XML");
	if (!way->of_case)
		return true;
	m->entered = m->code;
	return case_code(m->subject, m->code, err);
}

/* What is about a case, or a year, is entered before it is handed out. */
static bool
hand_out(struct making *m, xmlDoc *blocks, struct ih_error *err)
{
	struct ih_hash digest;

	if (!ih_imprint_put(blocks, &digest, err))
		return false;
	IH_OWNED(ih_buffer)
	page = paper_in_format(m->request, blocks, err);
	if (page == NULL ||
	    (m->entered != NULL && !ih_ledger_add(m->registry, IH_ACT_PRINT,
				       m->entered, &digest, err)) ||
	    !put_output(m->request, page->data, page->size, err))
		return false;
	fprintf(stderr, "%s\n", word(m->request, W_DONE_DOCUMENT));
	return true;
}

static bool
make(struct making *m, struct ih_error *err)
{
	struct request *request = m->request;

	ih_date_format(ih_instant_date(request->world.now), m->day);
	m->sources.tongue_count =
	    tongues_of(request->languages != NULL ? request->languages : "ar",
		ih_registry_committee(m->registry), m->sources.tongues, err);
	if (m->sources.tongue_count == 0)
		return false;
	IH_OWNED(xmlDoc) blocks = ways[m->paper->of].blocks(m, err);
	return blocks != NULL && hand_out(m, blocks, err);
}

/* ---- the list */

/* The needs of a paper, for people by their names. */
static const char *
needs_of(const struct request *request, const struct ih_paper *paper)
{
	bool named = request->format == FORMAT_TEXT;
	const char *all = "";

	for (size_t i = 0; i < paper->need_count; i++) {
		const char *id = paper->needs[i].id;
		const char *one = named ? need_name(request, id) : id;

		if (i == 0)
			all = one;
		else if (named)
			all = ih_say(request->arena, request->tongue,
			    W_UNFIT_AND, IH_ARG(all), IH_ARG(one));
		else
			all =
			    ih_arena_printf(request->arena, "%s %s", all, one);
	}
	return all;
}

static bool
list(struct request *request, const struct ih_papers *table,
    struct ih_error *err)
{
	static const struct column columns[] = {
		{ "kind", W_COLUMN_KIND, false },
		{ "of", W_COLUMN_MADE_OF, false },
		{ "name", W_COLUMN_NAME, false },
		{ "for", W_COLUMN_FOR, false },
		{ "needs", W_COLUMN_NEEDS, false },
	};
	struct listing listing =
	    LISTING(request, "documents", "document", columns);

	for (size_t i = 0; i < table->count; i++) {
		const struct ih_paper *paper = &table->rows[i];
		const char *key =
		    ih_arena_printf(request->arena, "paper.%s", paper->id);
		const char *of = ih_paper_of_name(paper->of);

		LISTING_ADD(&listing, paper->id,
		    request->format != FORMAT_TEXT ?
			of :
			word(request,
			    ih_arena_printf(request->arena, "paper.of.%s", of)),
		    word(request, key),
		    word(request,
			ih_arena_printf(request->arena, "%s.for", key)),
		    needs_of(request, paper));
	}
	return listing_print(&listing, request, err);
}

bool
cmd_document(struct request *request, struct ih_error *err)
{
	struct making m = { .request = request };
	IH_OWNED(ih_papers) table = ih_papers_load(request->library, err);

	if (table == NULL)
		return false;
	if (strcmp(request->words[0], "list") == 0)
		return list(request, table, err);
	m.table = table;
	m.paper = ih_paper_find(table, request->words[0]);
	if (m.paper == NULL)
		return ih_fail(err, IH_USAGE,
		    "there is no such document; ihala document list names "
		    "them");
	if (!is_asked_well(&m, err))
		return false;
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	m.registry = registry;
	return registry != NULL && make(&m, err);
}
