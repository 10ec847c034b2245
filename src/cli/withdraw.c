/* ihala trust withdraw - a key is believed no longer, and what came from it is
 * looked at again. */
#include <string.h>

#include "ihala/case.h"
#include "ihala/date.h"
#include "listing.h"
#include "own_list.h"
#include "words_keys.h"

#define DAY INT64_C(86400)

/* A case whose file came from a key that was withdrawn is on the worklist
 * until somebody has looked at it. */
#define DOUBT "doubt-origin"

struct withdrawal {
	struct request *request;
	struct ih_registry *registry;
	const struct ih_partner *partner; /* its list as it is held */
	int64_t since;
	struct listing *listing;
	char key[IH_FINGERPRINT_TEXT]; /* the one in hand */
	struct ih_error *err;
	uint64_t keys, letters;
};

static bool
since_day(const char *text, int64_t now, int64_t *since, struct ih_error *err)
{
	struct ih_date day;

	if (text == NULL || !ih_date_parse(text, &day) || day.day == 0)
		return ih_fail(err, IH_USAGE,
		    "--since is the day from which the key is not to be "
		    "believed: 2026-11-01");
	*since = ih_date_first(day) * DAY;
	return *since <= now ||
	       ih_fail(err, IH_USAGE, "--since: in the future");
}

/* A case that is gone, or was doubted already by an earlier letter, stays as it
 * is. */
static bool
doubt(struct withdrawal *w, const char *code, const char **file)
{
	struct ih_case_row row;
	struct ih_error *err = w->err;

	*file = "";
	if (code[0] == '\0')
		return true;
	if (!ih_case_row(w->registry, code, &row, err))
		return false;
	*file = ih_arena_text(w->request->arena, row.state[IH_FILE]);
	if (ih_case_move(w->registry, code, IH_FILE, DOUBT, err))
		return true;
	if (err->kind != IH_STATE)
		return false;
	*err = (struct ih_error){ 0 };
	return true;
}

static bool
add_letter(const struct ih_message *message, void *with)
{
	struct withdrawal *w = with;
	char created[IH_INSTANT_TEXT];
	const char *file;

	if (!doubt(w, message->code, &file))
		return false;
	ih_instant_format(message->created, created);
	LISTING_ADD(w->listing, message->id, created, message->purpose,
	    message->state, message->code, file);
	w->letters++;
	return true;
}

static bool
withdraw_key(struct withdrawal *w)
{
	w->keys++;
	return ih_peer_withdraw(w->registry, w->partner->committee, w->key,
		   w->since, w->err) &&
	       ih_message_each_from(w->registry, w->partner->committee, w->key,
		   w->since, add_letter, w, w->err) &&
	       w->err->kind == IH_NONE;
}

/* Those it lists, then its authorities for time stamps, then its own; NULL: no
 * more. */
static X509 *
key_at(const struct ih_partner *partner, size_t i)
{
	size_t stamper = i - partner->count;

	if (i < partner->count)
		return partner->certificates[i].certificate;
	if (stamper < partner->stamper_count)
		return partner->stampers[stamper];
	return stamper == partner->stamper_count ? partner->list : NULL;
}

/* KEY NULL: all of them. */
static bool
withdraw_keys(struct withdrawal *w, const char *key)
{
	const struct ih_partner *partner = w->partner;
	X509 *one;

	for (size_t i = 0; (one = key_at(partner, i)) != NULL; i++) {
		ih_certificate_fingerprint(one, w->key);
		if (key != NULL && !ih_digest_is(key, w->key))
			continue;
		if (!withdraw_key(w))
			return false;
	}
	return w->keys > 0 || ih_fail_code(w->err, IH_ABSENT, "E_KEY_UNKNOWN",
				  "%s", partner->committee);
}

/* The partner's list; or our own, as it was signed last. */
static struct ih_partner *
list_of(struct ih_registry *registry, const struct ih_forms *forms,
    const char *committee, struct ih_error *err)
{
	IH_OWNED(own_list) own = &(struct own_list){ 0 };

	if (strcmp(committee, ih_registry_committee(registry)) != 0)
		return partner_load(registry, forms, committee, err);
	if (!own_list_kept(registry, forms, own, err))
		return NULL;
	if (own->said == NULL)
		ih_fail_code(err, IH_ABSENT, "E_KEY_UNKNOWN", "%s", committee);
	return IH_GIVE(own->said);
}

bool
trust_withdraw(struct request *request, struct ih_error *err)
{
	static const struct column columns[] = {
		{ "id", W_COLUMN_LETTER, false },
		{ "created", W_COLUMN_WRITTEN, false },
		{ "purpose", W_COLUMN_PURPOSE, false },
		{ "state", W_COLUMN_STATE, false },
		{ "code", W_COLUMN_CODE, false },
		{ "file", W_COLUMN_FILE, false },
	};
	struct listing listing = LISTING(request, "letters", "letter", columns);
	struct withdrawal w = { .request = request,
		.listing = &listing,
		.err = err };
	IH_OWNED(ih_registry) registry = open_registry(request, err);

	if (registry == NULL ||
	    !since_day(request->since, request->world.now, &w.since, err))
		return false;
	IH_OWNED(ih_forms) forms = ih_forms_load(request->library, err);
	IH_OWNED(ih_partner)
	partner = forms == NULL ?
		      NULL :
		      list_of(registry, forms, request->words[0], err);
	if (partner == NULL)
		return false;
	w.registry = registry;
	w.partner = partner;
	IH_OWNED(ih_transaction) all = ih_transaction_begin(registry, err);
	if (all == NULL || !withdraw_keys(&w, request->words[1]) ||
	    !ih_transaction_commit(all, err) ||
	    !listing_print(&listing, request, err))
		return false;
	say(request, W_DONE_WITHDRAWN, IH_NUM(w.keys), IH_NUM(w.letters));
	return true;
}
