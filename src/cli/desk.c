/* This is where a form of a browser becomes a command, and what it printed a
 * page. */
#include "desk.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "ihala/date.h"
#include "ihala/element.h"
#include "ihala/ledger.h"
#include "ihala/node.h"
#include "ihala/shelf.h"
#include "ihala/user.h"
#include "ihala/xml.h"
#include "interviewing.h"
#include "words_keys.h"

#define SPACE "urn:ihala:page:1"
#define FORM_SPACE "urn:ihala:form:1"
#define PRINTED_MOST ((size_t)24 << 20) /* bytes of one command */
#define ONCE_BYTES 12
#define ONCE_TEXT (2 * ONCE_BYTES + 1)
#define ONCE_KEPT 64 /* forms of a session that were sent last */
#define FILES_MOST 8 /* that one command reads */
#define WORDS_MOST (IH_SCREEN_WORDS + IH_FIELDS_MOST + 2)

/* A form that was sent: to be sent again does nothing more. */
struct sent {
	char once[ONCE_TEXT];
	char *location; /* where it led; NULL: it gave a file */
};

struct session {
	struct desks *desks;
	struct ih_child *painter;
	struct ih_world world; /* its time is set each time */
	int64_t *clock;        /* what the registry takes for now */
	struct at_hand at_hand;
	struct interviewing *interviewing; /* the one that was used last */
	int64_t pack;                      /* the number of that in force */
	int out, err; /* memory that stands in for the standard streams */
	struct sent sent[ONCE_KEPT];
	size_t sent_next;
	struct ih_buffer *file;      /* that the last such form gave */
	const struct sent *file_for; /* that form */
	struct ih_buffer *said;      /* by the last act, for the next page */
	struct ih_buffer *done;      /* what it printed, where that is XML */
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

/* ---- the standard streams of a command */

/* In a process of one thread: what a command prints is in memory, and nothing
 * of it on a disk or a terminal. */
static bool
stand_in(int *fd, int stream)
{
	*fd = memfd_create("stream", MFD_CLOEXEC);
	return *fd >= 0 && dup2(*fd, stream) == stream;
}

static void
empty_streams(const struct session *s)
{
	fflush(stdout);
	fflush(stderr);
	if (ftruncate(s->out, 0) != 0 || ftruncate(s->err, 0) != 0 ||
	    lseek(s->out, 0, SEEK_SET) != 0 || lseek(s->err, 0, SEEK_SET) != 0)
		abort();
}

static struct ih_buffer *
read_stream(int fd)
{
	IH_OWNED(ih_buffer) bytes = ih_buffer_new();
	off_t size = lseek(fd, 0, SEEK_END);

	if (size <= 0 || (size_t)size > PRINTED_MOST)
		return IH_GIVE(bytes);
	ih_buffer_reserve(bytes, (size_t)size);
	if (pread(fd, bytes->data, (size_t)size, 0) == size)
		bytes->size = (size_t)size;
	bytes->data[bytes->size] = '\0';
	return IH_GIVE(bytes);
}

/* ---- the words of a command */

struct words {
	char *list[WORDS_MOST + 1];
	size_t count;
};

static void
add_word(struct words *words, const char *word)
{
	/* Of each row of the table less can come. */
	if (words->count == WORDS_MOST)
		abort();
	words->list[words->count++] = (char *)(uintptr_t)word;
	words->list[words->count] = NULL;
}

/* A file that holds SIZE BYTES, and is nowhere. */
static const char *
in_memory(struct turn *t, const void *bytes, size_t size, struct ih_error *err)
{
	int fd = -1;

	if (t->file_count < FILES_MOST)
		fd = memfd_create("field", MFD_CLOEXEC);
	if (fd < 0 || write(fd, bytes, size) != (ssize_t)size) {
		if (fd >= 0)
			close(fd);
		ih_fail(err, IH_SYSTEM, "desk: %s", strerror(errno));
		return NULL;
	}
	t->files[t->file_count++] = fd;
	return ih_arena_printf(t->arena, "/proc/self/fd/%d", fd);
}

static void
close_files(struct turn *t)
{
	for (size_t i = 0; i < t->file_count; i++)
		close(t->files[i]);
	t->file_count = 0;
}

/* All fields but those of ours, as a `form`: a stylesheet makes the document
 * of it. */
static struct ih_buffer *
write_form(const struct turn *t, const char *name, struct ih_error *err)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_writer w = ih_write_to(out);
	char tag[IH_TAG_TEXT], instant[IH_INSTANT_TEXT];

