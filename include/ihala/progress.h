/*
 * progress.h - a bar on standard error, for a person who waits.
 *
 * Shown only where standard error is a terminal, TERM is not "dumb" and half
 * a second has passed; it is wiped when done.  It says counts and time, never
 * names.  In a pipe or a log nothing is written at all.
 *
 * Source: isatty(3), clock_gettime(2).
 */
#ifndef IHALA_PROGRESS_H
#define IHALA_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct ih_progress {
	const char *label; /* borrowed; from the catalogue */
	uint64_t total;    /* 0: not known */
	bool wanted;       /* a person is looking */
	bool shown;
	double started, drawn; /* seconds, monotonic */
};

struct ih_progress ih_progress_start(const char *label, uint64_t total);
void ih_progress_at(struct ih_progress *progress, uint64_t done);
void ih_progress_end(struct ih_progress *progress);

#endif
