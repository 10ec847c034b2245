/* This is where it is kept that somebody asked for help, before there is a
 * case. */
#include "ihala/request.h"

#include <stdio.h>
#include <string.h>

#include "ihala/date.h"
#include "ihala/digest.h"
#include "ihala/element.h"
#include "ihala/node.h"
#include "ihala/xml.h"
#include "reserve.h"
#include "roster.h"

#define SPACE "urn:ihala:request:1"
#define CONTENTS "ihala request index 1"
#define DAY INT64_C(86400)
#define BINDING 96
#define DESTROY "destroy" /* the event */
/* The event, and what the ledger calls its note. */
#define REDIRECT "redirect"

/* ---- rows */

#define ROW                                                                    \
	"SELECT code, asked, channel, danger, training, state,"                \
	" coalesce(opened_as, '') FROM request"

static void
read_row(sqlite3_stmt *rows, struct ih_request_row *row)
{
	*row = (struct ih_request_row){ .asked = sqlite3_column_int64(rows, 1),
		.training = sqlite3_column_int(rows, 4) != 0 };
	ih_column_text(rows, 0, row->code, sizeof row->code);
	ih_column_text(rows, 2, row->channel, sizeof row->channel);
	ih_column_text(rows, 3, row->danger, sizeof row->danger);
	ih_column_text(rows, 5, row->state, sizeof row->state);
	ih_column_text(rows, 6, row->opened_as, sizeof row->opened_as);
}

bool
ih_request_row(struct ih_registry *registry, const char *code,
    struct ih_request_row *row, struct ih_error *err)
{
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err, ROW " WHERE code = :code",
	    ih_text(":code", code));

	memset(row, 0, sizeof *row);
	if (rows == NULL)
		return false;
	if (!ih_row(rows, err))
		return err->kind == IH_NONE &&
		       ih_fail_code(err, IH_ABSENT, "E_REQUEST_UNKNOWN",
			   "no request has this code");
	read_row(rows, row);
	return true;
}

bool
ih_request_each(struct ih_registry *registry, ih_request_seen *each, void *with,
    struct ih_error *err)
{
	const struct ih_lifecycle *lifecycle = ih_case_lifecycle(registry, err);
	IH_OWNED(sqlite3_stmt)
	rows =
	    lifecycle == NULL ?
		NULL :
		ih_ask(registry->db, err,
		    ROW " ORDER BY state <> :waits,"
			" CASE danger WHEN 'yes' THEN 0 WHEN 'unknown' THEN 1"
			" ELSE 2 END, asked, code",
		    ih_text(":waits",
			ih_lifecycle_start(lifecycle, IH_REQUEST)));
	struct ih_request_row row;

	if (rows == NULL)
		return false;
	while (ih_row(rows, err)) {
		read_row(rows, &row);
		if (!each(&row, with))
			return true;
	}
	return err->kind == IH_NONE;
}

bool
ih_request_of_case(struct ih_registry *registry, const char *code,
    char request[static IH_CODE_TEXT], struct ih_error *err)
{
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err,
	    "SELECT code FROM request WHERE opened_as = :code",
	    ih_text(":code", code));

	request[0] = '\0';
	if (rows != NULL && ih_row(rows, err))
		ih_column_text(rows, 0, request, IH_CODE_TEXT);
	return err->kind == IH_NONE;
}

/* ---- parts */

static void
part_binding(const char *code, enum ih_part part, char text[static BINDING])
{
	snprintf(text, BINDING, "ihala-request-1\n%.11s\n%s\n", code,
	    ih_part_names[part]);
}

static void
part_subject(const char *code, enum ih_part part,
    char subject[static IH_SUBJECT_TEXT])
{
	snprintf(subject, IH_SUBJECT_TEXT, "%.11s %s", code,
	    ih_part_names[part]);
}

static bool
write_part(struct ih_registry *registry, const char *code, enum ih_part part,
    const struct ih_secret *key, const struct ih_buffer *bytes,
    struct ih_error *err)
{
	char binding[BINDING], subject[IH_SUBJECT_TEXT];
	struct ih_hash digest = { 0 };

