/*
 * gate.h - what is looked at before a request from a browser is listened to.
 *
 * A page of somebody else's, open in the same browser, must not be able to ask
 * for anything here (OWASP ASVS 5.0, V3.5); a name that leads to this machine
 * by a trick of DNS must not be answered (DNS rebinding reaches loopback
 * servers); and what two readers could take apart differently is not read at
 * all (RFC 9112, section 6.3, message smuggling).
 *
 * Source: OWASP ASVS 5.0 V3, V4; RFC 9110; RFC 9112; W3C Fetch Metadata.
 */
#ifndef IHALA_GATE_H
#define IHALA_GATE_H

#include <stdbool.h>
#include <stddef.h>

#define IH_GATE_HOSTS 8

struct ih_gate {
	const char *hosts[IH_GATE_HOSTS]; /* "127.0.0.1:8437"; NULL ends */
	const char *scheme;               /* "http" or "https" */
	size_t form_most;                 /* bytes of a form */
	size_t file_most;                 /* bytes of a form with a file */
};

/* The lines of a request that matter here; NULL: it has no such line. */
struct ih_asked {
	const char *method, *path, *host, *origin;
	const char *fetch_site, *fetch_mode, *fetch_dest;
	const char *content_type, *content_length, *transfer_encoding;
	bool twice; /* one of these lines stands more than once */
};

enum ih_gated {
	IH_GATE_OPEN,
	IH_GATE_BAD,    /* 400: two readers could differ on it */
	IH_GATE_METHOD, /* 405 */
	IH_GATE_HOST,   /* 421: not a name of ours */
	IH_GATE_CROSS,  /* 403: from a page that is not ours */
	IH_GATE_LARGE,  /* 413 */
	IH_GATE_TYPE,   /* 415: not what a form sends */
	IH_GATES
};

enum ih_gated
ih_gate_check(const struct ih_gate *gate, const struct ih_asked *asked);

/* Its status in HTTP, and its name: "cross". */
int ih_gate_status(enum ih_gated gated);
const char *ih_gate_name(enum ih_gated gated);

/* May a form of TYPE have SIZE bytes? */
bool
ih_gate_fits(const struct ih_gate *gate, const char *content_type, size_t size);

/* Is PATH one of ours to go back to: "/case/AB...", and no other host? */
bool ih_gate_is_path(const char *path);

#endif
