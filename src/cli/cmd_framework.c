/* ihala framework list|check - the rules that answers are judged by. */
#include <string.h>

#include "command.h"
#include "ihala/framework.h"
#include "ihala/instrument.h"
#include "ihala/schema.h"
#include "ihala/xml.h"
#include "listing.h"
#include "words_keys.h"

static const struct column columns[] = {
	{ "id", W_COLUMN_ID, false },
	{ "version", W_COLUMN_VERSION, false },
	{ "instrument", W_COLUMN_INSTRUMENT, false },
	{ "main", W_COLUMN_MAIN, false },
	{ "country", W_COLUMN_COUNTRY, false },
	{ "status", W_COLUMN_STATUS, false },
	{ "shape", W_COLUMN_SHAPE, false },
	{ "indicators", W_COLUMN_INDICATORS, true },
	{ "digest", W_COLUMN_DIGEST, false },
};

/* What listing and checking need of a framework's instrument; a file that
 * names another one has it read anew. */
struct reading {
	struct request *request;
	struct listing *listing;
	struct ih_schema *schema;
	struct ih_instrument *instrument;
	struct ih_error *err;
};

static bool
take_instrument(struct reading *r, const char *id)
{
	if (r->instrument != NULL && strcmp(r->instrument->id, id) == 0)
		return true;
	ih_instrument_free(r->instrument);
	r->instrument = ih_instrument_load(r->request->library, id, r->err);
	return r->instrument != NULL;
}

static bool
take_instrument_of(struct reading *r, const char *path,
    const struct ih_buffer *bytes)
{
	bool main;
	const char *id = ih_framework_instrument(r->schema, r->request->arena,
	    path, bytes->data, bytes->size, &main, r->err);

	return id != NULL && take_instrument(r, id);
}

static bool
list_one(const char *id, void *with)
{
	struct reading *r = with;
	struct request *request = r->request;
	const char *path =
	    ih_arena_printf(request->arena, "xml/framework/%s.xml", id);
	IH_OWNED(ih_buffer) bytes =
	    ih_library_read(request->library, path, r->err);

	if (bytes == NULL || !take_instrument_of(r, path, bytes))
		return false;
	IH_OWNED(ih_framework) f = ih_framework_read(r->schema, r->instrument,
	    path, bytes->data, bytes->size, r->err);
	if (f == NULL)
		return false;
	LISTING_ADD(r->listing, f->id, f->version, r->instrument->id,
	    word(request, f->main ? W_STATE_YES : W_STATE_NO),
	    f->country != NULL ? f->country : "", f->status,
	    ih_shape_name(f->shape),
	    ih_arena_printf(request->arena, "%zu", f->indicator_count),
	    f->digest);
	return true;
}

static bool
list_all(struct reading *r)
{
	return ih_library_list(r->request->library, "xml/framework", list_one,
		   r, r->err) &&
	       r->err->kind == IH_NONE &&
	       listing_print(r->listing, r->request, r->err);
}

static bool
list(struct request *request, struct ih_error *err)
{
	struct listing listing =
	    LISTING(request, "frameworks", "framework", columns);
	IH_OWNED(ih_schema) schema =
	    ih_schema_load(request->library, "framework", err);
	struct reading r = { request, &listing, schema, NULL, err };
	bool listed = schema != NULL && list_all(&r);

	ih_instrument_free(r.instrument);
	return listed;
}

static void
print_fault(const char *text, void *with)
{
	fprintf(with, "%s\n", text);
}

/* BAD counts those with faults; false where it could not be looked at. */
static bool
check_one(struct reading *r, const char *path, int *bad)
{
	IH_OWNED(ih_buffer) bytes = read_input(path, r->err);

	if (bytes == NULL)
		return false;
	/* From outside: well-formed and valid first, in the child. */
	IH_OWNED(xmlDoc) admitted =
	    ih_schema_admit(r->schema, path, bytes->data, bytes->size, r->err);
	if (admitted == NULL || !take_instrument_of(r, path, bytes))
		return false;
	*bad += !ih_framework_check(r->schema, r->instrument, path, bytes->data,
	    bytes->size, print_fault, stdout);
	return true;
}

static bool
check_all(struct reading *r)
{
	struct request *request = r->request;
	int bad = 0;

	for (int i = 0; i < request->count; i++)
		if (!check_one(r, request->words[i], &bad))
			return false;
	if (bad > 0)
		return ih_fail(r->err, IH_INPUT,
		    "the faults are listed, each with its line");
	say(request, W_DONE_FRAMEWORK, IH_NUM(request->count));
	return true;
}

static bool
check(struct request *request, struct ih_error *err)
{
	IH_OWNED(ih_schema) schema =
	    ih_schema_load(request->library, "framework", err);
	struct reading r = { request, NULL, schema, NULL, err };
	bool fine = schema != NULL && check_all(&r);

	ih_instrument_free(r.instrument);
	return fine;
}

bool
cmd_framework(struct request *request, struct ih_error *err)
{
	static const struct subcommand table[] = {
		{ "list", list, 0, 0 },
		{ "check", check, 1, -1 },
	};

	return run_subcommand(table, sizeof table / sizeof table[0], request,
	    err);
}
