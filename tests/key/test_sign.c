#include "test.h"

#include "hex.h"
#include "ihala/sign.h"

/* RFC 8032, section 7.1, tests 1 and 2. */
static const struct {
	const char *private, *public, *text, *signature;
} vectors[] = {
	{ "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
	    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
	    "",
	    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
	    "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100"
	    "b" },
	{ "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
	    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
	    "72",
	    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
	    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c0"
	    "0" },
};

static void
signs_as_published(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++) {
		struct ih_error err = { 0 };
		unsigned char public[IH_SIGN_PUBLIC];
		unsigned char signature[IH_SIGNATURE];
		IH_OWNED(ih_buffer) key = unhex(vectors[i].private);
		IH_OWNED(ih_buffer) text = unhex(vectors[i].text);
		IH_OWNED(ih_buffer) wanted = unhex(vectors[i].signature);
		IH_OWNED(ih_buffer) of = unhex(vectors[i].public);
		IH_OWNED(ih_secret)
		private = ih_secret_copy(key->data, key->size);

		assert_true(ih_sign_public(private, public, &err));
		assert_memory_equal(public, of->data, sizeof public);
		assert_true(
		    ih_sign(private, text->data, text->size, signature, &err));
		assert_memory_equal(signature, wanted->data, IH_SIGNATURE);
		assert_true(ih_sign_check(public, text->data, text->size,
		    signature, &err));
	}
}

static void
refuses_other_bytes_another_key_and_a_changed_signature(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) one = unhex(vectors[0].public);
	IH_OWNED(ih_buffer) two = unhex(vectors[1].public);
	IH_OWNED(ih_buffer) signature = unhex(vectors[1].signature);

	(void)state;
	assert_false(ih_sign_check(two->data, "s", 1, signature->data, &err));
	assert_int_equal(err.kind, IH_TRUST);
	assert_false(ih_sign_check(one->data, "r", 1, signature->data, &err));
	for (size_t i = 0; i < signature->size; i++) {
		signature->data[i] ^= 1;
		assert_false(
		    ih_sign_check(two->data, "r", 1, signature->data, &err));
		signature->data[i] ^= 1;
	}
	assert_true(ih_sign_check(two->data, "r", 1, signature->data, &err));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(signs_as_published),
		TEST(refuses_other_bytes_another_key_and_a_changed_signature),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
