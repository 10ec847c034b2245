/* This is where the newest trust list of each partner is kept. */
#include <stdio.h>
#include <string.h>

#include "ihala/ledger.h"
#include "ihala/message.h"
#include "ihala/user.h"
#include "query.h"

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

#define ROW                                                                    \
	"SELECT committee, fingerprint, sequence, added, updated, list"        \
	" FROM partner"

struct ih_buffer *
ih_peer_get(struct ih_registry *registry, const char *committee,
    struct ih_peer *partner, struct ih_error *err)
{
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err, ROW " WHERE committee = :committee",
	    ih_text(":committee", committee));

	if (rows == NULL)
		return NULL;
	if (!ih_row(rows, err)) {
		if (err->kind == IH_NONE)
			ih_fail(err, IH_ABSENT,
			    "no trust list of this committee is here");
		return NULL;
	}
	if (partner != NULL)
		read_row(rows, partner);
	return ih_buffer_copy(sqlite3_column_blob(rows, 5),
	    (size_t)sqlite3_column_bytes(rows, 5));
}

bool
ih_peer_each(struct ih_registry *registry, ih_peer_seen *each, void *with,
    struct ih_error *err)
{
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err, ROW " ORDER BY committee", IH_NOTHING);
	struct ih_peer partner;

	if (rows == NULL)
		return false;
	while (ih_row(rows, err)) {
		read_row(rows, &partner);
		if (!each(&partner, with))
			return true;
	}
	return err->kind == IH_NONE;
}

static bool
put(struct ih_registry *registry, const struct ih_peer *partner,
    const void *list, size_t size, struct ih_error *err)
{
	struct ih_hash digest = { 0 };

	ih_digest(list, size, digest.bytes);
	return ih_ledger_add(registry, IH_ACT_TRUST, partner->committee,
		   &digest, err) &&
	       ih_run(registry->db, err,
		   "INSERT INTO partner (committee, fingerprint, sequence, "
		   "list,"
		   " added, updated) VALUES (:committee, :fingerprint, "
		   ":sequence,"
		   " :list, :now, :now) ON CONFLICT (committee) DO UPDATE SET"
		   " fingerprint = excluded.fingerprint,"
		   " sequence = excluded.sequence, list = excluded.list,"
		   " updated = excluded.updated",
		   ih_text(":committee", partner->committee),
		   ih_text(":fingerprint", partner->fingerprint),
		   ih_number(":sequence", partner->sequence),
		   ih_bytes(":list", list, size),
		   ih_number(":now", registry->world->now));
}

/* True where LIST is what is there already, and there is nothing to do;
 * false with no error where it is newer. */
static bool
is_there(struct ih_registry *registry, const struct ih_peer *partner,
    const void *list, size_t size, struct ih_error *err)
{
	struct ih_peer last = { .sequence = -1 };
	IH_OWNED(ih_buffer)
	there = ih_peer_get(registry, partner->committee, &last, err);

	if (there == NULL && err->kind == IH_ABSENT)
		err->kind = IH_NONE;
	if (there == NULL || partner->sequence > last.sequence)
		return false;
	if (partner->sequence == last.sequence && there->size == size &&
	    memcmp(there->data, list, size) == 0)
		return true;
	return ih_fail_code(err, IH_STATE, "E_TRUST_ROLLBACK",
	    "%s: list %lld came after list %lld", partner->committee,
	    (long long)partner->sequence, (long long)last.sequence);
}

bool
ih_peer_add(struct ih_registry *registry, const char *committee,
    const char *fingerprint, int64_t sequence, const void *list, size_t size,
    struct ih_error *err)
{
	struct ih_peer partner = { .sequence = sequence };

	if (!ih_is_name(committee) || sequence < 0 ||
	    strlen(fingerprint) >= sizeof partner.fingerprint || size == 0 ||
	    size > IH_TRUST_LIST_MAX)
		return ih_fail(err, IH_INPUT, "trust list: malformed");
	if (!ih_registry_may(registry, IH_MAY_TRUST, NULL, err))
		return false;
	snprintf(partner.committee, sizeof partner.committee, "%s", committee);
	snprintf(partner.fingerprint, sizeof partner.fingerprint, "%s",
	    fingerprint);
	IH_OWNED(ih_transaction) all = ih_transaction_begin(registry, err);
	if (all == NULL)
		return false;
	if (is_there(registry, &partner, list, size, err))
		return true;
	return err->kind == IH_NONE &&
	       put(registry, &partner, list, size, err) &&
	       ih_transaction_commit(all, err);
}
