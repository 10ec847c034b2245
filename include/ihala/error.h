/*
 * error.h - why something failed, in one line a person can act on.
 *
 * A function that can fail takes the caller's struct ih_error last, and
 * answers false or NULL.  The text lives inside the struct, so reporting a
 * failure never allocates.  The text names places (a file, an element, a
 * table), what was expected and what to do; never the value found there: a
 * log must not identify anyone.
 *
 * Where a failure is one that people meet in their work it also carries a
 * code ("E_ZIP_DUP"): the catalogue in xml/words has a sentence for each
 * code in Arabic, French and English, and the text only adds the place.
 *
 * Source: exit statuses are those of sysexits(3); src/cli/main.c has the
 * table.
 */
#ifndef IHALA_ERROR_H
#define IHALA_ERROR_H

#include <stdbool.h>

enum ih_kind {
	IH_NONE,   /* nothing has failed */
	IH_USAGE,  /* the request itself is wrong: 64 */
	IH_INPUT,  /* a document is not what it has to be: 65 */
	IH_ABSENT, /* a file, case or key that was named is not there: 66 */
	IH_TRUST,  /* a signature, seal or proof does not hold: 1 */
	IH_STATE,  /* the rules do not allow this now: 1 */
	IH_DENIED, /* wrong passphrase, or not for this role: 77 */
	IH_BUSY,   /* somebody else is writing; try again: 75 */
	IH_SYSTEM, /* the machine, disk or database failed: 74 */
	IH_KINDS
};

struct ih_error {
	enum ih_kind kind;
	char code[24];  /* "E_ZIP_DUP"; "" where the text says it all */
	char text[488]; /* UTF-8, no newline, no control characters */
};

/* Record a failure.  Always false, so that callers can return it. */
bool ih_fail(struct ih_error *err, enum ih_kind kind, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* The same, with a code of the catalogue.  Always false. */
bool ih_fail_code(struct ih_error *err, enum ih_kind kind, const char *code,
    const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/* Say where, on the way up: "PLACE: " goes in front.  Always false. */
bool ih_fail_in(struct ih_error *err, const char *place);

#endif
