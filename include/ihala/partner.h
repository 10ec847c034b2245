/*
 * partner.h - which committees this office believes, since when, and what of
 * theirs it believes no longer.
 *
 * It takes two people to believe a committee: one proposes its first list,
 * another confirms it, and each has compared the fingerprint of its list key
 * with the committee.  A later list needs nobody: exchange decides whether
 * it follows (trust.h).  A list that stands in the database is handed out only
 * as the ledger says it was taken in, so nobody can put one there by hand.
 *
 * A key that is withdrawn here stands in the ledger and nowhere else: it
 * cannot be taken back.
 *
 * Source: src/exchange/README.md "Trust"; for the two people, NIST SP 800-57
 * part 1 (dual control).
 */
#ifndef IHALA_PARTNER_H
#define IHALA_PARTNER_H

#include <stdbool.h>
#include <stdint.h>

#include "ihala/buffer.h"
#include "ihala/error.h"
#include "ihala/id.h"
#include "ihala/message.h"
#include "ihala/registry.h"

/* A committee whose trust list is held. */
struct ih_peer {
	char committee[IH_COMMITTEE_TEXT];
	char
	    fingerprint[65 + 64]; /* of the key that signs its list, as shown */
	int64_t sequence;         /* of the list; may only rise */
	int64_t added;            /* instant of the first list */
	int64_t updated;          /* instant of this list */
};

#define IH_TRUST_LIST_MAX                                                      \
	((size_t)1 << 20) /* bytes; a revocation list, too                     \
			   */

/*
 * The first list of a committee, whose fingerprint the user has compared: it
 * waits for another user.  One that waited is replaced.
 * False: IH_STATE (E_PEER_KNOWN: its list key is believed already), IH_DENIED,
 * IH_INPUT, IH_BUSY, IH_SYSTEM.
 */
bool ih_peer_propose(struct ih_registry *registry, const struct ih_peer *peer,
    const void *list, size_t size, struct ih_error *err);

/* The list of COMMITTEE that waits.  Caller owns.  NULL: IH_ABSENT
 * (E_PEER_UNKNOWN). */
struct ih_buffer *ih_peer_waiting(struct ih_registry *registry,
    const char *committee, struct ih_peer *peer, struct ih_error *err);

/*
 * Believe the list that waits: its key has FINGERPRINT, as this user has
 * compared, too.  False: IH_ABSENT (E_PEER_UNKNOWN), IH_TRUST (E_LIST_KEY:
 * another key; E_TRUST_STORED: nobody proposed this list), IH_STATE
 * (E_FOUR_EYES: by the same user; only a training registry may have a single
 * one), IH_DENIED.
 */
bool ih_peer_confirm(struct ih_registry *registry, const char *committee,
    const char *fingerprint, struct ih_error *err);

/*
 * A newer list of a committee that is believed.  The same bytes again are
 * harmless.  False: IH_STATE (E_TRUST_ROLLBACK: a lower number, or other bytes
 * with the same; E_PEER_UNKNOWN: nobody has confirmed it), IH_DENIED, IH_INPUT,
 * IH_BUSY, IH_SYSTEM.
 */
bool ih_peer_add(struct ih_registry *registry, const struct ih_peer *peer,
    const void *list, size_t size, struct ih_error *err);

/* The list of a partner; PEER may be NULL.  Caller owns.
 * NULL: IH_ABSENT; IH_TRUST (E_TRUST_STORED: not the one that was taken in;
 * E_TRUST_UNMARKED: taken in by an older version, to be confirmed again).
 * Locked, the ledger alone is asked. */
struct ih_buffer *ih_peer_get(struct ih_registry *registry,
    const char *committee, struct ih_peer *peer, struct ih_error *err);

/* Those that are believed, and those that wait. */
typedef bool ih_peer_seen(const struct ih_peer *peer, void *with);
bool ih_peer_each(struct ih_registry *registry, ih_peer_seen *each, void *with,
    struct ih_error *err);
bool ih_peer_waiting_each(struct ih_registry *registry, ih_peer_seen *each,
    void *with, struct ih_error *err);

/* ---- what is believed no longer */

/*
 * The key with FINGERPRINT of COMMITTEE, a partner or this office itself, is
 * not to be believed for what it signed from SINCE on.  Said again, the
 * earliest day counts.  False: IH_INPUT, IH_DENIED.
 */
bool ih_peer_withdraw(struct ih_registry *registry, const char *committee,
    const char *fingerprint, int64_t since, struct ih_error *err);

/* The keys that were withdrawn here; the fingerprint has no spaces. */
typedef void
ih_peer_withdrawn(const char *fingerprint, int64_t since, void *with);
bool ih_peer_withdrawn_each(struct ih_registry *registry, const char *committee,
    ih_peer_withdrawn *each, void *with, struct ih_error *err);

/* The newest revocation list of a partner: put in its place, and given back;
 * of size 0: none any more.  What may follow what, exchange decides
 * (revocation.h). */
bool ih_peer_revoke(struct ih_registry *registry, const char *committee,
    const void *crl, size_t size, struct ih_error *err);
/* Caller owns.  NULL: IH_ABSENT; IH_TRUST (E_TRUST_STORED). */
struct ih_buffer *ih_peer_revocation(struct ih_registry *registry,
    const char *committee, struct ih_error *err);

/* ---- what came from a key */

/* Letter ID was signed with the key of FINGERPRINT. */
bool ih_message_signed(struct ih_registry *registry, const char *id,
    const char *fingerprint, struct ih_error *err);

/*
 * The letters that were taken in from COMMITTEE at SINCE or later, signed with
 * the key of FINGERPRINT, or by whom is not known; in order.
 */
bool ih_message_each_from(struct ih_registry *registry, const char *committee,
    const char *fingerprint, int64_t since, ih_message_seen *each, void *with,
    struct ih_error *err);

/* When the container with that digest was taken in; 0: it was not. */
bool ih_message_taken(struct ih_registry *registry,
    const struct ih_hash *container, int64_t *at, struct ih_error *err);

#endif
