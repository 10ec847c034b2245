#include "test.h"

#include <openssl/cms.h>

#include "ihala/envelope.h"
#include "offices.h"
#include "surgery.h"

/* Long enough for lengths of two bytes wherever one of these tests cuts. */
static const char content[] =
    "contenu exemple, contenu exemple, contenu exemple, contenu exemple, "
    "contenu exemple, contenu exemple, contenu exemple, contenu exemple";

static X509 *
sealing_of(const struct bench *b, int office)
{
	return b->office[office]->pair[IH_USE_SEALING].certificate;
}

static struct ih_buffer *
sealed_for(const struct bench *b, int office)
{
	struct ih_error err = { 0 };
	struct ih_buffer *sealed = ih_envelope_seal(content, sizeof content,
	    sealing_of(b, office), &err);

	assert_non_null(sealed);
	return sealed;
}

static struct ih_buffer *
opened_by(const struct bench *b, int office, const struct ih_buffer *sealed,
    struct ih_error *err)
{
	const struct ih_pair *pair = ih_envelope_pair(sealed->data,
	    sealed->size, b->office[office], err);

	return pair != NULL ?
		   ih_envelope_open(sealed->data, sealed->size, pair, err) :
		   NULL;
}

static void
opens_for_whom_it_was_sealed(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) sealed = sealed_for(*state, TN);
	IH_OWNED(ih_buffer) opened = opened_by(*state, TN, sealed, &err);

	assert_non_null(opened);
	assert_int_equal(opened->size, sizeof content);
	assert_string_equal((char *)opened->data, content);
}

static void
opens_for_no_one_else(void **state)
{
	struct bench *b = *state;
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) sealed = sealed_for(b, TN);

	assert_null(opened_by(b, EG, sealed, &err));
	assert_string_equal(err.code, "E_NOT_FOR_US");
	assert_null(ih_envelope_open(sealed->data, sealed->size,
	    &b->office[EG]->pair[IH_USE_SEALING], &err));
	assert_string_equal(err.code, "E_DECRYPT");
}

static void
opens_with_a_key_that_was_retired_since(void **state)
{
	struct bench *b = *state;
	struct ih_error err = { 0 };
	IH_OWNED(ih_office) office = ih_office_new("TN", 1, &b->world, &err);
	IH_OWNED(ih_buffer) sealed = ih_envelope_seal(content, sizeof content,
	    office->pair[IH_USE_SEALING].certificate, &err);
	const struct ih_pair *pair;

	assert_true(ih_office_renew(office, 1, &b->world, &err));
	pair = ih_envelope_pair(sealed->data, sealed->size, office, &err);
	assert_ptr_equal(pair, &office->retired[0]);
	IH_OWNED(ih_buffer) opened =
	    ih_envelope_open(sealed->data, sealed->size, pair, &err);
	assert_non_null(opened);
}

static void
seals_for_no_signing_key_and_nothing_for_nobody(void **state)
{
	struct bench *b = *state;
	struct ih_error err = { 0 };

	assert_null(ih_envelope_seal(content, sizeof content,
	    b->office[TN]->pair[IH_USE_SIGNING].certificate, &err));
	assert_int_equal(err.kind, IH_USAGE);
	assert_null(ih_envelope_seal("", 0, sealing_of(b, TN), &err));
	assert_int_equal(err.kind, IH_USAGE);
}

static void
says_nothing_of_sender_or_content(void **state)
{
	IH_OWNED(ih_buffer) sealed = sealed_for(*state, TN);

	assert_null(memmem(sealed->data, sealed->size, "TN", 2));
	assert_null(memmem(sealed->data, sealed->size, "sealing", 7));
	assert_null(memmem(sealed->data, sealed->size, "exemple", 7));
}

static void
is_different_each_time(void **state)
{
	IH_OWNED(ih_buffer) a = sealed_for(*state, TN);
	IH_OWNED(ih_buffer) b = sealed_for(*state, TN);

	assert_int_equal(a->size, b->size);
	assert_memory_not_equal(a->data, b->data, a->size);
}

static void
refuses_each_changed_bit(void **state)
{
	IH_OWNED(ih_buffer) sealed = sealed_for(*state, TN);

	for (size_t bit = 0; bit < sealed->size * 8; bit++) {
		struct ih_error err = { 0 };

		sealed->data[bit / 8] ^= (unsigned char)(1 << bit % 8);
		IH_OWNED(ih_buffer) opened =
		    opened_by(*state, TN, sealed, &err);
		sealed->data[bit / 8] ^= (unsigned char)(1 << bit % 8);
		if (opened != NULL)
			fail_msg("bit %zu of byte %zu", bit % 8, bit / 8);
		assert_int_not_equal(err.code[0], '\0');
	}
}

