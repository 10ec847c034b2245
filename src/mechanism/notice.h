/*
 * notice.h - a notification that tells that somebody was met, and not whom.
 */
#ifndef IHALA_MECHANISM_NOTICE_H
#define IHALA_MECHANISM_NOTICE_H

#include <libxml/tree.h>
#include <stdbool.h>

#include "ihala/answers.h"
#include "ihala/buffer.h"
#include "ihala/release.h"

/* How many different things a notification may be able to say: fewer than
 * the people an office meets in some years, so that none stands for one. */
#define NOTICE_KINDS 4096

/* Can no answer to an item of INSTRUMENT show through PROFILE, which is
 * anonymous, but as one of a few codes?  False: IH_INPUT, E_RELEASE_FLOOR,
 * with the item. */
bool notice_check(const struct ih_mechanism *mechanism,
    const struct ih_profile *profile, const struct ih_instrument *instrument,
    struct ih_error *err);

/* The notification of CASE, whose ANSWERS were read: urn:ihala:notification:1.
 * It is made of codes of the profile, never copied from the case. */
bool
notice_write(const struct ih_release *release, const struct ih_profile *profile,
    const xmlNode *root, const struct ih_answers *answers,
    struct ih_buffer *out, struct ih_error *err);

#endif
