/* ihala case open|list|show|compare|move|names|destroy - the cases of the
 * office. */
#include <string.h>

#include "case_file.h"
#include "ihala/case.h"
#include "ihala/draft.h"
#include "ihala/erase.h"
#include "ihala/record.h"
#include "ihala/request.h"
#include "ihala/retention.h"
#include "ihala/table.h"
#include "ihala/xml.h"
#include "interview.h"
#include "listing.h"
#include "words_keys.h"

static const struct column columns[] = {
	{ "code", W_COLUMN_CODE, false },
	{ "opened", W_COLUMN_OPENED, false },
	{ "urgent", W_COLUMN_URGENT, false },
	{ "file", W_COLUMN_FILE, false },
	{ "determination", W_COLUMN_DETERMINATION, false },
	{ "referral", W_COLUMN_REFERRAL, false },
	{ "consent", W_COLUMN_CONSENT, false },
	{ "origin", W_COLUMN_ORIGIN, false },
	{ "urgent-code", W_COLUMN_URGENT, false },
};

/* The row stands where the record says it does. */
static bool
follow_status(struct ih_registry *registry, const char *code,
    const struct ih_buffer *facts, struct ih_error *err)
{
	IH_OWNED(xmlDoc) doc =
	    ih_xml_read("case", facts->data, facts->size, err);

	if (doc == NULL)
		return false;
	struct ih_record_status status = ih_record_status(doc);
	return case_moves(registry, code, IH_FILE, status.file, err) &&
	       case_moves(registry, code, IH_CONSENT, status.consent, err);
}

/* Facts, identity and the coded row, under the code the case now has.  The
 * row goes by the main framework. */
static bool
write_parts(struct request *request, struct ih_registry *registry,
    const struct ih_tables *tables, const struct interview *interview,
    const char *code, struct ih_error *err)
{
	IH_OWNED(ih_buffer) all = ih_buffer_new();
	IH_OWNED(ih_buffer) main = ih_buffer_new();
	IH_OWNED(record_parts) parts = record_parts_new();
	char day[IH_DATE_TEXT];
	struct ih_date today = ih_instant_date(request->world.now);

	ih_date_format(today, day);
	if (!ih_assessments_write(interview->assessments,
		interview->assessment_count, all, err) ||
	    !ih_assessment_write(interview->assessments[0], main, err) ||
	    !ih_record_open(interview->answers->instrument, interview->doc,
		all->data, all->size, code, ih_registry_committee(registry),
		day, parts, err))
		return false;
	IH_OWNED(xmlDoc) assessed =
	    ih_xml_read("assessment", main->data, main->size, err);
	if (assessed == NULL)
		return false;
	IH_OWNED(ih_buffer) row =
	    ih_table_row(tables, ih_registry_committee(registry), today,
		interview->doc, assessed, err);
	return row != NULL &&
	       follow_status(registry, code, parts->facts, err) &&
	       case_put(registry, code, IH_FACTS, parts->facts, err) &&
	       (parts->identity == NULL || case_put(registry, code, IH_IDENTITY,
					       parts->identity, err)) &&
	       case_put(registry, code, IH_STATISTICS, row, err);
}

/* Who asked for help in danger is in danger, whatever the interview says. */
static bool
take_danger(struct ih_registry *registry, const char *asked,
    struct ih_case_new *fresh, struct ih_error *err)
{
	struct ih_request_row row;

	if (!ih_request_row(registry, asked, &row, err))
		return false;
	fresh->urgent |= strcmp(row.danger, "yes") == 0;
	return true;
}

/* What it came from has its end in the same transaction. */
static bool
close_source(struct ih_registry *registry, const struct opening *opening,
    const char *code, struct ih_error *err)
{
	return (opening->asked == NULL ||
		   opening->become(registry, opening->asked, code, err)) &&
	       (opening->draft == NULL ||
		   ih_draft_finish(registry, opening->draft, err));
}

static bool
write_case(struct request *request, struct ih_registry *registry,
    const struct ih_tables *tables, const struct interview *interview,
    const struct opening *opening, const struct ih_case_new *fresh,
    char code[static IH_CODE_TEXT], struct ih_error *err)
{
	IH_OWNED(ih_transaction) all = ih_transaction_begin(registry, err);

	return all != NULL && ih_case_add(registry, fresh, code, err) &&
	       write_parts(request, registry, tables, interview, code, err) &&
	       close_source(registry, opening, code, err) &&
	       ih_transaction_commit(all, err);
}

