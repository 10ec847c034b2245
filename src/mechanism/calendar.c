/* This is where a country's days are told apart: worked, or not. */
#include "ihala/calendar.h"

#include "ihala/date.h"

#define YEAR 366 /* days: longer than any pause there is */

static bool
is_among(const int64_t *days, size_t count, int64_t day)
{
	for (size_t i = 0; i < count; i++)
		if (days[i] == day)
			return true;
	return false;
}

static bool
is_holiday(const struct ih_mechanism *m, struct ih_date date)
{
	for (size_t i = 0; i < m->holiday_count; i++)
		if (m->holidays[i].month == date.month &&
		    m->holidays[i].day == date.day)
			return true;
	return false;
}

/* What the mechanism says of that very day; NULL: nothing. */
static const struct ih_dated *
said_of(const struct ih_mechanism *m, int64_t day)
{
	for (size_t i = 0; i < m->dated_count; i++)
		if (m->dated[i].day == day)
			return &m->dated[i];
	return NULL;
}

/* Day 0 was a Thursday; Monday is 0. */
static int
weekday(int64_t day)
{
	return (int)(((day + 3) % 7 + 7) % 7);
}

bool
ih_calendar_is_working_day(const struct ih_mechanism *mechanism,
    const struct ih_days *office, int64_t day)
{
	const struct ih_dated *said = said_of(mechanism, day);

	if (office != NULL && is_among(office->off, office->off_count, day))
		return false;
	if (office != NULL && is_among(office->on, office->on_count, day))
		return true;
	if (said != NULL)
		return said->worked;
	return !mechanism->weekend[weekday(day)] &&
	       !is_holiday(mechanism, ih_date_of_day(day));
}

/* The first working day on or after DAY; DAY - 1 if a year has none. */
static int64_t
next_working(const struct ih_mechanism *mechanism, const struct ih_days *office,
    int64_t day)
{
	for (int64_t d = day; d < day + YEAR; d++)
		if (ih_calendar_is_working_day(mechanism, office, d))
			return d;
	return day - 1;
}

int64_t
ih_calendar_add_days(const struct ih_mechanism *mechanism,
    const struct ih_days *office, int64_t day, int n)
{
	int64_t at = n > 0 ? day : next_working(mechanism, office, day);

	if (n < 0 || at < day)
		return day;
	for (int i = 0; i < n; i++) {
		int64_t next = next_working(mechanism, office, at + 1);

		if (next <= at)
			return day;
		at = next;
	}
	return at;
}
