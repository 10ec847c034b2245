/* This is where published files are read, without any key. */
#include "published.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "ihala/container.h"
#include "ihala/xml.h"

#define HEAD 4096 /* bytes in which a document says what it is */

void
published_free(struct published *p)
{
	if (p == NULL)
		return;
	for (size_t i = 0; i < p->count; i++)
		ih_return_free(p->list[i]);
	xmlFreeDoc(p->last);
	free(p);
}

static bool
has(const void *bytes, size_t size, const char *what)
{
	return memmem(bytes, size < HEAD ? size : HEAD, what, strlen(what)) !=
	       NULL;
}

static bool
fits(const struct published *p, size_t more, const char *path,
    struct ih_error *err)
{
	return p->count + more <= PUBLISHED_MAX ||
	       ih_fail(err, IH_USAGE, "%s: more than %d returns", path,
		   PUBLISHED_MAX);
}

static void
note(struct published *p, xmlDoc *doc)
{
	xmlFreeDoc(p->last);
	p->last = doc;
}

static bool
take_region(struct published *p, const struct ih_tables *tables,
    const char *path, const void *bytes, size_t size, struct ih_error *err)
{
	IH_OWNED(xmlDoc)
	region = ih_region_admit(tables, path, bytes, size, err);
	struct ih_return *parts[IH_REGION_RETURNS];
	size_t count;

	if (region == NULL || !fits(p, IH_REGION_RETURNS, path, err))
		return false;
	count = ih_region_returns(tables, region, parts);
	for (size_t i = 0; i < count; i++)
		p->list[p->count++] = parts[i];
	note(p, IH_GIVE(region));
	return true;
}

static bool
take_xml(struct published *p, const struct ih_tables *tables, const char *path,
    const void *bytes, size_t size, struct ih_error *err)
{
	struct ih_return *one;

	if (has(bytes, size, "urn:ihala:region:1"))
		return take_region(p, tables, path, bytes, size, err);
	if (!fits(p, 1, path, err))
		return false;
	one = ih_return_admit(tables, path, bytes, size, err);
	if (one == NULL)
		return false;
	p->list[p->count++] = one;
	note(p, ih_xml_read(path, bytes, size, err));
	return p->last != NULL;
}

static bool
is_container(const struct ih_buffer *bytes)
{
	return bytes->size > 2 && memcmp(bytes->data, "PK", 2) == 0;
}

static bool
take_file(struct published *p, const struct ih_tables *tables, const char *path,
    struct ih_error *err)
{
	IH_OWNED(ih_buffer) bytes = read_input(path, err);

	if (bytes == NULL)
		return false;
	if (!is_container(bytes))
		return take_xml(p, tables, path, bytes->data, bytes->size, err);
	IH_OWNED(ih_container)
	zip = ih_container_admit(bytes->data, bytes->size, err);
	const struct ih_part_of *part =
	    zip != NULL ? ih_container_part(zip, "return.xml") : NULL;
	if (zip == NULL)
		return ih_fail_in(err, path);
	if (part == NULL)
		return ih_fail_code(err, IH_INPUT, "E_LETTER", "%s", path);
	return take_xml(p, tables, path, part->bytes, part->size, err);
}

/* Is it one of ours, or a page or a picture beside it? */
static bool
is_published(const char *path)
{
	struct ih_error ignored = { .kind = IH_NONE };
	IH_OWNED(ih_buffer) bytes = read_input(path, &ignored);

	return bytes != NULL &&
	       (is_container(bytes) ||
		   has(bytes->data, bytes->size, "urn:ihala:return:1") ||
		   has(bytes->data, bytes->size, "urn:ihala:region:1"));
}

static int
is_shown(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static bool
take_folder(struct published *p, const struct ih_tables *tables,
    const char *folder, struct ih_error *err)
{
	struct dirent **names = NULL;
	int count = scandir(folder, &names, is_shown, alphasort);
	size_t before = p->count;
	bool well = count >= 0;

	if (!well)
		ih_fail(err, IH_SYSTEM, "%s: cannot be listed", folder);
	for (int i = 0; i < count; i++) {
		char path[4096];
		int length = snprintf(path, sizeof path, "%s/%s", folder,
		    names[i]->d_name);

		if (well && (size_t)length < sizeof path && is_published(path))
			well = take_file(p, tables, path, err);
		free(names[i]);
	}
	free(names);
	return well &&
	       (p->count > before ||
		   ih_fail(err, IH_ABSENT,
		       "%s: no return and no regional summary", folder));
}

struct published *
published_read(struct request *request, const struct ih_tables *tables,
    struct ih_error *err)
{
	IH_OWNED(cli_published) p = ih_zeroed(sizeof *p);

	for (int i = 0; i < request->count; i++) {
		const char *path = request->words[i];
		struct stat about;
		bool folder = stat(path, &about) == 0 && S_ISDIR(about.st_mode);

		if (!(folder ? take_folder(p, tables, path, err) :
			       take_file(p, tables, path, err)))
			return NULL;
	}
	return IH_GIVE(p);
}
