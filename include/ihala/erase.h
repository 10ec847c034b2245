/*
 * erase.h - a case that nobody can read again, and the proof of it.
 *
 * A move whose effect is "erase" (ih_case_move()) destroys a case: the keys of
 * its parts go from keys.db, the sealed parts from registry.db; what stays is
 * a tombstone, the row with code, day, states and training flag, and what the
 * ledger says.  The move is a transaction of its own.  When it says true,
 * neither file holds the keys any more, nor does what SQLite keeps beside
 * them.
 *
 *	1  keys.db: the code is noted (table pending)
 *	2  registry.db: step, ledger entry, tombstone: from here it is erased
 *	3  keys.db: keys deleted, the file written anew, its log cut to nothing
 *	4  keys.db: the note goes
 *
 * A crash before 2 leaves a case as it was; a crash after it is finished when
 * the registry is next opened with a passphrase.
 *
 * Backups of the keys still have them, for as many days as xml/lifecycle says
 * (key-backups): a receipt names the last of those days.  A list of all
 * erasures, kept beside the backups, is what a restore is held to.  Both are
 * statements signed with the ledger's key (src/registry/statement.h).
 *
 * Source: xml/lifecycle/case.xml; NIST SP 800-88 Rev. 1 section 2.6
 * (cryptographic erase).
 */
#ifndef IHALA_ERASE_H
#define IHALA_ERASE_H

#include <stdbool.h>
#include <stdint.h>

#include "ihala/buffer.h"
#include "ihala/date.h"
#include "ihala/error.h"
#include "ihala/id.h"
#include "ihala/registry.h"

struct ih_erasure {
	char code[IH_CODE_TEXT];
	int64_t instant;
	uint64_t entry;           /* of the ledger */
	char until[IH_DATE_TEXT]; /* the last day a backup may have the keys */
};

/* How the case was erased.  False: IH_ABSENT (it was not), IH_USAGE (opened
 * without a library), IH_SYSTEM. */
bool ih_erasure_of(struct ih_registry *registry, const char *code,
    struct ih_erasure *erasure, struct ih_error *err);

/* The signed receipt for one case.  Caller owns.  NULL: as above, IH_DENIED
 * (locked). */
struct ih_buffer *ih_erasure_receipt(struct ih_registry *registry,
    const char *code, struct ih_error *err);

/* The signed list of all of them, as of now; *COUNT.  Caller owns. */
struct ih_buffer *ih_erasure_list(struct ih_registry *registry, size_t *count,
    struct ih_error *err);

#endif
