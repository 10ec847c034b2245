#include "test.h"

#include <openssl/pem.h>
#include <unistd.h>

#include "ihala/envelope.h"
#include "ihala/signature.h"
#include "offices.h"
#include "outside.h"

static const char text[] = "<manifest/>";
static const char content[] = "contenu exemple";

/* Offices with keys of each kind, beside those of set_up(). */
static struct ih_office *of_kind[IH_KEY_KINDS];
static struct ih_partner *list_of_kind[IH_KEY_KINDS];

static int
set_up_kinds(void **state)
{
	static const char *const codes[] = { "MA", "TN", "EG" };
	struct ih_error err = { 0 };
	int failed = set_up(state);
	struct bench *b = *state;

	for (enum ih_key_kind kind = 0; kind < IH_KEY_KINDS; kind++) {
		of_kind[kind] = ih_office_new(codes[kind], 2, &b->world, &err);
		assert_true(ih_office_renew_as(of_kind[kind], kind, 2,
		    &b->world, &err));
		list_of_kind[kind] = usual_list(b, of_kind[kind]);
	}
	return failed;
}

static int
tear_down_kinds(void **state)
{
	for (enum ih_key_kind kind = 0; kind < IH_KEY_KINDS; kind++) {
		ih_office_free(of_kind[kind]);
		ih_partner_free(list_of_kind[kind]);
	}
	remove_folder();
	return tear_down(state);
}

static const struct ih_pair *
pair_of(enum ih_key_kind kind, enum ih_use use)
{
	return &of_kind[kind]->pair[use];
}

static struct ih_buffer *
signature_by(enum ih_key_kind kind)
{
	struct ih_error err = { 0 };
	struct ih_buffer *made =
	    ih_signature_make(pair_of(kind, IH_USE_SIGNING), text,
		sizeof text - 1, NOW, &err);

	assert_string_equal(err.text, "");
	return made;
}

static bool
holds(enum ih_key_kind kind, const struct ih_buffer *signature,
    struct ih_error *err)
{
	return ih_signature_verify(signature->data, signature->size, text,
	    sizeof text - 1, pair_of(kind, IH_USE_SIGNING)->certificate, err);
}

static void
a_signature_of_each_kind_holds_and_no_changed_bit_of_it(void **state)
{
	(void)state;
	for (enum ih_key_kind kind = 0; kind < IH_KEY_KINDS; kind++) {
		X509 *const pinned[] = {
			pair_of(kind, IH_USE_SIGNING)->certificate
		};
		IH_OWNED(ih_buffer) signature = signature_by(kind);
		struct ih_error err = { 0 };

		if (!holds(kind, signature, &err))
			fail_msg("%s: %s", ih_key_kind_text(kind), err.text);
		for (size_t bit = 0; bit < signature->size * 8; bit += 5) {
			bool found;

			signature->data[bit / 8] ^= (uint8_t)(1 << bit % 8);
			found = ih_signature_signer(signature->data,
				    signature->size, pinned, 1, &err) == 0 &&
				holds(kind, signature, &err);
			signature->data[bit / 8] ^= (uint8_t)(1 << bit % 8);
			if (found)
				fail_msg("%s: bit %zu", ih_key_kind_text(kind),
				    bit);
		}
	}
}

static void
a_letter_goes_from_each_kind_of_key_to_each(void **state)
{
	struct bench *b = *state;
	const struct ih_letter letter = usual_letter();
	const struct ih_part_of part = { "doc-01-referral.fr.html", "text/html",
		content, sizeof content };

	for (enum ih_key_kind from = 0; from < IH_KEY_KINDS; from++)
		for (enum ih_key_kind to = 0; to < IH_KEY_KINDS; to++) {
			struct ih_desk desk = { .forms = b->forms,
				.own = of_kind[to],
				.partners = list_of_kind,
				.partner_count = IH_KEY_KINDS,
				.world = &b->world };
			struct ih_error err = { 0 };
			struct ih_sealed sealed;

			assert_true(ih_post_seal(&letter, &part, 1,
			    of_kind[from], list_of_kind[to], &sealed, &err));
			IH_OWNED(ih_buffer) file = sealed.envelope;
			IH_OWNED(ih_opened) opened = ih_post_open(&desk,
			    file->data, file->size, NULL, &err);
			if (opened == NULL)
				fail_msg("from %s to %s: %s",
				    ih_key_kind_text(from),
				    ih_key_kind_text(to), err.text);
			assert_memory_equal(opened->parts[0].bytes, content,
			    sizeof content);
		}
}