	ih_tongue_tag(t->tongue, tag);
	ih_instant_format(t->session->world.now, instant);
	ih_open(&w, "form");
	ih_put(&w, "xmlns", FORM_SPACE);
	ih_put(&w, "name", name);
	ih_put(&w, "tongue", tag);
	ih_put(&w, "now", instant);
	ih_put(&w, "country", t->session->desks->country);
	for (size_t i = 0; i < t->asked->count; i++) {
		const struct ih_field *f = &t->asked->list[i];

		if (f->name[0] == ':' || f->size == 0)
			continue;
		ih_open(&w, "field");
		ih_put(&w, "name", f->name);
		ih_say_text(&w, f->value);
		ih_close(&w);
	}
	ih_close(&w);
	return ih_write_end(&w, err) ? IH_GIVE(out) : NULL;
}

/* A painter that was stopped would start again beside the keys: there is none
 * from then on, and the session ends. */
static struct ih_buffer *
paint(struct session *s, const struct ih_buffer *xml, struct ih_error *err)
{
	struct ih_buffer *made = NULL;

	if (s->painter != NULL)
		made = ih_child_ask(s->painter, xml->data, xml->size, err);
	else
		ih_fail_code(err, IH_SYSTEM, "E_READER_STOPPED", "%s", "");
	if (made == NULL && strcmp(err->code, "E_READER_STOPPED") == 0 &&
	    s->painter != NULL)
		ih_child_free(IH_GIVE(s->painter));
	return made;
}

static const char *
made_file(struct turn *t, const char *name, struct ih_error *err)
{
	IH_OWNED(ih_buffer) form = write_form(t, name, err);
	IH_OWNED(ih_buffer)
	made = form == NULL ? NULL : paint(t->session, form, err);

	return made == NULL ? NULL : in_memory(t, made->data, made->size, err);
}

static void
fill_each(const struct turn *t, const char *name, struct words *words)
{
	for (size_t i = 0; i < t->asked->count; i++)
		if (strcmp(t->asked->list[i].name, name) == 0 &&
		    t->asked->list[i].size > 0)
			add_word(words, t->asked->list[i].value);
}

/* "--with=" and the values of NAME, joined by commas; no value, no option. */
static void
fill_joined(const struct turn *t, const char *option, const char *name,
    struct words *words)
{
	const char *all = NULL;

	for (size_t i = 0; i < t->asked->count; i++) {
		const struct ih_field *f = &t->asked->list[i];

		if (strcmp(f->name, name) == 0 && f->size > 0)
			all = ih_arena_printf(t->arena, "%s%s%s",
			    all != NULL ? all : option, all != NULL ? "," : "",
			    f->value);
	}
	if (all != NULL)
		add_word(words, all);
}

static bool
is_missing(const char *name, struct ih_error *err)
{
	return ih_fail_code(err, IH_USAGE, "E_FIELD_MISSING", "%s", name);
}

static bool
is_given(const struct turn *t, const char *name)
{
	const struct ih_field *field = ih_fields_find(t->asked, name);

	return field != NULL && field->size > 0;
}

/* What stands in the braces of a word. */
struct hole {
	char name[64], unless[64]; /* unless "": always */
	char how;                  /* '?', '*' or 0 */
};

/* "{name?!other}" */
static bool
read_hole(const char *brace, struct hole *hole)
{
	size_t size = strcspn(++brace, "?*!}");

	*hole = (struct hole){ .how = 0 };
	if (size >= sizeof hole->name)
		return false;
	memcpy(hole->name, brace, size);
	brace += size;
	if (*brace == '?' || *brace == '*')
		hole->how = *brace++;
	if (*brace == '!') {
		size = strcspn(++brace, "}");
		if (size >= sizeof hole->unless)
			return false;
		memcpy(hole->unless, brace, size);
	}
	return true;
}

/* WORD of a command's pattern (screens.h), as words of the command. */
static bool
fill_word(struct turn *t, const char *word, struct words *words,
    struct ih_error *err)
{
	const char *brace = strchr(word, '{');
	struct hole hole;
	size_t before;

