#include "test.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../src/document/typeface.h"
#include "ihala/arena.h"
#include "ihala/file.h"
#include "ihala/pdf.h"
#include "ihala/xml.h"

#define MIXED "tests/document/mixed.xml"

static struct ih_library *library;
static struct ih_press *press;
static struct ih_arena *arena;

static int
open_all(void **state)
{
	struct ih_error err = { .kind = IH_NONE };

	(void)state;
	library = ih_library_open(".", &err);
	press = library != NULL ? ih_press_open(library, &err) : NULL;
	arena = ih_arena_new();
	return press == NULL;
}

static int
close_all(void **state)
{
	(void)state;
	ih_press_close(press);
	ih_library_close(library);
	ih_arena_free(arena);
	return 0;
}

/* ---- blocks, and what becomes of them */

#define EN(text) "<text xml:lang=\"en\" dir=\"ltr\">" text "</text>"
#define P(text) "<p>" EN(text) "</p>"
#define DOC(title, blocks)                                                     \
	"<doc xmlns=\"urn:ihala:block:1\" kind=\"example\""                    \
	" sheet=\"xslt/example.xsl\" reference=\"A\" title=\"Neutral\">"       \
	"<head/><title>" title "</title>" blocks "<foot/></doc>"

static struct ih_buffer *
make(const char *blocks)
{
	struct ih_error err = { .kind = IH_NONE };
	struct ih_buffer *pdf =
	    ih_pdf_make(press, blocks, strlen(blocks), &err);

	if (pdf == NULL)
		fail_msg("%s", err.text);
	return pdf;
}

static struct ih_buffer *
make_mixed(void)
{
	struct ih_error err = { .kind = IH_NONE };
	IH_OWNED(ih_buffer) blocks = ih_file_read(MIXED, IH_XML_MAX, &err);

	return make((const char *)blocks->data);
}

static bool
has(const struct ih_buffer *pdf, const char *text)
{
	return memmem(pdf->data, pdf->size, text, strlen(text)) != NULL;
}

/* TEXT so many times, between HEAD and TAIL. */
static char *
many(const char *head, const char *text, size_t times, const char *tail)
{
	size_t size = strlen(text);
	char *all = ih_arena_take(arena,
	    strlen(head) + times * size + strlen(tail) + 1);
	char *at = stpcpy(all, head);

	for (size_t i = 0; i < times; i++)
		at = stpcpy(at, text);
	strcpy(at, tail);
	return all;
}

static char *
paragraph_of(const char *text, size_t times)
{
	return many("<p><text xml:lang=\"en\" dir=\"ltr\">", text, times,
	    "</text></p>");
}

static char *
document_of(const char *blocks)
{
	static const char head[] = DOC(EN("T"), "");
	const char *foot = strstr(head, "<foot/>");
	char *start = ih_arena_text(arena, head);

	start[foot - head] = '\0';
	return ih_arena_printf(arena, "%s%s%s", start, blocks, foot);
}

/* ---- the same bytes */

static void
assert_same(const struct ih_buffer *one, const struct ih_buffer *other)
{
	assert_int_equal(one->size, other->size);
	assert_memory_equal(one->data, other->data, one->size);
}

static void
the_same_blocks_give_the_same_bytes(void **state)
{
	struct ih_error err = { .kind = IH_NONE };
	IH_OWNED(ih_buffer) one = make_mixed();
	IH_OWNED(ih_buffer) two = make_mixed();

	(void)state;
	assert_same(one, two);
	ih_press_close(press);
	press = ih_press_open(library, &err);
	IH_OWNED(ih_buffer) fresh = make_mixed();
	assert_same(one, fresh);
}