static void
an_envelope_of_each_kind_is_refused_with_any_bit_changed(void **state)
{
	(void)state;
	for (enum ih_key_kind kind = 0; kind < IH_KEY_KINDS; kind++) {
		struct ih_error err = { 0 };
		IH_OWNED(ih_buffer) sealed =
		    ih_envelope_seal(content, sizeof content,
			pair_of(kind, IH_USE_SEALING)->certificate, &err);

		assert_non_null(sealed);
		for (size_t bit = 0; bit < sealed->size * 8; bit += 13) {
			const struct ih_pair *pair;

			sealed->data[bit / 8] ^= (uint8_t)(1 << bit % 8);
			pair = ih_envelope_pair(sealed->data, sealed->size,
			    of_kind[kind], &err);
			IH_OWNED(ih_buffer)
			opened = pair == NULL ? NULL :
						ih_envelope_open(sealed->data,
						    sealed->size, pair, &err);
			sealed->data[bit / 8] ^= (uint8_t)(1 << bit % 8);
			if (opened != NULL)
				fail_msg("%s: bit %zu", ih_key_kind_text(kind),
				    bit);
		}
	}
}

static void
an_office_is_saved_and_loaded_with_keys_of_each_kind(void **state)
{
	(void)state;
	for (enum ih_key_kind kind = 0; kind < IH_KEY_KINDS; kind++) {
		struct ih_error err = { 0 };
		IH_OWNED(ih_buffer) saved = ih_office_save(of_kind[kind], &err);
		IH_OWNED(ih_office) loaded =
		    ih_office_load(saved->data, saved->size, &err);

		assert_non_null(loaded);
		assert_int_equal(ih_key_kind_of(
				     loaded->pair[IH_USE_SIGNING].key),
		    kind);
	}
}

/* ---- programs that nobody here wrote */

static void
put_pair(const char *name, const struct ih_pair *pair)
{
	BIO *out = BIO_new(BIO_s_mem());
	char *bytes;
	long size;

	PEM_write_bio_PKCS8PrivateKey(out, pair->key, NULL, NULL, 0, NULL,
	    NULL);
	PEM_write_bio_X509(out, pair->certificate);
	size = BIO_get_mem_data(out, &bytes);
	put_file(name, bytes, (size_t)size);
	BIO_free(out);
}

static bool
openssl_verifies(void)
{
	return ends_well("openssl cms -verify -cades -binary -inform DER "
			 "-in signature -content text -certfile signer "
			 "-CAfile signer -purpose any -attime %lld "
			 "-out /dev/null",
	    (long long)NOW);
}

/* certtool is told the time in no way: validity is not its question here. */
static bool
gnutls_verifies(void)
{
	return ends_well("certtool --p7-verify --inder --infile signature "
			 "--load-certificate signer --load-data text && "
			 "grep -q 'Signature status: ok' said");
}

static bool
openssl_opens(void)
{
	return ends_well("openssl cms -decrypt -binary -inform DER -in sealed "
			 "-inkey receiver -recip receiver -out opened && "
			 "cmp opened content");
}

/* Changed in the tag, in what is sealed, in the key: at the end, before it,
 * and in the middle. */
static void
openssl_opens_what_was_sealed_for_each_kind_and_not_what_was_changed(
    void **state)
{
	(void)state;
	put_file("content", content, sizeof content);
	for (enum ih_key_kind kind = 0; kind < IH_KEY_KINDS; kind++) {
		const struct ih_pair *pair = pair_of(kind, IH_USE_SEALING);
		struct ih_error err = { 0 };
		IH_OWNED(ih_buffer) sealed = ih_envelope_seal(content,
		    sizeof content, pair->certificate, &err);
		const size_t places[] = { sealed->size - 1, sealed->size - 20,
			sealed->size / 2 };

		put_pair("receiver", pair);
		put_file("sealed", sealed->data, sealed->size);
		if (!openssl_opens())
			fail_msg("%s", ih_key_kind_text(kind));
		for (size_t i = 0; i < 3; i++) {
			sealed->data[places[i]] ^= 1;
			put_file("sealed", sealed->data, sealed->size);
			assert_null(ih_envelope_open(sealed->data, sealed->size,
			    pair, &err));
			if (openssl_opens())
				fail_msg("%s: byte %zu", ih_key_kind_text(kind),
				    places[i]);
			sealed->data[places[i]] ^= 1;
		}
	}
}

