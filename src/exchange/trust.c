/* This is where a committee's keys are listed, and a list is believed. */
#include "ihala/trust.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/date.h"
#include "ihala/element.h"
#include "ihala/node.h"
#include "ihala/xml.h"
#include "openssl.h"
#include "refusal.h"
#include "signed.h"

enum {
	DER_MAX = 16380, /* bytes of a certificate; the schema's, too */
	AHEAD = 300      /* seconds another clock may be ahead */
};

static const struct signed_codes codes = { "E_LIST_FORMAT", "E_LIST_FORMAT",
	"E_LIST_FORMAT" };

static struct ih_partner *
partner_new(const char *committee)
{
	struct ih_partner *partner = ih_zeroed(sizeof *partner);

	snprintf(partner->committee, sizeof partner->committee, "%s",
	    committee);
	partner->signers = 1;
	return partner;
}

void
ih_partner_free(struct ih_partner *partner)
{
	if (partner == NULL)
		return;
	for (size_t i = 0; i < partner->count; i++)
		X509_free(partner->certificates[i].certificate);
	for (size_t i = 0; i < partner->stamper_count; i++)
		X509_free(partner->stampers[i]);
	X509_free(partner->list);
	X509_free(partner->next_list);
	free(partner);
}

/* ---- making */

bool
ih_trust_add(struct ih_partner *draft, X509 *certificate, enum ih_use use,
    bool withdrawn, int64_t since, struct ih_error *err)
{
	if (draft->count == IH_TRUST_CERTIFICATES)
		return ih_fail(err, IH_USAGE,
		    "trust list: at most %d certificates are allowed",
		    IH_TRUST_CERTIFICATES);
	X509_up_ref(certificate);
	draft->certificates[draft->count++] =
	    (struct ih_trusted){ certificate, use, withdrawn, since };
	return true;
}

bool
ih_trust_add_stamper(struct ih_partner *draft, X509 *certificate,
    struct ih_error *err)
{
	if (draft->stamper_count == IH_STAMPERS)
		return ih_fail(err, IH_USAGE,
		    "trust list: at most %d authorities for time stamps",
		    IH_STAMPERS);
	X509_up_ref(certificate);
	draft->stampers[draft->stamper_count++] = certificate;
	return true;
}

struct ih_partner *
ih_trust_draft(const struct ih_office *office, int64_t sequence, int64_t issued,
    int64_t next_update)
{
	struct ih_partner *draft = partner_new(office->committee);
	struct ih_error room = { 0 };

	draft->list = office->pair[IH_USE_LIST].certificate;
	X509_up_ref(draft->list);
	ih_certificate_fingerprint(draft->list, draft->fingerprint);
	draft->sequence = sequence;
	draft->issued = issued;
	draft->next_update = next_update;
	for (enum ih_use use = IH_USE_SIGNING; use < IH_USES; use++) {
		X509 *certificate = office->pair[use].certificate;

		ih_trust_add(draft, certificate, use, false,
		    ih_certificate_since(certificate), &room);
	}
	return draft;
}

static bool
put_certificate(struct ih_writer *w, X509 *certificate)
{
	unsigned char *der = NULL, base64[DER_MAX / 3 * 4 + 1];
	int size = i2d_X509(certificate, &der);

	if (size > 0 && size <= DER_MAX) {
		EVP_EncodeBlock(base64, der, size);
		ih_say_text(w, (const char *)base64);
	}
	OPENSSL_free(der);
	return size > 0 && size <= DER_MAX;
}

static bool
put_trusted(struct ih_writer *w, const struct ih_trusted *trusted)
{
	bool put;

	ih_open(w, "certificate");
	ih_put(w, "use", ih_use_text(trusted->use));
	ih_put(w, "status", trusted->withdrawn ? "withdrawn" : "granted");
	ih_put_instant(w, "since", trusted->since);
	put = put_certificate(w, trusted->certificate);
	ih_close(w);
	return put;
}

static bool
put_plain(struct ih_writer *w, const char *name, X509 *certificate)
{
	bool put;

	ih_open(w, name);
	put = put_certificate(w, certificate);
	ih_close(w);
	return put;
}

static bool
write_list(struct ih_buffer *out, const struct ih_partner *draft,
    struct ih_error *err)
{
	struct ih_writer w = ih_write_to(out);
	bool put = true;

