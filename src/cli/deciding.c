/* This is where it is decided who has a case that was sent: accepted, declined,
 * taken back. */
#include "deciding.h"

#include <string.h>

#include "ihala/decision.h"
#include "ihala/xml.h"
#include "words_keys.h"

/* What each kind of letter says, of a letter in which direction where it is
 * said, what that one becomes there, and what the case does here and there. */
static const struct deed {
	const char *as;
	enum ih_purpose purpose;
	enum ih_says says;
	enum ih_direction about;
	const char *becomes;
	const char *done, *heard; /* words */
	const char *status;       /* of the referral where it was sent from */
	const char *path[4];      /* of its axis there */
} deeds[] = {
	{ "acceptance", IH_LETTER_ACCEPTANCE, IH_SAYS_ACCEPTED, IH_RECEIVED,
	    "agreed", W_DONE_ACCEPTANCE, W_DONE_RECEIVE_ACCEPTANCE, "accepted",
	    { "receive", "validate", "accept" } },
	{ "decline", IH_LETTER_DECLINE, IH_SAYS_DECLINED, IH_RECEIVED,
	    "declined", W_DONE_DECLINE, W_DONE_RECEIVE_DECLINE, "declined",
	    { "receive", "validate", "decline" } },
	{ "revocation", IH_LETTER_REVOCATION, IH_SAYS_REVOKED, IH_SENT,
	    "revoking", W_DONE_REVOCATION, W_DONE_RECEIVE_REVOCATION, "revoked",
	    { "revoke" } },
};

static const struct deed *
deed_as(const char *as)
{
	const struct deed *d = deeds;

	while (strcmp(d->as, as) != 0)
		d++;
	return d;
}

/* NULL: PURPOSE decides nothing. */
static const struct deed *
deed_of(const char *purpose)
{
	for (size_t i = 0; i < sizeof deeds / sizeof deeds[0]; i++)
		if (strcmp(ih_purpose_text(deeds[i].purpose), purpose) == 0)
			return &deeds[i];
	return NULL;
}

/* ---- what the case does where it was sent from */

/* The record says what became of the referral to PEER. */
static bool
note(struct ih_registry *registry, const char *code, const char *peer,
    const char *status, const char *why, struct ih_error *err)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	IH_OWNED(xmlDoc) facts = case_document(registry, code, IH_FACTS, err);
	const char *id = facts != NULL ? last_referral_to(facts, peer) : NULL;

	if (facts == NULL || id == NULL)
		return facts != NULL;
	return ih_record_set_referral(facts, id, status, why, out, err) &&
	       case_put(registry, code, IH_FACTS, out, err);
}

/* As far as DEED leads, from wherever the axis is; nothing where it is about
 * what was sent to somebody else since. */
static bool
lead(struct ih_registry *registry, const struct ih_message *sent,
    const struct deed *deed, struct ih_error *err)
{
	struct looking last = { IH_SENT, sent->code, NULL, NULL, { .id = "" } };

	if (!ih_message_each(registry, find_last, &last, err))
		return false;
	if (strcmp(last.found.peer, sent->peer) != 0)
		return true;
	for (size_t i = 0; i < 4 && deed->path[i] != NULL; i++)
		if (!move_if_it_may(registry, sent->code, IH_REFERRAL,
			deed->path[i], err))
			return false;
	return true;
}

static bool
is_pending(const struct ih_message *message)
{
	return message_is_in(message, "sealed") ||
	       message_is_in(message, "delivered") ||
	       message_is_in(message, "revoking");
}

/* Some letter that brings CODE to PEER and of which nothing was decided. */
struct undecided {
	const char *code, *peer;
	char id[IH_UUID_TEXT]; /* "": none */
};

static bool
see_undecided(const struct ih_message *message, void *with)
{
	struct undecided *u = with;

	if (message->direction != IH_SENT || !is_pending(message) ||
	    !brings_case(message->purpose) ||
	    strcmp(message->code, u->code) != 0 ||
	    strcmp(message->peer, u->peer) != 0)
		return true;
	memcpy(u->id, message->id, sizeof u->id);
	return false;
}

/* What was sent twice, for the first was lost, is decided at once. */
static bool
settle_letters(struct ih_registry *registry, const struct ih_message *sent,
    const char *state, struct ih_error *err)
{
	struct undecided u = { sent->code, sent->peer, { 0 } };

	memcpy(u.id, sent->id, sizeof u.id);
	while (u.id[0] != '\0') {
		if (!ih_message_set_state(registry, u.id, state, err))
			return false;
		u.id[0] = '\0';
		if (!ih_message_each(registry, see_undecided, &u, err))
			return false;
	}
	return true;
}

