#include "test.h"

#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>
#include <string.h>

#include "ihala/officer.h"

#define NOW INT64_C(1772618400) /* 2026-03-04T10:00:00Z */

static uint64_t seed = 5;
static struct ih_world world;
static struct ih_pair pair;

static int
make_key(void **state)
{
	struct ih_error err = { 0 };

	(void)state;
	world = ih_world_fixed(NOW, &seed);
	return !ih_pair_new(&pair, "MA", IH_USE_SIGNING, IH_KEY_P384, 2, &world,
	    &err);
}

static int
drop_key(void **state)
{
	(void)state;
	ih_pair_free(&pair);
	return 0;
}

static struct ih_buffer *
exported(void)
{
	struct ih_error err = { 0 };
	struct ih_buffer *file = ih_pair_export(&pair, "phrase exemple", &err);

	assert_non_null(file);
	return file;
}

static void
a_key_file_opens_with_its_passphrase_only(void **state)
{
	static const char *const wrong[] = { "", "phrase exempl",
		"phrase exemple ", "Phrase exemple" };
	IH_OWNED(ih_buffer) file = exported();
	struct ih_error err = { 0 };
	IH_OWNED(ih_officer)
	officer =
	    ih_officer_load(file->data, file->size, "phrase exemple", &err);

	(void)state;
	assert_non_null(officer);
	assert_int_equal(X509_cmp(officer->pair.certificate, pair.certificate),
	    0);
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		assert_null(
		    ih_officer_load(file->data, file->size, wrong[i], &err));
		assert_string_equal(err.code, "E_OFFICER_KEY");
		assert_int_equal(err.kind, IH_DENIED);
	}
}

/* CERTIFICATE and KEY as openssl writes them, under ROUNDS of PBKDF2. */
static struct ih_buffer *
written_elsewhere(int rounds)
{
	PKCS8_PRIV_KEY_INFO *plain = EVP_PKEY2PKCS8(pair.key);
	X509_SIG *sealed = PKCS8_encrypt(-1, EVP_aes_256_cbc(),
	    "phrase exemple", 14, NULL, 0, rounds, plain);
	BIO *out = BIO_new(BIO_s_mem());
	struct ih_buffer *file;
	char *bytes;
	long size;

	assert_true(PEM_write_bio_X509(out, pair.certificate) == 1 &&
		    PEM_write_bio_PKCS8(out, sealed) == 1);
	size = BIO_get_mem_data(out, &bytes);
	file = ih_buffer_copy(bytes, (size_t)size);
	BIO_free(out);
	X509_SIG_free(sealed);
	PKCS8_PRIV_KEY_INFO_free(plain);
	return file;
}

/* The rounds stand in the file: whoever wrote 2 000 000 000 there would have
 * the program turn for a quarter of an hour. */
static void
a_key_file_that_asks_for_too_many_rounds_is_not_tried(void **state)
{
	IH_OWNED(ih_buffer) usual = written_elsewhere(2048);
	IH_OWNED(ih_buffer) costly = written_elsewhere(2000001);
	struct ih_error err = { 0 };
	IH_OWNED(ih_officer)
	officer =
	    ih_officer_load(usual->data, usual->size, "phrase exemple", &err);

	(void)state;
	assert_non_null(officer);
	assert_null(ih_officer_load(costly->data, costly->size,
	    "phrase exemple", &err));
	assert_string_equal(err.code, "E_OFFICER_KEY");
}

/* A key that lies open is nobody's own. */
static void
a_key_without_a_passphrase_is_not_taken(void **state)
{
	BIO *out = BIO_new(BIO_s_mem());
	struct ih_error err = { 0 };
	char *bytes;
	long size;

	(void)state;
	assert_true(PEM_write_bio_X509(out, pair.certificate) == 1 &&
		    PEM_write_bio_PrivateKey(out, pair.key, NULL, NULL, 0, NULL,
			NULL) == 1);
	size = BIO_get_mem_data(out, &bytes);
	assert_null(ih_officer_load(bytes, (size_t)size, "", &err));
	assert_string_equal(err.code, "E_OFFICER_KEY");
	BIO_free(out);
}

