#include "test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ihala/opener.h"

static char folder[] = "/tmp/test_opener.XXXXXX";

static char *
path(const char *name)
{
	static char paths[8][256];
	static size_t next;
	char *text = paths[next++ % 8];

	snprintf(text, sizeof paths[0], "%s%s%s", folder,
	    name[0] != '\0' ? "/" : "", name);
	return text;
}

static void
put(const char *name, const char *content)
{
	int file = open(path(name), O_WRONLY | O_CREAT | O_TRUNC, 0600);

	assert_true(file >= 0);
	assert_int_equal(write(file, content, strlen(content)),
	    strlen(content));
	close(file);
}

static int
set_up(void **state)
{
	(void)state;
	if (mkdtemp(folder) == NULL)
		return 1;
	put("b.xml", "second");
	put("a.xml", "first");
	put("B.xml", "zeroth");
	put("c.txt", "not XML");
	put(".d.xml", "hidden");
	put(".xml", "no name");
	return mkdir(path("sub.xml"), 0700) == 0 &&
		       mkdir(path("empty"), 0700) == 0 ?
		   0 :
		   1;
}

static int
tear_down(void **state)
{
	static const char *const names[] = { "b.xml", "a.xml", "B.xml", "c.txt",
		".d.xml", ".xml" };

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		unlink(path(names[i]));
	rmdir(path("sub.xml"));
	rmdir(path("empty"));
	return rmdir(folder);
}

/* The next file has this name and content. */
static void
comes(struct ih_opener *opener, const char *name, const char *content)
{
	static struct ih_opened opened;
	char bytes[16] = "";

	assert_true(ih_opener_next(opener, &opened));
	assert_int_equal(opened.err.kind, IH_NONE);
	assert_string_equal(opened.name, name);
	assert_int_equal(read(opened.file, bytes, sizeof bytes - 1),
	    strlen(content));
	assert_string_equal(bytes, content);
	close(opened.file);
}

static void
is_missing(struct ih_opener *opener, const char *name, const char *code)
{
	static struct ih_opened opened;

	assert_true(ih_opener_next(opener, &opened));
	assert_int_equal(opened.file, -1);
	assert_string_equal(opened.name, name);
	assert_string_equal(opened.err.code, code);
	assert_non_null(strstr(opened.err.text, name));
}

static void
a_folder_is_its_xml_files_by_the_bytes_of_their_names(void **state)
{
	static struct ih_opened opened;
	struct ih_error err = { 0 };
	char *names[] = { path("") };
	IH_OWNED(ih_opener) opener = ih_opener_start(names, 1, &err);

	(void)state;
	assert_non_null(opener);
	comes(opener, path("B.xml"), "zeroth");
	comes(opener, path("a.xml"), "first");
	comes(opener, path("b.xml"), "second");
	assert_false(ih_opener_next(opener, &opened));
	assert_false(ih_opener_next(opener, &opened));
}

static void
names_come_in_their_order_and_what_is_not_there_is_told(void **state)
{
	static struct ih_opened opened;
	struct ih_error err = { 0 };
	char *names[] = { path("c.txt"), path("absent.xml"), path("empty"),
		path("c.txt/d"), path("a.xml") };
	IH_OWNED(ih_opener) opener = ih_opener_start(names, 5, &err);

	(void)state;
	assert_non_null(opener);
	comes(opener, names[0], "not XML");
	is_missing(opener, names[1], "E_FILE_ABSENT");
	is_missing(opener, names[2], "E_FOLDER_EMPTY");
	is_missing(opener, names[3], "");
	comes(opener, names[4], "first");
	assert_false(ih_opener_next(opener, &opened));
}

static void
more_files_come_than_may_be_open(void **state)
{
	enum { MANY = 3000 };
	static char *names[MANY];
	struct ih_error err = { 0 };
	char *one = path("a.xml");

	(void)state;
	for (size_t i = 0; i < MANY; i++)
		names[i] = one;
	IH_OWNED(ih_opener) opener = ih_opener_start(names, MANY, &err);
	assert_non_null(opener);
	for (size_t i = 0; i < MANY; i++)
		comes(opener, one, "first");
}

static void
can_be_left_before_the_last_file(void **state)
{
	struct ih_error err = { 0 };
	char *names[] = { path("a.xml"), path("b.xml"), path("") };
	IH_OWNED(ih_opener) opener = ih_opener_start(names, 3, &err);

	(void)state;
	assert_non_null(opener);
	comes(opener, names[0], "first");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_folder_is_its_xml_files_by_the_bytes_of_their_names),
		TEST(names_come_in_their_order_and_what_is_not_there_is_told),
		TEST(more_files_come_than_may_be_open),
		TEST(can_be_left_before_the_last_file),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
