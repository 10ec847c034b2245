/*
 * proof.h - what an outsider can hold about a ledger, and check alone.
 *
 * Three small text files.  A checkpoint: so many entries had this root, and
 * the ledger's key signed it.  A proof of an entry: this line is entry so and
 * so of them.  A proof of growth: the ledger of an older checkpoint is the
 * beginning of this one.  None needs a registry, a passphrase or this
 * program to be checked: SHA-256 and Ed25519 are enough.
 *
 * The ledger is called by its origin, "ihala/COMMITTEE/KEY", where KEY is its
 * public key in lower-case hexadecimal.  So a file says by which key it is
 * signed, and whoever has compared KEY once needs nothing else.  KEY is the
 * ledger's fingerprint: an Ed25519 key is no longer than its digest.
 *
 * In the text of an entry a tab ends a field and a newline the line
 * (ledger.h); it is the "extra" of its proof, which the tree confirms.
 *
 * Source: C2SP signed-note (Ed25519, type 0x01), tlog-checkpoint and
 * tlog-proof; for growth the body of add-checkpoint of C2SP tlog-witness;
 * RFC 9162 section 2.1, RFC 8032, RFC 4648 section 4.
 */
#ifndef IHALA_PROOF_H
#define IHALA_PROOF_H

#include "ihala/buffer.h"
#include "ihala/id.h"
#include "ihala/sign.h"
#include "ihala/tree.h"

enum {
	IH_ORIGIN_TEXT = 76,      /* with the NUL */
	IH_ENTRY_TEXT = 512,      /* a line of the ledger, the same */
	IH_CHECKPOINT_TEXT = 160, /* what is signed, the same */
	IH_EVIDENCE_MAX = 65536   /* bytes of a file that is read */
};

struct ih_checkpoint {
	uint64_t size; /* entries */
	struct ih_hash root;
	unsigned char signature[IH_SIGNATURE]; /* of ih_checkpoint_text() */
};

/* What is signed: "ORIGIN LF SIZE LF root in Base 64 LF". */
void ih_checkpoint_text(const char *committee,
    const unsigned char key[static IH_SIGN_PUBLIC], uint64_t size,
    const struct ih_hash *root, char text[static IH_CHECKPOINT_TEXT]);

enum ih_evidence_kind {
	IH_OF_STATE, /* a checkpoint alone */
	IH_OF_ENTRY,
	IH_OF_GROWTH,
};

struct ih_evidence {
	enum ih_evidence_kind kind;
	char committee[IH_COMMITTEE_TEXT];
	unsigned char key[IH_SIGN_PUBLIC]; /* of the ledger */
	struct ih_checkpoint checkpoint;
	uint64_t at; /* OF_ENTRY: its index; OF_GROWTH: the older size */
	char entry[IH_ENTRY_TEXT]; /* OF_ENTRY: its line, with the LF */
	struct ih_proof path;
};

/* As a file.  The caller owns it. */
struct ih_buffer *ih_evidence_write(const struct ih_evidence *evidence);

/* Read, not yet believed.  Signatures of others (witnesses) are passed over.
 * False: IH_INPUT, naming the line. */
bool ih_evidence_read(const void *bytes, size_t size,
    struct ih_evidence *evidence, struct ih_error *err);

/* The ledger's key in hexadecimal. */
void ih_evidence_key(const struct ih_evidence *evidence,
    char text[static IH_DIGEST_TEXT]);

/* Each is one step of checking; nothing is believed before the checkpoint is.
 * False: IH_TRUST (E_PROOF_SIGNATURE, E_PROOF_PATH). */
bool
ih_evidence_is_signed(const struct ih_evidence *evidence, struct ih_error *err);
bool
ih_evidence_includes(const struct ih_evidence *evidence, struct ih_error *err);
/* OLDER is the checkpoint that was held, signed by the same ledger. */
bool ih_evidence_extends(const struct ih_evidence *evidence,
    const struct ih_evidence *older, struct ih_error *err);

#endif
