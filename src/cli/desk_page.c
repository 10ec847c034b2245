/* This is where what the commands of a screen printed becomes a page. */
#include "desk_inner.h"

#include <stdio.h>
#include <string.h>

#include "ihala/user.h"

#define SPACE "urn:ihala:page:1"

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

void
desk_write_lines(struct ih_writer *w, const char *name, struct ih_buffer *text)
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

/* In the screen's own words, where the other names a verb or an option. */
static const char *
sentence_of(const struct turn *t, const char *code)
{
	const char *own = ih_word(t->tongue,
	    ih_arena_printf(t->arena, "on-screen.code.%s", code));

	return own != NULL ? own :
			     ih_word(t->tongue,
				 ih_arena_printf(t->arena, "code.%s", code));
}

static void
write_failure(struct ih_writer *w, const struct turn *t,
    const struct ih_error *err)
{
	const char *sentence = NULL;

	if (err->code[0] != '\0')
		sentence = sentence_of(t, err->code);
	ih_open(w, "failure");
	ih_put(w, "kind", kinds[err->kind]);
	ih_put_if(w, "code", err->code);
	if (sentence != NULL)
		ih_leaf(w, "text", sentence);
	if (place_of(err)[0] != '\0')
		ih_leaf(w, "place", place_of(err));
	ih_close(w);
}

/* ---- what was asked and typed */

static void
write_field(struct ih_writer *w, const char *element, const struct ih_field *f)
{
	ih_open(w, element);
	ih_put(w, "name", f->name);
	ih_say_text(w, f->value);
	ih_close(w);
}

static const struct ih_screen_field *
field_of(const struct ih_screen *screen, const char *name)
{
	for (size_t i = 0; i < screen->field_count; i++)
		if (strcmp(screen->fields[i].name, name) == 0)
			return &screen->fields[i];
	return NULL;
}

static bool
is_in_path(const struct turn *t, const struct ih_screen *screen,
    const struct ih_field *f)
{
	return strstr(screen->path,
		   ih_arena_printf(t->arena, "{%s}", f->name)) != NULL;
}

/* What says which SCREEN it is: of one that an act goes back to, its path. */
static void
write_asked(struct ih_writer *w, const struct turn *t,
    const struct ih_screen *screen)
{
	for (size_t i = 0; i < t->asked->count; i++) {
		const struct ih_field *f = &t->asked->list[i];

		if (field_of(screen, f->name) != NULL &&
		    (t->screen == screen || is_in_path(t, screen, f)))
			write_field(w, "field", f);
	}
}

/* A document is made of all fields of a form. */
static bool
takes_all(const struct ih_screen *act)
{
	for (size_t i = 0; i < act->runs[0].count; i++)
		if (strncmp(act->runs[0].words[i], "@form:", 6) == 0)
			return true;
	return false;
}

static bool
is_ours(const char *name)
{
	return name[0] == ':' || strcmp(name, "token") == 0 ||
	       strcmp(name, "once") == 0;
}

