/* ihala pack make|verify|load|show - what the office judges by, as one signed
 * file. */
#include <string.h>

#include "ihala/date.h"
#include "ihala/node.h"
#include "ihala/user.h"
#include "ihala/xml.h"
#include "knowledge.h"
#include "listing.h"
#include "words_keys.h"

static const struct column columns[] = {
	{ "kind", W_COLUMN_KIND, false },
	{ "id", W_COLUMN_ID, false },
	{ "version", W_COLUMN_VERSION, false },
	{ "installed", W_COLUMN_INSTALLED, false },
	{ "digest", W_COLUMN_DIGEST, false },
};

/* Said before a file is read or anything is checked. */
static struct ih_registry *
open_to(struct request *request, enum ih_action action, struct ih_error *err)
{
	IH_OWNED(ih_registry) registry = open_registry_as_is(request, err);

	if (registry == NULL || !ih_registry_may(registry, action, NULL, err))
		return NULL;
	return IH_GIVE(registry);
}

static bool
make(struct request *request, struct ih_error *err)
{
	int64_t sequence = 0;

	if (request->output == NULL)
		return ih_fail(err, IH_USAGE, "name the file with -o");
	IH_OWNED(ih_registry) registry = open_to(request, IH_MAY_EXCHANGE, err);
	IH_OWNED(ih_buffer) file =
	    registry == NULL ?
		NULL :
		knowledge_make(request, registry, &sequence, err);
	if (file == NULL || !put_export(request, registry, "pack", file, err))
		return false;
	say(request, W_DONE_PACK_MADE, IH_NUM(sequence));
	return true;
}

static bool
verify(struct request *request, struct ih_error *err)
{
	const char *path = request->words[0];
	IH_OWNED(ih_registry) registry = open_to(request, IH_MAY_EXCHANGE, err);
	IH_OWNED(ih_buffer) file =
	    registry == NULL ? NULL : read_input(path, err);

	if (file == NULL)
		return false;
	IH_OWNED(ih_pack) pack =
	    knowledge_check(request, registry, file, true, err);
	if (pack == NULL)
		return ih_fail_in(err, path);
	say(request, W_DONE_PACK_VERIFIED, IH_NUM(pack->sequence),
	    IH_ARG(pack->committee));
	return true;
}

static bool
load(struct request *request, struct ih_error *err)
{
	const char *path = request->words[0];
	IH_OWNED(ih_registry) registry = open_to(request, IH_MAY_ADOPT, err);
	IH_OWNED(ih_buffer) file =
	    registry == NULL ? NULL : read_input(path, err);

	if (file == NULL)
		return false;
	if (!knowledge_load(request, registry, file, true, err))
		return ih_fail_in(err, path);
	say(request, W_DONE_PACK_LOADED,
	    IH_NUM(ih_shelf_number(registry, err)));
	return true;
}

/* Every format of a pack has its version on the root element. */
static const char *
version_of(struct request *request, const struct ih_pack_file *file,
    struct ih_error *err)
{
	IH_OWNED(xmlDoc) doc =
	    ih_xml_read(file->name, file->bytes, file->size, err);

	return doc == NULL ? NULL :
			     ih_arena_text(request->arena,
				 ih_attr(xmlDocGetRootElement(doc), "version"));
}

static const char *
installed_of(struct request *request, const struct ih_pack_file *file)
{
	static const struct {
		const char *state, *word;
	} names[] = {
		[INSTALLED_SAME] = { "same", W_INSTALLED_SAME },
		[INSTALLED_OTHER] = { "other", W_INSTALLED_OTHER },
		[INSTALLED_ABSENT] = { "absent", W_INSTALLED_ABSENT },
	};
	enum sameness is = knowledge_compare(request->library, file);

	return request->format == FORMAT_TEXT ? word(request, names[is].word) :
						names[is].state;
}

static void
tell_heading(struct request *request, const struct ih_pack *pack,
    const struct ih_shelved *shelved)
{
	char made[IH_DATE_TEXT], loaded[IH_DATE_TEXT], digest[IH_DIGEST_TEXT];

	ih_date_format(ih_instant_date(shelved->made), made);
	ih_date_format(ih_instant_date(shelved->loaded), loaded);
	ih_hash_text(&shelved->digest, digest);
	say(request, W_NOTE_PACK, IH_NUM(pack->sequence),
	    IH_ARG(pack->committee), IH_ARG(made), IH_ARG(loaded),
	    IH_ARG(digest));
}

static bool
show(struct request *request, struct ih_error *err)
{
	struct listing listing = LISTING(request, "pack", "file", columns);
	struct ih_shelved shelved;
	IH_OWNED(ih_registry) registry = open_registry_as_is(request, err);
	IH_OWNED(ih_pack) pack =
	    registry == NULL ? NULL :
			       knowledge_in_force(registry, &shelved, err);

	if (pack == NULL)
		return false;
	tell_heading(request, pack, &shelved);
	for (size_t i = 0; i < pack->count; i++) {
		const struct ih_pack_file *file = &pack->files[i];
		const char *version = version_of(request, file, err);

		if (version == NULL)
			return false;
		LISTING_ADD(&listing, ih_pack_kind_text(file->kind), file->id,
		    version, installed_of(request, file), file->digest);
	}
	return listing_print(&listing, request, err);
}

/* One file of the pack in force, as it was signed: what a screen can offer to
 * choose from. */
static bool
show_one(struct request *request, struct ih_error *err)
{
	static const char *const names[][2] = {
		{ "consent", "xml/consent/purposes.xml" },
		{ "lifecycle", "xml/lifecycle/case.xml" },
		{ "plan", "xml/lifecycle/plan.xml" },
		{ "service", "xml/service/common.xml" },
	};
	IH_OWNED(ih_registry) registry = open_registry(request, err);
	const char *name = NULL;

	if (registry == NULL)
		return false;
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (strcmp(request->words[0], names[i][0]) == 0)
			name = names[i][1];
	if (strcmp(request->words[0], "mechanism") == 0)
		name = ih_arena_printf(request->arena, "xml/mechanism/%s.xml",
		    ih_registry_committee(registry));
	if (name == NULL)
		return ih_fail(err, IH_USAGE,
		    "it shows consent, lifecycle, mechanism, plan or service");
	IH_OWNED(ih_buffer)
	file = ih_library_read(request->library, name, err);
	return file != NULL && put_output(request, file->data, file->size, err);
}

static bool
show_any(struct request *request, struct ih_error *err)
{
	return request->count > 0 ? show_one(request, err) : show(request, err);
}

bool
cmd_pack(struct request *request, struct ih_error *err)
{
	static const struct subcommand table[] = {
		{ "make", make, 0, 0 },
		{ "verify", verify, 1, 1 },
		{ "load", load, 1, 1 },
		{ "show", show_any, 0, 1 },
	};

	return run_subcommand(table, sizeof table / sizeof table[0], request,
	    err);
}