static void
openssl_and_gnutls_take_a_trust_list(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_partner) draft =
	    ih_trust_draft(of_kind[IH_KEY_RSA], 1, NOW, NOW + DAY);
	IH_OWNED(ih_buffer) list =
	    ih_trust_sign(draft, of_kind[IH_KEY_RSA], &err);

	(void)state;
	assert_non_null(list);
	put_pair("signer", pair_of(IH_KEY_RSA, IH_USE_LIST));
	for (int changed = 0; changed < 2; changed++) {
		list->data[list->size - 1] ^= (uint8_t)changed;
		put_file("list", list->data, list->size);
		assert_int_equal(
		    ends_well("openssl cms -verify -cades -binary -inform DER "
			      "-in list -certfile signer -CAfile signer "
			      "-purpose any -attime %lld -out /dev/null",
			(long long)NOW),
		    !changed);
		assert_int_equal(
		    ends_well("certtool --p7-verify --inder --infile list "
			      "--load-certificate signer"),
		    !changed);
	}
}

/*
 * Each changed file is refused by all three.  Only bytes are changed that all
 * three must look at: what is signed, the signature's value, the digests, the
 * algorithms.  An outsider takes the certificate from its own file, so that
 * the copy inside is ours alone to compare.
 */
static void
openssl_and_gnutls_agree_with_us(void **state)
{
	(void)state;
	put_file("text", text, sizeof text - 1);
	for (enum ih_key_kind kind = 0; kind < IH_KEY_KINDS; kind++) {
		IH_OWNED(ih_buffer) signature = signature_by(kind);
		struct ih_error err = { 0 };
		size_t size = signature->size;
		const size_t places[] = { 1, size - 1, size - 20, size - 40 };

		put_pair("signer", pair_of(kind, IH_USE_SIGNING));
		put_file("signature", signature->data, size);
		if (!openssl_verifies() || !gnutls_verifies())
			fail_msg("%s", ih_key_kind_text(kind));
		for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
			signature->data[places[i]] ^= 1;
			put_file("signature", signature->data, size);
			assert_false(holds(kind, signature, &err));
			if (openssl_verifies() || gnutls_verifies())
				fail_msg("%s: byte %zu", ih_key_kind_text(kind),
				    places[i]);
			signature->data[places[i]] ^= 1;
		}
		put_file("signature", signature->data, size);
		put_file("text", "<manifest />", 12);
		assert_false(openssl_verifies());
		assert_false(gnutls_verifies());
		put_file("text", text, sizeof text - 1);
	}
}

/* ---- BouncyCastle: one list of files, one run of four seconds */

static FILE *list;

/* FILE as it is, and with one bit changed at each of PLACES from its end. */
static void
list_file(const char *what, enum ih_key_kind kind, struct ih_buffer *file,
    const char *second, const char *third)
{
	static const size_t places[] = { 0, 1, 10, 20, 24 };
	char name[64];

	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
		snprintf(name, sizeof name, "%s-%s-%zu", what,
		    ih_key_kind_text(kind), places[i]);
		if (i > 0)
			file->data[file->size - places[i]] ^= 1;
		put_file(name, file->data, file->size);
		if (i > 0)
			file->data[file->size - places[i]] ^= 1;
		fprintf(list, "%s %s %s %s %s\n", what, name, second, third,
		    i == 0 ? "yes" : "no");
	}
}

static void
bouncycastle_agrees_with_us(void **state)
{
	char path[256], here[256];

	(void)state;
	snprintf(path, sizeof path, "%s/list", folder());
	list = fopen(path, "w");
	assert_non_null(list);
	put_file("text", text, sizeof text - 1);
	put_file("more", "<manifest />", 12);
	put_file("content", content, sizeof content);
	for (enum ih_key_kind kind = 0; kind < IH_KEY_KINDS; kind++) {
		struct ih_error err = { 0 };
		const char *name = ih_key_kind_text(kind);
		IH_OWNED(ih_buffer) signature = signature_by(kind);
		IH_OWNED(ih_buffer) sealed =
		    ih_envelope_seal(content, sizeof content,
			pair_of(kind, IH_USE_SEALING)->certificate, &err);
		char signing[32], sealing[32];

		snprintf(signing, sizeof signing, "signer-%s", name);
		snprintf(sealing, sizeof sealing, "receiver-%s", name);
		put_pair(signing, pair_of(kind, IH_USE_SIGNING));
		put_pair(sealing, pair_of(kind, IH_USE_SEALING));
		list_file("signature", kind, signature, "text", signing);
		list_file("envelope", kind, sealed, sealing, "content");
		fprintf(list, "signature signature-%s-0 more %s no\n", name,
		    signing);
	}
	assert_int_equal(fclose(list), 0);
	assert_non_null(getcwd(here, sizeof here));
	if (!ends_well("java -cp /usr/share/java/bcpkix.jar:"
		       "/usr/share/java/bcprov.jar:/usr/share/java/bcutil.jar "
		       "%s/tests/exchange/Outsider.java . && "
		       "grep -qx '33 files' said",
		here)) {
		IH_OWNED(ih_buffer) said = get_file("said");

		fail_msg("%s", (const char *)said->data);
	}
}

