/*
 * paper.h - a paper in the form that was asked for: a page, a PDF, or the
 * blocks themselves.
 */
#ifndef IHALA_CLI_PAPER_H
#define IHALA_CLI_PAPER_H

#include "command.h"
#include "ihala/buffer.h"
#include "ihala/document.h"

/* BLOCKS (block.rng) as the format of REQUEST has it; HTML where none was
 * asked for.  The caller owns it.  NULL: as ih_document_print() and
 * ih_pdf_make(). */
struct ih_buffer *
paper_in_format(struct request *request, xmlDoc *blocks, struct ih_error *err);

#endif
