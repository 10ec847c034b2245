/* This is where all that a committee judges by becomes one signed file, and is
 * read from one. */
#include "ihala/pack.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ihala/consent.h"
#include "ihala/date.h"
#include "ihala/element.h"
#include "ihala/framework.h"
#include "ihala/instrument.h"
#include "ihala/lifecycle.h"
#include "ihala/mechanism.h"
#include "ihala/node.h"
#include "ihala/release.h"
#include "ihala/schema.h"
#include "ihala/service.h"
#include "ihala/xml.h"
#include "refusal.h"

#define MANIFEST "pack.xml"
#define MEDIA "application/xml"
#define TABLES "xml/summary/tables.xml"

enum { ID_MOST = 40 }; /* as in pack.rng; a part's name has room for it */

/* The name is that of the folder; PARTS is what a part of the kind is called.
 */
static const struct {
	const char *name, *folder, *parts, *schema;
} kinds[IH_PACK_KINDS] = {
	[IH_PACK_INSTRUMENT] = { "instrument", "xml/instrument", "instrument.*",
	    "instrument" },
	[IH_PACK_FRAMEWORK] = { "framework", "xml/framework", "framework.*",
	    "framework" },
	[IH_PACK_MECHANISM] = { "mechanism", "xml/mechanism", "mechanism.*",
	    "mechanism" },
	[IH_PACK_LIFECYCLE] = { "lifecycle", "xml/lifecycle", "lifecycle.*",
	    "lifecycle" },
	[IH_PACK_CONSENT] = { "consent", "xml/consent", "consent.*",
	    "consent" },
	[IH_PACK_SERVICE] = { "service", "xml/service", "service.*",
	    "service" },
	[IH_PACK_SUMMARY] = { "summary", "xml/summary", "summary.*", "tables" },
};

const char *
ih_pack_kind_text(enum ih_pack_kind kind)
{
	return kinds[kind].name;
}

struct ih_pack *
ih_pack_new(void)
{
	struct ih_pack *pack = calloc(1, sizeof *pack);

	if (pack == NULL) {
		fputs("ihala: out of memory\n", stderr);
		abort();
	}
	pack->arena = ih_arena_new();
	return pack;
}

void
ih_pack_free(struct ih_pack *pack)
{
	if (pack == NULL)
		return;
	ih_opened_free(pack->opened);
	ih_container_free(pack->container);
	ih_arena_free(pack->arena);
	free(pack);
}

bool
ih_pack_pin(const struct ih_pack *pack, struct ih_library *library)
{
	struct ih_page pages[IH_PACK_FILES];

	for (size_t i = 0; i < pack->count; i++)
		pages[i] = (struct ih_page){ pack->files[i].name,
			pack->files[i].bytes, pack->files[i].size };
	return ih_library_pin(library, pages, pack->count);
}

/* ---- does it hold together? */

/* Whatever a loader said, under the code of this room. */
static bool
does_not_hold(struct ih_error *err)
{
	return refused_as(err->kind == IH_ABSENT ? "E_PACK_WHOLE" :
						   "E_PACK_CONTENT",
	    err);
}

static bool
lacks(struct ih_error *err, const char *what)
{
	return ih_fail_code(err, IH_INPUT, "E_PACK_WHOLE", "pack: %s", what);
}

/* Loading all of it, from a library that holds nothing else. */
struct trial {
	const struct ih_pack *pack;
	struct ih_library *library;
	struct ih_schema *framework, *tables;
	struct ih_instrument *instrument; /* of the last framework; owned */
	const char *mains[IH_PACK_FILES]; /* instruments with a main one */
	size_t main_count;
	struct ih_error *err;
};

static bool
try_instrument(struct trial *t, const struct ih_pack_file *file)
{
	IH_OWNED(ih_instrument) loaded =
	    ih_instrument_load(t->library, file->id, t->err);

	return loaded != NULL;
}

static bool
take_instrument(struct trial *t, const char *id)
{
	if (t->instrument != NULL && strcmp(t->instrument->id, id) == 0)
		return true;
	ih_instrument_free(t->instrument);
	t->instrument = ih_instrument_load(t->library, id, t->err);
	return t->instrument != NULL;
}

