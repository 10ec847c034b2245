/* This is where the newest trust list of each partner is kept, once two people
 * have compared its key. */
#include "ihala/partner.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "ihala/digest.h"
#include "ihala/ledger.h"
#include "ihala/user.h"
#include "query.h"
#include "roster.h"

#define MARKER "ihala partner marks 1"

static void
read_row(sqlite3_stmt *rows, struct ih_peer *p)
{
	memset(p, 0, sizeof *p);
	ih_column_text(rows, 0, p->committee, sizeof p->committee);
	ih_column_text(rows, 1, p->fingerprint, sizeof p->fingerprint);
	p->sequence = sqlite3_column_int64(rows, 2);
	p->added = sqlite3_column_int64(rows, 3);
	p->updated = sqlite3_column_int64(rows, 4);
}

static struct ih_hash
digest_of(const void *list, size_t size)
{
	struct ih_hash digest = { 0 };

	ih_digest(list, size, digest.bytes);
	return digest;
}

static bool
is_sound(const struct ih_peer *peer, size_t size, struct ih_error *err)
{
	char hex[IH_DIGEST_TEXT];

	return (ih_is_name(peer->committee) && peer->sequence >= 0 &&
		   ih_digest_typed(peer->fingerprint, hex) && size >= 1 &&
		   size <= IH_TRUST_LIST_MAX) ||
	       ih_fail(err, IH_INPUT, "trust list: malformed");
}

/* ---- what only this registry could have written beside a list */

struct pin {
	int64_t entry; /* of the ledger, that took the list in */
	struct ih_hash mark;
};

static bool
mark_of(struct ih_registry *registry, const struct ih_peer *peer,
    const struct ih_hash *digest, struct pin *pin, struct ih_error *err)
{
	char hex[IH_DIGEST_TEXT], text[512];
	IH_OWNED(ih_secret)
	marker = ih_keys_grow(registry, IH_HOLD_AUDIT, MARKER, err);

	if (marker == NULL)
		return false;
	ih_hash_text(digest, hex);
	snprintf(text, sizeof text,
	    "ihala-partner-1\n%s\n%s\n%s\n%" PRId64 "\n%" PRId64 "\n%s\n",
	    registry->id, peer->committee, peer->fingerprint, peer->sequence,
	    pin->entry, hex);
	ih_digest_keyed(marker->bytes, marker->size, text, strlen(text),
	    pin->mark.bytes);
	return true;
}

static bool
was_touched(const struct ih_peer *peer, struct ih_error *err)
{
	return ih_fail_code(err, IH_TRUST, "E_TRUST_STORED", "%s",
	    peer->committee);
}

/* The list is the one last taken in, says the ledger; and, where it can be
 * asked, the mark, which whoever rewrote both could not make. */
static bool
is_as_taken(struct ih_registry *registry, const struct ih_peer *peer,
    const struct ih_hash *digest, struct ih_error *err)
{
	struct ih_hash mark = { 0 };
	struct pin pin = { 0 };
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err,
	    "SELECT p.entry, p.mark FROM ledger AS l LEFT JOIN partner_pin AS p"
	    " ON p.committee = l.subject WHERE l.digest = :digest"
	    " AND l.at = (SELECT max(at) FROM ledger WHERE act = 'trust'"
	    " AND subject = :committee) AND ifnull(p.entry, l.at) = l.at",
	    ih_text(":committee", peer->committee),
	    ih_bytes(":digest", digest->bytes, IH_DIGEST));

	if (rows == NULL)
		return false;
	if (!ih_row(rows, err))
		return err->kind == IH_NONE ? was_touched(peer, err) : false;
	/* Taken in before it took two people. */
	if (sqlite3_column_type(rows, 0) == SQLITE_NULL)
		return ih_fail_code(err, IH_TRUST, "E_TRUST_UNMARKED", "%s",
		    peer->committee);
	pin.entry = sqlite3_column_int64(rows, 0);
	ih_column_bytes(rows, 1, mark.bytes, IH_DIGEST);
	if (ih_registry_is_locked(registry))
		return true;
	if (!mark_of(registry, peer, digest, &pin, err))
		return false;
	return ih_hash_is(&pin.mark, &mark) || was_touched(peer, err);
}

