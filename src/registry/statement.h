/*
 * statement.h - what a registry says of itself in a file, signed with the
 * ledger's key: of a backup, of all erasures, of one erasure.
 *
 * Lines of US-ASCII, in this order and form and no other:
 *
 *	ihala-backup-1 | ihala-erasures-1 | ihala-erasure-receipt-1
 *	registry UUID
 *	committee CC
 *	made INSTANT
 *	ledger SIZE ROOT
 *	file registry.db SHA-256		(a backup)
 *	file keys.db SHA-256			(a backup)
 *	keys-until DAY				(a backup)
 *	erased CODE INSTANT ENTRY DAY		(for each; a receipt has one)
 *	signature HEX
 *
 * The signature is over all lines before its own.
 *
 * Source: RFC 8032 (Ed25519); include/ihala/ledger.h.
 */
#ifndef IHALA_REGISTRY_STATEMENT_H
#define IHALA_REGISTRY_STATEMENT_H

#include "ihala/erase.h"
#include "query.h"

#define IH_STATEMENT_MAX ((size_t)32 << 20) /* bytes: 400 000 erasures */

enum ih_statement_kind {
	IH_STATES_BACKUP,
	IH_STATES_ERASURES,
	IH_STATES_RECEIPT,
	IH_STATEMENT_KINDS
};

enum ih_registry_file { IH_FILE_CASES, IH_FILE_KEYS, IH_REGISTRY_FILES };

extern const char *const ih_registry_files[IH_REGISTRY_FILES];

typedef struct ih_statement {
	enum ih_statement_kind kind;
	char registry[IH_UUID_TEXT];
	char committee[IH_COMMITTEE_TEXT];
	int64_t made; /* instant */
	uint64_t size;
	struct ih_hash root;
	struct ih_hash file[IH_REGISTRY_FILES];
	char until[IH_DATE_TEXT];
	size_t count;
	struct ih_erasure *erased;
	unsigned char signature[IH_SIGNATURE];
} ih_statement;

/* A statement of KIND about REGISTRY as it is now.  Caller owns.  NULL:
 * IH_SYSTEM. */
struct ih_statement *ih_statement_new(struct ih_registry *registry,
    enum ih_statement_kind kind, struct ih_error *err);
void ih_statement_free(struct ih_statement *statement);
void ih_statement_add(struct ih_statement *statement,
    const struct ih_erasure *erasure);

/* Signed, as bytes.  Caller owns.  NULL: IH_DENIED, IH_SYSTEM. */
struct ih_buffer *ih_statement_write(const struct ih_registry *registry,
    const struct ih_statement *statement, struct ih_error *err);

/* Read what was written; it is not yet believed.  Caller owns.  NULL:
 * IH_INPUT. */
struct ih_statement *
ih_statement_read(const void *bytes, size_t size, struct ih_error *err);

/* Did this registry sign it, and is it of KIND?  False: IH_TRUST, IH_INPUT. */
bool ih_statement_check(const struct ih_registry *registry,
    const struct ih_statement *statement, enum ih_statement_kind kind,
    struct ih_error *err);

IH_OWNER(ih_statement, ih_statement_free)

#endif