/* SENT, which brought the case there, is accepted, declined or taken back. */
static bool
settle(struct ih_registry *registry, const struct ih_message *sent,
    const struct deed *deed, const char *why, struct ih_error *err)
{
	struct ih_case_row row;

	if (!settle_letters(registry, sent, ih_decision_state(deed->says),
		err) ||
	    !ih_case_row(registry, sent->code, &row, err))
		return false;
	if (strcmp(row.state[IH_FILE], "destroyed") == 0)
		return true;
	return note(registry, sent->code, sent->peer, deed->status, why, err) &&
	       lead(registry, sent, deed, err) &&
	       (deed->says != IH_SAYS_ACCEPTED ||
		   strcmp(sent->purpose, "transfer") != 0 ||
		   move_if_it_may(registry, sent->code, IH_FILE, "transfer",
		       err));
}

/* ---- sending */

static bool
is_barred(const struct ih_message *about, enum ih_says says, const char *code,
    struct ih_error *err)
{
	const char *bar = ih_decision_bars(says, about->state);

	return bar != NULL && !ih_fail_code(err, IH_STATE, bar, "%s", code);
}

/* Nothing is accepted of which the person took back the consent. */
static bool
may_say(struct ih_registry *registry, const struct deed *deed,
    const struct ih_message *about, const char *code, struct ih_error *err)
{
	struct ih_case_row row;

	if (about->id[0] == '\0')
		return ih_fail_code(err, IH_STATE, "E_NOTHING_SENT", "%s",
		    code);
	if (is_barred(about, deed->says, code, err) ||
	    !ih_case_row(registry, code, &row, err))
		return false;
	return deed->says != IH_SAYS_ACCEPTED ||
	       strcmp(row.state[IH_REFERRAL], "consent-withdrawn") != 0 ||
	       ih_fail_code(err, IH_STATE, "E_REVOKED", "%s", code);
}

static bool
fill(struct request *request, const struct deed *deed,
    const struct ih_message *about, struct ih_decision *decision,
    struct ih_error *err)
{
	*decision = (struct ih_decision){ .says = deed->says, .why = IH_WHYS };
	memcpy(decision->message, about->id, sizeof decision->message);
	put_today(request, decision->day);
	if (deed->says != IH_SAYS_DECLINED)
		return true;
	decision->why =
	    ih_why_parse(request->mode != NULL ? request->mode : "");
	return decision->why != IH_WHYS ||
	       ih_fail(err, IH_USAGE,
		   "say why: --mode no-capacity, not-competent, no-service, "
		   "person-declines or unsafe");
}

bool
decision_send(struct request *request, struct ih_registry *registry,
    struct ih_error *err)
{
	const struct deed *deed = deed_as(request->as);
	char code[IH_CODE_TEXT];
	struct ih_decision decision;
	struct looking l = { deed->about, code, request->to, NULL,
		{ .id = "" } };

	if (!case_code(request->words[0], code, err) ||
	    !ih_message_each(registry, find_last, &l, err) ||
	    !may_say(registry, deed, &l.found, code, err) ||
	    !fill(request, deed, &l.found, &decision, err))
		return false;
	IH_OWNED(ih_buffer) document = ih_decision_write(&decision, err);
	/* What stands already is only said again. */
	const struct following f = { deed->purpose, "decision.xml", request->to,
		code, &l.found,
		message_is_in(&l.found, ih_decision_state(deed->says)) ?
		    l.found.state :
		    deed->becomes,
		NULL, NULL, NULL, NULL };
	if (document == NULL ||
	    !following_post(request, registry, &f, document, err))
		return false;
	if (!request->preview)
		say(request, deed->done, IH_ARG(code), IH_ARG(request->to));
	return true;
}

/* ---- what stands in the way of sending the case */

/* Any transfer of CODE that is pending, to TO or to others. */
struct pending {
	const char *code, *to;
	bool there, elsewhere;
};

static bool
see_pending(const struct ih_message *message, void *with)
{
	struct pending *p = with;

	if (message->direction != IH_SENT ||
	    strcmp(message->code, p->code) != 0 ||
	    strcmp(message->purpose, "transfer") != 0 || !is_pending(message))
		return true;
	if (strcmp(message->peer, p->to) == 0)
		p->there |= message_is_in(message, "sealed");
	else
		p->elsewhere = true;
	return true;
}

bool
decision_allows(struct ih_registry *registry, const char *code, const char *to,
    struct ih_error *err)
{
	struct pending p = { code, to, false, false };

	if (!ih_message_each(registry, see_pending, &p, err))
		return false;
	return !p.elsewhere ||
	       ih_fail_code(err, IH_STATE, "E_TRANSFER_PENDING", "%s", code);
}

bool
transfer_is_unheard(struct ih_registry *registry, const char *code,
    const char *to)
{
	struct pending p = { code, to, false, false };
	struct ih_case_row row;
	struct ih_error unsaid = { 0 };

	return ih_message_each(registry, see_pending, &p, &unsaid) &&
	       ih_case_row(registry, code, &row, &unsaid) && p.there &&
	       strcmp(row.state[IH_REFERRAL], "sent") == 0;
}

