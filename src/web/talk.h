/*
 * talk.h - one message to a desk and its answer, for who waits for neither.
 */
#ifndef IHALA_WEB_TALK_H
#define IHALA_WEB_TALK_H

#include <stdbool.h>

#include "ihala/fields.h"

typedef struct ih_talk ih_talk;

/* ASKED at socket FD; both are borrowed, ASKED until this returns.  Caller
 * owns. */
struct ih_talk *ih_talk_new(int fd, const struct ih_fields *asked);
void ih_talk_free(struct ih_talk *talk); /* wiped; NULL is fine */
int ih_talk_fd(const struct ih_talk *talk);

/* Say and hear what can be without waiting.  False: it is over; ANSWER is what
 * was said, the caller's own, or NULL: the other side is gone, or does not
 * keep to it. */
bool ih_talk_on(struct ih_talk *talk, struct ih_fields **answer);
/* There is more to say: it goes on when that can be. */
bool ih_talk_is_saying(const struct ih_talk *talk);

IH_OWNER(ih_talk, ih_talk_free)

#endif
