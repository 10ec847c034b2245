#include "test.h"

#include <openssl/cms.h>

#include "ihala/signature.h"
#include "offices.h"
#include "surgery.h"

static const char text[] = "<manifest/>";

static const struct ih_pair *
signing(const struct bench *b, int office)
{
	return &b->office[office]->pair[IH_USE_SIGNING];
}

static struct ih_buffer *
signature_of(const struct bench *b, int office)
{
	struct ih_error err = { 0 };
	struct ih_buffer *made =
	    ih_signature_make(signing(b, office), text, sizeof text, NOW, &err);

	assert_non_null(made);
	return made;
}

static bool
holds(const struct bench *b, int office, const struct ih_buffer *signature,
    struct ih_error *err)
{
	return ih_signature_verify(signature->data, signature->size, text,
	    sizeof text, signing(b, office)->certificate, err);
}

static void
holds_over_what_was_signed(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) signature = signature_of(*state, MA);

	assert_true(holds(*state, MA, signature, &err));
}

static void
does_not_hold_over_anything_else(void **state)
{
	struct bench *b = *state;
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) signature = signature_of(b, MA);

	assert_false(ih_signature_verify(signature->data, signature->size, text,
	    sizeof text - 1, signing(b, MA)->certificate, &err));
	assert_string_equal(err.code, "E_SIGNATURE");
	assert_false(ih_signature_verify(signature->data, signature->size, "",
	    0, signing(b, MA)->certificate, &err));
	assert_string_equal(err.code, "E_SIGNATURE");
}

static void
does_not_hold_with_another_certificate(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) signature = signature_of(*state, MA);

	assert_false(holds(*state, TN, signature, &err));
	assert_string_equal(err.code, "E_SIGNATURE");
}

static void
finds_its_signer_among_the_pinned_only(void **state)
{
	struct bench *b = *state;
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) signature = signature_of(b, MA);
	X509 *const all[] = { signing(b, EG)->certificate,
		signing(b, MA)->certificate };

	assert_int_equal(ih_signature_signer(signature->data, signature->size,
			     all, 2, &err),
	    1);
	assert_int_equal(ih_signature_signer(signature->data, signature->size,
			     all, 1, &err),
	    -1);
	assert_string_equal(err.code, "E_SIGNER_UNKNOWN");
	assert_int_equal(ih_signature_signer(signature->data, signature->size,
			     all, 0, &err),
	    -1);
}

static void
refuses_each_changed_bit(void **state)
{
	struct bench *b = *state;
	IH_OWNED(ih_buffer) signature = signature_of(b, MA);
	X509 *const pinned[] = { signing(b, MA)->certificate };

	for (size_t bit = 0; bit < signature->size * 8; bit++) {
		struct ih_error err = { 0 };
		bool accepted;

		signature->data[bit / 8] ^= (unsigned char)(1 << bit % 8);
		accepted = ih_signature_signer(signature->data, signature->size,
			       pinned, 1, &err) == 0 &&
			   holds(b, MA, signature, &err);
		signature->data[bit / 8] ^= (unsigned char)(1 << bit % 8);
		if (accepted)
			fail_msg("bit %zu of byte %zu", bit % 8, bit / 8);
		assert_int_not_equal(err.code[0], '\0');
	}
}

static void
refuses_each_signature_that_is_cut_off_or_longer(void **state)
{
	IH_OWNED(ih_buffer) signature = signature_of(*state, MA);
	struct ih_error err = { 0 };

	for (size_t size = 0; size < signature->size; size++)
		assert_false(ih_signature_screen(signature->data, size, &err));
	ih_buffer_text(signature, "x");
	assert_false(
	    ih_signature_screen(signature->data, signature->size, &err));
	assert_string_equal(err.code, "E_SIG_SHAPE");
}

/* ---- signatures that libcrypto makes and verifies, and the profile does not
 */

