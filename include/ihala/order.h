/*
 * order.h - which letter may come next: one decision, from what is known.
 *
 * A carrier may lose, repeat and reorder what it carries.  Each letter has a
 * number, rising by one for each pair of sender and receiver, and names the
 * container before it; so a letter that comes late is known as the one that
 * was missing: its number is free, it follows what came before it, and what
 * came after it follows it.  It is taken in then, for a gap that can be
 * asked about and never filled would only move the sender to send the case
 * twice.  What a later letter has taken back does not come in any more.
 *
 * Source: profile ihala-ex-1, src/exchange/README.md, check 12.
 */
#ifndef IHALA_ORDER_H
#define IHALA_ORDER_H

#include <stdbool.h>
#include <stdint.h>

/* Digests are texts, as ih_digest_text() writes them; "": none, or unknown. */
struct ih_arriving {
	int64_t sequence;      /* from 1 */
	const char *container; /* its own digest */
	const char *previous;  /* that it names; "" for number 1 */
};

/* What is held of the same sender. */
struct ih_around {
	const char *same_id; /* container that came under this id */
	int64_t last;        /* the highest number; 0: none */
	const char *at;      /* container under this number */
	const char *below;   /* container under the number before */
	const char *above;   /* what the letter after it names as previous */
	bool taken_back;     /* a letter that came speaks of this one */
};

enum ih_order {
	IH_ORDER_NEXT,
	IH_ORDER_GAP,  /* later than the next: some have not come */
	IH_ORDER_LATE, /* one of those */
	IH_ORDER_AGAIN,
	/* refused: */
	IH_ORDER_TAKEN,      /* its number is another letter's */
	IH_ORDER_TAKEN_BACK, /* it came after its own withdrawal */
	IH_ORDER_SAME_ID,    /* other bytes under an id that came */
	IH_ORDER_OTHER,      /* it is of another history than what came */
	IH_ORDERS
};

/* No memory, no clock: the same letter and the same past give the same. */
enum ih_order
ih_order_of(const struct ih_arriving *letter, const struct ih_around *around);
bool ih_order_refuses(enum ih_order order);

#endif