	if (strncmp(word, "@form:", 6) == 0) {
		const char *file = made_file(t, word + 6, err);

		if (file != NULL)
			add_word(words, file);
		return file != NULL;
	}
	if (brace == NULL) {
		add_word(words, word);
		return true;
	}
	before = (size_t)(brace - word);
	if (!read_hole(brace, &hole))
		return is_missing(word, err);
	if (hole.unless[0] != '\0' && is_given(t, hole.unless))
		return true;
	if (hole.how == '*') {
		if (before == 0)
			fill_each(t, hole.name, words);
		else
			fill_joined(t,
			    ih_arena_printf(t->arena, "%.*s", (int)before,
				word),
			    hole.name, words);
		return true;
	}
	if (!is_given(t, hole.name))
		return before > 1 || hole.how == '?' ||
		       is_missing(hole.name, err);
	if (before > 0 && brace[-1] == '?') {
		add_word(words,
		    ih_arena_printf(t->arena, "%.*s", (int)before - 1, word));
		return true;
	}
	const struct ih_field *field = ih_fields_find(t->asked, hole.name);
	const char *value = field->value;
	if (before > 0 && brace[-1] == '@') {
		value = in_memory(t, field->value, field->size, err);
		if (value == NULL)
			return false;
		before--;
	}
	add_word(words, before == 0 ? value :
				      ih_arena_printf(t->arena, "%.*s%s",
					  (int)before, word, value));
	return true;
}

/* Options first, then "--": no value is ever taken for an option. */
static bool
fill_words(struct turn *t, const struct ih_screen_run *run, struct words *all,
    struct ih_error *err)
{
	struct words plain = { .count = 0 };

	add_word(all, "ihala");
	for (size_t i = 0; i < run->count; i++) {
		bool option = strncmp(run->words[i], "--", 2) == 0;

		if (!fill_word(t, run->words[i], option ? all : &plain, err))
			return false;
	}
	add_word(all, "--");
	for (size_t i = 0; i < plain.count; i++)
		add_word(all, plain.list[i]);
	return true;
}

/* Do RUN; what it printed and what it said is in the streams. */
static bool
do_run(struct turn *t, const struct ih_screen_run *run, struct ih_error *err)
{
	const struct session *s = t->session;
	struct request request = {
		.tongue = t->tongue,
		.world = s->world,
		.arena = t->arena,
		.registry = s->desks->started->registry,
		.at_hand = &s->at_hand,
		.interviewing = s->interviewing,
	};
	struct words words = { .count = 0 };
	bool done;

	empty_streams(s);
	done = fill_words(t, run, &words, err) &&
	       command_run(&request, (int)words.count, words.list, err);
	close_files(t);
	fflush(stdout);
	fflush(stderr);
	return done;
}

/* ---- pages */

static const char *const kinds[IH_KINDS] = {
	[IH_NONE] = "none",
	[IH_USAGE] = "usage",
	[IH_INPUT] = "input",
	[IH_ABSENT] = "absent",
	[IH_TRUST] = "trust",
	[IH_STATE] = "state",
	[IH_DENIED] = "denied",
	[IH_BUSY] = "busy",
	[IH_SYSTEM] = "system",
};

static const int statuses[IH_KINDS] = {
	[IH_NONE] = 200,
	[IH_USAGE] = 422,
	[IH_INPUT] = 422,
	[IH_ABSENT] = 404,
	[IH_TRUST] = 422,
	[IH_STATE] = 409,
	[IH_DENIED] = 403,
	[IH_BUSY] = 503,
	[IH_SYSTEM] = 500,
};

static void
write_lines(struct ih_writer *w, const char *name, struct ih_buffer *text)
{
	char *at = (char *)text->data, *line;

	if (text->size == 0)
		return;
	ih_open(w, name);
	while ((line = strsep(&at, "\n")) != NULL)
		if (line[0] != '\0')
			ih_leaf(w, "line", line);
	ih_close(w);
}

/* The place, without the name that a file in memory has. */
static const char *
place_of(const struct ih_error *err)
{
	static const char file[] = "/proc/self/fd/";
	const char *place = err->text;

	if (strncmp(place, file, sizeof file - 1) == 0) {
		place += sizeof file - 1;
		place += strspn(place, "0123456789");
		place += strspn(place, ": ");
	}
	return place;
}

static void
write_failure(struct ih_writer *w, const struct turn *t,
    const struct ih_error *err)
{
	const char *sentence = NULL;

	if (err->code[0] != '\0')
		sentence = ih_word(t->tongue,
		    ih_arena_printf(t->arena, "code.%s", err->code));
	ih_open(w, "failure");
	ih_put(w, "kind", kinds[err->kind]);
	ih_put_if(w, "code", err->code);
	if (sentence != NULL)
		ih_leaf(w, "text", sentence);
	if (place_of(err)[0] != '\0')
		ih_leaf(w, "place", place_of(err));
	ih_close(w);
}