/* Each cut has the one answer of a wrong passphrase. */
static void
a_file_that_is_no_key_file_has_the_same_answer(void **state)
{
	IH_OWNED(ih_buffer) file = exported();

	(void)state;
	for (size_t size = 0; size < file->size - 30; size += 97) {
		struct ih_error err = { 0 };

		assert_null(
		    ih_officer_load(file->data, size, "phrase exemple", &err));
		assert_string_equal(err.code, "E_OFFICER_KEY");
		assert_string_equal(err.text, "");
	}
}

static void
an_officer_is_found_by_key_among_those_admitted(void **state)
{
	IH_OWNED(ih_buffer) file = exported();
	struct ih_error err = { 0 };
	struct ih_pair other;
	IH_OWNED(ih_officer)
	officer =
	    ih_officer_load(file->data, file->size, "phrase exemple", &err);

	(void)state;
	assert_true(ih_pair_new(&other, "MA", IH_USE_SIGNING, IH_KEY_P256, 2,
	    &world, &err));
	X509 *const admitted[] = { other.certificate, pair.certificate };
	assert_false(ih_officer_find(officer, admitted, 1, &err));
	assert_string_equal(err.code, "E_OFFICER_UNKNOWN");
	assert_true(ih_officer_find(officer, admitted, 2, &err));
	assert_ptr_equal(officer->pair.certificate, pair.certificate);
	ih_pair_free(&other);
}

static void
certificates_are_read_as_they_were_saved(void **state)
{
	IH_OWNED(ih_buffer) file = exported();
	struct ih_error err = { 0 };
	IH_OWNED(ih_officers)
	officers = ih_officers_read("MA", file->data, file->size, &err);

	(void)state;
	/* Of the key file only the certificate is taken. */
	assert_non_null(officers);
	assert_int_equal(officers->count, 1);
	IH_OWNED(ih_buffer) saved = ih_officers_save(officers, &err);
	assert_null(memmem(saved->data, saved->size, "PRIVATE", 7));
	IH_OWNED(ih_officers)
	again = ih_officers_read("MA", saved->data, saved->size, &err);
	assert_int_equal(X509_cmp(again->list[0], pair.certificate), 0);
	assert_null(ih_officers_read("TN", saved->data, saved->size, &err));
	assert_string_equal(err.code, "E_OFFICER_CERTIFICATE");
	IH_OWNED(ih_officers) none = ih_officers_read("MA", "", 0, &err);
	assert_int_equal(none->count, 0);
}

static void
one_key_is_admitted_once_whatever_its_certificates(void **state)
{
	IH_OWNED(ih_officers) officers;
	struct ih_error err = { 0 };
	X509 *second =
	    ih_pair_certify(pair.key, "MA", IH_USE_SIGNING, 1, &world, &err);

	(void)state;
	officers = ih_officers_read("MA", "", 0, &err);
	assert_true(ih_officers_add(officers, pair.certificate, &err));
	assert_int_not_equal(X509_cmp(second, pair.certificate), 0);
	assert_false(ih_officers_add(officers, second, &err));
	assert_string_equal(err.code, "E_OFFICER_THERE");
	X509_free(second);
}

static void
a_certificate_for_another_use_is_no_officers(void **state)
{
	struct ih_error err = { 0 };
	struct ih_pair sealing;

	(void)state;
	assert_true(ih_pair_new(&sealing, "MA", IH_USE_SEALING, IH_KEY_P256, 2,
	    &world, &err));
	IH_OWNED(ih_buffer) file = ih_pair_export(&sealing, "x", &err);
	assert_null(ih_officers_read("MA", file->data, file->size, &err));
	ih_pair_free(&sealing);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_key_file_opens_with_its_passphrase_only),
		TEST(a_file_that_is_no_key_file_has_the_same_answer),
		TEST(a_key_file_that_asks_for_too_many_rounds_is_not_tried),
		TEST(a_key_without_a_passphrase_is_not_taken),
		TEST(an_officer_is_found_by_key_among_those_admitted),
		TEST(certificates_are_read_as_they_were_saved),
		TEST(one_key_is_admitted_once_whatever_its_certificates),
		TEST(a_certificate_for_another_use_is_no_officers),
	};

	return cmocka_run_group_tests(tests, make_key, drop_key);
}