static bool
try_framework(struct trial *t, const struct ih_pack_file *file)
{
	bool main = false;
	const char *id = ih_framework_instrument(t->framework, t->pack->arena,
	    file->name, file->bytes, file->size, &main, t->err);

	if (id == NULL || !take_instrument(t, id))
		return false;
	IH_OWNED(ih_framework) loaded =
	    ih_framework_load(t->library, file->id, t->instrument, t->err);
	if (main)
		t->mains[t->main_count++] = id;
	return loaded != NULL;
}

/* Its release profiles against each questionnaire of the pack. */
static bool
fits_floor(struct trial *t, const struct ih_mechanism *mechanism)
{
	for (size_t i = 0; i < t->pack->count; i++) {
		const struct ih_pack_file *file = &t->pack->files[i];

		if (file->kind != IH_PACK_INSTRUMENT)
			continue;
		IH_OWNED(ih_instrument)
		asked = ih_instrument_load(t->library, file->id, t->err);
		if (asked == NULL ||
		    !ih_release_check(mechanism, asked, t->err))
			return false;
	}
	return true;
}

static bool
try_mechanism(struct trial *t, const struct ih_pack_file *file)
{
	IH_OWNED(ih_mechanism) loaded =
	    ih_mechanism_load(t->library, file->id, t->err);

	return loaded != NULL && fits_floor(t, loaded);
}

static bool
try_lifecycle(struct trial *t, const struct ih_pack_file *file)
{
	IH_OWNED(ih_lifecycle) loaded = ih_lifecycle_read(t->library, t->err);

	if (loaded == NULL || strcmp(file->id, "case") == 0)
		return loaded != NULL;
	/* Of something in a case. */
	IH_OWNED(ih_moves) moves =
	    ih_moves_read(t->library, file->name, t->err);
	return moves != NULL;
}

static bool
try_consent(struct trial *t, const struct ih_pack_file *file)
{
	IH_OWNED(ih_consents) loaded = ih_consents_load(t->library, t->err);

	(void)file;
	return loaded != NULL;
}

static bool
try_service(struct trial *t, const struct ih_pack_file *file)
{
	bool common = strcmp(file->id, "common") == 0;
	IH_OWNED(ih_services)
	loaded = ih_services_load(t->library,
	    common ? t->pack->committee : file->id, t->err);

	return loaded != NULL;
}

static bool
try_summary(struct trial *t, const struct ih_pack_file *file)
{
	IH_OWNED(xmlDoc) doc = ih_schema_parse(t->tables, file->name,
	    file->bytes, file->size, t->err);

	return doc != NULL;
}

static bool (*const tries[IH_PACK_KINDS])(struct trial *t,
    const struct ih_pack_file *file) = {
	[IH_PACK_INSTRUMENT] = try_instrument,
	[IH_PACK_FRAMEWORK] = try_framework,
	[IH_PACK_MECHANISM] = try_mechanism,
	[IH_PACK_LIFECYCLE] = try_lifecycle,
	[IH_PACK_CONSENT] = try_consent,
	[IH_PACK_SERVICE] = try_service,
	[IH_PACK_SUMMARY] = try_summary,
};

static const struct ih_pack_file *
file_named(const struct ih_pack *pack, const char *name)
{
	for (size_t i = 0; i < pack->count; i++)
		if (strcmp(pack->files[i].name, name) == 0)
			return &pack->files[i];
	return NULL;
}

/* A kind that is missing would be looked for on the disk. */
static bool
has_every_kind(const struct ih_pack *pack, struct ih_error *err)
{
	char own[64];
	size_t of[IH_PACK_KINDS] = { 0 };

	for (size_t i = 0; i < pack->count; i++)
		of[pack->files[i].kind]++;
	for (size_t k = 0; k < IH_PACK_KINDS; k++)
		if (of[k] == 0)
			return ih_fail_code(err, IH_INPUT, "E_PACK_WHOLE",
			    "pack: no %s", kinds[k].name);
	snprintf(own, sizeof own, "xml/mechanism/%s.xml", pack->committee);
	if (file_named(pack, own) == NULL)
		return lacks(err, "no mechanism of the committee itself");
	return file_named(pack, TABLES) != NULL || lacks(err, "no " TABLES);
}

