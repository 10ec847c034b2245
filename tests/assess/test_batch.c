#include "test.h"

#include "fixture.h"

#include "ihala/batch.h"

struct seen {
	size_t count, bad;
	char lines[64][256];
	char codes[64][24];
	char fault_line[256]; /* the last one */
	long line;            /* where it is */
	uint64_t last;
};

static void
keep(const struct ih_batch_result *result, void *with)
{
	struct seen *seen = with;
	IH_OWNED(ih_buffer) line = ih_buffer_new();

	ih_batch_line(result, line);
	assert_int_equal(result->index, seen->last + 1);
	seen->last = result->index;
	if (seen->count < 64) {
		snprintf(seen->lines[seen->count], 256, "%s",
		    (const char *)line->data);
		if (result->err != NULL)
			snprintf(seen->codes[seen->count], 24, "%s",
			    result->err->code);
	}
	seen->count++;
	if (result->err != NULL) {
		snprintf(seen->fault_line, sizeof seen->fault_line, "%s",
		    (const char *)line->data);
		seen->line = result->line;
		seen->bad++;
	}
}

/* TEXT as a stream, STEP bytes at a time. */
static bool
stream(const struct ih_framework *framework, const char *text, size_t size,
    size_t step, struct seen *seen, struct ih_error *err)
{
	IH_OWNED(ih_batch) batch = ih_batch_new(framework, keep, seen);

	*seen = (struct seen){ 0 };
	for (size_t at = 0; at < size; at += step)
		if (!ih_batch_feed(batch, text + at,
			size - at < step ? size - at : step, err))
			return false;
	if (!ih_batch_end(batch, err))
		return false;
	assert_int_equal(ih_batch_done(batch) + ih_batch_bad(batch),
	    seen->count);
	assert_int_equal(ih_batch_bad(batch), seen->bad);
	return true;
}

static void
open_list(struct ih_buffer *out)
{
	ih_buffer_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
			    "<!-- a list -->\n<interviews xmlns="
			    "\"urn:ihala:interviews:1\">\n");
}

static const char *const lines[] = { "", "safe=no",
	"s1=yes s2=yes p1=yes p2=yes", "s1=refused p1=unknown age=١٧",
	"forms=Begging,Work name=Exemple born=1992",
	"worked=yes paid=no paid-late=not-asked wishes=Exemple",
	"worked=no paid=blank" };
enum { LINES = sizeof lines / sizeof lines[0] };

static const char *
single(const char *line)
{
	static char text[256];
	static const char letters[] = "ftu";
	IH_OWNED(ih_answers) answers = answers_of(line);
	IH_OWNED(ih_assessment) a = ih_assess(small_framework, answers);
	const struct ih_bounds *b = &a->bounds;

	snprintf(text, sizeof text, SMALL_ID " %s %s %s %c%c",
	    ih_outcome_name(b->at_least, b->at_most),
	    ih_level_name(b->at_least), ih_level_name(b->at_most),
	    letters[b->dimensions[0]], letters[b->dimensions[1]]);
	return text;
}

static void
gives_what_one_at_a_time_gives(void **state)
{
	static struct seen seen;
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) list = ih_buffer_new();

	(void)state;
	open_list(list);
	for (int i = 0; i < LINES; i++)
		write_answers(list, small, lines[i]);
	ih_buffer_text(list, "</interviews>\n");
	if (!stream(small_framework, (char *)list->data, list->size, 1 << 16,
		&seen, &err))
		fail_msg("%s", err.text);
	assert_int_equal(seen.count, LINES);
	for (int i = 0; i < LINES; i++)
		assert_string_equal(seen.lines[i], single(lines[i]));
}

static void
takes_the_stream_in_pieces_of_any_size(void **state)
{
	static struct seen whole, pieces;
	static const size_t steps[] = { 1, 2, 3, 7, 61, 1000 };
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) list = ih_buffer_new();

	(void)state;
	open_list(list);
	for (int i = 0; i < LINES; i++)
		write_answers(list, small, lines[i]);
	ih_buffer_text(list, "</interviews>\n");
	assert_true(stream(small_framework, (char *)list->data, list->size,
	    list->size, &whole, &err));
	for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
		assert_true(stream(small_framework, (char *)list->data,
		    list->size, steps[i], &pieces, &err));
		assert_memory_equal(&whole, &pieces, sizeof whole);
	}
}

static void
takes_a_list_longer_than_it_holds(void **state)
{
	static struct seen seen;
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) list = ih_buffer_new();
	IH_OWNED(ih_buffer) one = ih_buffer_new();

	(void)state;
	open_list(list);
	write_answers(one, small, lines[4]);
	for (int i = 0; i < 20000; i++)
		ih_buffer_add(list, one->data, one->size);
	ih_buffer_text(list, "</interviews>\n");
	assert_true(list->size > 8u << 20);
	assert_true(stream(small_framework, (char *)list->data, list->size,
	    1 << 16, &seen, &err));
	assert_int_equal(seen.count, 20000);
	assert_int_equal(seen.bad, 0);
}