/* ---- taking one out */

#define PARTNERS                                                               \
	"SELECT committee, fingerprint, sequence, added, updated, list"        \
	" FROM partner"
#define WAITING                                                                \
	"SELECT committee, fingerprint, sequence, instant, instant, list,"     \
	" actor, act = 'propose' AND subject = committee, digest"              \
	" FROM partner_waiting JOIN ledger ON at = entry"

static struct ih_buffer *
list_in(sqlite3_stmt *rows)
{
	return ih_buffer_copy(sqlite3_column_blob(rows, 5),
	    (size_t)sqlite3_column_bytes(rows, 5));
}

struct ih_buffer *
ih_peer_get(struct ih_registry *registry, const char *committee,
    struct ih_peer *peer, struct ih_error *err)
{
	struct ih_peer here;
	IH_OWNED(sqlite3_stmt)
	rows =
	    ih_ask(registry->db, err, PARTNERS " WHERE committee = :committee",
		ih_text(":committee", committee));

	if (rows == NULL)
		return NULL;
	if (!ih_row(rows, err)) {
		if (err->kind == IH_NONE)
			ih_fail(err, IH_ABSENT,
			    "no trust list of this committee is here");
		return NULL;
	}
	read_row(rows, &here);
	IH_OWNED(ih_buffer) list = list_in(rows);
	struct ih_hash digest = digest_of(list->data, list->size);
	if (!is_as_taken(registry, &here, &digest, err))
		return NULL;
	if (peer != NULL)
		*peer = here;
	return IH_GIVE(list);
}

static bool
each_of(sqlite3_stmt *rows, ih_peer_seen *each, void *with,
    struct ih_error *err)
{
	struct ih_peer peer;

	if (rows == NULL)
		return false;
	while (ih_row(rows, err)) {
		read_row(rows, &peer);
		if (!each(&peer, with))
			return true;
	}
	return err->kind == IH_NONE;
}

bool
ih_peer_each(struct ih_registry *registry, ih_peer_seen *each, void *with,
    struct ih_error *err)
{
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err, PARTNERS " ORDER BY committee",
	    IH_NOTHING);

	return each_of(rows, each, with, err);
}

bool
ih_peer_waiting_each(struct ih_registry *registry, ih_peer_seen *each,
    void *with, struct ih_error *err)
{
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err, WAITING " ORDER BY committee",
	    IH_NOTHING);

	return each_of(rows, each, with, err);
}

/* ---- the first list: one proposes, another confirms */

struct proposal {
	struct ih_peer peer;
	char actor[IH_USER_TEXT];
	bool is_entered; /* the ledger says so, of these bytes */
};

static struct ih_buffer *
find_waiting(struct ih_registry *registry, const char *committee,
    struct proposal *proposal, struct ih_error *err)
{
	struct ih_hash entered = { 0 };
	IH_OWNED(sqlite3_stmt)
	rows =
	    ih_ask(registry->db, err, WAITING " WHERE committee = :committee",
		ih_text(":committee", committee));

	if (rows == NULL)
		return NULL;
	if (!ih_row(rows, err)) {
		if (err->kind == IH_NONE)
			ih_fail_code(err, IH_ABSENT, "E_PEER_UNKNOWN", "%s",
			    "");
		return NULL;
	}
	read_row(rows, &proposal->peer);
	IH_OWNED(ih_buffer) list = list_in(rows);
	struct ih_hash digest = digest_of(list->data, list->size);
	ih_column_text(rows, 6, proposal->actor, sizeof proposal->actor);
	ih_column_bytes(rows, 8, entered.bytes, IH_DIGEST);
	proposal->is_entered =
	    sqlite3_column_int(rows, 7) == 1 && ih_hash_is(&entered, &digest);
	return IH_GIVE(list);
}

