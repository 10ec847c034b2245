/* This is where a period is told: once, and from then on as it was told. */
#include "returning.h"

#include <string.h>

#include "counting.h"
#include "ihala/attack.h"
#include "ihala/suppress.h"
#include "telling.h"

bool
returning_wanted(const struct request *request, struct wanted *wanted,
    struct ih_error *err)
{
	const char *as = request->as;

	if (as == NULL)
		return true;
	wanted->restated = strcmp(as, "restatement") == 0;
	if (strcmp(as, "suppressed") == 0)
		wanted->method = IH_SUPPRESSED;
	return wanted->restated || wanted->method == IH_SUPPRESSED ||
	       ih_fail(err, IH_USAGE, "--as restatement, or suppressed");
}

/* What was told is locked; only a restatement tells it otherwise.  A half
 * that is not as it was told comes before its year. */
static bool
is_open(const struct telling *t, size_t at, const struct wanted *wanted,
    struct ih_error *err)
{
	for (size_t p = 0; p < TOLD_PERIODS; p++) {
		const struct told *told = &t->periods[p];
		size_t differ = told->state != NULL ?
				    ih_return_differences(t->tables,
					told->state, told->exact) :
				    0;

		if (p == at && wanted->restated && differ == 0)
			return ih_fail_code(err, IH_STATE, "E_RETURN_SAME",
			    "%s", told->period);
		if (differ != 0 && p != WHOLE && at == WHOLE)
			return ih_fail_code(err, IH_STATE, "E_RETURN_LOCKED",
			    "%s: %zu numbers", told->period, differ);
		if (differ != 0 && p == at && !wanted->restated)
			return ih_fail_code(err, IH_STATE, "E_RETURN_LOCKED",
			    "%s: %zu numbers", told->period, differ);
	}
	return at == WHOLE || t->periods[at].exact->persons >= IH_RETURN_HALF ||
	       ih_fail_code(err, IH_STATE, "E_RETURN_FEW", "%s",
		   t->periods[at].period);
}

/* Count the year and its halves in one reading. */
static bool
count_all(struct request *request, struct ih_registry *registry,
    struct telling *t, struct ih_error *err)
{
	struct ih_count *counts[TOLD_PERIODS] = { NULL };
	bool well = true;

	for (size_t p = 0; p < TOLD_PERIODS && well; p++) {
		counts[p] = ih_count_new(t->tables,
		    ih_registry_committee(registry), t->periods[p].period,
		    ih_registry_is_training(registry), err);
		well = counts[p] != NULL;
	}
	well = well && counting_fill(registry, counts, TOLD_PERIODS, err);
	for (size_t p = 0; p < TOLD_PERIODS; p++) {
		if (well)
			t->periods[p].exact =
			    ih_return_exact(counts[p], &request->world);
		ih_count_free(counts[p]);
	}
	return well;
}

/* What was told rounded of the numbers that were told last. */
static const struct ih_return *
told_rounded(const struct told *told)
{
	return told->rounded != NULL && told->rounded->number == told->number ?
		   told->rounded :
		   NULL;
}

static struct ih_return *
make(const struct telling *t, size_t at, const struct wanted *wanted,
    struct ih_error *err)
{
	const struct told *told = &t->periods[at];
	struct ih_told periods[TOLD_PERIODS];
	struct ih_return *one;

	for (size_t p = 0; p < TOLD_PERIODS; p++)
		periods[p] = (struct ih_told){ t->periods[p].exact,
			t->periods[p].then, t->periods[p].rounded };
	one = wanted->method == IH_SUPPRESSED ?
		  ih_return_suppress(t->tables, told->exact, told_rounded(told),
		      err) :
		  ih_return_round(t->tables, periods, TOLD_PERIODS, at, err);
	if (one != NULL)
		one->number = told->number < 0 ? 0 :
			      wanted->restated ? told->number + 1 :
						 told->number;
	return one;
}

/* Nothing is released that could be worked back, with all that was. */
static struct ih_buffer *
release(struct telling *t, size_t at, struct ih_return *one,
    struct ih_registry *registry, struct ih_error *err)
{
	const struct told *told = &t->periods[at];
	IH_OWNED(ih_buffer)
	bytes = ih_return_write(t->tables, one,
	    one->number > 0 && one->method == IH_ROUNDED ? told->rounded : NULL,
	    err);

	t->all[t->count] = one;
	if (bytes == NULL ||
	    !ih_attack_fails(t->tables, t->all, t->count + 1, err) ||
	    !telling_keep(registry, t->tables, one, bytes, told->exact, err))
		return NULL;
	return IH_GIVE(bytes);
}

/* What was told is told again, byte for byte. */
static struct ih_buffer *
tell(struct telling *t, size_t at, const struct wanted *wanted,
    struct ih_registry *registry, struct ih_error *err)
{
	bool told = t->periods[at].number >= 0;

	if (!(told && wanted->as_told) && !is_open(t, at, wanted, err))
		return NULL;
	IH_OWNED(ih_buffer)
	same =
	    told && !wanted->restated ?
		telling_same(registry, &t->periods[at], wanted->method, err) :
		NULL;
	if (same != NULL || (err->kind != IH_NONE && err->kind != IH_ABSENT))
		return IH_GIVE(same);
	*err = (struct ih_error){ .kind = IH_NONE };
	IH_OWNED(ih_return) one = make(t, at, wanted, err);
	return one != NULL ? release(t, at, one, registry, err) : NULL;
}

struct ih_buffer *
returning_tables(struct request *request, struct ih_registry *registry,
    const struct wanted *wanted, int64_t *persons, struct ih_error *err)
{
	size_t at;

	if (request->period == NULL) {
		ih_fail(err, IH_USAGE, "name the --period, as in 2026");
		return NULL;
	}
	IH_OWNED(ih_tables) tables = ih_tables_load(request->library, err);
	IH_OWNED(cli_telling)
	told = tables == NULL ?
		   NULL :
		   telling_load(registry, tables, request->period, err);
	if (told == NULL || !count_all(request, registry, told, err))
		return NULL;
	at = telling_which(request->period);
	*persons = told->periods[at].exact->persons;
	return tell(told, at, wanted, registry, err);
}
