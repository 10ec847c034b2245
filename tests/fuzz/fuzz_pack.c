/*
 * Any bytes as pack.xml over two files: each is named once with its digest, or
 * it is refused.  Without its schema too: so a stored pack is read.
 */
#include "forms.h"
#include "ihala/pack.h"

static struct ih_schema *
the_schema(void)
{
	static struct ih_library *library;
	static struct ih_schema *schema;
	struct ih_error err = { 0 };

	if (library == NULL)
		library = ih_library_open(".", &err);
	if (library != NULL && schema == NULL)
		schema = ih_schema_load(library, "pack", &err);
	if (schema == NULL)
		abort();
	return schema;
}

static void
try(const xmlDoc *doc, struct ih_error *err)
{
	static const struct ih_container container = {
		.parts = { { "exchange.xml", NULL, "<exchange/>", 11 },
		    { "pack.xml", NULL, "<pack/>", 7 },
		    { "instrument.adult.xml", NULL, "<instrument/>", 13 },
		    { "mechanism.ma.xml", NULL, "<mechanism/>", 12 },
		    { "META-INF/ASiCManifest001.xml", NULL, "", 0 } },
		.count = 5
	};
	IH_OWNED(ih_pack) pack = ih_pack_new();
	bool names = doc != NULL && ih_pack_from(doc, &container, pack, err);

	assert(names == (err->kind == IH_NONE));
	assert(!names || pack->count == 2);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct ih_error err = { 0 }, loose = { 0 };
	IH_OWNED(xmlDoc) doc = passed(the_schema(), bytes, size, &err);
	IH_OWNED(xmlDoc) any = ih_xml_read("fuzz", bytes, size, &loose);

	try(doc, &err);
	try(any, &loose);
	return 0;
}
