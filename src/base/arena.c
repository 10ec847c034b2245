/* This is where memory lives that goes away all at once. */
#include "ihala/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_SIZE ((size_t)960) /* a few words: most arenas hold no more */
#define BLOCK_MOST ((size_t)16 << 10) /* one ordinary document fits */
#define KEPT_SIZE ((size_t)1 << 20)   /* one large one does not stay for ever */
#define FIRST_ROOM ((size_t)32)       /* elements: most lists need no more */
#define ALIGN(n)                                                               \
	(((n) + _Alignof(max_align_t) - 1) & ~(_Alignof(max_align_t) - 1))

struct block {
	struct block *next;
	size_t size, used;
	_Alignas(max_align_t) unsigned char bytes[];
};

struct ih_arena {
	struct block *newest;
};

static void *
must(void *memory)
{
	if (memory == NULL) {
		fputs("ihala: out of memory\n", stderr);
		abort();
	}
	return memory;
}

void *
ih_zeroed(size_t size)
{
	return must(calloc(1, size));
}

static struct block *
block_new(struct block *next, size_t size)
{
	struct block *block = ih_zeroed(sizeof *block + size);

	block->next = next;
	block->size = size;
	return block;
}

static void
block_free(struct block *block)
{
	explicit_bzero(block->bytes, block->used);
	free(block);
}

struct ih_arena *
ih_arena_new(void)
{
	struct ih_arena *arena = ih_zeroed(sizeof *arena);

	arena->newest = block_new(NULL, FIRST_SIZE);
	return arena;
}

/* Each is larger than the one before, to a limit. */
static size_t
next_size(const struct block *block, size_t least)
{
	size_t size = 4 * block->size;

	if (size > BLOCK_MOST)
		size = BLOCK_MOST;
	return size > least ? size : least;
}

void *
ih_arena_take(struct ih_arena *arena, size_t size)
{
	struct block *block = arena->newest;
	size_t room = ALIGN(size);
	void *taken;

	if (size > SIZE_MAX / 4)
		must(NULL);
	if (block->size - block->used < room) {
		block = block_new(block, next_size(block, room));
		arena->newest = block;
	}
	taken = block->bytes + block->used;
	block->used += room;
	return taken;
}

char *
ih_arena_text(struct ih_arena *arena, const char *text)
{
	size_t size = strlen(text) + 1;

	return memcpy(ih_arena_take(arena, size), text, size);
}

char *
ih_arena_printf(struct ih_arena *arena, const char *fmt, ...)
{
	va_list args, again;
	char *text;
	int length;

	va_start(args, fmt);
	va_copy(again, args);
	length = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	if (length < 0)
		must(NULL);
	text = ih_arena_take(arena, (size_t)length + 1);
	vsnprintf(text, (size_t)length + 1, fmt, again);
	va_end(again);
	return text;
}

void *
ih_arena_more(struct ih_arena *arena, void *list, size_t count, size_t *room,
    size_t size)
{
	void *grown;

	if (count < *room)
		return list;
	*room = count == 0 ? FIRST_ROOM : 2 * count;
	if (*room > SIZE_MAX / 4 / size)
		must(NULL);
	grown = ih_arena_take(arena, *room * size);
	return count == 0 ? grown : memcpy(grown, list, count * size);
}

static size_t
free_blocks(struct block *block)
{
	size_t held = 0;

	while (block != NULL) {
		struct block *next = block->next;

		held += block->size;
		block_free(block);
		block = next;
	}
	return held;
}

/* Several blocks become one, so that the next document of that size takes no
 * memory at all. */
void
ih_arena_reset(struct ih_arena *arena)
{
	struct block *newest = arena->newest;
	size_t held;

	if (newest->next == NULL && newest->size <= KEPT_SIZE) {
		explicit_bzero(newest->bytes, newest->used);
		newest->used = 0;
		return;
	}
	held = free_blocks(newest);
	arena->newest = block_new(NULL, held < KEPT_SIZE ? held : KEPT_SIZE);
}

void
ih_arena_free(struct ih_arena *arena)
{
	if (arena == NULL)
		return;
	free_blocks(arena->newest);
	free(arena);
}