struct odd {
	const char *what, *code;
	unsigned flags;
	int signers;
	const EVP_MD *(*digest)(void);
};

static struct ih_buffer *
odd_signature(const struct bench *b, const struct odd *odd)
{
	BIO *in = BIO_new_mem_buf(text, sizeof text);
	CMS_ContentInfo *cms =
	    CMS_sign(NULL, NULL, NULL, in, odd->flags | CMS_PARTIAL);
	unsigned char *der = NULL;
	struct ih_buffer *out;
	int size;

	for (int i = 0; i < odd->signers; i++)
		assert_non_null(
		    CMS_add1_signer(cms, signing(b, MA + i)->certificate,
			signing(b, MA + i)->key, odd->digest(), odd->flags));
	if (CMS_final(cms, in, NULL, odd->flags) != 1)
		fail_msg("libcrypto does not make %s", odd->what);
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
	enum { USUAL = CMS_BINARY | CMS_DETACHED | CMS_NOSMIMECAP | CMS_CADES };
	static const struct odd rows[] = {
		{ "no signed attributes", "E_SIG_SHAPE",
		    CMS_BINARY | CMS_DETACHED | CMS_NOATTR, 1, EVP_sha256 },
		{ "no signing certificate", "E_SIGCERT",
		    CMS_BINARY | CMS_DETACHED | CMS_NOSMIMECAP, 1, EVP_sha256 },
		{ "an attribute more", "E_SIG_SHAPE",
		    CMS_BINARY | CMS_DETACHED | CMS_CADES, 1, EVP_sha256 },
		{ "the content inside", "E_SIG_SHAPE", USUAL & ~CMS_DETACHED, 1,
		    EVP_sha256 },
		{ "no certificate", "E_SIG_SHAPE", USUAL | CMS_NOCERTS, 1,
		    EVP_sha256 },
		{ "two signers in one", "E_SIG_SHAPE", USUAL, 2, EVP_sha256 },
		{ "the signer by key identifier", "E_SIG_SHAPE",
		    USUAL | CMS_USE_KEYID, 1, EVP_sha256 },
		{ "SHA-1", "E_ALG", USUAL, 1, EVP_sha1 },
		{ "SHA-512", "E_ALG", USUAL, 1, EVP_sha512 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct ih_error err = { 0 };
		IH_OWNED(ih_buffer) odd = odd_signature(*state, &rows[i]);

		if (ih_signature_screen(odd->data, odd->size, &err) ||
		    strcmp(err.code, rows[i].code) != 0)
			fail_msg("%s: %s, not \"%s\" (%s)", rows[i].what,
			    rows[i].code, err.code, err.text);
	}
}

static void
expect_refused(const struct ih_buffer *file, const char *code)
{
	struct ih_error err = { 0 };

	assert_false(ih_signature_screen(file->data, file->size, &err));
	assert_string_equal(err.code, code);
}

static void
refuses_an_attribute_twice_or_not_at_all(void **state)
{
	/* Content type: data; 26 bytes with its header. */
	static const unsigned char type[] = { 0x30, 0x18, 0x06, 0x09, 0x2a,
		0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x03, 0x31, 0x0b,
		0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07,
		0x01 };
	IH_OWNED(ih_buffer) signature = signature_of(*state, MA);
	size_t at = place_of(signature, type, sizeof type);
	IH_OWNED(ih_buffer) twice =
	    operated(signature, at, 0, type, sizeof type);
	IH_OWNED(ih_buffer) none = operated(signature, at, sizeof type, "", 0);

	expect_refused(twice, "E_SIG_SHAPE");
	expect_refused(none, "E_SIG_SHAPE");
}

static void
refuses_an_unsigned_attribute(void **state)
{
	IH_OWNED(ih_buffer) signature = signature_of(*state, MA);
	unsigned char last[128];
	size_t size = 0;

	/* The value is 72 bytes at most, and its header two. */
	for (size_t n = 50; n <= 74 && size == 0; n++)
		if (signature->data[signature->size - n] == 0x04 &&
		    signature->data[signature->size - n + 1] == n - 2)
			size = n;
	assert_true(size != 0);
	memcpy(last, signature->data + signature->size - size, size);
	memcpy(last + size, "\xa1\x00", 2);
	IH_OWNED(ih_buffer) more =
	    operated(signature, signature->size - size, size, last, size + 2);
	expect_refused(more, "E_SIG_SHAPE");
}

static void
refuses_a_signing_certificate_that_is_not_the_one_enclosed(void **state)
{
	struct bench *b = *state;
	IH_OWNED(ih_buffer) signature = signature_of(b, MA);
	unsigned char digest[EVP_MAX_MD_SIZE], *ours = NULL, *its = NULL;
	int size = i2d_X509(signing(b, MA)->certificate, &ours);
	int its_size = i2d_X509(signing(b, TN)->certificate, &its);

	ih_digest(ours, (size_t)size, digest);
	size_t at = place_of(signature, digest, IH_DIGEST);
	signature->data[at] ^= 1;
	expect_refused(signature, "E_SIGCERT");
	signature->data[at] ^= 1;
	at = place_of(signature, ours, (size_t)size);
	IH_OWNED(ih_buffer) swapped =
	    operated(signature, at, (size_t)size, its, (size_t)its_size);
	expect_refused(swapped, "E_SIGCERT");
	OPENSSL_free(ours);
	OPENSSL_free(its);
}

static void
carries_the_time_it_was_given_and_not_the_clock(void **state)
{
	IH_OWNED(ih_buffer) signature = signature_of(*state, MA);

	assert_non_null(
	    memmem(signature->data, signature->size, "260304100000Z", 13));
}

/* ---- manifests */

static const struct ih_part_of files[] = {
	{ "exchange.xml", "application/xml", "<exchange/>", 11 },
	{ "case.xml", "application/xml", "<case/>", 7 },
};

/* A container as it is read: the first COUNT files, and a manifest. */
static struct ih_container *
container_of(size_t count, struct ih_buffer *manifest)
{
	struct ih_part_of parts[4];
	struct ih_error err = { 0 };

	memcpy(parts, files, sizeof files);
	parts[count] = (struct ih_part_of){ "META-INF/ASiCManifest001.xml",
		NULL, manifest->data, manifest->size };
	IH_OWNED(ih_buffer) zip = ih_container_write(parts, count + 1, &err);
	struct ih_container *read =
	    ih_container_read(zip->data, zip->size, &err);

	assert_non_null(read);
	return read;
}

static void
covers_the_files_that_are_there(void **state)
{
	struct bench *b = *state;
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) manifest = ih_manifest_write(1, files, 2, &err);
	IH_OWNED(ih_container) container = container_of(2, manifest);

	assert_true(ih_manifest_check(b->forms, 1, container, &err));
	assert_false(ih_manifest_check(b->forms, 2, container, &err));
	assert_string_equal(err.code, "E_MANIFEST");
}

