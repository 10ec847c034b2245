/*
 * document.h - papers to print, made from a record and the country's data.
 *
 * record + mechanisms + instrument + framework  (one tree of sources)
 *	-> xslt/KIND.xsl	what the paper says, as block XML
 *	-> xslt/print.xsl	how it looks, as one HTML page that needs
 *				nothing else: no script, font or picture
 *
 * Two tongues stand side by side, paragraph against paragraph, Arabic at the
 * right.  The page title is neutral.  A paper is a view: the signed XML is the
 * original, and its digest stands at the foot.  Same sources, same bytes.
 *
 * Source: xml/schema/block.rng; the letters of the three countries; HTML Living
 *Standard (bdi, dir, lang).
 */
#ifndef IHALA_DOCUMENT_H
#define IHALA_DOCUMENT_H

#include <libxml/tree.h>
#include <stdbool.h>
#include <stddef.h>

#include "ihala/buffer.h"
#include "ihala/error.h"
#include "ihala/library.h"
#include "ihala/words.h"

/* All borrowed.  A document that is NULL is one the paper does without, and
 * says less; the record is needed: what the paper is about. */
struct ih_sources {
	xmlDoc *record;     /* case.rng or notification.rng, already cut;
			     * copy.rng, instrument.rng or mechanism.rng */
	xmlDoc *sender;     /* mechanism.rng of the committee that writes */
	xmlDoc *recipient;  /* mechanism.rng of the committee it goes to */
	xmlDoc *instrument; /* instrument.rng of the answers */
	xmlDoc *framework;  /* framework.rng of the assessment */
	xmlDoc *const *more_frameworks; /* of further assessments */
	size_t more_count;
	xmlDoc *consents;          /* consent.rng: purposes and their words */
	xmlDoc *const *catalogues; /* service.rng, lifecycle.rng: words of a
				    * plan and of a request */
	size_t catalogue_count;
	const char *made;   /* "2026-03-04", the date on the paper */
	const char *digest; /* SHA-256 of the record's bytes, hex; NULL: none */
	const char *referral; /* id of the referral it is about; NULL: last */
	const char *body;    /* id of the sender's body it goes to; NULL: to the
				committee */
	const char *purpose; /* of consent.rng; NULL: about none */
	struct ih_tongue tongues[IH_LANGS];
	size_t tongue_count; /* of a paper 1 or 2 */
};

/* The HTML page of KIND (paper.h).  Caller owns.  NULL: IH_USAGE (no such kind,
 * no tongue), IH_INPUT. */
struct ih_buffer *ih_document_make(struct ih_library *library, const char *kind,
    const struct ih_sources *sources, struct ih_error *err);

/* The block XML between the two steps, for another renderer (pdf.h).  Caller
 * owns.  NULL: as above. */
xmlDoc *ih_document_blocks(struct ih_library *library, const char *kind,
    const struct ih_sources *sources, struct ih_error *err);

/* The second step alone: BLOCKS as an HTML page.  Caller owns.
 * NULL: IH_INPUT. */
struct ih_buffer *ih_document_print(struct ih_library *library, xmlDoc *blocks,
    struct ih_error *err);

#endif
