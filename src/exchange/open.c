/* This is where a sealed file is opened: check after check, in one order. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/envelope.h"
#include "ihala/order.h"
#include "ihala/post.h"
#include "ihala/signature.h"
#include "ihala/stamp.h"
#include "ihala/xml.h"
#include "refusal.h"

/* One signature, and who made it. */
struct mark {
	const struct ih_part_of *manifest, *signature;
	const struct ih_partner *partner;
	X509 *certificate;
	enum ih_use use;
	bool withdrawn;
	int64_t since; /* of the grant or withdrawal */
};

struct opening {
	const struct ih_desk *desk;
	int64_t now;
	int64_t trusted;   /* the signatures are at least that old */
	const void *bytes; /* the sealed file; or the container itself */
	size_t size;
	const struct ih_pair *pair; /* ours, that it is sealed for */
	struct ih_buffer *content;  /* owned: what was sealed */
	struct ih_error mimetype;   /* found in check 4, told in check 5 */
	struct mark marks[IH_SIGNERS];
	size_t mark_count;
	bool has_letter;
	struct ih_opened *opened;
};

static bool
refuse(struct ih_error *err, enum ih_kind kind, const char *code,
    const char *why)
{
	return ih_fail_code(err, kind, code, "letter: %s", why);
}

/* ---- 0 to 3: the envelope */

static bool
check_size(struct opening *o, struct ih_error *err)
{
	return o->size <= IH_POST_MAX ||
	       refuse(err, IH_INPUT, "E_TOO_BIG", "the file is too large");
}

static bool
check_envelope(struct opening *o, struct ih_error *err)
{
	ih_digest_text(o->bytes, o->size, o->opened->envelope_digest);
	return ih_envelope_screen(o->bytes, o->size, err);
}

static bool
check_addressee(struct opening *o, struct ih_error *err)
{
	if (o->desk->own == NULL)
		return refuse(err, IH_TRUST, "E_SEALED",
		    "what is signed is inside, and only its receiver opens it");
	o->pair = ih_envelope_pair(o->bytes, o->size, o->desk->own, err);
	return o->pair != NULL;
}

static bool
check_decrypt(struct opening *o, struct ih_error *err)
{
	o->content = ih_envelope_open(o->bytes, o->size, o->pair, err);
	return o->content != NULL;
}

/* ---- 4 and 5: the container */

static bool
check_container(struct opening *o, struct ih_error *err)
{
	if (o->content == NULL) /* BYTES is the container */
		o->content = ih_buffer_copy(o->bytes, o->size);
	ih_digest_text(o->content->data, o->content->size,
	    o->opened->container_digest);
	o->opened->container = ih_container_admit_by(o->desk->forms->unpacker,
	    IH_GIVE(o->content), err);
	if (o->opened->container != NULL)
		return true;
	if (strcmp(err->code, "E_MIMETYPE") != 0)
		return false;
	o->mimetype = *err;
	*err = (struct ih_error){ 0 };
	return true;
}

static bool
check_mimetype(struct opening *o, struct ih_error *err)
{
	if (o->mimetype.kind != IH_NONE)
		*err = o->mimetype;
	return o->mimetype.kind == IH_NONE;
}

/* ---- 6: what is signed */

/* Manifests and signatures from 1 up, in pairs, and nothing else there. */
static bool
pair_up(struct opening *o, struct ih_error *err)
{
	const struct ih_container *container = o->opened->container;
	char manifest[IH_SIGNATURE_NAME], signature[IH_SIGNATURE_NAME];
	size_t others = 0;

	for (size_t i = 0; i < container->count; i++)
		others += strchr(container->parts[i].name, '/') != NULL;
	for (; o->mark_count < IH_SIGNERS; o->mark_count++) {
		struct mark *mark = &o->marks[o->mark_count];

		ih_manifest_name((int)o->mark_count + 1, manifest);
		ih_signature_name((int)o->mark_count + 1, signature);
		mark->manifest = ih_container_part(container, manifest);
		mark->signature = ih_container_part(container, signature);
		if (mark->manifest == NULL || mark->signature == NULL)
			break;
	}
	if (o->mark_count == 0 || others != 2 * o->mark_count)
		return refuse(err, IH_INPUT, "E_MANIFEST",
		    "manifests and signatures are not there in pairs");
	return true;
}

