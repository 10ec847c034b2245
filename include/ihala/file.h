/*
 * file.h - files read whole with a cap, and written whole or not at all.
 *
 * Writing goes to a temporary file in the same folder, then fsync, rename,
 * fsync of the folder: after a crash or a full disk the final name holds the
 * old bytes, the new bytes or nothing, never half.  "-" is standard input or
 * output.  Error texts hold the path the caller gave and no content.
 *
 * Source: POSIX.1-2017 rename(2), fsync(2).
 */
#ifndef IHALA_FILE_H
#define IHALA_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "ihala/buffer.h"
#include "ihala/error.h"

/*
 * All bytes of PATH, a regular file or pipe of at most CAP bytes.
 * Caller owns.  NULL: IH_ABSENT (no such file), IH_INPUT (larger than CAP, or
 * a folder), IH_SYSTEM.
 */
struct ih_buffer *
ih_file_read(const char *path, size_t cap, struct ih_error *err);

/*
 * Put SIZE BYTES at PATH, readable by its owner only (mode 0600).  A link is
 * followed; a device or pipe is written to and stays one.
 * False: IH_SYSTEM, and PATH is as it was before, or where only the sync of
 * the folder failed holds the new bytes, and the text says so.
 */
bool ih_file_write(const char *path, const void *bytes, size_t size,
    struct ih_error *err);

/* The same, but PATH must not exist yet.  False: IH_STATE if it does. */
bool ih_file_create(const char *path, const void *bytes, size_t size,
    struct ih_error *err);

/* Make folder PATH (mode 0700), and its parents.  True if it is there. */
bool ih_folder_make(const char *path, struct ih_error *err);

#endif
