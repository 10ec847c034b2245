/* This is where what is missing in a case is asked of whoever sent it, and
 * answered. */
#include "asking.h"

#include <string.h>

#include "ihala/completion.h"
#include "ihala/consent.h"
#include "ihala/decision.h"
#include "ihala/inquiry.h"
#include "ihala/xml.h"
#include "listing.h"
#include "words_keys.h"

#define ASKS "information-request"

static bool
is_gone(struct ih_registry *registry, const char *code, bool *gone,
    struct ih_error *err)
{
	struct ih_case_row row;

	if (!ih_case_row(registry, code, &row, err))
		return false;
	*gone = strcmp(row.state[IH_FILE], "destroyed") == 0;
	return true;
}

/* ---- what still waits for an answer */

static bool
is_open(const struct ih_message *message)
{
	return message_is_in(message, "accepted") ||
	       message_is_in(message, "sealed") ||
	       message_is_in(message, "delivered");
}

struct waiting {
	enum ih_direction direction;
	const char *code, *but; /* id of the one that is not counted */
	int others;
};

static bool
count_waiting(const struct ih_message *message, void *with)
{
	struct waiting *w = with;

	w->others += message->direction == w->direction &&
		     strcmp(message->code, w->code) == 0 &&
		     strcmp(message->purpose, ASKS) == 0 && is_open(message) &&
		     strcmp(message->id, w->but) != 0;
	return true;
}

/* The clock of the case begins with the first that waits, and ends with the
 * last. */
static bool
move_for(struct ih_registry *registry, enum ih_direction direction,
    const char *code, const char *but, const char *event, struct ih_error *err)
{
	struct waiting w = { direction, code, but, 0 };

	return ih_message_each(registry, count_waiting, &w, err) &&
	       (w.others > 0 ||
		   move_if_it_may(registry, code, IH_REFERRAL, event, err));
}

/* ---- what stands in the record */

static bool
note_asked(struct ih_registry *registry, const char *code, const char *message,
    const char *of, const struct ih_inquiry *inquiry, bool here,
    struct ih_error *err)
{
	const struct ih_record_inquiry row = { .message = message,
		.asked_here = here,
		.of = of,
		.categories = inquiry->categories,
		.purpose = inquiry->purpose,
		.date = inquiry->day,
		.until = inquiry->until };
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	IH_OWNED(xmlDoc) facts = case_document(registry, code, IH_FACTS, err);

	return facts != NULL && ih_record_inquire(facts, &row, out, err) &&
	       case_put(registry, code, IH_FACTS, out, err);
}

static bool
note_answered(struct ih_registry *registry, const char *code,
    const char *message, const char *why, const char *day, struct ih_error *err)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	IH_OWNED(xmlDoc) facts = case_document(registry, code, IH_FACTS, err);

	return facts != NULL &&
	       ih_record_answer(facts, message, why, day, out, err) &&
	       case_put(registry, code, IH_FACTS, out, err);
}

/* It was asked anew, before anybody answered. */
static bool
supersede(struct request *request, struct ih_registry *registry,
    const struct ih_message *last, struct ih_error *err)
{
	char day[IH_DATE_TEXT];
	bool gone;

	if (last->id[0] == '\0' || !is_open(last))
		return true;
	put_today(request, day);
	return is_gone(registry, last->code, &gone, err) &&
	       (gone || note_answered(registry, last->code, last->id,
			    "superseded", day, err)) &&
	       ih_message_set_state(registry, last->id, "superseded", err);
}

static bool
find_noted(const xmlDoc *facts, const char *message,
    struct ih_record_inquiry *row, struct ih_error *err)
{
	for (size_t i = 0; ih_record_inquiry(facts, i, row); i++)
		if (strcmp(row->message, message) == 0)
			return true;
	return ih_fail_code(err, IH_STATE, "E_INQUIRY_NONE", "%s",
	    ih_record_code(facts));
}

