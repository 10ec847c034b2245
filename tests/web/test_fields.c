#include "test.h"

#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "ihala/fields.h"

struct ends {
	int here, there;
};

static int
set_up(void **state)
{
	struct ends *ends = malloc(sizeof *ends);
	int fds[2];

	assert_non_null(ends);
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
	*ends = (struct ends){ fds[0], fds[1] };
	*state = ends;
	return 0;
}

static int
tear_down(void **state)
{
	struct ends *ends = *state;

	close(ends->here);
	close(ends->there);
	free(ends);
	return 0;
}

static void
the_first_of_a_name_is_found(void **state)
{
	IH_OWNED(ih_fields) fields = ih_fields_new();

	(void)state;
	ih_fields_text(fields, "need", "shelter");
	ih_fields_text(fields, "need", "legal");
	ih_fields_number(fields, "count", 42);
	assert_string_equal(ih_fields_get(fields, "need"), "shelter");
	assert_null(ih_fields_get(fields, "needs"));
	assert_int_equal(fields->count, 3);
	assert_int_equal(ih_fields_count(fields, "count", -1), 42);
	assert_int_equal(ih_fields_count(fields, "need", -1), -1);
	assert_int_equal(ih_fields_count(fields, "none", -1), -1);
	ih_fields_text(fields, "long", "1234567890");
	assert_int_equal(ih_fields_count(fields, "long", -1), -1);
}

static void
what_was_added_is_a_copy(void **state)
{
	char name[] = "user", value[] = "anna";
	IH_OWNED(ih_fields) fields = ih_fields_new();

	(void)state;
	ih_fields_text(fields, name, value);
	memset(name, 'x', sizeof name - 1);
	memset(value, 'x', sizeof value - 1);
	assert_string_equal(ih_fields_get(fields, "user"), "anna");
}

static void
comes_back_equal_on_the_other_side(void **state)
{
	const struct ends *ends = *state;
	static const char zeros[] = "a\0b\0\0";
	IH_OWNED(ih_fields) sent = ih_fields_new();

	ih_fields_text(sent, ":path", "/case/7K3M-9QRT-2");
	ih_fields_text(sent, "empty", "");
	ih_fields_text(sent, "need", "مأوى");
	ih_fields_text(sent, "need", "shelter");
	ih_fields_add(sent, "file", zeros, sizeof zeros - 1);
	assert_true(ih_fields_send(ends->here, sent));
	IH_OWNED(ih_fields) got = ih_fields_receive(ends->there);
	assert_non_null(got);
	assert_int_equal(got->count, sent->count);
	assert_int_equal(got->bytes, sent->bytes);
	for (size_t i = 0; i < got->count; i++) {
		assert_string_equal(got->list[i].name, sent->list[i].name);
		assert_int_equal(got->list[i].size, sent->list[i].size);
		assert_memory_equal(got->list[i].value, sent->list[i].value,
		    sent->list[i].size + 1);
	}
}

static void *
receive_in_a_thread(void *with)
{
	return ih_fields_receive(*(int *)with);
}

static void
a_file_of_sixteen_megabytes_fits(void **state)
{
	struct ends *ends = *state;
	size_t size = (size_t)16 << 20;
	char *bytes = malloc(size);
	IH_OWNED(ih_fields) sent = ih_fields_new();
	pthread_t thread;
	void *made;

	assert_non_null(bytes);
	for (size_t i = 0; i < size; i++)
		bytes[i] = (char)(i * 31 >> 3);
	ih_fields_add(sent, "file", bytes, size);
	assert_int_equal(pthread_create(&thread, NULL, receive_in_a_thread,
			     &ends->there),
	    0);
	assert_true(ih_fields_send(ends->here, sent));
	pthread_join(thread, &made);
	IH_OWNED(ih_fields) got = made;
	assert_non_null(got);
	assert_int_equal(got->list[0].size, size);
	assert_memory_equal(got->list[0].value, bytes, size);
	free(bytes);
}

