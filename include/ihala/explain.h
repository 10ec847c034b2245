/*
 * explain.h - an assessment in words a person reads, in three languages.
 *
 * Urgent danger first; then what the answers support, by which rule, from
 * which indicators, from which questions and answers, on which source; what
 * is not known, and what to ask next.  Answers are quoted: the text belongs
 * with the facts of the case and is sealed as they are; items of the
 * identity part are never quoted.
 *
 * Source: the words to avoid, src/README.md; UNODC: indicators
 * neither prove nor disprove.
 */
#ifndef IHALA_EXPLAIN_H
#define IHALA_EXPLAIN_H

#include "ihala/assess.h"
#include "ihala/buffer.h"
#include "ihala/words.h"

/* Adds plain text, a line a sentence, nested by two spaces. */
void ih_explain(struct ih_assessment *assessment, struct ih_tongue tongue,
    struct ih_buffer *out);

/* Several of the same answers: what is urgent once, then what they support
 * under each framework. */
void ih_explain_all(struct ih_assessment *const *assessments, size_t count,
    struct ih_tongue tongue, struct ih_buffer *out);

/* The answer to ITEM in words, in ARENA: the choice's text, the number, the
 * date, or why there is none.  Text items say only that they are answered. */
const char *
ih_explain_answer(const struct ih_item *item, const struct ih_answer *answer,
    struct ih_tongue tongue, struct ih_arena *arena);

#endif
