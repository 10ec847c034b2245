/* This is where a letter is signed and sealed. */
#include "ihala/post.h"

#include <stdio.h>
#include <string.h>

#include "ihala/envelope.h"
#include "ihala/signature.h"
#include "ihala/stamp.h"

enum {
	LETTER_AND_SIGNATURES = 1 + 2 * IH_SIGNERS, /* with its manifest */
	PARTS = IH_CONTAINER_ENTRIES - 1 - LETTER_AND_SIGNATURES
};

/* A part has a flat name that is not one of the profile's own, and says what
 * kind of file it is. */
static bool
may_be_sent(const struct ih_part_of *part)
{
	return ih_part_name_is(part->name) && strchr(part->name, '/') == NULL &&
	       strcmp(part->name, "exchange.xml") != 0 &&
	       strcmp(part->name, "mimetype") != 0 && part->media != NULL;
}

static bool
may_all_be_sent(const struct ih_part_of parts[], size_t count,
    struct ih_error *err)
{
	if (count > PARTS)
		return ih_fail(err, IH_USAGE,
		    "letter: at most %d parts are allowed", PARTS);
	for (size_t i = 0; i < count; i++)
		if (!may_be_sent(&parts[i]))
			return ih_fail(err, IH_USAGE,
			    "letter: part %zu: its name or media type is not "
			    "as expected",
			    i + 1);
	return true;
}

/* A manifest and the signature over it. */
struct endorsement {
	char manifest_name[IH_SIGNATURE_NAME];
	char signature_name[IH_SIGNATURE_NAME];
	struct ih_buffer *manifest, *signature; /* owned */
};

/* The files are digested once: all manifests but the first repeat it. */
static bool
endorse(struct endorsement all[static IH_SIGNERS], int number,
    const struct ih_pair *signer, int64_t at, const struct ih_part_of parts[],
    size_t count, struct ih_error *err)
{
	struct endorsement *one = &all[number - 1];

	ih_manifest_name(number, one->manifest_name);
	ih_signature_name(number, one->signature_name);
	one->manifest = number == 1 ?
			    ih_manifest_write(1, parts, count, err) :
			    ih_manifest_again(all[0].manifest, number);
	if (one->manifest == NULL)
		return false;
	one->signature = ih_signature_make(signer, one->manifest->data,
	    one->manifest->size, at, err);
	return one->signature != NULL;
}

static void
endorsements_free(struct endorsement all[static IH_SIGNERS])
{
	for (size_t i = 0; i < IH_SIGNERS; i++) {
		ih_buffer_free(all[i].manifest);
		ih_buffer_free(all[i].signature);
	}
}

/* The COUNT files of ALL, signed by the office first, then by its officers.
 * Caller owns. */
static struct ih_buffer *
sign_all(struct ih_part_of all[static IH_CONTAINER_ENTRIES], size_t count,
    const struct ih_office *from, int64_t at, struct ih_error *err)
{
	struct endorsement made[IH_SIGNERS] = { 0 };
	size_t files = count, signers = from->officer_count + 1;
	struct ih_buffer *container = NULL;
	bool signed_by_all = true;

	for (size_t i = 0; i < signers && signed_by_all; i++) {
		struct endorsement *one = &made[i];

		signed_by_all = endorse(made, (int)i + 1,
		    i == 0 ? &from->pair[IH_USE_SIGNING] :
			     from->officers[i - 1],
		    at, all, files, err);
		if (!signed_by_all)
			break;
		all[count++] = (struct ih_part_of){ one->manifest_name, NULL,
			one->manifest->data, one->manifest->size };
		all[count++] = (struct ih_part_of){ one->signature_name, NULL,
			one->signature->data, one->signature->size };
	}
	if (signed_by_all)
		container = ih_container_write(all, count, err);
	endorsements_free(made);
	return container;
}

/* LETTER, which is complete, and its parts, signed.  Caller owns. */
static struct ih_buffer *
compose(const struct ih_letter *letter, const struct ih_office *from,
    struct ih_error *err)
{
	struct ih_part_of all[IH_CONTAINER_ENTRIES];

