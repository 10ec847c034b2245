/*
 * cut.h - where a stream of interviews is cut into blocks.
 *
 * libxml2 is quickest, by half, where it pulls.  So the stream is cut after
 * an interview, and each block, between the head and the foot of the whole,
 * is a document of its own.  What is odd is not cut: the parser then sees it
 * as one block.
 *
 * Source: XML 1.0 (5th ed.).
 */
#ifndef IHALA_ASSESS_CUT_H
#define IHALA_ASSESS_CUT_H

#include <stdbool.h>
#include <stddef.h>

#define CUT_BLOCK ((size_t)128 << 10) /* bytes that are worth a parse */
#define CUT_HELD ((size_t)2 << 20)    /* of one interview: none comes near it */
#define CUT_SLICE ((size_t)64 << 10)  /* bytes to add between two looks */

/* One document.  All zero where it begins. */
struct cut {
	size_t head;     /* bytes before its first interview; 0: not yet seen */
	long head_lines; /* the newlines among these */
	bool is_list;    /* only a list can be cut */
	size_t tried;    /* bytes when no interview's end was found */
	char foot[88];   /* the end tag of its root */
	size_t foot_size;
};

/* Why SIZE bytes cannot be how a document of ours begins; NULL: they can. */
const char *cut_begins(const unsigned char *bytes, size_t size);

/*
 * Of SIZE bytes, the head first: how many make a block; 0: more must come.
 */
size_t cut_find(struct cut *cut, const unsigned char *bytes, size_t size);

/* Why no more can come; NULL: it can. */
const char *cut_limit(size_t size);

#endif
