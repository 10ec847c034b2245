/* This is where processes of the web application say things to each other. */
#include "ihala/fields.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>

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

/* ---- as a message */

struct head {
	uint32_t count, bytes; /* the latter of all that follows */
};

struct sizes {
	uint32_t name, value;
};

void
ih_fields_write(const struct ih_fields *fields, struct ih_buffer *out)
{
	struct head head = { (uint32_t)fields->count, 0 };
	size_t at = out->size;

	ih_buffer_add(out, &head, sizeof head);
	for (size_t i = 0; i < fields->count; i++) {
		const struct ih_field *f = &fields->list[i];
		struct sizes sizes = { (uint32_t)strlen(f->name),
			(uint32_t)f->size };

		ih_buffer_add(out, &sizes, sizeof sizes);
		ih_buffer_add(out, f->name, sizes.name);
		ih_buffer_add(out, f->value, f->size);
	}
	head.bytes = (uint32_t)(out->size - at - sizeof head);
	memcpy(out->data + at, &head, sizeof head);
}

size_t
ih_fields_expect(const void *bytes, size_t size)
{
	struct head head;

	if (size < sizeof head)
		return sizeof head;
	memcpy(&head, bytes, sizeof head);
	if (head.count > IH_FIELDS_MOST || head.bytes > IH_FIELDS_BYTES)
		return SIZE_MAX;
	return sizeof head + head.bytes;
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
ih_fields_read(const void *bytes, size_t size)
{
	IH_OWNED(ih_fields) fields = ih_fields_new();
	struct head head;

	if (size < sizeof head || ih_fields_expect(bytes, size) != size)
		return NULL;
	memcpy(&head, bytes, sizeof head);
	const unsigned char *at = (const unsigned char *)bytes + sizeof head;
	size_t left = size - sizeof head;
	for (uint32_t i = 0; i < head.count; i++)
		if (!take_one(fields, &at, &left))
			return NULL;
	return left == 0 ? IH_GIVE(fields) : NULL;
}

/* ---- on a socket */

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

/* Until INTO holds SIZE bytes. */
static bool
receive_until(int fd, struct ih_buffer *into, size_t size)
{
	ih_buffer_reserve(into, size);
	while (into->size < size) {
		ssize_t got = recv(fd, into->data + into->size,
		    size - into->size, MSG_WAITALL);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		into->size += (size_t)got;
		into->data[into->size] = '\0';
	}
	return true;
}

bool
ih_fields_send(int fd, const struct ih_fields *fields)
{
	IH_OWNED(ih_buffer) all = ih_buffer_new();

	ih_fields_write(fields, all);
	return send_all(fd, all->data, all->size);
}

struct ih_fields *
ih_fields_receive(int fd)
{
	IH_OWNED(ih_buffer) all = ih_buffer_new();
	size_t whole;

	if (!receive_until(fd, all, sizeof(struct head)))
		return NULL;
	whole = ih_fields_expect(all->data, all->size);
	if (whole == SIZE_MAX || !receive_until(fd, all, whole))
		return NULL;
	return ih_fields_read(all->data, all->size);
}