static void
nothing_comes_from_who_is_gone(void **state)
{
	struct ends *ends = *state;
	IH_OWNED(ih_fields) some = ih_fields_new();

	ih_fields_text(some, "a", "b");
	shutdown(ends->here, SHUT_RDWR);
	assert_null(ih_fields_receive(ends->there));
	assert_false(ih_fields_send(ends->there, some));
}

/* What is no message: HEAD, then BYTES, then the end. */
static void
is_refused(struct ends *ends, const uint32_t head[2], const void *bytes,
    size_t size)
{
	assert_int_equal(send(ends->here, head, 8, 0), 8);
	if (size > 0)
		assert_int_equal(send(ends->here, bytes, size, 0), size);
	shutdown(ends->here, SHUT_WR);
	assert_null(ih_fields_receive(ends->there));
}

static void
is_told_by_its_sizes_and_believes_none(void **state)
{
	static const struct {
		const char *what;
		uint32_t head[2];
		uint32_t sizes[2];
		const char *rest;
	} cases[] = {
		{ "more fields than there may be", { 1025, 8 }, { 0, 0 }, "" },
		{ "more bytes than there may be", { 1, 0xffffffff }, { 0, 0 },
		    "" },
		{ "fewer bytes than a field takes", { 1, 4 }, { 1, 1 }, "" },
		{ "a name longer than the message", { 1, 10 }, { 9, 0 }, "ab" },
		{ "a value longer than the message", { 1, 10 }, { 1, 9 },
		    "ab" },
		{ "sizes that turn over", { 1, 10 }, { 1, 0xffffffff }, "ab" },
		{ "bytes behind the last field", { 1, 11 }, { 1, 1 }, "abc" },
		{ "bytes of no field", { 0, 8 }, { 1, 1 }, "" },
		{ "a second field that is not there", { 2, 10 }, { 1, 1 },
		    "ab" },
		{ "an end before its size", { 1, 20 }, { 1, 1 }, "ab" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		unsigned char bytes[64];
		size_t size = strlen(cases[i].rest);

		memcpy(bytes, cases[i].sizes, 8);
		memcpy(bytes + 8, cases[i].rest, size);
		is_refused(*state, cases[i].head, bytes, 8 + size);
		tear_down(state);
		set_up(state);
	}
}

static void
a_name_of_more_than_127_bytes_is_none(void **state)
{
	unsigned char bytes[8 + 200];
	const uint32_t sizes[2] = { 128, 0 }, fits[2] = { 127, 0 };
	const uint32_t head[2] = { 1, 8 + 128 }, shorter[2] = { 1, 8 + 127 };
	struct ends *ends = *state;

	memset(bytes, 'n', sizeof bytes);
	memcpy(bytes, fits, sizeof fits);
	assert_int_equal(send(ends->here, shorter, 8, 0), 8);
	assert_int_equal(send(ends->here, bytes, 8 + 127, 0), 8 + 127);
	IH_OWNED(ih_fields) got = ih_fields_receive(ends->there);
	assert_non_null(got);
	assert_int_equal(strlen(got->list[0].name), 127);
	memcpy(bytes, sizes, sizeof sizes);
	is_refused(ends, head, bytes, 8 + 128);
}

#define WITH_ENDS(function)                                                    \
	cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_first_of_a_name_is_found),
		TEST(what_was_added_is_a_copy),
		WITH_ENDS(comes_back_equal_on_the_other_side),
		WITH_ENDS(a_file_of_sixteen_megabytes_fits),
		WITH_ENDS(nothing_comes_from_who_is_gone),
		WITH_ENDS(is_told_by_its_sizes_and_believes_none),
		WITH_ENDS(a_name_of_more_than_127_bytes_is_none),
	};

	return cmocka_run_group_tests_name("fields", tests, NULL, NULL);
}