	part_binding(code, part, binding);
	part_subject(code, part, subject);
	IH_OWNED(ih_buffer)
	sealed = ih_seal(key->bytes, binding, strlen(binding), bytes->data,
	    bytes->size, err);
	if (sealed == NULL)
		return false;
	ih_digest(sealed->data, sealed->size, digest.bytes);
	return ih_ledger_add(registry, IH_ACT_REQUEST, subject, &digest, err) &&
	       ih_run(registry->db, err,
		   "INSERT INTO request_part (code, part, entry, sealed)"
		   " VALUES (:code, :part, (SELECT max(at) FROM ledger),"
		   " :sealed)",
		   ih_text(":code", code),
		   ih_text(":part", ih_part_names[part]),
		   ih_bytes(":sealed", sealed->data, sealed->size));
}

static struct ih_buffer *
open_part(struct ih_registry *registry, const char *code, enum ih_part part,
    struct ih_error *err)
{
	char binding[BINDING];
	struct ih_request_row row;
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err,
	    "SELECT sealed FROM request_part"
	    " WHERE code = :code AND part = :part",
	    ih_text(":code", code), ih_text(":part", ih_part_names[part]));

	if (rows == NULL)
		return NULL;
	if (!ih_row(rows, err)) {
		if (err->kind == IH_NONE &&
		    ih_request_row(registry, code, &row, err))
			ih_fail(err, IH_ABSENT, "request %s has no part %s",
			    code, ih_part_names[part]);
		return NULL;
	}
	part_binding(code, part, binding);
	return ih_note_open(registry, code, part, binding, rows, 0, err);
}

struct ih_buffer *
ih_request_read(struct ih_registry *registry, const char *code,
    enum ih_part part, struct ih_error *err)
{
	char subject[IH_SUBJECT_TEXT];
	IH_OWNED(ih_transaction) all = ih_transaction_begin(registry, err);
	IH_OWNED(ih_buffer)
	bytes = all != NULL && ih_registry_may(registry,
				   part == IH_IDENTITY ? IH_MAY_IDENTITY :
							 IH_MAY_FACTS,
				   code, err) ?
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

/* ---- taking in */

/* What was told, without who the person is. */
static struct ih_buffer *
facts_of(const xmlNode *root, struct ih_error *err)
{
	static const char *const kept[] = { "channel", "danger", "received",
		"through", "language", "asks", "training" };
	IH_OWNED(ih_buffer) facts = ih_buffer_new();
	struct ih_writer w = ih_write_to(facts);

	ih_open(&w, "request");
	ih_put(&w, "xmlns", SPACE);
	for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
		ih_put_if(&w, kept[i], ih_attr(root, kept[i]));
	for (const xmlNode *n = ih_child(root, NULL); n; n = ih_next(n, NULL))
		if (!ih_is(n, "identity"))
			ih_copy(&w, n);
	ih_close(&w);
	return ih_write_end(&w, err) ? IH_GIVE(facts) : NULL;
}

struct ih_buffer *
ih_request_split(const xmlDoc *doc, struct ih_buffer **identity,
    struct ih_error *err)
{
	const xmlNode *root = xmlDocGetRootElement(doc);
	xmlNode *who = ih_child(root, "identity");

	*identity = NULL;
	if (!ih_is(root, "request")) {
		ih_fail(err, IH_INPUT, "this is no request");
		return NULL;
	}
	if (who != NULL)
		*identity = ih_xml_write_node(who);
	return facts_of(root, err);
}

static bool
write_parts(struct ih_registry *registry, const char *code, const xmlDoc *doc,
    struct ih_secret *keys[static IH_PARTS], struct ih_error *err)
{
	IH_OWNED(ih_buffer) identity = NULL;
	IH_OWNED(ih_buffer) facts = ih_request_split(doc, &identity, err);

