/* This is where mail is looked at: keys, partners, what came before. */
#include "mailroom.h"

#include <stdlib.h>
#include <string.h>

#include "ihala/mechanism.h"
#include "ihala/schema.h"

void
mailroom_free(struct mailroom *room)
{
	for (size_t i = 0; i < MAILROOM_EXPECTED; i++)
		ih_schema_free(room->schemas[i]);
	if (room->partners != NULL)
		partners_free(room->partners);
	ih_office_free(room->office);
	ih_forms_free(room->forms);
	ih_registry_close(room->opened);
	free(room);
}

/* ---- what came before */

static bool
seen(void *with, const char *committee, const char *id,
    char digest[static IH_DIGEST_TEXT], struct ih_error *err)
{
	struct mailroom *room = with;
	struct ih_message message;

	digest[0] = '\0';
	if (ih_message_find(room->registry, id, &message, err)) {
		if (message.direction == IH_RECEIVED &&
		    strcmp(message.peer, committee) == 0)
			ih_hash_text(&message.container, digest);
		return true;
	}
	if (err->kind != IH_ABSENT)
		return false;
	*err = (struct ih_error){ 0 };
	return true;
}

static bool
last(void *with, const char *committee, struct ih_last *out,
    struct ih_error *err)
{
	struct mailroom *room = with;
	struct ih_message message;
	int64_t number =
	    ih_message_last(room->registry, IH_RECEIVED, committee, err);

	*out = (struct ih_last){ .sequence = number };
	if (number <= 0)
		return number == 0;
	if (!ih_message_at(room->registry, IH_RECEIVED, committee, number,
		&message, err))
		return false;
	ih_hash_text(&message.container, out->digest);
	out->profile = IH_PROFILE;
	return true;
}

/* The row under NUMBER; all zero where none came. */
static bool
came_at(struct mailroom *room, const char *peer, int64_t number,
    struct ih_message *message, struct ih_error *err)
{
	struct ih_error here = { 0 };

	if (ih_message_at(room->registry, IH_RECEIVED, peer, number, message,
		&here))
		return true;
	*message = (struct ih_message){ 0 };
	if (here.kind != IH_ABSENT)
		*err = here;
	return here.kind == IH_ABSENT;
}

static bool
near(void *with, const struct ih_letter *letter, struct ih_near *out,
    struct ih_error *err)
{
	struct mailroom *room = with;
	struct ih_message at, below, above;

	*out = (struct ih_near){ 0 };
	if (!came_at(room, letter->from, letter->sequence, &at, err) ||
	    !came_at(room, letter->from, letter->sequence - 1, &below, err) ||
	    !came_at(room, letter->from, letter->sequence + 1, &above, err) ||
	    !ih_message_speaks(room->registry, IH_RECEIVED, letter->from,
		letter->id, &out->taken_back, err))
		return false;
	if (at.id[0] != '\0')
		ih_hash_text(&at.container, out->at);
	if (below.id[0] != '\0')
		ih_hash_text(&below.container, out->below);
	if (above.id[0] != '\0')
		ih_hash_text(&above.previous, out->above);
	return true;
}

static bool
taken(void *with, const char *digest, int64_t *at, struct ih_error *err)
{
	struct mailroom *room = with;
	struct ih_hash container;

	return ih_hash_parse(digest, &container) &&
	       ih_message_taken(room->registry, &container, at, err);
}

/* By the mechanism of the sender, in the pack of this office.  One whose
 * mechanism is not here says no more than its trust list does. */
static int
signers_of(void *with, const char *committee, enum ih_purpose purpose)
{
	struct mailroom *room = with;
	struct ih_error unsaid = { 0 };
	IH_OWNED(ih_mechanism)
	mechanism =
	    ih_mechanism_load(room->request->library, committee, &unsaid);

	return mechanism == NULL ?
		   1 :
		   ih_mechanism_signers(mechanism, ih_purpose_text(purpose));
}

static void
passed(void *with, int number, const char *name)
{
	struct mailroom *room = with;
	char key[40];

	snprintf(key, sizeof key, "check.%s", name);
	fprintf(stderr, "  %2d  %s\n", number, word(room->request, key));
}