/* ---- asking */

/* Whoever may not accept a case does not ask about it. */
static bool
may_ask(const struct ih_message *brought, const char *code,
    struct ih_error *err)
{
	const char *bar = ih_decision_bars(IH_SAYS_ACCEPTED, brought->state);

	return bar == NULL || ih_fail_code(err, IH_STATE, bar, "%s", code);
}

static bool
fill(struct request *request, const struct ih_message *brought,
    struct ih_inquiry *inquiry, struct ih_error *err)
{
	const char *purpose =
	    request->purpose != NULL ? request->purpose : "referral";
	const char *until = request->until != NULL ? request->until : "";
	IH_OWNED(ih_consents) consents =
	    ih_consents_load(request->library, err);

	if (consents == NULL)
		return false;
	if (ih_consents_purpose(consents, purpose) == NULL ||
	    strlen(purpose) >= sizeof inquiry->purpose)
		return ih_fail_code(err, IH_USAGE, "E_CONSENT_PURPOSE", "%s",
		    "--purpose");
	if (!ih_inquiry_categories(request->category != NULL ?
				       request->category :
				       "",
		inquiry->categories))
		return ih_fail(err, IH_USAGE,
		    "say what is asked for: --category facts, identity, "
		    "contact, health");
	put_today(request, inquiry->day);
	snprintf(inquiry->message, sizeof inquiry->message, "%s", brought->id);
	snprintf(inquiry->purpose, sizeof inquiry->purpose, "%s", purpose);
	snprintf(inquiry->until, sizeof inquiry->until, "%s", until);
	return (strlen(until) == strlen(inquiry->day) &&
		   strcmp(until, inquiry->day) >= 0) ||
	       ih_fail(err, IH_USAGE,
		   "say by when the answer is needed, from today on: --until "
		   "2026-12-05");
}

/* Under which law: that of the profile by which the like of it leaves here. */
static const char *
basis_of(struct request *request, const struct ih_mechanism *ours,
    const char *purpose, struct ih_error *err)
{
	const struct ih_profile *profile =
	    ih_mechanism_profile_of(ours, request->to, purpose);
	const char *basis = profile != NULL ?
				ih_texts_say(&profile->legal_basis,
				    (struct ih_tongue){ .lang = IH_EN }) :
				NULL;

	if (basis != NULL && basis[0] != '\0')
		return ih_arena_text(request->arena, basis);
	ih_fail_code(err, IH_STATE,
	    profile == NULL ? "E_NO_PROFILE" : "E_LEGAL_BASIS", "mechanism %s",
	    ours->code);
	return NULL;
}

/* The letter is there: it stands in the record, and its clock runs. */
static bool
enter_inquiry(struct request *request, struct ih_registry *registry,
    const struct following *f, struct ih_error *err)
{
	struct looking asked = { IH_SENT, f->code, f->to, ASKS, { .id = "" } };

	(void)request;
	return ih_message_each(registry, find_last, &asked, err) &&
	       note_asked(registry, f->code, asked.found.id, f->to, f->with,
		   true, err) &&
	       move_for(registry, IH_SENT, f->code, asked.found.id, "ask-info",
		   err);
}

static bool
post_inquiry(struct request *request, struct ih_registry *registry,
    const char *code, const struct ih_message *brought,
    const struct ih_message *last, struct ih_error *err)
{
	struct ih_inquiry inquiry;
	IH_OWNED(ih_mechanism)
	ours = ih_mechanism_load(request->library,
	    ih_registry_committee(registry), err);

	if (ours == NULL || !fill(request, brought, &inquiry, err))
		return false;
	const char *basis = basis_of(request, ours, inquiry.purpose, err);
	if (basis == NULL)
		return false;
	IH_OWNED(ih_buffer) document = ih_inquiry_write(&inquiry, err);
	const struct following f = { .purpose = IH_LETTER_REQUEST,
		.part = "inquiry.xml",
		.to = request->to,
		.code = code,
		.about = brought,
		.becomes = brought->state,
		.then = enter_inquiry,
		.with = &inquiry,
		.basis = basis };
	if (document == NULL)
		return false;
	if (request->preview)
		return following_post(request, registry, &f, document, err);
	IH_OWNED(ih_transaction) all = ih_transaction_begin(registry, err);
	return all != NULL && supersede(request, registry, last, err) &&
	       following_post(request, registry, &f, document, err) &&
	       ih_transaction_commit(all, err);
}

