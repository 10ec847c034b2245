#include "test.h"

#include <string.h>
#include <time.h>

#include "ihala/world.h"

static void
repeats_itself_from_the_same_seed(void **state)
{
	uint64_t one = 7, two = 7, three = 8;
	struct ih_world a = ih_world_fixed(5, &one);
	struct ih_world b = ih_world_fixed(5, &two);
	struct ih_world c = ih_world_fixed(5, &three);
	unsigned char x[300], y[300], z[300];

	(void)state;
	a.random(a.state, x, sizeof x);
	b.random(b.state, y, 100);
	b.random(b.state, y + 100, 200);
	c.random(c.state, z, sizeof z);
	assert_memory_equal(x, y, sizeof x);
	assert_memory_not_equal(x, z, sizeof x);
	assert_int_equal(a.now, 5);
}

/* A replay ten years on must give the bytes of today. */
static void
grows_the_same_bytes_for_ever(void **state)
{
	uint64_t seed = 0;
	struct ih_world world = ih_world_fixed(0, &seed);
	unsigned char bytes[3];

	(void)state;
	world.random(world.state, bytes, sizeof bytes);
	/* The low bytes of splitmix64 from 0, as its authors print them:
	 * e220a8397b1dcdaf 6e789e6aa1b965f4 06c45d188009454f ... */
	assert_int_equal(bytes[0], 0xaf);
	assert_int_equal(bytes[1], 0xf4);
	assert_int_equal(bytes[2], 0x4f);
}

static void
is_the_clock_and_chance_where_it_is_real(void **state)
{
	struct ih_world world = ih_world_real();
	unsigned char one[1000] = { 0 }, two[1000] = { 0 };
	int set = 0;

	(void)state;
	assert_in_range(world.now, time(NULL) - 60, time(NULL) + 60);
	world.random(world.state, one, sizeof one);
	world.random(world.state, two, sizeof two);
	assert_memory_not_equal(one, two, sizeof one);
	for (size_t i = 0; i < sizeof one; i++)
		set += one[i] != 0;
	assert_true(set > 900);
}

static void
gives_no_byte_where_none_is_asked(void **state)
{
	struct ih_world world = ih_world_real();
	unsigned char byte = 7;

	(void)state;
	world.random(world.state, &byte, 0);
	assert_int_equal(byte, 7);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(repeats_itself_from_the_same_seed),
		TEST(grows_the_same_bytes_for_ever),
		TEST(is_the_clock_and_chance_where_it_is_real),
		TEST(gives_no_byte_where_none_is_asked),
	};

	return cmocka_run_group_tests_name("world", tests, NULL, NULL);
}
