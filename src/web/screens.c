/* This is where a path becomes a screen, and a form the words of a command. */
#include "ihala/screens.h"

#include <stdlib.h>
#include <string.h>

#include "ihala/date.h"
#include "ihala/id.h"
#include "ihala/node.h"
#include "ihala/schema.h"
#include "ihala/text.h"
#include "ihala/words.h"
#include "ihala/xml.h"

#define FILE_NAME "xml/screen/screens.xml"
#define LINE_MOST 800   /* bytes: 200 characters of any script */
#define TEXT_MOST 20000 /* bytes */
#define WORD_MOST 64    /* bytes of an id, a name, a number */

/* ---- types of fields */

static bool
has_only(const char *value, const char *letters)
{
	return value[0] != '\0' && strlen(value) <= WORD_MOST &&
	       value[0] != '-' && strspn(value, letters) == strlen(value);
}

#define LOWER "abcdefghijklmnopqrstuvwxyz"
#define UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"

static bool
is_code(const struct ih_field *f)
{
	char code[IH_CODE_TEXT];

	return ih_code_parse(f->value, code);
}

static bool
is_id(const struct ih_field *f)
{
	return has_only(f->value, LOWER DIGITS "-.");
}

static bool
is_user(const struct ih_field *f)
{
	return has_only(f->value, LOWER UPPER DIGITS "-._");
}

static bool
is_day(const struct ih_field *f)
{
	return has_only(f->value, DIGITS "-");
}

static bool
is_number(const struct ih_field *f)
{
	return f->size <= 9 && has_only(f->value, DIGITS);
}

static bool
is_flag(const struct ih_field *f)
{
	return has_only(f->value, LOWER DIGITS);
}

static bool
is_language(const struct ih_field *f)
{
	struct ih_tongue tongue;

	return ih_tongue_parse(f->value, &tongue);
}

/* As XML may say it: no control characters but tab and line ends. */
static bool
is_text(const struct ih_field *f)
{
	return f->size <= TEXT_MOST && ih_text_is_plain(f->value, f->size);
}

static bool
is_line(const struct ih_field *f)
{
	return f->size <= LINE_MOST && is_text(f) &&
	       strpbrk(f->value, "\r\n") == NULL;
}

static bool
is_file(const struct ih_field *f)
{
	return f->size > 0;
}

/* What is of such a type can stand in a path as it is. */
static bool
may_lead(enum ih_field_type type)
{
	return type < IH_FIELD_LINE;
}

static const struct {
	const char *name;
	bool (*is)(const struct ih_field *f);
} types[IH_FIELD_TYPES] = {
	[IH_FIELD_CODE] = { "code", is_code },
	[IH_FIELD_ID] = { "id", is_id },
	[IH_FIELD_NAME] = { "name", is_user },
	[IH_FIELD_DAY] = { "day", is_day },
	[IH_FIELD_NUMBER] = { "number", is_number },
	[IH_FIELD_FLAG] = { "flag", is_flag },
	[IH_FIELD_LANGUAGE] = { "language", is_language },
	[IH_FIELD_LINE] = { "line", is_line },
	[IH_FIELD_TEXT] = { "text", is_text },
	[IH_FIELD_SECRET] = { "secret", is_line },
	[IH_FIELD_FILE] = { "file", is_file },
};

/* ---- reading the file */

static const char *
copy(struct ih_arena *arena, const char *text)
{
	return text != NULL ? ih_arena_text(arena, text) : NULL;
}

static enum ih_field_type
type_named(const char *name)
{
	enum ih_field_type type = 0;

	while (type < IH_FIELD_FILE && strcmp(types[type].name, name) != 0)
		type++;
	return type;
}

static void
read_fields(struct ih_arena *arena, const xmlNode *node,
    struct ih_screen *screen)
{
	size_t room = ih_children(node, "field");

	screen->fields =
	    ih_arena_take(arena, (room + 1) * sizeof *screen->fields);
	for (const xmlNode *n = ih_child(node, "field"); n != NULL;
	     n = ih_next(n, "field"))
		screen->fields[screen->field_count++] =
		    (struct ih_screen_field){
			    .name = copy(arena, ih_attr(n, "name")),
			    .type = type_named(ih_attr(n, "type")),
		    };
}

