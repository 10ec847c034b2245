/* ihala instrument list|check|show|diff|odk|page|fhir - the questionnaires of
 * this release. */
#include <string.h>

#include "command.h"
#include "forms.h"
#include "ihala/instrument.h"
#include "ihala/schema.h"
#include "ihala/xml.h"
#include "instrument_diff.h"
#include "listing.h"
#include "words_keys.h"

static const struct column columns[] = {
	{ "id", W_COLUMN_ID, false },
	{ "title", W_COLUMN_TITLE, false },
	{ "version", W_COLUMN_VERSION, false },
	{ "items", W_COLUMN_ITEMS, true },
	{ "status", W_COLUMN_STATUS, false },
	{ "digest", W_COLUMN_DIGEST, false },
};

struct listed {
	struct request *request;
	struct listing *listing;
	struct ih_error *err;
};

static bool
list_one(const char *id, void *with)
{
	struct listed *l = with;
	IH_OWNED(ih_instrument) instrument =
	    ih_instrument_load(l->request->library, id, l->err);

	if (instrument == NULL)
		return false;
	LISTING_ADD(l->listing, instrument->id,
	    ih_texts_say(&instrument->title, l->request->tongue),
	    instrument->version,
	    ih_arena_printf(l->request->arena, "%zu", instrument->item_count),
	    instrument->status, instrument->digest);
	return true;
}

static bool
list(struct request *request, struct ih_error *err)
{
	struct listing listing =
	    LISTING(request, "instruments", "instrument", columns);
	struct listed with = { request, &listing, err };

	return ih_library_list(request->library, "xml/instrument", list_one,
		   &with, err) &&
	       err->kind == IH_NONE && listing_print(&listing, request, err);
}

static void
print_fault(const char *text, void *with)
{
	fprintf(with, "%s\n", text);
}

static bool
check(struct request *request, struct ih_error *err)
{
	IH_OWNED(ih_schema) schema =
	    ih_schema_load(request->library, "instrument", err);
	int bad = 0;

	if (schema == NULL)
		return false;
	for (int i = 0; i < request->count; i++) {
		const char *path = request->words[i];
		IH_OWNED(ih_buffer) bytes = read_input(path, err);

		if (bytes == NULL)
			return false;
		/* From outside: well-formed and valid first, in the child. */
		IH_OWNED(xmlDoc) admitted = ih_schema_admit(schema, path,
		    bytes->data, bytes->size, err);
		if (admitted == NULL)
			return false;
		if (!ih_instrument_check(schema, path, bytes->data, bytes->size,
			print_fault, stdout))
			bad++;
	}
	if (bad > 0)
		return ih_fail(err, IH_INPUT,
		    "the faults are listed, each with its line");
	fprintf(stderr, "%s\n", word(request, W_DONE_INSTRUMENT));
	return true;
}

static void
print_item(const struct request *request, const struct ih_item *item)
{
	static const char *const how[IH_HOWS] = {
		[IH_ASK] = W_SHOW_ASK,
		[IH_OBSERVE] = W_SHOW_OBSERVE,
		[IH_INTEGRATE] = W_SHOW_INTEGRATE,
	};

	printf("\n  %s  [%s]\n  %s\n", item->id, word(request, how[item->how]),
	    ih_texts_say(&item->question, request->tongue));
	if (ih_texts_say(&item->note, request->tongue) != NULL)
		printf("  (%s)\n", ih_texts_say(&item->note, request->tongue));
	if (item->choices == NULL)
		return;
	for (size_t c = 0; c < item->choices->count; c++)
		printf("    %-20s %s\n", item->choices->list[c].code,
		    ih_texts_say(&item->choices->list[c].texts,
			request->tongue));
}

static bool
show(struct request *request, struct ih_error *err)
{
	IH_OWNED(ih_instrument) instrument =
	    ih_instrument_load(request->library, request->words[0], err);

	if (instrument == NULL)
		return false;
	printf("%s (%s %s)\n",
	    ih_texts_say(&instrument->title, request->tongue), instrument->id,
	    instrument->version);
	for (size_t s = 0; s < instrument->section_count; s++) {
		const struct ih_section *section = &instrument->sections[s];

		printf("\n%s %zu. %s\n", word(request, W_SHOW_SECTION), s + 1,
		    ih_texts_say(&section->title, request->tongue));
		for (size_t i = 0; i < section->count; i++)
			print_item(request,
			    &instrument->items[section->first + i]);
	}
	return true;
}

bool
cmd_instrument(struct request *request, struct ih_error *err)
{
	static const struct subcommand table[] = {
		{ "list", list, 0, 0 },
		{ "check", check, 1, -1 },
		{ "show", show, 1, 1 },
		{ "diff", instrument_diff, 2, 2 },
		{ "odk", forms_odk, 1, 1 },
		{ "page", forms_page, 1, 1 },
		{ "fhir", forms_fhir, 1, 1 },
	};

	return run_subcommand(table, sizeof table / sizeof table[0], request,
	    err);
}
