/* This is where days become a calendar file. */
#include "ihala/ical.h"

#include <stdio.h>
#include <string.h>

#include "ihala/date.h"

#define LINE 75 /* bytes of a line without its end */

static void
add_byte(struct ih_buffer *out, size_t *used, char byte)
{
	ih_buffer_add(out, &byte, 1);
	++*used;
}

/* How many bytes the character that FIRST begins has. */
static size_t
character(unsigned char first)
{
	return first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

/* A fold is an end of line and a space, which counts. */
static void
add_folded(struct ih_buffer *out, const char *text)
{
	size_t used = 0;

	while (*text != '\0') {
		size_t bytes = character((unsigned char)*text);

		if (used + bytes > LINE) {
			ih_buffer_text(out, "\r\n ");
			used = 1;
		}
		for (; bytes > 0 && *text != '\0'; bytes--)
			add_byte(out, &used, *text++);
	}
	ih_buffer_text(out, "\r\n");
}

static void
add_line(struct ih_buffer *out, const char *name, const char *value)
{
	IH_OWNED(ih_buffer) line = ih_buffer_new();

	ih_buffer_printf(line, "%s%s", name, value);
	add_folded(out, (const char *)line->data);
}

/* A value of type TEXT. */
static void
add_text(struct ih_buffer *out, const char *name, const char *value)
{
	IH_OWNED(ih_buffer) line = ih_buffer_new();
	size_t used = 0;

	ih_buffer_text(line, name);
	for (; *value != '\0'; value++) {
		if (strchr("\\;,\n", *value) != NULL)
			add_byte(line, &used, '\\');
		if (*value == '\n')
			add_byte(line, &used, 'n');
		else if (*value != '\r')
			add_byte(line, &used, *value);
	}
	add_folded(out, (const char *)line->data);
}

/* An instant or a date without what stands between its numbers. */
static const char *
basic(const char *text, char out[static IH_INSTANT_TEXT])
{
	char *to = out;

	for (; *text != '\0'; text++)
		if (*text != '-' && *text != ':')
			*to++ = *text;
	*to = '\0';
	return out;
}

void
ih_ical_open(struct ih_buffer *out)
{
	add_line(out, "BEGIN:", "VCALENDAR");
	add_line(out, "VERSION:", "2.0");
	/* Neutral: some programs show it. */
	add_line(out, "PRODID:", "-//Office//Days//EN");
	add_line(out, "CALSCALE:", "GREGORIAN");
	add_line(out, "METHOD:", "PUBLISH");
}

void
ih_ical_add(struct ih_buffer *out, const struct ih_ical_day *day, int64_t stamp)
{
	char date[IH_DATE_TEXT], instant[IH_INSTANT_TEXT];
	char text[IH_INSTANT_TEXT];

	ih_date_format(ih_date_of_day(day->day), date);
	ih_instant_format(stamp, instant);
	add_line(out, "BEGIN:", "VEVENT");
	add_text(out, "UID:", day->uid);
	add_line(out, "DTSTAMP:", basic(instant, text));
	add_line(out, "DTSTART;VALUE=DATE:", basic(date, text));
	add_text(out, "SUMMARY:", day->title);
	add_line(out, "CLASS:", "PRIVATE");
	add_line(out, "TRANSP:", "TRANSPARENT");
	add_line(out, "END:", "VEVENT");
}

void
ih_ical_close(struct ih_buffer *out)
{
	add_line(out, "END:", "VCALENDAR");
}
