/* This is where the folder of domain knowledge is read. */
#include "ihala/library.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "ihala/arena.h"
#include "ihala/file.h"
#include "ihala/xml.h"

#define SUFFIX ".xml"

struct ih_library {
	struct ih_arena *arena; /* holds the folder and this struct's name */
	const char *folder;
	struct ih_buffer *path; /* the one asked for last */
	struct ih_page *pages;  /* pinned, in the arena */
	size_t page_count;
};

IH_OWNER(DIR, closedir)

static bool
is_folder(const char *path)
{
	struct stat info;

	return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static bool
is_letter_or_digit(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9');
}

/* Each level begins with a letter or digit, so none is "." or ".."; none is
 * empty, so no name begins at the root of the disk. */
static bool
is_inside(const char *name)
{
	bool begins = true;

	for (; *name != '\0'; name++) {
		if (begins && !is_letter_or_digit(*name))
			return false;
		if (!is_letter_or_digit(*name) && strchr("-./", *name) == NULL)
			return false;
		begins = *name == '/';
	}
	return !begins;
}

const char *
ih_library_folder(const struct ih_library *library)
{
	return library->folder;
}

struct ih_library *
ih_library_open(const char *folder, struct ih_error *err)
{
	struct ih_arena *arena = ih_arena_new();
	struct ih_library *library = ih_arena_take(arena, sizeof *library);

	library->arena = arena;
	library->folder = ih_arena_text(arena, folder);
	library->path = ih_buffer_new();
	if (!is_folder(ih_library_path(library, "xml/schema"))) {
		ih_fail(err, IH_SYSTEM,
		    "%s: holds no xml/schema; expected the data folder of "
		    "ihala, with xml/ and xslt/ in it",
		    folder);
		ih_library_close(library);
		return NULL;
	}
	return library;
}

struct ih_library *
ih_library_again(const struct ih_library *library, struct ih_error *err)
{
	return ih_library_open(library->folder, err);
}

static const struct ih_page *
page_named(const struct ih_library *library, const char *name)
{
	for (size_t i = 0; i < library->page_count; i++)
		if (strcmp(library->pages[i].name, name) == 0)
			return &library->pages[i];
	return NULL;
}

static bool
is_pinned_as(const struct ih_library *library, const struct ih_page pages[],
    size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct ih_page *held = page_named(library, pages[i].name);

		if (held == NULL || held->size != pages[i].size ||
		    memcmp(held->bytes, pages[i].bytes, held->size) != 0)
			return false;
	}
	return library->page_count == count;
}

bool
ih_library_pin(struct ih_library *library, const struct ih_page pages[],
    size_t count)
{
	struct ih_arena *arena = library->arena;

	if (is_pinned_as(library, pages, count))
		return false;
	library->pages = ih_arena_take(arena, count * sizeof *library->pages);
	library->page_count = count;
	for (size_t i = 0; i < count; i++) {
		void *bytes = ih_arena_take(arena, pages[i].size + 1);

		memcpy(bytes, pages[i].bytes, pages[i].size);
		library->pages[i] =
		    (struct ih_page){ ih_arena_text(arena, pages[i].name),
			    bytes, pages[i].size };
	}
	return true;
}

/* Does NAME stand in the folder whose path has LENGTH bytes of it? */
static bool
is_in_folder(const char *name, const char *folder, size_t length)
{
	return strncmp(name, folder, length) == 0 && name[length] == '/' &&
	       strchr(name + length + 1, '/') == NULL;
}

static bool
is_pinned(const struct ih_library *library, const char *folder, size_t length)
{
	for (size_t i = 0; i < library->page_count; i++)
		if (is_in_folder(library->pages[i].name, folder, length))
			return true;
	return false;
}

static size_t
folder_length(const char *name)
{
	const char *slash = strrchr(name, '/');

	return slash != NULL ? (size_t)(slash - name) : 0;
}

void
ih_library_close(struct ih_library *library)
{
	if (library == NULL)
		return;
	ih_buffer_free(library->path);
	ih_arena_free(library->arena);
}

