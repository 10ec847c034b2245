/* Pages of providers are read, or refused with a reason; whoever is read suits
 * somebody or not, and whoever is barred is barred by a reason. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/node.h"
#include "ihala/provider.h"
#include "ihala/schema.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

#define DAY "2026-06-15"

static struct {
	struct ih_library *library;
	struct ih_schema *schema;
	struct ih_services *services;
} house;

static void
house_open(void)
{
	struct ih_error err = { 0 };

	house.library = ih_library_open(".", &err);
	house.schema = ih_schema_load(house.library, "provider", &err);
	house.services = ih_services_load(house.library, "MA", &err);
	if (err.kind != IH_NONE)
		abort();
}

static void
use(const struct ih_provider *p)
{
	static const struct ih_suited people[] = { { "female", "ar", 30 },
		{ "male", "fr", 12 }, { "", "", -1 } };

	for (size_t i = 0; i < 3; i++) {
		unsigned unfit =
		    ih_provider_unfit(p, "shelter", &people[i], DAY);

		assert(ih_unfit_count(unfit) <= IH_UNFITS);
		for (int u = 0; u < IH_UNFITS; u++) {
			struct ih_error err = { 0 };

			if ((unfit & (1u << u)) == 0 ||
			    ih_unfit_code((enum ih_unfit)u) == NULL)
				continue;
			assert(!ih_provider_takes(p, "shelter", DAY, &err));
			assert(err.kind == IH_STATE && err.code[0] != '\0');
		}
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct ih_error err = { 0 };

	if (house.library == NULL)
		house_open();
	IH_OWNED(xmlDoc) doc = ih_xml_read("fuzz", bytes, size, &err);
	assert((doc == NULL) == (err.kind != IH_NONE));
	if (doc == NULL || !ih_schema_check(house.schema, doc, "fuzz", &err) ||
	    !ih_is(xmlDocGetRootElement(doc), "providers"))
		return 0;
	bool sound = ih_providers_sound(house.services, doc, &err);
	assert(sound == (err.kind == IH_NONE));
	for (const xmlNode *n = ih_child(xmlDocGetRootElement(doc), "provider");
	     n; n = ih_next(n, "provider")) {
		IH_OWNED(ih_provider) p = ih_provider_read(n);

		assert(p->service_count > 0 && p->id[0] != '\0');
		use(p);
	}
	return 0;
}
