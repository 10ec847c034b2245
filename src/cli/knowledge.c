/* This is where the pack in force takes the place of the installed data. */
#include "knowledge.h"

#include <stdlib.h>
#include <string.h>

#include "ihala/node.h"
#include "ihala/schema.h"
#include "ihala/user.h"
#include "interviewing.h"
#include "office.h"
#include "words_keys.h"

/* ---- the one in force */

struct ih_pack *
knowledge_in_force(struct ih_registry *registry, struct ih_shelved *shelved,
    struct ih_error *err)
{
	IH_OWNED(ih_buffer) bytes = ih_shelf_newest(registry, shelved, err);

	return bytes == NULL ? NULL :
			       ih_pack_stored(bytes->data, bytes->size, err);
}

enum sameness
knowledge_compare(struct ih_library *installed, const struct ih_pack_file *file)
{
	struct ih_error unsaid = { 0 };
	IH_OWNED(ih_buffer) there =
	    ih_library_read(installed, file->name, &unsaid);

	if (there == NULL)
		return INSTALLED_ABSENT;
	return there->size == file->size &&
		       memcmp(there->data, file->bytes, file->size) == 0 ?
		   INSTALLED_SAME :
		   INSTALLED_OTHER;
}

static bool
count_one(const char *name, void *with)
{
	size_t *count = with;

	(void)name;
	++*count;
	return true;
}

/* Each file the same, and none that the pack does not have. */
static bool
is_installed(struct ih_library *installed, const struct ih_pack *pack)
{
	struct ih_error unsaid = { 0 };
	size_t there = 0;

	for (size_t i = 0; i < pack->count; i++)
		if (knowledge_compare(installed, &pack->files[i]) !=
		    INSTALLED_SAME)
			return false;
	for (enum ih_pack_kind kind = 0; kind < IH_PACK_KINDS; kind++) {
		char folder[32];

		snprintf(folder, sizeof folder, "xml/%s",
		    ih_pack_kind_text(kind));
		ih_library_list(installed, folder, count_one, &there, &unsaid);
	}
	return there == pack->count;
}

bool
knowledge_pin(struct request *request, struct ih_registry *registry,
    struct ih_error *err)
{
	IH_OWNED(ih_pack) pack = knowledge_in_force(registry, NULL, err);

	if (pack == NULL)
		return false;
	if (!is_installed(request->library, pack))
		say(request, W_NOTE_PACK_DIFFERS, IH_NUM(pack->sequence));
	/* What was loaded before was loaded of other data. */
	if (ih_pack_pin(pack, request->library) &&
	    request->interviewing != NULL)
		interviewing_forget(request->interviewing);
	return true;
}

/* Files of one kind, as they are taken into memory. */
struct shelf_of {
	struct ih_library *library;
	struct ih_arena *arena;
	const char *kind;
	struct ih_page pages[IH_PACK_FILES];
	size_t count;
	struct ih_error *err;
};

static bool
take_page(const char *name, void *with)
{
	struct shelf_of *all = with;
	struct ih_page *page = &all->pages[all->count];

	if (all->count == IH_PACK_FILES)
		return false;
	page->name =
	    ih_arena_printf(all->arena, "xml/%s/%s.xml", all->kind, name);
	IH_OWNED(ih_buffer)
	bytes = ih_library_read(all->library, page->name, all->err);
	if (bytes == NULL)
		return false;
	page->size = bytes->size;
	page->bytes = memcpy(ih_arena_take(all->arena, bytes->size),
	    bytes->data, bytes->size);
	all->count++;
	return true;
}

