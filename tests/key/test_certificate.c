#include "test.h"

#include <openssl/rsa.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/certificate.h"

#define NOW INT64_C(1772618400) /* 2026-03-04T10:00:00Z */
#define DAY INT64_C(86400)

static uint64_t seed = 11;
static struct ih_world world;
static struct ih_office *office;

static int
open_office(void **state)
{
	struct ih_error err = { 0 };

	(void)state;
	world = ih_world_fixed(NOW, &seed);
	office = ih_office_new("MA", 2, &world, &err);
	return office == NULL;
}

static int
close_office(void **state)
{
	(void)state;
	ih_office_free(office);
	return 0;
}

static void
has_one_key_for_one_use(void **state)
{
	static const struct {
		enum ih_use use;
		uint32_t bits;
	} rows[] = {
		{ IH_USE_LIST, KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION },
		{ IH_USE_SIGNING, KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION },
		{ IH_USE_SEALING, KU_KEY_AGREEMENT },
	};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		X509 *certificate = office->pair[rows[i].use].certificate;

		assert_int_equal(X509_get_key_usage(certificate), rows[i].bits);
		for (enum ih_use use = 0; use < IH_USES; use++)
			assert_int_equal(ih_certificate_is(certificate, "MA",
					     use),
			    use == rows[i].use);
	}
}

static void
names_the_committee_and_the_use_and_nobody(void **state)
{
	static const char *const names[IH_USES] = { "CN=MA list",
		"CN=MA signing", "CN=MA sealing" };

	(void)state;
	for (enum ih_use use = 0; use < IH_USES; use++) {
		X509 *certificate = office->pair[use].certificate;
		BIO *out = BIO_new(BIO_s_mem());
		char text[64] = "";

		X509_NAME_print_ex(out, X509_get_subject_name(certificate), 0,
		    XN_FLAG_RFC2253);
		BIO_read(out, text, sizeof text - 1);
		BIO_free(out);
		assert_string_equal(text, names[use]);
		assert_int_equal(X509_get_ext_count(certificate), 3);
	}
}

static void
is_of_one_committee_only(void **state)
{
	X509 *certificate = office->pair[IH_USE_SIGNING].certificate;

	(void)state;
	assert_false(ih_certificate_is(certificate, "TN", IH_USE_SIGNING));
	assert_false(ih_certificate_is(certificate, "M", IH_USE_SIGNING));
	assert_false(ih_certificate_is(certificate, "", IH_USE_SIGNING));
}

/* A certificate as somebody else would make it. */
struct odd {
	const char *what, *key, *name, *usage, *constraints;
	bool more;               /* an extension more */
	bool other_issuer, bare; /* no key identifier */
};

static void
extend(X509 *certificate, int nid, const char *value)
{
	X509V3_CTX ctx = { 0 };
	X509_EXTENSION *extension;

	X509V3_set_ctx(&ctx, certificate, certificate, NULL, NULL, 0);
	extension = X509V3_EXT_conf_nid(NULL, &ctx, nid, value);
	assert_non_null(extension);
	X509_add_ext(certificate, extension, -1);
	X509_EXTENSION_free(extension);
}

static X509 *
odd_certificate(const struct odd *odd)
{
	X509 *certificate = X509_new();
	EVP_PKEY *key = odd->key[0] == 'P' ?
			    EVP_EC_gen(odd->key) :
			    EVP_RSA_gen((unsigned)atoi(odd->key));
	X509_NAME *name = X509_get_subject_name(certificate);

	X509_set_version(certificate, X509_VERSION_3);
	ASN1_INTEGER_set(X509_get_serialNumber(certificate), 7);
	ASN1_TIME_set(X509_getm_notBefore(certificate), (time_t)NOW);
	ASN1_TIME_set(X509_getm_notAfter(certificate), (time_t)(NOW + DAY));
	X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
	    (const unsigned char *)odd->name, -1, -1, 0);
	X509_set_issuer_name(certificate, name);
	if (odd->other_issuer)
		X509_NAME_add_entry_by_txt(X509_get_issuer_name(certificate),
		    "O", MBSTRING_UTF8, (const unsigned char *)"x", -1, -1, 0);
	X509_set_pubkey(certificate, key);
	extend(certificate, NID_basic_constraints, odd->constraints);
	extend(certificate, NID_key_usage, odd->usage);
	if (!odd->bare)
		extend(certificate, NID_subject_key_identifier, "hash");
	if (odd->more)
		extend(certificate, NID_ext_key_usage, "emailProtection");
	X509_sign(certificate, key, EVP_sha256());
	EVP_PKEY_free(key);
	return certificate;
}

