/* This is where a trust list takes the place of the one before it, and where
 * it travels as a letter. */
#include "later_list.h"

#include <string.h>

#include "following.h"
#include "ihala/revocation.h"
#include "own_list.h"
#include "words_keys.h"

bool
later_list_key_holds(struct ih_registry *registry, struct ih_partner *fresh,
    struct ih_error *err)
{
	return partner_withdraw(registry, fresh, err) &&
	       (!fresh->list_withdrawn ||
		   ih_fail_code(err, IH_TRUST, "E_LIST_KEY",
		       "%s: this key was withdrawn here", fresh->committee));
}

/* A revocation list is signed with the list key: with another key its entries
 * are kept as withdrawals, and it goes. */
static bool
keep_revoked(struct ih_registry *registry, const struct ih_partner *held,
    const struct ih_partner *fresh, struct ih_error *err)
{
	struct ih_revocation revocation;
	char key[IH_FINGERPRINT_TEXT];
	IH_OWNED(ih_buffer)
	crl = ih_peer_revocation(registry, held->committee, err);

	if (crl == NULL && err->kind != IH_ABSENT)
		return false;
	*err = (struct ih_error){ 0 };
	if (crl == NULL || X509_cmp(held->list, fresh->list) == 0)
		return true;
	if (!ih_revocation_admit(held, crl->data, crl->size, &revocation, err))
		return false;
	for (size_t i = 0; i < held->count; i++) {
		ih_certificate_fingerprint(held->certificates[i].certificate,
		    key);
		if (revocation.since[i] != 0 &&
		    !ih_peer_withdraw(registry, held->committee, key,
			revocation.since[i], err))
			return false;
	}
	return ih_peer_revoke(registry, held->committee, NULL, 0, err);
}

/* A list whose key was withdrawn here speaks for nobody after it. */
static bool
may_speak(const struct ih_partner *held, struct ih_error *err)
{
	return !held->list_withdrawn ||
	       ih_fail_code(err, IH_TRUST, "E_LIST_KEY",
		   "%s: this key was withdrawn here", held->committee);
}

bool
later_list_take(struct ih_registry *registry, const struct ih_partner *held,
    struct ih_partner *fresh, const struct ih_buffer *file, int64_t now,
    struct ih_error *err)
{
	struct ih_peer peer = { .sequence = fresh->sequence };
	IH_OWNED(ih_transaction) all = ih_transaction_begin(registry, err);

	snprintf(peer.committee, sizeof peer.committee, "%s", fresh->committee);
	snprintf(peer.fingerprint, sizeof peer.fingerprint, "%s",
	    fresh->fingerprint);
	return all != NULL && may_speak(held, err) &&
	       ih_trust_follows(held, fresh, now, err) &&
	       keep_revoked(registry, held, fresh, err) &&
	       later_list_key_holds(registry, fresh, err) &&
	       ih_peer_add(registry, &peer, file->data, file->size, err) &&
	       ih_transaction_commit(all, err);
}

/* ---- by letter */

bool
later_list_send(struct request *request, struct ih_registry *registry,
    struct ih_error *err)
{
	IH_OWNED(ih_forms) forms = ih_forms_load(request->library, err);
	IH_OWNED(ih_office)
	office = forms == NULL ? NULL : office_load(registry, err);
	IH_OWNED(ih_buffer)
	list = office == NULL ?
		   NULL :
		   own_list_current(request, registry, forms, office, err);
	const struct following f = { .purpose = IH_LETTER_TRUST_LIST,
		.part = LATER_LIST_PART,
		.media = "application/pkcs7-mime",
		.to = request->to,
		.code = "" };

	if (list == NULL || !following_post(request, registry, &f, list, err))
		return false;
	if (!request->preview)
		say(request, W_DONE_SEND_LIST, IH_ARG(request->to));
	return true;
}

bool
later_list_from_letter(struct ih_registry *registry,
    const struct ih_forms *forms, const char *committee,
    const struct ih_part_of *part, int64_t now, int64_t *sequence,
    struct ih_error *err)
{
	IH_OWNED(ih_buffer) file = ih_buffer_copy(part->bytes, part->size);
	IH_OWNED(ih_partner)
	held = partner_load(registry, forms, committee, err);
	IH_OWNED(ih_partner)
	fresh = held == NULL ?
		    NULL :
		    ih_trust_read(forms, file->data, file->size, NULL, err);

	if (fresh == NULL ||
	    !later_list_take(registry, held, fresh, file, now, err))
		return false;
	*sequence = fresh->sequence;
	return true;
}

bool
later_list_is_refused(const struct ih_opened *opened,
    const struct ih_error *err)
{
	static const char list[] = "E_LIST_";

	return opened->letter.purpose == IH_LETTER_TRUST_LIST &&
	       strncmp(err->code, list, sizeof list - 1) == 0;
}
