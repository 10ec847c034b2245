/*
 * buffer.h - bytes that grow, and are wiped when they go.
 *
 * Every function that makes bytes (a file read, a document written, an
 * envelope sealed) gives its caller one of these.  One NUL always follows
 * the last byte, so that text can be used as a C string.  A buffer that
 * cannot grow ends the program, as an arena does: sizes from outside are
 * checked first.
 *
 * Source: CERT C MEM03-C (clear what was sensitive).
 */
#ifndef IHALA_BUFFER_H
#define IHALA_BUFFER_H

#include <stddef.h>

#include "ihala/owned.h"

typedef struct ih_buffer {
	unsigned char *data; /* never NULL; data[size] is 0 */
	size_t size;         /* bytes in use */
	size_t room;         /* bytes held, the NUL not counted */
} ih_buffer;

/* Empty.  The caller owns it. */
struct ih_buffer *ih_buffer_new(void);
/* A copy of SIZE BYTES.  The caller owns it. */
struct ih_buffer *ih_buffer_copy(const void *bytes, size_t size);
void ih_buffer_free(struct ih_buffer *buffer); /* wiped; NULL is fine */

/* Empty it, wiping what was there; the memory is kept. */
void ih_buffer_clear(struct ih_buffer *buffer);

/* Hold at least ROOM bytes without another allocation. */
void ih_buffer_reserve(struct ih_buffer *buffer, size_t room);

void ih_buffer_add(struct ih_buffer *buffer, const void *bytes, size_t size);
void ih_buffer_text(struct ih_buffer *buffer, const char *text);
void ih_buffer_printf(struct ih_buffer *buffer, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

IH_OWNER(ih_buffer, ih_buffer_free)

#endif
