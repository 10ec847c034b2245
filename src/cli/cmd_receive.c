/* ihala receive F - open a sealed file check by check, and answer it. */
#include <stdlib.h>
#include <string.h>

#include "asking.h"
#include "case_file.h"
#include "deciding.h"
#include "ihala/file.h"
#include "ihala/node.h"
#include "ihala/schema.h"
#include "ihala/table.h"
#include "later_list.h"
#include "listing.h"
#include "mailroom.h"
#include "views.h"
#include "withdrawing.h"
#include "words_keys.h"

static bool
enter_message(struct mailroom *room, const struct ih_opened *opened,
    const char *code, struct ih_error *err)
{
	if (!message_enter(room->registry, &opened->letter,
		&(struct travelled){ .direction = IH_RECEIVED,
		    .peer = opened->letter.from,
		    .state = "accepted",
		    .code = code,
		    .container = opened->container_digest,
		    .envelope = opened->envelope_digest },
		err))
		return false;
	for (size_t i = 0; i < opened->signer_count; i++)
		if (!ih_message_signed(room->registry, opened->letter.id,
			opened->signers[i].fingerprint, err))
			return false;
	return true;
}

/* A referral becomes a case of ours, which knows where it came from. */
static bool
take_case(struct mailroom *room, const struct ih_opened *opened,
    char code[static IH_CODE_TEXT], struct ih_error *err)
{
	const struct ih_part_of *part = ih_opened_part(opened, "case.xml");
	IH_OWNED(record_parts) parts = record_parts_new();

	if (part == NULL)
		return ih_fail_code(err, IH_INPUT, "E_CASE_SCHEMA", "%s",
		    "case.xml");
	IH_OWNED(xmlDoc) record =
	    ih_xml_read("case.xml", part->bytes, part->size, err);
	if (record == NULL || !ih_record_split(record, parts, err))
		return false;
	struct ih_case_new fresh = { .interview = record_interview(record),
		.opened = room->request->world.now,
		.urgent = false,
		.training =
		    ih_attr(xmlDocGetRootElement(record), "training") != NULL,
		.origin = opened->letter.from,
		.their_code = ih_record_code(record) };
	fresh.part[IH_FACTS] =
	    (struct ih_case_part){ parts->facts->data, parts->facts->size };
	if (parts->identity != NULL)
		fresh.part[IH_IDENTITY] =
		    (struct ih_case_part){ parts->identity->data,
			    parts->identity->size };
	return ih_case_add(room->registry, &fresh, code, err) &&
	       enter_message(room, opened, code, err);
}

static struct ih_partner *
partner_of(const struct mailroom *room, const char *committee)
{
	for (size_t i = 0; i < room->partners->count; i++)
		if (strcmp(room->partners->list[i]->committee, committee) == 0)
			return room->partners->list[i];
	return NULL;
}

/* Sealed for the sender, entered in our outbox; *OUT is owned by the caller.
 * Where nobody asked for the file none is made: its number would be missed. */
static bool
seal_receipt(struct mailroom *room, const struct ih_receipt *receipt,
    const char *to, const char *code, struct ih_buffer **out,
    struct ih_error *err)
{
	struct ih_letter letter = { .purpose = IH_LETTER_RECEIPT };
	struct ih_sealed sealed = { 0 };
	const struct ih_partner *partner = partner_of(room, to);

	if (room->request->receipt == NULL)
		return true;
	snprintf(letter.in_reply_to, sizeof letter.in_reply_to, "%s",
	    receipt->message);
	if (partner == NULL ||
	    !letter_next(room->request, room->registry, to, &letter, err) ||
	    !ih_post_receipt(receipt, &letter, room->office, partner, &sealed,
		err))
		return false;
	*out = sealed.envelope;
	return letter_sent(room->registry, &letter, &sealed, to, code, err);
}

static bool
write_receipt(struct mailroom *room, const struct ih_buffer *receipt,
    struct ih_error *err)
{
	if (receipt == NULL)
		return true;
	if (!ih_file_write(room->request->receipt, receipt->data, receipt->size,
		err))
		return false;
	fprintf(stderr, "%s\n", word(room->request, W_DONE_RECEIPT_WRITTEN));
	return true;
}

static bool
receive_case(struct mailroom *room, const struct ih_opened *opened,
    struct ih_error *err)
{
	struct request *request = room->request;
	char code[IH_CODE_TEXT];
	struct ih_receipt receipt;
	IH_OWNED(ih_buffer) sealed = NULL;
	IH_OWNED(ih_transaction) all =
	    ih_transaction_begin(room->registry, err);