/* Where it is made, and for whom, does not show. */
static void
the_machine_and_the_user_change_no_byte(void **state)
{
	static const char *const others[][2] = {
		{ "TZ", "Pacific/Auckland" },
		{ "LC_ALL", "ar_EG.UTF-8" },
		{ "LANG", "fr_FR.UTF-8" },
		{ "LANGUAGE", "ar" },
		{ "PANGO_LANGUAGE", "ur:fa" },
		{ "FONTCONFIG_FILE", "/dev/null" },
		{ "SOURCE_DATE_EPOCH", "1" },
	};
	IH_OWNED(ih_buffer) here = make_mixed();

	(void)state;
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
		const char *was = getenv(others[i][0]);

		was = was != NULL ? ih_arena_text(arena, was) : NULL;
		setenv(others[i][0], others[i][1], 1);
		setlocale(LC_ALL, "");
		IH_OWNED(ih_buffer) there = make_mixed();
		assert_same(here, there);
		if (was != NULL)
			setenv(others[i][0], was, 1);
		else
			unsetenv(others[i][0]);
	}
	setlocale(LC_ALL, "C");
}

static void
it_is_tagged_and_says_its_neutral_title_and_no_more(void **state)
{
	static const char *const none[] = { "Secret", "/CreationDate",
		"/ModDate", "/Author", "/Subject", "/Keywords", "/Metadata",
		"/ID" };
	IH_OWNED(ih_buffer) pdf = make(DOC(EN("Secret"), P("x")));

	(void)state;
	assert_true(has(pdf, "/MarkInfo << /Marked true >>"));
	assert_true(has(pdf, "/Title (Neutral)"));
	for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
		assert_false(has(pdf, none[i]));
}

/* ---- what is refused */

static const struct {
	const char *blocks, *why;
} refused[] = {
	{ "", "block" },
	{ "%PDF-1.5", "block:1" },
	{ "<doc", "block:1" },
	{ "<answers xmlns=\"urn:ihala:answers:1\"/>", "block:1" },
	{ DOC(EN("T"), "\n<script>x</script>"), "block:2" },
	{ DOC(EN("T"), "\n<p dir=\"ltr\">x</p>"), "block:2" },
	{ DOC(EN("T"), ""), "block:1" },
	{ DOC(EN("A") EN("B") EN("C"), P("x")), "one language or in two" },
	{ DOC(EN("A"), "\n<p>" EN("one") EN("two") "</p>"), "line 2" },
	{ DOC(EN("T"), "<p>" EN("&#x1;") "</p>"), "block:1" },
	{ "<!DOCTYPE doc [<!ENTITY e SYSTEM \"/etc/passwd\">]>" DOC(EN("&e;"),
	      P("x")),
	    "block:1" },
};

static void
what_is_not_blocks_is_refused_with_its_place(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
		struct ih_error err = { .kind = IH_NONE };
		const char *blocks = refused[i].blocks;

		assert_null(ih_pdf_make(press, blocks, strlen(blocks), &err));
		assert_int_equal(err.kind, IH_INPUT);
		if (strstr(err.text, refused[i].why) == NULL)
			fail_msg("%s: no \"%s\"", err.text, refused[i].why);
	}
}

static void
assert_too_large(const char *blocks, const char *why)
{
	struct ih_error err = { .kind = IH_NONE };

	assert_null(ih_pdf_make(press, blocks, strlen(blocks), &err));
	assert_int_equal(err.kind, IH_INPUT);
	assert_non_null(strstr(err.text, why));
}

static void
what_is_too_large_is_refused_by_name(void **state)
{
	static const char cell[] = "<cell><same>x</same></cell>";
	static const char place[] = "<sign><place><label>" EN(
	    "x") "</label><line>" EN("y") "</line></place></sign>";
	const char *wide = many("<row>", cell, 13, "</row>");

	(void)state;
	assert_too_large(document_of(many("<table>", wide, 2, "</table>")),
	    "12 cells");
	assert_too_large(document_of(many("", place, 3500, "")),
	    "more than 500 pages");
	assert_too_large(document_of(many("", "<p>", 300, "")), "block:1");
}

