/*
 * verify.h - is everything in a registry what it says it is?
 *
 * Check by check, each named as it ends; one that fails does not stop the
 * next.  Reading to verify is not entered in the ledger: nothing of it
 * leaves.
 *
 *	files	both databases are whole, row by row and page by page
 *	ledger	every entry, mark, root and the signature; every part and
 *		step is what was entered last
 *	parts	every sealed part opens, and is the document it should be
 *	keys	every part has its key, every key its case, no erased case one;
 *		every draft its beginning or its end
 *	users	the roster is signed change by change and was entered; only who
 *is in it holds keys; each emergency was entered, and looked at by another
 *	steps	every history follows xml/lifecycle and leads to the row; why a
 *		case is held is what was entered
 *	persons	links and notes on alleged perpetrators were entered; of an
 *		erased case no mark, link or note is left
 *	letters	numbers and predecessors follow each other, and all are entered
 *	providers	every page that was entered is there, as it was entered
 *
 * Source: https://www.sqlite.org/pragma.html#pragma_integrity_check;
 * xml/lifecycle/case.xml; src/exchange/README.md (check 12).
 */
#ifndef IHALA_VERIFY_H
#define IHALA_VERIFY_H

#include <stdbool.h>
#include <stdint.h>

#include "ihala/error.h"
#include "ihala/library.h"
#include "ihala/registry.h"

enum ih_check {
	IH_CHECK_FILES,
	IH_CHECK_LEDGER,
	IH_CHECK_PARTS,
	IH_CHECK_KEYS,
	IH_CHECK_USERS,
	IH_CHECK_STEPS,
	IH_CHECK_PERSONS,
	IH_CHECK_LETTERS,
	IH_CHECK_PROVIDERS,
	IH_CHECKS
};

const char *ih_check_name(enum ih_check check); /* "files" */

/* COUNT things passed; or FAULT says what is wrong where. */
typedef void ih_checked(enum ih_check check, uint64_t count,
    const struct ih_error *fault, void *with);

struct ih_verify {
	ih_checked *each; /* NULL: only the answer counts */
	void *with;
	const char *label; /* of a progress bar; NULL: none */
	/* For the schemas of the parts; NULL: they open, that is all. */
	struct ih_library *library;
};

/* False: the first fault; IH_TRUST, IH_STATE, IH_DENIED (locked). */
bool ih_registry_verify(struct ih_registry *registry,
    const struct ih_verify *how, struct ih_error *err);

#endif
