/* This is where a case is taken in, read, written and moved. */
#include "ihala/case.h"

#include <stdio.h>
#include <string.h>

#include "ihala/date.h"
#include "ihala/digest.h"
#include "ihala/user.h"
#include "reserve.h"
#include "roster.h"

#define PART_SCHEMA 1 /* of what a part holds; bound into its seal */
#define INTERVIEWS "ihala interview index 1"
#define TRIES 32 /* of 2^40 codes: more than a few means chance is broken */

const char *const ih_part_names[IH_PARTS] = {
	[IH_IDENTITY] = "identity",
	[IH_FACTS] = "facts",
	[IH_STATISTICS] = "statistics",
};

static bool
unknown(struct ih_error *err)
{
	return ih_fail_code(err, IH_ABSENT, "E_CASE_UNKNOWN",
	    "no case has this code");
}

/* ---- parts */

/* What a sealed part belongs to. */
static void
part_binding(const char *code, enum ih_part part, int64_t version,
    char text[static 96])
{
	snprintf(text, 96, "ihala-part-%d\n%.11s\n%s\n%lld\n", PART_SCHEMA,
	    code, ih_part_names[part], (long long)version);
}

static void
part_subject(const char *code, enum ih_part part,
    char subject[static IH_SUBJECT_TEXT])
{
	snprintf(subject, IH_SUBJECT_TEXT, "%.11s %s", code,
	    ih_part_names[part]);
}

struct ih_buffer *
ih_case_unseal(struct ih_registry *registry, const char *code,
    enum ih_part part, int64_t version, const void *sealed, size_t size,
    struct ih_error *err)
{
	char binding[96];
	IH_OWNED(ih_secret) key = ih_keys_of_case(registry, code, part, err);

	if (key == NULL)
		return NULL;
	part_binding(code, part, version, binding);
	return ih_seal_open(key->bytes, binding, strlen(binding), sealed, size,
	    err);
}

/* Seal a part, enter it in the ledger, put it in its place. */
static bool
write_part(struct ih_registry *registry, const char *code, enum ih_part part,
    const struct ih_secret *key, int64_t version, const void *bytes,
    size_t size, struct ih_error *err)
{
	char binding[96], subject[IH_SUBJECT_TEXT];
	struct ih_hash digest = { 0 };

	part_binding(code, part, version, binding);
	part_subject(code, part, subject);
	IH_OWNED(ih_buffer)
	sealed =
	    ih_seal(key->bytes, binding, strlen(binding), bytes, size, err);
	if (sealed == NULL)
		return false;
	ih_digest(sealed->data, sealed->size, digest.bytes);
	return ih_ledger_add(registry, IH_ACT_WRITE, subject, &digest, err) &&
	       ih_run(registry->db, err,
		   "INSERT INTO case_part (code, part, version, entry, sealed)"
		   " VALUES (:code, :part, :version,"
		   " (SELECT max(at) FROM ledger), :sealed)"
		   " ON CONFLICT (code, part) DO UPDATE SET"
		   " version = excluded.version, entry = excluded.entry,"
		   " sealed = excluded.sealed",
		   ih_text(":code", code),
		   ih_text(":part", ih_part_names[part]),
		   ih_number(":version", version),
		   ih_bytes(":sealed", sealed->data, sealed->size)) &&
	       (part != IH_IDENTITY ||
		   ih_person_mark(registry, code, bytes, size, err));
}

static bool
fits(size_t size, struct ih_error *err)
{
	return size <= IH_PART_MAX ||
	       ih_fail(err, IH_INPUT, "a part of a case has at most %zu bytes",
		   IH_PART_MAX);
}

/* ---- taking in */

