/* ihala return --period P [--as KIND] -o F - the signed tables of a period. */
#include "office.h"
#include "returning.h"
#include "words_keys.h"

static struct ih_buffer *
sign(struct request *request, struct ih_registry *registry,
    const struct ih_buffer *tables, struct ih_error *err)
{
	struct ih_letter letter = { .purpose = IH_LETTER_RETURN,
		.sequence = 1,
		.created = request->world.now,
		.expires = request->world.now + 10 * LIST_SECONDS };
	struct ih_part_of part = { .name = "return.xml",
		.media = "application/xml",
		.bytes = tables->data,
		.size = tables->size };
	IH_OWNED(ih_office) office = office_load(registry, err);

	if (office == NULL)
		return NULL;
	ih_uuid_new(&request->world, letter.id);
	return ih_post_sign(&letter, &part, 1, office, err);
}

bool
cmd_return(struct request *request, struct ih_error *err)
{
	struct wanted wanted = { .method = IH_ROUNDED };
	int64_t persons = 0;

	if (!returning_wanted(request, &wanted, err))
		return false;
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	IH_OWNED(ih_transaction)
	all = registry == NULL ? NULL : ih_transaction_begin(registry, err);
	IH_OWNED(ih_buffer)
	bytes = all == NULL ?
		    NULL :
		    returning_tables(request, registry, &wanted, &persons, err);
	IH_OWNED(ih_buffer)
	file = bytes == NULL ? NULL : sign(request, registry, bytes, err);
	/* Locked before it is out: a file that could not be written is made
	 * again, the same. */
	if (file == NULL || !ih_transaction_commit(all, err) ||
	    !put_output(request, file->data, file->size, err))
		return false;
	say(request,
	    wanted.method == IH_SUPPRESSED ? W_DONE_RETURN_SUPPRESSED :
					     W_DONE_RETURN,
	    IH_NUM(persons));
	return true;
}