bool
case_take_in(struct request *request, struct ih_registry *registry,
    const struct ih_tables *tables, const struct interview *interview,
    const struct opening *opening, struct ih_error *err)
{
	const struct ih_answers *answers = interview->answers;
	struct ih_case_new fresh = { .interview = answers->id,
		.opened = request->world.now,
		.urgent = interview_is_urgent(interview),
		.training = answers->training };
	char code[IH_CODE_TEXT];

	if (strcmp(answers->committee, ih_registry_committee(registry)) != 0)
		return ih_fail_code(err, IH_STATE, "E_OTHER_COMMITTEE", "%s",
		    opening->name);
	if (opening->asked != NULL &&
	    !take_danger(registry, opening->asked, &fresh, err))
		return false;
	if (!write_case(request, registry, tables, interview, opening, &fresh,
		code, err))
		return ih_fail_in(err, opening->name);
	printf("%s\n", code);
	say(request, W_DONE_CASE_OPENED, IH_ARG(opening->name), IH_ARG(code));
	if (fresh.urgent)
		fprintf(stderr, "%s\n", word(request, W_DONE_CASE_URGENT));
	tell_likely(request, registry, code);
	return true;
}

bool
case_open(struct request *request, struct ih_registry *registry,
    struct desk *desk, const struct ih_tables *tables, const char *path,
    const char *asked, struct ih_error *err)
{
	const struct opening opening = { .name = path,
		.asked = asked,
		.become = ih_request_open };
	IH_OWNED(cli_interview) interview =
	    interview_open(request, desk, path, err);

	return interview != NULL && case_take_in(request, registry, tables,
					interview, &opening, err);
}

static bool
open_cases(struct request *request, struct ih_error *err)
{
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	IH_OWNED(cli_desk) desk = desk_new();
	int opened = 0;

	if (registry == NULL)
		return false;
	IH_OWNED(ih_tables) tables = ih_tables_load(request->library, err);
	if (tables == NULL)
		return false;
	for (; opened < request->count; opened++)
		if (!case_open(request, registry, desk, tables,
			request->words[opened], NULL, err))
			return false;
	say(request, W_DONE_CASES, IH_NUM(opened));
	return true;
}

struct listed {
	struct request *request;
	struct listing *listing;
};

static bool
list_one(const struct ih_case_row *row, void *with)
{
	struct listed *l = with;
	char day[IH_DATE_TEXT];

	ih_date_format(ih_date_of_day(row->opened), day);
	LISTING_ADD(l->listing, row->code, day,
	    word(l->request, row->urgent ? W_STATE_YES : W_STATE_NO),
	    row->state[IH_FILE], row->state[IH_DETERMINATION],
	    row->state[IH_REFERRAL], row->state[IH_CONSENT], row->origin,
	    yes_code(row->urgent));
	return true;
}

static bool
list(struct request *request, struct ih_error *err)
{
	IH_OWNED(ih_registry) registry = open_registry_locked(request, err);
	struct listing listing =
	    LISTING_CODED(request, "cases", "case", columns, 1);
	struct listed with = { request, &listing };

	return registry != NULL &&
	       ih_case_each(registry, list_one, &with, err) &&
	       listing_print(&listing, request, err);
}

/* For how long a case that was closed is kept. */
static bool
tell_retention(struct request *request, struct ih_registry *registry,
    const char *code, struct ih_error *err)
{
	struct ih_retained one;
	bool closed = false;
	char day[IH_DATE_TEXT];

	if (!ih_retention_of(registry, code, &one, &closed, err))
		return false;
	if (!closed)
		return true;
	ih_date_format(ih_date_of_day(one.due), day);
	const char *what = ih_texts_say(&one.class->text, request->tongue);
	if (one.due == 0)
		say(request, W_SHOW_KEPT_UNDECIDED, IH_ARG(what));
	else
		say(request, W_SHOW_KEPT, IH_ARG(what), IH_ARG(day));
	return true;
}

static bool
tell_request(struct request *request, struct ih_registry *registry,
    const char *code, struct ih_error *err)
{
	char asked[IH_CODE_TEXT];

	if (!ih_request_of_case(registry, code, asked, err))
		return false;
	if (asked[0] != '\0')
		say(request, W_REQUEST_OF_CASE, IH_ARG(asked));
	return true;
}

/* Who it is about, for whoever asks for it; the reading is entered. */
static bool
reveal(struct request *request, struct ih_registry *registry, const char *code,
    struct ih_error *err)
{
	IH_OWNED(ih_buffer)
	identity = ih_case_read(registry, code, IH_IDENTITY, err);

	return identity != NULL &&
	       put_output(request, identity->data, identity->size, err);
}

