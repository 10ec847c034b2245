/*
 * office.h - the office's own keys and its partners, as the commands need
 * them.
 */
#ifndef IHALA_CLI_OFFICE_H
#define IHALA_CLI_OFFICE_H

#include "command.h"
#include "ihala/certificate.h"
#include "ihala/message.h"
#include "ihala/partner.h"
#include "ihala/post.h"
#include "ihala/trust.h"

#define OFFICE_YEARS 3 /* how long a fresh key is valid */
#define LIST_SECONDS                                                           \
	((int64_t)365 * 86400) /* a trust list is renewed within a year */
#define LETTER_SECONDS                                                         \
	((int64_t)30 * 86400) /* a letter that is older is refused */

/* Seal OFFICE's keys in the registry. */
bool office_keep(struct ih_registry *registry, const struct ih_office *office,
    struct ih_error *err);
/* The caller owns it. */
struct ih_office *
office_load(struct ih_registry *registry, struct ih_error *err);

/* A trusted partner's list, read again, without what was withdrawn or revoked
 * since.  The caller owns it.  NULL: IH_STATE where COMMITTEE is no partner;
 * IH_TRUST (E_TRUST_STORED). */
struct ih_partner *partner_load(struct ih_registry *registry,
    const struct ih_forms *forms, const char *committee, struct ih_error *err);

/* Take from a list what was withdrawn here since. */
bool partner_withdraw(struct ih_registry *registry, struct ih_partner *partner,
    struct ih_error *err);

/* A partner whose list is not believed as it stands, and why. */
struct barred {
	char committee[IH_COMMITTEE_TEXT];
	struct ih_error why; /* IH_TRUST */
};

/* All partners; with_own adds the office's own certificates.  One that is not
 * believed is left out, and stands in nobody else's way.  The caller frees
 * it. */
typedef struct partners {
	struct ih_partner *list[64];
	size_t count;
	struct barred barred[63];
	size_t barred_count;
} cli_partners;
struct partners *partners_load(struct request *request,
    struct ih_registry *registry, const struct ih_forms *forms,
    const struct ih_office *own, struct ih_error *err);
void partners_free(struct partners *partners);
/* Where ERR says that nobody knows who signed: who was left out, and why. */
void partners_tell_barred(const struct request *request,
    const struct partners *partners, const struct ih_error *err);

IH_OWNER(cli_partners, partners_free)

/* The public file at PATH, signed by one of PARTNERS, whose one part is
 * FORMAT.xml.  Caller owns. */
struct ih_opened *signed_file(const struct request *request,
    const struct partners *partners, const struct ih_forms *forms,
    const char *format, const char *path, struct ih_error *err);
/* Is what it says of COMMITTEE signed by that?  False: IH_TRUST, E_LETTER. */
bool signed_by(const struct ih_opened *opened, const char *committee,
    const char *path, struct ih_error *err);

/* Number, predecessor and times of the next letter to COMMITTEE. */
bool letter_next(struct request *request, struct ih_registry *registry,
    const char *committee, struct ih_letter *letter, struct ih_error *err);

/* How a letter went or came; digests in hexadecimal, CODE our case or "". */
struct travelled {
	enum ih_direction direction;
	const char *peer, *state, *code;
	const char *container, *envelope;
};

/* Enter a letter in the outbox or the inbox. */
bool message_enter(struct ih_registry *registry, const struct ih_letter *letter,
    const struct travelled *how, struct ih_error *err);

/* Enter a sealed letter in the outbox. */
bool letter_sent(struct ih_registry *registry, const struct ih_letter *letter,
    const struct ih_sealed *sealed, const char *peer, const char *code,
    struct ih_error *err);

#endif
