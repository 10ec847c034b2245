/* ihala trust add|confirm|list|show|crl|aloud - the committees whose keys are
 * believed. */
#include <string.h>

#include "ihala/date.h"
#include "ihala/mechanism.h"
#include "ihala/revocation.h"
#include "later_list.h"
#include "listing.h"
#include "own_list.h"
#include "words_keys.h"

/* ---- a fingerprint, read aloud */

/* Four digits a line, so that each line is said, repeated and ticked. */
static void
read_aloud(struct request *request, FILE *out, const char *fingerprint)
{
	static const char *const digits[16] = { W_ALOUD_0, W_ALOUD_1, W_ALOUD_2,
		W_ALOUD_3, W_ALOUD_4, W_ALOUD_5, W_ALOUD_6, W_ALOUD_7,
		W_ALOUD_8, W_ALOUD_9, W_ALOUD_A, W_ALOUD_B, W_ALOUD_C,
		W_ALOUD_D, W_ALOUD_E, W_ALOUD_F };
	char hex[IH_DIGEST_TEXT];

	if (!ih_digest_typed(fingerprint, hex))
		return;
	for (size_t at = 0; at < IH_DIGEST_TEXT - 1; at++) {
		int value = hex[at] <= '9' ? hex[at] - '0' : hex[at] - 'a' + 10;

		if (at % 4 == 0)
			fprintf(out, "%2zu  %.4s ", at / 4 + 1, hex + at);
		fprintf(out, " %s%s", word(request, digits[value]),
		    at % 4 == 3 ? "\n" : "");
	}
}

/* ---- taking a list in */

/* What it takes to judge a list that comes in. */
struct incoming {
	struct ih_registry *registry;
	struct ih_forms *forms;
	struct ih_buffer *file;
	struct ih_partner *fresh;
	struct ih_partner *held; /* NULL: none that is to be believed */
};

typedef struct incoming cli_incoming;

static void
incoming_free(struct incoming *in)
{
	ih_partner_free(in->held);
	ih_partner_free(in->fresh);
	ih_buffer_free(in->file);
	ih_forms_free(in->forms);
	ih_registry_close(in->registry);
}

IH_OWNER(cli_incoming, incoming_free)

static bool
incoming_open(struct incoming *in, struct request *request,
    struct ih_error *err)
{
	in->registry = open_registry(request, err);
	if (in->registry != NULL)
		in->forms = ih_forms_load(request->library, err);
	return in->forms != NULL;
}

/* The list that is held, if it is to be believed: not one that somebody put
 * there by hand or that only one person compared, nor one whose key was
 * withdrawn.  Two people begin anew. */
static bool
find_held(struct incoming *in, const char *committee, struct ih_error *err)
{
	in->held = partner_load(in->registry, in->forms, committee, err);
	if (in->held == NULL && err->kind != IH_STATE &&
	    strcmp(err->code, "E_TRUST_STORED") != 0 &&
	    strcmp(err->code, "E_TRUST_UNMARKED") != 0)
		return false;
	*err = (struct ih_error){ 0 };
	if (in->held != NULL && in->held->list_withdrawn) {
		ih_partner_free(in->held);
		in->held = NULL;
	}
	return true;
}

/* A country whose mechanism is known; its name for people. */
static const char *
name_of(struct request *request, const char *committee, struct ih_error *err)
{
	IH_OWNED(ih_mechanism)
	mechanism = ih_mechanism_load(request->library, committee, err);

	return mechanism == NULL ?
		   NULL :
		   ih_arena_text(request->arena,
		       ih_texts_say(&mechanism->name, request->tongue));
}

static struct ih_peer
peer_of(const struct ih_partner *partner)
{
	struct ih_peer peer = { .sequence = partner->sequence };

	snprintf(peer.committee, sizeof peer.committee, "%s",
	    partner->committee);
	snprintf(peer.fingerprint, sizeof peer.fingerprint, "%s",
	    partner->fingerprint);
	return peer;
}

