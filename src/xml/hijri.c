/* This is where a civil day gets its name in the Islamic calendar. */
#include "ihala/hijri.h"

#include <unicode/ucal.h>

#define DAY_MS (24.0 * 60 * 60 * 1000)

bool
ih_hijri(struct ih_date date, struct ih_date *hijri)
{
	UErrorCode failed = U_ZERO_ERROR;
	UCalendar *calendar;

	if (date.day == 0)
		return false;
	calendar = ucal_open(u"UTC", -1, "@calendar=islamic-umalqura",
	    UCAL_DEFAULT, &failed);
	ucal_setMillis(calendar, (double)ih_date_first(date) * DAY_MS, &failed);
	hijri->year = ucal_get(calendar, UCAL_EXTENDED_YEAR, &failed);
	hijri->month = ucal_get(calendar, UCAL_MONTH, &failed) + 1;
	hijri->day = ucal_get(calendar, UCAL_DATE, &failed);
	ucal_close(calendar);
	return U_SUCCESS(failed);
}
