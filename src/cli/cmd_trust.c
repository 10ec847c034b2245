/* ihala trust add|list - the committees whose keys are believed. */
#include <string.h>

#include "ihala/date.h"
#include "ihala/mechanism.h"
#include "listing.h"
#include "office.h"
#include "words_keys.h"

static const struct column columns[] = {
	{ "committee", W_COLUMN_COMMITTEE, false },
	{ "sequence", W_COLUMN_SEQUENCE, true },
	{ "added", W_COLUMN_ADDED, false },
	{ "fingerprint", W_COLUMN_FINGERPRINT, false },
};

/* A list replaces the one that is held only where it may follow it; the key
 * was compared then.  HELD is NULL for a new partner. */
static bool
may_follow(const struct request *request, const struct ih_partner *held,
    const struct ih_partner *fresh, struct ih_error *err)
{
	int64_t now = request->world.now;

	return held != NULL ? ih_trust_follows(held, fresh, now, err) :
			      ih_trust_is_fresh(fresh, now, err);
}

/* Two people have still to compare it. */
static bool
ask_to_compare(struct request *request, const struct ih_partner *fresh,
    struct ih_error *err)
{
	printf("%s\n", fresh->fingerprint);
	say(request, W_ASK_TRUST, IH_ARG(fresh->committee),
	    IH_ARG(fresh->fingerprint));
	return ih_fail_code(err, IH_STATE, "E_FINGERPRINT", "%s",
	    request->words[0]);
}

static bool
add(struct request *request, struct ih_error *err)
{
	const char *path = request->words[0];
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	IH_OWNED(ih_forms) forms =
	    registry == NULL ? NULL : ih_forms_load(request->library, err);
	IH_OWNED(ih_buffer) list = forms == NULL ? NULL : read_input(path, err);

	if (list == NULL)
		return false;
	IH_OWNED(ih_partner) fresh = ih_trust_read(forms, list->data,
	    list->size, request->fingerprint, err);
	if (fresh == NULL)
		return ih_fail_in(err, path);
	IH_OWNED(ih_mechanism) mechanism =
	    ih_mechanism_load(request->library, fresh->committee, err);
	if (mechanism == NULL)
		return false;
	IH_OWNED(ih_partner) held =
	    partner_load(registry, forms, fresh->committee, err);
	if (held == NULL && err->kind != IH_STATE)
		return false;
	*err = (struct ih_error){ 0 };
	if (held == NULL && request->fingerprint == NULL)
		return ask_to_compare(request, fresh, err);
	if (!may_follow(request, held, fresh, err) ||
	    !ih_peer_add(registry, fresh->committee, fresh->fingerprint,
		fresh->sequence, list->data, list->size, err))
		return false;
	say(request, W_DONE_TRUST,
	    IH_ARG(ih_texts_say(&mechanism->name, request->tongue)));
	return true;
}

static bool
list_one(const struct ih_peer *peer, void *with)
{
	struct listing *listing = with;
	char day[IH_DATE_TEXT];

	ih_date_format(ih_instant_date(peer->added), day);
	LISTING_ADD(listing, peer->committee,
	    ih_arena_printf(listing->arena, "%lld", (long long)peer->sequence),
	    day, peer->fingerprint);
	return true;
}

static bool
list(struct request *request, struct ih_error *err)
{
	struct listing listing =
	    LISTING(request, "partners", "partner", columns);
	IH_OWNED(ih_registry) registry = open_registry_locked(request, err);

	return registry != NULL &&
	       ih_peer_each(registry, list_one, &listing, err) &&
	       listing_print(&listing, request, err);
}

bool
cmd_trust(struct request *request, struct ih_error *err)
{
	static const struct subcommand table[] = {
		{ "add", add, 1, 1 },
		{ "list", list, 0, 0 },
	};

	return run_subcommand(table, sizeof table / sizeof table[0], request,
	    err);
}
