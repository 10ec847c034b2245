/* This is where it is kept what of a partner's is believed no longer, and found
 * what came from it. */
#include "ihala/partner.h"

#include <stdio.h>
#include <string.h>

#include "ihala/date.h"
#include "ihala/digest.h"
#include "ihala/ledger.h"
#include "ihala/user.h"
#include "query.h"

/* ---- keys that were withdrawn here: the ledger says so, nothing else */

bool
ih_peer_withdraw(struct ih_registry *registry, const char *committee,
    const char *fingerprint, int64_t since, struct ih_error *err)
{
	char hex[IH_DIGEST_TEXT], day[IH_INSTANT_TEXT];
	char subject[IH_SUBJECT_TEXT];

	if (!ih_is_name(committee) || !ih_digest_typed(fingerprint, hex))
		return ih_fail(err, IH_INPUT, "key to withdraw: malformed");
	if (!ih_registry_may(registry, IH_MAY_TRUST, NULL, err))
		return false;
	ih_instant_format(since, day);
	snprintf(subject, sizeof subject, "%s %s %s", committee, day, hex);
	return ih_ledger_add(registry, IH_ACT_UNTRUST, subject, NULL, err);
}

bool
ih_peer_withdrawn_each(struct ih_registry *registry, const char *committee,
    ih_peer_withdrawn *each, void *with, struct ih_error *err)
{
	char subject[IH_SUBJECT_TEXT], day[IH_INSTANT_TEXT];
	char hex[IH_DIGEST_TEXT];
	size_t skip = strlen(committee) + 1;
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err,
	    "SELECT subject FROM ledger WHERE act = 'untrust' AND"
	    " subject >= :committee || ' ' AND subject < :committee || '!'"
	    " ORDER BY at",
	    ih_text(":committee", committee));

	if (rows == NULL)
		return false;
	while (ih_row(rows, err)) {
		int64_t since = 0;

		ih_column_text(rows, 0, subject, sizeof subject);
		if (sscanf(subject + skip, "%20s %64[0-9a-f]", day, hex) != 2 ||
		    !ih_instant_parse(day, &since))
			return ih_fail_code(err, IH_TRUST, "E_LEDGER",
			    "ledger: a withdrawal is malformed");
		each(hex, since, with);
	}
	return err->kind == IH_NONE;
}

/* ---- revocation lists */

bool
ih_peer_revoke(struct ih_registry *registry, const char *committee,
    const void *crl, size_t size, struct ih_error *err)
{
	struct ih_hash digest = { 0 };

	if (size > IH_TRUST_LIST_MAX)
		return ih_fail(err, IH_INPUT, "revocation list: malformed");
	if (!ih_registry_may(registry, IH_MAY_TRUST, NULL, err))
		return false;
	if (size > 0)
		ih_digest(crl, size, digest.bytes);
	IH_OWNED(ih_transaction) all = ih_transaction_begin(registry, err);
	return all != NULL &&
	       ih_ledger_add(registry, IH_ACT_REVOKE, committee, &digest,
		   err) &&
	       ih_run(registry->db, err,
		   "DELETE FROM partner_revocation"
		   " WHERE committee = :committee",
		   ih_text(":committee", committee)) &&
	       (size == 0 ||
		   ih_run(registry->db, err,
		       "INSERT INTO partner_revocation (committee, crl)"
		       " VALUES (:committee, :crl)",
		       ih_text(":committee", committee),
		       ih_bytes(":crl", crl, size))) &&
	       ih_transaction_commit(all, err);
}

/* What the ledger last entered of COMMITTEE; zero: nothing. */
static bool
entered_revocation(struct ih_registry *registry, const char *committee,
    struct ih_hash *digest, struct ih_error *err)
{
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err,
	    "SELECT digest FROM ledger WHERE act = 'revoke'"
	    " AND subject = :committee ORDER BY at DESC LIMIT 1",
	    ih_text(":committee", committee));

	*digest = (struct ih_hash){ 0 };
	if (rows == NULL)
		return false;
	if (ih_row(rows, err))
		ih_column_bytes(rows, 0, digest->bytes, IH_DIGEST);
	return err->kind == IH_NONE;
}

