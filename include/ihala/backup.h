/*
 * backup.h - two copies of a registry, and the way back.
 *
 * A backup is two folders, since keys.db is kept apart and for less long: one
 * with registry.db, one with keys.db, each with the same signed manifest
 * (src/registry/statement.h).  Both are made by SQLite's online backup while
 * others read and write.  Each folder appears whole or not at all, the keys
 * first: where there is data, there are its keys.
 *
 * The pair is of one moment.  A case's keys are written before its row, and
 * destroyed after it, each time under the write lock of registry.db; so for
 * an instant that lock is held, a reading view of both files is opened, and
 * the lock is let go.  A case that was acknowledged has its keys in the pair,
 * and one that was erased has neither.
 *
 * A restore starts from the two folders and the list of erasures (erase.h)
 * that the office keeps beside its backups: whoever was erased since the
 * backup is erased again before the registry is in its place.
 *
 * Source: https://www.sqlite.org/backup.html; xml/lifecycle/case.xml
 * (key-backups).
 */
#ifndef IHALA_BACKUP_H
#define IHALA_BACKUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ihala/date.h"
#include "ihala/error.h"
#include "ihala/library.h"
#include "ihala/registry.h"
#include "ihala/world.h"

struct ih_backup {
	uint64_t size;            /* entries of the ledger */
	char until[IH_DATE_TEXT]; /* the keys' folder must be gone after */
};

/*
 * Copy REGISTRY into the new folders DATA and KEYS, neither inside the other;
 * LABEL: of a progress bar, NULL: none.  False: IH_DENIED (locked), IH_STATE
 * (something is there), IH_USAGE (one folder for both; opened without a
 * library), IH_BUSY, IH_SYSTEM; and then neither is there.
 */
bool
ih_backup_make(struct ih_registry *registry, const char *data, const char *keys,
    const char *label, struct ih_backup *made, struct ih_error *err);

struct ih_restore {
	const char *data, *keys; /* folders of one backup */
	const char *erasures;    /* file of ih_erasure_list(); NULL: */
	bool forget_erasures;    /* asked for: none is known */
	const char *folder;      /* new */
	struct ih_login login;   /* of the time of the backup */
	bool any_content; /* parts open; whether they fit a schema is not asked
			   */
	struct ih_library *library;   /* borrowed */
	const struct ih_world *world; /* borrowed */
};

struct ih_restored {
	int64_t made;   /* instant of the backup */
	uint64_t size;  /* entries of its ledger */
	size_t erased;  /* again */
	int64_t listed; /* instant of the list; 0: none */
};

/*
 * Put a backup back as a registry.  False, and nothing is there: IH_STATE (the
 * folder is not empty, the list is older than the backup), IH_USAGE (no list,
 * and not said that there is none), IH_TRUST (a file, manifest or list was
 * changed; of another registry), IH_DENIED (passphrase), IH_ABSENT, IH_INPUT,
 * IH_SYSTEM.
 */
bool ih_backup_restore(const struct ih_restore *how,
    struct ih_restored *restored, struct ih_error *err);

#endif
