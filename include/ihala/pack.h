/*
 * pack.h - what a committee judges by, as one signed file.
 *
 * A pack holds every instrument, framework, mechanism, the lifecycle of cases,
 * the purposes of consent, the services and the tables of a return: all the
 * data that an outcome, a consent, a referral or a count depends on.  (Schemas
 * and stylesheets say what a file may look like; they belong to the program and
 * come with it.)  It travels as a public letter of purpose "pack": the same
 * container, manifest and signature as a return, and pack.xml, which names each
 * file with its digest.
 *
 *	ih_pack_make()		the installed data -> one signed file
 *	ih_pack_open()		the checks of a public letter, then its own
 *	ih_pack_stored()	one that was checked when it was taken in
 *
 * The number of a pack only rises.  Which one is in force is the registry's
 * to remember (shelf.h).
 *
 * Source: xml/schema/pack.rng; profile ihala-ex-1, src/exchange/README.md.
 */
#ifndef IHALA_PACK_H
#define IHALA_PACK_H

#include <libxml/tree.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ihala/arena.h"
#include "ihala/buffer.h"
#include "ihala/certificate.h"
#include "ihala/digest.h"
#include "ihala/error.h"
#include "ihala/id.h"
#include "ihala/library.h"
#include "ihala/owned.h"
#include "ihala/post.h"

#define IH_PACK_MAX ((size_t)16 << 20) /* bytes: what a registry holds */

enum ih_pack_kind {
	IH_PACK_INSTRUMENT,
	IH_PACK_FRAMEWORK,
	IH_PACK_MECHANISM,
	IH_PACK_LIFECYCLE,
	IH_PACK_CONSENT,
	IH_PACK_SERVICE,
	IH_PACK_SUMMARY,
	IH_PACK_KINDS
};

/* A container's parts less mimetype, exchange.xml, pack.xml and the two of
 * the signature. */
enum { IH_PACK_FILES = IH_CONTAINER_ENTRIES - 5 };

struct ih_pack_file {
	enum ih_pack_kind kind;
	const char *id;   /* "adult" */
	const char *name; /* in a library: "xml/instrument/adult.xml" */
	char digest[IH_DIGEST_TEXT];
	const void *bytes;
	size_t size;
};

typedef struct ih_pack {
	char committee[IH_COMMITTEE_TEXT];
	int64_t sequence;            /* from 1 */
	int64_t made;                /* instant */
	char digest[IH_DIGEST_TEXT]; /* of the whole file */
	struct ih_pack_file files[IH_PACK_FILES];
	size_t count;
	/* What the above points into. */
	struct ih_arena *arena;
	struct ih_opened *opened;
	struct ih_container *container;
} ih_pack;

struct ih_pack_heading {
	char id[IH_UUID_TEXT];
	int64_t sequence;
	char previous[IH_DIGEST_TEXT]; /* the pack before; "" for number 1 */
	int64_t made;
};

/* "instrument"; its folder is "xml/" and this. */
const char *ih_pack_kind_text(enum ih_pack_kind kind);

/*
 * Everything LIBRARY has of these kinds, signed by OFFICE.  What could not
 * be loaded is not signed.  The same heading, data and time give the same
 * bytes but for the signature.  Caller owns.
 * NULL: IH_INPUT with E_PACK_WHOLE or E_PACK_CONTENT; IH_USAGE; IH_SYSTEM.
 */
struct ih_buffer *
ih_pack_make(struct ih_library *library, const struct ih_office *office,
    const struct ih_pack_heading *heading, struct ih_error *err);

/*
 * Check a pack for COMMITTEE, of which HELD is the newest that is in force.
 * From DESK are taken forms, partners, world and passed; LIBRARY has the
 * schemas.  The checks are those of a public letter except its order, then
 * "pack-manifest", "pack-whole", "pack-sequence", numbered from 1.  Caller
 * owns; every byte in it has been verified.
 * NULL: IH_INPUT or IH_TRUST with the codes of post.h, or E_PACK_FORMAT,
 * E_PACK_COMMITTEE, E_PACK_FILES, E_PACK_WHOLE, E_PACK_CONTENT,
 * E_PACK_ROLLBACK (a lower number than HELD), E_PACK_CONFLICT (its number and
 * other bytes).
 */
struct ih_pack *
ih_pack_open(const struct ih_desk *desk, struct ih_library *library,
    const char *committee, const struct ih_last *held, const void *bytes,
    size_t size, struct ih_error *err);

/* A pack that the registry vouches for: read, not checked again.  Caller
 * owns.  NULL: IH_INPUT. */
struct ih_pack *
ih_pack_stored(const void *bytes, size_t size, struct ih_error *err);

/* pack.xml against the parts of CONTAINER, for ih_pack_open().
 * False: IH_INPUT with E_PACK_FORMAT or E_PACK_FILES. */
bool ih_pack_from(const xmlDoc *doc, const struct ih_container *container,
    struct ih_pack *pack, struct ih_error *err);

/* From now on LIBRARY has the files of PACK and no others of their kinds.
 * False: nothing is another than it was (ih_library_pin()). */
bool ih_pack_pin(const struct ih_pack *pack, struct ih_library *library);

struct ih_pack *ih_pack_new(void); /* empty, with its arena */
void ih_pack_free(struct ih_pack *pack);

IH_OWNER(ih_pack, ih_pack_free)

#endif
