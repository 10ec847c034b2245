#include "test.h"

#include <string.h>

#include "ihala/passphrase.h"

static const char good[] = "quatre mots assez longs";

static struct ih_buffer *
sealed_with(struct ih_cost cost)
{
	struct ih_error err = { 0 };

	return ih_passphrase_seal(good, cost, "user", "secret", 6, &err);
}

static struct ih_secret *
open_it(const char *passphrase, struct ih_cost least, const char *context,
    const struct ih_buffer *sealed, struct ih_error *err)
{
	return ih_passphrase_open(passphrase, least, context, sealed->data,
	    sealed->size, err);
}

static void
opens_with_the_passphrase(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) sealed = sealed_with(IH_COST_TRAINING);
	IH_OWNED(ih_secret)
	opened = open_it(good, IH_COST_TRAINING, "user", sealed, &err);

	(void)state;
	assert_non_null(opened);
	assert_true(ih_secret_is(opened, "secret", 6));
}

static void
opens_at_the_cost_that_protects_people(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) sealed = sealed_with(IH_COST);
	IH_OWNED(ih_secret) opened =
	    open_it(good, IH_COST, "user", sealed, &err);

	(void)state;
	assert_non_null(opened);
}

static void
denies_every_other_passphrase_with_one_sentence(void **state)
{
	static const char *const others[] = { "quatre mots assez long",
		"Quatre mots assez longs", "", "quatre mots assez longs " };
	IH_OWNED(ih_buffer) sealed = sealed_with(IH_COST_TRAINING);

	(void)state;
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
		struct ih_error err = { 0 };

		assert_null(
		    open_it(others[i], IH_COST_TRAINING, "user", sealed, &err));
		assert_int_equal(err.kind, IH_DENIED);
		assert_string_equal(err.code, "E_PASSPHRASE");
	}
}

static void
does_not_open_for_another_use(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) sealed = sealed_with(IH_COST_TRAINING);

	(void)state;
	assert_null(open_it(good, IH_COST_TRAINING, "office", sealed, &err));
	assert_int_equal(err.kind, IH_DENIED);
}

static void
refuses_a_lower_cost_than_asked_for(void **state)
{
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) sealed = sealed_with(IH_COST_TRAINING);

	(void)state;
	assert_null(open_it(good, IH_COST, "user", sealed, &err));
	assert_int_equal(err.kind, IH_TRUST);
}

/* The cost is read before anything can be checked: it must not stop us. */
static void
tries_no_cost_that_would_stop_the_machine(void **state)
{
	IH_OWNED(ih_buffer) sealed = sealed_with(IH_COST_TRAINING);

	(void)state;
	for (size_t at = 1; at <= 3; at++) {
		unsigned char was = sealed->data[at];
		struct ih_error err = { 0 };

		sealed->data[at] = 255;
		assert_null(
		    open_it(good, IH_COST_TRAINING, "user", sealed, &err));
		assert_int_equal(err.kind, IH_TRUST);
		sealed->data[at] = was;
	}
}

static void
refuses_changed_and_cut_bytes(void **state)
{
	IH_OWNED(ih_buffer) sealed = sealed_with(IH_COST_TRAINING);
	struct ih_error err = { 0 };

	(void)state;
	for (size_t at = 0; at < sealed->size; at += 5) {
		if (at >= 1 && at <= 3)
			continue;
		sealed->data[at] ^= 1;
		assert_null(
		    open_it(good, IH_COST_TRAINING, "user", sealed, &err));
		sealed->data[at] ^= 1;
	}
	for (size_t size = 0; size < sealed->size; size += 7)
		assert_null(ih_passphrase_open(good, IH_COST_TRAINING, "user",
		    sealed->data, size, &err));
}

static void
asks_for_eight_characters_not_bytes(void **state)
{
	static const char *const too_short[] = { "", "sept7..",
		"\xd8\xb3\xd8\xb1\xd8\xb3\xd8\xb1" /* four letters */ };
	struct ih_error err = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof too_short / sizeof too_short[0]; i++) {
		assert_null(ih_passphrase_seal(too_short[i], IH_COST_TRAINING,
		    "user", "secret", 6, &err));
		assert_int_equal(err.kind, IH_USAGE);
		assert_string_equal(err.code, "E_PASSPHRASE_SHORT");
	}
	IH_OWNED(ih_buffer)
	arabic = ih_passphrase_seal(
	    "\xd8\xb3\xd8\xb1\xd8\xb3\xd8\xb1\xd8\xb3\xd8\xb1\xd8\xb3\xd8\xb1",
	    IH_COST_TRAINING, "user", "secret", 6, &err);
	assert_non_null(arabic);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(opens_with_the_passphrase),
		TEST(opens_at_the_cost_that_protects_people),
		TEST(denies_every_other_passphrase_with_one_sentence),
		TEST(does_not_open_for_another_use),
		TEST(refuses_a_lower_cost_than_asked_for),
		TEST(tries_no_cost_that_would_stop_the_machine),
		TEST(refuses_changed_and_cut_bytes),
		TEST(asks_for_eight_characters_not_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
