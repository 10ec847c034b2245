/*
 * Any text at all: a date, an instant, a period or none; what is taken is
 * written as it was read.
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/date.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void
read_date(const char *text)
{
	char back[IH_DATE_TEXT];
	struct ih_date date;
	struct ih_age age;

	if (!ih_date_parse(text, &date)) {
		assert(date.year == 0 && date.month == 0 && date.day == 0);
		return;
	}
	ih_date_format(date, back);
	assert(strcmp(text, back) == 0);
	assert(ih_date_first(date) <= ih_date_last(date));
	assert(ih_date_of_day(ih_date_first(date)).year == date.year);
	assert(ih_date_of_day(ih_date_last(date)).year == date.year);
	assert(ih_date_before(date, date) ==
	       (date.day > 0 ? IH_FALSE : IH_UNDETERMINED));
	age = ih_date_age(date, date);
	assert(age.least == 0 && age.most == 0);
}

static void
read_instant(const char *text)
{
	char back[IH_INSTANT_TEXT];
	int64_t instant;

	if (!ih_instant_parse(text, &instant)) {
		assert(instant == 0);
		return;
	}
	ih_instant_format(instant, back);
	assert(strcmp(text, back) == 0);
}

static void
read_period(const char *text)
{
	struct ih_period period;

	if (ih_period_parse(text, &period))
		assert(period.last - period.first >= 27 &&
		       period.last - period.first <= 365);
	else
		assert(period.first == 0 && period.last == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	char *text = malloc(size + 1);
	char written[IH_INSTANT_TEXT];
	int64_t instant, again;

	if (text == NULL)
		return 0;
	memcpy(text, bytes, size);
	text[size] = '\0';
	read_date(text);
	read_instant(text);
	read_period(text);
	free(text);
	if (size < sizeof instant)
		return 0;
	/* Any number is an instant that can be written, and read again. */
	memcpy(&instant, bytes, sizeof instant);
	ih_instant_format(instant, written);
	assert(ih_instant_parse(written, &again));
	assert(again == instant || instant < -62135596800 ||
	       instant > 253402300799);
	return 0;
}