static void
refuses_each_envelope_that_is_cut_off_or_longer(void **state)
{
	IH_OWNED(ih_buffer) sealed = sealed_for(*state, TN);
	struct ih_error err = { 0 };

	for (size_t size = 0; size < sealed->size; size++) {
		struct ih_error here = { 0 };

		assert_false(ih_envelope_screen(sealed->data, size, &here));
		assert_string_equal(here.code, "E_ENV_FORMAT");
	}
	ih_buffer_text(sealed, "x");
	assert_false(ih_envelope_screen(sealed->data, sealed->size, &err));
	assert_string_equal(err.code, "E_ENV_FORMAT");
}

/* The same sentence for a wrong key, a changed tag and a changed text. */
static void
gives_one_answer_for_all_that_does_not_decrypt(void **state)
{
	struct bench *b = *state;
	IH_OWNED(ih_buffer) sealed = sealed_for(b, TN);
	const struct ih_pair *right = &b->office[TN]->pair[IH_USE_SEALING];
	const struct ih_pair *wrong = &b->office[EG]->pair[IH_USE_SEALING];
	struct ih_error first = { 0 }, second = { 0 }, third = { 0 };

	assert_null(
	    ih_envelope_open(sealed->data, sealed->size, wrong, &first));
	sealed->data[sealed->size - 1] ^= 1;
	assert_null(
	    ih_envelope_open(sealed->data, sealed->size, right, &second));
	sealed->data[sealed->size - 1] ^= 1;
	sealed->data[sealed->size - 20] ^= 1;
	assert_null(
	    ih_envelope_open(sealed->data, sealed->size, right, &third));
	assert_string_equal(first.code, "E_DECRYPT");
	assert_string_equal(first.code, second.code);
	assert_string_equal(first.code, third.code);
	assert_string_equal(first.text, second.text);
	assert_string_equal(first.text, third.text);
}

/* ---- envelopes that libcrypto makes and opens, and the profile does not */

struct odd {
	const char *what, *code;
	const EVP_CIPHER *(*cipher)(void);
	unsigned flags;
	int recipients;
	const EVP_MD *(*kdf)(void);
};

static struct ih_buffer *
odd_envelope(const struct bench *b, const struct odd *odd)
{
	const unsigned flags = CMS_BINARY | CMS_PARTIAL;
	CMS_ContentInfo *cms = CMS_encrypt(NULL, NULL, odd->cipher(), flags);
	BIO *in = BIO_new_mem_buf(content, sizeof content);
	unsigned char *der = NULL;
	struct ih_buffer *out;
	int size;

	for (int i = 0; i < odd->recipients; i++) {
		CMS_RecipientInfo *ri = CMS_add1_recipient_cert(cms,
		    sealing_of(b, TN), odd->flags | CMS_KEY_PARAM);

		assert_non_null(ri);
		EVP_PKEY_CTX_set_ecdh_kdf_md(CMS_RecipientInfo_get0_pkey_ctx(
						 ri),
		    odd->kdf());
	}
	assert_int_equal(CMS_final(cms, in, NULL, CMS_BINARY), 1);
	size = i2d_CMS_ContentInfo(cms, &der);
	assert_true(size > 0);
	out = ih_buffer_copy(der, (size_t)size);
	OPENSSL_free(der);
	BIO_free(in);
	CMS_ContentInfo_free(cms);
	return out;
}

static void
refuses_what_the_profile_does_not_name(void **state)
{
	static const struct odd rows[] = {
		{ "AES-CBC without a tag", "E_ENV_ALG", EVP_aes_256_cbc,
		    CMS_USE_KEYID, 1, EVP_sha256 },
		{ "AES-128", "E_ENV_ALG", EVP_aes_128_gcm, CMS_USE_KEYID, 1,
		    EVP_sha256 },
		{ "a key derived with SHA-1", "E_ENV_ALG", EVP_aes_256_gcm,
		    CMS_USE_KEYID, 1, EVP_sha1 },
		{ "the receiver's name in clear", "E_ENV_FORMAT",
		    EVP_aes_256_gcm, 0, 1, EVP_sha256 },
		{ "four receivers", "E_ENV_FORMAT", EVP_aes_256_gcm,
		    CMS_USE_KEYID, 4, EVP_sha256 },
		{ "nobody", "E_ENV_FORMAT", EVP_aes_256_gcm, CMS_USE_KEYID, 0,
		    EVP_sha256 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct ih_error err = { 0 };
		IH_OWNED(ih_buffer) odd = odd_envelope(*state, &rows[i]);

		if (ih_envelope_screen(odd->data, odd->size, &err) ||
		    strcmp(err.code, rows[i].code) != 0)
			fail_msg("%s: %s, not \"%s\" (%s)", rows[i].what,
			    rows[i].code, err.code, err.text);
	}
}

static void
admits_three_receivers(void **state)
{
	static const struct odd three = { "three receivers", "",
		EVP_aes_256_gcm, CMS_USE_KEYID, 3, EVP_sha256 };
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) sealed = odd_envelope(*state, &three);
	IH_OWNED(ih_buffer) opened = opened_by(*state, TN, sealed, &err);

	assert_non_null(opened);
}

