/*
 * trust.h - which keys a committee says are its own.
 *
 * Each committee signs one list: its certificates, each granted or withdrawn
 * since when, with a number that only rises.  The root is the list-signing
 * certificate, pinned by two people who compare its fingerprint in person:
 * ih_trust_read() tells what the list says and whose fingerprint it bears,
 * and believing it the first time is the caller's decision.
 *
 * The file is CMS SignedData with the XML inside, readable with
 * "openssl cms -verify -noverify -inform DER".
 *
 * Source: RFC 5652; the thought of ETSI TS 119 612 (granted, withdrawn, next
 * update) at a hundredth of its size; src/exchange/README.md.
 */
#ifndef IHALA_TRUST_H
#define IHALA_TRUST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ihala/buffer.h"
#include "ihala/certificate.h"
#include "ihala/error.h"
#include "ihala/letter.h"
#include "ihala/owned.h"
#include "ihala/world.h"

#define IH_TRUST_MAX ((size_t)256 << 10) /* bytes of a list: 3 KiB is usual */
enum { IH_TRUST_CERTIFICATES = 16 };

struct ih_trusted {
	X509 *certificate;
	enum ih_use use; /* signing or sealing */
	bool withdrawn;
	int64_t since; /* instant of the grant or the withdrawal */
};

typedef struct ih_partner {
	char committee[IH_COMMITTEE_TEXT];
	X509 *list;      /* the certificate that signed the list */
	X509 *next_list; /* announced to sign later lists; NULL: none */
	struct ih_trusted certificates[IH_TRUST_CERTIFICATES];
	size_t count;
	X509 *stampers[IH_STAMPERS]; /* whose time stamps are believed */
	size_t stamper_count;
	int signers;                   /* how many must sign a letter: 1 to 3 */
	int64_t sequence;              /* of the list; only rises */
	char previous[IH_DIGEST_TEXT]; /* file of the list before; "": none */
	int64_t issued, next_update;   /* instants */
	char fingerprint[IH_FINGERPRINT_TEXT]; /* of LIST */
	char digest[IH_DIGEST_TEXT];           /* of the file, "" in a draft */
	bool list_withdrawn; /* LIST is believed no longer, nor is the list */
} ih_partner;

/*
 * A draft of OFFICE's own list: its signing and sealing certificate granted
 * since their notBefore, one signer.  Add what was withdrawn before signing.
 * Caller owns.
 */
struct ih_partner *ih_trust_draft(const struct ih_office *office,
    int64_t sequence, int64_t issued, int64_t next_update);

/* Add a certificate (its reference is counted) to a draft.
 * False: IH_USAGE, the list is full. */
bool ih_trust_add(struct ih_partner *draft, X509 *certificate, enum ih_use use,
    bool withdrawn, int64_t since, struct ih_error *err);

/* Add the certificate of an authority for time stamps (its reference is
 * counted) to a draft.  False: IH_USAGE, the list is full. */
bool ih_trust_add_stamper(struct ih_partner *draft, X509 *certificate,
    struct ih_error *err);

/* The signed file.  Caller owns.  NULL: IH_USAGE, IH_SYSTEM. */
struct ih_buffer *ih_trust_sign(const struct ih_partner *draft,
    const struct ih_office *office, struct ih_error *err);

/*
 * Read a signed list.  FINGERPRINT is that of the pinned list certificate
 * (any spacing), or NULL where there is none yet: then compare the result's
 * with the committee, in person.  The signature has been verified with the
 * certificate inside the file.  Caller owns.
 * NULL: IH_INPUT with E_LIST_FORMAT; IH_TRUST with E_LIST_SIGNATURE or
 * E_LIST_KEY (not the pinned key).
 */
struct ih_partner *
ih_trust_read(const struct ih_forms *forms, const void *bytes, size_t size,
    const char *fingerprint, struct ih_error *err);

/* The same from a document that its schema has passed, signed with LIST,
 * whose reference is counted.  Caller owns. */
struct ih_partner *
ih_trust_from(const xmlDoc *doc, X509 *list, struct ih_error *err);

/*
 * May FRESH take the place of HELD?  Same committee; signed by the same key or
 * by the one HELD announced; a higher number, or the same file; the next
 * number names HELD as the one before it; not issued earlier; not expired and
 * not from the future at NOW.
 * False: IH_TRUST with E_LIST_KEY, E_LIST_ROLLBACK, E_LIST_FORK,
 * E_LIST_EXPIRED, E_CLOCK.
 */
bool ih_trust_follows(const struct ih_partner *held,
    const struct ih_partner *fresh, int64_t now, struct ih_error *err);

/* A list accepted for the first time: not expired, not from the future. */
bool ih_trust_is_fresh(const struct ih_partner *partner, int64_t now,
    struct ih_error *err); /* E_LIST_EXPIRED, E_CLOCK */

/* What the key of FINGERPRINT signed from SINCE on is not to be believed,
 * whatever the list says; of several days the earliest counts.  Of an authority
 * for time stamps no stamp is believed any more. */
void ih_trust_withdraw(struct ih_partner *partner, const char *fingerprint,
    int64_t since);

/* The certificate to seal for; NULL: none is granted and valid at NOW. */
X509 *ih_trust_sealing(const struct ih_partner *partner, int64_t now);

void ih_partner_free(struct ih_partner *partner);

IH_OWNER(ih_partner, ih_partner_free)

#endif