static bool
check_manifests(struct opening *o, struct ih_error *err)
{
	if (!pair_up(o, err))
		return false;
	for (size_t i = 0; i < o->mark_count; i++)
		if (!(i > 0 && ih_manifest_repeats((int)i + 1,
				   o->opened->container)) &&
		    !ih_manifest_check(o->desk->forms, (int)i + 1,
			o->opened->container, err))
			return false;
	return true;
}

/* ---- 7 to 9: the signatures */

static bool
check_shapes(struct opening *o, struct ih_error *err)
{
	for (size_t i = 0; i < o->mark_count; i++)
		if (!ih_signature_screen(o->marks[i].signature->bytes,
			o->marks[i].signature->size, err))
			return false;
	return true;
}

/* The list key is known, too: a letter signed with it is not unknown, but
 * signed with a key that is for something else. */
static bool
find_in(struct mark *mark, const struct ih_partner *partner,
    struct ih_error *err)
{
	X509 *candidates[IH_TRUST_CERTIFICATES + 1] = { partner->list };
	int found;

	for (size_t i = 0; i < partner->count; i++)
		candidates[i + 1] = partner->certificates[i].certificate;
	found = ih_signature_signer(mark->signature->bytes,
	    mark->signature->size, candidates, partner->count + 1, err);
	if (found < 0)
		return false;
	mark->partner = partner;
	mark->certificate = candidates[found];
	if (found == 0) {
		mark->use = IH_USE_LIST;
		return true;
	}
	mark->use = partner->certificates[found - 1].use;
	mark->withdrawn = partner->certificates[found - 1].withdrawn;
	mark->since = partner->certificates[found - 1].since;
	return true;
}

static bool
find_signer(struct opening *o, struct mark *mark, struct ih_error *err)
{
	struct ih_error here;

	for (size_t i = 0; i < o->desk->partner_count; i++) {
		here = (struct ih_error){ 0 };
		if (find_in(mark, o->desk->partners[i], &here))
			return true;
		if (strcmp(here.code, "E_SIGNER_UNKNOWN") != 0) {
			*err = here;
			return false;
		}
	}
	return refuse(err, IH_TRUST, "E_SIGNER_UNKNOWN",
	    "whoever signed it is in no trust list that is held");
}

static bool
check_signers(struct opening *o, struct ih_error *err)
{
	for (size_t i = 0; i < o->mark_count; i++)
		if (!find_signer(o, &o->marks[i], err))
			return false;
	return true;
}

static bool
check_signatures(struct opening *o, struct ih_error *err)
{
	for (size_t i = 0; i < o->mark_count; i++) {
		const struct mark *mark = &o->marks[i];

		if (!ih_signature_verify(mark->signature->bytes,
			mark->signature->size, mark->manifest->bytes,
			mark->manifest->size, mark->certificate, err))
			return false;
	}
	return true;
}

/* ---- 10: the certificates, at the time that is trusted: that of a stamp, or
 * when this very container was taken in, or now */

/* A stamp says when the signature was there; without one, it is there since
 * this container is here. */
static bool
trusted_time(const struct opening *o, const struct mark *mark, int64_t *at,
    struct ih_error *err)
{
	const struct ih_partner *partner = mark->partner;

	*at = o->now;
	if (!ih_stamp_time(mark->signature->bytes, mark->signature->size,
		partner->stampers, partner->stamper_count, at, err))
		return false;
	if (*at > o->now + IH_POST_AHEAD)
		return refuse(err, IH_TRUST, "E_CLOCK",
		    "its time stamp is of later than now");
	if (*at > o->trusted)
		*at = o->trusted;
	return true;
}

