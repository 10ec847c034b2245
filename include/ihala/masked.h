/*
 * masked.h - the exact sum over several committees, of numbers that none of
 * them shows.
 *
 * Each committee masks the exact numbers of its tables towards each other one
 * (mask.h).  The file of one says nothing; those of all parties, added cell by
 * cell, are the exact totals.
 *
 * What it does not do: if one party sends nothing, nothing can be summed; who
 * has the numbers of all but one has that one's, so there have to be three at
 * least; who has the sealing key of a committee can take its masks off; and a
 * total of few cases is as small as any other number.  So exact totals stay in
 * the office, and what leaves is rounded, all tables together, as a return is:
 * with an error of 4 where a sum of rounded returns has 4 for each.
 *
 * Of one period a committee may mask one row of numbers, once, towards one
 * group: of two rows under the same masks the difference shows, and of two
 * groups whoever is in one of them only.  The caller sees to it.
 *
 * Source: K. Bonawitz et al., ACM CCS 2017, 4.0.1; xml/schema/masked.rng.
 */
#ifndef IHALA_MASKED_H
#define IHALA_MASKED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ihala/buffer.h"
#include "ihala/certificate.h"
#include "ihala/error.h"
#include "ihala/owned.h"
#include "ihala/return.h"
#include "ihala/table.h"

enum {
	IH_MASKED_LEAST = 3, /* parties of one sum */
	IH_MASKED_MOST = 12,
	IH_MASKED_NUMBERS =
	    1 + IH_TABLES_MAX * IH_CATEGORIES_MAX * IH_CATEGORIES_MAX
};

/* Who takes part: a sealing certificate, borrowed. */
struct ih_party {
	char committee[IH_COMMITTEE_TEXT];
	X509 *sealing;
};

typedef struct ih_masked {
	char committee[IH_COMMITTEE_TEXT];
	char period[12];
	char made[21];
	char tables_version[16];
	bool training;
	size_t party_count;
	struct {
		char committee[IH_COMMITTEE_TEXT];
		char key[IH_DIGEST_TEXT]; /* of its sealing key */
	} parties[IH_MASKED_MOST];
	/* persons, then table by table, row by row */
	uint64_t numbers[IH_MASKED_NUMBERS];
} ih_masked;

/*
 * EXACT, masked towards all PARTIES but its own committee, which is one of
 * them and has OWN, a sealing pair; they stand by code.  Caller owns.
 * NULL: IH_INPUT with E_MASK_PARTIES (too few, too many, not by code, without
 * us); as ih_mask().
 */
struct ih_masked *ih_masked_make(const struct ih_tables *tables,
    const struct ih_return *exact, const struct ih_pair *own,
    const struct ih_party parties[], size_t count, struct ih_error *err);

/* As bytes.  Caller owns.  NULL: IH_INPUT. */
struct ih_buffer *ih_masked_write(const struct ih_tables *tables,
    const struct ih_masked *one, struct ih_error *err);

/* One of ours, or whose signature was verified; and from outside bytes, read
 * in a confined child first.  Caller owns.  NULL: IH_INPUT; E_MASK_PARTIES,
 * E_RETURN_TABLES. */
struct ih_masked *ih_masked_read(const struct ih_tables *tables,
    const char *name, const void *bytes, size_t size, struct ih_error *err);
struct ih_masked *ih_masked_admit(const struct ih_tables *tables,
    const char *name, const void *bytes, size_t size, struct ih_error *err);

/*
 * The exact totals of all parties, in any order, as a return of committee "".
 * Caller owns.  NULL: IH_INPUT with E_RETURN_TWICE, E_RETURN_PERIOD,
 * E_RETURN_TRAINING, E_MASK_PARTIES (not the same parties and keys),
 * E_MASK_MISSING (whose is not there), E_MASK_SUM (the masks do not cancel).
 */
struct ih_return *ih_masked_sum(const struct ih_tables *tables,
    struct ih_masked *const *list, size_t count, struct ih_error *err);

void ih_masked_free(struct ih_masked *one); /* wiped */

IH_OWNER(ih_masked, ih_masked_free)

#endif