	ih_open(&w, "trust-list");
	ih_put(&w, "xmlns", "urn:ihala:trust-list:1");
	ih_put(&w, "committee", draft->committee);
	ih_put_number(&w, "sequence", draft->sequence);
	if (draft->previous[0] != '\0')
		ih_put(&w, "previous", draft->previous);
	ih_put_instant(&w, "issued", draft->issued);
	ih_put_instant(&w, "next-update", draft->next_update);
	ih_put_number(&w, "signers", draft->signers);
	for (size_t i = 0; i < draft->count && put; i++)
		put = put_trusted(&w, &draft->certificates[i]);
	for (size_t i = 0; i < draft->stamper_count && put; i++)
		put = put_plain(&w, "time-stamps", draft->stampers[i]);
	if (draft->next_list != NULL && put)
		put = put_plain(&w, "next-list", draft->next_list);
	ih_close(&w);
	if (!put)
		return ih_fail(err, IH_USAGE,
		    "trust list: a certificate is too large");
	return ih_write_end(&w, err);
}

static bool
is_instant(int64_t instant)
{
	return instant > 0 && instant <= IH_INSTANT_MAX;
}

/* Dates and numbers that hang together; each certificate is what it says. */
static const char *
unsound(const struct ih_partner *partner)
{
	if (partner->sequence < 1 || partner->sequence > IH_SEQUENCE_MAX)
		return "its number";
	if (!is_instant(partner->issued) || !is_instant(partner->next_update) ||
	    partner->next_update <= partner->issued)
		return "its dates";
	if (partner->signers < 1 || partner->signers > IH_SIGNERS)
		return "its number of signers";
	if (partner->count == 0)
		return "its number of certificates";
	for (size_t i = 0; i < partner->count; i++) {
		const struct ih_trusted *one = &partner->certificates[i];

		if (!is_instant(one->since) || one->use == IH_USE_LIST ||
		    !ih_certificate_is(one->certificate, partner->committee,
			one->use))
			return "a certificate";
	}
	for (size_t i = 0; i < partner->stamper_count; i++)
		if (!ih_certificate_stamps(partner->stampers[i]))
			return "the certificate of an authority for time "
			       "stamps";
	if (partner->next_list != NULL && !ih_certificate_is(partner->next_list,
					      partner->committee, IH_USE_LIST))
		return "the certificate of the next list";
	return NULL;
}

struct ih_buffer *
ih_trust_sign(const struct ih_partner *draft, const struct ih_office *office,
    struct ih_error *err)
{
	const char *why = unsound(draft);
	IH_OWNED(ih_buffer) list = ih_buffer_new();

	if (why != NULL) {
		ih_fail(err, IH_USAGE, "trust list: %s is not as expected",
		    why);
		return NULL;
	}
	if (!write_list(list, draft, err))
		return NULL;
	return signed_make(&office->pair[IH_USE_LIST], list->data, list->size,
	    true, draft->issued, err);
}

/* ---- reading */

static bool
bad_format(struct ih_error *err, const char *place)
{
	return ih_fail_code(err, IH_INPUT, "E_LIST_FORMAT",
	    "trust list: %s is not as expected", place);
}

/* Caller owns.  NULL: not the DER of one certificate. */
static X509 *
certificate_of(const unsigned char *der, size_t size)
{
	const unsigned char *at = der;
	IH_OWNED(X509) certificate =
	    size <= DER_MAX ? d2i_X509(NULL, &at, (long)size) : NULL;

	ERR_clear_error();
	if (certificate == NULL || at != der + size)
		return NULL;
	return IH_GIVE(certificate);
}

static X509 *
read_certificate(const xmlNode *node, struct ih_arena *arena)
{
	const char *text = ih_text_of(arena, node);
	size_t length = strlen(text), padding = 0;
	unsigned char *der = ih_arena_take(arena, length + 1);
	int size =
	    EVP_DecodeBlock(der, (const unsigned char *)text, (int)length);

	/* DecodeBlock counts the padding as bytes. */
	while (padding < 2 && padding < length &&
	       text[length - 1 - padding] == '=')
		padding++;
	if (size <= (int)padding)
		return NULL;
	return certificate_of(der, (size_t)size - padding);
}

static bool
read_trusted(const xmlNode *node, struct ih_partner *partner,
    struct ih_arena *arena)
{
	struct ih_trusted *trusted = &partner->certificates[partner->count];

	if (partner->count == IH_TRUST_CERTIFICATES)
		return false;
	trusted->certificate = read_certificate(node, arena);
	if (trusted->certificate == NULL)
		return false;
	partner->count++;
	trusted->use = ih_use_parse(ih_attr(node, "use"));
	trusted->withdrawn = strcmp(ih_attr(node, "status"), "withdrawn") == 0;
	return ih_instant_parse(ih_attr(node, "since"), &trusted->since);
}

