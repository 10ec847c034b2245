/*
 * reach.h - can a question ever be asked?
 */
#ifndef IHALA_INSTRUMENT_REACH_H
#define IHALA_INSTRUMENT_REACH_H

#include "ihala/instrument.h"

#define IH_REACH_WORK 2000000 /* steps of conditions, of one instrument */

/*
 * Is there an interview in which GOAL holds, an ask-if of INSTRUMENT?  All
 * answers that conditions tell apart are tried.  WORK is what may still be
 * spent; where it is used up the answer is yes.
 */
bool ih_can_be_asked(const struct ih_instrument *instrument,
    const struct ih_condition *goal, size_t *work);

#endif