struct ih_buffer *
ih_peer_waiting(struct ih_registry *registry, const char *committee,
    struct ih_peer *peer, struct ih_error *err)
{
	struct proposal proposal = { 0 };
	IH_OWNED(ih_buffer)
	list = find_waiting(registry, committee, &proposal, err);

	if (list == NULL)
		return NULL;
	*peer = proposal.peer;
	return IH_GIVE(list);
}

struct asked {
	const char *fingerprint;
	bool withdrawn;
};

static void
note_withdrawn(const char *fingerprint, int64_t since, void *with)
{
	struct asked *asked = with;

	(void)since;
	asked->withdrawn |= ih_digest_is(fingerprint, asked->fingerprint);
}

/* Is COMMITTEE believed, and is the key of its list not withdrawn? */
static bool
is_believed(struct ih_registry *registry, const char *committee, bool *is,
    struct ih_error *err)
{
	struct ih_peer held;
	struct asked asked = { held.fingerprint, false };
	IH_OWNED(ih_buffer) list = ih_peer_get(registry, committee, &held, err);

	*is = false;
	if (list == NULL && err->kind != IH_ABSENT && err->kind != IH_TRUST)
		return false;
	err->kind = IH_NONE;
	err->code[0] = err->text[0] = '\0';
	if (list != NULL && !ih_peer_withdrawn_each(registry, committee,
				note_withdrawn, &asked, err))
		return false;
	*is = list != NULL && !asked.withdrawn;
	return true;
}

static bool
put_waiting(struct ih_registry *registry, const struct ih_peer *peer,
    const void *list, size_t size, struct ih_error *err)
{
	return ih_run(registry->db, err,
	    "INSERT OR REPLACE INTO partner_waiting"
	    " (committee, fingerprint, sequence, list, entry) VALUES"
	    " (:committee, :fingerprint, :sequence, :list,"
	    " (SELECT max(at) FROM ledger))",
	    ih_text(":committee", peer->committee),
	    ih_text(":fingerprint", peer->fingerprint),
	    ih_number(":sequence", peer->sequence),
	    ih_bytes(":list", list, size));
}

bool
ih_peer_propose(struct ih_registry *registry, const struct ih_peer *peer,
    const void *list, size_t size, struct ih_error *err)
{
	bool known = false;

	if (!is_sound(peer, size, err) ||
	    !ih_registry_may(registry, IH_MAY_TRUST, NULL, err))
		return false;
	struct ih_hash digest = digest_of(list, size);
	IH_OWNED(ih_transaction) all = ih_transaction_begin(registry, err);
	if (all == NULL || !is_believed(registry, peer->committee, &known, err))
		return false;
	if (known)
		return ih_fail_code(err, IH_STATE, "E_PEER_KNOWN", "%s",
		    peer->committee);
	return ih_ledger_add(registry, IH_ACT_PROPOSE, peer->committee, &digest,
		   err) &&
	       put_waiting(registry, peer, list, size, err) &&
	       ih_transaction_commit(all, err);
}

/* A training registry of one user has nobody else; one that is in earnest
 * finds a second person first. */
static bool
is_another(struct ih_registry *registry, const struct proposal *proposal,
    struct ih_error *err)
{
	if (strcmp(proposal->actor, registry->user) != 0 ||
	    (registry->training && ih_roster_active(registry->roster) == 1))
		return true;
	return ih_fail_code(err, IH_STATE, "E_FOUR_EYES", "%s", "");
}

static bool
is_the_same(const struct proposal *proposal, const char *fingerprint,
    struct ih_error *err)
{
	if (!proposal->is_entered)
		return was_touched(&proposal->peer, err);
	return ih_digest_is(fingerprint, proposal->peer.fingerprint) ||
	       ih_fail_code(err, IH_TRUST, "E_LIST_KEY", "%s",
		   proposal->peer.committee);
}

