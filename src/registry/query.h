/*
 * query.h - SQL with its values beside it, and what the rooms of the registry
 * share with each other.
 *
 *	ih_run(db, err, "DELETE FROM pending WHERE code = :code",
 *	    ih_text(":code", code));
 *
 *	IH_OWNED(sqlite3_stmt) rows = ih_ask(db, err, "SELECT ...", ...);
 *	while (ih_row(rows, err)) ...
 *	return err->kind == IH_NONE;
 */
#ifndef IHALA_REGISTRY_QUERY_H
#define IHALA_REGISTRY_QUERY_H

#include <sqlite3.h>
#include <stdint.h>

#include "ihala/case.h"
#include "ihala/ledger.h"
#include "ihala/name.h"
#include "ihala/registry.h"
#include "ihala/role.h"
#include "keys.h"

struct ih_roster; /* roster.h */

/* The ledger ahead of its checkpoint, which is signed once for all that a
 * transaction entered. */
struct ih_growth {
	bool is_ahead;
	struct ih_tree tree;
};

/* What one look at a screen reads by several commands. */
struct ih_look {
	bool is_begun;
	uint64_t from; /* entry of its first reading; 0: none yet */
};

/* The key of the draft that was read last. */
struct ih_draft_key {
	char code[IH_CODE_TEXT];
	struct ih_secret *key; /* NULL: none yet */
};

struct ih_registry {
	int holders; /* beyond the first */
	sqlite3 *db, *keys;
	struct ih_library *library;     /* borrowed; NULL: none */
	const struct ih_world *world;   /* borrowed */
	struct ih_lifecycle *lifecycle; /* read when it is first asked for */
	struct ih_names *names;         /* the same */
	struct ih_clockwork *clockwork; /* the same */
	char id[IH_UUID_TEXT];
	char committee[IH_COMMITTEE_TEXT];
	char user[IH_USER_TEXT];
	bool training;
	unsigned char signer[IH_SIGN_PUBLIC]; /* of the ledger */
	unsigned char public[IH_COMPARTMENTS][IH_WRAP_PUBLIC];
	struct ih_secret *private[IH_COMPARTMENTS]; /* NULL: not held */
	struct ih_roster *roster;                   /* NULL: locked */
	unsigned char first[IH_SIGN_PUBLIC]; /* signed its first generation */
	struct ih_secret *self, *hand;       /* the user's own; NULL: locked */
	ih_role_set roles;
	int depth;                    /* of transactions */
	bool restoring;               /* a backup is being put back */
	struct ih_checkpoint trusted; /* whose signature was checked */
	struct ih_growth grown;       /* in the transaction that is open */
	struct ih_look look;          /* what is read within it, once */
	struct ih_reserve *reserve;   /* of keys; NULL: none yet */
	struct ih_draft_key draft;
};

/* ---- SQL */

struct ih_bind {
	const char *name; /* ":code"; NULL ends the list */
	enum { IH_BIND_TEXT, IH_BIND_NUMBER, IH_BIND_BYTES } kind;
	const void *bytes; /* borrowed until the query is done */
	size_t size;
	int64_t number;
};

static inline struct ih_bind
ih_text(const char *name, const char *text)
{
	return (struct ih_bind){ name, IH_BIND_TEXT, text, 0, 0 };
}

static inline struct ih_bind
ih_number(const char *name, int64_t number)
{
	return (struct ih_bind){ name, IH_BIND_NUMBER, NULL, 0, number };
}

static inline struct ih_bind
ih_bytes(const char *name, const void *bytes, size_t size)
{
	return (struct ih_bind){ name, IH_BIND_BYTES, bytes, size, 0 };
}

#define IH_BINDS(...) ((const struct ih_bind[]){ __VA_ARGS__, { 0 } })
#define IH_NOTHING ((struct ih_bind){ 0 })

/* SQL is the same few sentences over and over: what was prepared is kept, at
 * rest and without its values, until ih_query_close(). */
void ih_rows_free(sqlite3_stmt *rows); /* NULL is fine */
IH_OWNER(sqlite3_stmt, ih_rows_free)

/* Run SQL that answers nothing.  False: IH_STATE on a broken constraint,
 * IH_BUSY, IH_SYSTEM. */
#define ih_run(db, err, sql, ...) ih_run_(db, err, sql, IH_BINDS(__VA_ARGS__))
bool ih_run_(sqlite3 *db, struct ih_error *err, const char *sql,
    const struct ih_bind *binds);

/* Start SQL that answers rows, and clear ERR.  Caller owns; NULL: as above. */
#define ih_ask(db, err, sql, ...) ih_ask_(db, err, sql, IH_BINDS(__VA_ARGS__))
sqlite3_stmt *ih_ask_(sqlite3 *db, struct ih_error *err, const char *sql,
    const struct ih_bind *binds);

/* Is there a row (more)?  False at the end, and ERR is untouched; or false
 * and ERR says why. */
bool ih_row(sqlite3_stmt *rows, struct ih_error *err);

/* Run SQL that answers one number.  False: as above; IH_ABSENT: no row. */
#define ih_count(db, err, number, sql, ...)                                    \
	ih_count_(db, err, number, sql, IH_BINDS(__VA_ARGS__))
