/* This is where a withdrawal of consent follows the case that was sent, and is
 * answered. */
#include "withdrawing.h"

#include <stdlib.h>
#include <string.h>

#include "ihala/ledger.h"
#include "ihala/xml.h"
#include "words_keys.h"

/* ---- which letter it is about */

/* A letter that is not refused there, nor taken back already. */
static bool
is_open(const struct ih_message *message)
{
	return message->id[0] != '\0' && !message_is_in(message, "withdrawn") &&
	       !message_is_in(message, "refused");
}

/* It was sent by two consents: that of the profile, and to send abroad. */
static bool
rests_on(const struct ih_mechanism *ours, const char *peer, const char *purpose)
{
	const struct ih_profile *profile =
	    ih_mechanism_profile_for(ours, peer, false);

	return strcmp(purpose, "abroad") == 0 ||
	       strcmp(purpose, "transfer") == 0 ||
	       (profile != NULL && strcmp(purpose, profile->purpose) == 0);
}

/* Whoever got the case and was told nothing since; a later letter counts. */
struct gathering {
	const char *code, *purpose;
	struct holders *holders;
};

static bool
gather(const struct ih_message *message, void *with)
{
	struct gathering *g = with;
	struct holders *h = g->holders;
	size_t at = 0;

	if (message->direction != IH_SENT ||
	    strcmp(message->code, g->code) != 0 ||
	    !brings_case(message->purpose) ||
	    (strcmp(g->purpose, "transfer") == 0 &&
		strcmp(message->purpose, g->purpose) != 0))
		return true;
	while (at < h->count && strcmp(h->peer[at], message->peer) != 0)
		at++;
	if (at < h->count && !is_open(message))
		memcpy(h->peer[at], h->peer[--h->count], IH_COMMITTEE_TEXT);
	else if (at == h->count && is_open(message) &&
		 at < sizeof h->peer / sizeof h->peer[0])
		memcpy(h->peer[h->count++], message->peer, IH_COMMITTEE_TEXT);
	return true;
}

bool
withdrawing_from(struct ih_registry *registry, const struct ih_mechanism *ours,
    const char *code, const char *purpose, const char *to,
    struct holders *holders, struct ih_error *err)
{
	struct holders all = { .count = 0 };
	struct gathering g = { code, purpose, &all };

	holders->count = 0;
	if (!ih_message_each(registry, gather, &g, err))
		return false;
	for (size_t i = 0; i < all.count; i++)
		if ((to == NULL || strcmp(to, all.peer[i]) == 0) &&
		    rests_on(ours, all.peer[i], purpose))
			memcpy(holders->peer[holders->count++], all.peer[i],
			    IH_COMMITTEE_TEXT);
	return true;
}

static bool
is_gone(const struct ih_case_row *row)
{
	return strcmp(row->state[IH_FILE], "destroyed") == 0;
}

bool
withdrawing_begins(struct ih_registry *registry, const char *code,
    struct ih_error *err)
{
	return move_if_it_may(registry, code, IH_REFERRAL, "withdraw-consent",
	    err);
}

/* ---- sending */

static bool
move_referral(struct request *request, struct ih_registry *registry,
    const struct following *f, struct ih_error *err)
{
	(void)request;
	return move_if_it_may(registry, f->code, IH_REFERRAL, f->with, err);
}

/* Was consent to PURPOSE taken back, towards TO? */
static bool
is_taken_back(const xmlDoc *facts, const char *purpose, const char *to,
    const char *day)
{
	const char *state =
	    ih_record_consent_state(facts, purpose, to, "facts", day);

	return state != NULL && (strcmp(state, "withdrawn") == 0 ||
				    strcmp(state, "refused") == 0);
}

/* Of the consents on which a letter of KIND was sent to TO, the one that was
 * taken back: that of the profile, to send abroad, or of a transfer.  NULL: all
 * hold. */
static const char *
taken_back(const struct ih_mechanism *ours, const xmlDoc *facts,
    const char *kind, const char *to, const char *day)
{
	const struct ih_profile *profile =
	    ih_mechanism_profile_for(ours, to, false);
	const char *const purposes[] = { profile != NULL ? profile->purpose :
							   "abroad",
		"abroad", strcmp(kind, "transfer") == 0 ? kind : "abroad" };

	for (size_t i = 0; i < sizeof purposes / sizeof purposes[0]; i++)
		if (is_taken_back(facts, purposes[i], to, day))
			return purposes[i];
	return NULL;
}

