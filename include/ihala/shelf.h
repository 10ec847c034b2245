/*
 * shelf.h - the packs a registry judges by: the newest is in force, the
 * earlier ones stay for the cases that were judged by them.
 *
 * Whoever puts a pack here has checked it (pack.h); here it is kept whole,
 * entered in the ledger, and marked with a key grown from compartment
 * "audit".  So a pack that was changed, put in another's place or taken away
 * with another program is found when it is next asked for.
 *
 * Source: src/README.md "The registry".
 */
#ifndef IHALA_SHELF_H
#define IHALA_SHELF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ihala/buffer.h"
#include "ihala/error.h"
#include "ihala/registry.h"
#include "ihala/tree.h"

#define IH_SHELF_MAX ((size_t)16 << 20) /* bytes of one pack */

struct ih_shelved {
	int64_t sequence;      /* from 1; only rises */
	int64_t made;          /* instant */
	int64_t loaded;        /* instant; filled in here */
	struct ih_hash digest; /* of the pack; filled in here */
};

/*
 * Put a pack in force; FILES are the digests of what it holds.  The same
 * bytes again are harmless.  False: IH_TRUST with E_PACK_ROLLBACK or
 * E_PACK_CONFLICT, IH_INPUT (a size or number out of bounds), IH_DENIED,
 * IH_BUSY, IH_SYSTEM.
 */
bool ih_shelf_add(struct ih_registry *registry, const struct ih_shelved *pack,
    const void *bytes, size_t size, const struct ih_hash files[], size_t count,
    struct ih_error *err);

/*
 * The pack in force; PACK may be NULL.  Caller owns.
 * NULL: IH_STATE with E_PACK_NONE; IH_TRUST with E_PACK_STORED (it is not the
 * one that was loaded); IH_DENIED (locked).
 */
struct ih_buffer *ih_shelf_newest(struct ih_registry *registry,
    struct ih_shelved *pack, struct ih_error *err);

/* The number in force, as rows and ledger have it; 0: none; -1: failed,
 * E_PACK_STORED among others. */
int64_t ih_shelf_number(struct ih_registry *registry, struct ih_error *err);

/* The newest pack that holds every one of FILES.  Caller owns.
 * NULL: IH_ABSENT (none does), IH_TRUST with E_PACK_STORED, IH_DENIED. */
struct ih_buffer *ih_shelf_holding(struct ih_registry *registry,
    const struct ih_hash files[], size_t count, struct ih_error *err);

#endif
