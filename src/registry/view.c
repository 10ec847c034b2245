/* This is where a registry is held still for whoever reads all of it. */
#include "view.h"

#include <stdlib.h>

/* From its first read a transaction sees one state of its file. */
static bool
look_at(sqlite3 *db, struct ih_error *err)
{
	int64_t seen;

	return ih_run(db, err, "BEGIN", IH_NOTHING) &&
	       ih_count(db, err, &seen, "SELECT count(*) FROM setup",
		   IH_NOTHING);
}

struct ih_view *
ih_view_open(struct ih_registry *registry, struct ih_error *err)
{
	sqlite3 *const live[IH_REGISTRY_FILES] = { registry->db,
		registry->keys };
	IH_OWNED(ih_view) view = calloc(1, sizeof *view);
	IH_OWNED(ih_transaction) lock = ih_transaction_begin(registry, err);

	if (view == NULL)
		abort();
	for (int i = 0; lock != NULL && i < IH_REGISTRY_FILES; i++) {
		view->db[i] =
		    ih_query_open(sqlite3_db_filename(live[i], "main"), err);
		if (view->db[i] == NULL || !look_at(view->db[i], err))
			return NULL;
	}
	return lock != NULL ? IH_GIVE(view) : NULL;
}

void
ih_view_close(struct ih_view *view)
{
	if (view == NULL)
		return;
	for (int i = 0; i < IH_REGISTRY_FILES; i++)
		ih_query_close(view->db[i]);
	free(view);
}
