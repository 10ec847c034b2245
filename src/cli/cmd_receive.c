/* ihala receive F - open a sealed file check by check, and answer it. */
#include <stdlib.h>
#include <string.h>

#include "case_file.h"
#include "ihala/file.h"
#include "ihala/node.h"
#include "ihala/schema.h"
#include "ihala/table.h"
#include "listing.h"
#include "office.h"
#include "words_keys.h"

/* All it takes to open mail here. */
typedef struct mailroom {
	struct request *request;
	struct ih_registry *registry;
	struct ih_forms *forms;
	struct ih_office *office;
	struct partners *partners;
	struct ih_schema *case_schema;
	struct ih_expected expected[2];
	struct ih_memory memory;
	struct ih_desk desk;
} cli_mailroom;

static void
mailroom_free(struct mailroom *room)
{
	ih_schema_free(room->case_schema);
	if (room->partners != NULL)
		partners_free(room->partners);
	ih_office_free(room->office);
	ih_forms_free(room->forms);
	ih_registry_close(room->registry);
	free(room);
}

IH_OWNER(cli_mailroom, mailroom_free)

static bool
seen(void *with, const char *committee, const char *id,
    char digest[static IH_DIGEST_TEXT], struct ih_error *err)
{
	struct mailroom *room = with;
	struct ih_message message;

	digest[0] = '\0';
	if (ih_message_find(room->registry, id, &message, err)) {
		if (message.direction == IH_RECEIVED &&
		    strcmp(message.peer, committee) == 0)
			ih_hash_text(&message.container, digest);
		return true;
	}
	if (err->kind != IH_ABSENT)
		return false;
	*err = (struct ih_error){ 0 };
	return true;
}

static bool
last(void *with, const char *committee, struct ih_last *out,
    struct ih_error *err)
{
	struct mailroom *room = with;
	struct ih_message message;
	int64_t number =
	    ih_message_last(room->registry, IH_RECEIVED, committee, err);

	*out = (struct ih_last){ .sequence = number };
	if (number <= 0)
		return number == 0;
	if (!ih_message_at(room->registry, IH_RECEIVED, committee, number,
		&message, err))
		return false;
	ih_hash_text(&message.container, out->digest);
	out->profile = IH_PROFILE;
	return true;
}

static void
passed(void *with, int number, const char *name)
{
	struct mailroom *room = with;
	char key[40];

	snprintf(key, sizeof key, "check.%s", name);
	fprintf(stderr, "  %2d  %s\n", number, word(room->request, key));
}

static struct mailroom *
mailroom_open(struct request *request, struct ih_error *err)
{
	IH_OWNED(cli_mailroom) room = ih_zeroed(sizeof *room);

	room->request = request;
	room->registry = open_registry(request, err);
	if (room->registry == NULL)
		return NULL;
	room->forms = ih_forms_load(request->library, err);
	room->office =
	    room->forms == NULL ? NULL : office_load(room->registry, err);
	room->partners =
	    room->office == NULL ?
		NULL :
		partners_load(request, room->registry, room->forms, NULL, err);
	room->case_schema = room->partners == NULL ?
				NULL :
				ih_schema_load(request->library, "case", err);
	if (room->case_schema == NULL)
		return NULL;
	room->expected[0] =
	    (struct ih_expected){ "case.xml", room->case_schema };
	room->expected[1] =
	    (struct ih_expected){ "receipt.xml", room->forms->receipt };
	room->memory = (struct ih_memory){ seen, last, room };
	room->desk = (struct ih_desk){ .forms = room->forms,
		.own = room->office,
		.partners = room->partners->list,
		.partner_count = room->partners->count,
		.expected = room->expected,
		.expected_count = 2,
		.memory = &room->memory,
		.world = &request->world,
		.passed = passed,
		.with = room };
	return IH_GIVE(room);
}

static const struct ih_part_of *
part_named(const struct ih_opened *opened, const char *name)
{
	for (size_t i = 0; i < opened->count; i++)
		if (strcmp(opened->parts[i].name, name) == 0)
			return &opened->parts[i];
	return NULL;
}

static bool
enter_message(struct mailroom *room, const struct ih_opened *opened,
    const char *code, struct ih_error *err)
{
	return message_enter(room->registry, &opened->letter,
	    &(struct travelled){ .direction = IH_RECEIVED,
		.peer = opened->letter.from,
		.state = "accepted",
		.code = code,
		.container = opened->container_digest,
		.envelope = opened->envelope_digest },
	    err);
}

/* A referral becomes a case of ours, which knows where it came from. */
static bool
take_case(struct mailroom *room, const struct ih_opened *opened,
    char code[static IH_CODE_TEXT], struct ih_error *err)
{
	const struct ih_part_of *part = part_named(opened, "case.xml");
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

/* Sealed for the sender, entered in our outbox; *OUT is owned by the caller. */
static bool
seal_receipt(struct mailroom *room, const struct ih_receipt *receipt,
    const char *to, const char *code, struct ih_buffer **out,
    struct ih_error *err)
{
	struct ih_letter letter = { .purpose = IH_LETTER_RECEIPT };
	struct ih_sealed sealed = { 0 };
	struct ih_partner *partner = NULL;

	for (size_t i = 0; i < room->partners->count; i++)
		if (strcmp(room->partners->list[i]->committee, to) == 0)
			partner = room->partners->list[i];
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
	if (receipt == NULL || room->request->receipt == NULL)
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
	tell_likely(request, room->registry, code);
	return write_receipt(room, sealed, err);
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
	    !ih_message_set_state(room->registry, ours.id,
		receipt.status == IH_RECEIPT_ACCEPTED ? "delivered" : "refused",
		err) ||
	    (receipt.status == IH_RECEIPT_ACCEPTED &&
		!case_moves(room->registry, ours.code, IH_REFERRAL, "received",
		    err)) ||
	    !ih_transaction_commit(all, err))
		return false;
	if (receipt.status != IH_RECEIPT_ACCEPTED)
		return ih_fail_code(err, IH_STATE, receipt.code, "%s",
		    ours.code);
	say(room->request, W_DONE_RECEIPT_READ, IH_ARG(opened->letter.from),
	    IH_ARG(ours.code));
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

bool
cmd_receive(struct request *request, struct ih_error *err)
{
	IH_OWNED(cli_mailroom) room = mailroom_open(request, err);
	struct ih_refused refused = { 0 };

	if (room == NULL)
		return false;
	IH_OWNED(ih_buffer) bytes = read_input(request->words[0], err);
	if (bytes == NULL)
		return false;
	IH_OWNED(ih_opened) opened =
	    ih_post_open(&room->desk, bytes->data, bytes->size, &refused, err);
	if (opened == NULL) {
		answer_refusal(room, &refused);
		/* The answer is no, whatever kind of fault it was. */
		if (err->kind == IH_INPUT)
			err->kind = IH_TRUST;
		return false;
	}
	if ((opened->warnings & IH_W_DUPLICATE) != 0) {
		fprintf(stderr, "%s\n", word(request, W_DONE_RECEIVE_AGAIN));
		return true;
	}
	if ((opened->warnings & IH_W_GAP) != 0)
		fprintf(stderr, "%s\n", word(request, W_CODE_W_GAP));
	return opened->letter.purpose == IH_LETTER_RECEIPT ?
		   receive_receipt(room, opened, err) :
		   receive_case(room, opened, err);
}
