/*
 * share.h - a key that some officers have together and none of them alone.
 *
 * A secret of 32 bytes is split into 2 to 16 shares; so many of them as its
 * maker chose, the threshold, give it back.  The split, the bits of a share
 * and its checksum are SLIP-0039's, with one group and no passphrase, so a
 * set can also be joined by any other reader of that standard, and its
 * published examples are our tests.  A digest inside the split tells shares
 * that do not belong together from those that do.
 *
 * One thing is not followed: SLIP-0039 writes each 10 bits as an English
 * word.  People who work in Arabic or French copy and read aloud digits more
 * surely than 33 words of a foreign language, so here each is written as
 * that word's place in the standard's list, 0000 to 1023, and a check digit
 * of ISO/IEC 7064 MOD 11,10: a misread group is named at once, and no list
 * of words is needed.
 *
 *	share = 33 groups of 5 digits           04461 02263 00005 00337 ...
 *	        first two: the set; last three: RS1024, which finds any
 *	        change of up to three groups anywhere
 *
 * What fewer shares than the threshold tell: two less, nothing at all.  One
 * less, the 32 bits of the digest: of the 2^256 keys that are possible, 2^224
 * remain, more than an X25519 key withstands otherwise.
 *
 * Source: SLIP-0039 (SatoshiLabs); A. Shamir, "How to share a secret",
 * CACM 22(11), 1979; ISO/IEC 7064:2003.
 */
#ifndef IHALA_SHARE_H
#define IHALA_SHARE_H

#include <stddef.h>

#include "ihala/error.h"
#include "ihala/seal.h"
#include "ihala/secret.h"

enum {
	IH_SHARES_MOST = 16,   /* SLIP-0039: 4 bits of index */
	IH_SHARES_LEAST = 2,   /* one share would be a copy of the key */
	IH_SHARE_GROUPS = 33,  /* of 5 digits */
	IH_SHARE_LINE = 6,     /* groups in a line */
	IH_SHARE_INPUT = 4096, /* bytes: what somebody may type for one */
};

struct ih_share {
	unsigned set; /* 15 bits, random; the same in each share of a set */
	unsigned exponent; /* of iterations: 10 000 times 2^exponent */
	unsigned threshold;
	unsigned index; /* from 0 */
	unsigned char value[IH_KEY];
};

/* In memory as a secret's is. */
typedef struct ih_shares {
	size_t count;
	struct ih_share list[IH_SHARES_MOST];
	struct ih_secret *memory; /* where this is */
} ih_shares;

/* None yet.  The caller owns it. */
struct ih_shares *ih_shares_new(void);
void ih_shares_free(struct ih_shares *shares); /* wiped; NULL is fine */

/* Take one more share in.  False: IH_INPUT, E_SHARE_SET or E_SHARE_TWICE, as
 * ih_share_join(); IH_USAGE where there are 16. */
bool ih_shares_add(struct ih_shares *shares, const struct ih_share *share,
    struct ih_error *err);

/*
 * Split SECRET (IH_KEY bytes) into COUNT shares of a fresh set, any THRESHOLD
 * of which give it back.  The caller owns them.  NULL: IH_USAGE (less than
 * two, more than 16, a threshold above the count), IH_SYSTEM.
 */
struct ih_shares *ih_share_split(const struct ih_secret *secret, unsigned count,
    unsigned threshold, struct ih_error *err);

/*
 * The secret.  More shares than needed must agree.  PASSPHRASE is SLIP-0039's;
 * ours have none, "".  Caller owns.  NULL: IH_INPUT, with E_SHARE_SET (of two
 * sets), E_SHARE_TWICE (one share two times), E_SHARE_FEW (not enough),
 * E_SHARE_MIXED (they do not belong together, or one was forged).
 */
struct ih_secret *ih_share_join(const struct ih_shares *shares,
    const char *passphrase, struct ih_error *err);

/* As text: lines of IH_SHARE_LINE groups, NUL at the end.  Caller owns. */
struct ih_secret *ih_share_text(const struct ih_share *share);

/*
 * A share as somebody typed it: digits of any of our scripts, spaces, dashes
 * and line ends anywhere; a line that starts with # says nothing.  False:
 * IH_INPUT, naming the group, with E_SHARE_GROUP (a group was misread or is
 * not whole), E_SHARE_LENGTH (so many groups), E_SHARE_CHECK (each group is
 * well formed, but the share is not one), E_SHARE_KIND (a share of another
 * kind of set than ours).
 */
bool ih_share_read(const char *text, size_t size, struct ih_share *share,
    struct ih_error *err);

/* Is each group of this piece of a share well formed?  *GROUPS: how many.
 * FIRST is the number of the first one, for the error.  False: IH_INPUT,
 * E_SHARE_GROUP or E_SHARE_LENGTH. */
bool ih_share_piece(const char *text, size_t size, unsigned first,
    unsigned *groups, struct ih_error *err);

IH_OWNER(ih_shares, ih_shares_free)

#endif