bool ih_count_(sqlite3 *db, struct ih_error *err, int64_t *number,
    const char *sql, const struct ih_bind *binds);

/* Column AT as text, cut to SIZE; as SIZE bytes, zero where it is not. */
void ih_column_text(sqlite3_stmt *row, int at, char *text, size_t size);
void ih_column_bytes(sqlite3_stmt *row, int at, void *bytes, size_t size);

/* What SQLite last said about DB, in our words.  Always false. */
bool ih_query_fail(sqlite3 *db, struct ih_error *err);

/* After what the next program may do as well: was it only that another one is
 * writing?  Then ERR is cleared. */
bool ih_query_may_wait(struct ih_error *err);

/* Open and set up a database that exists.  Caller closes.  NULL: why. */
sqlite3 *ih_query_open(const char *path, struct ih_error *err);
void ih_query_close(sqlite3 *db); /* NULL is fine */
/* What was prepared is not asked again: whoever looks for the next looks among
 * fewer.  No rows may be in anybody's hands. */
void ih_query_forget(sqlite3 *db);

/* ---- the registry (registry.c) */

/* ih_registry_open() in two steps: what is there, not written to; and what
 * another version or a crash has left to do.  Caller owns. */
struct ih_registry *ih_registry_open_as_it_is(const char *folder,
    const struct ih_login *login, struct ih_library *library,
    const struct ih_world *world, struct ih_error *err);
bool ih_registry_settle(struct ih_registry *registry, struct ih_error *err);

/* ---- users (user.c) */

/* A change of the roster that was cut off before it was entered is entered
 * now.  False: IH_TRUST, where the roster is not the one last entered. */
bool ih_users_settle(struct ih_registry *registry, struct ih_error *err);
/* As ih_registry_is_current(), which it is. */
bool ih_users_follow(struct ih_registry *registry, struct ih_error *err);

/* ---- cases (case.c) */

extern const char *const ih_part_names[IH_PARTS];

/* A code of no case, request or draft.  False: IH_SYSTEM. */
bool ih_case_fresh_code(struct ih_registry *registry,
    char code[static IH_CODE_TEXT], struct ih_error *err);

/* Open the sealed bytes of one part.  NULL: as ih_keys_of_case(). */
struct ih_buffer *ih_case_unseal(struct ih_registry *registry, const char *code,
    enum ih_part part, int64_t version, const void *sealed, size_t size,
    struct ih_error *err);

/* SHA-256 of one step, as the ledger enters it. */
struct ih_hash ih_step_digest(const char *code, const char *axis,
    const char *event, const char *source, const char *target);

/* The lifecycle, read when it is first asked for.  NULL: IH_USAGE (opened
 * without a library), IH_INPUT, IH_SYSTEM. */
const struct ih_lifecycle *
ih_case_lifecycle(struct ih_registry *registry, struct ih_error *err);

/* May one person make every move?  Only where it is practised, alone. */
bool ih_case_plays_all(const struct ih_registry *registry);

/* ---- requests (request.c) */

struct ih_request_row; /* request.h */

/* The one that CASE_CODE came of, if any, goes with it: in the transaction
 * that erases the case; its keys go with ih_erase_finish(). */
bool ih_request_forget(struct ih_registry *registry, const char *case_code,
    struct ih_error *err);
/* EVENT makes it the case CASE_CODE; EVENT sends the person on to TO ("":
 * nowhere), for REASON.  False: as ih_request_open(), ih_request_redirect(). */
bool ih_request_become(struct ih_registry *registry, const char *code,
    const char *event, const char *case_code, struct ih_error *err);
bool ih_request_turn_away(struct ih_registry *registry, const char *code,
    const char *event, const char *to, const char *reason,
    struct ih_error *err);
/* Of a backup that did not know of it.  False: as ih_request_destroy(). */
bool ih_request_erase_again(struct ih_registry *registry, const char *code,
    struct ih_error *err);
/* Is each as it was entered?  *COUNT grows by its steps.  False: IH_TRUST. */
bool ih_request_verify(struct ih_registry *registry, uint64_t *count,
    struct ih_error *err);

/* ---- drafts (draft.c) */

/* Those whose days are over, or whose author is gone, are destroyed. */
bool ih_draft_settle(struct ih_registry *registry, struct ih_error *err);
/* The key that is at hand is wiped. */
void ih_draft_key_drop(struct ih_registry *registry);
/* ---- what waits to be confirmed (intake.c) */

/* Is the list the one that was entered?  False: IH_TRUST. */
bool ih_intake_verify(struct ih_registry *registry, struct ih_error *err);

/* ---- persons (person.c) */

/* Mark CODE anew by the bytes of its identity; nothing where the user does
 * not hold that compartment, or they are no identity with a name. */
bool ih_person_mark(struct ih_registry *registry, const char *code,
    const void *identity, size_t size, struct ih_error *err);

/* ---- what is due (work.c) */

/* In the transaction that is open: what is due in the case CODE, made anew.
 * False: IH_INPUT (a clock or calendar that is none), IH_BUSY, IH_SYSTEM. */
