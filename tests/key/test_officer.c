#include "test.h"

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
		TEST(an_officer_is_found_by_key_among_those_admitted),
		TEST(certificates_are_read_as_they_were_saved),
		TEST(one_key_is_admitted_once_whatever_its_certificates),
		TEST(a_certificate_for_another_use_is_no_officers),
	};

	return cmocka_run_group_tests(tests, make_key, drop_key);
}
