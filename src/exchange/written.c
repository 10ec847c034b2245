/* This is where what was written here is known again. */
#include "written.h"

#include <string.h>

struct written
written_of(const void *bytes, size_t size, struct ih_arena *arena)
{
	return (struct written){ bytes, (const char *)bytes + size, arena };
}

const char *
written_value(struct written *from, const char *before, char stop)
{
	const char *found = memmem(from->at, (size_t)(from->end - from->at),
	    before, strlen(before));
	const char *value = found != NULL ? found + strlen(before) : NULL;
	const char *end = value != NULL ?
			      memchr(value, stop, (size_t)(from->end - value)) :
			      NULL;
	char *copy;

	if (end == NULL)
		return NULL;
	from->at = end;
	copy = ih_arena_take(from->arena, (size_t)(end - value) + 1);
	return memcpy(copy, value, (size_t)(end - value));
}

bool
written_so(const struct ih_buffer *anew, const void *bytes, size_t size)
{
	return anew != NULL && anew->size == size &&
	       memcmp(anew->data, bytes, size) == 0;
}
