/* An authority for time stamps is made by `openssl ts`: it stamps with the
 * time of the machine, so that the offices of these tests live now, too. */
#include "test.h"

#include <openssl/pem.h>
#include <time.h>
#include <unistd.h>

#include "ihala/envelope.h"
#include "ihala/signature.h"
#include "ihala/stamp.h"
#include "offices.h"
#include "outside.h"

static char script[512]; /* authority.sh, wherever the folder is */
static X509 *authority;
static int64_t today;

static X509 *
certificate_in(const char *name)
{
	IH_OWNED(ih_buffer) file = get_file(name);
	BIO *in = BIO_new_mem_buf(file->data, (int)file->size);
	X509 *certificate = PEM_read_bio_X509(in, NULL, NULL, NULL);

	BIO_free(in);
	assert_non_null(certificate);
	return certificate;
}

static int
set_up_authority(void **state)
{
	int failed = set_up(state);
	char here[256];

	assert_non_null(getcwd(here, sizeof here));
	snprintf(script, sizeof script, "sh %s/tests/exchange/authority.sh",
	    here);
	assert_true(ends_well("%s init P-256 30", script));
	authority = certificate_in("tsa.crt");
	today = (int64_t)time(NULL);
	return failed;
}

static int
tear_down_authority(void **state)
{
	X509_free(authority);
	remove_folder();
	return tear_down(state);
}

/* ---- a signature, its request, its reply */

static const char text[] = "<manifest/>";

static struct ih_buffer *
signature_by(const struct ih_pair *pair)
{
	struct ih_error err = { 0 };
	struct ih_buffer *made =
	    ih_signature_make(pair, text, sizeof text - 1, today, &err);

	assert_non_null(made);
	return made;
}

static const struct ih_pair *
signer(const struct bench *b)
{
	return &b->office[MA]->pair[IH_USE_SIGNING];
}

static struct ih_buffer *
reply_to(const struct ih_buffer *signature)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer)
	request = ih_stamp_request(signature->data, signature->size, &err);

	assert_non_null(request);
	put_file("query", request->data, request->size);
	assert_true(ends_well("%s answer query reply", script));
	return get_file("reply");
}

static struct ih_buffer *
stamped(const struct ih_buffer *signature)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) reply = reply_to(signature);
	struct ih_buffer *made = ih_stamp_add(signature->data, signature->size,
	    reply->data, reply->size, &err);

	assert_string_equal(err.text, "");
	return made;
}

static bool
time_of(const struct ih_buffer *signature, X509 *pinned, int64_t *at,
    struct ih_error *err)
{
	X509 *const stampers[] = { pinned };

	return ih_stamp_time(signature->data, signature->size, stampers, 1, at,
	    err);
}

static void
a_stamp_says_when_and_the_signature_holds_as_before(void **state)
{
	struct bench *b = *state;
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) signature = signature_by(signer(b));
	IH_OWNED(ih_buffer) with = stamped(signature);
	int64_t at = 0;

	assert_true(time_of(signature, authority, &at, &err));
	assert_int_equal(at, 0);
	assert_true(time_of(with, authority, &at, &err));
	assert_in_range(at, today - 5, today + 60);
	assert_true(ih_signature_verify(with->data, with->size, text,
	    sizeof text - 1, signer(b)->certificate, &err));
}

/* openssl reads our request, and takes the token we keep out again. */
static void
openssl_reads_the_request_and_verifies_the_token(void **state)
{
	struct bench *b = *state;
	IH_OWNED(ih_buffer) signature = signature_by(signer(b));
	IH_OWNED(ih_buffer) reply = reply_to(signature);

	(void)reply;
	assert_true(ends_well("openssl ts -query -in query -text | "
			      "grep -q 'Hash Algorithm: sha256'"));
	assert_true(ends_well("openssl ts -verify -queryfile query -in reply "
			      "-CAfile tsa.crt"));
	IH_OWNED(ih_buffer) with = stamped(signature);
	put_file("stamped", with->data, with->size);
	put_file("text", text, sizeof text - 1);
	assert_true(ends_well("openssl cms -verify -binary -inform DER "
			      "-in stamped -content text -noverify "
			      "-out /dev/null"));
	assert_true(
	    ends_well("at=$(openssl asn1parse -inform DER -in stamped | "
		      "grep -A2 'id-smime-aa-timeStampToken' | tail -n 1 | "
		      "cut -d: -f1) && "
		      "openssl asn1parse -inform DER -in stamped -strparse "
		      "$at -out token -noout && "
		      "openssl ts -verify -queryfile query -in token "
		      "-token_in -CAfile tsa.crt"));
}

