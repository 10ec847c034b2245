/*
 * same.h - which cases are of one person, and which of them stands for it.
 *
 * The one that was opened first does, so that a person is counted in one
 * period for good, and half-years make the year.  What binds two cases is
 * sealed with the identity of the first, so whoever counts has to hold that
 * where cases are linked, and nowhere else.
 */
#ifndef IHALA_REGISTRY_SAME_H
#define IHALA_REGISTRY_SAME_H

#include "ihala/statistic.h"
#include "query.h"

struct ih_same_case {
	char code[IH_CODE_TEXT], first[IH_CODE_TEXT];
	int64_t opened; /* day */
};

/* Those with a row of codes that are linked as "same", by the first one's day
 * and code, and then by their own. */
typedef struct ih_same {
	struct ih_same_case *list;
	size_t count, room;
} ih_same;

/* Caller owns.  NULL: IH_DENIED, IH_TRUST. */
struct ih_same *
ih_same_load(struct ih_registry *registry, struct ih_error *err);
void ih_same_free(struct ih_same *same);
/* NULL: it is of nobody else. */
const struct ih_same_case *
ih_same_find(const struct ih_same *same, const char *code);

/* link.c: what binds A and B, sealed in column AT of ROW.  Caller owns. */
struct ih_buffer *ih_link_kind(struct ih_registry *registry, const char *a,
    const char *b, sqlite3_stmt *row, int at, struct ih_error *err);

/* statistic.c: a count is entered, and rows are shown without an entry. */
#define IH_STATISTIC_EVER INT64_C(3000000) /* days: the year 10183 */
bool ih_statistic_begin(struct ih_registry *registry, struct ih_period period,
    struct ih_error *err);
bool ih_statistic_see(struct ih_registry *registry, struct ih_period period,
    ih_statistic_seen *each, void *with, struct ih_error *err);
/* The row of CODE, and those of whom it is one case, put anew. */
bool ih_statistic_see_one(struct ih_registry *registry,
    const struct ih_same *same, const char *code,
    const struct ih_statistic_packer *packer, struct ih_error *err);

IH_OWNER(ih_same, ih_same_free)

#endif
