#include "test.h"

#include <string.h>

#include "hex.h"
#include "ihala/wrap.h"

struct pair {
	struct ih_secret *private;
	unsigned char public[IH_WRAP_PUBLIC];
};

static struct pair holder, stranger;
static struct ih_secret *key;

static int
make_keys(void **state)
{
	struct ih_error err = { 0 };

	(void)state;
	holder.private = ih_wrap_new(holder.public, &err);
	stranger.private = ih_wrap_new(stranger.public, &err);
	key = ih_key_new(&err);
	return key == NULL;
}

static int
free_keys(void **state)
{
	(void)state;
	ih_secret_free(holder.private);
	ih_secret_free(stranger.private);
	ih_secret_free(key);
	return 0;
}

static void
gives_the_key_to_its_holder(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) wrapped = ih_wrap(holder.public, "use", key, &err);
	IH_OWNED(ih_secret)
	again = ih_unwrap(holder.private, "use", wrapped->data, wrapped->size,
	    &err);

	(void)state;
	assert_int_equal(wrapped->size, IH_WRAPPED);
	assert_non_null(again);
	assert_true(ih_secret_is(again, key->bytes, key->size));
}

static void
gives_it_to_nobody_else_and_for_no_other_use(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) wrapped = ih_wrap(holder.public, "use", key, &err);

	(void)state;
	assert_null(ih_unwrap(stranger.private, "use", wrapped->data,
	    wrapped->size, &err));
	assert_int_equal(err.kind, IH_TRUST);
	assert_null(ih_unwrap(holder.private, "usf", wrapped->data,
	    wrapped->size, &err));
	assert_int_equal(err.kind, IH_TRUST);
}

static void
refuses_every_changed_byte_and_length(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) wrapped = ih_wrap(holder.public, "use", key, &err);

	(void)state;
	for (size_t i = 0; i < wrapped->size; i++) {
		wrapped->data[i] ^= 0x10;
		assert_null(ih_unwrap(holder.private, "use", wrapped->data,
		    wrapped->size, &err));
		assert_int_equal(err.kind, IH_TRUST);
		wrapped->data[i] ^= 0x10;
		assert_null(
		    ih_unwrap(holder.private, "use", wrapped->data, i, &err));
	}
}

/* RFC 7748, section 6: a point of small order makes the shared secret zero,
 * which everybody knows. */
static void
refuses_points_that_give_a_known_secret(void **state)
{
	static const char *const points[] = {
		"0000000000000000000000000000000000000000000000000000000000000"
		"000",
		"0100000000000000000000000000000000000000000000000000000000000"
		"000",
		"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
		"7f",
	};

	(void)state;
	for (size_t i = 0; i < sizeof points / sizeof points[0]; i++) {
		struct ih_error err = { 0 };
		IH_OWNED(ih_buffer) point = unhex(points[i]);
		IH_OWNED(ih_buffer) wrapped = ih_buffer_copy("\x01", 1);
		unsigned char rest[IH_KEY + IH_SEAL_MORE] = { 1 };

		assert_null(ih_wrap(point->data, "use", key, &err));
		assert_int_equal(err.kind, IH_TRUST);
		ih_buffer_add(wrapped, point->data, point->size);
		ih_buffer_add(wrapped, rest, sizeof rest);
		assert_null(ih_unwrap(holder.private, "use", wrapped->data,
		    wrapped->size, &err));
		assert_int_equal(err.kind, IH_TRUST);
	}
}

/* RFC 7748, section 6.1: Bob's keys. */
static void
has_the_published_public_key(void **state)
{
	struct ih_error err = { 0 };
	unsigned char public[IH_WRAP_PUBLIC];
	IH_OWNED(ih_buffer)
	private = unhex("5dab087e624a8a4b79e17f8b83800ee6"
			"6f3bb1292618b6fd1c2f8b27ff88e0eb");
	IH_OWNED(ih_buffer)
	wanted = unhex("de9edb7d7b7dc1b4d35b61c2ece43537"
		       "3f8343c85b78674dadfc7e146f882b4f");
	IH_OWNED(ih_secret)
	secret = ih_secret_copy(private->data, private->size);

	(void)state;
	assert_true(ih_wrap_public(secret, public, &err));
	assert_memory_equal(public, wanted->data, sizeof public);
}

/* More than a wrapper keeps the points of. */
enum { MANY = 11 };

static void
gives_many_keys_to_many_holders_each_its_own(void **state)
{
	struct ih_error err = { 0 };
	struct pair of[MANY];
	IH_OWNED(ih_wrapper) wrapper = ih_wrapper_new(&err);

	(void)state;
	for (int i = 0; i < MANY; i++)
		of[i].private = ih_wrap_new(of[i].public, &err);
	for (int i = 0; i < 2 * MANY; i++) {
		const struct pair *mine = &of[i % MANY];
		const char *use = i < MANY ? "one" : "two";
		const char *other = i < MANY ? "two" : "one";
		IH_OWNED(ih_secret) new_key = ih_key_new(&err);
		IH_OWNED(ih_buffer)
		w = ih_wrapper_wrap(wrapper, mine->public, use, new_key, &err);
		IH_OWNED(ih_secret)
		again = ih_unwrap(mine->private, use, w->data, w->size, &err);

		assert_non_null(again);
		assert_true(ih_secret_is(again, new_key->bytes, IH_KEY));
		assert_null(ih_unwrap(of[(i + 1) % MANY].private, use, w->data,
		    w->size, &err));
		assert_null(
		    ih_unwrap(mine->private, other, w->data, w->size, &err));
	}
	for (int i = 0; i < MANY; i++)
		ih_secret_free(of[i].private);
}

static void
compares_secrets_by_length_and_content(void **state)
{
	IH_OWNED(ih_secret) secret = ih_secret_copy("invented", 8);

	(void)state;
	assert_true(ih_secret_is(secret, "invented", 8));
	assert_false(ih_secret_is(secret, "inventee", 8));
	assert_false(ih_secret_is(secret, "invente", 7));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(gives_the_key_to_its_holder),
		TEST(gives_it_to_nobody_else_and_for_no_other_use),
		TEST(gives_many_keys_to_many_holders_each_its_own),
		TEST(refuses_every_changed_byte_and_length),
		TEST(refuses_points_that_give_a_known_secret),
		TEST(has_the_published_public_key),
		TEST(compares_secrets_by_length_and_content),
	};

	return cmocka_run_group_tests(tests, make_keys, free_keys);
}