static bool
show(struct request *request, struct ih_error *err)
{
	char code[IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = open_registry(request, err);

	if (registry == NULL || !case_code(request->words[0], code, err))
		return false;
	if (request->reveal)
		return reveal(request, registry, code, err);
	if (request->format == FORMAT_XML) {
		IH_OWNED(ih_buffer) facts =
		    ih_case_read(registry, code, IH_FACTS, err);

		return facts != NULL &&
		       put_output(request, facts->data, facts->size, err);
	}
	struct ih_case_row row;
	struct listing listing =
	    LISTING_CODED(request, "cases", "case", columns, 1);
	struct listed with = { request, &listing };

	if (!ih_case_row(registry, code, &row, err))
		return false;
	list_one(&row, &with);
	return listing_print(&listing, request, err) &&
	       case_tell_hold(request, registry, code, err) &&
	       (request->format != FORMAT_TEXT ||
		   tell_retention(request, registry, code, err)) &&
	       tell_request(request, registry, code, err) &&
	       (request->format != FORMAT_TEXT || !row.has[IH_FACTS] ||
		   (row.origin[0] != '\0' ?
			   case_side_by_side(request, registry, code, err) :
			   case_explain(request, registry, code, err)));
}

static bool
move(struct request *request, struct ih_error *err)
{
	char code[IH_CODE_TEXT];
	enum ih_axis axis;
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	struct ih_case_row row;

	if (registry == NULL || !case_code(request->words[0], code, err))
		return false;
	if (!ih_axis_parse(request->words[1], &axis))
		return ih_fail(err, IH_USAGE,
		    "an axis is file, determination, referral or consent");
	if (axis == IH_CONSENT)
		return ih_fail_code(err, IH_USAGE, "E_CONSENT_FOLLOWS", "%s",
		    code);
	if (axis == IH_FILE && strcmp(request->words[2], "hold") == 0)
		return ih_fail_code(err, IH_USAGE, "E_HOLD_VERB", "%s", code);
	if (axis == IH_FILE && strcmp(request->words[2], "refuse") == 0 &&
	    !case_may_refuse(request, registry, code, err))
		return false;
	/* What was seen is compared in one transaction with the move; one that
	 * erases has its own, and nothing that could be seen any more. */
	IH_OWNED(ih_transaction)
	all =
	    request->since != NULL ? ih_transaction_begin(registry, err) : NULL;
	if ((all == NULL && request->since != NULL) ||
	    !case_is_as_seen(request, registry, code, err) ||
	    !case_is_written_down(request, axis, request->words[2], err) ||
	    !ih_case_move(registry, code, axis, request->words[2], err) ||
	    !ih_case_row(registry, code, &row, err) ||
	    (all != NULL && !ih_transaction_commit(all, err)))
		return false;
	printf("%s\n", row.state[axis]);
	return axis != IH_FILE || tell_retention(request, registry, code, err);
}

/* Said of a case that is gone already, it gives the receipt once more: the
 * first may have been lost on the way to the disk. */
static bool
destroy(struct request *request, struct ih_error *err)
{
	char code[IH_CODE_TEXT];
	struct ih_erasure erasure;
	struct ih_error unsaid = { 0 };
	IH_OWNED(ih_registry) registry = open_registry(request, err);

	if (registry == NULL || !case_code(request->words[0], code, err))
		return false;
	if (!ih_erasure_of(registry, code, &erasure, &unsaid) &&
	    (!ih_case_move(registry, code, IH_FILE, "destroy", err) ||
		!ih_erasure_of(registry, code, &erasure, err)))
		return false;
	IH_OWNED(ih_buffer) receipt = ih_erasure_receipt(registry, code, err);
	if (receipt == NULL ||
	    !put_export(request, registry,
		ih_arena_printf(request->arena, "%s receipt", code), receipt,
		err))
		return false;
	say(request, W_DONE_CASE_ERASED, IH_ARG(code), IH_ARG(erasure.until));
	fprintf(stderr, "%s\n", word(request, W_DONE_CASE_ERASED_LIST));
	return true;
}

bool
cmd_case(struct request *request, struct ih_error *err)
{
	static const struct subcommand table[] = {
		{ "open", open_cases, 1, -1 },
		{ "list", list, 0, 0 },
		{ "show", show, 1, 1 },
		{ "view", case_view, 1, 1 },
		{ "letters", case_letters, 0, 1 },
		{ "compare", case_compare, 1, 1 },
		{ "assign", case_assign, 2, 2 },
		{ "unassign", case_unassign, 2, 2 },
		{ "break", case_break, 1, 1 },
		{ "breaks", case_breaks, 0, 0 },
		{ "review", case_review, 1, 1 },
		{ "move", move, 3, 3 },
		{ "choices", case_choices, 1, 1 },
		{ "determine", case_determine, 1, 2 },
		{ "serve", case_serve, 1, 1 },
		{ "reconsider", case_reconsider, 1, 1 },
		{ "names", case_names, 0, 1 },
		{ "clocks", case_clocks, 1, 1 },
		{ "excuse", case_excuse, 2, 2 },
		{ "excuses", case_excuses, 1, 1 },
		{ "copy", case_copy, 1, 1 },
		{ "rectify", case_rectify, 2, 2 },
		{ "hold", case_hold, 1, 1 },
		{ "release", case_release, 1, 1 },
		{ "holds", case_holds, 0, 1 },
		{ "destroy", destroy, 1, 1 },
	};

	return run_subcommand(table, sizeof table / sizeof table[0], request,
	    err);
}
