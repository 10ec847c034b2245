/* This is where a letter that was taken in is answered once more. */
#include "receipting.h"

#include <string.h>

#include "following.h"
#include "ihala/letter.h"

/* A receipt is not answered, nor is what we sent. */
static bool
is_answered(const struct request *request, const struct ih_message *came,
    struct ih_error *err)
{
	return (came->direction == IH_RECEIVED &&
		   strcmp(came->peer, request->to) == 0 &&
		   strcmp(came->purpose, "receipt") != 0) ||
	       ih_fail_code(err, IH_STATE, "E_UNANSWERED", "%s", came->id);
}

static struct ih_buffer *
write_receipt(const struct request *request, const struct ih_message *came,
    struct ih_error *err)
{
	struct ih_receipt receipt = { .status = IH_RECEIPT_ACCEPTED,
		.sequence = came->sequence,
		.at = request->world.now };

	memcpy(receipt.message, came->id, sizeof receipt.message);
	ih_hash_text(&came->container, receipt.container);
	ih_hash_text(&came->envelope, receipt.envelope);
	return ih_receipt_write(&receipt, err);
}

bool
receipt_send(struct request *request, struct ih_registry *registry,
    struct ih_error *err)
{
	struct ih_message came;

	if (request->from == NULL)
		return ih_fail(err, IH_USAGE,
		    "name the letter that it answers with --from");
	if (!ih_message_find(registry, request->from, &came, err) ||
	    !is_answered(request, &came, err))
		return false;
	IH_OWNED(ih_buffer) receipt = write_receipt(request, &came, err);
	const struct following f = { .purpose = IH_LETTER_RECEIPT,
		.part = "receipt.xml",
		.to = request->to,
		.code = came.code,
		.about = &came,
		.becomes = came.state };
	return receipt != NULL &&
	       following_post(request, registry, &f, receipt, err);
}
