/* This is where it is written down what was sent and what came. */
#include "ihala/message.h"

#include <stdio.h>
#include <string.h>

#include "ihala/ledger.h"
#include "ihala/user.h"
#include "query.h"

static const char *const directions[IH_DIRECTIONS] = {
	[IH_SENT] = "sent",
	[IH_RECEIVED] = "received",
};

static bool
is_sound(const struct ih_message *m, struct ih_error *err)
{
	const struct {
		bool sound;
		const char *field;
	} checks[] = {
		{ ih_uuid_is(m->id), "id" },
		{ ih_is_name(m->peer), "peer" },
		{ ih_is_state(m->purpose), "purpose" },
		{ ih_is_state(m->state), "state" },
		{ m->sequence >= 1, "sequence" },
		{ m->in_reply_to[0] == '\0' || ih_uuid_is(m->in_reply_to),
		    "in-reply-to" },
	};

	for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++)
		if (!checks[i].sound)
			return ih_fail(err, IH_INPUT, "message: %s malformed",
			    checks[i].field);
	return true;
}

static bool
insert(struct ih_registry *registry, const struct ih_message *m,
    struct ih_error *err)
{
	return ih_run(registry->db, err,
	    "INSERT INTO message (id, direction, peer, purpose, sequence,"
	    " container, envelope, previous, state, created, expires,"
	    " in_reply_to, code) VALUES (:id, :direction, :peer, :purpose,"
	    " :sequence, :container, :envelope, :previous, :state, :created,"
	    " :expires, :in_reply_to, :code)",
	    ih_text(":id", m->id),
	    ih_text(":direction", directions[m->direction]),
	    ih_text(":peer", m->peer), ih_text(":purpose", m->purpose),
	    ih_number(":sequence", m->sequence),
	    ih_bytes(":container", m->container.bytes, IH_DIGEST),
	    ih_bytes(":envelope", m->envelope.bytes, IH_DIGEST),
	    ih_bytes(":previous", m->previous.bytes, IH_DIGEST),
	    ih_text(":state", m->state), ih_number(":created", m->created),
	    ih_number(":expires", m->expires),
	    ih_text(":in_reply_to", m->in_reply_to), ih_text(":code", m->code));
}

bool
ih_message_add(struct ih_registry *registry, const struct ih_message *message,
    struct ih_error *err)
{
	enum ih_act act =
	    message->direction == IH_SENT ? IH_ACT_SEND : IH_ACT_RECEIVE;

	if (!is_sound(message, err) ||
	    !ih_registry_may(registry, IH_MAY_EXCHANGE, NULL, err))
		return false;
	IH_OWNED(ih_transaction) all = ih_transaction_begin(registry, err);
	return all != NULL && insert(registry, message, err) &&
	       ih_ledger_add(registry, act, message->id, &message->container,
		   err) &&
	       ih_transaction_commit(all, err);
}

#define ROW                                                                    \
	"SELECT id, direction, peer, purpose, sequence, container, envelope,"  \
	" previous, state, created, expires, in_reply_to, code FROM message"

static void
read_row(sqlite3_stmt *rows, struct ih_message *m)
{
	char direction[16];

	memset(m, 0, sizeof *m);
	ih_column_text(rows, 0, m->id, sizeof m->id);
	ih_column_text(rows, 1, direction, sizeof direction);
	m->direction =
	    strcmp(direction, directions[IH_SENT]) == 0 ? IH_SENT : IH_RECEIVED;
	ih_column_text(rows, 2, m->peer, sizeof m->peer);
	ih_column_text(rows, 3, m->purpose, sizeof m->purpose);
	m->sequence = sqlite3_column_int64(rows, 4);
	ih_column_bytes(rows, 5, m->container.bytes, IH_DIGEST);
	ih_column_bytes(rows, 6, m->envelope.bytes, IH_DIGEST);
	ih_column_bytes(rows, 7, m->previous.bytes, IH_DIGEST);
	ih_column_text(rows, 8, m->state, sizeof m->state);
	m->created = sqlite3_column_int64(rows, 9);
	m->expires = sqlite3_column_int64(rows, 10);
	ih_column_text(rows, 11, m->in_reply_to, sizeof m->in_reply_to);
	ih_column_text(rows, 12, m->code, sizeof m->code);
}

static bool
only(sqlite3_stmt *rows, struct ih_message *message, struct ih_error *err)
{
	memset(message, 0, sizeof *message);
	if (rows == NULL)
		return false;
	if (!ih_row(rows, err))
		return err->kind != IH_NONE ?
			   false :
			   ih_fail(err, IH_ABSENT, "there is no such message");
	read_row(rows, message);
	return true;
}

bool
ih_message_find(struct ih_registry *registry, const char *id,
    struct ih_message *message, struct ih_error *err)
{
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err, ROW " WHERE id = :id",
	    ih_text(":id", id));

	return only(rows, message, err);
}

bool
ih_message_at(struct ih_registry *registry, enum ih_direction direction,
    const char *peer, int64_t sequence, struct ih_message *message,
    struct ih_error *err)
{
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err,
	    ROW " WHERE direction = :direction AND peer = :peer"
		" AND sequence = :sequence",
	    ih_text(":direction", directions[direction]),
	    ih_text(":peer", peer), ih_number(":sequence", sequence));

	return only(rows, message, err);
}

int64_t
ih_message_last(struct ih_registry *registry, enum ih_direction direction,
    const char *peer, struct ih_error *err)
{
	int64_t last = 0;

	if (!ih_count(registry->db, err, &last,
		"SELECT coalesce(max(sequence), 0) FROM message"
		" WHERE direction = :direction AND peer = :peer",
		ih_text(":direction", directions[direction]),
		ih_text(":peer", peer)))
		return -1;
	return last;
}

bool
ih_message_speaks(struct ih_registry *registry, enum ih_direction direction,
    const char *peer, const char *id, bool *speaks, struct ih_error *err)
{
	int64_t count = 0;
	bool asked = ih_count(registry->db, err, &count,
	    "SELECT count(*) FROM message WHERE direction = :direction"
	    " AND peer = :peer AND in_reply_to = :id",
	    ih_text(":direction", directions[direction]),
	    ih_text(":peer", peer), ih_text(":id", id));

	*speaks = count > 0;
	return asked;
}

bool
ih_message_set_state(struct ih_registry *registry, const char *id,
    const char *state, struct ih_error *err)
{
	struct ih_message message;

	if (!ih_is_state(state))
		return ih_fail(err, IH_INPUT, "message: state malformed");
	if (!ih_registry_may(registry, IH_MAY_EXCHANGE, NULL, err))
		return false;
	IH_OWNED(ih_transaction) all = ih_transaction_begin(registry, err);
	return all != NULL && ih_message_find(registry, id, &message, err) &&
	       ih_run(registry->db, err,
		   "UPDATE message SET state = :state WHERE id = :id",
		   ih_text(":state", state), ih_text(":id", id)) &&
	       ih_transaction_commit(all, err);
}

bool
ih_message_each(struct ih_registry *registry, ih_message_seen *each, void *with,
    struct ih_error *err)
{
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err,
	    ROW " ORDER BY created, direction, peer, sequence", IH_NOTHING);
	struct ih_message message;

	if (rows == NULL)
		return false;
	while (ih_row(rows, err)) {
		read_row(rows, &message);
		if (!each(&message, with))
			return true;
	}
	return err->kind == IH_NONE;
}
