/*
 * calendar.h - the working days of a country.
 *
 * The weekend and the fixed holidays are data of the mechanism.  Holidays of
 * the lunar calendar depend on sighting and some are moved by decision, so
 * they are never computed: each stands in the mechanism as a civil date of one
 * year, with the decision that announced it (<dated>), and reaches an office
 * in a signed pack; days that only one office knows are handed in.  Days are
 * numbers since 1970-01-01, as in date.h.  Deadlines count days, not hours.
 *
 * Source: each mechanism's <calendar>, with the decrees it cites.
 */
#ifndef IHALA_CALENDAR_H
#define IHALA_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ihala/mechanism.h"

/* Days the office entered; they count before those of the mechanism.  NULL
 * where it entered none. */
struct ih_days {
	const int64_t *off; /* no work, though the data say so */
	size_t off_count;
	const int64_t *on; /* work: a fixed holiday that was moved away */
	size_t on_count;
};

bool ih_calendar_is_working_day(const struct ih_mechanism *mechanism,
    const struct ih_days *office, int64_t day);

/*
 * The day on which the Nth working day after DAY falls; N 0: DAY itself if it
 * is worked, else the next that is.  DAY is returned where N is negative or
 * a year of DAY has no working day left.
 */
int64_t ih_calendar_add_days(const struct ih_mechanism *mechanism,
    const struct ih_days *office, int64_t day, int n);

#endif