static bool
put_row(struct ih_registry *registry, const struct ih_peer *peer,
    const void *list, size_t size, struct ih_error *err)
{
	return ih_run(registry->db, err,
	    "INSERT INTO partner (committee, fingerprint, sequence, list,"
	    " added, updated) VALUES (:committee, :fingerprint, :sequence,"
	    " :list, :now, :now) ON CONFLICT (committee) DO UPDATE SET"
	    " fingerprint = excluded.fingerprint,"
	    " sequence = excluded.sequence, list = excluded.list,"
	    " updated = excluded.updated",
	    ih_text(":committee", peer->committee),
	    ih_text(":fingerprint", peer->fingerprint),
	    ih_number(":sequence", peer->sequence),
	    ih_bytes(":list", list, size),
	    ih_number(":now", registry->world->now));
}

static bool
put(struct ih_registry *registry, const struct ih_peer *peer, const void *list,
    size_t size, struct ih_error *err)
{
	struct ih_hash digest = digest_of(list, size);
	struct pin pin = { 0 };

	return ih_ledger_add(registry, IH_ACT_TRUST, peer->committee, &digest,
		   err) &&
	       ih_count(registry->db, err, &pin.entry,
		   "SELECT max(at) FROM ledger", IH_NOTHING) &&
	       mark_of(registry, peer, &digest, &pin, err) &&
	       put_row(registry, peer, list, size, err) &&
	       ih_run(registry->db, err,
		   "INSERT OR REPLACE INTO partner_pin (committee, entry, mark)"
		   " VALUES (:committee, :entry, :mark)",
		   ih_text(":committee", peer->committee),
		   ih_number(":entry", pin.entry),
		   ih_bytes(":mark", pin.mark.bytes, IH_DIGEST));
}

bool
ih_peer_confirm(struct ih_registry *registry, const char *committee,
    const char *fingerprint, struct ih_error *err)
{
	struct proposal proposal = { 0 };

	if (!ih_registry_may(registry, IH_MAY_TRUST, NULL, err))
		return false;
	IH_OWNED(ih_transaction) all = ih_transaction_begin(registry, err);
	IH_OWNED(ih_buffer)
	list = all == NULL ? NULL :
			     find_waiting(registry, committee, &proposal, err);
	return list != NULL && is_the_same(&proposal, fingerprint, err) &&
	       is_another(registry, &proposal, err) &&
	       put(registry, &proposal.peer, list->data, list->size, err) &&
	       ih_run(registry->db, err,
		   "DELETE FROM partner_waiting WHERE committee = :committee",
		   ih_text(":committee", committee)) &&
	       ih_transaction_commit(all, err);
}

/* ---- later lists */

/* True where LIST is what is there already, and there is nothing to do;
 * false with no error where it is newer. */
static bool
is_there(struct ih_registry *registry, const struct ih_peer *peer,
    const void *list, size_t size, struct ih_error *err)
{
	struct ih_peer last = { .sequence = -1 };
	IH_OWNED(ih_buffer)
	there = ih_peer_get(registry, peer->committee, &last, err);

	if (there == NULL && err->kind == IH_ABSENT)
		ih_fail_code(err, IH_STATE, "E_PEER_UNKNOWN", "%s",
		    peer->committee);
	if (there == NULL || peer->sequence > last.sequence)
		return false;
	if (peer->sequence == last.sequence && there->size == size &&
	    memcmp(there->data, list, size) == 0)
		return true;
	return ih_fail_code(err, IH_STATE, "E_TRUST_ROLLBACK",
	    "%s: list %lld came after list %lld", peer->committee,
	    (long long)peer->sequence, (long long)last.sequence);
}

bool
ih_peer_add(struct ih_registry *registry, const struct ih_peer *peer,
    const void *list, size_t size, struct ih_error *err)
{
	if (!is_sound(peer, size, err) ||
	    !ih_registry_may(registry, IH_MAY_TRUST, NULL, err))
		return false;
	IH_OWNED(ih_transaction) all = ih_transaction_begin(registry, err);
	if (all == NULL)
		return false;
	if (is_there(registry, peer, list, size, err))
		return true;
	return err->kind == IH_NONE && put(registry, peer, list, size, err) &&
	       ih_transaction_commit(all, err);
}