/* Field NAME of the screen may be shown again. */
static bool
is_shown(const struct ih_screen *screen, const char *name)
{
	for (size_t i = 0; screen != NULL && i < screen->field_count; i++)
		if (strcmp(screen->fields[i].name, name) == 0)
			return screen->fields[i].type != IH_FIELD_SECRET &&
			       screen->fields[i].type != IH_FIELD_FILE;
	return false;
}

static void
write_asked(struct ih_writer *w, const struct turn *t,
    const struct ih_screen *of)
{
	for (size_t i = 0; i < t->asked->count; i++) {
		const struct ih_field *f = &t->asked->list[i];

		if (!is_shown(of, f->name))
			continue;
		ih_open(w, "field");
		ih_put(w, "name", f->name);
		ih_say_text(w, f->value);
		ih_close(w);
	}
}

static bool
may(const struct session *s, const char *action, enum ih_reach least)
{
	ih_role_set roles = ih_registry_roles(s->at_hand.registry);

	if (action == NULL)
		return true;
	for (enum ih_action a = 0; a < IH_ACTIONS; a++)
		if (strcmp(ih_action_name(a), action) == 0)
			return ih_roles_reach(roles, a) >= least;
	return false;
}

/* Is SCREEN there for this user? */
static bool
may_use(const struct session *s, const struct ih_screen *screen)
{
	return may(s, screen->may,
	    screen->whole_office ? IH_WHOLE_OFFICE : IH_OWN_CASES);
}

static void
write_rights(struct ih_writer *w, const struct session *s)
{
	ih_role_set roles = ih_registry_roles(s->at_hand.registry);
	const struct ih_screens *screens = s->desks->screens;

	for (enum ih_action a = 0; a < IH_ACTIONS; a++) {
		enum ih_reach reach = ih_roles_reach(roles, a);

		if (reach == IH_NO_CASE)
			continue;
		ih_open(w, "may");
		ih_put(w, "action", ih_action_name(a));
		ih_put(w, "reach", ih_reach_name(reach));
		ih_close(w);
	}
	for (size_t i = 0; i < screens->count; i++) {
		const struct ih_screen *screen = &screens->list[i];

		if (screen->nav == NULL || !may_use(s, screen))
			continue;
		ih_open(w, "link");
		ih_put(w, "screen", screen->id);
		ih_put(w, "group", screen->nav);
		ih_put(w, "path", screen->path);
		ih_close(w);
	}
}

/* A number that no other page has: the form on it is good for one sending. */
static void
write_once(struct ih_writer *w, struct session *s)
{
	unsigned char bytes[ONCE_BYTES];
	char text[ONCE_TEXT];

	s->world.random(s->world.state, bytes, sizeof bytes);
	for (size_t i = 0; i < sizeof bytes; i++)
		snprintf(text + 2 * i, 3, "%02x", bytes[i]);
	ih_put(w, "once", text);
}

/* PATH is where the same page is shown again; NULL: nowhere. */
static void
open_page(struct ih_writer *w, struct turn *t, const char *screen,
    const char *path)
{
	struct session *s = t->session;
	char tag[IH_TAG_TEXT];
	const char *token = ih_fields_get(t->asked, ":form-token");

	ih_tongue_tag(t->tongue, tag);
	ih_open(w, "page");
	ih_put(w, "xmlns", SPACE);
	ih_put(w, "screen", screen);
	ih_put(w, "tongue", tag);
	ih_put(w, "lang", ih_lang_tag(t->tongue.lang));
	ih_put(w, "dir", t->tongue.lang == IH_AR ? "rtl" : "ltr");
	ih_put_if(w, "country", s->desks->country);
	if (s->at_hand.registry != NULL) {
		ih_put(w, "user", ih_registry_user(s->at_hand.registry));
		if (ih_registry_is_training(s->at_hand.registry))
			ih_put(w, "training", "true");
	}
	ih_put_instant(w, "now", s->world.now);
	ih_put_if(w, "path", path);
	ih_put_if(w, "token", token);
	write_once(w, s);
}

/* The page so far, open at its end: data are put in as they were printed. */
static void
reopen(struct ih_buffer *page)
{
	static const char end[] = "</page>";

	while (page->size > 0 && page->data[page->size - 1] == '\n')
		page->size--;
	page->size -= sizeof end - 1;
}

