/*
 * document SOURCES [CASE] TIMES - the page of a referral, so many times, its
 * stylesheets compiled once.  With CASE the sources are read once, as the
 * program has them, and the case takes the place of theirs; without, all of
 * them are read anew each time.
 */
#include <stdio.h>
#include <stdlib.h>

#include "ihala/file.h"
#include "ihala/node.h"
#include "ihala/stylesheet.h"
#include "ihala/xml.h"

struct work {
	const char *sources, *one; /* paths */
	xmlDoc *read;              /* the sources, where they are read once */
	struct ih_stylesheet *referral, *print;
};

static xmlDoc *
read_file(const char *path, struct ih_error *err)
{
	IH_OWNED(ih_buffer) bytes = ih_file_read(path, IH_XML_MAX, err);

	return bytes != NULL ?
		   ih_xml_read(path, bytes->data, bytes->size, err) :
		   NULL;
}

static struct ih_buffer *
page_of(const struct work *work, xmlDoc *sources, struct ih_error *err)
{
	static const struct ih_param made = { "made", "2026-11-21" };
	IH_OWNED(xmlDoc)
	blocks = ih_stylesheet_apply(work->referral, sources, &made, 1, err);

	return blocks != NULL ?
		   ih_stylesheet_render(work->print, blocks, NULL, 0, err) :
		   NULL;
}

static struct ih_buffer *
page_of_case(const struct work *work, struct ih_error *err)
{
	xmlNode *place = ih_child(xmlDocGetRootElement(work->read), "record");
	xmlNode *old = xmlFirstElementChild(place);
	IH_OWNED(xmlDoc) one = read_file(work->one, err);

	if (one == NULL)
		return NULL;
	xmlUnlinkNode(old);
	xmlFreeNode(old);
	xmlAddChild(place,
	    xmlDocCopyNode(xmlDocGetRootElement(one), work->read, 1));
	return page_of(work, work->read, err);
}

static struct ih_buffer *
page_of_all(const struct work *work, struct ih_error *err)
{
	IH_OWNED(xmlDoc) sources = read_file(work->sources, err);

	return sources != NULL ? page_of(work, sources, err) : NULL;
}

static void
make(struct work *work, long times, struct ih_error *err)
{
	IH_OWNED(ih_library) library = ih_library_open(".", err);
	IH_OWNED(ih_stylesheet)
	referral = ih_stylesheet_load(library, "referral", err);
	IH_OWNED(ih_stylesheet)
	print = ih_stylesheet_load(library, "print", err);
	IH_OWNED(xmlDoc) read = read_file(work->sources, err);

	work->referral = referral;
	work->print = print;
	work->read = read;
	for (long i = 0; i < times && err->kind == IH_NONE; i++) {
		IH_OWNED(ih_buffer)
		page = work->one != NULL ? page_of_case(work, err) :
					   page_of_all(work, err);

		if (page != NULL)
			fwrite(page->data, 1, page->size, stdout);
	}
}

int
main(int argc, char **argv)
{
	struct ih_error err = { .kind = IH_NONE };
	struct work work = { 0 };

	if (argc < 3)
		return 64;
	work.sources = argv[1];
	work.one = argc > 3 ? argv[2] : NULL;
	make(&work, atol(argv[argc - 1]), &err);
	if (err.kind != IH_NONE)
		fprintf(stderr, "%s\n", err.text);
	return err.kind == IH_NONE ? 0 : 1;
}
