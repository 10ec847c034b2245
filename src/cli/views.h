/*
 * views.h - the pages that travel with a case, for people to read: made where
 * it leaves, and made again from its data where it comes in.
 *
 * The signed data are the case; a page is only a view of them.  A page that
 * shows something else than the data do is found by making it anew.
 *
 * Source: src/exchange/README.md, W_RENDER_DIFF.
 */
#ifndef IHALA_CLI_VIEWS_H
#define IHALA_CLI_VIEWS_H

#include "case_file.h"
#include "ihala/post.h"

enum { VIEWS_MOST = 2 };

/* One page in each of the first languages of its sender's documents. */
typedef struct views {
	const char *names[VIEWS_MOST]; /* "doc-01-referral.ar.html" */
	struct ih_buffer *pages[VIEWS_MOST];
	size_t count;
} cli_views;

/* Of the cut record CASE_XML.  The caller owns them. */
struct views *views_make(struct request *request, const struct leaving *leaving,
    const struct ih_buffer *case_xml, struct ih_error *err);
void views_free(struct views *views);

/* On standard error: each page of OPENED, which brought a case, that does not
 * show what its data show here, or cannot be made here.  Never a reason not
 * to take the case. */
void views_compare(struct request *request, struct ih_registry *registry,
    const struct ih_opened *opened);

IH_OWNER(cli_views, views_free)

#endif