bool
inquiry_send(struct request *request, struct ih_registry *registry,
    struct ih_error *err)
{
	char code[IH_CODE_TEXT];
	struct looking brought = { IH_RECEIVED, code, request->to, NULL,
		{ .id = "" } };
	struct looking last = { IH_SENT, code, request->to, ASKS,
		{ .id = "" } };

	if (!case_code(request->words[0], code, err) ||
	    !ih_message_each(registry, find_last, &brought, err) ||
	    !ih_message_each(registry, find_last, &last, err))
		return false;
	if (brought.found.id[0] == '\0')
		return ih_fail_code(err, IH_STATE, "E_NOTHING_SENT", "%s",
		    code);
	/* What nobody has said to be there may be asked again. */
	if (last.found.id[0] != '\0' && message_is_in(&last.found, "delivered"))
		return ih_fail_code(err, IH_STATE, "E_INQUIRY_OPEN", "%s",
		    code);
	if (!may_ask(&brought.found, code, err) ||
	    !post_inquiry(request, registry, code, &brought.found, &last.found,
		err))
		return false;
	if (!request->preview)
		say(request, W_DONE_INQUIRY, IH_ARG(code), IH_ARG(request->to));
	return true;
}

/* ---- answering */

/* How ASKED was answered before, if it was. */
struct answer {
	const char *asked;
	struct ih_message found; /* id "": it was not */
};

static bool
find_answer(const struct ih_message *message, void *with)
{
	struct answer *a = with;

	if (message->direction == IH_SENT &&
	    strcmp(message->in_reply_to, a->asked) == 0 &&
	    strcmp(message->purpose, "receipt") != 0)
		a->found = *message;
	return true;
}

/* What PEER asked last, and may be answered by a letter of PURPOSE. */
static bool
find_asked(struct ih_registry *registry, const char *code, const char *peer,
    const char *purpose, struct ih_message *asked, struct ih_error *err)
{
	struct looking l = { IH_RECEIVED, code, peer, ASKS, { .id = "" } };
	const char *bar;

	if (!ih_message_each(registry, find_last, &l, err))
		return false;
	struct answer before = { l.found.id, { .id = "" } };
	if (!ih_message_each(registry, find_answer, &before, err))
		return false;
	*asked = l.found;
	bar = ih_inquiry_bars(asked->state, purpose, before.found.purpose,
	    message_is_in(&before.found, "sealed"));
	return bar == NULL || ih_fail_code(err, IH_STATE, bar, "%s", code);
}

bool
information_prepare(struct ih_registry *registry, struct leaving *leaving,
    struct ih_error *err)
{
	struct ih_record_inquiry row;
	const struct ih_profile *profile;

	if (!find_asked(registry, leaving->code, leaving->to, "information",
		&leaving->asked, err) ||
	    !find_noted(leaving->facts, leaving->asked.id, &row, err))
		return false;
	profile =
	    ih_mechanism_profile_of(leaving->ours, leaving->to, row.purpose);
	if (profile == NULL)
		return ih_fail_code(err, IH_STATE, "E_NO_PROFILE",
		    "mechanism %s", leaving->ours->code);
	leaving->release.profile = profile->id;
	leaving->release.only = row.categories;
	return true;
}

