/*
 * post.h - a letter goes out sealed, and comes in checked.
 *
 *	ih_post_seal()		letter + parts -> "<id>.asice.p7m"
 *	ih_post_open()		the fifteen checks, then verified bytes only
 *	ih_post_receipt()	the answer to one that was opened or refused
 *	ih_post_sign(), ih_post_verify()	a public file: signed, not
 *sealed
 *
 * Nothing here knows the registry: what was seen before is asked through
 * struct ih_memory, and storing what comes back, in one transaction with the
 * ledger entry and the receipt, is the caller's.
 *
 * Source: profile ihala-ex-1, src/exchange/README.md; ETSI EN 319 102-1
 * (valid, invalid, indeterminate).
 */
#ifndef IHALA_POST_H
#define IHALA_POST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ihala/arena.h"
#include "ihala/buffer.h"
#include "ihala/certificate.h"
#include "ihala/container.h"
#include "ihala/digest.h"
#include "ihala/error.h"
#include "ihala/letter.h"
#include "ihala/owned.h"
#include "ihala/trust.h"
#include "ihala/world.h"

#define IH_POST_MAX ((size_t)64 << 20) /* bytes of a sealed file */
#define IH_POST_AHEAD 300 /* seconds a sender's clock may be ahead */

/* ---- sending */

struct ih_sealed {
	struct ih_buffer *envelope; /* the file; the caller frees it */
	char container_digest[IH_DIGEST_TEXT]; /* "previous" of the next */
	char envelope_digest[IH_DIGEST_TEXT];
	char name[IH_UUID_TEXT + 10]; /* "<id>.asice.p7m" */
};

/*
 * Sign LETTER and PARTS with FROM's signing key and those of its officers,
 * seal for TO.  From LETTER are
 * taken id, purpose, sequence, previous, created, expires, in_reply_to and
 * the texts; the rest is filled in.  The signing time is LETTER's created.
 * False: IH_USAGE (a field or part that the format does not allow), IH_TRUST
 * with E_LIST_EXPIRED or E_NO_SEALING_KEY, IH_SYSTEM; OUT is then zeroed.
 */
bool ih_post_seal(const struct ih_letter *letter,
    const struct ih_part_of parts[], size_t count, const struct ih_office *from,
    const struct ih_partner *to, struct ih_sealed *out, struct ih_error *err);

/*
 * In two steps, for a stamp over the first signature: LETTER is signed for TO
 * now, REQUEST asks an authority for the time of it.  DRAFT is what it takes
 * to go on: exchange.xml, manifests and signatures, and not a byte of PARTS.
 * The caller owns both.  False: as ih_post_seal().
 */
bool
ih_post_ask(const struct ih_letter *letter, const struct ih_part_of parts[],
    size_t count, const struct ih_office *from, const struct ih_partner *to,
    struct ih_buffer **draft, struct ih_buffer **request, struct ih_error *err);

/* What the second step has in hand.  All is borrowed. */
struct ih_stamping {
	const struct ih_forms *forms;
	const struct ih_buffer *draft, *reply;
};

/*
 * The same letter, sealed with the stamp of REPLY: LETTER and PARTS as they
 * would be sent now have to be, to the byte, what was signed then; LETTER
 * takes its id and times.  False: as ih_post_seal(); IH_STATE with
 * E_STAMP_STALE (something is another by now); IH_INPUT with E_STAMP.
 */
bool ih_post_seal_stamped(const struct ih_stamping *stamping,
    struct ih_letter *letter, const struct ih_part_of parts[], size_t count,
    const struct ih_office *from, const struct ih_partner *to,
    struct ih_sealed *out, struct ih_error *err);

/* A signed container without a receiver ("return", "pack").  Caller owns. */
struct ih_buffer *
ih_post_sign(const struct ih_letter *letter, const struct ih_part_of parts[],
    size_t count, const struct ih_office *from, struct ih_error *err);

/* ---- receiving */

struct ih_last {
	int64_t sequence;            /* 0: nothing has come yet */
	char digest[IH_DIGEST_TEXT]; /* of that container */
	int profile;                 /* the highest seen; 0: none */
};

/* Digests of containers, "" where none came (order.h). */
struct ih_near {
	char at[IH_DIGEST_TEXT];    /* under its number */
	char below[IH_DIGEST_TEXT]; /* under the number before */
	char above[IH_DIGEST_TEXT]; /* that the letter after it names */
	bool taken_back;
};

/* What the caller remembers.  A callback that fails says why, false. */
struct ih_memory {
	/* The container that came from COMMITTEE under message ID; DIGEST ""
	 * where none did. */
	bool (*seen)(void *with, const char *committee, const char *id,
	    char digest[static IH_DIGEST_TEXT], struct ih_error *err);
	/* The last accepted letter of COMMITTEE to us. */
	bool (*last)(void *with, const char *committee, struct ih_last *last,
	    struct ih_error *err);
	void *with;
	/* What is held of its sender before and after LETTER.  NULL: nobody
	 * keeps that, and a letter below the last does not come in. */
	bool (*near)(void *with, const struct ih_letter *letter,
	    struct ih_near *near, struct ih_error *err);
	/* When the container of that digest was taken in; 0: it was not.  What
	 * was taken in before its key was withdrawn still holds.  NULL: nobody
	 * knows. */
	bool (*taken)(void *with, const char *digest, int64_t *at,
	    struct ih_error *err);
};