/* ---- opening it */

/* What may be inside.  False: a schema is not there. */
static bool
load_expected(struct mailroom *room, struct ih_error *err)
{
	static const struct {
		const char *part, *schema;
	} known[MAILROOM_EXPECTED] = {
		{ "case.xml", "case" },
		{ "notification.xml", "notification" },
		{ "withdrawal.xml", "withdrawal" },
		{ "reply.xml", "reply" },
		{ "decision.xml", "decision" },
		{ "inquiry.xml", "inquiry" },
		{ "refusal.xml", "refusal" },
		{ "receipt.xml", "receipt" },
		{ "return.xml", "return" },
	};

	for (size_t i = 0; i < MAILROOM_EXPECTED; i++) {
		room->schemas[i] = ih_schema_load(room->request->library,
		    known[i].schema, err);
		if (room->schemas[i] == NULL)
			return false;
		room->expected[i] =
		    (struct ih_expected){ known[i].part, room->schemas[i] };
	}
	return true;
}

/* The desk, once the rest is there. */
static bool
set_desk(struct mailroom *room, struct ih_error *err)
{
	if (room->partners == NULL || !load_expected(room, err))
		return false;
	room->quorum = (struct ih_quorum){ signers_of, room };
	room->desk = (struct ih_desk){ .forms = room->forms,
		.own = room->office,
		.partners = room->partners->list,
		.partner_count = room->partners->count,
		.expected = room->expected,
		.expected_count = MAILROOM_EXPECTED,
		.world = &room->request->world,
		.quorum = &room->quorum,
		.passed = passed,
		.with = room };
	return true;
}

static struct mailroom *
mailroom_new(struct request *request)
{
	struct mailroom *room = ih_zeroed(sizeof *room);

	room->request = request;
	return room;
}

struct mailroom *
mailroom_open(struct request *request, struct ih_registry *registry,
    struct ih_error *err)
{
	IH_OWNED(cli_mailroom) room = mailroom_new(request);

	room->registry = registry;
	room->forms = ih_forms_load(request->library, err);
	room->office =
	    room->forms == NULL ? NULL : office_load(room->registry, err);
	room->partners =
	    room->office == NULL ?
		NULL :
		partners_load(request, room->registry, room->forms, NULL, err);
	if (!set_desk(room, err))
		return NULL;
	room->memory = (struct ih_memory){ seen, last, room, near, taken };
	room->desk.memory = &room->memory;
	return IH_GIVE(room);
}

/* One list, whose fingerprint somebody has compared. */
static struct partners *
partners_of_list(struct request *request, const struct ih_forms *forms,
    struct ih_error *err)
{
	IH_OWNED(cli_partners) partners = ih_zeroed(sizeof *partners);

	if (request->fingerprint == NULL) {
		ih_fail(err, IH_USAGE,
		    "give the fingerprint of the trust list with "
		    "--fingerprint, as it was compared");
		return NULL;
	}
	IH_OWNED(ih_buffer) list = read_input(request->from, err);
	if (list == NULL)
		return NULL;
	partners->list[0] = ih_trust_read(forms, list->data, list->size,
	    request->fingerprint, err);
	if (partners->list[0] == NULL) {
		ih_fail_in(err, request->from);
		return NULL;
	}
	partners->count = 1;
	return IH_GIVE(partners);
}

struct mailroom *
mailroom_public(struct request *request, struct ih_error *err)
{
	IH_OWNED(cli_mailroom) room = mailroom_new(request);

	room->forms = ih_forms_load(request->library, err);
	if (room->forms == NULL)
		return NULL;
	if (request->from != NULL) {
		room->partners = partners_of_list(request, room->forms, err);
	} else {
		room->registry = room->opened =
		    open_registry_locked(request, err);
		if (room->registry == NULL)
			return NULL;
		room->partners = partners_load(request, room->registry,
		    room->forms, NULL, err);
	}
	if (!set_desk(room, err))
		return NULL;
	room->desk.anybody = true;
	return IH_GIVE(room);
}
