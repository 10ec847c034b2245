/*
 * provider.h - the providers that an office sends people to, and whether one
 * suits a person.
 *
 * The register is not secret within the office, but whoever changed one line
 * of it could have somebody sent to the wrong door: each page is an entry of
 * the ledger, carries a mark that only this registry can make, and only the
 * newest of a provider counts.  A provider that is suspended, or whose
 * accreditation has run out, gets nobody new; everything else that does not
 * suit is a reason that is shown, and a person decides.
 *
 * Source: xml/schema/provider.rng; law 65-15 (Morocco) on institutions of
 * social protection: accreditation, capacity, target public, suspension.
 */
#ifndef IHALA_PROVIDER_H
#define IHALA_PROVIDER_H

#include <stdbool.h>
#include <stddef.h>

#include "ihala/arena.h"
#include "ihala/buffer.h"
#include "ihala/error.h"
#include "ihala/owned.h"
#include "ihala/registry.h"
#include "ihala/service.h"
#include "ihala/xml.h"

#define IH_PROVIDER_ID 64           /* bytes of an id, without the NUL */
#define IH_PROVIDER_MAX (64u << 10) /* bytes of one page */

struct ih_provider_service {
	const char *id;
	int places, free; /* -1: not known */
};

struct ih_provider_public {
	const char *sex; /* "" any */
	int from, to;    /* years, both included */
};

/* What is not known is "". */
typedef struct ih_provider {
	const char *id, *region, *accredited, *until, *suspended, *languages,
	    *contact;
	bool female_only;
	struct ih_texts name;
	struct ih_provider_service *services;
	size_t service_count;
	struct ih_provider_public *publics; /* COUNT 0: everybody */
	size_t public_count;
	struct ih_arena *arena;
} ih_provider;

/* ---- does it suit? */

enum ih_unfit {
	IH_UNFIT_SERVICE,   /* it does not offer it */
	IH_UNFIT_SUSPENDED, /* it gets nobody new */
	IH_UNFIT_EARLY,     /* its accreditation has not begun */
	IH_UNFIT_EXPIRED,   /* its accreditation has run out */
	IH_UNFIT_PUBLIC,    /* it is for others: sex, age */
	IH_UNFIT_FULL,      /* no place is free */
	IH_UNFIT_LANGUAGE,  /* the language is not spoken there */
	IH_UNFITS
};

/* "suspended"; and the code of the refusal, for those that bar: NULL where a
 * person decides. */
const char *ih_unfit_name(enum ih_unfit unfit);
const char *ih_unfit_code(enum ih_unfit unfit);

/* The reasons why PROVIDER does not suit for SERVICE on DAY, a bit each; 0 it
 * suits.  What is not known is no reason. */
unsigned ih_provider_unfit(const struct ih_provider *provider,
    const char *service, const struct ih_suited *suited, const char *day);

/* How many of those reasons; less is better. */
int ih_unfit_count(unsigned unfit);

/* May anybody be sent there on DAY?  False: IH_STATE with the code of the
 * first reason that bars. */
bool ih_provider_takes(const struct ih_provider *provider, const char *service,
    const char *day, struct ih_error *err);

/* ---- the register */

/* NODE, a <provider> that has passed provider.rng.  Caller owns. */
struct ih_provider *ih_provider_read(const xmlNode *node);
void ih_provider_free(struct ih_provider *provider);

/* Does every provider of DOC, a <providers>, hold together: services that
 * there are, days and numbers that can be, no id twice?  False: IH_INPUT with
 * E_PROVIDER_FORM and the line. */
bool ih_providers_sound(const struct ih_services *services, const xmlDoc *doc,
    struct ih_error *err);

/*
 * Put NODE into the register; CHANGED: it was not there, or is not as it was.
 * False: IH_DENIED (E_ROLE), IH_INPUT (too long), IH_BUSY, IH_SYSTEM.
 */
bool ih_provider_put(struct ih_registry *registry, const xmlNode *node,
    bool *changed, struct ih_error *err);

/* Caller owns.  NULL: IH_ABSENT (E_PROVIDER), IH_TRUST (E_PROVIDER_STORED: it
 * is not as it was entered), IH_DENIED (locked). */
struct ih_provider *ih_provider_get(struct ih_registry *registry,
    const char *id, struct ih_error *err);

/* The <provider> itself, as it was entered last.  Caller owns.  NULL: as
 * ih_provider_get(). */
xmlDoc *ih_provider_page(struct ih_registry *registry, const char *id,
    struct ih_error *err);

/* Every one, by id, until EACH says false (which is no failure). */
typedef bool ih_provider_seen(const struct ih_provider *provider, void *with);
bool ih_provider_each(struct ih_registry *registry, ih_provider_seen *each,
    void *with, struct ih_error *err);

/* ---- what it was held to */

/*
 * Keep CHECK, a <check> that has passed provider.rng, beside its provider; it
 * takes the place of the one before.  False: IH_INPUT with E_STANDARD (its
 * service has no such standard) or E_TWICE; as ih_provider_put().
 */
bool ih_provider_check(struct ih_registry *registry,
    const struct ih_services *services, const xmlDoc *check,
    struct ih_error *err);

/* The last one of provider ID.  Caller owns.  NULL: IH_ABSENT
 * (E_PROVIDER_UNCHECKED), and as ih_provider_get(). */
xmlDoc *ih_provider_checked(struct ih_registry *registry, const char *id,
    struct ih_error *err);

/* Is every page that was entered there, as it was entered?  COUNT of them.
 * False: IH_TRUST, naming the provider. */
bool ih_provider_verify(struct ih_registry *registry, uint64_t *count,
    struct ih_error *err);

IH_OWNER(ih_provider, ih_provider_free)

#endif
