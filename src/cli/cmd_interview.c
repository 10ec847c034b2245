/* ihala interview begin|list|ask|answer|review|assess|finish|discard - an
 * interview, question by question. */
#include <string.h>

#include "case_file.h"
#include "interview_text.h"
#include "interviewing.h"
#include "listing.h"
#include "words_keys.h"

/* What each does with the registry that is open and the draft's CODE. */
typedef bool doing(struct request *request, struct ih_registry *registry,
    const char *code, struct ih_error *err);

/* Of the draft that the first word names. */
static bool
with_draft(struct request *request, doing *act, struct ih_error *err)
{
	char code[IH_CODE_TEXT];

	if (request->format == FORMAT_JSON)
		return ih_fail(err, IH_USAGE, "--format is text or xml here");
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	return registry != NULL && case_code(request->words[0], code, err) &&
	       act(request, registry, code, err);
}

/* ---- begin, list */

static bool
begin(struct request *request, struct ih_error *err)
{
	char code[IH_CODE_TEXT];
	IH_OWNED(ih_registry) registry = open_registry(request, err);

	if (registry == NULL)
		return false;
	if (request->as == NULL ||
	    !ih_interview_says("channel", request->as, strlen(request->as)))
		return ih_fail_code(err, IH_USAGE, "E_INTERVIEW_CHANNEL", "%s",
		    "--as");
	if (!interviewing_begin(request, registry, request->words[0], code,
		err))
		return false;
	printf("%s\n", code);
	return true;
}

static const struct column columns[] = {
	{ "code", W_COLUMN_CODE, false },
	{ "user", W_INTERVIEW_COLUMN_USER, false },
	{ "instrument", W_INTERVIEW_COLUMN_INSTRUMENT, false },
	{ "begun", W_INTERVIEW_COLUMN_BEGUN, false },
	{ "saved", W_INTERVIEW_COLUMN_SAVED, false },
	{ "kept-until", W_INTERVIEW_COLUMN_KEPT, false },
};

struct listed {
	struct request *request;
	struct listing *listing;
};

static bool
list_one(const struct ih_draft_row *row, void *with)
{
	struct listed *l = with;
	char begun[IH_INSTANT_TEXT], saved[IH_INSTANT_TEXT], day[IH_DATE_TEXT];

	ih_instant_format(row->begun, begun);
	ih_instant_format(row->saved, saved);
	ih_date_format(ih_date_of_day(row->expires), day);
	LISTING_ADD(l->listing, row->code, row->user, row->instrument, begun,
	    saved, day);
	return true;
}

static bool
list(struct request *request, struct ih_error *err)
{
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	struct listing listing =
	    LISTING(request, "interviews", "interview", columns);
	struct listed with = { request, &listing };

	return registry != NULL &&
	       ih_draft_each(registry, list_one, &with, err) &&
	       listing_print(&listing, request, err);
}

/* ---- ask */

static bool
ask_draft(struct request *request, struct ih_registry *registry,
    const char *code, struct ih_error *err)
{
	const char *item = request->words[1];
	IH_OWNED(ih_buffer) out = ih_buffer_new();

	return interviewing_load(request, registry, code, err) &&
	       (request->format == FORMAT_XML ?
		       interviewing_page(request, registry, item, out, err) :
		       interview_tell_item(request, item, out, err)) &&
	       put_output(request, out->data, out->size, err);
}

static bool
ask(struct request *request, struct ih_error *err)
{
	return with_draft(request, ask_draft, err);
}

/* ---- answer */

static bool
take_state(const struct request *request, enum ih_state *state,
    struct ih_error *err)
{
	int named;

	*state = IH_GIVEN;
	if (request->as == NULL)
		return true;
	named = ih_state_of(request->as, strlen(request->as));
	if (named != IH_BLANK && named != IH_UNKNOWN && named != IH_REFUSED)
		return ih_fail_code(err, IH_USAGE, "E_ANSWER_STATE", "--as");
	*state = (enum ih_state)named;
	return true;
}

/* Where nobody says who it came from, it follows from how it is asked. */
static bool
take_by(const struct request *request, const char *id, enum ih_by *by,
    struct ih_error *err)
{
	static const enum ih_by usual[IH_HOWS] = {
		[IH_ASK] = IH_BY_PERSON,
		[IH_OBSERVE] = IH_BY_OBSERVED,
		[IH_INTEGRATE] = IH_BY_UNSAID,
	};
	const struct ih_item *item =
	    ih_instrument_item(request->interviewing->sitting->instrument, id);
	int named = request->mode == NULL ?
			-1 :
			ih_by_of(request->mode, strlen(request->mode));

