#include "test.h"

#include <string.h>

#include "ihala/mask.h"

#define NOW INT64_C(1772618400) /* 2026-03-04T10:00:00Z */

enum { MOST = 7, COUNT = 40 };

static struct ih_office *offices[MOST];

static int
open_offices(void **state)
{
	static const char *const names[MOST] = { "AA", "BB", "CC", "DD", "EE",
		"FF", "GG" };
	static uint64_t seed = 11;
	struct ih_world world = ih_world_fixed(NOW, &seed);
	struct ih_error err = { 0 };

	(void)state;
	for (size_t i = 0; i < MOST; i++)
		offices[i] = ih_office_new(names[i], 2, &world, &err);
	return offices[MOST - 1] == NULL;
}

static int
close_offices(void **state)
{
	(void)state;
	for (size_t i = 0; i < MOST; i++)
		ih_office_free(offices[i]);
	return 0;
}

/* What office AT of OF makes of NUMBERS. */
static void
mask(size_t at, size_t of, const char *context, uint64_t numbers[static COUNT])
{
	struct ih_error err = { 0 };

	for (size_t i = 0; i < of; i++)
		if (i != at)
			assert_true(ih_mask(&offices[at]->pair[IH_USE_SEALING],
			    offices[i]->pair[IH_USE_SEALING].certificate,
			    context, numbers, COUNT, &err));
}

static void
adds_up_to_the_sum_of_all(void **state)
{
	static const size_t sizes[] = { 2, 3, 7 };

	(void)state;
	for (size_t s = 0; s < 3; s++) {
		uint64_t sum[COUNT] = { 0 }, masked[COUNT] = { 0 };

		for (size_t at = 0; at < sizes[s]; at++) {
			uint64_t numbers[COUNT];

			for (size_t i = 0; i < COUNT; i++) {
				numbers[i] = at * 100 + i;
				sum[i] += numbers[i];
			}
			mask(at, sizes[s], "2026", numbers);
			for (size_t i = 0; i < COUNT; i++)
				masked[i] += numbers[i];
		}
		assert_memory_equal(masked, sum, sizeof sum);
	}
}

static void
says_nothing_while_one_is_missing(void **state)
{
	uint64_t sum[COUNT] = { 0 };

	(void)state;
	for (size_t at = 0; at < 2; at++) {
		uint64_t numbers[COUNT] = { 0 };

		mask(at, 3, "2026", numbers);
		for (size_t i = 0; i < COUNT; i++)
			sum[i] += numbers[i];
	}
	/* A number below 2^32 by chance: once in 10^8 runs. */
	for (size_t i = 0; i < COUNT; i++)
		assert_true(sum[i] >> 32 != 0);
}

/* Of each bit about half: six standard deviations are 768 of 16 384. */
static void
looks_like_chance_bit_by_bit(void **state)
{
	size_t ones[64] = { 0 };
	char context[24];

	(void)state;
	for (unsigned run = 0; run < 16384 / COUNT + 1; run++) {
		uint64_t numbers[COUNT] = { 0 };

		snprintf(context, sizeof context, "%u", run);
		mask(0, 2, context, numbers);
		for (size_t i = 0; i < COUNT; i++)
			for (size_t bit = 0; bit < 64; bit++)
				ones[bit] += numbers[i] >> bit & 1;
	}
	for (size_t bit = 0; bit < 64; bit++)
		assert_in_range(ones[bit], 8200 - 400, 8200 + 400);
}

static void
masks_otherwise_in_another_context(void **state)
{
	uint64_t one[COUNT] = { 0 }, same[COUNT] = { 0 }, other[COUNT] = { 0 };

	(void)state;
	mask(0, 3, "2026", one);
	mask(0, 3, "2026", same);
	mask(0, 3, "2027", other);
	assert_memory_equal(one, same, sizeof one);
	for (size_t i = 0; i < COUNT; i++)
		assert_true(one[i] != other[i]);
}

static void
refuses_a_key_that_agrees_on_nothing(void **state)
{
	static const enum ih_key_kind kinds[] = { IH_KEY_P384, IH_KEY_RSA };
	static uint64_t seed = 12;
	struct ih_world world = ih_world_fixed(NOW, &seed);
	const struct ih_pair *own = &offices[0]->pair[IH_USE_SEALING];
	struct ih_error err = { 0 };
	uint64_t numbers[COUNT] = { 0 };

	(void)state;
	for (size_t k = 0; k < 2; k++) {
		IH_OWNED(ih_office)
		other = ih_office_new_as("HH", kinds[k], 2, &world, &err);

		assert_false(
		    ih_mask(own, other->pair[IH_USE_SEALING].certificate, "",
			numbers, COUNT, &err));
		assert_int_equal(err.kind, IH_TRUST);
		assert_string_equal(err.code, "E_MASK_KEY");
	}
	assert_false(ih_mask(own, own->certificate, "", numbers, COUNT, &err));
	assert_string_equal(err.code, "E_MASK_KEY");
	for (size_t i = 0; i < COUNT; i++)
		assert_true(numbers[i] == 0);
}

static void
agrees_between_keys_of_p384_too(void **state)
{
	static uint64_t seed = 13;
	struct ih_world world = ih_world_fixed(NOW, &seed);
	struct ih_error err = { 0 };
	IH_OWNED(ih_office)
	one = ih_office_new_as("AA", IH_KEY_P384, 2, &world, &err);
	IH_OWNED(ih_office)
	two = ih_office_new_as("BB", IH_KEY_P384, 2, &world, &err);
	uint64_t a = 3, b = 4;

	(void)state;
	assert_true(ih_mask(&one->pair[IH_USE_SEALING],
	    two->pair[IH_USE_SEALING].certificate, "", &a, 1, &err));
	assert_true(ih_mask(&two->pair[IH_USE_SEALING],
	    one->pair[IH_USE_SEALING].certificate, "", &b, 1, &err));
	assert_true(a != 3);
	assert_true(a + b == 7);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(adds_up_to_the_sum_of_all),
		cmocka_unit_test(says_nothing_while_one_is_missing),
		cmocka_unit_test(looks_like_chance_bit_by_bit),
		cmocka_unit_test(masks_otherwise_in_another_context),
		cmocka_unit_test(refuses_a_key_that_agrees_on_nothing),
		cmocka_unit_test(agrees_between_keys_of_p384_too),
	};

	return cmocka_run_group_tests(tests, open_offices, close_offices);
}