static bool
read_run(struct ih_arena *arena, const xmlNode *node, struct ih_screen_run *run,
    struct ih_error *err)
{
	char *at = ih_arena_text(arena, ih_attr(node, "run")), *word;

	run->as = copy(arena, ih_attr(node, "as"));
	run->may = copy(arena, ih_attr(node, "may"));
	run->lasts = ih_attr(node, "lasts") != NULL;
	while ((word = strsep(&at, " ")) != NULL) {
		if (run->count == IH_SCREEN_WORDS)
			return ih_fail(err, IH_INPUT,
			    "%s:%ld: a command of more than %d words",
			    FILE_NAME, ih_line(node), IH_SCREEN_WORDS);
		if (word[0] != '\0')
			run->words[run->count++] = word;
	}
	run->verb = run->words[0];
	return true;
}

static bool
read_screen(struct ih_arena *arena, const xmlNode *node,
    struct ih_screen *screen, struct ih_error *err)
{
	size_t reads = ih_children(node, "read");

	*screen = (struct ih_screen){
		.id = copy(arena, ih_attr(node, "id")),
		.path = copy(arena, ih_attr(node, "path")),
		.is_act = ih_is(node, "act"),
		.may = copy(arena, ih_attr(node, "may")),
		.whole_office = ih_attr(node, "reach") != NULL,
		.nav = copy(arena, ih_attr(node, "nav")),
		.back = copy(arena, ih_attr(node, "back")),
		.then = copy(arena, ih_attr(node, "then")),
		.type = copy(arena, ih_attr(node, "type")),
		.file = copy(arena, ih_attr(node, "file")),
	};
	screen->runs = ih_arena_take(arena, (reads + 1) * sizeof *screen->runs);
	memset(screen->runs, 0, (reads + 1) * sizeof *screen->runs);
	read_fields(arena, node, screen);
	if (screen->is_act)
		return read_run(arena, node, &screen->runs[screen->run_count++],
		    err);
	for (const xmlNode *n = ih_child(node, "read"); n != NULL;
	     n = ih_next(n, "read"))
		if (!read_run(arena, n, &screen->runs[screen->run_count++],
			err))
			return false;
	return true;
}

/* ---- is the table sound */

static const struct ih_screen_field *
field_named(const struct ih_screen *screen, const char *name, size_t size)
{
	for (size_t i = 0; i < screen->field_count; i++)
		if (strlen(screen->fields[i].name) == size &&
		    memcmp(screen->fields[i].name, name, size) == 0)
			return &screen->fields[i];
	return NULL;
}

static bool
is_wrong(const struct ih_screen *screen, struct ih_error *err, const char *what,
    const char *where)
{
	return ih_fail(err, IH_INPUT, "%s: %s: %s in \"%s\"", FILE_NAME,
	    screen->id, what, where);
}

/* SIZE letters at AT, in a brace of TEXT: a field that the row declares, and
 * one that may stand there. */
static bool
knows_field(const struct ih_screen *screen, const char *text, const char *at,
    size_t size, struct ih_error *err)
{
	const struct ih_screen_field *field = field_named(screen, at, size);
	bool leads = text == screen->path || text == screen->then;

	if (size == 0 || size >= WORD_MOST)
		return is_wrong(screen, err, "a brace without a field", text);
	if (field == NULL)
		return is_wrong(screen, err, "a field that is not declared",
		    text);
	return !leads || may_lead(field->type) ||
	       is_wrong(screen, err, "a field of that type in a path", text);
}

/* The brace at AT: "code}", "need*}", "text!state}". */
static bool
knows_brace(const struct ih_screen *screen, const char *text, const char *at,
    struct ih_error *err)
{
	size_t size = strcspn(at, "?*!}"), whole = strcspn(at, "}");
	const char *unless = memchr(at, '!', whole);

	if (at[whole] == '\0')
		return is_wrong(screen, err, "a brace without a field", text);
	if (text == screen->then && strncmp(at, "printed}", 8) == 0)
		return true;
	return knows_field(screen, text, at, size, err) &&
	       (unless == NULL || knows_field(screen, text, unless + 1,
				      whole - (size_t)(unless + 1 - at), err));
}

