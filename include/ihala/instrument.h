/*
 * instrument.h - the questions of one interview, as read from
 * xml/instrument/ID.xml.
 *
 * The struct is open and holds only valid things: what a load has passed
 * nobody checks again.  Items stand in the order they are asked; an ask-if
 * speaks of earlier items only, so that no skip can wait for itself.  The
 * digest is that of the very bytes of the file: answers and assessments are
 * pinned to it.
 *
 * All of it is borrowed from the instrument.
 *
 * Source: xml/schema/instrument.rng.
 */
#ifndef IHALA_INSTRUMENT_H
#define IHALA_INSTRUMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ihala/arena.h"
#include "ihala/condition.h"
#include "ihala/digest.h"
#include "ihala/error.h"
#include "ihala/library.h"
#include "ihala/part.h"
#include "ihala/schema.h"
#include "ihala/words.h"

#define IH_CODES_MAX 64   /* of one list: a bit each */
#define IH_ITEMS_MAX 1000 /* of one instrument; the longest known asks 59 */

/* One text in three languages, and what a country says otherwise. */
struct ih_texts {
	const char *in[IH_LANGS]; /* NULL: there is no such text at all */
	struct ih_variant {
		const char *tag; /* "ar-MA" */
		const char *text;
	} * variants;
	size_t variant_count;
};

/* The words of the country, or the neutral ones; NULL if there are none. */
const char *ih_texts_say(const struct ih_texts *texts, struct ih_tongue tongue);
/* Of the <text> children of NODE. */
struct ih_texts ih_texts_read(struct ih_arena *arena, const xmlNode *node);

struct ih_source {
	const char *text;
	const char *confidence; /* "high", "medium", "low"; NULL: not said */
	const char *article;    /* NULL: none */
	const char *checked;    /* a date; NULL: not said */
};

/* Of the <source> children of NODE; how many in COUNT. */
const struct ih_source *
ih_sources_read(struct ih_arena *arena, const xmlNode *node, size_t *count);

struct ih_choice {
	const char *code;
	size_t length; /* of code */
	struct ih_texts texts;
};

/* What tells codes apart, without what is only shown: all keys of an
 * instrument are near each other in memory. */
struct ih_key {
	uint64_t head;
	size_t length; /* of the code */
};

struct ih_choices {
	const char *id;
	struct ih_choice *list;
	struct ih_key *keys;
	size_t count;                    /* 1 to IH_CODES_MAX */
	uint8_t slots[2 * IH_CODES_MAX]; /* hash of keys; code + 1, 0: none */
};

/* Where CODE of LENGTH bytes stands in the list; -1 if it does not. */
int ih_choices_find(const struct ih_choices *choices, const char *code,
    size_t length);

enum ih_type { IH_CHOICE, IH_CHOICES, IH_NUMBER, IH_DATE, IH_TEXT, IH_TYPES };
enum ih_how { IH_ASK, IH_OBSERVE, IH_INTEGRATE, IH_HOWS };
/* As instrument.rng has them: "choice", "ask". */
const char *ih_type_name(enum ih_type type);
const char *ih_how_name(enum ih_how how);

struct ih_item {
	const char *id;
	size_t length;  /* of id */
	size_t at;      /* its place in the instrument */
	size_t section; /* which one holds it */
	enum ih_type type;
	const struct ih_choices *choices; /* choice, choices; else NULL */
	int64_t least, most;              /* number: both included */
	enum ih_how how;
	enum ih_part part;
	struct ih_texts question;
	struct ih_texts note;       /* for the interviewer; in[] NULL: none */
	struct ih_condition ask_if; /* with that of its section */
	struct ih_condition own_if; /* without it */
};

struct ih_section {
	const char *id;
	struct ih_texts title;
	size_t first, count; /* items */
	struct ih_condition ask_if;
};

typedef struct ih_instrument {
	struct ih_arena *arena;
	const char *id, *version, *status;
	char digest[IH_DIGEST_TEXT];
	struct ih_texts title;
	const struct ih_source *sources;
	size_t source_count;
	struct ih_choices *lists;
	size_t list_count;
	struct ih_section *sections;
	size_t section_count;
	struct ih_item *items;
	size_t item_count;
	uint16_t *slots; /* hash of ids; item + 1, 0 where empty */
	size_t slot_mask;
} ih_instrument;

/*
 * Instrument ID of LIBRARY.  Caller owns.  NULL: IH_ABSENT, or IH_INPUT with
 * the first fault as "FILE:LINE: ...".
 */
struct ih_instrument *ih_instrument_load(struct ih_library *library,
    const char *id, struct ih_error *err);

/* The same from SIZE BYTES of our own; NAME is for messages. */
struct ih_instrument *ih_instrument_read(struct ih_schema *schema,
    const char *name, const void *bytes, size_t size, struct ih_error *err);

/*
 * Look for every fault in SIZE BYTES and hand each to EACH.  True: none was
 * found.  Where the file does not fit its schema that one fault is all.
 */
bool ih_instrument_check(struct ih_schema *schema, const char *name,
    const void *bytes, size_t size, ih_fault_each *each, void *with);

void ih_instrument_free(struct ih_instrument *instrument);

/* The item with this id (of LENGTH bytes); NULL if there is none. */
const struct ih_item *
ih_instrument_item(const struct ih_instrument *instrument, const char *id);
const struct ih_item *ih_instrument_find(const struct ih_instrument *instrument,
    const char *id, size_t length);

IH_OWNER(ih_instrument, ih_instrument_free)

#endif
