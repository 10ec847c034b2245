/* This is where a person who waits is shown how far it is. */
#include "ihala/progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "ihala/text.h"
#include "seconds.h"

#define PATIENCE 0.5    /* seconds before anything is shown */
#define PAUSE 0.1       /* seconds between two drawings */
#define WIDEST_LABEL 30 /* columns */
#define BAR 20          /* columns */
#define LINE 256        /* bytes of one drawing */

static bool
a_person_looks(void)
{
	const char *term = getenv("TERM");

	return isatty(STDERR_FILENO) && term != NULL && term[0] != '\0' &&
	       strcmp(term, "dumb") != 0;
}

static int
terminal_columns(void)
{
	struct winsize size = { 0 };

	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
		return 80;
	return size.ws_col;
}

struct ih_progress
ih_progress_start(const char *label, uint64_t total)
{
	return (struct ih_progress){
		.label = label,
		.total = total,
		.wanted = a_person_looks(),
		.started = seconds(),
	};
}

/* As many bytes of the label as fit, in whole characters. */
static int
label_size(const char *label, int columns)
{
	size_t size = strlen(label), used = 0, wide = 0;

	while (used < size) {
		uint32_t point;
		size_t taken = ih_text_next(label + used, size - used, &point);
		char one[8] = "";

		if (taken == 0)
			break;
		memcpy(one, label + used, taken);
		wide += ih_text_columns(one);
		if (wide > (size_t)columns || used + taken > LINE / 2)
			break;
		used += taken;
	}
	return (int)used;
}

static void
add_time(char *line, double left)
{
	uint64_t s = left < 359999 ? (uint64_t)left : 359999;
	size_t used = strlen(line);

	snprintf(line + used, LINE - used, "  %" PRIu64 ":%02u:%02u", s / 3600,
	    (unsigned)(s / 60 % 60), (unsigned)(s % 60));
}

/* "[#####...............] 12 / 48  0:00:09" with the time that is left; where
 * the total is not known, the count and the time that has passed. */
static void
describe(const struct ih_progress *progress, uint64_t done, char *line)
{
	double passed = progress->drawn - progress->started;
	double part;
	char bar[BAR + 1] = "";

	if (progress->total == 0) {
		snprintf(line, LINE, "%" PRIu64, done);
		add_time(line, passed);
		return;
	}
	if (done > progress->total)
		done = progress->total;
	part = (double)done / (double)progress->total;
	memset(bar, '.', BAR);
	memset(bar, '#', (size_t)(part * BAR));
	snprintf(line, LINE, "[%s] %" PRIu64 " / %" PRIu64, bar, done,
	    progress->total);
	if (done > 0)
		add_time(line, passed / part - passed);
}

/* One write, on one line: it never wraps, so that it can be wiped. */
static void
draw(const struct ih_progress *progress, uint64_t done)
{
	char line[LINE], drawing[2 * LINE];
	int columns = terminal_columns() - 1, left, label;

	describe(progress, done, line);
	left = columns - (int)strlen(line) - 1;
	label = label_size(progress->label, left > WIDEST_LABEL ? WIDEST_LABEL :
					    left > 0            ? left :
								  0);
	snprintf(drawing, sizeof drawing, "\r\033[K%.*s%s%.*s", label,
	    progress->label, label > 0 ? " " : "", columns, line);
	fputs(drawing, stderr);
	fflush(stderr);
}

void
ih_progress_at(struct ih_progress *progress, uint64_t done)
{
	double now;

	if (!progress->wanted)
		return;
	now = seconds();
	if (now - progress->started < PATIENCE || now - progress->drawn < PAUSE)
		return;
	progress->drawn = now;
	progress->shown = true;
	draw(progress, done);
}

void
ih_progress_end(struct ih_progress *progress)
{
	if (progress->shown)
		fputs("\r\033[K", stderr);
	progress->shown = false;
	progress->wanted = false;
}