static void
takes_one_interview_as_a_document(void **state)
{
	static struct seen seen;
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) one = ih_buffer_new();

	(void)state;
	write_answers(one, small, lines[2]);
	assert_true(stream(small_framework, (char *)one->data, one->size, 100,
	    &seen, &err));
	assert_int_equal(seen.count, 1);
	assert_string_equal(seen.lines[0], single(lines[2]));
}

static void
takes_several_documents_one_after_the_other(void **state)
{
	static struct seen seen;
	struct ih_error err = { 0 };
	IH_OWNED(ih_batch) batch = ih_batch_new(small_framework, keep, &seen);
	IH_OWNED(ih_buffer) one = ih_buffer_new();

	(void)state;
	write_answers(one, small, lines[2]);
	for (int i = 0; i < 3; i++) {
		assert_true(ih_batch_feed(batch, one->data, one->size, &err));
		assert_true(ih_batch_end(batch, &err));
	}
	assert_false(ih_batch_feed(batch, "<a><b></a>", 10, &err) &&
		     ih_batch_end(batch, &err));
	assert_string_equal(err.code, "E_STREAM");
	err = (struct ih_error){ 0 };
	assert_true(ih_batch_feed(batch, one->data, one->size, &err));
	assert_true(ih_batch_end(batch, &err));
	assert_int_equal(ih_batch_done(batch), 4);
}

static void
takes_prefixes_as_the_author_likes(void **state)
{
	static const char text[] =
	    "<i:interviews xmlns:i='urn:ihala:interviews:1' "
	    "xmlns:a='urn:ihala:answers:1'><a:answers id='" SMALL_ID
	    "' instrument='small' version='1.0.0' digest='%s'><a:interview "
	    "date='2026-05-17' committee='MA' channel='ngo' language='fr' "
	    "area='MA-04' stopped='true'/><a:answer item='s1'><a:value>"
	    "<![CDATA[ yes ]]></a:value></a:answer></a:answers>"
	    "</i:interviews>";
	static struct seen seen;
	char list[1024];
	struct ih_error err = { 0 };

	(void)state;
	snprintf(list, sizeof list, text, small->digest);
	if (!stream(small_framework, list, strlen(list), 10, &seen, &err))
		fail_msg("%s", err.text);
	assert_int_equal(seen.count, 1);
	assert_int_equal(seen.bad, 0);
	assert_string_equal(seen.lines[0], single("s1=yes"));
}

/* ---- what is not right */

static void
reports_a_bad_interview_and_goes_on(void **state)
{
	static const struct {
		const char *line, *code;
	} rows[] = {
		{ "nothing=yes", "E_ITEM" },
		{ "s1=maybe", "E_CODE" },
		{ "age=many", "E_NUMBER" },
		{ "age=121", "E_NUMBER" },
		{ "born=soon", "E_DATE" },
		{ "s1=yes,no", "E_ONE" },
		{ "s1=yes s1=yes", "E_TWICE" },
		{ "forms=Work,Work", "E_TWICE" },
		{ "worked=no paid=yes", "E_SKIPPED" },
		{ "safe=no wishes=X", "E_SKIPPED" },
	};
	enum { ROWS = sizeof rows / sizeof rows[0] };
	static struct seen seen;
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) list = ih_buffer_new();

	(void)state;
	open_list(list);
	for (int i = 0; i < ROWS; i++) {
		write_answers(list, small, rows[i].line);
		write_answers(list, small, "s1=yes");
	}
	ih_buffer_text(list, "</interviews>");
	assert_true(stream(small_framework, (char *)list->data, list->size,
	    1 << 16, &seen, &err));
	assert_int_equal(seen.count, 2 * ROWS);
	assert_int_equal(seen.bad, ROWS);
	for (int i = 0; i < ROWS; i++) {
		assert_string_equal(seen.codes[2 * i], rows[i].code);
		assert_string_equal(seen.lines[2 * i + 1], single("s1=yes"));
	}
	assert_non_null(strstr(seen.lines[0], "#1 " SMALL_ID " E_ITEM: line "));
}

