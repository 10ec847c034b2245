/* This is where a session is served: its log-in, then one request after
 * another. */
#include "desk_inner.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "ihala/ledger.h"
#include "ihala/shelf.h"

#define PAGES_KEPT 64 /* of memory, from one request to the next */

/* ---- acts */

/* Lines of text, as an element of the page. */
static struct ih_buffer *
as_lines(struct ih_buffer *text)
{
	struct ih_error unsaid = { 0 };
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_writer w = ih_write_to(out);

	desk_write_lines(&w, "lines", text);
	return ih_write_end(&w, &unsaid) ? IH_GIVE(out) : NULL;
}

static struct ih_buffer *
copy_of(const struct ih_buffer *bytes)
{
	return bytes->size > 0 ? ih_buffer_copy(bytes->data, bytes->size) :
				 NULL;
}

/* What the act said and printed, until the next page: also where it failed,
 * for that says what was found, or who was faster. */
static void
keep_said(struct session *s, const struct ih_screen_run *run)
{
	ih_buffer_free(s->said);
	ih_buffer_free(s->done);
	s->said = copy_of(s->err);
	s->done = NULL;
	if (s->out->data[0] == '<')
		s->done = copy_of(s->out);
	else if (s->out->size > 0 && run->as != NULL)
		s->done = as_lines(s->out);
}

static bool
do_act(struct turn *t, struct ih_error *why)
{
	if (desk_run(t, &t->screen->runs[0], why))
		return true;
	keep_said(t->session, &t->screen->runs[0]);
	return false;
}

static struct sent *
find_sent(struct session *s, const char *once)
{
	for (size_t i = 0; i < ONCE_KEPT; i++)
		if (once != NULL && s->sent[i].once[0] != '\0' &&
		    strcmp(s->sent[i].once, once) == 0)
			return &s->sent[i];
	return NULL;
}

/* LOCATION or FILE: what it gave. */
static void
remember(struct session *s, const char *once, const char *location,
    const struct ih_buffer *file)
{
	struct sent *sent = &s->sent[s->sent_next++ % ONCE_KEPT];

	free(sent->location);
	sent->location = location != NULL ? strdup(location) : NULL;
	snprintf(sent->once, sizeof sent->once, "%s", once);
	if (file == NULL)
		return;
	ih_buffer_free(s->file);
	s->file = ih_buffer_copy(file->data, file->size);
	s->file_for = sent;
}

static bool
give_file(struct turn *t, const struct ih_buffer *file)
{
	ih_fields_number(t->answer, ":status", 200);
	ih_fields_text(t->answer, ":type", t->screen->type);
	ih_fields_text(t->answer, ":name", t->screen->file);
	ih_fields_add(t->answer, ":body", file->data, file->size);
	return true;
}

/* What the form gave when it was sent for the first time. */
static bool
give_again(struct turn *t, const struct sent *sent, struct ih_error *err)
{
	const struct session *s = t->session;

	if (sent->location == NULL)
		return s->file_for == sent && s->file != NULL ?
			   give_file(t, s->file) :
			   ih_fail_code(err, IH_STATE, "E_SENT_BEFORE", "%s",
			       "");
	ih_fields_text(t->answer, ":location", sent->location);
	return true;
}

static void
take_printed_line(struct turn *t)
{
	const struct ih_buffer *printed = t->session->out;

	ih_fields_add(t->asked, "printed", printed->data,
	    strcspn((const char *)printed->data, "\n"));
}

/* Do what the form asks; the same form again leads where it led. */
static bool
act(struct turn *t, struct ih_error *err)
{
	struct session *s = t->session;
	const struct ih_screen *screen = t->screen;
	const char *once = ih_fields_get(t->asked, "once");
	const struct sent *before = find_sent(s, once);
	struct ih_error why = { 0 };

	if (once == NULL || strlen(once) != ONCE_TEXT - 1)
		return desk_field_is_missing("once", err);
	if (before != NULL)
		return give_again(t, before, err);
	if (!ih_screen_takes(screen, t->asked, &why) || !do_act(t, &why))
		return desk_show(t,
		    ih_screens_named(s->desks->screens, screen->back), &why,
		    err);
	if (screen->then == NULL) {
		remember(s, once, NULL, s->out);
		return give_file(t, s->out);
	}
	take_printed_line(t);
	keep_said(s, &screen->runs[0]);
	const char *location = ih_screen_fill(t->arena, screen->then, t->asked);
	remember(s, once, location, NULL);
	ih_fields_text(t->answer, ":location", location);
	return true;
}