	return facts != NULL &&
	       write_part(registry, code, IH_FACTS, keys[IH_FACTS], facts,
		   err) &&
	       (identity == NULL || write_part(registry, code, IH_IDENTITY,
					keys[IH_IDENTITY], identity, err));
}

static bool
blind(struct ih_registry *registry, xmlDoc *doc, struct ih_hash *content,
    struct ih_error *err)
{
	IH_OWNED(ih_buffer) bytes = ih_xml_write(doc);
	IH_OWNED(ih_secret)
	key = ih_keys_grow(registry, IH_HOLD_INDEX, CONTENTS, err);

	if (key == NULL)
		return false;
	ih_digest_keyed(key->bytes, key->size, bytes->data, bytes->size,
	    content->bytes);
	return true;
}

static bool
is_new(struct ih_registry *registry, const struct ih_hash *content,
    char code[static IH_CODE_TEXT], struct ih_error *err)
{
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err,
	    "SELECT code FROM request WHERE content = :content",
	    ih_bytes(":content", content->bytes, IH_DIGEST));

	if (rows == NULL)
		return false;
	if (!ih_row(rows, err))
		return err->kind == IH_NONE;
	ih_column_text(rows, 0, code, IH_CODE_TEXT);
	return ih_fail_code(err, IH_STATE, "E_REQUEST_EXISTS", "%s", code);
}

/* The row as the document has it; without a code yet. */
static bool
read_head(struct ih_registry *registry, const xmlNode *root,
    struct ih_request_row *row, struct ih_error *err)
{
	const char *received = ih_attr(root, "received");
	const char *channel = ih_attr(root, "channel");

	*row = (struct ih_request_row){ .training =
					    ih_attr(root, "training") != NULL,
		.asked = registry->world->now };
	if (ih_lifecycle_channel(registry->lifecycle, channel) == NULL)
		return ih_fail_code(err, IH_INPUT, "E_CHANNEL",
		    "line %ld: @channel", ih_line(root));
	if (received != NULL && (!ih_instant_parse(received, &row->asked) ||
				    row->asked > registry->world->now))
		return ih_fail_code(err, IH_INPUT, "E_REQUEST_WHEN",
		    "line %ld: @received", ih_line(root));
	snprintf(row->channel, sizeof row->channel, "%s", channel);
	snprintf(row->danger, sizeof row->danger, "%s",
	    ih_attr(root, "danger"));
	snprintf(row->state, sizeof row->state, "%s",
	    ih_lifecycle_start(registry->lifecycle, IH_REQUEST));
	return ih_registry_admits(registry, row->training, err);
}

static bool
insert_row(struct ih_registry *registry, const struct ih_request_row *row,
    const struct ih_hash *content, struct ih_error *err)
{
	return ih_run(registry->db, err,
	    "INSERT INTO request (code, content, asked, channel, danger,"
	    " training, state) VALUES (:code, :content, :asked, :channel,"
	    " :danger, :training, :state)",
	    ih_text(":code", row->code),
	    ih_bytes(":content", content->bytes, IH_DIGEST),
	    ih_number(":asked", row->asked), ih_text(":channel", row->channel),
	    ih_text(":danger", row->danger),
	    ih_number(":training", row->training),
	    ih_text(":state", row->state));
}

static bool
insert(struct ih_registry *registry, struct ih_request_row *row,
    const struct ih_hash *content, const xmlDoc *doc, struct ih_error *err)
{
	/* The third stays unused: a request is in no statistics. */
	struct ih_secret *keys[IH_PARTS] = { NULL };
	bool done = ih_reserve_take(registry, row->code, keys, err) &&
		    insert_row(registry, row, content, err) &&
		    write_parts(registry, row->code, doc, keys, err) &&
		    ih_work_follow_request(registry, row, err);

	for (int i = 0; i < IH_PARTS; i++)
		ih_secret_free(keys[i]);
	return done;
}

