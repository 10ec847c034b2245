/*
 * server.h - the web application as processes.
 *
 *	keeper	the process that called ih_server_run(); one thread, starts
 *		desks and does nothing else
 *	server	speaks HTTP (libmicrohttpd); no key, no file, no program: it
 *		is one of its own (ihala-door), and confines itself before its
 *		first request
 *	desk	one for each session, started before its user logs in; has
 *		that user's keys from then on, does what the user asks for
 *		through the commands, and ends with the session
 *	painter	a confined child of each desk, started before there are keys:
 *		turns XML into pages
 *
 * A desk is asked in fields (fields.h) and answers in fields:
 *
 *	asked	:method :path :language :form-token (what a form must bring),
 *		and the fields of the form or of the query
 *	answers	:status, :type and :body, and perhaps :name (of a file to save);
 *		or :location, and perhaps the :status and :body of the page
 *		that is there; and perhaps :ends
 *
 * A log-in is the path "/login" with fields `user` and `passphrase`.
 *
 * Source: OWASP ASVS 5.0; src/README.md "Screens".
 */
#ifndef IHALA_SERVER_H
#define IHALA_SERVER_H

#include <stdbool.h>

#include "ihala/buffer.h"
#include "ihala/error.h"
#include "ihala/fields.h"
#include "ihala/words.h"
#include "ihala/world.h"

/* The whole life of a desk, at its end FD of a socket. */
typedef void ih_desk_work(int fd, void *with);

/* Pages that are the same for everybody, made before the server listens: the
 * log-in, and what is said where there is no desk to ask. */
enum ih_notice {
	IH_NOTICE_LOGIN,     /* the form */
	IH_NOTICE_REFUSED,   /* with: name or passphrase is not right */
	IH_NOTICE_WAIT,      /* with: too many tries, wait */
	IH_NOTICE_OVER,      /* with: the session is over, what was saved is
			      * kept */
	IH_NOTICE_LEFT,      /* nothing, neutral: after "leave now" */
	IH_NOTICE_BAD,       /* 400 */
	IH_NOTICE_FORBIDDEN, /* 403: not from a page of ours */
	IH_NOTICE_ABSENT,    /* 404 */
	IH_NOTICE_METHOD,    /* 405 */
	IH_NOTICE_LARGE,     /* 413 */
	IH_NOTICE_TYPE,      /* 415 */
	IH_NOTICE_HOST,      /* 421 */
	IH_NOTICE_BROKEN,    /* 500 */
	IH_NOTICE_FULL,      /* 503 */
	IH_NOTICES
};
const char *ih_notice_name(enum ih_notice notice); /* "login" */

/* What is the same for all, as bytes: the pages' own style and script. */
struct ih_asset {
	const char *path, *type; /* "/style.css", "text/css; charset=utf-8" */
	const struct ih_buffer *bytes;
};

struct ih_server {
	const char *door;        /* the program ihala-door */
	const char *listen;      /* "127.0.0.1:8437", "[::1]:0" */
	const char *certificate; /* PEM file of certificate chain and key;
				  * NULL: no TLS */
	const char *proxy;       /* "https://name" that a proxy in front answers
				  * to; NULL: none */
	enum ih_lang language;   /* where the browser asks for none of ours */
	const struct ih_buffer *notices[IH_NOTICES][IH_LANGS];
	const struct ih_asset *assets;
	size_t asset_count;
	const struct ih_world *world;
	/* Called once it listens, with the address a browser is given. */
	void (*listening)(const char *address, void *with);
	ih_desk_work *desk;
	void *with; /* handed to both */
};

/*
 * Serve until SIGTERM or SIGINT.  Everything in SERVER is borrowed.
 * False: IH_USAGE (an address that is none, or that others can reach without
 * TLS or a proxy), IH_SYSTEM.
 */
bool ih_server_run(const struct ih_server *server, struct ih_error *err);

/* The life of ihala-door, with the descriptors that ih_server_run() gave it.
 * Returns its status where it could not begin; it says why. */
int ih_server_answer(void);

#endif
