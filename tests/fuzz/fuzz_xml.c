/* Any bytes: read or refused with a reason; what was read, written and read
 * again is the same, whole or as a node. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/buffer.h"
#include "ihala/xml.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static xmlDoc *
read_again(const struct ih_buffer *bytes)
{
	struct ih_error err = { 0 };
	xmlDoc *doc = ih_xml_read("again", bytes->data, bytes->size, &err);

	if (doc == NULL)
		abort();
	return doc;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct ih_error err = { 0 };
	IH_OWNED(xmlDoc) doc = ih_xml_read("fuzz", bytes, size, &err);

	assert((doc == NULL) == (err.kind != IH_NONE));
	if (doc == NULL)
		return 0;

	IH_OWNED(ih_buffer) one = ih_xml_write(doc);
	IH_OWNED(xmlDoc) again = read_again(one);
	IH_OWNED(ih_buffer) two = ih_xml_write(again);

	assert(one->size == two->size);
	assert(memcmp(one->data, two->data, one->size) == 0);

	IH_OWNED(ih_buffer) node = ih_xml_write_node(xmlDocGetRootElement(doc));
	IH_OWNED(xmlDoc) root = read_again(node);
	IH_OWNED(ih_buffer) same =
	    ih_xml_write_node(xmlDocGetRootElement(root));

	assert(node->size == same->size);
	assert(memcmp(node->data, same->data, node->size) == 0);
	return 0;
}
