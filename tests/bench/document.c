/*
 * document SOURCES TIMES - the page of a referral, so many times: the file is
 * read anew each time, the stylesheets are compiled once.
 */
#include <stdio.h>
#include <stdlib.h>

#include "ihala/file.h"
#include "ihala/stylesheet.h"
#include "ihala/xml.h"

struct sheets {
	struct ih_stylesheet *referral, *print;
};

static struct ih_buffer *
page_of(const char *path, const struct sheets *sheets, struct ih_error *err)
{
	static const struct ih_param made = { "made", "2026-11-21" };
	IH_OWNED(ih_buffer) bytes = ih_file_read(path, IH_XML_MAX, err);
	IH_OWNED(xmlDoc) sources = NULL;
	IH_OWNED(xmlDoc) blocks = NULL;

	if (bytes == NULL)
		return NULL;
	sources = ih_xml_read(path, bytes->data, bytes->size, err);
	if (sources == NULL)
		return NULL;
	blocks = ih_stylesheet_apply(sheets->referral, sources, &made, 1, err);
	return blocks != NULL ?
		   ih_stylesheet_render(sheets->print, blocks, NULL, 0, err) :
		   NULL;
}

static bool
make(const char *path, long times, struct ih_error *err)
{
	IH_OWNED(ih_library) library = ih_library_open(".", err);
	IH_OWNED(ih_stylesheet) referral = NULL;
	IH_OWNED(ih_stylesheet) print = NULL;

	if (library == NULL)
		return false;
	referral = ih_stylesheet_load(library, "referral", err);
	print = ih_stylesheet_load(library, "print", err);
	for (long i = 0; i < times && err->kind == IH_NONE; i++) {
		const struct sheets sheets = { referral, print };
		IH_OWNED(ih_buffer) page = page_of(path, &sheets, err);

		if (page != NULL)
			fwrite(page->data, 1, page->size, stdout);
	}
	return err->kind == IH_NONE;
}

int
main(int argc, char **argv)
{
	struct ih_error err = { .kind = IH_NONE };

	if (argc != 3)
		return 64;
	if (!make(argv[1], atol(argv[2]), &err))
		fprintf(stderr, "%s\n", err.text);
	return err.kind == IH_NONE ? 0 : 1;
}
