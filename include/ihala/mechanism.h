/*
 * mechanism.h - one country, as data: who decides, by which article, in
 * which words, and what may leave.
 *
 * A mechanism is a file of xml/mechanism, CODE.xml; a country that joins is
 * one file more, and no line of C.  What is not known is absent: a NULL or an
 * empty list, never a guess.  The software records who determined a status
 * and under which article; it never determines one.
 *
 * Everything inside is borrowed from the mechanism, which also keeps the
 * document itself for stylesheets.
 *
 * Source: format urn:ihala:mechanism:1; the laws and texts named by each
 * <source> in the file.
 */
#ifndef IHALA_MECHANISM_H
#define IHALA_MECHANISM_H

#include <libxml/tree.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ihala/arena.h"
#include "ihala/error.h"
#include "ihala/instrument.h"
#include "ihala/library.h"
#include "ihala/owned.h"
#include "ihala/words.h"

struct ih_hotline {
	const char *number;      /* as dialled inside the country */
	struct ih_texts callers; /* whom it is for */
	struct ih_source source; /* checked is never NULL */
};

/* An institution of the mechanism, by id. */
struct ih_mechanism_body {
	const char *id;
	const char *kind; /* "commission", "prosecution", "police", ... */
	struct ih_texts name;
	struct ih_source source;
};

/* By which way the cases that fit CONDITION reach a body. */
struct ih_mechanism_route {
	const char *id;
	const struct ih_mechanism_body *to; /* the target */
	const struct ih_mechanism_body
	    *via;                 /* who writes the letter; NULL: not said */
	const xmlNode *condition; /* over the instrument; NULL: every case */
	struct ih_texts text;
	struct ih_source source;
};

enum ih_element_kind {
	IH_ELEMENT_ACT,
	IH_ELEMENT_MEANS,
	IH_ELEMENT_PURPOSE,
	IH_ELEMENT_KINDS
};

/* One element of the offence in the law of this country. */
struct ih_law_element {
	enum ih_element_kind kind;
	const char *code;    /* "ACT.RECRUIT": the same code in all countries */
	const char *law;     /* id of the law in the file */
	const char *article; /* "448-1 al.1" */
	const char *status;  /* "verified", "provisional" */
	struct ih_texts text;
	struct ih_source source;
};

/* Who may decide that a person is a victim, under which article. */
struct ih_determination {
	const struct ih_mechanism_body *body;
	const char *article; /* NULL: not known */
	const char *status;
	struct ih_texts text;
	struct ih_source source;
};

/* What a need of the person is met with. */
struct ih_mechanism_service {
	const char *need; /* code of the item `needs` */
	struct ih_texts text;
	struct ih_source source;
};

/* A holiday that stands on the same day each year. */
struct ih_holiday {
	int month, day;
	const char *confidence;
};

/* One day of one year, of which the mechanism says more than of its like. */
struct ih_dated {
	int64_t day; /* since 1970-01-01 */
	bool worked;
};

/* When what must hold before a case leaves: release profiles. */
struct ih_gate {
	bool refuses;     /* true: refuse where it holds; else require it */
	bool abroad_only; /* asked only where the recipient is abroad */
	const char *code; /* "E_CONSENT" */
	const xmlNode *condition;
	struct ih_texts text;
};

/* An item that may leave, perhaps only where CONDITION holds for sure. */
struct ih_allowed {
	const char *id;
	const xmlNode *condition; /* NULL: always */
	const char *category;     /* of data, beside its part's; NULL: none */
	/* Of an anonymous profile: how coarsely it is told. */
	const char *const *codes; /* these only; NULL ends it */
	const char *other;        /* in the place of the rest; NULL: left out */
	const int *bands;         /* where each begins; -1 ends it */
};

/* A rule that stands in for a consent that could not be asked for. */
struct ih_basis {
	const char *id;
	const char *rule;       /* id of the <rule> */
	const char *purpose;    /* "referral" */
	const char *to;         /* id of a body */
	const char *categories; /* "facts health" */
	const char *status;
	struct ih_texts text;
	struct ih_source source;
};

enum ih_detail { IH_NO_ASSESSMENT, IH_OUTCOME, IH_DIMENSIONS, IH_INDICATORS };