/* A second manifest is not read again where it is the first one under its own
 * number, and nothing in the first may be taken for that number. */
static void
a_manifest_repeats_the_first_or_is_read(void **state)
{
	static const char *const added[] = { "",
		"<!-- META-INF/signature001.p7s -->", "<!---->", "&#32;",
		"META-INF/signature001.p7s" };
	struct ih_error err = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof added / sizeof added[0]; i++)
		for (int bent = 0; bent < 2; bent++) {
			IH_OWNED(ih_buffer)
			one = ih_manifest_write(1, files, 2, &err);
			IH_OWNED(ih_buffer)
			two = ih_manifest_write(2, files, 2, &err);

			ih_buffer_text(one, added[i]);
			ih_buffer_text(two, added[i]);
			two->data[two->size / 2] ^= (unsigned char)bent;
			struct ih_container both = { .count = 2,
				.parts = { { "META-INF/ASiCManifest001.xml",
					       NULL, one->data, one->size },
				    { "META-INF/ASiCManifest002.xml", NULL,
					two->data, two->size } } };
			assert_int_equal(ih_manifest_repeats(2, &both),
			    i == 0 && !bent);
			assert_false(ih_manifest_repeats(3, &both));
		}
}

/* Whoever writes the second one anew writes the same. */
static void
a_manifest_is_the_first_again_for_another_signature(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) one = ih_manifest_write(1, files, 2, &err);
	IH_OWNED(ih_buffer) three = ih_manifest_write(3, files, 2, &err);
	IH_OWNED(ih_buffer) again = ih_manifest_again(one, 3);

	(void)state;
	assert_int_equal(again->size, three->size);
	assert_memory_equal(again->data, three->data, three->size);
}