/* How many must sign what COMMITTEE sends for PURPOSE: the letter and the
 * sender's trust list may ask for more, not for less. */
struct ih_quorum {
	int (*of)(void *with, const char *committee, enum ih_purpose purpose);
	void *with;
};

/* Which schema a part of that name must pass ("case.xml"); "instrument.*"
 * is every name that begins so. */
struct ih_expected {
	const char *name;
	struct ih_schema *schema;
};

/* Where mail is opened.  All is borrowed. */
struct ih_desk {
	const struct ih_forms *forms;
	/* NULL: nothing sealed can be opened, E_SEALED. */
	const struct ih_office *own;
	/* A container may be meant for anybody: whoever looks is not its
	 * receiver, and does not take it in. */
	bool anybody;
	struct ih_partner *const *partners;
	size_t partner_count;
	/* An XML part whose name is not here is refused. */
	const struct ih_expected *expected;
	size_t expected_count;
	/* NULL: nothing is remembered, and checks 12 and 13 are left out. */
	const struct ih_memory *memory;
	const struct ih_world *world;   /* the time that is trusted */
	const struct ih_quorum *quorum; /* NULL: one is enough */
	/* Told each check as it passes: 1 "envelope" ... 14 "content"; the word
	 * is "check." NAME.  NULL: nobody asks. */
	void (*passed)(void *with, int number, const char *name);
	void *with;
};

enum ih_verdict { IH_VALID, IH_INVALID, IH_INDETERMINATE };

/* Bits of warnings.  Revoked: signed before its key was withdrawn. */
enum { IH_W_GAP = 1, IH_W_DUPLICATE = 2, IH_W_LATE = 4, IH_W_REVOKED = 8 };

struct ih_signer {
	char committee[IH_COMMITTEE_TEXT];
	char fingerprint[IH_FINGERPRINT_TEXT];
};

typedef struct ih_opened {
	struct ih_letter letter;
	/* The letter's parts with their bytes; exchange.xml and META-INF are
	 * not among them. */
	const struct ih_part_of *parts;
	size_t count;
	struct ih_signer signers[IH_SIGNERS];
	size_t signer_count;
	unsigned warnings;
	char container_digest[IH_DIGEST_TEXT];
	char envelope_digest[IH_DIGEST_TEXT]; /* "" from ih_post_verify() */
	/* What the above points into. */
	struct ih_arena *arena;
	struct ih_container *container;
} ih_opened;

/* What is known of a letter that was refused. */
struct ih_refused {
	enum ih_verdict verdict; /* invalid or indeterminate */
	int check;               /* the number that did not pass */
	/* A receipt is due: the signature held, and it is no receipt. */
	bool answerable;
	char message[IH_UUID_TEXT];
	char from[IH_COMMITTEE_TEXT];
	int64_t sequence;
	char code[24];
	char container_digest[IH_DIGEST_TEXT];
	char envelope_digest[IH_DIGEST_TEXT];
};

/*
 * Open a sealed file.  Caller owns; every byte in it has been verified.
 * NULL: IH_INPUT or IH_TRUST with the code of the check that did not pass
 * (README.md has the table), or the memory's own error; REFUSED, if not NULL,
 * says what may be answered.
 */
struct ih_opened *ih_post_open(const struct ih_desk *desk, const void *bytes,
    size_t size, struct ih_refused *refused, struct ih_error *err);

/* The same for a public container: checks 4 to 14, without a receiver. */
struct ih_opened *ih_post_verify(const struct ih_desk *desk, const void *bytes,
    size_t size, struct ih_refused *refused, struct ih_error *err);
void ih_opened_free(struct ih_opened *opened);
/* The part of that name; NULL: the letter has none. */
const struct ih_part_of *
ih_opened_part(const struct ih_opened *opened, const char *name);

/* The name of check NUMBER, "envelope"; for one that did not pass. */
const char *ih_post_check(int number);
const char *ih_verdict_text(enum ih_verdict verdict); /* "valid" */

/* The code of one warning, "W_GAP". */
const char *ih_warning_code(unsigned warning);

/* ---- receipts */

/* Exactly one of OPENED and REFUSED.  False, IH_STATE: nothing may be
 * answered (a receipt, or not authentic). */
bool ih_post_receipt_of(const struct ih_opened *opened,
    const struct ih_refused *refused, int64_t at, struct ih_receipt *receipt,
    struct ih_error *err);

/*
 * Seal RECEIPT for TO as a letter of purpose "receipt": LETTER gives id,
 * sequence, previous, created and expires; in_reply_to is the message.
 */
bool ih_post_receipt(const struct ih_receipt *receipt,
    const struct ih_letter *letter, const struct ih_office *from,
    const struct ih_partner *to, struct ih_sealed *out, struct ih_error *err);

/* The receipt inside an opened letter of purpose "receipt".
 * False: IH_INPUT with E_LETTER. */
bool
ih_post_receipt_read(const struct ih_desk *desk, const struct ih_opened *opened,
    struct ih_receipt *receipt, struct ih_error *err);

IH_OWNER(ih_opened, ih_opened_free)

#endif