/* An allow list: what is not named here does not leave. */
struct ih_profile {
	const char *id;      /* "referral" */
	const char *purpose; /* of the consent it needs */
	const char *to;      /* kinds of recipients: "abroad committee" */
	bool anonymous;      /* tells nothing of who it is; needs no consent */
	struct ih_texts name, legal_basis;
	const char *article;       /* of the legal basis; may be "" */
	const char *authority;     /* id of the data-protection body */
	bool authorisation_abroad; /* its reference is needed to send abroad */
	int retention_days;        /* at the recipient */
	const char *const *sections; /* of facts; NULL ends it */
	const struct ih_allowed *items;
	size_t item_count;
	const struct ih_allowed *identity; /* items of the identity part */
	size_t identity_count;
	const char *const *documents; /* kinds; NULL ends it */
	enum ih_detail assessment;
	bool determination, consent, referral; /* such rows may leave */
	const struct ih_gate *gates;
	size_t gate_count;
};

enum ih_mechanism_kind { IH_COMMITTEE, IH_PARTNER };

/* clang-format off */
typedef struct ih_mechanism {
	const char *code;	/* "MA"; a partner's has three letters */
	const char *version, *status;
	enum ih_mechanism_kind kind;
	struct ih_texts name, short_name;
	const char *const *languages;	/* of documents, first is the reference */

	const struct ih_hotline *hotlines;	size_t hotline_count;
	const struct ih_mechanism_body *bodies;		size_t body_count;
	const struct ih_determination *determinations; size_t determination_count;
	const struct ih_mechanism_route *routes;		size_t route_count;
	const struct ih_law_element *elements;	size_t element_count;
	const struct ih_mechanism_service *services;	size_t service_count;
	const struct ih_basis *bases;		size_t basis_count;
	const struct ih_profile *profiles;	size_t profile_count;

	const xmlNode *waiver;	/* the condition under which means need not be
				   shown; NULL: none known */
	bool weekend[7];	/* Monday is 0 */
	const struct ih_holiday *holidays;	size_t holiday_count;
	const struct ih_dated *dated;	size_t dated_count;

	xmlDoc *doc;		/* for stylesheets; borrowed */
	struct ih_arena *arena;
} ih_mechanism;
/* clang-format on */

/*
 * The mechanism of CODE ("MA"), from xml/mechanism/CODE.xml, checked against
 * its schema.  Caller owns.  NULL: IH_ABSENT (no such file), IH_INPUT.
 */
struct ih_mechanism *ih_mechanism_load(struct ih_library *library,
    const char *code, struct ih_error *err);

/*
 * The same from a document that fits the schema; it takes DOC over, also
 * where it fails.  NULL: IH_INPUT, naming the line and what it refers to.
 */
struct ih_mechanism *ih_mechanism_read(xmlDoc *doc, struct ih_error *err);
void ih_mechanism_free(struct ih_mechanism *mechanism);

/*
 * What RECIPIENT is to this country: "committee" for its own code, "abroad"
 * for another's, or the kind of a body.  NULL: neither; a partner sees no
 * case.
 */
const char *
ih_mechanism_kind(const struct ih_mechanism *mechanism, const char *recipient);

/* The first profile for RECIPIENT, anonymous or not.  NULL: none. */
const struct ih_profile *
ih_mechanism_profile_for(const struct ih_mechanism *mechanism,
    const char *recipient, bool anonymous);

/* The first profile for RECIPIENT that needs a consent to PURPOSE and names a
 * case.  NULL: none. */
const struct ih_profile *
ih_mechanism_profile_of(const struct ih_mechanism *mechanism,
    const char *recipient, const char *purpose);

/* Each NULL where there is none of that name. */
const struct ih_mechanism_body *
ih_mechanism_body(const struct ih_mechanism *mechanism, const char *id);

/* Is BODY, by its id, one of those that may decide who is a victim? */
bool
ih_mechanism_decides(const struct ih_mechanism *mechanism, const char *body);

const struct ih_profile *
ih_mechanism_profile(const struct ih_mechanism *mechanism, const char *id);
const struct ih_basis *
ih_mechanism_basis(const struct ih_mechanism *mechanism, const char *id);
const struct ih_mechanism_service *
ih_mechanism_service(const struct ih_mechanism *mechanism, const char *need);
const struct ih_law_element *
ih_mechanism_element(const struct ih_mechanism *mechanism, const char *code);

/* How many must sign what this committee sends for PURPOSE ("referral"): 1
 * where its data does not say. */
int
ih_mechanism_signers(const struct ih_mechanism *mechanism, const char *purpose);

/* The tongue a document of this country speaks: its own variant of LANG. */
struct ih_tongue
ih_mechanism_tongue(const struct ih_mechanism *mechanism, enum ih_lang lang);

IH_OWNER(ih_mechanism, ih_mechanism_free)

#endif
