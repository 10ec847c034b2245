/*
 * fields.h - names with values, in order: what a form holds, and how the
 * processes of the web application talk.
 *
 * A message on a socket is, in the machine's own byte order since it never
 * leaves the machine: the number of fields, then for each the sizes of name
 * and value, then the bytes.  A name may stand more than once.
 *
 * Source: src/README.md "Screens".
 */
#ifndef IHALA_FIELDS_H
#define IHALA_FIELDS_H

#include <stdbool.h>
#include <stddef.h>

#include "ihala/arena.h"
#include "ihala/buffer.h"
#include "ihala/owned.h"

#define IH_FIELDS_MOST 1024u               /* of one message */
#define IH_FIELDS_BYTES ((size_t)24 << 20) /* of one message */

struct ih_field {
	const char *name;
	const char *value; /* value[size] is 0; it may hold zeros before */
	size_t size;
};

typedef struct ih_fields {
	struct ih_arena *arena; /* holds the bytes; wiped with it */
	struct ih_field *list;
	size_t count, room;
	size_t bytes; /* of all values */
} ih_fields;

/* Caller owns. */
struct ih_fields *ih_fields_new(void);
void ih_fields_free(struct ih_fields *fields); /* wiped; NULL is fine */

/* Both are copied. */
void ih_fields_add(struct ih_fields *fields, const char *name,
    const void *value, size_t size);
void
ih_fields_text(struct ih_fields *fields, const char *name, const char *value);
void
ih_fields_number(struct ih_fields *fields, const char *name, long long value);

/* The first of that name; NULL: there is none. */
const struct ih_field *
ih_fields_find(const struct ih_fields *fields, const char *name);
/* Its value as text; NULL: there is none. */
const char *ih_fields_get(const struct ih_fields *fields, const char *name);
/* As a number of at most nine digits; OTHERWISE where it is none. */
long ih_fields_count(const struct ih_fields *fields, const char *name,
    long otherwise);

/* As a message, behind what OUT holds. */
void ih_fields_write(const struct ih_fields *fields, struct ih_buffer *out);
/* How long the message is that begins with these bytes; as many as its size
 * takes, where they are fewer; SIZE_MAX: it is none. */
size_t ih_fields_expect(const void *bytes, size_t size);
/* A whole message.  Caller owns.  NULL: it is none. */
struct ih_fields *ih_fields_read(const void *bytes, size_t size);

/* False: the other side is gone, or keeps nobody waiting any longer. */
bool ih_fields_send(int fd, const struct ih_fields *fields);
/* Caller owns.  NULL: as above, or it is no such message. */
struct ih_fields *ih_fields_receive(int fd);

IH_OWNER(ih_fields, ih_fields_free)

#endif