/* Without the XML declaration, which stands at the beginning or nowhere. */
static const char *
without_declaration(const struct ih_buffer *xml)
{
	const char *text = (const char *)xml->data;

	if (strncmp(text, "<?xml", 5) == 0) {
		const char *end = strstr(text, "?>");

		text = end != NULL ? end + 2 : text;
	}
	return text + strspn(text, "\n");
}

/* One reading of the screen, as an element of its own. */
static bool
add_data(struct turn *t, const struct ih_screen_run *run,
    struct ih_buffer *page, struct ih_error *first, struct ih_error *err)
{
	struct ih_error here = { 0 };
	IH_OWNED(ih_buffer) head = ih_buffer_new();
	struct ih_writer w = ih_write_to(head);
	bool done = do_run(t, run, &here);
	IH_OWNED(ih_buffer) printed = read_stream(t->session->out);
	IH_OWNED(ih_buffer) said = read_stream(t->session->err);
	bool is_xml = done && printed->size > 0 && printed->data[0] == '<';

	if (!done && first->kind == IH_NONE)
		*first = here;
	ih_open(&w, "data");
	ih_put(&w, "xmlns", SPACE);
	ih_put(&w, "name", run->as);
	if (!done)
		write_failure(&w, t, &here);
	write_lines(&w, "said", said);
	ih_open(&w, "printed");
	if (!is_xml && printed->size > 0)
		write_lines(&w, "lines", printed);
	else
		ih_say_text(&w, " ");
	ih_close(&w);
	ih_close(&w);
	if (!ih_write_end(&w, err))
		return false;
	const char *text = without_declaration(head), *end;
	end = strstr(text, "</printed>");
	ih_buffer_add(page, text, (size_t)(end - text));
	if (is_xml)
		ih_buffer_text(page, without_declaration(printed));
	ih_buffer_text(page, end);
	return true;
}

/* What the last act printed. */
static void
add_done(struct session *s, struct ih_buffer *page)
{
	if (s->done == NULL)
		return;
	ih_buffer_text(page, "<done>");
	ih_buffer_text(page, without_declaration(s->done));
	ih_buffer_text(page, "</done>");
	ih_buffer_free(IH_GIVE(s->done));
}

static void
answer_page(struct turn *t, const struct ih_buffer *page, int status)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) html = paint(t->session, page, &err);

	if (html == NULL) {
		ih_fields_number(t->answer, ":status", 500);
		return;
	}
	ih_fields_number(t->answer, ":status", status);
	ih_fields_add(t->answer, ":body", html->data, html->size);
}

/* Show SCREEN, with what was typed and why it was refused. */
static bool
show(struct turn *t, const struct ih_screen *screen, const struct ih_error *why,
    struct ih_error *err)
{
	struct session *s = t->session;
	IH_OWNED(ih_buffer) page = ih_buffer_new();
	struct ih_writer w = ih_write_to(page);
	struct ih_error first = { 0 };

	open_page(&w, t, screen->id,
	    ih_screen_fill(t->arena, screen->path, t->asked));
	write_rights(&w, s);
	write_asked(&w, t, screen);
	if (why != NULL && t->screen != screen)
		write_asked(&w, t, t->screen);
	if (why != NULL)
		write_failure(&w, t, why);
	if (s->said != NULL) {
		write_lines(&w, "said", s->said);
		ih_buffer_free(IH_GIVE(s->said));
	}
	ih_open(&w, "end");
	ih_close(&w);
	ih_close(&w);
	if (!ih_write_end(&w, err))
		return false;
	reopen(page);
	add_done(s, page);
	for (size_t i = 0; i < screen->run_count; i++)
		if (may(s, screen->runs[i].may, IH_OWN_CASES) &&
		    !add_data(t, &screen->runs[i], page, &first, err))
			return false;
	ih_buffer_text(page, "</page>");
	answer_page(t, page,
	    why != NULL ? statuses[why->kind] : statuses[first.kind]);
	return true;
}

/* Nothing can be shown but that it failed. */
static void
show_failure(struct turn *t, const struct ih_error *why)
{
	struct ih_error unsaid = { 0 };
	IH_OWNED(ih_buffer) page = ih_buffer_new();
	struct ih_writer w = ih_write_to(page);

	open_page(&w, t, "failure", NULL);
	write_rights(&w, t->session);
	write_failure(&w, t, why);
	ih_close(&w);
	if (ih_write_end(&w, &unsaid))
		answer_page(t, page, statuses[why->kind]);
}