/* It is answered. */
static bool
settle(struct ih_registry *registry, const char *code,
    const struct ih_message *asked, struct ih_error *err)
{
	bool ours = asked->direction == IH_SENT;

	return ih_message_set_state(registry, asked->id, "answered", err) &&
	       move_for(registry, asked->direction, code, asked->id,
		   ours ? "hear-info" : "answer-info", err);
}

/* Written over what was cut, so that nothing has changed since. */
bool
information_sent(struct request *request, struct ih_registry *registry,
    const struct leaving *leaving, struct ih_error *err)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();

	return ih_record_answer(leaving->facts, leaving->asked.id, NULL,
		   leaving->day, out, err) &&
	       case_put_over(request, registry, leaving->code, IH_FACTS, out,
		   leaving->version, err) &&
	       settle(registry, leaving->code, &leaving->asked, err);
}

static bool
enter_refusal(struct request *request, struct ih_registry *registry,
    const struct following *f, struct ih_error *err)
{
	const struct ih_refusal *refusal = f->with;
	bool gone;

	(void)request;
	return is_gone(registry, f->code, &gone, err) &&
	       (gone || note_answered(registry, f->code, f->about->id,
			    ih_unsaid_text(refusal->why), refusal->day, err)) &&
	       settle(registry, f->code, f->about, err);
}

bool
refusal_send(struct request *request, struct ih_registry *registry,
    struct ih_error *err)
{
	char code[IH_CODE_TEXT];
	struct ih_message asked;
	struct ih_refusal refusal = {
		.why =
		    ih_unsaid_parse(request->mode != NULL ? request->mode : "")
	};

	if (refusal.why == IH_UNSAIDS)
		return ih_fail(err, IH_USAGE,
		    "say why: --mode no-consent, no-legal-basis, not-held, "
		    "confidential or unsafe");
	if (!case_code(request->words[0], code, err) ||
	    !find_asked(registry, code, request->to, "information-refusal",
		&asked, err))
		return false;
	put_today(request, refusal.day);
	memcpy(refusal.message, asked.id, sizeof refusal.message);
	IH_OWNED(ih_buffer) document = ih_refusal_write(&refusal, err);
	const struct following f = { .purpose = IH_LETTER_REFUSAL,
		.part = "refusal.xml",
		.to = request->to,
		.code = code,
		.about = &asked,
		.becomes = "answered",
		.then = enter_refusal,
		.with = &refusal };
	if (document == NULL ||
	    !following_post(request, registry, &f, document, err))
		return false;
	if (!request->preview)
		say(request, W_DONE_REFUSAL, IH_ARG(code), IH_ARG(request->to));
	return true;
}

/* ---- what comes in */

/* As far as being asked says that it is there, where nothing was sent to
 * somebody else since. */
static bool
lead(struct ih_registry *registry, const struct ih_message *brought,
    struct ih_error *err)
{
	struct looking last = { IH_SENT, brought->code, NULL, NULL,
		{ .id = "" } };

	return ih_message_each(registry, find_last, &last, err) &&
	       (strcmp(last.found.peer, brought->peer) != 0 ||
		   (move_if_it_may(registry, brought->code, IH_REFERRAL,
			"receive", err) &&
		       move_if_it_may(registry, brought->code, IH_REFERRAL,
			   "validate", err)));
}

static bool
hear_inquiry(struct request *request, struct ih_registry *registry,
    const struct ih_opened *opened, const struct ih_message *brought,
    const struct ih_inquiry *inquiry, struct ih_error *err)
{
	struct looking last = { IH_RECEIVED, brought->code, brought->peer, ASKS,
		{ .id = "" } };
	bool gone;

	if (!ih_message_each(registry, find_last, &last, err) ||
	    !supersede(request, registry, &last.found, err) ||
	    !is_gone(registry, brought->code, &gone, err))
		return false;
	return gone || (note_asked(registry, brought->code, opened->letter.id,
			    opened->letter.from, inquiry, false, err) &&
			   lead(registry, brought, err) &&
			   move_for(registry, IH_RECEIVED, brought->code, "",
			       "request-info", err));
}

