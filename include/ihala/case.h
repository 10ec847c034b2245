/*
 * case.h - one case: a row that says nothing about the person, and sealed
 * parts.
 *
 * A part is sealed with a key of its own, which is wrapped to its
 * compartment; what it belongs to (code, part, version, schema) is bound in.
 * The row has the code, the day, and where the case stands on four axes; a
 * move along an axis follows the table in xml/lifecycle (lifecycle.h).
 *
 * The interview's id is not kept: only HMAC-SHA256 of it, under a key in
 * keys.db, so that the same interview is not taken twice.
 *
 * Adding, reading, writing and moving are entered in the ledger.
 *
 * Source: xml/lifecycle/case.xml; src/README.md "The registry".
 */
#ifndef IHALA_CASE_H
#define IHALA_CASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ihala/buffer.h"
#include "ihala/error.h"
#include "ihala/id.h"
#include "ihala/lifecycle.h"
#include "ihala/part.h"
#include "ihala/registry.h"

#define IH_PART_MAX ((size_t)16 << 20) /* bytes of one part of a case */

struct ih_case_part {
	const void *bytes; /* borrowed; NULL: the case has no such part yet */
	size_t size;
};

struct ih_case_new {
	const char *interview; /* UUID of the interview */
	int64_t opened;        /* instant; the day (UTC) is what is kept */
	bool urgent;
	bool training;          /* must be what the registry is */
	const char *origin;     /* "" or NULL: ours; else the committee's id */
	const char *their_code; /* the code there; "" or NULL: none */
	struct ih_case_part part[IH_PARTS];
};

struct ih_case_row {
	char code[IH_CODE_TEXT];
	int64_t opened;  /* days since 1970-01-01 */
	int64_t version; /* rises by one with each write and move */
	bool urgent, held, training;
	bool has[IH_PARTS];
	char origin[IH_COMMITTEE_TEXT]; /* "": ours */
	char their_code[IH_CODE_TEXT];  /* "": none */
	char state[IH_AXES][IH_STATE_TEXT];
};

/*
 * Take a case in; CODE is its fresh code.  False: IH_STATE (E_CASE_EXISTS: this
 * interview is here already; E_TRAINING, E_NOT_TRAINING), IH_DENIED (locked),
 * IH_INPUT (an id that is none, a part too large), IH_BUSY, IH_SYSTEM.
 * When it says true the case is on the disk.
 */
bool
ih_case_add(struct ih_registry *registry, const struct ih_case_new *new_case,
    char code[static IH_CODE_TEXT], struct ih_error *err);

/* Is the interview here already?  CODE is then its case, else "".
 * False: IH_DENIED (locked), IH_SYSTEM. */
bool ih_case_of_interview(struct ih_registry *registry, const char *interview,
    char code[static IH_CODE_TEXT], struct ih_error *err);

/* Where the case stands.  False: IH_ABSENT (E_CASE_UNKNOWN). */
bool ih_case_row(struct ih_registry *registry, const char *code,
    struct ih_case_row *row, struct ih_error *err);

/* Every case, by day and code, until EACH says false (which is no failure). */
typedef bool ih_case_seen(const struct ih_case_row *row, void *with);
bool ih_case_each(struct ih_registry *registry, ih_case_seen *each, void *with,
    struct ih_error *err);

/*
 * The bytes of one part, as they were written.  Caller owns.
 * NULL: IH_ABSENT (E_CASE_UNKNOWN, or no such part), IH_DENIED (locked, or
 * this user does not hold the compartment), IH_TRUST (changed on the disk).
 */
struct ih_buffer *ih_case_read(struct ih_registry *registry, const char *code,
    enum ih_part part, struct ih_error *err);

/*
 * Write one part anew.  EXPECTED is the version the writer has seen (row);
 * False: IH_STATE (E_CASE_CHANGED: somebody wrote or moved it since;
 * ih_case_changes() says what), and as for ih_case_read.
 */
bool
ih_case_write(struct ih_registry *registry, const char *code, enum ih_part part,
    const void *bytes, size_t size, int64_t expected, struct ih_error *err);

/*
 * What happened to the case after it had VERSION, the earliest first, until
 * EACH says false: which part was written or which axis moved, by whom and
 * when; no content.  Needs no key.  False: IH_ABSENT (E_CASE_UNKNOWN).
 */
struct ih_case_change {
	int64_t instant;
	char actor[IH_USER_TEXT];
	enum ih_part part; /* IH_PARTS: it is a move, and the rest is set */
	enum ih_axis axis;
	char event[IH_STATE_TEXT], to[IH_STATE_TEXT];
};
typedef bool
ih_case_change_seen(const struct ih_case_change *change, void *with);
bool
ih_case_changes(struct ih_registry *registry, const char *code, int64_t version,
    ih_case_change_seen *each, void *with, struct ih_error *err);

/* EVENT happens to the case on AXIS.  False: IH_STATE (E_MOVE: the lifecycle
 * does not allow it here; the text names axis, state and event; E_HELD). */
bool ih_case_move(struct ih_registry *registry, const char *code,
    enum ih_axis axis, const char *event, struct ih_error *err);

/* May this account make MOVE from where ROW stands?  False: as above, or
 * IH_DENIED (E_ROLE), IH_STATE (E_FOUR_EYES, E_OTHER_DECIDER, E_NOT_PROPOSED:
 * for somebody else, or not yet). */
bool ih_case_allows(struct ih_registry *registry, const struct ih_case_row *row,
    enum ih_axis axis, const struct ih_move *move, struct ih_error *err);

/* How the case came where it is, the first move first. */
struct ih_case_step {
	int64_t instant;
	enum ih_axis axis;
	char event[IH_STATE_TEXT], from[IH_STATE_TEXT], to[IH_STATE_TEXT];
	char actor[IH_USER_TEXT];
};
typedef bool ih_case_stepped(const struct ih_case_step *step, void *with);
bool ih_case_steps(struct ih_registry *registry, const char *code,
    ih_case_stepped *each, void *with, struct ih_error *err);

#endif
