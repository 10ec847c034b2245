/* This is where the rows of an office are kept in one piece, and counted in
 * one pass. */
#include "ihala/packed.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/digest.h"
#include "inner.h"

enum { CODE = 12, HEAD = IH_DIGEST + 8 }; /* bytes */

struct ih_packed {
	const struct ih_tables *tables;
	const char *committee;
	bool training;
	unsigned char definitions[IH_DIGEST];
	size_t width, steps; /* numbers of a row; of those, steps */
	size_t standing[IH_VARIABLES_MAX], standing_count;
	size_t rows, room;
	/* Of room rows; or of HELD, and then not to be changed. */
	uint16_t *numbers;
	char (*codes)[CODE];
	struct ih_buffer *held;
};

/* Whatever makes a number mean what it means. */
static void
digest_definitions(struct ih_packed *packed)
{
	const struct ih_tables *tables = packed->tables;
	IH_OWNED(ih_buffer) text = ih_buffer_new();

	ih_buffer_printf(text, "ihala packed 1 %s %s %d\n", tables->version,
	    packed->committee, packed->training);
	for (size_t v = 0; v < tables->variable_count; v++) {
		const struct ih_variable *variable = &tables->variables[v];

		ih_buffer_printf(text, "%s %d %zu %zu %zu %zu %s %s\n",
		    variable->id, variable->from, variable->unknown,
		    variable->own, variable->other, variable->opened,
		    variable->item != NULL ? variable->item : "",
		    variable->reached != NULL ? variable->reached : "");
		for (size_t c = 0; c < variable->count; c++)
			ih_buffer_printf(text, "\t%s %s\n",
			    variable->categories[c].code,
			    variable->categories[c].reached != NULL ?
				variable->categories[c].reached :
				"");
	}
	ih_digest(text->data, text->size, packed->definitions);
}

struct ih_packed *
ih_packed_new(const struct ih_tables *tables, const char *committee,
    bool training)
{
	struct ih_packed *packed = ih_zeroed(sizeof *packed);

	packed->tables = tables;
	packed->committee = committee;
	packed->training = training;
	packed->steps = ih_coded_steps(tables);
	for (size_t v = 0; v < tables->variable_count; v++)
		if (ih_coded_stands(&tables->variables[v]))
			packed->standing[packed->standing_count++] = v;
	packed->width = 1 + packed->standing_count + packed->steps;
	digest_definitions(packed);
	return packed;
}

static size_t
row_size(const struct ih_packed *packed)
{
	return packed->width * sizeof(uint16_t);
}

/* Let go of the rows. */
static void
clear(struct ih_packed *packed)
{
	if (packed->held != NULL) {
		ih_buffer_free(packed->held);
	} else if (packed->numbers != NULL) {
		explicit_bzero(packed->numbers,
		    packed->room * row_size(packed));
		free(packed->numbers);
		free(packed->codes);
	}
	packed->held = NULL;
	packed->numbers = NULL;
	packed->codes = NULL;
	packed->rows = packed->room = 0;
}

void
ih_packed_free(struct ih_packed *packed)
{
	if (packed == NULL)
		return;
	clear(packed);
	free(packed);
}

bool
ih_packed_take(struct ih_packed *packed, struct ih_buffer *bytes, size_t offset)
{
	unsigned char *at = bytes->data + offset;
	size_t one = row_size(packed) + CODE;
	uint64_t rows = 0;

	if (bytes->size < offset + HEAD)
		return false;
	memcpy(&rows, at + IH_DIGEST, sizeof rows);
	if (memcmp(at, packed->definitions, IH_DIGEST) != 0 ||
	    rows > (bytes->size - offset - HEAD) / one ||
	    rows * one != bytes->size - offset - HEAD || offset % 2 != 0)
		return false;
	clear(packed);
	packed->held = bytes;
	packed->rows = (size_t)rows;
	/* libc's memory is aligned, and what stands before is even. */
	packed->numbers = (uint16_t *)(void *)(at + HEAD);
	packed->codes = (char(*)[CODE])(
	    void *)(at + HEAD + packed->rows * row_size(packed));
	return true;
}