/* ---- acts */

/* Lines of text, as an element of the page. */
static struct ih_buffer *
as_lines(struct ih_buffer *text)
{
	struct ih_error unsaid = { 0 };
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_writer w = ih_write_to(out);

	write_lines(&w, "lines", text);
	return ih_write_end(&w, &unsaid) ? IH_GIVE(out) : NULL;
}

/* What the act said and printed, until the next page: also where it failed,
 * for that says what was found, or who was faster. */
static void
keep_said(struct session *s, const struct ih_screen_run *run)
{
	IH_OWNED(ih_buffer) printed = read_stream(s->out);

	if (s->said != NULL)
		ih_buffer_free(IH_GIVE(s->said));
	s->said = read_stream(s->err);
	if (s->done != NULL)
		ih_buffer_free(IH_GIVE(s->done));
	if (printed->size > 0 && printed->data[0] == '<')
		s->done = IH_GIVE(printed);
	else if (printed->size > 0 && run->as != NULL)
		s->done = as_lines(printed);
}

static bool
do_act(struct turn *t, struct ih_error *why)
{
	if (do_run(t, &t->screen->runs[0], why))
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
	if (s->file != NULL)
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
	IH_OWNED(ih_buffer) printed = read_stream(t->session->out);

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
		return is_missing("once", err);
	if (before != NULL)
		return give_again(t, before, err);
	if (!ih_screen_takes(screen, t->asked, &why) || !do_act(t, &why))
		return show(t,
		    ih_screens_named(s->desks->screens, screen->back), &why,
		    err);
	if (screen->then == NULL) {
		IH_OWNED(ih_buffer) file = read_stream(s->out);

		remember(s, once, NULL, file);
		return give_file(t, file);
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
		    may_use(t->session, &screens->list[i]))
			home = screens->list[i].path;
	ih_fields_text(t->answer, ":location", home);
	return true;
}

/* What was opened is still in force: no account, no pack changed since. */
static bool
is_current(struct session *s)
{
	struct ih_error unsaid = { 0 };

	return ih_registry_is_current(s->at_hand.registry, &unsaid) &&
	       ih_shelf_number(s->at_hand.registry, &unsaid) == s->pack;
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
	if (!may_use(s, t->screen))
		return ih_fail_code(err, IH_DENIED, "E_ROLE", "%s",
		    t->screen->may);
	if (is_act)
		return act(t, err);
	return ih_screen_takes(t->screen, t->asked, err) &&
	       show(t, t->screen, NULL, err);
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

	if (asked == NULL)
		return false;
	t.asked = asked;
	t.answer = answer;
	t.arena = arena;
	s->world.now = ih_world_real().now;
	*s->clock = s->world.now;
	set_tongue(&t);
	if (!is_current(s))
		return false;
	if (!take_turn(&t, &err))
		show_failure(&t, &err);
	/* Nothing of it stays behind in the memory that was a file. */
	empty_streams(s);
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
		s->interviewing = interviewing_new();
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
	if (s->said != NULL)
		ih_buffer_free(s->said);
	if (s->done != NULL)
		ih_buffer_free(s->done);
	if (s->file != NULL)
		ih_buffer_free(s->file);
	ih_child_free(s->painter);
}

void
desk_work(int fd, void *with)
{
	struct desks *desks = with;
	struct ih_error err = { 0 };
	IH_OWNED(ih_arena) arena = ih_arena_new();
	struct session s = { .desks = desks, .world = ih_world_real() };
	IH_OWNED(ih_library)
	library = ih_library_again(desks->started->library, &err);
	struct request request = {
		.tongue = desks->started->tongue,
		.arena = arena,
		.registry = desks->started->registry,
		.library = library,
	};

	/* Before there is a key in this process. */
	s.painter = ih_child_start(painter_work, desks->painter, &err);
	if (library != NULL && s.painter != NULL &&
	    stand_in(&s.out, STDOUT_FILENO) &&
	    stand_in(&s.err, STDERR_FILENO)) {
		request.world = s.world;
		s.clock = &request.world.now;
		if (log_in(&s, &request, fd))
			while (serve_one(&s, fd))
				;
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
	open_page(&w, &t, "notice", NULL);
	ih_put(&w, "notice", ih_notice_name(notice));
	ih_close(&w);
	return ih_write_end(&w, err) ? ih_confine(painter_work, desks->painter,
					   page->data, page->size, err) :
				       NULL;
}
