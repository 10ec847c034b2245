/* This is where days are counted. */
#include "ihala/date.h"

#include <stddef.h>
#include <string.h>

enum { FIRST_YEAR = 1, LAST_YEAR = 9999, SECONDS_A_DAY = 86400 };

static bool
is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int
days_in(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30,
		31 };

	return days[month - 1] + (month == 2 && is_leap(year));
}

/* A year that starts in March ends in its leap day: no table of months. */
static int64_t
day_number(int year, int month, int day)
{
	int64_t y = month > 2 ? year : year - 1;
	int64_t m = month > 2 ? month - 3 : month + 9;
	int64_t before = y * 365 + y / 4 - y / 100 + y / 400;

	return before + (153 * m + 2) / 5 + day - 1 - 719468;
}

/* WIDTH digits, no sign, no space; -1 if they are not that. */
static int
number(const char *text, size_t width)
{
	int value = 0;

	for (size_t i = 0; i < width; i++) {
		if (text[i] < '0' || text[i] > '9')
			return -1;
		value = value * 10 + (text[i] - '0');
	}
	return value;
}

static void
put(char *text, int width, int value)
{
	for (int i = width - 1; i >= 0; i--) {
		text[i] = (char)('0' + value % 10);
		value /= 10;
	}
}

static bool
is_day(struct ih_date date)
{
	return date.year >= FIRST_YEAR && date.year <= LAST_YEAR &&
	       date.month >= 1 && date.month <= 12 && date.day >= 1 &&
	       date.day <= days_in(date.year, date.month);
}

bool
ih_date_parse(const char *text, struct ih_date *date)
{
	size_t size = strnlen(text, IH_DATE_TEXT);
	struct ih_date read = { .year = number(text, size < 4 ? 0 : 4) };
	struct ih_date probe;

	*date = (struct ih_date){ 0 };
	if (size != 4 && size != 7 && size != 10)
		return false;
	if (size >= 7) {
		if (text[4] != '-')
			return false;
		read.month = number(text + 5, 2);
	}
	if (size == 10) {
		if (text[7] != '-')
			return false;
		read.day = number(text + 8, 2);
	}
	probe = read;
	if (size < 7)
		probe.month = 1;
	if (size < 10)
		probe.day = 1;
	if (!is_day(probe))
		return false;
	*date = read;
	return true;
}

void
ih_date_format(struct ih_date date, char text[static IH_DATE_TEXT])
{
	memset(text, 0, IH_DATE_TEXT);
	if (date.year < FIRST_YEAR || date.year > LAST_YEAR)
		return;
	put(text, 4, date.year);
	if (date.month < 1 || date.month > 12)
		return;
	text[4] = '-';
	put(text + 5, 2, date.month);
	if (date.day < 1 || date.day > days_in(date.year, date.month))
		return;
	text[7] = '-';
	put(text + 8, 2, date.day);
}

int64_t
ih_date_first(struct ih_date date)
{
	if (date.year == 0)
		return day_number(FIRST_YEAR, 1, 1);
	if (date.month == 0)
		return day_number(date.year, 1, 1);
	return day_number(date.year, date.month, date.day > 0 ? date.day : 1);
}

int64_t
ih_date_last(struct ih_date date)
{
	if (date.year == 0)
		return day_number(LAST_YEAR, 12, 31);
	if (date.month == 0)
		return day_number(date.year, 12, 31);
	return day_number(date.year, date.month,
	    date.day > 0 ? date.day : days_in(date.year, date.month));
}