static void
refuses_what_the_schema_would(void **state)
{
	static const char *const rows[][2] = {
		{ "id=\"0", "id=\"g" },
		{ "version=\"1.0.0\"", "version=\"1.0.1\"" },
		{ "version=\"1.0.0\"", "" },
		{ "instrument=\"small\"", "instrument=\"smell\"" },
		{ "digest=\"", "digest=\"0" },
		{ "training=\"true\"", "training=\"yes\"" },
		{ "training=\"true\"", "trained=\"true\"" },
		{ "training=\"true\"", "xml:lang=\"ar\"" },
		{ "committee=\"MA\"", "committee=\"ma\"" },
		{ "committee=\"MA\"", "" },
		{ "channel=\"ngo\"", "channel=\"street\"" },
		{ "date=\"2026-05-17\"", "date=\"2026-05\"" },
		{ "language=\"ar\"", "language=\"arabic\"" },
		{ "language=\"ar\"", "language=\"ar\" mood=\"good\"" },
		{ "<interview ", "<interviewer " },
		{ "<answer item=\"s1\" by=\"person\">", "<answer>" },
		{ "by=\"person\"", "by=\"nobody\"" },
		{ "by=\"person\"", "state=\"asleep\"" },
		{ "by=\"person\"", "state=\"given\"" },
		{ "by=\"person\"", "state=\"refused\"" },
		{ "by=\"person\"", "why=\"because\"" },
		{ "<value>yes</value>", "" },
		{ "<value>yes</value>", "<value/>" },
		{ "<value>yes</value>", "yes" },
		{ "<value>yes</value>", "<value lang=\"ar\">yes</value>" },
		{ "<value>yes</value>", "<value><b>yes</b></value>" },
		{ "<value>yes</value>",
		    "<value xmlns=\"urn:other\">yes</value>" },
		{ "<value>yes</value>", "<value>yes</value><note/>" },
		{ "<answer ", "<note><deep/></note><answer " },
		{ "</answers>", "loose words</answers>" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		static struct seen seen;
		struct ih_error err = { 0 };
		IH_OWNED(ih_buffer) one = ih_buffer_new();
		IH_OWNED(ih_buffer) list = ih_buffer_new();
		char *at;

		open_list(list);
		write_answers(one, small, "s1=yes");
		at = strstr((char *)one->data, rows[i][0]);
		assert_non_null(at);
		ih_buffer_add(list, one->data,
		    (size_t)(at - (char *)one->data));
		ih_buffer_text(list, rows[i][1]);
		ih_buffer_text(list, at + strlen(rows[i][0]));
		ih_buffer_add(list, one->data, one->size);
		ih_buffer_text(list, "</interviews>");
		if (!stream(small_framework, (char *)list->data, list->size,
			1 << 16, &seen, &err))
			fail_msg("%s: %s", rows[i][1], err.text);
		if (seen.count != 2 || seen.bad != 1)
			fail_msg("%s was taken", rows[i][1]);
		assert_int_not_equal(seen.codes[0][0], '\0');
		assert_string_equal(seen.lines[1], single("s1=yes"));
	}
}

static void
an_error_says_the_line_of_the_stream(void **state)
{
	static struct seen seen;
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) list = ih_buffer_new();
	long line = 1;

	(void)state;
	open_list(list);
	while (list->size < 600000)
		write_answers(list, small, "s1=yes");
	for (size_t i = 0; i < list->size; i++)
		line += list->data[i] == '\n';
	write_answers(list, small, "s1=maybe");
	ih_buffer_text(list, "</interviews>");
	assert_true(stream(small_framework, (char *)list->data, list->size,
	    1 << 14, &seen, &err));
	assert_int_equal(seen.bad, 1);
	/* The answer stands two lines below its <answers>. */
	assert_int_equal(seen.line, line + 2);
	assert_non_null(strstr(seen.fault_line, "E_CODE: line "));
}

static void
ends_the_stream_where_the_xml_ends(void **state)
{
	static const char *const streams[] = { "", "x", "<", "<a/>",
		"<interviews/>", "<answers/>",
		"<interviews xmlns='urn:ihala:interviews:1'>",
		"<interviews xmlns='urn:ihala:interviews:1'></interview>",
		"<interviews xmlns='urn:ihala:interviews:1'>x</interviews>",
		"<interviews xmlns='urn:ihala:interviews:1' a='b'/>",
		"<interviews xmlns='urn:ihala:interviews:1'><a/></interviews>",
		"<interviews xmlns='urn:ihala:interviews:1'/><a/>",
		"<!DOCTYPE a [<!ENTITY b 'c'>]><interviews "
		"xmlns='urn:ihala:interviews:1'/>",
		"<?pi x?><interviews xmlns='urn:ihala:interviews:1'/>",
		"<interviews xmlns='urn:ihala:interviews:1'><?pi x?>"
		"</interviews>",
		"<interviews xmlns='urn:ihala:interviews:1'>&b;</interviews>",
		"<?xml version='1.1'?><interviews "
		"xmlns='urn:ihala:interviews:1'/>",
		"<?xml version='1.0' encoding='ISO-8859-1'?><interviews "
		"xmlns='urn:ihala:interviews:1'/>",
		"<i:interviews/>",
		"<interviews xmlns='urn:ihala:interviews:1'>\xff"
		"</interviews>" };

	(void)state;
	for (size_t i = 0; i < sizeof streams / sizeof streams[0]; i++) {
		static struct seen seen;
		struct ih_error err = { 0 };

		if (stream(small_framework, streams[i], strlen(streams[i]), 5,
			&seen, &err))
			fail_msg("%s was taken", streams[i]);
		assert_int_equal(err.kind, IH_INPUT);
		assert_string_equal(err.code, "E_STREAM");
		assert_int_equal(seen.count, 0);
	}
}