	if (all == NULL || !take_case(room, opened, code, err) ||
	    !ih_post_receipt_of(opened, NULL, request->world.now, &receipt,
		err) ||
	    !seal_receipt(room, &receipt, opened->letter.from, code, &sealed,
		err) ||
	    !ih_transaction_commit(all, err))
		return false;
	printf("%s\n", code);
	say(request, W_DONE_RECEIVE, IH_ARG(opened->letter.from), IH_ARG(code));
	views_compare(request, room->registry, opened);
	tell_likely(request, room->registry, code);
	return write_receipt(room, sealed, err);
}

/* In the inbox, as about our case CODE, and its receipt in the outbox. */
static bool
enter_and_answer(struct mailroom *room, const struct ih_opened *opened,
    const char *code, struct ih_buffer **sealed, struct ih_error *err)
{
	struct ih_receipt receipt;

	return enter_message(room, opened, code, err) &&
	       ih_post_receipt_of(opened, NULL, room->request->world.now,
		   &receipt, err) &&
	       seal_receipt(room, &receipt, opened->letter.from, code, sealed,
		   err);
}

/* It is about a case of ours, and says what becomes of that. */
static bool
receive_about(struct mailroom *room, const struct ih_opened *opened,
    following_take *take, const struct ih_part_of *part, struct ih_error *err)
{
	struct request *request = room->request;
	char code[IH_CODE_TEXT];
	const char *said;
	IH_OWNED(ih_buffer) sealed = NULL;
	IH_OWNED(ih_transaction) all =
	    ih_transaction_begin(room->registry, err);

	if (all == NULL ||
	    !take(request, room->registry, opened, part, code, &said, err) ||
	    !enter_and_answer(room, opened, code, &sealed, err) ||
	    !ih_transaction_commit(all, err))
		return false;
	if (code[0] != '\0')
		printf("%s\n", code);
	fprintf(stderr, "%s\n", said);
	if (opened->letter.purpose == IH_LETTER_INFORMATION)
		tell_likely(request, room->registry, code);
	return write_receipt(room, sealed, err);
}

/* Somebody was met there, of whom nothing is said: shown and answered, for
 * there is nobody whose case it could be. */
static bool
receive_notification(struct mailroom *room, const struct ih_opened *opened,
    struct ih_error *err)
{
	struct request *request = room->request;
	const struct ih_part_of *part =
	    ih_opened_part(opened, "notification.xml");
	IH_OWNED(ih_buffer) sealed = NULL;
	IH_OWNED(ih_transaction) all =
	    ih_transaction_begin(room->registry, err);

	if (all == NULL || !enter_and_answer(room, opened, "", &sealed, err) ||
	    !ih_transaction_commit(all, err) ||
	    !put_output(request, part->bytes, part->size, err))
		return false;
	say(request, W_DONE_RECEIVE_ANONYMOUS, IH_ARG(opened->letter.from));
	return write_receipt(room, sealed, err);
}

/* The next list of a committee that is believed; a first one never comes this
 * way, for whoever sends it is believed already. */
static bool
receive_list(struct mailroom *room, const struct ih_opened *opened,
    struct ih_error *err)
{
	struct request *request = room->request;
	const char *from = opened->letter.from;
	int64_t sequence;
	IH_OWNED(ih_buffer) sealed = NULL;
	IH_OWNED(ih_transaction) all =
	    ih_transaction_begin(room->registry, err);

	if (all == NULL ||
	    !later_list_from_letter(room->registry, room->forms, from,
		ih_opened_part(opened, LATER_LIST_PART), request->world.now,
		&sequence, err) ||
	    !enter_and_answer(room, opened, "", &sealed, err) ||
	    !ih_transaction_commit(all, err))
		return false;
	say(request, W_DONE_RECEIVE_LIST, IH_ARG(from), IH_NUM(sequence));
	return write_receipt(room, sealed, err);
}

/* What was accepted once stays so, whatever else comes: receipts are repeated
 * and reordered as letters are, and a letter that was answered since is not set
 * back.  The case moves only from "sent". */
static bool
take_answer(struct mailroom *room, const struct ih_message *ours,
    const struct ih_receipt *receipt, struct ih_error *err)
{
	bool accepted = receipt->status == IH_RECEIPT_ACCEPTED;
	bool open = strcmp(ours->state, "sealed") == 0 ||
		    strcmp(ours->state, "refused") == 0;
	struct ih_case_row row;

	if (open &&
	    (!ih_message_set_state(room->registry, ours->id,
		 accepted ? "delivered" : "refused", err) ||
		!decision_answered(room->registry, ours, accepted, err) ||
		(!accepted && !asking_refused(room->registry, ours, err))))
		return false;
	/* Only what brings a case is about one that waits. */
	if (!accepted || !brings_case(ours->purpose))
		return true;
	return ih_case_row(room->registry, ours->code, &row, err) &&
	       (strcmp(row.state[IH_REFERRAL], "sent") != 0 ||
		   case_moves(room->registry, ours->code, IH_REFERRAL,
		       "received", err));
}