static bool
is_sound(const struct ih_case_new *new_case, struct ih_error *err)
{
	char canonical[IH_CODE_TEXT];
	const char *origin = new_case->origin;
	const char *their_code = new_case->their_code;

	if (new_case->interview == NULL || !ih_uuid_is(new_case->interview))
		return ih_fail(err, IH_INPUT,
		    "case: the interview's id is no UUID");
	if (origin != NULL && origin[0] != '\0' && !ih_is_name(origin))
		return ih_fail(err, IH_INPUT, "case: origin is no committee");
	if (their_code != NULL && their_code[0] != '\0' &&
	    (!ih_code_parse(their_code, canonical) ||
		strcmp(canonical, their_code) != 0))
		return ih_fail(err, IH_INPUT,
		    "case: their code is no case code");
	for (int i = 0; i < IH_PARTS; i++)
		if (!fits(new_case->part[i].size, err))
			return false;
	return true;
}

/* What we keep of the interview's id: enough to know it again. */
static bool
blind(struct ih_registry *registry, const char *interview,
    struct ih_hash *index, struct ih_error *err)
{
	IH_OWNED(ih_secret)
	key = ih_keys_grow(registry, IH_HOLD_INDEX, INTERVIEWS, err);

	if (key == NULL)
		return false;
	ih_digest_keyed(key->bytes, key->size, interview, strlen(interview),
	    index->bytes);
	return true;
}

static bool
find_interview(struct ih_registry *registry, const struct ih_hash *index,
    char code[static IH_CODE_TEXT], struct ih_error *err)
{
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err,
	    "SELECT code FROM case_file WHERE interview = :interview",
	    ih_bytes(":interview", index->bytes, IH_DIGEST));

	code[0] = '\0';
	if (rows == NULL)
		return false;
	if (ih_row(rows, err))
		ih_column_text(rows, 0, code, IH_CODE_TEXT);
	return err->kind == IH_NONE;
}

bool
ih_case_of_interview(struct ih_registry *registry, const char *interview,
    char code[static IH_CODE_TEXT], struct ih_error *err)
{
	struct ih_hash index = { 0 };

	code[0] = '\0';
	return blind(registry, interview, &index, err) &&
	       find_interview(registry, &index, code, err);
}

bool
ih_case_fresh_code(struct ih_registry *registry, char code[static IH_CODE_TEXT],
    struct ih_error *err)
{
	int64_t taken = 1;

	for (int i = 0; taken > 0 && i < TRIES; i++) {
		ih_code_new(registry->world, code);
		if (!ih_count(registry->db, err, &taken,
			"SELECT (SELECT count(*) FROM case_file"
			"  WHERE code = :code) + (SELECT count(*) FROM request"
			"  WHERE code = :code) + (SELECT count(*) FROM draft"
			"  WHERE code = :code) + (SELECT count(*)"
			"  FROM draft_end WHERE code = :code)",
			ih_text(":code", code)))
			return false;
	}
	return taken == 0 ||
	       ih_fail(err, IH_SYSTEM, "case: no fresh code was found");
}

static bool
has_lifecycle(struct ih_registry *registry, struct ih_error *err)
{
	if (registry->lifecycle != NULL)
		return true;
	if (registry->library == NULL)
		return ih_fail(err, IH_USAGE,
		    "registry: opened without the library of lifecycles");
	registry->lifecycle = ih_lifecycle_read(registry->library, err);
	return registry->lifecycle != NULL;
}

const struct ih_lifecycle *
ih_case_lifecycle(struct ih_registry *registry, struct ih_error *err)
{
	return has_lifecycle(registry, err) ? registry->lifecycle : NULL;
}

static bool
insert_row(struct ih_registry *registry, const struct ih_case_new *new_case,
    const struct ih_hash *index, const char *code, struct ih_error *err)
{
	const char *origin = new_case->origin;
	const char *their_code = new_case->their_code;
	const struct ih_lifecycle *l = registry->lifecycle;

	return ih_run(registry->db, err,
	    "INSERT INTO case_file (code, interview, opened, version, urgent,"
	    " held, training, origin, their_code, file, determination,"
	    " referral, consent) VALUES (:code, :interview, :opened, 1,"
	    " :urgent, 0, :training, :origin, :their_code, :file,"
	    " :determination, :referral, :consent)",
	    ih_text(":code", code),
	    ih_bytes(":interview", index->bytes, IH_DIGEST),
	    ih_number(":opened",
		ih_date_first(ih_instant_date(new_case->opened))),
	    ih_number(":urgent", new_case->urgent),
	    ih_number(":training", new_case->training),
	    ih_text(":origin", origin != NULL ? origin : ""),
	    ih_text(":their_code", their_code != NULL ? their_code : ""),
	    ih_text(":file", ih_lifecycle_start(l, IH_FILE)),
	    ih_text(":determination", ih_lifecycle_start(l, IH_DETERMINATION)),
	    ih_text(":referral", ih_lifecycle_start(l, IH_REFERRAL)),
	    ih_text(":consent", ih_lifecycle_start(l, IH_CONSENT)));
}

