/* ihala return --period P -o F - the signed, rounded tables of a period. */
#include "counting.h"
#include "ihala/file.h"
#include "office.h"
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
	int64_t persons = 0;
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	IH_OWNED(ih_buffer) rounded =
	    registry == NULL ?
		NULL :
		counting_tables(request, registry, &persons, err);
	IH_OWNED(ih_buffer) file =
	    rounded == NULL ? NULL : sign(request, registry, rounded, err);

	if (file == NULL || !put_output(request, file->data, file->size, err))
		return false;
	say(request, W_DONE_RETURN, IH_NUM(persons));
	return true;
}