	if (!may_all_be_sent(letter->parts, letter->count, err))
		return NULL;
	IH_OWNED(ih_buffer) heading = ih_letter_write(letter, err);
	if (heading == NULL)
		return NULL;
	all[0] = (struct ih_part_of){ "exchange.xml", "application/xml",
		heading->data, heading->size };
	for (size_t i = 0; i < letter->count; i++)
		all[i + 1] = letter->parts[i];
	return sign_all(all, letter->count + 1, from, letter->created, err);
}

/* What the sender fills in; the receiver is left out. */
static struct ih_letter
complete(const struct ih_letter *letter, const struct ih_part_of parts[],
    size_t count, const struct ih_office *from)
{
	struct ih_letter full = *letter;

	full.profile = IH_PROFILE;
	full.signers = 1 + (int)from->officer_count;
	full.parts = parts;
	full.count = count;
	full.to[0] = full.to_key[0] = '\0';
	memcpy(full.from, from->committee, sizeof full.from);
	return full;
}

static bool
seal(const struct ih_letter *letter, const struct ih_buffer *container,
    X509 *certificate, struct ih_sealed *out, struct ih_error *err)
{
	out->envelope = ih_envelope_seal(container->data, container->size,
	    certificate, err);
	if (out->envelope == NULL)
		return false;
	ih_digest_text(container->data, container->size, out->container_digest);
	ih_digest_text(out->envelope->data, out->envelope->size,
	    out->envelope_digest);
	snprintf(out->name, sizeof out->name, "%.36s.asice.p7m", letter->id);
	return true;
}

/* FULL is for TO now, and for that key of it.  NULL: it has none. */
static X509 *
address(struct ih_letter *full, const struct ih_partner *to,
    struct ih_error *err)
{
	X509 *certificate;

	if (!ih_trust_is_fresh(to, full->created, err))
		return NULL;
	certificate = ih_trust_sealing(to, full->created);
	if (certificate == NULL) {
		ih_fail_code(err, IH_TRUST, "E_NO_SEALING_KEY",
		    "trust list of %s: it has no sealing key that is valid "
		    "now",
		    to->committee);
		return NULL;
	}
	memcpy(full->to, to->committee, sizeof full->to);
	ih_certificate_key(certificate, full->to_key);
	return certificate;
}

bool
ih_post_seal(const struct ih_letter *letter, const struct ih_part_of parts[],
    size_t count, const struct ih_office *from, const struct ih_partner *to,
    struct ih_sealed *out, struct ih_error *err)
{
	struct ih_letter full = complete(letter, parts, count, from);
	X509 *certificate = address(&full, to, err);

	*out = (struct ih_sealed){ 0 };
	if (certificate == NULL)
		return false;
	IH_OWNED(ih_buffer) container = compose(&full, from, err);
	return container != NULL &&
	       seal(&full, container, certificate, out, err);
}

/* ---- in two steps */

/* Without the letter's own parts: these are made anew. */
static struct ih_buffer *
leave_out(const struct ih_container *signed_by_all,
    const struct ih_letter *letter, struct ih_error *err)
{
	struct ih_part_of kept[IH_CONTAINER_ENTRIES];
	size_t count = 0;

	for (size_t i = 0; i < signed_by_all->count; i++) {
		const struct ih_part_of *one = &signed_by_all->parts[i];
		bool own = strcmp(one->name, "mimetype") == 0;

		for (size_t k = 0; k < letter->count; k++)
			own |= strcmp(one->name, letter->parts[k].name) == 0;
		if (!own)
			kept[count++] = *one;
	}
	return ih_container_write(kept, count, err);
}

bool
ih_post_ask(const struct ih_letter *letter, const struct ih_part_of parts[],
    size_t count, const struct ih_office *from, const struct ih_partner *to,
    struct ih_buffer **draft, struct ih_buffer **request, struct ih_error *err)
{
	struct ih_letter full = complete(letter, parts, count, from);
	char name[IH_SIGNATURE_NAME];

	*draft = *request = NULL;
	if (address(&full, to, err) == NULL)
		return false;
	IH_OWNED(ih_buffer) container = compose(&full, from, err);
	IH_OWNED(ih_container)
	all = container == NULL ?
		  NULL :
		  ih_container_admit(container->data, container->size, err);
	if (all == NULL)
		return false;
	ih_signature_name(1, name);
	const struct ih_part_of *signature = ih_container_part(all, name);
	IH_OWNED(ih_buffer)
	query = signature == NULL ?
		    NULL :
		    ih_stamp_request(signature->bytes, signature->size, err);
	IH_OWNED(ih_buffer)
	rest = query == NULL ? NULL : leave_out(all, &full, err);
	if (rest == NULL)
		return false;
	*draft = IH_GIVE(rest);
	*request = IH_GIVE(query);
	return true;
}