struct new_keys {
	struct ih_secret *part[IH_PARTS];
};
typedef struct new_keys new_keys;

static void
new_keys_free(struct new_keys *keys)
{
	for (int i = 0; i < IH_PARTS; i++)
		ih_secret_free(keys->part[i]);
}

IH_OWNER(new_keys, new_keys_free)

/* CODE is "" where it was not inserted. */
static bool
insert(struct ih_registry *registry, const struct ih_case_new *new_case,
    const struct ih_hash *index, char code[static IH_CODE_TEXT],
    struct ih_error *err)
{
	struct new_keys made = { 0 };
	IH_OWNED(new_keys) keys = &made;

	if (!ih_reserve_take(registry, code, keys->part, err) ||
	    !insert_row(registry, new_case, index, code, err) ||
	    !ih_ledger_add(registry, IH_ACT_OPEN, code, NULL, err) ||
	    !ih_work_follow(registry, code, err))
		return false;
	for (int i = 0; i < IH_PARTS; i++)
		if (new_case->part[i].bytes != NULL &&
		    !write_part(registry, code, (enum ih_part)i, keys->part[i],
			1, new_case->part[i].bytes, new_case->part[i].size,
			err))
			return false;
	return true;
}

static bool
is_new(struct ih_registry *registry, const char *interview,
    struct ih_hash *index, struct ih_error *err)
{
	char code[IH_CODE_TEXT];

	if (!blind(registry, interview, index, err) ||
	    !find_interview(registry, index, code, err))
		return false;
	return code[0] == '\0' ||
	       ih_fail_code(err, IH_STATE, "E_CASE_EXISTS", "%s", code);
}

bool
ih_case_add(struct ih_registry *registry, const struct ih_case_new *new_case,
    char code[static IH_CODE_TEXT], struct ih_error *err)
{
	struct ih_hash index = { 0 };

	code[0] = '\0';
	if (!ih_registry_may(registry, IH_MAY_OPEN, NULL, err) ||
	    !ih_registry_admits(registry, new_case->training, err) ||
	    !is_sound(new_case, err) || !has_lifecycle(registry, err))
		return false;
	IH_OWNED(ih_transaction) all = ih_transaction_begin(registry, err);
	if (all != NULL && is_new(registry, new_case->interview, &index, err) &&
	    insert(registry, new_case, &index, code, err) &&
	    ih_transaction_commit(all, err))
		return true;
	code[0] = '\0';
	return false;
}

/* ---- rows */

#define ROW                                                                    \
	"SELECT code, opened, version, urgent, held, training, origin,"        \
	" their_code, file, determination, referral, consent,"                 \
	" EXISTS (SELECT 1 FROM case_part AS p WHERE p.code = c.code"          \
	"  AND p.part = 'identity'),"                                          \
	" EXISTS (SELECT 1 FROM case_part AS p WHERE p.code = c.code"          \
	"  AND p.part = 'facts'),"                                             \
	" EXISTS (SELECT 1 FROM case_part AS p WHERE p.code = c.code"          \
	"  AND p.part = 'statistics')"                                         \
	" FROM case_file AS c"

