/* This is where it is remembered what was told. */
#include "telling.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/arena.h"
#include "ihala/ledger.h"

enum { NAME = 65 };

static const char *const kinds[IH_METHODS] = {
	[IH_ROUNDED] = "rounded",
	[IH_SUPPRESSED] = "suppressed",
	[IH_EXACT] = "exact",
};

static void
name_of(char name[static NAME], const char *period, int64_t number,
    enum ih_method method)
{
	snprintf(name, NAME, "return.%s.%" PRId64 ".%s", period, number,
	    kinds[method]);
}

size_t
telling_which(const char *period)
{
	size_t length = strlen(period);

	if (length == 4)
		return WHOLE;
	if (length == 7 && strcmp(period + 4, "-H1") == 0)
		return FIRST_HALF;
	if (length == 7 && strcmp(period + 4, "-H2") == 0)
		return SECOND_HALF;
	return TOLD_PERIODS;
}

/* One that is kept; NULL without an error where there is none. */
static struct ih_return *
take(struct telling *t, struct ih_registry *registry, const char *period,
    int64_t number, enum ih_method method, struct ih_error *err)
{
	char name[NAME];
	struct ih_return *one;

	name_of(name, period, number, method);
	IH_OWNED(ih_buffer) bytes = ih_registry_kept(registry, name, err);
	if (bytes == NULL) {
		if (err->kind == IH_ABSENT)
			*err = (struct ih_error){ .kind = IH_NONE };
		return NULL;
	}
	t->kept++;
	one = ih_return_read(t->tables, name, bytes->data, bytes->size, err);
	return one;
}

static struct ih_return *
copy(const struct ih_return *one)
{
	struct ih_return *copied = ih_zeroed(sizeof *copied);

	*copied = *one;
	return copied;
}

/* State NUMBER of a period, and what was told of it. */
static bool
take_state(struct telling *t, struct ih_registry *registry, struct told *told,
    struct ih_return *exact, struct ih_error *err)
{
	int64_t number = told->number + 1;

	ih_return_free(told->state);
	told->state = exact;
	told->number = number;
	for (int method = IH_ROUNDED; method < IH_EXACT; method++) {
		struct ih_return *one = take(t, registry, told->period, number,
		    (enum ih_method)method, err);

		if (one == NULL && err->kind != IH_NONE)
			return false;
		if (one == NULL)
			continue;
		if (t->count == IH_RETURNS_MAX) {
			ih_return_free(one);
			return ih_fail(err, IH_STATE, "more than %d returns",
			    IH_RETURNS_MAX);
		}
		t->all[t->count++] = one;
		if (method != IH_ROUNDED)
			continue;
		ih_return_free(told->then);
		told->rounded = one;
		told->then = copy(exact);
	}
	return true;
}

static bool
take_period(struct telling *t, struct ih_registry *registry, struct told *told,
    struct ih_error *err)
{
	struct ih_return *exact;

	told->number = -1;
	while ((exact = take(t, registry, told->period, told->number + 1,
		    IH_EXACT, err)) != NULL)
		if (!take_state(t, registry, told, exact, err))
			return false;
	return err->kind == IH_NONE;
}

struct sought {
	const char *year;
	int entered;
};

static bool
count_kept(const struct ih_entry *entry, void *with)
{
	struct sought *s = with;

	if (entry->act == IH_ACT_KEEP &&
	    strncmp(entry->subject, "return.", 7) == 0 &&
	    strncmp(entry->subject + 7, s->year, 4) == 0)
		s->entered++;
	return true;
}

/* Whoever takes one away would have it told anew, and otherwise. */
static bool
is_whole(const struct telling *t, struct ih_registry *registry,
    const char *period, struct ih_error *err)
{
	struct sought s = { period, 0 };

	return ih_ledger_each(registry, 0, count_kept, &s, err) &&
	       (s.entered == t->kept || ih_fail_code(err, IH_TRUST,
					    "E_RETURN_STORED", "%.4s", period));
}

struct telling *
telling_load(struct ih_registry *registry, const struct ih_tables *tables,
    const char *period, struct ih_error *err)
{
	static const char *const ends[TOLD_PERIODS] = { "", "-H1", "-H2" };
	IH_OWNED(cli_telling) t = ih_zeroed(sizeof *t);
	struct ih_period days;

	t->tables = tables;
	if (telling_which(period) == TOLD_PERIODS ||
	    !ih_period_parse(period, &days)) {
		ih_fail(err, IH_USAGE,
		    "a return is of a year or a half-year: 2026, 2026-H1");
		return NULL;
	}
	for (size_t p = 0; p < TOLD_PERIODS; p++) {
		snprintf(t->periods[p].period, sizeof t->periods[p].period,
		    "%.4s%s", period, ends[p]);
		if (!take_period(t, registry, &t->periods[p], err))
			return NULL;
	}
	if (!is_whole(t, registry, period, err))
		return NULL;
	return IH_GIVE(t);
}

void
telling_free(struct telling *t)
{
	if (t == NULL)
		return;
	for (size_t p = 0; p < TOLD_PERIODS; p++) {
		ih_return_free(t->periods[p].exact);
		ih_return_free(t->periods[p].state);
		ih_return_free(t->periods[p].then);
	}
	for (size_t i = 0; i < t->count; i++)
		ih_return_free(t->all[i]);
	free(t);
}

struct ih_buffer *
telling_same(struct ih_registry *registry, const struct told *at,
    enum ih_method method, struct ih_error *err)
{
	char name[NAME];

	name_of(name, at->period, at->number, method);
	return ih_registry_kept(registry, name, err);
}

static bool
keep(struct ih_registry *registry, const struct ih_return *one,
    enum ih_method method, const struct ih_buffer *bytes, struct ih_error *err)
{
	char name[NAME];

	name_of(name, one->period, one->number, method);
	return ih_registry_keep(registry, name, bytes->data, bytes->size, err);
}

bool
telling_keep(struct ih_registry *registry, const struct ih_tables *tables,
    const struct ih_return *one, const struct ih_buffer *bytes,
    const struct ih_return *exact, struct ih_error *err)
{
	char name[NAME];
	struct ih_error absent = { .kind = IH_NONE };

	name_of(name, one->period, one->number, IH_EXACT);
	IH_OWNED(ih_buffer) there = ih_registry_kept(registry, name, &absent);
	if (there == NULL) {
		IH_OWNED(ih_buffer)
		written = ih_return_write(tables, exact, NULL, err);
		if (written == NULL ||
		    !keep(registry, one, IH_EXACT, written, err))
			return false;
	}
	return keep(registry, one, one->method, bytes, err);
}
