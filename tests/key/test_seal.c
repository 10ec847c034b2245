#include "test.h"

#include <string.h>

#include "hex.h"
#include "ihala/seal.h"

static const unsigned char key[IH_KEY] = "a key of thirty-two bytes, yes.";
static const char secret[] = "Personne Exemple Sept";

static struct ih_buffer *
sealed_secret(void)
{
	struct ih_error err = { 0 };

	return ih_seal(key, "case 1", 6, secret, sizeof secret, &err);
}

static void
opens_what_it_sealed(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) sealed = sealed_secret();
	IH_OWNED(ih_buffer)
	opened =
	    ih_seal_open(key, "case 1", 6, sealed->data, sealed->size, &err);

	(void)state;
	assert_int_equal(sealed->size, sizeof secret + IH_SEAL_MORE);
	assert_non_null(opened);
	assert_int_equal(opened->size, sizeof secret);
	assert_string_equal((char *)opened->data, secret);
}

static void
shows_nothing_of_what_is_inside(void **state)
{
	IH_OWNED(ih_buffer) sealed = sealed_secret();

	(void)state;
	assert_null(memmem(sealed->data, sealed->size, "Exemple", 7));
}

static void
seals_the_same_bytes_differently_each_time(void **state)
{
	IH_OWNED(ih_buffer) one = sealed_secret();
	IH_OWNED(ih_buffer) two = sealed_secret();

	(void)state;
	assert_memory_not_equal(one->data, two->data, one->size);
}

static void
seals_nothing_and_opens_nothing(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) sealed = ih_seal(key, NULL, 0, NULL, 0, &err);
	IH_OWNED(ih_buffer)
	opened = ih_seal_open(key, NULL, 0, sealed->data, sealed->size, &err);

	(void)state;
	assert_non_null(opened);
	assert_int_equal(opened->size, 0);
}

static void
refuses_every_changed_bit(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) sealed = sealed_secret();

	(void)state;
	for (size_t i = 0; i < sealed->size * 8; i++) {
		unsigned char bit = (unsigned char)(1u << (i % 8));

		sealed->data[i / 8] ^= bit;
		assert_null(ih_seal_open(key, "case 1", 6, sealed->data,
		    sealed->size, &err));
		assert_int_equal(err.kind, IH_TRUST);
		sealed->data[i / 8] ^= bit;
	}
}

static void
refuses_every_shorter_and_longer_piece(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) sealed = sealed_secret();

	(void)state;
	for (size_t size = 0; size < sealed->size; size++)
		assert_null(
		    ih_seal_open(key, "case 1", 6, sealed->data, size, &err));
	ih_buffer_text(sealed, "x");
	assert_null(
	    ih_seal_open(key, "case 1", 6, sealed->data, sealed->size, &err));
	assert_int_equal(err.kind, IH_TRUST);
}

static void
refuses_another_key_and_another_binding(void **state)
{
	static const unsigned char other[IH_KEY] = "another key";
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) sealed = sealed_secret();

	(void)state;
	assert_null(
	    ih_seal_open(other, "case 1", 6, sealed->data, sealed->size, &err));
	assert_null(
	    ih_seal_open(key, "case 2", 6, sealed->data, sealed->size, &err));
	assert_null(
	    ih_seal_open(key, NULL, 0, sealed->data, sealed->size, &err));
	assert_int_equal(err.kind, IH_TRUST);
}

static void
refuses_more_than_it_can_carry(void **state)
{
	struct ih_error err = { 0 };

	(void)state;
	assert_null(ih_seal(key, NULL, 0, secret, IH_SEAL_MAX + 1, &err));
	assert_int_equal(err.kind, IH_INPUT);
}

/* McGrew and Viega, The Galois/Counter Mode of Operation, test cases 13, 14
 * and 16: the vectors NIST's specification refers to. */
static void
opens_the_published_vectors(void **state)
{
	static const struct {
		const char *key, *nonce, *plain, *binding, *sealed, *tag;
	} vectors[] = {
		{ "0000000000000000000000000000000000000000000000000000000000"
		  "000000",
		    "000000000000000000000000", "", "", "",
		    "530f8afbc74536b9a963b4f1c4cb738b" },
		{ "0000000000000000000000000000000000000000000000000000000000"
		  "000000",
		    "000000000000000000000000",
		    "00000000000000000000000000000000", "",
		    "cea7403d4d606b6e074ec5d3baf39d18",
		    "d0d1c8a799996bf0265b98b5d48ab919" },
		{ "feffe9928665731c6d6a8f9467308308"
		  "feffe9928665731c6d6a8f9467308308",
		    "cafebabefacedbaddecaf888",
		    "d9313225f88406e5a55909c5aff5269a"
		    "86a7a9531534f7da2e4c303d8a318a72"
		    "1c3c0c95956809532fcf0e2449a6b525"
		    "b16aedf5aa0de657ba637b39",
		    "feedfacedeadbeeffeedfacedeadbeefabaddad2",
		    "522dc1f099567d07f47f37a32a84427d"
		    "643a8cdcbfe5c0c97598a2bd2555d1aa"
		    "8cb08e48590dbb3da7b08b1056828838"
		    "c5f61e6393ba7a0abcc9f662",
		    "76fc6ece0f4e1768cddf8853bb2d551b" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++) {
		struct ih_error err = { 0 };
		IH_OWNED(ih_buffer) k = unhex(vectors[i].key);
		IH_OWNED(ih_buffer) nonce = unhex(vectors[i].nonce);
		IH_OWNED(ih_buffer) plain = unhex(vectors[i].plain);
		IH_OWNED(ih_buffer) binding = unhex(vectors[i].binding);
		IH_OWNED(ih_buffer) inner = unhex(vectors[i].sealed);
		IH_OWNED(ih_buffer) tag = unhex(vectors[i].tag);
		IH_OWNED(ih_buffer) sealed = ih_buffer_copy("\x01", 1);

		ih_buffer_add(sealed, nonce->data, nonce->size);
		ih_buffer_add(sealed, inner->data, inner->size);
		ih_buffer_add(sealed, tag->data, tag->size);
		IH_OWNED(ih_buffer)
		opened = ih_seal_open(k->data, binding->data, binding->size,
		    sealed->data, sealed->size, &err);
		assert_non_null(opened);
		assert_int_equal(opened->size, plain->size);
		assert_memory_equal(opened->data, plain->data, plain->size);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(opens_what_it_sealed),
		TEST(shows_nothing_of_what_is_inside),
		TEST(seals_the_same_bytes_differently_each_time),
		TEST(seals_nothing_and_opens_nothing),
		TEST(refuses_every_changed_bit),
		TEST(refuses_every_shorter_and_longer_piece),
		TEST(refuses_another_key_and_another_binding),
		TEST(refuses_more_than_it_can_carry),
		TEST(opens_the_published_vectors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
