/* ihala return --period P [--as KIND] -o F - the signed tables of a period. */
#include "masking.h"
#include "returning.h"
#include "words_keys.h"

static struct ih_buffer *
sign(struct request *request, struct ih_registry *registry,
    const struct ih_buffer *tables, struct ih_error *err)
{
	bool masked = masking_is_asked(request);
	struct ih_letter letter = { .purpose = IH_LETTER_RETURN,
		.sequence = 1,
		.created = request->world.now,
		.expires = request->world.now + 10 * LIST_SECONDS };
	struct ih_part_of part = { .name =
				       masked ? MASKED ".xml" : "return.xml",
		.media = "application/xml",
		.bytes = tables->data,
		.size = tables->size };
	IH_OWNED(ih_office) office = office_load(registry, err);

	if (office == NULL)
		return NULL;
	ih_uuid_new(&request->world, letter.id);
	return ih_post_sign(&letter, &part, 1, office, err);
}

/* The tables as --as asks for them; *COUNT is for the word that is said. */
static struct ih_buffer *
make(struct request *request, struct ih_registry *registry,
    const struct wanted *wanted, int64_t *count, struct ih_error *err)
{
	size_t parties = 0;
	struct ih_buffer *bytes;

	if (!masking_is_asked(request))
		return returning_tables(request, registry, wanted, count, err);
	bytes = masking_numbers(request, registry, &parties, err);
	*count = (int64_t)parties;
	return bytes;
}

static bool
is_asked_well(const struct request *request, struct wanted *wanted,
    struct ih_error *err)
{
	if (masking_is_asked(request))
		return true;
	return returning_wanted(request, wanted, err) &&
	       (request->count == 0 ||
		   ih_fail(err, IH_USAGE,
		       "committees are named with --as " MASKED " only"));
}

bool
cmd_return(struct request *request, struct ih_error *err)
{
	struct wanted wanted = { .method = IH_ROUNDED };
	int64_t count = 0;

	if (!is_asked_well(request, &wanted, err))
		return false;
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	IH_OWNED(ih_transaction)
	all = registry == NULL ? NULL : ih_transaction_begin(registry, err);
	IH_OWNED(ih_buffer)
	bytes =
	    all == NULL ? NULL : make(request, registry, &wanted, &count, err);
	IH_OWNED(ih_buffer)
	file = bytes == NULL ? NULL : sign(request, registry, bytes, err);
	/* Locked before it is out: a file that could not be written is made
	 * again, the same. */
	if (file == NULL || !ih_transaction_commit(all, err) ||
	    !put_output(request, file->data, file->size, err))
		return false;
	say(request,
	    masking_is_asked(request)      ? W_DONE_RETURN_MASKED :
	    wanted.method == IH_SUPPRESSED ? W_DONE_RETURN_SUPPRESSED :
					     W_DONE_RETURN,
	    IH_NUM(count));
	return true;
}
