/*
 * records.h - cases as records of a case data standard, for a committee's own
 * use: one record a person, without a name, a contact, a day or a word of
 * free text.
 *
 * What is written of which answer is data (xml/mapping), the same that reads
 * the standard's form (submission.h).  Each record is known by a code that the
 * caller gives; records stand in the order of these codes, so that their order
 * says nothing of when a case was opened.
 *
 * A person's consent to research and statistics beyond what the law asks
 * decides: without it there is no record.  A single record may still be
 * recognised by who knows the person; it is no table for others
 * (return.h has those).
 *
 * Source: HTCDS 2.0 (IOM, 24 December 2021, CC BY 4.0, attributed in each
 * file); RFC 4180, RFC 8259.
 */
#ifndef IHALA_RECORDS_H
#define IHALA_RECORDS_H

#include <libxml/tree.h>
#include <stdbool.h>
#include <stddef.h>

#include "ihala/buffer.h"
#include "ihala/error.h"
#include "ihala/library.h"
#include "ihala/owned.h"

typedef struct ih_records ih_records;

/* One case; all borrowed. */
struct ih_recorded {
	const char *code;                 /* of the record, not of the case */
	const char *file, *determination; /* where it stands on these axes */
	xmlDoc *facts;                    /* case.rng, without an identity */
};

/* "csv, json", for messages. */
const char *ih_records_kinds(void);

/* None yet, of COMMITTEE and PERIOD ("2026"), as consents are on DAY (ISO
 * 8601); the strings are borrowed.  Caller owns.  NULL: IH_ABSENT, IH_INPUT. */
struct ih_records *
ih_records_new(struct ih_library *library, const char *committee,
    const char *period, const char *day, struct ih_error *err);
void ih_records_free(struct ih_records *records);

/* Did the person agree that the committee uses FACTS so? */
bool ih_records_may(const struct ih_records *records, const xmlDoc *facts);

/* False: IH_STATE (E_CONSENT: they did not), IH_INPUT. */
bool ih_records_add(struct ih_records *records, const struct ih_recorded *one,
    struct ih_error *err);
size_t ih_records_count(const struct ih_records *records);

/* All of them as KIND.  Caller owns.  NULL: IH_USAGE (no such kind). */
struct ih_buffer *ih_records_write(struct ih_records *records, const char *kind,
    struct ih_error *err);

IH_OWNER(ih_records, ih_records_free)

#endif
