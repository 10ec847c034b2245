/*
 * interview_xml.h - what the documents of an interview for a screen have in
 * common: xml/schema/interview.rng.
 *
 * All texts stand in them, each with its xml:lang: the user's first, then the
 * person's where that is another; whoever lays a stylesheet over one needs no
 * other file.
 */
#ifndef IHALA_CLI_INTERVIEW_XML_H
#define IHALA_CLI_INTERVIEW_XML_H

#include "ihala/element.h"
#include "interviewing.h"

struct view {
	const struct request *request;
	const struct interviewing *kept;
	struct ih_writer w;
	struct ih_tongue tongues[2];
	char tags[2][IH_TAG_TEXT];
	size_t tongue_count;
};

/* NAME is its root, which is open then, with what all of them say. */
struct view view_begin(const struct request *request, const char *name,
    struct ih_buffer *out);
bool view_end(struct view *view, struct ih_error *err);

/* A <text> for each tongue in which there is one; for the user alone. */
void view_texts(struct view *view, const struct ih_texts *texts);
void view_text(struct view *view, const struct ih_texts *texts);
/* The same of a key of the catalogue. */
void view_word(struct view *view, const char *key);
/* <NAME> around these. */
void
view_both(struct view *view, const char *name, const struct ih_texts *texts);
void
view_said(struct view *view, const char *name, const struct ih_texts *texts);

void view_yes(struct view *view, const char *name, bool yes);

/* <answer>: what stands for ITEM, or was set aside, in codes and in words. */
void view_answer(struct view *view, const struct ih_item *item,
    const struct ih_answer *answer);
/* <section>, which is left open: its place among those that are asked. */
void view_section(struct view *view, size_t section);
/* <source> */
void view_source(struct view *view, const struct ih_source *source);
/* <urgent>: what is urgent now for sure, and whom to call in this country;
 * with CHECK, what may be, too. */
void view_urgent(struct view *view, bool check);

#endif