bool
knowledge_pin_installed(struct ih_library *library, struct ih_error *err)
{
	IH_OWNED(ih_arena) arena = ih_arena_new();
	struct shelf_of all = { .library = library,
		.arena = arena,
		.err = err };

	for (enum ih_pack_kind kind = 0; kind < IH_PACK_KINDS; kind++) {
		all.kind = ih_pack_kind_text(kind);
		if (!ih_library_list(library,
			ih_arena_printf(arena, "xml/%s", all.kind), take_page,
			&all, err) ||
		    err->kind != IH_NONE)
			return false;
	}
	ih_library_pin(library, all.pages, all.count);
	return true;
}

/* ---- making one */

/* The number in force, and the digest of its pack. */
static bool
last_pack(struct ih_registry *registry, struct ih_last *last,
    struct ih_error *err)
{
	struct ih_shelved shelved;

	*last = (struct ih_last){ 0 };
	last->sequence = ih_shelf_number(registry, err);
	if (last->sequence <= 0)
		return last->sequence == 0;
	IH_OWNED(ih_buffer) bytes = ih_shelf_newest(registry, &shelved, err);
	if (bytes == NULL)
		return false;
	ih_hash_text(&shelved.digest, last->digest);
	return true;
}

struct ih_buffer *
knowledge_make(struct request *request, struct ih_registry *registry,
    int64_t *sequence, struct ih_error *err)
{
	struct ih_pack_heading heading = { .made = request->world.now };
	struct ih_last last;

	if (!last_pack(registry, &last, err))
		return NULL;
	IH_OWNED(ih_office) office = office_load(registry, err);
	if (office == NULL)
		return NULL;
	ih_uuid_new(&request->world, heading.id);
	*sequence = heading.sequence = last.sequence + 1;
	memcpy(heading.previous, last.digest, sizeof heading.previous);
	return ih_pack_make(request->library, office, &heading, err);
}

/* ---- taking one in */

static void
passed(void *with, int number, const char *name)
{
	char key[40];

	snprintf(key, sizeof key, "check.%s", name);
	fprintf(stderr, "  %2d  %s\n", number, word(with, key));
}

struct ih_pack *
knowledge_check(struct request *request, struct ih_registry *registry,
    const struct ih_buffer *file, bool aloud, struct ih_error *err)
{
	struct ih_last last;
	IH_OWNED(ih_forms) forms = ih_forms_load(request->library, err);
	IH_OWNED(ih_office) office =
	    forms == NULL ? NULL : office_load(registry, err);
	IH_OWNED(cli_partners) partners =
	    office == NULL ?
		NULL :
		partners_load(request, registry, forms, office, err);

	if (partners == NULL || !last_pack(registry, &last, err))
		return NULL;
	struct ih_desk desk = { .forms = forms,
		.partners = partners->list,
		.partner_count = partners->count,
		.world = &request->world,
		.passed = aloud ? passed : NULL,
		.with = request };
	return ih_pack_open(&desk, request->library,
	    ih_registry_committee(registry), &last, file->data, file->size,
	    err);
}

bool
knowledge_try(struct request *request, struct ih_registry *registry,
    const char *path, struct ih_error *err)
{
	IH_OWNED(ih_buffer) file =
	    ih_registry_may(registry, IH_MAY_EXCHANGE, NULL, err) ?
		read_input(path, err) :
		NULL;

	if (file == NULL)
		return false;
	IH_OWNED(ih_pack) pack =
	    knowledge_check(request, registry, file, false, err);
	if (pack == NULL)
		return ih_fail_in(err, path);
	ih_pack_pin(pack, request->library);
	return true;
}

bool
knowledge_load(struct request *request, struct ih_registry *registry,
    const struct ih_buffer *file, bool aloud, struct ih_error *err)
{
	IH_OWNED(ih_pack) pack =
	    knowledge_check(request, registry, file, aloud, err);
	struct ih_hash files[IH_PACK_FILES];

	if (pack == NULL)
		return false;
	for (size_t i = 0; i < pack->count; i++)
		ih_hash_parse(pack->files[i].digest, &files[i]);
	struct ih_shelved shelved = { .sequence = pack->sequence,
		.made = pack->made };
	return ih_shelf_add(registry, &shelved, file->data, file->size, files,
	    pack->count, err);
}

