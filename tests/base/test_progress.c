#include "test.h"

#include <fcntl.h>
#include <pty.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ihala/progress.h"

/* What stands on standard error when WORK ran with a terminal of COLUMNS
 * there, or with a pipe where COLUMNS is 0. */
static const char *
seen(void work(void), unsigned short columns, const char *term)
{
	static char text[8192];
	struct winsize size = { .ws_row = 24, .ws_col = columns };
	int ends[2], saved = dup(STDERR_FILENO);
	size_t used = 0;
	ssize_t got;

	if (columns > 0)
		assert_int_equal(openpty(&ends[0], &ends[1], NULL, NULL, &size),
		    0);
	else
		assert_int_equal(pipe(ends), 0);
	setenv("TERM", term, 1);
	dup2(ends[1], STDERR_FILENO);
	work();
	dup2(saved, STDERR_FILENO);
	close(saved);
	fcntl(ends[0], F_SETFL, O_NONBLOCK);
	while (used + 1 < sizeof text &&
	       (got = read(ends[0], text + used, sizeof text - 1 - used)) > 0)
		used += (size_t)got;
	text[used] = '\0';
	close(ends[1]);
	close(ends[0]);
	return text;
}

/* As if SECONDS had passed since the start. */
static struct ih_progress
begun(const char *label, uint64_t total, double seconds)
{
	struct ih_progress progress = ih_progress_start(label, total);

	progress.started -= seconds;
	return progress;
}

static void
half_of_it(void)
{
	struct ih_progress progress = begun("Lecture", 1000, 10);

	ih_progress_at(&progress, 500);
	ih_progress_end(&progress);
}

static void
all_at_once(void)
{
	struct ih_progress progress = ih_progress_start("Lecture", 10);

	for (uint64_t i = 0; i <= 10; i++)
		ih_progress_at(&progress, i);
	ih_progress_end(&progress);
}

static void
without_a_total(void)
{
	struct ih_progress progress = begun("Lecture", 0, 65);

	ih_progress_at(&progress, 12);
	ih_progress_end(&progress);
}

static void
in_haste(void)
{
	struct ih_progress progress = begun("Lecture", 100000, 10);

	for (uint64_t i = 0; i < 1000; i++)
		ih_progress_at(&progress, i);
	ih_progress_end(&progress);
}

static void
more_than_all(void)
{
	struct ih_progress progress = begun("إحالة", 10, 10);

	ih_progress_at(&progress, UINT64_MAX);
	ih_progress_end(&progress);
}

static void
with_a_long_label(void)
{
	struct ih_progress progress =
	    begun("un libellé beaucoup trop long pour une ligne", 10, 10);

	ih_progress_at(&progress, 5);
	ih_progress_end(&progress);
}

static void
writes_nothing_into_a_pipe(void **state)
{
	(void)state;
	assert_string_equal(seen(half_of_it, 0, "xterm"), "");
}

static void
writes_nothing_where_the_terminal_is_dumb(void **state)
{
	(void)state;
	assert_string_equal(seen(half_of_it, 80, "dumb"), "");
	assert_string_equal(seen(half_of_it, 80, ""), "");
}

static void
writes_nothing_where_it_is_quickly_done(void **state)
{
	(void)state;
	assert_string_equal(seen(all_at_once, 80, "xterm"), "");
}

static void
draws_a_bar_and_wipes_it(void **state)
{
	const char *text = seen(half_of_it, 80, "xterm");

	(void)state;
	assert_non_null(strstr(text, "Lecture [##########..........] 500 / "
				     "1000  0:00:"));
	assert_true(strlen(text) > 4);
	assert_string_equal(text + strlen(text) - 4, "\r\033[K");
	assert_null(strchr(text, '\n'));
}

static void
counts_where_the_total_is_not_known(void **state)
{
	const char *text = seen(without_a_total, 80, "xterm");

	(void)state;
	assert_non_null(strstr(text, "Lecture 12  0:01:05"));
}

static void
draws_no_more_often_than_can_be_seen(void **state)
{
	const char *text = seen(in_haste, 80, "xterm");
	size_t drawings = 0;

	(void)state;
	for (const char *c = text; (c = strchr(c, '\r')) != NULL; c++)
		drawings++;
	assert_in_range(drawings, 2, 20); /* the wipe is one */
}

static void
is_full_when_there_is_more_than_all(void **state)
{
	const char *text = seen(more_than_all, 80, "xterm");

	(void)state;
	assert_non_null(strstr(text, "إحالة [####################] 10 / 10"));
}

static void
stays_on_one_line_of_a_narrow_terminal(void **state)
{
	(void)state;
	for (unsigned short columns = 1; columns < 90; columns++) {
		const char *text = seen(with_a_long_label, columns, "xterm");
		const char *end = strstr(text + 1, "\r");
		size_t wide = 0;

		assert_non_null(end);
		/* after "\r\033[K"; letters are two bytes at most */
		for (const char *c = text + 4; c < end; c++)
			wide += ((unsigned char)*c & 0xc0) != 0x80;
		assert_true(wide < columns);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(writes_nothing_into_a_pipe),
		TEST(writes_nothing_where_the_terminal_is_dumb),
		TEST(writes_nothing_where_it_is_quickly_done),
		TEST(draws_a_bar_and_wipes_it),
		TEST(counts_where_the_total_is_not_known),
		TEST(draws_no_more_often_than_can_be_seen),
		TEST(is_full_when_there_is_more_than_all),
		TEST(stays_on_one_line_of_a_narrow_terminal),
	};

	return cmocka_run_group_tests_name("progress", tests, NULL, NULL);
}