	if (request->mode != NULL && named <= IH_BY_UNSAID)
		return ih_fail_code(err, IH_USAGE, "E_ANSWER_BY", "--mode");
	*by = named > IH_BY_UNSAID ? (enum ih_by)named :
	      item != NULL         ? usual[item->how] :
				     IH_BY_UNSAID;
	return true;
}

static bool
answer_draft(struct request *request, struct ih_registry *registry,
    const char *code, struct ih_error *err)
{
	const char *item = request->words[1], *text;
	struct ih_saying saying = { .values =
					(const char *const *)&request->words[2],
		.count = (size_t)request->count - 2 };
	const struct ih_item *next;
	IH_OWNED(ih_buffer)
	bytes = request->from != NULL ? read_input(request->from, err) : NULL;

	if ((request->from != NULL && bytes == NULL) ||
	    !interviewing_at_hand(request, registry, code, err) ||
	    !take_state(request, &saying.state, err) ||
	    !take_by(request, item, &saying.by, err))
		return false;
	if ((bytes != NULL) + (saying.count > 0) + (saying.state != IH_GIVEN) !=
	    1)
		return ih_fail_code(err, IH_USAGE, "E_ANSWER_ONE", "%s", item);
	if (bytes != NULL) {
		text = (const char *)bytes->data;
		if (strlen(text) != bytes->size)
			return ih_fail_code(err, IH_INPUT, "E_SAID", "%s",
			    request->from);
		saying.values = &text;
		saying.count = 1;
	}
	if (!interviewing_answer(request, registry, code, item, &saying, err))
		return false;
	next = interviewing_next(request);
	if (next != NULL)
		printf("%s\n", next->id);
	return true;
}

static bool
answer(struct request *request, struct ih_error *err)
{
	return with_draft(request, answer_draft, err);
}

/* ---- review, assess */

static bool
review_draft(struct request *request, struct ih_registry *registry,
    const char *code, struct ih_error *err)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();

	if (!interviewing_load(request, registry, code, err))
		return false;
	if (request->format == FORMAT_TEXT)
		interview_tell_all(request, out);
	else if (!interviewing_review(request, out, err))
		return false;
	return put_output(request, out->data, out->size, err);
}

static bool
review(struct request *request, struct ih_error *err)
{
	return with_draft(request, review_draft, err);
}

static bool
assess_draft(struct request *request, struct ih_registry *registry,
    const char *code, struct ih_error *err)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();

	if (!interviewing_load(request, registry, code, err))
		return false;
	if (request->format == FORMAT_TEXT)
		interview_tell_assessment(request, out);
	else if (!interviewing_assess(request, out, err))
		return false;
	return put_output(request, out->data, out->size, err);
}

static bool
assess(struct request *request, struct ih_error *err)
{
	return with_draft(request, assess_draft, err);
}

/* ---- finish, discard */

static bool
finish_draft(struct request *request, struct ih_registry *registry,
    const char *code, struct ih_error *err)
{
	return interviewing_finish(request, registry, code, request->stopped,
	    err);
}

static bool
finish(struct request *request, struct ih_error *err)
{
	return with_draft(request, finish_draft, err);
}

static bool
discard_draft(struct request *request, struct ih_registry *registry,
    const char *code, struct ih_error *err)
{
	if (!interviewing_discard(request, registry, code, err))
		return false;
	say(request, W_INTERVIEW_DISCARDED, IH_ARG(code));
	return true;
}

static bool
discard(struct request *request, struct ih_error *err)
{
	return with_draft(request, discard_draft, err);
}

bool
cmd_interview(struct request *request, struct ih_error *err)
{
	static const struct subcommand table[] = {
		{ "begin", begin, 1, 1 },
		{ "list", list, 0, 0 },
		{ "ask", ask, 1, 2 },
		{ "answer", answer, 2, -1 },
		{ "review", review, 1, 1 },
		{ "assess", assess, 1, 1 },
		{ "finish", finish, 1, 1 },
		{ "discard", discard, 1, 1 },
	};
	struct interviewing *before = request->interviewing;
	IH_OWNED(cli_interviewing)
	own = before == NULL ? interviewing_new() : NULL;
	bool done;

	if (before == NULL)
		request->interviewing = own;
	done =
	    run_subcommand(table, sizeof table / sizeof table[0], request, err);
	request->interviewing = before;
	return done;
}
