/*
 * Any bytes as a manifest over two files: it covers them, or it is refused.
 * What is known again as written here, a parser takes, too.
 */
#include "forms.h"
#include "ihala/signature.h"

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct ih_container container = {
		.parts = { { "exchange.xml", NULL, "<exchange/>", 11 },
		    { "case.xml", NULL, "<case/>", 7 },
		    { "META-INF/ASiCManifest001.xml", NULL, bytes, size } },
		.count = 3
	};
	struct ih_error err = { 0 };
	IH_OWNED(xmlDoc) doc = passed(the_forms()->manifest, bytes, size, &err);
	bool covers = doc != NULL && ih_manifest_from(doc, 1, &container, &err);

	assert(covers == (err.kind == IH_NONE));
	assert(covers || !ih_manifest_as_written(1, &container));
	return 0;
}