static void
read_row(sqlite3_stmt *rows, struct ih_case_row *row)
{
	*row = (struct ih_case_row){ .opened = sqlite3_column_int64(rows, 1),
		.version = sqlite3_column_int64(rows, 2),
		.urgent = sqlite3_column_int(rows, 3) != 0,
		.held = sqlite3_column_int(rows, 4) != 0,
		.training = sqlite3_column_int(rows, 5) != 0 };
	ih_column_text(rows, 0, row->code, sizeof row->code);
	ih_column_text(rows, 6, row->origin, sizeof row->origin);
	ih_column_text(rows, 7, row->their_code, sizeof row->their_code);
	for (int i = 0; i < IH_AXES; i++)
		ih_column_text(rows, 8 + i, row->state[i], IH_STATE_TEXT);
	row->has[IH_IDENTITY] = sqlite3_column_int(rows, 12) != 0;
	row->has[IH_FACTS] = sqlite3_column_int(rows, 13) != 0;
	row->has[IH_STATISTICS] = sqlite3_column_int(rows, 14) != 0;
}

bool
ih_case_row(struct ih_registry *registry, const char *code,
    struct ih_case_row *row, struct ih_error *err)
{
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err, ROW " WHERE code = :code",
	    ih_text(":code", code));

	memset(row, 0, sizeof *row);
	if (rows == NULL)
		return false;
	if (!ih_row(rows, err))
		return err->kind != IH_NONE ? false : unknown(err);
	read_row(rows, row);
	return true;
}

bool
ih_case_each(struct ih_registry *registry, ih_case_seen *each, void *with,
    struct ih_error *err)
{
	IH_OWNED(sqlite3_stmt)
	rows =
	    ih_ask(registry->db, err, ROW " ORDER BY opened, code", IH_NOTHING);
	struct ih_case_row row;

	if (rows == NULL)
		return false;
	while (ih_row(rows, err)) {
		read_row(rows, &row);
		if (!each(&row, with))
			return true;
	}
	return err->kind == IH_NONE;
}

/* ---- reading and writing a part */

static struct ih_buffer *
open_part(struct ih_registry *registry, const char *code, enum ih_part part,
    struct ih_error *err)
{
	struct ih_case_row row;
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err,
	    "SELECT version, sealed FROM case_part"
	    " WHERE code = :code AND part = :part",
	    ih_text(":code", code), ih_text(":part", ih_part_names[part]));

	if (rows == NULL)
		return NULL;
	if (!ih_row(rows, err)) {
		if (err->kind == IH_NONE &&
		    ih_case_row(registry, code, &row, err))
			ih_fail(err, IH_ABSENT, "case %s has no part %s", code,
			    ih_part_names[part]);
		return NULL;
	}
	return ih_case_unseal(registry, code, part,
	    sqlite3_column_int64(rows, 0), sqlite3_column_blob(rows, 1),
	    (size_t)sqlite3_column_bytes(rows, 1), err);
}

static bool
may_read(struct ih_registry *registry, const char *code, enum ih_part part,
    struct ih_error *err)
{
	/* The coded row says nothing that the facts do not. */
	return ih_registry_may(registry,
	    part == IH_IDENTITY ? IH_MAY_IDENTITY : IH_MAY_FACTS, code, err);
}

struct ih_buffer *
ih_case_read(struct ih_registry *registry, const char *code, enum ih_part part,
    struct ih_error *err)
{
	char subject[IH_SUBJECT_TEXT];
	IH_OWNED(ih_transaction) all = ih_transaction_begin(registry, err);
	IH_OWNED(ih_buffer)
	bytes = all != NULL && may_read(registry, code, part, err) ?
		    open_part(registry, code, part, err) :
		    NULL;

	if (bytes == NULL)
		return NULL;
	part_subject(code, part, subject);
	if (!ih_ledger_add(registry, IH_ACT_READ, subject, NULL, err) ||
	    !ih_transaction_commit(all, err))
		return NULL;
	return IH_GIVE(bytes);
}

/* The case as the writer has seen it. */
static bool
is_as_seen(struct ih_registry *registry, const char *code, int64_t expected,
    struct ih_error *err)
{
	struct ih_case_row row;