/* Is there another than TO who is to be told? */
static bool
is_last(struct ih_registry *registry, const struct ih_mechanism *ours,
    const xmlDoc *facts, const char *code, const char *to, const char *day,
    bool *last, struct ih_error *err)
{
	struct holders holders;

	*last = true;
	if (!withdrawing_from(registry, ours, code, "abroad", NULL, &holders,
		err))
		return false;
	for (size_t i = 0; i < holders.count; i++)
		if (strcmp(holders.peer[i], to) != 0 &&
		    taken_back(ours, facts, "referral", holders.peer[i], day) !=
			NULL)
			*last = false;
	return true;
}

/* What is withdrawn, and whether that is all there is to tell. */
static bool
find_purpose(struct request *request, struct ih_registry *registry,
    const char *code, const char *kind, struct ih_withdrawal *withdrawal,
    bool *last, struct ih_error *err)
{
	IH_OWNED(xmlDoc) facts = case_document(registry, code, IH_FACTS, err);
	IH_OWNED(ih_mechanism)
	ours = facts != NULL ? ih_mechanism_load(request->library,
				   ih_registry_committee(registry), err) :
			       NULL;
	const char *purpose;

	if (ours == NULL)
		return false;
	purpose = taken_back(ours, facts, kind, request->to, withdrawal->day);
	if (purpose == NULL)
		return ih_fail_code(err, IH_STATE, "E_NOT_WITHDRAWN", "%s",
		    code);
	snprintf(withdrawal->purpose, sizeof withdrawal->purpose, "%s",
	    purpose);
	return is_last(registry, ours, facts, code, request->to,
	    withdrawal->day, last, err);
}

bool
withdrawal_send(struct request *request, struct ih_registry *registry,
    struct ih_error *err)
{
	char code[IH_CODE_TEXT];
	struct ih_withdrawal withdrawal = { 0 };
	bool last = true;
	struct looking l = { IH_SENT, code, request->to, NULL, { .id = "" } };

	if (!case_code(request->words[0], code, err) ||
	    !ih_message_each(registry, find_last, &l, err))
		return false;
	if (!is_open(&l.found))
		return ih_fail_code(err, IH_STATE, "E_NOT_SENT", "%s", code);
	put_today(request, withdrawal.day);
	memcpy(withdrawal.message, l.found.id, sizeof withdrawal.message);
	if (!find_purpose(request, registry, code, l.found.purpose, &withdrawal,
		&last, err))
		return false;
	IH_OWNED(ih_buffer) document = ih_withdrawal_write(&withdrawal, err);
	const struct following f = { IH_LETTER_WITHDRAWAL, "withdrawal.xml",
		request->to, code, &l.found, "withdrawn",
		last ? move_referral : NULL, "tell-withdrawal", NULL, NULL };
	if (document == NULL ||
	    !following_post(request, registry, &f, document, err))
		return false;
	if (!request->preview)
		say(request, W_DONE_WITHDRAWAL, IH_ARG(code),
		    IH_ARG(request->to));
	return true;
}

bool
reply_send(struct request *request, struct ih_registry *registry,
    struct ih_error *err)
{
	char code[IH_CODE_TEXT];
	struct ih_case_row row;
	const char *done = request->mode != NULL ? request->mode : "";
	struct ih_reply reply = { .done = ih_done_parse(done) };
	struct looking l = { IH_RECEIVED, code, request->to, "withdrawal",
		{ .id = "" } };

