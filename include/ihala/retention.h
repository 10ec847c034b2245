/*
 * retention.h - for how long a case is kept once it is closed.
 *
 * How a case was closed says of which class it is (xml/lifecycle: retention);
 * its term begins on that day.  A case that is opened again has none.  When
 * the term has run out the case is due: nothing is destroyed by itself, two
 * people do it (erase.h), and a legal hold (hold.h) comes first.
 *
 * Nothing is stored: it follows from the steps of the case, as what is due in
 * a case does (work.h).
 *
 * Source: xml/lifecycle/case.xml (retention).
 */
#ifndef IHALA_RETENTION_H
#define IHALA_RETENTION_H

#include "ihala/case.h"

struct ih_retained {
	char code[IH_CODE_TEXT];
	const struct ih_retention *class; /* borrowed from the registry */
	int64_t closed;                   /* instant */
	int64_t due;                      /* day; 0: the class has no term */
	bool held;                        /* under a legal hold */
};
typedef bool ih_retained_seen(const struct ih_retained *one, void *with);

/*
 * Each closed case that is due on DAY, a day since 1970-01-01, the one that
 * has been due for longest first, until EACH says false.  False: IH_DENIED
 * (E_PASSPHRASE: locked; E_ROLE: does not move the cases of the office),
 * IH_USAGE (opened without a library), IH_INPUT, IH_SYSTEM.
 */
bool ih_retention_due(struct ih_registry *registry, int64_t day,
    ih_retained_seen *each, void *with, struct ih_error *err);

/* The class and term of one case; *CLOSED false where it has none.
 * False: as above, without IH_DENIED. */
bool ih_retention_of(struct ih_registry *registry, const char *code,
    struct ih_retained *one, bool *closed, struct ih_error *err);

#endif