/* What was printed by an act may stand where it leads, and nowhere else. */
static bool
knows_fields(const struct ih_screen *screen, const char *text,
    struct ih_error *err)
{
	const char *at = text != NULL ? text : "";

	while ((at = strchr(at, '{')) != NULL)
		if (!knows_brace(screen, text, ++at, err))
			return false;
	return true;
}

/* Do A and B both take every value of the same field? */
static bool
takes_the_same(const char *a, const char *b)
{
	size_t size = strcspn(a, "*");

	return a[size] == '*' && strncmp(a, b, size + 1) == 0;
}

/* A command has only so many words. */
static bool
takes_once(const struct ih_screen *screen, const struct ih_screen_run *run,
    struct ih_error *err)
{
	for (size_t i = 0; i < run->count; i++)
		for (size_t k = 0; k < i; k++)
			if (takes_the_same(run->words[i], run->words[k]))
				return is_wrong(screen, err,
				    "a field taken twice", run->words[i]);
	return true;
}

/* What every form brings along (desk.h), and what a command printed: under such
 * a name a field would be taken for it, and it for the field. */
static bool
names_its_own(const struct ih_screen *screen, struct ih_error *err)
{
	static const char *const kept[] = { "token", "once", "printed" };

	for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
		if (field_named(screen, kept[i], strlen(kept[i])) != NULL)
			return is_wrong(screen, err, "a field named as ours",
			    kept[i]);
	return true;
}

static bool
is_sound(const struct ih_screen *screen, struct ih_error *err)
{
	if (!names_its_own(screen, err))
		return false;
	if (!knows_fields(screen, screen->path, err) ||
	    !knows_fields(screen, screen->then, err))
		return false;
	for (size_t i = 0; i < screen->run_count; i++) {
		const struct ih_screen_run *run = &screen->runs[i];

		for (size_t k = 0; k < run->count; k++)
			if (!knows_fields(screen, run->words[k], err))
				return false;
		if (!takes_once(screen, run, err))
			return false;
	}
	return true;
}

/* Would a path of A be one of B too, though both are written differently?  A
 * field stands for any one part of a path. */
static bool
is_same_place(const char *a, const char *b)
{
	while (*a != '\0' && *b != '\0') {
		bool both = *a == '{' && *b == '{';

		if (!both && *a != *b)
			return false;
		a += both ? strcspn(a, "}") : 1;
		b += both ? strcspn(b, "}") : 1;
	}
	return *a == *b;
}

/* Each id and each path is there once, and an act goes back to a screen. */
static bool
fit_together(const struct ih_screens *screens, struct ih_error *err)
{
	for (size_t i = 0; i < screens->count; i++) {
		const struct ih_screen *one = &screens->list[i];
		const struct ih_screen *back =
		    one->back != NULL ? ih_screens_named(screens, one->back) :
					NULL;

		if (one->is_act && (back == NULL || back->is_act))
			return is_wrong(one, err, "a screen that there is not",
			    one->back);
		for (size_t k = 0; k < i; k++) {
			const struct ih_screen *other = &screens->list[k];

			if (strcmp(one->id, other->id) == 0)
				return is_wrong(one, err, "an id twice",
				    one->id);
			if (one->is_act == other->is_act &&
			    is_same_place(one->path, other->path))
				return is_wrong(one, err, "a path twice",
				    one->path);
		}
		if (!is_sound(one, err))
			return false;
	}
	return true;
}

struct ih_screens *
ih_screens_load(struct ih_library *library, struct ih_error *err)
{
	IH_OWNED(xmlDoc) doc =
	    ih_schema_read(library, FILE_NAME, "screens", err);
	IH_OWNED(ih_screens) screens = NULL;
	const xmlNode *root;

	if (doc == NULL)
		return NULL;
	screens = ih_zeroed(sizeof *screens);
	screens->arena = ih_arena_new();
	root = xmlDocGetRootElement(doc);
	screens->list = ih_arena_take(screens->arena,
	    (ih_children(root, "screen") + ih_children(root, "act")) *
		sizeof *screens->list);
	for (const xmlNode *n = root->children; n != NULL; n = n->next)
		if (n->type == XML_ELEMENT_NODE &&
		    !read_screen(screens->arena, n,
			&screens->list[screens->count++], err))
			return NULL;
	return fit_together(screens, err) ? IH_GIVE(screens) : NULL;
}