bool
inquiry_take(struct request *request, struct ih_registry *registry,
    const struct ih_opened *opened, const struct ih_part_of *part,
    char code[static IH_CODE_TEXT], const char **said, struct ih_error *err)
{
	struct ih_inquiry inquiry;
	struct ih_message brought;
	IH_OWNED(xmlDoc)
	doc = ih_xml_read(part->name, part->bytes, part->size, err);

	if (doc == NULL || !ih_inquiry_from(doc, &inquiry, err) ||
	    !find_named(registry, opened, inquiry.message, IH_SENT, NULL,
		&brought, err) ||
	    !may_ask(&brought, brought.code, err) ||
	    !hear_inquiry(request, registry, opened, &brought, &inquiry, err))
		return false;
	memcpy(code, brought.code, IH_CODE_TEXT);
	*said = ih_say(request->arena, request->tongue, W_DONE_RECEIVE_INQUIRY,
	    IH_ARG(opened->letter.from), IH_ARG(code),
	    IH_ARG(ih_arena_text(request->arena, inquiry.categories)),
	    IH_ARG(ih_arena_text(request->arena, inquiry.purpose)),
	    IH_ARG(ih_arena_text(request->arena, inquiry.until)));
	return true;
}

/* The request of ours that MESSAGE names; one answer is enough. */
static bool
find_answered(struct ih_registry *registry, const struct ih_opened *opened,
    const char *message, struct ih_message *asked, struct ih_error *err)
{
	if (!find_named(registry, opened, message, IH_SENT, ASKS, asked, err))
		return false;
	return !message_is_in(asked, "answered") ||
	       ih_fail_code(err, IH_STATE, "E_ANSWERED", "%s", asked->code);
}

static bool
put_completed(struct ih_registry *registry, const struct ih_message *asked,
    const xmlDoc *came, struct ih_completed *counts, struct ih_error *err)
{
	struct ih_record_inquiry row;
	struct ih_case_row here;
	IH_OWNED(record_parts) parts = record_parts_new();
	IH_OWNED(xmlDoc)
	facts = case_document(registry, asked->code, IH_FACTS, err);

	if (facts == NULL || !find_noted(facts, asked->id, &row, err) ||
	    !ih_case_row(registry, asked->code, &here, err))
		return false;
	IH_OWNED(xmlDoc)
	identity = here.has[IH_IDENTITY] ?
		       case_document(registry, asked->code, IH_IDENTITY, err) :
		       NULL;
	if (err->kind != IH_NONE || !ih_completion_write(facts, identity, came,
					row.categories, parts, counts, err))
		return false;
	return case_put(registry, asked->code, IH_FACTS, parts->facts, err) &&
	       (parts->identity == NULL ||
		   case_put(registry, asked->code, IH_IDENTITY, parts->identity,
		       err));
}

bool
information_take(struct request *request, struct ih_registry *registry,
    const struct ih_opened *opened, const struct ih_part_of *part,
    char code[static IH_CODE_TEXT], const char **said, struct ih_error *err)
{
	struct ih_completed counts = { 0 };
	struct ih_message asked;
	char day[IH_DATE_TEXT];
	bool gone;
	IH_OWNED(xmlDoc)
	doc = ih_xml_read(part->name, part->bytes, part->size, err);

	put_today(request, day);
	if (doc == NULL ||
	    !find_answered(registry, opened, opened->letter.in_reply_to, &asked,
		err) ||
	    !is_gone(registry, asked.code, &gone, err) ||
	    (!gone && (!put_completed(registry, &asked, doc, &counts, err) ||
			  !note_answered(registry, asked.code, asked.id, NULL,
			      day, err))) ||
	    !settle(registry, asked.code, &asked, err))
		return false;
	memcpy(code, asked.code, IH_CODE_TEXT);
	*said = ih_say(request->arena, request->tongue,
	    counts.differs == 0 ? W_DONE_RECEIVE_INFORMATION :
				  W_DONE_RECEIVE_INFORMATION_DIFFERS,
	    IH_ARG(opened->letter.from), IH_ARG(code), IH_NUM(counts.added),
	    IH_NUM(counts.differs));
	return true;
}

