/*
 * letter.h - exchange.xml and receipt.xml: who writes to whom, why, when and
 * which number.
 *
 * Every letter between committees has a sequence number that rises by one
 * for each pair of sender and receiver, and the digest of the container
 * before it: a letter that was lost, held back or repeated shows.  There is
 * no personal data here: the case is in another part.
 *
 * Source: profile ihala-ex-1, src/exchange/README.md.
 */
#ifndef IHALA_LETTER_H
#define IHALA_LETTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ihala/arena.h"
#include "ihala/buffer.h"
#include "ihala/certificate.h"
#include "ihala/container.h"
#include "ihala/digest.h"
#include "ihala/error.h"
#include "ihala/id.h"
#include "ihala/library.h"
#include "ihala/schema.h"

#define IH_PROFILE_TEXT "ihala-ex-1"
enum { IH_PROFILE = 1, IH_SIGNERS = 3 /* the most that sign one letter */ };
#define IH_SEQUENCE_MAX                                                        \
	INT64_C(999999999999)                /* letters between two offices    \
					      */
#define IH_INSTANT_MAX INT64_C(253402300799) /* the end of year 9999 */

enum ih_purpose {
	IH_LETTER_REFERRAL,
	IH_LETTER_TRANSFER,
	IH_LETTER_NOTIFICATION,
	IH_LETTER_REQUEST, /* information-request */
	IH_LETTER_REPLY,
	IH_LETTER_WITHDRAWAL,
	IH_LETTER_RECEIPT,
	IH_LETTER_TRUST_LIST,
	IH_LETTER_RETURN,     /* aggregate tables */
	IH_LETTER_PACK,       /* instruments and rules, pack.h */
	IH_LETTER_ACCEPTANCE, /* of a referral or a transfer, decision.h */
	IH_LETTER_DECLINE,
	IH_LETTER_REVOCATION,
	IH_LETTER_INFORMATION, /* that was requested, inquiry.h */
	IH_LETTER_REFUSAL,     /* information-refusal */
	IH_PURPOSES
};

struct ih_letter {
	char id[IH_UUID_TEXT];
	int profile; /* IH_PROFILE */
	char from[IH_COMMITTEE_TEXT];
	int signers;                 /* who must have signed: 1 to 3 */
	char to[IH_COMMITTEE_TEXT];  /* "": public: a return or a pack */
	char to_key[IH_DIGEST_TEXT]; /* SHA-256 of the receiver's SPKI */
	enum ih_purpose purpose;
	int64_t sequence; /* from 1; of this sender to this receiver */
	char previous[IH_DIGEST_TEXT];  /* container before; "" for number 1 */
	int64_t created, expires;       /* instants */
	char in_reply_to[IH_UUID_TEXT]; /* "": no reply */
	/* Texts; NULL where there is none. */
	const char *legal_basis;     /* article under which it is sent */
	const char *authorisation;   /* of the data-protection authority */
	const char *retention;       /* how long the receiver may keep it */
	const char *release_profile; /* id of the allow list that cut it */
	/* Names and media types; the manifest has their digests. */
	const struct ih_part_of *parts;
	size_t count;
};

enum ih_receipt_status {
	IH_RECEIPT_ACCEPTED,
	IH_RECEIPT_REFUSED,
	IH_RECEIPT_STATUSES
};

struct ih_receipt {
	char message[IH_UUID_TEXT];
	char container[IH_DIGEST_TEXT]; /* SHA-256 of both layers */
	char envelope[IH_DIGEST_TEXT];
	enum ih_receipt_status status;
	char code[24];    /* coarse: "E_LETTER"; "" where accepted */
	int64_t at;       /* instant */
	int64_t sequence; /* of the message that is answered */
};

/* The schemas of this floor, loaded once; and who reads the containers. */
typedef struct ih_forms {
	struct ih_schema *exchange, *receipt, *trust_list, *manifest;
	struct ih_unpacker *unpacker;
} ih_forms;

/* Caller owns.  NULL: IH_SYSTEM. */
struct ih_forms *
ih_forms_load(struct ih_library *library, struct ih_error *err);
void ih_forms_free(struct ih_forms *forms);

/* Caller owns.  NULL: IH_USAGE, a field that the schema would not pass. */
struct ih_buffer *
ih_letter_write(const struct ih_letter *letter, struct ih_error *err);

/*
 * Read exchange.xml; texts and parts go into ARENA.
 * False: IH_INPUT with E_LETTER, and the place.
 */
bool
ih_letter_read(const struct ih_forms *forms, const void *bytes, size_t size,
    struct ih_arena *arena, struct ih_letter *letter, struct ih_error *err);

/*
 * The same where exchange.xml is, to the byte, what ih_letter_write() makes of
 * what it says, and nothing had to be escaped: nobody has to parse that.
 * False: nothing is said of it, and LETTER is of no use.
 */
bool ih_letter_as_written(const void *bytes, size_t size,
    struct ih_arena *arena, struct ih_letter *letter);

/* As ih_letter_read(), of a document that its schema has passed. */
bool ih_letter_from(const xmlDoc *doc, struct ih_arena *arena,
    struct ih_letter *letter, struct ih_error *err);

/* Caller owns.  NULL: IH_USAGE. */
struct ih_buffer *
ih_receipt_write(const struct ih_receipt *receipt, struct ih_error *err);
/* False: IH_INPUT with E_LETTER. */
bool ih_receipt_read(const struct ih_forms *forms, const void *bytes,
    size_t size, struct ih_receipt *receipt, struct ih_error *err);

bool ih_receipt_from(const xmlDoc *doc, struct ih_receipt *receipt,
    struct ih_error *err);

/* "information-request"; and back, IH_PURPOSES if TEXT is none. */
const char *ih_purpose_text(enum ih_purpose purpose);
enum ih_purpose ih_purpose_parse(const char *text);
const char *ih_receipt_text(enum ih_receipt_status status); /* "accepted" */

IH_OWNER(ih_forms, ih_forms_free)

#endif