const char *
ih_library_path(struct ih_library *library, const char *name)
{
	if (!is_inside(name))
		return NULL;
	ih_buffer_clear(library->path);
	ih_buffer_printf(library->path, "%s/%s", library->folder, name);
	return (const char *)library->path->data;
}

static bool
refuse_name(struct ih_error *err)
{
	return ih_fail(err, IH_ABSENT,
	    "a name that no file of the library can have; expected letters, "
	    "digits, \"-\" and \".\", and \"/\" between levels");
}

static struct ih_buffer *
pinned_page(const struct ih_library *library, const char *name)
{
	const struct ih_page *page = page_named(library, name);

	return page != NULL ? ih_buffer_copy(page->bytes, page->size) : NULL;
}

struct ih_buffer *
ih_library_read(struct ih_library *library, const char *name,
    struct ih_error *err)
{
	const char *path = ih_library_path(library, name);
	struct ih_buffer *bytes;
	bool pinned;

	if (path == NULL) {
		refuse_name(err);
		return NULL;
	}
	pinned = is_pinned(library, name, folder_length(name));
	bytes = pinned ? pinned_page(library, name) :
			 ih_file_read(path, IH_XML_MAX, err);
	/* Where the folder stands is no matter of whoever asked. */
	if (bytes == NULL && (pinned || err->kind == IH_ABSENT))
		ih_fail_code(err, IH_ABSENT, "E_NO_SUCH_DATA", "%s", name);
	return bytes;
}

/* "adult.xml" without ".xml"; NULL where it is none of ours. */
static const char *
stem_of(struct ih_arena *arena, const char *file)
{
	size_t size = strlen(file), suffix = strlen(SUFFIX);

	if (!is_inside(file) || size <= suffix ||
	    strcmp(file + size - suffix, SUFFIX) != 0)
		return NULL;
	return ih_arena_printf(arena, "%.*s", (int)(size - suffix), file);
}

static int
by_name(const void *a, const void *b)
{
	const char *const *x = a, *const *y = b;

	return strcmp(*x, *y);
}

#define NAMES_MAX 4096 /* files in one folder: no library comes near it */

static size_t
gather_pinned(const struct ih_library *library, const char *folder,
    struct ih_arena *arena, const char **names)
{
	size_t length = strlen(folder), count = 0;

	for (size_t i = 0; i < library->page_count; i++) {
		const char *page = library->pages[i].name;
		const char *stem = is_in_folder(page, folder, length) ?
				       stem_of(arena, page + length + 1) :
				       NULL;

		if (stem != NULL && count < NAMES_MAX)
			names[count++] = stem;
	}
	return count;
}

/* The names on the disk in FOLDER, into NAMES; how many. */
static size_t
gather(DIR *folder, struct ih_arena *arena, const char **names)
{
	size_t count = 0;

	for (struct dirent *e = readdir(folder); e != NULL;
	     e = readdir(folder)) {
		const char *stem = stem_of(arena, e->d_name);

		if (stem != NULL && count < NAMES_MAX)
			names[count++] = stem;
	}
	return count;
}

static bool
gather_on_disk(const char *path, struct ih_arena *arena, const char **names,
    size_t *count, struct ih_error *err)
{
	IH_OWNED(DIR) opened = opendir(path);

	if (opened == NULL)
		return ih_fail(err, errno == ENOENT ? IH_ABSENT : IH_SYSTEM,
		    "%s: %s", path, strerror(errno));
	*count = gather(opened, arena, names);
	return true;
}

bool
ih_library_list(struct ih_library *library, const char *folder,
    bool (*each)(const char *name, void *with), void *with,
    struct ih_error *err)
{
	const char *path = ih_library_path(library, folder);
	IH_OWNED(ih_arena) arena = ih_arena_new();
	const char **names = ih_arena_take(arena, NAMES_MAX * sizeof *names);
	size_t count = 0;

	if (path == NULL)
		return refuse_name(err);
	if (is_pinned(library, folder, strlen(folder)))
		count = gather_pinned(library, folder, arena, names);
	else if (!gather_on_disk(path, arena, names, &count, err))
		return false;
	qsort(names, count, sizeof *names, by_name);
	for (size_t i = 0; i < count && each(names[i], with); i++)
		;
	return true;
}
