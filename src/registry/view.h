/*
 * view.h - both files of a registry as they are at one moment, for reading,
 * while others go on writing.
 *
 * Keys are written before their case and destroyed after it, each time under
 * the write lock of registry.db.  So that lock is held for an instant, a
 * reading transaction is opened on each file, and the lock is let go.
 */
#ifndef IHALA_REGISTRY_VIEW_H
#define IHALA_REGISTRY_VIEW_H

#include "statement.h"

typedef struct ih_view {
	sqlite3 *db[IH_REGISTRY_FILES];
} ih_view;

/* Caller owns.  NULL: IH_DENIED (locked), IH_BUSY, IH_SYSTEM. */
struct ih_view *
ih_view_open(struct ih_registry *registry, struct ih_error *err);
void ih_view_close(struct ih_view *view);

IH_OWNER(ih_view, ih_view_close)

#endif
