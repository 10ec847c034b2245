/* This is where bytes grow, and are wiped when they go. */
#include "ihala/buffer.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/arena.h"

#define FIRST_ROOM ((size_t)512)

static _Noreturn void
give_up(void)
{
	fputs("ihala: out of memory\n", stderr);
	abort();
}

struct ih_buffer *
ih_buffer_new(void)
{
	struct ih_buffer *buffer = ih_zeroed(sizeof *buffer);

	buffer->room = FIRST_ROOM;
	buffer->data = ih_zeroed(FIRST_ROOM + 1);
	return buffer;
}

struct ih_buffer *
ih_buffer_copy(const void *bytes, size_t size)
{
	struct ih_buffer *buffer = ih_buffer_new();

	ih_buffer_add(buffer, bytes, size);
	return buffer;
}

void
ih_buffer_free(struct ih_buffer *buffer)
{
	if (buffer == NULL)
		return;
	explicit_bzero(buffer->data, buffer->size);
	free(buffer->data);
	free(buffer);
}

void
ih_buffer_clear(struct ih_buffer *buffer)
{
	explicit_bzero(buffer->data, buffer->size);
	buffer->size = 0;
}

/* Not realloc: it would leave a copy of what was there behind, unwiped. */
void
ih_buffer_reserve(struct ih_buffer *buffer, size_t room)
{
	unsigned char *data;

	if (room <= buffer->room)
		return;
	if (room > SIZE_MAX / 4)
		give_up();
	if (room < buffer->room * 2)
		room = buffer->room * 2;
	data = malloc(room + 1);
	if (data == NULL)
		give_up();
	memcpy(data, buffer->data, buffer->size + 1);
	explicit_bzero(buffer->data, buffer->size);
	free(buffer->data);
	buffer->data = data;
	buffer->room = room;
}

void
ih_buffer_add(struct ih_buffer *buffer, const void *bytes, size_t size)
{
	if (size == 0)
		return;
	if (size > SIZE_MAX / 4 - buffer->size)
		give_up();
	ih_buffer_reserve(buffer, buffer->size + size);
	memcpy(buffer->data + buffer->size, bytes, size);
	buffer->size += size;
	buffer->data[buffer->size] = '\0';
}

void
ih_buffer_text(struct ih_buffer *buffer, const char *text)
{
	ih_buffer_add(buffer, text, strlen(text));
}

void
ih_buffer_printf(struct ih_buffer *buffer, const char *fmt, ...)
{
	va_list args, again;
	int length;

	va_start(args, fmt);
	va_copy(again, args);
	length = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	if (length < 0)
		give_up();
	ih_buffer_reserve(buffer, buffer->size + (size_t)length);
	vsnprintf((char *)buffer->data + buffer->size, (size_t)length + 1, fmt,
	    again);
	va_end(again);
	buffer->size += (size_t)length;
}
