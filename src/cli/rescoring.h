/*
 * rescoring.h - conclusions old and new side by side, for people and for
 * programs: per interview, and as counts.
 */
#ifndef IHALA_CLI_RESCORING_H
#define IHALA_CLI_RESCORING_H

#include "command.h"
#include "ihala/rescore.h"

/* Rules by which interviews were judged: which, and how many. */
struct rescore_pin {
	const char *version, *digest, *engine;
	size_t interviews;
};

struct rescore_change {
	struct ih_change change;
	const char *text; /* in the user's language; the id where unknown */
};

/* One interview under one framework. */
struct rescore_row {
	const char *name; /* case code, or id of the interview */
	bool training, moved;
	/* NULL where it was not judged there */
	const struct ih_standing *was, *now;
	enum ih_found was_found, now_found;
	struct rescore_change *changes;
	size_t count;
};

/* All interviews under one framework. */
struct rescore_rules {
	const char *framework, *title;
	struct rescore_pin *was, *now;
	size_t was_count, now_count;
	size_t cross[IH_FOUNDS][IH_FOUNDS]; /* was, now */
	struct rescore_row *rows;
	size_t count, room;
	size_t moved; /* interviews with another outcome or bounds */
};

struct rescoring {
	struct request *request;
	struct rescore_rules *rules; /* in the order they came */
	size_t count;
	/* Of interviews. */
	size_t compared, training, other, received, empty, refused;
};

#define RESCORE_RULES 64 /* frameworks in one run */
#define RESCORE_PINS 64  /* versions of one framework */

/*
 * Interview NAME under one framework: WAS, NOW or both, which are copied.
 * FRAMEWORK is the new one, for its words; NULL: it is no longer there.
 * False: IH_INPUT, more frameworks or versions than any office has.
 */
bool rescoring_add(struct rescoring *rescoring, const char *name, bool training,
    const struct ih_standing *was, const struct ih_standing *now,
    const struct ih_framework *framework, struct ih_error *err);

/* What was concluded, with its bounds where they are apart. */
const char *rescoring_found(struct request *request, enum ih_found found,
    const struct ih_standing *s);

/* What CHANGE is about, in the words of FRAMEWORK; its id where that has none
 * or is NULL. */
const char *rescoring_title(struct request *request,
    const struct ih_framework *framework, const struct ih_change *change);

/* To standard output, in the format asked for. */
bool rescoring_print(const struct rescoring *rescoring, struct ih_error *err);

#endif