/* What the refusal of OURS for what is in it means, by what that was. */
static const char *
refusal_of(const struct ih_message *ours, const char *code)
{
	static const struct {
		const char *purpose, *code;
	} meanings[] = {
		{ "trust-list", "E_LIST_REFUSED" },
		{ "information-request", "E_INQUIRY_REFUSED" },
		{ "information", "E_INFORMATION_REFUSED" },
		{ "information-refusal", "E_INFORMATION_REFUSED" },
	};

	if (strcmp(code, "E_CONTENT") == 0)
		for (size_t i = 0; i < sizeof meanings / sizeof meanings[0];
		     i++)
			if (strcmp(ours->purpose, meanings[i].purpose) == 0)
				return meanings[i].code;
	return decision_refusal(ours, code);
}

/* The answer to something we sent. */
static bool
receive_receipt(struct mailroom *room, const struct ih_opened *opened,
    struct ih_error *err)
{
	struct ih_receipt receipt;
	struct ih_message ours;
	IH_OWNED(ih_transaction) all =
	    ih_transaction_begin(room->registry, err);

	if (all == NULL ||
	    !ih_post_receipt_read(&room->desk, opened, &receipt, err))
		return false;
	if (!ih_message_find(room->registry, receipt.message, &ours, err) ||
	    ours.direction != IH_SENT ||
	    strcmp(ours.peer, opened->letter.from) != 0)
		return ih_fail_code(err, IH_STATE, "E_NOT_OURS", "%s", "");
	if (!enter_message(room, opened, ours.code, err) ||
	    !take_answer(room, &ours, &receipt, err) ||
	    !ih_transaction_commit(all, err))
		return false;
	if (receipt.status != IH_RECEIPT_ACCEPTED)
		return ih_fail_code(err, IH_STATE,
		    refusal_of(&ours, receipt.code), "%s", ours.code);
	say(room->request,
	    ours.code[0] != '\0' ? W_DONE_RECEIPT_READ :
				   W_DONE_RECEIPT_READ_LETTER,
	    IH_ARG(opened->letter.from), IH_ARG(ours.code));
	return true;
}

/* A refusal of what is authentic is answered too; ERR keeps its reason. */
static void
answer_refusal(struct mailroom *room, const struct ih_refused *refused)
{
	struct ih_receipt receipt;
	struct ih_error unsaid = { 0 };
	IH_OWNED(ih_buffer) sealed = NULL;

	if (!refused->answerable || room->request->receipt == NULL)
		return;
	IH_OWNED(ih_transaction) all =
	    ih_transaction_begin(room->registry, &unsaid);
	if (all != NULL &&
	    ih_post_receipt_of(NULL, refused, room->request->world.now,
		&receipt, &unsaid) &&
	    seal_receipt(room, &receipt, refused->from, "", &sealed, &unsaid) &&
	    ih_transaction_commit(all, &unsaid))
		write_receipt(room, sealed, &unsaid);
}

/* The first receipt may have been lost: whoever sends again gets another. */
static bool
answer_again(struct mailroom *room, const struct ih_opened *opened,
    struct ih_error *err)
{
	struct request *request = room->request;
	struct ih_message message;
	struct ih_receipt receipt;
	IH_OWNED(ih_buffer) sealed = NULL;

	fprintf(stderr, "%s\n", word(request, W_DONE_RECEIVE_AGAIN));
	if (opened->letter.purpose == IH_LETTER_RECEIPT)
		return true;
	IH_OWNED(ih_transaction) all =
	    ih_transaction_begin(room->registry, err);
	return all != NULL &&
	       ih_message_find(room->registry, opened->letter.id, &message,
		   err) &&
	       ih_post_receipt_of(opened, NULL, request->world.now, &receipt,
		   err) &&
	       seal_receipt(room, &receipt, opened->letter.from, message.code,
		   &sealed, err) &&
	       ih_transaction_commit(all, err) &&
	       write_receipt(room, sealed, err);
}

/* What was opened in full is refused for what is in it. */
static void
refuse_content(struct mailroom *room, const struct ih_opened *opened)
{
	struct ih_refused refused = { .answerable = true,
		.check = 14,
		.sequence = opened->letter.sequence };

	memcpy(refused.message, opened->letter.id, sizeof refused.message);
	memcpy(refused.from, opened->letter.from, sizeof refused.from);
	memcpy(refused.container_digest, opened->container_digest,
	    sizeof refused.container_digest);
	memcpy(refused.envelope_digest, opened->envelope_digest,
	    sizeof refused.envelope_digest);
	answer_refusal(room, &refused);
}