	if (!ih_case_row(registry, code, &row, err))
		return false;
	return row.version == expected ||
	       ih_fail_code(err, IH_STATE, "E_CASE_CHANGED",
		   "case %s has version %lld, not %lld", row.code,
		   (long long)row.version, (long long)expected);
}

bool
ih_case_write(struct ih_registry *registry, const char *code, enum ih_part part,
    const void *bytes, size_t size, int64_t expected, struct ih_error *err)
{
	if (!fits(size, err))
		return false;
	IH_OWNED(ih_transaction) all = ih_transaction_begin(registry, err);
	if (all == NULL || !is_as_seen(registry, code, expected, err) ||
	    !ih_erase_not_yet(registry, code, err) ||
	    !ih_registry_may(registry, IH_MAY_WRITE, code, err))
		return false;
	IH_OWNED(ih_secret) key = ih_keys_of_case(registry, code, part, err);
	return key != NULL &&
	       write_part(registry, code, part, key, expected + 1, bytes, size,
		   err) &&
	       ih_run(registry->db, err,
		   "UPDATE case_file SET version = version + 1"
		   " WHERE code = :code",
		   ih_text(":code", code)) &&
	       ih_transaction_commit(all, err);
}

/* ---- moving */

struct ih_hash
ih_step_digest(const char *code, const char *axis, const char *event,
    const char *source, const char *target)
{
	char text[256];
	struct ih_hash hash = { 0 };
	int length = snprintf(text, sizeof text,
	    "ihala-step-1\n%.11s\n%.32s\n%.32s\n%.32s\n%.32s\n", code, axis,
	    event, source, target);

	ih_digest(text, (size_t)length, hash.bytes);
	return hash;
}

/* Only where invented people are practised on may one person play all. */
bool
ih_case_plays_all(const struct ih_registry *registry)
{
	return registry->training && ih_roster_active(registry->roster) < 2;
}

/* Who last did something on one axis. */
struct doing {
	const struct ih_lifecycle *lifecycle;
	enum ih_axis axis;
	char actor[IH_USER_TEXT];
};

/* A step that moves nothing and records nothing, made by somebody in between,
 * is no second pair of eyes. */
static bool
note_doing(const struct ih_case_step *step, void *with)
{
	struct doing *d = with;
	const struct ih_move *move;

	if (step->axis != d->axis)
		return true;
	move =
	    ih_lifecycle_move(d->lifecycle, d->axis, step->from, step->event);
	if (strcmp(step->from, step->to) != 0 ||
	    (move != NULL && (move->hold || move->release || move->propose ||
				 move->decide || move->tell)))
		snprintf(d->actor, sizeof d->actor, "%s", step->actor);
	return true;
}

/* Another user than the one of the last move on this axis. */
static bool
is_second_pair_of_eyes(struct ih_registry *registry, const char *code,
    enum ih_axis axis, struct ih_error *err)
{
	struct doing last = { .lifecycle = registry->lifecycle, .axis = axis };

	if (ih_case_plays_all(registry))
		return true;
	if (!ih_case_steps(registry, code, note_doing, &last, err))
		return false;
	return strcmp(last.actor, registry->user) != 0 ||
	       ih_fail_code(err, IH_STATE, "E_FOUR_EYES",
		   "axis %s: somebody else than who made the last move",
		   ih_axis_name(axis));
}

/* What was done on one axis of a case, for the guards of its next move. */
struct deciding {
	const struct ih_lifecycle *lifecycle;
	enum ih_axis axis;
	const char *user, *state; /* who moves now, and from where */
	bool was_proposed;        /* the last step was a proposal */
	bool took_part;           /* USER proposed or decided since ... */
	bool before;              /* ... and before STATE was reached */
};

static bool
note_step(const struct ih_case_step *step, void *with)
{
	struct deciding *d = with;
	const struct ih_move *move;

	if (step->axis != d->axis)
		return true;
	move =
	    ih_lifecycle_move(d->lifecycle, d->axis, step->from, step->event);
	d->was_proposed = move != NULL && move->propose;
	d->took_part |= move != NULL && (move->propose || move->decide) &&
			strcmp(step->actor, d->user) == 0;
	if (strcmp(step->from, step->to) != 0 &&
	    strcmp(step->to, d->state) == 0)
		d->before = d->took_part;
	return true;
}

