/* This is where sealed rows are counted. */
#include "counting.h"

#include "ihala/packed.h"
#include "ihala/statistic.h"

struct counting {
	struct ih_packed *packed;
	struct ih_error *err;
};

static bool
take(void *with, struct ih_buffer *bytes, size_t offset)
{
	return ih_packed_take(((struct counting *)with)->packed, bytes, offset);
}

static void
forget(void *with, const char *code)
{
	ih_packed_forget(((struct counting *)with)->packed, code);
}

static bool
add(const struct ih_statistic *one, void *with)
{
	struct counting *counting = with;

	return ih_packed_add(counting->packed, one, counting->err) ||
	       ih_fail_in(counting->err, one->code);
}

static void
give(void *with, struct ih_buffer *out)
{
	ih_packed_give(((struct counting *)with)->packed, out);
}

bool
counting_fill(struct ih_registry *registry, struct ih_count **counts,
    size_t count, struct ih_error *err)
{
	IH_OWNED(ih_packed)
	packed = ih_packed_new(counts[0]->tables, counts[0]->committee,
	    counts[0]->training);
	struct counting with = { packed, err };
	const struct ih_statistic_packer packer = { take, forget, add, give,
		&with };

	return ih_statistic_pack(registry, counts[0]->days, &packer, err) &&
	       ih_packed_count(packed, counts, count, err);
}

struct ih_count *
counting_period(const struct request *request, struct ih_registry *registry,
    const struct ih_tables *tables, struct ih_error *err)
{
	IH_OWNED(ih_count) count =
	    ih_count_new(tables, ih_registry_committee(registry),
		request->period, ih_registry_is_training(registry), err);
	struct ih_count *counts[] = { count };

	if (count == NULL || !counting_fill(registry, counts, 1, err))
		return NULL;
	return IH_GIVE(count);
}