/* A key that was withdrawn takes back what it signed from then on, and
 * nothing that was here before. */
static bool
was_withdrawn(struct opening *o, const struct mark *mark, int64_t at,
    struct ih_error *err)
{
	if (mark->partner->list_withdrawn ||
	    (mark->withdrawn && mark->since <= at))
		return !refuse(err, IH_TRUST, "E_CERT_REVOKED",
		    "signed with a key that was withdrawn");
	if (mark->withdrawn && mark->since <= o->now)
		o->opened->warnings |= IH_W_REVOKED;
	return false;
}

static bool
might_sign(struct opening *o, const struct mark *mark, struct ih_error *err)
{
	const struct ih_partner *partner = mark->partner;
	int64_t at;

	if (mark->use != IH_USE_SIGNING)
		return refuse(err, IH_TRUST, "E_KEYUSAGE",
		    "signed with a key that is not for letters");
	if (!trusted_time(o, mark, &at, err))
		return false;
	if (!ih_certificate_is_current(mark->certificate, at) ||
	    (!mark->withdrawn && mark->since > at + IH_POST_AHEAD))
		return refuse(err, IH_TRUST, "E_CERT_EXPIRED",
		    "signed with a key that was not valid then");
	if (was_withdrawn(o, mark, at, err))
		return false;
	if (partner->next_update <= o->now ||
	    !ih_certificate_is_current(partner->list, o->now))
		return refuse(err, IH_TRUST, "E_REVOCATION_STALE",
		    "the sender's trust list is out of date; ask for the "
		    "next one");
	return true;
}

static bool
find_trusted_time(struct opening *o, struct ih_error *err)
{
	const struct ih_memory *memory = o->desk->memory;
	int64_t taken = 0;

	o->trusted = o->now;
	if (memory == NULL || memory->taken == NULL)
		return true;
	if (!memory->taken(memory->with, o->opened->container_digest, &taken,
		err))
		return false;
	if (taken > 0 && taken < o->now)
		o->trusted = taken;
	return true;
}

static bool
check_certificates(struct opening *o, struct ih_error *err)
{
	if (!find_trusted_time(o, err))
		return false;
	for (size_t i = 0; i < o->mark_count; i++)
		if (!might_sign(o, &o->marks[i], err))
			return false;
	return true;
}

/* ---- 11: who to whom, and when */

static bool
read_letter(struct opening *o, struct ih_error *err)
{
	const struct ih_part_of *part =
	    ih_container_part(o->opened->container, "exchange.xml");

	if (part == NULL)
		return refuse(err, IH_INPUT, "E_LETTER",
		    "there is no exchange.xml");
	o->has_letter = ih_letter_read(o->desk->forms, part->bytes, part->size,
	    o->opened->arena, &o->opened->letter, err);
	return o->has_letter;
}

/* The parts that the letter names are the files that are there. */
static bool
collect_parts(struct opening *o, struct ih_error *err)
{
	struct ih_opened *opened = o->opened;
	const struct ih_container *container = opened->container;
	const size_t apart = 1 + 2 * o->mark_count;
	struct ih_part_of *parts = ih_arena_take(opened->arena,
	    (opened->letter.count + 1) * sizeof *parts);

	for (size_t i = 0; i < opened->letter.count; i++) {
		const struct ih_part_of *named = &opened->letter.parts[i];
		const struct ih_part_of *part =
		    ih_container_part(container, named->name);

		for (size_t j = 0; j < i; j++)
			if (strcmp(parts[j].name, named->name) == 0)
				part = NULL;
		if (part == NULL || strcmp(named->name, "exchange.xml") == 0)
			return refuse(err, IH_INPUT, "E_REF_SET",
			    "it names a part that is not there, or twice");
		parts[i] = (struct ih_part_of){ named->name, named->media,
			part->bytes, part->size };
	}
	if (opened->letter.count + apart != container->count)
		return refuse(err, IH_INPUT, "E_REF_SET",
		    "a file is there that it does not name");
	opened->letter.parts = opened->parts = parts;
	opened->count = opened->letter.count;
	return true;
}

