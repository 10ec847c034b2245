/* This is where the commands find keys, partners and letter numbers. */
#include "office.h"

#include <stdlib.h>
#include <string.h>

#include "ihala/revocation.h"

#define OFFICE_KEYS "office-keys" /* what ih_office_save() gave */

bool
office_keep(struct ih_registry *registry, const struct ih_office *office,
    struct ih_error *err)
{
	IH_OWNED(ih_buffer) saved = ih_office_save(office, err);

	return saved != NULL && ih_registry_keep(registry, OFFICE_KEYS,
				    saved->data, saved->size, err);
}

struct ih_office *
office_load(struct ih_registry *registry, struct ih_error *err)
{
	IH_OWNED(ih_buffer) saved =
	    ih_registry_kept(registry, OFFICE_KEYS, err);

	if (saved == NULL)
		return NULL;
	return ih_office_load(saved->data, saved->size, err);
}

static void
withdraw_one(const char *fingerprint, int64_t since, void *with)
{
	ih_trust_withdraw(with, fingerprint, since);
}

bool
partner_withdraw(struct ih_registry *registry, struct ih_partner *partner,
    struct ih_error *err)
{
	return ih_peer_withdrawn_each(registry, partner->committee,
	    withdraw_one, partner, err);
}

static bool
revoke(struct ih_registry *registry, struct ih_partner *partner,
    struct ih_error *err)
{
	struct ih_revocation revocation;
	IH_OWNED(ih_buffer)
	crl = ih_peer_revocation(registry, partner->committee, err);

	if (crl == NULL && err->kind != IH_ABSENT)
		return false;
	*err = (struct ih_error){ 0 };
	if (crl == NULL)
		return true;
	if (!ih_revocation_admit(partner, crl->data, crl->size, &revocation,
		err))
		return false;
	ih_trust_revoke(partner, &revocation);
	return true;
}

struct ih_partner *
partner_load(struct ih_registry *registry, const struct ih_forms *forms,
    const char *committee, struct ih_error *err)
{
	struct ih_peer peer;
	IH_OWNED(ih_buffer) list = ih_peer_get(registry, committee, &peer, err);

	if (list == NULL) {
		if (err->kind == IH_ABSENT)
			ih_fail_code(err, IH_STATE, "E_NO_PARTNER", "%s", "");
		return NULL;
	}
	IH_OWNED(ih_partner) partner =
	    ih_trust_read(forms, list->data, list->size, peer.fingerprint, err);
	if (partner == NULL || !revoke(registry, partner, err) ||
	    !partner_withdraw(registry, partner, err))
		return NULL;
	return IH_GIVE(partner);
}

void
partners_free(struct partners *partners)
{
	for (size_t i = 0; i < partners->count; i++)
		ih_partner_free(partners->list[i]);
	free(partners);
}

struct names {
	char list[63][IH_COMMITTEE_TEXT];
	size_t count;
};

static bool
note_name(const struct ih_peer *peer, void *with)
{
	struct names *names = with;

	if (names->count == sizeof names->list / sizeof names->list[0])
		return false;
	snprintf(names->list[names->count++], sizeof names->list[0], "%s",
	    peer->committee);
	return true;
}

/* What is wrong with the list of one committee is said of that one alone.
 * False: nothing can be read at all. */
static bool
load_one(struct ih_registry *registry, const struct ih_forms *forms,
    const char *committee, struct partners *partners, struct ih_error *err)
{
	struct barred *barred = &partners->barred[partners->barred_count];
	struct ih_partner *one = partner_load(registry, forms, committee, err);

	if (one != NULL) {
		partners->list[partners->count++] = one;
		return true;
	}
	if (err->kind != IH_TRUST)
		return false;
	barred->why = *err;
	snprintf(barred->committee, sizeof barred->committee, "%s", committee);
	partners->barred_count++;
	*err = (struct ih_error){ 0 };
	return true;
}

void
partners_tell_barred(const struct request *request,
    const struct partners *partners, const struct ih_error *err)
{
	if (strcmp(err->code, "E_SIGNER_UNKNOWN") != 0)
		return;
	for (size_t i = 0; i < partners->barred_count; i++)
		tell_failure(request, &partners->barred[i].why);
}

