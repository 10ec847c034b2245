/*
 * keeper.h - the one process that starts others.
 *
 * Whoever listens to browsers can start nothing: it asks the keeper, which has
 * one thread and forks a desk for each session, and hands back the socket that
 * leads to it.
 */
#ifndef IHALA_WEB_KEEPER_H
#define IHALA_WEB_KEEPER_H

#include <signal.h>
#include <stdbool.h>

#include "ihala/server.h"

/* The descriptors of the door: where it is told what it has to know, the
 * keeper, and where it listens. */
enum { DOOR_TOLD = 3, DOOR_KEEPER, DOOR_LISTENS };

/* What it is told, as fields. */
#define TOLD_ADDRESS "address"
#define TOLD_PROXY "proxy"
#define TOLD_CERTIFICATE "certificate" /* with its key */
#define TOLD_LANGUAGE "language"
#define TOLD_NOTICE "notice" /* of each kind in each language */
#define TOLD_PATH "path"     /* of what is the same for all; then its */
#define TOLD_TYPE "type"
#define TOLD_BYTES "bytes"

/* Two ends of a talk between the keeper and the server.  False: IH_SYSTEM. */
bool keeper_ends(int ends[static 2], struct ih_error *err);

/* Start a desk for each who asks at END, until the other end is closed or a
 * signal sets *ENDS. */
void keeper_run(int end, const volatile sig_atomic_t *ends, ih_desk_work *desk,
    void *with);

/* In the keeper: wait until something is said at END, or until a signal sets
 * *ENDS: false. */
bool keeper_waits(int end, const volatile sig_atomic_t *ends);
/* In the server: it listens; in the keeper: is it so?  False: it ended. */
bool keeper_tell(int end);
bool keeper_hears(int end, const volatile sig_atomic_t *ends);

/* In the server: ask for a new desk.  False: nobody hears it. */
bool keeper_ask(int end);
/* What the first came of that was asked for and not answered yet: FD is the
 * caller's, -1: there is no desk.  False: nothing yet. */
bool keeper_answers(int end, int *fd);

#endif