static bool
has_main(const struct trial *t, const char *instrument)
{
	for (size_t i = 0; i < t->main_count; i++)
		if (strcmp(t->mains[i], instrument) == 0)
			return true;
	return false;
}

static bool
every_instrument_is_judged(const struct trial *t)
{
	for (size_t i = 0; i < t->pack->count; i++) {
		const struct ih_pack_file *file = &t->pack->files[i];

		if (file->kind == IH_PACK_INSTRUMENT && !has_main(t, file->id))
			return ih_fail_code(t->err, IH_INPUT, "E_PACK_WHOLE",
			    "%s: no main framework speaks of it", file->name);
	}
	return true;
}

static bool
try_all(struct trial *t)
{
	for (size_t i = 0; i < t->pack->count; i++) {
		const struct ih_pack_file *file = &t->pack->files[i];

		if (!tries[file->kind](t, file))
			return does_not_hold(t->err);
	}
	return every_instrument_is_judged(t);
}

static bool
holds_together(const struct ih_pack *pack, struct ih_library *schemas,
    struct ih_error *err)
{
	if (!has_every_kind(pack, err))
		return false;
	IH_OWNED(ih_library) library = ih_library_again(schemas, err);
	if (library == NULL)
		return false;
	ih_pack_pin(pack, library);
	IH_OWNED(ih_schema) framework =
	    ih_schema_load(library, "framework", err);
	IH_OWNED(ih_schema) tables =
	    framework == NULL ? NULL : ih_schema_load(library, "tables", err);
	struct trial t = { .pack = pack,
		.library = library,
		.framework = framework,
		.tables = tables,
		.err = err };
	bool holds = tables != NULL && try_all(&t);

	ih_instrument_free(t.instrument);
	return holds;
}

/* ---- making one */

struct gathering {
	struct ih_library *library;
	struct ih_pack *pack;
	enum ih_pack_kind kind;
	struct ih_error *err;
};

static bool
is_id(const char *id)
{
	static const char allowed[] =
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";
	size_t length = strspn(id, allowed);

	return length >= 1 && length <= ID_MOST && id[length] == '\0' &&
	       id[0] != '-';
}

static const char *
name_of(struct ih_arena *arena, enum ih_pack_kind kind, const char *id)
{
	return ih_arena_printf(arena, "%s/%s.xml", kinds[kind].folder, id);
}