static void
an_empty_list_is_no_fault(void **state)
{
	static const char *const streams[] = {
		"<interviews xmlns='urn:ihala:interviews:1'/>",
		"<interviews xmlns='urn:ihala:interviews:1'> </interviews>",
		"\xef\xbb\xbf<interviews xmlns='urn:ihala:interviews:1'/>",
	};

	(void)state;
	for (size_t i = 0; i < sizeof streams / sizeof streams[0]; i++) {
		static struct seen seen;
		struct ih_error err = { 0 };

		if (!stream(small_framework, streams[i], strlen(streams[i]), 3,
			&seen, &err))
			fail_msg("%s: %s", streams[i], err.text);
		assert_int_equal(seen.count, 0);
	}
}

static void
refuses_a_tag_of_a_hundred_thousand_attributes_at_once(void **state)
{
	static struct seen seen;
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) list = ih_buffer_new();

	(void)state;
	open_list(list);
	ih_buffer_text(list, "<answers");
	for (int i = 0; i < 100000; i++)
		ih_buffer_printf(list, " a%d=\"\"", i);
	ih_buffer_text(list, "/></interviews>");
	assert_false(stream(small_framework, (char *)list->data, list->size,
	    1 << 16, &seen, &err));
	assert_non_null(strstr(err.text, "a tag longer than"));
}

static void
refuses_what_never_ends(void **state)
{
	struct seen seen = { 0 };
	struct ih_error err = { 0 };
	IH_OWNED(ih_batch) batch = ih_batch_new(small_framework, keep, &seen);
	static const char depth[] = "<interviews "
				    "xmlns='urn:ihala:interviews:1'>";
	bool fine = ih_batch_feed(batch, depth, strlen(depth), &err);

	(void)state;
	for (int i = 0; i < 1000000 && fine; i++)
		fine = ih_batch_feed(batch, "<answers>", 9, &err);
	assert_false(fine);
	assert_string_equal(err.code, "E_STREAM");
}

static void
examples_of_the_house_are_assessed_alike(void **state)
{
	struct ih_error err = { 0 };
	static struct seen seen;
	IH_OWNED(ih_instrument) adult =
	    ih_instrument_load(library, "adult", &err);
	IH_OWNED(ih_framework) ilo =
	    ih_framework_load(library, "ilo-adult-labour", adult, &err);
	IH_OWNED(ih_buffer) bytes =
	    read_or_stop("xml/example/06-refusals-fr.xml");
	IH_OWNED(xmlDoc) doc =
	    ih_xml_read("06.xml", bytes->data, bytes->size, &err);
	IH_OWNED(ih_answers) answers = ih_answers_read(doc, adult, &err);
	char start[128];

	(void)state;
	if (answers == NULL)
		fail_msg("%s", err.text);
	IH_OWNED(ih_assessment) a = ih_assess(ilo, answers);
	assert_true(
	    stream(ilo, (char *)bytes->data, bytes->size, 1000, &seen, &err));
	snprintf(start, sizeof start, "%s %s %s %s ", answers->id,
	    ih_outcome_name(a->bounds.at_least, a->bounds.at_most),
	    ih_level_name(a->bounds.at_least),
	    ih_level_name(a->bounds.at_most));
	assert_memory_equal(seen.lines[0], start, strlen(start));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(gives_what_one_at_a_time_gives),
		TEST(takes_the_stream_in_pieces_of_any_size),
		TEST(takes_a_list_longer_than_it_holds),
		TEST(takes_one_interview_as_a_document),
		TEST(takes_several_documents_one_after_the_other),
		TEST(takes_prefixes_as_the_author_likes),
		TEST(reports_a_bad_interview_and_goes_on),
		TEST(refuses_what_the_schema_would),
		TEST(an_error_says_the_line_of_the_stream),
		TEST(ends_the_stream_where_the_xml_ends),
		TEST(an_empty_list_is_no_fault),
		TEST(refuses_a_tag_of_a_hundred_thousand_attributes_at_once),
		TEST(refuses_what_never_ends),
		TEST(examples_of_the_house_are_assessed_alike),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
