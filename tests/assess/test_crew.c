#include "test.h"

#include "fixture.h"

#include "ihala/crew.h"

/* What a crew told: its lines, and a line for each refusal. */
struct told {
	struct ih_buffer *lines, *bad;
	uint64_t done, refused;
};

static struct told
told_new(void)
{
	return (
	    struct told){ .lines = ih_buffer_new(), .bad = ih_buffer_new() };
}

static void
told_free(struct told *told)
{
	ih_buffer_free(told->lines);
	ih_buffer_free(told->bad);
}

static void
keep_lines(const void *bytes, size_t size, void *with)
{
	struct told *told = with;

	ih_buffer_add(told->lines, bytes, size);
}

static void
keep_bad(const struct ih_crew_bad *bad, void *with)
{
	struct told *told = with;

	ih_buffer_printf(told->bad, "%s #%llu %s %ld %s %s\n", bad->document,
	    (unsigned long long)bad->index, bad->id, bad->line, bad->err->code,
	    bad->err->text);
}

static void
feed(struct ih_crew *crew, const void *bytes, size_t size, size_t step)
{
	const char *at = bytes;

	for (size_t n; size > 0; size -= n, at += n) {
		size_t room;
		void *to = ih_crew_room(crew, &room);

		n = step < room ? step : room;
		n = n < size ? n : size;
		memcpy(to, at, n);
		ih_crew_took(crew, n);
	}
}

struct document {
	const char *name;
	struct ih_buffer *bytes;    /* NULL: it cannot be read */
	const struct ih_error *err; /* and why */
};

static struct told
tell(const struct document *documents, size_t count, unsigned threads,
    size_t step)
{
	struct told told = told_new();
	struct ih_error err = { 0 };
	struct ih_crew_sink sink = { keep_lines, keep_bad, &told };
	IH_OWNED(ih_crew) crew =
	    ih_crew_new(small_framework, threads, sink, &err);

	if (crew == NULL)
		fail_msg("%s", err.text);
	for (size_t i = 0; i < count; i++) {
		const struct document *d = &documents[i];

		ih_crew_open(crew, d->name);
		if (d->bytes != NULL)
			feed(crew, d->bytes->data, d->bytes->size, step);
		ih_crew_close(crew, d->err);
	}
	ih_crew_finish(crew);
	told.done = ih_crew_done(crew);
	told.refused = ih_crew_refused(crew);
	return told;
}

static void
open_list(struct ih_buffer *out)
{
	ih_buffer_text(out,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- a list -->\n"
	    "<interviews xmlns=\"urn:ihala:interviews:1\">\n");
}

/* Every ninth is refused. */
static struct ih_buffer *
list_of(size_t count)
{
	static const char *const lines[] = { "", "safe=no",
		"s1=yes s2=yes p1=yes p2=yes", "s1=refused p1=unknown",
		"forms=Begging,Work name=Exemple born=1992" };
	struct ih_buffer *list = ih_buffer_new();

	open_list(list);
	for (size_t i = 0; i < count; i++)
		write_answers(list, small,
		    i % 9 == 8 ? "s1=maybe" : lines[i % 5]);
	ih_buffer_text(list, "</interviews>\n");
	return list;
}

static struct ih_buffer *
text(const char *bytes)
{
	return ih_buffer_copy(bytes, strlen(bytes));
}

/* What the batch of one thread makes of the same. */
static void
add_line(const struct ih_batch_result *result, void *with)
{
	ih_batch_line(result, with);
	ih_buffer_text(with, "\n");
}

static void
gives_what_one_thread_gives(void **state)
{
	IH_OWNED(ih_buffer) list = list_of(9000);
	IH_OWNED(ih_buffer) lines = ih_buffer_new();
	IH_OWNED(ih_batch) batch =
	    ih_batch_new(small_framework, add_line, lines);
	struct document document = { .name = "list.xml", .bytes = list };
	struct ih_error err = { 0 };

	(void)state;
	assert_true(list->size > 3u << 20);
	assert_true(ih_batch_feed(batch, list->data, list->size, &err));
	assert_true(ih_batch_end(batch, &err));
	for (unsigned threads = 0; threads <= 8; threads++) {
		struct told told = tell(&document, 1, threads, 1 << 20);

		assert_int_equal(told.lines->size, lines->size);
		assert_memory_equal(told.lines->data, lines->data, lines->size);
		assert_int_equal(told.done, 8000);
		assert_int_equal(told.refused, 1000);
		told_free(&told);
	}
}

/* Many small ones, long ones, and each way to be no document of ours. */
static size_t
mixture(struct document *documents, size_t room)
{
	static const struct ih_error unreadable = { .kind = IH_SYSTEM,
		.text = "6: it went away" };
	static char names[512][8];
	size_t count = 0;

	for (; count < 400 && count < room; count++) {
		snprintf(names[count], sizeof names[count], "%zu", count);
		documents[count] = (struct document){ .name = names[count],
			.bytes = list_of(count % 97 == 0 ? 900 : count % 4) };
	}
	ih_buffer_clear(documents[1].bytes);
	ih_buffer_text(documents[2].bytes, "<more/>");
	ih_buffer_free(documents[3].bytes);
	documents[3].bytes = text("<!DOCTYPE a><answers/>");
	ih_buffer_free(documents[5].bytes);
	documents[5].bytes = text("not XML");
	documents[6].err = &unreadable;
	/* cut short, after many blocks */
	documents[97].bytes->size -= 40;
	return count;
}