/* One that was taken away, or put back, would make a key good again. */
struct ih_buffer *
ih_peer_revocation(struct ih_registry *registry, const char *committee,
    struct ih_error *err)
{
	static const struct ih_hash nothing = { 0 };
	struct ih_hash entered, digest = { 0 };
	IH_OWNED(ih_buffer) crl = ih_buffer_new();

	if (!entered_revocation(registry, committee, &entered, err))
		return NULL;
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err,
	    "SELECT crl FROM partner_revocation WHERE committee = :committee",
	    ih_text(":committee", committee));
	if (rows == NULL)
		return NULL;
	if (ih_row(rows, err)) {
		ih_buffer_add(crl, sqlite3_column_blob(rows, 0),
		    (size_t)sqlite3_column_bytes(rows, 0));
		ih_digest(crl->data, crl->size, digest.bytes);
	}
	if (err->kind != IH_NONE)
		return NULL;
	if (!ih_hash_is(&entered, &digest)) {
		ih_fail_code(err, IH_TRUST, "E_TRUST_STORED", "%s", committee);
		return NULL;
	}
	if (ih_hash_is(&digest, &nothing)) {
		ih_fail(err, IH_ABSENT, "no revocation list is here");
		return NULL;
	}
	return IH_GIVE(crl);
}

/* ---- letters */

bool
ih_message_signed(struct ih_registry *registry, const char *id,
    const char *fingerprint, struct ih_error *err)
{
	return ih_registry_may(registry, IH_MAY_EXCHANGE, NULL, err) &&
	       ih_run(registry->db, err,
		   "INSERT OR IGNORE INTO message_signer (id, fingerprint)"
		   " VALUES (:id, :fingerprint)",
		   ih_text(":id", id), ih_text(":fingerprint", fingerprint));
}

bool
ih_message_each_from(struct ih_registry *registry, const char *committee,
    const char *fingerprint, int64_t since, ih_message_seen *each, void *with,
    struct ih_error *err)
{
	char id[IH_UUID_TEXT];
	struct ih_message message;
	IH_OWNED(sqlite3_stmt)
	rows = ih_ask(registry->db, err,
	    "SELECT m.id FROM message AS m JOIN ledger AS l"
	    " ON l.act = 'receive' AND l.subject = m.id"
	    " WHERE m.direction = 'received' AND m.peer = :committee"
	    " AND l.instant >= :since AND (EXISTS (SELECT 1 FROM message_signer"
	    " WHERE id = m.id AND fingerprint = :fingerprint) OR NOT EXISTS"
	    " (SELECT 1 FROM message_signer WHERE id = m.id)) ORDER BY l.at",
	    ih_text(":committee", committee), ih_number(":since", since),
	    ih_text(":fingerprint", fingerprint));

	if (rows == NULL)
		return false;
	while (ih_row(rows, err)) {
		ih_column_text(rows, 0, id, sizeof id);
		if (!ih_message_find(registry, id, &message, err))
			return false;
		if (!each(&message, with))
			return true;
	}
	return err->kind == IH_NONE;
}

bool
ih_message_taken(struct ih_registry *registry, const struct ih_hash *container,
    int64_t *at, struct ih_error *err)
{
	return ih_count(registry->db, err, at,
	    "SELECT coalesce(min(l.instant), 0) FROM message AS m"
	    " JOIN ledger AS l ON l.act = 'receive' AND l.subject = m.id"
	    " WHERE m.direction = 'received' AND m.container = :container"
	    " AND l.digest = :container",
	    ih_bytes(":container", container->bytes, IH_DIGEST));
}