bool
ih_request_add(struct ih_registry *registry, xmlDoc *doc,
    char code[static IH_CODE_TEXT], struct ih_error *err)
{
	const xmlNode *root = xmlDocGetRootElement(doc);
	struct ih_hash content = { 0 };
	struct ih_request_row row;

	code[0] = '\0';
	if (!ih_is(root, "request"))
		return ih_fail(err, IH_INPUT, "this is no request");
	if (!ih_registry_may(registry, IH_MAY_REQUEST, NULL, err) ||
	    ih_case_lifecycle(registry, err) == NULL ||
	    !read_head(registry, root, &row, err))
		return false;
	IH_OWNED(ih_transaction) all = ih_transaction_begin(registry, err);
	if (all == NULL || !blind(registry, doc, &content, err) ||
	    !is_new(registry, &content, code, err) ||
	    !insert(registry, &row, &content, doc, err) ||
	    !ih_transaction_commit(all, err))
		return false;
	memcpy(code, row.code, IH_CODE_TEXT);
	return true;
}

/* ---- what becomes of it */

/* The last step, or the first there is: by whom and when. */
static bool
read_last(struct ih_registry *registry, const struct ih_request_row *row,
    int64_t *since, char actor[static IH_USER_TEXT], struct ih_error *err)
{
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err,
	    "SELECT l.instant, l.actor FROM request_step AS s"
	    " JOIN ledger AS l ON l.at = s.entry WHERE s.code = :code"
	    " ORDER BY s.entry DESC LIMIT 1",
	    ih_text(":code", row->code));

	*since = row->asked;
	actor[0] = '\0';
	if (rows == NULL)
		return false;
	if (ih_row(rows, err)) {
		*since = sqlite3_column_int64(rows, 0);
		ih_column_text(rows, 1, actor, IH_USER_TEXT);
	}
	return err->kind == IH_NONE;
}

/* What keeps a case keeps what it came of. */
static bool
is_not_held(struct ih_registry *registry, const struct ih_request_row *row,
    struct ih_error *err)
{
	struct ih_case_row of;

	if (row->opened_as[0] == '\0')
		return true;
	return ih_case_row(registry, row->opened_as, &of, err) &&
	       (!of.held ||
		   ih_fail_code(err, IH_STATE, "E_HELD", "%s", of.code));
}

static bool
guards_hold(struct ih_registry *registry, const struct ih_request_row *row,
    const struct ih_move *move, struct ih_error *err)
{
	char actor[IH_USER_TEXT], day[IH_DATE_TEXT];
	int64_t since, days = ih_lifecycle_request_days(registry->lifecycle);

	if (!read_last(registry, row, &since, actor, err))
		return false;
	if (move->four_eyes && strcmp(actor, registry->user) == 0 &&
	    !ih_case_plays_all(registry))
		return ih_fail_code(err, IH_STATE, "E_FOUR_EYES",
		    "request: somebody else than who made the last move");
	if (move->erase && !is_not_held(registry, row, err))
		return false;
	ih_date_format(ih_instant_date(since + days * DAY), day);
	return !move->kept || since + days * DAY <= registry->world->now ||
	       ih_fail_code(err, IH_STATE, "E_KEPT", "%s", day);
}

static bool
may_move(struct ih_registry *registry, const struct ih_request_row *row,
    const struct ih_move *move, struct ih_error *err)
{
	if (move->restoring && registry->restoring)
		return true;
	/* What is erased is a matter of the whole office. */
	if (!ih_registry_may(registry,
		move->erase ? IH_MAY_MOVE : IH_MAY_REQUEST, NULL, err))
		return false;
	if (!ih_roles_act_as(registry->roles, move->role))
		return ih_fail_code(err, IH_DENIED, "E_ROLE", "request: %s",
		    move->event);
	return guards_hold(registry, row, move, err);
}

static bool
enter_step(struct ih_registry *registry, const char *code,
    const struct ih_move *move, struct ih_error *err)
{
	struct ih_hash digest = ih_step_digest(code, ih_axis_name(IH_REQUEST),
	    move->event, move->from, move->to);

	return ih_ledger_add(registry, move->erase ? IH_ACT_ERASE : IH_ACT_MOVE,
		   code, &digest, err) &&
	       ih_run(registry->db, err,
		   "INSERT INTO request_step (entry, code, event, source,"
		   " target) VALUES ((SELECT max(at) FROM ledger), :code,"
		   " :event, :source, :target)",
		   ih_text(":code", code), ih_text(":event", move->event),
		   ih_text(":source", move->from),
		   ih_text(":target", move->to)) &&
	       ih_run(registry->db, err,
		   "UPDATE request SET state = :to WHERE code = :code",
		   ih_text(":to", move->to), ih_text(":code", code));
}

