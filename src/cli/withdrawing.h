/*
 * withdrawing.h - consent that is taken back after a case was sent: who has
 * it is told, and answers what was done.
 */
#ifndef IHALA_CLI_WITHDRAWING_H
#define IHALA_CLI_WITHDRAWING_H

#include "command.h"
#include "following.h"
#include "ihala/mechanism.h"
#include "ihala/post.h"
#include "ihala/withdrawal.h"

/* Committees that have the case, by its code here. */
struct holders {
	char peer[16][IH_COMMITTEE_TEXT];
	size_t count;
};

/* To whom the case was sent by consent to PURPOSE, and who was not told yet
 * that it was taken back: TO, or, where that is NULL, all. */
bool withdrawing_from(struct ih_registry *registry,
    const struct ih_mechanism *ours, const char *code, const char *purpose,
    const char *to, struct holders *holders, struct ih_error *err);

/* The file's referral axis notes that it was taken back. */
bool withdrawing_begins(struct ih_registry *registry, const char *code,
    struct ih_error *err);

/* ihala send --as withdrawal, --as reply. */
bool withdrawal_send(struct request *request, struct ih_registry *registry,
    struct ih_error *err);
bool reply_send(struct request *request, struct ih_registry *registry,
    struct ih_error *err);

/* Consent was taken back where the case came from: an answer is owed.  And
 * that answer. */
following_take withdrawal_take, reply_take;

#endif