static void
a_signature_is_stamped_once(void **state)
{
	struct bench *b = *state;
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) signature = signature_by(signer(b));
	IH_OWNED(ih_buffer) with = stamped(signature);
	IH_OWNED(ih_buffer) reply = get_file("reply");

	assert_null(ih_stamp_request(with->data, with->size, &err));
	assert_string_equal(err.code, "E_STAMPED");
	assert_null(ih_stamp_add(with->data, with->size, reply->data,
	    reply->size, &err));
	assert_string_equal(err.code, "E_STAMPED");
}

static void
a_reply_that_is_none_or_of_another_signature_is_not_added(void **state)
{
	struct bench *b = *state;
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) signature = signature_by(signer(b));
	IH_OWNED(ih_buffer) other = signature_by(signer(b));
	IH_OWNED(ih_buffer) reply = reply_to(other);

	assert_null(ih_stamp_add(signature->data, signature->size, reply->data,
	    reply->size, &err));
	assert_string_equal(err.code, "E_STAMP");
	for (size_t size = 0; size < reply->size; size += 37) {
		assert_null(ih_stamp_add(other->data, other->size, reply->data,
		    size, &err));
		assert_string_equal(err.code, "E_STAMP");
	}
	/* The authority said no. */
	put_file("query", "no query", 8);
	ends_well("%s answer query reply", script);
	IH_OWNED(ih_buffer) refused = get_file("reply");
	assert_non_null(refused);
	assert_null(ih_stamp_add(other->data, other->size, refused->data,
	    refused->size, &err));
	assert_string_equal(err.code, "E_STAMP");
}

static void
a_stamp_of_an_authority_that_is_not_named_says_nothing(void **state)
{
	struct bench *b = *state;
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) signature = signature_by(signer(b));
	IH_OWNED(ih_buffer) with = stamped(signature);
	int64_t at = 0;

	assert_false(time_of(with, signer(b)->certificate, &at, &err));
	assert_string_equal(err.code, "E_STAMP_UNKNOWN");
	assert_false(ih_stamp_time(with->data, with->size, NULL, 0, &at, &err));
	assert_int_equal(at, 0);
}

static void
no_bit_of_a_stamp_can_be_changed_unseen(void **state)
{
	struct bench *b = *state;
	IH_OWNED(ih_buffer) signature = signature_by(signer(b));
	IH_OWNED(ih_buffer) with = stamped(signature);
	X509 *const pinned[] = { signer(b)->certificate };

	for (size_t bit = signature->size * 8; bit < with->size * 8; bit++) {
		struct ih_error err = { 0 };
		int64_t at = 0;
		bool passed;

		with->data[bit / 8] ^= (uint8_t)(1 << bit % 8);
		passed = time_of(with, authority, &at, &err) && at != 0 &&
			 ih_signature_signer(with->data, with->size, pinned, 1,
			     &err) == 0 &&
			 ih_signature_verify(with->data, with->size, text,
			     sizeof text - 1, pinned[0], &err);
		with->data[bit / 8] ^= (uint8_t)(1 << bit % 8);
		if (passed)
			fail_msg("bit %zu of byte %zu", bit % 8, bit / 8);
	}
}

static void
a_certificate_that_is_not_for_stamps_is_no_authoritys(void **state)
{
	static const struct {
		const char *kind, *extensions;
		bool is;
	} rows[] = {
		{ "P-256", "tsa_cert", true },
		{ "P-384", "tsa_cert", true },
		{ "rsa3072", "tsa_cert", true },
		{ "rsa2048", "tsa_cert", false },
		{ "P-256", "other_cert", false },
	};
	struct bench *b = *state;

	assert_false(ih_certificate_stamps(signer(b)->certificate));
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		X509 *certificate;

		assert_true(ends_well("mkdir -p more && cd more && "
				      "%s init %s 30 %s",
		    script, rows[i].kind, rows[i].extensions));
		certificate = certificate_in("more/tsa.crt");
		if (ih_certificate_stamps(certificate) != rows[i].is)
			fail_msg("row %zu", i);
		X509_free(certificate);
	}
}

/* ---- what a stamp is for */

