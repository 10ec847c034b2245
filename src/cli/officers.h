/*
 * officers.h - the officers who sign beside the office: their certificates,
 * kept by the registry, and their keys, which are not.
 */
#ifndef IHALA_CLI_OFFICERS_H
#define IHALA_CLI_OFFICERS_H

#include "ihala/mechanism.h"
#include "ihala/officer.h"
#include "office.h"

/* Those admitted; empty where there are none.  The caller owns it. */
struct ih_officers *
officers_load(struct ih_registry *registry, struct ih_error *err);
bool officers_keep(struct ih_registry *registry,
    const struct ih_officers *officers, struct ih_error *err);

/* Keys that are open, for as long as they sign. */
typedef struct signing {
	struct ih_officer *list[IH_OFFICERS];
	size_t count;
} cli_signing;

/*
 * Open the keys that --with names, and let them sign beside OFFICE: each must
 * have been admitted.  The caller owns it, for longer than OFFICE signs.
 * NULL: IH_DENIED (passphrase or PIN), IH_TRUST (not admitted), IH_USAGE.
 */
struct signing *
officers_join(struct request *request, struct ih_registry *registry,
    struct ih_office *office, struct ih_error *err);
void signing_free(struct signing *signing);

/* As many as OURS asks for what is sent for PURPOSE?  False: IH_STATE with
 * E_SIGNERS. */
bool
officers_enough(const struct ih_mechanism *ours, const struct ih_office *office,
    enum ih_purpose purpose, struct ih_error *err);

/* Whoever signs, and for whom: opened before a transaction is, for a person
 * may be asked for a passphrase. */
typedef struct sealing {
	struct ih_forms *forms;
	struct ih_office *office;
	struct ih_partner *partner;
	struct signing *signing;
} cli_sealing;

/* For committee TO, with as many signers as PURPOSE asks for.  The caller owns
 * it. */
struct sealing *
sealing_open(struct request *request, struct ih_registry *registry,
    const char *to, enum ih_purpose purpose, struct ih_error *err);
void sealing_free(struct sealing *sealing);

/* What goes to whom; CODE our case. */
struct posting {
	const char *to, *code;
	const struct ih_part_of *parts;
	size_t count;
};
/* Seal it under the next number and enter it in the outbox, in the
 * transaction that is open; LETTER has purpose and texts.  The caller frees
 * the envelope. */
bool letter_post(struct request *request, struct ih_registry *registry,
    const struct sealing *sealing, const struct posting *posting,
    struct ih_letter *letter, struct ih_sealed *sealed, struct ih_error *err);

/* Of a command that stopped to ask for a stamp: what it signed is kept, sealed,
 * until it is said again with the reply, and the request written.  False: it
 * stopped for another reason. */
bool letter_kept(struct request *request, struct ih_registry *registry,
    struct ih_error *err);

/* The key that WORD of --with names; line NUMBER of --pin-file opens it.
 * Caller owns. */
struct ih_officer *officer_open(struct request *request, const char *word,
    size_t number, struct ih_error *err);

/* WORD as a failure may name it: never what could be a PIN. */
const char *officer_place(const char *word);

IH_OWNER(cli_signing, signing_free)
IH_OWNER(cli_sealing, sealing_free)

#endif
