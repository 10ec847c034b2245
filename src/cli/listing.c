/* This is where rows are written, for people and for programs. */
#include "listing.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/buffer.h"
#include "ihala/element.h"
#include "ihala/json.h"
#include "ihala/text.h"
#include "words_keys.h"

const char *
listing_line(struct ih_arena *arena, const char *text)
{
	char *line = ih_arena_text(arena, text);
	size_t length = strlen(line);

	while (length > 0 && strchr("\r\n\t ", line[length - 1]) != NULL)
		line[--length] = '\0';
	for (char *c = line; *c != '\0'; c++)
		if (strchr("\r\n\t", *c) != NULL)
			*c = ' ';
	return line;
}

void
listing_add(struct listing *listing, const char *const *cells)
{
	size_t width = listing->width, room = listing->room;

	listing->cells = ih_arena_more(listing->arena, listing->cells,
	    listing->count, &room, width * sizeof *listing->cells);
	listing->room = room;
	for (size_t i = 0; i < width; i++)
		listing->cells[listing->count * width + i] =
		    ih_arena_text(listing->arena,
			cells[i] != NULL ? cells[i] : "");
	listing->count++;
}

const char *
yes_or_no(const struct request *request, bool yes)
{
	return word(request, yes ? W_STATE_YES : W_STATE_NO);
}

const char *
yes_code(bool yes)
{
	return yes ? "yes" : "no";
}

static const char *
cell(const struct listing *l, size_t row, size_t column)
{
	return l->cells[row * l->width + column];
}

static size_t
widest(const struct listing *l, const struct request *request, size_t column)
{
	size_t most = ih_text_columns(word(request, l->columns[column].title));

	for (size_t row = 0; row < l->count; row++) {
		size_t here = ih_text_columns(cell(l, row, column));

		if (here > most)
			most = here;
	}
	return most;
}

static void
add_padded(struct ih_buffer *out, const char *text, size_t width, bool last)
{
	size_t here = ih_text_columns(text);

	ih_buffer_text(out, text);
	for (; here < width && !last; here++)
		ih_buffer_text(out, " ");
	ih_buffer_text(out, last ? "\n" : "  ");
}

static void
add_text(const struct listing *l, const struct request *request,
    struct ih_buffer *out)
{
	size_t *most = ih_arena_take(l->arena, (l->width + 1) * sizeof *most);

	for (size_t c = 0; c < l->width; c++)
		most[c] = widest(l, request, c);
	for (size_t row = 0; row <= l->count; row++)
		for (size_t c = 0; c < l->width; c++)
			add_padded(out,
			    row == 0 ? word(request, l->columns[c].title) :
				       cell(l, row - 1, c),
			    most[c], c + 1 == l->width);
}

static void
add_json(const struct listing *l, struct ih_buffer *out)
{
	struct ih_json json = ih_json_to(out);

	ih_json_open(&json, NULL, '[');
	for (size_t row = 0; row < l->count; row++) {
		ih_json_open(&json, NULL, '{');
		for (size_t c = 0; c < l->width; c++)
			if (l->columns[c].number)
				ih_json_number(&json, l->columns[c].key,
				    strtoll(cell(l, row, c), NULL, 10));
			else
				ih_json_text(&json, l->columns[c].key,
				    cell(l, row, c));
		ih_json_close(&json, '}');
	}
	ih_json_close(&json, ']');
}

/* A screen shows the titles too. */
static void
add_titles(const struct listing *l, const struct request *request,
    struct ih_writer *w)
{
	for (size_t c = 0; c < l->width; c++) {
		ih_open(w, "column");
		ih_put(w, "key", l->columns[c].key);
		ih_put(w, "title", word(request, l->columns[c].title));
		if (l->columns[c].number)
			ih_put(w, "number", "true");
		ih_close(w);
	}
}

static bool
add_xml(const struct listing *l, const struct request *request,
    struct ih_buffer *out, struct ih_error *err)
{
	struct ih_writer w = ih_write_to(out);

	ih_open(&w, l->name);
	ih_put(&w, "xmlns", "urn:ihala:listing:1");
	if (request->at_hand != NULL)
		add_titles(l, request, &w);
	for (size_t row = 0; row < l->count; row++) {
		ih_open(&w, l->row);
		for (size_t c = 0; c < l->width; c++)
			ih_put(&w, l->columns[c].key, cell(l, row, c));
		ih_close(&w);
	}
	ih_close(&w);
	return ih_write_end(&w, err);
}

bool
listing_print(const struct listing *listing, const struct request *request,
    struct ih_error *err)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();

	switch (request->format) {
	case FORMAT_TEXT:
		add_text(listing, request, out);
		break;
	case FORMAT_JSON:
		add_json(listing, out);
		break;
	case FORMAT_XML:
		if (!add_xml(listing, request, out, err))
			return false;
		break;
	case FORMAT_HTML:
	case FORMAT_PDF:
		return ih_fail(err, IH_USAGE, "a listing is no paper");
	}
	if (fwrite(out->data, 1, out->size, stdout) != out->size)
		return ih_fail(err, IH_SYSTEM, "standard output: write failed");
	return true;
}

bool
listing_print_counts(struct request *request, const char *what,
    const char *count, const struct counted rows[], size_t size,
    struct ih_error *err)
{
	const struct column columns[] = {
		{ "what", what, false },
		{ "count", count, true },
	};
	struct listing list = LISTING(request, "read", "row", columns);

	for (size_t i = 0; i < size; i++)
		if (i == 0 || rows[i].count > 0)
			LISTING_ADD(&list, word(request, rows[i].title),
			    ih_arena_printf(request->arena, "%" PRIu64,
				rows[i].count));
	return listing_print(&list, request, err);
}