bool ih_work_follow(struct ih_registry *registry, const char *code,
    struct ih_error *err);
/* The same of a request, which is as ROW says. */
bool ih_work_follow_request(struct ih_registry *registry,
    const struct ih_request_row *row, struct ih_error *err);
/* Nothing is due any more, and nothing was excused. */
bool ih_work_forget(struct ih_registry *registry, const char *code,
    struct ih_error *err);
/* Is that what stands there?  True also where another pack will make it anew.
 * False: IH_TRUST, and as above. */
bool ih_work_check(struct ih_registry *registry, const char *code,
    struct ih_error *err);
bool ih_work_check_request(struct ih_registry *registry,
    const struct ih_request_row *row, struct ih_error *err);
void ih_clockwork_free(struct ih_clockwork *clockwork);

/* ---- erasure (erase.c) */

/* Was the case erased?  False: IH_BUSY, IH_SYSTEM. */
bool ih_erase_was(struct ih_registry *registry, const char *code, bool *erased,
    struct ih_error *err);
/* May the case still be written and moved?  False: IH_STATE
 * (E_CASE_ERASED). */
bool ih_erase_not_yet(struct ih_registry *registry, const char *code,
    struct ih_error *err);
/* What stands in the place of a keyed digest that is unique: it says nothing
 * that the code does not. */
struct ih_hash ih_erase_nothing(const char *code);
/* In the outermost transaction of the move that erases: the intent into
 * keys.db. */
bool ih_erase_intend(struct ih_registry *registry, const char *code,
    struct ih_error *err);
/* The same, and the content out of registry.db. */
bool ih_erase_content(struct ih_registry *registry, const char *code,
    struct ih_error *err);
/* Once that is committed: the keys, everywhere in keys.db.  Can be repeated. */
bool ih_erase_keys(struct ih_registry *registry, const char *code,
    struct ih_error *err);
/* Finish every erasure that a crash cut short. */
bool ih_erase_finish(struct ih_registry *registry, struct ih_error *err);
/* No byte is left of the keys that were deleted, in the file or in its log.
 * False: IH_BUSY (somebody is reading: they go later). */
bool ih_erase_scrub(struct ih_registry *registry, struct ih_error *err);

/* ---- legal holds (hold.c) */

/* Why CODE was held is gone; in the transaction that erases the case. */
bool ih_hold_forget(struct ih_registry *registry, const char *code,
    struct ih_error *err);

/* ---- short texts about a case or a request (note.c) */

/* Long and short enough to be a reason?  False: IH_USAGE (E_REASON). */
bool ih_note_is_reason(const char *text, struct ih_error *err);
/* Sealed with the key of PART; BINDING says what it belongs to.  Caller owns;
 * NULL: as ih_keys_of_case(). */
struct ih_buffer *
ih_note_seal(struct ih_registry *registry, const char *code, enum ih_part part,
    const char *binding, const char *text, struct ih_error *err);
/* Column AT of ROW, in clear.  Caller owns; NULL: as above, IH_TRUST. */
struct ih_buffer *
ih_note_open(struct ih_registry *registry, const char *code, enum ih_part part,
    const char *binding, sqlite3_stmt *row, int at, struct ih_error *err);
/* Entered with the digest of what was sealed, so that nobody can put another
 * in its place. */
bool ih_note_enter(struct ih_registry *registry, const char *code,
    const char *about, const struct ih_buffer *sealed, struct ih_error *err);
/* Is each there, and what was entered?  False: IH_TRUST, IH_SYSTEM. */
bool ih_note_check(struct ih_registry *registry, struct ih_error *err);

/* ---- the ledger (ledger.c) */

/* Sign any other statement: its first line says what it is, and no two kinds
 * have the same.  False: IH_DENIED, IH_SYSTEM. */
bool ih_ledger_sign(const struct ih_registry *registry, const void *bytes,
    size_t size, unsigned char signature[static IH_SIGNATURE],
    struct ih_error *err);
/* Sign what was entered since the checkpoint, if anything was. */
bool ih_ledger_settle(struct ih_registry *registry, struct ih_error *err);
/* The first checkpoint: of nothing, signed. */
bool ih_ledger_init(struct ih_registry *registry, struct ih_error *err);

/* ---- recovery (recovery.c) */

/*
 * In a transaction of keys.db in which compartments that are held here were
 * given other keys: the officers' key leads to the new ones.  BEFORE are
 * the public keys that were, as signed.  True where there is no recovery key.
 * False: IH_TRUST (it was replaced: nobody's key is wrapped to it), IH_DENIED.
 */
bool ih_recovery_follow(struct ih_registry *registry,
    unsigned char before[static IH_COMPARTMENTS][IH_WRAP_PUBLIC],
    struct ih_error *err);

/* ---- shapes of names */

/* 1 to 64 of a-z A-Z 0-9 . _ - : a committee, a user, a kept name. */
bool ih_is_name(const char *text);
/* A state, an event, a purpose: a-z first, then a-z 0-9 -, at most 32. */
bool ih_is_state(const char *text);

#endif
