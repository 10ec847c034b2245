/*
 * paper.h - which papers there are, and what each cannot do without.
 *
 * A kind is a row of xml/document/kinds.xml and a stylesheet xslt/KIND.xsl; a
 * new one takes no C.  Its name and what it is for are words: "paper.KIND",
 * "paper.KIND.for".  A need is a place of the record by XPath 1.0; one that
 * holds nothing is named, and no paper is made.
 *
 * Source: xml/schema/document.rng; XPath 1.0 (W3C, 1999).
 */
#ifndef IHALA_PAPER_H
#define IHALA_PAPER_H

#include <libxml/tree.h>
#include <stdbool.h>
#include <stddef.h>

#include "ihala/error.h"
#include "ihala/library.h"
#include "ihala/owned.h"

/* Of what a paper is made. */
enum ih_paper_of {
	IH_OF_CASE,       /* as its office keeps it, without who it is about */
	IH_OF_RELEASE,    /* cut for one recipient */
	IH_OF_INSTRUMENT, /* a questionnaire, and no answers */
	IH_OF_OFFICE,     /* the mechanism of the country, and no case */
	IH_OF_COPY,       /* all that is held, for the person */
	IH_OF_ERASURE,    /* what is left of a case that was destroyed */
	IH_OF_RETURN,     /* the rounded tables of a period */
	IH_PAPER_SOURCES
};

#define IH_PAPER_NEEDS 8 /* of one kind */

struct ih_paper_need {
	const char *id; /* "determination": its name is "paper.needs.ID" */
	const char *at; /* XPath */
};

struct ih_paper {
	const char *id; /* "notice": that of the stylesheet too */
	enum ih_paper_of of;
	bool plan;    /* it shows the plan */
	bool purpose; /* it is about one purpose */
	bool decides; /* its recipient has to be one that may decide */
	struct ih_paper_need needs[IH_PAPER_NEEDS];
	size_t need_count;
};

struct ih_papers {
	struct ih_paper *rows;
	size_t count;
	xmlDoc *doc; /* owns the strings, and what the paths' prefixes mean */
};
typedef struct ih_papers ih_papers;

/* The table.  Caller owns.  NULL: IH_ABSENT, IH_INPUT (its schema, a kind that
 * is there twice or needs too much, a path that is none). */
struct ih_papers *
ih_papers_load(struct ih_library *library, struct ih_error *err);
void ih_papers_free(struct ih_papers *papers);
IH_OWNER(ih_papers, ih_papers_free)

/* NULL: there is none of that name. */
const struct ih_paper *
ih_paper_find(const struct ih_papers *papers, const char *id);

/* "case", "release": as the table spells it. */
const char *ih_paper_of_name(enum ih_paper_of of);

/* The needs of KIND that RECORD does not meet, borrowed from KIND, in their
 * order; how many.  PURPOSE: "" where there is none. */
size_t ih_paper_lacks(const struct ih_papers *papers,
    const struct ih_paper *paper, xmlDoc *record, const char *purpose,
    const struct ih_paper_need *lacks[static IH_PAPER_NEEDS]);

#endif
