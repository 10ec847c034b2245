#include "test.h"

#include <string.h>

#include "child.h"
#include "ihala/arena.h"

static void
gives_zeroed_memory_aligned_for_any_type(void **state)
{
	static const size_t sizes[] = { 1, 3, 7, 8, 15, 16, 17, 100, 1000,
		20000, 1, 100000, 2 };
	IH_OWNED(ih_arena) arena = ih_arena_new();

	(void)state;
	for (int round = 0; round < 3; round++) {
		for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
			unsigned char *bytes = ih_arena_take(arena, sizes[i]);

			assert_int_equal((uintptr_t)bytes %
					     _Alignof(max_align_t),
			    0);
			for (size_t b = 0; b < sizes[i]; b++)
				assert_int_equal(bytes[b], 0);
			memset(bytes, 0xa5, sizes[i]);
		}
		ih_arena_reset(arena);
	}
}

static void
hands_out_no_byte_twice(void **state)
{
	IH_OWNED(ih_arena) arena = ih_arena_new();
	unsigned char *taken[500];

	(void)state;
	for (size_t i = 0; i < 500; i++) {
		taken[i] = ih_arena_take(arena, i * 7 % 301 + 1);
		memset(taken[i], (int)(i % 251), i * 7 % 301 + 1);
	}
	for (size_t i = 0; i < 500; i++)
		for (size_t b = 0; b < i * 7 % 301 + 1; b++)
			assert_int_equal(taken[i][b], i % 251);
}

static void
keeps_text_and_formatted_text(void **state)
{
	IH_OWNED(ih_arena) arena = ih_arena_new();
	char source[] = "text";
	char *kept = ih_arena_text(arena, source);
	char *made = ih_arena_printf(arena, "%s %d %20000s", "a", 7, "end");

	(void)state;
	source[0] = 'n';
	assert_string_equal(kept, "text");
	assert_string_equal(ih_arena_text(arena, ""), "");
	assert_int_equal(strlen(made), 20004);
	assert_memory_equal(made, "a 7 ", 4);
	assert_string_equal(made + 20001, "end");
}

/* Once it has held a document, one of that size is held without asking for
 * more: the same place is given again. */
static void
keeps_the_memory_for_the_next_document(void **state)
{
	IH_OWNED(ih_arena) arena = ih_arena_new();
	char *first, *again, *last = NULL;

	(void)state;
	for (int i = 0; i < 40; i++)
		ih_arena_take(arena, 10000);
	ih_arena_reset(arena);
	first = ih_arena_take(arena, 10000);
	for (int i = 1; i < 38; i++)
		last = ih_arena_take(arena, 10000);
	assert_true(last - first == 37 * 10000);
	ih_arena_reset(arena);
	again = ih_arena_take(arena, 10000);
	assert_ptr_equal(again, first);
}

static void
can_be_nothing(void **state)
{
	(void)state;
	ih_arena_free(NULL);
}

static void
take_all_there_is(void)
{
	IH_OWNED(ih_arena) arena = ih_arena_new();

	ih_arena_take(arena, SIZE_MAX - 40);
}

static void
makes_room_for_one_more(void **state)
{
	IH_OWNED(ih_arena) arena = ih_arena_new();
	unsigned *list = NULL, *first = NULL;
	size_t room = 0, moved = 0;

	(void)state;
	for (unsigned i = 0; i < 1000; i++) {
		unsigned *more =
		    ih_arena_more(arena, list, i, &room, sizeof *list);

		moved += more != list;
		list = more;
		list[i] = i;
		first = first == NULL ? list : first;
	}
	assert_true(room >= 1000);
	assert_true(moved < 10);
	for (unsigned i = 0; i < 1000; i++)
		assert_int_equal(list[i], i);
	/* who still holds the old one reads what it said */
	assert_int_equal(first[1], 1);
}

static void
take_more_than_fits_a_size(void)
{
	IH_OWNED(ih_arena) arena = ih_arena_new();
	size_t room = SIZE_MAX / 4;

	ih_arena_more(arena, arena, room, &room, 8);
}

static void
take_more_than_there_is(void)
{
	IH_OWNED(ih_arena) arena = ih_arena_new();

	ih_arena_take(arena, SIZE_MAX);
}

static void
ends_the_program_rather_than_give_too_little(void **state)
{
	(void)state;
	assert_int_equal(signal_that_ends(take_all_there_is), SIGABRT);
	assert_int_equal(signal_that_ends(take_more_than_there_is), SIGABRT);
	assert_int_equal(signal_that_ends(take_more_than_fits_a_size), SIGABRT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(gives_zeroed_memory_aligned_for_any_type),
		TEST(hands_out_no_byte_twice),
		TEST(keeps_text_and_formatted_text),
		TEST(keeps_the_memory_for_the_next_document),
		TEST(makes_room_for_one_more),
		TEST(can_be_nothing),
		TEST(ends_the_program_rather_than_give_too_little),
	};

	return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
