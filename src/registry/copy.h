/*
 * copy.h - files of a backup: their digest, and copying them whole.
 *
 * They may be larger than memory, so they are mapped.
 */
#ifndef IHALA_REGISTRY_COPY_H
#define IHALA_REGISTRY_COPY_H

#include "ihala/error.h"
#include "ihala/tree.h"

#define IH_MANIFEST "manifest"

/* SHA-256 of all of it.  False: IH_ABSENT, IH_SYSTEM. */
bool
ih_file_digest(const char *path, struct ih_hash *digest, struct ih_error *err);

/* TO is new, of mode 0600, and on the disk; DIGEST of what was copied.
 * False: as above, IH_STATE (TO is there). */
bool ih_file_copy(const char *from, const char *to, struct ih_hash *digest,
    struct ih_error *err);

#endif
