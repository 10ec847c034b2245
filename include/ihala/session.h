/*
 * session.h - who is logged in by a browser, and for how long.
 *
 * A session is a random token of 256 bits in a cookie, of which only the
 * SHA-256 is kept; and a socket to the process that has that user's keys
 * (desk).  It ends after so many seconds without a request, after so many in
 * all, when the user leaves, or when that process ends; ending it closes the
 * socket, which ends the process.  One request at a time is in a session, and
 * nobody waits here for another: who finds it taken comes back.
 *
 * An account has so many sessions at once; one more ends the one that was
 * used longest ago.
 *
 * Whoever tries passphrases waits: after the third failure for one account,
 * twice as long for each.  That is kept by a digest of the account's name.
 *
 * Source: OWASP ASVS 5.0 V7 (7.2.1 to 7.6.1) and V6.3.1; NIST SP 800-63B
 * section 5.2.2.
 */
#ifndef IHALA_SESSION_H
#define IHALA_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "ihala/fields.h"
#include "ihala/owned.h"
#include "ihala/world.h"

enum { IH_TOKEN_TEXT = 44 }; /* 32 bytes in base64url, with the NUL */

#define IH_SESSION_IDLE INT64_C(900)      /* seconds */
#define IH_SESSION_LONGEST INT64_C(28800) /* seconds */
#define IH_SESSION_PAGE INT64_C(10)       /* seconds that it is good */
#define IH_SESSIONS_MOST 512
#define IH_SESSIONS_OF_ONE 8 /* account */

typedef struct ih_sessions ih_sessions;

/* WORLD's chance makes the tokens; borrowed.  Caller owns. */
struct ih_sessions *ih_sessions_new(const struct ih_world *world);
void ih_sessions_free(struct ih_sessions *sessions);

/* One session, held: nobody else has it until it is let go. */
struct ih_session;

/* A new one of the account NAME, whose desk is at the other end of FD, which
 * it then owns; TOKEN is for the cookie.  False: there are too many. */
bool ih_session_begin(struct ih_sessions *sessions, int64_t now, int fd,
    const char *name, char token[static IH_TOKEN_TEXT]);

enum ih_session_found {
	IH_SESSION_NONE, /* there is none, or its time is over */
	IH_SESSION_BUSY, /* somebody has it */
	IH_SESSION_HELD
};
/* The one of TOKEN, into HELD; what was put by for it is gone. */
enum ih_session_found ih_session_take(struct ih_sessions *sessions, int64_t now,
    const char *token, struct ih_session **held);
int ih_session_desk(const struct ih_session *session);
void ih_session_let_go(struct ih_session *session, bool ends);

/* Is there one of TOKEN?  That it was asked for does not make it last. */
bool
ih_session_lives(struct ih_sessions *sessions, int64_t now, const char *token);
/* End the one of TOKEN: at once, or when whoever has it lets go of it. */
void ih_session_end(struct ih_sessions *sessions, const char *token);

/* The page that an answer leads to, made with it: put by for the request that
 * follows it within seconds.  PAGE is taken over. */
void ih_session_put_by(struct ih_session *session, int64_t now,
    struct ih_fields *page);
/* It is taken out, whoever asks; the caller owns it.  NULL: there is none any
 * more. */
struct ih_fields *ih_session_take_out(struct ih_sessions *sessions, int64_t now,
    const char *token);

/* End what is over.  How many are left. */
unsigned ih_sessions_sweep(struct ih_sessions *sessions, int64_t now);

/* What a form of this session must bring along; it cannot be had from the
 * stored digest, nor lead back to the token. */
void ih_session_form_token(const char *token, char form[static IH_TOKEN_TEXT]);
/* Is it what was BROUGHT?  In constant time. */
bool
ih_session_is_form(const char form[static IH_TOKEN_TEXT], const char *brought);

/* Seconds that NAME has to wait before the next try; 0: none. */
int64_t
ih_session_wait(struct ih_sessions *sessions, int64_t now, const char *name);
/* A try begins, and counts as failed until it has passed: many at once are
 * as many as one after another. */
void ih_session_tried(struct ih_sessions *sessions, int64_t now,
    const char *name, bool passed);

IH_OWNER(ih_sessions, ih_sessions_free)

#endif