struct partners *
partners_load(struct request *request, struct ih_registry *registry,
    const struct ih_forms *forms, const struct ih_office *own,
    struct ih_error *err)
{
	IH_OWNED(cli_partners) partners = ih_zeroed(sizeof *partners);
	struct names names = { .count = 0 };

	if (!ih_peer_each(registry, note_name, &names, err))
		return NULL;
	for (size_t i = 0; i < names.count; i++)
		if (!load_one(registry, forms, names.list[i], partners, err))
			return NULL;
	if (own != NULL)
		partners->list[partners->count++] = ih_trust_draft(own, 1,
		    request->world.now, request->world.now + LIST_SECONDS);
	return IH_GIVE(partners);
}

struct ih_opened *
signed_file(const struct request *request, const struct partners *partners,
    const struct ih_forms *forms, const char *format, const char *path,
    struct ih_error *err)
{
	char part[40];
	IH_OWNED(ih_schema)
	schema = ih_schema_load(request->library, format, err);
	const struct ih_expected expected = { part, schema };
	const struct ih_desk desk = { .forms = forms,
		.partners = partners->list,
		.partner_count = partners->count,
		.expected = &expected,
		.expected_count = 1,
		.world = &request->world };
	IH_OWNED(ih_buffer)
	bytes = schema != NULL ? read_input(path, err) : NULL;

	if (bytes == NULL)
		return NULL;
	snprintf(part, sizeof part, "%s.xml", format);
	IH_OWNED(ih_opened) opened =
	    ih_post_verify(&desk, bytes->data, bytes->size, NULL, err);
	if (opened == NULL) {
		ih_fail_in(err, path);
		return NULL;
	}
	if (opened->count != 1 || strcmp(opened->parts[0].name, part) != 0) {
		ih_fail_code(err, IH_INPUT, "E_LETTER", "%s", path);
		return NULL;
	}
	return IH_GIVE(opened);
}

bool
signed_by(const struct ih_opened *opened, const char *committee,
    const char *path, struct ih_error *err)
{
	return strcmp(opened->letter.from, committee) == 0 ||
	       ih_fail_code(err, IH_TRUST, "E_LETTER",
		   "%s: of %s, signed by %s", path, committee,
		   opened->letter.from);
}

bool
letter_next(struct request *request, struct ih_registry *registry,
    const char *committee, struct ih_letter *letter, struct ih_error *err)
{
	struct ih_message last;
	int64_t number = ih_message_last(registry, IH_SENT, committee, err);

	if (number < 0)
		return false;
	ih_uuid_new(&request->world, letter->id);
	letter->sequence = number + 1;
	letter->created = request->world.now;
	letter->expires = request->world.now + LETTER_SECONDS;
	if (number == 0)
		return true;
	if (!ih_message_at(registry, IH_SENT, committee, number, &last, err))
		return false;
	ih_hash_text(&last.container, letter->previous);
	return true;
}

bool
message_enter(struct ih_registry *registry, const struct ih_letter *letter,
    const struct travelled *how, struct ih_error *err)
{
	struct ih_message message = { .direction = how->direction,
		.sequence = letter->sequence,
		.created = letter->created,
		.expires = letter->expires };

	snprintf(message.id, sizeof message.id, "%s", letter->id);
	snprintf(message.peer, sizeof message.peer, "%s", how->peer);
	snprintf(message.purpose, sizeof message.purpose, "%s",
	    ih_purpose_text(letter->purpose));
	snprintf(message.state, sizeof message.state, "%s", how->state);
	snprintf(message.in_reply_to, sizeof message.in_reply_to, "%s",
	    letter->in_reply_to);
	snprintf(message.code, sizeof message.code, "%s", how->code);
	return ih_hash_parse(how->container, &message.container) &&
	       ih_hash_parse(how->envelope, &message.envelope) &&
	       (letter->previous[0] == '\0' ||
		   ih_hash_parse(letter->previous, &message.previous)) &&
	       ih_message_add(registry, &message, err);
}

bool
letter_sent(struct ih_registry *registry, const struct ih_letter *letter,
    const struct ih_sealed *sealed, const char *peer, const char *code,
    struct ih_error *err)
{
	return message_enter(registry, letter,
	    &(struct travelled){ .direction = IH_SENT,
		.peer = peer,
		.state = "sealed",
		.code = code,
		.container = sealed->container_digest,
		.envelope = sealed->envelope_digest },
	    err);
}