/* ---- the one that a case was judged by */

enum { PINNED_MOST = 64 }; /* digests in one record: far below */

/* The instrument and each framework, as the record's assessments name them.
 */
static size_t
pinned_in(const xmlDoc *facts, struct ih_hash digests[static PINNED_MOST])
{
	static const char *const named[] = { "instrument-digest",
		"framework-digest" };
	size_t count = 0;

	for (const xmlNode *n = xmlDocGetRootElement(facts)->children;
	     n != NULL; n = n->next) {
		if (n->type != XML_ELEMENT_NODE ||
		    strcmp((const char *)n->name, "assessment") != 0)
			continue;
		for (size_t i = 0; i < 2 && count < PINNED_MOST; i++) {
			const char *digest = ih_attr(n, named[i]);

			count += digest != NULL &&
				 ih_hash_parse(digest, &digests[count]);
		}
	}
	return count;
}

/* The list of files in the database is not proved; that of the pack is. */
static const struct ih_pack_file *
file_with(const struct ih_pack *pack, const struct ih_hash *wanted,
    struct ih_error *err)
{
	char digest[IH_DIGEST_TEXT];

	ih_hash_text(wanted, digest);
	for (size_t i = 0; i < pack->count; i++)
		if (strcmp(pack->files[i].digest, digest) == 0)
			return &pack->files[i];
	ih_fail_code(err, IH_TRUST, "E_PACK_STORED",
	    "registry: the list of files was changed");
	return NULL;
}

/* The newest pack that has them all. */
static struct ih_pack *
pack_holding(struct ih_registry *registry, const struct ih_hash digests[],
    size_t count, struct ih_error *err)
{
	IH_OWNED(ih_buffer) bytes =
	    ih_shelf_holding(registry, digests, count, err);
	IH_OWNED(ih_pack) pack =
	    bytes == NULL ? NULL :
			    ih_pack_stored(bytes->data, bytes->size, err);

	if (pack == NULL)
		return NULL;
	for (size_t i = 0; i < count; i++)
		if (file_with(pack, &digests[i], err) == NULL)
			return NULL;
	return IH_GIVE(pack);
}

/* The pack that has them all; else the one in force. */
static struct ih_pack *
pack_of(struct ih_registry *registry, const xmlDoc *facts, struct ih_error *err)
{
	struct ih_hash digests[PINNED_MOST];
	size_t count = pinned_in(facts, digests);
	struct ih_pack *pack = pack_holding(registry, digests, count, err);

	if (pack != NULL || err->kind != IH_ABSENT)
		return pack;
	*err = (struct ih_error){ 0 };
	return knowledge_in_force(registry, NULL, err);
}

struct ih_library *
knowledge_of(struct ih_registry *registry, struct request *request,
    const xmlDoc *facts, struct ih_error *err)
{
	IH_OWNED(ih_pack) pack = pack_of(registry, facts, err);
	struct ih_library *library =
	    pack == NULL ? NULL : ih_library_again(request->library, err);

	if (library != NULL)
		ih_pack_pin(pack, library);
	return library;
}

struct ih_instrument *
knowledge_instrument(struct ih_registry *registry, struct request *request,
    const char *digest, struct ih_error *err)
{
	struct ih_hash wanted = { 0 };
	size_t count = ih_hash_parse(digest, &wanted);
	IH_OWNED(ih_pack) pack = pack_holding(registry, &wanted, count, err);
	const struct ih_pack_file *file =
	    pack == NULL ? NULL : file_with(pack, &wanted, err);
	IH_OWNED(ih_schema) schema =
	    file == NULL ? NULL :
			   ih_schema_load(request->library, "instrument", err);

	return schema == NULL ? NULL :
				ih_instrument_read(schema, file->name,
				    file->bytes, file->size, err);
}