/* What is done with each kind of letter, and the one document it brings. */
static const struct receiving {
	enum ih_purpose purpose;
	const char *part;
	following_take *take; /* NULL: it is about no case of ours, or brings
				 one */
	bool (*receive)(struct mailroom *room, const struct ih_opened *opened,
	    struct ih_error *err);
} receivings[] = {
	{ IH_LETTER_REFERRAL, "case.xml", NULL, receive_case },
	{ IH_LETTER_NOTIFICATION, "notification.xml", NULL,
	    receive_notification },
	{ IH_LETTER_WITHDRAWAL, "withdrawal.xml", withdrawal_take, NULL },
	{ IH_LETTER_REPLY, "reply.xml", reply_take, NULL },
	{ IH_LETTER_TRANSFER, "case.xml", NULL, receive_case },
	{ IH_LETTER_ACCEPTANCE, "decision.xml", decision_take, NULL },
	{ IH_LETTER_DECLINE, "decision.xml", decision_take, NULL },
	{ IH_LETTER_REVOCATION, "decision.xml", decision_take, NULL },
	{ IH_LETTER_REQUEST, "inquiry.xml", inquiry_take, NULL },
	{ IH_LETTER_INFORMATION, "case.xml", information_take, NULL },
	{ IH_LETTER_REFUSAL, "refusal.xml", refusal_take, NULL },
	{ IH_LETTER_TRUST_LIST, LATER_LIST_PART, NULL, receive_list },
	{ IH_LETTER_RECEIPT, "receipt.xml", NULL, receive_receipt },
};

static bool
brings(const struct mailroom *room, const struct ih_opened *opened,
    const char *part)
{
	for (size_t i = 0; i < MAILROOM_EXPECTED; i++)
		if (strcmp(room->expected[i].name, part) != 0 &&
		    ih_opened_part(opened, room->expected[i].name) != NULL)
			return false;
	return ih_opened_part(opened, part) != NULL;
}

/* By its purpose. */
static bool
take_kind(struct mailroom *room, const struct ih_opened *opened,
    struct ih_error *err)
{
	for (size_t i = 0; i < sizeof receivings / sizeof receivings[0]; i++) {
		const struct receiving *one = &receivings[i];

		if (one->purpose == opened->letter.purpose &&
		    brings(room, opened, one->part))
			return one->take == NULL ?
				   one->receive(room, opened, err) :
				   receive_about(room, opened, one->take,
				       ih_opened_part(opened, one->part), err);
	}
	return ih_fail_code(err, IH_TRUST, "E_LETTER_KIND", "%s",
	    ih_purpose_text(opened->letter.purpose));
}

static bool
take_in(struct mailroom *room, const struct ih_opened *opened,
    struct ih_error *err)
{
	unsigned order = opened->warnings & (IH_W_GAP | IH_W_LATE);

	if ((opened->warnings & IH_W_REVOKED) != 0)
		fprintf(stderr, "%s\n", word(room->request, W_CODE_W_REVOKED));
	if ((opened->warnings & IH_W_DUPLICATE) != 0)
		return answer_again(room, opened, err);
	if (order != 0)
		fprintf(stderr, "%s\n",
		    word(room->request,
			ih_arena_printf(room->request->arena, "code.%s",
			    ih_warning_code(order))));
	if (take_kind(room, opened, err))
		return true;
	/* A case that is here already is not taken twice; whoever sent it in
	 * another letter is waiting for an answer. */
	if (strcmp(err->code, "E_CASE_EXISTS") == 0 ||
	    decision_is_refused(opened, err) ||
	    later_list_is_refused(opened, err) ||
	    asking_is_refused(opened, err))
		refuse_content(room, opened);
	return false;
}

bool
mailroom_take(struct mailroom *room, const struct ih_buffer *bytes,
    struct ih_error *err)
{
	struct ih_refused refused = { 0 };
	IH_OWNED(ih_opened) opened =
	    ih_post_open(&room->desk, bytes->data, bytes->size, &refused, err);

	if (opened != NULL)
		return take_in(room, opened, err);
	partners_tell_barred(room->request, room->partners, err);
	answer_refusal(room, &refused);
	/* The answer is no, whatever kind of fault it was. */
	if (err->kind == IH_INPUT)
		err->kind = IH_TRUST;
	return false;
}

bool
cmd_receive(struct request *request, struct ih_error *err)
{
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	IH_OWNED(cli_mailroom) room =
	    registry == NULL ? NULL : mailroom_open(request, registry, err);
	IH_OWNED(ih_buffer) bytes =
	    room == NULL ? NULL : read_input(request->words[0], err);

	return bytes != NULL && mailroom_take(room, bytes, err);
}