/* Two people have still to compare it. */
static bool
ask_to_compare(struct request *request, const struct ih_partner *fresh,
    struct ih_error *err)
{
	printf("%s\n", fresh->fingerprint);
	read_aloud(request, stderr, fresh->fingerprint);
	say(request, W_ASK_TRUST, IH_ARG(fresh->committee),
	    IH_ARG(fresh->fingerprint));
	return ih_fail_code(err, IH_STATE, "E_FINGERPRINT", "%s",
	    request->words[0]);
}

/* The first of the two. */
static bool
propose(struct request *request, struct incoming *in, struct ih_error *err)
{
	struct ih_peer peer = peer_of(in->fresh);

	if (request->fingerprint == NULL)
		return ask_to_compare(request, in->fresh, err);
	if (!ih_trust_is_fresh(in->fresh, request->world.now, err) ||
	    !later_list_key_holds(in->registry, in->fresh, err) ||
	    !ih_peer_propose(in->registry, &peer, in->file->data,
		in->file->size, err))
		return false;
	say(request, W_DONE_PROPOSED, IH_ARG(peer.committee));
	return true;
}

/* A list replaces the one that is held where it follows it. */
static bool
follow(struct request *request, struct incoming *in, struct ih_error *err)
{
	const char *name = name_of(request, in->fresh->committee, err);

	if (name == NULL || !later_list_take(in->registry, in->held, in->fresh,
				in->file, request->world.now, err))
		return false;
	say(request, W_DONE_TRUST, IH_ARG(name));
	return true;
}

static bool
add(struct request *request, struct ih_error *err)
{
	const char *path = request->words[0];
	IH_OWNED(cli_incoming) in = &(struct incoming){ 0 };

	if (!incoming_open(in, request, err))
		return false;
	in->file = read_input(path, err);
	if (in->file == NULL)
		return false;
	in->fresh = ih_trust_read(in->forms, in->file->data, in->file->size,
	    request->fingerprint, err);
	if (in->fresh == NULL)
		return ih_fail_in(err, path);
	if (name_of(request, in->fresh->committee, err) == NULL ||
	    !find_held(in, in->fresh->committee, err))
		return false;
	return in->held != NULL ? follow(request, in, err) :
				  propose(request, in, err);
}

/* The second of the two.  The list is read again, under the fingerprint that
 * this person has typed. */
static bool
confirm(struct request *request, struct ih_error *err)
{
	const char *committee = request->words[0], *name;
	struct ih_peer waiting;
	IH_OWNED(cli_incoming) in = &(struct incoming){ 0 };

	if (!incoming_open(in, request, err))
		return false;
	in->file = ih_peer_waiting(in->registry, committee, &waiting, err);
	if (in->file == NULL)
		return false;
	if (request->fingerprint == NULL)
		return ih_fail_code(err, IH_STATE, "E_FINGERPRINT", "%s",
		    committee);
	in->fresh = ih_trust_read(in->forms, in->file->data, in->file->size,
	    request->fingerprint, err);
	name = in->fresh == NULL ? NULL : name_of(request, committee, err);
	if (name == NULL ||
	    !ih_trust_is_fresh(in->fresh, request->world.now, err) ||
	    !later_list_key_holds(in->registry, in->fresh, err) ||
	    !ih_peer_confirm(in->registry, committee, request->fingerprint,
		err))
		return false;
	say(request, W_DONE_TRUST, IH_ARG(name));
	return true;
}

/* ---- a revocation list */

static bool
take_revocation(struct request *request, struct incoming *in,
    struct ih_error *err)
{
	struct ih_revocation fresh, held;
	IH_OWNED(ih_buffer)
	last = ih_peer_revocation(in->registry, in->held->committee, err);

	if (last == NULL && err->kind != IH_ABSENT)
		return false;
	*err = (struct ih_error){ 0 };
	if (!ih_revocation_admit(in->held, in->file->data, in->file->size,
		&fresh, err) ||
	    (last != NULL && !ih_revocation_admit(in->held, last->data,
				 last->size, &held, err)))
		return false;
	return ih_revocation_follows(last != NULL ? &held : NULL, &fresh,
		   request->world.now, err) &&
	       ih_peer_revoke(in->registry, in->held->committee, in->file->data,
		   in->file->size, err);
}