/* Whoever opens a letter can seal it again for somebody else; the key that
 * the sender meant is inside what was signed. */
static bool
is_for_us(const struct opening *o, struct ih_error *err)
{
	const struct ih_letter *letter = &o->opened->letter;
	char key[IH_DIGEST_TEXT] = "";
	const char *committee = "";

	if (o->desk->anybody)
		return true;
	if (o->pair != NULL) {
		ih_certificate_key(o->pair->certificate, key);
		committee = o->desk->own->committee;
	}
	if (strcmp(letter->to, committee) != 0 ||
	    strcmp(letter->to_key, key) != 0)
		return refuse(err, IH_TRUST, "E_RECIPIENT_MISMATCH",
		    "the sender meant it for somebody else");
	return true;
}

static bool
is_from_its_signers(const struct opening *o, struct ih_error *err)
{
	for (size_t i = 0; i < o->mark_count; i++)
		if (strcmp(o->marks[i].partner->committee,
			o->opened->letter.from) != 0)
			return refuse(err, IH_TRUST, "E_SENDER_MISMATCH",
			    "it says it is from a committee that did not "
			    "sign it");
	return true;
}

/* People are told apart by their keys: one key may have two certificates. */
static bool
has_signers_enough(const struct opening *o, struct ih_error *err)
{
	const struct ih_letter *letter = &o->opened->letter;
	int wanted = letter->signers, distinct = 0;

	if (o->desk->quorum != NULL) {
		int rule = o->desk->quorum->of(o->desk->quorum->with,
		    letter->from, letter->purpose);

		wanted = rule > wanted ? rule : wanted;
	}
	for (size_t i = 0; i < o->mark_count; i++) {
		bool again = false;

		if (o->marks[i].partner->signers > wanted)
			wanted = o->marks[i].partner->signers;
		for (size_t j = 0; j < i; j++)
			again |=
			    EVP_PKEY_eq(X509_get0_pubkey(
					    o->marks[j].certificate),
				X509_get0_pubkey(o->marks[i].certificate)) == 1;
		distinct += !again;
	}
	if (distinct < wanted)
		return refuse(err, IH_TRUST, "E_QUORUM",
		    "it was not signed by as many people as it must be");
	return true;
}

/* A clock set back would let in what has expired: no clock of ours is before
 * the issue of a list that is held. */
static bool
is_in_time(const struct opening *o, struct ih_error *err)
{
	const struct ih_letter *letter = &o->opened->letter;

	if (letter->created > o->now + IH_POST_AHEAD ||
	    o->marks[0].partner->issued > o->now + IH_POST_AHEAD)
		return refuse(err, IH_TRUST, "E_CLOCK",
		    "it was written later than now; one of the two clocks is "
		    "wrong");
	if (letter->expires <= o->now)
		return refuse(err, IH_TRUST, "E_EXPIRED", "its time is over");
	return true;
}

static void
name_signers(struct opening *o)
{
	for (size_t i = 0; i < o->mark_count; i++) {
		struct ih_signer *signer = &o->opened->signers[i];

		memcpy(signer->committee, o->marks[i].partner->committee,
		    sizeof signer->committee);
		ih_certificate_fingerprint(o->marks[i].certificate,
		    signer->fingerprint);
	}
	o->opened->signer_count = o->mark_count;
}

static bool
check_letter(struct opening *o, struct ih_error *err)
{
	if (!read_letter(o, err) || !collect_parts(o, err) ||
	    !is_for_us(o, err) || !is_from_its_signers(o, err) ||
	    !has_signers_enough(o, err) || !is_in_time(o, err))
		return false;
	name_signers(o);
	return true;
}

