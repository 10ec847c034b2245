/* This is where a form of a browser becomes a command, which is run. */
#include "desk_inner.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "ihala/date.h"

#define FORM_SPACE "urn:ihala:form:1"
#define PRINTED_MOST ((size_t)24 << 20) /* bytes of one command */
#define WORDS_MOST (IH_SCREEN_WORDS + IH_FIELDS_MOST + 2)

/* ---- the standard streams of a command */

static ssize_t
into_memory(void *buffer, const char *bytes, size_t size)
{
	struct ih_buffer *into = buffer;

	if (size > PRINTED_MOST - into->size)
		return 0;
	ih_buffer_add(into, bytes, size);
	return (ssize_t)size;
}

/* What a command prints is in memory, and nothing of it on a disk or a
 * terminal.  The C library lets its streams be assigned. */
static bool
stand_in(FILE **stream, struct ih_buffer *memory, int fd, int nowhere)
{
	const cookie_io_functions_t how = { .write = into_memory };
	FILE *in_memory = fopencookie(memory, "w", how);

	if (in_memory == NULL || dup2(nowhere, fd) != fd)
		return false;
	*stream = in_memory;
	return true;
}

bool
desk_streams_start(struct session *s)
{
	int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);

	s->out = ih_buffer_new();
	s->err = ih_buffer_new();
	return nowhere >= 0 &&
	       stand_in(&stdout, s->out, STDOUT_FILENO, nowhere) &&
	       stand_in(&stderr, s->err, STDERR_FILENO, nowhere);
}

void
desk_streams_empty(const struct session *s)
{
	fflush(stdout);
	fflush(stderr);
	ih_buffer_clear(s->out);
	ih_buffer_clear(s->err);
}

/* ---- the painter */

/* A painter that was stopped would start again beside the keys: there is none
 * from then on, and the session ends. */
struct ih_buffer *
desk_paint(struct session *s, const struct ih_buffer *xml, struct ih_error *err)
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

bool
desk_field_is_missing(const char *name, struct ih_error *err)
{
	return ih_fail_code(err, IH_USAGE, "E_FIELD_MISSING", "%s", name);
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

static const char *
made_file(struct turn *t, const char *name, struct ih_error *err)
{
	IH_OWNED(ih_buffer) form = write_form(t, name, err);
	IH_OWNED(ih_buffer)
	made = form == NULL ? NULL : desk_paint(t->session, form, err);

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

/* The one value of HOLE, in WORD, whose first BEFORE bytes stand before it. */
static bool
fill_value(struct turn *t, const char *word, size_t before,
    const struct hole *hole, struct words *words, struct ih_error *err)
{
	const struct ih_field *field = ih_fields_find(t->asked, hole->name);
	char last = '\0';
	const char *value;

	if (!is_given(t, hole->name))
		return before > 1 || hole->how == '?' ||
		       desk_field_is_missing(hole->name, err);
	value = field->value;
	if (before > 0)
		last = word[before - 1];
	if (last == '?' || last == '@')
		before--;
	if (last == '?')
		value = "";
	else if (last == '@')
		value = in_memory(t, field->value, field->size, err);
	if (value == NULL)
		return false;
	if (before > 0)
		value = ih_arena_printf(t->arena, "%.*s%s", (int)before, word,
		    value);
	add_word(words, value);
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
		return desk_field_is_missing(word, err);
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
	return fill_value(t, word, before, &hole, words, err);
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

bool
desk_run(struct turn *t, const struct ih_screen_run *run, struct ih_error *err)
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

	desk_streams_empty(s);
	done = fill_words(t, run, &words, err) &&
	       command_run(&request, (int)words.count, words.list, err);
	close_files(t);
	fflush(stdout);
	fflush(stderr);
	return done;
}