/* EVENT in the state that ROW is in, where the lifecycle has it. */
static const struct ih_move *
find_move(struct ih_registry *registry, const char *code, const char *event,
    struct ih_request_row *row, struct ih_error *err)
{
	const struct ih_move *move;

	if (ih_case_lifecycle(registry, err) == NULL ||
	    !ih_request_row(registry, code, row, err))
		return NULL;
	move = ih_lifecycle_move(registry->lifecycle, IH_REQUEST, row->state,
	    event);
	if (move == NULL)
		ih_fail_code(err, IH_STATE, "E_MOVE",
		    "request: %s does not happen in state %s", event,
		    row->state);
	return move;
}

static bool
make_move(struct ih_registry *registry, struct ih_request_row *row,
    const struct ih_move *move, struct ih_error *err)
{
	if (!enter_step(registry, row->code, move, err))
		return false;
	snprintf(row->state, sizeof row->state, "%s", move->to);
	return ih_work_follow_request(registry, row, err);
}

/* EVENT happens to the request, in the transaction that is open. */
static bool
happens(struct ih_registry *registry, const char *code, const char *event,
    struct ih_error *err)
{
	struct ih_request_row row;
	const struct ih_move *move =
	    find_move(registry, code, event, &row, err);

	return move != NULL && may_move(registry, &row, move, err) &&
	       make_move(registry, &row, move, err);
}

bool
ih_request_become(struct ih_registry *registry, const char *code,
    const char *event, const char *case_code, struct ih_error *err)
{
	char subject[IH_SUBJECT_TEXT];
	IH_OWNED(ih_transaction) all = ih_transaction_begin(registry, err);

	snprintf(subject, sizeof subject, "%.11s %.11s", code, case_code);
	return all != NULL && happens(registry, code, event, err) &&
	       ih_ledger_add(registry, IH_ACT_REQUEST, subject, NULL, err) &&
	       ih_run(registry->db, err,
		   "UPDATE request SET opened_as = :case WHERE code = :code",
		   ih_text(":case", case_code), ih_text(":code", code)) &&
	       ih_transaction_commit(all, err);
}

bool
ih_request_open(struct ih_registry *registry, const char *code,
    const char *case_code, struct ih_error *err)
{
	return ih_request_become(registry, code, "open", case_code, err);
}

static void
note_binding(const char *code, char text[static BINDING])
{
	snprintf(text, BINDING, "ihala-request-note-1\n%.11s\n", code);
}

static bool
insert_note(struct ih_registry *registry, const char *code, const char *to,
    const char *reason, struct ih_error *err)
{
	char binding[BINDING];
	IH_OWNED(ih_arena) arena = ih_arena_new();

	note_binding(code, binding);
	IH_OWNED(ih_buffer)
	sealed = ih_note_seal(registry, code, IH_FACTS, binding,
	    ih_arena_printf(arena, "%s\n%s", to, reason), err);
	return sealed != NULL &&
	       ih_note_enter(registry, code, REDIRECT, sealed, err) &&
	       ih_run(registry->db, err,
		   "INSERT INTO request_note (entry, code, sealed) VALUES"
		   " ((SELECT max(at) FROM ledger), :code, :sealed)",
		   ih_text(":code", code),
		   ih_bytes(":sealed", sealed->data, sealed->size));
}

bool
ih_request_turn_away(struct ih_registry *registry, const char *code,
    const char *event, const char *to, const char *reason, struct ih_error *err)
{
	if (!ih_note_is_reason(reason, err))
		return false;
	IH_OWNED(ih_transaction) all = ih_transaction_begin(registry, err);
	/* The reason is part of the record: whoever has not been given it does
	 * not write there, not even with the key for an emergency. */
	return all != NULL && happens(registry, code, event, err) &&
	       ih_registry_may(registry, IH_MAY_WRITE, code, err) &&
	       insert_note(registry, code, to, reason, err) &&
	       ih_transaction_commit(all, err);
}