/* As it was written it is taken without a parser, in any order of its files;
 * in any other way it is read, and taken as well. */
static void
a_manifest_is_known_again_as_it_was_written(void **state)
{
	static const struct {
		const char *what, *with;
	} other[] = { { "\n  <asic", " <asic" }, { "/>", " />" },
		{ "asic:ASiCManifest>", "asic:ASiCManifest><!---->" },
		{ "case.xml\"", "&#99;ase.xml\"" } };
	const struct ih_part_of turned[] = { files[1], files[0] };
	struct bench *b = *state;
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) manifest = ih_manifest_write(1, turned, 2, &err);
	IH_OWNED(ih_container) as_it_was = container_of(2, manifest);

	assert_true(ih_manifest_as_written(1, as_it_was));
	assert_false(ih_manifest_as_written(2, as_it_was));
	for (size_t i = 0; i < sizeof other / sizeof other[0]; i++) {
		const char *what = other[i].what, *with = other[i].with;
		size_t at = place_of(manifest, what, strlen(what));
		IH_OWNED(ih_buffer) bent = ih_buffer_copy(manifest->data, at);

		ih_buffer_text(bent, with);
		ih_buffer_text(bent,
		    (char *)manifest->data + at + strlen(what));
		IH_OWNED(ih_container) container = container_of(2, bent);
		assert_false(ih_manifest_as_written(1, container));
		assert_true(ih_manifest_check(b->forms, 1, container, &err));
	}
}

/* Nor is it known where it is as written, but of other files. */
static void
a_manifest_of_other_files_is_not_known_again(void **state)
{
	const struct ih_part_of rows[][2] = { { files[0], files[0] },
		{ files[0], { "case.xml", "application/xml", "<cas3/>", 7 } },
		{ files[0], { "cas3.xml", "application/xml", "<case/>", 7 } } };
	struct ih_error err = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		for (size_t count = 1; count <= 2; count++) {
			IH_OWNED(ih_buffer)
			manifest = ih_manifest_write(1, rows[i], count, &err);
			IH_OWNED(ih_container)
			container = container_of(2, manifest);

			assert_false(ih_manifest_as_written(1, container));
		}
}

static void
refuses_a_file_more_or_less_than_it_lists(void **state)
{
	struct bench *b = *state;
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) of_one = ih_manifest_write(1, files, 1, &err);
	IH_OWNED(ih_buffer) of_two = ih_manifest_write(1, files, 2, &err);
	IH_OWNED(ih_container) more = container_of(2, of_one);
	IH_OWNED(ih_container) less = container_of(1, of_two);

	assert_false(ih_manifest_check(b->forms, 1, more, &err));
	assert_string_equal(err.code, "E_REF_SET");
	assert_false(ih_manifest_check(b->forms, 1, less, &err));
	assert_string_equal(err.code, "E_REF_SET");
}

