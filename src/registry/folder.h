/*
 * folder.h - a folder that appears whole or not at all.
 *
 * It is filled under another name beside its own, and renamed when all of it
 * is on the disk.  Renaming onto an empty folder is allowed, onto a full one
 * is not: so what is there is never lost, even if it appears just now.
 *
 *	IH_OWNED(ih_folder) folder = ih_folder_begin(name, &err);
 *	... fill folder->made ...
 *	return ih_folder_finish(folder, &err);
 *
 * Source: POSIX.1-2017 rename(2), fsync(2).
 */
#ifndef IHALA_REGISTRY_FOLDER_H
#define IHALA_REGISTRY_FOLDER_H

#include <limits.h>
#include <stdbool.h>

#include "ihala/error.h"
#include "ihala/owned.h"

/* A folder's path, what is put behind it while it is made, and a file's. */
enum { IH_PATH_ROOM = PATH_MAX + 64 };

typedef struct ih_folder {
	char name[PATH_MAX], parent[PATH_MAX];
	char made[PATH_MAX + 16]; /* "": it is in its place */
} ih_folder;

/* Mode 0700.  Caller owns.  NULL: IH_STATE (something is there), IH_USAGE (no
 * name for a folder), IH_SYSTEM. */
struct ih_folder *ih_folder_begin(const char *name, struct ih_error *err);
/* False: IH_STATE (something is there by now), IH_SYSTEM. */
bool ih_folder_finish(struct ih_folder *folder, struct ih_error *err);
/* What was put in its place goes again: it was one of two. */
void ih_folder_undo(struct ih_folder *folder);
/* What was not finished goes, with all files in it. */
void ih_folder_end(struct ih_folder *folder);

void ih_folder_path(char path[static IH_PATH_ROOM], const char *folder,
    const char *file);

IH_OWNER(ih_folder, ih_folder_end)

#endif