static bool
read_stamper(const xmlNode *node, struct ih_partner *partner,
    struct ih_arena *arena)
{
	struct ih_error room = { 0 };
	IH_OWNED(X509) certificate = read_certificate(node, arena);

	return certificate != NULL &&
	       ih_trust_add_stamper(partner, certificate, &room);
}

static bool
read_list(const xmlNode *root, struct ih_partner *partner, struct ih_error *err)
{
	IH_OWNED(ih_arena) arena = ih_arena_new();
	const xmlNode *next = ih_child(root, "next-list");

	partner->sequence = strtoll(ih_attr(root, "sequence"), NULL, 10);
	if (ih_attr(root, "previous") != NULL)
		snprintf(partner->previous, sizeof partner->previous, "%s",
		    ih_attr(root, "previous"));
	partner->signers = (int)strtol(ih_attr(root, "signers"), NULL, 10);
	if (!ih_instant_parse(ih_attr(root, "issued"), &partner->issued) ||
	    !ih_instant_parse(ih_attr(root, "next-update"),
		&partner->next_update))
		return bad_format(err, "a date");
	for (const xmlNode *c = ih_child(root, "certificate"); c != NULL;
	     c = ih_next(c, "certificate"))
		if (!read_trusted(c, partner, arena))
			return bad_format(err, "a certificate");
	for (const xmlNode *c = ih_child(root, "time-stamps"); c != NULL;
	     c = ih_next(c, "time-stamps"))
		if (!read_stamper(c, partner, arena))
			return bad_format(err,
			    "the certificate of an authority for time stamps");
	if (next != NULL &&
	    (partner->next_list = read_certificate(next, arena)) == NULL)
		return bad_format(err, "the certificate of the next list");
	return true;
}

struct ih_partner *
ih_trust_from(const xmlDoc *doc, X509 *list, struct ih_error *err)
{
	const xmlNode *root = xmlDocGetRootElement(doc);
	IH_OWNED(ih_partner) partner = partner_new(ih_attr(root, "committee"));
	const char *why;

	X509_up_ref(list);
	partner->list = list;
	ih_certificate_fingerprint(list, partner->fingerprint);
	if (!ih_certificate_is(list, partner->committee, IH_USE_LIST)) {
		bad_format(err, "the certificate that signed it");
		return NULL;
	}
	if (!read_list(root, partner, err))
		return NULL;
	why = unsound(partner);
	if (why != NULL) {
		bad_format(err, why);
		return NULL;
	}
	return IH_GIVE(partner);
}

/* The certificate that signed it, which is the pinned one where there is
 * one, if the signature holds.  Caller owns. */
static X509 *
check_signature(const struct signed_view *view, const char *fingerprint,
    struct ih_error *err)
{
	char its[IH_FINGERPRINT_TEXT];
	IH_OWNED(X509) list =
	    certificate_of(view->certificate.at, view->certificate.left);

	if (list == NULL) {
		bad_format(err, "the certificate that signed it");
		return NULL;
	}
	ih_certificate_fingerprint(list, its);
	if (fingerprint != NULL && !ih_digest_is(fingerprint, its)) {
		ih_fail_code(err, IH_TRUST, "E_LIST_KEY",
		    "trust list: signed with another key than the one whose "
		    "fingerprint was compared");
		return NULL;
	}
	if (!signed_holds(view, (struct der){ 0 }, list)) {
		ih_fail_code(err, IH_TRUST, "E_LIST_SIGNATURE",
		    "trust list: its signature does not hold");
		return NULL;
	}
	return IH_GIVE(list);
}

struct ih_partner *
ih_trust_read(const struct ih_forms *forms, const void *bytes, size_t size,
    const char *fingerprint, struct ih_error *err)
{
	struct signed_view view = { 0 };

	if (size > IH_TRUST_MAX) {
		bad_format(err, "its size");
		return NULL;
	}
	if (!signed_screen(bytes, size, true, &codes, &view, err))
		return NULL;
	IH_OWNED(X509) list = check_signature(&view, fingerprint, err);
	if (list == NULL)
		return NULL;
	IH_OWNED(xmlDoc) doc = ih_schema_admit(forms->trust_list, "trust-list",
	    view.content.at, view.content.left, err);
	if (doc == NULL) {
		refused_as("E_LIST_FORMAT", err);
		return NULL;
	}
	IH_OWNED(ih_partner) partner = ih_trust_from(doc, list, err);
	if (partner == NULL)
		return NULL;
	ih_digest_text(bytes, size, partner->digest);
	return IH_GIVE(partner);
}

