/*
 * later_list.h - a trust list that follows the one that is held: from a file,
 * or from a letter of its committee.
 */
#ifndef IHALA_CLI_LATER_LIST_H
#define IHALA_CLI_LATER_LIST_H

#include "office.h"

/* The key that signed FRESH was not withdrawn here: nobody brings it back.
 * What was withdrawn of it is taken from it.  False: E_LIST_KEY. */
bool later_list_key_holds(struct ih_registry *registry,
    struct ih_partner *fresh, struct ih_error *err);

/* FILE, read as FRESH, takes the place of HELD where it follows it.
 * False: as ih_trust_follows(); E_LIST_KEY where that of HELD was withdrawn
 * here; IH_DENIED. */
bool later_list_take(struct ih_registry *registry,
    const struct ih_partner *held, struct ih_partner *fresh,
    const struct ih_buffer *file, int64_t now, struct ih_error *err);

/* ihala send --to CC --as trust-list: our own. */
bool later_list_send(struct request *request, struct ih_registry *registry,
    struct ih_error *err);

/* What came in a letter of COMMITTEE, in the transaction that is open; its
 * number into *SEQUENCE.  False: as above, E_LIST_FORMAT, E_LIST_SIGNATURE. */
#define LATER_LIST_PART "trust-list.p7s"
bool later_list_from_letter(struct ih_registry *registry,
    const struct ih_forms *forms, const char *committee,
    const struct ih_part_of *part, int64_t now, int64_t *sequence,
    struct ih_error *err);

/* Was a letter with a list refused for that list?  Its sender waits. */
bool later_list_is_refused(const struct ih_opened *opened,
    const struct ih_error *err);

#endif