#define SIGNS "critical,digitalSignature,nonRepudiation"
#define NO_CA "critical,CA:FALSE"

static void
is_believed_only_if_it_says_exactly_what_it_must(void **state)
{
	static const struct odd rows[] = {
		{ "as it must be", "P-256", "MA signing", SIGNS, NO_CA, false,
		    false, false },
		{ "a short RSA key", "2048", "MA signing", SIGNS, NO_CA, false,
		    false, false },
		{ "a curve that is not allowed", "P-521", "MA signing", SIGNS,
		    NO_CA, false, false, false },
		{ "a digest below its curve", "P-384", "MA signing", SIGNS,
		    NO_CA, false, false, false },
		{ "a person's name", "P-256", "Exemple Sept", SIGNS, NO_CA,
		    false, false, false },
		{ "a key for all", "P-256", "MA signing",
		    "critical,digitalSignature,nonRepudiation,keyAgreement",
		    NO_CA, false, false, false },
		{ "a sealing key", "P-256", "MA signing",
		    "critical,keyAgreement", NO_CA, false, false, false },
		{ "an authority", "P-256", "MA signing", SIGNS,
		    "critical,CA:TRUE", false, false, false },
		{ "an extension more", "P-256", "MA signing", SIGNS, NO_CA,
		    true, false, false },
		{ "another issuer", "P-256", "MA signing", SIGNS, NO_CA, false,
		    true, false },
		{ "no key identifier", "P-256", "MA signing", SIGNS, NO_CA,
		    false, false, true },
		{ "another one in its place", "P-256", "MA signing", SIGNS,
		    NO_CA, true, false, true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		X509 *certificate = odd_certificate(&rows[i]);

		if (ih_certificate_is(certificate, "MA", IH_USE_SIGNING) !=
		    (i == 0))
			fail_msg("%s", rows[i].what);
		X509_free(certificate);
	}
}

static void
takes_two_or_three_capitals_for_a_committee(void **state)
{
	static const struct {
		const char *code;
		bool is;
	} rows[] = { { "MA", true }, { "IOM", true }, { "", false },
		{ "M", false }, { "ma", false }, { "MAAA", false },
		{ "M1", false }, { "MA ", false }, { "M/A", false } };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct ih_error err = { 0 };

		assert_int_equal(ih_committee_is(rows[i].code), rows[i].is);
		if (rows[i].is)
			continue;
		assert_null(ih_office_new(rows[i].code, 2, &world, &err));
		assert_int_equal(err.kind, IH_USAGE);
	}
}

static void
refuses_a_validity_nobody_means(void **state)
{
	static const int years[] = { -1, 0, 11, 1000 };

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct ih_error err = { 0 };

		assert_null(ih_office_new("MA", years[i], &world, &err));
		assert_int_equal(err.kind, IH_USAGE);
	}
}

static void
is_valid_from_now_for_its_years(void **state)
{
	X509 *certificate = office->pair[IH_USE_SIGNING].certificate;

	(void)state;
	assert_true(ih_certificate_is_current(certificate, NOW));
	assert_true(ih_certificate_is_current(certificate, NOW + 729 * DAY));
	assert_false(ih_certificate_is_current(certificate, NOW + 731 * DAY));
	assert_false(ih_certificate_is_current(certificate, NOW - DAY));
}