static void
tells_the_same_whatever_the_number_of_threads_and_bytes(void **state)
{
	static const size_t steps[] = { 1 << 20, 4096, 61 };
	static struct document documents[512];
	size_t count = mixture(documents, 512);
	struct told first = tell(documents, count, 0, 1 << 20);

	(void)state;
	for (unsigned threads = 0; threads <= 4; threads += 2)
		for (size_t s = 0; s < sizeof steps / sizeof steps[0]; s++) {
			struct told told =
			    tell(documents, count, threads, steps[s]);

			assert_string_equal((char *)told.lines->data,
			    (char *)first.lines->data);
			assert_string_equal((char *)told.bad->data,
			    (char *)first.bad->data);
			told_free(&told);
		}
	told_free(&first);
	for (size_t i = 0; i < count; i++)
		ih_buffer_free(documents[i].bytes);
}

static void
names_what_it_refused_and_finishes_the_rest(void **state)
{
	static const struct ih_error unreadable = { .kind = IH_SYSTEM,
		.text = "e: it went away" };
	IH_OWNED(ih_buffer) nine = list_of(9);
	IH_OWNED(ih_buffer) doctype = text("<!DOCTYPE a><a/>");
	IH_OWNED(ih_buffer) cut = list_of(2);
	IH_OWNED(ih_buffer) one = list_of(1);
	IH_OWNED(ih_buffer) nothing = text("");
	struct document documents[] = { { "a", nine, NULL },
		{ "b", doctype, NULL }, { "c", cut, NULL },
		{ "d", nothing, NULL }, { "e", NULL, &unreadable },
		{ "f", one, NULL } };
	struct told told;

	(void)state;
	cut->size -= strlen("</interviews>\n");
	told = tell(documents, 6, 2, 1000);
	assert_string_equal((char *)told.bad->data,
	    "a #9 " SMALL_ID " 45 E_CODE item \"s1\" takes a code of list "
	    "\"yes-no\"\n"
	    "b #0  0 E_STREAM line 1, after interview 0: a DOCTYPE is not "
	    "taken\n"
	    "c #0  0 E_STREAM line 11, after interview 2: the XML is not "
	    "well-formed\n"
	    "d #0  0 E_STREAM line 1, after interview 0: expected XML, got "
	    "nothing\n"
	    "e #0  0  e: it went away\n");
	assert_int_equal(told.done, 8 + 2 + 1);
	assert_int_equal(told.refused, 5);
	told_free(&told);
}

static void
says_the_line_of_the_document_however_many_blocks_it_has(void **state)
{
	IH_OWNED(ih_buffer) list = list_of(0);
	struct document document = { .name = "long.xml", .bytes = list };
	struct told told;
	char expected[128];
	long line = 1;

	(void)state;
	list->size -= strlen("</interviews>\n");
	while (list->size < 900000)
		write_answers(list, small, "s1=yes");
	for (size_t i = 0; i < list->size; i++)
		line += list->data[i] == '\n';
	write_answers(list, small, "s1=maybe");
	ih_buffer_text(list, "</interviews>");
	told = tell(&document, 1, 3, 1 << 20);
	snprintf(expected, sizeof expected, " %ld E_CODE ", line + 2);
	assert_non_null(strstr((char *)told.bad->data, expected));
	assert_int_equal(told.refused, 1);
	told_free(&told);
}

static void
refuses_an_interview_that_never_ends_and_goes_on(void **state)
{
	IH_OWNED(ih_buffer) endless = list_of(3);
	IH_OWNED(ih_buffer) one = list_of(1);
	struct document documents[] = { { "endless", endless, NULL },
		{ "one", one, NULL } };
	struct told told;

	(void)state;
	endless->size -= strlen("</interviews>\n");
	while (endless->size < 3u << 20)
		ih_buffer_text(endless, "<answers>");
	told = tell(documents, 2, 2, 1 << 20);
	assert_non_null(
	    strstr((char *)told.bad->data, "endless #0  0 E_STREAM line "));
	assert_non_null(strstr((char *)told.bad->data, "larger than any"));
	assert_int_equal(told.refused, 1);
	assert_true(told.done >= 1);
	told_free(&told);
}

static void
can_be_given_up_while_it_works(void **state)
{
	IH_OWNED(ih_buffer) list = list_of(3000);
	struct told told = told_new();
	struct ih_error err = { 0 };
	struct ih_crew_sink sink = { keep_lines, keep_bad, &told };
	IH_OWNED(ih_crew) crew = ih_crew_new(small_framework, 4, sink, &err);

	(void)state;
	assert_non_null(crew);
	ih_crew_open(crew, "list.xml");
	feed(crew, list->data, list->size, 1 << 20);
	ih_crew_free(IH_GIVE(crew));
	told_free(&told);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(gives_what_one_thread_gives),
		TEST(tells_the_same_whatever_the_number_of_threads_and_bytes),
		TEST(names_what_it_refused_and_finishes_the_rest),
		TEST(says_the_line_of_the_document_however_many_blocks_it_has),
		TEST(refuses_an_interview_that_never_ends_and_goes_on),
		TEST(can_be_given_up_while_it_works),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