/* ---- what is set all the same */

static void
what_is_hostile_but_small_is_set(void **state)
{
	unsigned few = one_in(10);
	const char *const blocks[] = {
		paragraph_of("a", 8000 / few),      /* one word */
		paragraph_of("ب", 8000 / few),      /* joined */
		paragraph_of("\u0301", 2000 / few), /* marks on nothing */
		paragraph_of("ب\u064e\u0651", 2000 / few), /* and on letters */
		paragraph_of("\u2067ب\u2066a", 3000 / few),
		paragraph_of("\u202eab", 8000 / few),
		paragraph_of("\u2069\u2028\xc2\x85\ufeff\u200d", 3000 / few),
		paragraph_of("\xf0\x92\x80\x80", 3000 / few), /* cuneiform */
		paragraph_of("aبa1 ", 5000 / few),
		paragraph_of(" ", 10000 / few),
		paragraph_of("", 1),
	};

	(void)state;
	for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++) {
		IH_OWNED(ih_buffer) pdf = make(document_of(blocks[i]));

		assert_true(has(pdf, "%%EOF"));
	}
}

/* The text of its pages, each behind a form feed but the first. */
static char *
text_of(const struct ih_buffer *pdf)
{
	char path[] = "/tmp/ihala-pdf-XXXXXX";
	struct ih_error err = { .kind = IH_NONE };
	int file = mkstemp(path);
	char *text = ih_arena_take(arena, 1 << 20);
	FILE *tool;

	assert_true(file >= 0 && close(file) == 0);
	assert_true(ih_file_write(path, pdf->data, pdf->size, &err));
	/* NOLINTNEXTLINE(cert-env33-c): what a reader would do */
	tool = popen(ih_arena_printf(arena, "pdftotext -raw %s -", path), "r");
	assert_non_null(tool);
	text[fread(text, 1, (1 << 20) - 1, tool)] = '\0';
	assert_int_equal(pclose(tool), 0);
	unlink(path);
	return text;
}

static size_t
count(const char *text, const char *word)
{
	size_t times = 0;

	for (const char *at = text; (at = strstr(at, word)) != NULL;
	     at += strlen(word))
		times++;
	return times;
}

static void
a_long_table_has_its_head_and_its_number_on_each_page(void **state)
{
	static const char head[] =
	    "<table><row><cell><same>Column</same></cell></row>";
	IH_OWNED(ih_buffer)
	pdf = make(document_of(many(head,
	    "<row><cell><same>Entry</same></cell></row>", 200, "</table>")));
	const char *text = text_of(pdf);
	size_t pages = count(text, "\f");

	(void)state;
	assert_true(pages > 3);
	assert_int_equal(count(text, "Column"), pages);
	assert_int_equal(count(text, "Entry"), 200);
	assert_non_null(
	    strstr(text, ih_arena_printf(arena, "%zu / %zu", pages, pages)));
}

/* ---- the fonts */

static void
a_font_that_is_not_there_is_named_with_its_package(void **state)
{
	struct ih_error err = { .kind = IH_NONE };

	(void)state;
	assert_null(ih_typefaces_read("tests/none/", &err));
	assert_int_equal(err.kind, IH_SYSTEM);
	assert_non_null(strstr(err.text, "tests/none/"));
	assert_non_null(strstr(err.text, "fonts-noto-core"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_same_blocks_give_the_same_bytes),
		TEST(the_machine_and_the_user_change_no_byte),
		TEST(it_is_tagged_and_says_its_neutral_title_and_no_more),
		TEST(what_is_not_blocks_is_refused_with_its_place),
		TEST(what_is_too_large_is_refused_by_name),
		TEST(what_is_hostile_but_small_is_set),
		TEST(a_long_table_has_its_head_and_its_number_on_each_page),
		TEST(a_font_that_is_not_there_is_named_with_its_package),
	};

	return cmocka_run_group_tests(tests, open_all, close_all);
}
