/*
 * interview_text.h - an interview that is going on, for a terminal: the draft
 * that is loaded, in the user's language.
 */
#ifndef IHALA_CLI_INTERVIEW_TEXT_H
#define IHALA_CLI_INTERVIEW_TEXT_H

#include "interviewing.h"

/* The question ITEM, or the next where it is NULL.  False: as
 * interviewing_item(). */
bool interview_tell_item(const struct request *request, const char *item,
    struct ih_buffer *out, struct ih_error *err);
/* What was said; what has no answer; what later answers skip. */
void interview_tell_all(const struct request *request, struct ih_buffer *out);
/* Whom to call, what is urgent, and what it supports so far. */
void
interview_tell_assessment(const struct request *request, struct ih_buffer *out);

#endif