bool
ih_request_redirect(struct ih_registry *registry, const char *code,
    const char *to, const char *reason, struct ih_error *err)
{
	return ih_request_turn_away(registry, code, REDIRECT, to, reason, err);
}

struct ih_buffer *
ih_request_note(struct ih_registry *registry, const char *code,
    struct ih_error *err)
{
	char binding[BINDING];
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err,
	    "SELECT sealed FROM request_note WHERE code = :code"
	    " ORDER BY entry DESC LIMIT 1",
	    ih_text(":code", code));

	if (rows == NULL ||
	    !ih_registry_may(registry, IH_MAY_FACTS, code, err) ||
	    !ih_row(rows, err))
		return NULL;
	note_binding(code, binding);
	return ih_note_open(registry, code, IH_FACTS, binding, rows, 0, err);
}

/* ---- destroyed */

static bool
forget(struct ih_registry *registry, const char *code, struct ih_error *err)
{
	struct ih_hash nothing = ih_erase_nothing(code);

	return ih_erase_intend(registry, code, err) &&
	       ih_run(registry->db, err,
		   "DELETE FROM request_part WHERE code = :code",
		   ih_text(":code", code)) &&
	       ih_run(registry->db, err,
		   "DELETE FROM request_note WHERE code = :code",
		   ih_text(":code", code)) &&
	       ih_run(registry->db, err,
		   "UPDATE intake SET interview = :nothing, answers = :nothing"
		   " WHERE code = :code",
		   ih_bytes(":nothing", nothing.bytes, IH_DIGEST),
		   ih_text(":code", code)) &&
	       ih_run(registry->db, err,
		   "UPDATE request SET content = :nothing, danger = 'unknown'"
		   " WHERE code = :code",
		   ih_bytes(":nothing", nothing.bytes, IH_DIGEST),
		   ih_text(":code", code));
}

/* Whoever may destroy the case may destroy what it came of, at once. */
bool
ih_request_forget(struct ih_registry *registry, const char *case_code,
    struct ih_error *err)
{
	char code[IH_CODE_TEXT];
	struct ih_request_row row;
	const struct ih_move *move;
	bool erased = false;

	if (!ih_request_of_case(registry, case_code, code, err) ||
	    !ih_erase_was(registry, code, &erased, err))
		return false;
	if (code[0] == '\0' || erased)
		return true;
	move = find_move(registry, code, DESTROY, &row, err);
	return move != NULL && make_move(registry, &row, move, err) &&
	       forget(registry, code, err);
}

static bool
erase(struct ih_registry *registry, const char *code, const char *event,
    struct ih_error *err)
{
	IH_OWNED(ih_transaction) all = ih_transaction_begin(registry, err);

	return all != NULL && happens(registry, code, event, err) &&
	       forget(registry, code, err) && ih_transaction_commit(all, err);
}

bool
ih_request_destroy(struct ih_registry *registry, const char *code,
    struct ih_error *err)
{
	return erase(registry, code, DESTROY, err) &&
	       ih_erase_keys(registry, code, err);
}

bool
ih_request_erase_again(struct ih_registry *registry, const char *code,
    struct ih_error *err)
{
	return erase(registry, code, "destroy-again", err) &&
	       ih_erase_keys(registry, code, err);
}

/* ---- is it so */

#define ERASED                                                                 \
	" IN (SELECT s.code FROM request_step AS s JOIN ledger AS e"           \
	" ON e.at = s.entry WHERE e.act = 'erase')"

