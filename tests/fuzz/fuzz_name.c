/*
 * Any bytes as a name, and as two names: what is taken is made of parts that
 * sound like something, and is like itself.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/name.h"
#include "ihala/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static struct ih_names *
the_names(void)
{
	static struct ih_library *library;
	static struct ih_names *names;
	struct ih_error err = { 0 };

	if (library == NULL)
		library = ih_library_open(".", &err);
	if (library != NULL && names == NULL)
		names = ih_names_load(library, &err);
	if (names == NULL)
		abort();
	return names;
}

static void
check_name(const struct ih_name *name)
{
	assert(name->count <= IH_NAME_PARTS);
	assert(ih_text_is_utf8(name->fold, strlen(name->fold)));
	for (size_t i = 0; i < name->count; i++) {
		const struct ih_name_part *part = &name->part[i];

		assert(part->ways >= 1 && part->ways <= IH_NAME_WAYS);
		assert(part->fold[0] != '\0');
		for (size_t k = 0; k < part->ways; k++)
			assert(part->sound[k][0] != '\0');
	}
	assert(name->count == 0 || ih_name_likeness(name, name) == 100);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	IH_OWNED(ih_arena) arena = ih_arena_new();
	char *text = ih_arena_take(arena, size + 1);
	struct ih_error err = { 0 };
	struct ih_name *name, *other;
	char *second;

	memcpy(text, bytes, size);
	second = strchr(text, '\n');
	if (second != NULL)
		*second++ = '\0';
	name = ih_name_read(the_names(), arena, text, &err);
	assert((name == NULL) == (err.kind != IH_NONE));
	if (name == NULL) {
		assert(strlen(text) > IH_NAME_MAX ||
		       !ih_name_is_plain(text, strlen(text)));
		return 0;
	}
	check_name(name);
	other = second != NULL ?
		    ih_name_read(the_names(), arena, second, &err) :
		    NULL;
	if (other != NULL)
		assert(ih_name_likeness(name, other) <= 100 &&
		       (ih_name_likeness(name, other) > 0) ==
			   (ih_name_likeness(other, name) > 0));
	return 0;
}
