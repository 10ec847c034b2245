/*
 * region.h - the returns of several committees side by side, and their sum.
 *
 * Sums are sums of rounded numbers: a region of n returns is exact to n times
 * the bound of one, and says so.  A committee that sent nothing is listed as
 * missing, never counted as zero; one that was made long after its period as
 * late.  Whom two committees have both counted is declared by them and shown,
 * never guessed and never taken off.  Merging does not depend on the order, nor
 * on whether some were merged before.
 *
 * Source: xml/schema/region.rng.
 */
#ifndef IHALA_REGION_H
#define IHALA_REGION_H

#include <libxml/tree.h>
#include <stddef.h>

#include "ihala/buffer.h"
#include "ihala/error.h"
#include "ihala/library.h"
#include "ihala/return.h"
#include "ihala/words.h"
#include "ihala/world.h"

#define IH_REGION_RETURNS 64

/* What stands beside the returns of a region; all borrowed, and none needed. */
struct ih_region_beside {
	/* All that were asked for a return, so that the missing are named. */
	const char *const *committees;
	size_t committee_count;
	const xmlDoc *overlap; /* overlap.rng */
	const xmlDoc *earlier; /* the region of an earlier period */
};

/*
 * region.xml of RETURNS.  Caller owns.
 * NULL: IH_USAGE (none, too many), IH_INPUT with E_RETURN_TWICE,
 * E_RETURN_PERIOD, E_RETURN_TRAINING (training beside real), E_RETURN_METHOD
 * (not rounded), E_REGION_OVERLAP (not of these committees, or not rounded).
 */
struct ih_buffer *
ih_region_make(const struct ih_tables *tables, struct ih_return *const *returns,
    size_t count, const struct ih_region_beside *beside,
    const struct ih_world *world, struct ih_error *err);

/* region.xml read and added up again.  Caller owns.
 * NULL: IH_INPUT, E_RETURN_SUM. */
xmlDoc *ih_region_read(const struct ih_tables *tables, const char *name,
    const void *bytes, size_t size, struct ih_error *err);

/* The same from outside bytes, read in a confined child first. */
xmlDoc *ih_region_admit(const struct ih_tables *tables, const char *name,
    const void *bytes, size_t size, struct ih_error *err);

/* What each committee told, as REGION has it, into RETURNS; how many.  The
 * caller owns each. */
size_t ih_region_returns(const struct ih_tables *tables, const xmlDoc *region,
    struct ih_return *returns[static IH_REGION_RETURNS]);

/* What its pages are made of, as one document: the summary, the tables'
 * definitions, the mechanisms of the committees.  Caller owns. */
struct ih_buffer *ih_region_sources(struct ih_library *library, xmlDoc *region,
    struct ih_error *err);

/* The page of REGION in one language, each chart with its table beneath.
 * Caller owns.  NULL: IH_INPUT. */
struct ih_buffer *ih_region_page(struct ih_library *library, xmlDoc *region,
    struct ih_tongue tongue, struct ih_error *err);

/* Its tables as blocks (block.rng), for paper.  Caller owns. */
xmlDoc *ih_region_blocks(struct ih_library *library, xmlDoc *region,
    struct ih_tongue tongue, struct ih_error *err);

/* Its chart of outcomes by country, alone, as SVG.  Caller owns. */
struct ih_buffer *ih_region_chart(struct ih_library *library, xmlDoc *region,
    struct ih_tongue tongue, struct ih_error *err);

#endif
