/* This is where processes of the web application say things to each other. */
#include "ihala/fields.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>

#include "ihala/buffer.h"

struct ih_fields *
ih_fields_new(void)
{
	struct ih_fields *fields = ih_zeroed(sizeof *fields);

	fields->arena = ih_arena_new();
	return fields;
}

void
ih_fields_free(struct ih_fields *fields)
{
	if (fields == NULL)
		return;
	ih_arena_free(fields->arena);
	free(fields);
}

void
ih_fields_add(struct ih_fields *fields, const char *name, const void *value,
    size_t size)
{
	char *copy = ih_arena_take(fields->arena, size + 1);

	if (size > 0)
		memcpy(copy, value, size);
	copy[size] = '\0';
	fields->list = ih_arena_more(fields->arena, fields->list, fields->count,
	    &fields->room, sizeof *fields->list);
	fields->list[fields->count++] = (struct ih_field){
		.name = ih_arena_text(fields->arena, name),
		.value = copy,
		.size = size,
	};
	fields->bytes += size;
}

void
ih_fields_text(struct ih_fields *fields, const char *name, const char *value)
{
	ih_fields_add(fields, name, value, strlen(value));
}

void
ih_fields_number(struct ih_fields *fields, const char *name, long long value)
{
	ih_fields_text(fields, name,
	    ih_arena_printf(fields->arena, "%lld", value));
}

const struct ih_field *
ih_fields_find(const struct ih_fields *fields, const char *name)
{
	for (size_t i = 0; i < fields->count; i++)
		if (strcmp(fields->list[i].name, name) == 0)
			return &fields->list[i];
	return NULL;
}

const char *
ih_fields_get(const struct ih_fields *fields, const char *name)
{
	const struct ih_field *field = ih_fields_find(fields, name);

	return field != NULL ? field->value : NULL;
}

long
ih_fields_count(const struct ih_fields *fields, const char *name,
    long otherwise)
{
	const char *text = ih_fields_get(fields, name);
	size_t size = text != NULL ? strlen(text) : 0;

	if (size == 0 || size > 9 || strspn(text, "0123456789") != size)
		return otherwise;
	return strtol(text, NULL, 10);
}

/* ---- on a socket */

struct sizes {
	uint32_t name, value;
};

static bool
send_all(int fd, const void *bytes, size_t size)
{
	const char *at = bytes;

	while (size > 0) {
		ssize_t put = send(fd, at, size, MSG_NOSIGNAL);

		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return false;
		at += put;
		size -= (size_t)put;
	}
	return true;
}

static bool
receive_all(int fd, void *bytes, size_t size)
{
	char *at = bytes;

	while (size > 0) {
		ssize_t got = recv(fd, at, size, MSG_WAITALL);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		at += got;
		size -= (size_t)got;
	}
	return true;
}

bool
ih_fields_send(int fd, const struct ih_fields *fields)
{
	IH_OWNED(ih_buffer) all = ih_buffer_new();
	uint32_t head[2] = { (uint32_t)fields->count, 0 };

	ih_buffer_add(all, head, sizeof head);
	for (size_t i = 0; i < fields->count; i++) {
		const struct ih_field *f = &fields->list[i];
		struct sizes sizes = { (uint32_t)strlen(f->name),
			(uint32_t)f->size };

		ih_buffer_add(all, &sizes, sizeof sizes);
		ih_buffer_add(all, f->name, sizes.name);
		ih_buffer_add(all, f->value, f->size);
	}
	head[1] = (uint32_t)(all->size - sizeof head);
	memcpy(all->data, head, sizeof head);
	return send_all(fd, all->data, all->size);
}

static bool
take_one(struct ih_fields *fields, const unsigned char **at, size_t *left)
{
	struct sizes sizes;
	char name[128];

	if (*left < sizeof sizes)
		return false;
	memcpy(&sizes, *at, sizeof sizes);
	*at += sizeof sizes;
	*left -= sizeof sizes;
	if (sizes.name >= sizeof name || *left < sizes.name ||
	    *left - sizes.name < sizes.value)
		return false;
	memcpy(name, *at, sizes.name);
	name[sizes.name] = '\0';
	ih_fields_add(fields, name, *at + sizes.name, sizes.value);
	*at += sizes.name + sizes.value;
	*left -= sizes.name + sizes.value;
	return true;
}

struct ih_fields *
ih_fields_receive(int fd)
{
	IH_OWNED(ih_fields) fields = ih_fields_new();
	IH_OWNED(ih_buffer) all = ih_buffer_new();
	uint32_t head[2];

	if (!receive_all(fd, head, sizeof head) || head[0] > IH_FIELDS_MOST ||
	    head[1] > IH_FIELDS_BYTES)
		return NULL;
	ih_buffer_reserve(all, head[1]);
	if (!receive_all(fd, all->data, head[1]))
		return NULL;
	const unsigned char *at = all->data;
	size_t left = head[1];
	for (uint32_t i = 0; i < head[0]; i++)
		if (!take_one(fields, &at, &left))
			return NULL;
	return left == 0 ? IH_GIVE(fields) : NULL;
}
