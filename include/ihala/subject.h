/*
 * subject.h - everything that is held on a person, in one document.
 *
 * urn:ihala:copy:1 holds the record, facts and identity in one, and what
 * stands beside it: the request that it came from, how the case moved and what
 * was due in it, why something was late, emergencies, letters, how often it
 * was opened, printed or handed on, how it is linked, that it is held, for how
 * long it is kept; and the names of the providers that its plan names.  A
 * document for the person is made of it by xslt/copy.xsl; as it is, it is for
 * machines.
 *
 * Left out, and said to be: who is said to have done it (link.c), the codes
 * and data of other persons, the names of who works here or decided, why a
 * legal hold was put on the case, what is made of the record again (the coded
 * row, the marks of the name).
 *
 * Source: xml/schema/copy.rng; law 09-08 art. 7 (Morocco), organic law
 * 2004-63 art. 32 (Tunisia), law 151/2020 art. 2 (Egypt).
 */
#ifndef IHALA_SUBJECT_H
#define IHALA_SUBJECT_H

#include "ihala/buffer.h"
#include "ihala/error.h"
#include "ihala/registry.h"

/*
 * All of CODE.  Each reading is entered.  Caller owns.  NULL: IH_DENIED
 * (E_PASSPHRASE; E_ROLE: "copy-to-person"), IH_ABSENT (E_CASE_UNKNOWN),
 * IH_STATE (E_CASE_ERASED), IH_USAGE (opened without a library), IH_TRUST.
 */
struct ih_buffer *ih_subject_copy(struct ih_registry *registry,
    const char *code, struct ih_error *err);

/*
 * How CODE stands, for the papers of the office, in the same format: the facts,
 * how the case moved, what is due, its letters, the providers of its plan, for
 * how long it is kept.  Not who it is about, nor what only the person is told.
 * Caller owns.  NULL: as above, with E_ROLE "read-facts".
 */
struct ih_buffer *ih_subject_standing(struct ih_registry *registry,
    const char *code, struct ih_error *err);

#endif