/* ---- receiving */

static const char *
tell(struct request *request, const struct deed *deed,
    const struct ih_opened *opened, const struct ih_message *about,
    const struct ih_decision *decision)
{
	const char *key = deed->heard;
	const char *why = "";

	if (deed->says == IH_SAYS_ACCEPTED &&
	    strcmp(about->purpose, "transfer") == 0)
		key = W_DONE_RECEIVE_TRANSFERRED;
	if (about->id[0] == '\0')
		key = W_DONE_RECEIVE_REVOCATION_EARLY;
	if (deed->says == IH_SAYS_DECLINED)
		why =
		    word(request, ih_arena_printf(request->arena, "decline.%s",
				      ih_why_text(decision->why)));
	return ih_say(request->arena, request->tongue, key,
	    IH_ARG(opened->letter.from), IH_ARG(about->code), IH_ARG(why));
}

/* A letter that was taken back and never came: it does not come in any more
 * (order.h). */
static bool
never_came(struct ih_registry *registry, const struct deed *deed,
    const struct ih_opened *opened, const struct ih_decision *decision)
{
	struct ih_message about;
	struct ih_error unsaid = { 0 };

	return deed->says == IH_SAYS_REVOKED &&
	       strcmp(opened->letter.in_reply_to, decision->message) == 0 &&
	       !ih_message_find(registry, decision->message, &about, &unsaid) &&
	       unsaid.kind == IH_ABSENT;
}

/* On the side that hears it: nothing, where it was said before. */
static bool
hear(struct ih_registry *registry, const struct deed *deed,
    const struct ih_message *about, const struct ih_decision *decision,
    struct ih_error *err)
{
	const char *state = ih_decision_state(deed->says);

	if (is_barred(about, deed->says, about->code, err))
		return false;
	if (message_is_in(about, state))
		return true;
	if (deed->says == IH_SAYS_REVOKED)
		return ih_message_set_state(registry, about->id, state, err);
	return settle(registry, about, deed,
	    deed->says == IH_SAYS_DECLINED ? ih_why_text(decision->why) : NULL,
	    err);
}

bool
decision_take(struct request *request, struct ih_registry *registry,
    const struct ih_opened *opened, const struct ih_part_of *part,
    char code[static IH_CODE_TEXT], const char **said, struct ih_error *err)
{
	const struct deed *deed =
	    deed_of(ih_purpose_text(opened->letter.purpose));
	struct ih_decision decision;
	struct ih_message about = { .id = "" };
	IH_OWNED(xmlDoc)
	doc = ih_xml_read(part->name, part->bytes, part->size, err);

	if (doc == NULL || !ih_decision_from(doc, &decision, err))
		return false;
	if (deed == NULL || decision.says != deed->says)
		return ih_fail_code(err, IH_TRUST, "E_LETTER_KIND", "%s",
		    ih_purpose_text(opened->letter.purpose));
	if (!never_came(registry, deed, opened, &decision) &&
	    (!find_named(registry, opened, decision.message,
		 deed->about == IH_SENT ? IH_RECEIVED : IH_SENT, NULL, &about,
		 err) ||
		!hear(registry, deed, &about, &decision, err)))
		return false;
	memcpy(code, about.code, IH_CODE_TEXT);
	*said = tell(request, deed, opened, &about, &decision);
	return true;
}

bool
decision_is_refused(const struct ih_opened *opened, const struct ih_error *err)
{
	if (deed_of(ih_purpose_text(opened->letter.purpose)) == NULL)
		return false;
	for (int s = 0; s < IH_SAYINGS; s++)
		if (strcmp(err->code, ih_decision_code((enum ih_says)s)) == 0)
			return true;
	return false;
}

const char *
decision_refusal(const struct ih_message *ours, const char *code)
{
	return deed_of(ours->purpose) != NULL &&
		       strcmp(code, "E_CONTENT") == 0 ?
		   "E_DECIDED_BEFORE" :
		   code;
}

/* A revocation stands once it was heard, and where it was refused the case is
 * there; an acceptance that was refused is none. */
bool
decision_answered(struct ih_registry *registry, const struct ih_message *ours,
    bool accepted, struct ih_error *err)
{
	const struct deed *deed = deed_of(ours->purpose);
	struct ih_message about;

	if (deed == NULL)
		return true;
	if (!ih_message_find(registry, ours->in_reply_to, &about, err))
		return false;
	if (message_is_in(&about, "revoking"))
		return accepted ? settle(registry, &about, deed, NULL, err) :
				  ih_message_set_state(registry, about.id,
				      "delivered", err);
	if (!accepted && deed->says == IH_SAYS_ACCEPTED &&
	    message_is_in(&about, "agreed"))
		return ih_message_set_state(registry, about.id, "revoked", err);
	return true;
}
