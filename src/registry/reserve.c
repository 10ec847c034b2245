/* This is where keys are made before their cases. */
#include "reserve.h"

#include <stdlib.h>
#include <string.h>

static void
drop(struct ih_reserve *reserve)
{
	reserve->count--;
	for (int i = 0; i < IH_PARTS; i++) {
		ih_secret_free(reserve->spare[reserve->count].key[i]);
		reserve->spare[reserve->count].key[i] = NULL;
	}
}

void
ih_reserve_free(struct ih_reserve *reserve)
{
	if (reserve == NULL)
		return;
	while (reserve->count > 0)
		drop(reserve);
	free(reserve);
}

static struct ih_reserve *
reserve_of(struct ih_registry *registry)
{
	if (registry->reserve == NULL)
		registry->reserve = calloc(1, sizeof *registry->reserve);
	if (registry->reserve == NULL)
		abort();
	return registry->reserve;
}

static bool
make(struct ih_registry *registry, struct ih_reserve *reserve,
    struct ih_error *err)
{
	int wanted = reserve->more > 0 ? reserve->more : 1;

	IH_OWNED(ih_wrapper) wrapper = ih_wrapper_new(err);

	reserve->more = 2 * wanted < IH_RESERVE ? 2 * wanted : IH_RESERVE;
	while (wrapper != NULL && reserve->count < wanted) {
		int at = reserve->count++;

		if (!ih_case_fresh_code(registry, reserve->spare[at].code,
			err) ||
		    !ih_keys_for_case(registry, wrapper,
			reserve->spare[at].code, reserve->spare[at].key, err)) {
			drop(reserve);
			return false;
		}
	}
	return wrapper != NULL;
}

/* Swept away, or rolled back with what they were made in? */
static bool
are_there(struct ih_registry *registry, const char *code, bool *there,
    struct ih_error *err)
{
	int64_t keys = 0;

	if (!ih_count(registry->keys, err, &keys,
		"SELECT count(DISTINCT part) FROM case_key WHERE code = :code",
		ih_text(":code", code)))
		return false;
	*there = keys == IH_PARTS;
	return true;
}

bool
ih_reserve_take(struct ih_registry *registry, char code[static IH_CODE_TEXT],
    struct ih_secret *keys[static IH_PARTS], struct ih_error *err)
{
	struct ih_reserve *reserve = reserve_of(registry);
	bool there = false;

	while (!there) {
		if (reserve->count == 0 && !make(registry, reserve, err))
			return false;
		int at = reserve->count - 1;
		if (!are_there(registry, reserve->spare[at].code, &there, err))
			return false;
		if (!there) {
			drop(reserve);
			continue;
		}
		memcpy(code, reserve->spare[at].code, IH_CODE_TEXT);
		for (int i = 0; i < IH_PARTS; i++) {
			keys[i] = reserve->spare[at].key[i];
			reserve->spare[at].key[i] = NULL;
		}
		drop(reserve);
	}
	return true;
}
