/*
 * desk_inner.h - what the files of a desk share: a session, and one request in
 * it.
 */
#ifndef IHALA_CLI_DESK_INNER_H
#define IHALA_CLI_DESK_INNER_H

#include "desk.h"
#include "ihala/element.h"
#include "interviewing.h"

#define ONCE_BYTES 12
#define ONCE_TEXT (2 * ONCE_BYTES + 1)
#define ONCE_KEPT 64 /* forms of a session that were sent last */
#define FILES_MOST 8 /* that one command reads */
#define LASTING_MOST 8

/* A form that was sent: to be sent again does nothing more. */
struct sent {
	char once[ONCE_TEXT];
	char *location; /* where it led; NULL: it gave a file */
};

/* What a screen shows all through a session, in one language. */
struct lasting {
	const struct ih_screen_run *run; /* NULL: none yet */
	enum ih_lang lang;
	struct ih_buffer *data; /* the element of the page */
};

struct session {
	struct desks *desks;
	struct ih_child *painter;
	struct ih_world world; /* its time is set each time */
	int64_t *clock;        /* what the registry takes for now */
	struct at_hand at_hand;
	struct interviewing *interviewing; /* the one that was used last */
	int64_t pack;                      /* the number of that in force */
	struct ih_buffer *out, *err; /* in place of the standard streams: what
				      * the last command printed and said */
	struct sent sent[ONCE_KEPT];
	size_t sent_next;
	struct ih_buffer *file;      /* that the last such form gave */
	const struct sent *file_for; /* that form */
	struct ih_buffer *said;      /* by the last act, for the next page */
	struct ih_buffer *done;      /* what it printed, where that is XML */
	struct ih_buffer *rights;    /* as each page has them; NULL: not yet */
	struct lasting lasting[LASTING_MOST];
};

/* One request of the browser. */
struct turn {
	struct session *session;
	struct ih_fields *asked, *answer;
	struct ih_arena *arena;
	struct ih_tongue tongue;
	const struct ih_screen *screen;
	int files[FILES_MOST]; /* in memory, for the command */
	size_t file_count;
};

/* ---- desk_run.c: a command of a screen is run */

/* What the commands print goes into memory from here on.  False: it cannot. */
bool desk_streams_start(struct session *s);
void desk_streams_empty(const struct session *s);

/* XML through the painter.  The caller owns it.  NULL: also where the painter
 * is gone, and then the session ends. */
struct ih_buffer *desk_paint(struct session *s, const struct ih_buffer *xml,
    struct ih_error *err);

/* Do RUN; what it printed and what it said is in the streams. */
bool
desk_run(struct turn *t, const struct ih_screen_run *run, struct ih_error *err);

/* False, always: a form lacks field NAME. */
bool desk_field_is_missing(const char *name, struct ih_error *err);

/* ---- desk_page.c: what they printed becomes a page */

/* Is SCREEN there for this user? */
bool desk_may_use(const struct session *s, const struct ih_screen *screen);

/* Show SCREEN, with what was typed and why it was refused (NULL: it was not).
 */
bool desk_show(struct turn *t, const struct ih_screen *screen,
    const struct ih_error *why, struct ih_error *err);
/* Nothing can be shown but that it failed. */
void desk_show_failure(struct turn *t, const struct ih_error *why);

/* The beginning of a page; PATH is where the same is shown again, NULL:
 * nowhere. */
void desk_open_page(struct ih_writer *w, struct turn *t, const char *screen,
    const char *path);
/* Lines of text, as an element of a page. */
void
desk_write_lines(struct ih_writer *w, const char *name, struct ih_buffer *text);

#endif