/* ---- requests */

/* The first of the links that this user has. */
static bool
lead_home(struct turn *t)
{
	const struct ih_screens *screens = t->session->desks->screens;
	const char *home = "/account";

	for (size_t i = screens->count; i-- > 0;)
		if (screens->list[i].nav != NULL &&
		    desk_may_use(t->session, &screens->list[i]))
			home = screens->list[i].path;
	ih_fields_text(t->answer, ":location", home);
	return true;
}

/* What was opened is still in force: neither this user's account nor the pack
 * changed since. */
static bool
is_current(struct session *s, struct ih_error *err)
{
	return ih_registry_is_current(s->at_hand.registry, err) &&
	       ih_shelf_number(s->at_hand.registry, err) == s->pack;
}

/* The page that an act leads to is made with it: the browser asks for it next,
 * and finds all as it is now. */
static void
show_next(struct turn *t)
{
	struct session *s = t->session;
	const char *path = ih_fields_get(t->answer, ":location");
	const char *token = ih_fields_get(t->asked, ":form-token");
	struct ih_error unsaid = { 0 };
	IH_OWNED(ih_fields) asked = ih_fields_new();
	struct turn next = { .session = s,
		.asked = asked,
		.answer = t->answer,
		.arena = t->arena,
		.tongue = t->tongue };

	if (path == NULL || token == NULL)
		return;
	ih_fields_text(asked, ":form-token", token);
	next.screen = ih_screens_at(s->desks->screens, false, path, asked);
	if (next.screen != NULL && desk_may_use(s, next.screen) &&
	    ih_screen_takes(next.screen, asked, &unsaid))
		desk_show(&next, next.screen, NULL, &unsaid);
}

static bool
take_turn(struct turn *t, struct ih_error *err)
{
	struct session *s = t->session;
	const char *path = ih_fields_get(t->asked, ":path");
	const char *method = ih_fields_get(t->asked, ":method");
	bool is_act = method != NULL && strcmp(method, "POST") == 0;

	if (path == NULL)
		return ih_fail(err, IH_USAGE, "desk: no path");
	if (!is_act && strcmp(path, "/") == 0)
		return lead_home(t);
	t->screen = ih_screens_at(s->desks->screens, is_act, path, t->asked);
	if (t->screen == NULL)
		return ih_fail_code(err, IH_ABSENT, "E_PAGE_UNKNOWN", "%s", "");
	if (!desk_may_use(s, t->screen))
		return ih_fail_code(err, IH_DENIED, "E_ROLE", "%s",
		    t->screen->may);
	if (is_act) {
		if (!act(t, err))
			return false;
		show_next(t);
		return true;
	}
	return ih_screen_takes(t->screen, t->asked, err) &&
	       desk_show(t, t->screen, NULL, err);
}

static void
set_tongue(struct turn *t)
{
	const char *lang = ih_fields_get(t->asked, ":language");
	const char *country = t->session->desks->country;

	if (lang == NULL || !ih_tongue_parse(lang, &t->tongue))
		t->tongue.lang = IH_EN;
	memcpy(t->tongue.country, country, sizeof t->tongue.country);
}

/* One request; true: the session goes on. */
static bool
serve_one(struct session *s, int fd)
{
	struct turn t = { .session = s };
	struct ih_error err = { 0 };
	IH_OWNED(ih_fields) asked = ih_fields_receive(fd);
	IH_OWNED(ih_fields) answer = ih_fields_new();
	IH_OWNED(ih_arena) arena = ih_arena_new();
	bool current;

	if (asked == NULL)
		return false;
	t.asked = asked;
	t.answer = answer;
	t.arena = arena;
	s->world.now = ih_world_real().now;
	*s->clock = s->world.now;
	set_tongue(&t);
	interviewing_next_turn(s->interviewing);
	ih_ledger_look(s->at_hand.registry);
	current = is_current(s, &err);
	/* While that cannot be known nothing is done, and nothing is over. */
	if (!current && err.kind != IH_BUSY)
		return false;
	if (!current || !take_turn(&t, &err))
		desk_show_failure(&t, &err);
	/* What was printed does not stay. */
	desk_streams_empty(s);
	if (s->painter == NULL)
		ih_fields_text(answer, ":ends", "");
	return ih_fields_send(fd, answer) &&
	       ih_fields_get(answer, ":ends") == NULL;
}

