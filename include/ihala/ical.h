/*
 * ical.h - a calendar of whole days, as a file that other programs read.
 *
 * Lines end in CR LF and are folded at 75 bytes, never inside a character;
 * what is text is escaped.  Every day is a DATE, so that no time zone is
 * needed; an entry takes no time of the day, is private, and the same again
 * (by its uid) replaces the earlier one.
 *
 * Source: RFC 5545 sections 3.1 (folding), 3.3.4, 3.3.5, 3.3.11, 3.6, 3.8.
 */
#ifndef IHALA_ICAL_H
#define IHALA_ICAL_H

#include <stdint.h>

#include "ihala/buffer.h"

struct ih_ical_day {
	const char *uid;   /* the same for the same thing, ever after */
	const char *title; /* UTF-8; read by whoever sees the screen */
	int64_t day;       /* days since 1970-01-01 */
};

/* OUT gets the head; then each day; then the foot.  STAMP is the instant at
 * which it is made. */
void ih_ical_open(struct ih_buffer *out);
void ih_ical_add(struct ih_buffer *out, const struct ih_ical_day *day,
    int64_t stamp);
void ih_ical_close(struct ih_buffer *out);

#endif