/* What OpenSSL signs, in each way: ours takes those of the profile. */
static void
signatures_of_another_program_are_read_by_the_profile(void **state)
{
	static const struct {
		enum ih_key_kind kind;
		const char *how, *code;
	} rows[] = {
		{ IH_KEY_P256, "-md sha256", NULL },
		{ IH_KEY_P384, "-md sha384", NULL },
		{ IH_KEY_P384, "-md sha256", NULL },
		{ IH_KEY_RSA, "-md sha256", NULL },
		{ IH_KEY_RSA,
		    "-md sha256 -keyopt rsa_padding_mode:pss "
		    "-keyopt rsa_pss_saltlen:32",
		    NULL },
		{ IH_KEY_RSA,
		    "-md sha256 -keyopt rsa_padding_mode:pss "
		    "-keyopt rsa_pss_saltlen:8",
		    "E_ALG" },
		{ IH_KEY_P256, "-md sha1", "E_ALG" },
		{ IH_KEY_P256, "-md sha512", "E_ALG" },
		{ IH_KEY_RSA, "-md sha384", "E_ALG" },
	};

	(void)state;
	put_file("text", text, sizeof text - 1);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct ih_error err = { 0 };

		put_pair("signer", pair_of(rows[i].kind, IH_USE_SIGNING));
		assert_true(
		    ends_well("openssl cms -sign -cades -binary -nosmimecap "
			      "-in text -signer signer -inkey signer %s "
			      "-outform DER -out signature",
			rows[i].how));
		IH_OWNED(ih_buffer) signature = get_file("signature");
		assert_non_null(signature);
		if (holds(rows[i].kind, signature, &err) !=
		    (rows[i].code == NULL))
			fail_msg("row %zu: %s", i, err.text);
		if (rows[i].code != NULL)
			assert_string_equal(err.code, rows[i].code);
	}
}

static void
envelopes_of_another_program_are_read_by_the_profile(void **state)
{
	static const struct {
		enum ih_key_kind kind;
		const char *how, *code;
	} rows[] = {
		{ IH_KEY_P256, "-keyopt ecdh_kdf_md:sha256", NULL },
		{ IH_KEY_P384, "-keyopt ecdh_kdf_md:sha256", NULL },
		{ IH_KEY_P384, "-keyopt ecdh_kdf_md:sha1", "E_ENV_ALG" },
		{ IH_KEY_RSA,
		    "-keyopt rsa_padding_mode:oaep -keyopt rsa_oaep_md:sha256 "
		    "-keyopt rsa_mgf1_md:sha256",
		    NULL },
		{ IH_KEY_RSA, "-keyopt rsa_padding_mode:oaep", "E_ENV_ALG" },
		{ IH_KEY_RSA, "-keyopt rsa_padding_mode:pkcs1", "E_ENV_ALG" },
	};

	(void)state;
	put_file("content", content, sizeof content);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct ih_error err = { 0 };

		put_pair("receiver", pair_of(rows[i].kind, IH_USE_SEALING));
		assert_true(
		    ends_well("openssl cms -encrypt -binary -aes-256-gcm "
			      "-keyid -in content -recip receiver %s "
			      "-outform DER -out sealed",
			rows[i].how));
		IH_OWNED(ih_buffer) sealed = get_file("sealed");
		assert_non_null(sealed);
		if (ih_envelope_screen(sealed->data, sealed->size, &err) !=
		    (rows[i].code == NULL))
			fail_msg("row %zu: %s", i, err.text);
		if (rows[i].code != NULL) {
			assert_string_equal(err.code, rows[i].code);
			continue;
		}
		IH_OWNED(ih_buffer)
		opened = ih_envelope_open(sealed->data, sealed->size,
		    pair_of(rows[i].kind, IH_USE_SEALING), &err);
		assert_non_null(opened);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_signature_of_each_kind_holds_and_no_changed_bit_of_it),
		TEST(a_letter_goes_from_each_kind_of_key_to_each),
		TEST(an_envelope_of_each_kind_is_refused_with_any_bit_changed),
		TEST(an_office_is_saved_and_loaded_with_keys_of_each_kind),
		TEST(
		    openssl_opens_what_was_sealed_for_each_kind_and_not_what_was_changed),
		TEST(openssl_and_gnutls_take_a_trust_list),
		TEST(openssl_and_gnutls_agree_with_us),
		TEST(bouncycastle_agrees_with_us),
		TEST(signatures_of_another_program_are_read_by_the_profile),
		TEST(envelopes_of_another_program_are_read_by_the_profile),
	};

	return cmocka_run_group_tests(tests, set_up_kinds, tear_down_kinds);
}