static bool
crl(struct request *request, struct ih_error *err)
{
	const char *committee = request->words[0];
	IH_OWNED(cli_incoming) in = &(struct incoming){ 0 };

	if (!incoming_open(in, request, err))
		return false;
	in->held = partner_load(in->registry, in->forms, committee, err);
	in->file = in->held == NULL ? NULL : read_input(request->words[1], err);
	if (in->file == NULL)
		return false;
	if (!take_revocation(request, in, err))
		return ih_fail_in(err, request->words[1]);
	say(request, W_DONE_REVOKED, IH_ARG(committee));
	return true;
}

/* ---- who is believed */

struct lister {
	struct request *request;
	struct ih_registry *registry;
	struct ih_forms *forms;
	struct listing *listing;
	struct ih_error *err;
};

static const char *
day_of(struct ih_arena *arena, int64_t instant)
{
	char day[IH_DATE_TEXT];

	ih_date_format(ih_instant_date(instant), day);
	return ih_arena_text(arena, day);
}

/* Where a committee stands: for programs, for people. */
struct standing {
	const char *code, *title; /* of the catalogue */
};

static const struct standing barred = { "barred", W_TRUST_BARRED };
static const struct standing waiting = { "waiting", W_TRUST_WAITING };

static struct standing
standing_of(const struct request *request, const struct ih_partner *partner)
{
	static const struct standing withdrawn = { "withdrawn",
		W_TRUST_WITHDRAWN };
	static const struct standing trusted = { "trusted", W_TRUST_TRUSTED };
	static const struct standing outdated = { "outdated",
		W_TRUST_OUTDATED };

	if (partner->list_withdrawn)
		return withdrawn;
	return partner->next_update > request->world.now ? trusted : outdated;
}

/* UNTIL and FINGERPRINT: "" where there is no list to have them. */
static void
add_peer(const struct lister *l, const struct ih_peer *peer,
    struct standing standing, const char *until, const char *fingerprint)
{
	struct ih_arena *arena = l->request->arena;

	LISTING_ADD(l->listing, peer->committee,
	    word(l->request, standing.title),
	    ih_arena_printf(arena, "%lld", (long long)peer->sequence),
	    day_of(arena, peer->added), until, fingerprint, standing.code);
}

static bool
list_one(const struct ih_peer *peer, void *with)
{
	struct lister *l = with;
	IH_OWNED(ih_partner)
	partner = partner_load(l->registry, l->forms, peer->committee, l->err);

	if (partner == NULL && l->err->kind != IH_TRUST)
		return false;
	if (partner == NULL) {
		*l->err = (struct ih_error){ 0 };
		add_peer(l, peer, barred, "", "");
		return true;
	}
	add_peer(l, peer, standing_of(l->request, partner),
	    day_of(l->request->arena, partner->next_update), peer->fingerprint);
	return true;
}

/* Without its fingerprint: the second person has it from the committee. */
static bool
list_waiting(const struct ih_peer *peer, void *with)
{
	add_peer(with, peer, waiting, "", "");
	return true;
}

static bool
list(struct request *request, struct ih_error *err)
{
	static const struct column columns[] = {
		{ "committee", W_COLUMN_COMMITTEE, false },
		{ "state", W_COLUMN_STATE, false },
		{ "sequence", W_COLUMN_SEQUENCE, true },
		{ "added", W_COLUMN_ADDED, false },
		{ "until", W_COLUMN_UNTIL, false },
		{ "fingerprint", W_COLUMN_FINGERPRINT, false },
		{ "state-code", W_COLUMN_STATE, false },
	};
	struct listing listing =
	    LISTING_CODED(request, "partners", "partner", columns, 1);
	IH_OWNED(ih_registry) registry = open_registry_locked(request, err);
	IH_OWNED(ih_forms)
	forms = registry == NULL ? NULL : ih_forms_load(request->library, err);
	struct lister with = { request, registry, forms, &listing, err };

	return forms != NULL && ih_peer_each(registry, list_one, &with, err) &&
	       err->kind == IH_NONE &&
	       ih_peer_waiting_each(registry, list_waiting, &with, err) &&
	       listing_print(&listing, request, err);
}

