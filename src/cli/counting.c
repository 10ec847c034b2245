/* This is where sealed rows are counted. */
#include "counting.h"

#include "ihala/statistic.h"

struct counting {
	struct ih_count **counts;
	size_t count;
	struct ih_error *err;
};

static bool
count_one(const struct ih_statistic *one, void *with)
{
	struct counting *counting = with;

	for (size_t i = 0; i < counting->count; i++)
		if (!ih_count_case(counting->counts[i], one, counting->err))
			return ih_fail_in(counting->err, one->code);
	return true;
}

bool
counting_fill(struct ih_registry *registry, struct ih_count **counts,
    size_t count, struct ih_error *err)
{
	struct counting with = { counts, count, err };

	return ih_statistic_each(registry, counts[0]->days, count_one, &with,
		   err) &&
	       err->kind == IH_NONE;
}
