/*
 * format.h - the tables of a registry, and how an older one gets them.
 *
 * Each file has the number of its format.  A new one is made by every script
 * of the table in format.c; an older one is brought forward by those that
 * came since.  Such a script only adds (CREATE ... IF NOT EXISTS): no row that
 * is there is touched, so nothing has to be copied aside first.
 *
 * keys.db is committed before registry.db, as always; a crash in between
 * leaves keys of the new format beside cases of the old one, and the next
 * start does what is left.
 *
 * Source: https://www.sqlite.org/pragma.html#pragma_user_version.
 */
#ifndef IHALA_REGISTRY_FORMAT_H
#define IHALA_REGISTRY_FORMAT_H

#include "query.h"

enum { IH_FORMAT = 5, IH_FORMAT_OLDEST = 3 };

enum ih_format_file { IH_FORMAT_CASES, IH_FORMAT_KEYS, IH_FORMAT_FILES };

/* "registry.db", "keys.db". */
extern const char *const ih_format_names[IH_FORMAT_FILES];

/* All tables, in a file that is empty.  False: IH_SYSTEM. */
bool
ih_format_make(sqlite3 *db, enum ih_format_file file, struct ih_error *err);

/* Is it ours, and of a format that is known?  False: IH_STATE (another
 * program's), IH_INPUT (E_REGISTRY_FORMAT: newer, or never there). */
bool
ih_format_check(sqlite3 *db, enum ih_format_file file, struct ih_error *err);

/* The tables that an older registry lacks, and no more: it keeps the number of
 * its format, and nothing is entered.  For one that is put back from a backup,
 * before it is checked.  False: IH_SYSTEM. */
bool ih_format_add_tables(struct ih_registry *registry, struct ih_error *err);

/*
 * Bring an unlocked registry forward, both files, and enter it.  True also
 * where nothing was to be done.  False: IH_STATE (locked: E_REGISTRY_OLDER),
 * IH_BUSY, IH_SYSTEM, and then it is as it was.
 */
bool ih_format_follow(struct ih_registry *registry, struct ih_error *err);

#endif
