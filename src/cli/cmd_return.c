/* ihala return --period P -o F - the signed, rounded tables of a period. */
#include "ihala/date.h"
#include "ihala/file.h"
#include "ihala/return.h"
#include "ihala/statistic.h"
#include "ihala/table.h"
#include "office.h"
#include "words_keys.h"

struct counting {
	struct ih_count *count;
	struct ih_error *err;
};

static bool
count_one(const void *bytes, size_t size, void *with)
{
	struct counting *counting = with;

	return ih_count_row(counting->count, bytes, size, counting->err);
}

static struct ih_count *
count(struct request *request, struct ih_registry *registry,
    const struct ih_tables *tables, struct ih_error *err)
{
	IH_OWNED(ih_count) counted =
	    ih_count_new(tables, ih_registry_committee(registry),
		request->period, ih_registry_is_training(registry), err);
	struct counting with = { counted, err };

	if (counted == NULL ||
	    !ih_statistic_each(registry, counted->days, count_one, &with,
		err) ||
	    err->kind != IH_NONE)
		return NULL;
	return IH_GIVE(counted);
}

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
	if (request->period == NULL)
		return ih_fail(err, IH_USAGE, "name the --period, as in 2026");
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	IH_OWNED(ih_tables) tables =
	    registry == NULL ? NULL : ih_tables_load(request->library, err);
	IH_OWNED(ih_count) counted =
	    tables == NULL ? NULL : count(request, registry, tables, err);
	IH_OWNED(ih_buffer) rounded =
	    counted == NULL ? NULL :
			      ih_return_make(counted, &request->world, err);
	IH_OWNED(ih_buffer) file =
	    rounded == NULL ? NULL : sign(request, registry, rounded, err);

	if (file == NULL || !put_output(request, file->data, file->size, err))
		return false;
	say(request, W_DONE_RETURN, IH_NUM(counted->persons));
	return true;
}
