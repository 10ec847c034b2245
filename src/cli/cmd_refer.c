/* ihala refer CODE --to CC|BODY - prepare a referral; nothing leaves yet. */
#include "case_file.h"
#include "words_keys.h"

bool
cmd_refer(struct request *request, struct ih_error *err)
{
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	IH_OWNED(ih_buffer) facts = ih_buffer_new();
	char id[IH_UUID_TEXT];

	if (registry == NULL)
		return false;
	if (request->to == NULL)
		return ih_fail(err, IH_USAGE, "name the recipient with --to");
	IH_OWNED(cli_leaving) leaving = leaving_prepare(request, registry,
	    request->words[0], NULL, request->to, err);
	if (leaving == NULL ||
	    !ih_release_gate(&leaving->release, leaving->facts, err))
		return false;
	ih_uuid_new(&request->world, id);
	struct ih_record_referral referral = { .id = id,
		.to = leaving->to,
		.date = leaving->day,
		.status = "draft" };
	IH_OWNED(ih_transaction) all = ih_transaction_begin(registry, err);
	if (all == NULL ||
	    !ih_record_refer(leaving->facts, &referral, facts, err) ||
	    !case_put_over(request, registry, leaving->code, IH_FACTS, facts,
		leaving->version, err) ||
	    !case_moves(registry, leaving->code, IH_REFERRAL, "draft", err) ||
	    !ih_transaction_commit(all, err))
		return false;
	say(request, W_DONE_REFER, IH_ARG(leaving->code),
	    IH_ARG(ih_texts_say(leaving->to_name, request->tongue)));
	return true;
}