/* Whatever ACT takes beside its path, but passphrases and files. */
static void
write_typed(struct ih_writer *w, const struct turn *t,
    const struct ih_screen *act)
{
	bool all = takes_all(act);

	for (size_t i = 0; i < t->asked->count; i++) {
		const struct ih_field *f = &t->asked->list[i];
		const struct ih_screen_field *known = field_of(act, f->name);

		if (known == NULL ? all && !is_ours(f->name) :
				    !is_in_path(t, act, f) &&
					known->type != IH_FIELD_SECRET &&
					known->type != IH_FIELD_FILE)
			write_field(w, "typed", f);
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

bool
desk_may_use(const struct session *s, const struct ih_screen *screen)
{
	return may(s, screen->may,
	    screen->whole_office ? IH_WHOLE_OFFICE : IH_OWN_CASES);
}

/* A number that no other page has: the form on it is good for one sending. */
static void
write_once(struct ih_writer *w, struct session *s)
{
	static const char hex[] = "0123456789abcdef";
	unsigned char bytes[ONCE_BYTES];
	char text[ONCE_TEXT] = "";

	s->world.random(s->world.state, bytes, sizeof bytes);
	for (size_t i = 0; i < sizeof bytes; i++) {
		text[2 * i] = hex[bytes[i] >> 4];
		text[2 * i + 1] = hex[bytes[i] & 0xf];
	}
	ih_put(w, "once", text);
}

void
desk_open_page(struct ih_writer *w, struct turn *t, const char *screen,
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
	page->data[page->size] = '\0';
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

		if (screen->nav == NULL || !desk_may_use(s, screen))
			continue;
		ih_open(w, "link");
		ih_put(w, "screen", screen->id);
		ih_put(w, "group", screen->nav);
		ih_put(w, "path", screen->path);
		ih_close(w);
	}
}

/* What the user may do, and where, is written once in a session. */
static bool
add_rights(struct session *s, struct ih_buffer *page, struct ih_error *err)
{
	static const char begin[] = "<page>";
	const char *text;

	if (s->rights == NULL) {
		IH_OWNED(ih_buffer) rights = ih_buffer_new();
		struct ih_writer w = ih_write_to(rights);

		ih_open(&w, "page");
		write_rights(&w, s);
		ih_open(&w, "end");
		ih_close(&w);
		ih_close(&w);
		if (!ih_write_end(&w, err))
			return false;
		reopen(rights);
		s->rights = IH_GIVE(rights);
	}
	text = without_declaration(s->rights) + sizeof begin - 1;
	ih_buffer_text(page, text);
	return true;
}

/* One reading of the screen, as an element of its own behind what OUT holds.
 * WHY: it could not be read.  False: it cannot be written. */
static bool
write_data(struct turn *t, const struct ih_screen_run *run,
    struct ih_buffer *out, struct ih_error *why, struct ih_error *err)
{
	struct ih_error here = { 0 };
	IH_OWNED(ih_buffer) head = ih_buffer_new();
	struct ih_writer w = ih_write_to(head);
	bool done = desk_run(t, run, &here);
	struct ih_buffer *printed = t->session->out, *said = t->session->err;
	bool is_xml = done && printed->size > 0 && printed->data[0] == '<';

	if (!done)
		*why = here;
	ih_open(&w, "data");
	ih_put(&w, "xmlns", SPACE);
	ih_put(&w, "name", run->as);
	if (!done)
		write_failure(&w, t, &here);
	desk_write_lines(&w, "said", said);
	ih_open(&w, "printed");
	if (!is_xml && printed->size > 0)
		desk_write_lines(&w, "lines", printed);
	else
		ih_say_text(&w, " ");
	ih_close(&w);
	ih_close(&w);
	if (!ih_write_end(&w, err))
		return false;
	const char *text = without_declaration(head), *end;
	end = strstr(text, "</printed>");
	ih_buffer_add(out, text, (size_t)(end - text));
	if (is_xml)
		ih_buffer_text(out, without_declaration(printed));
	ih_buffer_text(out, end);
	return true;
}

/* The place of RUN: filled, or to be; NULL: all are of others. */
static struct lasting *
lasting_of(const struct turn *t, const struct ih_screen_run *run)
{
	struct lasting *list = t->session->lasting;

	for (size_t i = 0; i < LASTING_MOST; i++)
		if (list[i].run == NULL ||
		    (list[i].run == run && list[i].lang == t->tongue.lang))
			return &list[i];
	return NULL;
}

static bool
add_data(struct turn *t, const struct ih_screen_run *run,
    struct ih_buffer *page, struct ih_error *first, struct ih_error *err)
{
	struct lasting *lasting = run->lasts ? lasting_of(t, run) : NULL;
	struct ih_error why = { 0 };
	size_t before = page->size;

	if (lasting != NULL && lasting->run != NULL) {
		ih_buffer_add(page, lasting->data->data, lasting->data->size);
		return true;
	}
	if (!write_data(t, run, page, &why, err))
		return false;
	if (lasting != NULL && why.kind == IH_NONE)
		*lasting = (struct lasting){ run, t->tongue.lang,
			ih_buffer_copy(page->data + before,
			    page->size - before) };
	if (first->kind == IH_NONE)
		*first = why;
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
	IH_OWNED(ih_buffer) html = desk_paint(t->session, page, &err);

	if (html == NULL) {
		ih_fields_number(t->answer, ":status", 500);
		return;
	}
	ih_fields_number(t->answer, ":status", status);
	ih_fields_add(t->answer, ":body", html->data, html->size);
}

bool
desk_show(struct turn *t, const struct ih_screen *screen,
    const struct ih_error *why, struct ih_error *err)
{
	struct session *s = t->session;
	IH_OWNED(ih_buffer) page = ih_buffer_new();
	struct ih_writer w = ih_write_to(page);
	struct ih_error first = { 0 };

	desk_open_page(&w, t, screen->id,
	    ih_screen_fill(t->arena, screen->path, t->asked));
	if (why != NULL)
		ih_put(&w, "refused",
		    ih_screen_fill(t->arena, t->screen->path, t->asked));
	write_asked(&w, t, screen);
	if (why != NULL) {
		write_typed(&w, t, t->screen);
		write_failure(&w, t, why);
	}
	if (s->said != NULL) {
		desk_write_lines(&w, "said", s->said);
		ih_buffer_free(IH_GIVE(s->said));
	}
	ih_open(&w, "end");
	ih_close(&w);
	ih_close(&w);
	if (!ih_write_end(&w, err))
		return false;
	reopen(page);
	if (!add_rights(s, page, err))
		return false;
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

void
desk_show_failure(struct turn *t, const struct ih_error *why)
{
	struct ih_error unsaid = { 0 };
	IH_OWNED(ih_buffer) page = ih_buffer_new();
	struct ih_writer w = ih_write_to(page);

	desk_open_page(&w, t, "failure", NULL);
	write_failure(&w, t, why);
	ih_close(&w);
	if (!ih_write_end(&w, &unsaid))
		return;
	reopen(page);
	if (!add_rights(t->session, page, &unsaid))
		return;
	ih_buffer_text(page, "</page>");
	answer_page(t, page, statuses[why->kind]);
}
