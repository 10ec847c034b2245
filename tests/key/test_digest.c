#include "test.h"

#include <string.h>

#include "hex.h"
#include "ihala/digest.h"

/* FIPS 180-4, appendix B (NIST examples). */
static void
is_the_published_sha256(void **state)
{
	static const struct {
		const char *text, *digest;
	} vectors[] = {
		{ "", "e3b0c44298fc1c149afbf4c8996fb924"
		      "27ae41e4649b934ca495991b7852b855" },
		{ "abc", "ba7816bf8f01cfea414140de5dae2223"
			 "b00361a396177a9cb410ff61f20015ad" },
		{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
		    "248d6a61d20638b8e5c026930c3e6039"
		    "a33ce45964ff2167f6ecedd419db06c1" },
	};
	char text[IH_DIGEST_TEXT];

	(void)state;
	for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++) {
		ih_digest_text(vectors[i].text, strlen(vectors[i].text), text);
		assert_string_equal(text, vectors[i].digest);
	}
}

/* RFC 4231, test cases 1 and 2. */
static void
is_the_published_hmac(void **state)
{
	static const struct {
		const char *key, *text, *digest;
	} vectors[] = {
		{ "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "Hi There",
		    "b0344c61d8db38535ca8afceaf0bf12b"
		    "881dc200c9833da726e9376c2e32cff7" },
		{ "4a656665", "what do ya want for nothing?",
		    "5bdcc146bf60754e6a042426089575c7"
		    "5a003f089d2739839dec58b964ec3843" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++) {
		unsigned char digest[IH_DIGEST];
		IH_OWNED(ih_buffer) key = unhex(vectors[i].key);
		IH_OWNED(ih_buffer) wanted = unhex(vectors[i].digest);

		ih_digest_keyed(key->data, key->size, vectors[i].text,
		    strlen(vectors[i].text), digest);
		assert_memory_equal(digest, wanted->data, IH_DIGEST);
	}
}

static void
is_known_however_it_was_typed(void **state)
{
	static const char said[] =
	    "3f2a90bc3f2a90bc3f2a90bc3f2a90bc3f2a90bc3f2a90bc3f2a90bc3f2a90bc";
	static const struct {
		const char *typed;
		bool is;
	} rows[] = {
		{ said, true },
		{ "3F2A 90BC 3f2a:90bc 3f2a-90bc3f2a90bc3f2a90bc3f2a90bc"
		  "3f2a90bc3f2a90bc ",
		    true },
		{ "3f2a90bc", false },
		{ "", false },
		{ "3f2a90bc3f2a90bc3f2a90bc3f2a90bc3f2a90bc3f2a90bc3f2a90bc"
		  "3f2a90bc0",
		    false },
		{ "3f2a90bc3f2a90bc3f2a90bc3f2a90bc3f2a90bc3f2a90bc3f2a90bc"
		  "3f2a90bd",
		    false },
		{ "gf2a90bc3f2a90bc3f2a90bc3f2a90bc3f2a90bc3f2a90bc3f2a90bc"
		  "3f2a90bc",
		    false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		assert_int_equal(ih_digest_is(rows[i].typed, said), rows[i].is);
		assert_int_equal(ih_digest_is(said, rows[i].typed), rows[i].is);
	}
	assert_false(ih_digest_is("", ""));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(is_the_published_sha256),
		TEST(is_the_published_hmac),
		TEST(is_known_however_it_was_typed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
