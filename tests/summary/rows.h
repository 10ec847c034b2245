/*
 * rows.h - coded rows of invented cases, the same on every machine.
 */
#ifndef IHALA_TEST_ROWS_H
#define IHALA_TEST_ROWS_H

#include <stdio.h>
#include <string.h>

#include "ihala/return.h"
#include "ihala/table.h"

static uint64_t rows_seed = 1;

static bool rows_skewed; /* some categories are much rarer than others */

static inline unsigned
rows_draw(unsigned below)
{
	rows_seed = rows_seed * UINT64_C(6364136223846793005) +
		    UINT64_C(1442695040888963407);
	return (unsigned)(rows_seed >> 33) % below;
}

static inline unsigned
rows_category(size_t count)
{
	unsigned one = rows_draw((unsigned)count);

	if (rows_skewed)
		for (unsigned i = 0; i < 2; i++) {
			unsigned two = rows_draw((unsigned)count);

			one = two < one ? two : one;
		}
	return one;
}

/* A row of COMMITTEE opened on DAY, its other codes drawn. */
static inline void
rows_write(char text[static 1200], const struct ih_tables *tables,
    const char *committee, const char *day, bool training)
{
	char *at = text + snprintf(text, 1200,
			      "<statistic xmlns=\"urn:ihala:statistic:1\" "
			      "tables=\"%s\" committee=\"%s\" opened=\"%s\" "
			      "urgent=\"false\"%s>",
			      tables->version, committee, day,
			      training ? " training=\"true\"" : "");

	for (size_t v = 0; v < tables->variable_count; v++) {
		const struct ih_variable *variable = &tables->variables[v];
		if (variable->from == IH_FROM_STEP ||
		    variable->from == IH_FROM_DAYS)
			continue;
		unsigned bits = 1u << rows_category(variable->count);

		/* Of the same country as the one that asks more closely. */
		if (variable->own < variable->count)
			continue;

		if (variable->multi)
			bits |= 1u << rows_category(variable->count);
		for (size_t c = 0; c < variable->count; c++)
			if (bits >> c & 1u)
				at += sprintf(at,
				    "<is variable=\"%s\" code=\"%s\"/>",
				    variable->id, variable->categories[c].code);
	}
	strcpy(at, "</statistic>");
}

/* Where a case opened on DAY came: some far, some nowhere. */
static inline size_t
rows_steps(struct ih_reached steps[static 4], int64_t day)
{
	static const struct ih_reached way[4] = {
		{ "determination", "presumed", 0 },
		{ "referral", "sent", 0 },
		{ "determination", "confirmed", 0 },
		{ "file", "support", 0 },
	};
	size_t count = rows_draw(5);

	memcpy(steps, way, sizeof way);
	for (size_t i = 0; i < count; i++)
		steps[i].day = day += rows_draw(90);
	return count;
}

/* COUNT with PERSONS rows of March 2026. */
static inline struct ih_count *
rows_count(const struct ih_tables *tables, const char *committee,
    unsigned persons)
{
	struct ih_error err = { .kind = IH_NONE };
	struct ih_count *count =
	    ih_count_new(tables, committee, "2026", true, &err);
	char text[1200];

	for (unsigned i = 0; i < persons; i++) {
		struct ih_reached steps[4];
		struct ih_statistic one = { .bytes = text,
			.reached = steps,
			.reached_count = rows_steps(steps, 20516) };

		rows_write(text, tables, committee, "2026-03-04", true);
		one.size = strlen(text);
		ih_count_case(count, &one, &err);
	}
	return count;
}

/* The exact numbers of PERIOD, of PERSONS opened throughout 2026. */
static inline struct ih_return *
rows_exact(const struct ih_tables *tables, const char *committee,
    const char *period, unsigned persons, const struct ih_world *world)
{
	struct ih_error err = { .kind = IH_NONE };
	IH_OWNED(ih_count) count =
	    ih_count_new(tables, committee, period, true, &err);

	for (unsigned i = 0; i < persons; i++) {
		char text[1200], day[IH_DATE_TEXT];
		int64_t opened = 20454 + rows_draw(365);
		struct ih_reached steps[4];
		struct ih_statistic one = { .bytes = text,
			.reached = steps,
			.reached_count = rows_steps(steps, opened) };

		ih_date_format(ih_date_of_day(opened), day);
		rows_write(text, tables, committee, day, true);
		one.size = strlen(text);
		ih_count_case(count, &one, &err);
	}
	return ih_return_exact(count, world);
}

/* The return of such a count, as bytes. */
static inline struct ih_buffer *
rows_return(const struct ih_tables *tables, const char *committee,
    unsigned persons)
{
	struct ih_error err = { .kind = IH_NONE };
	uint64_t seed = 1;
	struct ih_world world = ih_world_fixed(1772600000, &seed);
	IH_OWNED(ih_count) count = rows_count(tables, committee, persons);

	return ih_return_make(count, &world, &err);
}

/* BYTES with the first FROM made TO, of the same length or not. */
static inline struct ih_buffer *
rows_changed(const struct ih_buffer *bytes, const char *from, const char *to)
{
	struct ih_buffer *out = ih_buffer_new();
	const char *text = (const char *)bytes->data, *at = strstr(text, from);

	if (at == NULL)
		at = text + bytes->size;
	ih_buffer_add(out, text, (size_t)(at - text));
	if (*at != '\0') {
		ih_buffer_text(out, to);
		ih_buffer_text(out, at + strlen(from));
	}
	return out;
}

#endif
