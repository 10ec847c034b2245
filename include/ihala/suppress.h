/*
 * suppress.h - exact tables of which small numbers are withheld.
 *
 * For a partner who needs exact numbers: those below a threshold are withheld,
 * and as few others as it takes that nobody works them back from the sums;
 * all bear one mark, so that it does not say which is which.  In a set of few
 * cells the choice is the best there is: fewest withheld, then fewest persons
 * in them, found by integer programming with one condition for each choice
 * that was seen not to suffice.  In a larger set each small number is given
 * room by the cheapest change of others that adds up, and what turns out not
 * to be needed is printed again.  The solver works in a confined child; the
 * choice is attacked like any release (attack.h).
 *
 * Source: Fischetti and Salazar, "Models and algorithms for the 2-dimensional
 * cell suppression problem", Mathematical Programming 84 (1999); Cox, "Network
 * models for complementary cell suppression", JASA 90 (1995).
 */
#ifndef IHALA_SUPPRESS_H
#define IHALA_SUPPRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ihala/error.h"
#include "ihala/return.h"
#include "ihala/round.h"

#define IH_SUPPRESS_BEST 32 /* cells up to which the choice is the best */
#define IH_SUPPRESS_CELLS 700

struct ih_suppress_cell {
	int64_t exact;
	int64_t least, most; /* what is known of it already; 0, 0: nothing */
	bool withheld;       /* in: at least this; out: all */
};

struct ih_suppression {
	size_t cell_count, sum_count, part_count;
	struct ih_suppress_cell cells[IH_SUPPRESS_CELLS];
	struct ih_round_sum sums[IH_ROUND_SUMS];
	uint16_t parts[IH_ROUND_PARTS];
};

/* Withhold each cell from 1 to 4, and what it takes.  False: IH_INPUT (too
 * large), IH_SYSTEM (the solver failed). */
bool ih_suppress(struct ih_suppression *set, struct ih_error *err);

/* The numbers of EXACT with small ones withheld, for who may know ROUNDED
 * (NULL: nothing was told of them).  Caller owns.  NULL: as above. */
struct ih_return *ih_return_suppress(const struct ih_tables *tables,
    const struct ih_return *exact, const struct ih_return *rounded,
    struct ih_error *err);

#endif