static bool
refuse_stale(struct ih_error *err)
{
	return ih_fail_code(err, IH_STATE, "E_STAMP_STALE",
	    "letter: it is not what was signed when the stamp was asked for");
}

static bool
is_same(const struct ih_part_of *part, const struct ih_buffer *bytes)
{
	return part != NULL && bytes != NULL && part->size == bytes->size &&
	       memcmp(part->bytes, bytes->data, bytes->size) == 0;
}

/* The manifests and signatures of DRAFT behind the FILES of ALL, which they
 * have to be of; *COUNT becomes that of all. */
static bool
take_signatures(const struct ih_container *draft, int signers, size_t files,
    struct ih_part_of all[static IH_CONTAINER_ENTRIES], size_t *count,
    struct ih_error *err)
{
	for (int i = 1; i <= signers; i++) {
		char manifest_name[IH_SIGNATURE_NAME], name[IH_SIGNATURE_NAME];
		IH_OWNED(ih_buffer)
		manifest = ih_manifest_write(i, all, files, err);

		ih_manifest_name(i, manifest_name);
		ih_signature_name(i, name);
		const struct ih_part_of *listed =
		    ih_container_part(draft, manifest_name);
		const struct ih_part_of *signature =
		    ih_container_part(draft, name);
		if (!is_same(listed, manifest) || signature == NULL)
			return refuse_stale(err);
		all[(*count)++] = *listed;
		all[(*count)++] = *signature;
	}
	return true;
}

/* The container of DRAFT and the parts of FULL, stamped.  Caller owns. */
static struct ih_buffer *
put_together(const struct ih_container *draft, const struct ih_letter *full,
    const struct ih_buffer *reply, struct ih_error *err)
{
	struct ih_part_of all[IH_CONTAINER_ENTRIES];
	const struct ih_part_of *heading =
	    ih_container_part(draft, "exchange.xml");
	size_t files = full->count + 1, count = files;

	if (heading == NULL || !may_all_be_sent(full->parts, full->count, err))
		return NULL;
	all[0] = *heading;
	all[0].media = "application/xml";
	for (size_t i = 0; i < full->count; i++)
		all[i + 1] = full->parts[i];
	if (!take_signatures(draft, full->signers, files, all, &count, err))
		return NULL;
	IH_OWNED(ih_buffer)
	stamped = ih_stamp_add(all[files + 1].bytes, all[files + 1].size,
	    reply->data, reply->size, err);
	if (stamped == NULL)
		return NULL;
	all[files + 1].bytes = stamped->data;
	all[files + 1].size = stamped->size;
	return ih_container_write(all, count, err);
}

/* Who to whom, which number, why, which parts: all but id and times, which are
 * those of then. */
static bool
is_as_then(const struct ih_stamping *stamping, const struct ih_container *draft,
    struct ih_letter *full, struct ih_error *err)
{
	const struct ih_part_of *heading =
	    ih_container_part(draft, "exchange.xml");
	IH_OWNED(ih_arena) arena = ih_arena_new();
	struct ih_letter then;
	IH_OWNED(ih_buffer) now = NULL;

	if (heading == NULL)
		return refuse_stale(err);
	if (!ih_letter_read(stamping->forms, heading->bytes, heading->size,
		arena, &then, err))
		return false;
	memcpy(full->id, then.id, sizeof full->id);
	full->created = then.created;
	full->expires = then.expires;
	now = ih_letter_write(full, err);
	return now != NULL && (is_same(heading, now) || refuse_stale(err));
}

bool
ih_post_seal_stamped(const struct ih_stamping *stamping,
    struct ih_letter *letter, const struct ih_part_of parts[], size_t count,
    const struct ih_office *from, const struct ih_partner *to,
    struct ih_sealed *out, struct ih_error *err)
{
	struct ih_letter full = complete(letter, parts, count, from);
	X509 *certificate = address(&full, to, err);