static bool
show(struct request *request, struct ih_error *err)
{
	static const struct column columns[] = {
		{ "use", W_COLUMN_USE, false },
		{ "state", W_COLUMN_STATE, false },
		{ "since", W_COLUMN_SINCE, false },
		{ "until", W_COLUMN_UNTIL, false },
		{ "fingerprint", W_COLUMN_FINGERPRINT, false },
	};
	struct listing listing =
	    LISTING(request, "certificates", "certificate", columns);
	struct ih_arena *arena = request->arena;
	char its[IH_FINGERPRINT_TEXT];
	IH_OWNED(ih_registry) registry = open_registry_locked(request, err);
	IH_OWNED(ih_forms)
	forms = registry == NULL ? NULL : ih_forms_load(request->library, err);
	IH_OWNED(ih_partner)
	partner = forms == NULL ?
		      NULL :
		      partner_load(registry, forms, request->words[0], err);

	if (partner == NULL)
		return false;
	for (size_t i = 0; i < partner->count; i++) {
		const struct ih_trusted *one = &partner->certificates[i];

		ih_certificate_fingerprint(one->certificate, its);
		LISTING_ADD(&listing, ih_use_text(one->use),
		    word(request,
			one->withdrawn ? W_TRUST_WITHDRAWN : W_TRUST_GRANTED),
		    day_of(arena, one->since),
		    day_of(arena, ih_certificate_until(one->certificate)), its);
	}
	for (size_t i = 0; i < partner->stamper_count; i++) {
		ih_certificate_fingerprint(partner->stampers[i], its);
		LISTING_ADD(&listing, "time-stamps",
		    word(request, W_TRUST_GRANTED), "",
		    day_of(arena, ih_certificate_until(partner->stampers[i])),
		    its);
	}
	return listing_print(&listing, request, err);
}

/* ---- aloud */

/* Our own list's key, or that of a list in a file. */
static bool
aloud(struct request *request, struct ih_error *err)
{
	IH_OWNED(cli_incoming) in = &(struct incoming){ 0 };

	if (request->count == 1) {
		in->forms = ih_forms_load(request->library, err);
		in->file = in->forms == NULL ?
			       NULL :
			       read_input(request->words[0], err);
		if (in->file == NULL)
			return false;
	} else {
		IH_OWNED(own_list) own = &(struct own_list){ 0 };

		if (!incoming_open(in, request, err) ||
		    !own_list_kept(in->registry, in->forms, own, err))
			return false;
		if (own->file == NULL)
			return ih_fail_code(err, IH_ABSENT, "E_LIST_NONE", "%s",
			    "");
		in->file = IH_GIVE(own->file);
	}
	in->fresh =
	    ih_trust_read(in->forms, in->file->data, in->file->size, NULL, err);
	if (in->fresh == NULL)
		return request->count == 1 ?
			   ih_fail_in(err, request->words[0]) :
			   false;
	read_aloud(request, stdout, in->fresh->fingerprint);
	return true;
}

bool
cmd_trust(struct request *request, struct ih_error *err)
{
	static const struct subcommand table[] = {
		{ "add", add, 1, 1 },
		{ "confirm", confirm, 1, 1 },
		{ "list", list, 0, 0 },
		{ "show", show, 1, 1 },
		{ "aloud", aloud, 0, 1 },
		{ "withdraw", trust_withdraw, 1, 2 },
		{ "crl", crl, 2, 2 },
		{ "publish", trust_publish, 0, 0 },
		{ "root", trust_root, 0, 0 },
	};

	return run_subcommand(table, sizeof table / sizeof table[0], request,
	    err);
}
