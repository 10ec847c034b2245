/* Any calls with any strings: what the writer ends is a document, which holds
 * the strings that went in; or it refuses. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "ihala/element.h"
#include "ihala/node.h"
#include "ihala/xml.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static const char *const names[] = { "a", "b", "xml:lang", "اسم", "a b", "",
	"\"", "xmlns" };

/* Each line of the input is a call: its first byte says which, the rest is
 * the value. */
static void
call(struct ih_writer *w, const char *line)
{
	unsigned first = (unsigned char)line[0];
	const char *name = names[first / 8 % (sizeof names / sizeof names[0])];
	const char *value = line[0] != '\0' ? line + 1 : line;

	switch (first % 8) {
	case 0:
	case 1:
		ih_open(w, name);
		break;
	case 2:
		ih_put(w, name, value);
		break;
	case 3:
		ih_say_text(w, value);
		break;
	case 4:
		ih_leaf(w, name, value);
		break;
	case 5:
		ih_put_number(w, name, (int64_t)first);
		break;
	case 6:
		ih_put_if(w, name, value);
		break;
	default:
		ih_close(w);
	}
}

/* One value, and whether it comes back. */
static void
round_trip(const char *value)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_writer w = ih_write_to(out);
	struct ih_error err = { 0 };
	xmlNode *root;

	ih_open(&w, "a");
	ih_put(&w, "b", value);
	ih_say_text(&w, value);
	ih_close(&w);
	if (!ih_write_end(&w, &err)) {
		assert(err.kind == IH_INPUT);
		return;
	}
	IH_OWNED(xmlDoc) doc = ih_xml_read("t", out->data, out->size, &err);
	assert(doc != NULL);
	root = xmlDocGetRootElement(doc);
	assert(strcmp(ih_attr(root, "b"), value) == 0);
	xmlChar *text = xmlNodeGetContent(root);
	assert(strcmp((const char *)text, value) == 0);
	xmlFree(text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	IH_OWNED(ih_buffer) lines = ih_buffer_copy(bytes, size);
	struct ih_writer w = ih_write_to(out);
	struct ih_error err = { 0 };
	char *rest = (char *)lines->data, *line;

	round_trip((const char *)lines->data);
	while ((line = strsep(&rest, "\n")) != NULL)
		call(&w, line);
	if (!ih_write_end(&w, &err)) {
		assert(err.kind != IH_NONE);
		return 0;
	}
	assert(err.kind == IH_NONE);
	IH_OWNED(xmlDoc) doc = ih_xml_read("t", out->data, out->size, &err);
	assert(doc != NULL || out->size > IH_XML_MAX ||
	       strstr(err.text, "at most") != NULL ||
	       strstr(err.text, "namespace") != NULL);
	return 0;
}