/* ---- believing */

bool
ih_trust_is_fresh(const struct ih_partner *partner, int64_t now,
    struct ih_error *err)
{
	if (partner->issued > now + AHEAD)
		return ih_fail_code(err, IH_TRUST, "E_CLOCK",
		    "trust list of %s: issued later than now; one of the two "
		    "clocks is wrong",
		    partner->committee);
	if (partner->next_update <= now)
		return ih_fail_code(err, IH_TRUST, "E_LIST_EXPIRED",
		    "trust list of %s: its next one is due; ask for it",
		    partner->committee);
	if (!ih_certificate_is_current(partner->list, now))
		return ih_fail_code(err, IH_TRUST, "E_LIST_EXPIRED",
		    "trust list of %s: the key that signed it is not valid "
		    "now",
		    partner->committee);
	return true;
}

static bool
is_signed_by_successor(const struct ih_partner *held,
    const struct ih_partner *fresh)
{
	return strcmp(held->committee, fresh->committee) == 0 &&
	       (X509_cmp(held->list, fresh->list) == 0 ||
		   (held->next_list != NULL &&
		       X509_cmp(held->next_list, fresh->list) == 0));
}

/* The next list names the one before it; where some were missed, their number
 * and date are all there is to go by. */
static bool
is_of_the_same_history(const struct ih_partner *held,
    const struct ih_partner *fresh, struct ih_error *err)
{
	if (fresh->sequence == held->sequence + 1 &&
	    strcmp(fresh->previous, held->digest) != 0)
		return ih_fail_code(err, IH_TRUST, "E_LIST_FORK",
		    "trust list of %s: number %lld follows another list than "
		    "the one in hand",
		    held->committee, (long long)fresh->sequence);
	if (fresh->issued < held->issued)
		return ih_fail_code(err, IH_TRUST, "E_LIST_ROLLBACK",
		    "trust list of %s: issued before the one in hand",
		    held->committee);
	return true;
}

bool
ih_trust_follows(const struct ih_partner *held, const struct ih_partner *fresh,
    int64_t now, struct ih_error *err)
{
	if (!is_signed_by_successor(held, fresh))
		return ih_fail_code(err, IH_TRUST, "E_LIST_KEY",
		    "trust list of %s: signed with a key that the list in "
		    "hand does not name",
		    held->committee);
	if (fresh->sequence < held->sequence ||
	    (fresh->sequence == held->sequence &&
		strcmp(fresh->digest, held->digest) != 0))
		return ih_fail_code(err, IH_TRUST, "E_LIST_ROLLBACK",
		    "trust list of %s: number %lld is not above %lld, which "
		    "is in hand",
		    held->committee, (long long)fresh->sequence,
		    (long long)held->sequence);
	return is_of_the_same_history(held, fresh, err) &&
	       ih_trust_is_fresh(fresh, now, err);
}

/* An authority of time says nothing of before or after: it is believed or not.
 */
static void
drop_stamper(struct ih_partner *partner, const char *fingerprint)
{
	char its[IH_FINGERPRINT_TEXT];
	size_t kept = 0;

	for (size_t i = 0; i < partner->stamper_count; i++) {
		ih_certificate_fingerprint(partner->stampers[i], its);
		if (ih_digest_is(fingerprint, its))
			X509_free(partner->stampers[i]);
		else
			partner->stampers[kept++] = partner->stampers[i];
	}
	partner->stamper_count = kept;
}

void
ih_trust_withdraw(struct ih_partner *partner, const char *fingerprint,
    int64_t since)
{
	char its[IH_FINGERPRINT_TEXT];

	partner->list_withdrawn |=
	    ih_digest_is(fingerprint, partner->fingerprint);
	drop_stamper(partner, fingerprint);
	for (size_t i = 0; i < partner->count; i++) {
		struct ih_trusted *one = &partner->certificates[i];

		ih_certificate_fingerprint(one->certificate, its);
		if (!ih_digest_is(fingerprint, its) ||
		    (one->withdrawn && one->since <= since))
			continue;
		one->withdrawn = true;
		one->since = since;
	}
}

X509 *
ih_trust_sealing(const struct ih_partner *partner, int64_t now)
{
	for (size_t i = 0; i < partner->count && !partner->list_withdrawn;
	     i++) {
		const struct ih_trusted *one = &partner->certificates[i];

		if (one->use == IH_USE_SEALING && !one->withdrawn &&
		    one->since <= now + AHEAD &&
		    ih_certificate_is_current(one->certificate, now))
			return one->certificate;
	}
	return NULL;
}
