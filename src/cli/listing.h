/*
 * listing.h - rows for people (text) and for programs (JSON, XML).
 *
 * One shape for every verb that lists: a name, columns with a key for
 * programs and a title for people, rows of texts.
 */
#ifndef IHALA_CLI_LISTING_H
#define IHALA_CLI_LISTING_H

#include "command.h"

struct column {
	const char *key;   /* JSON key and XML attribute */
	const char *title; /* of the catalogue */
	bool number;       /* aligned to the end; a JSON number */
};

struct listing {
	const char *name, *row; /* XML elements: "cases", "case" */
	const struct column *columns;
	size_t width;           /* columns */
	const char **cells;     /* count * width, in the request's arena */
	size_t count, room;     /* rows */
	struct ih_arena *arena; /* borrowed */
};

#define LISTING(request, name_, row_, columns_)                                \
	{                                                                      \
		.name = (name_), .row = (row_), .columns = (columns_),         \
		.width = sizeof(columns_) / sizeof(columns_)[0],               \
		.arena = (request)->arena                                      \
	}

/* The last CODES columns say in codes what others say in words: for screens,
 * which read XML. */
#define LISTING_CODED(request, name_, row_, columns_, codes_)                  \
	{                                                                      \
		.name = (name_), .row = (row_), .columns = (columns_),         \
		.width = sizeof(columns_) / sizeof(columns_)[0] -              \
			 ((request)->at_hand != NULL ? 0 : (codes_)),          \
		.arena = (request)->arena                                      \
	}

/* CELLS are copied; NULL is an empty cell. */
void listing_add(struct listing *listing, const char *const *cells);
#define LISTING_ADD(listing, ...)                                              \
	listing_add(listing, (const char *const[]){ __VA_ARGS__ })

/* A cell: yes or no; and TEXT on one line, however it was written. */
const char *yes_or_no(const struct request *request, bool yes);
const char *yes_code(bool yes);
const char *listing_line(struct ih_arena *arena, const char *text);

/* To standard output, in the format asked for. */
bool listing_print(const struct listing *listing, const struct request *request,
    struct ih_error *err);

/* What was read, as two columns: the first row always, a further one where
 * it counts anything. */
struct counted {
	const char *title; /* of the catalogue */
	uint64_t count;
};
bool listing_print_counts(struct request *request, const char *what,
    const char *count, const struct counted rows[], size_t size,
    struct ih_error *err);

#endif
