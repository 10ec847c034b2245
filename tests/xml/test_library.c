#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ihala/arena.h"
#include "ihala/file.h"
#include "ihala/library.h"

/* Each test has a folder of its own, with a file beside it to reach for. */
struct place {
	char outer[64];
	char folder[80];
};

static void
put(const struct place *place, const char *name)
{
	struct ih_error err = { 0 };
	char path[256];

	snprintf(path, sizeof path, "%s/%s", place->folder, name);
	assert_true(ih_file_write(path, name, strlen(name), &err));
}

static void
make(const struct place *place, const char *name)
{
	struct ih_error err = { 0 };
	char path[256];

	snprintf(path, sizeof path, "%s/%s", place->folder, name);
	assert_true(ih_folder_make(path, &err));
}

static int
set_up(void **state)
{
	struct place *place = calloc(1, sizeof *place);

	assert_non_null(place);
	strcpy(place->outer, "/tmp/ihala-library-XXXXXX");
	assert_non_null(mkdtemp(place->outer));
	snprintf(place->folder, sizeof place->folder, "%s/in", place->outer);
	make(place, "xml/schema");
	make(place, "xml/instrument/inner.xml");
	make(place, "xslt");
	put(place, "xml/instrument/child.xml");
	put(place, "xml/instrument/adult.xml");
	put(place, "xml/instrument/adult-2.xml");
	put(place, "xml/instrument/notes.txt");
	put(place, "xml/instrument/.hidden.xml");
	put(place, "xml/instrument/old~.xml");
	put(place, "../outside.xml");
	*state = place;
	return 0;
}

static int
tear_down(void **state)
{
	struct place *place = *state;
	char command[128];

	snprintf(command, sizeof command, "rm -rf '%s'", place->outer);
	free(place);
	return system(command);
}

static struct ih_library *
open_place(void **state)
{
	struct place *place = *state;
	struct ih_error err = { 0 };
	struct ih_library *library = ih_library_open(place->folder, &err);

	assert_non_null(library);
	return library;
}

static void
opens_the_data_folder_only(void **state)
{
	struct place *place = *state;
	struct ih_error err = { 0 };

	assert_null(ih_library_open(place->outer, &err));
	assert_int_equal(err.kind, IH_SYSTEM);
	assert_non_null(strstr(err.text, "holds no xml/schema"));
	assert_null(ih_library_open("/nowhere", &err));
	IH_OWNED(ih_library) ours = ih_library_open(".", &err);
	assert_non_null(ours);
}

static void
reads_the_bytes_of_a_name(void **state)
{
	IH_OWNED(ih_library) library = open_place(state);
	struct ih_error err = { 0 };
	IH_OWNED(ih_buffer) bytes =
	    ih_library_read(library, "xml/instrument/adult.xml", &err);

	assert_non_null(bytes);
	assert_string_equal(bytes->data, "xml/instrument/adult.xml");
}

static void
says_when_a_name_is_absent(void **state)
{
	IH_OWNED(ih_library) library = open_place(state);
	struct ih_error err = { 0 };

	assert_null(ih_library_read(library, "xml/instrument/x.xml", &err));
	assert_int_equal(err.kind, IH_ABSENT);
}

static void
reaches_nothing_outside(void **state)
{
	static const char *const names[] = { "", "/", "/etc/passwd", "..",
		"../outside.xml", "xml/../../outside.xml", "xml/..", ".",
		"xml/./schema", "xml//schema", "xml/",
		"xml/instrument/.hidden.xml", "xml\\..\\outside.xml",
		"xml/a b.xml", "xml/%2e%2e/outside.xml", "xml/\xc3\xa9.xml",
		"xml/a\n.xml", "-xml", "~/x", "xml/*", "xml/..%2foutside.xml",
		"C:/x", "xml/instrument/old~.xml" };
	IH_OWNED(ih_library) library = open_place(state);

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		struct ih_error err = { 0 };

		if (ih_library_path(library, names[i]) != NULL)
			fail_msg("%s", names[i]);
		assert_null(ih_library_read(library, names[i], &err));
		assert_int_equal(err.kind, IH_ABSENT);
	}
}

static void
gives_the_path_of_a_name(void **state)
{
	struct place *place = *state;
	IH_OWNED(ih_library) library = open_place(state);
	char wanted[256];

	snprintf(wanted, sizeof wanted, "%s/xml/mechanism/MA.xml",
	    place->folder);
	assert_string_equal(ih_library_path(library, "xml/mechanism/MA.xml"),
	    wanted);
}

static bool
collect(const char *name, void *with)
{
	char *names = with;

	strcat(names, name);
	strcat(names, " ");
	return strcmp(name, "adult-2") != 0;
}