static void
is_the_same_after_a_night_in_the_registry(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) saved = ih_office_save(office, &err);

	(void)state;
	assert_non_null(saved);
	IH_OWNED(ih_office) loaded =
	    ih_office_load(saved->data, saved->size, &err);
	assert_non_null(loaded);
	assert_string_equal(loaded->committee, "MA");
	for (enum ih_use use = 0; use < IH_USES; use++) {
		assert_int_equal(X509_cmp(loaded->pair[use].certificate,
				     office->pair[use].certificate),
		    0);
		assert_int_equal(EVP_PKEY_eq(loaded->pair[use].key,
				     office->pair[use].key),
		    1);
	}
	IH_OWNED(ih_buffer) again = ih_office_save(loaded, &err);
	assert_int_equal(again->size, saved->size);
	assert_memory_equal(again->data, saved->data, saved->size);
}

static void
does_not_load_what_is_not_whole(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) saved = ih_office_save(office, &err);

	(void)state;
	for (size_t size = 0; size < saved->size; size += 61) {
		struct ih_error here = { 0 };

		assert_null(ih_office_load(saved->data, size, &here));
		assert_int_equal(here.kind, IH_INPUT);
	}
}

/* Where the private key number N, from 0, begins in the saved office. */
static const char *
nth_key(const struct ih_buffer *saved, int n)
{
	const char *at = (const char *)saved->data;

	while (n-- > 0)
		at = strstr(at + 1, "-----BEGIN PRIVATE KEY");
	return at;
}

static void
does_not_load_a_sealing_key_as_a_signing_key(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) saved = ih_office_save(office, &err);
	const char *second = nth_key(saved, 1), *third = nth_key(saved, 2);
	IH_OWNED(ih_buffer) swapped = ih_buffer_new();

	(void)state;
	ih_buffer_add(swapped, saved->data,
	    (size_t)(second - (const char *)saved->data));
	ih_buffer_text(swapped, third);
	ih_buffer_add(swapped, second, (size_t)(third - second));
	assert_null(ih_office_load(swapped->data, swapped->size, &err));
	assert_int_equal(err.kind, IH_INPUT);
}

static void
does_not_load_a_certificate_of_another_key(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_office) other = ih_office_new("MA", 2, &world, &err);
	IH_OWNED(ih_buffer) saved = ih_office_save(office, &err);
	IH_OWNED(ih_buffer) its = ih_office_save(other, &err);
	const char *certificate =
	    strstr((const char *)saved->data, "-----BEGIN CERTIFICATE");
	IH_OWNED(ih_buffer) mixed = ih_buffer_new();

	(void)state;
	ih_buffer_add(mixed, its->data,
	    (size_t)(strstr((const char *)its->data, "-----BEGIN CERTIFICATE") -
		     (const char *)its->data));
	ih_buffer_text(mixed, certificate);
	assert_null(ih_office_load(mixed->data, mixed->size, &err));
	assert_int_equal(err.kind, IH_INPUT);
}

static void
keeps_the_former_sealing_key_and_the_list_key(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_office) mine = ih_office_new("EG", 1, &world, &err);
	char list[IH_DIGEST_TEXT], sealing[IH_DIGEST_TEXT], now[IH_DIGEST_TEXT];

	(void)state;
	ih_certificate_key(mine->pair[IH_USE_LIST].certificate, list);
	ih_certificate_key(mine->pair[IH_USE_SEALING].certificate, sealing);
	assert_true(ih_office_renew(mine, 1, &world, &err));
	ih_certificate_key(mine->pair[IH_USE_LIST].certificate, now);
	assert_string_equal(now, list);
	ih_certificate_key(mine->pair[IH_USE_SEALING].certificate, now);
	assert_string_not_equal(now, sealing);
	assert_int_equal(mine->retireds, 1);
	ih_certificate_key(mine->retired[0].certificate, now);
	assert_string_equal(now, sealing);
	IH_OWNED(ih_buffer) saved = ih_office_save(mine, &err);
	IH_OWNED(ih_office) loaded =
	    ih_office_load(saved->data, saved->size, &err);
	assert_non_null(loaded);
	assert_int_equal(loaded->retireds, 1);
}

