/*
 * arena.h - memory that lives exactly as long as one document.
 *
 * Whatever is read from a document (an instrument, a set of answers, an
 * assessment) is placed in that document's arena and released with it, so
 * these structs have no free functions of their own.  A small allocation
 * that cannot be met ends the program: every size that comes from outside
 * is checked against a cap before it reaches an arena.  What an arena held
 * is wiped when it goes.
 *
 * Source: the arena of D. R. Hanson, Software: Practice and Experience 20
 * (1990).
 */
#ifndef IHALA_ARENA_H
#define IHALA_ARENA_H

#include <stddef.h>

#include "ihala/owned.h"

typedef struct ih_arena ih_arena;

/* The caller owns it. */
struct ih_arena *ih_arena_new(void);
void ih_arena_free(struct ih_arena *arena); /* NULL is fine */

/* Forget all that was taken, and keep the memory for the next document. */
void ih_arena_reset(struct ih_arena *arena);

/* Zeroed, aligned for any type, valid until the arena is freed or reset. */
void *ih_arena_take(struct ih_arena *arena, size_t size);

/* A copy of TEXT in the arena. */
char *ih_arena_text(struct ih_arena *arena, const char *text);

/* Formatted text in the arena. */
char *ih_arena_printf(struct ih_arena *arena, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/*
 * LIST, of which COUNT elements of SIZE bytes are in use, with place for one
 * more: LIST itself, or a copy in the arena with twice the ROOM.  LIST may be
 * NULL where ROOM is 0.
 */
void *ih_arena_more(struct ih_arena *arena, void *list, size_t count,
    size_t *room, size_t size);

/* SIZE zeroed bytes, SIZE not from outside; the caller frees them. */
void *ih_zeroed(size_t size);

IH_OWNER(ih_arena, ih_arena_free)

#endif
