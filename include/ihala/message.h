/*
 * message.h - what was sent to partners and received from them.
 *
 * Rows only: the files themselves stay files.  Sequence numbers run per
 * direction and partner; the same id, or the same number twice, is refused
 * here, and exchange decides before what a gap or a repetition means.
 *
 * Source: src/exchange/README.md (letters, check 12).
 */
#ifndef IHALA_MESSAGE_H
#define IHALA_MESSAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "ihala/buffer.h"
#include "ihala/error.h"
#include "ihala/id.h"
#include "ihala/lifecycle.h"
#include "ihala/registry.h"
#include "ihala/tree.h"

enum ih_direction { IH_SENT, IH_RECEIVED, IH_DIRECTIONS };

struct ih_message {
	char id[IH_UUID_TEXT];
	enum ih_direction direction;
	char peer[IH_COMMITTEE_TEXT];
	char purpose[IH_STATE_TEXT]; /* "referral", "receipt"... */
	int64_t sequence;            /* from 1, per direction and peer */
	struct ih_hash container;    /* SHA-256 of the signed container */
	struct ih_hash envelope;     /* SHA-256 of the file that travelled */
	struct ih_hash previous;     /* container before it; zero: the first */
	char state[IH_STATE_TEXT];   /* "sealed", "sent", "accepted"... */
	int64_t created, expires;    /* instants; expires 0: never */
	char in_reply_to[IH_UUID_TEXT]; /* "": to nothing */
	char code[IH_CODE_TEXT];        /* our case; "": none */
};

/* Add a row, and its entry in the ledger (send or receive).  False: IH_STATE
 * (the id or number is there already), IH_INPUT (a field is malformed),
 * IH_DENIED, IH_BUSY, IH_SYSTEM. */
bool ih_message_add(struct ih_registry *registry,
    const struct ih_message *message, struct ih_error *err);

/* False: IH_ABSENT. */
bool ih_message_find(struct ih_registry *registry, const char *id,
    struct ih_message *message, struct ih_error *err);
bool ih_message_at(struct ih_registry *registry, enum ih_direction direction,
    const char *peer, int64_t sequence, struct ih_message *message,
    struct ih_error *err);

/* The highest number so far; 0: none; -1: failed. */
int64_t ih_message_last(struct ih_registry *registry,
    enum ih_direction direction, const char *peer, struct ih_error *err);

/* Is there a letter to or from PEER that is a reply to ID? */
bool
ih_message_speaks(struct ih_registry *registry, enum ih_direction direction,
    const char *peer, const char *id, bool *speaks, struct ih_error *err);

/* False: IH_ABSENT. */
bool ih_message_set_state(struct ih_registry *registry, const char *id,
    const char *state, struct ih_error *err);

/* All, by creation and id, until EACH says false. */
typedef bool ih_message_seen(const struct ih_message *message, void *with);
bool ih_message_each(struct ih_registry *registry, ih_message_seen *each,
    void *with, struct ih_error *err);

#endif