/* "mechanism.ma.xml": a part's name has no capitals. */
static const char *
part_of(struct ih_arena *arena, enum ih_pack_kind kind, const char *id)
{
	char *name = ih_arena_printf(arena, "%s.%s.xml", kinds[kind].name, id);

	for (char *c = name; *c != '\0'; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
	return name;
}

static bool
gather_one(const char *id, void *with)
{
	struct gathering *g = with;
	struct ih_pack *pack = g->pack;
	const char *name = name_of(pack->arena, g->kind, id);
	struct ih_pack_file *file = &pack->files[pack->count];

	if (pack->count == IH_PACK_FILES || !is_id(id))
		return ih_fail(g->err, IH_USAGE,
		    "%s: a pack has at most %d files, each with an id of at "
		    "most %d letters, digits and \"-\"",
		    name, IH_PACK_FILES, ID_MOST);
	IH_OWNED(ih_buffer) bytes = ih_library_read(g->library, name, g->err);
	if (bytes == NULL)
		return false;
	char *copy = ih_arena_take(pack->arena, bytes->size + 1);
	memcpy(copy, bytes->data, bytes->size);
	*file = (struct ih_pack_file){ .kind = g->kind,
		.id = ih_arena_text(pack->arena, id),
		.name = name,
		.bytes = copy,
		.size = bytes->size };
	ih_digest_text(copy, bytes->size, file->digest);
	pack->count++;
	return true;
}

static bool
gather(struct gathering *g)
{
	for (g->kind = 0; g->kind < IH_PACK_KINDS; g->kind++)
		if (!ih_library_list(g->library, kinds[g->kind].folder,
			gather_one, g, g->err) ||
		    g->err->kind != IH_NONE)
			return false;
	return true;
}

static struct ih_buffer *
write_manifest(const struct ih_pack *pack, struct ih_error *err)
{
	IH_OWNED(ih_buffer) out = ih_buffer_new();
	struct ih_writer w = ih_write_to(out);
	char made[IH_INSTANT_TEXT];

	ih_instant_format(pack->made, made);
	ih_open(&w, "pack");
	ih_put(&w, "xmlns", "urn:ihala:pack:1");
	ih_put(&w, "committee", pack->committee);
	ih_put_number(&w, "sequence", pack->sequence);
	ih_put(&w, "made", made);
	for (size_t i = 0; i < pack->count; i++) {
		ih_open(&w, "file");
		ih_put(&w, "kind", kinds[pack->files[i].kind].name);
		ih_put(&w, "id", pack->files[i].id);
		ih_put(&w, "digest", pack->files[i].digest);
		ih_close(&w);
	}
	ih_close(&w);
	if (!ih_write_end(&w, err))
		return NULL;
	return IH_GIVE(out);
}

static struct ih_buffer *
sign(const struct ih_pack *pack, const struct ih_office *office,
    const struct ih_pack_heading *heading, struct ih_error *err)
{
	struct ih_part_of parts[IH_PACK_FILES + 1];
	struct ih_letter letter = { .purpose = IH_LETTER_PACK,
		.sequence = heading->sequence,
		.created = heading->made,
		.expires = IH_INSTANT_MAX };
	IH_OWNED(ih_buffer) manifest = write_manifest(pack, err);

	if (manifest == NULL)
		return NULL;
	memcpy(letter.id, heading->id, sizeof letter.id);
	memcpy(letter.previous, heading->previous, sizeof letter.previous);
	parts[0] = (struct ih_part_of){ MANIFEST, MEDIA, manifest->data,
		manifest->size };
	for (size_t i = 0; i < pack->count; i++) {
		const struct ih_pack_file *file = &pack->files[i];

		parts[i + 1] = (struct ih_part_of){ part_of(pack->arena,
							file->kind, file->id),
			MEDIA, file->bytes, file->size };
	}
	return ih_post_sign(&letter, parts, pack->count + 1, office, err);
}

struct ih_buffer *
ih_pack_make(struct ih_library *library, const struct ih_office *office,
    const struct ih_pack_heading *heading, struct ih_error *err)
{
	IH_OWNED(ih_pack) pack = ih_pack_new();
	struct gathering g = { .library = library, .pack = pack, .err = err };

	memcpy(pack->committee, office->committee, sizeof pack->committee);
	pack->sequence = heading->sequence;
	pack->made = heading->made;
	if (!gather(&g) || !holds_together(pack, library, err))
		return NULL;
	return sign(pack, office, heading, err);
}

/* ---- reading pack.xml */

static bool
bad_manifest(struct ih_error *err, const char *place)
{
	return ih_fail_code(err, IH_INPUT, "E_PACK_FORMAT",
	    MANIFEST ": %s is not as expected", place);
}

static bool
bad_file(struct ih_error *err, long line, const char *why)
{
	return ih_fail_code(err, IH_INPUT, "E_PACK_FILES",
	    MANIFEST ": line %ld: %s", line, why);
}

/* Nothing is taken for granted: a stored pack comes here without a schema. */
static bool
read_heading(const xmlNode *root, struct ih_pack *pack, struct ih_error *err)
{
	const char *committee = ih_attr(root, "committee");
	const char *sequence = ih_attr(root, "sequence");
	const char *made = ih_attr(root, "made");

	if (committee == NULL || !ih_committee_is(committee))
		return bad_manifest(err, "committee");
	snprintf(pack->committee, sizeof pack->committee, "%s", committee);
	pack->sequence = sequence != NULL ? strtoll(sequence, NULL, 10) : 0;
	if (pack->sequence < 1 || pack->sequence > IH_SEQUENCE_MAX)
		return bad_manifest(err, "sequence");
	return (made != NULL && ih_instant_parse(made, &pack->made)) ||
	       bad_manifest(err, "made");
}

static enum ih_pack_kind
kind_of(const char *name)
{
	enum ih_pack_kind kind = 0;

	while (name != NULL && kind < IH_PACK_KINDS &&
	       strcmp(kinds[kind].name, name) != 0)
		kind++;
	return name != NULL ? kind : IH_PACK_KINDS;
}

/* The file that NODE names, among the parts. */
static bool
read_file(const xmlNode *node, const struct ih_container *container,
    struct ih_pack *pack, struct ih_error *err)
{
	struct ih_pack_file *file = &pack->files[pack->count];
	const char *id = ih_attr(node, "id"), *digest = ih_attr(node, "digest");
	long line = xmlGetLineNo(node);
	const struct ih_part_of *part;

	file->kind = kind_of(ih_attr(node, "kind"));
	if (file->kind == IH_PACK_KINDS || id == NULL || !is_id(id) ||
	    digest == NULL)
		return bad_manifest(err, "a file");
	file->id = ih_arena_text(pack->arena, id);
	file->name = name_of(pack->arena, file->kind, id);
	part =
	    ih_container_part(container, part_of(pack->arena, file->kind, id));
	if (part == NULL)
		return bad_file(err, line, "it names a file that is not there");
	for (size_t i = 0; i < pack->count; i++)
		if (pack->files[i].bytes == part->bytes)
			return bad_file(err, line, "it names a file twice");
	file->bytes = part->bytes;
	file->size = part->size;
	ih_digest_text(part->bytes, part->size, file->digest);
	if (strcmp(file->digest, digest) != 0)
		return bad_file(err, line, "the file has another digest");
	pack->count++;
	return true;
}

/* META-INF apart, what is there is exchange.xml, pack.xml, and the files. */
static bool
names_all(const struct ih_pack *pack, const struct ih_container *container,
    struct ih_error *err)
{
	size_t flat = 0;

	for (size_t i = 0; i < container->count; i++)
		flat += strchr(container->parts[i].name, '/') == NULL;
	return flat == pack->count + 2 ||
	       ih_fail_code(err, IH_INPUT, "E_PACK_FILES",
		   "pack: a file is there that " MANIFEST " does not name");
}

bool
ih_pack_from(const xmlDoc *doc, const struct ih_container *container,
    struct ih_pack *pack, struct ih_error *err)
{
	const xmlNode *root = xmlDocGetRootElement(doc);

	pack->count = 0;
	if (!read_heading(root, pack, err))
		return false;
	for (const xmlNode *n = ih_child(root, "file"); n != NULL;
	     n = ih_next(n, "file")) {
		if (pack->count == IH_PACK_FILES)
			return bad_manifest(err, "the number of files");
		if (!read_file(n, container, pack, err))
			return false;
	}
	return names_all(pack, container, err);
}

struct ih_pack *
ih_pack_stored(const void *bytes, size_t size, struct ih_error *err)
{
	IH_OWNED(ih_pack) pack = ih_pack_new();
	const struct ih_part_of *part;

	pack->container = ih_container_read(bytes, size, err);
	if (pack->container == NULL)
		return NULL;
	part = ih_container_part(pack->container, MANIFEST);
	if (part == NULL) {
		bad_manifest(err, "that it is not there");
		return NULL;
	}
	IH_OWNED(xmlDoc) doc =
	    ih_xml_read(MANIFEST, part->bytes, part->size, err);
	if (doc == NULL || !ih_pack_from(doc, pack->container, pack, err))
		return NULL;
	ih_digest_text(bytes, size, pack->digest);
	return IH_GIVE(pack);
}

/* ---- checking one */

struct inspection {
	const struct ih_desk *desk; /* the caller's */
	struct ih_library *library;
	const char *committee;
	const struct ih_last *held;
	struct ih_pack *pack;
	/* pack.xml, then the kinds */
	struct ih_expected expected[1 + IH_PACK_KINDS];
	int number; /* of the last check that passed */
};

static void
tell(struct inspection *in, const char *name)
{
	in->number++;
	if (in->desk->passed != NULL)
		in->desk->passed(in->desk->with, in->number, name);
}

/* Order and profile of letters say nothing of packs, and are not among
 * these: pack-sequence is. */
static void
letter_passed(void *with, int number, const char *name)
{
	(void)number;
	tell(with, name);
}

static bool
check_letter(struct inspection *in, const void *bytes, size_t size,
    struct ih_error *err)
{
	struct ih_desk desk = { .forms = in->desk->forms,
		.partners = in->desk->partners,
		.partner_count = in->desk->partner_count,
		.expected = in->expected,
		.expected_count = 1 + IH_PACK_KINDS,
		.world = in->desk->world,
		.passed = letter_passed,
		.with = in };

	if (size > IH_PACK_MAX)
		return ih_fail_code(err, IH_INPUT, "E_TOO_BIG",
		    "pack: the file is too large");
	in->pack->opened = ih_post_verify(&desk, bytes, size, NULL, err);
	if (in->pack->opened != NULL)
		return true;
	return strcmp(err->code, "E_CASE_SCHEMA") == 0 ?
		   refused_as("E_PACK_CONTENT", err) :
		   false;
}

/* What the letter says and what pack.xml says are one. */
static bool
agrees(const struct inspection *in, struct ih_error *err)
{
	const struct ih_pack *pack = in->pack;
	const struct ih_letter *letter = &pack->opened->letter;

	if (strcmp(letter->from, in->committee) != 0 ||
	    strcmp(pack->committee, in->committee) != 0)
		return ih_fail_code(err, IH_TRUST, "E_PACK_COMMITTEE",
		    "pack: made by another committee");
	return (letter->sequence == pack->sequence &&
		   letter->created == pack->made) ||
	       bad_manifest(err, "sequence or made");
}

static bool
check_manifest(struct inspection *in, struct ih_error *err)
{
	struct ih_opened *opened = in->pack->opened;
	const struct ih_part_of *part =
	    ih_container_part(opened->container, MANIFEST);

	if (opened->letter.purpose != IH_LETTER_PACK || part == NULL)
		return bad_manifest(err, "that this is no pack");
	IH_OWNED(xmlDoc) doc = ih_schema_admit(in->expected[0].schema, MANIFEST,
	    part->bytes, part->size, err);
	if (doc == NULL)
		return refused_as("E_PACK_FORMAT", err);
	return ih_pack_from(doc, opened->container, in->pack, err) &&
	       agrees(in, err);
}

static bool
check_whole(struct inspection *in, struct ih_error *err)
{
	return holds_together(in->pack, in->library, err);
}

static bool
check_sequence(struct inspection *in, struct ih_error *err)
{
	const struct ih_pack *pack = in->pack;
	long long held = (long long)in->held->sequence;

	if (pack->sequence < held)
		return ih_fail_code(err, IH_TRUST, "E_PACK_ROLLBACK",
		    "pack %lld, and %lld is loaded", (long long)pack->sequence,
		    held);
	return pack->sequence > held ||
	       strcmp(pack->digest, in->held->digest) == 0 ||
	       ih_fail_code(err, IH_TRUST, "E_PACK_CONFLICT", "pack %lld",
		   held);
}

static const struct {
	const char *name;
	bool (*passes)(struct inspection *in, struct ih_error *err);
} checks[] = {
	{ "pack-manifest", check_manifest },
	{ "pack-whole", check_whole },
	{ "pack-sequence", check_sequence },
};

static bool
inspect(struct inspection *in, const void *bytes, size_t size,
    struct ih_error *err)
{
	if (!check_letter(in, bytes, size, err))
		return false;
	ih_digest_text(bytes, size, in->pack->digest);
	for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++) {
		if (!checks[i].passes(in, err))
			return false;
		tell(in, checks[i].name);
	}
	return true;
}

static bool
load_schemas(struct inspection *in, struct ih_error *err)
{
	struct ih_schema *schema = ih_schema_load(in->library, "pack", err);

	in->expected[0] = (struct ih_expected){ MANIFEST, schema };
	for (size_t k = 0; schema != NULL && k < IH_PACK_KINDS; k++) {
		schema = ih_schema_load(in->library, kinds[k].schema, err);
		in->expected[k + 1] =
		    (struct ih_expected){ kinds[k].parts, schema };
	}
	return schema != NULL;
}

struct ih_pack *
ih_pack_open(const struct ih_desk *desk, struct ih_library *library,
    const char *committee, const struct ih_last *held, const void *bytes,
    size_t size, struct ih_error *err)
{
	IH_OWNED(ih_pack) pack = ih_pack_new();
	struct inspection in = { .desk = desk,
		.library = library,
		.committee = committee,
		.held = held,
		.pack = pack };
	bool holds = load_schemas(&in, err) && inspect(&in, bytes, size, err);

	for (size_t i = 0; i < 1 + IH_PACK_KINDS; i++)
		ih_schema_free(in.expected[i].schema);
	if (!holds)
		return NULL;
	return IH_GIVE(pack);
}
