/* Any path and any fields: what a screen takes has no control characters, and
 * where a form leads is a path of ours.  The first line of the input is the
 * path, each other is a field, its value behind '='. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "ihala/gate.h"
#include "ihala/screens.h"
#include "ihala/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static const char table[] =
    "<screens xmlns='urn:ihala:screens:1' id='screens' version='1.0.0'>"
    "<screen id='work' path='/work'><field name='mine' type='flag'/></screen>"
    "<screen id='case' path='/case/{code}'><field name='code' type='code'/>"
    "</screen>"
    "<act id='all' path='/all/{id}/{name}' back='work' "
    "then='/{id}/{name}/{day}/{number}/{language}' run='case list'>"
    "<field name='id' type='id'/><field name='name' type='name'/>"
    "<field name='day' type='day'/><field name='number' type='number'/>"
    "<field name='language' type='language'/><field name='line' type='line'/>"
    "<field name='text' type='text'/><field name='secret' type='secret'/>"
    "<field name='file' type='file'/></act></screens>";

static const struct ih_screens *
small_table(void)
{
	static struct ih_screens *screens;
	struct ih_error err = { 0 };

	if (screens == NULL) {
		IH_OWNED(ih_library) library = ih_library_open(".", &err);
		const struct ih_page page = { "xml/screen/screens.xml", table,
			sizeof table - 1 };

		assert(library != NULL);
		ih_library_pin(library, &page, 1);
		screens = ih_screens_load(library, &err);
		assert(screens != NULL);
	}
	return screens;
}

static void
add_line(struct ih_fields *fields, char *line, size_t size)
{
	char *value = memchr(line, '=', size);

	if (value == NULL || strlen(line) >= 128)
		return;
	*value++ = '\0';
	if (strlen(line) < 128)
		ih_fields_add(fields, line, value,
		    size - (size_t)(value - line));
}

static void
hold(const struct ih_screen *screen, const struct ih_fields *fields)
{
	IH_OWNED(ih_arena) arena = ih_arena_new();

	for (size_t i = 0; i < fields->count; i++)
		for (size_t k = 0; k < screen->field_count; k++)
			if (strcmp(screen->fields[k].name,
				fields->list[i].name) == 0 &&
			    screen->fields[k].type != IH_FIELD_FILE)
				assert(ih_text_is_plain(fields->list[i].value,
				    fields->list[i].size));
	if (screen->then != NULL) {
		const char *to = ih_screen_fill(arena, screen->then, fields);

		assert(strspn(to, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqr"
				  "stuvwxyz0123456789-_./") == strlen(to));
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	IH_OWNED(ih_buffer) text = ih_buffer_copy(bytes, size);
	IH_OWNED(ih_fields) fields = ih_fields_new();
	struct ih_error err = { 0 };
	char *at = (char *)text->data, *end = at + size;
	char *path = at;
	char *next = memchr(at, '\n', size);

	while (next != NULL && fields->count < IH_FIELDS_MOST) {
		*next++ = '\0';
		at = next;
		next = memchr(at, '\n', (size_t)(end - at));
		add_line(fields, at,
		    (size_t)((next != NULL ? next : end) - at));
	}
	for (int act = 0; act < 2; act++) {
		const struct ih_screen *screen =
		    ih_screens_at(small_table(), act, path, fields);

		if (screen == NULL)
			continue;
		bool takes = ih_screen_takes(screen, fields, &err);
		assert(takes == (err.kind == IH_NONE));
		if (takes)
			hold(screen, fields);
	}
	return 0;
}