/* A letter of MA whose key was withdrawn a second after AT. */
static void
expect_opened(struct bench *b, bool with_stamp, int64_t withdrawn,
    const char *code)
{
	struct ih_error err = { 0 };
	struct ih_world world = b->world;
	IH_OWNED(ih_office) ma = ih_office_new("MA", 2, &world, &err);
	IH_OWNED(ih_partner) draft = NULL;
	struct ih_letter letter = usual_letter();
	struct ih_part_of all[3];

	world.now = today;
	letter.purpose = IH_LETTER_RETURN;
	letter.created = today - 60;
	letter.expires = today + 30 * DAY;
	letter.profile = letter.signers = 1;
	strcpy(letter.from, "MA");
	IH_OWNED(ih_buffer) heading = ih_letter_write(&letter, &err);
	assert_string_equal(err.text, "");
	all[0] = (struct ih_part_of){ "exchange.xml", "application/xml",
		heading->data, heading->size };
	IH_OWNED(ih_buffer) manifest = ih_manifest_write(1, all, 1, &err);
	IH_OWNED(ih_buffer)
	signature = ih_signature_make(&ma->pair[IH_USE_SIGNING], manifest->data,
	    manifest->size, today - 60, &err);
	IH_OWNED(ih_buffer) with = with_stamp ? stamped(signature) : NULL;
	const struct ih_buffer *last = with_stamp ? with : signature;

	all[1] = (struct ih_part_of){ "META-INF/ASiCManifest001.xml", NULL,
		manifest->data, manifest->size };
	all[2] = (struct ih_part_of){ "META-INF/signature001.p7s", NULL,
		last->data, last->size };
	IH_OWNED(ih_buffer) file = ih_container_write(all, 3, &err);
	draft = ih_trust_draft(ma, 2, today - DAY, today + 90 * DAY);
	assert_true(ih_trust_add_stamper(draft, authority, &err));
	draft->certificates[0].withdrawn = true;
	draft->certificates[0].since = withdrawn;
	IH_OWNED(ih_partner) list = list_of(b, draft, ma);
	struct ih_partner *const partners[] = { list };
	struct ih_desk desk = { .forms = b->forms,
		.partners = partners,
		.partner_count = 1,
		.world = &world };

	world.now = today + 10 * DAY;
	IH_OWNED(ih_opened) opened =
	    ih_post_verify(&desk, file->data, file->size, NULL, &err);
	if ((opened != NULL) != (code == NULL))
		fail_msg("%s", err.text);
	if (code != NULL)
		assert_string_equal(err.code, code);
	else
		assert_int_equal(opened->warnings,
		    withdrawn <= world.now ? IH_W_REVOKED : 0);
}

static void
an_authority_that_was_withdrawn_is_named_no_more(void **state)
{
	const struct bench *b = *state;
	struct ih_error err = { 0 };
	char its[IH_FINGERPRINT_TEXT];
	IH_OWNED(ih_partner) list =
	    ih_trust_draft(b->office[MA], 2, today, today + 90 * DAY);

	assert_true(ih_trust_add_stamper(list, authority, &err));
	ih_certificate_fingerprint(list->certificates[0].certificate, its);
	ih_trust_withdraw(list, its, today);
	assert_int_equal(list->stamper_count, 1);
	ih_certificate_fingerprint(authority, its);
	ih_trust_withdraw(list, its, today);
	assert_int_equal(list->stamper_count, 0);
}

static void
what_was_stamped_before_the_key_was_withdrawn_still_holds(void **state)
{
	expect_opened(*state, true, today + DAY, NULL);
	expect_opened(*state, false, today + DAY, "E_CERT_REVOKED");
	expect_opened(*state, true, today - DAY, "E_CERT_REVOKED");
	expect_opened(*state, true, today + 20 * DAY, NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_stamp_says_when_and_the_signature_holds_as_before),
		TEST(openssl_reads_the_request_and_verifies_the_token),
		TEST(a_signature_is_stamped_once),
		TEST(a_reply_that_is_none_or_of_another_signature_is_not_added),
		TEST(a_stamp_of_an_authority_that_is_not_named_says_nothing),
		TEST(no_bit_of_a_stamp_can_be_changed_unseen),
		TEST(a_certificate_that_is_not_for_stamps_is_no_authoritys),
		TEST(what_was_stamped_before_the_key_was_withdrawn_still_holds),
		TEST(an_authority_that_was_withdrawn_is_named_no_more),
	};

	return cmocka_run_group_tests(tests, set_up_authority,
	    tear_down_authority);
}