/* ---- 12 and 13: what came before */

static bool
last_of(const struct opening *o, struct ih_last *last, struct ih_error *err)
{
	const struct ih_memory *memory = o->desk->memory;

	*last = (struct ih_last){ 0 };
	return memory->last(memory->with, o->opened->letter.from, last, err);
}

/* Where nobody keeps what is near, the last is all that is known: the number
 * of any letter below it is taken. */
static bool
near_of(const struct opening *o, const struct ih_last *last,
    struct ih_near *near, struct ih_error *err)
{
	const struct ih_memory *memory = o->desk->memory;
	const struct ih_letter *letter = &o->opened->letter;

	*near = (struct ih_near){ 0 };
	if (memory->near != NULL)
		return memory->near(memory->with, letter, near, err);
	if (letter->sequence <= last->sequence)
		snprintf(near->at, sizeof near->at, "taken");
	if (letter->sequence == last->sequence + 1)
		memcpy(near->below, last->digest, sizeof near->below);
	return true;
}

static bool
follow_order(struct opening *o, enum ih_order order, struct ih_error *err)
{
	static const struct {
		unsigned warning;
		const char *code, *why;
	} orders[IH_ORDERS] = {
		[IH_ORDER_GAP] = { IH_W_GAP, NULL, NULL },
		[IH_ORDER_LATE] = { IH_W_LATE, NULL, NULL },
		[IH_ORDER_AGAIN] = { IH_W_DUPLICATE, NULL, NULL },
		[IH_ORDER_TAKEN] = { 0, "E_REPLAY",
		    "another letter came under its number" },
		[IH_ORDER_TAKEN_BACK] = { 0, "E_REPLAY",
		    "a letter that came before has taken it back" },
		[IH_ORDER_SAME_ID] = { 0, "E_REPLAY_CONFLICT",
		    "another letter came under the same id" },
		[IH_ORDER_OTHER] = { 0, "E_REPLAY_CONFLICT",
		    "it stands between other letters than those that came" },
	};

	o->opened->warnings |= orders[order].warning;
	return !ih_order_refuses(order) ||
	       refuse(err, IH_TRUST, orders[order].code, orders[order].why);
}

static bool
check_sequence(struct opening *o, struct ih_error *err)
{
	const struct ih_memory *memory = o->desk->memory;
	const struct ih_letter *letter = &o->opened->letter;
	char seen[IH_DIGEST_TEXT] = "";
	struct ih_last last;
	struct ih_near near;

	if (!memory->seen(memory->with, letter->from, letter->id, seen, err) ||
	    !last_of(o, &last, err) || !near_of(o, &last, &near, err))
		return false;
	return follow_order(o,
	    ih_order_of(&(struct ih_arriving){ letter->sequence,
			    o->opened->container_digest, letter->previous },
		&(struct ih_around){ seen, last.sequence, near.at, near.below,
		    near.above, near.taken_back }),
	    err);
}

static bool
check_profile(struct opening *o, struct ih_error *err)
{
	struct ih_last last;

	if (!last_of(o, &last, err))
		return false;
	if (o->opened->letter.profile < last.profile)
		return refuse(err, IH_TRUST, "E_DOWNGRADE",
		    "its sender has used a newer profile before");
	return true;
}

/* ---- 14: what is in it */

/* "instrument.*" is any name that begins so. */
static bool
is_expected(const char *expected, const char *name)
{
	size_t length = strlen(expected);

	if (length > 2 && strcmp(expected + length - 2, ".*") == 0)
		return strncmp(expected, name, length - 1) == 0;
	return strcmp(expected, name) == 0;
}

