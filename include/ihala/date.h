/*
 * date.h - days as people know them, and instants as machines do.
 *
 * A person may know the year of an event and not its day: a date keeps the
 * precision it was given ("2024", "2024-05", "2024-05-17") and stands for
 * every day it may mean.  Comparisons are therefore three-valued.  Instants
 * are seconds since 1970-01-01T00:00:00Z, written in UTC.
 *
 * Source: ISO 8601-1:2019 (calendar dates, reduced precision), proleptic
 * Gregorian calendar, years 1 to 9999.
 */
#ifndef IHALA_DATE_H
#define IHALA_DATE_H

#include <stdbool.h>
#include <stdint.h>

struct ih_date {
	int year;  /* 1 to 9999; 0: no date at all */
	int month; /* 1 to 12; 0: not known */
	int day;   /* 1 to 31; 0: not known */
};

enum { IH_DATE_TEXT = 11, IH_INSTANT_TEXT = 21 }; /* with the NUL */

/* Kleene: 0, 1, or 2 where the precision does not tell. */
enum ih_three { IH_FALSE, IH_TRUE, IH_UNDETERMINED };

/* False, and DATE zeroed, if TEXT is not a date.  Takes 0-9 only. */
bool ih_date_parse(const char *text, struct ih_date *date);
void ih_date_format(struct ih_date date, char text[static IH_DATE_TEXT]);

/* Days since 1970-01-01 of the first and last day DATE can mean. */
int64_t ih_date_first(struct ih_date date);
int64_t ih_date_last(struct ih_date date);

/* The civil date of a day number (days since 1970-01-01). */
struct ih_date ih_date_of_day(int64_t day);

/* Is A before B?  Undetermined where some days are and some are not. */
enum ih_three ih_date_before(struct ih_date a, struct ih_date b);

/*
 * Completed years from BIRTH to day ON: the least and the most they can be.
 * Both -1 if ON is before every day BIRTH can mean.
 */
struct ih_age {
	int least, most; /* years */
};
struct ih_age ih_date_age(struct ih_date birth, struct ih_date on);

/* "2026-03-04T10:00:00Z".  False if TEXT is not one. */
bool ih_instant_parse(const char *text, int64_t *instant);
void ih_instant_format(int64_t instant, char text[static IH_INSTANT_TEXT]);
struct ih_date ih_instant_date(int64_t instant); /* in UTC */

/* A period of whole days, both ends included: "2026", "2026-05",
 * "2026-H1", "2026-Q3".  False if TEXT is not one. */
struct ih_period {
	int64_t first, last; /* days since 1970-01-01 */
};
bool ih_period_parse(const char *text, struct ih_period *period);

#endif