bool
refusal_take(struct request *request, struct ih_registry *registry,
    const struct ih_opened *opened, const struct ih_part_of *part,
    char code[static IH_CODE_TEXT], const char **said, struct ih_error *err)
{
	struct ih_refusal refusal;
	struct ih_message asked;
	bool gone;
	IH_OWNED(xmlDoc)
	doc = ih_xml_read(part->name, part->bytes, part->size, err);

	if (doc == NULL || !ih_refusal_from(doc, &refusal, err) ||
	    !find_answered(registry, opened, refusal.message, &asked, err) ||
	    !is_gone(registry, asked.code, &gone, err) ||
	    (!gone && !note_answered(registry, asked.code, asked.id,
			  ih_unsaid_text(refusal.why), refusal.day, err)) ||
	    !settle(registry, asked.code, &asked, err))
		return false;
	memcpy(code, asked.code, IH_CODE_TEXT);
	*said = ih_say(request->arena, request->tongue, W_DONE_RECEIVE_REFUSAL,
	    IH_ARG(opened->letter.from), IH_ARG(code),
	    IH_ARG(word(request, ih_arena_printf(request->arena, "unsaid.%s",
				     ih_unsaid_text(refusal.why)))));
	return true;
}

bool
asking_is_refused(const struct ih_opened *opened, const struct ih_error *err)
{
	static const char *const codes[] = { "E_DECLINED", "E_REVOKED",
		"E_ANSWERED", "E_OTHER_CASE", "E_NOT_ASKED_FOR" };
	enum ih_purpose purpose = opened->letter.purpose;

	if (purpose != IH_LETTER_REQUEST && purpose != IH_LETTER_INFORMATION &&
	    purpose != IH_LETTER_REFUSAL)
		return false;
	for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
		if (strcmp(err->code, codes[i]) == 0)
			return true;
	return false;
}

bool
asking_refused(struct ih_registry *registry, const struct ih_message *ours,
    struct ih_error *err)
{
	return strcmp(ours->purpose, ASKS) != 0 ||
	       move_for(registry, IH_SENT, ours->code, ours->id, "hear-info",
		   err);
}

/* ---- telling it */

bool
asking_tell(struct request *request, const xmlDoc *facts, struct ih_error *err)
{
	static const struct column columns[] = {
		{ "asked", W_COLUMN_INQUIRY, false },
		{ "of", W_COLUMN_COMMITTEE, false },
		{ "categories", W_COLUMN_CATEGORY, false },
		{ "purpose", W_COLUMN_PURPOSE, false },
		{ "date", W_COLUMN_DATE, false },
		{ "until", W_COLUMN_UNTIL, false },
		{ "answered", W_COLUMN_ANSWERED, false },
		{ "answer", W_COLUMN_ANSWER, false },
	};
	struct listing listing =
	    LISTING(request, "inquiries", "inquiry", columns);
	struct ih_record_inquiry row;
	size_t count = 0;

	for (; ih_record_inquiry(facts, count, &row); count++) {
		const char *answer =
		    row.answered[0] == '\0' ?
			"" :
		    row.why[0] != '\0' ?
			word(request, ih_arena_printf(request->arena,
					  "unsaid.%s", row.why)) :
			word(request, W_INQUIRY_TOLD);

		LISTING_ADD(&listing,
		    word(request,
			row.asked_here ? W_INQUIRY_HERE : W_INQUIRY_THERE),
		    row.of, row.categories, row.purpose, row.date, row.until,
		    row.answered, answer);
	}
	return count == 0 || listing_print(&listing, request, err);
}
