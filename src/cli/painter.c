/* This is where what the commands said becomes a page. */
#include "painter.h"

#include <stdlib.h>
#include <string.h>

#include "ihala/node.h"
#include "ihala/xml.h"

struct painter *
painter_load(struct ih_library *library, struct ih_error *err)
{
	IH_OWNED(cli_painter) painter = ih_zeroed(sizeof *painter);

	painter->screen = ih_stylesheet_load(library, "screen", err);
	if (painter->screen == NULL)
		return NULL;
	painter->form = ih_stylesheet_load(library, "entry", err);
	return painter->form != NULL ? IH_GIVE(painter) : NULL;
}

void
painter_free(struct painter *painter)
{
	if (painter->screen != NULL)
		ih_stylesheet_free(painter->screen);
	if (painter->form != NULL)
		ih_stylesheet_free(painter->form);
	free(painter);
}

bool
painter_work(const void *bytes, size_t size, struct ih_buffer *out, void *with,
    struct ih_error *err)
{
	const struct painter *painter = with;
	IH_OWNED(xmlDoc) doc = ih_xml_read("page", bytes, size, err);
	IH_OWNED(ih_buffer) made = NULL;

	if (doc == NULL)
		return false;
	const xmlNode *root = xmlDocGetRootElement(doc);
	const struct ih_param tongue = { "tongue", ih_attr(root, "tongue") };
	made = ih_stylesheet_render(ih_is(root, "form") ? painter->form :
							  painter->screen,
	    doc, &tongue, tongue.value != NULL, err);
	if (made == NULL)
		return false;
	ih_buffer_add(out, made->data, made->size);
	return true;
}