/* A decision is laid before its second signer; who decided already does not
 * decide whether they were right. */
static bool
is_decided_well(struct ih_registry *registry, const struct ih_case_row *row,
    enum ih_axis axis, const struct ih_move *move, struct ih_error *err)
{
	struct deciding d = { .lifecycle = registry->lifecycle,
		.axis = axis,
		.user = registry->user,
		.state = row->state[axis] };

	if (!move->proposed && !move->other_decider)
		return true;
	if (!ih_case_steps(registry, row->code, note_step, &d, err))
		return false;
	if (move->other_decider && d.before && !ih_case_plays_all(registry))
		return ih_fail_code(err, IH_STATE, "E_OTHER_DECIDER",
		    "axis %s: %s, by somebody who decided nothing before",
		    ih_axis_name(axis), move->event);
	return !move->proposed || d.was_proposed ||
	       ih_fail_code(err, IH_STATE, "E_NOT_PROPOSED",
		   "axis %s: %s follows a proposal", ih_axis_name(axis),
		   move->event);
}

static bool
is_allowed(struct ih_registry *registry, const struct ih_case_row *row,
    enum ih_axis axis, const struct ih_move *move, struct ih_error *err)
{
	/* What was erased is erased again whoever puts the backup back. */
	if (move->restoring && registry->restoring)
		return true;
	if (!ih_registry_may(registry, IH_MAY_MOVE, row->code, err))
		return false;
	if (!ih_roles_act_as(registry->roles, move->role))
		return ih_fail_code(err, IH_DENIED, "E_ROLE", "axis %s: %s",
		    ih_axis_name(axis), move->event);
	if (move->not_held && row->held)
		return ih_fail_code(err, IH_STATE, "E_HELD", "%s", row->code);
	if (move->restoring)
		return ih_fail_code(err, IH_STATE, "E_MOVE",
		    "axis %s: %s is only for a backup that is put back",
		    ih_axis_name(axis), move->event);
	return (!move->four_eyes ||
		   is_second_pair_of_eyes(registry, row->code, axis, err)) &&
	       is_decided_well(registry, row, axis, move, err);
}

static bool
enter_step(struct ih_registry *registry, const char *code, enum ih_axis axis,
    const struct ih_move *move, struct ih_error *err)
{
	struct ih_hash digest = ih_step_digest(code, ih_axis_name(axis),
	    move->event, move->from, move->to);

	return ih_ledger_add(registry, move->erase ? IH_ACT_ERASE : IH_ACT_MOVE,
		   code, &digest, err) &&
	       ih_run(registry->db, err,
		   "INSERT INTO step (entry, code, axis, event, source, target)"
		   " VALUES ((SELECT max(at) FROM ledger), :code, :axis, "
		   ":event,"
		   " :source, :target)",
		   ih_text(":code", code), ih_text(":axis", ih_axis_name(axis)),
		   ih_text(":event", move->event),
		   ih_text(":source", move->from),
		   ih_text(":target", move->to));
}

static bool
take_effect(struct ih_registry *registry, const char *code, enum ih_axis axis,
    const struct ih_move *move, struct ih_error *err)
{
	/* A column cannot be a bound value: one sentence for each axis. */
	static const char *const updates[IH_AXES] = {
		[IH_FILE] = "UPDATE case_file SET file = :to,"
			    " version = version + 1 WHERE code = :code",
		[IH_DETERMINATION] =
		    "UPDATE case_file SET determination = :to,"
		    " version = version + 1 WHERE code = :code",
		[IH_REFERRAL] = "UPDATE case_file SET referral = :to,"
				" version = version + 1 WHERE code = :code",
		[IH_CONSENT] = "UPDATE case_file SET consent = :to,"
			       " version = version + 1 WHERE code = :code",
	};

	return ih_run(registry->db, err, updates[axis],
		   ih_text(":to", move->to), ih_text(":code", code)) &&
	       ih_run(registry->db, err,
		   "UPDATE case_file SET urgent = max(urgent, :urgent),"
		   " held = CASE WHEN :hold THEN 1 WHEN :release THEN 0"
		   " ELSE held END WHERE code = :code",
		   ih_number(":urgent", move->urgent),
		   ih_number(":hold", move->hold),
		   ih_number(":release", move->release),
		   ih_text(":code", code));
}