static struct ih_schema *
schema_for(const struct opening *o, const char *name)
{
	if (o->opened->letter.purpose == IH_LETTER_RECEIPT)
		return strcmp(name, "receipt.xml") == 0 ?
			   o->desk->forms->receipt :
			   NULL;
	for (size_t i = 0; i < o->desk->expected_count; i++)
		if (is_expected(o->desk->expected[i].name, name))
			return o->desk->expected[i].schema;
	return NULL;
}

static bool
is_xml(const struct ih_part_of *part)
{
	size_t length = strlen(part->name);

	return strcmp(part->media, "application/xml") == 0 ||
	       strcmp(part->media, "text/xml") == 0 ||
	       (length >= 4 && strcmp(part->name + length - 4, ".xml") == 0);
}

static bool
check_part(const struct opening *o, const struct ih_part_of *part,
    struct ih_error *err)
{
	struct ih_schema *schema = schema_for(o, part->name);

	if (schema == NULL)
		return ih_fail_code(err, IH_INPUT, "E_CASE_SCHEMA",
		    "%s: not a document that is known here", part->name);
	return ih_schema_fits(schema, part->name, part->bytes, part->size,
		   err) ||
	       refused_as("E_CASE_SCHEMA", err);
}

static bool
check_content(struct opening *o, struct ih_error *err)
{
	const struct ih_opened *opened = o->opened;

	if (opened->letter.purpose == IH_LETTER_RECEIPT && opened->count != 1)
		return refuse(err, IH_INPUT, "E_CASE_SCHEMA",
		    "a receipt comes alone");
	for (size_t i = 0; i < opened->count; i++)
		if ((is_xml(&opened->parts[i]) ||
			opened->letter.purpose == IH_LETTER_RECEIPT) &&
		    !check_part(o, &opened->parts[i], err))
			return false;
	return true;
}

/* ---- the order */

static const struct check {
	const char *name;
	bool (*passes)(struct opening *o, struct ih_error *err);
	bool remembers; /* nothing to check where nothing is remembered */
} checks[] = {
	[0] = { "size", check_size, false },
	[1] = { "envelope", check_envelope, false },
	[2] = { "addressee", check_addressee, false },
	[3] = { "decrypt", check_decrypt, false },
	[4] = { "container", check_container, false },
	[5] = { "mimetype", check_mimetype, false },
	[6] = { "manifest", check_manifests, false },
	[7] = { "signature-shape", check_shapes, false },
	[8] = { "signer", check_signers, false },
	[9] = { "signature", check_signatures, false },
	[10] = { "certificate", check_certificates, false },
	[11] = { "letter", check_letter, false },
	[12] = { "sequence", check_sequence, true },
	[13] = { "profile", check_profile, true },
	[14] = { "content", check_content, false },
};

enum {
	CHECKS = sizeof checks / sizeof checks[0],
	FIRST_OF_CONTAINER = 4,
	SIGNATURES_HOLD = 9 /* what fails later may be answered */
};

/* EN 319 102-1: what time or a list may still settle is indeterminate. */
static enum ih_verdict
verdict_of(const struct ih_error *err)
{
	static const char *const open[] = { "E_SIGNER_UNKNOWN",
		"E_CERT_EXPIRED", "E_CERT_REVOKED", "E_REVOCATION_STALE",
		"E_CLOCK", "E_SEALED", "E_STAMP_UNKNOWN" };

	for (size_t i = 0; i < sizeof open / sizeof open[0]; i++)
		if (strcmp(err->code, open[i]) == 0)
			return IH_INDETERMINATE;
	return err->kind == IH_SYSTEM ? IH_INDETERMINATE : IH_INVALID;
}

/* What a receipt needs, where the letter can still be read. */
static void
describe_sender(struct opening *o, struct ih_refused *refused)
{
	const struct ih_letter *letter = &o->opened->letter;
	struct ih_error quiet = { 0 };

	if (!o->has_letter && !read_letter(o, &quiet))
		return;
	memcpy(refused->message, letter->id, sizeof refused->message);
	memcpy(refused->from, letter->from, sizeof refused->from);
	refused->sequence = letter->sequence;
	refused->answerable = o->pair != NULL &&
			      letter->purpose != IH_LETTER_RECEIPT &&
			      is_from_its_signers(o, &quiet);
}

