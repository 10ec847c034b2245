/*
 * hijri.h - the day of the Islamic calendar that goes with a civil day, for the
 * date line of a paper.
 *
 * By the tables of Umm al-Qura, which are computed.  Where a month begins is
 * announced in each country when the moon was seen, so the day of a country
 * may differ by one: what is written with it says that it is approximate, and
 * no deadline rests on it (calendar.h has the days that were announced).
 *
 * Source: ICU, calendar islamic-umalqura; xml/mechanism (which country asks).
 */
#ifndef IHALA_HIJRI_H
#define IHALA_HIJRI_H

#include <stdbool.h>

#include "ihala/date.h"

/* False: DATE has no day, or ICU no such calendar. */
bool ih_hijri(struct ih_date date, struct ih_date *hijri);

#endif
