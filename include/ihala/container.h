/*
 * container.h - the ZIP file inside the envelope, strict or not at all.
 *
 * The reader goes once over memory and accounts for every byte: each local
 * header equals its central entry; there is no gap, overlap, prefix, trailer,
 * duplicate name, encryption, data descriptor, extra field, comment or zip64.
 * What two ZIP tools could read in two ways is refused.  The writer gives the
 * same bytes for the same parts.
 *
 * The first entry is "mimetype", stored, with the media type of an ASiC-E
 * container: the writer puts it, the reader checks it and leaves it out.
 *
 * Source: ETSI EN 319 162-1 (ASiC-E); PKWARE APPNOTE 6.3.3; RFC 1951.
 */
#ifndef IHALA_CONTAINER_H
#define IHALA_CONTAINER_H

#include <stdbool.h>
#include <stddef.h>

#include "ihala/buffer.h"
#include "ihala/error.h"
#include "ihala/owned.h"

#define IH_CONTAINER_TYPE "application/vnd.etsi.asic-e+zip"
#define IH_CONTAINER_ENTRIES 64              /* the mimetype included */
#define IH_CONTAINER_PART ((size_t)32 << 20) /* bytes of one part */
#define IH_CONTAINER_MAX ((size_t)64 << 20)  /* bytes, packed or not */
#define IH_CONTAINER_RATIO 200               /* times, above 64 KiB */

enum { IH_PART_NAME = 65 }; /* with the NUL */

struct ih_part_of {
	const char *name;  /* "case.xml", "META-INF/signature001.p7s" */
	const char *media; /* "application/xml"; NULL in a container as read */
	const void *bytes;
	size_t size;
};

typedef struct ih_container {
	struct ih_part_of parts[IH_CONTAINER_ENTRIES];
	size_t count;
	/* What the parts point into: what was packed, and as admitted the
	 * file itself for what was not (else NULL). */
	struct ih_buffer *bytes, *zip;
} ih_container;

/*
 * Lower-case ASCII letters, digits, "-" and ".", beginning with a letter or
 * digit and without "..", at most 64; in META-INF/ also capitals.
 */
bool ih_part_name_is(const char *name);

/* PARTS in the order given, behind the mimetype.  Caller owns.
 * NULL: IH_USAGE (a name, a duplicate, a limit). */
struct ih_buffer *ih_container_write(const struct ih_part_of parts[],
    size_t count, struct ih_error *err);

/*
 * All parts, inflated and with their checksums compared.  Caller owns.
 * NULL: IH_INPUT with E_ZIP_FORMAT, E_ZIP_NAME, E_ZIP_DUP, E_ZIP_LIMIT,
 * E_ZIP_DATA or E_MIMETYPE.  Runs in the calling process.
 */
struct ih_container *
ih_container_read(const void *bytes, size_t size, struct ih_error *err);

/* The same, in a confined child (confine.h).  Caller owns. */
struct ih_container *
ih_container_admit(const void *bytes, size_t size, struct ih_error *err);

/* One such child for many containers, started with the first: a fork costs
 * more than the reading.  Caller owns. */
typedef struct ih_unpacker ih_unpacker;

struct ih_unpacker *ih_unpacker_new(void);
void ih_unpacker_free(struct ih_unpacker *unpacker);

/* As ih_container_admit() of ZIP, which is given: it is the container's, or
 * gone. */
struct ih_container *ih_container_admit_by(struct ih_unpacker *unpacker,
    struct ih_buffer *zip, struct ih_error *err);
void ih_container_free(struct ih_container *container);

/* The part of that name; NULL: there is none. */
const struct ih_part_of *
ih_container_part(const struct ih_container *container, const char *name);

IH_OWNER(ih_container, ih_container_free)
IH_OWNER(ih_unpacker, ih_unpacker_free)

#endif