	if (reply.done == IH_DONES)
		return ih_fail(err, IH_USAGE,
		    "say what was done: --mode erased, stopped or kept");
	if (!case_code(request->words[0], code, err) ||
	    !ih_case_row(registry, code, &row, err) ||
	    !ih_message_each(registry, find_last, &l, err))
		return false;
	if (l.found.id[0] == '\0' || message_is_in(&l.found, "answered"))
		return ih_fail_code(err, IH_STATE, "E_NOT_ASKED", "%s", code);
	if (is_gone(&row) != (reply.done == IH_DONE_ERASED))
		return ih_fail_code(err, IH_STATE, "E_NOT_DONE", "%s", code);
	put_today(request, reply.day);
	memcpy(reply.message, l.found.id, sizeof reply.message);
	IH_OWNED(ih_buffer) document = ih_reply_write(&reply, err);
	const struct following f = { IH_LETTER_REPLY, "reply.xml", request->to,
		code, &l.found, "answered", move_referral, "answer-withdrawal",
		NULL, NULL };
	if (document == NULL ||
	    !following_post(request, registry, &f, document, err))
		return false;
	if (!request->preview)
		say(request, W_DONE_REPLY, IH_ARG(request->to));
	return true;
}

/* ---- receiving */

/* From now on nothing of the case leaves from here either. */
static bool
note_withdrawn(struct ih_registry *registry, const char *code,
    const char *purpose, const char *day, struct ih_error *err)
{
	const struct ih_record_consent row = { .purpose = purpose,
		.recipient = "any",
		.category = "any",
		.state = "withdrawn",
		.date = day };
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	IH_OWNED(xmlDoc) facts = case_document(registry, code, IH_FACTS, err);

	return facts != NULL && ih_record_add_consent(facts, &row, out, err) &&
	       case_put(registry, code, IH_FACTS, out, err) &&
	       ih_ledger_add(registry, IH_ACT_CONSENT, code, NULL, err);
}

static bool
note_in_case(struct request *request, struct ih_registry *registry,
    const char *code, const char *purpose, struct ih_error *err)
{
	char day[IH_DATE_TEXT];
	struct ih_case_row row;

	put_today(request, day);
	if (!ih_case_row(registry, code, &row, err))
		return false;
	if (is_gone(&row))
		return true;
	return note_withdrawn(registry, code, "referral", day, err) &&
	       (strcmp(purpose, "referral") == 0 ||
		   note_withdrawn(registry, code, purpose, day, err)) &&
	       move_if_it_may(registry, code, IH_REFERRAL, "hear-withdrawal",
		   err);
}

bool
withdrawal_take(struct request *request, struct ih_registry *registry,
    const struct ih_opened *opened, const struct ih_part_of *part,
    char code[static IH_CODE_TEXT], const char **said, struct ih_error *err)
{
	struct ih_withdrawal withdrawal;
	struct ih_message brought;
	IH_OWNED(xmlDoc)
	doc = ih_xml_read(part->name, part->bytes, part->size, err);

	if (doc == NULL || !ih_withdrawal_from(doc, &withdrawal, err) ||
	    !find_named(registry, opened, withdrawal.message, IH_RECEIVED, NULL,
		&brought, err))
		return false;
	memcpy(code, brought.code, IH_CODE_TEXT);
	*said =
	    ih_say(request->arena, request->tongue, W_DONE_RECEIVE_WITHDRAWAL,
		IH_ARG(opened->letter.from), IH_ARG(code));
	return note_in_case(request, registry, code, withdrawal.purpose, err);
}

bool
reply_take(struct request *request, struct ih_registry *registry,
    const struct ih_opened *opened, const struct ih_part_of *part,
    char code[static IH_CODE_TEXT], const char **said, struct ih_error *err)
{
	static const char *const words[IH_DONES] = {
		[IH_DONE_ERASED] = W_DONE_RECEIVE_REPLY_ERASED,
		[IH_DONE_STOPPED] = W_DONE_RECEIVE_REPLY_STOPPED,
		[IH_DONE_KEPT] = W_DONE_RECEIVE_REPLY_KEPT,
	};
	struct ih_reply reply;
	struct ih_message told;
	IH_OWNED(xmlDoc)
	doc = ih_xml_read(part->name, part->bytes, part->size, err);

	if (doc == NULL || !ih_reply_from(doc, &reply, err) ||
	    !find_named(registry, opened, reply.message, IH_SENT, "withdrawal",
		&told, err))
		return false;
	memcpy(code, told.code, IH_CODE_TEXT);
	*said = ih_say(request->arena, request->tongue, words[reply.done],
	    IH_ARG(opened->letter.from), IH_ARG(code));
	return ih_message_set_state(registry, told.id, "answered", err) &&
	       move_if_it_may(registry, code, IH_REFERRAL, "hear-answer", err);
}