static void
keeps_four_former_keys_and_lets_the_oldest_go(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_office) mine = ih_office_new("EG", 1, &world, &err);
	char first[IH_DIGEST_TEXT], key[IH_DIGEST_TEXT];

	(void)state;
	ih_certificate_key(mine->pair[IH_USE_SEALING].certificate, first);
	for (int i = 0; i < IH_RETIRED + 1; i++)
		assert_true(ih_office_renew(mine, 1, &world, &err));
	assert_int_equal(mine->retireds, IH_RETIRED);
	for (size_t i = 0; i < IH_RETIRED; i++) {
		ih_certificate_key(mine->retired[i].certificate, key);
		assert_string_not_equal(key, first);
	}
}

static void
has_a_fingerprint_to_read_aloud(void **state)
{
	X509 *certificate = office->pair[IH_USE_LIST].certificate;
	char text[IH_FINGERPRINT_TEXT], again[3 * EVP_MAX_MD_SIZE];
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned size = 0;

	(void)state;
	ih_certificate_fingerprint(certificate, text);
	assert_int_equal(strlen(text), 79);
	X509_digest(certificate, EVP_sha256(), digest, &size);
	assert_int_equal(size, 32);
	for (unsigned i = 0; i < size; i++)
		snprintf(again + i / 2 * 5 + i % 2 * 2, 4, "%02x%s", digest[i],
		    i % 2 == 1 && i + 1 < size ? " " : "");
	assert_string_equal(text, again);
}

static void
has_no_two_keys_or_numbers_alike(void **state)
{
	char keys[IH_USES][IH_DIGEST_TEXT];

	(void)state;
	for (enum ih_use use = 0; use < IH_USES; use++) {
		X509 *one = office->pair[use].certificate;

		ih_certificate_key(one, keys[use]);
		for (enum ih_use i = 0; i < use; i++) {
			X509 *other = office->pair[i].certificate;

			assert_string_not_equal(keys[i], keys[use]);
			assert_int_not_equal(
			    ASN1_INTEGER_cmp(X509_get0_serialNumber(one),
				X509_get0_serialNumber(other)),
			    0);
		}
	}
}

static void
finds_a_use_by_its_word(void **state)
{
	(void)state;
	for (enum ih_use use = 0; use < IH_USES; use++)
		assert_int_equal(ih_use_parse(ih_use_text(use)), use);
	assert_int_equal(ih_use_parse("signature"), IH_USES);
}

static void
reads_one_certificate_and_nothing_behind_it(void **state)
{
	struct ih_error err = { 0 };
	unsigned char der[2048] = { 0 }, *at = der;
	X509 *mine = office->pair[IH_USE_SIGNING].certificate, *read;
	int size = i2d_X509(mine, &at);

	(void)state;
	read = ih_certificate_read(der, (size_t)size, &err);
	assert_int_equal(X509_cmp(read, mine), 0);
	X509_free(read);
	assert_null(ih_certificate_read(der, (size_t)size - 1, &err));
	assert_int_equal(err.kind, IH_INPUT);
	assert_null(ih_certificate_read(der, (size_t)size + 1, &err));
	assert_null(ih_certificate_read("", 0, &err));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(has_one_key_for_one_use),
		TEST(names_the_committee_and_the_use_and_nobody),
		TEST(is_of_one_committee_only),
		TEST(is_believed_only_if_it_says_exactly_what_it_must),
		TEST(takes_two_or_three_capitals_for_a_committee),
		TEST(refuses_a_validity_nobody_means),
		TEST(is_valid_from_now_for_its_years),
		TEST(is_the_same_after_a_night_in_the_registry),
		TEST(does_not_load_what_is_not_whole),
		TEST(does_not_load_a_sealing_key_as_a_signing_key),
		TEST(does_not_load_a_certificate_of_another_key),
		TEST(keeps_the_former_sealing_key_and_the_list_key),
		TEST(keeps_four_former_keys_and_lets_the_oldest_go),
		TEST(has_a_fingerprint_to_read_aloud),
		TEST(has_no_two_keys_or_numbers_alike),
		TEST(finds_a_use_by_its_word),
		TEST(reads_one_certificate_and_nothing_behind_it),
	};

	return cmocka_run_group_tests(tests, open_office, close_office);
}
