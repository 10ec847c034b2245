/*
 * published.h - files that were published, as whoever has them can read them:
 * returns, signed or bare, and regional summaries.  Whose signature it is does
 * not matter to what the numbers give away.
 */
#ifndef IHALA_CLI_PUBLISHED_H
#define IHALA_CLI_PUBLISHED_H

#include "command.h"
#include "ihala/region.h"
#include "ihala/return.h"

enum { PUBLISHED_MAX = 4 * IH_RETURNS_MAX };

typedef struct published {
	xmlDoc *last; /* the file that was read last, as it was read */
	struct ih_return *list[PUBLISHED_MAX];
	size_t count;
} cli_published;

/* Each file in the words of REQUEST; of a folder, each file in it that is one
 * (a page beside it is not).  NULL: IH_ABSENT, IH_INPUT. */
struct published *published_read(struct request *request,
    const struct ih_tables *tables, struct ih_error *err);
void published_free(struct published *published);

IH_OWNER(cli_published, published_free)

#endif