/* The first: the registry, opened as the user. */
static bool
log_in(struct session *s, struct request *request, int fd)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_fields) asked = ih_fields_receive(fd);
	IH_OWNED(ih_fields) answer = ih_fields_new();

	if (asked == NULL)
		return false;
	const char *user = ih_fields_get(asked, "user");
	const char *passphrase = ih_fields_get(asked, "passphrase");
	if (user == NULL || user[0] == '\0' || passphrase == NULL)
		ih_fields_number(answer, ":status", 403);
	else
		s->at_hand.registry =
		    open_registry_for(request, user, passphrase, &err);
	s->at_hand.library = request->library;
	if (s->at_hand.registry != NULL)
		s->pack = ih_shelf_number(s->at_hand.registry, &err);
	if (err.kind == IH_BUSY || err.kind == IH_SYSTEM)
		ih_fields_text(answer, ":broken", "");
	if (s->at_hand.registry != NULL)
		ih_fields_text(answer, ":location", "/");
	return ih_fields_send(fd, answer) && s->at_hand.registry != NULL;
}

static void
session_end(struct session *s)
{
	interviewing_free(s->interviewing);
	ih_registry_close(s->at_hand.registry);
	for (size_t i = 0; i < ONCE_KEPT; i++)
		free(s->sent[i].location);
	ih_buffer_free(s->said);
	ih_buffer_free(s->done);
	ih_buffer_free(s->file);
	ih_buffer_free(s->rights);
	for (size_t i = 0; i < LASTING_MOST; i++)
		ih_buffer_free(s->lasting[i].data);
	ih_child_free(s->painter);
}

/* Pages of memory that were written to for the first time, up to now. */
static long
pages_taken(void)
{
	struct rusage used;

	return getrusage(RUSAGE_SELF, &used) == 0 ? used.ru_minflt : 0;
}

/* One request after another.  A log-in and a list of many rows take memory that
 * is of no use to what comes after; an answer takes next to none. */
static void
serve(struct session *s, int fd)
{
	long before = 0, now;

	do {
		now = pages_taken();
		if (now - before > PAGES_KEPT) {
			malloc_trim(0);
			now = pages_taken();
		}
		before = now;
	} while (serve_one(s, fd));
}

void
desk_work(int fd, void *with)
{
	struct desks *desks = with;
	struct ih_error err = { 0 };
	IH_OWNED(ih_arena) arena = ih_arena_new();
	struct session s = { .desks = desks,
		.world = ih_world_real(),
		.interviewing = desks->interviewing };
	struct request request = {
		.tongue = desks->started->tongue,
		.arena = arena,
		.registry = desks->started->registry,
		.library = desks->library,
		.interviewing = desks->interviewing,
	};

	/* Before there is a key in this process. */
	s.painter = ih_child_start(painter_work, desks->painter, &err);
	if (s.painter != NULL && desk_streams_start(&s)) {
		request.world = s.world;
		s.clock = &request.world.now;
		if (log_in(&s, &request, fd))
			serve(&s, fd);
	}
	session_end(&s);
}

struct ih_buffer *
desk_notice(struct desks *desks, enum ih_notice notice, enum ih_lang lang,
    struct ih_error *err)
{
	IH_OWNED(ih_fields) asked = ih_fields_new();
	IH_OWNED(ih_arena) arena = ih_arena_new();
	IH_OWNED(ih_buffer) page = ih_buffer_new();
	struct session s = { .desks = desks, .world = desks->started->world };
	struct turn t = { .session = &s, .asked = asked, .arena = arena };
	struct ih_writer w = ih_write_to(page);

	ih_fields_text(asked, ":language", ih_lang_tag(lang));
	set_tongue(&t);
	desk_open_page(&w, &t, "notice", NULL);
	ih_put(&w, "notice", ih_notice_name(notice));
	ih_close(&w);
	return ih_write_end(&w, err) ? ih_confine(painter_work, desks->painter,
					   page->data, page->size, err) :
				       NULL;
}