void
ih_screens_free(struct ih_screens *screens)
{
	if (screens == NULL)
		return;
	ih_arena_free(screens->arena);
	free(screens);
}

/* ---- finding */

/* Does PATH have the form of PATTERN?  What stands for a field goes into
 * FIELDS. */
static bool
matches(const char *pattern, const char *path, struct ih_fields *fields)
{
	size_t before = fields->count;

	while (*pattern != '\0') {
		char name[WORD_MOST] = "";
		size_t size, value;

		if (*pattern != '{') {
			if (*pattern != *path)
				break;
			pattern++;
			path++;
			continue;
		}
		size = strcspn(pattern, "}");
		value = strcspn(path, "/");
		if (size >= sizeof name || value == 0)
			break;
		memcpy(name, pattern + 1, size - 1);
		ih_fields_add(fields, name, path, value);
		pattern += size + 1;
		path += value;
	}
	if (*pattern == '\0' && *path == '\0')
		return true;
	fields->count = before;
	return false;
}

/* What stands in the path counts, and not what a form says instead. */
static void
drop_others(struct ih_fields *fields, size_t before)
{
	size_t kept = 0;

	for (size_t i = 0; i < fields->count; i++) {
		bool other = false;

		for (size_t k = before; i < before && k < fields->count; k++)
			other |= strcmp(fields->list[i].name,
				     fields->list[k].name) == 0;
		if (!other)
			fields->list[kept++] = fields->list[i];
	}
	fields->count = kept;
}

/* A path without a field goes before one with it: "/case/new". */
const struct ih_screen *
ih_screens_at(const struct ih_screens *screens, bool is_act, const char *path,
    struct ih_fields *fields)
{
	const struct ih_screen *found = NULL;
	size_t before = fields->count;

	for (size_t i = 0; i < screens->count; i++)
		if (screens->list[i].is_act == is_act &&
		    strcmp(screens->list[i].path, path) == 0)
			return &screens->list[i];
	for (size_t i = 0; i < screens->count && found == NULL; i++)
		if (screens->list[i].is_act == is_act &&
		    matches(screens->list[i].path, path, fields))
			found = &screens->list[i];
	drop_others(fields, before);
	return found;
}

const struct ih_screen *
ih_screens_named(const struct ih_screens *screens, const char *id)
{
	for (size_t i = 0; i < screens->count; i++)
		if (strcmp(screens->list[i].id, id) == 0)
			return &screens->list[i];
	return NULL;
}

/* Nothing is hidden behind a zero, but in a file. */
static bool
is_of(enum ih_field_type type, const struct ih_field *f)
{
	if (type != IH_FIELD_FILE && strlen(f->value) != f->size)
		return false;
	return f->size == 0 || types[type].is(f);
}

bool
ih_screen_takes(const struct ih_screen *screen, const struct ih_fields *fields,
    struct ih_error *err)
{
	for (size_t i = 0; i < fields->count; i++) {
		const struct ih_field *f = &fields->list[i];
		const struct ih_screen_field *known =
		    field_named(screen, f->name, strlen(f->name));

		if (known != NULL && !is_of(known->type, f))
			return ih_fail_code(err, IH_USAGE, "E_FIELD", "%s",
			    f->name);
	}
	return true;
}

const char *
ih_screen_fill(struct ih_arena *arena, const char *text,
    const struct ih_fields *fields)
{
	const char *filled = "";

	while (*text != '\0') {
		size_t plain = strcspn(text, "{"), size;
		char name[WORD_MOST] = "";
		const char *value = NULL;

		filled =
		    ih_arena_printf(arena, "%s%.*s", filled, (int)plain, text);
		text += plain;
		size = strcspn(text, "}");
		if (*text == '\0' || text[size] == '\0' || size > sizeof name)
			break;
		memcpy(name, text + 1, size - 1);
		value = ih_fields_get(fields, name);
		filled = ih_arena_printf(arena, "%s%s", filled,
		    value != NULL ? value : "");
		text += size + 1;
	}
	return filled;
}
