/*
 * gather.h - the sources of a paper or of a form as one tree, so that no
 * stylesheet ever opens a file.
 */
#ifndef IHALA_DOCUMENT_GATHER_H
#define IHALA_DOCUMENT_GATHER_H

#include "ihala/document.h"

/* Copies of all SOURCES, and their tongues.  The caller owns it.  NULL:
 * IH_SYSTEM. */
xmlDoc *
ih_sources_gather(const struct ih_sources *sources, struct ih_error *err);

#endif
