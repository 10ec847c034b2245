/*
 * sheet.h - a paper of a case, from the knowledge that the case was made with.
 */
#ifndef IHALA_CLI_SHEET_H
#define IHALA_CLI_SHEET_H

#include "case_file.h"

/* Which paper: a kind of paper.h, and what is said about it beside the case;
 * NULL: nothing. */
struct sheet_asked {
	const char *kind;
	const char *made;    /* the day on it */
	const char *purpose; /* of a consent */
	const char *to;      /* a body of ours, or another committee */
};

/* Of the case in COPY (copy.rng), in the languages of REQUEST.  The caller
 * owns the blocks. */
xmlDoc *sheet_blocks(struct request *request, struct ih_registry *registry,
    const struct ih_buffer *copy, const struct sheet_asked *asked,
    struct ih_error *err);

#endif