struct ih_date
ih_date_of_day(int64_t day)
{
	int64_t era, of_era, year, of_year, month;

	if (day < day_number(FIRST_YEAR, 1, 1) ||
	    day > day_number(LAST_YEAR, 12, 31))
		return (struct ih_date){ 0 };
	/* From 0000-03-01, in turns of 400 years, which are all alike. */
	day += 719468;
	era = day / 146097;
	of_era = day % 146097;
	year =
	    (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	of_year = of_era - (365 * year + year / 4 - year / 100);
	month = (5 * of_year + 2) / 153;
	return (struct ih_date){
		.year = (int)(year + era * 400 + (month >= 10)),
		.month = (int)(month < 10 ? month + 3 : month - 9),
		.day = (int)(of_year - (153 * month + 2) / 5 + 1),
	};
}

enum ih_three
ih_date_before(struct ih_date a, struct ih_date b)
{
	if (ih_date_last(a) < ih_date_first(b))
		return IH_TRUE;
	if (ih_date_first(a) >= ih_date_last(b))
		return IH_FALSE;
	return IH_UNDETERMINED;
}

/* Completed years; who is born on 29 February completes one on 1 March where
 * there is no such day, and so stays a child for as long as can be. */
static int
years_between(int64_t birth, int64_t on)
{
	struct ih_date b = ih_date_of_day(birth), o = ih_date_of_day(on);
	int years = o.year - b.year;

	if (o.month < b.month || (o.month == b.month && o.day < b.day))
		years--;
	return years > 0 ? years : 0;
}

struct ih_age
ih_date_age(struct ih_date birth, struct ih_date on)
{
	if (ih_date_last(on) < ih_date_first(birth))
		return (struct ih_age){ -1, -1 };
	return (struct ih_age){
		.least = years_between(ih_date_last(birth), ih_date_first(on)),
		.most = years_between(ih_date_first(birth), ih_date_last(on)),
	};
}

bool
ih_instant_parse(const char *text, int64_t *instant)
{
	char day[IH_DATE_TEXT] = "";
	struct ih_date date;
	int hour, minute, second;

	*instant = 0;
	if (strnlen(text, IH_INSTANT_TEXT) != IH_INSTANT_TEXT - 1)
		return false;
	memcpy(day, text, IH_DATE_TEXT - 1);
	hour = number(text + 11, 2);
	minute = number(text + 14, 2);
	second = number(text + 17, 2);
	if (text[10] != 'T' || text[13] != ':' || text[16] != ':' ||
	    text[19] != 'Z')
		return false;
	if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 ||
	    second > 59)
		return false;
	if (!ih_date_parse(day, &date) || date.day == 0)
		return false;
	minute += hour * 60;
	second += minute * 60;
	*instant = ih_date_first(date) * SECONDS_A_DAY + second;
	return true;
}

/* The day an instant falls on, and *SECOND of that day; whatever cannot be
 * written becomes the nearest that can. */
static int64_t
day_of(int64_t instant, int *second)
{
	const int64_t first = day_number(FIRST_YEAR, 1, 1);
	const int64_t last = day_number(LAST_YEAR, 12, 31);
	int64_t day;

	if (instant < first * SECONDS_A_DAY)
		instant = first * SECONDS_A_DAY;
	if (instant > last * SECONDS_A_DAY + SECONDS_A_DAY - 1)
		instant = last * SECONDS_A_DAY + SECONDS_A_DAY - 1;
	day = instant / SECONDS_A_DAY;
	if (instant % SECONDS_A_DAY < 0)
		day--;
	*second = (int)(instant - day * SECONDS_A_DAY);
	return day;
}

void
ih_instant_format(int64_t instant, char text[static IH_INSTANT_TEXT])
{
	int second;
	struct ih_date date = ih_date_of_day(day_of(instant, &second));

	ih_date_format(date, text);
	memcpy(text + 10, "T00:00:00Z", 11);
	put(text + 11, 2, second / 3600);
	put(text + 14, 2, second / 60 % 60);
	put(text + 17, 2, second % 60);
}

struct ih_date
ih_instant_date(int64_t instant)
{
	int second;

	return ih_date_of_day(day_of(instant, &second));
}

/* MONTHS of YEAR from MONTH on. */
static struct ih_period
months(int year, int month, int months_long)
{
	struct ih_date first = { year, month, 0 };
	struct ih_date last = { year, month + months_long - 1, 0 };

	return (struct ih_period){ ih_date_first(first), ih_date_last(last) };
}

bool
ih_period_parse(const char *text, struct ih_period *period)
{
	size_t size = strnlen(text, 8);
	int year = size >= 4 ? number(text, 4) : -1;
	int part = size == 7 ? text[6] - '0' : 0;
	struct ih_date date;

	*period = (struct ih_period){ 0, 0 };
	if (size <= 7 && ih_date_parse(text, &date)) {
		period->first = ih_date_first(date);
		period->last = ih_date_last(date);
		return true;
	}
	if (size != 7 || year < FIRST_YEAR || text[4] != '-')
		return false;
	if (text[5] == 'H' && part >= 1 && part <= 2)
		*period = months(year, part * 6 - 5, 6);
	else if (text[5] == 'Q' && part >= 1 && part <= 4)
		*period = months(year, part * 3 - 2, 3);
	else
		return false;
	return true;
}