void
ih_packed_give(const struct ih_packed *packed, struct ih_buffer *out)
{
	uint64_t rows = packed->rows;

	ih_buffer_reserve(out,
	    out->size + HEAD + packed->rows * (row_size(packed) + CODE));
	ih_buffer_add(out, packed->definitions, IH_DIGEST);
	ih_buffer_add(out, &rows, sizeof rows);
	if (rows == 0)
		return;
	ih_buffer_add(out, packed->numbers, packed->rows * row_size(packed));
	ih_buffer_add(out, packed->codes, packed->rows * CODE);
}

/* Room for ROOM rows of our own, with those that are there. */
static void
make_room(struct ih_packed *packed, size_t room)
{
	uint16_t *numbers = reallocarray(NULL, room, row_size(packed));
	char(*codes)[CODE] = reallocarray(NULL, room, CODE);
	size_t rows = packed->rows;

	if (numbers == NULL || codes == NULL)
		abort();
	if (rows > 0) {
		memcpy(numbers, packed->numbers, rows * row_size(packed));
		memcpy(codes, packed->codes, rows * CODE);
	}
	clear(packed);
	packed->numbers = numbers;
	packed->codes = codes;
	packed->rows = rows;
	packed->room = room;
}

static size_t
find(const struct ih_packed *packed, const char *code)
{
	size_t at = 0;

	while (at < packed->rows && strcmp(packed->codes[at], code) != 0)
		at++;
	return at;
}

static uint16_t *
row_at(const struct ih_packed *packed, size_t at)
{
	return packed->numbers + at * packed->width;
}

void
ih_packed_forget(struct ih_packed *packed, const char *code)
{
	size_t at = find(packed, code);

	if (at == packed->rows)
		return;
	if (packed->held != NULL)
		make_room(packed, packed->rows);
	packed->rows--;
	memmove(row_at(packed, at), row_at(packed, packed->rows),
	    row_size(packed));
	memmove(packed->codes[at], packed->codes[packed->rows], CODE);
}

static void
write_row(const struct ih_packed *packed, const struct coded *coded,
    uint16_t *row)
{
	*row++ = coded->opened;
	for (size_t i = 0; i < packed->standing_count; i++)
		*row++ = coded->bits[packed->standing[i]];
	memcpy(row, coded->steps, packed->steps * sizeof *row);
}

static void
read_row(const struct ih_packed *packed, const uint16_t *row,
    struct coded *coded)
{
	coded->opened = *row++;
	for (size_t i = 0; i < packed->standing_count; i++)
		coded->bits[packed->standing[i]] = *row++;
	memcpy(coded->steps, row, packed->steps * sizeof *row);
}

bool
ih_packed_add(struct ih_packed *packed, const struct ih_statistic *one,
    struct ih_error *err)
{
	struct coded coded;
	bool training;

	if (!ih_coded_read(packed->tables, packed->committee, one, &coded,
		&training, err))
		return false;
	if (training != packed->training)
		return true;
	if (packed->held != NULL || packed->rows == packed->room)
		make_room(packed, packed->rows < 64 ? 128 : packed->rows * 2);
	write_row(packed, &coded, row_at(packed, packed->rows));
	memset(packed->codes[packed->rows], 0, CODE);
	memcpy(packed->codes[packed->rows], one->code,
	    strnlen(one->code, CODE - 1));
	packed->rows++;
	return true;
}

size_t
ih_packed_rows(const struct ih_packed *packed)
{
	return packed->rows;
}

bool
ih_packed_count(const struct ih_packed *packed, struct ih_count *const *counts,
    size_t count, struct ih_error *err)
{
	struct coded coded = { .opened = 0 };

	for (size_t at = 0; at < packed->rows; at++) {
		read_row(packed, row_at(packed, at), &coded);
		for (size_t c = 0; c < count; c++)
			if (!ih_coded_count(counts[c], &coded, err))
				return false;
	}
	return true;
}
