/*
 * opener.h - files opened by another process, for one that may not.
 *
 * A program that has confined itself (ih_confine_self()) can open nothing,
 * and a folder can hold more files than may be open at once.  So a child is
 * forked before: it opens file after file and hands over each open file with
 * its name.  It reads none of them.  A name is a file, "-" (standard input),
 * or a folder: that is every *.xml file in it, sorted by the bytes of their
 * names; folders inside it and whatever else there is are passed over, and so
 * are names that begin with a dot.
 *
 * Names of files take memory in the child alone.
 *
 * Source: unix(7), SCM_RIGHTS.
 */
#ifndef IHALA_OPENER_H
#define IHALA_OPENER_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

#include "ihala/error.h"
#include "ihala/owned.h"

struct ih_opened {
	int file; /* the caller closes it; -1: it could not be opened */
	char name[PATH_MAX + 1]; /* FILE, or FOLDER/FILE */
	struct ih_error err;     /* IH_ABSENT or IH_SYSTEM where it could not */
};

typedef struct ih_opener ih_opener;

/* Start the child, for COUNT NAMES.  Caller owns.  NULL: IH_SYSTEM. */
struct ih_opener *
ih_opener_start(char *const *names, size_t count, struct ih_error *err);
void ih_opener_free(struct ih_opener *opener);

/* The next file, in order.  False: there is none. */
bool ih_opener_next(struct ih_opener *opener, struct ih_opened *opened);

IH_OWNER(ih_opener, ih_opener_free)

#endif
