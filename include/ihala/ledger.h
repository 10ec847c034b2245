/*
 * ledger.h - who did what, in a list that can only grow.
 *
 * Each act is one entry; the entries are the leaves of a Merkle tree
 * (tree.h).  With each transaction the registry signs the new size and root
 * (Ed25519); it marks each entry with HMAC-SHA256 of the root it made; both
 * keys come from that of compartment "audit".  So an entry changed, removed,
 * moved or cut off is found, and its index is named.  (Where the registry is
 * locked the marks cannot be read: a change whose leaf was recomputed too is
 * then found by the root alone, without its index.)  Someone who
 * holds the whole disk can still put back an older copy of it: that is found
 * by whoever has seen a later checkpoint, which is why checkpoints travel
 * with every file that is sent.
 *
 * An entry holds no personal data: a case is named by its code, content by
 * the SHA-256 of its sealed bytes.  Its canonical bytes are the line
 *
 *	INDEX TAB INSTANT TAB ACTOR TAB ACT TAB SUBJECT TAB DIGEST LF
 *
 * Source: RFC 9162 section 2.1, RFC 8032; src/README.md "The registry".
 */
#ifndef IHALA_LEDGER_H
#define IHALA_LEDGER_H

#include <stdbool.h>
#include <stdint.h>

#include "ihala/proof.h"
#include "ihala/registry.h"

enum ih_act {
	IH_ACT_OPEN,    /* a case was opened */
	IH_ACT_READ,    /* a part was read */
	IH_ACT_WRITE,   /* a part was written */
	IH_ACT_MOVE,    /* a case moved along an axis */
	IH_ACT_SEND,    /* a file was sealed for a partner */
	IH_ACT_RECEIVE, /* a file of a partner was taken in */
	IH_ACT_PRINT,   /* a document was made for people */
	IH_ACT_PREVIEW, /* what would leave was shown */
	IH_ACT_EXPORT,  /* content left the registry in another way */
	IH_ACT_KEEP,    /* an office secret was put in its place */
	IH_ACT_TRUST,   /* a partner's trust list was taken in */
	IH_ACT_PROPOSE, /* and one person has compared its key */
	IH_ACT_UNTRUST, /* a key of a partner is believed no longer */
	IH_ACT_REVOKE,  /* a partner's revocation list was taken in */
	IH_ACT_COUNT,   /* statistics were drawn */
	IH_ACT_PACK,    /* a pack was put in force */
	IH_ACT_USERS,   /* a user was let in or out, or a key made anew */
	IH_ACT_ASSIGN,  /* a case was given to a user, or taken back */
	IH_ACT_BREAK,   /* a case was opened in an emergency */
	IH_ACT_REVIEW,  /* and somebody else looked at that */
	IH_ACT_SHARE,   /* a recovery key was split among officers */
	IH_ACT_RECOVER, /* officers gave a user a new passphrase */
	IH_ACT_SEARCH,  /* a person was looked for */
	IH_ACT_LINK,    /* two cases were linked */
	IH_ACT_UNLINK,  /* and no longer are */
	IH_ACT_NOTE,    /* something beside the parts of a case was written */
	IH_ACT_ERASE,   /* a case was destroyed: its last move */
	IH_ACT_BACKUP,  /* a copy of the registry was made */
	IH_ACT_RESTORE, /* the registry was put back from a copy */
	IH_ACT_CONSENT, /* what a person agreed to, or not, was entered */
	IH_ACT_RECTIFY, /* answers were put right, or were not, with reasons */
	IH_ACT_MIGRATE, /* an older registry was given the tables of now */
	IH_ACT_REQUEST, /* a request for help was taken in, or became a case */
	IH_ACT_PLAN,    /* the plan of a case was changed */
	IH_ACT_SERVICE, /* a provider was entered, or checked */
	IH_ACT_DRAFT,   /* an interview was begun, finished or discarded */
	IH_ACT_INTAKE,  /* an interview came that nobody vouches for yet */
	IH_ACTS
};

enum { IH_SUBJECT_TEXT = 129 }; /* with the NUL */

const char *ih_act_name(enum ih_act act); /* "open" */

struct ih_entry {
	uint64_t at; /* from 0 */
	int64_t instant;
	char actor[IH_USER_TEXT];
	enum ih_act act;
	char subject[IH_SUBJECT_TEXT]; /* code, message id, name; no person */
	struct ih_hash digest;         /* zero: the act has no content */
};

/*
 * Enter an act, in the transaction that is open or one of its own.
 * SUBJECT has no control character; DIGEST may be NULL.  False: IH_DENIED
 * (locked), IH_TRUST (the ledger no longer is what was signed), IH_SYSTEM.
 */
bool ih_ledger_add(struct ih_registry *registry, enum ih_act act,
    const char *subject, const struct ih_hash *digest, struct ih_error *err);

/*
 * A new look begins: from here to the next, what is read again
 * (IH_ACT_READ, the same subject) is not entered again.  Before the first
 * look each reading is an entry.
 */
void ih_ledger_look(struct ih_registry *registry);

/*
 * Recompute every entry, root and signature, and that each part of a case is
 * the one last entered.  *SIZE entries and ROOT.  False: IH_TRUST (E_LEDGER),
 * naming the first entry that does not hold.
 */
bool ih_ledger_verify(struct ih_registry *registry, uint64_t *size,
    struct ih_hash *root, struct ih_error *err);

/* The last signed checkpoint, as it stands (not verified). */
bool ih_ledger_checkpoint(struct ih_registry *registry,
    struct ih_checkpoint *checkpoint, struct ih_error *err);

/* The public key that signs; 32 bytes. */
bool ih_ledger_key(struct ih_registry *registry,
    unsigned char public[static IH_SIGN_PUBLIC], struct ih_error *err);

/*
 * What an outsider can check alone (proof.h), up to the last checkpoint: that
 * itself; entry AT; that it grew out of OLDER, a checkpoint that was held.
 * Needs no key.  False: IH_ABSENT (E_ENTRY_UNKNOWN), IH_TRUST (E_LEDGER: what
 * stands there is not what was signed, or not what was held).
 */
bool ih_ledger_state(struct ih_registry *registry, struct ih_evidence *evidence,
    struct ih_error *err);
bool ih_ledger_prove(struct ih_registry *registry, uint64_t at,
    struct ih_evidence *evidence, struct ih_error *err);
bool ih_ledger_prove_growth(struct ih_registry *registry,
    const struct ih_evidence *older, struct ih_evidence *evidence,
    struct ih_error *err);

/* Was the tree of the first SIZE entries ROOT, as a witness saw it?
 * False: IH_TRUST. */
bool ih_ledger_had(struct ih_registry *registry, uint64_t size,
    const struct ih_hash *root, struct ih_error *err);

/* Entries from index FROM on, until EACH says false. */
typedef bool ih_entry_seen(const struct ih_entry *entry, void *with);
bool ih_ledger_each(struct ih_registry *registry, uint64_t from,
    ih_entry_seen *each, void *with, struct ih_error *err);

#endif
