/*
 * element.h - XML written so that it cannot be ill-formed.
 *
 *	struct ih_writer w = ih_write_to(out);
 *	ih_open(&w, "receipt");
 *	ih_put(&w, "xmlns", "urn:ihala:receipt:1");
 *	ih_leaf(&w, "message", id);
 *	ih_close(&w);
 *	return ih_write_end(&w, err);
 *
 * Names are our own literals; values are escaped.  A value that XML cannot
 * carry (not UTF-8, a control character) does not become bytes: the writer
 * remembers, writes nothing more, and ih_write_end() refuses.  The same calls
 *give the same bytes.
 *
 * Source: XML 1.0 (5th ed.) sections 2.2 (characters) and 2.4 (escaping).
 */
#ifndef IHALA_ELEMENT_H
#define IHALA_ELEMENT_H

#include <libxml/tree.h>
#include <stdbool.h>
#include <stdint.h>

#include "ihala/buffer.h"
#include "ihala/error.h"

#define IH_WRITE_DEPTH 64

struct ih_writer {
	struct ih_buffer *out; /* borrowed */
	const char *open[IH_WRITE_DEPTH];
	int depth;
	bool in_tag; /* attributes may still come */
	bool has_child[IH_WRITE_DEPTH];
	bool indent;     /* a line an element; off inside mixed text */
	const char *bad; /* the element that could not be written; NULL: none */
	const char *why; /* what was wrong there */
	enum ih_kind kind; /* of that fault */
	size_t tag;        /* where in OUT the tag in hand begins */
	size_t
	    space[IH_WRITE_DEPTH]; /* where the value of xmlns does; 0: none */
	int mixed; /* depth at which mixed text began; 0: not inside */
	bool done; /* the root element is closed */
};

/*
 * Starts with the XML declaration and writes an indented document: two spaces
 * a level, each element on its own line, except inside an element that holds
 * text.  Set indent to false for a document without added white space.
 */
struct ih_writer ih_write_to(struct ih_buffer *out);

void ih_open(struct ih_writer *w, const char *name);
void ih_put(struct ih_writer *w, const char *name, const char *value);
void ih_put_number(struct ih_writer *w, const char *name, int64_t value);
/* As ih_instant_format() writes it. */
void ih_put_instant(struct ih_writer *w, const char *name, int64_t instant);
void ih_put_if(struct ih_writer *w, const char *name,
    const char *value); /* not NULL, not "" */
void ih_say_text(struct ih_writer *w, const char *text);
void ih_close(struct ih_writer *w);
/* <name>text</name> */
void ih_leaf(struct ih_writer *w, const char *name, const char *text);
/*
 * NODE and all below it, namespaces declared where they differ from those of
 * the element that is open.  Comments and processing instructions stay
 * behind.  NODE is borrowed for the call.
 */
void ih_copy(struct ih_writer *w, const xmlNode *node);

/* False: IH_INPUT, naming the element that held what XML cannot carry, or
 * IH_SYSTEM where an element was left open or a call came out of turn.  What
 * OUT then holds is not a document. */
bool ih_write_end(struct ih_writer *w, struct ih_error *err);

#endif