static bool
parts_hold(struct ih_registry *registry, struct ih_error *err)
{
	struct ih_hash entered = { 0 }, found = { 0 };
	char code[IH_CODE_TEXT];
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err,
	    "SELECT l.digest, p.sealed, substr(l.subject, 1, 11)"
	    " FROM ledger AS l LEFT JOIN request_part AS p"
	    "  ON p.entry = l.at AND l.subject = p.code || ' ' || p.part"
	    " WHERE l.act = 'request' AND l.digest <> zeroblob(32)"
	    " AND substr(l.subject, 1, 11) NOT" ERASED,
	    IH_NOTHING);

	if (rows == NULL)
		return false;
	while (ih_row(rows, err)) {
		ih_column_bytes(rows, 0, entered.bytes, IH_DIGEST);
		ih_digest(sqlite3_column_blob(rows, 1),
		    (size_t)sqlite3_column_bytes(rows, 1), found.bytes);
		ih_column_text(rows, 2, code, sizeof code);
		if (sqlite3_column_type(rows, 1) == SQLITE_NULL ||
		    !ih_hash_is(&entered, &found))
			return ih_fail(err, IH_TRUST,
			    "request %s: it is not what was entered", code);
	}
	return err->kind == IH_NONE;
}

/* The row is where its steps lead, and each step is as it was entered. */
static bool
steps_hold(struct ih_registry *registry, const struct ih_request_row *row,
    uint64_t *count, struct ih_error *err)
{
	const char *at = ih_lifecycle_start(registry->lifecycle, IH_REQUEST);
	struct ih_hash entered = { 0 }, found;
	char event[IH_STATE_TEXT], from[IH_STATE_TEXT], to[IH_STATE_TEXT];
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err,
	    "SELECT l.digest, s.event, s.source, s.target FROM request_step"
	    " AS s JOIN ledger AS l ON l.at = s.entry WHERE s.code = :code"
	    " ORDER BY s.entry",
	    ih_text(":code", row->code));

	if (rows == NULL)
		return false;
	for (; ih_row(rows, err); ++*count) {
		const struct ih_move *move;

		ih_column_bytes(rows, 0, entered.bytes, IH_DIGEST);
		ih_column_text(rows, 1, event, sizeof event);
		ih_column_text(rows, 2, from, sizeof from);
		ih_column_text(rows, 3, to, sizeof to);
		found = ih_step_digest(row->code, ih_axis_name(IH_REQUEST),
		    event, from, to);
		move = ih_lifecycle_move(registry->lifecycle, IH_REQUEST, at,
		    event);
		if (!ih_hash_is(&entered, &found) || move == NULL ||
		    strcmp(from, at) != 0 || strcmp(to, move->to) != 0)
			return ih_fail(err, IH_TRUST,
			    "request %s: a step that was never made",
			    row->code);
		at = move->to;
	}
	return err->kind == IH_NONE &&
	       (strcmp(at, row->state) == 0 ||
		   ih_fail(err, IH_TRUST,
		       "request %s: no step leads to where it stands",
		       row->code));
}

/* The case it was linked with is the one that was entered. */
static bool
link_holds(struct ih_registry *registry, const struct ih_request_row *row,
    struct ih_error *err)
{
	char subject[IH_SUBJECT_TEXT];
	int64_t entries = 0;

	if (row->opened_as[0] == '\0')
		return true;
	snprintf(subject, sizeof subject, "%s %s", row->code, row->opened_as);
	return ih_count(registry->db, err, &entries,
		   "SELECT count(*) FROM ledger"
		   " WHERE act = 'request' AND subject = :subject",
		   ih_text(":subject", subject)) &&
	       (entries > 0 ||
		   ih_fail(err, IH_TRUST,
		       "request %s: it was never opened as this case",
		       row->code));
}

struct walk {
	struct ih_registry *registry;
	uint64_t *count;
	struct ih_error *err;
	bool sound;
};

static bool
walk_one(const struct ih_request_row *row, void *with)
{
	struct walk *w = with;

	w->sound = steps_hold(w->registry, row, w->count, w->err) &&
		   link_holds(w->registry, row, w->err) &&
		   (ih_work_check_request(w->registry, row, w->err) ||
		       ih_fail_in(w->err, row->code));
	return w->sound;
}

bool
ih_request_verify(struct ih_registry *registry, uint64_t *count,
    struct ih_error *err)
{
	struct ih_error fault = { 0 };
	struct walk walk = { registry, count, &fault, true };

	if (!parts_hold(registry, err) || !ih_intake_verify(registry, err) ||
	    !ih_request_each(registry, walk_one, &walk, err))
		return false;
	if (!walk.sound)
		*err = fault;
	return walk.sound;
}