static void
refuses_a_file_listed_twice(void **state)
{
	struct bench *b = *state;
	const struct ih_part_of twice[] = { files[0], files[0] };
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) manifest = ih_manifest_write(1, twice, 2, &err);
	IH_OWNED(ih_container) container = container_of(1, manifest);

	assert_false(ih_manifest_check(b->forms, 1, container, &err));
	assert_string_equal(err.code, "E_REF_SET");
}

static void
refuses_a_file_that_is_not_the_one_signed(void **state)
{
	struct bench *b = *state;
	const struct ih_part_of swapped[] = { files[0],
		{ "case.xml", "application/xml", "<cas3/>", 7 } };
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) manifest = ih_manifest_write(1, swapped, 2, &err);
	IH_OWNED(ih_container) container = container_of(2, manifest);

	assert_false(ih_manifest_check(b->forms, 1, container, &err));
	assert_string_equal(err.code, "E_DIGEST");
	assert_int_equal(err.kind, IH_TRUST);
}

static void
refuses_the_manifest_of_another_signature(void **state)
{
	struct bench *b = *state;
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) second = ih_manifest_write(2, files, 2, &err);
	IH_OWNED(ih_container) container = container_of(2, second);

	assert_false(ih_manifest_check(b->forms, 1, container, &err));
	assert_string_equal(err.code, "E_MANIFEST");
}

static void
refuses_a_manifest_that_is_not_one(void **state)
{
	static const char *const texts[] = { "", "x", "<ASiCManifest/>",
		"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
		"<a>&x;</a>",
		"<asic:ASiCManifest xmlns:asic="
		"\"http://uri.etsi.org/02918/v1.2.1#\"/>" };
	struct bench *b = *state;

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		struct ih_error err = { 0 };
		IH_OWNED(ih_buffer) bad =
		    ih_buffer_copy(texts[i], strlen(texts[i]));
		IH_OWNED(ih_container) container = container_of(2, bad);

		assert_false(ih_manifest_check(b->forms, 1, container, &err));
		assert_string_equal(err.code, "E_MANIFEST");
	}
}

static void
refuses_a_manifest_with_another_digest_method(void **state)
{
	struct bench *b = *state;
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) manifest = ih_manifest_write(1, files, 2, &err);
	char *at = strstr((char *)manifest->data, "2001/04/xmlenc#sha256");

	assert_non_null(at);
	memcpy(at, "2000/09/xmldsig#sha1 ", 21);
	IH_OWNED(ih_container) container = container_of(2, manifest);
	assert_false(ih_manifest_check(b->forms, 1, container, &err));
	assert_string_equal(err.code, "E_MANIFEST");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(holds_over_what_was_signed),
		TEST(does_not_hold_over_anything_else),
		TEST(does_not_hold_with_another_certificate),
		TEST(finds_its_signer_among_the_pinned_only),
		TEST(refuses_each_changed_bit),
		TEST(refuses_each_signature_that_is_cut_off_or_longer),
		TEST(refuses_what_the_profile_does_not_name),
		TEST(refuses_an_attribute_twice_or_not_at_all),
		TEST(refuses_an_unsigned_attribute),
		TEST(
		    refuses_a_signing_certificate_that_is_not_the_one_enclosed),
		TEST(carries_the_time_it_was_given_and_not_the_clock),
		TEST(covers_the_files_that_are_there),
		TEST(a_manifest_repeats_the_first_or_is_read),
		TEST(a_manifest_is_the_first_again_for_another_signature),
		TEST(a_manifest_is_known_again_as_it_was_written),
		TEST(a_manifest_of_other_files_is_not_known_again),
		TEST(refuses_a_file_more_or_less_than_it_lists),
		TEST(refuses_a_file_listed_twice),
		TEST(refuses_a_file_that_is_not_the_one_signed),
		TEST(refuses_the_manifest_of_another_signature),
		TEST(refuses_a_manifest_that_is_not_one),
		TEST(refuses_a_manifest_with_another_digest_method),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
