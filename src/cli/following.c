/* This is where a letter is about an earlier one: found, sealed, and heard. */
#include "following.h"

#include <stdlib.h>
#include <string.h>

#include "ihala/date.h"
#include "officers.h"

bool
brings_case(const char *purpose)
{
	return strcmp(purpose, "referral") == 0 ||
	       strcmp(purpose, "transfer") == 0;
}

static bool
is_of(const struct ih_message *message, const char *purpose)
{
	return purpose == NULL ? brings_case(message->purpose) :
				 strcmp(message->purpose, purpose) == 0;
}

bool
find_last(const struct ih_message *message, void *with)
{
	struct looking *l = with;

	if (message->direction == l->direction &&
	    strcmp(message->code, l->code) == 0 && is_of(message, l->purpose) &&
	    (l->peer == NULL || strcmp(message->peer, l->peer) == 0))
		l->found = *message;
	return true;
}

bool
message_is_in(const struct ih_message *message, const char *state)
{
	return strcmp(message->state, state) == 0;
}

bool
move_if_it_may(struct ih_registry *registry, const char *code,
    enum ih_axis axis, const char *event, struct ih_error *err)
{
	struct ih_case_row row;

	if (!ih_case_row(registry, code, &row, err))
		return false;
	if (strcmp(row.state[IH_FILE], "destroyed") == 0 ||
	    ih_case_move(registry, code, axis, event, err))
		return true;
	if (strcmp(err->code, "E_MOVE") != 0)
		return false;
	*err = (struct ih_error){ 0 };
	return true;
}

void
put_today(const struct request *request, char day[static IH_DATE_TEXT])
{
	ih_date_format(ih_instant_date(request->world.now), day);
}

bool
following_post(struct request *request, struct ih_registry *registry,
    const struct following *f, const struct ih_buffer *document,
    struct ih_error *err)
{
	const struct ih_part_of part = { f->part,
		f->media != NULL ? f->media : "application/xml", document->data,
		document->size };
	struct ih_letter letter = { .purpose = f->purpose,
		.legal_basis = f->basis };
	struct ih_sealed sealed = { 0 };
	const struct posting posting = { f->to, f->code, &part, 1 };

	if (request->preview)
		return put_output(request, document->data, document->size, err);
	if (f->about != NULL)
		memcpy(letter.in_reply_to, f->about->id,
		    sizeof letter.in_reply_to);
	IH_OWNED(cli_sealing)
	sealing = sealing_open(request, registry, f->to, f->purpose, err);
	if (sealing == NULL)
		return false;
	IH_OWNED(ih_transaction) all = ih_transaction_begin(registry, err);
	if (all == NULL || !letter_post(request, registry, sealing, &posting,
			       &letter, &sealed, err))
		return false;
	IH_OWNED(ih_buffer) envelope = sealed.envelope;
	return (f->about == NULL || ih_message_set_state(registry, f->about->id,
					f->becomes, err)) &&
	       (f->then == NULL || f->then(request, registry, f, err)) &&
	       ih_transaction_commit(all, err) &&
	       put_output(request, envelope->data, envelope->size, err);
}

bool
find_named(struct ih_registry *registry, const struct ih_opened *opened,
    const char *message, enum ih_direction direction, const char *purpose,
    struct ih_message *found, struct ih_error *err)
{
	if (ih_message_find(registry, message, found, err) &&
	    found->direction == direction &&
	    strcmp(found->peer, opened->letter.from) == 0 &&
	    is_of(found, purpose) &&
	    strcmp(opened->letter.in_reply_to, message) == 0)
		return true;
	return ih_fail_code(err, IH_STATE, "E_NOT_OURS", "%s", "");
}
