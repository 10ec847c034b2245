#include "test.h"

#include <stdlib.h>
#include <string.h>

#include "child.h"
#include "ihala/buffer.h"

static void
is_a_string_from_the_start(void **state)
{
	IH_OWNED(ih_buffer) buffer = ih_buffer_new();

	(void)state;
	assert_int_equal(buffer->size, 0);
	assert_string_equal((char *)buffer->data, "");
}

static void
grows_by_one_byte_and_by_many(void **state)
{
	IH_OWNED(ih_buffer) buffer = ih_buffer_new();

	(void)state;
	for (int i = 0; i < 10000; i++) {
		char byte = (char)('a' + i % 26);

		ih_buffer_add(buffer, &byte, 1);
		assert_int_equal(buffer->data[buffer->size], 0);
	}
	assert_int_equal(buffer->size, 10000);
	for (int i = 0; i < 10000; i++)
		assert_int_equal(buffer->data[i], 'a' + i % 26);
}

static void
copies_bytes_that_hold_a_nul(void **state)
{
	IH_OWNED(ih_buffer) copy = ih_buffer_copy("a\0b", 3);
	IH_OWNED(ih_buffer) none = ih_buffer_copy(NULL, 0);

	(void)state;
	assert_int_equal(copy->size, 3);
	assert_memory_equal(copy->data, "a\0b", 4);
	assert_int_equal(none->size, 0);
}

static void
adds_text_and_formatted_text(void **state)
{
	IH_OWNED(ih_buffer) buffer = ih_buffer_new();

	(void)state;
	ih_buffer_text(buffer, "one ");
	ih_buffer_printf(buffer, "%d %s ", 2, "three");
	ih_buffer_printf(buffer, "%600s", "far");
	assert_int_equal(buffer->size, 612);
	assert_memory_equal(buffer->data, "one 2 three ", 12);
	assert_string_equal((char *)buffer->data + 609, "far");
}

static void
is_wiped_when_emptied_and_keeps_its_memory(void **state)
{
	IH_OWNED(ih_buffer) buffer = ih_buffer_copy("secret", 6);
	unsigned char *data = buffer->data;

	(void)state;
	ih_buffer_clear(buffer);
	assert_ptr_equal(buffer->data, data);
	assert_int_equal(buffer->size, 0);
	for (int i = 0; i < 6; i++)
		assert_int_equal(data[i], 0);
}

static void
needs_no_memory_once_it_is_reserved(void **state)
{
	IH_OWNED(ih_buffer) buffer = ih_buffer_copy("x", 1);
	unsigned char *data;

	(void)state;
	ih_buffer_reserve(buffer, 100000);
	assert_true(buffer->room >= 100000);
	assert_string_equal((char *)buffer->data, "x");
	data = buffer->data;
	for (int i = 1; i < 100000; i++)
		ih_buffer_add(buffer, "y", 1);
	assert_ptr_equal(buffer->data, data);
}

static void
reserve_all_there_is(void)
{
	IH_OWNED(ih_buffer) buffer = ih_buffer_new();

	ih_buffer_reserve(buffer, SIZE_MAX);
}

static void
add_more_than_there_is(void)
{
	IH_OWNED(ih_buffer) buffer = ih_buffer_new();

	ih_buffer_add(buffer, "", SIZE_MAX - 2);
}

static void
ends_the_program_rather_than_hold_too_little(void **state)
{
	(void)state;
	assert_int_equal(signal_that_ends(reserve_all_there_is), SIGABRT);
	assert_int_equal(signal_that_ends(add_more_than_there_is), SIGABRT);
}

static int freed;

typedef struct thing {
	int number;
} thing;

static void
thing_free(struct thing *held)
{
	freed = held->number;
}

IH_OWNER(thing, thing_free)

static struct thing *
make_and_give(struct thing *made)
{
	IH_OWNED(thing) held = made;

	return IH_GIVE(held);
}

static void
make_and_forget(struct thing *made)
{
	IH_OWNED(thing) held = made;
	IH_OWNED(thing) none = NULL;

	(void)held;
	(void)none;
}

static void
is_freed_with_its_block_unless_given_away(void **state)
{
	struct thing one = { 1 };

	(void)state;
	freed = 0;
	assert_ptr_equal(make_and_give(&one), &one);
	assert_int_equal(freed, 0);
	make_and_forget(&one);
	assert_int_equal(freed, 1);
	ih_buffer_free(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(is_a_string_from_the_start),
		TEST(grows_by_one_byte_and_by_many),
		TEST(copies_bytes_that_hold_a_nul),
		TEST(adds_text_and_formatted_text),
		TEST(is_wiped_when_emptied_and_keeps_its_memory),
		TEST(needs_no_memory_once_it_is_reserved),
		TEST(ends_the_program_rather_than_hold_too_little),
		TEST(is_freed_with_its_block_unless_given_away),
	};

	return cmocka_run_group_tests_name("buffer", tests, NULL, NULL);
}
