/*
 * incoming.h - a file with an interview that was held elsewhere, opened and
 * read; nothing of it is stored.
 */
#ifndef IHALA_CLI_INCOMING_H
#define IHALA_CLI_INCOMING_H

#include "ihala/certificate.h"
#include "interview.h"

/* What many files share: loaded when the first one needs it. */
typedef struct incoming {
	struct request *request;      /* borrowed */
	struct ih_registry *registry; /* borrowed */
	struct ih_schema *submissions, *answers, *requests;
	struct ih_office *keys; /* for forms */
	struct desk *desk;
	/* Of the last form: how it is read; NULL: it is one of ours. */
	xmlDoc *mapping;
	char form[65];
} cli_incoming;

/* The caller owns it. */
struct incoming *
incoming_new(struct request *request, struct ih_registry *registry);
void incoming_free(struct incoming *incoming);
IH_OWNER(cli_incoming, incoming_free)

/* What was in one file; the desk of INCOMING must outlive it. */
typedef struct arrived {
	struct interview *interview; /* NULL: it is a request for help */
	xmlDoc *request;             /* fits request.rng */
	const char *origin;          /* "odk", "page", "paper", "htcds" */
	bool sealed;
} cli_arrived;

void arrived_free(struct arrived *arrived);
IH_OWNER(cli_arrived, arrived_free)

/* Where files of one kind come from, and how one is read.  NULL: what is wrong
 * with it. */
typedef struct arrived *incoming_read(struct incoming *incoming,
    const char *path, struct ih_error *err);
incoming_read incoming_odk, incoming_page, incoming_paper;

/* "yes", "no", "unknown": what its answers say of danger. */
const char *incoming_danger(const struct interview *interview);

#endif