static void
expect_refused(const struct ih_buffer *file, const char *code)
{
	struct ih_error err = { 0 };

	assert_false(ih_envelope_screen(file->data, file->size, &err));
	assert_string_equal(err.code, code);
}

/* Libcrypto opens such an envelope: a tag of twelve bytes is allowed by RFC
 * 5084, and is easier to forge. */
static void
refuses_a_tag_of_twelve_bytes(void **state)
{
	IH_OWNED(ih_buffer) sealed = sealed_for(*state, TN);
	IH_OWNED(ih_buffer) shorter =
	    operated(sealed, sealed->size - 4, 4, "", 0);

	expect_refused(shorter, "E_ENV_ALG");
	shorter->data[place_of(shorter, "\x02\x01\x10", 3) + 2] = 12;
	expect_refused(shorter, "E_ENV_ALG");
	sealed->data[place_of(sealed, "\x02\x01\x10", 3) + 2] = 12;
	expect_refused(sealed, "E_ENV_ALG");
}

static void
refuses_a_nonce_of_another_size(void **state)
{
	IH_OWNED(ih_buffer) sealed = sealed_for(*state, TN);
	size_t nonce = place_of(sealed, "\x02\x01\x10", 3) - 12;
	IH_OWNED(ih_buffer) shorter = operated(sealed, nonce, 4, "", 0);
	IH_OWNED(ih_buffer) longer = operated(sealed, nonce, 0, "abcd", 4);

	expect_refused(shorter, "E_ENV_ALG");
	expect_refused(longer, "E_ENV_ALG");
}

/* The tag is the last 18 bytes; attributes that it covers would come before. */
static void
refuses_an_element_more_or_less_than_the_profile_has(void **state)
{
	IH_OWNED(ih_buffer) sealed = sealed_for(*state, TN);
	size_t tag = sealed->size - 18;
	IH_OWNED(ih_buffer) attributes =
	    operated(sealed, tag, 0, "\xa1\x00", 2);
	IH_OWNED(ih_buffer) no_tag = operated(sealed, tag, 18, "", 0);

	expect_refused(attributes, "E_ENV_FORMAT");
	expect_refused(no_tag, "E_ENV_FORMAT");
}

static void
refuses_lengths_that_are_not_der(void **state)
{
	IH_OWNED(ih_buffer) sealed = sealed_for(*state, TN);
	static const unsigned char indefinite[] = { 0x30, 0x80 };
	static const unsigned char padded[] = { 0x30, 0x83, 0x00 };
	IH_OWNED(ih_buffer) a = ih_buffer_copy(indefinite, 2);
	IH_OWNED(ih_buffer) b = ih_buffer_copy(padded, 3);
	struct ih_error err = { 0 };

	/* A sealed file of ours begins 30 82 and two bytes of length. */
	assert_int_equal(sealed->data[1], 0x82);
	ih_buffer_add(a, sealed->data + 4, sealed->size - 4);
	ih_buffer_add(a, "\0\0", 2);
	ih_buffer_add(b, sealed->data + 2, sealed->size - 2);
	assert_false(ih_envelope_screen(a->data, a->size, &err));
	assert_string_equal(err.code, "E_ENV_FORMAT");
	assert_false(ih_envelope_screen(b->data, b->size, &err));
	assert_string_equal(err.code, "E_ENV_FORMAT");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(opens_for_whom_it_was_sealed),
		TEST(opens_for_no_one_else),
		TEST(opens_with_a_key_that_was_retired_since),
		TEST(seals_for_no_signing_key_and_nothing_for_nobody),
		TEST(says_nothing_of_sender_or_content),
		TEST(is_different_each_time),
		TEST(refuses_each_changed_bit),
		TEST(refuses_each_envelope_that_is_cut_off_or_longer),
		TEST(gives_one_answer_for_all_that_does_not_decrypt),
		TEST(refuses_what_the_profile_does_not_name),
		TEST(admits_three_receivers),
		TEST(refuses_a_tag_of_twelve_bytes),
		TEST(refuses_a_nonce_of_another_size),
		TEST(refuses_an_element_more_or_less_than_the_profile_has),
		TEST(refuses_lengths_that_are_not_der),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
