/*
 * web.h - what the files of the server share: the process that browsers talk
 * to, and one request in it.
 *
 * It is one thread that waits for nobody: browsers, desks and the keeper are
 * events of one loop (door.c).
 */
#ifndef IHALA_WEB_WEB_H
#define IHALA_WEB_WEB_H

#include <microhttpd.h>
#include <stdint.h>

#include "ihala/gate.h"
#include "ihala/server.h"
#include "ihala/session.h"

#define DESKS_AT_ONCE 16 /* that are asked */
#define LOGINS_AT_ONCE 4 /* each takes a processor for a third of a second */
#define WAITING_MOST 512 /* requests that wait for a desk */
#define FORM_MOST ((size_t)64 << 10)
#define FILE_MOST ((size_t)16 << 20)

/* One connection: whoever sends a byte now and then, or takes one, does not
 * keep it for ever. */
struct caller {
	struct caller *next, *before;
	int fd;
	int64_t since; /* the last request ended, or this one was begun */
	size_t bytes;  /* of the request and its answer */
};

struct web {
	const struct ih_server *server;
	struct ih_gate gate;
	char hosts[IH_GATE_HOSTS][300];
	const char *cookie, *language_cookie; /* their names */
	struct MHD_Daemon *daemon;
	struct MHD_Response *notices[IH_NOTICES][IH_LANGS];
	struct MHD_Response **assets;
	struct ih_sessions *sessions;
	struct caller *callers;
	int events; /* of browsers, desks and the keeper */
	int keeper; /* our end */
	struct exchange *waiting[WAITING_MOST]; /* the first came first */
	size_t waiting_count;
	struct exchange *asking[DESKS_AT_ONCE + LOGINS_AT_ONCE]; /* the same */
	size_t asking_count;
	size_t logins; /* of them */
};

/* One request and its answer. */
struct exchange {
	struct web *web;
	struct MHD_Connection *connection;
	struct caller *caller;
	struct MHD_PostProcessor *form;
	struct ih_fields *asked, *answer;
	struct ih_buffer *value; /* of the field that is being read */
	char name[64];           /* of it; "": none */
	bool is_file;            /* it is one */
	enum ih_lang lang;
	char token[IH_TOKEN_TEXT]; /* of the cookie; "": none */
	char fresh[IH_TOKEN_TEXT]; /* for the cookie, after a log-in */
	bool is_post, is_too_large, is_asked, is_answered;
	bool ends;                  /* the session does, with this answer */
	bool is_there;              /* where the answer leads */
	enum ih_notice notice;      /* where no desk answered */
	struct ih_session *session; /* while its desk is asked */
	struct ih_talk *talk;       /* with it; NULL: not begun */
	int64_t asked_at;
};

/* Seconds, by a clock that nobody sets back. */
int64_t web_now(void);

/* ---- answer.c */

/* The answers that are always the same. */
void web_prepare(struct web *web);
enum ih_lang web_lang_of(const char *tag, size_t size, enum ih_lang otherwise);
/* That of the cookie, or the first of ours that the browser asks for. */
enum ih_lang web_language(const struct exchange *x);

enum MHD_Result
web_say(struct exchange *x, enum ih_notice notice, unsigned status);
enum MHD_Result web_refuse(struct exchange *x, enum ih_gated gated);
enum MHD_Result web_lead(struct exchange *x, const char *path);
/* To PATH, where the browser has its pages in language LANG from now on. */
enum MHD_Result
web_lead_in(struct exchange *x, const char *path, enum ih_lang lang);
/* What the desk said, or that there was none. */
enum MHD_Result web_pass_on(struct exchange *x);

/* ---- asking.c */

bool web_is_login(const struct exchange *x);
/* X waits for its desk; then its connection goes on, and it is answered.
 * False: too many wait. */
bool web_ask(struct exchange *x);
/* Something came from the desk of X, or can go there. */
void web_talk_on(struct exchange *x);
/* The keeper has started a desk. */
void web_meet_desk(struct web *web);
/* Whoever was asked too long ago is asked no longer. */
void web_lose_patience(struct web *web);

/* ---- request.c: what the library calls */

enum MHD_Result web_take(void *web, struct MHD_Connection *connection,
    const char *path, const char *method, const char *version, const char *data,
    size_t *size, void **at);
void web_finish(void *web, struct MHD_Connection *connection, void **at,
    enum MHD_RequestTerminationCode how);
void web_come_or_go(void *web, struct MHD_Connection *connection, void **at,
    enum MHD_ConnectionNotificationCode which);
size_t web_unescape(void *web, struct MHD_Connection *connection, char *text);
void web_count_bytes(const struct exchange *x, size_t size);
void web_hang_up_on_the_slow(const struct web *web);

/* ---- listen.c */

/* May a server be started so?  False: IH_USAGE. */
bool web_is_sound(const struct ih_server *server, struct ih_error *err);
/* A socket that listens; ADDRESS is where.  -1: IH_USAGE, IH_SYSTEM. */
int web_listen(const struct ih_server *server, char address[static 300],
    struct ih_error *err);
/* The names by which a browser may know us; TLS: we speak it ourselves. */
void web_name_hosts(struct web *web, const char *address, bool tls);

#endif