/* The move, or why there is none: an event that the axis does not know is
 * not repeated, since it may be anything. */
static const struct ih_move *
find_move(struct ih_registry *registry, const struct ih_case_row *row,
    enum ih_axis axis, const char *event, struct ih_error *err)
{
	const struct ih_move *move = ih_lifecycle_move(registry->lifecycle,
	    axis, row->state[axis], event);
	size_t count = 0;
	const struct ih_move *all =
	    ih_lifecycle_moves(registry->lifecycle, axis, &count);
	const char *known = "this event";

	if (move != NULL)
		return move;
	for (size_t i = 0; i < count; i++)
		if (strcmp(all[i].event, event) == 0)
			known = all[i].event;
	ih_fail_code(err, IH_STATE, "E_MOVE",
	    "axis %s: %s does not happen in state %s", ih_axis_name(axis),
	    known, row->state[axis]);
	return NULL;
}

static bool
make_move(struct ih_registry *registry, const char *code, enum ih_axis axis,
    const char *event, bool *erased, struct ih_error *err)
{
	struct ih_case_row row;
	const struct ih_move *move;
	IH_OWNED(ih_transaction) all = ih_transaction_begin(registry, err);

	if (all == NULL || !ih_case_row(registry, code, &row, err) ||
	    !ih_erase_not_yet(registry, code, err))
		return false;
	move = find_move(registry, &row, axis, event, err);
	*erased = move != NULL && move->erase;
	return move != NULL && is_allowed(registry, &row, axis, move, err) &&
	       enter_step(registry, code, axis, move, err) &&
	       take_effect(registry, code, axis, move, err) &&
	       (move->erase ? ih_erase_content(registry, code, err) :
			      ih_work_follow(registry, code, err)) &&
	       ih_transaction_commit(all, err);
}

bool
ih_case_move(struct ih_registry *registry, const char *code, enum ih_axis axis,
    const char *event, struct ih_error *err)
{
	bool erased = false;

	return has_lifecycle(registry, err) &&
	       make_move(registry, code, axis, event, &erased, err) &&
	       (!erased || (ih_erase_keys(registry, code, err) &&
			       /* and of the request it came of */
			       ih_erase_finish(registry, err)));
}

bool
ih_case_allows(struct ih_registry *registry, const struct ih_case_row *row,
    enum ih_axis axis, const struct ih_move *move, struct ih_error *err)
{
	return has_lifecycle(registry, err) &&
	       is_allowed(registry, row, axis, move, err);
}

bool
ih_case_steps(struct ih_registry *registry, const char *code,
    ih_case_stepped *each, void *with, struct ih_error *err)
{
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err,
	    "SELECT l.instant, s.axis, s.event, s.source, s.target, l.actor"
	    " FROM step AS s JOIN ledger AS l ON l.at = s.entry"
	    " WHERE s.code = :code ORDER BY s.entry",
	    ih_text(":code", code));
	struct ih_case_step step;
	char axis[IH_STATE_TEXT];

	if (rows == NULL)
		return false;
	while (ih_row(rows, err)) {
		step =
		    (struct ih_case_step){ .instant =
					       sqlite3_column_int64(rows, 0) };
		ih_column_text(rows, 1, axis, sizeof axis);
		ih_axis_parse(axis, &step.axis);
		ih_column_text(rows, 2, step.event, sizeof step.event);
		ih_column_text(rows, 3, step.from, sizeof step.from);
		ih_column_text(rows, 4, step.to, sizeof step.to);
		ih_column_text(rows, 5, step.actor, sizeof step.actor);
		if (!each(&step, with))
			return true;
	}
	return err->kind == IH_NONE;
}
