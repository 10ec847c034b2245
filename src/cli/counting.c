/* This is where the cases of a period become rounded tables. */
#include "counting.h"

#include "ihala/return.h"
#include "ihala/statistic.h"
#include "ihala/table.h"

struct counting {
	struct ih_count *count;
	struct ih_error *err;
};

static bool
count_one(const struct ih_statistic *one, void *with)
{
	struct counting *counting = with;

	return ih_count_case(counting->count, one, counting->err);
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

struct ih_buffer *
counting_tables(struct request *request, struct ih_registry *registry,
    int64_t *persons, struct ih_error *err)
{
	if (request->period == NULL) {
		ih_fail(err, IH_USAGE, "name the --period, as in 2026");
		return NULL;
	}
	IH_OWNED(ih_tables) tables = ih_tables_load(request->library, err);
	IH_OWNED(ih_count) counted =
	    tables == NULL ? NULL : count(request, registry, tables, err);
	if (counted == NULL)
		return NULL;
	*persons = counted->persons;
	return ih_return_make(counted, &request->world, err);
}