	*out = (struct ih_sealed){ 0 };
	IH_OWNED(ih_container)
	draft = certificate == NULL ? NULL :
				      ih_container_admit(stamping->draft->data,
					  stamping->draft->size, err);
	if (draft == NULL || !is_as_then(stamping, draft, &full, err))
		return false;
	IH_OWNED(ih_buffer)
	container = put_together(draft, &full, stamping->reply, err);
	if (container == NULL || !seal(&full, container, certificate, out, err))
		return false;
	memcpy(letter->id, full.id, sizeof letter->id);
	letter->created = full.created;
	letter->expires = full.expires;
	return true;
}

struct ih_buffer *
ih_post_sign(const struct ih_letter *letter, const struct ih_part_of parts[],
    size_t count, const struct ih_office *from, struct ih_error *err)
{
	struct ih_letter full = complete(letter, parts, count, from);

	return compose(&full, from, err);
}

/* ---- receipts */

/* What the sender can act on, and no more: the number of the check. */
static const char *
coarse_code(int check)
{
	switch (check) {
	case 10:
		return "E_CERTIFICATE";
	case 11:
		return "E_LETTER";
	case 12:
	case 13:
		return "E_ORDER";
	default:
		return "E_CONTENT";
	}
}

static void
receipt_of_opened(const struct ih_opened *opened, struct ih_receipt *receipt)
{
	memcpy(receipt->message, opened->letter.id, sizeof receipt->message);
	memcpy(receipt->container, opened->container_digest,
	    sizeof receipt->container);
	memcpy(receipt->envelope, opened->envelope_digest,
	    sizeof receipt->envelope);
	receipt->status = IH_RECEIPT_ACCEPTED;
	receipt->sequence = opened->letter.sequence;
}

static void
receipt_of_refused(const struct ih_refused *refused, struct ih_receipt *receipt)
{
	memcpy(receipt->message, refused->message, sizeof receipt->message);
	memcpy(receipt->container, refused->container_digest,
	    sizeof receipt->container);
	memcpy(receipt->envelope, refused->envelope_digest,
	    sizeof receipt->envelope);
	receipt->status = IH_RECEIPT_REFUSED;
	receipt->sequence = refused->sequence;
	snprintf(receipt->code, sizeof receipt->code, "%s",
	    coarse_code(refused->check));
}

bool
ih_post_receipt_of(const struct ih_opened *opened,
    const struct ih_refused *refused, int64_t at, struct ih_receipt *receipt,
    struct ih_error *err)
{
	*receipt = (struct ih_receipt){ .at = at };
	if (opened != NULL && opened->letter.purpose != IH_LETTER_RECEIPT &&
	    opened->envelope_digest[0] != '\0')
		receipt_of_opened(opened, receipt);
	else if (opened == NULL && refused != NULL && refused->answerable)
		receipt_of_refused(refused, receipt);
	else
		return ih_fail(err, IH_STATE,
		    "receipt: this is not answered: a receipt, a public file, "
		    "or nothing that could be verified");
	return true;
}

bool
ih_post_receipt(const struct ih_receipt *receipt,
    const struct ih_letter *letter, const struct ih_office *from,
    const struct ih_partner *to, struct ih_sealed *out, struct ih_error *err)
{
	IH_OWNED(ih_buffer) bytes = ih_receipt_write(receipt, err);
	struct ih_letter answer = *letter;
	struct ih_part_of part = { "receipt.xml", "application/xml", NULL, 0 };

	*out = (struct ih_sealed){ 0 };
	if (bytes == NULL)
		return false;
	part.bytes = bytes->data;
	part.size = bytes->size;
	answer.purpose = IH_LETTER_RECEIPT;
	memcpy(answer.in_reply_to, receipt->message, sizeof answer.in_reply_to);
	return ih_post_seal(&answer, &part, 1, from, to, out, err);
}

bool
ih_post_receipt_read(const struct ih_desk *desk, const struct ih_opened *opened,
    struct ih_receipt *receipt, struct ih_error *err)
{
	const struct ih_part_of *part = ih_opened_part(opened, "receipt.xml");

	*receipt = (struct ih_receipt){ 0 };
	if (opened->letter.purpose != IH_LETTER_RECEIPT || part == NULL)
		return ih_fail_code(err, IH_INPUT, "E_LETTER",
		    "letter: there is no receipt in it");
	return ih_receipt_read(desk->forms, part->bytes, part->size, receipt,
	    err);
}