static void
describe(struct opening *o, int check, const struct ih_error *err,
    struct ih_refused *refused)
{
	refused->check = check;
	refused->verdict = verdict_of(err);
	snprintf(refused->code, sizeof refused->code, "%s", err->code);
	memcpy(refused->container_digest, o->opened->container_digest,
	    sizeof refused->container_digest);
	memcpy(refused->envelope_digest, o->opened->envelope_digest,
	    sizeof refused->envelope_digest);
	if (check > SIGNATURES_HOLD && err->kind != IH_SYSTEM)
		describe_sender(o, refused);
}

static bool
run_checks(struct opening *o, int first, struct ih_refused *refused,
    struct ih_error *err)
{
	for (int i = 0; i < (int)CHECKS; i++) {
		if (i > 0 && i < first)
			continue;
		if (checks[i].remembers && o->desk->memory == NULL)
			continue;
		if (!checks[i].passes(o, err)) {
			describe(o, i, err, refused);
			return false;
		}
		if (i > 0 && o->desk->passed != NULL)
			o->desk->passed(o->desk->with, i, checks[i].name);
	}
	return true;
}

static struct ih_opened *
opened_new(void)
{
	struct ih_opened *opened = ih_zeroed(sizeof *opened);

	opened->arena = ih_arena_new();
	return opened;
}

static struct ih_opened *
open_from(int first, const struct ih_desk *desk, const void *bytes, size_t size,
    struct ih_refused *refused, struct ih_error *err)
{
	IH_OWNED(ih_opened) opened = opened_new();
	struct opening o = { .desk = desk,
		.now = desk->world->now,
		.bytes = bytes,
		.size = size,
		.opened = opened };
	struct ih_refused nobody_asks;
	bool passed;

	if (refused == NULL)
		refused = &nobody_asks;
	*refused = (struct ih_refused){ .verdict = IH_INVALID };
	passed = run_checks(&o, first, refused, err);
	ih_buffer_free(o.content);
	if (!passed)
		return NULL;
	return IH_GIVE(opened);
}

struct ih_opened *
ih_post_open(const struct ih_desk *desk, const void *bytes, size_t size,
    struct ih_refused *refused, struct ih_error *err)
{
	return open_from(1, desk, bytes, size, refused, err);
}

struct ih_opened *
ih_post_verify(const struct ih_desk *desk, const void *bytes, size_t size,
    struct ih_refused *refused, struct ih_error *err)
{
	return open_from(FIRST_OF_CONTAINER, desk, bytes, size, refused, err);
}

void
ih_opened_free(struct ih_opened *opened)
{
	if (opened == NULL)
		return;
	ih_container_free(opened->container);
	ih_arena_free(opened->arena);
	free(opened);
}

const struct ih_part_of *
ih_opened_part(const struct ih_opened *opened, const char *name)
{
	for (size_t i = 0; i < opened->count; i++)
		if (strcmp(opened->parts[i].name, name) == 0)
			return &opened->parts[i];
	return NULL;
}

const char *
ih_post_check(int number)
{
	return checks[number].name;
}

const char *
ih_verdict_text(enum ih_verdict verdict)
{
	static const char *const texts[] = { [IH_VALID] = "valid",
		[IH_INVALID] = "invalid",
		[IH_INDETERMINATE] = "indeterminate" };

	return texts[verdict];
}

const char *
ih_warning_code(unsigned warning)
{
	if ((warning & IH_W_REVOKED) != 0)
		return "W_REVOKED";
	if ((warning & IH_W_GAP) != 0)
		return "W_GAP";
	return (warning & IH_W_LATE) != 0 ? "W_LATE" : "W_DUPLICATE";
}