static bool
collect_all(const char *name, void *with)
{
	collect(name, with);
	return true;
}

static void
lists_names_in_order(void **state)
{
	IH_OWNED(ih_library) library = open_place(state);
	struct ih_error err = { 0 };
	char names[256] = "";

	assert_true(ih_library_list(library, "xml/instrument", collect_all,
	    names, &err));
	assert_string_equal(names, "adult adult-2 child inner ");
}

static void
stops_listing_when_told(void **state)
{
	IH_OWNED(ih_library) library = open_place(state);
	struct ih_error err = { 0 };
	char names[256] = "";

	assert_true(
	    ih_library_list(library, "xml/instrument", collect, names, &err));
	assert_string_equal(names, "adult adult-2 ");
}

static void
says_when_a_folder_is_absent(void **state)
{
	IH_OWNED(ih_library) library = open_place(state);
	struct ih_error err = { 0 };
	char names[256] = "";

	assert_false(
	    ih_library_list(library, "xml/none", collect, names, &err));
	assert_int_equal(err.kind, IH_ABSENT);
	assert_false(ih_library_list(library, "..", collect, names, &err));
	assert_int_equal(err.kind, IH_ABSENT);
}

/* ---- pinned */

static const struct ih_page pages[] = {
	{ "xml/instrument/rapid.xml", "signed", 6 },
	{ "xml/instrument/adult.xml", "signed too", 10 },
};

static void
holds_pinned_pages_in_place_of_those_on_the_disk(void **state)
{
	IH_OWNED(ih_library) library = open_place(state);
	struct ih_error err = { 0 };
	char names[256] = "";

	ih_library_pin(library, pages, 2);
	IH_OWNED(ih_buffer) adult =
	    ih_library_read(library, "xml/instrument/adult.xml", &err);
	assert_non_null(adult);
	assert_string_equal(adult->data, "signed too");
	assert_null(
	    ih_library_read(library, "xml/instrument/adult-2.xml", &err));
	assert_string_equal(err.code, "E_NO_SUCH_DATA");
	err = (struct ih_error){ 0 };
	assert_true(ih_library_list(library, "xml/instrument", collect_all,
	    names, &err));
	assert_string_equal(names, "adult rapid ");
}

static void
reads_other_folders_from_the_disk_although_one_is_pinned(void **state)
{
	IH_OWNED(ih_library) library = open_place(state);
	struct ih_error err = { 0 };

	put(*state, "xml/schema/case.rng");
	ih_library_pin(library, pages, 2);
	IH_OWNED(ih_buffer) other =
	    ih_library_read(library, "xml/schema/case.rng", &err);
	assert_string_equal(err.text, "");
	assert_string_equal(other->data, "xml/schema/case.rng");
}

static void
pages_that_are_pinned_later_take_the_place_of_the_first(void **state)
{
	IH_OWNED(ih_library) library = open_place(state);
	struct ih_error err = { 0 };
	struct ih_page turned[] = { pages[1], pages[0] };

	assert_true(ih_library_pin(library, pages, 2));
	assert_false(ih_library_pin(library, turned, 2));
	assert_true(ih_library_pin(library, pages, 1));
	assert_true(ih_library_pin(library, pages, 2));
	turned[0].bytes = "other bytes";
	turned[0].size = strlen("other bytes");
	assert_true(ih_library_pin(library, turned, 2));
	IH_OWNED(ih_buffer)
	page = ih_library_read(library, pages[1].name, &err);
	assert_string_equal(page->data, "other bytes");
}

static void
another_library_on_the_folder_has_nothing_pinned(void **state)
{
	IH_OWNED(ih_library) library = open_place(state);
	struct ih_error err = { 0 };

	ih_library_pin(library, pages, 2);
	IH_OWNED(ih_library) again = ih_library_again(library, &err);
	IH_OWNED(ih_buffer) adult =
	    ih_library_read(again, "xml/instrument/adult.xml", &err);
	assert_string_equal(adult->data, "xml/instrument/adult.xml");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(opens_the_data_folder_only),
		TEST(reads_the_bytes_of_a_name),
		TEST(says_when_a_name_is_absent),
		TEST(reaches_nothing_outside),
		TEST(gives_the_path_of_a_name),
		TEST(lists_names_in_order),
		TEST(stops_listing_when_told),
		TEST(says_when_a_folder_is_absent),
		TEST(holds_pinned_pages_in_place_of_those_on_the_disk),
		TEST(reads_other_folders_from_the_disk_although_one_is_pinned),
		TEST(pages_that_are_pinned_later_take_the_place_of_the_first),
		TEST(another_library_on_the_folder_has_nothing_pinned),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
